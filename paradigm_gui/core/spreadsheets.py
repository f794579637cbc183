"""Cells of workbooks: XLSX through a reader that is kept from what would not fit in memory, and ODS."""

from __future__ import annotations

import datetime as dt
import io
import lzma
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
from paradigm_gui.core.workbook_size import check_size, pieces

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
            check_size(path, archive, MAX_CELLS, on_progress)
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
        raise UserFacingError(
            "file_too_large", path=str(path), size=unpacked, limit=MAX_UNPACKED_BYTES, reason="unpacked"
        )


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
    return padded_cells(pieces(archive, member), styles) if member else {}


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


def _column_letters(column: int) -> str:
    """The letters of a column counted from 0."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
