"""Text files: read whole or from their start, in an encoding that is given or found out."""

from __future__ import annotations

import codecs
import re
import stat
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from typing import TYPE_CHECKING

from paradigm_gui.core.errors import UserFacingError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    # Told how much of the work is done, from 0 to 1; what it raises ends the reading.
    OnProgress = Callable[[float], None]

MAX_TEXT_BYTES = 500 * 1024 * 1024
ENCODINGS = ("utf-8", "utf-16", "cp1252", "mac-roman")

_CHUNK_BYTES = 8 * 1024 * 1024
_SNIFFED = 64 * 1024

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
    b"\xd0\xcf\x11\xe0",
)
_CONTROL = re.compile("[\0-\x08\x0e-\x1a\x1c-\x1f]")
_CONTROL_BYTES = bytes([*range(9), *range(14, 27), *range(28, 32)])


def unwatched(_share: float) -> None:
    """Take no notice of progress."""


def read_text(path: Path, max_bytes: int = MAX_TEXT_BYTES) -> str:
    """Read a text file: UTF-8, UTF-16, or else Windows-1252. Raises `UserFacingError`."""
    return decode(path, read_bytes(path, max_bytes))[0]


def read_bytes(
    path: Path, max_bytes: int, on_progress: OnProgress = unwatched, *, most: int | None = None
) -> bytes:
    """Read a file, or its first `most` bytes; raises `UserFacingError` when it is no file or too large."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UserFacingError("is_a_folder", path=str(path))
        if not stat.S_ISREG(status.st_mode):
            raise UserFacingError("not_a_file", path=str(path))
        if status.st_size > max_bytes:
            raise UserFacingError("file_too_large", path=str(path), size=status.st_size, limit=max_bytes)
        with path.open("rb") as file:
            if most is not None:
                return file.read(most)
            data = bytearray()
            while chunk := file.read(_CHUNK_BYTES):
                data += chunk
                # it may have grown meanwhile
                if len(data) > max_bytes:
                    raise UserFacingError("file_too_large", path=str(path), size=len(data), limit=max_bytes)
                on_progress(len(data) / max(status.st_size, len(data)))
            return bytes(data)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UserFacingError("file_not_found", path=str(path)) from error
    except PermissionError as error:
        raise UserFacingError("no_permission", path=str(path)) from error
    except OSError as error:
        raise UserFacingError("cannot_read", path=str(path), reason=error.strerror) from error


def decode(path: Path, data: bytes, encoding: str | None = None, *, is_whole: bool = True) -> tuple[str, str]:
    """Give the text and its encoding, one of `ENCODINGS`; raises `UserFacingError`.

    `encoding` is what the user says it is. Data that is not the whole file may end within a character.
    """
    if encoding is not None:
        try:
            text = _decoded(data, encoding, is_whole=is_whole)
        except UnicodeDecodeError as error:
            raise _bad_encoding(path, data, encoding, error) from error
        _refuse_binary(path, text, "\0")
        return text, encoding
    if data.startswith(_BINARY_SIGNATURES):
        raise UserFacingError("not_text", path=str(path))
    found = "utf-16" if _is_utf_16(data) else "utf-8"
    try:
        text = _decoded(data, found, is_whole=is_whole)
        _refuse_binary(path, text, "\0")
    except UnicodeDecodeError as error:
        if found == "utf-16":
            raise UserFacingError("not_text", path=str(path)) from error
        if _is_binary(data):
            raise UserFacingError("not_text", path=str(path)) from error
        if not data[: error.start].isascii():
            # Accents have been read well up to here: UTF-8 with a damaged place, and no other encoding.
            raise _bad_encoding(path, data, found, error) from error
        found = "cp1252"
        text = _decoded_as_windows(path, data)
    return text, found


def lines(text: str) -> list[str]:
    """Split at line feeds only: U+2028 and its like belong to a prompt. Carriage returns stay."""
    found = text.split("\n")
    if not found[-1]:
        found.pop()
    return found


def _decoded(data: bytes, encoding: str, *, is_whole: bool) -> str:
    codec = {"utf-8": "utf-8-sig", "utf-16": _utf_16_codec(data)}.get(encoding, encoding)
    return codecs.getincrementaldecoder(codec)().decode(data, final=is_whole)


def _decoded_as_windows(path: Path, data: bytes) -> str:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise UserFacingError("not_text", path=str(path)) from error
    # Nearly any bytes pass as Windows-1252; control characters tell that they are none.
    if control := _CONTROL.search(text):
        _refuse_binary(path, text, control[0])
    return text


def _is_utf_16(data: bytes) -> bool:
    """Whether there is a byte order mark, or every other byte is mostly zero, as in Latin letters."""
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return True
    even, odd = (data[start:_SNIFFED:2].count(0) for start in (0, 1))
    return len(data) % 2 == 0 and min(even, odd) == 0 and max(even, odd) * 4 > len(data[:_SNIFFED])


def _utf_16_codec(data: bytes) -> str:
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "utf-16"
    even, odd = (data[start:_SNIFFED:2].count(0) for start in (0, 1))
    return "utf-16-be" if even > odd else "utf-16-le"


def _refuse_binary(path: Path, text: str, character: str) -> None:
    """Raise when the control character is in the text: a place in it, or the whole of it, is no text."""
    at = text.find(character)
    if at < 0:
        return
    start = text[:_SNIFFED]
    if at >= _SNIFFED or not _are_many(len(_CONTROL.findall(start)), len(start)):
        line = text.count("\n", 0, at) + 1
        raise UserFacingError("bad_character", path=str(path), line=line, character=f"U+{ord(character):04X}")
    raise UserFacingError("not_text", path=str(path))


def _is_binary(data: bytes) -> bool:
    start = data[:_SNIFFED]
    return _are_many(len(start) - len(start.translate(None, _CONTROL_BYTES)), len(start))


def _are_many(controls: int, length: int) -> bool:
    """Whether there are more control characters than a slip can explain; a short text may have one."""
    return controls * 100 > max(length, 100)


def _bad_encoding(path: Path, data: bytes, encoding: str, error: UnicodeDecodeError) -> UserFacingError:
    step = "\n".encode("utf-16-le" if encoding == "utf-16" else "ascii")
    line = data.count(step, 0, error.start) + 1
    return UserFacingError("bad_encoding", path=str(path), line=line, encoding=encoding)
