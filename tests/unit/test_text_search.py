"""Search by words, without case and accents."""

import pytest

from paradigm_gui.core.text_search import folded, words_of


@pytest.mark.parametrize(
    ("text", "looked_up"),
    [
        ("Évreux", "evreux"),
        ("e\u0301te\u0301", "ete"),
        ("Straße", "STRASSE"),
        ("İstanbul", "istanbul"),
        ("ÅNGSTRÖM", "angstrom"),
        ("Cœur", "coeur"),
        ("l’été", "l'ete"),
        ("1\u202f234", "1 234"),
        ("Øre", "ore"),
    ],
)
def test_case_and_accents_do_not_matter(text, looked_up):
    assert folded(text) == folded(looked_up)
    assert folded(looked_up) == looked_up.lower()


def test_letters_of_other_scripts_are_told_apart():
    assert folded("文字") == "文字"
    assert folded("が") != folded("か")
    assert folded("कि") != folded("का")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", []),
        ('  "" ', []),
        ("Lille  Évreux", ["lille", "evreux"]),
        ('"Le Havre" Dupont', ["le havre", "dupont"]),
        ("« Le Havre » x", ["le havre", "x"]),
        ("“Le Havre”", ["le havre"]),
        ('still "open end', ["still", "open end"]),
        ("d'Arc", ["d'arc"]),
    ],
)
def test_words_and_phrases(query, words):
    assert words_of(query) == words
