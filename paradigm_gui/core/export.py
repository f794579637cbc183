"""Results and reports, written to files. What a model or a server said stays plain text in all of them."""

from __future__ import annotations

import codecs
import csv
import html
import io
import json
import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO

from paradigm_gui.core.answer_format import cell_of
from paradigm_gui.core.atomic import atomic_write
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.tables import unique_names
from paradigm_gui.core.workbook import MOST_COLUMNS, Workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
# those of the user, where there are any; they come after the answer
_REMARK_COLUMNS = ("mark", "comment")
_MARK = "x"
_READABLE_COLUMNS = ("status", "answer", "finish_reason", "error", "error_message", "response_s", "arm")

_ROWS_A_TELL = 64

_LONG_COLUMNS = ("prompt", "answer", "comment")
_WIDE, _NARROW = 40, 14  # characters


@dataclass(frozen=True, slots=True)
class ResultsInfo:
    """What stands beside the results, and the words for codes.

    `figures` are already in words; `measures` are the lines of a table of numbers, its head first.
    `picture` is an SVG of ours, put into reports as it is.
    `labels` translates column names and the codes `simulated`, `title`, `model`, `endpoint`,
    `settings`, `figures`, `results`, `cells_cut` and `cut`; a code without a label stands for itself.
    `fields` are those of the answers, which stand beside the input in tables. `has_remarks` says whether
    the records have what the user noted on them.
    """

    title: str
    model: str
    endpoint: str
    simulated: bool
    settings: Sequence[tuple[str, Value]] = ()
    figures: Sequence[tuple[str, str]] = ()
    fields: Sequence[str] = ()
    has_remarks: bool = False
    measures: Sequence[Sequence[Value]] = ()
    picture: str = ""
    language: str = "en"
    labels: Mapping[str, str] = field(default_factory=dict)

    def label(self, code: str) -> str:
        return self.labels.get(code, code)


@dataclass(frozen=True, slots=True)
class TableForm:
    """What a table of results holds, as CSV and XLSX.

    `exact_text` keeps CSV cells as they are that a spreadsheet would take for formulas. `row_numbers`, which
    begin with 1, and `prompts` are further columns.
    """

    exact_text: bool = False
    row_numbers: bool = False
    prompts: bool = False


USUAL_FORM = TableForm()


@dataclass(frozen=True, slots=True)
class _Results:
    """What a writer gets. `columns` are the input's, which come first."""

    records: Iterable[Record]
    columns: Sequence[str]
    info: ResultsInfo
    form: TableForm

    @property
    def table_columns(self) -> Sequence[str]:
        """The columns of a table of results, after the input's."""
        extra = [("row", self.form.row_numbers), ("prompt", self.form.prompts)]
        return [*(name for name, is_wanted in extra if is_wanted), *self._with_remarks(RESULT_COLUMNS)]

    @property
    def readable_columns(self) -> Sequence[str]:
        """The columns of a table for people, after the input's."""
        return self._with_remarks(_READABLE_COLUMNS)

    def _with_remarks(self, names: Sequence[str]) -> Sequence[str]:
        if not self.info.has_remarks:
            return names
        place = names.index("answer") + 1
        return [*names[:place], *_REMARK_COLUMNS, *names[place:]]


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

    `columns` are the input's, which come first. Returns how many cells had to be cut to fit into the file.
    `on_rows` hears now and then how many rows were written, also before the file is put into its place.
    Raises `UserFacingError`; what `on_rows` and iterating `records` raise passes through, and leaves what was
    at `path` as it was.
    """
    suffix = path.suffix.lower()
    if suffix not in _WRITERS:
        raise UserFacingError("unknown_suffix", path=str(path), suffix=suffix, known=RESULT_SUFFIXES)
    with atomic_write(path) as file:
        counted = _Counted(records, on_rows)
        cut_cells = _WRITERS[suffix](file, _Results(counted, columns, info, form))
        on_rows(counted.rows)
        return cut_cells


class _Counted:
    """Records that tell how many of them have been asked for."""

    def __init__(self, records: Iterable[Record], on_rows: Callable[[int], None]) -> None:
        self.rows = 0
        self._records = records
        self._on_rows = on_rows

    def __iter__(self) -> Iterator[Record]:
        for record in self._records:
            if not self.rows % _ROWS_A_TELL:
                self._on_rows(self.rows)
            self.rows += 1
            yield record


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
    """Flatten a record: one value for each column that a table may have."""
    error = record["error"] or {}
    return {
        "row": record["index"] + 1,
        "prompt": record["prompt"],
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
        "mark": _MARK if record.get("marked") else None,
        "comment": record.get("comment"),
    }


def _header(results: _Results, names: Sequence[str]) -> list[str]:
    """Name the columns of the file: inputs and fields give way to a result column of the same name."""
    unique = unique_names([*names, *results.columns, *results.info.fields])
    return [*unique[len(names) :], *names]


def _table(results: _Results, names: Sequence[str]) -> Iterator[list[Value]]:
    """Give the rows of the file: the input, the fields of the answer, then the results called `names`."""
    columns, field_names, chosen = results.columns, results.info.fields, itemgetter(*names)
    for record in results.records:
        variables, fields = record["variables"], record.get("fields", {})
        yield [
            *[variables.get(column, "") for column in columns],
            *[cell_of(fields.get(name)) for name in field_names],
            *chosen(_result_cells(record)),
        ]


@contextmanager
def _as_text(file: BinaryIO) -> Iterator[TextIO]:
    text = io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline="")
    try:
        yield text
    finally:
        text.detach()


# CSV


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


def _write_csv(file: BinaryIO, results: _Results) -> int:
    names = results.table_columns
    header: list[Value] = [*_header(results, names)]
    table = chain([header], _table(results, names))
    # Spreadsheets take UTF-8 for the local code page without the byte order mark.
    file.write(codecs.BOM_UTF8)
    with _as_text(file) as text:
        csv.writer(text).writerows(table if results.form.exact_text else map(_harmless_cells, table))
    return 0


# XLSX


def _write_xlsx(file: BinaryIO, results: _Results) -> int:
    info = results.info
    names = results.table_columns
    header = _header(results, names)
    if len(header) > MOST_COLUMNS:
        raise UserFacingError("too_many_result_columns", limit=MOST_COLUMNS)
    widths = [
        _WIDE if column < len(results.columns) or name in _LONG_COLUMNS else _NARROW
        for column, name in enumerate(header)
    ]
    with Workbook(file, ["results", "run"], f" […] {info.label('cut')}") as workbook:
        with workbook.sheet(widths, is_head_fixed=True) as sheet:
            sheet.append(header, is_bold=True)
            for cells in _table(results, names):
                sheet.append(cells)
        with workbook.sheet([_WIDE, _NARROW, _NARROW]) as run:
            for name in ("title", "model", "endpoint"):
                run.append([info.label(name), getattr(info, name)])
            if info.simulated:
                run.append([info.label("simulated"), True])
            for heading, lines in (("settings", info.settings), ("figures", info.measures)):
                run.append([])
                run.append([info.label(heading)], is_bold=True)
                for line in lines:
                    run.append(line)
            run.append([])
            run.append([info.label("cells_cut"), sheet.cut_cells])
    return sheet.cut_cells


# Markdown and HTML


_LINE_END = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MARKDOWN_MARKUP = re.compile(r"[\\`*_\[\]|~$]")
_NOT_PLAIN_MARKDOWN = re.compile("[\x00-\x08\n-\x1f\x7f\x85\u2028\u2029&<>\\\\`*_\\[\\]|~$]")


def _readable(value: Value) -> str:
    if isinstance(value, float):
        return f"{value:.3f}"
    return "" if value is None else str(value)


def _markdown(value: Value) -> str:
    """Escape a value so that a table cell shows it literally."""
    text = _readable(value)
    if not _NOT_PLAIN_MARKDOWN.search(text):
        return text
    text = _MARKDOWN_MARKUP.sub(lambda match: "\\" + match[0], html.escape(text, quote=False))
    return _CONTROL.sub("", _LINE_END.sub("<br>", text))


def _write_markdown(file: BinaryIO, results: _Results) -> int:
    info = results.info
    with _as_text(file) as text:
        text.write(f"# {_markdown(info.title)}\n\n")
        if info.simulated:
            text.write(f"**{_markdown(info.label('simulated'))}**\n\n")
        text.write(_markdown_row([info.label("figures"), ""]) + "| --- | --- |\n")
        text.writelines(map(_markdown_row, _summary(info)))
        if info.settings:
            text.write("\n" + _markdown_row([info.label("settings"), ""]) + "| --- | --- |\n")
            text.writelines(map(_markdown_row, info.settings))
        header = _labelled_header(results)
        text.write("\n" + _markdown_row(header) + "|" + " --- |" * len(header) + "\n")
        text.writelines(map(_markdown_row, _table(results, results.readable_columns)))
    return 0


def _markdown_row(cells: Iterable[Value]) -> str:
    return "| " + " | ".join(map(_markdown, cells)) + " |\n"


def _labelled_header(results: _Results) -> list[str]:
    """Name the columns for people; inputs and fields keep their own names, even if these look like codes."""
    names = results.readable_columns
    own = _header(results, names)[: len(results.columns) + len(results.info.fields)]
    return [*own, *map(results.info.label, names)]


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
tbody th { background: var(--head); font-weight: normal; }
.mark { display: inline-block; border: 2px solid var(--mark); color: var(--mark); padding: 4px 8px;
  font-weight: bold; }
.scroll { overflow-x: auto; }
figure { margin: 24px 0 0; break-inside: avoid; }
figure svg { max-width: 100%; height: auto; }
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


def _write_html_pairs(text: TextIO, heading: str, pairs: Iterable[tuple[str, Value]]) -> None:
    text.write(f"<h2>{_html(heading)}</h2>\n<table><tbody>\n")
    for name, value in pairs:
        text.write(f'<tr><th dir="auto">{_html(name)}</th><td dir="auto">{_html(value)}</td></tr>\n')
    text.write("</tbody></table>\n")


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
        _write_html_pairs(text, info.label("figures"), _summary(info))
        if info.picture:
            text.write(f"<figure>{info.picture}</figure>\n")
        if info.settings:
            _write_html_pairs(text, info.label("settings"), info.settings)
        text.write(f"<h2>{_html(info.label('results'))}</h2>\n")
        header = _labelled_header(results)
        text.write(f'<div class="scroll"><table><thead>\n{_html_row("th", header)}</thead><tbody>\n')
        text.writelines(_html_row("td", cells) for cells in _table(results, results.readable_columns))
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
