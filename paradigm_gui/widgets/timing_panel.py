"""What concurrency bought: the two arms as a race on one time axis, and the figures beside it."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedLayout,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from paradigm_gui.core.batch import Arm, ArmKind
from paradigm_gui.core.run_figures import RunFigures
from paradigm_gui.models.waterfall_model import WaterfallModel
from paradigm_gui.widgets.figures import FiguresBlock
from paradigm_gui.widgets.figures_table import FiguresTable
from paradigm_gui.widgets.race import Race
from paradigm_gui.widgets.what_if import WhatIf

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from paradigm_gui.core.replay import SequentialEstimate

_GAP = 8


class Page(Enum):
    """What the panel shows beside the figures, in the order of the tabs."""

    RACE = auto()
    FIGURES = auto()
    LATENCY = auto()
    LOAD = auto()
    SWEEP = auto()
    WHAT_IF = auto()


def _frame() -> QWidget:
    frame = QWidget()
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(0, 0, 0, 0)
    return frame


class TimingPanel(QWidget):
    """Sequential against concurrent, live. The controller feeds it; it never runs anything.

    Signals:
        compare_requested: the user wants the sequential arm to be run.
        request_selected: the user chose the request with this index.
        page_shown(Page): another page is looked at.
    """

    compare_requested = Signal()
    request_selected = Signal(int)
    page_shown = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.models = {kind: WaterfallModel(self) for kind in ArmKind}
        self.figures = FiguresBlock(self.models)
        self.figures.compare_requested.connect(self.compare_requested)
        self.race = Race(self.models)
        self.race.request_selected.connect(self.request_selected)
        self._empty = QLabel()
        self._empty.setTextFormat(Qt.TextFormat.PlainText)
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMargin(_GAP)
        self._ended: set[ArmKind] = set()
        self._is_simulated = False
        self.table = FiguresTable()
        self.what_if = WhatIf()
        # charts come when they are first looked at: their library takes long to load
        self._frames = {page: _frame() for page in (Page.LATENCY, Page.LOAD, Page.SWEEP)}
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for page in Page:
            widget = {Page.RACE: self.race, Page.FIGURES: self.table, Page.WHAT_IF: self.what_if}.get(page)
            self.tabs.addTab(widget or self._frames[page], "")
        self.tabs.currentChanged.connect(lambda _index: self._on_page())
        self._content = QWidget()
        content = QHBoxLayout(self._content)
        content.setContentsMargins(_GAP, _GAP, _GAP, _GAP)
        content.setSpacing(2 * _GAP)
        content.addWidget(self.figures)
        content.addWidget(self.tabs, 1)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._content)
        self._turn_to(self._empty)
        self._retranslate()

    def empty_height(self, width: int) -> int:
        """The height of what says that there is nothing to see yet."""
        return self._empty.heightForWidth(width)

    def show_run(self, arms: Sequence[Arm], simulated: bool) -> None:
        """Show these arms, at most one of a kind. They are read live: see `refresh`."""
        by_kind = {arm.kind: arm for arm in arms}
        # what has ended before it is shown is read once
        self._ended = {kind for kind, arm in by_kind.items() if arm.ended_at is not None}
        for kind, model in self.models.items():
            if model.arm is not by_kind.get(kind):
                model.set_arm(by_kind.get(kind))
        self._is_simulated = simulated
        self.figures.show_run(simulated)
        self.table.show_figures(RunFigures(), is_simulated=simulated)
        self._turn_to(self._content if by_kind else self._empty)
        self._lead_focus()
        self.race.renew()

    def refresh(self, changed: Mapping[ArmKind, Collection[int]], now: float) -> None:
        """Take over the requests with these indexes; `now` is a reading of the arms' clock."""
        for kind, model in self.models.items():
            if model.arm is not None and model.arm.ended_at is not None and kind not in self._ended:
                self._ended.add(kind)
                model.refresh_all(now)
            else:
                model.refresh(changed.get(kind, ()), now)
        self.figures.update_figures()
        self._name_finish_lines()
        self.race.advance()

    def clear(self) -> None:
        self.show_run([], simulated=False)

    def show_figures(self, figures: RunFigures) -> None:
        """Show what was measured of the arms that have ended."""
        self.figures.show_figures(figures)
        self.table.show_figures(figures, is_simulated=self._is_simulated)

    @property
    def page(self) -> Page:
        """The page that is looked at."""
        return list(Page)[self.tabs.currentIndex()]

    def set_chart(self, page: Page, chart: QWidget) -> None:
        """Put a chart on its page."""
        layout = self._frames[page].layout()
        assert layout is not None
        layout.addWidget(chart)

    def set_estimate(self, estimate: SequentialEstimate | None) -> None:
        """Say what the sequential arm would probably take, while there is none."""
        self.figures.set_estimate(estimate)

    def set_explanation(self, text: str) -> None:
        """Say in plain text why the factor is what it is."""
        self.figures.set_explanation(text)

    def figures_text(self) -> str:
        """The figures beside the pages, as plain text."""
        return self.figures.text()

    def select_request(self, index: int) -> None:
        """Select the request in both arms, without `request_selected`."""
        self.race.select_request(index)

    def show_request(self, index: int) -> None:
        """Show the request in the race."""
        self.tabs.setCurrentWidget(self.race)
        self.select_request(index)

    def _on_page(self) -> None:
        self._lead_focus()
        self.page_shown.emit(self.page)

    def _turn_to(self, page: QWidget) -> None:
        """Show what there is; a stack would keep room for the charts also while there are none."""
        policy = QSizePolicy.Policy.Preferred if page is self._content else QSizePolicy.Policy.Ignored
        self._content.setSizePolicy(policy, policy)
        self._pages.setCurrentWidget(page)

    def _lead_focus(self) -> None:
        """Hand the focus on to what is in sight: a page that has keys of its own, or else the tabs."""
        target: QWidget | None = None
        if self._pages.currentWidget() is self._content:
            target = {Page.RACE: self.race, Page.FIGURES: self.table}.get(self.page, self.tabs.tabBar())
        self.setFocusProxy(target)  # type: ignore[arg-type]

    def _name_finish_lines(self) -> None:
        for kind in self.models:
            self.race.set_caption(kind, self.figures.caption(kind))

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Timing"))
        titles = {
            Page.RACE: self.tr("Race"),
            Page.FIGURES: self.tr("Figures"),
            Page.LATENCY: self.tr("Latency"),
            Page.LOAD: self.tr("Load"),
            Page.SWEEP: self.tr("Sweep"),
            Page.WHAT_IF: self.tr("What if?"),
        }
        for place, page in enumerate(Page):
            self.tabs.setTabText(place, titles[page])
        self._empty.setText(
            self.tr(
                "Run the batch to see here what sending requests at once buys over sending them one by one."
            )
        )
        self.figures.retranslate()
        self._name_finish_lines()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
