"""What stands in the table of results when no row is left to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from paradigm_gui.widgets.labels import plain_label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractItemView


class NothingFound(QWidget):
    """Lies over the rows of a view.

    Signals:
        clear_requested(): all rows are to be shown again.
    """

    clear_requested = Signal()

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view.viewport())
        self._label = plain_label(parent=self)
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._label.setWordWrap(True)
        self.clear_button = QPushButton(self)
        self.clear_button.clicked.connect(self.clear_requested)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addStretch()
        layout.addWidget(self._label)
        layout.addWidget(self.clear_button, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addStretch()
        around = QVBoxLayout(view.viewport())
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self)
        self.hide()
        self._retranslate()

    def _retranslate(self) -> None:
        self._label.setText(self.tr("No row matches the search and the filter."))
        self.clear_button.setText(self.tr("Clear the filter"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
