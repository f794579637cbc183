"""The paired rows of two runs as an item model."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from paradigm_gui.core.batch import RequestState
from paradigm_gui.core.run_difference import pair_rows
from paradigm_gui.models.difference_model import Column, DifferenceModel

DONE, FAILED, CANCELLED = RequestState.DONE, RequestState.FAILED, RequestState.CANCELLED
LONG = "line one\n<b>line</b> two " + "x" * 500


@pytest.fixture
def pairs(make_run):
    first = make_run(("Ada", DONE, "Hello"), ("Bo", DONE, "one"), ("Cy", FAILED, ""), ("Di", DONE, LONG))
    second = make_run(("Bo", DONE, "two"), ("Ada", DONE, "Hello"), ("Cy", DONE, "late"), ("Élodie", DONE, ""))
    return pair_rows(first, second)


@pytest.fixture
def model(qapp, pairs):
    model = DifferenceModel()
    model.show_pairs(pairs)
    return model


def cells(model, place):
    return [model.index(place, column).data() for column in range(model.columnCount())]


def inputs(model):
    return [model.index(place, Column.INPUT).data() for place in range(model.rowCount())]


def test_the_rules_of_models_are_kept(model, pairs, qtmodeltester: ModelTester):
    qtmodeltester.check(model)
    model.show_only("bo", is_only_differing=True)
    qtmodeltester.check(model)
    model.show_pairs([])
    qtmodeltester.check(model)


def test_the_cells_of_a_row(model):
    assert cells(model, 0) == ["1 → 2", "Ada", "same", "done", "Hello", "done", "Hello"]
    assert cells(model, 1) == ["2 → 1", "Bo", "different", "done", "one", "done", "two"]
    number, name, likeness, state, answer, *second = cells(model, 2)
    assert (number, name, likeness, state) == ("3", "Cy", "different", "failed")
    assert "too rude" in answer
    assert second == ["done", "late"]
    assert cells(model, 3)[:4] == ["4 → –", "Di", "only in A", "done"]
    assert cells(model, 3)[Column.SECOND_STATE :] == ["", ""]
    assert cells(model, 4) == ["– → 4", "Élodie", "only in B", "", "", "done", ""]


def test_what_differs_is_told_by_weight_and_states_by_icon(model):
    fonts = [model.index(place, Column.LIKENESS).data(Qt.ItemDataRole.FontRole) for place in (0, 1)]
    assert fonts[0] is None
    assert fonts[1].bold()
    icons = [
        model.index(3, column).data(Qt.ItemDataRole.DecorationRole)
        for column in (Column.FIRST_STATE, Column.SECOND_STATE, Column.INPUT)
    ]
    assert [bool(icon) for icon in icons] == [True, False, False]


def test_long_answers_are_cut_on_screen_and_whole_when_copied(model):
    index = model.index(3, Column.FIRST_ANSWER)
    assert index.data().startswith("line one <b>line</b> two x")
    assert len(index.data()) <= 200
    assert index.data(Qt.ItemDataRole.EditRole) == LONG
    assert model.index(0, Column.LIKENESS).data(Qt.ItemDataRole.EditRole) == "same"


def test_only_the_rows_that_differ_or_hold_a_text(model, pairs):
    model.show_only("", is_only_differing=True)
    assert inputs(model) == ["Bo", "Cy", "Di", "Élodie"]
    assert [model.place_of(pairs[number]) for number in (0, 1, 4)] == [None, 0, 3]
    assert model.pair_at(3) is pairs[4]
    assert model.total == 5
    for text, found in (("TWO", ["Bo", "Di"]), ("élodie", ["Élodie"]), ("hello", ["Ada"]), ("zz", [])):
        model.show_only(f" {text} ", is_only_differing=False)
        assert inputs(model) == found, text
    model.show_only("hello", is_only_differing=True)
    assert inputs(model) == []
    # the filter stays when other rows come
    model.show_pairs(pairs[:1])
    assert inputs(model) == []
    model.show_only("", is_only_differing=False)
    assert inputs(model) == ["Ada"]
