"""Swim lanes: as few as can be, and nothing in the way of anything else."""

import math
import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paradigm_gui.core.batch import Attempt, Request, RequestState, Row
from paradigm_gui.core.errors import ErrorKind, RequestError
from paradigm_gui.core.timing import peak_overlap
from paradigm_gui.models.lanes import Lane, Lanes, Spot, pack

# few different times make many that are equal, as with a clock that ticks every 15 ms
TIMES = st.integers(0, 40).map(lambda tick: tick * 0.015)
INTERVALS = st.lists(st.tuples(TIMES, TIMES).map(lambda pair: (min(pair), max(pair))), max_size=60)
START = 50.0


def by_lane(intervals, lanes):
    found = {}
    for interval, lane in zip(intervals, lanes, strict=True):
        found.setdefault(lane, []).append(interval)
    return {lane: sorted(held) for lane, held in found.items()}


@pytest.mark.parametrize(
    ("intervals", "lanes"),
    [
        ([], []),
        ([(0, 1)], [0]),
        ([(0, 2), (0, 1), (1, 3)], [1, 0, 0]),
        ([(0, 1), (1, 2), (2, 3)], [0, 0, 0]),
        ([(2, 3), (0, 9), (1, 9)], [2, 0, 1]),
        ([(0, 9), (1, 2), (1, 5), (3, 4)], [0, 1, 2, 1]),
        ([(1, 1), (1, 1)], [0, 0]),
        ([(0, math.inf), (1, math.inf)], [0, 1]),
    ],
)
def test_each_takes_the_lowest_free_lane(intervals, lanes):
    assert pack(intervals) == lanes


@given(INTERVALS)
def test_nothing_overlaps_in_a_lane(intervals):
    for held in by_lane(intervals, pack(intervals)).values():
        assert all(earlier[1] <= later[0] for earlier, later in pairwise(held))


@given(INTERVALS)
def test_there_are_as_many_lanes_as_overlap_at_the_most(intervals):
    real = [(start, end) for start, end in intervals if end > start]
    lanes = pack(real)
    assert set(lanes) == set(range(peak_overlap(real)))


def request(row, *times, state=RequestState.DONE):
    """A request with attempts from and to these times; all but the last have failed."""
    attempts = [
        Attempt(START + sent, None, None, None if end is None else START + end, None) for sent, end in times
    ]
    for failed in attempts[:-1]:
        failed.error = RequestError(ErrorKind.SERVER_ERROR)
    end = times[-1][1] if times else None
    return Request(Row(row, {}), "", state, START, START + end if end is not None else None, attempts)


def shape(lanes):
    return [list(zip(lane.starts, lane.ends, lane.rows, strict=True)) for lane in lanes]


def test_attempts_of_a_request_take_their_own_lanes():
    lanes = Lanes([request(0, (0, 1), (3, 4)), request(1, (0, 5)), request(2, (1, 6))], START)
    assert shape(lanes) == [[(0, 1, (0, 0)), (1, 6, (2, 0))], [(0, 5, (1, 0))], [(3, 4, (0, 1))]]
    assert lanes.spots(0) == [Spot(0, 0), Spot(2, 0)]
    assert lanes[0].failed == [0]
    assert lanes.spots(7) == ()


def played(seed, cap, rows):
    """What happens in a run, as (what changed, rows that are named) per step; rows are changed on the way."""
    draw = random.Random(seed)
    requests = [request(row, state=RequestState.QUEUED) for row in range(rows)]
    yield requests
    waiting, in_flight, tick = list(requests), [], 0
    while waiting or in_flight:
        tick += 1
        now = START + 0.015 * tick
        changed = set()
        for one in draw.sample(in_flight, draw.randint(0, len(in_flight))):
            in_flight.remove(one)
            one.attempts[-1].ended_at = now
            if draw.random() < 0.3 and len(one.attempts) < 3:
                one.attempts[-1].error = RequestError(ErrorKind.SERVER_ERROR)
                waiting.insert(0, one)
            else:
                one.ended_at, one.state = now, RequestState.DONE
            if draw.random() < 0.8:  # an end that is still being written to disk is told later
                changed.add(one.index)
        while waiting and len(in_flight) < cap:
            one = waiting.pop(0)
            one.attempts.append(Attempt(now))
            in_flight.append(one)
            changed.add(one.index)
        if draw.random() < 0.6:
            yield changed
        else:
            waiting_for = changed
            yield set()
            yield waiting_for


@pytest.mark.parametrize("seed", range(20))
def test_lanes_that_grow_are_those_that_are_made_at_the_end(seed):
    cap = 1 + seed % 7
    steps = played(seed, cap, 40)
    requests = next(steps)
    lanes = Lanes(requests, START)
    for changed in steps:
        lanes.read(changed)
        assert len(lanes) <= cap
    lanes.read(range(len(requests)))
    assert shape(lanes) == shape(Lanes(requests, START))
    for lane in lanes:
        assert all(lane.ends[n] <= lane.starts[n + 1] for n in range(len(lane.starts) - 1))
        assert lane.failed == [
            n for n, (row, number) in enumerate(lane.rows) if requests[row].attempts[number].error
        ]


def test_an_attempt_that_was_missed_is_put_where_it_belongs():
    requests = [request(0, (0, 4)), request(1, (1, 2)), request(2, (3, 5))]
    late, requests[1].attempts = requests[1].attempts, []
    lanes = Lanes(requests, START)
    requests[1].attempts = late
    lanes.read([1])
    assert shape(lanes) == shape(Lanes(requests, START))


def test_the_bar_of_what_is_under_way_is_made_anew():
    one = request(0, (0, None), state=RequestState.SENT)
    lanes = Lanes([one], START)
    assert lanes.bar(lanes[0], 0).segments[-1].end == math.inf
    one.attempts[0].ended_at = one.ended_at = START + 2
    one.state = RequestState.DONE
    lanes.read([])
    assert lanes.bar(lanes[0], 0).segments[-1].end == 2
    assert lanes.bar(lanes[0], 0) is lanes.bar(lanes[0], 0)


def lane_of(*bars, failed=()):
    return Lane([start for start, _ in bars], [end for _, end in bars], [(0, 0)] * len(bars), list(failed))


@pytest.mark.parametrize(
    ("t", "position"), [(-0.5, None), (-0.05, 0), (0, 0), (0.5, 0), (1, 1), (2.05, 1), (2.5, None), (9, 2)]
)
def test_a_bar_is_found_at_a_time_or_very_near(t, position):
    assert lane_of((0, 1), (1, 2), (8, math.inf)).at(t, 0.1) == position


def test_nothing_is_found_in_an_empty_lane():
    assert Lane().at(1.0, 5.0) is None
    assert list(Lane().groups(0, 1, 0.1)) == []


@pytest.mark.parametrize(
    ("bars", "groups"),
    [
        ([(0, 1), (1, 2), (2, 3)], [(0, 0), (1, 1), (2, 2)]),
        ([(0, 0.1), (0.1, 0.2), (0.2, 0.3), (0.6, 0.7)], [(0, 2), (3, 3)]),
        ([(0, 0.1), (0.1, 0.2), (0.2, 3)], [(0, 1), (2, 2)]),
        ([(0, 0.1), (0.2, 3)], [(0, 0), (1, 1)]),
        ([(5, 6)], []),
        ([(2, math.inf)], [(0, 0)]),
    ],
)
def test_short_bars_are_painted_as_one(bars, groups):
    assert list(lane_of(*bars).groups(0, 4, 0.5)) == groups


@given(st.lists(st.floats(0.001, 1), max_size=80), st.floats(0, 20), st.floats(0, 20), st.floats(0, 2))
def test_groups_hold_every_bar_in_sight_once(lengths, one, other, least):
    ends = [sum(lengths[: n + 1]) for n in range(len(lengths))]
    lane = lane_of(*((end - length, end) for end, length in zip(ends, lengths, strict=True)))
    start, stop = sorted((one, other))
    groups = list(lane.groups(start, stop, least))
    held = [position for first, last in groups for position in range(first, last + 1)]
    seen = [n for n in range(len(ends)) if lane.ends[n] >= start and lane.starts[n] <= stop]
    assert held == seen
    for first, last in groups:
        assert first == last or lane.starts[last] - lane.starts[first] < least


def test_a_failure_in_a_group_is_not_lost():
    lane = lane_of(*((n, n + 1) for n in range(9)), failed=[4])
    assert [lane.has_failure(first, last) for first, last in ((0, 3), (0, 4), (4, 4), (4, 8), (5, 8))] == [
        False,
        True,
        True,
        True,
        False,
    ]
