"""Results as CSV, which spreadsheets open: no text becomes a formula there unless exact text is wanted."""

from __future__ import annotations

import codecs
import csv
import re
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

from paradigm_gui.core.plain_documents import as_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from paradigm_gui.core.results_table import ResultsTable, Value

# What begins a formula, also behind spaces and line ends, or would make what follows begin a cell.
_MAY_START_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_PLAIN_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?", re.ASCII)


def harmless(value: Value) -> Value:
    """Put an apostrophe before text that a spreadsheet would run as a formula; numbers stay as they are.

    Whatever a spreadsheet opens or takes from the clipboard as plain text wants this.
    """
    if not isinstance(value, str) or not _MAY_START_FORMULA.match(value):
        return value
    return value if _PLAIN_NUMBER.fullmatch(value) else "'" + value


def _harmless_cells(cells: Iterable[Value]) -> list[Value]:
    # what is asked here spares most texts the question
    return [harmless(cell) if isinstance(cell, str) and not cell[:1].isalnum() else cell for cell in cells]


def write_csv(file: BinaryIO, table: ResultsTable) -> int:
    """Write a table; numbers of ours have the decimal mark of the user's country unless commas separate."""
    form, mark = table.form, table.info.decimal_mark
    header: list[Value] = [*table.header]
    rows = chain([header], table.rows())
    if not form.exact_text:
        rows = map(_harmless_cells, rows)  # type: ignore[assignment]
    if mark != "." and form.separator != ",":
        rows = ([_with_mark(cell, mark) for cell in cells] for cells in rows)  # type: ignore[assignment]
    # Spreadsheets take UTF-8 for the local code page without the byte order mark.
    file.write(codecs.BOM_UTF8)
    with as_text(file) as text:
        csv.writer(text, delimiter=form.separator).writerows(rows)
    return 0


def _with_mark(cell: Value, mark: str) -> Value:
    return repr(cell).replace(".", mark) if isinstance(cell, float) else cell
