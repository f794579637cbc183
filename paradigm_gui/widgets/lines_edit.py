"""The editor of rows that are lines: files, cells and very long texts that come into it go elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from paradigm_gui.core.tables import pasted_table, rows_from_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QMimeData

    from paradigm_gui.core.batch import Row

# An editor lays out every line; beyond this, lines are shown as a table, which draws only what is seen.
MOST_EDITED_LINES = 20_000
MOST_EDITED_CHARACTERS = 2_000_000


class LinesEdit(QPlainTextEdit):
    """One row a line. Files dropped or pasted are opened; very long texts and cells become a table.

    Signals:
        file_given(Path), long_text_given(str), table_given(Table)
    """

    file_given = Signal(object)
    long_text_given = Signal(str)
    table_given = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTabChangesFocus(True)

    def replace_text(self, text: str) -> None:
        """Put another text in; undo brings the old one back."""
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasUrls() or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        path = file_in(source)
        if path is not None:
            self.file_given.emit(path)
        elif table := pasted_table(source.text()):
            self.table_given.emit(table)
        elif is_long(source.text()):
            self.long_text_given.emit(source.text())
        else:
            self.insertPlainText(source.text())


def file_in(source: QMimeData) -> Path | None:
    """The first file that is dropped or pasted, if any is."""
    return next((Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()), None)


def is_long(text: str) -> bool:
    """Whether an editor would take too long to lay the text out."""
    return len(text) > MOST_EDITED_CHARACTERS or text.count("\n") > MOST_EDITED_LINES


def are_lines(rows: Sequence[Row], column: str) -> bool:
    """Whether an editor of lines would give these rows back as they are."""
    lines = "\n".join(row.variables[column] for row in rows)
    return not is_long(lines) and [row.variables for row in rows_from_lines(lines, column)] == [
        row.variables for row in rows
    ]
