"""Starts the demo server in its own process and ends it with the program."""

from __future__ import annotations

import asyncio
import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment

import paradigm_gui
from paradigm_gui.core.endpoints import Endpoint
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.tasks import settle

START_LIMIT_S = 20.0
STOP_LIMIT_S = 1.0


class DemoProcess(QObject):
    """The built-in server as seen from the program: started when first needed, again if it died.

    It also ends when this process dies without a word, since its standard input closes then.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._base_url: asyncio.Future[str] | None = None

    async def endpoint(self) -> Endpoint:
        """The running server; raises `UserFacingError` `demo_failed`."""
        if self._process is None or self._process.state() == QProcess.ProcessState.NotRunning:
            self._start()
        assert self._base_url is not None
        try:
            async with asyncio.timeout(START_LIMIT_S):
                base_url = await asyncio.shield(self._base_url)
        except TimeoutError:
            raise UserFacingError("demo_failed", reason="") from None
        return Endpoint("Demo", base_url, model="alfred-demo", is_demo=True)

    async def stop(self) -> None:
        """End the server and wait until it is gone."""
        process, self._process = self._process, None
        if process is None or process.state() == QProcess.ProcessState.NotRunning:
            return
        ended = asyncio.get_running_loop().create_future()
        # not `finished`: one that fails to start never says it
        process.stateChanged.connect(partial(_settle_when_over, ended))
        process.closeWriteChannel()
        # not under a timeout, which would cancel the future
        await asyncio.wait({ended}, timeout=STOP_LIMIT_S)
        if not ended.done():
            process.kill()
            await ended

    def _start(self) -> None:
        process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        for name in environment.keys():  # noqa: SIM118 - not a mapping
            # a proxy's variable may hold its password
            if name.startswith(("PARADIGM_", "OPENAI_")) or name.upper().endswith("_PROXY"):
                environment.remove(name)
        process.setProcessEnvironment(environment)
        process.setProgram(sys.executable)
        # `-m` looks into the working folder first: it must not be one of the user's, with a random.py in it
        process.setWorkingDirectory(str(Path(paradigm_gui.__file__).resolve().parent.parent))
        process.setArguments(["-m", "paradigm_gui.demo", "--exit-with-stdin"])
        self._process = process
        self._base_url = asyncio.get_running_loop().create_future()
        # to their own process and future: a process that was told to stop may still have words to say
        started = partial(_read, process, self._base_url)
        failed = partial(_fail, process, self._base_url)
        process.readyReadStandardOutput.connect(started)
        process.finished.connect(failed)
        process.errorOccurred.connect(failed)
        process.start()


def _read(process: QProcess, base_url: asyncio.Future[str]) -> None:
    if process.canReadLine():
        settle(base_url, bytes(process.readLine().data()).decode().strip())


def _settle_when_over(ended: asyncio.Future[None], state: QProcess.ProcessState) -> None:
    if state == QProcess.ProcessState.NotRunning:
        settle(ended, None)


def _fail(process: QProcess, base_url: asyncio.Future[str], *_: object) -> None:
    words = bytes(process.readAllStandardError().data()).decode(errors="replace")
    settle(base_url, UserFacingError("demo_failed", reason=words.strip()[-200:]))
    # nobody may be waiting yet
    base_url.exception()
