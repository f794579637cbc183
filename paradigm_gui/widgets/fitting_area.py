"""Room for a form that grows: as high as it needs, scrolled where the screen is too small for that."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

_LEAST_HEIGHT_PX = 120


class FittingArea(QScrollArea):
    """Shows a widget at the width that there is, and knows which height it then needs.

    Signals:
        content_changed(): another height may be needed.
    """

    content_changed = Signal()

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # what is in it is reached itself, and brings itself into sight
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._content = content
        self.setWidget(content)
        content.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        content.installEventFilter(self)

    def wanted_height(self) -> int:
        """The height at which nothing needs to be scrolled."""
        layout = self._content.layout()
        assert layout is not None
        layout.activate()
        if layout.hasHeightForWidth():
            return layout.totalHeightForWidth(self.viewport().width())
        return layout.totalSizeHint().height()

    # Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._content and event.type() == QEvent.Type.LayoutRequest:
            self.content_changed.emit()
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(self._content.minimumSizeHint().width() + bar, _LEAST_HEIGHT_PX)

    def sizeHint(self) -> QSize:
        return QSize(self.minimumSizeHint().width(), self.wanted_height())
