"""Headers and fields for gateways: what is taken, and what looks like a key."""

from __future__ import annotations

import pytest

from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.extras import (
    MOST_CHARACTERS,
    MOST_HEADERS,
    body_in,
    body_text,
    checked_body,
    checked_headers,
    checked_key_header,
    checked_secret_header,
    header_lines,
    headers_in,
    refuse_key,
)


def told(act, *arguments):
    with pytest.raises(UserFacingError) as caught:
        act(*arguments)
    return caught.value.code, caught.value.details["reason"]


def test_headers_are_read_as_people_write_them():
    text = " X-Team : a, b\n\nX-Route:eu:west \n"
    assert headers_in(text) == {"X-Team": "a, b", "X-Route": "eu:west"}
    assert headers_in(header_lines(headers_in(text))) == headers_in(text)
    assert headers_in("") == {}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("X-Team", "name"),
        (": x", "name"),
        ("X Team: a", "name"),
        ("Équipe: a", "name"),
        ("X-Team:", "value"),
        ("X-Team: é", "value"),
        ("X-Team: a\x00", "value"),
        ("X-Team: " + "a" * 2001, "value"),
        ("X-Team: a\nx-team: b", "repeated"),
        ("Host: evil.example", "reserved"),
        ("content-length: 0", "reserved"),
        ("Proxy-Authorization: x", "reserved"),
        ("Authorization: Bearer k", "secret"),
        ("X-Api-Key: k", "secret"),
        ("api-key: k", "secret"),
        ("Ocp-Apim-Subscription-Key: k", "secret"),
        ("CF-Access-Client-Secret: k", "secret"),
        ("X-Goog-Token: k", "secret"),
        ("Cookie: session=1", "secret"),
        ("X-Team: Bearer abc", "secret"),
        ("X-Team: sk-abcdefgh", "secret"),
        ("X-Team: eyJhbGciOiJ", "secret"),
    ],
)
def test_headers_that_are_refused(text, reason):
    assert told(headers_in, text) == ("bad_header", reason)


def test_a_header_cannot_smuggle_another():
    assert told(checked_headers, {"X-Team": "a\r\nX-Evil: 1"}) == ("bad_header", "value")
    assert told(checked_headers, {"X-Team": "a", "x-team": "b"}) == ("bad_header", "repeated")
    many = {f"X-{number}": "a" for number in range(MOST_HEADERS + 1)}
    assert told(checked_headers, many) == ("bad_header", "many")


@pytest.mark.parametrize("name", ["X-Api-Key", "api-key", "", "Ocp-Apim-Subscription-Key"])
def test_the_key_may_have_a_header_of_its_own(name):
    assert checked_key_header(name) == name


@pytest.mark.parametrize(
    ("name", "reason"), [("a b", "name"), ("a:b", "name"), ("Host", "reserved"), ("Proxy-X", "reserved")]
)
def test_the_key_may_not_have_every_header(name, reason):
    assert told(checked_key_header, name) == ("bad_header", reason)


@pytest.mark.parametrize(
    "name",
    ["X-Routing-Key", "X-Partition-Key", "Idempotency-Key", "x-idempotency-key", "X-Trace-Key", "Cache-Key"],
)
def test_a_key_that_tells_requests_apart_is_none(name):
    assert headers_in(f"{name}: fr-1") == {name: "fr-1"}
    assert told(headers_in, f"{name}: sk-abcdefgh") == ("bad_header", "secret")


@pytest.mark.parametrize("name", ["CF-Access-Client-Secret", " Ocp-Apim-Subscription-Key ", "", "api-key"])
def test_a_secret_beside_the_key_has_a_header(name):
    assert checked_secret_header(name, "", {"X-Team": "a"}) == name.strip()


@pytest.mark.parametrize(
    ("name", "key_header", "reason"),
    [
        ("a b", "", "name"),
        ("a:b", "", "name"),
        ("Host", "", "reserved"),
        ("Proxy-Authorization", "", "reserved"),
        ("authorization", "", "repeated"),
        ("x-api-key", "X-Api-Key", "repeated"),
        ("x-team", "", "repeated"),
    ],
)
def test_a_secret_beside_the_key_may_not_have_every_header(name, key_header, reason):
    assert told(checked_secret_header, name, key_header, {"X-Team": "a"}) == ("bad_header", reason)


def test_where_the_key_has_another_header_the_usual_one_is_free():
    assert checked_secret_header("Authorization", "X-Api-Key", {}) == "Authorization"


def test_a_body_is_a_json_object():
    body = {"top_k": 3, "stop_token_ids": [1], "prompt_cache_key": "é", "max_completion_tokens": 5}
    assert body_in(body_text(body)) == checked_body(body) == body
    assert body_in("  \n") == {}
    assert body_text({}) == ""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "json"),
        ('{"a": NaN}', "json"),
        ("[" * 100_000, "json"),
        ("[1]", "object"),
        ("null", "object"),
        ('{"model": "x"}', "reserved"),
        ('{"messages": []}', "reserved"),
        ('{"stream": false}', "reserved"),
        ('{"temperature": 2}', "reserved"),
        ('{"api_key": "x"}', "secret"),
        ('{"auth": [{"password": "x"}]}', "secret"),
        ('{"x": {"y": "Bearer abc"}}', "secret"),
        ('{"x": "' + "a" * MOST_CHARACTERS + '"}', "long"),
    ],
)
def test_bodies_that_are_refused(text, reason):
    assert told(body_in, text) == ("bad_body", reason)


def test_what_is_no_json_is_no_body():
    assert told(checked_body, {"x": {1, 2}}) == ("bad_body", "json")
    assert told(checked_body, {"x": float("inf")}) == ("bad_body", "json")


def test_the_key_itself_is_refused_wherever_it_stands():
    refuse_key("k-123", {"X-Team": "a"}, {"top_k": 3})
    for headers, body, code in (
        ({"X-Team": "a", "X-Other": "my k-123"}, {}, "bad_header"),
        ({}, {"a": [{"b": "k-123"}]}, "bad_body"),
        ({}, {"a": ["b", "k-123"]}, "bad_body"),
    ):
        with pytest.raises(UserFacingError, match=code) as caught:
            refuse_key("k-123", headers, body)
        assert "k-123" not in str(caught.value)
