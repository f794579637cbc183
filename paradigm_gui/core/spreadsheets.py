"""Cells of workbooks, XLSX and ODS: files that may be damaged, locked, of another kind, or far too large."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.open_document import read_content
from paradigm_gui.core.open_xml import read_workbook
from paradigm_gui.core.text_files import read_bytes, unwatched

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from paradigm_gui.core.open_document import Document
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
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    LookupError,
)


def read_sheet(path: Path, name: str | None = None, on_progress: OnProgress = unwatched) -> Sheet:
    """Read a sheet by its name, or the first one that is shown and not empty; raises `UserFacingError`."""
    data = read_bytes(path, MAX_WORKBOOK_BYTES)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_archive(path, archive)
            if path.suffix.lower() == ".ods":
                return _sheet(path, _ods_document(path, archive, name, on_progress))
            return _sheet(path, read_workbook(path, archive, name, MAX_ROWS, MAX_CELLS, on_progress))
    except zipfile.BadZipFile as error:
        raise UserFacingError(_code_of(data), path=str(path)) from error
    except _DAMAGED as error:
        raise UserFacingError("bad_spreadsheet", path=str(path)) from error


# Compound files hold named streams: those of an encrypted XLSX, or of a workbook of the time before XLSX.
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_OLD_WORKBOOKS = ("Workbook\0".encode("utf-16-le"), "Book\0".encode("utf-16-le"))
_ODS_MANIFEST = "META-INF/manifest.xml"
_ODS_CONTENT = "content.xml"


def _code_of(data: bytes) -> str:
    """Say why a file is no archive of a workbook's parts."""
    if data.startswith(_COMPOUND_FILE):
        if _ENCRYPTED_PACKAGE in data:
            return "encrypted"
        if any(name in data for name in _OLD_WORKBOOKS):
            return "old_spreadsheet"
    return "bad_spreadsheet"


def _check_archive(path: Path, archive: zipfile.ZipFile) -> None:
    unpacked = sum(member.file_size for member in archive.infolist())
    if unpacked > MAX_UNPACKED_BYTES:
        raise UserFacingError(
            "file_too_large", path=str(path), size=unpacked, limit=MAX_UNPACKED_BYTES, reason="unpacked"
        )


def _ods_document(
    path: Path, archive: zipfile.ZipFile, name: str | None, on_progress: OnProgress
) -> Document:
    members = {member.filename: member for member in archive.infolist()}
    if _ODS_MANIFEST in members and b"encryption-data" in archive.read(_ODS_MANIFEST):
        raise UserFacingError("encrypted", path=str(path))
    if _ODS_CONTENT not in members:
        raise UserFacingError("bad_spreadsheet", path=str(path))
    size = max(1, members[_ODS_CONTENT].file_size)
    with archive.open(_ODS_CONTENT) as file:
        return read_content(
            path, file, name, MAX_ROWS, MAX_CELLS, lambda position: on_progress(position / size)
        )


def _sheet(path: Path, document: Document) -> Sheet:
    return Sheet(document.sheet, tuple(document.names), _rectangle(path, document.records))


def _rectangle(path: Path, rows: Sequence[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """Cut off the columns left of all cells, make rows equally wide, and give the empty ones between."""
    left = min((_first_filled(cells) for _, cells in rows), default=0)
    right = max((len(cells) for _, cells in rows), default=0)
    if (right - left) * len(rows) > MAX_CELLS:
        raise UserFacingError("too_many_cells", path=str(path), limit=MAX_CELLS)
    return _filled_up(rows, left, right)


def _filled_up(
    rows: Sequence[tuple[int, list[str]]], left: int, right: int
) -> Iterator[tuple[int, list[str]]]:
    next_line = 1
    for line, cells in rows:
        yield from ((empty, []) for empty in range(next_line, line))
        yield line, cells[left:] + [""] * (right - len(cells))
        next_line = line + 1


def _first_filled(cells: Sequence[str]) -> int:
    return next((column for column, cell in enumerate(cells) if cell), len(cells))
