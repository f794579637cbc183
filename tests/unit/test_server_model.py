from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recorded_arms import CANCELLED, FAILED, all_at_once, arm_of, arm_of_replay, one_by_one, recorded

from paradigm_gui.core.replay import replay
from paradigm_gui.core.server_model import Load, ServerModel, fit_server, pace, unknown_server

WORKS = st.lists(st.floats(0.01, 10.0), min_size=3, max_size=12)


def known(contention):
    return ServerModel(contention, contention, contention, 10, 100, is_measured=True)


def served(works, cap, contention, rate=None):
    """The arm that a server with this contention would give."""
    found = replay(one_by_one(works), cap, rate, known(contention))
    return arm_of_replay(found, rate=rate)


def test_the_pace_is_a_share_of_the_law():
    assert pace(0.5, 1) == 1.0
    assert pace(0.0, 100) == 1.0
    assert pace(1.0, 4) == 0.25
    assert pace(0.5, 3) == 0.5


def test_the_work_is_the_pace_integrated():
    # alone for 1 s, two for 2 s, alone for 3 s
    load = Load(arm_of(recorded(0, (5.0, 8.0)), recorded(1, (6.0, 11.0))))
    assert load.peak == 2
    assert load.works(0.0) == pytest.approx({0: 3.0, 1: 5.0})
    assert load.works(1.0) == pytest.approx({0: 2.0, 1: 4.0})
    assert load.time_at_level({0, 1}) == pytest.approx({1: 4.0, 2: 4.0})
    assert load.time_at_level({1}) == pytest.approx({1: 3.0, 2: 2.0})


def test_whatever_was_in_flight_counts_as_load():
    cut_off = recorded(1, (0.0, 4.0), state=CANCELLED)
    failed = recorded(2, (0.0, 4.0), errors=["server_error"], state=FAILED)
    load = Load(arm_of(recorded(0, (0.0, 4.0)), cut_off, failed))
    assert load.answered == {0: (0.0, 4.0)}
    assert load.works(1.0) == pytest.approx({0: 4 / 3})


@given(WORKS, st.floats(0.05, 3.0), st.integers(2, 12))
def test_the_contention_is_found_again(works, contention, cap):
    arms = [served(works, cap, contention), one_by_one(works)]
    server = fit_server(arms)
    if server is None:  # one long row and two short ones: hardly ever two at once
        return
    assert server.contention == pytest.approx(contention, rel=1e-4)
    assert server.low <= server.contention <= server.high
    assert (server.n, server.seen) == (len(works), min(cap, len(works)))
    assert server.is_measured


def test_noise_widens_the_range():
    draws = random.Random(1)
    works = [draws.uniform(0.5, 1.5) for _ in range(40)]
    again = [work * draws.uniform(0.8, 1.2) for work in works]
    exact, noisy = (fit_server([served(works, 10, 0.3), one_by_one(alone)]) for alone in (works, again))
    assert exact.high - exact.low < 1e-6
    assert noisy.low < 0.3 < noisy.high
    assert noisy.high - noisy.low > 0.01


def test_more_arms_of_a_sweep_are_fitted_together():
    works = [1.0 + number / 10 for number in range(12)]
    server = fit_server([served(works, cap, 0.25) for cap in (3, 6, 12)])
    assert server.contention == pytest.approx(0.25, rel=1e-4)
    assert server.seen == 12


def test_a_server_that_does_not_slow_down_has_no_contention():
    times = [0.5, 1.0, 2.0, 1.5]
    assert fit_server([all_at_once(times), one_by_one(times)]).contention == 0.0
    assert fit_server([all_at_once([time * 0.9 for time in times]), one_by_one(times)]).contention == 0.0


@pytest.mark.parametrize(
    "arms",
    [
        [],
        [one_by_one([1.0, 1.0, 1.0])],
        [one_by_one([1.0, 1.0, 1.0]), one_by_one([1.0, 1.0, 1.0])],
        [one_by_one([1.0, 1.0]), all_at_once([1.0, 1.0])],
        [one_by_one([0.0] * 5), all_at_once([0.0] * 5)],
        [arm_of(), one_by_one([1.0] * 5)],
    ],
)
def test_without_two_loads_on_the_same_rows_nothing_is_learnt(arms):
    assert fit_server(arms) is None


# One arm alone


@pytest.mark.parametrize("arm", [all_at_once([1.0, 2.0, 3.0]), one_by_one([1.0, 1.0]), arm_of()])
def test_one_arm_alone_leaves_all_open(arm):
    server = unknown_server(arm)
    assert (server.contention, server.low, server.high) == (0.0, 0.0, 1.0)
    assert not server.is_measured
    assert server.n == len(arm.requests)
