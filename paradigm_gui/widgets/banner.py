"""A slim line above the work: what the user should know, and one or two things to do about it."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QStyle, QToolButton, QWidget

from paradigm_gui.widgets.labels import plain_label


class Tone(Enum):
    """How a banner speaks: its stripe's colour and its icon."""

    NOTE = ("#2f7d8c", QStyle.StandardPixmap.SP_MessageBoxInformation)
    WARNING = ("#b7791f", QStyle.StandardPixmap.SP_MessageBoxWarning)
    ERROR = ("#c0392b", QStyle.StandardPixmap.SP_MessageBoxCritical)


class Banner(QWidget):
    """Shows one plain-text message until it is closed or replaced.

    Signals:
        acted(): the button was pressed.
        acted_otherwise(): the other button was pressed, where there is one.
    """

    acted = Signal()
    acted_otherwise = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = Tone.NOTE
        self._icon = plain_label(parent=self)
        self.label = plain_label(parent=self)
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.button = QPushButton(self)
        self.other_button = QPushButton(self)
        self.close_button = QToolButton(self)
        self.close_button.setAutoRaise(True)
        self.close_button.setIcon(self.style().standardIcon(QStyle.StandardPixmap.SP_TitleBarCloseButton))
        self.close_button.setIconSize(QSize(12, 12))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 4, 8, 4)
        layout.setSpacing(8)
        for widget in (self._icon, self.label, self.button, self.other_button, self.close_button):
            layout.addWidget(widget)
        layout.setStretch(1, 1)
        self.button.clicked.connect(self.acted)
        self.other_button.clicked.connect(self.acted_otherwise)
        self.close_button.clicked.connect(self.hide)
        self._retranslate()
        self.hide()

    def show_message(
        self, text: str, tone: Tone, action: str = "", other: str = "", *, stays: bool = False
    ) -> None:
        """Show a message; one that stays cannot be closed."""
        self.close_button.setVisible(not stays)
        self._tone = tone
        self._icon.setPixmap(self.style().standardIcon(tone.value[1]).pixmap(16, 16))
        self.label.setText(text)
        for button, name in ((self.button, action), (self.other_button, other)):
            button.setText(name)
            button.setVisible(bool(name))
        self.setAccessibleName(text)
        self.show()
        self.update()

    def _retranslate(self) -> None:
        self.close_button.setAccessibleName(self.tr("Close this message"))
        self.close_button.setToolTip(self.tr("Close"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = QColor(self._tone.value[0])
        painter.fillRect(self.rect().adjusted(4, 0, 0, 0), _tint(colour))
        painter.fillRect(0, 0, 4, self.height(), colour)
        painter.end()


def _tint(colour: QColor) -> QColor:
    tint = QColor(colour)
    tint.setAlphaF(0.12)
    return tint
