"""The log, and one reporter for every bug, whichever door it comes through.

A bug can surface at `sys.excepthook` (a slot or an overridden virtual), at the event loop's exception
handler (a callback or a forgotten task), or in a thread. All three lead here: the traceback goes to the
log, without any key, and the window is told once for each distinct bug.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from paradigm_gui.core.redaction import MARK, without_secrets

if TYPE_CHECKING:
    import asyncio
    from io import TextIOWrapper
    from types import TracebackType

log = logging.getLogger(__name__)

_AUTHORIZATION = re.compile(r"(authorization\W+(?:(?:bearer|basic)\s+)?|bearer\s+)[^\s'\",]+", re.IGNORECASE)
LOG_BYTES = 1_000_000


class _RedactingFormatter(logging.Formatter):
    """Formats first and redacts then, so that tracebacks are covered too."""

    def __init__(self, secrets: set[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        text = _AUTHORIZATION.sub(rf"\1{MARK}", super().format(record))
        return without_secrets(text, *self._secrets)


class _PrivateFileHandler(RotatingFileHandler):
    """Writes a log that nobody else on the machine may read."""

    def _open(self) -> TextIOWrapper:
        file = super()._open()
        Path(self.baseFilename).chmod(0o600)
        return file


class Reporter(QObject):
    """Writes the log and tells of bugs.

    Signals:
        bug_reported(str): the kind of a bug that was not reported before.
    """

    bug_reported = Signal(str)

    def __init__(self, log_path: Path) -> None:
        super().__init__()
        self.log_path = log_path
        self._secrets: set[str] = set()
        self._seen: set[tuple[str, str]] = set()
        self._handlers: list[logging.Handler] = []
        self._open_log()

    def hide(self, secret: str) -> None:
        """Never let this text reach the log."""
        self._secrets.add(secret)

    def install(self) -> None:
        """Take over the doors that do not belong to a loop."""
        sys.excepthook = self._from_excepthook
        threading.excepthook = self._from_thread
        sys.unraisablehook = self._from_unraisable

    def watch(self, loop: asyncio.AbstractEventLoop) -> None:
        loop.set_exception_handler(self._from_loop)

    def report(self, error: BaseException) -> None:
        """Log a bug with its traceback; tell of it unless the same one was told before."""
        log.error("bug: %s", type(error).__name__, exc_info=error)
        frames = traceback.extract_tb(error.__traceback__)
        place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
        signature = (type(error).__name__, place)
        if signature not in self._seen:
            self._seen.add(signature)
            self.bug_reported.emit(type(error).__name__)

    def close(self) -> None:
        root = logging.getLogger()
        for handler in self._handlers:
            root.removeHandler(handler)
            handler.close()

    def _open_log(self) -> None:
        root = logging.getLogger()
        root.setLevel(logging.INFO)
        # the HTTP stack would log every URL
        for noisy in ("httpx2", "httpcore2", "openai", "aiohttp", "asyncio", "qasync"):
            logging.getLogger(noisy).setLevel(logging.WARNING)
        try:
            # names of servers and files may stand there
            self.log_path.parent.mkdir(parents=True, exist_ok=True)
            self.log_path.parent.chmod(0o700)
            self._handlers.append(
                _PrivateFileHandler(
                    self.log_path, maxBytes=LOG_BYTES, backupCount=2, encoding="utf-8", delay=True
                )
            )
        except OSError as error:
            print(f"{self.log_path}: {error.strerror}", file=sys.stderr)  # noqa: T201 - no log to write it to
        for handler in self._handlers:
            handler.setFormatter(_RedactingFormatter(self._secrets))
            root.addHandler(handler)

    def _from_excepthook(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        self.report(error.with_traceback(trace))

    def _from_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.report(args.exc_value)

    def _from_unraisable(self, args: sys.UnraisableHookArgs) -> None:
        if args.exc_value is not None:
            self.report(args.exc_value)

    def _from_loop(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, BaseException):
            self.report(error)
        else:
            log.error("event loop: %s", context.get("message"))
