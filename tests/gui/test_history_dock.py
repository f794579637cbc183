"""The dock that lists the kept runs: search, buttons, keys and languages."""

from dataclasses import replace

import pytest
from guard import GUARD_MS
from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, QTranslator
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from test_history_model import RUN

from paradigm_gui.core.batch import ArmKind, RequestState
from paradigm_gui.core.run_list import ArmSummary, RunKey
from paradigm_gui.models.history_model import Column
from paradigm_gui.resources import translation_path
from paradigm_gui.theme import apply_theme, is_dark
from paradigm_gui.widgets.history_dock import HistoryDock

CONCURRENT, SEQUENTIAL = ArmKind.CONCURRENT, ArmKind.SEQUENTIAL
WHOLE = replace(RUN, rows=6, arms=(ArmSummary(CONCURRENT, 6, 0, 0),))
FAILED = replace(WHOLE, key=RunKey(2), arms=(ArmSummary(CONCURRENT, 4, 2, 0),))
STOPPED = replace(WHOLE, key=RunKey(3), arms=(ArmSummary(CONCURRENT, 3, 0, 1),), outcome="stopped")
BOTH = replace(WHOLE, key=RunKey(4), arms=(ArmSummary(CONCURRENT, 2, 1, 3),))
CUT_IN_SECOND_ARM = replace(
    WHOLE, key=RunKey(5), arms=(ArmSummary(CONCURRENT, 6, 0, 0), ArmSummary(SEQUENTIAL, 2, 0, 0))
)


@pytest.fixture
def dock(qapp):
    dock = HistoryDock()
    dock.show()
    dock.activateWindow()
    yield dock
    dock.close()


def emitted(signal):
    """Give the list that the arguments of each emission go to."""
    heard = []
    signal.connect(lambda *arguments: heard.append(arguments))
    return heard


def enabled(dock):
    return [button.isEnabled() for button in (dock.open_button, dock.resume_button, dock.retry_button)]


def test_the_list_is_asked_for_when_the_dock_is_shown(dock):
    dock.hide()
    heard = emitted(dock.list_requested)
    dock.show()
    assert heard == [("",)]


def test_one_question_for_a_word_that_is_typed(dock):
    spy = QSignalSpy(dock.list_requested)
    QTest.keyClicks(dock.search_edit, "hello")
    assert spy.count() == 0
    assert spy.wait(GUARD_MS)
    assert [spy.at(number)[0] for number in range(spy.count())] == ["hello"]


def test_a_list_without_runs_says_why(dock):
    dock.show_runs([])
    assert not dock.table.isVisible()
    assert dock.current() is None
    assert enabled(dock) == [False, False, False]
    dock.show_runs([WHOLE])
    assert dock.table.isVisible()
    assert dock.current() == WHOLE


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        (WHOLE, [True, False, False]),
        (FAILED, [True, False, True]),
        (STOPPED, [True, True, False]),
        (BOTH, [True, True, True]),
        (CUT_IN_SECOND_ARM, [True, True, False]),
    ],
    ids=["whole", "failed", "stopped", "both", "second arm"],
)
def test_buttons_are_enabled_when_they_can_do_something(dock, run, expected):
    dock.show_runs([run])
    assert enabled(dock) == expected
    dock.set_running(True)
    assert enabled(dock) == [False, False, False]
    dock.set_running(False)
    assert enabled(dock) == expected


def test_buttons_follow_the_chosen_run(dock):
    dock.show_runs([WHOLE, FAILED])
    assert enabled(dock) == [True, False, False]
    QTest.keyClick(dock.table, Qt.Key.Key_Down)
    assert dock.current() == FAILED
    assert enabled(dock) == [True, False, True]
    heard = [emitted(signal) for signal in (dock.open_requested, dock.retry_requested)]
    dock.open_button.click()
    dock.retry_button.click()
    assert heard == [[(FAILED,)], [(FAILED,)]]


def test_the_chosen_run_stays_chosen_when_others_come(dock):
    dock.show_runs([WHOLE, FAILED])
    dock.table.setCurrentIndex(dock.model.index(1, Column.NAME))
    dock.show_runs([STOPPED, WHOLE, replace(FAILED, name="Another name")])
    assert dock.current().name == "Another name"
    dock.show_runs([STOPPED, WHOLE])
    assert dock.current() == WHOLE  # the neighbour of one that went, not the first of the list
    dock.show_runs([FAILED, STOPPED, WHOLE], STOPPED.key)
    assert dock.current() == STOPPED


def test_a_run_is_renamed_in_place(dock):
    dock.show_runs([WHOLE])
    heard = emitted(dock.rename_requested)
    spy = QSignalSpy(dock.rename_requested)
    dock.table.setFocus()
    dock.rename_action.trigger()
    editor = dock.table.findChild(QLineEdit)
    assert editor.text() == WHOLE.name
    editor.setText("Greetings")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    # the view takes the text over in the next turn of the loop
    assert heard or spy.wait(GUARD_MS)
    assert heard == [(WHOLE, "Greetings")]
    QApplication.sendPostedEvents()
    dock.rename_action.trigger()
    editor = dock.table.findChildren(QLineEdit)[-1]
    editor.setText("Never mind")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    QApplication.sendPostedEvents()
    assert len(heard) == 1


def test_keys(dock):
    dock.show_runs([WHOLE, FAILED])
    deleted, opened = emitted(dock.delete_requested), emitted(dock.open_requested)
    dock.table.setFocus()
    QTest.keyClick(dock.table, Qt.Key.Key_Down)
    QTest.keyClick(dock.table, Qt.Key.Key_Return)
    QTest.keyClick(dock.table, Qt.Key.Key_Delete)
    assert (opened, deleted) == ([(FAILED,)], [([FAILED],)])
    # while a run goes on, none is opened
    dock.set_running(True)
    QTest.keyClick(dock.table, Qt.Key.Key_Return)
    assert len(opened) == 1


def test_deleting_text_from_the_search_deletes_no_run(dock):
    dock.show_runs([WHOLE])
    deleted = emitted(dock.delete_requested)
    dock.search_edit.setFocus()
    dock.search_edit.setText("x")
    dock.search_edit.home(False)
    QTest.keyClick(dock.search_edit, Qt.Key.Key_Delete)
    assert dock.search_edit.text() == ""
    assert deleted == []


def test_keys_without_a_run(dock):
    dock.show_runs([])
    heard = [emitted(signal) for signal in (dock.delete_requested, dock.open_requested, dock.input_requested)]
    for action in (dock.delete_action, dock.rename_action, dock.input_action):
        action.trigger()
    dock.open_button.click()
    assert heard == [[], [], []]


def test_the_language_is_switched_live(dock, qapp):
    def texts():
        widgets = (dock.open_button, dock.resume_button, dock.retry_button, dock.input_action)
        titles = [dock.model.headerData(column, Qt.Orientation.Horizontal) for column in Column]
        rows = dock.model.index(0, Column.ROWS).data()
        return [
            dock.windowTitle(),
            dock.search_edit.placeholderText(),
            *[w.text() for w in widgets],
            rows,
        ], titles

    dock.show_runs([WHOLE])
    dock.table.setCurrentIndex(dock.model.index(0, Column.NAME))
    english, english_titles = texts()
    translator = QTranslator()
    assert translator.load(str(translation_path("fr")))
    QApplication.installTranslator(translator)
    try:
        QApplication.sendEvent(dock, QEvent(QEvent.Type.LanguageChange))
        french, french_titles = texts()
        assert all(before != after for before, after in zip(english, french, strict=True))
        assert french_titles != english_titles
    finally:
        QApplication.removeTranslator(translator)
    QApplication.sendEvent(dock, QEvent(QEvent.Type.LanguageChange))
    assert texts() == (english, english_titles)


def select(dock, *rows):
    dock.table.clearSelection()
    mode = QItemSelectionModel.SelectionFlag
    for row in rows:
        dock.table.selectionModel().select(dock.model.index(row, Column.NAME), mode.Select | mode.Rows)


def comparable(dock):
    return [
        control.isEnabled()
        for control in (dock.compare_action, dock.compare_with_shown_action, dock.compare_button)
    ]


def test_two_runs_are_compared(dock):
    dock.show_runs([WHOLE, FAILED, STOPPED])
    heard = emitted(dock.compare_requested)
    assert comparable(dock) == [False, False, False]
    select(dock, 0, 2)
    assert comparable(dock) == [True, False, True]
    assert enabled(dock) == [False, False, False]
    assert not dock.rename_action.isEnabled()
    dock.compare_button.click()
    dock.compare_action.trigger()
    assert heard == [(WHOLE, STOPPED)] * 2
    select(dock, 0, 1, 2)
    assert comparable(dock) == [False, False, False]
    select(dock, 0, 2)
    dock.set_running(True)
    assert comparable(dock) == [False, False, False]


def test_a_run_is_compared_with_the_one_on_show(dock, make_run):
    shown = make_run(("Ada", RequestState.DONE, "x"))
    dock.show_runs([WHOLE, FAILED])
    heard = emitted(dock.compare_with_shown_requested)
    dock.set_shown(shown)  # a private one
    assert comparable(dock) == [False, True, True]
    shown.key = WHOLE.key
    dock.set_shown(shown)
    assert comparable(dock) == [False, False, False]
    select(dock, 1)
    assert comparable(dock) == [False, True, True]
    dock.compare_button.click()
    assert heard == [(FAILED,)]


def test_several_runs_are_deleted_together(dock):
    dock.show_runs([WHOLE, FAILED, STOPPED])
    deleted = emitted(dock.delete_requested)
    dock.table.setFocus()
    select(dock, 2, 1)
    QTest.keyClick(dock.table, Qt.Key.Key_Delete)
    assert deleted == [([FAILED, STOPPED],)]


def test_the_selected_runs_stay_selected_when_others_come(dock):
    dock.show_runs([WHOLE, FAILED, STOPPED])
    select(dock, 1, 2)
    dock.show_runs([BOTH, WHOLE, replace(FAILED, name="Another name"), STOPPED])
    assert [run.key for run in dock.selected()] == [FAILED.key, STOPPED.key]
    dock.show_runs([BOTH, STOPPED])
    assert dock.selected() == [STOPPED]
    assert dock.current() == STOPPED
    dock.show_runs([BOTH, STOPPED], BOTH.key)
    assert dock.selected() == [BOTH]


def test_the_run_under_way_can_only_be_looked_at(dock):
    dock.show_runs([WHOLE, FAILED], under_way=WHOLE.key)
    dock.set_running(True, WHOLE.key)
    deleted, opened = emitted(dock.delete_requested), emitted(dock.open_requested)
    assert not dock.delete_action.isEnabled()
    select(dock, 0, 1)
    dock.delete_action.trigger()
    assert deleted == [([FAILED],)]
    # when it has ended, but the list does not know yet
    dock.set_running(False)
    select(dock, 0)
    assert enabled(dock) == [False, False, False]
    dock.table.activated.emit(dock.model.index(0, Column.NAME))
    dock.delete_action.trigger()
    assert (opened, len(deleted)) == ([], 1)
    dock.show_runs([WHOLE, FAILED])
    assert enabled(dock) == [True, False, False]


def test_nothing_is_deleted_as_long_as_it_is_not_known_what_runs(dock):
    dock.show_runs([WHOLE])
    dock.set_running(True)
    assert not dock.delete_action.isEnabled()


def test_a_deletion_is_undone_from_the_list_even_when_that_is_empty(dock):
    asked = emitted(dock.undo_requested)
    dock.show_runs([WHOLE])
    dock.table.setFocus()
    QTest.keySequence(dock.table, QKeySequence.StandardKey.Undo)
    assert asked == []
    dock.set_undoable(True)
    QTest.keySequence(dock.table, QKeySequence.StandardKey.Undo)
    assert len(asked) == 1
    dock.show_runs([])
    assert dock.isAncestorOf(QApplication.focusWidget())
    QTest.keySequence(QApplication.focusWidget(), QKeySequence.StandardKey.Undo)
    assert len(asked) == 2
    dock.show_runs([WHOLE])
    assert QApplication.focusWidget() is dock.table
    # a text has an undo of its own
    dock.search_edit.setFocus()
    QTest.keyClicks(dock.search_edit, "x")
    QTest.keySequence(dock.search_edit, QKeySequence.StandardKey.Undo)
    assert (dock.search_edit.text(), len(asked)) == ("", 2)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_rename_field_stands_in_its_row(dock, qapp, theme):
    apply_theme(qapp, theme)
    QApplication.processEvents()
    try:
        dock.show_runs([WHOLE])
        dock.rename_action.trigger()
        editor = dock.table.findChild(QLineEdit)
        row = dock.table.visualRect(dock.model.index(0, Column.NAME))
        assert row.contains(editor.geometry())
        assert editor.height() > row.height() / 2
        assert editor.hasFrame()
        assert is_dark(editor.palette()) == (theme == "dark")
        QTest.keyClick(editor, Qt.Key.Key_Escape)
    finally:
        apply_theme(qapp, "system")
