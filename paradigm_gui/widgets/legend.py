"""What the shapes of a bar mean."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from paradigm_gui.core.timing import SegmentKind
from paradigm_gui.widgets.labels import plain_tip
from paradigm_gui.widgets.waterfall import BarColours, paint_cross, paint_frayed_end, paint_stretch

if TYPE_CHECKING:
    from collections.abc import Sequence

_SAMPLE = QSize(18, 8)
_SPACE = 6
_GAP = 14


class Mark(Enum):
    """How a bar ends that did not end well."""

    FAILED = "failed"
    CANCELLED = "cancelled"


class Legend(QWidget):
    """The shapes in one line, as many as fit; the tool tip has them all in full."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 0.9)
        self.setFont(font)
        self._retranslate()

    def sizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().height() + 4)

    def entries(self) -> Sequence[tuple[SegmentKind | Mark, str]]:
        """The shapes in the order of a request's life."""
        return [
            (SegmentKind.QUEUE, self.tr("queued")),
            (SegmentKind.WAIT, self.tr("waiting")),
            (SegmentKind.STREAM, self.tr("streaming")),
            (SegmentKind.BACKOFF, self.tr("backing off")),
            (Mark.FAILED, self.tr("failed")),
            (Mark.CANCELLED, self.tr("cancelled")),
        ]

    def fitting(self) -> list[tuple[int, SegmentKind | Mark, str]]:
        """The entries that have room, each with its left pixel."""
        found = []
        left = 4
        for shape, word in self.entries():
            right = left + _SAMPLE.width() + _SPACE + self.fontMetrics().horizontalAdvance(word)
            if right > self.width():
                break
            found.append((left, shape, word))
            left = right + _GAP
        return found

    def _retranslate(self) -> None:
        self.setToolTip(
            plain_tip(
                self.tr(
                    "Thin line: queued. Hatched: sent, waiting for the first token. Solid: streaming. "
                    "Dots: backing off before another attempt. Cross: an attempt failed. Frayed end: "
                    "cancelled. In lanes, bars that are too short to be told apart are joined and paler."
                )
            )
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = BarColours.of(self.palette(), None)
        ground = self.palette().color(self.backgroundRole())
        top = (self.height() - _SAMPLE.height()) // 2
        for left, shape, word in self.fitting():
            box = QRect(left, top, _SAMPLE.width(), _SAMPLE.height())
            if shape is Mark.FAILED:
                paint_cross(painter, box.center().x(), box.center().y(), 3, colours)
            elif shape is Mark.CANCELLED:
                paint_stretch(painter, box, SegmentKind.STREAM, colours)
                paint_frayed_end(painter, box, ground)
            else:
                paint_stretch(painter, box, shape, colours, dot_px=2)
            painter.setPen(colours.muted)
            room = QRect(box.right() + _SPACE, 0, self.width(), self.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, word)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self.update()
