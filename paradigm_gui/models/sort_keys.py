"""What cells are sorted by: numbers by their value, all else as people look it up."""

from __future__ import annotations

import re

from paradigm_gui.core.text_search import folded

_AROUND = re.compile("[\\s'\u2019%€$£]")
_NUMBER = re.compile(r"[+\-\u2212]?(\d+|\d{1,3}([.,]\d{3})+)?([.,]\d+)?")
_MOST_CHARACTERS = 40

SortKey = tuple[bool, float | str]


def sort_key(text: str, decimal_point: str) -> SortKey | None:
    """A key for the text of a cell, numbers before all others; `None` for an empty one.

    Where a point or comma may mean thousands or decimals, `decimal_point` decides.
    """
    text = text.strip()
    if not text:
        return None
    value = _value_of(text, decimal_point) if len(text) <= _MOST_CHARACTERS else None
    return (True, folded(text)) if value is None else (False, value)


def _value_of(text: str, decimal_point: str) -> float | None:
    """The number that a text is, as spreadsheets show them: `1 234,50 €`, `12.5%`."""
    bare = _AROUND.sub("", text).replace("\u2212", "-")
    if not any(map(str.isdecimal, bare)) or not _NUMBER.fullmatch(bare):
        return None
    points = [mark for mark in bare if mark in ".,"]
    if len(points) > 1:
        # the last mark is the decimal one, unless all of them are alike
        decimal_point = "" if len(set(points)) == 1 else points[-1]
    elif points and len(bare.rpartition(points[0])[2]) != len("000"):
        decimal_point = points[0]
    for mark in {".", ","} - {decimal_point}:
        bare = bare.replace(mark, "")
    return float(bare.replace(",", "."))
