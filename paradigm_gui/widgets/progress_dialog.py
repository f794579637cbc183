"""Shows how far a long work is, and lets the user give it up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QProgressBar, QVBoxLayout, QWidget

from paradigm_gui.widgets.labels import plain_label

if TYPE_CHECKING:
    from collections.abc import Callable

STEP_MS = 100
_STEPS = 1000


class ProgressDialog(QDialog):
    """Asks `share`, from 0 to 1, how far the work is. It is accepted by whoever ends the work."""

    def __init__(
        self, title: str, text: str, share: Callable[[], float], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._share = share
        self.setWindowTitle(title)
        label = plain_label(text, self)
        label.setWordWrap(True)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, _STEPS)
        self.bar.setMinimumWidth(self.fontMetrics().averageCharWidth() * 48)
        self.bar.setAccessibleName(text)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.cancel_button = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addWidget(label)
        layout.addWidget(self.bar)
        layout.addWidget(buttons)
        self._look = QTimer(self, interval=STEP_MS)
        self._look.timeout.connect(self._show)
        self._look.start()
        self._show()

    def _show(self) -> None:
        self.bar.setValue(round(self._share() * _STEPS))
