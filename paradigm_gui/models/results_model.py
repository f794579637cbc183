"""The live results table: one row a request of one arm, in row order, whatever finishes first."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Mapping
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QIcon, QImage, QPixmap

from paradigm_gui import wording
from paradigm_gui.core.answer_format import cell_of, fields_of
from paradigm_gui.core.batch import Arm, Request, RequestState
from paradigm_gui.core.timing import request_times
from paradigm_gui.models.ranges import contiguous
from paradigm_gui.resources import icon_path

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

DISPLAY_LENGTH = 200
# what is longer is not taken apart for the table, which would hold up the window; files have its fields
_LONGEST_WITH_FIELDS = 200_000
# more changed rows than these are not told of one by one
_MOST_ROWS_BY_NAME = 2000
AnyIndex = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    NUMBER = 0
    INPUT = 1
    STATE = 2
    ANSWER = 3
    TTFT = 4
    SERVICE = 5
    RESPONSE = 6
    TOKENS = 7
    ATTEMPTS = 8


NUMERIC_COLUMNS = frozenset(
    {Column.NUMBER, Column.TTFT, Column.SERVICE, Column.RESPONSE, Column.TOKENS, Column.ATTEMPTS}
)
_ALIGN_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ALIGN_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_Cells = tuple[str, ...]


def one_line(text: str) -> str:
    """Foreign text as a cell shows it: one line, cut; the whole text is in the response pane."""
    flat = " ".join(text[: DISPLAY_LENGTH * 2].split())
    return flat if len(flat) <= DISPLAY_LENGTH else flat[: DISPLAY_LENGTH - 1] + "…"


class ResultsModel(QAbstractTableModel):
    """Shows an arm. Texts are made when a row changes, so that `data` is a lookup.

    A *place* is where a row is shown: the model filters and orders rows itself, in one pass over native
    values, because a proxy model would ask for every cell many times over. Rows keep their places while
    a run goes on; call `arrange` to look again. `refresh` wants at most some twenty calls a second.

    The fields of the answers are further columns, after those of `Column`.
    """

    def __init__(self) -> None:
        super().__init__()
        self._requests: list[Request] = []
        self._cells: list[_Cells | None] = []
        self.fields: Sequence[str] = ()
        self._rows: Sequence[int] = ()
        self._places: Mapping[int, int] | Sequence[int] = ()
        self._folded = ""
        self._states: Collection[RequestState] = ()
        self._only: Collection[int] | None = None
        self._sorted_by: tuple[int, Qt.SortOrder] = (Column.NUMBER, Qt.SortOrder.AscendingOrder)
        self._now = 0.0
        self._locale = QLocale()
        self._icons = {state: state_icon(state) for state in RequestState}

    def show_arm(self, arm: Arm | None, fields: Sequence[str] = ()) -> None:
        """Show an arm, with these fields of its answers as columns of their own."""
        self.beginResetModel()
        self.fields = fields
        if self._sorted_by[0] >= self.columnCount():
            self._sorted_by = (Column.NUMBER, Qt.SortOrder.AscendingOrder)
        self._requests = arm.requests if arm else []
        self._cells = [None] * len(self._requests)
        self._locale = QLocale()
        self._place_rows()
        self.endResetModel()

    def refresh(self, rows: Collection[int], now: float) -> None:
        """Take over what changed; `now` is a clock reading for times that still run."""
        self._now = now
        if len(rows) > _MOST_ROWS_BY_NAME:
            self._cells = [None] * len(self._requests)
            self._tell_of([(0, len(self._rows) - 1)] if self._rows else [])
            return
        for row in rows:
            self._cells[row] = None
        places = (place for row in rows if (place := self.place_of(row)) is not None)
        self._tell_of(contiguous(places))

    def _tell_of(self, ranges: Iterable[tuple[int, int]]) -> None:
        for first, last in ranges:
            self.dataChanged.emit(
                self.index(first, 0),
                self.index(last, self.columnCount() - 1),
                [Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.DecorationRole],
            )

    def show_only(
        self, text: str, states: Collection[RequestState], rows: Collection[int] | None = None
    ) -> None:
        """Show the rows whose input or answer holds a text, and whose state is one of some, if any.

        `rows` leaves out all others.
        """
        self._folded = text.strip().casefold()
        self._states = states
        self._only = rows
        self.arrange()

    def arrange(self) -> None:
        """Filter and order the rows anew."""
        self.beginResetModel()
        self._place_rows()
        self.endResetModel()

    def retranslate(self) -> None:
        self._locale = QLocale()
        self._cells = [None] * len(self._requests)
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, self.columnCount() - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def request_at(self, place: int) -> Request:
        return self._requests[self._rows[place]]

    def row_at(self, place: int) -> int:
        return self._rows[place]

    def place_of(self, row: int) -> int | None:
        """Where a row is shown; `None` when it is filtered out."""
        if isinstance(self._places, Mapping):
            return self._places.get(row)
        return row if 0 <= row < len(self._places) else None

    @property
    def rows_shown(self) -> frozenset[int]:
        """The rows that have a place."""
        return frozenset(self._rows)

    def text_of(self, place: int, column: int) -> str:
        """The text of a cell in full, where the cell itself shows its beginning."""
        if column == Column.INPUT:
            return _input_of(self.request_at(place))
        if column == Column.ANSWER:
            return self.request_at(place).text
        return self._row_cells(self._rows[place])[column]

    @property
    def total(self) -> int:
        """How many rows there are, shown or not."""
        return len(self._requests)

    def _place_rows(self) -> None:
        everything = range(len(self._requests))
        rows: Sequence[int] = everything
        if self._only is not None:
            rows = sorted(row for row in self._only if row in everything)
        if self._folded or self._states:
            rows = [row for row in rows if self._matches(self._requests[row])]
        column, order = self._sorted_by
        if self._sorted_by != (Column.NUMBER, Qt.SortOrder.AscendingOrder):
            keys = {row: self._sort_key(row, column) for row in rows}
            known = [row for row in rows if keys[row] is not None]
            known.sort(key=keys.__getitem__, reverse=order == Qt.SortOrder.DescendingOrder)
            rows = known + [row for row in rows if keys[row] is None]
        self._rows = rows
        self._places = rows if rows is everything else {row: place for place, row in enumerate(rows)}

    def _matches(self, request: Request) -> bool:
        if self._states and request.state not in self._states:
            return False
        folded = self._folded
        return not folded or folded in _input_of(request).casefold() or folded in request.text.casefold()

    def _row_cells(self, row: int) -> _Cells:
        cells = self._cells[row]
        if cells is None:
            cells = self._cells[row] = self._make_cells(self._requests[row])
        return cells

    def _make_cells(self, request: Request) -> _Cells:
        times = request_times(request)
        completion = request.completion
        tokens = completion.completion_tokens if completion else None
        service, ttft = times.service_s, times.ttft_s
        if request.state.is_in_flight:
            attempt = request.attempts[-1]
            service = max(0.0, self._now - attempt.sent_at)
            if attempt.first_token_at is not None:
                ttft = attempt.first_token_at - attempt.sent_at
        answer = one_line(request.text)
        if request.error and not answer:
            answer = one_line(wording.error_in_short(request.error))
        return (
            self._locale.toString(request.index + 1),
            one_line(_input_of(request)),
            wording.state(request.state, request.retry_at and max(0.0, request.retry_at - self._now)),
            answer,
            self._seconds(ttft),
            self._seconds(service),
            self._seconds(times.response_s),
            "" if tokens is None else self._locale.toString(tokens),
            self._locale.toString(len(request.attempts)) if request.attempts else "",
            *(one_line(_field_text(value)) for value in self._fields_of(request)),
        )

    def _fields_of(self, request: Request) -> list[Any]:
        """The values of the fields of an answer, in order; `None` for what it does not have."""
        text = request.text if request.state is RequestState.DONE else ""
        found = fields_of(text, self.fields) if len(text) <= _LONGEST_WITH_FIELDS else {}
        return [cell_of(found.get(name)) for name in self.fields]

    def _seconds(self, seconds: float | None) -> str:
        return "" if seconds is None else self._locale.toString(seconds, "f", 2)

    def _sort_key(self, row: int, column: int) -> Any:
        """A native value, or `None` where there is none: such rows come last, in either order."""
        request = self._requests[row]
        if column >= len(Column):
            value = self._fields_of(request)[column - len(Column)]
            # numbers before texts: the two do not compare
            return None if value is None else (isinstance(value, str), _native(value))
        times = request_times(request)
        match column:
            case Column.NUMBER:
                return request.index
            case Column.TTFT:
                return times.ttft_s
            case Column.SERVICE:
                return times.service_s
            case Column.RESPONSE:
                return times.response_s
            case Column.TOKENS:
                return request.completion.completion_tokens if request.completion else None
            case Column.ATTEMPTS:
                return len(request.attempts)
            case Column.INPUT:
                return _collation_key(_input_of(request))
            case Column.ANSWER:
                return _collation_key(one_line(request.text))
            case _:
                return wording.state(request.state)

    # Qt

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(Column) + len(self.fields)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._row_cells(self._rows[index.row()])[column]
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icons[self.request_at(index.row()).state] if column == Column.STATE else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN_RIGHT if column in NUMERIC_COLUMNS else _ALIGN_LEFT
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sorted_by = (column, order)
        self.arrange()

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < self.columnCount():
            return None
        if section >= len(Column):
            return self._field_header(self.fields[section - len(Column)], role)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles()[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._explanations()[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN_RIGHT if section in NUMERIC_COLUMNS else _ALIGN_LEFT
        return None

    def _field_header(self, name: str, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return one_line(name)
            case Qt.ItemDataRole.ToolTipRole:
                text = self.tr("What the answer says in its field “{name}”").format(name=one_line(name))
                return f"<qt>{html.escape(text)}</qt>"
            case Qt.ItemDataRole.TextAlignmentRole:
                return _ALIGN_LEFT
        return None

    def _titles(self) -> list[str]:
        return [
            self.tr("#"),
            self.tr("Input"),
            self.tr("State"),
            self.tr("Answer"),
            self.tr("First word"),
            self.tr("Service"),
            self.tr("Response"),
            self.tr("Tokens"),
            self.tr("Attempts"),
        ]

    def _explanations(self) -> list[str]:
        return [
            self.tr("Place in the list"),
            self.tr("What fills the placeholder"),
            self.tr("Where the request stands"),
            self.tr("The model's answer; the whole text is in the pane below"),
            self.tr(
                "Seconds from sending to the first piece of the answer: the time to first token, TTFT"
                " (only of live answers)"
            ),
            self.tr("Seconds from sending to the last piece of the answer, successful attempt only"),
            self.tr("Seconds from joining the queue to the last piece of the answer"),
            self.tr("Tokens of the answer, as the server counts them"),
            self.tr("How many times the request was sent"),
        ]


def _input_of(request: Request) -> str:
    return " · ".join(request.row.variables.values())


def _field_text(value: str | int | float | None) -> str:
    if value is None:
        return ""
    # as the answer has it: a year or the number of an order is no quantity
    return value if isinstance(value, str) else json.dumps(value)


def _native(value: str | int | float) -> str | int | float:
    return _collation_key(value) if isinstance(value, str) else value


def _collation_key(text: str) -> str:
    """A text as people look it up: without regard to case and accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def state_icon(state: RequestState) -> QIcon:
    """The icon of a state, white where its row is selected: its own colour would drown in the highlight."""
    drawing = icon_path(f"state-{state}").read_bytes()
    icon = QIcon()
    for mode, svg in (
        (QIcon.Mode.Normal, drawing),
        (QIcon.Mode.Selected, re.sub(rb"#[0-9a-fA-F]{6}", b"#ffffff", drawing)),
    ):
        icon.addPixmap(QPixmap.fromImage(QImage.fromData(svg)), mode)
    return icon
