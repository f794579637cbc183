from __future__ import annotations

import datetime as dt
import zipfile

import pytest
import xlsxwriter

from paradigm_gui.core import spreadsheets
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.tables import Reading, preview, read_table


@pytest.fixture
def write(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture
def workbook(tmp_path):
    """Write an XLSX file from `{sheet: {(row, column): value}}`."""

    def write(sheets, name="table.xlsx", **options):
        path = tmp_path / name
        with xlsxwriter.Workbook(path, options) as book:
            formats = {
                dt.date: book.add_format({"num_format": "yyyy-mm-dd"}),
                dt.datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
                dt.time: book.add_format({"num_format": "hh:mm:ss"}),
                dt.timedelta: book.add_format({"num_format": "[h]:mm:ss"}),
            }
            for sheet, cells in sheets.items():
                worksheet = book.add_worksheet(sheet)
                for (row, column), value in cells.items():
                    worksheet.write(row, column, value, formats.get(type(value)))
        return path

    return write


def cells(table):
    assert [row.index for row in table.rows] == list(range(len(table.rows)))
    assert all(tuple(row.variables) == table.columns for row in table.rows)
    return [list(row.variables.values()) for row in table.rows]


def failure(path, *arguments):
    with pytest.raises(UserFacingError) as caught:
        read_table(path, *arguments)
    assert caught.value.details["path"] == str(path)
    return caught.value


def test_spreadsheet_values_read_as_they_show(workbook):
    values = [
        (3.0, "3"),
        (-0.5, "-0.5"),
        (0.1 + 0.2, "0.3"),
        (123456789012, "123456789012"),
        (True, "TRUE"),
        (False, "FALSE"),
        (dt.date(2024, 1, 2), "2024-01-02"),
        (dt.datetime(2024, 1, 2, 3, 4, 5), "2024-01-02 03:04:05"),  # noqa: DTZ001 - a sheet has no time zones
        (dt.time(3, 4), "03:04:00"),
        (dt.timedelta(hours=36, seconds=5), "36:00:05"),
        ("007", "007"),
        ("  a\nb ", "  a\nb "),
        ("<b>&amp;", "<b>&amp;"),
    ]
    sheet = {(0, 0): "value"} | {(row, 0): value for row, (value, _) in enumerate(values, 1)}
    table = read_table(workbook({"data": sheet, "other": {(0, 0): "not read"}}))
    assert table.columns == ("value",)
    assert cells(table) == [[shown] for _, shown in values]


def test_a_table_may_stand_anywhere_in_the_sheet(workbook):
    path = workbook({"s": {(3, 2): "a", (3, 4): "c", (5, 2): 1, (5, 3): 2}}, name="T.XLSX")
    table = read_table(path)
    assert table.columns == ("a", "column 2", "c")
    assert cells(table) == [["1", "2", ""]]
    assert table.skipped_empty == 1


def test_the_first_visible_sheet_is_read(tmp_path):
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        hidden, seen = book.add_worksheet(), book.add_worksheet()
        hidden.write_column(0, 0, ["hidden", 1])
        seen.write_column(0, 0, ["seen", 2])
        hidden.hide()
        seen.activate()
    assert cells(read_table(path)) == [["2"]]


@pytest.mark.parametrize("far", [("1048576", "XFD1048576"), ("1048576", "A1048576")])
def test_one_stray_far_cell_takes_no_room(tmp_path, workbook, far):
    near = b'<row r="2" spans="1:1"><c r="A2"><v>1</v></c></row>'
    row, cell = (place.encode() for place in far)
    path = tmp_path / "far.xlsx"
    more = b'<row r="%b"><c r="%b" t="str"><v>x</v></c></row>' % (row, cell)
    copy_replacing(workbook({"s": {(0, 0): "a", (1, 0): 1}}), path, near, near + more)
    table = read_table(path)
    assert (len(table.rows), table.skipped_empty) == (2, 1_048_573)
    assert list(table.rows[1].variables.values())[-1] == "x"


@pytest.mark.parametrize(
    ("row", "cell", "code"),
    [
        ("199999999999", "F199999999999", "too_many_rows"),
        ("1048577", "A1048577", "too_many_rows"),
        ("3", "XFE3", "too_many_columns"),
        ("3", "ZZZ3", "too_many_columns"),
        ("3", "3A", "bad_spreadsheet"),
        ("3", "AAAAAAAAAA3", "bad_spreadsheet"),
    ],
)
def test_places_that_no_sheet_has_are_refused(tmp_path, workbook, row, cell, code):
    end = b"</sheetData>"
    path = tmp_path / "far.xlsx"
    more = f'<row r="{row}"><c r="{cell}"><v>1</v></c></row>'.encode()
    copy_replacing(workbook({"s": {(0, 0): "a", (1, 0): 1}}), path, end, more + end)
    assert failure(path).code == code


def test_too_many_cells_between_the_filled_ones_are_refused(workbook, monkeypatch):
    path = workbook({"s": {(line, 0 if line else 99): "x" for line in range(100)}})
    assert len(read_table(path).columns) == 100
    monkeypatch.setattr(spreadsheets, "MAX_CELLS", 9_999)
    assert failure(path).code == "too_many_cells"
    # rows that begin far on the right
    path = workbook({"s": {(line, 999): "x" for line in range(100)}})
    assert failure(path).code == "too_many_cells"


def copy_replacing(source, target, old, new):
    """Copy an XLSX file with something else in its XML."""
    with zipfile.ZipFile(source) as original, zipfile.ZipFile(target, "w") as changed:
        for name in original.namelist():
            changed.writestr(name, original.read(name).replace(old, new))


def test_an_absurd_number_of_strings_is_not_believed(tmp_path, workbook):
    sound, odd = workbook({"s": {(0, 0): "a", (1, 0): "b"}}), tmp_path / "odd.xlsx"
    copy_replacing(sound, odd, b'uniqueCount="2"', b'uniqueCount="599999999999"')
    assert cells(read_table(odd)) == [["b"]]


def test_numbers_show_fifteen_digits(tmp_path, workbook):
    for stored, shown in (
        (b"0.30000000000000004", "0.3"),
        (b"1234567890123456", "1234567890123456"),
        (b"1E+20", "1E+20"),
    ):
        path = tmp_path / "exact.xlsx"
        copy_replacing(
            workbook({"s": {(0, 0): "a", (1, 0): 0.5}}), path, b"<v>0.5</v>", b"<v>" + stored + b"</v>"
        )
        assert cells(read_table(path)) == [[shown]]


def test_far_cells_without_content_do_no_harm(tmp_path, workbook):
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        worksheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        worksheet.write_column(0, 0, ["a", 1])
        worksheet.write_blank(1_048_575, 16_383, None, bold)
        worksheet.set_row(1_048_574, 30, bold)
    assert cells(read_table(path)) == [["1"]]


def test_an_empty_sheet(workbook):
    assert failure(workbook({"s": {}})).code == "empty_table"
    assert failure(workbook({"s": {(0, 0): "header"}})).code == "empty_table"


def test_what_is_no_spreadsheet(write, workbook):
    whole = workbook({"s": {(0, 0): "a", (1, 0): "b"}}).read_bytes()
    encrypted = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2_000
    for content in (
        b"",
        b"name\nBob\n",
        encrypted,
        whole[: len(whole) // 2],
        whole.replace(b"sheet1", b"shoot1"),
    ):
        assert failure(write("bad.xlsx", content)).code == "bad_spreadsheet"


def test_a_zip_of_something_else(tmp_path):
    path = tmp_path / "t.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", "<worksheet")
    assert failure(path).code == "bad_spreadsheet"


def test_a_spreadsheet_that_unpacks_to_too_much(tmp_path):
    path = tmp_path / "t.xlsx"
    zeros = bytes(1024 * 1024)
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as member,
    ):
        for _ in range(1025):
            member.write(zeros)
    error = failure(path)
    assert (error.code, error.details["limit"]) == ("file_too_large", spreadsheets.MAX_UNPACKED_BYTES)


def test_a_sheet_is_read_by_its_name(workbook):
    path = workbook(
        {
            "Cover": {},
            "One": {(0, 0): "a", (1, 0): 1},
            "Two": {(0, 0): "a", (1, 0): 2},
        }
    )
    table = read_table(path)
    assert table.sheets == ("Cover", "One", "Two")
    assert (table.reading, cells(table)) == (Reading(has_header=True, sheet="One"), [["1"]])
    assert cells(read_table(path, Reading(sheet="Two"))) == [["2"]]
    assert failure(path, Reading(sheet="Cover")).code == "empty_table"
    error = failure(path, Reading(sheet="Three"))
    assert (error.code, error.details["known"]) == ("unknown_sheet", ("Cover", "One", "Two"))


def test_a_workbook_with_macros_is_read_and_its_macros_are_not(tmp_path, workbook):
    path = workbook({"s": {(0, 0): "a", (1, 0): "b"}}, name="m.xlsm")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", COMPOUND + b"Sub Auto_Open()")
        archive.writestr(
            "xl/macrosheets/sheet1.xml", "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
        )
    assert cells(read_table(path)) == [["b"]]


def test_hidden_rows_and_columns_are_rows_and_columns(tmp_path):
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate((["a", "b"], ["1", "2"], ["3", "4"])):
            sheet.write_row(line, 0, row)
        sheet.set_row(1, options={"hidden": True})
        sheet.set_column(1, 1, options={"hidden": True})
        sheet.autofilter(0, 0, 2, 1)
    assert cells(read_table(path)) == [["1", "2"], ["3", "4"]]


def test_a_merged_cell_is_its_first_one(tmp_path):
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["a", "b"])
        sheet.merge_range(1, 0, 2, 1, "m")
        sheet.write_row(3, 0, ["x", "y"])
    assert cells(read_table(path)) == [["m", ""], ["x", "y"]]


def test_a_very_wide_sheet(workbook):
    cells_of = {(line, column): f"{'hc'[line]}{column}" for line in (0, 1) for column in range(16_384)}
    table = read_table(workbook({"s": cells_of}), Reading(has_header=True))
    assert (table.columns[-1], table.rows[0].variables["h16383"]) == ("h16383", "c16383")


def test_formulas_show_what_was_computed_last(tmp_path):
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["a", "b"])
        sheet.write_formula(1, 0, "=1+1", None, 2)
        sheet.write_formula(1, 1, '=HYPERLINK("http://x.example","y")', None, "y")
    assert cells(read_table(path)) == [["2", "y"]]


COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def test_an_encrypted_workbook_says_so(write):
    marked = COMPOUND + "EncryptedPackage".encode("utf-16-le")
    assert failure(write("t.xlsx", marked)).code == "encrypted"


def test_an_old_workbook_says_so_by_its_name_or_what_it_is(write):
    marked = COMPOUND + "Workbook\0".encode("utf-16-le")
    assert failure(write("t.xlsx", marked)).code == "old_spreadsheet"
    assert failure(write("t.xls", marked)).code == "old_spreadsheet"
    assert failure(write("t.ods", COMPOUND)).code == "bad_spreadsheet"


def test_a_header_can_be_denied(workbook):
    path = workbook({"s": {(0, 0): "Ada", (0, 1): "Paris", (1, 0): "Bo", (1, 1): "Rome"}})
    table = read_table(path, Reading(has_header=False))
    assert cells(table) == [["Ada", "Paris"], ["Bo", "Rome"]]
    assert cells(preview(path, rows=1)) == [["Bo", "Rome"]]


def test_unpacking_tells_how_far_it_is(workbook):
    shares = []
    path = workbook({"s": {(line, 0): f"text {line}" for line in range(5000)}})
    read_table(path, on_progress=shares.append)
    assert len(shares) > 5
    assert shares == sorted(shares)
    assert 0 < shares[0] < shares[-1] <= 1
