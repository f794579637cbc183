"""Files dropped anywhere on a window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDropEvent, QWindow
from PySide6.QtWidgets import QApplication


class FileDrop(QObject):
    """Takes files before the widget under the pointer does; what else is dragged is left to that.

    A source that offers to move its files must not be told that they were: it would remove them.

    Signals:
        dropped(list[Path])
    """

    dropped = Signal(object)

    def watch(self, window: QWindow) -> None:
        """Watch a window, which must exist on the screen's side for that."""
        window.installEventFilter(self)

    # Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QDropEvent):
            return super().eventFilter(watched, event)
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if not files:
            return super().eventFilter(watched, event)
        # behind a dialog nothing can be opened
        if QApplication.activeModalWidget() or not event.possibleActions() & Qt.DropAction.CopyAction:
            event.ignore()
            return True
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() == QEvent.Type.Drop:
            self.dropped.emit(files)
        return True
