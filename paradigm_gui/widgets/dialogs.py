"""Dialogs that are awaited. Each one is opened without a loop of its own, which would starve other tasks."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox

from paradigm_gui.tasks import settle

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


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
    """The file to write to; the dialog itself asks before one is replaced."""
    dialog = QFileDialog(parent, title, str(suggestion.parent))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(filters)
    dialog.setDefaultSuffix(suffix)
    dialog.selectFile(suggestion.name)

    def follow(chosen: str) -> None:
        dialog.setDefaultSuffix(chosen.partition("*.")[2].rstrip(")"))

    dialog.filterSelected.connect(follow)
    return Path(dialog.selectedFiles()[0]) if await answer_of(dialog) else None


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


async def tell(parent: QWidget, title: str, text: str) -> None:
    box = QMessageBox(QMessageBox.Icon.Information, title, text, QMessageBox.StandardButton.Ok, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    await answer_of(box)
