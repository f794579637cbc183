"""Records of results as the writers of files get them, nasty texts among them, and how to read files back."""

from __future__ import annotations

import csv

from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from paradigm_gui.core.export import write_results
from paradigm_gui.core.results_table import ResultsInfo

INFO = ResultsInfo(
    title="Greetings & <co>",
    model="alfred",
    endpoint="demo",
    simulated=True,
    figures=[("speed-up", "× 2.8"), ("a | b", "<i>5 s</i>")],
    language="fr",
    labels={"simulated": "simulé", "answer": "réponse"},
)


NASTY = [
    "<script>alert(1)</script>",
    "a < b and c > d",
    "a | b || c",
    "**bold** _it_ `code` ~~gone~~ [x](http://y) ![i](z) $m$ \\| &lt; &amp;",
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    '"quoted", and\r\nnew line',
    "http://example.test/",
    "שלום <b>",
    "é😀\u2028x",
]


def record(index=0, text="Hello", variables=None, **changes):
    return {
        "index": index,
        "variables": variables or {"name": "Zoë"},
        "prompt": "Greet Zoë.",
        "status": "done",
        "text": text,
        "finish_reason": "stop",
        "error": None,
        "attempts": 1,
        "queue_s": 0.25,
        "ttft_s": None,
        "service_s": 1.5,
        "response_s": 1.75,
        "tokens": {"prompt": 12, "completion": 34},
        "model": "alfred",
        "arm": "concurrent",
    } | changes


FAILED = record(
    1,
    "",
    {"name": "Bob"},
    status="failed",
    finish_reason=None,
    error={"code": "rate_limited", "message": "=slow down", "http_status": 429},
    tokens={"prompt": None, "completion": None},
    arm="sequential",
)


def read_csv(path, separator=","):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=separator))


def read_sheet(path, name="Results"):
    return CalamineWorkbook.from_path(path).get_sheet_by_name(name).to_python(skip_empty_area=False)


def write_answers(path, texts, **options):
    return write_results(path, [record(i, text) for i, text in enumerate(texts)], ["name"], INFO, **options)


def whole_rows(texts):
    """Records that hold each text as an input, a prompt and an answer."""
    return [record(index, text, {"name": text}, prompt=text) for index, text in enumerate(texts)]


def texts_of(header, rows):
    return [[row[header.index(name)] for name in ("name", "prompt", "answer")] for row in rows]


ANY_TEXT = st.lists(st.text() | st.sampled_from(NASTY), min_size=1, max_size=5)
