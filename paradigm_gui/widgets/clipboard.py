"""What a view's selection is on the clipboard."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTableView


def copy_selected(view: QTableView) -> None:
    """Copy the selected cells as tab-separated text: the whole texts, in rows and columns as they stand."""
    rows: dict[int, list[str]] = {}
    for index in sorted(view.selectedIndexes(), key=lambda index: (index.row(), index.column())):
        rows.setdefault(index.row(), []).append(str(index.data(Qt.ItemDataRole.EditRole) or ""))
    out = io.StringIO()
    csv.writer(out, dialect="excel-tab", lineterminator="\n").writerows(rows.values())
    QGuiApplication.clipboard().setText(out.getvalue())
