"""The editor of the prompt: placeholders stand out, unknown ones are marked, and columns are offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QStringListModel, Qt
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QPalette,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QCompleter, QListView, QPlainTextEdit, QWidget

from paradigm_gui.core.batch import Template

if TYPE_CHECKING:
    from collections.abc import Sequence


class _Placeholders(QSyntaxHighlighter):
    def __init__(self, document: QTextDocument, palette: QPalette) -> None:
        super().__init__(document)
        self.columns: Sequence[str] = ()
        self._known = QTextCharFormat()
        self._unknown = QTextCharFormat()
        self.use_palette(palette)

    def use_palette(self, palette: QPalette) -> None:
        is_dark = palette.color(QPalette.ColorRole.Base).lightness() < 128
        background = QColor("#2f7d8c")
        background.setAlphaF(0.45 if is_dark else 0.18)
        self._known.setBackground(background)
        self._known.setFontWeight(600)
        self._unknown.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        self._unknown.setUnderlineColor(QColor("#e06c5f" if is_dark else "#c0392b"))

    def highlightBlock(self, text: str) -> None:
        template = Template(text)
        for names, look in (
            (template.placeholders(self.columns), self._known),
            (template.unknown_placeholders(self.columns), self._unknown),
        ):
            for name in names:
                placeholder = "{" + name + "}"
                # Qt counts UTF-16 units, Python counts characters
                length = _utf16_length(placeholder)
                at = text.find(placeholder)
                while at >= 0:
                    self.setFormat(_utf16_length(text[:at]), length, look)
                    at = text.find(placeholder, at + len(placeholder))


def _utf16_length(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


class PromptEdit(QPlainTextEdit):
    """Edits a text for the model. A file dropped on it is left to what lies around it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        is_file = any(url.isLocalFile() for url in source.urls())
        return not is_file and super().canInsertFromMimeData(source)


# Keys that mean the list of columns while it is open.
_LIST_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class TemplateEdit(PromptEdit):
    """Edits a template for given columns; typing `{` offers them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._placeholders = _Placeholders(self.document(), self.palette())
        self._names = QStringListModel(self)
        self.completer = QCompleter(self._names, self)
        self.completer.setWidget(self)
        self.completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.popup = QListView()
        self.popup.setFrameShape(QListView.Shape.Box)
        self.completer.setPopup(self.popup)
        self.completer.activated.connect(self._complete)

    def set_columns(self, columns: Sequence[str]) -> None:
        if list(columns) != list(self._placeholders.columns):
            self._placeholders.columns = list(columns)
            self._placeholders.rehighlight()

    def _begun(self) -> str | None:
        """What is typed of a placeholder up to the cursor; `None` outside of braces."""
        cursor = self.textCursor()
        before = QTextCursor(cursor)
        before.movePosition(QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor)
        _, brace, begun = before.selectedText().rpartition("{")
        return begun if brace and "}" not in begun and not cursor.hasSelection() else None

    def _offer(self) -> None:
        begun = self._begun()
        # names that begin so come before those that hold it elsewhere
        start = (begun or "").casefold()
        columns = self._placeholders.columns
        self._names.setStringList(sorted(columns, key=lambda name: not name.casefold().startswith(start)))
        self.completer.setCompletionPrefix(begun or "")
        if begun is None or not self.completer.completionCount():
            self.popup.hide()
            return
        place = self.cursorRect()
        bar = self.popup.verticalScrollBar().sizeHint().width()
        place.setWidth(self.popup.sizeHintForColumn(0) + bar + 8)
        self.completer.complete(place)
        # a brace alone may begin some JSON: then Return is to be a line break
        if begun:
            self.popup.setCurrentIndex(self.completer.completionModel().index(0, 0))
        else:
            self.popup.clearSelection()

    def _complete(self, name: str) -> None:
        """Put a whole placeholder in the place of what is typed of it."""
        begun = self._begun()
        if begun is None:
            return
        cursor = self.textCursor()
        cursor.movePosition(
            QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, _utf16_length(begun)
        )
        cursor.insertText(name)
        if self.document().characterAt(cursor.position()) == "}":
            cursor.movePosition(QTextCursor.MoveOperation.Right)
        else:
            cursor.insertText("}")
        self.setTextCursor(cursor)

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_open = self.popup.isVisible()
        if is_open and event.key() in _LIST_KEYS:
            if event.key() == Qt.Key.Key_Escape or self.popup.selectionModel().hasSelection():
                # the list takes them
                event.ignore()
                return
            self.popup.hide()
            is_open = False
        super().keyPressEvent(event)
        if is_open or event.text() == "{":
            self._offer()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._placeholders.use_palette(self.palette())
            self._placeholders.rehighlight()
        super().changeEvent(event)
