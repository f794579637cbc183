"""A waterfall: the requests of one arm as bars on a time axis, in an ordinary item view.

What a bar means is told by shape as well as by colour: a hairline while queued, hatched while waiting for
the first token, solid while streaming, dots while backing off, a cross after a failure, and a frayed
end where the request was cancelled.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPalette, QPen
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

from paradigm_gui import wording
from paradigm_gui.core.batch import ArmKind, RequestState
from paradigm_gui.core.timing import Segment, SegmentKind
from paradigm_gui.models.time_scale import TimeScale
from paradigm_gui.models.waterfall_model import SEGMENTS, Bar, Column, WaterfallModel

if TYPE_CHECKING:
    from collections.abc import Callable

ROW_HEIGHT_MIN = 3
ROW_HEIGHT_COMPACT = 6
ROW_HEIGHT_MAX = 18
LABEL_ROW_HEIGHT = 12
"""Rows lower than this show no label."""

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
    if kind is SegmentKind.STREAM:
        painter.fillRect(box, colours.arm)
    elif kind is SegmentKind.WAIT:
        painter.fillRect(box, colours.wait)
        painter.setBrushOrigin(QPoint(0, box.top()))
        painter.fillRect(box, QBrush(colours.hatch, Qt.BrushStyle.BDiagPattern))
    elif kind is SegmentKind.QUEUE:
        painter.fillRect(box.left(), box.center().y(), box.width(), 1, colours.queue)
    else:
        for x in range(box.left() + dot_px, box.right() + 1, 3 * dot_px):
            painter.fillRect(x, box.center().y(), dot_px, dot_px, colours.text)


def paint_bar(
    painter: QPainter, rect: QRect, bar: Bar, elapsed: float, scale: TimeScale, colours: BarColours
) -> None:
    """Paint a request into its cell; what still grows reaches up to `elapsed`."""
    gap = 1 if rect.height() < 10 else rect.height() // 4
    top, height = rect.top() + gap // 2, rect.height() - gap
    right = rect.left()
    for part in bar.segments:
        left = rect.left() + round(scale.x_of(part.start))
        right = max(left + 1, rect.left() + round(scale.x_of(min(part.end, elapsed))))
        box = QRect(left, top, right - left, height)
        paint_stretch(painter, box, part.kind, colours, dot_px=1 if height < 8 else 2)
    if bar.state is RequestState.FAILED:
        arm_px = max(2, height // 2 - 1)
        _paint_cross(painter, QPoint(right + arm_px + 2, top + height // 2), arm_px, colours)
    elif bar.state is RequestState.CANCELLED and bar.segments and _is_exchange(bar.segments[-1]):
        for gap_x in (right - 2, right - 5, right - 9):
            painter.fillRect(gap_x, top, 1, height, colours.base)


def _is_exchange(part: Segment) -> bool:
    return part.kind in (SegmentKind.WAIT, SegmentKind.STREAM)


def _paint_cross(painter: QPainter, centre: QPoint, arm_px: int, colours: BarColours) -> None:
    painter.setPen(QPen(colours.failure, 1 if arm_px < 4 else 2))
    for slope in (-1, 1):
        painter.drawLine(
            centre - QPoint(arm_px, slope * arm_px),
            centre + QPoint(arm_px, slope * arm_px),
        )


class BarDelegate(QStyledItemDelegate):
    """Paints the cells of a waterfall from the state that its view holds."""

    def __init__(self, view: WaterfallView) -> None:
        super().__init__(view)
        self._view = view

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        view = self._view
        rect: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, view.colours.selection)
        painter.save()
        if index.column() == Column.BARS:
            painter.setClipRect(rect)
            bar: Bar = index.data(SEGMENTS)
            paint_bar(painter, rect, bar, view.elapsed, view.scale, view.colours)
        else:
            font = painter.font()
            font.setPixelSize(min(view.fontInfo().pixelSize(), rect.height() - 3))
            painter.setFont(font)
            painter.setPen(view.colours.text)
            room = rect.adjusted(8, 0, -8, 0)
            text = QFontMetrics(font).elidedText(index.data(), Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)
        painter.restore()


class TimeAxis(QHeaderView):
    """The header of a waterfall: the seconds, over its BARS column."""

    def __init__(self, view: WaterfallView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(False)
        self.setMinimumSectionSize(0)
        self.setStretchLastSection(True)
        self.setAutoFillBackground(False)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.fontMetrics().height() + 6)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803
        colours = self._view.colours
        painter.save()
        painter.fillRect(rect, colours.base)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colours.grid)
        if logicalIndex == Column.BARS:
            painter.setPen(colours.muted)
            for x, text in self.labels():
                width = self.fontMetrics().horizontalAdvance(text)
                end = rect.left() + self._view.scale.width_px
                left = min(max(rect.left() + x - width // 2, rect.left() + 1), end - width)
                painter.drawText(QRect(left, rect.top(), width + 1, rect.height() - 3), 0, text)
                painter.fillRect(rect.left() + x, rect.bottom() - 2, 1, 3, colours.muted)
        painter.restore()

    def labels(self) -> list[tuple[int, str]]:
        """The marks of the axis: pixel and text."""
        scale = self._view.scale
        widest = self.fontMetrics().horizontalAdvance(self._text(scale.end_s, 2))
        return [
            (round(scale.x_of(t)), self._text(t, decimals if t else 0))
            for t, decimals in scale.ticks(widest * 1.6 + 8)
        ]

    def _text(self, seconds: float, decimals: int) -> str:
        return self.tr("{seconds} s").format(seconds=wording.number(seconds, decimals))


class WaterfallView(QTableView):
    """Shows the waterfall of one arm on a scale that is given to it.

    `caption` stands at the arm's end, marked as a finish line; a plain line marks now while it runs.
    """

    def __init__(self, kind: ArmKind, model: WaterfallModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self.scale = TimeScale()
        self.colours = BarColours.of(self.palette(), kind)
        self._caption = ""
        self._followed_to = 0
        model.modelReset.connect(self._on_model_reset)
        self._waterfall = model
        self.setModel(model)
        self.setItemDelegate(BarDelegate(self))
        self.axis = TimeAxis(self)
        self.setHorizontalHeader(self.axis)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumSize(0, 0)
        rows = self.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(ROW_HEIGHT_MIN)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.set_row_height(ROW_HEIGHT_MAX)

    @property
    def elapsed(self) -> float:
        return self._waterfall.elapsed

    @property
    def row_height(self) -> int:
        return self.verticalHeader().defaultSectionSize()

    def set_scale(self, scale: TimeScale) -> None:
        """Show the span of a scale; its width counts from the left edge of the BARS column."""
        if scale != self.scale:
            self.scale = scale
            self.axis.viewport().update()
            self.viewport().update()

    def set_row_height(self, height: int) -> None:
        if height != self.row_height:
            self.verticalHeader().setDefaultSectionSize(height)
            self.setColumnHidden(Column.LABEL, height < LABEL_ROW_HEIGHT)

    def set_label_width(self, width: int) -> None:
        self.setColumnWidth(Column.LABEL, width)

    def set_caption(self, caption: str) -> None:
        """Name the arm's finish line."""
        if caption != self._caption:
            self._caption = caption
            self.viewport().update()

    def advance(self) -> None:
        """Paint again what grows with the clock, and stay with the newest bars unless the user scrolled."""
        bar = self.verticalScrollBar()
        if bar.value() == self._followed_to:
            self.scrollTo(self._waterfall.index(self._waterfall.frontier, Column.BARS))
            self._followed_to = bar.value()
        self.viewport().update()

    def _on_model_reset(self) -> None:
        self._followed_to = 0
        self.verticalScrollBar().setValue(0)

    def _bars_left(self) -> int:
        return self.columnViewportPosition(Column.BARS)

    def _paint_behind(self, painter: QPainter) -> None:
        left, height = self._bars_left(), self.viewport().height()
        for x, _ in self.axis.labels():
            painter.fillRect(left + x, 0, 1, height, self.colours.grid)

    def _paint_in_front(self, painter: QPainter) -> None:
        arm = self._waterfall.arm
        if arm is None or arm.started_at is None:
            return
        x = self._bars_left() + round(self.scale.x_of(self.elapsed))
        height = self.viewport().height()
        if self._waterfall.is_running:
            painter.fillRect(x, 0, 1, height, self.colours.text)
            return
        painter.setPen(QPen(self.colours.arm, 1, Qt.PenStyle.DashLine))
        painter.drawLine(x, 0, x, height)
        width = painter.fontMetrics().horizontalAdvance(self._caption)
        is_room_behind = x + 6 + width <= self._bars_left() + self.scale.width_px
        # one by one, the first bars end early; all at once, they fill the space before the line
        if is_room_behind or self.kind is ArmKind.SEQUENTIAL:
            left = x + 6 if is_room_behind else x - 6 - width
            place = QRect(left, 2, width + 1, painter.fontMetrics().height())
            painter.fillRect(place, self.colours.base)
            painter.setPen(self.colours.arm)
            painter.drawText(place, 0, self._caption)

    def _paint_on_viewport(self, paint: Callable[[QPainter], None]) -> None:
        painter = QPainter(self.viewport())
        paint(painter)
        painter.end()

    def paintEvent(self, event: QPaintEvent) -> None:
        self._paint_on_viewport(self._paint_behind)
        super().paintEvent(event)
        self._paint_on_viewport(self._paint_in_front)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self.colours = BarColours.of(self.palette(), self.kind)
            self.viewport().update()
        super().changeEvent(event)


class Legend(QWidget):
    """What the shapes of a bar mean, in one line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(_smaller(self.font()))

    def sizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().height() + 4)

    def entries(self) -> list[tuple[SegmentKind | None, str]]:
        """The shapes in the order of a request's life; `None` is the cross."""
        return [
            (SegmentKind.QUEUE, self.tr("queued")),
            (SegmentKind.WAIT, self.tr("waiting for the first token")),
            (SegmentKind.STREAM, self.tr("streaming")),
            (SegmentKind.BACKOFF, self.tr("backing off")),
            (None, self.tr("failed")),
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = BarColours.of(self.palette(), None)
        x, middle = 4, self.height() // 2
        for kind, word in self.entries():
            if kind is None:
                _paint_cross(painter, QPoint(x + 12, middle), 3, colours)
            else:
                paint_stretch(painter, QRect(x, middle - 4, 18, 8), kind, colours, dot_px=2)
            painter.setPen(colours.muted)
            painter.drawText(
                QRect(x + 24, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter, word
            )
            x += 24 + self.fontMetrics().horizontalAdvance(word) + 16
        painter.end()


def _smaller(font: QFont) -> QFont:
    font.setPointSizeF(font.pointSizeF() * 0.9)
    return font
