from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paradigm_gui.core.format_codes import Condition, Kind, sections_of


def tokens(code):
    return [[(token.kind.name, token.text) for token in section.tokens] for section in sections_of(code)]


def test_sections_are_parted_where_no_text_is_quoted():
    assert tokens('0";"\\;;"a') == [
        [("DIGIT", "0"), ("LITERAL", ";"), ("LITERAL", ";")],
        [("LITERAL", "a")],
    ]
    assert [len(sections_of(code)) for code in ("", "0", "0;0", ";;;")] == [1, 1, 2, 4]


def test_brackets_hold_colours_conditions_currencies_languages_and_elapsed_times():
    red, rest = sections_of("[Red][<=-1.5][$€-40C]0;[h]:mm")
    assert (red.condition, red.locale) == (Condition("<=", -1.5), "40C")
    assert red.condition.is_negative_only
    assert [token.text for token in red.tokens] == ["€", "0"]
    assert (rest.condition, rest.locale, rest.is_date) == (None, "", True)
    assert rest.tokens[0].kind is Kind.ELAPSED


def test_minutes_are_told_from_months():
    def units(code):
        return [
            token.text for token in sections_of(code)[0].tokens if token.kind in (Kind.DATE, Kind.ELAPSED)
        ]

    assert units("d/m/yy h:m") == ["d", "m", "yy", "h", "n"]
    assert units("mm:ss") == ["nn", "ss"]
    assert units("[h]:mm") == ["h", "nn"]
    assert units("hh mmm") == ["hh", "mmm"]
    assert units("yyyy-mm-dd") == ["yyyy", "mm", "dd"]
    assert units("YYYY-MM-DD HH:MM") == ["yyyy", "mm", "dd", "hh", "nn"]
    assert units('h"h"mm') == ["h", "nn"]


def test_letters_and_digits_in_dates_are_texts_and_fractions_of_seconds():
    assert tokens("ss.00 0")[0] == [("DATE", "ss"), ("SUBSECOND", "00"), ("LITERAL", " "), ("LITERAL", "0")]
    assert tokens("d.m")[0] == [("DATE", "d"), ("LITERAL", "."), ("DATE", "m")]
    assert tokens("0 kg") == [[("DIGIT", "0"), ("LITERAL", " "), ("LITERAL", "k"), ("LITERAL", "g")]]


@pytest.mark.parametrize(
    ("sign", "holds"),
    [
        ("<", [True, False, False]),
        ("<=", [True, True, False]),
        ("=", [False, True, False]),
        (">", [False, False, True]),
        (">=", [False, True, True]),
        ("<>", [True, False, True]),
    ],
)
def test_conditions(sign, holds):
    (section,) = sections_of(f"[{sign}2]0")
    assert [section.condition.holds(value) for value in (1, 2, 3)] == holds


@given(st.text(alphabet='0#?.,%@;"\\_*[]$-<=>ymdhsAPM/E+eg Général'))
def test_any_text_has_sections(code):
    assert sections_of(code)
