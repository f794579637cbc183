"""The dialog for pace, patience and the ends of a run."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from paradigm_gui.core.batch import Limits
from paradigm_gui.widgets.limits_dialog import LimitsDialog

ALL = Limits(
    cap=7,
    requests_per_minute=90.5,
    retries=0,
    failures_to_stop=3,
    token_budget=123_456,
    connect_timeout_s=1.5,
    first_token_timeout_s=2.5,
    between_tokens_timeout_s=3.5,
    total_timeout_s=4.5,
)


@pytest.fixture
def dialog_of(qtbot):
    def made(limits):
        dialog = LimitsDialog(limits, "<b>The server</b> said nothing.")
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return made


@pytest.mark.parametrize("limits", [Limits(), Limits(cap=3), ALL])
def test_limits_come_back_as_they_were_shown(dialog_of, limits):
    assert dialog_of(limits).limits() == limits


def test_the_defaults_leave_the_cap_alone(qtbot, dialog_of):
    dialog = dialog_of(ALL)
    qtbot.mouseClick(dialog.defaults_button, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert dialog.limits() == Limits(cap=7)


def test_a_limit_is_typed(qtbot, dialog_of):
    dialog = dialog_of(Limits())
    dialog.failures_box.setFocus()
    dialog.failures_box.selectAll()
    qtbot.keyClicks(dialog.failures_box, "12")
    assert dialog.limits() == Limits(failures_to_stop=12)


def test_no_text_is_cut(dialog_of):
    dialog = dialog_of(ALL)
    dialog.resize(200, 100)
    labels = [label for label in dialog.findChildren(QLabel) if label.wordWrap()]
    assert labels
    for label in labels:
        assert label.height() >= label.heightForWidth(label.width())
