"""What documents of text have in common: how a value reads, and how foreign text loses what is not text."""

from __future__ import annotations

import io
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, TextIO

from paradigm_gui.core.results_table import DECIMALS_TO_READ, ColumnKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paradigm_gui.core.results_table import ResultsInfo, ResultsTable, Value

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@contextmanager
def as_text(file: BinaryIO) -> Iterator[TextIO]:
    """Give a file to write text to, as UTF-8, and leave the file beneath it open."""
    text = io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline="")
    try:
        yield text
    finally:
        text.detach()


def readable(value: Value, mark: str) -> str:
    """A value as people read it, with their decimal mark."""
    if isinstance(value, float):
        return repr(value).removesuffix(".0").replace(".", mark)
    return "" if value is None else str(value)


def readable_rows(table: ResultsTable) -> Iterator[list[Value]]:
    """The rows of a table for people: seconds are rounded."""
    seconds = [column.kind is ColumnKind.SECONDS for column in table.columns]
    mark = table.info.decimal_mark
    for row in table.rows():
        yield [
            f"{cell:.{DECIMALS_TO_READ}f}".replace(".", mark)
            if is_seconds and isinstance(cell, int | float)
            else cell
            for cell, is_seconds in zip(row, seconds, strict=True)
        ]


def summary(info: ResultsInfo) -> list[tuple[str, Value]]:
    """What a reader wants to know first."""
    return [(info.label("used_model"), info.model), (info.label("endpoint"), info.endpoint), *info.figures]
