"""What charts draw: latencies, load over time, and throughput over the cap, as plain numbers.

Seconds throughout. Times on an axis count from the start of the arm. Latencies are those of requests that are
done; load counts every attempt, whatever became of it.
"""

from __future__ import annotations

import math
import statistics
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from paradigm_gui.core.batch import Arm, ArmKind, RequestState
from paradigm_gui.core.timing import TRUSTED_SAMPLE, arm_figures, percentile, request_times

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

DOTS_BELOW = 50
"""A smaller sample is shown value by value, with its median and without percentiles."""

_FEWEST_BINS, _MOST_BINS = 5, 60
_SHORTEST_SPAN_S = 1e-9
_MOST_WINDOWS = 60
_FINISHES_A_WINDOW = 5
KNEE_SHARE = 0.9


class Measure(StrEnum):
    SERVICE = "service"
    RESPONSE = "response"
    TTFT = "ttft"


@dataclass(frozen=True, slots=True)
class PercentileMark:
    """A percentile of a sample. It is not `is_trusted` where the sample is too small for it to be stable."""

    percent: int
    value: float
    is_trusted: bool


@dataclass(frozen=True, slots=True)
class Sample:
    """The values of one measure in one arm, ascending."""

    values: tuple[float, ...]

    @property
    def n(self) -> int:
        return len(self.values)

    @property
    def is_small(self) -> bool:
        return self.n < DOTS_BELOW

    @property
    def median(self) -> float | None:
        return percentile(self.values, 50)

    def marks(self) -> list[PercentileMark]:
        """The percentiles above the median that are to be shown: none of a small sample."""
        if self.is_small:
            return []
        found = ((percent, percentile(self.values, percent)) for percent in TRUSTED_SAMPLE)
        return [
            PercentileMark(percent, value, self.n >= TRUSTED_SAMPLE[percent])
            for percent, value in found
            if value is not None
        ]

    def share_within(self, seconds: float) -> float:
        """The share of the values that are at most so long; 0 for an empty sample."""
        return bisect_right(self.values, seconds) / self.n if self.n else 0.0

    def ecdf(self, most: int = 500) -> list[tuple[float, float]]:
        """Each value with the share of values up to it; of a large sample `most` of them, evenly by rank."""
        ranks: Iterable[int] = range(1, self.n + 1)
        if self.n > most:
            ranks = (1 + round((self.n - 1) * step / (most - 1)) for step in range(most))
        return [(self.values[rank - 1], rank / self.n) for rank in ranks]

    def shares(self, edges: Sequence[float]) -> list[float]:
        """The share of the values in each bin `[edge, next edge)`; the last bin holds its end too."""
        if not self.n:
            return [0.0] * (len(edges) - 1)
        below = [bisect_left(self.values, edge) for edge in edges[:-1]]
        below.append(bisect_right(self.values, edges[-1]))
        return [(end - start) / self.n for start, end in pairwise(below)]


def bin_edges(samples: Iterable[Sample]) -> list[float]:
    """The edges of equal bins that hold all samples; none without a value.

    The width is the narrowest that Freedman and Diaconis' rule asks for, within reasonable numbers of bins.
    """
    filled = [sample for sample in samples if sample.n]
    if not filled:
        return []
    low = min(sample.values[0] for sample in filled)
    high = max(sample.values[-1] for sample in filled)
    span = high - low
    if span < _SHORTEST_SPAN_S:
        return [low, high + max(0.1 * high, 0.001)]
    widths = [width for sample in filled if (width := _freedman_diaconis(sample)) > 0]
    wanted = math.ceil(min(span / min(widths), _MOST_BINS)) if widths else _FEWEST_BINS
    bins = min(max(wanted, _FEWEST_BINS), _MOST_BINS)
    return [*(low + span * number / bins for number in range(bins)), high]


def _freedman_diaconis(sample: Sample) -> float:
    middle_half = sample.values[3 * sample.n // 4] - sample.values[sample.n // 4]
    return 2 * middle_half / math.cbrt(sample.n)


@dataclass(frozen=True, slots=True)
class Latency:
    """The samples of one arm."""

    kind: ArmKind
    cap: int
    samples: Mapping[Measure, Sample]


def latency(arm: Arm) -> Latency:
    """Collect the times of the requests that are done."""
    times = [request_times(request) for request in arm.requests if request.state is RequestState.DONE]
    columns = {
        Measure.SERVICE: (time.service_s for time in times),
        Measure.RESPONSE: (time.response_s for time in times),
        Measure.TTFT: (time.ttft_s for time in times),
    }
    samples = {
        measure: Sample(tuple(sorted(value for value in column if value is not None)))
        for measure, column in columns.items()
    }
    return Latency(arm.kind, arm.limits.cap, samples)


@dataclass(frozen=True, slots=True)
class Steps:
    """A step function: `levels[i]` holds from `times[i]` to the next time or the `end`; 0 holds before."""

    times: tuple[float, ...]
    levels: tuple[int, ...]
    end: float

    @property
    def peak(self) -> int:
        return max(self.levels, default=0)

    @property
    def area(self) -> float:
        stretches = zip(pairwise((*self.times, self.end)), self.levels, strict=True)
        return math.fsum(level * (end - start) for (start, end), level in stretches)

    def at(self, time: float) -> int:
        place = bisect_right(self.times, time)
        return self.levels[place - 1] if place else 0

    def thinned(self, most: int = 4000) -> Steps:
        """Few enough steps to draw: of each stretch its first, lowest, highest and last level stay."""
        if len(self.times) <= most:
            return self
        length = math.ceil(4 * len(self.times) / most)
        kept: list[int] = []
        for start in range(0, len(self.times), length):
            stretch = range(start, min(start + length, len(self.times)))
            level_of = self.levels.__getitem__
            kept += sorted({stretch[0], min(stretch, key=level_of), max(stretch, key=level_of), stretch[-1]})
        return Steps(
            tuple(self.times[place] for place in kept), tuple(self.levels[place] for place in kept), self.end
        )


def in_flight(arm: Arm, now: float) -> Steps:
    """How many attempts were under way at each moment; an attempt that has not ended lasts up to `now`."""
    start, end = _span(arm, now)
    changes = sorted(
        (time - start, step)
        for request in arm.requests
        for attempt in request.attempts
        for time, step in ((attempt.sent_at, 1), (end if attempt.ended_at is None else attempt.ended_at, -1))
    )
    times: list[float] = []
    levels: list[int] = []
    level = 0
    for time, group in groupby(changes, key=lambda change: change[0]):
        before = level
        level += sum(step for _, step in group)
        if level != before:
            times.append(time)
            levels.append(level)
    return Steps(tuple(times), tuple(levels), max(end - start, times[-1] if times else 0.0))


@dataclass(frozen=True, slots=True)
class Throughput:
    """Finished requests per second, in equal windows from the start of the arm."""

    window_s: float
    rates: tuple[float, ...]

    def at(self, time: float) -> float | None:
        """The rate of the window that a time falls into; `None` outside."""
        if not 0 <= time <= self.window_s * len(self.rates):
            return None
        return self.rates[min(int(time / self.window_s), len(self.rates) - 1)]


def throughput(arm: Arm, now: float) -> Throughput | None:
    """Count what was done per window. There are as many windows as give each some five finished requests,
    within limits; `None` without a finished request or without extent in time.
    """
    start, end = _span(arm, now)
    ends = sorted(
        request.ended_at - start
        for request in arm.requests
        if request.state is RequestState.DONE and request.ended_at is not None
    )
    length = max(end - start, ends[-1] if ends else 0.0)
    if not ends or length < _SHORTEST_SPAN_S:
        return None
    windows = min(max(1, len(ends) // _FINISHES_A_WINDOW), _MOST_WINDOWS)
    width = length / windows
    below = [0, *(bisect_left(ends, width * number) for number in range(1, windows)), len(ends)]
    return Throughput(width, tuple((last - first) / width for first, last in pairwise(below)))


@dataclass(frozen=True, slots=True)
class Load:
    """What one arm put on the server, and what came back, over time: `done` answers in all."""

    kind: ArmKind
    cap: int
    in_flight: Steps
    throughput: Throughput | None
    done: int


def load(arm: Arm, now: float) -> Load:
    """Measure an arm over time; one that is still running is measured up to `now`."""
    flights, rates = in_flight(arm, now), throughput(arm, now)
    return Load(arm.kind, arm.limits.cap, flights, rates, arm.count(RequestState.DONE))


def _span(arm: Arm, now: float) -> tuple[float, float]:
    end = now if arm.ended_at is None else arm.ended_at
    return (end if arm.started_at is None else arm.started_at), end


@dataclass(frozen=True, slots=True)
class SweepPoint:
    """What one cap brought, from one arm or from several as repeats.

    `throughputs` and `walls` have one value an arm; `n` requests were done in all, of `rows` in each arm.
    """

    cap: int
    throughputs: tuple[float, ...]
    walls: tuple[float, ...]
    median_service_s: float
    n: int
    rows: int

    @property
    def throughput_rps(self) -> float:
        """The mean of the repeats."""
        return statistics.fmean(self.throughputs)

    @property
    def is_filled(self) -> bool:
        """Whether there were rows enough to have `cap` requests in flight."""
        return self.cap <= self.rows


def sweep_points(arms: Iterable[Arm]) -> list[SweepPoint]:
    """The points of a sweep by ascending cap. Arms that were cut short or had no success say nothing."""
    by_cap = sorted((arm for arm in arms if _is_whole(arm)), key=lambda arm: arm.limits.cap)
    points = []
    for cap, group in groupby(by_cap, key=lambda arm: arm.limits.cap):
        repeats = list(group)
        measured = [
            (figures, arm)
            for arm in repeats
            if (figures := arm_figures(arm, 0.0)).throughput_rps is not None and figures.wall is not None
        ]
        service = sorted(
            value for _, arm in measured for value in latency(arm).samples[Measure.SERVICE].values
        )
        median = percentile(service, 50)
        if median is None:
            continue
        points.append(
            SweepPoint(
                cap,
                tuple(figures.throughput_rps or 0.0 for figures, _ in measured),
                tuple(figures.wall or 0.0 for figures, _ in measured),
                median,
                len(service),
                min(figures.rows for figures, _ in measured),
            )
        )
    return points


def _is_whole(arm: Arm) -> bool:
    return arm.started_at is not None and arm.ended_at is not None and arm.is_complete


def knee(points: Sequence[SweepPoint], share: float = KNEE_SHARE) -> SweepPoint | None:
    """The smallest cap whose throughput reaches `share` of the best.

    There is none while the curve may still rise: the caps must go so far beyond it that throughput in
    proportion to the cap would have left it behind. Caps above the number of rows are no evidence, since
    they never had so many in flight.
    """
    usable = sorted((point for point in points if point.is_filled), key=lambda point: point.cap)
    if not usable:
        return None
    best = max(point.throughput_rps for point in usable)
    first = next(point for point in usable if point.throughput_rps >= share * best)
    return first if first.cap < share * usable[-1].cap else None
