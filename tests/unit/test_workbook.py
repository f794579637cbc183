import gc
import io
import random
import re
import sys
import zipfile
from xml.dom import minidom

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from paradigm_gui.core import workbook
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.workbook import MOST_ROWS, Workbook

# what XML can hold
TEXT = st.text(
    st.characters(
        exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff", include_characters="\n\t\r"
    )
)
CELL = TEXT | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | st.booleans()


def written(*rows, width=30):
    file = io.BytesIO()
    with Workbook(file, ["one"], " cut") as book, book.sheet([10] * width) as sheet:
        for row in rows:
            sheet.append(row)
    file.seek(0)
    return file


def read(file, number=0):
    file.seek(0)
    return CalamineWorkbook.from_filelike(file).get_sheet_by_index(number).to_python(skip_empty_area=False)


def cells_in(file):
    """The cells of the first sheet: the names of their places, and all that an XML parser finds of them."""
    with zipfile.ZipFile(file) as archive:
        xml = minidom.parseString(archive.read("xl/worksheets/sheet1.xml"))
    return {cell.getAttribute("r"): cell for cell in xml.getElementsByTagName("c")}


def archive_is_sound(file):
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            minidom.parseString(archive.read(name))
        return archive.testzip() is None and archive.namelist()[0] == "[Content_Types].xml"


@given(st.lists(st.lists(CELL, min_size=1, max_size=4), min_size=1, max_size=4))
def test_cells_come_back_as_they_were(rows):
    found = read(written(*rows, ["end"] * 4))[:-1]
    assert found == [[*row, *[""] * (4 - len(row))] for row in rows]
    is_text = [[isinstance(value, str) for value in row] for row in rows]
    assert [
        [isinstance(value, str) for value in row[: len(kinds)]]
        for row, kinds in zip(found, is_text, strict=True)
    ] == is_text


@pytest.mark.parametrize(
    "text", ["_x0041_", "_x005F_x0041_", "a_x000D_b_x", "_X0041_", "_x00_41_", "_x00e9_"]
)
def test_what_looks_like_the_number_of_a_character_stays_as_it_is(text):
    def decoded(escaped):
        return re.sub("_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), escaped)

    assert decoded(cells_in(written([text]))["A1"].getElementsByTagName("t")[0].firstChild.data) == text


def test_line_ends_are_kept_by_whoever_reads_xml():
    (cell,) = cells_in(written(["a\rb\r\nc\n"])).values()
    assert cell.getElementsByTagName("t")[0].firstChild.data == "a\rb\r\nc\n"


def test_empty_cells_are_left_out_and_columns_have_letters():
    places = cells_in(written([None, "", 1], [], [*[""] * 25, "z", "aa", *[None] * 675, "aaa"], width=703))
    assert list(places) == ["C1", "Z3", "AA3", "AAA3"]


def test_numbers_that_a_sheet_cannot_hold_are_texts():
    assert read(written([float("nan"), float("inf"), 1e300, 1e-5])) == [["nan", "inf", 1e300, 1e-5]]


def test_each_sheet_has_its_name_and_what_was_cut_is_counted():
    file = io.BytesIO()
    with Workbook(file, ['a & "b"', "c"], " cut") as book:
        with book.sheet([1], is_head_fixed=True) as first:
            first.append(["x" * 40_000], is_bold=True)
            first.append(["fine"])
        with book.sheet([1]) as second:
            second.append([first.cut_cells])
    file.seek(0)
    found = CalamineWorkbook.from_filelike(file)
    assert found.sheet_names == ['a & "b"', "c"]
    assert archive_is_sound(file)
    (cut,), (fine,) = read(file)
    assert (len(cut), cut[-5:], fine) == (32_767, "x cut", "fine")
    assert read(file, 1) == [[1]]


def test_a_sheet_has_an_end(monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)
    with pytest.raises(UserFacingError) as caught:
        written(["x"], ["x"], ["x"])
    assert (caught.value.code, caught.value.details["limit"]) == ("too_many_results", 2)
    assert MOST_ROWS == 1_048_576


def test_a_sheet_that_grows_too_large_for_an_archive_is_refused(monkeypatch):
    monkeypatch.setattr(workbook, "_MOST_BYTES", 1_000_000)
    with pytest.raises(UserFacingError) as caught:
        written(*[["x" * 30_000]] * 100)
    assert caught.value.code == "too_many_results"
    assert caught.value.details["limit"] == pytest.approx(33, abs=3)


class Full(io.BytesIO):
    """A file on a disk that gets full."""

    def write(self, data):
        if self.tell() + len(data) > 20_000:
            raise OSError(28, "full")
        return super().write(data)


def write_long(file, on_row=lambda: None):
    """Write texts that hardly become shorter in an archive."""
    chance = random.Random(1)
    with Workbook(file, ["s"], "") as book, book.sheet([1]) as sheet:
        for _ in range(500):
            sheet.append(["".join(map(chr, chance.choices(range(0x4E00, 0x9000), k=500)))])
            on_row()


def test_a_full_disk_is_told_once_and_nothing_is_left_open(monkeypatch):
    unraisable = []
    monkeypatch.setattr(sys, "unraisablehook", unraisable.append)
    file = Full()
    with pytest.raises(OSError, match="full"):
        write_long(file)
    file.close()
    gc.collect()
    assert unraisable == []


def test_what_is_given_up_writes_no_more():
    file, sizes = io.BytesIO(), []

    def give_up_at_300():
        sizes.append(file.tell())
        if len(sizes) == 300:
            raise KeyError

    with pytest.raises(KeyError):
        write_long(file, give_up_at_300)
    assert file.tell() == sizes[-1] > 100_000


def test_a_workbook_that_is_given_up_between_its_sheets_has_no_end():
    file = io.BytesIO()

    def give_up():
        raise KeyError

    with pytest.raises(KeyError), Workbook(file, ["s"], ""):
        give_up()
    assert not zipfile.is_zipfile(file)


def test_rows_are_in_the_file_as_soon_as_they_come():
    file, sizes = io.BytesIO(), []
    write_long(file, lambda: sizes.append(file.tell()))
    assert sizes[100] < sizes[200] < sizes[300] < sizes[499]
