"""The choice of what to export, and how."""

import pytest
from PySide6.QtCore import QLocale

from paradigm_gui.core.batch import ArmKind, RequestState
from paradigm_gui.core.export import RESULT_SUFFIXES
from paradigm_gui.core.results_table import TableForm
from paradigm_gui.widgets.export_dialog import ExportDialog, window_form

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
    boxes = (dialog.technical_box, dialog.numbers_box, dialog.prompts_box, dialog.exact_box)
    found = {}
    for index in range(dialog.suffix_box.count()):
        dialog.suffix_box.setCurrentIndex(index)
        found[dialog.suffix] = [box.isEnabled() for box in boxes]
        assert dialog.separator_box.isVisible() is (dialog.suffix == ".csv")
    assert sorted(found) == sorted(RESULT_SUFFIXES)
    assert found[".csv"] == [True] * 4
    assert found[".xlsx"] == found[".md"] == found[".html"] == [True, True, True, False]
    assert found[".jsonl"] == [False] * 4


def test_it_warns_of_formulas(open_dialog):
    dialog = open_dialog({0}, {0})
    dialog.show_choice(".csv", TableForm())
    harmless = dialog.hint.text()
    dialog.exact_box.click()
    assert dialog.hint.text() != harmless
    assert "=" in dialog.hint.text()


def test_choices_are_shown_again(open_dialog):
    dialog = open_dialog({0}, {0})
    form = TableForm(exact_text=True, row_numbers=False, prompts=True, is_technical=True, separator="\t")
    dialog.show_choice(".md", form)
    assert (dialog.suffix, dialog.form()) == (".md", form)
    dialog.show_choice(".doc", TableForm(is_technical=False))
    assert (dialog.suffix, dialog.form()) == (".xlsx", TableForm(is_technical=False))


@pytest.mark.parametrize(("locale", "separator"), [("fr_FR", ";"), ("en_US", ","), ("de_CH", ",")])
def test_files_are_at_first_for_people_and_the_spreadsheets_of_their_country(locale, separator):
    before = QLocale()
    QLocale.setDefault(QLocale(locale))
    try:
        assert window_form() == TableForm(is_technical=False, separator=separator)
    finally:
        QLocale.setDefault(before)
