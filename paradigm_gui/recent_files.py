"""The files that were opened last, in a menu. Their paths alone are remembered."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from paradigm_gui.settings import Settings

MOST_FILES = 8
_SETTING = "recent_files"


class RecentFiles(QObject):
    """Fills a menu with the files that were opened last, the newest first.

    Signals:
        chosen(Path): the user wants to open one of them again.
    """

    chosen = Signal(object)

    def __init__(self, menu: QMenu, settings: Settings) -> None:
        super().__init__(menu)
        self._menu = menu
        self._settings = settings
        # the texts are made anew each time, in the language of the moment
        menu.aboutToShow.connect(self._fill)
        self._fill()

    def paths(self) -> list[Path]:
        try:
            found = json.loads(self._settings.get(_SETTING, "[]"))
        except ValueError:
            return []
        return [Path(path) for path in found if isinstance(path, str)] if isinstance(found, list) else []

    def note(self, path: Path) -> None:
        """Remember that a file was opened."""
        path = path.absolute()
        self._keep([path, *(other for other in self.paths() if other != path)][:MOST_FILES])

    def _keep(self, paths: list[Path]) -> None:
        self._settings.set(_SETTING, json.dumps(list(map(str, paths))))
        self._settings.save()
        self._fill()

    def _fill(self) -> None:
        paths = self.paths()
        self._menu.clear()
        self._menu.setEnabled(bool(paths))
        for path in paths:
            # a menu takes an ampersand for a key
            text = self.tr("{file} in {folder}").format(file=path.name, folder=path.parent).replace("&", "&&")
            action = self._menu.addAction(text)
            action.setData(str(path))
            action.triggered.connect(lambda _=False, path=path: self.chosen.emit(path))
        self._menu.addSeparator()
        self._menu.addAction(self.tr("Clear the list")).triggered.connect(lambda: self._keep([]))
