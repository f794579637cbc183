"""Dialogs that are awaited. Each one is opened without a loop of its own, which would starve other tasks."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox

from paradigm_gui.tasks import settle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

translate = QCoreApplication.translate


async def answer_of(dialog: QDialog) -> bool:
    """Open a dialog and wait until the user has accepted or left it."""
    answered: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    dialog.finished.connect(lambda code: settle(answered, code))
    dialog.open()
    try:
        return await answered == QDialog.DialogCode.Accepted
    finally:
        if dialog.isVisible():
            # not `close`, at which a dialog may ask whether that is meant
            dialog.done(QDialog.DialogCode.Rejected)
        dialog.deleteLater()


async def ask_file_to_open(parent: QWidget, title: str, folder: str, filters: list[str]) -> Path | None:
    dialog = QFileDialog(parent, title, folder)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters(filters)
    return Path(dialog.selectedFiles()[0]) if await answer_of(dialog) else None


async def ask_file_to_save(
    parent: QWidget, title: str, suggestion: Path, filters: list[str], suffix: str
) -> Path | None:
    """The file to write to, with a suffix that one of the filters has; asked before one is replaced."""
    while True:
        dialog = QFileDialog(parent, title, str(suggestion.parent))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(filters)
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(suggestion.name)
        dialog.filterSelected.connect(
            lambda name, dialog=dialog: dialog.setDefaultSuffix(_suffixes([name])[0])
        )
        if not await answer_of(dialog):
            return None
        chosen, suffix = Path(dialog.selectedFiles()[0]), dialog.defaultSuffix()
        path = _fitting(chosen, _suffixes(filters), suffix)
        # the dialog has asked about the name that was typed
        if (
            path == chosen
            or not await asyncio.to_thread(path.exists)
            or await _may_replace(parent, title, path)
        ):
            return path
        suggestion = path


def _suffixes(filters: list[str]) -> list[str]:
    """The suffixes in filters like `Results (*.csv)`, without their first points."""
    return [found for entry in filters for found in re.findall(r"\*\.([\w.]+)", entry)]


def _fitting(path: Path, suffixes: list[str], suffix: str) -> Path:
    """The path with a suffix behind it, unless it has one that says what is in the file."""
    is_fitting = path.name.lower().endswith(tuple(f".{known}" for known in suffixes))
    return path if is_fitting else path.with_name(f"{path.name.rstrip('.')}.{suffix}")


async def _may_replace(parent: QWidget, title: str, path: Path) -> bool:
    text = translate("dialogs", "{file} already exists. Do you want to replace it?").format(file=path.name)
    return await confirm(parent, title, text, translate("dialogs", "Replace"))


async def confirm(parent: QWidget, title: str, text: str, yes: str, no: str = "") -> bool:
    """Ask before something is done; `yes` says what, and `no` what else happens, which is the default."""
    box = QMessageBox(QMessageBox.Icon.Question, title, text, QMessageBox.StandardButton.NoButton, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    agree = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    if no:
        box.setDefaultButton(box.addButton(no, QMessageBox.ButtonRole.RejectRole))
    else:
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
    answered = asyncio.get_running_loop().create_future()
    # to be asked while the box is there
    box.finished.connect(lambda _: settle(answered, box.clickedButton() is agree))
    await answer_of(box)
    return bool(await answered)


async def choose(parent: QWidget, title: str, text: str, choices: Sequence[str]) -> int | None:
    """Ask which of the choices it shall be, the first being the usual one; `None` for none of them."""
    box = QMessageBox(QMessageBox.Icon.Question, title, text, QMessageBox.StandardButton.Cancel, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    buttons = [box.addButton(choice, QMessageBox.ButtonRole.AcceptRole) for choice in choices]
    box.setDefaultButton(buttons[0])
    answered: asyncio.Future[object] = asyncio.get_running_loop().create_future()
    # to be asked while the box is there
    box.finished.connect(lambda _: settle(answered, box.clickedButton()))
    await answer_of(box)
    clicked = await answered
    return buttons.index(clicked) if clicked in buttons else None


async def tell(parent: QWidget, title: str, text: str) -> None:
    box = QMessageBox(QMessageBox.Icon.Information, title, text, QMessageBox.StandardButton.Ok, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    await answer_of(box)
