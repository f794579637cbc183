"""The rows of an opened table."""

from PySide6.QtCore import Qt

from paradigm_gui.core.batch import Row
from paradigm_gui.models.input_model import InputModel


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


def test_it_cannot_be_edited():
    model = InputModel()
    model.show_rows(("a",), [Row(0, {"a": "1"})])
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable
    model.show_rows((), [])
    assert (model.rowCount(), model.columnCount()) == (0, 0)
