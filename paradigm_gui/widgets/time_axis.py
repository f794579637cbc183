"""The time axis above the race, and what the hand does to it: zoom and pan by wheel, drag and keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QSizePolicy, QWidget

from paradigm_gui import wording
from paradigm_gui.models.time_scale import TimeScale
from paradigm_gui.widgets.waterfall import BarColours

ZOOM_STEP = 1.25
"""How much a notch of the wheel or a key zooms."""
_NOTCH = 120
_PAN_NOTCH_PX = 48
_BAND_PX = 4


class TimeAxis(QWidget):
    """The seconds along a scale; while only a part is seen, a band below tells which."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scale = TimeScale()
        self.labels: list[tuple[int, str]] = []
        self._left = 0
        self._room = 0
        self.limit_s = 1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)

    @property
    def is_part(self) -> bool:
        """Whether less than everything is seen."""
        return self.scale.span_s < self.limit_s

    def set_scale(self, scale: TimeScale, left: int, limit_s: float) -> None:
        """Show a scale that begins at the pixel `left` and is a part of `[0, limit_s]`."""
        if (scale, left, limit_s) != (self.scale, self._left, self.limit_s):
            self.scale, self._left, self.limit_s = scale, left, limit_s
            self._label()
            self.update()

    def set_room(self, right: int) -> None:
        """Keep what is right of a pixel free of labels."""
        if right != self._room:
            self._room = right
            self.update()

    def band(self) -> QRect:
        """The part of everything that is seen, as a stretch along the axis; null when it is all."""
        if not self.is_part:
            return QRect()
        whole = TimeScale(0.0, self.limit_s, self.scale.width_px)
        left, right = round(whole.x_of(self.scale.start_s)), round(whole.x_of(self.scale.end_s))
        # a sliver of a long run must still be seen
        left = min(left, self.scale.width_px - 2 * _BAND_PX)
        return QRect(self._left + left, self.height() - _BAND_PX, max(right - left, 2 * _BAND_PX), _BAND_PX)

    def sizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().height() + _BAND_PX + 6)

    def _label(self) -> None:
        """Name the marks once for a scale, so that they stand still while bars grow."""
        widest = self.fontMetrics().horizontalAdvance(self._text(self.scale.end_s, 2))
        self.labels = [
            (round(self.scale.x_of(t)), self._text(t, decimals if t else 0))
            for t, decimals in self.scale.ticks(widest * 1.6 + 8)
        ]

    def _text(self, seconds: float, decimals: int) -> str:
        return self.tr("{seconds} s").format(seconds=wording.number(seconds, decimals))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = BarColours.of(self.palette(), None)
        bottom = self.height() - _BAND_PX
        end = self._left + self.scale.width_px
        painter.setPen(colours.muted)
        for x, text in self.labels:
            width = self.fontMetrics().horizontalAdvance(text)
            left = min(max(self._left + x - width // 2, self._left + 1), end - width)
            if left + width < self._room:
                painter.drawText(QRect(left, 0, width + 1, bottom), 0, text)
            painter.fillRect(self._left + x, bottom - 3, 1, 3, colours.muted)
        if self.is_part:
            painter.fillRect(self._left, bottom, self.scale.width_px, _BAND_PX, colours.grid)
            painter.fillRect(self.band(), colours.muted)
        else:
            painter.fillRect(self._left, bottom, self.scale.width_px, 1, colours.grid)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.LanguageChange, QEvent.Type.LocaleChange):
            self._label()
            self.update()


class TimeGestures(QObject):
    """Reads wheel, mouse and keys on the surfaces that show a time axis.

    Signals:
        zoomed(float, object): by this factor, around this pixel, or around what is current if `None`.
        panned(float): to what is so many pixels to the right.
        stepped(int): a step to the right, or to the left if negative.
        reset(): to all there is.
        picked(QObject, QPoint): this view, at this point of its viewport.
        row_moved(QObject): this view's current row, by a key.
    """

    zoomed = Signal(float, object)
    panned = Signal(float)
    stepped = Signal(int)
    reset = Signal()
    picked = Signal(QObject, QPoint)
    row_moved = Signal(QObject)

    _ROW_KEYS = (
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
    )

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pressed_at: QPoint | None = None
        self._dragged_to: QPoint | None = None

    def watch(self, surface: QWidget) -> None:
        """Read what happens on a widget; of a scroll area, on its viewport, and its keys."""
        surface.installEventFilter(self)
        if isinstance(surface, QAbstractScrollArea):
            surface.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(event)
        if kind == QEvent.Type.KeyRelease and isinstance(event, QKeyEvent):
            if event.key() in self._ROW_KEYS and not event.isAutoRepeat():
                self.row_moved.emit(watched)
            return False
        if isinstance(watched, QAbstractScrollArea):
            return False  # a scroll area passes on what its viewport has been asked already
        if kind == QEvent.Type.Wheel and isinstance(event, QWheelEvent):
            return self._on_wheel(event)
        if not isinstance(event, QMouseEvent):
            return False
        parent = watched.parent()
        view = parent if isinstance(parent, QAbstractScrollArea) else None
        return self._on_mouse(watched, view, kind, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier):
            return False
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoomed.emit(ZOOM_STEP**2, None)
        elif key == Qt.Key.Key_Minus:
            self.zoomed.emit(ZOOM_STEP**-2, None)
        elif key == Qt.Key.Key_0:
            self.reset.emit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.stepped.emit(1 if key == Qt.Key.Key_Right else -1)
        else:
            return False
        return True

    def _on_wheel(self, event: QWheelEvent) -> bool:
        turned = event.angleDelta()
        modifiers = event.modifiers()
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self.zoomed.emit(ZOOM_STEP ** (turned.y() / _NOTCH), event.position().x())
            return True
        # some systems turn Shift and a wheel into a sideways wheel, some leave that to the program
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            sideways = turned.x() or turned.y()
        else:
            sideways = turned.x() if abs(turned.x()) > abs(turned.y()) else 0
        if sideways:
            self.panned.emit(-sideways / _NOTCH * _PAN_NOTCH_PX)
        return bool(sideways)

    def _on_mouse(
        self, surface: QObject, view: QAbstractScrollArea | None, kind: QEvent.Type, event: QMouseEvent
    ) -> bool:
        if kind == QEvent.Type.MouseButtonDblClick and event.button() == Qt.MouseButton.LeftButton:
            self._let_go(surface)
            self.reset.emit()
            return True
        if kind == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.position().toPoint()
            return True
        if kind == QEvent.Type.MouseMove and self._pressed_at is not None:
            self._drag(surface, event.position().toPoint())
            return True
        if kind == QEvent.Type.MouseButtonRelease and event.button() == Qt.MouseButton.LeftButton:
            was_click = self._pressed_at is not None and self._dragged_to is None
            self._let_go(surface)
            if was_click and view is not None:
                self.picked.emit(view, event.position().toPoint())
            return True
        return False

    def _drag(self, surface: QObject, point: QPoint) -> None:
        assert self._pressed_at is not None
        if self._dragged_to is None:
            if (point - self._pressed_at).manhattanLength() < QApplication.startDragDistance():
                return
            self._dragged_to = self._pressed_at
            if isinstance(surface, QWidget):
                surface.setCursor(Qt.CursorShape.ClosedHandCursor)
        moved = point.x() - self._dragged_to.x()
        self._dragged_to = point
        if moved:
            self.panned.emit(-moved)

    def _let_go(self, surface: QObject) -> None:
        self._pressed_at = self._dragged_to = None
        if isinstance(surface, QWidget):
            surface.unsetCursor()
