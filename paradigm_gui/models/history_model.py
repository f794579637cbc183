"""The list of kept runs, newest first."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QDateTime,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont

from paradigm_gui import wording
from paradigm_gui.models.results_model import one_line
from paradigm_gui.models.waterfall_model import tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paradigm_gui.core.run_list import RunSummary

AnyIndex = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    NAME = 0
    STARTED = 1
    ROWS = 2
    SPEED_UP = 3


class HistoryModel(QAbstractTableModel):
    """Shows summaries; names can be edited in place.

    Signals:
        renamed(RunSummary, str): the user gave a run another name.
    """

    renamed = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._runs: Sequence[RunSummary] = ()
        self._cells: list[tuple[str, ...]] = []
        self._bold = QFont()
        self._bold.setBold(True)

    def show_runs(self, runs: Sequence[RunSummary]) -> None:
        self.beginResetModel()
        self._runs = runs
        self._cells = [self._make_cells(run) for run in runs]
        self.endResetModel()

    def retranslate(self) -> None:
        self.show_runs(self._runs)

    def run_at(self, row: int) -> RunSummary:
        return self._runs[row]

    def _make_cells(self, run: RunSummary) -> tuple[str, ...]:
        started = QLocale().toString(
            QDateTime.fromSecsSinceEpoch(int(run.started_at.timestamp())), QLocale.FormatType.ShortFormat
        )
        rows = self.tr("{done} of {total}").format(
            done=wording.number(run.done, 0), total=wording.number(run.rows, 0)
        )
        speed_up = "" if run.speed_up is None else "× " + wording.number(run.speed_up, 2)
        return one_line(run.name), started, rows, speed_up

    # Qt

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._runs)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(Column)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == Column.NAME else flags

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        run = self._runs[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cells[index.row()][index.column()]
        if role == Qt.ItemDataRole.EditRole:
            return run.name
        if role == Qt.ItemDataRole.ToolTipRole:
            unfinished = () if run.is_finished else (self.tr("not finished"),)
            simulated = (self.tr("simulated"),) if run.is_simulated else ()
            return tip(run.name, f"{run.endpoint} ({run.base_url})", run.model, *unfinished, *simulated)
        if role == Qt.ItemDataRole.FontRole and not run.is_finished:
            return self._bold
        return None

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        name = " ".join(str(value).split())
        if role != Qt.ItemDataRole.EditRole or not name:
            return False
        self.renamed.emit(self._runs[index.row()], name)
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        titles = (self.tr("Run"), self.tr("Started"), self.tr("Done"), self.tr("Speed-up"))
        return titles[section] if section < len(titles) else None
