from __future__ import annotations

import html
import io
import re

from result_samples import INFO, NASTY, record

from paradigm_gui.core.markdown_results import write_markdown
from paradigm_gui.core.results_table import ResultsTable, TableForm


def unescaped(cell):
    """Undo Markdown's backslashes and entities as a renderer does."""
    parts = re.split(r"\\([!-/:-@\[-`{-~])", cell)
    return "".join(part if index % 2 else html.unescape(part) for index, part in enumerate(parts))


def test_markdown_shows_foreign_text_literally():
    records = [record(0, text, {"a|b": text}) for text in NASTY]
    file = io.BytesIO()
    write_markdown(file, ResultsTable(records, ["a|b"], INFO, TableForm(), for_reading=True))
    lines = file.getvalue().decode("utf-8").split("\n")
    assert lines[0] == "# Greetings &amp; &lt;co&gt;"
    assert lines[2] == "**simulé**"
    start = next(number for number, line in enumerate(lines) if "réponse" in line)
    rows = [re.split(r"(?<!\\)\|", line.replace("\\\\", "\0"))[1:-1] for line in lines[start:] if line]
    assert {len(row) for row in rows} == {len(rows[0])}
    for text, row in zip(NASTY, rows[2:], strict=True):
        answer = row[1].replace("\0", "\\\\")
        assert not re.search(r"<(?!br>)|(?<!\\)[*_`~\[$]", answer)
        shown = re.sub(r"\r\n|[\r\n\u2028]", "\n", text)
        assert unescaped(answer.replace("<br>", "\n"))[1:-1] == shown
