"""Reads a table file in a thread for the dialog that shows how it is read."""

from __future__ import annotations

import asyncio
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.tables import AUTOMATIC, DELIMITED_SUFFIXES, Reading, Table, preview, read_table, sniff
from paradigm_gui.widgets.dialogs import answer_of
from paradigm_gui.widgets.open_table_dialog import OpenTableDialog

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from paradigm_gui.core.text_files import OnProgress
    from paradigm_gui.tasks import Tasks

# A smaller file is read whole before a preview of it could be seen.
_PREVIEWED_BYTES = 1024 * 1024
_STEP_S = 0.05
# A small file is there at once: the dialog then opens with it, and not at all when nothing can be done.
_PATIENCE_S = 0.3
# What another encoding, delimiter, sheet or header may mend.
_MENDABLE = ("bad_character", "bad_encoding", "bad_quotes", "empty_table", "ragged_row")


async def ask_table(path: Path, parent: QWidget, tasks: Tasks) -> Table | None:
    """Let the user look at the table of a file; `None` when it is not wanted.

    Raises `UserFacingError` for a file that no choice in the dialog would make readable.
    """
    dialog = OpenTableDialog(path, parent)
    reader = _TableReader(path, dialog, tasks)
    dialog.reading_chosen.connect(lambda reading: reader.read(reading))
    try:
        await asyncio.wait([reader.read(AUTOMATIC)], timeout=_PATIENCE_S)
        if reader.refusal and reader.refusal.code not in _MENDABLE:
            dialog.deleteLater()
            raise reader.refusal
        return dialog.table if await answer_of(dialog) else None
    finally:
        reader.stop()


class _Stopped(Exception):  # noqa: N818 - nothing is wrong
    """Nobody waits for the table any more."""


class _TableReader(QObject):
    """Reads the file as often as it is asked to; what is read meanwhile is given up."""

    def __init__(self, path: Path, dialog: OpenTableDialog, tasks: Tasks) -> None:
        super().__init__(dialog)
        self._path = path
        self._dialog = dialog
        self._tasks = tasks
        self._task: asyncio.Task[None] | None = None
        self._stopped = threading.Event()
        self.refusal: UserFacingError | None = None

    def read(self, reading: Reading) -> asyncio.Task[None]:
        self.stop()
        self._stopped = threading.Event()
        self._task = self._tasks.start(self._read(reading, self._stopped), "read a table")
        return self._task

    def stop(self) -> None:
        self._stopped.set()
        if self._task:
            self._task.cancel()

    async def _read(self, reading: Reading, stopped: threading.Event) -> None:
        try:
            if first := await asyncio.to_thread(_first_rows, self._path, reading):
                self._dialog.show_preview(first)
            table = await asyncio.to_thread(read_table, self._path, reading, self._progress(stopped))
        except UserFacingError as error:
            self.refusal = error
            found = await asyncio.to_thread(_sniffed, self._path, reading)
            if error.code == "empty_table" and found.has_header is None:
                # there is one row, and it was taken for the header
                found = replace(found, has_header=True)
            self._dialog.show_error(error, found)
        else:
            self._dialog.show_table(table)

    def _progress(self, stopped: threading.Event) -> OnProgress:
        loop = asyncio.get_running_loop()
        shown_at = 0.0

        def show(share: float) -> None:
            if not stopped.is_set():
                self._dialog.show_progress(share)

        def on_progress(share: float) -> None:
            """Called in the thread that reads."""
            nonlocal shown_at
            if stopped.is_set():
                raise _Stopped
            if time.monotonic() - shown_at > _STEP_S:
                shown_at = time.monotonic()
                loop.call_soon_threadsafe(show, share)

        return on_progress


def _first_rows(path: Path, reading: Reading) -> Table | None:
    """What the beginning of a large file shows. `None` is no verdict: only reading all of it gives one."""
    try:
        if path.suffix.lower() not in DELIMITED_SUFFIXES or path.stat().st_size <= _PREVIEWED_BYTES:
            return None
        return preview(path, reading)
    except (OSError, UserFacingError):
        return None


def _sniffed(path: Path, reading: Reading) -> Reading:
    try:
        return sniff(path, reading)
    except UserFacingError:
        return reading
