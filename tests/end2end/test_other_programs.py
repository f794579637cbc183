"""Our files in the programs that people open them with, and files that those have made."""

import csv
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from guard import GUARD_S
from other_programs import Browser, Office
from stub_api import Reply, stub_api_thread

from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.export import write_results
from paradigm_gui.core.results_table import ResultsInfo, TableForm
from paradigm_gui.core.tables import Reading, read_table

REPOSITORY = Path(__file__).parents[2]
UTF_8 = "CSV:44,34,76"
# every column as text
TEXT_COLUMNS = f"{UTF_8},1,{'/'.join(f'{column}/2' for column in range(1, 30))}"
AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,true"

FORMULAS = [
    "=cmd()",
    "=1+1",
    "@x",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://127.0.0.1:9/","y")',
    "\t=1+1",
    "=\n1+1",
    "-2+3+cmd|' /C calc'!A0",
    "+1+1",
]
NUMBERS = ["007", "+1", "-1", "1e5", "1/2", "2024-01-02", "12345678901234567890", "TRUE"]
TEXTS = [
    "a\tb",
    "line\none",
    "carriage\r\nreturn",
    "\"quoted\" and 'single'",
    "é😀שלום",
    "  spaces  ",
    "-",
    "' apostrophe",
    "<b>&amp;",
    "a,b;c|d",
    "#N/A",
    "x" * 5_000,
]
ALL = [*FORMULAS, *NUMBERS, *TEXTS]


def as_office_has_it(text):
    """LibreOffice knows one kind of line break."""
    return text.replace("\r\n", "\n")


def made_harmless(text):
    """What stands in our CSV files for a text."""
    return re.sub(r"^'(?=')|^'(?=[\s]*[=+\-@\t\n])", "", text)


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path)


@pytest.fixture
def results(tmp_path):
    """Write results whose input and answer is each of the texts, as the suffix says."""

    def write(name, **form):
        records = [
            {
                "index": index,
                "variables": {"text": text},
                "prompt": text,
                "status": "done",
                "text": text,
                "finish_reason": "stop",
                "error": None,
                "attempts": 1,
                "queue_s": 0.25,
                "ttft_s": 0.5,
                "service_s": 1.25,
                "response_s": 1.5,
                "tokens": {"prompt": 20, "completion": 40},
                "model": "m",
                "arm": "concurrent",
            }
            for index, text in enumerate(ALL)
        ]
        path = tmp_path / name
        info = ResultsInfo(title="=1+1", model="m", endpoint="@e", simulated=False)
        write_results(path, records, ["text"], info, form=TableForm(**form))
        return path

    return write


def opened(path):
    """The input and the answer in each row, and all formulas of a workbook that LibreOffice has saved."""
    with zipfile.ZipFile(path) as archive:
        formulas = re.findall(r'table:formula="([^"]*)"', archive.read("content.xml").decode())
    rows = [row.variables for row in read_table(path, Reading(has_header=True)).rows]
    return [row["text"] for row in rows], [row["answer"] for row in rows], formulas


# Results


def test_a_workbook_of_results_opens_with_its_texts_and_numbers_and_no_formula(office, results, tmp_path):
    (made,) = office.convert("ods", tmp_path / "opened", results("r.xlsx"))
    inputs, answers, formulas = opened(made)
    assert inputs == answers == [as_office_has_it(text) for text in ALL]
    assert formulas == []
    with zipfile.ZipFile(made) as archive:
        content = archive.read("content.xml").decode()
    assert content.count('office:value-type="float" office:value="1.25"') == len(ALL)


def test_a_csv_file_of_results_opens_without_a_formula(office, results, tmp_path):
    paths = results("safe.csv"), results("exact.csv", exact_text=True)
    safe, exact = office.convert("ods", tmp_path / "opened", *paths, opened_as=UTF_8)
    inputs, answers, formulas = opened(safe)
    assert formulas == []
    assert inputs == answers
    shown = dict(zip(ALL, map(made_harmless, inputs), strict=True))
    assert {text: shown[text] for text in FORMULAS} == {text: text for text in FORMULAS}
    assert {text: shown[text] for text in TEXTS} == {text: as_office_has_it(text) for text in TEXTS}
    # whoever asks for exact text gets what a spreadsheet makes of it
    assert len(opened(exact)[2]) >= 2


def test_a_csv_file_of_results_opens_with_exact_texts_where_columns_are_texts(office, results, tmp_path):
    paths = results("safe.csv"), results("exact.csv", exact_text=True)
    safe, exact = office.convert("ods", tmp_path / "opened", *paths, opened_as=TEXT_COLUMNS)
    inputs, answers, formulas = opened(exact)
    assert inputs == answers == [as_office_has_it(text) for text in ALL]
    assert formulas == []
    inputs, answers, formulas = opened(safe)
    assert [made_harmless(text) for text in inputs] == [as_office_has_it(text) for text in ALL]
    assert formulas == []


HOSTILE = [
    '<img src="URL/image.png">',
    "<script>fetch('URL/script')</script>",
    "<style>@import 'URL/style.css'; body { background: url(URL/background.png) }</style>",
    '<link rel="preconnect" href="URL"><link rel="dns-prefetch" href="//prefetch.example">',
    '"><iframe src="URL/frame"></iframe><svg onload="fetch(\'URL/onload\')">',
    "</td></tr></table><object data='URL/object'></object><video src='URL/video'></video>",
    '<meta http-equiv="refresh" content="0; url=URL/refresh">',
]


def test_the_report_opens_in_a_browser_without_a_request_to_anywhere(tmp_path):
    browser = Browser(tmp_path)
    report, table = tmp_path / "report.html", tmp_path / "table.jsonl"
    with stub_api_thread(lambda request: Reply.answer(request.prompt)) as api:
        texts = [text.replace("URL", api.base_url) for text in HOSTILE]
        table.write_text("".join(json.dumps({"<b>name</b>": text}) + "\n" for text in texts), "utf-8")
        prompt = ["--prompt", "{<b>name</b>}", "--compare", "--model", "<i>m</i>"]
        command = [sys.executable, "-m", "paradigm_gui", table, "--base-url", api.base_url, *prompt]
        command += ["--headless", "--output", report]
        subprocess.run(
            list(map(str, command)), cwd=REPOSITORY, capture_output=True, timeout=GUARD_S, check=True
        )
        before = len(api.seen)
        page, asked = browser.open(report)
        assert asked == []
        assert len(api.seen) == before
    assert page.count("<svg") >= 1
    for text in texts:
        assert page.count(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")) >= 2
    assert not re.search("<(script|img|iframe|object|video|link|i|b)[ >]", page)

    # what would have been seen
    naive = tmp_path / "naive.html"
    naive.write_text("".join(HOSTILE[:4]).replace("URL", "http://127.0.0.1:9"), "utf-8")
    _, asked = browser.open(naive)
    seen = json.dumps(asked)
    assert all(place in seen for place in ("/image.png", "/script", "/style.css"))


# Tables

FORMATS = {
    "0.00": [3.14159, -2.5, 0, 1234.5],
    "#,##0": [1234567, 999, -1000],
    "0%": [0.5, 1.25],
    "0.0%": [0.1234],
    "00000": [1000, 7, 123456],
    "000-00-0000": [612345678],
    '0#" "##" "##" "##" "##': [612345678],
    "0.00E+00": [1234.5, 0.001],
    "# ?/?": [0.5, 1.25, 2],
    "#,##0.00\\ [$€-40C]": [1234.5],
    '"$"#,##0.00;[Red]("$"#,##0.00)': [5, -1234.5],
    '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)': [5, -1234.5, 0],
    '0.0," k"': [12345],
    '+0;-0;"zero"': [3, -3, 0],
    "yyyy-mm-dd": [45293],
    "dd/mm/yyyy": [45293],
    "d.m.yy": [45293],
    "[$-40C]dddd d mmmm yyyy": [45293],
    "[$-409]mmm d, yyyy": [45293],
    "dd/mm/yyyy hh:mm": [45293.75],
    "h:mm AM/PM": [0.25, 0.75],
    "hh:mm:ss": [0.5],
    "[h]:mm:ss": [1.5],
    "mm:ss.0": [0.0008],
    "General": [0.1, 1234.5678, 123456789012],
}


@pytest.fixture
def formatted(tmp_path):
    """A workbook with numbers in many formats, errors, texts and a formula, one row for each."""
    path = tmp_path / "formatted.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["code", "value"])
        line = 1
        for code, values in FORMATS.items():
            form = book.add_format({"num_format": code})
            for value in values:
                sheet.write_string(line, 0, code)
                sheet.write_number(line, 1, value, form)
                line += 1
        for error in ("NA()", "1/0"):
            sheet.write_string(line, 0, error)
            sheet.write_formula(line, 1, f"={error}", None, "#N/A" if error == "NA()" else "#DIV/0!")
            line += 1
        percent = book.add_format({"num_format": "0%"})
        sheet.write_string(line, 0, "formula")
        sheet.write_formula(line, 1, "=1/4", percent, 0.25)
        sheet.write_string(line + 1, 0, "boolean")
        sheet.write_boolean(line + 1, 1, True)
        sheet.write_string(line + 2, 0, "text")
        sheet.write_string(line + 2, 1, "007 été 😀")
    return path


def values_of(path):
    return [tuple(row.variables.values()) for row in read_table(path, Reading(has_header=True)).rows]


def test_numbers_dates_and_errors_show_as_libreoffice_shows_them(office, formatted, tmp_path):
    (made,) = office.convert(AS_SHOWN, tmp_path, formatted)
    with made.open(encoding="utf-8", newline="") as file:
        _, *shown = csv.reader(file)
    ours = values_of(formatted)
    assert len(ours) == sum(map(len, FORMATS.values())) + 5
    # blanks that line up columns are left out
    assert ours == [(code, value.strip()) for code, value in shown]


def test_a_workbook_that_libreoffice_has_made_reads_as_the_one_it_was_made_from(office, formatted, tmp_path):
    ours = values_of(formatted)
    (xlsx,) = office.convert("xlsx", tmp_path / "made", formatted)
    assert values_of(xlsx) == ours
    (ods,) = office.convert("ods", tmp_path / "made", formatted)
    euros = [("#,##0.00\\ [$€-40C]", "1,234.50 €")]
    assert [(code, value.strip()) for code, value in values_of(ods) if (code, value) not in euros] == [
        pair for pair in ours if pair not in euros
    ]


def test_a_table_that_libreoffice_has_made_keeps_its_texts(office, tmp_path):
    texts = [text for text in ALL if text.strip() == text and "\r" not in text]
    source = tmp_path / "made.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["first", "second"], *([text, f"{text} 2"] for text in texts)])
    for kind in ("xlsx", "ods"):
        (made,) = office.convert(kind, tmp_path / "made", source, opened_as=TEXT_COLUMNS)
        assert values_of(made) == [(text, f"{text} 2") for text in texts]


def test_workbooks_with_a_password_and_old_ones_say_what_to_do(office, formatted, tmp_path):
    locked = tmp_path / "locked.xlsx", tmp_path / "locked.ods"
    (old,) = office.convert("xls", tmp_path / "old", formatted)
    office.protect(formatted, *locked)
    renamed = old.rename(tmp_path / "renamed.xlsx")
    for path, code in ((locked[0], "encrypted"), (locked[1], "encrypted"), (renamed, "old_spreadsheet")):
        with pytest.raises(UserFacingError) as caught:
            read_table(path)
        assert (caught.value.code, caught.value.details) == (code, {"path": str(path)})
