"""The requests of one arm as rows whose bars a waterfall view paints."""

from __future__ import annotations

import html
from collections import Counter
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from paradigm_gui import wording
from paradigm_gui.core.batch import Arm, Request, RequestState, count_states
from paradigm_gui.core.timing import SegmentKind, request_times
from paradigm_gui.models.bar import Bar, bar_of_request
from paradigm_gui.models.ranges import contiguous

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

SEGMENTS = int(Qt.ItemDataRole.UserRole) + 1
"""The role under which the BARS column gives a row's `Bar`."""

LABEL_LENGTH = 60
_MOST_RANGES = 16
_MOST_ROWS_BY_NAME = 2000
_CHANGING_ROLES = [SEGMENTS, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole]


class Column(IntEnum):
    LABEL = 0
    BARS = 1


class WaterfallModel(QAbstractTableModel):
    """One row a request of one arm, in the arm's order.

    Bars are made when first asked for and kept until `refresh` names their row, so that a view that
    shows thirty rows of twenty thousand costs thirty. Views hear of changes by `announce`, so that a
    run that nobody watches costs no more than the marks.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.arm: Arm | None = None
        self._now = 0.0
        self._bars: list[Bar | None] = []
        self._states: list[RequestState] = []
        self._counts: Counter[RequestState] = Counter()
        self._places: dict[int, int] | Sequence[int] = ()
        self._unannounced: set[int] = set()

    @property
    def is_running(self) -> bool:
        return self.arm is not None and self.arm.started_at is not None and self.arm.ended_at is None

    @property
    def elapsed(self) -> float:
        """Seconds from the arm's start to its end, or else to the last refresh."""
        if self.arm is None or self.arm.started_at is None:
            return 0.0
        end = self._now if self.arm.ended_at is None else self.arm.ended_at
        return max(0.0, end - self.arm.started_at)

    def set_arm(self, arm: Arm | None) -> None:
        """Show another arm, or none."""
        self.beginResetModel()
        self.arm = arm
        requests = arm.requests if arm else []
        self._now = (arm.started_at if arm else None) or 0.0
        self._read_all()
        self._unannounced.clear()
        indexes = [request.row.index for request in requests]
        in_order = range(len(requests))
        is_in_order = indexes == list(in_order)
        self._places = in_order if is_in_order else {index: place for place, index in enumerate(indexes)}
        self.endResetModel()

    def refresh_all(self, now: float) -> None:
        """Count all requests anew."""
        self._now = now
        self._read_all()
        self._unannounced.update(range(len(self._bars)))

    def refresh(self, rows: Collection[int], now: float) -> None:
        """Count the requests with these indexes anew; `now` is a reading of the arm's clock."""
        self._now = now
        if len(rows) > _MOST_ROWS_BY_NAME and isinstance(self._places, range):
            # reading all of them takes less time than finding so many
            self._read_all()
            self._unannounced |= {row for row in rows if row in self._places}
            return
        places = self._places_of(rows)
        bars, states, counts = self._bars, self._states, self._counts
        requests = self.arm.requests if self.arm else []
        # as many rows as are in flight, twenty times a second
        for place in places:
            bars[place] = None
            state = requests[place].state
            if state is not states[place]:
                counts[states[place]] -= 1
                counts[state] += 1
                states[place] = state
        self._unannounced |= places

    def announce(self) -> set[int]:
        """Tell the views what `refresh` marked since the last time, in few ranges; give its rows."""
        places, self._unannounced = self._unannounced, set()
        is_all = bool(places) and len(places) == len(self._bars)
        ranges = [(0, len(places) - 1)] if is_all else list(contiguous(places))
        if len(ranges) > _MOST_RANGES:
            ranges = [(ranges[0][0], ranges[-1][1])]
        for first, last in ranges:
            self.dataChanged.emit(
                self.index(first, Column.BARS), self.index(last, Column.BARS), _CHANGING_ROLES
            )
        return places

    def _read_all(self) -> None:
        requests = self.arm.requests if self.arm else []
        self._states = [request.state for request in requests]
        self._bars = [None] * len(requests)
        self._counts = count_states(requests)

    def count(self, *states: RequestState) -> int:
        """How many requests were in one of these states when last read."""
        return sum(self._counts[state] for state in states)

    @property
    def frontier(self) -> int:
        """The row that was sent last: an arm sends its requests in order."""
        return max(0, len(self._bars) - self.count(RequestState.QUEUED) - 1)

    def place_of(self, index: int) -> int | None:
        """The row that shows the request with this index."""
        if isinstance(self._places, dict):
            return self._places.get(index)
        return index if 0 <= index < len(self._places) else None

    def _places_of(self, indexes: Collection[int]) -> set[int]:
        if isinstance(self._places, dict):
            return {self._places[index] for index in indexes if index in self._places}
        return {index for index in indexes if index in self._places}

    def index_at(self, place: int) -> int:
        """The index of the request that a row shows."""
        return self._request(place).index

    def _request(self, place: int) -> Request:
        assert self.arm is not None
        return self.arm.requests[place]

    def bar(self, place: int) -> Bar:
        """What to paint in a row."""
        bar = self._bars[place]
        if bar is None:
            start = self.arm.started_at if self.arm else None
            request = self._request(place)
            bar = Bar((), request.state) if start is None else bar_of_request(request, start)
            self._bars[place] = bar
        return bar

    def _description(self, place: int) -> list[str]:
        """The row in words: what a sighted reader sees in the bar."""
        request = self._request(place)
        spent: dict[SegmentKind, float] = dict.fromkeys(SegmentKind, 0.0)
        for part in self.bar(place).segments:
            spent[part.kind] += max(0.0, min(part.end, self.elapsed) - part.start)
        times = request_times(request)
        state = wording.state(request.state)
        return [
            _label(request),
            wording.labelled(state, wording.error_title(request.error)) if request.error else state,
            self.tr("Queue {queue}, wait {wait}, stream {stream}").format(
                queue=self._seconds(spent[SegmentKind.QUEUE]),
                wait=self._seconds(spent[SegmentKind.WAIT]),
                stream=self._seconds(spent[SegmentKind.STREAM]),
            ),
            self.tr("Back-off {backoff}, %n attempt(s)", "", len(request.attempts)).format(
                backoff=self._seconds(spent[SegmentKind.BACKOFF])
            ),
            self.tr("First word after {ttft}, service {service}, response {response}").format(
                ttft=self._seconds(times.ttft_s),
                service=self._seconds(times.service_s),
                response=self._seconds(times.response_s),
            ),
        ]

    def _seconds(self, value: float | None) -> str:
        if value is None:
            return "–"
        return self.tr("{seconds} s").format(seconds=wording.number(value, 2))

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._bars)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(Column)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if not index.isValid():
            return None
        place = index.row()
        if role == SEGMENTS:
            return self.bar(place) if index.column() == Column.BARS else None
        if role == Qt.ItemDataRole.DisplayRole:
            return _label(self._request(place)) if index.column() == Column.LABEL else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join(self._description(place))
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(*self._description(place))
        return None


def _label(request: Request) -> str:
    """The first variable's value on one line, cut to `LABEL_LENGTH`."""
    value = next(iter(request.row.variables.values()), "")
    # only the start is looked at: a value can be a whole document
    line = " ".join(value[: LABEL_LENGTH * 4].split())
    return line if len(line) <= LABEL_LENGTH else line[: LABEL_LENGTH - 1] + "…"


def tip(*lines: str) -> str:
    """Lines of plain text as a tool tip, which would else guess its format."""
    return "<qt>" + "<br>".join(html.escape(line) for line in lines) + "</qt>"
