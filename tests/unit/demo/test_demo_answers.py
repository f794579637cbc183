"""What the demo answers: the right language, the name as given, the same for the same seed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paradigm_gui.demo.answers import ENGLISH_GREETINGS, FRENCH_GREETINGS, LONGEST_NAME, answer

FRENCH_PROMPT = (
    "Dis bonjour au nouvel utilisateur sur Paradigm ! "
    "Donne un accueil court d'une phrase hautement personnalisé à : "
)
ENGLISH_PROMPT = "Say hello to the new user on Paradigm! Give a short, personal, one-sentence welcome to: "

ODD_NAMES = [
    "Zoé 🎉👩‍🚀",
    "O'Brien",
    'Dwayne "The Rock" Johnson',
    "{name}",
    "{0} {}",
    "محمد بن سلمان",
    "שרה לוי",
    "<b>x</b>",
    '=cmd("calc")',
    "50 % off; DROP TABLE",
    "Jean-Luc d'Arc",
    "to be for",
    "à la vôtre",
    "李小龍",
    "bob",
]


def greetings_with(name, greetings):
    return {greeting.format(name=name) for greeting in greetings}


@pytest.mark.parametrize("name", ["Alice", "Bob", *ODD_NAMES])
def test_french_prompt_gets_french_greeting_with_the_name(name):
    assert answer(FRENCH_PROMPT + name, "", 0) in greetings_with(name, FRENCH_GREETINGS)


@pytest.mark.parametrize("name", ["Alice", "Bob", *ODD_NAMES])
def test_english_prompt_gets_english_greeting_with_the_name(name):
    assert answer(ENGLISH_PROMPT + name, "", 0) in greetings_with(name, ENGLISH_GREETINGS)


@pytest.mark.parametrize(
    ("prompt", "name"),
    [
        ("Say hello to Maria de la Cruz.", "Maria de la Cruz"),
        ("Write a short greeting for Ana!", "Ana"),
        ("Greet Ana, who works in Sales", "Ana"),
        ("Greet the new user Alice Smith on Paradigm", "Alice Smith"),
        ("Welcome Alice to Paradigm in one short sentence.", "Alice"),
        ("say hello to bob", "bob"),
        ("Greet محمد", "محمد"),
        ("Say hello to “Zoé”.", "Zoé"),
        ("Say hello to: 'Zoé'\nOne sentence, please.", "Zoé"),
        ("Say hello at 10:30 to Alice", "Alice"),
        ("Write a welcome to Paradigm for 🎉 Zoé {x}, warm and short.", "🎉 Zoé {x}"),
    ],
)
def test_name_is_found_in_english_prompts(prompt, name):
    assert answer(prompt, "", 1) in greetings_with(name, ENGLISH_GREETINGS)


@pytest.mark.parametrize(
    ("prompt", "name"),
    [
        ("Souhaite la bienvenue à Zoé sur Paradigm en une phrase.", "Zoé"),
        ("Rédige un mot d’accueil pour Anne-Marie Le Goff", "Anne-Marie Le Goff"),
        ("Salue Jean", "Jean"),
        ("Accueillez Noémie dans l’équipe", "Noémie"),
        ("Dis bonjour à : « Chloé »", "Chloé"),
    ],
)
def test_name_is_found_in_french_prompts(prompt, name):
    assert answer(prompt, "", 1) in greetings_with(name, FRENCH_GREETINGS)


def test_nobody_named_is_greeted_without_a_name():
    assert answer("Hello!", "", 0) == "Hello and welcome to Paradigm, we’re very glad to have you here!"
    assert answer("Dis bonjour à l'équipe", "", 0).startswith("Bonjour et bienvenue sur Paradigm")


def test_long_name_is_cut():
    shown = "A" * (LONGEST_NAME - 1) + "…"
    assert answer(ENGLISH_PROMPT + "A" * 500, "", 0) in greetings_with(shown, ENGLISH_GREETINGS)


def test_name_does_not_decide_the_language():
    name = "Marie de la Tour et du Pin"
    assert answer("Say hello to: " + name, "", 0) in greetings_with(name, ENGLISH_GREETINGS)


def test_system_prompt_may_ask_for_the_greeting():
    assert answer("Alice", "Salue la personne par son nom.", 0) in greetings_with("Alice", FRENCH_GREETINGS)
    assert answer("Alice", "Greet the person by name.", 0) in greetings_with("Alice", ENGLISH_GREETINGS)
    assert answer("How many legs has a spider?", "Greet the user.", 0).startswith("(Simulated answer)")


@pytest.mark.parametrize(
    ("prompt", "opening", "quoted"),
    [
        ("What is 2+2?", "(Simulated answer)", "“What is 2+2?”"),
        ("Explique la photosynthèse", "(Réponse simulée)", "«\u202fExplique la photosynthèse\u202f»"),
        (
            "Summarise this review: a warm welcome",
            "(Simulated answer)",
            "“Summarise this review: a warm welcome”",
        ),
        ("one two three four five six seven eight nine ten eleven", "(Simulated answer)", "nine ten…”"),
        ("x" * 5000, "(Simulated answer)", "xxx…”"),
        ("", "(Simulated answer)", "“”"),
    ],
)
def test_other_prompts_get_a_sentence_that_says_it_is_simulated(prompt, opening, quoted):
    text = answer(prompt, "", 0)
    assert text.startswith(opening)
    assert quoted in text
    assert len(text) < 250


def test_system_prompt_decides_the_language_when_the_prompt_does_not():
    assert answer("42", "Réponds en français, avec soin.", 0).startswith("(Réponse simulée)")
    assert answer("42", "Answer with the number only.", 0).startswith("(Simulated answer)")


def test_seed_and_name_choose_among_all_greetings():
    answers = {answer(ENGLISH_PROMPT + "Alice", "", seed) for seed in range(300)}
    assert answers == greetings_with("Alice", ENGLISH_GREETINGS)
    first_words = {
        answer(FRENCH_PROMPT + f"N{number}", "", 0).replace(f"N{number}", "") for number in range(300)
    }
    assert len(first_words) == len(FRENCH_GREETINGS)


def test_choice_is_the_same_in_every_process():
    assert answer(ENGLISH_PROMPT + "Alice", "", 0) == "Hello Alice, and a very warm welcome to Paradigm!"
    assert answer(FRENCH_PROMPT + "Alice", "", 0) == "Bonjour Alice, et bienvenue sur Paradigm\u202f!"


@pytest.mark.parametrize("greeting", FRENCH_GREETINGS)
def test_french_typography(greeting):
    assert not re.search(r"[^\u202f][!?;]", greeting)
    assert not re.search(r"[^\u00a0]:", greeting)
    assert "'" not in greeting


@pytest.mark.parametrize("greetings", [ENGLISH_GREETINGS, FRENCH_GREETINGS])
def test_greetings_are_many_and_one_sentence_each(greetings):
    assert len(set(greetings)) >= 12
    for greeting in greetings:
        assert "{name}" in greeting
        assert "Paradigm" in greeting
        assert not re.search(r"[.!?]\s+\S", greeting)


@given(st.text(), st.text(), st.integers())
def test_any_text_has_an_answer(prompt, system, seed):
    assert answer(prompt, system, seed).strip()
    assert answer(ENGLISH_PROMPT + prompt, system, seed).strip()
