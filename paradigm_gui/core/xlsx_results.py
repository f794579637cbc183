"""Results as an Excel workbook of typed cells: a sheet of results, and one of settings and figures."""

from __future__ import annotations

import math
import re
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError, FileSizeError
from xlsxwriter.worksheet import Worksheet

from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.results_table import ColumnKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from xlsxwriter.format import Format

    from paradigm_gui.core.results_table import ResultsTable, Value

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
MOST_CHARACTERS = 32_767
# more characters than these could be more units of UTF-16 than a cell can hold
_SURELY_FITTING = MOST_CHARACTERS // 2

_NARROWEST, _WIDEST = 8, 45  # characters
_LINE_POINTS = 15
_LOOSE = 8
_MOST_LINES = 27  # of which a row shows what fits into 409 points
_ARROW = 3  # what the button of a filter hides of a title, in characters
_NOT_IN_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
# Spreadsheets read _x0041_ as the letter of that number; only an underscore that is written so stays one.
_LIKE_AN_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f]")
_A4 = 9

# Writing rows takes about so much of the whole; the rest is packing them.
_SHARE_OF_ROWS = 0.6
# sheets become smaller at least by so much
_PACKED = 8


def write_xlsx(file: BinaryIO, table: ResultsTable, folder: Path, on_share: Callable[[float], None]) -> int:
    """Write a workbook; returns how many cells had to be cut.

    What is still to be packed lies in `folder` meanwhile, on the disk where the file is to be. `on_share`
    hears now and then how much is done, and gives the file up by raising.
    """
    if len(table.columns) > MOST_COLUMNS:
        raise UserFacingError("too_many_columns", limit=MOST_COLUMNS)
    if table.count >= MOST_ROWS:
        raise UserFacingError("too_many_results", limit=MOST_ROWS - 1)
    outlet = _Outlet(file)
    with TemporaryDirectory(prefix=".paradigm-", dir=folder, ignore_cleanup_errors=True) as temporary:
        options = {
            "constant_memory": True,
            "tmpdir": temporary,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        book = Workbook(outlet, options)
        with _given_up_whole(book, outlet):
            cut_cells = _write_sheets(book, table, lambda share: on_share(_SHARE_OF_ROWS * share))
            outlet.listen(_packing(temporary, on_share))
            try:
                book.close()
            except FileSizeError as error:
                raise UserFacingError("too_many_results", limit=table.count - 1) from error
            except FileCreateError as error:
                raise (error.__context__ or error) from None
    return cut_cells


def _packing(folder: str, on_share: Callable[[float], None]) -> Callable[[int], None]:
    """Tell from the bytes that have been written about how much of what lies in a folder is packed."""
    expected = max(1, sum(part.stat().st_size for part in Path(folder).iterdir()) // _PACKED)
    return lambda size: on_share(_SHARE_OF_ROWS + (1 - _SHARE_OF_ROWS) * min(1.0, size / expected))


@contextmanager
def _given_up_whole(book: Workbook, outlet: _Outlet) -> Iterator[None]:
    """When the block fails, leave nothing open that would write its end later."""
    try:
        yield
    except BaseException:
        outlet.close()
        for sheet in book.worksheets():
            with suppress(OSError):  # the disk may be full
                sheet.row_data_fh.close()
        raise


def _write_sheets(book: Workbook, table: ResultsTable, on_share: Callable[[float], None]) -> int:
    info = table.info
    cells = _Cells(book, f" […] {info.label('cut')}")
    results = book.add_worksheet(info.label("results").capitalize(), _Sheet)
    run = book.add_worksheet(info.label("run").capitalize(), _Sheet)
    kinds = [column.kind for column in table.columns]
    titles = table.header
    widths = [
        min(max(longest + 1, len(title) + _ARROW, _NARROWEST), _WIDEST)
        for title, longest in zip(titles, table.longest_cells(), strict=True)
    ]
    _set_height(results, 0, titles, widths)
    for place, title in enumerate(titles):
        results.set_column(place, place, widths[place])
        cells.write(results, 0, place, title, cells.head)
    for number, row in enumerate(table.rows(), 1):
        _set_height(results, number, row, widths)
        for place, value in enumerate(row):
            if value is None or value == "":
                continue
            cells.write_as(kinds[place], results, number, place, value)
        on_share(number / table.count)
    results.freeze_panes(1, 0)
    if table.columns:
        results.autofilter(0, 0, table.count, len(table.columns) - 1)
    _set_up_print(results)
    results.repeat_rows(0)
    _write_run(run, cells, table)
    return cells.cut


def _set_height(sheet: Worksheet, number: int, row: Sequence[Value], widths: Sequence[int]) -> None:
    """Make a row as high as its texts: not every program finds that out by itself."""
    lines = 1
    for value, width in zip(row, widths, strict=True):
        if isinstance(value, str) and (len(value) > width or "\n" in value):
            # words do not fill their lines to the end
            breaks = (
                1 + (len(line) + len(line) // _LOOSE) // width for line in value.split("\n", _MOST_LINES)
            )
            lines = max(lines, sum(breaks))
    if lines > 1:
        sheet.set_row(number, _LINE_POINTS * min(lines, _MOST_LINES))


def _set_up_print(sheet: Worksheet) -> None:
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P / &N")


def _write_run(sheet: Worksheet, cells: _Cells, table: ResultsTable) -> None:
    info = table.info
    lines: list[tuple[Sequence[Value], Format | None]] = [
        ([info.label("title"), info.title], None),
        ([info.label("used_model"), info.model], None),
        ([info.label("endpoint"), info.endpoint], None),
    ]
    if info.simulated:
        lines.append(([info.label("simulated")], cells.bold))
    for heading, own in (("settings", info.settings), ("figures", info.measures)):
        lines += [([], None), ([info.label(heading)], cells.bold)]
        lines += [(line, None) for line in own]
    if cells.cut:
        lines += [([], None), ([info.label("cells_cut"), cells.cut], None)]
    for number, (line, style) in enumerate(lines):
        for place, value in enumerate(line):
            if value is not None and value != "":
                kind = ColumnKind.SECONDS if isinstance(value, float) else ColumnKind.VALUE
                if style:
                    cells.write(sheet, number, place, str(value), style)
                else:
                    cells.write_as(kind, sheet, number, place, value)
    names = [str(line[0]) for line, _ in lines if len(line) > 1]
    sheet.set_column(0, 0, min(max(map(len, names), default=0) + 1, _WIDEST))
    sheet.set_column(1, 1, _WIDEST)
    _set_up_print(sheet)


class _Cells:
    """Writes cells of each kind, and counts those that it had to cut."""

    def __init__(self, book: Workbook, cut_note: str) -> None:
        self.cut = 0
        self.bold = book.add_format({"bold": True})
        self.head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self._book = book
        self._cut_note = cut_note
        self._text = book.add_format({"text_wrap": True, "valign": "top"})
        self._value = book.add_format({"valign": "top"})
        self._seconds = book.add_format({"valign": "top", "num_format": "0.000"})
        self._date = book.add_format({"valign": "top", "num_format": "yyyy\\-mm\\-dd"})
        self._decimals: dict[int, Format] = {}

    def write_as(self, kind: ColumnKind, sheet: Worksheet, row: int, place: int, value: Value) -> None:
        """Write a value that is not empty, with the type that its column has."""
        if isinstance(value, int | float) and math.isfinite(value):
            style = self._seconds if kind is ColumnKind.SECONDS and isinstance(value, float) else self._value
            sheet.write_number(row, place, value, style)
        elif kind is ColumnKind.NUMBER:
            text = str(value)
            sheet.write_number(row, place, float(text), self._with_decimals(len(text.partition(".")[2])))
        elif kind is ColumnKind.DATE:
            sheet.write_datetime(row, place, date.fromisoformat(str(value)), self._date)
        else:
            self.write(sheet, row, place, str(value), self._text)

    def write(self, sheet: Worksheet, row: int, place: int, text: str, style: Format) -> None:
        sheet.write_string(row, place, self._fitting(text), style)

    def _with_decimals(self, count: int) -> Format:
        if count not in self._decimals:
            code = "0." + "0" * count if count else "0"
            self._decimals[count] = self._book.add_format({"valign": "top", "num_format": code})
        return self._decimals[count]

    def _fitting(self, text: str) -> str:
        """Give a text as a cell can hold it: without halves of characters, and cut where it is too long."""
        text = _NOT_IN_XML.sub("\ufffd", text)
        if len(text) <= _SURELY_FITTING:
            return text
        # spreadsheets count units of UTF-16
        units = text.encode("utf-16-le")
        if len(units) <= 2 * MOST_CHARACTERS:
            return text
        self.cut += 1
        kept = units[: 2 * (MOST_CHARACTERS - len(self._cut_note))]
        return kept.decode("utf-16-le", "ignore") + self._cut_note


class _Sheet(Worksheet):  # type: ignore[misc] # the library has no types
    """A sheet in which every text comes back as it was.

    WORKAROUND: of two escapes with a common underscore, as in `_x0041_x0042_`, XlsxWriter itself keeps only
    the first from being read as a character. A text in `<r>` it takes for markup of its own.
    """

    def _escape_control_characters(self, string: str) -> str:
        string = _LIKE_AN_ESCAPE.sub("_x005F_", string)
        string = _CONTROL.sub(lambda match: f"_x{ord(match[0]):04X}_", string)
        return string.replace("<", "_x003C_", 1) if string.startswith("<r>") else string


class _Outlet:
    """The file as an archive writes it: tells how much has come, and passes nothing on once it is closed.

    An archive that is given up writes its end nevertheless, sooner or later, and with a full disk fails in
    that again.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._size = 0
        self._is_closed = False
        self._on_size: Callable[[int], None] = lambda _size: None

    def listen(self, on_size: Callable[[int], None]) -> None:
        self._on_size = on_size

    def close(self) -> None:
        self._is_closed = True

    def write(self, data: bytes) -> int:
        if self._is_closed:
            return len(data)
        self._size += len(data)
        self._on_size(self._size)
        return self._file.write(data)

    def flush(self) -> None:
        if not self._is_closed:
            self._file.flush()
