"""Attempts in swim lanes: each takes the lowest slot that is free when it is sent. Knows no widget.

Taken in the order of their starts, intervals that are put so need as many lanes as overlap at the most.
"""

from __future__ import annotations

import heapq
import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from paradigm_gui.models.bar import Bar, bar_of_attempt, end_of_attempt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from paradigm_gui.core.batch import Request


class Slots:
    """Hands out the lowest free lane. Starts must come in ascending order."""

    def __init__(self) -> None:
        self._free: list[int] = []
        self._releases: list[tuple[float, int]] = []
        self.count = 0

    def take(self, start: float) -> int:
        """The lowest lane that is free at `start`; it stays taken until `release`."""
        while self._releases and self._releases[0][0] <= start:
            heapq.heappush(self._free, heapq.heappop(self._releases)[1])
        if self._free:
            return heapq.heappop(self._free)
        self.count += 1
        return self.count - 1

    def release(self, lane: int, end: float) -> None:
        """Let the lane be free from `end` on."""
        heapq.heappush(self._releases, (end, lane))


def pack(intervals: Iterable[tuple[float, float]]) -> list[int]:
    """The lane of each of the half-open intervals: as few lanes as can be, the lowest that is free."""
    found: dict[int, int] = {}
    slots = Slots()
    for number, (start, end) in sorted(enumerate(intervals), key=lambda numbered: numbered[1]):
        found[number] = slots.take(start)
        slots.release(found[number], end)
    return [found[number] for number in range(len(found))]


class Spot(NamedTuple):
    """Where an attempt is: its lane, and its position among the bars of that lane."""

    lane: int
    position: int


@dataclass(slots=True)
class Lane:
    """The attempts of one slot, one after the other, in seconds since the arm's start.

    An end is infinite while the attempt is under way. `failed` are positions, ascending.
    """

    starts: list[float] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)
    rows: list[tuple[int, int]] = field(default_factory=list)
    """The row of the request, and the number of the attempt in it."""
    failed: list[int] = field(default_factory=list)
    bars: list[Bar | None] = field(default_factory=list)
    """What is painted, once it is made: see `Lanes.bar`."""

    def at(self, t: float, slack_s: float) -> int | None:
        """The position of the bar that holds at `t`, or else of the nearest within the slack."""
        after = bisect_right(self.starts, t)
        near = [position for position in (after - 1, after) if 0 <= position < len(self.starts)]
        gaps = {position: max(self.starts[position] - t, t - self.ends[position], 0.0) for position in near}
        nearest = min(near, key=lambda position: gaps[position], default=None)
        return nearest if nearest is not None and gaps[nearest] <= slack_s else None

    def within(self, start_s: float, end_s: float) -> tuple[int, int]:
        """The positions, half open, of the bars that hold between two times."""
        return bisect_left(self.ends, start_s), bisect_right(self.starts, end_s)

    def groups(self, start_s: float, end_s: float, least_s: float) -> Iterator[tuple[int, int]]:
        """First and last position of what to paint between two times: single bars, or, where bars are
        shorter than `least_s`, as many of them as begin within that time.
        """
        position, stop = self.within(start_s, end_s)
        while position < stop:
            last = position
            reach = self.starts[position] + least_s
            if self.ends[position] < reach:
                last = max(position, bisect_left(self.starts, reach, position, stop) - 1)
                # a long bar at the end of a group of short ones is seen by itself
                if last > position and self.ends[last] - self.starts[last] >= least_s:
                    last -= 1
            yield position, last
            position = last + 1

    def has_failure(self, first: int, last: int) -> bool:
        found = bisect_left(self.failed, first)
        return found < len(self.failed) and self.failed[found] <= last


class Lanes:
    """The attempts of an arm, put into lanes as they are read: cheap while they come in order.

    `origin` is the reading of the arm's clock that counts as 0.
    """

    def __init__(self, requests: Sequence[Request] = (), origin: float = 0.0) -> None:
        self._requests = requests
        self.origin = origin
        self._clear()
        self.read(range(len(requests)))

    def __len__(self) -> int:
        return len(self.lanes)

    def __getitem__(self, number: int) -> Lane:
        return self.lanes[number]

    def read(self, rows: Iterable[int]) -> None:
        """Take over what is new in these rows, and every end that has come."""
        fresh = sorted(
            self._key(row, number)
            for row in rows
            for number in range(len(self._spots.get(row, ())), len(self._requests[row].attempts))
        )
        if fresh and fresh[0][0] < self._placed_to:
            self._clear()
            self.read(range(len(self._requests)))
            return
        self._close()
        for start, _, row, number in fresh:
            self._put(start, row, number)

    def _key(self, row: int, number: int) -> tuple[float, bool, int, int]:
        """What attempts are put in order by. Ends do not count, as they come later; but an attempt that is
        over within a tick of the clock has left its slot to another one.
        """
        request = self._requests[row]
        start = request.attempts[number].sent_at
        return start, end_of_attempt(request, number) > start, row, number

    def spots(self, row: int) -> Sequence[Spot]:
        """Where the attempts of a row are, in their order."""
        return self._spots.get(row, ())

    def bar(self, lane: Lane, position: int) -> Bar:
        """What to paint for one attempt."""
        bar = lane.bars[position]
        if bar is None:
            row, number = lane.rows[position]
            bar = bar_of_attempt(self._requests[row], number, self.origin)
            if self._requests[row].state.is_final and lane.ends[position] < math.inf:
                lane.bars[position] = bar
        return bar

    def _clear(self) -> None:
        self.lanes: list[Lane] = []
        self._slots = Slots()
        self._placed_to = -math.inf
        self._open: list[Spot] = []
        self._spots: dict[int, list[Spot]] = {}

    def _put(self, start: float, row: int, number: int) -> None:
        taken = self._slots.take(start)
        if taken == len(self.lanes):
            self.lanes.append(Lane())
        lane = self.lanes[taken]
        spot = Spot(taken, len(lane.starts))
        lane.starts.append(start - self.origin)
        lane.ends.append(math.inf)
        lane.rows.append((row, number))
        lane.bars.append(None)
        self._spots.setdefault(row, []).append(spot)
        self._placed_to = start
        end = end_of_attempt(self._requests[row], number)
        if end == math.inf:
            self._open.append(spot)
        else:
            self._end(spot, end)

    def _close(self) -> None:
        """Let go of the slots of attempts that have ended, whether their rows were named or not."""
        still_open = []
        for spot in self._open:
            row, number = self.lanes[spot.lane].rows[spot.position]
            end = end_of_attempt(self._requests[row], number)
            if end == math.inf:
                still_open.append(spot)
            else:
                self._end(spot, end)
        self._open = still_open

    def _end(self, spot: Spot, end: float) -> None:
        lane = self.lanes[spot.lane]
        row, number = lane.rows[spot.position]
        lane.ends[spot.position] = end - self.origin
        if self._requests[row].attempts[number].error is not None:
            lane.failed.append(spot.position)
        self._slots.release(spot.lane, end)
