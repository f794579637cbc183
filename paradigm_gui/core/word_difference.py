"""Which words of two texts differ, in bounded time."""

from __future__ import annotations

import re
from collections import Counter, deque
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Span = tuple[int, int]

# Chinese and Japanese are written without spaces: there, each character stands for a word.
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+|[^\w\s]")
# Looks at words and their candidates; a thread does two or three million a second.
MOST_STEPS = 2_000_000
FREQUENT = 20


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
        start = 0
        end = min(len(first), len(second))
        while start < end and first[start] == second[start]:
            start += 1
        self._mark(0, 0, start)
        tail = 0
        while tail < end - start and first[-1 - tail] == second[-1 - tail]:
            tail += 1
        self._mark(len(first) - tail, len(second) - tail, tail)
        self._match_between(first, second, start, tail, most_steps)

    def _match_between(
        self, first: Sequence[str], second: Sequence[str], start: int, tail: int, most_steps: int
    ) -> None:
        """Match what lies between the common beginning and the common end."""
        middle, other = first[start : len(first) - tail], second[start : len(second) - tail]
        counts = Counter(other)
        # a common passage is not looked for at words that are everywhere, but may well hold some
        frequent = {word for word, count in counts.items() if count > max(FREQUENT, len(other) // 100)}
        matcher = SequenceMatcher(frequent.__contains__, middle, other, autojunk=False)
        # what a search looks at: each word, and all its places in the other text
        steps = [0, *accumulate(1 if word in frequent else 1 + counts[word] for word in middle)]
        open_parts = deque([(0, len(middle), 0, len(other))])
        while open_parts:
            a, a_end, b, b_end = open_parts.popleft()
            most_steps -= steps[a_end] - steps[a]
            if most_steps < 0:
                self.is_rough = True
                return
            match = matcher.find_longest_match(a, a_end, b, b_end)
            if match.size:
                self._mark(start + match.a, start + match.b, match.size)
                after_a, after_b = match.a + match.size, match.b + match.size
                for part in ((a, match.a, b, match.b), (after_a, a_end, after_b, b_end)):
                    if part[0] < part[1] and part[2] < part[3]:
                        open_parts.append(part)

    def _mark(self, in_first: int, in_second: int, size: int) -> None:
        self.in_first[in_first : in_first + size] = [True] * size
        self.in_second[in_second : in_second + size] = [True] * size


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
