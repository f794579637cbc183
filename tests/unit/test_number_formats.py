from __future__ import annotations

import zipfile

import pytest
import xlsxwriter

from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.number_formats import padded_cells, padded_styles, sheet_member
from paradigm_gui.core.tables import Reading, read_table


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        postcode = book.add_format({"num_format": "00000", "bold": True})
        short = book.add_format({"num_format": "00"})
        money = book.add_format({"num_format": "0.00"})
        for name in ("One", "<Two> & 3"):
            sheet = book.add_worksheet(name)
            sheet.write_row(1, 25, ["code", "short", "plain", "money", "text"])
            sheet.write(2, 25, 1000, postcode)
            sheet.write(2, 26, 7, short)
            sheet.write(2, 27, 7)
            sheet.write(2, 28, 7, money)
            sheet.write(2, 29, "7", postcode)
            sheet.write(3, 25, 1.5, postcode)
            sheet.write(3, 26, 123, short)
            sheet.write(3, 29, -7, postcode)
    return path


@pytest.mark.parametrize("sheet", ["One", "<Two> & 3"])
def test_numbers_keep_the_zeros_that_the_file_shows(path, sheet):
    table = read_table(path, Reading(sheet=sheet))
    assert [list(row.variables.values()) for row in table.rows] == [
        ["01000", "07", "7", "7", "7"],
        ["1.5", "123", "", "", "-7"],
    ]


def test_styles_and_cells_are_found(path):
    with zipfile.ZipFile(path) as archive:
        styles = padded_styles(archive)
        assert sorted(styles.values()) == [2, 5]
        member = sheet_member(archive, "One")
        assert member.filename == "xl/worksheets/sheet1.xml"
        assert sheet_member(archive, "Three") is None
        cells = padded_cells([archive.read(member)], styles)
    assert (cells["Z", 3], cells["AA", 3]) == (5, 2)
    assert ("AB", 3) not in cells


def test_a_workbook_without_styles_has_no_padding(tmp_path):
    with zipfile.ZipFile(tmp_path / "t.zip", "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    with zipfile.ZipFile(tmp_path / "t.zip") as archive:
        assert padded_styles(archive) == {}
        assert sheet_member(archive, "One") is None


@pytest.mark.parametrize("change", [(b"UTF-8", b"Uyes"), (b"<cellXfs", b"<cellXfs<"), (b"0000", b"\0000")])
def test_damaged_styles_are_a_damaged_workbook(path, tmp_path, change):
    damaged = tmp_path / "damaged.xlsx"
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(damaged, "w") as archive:
        for name in whole.namelist():
            data = whole.read(name)
            archive.writestr(name, data.replace(*change) if name == "xl/styles.xml" else data)
    with pytest.raises(UserFacingError) as caught:
        read_table(damaged)
    assert caught.value.code == "bad_spreadsheet"
