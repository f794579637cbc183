"""A waterfall: the requests of one arm as bars on a time axis, in an ordinary item view.

What a bar means is told by shape as well as by colour: a hairline while queued, hatched while waiting for
the first token, solid while streaming, dots while backing off, a cross after a failure, and a frayed
end where the request was cancelled.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from paradigm_gui.core.batch import ArmKind, RequestState
from paradigm_gui.core.timing import SegmentKind
from paradigm_gui.models.time_scale import TimeScale
from paradigm_gui.models.waterfall_model import SEGMENTS, Column, WaterfallModel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from paradigm_gui.models.bar import Bar

ROW_HEIGHT_MIN = 3
ROW_HEIGHT_COMPACT = 6
ROW_HEIGHT_MAX = 18
LABEL_ROW_HEIGHT = 12
"""Rows lower than this show no label."""
_HATCH_PX = 8
_BESIDE_PX = 32
"""How far beyond the edge a bar is painted: nothing of its end may be seen there, and no more is needed."""

_ARM_ON_LIGHT = {ArmKind.CONCURRENT: QColor(0x0E, 0x80, 0x85), ArmKind.SEQUENTIAL: QColor(0xC0, 0x72, 0x0A)}
_ARM_ON_DARK = {ArmKind.CONCURRENT: QColor(0x45, 0xC4, 0xC4), ArmKind.SEQUENTIAL: QColor(0xF0, 0xAE, 0x4B)}
_FAILURE_ON_LIGHT = QColor(0xC6, 0x28, 0x28)
_FAILURE_ON_DARK = QColor(0xFF, 0x7B, 0x72)


@dataclass(frozen=True, slots=True)
class BarColours:
    """The colours of one arm's bars on the base colour of a palette."""

    base: QColor
    text: QColor
    muted: QColor
    queue: QColor
    grid: QColor
    selection: QColor
    arm: QColor
    wait: QColor
    hatch: QColor
    dense: QColor
    failure: QColor

    @classmethod
    def of(cls, palette: QPalette, kind: ArmKind | None) -> BarColours:
        """The colours of an arm, or greys that stand for any arm."""
        base = palette.color(QPalette.ColorRole.Base)
        text = palette.color(QPalette.ColorRole.Text)
        is_dark = base.lightness() < text.lightness()
        grey = _mixed(text, base, 0.6)
        arm = (_ARM_ON_DARK if is_dark else _ARM_ON_LIGHT)[kind] if kind else grey
        return cls(
            base=base,
            text=text,
            muted=grey,
            queue=_mixed(text, base, 0.3),
            grid=_mixed(text, base, 0.1),
            selection=_mixed(palette.color(QPalette.ColorRole.Highlight), base, 0.35),
            arm=arm,
            wait=_mixed(arm, base, 0.28),
            hatch=_mixed(arm, base, 0.75),
            dense=_mixed(arm, base, 0.6),
            failure=_FAILURE_ON_DARK if is_dark else _FAILURE_ON_LIGHT,
        )


def _mixed(colour: QColor, ground: QColor, share: float) -> QColor:
    """`share` of the colour laid over the ground, opaque."""
    return QColor(
        *(
            round(share * above + (1 - share) * below)
            for above, below in zip(colour.getRgb()[:3], ground.getRgb()[:3], strict=True)  # type: ignore[index]
        )
    )


def paint_stretch(
    painter: QPainter, box: QRect, kind: SegmentKind, colours: BarColours, *, dot_px: int = 1
) -> None:
    """Paint one segment into its box."""
    left, top, width, height = box.left(), box.top(), box.width(), box.height()
    if kind is SegmentKind.STREAM:
        painter.fillRect(left, top, width, height, colours.arm)
    elif kind is SegmentKind.WAIT:
        painter.fillRect(left, top, width, height, colours.wait)
        painter.fillRect(box, QBrush(colours.hatch, Qt.BrushStyle.BDiagPattern))
    elif kind is SegmentKind.QUEUE:
        painter.fillRect(left, top + height // 2, width, 1, colours.queue)
    else:
        for x in range(left + dot_px, left + width, 3 * dot_px):
            painter.fillRect(x, top + height // 2, dot_px, dot_px, colours.text)


def paint_cross(painter: QPainter, x: int, y: int, arm_px: int, colours: BarColours) -> None:
    """Mark a failure, with its middle at this pixel."""
    painter.setPen(QPen(colours.failure, 1 if arm_px < 4 else 2))
    painter.drawLine(x - arm_px, y - arm_px, x + arm_px, y + arm_px)
    painter.drawLine(x - arm_px, y + arm_px, x + arm_px, y - arm_px)


def paint_frayed_end(painter: QPainter, box: QRect, ground: QColor) -> None:
    """Mark what was cut off, at the right end of its box."""
    for x in (box.right() - 1, box.right() - 4, box.right() - 8):
        if x > box.left():
            painter.fillRect(x, box.top(), 1, box.height(), ground)


class BarPainter:
    """Paints bars on one scale whose pixel 0 is at `left`; what still grows reaches up to `elapsed`.

    Nothing is painted left of the scale, so that no clipping is needed.
    """

    def __init__(self, scale: TimeScale, left: int, elapsed: float, colours: BarColours) -> None:
        self._zero = left + scale.x_of(0.0)
        self._px_per_s = scale.x_of(scale.start_s + 1.0)
        # far beyond the edges, pixels do not fit into Qt's integers any more
        self._least, self._most = left, left + scale.width_px + _BESIDE_PX
        self._elapsed = elapsed
        self._colours = colours
        # the hatching moves along with the bars
        self._hatch_left = round(self._zero % _HATCH_PX)
        self._hatch_top: int | None = None
        self._hatch = QBrush(colours.hatch, Qt.BrushStyle.BDiagPattern)

    def x_of(self, t: float) -> int:
        """The pixel of a time, at an edge when it lies beyond."""
        x = self._zero + min(t, self._elapsed) * self._px_per_s
        return round(min(max(x, self._least), self._most))

    def paint(self, painter: QPainter, top: int, height: int, bar: Bar, *, is_alone: bool = True) -> None:
        """Paint a bar. One that is not alone in its line keeps its marks within its own length."""
        colours, elapsed = self._colours, self._elapsed
        zero, px_per_s, least, most = self._zero, self._px_per_s, self._least, self._most
        begin: int | None = None
        right = least
        # called a thousand times for a picture: comparing is cheaper here than calling min and max
        for part in bar.segments:
            start = zero + part.start * px_per_s
            end = zero + (part.end if part.end < elapsed else elapsed) * px_per_s
            if end < least or start > most:
                continue
            left = round(start) if start > least else least
            right = round(end) if end < most else most
            if right <= left:
                right = left + 1
            if begin is None:
                begin = left
            kind = part.kind
            if kind is SegmentKind.STREAM:
                painter.fillRect(left, top, right - left, height, colours.arm)
            elif kind is SegmentKind.WAIT:
                painter.fillRect(left, top, right - left, height, colours.wait)
                if top != self._hatch_top:
                    self._hatch_top = top
                    painter.setBrushOrigin(self._hatch_left, top)
                painter.fillRect(left, top, right - left, height, self._hatch)
            elif kind is SegmentKind.QUEUE:
                painter.fillRect(left, top + height // 2, right - left, 1, colours.queue)
            else:
                box = QRect(left, top, right - left, height)
                paint_stretch(painter, box, kind, colours, dot_px=1 if height < 8 else 2)
        for end in bar.failed_at:
            self.paint_failure(painter, least, self.x_of(end), top, height, is_alone=True)
        if begin is None:
            return
        state = bar.state
        if state is RequestState.FAILED:
            self.paint_failure(painter, begin, right, top, height, is_alone=is_alone)
        elif state is RequestState.CANCELLED and bar.is_cut_off:
            paint_frayed_end(painter, QRect(begin, top, right - begin, height), colours.base)

    def paint_failure(
        self, painter: QPainter, start: int, right: int, top: int, height: int, *, is_alone: bool
    ) -> None:
        """Paint a cross on a clear ground: behind a bar that is alone, else over the bar's own end."""
        if right <= self._least or right >= self._most:
            return  # its end is out of sight
        arm_px = max(1, height // 2 - 1) if height < 8 else min(4, height // 2 - 1)
        size = 2 * arm_px + 3
        left = right + 1 if is_alone else max(start, right - size)
        painter.fillRect(left, top, size, height, self._colours.base)
        paint_cross(painter, left + size // 2, top + height // 2, arm_px, self._colours)

    def paint_dense(
        self, painter: QPainter, start: float, end: float, top: int, height: int
    ) -> tuple[int, int]:
        """Paint bars that are too short to be told apart as one; give its left and right."""
        left = self.x_of(start)
        right = max(left + 1, self.x_of(end))
        painter.fillRect(left, top, right - left, height, self._colours.dense)
        return left, right


def bar_place(top: int, height: int) -> tuple[int, int]:
    """Top and height of a bar in a line of this top and height."""
    gap = 1 if height < 10 else height // 4
    return top + gap // 2, height - gap


class Track:
    """What every picture of one arm goes by: its model, the scale and the marks of the axis, its colours.

    `caption` stands at the arm's end, marked as a finish line; a plain line marks now while it runs.
    """

    def __init__(self, kind: ArmKind, model: WaterfallModel, palette: QPalette) -> None:
        self.kind = kind
        self.model = model
        self.scale = TimeScale()
        self.grid: Sequence[int] = ()
        self.caption = ""
        self.colours = BarColours.of(palette, kind)

    def bar_painter(self, left: int) -> BarPainter:
        """A painter of bars on a scale that begins at this pixel."""
        return BarPainter(self.scale, left, self.model.elapsed, self.colours)

    def paint_behind(self, painter: QPainter, left: int, height: int) -> None:
        """Paint what is behind the bars: the marks of the axis."""
        for x in self.grid:
            painter.fillRect(left + x, 0, 1, height, self.colours.grid)

    def paint_in_front(self, painter: QPainter, left: int, height: int, free_top: int = 0) -> None:
        """Paint what is in front of the bars: the finish line, or now.

        A caption that has no room behind the line stands before it, below `free_top`.
        """
        arm = self.model.arm
        elapsed = self.model.elapsed
        if arm is None or arm.started_at is None or not self.scale.start_s <= elapsed <= self.scale.end_s:
            return
        x = left + round(self.scale.x_of(elapsed))
        if self.model.is_running:
            painter.fillRect(x, 0, 1, height, self.colours.text)
            return
        painter.setPen(QPen(self.colours.arm, 1, Qt.PenStyle.DashLine))
        painter.drawLine(x, 0, x, height)
        size = painter.fontMetrics().size(0, self.caption)
        width = size.width()
        is_room_behind = x + 6 + width <= left + self.scale.width_px
        # one by one, the first bars end early; all at once, they fill the space before the line
        if is_room_behind:
            place = QRect(QPoint(x + 6, 2), size)
        else:
            place = QRect(QPoint(x - 6 - width, free_top + 2), size)
        if is_room_behind or (self.kind is ArmKind.SEQUENTIAL and place.bottom() <= height):
            painter.fillRect(place, self.colours.base)
            painter.setPen(self.colours.arm)
            painter.drawText(place, 0, self.caption)


class BarDelegate(QStyledItemDelegate):
    """Paints the cells of a waterfall."""

    def __init__(self, view: WaterfallView) -> None:
        super().__init__(view)
        self._view = view

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        view = self._view
        colours = view.track.colours
        rect: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, colours.selection)
        if index.column() == Column.BARS:
            top, height = bar_place(rect.top(), rect.height())
            view.bars.paint(painter, top, height, view.track.model.bar(index.row()))
            return
        painter.save()
        font = painter.font()
        font.setPixelSize(min(view.fontInfo().pixelSize(), rect.height() - 3))
        painter.setFont(font)
        painter.setPen(colours.text)
        room = rect.adjusted(8, 0, -8, 0)
        text = QFontMetrics(font).elidedText(index.data(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)
        painter.restore()


class WaterfallView(QTableView):
    """Shows one arm with a row for each request, in the arm's order."""

    def __init__(self, track: Track, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.track = track
        self._followed_to = 0
        self._model = track.model
        self._model.modelReset.connect(self._on_model_reset)
        self.setModel(self._model)
        self.setItemDelegate(BarDelegate(self))
        self.bars = track.bar_painter(0)
        set_up(self)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        columns = self.horizontalHeader()
        columns.hide()
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns.setMinimumSectionSize(0)
        columns.setStretchLastSection(True)
        rows = self.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(ROW_HEIGHT_MIN)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.set_row_height(ROW_HEIGHT_MAX)

    @property
    def row_height(self) -> int:
        return self.verticalHeader().defaultSectionSize()

    @property
    def bars_left(self) -> int:
        """The pixel at which the time axis begins."""
        return self.columnViewportPosition(Column.BARS)

    def set_row_height(self, height: int) -> None:
        if height != self.row_height:
            self.verticalHeader().setDefaultSectionSize(height)
            self.setColumnHidden(Column.LABEL, height < LABEL_ROW_HEIGHT)

    @property
    def line_count(self) -> int:
        return self._model.rowCount()

    def set_label_width(self, width: int) -> None:
        self.setColumnWidth(Column.LABEL, width)

    def advance(self) -> None:
        """Paint again what grows with the clock, and stay with the newest bars unless the user scrolled."""
        bar = self.verticalScrollBar()
        if bar.value() == self._followed_to:
            self.scrollTo(self._model.index(self._model.frontier, Column.BARS))
            self._followed_to = bar.value()
        self.viewport().update()

    def row_at(self, point: QPoint) -> int | None:
        """The row of the model whose picture is at a point of the viewport."""
        row = self.rowAt(point.y())
        return row if row >= 0 else None

    def place_of_row(self, row: int) -> QRect:
        """Where the viewport shows the bar of a row of the model."""
        index = self._model.index(row, Column.BARS)
        cell, bar = self.visualRect(index), index.data(SEGMENTS)
        left, right = (self.track.bar_painter(self.bars_left).x_of(t) for t in bar.span)
        return QRect(left, cell.top(), max(1, right - left), cell.height())

    def _on_model_reset(self) -> None:
        self._followed_to = 0
        self.verticalScrollBar().setValue(0)

    def paintEvent(self, event: QPaintEvent) -> None:
        left, height = self.bars_left, self.viewport().height()
        paint_on(self.viewport(), lambda painter: self.track.paint_behind(painter, left, height))
        self.bars = self.track.bar_painter(left)
        super().paintEvent(event)
        paint_on(self.viewport(), lambda painter: self.track.paint_in_front(painter, left, height))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self.track.colours = BarColours.of(self.palette(), self.track.kind)
            self.viewport().update()
        super().changeEvent(event)


def set_up(view: QAbstractItemView) -> None:
    """Let a view be a part of the race: one request is selected, nothing edited, no frame."""
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setTabKeyNavigation(False)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setMinimumSize(0, 0)


def paint_on(surface: QWidget, paint: Callable[[QPainter], None]) -> None:
    painter = QPainter(surface)
    paint(painter)
    painter.end()
