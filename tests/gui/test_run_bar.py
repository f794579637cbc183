"""The top of the window: where and how to run."""

import pytest
from PySide6.QtCore import Qt

from paradigm_gui.core.batch import Limits, Parameters
from paradigm_gui.core.endpoints import PARADIGM, Endpoint
from paradigm_gui.widgets.run_bar import RunBar

RUDE = Endpoint("<b>Rude</b>", "http://127.0.0.1:1/<b>x</b>")


@pytest.fixture
def bar(qtbot):
    bar = RunBar()
    qtbot.addWidget(bar)
    bar.resize(1600, 60)
    bar.show()
    return bar


@pytest.mark.parametrize(
    "parameters",
    [
        Parameters("m", 0.0, 1, "S", streaming=False),
        Parameters("m", None, None, "S"),
        Parameters("big one", 2.0, 1_000_000, "S"),
    ],
)
def test_parameters_come_back_as_they_were_shown(bar, parameters):
    bar.show_parameters(parameters)
    assert bar.parameters("S") == parameters


def test_limits_keep_what_has_no_field(bar):
    bar.show_limits(Limits(cap=7, retries=9, requests_per_minute=30.0))
    assert bar.limits() == Limits(cap=7, retries=9, requests_per_minute=30.0)
    bar.cap_box.setValue(8)
    assert bar.limits() == Limits(cap=8, retries=9, requests_per_minute=30.0)


def test_the_buttons_say_how_many_requests_they_send(bar):
    bar.show_rows(23)
    assert "23" in bar.run_action.text()
    assert "46" in bar.compare_action.text()
    bar.show_costs(compare="<b>much</b>", selection="little")
    assert "<b>" not in bar.compare_action.toolTip()
    assert "little" in bar.selection_action.toolTip()
    assert bar.run_menu.toolTipsVisible()


@pytest.mark.parametrize(
    ("action", "arguments"),
    [("run_action", [False]), ("compare_action", [True])],
)
def test_what_the_actions_ask_for(qtbot, bar, action, arguments):
    with qtbot.waitSignal(bar.run_requested) as asked:
        getattr(bar, action).trigger()
    assert asked.args == arguments


def test_what_is_left_of_a_run_can_be_sent_unless_one_goes_on(qtbot, bar):
    both = (bar.retry_action, bar.go_on_action)
    assert [action.isEnabled() for action in both] == [False, False]
    bar.show_left(failed=12, cancelled=0, missing=0)
    assert [action.isEnabled() for action in both] == [True, False]
    assert "12" in bar.retry_action.text()
    bar.show_left(failed=0, cancelled=34, missing=34)
    assert [action.isEnabled() for action in both] == [False, True]
    assert "34" in bar.go_on_action.text()
    assert not bar.retry_unanswered_action.isVisible()
    bar.show_left(failed=12, cancelled=30, missing=34)
    assert bar.retry_unanswered_action.isVisible()
    assert "42" in bar.retry_unanswered_action.text()
    with qtbot.waitSignal(bar.retry_unanswered_requested):
        bar.retry_unanswered_action.trigger()
    bar.show_state(is_running=True, is_paused=False)
    assert [action.isEnabled() for action in both] == [False, False]
    bar.show_state(is_running=False, is_paused=False)
    for action, signal in zip(both, (bar.retry_requested, bar.go_on_requested), strict=True):
        with qtbot.waitSignal(signal):
            action.trigger()


def test_only_what_makes_sense_can_be_pressed(bar):
    idle = [bar.run_button, bar.endpoint_box]
    running = [bar.pause_button, bar.stop_button]
    bar.show_state(is_running=False, is_paused=False)
    assert [widget.isEnabled() for widget in idle + running] == [True, True, False, False]
    bar.show_state(is_running=True, is_paused=False)
    assert [widget.isEnabled() for widget in idle + running] == [False, False, True, True]
    pause = bar.pause_button.text()
    bar.show_state(is_running=True, is_paused=True)
    assert bar.pause_button.text() != pause


def test_endpoints_are_shown_as_plain_text(qtbot, bar):
    bar.show_endpoints([PARADIGM, RUDE], RUDE)
    assert bar.endpoint == RUDE
    assert bar.endpoint_box.currentText() == RUDE.name
    assert "<b>" not in bar.endpoint_box.itemData(1, Qt.ItemDataRole.ToolTipRole)
    with qtbot.waitSignal(bar.endpoint_chosen) as chosen:
        bar.endpoint_box.activated.emit(0)
    assert chosen.args == [PARADIGM]


def test_a_typed_model_is_not_lost(bar):
    bar.model_box.setEditText("my model")
    bar.show_models(["a", "b"], bar.parameters("").model)
    assert bar.parameters("").model == "my model"
    bar.show_models(["a", "b"], "")
    assert bar.parameters("").model == "a"
    bar.show_models([], "")
    assert bar.parameters("").model == ""


@pytest.mark.parametrize(
    ("models", "name", "is_marked"),
    [
        (["a", "b"], "b", False),
        (["a", "b"], " b ", False),
        (["a", "b"], "gone", True),
        (["llama3:latest"], "llama3", False),
        # nothing is known of the server's list, or nothing is named
        ([], "gone", False),
        (["a"], "", False),
    ],
)
def test_a_model_that_the_server_does_not_list_is_marked(bar, models, name, is_marked):
    bar.show_models(models, "a")
    bar.model_box.setEditText(name)
    assert bar.unknown_mark.isVisible() == is_marked
    assert bool(bar.model_box.toolTip()) == bool(bar.model_box.accessibleDescription()) == is_marked
    assert bar.parameters("").model == name.strip()
    # the list may come later than the name
    bar.show_models([], name)
    assert not bar.unknown_mark.isVisible()
    bar.show_models(models, name)
    assert bar.unknown_mark.isVisible() == is_marked


def test_a_list_that_comes_while_somebody_types_does_not_disturb(bar):
    bar.show_models(["old"], "")
    bar.model_box.setEditText("my model")
    line = bar.model_box.lineEdit()
    line.setFocus()
    line.setCursorPosition(2)
    bar.show_models(["old", "new"], bar.parameters("").model)
    assert (line.text(), line.cursorPosition()) == ("my model", 2)
    assert bar.model_box.count() == 2
