from __future__ import annotations

import re

import pytest

from paradigm_gui.core.errors import ErrorKind, ExchangeError, RequestError, UserFacingError

RETRYABLE = """
    dns connect proxy dropped timeout_connect timeout_first_token timeout_between_tokens timeout_total
    conflict rate_limited maintenance server_error
"""
MISCONFIGURATION = "unauthorized forbidden not_found not_an_api redirected tls dns connect proxy"


@pytest.mark.parametrize("kind", ErrorKind)
def test_what_may_help_for_each_kind(kind):
    assert kind.is_retryable == (kind in RETRYABLE.split())
    assert kind.is_misconfiguration == (kind in MISCONFIGURATION.split())


def test_codes_are_stable_words():
    assert {kind.name.lower() for kind in ErrorKind} == {str(kind) for kind in ErrorKind}
    assert all(re.fullmatch("[a-z_]+", kind) for kind in ErrorKind)
    assert {*RETRYABLE.split(), *MISCONFIGURATION.split()} <= {str(kind) for kind in ErrorKind}


def test_an_exchange_error_carries_its_error():
    error = RequestError(ErrorKind.RATE_LIMITED, "slow down", 429, 2.5)
    assert ExchangeError(error).error is error
    assert str(ExchangeError(error)) == "rate_limited: slow down"


def test_a_user_facing_error_carries_code_and_details():
    error = UserFacingError("bad_url", value="x", reason="empty")
    assert (error.code, error.details) == ("bad_url", {"value": "x", "reason": "empty"})
    assert str(UserFacingError("no_key")) == "no_key"
