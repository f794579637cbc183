"""A table that is edited by keys, in place, and with copy and paste."""

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QLineEdit, QPlainTextEdit

from paradigm_gui.core.batch import Row
from paradigm_gui.models.input_model import InputModel
from paradigm_gui.widgets.table_editor import TableEditor

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def editor(qtbot):
    model = InputModel(is_editable=True)
    model.show_rows(("a", "b"), [Row(at, {"a": str(at), "b": letter}) for at, letter in enumerate("xyz")])
    editor = TableEditor(model)
    qtbot.addWidget(editor)
    editor.resize(500, 300)
    editor.show()
    editor.setFocus()
    return editor


def cells(editor):
    return ["|".join(row) for row in editor.model().cells()]


def select(editor, *places):
    model = editor.model()
    editor.setCurrentIndex(model.index(*places[0]))
    for place in places[1:]:
        editor.selectionModel().select(model.index(*place), QItemSelectionModel.SelectionFlag.Select)


def paste(editor, text):
    QGuiApplication.clipboard().setText(text)
    QTest.keyClick(editor, Qt.Key.Key_V, CONTROL)


def copied(editor):
    QTest.keyClick(editor, Qt.Key.Key_C, CONTROL)
    return QGuiApplication.clipboard().text()


def test_typing_edits_a_cell_in_place(editor):
    select(editor, (1, 1))
    QTest.keyClick(editor, Qt.Key.Key_F2)
    cell = editor.findChild(QPlainTextEdit)
    assert cell.toPlainText() == "y"
    QTest.keyClicks(cell, "one")
    QTest.keyClick(cell, Qt.Key.Key_Return, SHIFT)
    QTest.keyClicks(cell, "two")
    QTest.keyClick(cell, Qt.Key.Key_Return)
    assert cells(editor) == ["0|x", "1|one\ntwo", "2|z"]
    QTest.keyClick(editor, Qt.Key.Key_Z, CONTROL)
    assert cells(editor) == ["0|x", "1|y", "2|z"]


def test_a_cell_that_is_only_looked_at_stays_exactly_as_it_is(editor):
    editor.model().fill("", [(0, 0)], "a\r\nb\u2028c\u00a0d")
    select(editor, (0, 0))
    QTest.keyClick(editor, Qt.Key.Key_F2)
    QTest.keyClick(editor.findChild(QPlainTextEdit), Qt.Key.Key_Return)
    assert editor.model().cells()[0][0] == "a\r\nb\u2028c\u00a0d"
    QTest.keyClick(editor, Qt.Key.Key_F2)
    QTest.keyClick(editor.findChild(QPlainTextEdit), Qt.Key.Key_Escape)
    assert editor.model().undo_stack.count() == 1


def test_cells_are_pasted_from_a_spreadsheet_in_one_step(editor):
    select(editor, (1, 0))
    paste(editor, '"one\nline ""q"""\t007\r\nlast\t=1+1\r\n')
    assert cells(editor) == ["0|x", 'one\nline "q"|007', "last|=1+1"]
    assert editor.model().undo_stack.count() == 1


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("AAA\n\nCCC", ["AAA|x", "|y", "CCC|z"]),
        ("AAA\r\n\r\nCCC\r\n", ["AAA|x", "|y", "CCC|z"]),
        ("AAA\n \nCCC\nDDD", ["AAA|x", " |y", "CCC|z", "DDD|"]),
        ("\nBBB", ["|x", "BBB|y", "2|z"]),
        ("A\tB\n\n\tC", ["A|B", "|", "|C"]),
        ("A\tB\nC", ["A|B", "C|", "2|z"]),
    ],
)
def test_pasted_blanks_keep_their_place_and_clear(editor, text, after):
    before = cells(editor)
    select(editor, (0, 0))
    paste(editor, text)
    assert cells(editor) == after
    assert editor.model().undo_stack.count() == 1
    editor.undo_action.trigger()
    assert cells(editor) == before


def test_pasting_beyond_the_edge_adds_rows_and_columns(editor):
    select(editor, (2, 1))
    paste(editor, "p\tq\nr\ts\n")
    assert editor.model().columns == ("a", "b", "column 3")
    assert cells(editor) == ["0|x|", "1|y|", "2|p|q", "|r|s"]


def test_a_header_that_is_already_there_is_not_pasted(editor):
    select(editor, (0, 0))
    paste(editor, "a\tb\n9\tw\n")
    assert cells(editor) == ["9|w", "1|y", "2|z"]


def test_one_cell_fills_all_that_are_selected(editor):
    select(editor, (0, 0), (1, 1), (2, 0))
    paste(editor, "same")
    assert cells(editor) == ["same|x", "1|same", "same|z"]
    assert editor.model().undo_stack.count() == 1


def test_cells_are_copied_as_spreadsheets_do(editor):
    editor.model().fill("", [(0, 1)], 'say "hi"\nnow')
    select(editor, (0, 0), (0, 1), (2, 0))
    assert copied(editor) == '0\t"say ""hi""\nnow"\n2\t\n'


def test_rows_are_added_removed_and_moved_by_keys(editor):
    select(editor, (0, 0))
    QTest.keyClick(editor, Qt.Key.Key_Down, ALT)
    assert cells(editor) == ["1|y", "0|x", "2|z"]
    assert editor.currentIndex().row() == 1
    QTest.keyClick(editor, Qt.Key.Key_Up, ALT)
    assert cells(editor) == ["0|x", "1|y", "2|z"]
    QTest.keyClick(editor, Qt.Key.Key_Plus, CONTROL)
    assert cells(editor) == ["0|x", "|", "1|y", "2|z"]
    assert editor.currentIndex().row() == 1
    QTest.keyClick(editor, Qt.Key.Key_Minus, CONTROL)
    assert cells(editor) == ["0|x", "1|y", "2|z"]
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    assert cells(editor) == ["0|x", "|y", "2|z"]


def test_duplicates_go_in_one_step(editor):
    editor.model().put("", 3, 0, [["0", "x"], ["1", "y"]])
    said = []
    editor.said.connect(said.append)
    editor.duplicates_action.trigger()
    assert cells(editor) == ["0|x", "1|y", "2|z"]
    assert "2" in said[0]
    assert editor.undo_action.isEnabled()
    editor.undo_action.trigger()
    assert len(cells(editor)) == 5


def named(editor, action, title):
    """Trigger an action that asks for a name, and give it."""
    action.trigger()
    dialog = editor.findChildren(QInputDialog)[-1]
    dialog.findChild(QLineEdit).setText(title)
    dialog.accept()


def test_columns_are_added_and_removed_and_undone(editor):
    select(editor, (1, 0))
    named(editor, editor.add_column_action, "city")
    assert editor.model().columns == ("a", "city", "b")
    assert (editor.currentIndex().row(), editor.currentIndex().column()) == (1, 1)
    QTest.keyClicks(editor, "x")
    QTest.keyClick(editor.findChild(QPlainTextEdit), Qt.Key.Key_Return)
    assert cells(editor) == ["0||x", "1|x|y", "2||z"]
    select(editor, (0, 0), (2, 2))
    editor.remove_columns_action.trigger()
    assert (editor.model().columns, cells(editor)) == (("city",), ["", "x", ""])
    editor.undo_action.trigger()
    assert cells(editor) == ["0||x", "1|x|y", "2||z"]


def test_without_a_column_nothing_is_left_to_be_removed(editor):
    editor.selectAll()
    editor.remove_columns_action.trigger()
    assert (editor.model().columns, cells(editor)) == ((), [])
    assert not editor.remove_columns_action.isEnabled()
    named(editor, editor.add_column_action, "new")
    assert editor.model().columns == ("new",)


def test_duplicates_go_by_the_columns_that_are_selected(editor):
    editor.model().put("", 3, 0, [["9", "x"]])
    select(editor, (0, 0), (0, 1))
    assert not editor.column_duplicates_action.isEnabled()
    select(editor, (2, 1))
    editor.column_duplicates_action.trigger()
    assert cells(editor) == ["0|x", "1|y", "2|z"]
    editor.undo_action.trigger()
    assert cells(editor)[3] == "9|x"


@pytest.mark.qt_log_ignore("does not support grabbing")
def test_a_title_has_the_menu_of_its_column(editor):
    header = editor.horizontalHeader()
    header.customContextMenuRequested.emit(QPoint(header.sectionViewportPosition(1) + 10, 5))
    assert editor.menu.isVisible()
    editor.menu.close()
    assert editor.selected_columns() == [1]


def test_the_first_row_can_be_made_the_header_and_back(editor):
    editor.header_action.trigger()
    assert (editor.model().columns, cells(editor)) == (("0", "x"), ["1|y", "2|z"])
    editor.undo_action.trigger()
    editor.no_header_action.trigger()
    assert (editor.model().columns, cells(editor)[0]) == (("column 1", "column 2"), "a|b")


def test_a_double_click_on_a_title_renames_the_column(qtbot, editor):
    header = editor.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(1) + 10, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    dialog = editor.findChild(QInputDialog)
    dialog.findChild(QLineEdit).setText("city")
    dialog.accept()
    assert editor.model().columns == ("a", "city")


def test_keys_of_the_table_are_not_taken_from_other_fields(editor, qtbot):
    other = QPlainTextEdit("text")
    qtbot.addWidget(other)
    other.show()
    other.setFocus()
    QTest.keyClick(other, Qt.Key.Key_Delete)
    assert cells(editor) == ["0|x", "1|y", "2|z"]
    assert other.toPlainText() == "ext"


class CountingModel(InputModel):
    asked = 0

    def flags(self, index):
        self.asked += 1
        return super().flags(index)


def test_selecting_everything_does_not_look_at_every_cell(qtbot):
    model = CountingModel(is_editable=True)
    model.show_rows(("a", "b"), [Row(at, {"a": str(at), "b": "x"}) for at in range(5_000)])
    editor = TableEditor(model)
    qtbot.addWidget(editor)
    editor.show()
    editor.grab()
    editor.selectAll()
    editor.grab()
    editor.copy()
    assert len(QGuiApplication.clipboard().text().splitlines()) == 5_000
    assert 0 < model.asked < 500


def test_a_click_on_a_title_selects_its_column(editor):
    header = editor.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(1) + 10, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert copied(editor) == "x\ny\nz\n"
