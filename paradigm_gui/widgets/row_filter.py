"""The box that says which rows of the results to show."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from paradigm_gui.core.batch import RequestState

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


class RowFilter(StrEnum):
    """Which rows to show."""

    ALL = "all"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNFINISHED = "unfinished"
    MARKED = "marked"
    COMMENTED = "commented"
    ARMS_DIFFER = "arms differ"
    RUNS_DIFFER = "runs differ"


STATES: Mapping[RowFilter, Collection[RequestState]] = {
    RowFilter.DONE: (RequestState.DONE,),
    RowFilter.FAILED: (RequestState.FAILED,),
    RowFilter.CANCELLED: (RequestState.CANCELLED,),
    RowFilter.UNFINISHED: tuple(state for state in RequestState if not state.is_final),
}


class RowFilterBox(QComboBox):
    """Offers the filters that there are for a run.

    Signals:
        filter_chosen(): the user chose the filter that is `chosen` now.
        other_run_wanted(): the user wants to see where another run differs, and none is known yet.
    """

    filter_chosen = Signal()
    other_run_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.chosen = RowFilter.ALL
        self._has_other = False
        self.currentIndexChanged.connect(self._on_index)

    def offer(self, *, has_arms: bool, may_have_other: bool, has_other: bool) -> None:
        """Offer what there is, and keep what is chosen if it is among that.

        `has_arms` is for a run with two arms; `has_other` for one that is compared with another run, and
        `may_have_other` for one that can be.
        """
        names = {
            RowFilter.ALL: self.tr("All states"),
            RowFilter.DONE: self.tr("Done"),
            RowFilter.FAILED: self.tr("Failed"),
            RowFilter.CANCELLED: self.tr("Cancelled"),
            RowFilter.UNFINISHED: self.tr("Unfinished"),
            RowFilter.MARKED: self.tr("Marked"),
            RowFilter.COMMENTED: self.tr("With a comment"),
        }
        if has_arms:
            names[RowFilter.ARMS_DIFFER] = self.tr("Arms differ")
        if has_other:
            names[RowFilter.RUNS_DIFFER] = self.tr("Runs differ")
        elif may_have_other:
            names[RowFilter.RUNS_DIFFER] = self.tr("Runs differ…")
        tips = {
            RowFilter.ARMS_DIFFER: self.tr("Only rows whose answers are not the same in both arms"),
            RowFilter.RUNS_DIFFER: self.tr("Only rows whose answers are not the same in another run"),
        }
        self._has_other = has_other
        self.blockSignals(True)
        self.clear()
        for number, (row_filter, name) in enumerate(names.items()):
            self.addItem(name, row_filter.value)
            self.setItemData(number, tips.get(row_filter), Qt.ItemDataRole.ToolTipRole)
        self.blockSignals(False)
        self.choose(self.chosen)
        self.setAccessibleName(self.tr("Which rows to show"))

    def choose(self, row_filter: RowFilter) -> None:
        """Show a filter as chosen, without telling of it; where it is not offered, the one for all rows."""
        self.blockSignals(True)
        self.setCurrentIndex(max(0, self.findData(row_filter.value)))
        self.blockSignals(False)
        self.chosen = RowFilter(self.currentData() or RowFilter.ALL)

    def _on_index(self) -> None:
        wanted = RowFilter(self.currentData())
        if wanted is RowFilter.RUNS_DIFFER and not self._has_other:
            # first it is to be known which one
            self.choose(self.chosen)
            self.other_run_wanted.emit()
        else:
            self.chosen = wanted
            self.filter_chosen.emit()
