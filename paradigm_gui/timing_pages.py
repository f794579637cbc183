"""Fills the pages of the timing panel, each when somebody looks at it."""

from __future__ import annotations

import asyncio
import importlib
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from paradigm_gui.core.batch import ArmKind
from paradigm_gui.core.replay import estimate_sequential, replay
from paradigm_gui.core.series import latency, load, sweep_points
from paradigm_gui.core.server_model import ServerModel, fit_server
from paradigm_gui.widgets.timing_panel import Page

if TYPE_CHECKING:
    from collections.abc import Callable

    from paradigm_gui.core.batch import Arm, Run
    from paradigm_gui.session import Session
    from paradigm_gui.tasks import Tasks
    from paradigm_gui.widgets.timing_panel import TimingPanel

CHARTS = "paradigm_gui.widgets.charts"
_CHART_OF = {Page.LATENCY: "LatencyChart", Page.LOAD: "LoadChart", Page.SWEEP: "SweepChart"}


class TimingPages(QObject):
    """Draws charts and estimates of the run on show, once it has ended.

    What they are drawn from is computed in a thread, and the charts' library is loaded in one: it takes half
    a second.
    """

    def __init__(self, panel: TimingPanel, session: Session, tasks: Tasks) -> None:
        super().__init__(session)
        self._panel = panel
        self._session = session
        self._tasks = tasks
        self._charts: dict[Page, Any] = {}
        self._drawn: dict[Page, Run] = {}
        self._server: ServerModel | None = None
        self._asked = 0
        panel.page_shown.connect(lambda _page: self._renew())
        panel.what_if.asked.connect(
            lambda cap, pace: tasks.start(self._estimate(cap, pace or None), "what if")
        )
        session.shown.figures_shown.connect(self._on_figures)
        session.shown.taken.connect(lambda _run: self._on_taken())

    def _on_taken(self) -> None:
        """Forget what was drawn of the run before."""
        self._drawn.clear()
        self._server = None
        self._panel.what_if.show_arm(None, is_waiting=True)
        self._panel.set_estimate(None)
        for page in self._charts:
            self._clear(page)

    def _on_figures(self, run: Run) -> None:
        self._drawn.clear()
        self._tasks.start(self._learn(run), "learn about the server")
        self._renew()

    async def _learn(self, run: Run) -> None:
        """See how the server bears load, and what the sequential way would take."""
        arms = _whole(run)
        concurrent = run.arms[ArmKind.CONCURRENT]
        server = await asyncio.to_thread(fit_server, arms)
        estimate = None
        if ArmKind.SEQUENTIAL not in run.arms:
            estimate = await asyncio.to_thread(estimate_sequential, concurrent, server)
        if self._is_on_show(run):
            self._server = server
            self._panel.set_estimate(estimate)
            self._panel.what_if.show_arm(concurrent)

    async def _estimate(self, cap: int, pace: float | None) -> None:
        run = self._session.shown.run
        if run is None:
            return
        self._asked += 1
        asked = self._asked
        found = await asyncio.to_thread(replay, run.arms[ArmKind.CONCURRENT], cap, pace, self._server)
        if asked == self._asked and self._is_on_show(run):
            self._panel.what_if.show_estimate(found)

    def _renew(self) -> None:
        page, run = self._panel.page, self._session.shown.run
        if page not in _CHART_OF:
            return
        self._tasks.start(self._draw(page, run), "draw a chart")

    async def _draw(self, page: Page, run: Run | None) -> None:
        if page not in self._charts:
            module = await asyncio.to_thread(importlib.import_module, CHARTS)
            if page not in self._charts:
                chart = getattr(module, _CHART_OF[page])()
                if page is Page.SWEEP:
                    chart.cap_chosen.connect(self._session.window.run_bar.cap_box.setValue)
                self._charts[page] = chart
                self._panel.set_chart(page, chart)
                self._clear(page)
        if run is None or not self._is_on_show(run) or self._drawn.get(page) is run:
            return
        self._drawn[page] = run
        series = await asyncio.to_thread(_SERIES_OF[page], run)
        if self._is_on_show(run):
            self._show(page, series, is_waiting=False)

    def _clear(self, page: Page) -> None:
        """Show no picture, but that there will be one if there is a run."""
        self._show(page, [], is_waiting=self._session.shown.run is not None)

    def _show(self, page: Page, series: list[Any], *, is_waiting: bool) -> None:
        chart = self._charts[page]
        chart.is_waiting = is_waiting
        is_simulated = self._session.shown.run is not None and self._session.shown.run.is_simulated
        show = chart.show_points if page is Page.SWEEP else chart.show_series
        show(series, is_simulated=is_simulated)

    def _is_on_show(self, run: Run) -> bool:
        return self._session.shown.run is run and self._session.shown.figures is not None


def _whole(run: Run) -> list[Arm]:
    return [arm for arm in run.passes if arm.ended_at is not None]


_SERIES_OF: dict[Page, Callable[[Run], list[Any]]] = {
    Page.LATENCY: lambda run: [latency(arm) for arm in run.arms.values()],
    Page.LOAD: lambda run: [load(arm, arm.ended_at or 0.0) for arm in run.arms.values()],
    Page.SWEEP: lambda run: sweep_points(_whole(run)),
}
