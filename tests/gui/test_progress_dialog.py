"""The dialog that shows how far a long work is."""

from PySide6.QtWidgets import QDialog

from paradigm_gui.widgets.progress_dialog import ProgressDialog


def test_it_follows_the_work_and_can_be_given_up(qtbot):
    share = 0.25
    dialog = ProgressDialog("Export", "Writing <b>x</b>.csv", lambda: share)
    qtbot.addWidget(dialog)
    dialog.open()
    assert dialog.bar.value() == 250
    share = 0.75
    with qtbot.waitSignal(dialog.bar.valueChanged) as changed:
        pass
    assert changed.args == [750]
    with qtbot.waitSignal(dialog.finished) as finished:
        dialog.cancel_button.click()
    assert finished.args == [QDialog.DialogCode.Rejected]
