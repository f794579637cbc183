"""The rows of an opened table, as they will be sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from paradigm_gui.models.results_model import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paradigm_gui.core.batch import Row

AnyIndex = QModelIndex | QPersistentModelIndex


class InputModel(QAbstractTableModel):
    """Shows rows by their columns; read only."""

    def __init__(self) -> None:
        super().__init__()
        self._columns: Sequence[str] = ()
        self._rows: Sequence[Row] = ()

    def show_rows(self, columns: Sequence[str], rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self._columns = columns
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return one_line(self._rows[index.row()].variables[self._columns[index.column()]])

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return one_line(self._columns[section]) if section < len(self._columns) else None
        return str(section + 1)
