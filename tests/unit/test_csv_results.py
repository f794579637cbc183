from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from result_samples import (
    ANY_TEXT,
    FAILED,
    INFO,
    NASTY,
    read_csv,
    record,
    texts_of,
    whole_rows,
    write_answers,
)

from paradigm_gui.core.csv_results import harmless
from paradigm_gui.core.export import write_results
from paradigm_gui.core.results_table import TableForm
from paradigm_gui.core.tables import read_table

IN_CODES = replace(INFO, labels={})
PLAIN_NUMBERS = ["-5", "+33", "-1.5e-3", "-,5"]


@given(ANY_TEXT, st.sampled_from(",;\t"))
def test_exact_csv_holds_every_text(tmp_path_factory, texts, separator):
    path = tmp_path_factory.getbasetemp() / "exact.csv"
    form = TableForm(exact_text=True, prompts=True, separator=separator)
    write_results(path, whole_rows(texts), ["name"], IN_CODES, form=form)
    header, *rows = read_csv(path, separator)
    assert texts_of(header, rows) == [[text] * 3 for text in texts]


@given(ANY_TEXT)
def test_exact_csv_can_be_read_as_a_table_again(tmp_path_factory, texts):
    texts = [text.replace("\0", "") for text in texts]  # a text file has none
    path = tmp_path_factory.getbasetemp() / "again.csv"
    write_answers(path, texts, form=TableForm(exact_text=True))
    assert [row.variables["réponse"] for row in read_table(path).rows] == texts


def test_csv_cells_never_start_a_formula(tmp_path):
    path = tmp_path / "r.csv"
    texts = [*NASTY, *PLAIN_NUMBERS]
    write_results(path, [record(0, text, {"=h": text}) for text in texts] + [FAILED], ["=h"], INFO)
    header, *rows = read_csv(path)
    assert header[0] == "'=h"
    for text, row in zip(texts, rows, strict=False):
        starts_formula = text[0] in "=+-@\t\r" and text not in PLAIN_NUMBERS
        assert row[0] == row[header.index("réponse")] == ("'" + text if starts_formula else text)
    assert rows[-1][header.index("error_message")] == "'=slow down"


@pytest.mark.parametrize(
    "text", [" =1+1", "\n=1+1", "\u00a0@SUM(A1)", "\r\n+1+1", "\n", "＝1", "  -cmd|' '!A0"]
)
def test_formulas_hide_behind_no_space(text):
    assert harmless(text) == "'" + text


@pytest.mark.parametrize("value", ["", "a=1", " a", "(-1)", *PLAIN_NUMBERS, -5, 1.5, None])
def test_what_is_harmless_stays(value):
    assert harmless(value) == value


def test_csv_opens_as_utf_8_in_spreadsheets(tmp_path):
    write_answers(tmp_path / "r.csv", ["é"])
    assert (tmp_path / "r.csv").read_bytes().startswith(b"\xef\xbb\xbfname,status,")


@pytest.mark.parametrize(
    ("separator", "mark", "number"),
    [(",", ",", "1.5"), (";", ",", "1,5"), ("\t", ",", "1,5"), (";", ".", "1.5")],
)
def test_numbers_of_ours_have_the_mark_that_spreadsheets_expect(tmp_path, separator, mark, number):
    path = tmp_path / "r.csv"
    info = replace(INFO, decimal_mark=mark, fields=("price",))
    records = [record(variables={"name": "2.5"}, fields={"price": 0.25})]
    write_results(path, records, ["name"], info, form=TableForm(separator=separator))
    header, row = read_csv(path, separator)
    found = dict(zip(header, row, strict=True))
    assert (found["service_s"], found["price"]) == (number, f"0{mark if separator != ',' else '.'}25")
    # the input is as it was
    assert found["name"] == "2.5"
    assert read_table(path).rows[0].variables["service_s"] == number
