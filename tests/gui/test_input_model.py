"""The rows of a table that is edited."""

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt

from paradigm_gui.core.batch import Row
from paradigm_gui.models.input_model import InputModel, TableRows

EDIT = Qt.ItemDataRole.EditRole


def rows_of(*cells, columns="ab"):
    return [Row(index, dict(zip(columns, row, strict=True))) for index, row in enumerate(cells)]


@pytest.fixture
def model():
    model = InputModel(is_editable=True)
    model.show_rows(("a", "b"), rows_of("12", "34", "56", "34"))
    return model


def cells(model):
    """The cells, checked against what a view would show."""
    shown = [
        tuple(
            model.index(row, column).data(Qt.ItemDataRole.EditRole) for column in range(model.columnCount())
        )
        for row in range(model.rowCount())
    ]
    assert shown == model.cells()
    return ["".join(row) for row in shown]


def test_it_shows_rows_by_their_columns(qtmodeltester):
    model = InputModel()
    model.show_rows(("b", "a"), [Row(0, {"a": "1", "b": "2"}), Row(1, {"a": "x\n y", "b": "z" * 500})])
    qtmodeltester.check(model)
    cells = [[model.index(row, column).data() for column in range(2)] for row in range(2)]
    assert cells[0] == ["2", "1"]
    assert cells[1][1] == "x y"
    assert len(cells[1][0]) == 200
    headers = [model.headerData(section, Qt.Orientation.Horizontal) for section in range(2)]
    assert headers == ["b", "a"]
    assert model.headerData(1, Qt.Orientation.Vertical) == "2"
    assert model.headerData(2, Qt.Orientation.Horizontal) is None


def test_it_can_only_be_edited_when_it_is_meant_to(model):
    assert model.setData(model.index(1, 0), "x\ny")
    assert cells(model) == ["12", "x\ny4", "56", "34"]
    shown = InputModel()
    shown.show_rows(("a",), [Row(0, {"a": "1"})])
    assert not shown.flags(shown.index(0, 0)) & Qt.ItemFlag.ItemIsEditable
    assert not shown.setData(shown.index(0, 0), "2")
    shown.show_rows((), [])
    assert (shown.rowCount(), shown.columnCount()) == (0, 0)


@pytest.mark.parametrize(
    ("change", "after"),
    [
        (lambda model: model.setData(model.index(1, 1), "x"), ["12", "3x", "56", "34"]),
        (lambda model: model.insert_row("", 1), ["12", "", "34", "56", "34"]),
        (lambda model: model.insert_row("", 4), ["12", "34", "56", "34", ""]),
        (lambda model: model.remove_rows("", [1]), ["12", "56", "34"]),
        (lambda model: model.remove_rows("", [0, 2]), ["34", "34"]),
        (lambda model: model.remove_rows("", range(4)), []),
        (lambda model: model.remove_duplicates(""), ["12", "34", "56"]),
        (lambda model: model.move_rows("", [1, 2], -1), ["34", "56", "12", "34"]),
        (lambda model: model.move_rows("", [0, 2], 1), ["34", "12", "34", "56"]),
        (lambda model: model.move_rows("", [1, 3], -1), ["34", "12", "34", "56"]),
        (lambda model: model.put("", 1, 1, [["x"], ["y"]]), ["12", "3x", "5y", "34"]),
        (lambda model: model.put("", 3, 0, [["x", "y"], ["z"]]), ["12", "34", "56", "xy", "z"]),
        (lambda model: model.put("", 3, 1, [["x", "y"], ["z", "w"]]), ["12", "34", "56", "3xy", "zw"]),
        (lambda model: model.fill("", [(0, 0), (2, 1)], "x"), ["x2", "34", "5x", "34"]),
        (lambda model: model.insert_column("", 1, "c"), ["12", "34", "56", "34"]),
        (lambda model: model.remove_columns("", [0]), ["2", "4", "6", "4"]),
        (lambda model: model.remove_columns("", [0, 1]), []),
        (lambda model: model.replace("", ("c",), rows_of("9", columns="c")), ["9"]),
    ],
)
def test_every_change_is_one_step_that_can_be_undone(model, qtmodeltester, change, after):
    qtmodeltester.check(model, force_py=True)
    before = cells(model), model.columns
    edits = []
    model.edited.connect(lambda: edits.append(1))
    change(model)
    assert cells(model) == after
    changed = cells(model), model.columns
    assert model.undo_stack.count() == 1
    model.undo_stack.undo()
    assert (cells(model), model.columns) == before
    model.undo_stack.redo()
    assert (cells(model), model.columns) == changed
    assert len(edits) == 3


def test_what_changes_nothing_is_no_step(model):
    assert not model.move_rows("", [0, 2], -1)
    assert not model.move_rows("", [3], 1)
    assert not model.move_rows("", [], 1)
    model.setData(model.index(0, 0), "1")
    model.rename_column("", 0, "a")
    model.remove_rows("", [])
    model.fill("", [], "x")
    model.remove_columns("", [])
    model.remove_duplicates("")
    assert model.remove_duplicates("") == 0
    assert model.remove_duplicates("", [0, 1]) == 0
    assert model.undo_stack.count() == 1


def test_columns_keep_different_names(model):
    model.rename_column("", 1, " a ")
    assert model.columns == ("a", "a 2")
    model.rename_column("", 0, "")
    assert len(set(model.columns)) == 2
    model.undo_stack.undo()
    model.undo_stack.undo()
    assert model.columns == ("a", "b")
    model.put("", 0, 2, [["x", "y"]])
    assert model.columns == ("a", "b", "column 3", "column 4")


def test_columns_are_added_with_names_of_their_own_and_removed(model):
    model.insert_column("", 0, " a ")
    model.insert_column("", 3, "")
    assert model.columns == ("a 2", "a", "b", "column 4")
    assert model.cells()[0] == ("", "1", "2", "")
    model.remove_columns("", [2, 0])
    assert (model.columns, model.cells()[1]) == (("a", "column 4"), ("3", ""))
    model.remove_columns("", [0, 1])
    assert (model.columns, model.rowCount(), len(model.rows())) == ((), 0, 0)
    model.undo_stack.setIndex(0)
    assert (model.columns, cells(model)) == (("a", "b"), ["12", "34", "56", "34"])


def test_duplicates_in_some_columns_alone(model):
    model.fill("", [(1, 1), (2, 1)], "2")
    before = cells(model)
    assert before == ["12", "32", "52", "34"]
    assert model.remove_duplicates("", [1]) == 2
    assert cells(model) == ["12", "34"]
    model.undo_stack.undo()
    assert cells(model) == before
    assert model.remove_duplicates("", [0]) == 1
    assert cells(model) == ["12", "32", "52"]


def test_empty_rows_are_counted_and_not_sent(model):
    assert model.empty == 0
    model.put("", 1, 0, [["", " \t"]])
    model.insert_row("", 0)
    assert model.empty == 2
    rows = model.rows()
    assert [(row.index, "".join(row.variables.values())) for row in rows] == [(0, "12"), (1, "56"), (2, "34")]
    model.undo_stack.setIndex(0)
    assert model.empty == 0
    # what was given before is not touched by it
    assert len(rows) == 3


def test_rows_are_a_sequence():
    rows = TableRows(("a",), [("1",), ("2",), ("3",)])
    assert (len(rows), rows[-1], rows[1:]) == (
        3,
        Row(2, {"a": "3"}),
        [Row(1, {"a": "2"}), Row(2, {"a": "3"})],
    )
    assert list(rows) == rows[:]
    with pytest.raises(IndexError):
        rows[3]


def test_another_table_that_is_shown_is_no_step(model):
    model.insert_row("", 0)
    model.show_rows(("c",), rows_of("1", columns="c"))
    assert not model.undo_stack.canUndo()
    assert cells(model) == ["1"]


def test_the_selection_survives_a_change_elsewhere(model):
    selection = QItemSelectionModel(model)
    selection.select(model.index(3, 0), QItemSelectionModel.SelectionFlag.Select)
    model.remove_rows("", [0])
    assert [index.row() for index in selection.selectedIndexes()] == [2]
    model.setData(model.index(0, 0), "x")
    assert [index.row() for index in selection.selectedIndexes()] == [2]


def test_rows_are_sent_under_their_numbers():
    model = InputModel(is_editable=True)
    model.show_rows(("a",), rows_of("x", " ", "y", "z", columns="a"))
    assert model.all_sent_as({3, 1, 0}) == [0, 2]
    assert [number for row in (0, 3) if (number := model.sent_as(row)) is not None] == [0, 2]
    model.remove_rows("Remove", [1])
    assert model.all_sent_as({2, 0}) == [0, 2]
