"""The editor of the prompt: placeholders stand out, unknown ones are marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData
from PySide6.QtGui import QColor, QPalette, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit, QWidget

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


class TemplateEdit(PromptEdit):
    """Edits a template for given columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._placeholders = _Placeholders(self.document(), self.palette())

    def set_columns(self, columns: Sequence[str]) -> None:
        if list(columns) != list(self._placeholders.columns):
            self._placeholders.columns = list(columns)
            self._placeholders.rehighlight()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._placeholders.use_palette(self.palette())
            self._placeholders.rehighlight()
        super().changeEvent(event)
