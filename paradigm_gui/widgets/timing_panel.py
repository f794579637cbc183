"""What concurrency bought: the two arms as a race on one time axis, and the figures beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QStackedLayout,
    QStyle,
    QWidget,
)

from paradigm_gui.core.batch import Arm, ArmKind
from paradigm_gui.models.time_scale import TimeScale, nice_end
from paradigm_gui.models.waterfall_model import WaterfallModel
from paradigm_gui.widgets.figures import FiguresBlock
from paradigm_gui.widgets.waterfall import (
    LABEL_ROW_HEIGHT,
    ROW_HEIGHT_COMPACT,
    ROW_HEIGHT_MAX,
    ROW_HEIGHT_MIN,
    Legend,
    WaterfallView,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from paradigm_gui.core.run_figures import RunFigures

_GAP = 8
_SHORTEST_LIVE_AXIS_S = 1.0
_LABEL_WIDTH = 140
_LEGEND_FROM_HEIGHT = 200


class Race(QWidget):
    """The waterfalls of both arms, one above the other, on one time scale under one axis."""

    def __init__(self, models: Mapping[ArmKind, WaterfallModel]) -> None:
        super().__init__()
        self._models = models
        self.views = {kind: WaterfallView(kind, model, self) for kind, model in models.items()}
        self._legend = Legend(self)
        self.setMinimumSize(240, 120)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)

    def advance(self) -> None:
        """Follow the clock: the axis grows in steps, the bars of what is in flight without."""
        self._share_scale()
        for kind, view in self.views.items():
            if self._models[kind].is_running:
                view.advance()

    def arrange(self) -> None:
        """Give each arm its place, and a row height at which all rows are seen if there is one."""
        shown = [view for kind, view in self.views.items() if self._models[kind].arm is not None]
        for view in self.views.values():
            view.setVisible(view in shown)
        if not shown:
            return
        axis_height = shown[0].axis.sizeHint().height()
        legend_height = self._legend.sizeHint().height() if self.height() >= _LEGEND_FROM_HEIGHT else 0
        bottom = self.height() - legend_height
        self._legend.setVisible(legend_height > 0)
        self._legend.setGeometry(0, bottom, self.width(), legend_height)
        room = bottom - axis_height - (len(shown) - 1) * _GAP
        rows = [view.model().rowCount() for view in shown]
        row_height = room // max(1, sum(rows))
        fits = row_height >= ROW_HEIGHT_MIN
        row_height = min(row_height, ROW_HEIGHT_MAX) if fits else ROW_HEIGHT_COMPACT
        top = 0
        for place, view in enumerate(shown):
            view.axis.setVisible(place == 0)
            view.set_row_height(row_height)
            height = rows[place] * row_height if fits else room // len(shown)
            height += axis_height if place == 0 else 0
            if place == len(shown) - 1:
                height = bottom - top
            view.setGeometry(0, top, self.width(), height)
            top += height + _GAP
        self._share_scale()

    def _share_scale(self) -> None:
        label_width = min(_LABEL_WIDTH, self.width() // 5)
        extent = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        any_view = next(iter(self.views.values()))
        labels_take = label_width if any_view.row_height >= LABEL_ROW_HEIGHT else 0
        models = self._models.values()
        longest = max(model.elapsed for model in models)
        if any(model.is_running for model in models):
            longest = max(longest, _SHORTEST_LIVE_AXIS_S)
        # the scroll bar's width is kept free always, so that both axes stay one above the other
        scale = TimeScale(0.0, nice_end(longest), max(0, self.width() - labels_take - extent))
        for view in self.views.values():
            view.set_label_width(label_width)
            view.set_scale(scale)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.arrange()


class TimingPanel(QWidget):
    """Sequential against concurrent, live. The controller feeds it; it never runs anything.

    Signals:
        compare_requested: the user wants the sequential arm to be run.
        request_selected: the user chose the request with this index.
    """

    compare_requested = Signal()
    request_selected = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.models = {kind: WaterfallModel(self) for kind in ArmKind}
        self.figures = FiguresBlock(self.models)
        self.figures.compare_requested.connect(self.compare_requested)
        self.race = Race(self.models)
        self._empty = QLabel()
        self._empty.setTextFormat(Qt.TextFormat.PlainText)
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMargin(3 * _GAP)
        self._ended: set[ArmKind] = set()
        self._selected: int | None = None
        self._content = QWidget()
        content = QHBoxLayout(self._content)
        content.setContentsMargins(_GAP, _GAP, _GAP, _GAP)
        content.setSpacing(2 * _GAP)
        content.addWidget(self.figures)
        content.addWidget(self.race, 1)
        self.figures.setFixedWidth(53 * self.fontMetrics().averageCharWidth())
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._content)
        for kind, view in self.race.views.items():
            view.selectionModel().currentRowChanged.connect(
                lambda current, _, kind=kind: self._on_row_chosen(kind, current)
            )
        self._retranslate()

    def show_run(self, arms: Sequence[Arm], simulated: bool) -> None:
        """Show these arms, at most one of a kind. They are read live: see `refresh`."""
        by_kind = {arm.kind: arm for arm in arms}
        self._ended.clear()
        self._selected = None
        for kind, model in self.models.items():
            if model.arm is not by_kind.get(kind):
                model.set_arm(by_kind.get(kind))
        self.figures.show_run(simulated)
        self._pages.setCurrentWidget(self._content if by_kind else self._empty)
        self.race.arrange()

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

    def set_explanation(self, text: str) -> None:
        """Say in plain text why the factor is what it is."""
        self.figures.set_explanation(text)

    def figures_text(self) -> str:
        """All figures as plain text, for the clipboard."""
        return self.figures.text()

    def select_request(self, index: int) -> None:
        """Select the request in both arms, without `request_selected`."""
        self._selected = index
        for kind, view in self.race.views.items():
            place = self.models[kind].place_of(index)
            if place is None:
                view.selectionModel().clear()
            else:
                view.selectRow(place)

    def _on_row_chosen(self, kind: ArmKind, current: QModelIndex) -> None:
        if not current.isValid():
            return
        index = self.models[kind].index_at(current.row())
        if index != self._selected:
            self.select_request(index)
            self.request_selected.emit(index)

    def _name_finish_lines(self) -> None:
        for kind, view in self.race.views.items():
            view.set_caption(self.figures.caption(kind))

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Timing"))
        self._empty.setText(
            self.tr(
                "Run the batch to see its timing here. Each request becomes a bar on one time axis, so that "
                "you can watch what sending them at once buys over sending them one by one."
            )
        )
        names = {
            ArmKind.CONCURRENT: self.tr("Waterfall of the concurrent arm"),
            ArmKind.SEQUENTIAL: self.tr("Waterfall of the sequential arm"),
        }
        for kind, view in self.race.views.items():
            view.setAccessibleName(names[kind])
        self.figures.retranslate()
        self._name_finish_lines()
        for painted in self.race.findChildren(QWidget):
            painted.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
