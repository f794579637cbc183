"""How well a replay foretells real runs: predicted ÷ measured wall time. Prints figures only.

    python tests/benchmarks/replay.py [ROUNDS]

Each server is really run at several caps and paces, by the engine and the client without the window. Two
recorded arms, one by one and at `RECORDED_CAP`, foretell the others; so does the second of them alone, as a
range. What is measured is the median of the rounds. The servers are processes on loopback, and share the
machine with the client.
"""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

from stub_api import Reply, RequestSeen, stub_api_thread

from paradigm_gui.core.batch import Arm, ArmKind, Batch, Limits, Parameters, Row, Template
from paradigm_gui.core.client import ChatClient, preload
from paradigm_gui.core.endpoints import Endpoint
from paradigm_gui.core.replay import estimate_sequential, replay
from paradigm_gui.core.runner import Runner
from paradigm_gui.core.server_model import fit_server

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = 40
RECORDED_CAP = 20
TARGETS = [(2, None), (4, None), (10, None), (30, None), (40, None), (20, 600.0), (40, 900.0)]
FIXED_S = 0.5
PROBES = (3, 5, 10)
FAILING_SHARE = 10


def fixed(_request: RequestSeen) -> Reply:
    return Reply.answer("Hello and welcome").after(FIXED_S)


def varied(request: RequestSeen) -> Reply:
    """Take from a half to one and a half of the time, and ten times as long for one row."""
    number = int(request.prompt.split()[-1])
    return Reply.answer("Hello").after(
        10 * FIXED_S if number == 7 else FIXED_S * (0.5 + number * 37 % 101 / 100)
    )


class Failing:
    """Fails the first attempt of every tenth row, after half of its time."""

    def __init__(self) -> None:
        self._failed: set[str] = set()

    def __call__(self, request: RequestSeen) -> Reply:
        number = int(request.prompt.split()[-1])
        if number % FAILING_SHARE == 0 and request.prompt not in self._failed:
            self._failed.add(request.prompt)
            return Reply.error(500).after(FIXED_S / 2)
        self._failed.discard(request.prompt)
        return fixed(request)


SCRIPTS = {"fixed": fixed, "varied": varied, "failing": Failing()}


def serve(script: str) -> None:
    """Be a scripted server until standard input ends."""
    with stub_api_thread(SCRIPTS[script]) as api:
        print(api.base_url, flush=True)
        sys.stdin.read()


@contextmanager
def server(*arguments: str) -> Iterator[str]:
    """A server in a process of its own that prints its base URL and ends with its input."""
    command = [sys.executable, *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        try:
            yield process.stdout.readline().strip()
        finally:
            process.stdin.close()


async def run_arm(base_url: str, model: str, limits: Limits) -> Arm:
    """Really send the rows."""
    parameters = Parameters(model)
    rows = [Row(index, {"name": str(index)}) for index in range(ROWS)]
    arm = Arm.of(ArmKind.CONCURRENT, Batch(rows, ["name"], Template("Greet {name}"), parameters), limits)
    client = ChatClient(Endpoint("server", base_url), None, limits)
    try:

        async def send(request, on_text):
            return await client.complete(parameters, request.prompt, on_text)

        await Runner(arm, send, lambda _request: None).run()
    finally:
        await client.close()
    return arm


def measured(base_url: str, model: str, cap: int, rate: float | None = None) -> Arm:
    return asyncio.run(run_arm(base_url, model, Limits(cap=cap, requests_per_minute=rate)))


def wall_of(arm: Arm) -> float:
    assert arm.started_at is not None
    assert arm.ended_at is not None
    return arm.ended_at - arm.started_at


def compare(title: str, base_url: str, model: str, rounds: int) -> None:
    """Print one server's table, and how far the predictions from the pair were off."""
    measured(base_url, model, ROWS)  # what is imported or connected once must not count
    sequential, recorded = measured(base_url, model, 1), measured(base_url, model, RECORDED_CAP)
    server = fit_server([recorded, sequential])
    assert server is not None
    print(
        f"\n{title}: contention {server.contention:.3f} ({server.low:.3f} to {server.high:.3f});"
        f" one by one {wall_of(sequential):.2f} s"
    )
    for rows in (0, *PROBES):
        probe = Arm(ArmKind.SEQUENTIAL, sequential.limits, sequential.requests[:rows])
        estimate = estimate_sequential(recorded, fit_server([recorded, probe]))
        assert estimate
        point = f"{estimate.wall_s:.2f} s, " if estimate.wall_s else ""
        print(f"  estimated with {rows} rows alone: {point}{estimate.low_s:.2f} to {estimate.high_s:.2f} s")
    print(f"{'cap':>5}{'a minute':>10}{'measured s':>12}{'predicted s':>13}{'÷':>7}   one arm alone")
    errors = []
    for cap, rate in TARGETS:
        wall = statistics.median(wall_of(measured(base_url, model, cap, rate)) for _ in range(rounds))
        pair, alone = replay(recorded, cap, rate, server), replay(recorded, cap, rate)
        assert pair
        assert alone
        errors.append(abs(pair.wall_s / wall - 1))
        print(
            f"{cap:5}{rate or '–':>10}{wall:12.2f}{pair.wall_s:13.2f}{pair.wall_s / wall:7.3f}"
            f"   {alone.low_s:.2f} to {alone.high_s:.2f}"
        )
    print(f"error: median {statistics.median(errors):.1%}, worst {max(errors):.1%}", flush=True)


def main() -> None:
    if sys.argv[1:2] == ["serve"]:
        serve(sys.argv[2])
        return
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    preload()
    demo = ("-m", "paradigm_gui.demo", "--exit-with-stdin", "--speed", "4")
    servers = [
        ("fixed delay", (__file__, "serve", "fixed"), "m"),
        ("varied delay, one slow row", (__file__, "serve", "varied"), "m"),
        ("a tenth of the rows fails first", (__file__, "serve", "failing"), "m"),
        ("shared capacity (demo)", demo, "alfred-demo"),
        ("shared capacity, 5 % fail", (*demo, "--fail", "0.05"), "alfred-demo"),
    ]
    for title, arguments, model in servers:
        with server(*arguments) as base_url:
            compare(title, base_url, model, rounds)


if __name__ == "__main__":
    main()
