"""Rows of a batch, read from text, CSV, TSV, JSONL and XLSX files."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import lzma
import re
import stat
import struct
import zipfile
import zlib
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

import python_calamine

from paradigm_gui.core.batch import Row
from paradigm_gui.core.errors import UserFacingError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

MAX_ROWS = 1_048_576
MAX_CELLS = 32_000_000
MAX_CELL_CHARACTERS = 1_048_576
MAX_TEXT_BYTES = 500 * 1024 * 1024
MAX_XLSX_BYTES = 64 * 1024 * 1024
MAX_XLSX_UNPACKED_BYTES = 1024 * 1024 * 1024

NAME_COLUMN = "name"
PROMPT_COLUMN = "prompt"

_CSV_FIELD_LIMIT = 16 * 1024 * 1024
_SNIFFED_CHARACTERS = 64 * 1024


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file, numbered without gaps, and how many empty ones were left out."""

    columns: tuple[str, ...]
    rows: list[Row]
    skipped_empty: int


def read_table(path: Path) -> Table:
    """Read a file as its suffix says; anything wrong with it is a `UserFacingError`."""
    suffix = path.suffix.lower()
    if suffix not in _READERS:
        raise UserFacingError("unknown_suffix", path=str(path), suffix=suffix, known=TABLE_SUFFIXES)
    return _READERS[suffix](path)


def rows_from_lines(text: str, column: str) -> list[Row]:
    """Make one row of every line that is not empty, stripped of surrounding whitespace."""
    values = filter(None, map(str.strip, _lines(text)))
    return [Row(index, {column: value}) for index, value in enumerate(values)]


def unique_names(names: Iterable[str]) -> tuple[str, ...]:
    """Name every column once: repeated names are numbered from 2, empty ones by their position."""
    wanted = [name.strip() or f"column {position}" for position, name in enumerate(names, 1)]
    taken = set(wanted)
    seen: dict[str, int] = {}
    unique = []
    for name in wanted:
        number = seen.get(name, 0) + 1
        chosen = name
        if number > 1:
            while (chosen := f"{name} {number}") in taken:
                number += 1
        seen[name] = number
        unique.append(chosen)
    return tuple(unique)


def read_text(path: Path, max_bytes: int = MAX_TEXT_BYTES) -> str:
    """Read a text file: UTF-8, UTF-16 with a byte order mark, or else Windows-1252."""
    data = _read_bytes(path, max_bytes)
    try:
        text = _decode(data)
    except UnicodeDecodeError:
        text = None
    if text is None or "\0" in text:
        raise UserFacingError("not_text", path=str(path))
    return text


def parse_json(text: str, path: Path, first_line: int = 1) -> object:
    """Parse JSON as the standard has it, or say with `bad_json` on which line of `path` it is broken."""
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        line = first_line + error.lineno - 1
    except (ValueError, RecursionError):
        line = first_line
    raise UserFacingError("bad_json", path=str(path), line=line)


def json_text(value: object) -> str:
    """Say what a JSON value is in a cell: strings as they are, null as nothing, the rest as compact JSON."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # JSON can escape half a surrogate pair, which no request could carry.
    return _SURROGATE.sub("\ufffd", text)


_SURROGATE = re.compile("[\ud800-\udfff]")


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _read_bytes(path: Path, max_bytes: int) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UserFacingError("is_a_folder", path=str(path))
        if not stat.S_ISREG(status.st_mode):
            raise UserFacingError("not_a_file", path=str(path))
        if status.st_size > max_bytes:
            raise UserFacingError("file_too_large", path=str(path), size=status.st_size, limit=max_bytes)
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UserFacingError("file_not_found", path=str(path)) from error
    except PermissionError as error:
        raise UserFacingError("no_permission", path=str(path)) from error
    except OSError as error:
        raise UserFacingError("cannot_read", path=str(path), reason=error.strerror) from error


# Archives, documents and pictures that may hold no NUL byte near their start.
_BINARY_SIGNATURES = (
    b"PK\x03\x04",
    b"%PDF-",
    b"\x1f\x8b",
    b"BZh",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"{\\rtf",
)
_CONTROL = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f]")


def _decode(data: bytes) -> str | None:
    """Decode, or return `None` for what is no text; may raise `UnicodeDecodeError`."""
    if data.startswith(BOM_UTF8):
        return data.decode("utf-8-sig")
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return data.decode("utf-16")
    if data.startswith(_BINARY_SIGNATURES) or b"\0" in data:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252")
        # Nearly any bytes pass as Windows-1252; control characters tell that they are none.
        return None if _CONTROL.search(text) else text


def _lines(text: str) -> list[str]:
    """Split at line feeds only: U+2028 and its like belong to a prompt. Carriage returns stay."""
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    return lines


def _table(path: Path, columns: Sequence[str], records: Iterable[tuple[int, Sequence[str]]]) -> Table:
    """Collect cells, each record with its line in the file, into rows."""
    rows: list[Row] = []
    skipped = 0
    width = len(columns)
    for line, record in records:
        if not _has_content(record):
            skipped += 1
            continue
        if len(rows) == MAX_ROWS:
            raise UserFacingError("too_many_rows", path=str(path), limit=MAX_ROWS)
        if (len(rows) + 1) * width > MAX_CELLS:
            raise UserFacingError("too_many_cells", path=str(path), limit=MAX_CELLS)
        if len(record) > width and _has_content(record[width:]):
            raise UserFacingError("ragged_row", path=str(path), line=line, cells=len(record), columns=width)
        if max(map(len, record)) > MAX_CELL_CHARACTERS:
            raise UserFacingError("cell_too_large", path=str(path), line=line, limit=MAX_CELL_CHARACTERS)
        cells = [*record[:width], *[""] * (width - len(record))]
        rows.append(Row(len(rows), dict(zip(columns, cells, strict=True))))
    if not rows:
        raise UserFacingError("empty_table", path=str(path))
    return Table(tuple(columns), rows, skipped)


def _table_with_header(path: Path, records: Iterator[tuple[int, Sequence[str]]]) -> Table:
    header = next((cells for _, cells in records if _has_content(cells)), ())
    return _table(path, unique_names(header), records)


def _has_content(cells: Iterable[str]) -> bool:
    return any(cell.strip() for cell in cells)


def _read_txt(path: Path) -> Table:
    lines = enumerate(_lines(read_text(path)), 1)
    return _table(path, (NAME_COLUMN,), ((number, (line.strip(),)) for number, line in lines))


def _read_csv(path: Path) -> Table:
    return _read_delimited(path, ",;\t|")


def _read_tsv(path: Path) -> Table:
    return _read_delimited(path, "\t,;|")


def _read_delimited(path: Path, delimiters: str) -> Table:
    text = read_text(path)
    return _table_with_header(path, _csv_records(path, text, _sniff_delimiter(text, delimiters)))


def _csv_records(path: Path, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(_CSV_FIELD_LIMIT)
    # Not strict, a forgotten quote would silently swallow the rest of the file.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "field limit" in str(error):
                raise UserFacingError(
                    "cell_too_large", path=str(path), line=line, limit=MAX_CELL_CHARACTERS
                ) from error
            raise UserFacingError("bad_quotes", path=str(path), line=line) from error
        yield line, cells


def _sniff_delimiter(text: str, delimiters: str) -> str:
    """Choose the delimiter that splits the header and most rows alike; the first one when none does."""
    sample = text[:_SNIFFED_CHARACTERS]
    best, best_score = delimiters[0], (0.0, 0)
    for delimiter in delimiters:
        widths = [
            len(cells) for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if cells
        ]
        if len(sample) < len(text) and len(widths) > 1:
            widths.pop()
        if not widths or widths[0] < 2:
            continue
        score = (widths.count(widths[0]) / len(widths), widths[0])
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _read_jsonl(path: Path) -> Table:
    records: list[tuple[int, dict[str, str]]] = []
    for line, text in enumerate(_lines(read_text(path)), 1):
        value = parse_json(text, path, line) if text.strip() else {}
        if isinstance(value, str):
            value = {PROMPT_COLUMN: value}
        if not isinstance(value, dict):
            raise UserFacingError("bad_json", path=str(path), line=line)
        records.append((line, {key: json_text(item) for key, item in value.items()}))
    keys = dict.fromkeys(key for _, record in records for key in record)
    cells = ((line, [record.get(key, "") for key in keys]) for line, record in records)
    return _table(path, unique_names(map(json_text, keys)), cells)


_DAMAGED_WORKBOOK = (
    python_calamine.CalamineError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
)


def _read_xlsx(path: Path) -> Table:
    file = io.BytesIO(_read_bytes(path, MAX_XLSX_BYTES))
    try:
        _check_workbook(path, file)
        file.seek(0)
        with python_calamine.CalamineWorkbook.from_filelike(file) as workbook:
            return _table_with_header(path, _sheet_records(workbook))
    except _DAMAGED_WORKBOOK as error:
        raise UserFacingError("bad_spreadsheet", path=str(path)) from error


def _sheet_records(workbook: python_calamine.CalamineWorkbook) -> Iterator[tuple[int, list[str]]]:
    """Give the rows of the first sheet that is a table and not hidden."""
    for sheet in workbook.sheets_metadata:
        if (
            sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
            and sheet.visible == python_calamine.SheetVisibleEnum.Visible
        ):
            for number, cells in enumerate(workbook.get_sheet_by_name(sheet.name).iter_rows(), 1):
                yield number, [_cell_text(cell) for cell in cells]
            return


def _cell_text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        # Fifteen digits is what spreadsheets show; beyond 2**53 a float is no exact whole number.
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else f"{value:.15g}"
    if isinstance(value, dt.timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)


# Other kinds of spreadsheet come in ZIP files too, and are not checked here.
_WORKBOOK = re.compile(r"xl/workbook\w*\.xml", re.IGNORECASE)
# A cell that holds something: its place is an attribute, and the tag does not close itself.
_CELL = re.compile(rb"""<(?:\w+:)?c\s(?:[^>]*?\s)?r=["']([A-Za-z]+)(\d+)["'][^>]*(?<!/)>""")
# The number of a row that has cells, for these need not say their place.
_LINE = re.compile(rb"""<(?:\w+:)?row\s(?:[^>]*?\s)?r=["'](\d+)["'][^>]*>(?=\s*<(?:\w+:)?c[\s>])""")
# How many strings to make room for; the shortest string, "<si><t/></si>", takes more than eight bytes.
_STRING_COUNT = re.compile(rb"""\suniqueCount=["'](\d+)["']""")
_STRING_BYTES = 8
_CHUNK_BYTES = 1024 * 1024
_OVERLAP_BYTES = 4096


def _check_workbook(path: Path, file: io.BytesIO) -> None:
    """Refuse what would not fit in memory, before the reader tries and ends the whole process."""
    with zipfile.ZipFile(file) as archive:
        members = archive.infolist()
        unpacked = sum(member.file_size for member in members)
        if unpacked > MAX_XLSX_UNPACKED_BYTES:
            raise UserFacingError(
                "file_too_large", path=str(path), size=unpacked, limit=MAX_XLSX_UNPACKED_BYTES
            )
        if not any(_WORKBOOK.fullmatch(member.filename) for member in members):
            raise UserFacingError("bad_spreadsheet", path=str(path))
        for member in members:
            # A sheet may be stored under any name.
            cells, strings = _claims(archive, member)
            if cells > MAX_CELLS:
                raise UserFacingError("too_many_cells", path=str(path), limit=MAX_CELLS)
            if strings > member.file_size // _STRING_BYTES:
                raise UserFacingError("bad_spreadsheet", path=str(path))


def _pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """Unpack piece by piece, overlapping, so that any tag is whole in one of them."""
    rest = b""
    with archive.open(member) as file:
        while chunk := file.read(_CHUNK_BYTES):
            piece = rest + chunk
            yield piece
            rest = piece[-_OVERLAP_BYTES:]


def _claims(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> tuple[int, int]:
    """Tell for how many cells and strings a reader would make room.

    The cells are those of the rectangle around all that are filled: one stray far cell makes it huge.
    """
    columns: set[bytes] = set()
    lines: set[bytes] = set()
    strings = 0
    for piece in _pieces(archive, member):
        for column, line in _CELL.findall(piece):
            columns.add(column)
            lines.add(line)
        lines.update(_LINE.findall(piece))
        strings = max(strings, *map(int, _STRING_COUNT.findall(piece)), 0)
    if not lines:
        return 0, strings
    numbers = [_column_number(column) for column in columns or (b"A",)]
    rows = [int(line) for line in lines]
    return (max(numbers) - min(numbers) + 1) * (max(rows) - min(rows) + 1), strings


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


_READERS: dict[str, Callable[[Path], Table]] = {
    ".txt": _read_txt,
    ".csv": _read_csv,
    ".tsv": _read_tsv,
    ".xlsx": _read_xlsx,
    ".jsonl": _read_jsonl,
}
TABLE_SUFFIXES = tuple(_READERS)
