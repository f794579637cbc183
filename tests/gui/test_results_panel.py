"""The results table with its filter and the response pane."""

import csv
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QStandardItemModel
from PySide6.QtWidgets import QTableView, QToolButton

from paradigm_gui.core.batch import ArmKind, RequestState, Row
from paradigm_gui.core.run_list import RunKey, RunSummary
from paradigm_gui.models.results_model import Column
from paradigm_gui.widgets.results_panel import ResultsPanel
from paradigm_gui.widgets.row_filter import RowFilter

DONE, FAILED, QUEUED = RequestState.DONE, RequestState.FAILED, RequestState.QUEUED
BOTH = (ArmKind.CONCURRENT, ArmKind.SEQUENTIAL)


@pytest.fixture
def panel(qtbot):
    panel = ResultsPanel()
    qtbot.addWidget(panel)
    panel.resize(900, 500)
    panel.show()
    return panel


@pytest.fixture
def rows():
    return [("Cy", DONE, "gamma\tline\nline"), ("Ada", DONE, "alpha"), ("Bo", FAILED, "")]


def inputs(panel):
    model = panel.table.model()
    return [model.index(row, Column.INPUT).data() for row in range(model.rowCount())]


def choose(panel, row_filter):
    panel.filter_box.setCurrentIndex(panel.filter_box.findData(row_filter.value))


def arm_buttons(panel):
    return [button for button in panel.findChildren(QToolButton) if button.property("arm")]


def test_before_a_run_it_says_what_to_do(panel, make_run, rows):
    panel.set_empty_text("Type <b>names</b>.")
    assert not panel.table.isVisible()
    panel.show_run(make_run(*rows))
    assert panel.table.isVisible()
    assert inputs(panel) == ["Cy", "Ada", "Bo"]


def test_the_current_row_is_shown_whole(panel, make_run, rows):
    panel.show_run(make_run(*rows))
    assert panel.response.answer_edit.toPlainText() == "gamma\tline\nline"
    panel.table.selectRow(1)
    assert panel.response.answer_edit.toPlainText() == "alpha"


def test_a_selected_row_is_told_by_its_index_whatever_the_order(qtbot, panel, make_run, rows):
    panel.show_run(make_run(*rows))
    panel.table.sortByColumn(Column.INPUT, Qt.SortOrder.AscendingOrder)
    assert inputs(panel) == ["Ada", "Bo", "Cy"]
    with qtbot.waitSignal(panel.request_selected) as selected:
        panel.table.selectRow(1)
    assert selected.args == [2]
    panel.select_request(0)
    assert panel.table.currentIndex().row() == 2
    assert panel.response.answer_edit.toPlainText().startswith("gamma")


def test_the_search_looks_while_one_types(qtbot, panel, make_run, rows):
    panel.show_run(make_run(*rows))
    with qtbot.waitSignal(panel.model.modelReset):
        panel.search_edit.setText("ALPHA")
    assert inputs(panel) == ["Ada"]
    with qtbot.waitSignal(panel.model.modelReset):
        panel.search_edit.clear()
    assert len(inputs(panel)) == 3


def test_the_states_can_be_filtered(panel, make_run, rows):
    panel.show_run(make_run(*rows, ("Di", QUEUED, "")))
    found = []
    for index in range(5):
        panel.filter_box.setCurrentIndex(index)
        found.append(inputs(panel))
    assert found == [["Cy", "Ada", "Bo", "Di"], ["Cy", "Ada"], ["Bo"], [], ["Di"]]


def test_filtering_and_ordering_keep_the_reader_at_the_same_row(panel, make_run, rows):
    panel.show_run(make_run(*rows))
    panel.table.selectRow(2)
    panel.table.sortByColumn(Column.INPUT, Qt.SortOrder.DescendingOrder)
    panel.filter_box.setCurrentIndex(2)
    assert inputs(panel) == ["Bo"]
    assert panel.table.currentIndex().row() == 0
    assert panel.response.prompt_edit.toPlainText() == "Greet Bo"
    panel.filter_box.setCurrentIndex(1)
    panel.filter_box.setCurrentIndex(0)
    assert panel.model.row_at(panel.table.currentIndex().row()) == 2


def test_the_pane_follows_the_current_row(panel, make_run):
    run = make_run(("Ada", RequestState.STREAMING, "half"), ("Bo", QUEUED, ""))
    panel.show_run(run)
    run.arms[ArmKind.CONCURRENT].requests[0].partial.append(" more")
    panel.refresh({ArmKind.CONCURRENT: {0}}, 51.0)
    assert panel.response.answer_edit.toPlainText() == "half more"


def test_each_arm_can_be_seen(panel, make_run, rows):
    panel.show_run(make_run(*rows))
    assert not any(button.isVisible() for button in arm_buttons(panel))
    run = make_run(*rows, kinds=BOTH)
    run.arms[ArmKind.SEQUENTIAL].requests[1].completion = None
    run.arms[ArmKind.SEQUENTIAL].requests[1].partial = ["other"]
    panel.show_run(run)
    concurrent, sequential = arm_buttons(panel)
    assert concurrent.isVisible()
    assert concurrent.isChecked()
    panel.table.selectRow(1)
    sequential.click()
    assert panel.shown_arm is ArmKind.SEQUENTIAL
    assert panel.table.currentIndex().row() == 1
    assert panel.response.answer_edit.toPlainText() == "other"


def test_copied_rows_carry_whole_answers(panel, make_run):
    long = "x" * 5000
    panel.show_run(make_run(("Ada", DONE, long), ("Bo", DONE, 'two\tcells\nand "more"')))
    panel.table.selectAll()
    panel.row_menu.copy_action.trigger()
    text = QGuiApplication.clipboard().text()
    assert long in text
    assert '"two\tcells\nand ""more"""' in text
    assert len(text.splitlines()) == 3


def test_copied_rows_are_no_formulas(panel, make_run):
    panel.show_run(make_run(("=1+1", DONE, "@SUM(A1)"), ("-5", DONE, "+cmd|' /C calc'!A0")))
    panel.table.selectAll()
    panel.row_menu.copy_action.trigger()
    first, second = csv.reader(QGuiApplication.clipboard().text().splitlines(), dialect="excel-tab")
    assert (first[Column.INPUT], first[Column.ANSWER]) == ("'=1+1", "'@SUM(A1)")
    assert (second[Column.INPUT], second[Column.ANSWER]) == ("-5", "'+cmd|' /C calc'!A0")


def column_action(panel, column):
    panel.columns_menu.aboutToShow.emit()
    title = panel.model.title_of(column)
    return next(action for action in panel.columns_menu.actions() if action.text() == title)


def test_what_is_copied_is_what_is_seen(panel, make_run):
    name = "a long name " * 50
    panel.show_run(make_run((name, DONE, "x")))
    for column in Column:
        if column not in (Column.INPUT, Column.ANSWER, Column.COMMENT):
            column_action(panel, column).trigger()
    header = panel.table.horizontalHeader()
    header.moveSection(header.visualIndex(Column.ANSWER), 0)
    panel.table.selectAll()
    panel.row_menu.copy_action.trigger()
    assert QGuiApplication.clipboard().text() == f"x\t{name}\n"


def test_columns_are_chosen_but_answers_stay(panel, make_run, rows):
    panel.show_run(make_run(*rows))
    header = panel.table.horizontalHeader()
    before = panel.table.columnWidth(Column.ANSWER)
    assert not column_action(panel, Column.ANSWER).isEnabled()
    tokens = column_action(panel, Column.TOKENS)
    assert tokens.isChecked()
    tokens.trigger()
    assert header.isSectionHidden(Column.TOKENS)
    assert not column_action(panel, Column.TOKENS).isChecked()
    assert panel.table.columnWidth(Column.ANSWER) > before
    state = header.saveState()
    panel.columns_menu.actions()[-1].trigger()
    assert header.hiddenSectionCount() == 0
    column_action(panel, Column.COMMENT).trigger()
    assert panel.table.columnWidth(Column.ANSWER) == before
    header.restoreState(state)
    assert header.hiddenSectionCount() == 2


def test_columns_are_restored_also_from_a_table_that_had_fewer(qtbot, panel, make_run, rows):
    header = panel.table.horizontalHeader()
    panel.table.setColumnHidden(Column.TTFT, True)
    header.moveSection(header.visualIndex(Column.NUMBER), 2)
    state = header.saveState()
    again = ResultsPanel()
    qtbot.addWidget(again)
    again.table.restore_columns(state)
    restored = again.table.horizontalHeader()
    assert restored.isSectionHidden(Column.TTFT)
    assert restored.visualIndex(Column.NUMBER) == 2
    other = QTableView()
    qtbot.addWidget(other)
    other.setModel(QStandardItemModel(1, len(Column) - 1))
    again.table.restore_columns(other.horizontalHeader().saveState())
    assert restored.count() == len(Column)
    again.show_run(make_run(*rows))
    assert inputs(again) == ["Cy", "Ada", "Bo"]


def test_the_rows_where_the_arms_differ(panel, make_run, rows):
    one = make_run(*rows)
    panel.show_run(one)
    assert panel.filter_box.findData(RowFilter.ARMS_DIFFER.value) == -1
    run = make_run(*rows, ("Di", DONE, "same"), kinds=BOTH)
    sequential = run.arms[ArmKind.SEQUENTIAL]
    sequential.requests[1].completion = replace(sequential.requests[1].completion, text="other")
    panel.show_run(run)
    choose(panel, RowFilter.ARMS_DIFFER)
    assert inputs(panel) == ["Ada"]
    assert panel.rows_shown() == {1}
    sequential.requests[0].completion = replace(sequential.requests[0].completion, text="new")
    panel.refresh({ArmKind.SEQUENTIAL: {0}}, 51.0)
    panel.settle()
    assert inputs(panel) == ["Cy", "Ada"]
    sequential.requests[1].state = RequestState.STREAMING
    panel.settle()
    assert inputs(panel) == ["Cy"]
    panel.show_run(one)
    assert panel.filter_box.findData(RowFilter.ARMS_DIFFER.value) == -1
    assert len(inputs(panel)) == 3


def test_the_rows_on_show_and_those_that_are_selected(panel, make_run, rows):
    panel.show_run(make_run(*rows))
    assert panel.rows_shown() == {0, 1, 2}
    panel.table.sortByColumn(Column.INPUT, Qt.SortOrder.AscendingOrder)
    panel.table.selectRow(2)
    assert panel.rows_selected() == {0}
    panel.table.clearSelection()
    assert panel.rows_selected() == set()
    panel.filter_box.setCurrentIndex(2)
    assert panel.rows_shown() == {2}


def test_a_new_run_forgets_the_old_filter(panel, make_run, rows):
    panel.show_run(make_run(*rows))
    panel.filter_box.setCurrentIndex(2)
    panel.search_edit.setText("Bo")
    panel.show_run(make_run(*rows))
    assert len(inputs(panel)) == 3


def summary(name, **changes):
    known = {
        "key": RunKey(7),
        "name": name,
        "started_at": datetime(2026, 3, 1, 9, 30, tzinfo=UTC),
        "endpoint": "Local",
        "base_url": "http://127.0.0.1:1",
        "model": "m",
        "rows": 3,
        "arms": (),
        "outcome": None,
        "speed_up": None,
        "is_simulated": False,
        "is_finished": True,
    }
    return RunSummary(**known | changes)


@pytest.fixture
def compared(panel, make_run, rows):
    """A run of two arms, compared with another one."""
    panel.show_run(make_run(*rows, kinds=BOTH))
    unlike = {ArmKind.CONCURRENT: frozenset({0, 2}), ArmKind.SEQUENTIAL: frozenset({1})}
    panel.compare_with(summary("<b>Old</b>"), unlike)
    return panel


def test_it_says_with_which_run_it_is_compared(compared):
    assert inputs(compared) == ["Cy", "Bo"]
    text = compared.other_run.label.text()
    assert "“<b>Old</b>”" in text
    assert "2026" in text
    assert "2 row" in text
    arm_buttons(compared)[1].click()
    assert inputs(compared) == ["Ada"]
    assert "1 row" in compared.other_run.label.text()
    asked = []
    compared.side_by_side_requested.connect(lambda run: asked.append(run.name))
    compared.other_run.button.click()
    assert asked == ["<b>Old</b>"]


def test_a_comparison_is_left_and_taken_up_again(compared):
    choose(compared, RowFilter.FAILED)
    assert inputs(compared) == ["Bo"]
    assert compared.other_run.isVisible()
    choose(compared, RowFilter.RUNS_DIFFER)
    assert inputs(compared) == ["Cy", "Bo"]
    compared.other_run.close_button.click()
    assert inputs(compared) == ["Cy", "Ada", "Bo"]
    wanted = []
    compared.other_run_wanted.connect(lambda: wanted.append(1))
    choose(compared, RowFilter.DONE)
    choose(compared, RowFilter.RUNS_DIFFER)
    assert (wanted, inputs(compared)) == ([1], ["Cy", "Ada"])
    assert compared.filter_box.currentData() == RowFilter.DONE.value


def test_a_run_under_way_is_compared_with_no_other(compared, make_run, rows):
    run = make_run(*rows)
    compared.show_run(run)
    assert compared.other_run.isHidden()
    compared.set_running(True)
    assert compared.filter_box.findData(RowFilter.RUNS_DIFFER.value) == -1
    compared.set_running(False)
    assert compared.filter_box.findData(RowFilter.RUNS_DIFFER.value) > 0


@pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True)
def test_names_of_runs_are_offered_literally(panel, make_run, rows):
    panel.show_run(make_run(*rows))
    panel.offer_runs([summary("R&D <b>"), *(summary(f"Run {number}") for number in range(30))])
    first, *others = panel.other_run.menu.actions()
    assert first.text().startswith("R&&D <b> · ")
    assert len(others) < 30
    asked = []
    panel.difference_requested.connect(lambda run: asked.append(run.name))
    panel.other_run.menu.close()
    first.trigger()
    assert asked == ["R&D <b>"]


def test_the_reader_of_a_large_run_stays_where_he_is(qtbot, panel, make_run):
    rows = [(f"name {number}", FAILED if number % 2 else DONE, str(number)) for number in range(3000)]
    panel.show_run(make_run(*rows, kinds=BOTH))
    assert panel.table.currentIndex().row() == 0

    def reset_by(act):
        with qtbot.waitSignal(panel.model.modelReset):
            act()
            assert panel.model.is_arranging

    panel.table.selectRow(100)
    reset_by(lambda: panel.search_edit.setText('"name 1"') or panel._filter_pause.timeout.emit())
    assert panel.model.row_at(panel.table.currentIndex().row()) == 100
    with qtbot.waitSignals([panel.model.modelReset] * 2):
        arm_buttons(panel)[1].click()
    assert panel.model.row_at(panel.table.currentIndex().row()) == 100
    assert len(inputs(panel)) == 1111
    panel.select_request(101)
    assert panel.model.row_at(panel.table.currentIndex().row()) == 101
    reset_by(lambda: panel.causes.rows_chosen.emit(tuple(range(1, 3000, 2))))
    assert panel.rows_shown() == set(range(1, 3000, 2))
    assert panel.model.row_at(panel.table.currentIndex().row()) == 1
    assert panel.response.prompt_edit.toPlainText() == "Greet name 1"


def test_whoever_goes_to_the_search_field_finds_it_prepared(qtbot, panel, make_run):
    panel.show_run(make_run(("Ada", DONE, "x")))
    kept = panel.model._folded._kept
    assert kept == [None]
    panel.activateWindow()
    panel.search_edit.setFocus()
    qtbot.waitUntil(lambda: kept == [["ada\0x\0\0"]])


def table_of(make_run, columns, *rows):
    """A run over a table."""
    run = make_run(*(("x", DONE, "fine") for _ in rows))
    filled = [Row(index, dict(zip(columns, values, strict=True))) for index, values in enumerate(rows)]
    run.batch = replace(run.batch, rows=filled, columns=columns)
    for request, row in zip(run.arms[ArmKind.CONCURRENT].requests, filled, strict=True):
        request.row = row
    return run


def titles_shown(panel):
    return [panel.model.title_of(column) for column in panel.table.columns_shown()]


def test_input_columns_stand_before_the_state(panel, make_run, rows):
    panel.show_run(table_of(make_run, ("first", "city"), ("Ada", "Évreux"), ("Bo", "Lille")))
    assert titles_shown(panel)[:6] == ["Mark", "#", "first", "city", "State", "Answer"]
    panel.search_edit.setText("evreux ada")
    panel._filter_pause.timeout.emit()
    assert inputs(panel) == ["Ada"]
    panel.show_run(make_run(*rows))
    assert titles_shown(panel)[:4] == ["Mark", "#", "Input", "State"]


def test_of_many_input_columns_the_first_are_shown(panel, make_run):
    names = tuple(f"c{number}" for number in range(9))
    panel.show_run(table_of(make_run, names, names))
    assert titles_shown(panel)[2:6] == ["c0", "c1", "c2", "State"]
    last = panel.model.input_columns[8]
    column_action(panel, last).trigger()
    assert titles_shown(panel)[2:7] == ["c0", "c1", "c2", "c8", "State"]
    four = names[:4]
    panel.show_run(table_of(make_run, four, four))
    assert titles_shown(panel)[2:7] == [*four, "State"]


def test_columns_are_remembered_for_each_set_of_them(qtbot, panel, make_run, rows):
    towns, prices = ("first", "city"), ("first", "price", "tax")
    panel.show_run(table_of(make_run, towns, ("Ada", "Lille")))
    city = panel.model.input_columns[1]
    header = panel.table.horizontalHeader()
    header.moveSection(header.visualIndex(city), header.visualIndex(Column.INPUT))
    panel.table.show_column(Column.TOKENS, False)
    panel.show_run(table_of(make_run, prices, ("Ada", "1", "2")))
    assert titles_shown(panel)[2:5] == list(prices)
    panel.table.show_column(panel.model.input_columns[2], False)
    panel.show_run(table_of(make_run, towns, ("Ada", "Lille")))
    assert titles_shown(panel)[2:5] == ["city", "first", "State"]
    assert "Tokens" not in titles_shown(panel)
    state = panel.table.column_state()
    again = ResultsPanel()
    qtbot.addWidget(again)
    again.table.restore_columns(state)
    again.show_run(table_of(make_run, prices, ("Ada", "1", "2")))
    assert titles_shown(again)[2:5] == ["first", "price", "State"]
    again.show_run(make_run(*rows))
    assert "Tokens" in titles_shown(again)
    again.show_run(table_of(make_run, towns, ("Ada", "Lille")))
    assert titles_shown(again)[2:5] == ["city", "first", "State"]
    assert inputs(again) == ["Ada"]


def test_no_hits_are_told_and_left(panel, make_run, rows):
    panel.show_run(make_run(*rows))
    assert not panel.nothing_found.isVisible()
    panel.search_edit.setText("nothing like it")
    choose(panel, RowFilter.DONE)
    assert inputs(panel) == []
    assert panel.nothing_found.isVisible()
    panel.nothing_found.clear_button.click()
    assert len(inputs(panel)) == 3
    assert not panel.nothing_found.isVisible()
    assert panel.search_edit.text() == ""
    assert panel.filter_box.chosen is RowFilter.ALL
