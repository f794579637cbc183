"""What goes to the clipboard as tab-separated text."""

import csv
import io

import pytest
from PySide6.QtGui import QGuiApplication, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QTableView

from paradigm_gui.widgets.clipboard import copy_rows, copy_selected


def pasted():
    """What a spreadsheet would find on the clipboard."""
    return list(csv.reader(io.StringIO(QGuiApplication.clipboard().text(), newline=""), dialect="excel-tab"))


@pytest.mark.parametrize("text", ["=1+1", " @SUM(A1)", "\t=1", "\n=1", "+cmd|' /C calc'!A0"])
def test_nothing_is_a_live_formula(qapp, text):
    copy_rows([[text, "-5", "a\tb", "plain"]])
    assert pasted() == [["'" + text, "-5", "a\tb", "plain"]]


def test_the_selected_cells_are_copied_as_they_stand(qtbot):
    model = QStandardItemModel()
    for texts in (("Ada", "=1+1"), ("Bo", 'two\nlines, "quoted"')):
        model.appendRow([QStandardItem(text) for text in texts])
    view = QTableView()
    qtbot.addWidget(view)
    view.setModel(model)
    view.selectAll()
    copy_selected(view)
    assert pasted() == [["Ada", "'=1+1"], ["Bo", 'two\nlines, "quoted"']]
