"""Files that the user chooses: opened, exported to, or painted into."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices

from paradigm_gui import wording
from paradigm_gui.core.batch import ArmKind
from paradigm_gui.core.batch_file import BATCH_SUFFIX, OWN_BATCH_SUFFIX, write_batch_file
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.export import CSV_SUFFIX, JSONL_SUFFIX, XLSX_SUFFIX
from paradigm_gui.core.results_table import TableForm
from paradigm_gui.core.script import NOTEBOOK_SUFFIX, SCRIPT_SUFFIX, write_script
from paradigm_gui.core.tables import TABLE_SUFFIXES
from paradigm_gui.outcome import SVG_SUFFIX, Choice, write_results_of, write_timing
from paradigm_gui.recent_files import RecentFiles
from paradigm_gui.widgets.banner import Tone
from paradigm_gui.widgets.dialogs import answer_of, ask_file_to_open, ask_file_to_save
from paradigm_gui.widgets.export_dialog import ExportDialog, window_form
from paradigm_gui.widgets.progress_dialog import ProgressDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from paradigm_gui.core.batch import Run
    from paradigm_gui.core.text_files import OnProgress
    from paradigm_gui.session import Session
    from paradigm_gui.settings import Settings
    from paradigm_gui.tasks import Tasks


# A file that is written sooner needs no progress.
_PATIENCE_S = 1.0


class GivenUp(Exception):  # noqa: N818 - nothing is wrong
    """The user does not want the file any more."""


class Watch:
    """How far a thread is, and whether it shall go on. `tell` is for the thread, all else for the loop's."""

    def __init__(self) -> None:
        self.share = 0.0
        self._is_given_up = False

    def give_up(self) -> None:
        self._is_given_up = True

    def tell(self, share: float) -> None:
        if self._is_given_up:
            raise GivenUp
        self.share = share


class Documents(QObject):
    """Asks for a file and does with it what was wanted; remembers the folders."""

    def __init__(self, session: Session, settings: Settings, tasks: Tasks) -> None:
        super().__init__(session)
        self._session = session
        self._settings = settings
        self._tasks = tasks
        self._recent = RecentFiles(session.window.recent_menu, settings)
        self._recent.chosen.connect(session.open_file)
        session.file_shown.connect(self._note_file)

    def _note_file(self, path: Path) -> None:
        """Remember where the file lies, unless nothing is to be remembered."""
        if self._session.is_remembered and not self._session.window.private_action.isChecked():
            self._recent.note(path)

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

    def ask_batch_file(self, *, with_rows: bool = True) -> None:
        self._tasks.start(self._save_batch_file(with_rows), "save a batch file")

    async def _save_batch_file(self, with_rows: bool) -> None:
        path = await ask_file_to_save(
            self._session.window,
            self.tr("Save as a batch file") if with_rows else self.tr("Save the prompt without the rows"),
            Path(self._settings.get("folder", _documents()))
            / f"{self._session.names.of_input('batch' if with_rows else 'prompt')}{OWN_BATCH_SUFFIX}",
            [self.tr("Batch files") + f" (*{BATCH_SUFFIX})"],
            BATCH_SUFFIX[1:],
        )
        if path is None:
            return
        self._settings.set("folder", str(path.parent))
        try:
            await asyncio.to_thread(write_batch_file, path, self._session.batch_file(with_rows=with_rows))
        except UserFacingError as error:
            self._session.show_refusal(error)
        else:
            text = (
                self.tr("The batch is in {path}. It holds rows and settings, no key.")
                if with_rows
                else self.tr("The prompt is in {path}. It holds settings, no rows and no key.")
            )
            self._session.say(text.format(path=path), Tone.NOTE)

    def ask_export(self) -> None:
        if run := self._session.shown.run:
            self._tasks.start(self._export(run), "export")

    async def _export(self, run: Run) -> None:
        results = self._session.window.results
        dialog = ExportDialog(
            run.arms, results.shown_arm, results.rows_shown(), results.rows_selected(), self._session.window
        )
        dialog.show_choice(self._settings.get("export/suffix", XLSX_SUFFIX), self._remembered_form())
        if not await answer_of(dialog):
            return
        suffix, form = dialog.suffix, dialog.form()
        self._settings.set("export/suffix", suffix)
        for name, value in asdict(form).items():
            if name != "separator" or suffix == CSV_SUFFIX:  # elsewhere nobody has chosen it
                self._settings.set(f"export/{name}", value)
        choice = Choice(dialog.arm, dialog.rows(), form)
        folder = Path(self._settings.get("export folder", _documents()))
        path = await ask_file_to_save(
            self._session.window,
            self.tr("Export results"),
            folder / f"{self._session.names.of_run(run)}{suffix}",
            [f"{suffix[1:].upper()} (*{suffix})"],
            suffix[1:],
        )
        if path is None:
            return
        self._settings.set("export folder", str(path.parent))
        total = len(run.batch.rows) if choice.rows is None else len(choice.rows)
        try:
            figures = await self._session.shown.figures_of(run)
            cut_cells = await self._watched(
                path,
                lambda on_share: write_results_of(
                    run,
                    figures,
                    path,
                    wording.language(),
                    choice,
                    lambda rows: on_share(rows / max(1, total)),
                ),
            )
        except UserFacingError as error:
            self._session.show_refusal(error)
        except GivenUp:
            self._session.say(
                self.tr("The export was cancelled. Nothing was written to {path}.").format(path=path),
                Tone.NOTE,
            )
        else:
            text = self.tr("The results are in {path}.").format(path=path)
            if cut_cells:
                cut = self.tr("%n cell(s) were too long for a spreadsheet and were cut.", "", cut_cells)
                text = f"{text} {cut}"
            is_for_programs = suffix == JSONL_SUFFIX
            self._session.say(
                text,
                Tone.WARNING if cut_cells else Tone.NOTE,
                self.tr("Show in folder") if is_for_programs else self.tr("Open the file"),
                lambda: self._show(path.parent if is_for_programs else path),
            )

    def _show(self, path: Path) -> None:
        """Let the desktop open a file or a folder."""
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._session.say(
                self.tr("No program of this computer opens {path}.").format(path=path), Tone.WARNING
            )

    def _remembered_form(self) -> TableForm:
        usual = asdict(window_form())
        return TableForm(**{name: self._settings.get(f"export/{name}", usual[name]) for name in usual})

    async def _watched(self, path: Path, work: Callable[[OnProgress], int]) -> int:
        """Work in a thread; if it takes long, show how far it is and let the user give it up.

        `work` gets what it tells its progress to. Raises `GivenUp`, and what the work raises.
        """
        watch = Watch()
        working = asyncio.get_running_loop().run_in_executor(None, work, watch.tell)
        try:
            await asyncio.wait([working], timeout=_PATIENCE_S)
            if not working.done():
                dialog = ProgressDialog(
                    self.tr("Export results"),
                    self.tr("Writing {file}").format(file=path.name),
                    lambda: watch.share,
                    self._session.window,
                )
                if not await _is_over(working, dialog):
                    watch.give_up()
            return await working
        finally:
            # when the program ends meanwhile, nobody waits for the file any more
            watch.give_up()
            working.cancel()

    def ask_script(self) -> None:
        self._tasks.start(self._export_script(), "export a script")

    async def _export_script(self) -> None:
        """Write what the window is set up to run; compare as the run on show did."""
        try:
            job = self._session.job()
        except UserFacingError as error:
            self._session.show_refusal(error)
            return
        run = self._session.shown.run
        compare = run is not None and ArmKind.SEQUENTIAL in run.arms
        path = await ask_file_to_save(
            self._session.window,
            self.tr("Export as a Python script"),
            Path(self._settings.get("export folder", _documents()))
            / f"{self._session.names.of_input('paradigm_batch')}{SCRIPT_SUFFIX}",
            [
                self.tr("Python script") + f" (*{SCRIPT_SUFFIX})",
                self.tr("Notebook that runs the script") + f" (*{NOTEBOOK_SUFFIX})",
            ],
            SCRIPT_SUFFIX[1:],
        )
        if path is None:
            return
        self._settings.set("export folder", str(path.parent))
        try:
            await asyncio.to_thread(write_script, path, job.batch, job.limits, job.endpoint, compare=compare)
        except UserFacingError as error:
            self._session.show_refusal(error)
        else:
            self._session.say(
                self.tr(
                    "The script is in {path}. It holds rows and settings, no key: it reads that from"
                    " PARADIGM_API_KEY."
                ).format(path=path),
                Tone.NOTE,
            )

    def ask_timing(self) -> None:
        if run := self._session.shown.run:
            self._tasks.start(self._export_timing(run), "export timing")

    async def _export_timing(self, run: Run) -> None:
        folder = Path(self._settings.get("export folder", _documents()))
        path = await ask_file_to_save(
            self._session.window,
            self.tr("Export the timing"),
            folder / f"{self._session.names.of_run(run)}{SVG_SUFFIX}",
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
        run = self._session.shown.run
        folder = Path(self._settings.get("export folder", _documents()))
        path = await ask_file_to_save(
            self._session.window,
            self.tr("Save a picture"),
            folder / f"{self._session.names.of_run(run) if run else 'paradigm-gui'}.png",
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


async def _is_over(working: asyncio.Future[int], dialog: ProgressDialog) -> bool:
    """Wait for the end of the work or for the user, who may have had enough of it."""

    def end(_working: asyncio.Future[int]) -> None:
        dialog.accept()

    working.add_done_callback(end)
    try:
        return await answer_of(dialog)
    finally:
        working.remove_done_callback(end)


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
