"""The rows of two runs, paired: each with both answers."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from paradigm_gui import wording
from paradigm_gui.core.batch import RequestState
from paradigm_gui.core.run_difference import Likeness, Outcome, Pair
from paradigm_gui.models.results_model import one_line, state_icon

if TYPE_CHECKING:
    from collections.abc import Sequence

AnyIndex = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    NUMBER = 0
    INPUT = 1
    LIKENESS = 2
    FIRST_STATE = 3
    FIRST_ANSWER = 4
    SECOND_STATE = 5
    SECOND_ANSWER = 6


_STATE_COLUMNS = (Column.FIRST_STATE, Column.SECOND_STATE)
_ALIGN_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ALIGN_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class DifferenceModel(QAbstractTableModel):
    """Shows pairs in their order, and filters them itself; a *place* is where a pair is shown.

    Cells are made when first asked for. `EditRole` gives whole texts, for copying.
    """

    def __init__(self) -> None:
        super().__init__()
        self._pairs: Sequence[Pair] = ()
        self._cells: list[tuple[str, ...] | None] = []
        self._shown: Sequence[int] = ()
        self._folded = ""
        self._is_only_differing = False
        self._locale = QLocale()
        self._bold = QFont()
        self._bold.setBold(True)
        self._icons = {state: state_icon(state) for state in RequestState}

    def show_pairs(self, pairs: Sequence[Pair]) -> None:
        self.beginResetModel()
        self._pairs = pairs
        self._cells = [None] * len(pairs)
        self._locale = QLocale()
        self._choose()
        self.endResetModel()

    def show_only(self, text: str, *, is_only_differing: bool) -> None:
        """Show the pairs whose input or answers hold a text, and perhaps only those that differ."""
        self.beginResetModel()
        self._folded = text.strip().casefold()
        self._is_only_differing = is_only_differing
        self._choose()
        self.endResetModel()

    def retranslate(self) -> None:
        self._locale = QLocale()
        self._cells = [None] * len(self._pairs)
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, len(Column) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)

    def pair_at(self, place: int) -> Pair:
        return self._pairs[self._shown[place]]

    def place_of(self, pair: Pair) -> int | None:
        """Where a pair is shown; `None` when it is filtered out."""
        return next((place for place, number in enumerate(self._shown) if self._pairs[number] is pair), None)

    @property
    def total(self) -> int:
        """How many pairs there are, shown or not."""
        return len(self._pairs)

    def _choose(self) -> None:
        everything = range(len(self._pairs))
        self._shown = everything
        if self._folded or self._is_only_differing:
            self._shown = [number for number in everything if self._matches(self._pairs[number])]

    def _matches(self, pair: Pair) -> bool:
        if self._is_only_differing and pair.likeness is Likeness.SAME:
            return False
        folded = self._folded
        return not folded or any(
            folded in text.casefold()
            for text in (input_of(pair), *(outcome.text for outcome in (pair.first, pair.second) if outcome))
        )

    def _make_cells(self, pair: Pair) -> tuple[str, ...]:
        return (
            self._number_of(pair),
            one_line(input_of(pair)),
            self._likeness(pair.likeness),
            _state(pair.first),
            one_line(_answer(pair.first)),
            _state(pair.second),
            one_line(_answer(pair.second)),
        )

    def _number_of(self, pair: Pair) -> str:
        """The place in the first run, and that in the second where it is another one."""
        first, second = (
            self._locale.toString(outcome.row + 1) if outcome else "–"
            for outcome in (pair.first, pair.second)
        )
        return first if first == second else f"{first} → {second}"

    def _likeness(self, likeness: Likeness) -> str:
        match likeness:
            case Likeness.SAME:
                return self.tr("same")
            case Likeness.DIFFERENT:
                return self.tr("different")
            case Likeness.ONLY_FIRST:
                return self.tr("only in A")
            case Likeness.ONLY_SECOND:
                return self.tr("only in B")

    def _titles(self) -> list[str]:
        return [
            self.tr("#"),
            self.tr("Input"),
            self.tr("Answers"),
            self.tr("State A"),
            self.tr("Answer A"),
            self.tr("State B"),
            self.tr("Answer B"),
        ]

    def _whole(self, place: int, column: int) -> str:
        pair = self.pair_at(place)
        match column:
            case Column.INPUT:
                return input_of(pair)
            case Column.FIRST_ANSWER:
                return _answer(pair.first)
            case Column.SECOND_ANSWER:
                return _answer(pair.second)
            case _:
                return self._cells_at(place)[column]

    def _cells_at(self, place: int) -> tuple[str, ...]:
        number = self._shown[place]
        cells = self._cells[number]
        if cells is None:
            cells = self._cells[number] = self._make_cells(self._pairs[number])
        return cells

    # Qt

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(Column)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        place, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cells_at(place)[column]
        if role == Qt.ItemDataRole.EditRole:
            return self._whole(place, column)
        if role == Qt.ItemDataRole.DecorationRole and column in _STATE_COLUMNS:
            pair = self.pair_at(place)
            outcome = pair.first if column == Column.FIRST_STATE else pair.second
            return self._icons[outcome.state] if outcome else None
        if role == Qt.ItemDataRole.FontRole and column == Column.LIKENESS:
            return None if self.pair_at(place).likeness is Likeness.SAME else self._bold
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN_RIGHT if column == Column.NUMBER else _ALIGN_LEFT
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles()[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN_RIGHT if section == Column.NUMBER else _ALIGN_LEFT
        return None


def input_of(pair: Pair) -> str:
    return " · ".join(pair.variables.values())


def _state(outcome: Outcome | None) -> str:
    return wording.state(outcome.state) if outcome else ""


def _answer(outcome: Outcome | None) -> str:
    """The answer, or else why there is none."""
    if outcome is None:
        return ""
    return outcome.text or (wording.error_in_short(outcome.error) if outcome.error else "")
