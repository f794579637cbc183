"""Finds texts by words, without regard to case and accents."""

from __future__ import annotations

import re
import unicodedata

# diacritics of Latin, Greek and Cyrillic letters; the vowel signs of other scripts tell words apart
_DIACRITICS = re.compile("[\u0300-\u036f]+")
_LETTERS = (("œ", "oe"), ("æ", "ae"), ("ø", "o"), ("ł", "l"), ("’", "'"))
_QUOTED_OR_WORD = re.compile(r'"([^"]*)"?|«([^»]*)»?|“([^”]*)”?|([^\s"«“]+)')


def folded(text: str) -> str:
    """A text as people look it up: without case and accents, ligatures as two letters."""
    if text.isascii():
        return text.lower()
    bare = _DIACRITICS.sub("", unicodedata.normalize("NFKD", text).casefold())
    for letter, plain in _LETTERS:
        bare = bare.replace(letter, plain)
    return bare


def words_of(query: str) -> list[str]:
    """What a text has to hold, folded: every word, in any order, and what is in quotes as it stands."""
    found = ("".join(match.groups("")) for match in _QUOTED_OR_WORD.finditer(query))
    return [word for part in found if (word := folded(part.strip()))]
