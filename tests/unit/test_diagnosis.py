from __future__ import annotations

import datetime as dt

import pytest

from paradigm_gui.core.batch import (
    Arm,
    ArmKind,
    Attempt,
    Batch,
    Completion,
    Limits,
    Parameters,
    Request,
    RequestState,
    Row,
    Run,
    Template,
)
from paradigm_gui.core.diagnosis import Finding, FindingCode
from paradigm_gui.core.endpoints import PARADIGM
from paradigm_gui.core.errors import ErrorKind, RequestError
from paradigm_gui.core.run_figures import RunFigures

C = FindingCode


def request_of(index, sent_at, ended_at, *errors, state=RequestState.DONE):
    """A request whose last attempt lasts from `sent_at` to `ended_at`, one for each error failed before."""
    failed = [Attempt(sent_at, None, None, sent_at, RequestError(kind)) for kind in errors]
    completion = Completion("Hello", "stop", "m") if state is RequestState.DONE else None
    attempts = [*failed, Attempt(sent_at, None, None, ended_at)]
    return Request(Row(index, {}), "", state, 0.0, ended_at, attempts, completion)


def arm_of(kind, requests, cap, end=None):
    return Arm(kind, Limits(cap=cap), requests, 0.0, end or max(request.ended_at for request in requests))


def run_of(concurrent, cap, *, alone_s=None, end=None):
    """A run whose sequential arm, if any, takes `alone_s` for each of the same rows."""
    arms = {ArmKind.CONCURRENT: arm_of(ArmKind.CONCURRENT, concurrent, cap, end)}
    if alone_s is not None:
        lone = [request_of(i, i * alone_s, (i + 1) * alone_s) for i in range(len(concurrent))]
        arms[ArmKind.SEQUENTIAL] = arm_of(ArmKind.SEQUENTIAL, lone, 1)
    batch = Batch([request.row for request in concurrent], [], Template(""), Parameters("m"))
    return Run(batch, PARADIGM, dt.datetime(2030, 1, 1, tzinfo=dt.UTC), arms)


def waves(rows, cap, service_s):
    """Requests in full waves of `cap`."""
    starts = [index // cap * service_s for index in range(rows)]
    return [request_of(index, start, start + service_s) for index, start in enumerate(starts)]


def diagnose(run, lag):
    return RunFigures.of(run, lag).findings


def codes(run, lag=None):
    return [finding.code for finding in diagnose(run, lag)]


def test_a_server_that_slows_under_load():
    run = run_of([request_of(index, 0.0, 4.0) for index in range(20)], 20, alone_s=1.0)
    slows, few = diagnose(run, None)
    assert slows == Finding(
        C.SERVER_SLOWS, {"at_a_time": 20 * 1.0 / 4.0, "alone_s": 1.0, "loaded_s": 4.0, "n": 20}
    )
    assert few == Finding(C.FEW_ROWS, {"rows": 20, "cap": 20})


@pytest.mark.parametrize(("alone_s", "slows"), [(1.0, True), (1.4, False), (2.0, False), (3.0, False)])
def test_a_server_slows_from_half_as_much_again(alone_s, slows):
    run = run_of(waves(12, 4, 2.0), 4, alone_s=alone_s)
    assert (C.SERVER_SLOWS in codes(run)) == slows
    assert (C.OWN_CAP in codes(run)) != slows


def test_our_own_cap():
    run = run_of(waves(12, 4, 1.0), 4, alone_s=1.0)
    assert diagnose(run, None) == [Finding(C.OWN_CAP, {"cap": 4, "mean_in_flight": 4.0})]
    assert codes(run_of(waves(12, 4, 1.0), 4, alone_s=1.0, end=4.0)) == []  # slots stood empty


def test_one_slow_request():
    requests = [*waves(9, 5, 1.0), request_of(9, 0.0, 9.0)]
    assert Finding(C.SLOW_REQUEST, {"slowest_s": 9.0, "median_s": 1.0}) in diagnose(run_of(requests, 5), None)
    assert C.SLOW_REQUEST not in codes(run_of(requests, 5, end=20.0))
    assert C.SLOW_REQUEST not in codes(run_of(waves(9, 5, 1.0), 5))


def test_refusals_and_retries():
    refused = [request_of(0, 0.0, 1.0, ErrorKind.RATE_LIMITED, ErrorKind.SERVER_ERROR), *waves(5, 1, 1.0)[1:]]
    found = {finding.code: finding.figures for finding in diagnose(run_of(refused, 2), None)}
    assert found[C.RATE_LIMITED] == {"refused": 1, "wall_s": 5.0}
    assert C.RETRIES not in found
    dropped = [request_of(0, 0.0, 1.0, ErrorKind.DROPPED, ErrorKind.DROPPED), *waves(5, 1, 1.0)[1:]]
    found = {finding.code: finding.figures for finding in diagnose(run_of(dropped, 2), None)}
    assert found[C.RETRIES] == {"retries": 2}
    assert C.RATE_LIMITED not in found


@pytest.mark.parametrize(("lag", "told"), [(None, False), (0.05, False), (0.06, True)])
def test_our_own_overhead(lag, told):
    found = diagnose(run_of(waves(12, 4, 1.0), 4, alone_s=1.0), lag)
    assert (Finding(C.LOOP_LAG, {"lag_p99_s": lag}) in found) == told


def test_without_a_second_arm_nothing_was_compared():
    assert codes(run_of(waves(12, 4, 1.0), 4)) == [C.SLOTS_FULL, C.NOT_COMPARED]
    cut_off = run_of(waves(12, 4, 1.0), 4, alone_s=1.0)
    cut_off.arms[ArmKind.SEQUENTIAL].requests[-1].state = RequestState.CANCELLED
    assert codes(cut_off)[-1] is C.NOT_COMPARED


@pytest.mark.parametrize(
    ("requests", "n"),
    [
        ([request_of(0, 0.0, 1.0), request_of(1, 0.0, 1.0)], 2),
        ([request_of(index, 0.0, 1.0, state=RequestState.FAILED) for index in range(9)], 0),
        ([request_of(index, 0.0, 0.0) for index in range(9)], 9),
    ],
)
def test_too_little_to_say_anything(requests, n):
    assert diagnose(run_of(requests, 4), 1.0) == [Finding(C.NOT_ENOUGH_DATA, {"n": n, "needed": 3})]


def test_an_arm_without_rows():
    arms = {ArmKind.CONCURRENT: Arm(ArmKind.CONCURRENT, Limits(), [])}
    batch = Batch([], [], Template(""), Parameters("m"))
    run = Run(batch, PARADIGM, dt.datetime(2030, 1, 1, tzinfo=dt.UTC), arms)
    assert codes(run) == [C.NOT_ENOUGH_DATA]
