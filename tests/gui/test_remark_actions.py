"""Marks and comments in the results table and beside the answer."""

import csv

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from paradigm_gui.core.batch import ArmKind, RequestState
from paradigm_gui.core.remarks import Remark
from paradigm_gui.models.results_model import Column
from paradigm_gui.widgets.results_panel import ResultsPanel
from paradigm_gui.widgets.row_filter import RowFilter

DONE, QUEUED = RequestState.DONE, RequestState.QUEUED
BOTH = (ArmKind.CONCURRENT, ArmKind.SEQUENTIAL)
CONTROL = Qt.KeyboardModifier.ControlModifier
NAMES = ("Cy", "Ada", "Bo", "Di")


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1000, 600)
    return window


@pytest.fixture
def panel(qtbot, window):
    panel = ResultsPanel(window)
    panel.resize(1000, 600)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    return panel


@pytest.fixture
def shown(panel, make_run):
    """A run on show, of whose rows the second one is current."""
    run = make_run(*((name, DONE, f"Dear {name}") for name in NAMES), kinds=BOTH)
    panel.show_run(run)
    panel.table.setFocus()
    panel.select_request(1)
    return run


def inputs(panel):
    return [panel.model.index(row, Column.INPUT).data() for row in range(panel.model.rowCount())]


def choose(panel, row_filter):
    panel.filter_box.setCurrentIndex(panel.filter_box.findData(row_filter.value))


def press(panel, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(panel.window().focusWidget(), key, modifier)


def click_cell(panel, place, column):
    cell = panel.table.visualRect(panel.model.index(place, column))
    QTest.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=cell.center())


def cell_editor(panel):
    return panel.table.indexWidget(panel.table.currentIndex().siblingAtColumn(Column.COMMENT))


def checked(panel):
    role = Qt.ItemDataRole.CheckStateRole
    states = [panel.model.index(place, Column.MARK).data(role) for place in range(panel.model.rowCount())]
    return [place for place, state in enumerate(states) if state == Qt.CheckState.Checked]


def test_a_click_marks_a_row_and_the_next_one_takes_the_mark_away(panel, shown):
    told = []
    panel.remarked.connect(lambda run, rows: told.append((run, sorted(rows))))
    click_cell(panel, 2, Column.MARK)
    assert shown.remarks.marked == {2}
    assert checked(panel) == [2]
    assert panel.response.mark_button.isChecked()
    click_cell(panel, 0, Column.MARK)
    click_cell(panel, 2, Column.MARK)
    assert shown.remarks.marked == {0}
    assert not panel.response.mark_button.isChecked()
    assert told == [(shown, [2]), (shown, [0]), (shown, [2])]


def test_many_rows_are_marked_by_a_key(panel, shown):
    panel.table.sortByColumn(Column.INPUT, Qt.SortOrder.AscendingOrder)  # Ada, Bo, Cy, Di
    panel.select_request(1)
    press(panel, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(panel, Qt.Key.Key_M, CONTROL)
    assert shown.remarks.marked == {1, 2}
    press(panel, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    # not all of them are marked: they are now
    press(panel, Qt.Key.Key_M, CONTROL)
    assert shown.remarks.marked == {0, 1, 2}
    press(panel, Qt.Key.Key_M, CONTROL)
    assert shown.remarks.marked == set()


def test_marks_are_taken_back_and_made_again(panel, shown):
    press(panel, Qt.Key.Key_M, CONTROL)
    panel.select_request(3)
    panel.response.mark_button.click()
    panel.response.answer_edit.setFocus()
    press(panel, Qt.Key.Key_Z, CONTROL)
    assert shown.remarks.marked == {1}
    # where it happened is shown
    panel.table.setFocus()
    press(panel, Qt.Key.Key_Z, CONTROL)
    assert shown.remarks.marked == set()
    assert panel.rows_selected() == {1}
    assert not panel.remarking.undo_action.isEnabled()
    panel.remarking.redo_action.trigger()
    assert shown.remarks.marked == {1}
    QTest.keySequence(panel.table, QKeySequence(QKeySequence.StandardKey.Redo))
    assert shown.remarks.marked == {1, 3}
    assert not panel.remarking.redo_action.isEnabled()


def test_undo_in_a_field_is_the_fields_own(panel, shown):
    press(panel, Qt.Key.Key_M, CONTROL)
    panel.search_edit.setFocus()
    QTest.keyClicks(panel.search_edit, "x")
    press(panel, Qt.Key.Key_Z, CONTROL)
    assert panel.search_edit.text() == ""
    assert shown.remarks.marked == {1}


def test_a_comment_is_typed_into_its_cell(qtbot, panel, shown):
    assert panel.table.isColumnHidden(Column.COMMENT)
    press(panel, Qt.Key.Key_F2)
    QTest.keyClicks(cell_editor(panel), "too long ")
    QTest.keyClick(cell_editor(panel), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: cell_editor(panel) is None)
    assert shown.remarks.of(1).comment == "too long"
    assert panel.model.index(1, Column.COMMENT).data() == "too long"
    assert panel.response.comment_edit.text() == "too long"
    panel.table.setFocus()
    press(panel, Qt.Key.Key_F2)
    QTest.keyClicks(cell_editor(panel), "never mind")
    QTest.keyClick(cell_editor(panel), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: cell_editor(panel) is None)
    assert shown.remarks.of(1).comment == "too long"
    panel.remarking.undo_action.trigger()
    assert panel.response.comment_edit.text() == panel.model.index(1, Column.COMMENT).data() == ""


def test_a_comment_is_typed_beside_the_answer(panel, shown):
    edit = panel.response.comment_edit
    edit.setFocus()
    QTest.keyClicks(edit, "why  so?  ")
    assert not shown.remarks
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert (shown.remarks.of(1).comment, edit.text()) == ("why so?", "why so?")
    # the same after a change that is none
    QTest.keyClicks(edit, " ")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert (shown.remarks.of(1).comment, edit.text()) == ("why so?", "why so?")
    # whatever the row is left by
    QTest.keyClicks(edit, " really")
    panel.select_request(3)
    assert shown.remarks.of(1).comment == "why so? really"
    assert (shown.remarks.of(3).comment, edit.text()) == ("", "")
    panel.select_request(1)
    assert edit.text() == "why so? really"


def test_what_is_typed_outlives_what_comes_meanwhile(panel, shown):
    edit = panel.response.comment_edit
    QTest.keyClicks(edit, "half a com")
    panel.refresh({ArmKind.CONCURRENT: {1}}, 51.0)
    panel.settle()
    assert edit.text() == "half a com"
    panel._arm_buttons.buttons()[1].click()
    assert (panel.shown_arm, edit.text()) == (ArmKind.SEQUENTIAL, "half a com")
    assert shown.remarks.of(1).comment == "half a com"


def test_a_cell_goes_on_being_typed_into_when_rows_are_ordered_anew(qtbot, panel, shown):
    press(panel, Qt.Key.Key_F2)
    QTest.keyClicks(cell_editor(panel), "half")
    panel.refresh({ArmKind.CONCURRENT: {1}}, 51.0)
    assert cell_editor(panel).text() == "half"
    panel.settle()
    assert shown.remarks.of(1).comment == "half"
    editor = cell_editor(panel)
    QTest.keyClick(editor, Qt.Key.Key_End)
    QTest.keyClicks(editor, " more")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: cell_editor(panel) is None)
    assert shown.remarks.of(1).comment == "half more"


@pytest.mark.parametrize("is_in_cell", [True, False])
def test_a_new_run_does_not_get_the_comment_on_the_old_one(panel, shown, make_run, is_in_cell):
    other = make_run(*((name, DONE, "x") for name in NAMES))
    if is_in_cell:
        press(panel, Qt.Key.Key_F2)
    QTest.keyClicks(cell_editor(panel) if is_in_cell else panel.response.comment_edit, "on Ada")
    told = []
    panel.remarked.connect(lambda run, rows: told.append((run, rows)))
    panel.show_run(other)
    assert told == [(shown, {1})]
    assert shown.remarks.of(1) == Remark(comment="on Ada")
    assert not other.remarks
    assert panel.response.comment_edit.text() == ""
    assert not panel.remarking.undo_action.isEnabled()
    panel.show_run(shown)
    panel.remarking.undo_action.trigger()
    assert not shown.remarks


def test_esc_brings_the_comment_back_and_stops_nothing(qtbot, window, panel, shown):
    stop = QAction(window, shortcut=QKeySequence("Esc"))
    window.addAction(stop)
    stops = []
    stop.triggered.connect(lambda: stops.append(1))
    edit = panel.response.comment_edit
    edit.setFocus()
    QTest.keyClicks(edit, "no")
    press(panel, Qt.Key.Key_Escape)
    assert (edit.text(), shown.remarks.of(1).comment, stops) == ("", "", [])
    # with nothing to bring back it means what it means elsewhere
    press(panel, Qt.Key.Key_Escape)
    assert len(stops) == 1


def test_rows_are_filtered_by_what_is_noted_on_them(panel, shown):
    panel.remarking.mark([0, 3], True)
    panel.remarking.comment(3, "Straße")
    panel.remarking.comment(2, "fine")
    choose(panel, RowFilter.MARKED)
    assert inputs(panel) == ["Cy", "Di"]
    # the row that is read does not vanish when its mark does
    panel.remarking.mark([0], False)
    assert inputs(panel) == ["Cy", "Di"]
    choose(panel, RowFilter.COMMENTED)
    assert inputs(panel) == ["Bo", "Di"]
    choose(panel, RowFilter.ALL)
    panel.search_edit.setText("STRASSE")
    panel.settle()
    assert inputs(panel) == ["Di"]


def test_rows_are_ordered_by_what_is_noted_on_them(panel, shown):
    panel.remarking.mark([2], True)
    panel.remarking.comment(3, "b")
    panel.remarking.comment(1, "A")
    for order in Qt.SortOrder:
        panel.table.sortByColumn(Column.MARK, order)
        assert inputs(panel)[0] == "Bo"
    panel.table.sortByColumn(Column.COMMENT, Qt.SortOrder.AscendingOrder)
    assert inputs(panel) == ["Ada", "Di", "Cy", "Bo"]


def copied(panel):
    panel.table.selectAll()
    panel.row_menu.copy_action.trigger()
    return list(csv.reader(QGuiApplication.clipboard().text().splitlines(), dialect="excel-tab"))


def test_remarks_are_copied_as_they_are_seen(panel, shown):
    assert [row[1] for row in copied(panel)] == list(NAMES)
    panel.remarking.comment(1, "=1+1")
    panel.remarking.mark([2], True)
    rows = copied(panel)
    assert [row[0] for row in rows] == ["", "", "x", ""]
    assert [row[-1] for row in rows] == ["", "'=1+1", "", ""]


def test_the_comments_come_up_unless_they_were_hidden(panel, shown, make_run):
    panel.remarking.comment(0, "a")
    assert not panel.table.isColumnHidden(Column.COMMENT)
    panel.columns_menu.aboutToShow.emit()
    panel.columns_menu.actions()[Column.COMMENT].trigger()
    panel.remarking.comment(0, "b")
    panel.show_run(shown)
    assert panel.table.isColumnHidden(Column.COMMENT)
    panel.remarking.comment_action.trigger()
    assert cell_editor(panel) is not None


def test_a_run_with_comments_shows_them(panel, make_run):
    run = make_run(("Ada", DONE, "x"))
    run.remarks.comment(0, "a")
    panel.show_run(run)
    assert not panel.table.isColumnHidden(Column.COMMENT)
    assert panel.response.comment_edit.text() == "a"


def test_without_a_run_nothing_can_be_noted(panel):
    assert not panel.response.comment_edit.isEnabled()
    assert not panel.response.mark_button.isEnabled()
    for action in panel.remarking.actions:
        action.trigger()
