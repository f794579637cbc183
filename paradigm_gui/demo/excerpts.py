"""What a prompt has to offer for the fields of a form: names, places, dates, numbers and phrases of it.

A demo has no model, so a field is filled by what its own name asks for and by what the words look like.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_READ_CHARACTERS = 4000
_LONGEST_PHRASE = 60


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
)
_DAYS = (
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tomorrow|lundi|mardi|mercredi|jeudi|vendredi"
    "|samedi|dimanche|aujourd[’']hui|demain"
)
_DATE = re.compile(
    rf"\d{{4}}-\d\d-\d\d|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th|er)?(?:\s+of)?\s+(?:{_MONTHS})\b(?:\s+\d{{4}})?"
    rf"|\b(?:end of the month|fin du mois|as soon as possible|dès que possible)\b|\b(?:{_DAYS})\b",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[^\s@<>]{1,64}@[^\s@<>]{1,64}\.\w+")
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)?(?![\w])")
_NUMBER_WORDS = {
    **dict.fromkeys(("two", "deux"), 2),
    **dict.fromkeys(("three", "trois"), 3),
    **dict.fromkeys(("four", "quatre"), 4),
    **dict.fromkeys(("five", "cinq"), 5),
    "six": 6,
    **dict.fromkeys(("seven", "sept"), 7),
    **dict.fromkeys(("eight", "huit"), 8),
    **dict.fromkeys(("nine", "neuf"), 9),
    **dict.fromkeys(("ten", "dix"), 10),
    **dict.fromkeys(("twelve", "douze"), 12),
    **dict.fromkeys(("twenty", "vingt"), 20),
    **dict.fromkeys(("twenty-five", "vingt-cinq"), 25),
}
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
# What stands before a place, and the place.
_PLACE = re.compile(
    r"\b(?:(?:in|to|at|near|à|en|vers)\s+(?:(?:our|the|la|l[’'])\s*)?"
    r"|(?:for|to)\s+(?:our|the)\s+|(?:bureau|agence|office)\s+(?:de|of|in)\s+)"
    r"([^\W\d_a-zà-öø-ÿ][\w’-]*(?:[ -][^\W\d_a-zà-öø-ÿ][\w’-]*)*)(?=[\s.,;:!?)]|$)"
)
# What has a capital and names nobody.
_OPENING = _words(
    "hello hi dear thanks regards please could order invoice subject message text note no we i he she it "
    "they the merci bonjour salut cordialement commande facture monsieur madame objet texte il elle on nous "
    "je un une rien"
)
# What joins the words of one name.
_JOINTS = ("", ".", "&", "e", "et", "and", "of", "de", "du", "von", "van")
_COUNTED = re.compile(r"[^\W_][\w-]*")

# The parts of field names by which they ask for something, in English and French.
_ASKS = {
    "email": ("mail", "courriel"),
    "date": ("date", "day", "deadline", "when", "jour", "delai", "délai", "echeance", "échéance", "quand"),
    "place": ("place", "city", "town", "country", "address", "where", "lieu", "ville", "pays", "adresse"),
    "organisation": ("organi", "company", "firm", "societe", "société", "entreprise"),
    "name": ("name", "nom", "person", "author", "sender", "auteur", "contact", "customer", "client"),
    "thing": ("article", "item", "product", "produit", "thing", "objet", "subject", "sujet"),
}


class Excerpts:
    """Takes values for fields from a prompt. The same prompt and field always give the same value."""

    def __init__(self, prompt: str) -> None:
        # what is asked stands before the material; the last part of it is what a form is filled from
        self._text = prompt[-_READ_CHARACTERS:].strip()
        self._sentences = [
            part.strip() for part in re.split(r"(?<=[.!?])\s+|\n+", self._text) if part.strip()
        ]

    def text(self, field: str) -> str | None:
        """A phrase for a field of that name; `None` where the prompt has nothing of the kind."""
        match _kind(field):
            case "email":
                return _first(_EMAIL, self._text)
            case "date":
                return _first(_DATE, self._text)
            case "place":
                return next(self._places(), None)
            case "organisation":
                return next(iter(self._names()[1:2]), None)
            case "name":
                return next(iter(self._names()), None)
            case "thing":
                return self._thing()
        return self._phrase(field)

    def number(self) -> float | int | None:
        """The first number, in digits or in words; those of dates are none."""
        text = _DATE.sub(" ", self._text)
        digits = _NUMBER.search(text)
        words = [match for match in _COUNTED.finditer(text.lower()) if match[0] in _NUMBER_WORDS]
        if words and (digits is None or words[0].start() < digits.start()):
            return _NUMBER_WORDS[words[0][0]]
        if digits is None:
            return None
        value = float(digits[0].replace(",", "."))
        return int(value) if value.is_integer() else value

    def _names(self) -> list[str]:
        """Runs of capitalised words that are no places and no openings, those of several words first."""
        places = set(self._places())
        runs = [run for run in self._capitalised() if run not in places]
        return sorted(dict.fromkeys(runs), key=lambda run: " " not in run)

    def _places(self) -> Iterator[str]:
        for match in _PLACE.finditer(self._text):
            words = match[1].split()
            if words[0].lower() not in _OPENING and not _DATE.fullmatch(match[1]):
                yield match[1]

    def _capitalised(self) -> Iterator[str]:
        for sentence in self._sentences:
            words = [match for match in _WORD.finditer(sentence) if _may_be_of_a_name(match[0])]
            runs: list[tuple[int, int]] = []
            for match in words:
                if runs and sentence[runs[-1][1] : match.start()].strip() in _JOINTS:
                    runs[-1] = (runs[-1][0], match.end())
                else:
                    runs.append((match.start(), match.end()))
            for start, end in runs:
                run = sentence[start:end]
                # any word has a capital where a sentence begins
                if start > 0 or " " in run or len(run) + 1 >= len(sentence):
                    yield run

    def _thing(self) -> str | None:
        """What is counted: the words after the first number."""
        found = re.search(
            r"(?:\b\d+|\b(?:" + "|".join(_NUMBER_WORDS) + r"))\s+([^.,;:!?\n]+)", self._text, re.IGNORECASE
        )
        if found is None:
            return self._phrase("")
        words = re.split(r"\s(?:in|to|for|with|at|by|à|pour|avec|avant)\s", found[1])[0]
        return words[:_LONGEST_PHRASE].strip() or None

    def _phrase(self, field: str) -> str | None:
        """Some sentence, another one for another field."""
        if not self._sentences:
            return None
        sentence = self._sentences[sum(map(ord, field)) % len(self._sentences)]
        return (
            sentence if len(sentence) <= _LONGEST_PHRASE else sentence[: _LONGEST_PHRASE - 1].rstrip() + "…"
        )


def _may_be_of_a_name(word: str) -> bool:
    lowered = word.lower()
    return (
        word[0].isupper()
        and len(word) > 1
        and lowered not in _OPENING
        and lowered not in _NUMBER_WORDS
        and lowered not in f"{_MONTHS}|{_DAYS}".split("|")
    )


def _kind(field: str) -> str:
    """What a field asks for by its name, if it is known."""
    lowered = field.lower()
    return next((kind for kind, parts in _ASKS.items() if any(part in lowered for part in parts)), "")


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text)
    return found[0] if found else None
