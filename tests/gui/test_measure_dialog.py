"""The dialog that asks what to measure."""

import pytest
from PySide6.QtCore import Qt

from paradigm_gui.core.forecast import Forecast
from paradigm_gui.core.plan import Order, Plan
from paradigm_gui.widgets.measure_dialog import MeasureDialog


@pytest.fixture
def asked():
    return []


@pytest.fixture
def dialog_of(qtbot, asked):
    def made(rows=40, cap=20):
        def forecast(plan, rows):
            asked.append((plan, rows))
            return Forecast(7, 123, 567, 90.0, 11)

        dialog = MeasureDialog(rows, cap, forecast)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return made


def test_it_compares_all_rows_once_unless_told_otherwise(dialog_of, asked):
    dialog = dialog_of()
    assert (dialog.plan(), dialog.rows) == (Plan(compare=True), 40)
    assert "80" in dialog.run_button.text()
    assert asked[-1] == (dialog.plan(), 40)
    for number in ("123", "567", "90", "11"):
        assert number in dialog.cost_label.text()


def test_everything_chosen_is_in_the_plan_and_its_cost(qtbot, dialog_of, asked):
    dialog = dialog_of()
    qtbot.mouseClick(dialog.sweep_button, Qt.MouseButton.LeftButton)
    dialog.rows_box.setValue(10)
    dialog.repeats_box.setValue(2)
    dialog.order_box.setCurrentIndex(dialog.order_box.findData(Order.ALTERNATING))
    dialog.warm_up_box.setChecked(True)
    plan = Plan(sweep=True, repeats=2, order=Order.ALTERNATING, warm_up=True)
    assert dialog.plan() == plan
    assert dialog.plan().order is Order.ALTERNATING
    assert "121" in dialog.run_button.text()  # twice six caps over ten rows, and one before
    assert asked[-1][1] == 10


def test_a_cap_of_one_cannot_be_swept(dialog_of):
    assert not dialog_of(cap=1).sweep_button.isEnabled()
