"""The editor of the prompt: placeholders stand out, unknown ones are marked, and columns are offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QStringListModel, Qt
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
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
# Keys that change what is in a brace pair, and keys that go within a line: those that leave it open no list.
_DELETING_KEYS = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_GOING_KEYS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)


class TemplateEdit(PromptEdit):
    """Edits a template for given columns; typing `{`, or going back to one that is not closed, offers them.

    The first one is chosen: Return or Tab takes it. After Escape there is no list until the cursor has left
    the braces.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._placeholders = _Placeholders(self.document(), self.palette())
        self._names = QStringListModel(self)
        self._refused_at: int | None = None  # the brace for which no list is wanted
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

    def _brace(self) -> int | None:
        """Where the brace stands that the cursor is behind."""
        begun = self._begun()
        return None if begun is None else self.textCursor().position() - _utf16_length(begun) - 1

    def _rest(self) -> str | None:
        """What is between the cursor and the closing brace; `None` where there is no such brace."""
        after = QTextCursor(self.textCursor())
        after.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        rest, brace, _ = after.selectedText().partition("}")
        return rest if brace and "{" not in rest else None

    def _offer_again(self) -> None:
        """Offer the columns where the cursor came back to a placeholder that is only begun."""
        if self._begun() and self._rest() is None:
            self._offer()
        else:
            self.popup.hide()

    def _offer(self) -> None:
        begun = self._begun()
        if self._refused_at is not None and self._refused_at == self._brace():
            return
        self._refused_at = None
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
        self.popup.setCurrentIndex(self.completer.completionModel().index(0, 0))

    def _complete(self, name: str) -> None:
        """Put a whole placeholder in the place of what is there of it."""
        begun, rest = self._begun(), self._rest()
        if begun is None:
            return
        cursor = self.textCursor()
        start = cursor.position() - _utf16_length(begun)
        end = cursor.position() + (0 if rest is None else _utf16_length(rest) + 1)
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(name + "}")
        self.setTextCursor(cursor)

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_open, key = self.popup.isVisible(), event.key()
        if is_open and key in _LIST_KEYS:
            if key == Qt.Key.Key_Escape:
                self._refused_at = self._brace()
            # the list takes them
            event.ignore()
            return
        is_typing = bool(event.text()) and event.text().isprintable()
        super().keyPressEvent(event)
        if self._brace() is None:
            self._refused_at = None
        if event.text() == "{":
            self._refused_at = None
            self._offer()
        elif is_open or (self._begun() and (key in _DELETING_KEYS or is_typing)):
            self._offer()
        elif key in _GOING_KEYS:
            self._offer_again()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._brace() is None:
            self._refused_at = None
        self._offer_again()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._placeholders.use_palette(self.palette())
            self._placeholders.rehighlight()
        super().changeEvent(event)
