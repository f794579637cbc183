"""The live results table: one row a request of one arm, in row order, whatever finishes first."""

from __future__ import annotations

import html
import json
import math
import re
import time
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QIcon, QImage, QPixmap

from paradigm_gui import wording
from paradigm_gui.core.answer_format import cell_of, fields_of
from paradigm_gui.core.batch import Arm, Request, RequestState
from paradigm_gui.core.remarks import Remarks
from paradigm_gui.core.text_search import folded, words_of
from paradigm_gui.core.timing import request_times
from paradigm_gui.models.ranges import contiguous
from paradigm_gui.models.row_blocks import RowBlocks
from paradigm_gui.models.row_order import in_order
from paradigm_gui.models.sort_keys import sort_key
from paradigm_gui.resources import icon_path

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence

DISPLAY_LENGTH = 200
# what is longer is not taken apart for the table, which would hold up the window; files have its fields
_LONGEST_WITH_FIELDS = 200_000
# more changed rows than these are not told of one by one
_MOST_ROWS_BY_NAME = 2000
# a larger table is arranged in slices, between which the window takes input and paints
MOST_ROWS_AT_ONCE = 2000
SLICE_S = 0.006
# looking at the state of so many rows takes a millisecond
_ROWS_A_STEP = 4096
# texts are kept a second time, as they are searched; blocks with more are folded for each search
_MOST_FOLDED_CHARACTERS = 250_000
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
    MARK = 9
    COMMENT = 10


NUMERIC_COLUMNS = frozenset(
    {Column.NUMBER, Column.TTFT, Column.SERVICE, Column.RESPONSE, Column.TOKENS, Column.ATTEMPTS}
)
_ALIGN_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ALIGN_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_Cells = tuple[str, ...]
MARK_TEXT = "x"
_IN_ORDER: tuple[int, Qt.SortOrder] = (Column.NUMBER, Qt.SortOrder.AscendingOrder)


def one_line(text: str) -> str:
    """Foreign text as a cell shows it: one line, cut; the whole text is in the response pane."""
    flat = " ".join(text[: DISPLAY_LENGTH * 2].split())
    return flat if len(flat) <= DISPLAY_LENGTH else flat[: DISPLAY_LENGTH - 1] + "…"


class ResultsModel(QAbstractTableModel):
    """Shows an arm. Texts are made when a row changes, so that `data` is a lookup.

    A *place* is where a row is shown: the model filters and orders rows itself, over native values,
    because a proxy model would ask for every cell many times over. Rows keep their places while
    a run goes on; call `arrange` to look again. `refresh` wants at most some twenty calls a second.

    A large table stays as it is until the new arrangement is found, a moment later; what is asked for
    last wins. `is_arranging` tells, and `modelReset` says when it has come.

    `Column.INPUT` is the first column of the input. Its others, and the fields of the answers, are further
    columns, after those of `Column`.

    Signals:
        mark_requested(int, bool): a row is to be marked, or not any more.
        comment_requested(int, str): a row is to have this comment.
    """

    mark_requested = Signal(int, bool)
    comment_requested = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self._requests: list[Request] = []
        self._remarks = Remarks()
        self._cells: list[_Cells | None] = []
        self.inputs: Sequence[str] = ()
        self.fields: Sequence[str] = ()
        self._rows: Sequence[int] = ()
        self._places: Mapping[int, int] | None = None
        self._folded: RowBlocks[Sequence[str]] = RowBlocks(0, self._fold)
        self._keys: RowBlocks[Sequence[Any]] | None = None
        self._searched: Sequence[str] = ()
        self._states: Collection[RequestState] = ()
        self._only: Collection[int] | None = None
        self._sorted_by = _IN_ORDER
        self._now = 0.0
        self._locale = QLocale()
        self._decimal_point = self._locale.decimalPoint()
        self._icons = {state: state_icon(state) for state in RequestState}
        self._mark_icon = row_icon("mark")
        self._state_names = _state_names()
        self._arranging: Generator[None, None, Sequence[int]] | None = None
        self._preparing: Iterator[object] | None = None
        self._next_slice = QTimer(self, singleShot=True, interval=0)
        self._next_slice.timeout.connect(self._take_slice)

    @property
    def is_arranging(self) -> bool:
        """Whether the rows are about to get other places."""
        return self._arranging is not None

    @property
    def input_columns(self) -> Sequence[int]:
        """The columns of the input, in its order."""
        return [Column.INPUT, *range(len(Column), self._first_field)]

    @property
    def field_columns(self) -> range:
        """The columns of the fields of the answers, in their order."""
        return range(self._first_field, self._first_field + len(self.fields))

    @property
    def _first_field(self) -> int:
        return len(Column) + max(0, len(self.inputs) - 1)

    def show_arm(
        self,
        arm: Arm | None,
        fields: Sequence[str] = (),
        remarks: Remarks | None = None,
        inputs: Sequence[str] = (),
    ) -> None:
        """Show an arm, with a column for each of the `inputs`, and for each of these fields of its answers.

        Without `inputs` there is one column for all of a row's values. `remarks` are what is noted on rows.
        The rows have the places that they had at first, where there were as many before.
        """
        requests = arm.requests if arm else []
        self.beginResetModel()
        self._remarks = remarks if remarks is not None else Remarks()
        if (list(inputs), list(fields)) != (list(self.inputs), list(self.fields)):
            self.inputs, self.fields = inputs, fields
            if self._sorted_by[0] >= len(Column):
                self._sorted_by = _IN_ORDER
        if self._is_plain or len(requests) != len(self._requests):
            self._place_rows(range(len(requests)))
        self._requests = requests
        self._cells = [None] * len(requests)
        self._folded = RowBlocks(len(requests), self._fold, _is_short)
        self._preparing = None
        self._keys = None
        self._locale = QLocale()
        self._decimal_point = self._locale.decimalPoint()
        self.endResetModel()
        if not self._is_plain:
            self.arrange()

    def refresh(self, rows: Collection[int], now: float) -> None:
        """Take over what changed; `now` is a clock reading for times that still run."""
        self._now = now
        self.renew(rows)

    def renew(self, rows: Collection[int]) -> None:
        """Show rows anew, on which something else is noted."""
        self._folded.forget(rows)
        if self._keys:
            self._keys.forget(rows)
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
                [
                    Qt.ItemDataRole.DisplayRole,
                    Qt.ItemDataRole.DecorationRole,
                    Qt.ItemDataRole.CheckStateRole,
                ],
            )

    def show_only(
        self, text: str, states: Collection[RequestState], rows: Collection[int] | None = None
    ) -> None:
        """Show the rows that hold all words of a text, and whose state is one of some, if any.

        Inputs, answers, errors and comments are searched; see `words_of`. `rows` leaves out all others.
        """
        self._searched = words_of(text)
        self._states = states
        self._only = rows
        self.arrange()

    def arrange(self) -> None:
        """Filter and order the rows anew."""
        self._arranging = self._arrangement()
        if len(self._requests) > MOST_ROWS_AT_ONCE and not self._is_plain:
            self._next_slice.start()
        else:
            self._arrange_until(math.inf)

    def prepare_search(self) -> None:
        """Fold the texts already now, slice by slice, as somebody is about to search."""
        self._preparing = iter(self._folded.of(range(len(self._requests))))
        self._next_slice.start()

    def retranslate(self) -> None:
        self._locale = QLocale()
        self._decimal_point = self._locale.decimalPoint()
        self._cells = [None] * len(self._requests)
        self._folded = RowBlocks(len(self._requests), self._fold, _is_short)
        self._preparing = None
        self._keys = None
        self._state_names = _state_names()
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, self.columnCount() - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def request_at(self, place: int) -> Request:
        return self._requests[self._rows[place]]

    def row_at(self, place: int) -> int:
        return self._rows[place]

    def place_of(self, row: int) -> int | None:
        """Where a row is shown; `None` when it is filtered out."""
        if self._places is not None:
            return self._places.get(row)
        return self._rows.index(row) if row in self._rows else None

    @property
    def rows_shown(self) -> frozenset[int]:
        """The rows that have a place."""
        return frozenset(self._rows)

    def text_of(self, place: int, column: int) -> str:
        """The text of a cell in full, where the cell itself shows its beginning."""
        request = self.request_at(place)
        if (which := self._place_of_input(column)) is not None:
            return self._input_of(request, which)
        if column in self.field_columns:
            return _field_text(self._fields_of(request)[column - self._first_field])
        if column == Column.ANSWER:
            return request.text or _error_of(request)
        if column == Column.COMMENT:
            return self._remarks.of(request.index).comment
        return self._row_cells(self._rows[place])[column]

    def title_of(self, column: int) -> str:
        """The title of a column, also where the header shows an icon."""
        role = Qt.ItemDataRole.AccessibleTextRole
        return str(self.headerData(column, Qt.Orientation.Horizontal, role))

    @property
    def has_marks(self) -> bool:
        """Whether any row is marked."""
        return bool(self._remarks.marked)

    @property
    def total(self) -> int:
        """How many rows there are, shown or not."""
        return len(self._requests)

    def _place_rows(self, rows: Sequence[int]) -> None:
        self._rows = rows
        # a range knows itself where a number is
        self._places = None if isinstance(rows, range) else dict(zip(rows, range(len(rows)), strict=True))

    @property
    def _is_plain(self) -> bool:
        """Whether all rows are shown, in their own order."""
        is_filtered = self._searched or self._states or self._only is not None
        return not is_filtered and self._sorted_by == _IN_ORDER

    def _take_slice(self) -> None:
        end = time.perf_counter() + SLICE_S
        if self._arranging:
            self._arrange_until(end)
        elif self._preparing:
            while next(self._preparing, None):
                if time.perf_counter() >= end:
                    self._next_slice.start()
                    return
            self._preparing = None

    def _arrange_until(self, end: float) -> None:
        """Go on with the arrangement until about a reading of the clock, and show it once it is found."""
        arranging, self._arranging = self._arranging, None
        assert arranging is not None
        try:
            next(arranging)
            while time.perf_counter() < end:
                next(arranging)
        except StopIteration as found:
            self._next_slice.stop()
            self.beginResetModel()
            self._place_rows(found.value)
            self.endResetModel()
        else:
            self._arranging = arranging
            self._next_slice.start()

    def _arrangement(self) -> Generator[None, None, Sequence[int]]:
        """Return the rows that are to be shown, in order; found in steps of a few milliseconds at most."""
        everything = range(len(self._requests))
        rows: Sequence[int] = everything
        if self._only is not None:
            rows = sorted(row for row in self._only if row in everything)
            yield
        if self._states:
            states = tuple(self._states)
            found: list[int] = []
            for first in range(0, len(rows), _ROWS_A_STEP):
                part = rows[first : first + _ROWS_A_STEP]
                found += [row for row in part if self._requests[row].state in states]
                yield
            rows = found
        if self._searched:
            found = []
            for block, texts in self._folded.of(rows):
                hits = list(zip(block, texts, strict=True))
                for word in self._searched:
                    hits = [(row, text) for row, text in hits if word in text]
                found += [row for row, _text in hits]
                yield
            rows = found if rows is everything else sorted(frozenset(rows).intersection(found))
        column, order = self._sorted_by
        is_descending = order == Qt.SortOrder.DescendingOrder
        if column == Column.NUMBER:
            return rows[::-1] if is_descending else rows
        if self._keys is None:
            self._keys = self._keys_of(column)
        return (yield from in_order(rows, self._keys, is_descending=is_descending))

    def _fold(self, block: range) -> list[str]:
        """Give the texts of rows as they are searched, as one for each row."""
        return [
            folded(
                "\0".join(
                    (
                        *request.row.variables.values(),
                        request.text,
                        self._remarks.of(request.index).comment,
                        _error_of(request),
                    )
                )
            )
            for request in self._requests[block.start : block.stop]
        ]

    def _keys_of(self, column: int) -> RowBlocks[Sequence[Any]]:
        return RowBlocks(len(self._requests), lambda block: [self._sort_key(row, column) for row in block])

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
        remark = self._remarks.of(request.index)
        return (
            self._locale.toString(request.index + 1),
            one_line(self._input_of(request, 0)),
            wording.state(request.state, request.retry_at and max(0.0, request.retry_at - self._now)),
            one_line(request.text) or one_line(_error_of(request)),
            self._seconds(ttft),
            self._seconds(service),
            self._seconds(times.response_s),
            "" if tokens is None else self._locale.toString(tokens),
            self._locale.toString(len(request.attempts)) if request.attempts else "",
            MARK_TEXT if remark.is_marked else "",
            one_line(remark.comment),
            *(one_line(self._input_of(request, place)) for place in range(1, len(self.inputs))),
            *(one_line(_field_text(value)) for value in self._fields_of(request)),
        )

    def _place_of_input(self, column: int) -> int | None:
        """Which column of the input a column shows; `None` for other columns."""
        if column == Column.INPUT:
            return 0
        return column - len(Column) + 1 if len(Column) <= column < self._first_field else None

    def _input_of(self, request: Request, place: int) -> str:
        """What a row has in a column of the input."""
        variables = request.row.variables
        return (
            variables.get(self.inputs[place], "") if len(self.inputs) > 1 else " · ".join(variables.values())
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
        if (place := self._place_of_input(column)) is not None:
            return sort_key(self._input_of(request, place), self._decimal_point)
        if column in self.field_columns:
            value = self._fields_of(request)[column - self._first_field]
            # numbers before texts: the two do not compare
            return None if value is None else (isinstance(value, str), _native(value))
        match column:
            case Column.NUMBER:
                return request.index
            case Column.TTFT:
                return request_times(request).ttft_s
            case Column.SERVICE:
                return request_times(request).service_s
            case Column.RESPONSE:
                return request_times(request).response_s
            case Column.TOKENS:
                return request.completion.completion_tokens if request.completion else None
            case Column.ATTEMPTS:
                return len(request.attempts)
            case Column.ANSWER:
                return folded(one_line(request.text))
            case Column.MARK:
                # those that are marked come first, in either order
                return self._remarks.of(row).is_marked or None
            case Column.COMMENT:
                return folded(self._remarks.of(row).comment) or None
            case _:
                return self._state_names[request.state]

    # Qt

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._first_field + len(self.fields)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._row_cells(self._rows[index.row()])[column]
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icons[self.request_at(index.row()).state] if column == Column.STATE else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN_RIGHT if column in NUMERIC_COLUMNS else _ALIGN_LEFT
        if role == Qt.ItemDataRole.CheckStateRole and column == Column.MARK:
            is_marked = self._remarks.of(self._rows[index.row()]).is_marked
            return Qt.CheckState.Checked if is_marked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.EditRole and column == Column.COMMENT:
            return self._remarks.of(self._rows[index.row()]).comment
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = super().flags(index)
        match index.column():
            case Column.MARK:
                return flags | Qt.ItemFlag.ItemIsUserCheckable
            case Column.COMMENT:
                return flags | Qt.ItemFlag.ItemIsEditable
            case _:
                return flags

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for another mark or comment; whoever has the remarks makes it, and calls `renew`."""
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == Column.MARK:
            self.mark_requested.emit(row, Qt.CheckState(value) == Qt.CheckState.Checked)
            return True
        if role == Qt.ItemDataRole.EditRole and index.column() == Column.COMMENT:
            self.comment_requested.emit(row, str(value))
            return True
        return False

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if column != self._sorted_by[0]:
            self._keys = None
        self._sorted_by = (column, order)
        self.arrange()

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < self.columnCount():
            return None
        if section in self.field_columns:
            name = self.fields[section - self._first_field]
            return _foreign_header(name, self.tr("What the answer says in its field “{name}”"), role)
        place = self._place_of_input(section)
        if place is not None and len(self.inputs) > 1:
            name = self.inputs[place]
            return _foreign_header(name, self.tr("What the input has in its column “{name}”"), role)
        if role == Qt.ItemDataRole.DecorationRole:
            return self._mark_icon if section == Column.MARK else None
        if role == Qt.ItemDataRole.DisplayRole:
            # that column is as wide as its icon
            return self._titles()[section] if section != Column.MARK else ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._titles()[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._explanations()[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN_RIGHT if section in NUMERIC_COLUMNS else _ALIGN_LEFT
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
            self.tr("Mark"),
            self.tr("Comment"),
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
            self.tr("What you have marked, by a click here or with Ctrl+M; it stays with the run"),
            self.tr("What you have noted on the row; a double click or F2 changes it"),
        ]


def _foreign_header(name: str, explanation: str, role: int) -> Any:
    """A title that is not ours."""
    match role:
        case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
            return one_line(name)
        case Qt.ItemDataRole.ToolTipRole:
            return f"<qt>{html.escape(explanation.format(name=one_line(name)))}</qt>"
        case Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN_LEFT
    return None


def _is_short(texts: Sequence[str]) -> bool:
    return sum(map(len, texts)) <= _MOST_FOLDED_CHARACTERS


def _state_names() -> dict[RequestState, str]:
    return {state: wording.state(state) for state in RequestState}


def _error_of(request: Request) -> str:
    return wording.error_in_short(request.error) if request.error else ""


def _field_text(value: str | int | float | None) -> str:
    if value is None:
        return ""
    # as the answer has it: a year or the number of an order is no quantity
    return value if isinstance(value, str) else json.dumps(value)


def _native(value: str | int | float) -> str | int | float:
    return folded(value) if isinstance(value, str) else value


def state_icon(state: RequestState) -> QIcon:
    """The icon of a state, for a row."""
    return row_icon(f"state-{state}")


def row_icon(name: str) -> QIcon:
    """An icon that is white where its row is selected: its own colour would drown in the highlight."""
    drawing = icon_path(name).read_bytes()
    icon = QIcon()
    for mode, svg in (
        (QIcon.Mode.Normal, drawing),
        (QIcon.Mode.Selected, re.sub(rb"#[0-9a-fA-F]{6}", b"#ffffff", drawing)),
    ):
        icon.addPixmap(QPixmap.fromImage(QImage.fromData(svg)), mode)
    return icon
