"""Start the demo server: `python -m paradigm_gui.demo`; its first line of output is its base URL."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import errno
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING

from paradigm_gui.demo import server
from paradigm_gui.demo.capacity import Capacity

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import FrameType

DEFAULT_SPEED = 4.0
EXIT_OK = 0
EXIT_BAD_CONFIGURATION = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until told to stop; return the exit code."""
    options = _parse(arguments)
    return asyncio.run(_serve(options))


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m paradigm_gui.demo",
        description="Serve simulated chat completions on a loopback port.",
    )
    parser.add_argument("--port", type=port, default=0, help="port to listen on (default: a free one)")
    parser.add_argument(
        "--speed", type=speed, default=DEFAULT_SPEED, help="divides all times (default: %(default)g)"
    )
    parser.add_argument("--seed", type=int, default=0, help="varies answers and times (default: %(default)s)")
    rates = (
        ("refuse", "refused with status 429"),
        ("fail", "failed with status 500"),
        ("stall", "never finished"),
    )
    for name, fate in rates:
        explanation = f"share of requests that are {fate}, from 0 to 1 (default: 0)"
        parser.add_argument(f"--{name}", type=rate, default=0.0, metavar="RATE", help=explanation)
    parser.add_argument("--exit-with-stdin", action="store_true", help="end when standard input ends")
    options = parser.parse_args(arguments)
    if round(options.refuse + options.fail + options.stall, 9) > 1:
        parser.error("--refuse, --fail and --stall must not add up to more than 1")
    return options


async def _serve(options: argparse.Namespace) -> int:
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()

    def stop() -> None:
        # The last signal or the end of stdin may come when the loop has already ended.
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(stopped.set)

    behaviour = server.Behaviour(options.seed, options.refuse, options.fail, options.stall)
    demo = server.DemoServer(behaviour, Capacity(options.speed, loop))
    try:
        runner, base_url = await server.start(demo.application(), options.port)
    except OSError as error:
        in_use = error.errno == errno.EADDRINUSE
        reason = "the port is already in use" if in_use else error.strerror or str(error)
        sys.stderr.write(f"cannot listen on {server.HOST}:{options.port}: {reason}\n")
        return EXIT_BAD_CONFIGURATION
    _on_signal(stop)
    if options.exit_with_stdin:
        threading.Thread(target=_wait_for_end_of_stdin, args=[stop], name="stdin", daemon=True).start()
    sys.stdout.write(base_url + "\n")
    sys.stdout.flush()
    await stopped.wait()
    await runner.cleanup()
    return EXIT_OK


def _on_signal(stop: Callable[[], None]) -> None:
    def handle(number: int, frame: FrameType | None) -> None:
        stop()

    # Not the loop's own add_signal_handler: Windows does not have it.
    signal.signal(signal.SIGINT, handle)
    signal.signal(signal.SIGTERM, handle)


def _wait_for_end_of_stdin(stop: Callable[[], None]) -> None:
    # Not sys.stdin.read: a daemon thread that holds its lock makes the interpreter abort at exit.
    with contextlib.suppress(OSError):
        while os.read(0, 4096):
            pass
    stop()


# argparse quotes the names of these three in its messages.
def port(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError("must be from 0 to 65535")
    return number


def speed(text: str) -> float:
    factor = float(text)
    if not 0 < factor < float("inf"):
        raise argparse.ArgumentTypeError("must be more than 0")
    return factor


def rate(text: str) -> float:
    share = float(text)
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError("must be from 0 to 1")
    return share


if __name__ == "__main__":
    sys.exit(main())
