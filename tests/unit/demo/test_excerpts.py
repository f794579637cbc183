"""What a form is filled with from a prompt."""

import json

import pytest

from paradigm_gui.demo.excerpts import Excerpts
from paradigm_gui.resources import example_path


@pytest.mark.parametrize(
    ("prompt", "field", "text"),
    [
        ("Deux bureaux pour l’agence de Nantes, dès que possible.", "lieu", "Nantes"),
        ("Deux bureaux pour l’agence de Nantes, dès que possible.", "date_limite", "dès que possible"),
        ("Write to ada@example.org today.", "e-mail", "ada@example.org"),
        ("Write to ada@example.org today.", "day", "today"),
        ("Order for Castello e Figli: six boards", "customer_name", "Castello e Figli"),
        ("Could you help? Thanks, Priya", "sender", "Priya"),
        ("It is about 12 boxes of paper for us.", "product", "boxes of paper"),
        ("Nobody is named here.", "name", None),
        ("", "remark", None),
    ],
)
def test_a_field_gets_what_its_name_asks_for(prompt, field, text):
    assert Excerpts(prompt).text(field) == text


@pytest.mark.parametrize(
    ("prompt", "number"),
    [
        ("40 lamps by the 14th of March", 40),
        ("by the 14th of March, 40 lamps", 40),
        ("vingt-cinq chaises, 3 tables", 25),
        ("it costs 3,5 or 2.5", 3.5),
        ("room B12", None),
        ("none", None),
    ],
)
def test_numbers_are_those_that_count_something(prompt, number):
    assert Excerpts(prompt).number() == number


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_example_gets_answers_that_differ_and_are_in_the_message(language):
    document = json.loads(example_path("extraction", language).read_text("utf-8"))
    texts = [
        name
        for name, part in document["parameters"]["schema"]["properties"].items()
        if "string" in part["type"]
    ]
    for message in document["rows"]:
        excerpts = Excerpts(message)
        found = [text for name in texts if (text := excerpts.text(name))]
        assert len(found) >= 2
        assert len(set(found)) == len(found)
        assert all(text in message for text in found)
        assert isinstance(excerpts.number(), int)
