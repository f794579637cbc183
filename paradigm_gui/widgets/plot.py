"""A plot in the program's colours, font and numbers, and the key to its lines.

Importing this module loads pyqtgraph and numpy, which takes half a second: do it when a chart is first
shown. A thread may do it, nothing here is made before a `Plot` is.
"""

from __future__ import annotations

import html
import math
import os
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from paradigm_gui import wording
from paradigm_gui.core.batch import ArmKind
from paradigm_gui.widgets.waterfall import BarColours

if TYPE_CHECKING:
    from collections.abc import Sequence

os.environ["PYQTGRAPH_QT_LIB"] = "PySide6"  # or pyqtgraph might pick another binding that is installed

import numpy
import pyqtgraph

# Its clean-up at the end of the process is for programs that leave their windows to the interpreter.
pyqtgraph.setConfigOptions(exitCleanup=False, crashWarning=False, antialias=False)

_SMALL = 0.9
_SAMPLE_WIDTH = 26
_GAP = 8
_LINE_WIDTH = 2
SYMBOLS = {ArmKind.CONCURRENT: "o", ArmKind.SEQUENTIAL: "s"}


def arm_pen(palette: QPalette, kind: ArmKind) -> QPen:
    """The pen of an arm's lines: its colour, and for those who do not see that, whole or dashed."""
    pen = QPen(BarColours.of(palette, kind).arm, _LINE_WIDTH)
    pen.setStyle(Qt.PenStyle.SolidLine if kind is ArmKind.CONCURRENT else Qt.PenStyle.DashLine)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setCosmetic(True)
    return pen


class NumberAxis(pyqtgraph.AxisItem):  # type: ignore[misc]
    """An axis whose numbers are written as the user's language writes them."""

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation)
        self.enableAutoSIPrefix(False)
        self.setStyle(maxTickLevel=0, tickLength=0, tickAlpha=255, tickTextOffset=4)
        self.setTickDensity(1.4)
        self.setGrid(255)

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:  # noqa: N802
        decimals = max(0, math.ceil(-math.log10(spacing * scale) - 1e-9))
        return [wording.number(value * scale, decimals) for value in values]

    def show_title(self, title: str) -> None:
        self.setLabel(html.escape(title))

    def dress(self, colours: BarColours, font: QFont) -> None:
        self.setPen(colours.grid)
        self.setTextPen(colours.muted)
        self.setTickFont(font)
        self.label.setFont(font)


class Plot(pyqtgraph.PlotWidget):  # type: ignore[misc]
    """A plot that is drawn by others, with a line where the mouse or the arrow keys point.

    It cannot be dragged, zoomed or clicked into a menu. `stops` are the places the keys go to.

    Signals:
        pointed: the reader points at this place of the x axis.
        left: the reader points no longer.
        clicked: the reader clicked at this place of the x axis.
    """

    pointed = Signal(float)
    left = Signal()
    clicked = Signal(float)

    def __init__(self) -> None:
        self.bottom, self.side = NumberAxis("bottom"), NumberAxis("left")
        super().__init__(axisItems={"bottom": self.bottom, "left": self.side}, enableMenu=False)
        self.stops: list[float] = []
        self.colours = BarColours.of(self.palette(), None)
        self.plotItem.hideButtons()
        self.plotItem.setMouseEnabled(False, False)
        self.plotItem.disableAutoRange()
        self.plotItem.layout.setContentsMargins(0, 0, 8, 0)
        self.setMinimumSize(120, 60)
        self._pointer = pyqtgraph.InfiniteLine(angle=90, movable=False)
        self._pointer.setZValue(100)
        self._pointer.hide()
        self.plotItem.vb.addItem(self._pointer, ignoreBounds=True)
        self.dress()

    @property
    def pointer(self) -> float | None:
        """The place that is pointed at."""
        return float(self._pointer.value()) if self._pointer.isVisible() else None

    def dress(self) -> None:
        """Take the colours and the font over from the widget."""
        self.colours = BarColours.of(self.palette(), None)
        self.setBackground(self.colours.base)
        self._pointer.setPen(self.colours.muted)
        for axis in (self.bottom, self.side):
            axis.dress(self.colours, smaller(self.font()))

    def show_span(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        self.plotItem.setRange(xRange=x, yRange=y, padding=0)

    def add_line(
        self, points: Sequence[tuple[float, float]], pen: QPen | QColor, fill: QColor | None = None
    ) -> None:
        x, y = numpy.array(points, dtype=float).T
        self.plotItem.addItem(
            pyqtgraph.PlotCurveItem(x=x, y=y, pen=pen, fillLevel=None if fill is None else 0.0, brush=fill)
        )

    def add_dots(
        self,
        points: Sequence[tuple[float, float]],
        kind: ArmKind,
        *,
        fill: QColor | None = None,
        size: int = 7,
    ) -> None:
        """Dots in an arm's shape; hollow ones without a `fill`."""
        self.plotItem.addItem(
            pyqtgraph.ScatterPlotItem(
                pos=points,
                symbol=SYMBOLS[kind],
                size=size,
                pen=pyqtgraph.mkPen(BarColours.of(self.palette(), kind).arm, width=1.5),
                brush=self.colours.base if fill is None else fill,
                antialias=True,
            )
        )

    def point_at(self, x: float | None) -> None:
        """Move the line to a place, or away."""
        self._pointer.setVisible(x is not None)
        if x is None:
            self.left.emit()
        else:
            self._pointer.setValue(x)
            self.pointed.emit(x)

    def _place_of(self, position: QPointF) -> float | None:
        view = self.plotItem.vb
        at = self.mapToScene(position.toPoint())
        return float(view.mapSceneToView(at).x()) if view.sceneBoundingRect().contains(at) else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.point_at(self._place_of(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        place = self._place_of(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place is not None:
            self.clicked.emit(place)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.point_at(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.point_at(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, stops = event.key(), self.stops
        if not stops or key not in _KEYS:
            QWidget.keyPressEvent(self, event)
            return
        at = self.pointer
        if key == Qt.Key.Key_Home or (key == Qt.Key.Key_Right and at is None):
            place = 0
        elif key == Qt.Key.Key_End or at is None:
            place = len(stops) - 1
        elif key == Qt.Key.Key_Right:
            place = min(bisect_right(stops, at), len(stops) - 1)
        else:
            place = max(bisect_left(stops, at) - 1, 0)
        self.point_at(stops[place])


_KEYS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)


def corners(times: Sequence[float], levels: Sequence[float], end: float) -> list[tuple[float, float]]:
    """The outline of a step function that starts at zero."""
    points = [(0.0, 0.0)]
    for time, level in zip(times, levels, strict=True):
        points += [(time, points[-1][1]), (time, level)]
    return [*points, (end, points[-1][1])]


def smaller(font: QFont) -> QFont:
    font = QFont(font)
    font.setPointSizeF(font.pointSizeF() * _SMALL)
    return font


@dataclass(frozen=True, slots=True)
class KeyPart:
    """A piece of text; a muted one is of little weight."""

    text: str
    is_muted: bool = False


class Key(QWidget):
    """What belongs to which arm: a sample of its line, and words, one line an arm."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[tuple[ArmKind, list[KeyPart]]] = []
        self.setFont(smaller(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_lines(self, lines: Sequence[tuple[ArmKind, list[KeyPart]]]) -> None:
        self._lines = list(lines)
        self.updateGeometry()
        self.update()

    def texts(self) -> list[str]:
        """The words of each line."""
        return [_SEPARATOR.join(part.text for part in parts) for _, parts in self._lines]

    def sizeHint(self) -> QSize:
        return QSize(0, max(1, len(self._lines)) * self.fontMetrics().lineSpacing())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        metrics = self.fontMetrics()
        colours = BarColours.of(self.palette(), None)
        for number, (kind, parts) in enumerate(self._lines):
            top = number * metrics.lineSpacing()
            middle = top + metrics.lineSpacing() // 2
            painter.setPen(arm_pen(self.palette(), kind))
            painter.drawLine(0, middle, _SAMPLE_WIDTH, middle)
            left = _SAMPLE_WIDTH + _GAP
            for place, part in enumerate(parts):
                text = (_SEPARATOR if place else "") + part.text
                painter.setPen(colours.muted if part.is_muted else colours.text)
                room = QRect(left, top, max(0, self.width() - left), metrics.lineSpacing())
                painter.drawText(room, 0, metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width()))
                left += metrics.horizontalAdvance(text)
        painter.end()


_SEPARATOR = " · "
