"""What a large run asks of the window: to open, to start, to run, to end; in loop lag and memory.

    python tests/benchmarks/history.py [ROWS TO OPEN] [ROWS TO RUN] [CAP]

Every part has a process of its own, so that its peak memory is its own. The server shares the machine.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import subprocess
import sys
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from paradigm_gui.controller import Controller
from paradigm_gui.core.base_url import PARADIGM_BASE_URL
from paradigm_gui.core.batch import (
    Arm,
    ArmKind,
    Attempt,
    Batch,
    Completion,
    Limits,
    Parameters,
    RequestState,
    Row,
    Run,
    Template,
)
from paradigm_gui.core.endpoints import Endpoint
from paradigm_gui.core.keys import KeyStore
from paradigm_gui.core.store import Store
from paradigm_gui.core.turn_taking import shorten_turns
from paradigm_gui.demo_process import DemoProcess
from paradigm_gui.event_loop import EventLoop, LagProbe
from paradigm_gui.history import History, open_store
from paradigm_gui.memory import settle_memory
from paradigm_gui.reporter import Reporter
from paradigm_gui.session import Session
from paradigm_gui.settings import Settings
from paradigm_gui.tasks import Tasks, settle
from paradigm_gui.widgets.main_window import MainWindow

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

SERVE = """
import sys, threading
sys.path.insert(0, {tests!r})
from stub_api import Reply, stub_api_thread
reply = Reply.answer("A short answer of a fast server", pieces=["A short answer of a fast server"])
with stub_api_thread(lambda _: reply) as api:
    print(api.base_url, flush=True)
    sys.stdin.read()
"""


# PySide6's hook for `__import__` goes, as at the start of the program
PART = """
import builtins, sys
plain_import = builtins.__import__
sys.path.insert(0, {here!r})
import history
builtins.__import__ = plain_import
history.measure_part(*sys.argv[1:])
"""


def ended_run(rows: int) -> Run:
    """A run of so many rows that have been answered."""
    batch = Batch(
        [Row(index, {"name": f"name {index}"}) for index in range(rows)],
        ("name",),
        Template("Greet {name} in one sentence."),
        Parameters("m"),
    )
    arm = Arm.of(ArmKind.CONCURRENT, batch, Limits(cap=100))
    arm.started_at, arm.ended_at = 0.0, rows * 0.005 + 0.5
    for request in arm.requests:
        sent = request.index * 0.005
        request.attempts = [Attempt(sent, sent + 0.1, sent + 0.5, sent + 0.5)]
        request.state, request.ended_at = RequestState.DONE, sent + 0.5
        request.completion = Completion(
            f"Dear name {request.index}, " + "good day! " * 10, "stop", "m", 9, 33
        )
    endpoint = Endpoint("Server", "http://127.0.0.1:1/api/v2")
    return Run(batch, endpoint, datetime.now(UTC), {ArmKind.CONCURRENT: arm})


async def keep_whole(path: Path, run: Run) -> None:
    store = Store.open(path)
    arm = run.arms[ArmKind.CONCURRENT]
    key = await store.add_run(run, "large")
    await asyncio.gather(*[store.keep(key, arm.kind, request) for request in arm.requests])
    await store.end_arm(key, arm)
    await store.end_run(key, "ended")
    store.close()


class FirstPaint(QObject):
    """Tells when a widget is painted next."""

    def __init__(self, widget: QObject, painted: asyncio.Future[float]) -> None:
        super().__init__()
        self._painted = painted
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            loop = asyncio.get_running_loop()
            loop.call_soon(lambda: settle(self._painted, time.perf_counter()))
        return False


@dataclass(frozen=True)
class Reading:
    """How late the loop was at a point in time, in seconds."""

    due: float
    lag: float


class Watch:
    """Reads the lag of the loop all the time, so that any stretch of it can be looked at afterwards."""

    INTERVAL_S = 0.01

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._readings: list[Reading] = []
        self._due = time.perf_counter()
        self._timer: asyncio.TimerHandle | None = None
        self._on_due()

    def _on_due(self) -> None:
        now = time.perf_counter()
        # a stall counts at each point that it covers
        while self._due <= now:
            self._readings.append(Reading(self._due, now - self._due))
            self._due += self.INTERVAL_S
        self._timer = self._loop.call_later(self._due - now, self._on_due)

    def stop(self) -> None:
        self._timer.cancel()

    def lag(self, since: float, until: float) -> dict[str, float]:
        lags = sorted(reading.lag for reading in self._readings if since <= reading.due <= until) or [0.0]
        return {
            "lag p50 (ms)": lags[len(lags) // 2] * 1e3,
            "lag p99 (ms)": lags[len(lags) * 99 // 100] * 1e3,
            "lag max (ms)": lags[-1] * 1e3,
        }


async def rested() -> float:
    """Let the loop run for a while after something happened, so that what it left behind is seen too."""
    await asyncio.sleep(1)
    return time.perf_counter()


async def measured_opening(opened: Opened) -> dict[str, dict[str, float]]:
    session, window, loop = opened.session, opened.session.window, asyncio.get_running_loop()
    listed = loop.create_future()
    window.history.model.modelReset.connect(lambda: settle(listed, None))
    window.history.toggleViewAction().trigger()
    await listed
    await rested()
    shown = loop.create_future()
    window.results.model.modelReset.connect(lambda: settle(shown, None))
    painted: asyncio.Future[float] = loop.create_future()
    measured = opened.hear(session.shown.figures_shown)
    started = time.perf_counter()
    window.history.open_button.click()
    await shown
    watch = FirstPaint(window.results.table.viewport(), painted)
    first_row = await painted
    watch.deleteLater()
    await measured
    figures = time.perf_counter()
    return {
        "open": {
            "first row (s)": first_row - started,
            "figures (s)": figures - started,
            **opened.watch.lag(started, await rested()),
        }
    }


async def measured_run(opened: Opened, rows: int, cap: int, *, is_kept: bool) -> dict[str, dict[str, float]]:
    session, window = opened.session, opened.session.window
    window.private_action.setChecked(not is_kept)
    window.input.show_table(["name"], [Row(index, {"name": f"name {index}"}) for index in range(rows)])
    window.input.template_edit.setPlainText("Greet {name}")
    window.run_bar.show_limits(Limits(cap=cap))
    await rested()
    began, ended = opened.hear(session.controller.arm_started), opened.hear(session.shown.ended)
    kept = opened.hear(session.controller.run_kept)
    started = time.perf_counter()
    session.start()
    await began
    running = time.perf_counter()
    await ended
    measured = time.perf_counter()
    (run,) = await kept
    last = await rested()
    arm = run.arms[ArmKind.CONCURRENT]
    assert session.shown.figures.is_all_done
    name = "kept" if is_kept else "private"
    watch = opened.watch
    return {
        f"start, {name}": {"took (s)": running - started, **watch.lag(started, running + 1)},
        f"run, {name}": {
            "rows/s": rows / (arm.ended_at - arm.started_at),
            **watch.lag(running + 1, arm.ended_at - 0.2),
        },
        f"end, {name}": {"figures (s)": measured - arm.ended_at, **watch.lag(arm.ended_at - 0.2, last)},
    }


@dataclass
class Opened:
    """A program whose window is open."""

    session: Session
    watch: Watch

    @staticmethod
    def hear(signal: Any) -> asyncio.Future[tuple[object, ...]]:
        heard = asyncio.get_running_loop().create_future()
        signal.connect(lambda *arguments: settle(heard, arguments))
        return heard


@asynccontextmanager
async def program(folder: Path, base_url: str) -> AsyncIterator[Opened]:
    """Put the parts together as `app.py` does."""
    settings = Settings(folder / "settings")
    reporter = Reporter(settings.log_path)
    tasks, demo = Tasks(reporter.report), DemoProcess()
    keys = KeyStore(None, PARADIGM_BASE_URL)
    lag = LagProbe(asyncio.get_running_loop(), 0.01)
    controller = Controller(tasks, keys, demo, lag)
    window = MainWindow()
    session = Session(window, controller, keys, settings, tasks, reporter, lag)
    opening = tasks.start(open_store(folder / "runs.sqlite3", session), "open the store")
    controller.use_store(opening)
    history = History(window.history, session, tasks, opening)
    window.show()
    settle_memory()
    session.use_endpoint(Endpoint("Server", base_url, model="m"))
    store = await opening
    await controller.preload()
    watch = Watch()
    try:
        yield Opened(session, watch)
    finally:
        watch.stop()
        await tasks.finish()
        if store:
            store.close()
        await demo.stop()
        window.may_close = True
        window.close()
        reporter.close()
        del history


async def part(name: str, folder: Path, base_url: str, rows: int, cap: int) -> dict[str, dict[str, float]]:
    if name == "build":
        await keep_whole(folder / "runs.sqlite3", ended_run(rows))
        return {}
    async with program(folder, base_url) as opened:
        if name == "open":
            return await measured_opening(opened)
        return await measured_run(opened, rows, cap, is_kept=name == "kept")


def measure_part(name: str, folder: str, base_url: str, rows: str, cap: str) -> None:
    """Be the process of one part."""
    shorten_turns()
    application = QApplication([])
    with asyncio.Runner(loop_factory=lambda: EventLoop(application)) as runner:
        found = runner.run(part(name, Path(folder), base_url, int(rows), int(cap)))
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    for figures in found.values():
        figures["peak (MB)"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    print(json.dumps(found))


def show(title: str, figures: dict[str, float]) -> None:
    print(f"{title:40}" + "   ".join(f"{name} {value:.4g}" for name, value in figures.items()), flush=True)


def main() -> None:
    sizes = [int(argument) for argument in sys.argv[1:]]
    opened, rows, cap = [*sizes, *(100_000, 20_000, 200)[len(sizes) :]]
    command = [sys.executable, "-c", SERVE.format(tests=str(Path(__file__).parents[1]))]
    with (
        TemporaryDirectory() as folder,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server,
    ):
        base_url = server.stdout.readline().strip()
        load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
        print(f"{os.cpu_count()} processors, load before the start: {load}", flush=True)
        for name in ("build", "open", "kept", "private"):
            size = opened if name in ("build", "open") else rows
            code = PART.format(here=str(Path(__file__).parent))
            arguments = [sys.executable, "-c", code, name, folder, base_url, str(size), str(cap)]
            found = subprocess.run(arguments, check=True, stdout=subprocess.PIPE, text=True).stdout
            for title, figures in json.loads(found).items():
                show(f"{title}, {size:,} rows, cap {cap}", figures)
        server.stdin.close()


if __name__ == "__main__":
    main()
