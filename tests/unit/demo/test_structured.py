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
    {"type": "integer", "minimum": 2, "maximum": 3},
    {"type": ["number", "null"], "maximum": -1},
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


def fields(prompt, **properties):
    schema = {"type": "object", "properties": properties}
    return json.loads(structured(schema, prompt, 1))


TEXT = {"type": "string"}
MAYBE = {"type": ["string", "null"]}
ORDER = "Hello, this is Lena Hofmann from Brightwater. We need 40 desk lamps in Ghent by the 14th of March."


def test_fields_take_what_the_prompt_says_of_them():
    found = fields(
        ORDER, name=TEXT, company=TEXT, item=TEXT, place=TEXT, due_date=TEXT, quantity={"type": "integer"}
    )
    assert found == {
        "name": "Lena Hofmann",
        "company": "Brightwater",
        "item": "desk lamps",
        "place": "Ghent",
        "due_date": "14th of March",
        "quantity": 40,
    }


def test_what_the_prompt_does_not_say_is_null_where_it_may_be():
    numbers = {"type": ["number", "null"]}
    assert fields("Nothing here", date=MAYBE, place=MAYBE, email=MAYBE, amount=numbers) == {
        "date": None,
        "place": None,
        "email": None,
        "amount": None,
    }
    assert fields("Nothing here", date=TEXT)["date"] == "Nothing here"


def test_a_choice_that_the_prompt_names_is_taken():
    choices = {"enum": ["low", "high", 3]}
    assert [fields(f"The risk is {word}.", risk=choices)["risk"] for word in ("High", "low")] == [
        "high",
        "low",
    ]


def test_a_pasted_book_is_answered_soon():
    for letter in ("a", "A ", "1 ", "a@", "à A", "{"):
        found = fields(letter * 500_000, name=TEXT, place=TEXT, date=TEXT, email=TEXT, thing=TEXT)
        assert all(len(text) <= 4000 for text in found.values())


@pytest.mark.parametrize(
    "schema",
    [3, [], "x", True, {}, {"$ref": "#"}, {"$ref": "http://x/y"}, {"type": 3}, {"enum": []}, {"allOf": {}},
     {"properties": 3}, {"type": []},
     {"type": "object", "properties": {"a": {"$ref": "#"}, "b": {"$ref": "#"}}}],
)  # fmt: skip
def test_odd_schemas_are_answered_too(schema):
    json.loads(structured(schema, "x", 1))
