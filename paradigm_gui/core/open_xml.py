"""Cells of Office Open XML workbooks (XLSX), as the file shows them: `01000`, `50%`, `02/01/2024`, `#N/A`.

Read as a stream of XML, each value with the format of its cell.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from paradigm_gui.core.delimited import MAX_CELL_CHARACTERS
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.number_formats import general, number_format
from paradigm_gui.core.open_document import MAX_COLUMNS, Document
from paradigm_gui.core.text_files import MAX_TEXT_BYTES, unwatched
from paradigm_gui.core.xml_stream import read_elements

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from paradigm_gui.core.number_formats import NumberFormat
    from paradigm_gui.core.text_files import OnProgress
    from paradigm_gui.core.xml_stream import Elements

# Of the parts of which everything is kept: all but the cells and their texts.
_MAX_PART_BYTES = 64 * 1024 * 1024
_ROOT = ""
_WORKBOOK = "xl/workbook.xml"
_OFFICE_DOCUMENT, _WORKSHEET, _STYLES, _STRINGS = "officeDocument", "worksheet", "styles", "sharedStrings"
# Excel writes what XML cannot hold in this way, line breaks of old systems among them.
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_PLACE = re.compile("([A-Za-z]{1,3})[0-9]+")
_SHORT_INTEGER = 15


def read_workbook(
    path: Path,
    archive: zipfile.ZipFile,
    sheet: str | None,
    max_rows: int,
    max_cells: int,
    on_progress: OnProgress = unwatched,
) -> Document:
    """Read the sheet of that name, or the first one that is shown and not empty; raises `UserFacingError`."""
    return _Workbook(path, archive).document(sheet, max_rows, max_cells, on_progress)


class _Workbook:
    """The parts of a workbook, which refer to each other. Names of parts are the same in any case."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self._path = path
        self._archive = archive
        self._members = {member.filename.lower(): member for member in archive.infolist()}
        book = self._relations(_ROOT).first(_OFFICE_DOCUMENT) or _WORKBOOK
        self._parts = self._relations(book)
        self._book = _Book()
        self._read(book, self._book)

    def document(
        self, wanted: str | None, max_rows: int, max_cells: int, on_progress: OnProgress
    ) -> Document:
        targets = {
            name: self._parts.targets.get(relation, "")
            for name, relation in self._book.sheets
            if self._parts.types.get(relation, _WORKSHEET) == _WORKSHEET
        }
        document = Document(list(targets))
        if wanted is not None and wanted not in targets:
            raise UserFacingError("unknown_sheet", path=str(self._path), sheet=wanted, known=tuple(targets))
        wanted_sheets = targets if wanted is None else (wanted,)
        strings = _Strings(self._path, max_cells)
        part = self._parts.first(_STRINGS)
        steps = self._steps([part, *(targets[name] for name in wanted_sheets)], on_progress)
        if part:
            self._read(part, strings, next(steps), is_whole=False)
        else:
            next(steps)
        styles = _Styles(is_1904=self._book.is_1904)
        if part := self._parts.first(_STYLES):
            self._read(part, styles)
        for name in wanted_sheets:
            cells = _Cells(self._path, strings.texts, styles.formats, max_rows, max_cells)
            self._read(targets[name], cells, next(steps), is_whole=False)
            if cells.rows or name == wanted:
                document.sheet = name
                document.records = sorted(cells.rows.items())
                break
        else:
            document.sheet = next(iter(targets), "")
        return document

    def _steps(self, parts: Sequence[str], on_progress: OnProgress) -> Iterator[OnProgress]:
        """How far each of the parts, read one after the other, brings the whole; a missing one is empty."""
        members = [self._members.get(part.lower()) for part in parts]
        sizes = [member.file_size if member else 0 for member in members]
        total = max(1, sum(sizes))

        def step(before: int, size: int) -> OnProgress:
            return lambda share: on_progress((before + share * size) / total)

        for place, size in enumerate(sizes):
            yield step(sum(sizes[:place]), size)

    def _relations(self, part: str) -> _Relations:
        """What a part of the workbook, or the file as a whole, refers to."""
        folder, name = posixpath.split(part)
        found = _Relations(folder)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations.lower() in self._members:
            self._read(relations, found)
        return found

    def _read(
        self, part: str, elements: Elements, on_progress: OnProgress = unwatched, *, is_whole: bool = True
    ) -> None:
        member = self._members.get(part.lower())
        if member is None or (is_whole and member.file_size > _MAX_PART_BYTES):
            raise UserFacingError("bad_spreadsheet", path=str(self._path))
        size = max(1, member.file_size)
        with self._archive.open(member) as file:
            read_elements(self._path, file, elements, lambda position: on_progress(position / size))


class _Attributes:
    """Elements that say all in their attributes; a subclass takes them in."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        raise NotImplementedError

    def end(self, name: str) -> None:
        """Nothing ends here."""

    def text(self, text: str) -> None:
        """Nothing is said in texts."""


class _Relations(_Attributes):
    """Where the parts are that another one refers to, and of which type."""

    def __init__(self, folder: str) -> None:
        self.targets: dict[str, str] = {}
        self.types: dict[str, str] = {}
        self._folder = folder

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "Relationship" and attributes.get("TargetMode") != "External":
            key = attributes.get("Id", "")
            # relative to the part that refers to it, unless it begins with a slash
            path = posixpath.join("/", self._folder, attributes.get("Target", ""))
            self.targets[key] = posixpath.normpath(path).lstrip("/")
            self.types[key] = attributes.get("Type", "").rpartition("/")[2]

    def first(self, kind: str) -> str:
        return next((self.targets[key] for key, found in self.types.items() if found == kind), "")


class _Book(_Attributes):
    """The sheets that are shown, with their relations, and how the book counts days."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.is_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match _local(name):
            case "sheet" if attributes.get("state", "visible") == "visible":
                relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
                self.sheets.append((attributes.get("name", ""), relation))
            case "workbookPr":
                self.is_1904 = attributes.get("date1904") in ("1", "true")


class _Styles(_Attributes):
    """The formats of the cells' styles, by their number."""

    def __init__(self, *, is_1904: bool) -> None:
        self.formats: list[NumberFormat | None] = []
        self._is_1904 = is_1904
        self._codes: dict[str, str] = {}
        self._made: dict[str, NumberFormat | None] = {}
        self._is_of_cells = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match _local(name):
            case "numFmt":
                self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
            case "cellXfs":
                self._is_of_cells = True
            case "xf" if self._is_of_cells:
                self.formats.append(self._format(attributes.get("numFmtId", "0")))

    def end(self, name: str) -> None:
        if _local(name) == "cellXfs":
            self._is_of_cells = False

    def _format(self, number: str) -> NumberFormat | None:
        if number not in self._made:
            known = int(number) if number.isdecimal() else 0
            self._made[number] = number_format(known, self._codes.get(number), is_1904=self._is_1904)
        return self._made[number]


class _Strings:
    """The texts that cells refer to by their number."""

    def __init__(self, path: Path, most: int) -> None:
        self.texts: list[str] = []
        self._path = path
        self._most = most
        self._parts: list[str] = []
        self._length = 0
        self._is_text = False
        self._in_phonetic = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        match _local(name):
            case "si":
                self._parts, self._length = [], 0
            case "t":
                self._is_text = not self._in_phonetic
            case "rPh":
                self._in_phonetic = True

    def end(self, name: str) -> None:
        match _local(name):
            case "si":
                if len(self.texts) == self._most:
                    raise UserFacingError("too_many_cells", path=str(self._path), limit=self._most)
                self.texts.append(_unescaped("".join(self._parts)))
            case "t":
                self._is_text = False
            case "rPh":
                self._in_phonetic = False

    def text(self, text: str) -> None:
        # what is longer is refused where a cell shows it, and need not be kept
        if self._is_text and self._length <= MAX_CELL_CHARACTERS:
            self._parts.append(text)
            self._length += len(text)


class _Cells:
    """Takes the cells of a sheet as they come. Hidden rows and columns are read like all others."""

    def __init__(
        self,
        path: Path,
        strings: list[str],
        formats: list[NumberFormat | None],
        max_rows: int,
        max_cells: int,
    ) -> None:
        self.rows: dict[int, list[str]] = {}
        self._path = path
        self._strings = strings
        self._formats = formats
        self._max_rows = max_rows
        self._max_cells = max_cells
        self._count = 0
        self._characters = 0
        self._line = 0
        self._column = -1
        self._columns: dict[str, int] = {}
        self._cells: list[str] = []
        self._type = "n"
        self._style = 0
        self._parts: list[str] = []
        self._length = 0
        self._is_value = False
        self._in_phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if ":" in name:
            name = _local(name)
        if name == "c":
            self._start_cell(attributes)
        elif name in ("v", "t"):
            self._is_value = not self._in_phonetic
        elif name == "row":
            # rows and cells need not say their place: then they follow the one before
            line = attributes.get("r", "")
            self._line = int(line[:12]) if line.isdecimal() else self._line + 1
            self._column = -1
            self._cells = self.rows.get(self._line, [])
        elif name == "rPh":
            self._in_phonetic = True

    def end(self, name: str) -> None:
        if ":" in name:
            name = _local(name)
        if name == "c":
            self._end_cell()
        elif name in ("v", "t"):
            self._is_value = False
        elif name == "rPh":
            self._in_phonetic = False

    def text(self, text: str) -> None:
        if not self._is_value:
            return
        self._parts.append(text)
        self._length += len(text)
        if self._length > MAX_CELL_CHARACTERS:
            raise UserFacingError(
                "cell_too_large", path=str(self._path), line=self._line, limit=MAX_CELL_CHARACTERS
            )

    def _start_cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r")
        self._column = self._column + 1 if place is None else self._column_of(place)
        self._type = attributes.get("t", "n")
        self._style = int(attributes.get("s", "0"))
        self._parts, self._length = [], 0

    def _end_cell(self) -> None:
        if not self._parts:
            return
        text = self._shown("".join(self._parts))
        self._parts = []
        if text:
            self._put(text)

    def _put(self, text: str) -> None:
        # a format may make a text of its own for each cell that refers to the same one
        self._characters += len(text)
        if self._characters > MAX_TEXT_BYTES:
            raise UserFacingError(
                "file_too_large", path=str(self._path), size=self._characters, limit=MAX_TEXT_BYTES
            )
        cells, column = self._cells, self._column
        if column < len(cells):
            cells[column] = text
            return
        if self._line > self._max_rows:
            raise UserFacingError("too_many_rows", path=str(self._path), limit=self._max_rows)
        if column >= MAX_COLUMNS:
            raise UserFacingError("too_many_columns", path=str(self._path), limit=MAX_COLUMNS)
        self._count += column + 1 - len(cells)
        if self._count > self._max_cells:
            raise UserFacingError("too_many_cells", path=str(self._path), limit=self._max_cells)
        if not cells:
            self.rows[self._line] = cells
        if column > len(cells):
            cells += [""] * (column - len(cells))
        cells.append(text)

    def _shown(self, value: str) -> str:
        form = self._formats[self._style] if 0 <= self._style < len(self._formats) else None
        match self._type:
            case "s":
                text = self._strings[abs(int(value))]
                return form.text(text) if form else text
            case "n":
                return _number(value, form)
            case "str" | "inlineStr":
                text = _unescaped(value)
                return form.text(text) if form else text
            case "b":
                return "TRUE" if value.strip() in ("1", "true") else "FALSE"
            case "d":
                return value.replace("T", " ")
            case _:  # an error, such as #N/A
                return value

    def _column_of(self, place: str) -> int:
        match = _PLACE.fullmatch(place)
        if match is None:
            raise UserFacingError("bad_spreadsheet", path=str(self._path))
        letters = match[1]
        if letters not in self._columns:
            number = 0
            for letter in letters.upper():
                number = number * 26 + ord(letter) - ord("A") + 1
            self._columns[letters] = number - 1
        return self._columns[letters]


def _number(value: str, form: NumberFormat | None) -> str:
    if (
        form is None
        and value.isdecimal()
        and len(value) <= _SHORT_INTEGER
        and (value[0] != "0" or value == "0")
    ):
        return value
    try:
        number = float(value)
    except ValueError:
        return value
    # no number has more than 308 digits, whatever is written there
    if number - number != 0:
        return value
    return form.number(number) if form else general(number)


def _unescaped(text: str) -> str:
    if "_x" not in text:
        return text
    characters = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    # two escapes may stand for one character; half of one stands for none
    return characters.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _local(name: str) -> str:
    return name.rpartition(":")[2]
