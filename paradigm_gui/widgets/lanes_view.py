"""Swim lanes: the attempts of one arm on a time axis, one line for each slot that they held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelection, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from paradigm_gui.models.lanes import Lane, Lanes, Spot
from paradigm_gui.models.waterfall_model import Column
from paradigm_gui.widgets.waterfall import ROW_HEIGHT_MAX, BarColours, Track, bar_place, paint_on, set_up

if TYPE_CHECKING:
    from collections.abc import Iterable

    from paradigm_gui.widgets.waterfall import BarPainter

MOST_BARS = 1000
"""With more bars than this in sight, more of the short ones are painted as one."""
_LEAST_BAR_PX = 2.0
_DENSE_BAR_PX = 32.0
_NEAR_PX = 3
_PAGE = 10


class LanesView(QListView):
    """Shows one arm with a line for each slot. Its items are the model's requests, as in a list.

    A list view, since Qt tells assistive technology nothing of the items of a view of one's own; the
    list's places are not used.
    """

    def __init__(self, track: Track, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.track = track
        self.lanes = Lanes()
        self.least_lanes = 0
        self._is_stale = True
        self._lane_height = ROW_HEIGHT_MAX
        self.setModel(track.model)
        self.setModelColumn(Column.BARS)
        set_up(self)

    @property
    def row_height(self) -> int:
        return self._lane_height

    def set_row_height(self, height: int) -> None:
        if height != self._lane_height:
            self._lane_height = height
            self.updateGeometries()
            self.viewport().update()

    @property
    def line_count(self) -> int:
        """How many lines there are to show: lanes, and slots that may still become one."""
        return max(len(self.lanes), self.least_lanes)

    def forget(self) -> None:
        """Read everything anew the next time."""
        self._is_stale = True

    def read(self, rows: Iterable[int]) -> bool:
        """Take over these rows of the model; give whether there are more or fewer lines now."""
        before = self.line_count
        arm = self.track.model.arm
        if arm is None or arm.started_at is None:
            self.lanes = Lanes()
        elif self._is_stale or self.lanes.origin != arm.started_at:
            # an arm that goes on takes all its times along
            self.lanes = Lanes(arm.requests, arm.started_at)
            self._is_stale = False
        else:
            self.lanes.read(rows)
        # while an arm runs, room for the slots that it may use keeps the lines where they are
        is_running = arm is not None and self.track.model.is_running
        self.least_lanes = min(arm.limits.cap, len(arm.requests)) if arm and is_running else 0
        if self.line_count == before:
            return False
        self.updateGeometries()
        return True

    def advance(self) -> None:
        """Paint again what grows with the clock."""
        self.viewport().update()

    def row_at(self, point: QPoint) -> int | None:
        """The row of the model whose bar is at a point of the viewport, or very near it."""
        scale = self.track.scale
        number = (point.y() + self.verticalOffset()) // self._lane_height
        if not 0 <= number < len(self.lanes) or scale.width_px <= 0:
            return None
        lane = self.lanes[number]
        position = lane.at(scale.t_of(point.x()), _NEAR_PX * scale.span_s / scale.width_px)
        return None if position is None else lane.rows[position][0]

    def place_of_row(self, row: int) -> QRect:
        """Where the viewport shows the last attempt of a row of the model; null before it was sent."""
        spots = self.lanes.spots(row)
        return self._place(self.track.bar_painter(0), spots[-1]) if spots else QRect()

    def _place(self, bars: BarPainter, spot: Spot) -> QRect:
        lane = self.lanes[spot.lane]
        left = bars.x_of(lane.starts[spot.position])
        right = max(left + 1, bars.x_of(lane.ends[spot.position]))
        return QRect(left, self._top(spot.lane), right - left, self._lane_height)

    def _top(self, number: int) -> int:
        return number * self._lane_height - self.verticalOffset()

    def _visible(self) -> list[tuple[int, Lane]]:
        """The lanes in sight, with their tops."""
        first = self.verticalOffset() // self._lane_height
        last = (self.verticalOffset() + self.viewport().height()) // self._lane_height
        return [
            (self._top(number), self.lanes[number]) for number in range(first, min(last + 1, len(self.lanes)))
        ]

    def _paint_bars(self, painter: QPainter) -> None:
        scale = self.track.scale
        if scale.width_px <= 0:
            return
        bars = self.track.bar_painter(0)
        visible = self._visible()
        in_sight = 0
        for _, lane in visible:
            first, stop = lane.within(scale.start_s, scale.end_s)
            in_sight += stop - first
        least_px = _LEAST_BAR_PX
        if in_sight > MOST_BARS:
            length_px = len(visible) * scale.width_px
            least_px = max(length_px / (2 * MOST_BARS), min(length_px / MOST_BARS, _DENSE_BAR_PX))
        for top, lane in visible:
            bar_top, height = bar_place(top, self._lane_height)
            for first, last in lane.groups(
                scale.start_s, scale.end_s, least_px * scale.span_s / scale.width_px
            ):
                if first == last:
                    bars.paint(painter, bar_top, height, self.lanes.bar(lane, first), is_alone=False)
                    continue
                left, right = bars.paint_dense(painter, lane.starts[first], lane.ends[last], bar_top, height)
                if lane.has_failure(first, last):
                    bars.paint_failure(painter, left, right, bar_top, height, is_alone=False)
        self._paint_selection(painter, bars)

    def _paint_selection(self, painter: QPainter, bars: BarPainter) -> None:
        painter.setPen(QPen(self.track.colours.text, 2))
        for index in self.selectionModel().selectedRows(Column.BARS):
            for spot in self.lanes.spots(index.row()):
                painter.drawRect(self._place(bars, spot))

    def visualRect(self, index: QModelIndex | QPersistentModelIndex) -> QRect:
        return self.place_of_row(index.row()) if index.isValid() else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        row = self.row_at(point)
        return QModelIndex() if row is None else self.track.model.index(row, Column.BARS)

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        return False

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        rows = self.track.model.rowCount()
        step = {
            QAbstractItemView.CursorAction.MoveUp: -1,
            QAbstractItemView.CursorAction.MovePrevious: -1,
            QAbstractItemView.CursorAction.MoveDown: 1,
            QAbstractItemView.CursorAction.MoveNext: 1,
            QAbstractItemView.CursorAction.MovePageUp: -_PAGE,
            QAbstractItemView.CursorAction.MovePageDown: _PAGE,
            QAbstractItemView.CursorAction.MoveHome: -rows,
            QAbstractItemView.CursorAction.MoveEnd: rows,
        }.get(action, 0)
        current = self.currentIndex()
        row = min(max(current.row() + step, 0), rows - 1) if current.isValid() else 0
        return self.track.model.index(row, Column.BARS)

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        spots = self.lanes.spots(index.row()) if index.isValid() else ()
        if not spots:
            return
        bar, top = self.verticalScrollBar(), self._top(spots[-1].lane)
        below = top + self._lane_height - self.viewport().height()
        if top < 0 or below > 0:
            bar.setValue(bar.value() + (top if top < 0 else below))

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        return QRegion(self.viewport().rect())

    def doItemsLayout(self) -> None:
        # a list would measure all of its items
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, self.line_count * self._lane_height - height))
        bar.setPageStep(height)
        bar.setSingleStep(self._lane_height)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        height = self.viewport().height()
        paint_on(self.viewport(), lambda painter: self.track.paint_behind(painter, 0, height))
        paint_on(self.viewport(), self._paint_bars)
        below = self._top(self.line_count)
        paint_on(self.viewport(), lambda painter: self.track.paint_in_front(painter, 0, height, below))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self.track.colours = BarColours.of(self.palette(), self.track.kind)
            self.viewport().update()
        super().changeEvent(event)
