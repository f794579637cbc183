"""No part of a key stays in what a server says."""

from __future__ import annotations

import pytest

from paradigm_gui.core.answers import MESSAGE_LENGTH, cut
from paradigm_gui.core.redaction import without_secrets

KEY = "sk-canary-4f1d5e0c9a"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("no key", "no key"),
        (f"not with {KEY}, nor {KEY}", "not with •••, nor •••"),
        (f"not with {KEY[:10]}…", "not with •••…"),
        (f"not with {KEY[:10]}", f"not with {KEY[:10]}"),
        ("not with s…", "not with s…"),
    ],
)
def test_a_key_is_taken_out(text, expected):
    assert without_secrets(text, KEY) == expected


@pytest.mark.parametrize(
    "form", ["a\\'b&<%", "a\\\\'b&<%", "a\\&#x27;b&amp;&lt;%", "a%5C%27b%26%3C%25", repr("a\\'b&<%")]
)
def test_a_key_is_taken_out_however_it_is_written_down(form):
    """With characters that files and pages write in other ways."""
    said = without_secrets(f"not with {form}.", "a\\'b&<%")
    assert said.replace('"', "") == "not with •••."


def test_several_secrets_are_taken_out():
    assert without_secrets(f"{KEY} and px-canary, or abc", KEY, None, "px-canary", "abc") == (
        "••• and •••, or abc"
    )


@pytest.mark.parametrize("secret", [None, ""])
def test_without_a_secret_nothing_changes(secret):
    assert without_secrets("as it is…", secret) == "as it is…"


@pytest.mark.parametrize("place", range(MESSAGE_LENGTH - 30, MESSAGE_LENGTH + 2))
def test_a_cut_through_the_key_leaves_nothing_of_it(place):
    words = cut("x" * place + KEY + "y" * 50)
    assert KEY[:4] not in without_secrets(words, KEY)
