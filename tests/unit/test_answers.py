"""Answers without a connection; what servers really send is tested with the client."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paradigm_gui.core.answers import (
    MESSAGE_LENGTH,
    StreamedAnswer,
    completion_of,
    cut,
    media_type_of,
    not_an_api,
    readable,
    words_of,
)
from paradigm_gui.core.batch import Completion
from paradigm_gui.core.errors import ErrorKind, ExchangeError

KEYS = st.sampled_from(
    ["choices", "delta", "message", "content", "finish_reason", "usage", "prompt_tokens", "model", "error"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(KEYS | st.text(max_size=3), inner, max_size=5)
    ),
    max_leaves=12,
)


def streamed(data):
    answer = StreamedAnswer("m")
    answer.take(data)
    return answer.completion()


@pytest.mark.parametrize("read", [streamed, lambda data: completion_of(data.encode(), "m")])
@given(value=JSON, entries=st.dictionaries(KEYS, JSON))
def test_no_shape_of_answer_is_a_bug(read, value, entries):
    choices = [{"choices": [entries]}, {"choices": [{"delta": entries, "message": entries}]}]
    for body in (value, entries, *choices):
        with contextlib.suppress(ExchangeError):
            completion = read(json.dumps(body))
            assert isinstance(completion.text + completion.finish_reason + completion.model, str)
            assert completion.prompt_tokens is None or isinstance(completion.prompt_tokens, int)


def chunk(content=None, reason=None, **others):
    return json.dumps({"choices": [{"delta": {"content": content}, "finish_reason": reason}]} | others)


def test_a_streamed_answer_is_put_together():
    answer = StreamedAnswer("asked")
    taken = [answer.take(data) for data in (chunk(""), chunk("Hel"), chunk(None), chunk("lo"))]
    assert taken == ["", "Hel", "", "lo"]
    with pytest.raises(ExchangeError) as caught:
        answer.completion()
    assert caught.value.error.kind is ErrorKind.TRUNCATED
    answer.take(chunk(None, "length", model="given"))
    answer.take(json.dumps({"choices": [], "usage": {"prompt_tokens": 3, "completion_tokens": 2}}))
    answer.take(chunk(None, usage=None))
    assert answer.completion() == Completion("Hello", "length", "given", 3, 2)


def test_the_model_asked_for_stands_in_for_one_not_named():
    answer = StreamedAnswer("asked")
    answer.take(chunk("x", "stop", model=None))
    assert answer.completion() == Completion("x", "stop", "asked")
    whole = json.dumps({"choices": [{"message": {"content": "x"}}]}).encode()
    assert completion_of(whole, "asked") == Completion("x", "stop", "asked")


def test_an_error_that_is_null_is_none():
    answer = StreamedAnswer("m")
    assert answer.take(chunk("x", error=None)) == "x"


@pytest.mark.parametrize("data", ["", "nonsense", "[]", "3", "null", "{", "[" * 100_000])
def test_what_is_no_chunk(data):
    with pytest.raises(ExchangeError) as caught:
        StreamedAnswer("m").take(data)
    assert caught.value.error.kind is ErrorKind.BAD_CHUNK


def test_words_of_what_is_no_object():
    assert words_of(None) == ""
    assert words_of("oops") == "oops"
    assert words_of({"error": {"type": "é"}}) == '{"type": "é"}'


def test_words_are_cut_to_one_readable_line():
    assert cut("  a\n\tb  ") == "a b"
    assert cut("x" * MESSAGE_LENGTH) == "x" * MESSAGE_LENGTH
    assert cut("x" * (MESSAGE_LENGTH + 1)) == "x" * (MESSAGE_LENGTH - 1) + "…"


def test_a_page_gives_its_title_or_its_words():
    assert readable("<html><title>\nSign in </title><p>x") == "Sign in"
    assert readable("<p>Please <b>wait</b></p>") == "Please wait"
    assert not_an_api(b"<title>\xe9</title>").message == "\ufffd"


@pytest.mark.parametrize(
    ("value", "media_type"),
    [
        ("text/event-stream", "text/event-stream"),
        ("Text/Event-Stream ; charset=utf-8", "text/event-stream"),
        ("application/json", "application/json"),
    ],
)
def test_media_types(value, media_type):
    assert media_type_of({"content-type": value}) == media_type
    assert media_type_of({}) == ""
