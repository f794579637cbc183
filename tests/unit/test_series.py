"""What charts draw: distributions, step functions, windows, and the knee of a sweep."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paradigm_gui.core.batch import Arm, ArmKind, Attempt, Completion, Limits, Request, RequestState, Row
from paradigm_gui.core.errors import ErrorKind, RequestError
from paradigm_gui.core.series import (
    DOTS_BELOW,
    Measure,
    Sample,
    Steps,
    SweepPoint,
    bin_edges,
    in_flight,
    knee,
    latency,
    load,
    sweep_points,
    throughput,
)
from paradigm_gui.core.timing import arm_figures, peak_overlap

S = RequestState
START = 50.0
FAULT = RequestError(ErrorKind.SERVER_ERROR)


def request_of(index, *attempts, state=S.DONE, first_token_after=None):
    """A request with attempts given as (sent, ended) in seconds after START; the last one decides."""
    ends = [None if ended is None else START + ended for _, ended in attempts]
    made = [Attempt(START + sent, None, None, end) for (sent, _), end in zip(attempts, ends, strict=True)]
    if first_token_after is not None:
        made[-1].first_token_at = made[-1].sent_at + first_token_after
    for attempt in made[:-1] if state is S.DONE else made:
        attempt.error = FAULT
    ended_at = made[-1].ended_at if made and state.is_final else None
    completion = Completion("Hello", "stop", "m") if state is S.DONE else None
    return Request(Row(index, {}), "", state, START, ended_at, made, completion)


def arm_of(*requests, cap=4, end=None, kind=ArmKind.CONCURRENT):
    ends = [attempt.ended_at or START for request in requests for attempt in request.attempts]
    return Arm(kind, Limits(cap=cap), list(requests), START, START + end if end else max([START, *ends]))


# Latencies

VALUES = st.lists(st.floats(0, 1e6), max_size=300).map(lambda values: Sample(tuple(sorted(values))))


def test_latencies_are_those_of_what_is_done():
    measured = latency(
        arm_of(
            request_of(0, (1.0, 2.0), (3.0, 7.0), first_token_after=0.5),
            request_of(1, (1.0, 3.0)),
            request_of(2, (1.0, 2.0), state=S.FAILED),
            request_of(3, (1.0, 1.5), state=S.CANCELLED),
            request_of(4, (1.0, None), state=S.SENT),
            cap=7,
        )
    )
    assert (measured.kind, measured.cap) == (ArmKind.CONCURRENT, 7)
    values = {measure: sample.values for measure, sample in measured.samples.items()}
    assert values == {Measure.SERVICE: (2.0, 4.0), Measure.RESPONSE: (3.0, 7.0), Measure.TTFT: (0.5,)}


@given(VALUES, st.integers(2, 40))
def test_an_ecdf_only_rises_and_ends_at_one(sample, most):
    for curve, length in ((sample.ecdf(), sample.n), (sample.ecdf(most), min(sample.n, most))):
        assert len(curve) == length
        assert all(one[0] <= other[0] and one[1] < other[1] for one, other in pairwise(curve))
        assert {value for value, _ in curve} <= set(sample.values)
        if sample.n:
            assert curve[0] == (sample.values[0], 1 / sample.n)
            assert curve[-1] == (sample.values[-1], 1.0)


@given(VALUES, st.floats(-1, 2e6))
def test_the_share_within_a_time_counts_the_values(sample, seconds):
    within = sum(value <= seconds for value in sample.values)
    assert sample.share_within(seconds) == (within / sample.n if sample.n else 0.0)


def marks(n):
    sample = Sample(tuple(float(value) for value in range(1, n + 1)))
    return [(mark.percent, mark.value, mark.is_trusted) for mark in sample.marks()]


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        (0, []),
        (1, []),
        (DOTS_BELOW - 1, []),
        (50, [(90, 45.0, True), (95, 48.0, False)]),
        (99, [(90, 90.0, True), (95, 95.0, False)]),
        (100, [(90, 90.0, True), (95, 95.0, True), (99, 99.0, False)]),
        (500, [(90, 450.0, True), (95, 475.0, True), (99, 495.0, True)]),
    ],
)
def test_percentiles_appear_and_become_firm_with_the_size_of_the_sample(n, expected):
    assert marks(n) == expected


def test_a_small_sample_has_a_median():
    assert Sample((1.0, 2.0, 9.0)).median == 2.0
    assert Sample(()).median is None


# Histograms


@given(st.lists(VALUES, max_size=3))
def test_bins_hold_every_value_once(samples):
    edges = bin_edges(samples)
    if not any(sample.n for sample in samples):
        assert edges == []
        return
    assert 2 <= len(edges) <= 61
    assert all(one < other for one, other in pairwise(edges))
    for sample in samples:
        shares = sample.shares(edges)
        assert len(shares) == len(edges) - 1
        assert math.fsum(shares) == pytest.approx(1.0 if sample.n else 0.0)
        for share, (start, end) in zip(shares, pairwise(edges), strict=True):
            is_last = end == edges[-1]
            inside = sum(start <= value < end or (is_last and value == end) for value in sample.values)
            assert share == (inside / sample.n if sample.n else 0.0)


def test_the_number_of_bins_follows_the_sample():
    spread = Sample(tuple(number / 100 for number in range(1000)))
    # 2 · 5 / 1000^(1/3) = 1 wide
    assert len(bin_edges([spread])) - 1 == 10
    outlier = Sample((*spread.values[:-1], 1e6))
    assert len(bin_edges([outlier])) - 1 == 60
    assert len(bin_edges([Sample((1.0, 1.0, 1.0, 3.0))])) - 1 == 5
    assert bin_edges([Sample((2.0, 2.0))]) == [2.0, 2.2]
    assert bin_edges([Sample((0.0,))]) == [0.0, 0.001]


# In flight over time

TIMES = st.integers(0, 40) | st.floats(0, 40)


@st.composite
def arms(draw):
    """An arm whose attempts begin and end anyhow, with many at the same time."""
    requests = []
    for index in range(draw(st.integers(0, 12))):
        attempts = draw(st.lists(st.tuples(TIMES, TIMES).map(sorted), max_size=3))
        state = draw(st.sampled_from([S.DONE, S.FAILED, S.CANCELLED]))
        if not attempts:
            state = S.CANCELLED
        requests.append(request_of(index, *attempts, state=state))
    return arm_of(*requests)


def attempts_of(arm):
    return [
        (attempt.sent_at - START, attempt.ended_at - START)
        for request in arm.requests
        for attempt in request.attempts
    ]


@given(arms())
def test_in_flight_agrees_with_the_figures_of_the_arm(arm):
    steps = in_flight(arm, math.nan)
    spans = attempts_of(arm)
    assert steps.peak == peak_overlap(spans)
    assert steps.area == pytest.approx(math.fsum(end - start for start, end in spans), abs=1e-9)
    assert list(steps.times) == sorted(set(steps.times))
    assert all(one != other for one, other in pairwise(steps.levels))
    figures = arm_figures(arm, math.nan)
    if figures.wall:
        assert steps.area / figures.wall == pytest.approx(figures.mean_in_flight, abs=1e-9)
    assert steps.end >= (figures.wall or 0.0)


@given(arms(), st.floats(-1, 45))
def test_in_flight_at_a_time_counts_the_attempts(arm, time):
    assert in_flight(arm, math.nan).at(time) == sum(start <= time < end for start, end in attempts_of(arm))


def test_what_has_not_ended_is_in_flight_up_to_now():
    running = arm_of(request_of(0, (1.0, 2.0)), request_of(1, (1.5, None), state=S.SENT))
    running.ended_at = None
    steps = in_flight(running, START + 5.0)
    assert steps == Steps((1.0, 1.5, 2.0, 5.0), (1, 2, 1, 0), 5.0)
    assert steps.area == 1.0 + 3.5


def test_an_arm_that_has_not_begun_has_no_load():
    waiting = Arm(ArmKind.CONCURRENT, Limits(), [Request(Row(0, {}), "")])
    nothing = load(waiting, START)
    assert (nothing.in_flight, nothing.throughput) == (Steps((), (), 0.0), None)
    assert (nothing.in_flight.peak, nothing.in_flight.area, nothing.in_flight.at(0.0)) == (0, 0.0, 0)


@given(st.lists(st.integers(0, 30), max_size=400), st.integers(8, 60))
def test_thinning_keeps_ends_and_extremes(levels, most):
    steps = Steps(tuple(map(float, range(len(levels)))), tuple(levels), float(len(levels)))
    thin = steps.thinned(most)
    assert len(thin.times) <= most
    assert set(zip(thin.times, thin.levels, strict=True)) <= set(zip(steps.times, levels, strict=True))
    assert list(thin.times) == sorted(set(thin.times))
    assert thin.peak == steps.peak
    assert min(thin.levels, default=0) == min(levels, default=0)
    if levels:
        assert (thin.times[0], thin.times[-1], thin.end) == (0.0, steps.times[-1], steps.end)


# Throughput over time


@given(arms())
def test_the_windows_hold_every_finished_request(arm):
    measured = throughput(arm, math.nan)
    ends = [request.ended_at for request in arm.requests if request.state is S.DONE]
    length = arm.ended_at - arm.started_at
    if not ends or length == 0:
        assert measured is None
        return
    assert measured.window_s * len(measured.rates) == pytest.approx(length)
    assert math.fsum(measured.rates) * measured.window_s == pytest.approx(len(ends))


def test_windows_count_what_ended_in_them():
    ends = [0.5, 1.0, 1.5, 1.6, 1.7, 2.0, 3.9, 4.0, 4.0, 4.0]
    measured = throughput(arm_of(*(request_of(n, (0.0, end)) for n, end in enumerate(ends))), math.nan)
    assert (measured.window_s, measured.rates) == (2.0, (2.5, 2.5))
    assert [measured.at(time) for time in (-0.1, 0.0, 1.99, 2.0, 4.0, 4.1)] == [
        None,
        2.5,
        2.5,
        2.5,
        2.5,
        None,
    ]


@pytest.mark.parametrize(("n", "windows"), [(1, 1), (9, 1), (10, 2), (299, 59), (300, 60), (5000, 60)])
def test_there_are_as_many_windows_as_the_finishes_can_fill(n, windows):
    arm = arm_of(*(request_of(number, (0.0, (number + 1) / n)) for number in range(n)))
    assert len(throughput(arm, math.nan).rates) == windows


# Sweep


def swept(cap, ends, rows=None, **kwargs):
    """An arm of this cap whose requests all begin at once and end so."""
    requests = [request_of(index, (0.0, end)) for index, end in enumerate(ends)]
    requests += [request_of(index, (0.0, 1.0), state=S.FAILED) for index in range(len(ends), rows or 0)]
    return arm_of(*requests, cap=cap, **kwargs)


def test_arms_of_one_cap_are_repeats():
    points = sweep_points([swept(4, [1.0, 2.0]), swept(1, [4.0]), swept(4, [3.0, 4.0, 4.0, 4.0], rows=6)])
    assert [point.cap for point in points] == [1, 4]
    repeated = points[1]
    assert (repeated.throughputs, repeated.walls, repeated.throughput_rps) == ((1.0, 1.0), (2.0, 4.0), 1.0)
    assert (repeated.median_service_s, repeated.n, repeated.rows) == (3.0, 6, 2)


def test_arms_that_say_nothing_are_left_out():
    cut_short = swept(1, [1.0])
    cut_short.requests.append(request_of(1, (0.0, 0.5), state=S.CANCELLED))
    running = swept(2, [1.0])
    running.ended_at = None
    failed = swept(3, [], rows=2)
    without_extent = swept(5, [0.0])
    assert sweep_points([cut_short, running, failed, without_extent]) == []
    assert [point.cap for point in sweep_points([cut_short, swept(1, [2.0])])] == [1]


def curve(*throughputs, rows=1000, caps=None):
    caps = caps or [2**power for power in range(len(throughputs))]
    return [
        SweepPoint(cap, (rps,), (rows / rps,), 1.0, rows, rows)
        for cap, rps in zip(caps, throughputs, strict=True)
    ]


def knee_of(points, *share):
    found = knee(points, *share)
    return found and found.cap


def test_the_knee_of_a_saturating_curve():
    assert knee_of(curve(1.0, 2.0, 3.7, 4.0, 4.1)) == 4
    assert knee_of(reversed_points := curve(1.0, 2.0, 3.7, 4.0, 4.1)[::-1]) == 4
    assert knee_of(reversed_points, 0.95) == 8


def test_where_more_at_once_buys_nothing_the_smallest_cap_is_the_knee():
    assert knee_of(curve(1.0, 1.0, 1.0)) == 1
    assert knee_of(curve(1.0, 0.7, 0.4)) == 1


def test_a_curve_that_falls_again_has_its_knee_before_the_top():
    assert knee_of(curve(1.0, 2.0, 3.9, 4.0, 2.0)) == 4


@pytest.mark.parametrize(
    "points",
    [
        [],
        curve(1.0),
        curve(1.0, 2.0, 4.0, 8.0),
        curve(1.0, 1.5, 2.2, 3.0),
        # in proportion to the cap: 18 reaches nine tenths of 20 without any bend
        curve(16.0, 18.0, 20.0, caps=[16, 18, 20]),
        # it bends where the rows run out
        curve(1.0, 2.0, 4.0, 5.0, 5.0, rows=5),
    ],
    ids=["none", "one point", "in proportion", "still rising", "close caps", "too few rows"],
)
def test_without_a_bend_there_is_no_knee(points):
    assert knee_of(points) is None


@given(st.integers(0, 5), st.lists(st.floats(0.96, 1.04), min_size=8, max_size=8))
def test_noise_does_not_move_the_knee(power, noise):
    capacity = 2**power
    noisy = [min(2**step, capacity) * factor for step, factor in enumerate(noise)]
    assert knee_of(curve(*noisy)) == capacity


def test_the_mean_of_repeats_decides():
    points = curve(1.0, 2.0, 3.0, 4.0)
    lucky = SweepPoint(2, (4.0, 1.0), (1.0, 4.0), 1.0, 2000, 1000)
    steady = SweepPoint(16, (4.0, 4.0), (1.0, 1.0), 1.0, 2000, 1000)
    assert knee_of([points[0], lucky, *points[2:], steady]) == 8
