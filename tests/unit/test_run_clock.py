from __future__ import annotations

import datetime as dt

import pytest
from recorded_arms import CANCELLED, arm_of, recorded, run_of

from paradigm_gui.core.batch import ArmKind, Attempt
from paradigm_gui.core.run_clock import moment, timed_arms, timed_attempts


def test_arms_follow_each_other_whatever_their_clocks_read():
    first = arm_of(recorded(0, (100.5, 102.0), start=100.0), start=100.0)
    second = arm_of(recorded(0, (900.0, 905.0), start=900.0), start=900.0, kind=ArmKind.SEQUENTIAL)
    for run in (run_of(first, second), run_of(second, first)):
        timed = timed_arms(run)
        assert [found.arm.kind for found in timed] == [ArmKind.CONCURRENT, ArmKind.SEQUENTIAL]
        starts = [found.arm.started_at + found.offset for found in timed]
        assert starts == [0.0, 2.0]


def test_an_arm_that_has_not_begun_has_no_time():
    arm = arm_of(recorded(0, state=CANCELLED))
    arm.started_at = arm.ended_at = None
    assert timed_arms(run_of(arm)) == []


def test_an_attempt_waits_from_the_end_of_the_one_before():
    request = recorded(0, (101.0, 102.0), (105.0, 106.0, 108.0), errors=["server_error"], start=100.0)
    [timed] = timed_arms(run_of(arm_of(request, start=100.0)))
    first, second = timed_attempts(timed)
    assert (first.begin, first.sent, first.first_token, first.end) == (0.0, 1.0, 2.0, 2.0)
    assert (second.begin, second.sent, second.first_token, second.end) == (2.0, 5.0, 6.0, 8.0)
    assert [(attempt.number, attempt.is_last) for attempt in (first, second)] == [(1, False), (2, True)]


@pytest.mark.parametrize(
    ("attempt", "end"),
    [
        (Attempt(1.0), 1.0),
        (Attempt(1.0, 2.0), 2.0),
        (Attempt(1.0, 2.0, 3.0), 3.0),
        (Attempt(1.0, 2.0, 3.0, 4.0), 4.0),
    ],
)
def test_an_attempt_without_an_end_ends_with_what_came(attempt, end):
    request = recorded(0, (1.0, 9.0))
    request.attempts = [attempt]
    [timed] = timed_arms(run_of(arm_of(request)))
    assert next(timed_attempts(timed)).end == end


def test_the_moment_is_in_the_time_zone_of_the_start():
    run = run_of(arm_of())
    assert moment(run, 1.5) - run.started_at == dt.timedelta(seconds=1.5)
    assert moment(run, 1.5).tzinfo is run.started_at.tzinfo
