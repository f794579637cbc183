from __future__ import annotations

import dataclasses
import math
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paradigm_gui.core.batch import Arm, ArmKind, Attempt, Completion, Limits, Request, RequestState, Row
from paradigm_gui.core.errors import ErrorKind, RequestError
from paradigm_gui.core.timing import (
    Comparison,
    SegmentKind,
    Statistics,
    arm_figures,
    compare,
    peak_overlap,
    percentile,
    request_times,
    segments,
    union_length,
)

S = RequestState
REFUSED = RequestError(ErrorKind.RATE_LIMITED)


def request_of(index, *attempts, state=S.DONE, enqueued_at=0.0, ended_at=None, tokens=(None, None)):
    """A request with attempts given as (sent, ended) or (sent, first token, ended)."""
    made = [
        Attempt(times[0], times[1] if len(times) == 3 else None, None, times[-1], REFUSED)
        for times in attempts
    ]
    if ended_at is None and attempts and state.is_final:
        ended_at = made[-1].ended_at
    request = Request(Row(index, {}), "", state, enqueued_at, ended_at, made)
    if state is S.DONE:
        made[-1].error = None
        request.completion = Completion("Hello", "stop", "m", *tokens)
    elif state is S.FAILED:
        request.error = REFUSED
    return request


def arm_of(*requests, cap=2, start=0.0, end=None, kind=ArmKind.CONCURRENT):
    if end is None:
        end = max((request.ended_at or 0.0 for request in requests), default=start)
    return Arm(kind, Limits(cap=cap), list(requests), start, end)


# Segments


@st.composite
def requests(draw):
    """A request with any history: its clock readings only ever go up, or stand still."""
    step = st.floats(0, 1e5) | st.just(0.0)
    now = draw(st.floats(0, 1e9))
    request = Request(Row(0, {}), "", enqueued_at=now)
    for _ in range(draw(st.integers(0, 4))):
        sent = now = now + draw(step)
        attempt = Attempt(sent)
        request.attempts.append(attempt)
        if draw(st.booleans()):
            attempt.first_token_at = now = now + draw(step)
        attempt.ended_at = now = now + draw(step)
    if request.attempts and draw(st.booleans()):
        request.attempts[-1].ended_at = None
    now += draw(step)
    if draw(st.booleans()):
        request.ended_at = now
    return request, now


@given(requests())
def test_segments_add_up_exactly(case):
    request, now = case
    found = segments(request, now)
    assert all(segment.duration > 0 for segment in found)
    for one, next_one in pairwise(found):
        assert one.end == next_one.start
    total = sum((Fraction(segment.end) - Fraction(segment.start) for segment in found), Fraction())
    assert total == Fraction(now) - Fraction(request.enqueued_at)
    if found:
        assert (found[0].start, found[-1].end) == (request.enqueued_at, now)
    kinds = [segment.kind for segment in found]
    assert SegmentKind.QUEUE not in kinds[1:]
    assert kinds.count(SegmentKind.STREAM) <= len(request.attempts)


def kinds_of(request, now=100.0):
    return [(str(segment.kind), segment.start, segment.end) for segment in segments(request, now)]


def test_segments_of_a_streamed_request_that_was_tried_again():
    request = request_of(0, (2.0, 3.0), (5.0, 6.5, 9.0), enqueued_at=1.0)
    assert kinds_of(request) == [
        ("queue", 1.0, 2.0),
        ("wait", 2.0, 3.0),
        ("backoff", 3.0, 5.0),
        ("wait", 5.0, 6.5),
        ("stream", 6.5, 9.0),
    ]


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (request_of(0, state=S.QUEUED), [("queue", 0.0, 100.0)]),
        (request_of(0, state=S.CANCELLED, ended_at=7.0), [("queue", 0.0, 7.0)]),
        (request_of(0, (1.0, None), state=S.SENT), [("queue", 0.0, 1.0), ("wait", 1.0, 100.0)]),
        (request_of(0, (0.0, 3.0, None), state=S.STREAMING), [("wait", 0.0, 3.0), ("stream", 3.0, 100.0)]),
        (request_of(0, (0.0, 3.0), state=S.BACKOFF), [("wait", 0.0, 3.0), ("backoff", 3.0, 100.0)]),
        (
            request_of(0, (0.0, 3.0), state=S.CANCELLED, ended_at=4.0),
            [("wait", 0.0, 3.0), ("backoff", 3.0, 4.0)],
        ),
    ],
)
def test_segments_of_what_has_not_ended_in_order(request_, expected):
    assert kinds_of(request_) == expected


def test_service_and_ttft_belong_to_the_successful_attempt_alone():
    times = request_times(request_of(0, (2.0, 3.0), (5.0, 6.5, 9.0), enqueued_at=1.0))
    assert dataclasses.astuple(times) == (1.0, 1.5, 4.0, 8.0)
    assert request_times(request_of(0, (2.0, 5.0))).ttft_s is None


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (request_of(0, state=S.QUEUED), (None, None, None, None)),
        (request_of(0, (2.0, 3.0, None), state=S.STREAMING), (2.0, None, None, None)),
        (request_of(0, (2.0, 3.0, 4.0), state=S.FAILED), (2.0, None, None, 4.0)),
        (request_of(0, (2.0, 3.0, 4.0), state=S.CANCELLED), (2.0, None, None, None)),
        (request_of(0, state=S.CANCELLED, ended_at=4.0), (None, None, None, None)),
    ],
)
def test_what_was_not_measured_is_none(request_, expected):
    assert dataclasses.astuple(request_times(request_)) == expected


# Statistics

VALUES = st.lists(st.floats(0, 1e6), max_size=250)
SMALLEST = {50: 1, 90: 10, 95: 20, 99: 100}


@given(VALUES)
def test_statistics_lie_in_the_sample(values):
    statistics = Statistics.of([*values, None])
    assert statistics.n == len(values)
    figures = dataclasses.asdict(statistics)
    del figures["n"]
    if not values:
        assert set(figures.values()) == {None}
        return
    assert (statistics.min, statistics.max) == (min(values), max(values))
    known = [figure for figure in figures.values() if figure is not None]
    assert all(min(values) <= figure <= max(values) for figure in known)
    assert statistics.mean == pytest.approx(sum(map(Fraction, values)) / len(values))
    for percent, smallest in SMALLEST.items():
        figure = figures[f"p{percent}"]
        assert (figure is not None) == (len(values) >= smallest)
        if figure is not None:
            below = sum(value < figure for value in values)
            up_to = sum(value <= figure for value in values)
            assert figure in values
            assert 100 * below < percent * len(values) <= 100 * up_to


@pytest.mark.parametrize(
    ("n", "percent"), [(n, p) for p in SMALLEST for n in (1, 2, 9, 10, 19, 20, 99, 100, 500)]
)
def test_percentiles_are_nearest_rank(n, percent):
    found = percentile([float(value) for value in range(1, n + 1)], percent)
    assert found == (None if n < SMALLEST[percent] else -(-percent * n // 100))


def test_a_mean_does_not_leave_a_sample_of_equal_values():
    statistics = Statistics.of([0.1] * 3 + [0.1])
    assert statistics.min == statistics.mean == statistics.max == 0.1


# Intervals

INTERVALS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 12)).map(lambda pair: (pair[0], sum(pair))), max_size=12
)


@given(INTERVALS)
def test_intervals_against_counting_every_instant(intervals):
    levels = [sum(start <= instant < end for start, end in intervals) for instant in range(50)]
    assert union_length(intervals) == sum(level > 0 for level in levels)
    assert peak_overlap(intervals) == max(levels)


def test_an_end_comes_before_a_start_at_the_same_instant():
    assert peak_overlap([(0.0, 1.0), (1.0, 2.0), (0.5, 0.5)]) == 1


# Figures of an arm


def test_figures_of_an_arm():
    arm = arm_of(
        request_of(0, (0.0, 1.0, 4.0), tokens=(10, 3)),
        request_of(1, (0.0, 1.0), (3.0, 4.0, 6.0), tokens=(20, 5)),
        request_of(2, (4.0, 5.0), state=S.FAILED),
        request_of(3, state=S.CANCELLED, ended_at=6.0),
        end=8.0,
    )
    figures = arm_figures(arm, math.nan)
    assert (figures.rows, figures.done, figures.failed, figures.cancelled) == (4, 2, 1, 1)
    assert (figures.cap, figures.wall, figures.throughput_rps) == (2, 8.0, 0.25)
    assert (figures.attempts, figures.retries, figures.peak_in_flight) == (4, 1, 2)
    assert figures.mean_in_flight == (4.0 + 1.0 + 3.0 + 1.0) / 8.0
    assert figures.bound == max(4.0, (4.0 + 3.0) / 2)
    assert (figures.service.min, figures.service.max, figures.service.n) == (3.0, 4.0, 2)
    assert (figures.response.min, figures.response.max) == (4.0, 6.0)
    assert (figures.ttft.min, figures.ttft.max, figures.ttft.p90) == (1.0, 1.0, None)
    assert (figures.prompt_tokens, figures.completion_tokens) == (30, 8)
    assert figures.errors == {"rate_limited": 1}


def test_the_bound_is_the_work_over_the_cap_or_the_slowest_request():
    even = [request_of(index, (0.0, 2.0)) for index in range(6)]
    assert arm_figures(arm_of(*even, cap=2), 0.0).bound == 6.0
    assert arm_figures(arm_of(*even, request_of(9, (0.0, 9.0)), cap=4), 0.0).bound == 9.0


def test_a_part_of_the_tokens_is_not_their_total():
    arm = arm_of(request_of(0, (0.0, 1.0), tokens=(5, 0)), request_of(1, (0.0, 1.0), tokens=(None, 0)))
    figures = arm_figures(arm, 0.0)
    assert (figures.prompt_tokens, figures.completion_tokens) == (None, 0)


def test_a_running_arm_is_measured_up_to_now():
    arm = arm_of(request_of(0, (0.0, 1.0)), request_of(1, (1.0, None), state=S.SENT))
    arm.ended_at = None
    figures = arm_figures(arm, 4.0)
    assert (figures.wall, figures.throughput_rps, figures.mean_in_flight) == (4.0, 0.25, 1.0)
    arm.started_at = None
    assert arm_figures(arm, 4.0).wall is None


@pytest.mark.parametrize(
    "arm",
    [
        arm_of(),
        arm_of(request_of(0, (0.0, 0.0))),
        arm_of(request_of(0, (5.0, 5.0, 5.0)), start=5.0),
        arm_of(request_of(0, (0.0, 1.0))),
        arm_of(*[request_of(index, (0.0, 1.0), state=S.FAILED) for index in range(3)]),
        arm_of(*[request_of(index, state=S.CANCELLED, ended_at=0.0) for index in range(3)]),
        Arm(ArmKind.CONCURRENT, Limits(), [request_of(0, state=S.QUEUED)]),
    ],
    ids=["no rows", "no time", "no time later", "one row", "failed", "cancelled", "not started"],
)
def test_degenerate_arms_have_no_impossible_figures(arm):
    def numbers(value):
        if isinstance(value, dict):
            return [number for part in value.values() for number in numbers(part)]
        return [value] if isinstance(value, float) else []

    assert all(map(math.isfinite, numbers(dataclasses.asdict(arm_figures(arm, 0.0)))))
    comparison = compare(arm, arm)
    assert comparison is None or math.isfinite(comparison.speed_up + comparison.efficiency)


# Comparison


def sequential_of(*durations, failed=()):
    at, made = 0.0, []
    for index, duration in enumerate(durations):
        state = S.FAILED if index in failed else S.DONE
        made.append(request_of(index, (at, at + duration), state=state))
        at += duration
    return arm_of(*made, cap=1, kind=ArmKind.SEQUENTIAL)


def concurrent_of(*durations, failed=(), cap=20, **options):
    made = [
        request_of(index, (0.0, duration), state=S.FAILED if index in failed else S.DONE)
        for index, duration in enumerate(durations)
    ]
    return arm_of(*made, cap=cap, **options)


def test_speed_up_and_efficiency():
    comparison = compare(concurrent_of(2.0, 4.0, 3.0, 4.0), sequential_of(2.0, 2.0, 3.0, 3.0))
    assert comparison == Comparison(4, 2.5, 2.5 / 4)
    comparison = compare(concurrent_of(2.0, 4.0, 3.0, 4.0, cap=2), sequential_of(2.0, 2.0, 3.0, 3.0))
    assert comparison.efficiency == 2.5 / 2


def test_time_in_which_no_row_was_under_way_belongs_to_the_arm():
    comparison = compare(concurrent_of(2.0, 4.0, end=5.0), sequential_of(5.0, 5.0))
    assert comparison.speed_up == 2.0


def test_only_rows_that_succeeded_in_both_arms_count():
    comparison = compare(concurrent_of(2.0, 4.0, 8.0, failed={2}), sequential_of(3.0, 5.0, 7.0, failed={0}))
    # concurrent: row 1 alone takes 4 s; sequential: 5 s of 15 s are row 1's
    assert comparison == Comparison(1, 5.0 / 4.0, 5.0 / 4.0)


def test_back_off_of_a_common_row_counts():
    concurrent = arm_of(request_of(0, (0.0, 1.0), (3.0, 4.0)))
    assert compare(concurrent, sequential_of(2.0)).speed_up == 0.5


@pytest.mark.parametrize(
    ("concurrent", "sequential"),
    [
        (arm_of(), arm_of()),
        (concurrent_of(1.0, 1.0, failed={0}), sequential_of(1.0, 1.0, failed={1})),
        (concurrent_of(0.0), sequential_of(1.0)),
        (concurrent_of(1.0), sequential_of(0.0)),
        (Arm(ArmKind.CONCURRENT, Limits(), [request_of(0, (0.0, 1.0))], 0.0, None), sequential_of(1.0)),
        (concurrent_of(1.0), Arm(ArmKind.SEQUENTIAL, Limits(), [request_of(0, (0.0, 1.0))])),
        (
            concurrent_of(1.0),
            arm_of(request_of(0, (0.0, 1.0)), request_of(1, state=S.CANCELLED, ended_at=1.0)),
        ),
    ],
    ids=["no rows", "none in common", "no time", "no sequential time", "running", "not begun", "cancelled"],
)
def test_what_cannot_be_compared(concurrent, sequential):
    assert compare(concurrent, sequential) is None
