from __future__ import annotations

import gc
import io
import random
import re
import sys
import zipfile
from dataclasses import replace
from xml.dom import minidom

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from result_samples import FAILED, INFO, NASTY, read_sheet, record, whole_rows, write_answers

from paradigm_gui.core import xlsx_results
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.export import write_results
from paradigm_gui.core.results_table import ResultsTable, TableForm
from paradigm_gui.core.tables import Reading, read_table
from paradigm_gui.core.xlsx_results import write_xlsx

IN_CODES = replace(INFO, labels={}, simulated=False)
# whatever a cell can hold: all but halves of characters and what is none
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"))


@given(st.lists(TEXT, min_size=1, max_size=5))
@example(["<r><t>bold</t></r>", "<r></r>", "<r>\n&</r>"])
@example(
    [
        "_x0041_",
        "_x005F_x0041_",
        "_x0041_x0042_x0043_",
        "<r>_x0041_x0042_</r>",
        "a_x000D_b_x",
        "_x00e9_",
        "\x1f\x00\x0b",
        "a\r\nb\r",
        "  x ",
    ]
)
@example(["1", "2.50", "0"])
@example(["2024-01-02", "1999-12-31"])
def test_xlsx_holds_every_text(tmp_path_factory, texts):
    path = tmp_path_factory.getbasetemp() / "printable.xlsx"
    assert write_results(path, whole_rows(texts), ["name"], IN_CODES, form=TableForm(prompts=True)) == 0
    table = read_table(path, Reading(has_header=True))
    found = [[row.variables[name] for name in ("name", "prompt", "answer")] for row in table.rows]
    assert found == [[text] * 3 for text in texts]


@given(
    st.lists(st.decimals(-999_999, 999_999, places=3).map(str) | st.integers().map(str) | st.dates().map(str))
)
def test_numbers_and_dates_come_back_as_the_same_text(tmp_path_factory, texts):
    path = tmp_path_factory.getbasetemp() / "numbers.xlsx"
    for column in (texts, texts[:1]):
        write_results(path, whole_rows([*column, "12"]), ["name"], IN_CODES)
        table = read_table(path, Reading(has_header=True))
        assert [row.variables["name"] for row in table.rows] == [*column, "12"]


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
    answers = [row[header.index("réponse")] for row in rows[: len(NASTY)]]
    assert answers == [row[0] for row in rows[: len(NASTY)]] == NASTY


def test_xlsx_cuts_what_is_too_long_and_counts_it(tmp_path):
    path = tmp_path / "r.xlsx"
    assert write_answers(path, ["x" * 32_767, "x" * 32_768, "😀" * 20_000]) == 2
    header, *rows = read_sheet(path)
    whole, cut, pairs = (row[header.index("réponse")] for row in rows)
    assert whole == "x" * 32_767
    assert cut == "x" * (32_767 - 8) + " […] cut"
    assert pairs == "😀" * ((32_767 - 8) // 2) + " […] cut"
    run = {row[0]: row[1] for row in read_sheet(path, "Run")}
    assert run["cells_cut"] == 2
    assert "simulé" in run


def test_xlsx_has_settings_and_figures_of_their_types(tmp_path):
    path = tmp_path / "r.xlsx"
    info = replace(
        INFO,
        settings=[("prompt", "=1+1 {name}"), ("cap", 20)],
        measures=[["", "c", "s"], ["wall", 7.25, None]],
    )
    write_results(path, [record()], ["name"], info)
    rows = [row for row in read_sheet(path, "Run") if any(cell != "" for cell in row)]
    assert rows[4:9] == [
        ["settings", "", ""],
        ["prompt", "=1+1 {name}", ""],
        ["cap", 20, ""],
        ["figures", "", ""],
        ["", "c", "s"],
    ]
    assert rows[9] == ["wall", 7.25, ""]


def test_xlsx_marks_what_is_no_character(tmp_path):
    path = tmp_path / "r.xlsx"
    write_answers(path, ["a\ud83d\ufffeb\tc\nd"])
    header, row = read_sheet(path)
    assert row[header.index("réponse")] == "a\ufffd\ufffdb\tc\nd"


def styles_of(path):
    """The sheet's own XML, and that of the workbook."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                minidom.parseString(archive.read(name))
        return archive.read("xl/worksheets/sheet1.xml").decode(), archive.read("xl/workbook.xml").decode()


def test_a_sheet_can_be_filtered_and_printed(tmp_path):
    path = tmp_path / "r.xlsx"
    records = [record(text="long text " * 40), record(1, "short", {"name": "Bo"})]
    write_results(path, records, ["name"], IN_CODES, form=TableForm(is_technical=False))
    sheet, book = styles_of(path)
    assert '<autoFilter ref="A1:B3"/>' in sheet
    assert 'ySplit="1"' in sheet
    assert 'state="frozen"' in sheet
    assert 'orientation="landscape"' in sheet
    assert 'fitToHeight="0"' in sheet
    assert "Print_Titles" in book
    widths = [float(width) for width in re.findall(r'<col [^>]*width="([0-9.]+)"', sheet)]
    assert widths[0] < 15
    assert 40 < widths[1] < 50
    (height,) = re.findall(r'<row r="2"[^>]* ht="([0-9.]+)"', sheet)
    # some ten lines
    assert 130 < float(height) < 200
    assert not re.search(r'<row r="3"[^>]* ht=', sheet)


def test_input_columns_of_numbers_and_dates_have_their_types(tmp_path):
    path = tmp_path / "r.xlsx"
    rows = [("1", "2024-01-02", "007"), ("2.50", "", "8")]
    records = [
        record(i, variables=dict(zip(("n", "d", "id"), row, strict=True))) for i, row in enumerate(rows)
    ]
    write_results(path, records, ["n", "d", "id"], IN_CODES)
    _, first, second = read_sheet(path)
    assert (first[0], second[0], first[2]) == (1, 2.5, "007")
    assert str(first[1]).startswith("2024-01-02")
    back = read_table(path)
    assert [tuple(row.variables[name] for name in ("n", "d", "id")) for row in back.rows] == rows


def test_times_are_rounded(tmp_path):
    path = tmp_path / "r.xlsx"
    write_results(path, [record(service_s=1.23456789)], ["name"], IN_CODES)
    header, row = read_sheet(path)
    assert row[header.index("service_s")] == 1.235
    assert read_table(path).rows[0].variables["service_s"] == "1.235"


def test_what_is_still_to_be_packed_lies_beside_the_file(tmp_path, monkeypatch):
    elsewhere = tmp_path / "not there"
    monkeypatch.setattr("tempfile.tempdir", str(elsewhere))
    write_answers(tmp_path / "r.xlsx", ["Hello"])
    assert [path.name for path in tmp_path.iterdir()] == ["r.xlsx"]


def test_a_sheet_has_an_end(tmp_path, monkeypatch):
    monkeypatch.setattr(xlsx_results, "MOST_ROWS", 3)
    write_answers(tmp_path / "r.xlsx", ["x"] * 2)
    with pytest.raises(UserFacingError) as caught:
        write_answers(tmp_path / "r.xlsx", ["x"] * 3)
    assert (caught.value.code, caught.value.details["limit"]) == ("too_many_results", 2)
    monkeypatch.setattr(xlsx_results, "MOST_COLUMNS", 3)
    with pytest.raises(UserFacingError, match="too_many_columns"):
        write_answers(tmp_path / "r.xlsx", ["x"])


def hard_to_pack():
    """Records of texts that hardly become shorter in an archive."""
    chance = random.Random(1)
    return [record(i, "".join(map(chr, chance.choices(range(0x4E00, 0x9000), k=500)))) for i in range(500)]


class Full(io.BytesIO):
    """A file on a disk that gets full."""

    def write(self, data):
        if self.tell() + len(data) > 20_000:
            raise OSError(28, "full")
        return super().write(data)


def write_hard(file, folder, on_share=lambda _share: None):
    table = ResultsTable(hard_to_pack(), ["name"], INFO, TableForm(), for_reading=False)
    return write_xlsx(file, table, folder, on_share)


def test_a_full_disk_is_told_once_and_nothing_is_left(tmp_path, monkeypatch):
    unraisable = []
    monkeypatch.setattr(sys, "unraisablehook", unraisable.append)
    file = Full()
    with pytest.raises(OSError, match="full") as caught:
        write_hard(file, tmp_path)
    assert caught.value.errno == 28
    del caught
    file.close()
    gc.collect()
    assert unraisable == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("enough", [0.3, 0.75, 0.9])
def test_it_is_given_up_at_once_while_rows_come_and_while_they_are_packed(tmp_path, enough):
    file, heard = io.BytesIO(), []

    def give_up(share):
        heard.append((share, file.tell()))
        if share > enough:
            raise KeyError

    with pytest.raises(KeyError):
        write_hard(file, tmp_path, give_up)
    gc.collect()
    assert (heard[-1][1] > 0) is (enough > 0.6)
    assert len(file.getvalue()) == heard[-1][1]
    assert list(tmp_path.iterdir()) == []
