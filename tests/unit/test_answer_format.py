"""What is taken for an answer format, what is sent for it, and what it says of answers."""

import contextlib
import json
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paradigm_gui.core.answer_format import (
    MOST_CHARACTERS,
    answer_format,
    cell_of,
    fields_of,
    object_of,
    schema_of,
    schema_text,
)
from paradigm_gui.core.errors import ErrorKind, UserFacingError

PERSON = {
    "type": "object",
    "properties": {"name": {"type": "string"}, "age": {"type": "integer"}},
    "required": ["name", "age"],
    "additionalProperties": False,
}


def of(schema):
    return answer_format(json.dumps(schema))


def reason_of(text):
    with pytest.raises(UserFacingError) as caught:
        answer_format(text)
    assert caught.value.code == "bad_schema"
    return caught.value.details["reason"], caught.value.details


@pytest.mark.parametrize("text", ["", " \n", "{}", " { } "])
def test_nothing_asks_for_nothing(text):
    assert answer_format(text) is None
    assert schema_of(text) == {}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "json"),
        ('{"type": NaN}', "json"),
        ("[]", "object"),
        ("true", "object"),
        ('{"not": "' + "x" * MOST_CHARACTERS + '"}', "long"),
        ("[" * 5000, "deep"),
        ('{"not":' * 400 + "{}" + "}" * 400, "deep"),
        ('{"type": "text"}', "schema"),
        ('{"properties": []}', "schema"),
        ('{"pattern": "("}', "schema"),
        ('{"$id": 3}', "schema"),
        ('{"$schema": "http://example.org/mine"}', "dialect"),
        ('{"$schema": "http://["}', "dialect"),
        ('{"$schema": 3}', "dialect"),
        ('{"$schema": "http://json-schema.org/draft-04/schema#"}', "dialect"),
        ('{"$ref": "https://example.org/person.json"}', "reference"),
        ('{"items": {"$ref": "person.json"}}', "reference"),
        ('{"$ref": "#/$defs/nobody"}', "reference"),
        ('{"$ref": "#/person", "person": {"properties": []}}', "schema"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_reason(text, reason):
    assert reason_of(text)[0] == reason


def test_a_refusal_says_where():
    assert reason_of('{"type": "object",\n"required": }')[1]["line"] == 2
    _, details = reason_of('{"properties": {"age": {"minimum": "x"}}}')
    assert details["where"] == "$.properties.age.minimum"
    assert "'x'" in details["words"]


def test_fields_may_be_called_like_keywords():
    schema = {"properties": {"$ref": {"type": "string"}, "pattern": {"enum": [{"$ref": "http://x"}]}}}
    assert of(schema).columns == ("$ref", "pattern")


def test_what_is_sent():
    assert of(PERSON).response_format == {
        "type": "json_schema",
        "json_schema": {"name": "answer", "schema": PERSON, "strict": True},
    }


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "object"},
        PERSON | {"required": ["name"]},
        PERSON | {"additionalProperties": True},
        PERSON | {"properties": PERSON["properties"] | {"name": {"type": "object"}}},
    ],
)
def test_strictness_is_asked_for_only_where_it_would_be_accepted(schema):
    assert "strict" not in of(schema).response_format["json_schema"]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ('{"name": "Ada", "age": 36}', None, ""),
        (' \n{"age": 36, "name": "Ada"}\n', None, ""),
        ('{"name": "Ada", "age": "old"}', ErrorKind.SCHEMA_MISMATCH, "$.age: 'old' is not of type 'integer'"),
        ('{"name": "Ada"}', ErrorKind.SCHEMA_MISMATCH, "$: 'age' is a required property"),
        ("[]", ErrorKind.SCHEMA_MISMATCH, "$: [] is not of type 'object'"),
        ("Ada is 36.", ErrorKind.NOT_JSON, "Expecting value"),
        ('```json\n{"name": "Ada", "age": 36}\n```', ErrorKind.NOT_JSON, "Expecting value"),
        ("", ErrorKind.NOT_JSON, "Expecting value"),
        ('{"name": "Ada", "age": NaN}', ErrorKind.NOT_JSON, "NaN"),
        ('{"name": "Ada", "age": 1e999}', ErrorKind.NOT_JSON, "1e999"),
        ("[" * 5000, ErrorKind.NOT_JSON, "recursion"),
        ('{"name": "Ada", "age": 36', ErrorKind.NOT_JSON, "delimiter"),
    ],
)
def test_what_is_wrong_with_an_answer(text, kind, words):
    fault = of(PERSON).fault_of(text)
    if kind is None:
        assert fault is None
    else:
        assert fault.kind is kind
        assert words in fault.message
        assert not fault.kind.is_retryable
        assert fault.kind.is_about_format


def test_a_fault_is_told_in_few_words():
    fault = of(PERSON).fault_of(json.dumps({"name": ["x" * 10_000], "age": 3}))
    assert len(fault.message) <= 500


def test_references_within_the_schema_are_followed():
    tree = of(
        {"$ref": "#/$defs/node", "$defs": {"node": {"items": {"$ref": "#/$defs/node"}, "type": "array"}}}
    )
    assert tree.fault_of("[[], [[]]]") is None
    assert tree.fault_of("[[3]]").message == "$[0][0]: 3 is not of type 'array'"


def test_a_schema_that_leads_in_a_circle_fails_the_answer_and_nothing_else():
    assert of({"$ref": "#"}).fault_of("{}").kind is ErrorKind.UNCHECKED


def test_nothing_is_fetched(monkeypatch):
    def refuse(*_arguments):
        raise AssertionError("a schema led to the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    # hidden where a schema holds plain data, and reached by a reference that stays within
    hidden = of(
        {"$ref": "#/properties/const", "properties": {"const": {"items": {"$ref": "http://127.0.0.1:9/x"}}}}
    )
    assert hidden.fault_of("[3]").kind is ErrorKind.UNCHECKED


def test_fields_of_an_answer():
    text = '{"age": 36, "name": null, "more": 1}'
    assert fields_of(text, ("name", "age", "city")) == {"name": None, "age": 36}
    for other in ("[1]", "3", "no JSON", '{"age": NaN}', "[" * 5000):
        assert fields_of(other, ("age",)) == {}


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "=1+1"),
        (36, 36),
        (0.5, 0.5),
        (None, None),
        (True, "true"),
        ([1, "é"], '[1, "é"]'),
        ({"a": None}, '{"a": null}'),
        (10**400, "1" + "0" * 400),
    ],
)
def test_cells_of_fields(value, cell):
    found = cell_of(value)
    assert (found, type(found)) == (cell, type(cell))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(max_size=5), json_values, min_size=1, max_size=4))
def test_whatever_is_json_comes_apart_as_it_is(answer):
    assert fields_of(json.dumps(answer), tuple(answer)) == answer


@given(
    st.dictionaries(
        st.sampled_from(["type", "$ref", "$defs", "properties", "items", "enum", "allOf", "$id", "pattern"]),
        json_values | st.sampled_from(["#", "#/$defs/a", "object", "^a$"]),
        max_size=4,
    )
)
def test_any_object_is_used_or_refused(schema):
    with contextlib.suppress(UserFacingError):
        wanted = answer_format(json.dumps(schema))
        fault = wanted and wanted.fault_of("{}")
        assert fault is None or fault.kind.is_about_format


def test_a_schema_in_an_editor_is_the_schema():
    assert json.loads(schema_text(PERSON)) == PERSON == schema_of(schema_text(PERSON))
    assert schema_text({}) == schema_text(None) == ""


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (' {"a": [1], "b": null}', {"a": [1], "b": None}),
        ('```json\n{"a": 1}\n```\n', {"a": 1}),
        ('```\n{"a": "`"}\n```', {"a": "`"}),
        ('```{"a": 1}', {}),
        ("[1]", {}),
        ('"{"', {}),
        ("{broken", {}),
        ('{"a": NaN}', {}),
        ('{"a": ' * 100_000, {}),
        ("", {}),
    ],
)
def test_the_fields_of_any_object(text, fields):
    assert object_of(text) == fields
