"""Which rows of the results are shown, and in what order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt

from paradigm_gui.models.results_model import SORT_ROLE, Column, ResultsModel

if TYPE_CHECKING:
    from collections.abc import Collection

    from paradigm_gui.core.batch import RequestState

AnyIndex = QModelIndex | QPersistentModelIndex


class ResultsFilter(QSortFilterProxyModel):
    """Filters by text and state, and sorts by native values.

    Rows do not move or vanish under the reader while a run goes on: call `apply` to look again.
    """

    def __init__(self, source: ResultsModel) -> None:
        super().__init__()
        self._source = source
        self._folded = ""
        self._states: Collection[RequestState] = ()
        self.setSortRole(SORT_ROLE)
        self.setSortLocaleAware(True)
        self.setDynamicSortFilter(False)
        self.setSourceModel(source)

    def show_only(self, text: str, states: Collection[RequestState]) -> None:
        self._folded = text.strip().casefold()
        self._states = states
        self.apply()

    def apply(self) -> None:
        """Filter and sort again, after rows have changed."""
        self.invalidate()

    def filterAcceptsRow(self, source_row: int, source_parent: AnyIndex) -> bool:
        if not self._folded and not self._states:
            return True
        return self._source.row_matches(source_row, self._folded, self._states)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column. Row order is the source's own and needs no comparing."""
        is_row_order = column == Column.NUMBER and order == Qt.SortOrder.AscendingOrder
        super().sort(-1 if is_row_order else column, order)
