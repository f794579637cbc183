"""The demo's answers in the form of a schema."""

import json

import pytest

from paradigm_gui.core.answer_format import answer_format
from paradigm_gui.demo.structured import structured

SCHEMAS = [
    {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": ["null", "integer"]}}},
    {
        "properties": {"a": {"enum": ["x", "y"]}, "b": {"const": 3}, "c": {"type": "boolean"}},
        "required": ["a", "c"],
    },
    {"type": "array", "items": {"type": "number", "minimum": 10}, "minItems": 2},
    {"$ref": "#/$defs/p~1q", "$defs": {"p/q": {"type": "string", "maxLength": 2}}},
    {"anyOf": [{"type": "null"}, {"type": "string"}]},
    {
        "type": "object",
        "properties": {"next": {"anyOf": [{"type": "null"}, {"$ref": "#"}]}},
        "required": ["next"],
    },
]


@pytest.mark.parametrize("schema", SCHEMAS)
def test_answers_match_their_schema(schema):
    text = structured(schema, "Hello Ada!", 1)
    assert answer_format(json.dumps(schema)).fault_of(text) is None
    assert text == structured(schema, "Hello Ada!", 1)


def test_strings_hold_the_answer():
    assert json.loads(structured(SCHEMAS[0], "Hello Ada!", 1))["a"] == "Hello Ada!"


@pytest.mark.parametrize(
    "schema",
    [3, [], "x", True, {}, {"$ref": "#"}, {"$ref": "http://x/y"}, {"type": 3}, {"enum": []}, {"allOf": {}},
     {"properties": 3}, {"type": []},
     {"type": "object", "properties": {"a": {"$ref": "#"}, "b": {"$ref": "#"}}}],
)  # fmt: skip
def test_odd_schemas_are_answered_too(schema):
    json.loads(structured(schema, "x", 1))
