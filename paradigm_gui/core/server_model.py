"""How a server's pace depends on the number of requests in flight, learnt from recorded arms.

The law is Gunther's Universal Scalability Law without its coherency term ("Guerrilla Capacity Planning",
2007): c requests at once are worked on at X(c) = c / (1 + a (c - 1)) times the rate of one alone, shared
equally, so each at X(c) / c. With contention a = 0, requests do not feel each other; with a = 1, the server
does no more for many than for one.

The *work* of a request is the time that it takes alone: that pace, integrated over its service time.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from statistics import fmean, stdev
from typing import TYPE_CHECKING

from paradigm_gui.core.batch import RequestState

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence, Set

    from paradigm_gui.core.batch import Arm

SMALLEST_SAMPLE = 3
# Arms whose load differs by less say nothing about its effect.
LEAST_LOAD_RATIO = 1.5
# Beyond 1, a server does less for many than for one, which arms may show.
_MOST_CONTENTION = 16.0
_BISECTIONS = 50


@dataclass(frozen=True, slots=True)
class ServerModel:
    """The contention of a server and the range that the `n` rows behind it leave open (about 95 %).

    `seen` is the most requests that were in flight. Not `is_measured` means that one arm alone had to do:
    only the range counts then, and `contention` is the end of it that takes service times as recorded.
    """

    contention: float
    low: float
    high: float
    n: int
    seen: int
    is_measured: bool


def pace(contention: float, in_flight: int) -> float:
    """The rate at which each of so many requests is worked on, relative to one alone."""
    return 1 / (1 + contention * (in_flight - 1))


class Load:
    """How many requests of an arm were in flight when: a line with steps, and who was answered under it."""

    def __init__(self, arm: Arm) -> None:
        self.answered: dict[int, tuple[float, float]] = {}
        changes: Counter[float] = Counter()
        for request in arm.requests:
            for attempt in request.attempts:
                if attempt.ended_at is not None:
                    changes[attempt.sent_at] += 1
                    changes[attempt.ended_at] -= 1
            last = request.attempts[-1] if request.state is RequestState.DONE else None
            if last and last.ended_at is not None:
                self.answered[request.index] = last.sent_at, last.ended_at
        self._times = sorted(changes)
        self._levels: list[int] = []
        level = 0
        for time in self._times:
            level += changes[time]
            self._levels.append(level)
        self.peak = max(self._levels, default=0)

    def works(self, contention: float) -> dict[int, float]:
        """The work of each answered row, in seconds alone."""
        received: dict[float, float] = {}
        total, reached, level = 0.0, 0.0, 0
        for time, next_level in zip(self._times, self._levels, strict=True):
            total += pace(contention, level) * (time - reached) if level else 0.0
            received[time] = total
            reached, level = time, next_level
        return {row: received[end] - received[start] for row, (start, end) in self.answered.items()}

    def time_at_level(self, rows: Set[int]) -> Mapping[int, float]:
        """How long these rows were served with so many in flight, added up over the rows."""
        changes: Counter[float] = Counter()
        for row in rows:
            start, end = self.answered[row]
            changes[start] += 1
            changes[end] -= 1
        found: dict[int, float] = {}
        served = 0
        for place in range(len(self._times) - 1):
            served += changes[self._times[place]]
            if served:
                level, length = self._levels[place], self._times[place + 1] - self._times[place]
                found[level] = found.get(level, 0.0) + served * length
        return found


def fit_server(arms: Sequence[Arm]) -> ServerModel | None:
    """Learn the contention from arms over the same rows whose loads differ.

    It is the one that makes the rows answered in all arms come to as much work in the loaded arms as in the
    least loaded one. `None` without two such arms, or with fewer than `SMALLEST_SAMPLE` common rows.
    """
    loads = [load for load in map(Load, arms) if load.answered]
    rows = set.intersection(*(set(load.answered) for load in loads)) if loads else set()
    if len(rows) < SMALLEST_SAMPLE:
        return None
    by_load = sorted(
        ((load.time_at_level(rows), load) for load in loads), key=lambda pair: _mean_level(pair[0])
    )
    at_base, base = by_load[0]
    loaded = [pair for pair in by_load if _mean_level(pair[0]) > LEAST_LOAD_RATIO * _mean_level(at_base)]
    if not loaded or not at_base:
        return None

    def surplus(contention: float) -> float:
        """By how much a row's work would come out larger under load than it is."""
        works = fmean(_work(spent, contention) for spent, _ in loaded)
        return (works - _work(at_base, contention)) / len(rows)

    contention = _root(surplus)
    alone, under_load = base.works(contention), [load.works(contention) for _, load in loaded]
    spread = stdev(fmean(works[row] for works in under_load) - alone[row] for row in rows)
    error = _student(len(rows) - 1) * spread / math.sqrt(len(rows))
    return ServerModel(
        contention=contention,
        low=_root(lambda value: surplus(value) - error),
        high=_root(lambda value: surplus(value) + error),
        n=len(rows),
        seen=max(load.peak for load in loads),
        is_measured=True,
    )


def _mean_level(spent: Mapping[int, float]) -> float:
    total = math.fsum(spent.values())
    return math.fsum(level * time for level, time in spent.items()) / total if total else 0.0


def _work(spent: Mapping[int, float], contention: float) -> float:
    return math.fsum(pace(contention, level) * time for level, time in spent.items())


def _student(freedom: int) -> float:
    """The 97.5 % quantile of Student's distribution, by its expansion around the normal one (Fisher 1926)."""
    z = 1.96
    first, second = (z**3 + z) / 4, (5 * z**5 + 16 * z**3 + 3 * z) / 96
    return z + first / freedom + second / freedom**2


def _root(surplus: Callable[[float], float]) -> float:
    """Where a surplus that is positive at first comes down to nothing; the end of the range, if nowhere."""
    low, high = 0.0, _MOST_CONTENTION
    if surplus(low) <= 0:
        return low
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        low, high = (middle, high) if surplus(middle) > 0 else (low, middle)
    return high


def unknown_server(arm: Arm) -> ServerModel:
    """What one arm alone tells: the contention may be anything from 0 to 1.

    Its rows cannot be told from its load. Where the load varies by itself, as at the end of an arm, the rows
    that met less of it may just have been easier: taken for a sign, that has ruled out the truth.
    """
    load = Load(arm)
    return ServerModel(0.0, 0.0, 1.0, len(load.answered), load.peak, is_measured=False)
