"""How much room an XLSX file would take in memory, found out without taking it.

The reader of such files makes room for all cells at once, and keeps a text anew for each cell that shows it:
a small file could end the whole process.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.text_files import unwatched

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from paradigm_gui.core.text_files import OnProgress

MAX_CHARACTERS = 256 * 1024 * 1024

# Other kinds of spreadsheet come in ZIP files too, and are not checked here.
_WORKBOOK = re.compile(r"xl/workbook\w*\.xml", re.IGNORECASE)
_STRINGS = re.compile(r"xl/sharedStrings\.xml", re.IGNORECASE)
# A cell that holds something: its place is an attribute, and the tag does not close itself.
_CELL = re.compile(rb"""<(?:\w+:)?c\s(?:[^>]*?\s)?r=["']([A-Za-z]+)(\d+)["'][^>]*(?<!/)>""")
# The number of a row that has cells, for these need not say their place.
_LINE = re.compile(rb"""<(?:\w+:)?row\s(?:[^>]*?\s)?r=["'](\d+)["'][^>]*>(?=\s*<(?:\w+:)?c[\s>])""")
# The number of the text that a cell shows, after its formula if there is one.
_SHOWN = re.compile(
    rb"""\st=["']s["'][^>]*>\s*(?:<(?:\w+:)?f\b[^<]*(?:</(?:\w+:)?f>)?\s*)?<(?:\w+:)?v[^>]*>\s*(\d+)"""
)
# How many strings to make room for; the shortest string, "<si><t/></si>", takes more than eight bytes.
_STRING_COUNT = re.compile(rb"""\suniqueCount=["'](\d+)["']""")
_STRING_BYTES = 8
_STRING_END = re.compile(rb"</(?:\w+:)?si\s*>|<(?:\w+:)?si\s*/>")
_TAG = re.compile(rb"<[^>]*>")
_CHUNK_BYTES = 1024 * 1024
_OVERLAP_BYTES = 4096
# Cells are mostly tags; what has fewer of them is mostly text.
_LEAST_BYTES_OF_TEXT = 64


def check_size(
    path: Path, archive: zipfile.ZipFile, max_cells: int, on_progress: OnProgress = unwatched
) -> None:
    """Refuse what would not fit in memory, before the reader tries; raises `UserFacingError`."""
    members = archive.infolist()
    if not any(_WORKBOOK.fullmatch(member.filename) for member in members):
        raise UserFacingError("bad_spreadsheet", path=str(path))
    total = max(1, sum(member.file_size for member in members))
    done = 0
    lengths: list[int] = []
    # the texts come first, as cells refer to them by their number
    for member in sorted(members, key=lambda member: not _STRINGS.fullmatch(member.filename)):
        if _STRINGS.fullmatch(member.filename):
            lengths = string_lengths(chunks(archive, member))
        # A sheet may be stored under any name.
        claims = _Claims(lengths)
        for piece in pieces(archive, member):
            claims.look_at(piece)
            done += min(_CHUNK_BYTES, len(piece))
            on_progress(min(1.0, done / total))
            if claims.characters > MAX_CHARACTERS:
                raise UserFacingError(
                    "file_too_large",
                    path=str(path),
                    size=claims.characters,
                    limit=MAX_CHARACTERS,
                    reason="unpacked",
                )
        if claims.cells > max_cells:
            raise UserFacingError("too_many_cells", path=str(path), limit=max_cells)
        if claims.strings > member.file_size // _STRING_BYTES:
            raise UserFacingError("bad_spreadsheet", path=str(path))


def chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(member) as file:
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk


def pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """Unpack piece by piece, overlapping, so that any tag is whole in one of them."""
    rest = b""
    for chunk in chunks(archive, member):
        piece = rest + chunk
        yield piece
        rest = piece[-_OVERLAP_BYTES:]


def string_lengths(parts: Iterable[bytes]) -> list[int]:
    """How many bytes each text has, without the tags if it is not very long; some may be of one character."""
    lengths: list[int] = []
    rest, before = b"", 0
    for part in parts:
        piece = rest + part
        start = 0
        for end in _STRING_END.finditer(piece):
            lengths.append(before + len(_TAG.sub(b"", piece[start : end.start()])))
            start, before = end.end(), 0
        # a tag may be cut in two
        rest = piece[max(start, len(piece) - _OVERLAP_BYTES) :]
        before += len(piece) - start - len(rest)
    return lengths


class _Claims:
    """For how much a reader would make room on account of one part of the file."""

    def __init__(self, lengths: Sequence[int]) -> None:
        self.strings = 0
        self.characters = 0
        self._lengths = lengths
        self._columns: set[bytes] = set()
        self._lines: set[bytes] = set()

    def look_at(self, piece: bytes) -> None:
        for column, line in _CELL.findall(piece):
            self._columns.add(column)
            self._lines.add(line)
        self._lines.update(_LINE.findall(piece))
        self.strings = max(self.strings, *map(int, _STRING_COUNT.findall(piece)), 0)
        shown = [int(number) for number in _SHOWN.findall(piece)]
        self.characters += sum(self._lengths[number] for number in shown if number < len(self._lengths))
        if piece.count(b"<") * _LEAST_BYTES_OF_TEXT < len(piece):
            self.characters += len(piece)

    @property
    def cells(self) -> int:
        """The cells of the rectangle around all that are filled: one stray far cell makes it huge."""
        if not self._lines:
            return 0
        numbers = [_column_number(column) for column in self._columns or (b"A",)]
        rows = [int(line) for line in self._lines]
        return (max(numbers) - min(numbers) + 1) * (max(rows) - min(rows) + 1)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number
