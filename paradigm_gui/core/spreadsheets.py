"""Cells of workbooks: XLSX through a reader that is kept from what would not fit in memory, and ODS."""

from __future__ import annotations

import datetime as dt
import io
import lzma
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import python_calamine

from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.number_formats import padded_cells, padded_styles, sheet_member
from paradigm_gui.core.open_document import read_content
from paradigm_gui.core.text_files import read_bytes, unwatched

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from paradigm_gui.core.text_files import OnProgress

MAX_ROWS = 1_048_576
MAX_CELLS = 32_000_000
MAX_WORKBOOK_BYTES = 64 * 1024 * 1024
MAX_UNPACKED_BYTES = 1024 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook: records with their lines, its name, and the names of all that are shown."""

    name: str
    names: tuple[str, ...]
    records: Iterable[tuple[int, list[str]]]


# What damaged files make the libraries raise.
_DAMAGED = (
    python_calamine.CalamineError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    ET.ParseError,
    LookupError,
)


def read_sheet(path: Path, name: str | None = None, on_progress: OnProgress = unwatched) -> Sheet:
    """Read a sheet by its name, or the first one that is shown and not empty; raises `UserFacingError`."""
    data = read_bytes(path, MAX_WORKBOOK_BYTES)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_archive(path, archive)
            if path.suffix.lower() == ".ods":
                return _ods_sheet(path, archive, name, on_progress)
            _check_xlsx(path, archive, on_progress)
            return _xlsx_sheet(path, data, archive, name)
    except zipfile.BadZipFile as error:
        code = "encrypted" if _ENCRYPTED_PACKAGE in data else "bad_spreadsheet"
        raise UserFacingError(code, path=str(path)) from error
    except _DAMAGED as error:
        raise UserFacingError("bad_spreadsheet", path=str(path)) from error


# An encrypted XLSX is no ZIP file: Office puts one into a compound file, as a stream of this name.
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_ODS_MANIFEST = "META-INF/manifest.xml"
_ODS_CONTENT = "content.xml"


def _check_archive(path: Path, archive: zipfile.ZipFile) -> None:
    unpacked = sum(member.file_size for member in archive.infolist())
    if unpacked > MAX_UNPACKED_BYTES:
        raise UserFacingError("file_too_large", path=str(path), size=unpacked, limit=MAX_UNPACKED_BYTES)


def _ods_sheet(path: Path, archive: zipfile.ZipFile, name: str | None, on_progress: OnProgress) -> Sheet:
    members = {member.filename: member for member in archive.infolist()}
    if _ODS_MANIFEST in members and b"encryption-data" in archive.read(_ODS_MANIFEST):
        raise UserFacingError("encrypted", path=str(path))
    if _ODS_CONTENT not in members:
        raise UserFacingError("bad_spreadsheet", path=str(path))
    size = max(1, members[_ODS_CONTENT].file_size)
    with archive.open(_ODS_CONTENT) as file:
        document = read_content(
            path, file, name, MAX_ROWS, MAX_CELLS, lambda position: on_progress(position / size)
        )
    return Sheet(document.sheet, tuple(document.names), document.records)


def _xlsx_sheet(path: Path, data: bytes, archive: zipfile.ZipFile, name: str | None) -> Sheet:
    with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        names = tuple(
            sheet.name
            for sheet in workbook.sheets_metadata
            if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
            and sheet.visible == python_calamine.SheetVisibleEnum.Visible
        )
        if name is not None and name not in names:
            raise UserFacingError("unknown_sheet", path=str(path), sheet=name, known=names)
        for candidate in names if name is None else (name,):
            sheet = workbook.get_sheet_by_name(candidate)
            if sheet.height or candidate == name:
                return Sheet(candidate, names, _xlsx_records(sheet, _padding(archive, candidate)))
    return Sheet(names[0] if names else "", names, ())


def _padding(archive: zipfile.ZipFile, sheet: str) -> dict[tuple[str, int], int]:
    """The cells of a sheet that show leading zeros; few workbooks have such a format at all."""
    styles = padded_styles(archive)
    member = sheet_member(archive, sheet) if styles else None
    return padded_cells(_pieces(archive, member, unwatched), styles) if member else {}


def _xlsx_records(
    sheet: python_calamine.CalamineSheet, padding: dict[tuple[str, int], int]
) -> Iterator[tuple[int, list[str]]]:
    left = sheet.start[1] if sheet.start else 0
    letters = [_column_letters(left + column) for column in range(sheet.width)] if padding else []
    # empty rows above the first filled one are given, too: the number is that of the sheet
    for line, values in enumerate(sheet.iter_rows(), 1):
        cells = [_cell_text(value) for value in values]
        for column, letter in enumerate(letters):
            width = padding.get((letter, line))
            if width and isinstance(values[column], float) and cells[column].isdecimal():
                cells[column] = cells[column].zfill(width)
        yield line, cells


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
    if isinstance(value, dt.datetime):
        return value.isoformat(" ")
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


def _check_xlsx(path: Path, archive: zipfile.ZipFile, on_progress: OnProgress) -> None:
    """Refuse what would not fit in memory, before the reader tries and ends the whole process."""
    members = archive.infolist()
    if not any(_WORKBOOK.fullmatch(member.filename) for member in members):
        raise UserFacingError("bad_spreadsheet", path=str(path))
    for member in members:
        # A sheet may be stored under any name.
        cells, strings = _claims(archive, member, on_progress)
        if cells > MAX_CELLS:
            raise UserFacingError("too_many_cells", path=str(path), limit=MAX_CELLS)
        if strings > member.file_size // _STRING_BYTES:
            raise UserFacingError("bad_spreadsheet", path=str(path))


def _pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo, on_progress: OnProgress) -> Iterator[bytes]:
    """Unpack piece by piece, overlapping, so that any tag is whole in one of them."""
    rest = b""
    done = 0
    with archive.open(member) as file:
        while chunk := file.read(_CHUNK_BYTES):
            piece = rest + chunk
            yield piece
            rest = piece[-_OVERLAP_BYTES:]
            done += len(chunk)
            on_progress(done / max(1, member.file_size))


def _claims(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, on_progress: OnProgress = unwatched
) -> tuple[int, int]:
    """Tell for how many cells and strings a reader would make room.

    The cells are those of the rectangle around all that are filled: one stray far cell makes it huge.
    """
    columns: set[bytes] = set()
    lines: set[bytes] = set()
    strings = 0
    for piece in _pieces(archive, member, on_progress):
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


def _column_letters(column: int) -> str:
    """The letters of a column counted from 0."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
