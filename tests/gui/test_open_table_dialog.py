"""The look at a table before it replaces the input; files are read in threads."""

import asyncio
import threading

import pytest
import xlsxwriter
from guard import GUARD_S
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from stub_api import Reply, stub_api_thread

from paradigm_gui import table_reader
from paradigm_gui.core.tables import AUTOMATIC, Reading, Table, preview, read_table
from paradigm_gui.widgets.contents import Mode
from paradigm_gui.widgets.open_table_dialog import OpenTableDialog


@pytest.fixture
def api():
    with stub_api_thread(lambda _request: Reply.answer()) as api:
        yield api


def choose(box, value):
    """Choose an entry as a user does."""
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def shown(dialog):
    model = dialog.model
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


class Opening:
    """A file given to an open program, and the dialog that came up for it."""

    def __init__(self, opened):
        self.opened = opened

    async def dialog(self, path):
        """Drop the file, and wait until its table or what is wrong with it is on show."""
        self.dialog = await self.opened.dialog_after(lambda: self.opened.window.input.file_given.emit(path))
        await self.settled()
        return self.dialog

    async def settled(self):
        while self.dialog.table is None and not self.dialog.status.text().startswith("⚠"):
            await self.opened.hear(self.dialog.model.edited)

    async def end(self, act):
        act()
        await self.opened.idle()


def rows(opened):
    return ["|".join(row.variables.values()) for row in opened.window.input.rows()]


def test_changed_headers_are_told_before_and_after(run, program, api, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("Ville,Ville,\na,b,c\n")

    async def main():
        async with program(api.base_url) as opened:
            opening = Opening(opened)
            dialog = await opening.dialog(path)
            assert "“Ville” became “Ville 2”" in dialog.status.text()
            assert "“column 3”" in dialog.status.text()
            await opening.end(dialog.accept)
            assert "“Ville” became “Ville 2”" in opened.window.message_banner.label.text()

    run(main())


def test_a_table_replaces_the_input_when_it_is_accepted(run, program, api, tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes("prénom;ville\nZoë;Orléans\n;\nBo;\n".encode("cp1252"))

    async def main():
        async with program(api.base_url) as opened:
            opened.enter("Ada")
            opening = Opening(opened)
            dialog = await opening.dialog(path)
            assert shown(dialog) == [["Zoë", "Orléans"], ["Bo", ""]]
            assert dialog.delimiter_box.currentData() == ";"
            assert dialog.encoding_box.currentData() == "cp1252"
            assert dialog.header_box.isChecked()
            assert not dialog.sheet_box.isVisible()
            # nothing is replaced yet
            assert rows(opened) == ["Ada"]
            await opening.end(lambda: QTest.keyClick(dialog, Qt.Key.Key_Return))
            assert opened.window.input.mode is Mode.TABLE
            assert rows(opened) == ["Zoë|Orléans", "Bo|"]

    run(main())


def test_a_table_that_is_not_wanted_changes_nothing(run, program, api, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("a,b\n1,2\n")

    async def main():
        async with program(api.base_url) as opened:
            opened.enter("Ada")
            before = opened.window.input.draft()
            opening = Opening(opened)
            dialog = await opening.dialog(path)
            await opening.end(lambda: QTest.keyClick(dialog, Qt.Key.Key_Escape))
            assert opened.window.input.draft() == before
            assert not opened.window.message_banner.isVisible()

    run(main())


def test_delimiter_encoding_and_header_can_be_chosen(run, program, api, tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes("Zoë,1;Éric,2\nAda,3;Bo,4\n".encode("mac-roman"))

    async def main():
        async with program(api.base_url) as opened:
            opening = Opening(opened)
            dialog = await opening.dialog(path)
            choose(dialog.encoding_box, "mac-roman")
            await opening.settled()
            choose(dialog.delimiter_box, ";")
            await opening.settled()
            assert shown(dialog) == [["Ada,3", "Bo,4"]]
            dialog.header_box.click()
            await opening.settled()
            assert shown(dialog) == [["Zoë,1", "Éric,2"], ["Ada,3", "Bo,4"]]
            assert dialog.table.reading == Reading("mac-roman", ";", False)
            await opening.end(dialog.accept)
            assert opened.window.input.columns() == ("column 1", "column 2")

    run(main())


def test_a_sheet_can_be_chosen(run, program, api, tmp_path):
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, value in (("One", "1"), ("<b>Two", "2")):
            book.add_worksheet(name).write_column(0, 0, ["a", value])

    async def main():
        async with program(api.base_url) as opened:
            opening = Opening(opened)
            dialog = await opening.dialog(path)
            assert shown(dialog) == [["1"]]
            assert not dialog.delimiter_box.isVisible()
            assert not dialog.encoding_box.isVisible()
            choose(dialog.sheet_box, "<b>Two")
            await opening.settled()
            assert shown(dialog) == [["2"]]
            await opening.end(dialog.accept)
            assert rows(opened) == ["2"]

    run(main())


def test_what_another_choice_mends_is_said_in_the_dialog(run, program, api, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("a;b\n1;2,5\n3;4,5;6\n")

    async def main():
        async with program(api.base_url) as opened:
            opened.enter("Ada")
            opening = Opening(opened)
            dialog = await opening.dialog(path)
            assert "3" in dialog.status.text()
            assert "t.csv" in dialog.status.text()
            assert not dialog.accept_button.isEnabled()
            assert dialog.delimiter_box.currentData() == ";"
            choose(dialog.delimiter_box, "")
            await opening.settled()
            assert len(shown(dialog)) == 3
            assert dialog.accept_button.isEnabled()
            await opening.end(dialog.reject)
            assert rows(opened) == ["Ada"]

    run(main())


def test_a_large_file_can_be_given_up_or_awaited(run, program, api, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("a,b\n" + "".join(f"row {n},{'y' * 40}\n" for n in range(100_000)))

    async def main():
        async with program(api.base_url) as opened:
            opening = Opening(opened)
            dialog = await opened.dialog_after(lambda: opened.window.input.file_given.emit(path))
            opening.dialog = dialog
            await opening.end(dialog.reject)
            assert rows(opened) == []
            dialog = await opened.dialog_after(lambda: opened.window.input.file_given.emit(path))
            choose(dialog.encoding_box, "cp1252")
            assert dialog.table is None
            # asked for before it is there
            await opening.end(dialog.accept)
            assert len(opened.window.input.rows()) == 100_000

    run(main())


@pytest.mark.parametrize(
    ("content", "first"),
    [
        (f'a,b\n"{"x" * 300_000}",1\n', "x" * 300_000 + "|1"),
        (f"{'h' * 300_000},b\nx,1\n", "x|1"),
        ("\n" * 300_000 + "a,b\nx,1\n", "x|1"),
    ],
    ids=["long cell", "long header", "blank lines"],
)
def test_a_large_file_may_begin_without_a_whole_row(run, program, api, tmp_path, content, first):
    path = tmp_path / "t.csv"
    path.write_text(content + "y,2\n" * 200_000)

    async def main():
        async with program(api.base_url) as opened:
            opening = Opening(opened)
            dialog = await opening.dialog(path)
            assert dialog.accept_button.isEnabled(), dialog.status.text()
            await opening.end(dialog.accept)
            assert rows(opened)[:2] == [first, "y|2"]
            assert len(rows(opened)) == 200_001

    run(main())


def test_a_cell_that_is_too_large_is_told_with_its_line(run, program, api, tmp_path, monkeypatch):
    # the dialog is there before the file is read
    monkeypatch.setattr(table_reader, "_PATIENCE_S", 0.0)
    path = tmp_path / "t.csv"
    path.write_text(f'a,b\n"{"x" * 2_000_000}",2\n' + "y,3\n" * 10)

    async def main():
        async with program(api.base_url) as opened:
            opening = Opening(opened)
            dialog = await opening.dialog(path)
            assert "line 2" in dialog.status.text()
            assert "t.csv" in dialog.status.text()
            assert not dialog.accept_button.isEnabled()
            await opening.end(dialog.reject)

    run(main())


def test_a_file_that_is_given_up_is_not_read_to_its_end(run, program, api, tmp_path, monkeypatch):
    path = tmp_path / "t.csv"
    path.write_text("a,b\n" + "1,2\n" * 10_000)
    go_on, ended, ends = threading.Event(), threading.Event(), []

    def read_late(*arguments):
        """Read, once nobody waits for it any more."""
        go_on.wait(GUARD_S)
        try:
            ends.append(read_table(*arguments))
        except BaseException as error:
            ends.append(type(error).__name__)
            raise
        finally:
            ended.set()

    monkeypatch.setattr(table_reader, "read_table", read_late)

    async def main():
        async with program(api.base_url) as opened:
            dialog = await opened.dialog_after(lambda: opened.window.input.file_given.emit(path))
            dialog.reject()
            await opened.idle()
            go_on.set()
            assert await asyncio.to_thread(ended.wait, 20)
            assert ends == ["_Stopped"]

    run(main())


@pytest.fixture
def dialog(qtbot, tmp_path):
    dialog = OpenTableDialog(tmp_path / "t.csv")
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_progress_and_the_first_rows_show_while_the_rest_is_read(dialog, tmp_path):
    (tmp_path / "t.csv").write_text("a,b\n" + "1,2\n" * 500)
    dialog.show_preview(preview(tmp_path / "t.csv", AUTOMATIC))
    dialog.show_progress(0.25)
    assert len(shown(dialog)) == 20
    assert dialog.progress.value() * 4 == dialog.progress.maximum()
    assert dialog.table is None
    accepted = []
    dialog.accepted.connect(lambda: accepted.append(1))
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.progress.isVisible()
    dialog.show_table(read_table(tmp_path / "t.csv"))
    assert accepted == [1]
    assert not dialog.isVisible()
    assert isinstance(dialog.table, Table)
