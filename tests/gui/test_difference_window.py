"""The window with two runs side by side: figures, rows, answers with their marks, copying, languages."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale, Qt, QTranslator
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from paradigm_gui.core.batch import ArmKind, RequestState
from paradigm_gui.core.run_difference import run_difference
from paradigm_gui.core.word_difference import word_difference
from paradigm_gui.models.difference_model import Column
from paradigm_gui.resources import translation_path
from paradigm_gui.widgets.difference_window import DifferenceWindow

DONE, FAILED, CANCELLED = RequestState.DONE, RequestState.FAILED, RequestState.CANCELLED
MARKUP = "<b>bold</b> & <img src=x>\n=1+1"
FIRST = (("Ada", DONE, "Hello Ada"), ("Bo", DONE, "😀 good day"), ("Cy", DONE, MARKUP), ("Di", DONE, "x"))
SECOND = (("Ada", DONE, "Hello Ada"), ("Bo", DONE, "😀 fine day"), ("Cy", FAILED, "part"))


@pytest.fixture
def window(qtbot):
    window = DifferenceWindow()
    qtbot.addWidget(window)
    window.words_wanted.connect(
        lambda first, second: window.show_words(first, second, word_difference(first, second))
    )
    window.wait()
    yield window
    window.close()


@pytest.fixture
def difference(make_run):
    first, second = make_run(*FIRST, is_demo=True), make_run(*SECOND)
    parameters = replace(second.batch.parameters, model="<i>m2</i>", temperature=0.5, streaming=False)
    second.batch = replace(second.batch, parameters=parameters)
    arm = second.arms[ArmKind.CONCURRENT]
    arm.limits = replace(arm.limits, requests_per_minute=90.0)
    return run_difference(first, second)


@pytest.fixture
def shown(window, difference):
    window.show_difference(difference, ("First <u>run</u>", "Second run"))
    return window


def facts(window):
    table = window.facts
    return {
        table.item(row, 0).text(): (table.item(row, 1).text(), table.item(row, 2).text())
        for row in range(table.rowCount())
    }


def texts(window):
    return [answer.edit.toPlainText() for answer in (window.answers.first, window.answers.second)]


def marked(window):
    return [
        [mark.cursor.selectedText() for mark in answer.edit.extraSelections()]
        for answer in (window.answers.first, window.answers.second)
    ]


def listed(window):
    return [window.model.index(place, Column.INPUT).data() for place in range(window.model.rowCount())]


def read(window, place):
    window.table.setCurrentIndex(window.model.index(place, 0))


def copied():
    return QGuiApplication.clipboard().text()


def test_a_word_is_said_while_runs_are_read(window, difference):
    assert not window.table.isVisible()
    assert window.facts.rowCount() == 0
    window.show_difference(difference, ("a", "b"))
    assert window.table.isVisible()
    window.wait()
    assert not window.table.isVisible()
    assert (window.model.total, texts(window)) == (0, ["", ""])


def test_settings_that_differ_and_figures_of_both(shown):
    found = facts(shown)
    assert found["Run"] == ("First <u>run</u>", "Second run")
    assert found["Server"] == ("Server, simulated", "Server (http://127.0.0.1:1/api/v2)")
    assert found["Model"] == ("m", "<i>m2</i>")
    assert found["Temperature"] == ("default", "0.5")
    assert found["Requests per minute"] == ("no limit", "90")
    assert found["Live answers"] == ("yes", "no")
    assert not {"Max tokens", "Cap", "Prompt", "System prompt"} & set(found)
    assert [found[name] for name in ("Done", "Failed", "Cancelled")] == [("4", "2"), ("0", "1"), ("0", "0")]
    assert found["Wall time"] == ("0.42 s", "0.32 s")
    assert found["Throughput"] == ("9.52 rows/s", "6.25 rows/s")
    assert found["In flight, mean"] == ("2.4", "1.9")
    assert found["In flight, peak"] == ("4", "3")
    assert found["Service, median"] == ("0.20 s (n = 4)", "0.10 s (n = 2)")
    assert found["Service, p95"] == ("–", "–")
    assert found["First word after, median"] == ("0.01 s (n = 4)", "0.01 s (n = 2)")
    assert found["Prompt tokens"] == ("20", "10")
    assert found["Answer tokens"] == ("10", "3")
    assert (found["Attempts"], found["Retries"]) == (("4", "3"), ("0", "0"))


def test_the_same_model_is_named_once_more_nevertheless(window, make_run):
    run = make_run(*FIRST)
    window.show_difference(run_difference(run, run), ("a", "a"))
    assert facts(window)["Model"] == ("m", "m")
    assert "Temperature" not in facts(window)


def test_tips_are_no_markup(shown):
    tips = [shown.facts.item(row, column).toolTip() for row in range(4) for column in range(3)]
    assert any("run&lt;/u&gt;" in tip for tip in tips)
    assert not any("<u>" in tip or "<i>" in tip for tip in tips)


def test_the_words_that_differ_are_marked(qtbot, shown):
    assert texts(shown) == ["Hello Ada", "Hello Ada"]
    read(shown, 1)
    assert texts(shown) == ["😀 good day", "😀 fine day"]
    qtbot.waitUntil(lambda: any(marked(shown)))
    assert marked(shown) == [["good"], ["fine"]]
    read(shown, 0)
    assert marked(shown) == [[], []]


def test_marks_of_a_row_that_is_no_longer_read_are_dropped(shown):
    first, second = FIRST[1][2], SECOND[1][2]
    shown.show_words(first, second, word_difference(first, second))
    assert marked(shown) == [[], []]


def test_foreign_text_and_errors_are_shown_as_they_are(shown):
    read(shown, 2)
    assert texts(shown) == [MARKUP, "part"]
    pane = shown.answers
    assert pane.first.error.isHidden()
    assert "<b>too rude</b>" in pane.second.error.text()
    assert pane.second.error.textFormat() == Qt.TextFormat.PlainText
    assert "failed" in pane.second.title.text()


def test_a_row_of_one_run_only(shown):
    read(shown, 3)
    assert texts(shown) == ["x", ""]
    assert shown.answers.second.edit.placeholderText()
    assert not shown.answers.first.edit.placeholderText()
    read(shown, 0)
    assert not shown.answers.second.edit.placeholderText()


def test_line_breaks_of_another_system_do_not_shift_the_marks(qtbot, window, make_run):
    first, second = "a\r\nb\r\nold end", "a\nb\nnew end"
    runs = (make_run(("Ada", DONE, text)) for text in (first, second))
    window.show_difference(run_difference(*runs), ("", ""))
    qtbot.waitUntil(lambda: any(marked(window)))
    assert marked(window) == [["old"], ["new"]]


def test_spaces_alone_are_said_to_differ(qtbot, window, make_run):
    runs = (make_run(("Ada", DONE, text)) for text in ("a b", "a\n b"))
    window.show_difference(run_difference(*runs), ("", ""))
    qtbot.waitUntil(lambda: window.answers.note.text() != "")
    assert marked(window) == [[], []]


def test_only_the_rows_that_differ(shown):
    read(shown, 1)
    shown.differing_box.click()
    assert listed(shown) == ["Bo", "Cy", "Di"]
    assert shown.table.currentIndex().row() == 0  # the row that was read
    assert texts(shown)[0] == "😀 good day"
    shown.differing_box.click()
    assert listed(shown) == ["Ada", "Bo", "Cy", "Di"]
    assert shown.table.currentIndex().row() == 1


def test_search(qtbot, shown):
    read(shown, 1)
    with qtbot.waitSignal(shown.model.modelReset):
        shown.search_edit.setText("hello")
    assert listed(shown) == ["Ada"]
    assert texts(shown)[0] == "Hello Ada"
    with qtbot.waitSignal(shown.model.modelReset):
        shown.search_edit.setText("nowhere")
    assert listed(shown) == []
    assert texts(shown) == ["", ""]


def test_another_comparison_begins_without_filters(shown, difference):
    shown.differing_box.setChecked(True)
    shown.search_edit.setText("x")
    shown.show_difference(difference, ("a", "b"))
    assert listed(shown) == ["Ada", "Bo", "Cy", "Di"]
    assert not shown.differing_box.isChecked()


def test_rows_and_cells_are_copied_whole(shown):
    shown.table.setFocus()
    read(shown, 1)
    QTest.keyClick(shown.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keySequence(shown.table, QKeySequence.StandardKey.Copy)
    head, *rest = copied().split("\n", 1)
    assert head == "2\tBo\tdifferent\tdone\t😀 good day\tdone\t😀 fine day"
    assert rest == [f'3\tCy\tdifferent\tdone\t"{MARKUP}"\tfailed\tpart\n']
    shown.table.setCurrentIndex(shown.model.index(2, Column.FIRST_ANSWER))
    shown.copy_cell_action.trigger()
    assert copied() == MARKUP
    shown.facts.setFocus()
    shown.facts.selectRow(0)
    QTest.keySequence(shown.facts, QKeySequence.StandardKey.Copy)
    assert copied() == "Run\tFirst <u>run</u>\tSecond run\n"


def test_the_text_of_an_answer_keeps_its_own_copying(shown):
    read(shown, 1)
    edit = shown.answers.first.edit
    edit.setFocus()
    edit.selectAll()
    QTest.keySequence(edit, QKeySequence.StandardKey.Copy)
    assert copied() == "😀 good day"


def test_escape_closes_and_nothing_is_kept(qtbot, shown):
    with qtbot.waitSignal(shown.closed):
        QTest.keyClick(shown.table, Qt.Key.Key_Escape)
    assert not shown.isVisible()
    assert shown.model.total == shown.facts.rowCount() == 0


def test_numbers_follow_the_language(shown, qapp):
    before = QLocale()
    translator = QTranslator()
    assert translator.load(str(translation_path("fr")))
    QLocale.setDefault(QLocale("fr"))
    qapp.installTranslator(translator)
    try:
        QApplication.sendPostedEvents()
        assert ("0,42" in "".join(cell for pair in facts(shown).values() for cell in pair)) is True
    finally:
        QLocale.setDefault(before)
        qapp.removeTranslator(translator)
        QApplication.sendPostedEvents()
    assert facts(shown)["Wall time"] == ("0.42 s", "0.32 s")


def test_it_fits_a_small_screen(shown):
    assert shown.minimumSizeHint().width() <= 900
    assert shown.minimumSizeHint().height() <= 560
