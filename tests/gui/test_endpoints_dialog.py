"""The list of servers."""

import pytest

from paradigm_gui.core.endpoints import PARADIGM, PRESETS, Endpoint
from paradigm_gui.widgets.endpoints_dialog import EndpointsDialog

RUDE = Endpoint("<b>Rude</b>", "https://corp.example/<i>", verifies=False, needs_no_key=True)
LOCAL = Endpoint("Local", "http://localhost:8000/v1", is_default=True)


@pytest.fixture
def dialog(qtbot):
    dialog = EndpointsDialog()
    qtbot.addWidget(dialog)
    dialog.show_endpoints([PARADIGM, RUDE, LOCAL], RUDE)
    dialog.show()
    return dialog


def heard(signal):
    given = []
    signal.connect(lambda *values: given.append(values[0] if values else None))
    return given


def test_the_servers_are_listed_and_one_is_selected(dialog):
    table = dialog.table
    texts = [[table.item(row, column).text() for column in range(4)] for row in range(3)]
    assert texts == [
        [PARADIGM.name, PARADIGM.base_url, "needed", ""],
        [RUDE.name, RUDE.base_url, "not needed", "certificate not checked"],
        [LOCAL.name, LOCAL.base_url, "not needed", "default"],
    ]
    assert dialog.selected == RUDE
    assert [table.item(row, 0).font().bold() for row in range(3)] == [False, False, True]
    assert [table.item(row, 1).icon().isNull() for row in range(3)] == [True, False, True]
    assert not table.item(1, 0).flags().value & 2  # not editable in place


def test_each_button_asks_for_the_selected_one(dialog):
    for button, signal in (
        (dialog.edit_button, dialog.edit_requested),
        (dialog.duplicate_button, dialog.duplicate_requested),
        (dialog.remove_button, dialog.removal_requested),
        (dialog.default_button, dialog.default_requested),
    ):
        asked = heard(signal)
        button.click()
        assert asked == [RUDE]
    dialog.table.selectRow(2)
    assert dialog.default_button.isChecked()
    asked = heard(dialog.edit_requested)
    dialog.table.itemActivated.emit(dialog.table.item(2, 0))
    assert asked == [LOCAL]


def test_a_server_may_start_from_each_preset(dialog):
    asked = heard(dialog.add_requested)
    for action in dialog.add_menu.actions():
        action.trigger()
    assert asked == list(PRESETS)
    assert len({action.text() for action in dialog.add_menu.actions()}) == len(PRESETS)


def test_without_servers_there_is_little_to_do(dialog):
    dialog.show_endpoints([], None)
    assert dialog.selected is None
    for button in (dialog.edit_button, dialog.duplicate_button, dialog.remove_button, dialog.export_button):
        assert not button.isEnabled()
    assert dialog.add_button.isEnabled()
    asked = heard(dialog.import_requested)
    dialog.import_button.click()
    assert asked == [None]
