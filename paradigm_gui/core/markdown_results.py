"""Results as Markdown: what a model or a file said is shown literally."""

from __future__ import annotations

import html
import re
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

from paradigm_gui.core.plain_documents import CONTROL, as_text, readable, readable_rows, summary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from paradigm_gui.core.results_table import ResultsTable, Value

_LINE_END = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_MARKUP = re.compile(r"[\\`*_\[\]|~$]")
_NOT_PLAIN = re.compile("[\x00-\x08\n-\x1f\x7f\x85\u2028\u2029&<>\\\\`*_\\[\\]|~$]")


def write_markdown(file: BinaryIO, table: ResultsTable) -> int:
    info = table.info
    row_of = partial(_row, info.decimal_mark)
    with as_text(file) as text:
        text.write(f"# {_escaped(info.title)}\n\n")
        if info.simulated:
            text.write(f"**{_escaped(info.label('simulated'))}**\n\n")
        text.write(row_of([info.label("figures"), ""]) + "| --- | --- |\n")
        text.writelines(map(row_of, summary(info)))
        text.write("\n" + row_of(table.header) + "|" + " --- |" * len(table.columns) + "\n")
        text.writelines(map(row_of, readable_rows(table)))
        if info.settings:
            text.write("\n" + row_of([info.label("settings"), ""]) + "| --- | --- |\n")
            text.writelines(map(row_of, info.settings))
    return 0


def _row(mark: str, cells: Iterable[Value]) -> str:
    return "| " + " | ".join(_escaped(readable(cell, mark)) for cell in cells) + " |\n"


def _escaped(text: str) -> str:
    """Escape a text so that a table cell shows it literally."""
    if not _NOT_PLAIN.search(text):
        return text
    text = _MARKUP.sub(lambda match: "\\" + match[0], html.escape(text, quote=False))
    return CONTROL.sub("", _LINE_END.sub("<br>", text))
