from __future__ import annotations

import codecs
import datetime as dt
import json
import os
import zipfile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from paradigm_gui.core import tables
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.tables import read_table, rows_from_lines, unique_names


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


def failure(path):
    with pytest.raises(UserFacingError) as caught:
        read_table(path)
    assert caught.value.details["path"] == str(path)
    return caught.value


# Text


def test_a_text_file_has_one_stripped_name_a_line(write):
    table = read_table(write("names.txt", "  Zoë \r\n\r\n007\n \t\nO'Brien, Pat  Jr.\n"))
    assert table.columns == ("name",)
    assert cells(table) == [["Zoë"], ["007"], ["O'Brien, Pat  Jr."]]
    assert table.skipped_empty == 2


def test_only_line_feeds_end_a_line():
    text = "a\u2028b\x0bc\x85d\re\r\n\nf\n"
    rows = rows_from_lines(text, "prompt")
    assert [row.variables for row in rows] == [{"prompt": "a\u2028b\x0bc\x85d\re"}, {"prompt": "f"}]
    assert [row.index for row in rows] == [0, 1]
    assert rows_from_lines(" \n\r\n", "prompt") == []


@pytest.mark.parametrize(
    "data",
    [
        "Zoë\nÉric".encode(),
        codecs.BOM_UTF8 + "Zoë\nÉric".encode(),
        codecs.BOM_UTF16_LE + "Zoë\nÉric".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "Zoë\nÉric".encode("utf-16-be"),
        "Zoë\nÉric".encode("cp1252"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16-le", "utf-16-be", "windows-1252"],
)
@pytest.mark.parametrize("name", ["names.txt", "names.csv"])
def test_encodings(write, name, data):
    header = {"names.txt": [], "names.csv": ["Zoë"]}[name]
    table = read_table(write(name, data))
    expected = ["Zoë", "Éric"][len(header) :]
    assert cells(table) == [[value] for value in expected]
    if header:
        assert table.columns == ("Zoë",)


@pytest.mark.parametrize(
    "data",
    [
        b"Bob\0\nAnn",
        b"%PDF-1.7\nBob",
        b"PK\x03\x04",
        b"\x80\x81\x8d",
        b"\xff\x02\x03Bob",
        codecs.BOM_UTF16_LE + b"a",
        codecs.BOM_UTF32_LE + "Bob".encode("utf-32-le"),
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".csv", ".tsv", ".jsonl"])
def test_what_is_not_text_is_refused(write, data, suffix):
    assert failure(write("x" + suffix, data)).code == "not_text"


# CSV


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".CSV"])
def test_delimiters_and_quotes(write, delimiter, suffix):
    lines = [
        ["name", "note"],
        ["Bob", '"one, two; three|\tfour\r\nnext ""line"""'],
        ["", ""],
        [" 007 ", "x  y"],
    ]
    path = write("t" + suffix, "\r\n".join(delimiter.join(line) for line in lines))
    table = read_table(path)
    assert table.columns == ("name", "note")
    assert cells(table) == [["Bob", 'one, two; three|\tfour\r\nnext "line"'], [" 007 ", "x  y"]]
    assert table.skipped_empty == 1


def test_a_comma_inside_semicolon_separated_cells_does_not_mislead(write):
    path = write("t.csv", "nom;prix\nBob;1,50\nAnn;2,25\n")
    assert cells(read_table(path)) == [["Bob", "1,50"], ["Ann", "2,25"]]


def test_one_column_needs_no_delimiter(write):
    assert cells(read_table(write("t.csv", 'prompt\n"Hello, you"\nBye\n'))) == [["Hello, you"], ["Bye"]]


def test_old_line_ends_and_leading_blank_lines(write):
    table = read_table(write("t.csv", "\r\ra,b\r1,2\r"))
    assert table.columns == ("a", "b")
    assert cells(table) == [["1", "2"]]


def test_repeated_and_empty_headers_get_names(write):
    table = read_table(write("t.csv", "a, a ,,a 2,a\n1,2,3,4,5\n"))
    assert table.columns == ("a", "a 3", "column 3", "a 2", "a 4")
    assert cells(table) == [["1", "2", "3", "4", "5"]]


def test_short_rows_are_padded_and_blank_surplus_is_dropped(write):
    assert cells(read_table(write("t.csv", "a,b,c\n1\n1,2,3,,\n"))) == [["1", "", ""], ["1", "2", "3"]]


def test_longer_rows_are_refused_with_their_line(write):
    error = failure(write("t.csv", 'a,b\n"x\ny",2\n1,2,3\n'))
    assert (error.code, error.details["line"], error.details["cells"]) == ("ragged_row", 4, 3)


def test_a_forgotten_quote_does_not_swallow_the_rest(write):
    error = failure(write("t.csv", 'a,b\n1,2\n"x,3\n4,5\n'))
    assert (error.code, error.details["line"]) == ("bad_quotes", 3)


@pytest.mark.parametrize("content", ["", "\n\n", " , \n", "a,b\n", "a,b\n,\n \n"])
def test_an_empty_csv(write, content):
    assert failure(write("t.csv", content)).code == "empty_table"


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("t.txt", "a\n{}\n", 2),
        ("t.csv", 'a\n1\n"{}"\n', 3),
        ("t.jsonl", '"a"\n\n"{}"\n', 3),
    ],
)
def test_a_cell_may_be_large_but_not_boundless(write, name, content, line):
    limit = tables.MAX_CELL_CHARACTERS
    assert cells(read_table(write(name, content.format("x" * limit))))[-1] == ["x" * limit]
    error = failure(write(name, content.format("x" * (limit + 1))))
    assert (error.code, error.details["line"]) == ("cell_too_large", line)


def test_a_field_beyond_the_parser_s_own_limit(write):
    error = failure(write("t.csv", "a\n1\n" + "x" * (16 * 1024 * 1024 + 1)))
    assert (error.code, error.details["line"]) == ("cell_too_large", 3)


def test_too_many_rows(write, monkeypatch):
    monkeypatch.setattr(tables, "MAX_ROWS", 1000)
    assert len(read_table(write("t.txt", "x\n" * 1000)).rows) == 1000
    assert failure(write("t.txt", "x\n" * 1001)).code == "too_many_rows"


def test_too_many_cells(write, monkeypatch):
    monkeypatch.setattr(tables, "MAX_CELLS", 1000)
    assert len(read_table(write("t.csv", "a,b" + "\n1" * 500)).rows) == 500
    assert failure(write("t.csv", "a,b" + "\n1" * 501)).code == "too_many_cells"


# JSONL


def test_jsonl_objects_and_strings(write):
    lines = [
        '{"name": "Zoë", "n": 7, "ok": true}',
        "",
        '{"name": " x ", "more": {"a": [1, "é"]}, "none": null}',
        '"a plain prompt"',
        "{}",
    ]
    table = read_table(write("t.jsonl", "\r\n".join(lines) + "\r\n"))
    assert table.columns == ("name", "n", "ok", "more", "none", "prompt")
    assert cells(table) == [
        ["Zoë", "7", "true", "", "", ""],
        [" x ", "", "", '{"a":[1,"é"]}', "", ""],
        ["", "", "", "", "", "a plain prompt"],
    ]
    assert table.skipped_empty == 2


def test_half_a_surrogate_pair_is_replaced(write):
    assert cells(read_table(write("t.jsonl", r'{"a": "x\ud83dy"}'))) == [["x\ufffdy"]]


@pytest.mark.parametrize(
    "bad", ['{"a": 1', "[1]", "7", "null", "NaN", '{"a": NaN}', "[" * 100_000, "9" * 5_000]
)
def test_bad_json_names_its_line(write, bad):
    error = failure(write("t.jsonl", '{"a": 1}\n\n' + bad + "\n"))
    assert (error.code, error.details["line"]) == ("bad_json", 3)


@given(st.lists(st.fixed_dictionaries({"a": st.text(min_size=1), "b": st.text()}), min_size=1))
def test_jsonl_keeps_every_text(tmp_path_factory, records):
    records = [record for record in records if any(value.strip() for value in record.values())]
    path = tmp_path_factory.getbasetemp() / "every_text.jsonl"
    path.write_text(
        "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), "utf-8", newline=""
    )
    if records:
        assert [dict(row.variables) for row in read_table(path).rows] == records


# XLSX


def test_spreadsheet_values_read_as_they_show(workbook):
    values = [
        (3.0, "3"),
        (-0.5, "-0.5"),
        (0.1 + 0.2, "0.3"),
        (123456789012, "123456789012"),
        (True, "TRUE"),
        (False, "FALSE"),
        (dt.date(2024, 1, 2), "2024-01-02"),
        (dt.datetime(2024, 1, 2, 3, 4, 5), "2024-01-02T03:04:05"),  # noqa: DTZ001 - a sheet has no time zones
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


@pytest.mark.parametrize(
    "far",
    [
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="199999999999"><c r="F199999999999" t="str"><v>x</v></c></row>',
        "<x:row r='99999999' spans=\"1:1\">\n<x:c><x:v>1</x:v></x:c></x:row>",
    ],
)
def test_one_stray_far_cell_is_refused_instead_of_filling_the_memory(tmp_path, far):
    path = tmp_path / "t.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        near = '<row r="1"><c r="A1"><v>1</v></c></row>'
        archive.writestr(
            "xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{near}{far}</sheetData></worksheet>"
        )
    assert failure(path).code == "too_many_cells"


def copy_replacing(source, target, old, new):
    """Copy an XLSX file with something else in its XML."""
    with zipfile.ZipFile(source) as original, zipfile.ZipFile(target, "w") as changed:
        for name in original.namelist():
            changed.writestr(name, original.read(name).replace(old, new))


def test_an_absurd_number_of_strings_is_refused(tmp_path, workbook):
    sound, damaged = workbook({"s": {(0, 0): "a", (1, 0): "b"}}), tmp_path / "damaged.xlsx"
    copy_replacing(sound, damaged, b'uniqueCount="2"', b'uniqueCount="599999999999"')
    assert cells(read_table(sound)) == [["b"]]
    assert failure(damaged).code == "bad_spreadsheet"


def test_numbers_show_fifteen_digits(tmp_path, workbook):
    for stored, shown in (
        (b"0.30000000000000004", "0.3"),
        (b"1234567890123456", "1234567890123456"),
        (b"1E+20", "1e+20"),
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


def test_a_far_cell_is_found_across_pieces_of_the_sheet(workbook, monkeypatch):
    path = workbook({"s": {(0, 0): "a", (1, 0): "b", (1_048_575, 16_383): "stray"}})
    for size in range(100, 140):
        monkeypatch.setattr(tables, "_CHUNK_BYTES", size)
        with zipfile.ZipFile(path) as archive:
            sheet = archive.getinfo("xl/worksheets/sheet1.xml")
            assert tables._claims(archive, sheet) == (1_048_576 * 16_384, 0)


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
    assert (error.code, error.details["limit"]) == ("file_too_large", tables.MAX_XLSX_UNPACKED_BYTES)


# Files


@pytest.mark.parametrize(
    ("suffix", "size"),
    [(".txt", tables.MAX_TEXT_BYTES), (".csv", tables.MAX_TEXT_BYTES), (".xlsx", tables.MAX_XLSX_BYTES)],
)
def test_a_file_that_is_too_large_is_not_read(tmp_path, suffix, size):
    path = tmp_path / ("big" + suffix)
    with path.open("wb") as file:
        file.truncate(size + 1)
    error = failure(path)
    assert (error.code, error.details["limit"]) == ("file_too_large", size)


@pytest.mark.parametrize("suffix", [".txt", ".csv", ".tsv", ".xlsx", ".jsonl"])
def test_files_that_are_not_there(tmp_path, suffix):
    assert failure(tmp_path / ("none" + suffix)).code == "file_not_found"
    (tmp_path / "file").touch()
    assert failure(tmp_path / "file" / ("none" + suffix)).code == "file_not_found"
    folder = tmp_path / ("folder" + suffix)
    folder.mkdir()
    assert failure(folder).code == "is_a_folder"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    assert failure(tmp_path / "pipe.txt").code == "not_a_file"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(write):
    path = write("t.txt", "Bob")
    path.chmod(0)
    assert failure(path).code == "no_permission"


@pytest.mark.parametrize("name", ["t.doc", "t", ".csv"])
def test_unknown_suffixes_come_with_the_known_ones(write, name):
    error = failure(write(name, "a\n1\n"))
    assert error.code == "unknown_suffix"
    assert error.details["known"] == (".txt", ".csv", ".tsv", ".xlsx", ".jsonl")


@given(st.lists(st.sampled_from(["", " ", "a", "a 2", "a 3", "column 1", "b"]) | st.text(max_size=3)))
def test_names_become_unique_and_keep_their_places(names):
    unique = unique_names(names)
    assert len(set(unique)) == len(unique) == len(names)
    assert all(chosen.startswith(name.strip()) for name, chosen in zip(names, unique, strict=True))
