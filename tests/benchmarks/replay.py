"""How well a replay foretells real runs: predicted ÷ measured wall time. Prints figures only.

    python tests/benchmarks/replay.py

Each server is really run at several caps and paces, by the engine and the client without the window. Two
recorded arms, one by one and at `RECORDED_CAP`, foretell the others; so does the second of them alone, as a
range. The servers are on loopback, and share the machine with the client.
"""

from __future__ import annotations

import asyncio
import functools
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
    from collections.abc import Callable, Iterator

ROWS = 60
RECORDED_CAP = 20
TARGETS = [(2, None), (4, None), (10, None), (40, None), (60, None), (20, 600.0), (40, 900.0)]
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
        self._failed: set[tuple[str, int]] = set()

    def __call__(self, request: RequestSeen) -> Reply:
        number = int(request.prompt.split()[-1])
        if number % FAILING_SHARE == 0 and request.prompt not in self._failed:
            self._failed.add(request.prompt)
            return Reply.error(500).after(FIXED_S / 2)
        self._failed.discard(request.prompt)
        return fixed(request)


@contextmanager
def stub(script: Callable[[RequestSeen], Reply]) -> Iterator[str]:
    with stub_api_thread(script) as api:
        yield api.base_url


@contextmanager
def demo(*arguments: str) -> Iterator[str]:
    """The demo server in a process of its own."""
    command = [sys.executable, "-m", "paradigm_gui.demo", "--exit-with-stdin", *arguments]
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
        send = functools.partial(client.complete, parameters)
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


def compare(title: str, base_url: str, model: str) -> list[float]:
    """Print one server's table; return predicted ÷ measured of the pair's predictions."""
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
    print(
        f"{'cap':>5}{'a minute':>10}{'measured s':>12}{'predicted s':>13}{'÷':>7}   range      one arm alone"
    )
    ratios = []
    for cap, rate in [(RECORDED_CAP, None), *TARGETS]:
        arm = recorded if (cap, rate) == (RECORDED_CAP, None) else measured(base_url, model, cap, rate)
        pair, alone = replay(recorded, cap, rate, server), replay(recorded, cap, rate)
        assert pair
        assert alone
        ratios.append(pair.wall_s / wall_of(arm))
        print(
            f"{cap:5}{rate or '–':>10}{wall_of(arm):12.2f}{pair.wall_s:13.2f}{ratios[-1]:7.3f}"
            f"   {pair.low_s:.2f}–{pair.high_s:.2f}   {alone.low_s:.2f}–{alone.high_s:.2f}"
        )
    return ratios[1:]


def main() -> None:
    preload()
    servers = [
        ("fixed delay", functools.partial(stub, fixed), "m"),
        ("varied delay", functools.partial(stub, varied), "m"),
        ("some rows fail first", lambda: stub(Failing()), "m"),
        ("shared capacity (demo)", functools.partial(demo, "--speed", "4"), "alfred-demo"),
        (
            "shared capacity, 5 % fail",
            functools.partial(demo, "--speed", "4", "--fail", "0.05"),
            "alfred-demo",
        ),
    ]
    for title, serve, model in servers:
        with serve() as base_url:
            ratios = compare(title, base_url, model)
        errors = sorted(abs(ratio - 1) for ratio in ratios)
        print(f"error: median {errors[len(errors) // 2]:.1%}, worst {errors[-1]:.1%}")


if __name__ == "__main__":
    main()
