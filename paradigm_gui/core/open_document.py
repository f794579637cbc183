"""Cells of OpenDocument spreadsheets, as the file shows them: `0007`, `50 %`, `02/01/24`, line breaks.

Read as a stream of XML, so that a cell said to be there a million times takes no room before it is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from paradigm_gui.core.delimited import MAX_CELL_CHARACTERS
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.text_files import unwatched
from paradigm_gui.core.xml_stream import read_elements

if TYPE_CHECKING:
    from pathlib import Path

    from paradigm_gui.core.text_files import OnProgress

MAX_COLUMNS = 16_384

_SPACE = re.compile("[ \t\r\n]+")
_TABLE = "table:table"
_ROW = "table:table-row"
_CELLS = ("table:table-cell", "table:covered-table-cell")
_PARAGRAPH = "text:p"
_COMMENT = "office:annotation"
_BREAKS = {"text:tab": "\t", "text:line-break": "\n"}
# Where a cell without a text keeps what it holds.
_VALUES = (
    "office:string-value",
    "office:value",
    "office:date-value",
    "office:time-value",
    "office:boolean-value",
)


@dataclass(slots=True)
class Document:
    """The sheets that are shown, and of the one that was looked for the rows that hold something."""

    names: list[str] = field(default_factory=list)
    sheet: str = ""
    records: list[tuple[int, list[str]]] = field(default_factory=list)


def read_content(
    path: Path,
    file: IO[bytes],
    sheet: str | None,
    max_rows: int,
    max_cells: int,
    on_position: OnProgress = unwatched,
) -> Document:
    """Read `content.xml`: the sheet of that name, or the first one that is shown and not empty.

    Raises `UserFacingError`. `on_position` is told how many bytes have been read.
    """
    content = _Content(path, sheet, max_rows, max_cells)
    read_elements(path, file, content, on_position)
    document = content.document
    if sheet is not None and sheet not in document.names:
        raise UserFacingError("unknown_sheet", path=str(path), sheet=sheet, known=document.names)
    return document


class _Content:
    """Takes the elements of a document as they come. Empty cells and rows wait until something follows."""

    def __init__(self, path: Path, sheet: str | None, max_rows: int, max_cells: int) -> None:
        self.document = Document()
        self._path = path
        self._wanted = sheet
        self._max_rows = max_rows
        self._max_cells = max_cells
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._is_reading = False
        self._line = 0
        self._row_repeats = 1
        self._cells: list[str] = []
        self._empty_cells = 0
        self._count = 0
        self._cell_attributes: dict[str, str] = {}
        self._paragraphs: list[list[str]] = []
        self._length = 0
        self._in_paragraph = 0
        self._in_comment = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "style:style":
            self._style = attributes.get("style:name", "")
        elif name == "style:table-properties":
            if attributes.get("table:display") == "false":
                self._hidden_styles.add(self._style)
        elif name == _TABLE:
            self._start_table(attributes)
        elif not self._is_reading:
            return
        elif name == _ROW:
            self._row_repeats = _repeats(attributes, "rows")
            self._cells, self._empty_cells = [], 0
        elif name in _CELLS:
            self._cell_attributes, self._paragraphs, self._length = attributes, [], 0
        elif name == _COMMENT:
            self._in_comment += 1
        elif self._in_comment:
            return
        elif name == _PARAGRAPH:
            self._in_paragraph += 1
            self._paragraphs.append([])
        elif name == "text:s":
            spaces = attributes.get("text:c", "1")
            self._add(" " * min(int(spaces) if spaces.isdecimal() else 1, MAX_CELL_CHARACTERS + 1))
        elif name in _BREAKS:
            self._add(_BREAKS[name])

    def end(self, name: str) -> None:
        if not self._is_reading:
            return
        if name in _CELLS:
            self._end_cell()
        elif name == _ROW:
            self._end_row()
        elif name == _COMMENT:
            self._in_comment -= 1
        elif name == _PARAGRAPH and not self._in_comment:
            self._in_paragraph -= 1
        elif name == _TABLE:
            self._is_reading = False

    def text(self, text: str) -> None:
        if self._is_reading and not self._in_comment:
            self._add(_SPACE.sub(" ", text))

    def _start_table(self, attributes: dict[str, str]) -> None:
        document = self.document
        if attributes.get("table:style-name") in self._hidden_styles:
            return
        name = attributes.get("table:name", "")
        document.names.append(name)
        is_first = self._wanted is None and not document.records
        if is_first or name == self._wanted:
            document.sheet = name
            self._is_reading = True
            self._line = 0

    def _add(self, text: str) -> None:
        if not self._in_paragraph:
            return
        self._length += len(text)
        if self._length > MAX_CELL_CHARACTERS:
            raise UserFacingError(
                "cell_too_large", path=str(self._path), line=self._line + 1, limit=MAX_CELL_CHARACTERS
            )
        self._paragraphs[-1].append(text)

    def _end_cell(self) -> None:
        attributes = self._cell_attributes
        repeats = _repeats(attributes, "columns")
        text = "\n".join(map("".join, self._paragraphs))
        if not self._paragraphs:
            text = next((attributes[name] for name in _VALUES if name in attributes), "")
        if not text:
            self._empty_cells += repeats
            return
        width = len(self._cells) + self._empty_cells + repeats
        if width > MAX_COLUMNS:
            raise UserFacingError("too_many_columns", path=str(self._path), limit=MAX_COLUMNS)
        self._cells += [""] * self._empty_cells + [text] * repeats
        self._empty_cells = 0

    def _end_row(self) -> None:
        if not self._cells:
            self._line += self._row_repeats
            return
        if self._line + self._row_repeats > self._max_rows:
            raise UserFacingError("too_many_rows", path=str(self._path), limit=self._max_rows)
        self._count += len(self._cells) * self._row_repeats
        if self._count > self._max_cells:
            raise UserFacingError("too_many_cells", path=str(self._path), limit=self._max_cells)
        self.document.records += (
            (self._line + copy, self._cells) for copy in range(1, self._row_repeats + 1)
        )
        self._line += self._row_repeats


def _repeats(attributes: dict[str, str], kind: str) -> int:
    number = attributes.get(f"table:number-{kind}-repeated", "1")
    return max(1, int(number[:12])) if number.isdecimal() else 1
