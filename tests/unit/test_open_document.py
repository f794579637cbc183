from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from paradigm_gui.core import xml_stream
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.open_document import read_content
from paradigm_gui.core.tables import Reading, preview, read_table

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style")
)
MANIFEST = "<manifest/>"


def content(tables, styles="", prolog=""):
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<office:document-content {SPACES}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>"
        f"{tables}</office:spreadsheet></office:body></office:document-content>"
    )


def sheet(name, *rows, more=""):
    return f'<table:table table:name="{name}" {more}>{"".join(rows)}</table:table>'


def row(*cells, repeated=1):
    return f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(cells)}</table:table-row>'


def cell(inner="", more="", repeated=1, kind="string"):
    return (
        f'<table:table-cell office:value-type="{kind}" {more} table:number-columns-repeated="{repeated}">'
        f"{inner}</table:table-cell>"
    )


def text(*paragraphs, **options):
    return cell("".join(f"<text:p>{paragraph}</text:p>" for paragraph in paragraphs), **options)


EMPTY_TAIL = row("<table:table-cell table:number-columns-repeated='16384'/>", repeated=1_048_000)


@pytest.fixture
def ods(tmp_path):
    def write(tables, styles="", manifest=MANIFEST, prolog=""):
        path = tmp_path / "t.ods"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("META-INF/manifest.xml", manifest)
            archive.writestr("content.xml", content(tables, styles, prolog))
        return path

    return write


def cells(table):
    return [list(row.variables.values()) for row in table.rows]


def failure(path, *arguments):
    with pytest.raises(UserFacingError) as caught:
        read_table(path, *arguments)
    assert caught.value.details["path"] == str(path)
    return caught.value


def test_cells_read_as_the_file_shows_them(ods):
    path = ods(
        sheet(
            "S",
            row(*(text(name) for name in "abcdef")),
            row(
                text("0007", kind="float", more='office:value="7"'),
                text("02/01/24", kind="date", more='office:date-value="2024-01-02"'),
                text("3,50 €", kind="currency", more='office:value="3.5"'),
                text("one", 't<text:s text:c="3"/>w <text:span>o</text:span><text:tab/>x<text:line-break/>y'),
                cell("", more='office:value="1.5"', kind="float"),
                text("&lt;b&gt;&amp;"),
            ),
            EMPTY_TAIL,
        )
    )
    table = read_table(path)
    assert table.columns == tuple("abcdef")
    assert cells(table) == [["0007", "02/01/24", "3,50 €", "one\nt   w o\tx\ny", "1.5", "<b>&"]]
    assert table.reading == Reading(has_header=True, sheet="S")
    assert table.skipped_empty == 0


def test_comments_are_not_part_of_a_cell(ods):
    comment = "<office:annotation><text:p>mind <text:s/>this</text:p></office:annotation>"
    path = ods(sheet("S", row(cell(comment + "<text:p>a</text:p>")), row(cell(comment)), row(text("1"))))
    assert cells(read_table(path)) == [["1"]]
    path = ods(sheet("S", row(text("a")), row(text(f"1{comment} and <text:s/>2"))))
    assert cells(read_table(path)) == [["1 and  2"]]


def test_repeated_cells_and_rows_and_the_gaps_between(ods):
    path = ods(
        sheet(
            "S",
            row(cell("", repeated=2, kind="x"), repeated=3),
            row(text("a"), text("b", repeated=2)),
            row(cell(repeated=5), repeated=2),
            row(cell(), text("x"), repeated=2),
        )
    )
    table = read_table(path)
    assert table.columns == ("a", "b", "b 2")
    assert cells(table) == [["", "x", ""], ["", "x", ""]]
    assert table.skipped_empty == 2


def test_a_table_may_stand_anywhere_and_be_wider_than_its_header(ods):
    path = ods(
        sheet(
            "S",
            row(cell(), repeated=4),
            row(cell(), text("a")),
            row(cell()),
            row(cell(), text("1"), text("2")),
        )
    )
    table = read_table(path)
    assert (table.columns, cells(table), table.skipped_empty) == (("a", "column 2"), [["1", "2"]], 1)


def test_lines_are_those_of_the_sheet(ods, monkeypatch):
    monkeypatch.setattr("paradigm_gui.core.tables.MAX_CELL_CHARACTERS", 3)
    path = ods(sheet("S", row(cell(), repeated=4), row(text("a")), row(cell()), row(text("1234"))))
    error = failure(path)
    assert (error.code, error.details["line"]) == ("cell_too_large", 7)


def test_sheets_are_chosen_by_name_and_hidden_ones_left_out(ods):
    hidden = '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'
    path = ods(
        sheet("Hidden", row(text("h")), row(text("0")), more='table:style-name="h"')
        + sheet("Empty", EMPTY_TAIL)
        + sheet("One", row(text("a")), row(text("1")))
        + sheet("Two", row(text("a")), row(text("2"))),
        hidden,
    )
    table = read_table(path)
    assert table.sheets == ("Empty", "One", "Two")
    assert (table.reading.sheet, cells(table)) == ("One", [["1"]])
    assert cells(read_table(path, Reading(sheet="Two"))) == [["2"]]
    assert failure(path, Reading(sheet="Empty")).code == "empty_table"
    assert failure(path, Reading(sheet="Hidden")).code == "unknown_sheet"
    assert cells(preview(path, rows=1)) == [["1"]]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([row(text("x", repeated=16_384), repeated=1_048_576)], "too_many_cells"),
        ([row(text("x"), repeated=99_999_999_999_999_999)], "too_many_rows"),
        ([row(cell(repeated=99_999_999_999_999_999), text("x"))], "too_many_columns"),
        ([row(text('x<text:s text:c="4000000000"/>'))], "cell_too_large"),
        ([row(cell(), repeated=2_000_000), row(text("x"))], "too_many_rows"),
    ],
)
def test_what_would_fill_the_memory_is_refused(ods, rows, code):
    assert failure(ods(sheet("S", *rows))).code == code


def test_entities_are_refused(ods):
    path = ods(sheet("S", row(text("&a;"))), prolog='<!DOCTYPE x [<!ENTITY a "aaa">]>')
    assert failure(path).code == "bad_spreadsheet"


def test_a_protected_file_says_so(ods):
    path = ods("", manifest="<manifest:encryption-data/>")
    assert failure(path).code == "encrypted"


def test_damaged_content(tmp_path, ods):
    whole = ods(sheet("S", row(text("a")), row(text("1")))).read_bytes()
    path = tmp_path / "t.ods"
    path.write_bytes(whole[: len(whole) // 2])
    assert failure(path).code == "bad_spreadsheet"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", "<office:document")
    assert failure(path).code == "bad_spreadsheet"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert failure(path).code == "bad_spreadsheet"


def test_progress_is_told_in_bytes(monkeypatch):
    monkeypatch.setattr(xml_stream, "_CHUNK_BYTES", 100)
    data = content(sheet("S", row(text("a")), row(text("1")))).encode()
    seen = []
    document = read_content(Path("t.ods"), io.BytesIO(data), None, 10, 10, seen.append)
    assert document.records == [(1, ["a"]), (2, ["1"])]
    assert seen[:2] == [100, 200]
    assert seen[-1] == len(data)
