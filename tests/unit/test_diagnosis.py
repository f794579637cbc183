"""What is said of arms whose timestamps are known: written down by hand, or worked out by arithmetic."""

from __future__ import annotations

import datetime as dt
import math
import random
from dataclasses import asdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from simulated import queueing, run_of_arms, shared, simulated_arm, simulated_run, unlimited

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
from paradigm_gui.core.timing import segments

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


def diagnose(run, lag=None):
    return RunFigures.of(run, lag).findings


def codes(run, lag=None):
    return [finding.code for finding in diagnose(run, lag)]


def found(run, code, lag=None):
    """The figures of one finding."""
    return {finding.code: finding.figures for finding in diagnose(run, lag)}[code]


def demo_like(in_flight):
    """All in flight are worked on, each the slower the more there are."""
    return in_flight, 1 / (1 + 0.33 * (in_flight - 1))


def works(rows, spread=0.3):
    """Seconds that the rows take alone: about a second, each another."""
    draw = random.Random(rows)
    return [1 + spread * (2 * draw.random() - 1) for _ in range(rows)]


# What the server does


@pytest.mark.parametrize("is_streamed", [True, False])
@pytest.mark.parametrize("spread", [0.0, 0.3])
@pytest.mark.parametrize(("rows", "cap"), [(20, 20), (40, 10), (12, 10)])
@pytest.mark.parametrize("slots", [1, 3])
def test_a_server_that_queues(slots, rows, cap, spread, is_streamed):
    run = simulated_run(queueing(slots), works(rows, spread), cap, is_streamed=is_streamed)
    assert codes(run) == [C.SERVER_QUEUES]
    figures = found(run, C.SERVER_QUEUES)
    assert figures["about"] == slots
    assert figures["at_a_time"] == pytest.approx(slots, abs=0.1)
    assert figures["n"] == rows
    if is_streamed:
        assert figures["stream_s"] == pytest.approx(figures["stream_alone_s"])
        assert figures["wait_s"] > 3 * figures["wait_alone_s"]
    else:
        assert figures["first_s"] == pytest.approx(figures["first_alone_s"], rel=0.25)
        assert figures["last_s"] > 2 * figures["first_s"]


def test_a_queue_is_named_by_its_slots_also_when_the_last_round_is_not_full():
    run = simulated_run(queueing(8), works(20, 0.0), 20)
    assert RunFigures.of(run).comparison.speed_up < 7
    assert found(run, C.SERVER_QUEUES)["about"] == 8


@pytest.mark.parametrize("is_streamed", [True, False])
@pytest.mark.parametrize("spread", [0.0, 0.3])
@pytest.mark.parametrize(("rows", "cap"), [(20, 20), (40, 10), (12, 10)])
@pytest.mark.parametrize("at_once", [1.0, 3.0])
def test_a_server_that_shares_its_capacity(at_once, rows, cap, spread, is_streamed):
    run = simulated_run(shared(at_once), works(rows, spread), cap, is_streamed=is_streamed)
    assert codes(run) == [C.SERVER_SLOWS]
    figures = found(run, C.SERVER_SLOWS)
    assert figures["about"] == at_once
    assert figures["at_a_time"] == pytest.approx(at_once, rel=0.1)
    if is_streamed:
        assert figures["stream_s"] > 2 * figures["stream_alone_s"]
        assert figures["wait_s"] > 2 * figures["wait_alone_s"]
    else:
        assert figures["first_s"] > 2 * figures["first_alone_s"]


def test_the_demo_server_does_about_three_at_a_time():
    run = simulated_run(demo_like, works(20), 20)
    figures = found(run, C.SERVER_SLOWS)
    assert figures["about"] == 3
    assert figures["at_a_time"] == pytest.approx(2.7, abs=0.1)


def test_what_a_server_does_is_left_open_where_the_times_do_not_tell():
    """It lets requests wait, and works more slowly on those that it takes."""
    waits_and_slows = simulated_run(lambda n: (min(n, 6), 0.6 if n > 1 else 1.0), works(20), 20)
    assert codes(waits_and_slows) == [C.SERVER_LIMITED]
    assert found(waits_and_slows, C.SERVER_LIMITED).keys() == {
        "about",
        "at_a_time",
        "alone_s",
        "loaded_s",
        "n",
    }


@pytest.mark.parametrize("seed", range(20))
def test_a_short_queue_is_never_taken_for_shared_capacity(seed):
    """Ten at once for eight slots, and answers of all lengths in one piece: it does not show."""
    draw = random.Random(seed)
    run = simulated_run(queueing(8), [0.1 + 1.8 * draw.random() for _ in range(40)], 10, is_streamed=False)
    assert C.SERVER_SLOWS not in codes(run)


def test_a_clock_that_is_too_coarse_to_tell_leaves_it_open():
    """The first to finish seem to have taken no time at all."""
    loaded = [request_of(index, 0.0, 0.0 if index < 4 else 1.0) for index in range(12)]
    assert codes(run_of(loaded, 12, alone_s=0.2))[0] is C.SERVER_LIMITED


@pytest.mark.parametrize("is_streamed", [True, False])
@pytest.mark.parametrize("spread", [0.0, 0.3, 0.9])
@pytest.mark.parametrize(("rows", "cap"), [(20, 20), (20, 4), (100, 10), (12, 10), (3, 2)])
def test_a_server_that_does_not_slow_down_is_not_blamed(rows, cap, spread, is_streamed):
    run = simulated_run(unlimited(), works(rows, spread), cap, is_streamed=is_streamed)
    assert not set(codes(run)) & {C.SERVER_QUEUES, C.SERVER_SLOWS, C.SERVER_LIMITED, C.UNCLEAR}


@pytest.mark.parametrize(
    ("alone_s", "slows"), [(1.0, True), (1.6, True), (1.7, False), (2.0, False), (3.0, False)]
)
def test_a_server_slows_from_a_fifth_more(alone_s, slows):
    run = run_of(waves(12, 4, 2.0), 4, alone_s=alone_s)
    assert bool({C.SERVER_SLOWS, C.SERVER_LIMITED} & set(codes(run))) == slows
    assert (C.OWN_CAP in codes(run)) != slows


def test_a_few_slow_requests_are_not_a_server_that_slows():
    requests = [request_of(index, 0.0, 9.0 if index in (3, 7) else 1.0) for index in range(20)]
    assert codes(run_of(requests, 20, alone_s=1.0)) == [C.SLOW_REQUEST, C.FEW_ROWS]


def test_longer_answers_are_not_a_server_that_slows():
    """At once the answers were three times as long, and took three times as long."""
    run = run_of_arms(
        simulated_arm(ArmKind.CONCURRENT, unlimited(), [3.0] * 12, 4, tokens=[30] * 12),
        simulated_arm(ArmKind.SEQUENTIAL, unlimited(), [1.0] * 12, 1, tokens=[10] * 12),
    )
    assert diagnose(run)[0] == Finding(C.TOKENS_DIFFER, {"concurrent_tokens": 360, "sequential_tokens": 120})
    assert not set(codes(run)) & {C.SERVER_QUEUES, C.SERVER_SLOWS, C.SERVER_LIMITED, C.OWN_CAP}


@pytest.mark.parametrize(("tokens", "is_told"), [(10, False), (11, False), (12, True), (8, True)])
def test_arms_that_did_not_write_as_much(tokens, is_told):
    run = run_of_arms(
        simulated_arm(ArmKind.CONCURRENT, unlimited(), [1.0] * 12, 4, tokens=[tokens] * 12),
        simulated_arm(ArmKind.SEQUENTIAL, unlimited(), [1.0] * 12, 1, tokens=[10] * 12),
    )
    assert (C.TOKENS_DIFFER in codes(run)) is is_told


def test_tokens_that_were_not_all_counted_are_not_compared():
    run = simulated_run(unlimited(), [1.0] * 12, 4)
    run.arms[ArmKind.CONCURRENT].requests[3].completion = Completion("Hello", "stop", "m", 7, None)
    assert RunFigures.of(run).comparison.concurrent_tokens is None
    assert RunFigures.of(run).comparison.sequential_tokens == 120
    assert C.TOKENS_DIFFER not in codes(run)


def test_a_sweep_marks_where_more_brought_little():
    arms = [
        simulated_arm(ArmKind.SEQUENTIAL if cap == 1 else ArmKind.CONCURRENT, queueing(4), [1.0] * 64, cap)
        for cap in (16, 1, 8, 4, 2)
    ]
    run = run_of_arms(*arms)
    assert codes(run) == [C.SERVER_QUEUES, C.KNEE]
    assert found(run, C.KNEE)["cap"] == 4
    assert found(run, C.KNEE)["rate"] == pytest.approx(4.0, rel=0.02)
    rising = [
        simulated_arm(ArmKind.SEQUENTIAL if cap == 1 else ArmKind.CONCURRENT, unlimited(), [1.0] * 64, cap)
        for cap in (16, 1, 8, 4, 2)
    ]
    assert codes(run_of_arms(*rising)) == [C.OWN_CAP]


def test_a_knee_and_a_cap_that_is_the_limit_are_not_told_together():
    """The sequential arm was as slow as the one at the cap, but half as many at once brought as much."""
    arms = [
        simulated_arm(ArmKind.CONCURRENT, unlimited(), [2.0] * 64, 8),
        simulated_arm(ArmKind.SEQUENTIAL, unlimited(), [2.0] * 64, 1),
        simulated_arm(ArmKind.CONCURRENT, unlimited(), [1.0] * 64, 4),
    ]
    assert codes(run_of_arms(*arms)) == [C.KNEE]
    assert codes(run_of_arms(*arms[:2])) == [C.OWN_CAP]


# What we do


def test_our_own_cap():
    run = run_of(waves(12, 4, 1.0), 4, alone_s=1.0)
    assert diagnose(run) == [
        Finding(C.OWN_CAP, {"cap": 4, "mean_in_flight": 4.0, "alone_s": 1.0, "loaded_s": 1.0, "n": 12})
    ]


def test_the_cap_is_not_the_limit_where_the_server_takes_fewer():
    """Four at once for a server that takes three: only every third request waits."""
    run = simulated_run(queueing(3), [1.0] * 20, 4)
    assert codes(run) == [C.UNCLEAR]
    assert found(run, C.UNCLEAR)["loaded_s"] > 1.2 * found(run, C.UNCLEAR)["alone_s"]


def test_too_few_rows():
    run = simulated_run(unlimited(), [1.0] * 12, 20)
    assert codes(run) == [C.FEW_ROWS]
    assert found(run, C.FEW_ROWS)["rows"] == 12
    assert C.FEW_ROWS not in codes(simulated_run(unlimited(), [1.0] * 13, 12))


def test_too_few_rows_for_the_last_wave():
    run = simulated_run(unlimited(), [1.0] * 12, 10)
    assert codes(run) == [C.LAST_WAVE]
    assert found(run, C.LAST_WAVE)["drain_s"] == pytest.approx(1.0, abs=0.1)
    assert C.LAST_WAVE not in codes(simulated_run(unlimited(), [1.0] * 100, 10))


def test_our_own_pace():
    arm = simulated_arm(ArmKind.CONCURRENT, unlimited(), [0.5] * 10, 5, pace_s=1.0)
    arm.limits = Limits(cap=5, requests_per_minute=60.0)
    run = run_of_arms(arm, simulated_arm(ArmKind.SEQUENTIAL, unlimited(), [0.5] * 10, 1))
    assert codes(run) == [C.PACED]
    assert found(run, C.PACED)["sending_s"] == pytest.approx(9.0)
    arm.limits = Limits(cap=5, requests_per_minute=600.0)
    assert C.PACED not in codes(run)


def test_a_pace_that_just_fills_the_slots_is_told_as_the_pace():
    arm = simulated_arm(ArmKind.CONCURRENT, unlimited(), [4.9] * 40, 5, pace_s=1.0)
    arm.limits = Limits(cap=5, requests_per_minute=60.0)
    run = run_of_arms(arm, simulated_arm(ArmKind.SEQUENTIAL, unlimited(), [4.9] * 40, 1))
    assert codes(run) == [C.PACED]


def test_a_pace_that_took_little_of_the_time_is_not_told():
    arm = simulated_arm(ArmKind.CONCURRENT, unlimited(), [5.0] * 10, 10, pace_s=0.1)
    arm.limits = Limits(cap=10, requests_per_minute=600.0)
    assert codes(run_of_arms(arm)) == [C.FEW_ROWS, C.NOT_COMPARED]


@pytest.mark.parametrize(("lag", "told"), [(None, False), (0.05, False), (0.06, True)])
def test_our_own_delays(lag, told):
    run = run_of(waves(12, 4, 1.0), 4, alone_s=1.0)
    assert (Finding(C.LOOP_LAG, {"lag_p99_s": lag, "median_s": 1.0}) in diagnose(run, lag)) == told
    assert C.LOOP_LAG not in codes(run_of(waves(12, 4, 2.0), 4, alone_s=2.0), lag)


@pytest.mark.parametrize(("lag", "ours"), [(0.01, False), (0.4, True)])
def test_our_own_delays_are_not_blamed_on_the_server(lag, ours):
    run = simulated_run(shared(3), works(6), 6)
    assert codes(run, lag) == ([C.LOOP_LAG] if ours else [C.SERVER_SLOWS])


# Single requests


def test_one_slow_request():
    requests = [*waves(9, 5, 1.0), request_of(9, 0.0, 9.0)]
    figures = found(run_of(requests, 5), C.SLOW_REQUEST)
    assert figures == {"slowest_s": 9.0, "median_s": 1.0, "tail_s": 7.0, "slow": 1, "n": 10}
    assert found(run_of(requests, 5, alone_s=1.0), C.SLOW_REQUEST)["alone_s"] == 1.0
    assert C.SLOW_REQUEST not in codes(run_of(requests, 5, end=29.0))
    assert C.SLOW_REQUEST not in codes(run_of(waves(9, 5, 1.0), 5))
    many = [request_of(index, 0.0, 9.0 if index < 5 else 1.0) for index in range(20)]
    assert C.SLOW_REQUEST not in codes(run_of(many, 20))
    others_last_longer = [*waves(40, 5, 1.0), request_of(40, 0.0, 8.5)]
    assert C.SLOW_REQUEST not in codes(run_of(others_last_longer, 5))


@pytest.mark.parametrize("slots", [1, 2])
def test_the_last_in_a_queue_is_not_a_slow_request(slots):
    run = simulated_run(queueing(slots), [1.0] * 6, 6)
    assert C.SLOW_REQUEST not in codes(run)


def test_a_slow_request_is_named_beside_a_slow_server():
    run = simulated_run(shared(3), [*works(19), 12.0], 20)
    assert set(codes(run)) == {C.SERVER_SLOWS, C.SLOW_REQUEST}
    assert found(run, C.SLOW_REQUEST)["alone_s"] == pytest.approx(12.0)


def test_refusals_and_retries():
    refused = [
        request_of(0, 0.0, 1.0, ErrorKind.RATE_LIMITED, ErrorKind.SERVER_ERROR),
        *(request_of(index, index + 1.0, index + 2.0) for index in range(1, 5)),
    ]
    run = run_of(refused, 2)
    assert found(run, C.RATE_LIMITED) == {"refused": 1, "attempts": 7, "idle_s": 1.0, "wall_s": 6.0}
    assert found(run, C.RETRIES)["retries"] == 1
    dropped = [request_of(0, 0.0, 1.0, ErrorKind.DROPPED, ErrorKind.DROPPED), *waves(5, 1, 1.0)[1:]]
    assert found(run_of(dropped, 2), C.RETRIES) == {"retries": 2, "attempts": 7, "lost_s": 0.0}
    assert C.RATE_LIMITED not in codes(run_of(dropped, 2))
    assert not {C.RATE_LIMITED, C.RETRIES} & set(codes(run_of(waves(5, 1, 1.0), 2)))


def test_what_was_given_up_after_refusals_is_no_other_failure():
    given_up = request_of(4, 4.0, 5.0, ErrorKind.RATE_LIMITED, state=RequestState.FAILED)
    given_up.attempts[-1].error = RequestError(ErrorKind.RATE_LIMITED)
    run = run_of([*waves(4, 1, 1.0), given_up], 2)
    assert found(run, C.RATE_LIMITED)["refused"] == 2
    assert C.RETRIES not in codes(run)


# What is not known


def test_without_a_second_arm_nothing_was_compared():
    assert codes(run_of(waves(12, 4, 1.0), 4)) == [C.SLOTS_FULL, C.NOT_COMPARED]
    for server in (queueing(3), shared(3), unlimited()):
        alone = run_of_arms(simulated_arm(ArmKind.CONCURRENT, server, [1.0] * 40, 10))
        assert codes(alone) == [C.SLOTS_FULL, C.NOT_COMPARED]


def test_a_second_arm_that_was_cut_off_still_tells_of_the_server():
    run = simulated_run(queueing(3), [1.0] * 20, 20)
    for request in run.arms[ArmKind.SEQUENTIAL].requests[8:]:
        request.state, request.attempts, request.completion = RequestState.CANCELLED, [], None
    assert codes(run) == [C.SERVER_QUEUES, C.NOT_COMPARED]
    assert found(run, C.SERVER_QUEUES)["n"] == 8


def test_an_arm_that_was_cut_short_says_so_first():
    run = simulated_run(queueing(3), [1.0] * 20, 20)
    for request in run.arms[ArmKind.CONCURRENT].requests[15:]:
        request.state, request.completion = RequestState.CANCELLED, None
    assert codes(run) == [C.CUT_SHORT, C.SERVER_QUEUES, C.NOT_COMPARED]
    assert found(run, C.CUT_SHORT) == {"cancelled": 5, "rows": 20}


def test_arms_in_which_other_rows_succeeded():
    run = simulated_run(unlimited(), [1.0] * 8, 4)
    failing = (run.arms[ArmKind.CONCURRENT].requests[:3], run.arms[ArmKind.SEQUENTIAL].requests[5:])
    for request in (*failing[0], *failing[1]):
        request.state, request.completion = RequestState.FAILED, None
        request.error = request.attempts[-1].error = RequestError(ErrorKind.SERVER_ERROR)
    assert codes(run)[-1] is C.TOO_FEW_PAIRS
    assert found(run, C.TOO_FEW_PAIRS) == {"n": 2, "needed": 3}
    assert C.OWN_CAP not in codes(run)


def test_rounds_tell_their_spread():
    arms = [
        simulated_arm(kind, shared(at_once), [1.0] * 12, 12 if kind is ArmKind.CONCURRENT else 1)
        for at_once in (3.0, 2.0, 4.0)
        for kind in ArmKind
    ]
    run = run_of_arms(*arms)
    assert diagnose(run)[-1].code is C.ROUNDS
    assert found(run, C.ROUNDS) == pytest.approx({"rounds": 3, "lowest": 2.0, "highest": 4.0}, rel=0.01)
    assert C.ROUNDS not in codes(run_of_arms(*arms[:2]))


def test_no_more_than_three_are_told_and_the_strongest_comes_first():
    requests = [request_of(index, 0.0, 4.0) for index in range(20)]
    for request in requests[:10]:
        failed = [RequestError(ErrorKind.RATE_LIMITED), RequestError(ErrorKind.DROPPED)]
        request.attempts[:0] = [Attempt(0.0, None, None, 0.01, error) for error in failed]
    run = run_of(requests, 20, alone_s=1.0)
    assert codes(run, 0.3) == [C.SERVER_SLOWS, C.RATE_LIMITED, C.LOOP_LAG]


@pytest.mark.parametrize(
    ("requests", "n"),
    [
        ([request_of(0, 0.0, 1.0), request_of(1, 0.0, 1.0)], 2),
        ([request_of(0, 0.0, 1.0)], 1),
        ([request_of(index, 0.0, 1.0, state=RequestState.FAILED) for index in range(9)], 0),
        ([request_of(index, 0.0, 1.0, state=RequestState.CANCELLED) for index in range(9)], 0),
    ],
)
def test_too_little_to_say_anything(requests, n):
    told = [Finding(C.NOT_ENOUGH_DATA, {"n": n, "needed": 3})]
    assert diagnose(run_of(requests, 4), 1.0) == told
    assert diagnose(run_of(requests, 4, alone_s=1.0), 1.0) == told


@pytest.mark.parametrize("gap_s", [0.0, 1.0])
def test_a_clock_that_stands_still_is_not_called_a_lack_of_answers(gap_s):
    requests = [request_of(index, index * gap_s, index * gap_s) for index in range(9)]
    told = [Finding(C.NOT_ENOUGH_DATA, {"n": 9, "slowest_s": 0.0})]
    assert diagnose(run_of(requests, 4), 1.0) == told
    assert diagnose(run_of(requests, 4, alone_s=1.0), 1.0) == told


def test_an_arm_without_rows():
    arms = {ArmKind.CONCURRENT: Arm(ArmKind.CONCURRENT, Limits(), [])}
    batch = Batch([], [], Template(""), Parameters("m"))
    run = Run(batch, PARADIGM, dt.datetime(2030, 1, 1, tzinfo=dt.UTC), arms)
    assert codes(run) == [C.NOT_ENOUGH_DATA]


# Whatever the timestamps are

GRANULE_S = 0.0156
CONTRADICTIONS = [
    {C.OWN_CAP, C.SLOTS_FULL, C.FEW_ROWS, C.LAST_WAVE, C.SERVER_QUEUES, C.SERVER_SLOWS, C.SERVER_LIMITED},
    {C.OWN_CAP, C.KNEE},
    {C.OWN_CAP, C.PACED},
    {C.NOT_COMPARED, C.TOO_FEW_PAIRS},
    {C.NOT_COMPARED, C.ROUNDS},
    {C.NOT_COMPARED, C.TOKENS_DIFFER},
]


def ticked(arm):
    """Read all times off a clock that ticks 64 times a second."""

    def tick(reading):
        return None if reading is None else math.floor(reading / GRANULE_S) * GRANULE_S

    arm.started_at, arm.ended_at = tick(arm.started_at), tick(arm.ended_at)
    for request in arm.requests:
        request.enqueued_at, request.ended_at = tick(request.enqueued_at), tick(request.ended_at)
        for attempt in request.attempts:
            for name in ("sent_at", "first_token_at", "last_token_at", "ended_at"):
                setattr(attempt, name, tick(getattr(attempt, name)))
    return arm


def spoil(arm, fates):
    """Let requests fail or be cancelled, or be refused and repeated."""
    for request, fate in zip(arm.requests, fates, strict=True):
        if fate is None:
            continue
        if isinstance(fate, ErrorKind):
            sent_at = request.attempts[0].sent_at
            request.attempts.insert(0, Attempt(sent_at, None, None, sent_at, RequestError(fate)))
            continue
        request.state, request.completion = fate, None
        if fate is RequestState.FAILED:
            request.error = request.attempts[-1].error = RequestError(ErrorKind.SERVER_ERROR)


FATES = st.sampled_from(
    [None, None, None, RequestState.FAILED, RequestState.CANCELLED, ErrorKind.RATE_LIMITED, ErrorKind.DROPPED]
)


@st.composite
def any_runs(draw):
    rows = draw(st.integers(1, 8))
    server = draw(st.sampled_from([queueing(1), queueing(3), shared(1.0), shared(2.5), unlimited()]))
    lengths = st.lists(st.sampled_from([0.0001, 0.004, 0.03, 0.2, 2.0]), min_size=rows, max_size=rows)
    is_streamed = draw(st.booleans())
    arms = []
    for kind in [ArmKind.CONCURRENT, *draw(st.lists(st.sampled_from(ArmKind), max_size=3))]:
        cap = 1 if kind is ArmKind.SEQUENTIAL else draw(st.integers(1, 9))
        tokens = draw(st.none() | st.lists(st.integers(0, 30), min_size=rows, max_size=rows))
        arm = simulated_arm(kind, server, draw(lengths), cap, is_streamed=is_streamed, tokens=tokens)
        arm.limits = Limits(cap=cap, requests_per_minute=draw(st.sampled_from([None, 60.0, 60000.0])))
        if draw(st.booleans()):
            spoil(arm, draw(st.lists(FATES, min_size=rows, max_size=rows)))
        arms.append(ticked(arm))
    return run_of_arms(*arms)


def numbers(value):
    """All floats in a nest of figures."""
    if isinstance(value, float):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from numbers(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from numbers(item)


@settings(max_examples=150)
@given(any_runs(), st.sampled_from([None, 0.0, 0.02, 0.3]))
def test_figures_stay_figures_on_a_coarse_clock(run, lag):
    measured = RunFigures.of(run, lag)
    assert all(math.isfinite(number) and number >= 0 for number in numbers(asdict(measured)))
    told = [finding.code for finding in measured.findings]
    assert len(told) == len(set(told))
    assert len(set(told) - {C.ROUNDS, C.NOT_COMPARED, C.TOO_FEW_PAIRS}) <= 3
    for group in CONTRADICTIONS:
        assert len(group & set(told)) <= 1
    for arm in run.passes:
        for request in arm.requests:
            parts = math.fsum(segment.duration for segment in segments(request, arm.ended_at))
            assert parts == pytest.approx(request.ended_at - request.enqueued_at, abs=1e-6)
