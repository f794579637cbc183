"""What a view's selection is on the clipboard."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from paradigm_gui.core.csv_results import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtWidgets import QTableView


def copy_selected(view: QTableView) -> None:
    """Copy the selected cells: the whole texts, in rows and columns as they stand."""
    rows: dict[int, list[str]] = {}
    for index in sorted(view.selectedIndexes(), key=lambda index: (index.row(), index.column())):
        rows.setdefault(index.row(), []).append(str(index.data(Qt.ItemDataRole.EditRole) or ""))
    copy_rows(rows.values())


def copy_rows(rows: Iterable[Sequence[str]]) -> None:
    """Put rows on the clipboard as tab-separated text, for a spreadsheet.

    It would run what looks like a formula, and nobody reads all answers before: such texts get an apostrophe
    before them (see `harmless`). The exact text of one answer is copied from the response pane.
    """
    out = io.StringIO()
    writer = csv.writer(out, dialect="excel-tab", lineterminator="\n")
    writer.writerows(map(harmless, cells) for cells in rows)
    QGuiApplication.clipboard().setText(out.getvalue())
