"""What is read of a list of models, whatever it looks like."""

import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stub_api import MODELS

from paradigm_gui.core.errors import ErrorKind, ExchangeError
from paradigm_gui.core.model_list import LONGEST_NAME, MOST_MODELS, has_model, is_name, models_in


def listed(*entries):
    return models_in(json.dumps({"data": entries}).encode())


def test_chat_models_are_listed_by_name_or_id():
    assert models_in(json.dumps(MODELS).encode()) == ["stub-large", "stub-small"]
    assert listed(
        {"id": "zeta", "object": "model"},
        {"id": "alpha", "name": "other"},
        {"id": None, "name": "named"},
        {"id": "alpha"},
    ) == ["alpha", "named", "zeta"]


@pytest.mark.parametrize(
    "entry",
    [
        {"name": "x", "enabled": False},
        {"id": "x", "model_type": "EMBEDDING"},
        {"id": "x", "type": "embeddings"},
        {"id": "x", "capabilities": {"completion_chat": False}},
    ],
)
def test_what_is_off_or_does_not_chat_is_left_out(entry):
    assert listed(entry, {"id": "fine", "capabilities": {"completion_chat": True}}) == ["fine"]
    # that there is none to chat with is no fault of the list
    assert listed(entry) == []


def test_an_empty_list_is_one():
    assert listed() == []


@pytest.mark.parametrize(
    "entry",
    [
        3,
        None,
        [],
        "name",
        {},
        {"id": ""},
        {"id": 7},
        {"id": ["x"]},
        {"id": {"a": 1}},
        {"name": "two\nlines"},
        {"name": "\u202etxet"},
        {"name": "half \ud800"},
        {"name": "x" * (LONGEST_NAME + 1)},
    ],
)
def test_an_entry_that_cannot_be_read_is_passed_over(entry):
    assert listed(entry, {"id": "fine"}) == ["fine"]
    with pytest.raises(ExchangeError) as failure:
        listed(entry)
    assert failure.value.error.kind is ErrorKind.NOT_AN_API


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><title>Sign in</title></html>",
        b"[]",
        b"{}",
        b'{"data": null}',
        b'{"data": "abc"}',
        b'{"data": {}}',
        b'{"data": 0}',
        b'{"data": ["a"',
        b"\xff\xfe\x00",
        b'{"data": ' + b"[" * 100_000,
        b'{"data": ' + b"9" * 5_000 + b"}",
    ],
)
def test_what_is_no_list(content):
    with pytest.raises(ExchangeError) as failure:
        models_in(content)
    error = failure.value.error
    assert (error.kind, error.http_status) == (ErrorKind.NOT_AN_API, 200)
    assert len(error.message) <= 500


def test_a_page_is_told_by_its_title():
    with pytest.raises(ExchangeError, match="Sign in"):
        models_in(b"<html><title>Sign in</title></html>")


def test_long_templates_are_left_behind():
    entries = [{"name": f"m{number:04}", "prompt_template": "x" * 5_000} for number in range(MOST_MODELS + 5)]
    content = json.dumps({"data": entries}).encode()
    tracemalloc.start()
    names = models_in(content)
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert names == [f"m{number:04}" for number in range(MOST_MODELS)]
    assert kept < 1_000_000


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(st.sampled_from(["id", "name", "enabled", "type", "capabilities", "x"]), inner)
    ),
)


def read(content):
    """The names, or why there are none."""
    try:
        return models_in(content)
    except ExchangeError as failure:
        return failure.error.kind


@given(JSON)
def test_anything_is_a_list_of_names_or_no_list(value):
    names = read(json.dumps({"data": value}).encode())
    if names is not ErrorKind.NOT_AN_API:
        assert names == sorted(set(names))
        assert all(map(is_name, names))


@pytest.mark.parametrize(
    ("name", "is_there"), [("a", True), ("b", True), ("b:latest", True), ("c", False), ("a:latest", False)]
)
def test_which_names_a_server_takes(name, is_there):
    assert has_model(["a", "b:latest"], name) == is_there
