"""Results and reports, written to files. What a model or a server said stays plain text in all of them."""

from __future__ import annotations

import csv
import html
import io
import json
import math
import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO

from paradigm_gui.core.answer_format import cell_of
from paradigm_gui.core.atomic import atomic_write
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.tables import unique_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    Record = Mapping[str, Any]
    Value = str | int | float | None

RESULT_COLUMNS = (
    "status",
    "answer",
    "finish_reason",
    "error",
    "error_message",
    "http_status",
    "attempts",
    "queue_s",
    "ttft_s",
    "service_s",
    "response_s",
    "prompt_tokens",
    "completion_tokens",
    "model",
    "arm",
)
_READABLE_COLUMNS = ("status", "answer", "finish_reason", "error", "error_message", "response_s", "arm")

_XLSX_MAX_ROWS = 1_048_576
_XLSX_MAX_COLUMNS = 16_384
_XLSX_MAX_CHARACTERS = 32_767


@dataclass(frozen=True, slots=True)
class ResultsInfo:
    """What stands above the results: figures already in words, and the words for codes.

    `labels` translates column names and the codes `simulated`, `title`, `model`, `endpoint`,
    `figures`, `results`, `cells_cut` and `cut`; a code without a label stands for itself.
    `fields` are those of the answers, which stand beside the input in tables.
    """

    title: str
    model: str
    endpoint: str
    simulated: bool
    figures: Sequence[tuple[str, str]] = ()
    fields: Sequence[str] = ()
    language: str = "en"
    labels: Mapping[str, str] = field(default_factory=dict)

    def label(self, code: str) -> str:
        return self.labels.get(code, code)


@dataclass(frozen=True, slots=True)
class _Results:
    """What a writer gets. `columns` are the input's, which come first."""

    records: Iterable[Record]
    columns: Sequence[str]
    info: ResultsInfo
    exact: bool


def write_results(
    path: Path, records: Iterable[Record], columns: Sequence[str], info: ResultsInfo, *, exact: bool = False
) -> int:
    """Write result records as the suffix of `path` says, whole or not at all.

    `columns` are the input's, which come first. `exact` keeps CSV cells as they are that a spreadsheet
    would take for formulas. Returns how many cells had to be cut to fit into the file. Raises
    `UserFacingError`; what iterating `records` raises passes through.
    """
    suffix = path.suffix.lower()
    if suffix not in _WRITERS:
        raise UserFacingError("unknown_suffix", path=str(path), suffix=suffix, known=RESULT_SUFFIXES)
    with atomic_write(path) as file:
        return _WRITERS[suffix](file, _Results(records, columns, info, exact))


def write_report(path: Path, report: Mapping[str, Any]) -> None:
    """Write the figures of a run as JSON, whole or not at all."""
    with atomic_write(path) as file:
        file.write(_json_bytes(report, indent=2))


def _json_bytes(value: Mapping[str, Any], indent: int | None = None) -> bytes:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent) + "\n"
    # Only strings can hold half a surrogate pair, and there a backslash escape is JSON.
    return text.encode("utf-8", "backslashreplace")


def _write_jsonl(file: BinaryIO, results: _Results) -> int:
    for record in results.records:
        file.write(_json_bytes(record))
    return 0


def _result_cells(record: Record) -> dict[str, Value]:
    """Flatten a record: one value for each of `RESULT_COLUMNS`."""
    error = record["error"] or {}
    return {
        "status": record["status"],
        "answer": record["text"],
        "finish_reason": record["finish_reason"],
        "error": error.get("code"),
        "error_message": error.get("message"),
        "http_status": error.get("http_status"),
        "attempts": record["attempts"],
        "queue_s": record["queue_s"],
        "ttft_s": record["ttft_s"],
        "service_s": record["service_s"],
        "response_s": record["response_s"],
        "prompt_tokens": record["tokens"]["prompt"],
        "completion_tokens": record["tokens"]["completion"],
        "model": record["model"],
        "arm": record["arm"],
    }


def _header(results: _Results, names: Sequence[str]) -> list[str]:
    """Name the columns of the file: inputs and fields give way to a result column of the same name."""
    unique = unique_names([*names, *results.columns, *results.info.fields])
    return [*unique[len(names) :], *names]


def _table(results: _Results, names: Sequence[str]) -> Iterator[list[Value]]:
    """Give the rows of the file: the input, the fields of the answer, then the results called `names`."""
    for record in results.records:
        variables, fields, cells = record["variables"], record.get("fields", {}), _result_cells(record)
        yield [
            *(variables.get(column, "") for column in results.columns),
            *(cell_of(fields.get(name)) for name in results.info.fields),
            *(cells[name] for name in names),
        ]


@contextmanager
def _as_text(file: BinaryIO, encoding: str = "utf-8") -> Iterator[TextIO]:
    text = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
    try:
        yield text
    finally:
        text.detach()


# CSV


_FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_PLAIN_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?", re.ASCII)


def _harmless(value: Value) -> Value:
    """Put an apostrophe before text that a spreadsheet would run as a formula."""
    if isinstance(value, str) and value.startswith(_FORMULA_START) and not _PLAIN_NUMBER.fullmatch(value):
        return "'" + value
    return value


def _write_csv(file: BinaryIO, results: _Results) -> int:
    # Spreadsheets take UTF-8 for the local code page without the byte order mark.
    with _as_text(file, "utf-8-sig") as text:
        writer = csv.writer(text)
        header: list[Value] = [*_header(results, RESULT_COLUMNS)]
        for cells in chain([header], _table(results, RESULT_COLUMNS)):
            writer.writerow(cells if results.exact else map(_harmless, cells))
    return 0


# XLSX


_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class _Sheet:
    """A worksheet that is filled row by row with typed cells and counts the ones it had to cut."""

    def __init__(self, worksheet: Any, cut_note: str) -> None:
        self._worksheet = worksheet
        self._cut_note = cut_note
        self.rows = 0
        self.cut_cells = 0

    def append(self, cells: Iterable[Value | bool], cell_format: Any = None) -> None:
        if self.rows == _XLSX_MAX_ROWS:
            raise UserFacingError("too_many_results", limit=_XLSX_MAX_ROWS)
        for column, value in enumerate(cells):
            if isinstance(value, bool):
                self._worksheet.write_boolean(self.rows, column, value, cell_format)
            elif isinstance(value, int | float) and math.isfinite(value):
                self._worksheet.write_number(self.rows, column, value, cell_format)
            elif value is not None and value != "":
                self._worksheet.write_string(self.rows, column, self._fitting(str(value)), cell_format)
        self.rows += 1

    def _fitting(self, text: str) -> str:
        text = _NOT_IN_XML.sub("", text)
        # Spreadsheets count UTF-16 units.
        units = text.encode("utf-16-le")
        if len(units) <= 2 * _XLSX_MAX_CHARACTERS:
            return text
        self.cut_cells += 1
        kept = units[: 2 * (_XLSX_MAX_CHARACTERS - len(self._cut_note))]
        return kept.decode("utf-16-le", "ignore") + self._cut_note


def _write_xlsx(file: BinaryIO, results: _Results) -> int:
    import xlsxwriter  # type: ignore[import-untyped]  # slow to import, and only this format needs it

    info = results.info
    header = _header(results, RESULT_COLUMNS)
    if len(header) > _XLSX_MAX_COLUMNS:
        raise UserFacingError("too_many_columns", limit=_XLSX_MAX_COLUMNS)
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    # On a full disk, the library would leave its archive open; it cannot fail in memory, where it is small.
    archive = io.BytesIO()
    workbook = xlsxwriter.Workbook(archive, options)
    try:
        cut_note = f" […] {info.label('cut')}"
        worksheet = workbook.add_worksheet("results")
        worksheet.freeze_panes(1, 0)
        sheet = _Sheet(worksheet, cut_note)
        sheet.append(header, workbook.add_format({"bold": True}))
        for cells in _table(results, RESULT_COLUMNS):
            sheet.append(cells)

        run = _Sheet(workbook.add_worksheet("run"), cut_note)
        for name in ("title", "model", "endpoint", "simulated"):
            run.append([info.label(name), getattr(info, name)])
        for figure in info.figures:
            run.append(figure)
        run.append([info.label("cells_cut"), sheet.cut_cells])
    finally:
        workbook.close()  # after a failure too: it removes its own temporary files
    file.write(archive.getbuffer())
    return sheet.cut_cells


# Markdown and HTML


_LINE_END = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MARKDOWN_MARKUP = re.compile(r"[\\`*_\[\]|~$]")


def _readable(value: Value) -> str:
    if isinstance(value, float):
        return f"{value:.3f}"
    return "" if value is None else str(value)


def _markdown(value: Value) -> str:
    """Escape a value so that a table cell shows it literally."""
    text = html.escape(_readable(value), quote=False)
    text = _MARKDOWN_MARKUP.sub(r"\\\g<0>", text)
    return _CONTROL.sub("", _LINE_END.sub("<br>", text))


def _write_markdown(file: BinaryIO, results: _Results) -> int:
    info = results.info
    with _as_text(file) as text:
        text.write(f"# {_markdown(info.title)}\n\n")
        if info.simulated:
            text.write(f"**{_markdown(info.label('simulated'))}**\n\n")
        text.write(_markdown_row([info.label("figures"), ""]) + "| --- | --- |\n")
        text.writelines(map(_markdown_row, _summary(info)))
        header = _labelled_header(results)
        text.write("\n" + _markdown_row(header) + "|" + " --- |" * len(header) + "\n")
        text.writelines(map(_markdown_row, _table(results, _READABLE_COLUMNS)))
    return 0


def _markdown_row(cells: Iterable[Value]) -> str:
    return "| " + " | ".join(map(_markdown, cells)) + " |\n"


def _labelled_header(results: _Results) -> list[str]:
    """Name the columns for people; inputs and fields keep their own names, even if these look like codes."""
    own = _header(results, _READABLE_COLUMNS)[: len(results.columns) + len(results.info.fields)]
    return [*own, *map(results.info.label, _READABLE_COLUMNS)]


def _summary(info: ResultsInfo) -> list[tuple[str, str]]:
    return [(info.label("model"), info.model), (info.label("endpoint"), info.endpoint), *info.figures]


_STYLE = """
:root { color-scheme: light dark; --line: #c8c8c8; --head: #f2f2f2; --mark: #8a4b00; }
body { font: 14px/1.5 system-ui, sans-serif; margin: 24px; color: #1c1c1c; background: #ffffff; }
h1 { font-size: 20px; overflow-wrap: anywhere; }
h2 { font-size: 16px; margin-top: 32px; }
table { border-collapse: collapse; }
th, td { border: 1px solid var(--line); padding: 4px 8px; text-align: start; vertical-align: top;
  white-space: pre-wrap; overflow-wrap: anywhere; }
thead th { background: var(--head); white-space: nowrap; }
.mark { display: inline-block; border: 2px solid var(--mark); color: var(--mark); padding: 4px 8px;
  font-weight: bold; }
.scroll { overflow-x: auto; }
@media (prefers-color-scheme: dark) {
  :root { --line: #4a4a4a; --head: #2b2b2b; --mark: #ffb454; }
  body { color: #e6e6e6; background: #1c1c1c; }
}
@media print {
  :root { color-scheme: light; --line: #999999; --head: #eeeeee; --mark: #000000; }
  body { margin: 0; font-size: 10pt; color: #000000; background: #ffffff; }
  .scroll { overflow: visible; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
}
"""


def _html(value: Value) -> str:
    return html.escape(_CONTROL.sub("", _readable(value)))


def _html_row(tag: str, cells: Iterable[Value]) -> str:
    # With dir="auto", right-to-left text in one cell cannot reorder its neighbours.
    return "<tr>" + "".join(f'<{tag} dir="auto">{_html(cell)}</{tag}>' for cell in cells) + "</tr>\n"


def _write_html(file: BinaryIO, results: _Results) -> int:
    info = results.info
    with _as_text(file) as text:
        text.write(
            f'<!DOCTYPE html>\n<html lang="{_html(info.language)}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width">\n'
            '<meta http-equiv="Content-Security-Policy" '
            "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
            f"<title>{_html(info.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
            f'<h1 dir="auto">{_html(info.title)}</h1>\n'
        )
        if info.simulated:
            text.write(f'<p class="mark">{_html(info.label("simulated"))}</p>\n')
        text.write(f"<h2>{_html(info.label('figures'))}</h2>\n<table><tbody>\n")
        for name, value in _summary(info):
            text.write(f'<tr><th dir="auto">{_html(name)}</th><td dir="auto">{_html(value)}</td></tr>\n')
        text.write(f"</tbody></table>\n<h2>{_html(info.label('results'))}</h2>\n")
        header = _labelled_header(results)
        text.write(f'<div class="scroll"><table><thead>\n{_html_row("th", header)}</thead><tbody>\n')
        text.writelines(_html_row("td", cells) for cells in _table(results, _READABLE_COLUMNS))
        text.write("</tbody></table></div>\n</body>\n</html>\n")
    return 0


_WRITERS = {
    ".csv": _write_csv,
    ".jsonl": _write_jsonl,
    ".xlsx": _write_xlsx,
    ".md": _write_markdown,
    ".html": _write_html,
}
RESULT_SUFFIXES = tuple(_WRITERS)
