from __future__ import annotations

import re
import zipfile
from dataclasses import replace

import pytest
from result_samples import FAILED, INFO, read_csv, read_sheet, record

from paradigm_gui.core.export import write_results
from paradigm_gui.core.results_table import FULL_COLUMNS, ColumnKind, ResultsInfo, ResultsTable, TableForm
from paradigm_gui.core.tables import read_table

INFO_IN_CODES = replace(INFO, labels={}, simulated=False)
PLAIN = TableForm(is_technical=False)


def test_columns_come_in_order_and_values_keep_their_types(tmp_path):
    for suffix, read in ((".csv", read_csv), (".xlsx", read_sheet)):
        path = tmp_path / ("r" + suffix)
        write_results(path, [record(), FAILED], ["name"], INFO_IN_CODES)
        header, done, failed = read(path)
        assert header == ["name", *FULL_COLUMNS]
        cell = dict(zip(header, done, strict=True))
        bad = dict(zip(header, failed, strict=True))
        assert (cell["name"], cell["answer"], cell["error"], cell["ttft_s"]) == ("Zoë", "Hello", "", "")
        assert (bad["status"], bad["error"], bad["arm"]) == ("failed", "rate_limited", "sequential")
        numbers = [cell["service_s"], cell["completion_tokens"], bad["http_status"], bad["attempts"]]
        assert numbers == ([1.5, 34, 429, 1] if suffix == ".xlsx" else ["1.5", "34", "429", "1"])


def test_a_column_of_ours_gives_way_to_an_input_column(tmp_path):
    path = tmp_path / "r.csv"
    columns = {"status": "VIP", "answer": "42", "answer 2": "43"}
    write_results(path, [record(variables=columns)], list(columns), INFO_IN_CODES)
    header, row = read_csv(path)
    assert header == ["status", "answer", "answer 2", "status 2", "answer 3", *FULL_COLUMNS[2:]]
    assert row[:5] == ["VIP", "42", "43", "done", "Hello"]


def test_fields_stand_beside_the_answers(tmp_path):
    info = replace(INFO_IN_CODES, fields=("people", "name", "list"))
    records = [record(fields={"people": 9, "name": "=x", "list": [1, None]}), record(fields={}), record()]
    for suffix, read in ((".csv", read_csv), (".xlsx", read_sheet)):
        write_results(tmp_path / ("r" + suffix), records, ["name"], info)
        header, *rows = read(tmp_path / ("r" + suffix))
        assert header == ["name", "status", "answer", "people", "name 2", "list", *FULL_COLUMNS[2:]]
        is_csv = suffix == ".csv"
        assert rows[0][3:6] == ["9" if is_csv else 9, "'=x" if is_csv else "=x", "[1, null]"]
        assert [row[3:6] for row in rows[1:]] == [["", "", ""]] * 2


def test_remarks_stand_beside_the_answers_where_there_are_any(tmp_path):
    records = [
        record(marked=True, comment="=cmd|' /C calc'!A0"),
        record(marked=False, comment="<b>|a</b>"),
        record(marked=False, comment=""),
    ]
    info = replace(INFO_IN_CODES, has_remarks=True)
    for suffix, read in ((".csv", read_csv), (".xlsx", read_sheet)):
        path = tmp_path / ("r" + suffix)
        write_results(path, records, ["name", "mark"], info)
        header, *rows = read(path)
        assert header[:6] == ["name", "mark", "status", "answer", "mark 2", "comment"]
        formula = "=cmd|' /C calc'!A0"
        exact = [formula if suffix == ".xlsx" else f"'{formula}", "<b>|a</b>", ""]
        assert [row[4:6] for row in rows] == list(map(list, zip(["x", "", ""], exact, strict=True)))
        if suffix == ".xlsx":
            with zipfile.ZipFile(path) as archive:
                assert b"<f" not in archive.read("xl/worksheets/sheet1.xml")
        write_results(path, records, ["name", "mark"], INFO_IN_CODES)
        assert read(path)[0] == ["name", "mark", *FULL_COLUMNS]
    info = replace(info, labels={"comment": "Kommentar"})
    for suffix, literal in ((".md", "&lt;b&gt;\\|a&lt;/b&gt;"), (".html", "&lt;b&gt;|a&lt;/b&gt;")):
        path = tmp_path / ("r" + suffix)
        write_results(path, records, ["name"], info)
        text = path.read_text("utf-8")
        assert "Kommentar" in text
        assert literal in text
        write_results(path, records, ["name"], replace(info, has_remarks=False))
        assert "Kommentar" not in path.read_text("utf-8")


def test_results_can_be_read_as_a_table_again(tmp_path):
    for suffix, shown in ((".csv", "1.75"), (".xlsx", "1.750")):
        write_results(tmp_path / ("r" + suffix), [record(), FAILED], ["name"], INFO)
        table = read_table(tmp_path / ("r" + suffix))
        assert [row.variables["response_s"] for row in table.rows] == [shown, shown]


def test_row_numbers_and_prompts_come_after_the_input(tmp_path):
    form = TableForm(row_numbers=True, prompts=True)
    for suffix, read in ((".csv", read_csv), (".xlsx", read_sheet)):
        path = tmp_path / ("r" + suffix)
        write_results(path, [record(4, variables={"row": "x"})], ["row"], INFO_IN_CODES, form=form)
        header, row = read(path)
        assert header == ["row", "row 2", "prompt", *FULL_COLUMNS]
        assert row[:3] == ["x", 5 if suffix == ".xlsx" else "5", "Greet Zoë."]


@pytest.mark.parametrize("suffix", [".md", ".html"])
def test_labels_are_for_our_own_columns_only(tmp_path, suffix):
    path = tmp_path / ("r" + suffix)
    info = ResultsInfo("t", "m", "e", simulated=False, labels={"title": "Titel", "status": "Stand"})
    write_results(path, [record(variables={"title": "Dr"}, status="failed")], ["title"], info)
    assert re.search(r"title\W.*Stand\W", path.read_text("utf-8").split("results")[-1])
    assert "Titel" not in path.read_text("utf-8")


# What is written without technical columns


def header_of(records, form=PLAIN, *, info=INFO_IN_CODES, columns=("name",), for_reading=False):
    return ResultsTable(records, columns, info, form, for_reading=for_reading).header


def test_without_technical_columns_there_is_what_people_ask_for():
    assert header_of([record()]) == ["name", "answer"]
    assert header_of([record(), FAILED]) == ["name", "status", "answer", "error", "error_message"]
    assert header_of([record(finish_reason="length")]) == ["name", "answer", "finish_reason"]
    with_fields = replace(INFO_IN_CODES, fields=("city",), has_remarks=True)
    assert header_of([record()], info=with_fields) == ["name", "answer", "city"]
    noted = [record(marked=False, comment="to check")]
    assert header_of(noted, info=with_fields) == ["name", "answer", "city", "comment"]


def test_a_table_of_simulated_answers_names_their_model():
    simulated = replace(INFO_IN_CODES, simulated=True)
    assert header_of([record()], info=simulated) == ["name", "answer", "model"]
    assert header_of([record()], info=simulated, for_reading=True) == ["name", "answer"]


def test_a_list_of_words_reads_as_people_write_it_and_exactly_for_programs():
    info = replace(INFO_IN_CODES, fields=("topics",))
    records = [record(fields={"topics": ["price", "quality"]}), record(fields={"topics": [1, {}]})]
    for form, shown in ((PLAIN, "price, quality"), (TableForm(), '["price", "quality"]')):
        table = ResultsTable(records, ["name"], info, form, for_reading=False)
        place = table.header.index("topics")
        assert [row[place] for row in table.rows()] == [shown, "[1, {}]"]


def test_files_for_programs_have_all_columns_and_those_to_read_only_if_they_say_something():
    usual = TableForm()
    assert header_of([record()], usual) == ["name", *FULL_COLUMNS]
    assert header_of([record()], usual, for_reading=True) == ["name", "answer"]
    full = header_of([record()], TableForm(is_technical=True), for_reading=True)
    assert {"service_s", "model", "status"} <= set(full)
    assert {"ttft_s", "error", "http_status"}.isdisjoint(full)
    blank = [record(variables={"name": "Ada", "note": ""})]
    assert header_of(blank, for_reading=True, columns=("name", "note")) == ["name", "answer"]
    assert header_of(blank, columns=("name", "note")) == ["name", "note", "answer"]


def test_a_document_to_read_shows_fields_in_place_of_the_raw_answer():
    info = replace(INFO_IN_CODES, fields=("city", "never"))
    read = record(text='{"city": "Paris"}', fields={"city": "Paris"})
    assert header_of([read], info=info, for_reading=True) == ["name", "city"]
    broken = record(1, "no JSON", status="failed", fields={}, error={"code": "not_json", "message": ""})
    table = ResultsTable([read, broken], ["name"], info, PLAIN, for_reading=True)
    assert table.header == ["name", "status", "answer", "city", "error"]
    assert list(table.rows()) == [
        ["Zoë", "done", None, "Paris", None],
        ["Zoë", "failed", "no JSON", None, "not_json"],
    ]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".md", ".html"])
def test_codes_are_in_the_words_of_the_user(tmp_path, suffix):
    path = tmp_path / ("r" + suffix)
    words = {
        "status": {"failed": "échoué", "done": "terminé"},
        "error": {"rate_limited": "Trop de demandes"},
        "arm": {"sequential": "Séquentiel"},
        "finish_reason": {"stop": "complète"},
    }
    labels = {"status": "état", "arm": "passage", "results": "Résultats", "finish_reason": "fin"}
    info = replace(INFO, labels=labels, words=words)
    cut = record(2, finish_reason="length")
    write_results(path, [record(), FAILED, cut], ["name"], info, form=TableForm(is_technical=True))
    text = str(read_sheet(path, "Résultats")) if suffix == ".xlsx" else path.read_text("utf-8")
    for word in ("état", "passage", "fin", "échoué", "terminé", "Trop de demandes", "Séquentiel", "complète"):
        assert word in text
    assert "rate_limited" not in text
    assert "sequential" not in text


def kind_of(*texts):
    records = [record(i, variables={"name": text}) for i, text in enumerate(texts)]
    return ResultsTable(records, ["name"], INFO, PLAIN, for_reading=False).columns[0].kind


@pytest.mark.parametrize(
    "texts", [("1", "2.50", ""), ("-3",), ("0",), ("0.10",), ("999999999999999",), ("-0.5", "1")]
)
def test_columns_of_nothing_but_numbers_are_numbers(texts):
    assert kind_of(*texts) is ColumnKind.NUMBER


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "007",
        "1234567890123456",
        "-0",
        "-0.0",
        "1e5",
        "+1",
        "1,5",
        " 1",
        "",
        "٣",
        "1.",
        ".5",
        "2024-02-30",
    ],
)
def test_what_would_come_back_otherwise_stays_text(text):
    assert kind_of(text) is ColumnKind.TEXT
    assert kind_of("1", text) is (ColumnKind.TEXT if text else ColumnKind.NUMBER)


def test_columns_of_several_kinds_and_dates_that_spreadsheets_count_wrongly_are_texts():
    assert kind_of("1", "2024-01-02") is ColumnKind.TEXT
    assert kind_of("1900-01-01") is ColumnKind.TEXT
    assert kind_of("1\n") is ColumnKind.TEXT


def test_columns_of_dates_are_dates():
    assert kind_of("2024-01-02", "", "1999-12-31") is ColumnKind.DATE
