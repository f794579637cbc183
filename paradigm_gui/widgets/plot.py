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

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QGraphicsItem, QSizePolicy, QWidget

from paradigm_gui import wording
from paradigm_gui.core.batch import ArmKind
from paradigm_gui.models.waterfall_model import tip
from paradigm_gui.widgets.labels import caption
from paradigm_gui.widgets.waterfall import BarColours

if TYPE_CHECKING:
    from collections.abc import Sequence

os.environ["PYQTGRAPH_QT_LIB"] = "PySide6"  # or pyqtgraph might pick another binding that is installed

import numpy as np
import pyqtgraph

# Its clean-up at the end of the process is for programs that leave their windows to the interpreter.
pyqtgraph.setConfigOptions(exitCleanup=False, crashWarning=False, antialias=False)

_SMALL = 0.9
_SAMPLE_WIDTH = 26
_GAP = 8
_LINE_WIDTH = 2
_DOT = 7
_TICK_GAP = 4
_OVERHANG = 14
_BEHIND = -1000
_MARGIN = 0.03
LEAST_HEIGHT = 50
_SEPARATOR = " · "
SYMBOLS = {ArmKind.CONCURRENT: "o", ArmKind.SEQUENTIAL: "s"}


def arm_pen(palette: QPalette, kind: ArmKind) -> QPen:
    """The pen of an arm's lines: its colour, and for those who do not see that, whole or dashed."""
    pen = QPen(BarColours.of(palette, kind).arm, _LINE_WIDTH)
    pen.setStyle(Qt.PenStyle.SolidLine if kind is ArmKind.CONCURRENT else Qt.PenStyle.DashLine)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setCosmetic(True)
    return pen


class NumberAxis(pyqtgraph.AxisItem):  # type: ignore[misc]
    """An axis with a grid, whose numbers are written as the user's language writes them.

    `is_whole` axes count things: they have no mark between two whole numbers. `is_low` ones have no title.
    """

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation)
        self.is_whole = False
        self.is_low = False
        self.enableAutoSIPrefix(False)
        self.setStyle(maxTickLevel=0, tickLength=0, tickAlpha=255, tickTextOffset=_TICK_GAP)
        self.setTickDensity(1.4)
        self.setGrid(255)
        self.label.document().setDocumentMargin(0)

    def tickSpacing(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, float]]:  # noqa: N802, N803
        spacing: list[tuple[float, float]] = super().tickSpacing(minVal, maxVal, size)
        if self.orientation == "left" and size > 0:
            # numbers above each other must not touch; doubled steps are round ones too
            least = (maxVal - minVal) * self.fontMetrics().height() / size
            spacing = [(_doubled(step, least), offset) for step, offset in spacing]
        return [(max(1.0, step), offset) for step, offset in spacing] if self.is_whole else spacing

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:  # noqa: N802
        decimals = max(0, math.ceil(-math.log10(spacing * scale) - 1e-9))
        return [wording.number(value * scale, decimals) for value in values]

    def boundingRect(self) -> QRectF:  # noqa: N802
        # else the numbers at both ends, which reach a little beyond the axis, would be left out
        return QRectF(super().boundingRect()).adjusted(-_OVERHANG, -_OVERHANG, _OVERHANG, _OVERHANG)

    def dress(self, colours: BarColours, font: QFont) -> None:
        self.setPen(colours.grid)
        self.setTextPen(colours.muted)
        self.setTickFont(font)
        self.label.setFont(font)
        self.fit()

    def fit(self) -> None:
        """Take the room that numbers and title need."""
        if self.orientation == "bottom":
            self.showLabel(not self.is_low)
            self.setHeight(_TICK_GAP + (1 if self.is_low else 2) * self.fontMetrics().height())

    def fontMetrics(self) -> QFontMetrics:  # noqa: N802
        return QFontMetrics(self.label.font())


class Plot(pyqtgraph.PlotWidget):  # type: ignore[misc]
    """A plot that is drawn by others, with a line where the mouse or the arrow keys point.

    It cannot be dragged, zoomed or clicked into a menu. `stops` are the places the keys go to; where
    `is_snapping`, the mouse points at them too. `heading` is to be put above it: what its height means.

    Signals:
        pointed: the reader points at this place of the x axis.
        left: the reader points no longer.
        chosen: the reader clicked at this place of the x axis, or pressed Return there.
    """

    pointed = Signal(float)
    left = Signal()
    chosen = Signal(float)

    def __init__(self) -> None:
        self.bottom, self.side = NumberAxis("bottom"), NumberAxis("left")
        super().__init__(axisItems={"bottom": self.bottom, "left": self.side}, enableMenu=False)
        self.heading = caption()
        self.stops: list[float] = []
        self.is_snapping = False
        self.colours = BarColours.of(self.palette(), None)
        for axis in (self.bottom, self.side):
            axis.setZValue(_BEHIND)
        self.plotItem.hideButtons()
        self.plotItem.setMouseEnabled(False, False)
        self.plotItem.disableAutoRange()
        # what is drawn lies within the axes, except for the rims of dots at their ends
        self.plotItem.vb.setFlag(QGraphicsItem.GraphicsItemFlag.ItemClipsChildrenToShape, False)
        self.plotItem.layout.setContentsMargins(0, _OVERHANG // 2, 1.5 * _OVERHANG, 5)
        self.setMinimumSize(120, LEAST_HEIGHT)
        self._pointer = pyqtgraph.InfiniteLine(angle=90, movable=False)
        self._pointer.setZValue(100)
        self._pointer.hide()
        self.plotItem.vb.addItem(self._pointer, ignoreBounds=True)
        self.dress(self.palette(), self.font())

    @property
    def pointer(self) -> float | None:
        """The place that is pointed at."""
        return float(self._pointer.value()) if self._pointer.isVisible() else None

    def dress(self, palette: QPalette, font: QFont) -> None:
        """Draw in these from now on. They are handed over by the chart, which hears of a change first."""
        self._wears = palette
        self._font = smaller(font)
        self.colours = BarColours.of(palette, None)
        self.setBackground(self.colours.base)
        self._pointer.setPen(self.colours.muted)
        for axis in (self.bottom, self.side):
            axis.dress(self.colours, self._font)

    def show_titles(self, side: str, bottom: str) -> None:
        """Name what the axes count, with units."""
        self.heading.setText(side)
        self.bottom.setLabel(html.escape(bottom))
        self.bottom.fit()

    def set_low(self, is_low: bool) -> None:
        """Leave out the title below, for the picture to have its room."""
        self.bottom.is_low = is_low
        self.bottom.fit()

    def show_span(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        room = _MARGIN * (y[1] - y[0])
        self.plotItem.setRange(xRange=x, yRange=(y[0] - room, y[1] + room), padding=0)

    def add_line(
        self,
        points: Sequence[tuple[float, float]],
        pen: QPen | QColor,
        *,
        fill: QColor | None = None,
        is_in_pairs: bool = False,
    ) -> None:
        """One line through all points, or one through each pair of them; a `fill` reaches down to zero."""
        x, y = np.array(points, dtype=float).T
        self.plotItem.addItem(
            pyqtgraph.PlotCurveItem(
                x=x,
                y=y,
                pen=pen,
                connect="pairs" if is_in_pairs else "all",
                fillLevel=None if fill is None else 0.0,
                brush=fill,
                antialias=True,
            )
        )

    def add_dots(
        self,
        points: Sequence[tuple[float, float]],
        kind: ArmKind,
        *,
        size: int = 8,
        is_hollow: bool = False,
    ) -> None:
        """Dots in an arm's shape and colour; a thin rim keeps those apart that lie on each other."""
        arm = BarColours.of(self._wears, kind).arm
        self.plotItem.addItem(
            pyqtgraph.ScatterPlotItem(
                pos=points,
                symbol=SYMBOLS[kind],
                size=size,
                pen=pyqtgraph.mkPen(arm if is_hollow else self.colours.base, width=1.5 if is_hollow else 1),
                brush=self.colours.base if is_hollow else arm,
                antialias=True,
            )
        )

    def add_text(self, place: tuple[float, float], text: str) -> None:
        """A word whose lower left corner is at a place."""
        item = pyqtgraph.TextItem(text, color=self.colours.text, anchor=(0, 1))
        item.setFont(self._font)
        item.setPos(*place)
        self.plotItem.addItem(item)

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
        if not view.sceneBoundingRect().contains(at):
            return None
        x = float(view.mapSceneToView(at).x())
        return min(self.stops, key=lambda stop: abs(stop - x)) if self.is_snapping and self.stops else x

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.point_at(self._place_of(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        place = self._place_of(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place is not None:
            self.chosen.emit(place)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.point_at(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.stops and event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        ):
            self.point_at(self.stops[0])

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.point_at(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = self._place_after(Qt.Key(event.key()))
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            QWidget.keyPressEvent(self, event)
        elif place is not None:
            self.point_at(place)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.pointer is not None:
            self.chosen.emit(self.pointer)
        else:
            QWidget.keyPressEvent(self, event)

    def _place_after(self, key: Qt.Key) -> float | None:
        """Where a key leads to."""
        stops, at = self.stops, self.pointer
        if not stops:
            return None
        if key == Qt.Key.Key_Home or (key == Qt.Key.Key_Right and at is None):
            return stops[0]
        if key == Qt.Key.Key_End or (key == Qt.Key.Key_Left and at is None):
            return stops[-1]
        if key == Qt.Key.Key_Right and at is not None:
            return stops[min(bisect_right(stops, at), len(stops) - 1)]
        if key == Qt.Key.Key_Left and at is not None:
            return stops[max(bisect_left(stops, at) - 1, 0)]
        return None


def _doubled(step: float, least: float) -> float:
    """The step, doubled as often as it takes to be at least so large."""
    return step * 2 ** max(0, math.ceil(math.log2(least / step))) if least > 0 else step


def corners(starts: Sequence[float], levels: Sequence[float], end: float) -> list[tuple[float, float]]:
    """The outline of a step function, from zero up to its first level and along to its end."""
    points = [(starts[0], 0.0)]
    for start, level in zip(starts, levels, strict=True):
        points += [(start, points[-1][1]), (start, level)]
    return [*points, (end, points[-1][1])]


def smaller(font: QFont) -> QFont:
    font = QFont(font)
    font.setPointSizeF(font.pointSizeF() * _SMALL)
    return font


@dataclass(frozen=True, slots=True)
class KeyLine:
    """What belongs to an arm: words in `parts`, the last ones `muted`; shown by its line, or by its dots."""

    kind: ArmKind
    parts: Sequence[str]
    muted: Sequence[str] = ()
    has_dots: bool = False

    @property
    def text(self) -> str:
        return _SEPARATOR.join([*self.parts, *self.muted])


class Key(QWidget):
    """What belongs to which arm: a sample of its line, and words, one line an arm.

    The first of the words is the arm's name: it goes where there is no room, as the sample tells it too.
    """

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[KeyLine] = []
        self.setFont(smaller(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_lines(self, lines: Sequence[KeyLine], *explanation: str) -> None:
        """Show lines; a tip repeats them, as there may not be room for all, and explains them."""
        self.lines = list(lines)
        texts = [line.text for line in self.lines]
        self.setAccessibleName("\n".join(texts))
        self.setToolTip(tip(*texts, *explanation))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, max(1, len(self.lines)) * self.fontMetrics().lineSpacing())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        height = self.fontMetrics().lineSpacing()
        for number, line in enumerate(self.lines):
            self._paint_sample(painter, QRect(0, number * height, _SAMPLE_WIDTH, height), line)
            left = _SAMPLE_WIDTH + _GAP
            self._paint_words(
                painter, QRect(left, number * height, max(0, self.width() - left), height), line
            )
        painter.end()

    def _paint_sample(self, painter: QPainter, box: QRect, line: KeyLine) -> None:
        pen = arm_pen(self.palette(), line.kind)
        middle = box.center().y()
        if not line.has_dots:
            painter.setPen(pen)
            painter.drawLine(box.left(), middle, box.right(), middle)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(pen.color())
        dot = QRect(box.center().x() - _DOT // 2, middle - _DOT // 2, _DOT, _DOT)
        painter.drawEllipse(dot) if SYMBOLS[line.kind] == "o" else painter.drawRect(dot)

    def words(self, line: KeyLine, width: int) -> str:
        """What to paint of a line, apart from what is muted."""
        words = _SEPARATOR.join(line.parts)
        is_too_wide = self.fontMetrics().horizontalAdvance(words) > width
        return _SEPARATOR.join(line.parts[1:]) if is_too_wide and len(line.parts) > 1 else words

    def _paint_words(self, painter: QPainter, room: QRect, line: KeyLine) -> None:
        metrics = self.fontMetrics()
        colours = BarColours.of(self.palette(), None)
        words = self.words(line, room.width())
        painter.setPen(colours.text)
        painter.drawText(room, 0, metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width()))
        if line.muted:
            rest = room.adjusted(metrics.horizontalAdvance(words), 0, 0, 0)
            muted = _SEPARATOR + _SEPARATOR.join(line.muted)
            painter.setPen(colours.muted)
            painter.drawText(rest, 0, metrics.elidedText(muted, Qt.TextElideMode.ElideRight, rest.width()))
