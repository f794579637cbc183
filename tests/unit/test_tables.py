from __future__ import annotations

import codecs
import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paradigm_gui.core import spreadsheets, tables
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.tables import (
    Reading,
    pasted_table,
    preview,
    read_table,
    rows_from_lines,
    scripted,
    unique_names,
)


@pytest.fixture
def write(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
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
        b"Bob\0\nA\0nn",
        b"\x7fELF\x02\x01\x01\0" + "é".encode() + bytes(range(128, 256)),
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


@pytest.mark.parametrize("suffix", [".txt", ".csv", ".tsv", ".jsonl"])
def test_one_stray_character_in_a_short_file_is_told_with_its_line(write, suffix):
    error = failure(write("x" + suffix, b"first,city\nAda,Pa\0ris\nBob,Rome\n"))
    assert (error.code, error.details["line"], error.details["character"]) == ("bad_character", 2, "U+0000")


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


# What is found out, and what is said instead


def test_what_was_found_out_is_told(write):
    table = read_table(write("t.csv", "nom;âge\nZoë;7\n".encode("cp1252")))
    assert table.reading == Reading("cp1252", ";", True)
    assert cells(table) == [["Zoë", "7"]]
    assert read_table(write("t.txt", "Ada\n")).reading == Reading("utf-8", "", False)


def test_delimiter_encoding_and_header_can_be_said(write):
    path = write("t.csv", "a;b,c\n1;2,3\n".encode("utf-16-le"))
    table = read_table(path, Reading("utf-16", ";", has_header=False))
    assert table.columns == ("column 1", "column 2")
    assert cells(table) == [["a", "b,c"], ["1", "2,3"]]
    mac = read_table(write("m.csv", "a\nZoë\n".encode("mac-roman")), Reading("mac-roman"))
    assert cells(mac) == [["Zoë"]]
    error = failure(write("u.csv", "a\nb\nZoë\n".encode("cp1252")), Reading("utf-8"))
    assert (error.code, error.details["line"]) == ("bad_encoding", 3)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("name,age", "Bo,41", True),
        ("Ada,36", "Bo,41", False),
        ("Ada,36", "Bo,unknown", True),
        ("name,2023", "Bo,41", True),
        ("ada@example.org,x", "bo@example.org,y", False),
        ("2024-01-02,x", "2025-02-03,y", False),
    ],
)
def test_whether_there_is_a_header_is_guessed(write, first, second, expected):
    path = write("t.csv", f"{first}\n{second}\n")
    table = read_table(path)
    assert table.reading.has_header is expected
    assert len(table.rows) == (1 if expected else 2)
    # a script is never guessed for
    assert len(read_table(path, scripted(path)).rows) == 1


def test_one_column_without_header_holds_names(write):
    table = read_table(write("t.csv", "Ada\nBo\n"), Reading(has_header=False))
    assert table.columns == ("name",)
    assert cells(table) == [["Ada"], ["Bo"]]


def test_a_text_file_with_tabs_in_every_line_is_a_table(write):
    table = read_table(write("t.txt", "first\tcity\nAda\tParis\n".encode("utf-16")))
    assert (table.columns, cells(table)) == (("first", "city"), [["Ada", "Paris"]])
    assert table.reading == Reading("utf-16", "\t", True)
    assert read_table(write("t.txt", "Ada\tL\nBo\n")).columns == ("name",)


def test_a_preview_shows_the_first_rows_of_a_large_file(write, monkeypatch):
    monkeypatch.setattr(tables, "_PREVIEW_BYTES", 400)
    lines = [f'{number},"é{number}\n{number}"' for number in range(1000)]
    path = write("t.csv", "number,text\n" + "\n".join(lines))
    table = preview(path, rows=3)
    assert table.columns == ("number", "text")
    assert cells(table) == [[str(number), f"é{number}\n{number}"] for number in range(3)]
    # cut within a cell, and within a character, at any place
    for size in range(380, 400):
        monkeypatch.setattr(tables, "_PREVIEW_BYTES", size)
        assert 20 < len(preview(path, rows=1000).rows) < 40
    assert len(preview(write("t.jsonl", '{"a": 1}\n' * 1000), rows=5).rows) == 5


def test_progress_is_told_and_may_end_the_reading(write):
    path = write("t.csv", "a,b\n" + "1,2\n" * 20_000)
    shares = []
    read_table(path, on_progress=shares.append)
    assert len(shares) > 5
    assert all(0 < share <= 1 for share in shares)

    class EnoughError(Exception):
        pass

    def stop(_share):
        raise EnoughError

    for name, content in (("t.csv", "1,2\n" * 20_000), ("t.jsonl", '{"a": 1}\n' * 20_000)):
        with pytest.raises(EnoughError):
            read_table(write(name, content), on_progress=stop)


# What is pasted


def test_a_table_copied_in_a_spreadsheet():
    table = pasted_table('first\tnote\r\nAda\t"one\ntwo ""x"""\r\n\t\r\nBo\t007\r\n')
    assert table.columns == ("first", "note")
    assert cells(table) == [["Ada", 'one\ntwo "x"'], ["Bo", "007"]]
    assert (table.skipped_empty, table.renamed) == (1, ())
    assert pasted_table("a\ta\nx\ty\n").renamed == (("a", "a 2"),)
    bare = pasted_table("Ada\t36\nBo\t41\n")
    assert (bare.columns, len(bare.rows)) == (("column 1", "column 2"), 2)
    assert pasted_table("one\ttwo").columns == ("column 1", "column 2")


@pytest.mark.parametrize("text", ["", "Ada\nBo\n", "a\tb\nc\n", "just one"])
def test_what_is_no_table_is_left_alone(text):
    assert pasted_table(text) is None


def test_a_text_that_is_shown_in_very_many_cells_counts_each_time(write, monkeypatch):
    monkeypatch.setattr(tables, "MAX_CHARACTERS", 100)
    assert len(read_table(write("t.txt", "x" * 10 + "\n" + "y\n" * 90)).rows) == 91
    assert failure(write("t.txt", "x" * 11 + "\n" + "y\n" * 90)).code == "file_too_large"


def test_headers_that_were_changed_are_told(write):
    table = read_table(write("t.csv", "Ville, Ville ,,Ville 2,\na,b,c,d,e\n"))
    assert table.columns == ("Ville", "Ville 3", "column 3", "Ville 2", "column 5")
    assert table.renamed == (("Ville", "Ville 3"), ("", "column 3"), ("", "column 5"))
    assert read_table(write("u.csv", " a ,b\n1,2\n")).renamed == ()
    assert read_table(write("v.csv", "1,2\n3,4\n")).renamed == ()


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


@pytest.mark.parametrize("bad", ['{"a": 1', "NaN", '{"a": NaN}', "[" * 100_000, "01"])
def test_bad_json_names_its_line(write, bad):
    error = failure(write("t.jsonl", '{"a": 1}\n\n' + bad + "\n"))
    assert (error.code, error.details["line"]) == ("bad_json", 3)


@pytest.mark.parametrize("other", ["[1,2]", "7", "-0.5", "null", "true", "9" * 5_000])
def test_json_of_another_kind_names_its_line(write, other):
    error = failure(write("t.jsonl", '{"a": 1}\n\n' + other + "\n"))
    assert (error.code, error.details["line"]) == ("no_json_object", 3)


@pytest.mark.parametrize(
    "number", ["1.10", "12345678901234567.89", "1e400", "1E+2", "-0", "0.1", "9" * 5_000, "1.0000"]
)
def test_numbers_stay_as_they_are_written(write, number):
    table = read_table(
        write(
            "t.jsonl", f'{{"a": {number}, "b": [{number}, {{"é\\"": {{"x": {number}, "y": "{number}"}}}}]}}'
        )
    )
    assert cells(table) == [[number, f'[{number},{{"é\\"":{{"x":{number},"y":"{number}"}}}}]']]


def test_values_may_be_nested_deeply(write):
    value = '{"a":[' * 200 + "1.10,true,null,{},[]" + "]}" * 200
    assert cells(read_table(write("t.jsonl", f'{{"v": {value}}}'))) == [[value]]


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, min_size=1) | st.dictionaries(st.text(), inner, min_size=1),
    max_leaves=20,
)


@given(_VALUES.filter(lambda value: isinstance(value, list | dict)))
def test_nested_values_are_compact_json(tmp_path_factory, value):
    path = tmp_path_factory.getbasetemp() / "nested.jsonl"
    path.write_text(json.dumps({"v": value}), "utf-8")
    compact = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    assert cells(read_table(path)) == [[compact]]


@given(st.lists(st.fixed_dictionaries({"a": st.text(min_size=1), "b": st.text()}), min_size=1))
def test_jsonl_keeps_every_text(tmp_path_factory, records):
    records = [record for record in records if any(value.strip() for value in record.values())]
    path = tmp_path_factory.getbasetemp() / "every_text.jsonl"
    path.write_text(
        "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), "utf-8", newline=""
    )
    if records:
        assert [dict(row.variables) for row in read_table(path).rows] == records


# Files


@pytest.mark.parametrize(
    ("suffix", "size"),
    [
        (".txt", tables.MAX_TEXT_BYTES),
        (".csv", tables.MAX_TEXT_BYTES),
        (".xlsx", spreadsheets.MAX_WORKBOOK_BYTES),
    ],
)
def test_a_file_that_is_too_large_is_not_read(tmp_path, suffix, size):
    path = tmp_path / ("big" + suffix)
    with path.open("wb") as file:
        file.truncate(size + 1)
    error = failure(path)
    assert (error.code, error.details["limit"]) == ("file_too_large", size)


@pytest.mark.parametrize("suffix", [".txt", ".csv", ".tsv", ".xlsx", ".xlsm", ".ods", ".jsonl"])
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
    assert error.details["known"] == (".txt", ".csv", ".tsv", ".xlsx", ".xlsm", ".ods", ".jsonl")


@given(st.lists(st.sampled_from(["", " ", "a", "a 2", "a 3", "column 1", "b"]) | st.text(max_size=3)))
def test_names_become_unique_and_keep_their_places(names):
    unique = unique_names(names)
    assert len(set(unique)) == len(unique) == len(names)
    assert all(chosen.startswith(name.strip()) for name, chosen in zip(names, unique, strict=True))
