"""Cells of CSV and its relatives: the delimiter, whether there is a header, and the records."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.text_files import unwatched

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from paradigm_gui.core.text_files import OnProgress

MAX_CELL_CHARACTERS = 1_048_576
DELIMITERS = (",", ";", "\t", "|")
# Each line is one cell.
NO_DELIMITER = ""

_FIELD_LIMIT = 16 * 1024 * 1024
_SNIFFED_CHARACTERS = 64 * 1024
_RECORDS_A_STEP = 2_000

_YEAR = re.compile(r"(?:19|20)\d\d")
# What is rarely the name of a column: numbers, dates, e-mail and web addresses.
_VALUE = re.compile(
    r"[-+]?[\d.,'\u00a0\u202f ]*\d[\d.,'\u00a0\u202f ]*[%€$£]?"
    r"|\d{4}-\d\d-\d\d.*|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}"
    r"|[^\s@]+@[^\s@]+\.[^\s@]+|https?://\S+"
)


def sniff_delimiter(text: str, delimiters: Sequence[str] = DELIMITERS) -> str:
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


def is_tab_separated(text: str) -> bool:
    """Whether every line has the same number of tabs, and has some: a table, and no list of names."""
    lines = [line for line in text[:_SNIFFED_CHARACTERS].split("\n") if line.strip()]
    if len(text) > _SNIFFED_CHARACTERS:
        lines.pop()
    counts = {line.count("\t") for line in lines}
    return len(counts) == 1 and counts != {0}


def has_header(records: Sequence[Sequence[str]]) -> bool:
    """Guess from the first records: a header does not hold what its column holds further down.

    Years are left out of it, for they do name columns.
    """
    first, *others = records
    return not any(
        _VALUE.fullmatch(cell.strip())
        and not _YEAR.fullmatch(cell.strip())
        and all(_VALUE.fullmatch(other) for row in others for other in _cell(row, column))
        for column, cell in enumerate(first)
    )


def tsv_records(text: str) -> list[list[str]]:
    """Take apart what a spreadsheet copies: tabs between cells, line breaks and tabs within quotes.

    Some programs leave quotation marks as they are; then only tabs and line ends count.
    """
    text = text.removesuffix("\0")
    csv.field_size_limit(_FIELD_LIMIT)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True))
    except csv.Error:
        return [line.split("\t") for line in text.replace("\r\n", "\n").removesuffix("\n").split("\n")]


def tsv_text(records: Iterable[Iterable[str]]) -> str:
    """Write cells as spreadsheets paste them."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter="\t", lineterminator="\n").writerows(records)
    return buffer.getvalue()


def csv_records(
    path: Path, text: str, delimiter: str, on_progress: OnProgress = unwatched, *, is_whole: bool = True
) -> Iterator[tuple[int, list[str]]]:
    """Give each record with the line it begins at; raises `UserFacingError`.

    A text that is not the whole file may end within a cell.
    """
    csv.field_size_limit(_FIELD_LIMIT)
    buffer = io.StringIO(text, newline="")
    # Not strict, a forgotten quote would silently swallow the rest of the file.
    reader = csv.reader(buffer, delimiter=delimiter, strict=True)
    until_step = _RECORDS_A_STEP
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
            if not is_whole and buffer.tell() == len(text):
                return
            raise UserFacingError("bad_quotes", path=str(path), line=line) from error
        yield line, cells
        until_step -= 1
        if not until_step:
            until_step = _RECORDS_A_STEP
            on_progress(buffer.tell() / len(text))


def _cell(row: Sequence[str], column: int) -> list[str]:
    """The cell of a row, if there is something in it."""
    return [cell] if column < len(row) and (cell := row[column].strip()) else []
