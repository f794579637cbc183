"""Opens files and examples in the window: what is shown and asked before the input is replaced."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from paradigm_gui.core.batch import Template
from paradigm_gui.core.batch_file import BATCH_SUFFIX, read_batch_file
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.tables import TABLE_SUFFIXES
from paradigm_gui.table_reader import ask_table
from paradigm_gui.widgets.banner import Tone
from paradigm_gui.widgets.dialogs import choose

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from paradigm_gui.core.batch import Row
    from paradigm_gui.core.batch_file import BatchFile
    from paradigm_gui.session import Session
    from paradigm_gui.tasks import Tasks


class Opening(QObject):
    """What happens between the wish to open something and the new input."""

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__(session)
        self._session = session
        self._tasks = tasks
        self._example_rows: Sequence[Row] = ()
        self._showing: asyncio.Task[None] | None = None

    def start(self, paths: Sequence[Path]) -> None:
        """Open the first of the files, in a task."""
        if self._showing and not self._showing.done():
            self._session.say(self.tr("Another file is just being opened: open one at a time."), Tone.WARNING)
        elif paths:
            self._showing = self._tasks.start(self.show(paths[0], has_others=len(paths) > 1), "open")

    async def show(self, path: Path, *, has_others: bool = False, keeps_server: bool = False) -> None:
        """Show a file, a table only when the user has seen how it is read; else what was there stays.

        What is wrong with it is said in the window, and so is that others were given with it.
        """
        session = self._session
        session.window.message_banner.hide()
        if has_others:
            session.say(
                self.tr("One file at a time: {file} is opened, the others are left out.").format(
                    file=path.name
                ),
                Tone.WARNING,
            )
        try:
            suffix = path.suffix.lower()
            if suffix == BATCH_SUFFIX:
                batch = await asyncio.to_thread(read_batch_file, path)
                if await self._take(batch, keeps_server=keeps_server):
                    session.note_file(path)
            elif suffix not in TABLE_SUFFIXES:
                await session.load_file(path)
            elif table := await ask_table(path, session.window, self._tasks):
                session.show_table(table, path)
        except UserFacingError as error:
            session.show_refusal(error)

    def show_example(self, batch: BatchFile) -> None:
        """Show an example of ours, which may be wanted for its prompt alone."""
        if self._fits_own_rows(batch):
            self._tasks.start(self._take_example(batch), "open an example")
        else:
            self._session.take_over(batch)
            self.note_example(batch)

    async def _take_example(self, batch: BatchFile) -> None:
        if await self._take(batch):
            self.note_example(batch)

    def note_example(self, batch: BatchFile) -> None:
        """Rows of an example are not the user's own, and come from no file."""
        self._example_rows = batch.rows or ()
        self._session.names.note_file(None)

    async def _take(self, batch: BatchFile, *, keeps_server: bool = False) -> bool:
        """Show a batch, with or without its rows as the user likes; whether its rows are shown."""
        if self._fits_own_rows(batch):
            rows = self._session.window.input.rows()
            chosen = await choose(
                self._session.window,
                self.tr("Open a batch"),
                self.tr(
                    "Your %n row(s) have every column that this prompt uses. Shall they stay?", "", len(rows)
                ),
                [self.tr("Keep my rows"), self.tr("Replace the rows, too")],
            )
            if chosen is None:
                return False
            if chosen == 0:
                batch = replace(batch, columns=None, rows=None)
        self._session.take_over(batch, keeps_server=keeps_server)
        return bool(batch.rows)

    def _fits_own_rows(self, batch: BatchFile) -> bool:
        """Whether there are rows of the user's that the batch would replace and its prompt could use."""
        panel = self._session.window.input
        rows = panel.rows()
        if not (rows and batch.columns and batch.rows):
            return False
        if _are_alike(rows, batch.rows) or _are_alike(rows, self._example_rows):
            return False
        texts = (batch.template, batch.system)
        used = {name for text in texts if text for name in Template(text).placeholders(batch.columns)}
        return used <= set(panel.columns())


def _are_alike(some: Sequence[Row], others: Sequence[Row]) -> bool:
    return len(some) == len(others) and all(
        one.variables == other.variables for one, other in zip(some, others, strict=True)
    )
