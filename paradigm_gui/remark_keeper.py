"""Puts what the user notes on rows beside the answers on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from paradigm_gui import wording
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.run_list import RunKey
from paradigm_gui.widgets.banner import Tone

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Collection

    from paradigm_gui.core.batch import Run
    from paradigm_gui.core.store import Store
    from paradigm_gui.session import Session
    from paradigm_gui.tasks import Tasks


class RemarkKeeper(QObject):
    """Writes marks and comments at once; those of a private run stay in memory.

    What could not be written stays in the window, is told, and is written with the next change.
    """

    def __init__(self, session: Session, tasks: Tasks, opening: asyncio.Future[Store | None]) -> None:
        super().__init__(session)
        self._session = session
        self._tasks = tasks
        self._opening = opening
        self._unwritten: dict[Run, frozenset[int]] = {}
        self._told = ""
        session.window.results.remarked.connect(self._write)

    def _write(self, run: Run, rows: Collection[int]) -> None:
        if run.key is None:
            return
        # without a store no run has a key
        store = self._opening.result()
        assert store is not None
        rows = self._unwritten.pop(run, frozenset()).union(rows)
        # handed over before anything else can happen: the program may be about to end
        writing = store.remark(RunKey(run.key), {row: run.remarks.of(row) for row in rows})
        self._tasks.start(self._watch(writing, run, rows), "keep remarks")

    async def _watch(self, writing: asyncio.Future[None], run: Run, rows: frozenset[int]) -> None:
        try:
            await writing
        except UserFacingError as error:
            if error.code != "no_such_run":
                self._unwritten[run] = self._unwritten.get(run, frozenset()) | rows
            self._tell(error)
        else:
            self._write_again()
            self._withdraw()

    def _write_again(self) -> None:
        for run in list(self._unwritten):
            self._write(run, ())

    def _tell(self, error: UserFacingError) -> None:
        self._told = self.tr("Marks and comments are not kept. {why}").format(why=wording.user_error(error))
        if self._unwritten:
            self._session.say(self._told, Tone.ERROR, self.tr("Try again"), self._write_again)
        else:
            self._session.say(self._told, Tone.ERROR)

    def _withdraw(self) -> None:
        """Say no more that something is not kept, once it is."""
        banner = self._session.window.message_banner
        if self._told and not self._unwritten and banner.label.text() == self._told:
            banner.hide()
            self._told = ""
