"""Workbooks that would fill the memory are refused before they do; each is read under a limit of memory."""

from __future__ import annotations

import subprocess
import sys
import zipfile

import pytest
import xlsxwriter
from guard import GUARD_S

from paradigm_gui.core import workbook_size
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.spreadsheets import MAX_CELLS
from paradigm_gui.core.tables import read_table
from paradigm_gui.core.workbook_size import check_size, string_lengths

# Room for the program itself, and for no more than a moderate table.
ROOM_BYTES = 3 * 1024**3
READ = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]),) * 2)
from pathlib import Path
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.spreadsheets import MAX_CELLS
from paradigm_gui.core.tables import read_table
try:
    print(len(read_table(Path(sys.argv[1])).rows))
except UserFacingError as error:
    print(error.code)
"""


def outcome(path):
    """Read the file in a process of its own, and give the number of its rows or the code of the refusal."""
    command = [sys.executable, "-c", READ, str(path), str(ROOM_BYTES)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=GUARD_S, check=True).stdout


def write(path, rows, texts=(), kind="s"):
    """Write a workbook of one column, piece by piece, so that its parts may be large."""
    with xlsxwriter.Workbook(path.with_suffix(".sound.xlsx")) as book:
        book.add_worksheet().write(0, 0, "head")
    with (
        zipfile.ZipFile(path.with_suffix(".sound.xlsx")) as sound,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
    ):
        for name in sound.namelist():
            content = sound.read(name)
            with archive.open(name, "w", force_zip64=True) as part:
                if name == "xl/sharedStrings.xml":
                    part.write(content.replace(b"</sst>", b""))
                    for text in texts:
                        part.write(b"<si><t>%s</t></si>" % text)
                    part.write(b"</sst>")
                elif name.endswith("sheet1.xml"):
                    part.write(content[: content.index(b"</sheetData>")])
                    for line, value in enumerate(rows, 2):
                        tag = b"v" if kind == "s" else b"is><t"
                        end = b"v" if kind == "s" else b"t></is"
                        cell = b'<c r="A%d" t="%s"><%s>%s</%s></c>' % (line, kind.encode(), tag, value, end)
                        part.write(b'<row r="%d">%s</row>' % (line, cell))
                    part.write(content[content.index(b"</sheetData>") :])
                else:
                    part.write(content)
    return path


@pytest.mark.skipif(sys.platform != "linux", reason="limits memory by RLIMIT_AS")
def test_a_long_text_in_very_many_cells_does_not_end_the_process(tmp_path):
    path = write(tmp_path / "t.xlsx", [b"1"] * 30_000, [b"x" * 1_000_000])
    assert path.stat().st_size < 300_000
    assert outcome(path).strip() == "file_too_large"


@pytest.mark.parametrize("kind", ["s", "inlineStr"])
def test_a_text_that_is_far_too_long_is_not_read(tmp_path, monkeypatch, kind):
    monkeypatch.setattr(workbook_size, "MAX_CHARACTERS", 4 * 1024 * 1024)
    monkeypatch.setattr(workbook_size, "_CHUNK_BYTES", 64 * 1024)
    text = b"x" * (5 * 1024 * 1024)
    path = write(tmp_path / "t.xlsx", [b"1"] if kind == "s" else [text], [text] if kind == "s" else [], kind)
    with pytest.raises(UserFacingError) as refused:
        read_table(path)
    assert (refused.value.code, refused.value.details["reason"]) == ("file_too_large", "unpacked")


def test_texts_count_as_often_as_they_are_shown(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook_size, "MAX_CHARACTERS", 10_000)
    texts = [b"x" * 90, b"<![CDATA[" + b"y" * 5_000 + b"]]>"]
    assert len(read_table(write(tmp_path / "few.xlsx", [b"1"] * 100, texts)).rows) == 100
    assert len(read_table(write(tmp_path / "mixed.xlsx", [b"1"] * 50 + [b"2"], texts)).rows) == 51
    with pytest.raises(UserFacingError) as refused:
        read_table(write(tmp_path / "many.xlsx", [b"1"] * 120, texts))
    details = refused.value.details
    assert (refused.value.code, details["path"]) == ("file_too_large", str(tmp_path / "many.xlsx"))
    assert details["size"] > details["limit"] == 10_000


def test_the_text_of_a_formula_counts_too(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook_size, "MAX_CHARACTERS", 10_000)
    path = write(tmp_path / "t.xlsx", [b"1"] * 120, [b"x" * 90])
    with zipfile.ZipFile(path) as plain, zipfile.ZipFile(tmp_path / "f.xlsx", "w") as changed:
        for name in plain.namelist():
            formula = b't="s">\n<f ca="1">A1</f><v xml:space="preserve"> '
            changed.writestr(name, plain.read(name).replace(b't="s"><v>', formula))
    with (
        zipfile.ZipFile(tmp_path / "f.xlsx") as archive,
        pytest.raises(UserFacingError, match="file_too_large"),
    ):
        check_size(tmp_path / "f.xlsx", archive, MAX_CELLS)


def test_texts_are_measured_wherever_they_are_cut():
    content = (
        b"<sst><si><t>one</t></si><x:si><x:r><x:t>two</x:t></x:r></x:si><si/><si><t>four</t></si ></sst>"
    )
    for size in range(1, len(content)):
        parts = [content[start : start + size] for start in range(0, len(content), size)]
        assert string_lengths(parts) == [3, 3, 0, 4]
    assert string_lengths([b"<si><t>", *[b"x" * 5_000] * 3, b"</t></si><si>y</si>"]) == [15_007, 1]


def test_a_far_cell_is_found_across_pieces_of_the_sheet(tmp_path, monkeypatch):
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_column(0, 0, ["a", "b"])
        sheet.write(1_048_575, 16_383, "stray")
    for size in range(100, 140):
        monkeypatch.setattr(workbook_size, "_CHUNK_BYTES", size)
        with (
            zipfile.ZipFile(path) as archive,
            pytest.raises(UserFacingError, match="too_many_cells"),
        ):
            check_size(path, archive, MAX_CELLS)


def test_progress_goes_forward_over_all_parts(tmp_path):
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for _ in range(3):
            book.add_worksheet().write_column(0, 0, [f"text {line}" for line in range(3_000)])
    shares = []
    with zipfile.ZipFile(path) as archive:
        check_size(path, archive, MAX_CELLS, shares.append)
    assert shares == sorted(shares)
    assert shares[0] < 0.5
    assert shares[-1] == 1
