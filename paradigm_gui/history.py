"""The kept runs: found, opened, gone on with, renamed and deleted."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from paradigm_gui import wording
from paradigm_gui.core.batch import ArmKind
from paradigm_gui.core.batch_file import BatchFile
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.run_list import RunKey
from paradigm_gui.core.store import Store
from paradigm_gui.widgets.banner import Tone

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from pathlib import Path

    from paradigm_gui.core.batch import Run
    from paradigm_gui.core.run_list import RunSummary
    from paradigm_gui.session import Session
    from paradigm_gui.tasks import Tasks
    from paradigm_gui.widgets.history_dock import HistoryDock


async def open_store(path: Path, session: Session) -> Store | None:
    """Open the kept runs in a thread; where that fails, the window says that runs are only in memory."""
    try:
        store = await asyncio.to_thread(Store.open, path)
    except UserFacingError as error:
        session.say(wording.not_kept(error), Tone.ERROR)
        return None
    if store.set_aside and store.set_aside_reason:
        session.say(wording.set_aside(store.set_aside_reason, store.set_aside), Tone.WARNING)
    return store


def _close(run: Run) -> None:
    for arm in run.passes:
        arm.close()


class History(QObject):
    """Connects the dock with the store. `opening` is done once the store is open; `None` keeps nothing."""

    def __init__(
        self, dock: HistoryDock, session: Session, tasks: Tasks, opening: asyncio.Future[Store | None]
    ) -> None:
        super().__init__()
        self._dock = dock
        self._session = session
        self._tasks = tasks
        self._opening = opening
        self._just_kept: int | None = None
        dock.list_requested.connect(lambda search: tasks.start(self._list(search), "list runs"))
        dock.open_requested.connect(lambda run: self._start(self._open(run), "open run"))
        dock.resume_requested.connect(lambda run: self._start(self._go_on(run), "go on"))
        dock.retry_requested.connect(lambda run: self._start(self._retry(run), "retry"))
        dock.input_requested.connect(lambda run: self._start(self._use_input(run), "use input"))
        dock.rename_requested.connect(lambda run, name: self._start(self._rename(run, name), "rename"))
        dock.delete_requested.connect(lambda run: self._start(self._delete(run), "delete"))
        controller = session.controller
        controller.run_started.connect(lambda _run: dock.set_running(True))
        controller.run_ended.connect(lambda _run: dock.set_running(False))
        controller.run_kept.connect(self._on_kept)

    def _on_kept(self, run: Run) -> None:
        # the list points at the run that is on show
        self._just_kept = run.key
        self.refresh()

    def refresh(self) -> None:
        """Bring the list up to date, if anybody sees it."""
        if self._dock.isVisible():
            self._dock.ask_for_list()

    async def offer_unfinished(self) -> None:
        """Say that a run was interrupted, and offer to go on with it."""
        store = await self._opening
        unfinished = await store.unfinished() if store else []
        if not unfinished:
            return
        run = unfinished[0]
        self._session.say(
            self.tr("“{name}” was interrupted. Done and kept: {done} of {total} rows.").format(
                name=run.name, done=wording.number(run.done, 0), total=wording.number(run.rows, 0)
            ),
            Tone.NOTE,
            self.tr("Go on"),
            lambda: self._start(self._go_on(run), "go on"),
        )

    async def load_for_resume(self, wanted: str) -> Run:
        """The run that `last` or a number names; raises `UserFacingError`."""
        store = await self._opening
        if store is None:
            raise UserFacingError("nothing_to_resume")
        if wanted == "last":
            unfinished = await store.unfinished()
            if not unfinished:
                raise UserFacingError("nothing_to_resume")
            return await self._load(unfinished[0].key)
        if not wanted.isdecimal():
            raise UserFacingError("no_such_run")
        return await self._load(RunKey(int(wanted)))

    async def check_unchanged(self, run: Run) -> None:
        """Refuse to go on with an input that is not the one that was run; raises `UserFacingError`."""
        store = await self._opening
        if store and run.key is not None:
            job = self._session.job()
            await store.check_unchanged(RunKey(run.key), job.batch)

    def _start(self, work: Coroutine[Any, Any, None], name: str) -> None:
        async def guarded() -> None:
            try:
                await work
            except UserFacingError as error:
                self._session.show_refusal(error)

        self._tasks.start(guarded(), name)

    async def _list(self, search: str) -> None:
        if store := await self._opening:
            runs = await store.runs(search)
            self._dock.show_runs(runs, self._just_kept)
            self._just_kept = None

    async def _load(self, key: RunKey) -> Run:
        store = await self._opening
        assert store is not None
        run = await store.load(key)
        run.key = key
        await asyncio.to_thread(_close, run)
        return run

    async def _open(self, summary: RunSummary) -> None:
        run = await self._load(summary.key)
        # another one may have been started meanwhile
        if not self._session.controller.is_running:
            self._session.show_run(run)

    async def _go_on(self, summary: RunSummary) -> None:
        self._session.controller.go_on(await self._load(summary.key))

    async def _retry(self, summary: RunSummary) -> None:
        self._session.controller.retry(await self._load(summary.key))

    async def _use_input(self, summary: RunSummary) -> None:
        run = await self._load(summary.key)
        parameters = run.batch.parameters
        self._session.show_batch(
            BatchFile(
                columns=tuple(run.batch.columns),
                rows=list(run.batch.rows),
                template=run.batch.template.text,
                model=parameters.model,
                temperature=parameters.temperature,
                max_tokens=parameters.max_tokens,
                system=parameters.system,
                streaming=parameters.streaming,
                cap=run.arms[ArmKind.CONCURRENT].limits.cap,
            )
        )

    async def _rename(self, summary: RunSummary, name: str) -> None:
        if store := await self._opening:
            await store.rename(summary.key, name)
            self.refresh()

    async def _delete(self, summary: RunSummary) -> None:
        store = await self._opening
        if store is None:
            return
        await store.delete(summary.key)
        self.refresh()
        self._session.say(
            self.tr("“{name}” was deleted.").format(name=summary.name),
            Tone.NOTE,
            self.tr("Undo"),
            lambda: self._start(self._undelete(summary), "undelete"),
        )

    async def _undelete(self, summary: RunSummary) -> None:
        if store := await self._opening:
            await store.undelete(summary.key)
            self._session.window.message_banner.hide()
            self.refresh()
