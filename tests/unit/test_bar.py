"""Bars: what is painted for a request, and for each of its attempts."""

import math

import pytest

from paradigm_gui.core.batch import Attempt, Request, RequestState, Row
from paradigm_gui.core.errors import ErrorKind, RequestError
from paradigm_gui.core.timing import SegmentKind
from paradigm_gui.models.bar import bar_of_attempt, bar_of_request, end_of_attempt

QUEUE, WAIT, STREAM, BACKOFF = SegmentKind
START = 100.0
ERROR = RequestError(ErrorKind.SERVER_ERROR)


def retried():
    """Fails after one second, tries again after another, and answers."""
    failed = Attempt(START + 1, None, None, START + 2, ERROR)
    answered = Attempt(START + 3, START + 4, START + 6, START + 6)
    return Request(Row(0, {}), "", RequestState.DONE, START, START + 6, [failed, answered])


def parts(bar):
    return [(part.kind, part.start, part.end) for part in bar.segments]


def test_a_request_is_one_bar_with_its_failures():
    bar = bar_of_request(retried(), START)
    assert parts(bar) == [(QUEUE, 0, 1), (WAIT, 1, 2), (BACKOFF, 2, 3), (WAIT, 3, 4), (STREAM, 4, 6)]
    assert (bar.state, bar.failed_at) == (RequestState.DONE, (2,))
    assert bar.span == (1, 6)


def test_an_attempt_is_a_bar_without_queueing_and_pauses():
    first, second = (bar_of_attempt(retried(), number, START) for number in range(2))
    assert (parts(first), first.state) == ([(WAIT, 1, 2)], RequestState.FAILED)
    assert (parts(second), second.state) == ([(WAIT, 3, 4), (STREAM, 4, 6)], RequestState.DONE)


def test_the_last_failure_is_the_requests_state_and_no_second_mark():
    request = Request(
        Row(0, {}), "", RequestState.FAILED, START, START + 2, [Attempt(START, None, None, START + 2, ERROR)]
    )
    assert bar_of_request(request, START).failed_at == ()


def test_what_is_under_way_has_no_end():
    request = Request(Row(0, {}), "", RequestState.STREAMING, START, None, [Attempt(START + 1, START + 2)])
    assert parts(bar_of_attempt(request, 0, START))[-1] == (STREAM, 2, math.inf)
    assert end_of_attempt(request, 0) == math.inf
    assert bar_of_request(request, START).span == (1, math.inf)


@pytest.mark.parametrize(("later", "end"), [(True, 3), (False, 5)])
def test_an_attempt_without_an_end_ends_with_what_followed(later, end):
    attempts = [Attempt(START + 1, START + 2)]
    if later:
        attempts.append(Attempt(START + 3, START + 4, START + 5, START + 5))
    state = RequestState.DONE if later else RequestState.CANCELLED
    request = Request(Row(0, {}), "", state, START, START + 5, attempts)
    assert end_of_attempt(request, 0) == START + end
    bar = bar_of_attempt(request, 0, START)
    assert bar.state is RequestState.CANCELLED
    assert bar.is_cut_off


def test_who_is_cancelled_in_the_queue_was_not_cut_off():
    bar = bar_of_request(Request(Row(0, {}), "", RequestState.CANCELLED, START, START + 2), START)
    assert parts(bar) == [(QUEUE, 0, 2)]
    assert not bar.is_cut_off
    assert bar.span == (0, 2)


def test_nothing_is_an_empty_bar():
    bar = bar_of_request(Request(Row(0, {}), "", RequestState.CANCELLED, START, START), START)
    assert (bar.segments, bar.span, bar.is_cut_off) == ((), (0, 0), False)
