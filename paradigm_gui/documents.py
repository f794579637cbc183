"""Files that the user chooses: opened, exported to, or painted into."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths

from paradigm_gui import wording
from paradigm_gui.core.batch_file import BATCH_SUFFIX, write_batch_file
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.export import RESULT_SUFFIXES
from paradigm_gui.core.tables import TABLE_SUFFIXES
from paradigm_gui.outcome import SVG_SUFFIX, write_results_of, write_timing
from paradigm_gui.widgets.banner import Tone
from paradigm_gui.widgets.dialogs import ask_file_to_open, ask_file_to_save

if TYPE_CHECKING:
    from paradigm_gui.core.batch import Run
    from paradigm_gui.session import Session
    from paradigm_gui.settings import Settings
    from paradigm_gui.tasks import Tasks


class Documents(QObject):
    """Asks for a file and does with it what was wanted; remembers the folders."""

    def __init__(self, session: Session, settings: Settings, tasks: Tasks) -> None:
        super().__init__(session)
        self._session = session
        self._settings = settings
        self._tasks = tasks

    def ask_file(self) -> None:
        self._tasks.start(self._choose_file(), "choose file")

    async def _choose_file(self) -> None:
        patterns = " ".join(f"*{suffix}" for suffix in (*TABLE_SUFFIXES, BATCH_SUFFIX))
        path = await ask_file_to_open(
            self._session.window,
            self.tr("Open"),
            self._settings.get("folder", _documents()),
            [self.tr("Names, tables and batches") + f" ({patterns})", self.tr("All files") + " (*)"],
        )
        if path:
            self._settings.set("folder", str(path.parent))
            self._session.open_file(path)

    def ask_batch_file(self) -> None:
        self._tasks.start(self._save_batch_file(), "save a batch file")

    async def _save_batch_file(self) -> None:
        path = await ask_file_to_save(
            self._session.window,
            self.tr("Save as a batch file"),
            Path(self._settings.get("folder", _documents())) / f"batch{BATCH_SUFFIX}",
            [self.tr("Batch files") + f" (*{BATCH_SUFFIX})"],
            BATCH_SUFFIX[1:],
        )
        if path is None:
            return
        self._settings.set("folder", str(path.parent))
        try:
            await asyncio.to_thread(write_batch_file, path, self._session.batch_file())
        except UserFacingError as error:
            self._session.show_refusal(error)
        else:
            self._session.say(
                self.tr("The batch is in {path}. It holds rows and settings, no key.").format(path=path),
                Tone.NOTE,
            )

    def ask_export(self) -> None:
        if run := self._session.shown.run:
            self._tasks.start(self._export(run), "export")

    async def _export(self, run: Run) -> None:
        folder = Path(self._settings.get("export folder", _documents()))
        name = f"paradigm-{run.started_at:%Y-%m-%d-%H%M}"
        path = await ask_file_to_save(
            self._session.window,
            self.tr("Export results"),
            folder / f"{name}.csv",
            [f"{suffix[1:].upper()} (*{suffix})" for suffix in RESULT_SUFFIXES],
            "csv",
        )
        if path is None:
            return
        self._settings.set("export folder", str(path.parent))
        try:
            shown = self._session.window.results.shown_arm
            figures = await self._session.shown.figures_of(run)
            await asyncio.to_thread(write_results_of, run, figures, path, wording.language(), shown)
        except UserFacingError as error:
            self._session.show_refusal(error)
        else:
            self._session.say(self.tr("The results are in {path}.").format(path=path), Tone.NOTE)

    def ask_timing(self) -> None:
        if run := self._session.shown.run:
            self._tasks.start(self._export_timing(run), "export timing")

    async def _export_timing(self, run: Run) -> None:
        folder = Path(self._settings.get("export folder", _documents()))
        path = await ask_file_to_save(
            self._session.window,
            self.tr("Export the timing"),
            folder / f"paradigm-{run.started_at:%Y-%m-%d-%H%M}.svg",
            [
                self.tr("Picture of the race") + f" (*{SVG_SUFFIX})",
                self.tr("HTTP archive, for a browser's network panel") + " (*.har)",
                self.tr("Trace, for Perfetto or Chrome") + " (*.trace.json)",
            ],
            "svg",
        )
        if path is None:
            return
        self._settings.set("export folder", str(path.parent))
        try:
            await asyncio.to_thread(write_timing, path, run)
        except UserFacingError as error:
            self._session.show_refusal(error)
        else:
            self._session.say(self.tr("The timing is in {path}.").format(path=path), Tone.NOTE)

    def ask_picture(self) -> None:
        self._tasks.start(self._save_picture(), "picture")

    async def _save_picture(self) -> None:
        folder = Path(self._settings.get("export folder", _documents()))
        path = await ask_file_to_save(
            self._session.window,
            self.tr("Save a picture"),
            folder / "paradigm-gui.png",
            ["PNG (*.png)"],
            "png",
        )
        if path:
            try:
                self._session.save_picture(path)
            except UserFacingError as error:
                self._session.show_refusal(error)
            else:
                self._session.say(self.tr("The picture is in {path}.").format(path=path), Tone.NOTE)


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
