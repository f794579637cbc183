"""A fresh event loop for a coroutine under test, and what a test may not leave behind."""

import asyncio
import gc

import pytest
from PySide6.QtCore import QAbstractAnimation, QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from paradigm_gui.event_loop import EventLoop


class LoopRunner:
    """Run coroutines, each on an `EventLoop` of its own, and collect what went wrong beside them."""

    def __init__(self, app):
        self._app = app
        self.problems = []

    def __call__(self, coro, timeout=30):
        loop = EventLoop(self._app)
        loop.set_exception_handler(self._on_loop_error)
        try:
            return loop.run_until_complete(asyncio.wait_for(coro, timeout))
        finally:
            leaked = asyncio.all_tasks(loop)
            self.problems += [f"leaked task: {task!r}" for task in leaked]
            for task in leaked:
                task.cancel()
            loop.run_until_complete(self._finish(leaked))
            loop.close()

    async def _finish(self, tasks):
        await asyncio.gather(*tasks, return_exceptions=True)
        loop = asyncio.get_running_loop()
        await loop.shutdown_asyncgens()
        await loop.shutdown_default_executor()

    def _on_loop_error(self, _loop, context):
        self.problems.append(f"error in the event loop: {context!r}")


def leftovers():
    """Close and name the windows that are still visible and the animations that still run."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    windows = QApplication.topLevelWidgets()
    found = [
        f"running animation: {animation!r}"
        for owner in (QApplication.instance(), *windows)
        for animation in owner.findChildren(QAbstractAnimation)
        if animation.state() == QAbstractAnimation.State.Running
    ]
    for window in windows:
        if window.isVisible():
            found.append(f"visible window: {window!r}")
            window.close()
    return found


@pytest.fixture
def run(qapp):
    """Give `run(coro, timeout=30)`; fail at teardown on leaked tasks, loop errors, windows, animations."""
    runner = LoopRunner(qapp)
    yield runner
    gc.collect()  # an exception that nobody retrieved is reported when its task is collected
    problems = runner.problems + leftovers()
    if problems:
        pytest.fail("\n".join(problems), pytrace=False)
