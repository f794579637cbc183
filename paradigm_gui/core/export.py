"""Results and reports, written to files. What a model or a server said stays plain text in all of them."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from paradigm_gui.core.atomic import atomic_write
from paradigm_gui.core.csv_results import write_csv
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.html_results import write_html
from paradigm_gui.core.markdown_results import write_markdown
from paradigm_gui.core.results_table import USUAL_FORM, ResultsInfo, ResultsTable, TableForm

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from paradigm_gui.core.results_table import Record

XLSX_SUFFIX, CSV_SUFFIX, JSONL_SUFFIX = ".xlsx", ".csv", ".jsonl"
# what is written line by line; of these, documents to read have no columns that say nothing
_WRITERS = {CSV_SUFFIX: write_csv, ".md": write_markdown, ".html": write_html}
READABLE_SUFFIXES = (".md", ".html")
RESULT_SUFFIXES = (XLSX_SUFFIX, CSV_SUFFIX, JSONL_SUFFIX, *READABLE_SUFFIXES)

_ROWS_A_TELL = 64


def check_suffix(path: Path, known: Collection[str] = RESULT_SUFFIXES) -> str:
    """The suffix of a file, if it is one of the known; raises `UserFacingError`."""
    suffix = path.suffix.lower()
    if suffix not in known:
        raise UserFacingError("unknown_suffix", path=str(path), suffix=suffix, known=known)
    return suffix


def write_results(
    path: Path,
    records: Iterable[Record],
    columns: Sequence[str],
    info: ResultsInfo,
    *,
    form: TableForm = USUAL_FORM,
    on_rows: Callable[[int], None] = lambda _rows: None,
) -> int:
    """Write result records as the suffix of `path` says, whole or not at all.

    `columns` are the input's, which come first. `records` are gone through more than once. Returns how many
    cells had to be cut to fit into the file.
    `on_rows` hears now and then how many rows' work is done, also before the file is put into its place.
    Raises `UserFacingError`; what `on_rows` and iterating `records` raise passes through, and leaves what was
    at `path` as it was.
    """
    suffix = check_suffix(path)
    with atomic_write(path) as file:
        written = _Counted(records, on_rows)
        if suffix == JSONL_SUFFIX:
            return _write_jsonl(file, written)
        is_for_reading = suffix in READABLE_SUFFIXES
        surveyed = _Counted(records, lambda _rows: on_rows(0))
        if suffix == XLSX_SUFFIX:
            from paradigm_gui.core.xlsx_results import (
                write_xlsx,  # loads a library that most starts do not need
            )

            # rows are only a part of its work
            table = ResultsTable(records, columns, info, form, for_reading=False, surveyed=surveyed)
            folder = Path(os.path.realpath(path)).parent
            return write_xlsx(file, table, folder, lambda share: on_rows(int(share * table.count)))
        table = ResultsTable(written, columns, info, form, for_reading=is_for_reading, surveyed=surveyed)
        return _WRITERS[suffix](file, table)


class _Counted:
    """Records that tell now and then, and at their end, how many of them were asked for."""

    def __init__(self, records: Iterable[Record], tell: Callable[[int], None]) -> None:
        self._records = records
        self._tell = tell

    def __iter__(self) -> Iterator[Record]:
        rows = 0
        for record in self._records:
            if not rows % _ROWS_A_TELL:
                self._tell(rows)
            rows += 1
            yield record
        self._tell(rows)


def write_report(path: Path, report: Mapping[str, Any]) -> None:
    """Write the figures of a run as JSON, whole or not at all."""
    with atomic_write(path) as file:
        file.write(_json_bytes(report, indent=2))


def _json_bytes(value: Mapping[str, Any], indent: int | None = None) -> bytes:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent) + "\n"
    # Only strings can hold half a surrogate pair, and there a backslash escape is JSON.
    return text.encode("utf-8", "backslashreplace")


def _write_jsonl(file: BinaryIO, records: Iterable[Record]) -> int:
    for record in records:
        file.write(_json_bytes(record))
    return 0
