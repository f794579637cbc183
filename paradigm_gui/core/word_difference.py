"""Which words of two texts differ, in bounded time."""

from __future__ import annotations

import re
from collections import Counter, deque
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Span = tuple[int, int]

# Chinese and Japanese are written without spaces: there, each character stands for a word.
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+|[^\w\s]")
# Looks at words and at the places of words in the other text; a thread does about a million a second.
MOST_STEPS = 2_000_000
MOST_STEPS_AT_ONCE = 50_000


@dataclass(frozen=True, slots=True)
class WordDifference:
    """The parts of each text that the other one lacks, as `[start, end)`; spaces are not compared.

    Where `is_rough`, the texts were too long and too different: more is marked than need be.
    """

    first: list[Span]
    second: list[Span]
    is_rough: bool = False


def word_difference(first: str, second: str, most_steps: int = MOST_STEPS) -> WordDifference:
    """Compare two texts word by word; what cannot be compared within `most_steps` counts as different."""
    places, other_places = _places(first), _places(second)
    matches = _Matches(_words(first, places), _words(second, other_places), most_steps)
    return WordDifference(
        list(_spans(places, matches.in_first)),
        list(_spans(other_places, matches.in_second)),
        matches.is_rough,
    )


def utf16_spans(text: str, spans: Sequence[Span]) -> list[Span]:
    """The same spans counted in UTF-16 units, ascending, as some toolkits count."""
    if text.isascii() or max(text) <= "\uffff":
        return list(spans)
    units = [0, *accumulate(1 + (character > "\uffff") for character in text)]
    return [(units[start], units[end]) for start, end in spans]


class _Matches:
    """Which words belong to a common passage, longest passages first."""

    def __init__(self, first: Sequence[str], second: Sequence[str], most_steps: int) -> None:
        self.in_first = [False] * len(first)
        self.in_second = [False] * len(second)
        self.is_rough = False
        # the largest parts first, should the steps not suffice
        open_parts = deque([self._without_common_ends(first, second)])
        while open_parts:
            (a, a_end), (b, b_end) = open_parts.popleft()
            part, other = first[a:a_end], second[b:b_end]
            anchors = _anchors(Counter(part), Counter(other), MOST_STEPS_AT_ONCE)
            most_steps -= len(part) + len(other) + sum(anchors.values())
            if most_steps < 0:
                self.is_rough = True
                return
            others = set(other).difference(anchors)
            matcher = SequenceMatcher(others.__contains__, part, other, autojunk=False)
            match = matcher.find_longest_match()
            if match.size:
                in_first, in_second = a + match.a, b + match.b
                self._mark(in_first, in_second, match.size)
                open_parts.append(((a, in_first), (b, in_second)))
                open_parts.append(((in_first + match.size, a_end), (in_second + match.size, b_end)))
            elif not set(part).isdisjoint(other):
                self.is_rough = True

    def _without_common_ends(self, first: Sequence[str], second: Sequence[str]) -> tuple[Span, Span]:
        """Match how both begin and end; give what lies between."""
        start = 0
        end = min(len(first), len(second))
        while start < end and first[start] == second[start]:
            start += 1
        tail = 0
        while tail < end - start and first[-1 - tail] == second[-1 - tail]:
            tail += 1
        self._mark(0, 0, start)
        self._mark(len(first) - tail, len(second) - tail, tail)
        return (start, len(first) - tail), (start, len(second) - tail)

    def _mark(self, in_first: int, in_second: int, size: int) -> None:
        self.in_first[in_first : in_first + size] = [True] * size
        self.in_second[in_second : in_second + size] = [True] * size


def _anchors(places: Mapping[str, int], other_places: Mapping[str, int], most_steps: int) -> dict[str, int]:
    """The words at which common passages are looked for, and what that costs: the rarest that fit.

    Passages are then extended over whatever words stand beside them.
    """
    costs = {word: places[word] * other_places[word] for word in places.keys() & other_places.keys()}
    rarest = sorted(costs, key=lambda word: (costs[word], word))
    reached = accumulate(costs[word] for word in rarest)
    return {word: costs[word] for word, cost in zip(rarest, reached, strict=True) if cost <= most_steps}


def _places(text: str) -> list[Span]:
    return [match.span() for match in _WORD.finditer(text)]


def _words(text: str, places: Sequence[Span]) -> list[str]:
    return [text[start:end] for start, end in places]


def _spans(places: Sequence[Span], is_common: Sequence[bool]) -> Iterator[Span]:
    """The places of the words that are not common; neighbours are one span."""
    first: int | None = None
    last = 0
    for (start, end), common in zip(places, is_common, strict=True):
        if common:
            if first is not None:
                yield first, last
            first = None
        else:
            first = start if first is None else first
            last = end
    if first is not None:
        yield first, last
