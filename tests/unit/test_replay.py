from __future__ import annotations

import math
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recorded_arms import CANCELLED, FAILED, all_at_once, arm_of, arm_of_replay, one_by_one, recorded

from paradigm_gui.core.replay import AssumptionCode, estimate_sequential, replay
from paradigm_gui.core.server_model import ServerModel
from paradigm_gui.core.timing import peak_overlap

C = AssumptionCode
TIMES = st.lists(st.floats(0.001, 100.0), min_size=1, max_size=30)
CONTENTIONS = st.floats(0.0, 2.0)


def known(contention, seen=100):
    return ServerModel(contention, contention, contention, 10, seen, is_measured=True)


def codes(estimate):
    return [assumption.code for assumption in estimate.assumptions]


# Independent requests


@given(TIMES, st.integers(0, 10))
def test_with_a_slot_for_each_row_the_slowest_decides(times, spare):
    found = replay(one_by_one(times), len(times) + spare, None, known(0.0))
    assert found.wall_s == pytest.approx(max(times))
    assert found.peak_in_flight == len(times)


@given(TIMES)
def test_one_slot_takes_the_sum(times):
    found = replay(all_at_once(times), 1, None, known(0.0))
    assert found.wall_s == pytest.approx(math.fsum(times))
    assert found.mean_in_flight == pytest.approx(1.0)
    assert [span.row for span in found.spans] == list(range(len(times)))


@given(TIMES)
def test_no_cap_beats_the_bound_and_more_slots_never_hurt(times):
    walls = []
    for cap in range(1, len(times) + 2):
        found = replay(one_by_one(times), cap, None, known(0.0))
        walls.append(found.wall_s)
        assert found.wall_s >= max(max(times), math.fsum(times) / cap) * (1 - 1e-9)
        # no order of the rows is worse than this (Graham 1966)
        assert found.wall_s <= (math.fsum(times) / cap + max(times)) * (1 + 1e-9)
    assert all(later <= earlier * (1 + 1e-9) for earlier, later in pairwise(walls))


# Shared capacity


@given(st.integers(1, 30), CONTENTIONS, st.floats(0.01, 10.0))
def test_equal_rows_at_once_take_what_the_law_says(rows, contention, work):
    found = replay(one_by_one([work] * rows), rows, None, known(contention))
    assert found.wall_s == pytest.approx(work * (1 + contention * (rows - 1)))
    assert found.throughput_rps == pytest.approx(rows / found.wall_s)
    assert found.mean_in_flight == pytest.approx(rows)


def test_who_stays_goes_faster_when_another_leaves():
    # at a = 1 two share one rate: the first has its second after 2, the other its remaining one after 1 more
    found = replay(one_by_one([1.0, 2.0]), 2, None, known(1.0))
    assert [(span.row, span.start, span.end) for span in found.spans] == [
        (0, 0.0, pytest.approx(2.0)),
        (1, 0.0, pytest.approx(3.0)),
    ]


@given(TIMES, CONTENTIONS, st.integers(1, 12), st.integers(1, 12), st.sampled_from([None, 30.0, 600.0]))
def test_what_was_replayed_can_be_replayed_back(times, contention, cap, other, rate):
    arm = one_by_one(times)
    direct = replay(arm, cap, rate, known(contention))
    there = replay(arm, other, None, known(contention))
    back = replay(arm_of_replay(there), cap, rate, known(contention))
    assert back.wall_s == pytest.approx(direct.wall_s, rel=1e-6)


@given(TIMES, CONTENTIONS, st.integers(1, 12), st.sampled_from([None, 7.0, 600.0]))
def test_every_row_is_replayed_within_its_limits(times, contention, cap, rate):
    found = replay(one_by_one(times), cap, rate, known(contention))
    assert Counter(span.row for span in found.spans) == Counter(range(len(times)))
    assert all(span.is_done and 0 <= span.start <= span.end <= found.wall_s for span in found.spans)
    assert found.peak_in_flight == peak_overlap((span.start, span.end) for span in found.spans) <= cap
    starts = [span.start for span in sorted(found.spans, key=lambda span: span.row)]
    assert starts == sorted(starts)
    gap = 60 / rate if rate else 0.0
    assert all(later - sooner >= gap * (1 - 1e-9) for sooner, later in pairwise(starts))
    assert found.wall_s >= gap * (len(times) - 1)


def test_the_pace_decides_where_slots_are_plenty():
    found = replay(all_at_once([1.0] * 11), 20, 60.0, known(0.0))
    assert found.wall_s == pytest.approx(11.0)
    assert found.peak_in_flight == 1


# What is known of the server


def test_without_another_arm_only_a_range_is_known():
    arm = all_at_once([2.0] * 10)
    slower = replay(arm, 5)
    # as recorded each wave takes 2 s; if the server did one at a time, fewer at once lose nothing
    assert (slower.wall_s, slower.low_s, slower.high_s) == pytest.approx((4.0, 2.0, 4.0))
    assert not slower.server.is_measured
    assert codes(slower) == [C.LOAD_UNKNOWN, C.NO_OVERHEAD]


def test_a_range_of_the_server_is_a_range_of_the_wall():
    server = ServerModel(0.5, 0.4, 0.6, 10, 5, is_measured=True)
    found = replay(one_by_one([1.0] * 5), 5, None, server)
    assert (found.low_s, found.wall_s, found.high_s) == pytest.approx((2.6, 3.0, 3.4))
    assert found.assumptions[0].code is C.SHARED
    assert found.assumptions[0].figures == {"contention": 0.5, "low": 0.4, "high": 0.6, "n": 10, "seen": 5}


@pytest.mark.parametrize(
    ("server", "expected"),
    [
        (known(0.0), C.INDEPENDENT),
        (known(0.001, seen=10), C.INDEPENDENT),
        (known(0.001, seen=1000), C.SHARED),
        (None, C.LOAD_UNKNOWN),
    ],
)
def test_what_is_assumed_of_the_server_is_said(server, expected):
    assert codes(replay(one_by_one([1.0] * 3), 2, None, server))[0] is expected


def test_going_beyond_the_record_is_said():
    arm = one_by_one([1.0] * 10)
    assert C.BEYOND_RECORD not in codes(replay(arm, 5, None, known(0.5, seen=5)))
    found = replay(arm, 8, None, known(0.5, seen=5))
    beyond = next(item for item in found.assumptions if item.code is C.BEYOND_RECORD)
    assert beyond.figures == {"in_flight": 8, "seen": 5}
    # a cap that no row needs goes beyond nothing
    assert C.BEYOND_RECORD not in codes(replay(arm, 50, None, known(0.5, seen=10)))


# Retries, failures, and what was cut off


def test_failed_attempts_are_repeated_with_the_pauses_after_them():
    # row 0 fails after 1 s, pauses 0.4 s and takes 2 s; row 1 takes the slot meanwhile
    arm = arm_of(recorded(0, (0.0, 1.0), (1.4, 3.4), errors=["server_error"]), recorded(1, (0.0, 3.0)))
    found = replay(arm, 1, None, known(0.0))
    assert [(span.row, span.start, span.end, span.is_done) for span in found.spans] == [
        (0, 0.0, 1.0, False),
        (1, 1.0, 4.0, True),
        (0, 4.0, 6.0, True),
    ]
    assert replay(arm, 2, None, known(0.0)).wall_s == pytest.approx(1.0 + 0.4 + 2.0)
    assert found.throughput_rps == pytest.approx(2 / 6)
    assert next(item for item in found.assumptions if item.code is C.FAILURES_REPEATED).figures == {
        "failures": 1
    }


def test_a_wait_for_a_slot_is_no_pause():
    # a first back-off is 0.5 s at most: the rest was spent in the queue
    arm = arm_of(
        recorded(0, (0.0, 1.0), (9.0, 11.0), errors=["server_error"]), recorded(1, (1.0, 9.0)), cap=1
    )
    assert replay(arm, 2, None, known(0.0)).wall_s == pytest.approx(8.0)
    assert replay(arm_of(*arm.requests[:1], cap=1), 2, None, known(0.0)).wall_s == pytest.approx(3.5)


def test_sending_takes_the_time_that_it_took_at_the_start():
    burst = [recorded(index, (index * 0.1, index * 0.1 + 1.0)) for index in range(4)]
    later = recorded(4, (1.5, 2.5))
    found = replay(arm_of(*burst, later, cap=4), 5, None, known(0.0))
    assert found.wall_s == pytest.approx(0.4 + 1.0)
    assert found.assumptions[-1].code is C.LAUNCH
    assert found.assumptions[-1].figures == {"launch_s": pytest.approx(0.1)}
    # a pace, or one slot, kept them apart
    for arm in (arm_of(*burst, later, cap=4, rate=600.0), arm_of(*burst, later, cap=1)):
        assert codes(replay(arm, 5, None, known(0.0)))[-1] is C.NO_OVERHEAD


def test_a_failed_attempt_takes_its_time_however_loaded_the_server_is():
    arm = arm_of(
        recorded(0, (0.0, 9.0), errors=["timeout_total"], state=FAILED), recorded(1, (20.0, 21.0)), cap=1
    )
    found = replay(arm, 2, None, known(1.0))
    ends = {span.row: span.end for span in found.spans}
    assert ends == pytest.approx({0: 9.0, 1: 2.0})


def test_refusals_and_rows_that_were_cut_off_are_left_out_and_counted():
    arm = arm_of(
        recorded(0, (0.0, 0.1), (0.5, 0.6), (5.0, 7.0), errors=["rate_limited", "rate_limited"]),
        recorded(1, (0.0, 3.0), state=CANCELLED),
        recorded(2, state=CANCELLED),
        recorded(4, (0.0, 0.1), errors=["rate_limited"], state=FAILED),
        # cut off by a crash, then gone on with
        recorded(3, (0.0, 2.0), (4.0, 5.0)),
    )
    found = replay(arm, 1, None, known(0.0))
    assert [(span.row, span.end) for span in found.spans] == [(0, 2.0), (3, 3.0)]
    figures = {item.code: item.figures for item in found.assumptions}
    assert figures[C.REFUSALS_LEFT_OUT] == {"refusals": 3}
    assert figures[C.ROWS_LEFT_OUT] == {"rows": 3}
    assert C.FAILURES_REPEATED not in figures


@pytest.mark.parametrize(
    "arm",
    [
        arm_of(),
        arm_of(recorded(0, state=CANCELLED)),
        arm_of(recorded(0, (0.0, 1.0), errors=["server_error"], state=FAILED)),
        all_at_once([0.0, 0.0]),
    ],
)
def test_an_arm_that_tells_nothing_gives_no_estimate(arm):
    assert replay(arm, 4) is None
    assert estimate_sequential(arm) is None


# One by one, estimated


def test_one_arm_alone_bounds_the_sequential_time():
    arm = all_at_once([1.0, 2.0, 3.0])
    estimate = estimate_sequential(arm)
    assert estimate.wall_s is None
    assert estimate.speed_up is None
    # busy for 3 s, and 6 s of service
    assert (estimate.low_s, estimate.high_s) == pytest.approx((3.0, 6.0))
    assert (estimate.speed_up_low, estimate.speed_up_high) == pytest.approx((1.0, 2.0))
    assert (estimate.n, estimate.concurrent_s) == (3, 3.0)
    assert codes(estimate) == [C.LOAD_UNKNOWN, C.NO_OVERHEAD]


@given(TIMES, st.floats(0.0, 1.0), st.integers(1, 12))
def test_the_truth_lies_within_the_bounds(times, contention, cap):
    arm = arm_of_replay(replay(one_by_one(times), cap, None, known(contention)))
    estimate = estimate_sequential(arm)
    total = math.fsum(times)
    assert estimate.low_s <= total * (1 + 1e-6)
    assert estimate.high_s >= total * (1 - 1e-6)
    exact = estimate_sequential(arm, known(contention))
    assert exact.wall_s == pytest.approx(total, rel=1e-6)
    assert exact.speed_up == pytest.approx(total / exact.concurrent_s, rel=1e-6)


def test_a_pace_also_holds_one_by_one():
    requests = [recorded(index, (index, index + 0.5)) for index in range(4)]
    estimate = estimate_sequential(arm_of(*requests, rate=60.0))
    assert (estimate.low_s, estimate.high_s) == pytest.approx((3.5, 3.5))


def test_only_answered_rows_count_on_both_sides():
    arm = arm_of(
        recorded(0, (0.0, 2.0)),
        recorded(1, (0.0, 2.0)),
        recorded(2, (0.0, 9.0), errors=["timeout_total"], state=FAILED),
    )
    estimate = estimate_sequential(arm, known(0.0))
    assert (estimate.wall_s, estimate.concurrent_s, estimate.n) == (pytest.approx(4.0), 2.0, 2)
    assert next(item for item in estimate.assumptions if item.code is C.ROWS_LEFT_OUT).figures == {"rows": 1}
