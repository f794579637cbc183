"""Cells are sorted by what they mean."""

import pytest

from paradigm_gui.models.sort_keys import sort_key


@pytest.mark.parametrize(
    ("text", "decimal_point", "value"),
    [
        ("12", ".", 12),
        ("-3", ".", -3),
        ("\u22123", ".", -3),
        ("01000", ".", 1000),
        ("1,5", ".", 1.5),
        ("1.5", ",", 1.5),
        ("1 234,50", ".", 1234.5),
        ("1\u202f234,50 €", ",", 1234.5),
        ("$1,234.50", ",", 1234.5),
        ("1.234.567", ".", 1234567),
        ("1,234", ".", 1234),
        ("1,234", ",", 1.234),
        ("1.234", ",", 1234),
        ("12.5%", ".", 12.5),
        (",5", ".", 0.5),
    ],
)
def test_numbers_are_sorted_by_value(text, decimal_point, value):
    assert sort_key(text, decimal_point) == (False, value)


@pytest.mark.parametrize(
    "text", ["12 rue", "2026-01-02", "1.2.3.4", "-", "€", "1e5", "12/03", "0x10", "9" * 60]
)
def test_all_else_is_text(text):
    is_text, key = sort_key(text, ".")
    assert is_text
    assert isinstance(key, str)


def test_numbers_come_first_and_nothing_last():
    texts = ["b", "10", "É", "9", "a"]
    assert sorted(texts, key=lambda text: sort_key(text, ".")) == ["9", "10", "a", "b", "É"]
    assert sort_key("  ", ".") is None
