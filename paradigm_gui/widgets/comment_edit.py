"""Where the comment on a row is typed: a line of its own, or the cell of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QWidget

from paradigm_gui.core.remarks import MOST_CHARACTERS

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtWidgets import QStyleOptionViewItem


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
            if not self.hasFocus():
                # a long one is read from its beginning
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


class CommentDelegate(QStyledItemDelegate):
    """Lets a comment be typed into its cell; what is typed stays when the row changes meanwhile."""

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        editor = QLineEdit(parent)
        editor.setMaxLength(MOST_CHARACTERS)
        return editor

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        if isinstance(editor, QLineEdit) and not editor.isModified():
            super().setEditorData(editor, index)
