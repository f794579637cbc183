"""Files dropped on a window, as its source sees it: what is done with them, and what it is told."""

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QDialog

from paradigm_gui.widgets.main_window import MainWindow

COPY, MOVE = Qt.DropAction.CopyAction, Qt.DropAction.MoveAction
ASIDE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(qtbot):
    window = MainWindow()
    window.may_close = True
    qtbot.addWidget(window)
    window.show()
    return window


def files(*paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(window, widget, data, actions=COPY | MOVE, proposed=MOVE):
    """Drag something onto a widget and let go of it; give the action of the answer, or none."""
    place = widget.mapTo(window, widget.rect().center())
    event = None
    for event in (
        QDragEnterEvent(place, actions, data, *ASIDE),
        QDragMoveEvent(QPoint(place), actions, data, *ASIDE),
        QDropEvent(QPointF(place), actions, data, *ASIDE),
    ):
        event.setDropAction(proposed)
        event.ignore()
        QCoreApplication.sendEvent(window.windowHandle(), event)
    return event.dropAction() if event.isAccepted() else None


@pytest.mark.parametrize("place", ["input", "results", "timing", "run_bar", "template_edit"])
def test_a_file_is_copied_wherever_it_falls(window, qtbot, tmp_path, place):
    widget = window.input.template_edit if place == "template_edit" else getattr(window, place)
    before = window.input.draft()
    dropped = []
    window.files_dropped.connect(dropped.append)
    # a source that hears of a move removes its file
    assert drop(window, widget, files(tmp_path / "a.csv", tmp_path / "b.csv")) is COPY
    assert dropped == [[tmp_path / "a.csv", tmp_path / "b.csv"]]
    assert window.input.draft() == before


def test_a_file_that_can_only_be_moved_is_left_alone(window, tmp_path):
    dropped = []
    window.files_dropped.connect(dropped.append)
    assert drop(window, window.results, files(tmp_path / "a.csv"), actions=MOVE) is None
    assert dropped == []


def test_nothing_is_dropped_behind_a_dialog(window, qtbot, tmp_path):
    dropped = []
    window.files_dropped.connect(dropped.append)
    dialog = QDialog(window)
    dialog.open()
    assert drop(window, window.results, files(tmp_path / "a.csv")) is None
    dialog.reject()
    assert dropped == []


def test_text_still_goes_where_it_is_dropped(window):
    dropped = []
    window.files_dropped.connect(dropped.append)
    data = QMimeData()
    data.setText("Ada")
    assert drop(window, window.input.names_edit, data, proposed=COPY) is COPY
    assert "Ada" in window.input.names_edit.toPlainText()
    elsewhere = QMimeData()
    elsewhere.setUrls([QUrl("https://example.org/t.csv")])
    drop(window, window.results, elsewhere)
    assert dropped == []
