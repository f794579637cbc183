"""One line for the comment on a row."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from paradigm_gui.core.remarks import MOST_CHARACTERS


class CommentEdit(QLineEdit):
    """Hands a comment over when it is entered or left; Esc brings back what was there before.

    Signals:
        committed(str): this is what the row is to have; `show_comment` is to tell what it has then.
    """

    committed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = ""
        self.setMaxLength(MOST_CHARACTERS)
        self.editingFinished.connect(self.commit)

    def show_comment(self, comment: str) -> None:
        """Show what a row has; what is being typed stays as long as that is the same."""
        if comment != self._kept:
            self._kept = comment
            self._bring_back()

    def commit(self) -> None:
        """Hand over what was typed, if anything was."""
        text = self.text()
        if text != self._kept:
            self._kept = text
            self.committed.emit(text)

    def _bring_back(self) -> None:
        if self.text() != self._kept:
            self.setText(self._kept)
            self.setCursorPosition(0)

    def event(self, event: QEvent) -> bool:
        is_escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if is_escape and self.text() != self._kept:
            # it would stop the run
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._bring_back()
                return True
        return super().event(event)
