"""Results as a report in HTML: one file, no script, nothing from elsewhere, everything foreign escaped."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, BinaryIO, TextIO

from paradigm_gui.core.plain_documents import CONTROL, as_text, readable, readable_rows, summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from paradigm_gui.core.results_table import ResultsInfo, ResultsTable, Value

# a column with longer texts than these gets room for them
_SHORT, _LONG = 16, 120  # characters
_MANY_COLUMNS = 9

_STYLE = """
:root { color-scheme: light dark; --line: #c8c8c8; --head: #f2f2f2; --mark: #8a4b00; }
body { font: 14px/1.5 system-ui, sans-serif; margin: 24px;
  color: #1c1c1c; background: #ffffff; }
h1 { font-size: 20px; overflow-wrap: break-word; }
h2 { font-size: 16px; margin: 32px 0 8px; break-after: avoid; }
table { border-collapse: collapse; }
th, td { border: 1px solid var(--line); padding: 4px 8px; text-align: start; vertical-align: top;
  white-space: pre-wrap; overflow-wrap: break-word; }
thead th { background: var(--head); }
tbody th { background: var(--head); font-weight: normal; }
.pairs td { max-width: 72ch; }
.results { min-width: 100%; }
td.s { white-space: pre; }
.results .m { min-width: 8em; max-width: 40em; }
.results .l { min-width: 18em; max-width: 60em; }
.mark { display: inline-block; border: 2px solid var(--mark); color: var(--mark); padding: 4px 8px;
  font-weight: bold; }
.scroll { overflow-x: auto; }
figure { margin: 16px 0 0; break-inside: avoid; }
figure svg { max-width: 100%; height: auto; }
@media (prefers-color-scheme: dark) {
  :root { --line: #4a4a4a; --head: #2b2b2b; --mark: #ffb454; }
  body { color: #e6e6e6; background: #1c1c1c; }
}
@media print {
  @page { size: landscape; margin: 12mm; }
  :root { color-scheme: light; --line: #999999; --head: #eeeeee; --mark: #000000; }
  body { margin: 0; font-size: 9pt; color: #000000; background: #ffffff; }
  .scroll { overflow: visible; }
  .results { width: 100%; }
  .results .m { min-width: 0; }
  .results .l { min-width: 16em; max-width: none; }
  .wide { font-size: 6.5pt; }
  .wide .l { min-width: 12em; }
  .wide td.s { white-space: pre-wrap; }
  .wide th, .wide td { padding: 2px 4px; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
}
"""


def write_html(file: BinaryIO, table: ResultsTable) -> int:
    """Write a report: what was found, the answers, then how long it took and what was asked."""
    info = table.info
    with as_text(file) as text:
        text.write(
            f'<!DOCTYPE html>\n<html lang="{_escaped(info.language)}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width">\n'
            '<meta http-equiv="Content-Security-Policy" '
            "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
            f"<title>{_escaped(info.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
            f'<h1 dir="auto">{_escaped(info.title)}</h1>\n'
        )
        if info.simulated:
            text.write(f'<p class="mark">{_escaped(info.label("simulated"))}</p>\n')
        _write_pairs(text, info, info.label("figures"), summary(info))
        _write_answers(text, table)
        if info.picture:
            text.write(f"<h2>{_escaped(info.label('race'))}</h2>\n<figure>{info.picture}</figure>\n")
        if info.settings:
            _write_pairs(text, info, info.label("settings"), info.settings)
        text.write("</body>\n</html>\n")
    return 0


def _write_answers(text: TextIO, table: ResultsTable) -> None:
    info = table.info
    classes = ["l" if length > _LONG else "m" if length > _SHORT else "s" for length in table.longest_cells()]
    text.write(f"<h2>{_escaped(info.label('results'))}</h2>\n")
    name = "results wide" if len(classes) > _MANY_COLUMNS else "results"
    text.write(f'<div class="scroll"><table class="{name}"><thead>\n')
    text.write(_row("th", table.header, classes, info.decimal_mark))
    text.write("</thead><tbody>\n")
    text.writelines(_row("td", cells, classes, info.decimal_mark) for cells in readable_rows(table))
    text.write("</tbody></table></div>\n")


def _row(tag: str, cells: Iterable[Value], classes: Sequence[str], mark: str) -> str:
    # With dir="auto", right-to-left text in one cell cannot reorder its neighbours.
    return (
        "<tr>"
        + "".join(
            f'<{tag} class="{name}" dir="auto">{_escaped(readable(cell, mark))}</{tag}>'
            for cell, name in zip(cells, classes, strict=True)
        )
        + "</tr>\n"
    )


def _write_pairs(text: TextIO, info: ResultsInfo, heading: str, pairs: Iterable[tuple[str, Value]]) -> None:
    text.write(f'<h2>{_escaped(heading)}</h2>\n<table class="pairs"><tbody>\n')
    for name, value in pairs:
        shown = _escaped(readable(value, info.decimal_mark))
        text.write(f'<tr><th dir="auto">{_escaped(name)}</th><td dir="auto">{shown}</td></tr>\n')
    text.write("</tbody></table>\n")


def _escaped(text: str) -> str:
    return html.escape(CONTROL.sub("", text))
