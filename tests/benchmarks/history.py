"""How long a large kept run takes to open, and what keeping costs while many rows are answered.

Run: python tests/benchmarks/history.py [ROWS TO OPEN] [ROWS TO RUN] [CAP]
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

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
from paradigm_gui.demo_process import DemoProcess
from paradigm_gui.event_loop import EventLoop, LagProbe
from paradigm_gui.history import History, open_store
from paradigm_gui.reporter import Reporter
from paradigm_gui.session import Session
from paradigm_gui.settings import Settings
from paradigm_gui.tasks import Tasks, settle
from paradigm_gui.widgets.main_window import MainWindow

SERVE = """
import sys, threading
sys.path.insert(0, {tests!r})
from stub_api import Reply, stub_api_thread
reply = Reply.answer("A short answer of a fast server", pieces=["A short answer of a fast server"])
with stub_api_thread(lambda _: reply) as api:
    print(api.base_url, flush=True)
    sys.stdin.read()
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


async def measured_opening(session: Session, history: History, lag: LagProbe) -> dict[str, float]:
    window, loop = session.window, asyncio.get_running_loop()
    listed = loop.create_future()
    window.history.model.modelReset.connect(lambda: settle(listed, None))
    started = time.perf_counter()
    window.history.toggleViewAction().trigger()
    await listed
    list_s = time.perf_counter() - started
    shown = loop.create_future()
    window.results.model.modelReset.connect(lambda: settle(shown, None))
    painted: asyncio.Future[float] = loop.create_future()
    lag.reset()
    lag.start()
    started = time.perf_counter()
    window.history.open_button.click()
    await shown
    watch = FirstPaint(window.results.table.viewport(), painted)
    open_s = await painted - started
    watch.deleteLater()
    lag.stop()
    return {"list (ms)": list_s * 1e3, "open (ms)": open_s * 1e3, "longest stall (ms)": lag.worst_s * 1e3}


async def measured_run(
    session: Session, rows: int, cap: int, lag: LagProbe, *, is_kept: bool
) -> dict[str, float]:
    window, loop = session.window, asyncio.get_running_loop()
    window.private_action.setChecked(not is_kept)
    window.input.show_table(["name"], [Row(index, {"name": f"name {index}"}) for index in range(rows)])
    window.input.template_edit.setPlainText("Greet {name}")
    bar = window.run_bar
    bar.show_limits(Limits(cap=cap))
    kept = loop.create_future()
    session.controller.run_kept.connect(lambda run: settle(kept, run))
    session.start(compare=False)
    run = await kept
    arm = run.arms[ArmKind.CONCURRENT]
    assert arm.count(RequestState.DONE) == rows
    samples = sorted(lag.samples)
    return {
        "rows/s": rows / (arm.ended_at - arm.started_at),
        "loop lag p50 (ms)": samples[len(samples) // 2] * 1e3,
        "loop lag p99 (ms)": samples[len(samples) * 99 // 100] * 1e3,
        "loop lag max (ms)": lag.worst_s * 1e3,
    }


async def measure(
    folder: Path, base_url: str, opened: int, rows: int, cap: int
) -> dict[str, dict[str, float]]:
    path = folder / "runs.sqlite3"
    await keep_whole(path, ended_run(opened))
    settings = Settings(folder / "settings")
    reporter = Reporter(settings.log_path)
    tasks, demo = Tasks(reporter.report), DemoProcess()
    keys = KeyStore(None, PARADIGM_BASE_URL)
    lag = LagProbe(asyncio.get_running_loop(), 0.01)
    controller = Controller(tasks, keys, demo, lag)
    window = MainWindow()
    session = Session(window, controller, keys, settings, tasks, reporter, lag)
    opening = tasks.start(open_store(path, session), "open the store")
    controller.use_store(opening)
    history = History(window.history, session, tasks, opening)
    window.show()
    session.use_endpoint(Endpoint("Server", base_url, model="m"))
    store = await opening
    await controller.preload()
    try:
        return {
            f"open a run of {opened} rows": await measured_opening(session, history, lag),
            f"{rows} rows, cap {cap}, kept": await measured_run(session, rows, cap, lag, is_kept=True),
            f"{rows} rows, cap {cap}, private": await measured_run(session, rows, cap, lag, is_kept=False),
        }
    finally:
        await tasks.finish()
        if store:
            store.close()
        await demo.stop()
        window.may_close = True
        window.close()
        reporter.close()


def main() -> None:
    sizes = [int(argument) for argument in sys.argv[1:]]
    opened, rows, cap = [*sizes, *(100_000, 20_000, 200)[len(sizes) :]]
    application = QApplication([])
    command = [sys.executable, "-c", SERVE.format(tests=str(Path(__file__).parents[1]))]
    with (
        TemporaryDirectory() as folder,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server,
        asyncio.Runner(loop_factory=lambda: EventLoop(application)) as runner,
    ):
        base_url = server.stdout.readline().strip()
        results = runner.run(measure(Path(folder), base_url, opened, rows, cap))
        server.stdin.close()
    for name, figures in results.items():
        print(json.dumps({"what": name, **{key: round(value, 1) for key, value in figures.items()}}))


if __name__ == "__main__":
    main()
