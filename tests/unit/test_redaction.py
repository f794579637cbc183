"""No part of a key stays in what a server says."""

from __future__ import annotations

import pytest

from paradigm_gui.core.answers import MESSAGE_LENGTH, cut
from paradigm_gui.core.redaction import without_secret

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
    assert without_secret(text, KEY) == expected


@pytest.mark.parametrize("secret", [None, ""])
def test_without_a_secret_nothing_changes(secret):
    assert without_secret("as it is…", secret) == "as it is…"


@pytest.mark.parametrize("place", range(MESSAGE_LENGTH - 30, MESSAGE_LENGTH + 2))
def test_a_cut_through_the_key_leaves_nothing_of_it(place):
    words = cut("x" * place + KEY + "y" * 50)
    assert KEY[:4] not in without_secret(words, KEY)
