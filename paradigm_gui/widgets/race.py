"""The race: both arms on one time axis, as a waterfall or in swim lanes, with zoom and pan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QPaintEvent, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QStyle,
    QToolButton,
    QToolTip,
    QWidget,
)

from paradigm_gui.core.batch import ArmKind
from paradigm_gui.models.time_scale import LEAST_SPAN_S, TimeScale, nice_end
from paradigm_gui.models.waterfall_model import SEGMENTS, Column, WaterfallModel
from paradigm_gui.resources import icon_path
from paradigm_gui.widgets.labels import plain_tip
from paradigm_gui.widgets.lanes_view import LanesView
from paradigm_gui.widgets.legend import Legend
from paradigm_gui.widgets.time_axis import ZOOM_STEP, TimeAxis, TimeGestures
from paradigm_gui.widgets.waterfall import (
    LABEL_ROW_HEIGHT,
    ROW_HEIGHT_COMPACT,
    ROW_HEIGHT_MAX,
    ROW_HEIGHT_MIN,
    Track,
    WaterfallView,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from paradigm_gui.models.bar import Bar

PAN_SHARE = 0.1
"""How much of what is seen a key pans."""
_GAP = 8
_SHORTEST_LIVE_AXIS_S = 1.0
_LABEL_WIDTH = 140
_MOST_LANES = 48
_FOOT_FROM_HEIGHT = 200


class Race(QWidget):
    """The pictures of both arms, one above the other, on one time scale under one axis.

    Signals:
        request_selected(int): the user chose the request with this index.
    """

    request_selected = Signal(int)

    def __init__(self, models: Mapping[ArmKind, WaterfallModel], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._models = models
        self._span: tuple[float, float] | None = None
        self._selected: int | None = None
        self._left = 0
        self._is_behind = False
        self.axis = TimeAxis(self)
        self.tracks = {kind: Track(kind, model, self.palette()) for kind, model in models.items()}
        self.views = {kind: WaterfallView(track, self) for kind, track in self.tracks.items()}
        self.lanes = {kind: LanesView(track, self) for kind, track in self.tracks.items()}
        self.legend = Legend(self)
        self._foot = QWidget(self)
        self._lay_out_foot()
        self.gestures = TimeGestures(self)
        for surface in (self.axis, *self.views.values(), *self.lanes.values()):
            self.gestures.watch(surface)
        self.gestures.zoomed.connect(self.zoom)
        self.gestures.panned.connect(self.pan)
        self.gestures.stepped.connect(lambda steps: self.pan(steps * PAN_SHARE * self.axis.scale.width_px))
        self.gestures.reset.connect(self.show_all)
        self.gestures.picked.connect(self._pick)
        self.gestures.row_moved.connect(self._tell)
        for kind, view in self.views.items():
            self.lanes[kind].setSelectionModel(view.selectionModel())
            view.selectionModel().currentRowChanged.connect(
                lambda current, _, kind=kind: self._on_row_chosen(kind, current)
            )
            models[kind].modelReset.connect(self.renew)
        self._catch_up = QTimer(self, singleShot=True, interval=0)
        self._catch_up.timeout.connect(self.advance)
        self.setMinimumSize(240, 120)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self._retranslate()

    @property
    def is_in_lanes(self) -> bool:
        return self.lanes_button.isChecked()

    @property
    def is_zoomed(self) -> bool:
        return self._span is not None

    def shown_views(self) -> Sequence[WaterfallView | LanesView]:
        """The pictures in sight, from above."""
        pictures: Mapping[ArmKind, WaterfallView | LanesView] = self.lanes if self.is_in_lanes else self.views
        return [picture for kind, picture in pictures.items() if self._models[kind].arm is not None]

    def advance(self) -> None:
        """Follow the clock and what changed; out of sight, only remember that there is something."""
        self._is_behind = not self._is_seen()
        if self._is_behind:
            return
        has_grown = False
        for kind, model in self._models.items():
            rows = model.announce()
            if self.is_in_lanes:
                has_grown |= self.lanes[kind].read(rows)
            elif rows:
                self.lanes[kind].forget()
        if has_grown:
            self.arrange()
        else:
            self._share_scale()
        for view in self.shown_views():
            if view.track.model.is_running:
                view.advance()

    def renew(self) -> None:
        """Begin anew with the arms that the models have now."""
        self._selected = self._span = None
        for picture in self.lanes.values():
            picture.forget()
            if self.is_in_lanes:
                picture.read(())
        self.arrange()

    def arrange(self) -> None:
        """Give each arm its place, and a row height at which all rows are seen if there is one."""
        shown = self.shown_views()
        for view in (*self.views.values(), *self.lanes.values()):
            view.setVisible(view in shown)
        top = self.axis.sizeHint().height()
        self.axis.setGeometry(0, 0, self.width(), top)
        self.axis.setVisible(bool(shown))
        bottom = self._place_foot()
        if not shown:
            return
        self.setFocusProxy(shown[0])
        room = bottom - top - (len(shown) - 1) * _GAP
        if self.is_in_lanes:
            room -= self.fontMetrics().height()  # for the last caption, which the bars leave no room
        rows = [view.line_count for view in shown]
        row_height = min(room // max(1, sum(rows)), ROW_HEIGHT_MAX)
        if row_height < (ROW_HEIGHT_COMPACT if self.is_in_lanes else ROW_HEIGHT_MIN):
            row_height = ROW_HEIGHT_COMPACT
            if self.is_in_lanes:  # a lane holds many bars; more lanes at once would be slow and tell no more
                row_height = max(row_height, room // _MOST_LANES)
        # an arm that needs less than its share leaves the rest to the other
        least = room // len(shown)
        others = [room - sum(rows[:place] + rows[place + 1 :]) * row_height for place in range(len(shown))]
        for place, view in enumerate(shown):
            view.set_row_height(row_height)
            height = min(rows[place] * row_height, max(least, others[place]))
            if place == len(shown) - 1:
                height = bottom - top
            view.setGeometry(0, top, self.width(), height)
            top += height + _GAP
        self._share_scale()

    def select_request(self, index: int) -> None:
        """Select the request in both arms, without `request_selected`."""
        self._selected = index
        for kind, view in self.views.items():
            place = self._models[kind].place_of(index)
            if place is None:
                view.selectionModel().clear()
            else:
                view.selectRow(place)
        for picture in self.lanes.values():
            picture.viewport().update()

    def set_caption(self, kind: ArmKind, caption: str) -> None:
        """Name an arm's finish line."""
        track = self.tracks[kind]
        if caption != track.caption:
            track.caption = caption
            for view in (self.views[kind], self.lanes[kind]):
                view.viewport().update()

    def show_lanes(self, in_lanes: bool) -> None:
        """Show swim lanes, or else a row for each request."""
        (self.lanes_button if in_lanes else self.rows_button).setChecked(True)
        had_focus = any(view.hasFocus() for view in (*self.views.values(), *self.lanes.values()))
        if in_lanes:
            for picture in self.lanes.values():
                picture.read(())
        self.arrange()
        shown = self.shown_views()
        if had_focus and shown:
            shown[0].setFocus()
        for view in shown:
            view.scrollTo(view.currentIndex())

    def zoom(self, factor: float, x: float | None = None) -> None:
        """Show `factor` times less time; what is at pixel `x`, or else the current bar, stays there."""
        at = self._anchor() if x is None else x - self._left
        self._look_at(self.axis.scale.zoomed(factor, at, self._limit()))

    def pan(self, px: float) -> None:
        """Show what lies `px` pixels to the right."""
        self._look_at(self.axis.scale.panned(px, self._limit()))

    def show_all(self) -> None:
        """Show the whole time again, and follow the clock."""
        self._span = None
        self._share_scale()

    def _lay_out_foot(self) -> None:
        self.rows_button = QToolButton(self._foot)
        self.lanes_button = QToolButton(self._foot)
        self.zoom_in_button = QToolButton(self._foot)
        self.zoom_out_button = QToolButton(self._foot)
        self.all_button = QToolButton(self._foot)
        choice = QButtonGroup(self)
        layout = QHBoxLayout(self._foot)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.legend, 1)
        for button, icon in (
            (self.rows_button, "rows"),
            (self.lanes_button, "lanes"),
            (self.zoom_out_button, "zoom-out"),
            (self.zoom_in_button, "zoom-in"),
            (self.all_button, "zoom-all"),
        ):
            button.setAutoRaise(True)
            button.setIcon(QIcon(str(icon_path(icon))))
            button.setIconSize(QSize(16, 16))
            button.setFont(self.legend.font())
            if button is self.zoom_out_button:
                layout.addSpacing(_GAP)
            layout.addWidget(button)
        for button in (self.rows_button, self.lanes_button):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setCheckable(True)
            choice.addButton(button)
        self.rows_button.setChecked(True)
        choice.buttonClicked.connect(lambda button: self.show_lanes(button is self.lanes_button))
        self.zoom_in_button.clicked.connect(lambda: self.zoom(ZOOM_STEP**2))
        self.zoom_out_button.clicked.connect(lambda: self.zoom(ZOOM_STEP**-2))
        self.all_button.clicked.connect(self.show_all)

    def _place_foot(self) -> int:
        """Put legend and buttons below the arms, or in low room the buttons alone onto the axis.

        Give the pixel at which the room for the arms ends.
        """
        is_low = self.height() < _FOOT_FROM_HEIGHT
        style = Qt.ToolButtonStyle
        for button in (self.rows_button, self.lanes_button):
            button.setToolButtonStyle(style.ToolButtonIconOnly if is_low else style.ToolButtonTextBesideIcon)
        self.legend.setVisible(not is_low)
        size = self._foot.sizeHint()
        if is_low:
            self._foot.setGeometry(self.width() - size.width(), 0, size.width(), size.height())
        else:
            self._foot.setGeometry(0, self.height() - size.height(), self.width(), size.height())
        self.axis.set_room(self.width() - size.width() - _GAP if is_low else self.width())
        self._foot.raise_()
        return self.height() if is_low else self.height() - size.height()

    def _limit(self) -> float:
        """The end of the whole axis."""
        models = self._models.values()
        longest = max(model.elapsed for model in models)
        if any(model.is_running for model in models):
            longest = max(longest, _SHORTEST_LIVE_AXIS_S)
        return nice_end(longest)

    def _look_at(self, scale: TimeScale) -> None:
        self._span = (scale.start_s, scale.end_s) if scale.span_s < self._limit() else None
        self._share_scale()

    def _share_scale(self) -> None:
        label_width = min(_LABEL_WIDTH, self.width() // 5)
        any_view = next(iter(self.views.values()))
        has_labels = not self.is_in_lanes and any_view.row_height >= LABEL_ROW_HEIGHT
        self._left = label_width if has_labels else 0
        # the scroll bar's width is kept free always, so that both axes stay one above the other
        extent = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        limit = self._limit()
        start, end = self._span or (0.0, limit)
        scale = TimeScale(start, end, max(0, self.width() - self._left - extent))
        self.axis.set_scale(scale, self._left, limit)
        for view in self.views.values():
            view.set_label_width(label_width)
        grid = [x for x, _ in self.axis.labels]
        for track in self.tracks.values():
            if (scale, grid) != (track.scale, track.grid):
                track.scale, track.grid = scale, grid
                for picture in (self.views[track.kind], self.lanes[track.kind]):
                    picture.viewport().update()
        self.zoom_in_button.setEnabled(scale.span_s > 1.001 * LEAST_SPAN_S)
        self.zoom_out_button.setEnabled(self.is_zoomed)
        self.all_button.setEnabled(self.is_zoomed)

    def _current_view(self) -> WaterfallView | LanesView | None:
        shown = self.shown_views()
        return next((view for view in shown if view.hasFocus()), shown[0] if shown else None)

    def _anchor(self) -> float:
        """The pixel of the axis around which keys and buttons zoom."""
        width = self.axis.scale.width_px
        view = self._current_view()
        if view is not None and view.currentIndex().isValid():
            start, end = _span_of(view.currentIndex(), view.track.model.elapsed)
            middle = self.axis.scale.x_of((start + end) / 2)
            if 0 <= middle <= width:
                return middle
        return width / 2

    def _reveal(self, index: QModelIndex, elapsed: float) -> None:
        """Pan to a bar of which nothing is seen."""
        start, end = _span_of(index, elapsed)
        scale = self.axis.scale
        if self.is_zoomed and (end < scale.start_s or start > scale.end_s):
            self._look_at(scale.centred(start, self._limit()))

    def _pick(self, view: WaterfallView | LanesView, point: QPoint) -> None:
        row = view.row_at(point)
        if row is not None:
            self.views[view.track.kind].selectRow(row)

    def _tell(self, view: WaterfallView | LanesView) -> None:
        """Say the figures of the bar that a key has led to, as the pointer would."""
        index = view.currentIndex()
        if index.isValid():
            place = view.place_of_row(index.row()) & view.viewport().rect()
            words = view.model().data(index, Qt.ItemDataRole.ToolTipRole)
            QToolTip.showText(view.viewport().mapToGlobal(place.bottomLeft()), words, view.viewport())

    def _on_row_chosen(self, kind: ArmKind, current: QModelIndex) -> None:
        if not current.isValid():
            return
        model = self._models[kind]
        index = model.index_at(current.row())
        if index != self._selected:
            self.select_request(index)
            self._reveal(model.index(current.row(), Column.BARS), model.elapsed)
            self.request_selected.emit(index)

    def _is_seen(self) -> bool:
        window = self.window()
        if not self.isVisible() or window.isMinimized():
            return False
        # a splitter moves what it has collapsed out of the window; children that cover all leave no region
        place = QRect(self.mapTo(window, QPoint()), self.size())
        return place.intersects(window.rect())

    def _retranslate(self) -> None:
        names = {
            ArmKind.CONCURRENT: self.tr("Waterfall of the concurrent arm"),
            ArmKind.SEQUENTIAL: self.tr("Waterfall of the sequential arm"),
        }
        lanes_names = {
            ArmKind.CONCURRENT: self.tr("Lanes of the concurrent arm"),
            ArmKind.SEQUENTIAL: self.tr("Lanes of the sequential arm"),
        }
        keys = self.tr(
            "Plus and minus zoom, 0 shows all, left and right pan, up and down go from bar to bar."
        )
        for kind in self._models:
            self.views[kind].setAccessibleName(names[kind])
            self.lanes[kind].setAccessibleName(lanes_names[kind])
            self.views[kind].setAccessibleDescription(keys)
            self.lanes[kind].setAccessibleDescription(keys)
        self.rows_button.setText(self.tr("Rows"))
        self.lanes_button.setText(self.tr("Lanes"))
        for button, name, more in (
            (self.rows_button, self.tr("Rows"), self.tr("A row for each request, in input order")),
            (
                self.lanes_button,
                self.tr("Lanes"),
                self.tr("A lane for each slot: what each of the slots did"),
            ),
            (self.zoom_in_button, self.tr("Zoom in"), self.tr("Zoom in (+, or Ctrl and the wheel)")),
            (self.zoom_out_button, self.tr("Zoom out"), self.tr("Zoom out (-, or Ctrl and the wheel)")),
            (self.all_button, self.tr("Show all"), self.tr("Show the whole time (0, or a double click)")),
        ):
            button.setAccessibleName(name)
            button.setToolTip(plain_tip(more))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_behind:
            self._catch_up.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        # what a splitter has collapsed is told nothing when it comes back, but is painted
        if self._is_behind:
            self._catch_up.start()
        super().paintEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.LanguageChange):
            self.arrange()


def _span_of(index: QModelIndex, elapsed: float) -> tuple[float, float]:
    """From when to when a bar is worth looking at: its exchanges, without its queueing."""
    bar: Bar = index.siblingAtColumn(Column.BARS).data(SEGMENTS)
    start, end = bar.span
    return min(start, elapsed), min(end, elapsed)
