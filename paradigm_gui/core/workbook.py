"""Writes Excel workbooks of typed cells, row by row, straight into their archive.

Nothing is left to be done at the end, so a large one can be given up at any row, and tells how far it is.
Texts stand in their cells, not in a table of shared texts, which would have to be kept until the end.
"""

from __future__ import annotations

import math
import re
import zipfile
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, BinaryIO
from xml.sax.saxutils import quoteattr

from paradigm_gui.core.errors import UserFacingError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from types import TracebackType
    from typing import Self

    Cell = str | int | float | bool | None

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
MOST_CHARACTERS = 32_767
# what an archive holds that every program reads, and what Python writes into one
_MOST_BYTES = zipfile.ZIP64_LIMIT
# the fastest that zlib has: the default takes four times as long, for files that are a third smaller
_COMPRESSION = 1
_CHARACTERS_A_WRITE = 65_536

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"

# the second format is bold
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_SHEETS}">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Spreadsheets read _x0041_ as the letter of that number; only an underscore that is written so stays one.
_LIKE_A_NUMBER = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_NOT_PLAIN = re.compile("[&<>_\r\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# more characters than these could be more units of UTF-16 than a cell can hold
_SURELY_FITTING = MOST_CHARACTERS // 2


class Workbook:
    """A workbook in a file, whose sheets, known by their names, are written one after the other.

    `cut_note` ends texts that were too long for their cell. When the block that it is used in fails, what
    has come into the file is no workbook.
    """

    def __init__(self, file: BinaryIO, names: Sequence[str], cut_note: str) -> None:
        self._outlet = _Outlet(file)
        self._archive = zipfile.ZipFile(
            self._outlet, "w", zipfile.ZIP_DEFLATED, allowZip64=False, compresslevel=_COMPRESSION
        )
        self._cut_note = cut_note
        self._names = names
        self._sheets = 0

    def __enter__(self) -> Self:
        # what tells programs the kind of an archive comes first
        for path, text in _frame_of(self._names).items():
            with self._part(path) as part:
                part.write(text.encode())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self._outlet.close()
        self._archive.close()

    @contextmanager
    def sheet(self, widths: Sequence[int], *, is_head_fixed: bool = False) -> Iterator[Sheet]:
        """Give the next sheet, with columns of so many characters; its first row may stay in sight."""
        self._sheets += 1
        with self._part(f"xl/worksheets/sheet{self._sheets}.xml") as part:
            sheet = Sheet(part, self._cut_note)
            sheet.begin(widths, is_first=self._sheets == 1, is_head_fixed=is_head_fixed)
            yield sheet
            sheet.end()

    @contextmanager
    def _part(self, path: str) -> Iterator[IO[bytes]]:
        with self._archive.open(path, "w") as part:
            try:
                yield part
            except BaseException:
                self._outlet.close()  # the part is about to write its end
                raise


def _frame_of(names: Sequence[str]) -> dict[str, str]:
    """Give the parts of a workbook, but for its sheets, and where they stand."""
    numbers = range(1, len(names) + 1)
    types = {"/xl/workbook.xml": "sheet.main", "/xl/styles.xml": "styles"}
    types |= {f"/xl/worksheets/sheet{number}.xml": "worksheet" for number in numbers}
    overrides = "".join(
        f'<Override PartName="{path}" ContentType="{_TYPES}.{kind}+xml"/>' for path, kind in types.items()
    )
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, name in zip(numbers, names, strict=True)
    )
    relations = [(f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
    return {
        "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": _relations([("rId1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'{_XML}<workbook xmlns="{_SHEETS}" xmlns:r="{_OFFICE}">'
        f"<bookViews><workbookView/></bookViews><sheets>{sheets}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relations([*relations, ("rIdStyles", "styles", "styles.xml")]),
        "xl/styles.xml": _STYLES,
    }


def _relations(relations: Iterable[tuple[str, str, str]]) -> str:
    return (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
            for key, kind, target in relations
        )
        + "</Relationships>"
    )


class Sheet:
    """A sheet that is filled row by row with typed cells, and counts those that it had to cut."""

    def __init__(self, part: IO[bytes], cut_note: str) -> None:
        self._part = part
        self._cut_note = cut_note
        self._places: list[str] = []
        self._waiting: list[str] = []
        self._characters = 0
        self._bytes = 0
        self.rows = 0
        self.cut_cells = 0

    def begin(self, widths: Sequence[int], *, is_first: bool, is_head_fixed: bool) -> None:
        self._places = [f'<c r="{_letters_of(column)}' for column in range(len(widths))]
        pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        columns = "".join(
            f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
            for number, width in enumerate(widths, 1)
        )
        self._write(
            f'{_XML}<worksheet xmlns="{_SHEETS}"><sheetViews>'
            f'<sheetView tabSelected="{int(is_first)}" workbookViewId="0">{pane if is_head_fixed else ""}'
            f"</sheetView></sheetViews><cols>{columns}</cols><sheetData>"
        )

    def append(self, cells: Iterable[Cell], *, is_bold: bool = False) -> None:
        """Write a row of at most as many cells as there are widths; `None` and "" leave theirs empty.

        Raises `UserFacingError`.
        """
        if self.rows == MOST_ROWS:
            raise UserFacingError("too_many_results", limit=MOST_ROWS)
        self.rows += 1
        style = f'{self.rows}" s="1"' if is_bold else f'{self.rows}"'
        row = [f'<row r="{self.rows}">']
        for column, value in enumerate(cells):
            if value is None or value == "":
                continue
            place = self._places[column] + style
            if isinstance(value, bool):
                row.append(f'{place} t="b"><v>{value:d}</v></c>')
            elif isinstance(value, int | float) and math.isfinite(value):
                row.append(f"{place}><v>{value!r}</v></c>")
            else:
                text = self._fitting(str(value))
                row.append(f'{place} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>')
        row.append("</row>")
        self._write("".join(row))

    def end(self) -> None:
        self._write("</sheetData></worksheet>")
        self._flush()

    def _fitting(self, text: str) -> str:
        """Give a text as it stands in the file, cut to what a cell can hold."""
        if not _NOT_PLAIN.search(text) and len(text) <= _SURELY_FITTING:
            return text
        text = _NOT_IN_XML.sub("", text)
        # spreadsheets count units of UTF-16
        units = text.encode("utf-16-le")
        if len(units) > 2 * MOST_CHARACTERS:
            self.cut_cells += 1
            kept = units[: 2 * (MOST_CHARACTERS - len(self._cut_note))]
            text = kept.decode("utf-16-le", "ignore") + self._cut_note
        text = _LIKE_A_NUMBER.sub("_x005F_", text)
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")

    def _write(self, text: str) -> None:
        self._waiting.append(text)
        self._characters += len(text)
        if self._characters >= _CHARACTERS_A_WRITE:
            self._flush()

    def _flush(self) -> None:
        data = "".join(self._waiting).encode()
        self._bytes += len(data)
        if self._bytes > _MOST_BYTES:
            raise UserFacingError("too_many_results", limit=self.rows - 1)
        self._part.write(data)
        self._waiting.clear()
        self._characters = 0


def _letters_of(column: int) -> str:
    """Name a column as spreadsheets do: A to Z, then AA."""
    before, last = divmod(column, 26)
    return (_letters_of(before - 1) if before else "") + chr(ord("A") + last)


class _Outlet:
    """Passes on what is written until it is closed.

    An archive that is given up writes its end nevertheless, sooner or later, and with a full disk fails in
    that again. Without a way back in the file, it also writes nothing twice.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._is_closed = False

    def close(self) -> None:
        self._is_closed = True

    def write(self, data: bytes) -> int:
        return len(data) if self._is_closed else self._file.write(data)

    def flush(self) -> None:
        if not self._is_closed:
            self._file.flush()
