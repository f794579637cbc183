"""The kept runs: found, opened, compared, gone on with, renamed and deleted."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject

from paradigm_gui import wording
from paradigm_gui.core.answer_format import schema_of
from paradigm_gui.core.batch import ArmKind
from paradigm_gui.core.batch_file import BatchFile
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.run_difference import rows_answered_otherwise, run_difference
from paradigm_gui.core.run_list import RunKey
from paradigm_gui.core.store import Store
from paradigm_gui.core.stored_run import rows_sha256
from paradigm_gui.core.word_difference import word_difference
from paradigm_gui.widgets.banner import Tone
from paradigm_gui.widgets.difference_window import DifferenceWindow

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
    from pathlib import Path

    from paradigm_gui.core.batch import Run
    from paradigm_gui.core.run_difference import RunDifference
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
        self._wanted: int | None = None
        self._under_way: int | None = None
        self._deleted: list[Sequence[RunSummary]] = []
        self._is_offering = False
        self._announcement = ""
        self._difference_window: DifferenceWindow | None = None
        self._comparing: asyncio.Task[None] | None = None
        dock.list_requested.connect(lambda search: tasks.start(self._list(search), "list runs"))
        dock.open_requested.connect(lambda run: self._start(self._open(run), "open run"))
        dock.resume_requested.connect(lambda run: self._start(self._go_on(run), "go on"))
        dock.retry_requested.connect(lambda run: self._start(self._retry(run), "retry"))
        dock.input_requested.connect(lambda run: self._start(self._use_input(run), "use input"))
        dock.rename_requested.connect(lambda run, name: self._start(self._rename(run, name), "rename"))
        dock.delete_requested.connect(lambda runs: self._start(self._delete(runs), "delete"))
        dock.erase_requested.connect(lambda: self._start(self._erase(), "erase"))
        dock.undo_requested.connect(lambda: self._start(self._undo_deletion(), "undelete"))
        dock.compare_requested.connect(self._compare)
        dock.compare_with_shown_requested.connect(self._compare)
        dock.difference_requested.connect(lambda run: self._start(self._filter_by(run), "filter by a run"))
        results = session.window.results
        results.other_run_wanted.connect(lambda: self._start(self._offer_runs(), "offer runs"))
        results.difference_requested.connect(lambda run: self._start(self._filter_by(run), "filter by a run"))
        results.side_by_side_requested.connect(self._compare)
        session.window.message_banner.close_button.clicked.connect(self._on_message_closed)
        controller = session.controller
        controller.preparing.connect(lambda: dock.set_running(True))
        controller.abandoned.connect(lambda: dock.set_running(False))
        controller.refused.connect(lambda _error: dock.set_running(False))
        controller.run_started.connect(self._on_started)
        controller.run_ended.connect(self._on_ended)
        controller.run_kept.connect(self._point_at)

    def close(self) -> None:
        """Close the window that this has opened."""
        if self._difference_window:
            self._difference_window.close()

    def _on_started(self, run: Run) -> None:
        self._is_offering = False
        self._announcement = ""
        self._dock.set_running(True, run.key)
        self._dock.set_shown(run)
        self._under_way = run.key
        self._point_at(run)

    def _on_ended(self, _run: Run) -> None:
        # the list shows it as running until its end is kept
        self._under_way = None
        self._dock.set_running(False)

    def _point_at(self, run: Run) -> None:
        """Bring the list up to date, and let it point at the run that is on show."""
        self._wanted = run.key
        self.refresh()

    def refresh(self) -> None:
        """Bring the list up to date, if anybody sees it."""
        if self._dock.isVisible():
            self._dock.ask_for_list()

    async def offer_unfinished(self) -> None:
        """Say that a run was interrupted, and offer to go on with it."""
        store = await self._opening
        unfinished = await store.unfinished() if store else []
        self._is_offering = bool(unfinished)
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

    def _start(self, work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        async def guarded() -> None:
            try:
                await work
            except UserFacingError as error:
                self._session.show_refusal(error)

        return self._tasks.start(guarded(), name)

    async def _list(self, search: str) -> None:
        if store := await self._opening:
            runs = await store.runs(search)
            self._dock.show_runs(runs, self._wanted, self._under_way)
            self._wanted = None

    async def _load(self, key: RunKey) -> Run:
        store = await self._opening
        assert store is not None
        run = await store.load(key)
        run.key = key
        await asyncio.to_thread(_close, run)
        shown = self._session.shown.run
        if shown is not None and shown.key == key:
            # the newest of them may not be on disk yet, and can still be undone
            run.remarks = shown.remarks
        return run

    async def _load_named(self, summary: RunSummary) -> Run:
        run = await self._load(summary.key)
        self._session.names.note_run(run, summary.name)
        return run

    async def _open(self, summary: RunSummary) -> None:
        run = await self._load_named(summary)
        # another one may have been started meanwhile
        if not self._session.controller.is_running:
            await self._session.shown.show(run)
            self._dock.set_shown(run)

    async def _go_on(self, summary: RunSummary) -> None:
        self._session.controller.go_on(await self._load_named(summary))

    async def _retry(self, summary: RunSummary) -> None:
        self._session.controller.retry(await self._load_named(summary))

    async def _use_input(self, summary: RunSummary) -> None:
        run = await self._load(summary.key)
        parameters = run.batch.parameters
        self._session.take_over(
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
                schema=schema_of(parameters.schema),
            )
        )
        self._session.names.note_file(None)

    async def _rename(self, summary: RunSummary, name: str) -> None:
        if store := await self._opening:
            await store.rename(summary.key, name)
            self.refresh()

    # deleting

    async def _delete(self, runs: Sequence[RunSummary]) -> None:
        store = await self._opening
        if store is None:
            return
        failure = await self._for_each(runs, store.delete, self._deleted)
        self.refresh()
        await self._announce_deletion()
        if failure:
            raise failure

    async def _undo_deletion(self) -> None:
        store = await self._opening
        if store is None or not self._deleted:
            return
        runs = self._deleted.pop()
        restored: list[Sequence[RunSummary]] = []
        failure = await self._for_each(runs, store.undelete, restored)
        self._wanted = restored[0][0].key if restored else None
        self.refresh()
        await self._announce_deletion()
        if failure:
            raise failure

    async def _erase(self) -> None:
        """Let the deleted runs be gone for good; there is no undo any more."""
        if store := await self._opening:
            await store.purge()
            self._deleted.clear()
            await self._announce_deletion()
            self._session.say(self.tr("The deleted runs were erased from this computer."), Tone.NOTE)

    async def _for_each(
        self,
        runs: Sequence[RunSummary],
        act: Callable[[RunKey], Awaitable[None]],
        succeeded: list[Sequence[RunSummary]],
    ) -> UserFacingError | None:
        """Do something to runs; note together those with which it succeeded, and give the first failure."""
        outcomes = await asyncio.gather(*(act(run.key) for run in runs), return_exceptions=True)
        done = [run for run, outcome in zip(runs, outcomes, strict=True) if outcome is None]
        if done:
            succeeded.append(done)
        failure = None
        for outcome in filter(None, outcomes):
            if not isinstance(outcome, UserFacingError):
                raise outcome
            failure = failure or outcome
        return failure

    async def _announce_deletion(self) -> None:
        """Say what the next undo brings back; when there is nothing, return to the offer that was there."""
        self._dock.set_undoable(bool(self._deleted))
        if not self._deleted:
            await self._end_announcement()
            return
        runs = self._deleted[-1]
        text = self.tr("%n run(s) were deleted.", "", len(runs))
        if len(runs) == 1:
            text = self.tr("“{name}” was deleted.").format(name=runs[0].name)
        self._announcement = text
        self._session.say(
            text,
            Tone.NOTE,
            self.tr("Undo"),
            lambda: self._start(self._undo_deletion(), "undelete"),
        )

    async def _end_announcement(self) -> None:
        banner = self._session.window.message_banner
        if banner.label.text() != self._announcement:
            # something else is said by now
            return
        banner.hide()
        if self._is_offering:
            await self.offer_unfinished()

    def _on_message_closed(self) -> None:
        if self._session.window.message_banner.label.text() == self._announcement:
            self._start(self._end_announcement(), "offer")
        else:
            self._is_offering = False

    # comparing

    def _compare(self, one: RunSummary, other: RunSummary | None = None) -> None:
        if self._comparing:
            self._comparing.cancel()
        self._comparing = self._start(self._show_difference(one, other), "compare")

    async def _show_difference(self, one: RunSummary, other: RunSummary | None) -> None:
        """Compare a run with another one, or with the run on show; the older one is A."""
        window = self._window_for_difference()
        window.wait()
        try:
            sides = [
                await self._side(one),
                await (self._side(other) if other else self._side_on_show()),
            ]
        except UserFacingError:
            self._comparing = None
            window.close()
            raise
        sides.sort(key=lambda side: side.run.started_at)
        names = sides[0].name, sides[1].name
        window.show_difference(await asyncio.to_thread(_difference, sides), names)

    async def _offer_runs(self) -> None:
        """Offer the other runs of the rows that are on show."""
        store, shown = await self._opening, self._session.shown.run
        if shown is None:
            return
        fingerprint = await asyncio.to_thread(rows_sha256, shown.batch)
        runs = [
            run
            for run in (await store.runs() if store else ())
            if run.rows_sha256 == fingerprint and run.key != shown.key
        ]
        if self._session.shown.run is shown:
            self._session.window.results.offer_runs(runs)

    async def _filter_by(self, summary: RunSummary) -> None:
        """Show only the rows which another run of the same rows has answered otherwise."""
        store, shown = await self._opening, self._session.shown.run
        assert store is not None
        assert shown is not None
        if summary.rows_sha256 != await asyncio.to_thread(rows_sha256, shown.batch):
            raise UserFacingError("other_rows", name=summary.name)
        others = [await store.load(summary.key)]
        rows = await asyncio.to_thread(_otherwise, shown, others)
        if self._session.shown.run is shown and not self._session.controller.is_running:
            self._session.window.results.compare_with(summary, rows)

    async def _side(self, summary: RunSummary) -> _Side:
        store = await self._opening
        assert store is not None
        return _Side(summary.name, await store.load(summary.key))

    async def _side_on_show(self) -> _Side:
        """The run on show as it is kept; a private one as it is in memory."""
        store, shown = await self._opening, self._session.shown.run
        assert store is not None
        assert shown is not None
        for summary in await store.runs() if shown.key is not None else ():
            if summary.key == shown.key:
                return await self._side(summary)
        return _Side(self.tr("The run on show"), shown)

    def _window_for_difference(self) -> DifferenceWindow:
        if self._difference_window is None:
            window = self._difference_window = DifferenceWindow()
            window.words_wanted.connect(
                lambda first, second: self._tasks.start(self._show_words(first, second), "compare words")
            )
            window.closed.connect(lambda: self._comparing and self._comparing.cancel())
        return self._difference_window

    async def _show_words(self, first: str, second: str) -> None:
        difference = await asyncio.to_thread(word_difference, first, second)
        self._window_for_difference().show_words(first, second, difference)


class _Side(NamedTuple):
    name: str
    run: Run


def _difference(sides: list[_Side]) -> RunDifference:
    """Compare two runs and let go of them: in the window's thread, freeing a large run takes long."""
    first, second = (side.run for side in sides)
    sides.clear()
    for arm in (*first.arms.values(), *second.arms.values()):
        arm.close()
    return run_difference(first, second)


def _otherwise(shown: Run, others: list[Run]) -> Mapping[ArmKind, frozenset[int]]:
    """Find the rows that another run has answered otherwise, and let go of it here (see `_difference`)."""
    other = others.pop()
    _close(other)
    return rows_answered_otherwise(shown, other)
