"""The one window: its keys, its names for those who do not see it, and its plain texts."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLabel, QWidget

from paradigm_gui.core.batch import ArmKind, RequestState
from paradigm_gui.core.endpoints import PARADIGM
from paradigm_gui.widgets.banner import Tone
from paradigm_gui.widgets.main_window import MainWindow
from paradigm_gui.widgets.timing_panel import Page

DONE = RequestState.DONE
CONTROL = Qt.KeyboardModifier.ControlModifier
BOTH = (ArmKind.CONCURRENT, ArmKind.SEQUENTIAL)


@pytest.fixture
def window(qtbot, make_run):
    window = MainWindow()
    qtbot.addWidget(window)
    window.run_bar.show_endpoints([PARADIGM], PARADIGM)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    window.may_close = True


def show_run(window, make_run):
    run = make_run(("Ada", DONE, "x"), ("Bo", DONE, "y"), kinds=BOTH)
    window.results.show_run(run)
    window.timing.show_run(list(run.arms.values()), False)
    window.timing.refresh({kind: range(2) for kind in BOTH}, 60.0)


def focused():
    return QApplication.focusWidget()


@pytest.mark.parametrize("place", ["names_edit", "template_edit"])
def test_control_return_runs_from_wherever_one_types(qtbot, window, place):
    edit = getattr(window.input, place)
    edit.setPlainText("Ada")
    edit.setFocus()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        with qtbot.waitSignal(window.run_bar.run_requested) as asked:
            QTest.keyClick(focused(), key, CONTROL)
        assert asked.args == [False]
    with qtbot.waitSignal(window.run_bar.run_requested) as asked:
        QTest.keyClick(focused(), Qt.Key.Key_Return, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert asked.args == [True]
    assert edit.toPlainText() == "Ada"


def test_escape_stops_a_run_and_nothing_else(qtbot, window):
    stops = []
    window.run_bar.stop_requested.connect(lambda: stops.append(1))
    window.show_running(is_running=False, is_paused=False)
    window.input.names_edit.setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert stops == []
    window.show_running(is_running=True, is_paused=False)
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert stops == [1]


def test_what_is_not_running_cannot_be_stopped_from_the_start(window):
    stops = []
    window.run_bar.stop_requested.connect(lambda: stops.append(1))
    window.run_bar.pause_requested.connect(lambda: stops.append(2))
    window.export_requested.connect(lambda: stops.append(3))
    window.input.names_edit.setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    QTest.keyClick(focused(), Qt.Key.Key_P, CONTROL)
    QTest.keyClick(focused(), Qt.Key.Key_S, CONTROL)
    assert stops == []


def test_control_f_goes_to_the_search(window, make_run):
    show_run(window, make_run)
    window.input.names_edit.setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_F, CONTROL)
    assert focused() is window.results.search_edit


@pytest.mark.parametrize(
    ("key", "signal"),
    [(Qt.Key.Key_O, "open_requested"), (Qt.Key.Key_Q, "close_requested")],
)
def test_keys_of_the_menus(qtbot, window, key, signal):
    window.input.names_edit.setFocus()
    with qtbot.waitSignal(getattr(window, signal)):
        QTest.keyClick(focused(), key, CONTROL)


def test_no_two_actions_share_a_key(window):
    own = {id(action): action for action in window.findChildren(type(window.open_action))}.values()

    def keys_of(context):
        heard = [action for action in own if action.shortcutContext() == context]
        return [sequence.toString() for action in heard for sequence in action.shortcuts()]

    everywhere = keys_of(Qt.ShortcutContext.WindowShortcut)
    assert QKeySequence("Ctrl+Return").toString() in everywhere
    assert len(everywhere) == len(set(everywhere))
    # those of a table, a list or a panel are heard only there
    for context in (Qt.ShortcutContext.WidgetShortcut, Qt.ShortcutContext.WidgetWithChildrenShortcut):
        assert set(keys_of(context)).isdisjoint(everywhere)


def test_f6_goes_through_the_panels_and_round(window, make_run):
    show_run(window, make_run)
    window.run_bar.endpoint_box.setFocus()
    seen = []
    for _ in range(4):
        QTest.keyClick(focused(), Qt.Key.Key_F6)
        seen.append(focused())
    panels = [window.input, window.results, window.timing, window.run_bar]
    assert [
        panel.isAncestorOf(widget) or panel is widget for panel, widget in zip(panels, seen, strict=True)
    ] == [True] * 4


def test_f6_leaves_out_a_collapsed_panel(window, make_run):
    show_run(window, make_run)
    window._rows.setSizes([1, 0])
    window.results.table.setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_F6)
    assert focused() is window.run_bar.endpoint_box


@pytest.mark.parametrize("page", Page)
def test_f6_leaves_every_page_of_the_timing(window, make_run, page):
    show_run(window, make_run)
    window.timing.tabs.setCurrentIndex(list(Page).index(page))
    window.results.table.setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_F6)
    assert window.timing.isAncestorOf(focused())
    assert focused().isVisible()
    QTest.keyClick(focused(), Qt.Key.Key_F6)
    assert focused() is window.run_bar.endpoint_box


def test_tab_reaches_every_field(window, make_run):
    show_run(window, make_run)
    window.show_running(is_running=False, is_paused=False)
    window.run_bar.endpoint_box.setFocus()
    reached = []
    while focused() not in reached:
        reached.append(focused())
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    bar, panel, results = window.run_bar, window.input, window.results
    wanted = [
        *(bar.endpoint_box, bar.connection_button, bar.model_box, bar.temperature_box, bar.max_tokens_box),
        *(bar.cap_box, bar.streaming_box, bar.run_button),
        *(panel.names_edit, panel.template_edit),
        *(results.search_edit, results.filter_box, results.table, results.response.answer_edit),
        *(results.response.prompt_edit, window.timing.race.views[ArmKind.CONCURRENT]),
    ]
    missing = [widget for widget in wanted if widget not in reached and widget.focusProxy() not in reached]
    assert missing == []
    # the panels are gone through one after the other
    order = [
        next(n for n, top in enumerate((bar, panel, results, window)) if top.isAncestorOf(w)) for w in reached
    ]
    assert order == sorted(order)


def takes_focus(widget):
    is_part_of_a_field = isinstance(widget.parent(), QComboBox | QAbstractSpinBox)
    return (
        widget.isVisible()
        and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
        and widget.focusProxy() is None
        and not is_part_of_a_field
    )


def test_everything_that_takes_the_focus_has_a_name(window, make_run):
    show_run(window, make_run)
    window.message_banner.show_message("x", Tone.NOTE, "Do it")
    for index in range(window.input.tabs.count()):
        window.input.tabs.setCurrentIndex(index)
        nameless = [
            widget
            for widget in window.findChildren(QWidget)
            if takes_focus(widget)
            and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
        ]
        assert nameless == []


def test_no_label_guesses_markup(window):
    guessing = [
        label.objectName() or label.text()
        for label in window.findChildren(QLabel)
        if label.textFormat() is not Qt.TextFormat.PlainText
    ]
    assert guessing == []


def test_the_window_stays_until_it_may_close(qtbot, window):
    with qtbot.waitSignal(window.close_requested):
        assert not window.close()
    assert window.isVisible()
    window.may_close = True
    assert window.close()


def test_the_layout_comes_back(qtbot, window):
    assert "rows_before" not in window.layout_state()
    window.timing.parentWidget().moveSplitter(300, 1)
    state = window.layout_state()
    other = MainWindow()
    qtbot.addWidget(other)
    other.may_close = True
    other.restore_layout(state)
    assert other.layout_state()["rows_before"] == state["rows_before"]
    assert other.timing.parentWidget().saveState() == state["rows_before"]
    other.restore_layout({})
    other.restore_layout({name: blob[:3] for name, blob in state.items()})


def test_a_selection_in_one_panel_shows_in_the_other(window, make_run):
    show_run(window, make_run)
    window.results.table.selectRow(1)
    view = window.timing.race.views[ArmKind.SEQUENTIAL]
    assert view.currentIndex().row() == 1
    view.selectRow(0)
    assert window.results.table.currentIndex().row() == 0


def test_the_choices_in_use_are_marked(qtbot, window):
    window.show_choices("fr", "dark")
    checked = [
        action.data() for action in window.findChildren(type(window.open_action)) if action.isChecked()
    ]
    assert sorted(choice for choice in checked if choice) == ["dark", "fr"]
    for action in window.findChildren(type(window.open_action)):
        if action.data() == "light":
            with qtbot.waitSignal(window.theme_chosen) as chosen:
                action.trigger()
            assert chosen.args == ["light"]


def test_it_can_be_small(window):
    window.resize(window.minimumSize())
    for widget in (window.run_bar.run_button, window.run_bar.stop_button):
        corner = widget.mapTo(window, QPoint(widget.width(), widget.height()))
        assert corner.x() <= window.width()
