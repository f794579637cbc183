from __future__ import annotations

import csv
import html.parser
import json
import os
import re
import stat
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.export import (
    RESULT_COLUMNS,
    RESULT_SUFFIXES,
    ResultsInfo,
    TableForm,
    harmless,
    write_report,
    write_results,
)
from paradigm_gui.core.tables import read_table

ROOT = Path(__file__).parents[2]
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
PLAIN_NUMBERS = ["-5", "+33", "-1.5e-3", "-,5"]


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


def read_csv(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def read_sheet(path, name="results"):
    return CalamineWorkbook.from_path(path).get_sheet_by_name(name).to_python(skip_empty_area=False)


def write_answers(path, texts, **options):
    return write_results(path, [record(i, text) for i, text in enumerate(texts)], ["name"], INFO, **options)


ANY_TEXT = st.lists(st.text() | st.sampled_from(NASTY), min_size=1, max_size=5)
# What XML can hold; a line end by carriage return would be normalised away.
PRINTABLE = st.text(
    st.characters(
        exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff", include_characters="\n\t"
    )
)


# Round trips


@given(ANY_TEXT)
def test_jsonl_holds_the_records_exactly(tmp_path_factory, texts):
    path = tmp_path_factory.getbasetemp() / "exact.jsonl"
    records = [*(record(index, text, {"name": text}) for index, text in enumerate(texts)), FAILED]
    write_results(path, records, ["name"], INFO)
    lines = path.read_bytes().decode("utf-8").removesuffix("\n").split("\n")
    assert [json.loads(line) for line in lines] == records
    assert list(json.loads(lines[0])) == list(records[0])


def test_jsonl_is_readable_and_survives_half_a_surrogate_pair(tmp_path):
    path = tmp_path / "r.jsonl"
    write_answers(path, ["Zoë 😀", "x\ud83dy"])
    assert path.read_bytes().startswith(b'{"index": 0, "variables": {"name": "Zo\xc3\xab"}')
    assert "Zoë 😀" in path.read_text("utf-8")
    assert [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()] == [
        "Zoë 😀",
        "x\ud83dy",
    ]


def whole_rows(texts):
    """Records that hold each text as an input, a prompt and an answer."""
    return [record(index, text, {"name": text}, prompt=text) for index, text in enumerate(texts)]


def texts_of(header, rows):
    return [[row[header.index(name)] for name in ("name", "prompt", "answer")] for row in rows]


@given(ANY_TEXT)
def test_exact_csv_holds_every_text(tmp_path_factory, texts):
    path = tmp_path_factory.getbasetemp() / "exact.csv"
    write_results(path, whole_rows(texts), ["name"], INFO, form=TableForm(exact_text=True, prompts=True))
    header, *rows = read_csv(path)
    assert texts_of(header, rows) == [[text] * 3 for text in texts]


@given(ANY_TEXT)
def test_exact_csv_can_be_read_as_a_table_again(tmp_path_factory, texts):
    texts = [text.replace("\0", "") for text in texts]  # a text file has none
    path = tmp_path_factory.getbasetemp() / "again.csv"
    write_answers(path, texts, form=TableForm(exact_text=True))
    assert [row.variables["answer"] for row in read_table(path).rows] == texts


@given(st.lists(PRINTABLE, min_size=1, max_size=5))
def test_xlsx_holds_every_printable_text(tmp_path_factory, texts):
    path = tmp_path_factory.getbasetemp() / "printable.xlsx"
    assert write_results(path, whole_rows(texts), ["name"], INFO, form=TableForm(prompts=True)) == 0
    header, *rows = read_sheet(path)
    assert texts_of(header, rows) == [[text] * 3 for text in texts]


def test_columns_come_in_order_and_values_keep_their_types(tmp_path):
    for suffix, read in ((".csv", read_csv), (".xlsx", read_sheet)):
        path = tmp_path / ("r" + suffix)
        write_results(path, [record(), FAILED], ["name"], INFO)
        header, done, failed = read(path)
        assert header == ["name", *RESULT_COLUMNS]
        cell = dict(zip(header, done, strict=True))
        bad = dict(zip(header, failed, strict=True))
        assert (cell["name"], cell["answer"], cell["error"], cell["ttft_s"]) == ("Zoë", "Hello", "", "")
        assert (bad["status"], bad["error"], bad["arm"]) == ("failed", "rate_limited", "sequential")
        numbers = [cell["service_s"], cell["completion_tokens"], bad["http_status"], bad["attempts"]]
        assert numbers == ([1.5, 34, 429, 1] if suffix == ".xlsx" else ["1.5", "34", "429", "1"])


def test_an_input_column_gives_way_to_a_result_column(tmp_path):
    path = tmp_path / "r.csv"
    columns = {"status": "VIP", "answer": "42", "answer 2": "43"}
    write_results(path, [record(variables=columns)], list(columns), INFO)
    header, row = read_csv(path)
    assert header == ["status 2", "answer 3", "answer 2", *RESULT_COLUMNS]
    assert row[:5] == ["VIP", "42", "43", "done", "Hello"]


def test_fields_of_answers_stand_beside_the_input(tmp_path):
    info = replace(INFO, fields=("people", "name", "list"))
    records = [record(fields={"people": 9, "name": "=x", "list": [1, None]}), record(fields={}), record()]
    for suffix, read in ((".csv", read_csv), (".xlsx", read_sheet)):
        write_results(tmp_path / ("r" + suffix), records, ["name"], info)
        header, *rows = read(tmp_path / ("r" + suffix))
        assert header == ["name", "people", "name 2", "list", *RESULT_COLUMNS]
        is_csv = suffix == ".csv"
        assert rows[0][:5] == ["Zoë", "9" if is_csv else 9, "'=x" if is_csv else "=x", "[1, null]", "done"]
        assert [row[1:5] for row in rows[1:]] == [["", "", "", "done"]] * 2
    for suffix in (".md", ".html"):
        write_results(tmp_path / ("r" + suffix), records, ["name"], info)
        assert "people" in (tmp_path / ("r" + suffix)).read_text("utf-8")


def test_remarks_stand_beside_the_answers_where_there_are_any(tmp_path):
    records = [
        record(marked=True, comment="=cmd|' /C calc'!A0"),
        record(marked=False, comment="<b>|a</b>"),
        record(marked=False, comment=""),
    ]
    for suffix, read in ((".csv", read_csv), (".xlsx", read_sheet)):
        path = tmp_path / ("r" + suffix)
        write_results(path, records, ["name", "mark"], replace(INFO, has_remarks=True))
        header, *rows = read(path)
        assert header[:6] == ["name", "mark 2", "status", "answer", "mark", "comment"]
        assert [name for name in header[2:] if name not in ("mark", "comment")] == list(RESULT_COLUMNS)
        formula = "=cmd|' /C calc'!A0"
        exact = [formula if suffix == ".xlsx" else f"'{formula}", "<b>|a</b>", ""]
        assert [row[4:6] for row in rows] == list(map(list, zip(["x", "", ""], exact, strict=True)))
        if suffix == ".xlsx":
            with zipfile.ZipFile(path) as archive:
                assert b"<f" not in archive.read("xl/worksheets/sheet1.xml")
        write_results(path, records, ["name", "mark"], INFO)
        assert read(path)[0] == ["name", "mark", *RESULT_COLUMNS]
    info = replace(INFO, has_remarks=True, labels={"comment": "Kommentar"})
    for suffix, literal in ((".md", "&lt;b&gt;\\|a&lt;/b&gt;"), (".html", "&lt;b&gt;|a&lt;/b&gt;")):
        path = tmp_path / ("r" + suffix)
        write_results(path, records, ["name"], info)
        text = path.read_text("utf-8")
        assert "Kommentar" in text
        assert literal in text
        write_results(path, records, ["name"], replace(info, has_remarks=False))
        assert "Kommentar" not in path.read_text("utf-8")


def test_results_can_be_read_as_a_table_again(tmp_path):
    for suffix in (".csv", ".xlsx"):
        write_results(tmp_path / ("r" + suffix), [record(), FAILED], ["name"], INFO)
        table = read_table(tmp_path / ("r" + suffix))
        assert [row.variables["response_s"] for row in table.rows] == ["1.75", "1.75"]


# Foreign text stays text


def test_csv_cells_never_start_a_formula(tmp_path):
    path = tmp_path / "r.csv"
    texts = [*NASTY, *PLAIN_NUMBERS]
    write_results(path, [record(0, text, {"=h": text}) for text in texts] + [FAILED], ["=h"], INFO)
    header, *rows = read_csv(path)
    assert header[0] == "'=h"
    for text, row in zip(texts, rows, strict=False):
        starts_formula = text[0] in "=+-@\t\r" and text not in PLAIN_NUMBERS
        assert row[0] == row[header.index("answer")] == ("'" + text if starts_formula else text)
    assert rows[-1][header.index("error_message")] == "'=slow down"


@pytest.mark.parametrize(
    "text", [" =1+1", "\n=1+1", "\u00a0@SUM(A1)", "\r\n+1+1", "\n", "＝1", "  -cmd|' '!A0"]
)
def test_formulas_hide_behind_no_space(text):
    assert harmless(text) == "'" + text


@pytest.mark.parametrize("value", ["", "a=1", " a", "(-1)", *PLAIN_NUMBERS, -5, 1.5, None])
def test_what_is_harmless_stays(value):
    assert harmless(value) == value


def test_row_numbers_and_prompts_come_after_the_input(tmp_path):
    form = TableForm(row_numbers=True, prompts=True)
    for suffix, read in ((".csv", read_csv), (".xlsx", read_sheet)):
        path = tmp_path / ("r" + suffix)
        write_results(path, [record(4, variables={"row": "x"})], ["row"], INFO, form=form)
        header, row = read(path)
        assert header == ["row 2", "row", "prompt", *RESULT_COLUMNS]
        assert row[:3] == ["x", 5 if suffix == ".xlsx" else "5", "Greet Zoë."]


def test_csv_opens_as_utf_8_in_spreadsheets(tmp_path):
    write_answers(tmp_path / "r.csv", ["é"])
    assert (tmp_path / "r.csv").read_bytes().startswith(b"\xef\xbb\xbfname,status,")


def test_xlsx_has_neither_formulas_nor_links(tmp_path):
    path = tmp_path / "r.xlsx"
    write_results(
        path, [record(i, text, {"=h": text}) for i, text in enumerate(NASTY)] + [FAILED], ["=h"], INFO
    )
    with zipfile.ZipFile(path) as archive:
        sheets = {name: archive.read(name) for name in archive.namelist() if "/worksheets/" in name}
    assert len(sheets) == 2
    for xml in sheets.values():
        assert not re.search(rb"<f[ >]|<hyperlink", xml)
    header, *rows = read_sheet(path)
    answers = [row[header.index("answer")] for row in rows[: len(NASTY)]]
    assert answers == [row[0] for row in rows[: len(NASTY)]] == NASTY


def test_xlsx_cuts_what_is_too_long_and_counts_it(tmp_path):
    path = tmp_path / "r.xlsx"
    assert write_answers(path, ["x" * 32_767, "x" * 32_768, "😀" * 20_000]) == 2
    header, *rows = read_sheet(path)
    whole, cut, pairs = (row[header.index("answer")] for row in rows)
    assert whole == "x" * 32_767
    assert cut == "x" * (32_767 - 8) + " […] cut"
    assert pairs == "😀" * ((32_767 - 8) // 2) + " […] cut"
    run = {row[0]: row[1] for row in read_sheet(path, "run")}
    assert (run["cells_cut"], run["simulé"]) == (2, True)


def test_xlsx_has_settings_and_figures_of_their_types(tmp_path):
    path = tmp_path / "r.xlsx"
    info = replace(
        INFO,
        settings=[("prompt", "=1+1 {name}"), ("cap", 20)],
        measures=[["", "c", "s"], ["wall", 7.25, None]],
    )
    write_results(path, [record()], ["name"], info)
    rows = [row for row in read_sheet(path, "run") if any(cell != "" for cell in row)]
    assert rows[4:9] == [
        ["settings", "", ""],
        ["prompt", "=1+1 {name}", ""],
        ["cap", 20, ""],
        ["figures", "", ""],
        ["", "c", "s"],
    ]
    assert rows[9] == ["wall", 7.25, ""]


def test_xlsx_drops_characters_that_xml_cannot_hold(tmp_path):
    path = tmp_path / "r.xlsx"
    write_answers(path, ["a\0\x07\x1b\ud83d\ufffeb\tc\nd"])
    header, row = read_sheet(path)
    assert row[header.index("answer")] == "ab\tc\nd"


class _Page(html.parser.HTMLParser):
    """Collect the tags, attributes and cell texts of a page."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.cells = set(), [], []
        self._is_cell = False

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs
        self._is_cell = tag in ("td", "th")
        if self._is_cell:
            self.cells.append("")

    def handle_endtag(self, tag):
        self._is_cell = False

    def handle_data(self, data):
        if self._is_cell:
            self.cells[-1] += data


def test_html_shows_foreign_text_literally(tmp_path):
    path = tmp_path / "r.html"
    write_results(path, [record(0, text, {"<u>": text}) for text in NASTY], ["<u>"], INFO)
    page = _Page()
    page.feed(path.read_bytes().decode("utf-8"))
    known = "html head meta title style body h1 h2 p div table thead tbody tr th td"
    assert page.tags <= set(known.split())
    assert not [
        name for name, _ in page.attributes if name in ("src", "href", "style") or name.startswith("on")
    ]
    assert ("lang", "fr") in page.attributes
    for text in ["<u>", *NASTY]:
        assert text in page.cells
    assert "<i>5 s</i>" in page.cells
    assert "réponse" in page.cells


def test_html_holds_the_picture_and_the_settings(tmp_path):
    path = tmp_path / "r.html"
    picture = '<svg role="img"><title>Race</title></svg>'
    write_results(path, [record()], ["name"], replace(INFO, picture=picture, settings=[("<p>", "{a} <b>")]))
    page = path.read_text("utf-8")
    assert f"<figure>{picture}</figure>" in page
    assert "{a} &lt;b&gt;" in page
    assert "&lt;p&gt;" in page


def test_html_needs_nothing_from_elsewhere_and_is_marked_when_simulated(tmp_path):
    path = tmp_path / "r.html"
    write_answers(path, ["Hello"])
    page = path.read_text("utf-8")
    assert not re.search(r"https?:|url\(|@import|<script|<link|<img", page)
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page
    assert '<p class="mark">simulé</p>' in page
    assert "<title>Greetings &amp; &lt;co&gt;</title>" in page
    write_results(path, [record()], ["name"], ResultsInfo("t", "m", "e", simulated=False))
    assert 'class="mark"' not in path.read_text("utf-8")


@pytest.mark.parametrize("suffix", [".md", ".html"])
def test_labels_are_for_our_own_columns_only(tmp_path, suffix):
    path = tmp_path / ("r" + suffix)
    info = ResultsInfo("t", "m", "e", simulated=False, labels={"title": "Titel", "status": "Stand"})
    write_results(path, [record(variables={"title": "Dr"})], ["title"], info)
    assert re.search(r"title\W.*Stand\W", path.read_text("utf-8").split("results")[-1])
    assert "Titel" not in path.read_text("utf-8")


def unescaped(cell):
    """Undo Markdown's backslashes and entities as a renderer does."""
    parts = re.split(r"\\([!-/:-@\[-`{-~])", cell)
    return "".join(part if index % 2 else html.unescape(part) for index, part in enumerate(parts))


def test_markdown_shows_foreign_text_literally(tmp_path):
    path = tmp_path / "r.md"
    write_results(path, [record(0, text, {"a|b": text}) for text in NASTY], ["a|b"], INFO)
    lines = path.read_bytes().decode("utf-8").split("\n")
    assert lines[0] == "# Greetings &amp; &lt;co&gt;"
    assert lines[2] == "**simulé**"
    start = next(number for number, line in enumerate(lines) if "réponse" in line)
    rows = [re.split(r"(?<!\\)\|", line.replace("\\\\", "\0"))[1:-1] for line in lines[start:] if line]
    assert {len(row) for row in rows} == {len(rows[0])}
    for text, row in zip(NASTY, rows[2:], strict=True):
        answer = row[2].replace("\0", "\\\\")
        assert not re.search(r"<(?!br>)|(?<!\\)[*_`~\[$]", answer)
        shown = re.sub(r"\r\n|[\r\n\u2028]", "\n", text)
        assert unescaped(answer.replace("<br>", "\n"))[1:-1] == shown


# Whole or not at all


@pytest.fixture(params=RESULT_SUFFIXES)
def old(request, tmp_path):
    """A file that is there already, for each kind."""
    path = tmp_path / ("r" + request.param)
    path.write_text("old")
    return path


@pytest.mark.parametrize("rows_before", [0, 64, 200])
def test_what_is_given_up_leaves_the_old_file(old, rows_before):
    heard = []

    def on_rows(rows):
        heard.append(rows)
        if rows >= rows_before:
            raise LookupError("given up")

    with pytest.raises(LookupError, match="given up"):
        write_results(old, (record(i) for i in range(200)), ["name"], INFO, on_rows=on_rows)
    assert heard == [rows for rows in (0, 64, 128, 192, 200) if rows <= rows_before]
    assert_untouched(old)


def assert_untouched(path):
    assert path.read_text() == "old"
    assert list(path.parent.iterdir()) == [path]


def test_a_failure_midway_leaves_the_old_file(old):
    def records():
        yield record()
        raise LookupError("midway")

    with pytest.raises(LookupError, match="midway"):
        write_results(old, records(), ["name"], INFO)
    assert_untouched(old)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_leaves_the_old_file(old):
    def records():
        yield record()
        with open("/dev/full", "wb", buffering=0) as full:
            full.write(b"x")

    with pytest.raises(UserFacingError) as caught:
        write_results(old, records(), ["name"], INFO)
    assert (caught.value.code, caught.value.details["path"]) == ("disk_full", str(old))
    assert_untouched(old)


_LIMITED = """
import resource, sys, tempfile
from pathlib import Path
import xlsxwriter
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.export import ResultsInfo, write_results
from test_export import record

resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
path = Path(sys.argv[1])
tempfile.tempdir = sys.argv[2]
info = ResultsInfo("t", "m", "e", simulated=False)
try:
    write_results(path, (record(i, f"{i} " * 50) for i in range(5000)), ["name"], info)
except UserFacingError as error:
    print(error.code, error.details["path"] == str(path))
"""


@pytest.mark.skipif(os.name != "posix", reason="needs a limit for the size of a file")
def test_a_file_that_cannot_grow_leaves_the_old_file(old, tmp_path_factory):
    temporary = tmp_path_factory.mktemp("temporary")
    ended = subprocess.run(
        [sys.executable, "-c", _LIMITED, str(old), str(temporary)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests" / "unit")))},
        capture_output=True,
        text=True,
        timeout=40,
        check=False,
    )
    assert (ended.stdout, ended.stderr) == ("cannot_write True\n", "")
    assert_untouched(old)
    assert list(temporary.iterdir()) == []


def test_a_new_file_replaces_the_old_one_and_keeps_its_mode(old):
    old.chmod(0o640)
    write_results(old, [record()], ["name"], INFO)
    assert b"old" not in old.read_bytes()[:4]
    assert list(old.parent.iterdir()) == [old]
    if os.name == "posix":
        assert stat.S_IMODE(old.stat().st_mode) == 0o640


def test_no_results_still_make_a_file(tmp_path):
    for suffix in RESULT_SUFFIXES:
        path = tmp_path / ("r" + suffix)
        assert write_results(path, [], ["name"], INFO) == 0
        assert path.exists()


def failure(path):
    with pytest.raises(UserFacingError) as caught:
        write_results(path, [record()], ["name"], INFO)
    return caught.value


def test_places_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("old")
    (tmp_path / "folder.csv").mkdir()
    assert failure(tmp_path / "none" / "r.csv").code == "folder_missing"
    assert failure(tmp_path / "file" / "r.csv").code == "folder_missing"
    assert failure(tmp_path / "folder.csv").code == "is_a_folder"
    assert failure(tmp_path / ("x" * 300 + ".csv")).code == "cannot_write"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder.csv"]


@pytest.mark.skipif(not Path("/sys/kernel").exists(), reason="needs a folder where not even root may write")
def test_a_folder_without_permission():
    assert failure(Path("/sys/r.csv")).code == "no_permission"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_not_ours(tmp_path):
    tmp_path.chmod(0o500)
    assert failure(tmp_path / "r.csv").code == "no_permission"


@pytest.mark.parametrize("name", ["r.ods", "r", ".csv"])
def test_unknown_suffixes_come_with_the_known_ones(tmp_path, name):
    error = failure(tmp_path / name)
    assert error.code == "unknown_suffix"
    assert error.details["known"] == (".csv", ".jsonl", ".xlsx", ".md", ".html")
    assert list(tmp_path.iterdir()) == []


def test_suffixes_may_be_capitals(tmp_path):
    write_answers(tmp_path / "R.XLSX", ["Hello"])
    assert read_sheet(tmp_path / "R.XLSX")[1][2] == "Hello"


# Reports


def test_a_report_is_json(tmp_path):
    path = tmp_path / "r.json"
    report = {"version": 1, "speed_up": None, "model": "é", "arms": {"concurrent": {"wall": 7.25}}}
    write_report(path, report)
    assert json.loads(path.read_text("utf-8")) == report
    assert path.read_text("utf-8").startswith('{\n  "version": 1,\n')


def test_a_figure_that_json_cannot_hold_leaves_the_old_report(tmp_path):
    path = tmp_path / "r.json"
    path.write_text("old")
    with pytest.raises(ValueError, match="JSON"):
        write_report(path, {"wall": float("nan")})
    assert_untouched(path)
