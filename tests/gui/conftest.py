"""A fresh event loop for a coroutine under test, a program in it, and what a test may not leave behind."""

import asyncio
import gc
import traceback
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from guard import GUARD_MS, GUARD_S
from PySide6.QtCore import QAbstractAnimation, QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog
from pytestqt.qtbot import QtBot

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
    Request,
    RequestState,
    Row,
    Run,
    Template,
)
from paradigm_gui.core.endpoints import Endpoint
from paradigm_gui.core.errors import ErrorKind, RequestError
from paradigm_gui.core.keys import KeyStore
from paradigm_gui.demo_process import DemoProcess
from paradigm_gui.desktop import DesktopApplication
from paradigm_gui.event_loop import EventLoop, LagProbe
from paradigm_gui.reporter import Reporter
from paradigm_gui.session import DEMO, Session
from paradigm_gui.settings import Settings
from paradigm_gui.tasks import Tasks, settle
from paradigm_gui.widgets.main_window import MainWindow


@pytest.fixture(scope="session")
def qapp_cls():
    return DesktopApplication


@pytest.fixture(scope="session")
def qapp(qapp):
    """As the program has it: the loop does not end with the last window."""
    qapp.setQuitOnLastWindowClosed(False)
    return qapp


# How long what has failed may take to end.
PATIENCE_S = 10.0


class LoopRunner:
    """Run coroutines, each on an `EventLoop` of its own, and collect what went wrong beside them."""

    def __init__(self, app):
        self._app = app
        self.problems = []

    def __call__(self, coro):
        loop = EventLoop(self._app)
        loop.set_exception_handler(self._on_loop_error)
        try:
            return loop.run_until_complete(self._within_guard(coro))
        finally:
            leaked = asyncio.all_tasks(loop)
            self.problems += [f"leaked task: {task!r}" for task in leaked]
            for task in leaked:
                task.cancel()
            loop.run_until_complete(self._finish(leaked))
            loop.close()

    async def _within_guard(self, coro):
        main = asyncio.get_running_loop().create_task(coro, name="test")
        await asyncio.wait({main}, timeout=GUARD_S)
        if not main.done():
            stack = "".join(where(coro))
            main.cancel()
            # one that does not let itself be cancelled is left to `__call__`
            await asyncio.wait({main}, timeout=PATIENCE_S)
            raise TimeoutError(f"it still waits, here:\n{stack}")
        return main.result()

    async def _finish(self, tasks):
        if tasks:
            await asyncio.wait(tasks, timeout=PATIENCE_S)
        loop = asyncio.get_running_loop()
        await loop.shutdown_asyncgens()
        await loop.shutdown_default_executor()

    def _on_loop_error(self, _loop, context):
        self.problems.append(f"error in the event loop: {context!r}")


def where(coro):
    """Give the line at which a coroutine waits, and those of the coroutines that it waits for."""
    while frame := getattr(coro, "cr_frame", None):
        yield from traceback.format_stack(frame, limit=1)
        coro = coro.cr_await


def leftovers():
    """Name the windows that are still visible and the animations that never end, and end them for good.

    Whether one of Qt's own that fades something in has come to its end is a matter of the machine's speed.
    """
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    windows = QApplication.topLevelWidgets()
    found = []
    for owner in (QApplication.instance(), *windows):
        for animation in owner.findChildren(QAbstractAnimation):
            if animation.state() == QAbstractAnimation.State.Running and animation.totalDuration() < 0:
                found.append(f"endless animation: {animation!r}")
                animation.stop()
    for window in windows:
        if window.isVisible():
            found.append(f"visible window: {window!r}")
            # not `close`, which a window may refuse
            window.hide()
            window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return found


@pytest.fixture(autouse=True)
def clean():
    """Fail the test that leaves windows or animations behind, and none of those that follow it."""
    yield
    if QApplication.instance() and (found := leftovers()):
        pytest.fail("\n".join(found), pytrace=False)


@pytest.fixture
def run(qapp):
    """Give `run(coro)`; fail at teardown on leaked tasks and loop errors."""
    runner = LoopRunner(qapp)
    yield runner
    gc.collect()  # an exception that nobody retrieved is reported when its task is collected
    if runner.problems:
        pytest.fail("\n".join(runner.problems), pytrace=False)


class PatientBot(QtBot):
    """A bot whose waits end when what they wait for has come, however slow the machine is."""

    def waitSignal(self, signal, *, timeout=GUARD_MS, **options):  # noqa: N802
        return super().waitSignal(signal, timeout=timeout, **options)

    def waitUntil(self, callback, *, timeout=GUARD_MS):  # noqa: N802
        return super().waitUntil(callback, timeout=timeout)

    def waitExposed(self, widget, *, timeout=GUARD_MS):  # noqa: N802
        return super().waitExposed(widget, timeout=timeout)

    def waitActive(self, widget, *, timeout=GUARD_MS):  # noqa: N802
        return super().waitActive(widget, timeout=timeout)


@pytest.fixture
def qtbot(qapp, request):
    return PatientBot(request)


class DialogWatch(QObject):
    """Gives the next dialog that is shown."""

    def __init__(self):
        super().__init__()
        self.dialog = asyncio.get_running_loop().create_future()
        QApplication.instance().installEventFilter(self)

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Show and isinstance(watched, QDialog):
            QApplication.instance().removeEventFilter(self)
            settle(self.dialog, watched)
        return False


@dataclass
class OpenProgram:
    """The parts of a program whose window is open, as `app.py` puts them together."""

    window: MainWindow
    session: Session
    controller: Controller
    keys: KeyStore
    demo: DemoProcess
    tasks: Tasks
    settings: Settings
    reporter: Reporter
    foreign: set[asyncio.Task]

    @staticmethod
    def hear(signal):
        """Give a future with the arguments of the signal's next emission."""
        heard = asyncio.get_running_loop().create_future()
        signal.connect(lambda *arguments: settle(heard, arguments))
        return heard

    async def until(self, condition):
        """Wait for the step of a run after which the condition holds."""
        while not condition():
            await self.hear(self.controller.progressed)

    async def dialog(self, action):
        """Trigger an action or press a button, and give the dialog that it opens."""
        return await self.dialog_after(
            action.click if isinstance(action, QAbstractButton) else action.trigger
        )

    async def dialog_after(self, act):
        """Do something, and give the dialog that it opens."""
        watch = DialogWatch()
        act()
        return await watch.dialog

    async def idle(self):
        """Wait until nothing is under way any more."""
        while own := asyncio.all_tasks() - self.foreign:
            await asyncio.wait(own)

    def enter(self, *lines, template="{name}", **limits):
        """Put names and a prompt into the window."""
        self.window.input.names_edit.replace_text("\n".join(lines))
        self.window.input.template_edit.setPlainText(template)
        self.window.run_bar.show_limits(replace(self.window.run_bar.limits(), **limits))

    async def run(self, *, compare=False):
        """Press the button, and give the run when it has ended."""
        ended = self.hear(self.session.shown.ended)
        action = self.window.run_bar.compare_action if compare else self.window.run_bar.run_action
        action.trigger()
        return (await ended)[0]


@pytest.fixture
def program(tmp_path):
    """Give `program(base_url)`: an open program that sends there, to be used with `async with`.

    Without a base URL it sends to the demo server. Leaving takes it apart as the program itself does.
    """

    @asynccontextmanager
    async def opened(base_url="", *, keys=None):
        foreign = asyncio.all_tasks()
        settings = Settings(tmp_path / "settings")
        reporter = Reporter(settings.log_path)
        loop = asyncio.get_running_loop()
        tasks = Tasks(reporter.report)
        keys = keys or KeyStore(None, PARADIGM_BASE_URL)
        demo = DemoProcess()
        lag = LagProbe(loop, 0.01)
        controller = Controller(tasks, keys, demo, lag)
        controller.hide_secret = reporter.hide
        window = MainWindow()
        session = Session(window, controller, keys, settings, tasks, reporter, lag)
        window.show()
        session.use_endpoint(Endpoint("Server", base_url, model="m") if base_url else DEMO)
        try:
            yield OpenProgram(window, session, controller, keys, demo, tasks, settings, reporter, foreign)
        finally:
            controller.stop()
            await tasks.finish()
            await demo.stop()
            window.may_close = True
            window.close()
            reporter.close()
            # a hundred windows that are only closed make each change of the style slow
            window.deleteLater()

    return opened


START = 50.0
CLOSINGS = {RequestState.DONE, RequestState.FAILED, RequestState.CANCELLED}


def make_request(index, name, state, text, column):
    """A request in a state: sent two hundredths after START, each row served a tenth longer than the last."""
    row = Row(index, {column: name})
    request = Request(row, f"Greet {name}", state, START)
    if state not in (RequestState.QUEUED, RequestState.WAITING):
        sent = START + 0.02
        request.attempts.append(Attempt(sent, sent + 0.01, sent + 0.1 * (index + 1)))
    if state in CLOSINGS:
        request.ended_at = START + 0.02 + 0.1 * (index + 1)
        request.attempts[-1].ended_at = request.ended_at
    if state is RequestState.DONE:
        request.completion = Completion(text, "stop", "m", 5, index + 1)
    elif text:
        request.partial.append(text)
    if state is RequestState.FAILED:
        error = RequestError(ErrorKind.BAD_REQUEST, "<b>too rude</b>", 400)
        request.error = request.attempts[-1].error = error
    return request


@pytest.fixture
def make_run():
    """Give `make_run((name, state, text), ...)`: a run of one arm whose rows are so, column `name`."""

    def make(*rows, kinds=(ArmKind.CONCURRENT,), column="name", is_demo=False):
        arms = {}
        for kind in kinds:
            requests = [make_request(index, *row, column) for index, row in enumerate(rows)]
            last = max((request.ended_at or START for request in requests), default=START)
            is_over = all(request.state in CLOSINGS for request in requests)
            arms[kind] = Arm(kind, Limits(cap=20), requests, START, last if is_over else None)
        batch = Batch(
            [request.row for request in next(iter(arms.values())).requests],
            (column,),
            Template("Greet {name}"),
            Parameters("m"),
        )
        endpoint = Endpoint("Server", "http://127.0.0.1:1/api/v2", is_demo=is_demo)
        return Run(batch, endpoint, datetime(2026, 1, 2, 3, 4, tzinfo=UTC), arms)

    return make
