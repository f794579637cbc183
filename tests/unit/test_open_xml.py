"""Workbooks as different programs write them. What formats show is tested with the formats."""

from __future__ import annotations

import zipfile

import pytest
import xlsxwriter

from paradigm_gui.core import open_xml, xml_stream
from paradigm_gui.core.delimited import MAX_CELL_CHARACTERS
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.open_xml import read_workbook
from paradigm_gui.core.tables import Reading, read_table

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
STRICT = 'xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="00000"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/><xf numFmtId="9"/></cellXfs>'
    '<cellStyles/><dxfs><dxf><numFmt numFmtId="164" formatCode="0.0"/></dxf></dxfs>'
)


def relations(*targets):
    entries = (
        f'<Relationship Id="r{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}">{"".join(entries)}</Relationships>'


@pytest.fixture
def workbook(tmp_path):
    """Write a workbook of one sheet from the inside of its `sheetData`."""

    def write(rows, strings="", book="", main=MAIN, **parts):
        path = tmp_path / "t.xlsx"
        contents = {
            "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f'<workbook {main} xmlns:r="{RELATIONS}">{book}<sheets>'
            '<sheet name="S &amp; T" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relations(
                ("worksheet", "worksheets/sheet1.xml"),
                ("styles", "/xl/styles.xml"),
                ("sharedStrings", "sharedStrings.xml"),
            ),
            "xl/styles.xml": f"<styleSheet {main}>{STYLES}</styleSheet>",
            "xl/sharedStrings.xml": f"<sst {main}>{strings}</sst>",
            "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{rows}</sheetData></worksheet>",
        } | parts
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in contents.items():
                if content is not None:
                    archive.writestr(name, content)
        return path

    return write


def shown(path, **limits):
    with zipfile.ZipFile(path) as archive:
        most = {"max_rows": 1_048_576, "max_cells": 1_000_000} | limits
        return read_workbook(path, archive, None, most["max_rows"], most["max_cells"]).records


def failure(path):
    with pytest.raises(UserFacingError) as caught:
        read_table(path)
    return caught.value


def test_every_kind_of_cell(workbook):
    path = workbook(
        '<row r="2"><c r="B2" t="s"><v>1</v></c><c r="C2" t="s" s="1"><v>0</v></c><c r="D2"><v>-1.50</v></c>'
        '<c r="E2" t="b"><v>1</v></c><c r="F2" t="e"><v>#N/A</v></c>'
        '<c r="G2" t="str"><f>A1&amp;B1</f><v>x</v></c>'
        '<c r="H2" s="1"><f>1+1</f><v>2</v></c><c r="I2" s="2"><v>45293</v></c>'
        '<c r="J2" t="b" s="3"><v>0</v></c>'
        '<c r="K2" t="d"><v>2024-01-02T03:04:05</v></c><c r="L2" t="inlineStr"><is><t>in</t></is></c>'
        '<c r="M2" s="3"><v>0.5</v></c><c r="N2" s="99"><v>0.5</v></c>'
        '<c r="O2" t="e"><v>#DIV/0!</v></c></row>',
        "<si><t>007</t></si><si><t>shared</t></si>",
    )
    ((line, cells),) = shown(path)
    assert line == 2
    assert cells == [
        "",
        "shared",
        "007",
        "-1.5",
        "TRUE",
        "#N/A",
        "x",
        "00002",
        "2024-01-02",
        "FALSE",
        "2024-01-02 03:04:05",
        "in",
        "50%",
        "0.5",
        "#DIV/0!",
    ]


def test_texts_in_pieces_with_pronunciations_and_escapes(workbook):
    strings = (
        "<si><r><rPr><b/></rPr><t>rich</t></r><r><t xml:space='preserve'> text </t></r></si>"
        "<si><t>東京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh><phoneticPr fontId='1'/></si>"
        "<si><t>a_x000D_\nb_x005F_x0041_ _xD83D__xDE00_ _xD83D_ _x00g0_</t></si><si/>"
    )
    cells = "".join(f'<c t="s"><v>{number}</v></c>' for number in range(4))
    inline = '<c t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r><rPh><t>no</t></rPh></is></c>'
    ((_, found),) = shown(workbook(f"<row>{cells}{inline}</row>", strings))
    assert found == ["rich text ", "東京", "a\r\nb_x0041_ 😀 \ufffd _x00g0_", "", "inline"]


def test_places_may_be_left_out_or_come_out_of_order(workbook):
    path = workbook(
        '<row><c><v>1</v></c><c r="C1"><v>3</v></c><c><v>4</v></c></row><row r="4"><c><v>5</v></c></row>'
        '<row><c r="b5"><v>7</v></c><c r="A5"><v>6</v></c></row><row r="2"><c><v>0</v></c></row>'
    )
    assert shown(path) == [(1, ["1", "", "3", "4"]), (2, ["0"]), (4, ["5"]), (5, ["6", "7"])]


def test_cells_that_hold_nothing_are_none(workbook):
    path = workbook(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="9" ht="3"><c r="XFD9" s="1"/><c r="XFE9"><v/></c>'
        '<c r="Z9" t="s"><v>0</v></c></row>',
        "<si><t/></si>",
    )
    assert shown(path) == [(1, ["1"])]


def test_names_with_prefixes_and_of_the_strict_standard(workbook):
    rows = '<x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>p</x:t></x:is></x:c></x:row>'
    sheet = f'<x:worksheet xmlns:x="urn:x"><x:sheetData>{rows}</x:sheetData></x:worksheet>'
    assert shown(workbook("", **{"xl/worksheets/sheet1.xml": sheet})) == [(1, ["p"])]
    path = workbook('<row r="1"><c r="A1" s="1"><v>7</v></c></row>', main=STRICT)
    assert shown(path) == [(1, ["00007"])]


def test_parts_are_found_wherever_they_lie(workbook):
    sheet = f'<worksheet {MAIN}><sheetData><row><c s="0"><v>1</v></c></row></sheetData></worksheet>'
    moved = {
        "_rels/.rels": relations(("officeDocument", "/Book/Main.xml")),
        "xl/workbook.xml": None,
        "book/main.xml": f'<workbook {MAIN} xmlns:rel="{RELATIONS}"><sheets>'
        '<sheet name="a" state="veryHidden" rel:id="r1"/><sheet name="b" rel:id="r2"/>'
        '<sheet name="c" rel:id="r1"/></sheets></workbook>',
        "Book/_rels/main.xml.rels": relations(("worksheet", "../Data/One.xml"), ("chartsheet", "chart.xml")),
        "Data/one.xml": sheet,
    }
    table = read_table(workbook("", **moved), Reading(has_header=False))
    assert (table.sheets, table.reading.sheet) == (("c",), "c")
    bare = workbook("", **{"_rels/.rels": None, "xl/styles.xml": None}, strings="")
    assert failure(bare).code == "bad_spreadsheet"


def test_days_count_from_1904_where_the_workbook_says_so(workbook):
    rows = '<row><c s="2"><v>43831</v></c></row>'
    assert shown(workbook(rows, book='<workbookPr date1904="1"/>')) == [(1, ["2024-01-02"])]
    assert shown(workbook(rows, book="<workbookPr/>")) == [(1, ["2020-01-01"])]


@pytest.mark.parametrize(
    "cell", ["inf", "nan", "1e999", "12_000", "x", "1 2", "٣", "0001", " 5 ", "-0", "1E5", "9" * 400]
)
def test_whatever_is_written_in_the_place_of_a_number(workbook, cell):
    expected = {"12_000": "12000", "0001": "1", " 5 ": "5", "-0": "0", "1E5": "100000"}
    ((_, (text,)),) = shown(workbook(f"<row><c><v>{cell}</v></c></row>"))
    assert text == expected.get(cell, cell)


@pytest.mark.parametrize("number", ["7", "-1", "x", "1.5"])
def test_a_text_that_is_not_there_means_damage(workbook, number):
    path = workbook(f'<row><c t="s"><v>{number}</v></c></row>', "<si><t>a</t></si>")
    assert failure(path).code == "bad_spreadsheet"


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"])
@pytest.mark.parametrize("content", [None, "", "<a", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"])
def test_damaged_or_missing_parts_mean_damage(workbook, part, content):
    assert failure(workbook("<row><c><v>1</v></c></row>", **{part: content})).code == "bad_spreadsheet"


def test_a_text_without_end_is_refused_with_its_line(workbook, monkeypatch):
    monkeypatch.setattr("paradigm_gui.core.open_xml.MAX_CELL_CHARACTERS", 100)
    monkeypatch.setattr("paradigm_gui.core.tables.MAX_CELL_CHARACTERS", 100)
    strings = f"<si><t>{'y' * 90}</t></si><si>{'<t>xx</t>' * 70}</si>"
    head = '<row r="3"><c t="s"><v>0</v></c></row>'
    assert len(read_table(workbook(head * 2 + '<row r="9"><c><v>1</v></c></row>', strings)).rows) == 1
    for long in ('<c t="s"><v>1</v></c>', f'<c t="inlineStr"><is>{"<t>xx</t>" * 70}</is></c>'):
        error = failure(workbook(f'{head}<row r="7">{long}</row>', strings))
        assert (error.code, error.details["line"]) == ("cell_too_large", 7)
    assert MAX_CELL_CHARACTERS > 100


def test_limits(workbook):
    path = workbook('<row r="5"><c r="J5"><v>1</v></c></row>')
    assert shown(path, max_rows=5, max_cells=10)
    for limits, code in (({"max_rows": 4}, "too_many_rows"), ({"max_cells": 9}, "too_many_cells")):
        with pytest.raises(UserFacingError) as caught:
            shown(path, **limits)
        assert caught.value.code == code
    path = workbook('<row><c t="s"><v>0</v></c></row>', "<si><t>a</t></si>" * 11)
    with pytest.raises(UserFacingError, match="too_many_cells"):
        shown(path, max_cells=10)


def test_progress_goes_forward_over_texts_and_sheets(workbook, monkeypatch):
    monkeypatch.setattr(xml_stream, "_CHUNK_BYTES", 500)
    shares = []
    strings = "".join(f"<si><t>text {number}</t></si>" for number in range(100))
    rows = "".join(f'<row><c t="s"><v>{number}</v></c></row>' for number in range(100))
    with zipfile.ZipFile(path := workbook(rows, strings)) as archive:
        read_workbook(path, archive, None, 1000, 1000, shares.append)
    assert len(shares) > 10
    assert shares == sorted(shares)
    assert 0 < shares[0] < 0.2
    assert shares[-1] == 1


def test_a_format_cannot_make_many_long_texts_of_one(workbook, monkeypatch):
    monkeypatch.setattr(open_xml, "MAX_TEXT_BYTES", 10_000)
    rows = '<row><c t="s"><v>0</v></c></row>'
    strings = f"<si><t>{'x' * 100}</t></si>"
    assert len(shown(workbook(rows * 100, strings))) == 100
    assert failure(workbook(rows * 101, strings)).code == "file_too_large"


def test_sheets_of_the_same_style_in_a_real_workbook(tmp_path):
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        postcode = book.add_format({"num_format": "00000", "bold": True})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for name in ("One", "<Two> & 3"):
            sheet = book.add_worksheet(name)
            sheet.write_row(1, 25, ["code", "day", "text"])
            sheet.write(2, 25, 1000, postcode)
            sheet.write(2, 26, 45293, day)
            sheet.write(2, 27, "7", postcode)
    for name in ("One", "<Two> & 3"):
        table = read_table(path, Reading(sheet=name))
        assert list(table.rows[0].variables.values()) == ["01000", "02/01/2024", "7"]
