"""The list of kept runs, newest first."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QDate,
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
SHORT = QLocale.FormatType.ShortFormat


class Column(IntEnum):
    NAME = 0
    STARTED = 1
    ROWS = 2
    SPEED_UP = 3
    SIMULATED = 4


class HistoryModel(QAbstractTableModel):
    """Shows summaries; names can be edited in place.

    Signals:
        renamed(RunSummary, str): the user gave a run another name.
    """

    renamed = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._runs: Sequence[RunSummary] = ()
        self._under_way: int | None = None
        self._cells: list[tuple[str, ...]] = []
        self._bold = QFont()
        self._bold.setBold(True)

    def show_runs(self, runs: Sequence[RunSummary], under_way: int | None = None) -> None:
        """Show a list; `under_way` is the key of the run that this window is running."""
        self.beginResetModel()
        self._runs = runs
        self._under_way = under_way
        self._cells = [self._make_cells(run) for run in runs]
        self.endResetModel()

    def retranslate(self) -> None:
        self.show_runs(self._runs, self._under_way)

    def run_at(self, row: int) -> RunSummary:
        return self._runs[row]

    def is_under_way(self, run: RunSummary) -> bool:
        """Whether a run is being run, here or in another window of the program."""
        return run.is_in_use or run.key == self._under_way

    def _make_cells(self, run: RunSummary) -> tuple[str, ...]:
        started = _started(run)
        is_of_today = started.date() == QDate.currentDate()
        if self.is_under_way(run):
            # how many are done changes faster than the list
            rows = self.tr("running, {total} in all")
        elif not run.is_finished:
            rows = self.tr("{done} of {total}, not finished")
        elif any(arm.done + arm.failed < run.rows for arm in run.arms):
            rows = self.tr("{done} of {total}, stopped")
        else:
            rows = self.tr("{done} of {total}")
        return (
            one_line(run.name),
            QLocale().toString(started.time() if is_of_today else started.date(), SHORT),
            rows.format(done=wording.number(run.done, 0), total=wording.number(run.rows, 0)),
            "" if run.speed_up is None else "×\N{NO-BREAK SPACE}" + wording.number(run.speed_up, 2),
            self.tr("simulated") if run.is_simulated else "",
        )

    def _titles(self) -> tuple[str, ...]:
        return self.tr("Run"), self.tr("Started"), self.tr("Done"), self.tr("Speed-up"), ""

    def _tip(self, row: int) -> str:
        run = self._runs[row]
        facts = list(zip(self._titles(), self._cells[row], strict=True))
        facts[Column.STARTED] = (facts[Column.STARTED][0], QLocale().toString(_started(run), SHORT))
        server = () if run.is_simulated else (f"{run.endpoint} ({run.base_url})",)
        return tip(
            run.name,
            *(wording.labelled(title, cell) if title else cell for title, cell in facts[1:] if cell),
            *server,
            run.model,
        )

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
            return self._tip(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == Column.NAME:
            return ", ".join(filter(None, self._cells[index.row()]))
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
        return self._titles()[section] if section < len(Column) else None


def _started(run: RunSummary) -> QDateTime:
    return QDateTime.fromSecsSinceEpoch(int(run.started_at.timestamp()))
