"""How the window is shared out before and after there are results."""

import pytest
from PySide6.QtWidgets import QApplication

from paradigm_gui.core.batch import RequestState, Row
from paradigm_gui.widgets.main_window import LEAST_RESULTS_PX, SMALLEST_SIZE, MainWindow
from paradigm_gui.widgets.shares import INPUT_PX

COLUMNS = tuple(f"column {number}" for number in range(9))
ROWS = [Row(at, dict.fromkeys(COLUMNS, "x")) for at in range(60)]


@pytest.fixture
def open_window(qtbot):
    def opened(size=(1280, 800)):
        window = MainWindow()
        window.may_close = True
        qtbot.addWidget(window)
        window.resize(*size)
        window.show()
        qtbot.waitExposed(window)
        return window

    return opened


def show_table(qtbot, window):
    with qtbot.waitSignal(window.input.changed):
        window.input.show_table(COLUMNS, ROWS)
    settle()


def settle():
    QApplication.sendPostedEvents()


def show_results(window, make_run):
    run = make_run(("Ada", RequestState.DONE, "x"))
    window.results.show_run(run)
    window.timing.show_run(list(run.arms.values()), simulated=False)
    window.show_running(is_running=False, is_paused=False)
    settle()


def rows_seen(window):
    view = window.input.table_view
    return view.viewport().height() // view.rowHeight(0)


@pytest.mark.parametrize(("size", "rows"), [((1280, 800), 7), ((900, 560), 2)])
def test_a_table_has_the_room_until_there_are_results(qtbot, open_window, make_run, size, rows):
    window = open_window(size)
    settle()
    assert window.input.width() <= INPUT_PX + 1
    show_table(qtbot, window)
    assert window.input.width() > 0.55 * size[0]
    assert window.results.width() >= LEAST_RESULTS_PX
    assert rows_seen(window) >= rows
    label = window.timing.findChild(type(window.input._count_label))
    assert label.height() >= label.heightForWidth(label.width())
    window.resize(SMALLEST_SIZE)
    settle()
    assert label.height() >= label.heightForWidth(label.width())
    show_results(window, make_run)
    assert window.input.width() <= INPUT_PX + 1
    assert window.timing.height() > 160


def test_a_narrow_table_gets_no_more_than_it_needs(qtbot, open_window):
    window = open_window()
    with qtbot.waitSignal(window.input.changed):
        window.input.show_table(("a", "b", "c"), [Row(0, {"a": "1", "b": "2", "c": "3"})])
    settle()
    assert INPUT_PX < window.input.width() < 500
    assert not window.input.table_view.horizontalScrollBar().isVisible()


def drag(splitter, place):
    """Put a handle somewhere, as the mouse does."""
    splitter.moveSplitter(place, 1)
    settle()


def test_what_the_user_chose_stays_for_its_phase_and_the_next_start(qtbot, open_window, make_run):
    window = open_window()
    show_table(qtbot, window)
    drag(window._columns, 500)
    drag(window.input.splitter, 400)
    with qtbot.waitSignal(window.input.changed):
        window.input.template_edit.setPlainText("x")
    settle()
    assert window.input.width() == 500
    show_results(window, make_run)
    assert window.input.width() <= INPUT_PX + 1
    drag(window._columns, 420)
    drag(window._rows, 420)
    state = window.layout_state()
    again = open_window()
    again.restore_layout(state)
    settle()
    assert again.input.width() == 500
    assert again.input.splitter.saveState() == state["input_before"]
    show_results(again, make_run)
    assert again.input.width() == 420
    assert again._rows.sizes()[1] == window._rows.sizes()[1]
