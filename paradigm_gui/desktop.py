"""The program as the desktop sees it: one that can be asked to open files while it runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QEvent


class DesktopApplication(QApplication):
    """Takes the files that macOS names after a double click, also those before there is a window."""

    def __init__(self, arguments: Sequence[str]) -> None:
        super().__init__(list(arguments))
        self._waiting: list[Path] = []
        self._open: Callable[[Path], object] | None = None

    def hand_files_to(self, open_file: Callable[[Path], object] | None) -> None:
        """Let somebody open what has come, and what will."""
        self._open = open_file
        while self._open and self._waiting:
            self._open(self._waiting.pop(0))

    # Qt

    def event(self, event: QEvent) -> bool:
        # an event filter would see the events of all objects
        if not isinstance(event, QFileOpenEvent) or not event.file():
            return super().event(event)
        self._waiting.append(Path(event.file()))
        self.hand_files_to(self._open)
        return True
