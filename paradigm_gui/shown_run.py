"""The run on show: its rows, its timing and its figures, live and afterwards."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from paradigm_gui import wording
from paradigm_gui.controller import Job
from paradigm_gui.core.batch import ArmKind, RequestState, Row

if TYPE_CHECKING:
    from collections.abc import Awaitable, Collection, Sequence

    from paradigm_gui.controller import Controller
    from paradigm_gui.core.batch import Run
    from paradigm_gui.core.endpoints import Endpoint
    from paradigm_gui.core.run_figures import RunFigures
    from paradigm_gui.event_loop import LagProbe
    from paradigm_gui.tasks import Tasks
    from paradigm_gui.widgets.main_window import MainWindow

_UNANSWERED = (RequestState.FAILED, RequestState.CANCELLED)


class ShownRun(QObject):
    """Hands a run to the window's panels. `figures` are known once they were taken, in a thread.

    Signals:
        taken(Run): a run is on show, under way or not, and its figures are not known yet.
        ended(Run): a run has ended, and its figures are on show.
        figures_shown(Run): the figures of a run that has ended, or of one that was opened, are on show.
    """

    taken = Signal(object)
    ended = Signal(object)
    figures_shown = Signal(object)

    def __init__(self, window: MainWindow, controller: Controller, tasks: Tasks, lag: LagProbe) -> None:
        super().__init__()
        self.run: Run | None = None
        self.figures: RunFigures | None = None
        self._window = window
        self._controller = controller
        self._tasks = tasks
        self._lag = lag
        self._shows = 0
        bar = window.run_bar
        bar.retry_requested.connect(lambda: self._retry([RequestState.FAILED]))
        bar.retry_unanswered_requested.connect(lambda: self._retry(_UNANSWERED))
        bar.go_on_requested.connect(self._go_on)
        window.timing.compare_requested.connect(self._add_sequential)
        window.results.retry_requested.connect(lambda rows: self._retry(_UNANSWERED, rows))
        window.results.rerun_requested.connect(self._run_anew)
        window.results.completion_requested.connect(self._complete)
        window.results.arm_shown.connect(self._show_left)
        controller.run_started.connect(self._on_started)
        controller.arm_started.connect(self._on_arm_started)
        controller.progressed.connect(self._on_progress)
        controller.run_ended.connect(self._on_ended)

    async def show(self, run: Run) -> None:
        """Show a run that is not under way, as it was left; panel by panel, as a large one takes a while."""
        # what this window's loop did meanwhile says nothing about that run
        self._lag.reset()
        self._controller.show(run)
        self._begin(run)
        shows = self._shows
        self._window.results.show_run(run)
        self._window.show_running(is_running=False, is_paused=False)
        self._show_left()
        for show in (self._show_timing, lambda: self._window.timing.refresh({}, time.perf_counter())):
            await asyncio.sleep(0)
            if shows != self._shows:
                return
            show()
        self.word_anew()
        # asked for now: the task begins a moment later
        figures = self._controller.measuring.figures(run)
        self._tasks.start(self._show_figures(run, figures, shows), "figures")

    async def figures_of(self, run: Run) -> RunFigures:
        """The figures of a run that has ended, as soon as they are known."""
        return await self._controller.measuring.figures(run)

    def figures_for(self, endpoint: Endpoint, model: str) -> RunFigures | None:
        """The figures of the run on show, if this server and model answered it."""
        run = self.run
        if run is None or run.endpoint.name != endpoint.name or run.batch.parameters.model != model:
            return None
        return self.figures

    def explanation(self) -> str:
        """Why the figures are what they are, in the user's language."""
        findings = self.figures.findings if self.figures else ()
        return " ".join(sentence for finding in findings if (sentence := wording.finding(finding)))

    def word_anew(self) -> None:
        """Say in the user's language what a run that has ended came to."""
        if self.run and not self._controller.is_running:
            self._window.timing.set_explanation(self.explanation())
            self._window.progress.show_progress(
                self.run,
                self._controller.finals,
                time.perf_counter(),
                tokens=self.figures.completion_tokens if self.figures else None,
                further=self._controller.further,
            )

    # what can be done with it

    def _add_sequential(self) -> None:
        if self.run:
            self._controller.start_sequential(self.run)

    def _retry(self, states: Collection[RequestState], rows: Collection[int] | None = None) -> None:
        """Send requests of the arm on show again that ended so: those of some rows, or all."""
        if self.run:
            self._controller.retry(self.run, rows, self._window.results.shown_arm, states)

    def _run_anew(self, rows: Sequence[int]) -> None:
        """Send rows of the run again as a run of their own: what was answered stays as it is."""
        if self.run:
            known = self.run.batch.rows
            batch = replace(
                self.run.batch,
                rows=[Row(place, known[row].variables) for place, row in enumerate(rows)],
            )
            limits = self.run.arms[ArmKind.CONCURRENT].limits
            is_private = self._window.private_action.isChecked()
            self._controller.start(Job(batch, limits, self.run.endpoint, is_private=is_private))

    def _complete(self) -> None:
        if self.run:
            self._controller.complete(self.run)

    def _go_on(self) -> None:
        if self.run:
            self._controller.go_on(self.run)

    def _show_left(self) -> None:
        """Offer to send what failed in the arm on show, and what the run has not sent."""
        finals = self._controller.finals
        shown = finals.get(self._window.results.shown_arm, Counter())
        failed, cancelled = shown[RequestState.FAILED], shown[RequestState.CANCELLED]
        missing = sum(arm[RequestState.CANCELLED] for arm in (*finals.values(), self._controller.further))
        self._window.run_bar.show_left(failed=failed, cancelled=cancelled, missing=missing)

    # live

    def _on_started(self, run: Run) -> None:
        self._begin(run)
        self._window.results.show_run(run)
        self._show_timing()
        self._window.show_running(is_running=True, is_paused=False)

    def _begin(self, run: Run) -> None:
        self.run = run
        self.figures = None
        self._shows += 1

    def _show_timing(self) -> None:
        assert self.run is not None
        self._window.timing.show_run(list(self.run.arms.values()), self.run.is_simulated)
        self._window.timing.set_explanation("")
        self.taken.emit(self.run)

    def _on_arm_started(self, _kind: ArmKind) -> None:
        assert self.run is not None
        if any(arm.ended_at is not None for arm in self.run.arms.values()):
            self._tasks.start(self._show_figures_so_far(self.run, self._shows), "figures of ended arms")

    def _on_progress(self, changes: dict[ArmKind, Collection[int]], now: float) -> None:
        assert self.run is not None
        controller = self._controller
        self._window.results.refresh(changes, now)
        self._window.timing.refresh(changes, now)
        self._window.progress.show_progress(
            self.run,
            controller.finals,
            now,
            is_paused=controller.is_paused,
            held_s=controller.held_s,
            retry_in_s=controller.retry_in_s,
            is_out=controller.is_out,
            further=controller.further,
        )

    def _on_ended(self, run: Run) -> None:
        self._window.show_running(is_running=False, is_paused=False)
        self._show_left()
        self._window.results.settle()
        figures = self._controller.measuring.figures(run)
        self._tasks.start(self._show_end(run, figures, self._shows), "figures")

    # figures

    async def _show_figures_so_far(self, run: Run, shows: int) -> None:
        figures = await self._controller.measuring.figures_so_far(run)
        if shows == self._shows and self.figures is None:
            self._window.timing.show_figures(figures)

    async def _show_figures(self, run: Run, awaited: Awaitable[RunFigures], shows: int) -> bool:
        """Show the figures once they are known, unless another run, or this one again, is on show by then."""
        figures = await awaited
        if shows != self._shows:
            return False
        self.figures = figures
        self._window.timing.show_figures(figures)
        self.word_anew()
        self.figures_shown.emit(run)
        return True

    async def _show_end(self, run: Run, awaited: Awaitable[RunFigures], shows: int) -> None:
        if await self._show_figures(run, awaited, shows):
            self._window.announce(self._window.progress.label.text())
            self.ended.emit(run)
