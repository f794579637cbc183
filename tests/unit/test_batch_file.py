from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paradigm_gui.core.batch import Limits, Row, Template
from paradigm_gui.core.batch_file import BatchFile, limit_fields, read_batch_file, write_batch_file
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.resources import example_path


@pytest.fixture
def batch(tmp_path):
    """Write a batch file of version 1 with the given entries."""

    def write(**entries):
        path = tmp_path / "batch.json"
        path.write_text(json.dumps({"version": 1} | entries), "utf-8")
        return path

    return write


def failure(path):
    with pytest.raises(UserFacingError) as caught:
        read_batch_file(path)
    assert caught.value.details["path"] == str(path)
    return caught.value


FULL = BatchFile(
    columns=("name", "city"),
    rows=[Row(0, {"name": "Zoë", "city": "Brest"}), Row(1, {"name": "", "city": " a\nb "})],
    template="Greet {name} of {city}.",
    model="alfred",
    temperature=0.5,
    max_tokens=100,
    system="Be brief.",
    streaming=False,
    cap=20,
    requests_per_minute=1000.0,
    retries=0,
    total_timeout_s=30,
    endpoint="demo",
    schema={"type": "object", "properties": {"é": {"enum": [1, None]}}},
)


def test_a_full_batch_comes_back(tmp_path):
    path = tmp_path / "batch.json"
    write_batch_file(path, FULL)
    assert read_batch_file(path) == FULL
    document = json.loads(path.read_text("utf-8"))
    assert list(document) == ["version", "columns", "rows", "template", "parameters", "limits", "endpoint"]
    assert document["rows"] == [["Zoë", "Brest"], ["", " a\nb "]]
    assert document["limits"] == {
        "cap": 20,
        "requests_per_minute": 1000.0,
        "retries": 0,
        "total_timeout_s": 30,
    }


@pytest.mark.parametrize("content", [BatchFile(), BatchFile(columns=("a",), template=""), BatchFile(cap=3)])
def test_what_is_left_out_stays_none(tmp_path, content):
    write_batch_file(tmp_path / "batch.json", content)
    assert read_batch_file(tmp_path / "batch.json") == content


@given(st.lists(st.tuples(st.text(), st.text()), min_size=1), st.text())
def test_every_text_comes_back(tmp_path_factory, rows, template):
    path = tmp_path_factory.getbasetemp() / "every_text.json"
    content = BatchFile(
        columns=("a", "b"),
        rows=[Row(index, {"a": a, "b": b}) for index, (a, b) in enumerate(rows)],
        template=template,
    )
    write_batch_file(path, content)
    assert read_batch_file(path) == content


_SECONDS = st.floats(0.1, 86_400)
_LIMITS = st.builds(
    Limits,
    cap=st.integers(1, 1000),
    requests_per_minute=st.none() | st.floats(0.1, 1e6),
    retries=st.integers(0, 100),
    failures_to_stop=st.none() | st.integers(1, 10**6),
    token_budget=st.none() | st.integers(1, 10**9),
    connect_timeout_s=_SECONDS,
    first_token_timeout_s=_SECONDS,
    between_tokens_timeout_s=_SECONDS,
    total_timeout_s=_SECONDS,
)


@given(_LIMITS, _LIMITS)
def test_all_limits_come_back_whatever_was_set_before(tmp_path_factory, limits, before):
    path = tmp_path_factory.getbasetemp() / "limits.json"
    write_batch_file(path, BatchFile(**limit_fields(limits)))
    assert read_batch_file(path).limits(before) == limits


def test_limits_that_a_batch_leaves_open_stay(batch):
    before = Limits(cap=7, retries=9, token_budget=5)
    content = read_batch_file(batch(limits={"retries": 0, "token_budget": None, "failures_to_stop": 4}))
    assert content.limits(before) == replace(before, retries=0, failures_to_stop=4)
    # one timeout that is named alone is meant for the first token, too
    patient = read_batch_file(batch(limits={"total_timeout_s": 900})).limits(before)
    assert (patient.total_timeout_s, patient.first_token_timeout_s) == (900, 900)


@pytest.mark.parametrize(
    ("entries", "columns", "variables"),
    [
        ({"rows": ["Bob", "Ann"]}, ("prompt",), [{"prompt": "Bob"}, {"prompt": "Ann"}]),
        ({"rows": ["Bob"], "columns": ["name"]}, ("name",), [{"name": "Bob"}]),
        (
            {"rows": [{"a": 1}, {"b": None, "a": [1, {"x": "é"}]}]},
            ("a", "b"),
            [{"a": "1", "b": ""}, {"a": '[1,{"x":"é"}]', "b": ""}],
        ),
        ({"rows": [{"b": "x"}], "columns": ["a", "b"]}, ("a", "b"), [{"a": "", "b": "x"}]),
        ({"rows": [["x"], []], "columns": ["a", "b"]}, ("a", "b"), [{"a": "x", "b": ""}, {"a": "", "b": ""}]),
        ({"rows": [{"key": "do", "token": "re"}]}, ("key", "token"), [{"key": "do", "token": "re"}]),
    ],
)
def test_forms_of_rows(batch, entries, columns, variables):
    content = read_batch_file(batch(**entries))
    assert content.columns == columns
    assert content.rows == [Row(index, values) for index, values in enumerate(variables)]


@pytest.mark.parametrize(
    ("entries", "field"),
    [
        ({"template": 7}, "template"),
        ({"endpoint": {}}, "endpoint"),
        ({"parameters": []}, "parameters"),
        ({"parameters": {"model": 1}}, "parameters.model"),
        ({"parameters": {"temperature": "hot"}}, "parameters.temperature"),
        ({"parameters": {"temperature": True}}, "parameters.temperature"),
        ({"parameters": {"temperature": -0.1}}, "parameters.temperature"),
        ({"parameters": {"max_tokens": 0}}, "parameters.max_tokens"),
        ({"parameters": {"max_tokens": 1.5}}, "parameters.max_tokens"),
        ({"parameters": {"streaming": 1}}, "parameters.streaming"),
        ({"limits": {"cap": 0}}, "limits.cap"),
        ({"limits": {"cap": True}}, "limits.cap"),
        ({"limits": {"requests_per_minute": -1}}, "limits.requests_per_minute"),
        ({"limits": {"failures_to_stop": 0.5}}, "limits.failures_to_stop"),
        ({"limits": {"token_budget": -1}}, "limits.token_budget"),
        ({"limits": {"connect_timeout_s": 0}}, "limits.connect_timeout_s"),
        ({"limits": {"first_token_timeout_s": "1"}}, "limits.first_token_timeout_s"),
        ({"limits": {"between_tokens_timeout_s": True}}, "limits.between_tokens_timeout_s"),
        ({"limits": {"retries": -1}}, "limits.retries"),
        ({"limits": {"total_timeout_s": "5"}}, "limits.total_timeout_s"),
        ({"columns": ["a", "a"]}, "columns"),
        ({"columns": [" "]}, "columns"),
        ({"columns": []}, "columns"),
        ({"columns": "a"}, "columns"),
        ({"rows": {}}, "rows"),
        ({"rows": [{}]}, "columns"),
        ({"rows": [["a"]]}, "columns"),
        ({"rows": ["a", 7]}, "rows[1]"),
        ({"rows": [["a", "b"]], "columns": ["a"]}, "rows[0]"),
        ({"rows": ["x"], "columns": ["a", "b"]}, "rows[0]"),
    ],
)
def test_wrong_values_are_refused_by_name(batch, entries, field):
    error = failure(batch(**entries))
    assert (error.code, error.details["field"]) == ("bad_field", field)
    assert error.details["expected"]


def test_numbers_beyond_all_bounds_are_no_numbers(tmp_path):
    path = tmp_path / "batch.json"
    path.write_text('{"version": 1, "parameters": {"temperature": 1e999}}', "utf-8")
    assert failure(path).details["field"] == "parameters.temperature"


@pytest.mark.parametrize(
    ("entries", "field"),
    [
        ({"temprature": 1}, "temprature"),
        ({"parameters": {"cap": 1}}, "parameters.cap"),
        ({"columns": ["a"], "rows": [{"a": 1}, {"b": 1}]}, "rows[1].b"),
    ],
)
def test_unknown_names_are_refused(batch, entries, field):
    error = failure(batch(**entries))
    assert (error.code, error.details["field"]) == ("unknown_field", field)


@pytest.mark.parametrize(
    ("entries", "field"),
    [
        ({"api_key": "sk-1"}, "api_key"),
        ({"Key": "sk-1"}, "Key"),
        ({"limits": {"x": [{"Authorization": "sk-1"}]}}, "limits.x.Authorization"),
        ({"parameters": {"headers": {"X-Api-Key": "sk-1"}}}, "parameters.headers.X-Api-Key"),
    ],
)
def test_a_key_is_refused_and_not_repeated(batch, entries, field):
    error = failure(batch(**entries))
    assert (error.code, error.details["field"]) == ("key_in_file", field)
    assert "sk-1" not in str(error)


def test_max_tokens_is_not_taken_for_a_key(batch):
    assert read_batch_file(batch(parameters={"max_tokens": 5})).max_tokens == 5


def test_fields_of_answers_may_be_called_like_keys(batch):
    schema = {"type": "object", "properties": {"password": {"type": "string"}, "token": {}}}
    assert read_batch_file(batch(parameters={"schema": schema})).schema == schema
    assert failure(batch(parameters={"schema": "{}"})).details["field"] == "parameters.schema"


@pytest.mark.parametrize("version", [None, 0, 2, "1", True, 1.0])
def test_unknown_versions(batch, version):
    error = failure(batch(version=version))
    assert (error.code, error.details["version"], error.details["known"]) == ("unknown_version", version, 1)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'{"version": 1,\n"template": }', "bad_json"),
        (b"", "bad_json"),
        (b"[" * 100_000, "bad_json"),
        (b"[]", "bad_field"),
        (b'{"version": 1}\0', "bad_character"),
        (b'{"version": 1, "rows": []}', "empty_table"),
    ],
)
def test_files_that_are_no_batch(tmp_path, content, code):
    path = tmp_path / "batch.json"
    path.write_bytes(content)
    assert failure(path).code == code


def test_broken_json_names_its_line(tmp_path):
    path = tmp_path / "batch.json"
    path.write_bytes(b'{"version": 1,\n"template": }')
    assert failure(path).details["line"] == 2


def test_a_file_that_is_not_there(tmp_path):
    assert failure(tmp_path / "none.json").code == "file_not_found"
    assert failure(tmp_path).code == "is_a_folder"


EXAMPLES = ("greeting", "classification", "translation", "summary", "extraction")


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_examples_use_what_they_bring(name, language):
    batch = read_batch_file(example_path(name, language))
    used = [Template(text) for text in (batch.template, batch.system or "")]
    assert {column for text in used for column in text.placeholders(batch.columns)} == set(batch.columns)
    assert [text.unknown_placeholders(batch.columns) for text in used] == [[], []]
    assert len(batch.rows) >= 4
    assert all(all(row.variables.values()) for row in batch.rows)


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_are_alike_in_both_languages(name):
    english, french = (read_batch_file(example_path(name, language)) for language in ("en", "fr"))
    assert len(english.rows) == len(french.rows)
    assert len(english.columns) == len(french.columns)
    assert english.temperature == french.temperature
    texts = [
        french.template,
        french.system or "",
        *(text for row in french.rows for text in row.variables.values()),
    ]
    assert not [text for text in texts if re.search(r"'|[\w’] [;!?:]|\w[;!?]", text)]
