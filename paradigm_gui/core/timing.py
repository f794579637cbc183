"""Where the time of a request and of an arm went: segments, statistics and figures.

All times are seconds. Readings of a clock are floats of one monotonic clock; only differences count.
Definitions follow vLLM's benchmark where vendors differ: TTFT is sent to first non-empty content,
a request ends at its last content token, and percentiles are taken over successful requests.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from paradigm_gui.core.batch import Arm, Attempt, Request, RequestState
from paradigm_gui.core.turn_taking import in_turns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# A percentile is shown only where the sample is large enough for it to exist.
SMALLEST_SAMPLE: Mapping[int, int] = {50: 1, 90: 10, 95: 20, 99: 100}
# Of a smaller sample than this, a percentile exists but says little.
TRUSTED_SAMPLE: Mapping[int, int] = {90: 50, 95: 100, 99: 500}


# Answers of two arms whose tokens differ by at most this share of the fewer are the same work.
TOKENS_ALIKE = 0.1


class SegmentKind(StrEnum):
    """The parts of a request's response time; they follow each other without gaps."""

    QUEUE = "queue"
    WAIT = "wait"
    STREAM = "stream"
    BACKOFF = "backoff"


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a request's time, half open: `[start, end)`."""

    kind: SegmentKind
    start: float
    end: float

    @property
    def duration(self) -> float:
        return self.end - self.start


def segments(request: Request, now: float) -> list[Segment]:
    """Split the time of a request, up to its end or else to `now`, into parts that add up exactly."""
    last = now if request.ended_at is None else request.ended_at
    found: list[Segment] = []
    at = request.enqueued_at
    kind_of_gap = SegmentKind.QUEUE
    for attempt in request.attempts:
        found.append(Segment(kind_of_gap, at, attempt.sent_at))
        at = attempt.sent_at
        end = last if attempt.ended_at is None else attempt.ended_at
        if attempt.first_token_at is not None:
            found.append(Segment(SegmentKind.WAIT, at, attempt.first_token_at))
            found.append(Segment(SegmentKind.STREAM, attempt.first_token_at, end))
        else:
            found.append(Segment(SegmentKind.WAIT, at, end))
        at = end
        kind_of_gap = SegmentKind.BACKOFF
    if at < last:
        found.append(Segment(kind_of_gap, at, last))
    return [segment for segment in found if segment.duration > 0]


@dataclass(frozen=True, slots=True)
class RequestTimes:
    """The figures of one request in seconds; `None` where there was nothing to measure."""

    queue_s: float | None
    ttft_s: float | None
    service_s: float | None
    response_s: float | None


def request_times(request: Request) -> RequestTimes:
    """Measure a request. Service and TTFT belong to the successful attempt alone."""
    sent = request.attempts[0].sent_at if request.attempts else None
    queue = None if sent is None else sent - request.enqueued_at
    response = None if request.ended_at is None else request.ended_at - request.enqueued_at
    if request.state is not RequestState.DONE:
        return RequestTimes(queue, None, None, response if request.state is RequestState.FAILED else None)
    attempt = request.attempts[-1]
    ttft = None if attempt.first_token_at is None else attempt.first_token_at - attempt.sent_at
    return RequestTimes(queue, ttft, _duration(attempt), response)


def _duration(attempt: Attempt) -> float:
    return (attempt.ended_at or attempt.sent_at) - attempt.sent_at


def percentile(ordered: Sequence[float], percent: int) -> float | None:
    """Nearest-rank percentile of ascending values: always one of them. `None` when n is too small."""
    if len(ordered) < SMALLEST_SAMPLE.get(percent, 1):
        return None
    return ordered[max(0, math.ceil(percent / 100 * len(ordered)) - 1)]


@dataclass(frozen=True, slots=True)
class Statistics:
    """A sample in seconds, described only as far as its size allows."""

    n: int = 0
    min: float | None = None
    p50: float | None = None
    p90: float | None = None
    p95: float | None = None
    p99: float | None = None
    max: float | None = None
    mean: float | None = None

    @classmethod
    def of(cls, values: Iterable[float | None]) -> Statistics:
        ordered = sorted(value for value in values if value is not None)
        if not ordered:
            return cls()
        return cls(
            n=len(ordered),
            min=ordered[0],
            p50=percentile(ordered, 50),
            p90=percentile(ordered, 90),
            p95=percentile(ordered, 95),
            p99=percentile(ordered, 99),
            max=ordered[-1],
            # rounding of the sum must not push the mean outside the sample
            mean=min(max(math.fsum(ordered) / len(ordered), ordered[0]), ordered[-1]),
        )


def union_length(intervals: Iterable[tuple[float, float]]) -> float:
    """The time covered by at least one of the intervals."""
    covered = 0.0
    reached = -math.inf
    for start, end in in_turns(sorted(intervals)):
        if end > reached:
            covered += end - max(start, reached)
            reached = end
    return covered


def peak_overlap(intervals: Iterable[tuple[float, float]]) -> int:
    """The most half-open intervals that hold at one instant, by a sweep over their ends."""
    lasting = [(start, end) for start, end in intervals if end > start]
    # numbers sort many times faster than pairs, and nobody else gets a turn while they are sorted
    starts = sorted(start for start, _ in lasting)
    ends = sorted(end for _, end in lasting)
    peak = ended = 0
    for begun, start in enumerate(in_turns(starts), 1):
        # at equal times an end comes before a start
        while ends[ended] <= start:
            ended += 1
        peak = max(peak, begun - ended)
    return peak


def tpot_s(request: Request) -> float | None:
    """Seconds per output token after the first: (service time - TTFT) / (completion tokens - 1).

    `None` unless the answer was streamed in more than one piece and the server counted its tokens: what is
    sent in one piece has no time between its tokens.
    """
    tokens = request.completion.completion_tokens if request.completion else None
    if tokens is None or tokens < 2:
        return None
    attempt = request.attempts[-1]
    first, last = attempt.first_token_at, attempt.last_token_at
    return None if first is None or last is None or last == first else (last - first) / (tokens - 1)


@dataclass(frozen=True, slots=True)
class ArmFigures:
    """What one arm took and did. `bound` is the least wall time that its own requests allow:
    max(slowest service time, sum of service times / cap). `output_tokens_per_s` = completion tokens / wall.
    """

    cap: int
    rows: int
    done: int
    failed: int
    cancelled: int
    wall: float | None
    throughput_rps: float | None
    peak_in_flight: int
    mean_in_flight: float | None
    attempts: int
    retries: int
    bound: float | None
    service: Statistics
    response: Statistics
    ttft: Statistics
    tpot: Statistics
    prompt_tokens: int | None
    completion_tokens: int | None
    output_tokens_per_s: float | None
    errors: Mapping[str, int]


def arm_figures(arm: Arm, now: float) -> ArmFigures:
    """Measure an arm; one that is still running is measured up to `now`."""
    end = now if arm.ended_at is None else arm.ended_at
    wall = None if arm.started_at is None else end - arm.started_at
    done: list[Request] = []
    times: list[RequestTimes] = []
    exchanges: list[tuple[float, float]] = []
    errors: dict[str, int] = {}
    retries = 0
    for request in in_turns(arm.requests):
        if request.state is RequestState.DONE:
            done.append(request)
            times.append(request_times(request))
        elif request.state is RequestState.FAILED and request.error:
            errors[request.error.kind] = errors.get(request.error.kind, 0) + 1
        exchanges += [
            (attempt.sent_at, end if attempt.ended_at is None else attempt.ended_at)
            for attempt in request.attempts
        ]
        # an attempt that was cut off, by the user or a crash, is no fault that made another one necessary
        retries += sum(attempt.error is not None for attempt in request.attempts[:-1])
    service = Statistics.of(time.service_s for time in in_turns(times))
    bound = None
    if service.max is not None:
        bound = max(service.max, math.fsum(time.service_s or 0.0 for time in times) / arm.limits.cap)
    completion_tokens = _total(
        request.completion.completion_tokens for request in in_turns(done) if request.completion
    )
    return ArmFigures(
        cap=arm.limits.cap,
        rows=len(arm.requests),
        done=len(done),
        failed=arm.count(RequestState.FAILED),
        cancelled=arm.count(RequestState.CANCELLED),
        wall=wall,
        throughput_rps=len(done) / wall if wall and done else None,
        peak_in_flight=peak_overlap(in_turns(exchanges)),
        mean_in_flight=math.fsum(e - s for s, e in in_turns(exchanges)) / wall if wall else None,
        attempts=len(exchanges),
        retries=retries,
        bound=bound,
        service=service,
        response=Statistics.of(time.response_s for time in in_turns(times)),
        ttft=Statistics.of(time.ttft_s for time in in_turns(times)),
        tpot=Statistics.of(map(tpot_s, in_turns(done))),
        prompt_tokens=_total(
            request.completion.prompt_tokens for request in in_turns(done) if request.completion
        ),
        completion_tokens=completion_tokens,
        output_tokens_per_s=completion_tokens / wall if wall and completion_tokens is not None else None,
        errors=errors,
    )


def _total(counts: Iterable[int | None]) -> int | None:
    """Add up the counts; `None` unless every one is known, since a part is not the total."""
    known = list(counts)
    if not known or None in known:
        return None
    return sum(count for count in known if count is not None)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Sequential against concurrent, on the `rows` requests that succeeded in both arms.

    speed_up = sequential wall / concurrent wall; efficiency = speed_up / min(cap, rows).
    The tokens are those of the answers to these rows; `None` unless the server counted every one's.
    """

    rows: int
    speed_up: float
    efficiency: float
    concurrent_tokens: int | None = None
    sequential_tokens: int | None = None

    @property
    def tokens_differ(self) -> bool:
        """Whether the arms wrote so different amounts that they did not do the same work."""
        if self.concurrent_tokens is None or self.sequential_tokens is None:
            return False
        least, most = sorted((self.concurrent_tokens, self.sequential_tokens))
        return most > (1 + TOKENS_ALIKE) * least


def compare(concurrent: Arm, sequential: Arm) -> Comparison | None:
    """Compare two arms over the same rows. `None` unless both ran to their end with a common success."""
    if any(
        arm.started_at is None or arm.ended_at is None or arm.count(RequestState.CANCELLED)
        for arm in (concurrent, sequential)
    ):
        return None
    common = _done_rows(concurrent) & _done_rows(sequential)
    walls = [_wall_of(arm, common) for arm in (concurrent, sequential)]
    if not common or min(walls) <= 0:
        return None
    speed_up = walls[1] / walls[0]
    tokens = (_completion_tokens(arm, common) for arm in (concurrent, sequential))
    return Comparison(len(common), speed_up, speed_up / min(concurrent.limits.cap, len(common)), *tokens)


def _done_rows(arm: Arm) -> set[int]:
    return {request.index for request in in_turns(arm.requests) if request.state is RequestState.DONE}


def _completion_tokens(arm: Arm, rows: set[int]) -> int | None:
    return _total(
        request.completion.completion_tokens
        for request in arm.requests
        if request.index in rows and request.completion
    )


def _wall_of(arm: Arm, rows: set[int]) -> float:
    """The wall time of an arm without the time in which only other rows were under way."""

    def under_way(requests: Iterable[Request]) -> float:
        return union_length(
            (request.attempts[0].sent_at, request.ended_at)
            for request in in_turns(requests)
            if request.attempts and request.ended_at is not None
        )

    wall = (arm.ended_at or 0.0) - (arm.started_at or 0.0)
    return wall - under_way(arm.requests) + under_way(r for r in arm.requests if r.index in rows)
