"""Rows of a batch, read from text, CSV, TSV, JSONL, XLSX and ODS files, or pasted."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TYPE_CHECKING, NoReturn

from paradigm_gui.core.batch import Row
from paradigm_gui.core.delimited import (
    MAX_CELL_CHARACTERS,
    NO_DELIMITER,
    csv_records,
    has_header,
    is_tab_separated,
    sniff_delimiter,
    tsv_records,
)
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.spreadsheets import MAX_CELLS, MAX_ROWS, read_sheet
from paradigm_gui.core.text_files import MAX_TEXT_BYTES, decode, lines, read_bytes, unwatched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from paradigm_gui.core.text_files import OnProgress

    Records = Iterable[tuple[int, Sequence[str]]]

MAX_CHARACTERS = MAX_TEXT_BYTES
PREVIEW_ROWS = 20
DELIMITED_SUFFIXES = (".txt", ".csv", ".tsv")

NAME_COLUMN = "name"
PROMPT_COLUMN = "prompt"

_OLD_WORKBOOK_SUFFIX = ".xls"
_PREVIEW_BYTES = 256 * 1024
_SNIFFED_RECORDS = 20
_RECORDS_A_STEP = 2_000


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is read. `None` leaves it to the reader to find out, or does not apply."""

    encoding: str | None = None
    delimiter: str | None = None
    has_header: bool | None = None
    sheet: str | None = None


AUTOMATIC = Reading()


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file, numbered without gaps, and how many empty ones were left out.

    `reading` says how the file was read, what was found out included; `sheets` are those to choose from.
    `renamed` pairs what the header has, which may be nothing, with the names that columns got instead.
    """

    columns: tuple[str, ...]
    rows: list[Row]
    skipped_empty: int
    reading: Reading = AUTOMATIC
    sheets: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()


def read_table(path: Path, reading: Reading = AUTOMATIC, on_progress: OnProgress = unwatched) -> Table:
    """Read a file as its suffix says; anything wrong with it is a `UserFacingError`.

    `on_progress` is called from the thread that reads, now and then; what it raises ends the reading.
    """
    return _reader(path)(path, reading, on_progress, None)


def preview(path: Path, reading: Reading = AUTOMATIC, rows: int = PREVIEW_ROWS) -> Table:
    """Read the first rows. Of a text file only the beginning is looked at; a workbook is unpacked whole.

    What is found out from the beginning may be corrected when the whole file is read.
    """
    return _reader(path)(path, reading, unwatched, rows)


def sniff(path: Path, reading: Reading = AUTOMATIC) -> Reading:
    """Say how the cells of a text file would be told apart, even if they cannot be read in that way."""
    if path.suffix.lower() not in DELIMITED_SUFFIXES:
        return reading
    text, encoding, _ = _read_text(path, reading, unwatched, PREVIEW_ROWS)
    delimiter = _delimiter_of(path, text) if reading.delimiter is None else reading.delimiter
    return replace(reading, encoding=encoding, delimiter=delimiter)


def scripted(path: Path) -> Reading:
    """How a script can rely on a file to be read: the first row of a table is its header, always."""
    return Reading(has_header=None if path.suffix.lower() == ".txt" else True)


def pasted_table(text: str) -> Table | None:
    """Read a table that was copied in a spreadsheet; `None` for what is no table of two columns or more."""
    lines_pasted = tsv_records(text)
    records = [record for record in lines_pasted if _has_content(record)]
    widths = set(map(len, records))
    if len(widths) != 1 or widths == {1}:
        return None
    with_header = len(records) > 1 and has_header(records[:_SNIFFED_RECORDS])
    columns = unique_names(records[0] if with_header else [""] * max(widths))
    cells = records[1:] if with_header else records
    rows = [Row(index, dict(zip(columns, row, strict=True))) for index, row in enumerate(cells)]
    renamed = _renamed(records[0], columns) if with_header else ()
    return Table(columns, rows, len(lines_pasted) - len(records), renamed=renamed)


def rows_from_lines(text: str, column: str) -> list[Row]:
    """Make one row of every line that is not empty, stripped of surrounding whitespace."""
    values = filter(None, map(str.strip, lines(text)))
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


class JsonText(str):
    """JSON as it is written, such as the number `1.10`, which arithmetic would not give back."""

    __slots__ = ()


def parse_json(text: str, path: Path, first_line: int = 1, *, is_as_written: bool = False) -> object:
    """Parse JSON as the standard has it, or say with `bad_json` on which line of `path` it is broken.

    With `is_as_written`, numbers come as `JsonText`.
    """
    try:
        return (_AS_WRITTEN if is_as_written else _AS_VALUES).decode(text)
    except json.JSONDecodeError as error:
        line = first_line + error.lineno - 1
    except (ValueError, RecursionError):
        line = first_line
    raise UserFacingError("bad_json", path=str(path), line=line)


def json_text(value: object) -> str:
    """Say what a JSON value is in a cell: strings as they are, null as nothing, the rest as compact JSON."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else _compact_json(value)
    # JSON can escape half a surrogate pair, which no request could carry.
    return _SURROGATE.sub("\ufffd", text)


_SURROGATE = re.compile("[\ud800-\udfff]")


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


_AS_VALUES = json.JSONDecoder(parse_constant=_refuse_constant)
_AS_WRITTEN = json.JSONDecoder(parse_constant=_refuse_constant, parse_float=JsonText, parse_int=JsonText)


def _compact_json(value: object) -> str:
    """Write a value without spaces. It may be nested more deeply than functions may call themselves."""
    written: list[str] = []
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, JsonText):
            written.append(item)
        elif isinstance(item, dict):
            parts: list[object] = [JsonText("{")]
            for place, (name, inner) in enumerate(item.items()):
                parts += (JsonText(f"{',' * bool(place)}{json.dumps(name, ensure_ascii=False)}:"), inner)
            waiting += (JsonText("}"), *reversed(parts))
        elif isinstance(item, list):
            parts = [JsonText("[")]
            for place, inner in enumerate(item):
                parts += (JsonText(","), inner) if place else (inner,)
            waiting += (JsonText("]"), *reversed(parts))
        else:
            written.append(json.dumps(item, ensure_ascii=False))
    return "".join(written)


def _reader(path: Path) -> _Reader:
    suffix = path.suffix.lower()
    if suffix == _OLD_WORKBOOK_SUFFIX:
        raise UserFacingError("old_spreadsheet", path=str(path))
    if suffix not in _READERS:
        raise UserFacingError("unknown_suffix", path=str(path), suffix=suffix, known=TABLE_SUFFIXES)
    return _READERS[suffix]


def _read_text(
    path: Path, reading: Reading, on_progress: OnProgress, most: int | None
) -> tuple[str, str, bool]:
    """Give the text, its encoding, and whether it is the whole of the file, which a preview may not need."""
    if most is None:
        return *decode(path, read_bytes(path, MAX_TEXT_BYTES, on_progress), reading.encoding), True
    data = read_bytes(path, MAX_TEXT_BYTES, most=_PREVIEW_BYTES)
    is_whole = len(data) < _PREVIEW_BYTES
    text, encoding = decode(path, data, reading.encoding, is_whole=is_whole)
    if not is_whole:
        text = text[: text.rfind("\n") + 1] or text
    return text, encoding, is_whole


def _read_delimited(path: Path, reading: Reading, on_progress: OnProgress, most: int | None) -> Table:
    text, encoding, is_whole = _read_text(path, reading, on_progress, most)
    delimiter = _delimiter_of(path, text) if reading.delimiter is None else reading.delimiter
    reading = replace(reading, encoding=encoding, delimiter=delimiter)
    if delimiter == NO_DELIMITER:
        return _table(
            path, ((number, (line.strip(),)) for number, line in enumerate(lines(text), 1)), reading, most
        )
    return _table(path, csv_records(path, text, delimiter, on_progress, is_whole=is_whole), reading, most)


def _delimiter_of(path: Path, text: str) -> str:
    match path.suffix.lower():
        case ".txt":
            return "\t" if is_tab_separated(text) else NO_DELIMITER
        case ".tsv":
            return sniff_delimiter(text, "\t,;|")
        case _:
            return sniff_delimiter(text)


def _read_jsonl(path: Path, reading: Reading, on_progress: OnProgress, most: int | None) -> Table:
    text, encoding, _ = _read_text(path, reading, on_progress, most)
    all_lines = lines(text)
    records: list[tuple[int, dict[str, str]]] = []
    for line, json_line in enumerate(all_lines[:most], 1):
        value = parse_json(json_line, path, line, is_as_written=True) if json_line.strip() else {}
        if isinstance(value, str) and not isinstance(value, JsonText):
            value = {PROMPT_COLUMN: value}
        if not isinstance(value, dict):
            raise UserFacingError("no_json_object", path=str(path), line=line)
        records.append((line, {key: json_text(item) for key, item in value.items()}))
        if line % _RECORDS_A_STEP == 0:
            on_progress(line / len(all_lines))
    keys = dict.fromkeys(key for _, record in records for key in record)
    cells = ((line, [record.get(key, "") for key in keys]) for line, record in records)
    return _rows(path, unique_names(map(json_text, keys)), cells, Reading(encoding=encoding), most)


def _read_workbook(path: Path, reading: Reading, on_progress: OnProgress, most: int | None) -> Table:
    sheet = read_sheet(path, reading.sheet, on_progress)
    reading = Reading(has_header=reading.has_header, sheet=sheet.name)
    return replace(_table(path, sheet.records, reading, most), sheets=sheet.names)


def _table(path: Path, records: Records, reading: Reading, most: int | None) -> Table:
    """Tell header and rows apart, as it is said or as the first records look."""
    waiting = iter(records)
    start = list(islice(waiting, _SNIFFED_RECORDS))
    filled = [record for _, record in start if _has_content(record)]
    while not filled and start:
        start = list(islice(waiting, _SNIFFED_RECORDS))
        filled = [record for _, record in start if _has_content(record)]
    is_list = reading.delimiter == NO_DELIMITER
    with_header = reading.has_header
    if with_header is None:
        with_header = not is_list and bool(filled) and has_header(filled)
    reading = replace(reading, has_header=with_header)
    remaining = chain(start, waiting)
    renamed: tuple[tuple[str, str], ...] = ()
    if with_header:
        header = next((record for _, record in remaining if _has_content(record)), ())
        columns = unique_names(header)
        renamed = _renamed(header, columns)
    else:
        width = max(map(len, filled), default=0)
        columns = (NAME_COLUMN,) if width == 1 else unique_names([""] * width)
    return replace(_rows(path, columns, remaining, reading, most), renamed=renamed)


def _rows(
    path: Path, columns: tuple[str, ...], records: Records, reading: Reading, most: int | None
) -> Table:
    """Collect cells, each record with its line in the file, into rows."""
    rows: list[Row] = []
    skipped = characters = 0
    width = len(columns)
    for line, record in records:
        if not _has_content(record):
            skipped += 1
            continue
        if len(rows) == most:
            break
        if len(rows) == MAX_ROWS:
            raise UserFacingError("too_many_rows", path=str(path), limit=MAX_ROWS)
        if (len(rows) + 1) * width > MAX_CELLS:
            raise UserFacingError("too_many_cells", path=str(path), limit=MAX_CELLS)
        if len(record) > width and _has_content(record[width:]):
            raise UserFacingError("ragged_row", path=str(path), line=line, cells=len(record), columns=width)
        lengths = list(map(len, record))
        if max(lengths) > MAX_CELL_CHARACTERS:
            raise UserFacingError("cell_too_large", path=str(path), line=line, limit=MAX_CELL_CHARACTERS)
        # a workbook keeps a text once, however many cells show it
        characters += sum(lengths)
        if characters > MAX_CHARACTERS:
            raise UserFacingError("file_too_large", path=str(path), size=characters, limit=MAX_CHARACTERS)
        cells = [*record[:width], *[""] * (width - len(record))]
        rows.append(Row(len(rows), dict(zip(columns, cells, strict=True))))
    if not rows:
        raise UserFacingError("empty_table", path=str(path))
    return Table(columns, rows, skipped, reading)


def _renamed(header: Sequence[str], columns: Sequence[str]) -> tuple[tuple[str, str], ...]:
    pairs = zip(map(str.strip, header), columns, strict=True)
    return tuple((old, new) for old, new in pairs if old != new)


def _has_content(cells: Iterable[str]) -> bool:
    return any(cell.strip() for cell in cells)


if TYPE_CHECKING:
    _Reader = Callable[[Path, Reading, OnProgress, int | None], Table]

_READERS: dict[str, _Reader] = {
    ".txt": _read_delimited,
    ".csv": _read_delimited,
    ".tsv": _read_delimited,
    ".xlsx": _read_workbook,
    ".xlsm": _read_workbook,
    ".ods": _read_workbook,
    ".jsonl": _read_jsonl,
}
TABLE_SUFFIXES = tuple(_READERS)
