"""The choice of what to export, and how."""

import pytest

from paradigm_gui.core.batch import ArmKind, RequestState
from paradigm_gui.core.export import RESULT_SUFFIXES, TableForm
from paradigm_gui.widgets.export_dialog import ExportDialog

DONE = RequestState.DONE
BOTH = (ArmKind.CONCURRENT, ArmKind.SEQUENTIAL)
ROWS = [("Ada", DONE, "x"), ("Bo", DONE, "y"), ("Cy", DONE, "z")]


@pytest.fixture
def open_dialog(qtbot, make_run):
    def make(shown, selected, kinds=BOTH, shown_arm=ArmKind.CONCURRENT):
        dialog = ExportDialog(make_run(*ROWS, kinds=kinds).arms, shown_arm, shown, selected)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return make


def test_it_begins_with_what_is_seen(open_dialog):
    everything = open_dialog({0, 1, 2}, {1})
    assert everything.rows() is None
    assert not everything.shown_button.isEnabled()
    filtered = open_dialog({0, 2}, {2}, shown_arm=ArmKind.SEQUENTIAL)
    assert filtered.rows() == {0, 2}
    assert filtered.arm is ArmKind.SEQUENTIAL
    filtered.selected_button.click()
    assert filtered.rows() == {2}
    filtered.all_button.click()
    assert filtered.rows() is None


def test_what_is_empty_is_not_offered(open_dialog):
    dialog = open_dialog(set(), set())
    assert dialog.rows() is None
    assert not dialog.shown_button.isEnabled()
    assert not dialog.selected_button.isEnabled()


def test_the_arm_is_asked_for_where_there_are_two(open_dialog):
    both = open_dialog({0}, {0})
    assert both.arm_box.isVisible()
    both.arm_box.setCurrentIndex(1)
    assert both.arm is ArmKind.SEQUENTIAL
    assert not open_dialog({0}, {0}, kinds=BOTH[:1]).arm_box.isVisible()


def test_every_kind_of_file_is_offered_with_what_applies_to_it(open_dialog):
    dialog = open_dialog({0}, {0})
    boxes = (dialog.numbers_box, dialog.prompts_box, dialog.exact_box)
    found = {}
    for index in range(dialog.suffix_box.count()):
        dialog.suffix_box.setCurrentIndex(index)
        found[dialog.suffix] = [box.isEnabled() for box in boxes]
    assert sorted(found) == sorted(RESULT_SUFFIXES)
    assert found[".csv"] == [True, True, True]
    assert found[".xlsx"] == [True, True, False]
    assert found[".jsonl"] == found[".md"] == found[".html"] == [False] * 3


def test_it_warns_of_formulas(open_dialog):
    dialog = open_dialog({0}, {0})
    harmless = dialog.hint.text()
    dialog.exact_box.click()
    assert dialog.hint.text() != harmless
    assert "=" in dialog.hint.text()


def test_choices_are_shown_again(open_dialog):
    dialog = open_dialog({0}, {0})
    form = TableForm(exact_text=True, row_numbers=False, prompts=True)
    dialog.show_choice(".xlsx", form)
    assert (dialog.suffix, dialog.form()) == (".xlsx", form)
    dialog.show_choice(".doc", TableForm())
    assert (dialog.suffix, dialog.form()) == (".csv", TableForm())
