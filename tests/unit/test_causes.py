"""Failures grouped by their cause."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paradigm_gui.core.batch import Arm, ArmKind, Limits, Request, RequestState, Row
from paradigm_gui.core.causes import MOST_GROUPS, CauseTally, causes_of, pattern_of
from paradigm_gui.core.errors import ErrorKind, RequestError, TlsFault

FAILED = RequestState.FAILED
BAD, SERVER = ErrorKind.BAD_REQUEST, ErrorKind.SERVER_ERROR


def request_of(row, error, state=FAILED):
    return Request(Row(row, {}), "Hello", state, error=error)


def arm_of(*errors):
    requests = [request_of(row, error) for row, error in enumerate(errors)]
    return Arm(ArmKind.CONCURRENT, Limits(), requests)


def test_a_cause_tells_what_is_wrong_with_a_certificate():
    late, other = (
        RequestError(ErrorKind.TLS, fault.value, tls_fault=fault)
        for fault in (TlsFault.EXPIRED, TlsFault.WRONG_HOST)
    )
    causes = causes_of(arm_of(late, other, late))
    assert [cause.error for cause in causes] == [replace(late, message=""), replace(other, message="")]


def letters(number):
    """A word without digits, a different one for each number."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Row 1 is too long", "Row 20 is too long"),
        ("after 12.5 s", "after 7 s"),
        ("request 3f2a-bb is bad", "request c0ffee11 is bad"),
        (
            "id 0d5cf1c6-93b5-4f0d-8f5e-2b4b3f2c1d10 (retry)",
            "id abcdefab-cdef-4abc-8abc-abcdefabcdef (retry)",
        ),
        ("see chatcmpl-aX9z now", "see chatcmpl-7 now"),
        ('no "Ada" here', 'no "Grace Hopper, née Murray" here'),
        ("no 'Ada' here", "no 'O'Brien' here"),
        ("'Ada' is wrong", "'Bo' is wrong"),
        ("no “Ada” here", "no “Bo” here"),
        ("no « Ada » here", "no « Bo » here"),
        ("no `Ada` here", "no `Bo` here"),
        ("rude: “" + "a" * 600, "rude: “" + "b " * 300),
        ("row 7: " + "so it is " * 60, "row 1000: " + "so it is " * 60),
    ],
)
def test_details_do_not_tell_causes_apart(one, other):
    assert pattern_of(one) == pattern_of(other)
    (cause,) = causes_of(arm_of(RequestError(BAD, one, 400), RequestError(BAD, other, 400)))
    assert (cause.message, cause.rows) == (one, (0, 1))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("too long", "too short"),
        ("the model's window is full", "the model's quota is full"),
        ("don't ask, don't tell", "don't know, don't tell"),
        ("", "x"),
    ],
)
def test_words_do(one, other):
    assert len(causes_of(arm_of(RequestError(BAD, one, 400), RequestError(BAD, other, 400)))) == 2


def test_kind_and_status_do():
    errors = [RequestError(SERVER, "x", 500), RequestError(SERVER, "x", 502), RequestError(BAD, "x", 500)]
    assert [cause.rows for cause in causes_of(arm_of(*errors, *errors))] == [(0, 3), (1, 4), (2, 5)]


def test_the_most_frequent_comes_first_with_the_words_of_its_first_row():
    first, second = RequestError(BAD, "no 1", 400), RequestError(SERVER, "later 2", 500)
    third = RequestError(SERVER, "later 3", 500)
    causes = causes_of(arm_of(first, second, third))
    assert [(cause.kind, cause.http_status, cause.message, cause.rows) for cause in causes] == [
        (SERVER, 500, "later 2", (1, 2)),
        (BAD, 400, "no 1", (0,)),
    ]


def test_only_what_failed_is_counted():
    requests = [request_of(row, RequestError(BAD, "x"), state) for row, state in enumerate(RequestState)]
    causes = causes_of(Arm(ArmKind.CONCURRENT, Limits(), requests))
    assert [cause.rows for cause in causes] == [(list(RequestState).index(FAILED),)]
    assert causes_of(arm_of()) == []


def test_a_failure_without_an_error_is_not_lost():
    (cause,) = causes_of(arm_of(None))
    assert (cause.kind, cause.message, cause.rows) == (ErrorKind.INTERNAL, "", (0,))


def test_a_request_counts_once():
    tally = CauseTally()
    for _ in range(2):
        tally.add(request_of(4, RequestError(BAD, "x")))
    assert tally.total == 1
    assert [cause.rows for cause in tally.causes()] == [(4,)]


def test_what_is_rare_is_merged_by_kind():
    often = [RequestError(BAD, "often", 400)] * 3
    rare = [RequestError(BAD, f"never {letters(number)}", 400) for number in range(50)]
    lone = RequestError(SERVER, "alone", 500)
    mixed = [RequestError(ErrorKind.TIMEOUT_TOTAL, letters(number), number) for number in (408, 504)]
    causes = causes_of(arm_of(*often, *rare, lone, *mixed))
    assert len(causes) == MOST_GROUPS + 3
    remainder = causes[0]
    assert (remainder.kind, remainder.http_status, remainder.message, remainder.pattern) == (
        BAD,
        400,
        "",
        None,
    )
    assert len(remainder.rows) == 50 - (MOST_GROUPS - 1)
    assert causes[1].message == "often"
    assert causes[-1].rows == (53,)
    timeouts = next(cause for cause in causes if cause.kind is ErrorKind.TIMEOUT_TOTAL)
    assert (timeouts.http_status, len(timeouts.rows)) == (None, 2)
    assert len({cause.identity for cause in causes}) == len(causes)


MESSAGES = st.one_of(
    st.sampled_from(["", "busy", "busy 1", 'no "a"', "no 'b'", "O'Brien's"]),
    st.text(max_size=20),
    st.text("abc \"'“”«»`7-", max_size=300),
)
ERRORS = st.builds(
    RequestError,
    kind=st.sampled_from([BAD, SERVER]),
    message=MESSAGES,
    http_status=st.sampled_from([None, 500]),
)


@given(st.lists(st.tuples(st.sampled_from([FAILED, RequestState.DONE]), ERRORS), max_size=120), st.randoms())
def test_every_failed_row_has_one_cause_in_whatever_order_it_came(ends, random):
    requests = [request_of(row, error, state) for row, (state, error) in enumerate(ends)]
    causes = causes_of(Arm(ArmKind.CONCURRENT, Limits(), requests))
    failed = [request.index for request in requests if request.state is FAILED]
    assert sorted(row for cause in causes for row in cause.rows) == failed
    ranks = [(-len(cause.rows), cause.rows[0]) for cause in causes]
    assert ranks == sorted(ranks)
    assert len({cause.identity for cause in causes}) == len(causes)
    assert len(causes) <= MOST_GROUPS + len(ErrorKind)
    for cause in causes:
        assert list(cause.rows) == sorted(cause.rows)
        errors = [requests[row].error for row in cause.rows]
        assert {error.kind for error in errors} == {cause.kind}
        if cause.pattern is not None:
            assert {(error.http_status, pattern_of(error.message)) for error in errors} == {
                (cause.http_status, cause.pattern)
            }
            assert cause.message == errors[0].message
    random.shuffle(requests)
    assert CauseTally(requests).causes() == causes


@given(st.text(max_size=400))
def test_a_pattern_is_short_and_holds_no_number(message):
    pattern = pattern_of(message)
    assert len(pattern) <= 80
    assert not set(pattern) & set("0123456789")
