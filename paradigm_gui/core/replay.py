"""What a recorded arm would have taken at another cap or rate: estimates that state what they assume.

A discrete-event simulation sends the recorded requests again, in row order, to a server that shares its
capacity as its `ServerModel` says (processor sharing). With a contention of 0, service times stay as they
were recorded.
"""

from __future__ import annotations

import heapq
import math
from collections import deque
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from paradigm_gui.core.batch import RequestState
from paradigm_gui.core.errors import ErrorKind
from paradigm_gui.core.runner import backoff_s
from paradigm_gui.core.server_model import Load, ServerModel, pace, unknown_server
from paradigm_gui.core.timing import peak_overlap, union_length

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from paradigm_gui.core.batch import Arm, Request

# A server that slows down by less, among as many requests as were ever in flight, is said not to.
NEGLIGIBLE_SLOWDOWN = 0.05


class AssumptionCode(StrEnum):
    LAUNCH = "launch"
    NO_OVERHEAD = "no_overhead"
    INDEPENDENT = "independent"
    SHARED = "shared"
    LOAD_UNKNOWN = "load_unknown"
    BEYOND_RECORD = "beyond_record"
    FAILURES_REPEATED = "failures_repeated"
    REFUSALS_LEFT_OUT = "refusals_left_out"
    ROWS_LEFT_OUT = "rows_left_out"


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something an estimate rests on, and the figures that belong to it (times in seconds)."""

    code: AssumptionCode
    figures: Mapping[str, float]


class Span(NamedTuple):
    """One replayed attempt of a row, given by its index, in seconds. Not `is_done`, it fails again."""

    row: int
    start: float
    end: float
    is_done: bool


@dataclass(frozen=True, slots=True)
class Replay:
    """What an arm would probably do: an estimate.

    The wall time lies in [`low_s`, `high_s`] as far as the server is known; with a server that is only
    guessed, `wall_s` is no better than the rest of that range.
    """

    cap: int
    requests_per_minute: float | None
    wall_s: float
    low_s: float
    high_s: float
    throughput_rps: float
    peak_in_flight: int
    mean_in_flight: float
    spans: Sequence[Span]
    server: ServerModel
    assumptions: Sequence[Assumption]


@dataclass(frozen=True, slots=True)
class SequentialEstimate:
    """What the sequential arm would probably take, judged by the `n` answers of the concurrent one.

    `wall_s` is `None` where only the range is known. `concurrent_s` is what these answers took at once.
    """

    wall_s: float | None
    low_s: float
    high_s: float
    concurrent_s: float
    n: int
    assumptions: Sequence[Assumption]

    @property
    def speed_up(self) -> float | None:
        return None if self.wall_s is None else self.wall_s / self.concurrent_s

    @property
    def speed_up_low(self) -> float:
        return self.low_s / self.concurrent_s

    @property
    def speed_up_high(self) -> float:
        return self.high_s / self.concurrent_s


def replay(
    arm: Arm, cap: int, requests_per_minute: float | None = None, server: ServerModel | None = None
) -> Replay | None:
    """Estimate what the arm would do with another cap and pace; `None` if it tells nothing.

    `server` is what `fit_server` learnt from several arms; without it, the arm itself must say what it can.
    """
    record = _Record(arm)
    server = server or unknown_server(arm)

    def spans_at(contention: float) -> list[Span]:
        return _simulated(record.jobs(contention), cap, record.gap_s(requests_per_minute), contention)

    spans = spans_at(server.contention)
    wall = _end_of(spans)
    if not record.answers or wall <= 0:
        return None
    ends = [wall, *(_end_of(spans_at(value)) for value in {server.low, server.high} - {server.contention})]
    assumptions = [*_server_assumptions(server), *record.assumptions()]
    peak = peak_overlap((span.start, span.end) for span in spans)
    if server.is_measured and peak > server.seen:
        assumptions.insert(
            1, Assumption(AssumptionCode.BEYOND_RECORD, {"in_flight": peak, "seen": server.seen})
        )
    return Replay(
        cap=cap,
        requests_per_minute=requests_per_minute,
        wall_s=wall,
        low_s=min(ends),
        high_s=max(ends),
        throughput_rps=sum(span.is_done for span in spans) / wall,
        peak_in_flight=peak,
        mean_in_flight=math.fsum(span.end - span.start for span in spans) / wall,
        spans=spans,
        server=server,
        assumptions=assumptions,
    )


def estimate_sequential(arm: Arm, server: ServerModel | None = None) -> SequentialEstimate | None:
    """Estimate what the answered rows of an arm would take one by one; `None` if it tells nothing.

    From one arm alone follow only bounds. The sum of the service times is the upper one: it takes no account
    of how load slowed them down. The time in which the server was busy is the lower one: in it, all that
    work was done, and one by one it would not have gone faster.
    """
    record = _Record(arm, only_answered=True)
    server = server or unknown_server(arm)
    concurrent = _wall_of_answered(arm)
    if not record.answers or concurrent <= 0:
        return None

    def wall_at(contention: float) -> float:
        gap = record.gap_s(arm.limits.requests_per_minute)
        return _end_of(_simulated(record.jobs(contention), 1, gap, contention))

    walls = [wall_at(server.contention), wall_at(server.low), wall_at(server.high)]
    return SequentialEstimate(
        wall_s=walls[0] if server.is_measured else None,
        low_s=min(walls),
        high_s=max(walls),
        concurrent_s=concurrent,
        n=record.answers,
        assumptions=[*_server_assumptions(server), *record.assumptions()],
    )


def _server_assumptions(server: ServerModel) -> list[Assumption]:
    code = AssumptionCode.SHARED
    if not server.is_measured:
        code = AssumptionCode.LOAD_UNKNOWN
    elif server.contention * (server.seen - 1) < NEGLIGIBLE_SLOWDOWN:
        code = AssumptionCode.INDEPENDENT
    figures = {
        "contention": server.contention,
        "low": server.low,
        "high": server.high,
        "n": server.n,
        "seen": server.seen,
    }
    return [Assumption(code, figures)]


def _wall_of_answered(arm: Arm) -> float:
    """The wall time of an arm without the time in which only rows without an answer were under way."""

    def under_way(requests: Sequence[Request]) -> float:
        return union_length(
            (request.attempts[0].sent_at, request.ended_at)
            for request in requests
            if request.attempts and request.ended_at is not None
        )

    answered = [request for request in arm.requests if request.state is RequestState.DONE]
    wall = (arm.ended_at or 0.0) - (arm.started_at or 0.0)
    return wall - under_way(arm.requests) + under_way(answered)


def _end_of(spans: Sequence[Span]) -> float:
    return max((span.end for span in spans), default=0.0)


class _Step(NamedTuple):
    """One attempt to come: an `amount` of work for an answer, of seconds for a failure; then a pause."""

    amount: float
    is_done: bool
    pause: float = 0.0


class _Record:
    """The attempts of an arm that are to be repeated, and a count of those that are not."""

    def __init__(self, arm: Arm, *, only_answered: bool = False) -> None:
        self._load = Load(arm)
        self._failures: dict[int, list[_Step]] = {}
        self.answers = len(self._load.answered)
        self._launch_s = _launch_s(arm)
        self._repeated = self._refusals = self._rows_left_out = 0
        for request in arm.requests:
            is_answered = request.index in self._load.answered
            is_repeated = is_answered or (request.state is RequestState.FAILED and not only_answered)
            failures = self._failures_of(request) if is_repeated else []
            if is_answered or failures:
                self._failures[request.index] = failures
            else:
                self._rows_left_out += 1

    def _failures_of(self, request: Request) -> list[_Step]:
        found = []
        for number, attempt in enumerate(request.attempts, 1):
            # an attempt without an error was cut off by the user or a crash
            if attempt.error is None or attempt.ended_at is None:
                continue
            if attempt.error.kind is ErrorKind.RATE_LIMITED:
                self._refusals += 1
                continue
            self._repeated += 1
            pause = 0.0
            if number < len(request.attempts):
                # the record's pause may hold a wait for a slot too
                longest = backoff_s(number, attempt.error, lambda: 1.0)
                pause = min(request.attempts[number].sent_at - attempt.ended_at, longest)
            found.append(_Step(attempt.ended_at - attempt.sent_at, False, pause))
        return found

    def jobs(self, contention: float) -> dict[int, list[_Step]]:
        """What to send for each row, in row order."""
        works = self._load.works(contention)
        return {
            row: [*failures, *([_Step(works[row], True)] if row in works else [])]
            for row, failures in sorted(self._failures.items())
        }

    def gap_s(self, requests_per_minute: float | None) -> float:
        """The least time from one sending to the next."""
        return max(self._launch_s, 60 / requests_per_minute if requests_per_minute else 0.0)

    def assumptions(self) -> list[Assumption]:
        counts = (
            (AssumptionCode.FAILURES_REPEATED, "failures", self._repeated),
            (AssumptionCode.REFUSALS_LEFT_OUT, "refusals", self._refusals),
            (AssumptionCode.ROWS_LEFT_OUT, "rows", self._rows_left_out),
        )
        found = [Assumption(code, {name: count}) for code, name, count in counts if count]
        if self._launch_s:
            return [*found, Assumption(AssumptionCode.LAUNCH, {"launch_s": self._launch_s})]
        return [*found, Assumption(AssumptionCode.NO_OVERHEAD, {})]


def _launch_s(arm: Arm) -> float:
    """How long the program took to send a request: the gap between those that found a free slot at the start.

    0 where a pace kept them apart, or only one could be sent.
    """
    if arm.limits.requests_per_minute:
        return 0.0
    sent = heapq.nsmallest(
        arm.limits.cap, (request.attempts[0].sent_at for request in arm.requests if request.attempts)
    )
    return median(later - sooner for sooner, later in pairwise(sent)) if len(sent) > 1 else 0.0


def _simulated(jobs: Mapping[int, Sequence[_Step]], cap: int, gap: float, contention: float) -> list[Span]:
    """Send the jobs as the engine would: in order, retries first, `cap` at once, `gap` seconds apart."""
    steps = {row: deque(todo) for row, todo in jobs.items()}
    new, again = deque(steps), list[int]()
    # (when, row, sent at): answers wait for the running total of work, as all in flight progress alike
    by_work: list[tuple[float, int, float]] = []
    by_time: list[tuple[float, int, float]] = []
    pausing: list[tuple[float, int]] = []
    spans: list[Span] = []
    now = total = clear_at = 0.0
    while True:
        while len(by_work) + len(by_time) < cap and (again or new) and clear_at <= now:
            row = heapq.heappop(again) if again else new.popleft()
            step = steps[row][0]
            if step.is_done:
                heapq.heappush(by_work, (total + step.amount, row, now))
            else:
                heapq.heappush(by_time, (now + step.amount, row, now))
            clear_at = now + gap
        in_flight = len(by_work) + len(by_time)
        rate = pace(contention, in_flight) if in_flight else 0.0
        # the next of: a failure, a pause over, a turn to send, an answer
        coming = [heap[0][0] for heap in (by_time, pausing) if heap]
        if in_flight < cap and (again or new):
            coming.append(clear_at)
        answered_at = now + (by_work[0][0] - total) / rate if by_work else math.inf
        then = min([*coming, answered_at])
        if then == math.inf:
            return spans
        # reached exactly, as rounding could fall short for ever
        total = by_work[0][0] if then == answered_at else total + (then - now) * rate
        now = then
        while by_work and by_work[0][0] <= total:
            _, row, sent_at = heapq.heappop(by_work)
            spans.append(Span(row, sent_at, now, True))
        while by_time and by_time[0][0] <= now:
            _, row, sent_at = heapq.heappop(by_time)
            spans.append(Span(row, sent_at, now, False))
            step = steps[row].popleft()
            if steps[row]:
                heapq.heappush(pausing, (now + step.pause, row))
        while pausing and pausing[0][0] <= now:
            heapq.heappush(again, heapq.heappop(pausing)[1])
