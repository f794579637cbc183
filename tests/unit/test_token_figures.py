"""How fast tokens came."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paradigm_gui.core.batch import Arm, ArmKind, Attempt, Completion, Limits, Request, RequestState, Row
from paradigm_gui.core.timing import arm_figures, tpot_s

S = RequestState
START = 50.0


def request_of(*attempts, tokens=None, state=S.DONE):
    """A request with attempts given as (sent, first token, last token) in seconds after START."""
    made = [
        Attempt(START + sent, first and START + first, last and START + last, START + (last or sent + 1.0))
        for sent, first, last in attempts
    ]
    completion = Completion("Hello", "stop", "m", 5, tokens) if state is S.DONE else None
    return Request(Row(0, {}), "", state, START, made[-1].ended_at, made, completion)


def arm_of(*requests, wall=10.0):
    return Arm(ArmKind.CONCURRENT, Limits(), list(requests), START, START + wall)


def test_tpot_leaves_out_the_first_token_and_failed_attempts():
    assert tpot_s(request_of((0.0, 1.0, 2.0), (5.0, 6.0, 8.0), tokens=5)) == 0.5


@pytest.mark.parametrize(
    "request_",
    [
        request_of((0.0, 1.0, 3.0), tokens=None),
        request_of((0.0, 1.0, 3.0), tokens=1),
        request_of((0.0, 1.0, 3.0), tokens=0),
        request_of((0.0, None, None), tokens=5),
        request_of((0.0, 1.0, 1.0), tokens=5),
        request_of((0.0, 1.0, 3.0), state=S.FAILED),
    ],
    ids=["not counted", "one token", "no token", "not streamed", "in one piece", "failed"],
)
def test_a_request_without_time_between_its_tokens_has_no_tpot(request_):
    assert tpot_s(request_) is None
    figures = arm_figures(arm_of(request_), math.nan)
    assert (figures.tpot.n, figures.tpot.mean) == (0, None)


@given(st.integers(2, 10_000), st.floats(0.001, 100), st.floats(0.001, 1000))
def test_tpot_gives_the_service_time_back(tokens, ttft, stream):
    found = tpot_s(request_of((0.0, ttft, ttft + stream), tokens=tokens))
    assert ttft + found * (tokens - 1) == pytest.approx(ttft + stream)


def test_output_tokens_per_second_are_those_of_all_done_requests_over_the_wall_time():
    arm = arm_of(
        request_of((0.0, 1.0, 3.0), tokens=5),
        request_of((0.0, None, None), tokens=7),
        request_of((0.0, 1.0, 3.0), state=S.FAILED),
        wall=4.0,
    )
    figures = arm_figures(arm, math.nan)
    assert (figures.done, figures.output_tokens_per_s) == (2, 3.0)
    assert (figures.tpot.n, figures.tpot.mean) == (1, 0.5)
    arm.ended_at = None
    assert arm_figures(arm, START + 8.0).output_tokens_per_s == 1.5


def test_a_part_of_the_counts_is_not_the_total():
    figures = arm_figures(
        arm_of(request_of((0.0, 1.0, 3.0), tokens=5), request_of((0.0, 1.0, 3.0))), math.nan
    )
    assert (figures.done, figures.output_tokens_per_s) == (2, None)
    assert figures.tpot.n == 1


def test_without_success_or_extent_there_is_no_speed():
    assert arm_figures(arm_of(), math.nan).output_tokens_per_s is None
    assert (
        arm_figures(arm_of(request_of((0.0, 1.0, 3.0), tokens=5), wall=0.0), 0.0).output_tokens_per_s is None
    )
    waiting = Arm(ArmKind.CONCURRENT, Limits(), [])
    assert arm_figures(waiting, START).output_tokens_per_s is None
