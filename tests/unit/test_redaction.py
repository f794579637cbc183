"""No part of a key stays in what a server says."""

from __future__ import annotations

import pytest

from paradigm_gui.core.answers import MESSAGE_LENGTH, cut
from paradigm_gui.core.redaction import Sieve, redacted, without_secrets

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


# Answers


@pytest.mark.parametrize("text", ["", "no key", f"it is {KEY}, {KEY}.", f"{KEY[:9]} and {KEY}", "ends in s"])
@pytest.mark.parametrize("length", [1, 2, 5, 50])
def test_a_key_is_taken_out_of_an_answer_however_it_is_cut_into_pieces(text, length):
    shown, whole = [], text.replace(KEY, "•••")
    sieve = Sieve([KEY, "px-canary"])
    take = sieve.pieces(shown.append).take
    pieces = [text[start : start + length] for start in range(0, len(text), length)]
    for piece in pieces:
        take(piece)
        assert KEY not in "".join(shown)
    # what may be the beginning of the key is shown when it is clear that it is not
    assert len(shown) == len(pieces)
    assert whole.startswith("".join(shown))
    assert KEY.startswith(whole.removeprefix("".join(shown)))
    assert sieve.whole(text) == whole


def test_of_two_keys_the_longer_one_is_taken_out_whole():
    sieve = Sieve(["canary-bird-1", "canary-bird-1-and-2", "", "abc"])
    text = "a canary-bird-1-and-2, a canary-bird-1, abc."
    assert sieve.whole(text) == "a •••, a •••, abc."
    shown = []
    take = sieve.pieces(shown.append).take
    for character in text:
        take(character)
    assert "".join(shown) == "a •••, a •••, abc."
    assert without_secrets("said canary-1234", "canary", "canary-1234") == "said •••"


def test_a_short_key_leaves_the_names_of_models_and_answers_alone():
    """It goes out of the words of a refusal only, which nobody needs to the letter."""
    sieve = Sieve(["mistral", "canary-4f1d"])
    shown = []
    sieve.pieces(shown.append).take("mistral:7b, canary-4f1d")
    assert sieve.whole("mistral:7b") == "mistral:7b"
    assert shown == ["mistral:7b, canary-4f1d"]
    assert redacted({"models": ["mistral:7b"]}, "mistral") == {"models": ["mistral:7b"]}
    assert without_secrets("not with mistral", "mistral") == "not with •••"


def test_without_secrets_answers_pass_as_they_are():
    shown = []
    pieces = Sieve([]).pieces(shown.append)
    for piece in ("a", "b"):
        pieces.take(piece)
    assert shown == ["a", "b"]


def test_secrets_are_taken_out_of_whatever_holds_texts():
    said = {"models": [KEY, "m"], "deep": {"words": (f"a {KEY}",)}, "streams": True, "n": None}
    assert redacted(said, KEY) == {
        "models": ["•••", "m"],
        "deep": {"words": ("a •••",)},
        "streams": True,
        "n": None,
    }
