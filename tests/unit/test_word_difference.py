"""Which words of two texts differ."""

import random
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paradigm_gui.core.word_difference import WordDifference, utf16_spans, word_difference


def marked(first, second, **options):
    """The differing passages of both texts."""
    difference = word_difference(first, second, **options)
    return (
        [first[start:end] for start, end in difference.first],
        [second[start:end] for start, end in difference.second],
    )


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("", "", ([], [])),
        ("the same", "the same", ([], [])),
        ("a b c", "a x c", (["b"], ["x"])),
        ("a b c", "a c", (["b"], [])),
        ("a b", "a b c d", ([], ["c d"])),
        ("one", "two", (["one"], ["two"])),
        ("Hello, Ada", "Hello Ada!", ([","], ["!"])),
        ("a  b\nc", "a b c", ([], [])),
        ("a a a b", "a b", (["a a"], [])),
        ("start x y z end", "start end", (["x y z"], [])),
        ("我们今天见", "我们明天见", (["今"], ["明"])),
        ("e\u0301t\u00e9 x", "e\u0301t\u00e9 y", (["x"], ["y"])),
    ],
)
def test_the_words_that_differ(first, second, expected):
    assert marked(first, second) == expected


def test_common_passages_are_found_wherever_they_are():
    first = "Dear Ada, we are glad that you join us today. Welcome!"
    second = "Welcome Ada! Today we are glad that you join us."
    in_first, in_second = marked(first, second)
    assert "we are glad that you join us" not in " ".join(in_first + in_second)
    assert in_first == ["Dear", ",", "today", "Welcome!"]
    assert in_second == ["Welcome", "! Today"]


def test_frequent_words_are_matched_beside_others():
    words = [word for number in range(300) for word in ("the", f"w{number}")]
    changed = words.copy()
    changed[301] = "other"
    assert marked(" ".join(words), " ".join(changed)) == (["w150"], ["other"])


@pytest.mark.parametrize("words", [30, 150, 5000])
def test_distant_changes_are_told_apart_even_where_all_words_are_frequent(words):
    chance = random.Random(words)
    first = [f"w{chance.randrange(words)}" for _ in range(8000)]
    second = first.copy()
    second[1000] = second[7000] = "new"
    expected = [first[1000], first[7000]], ["new", "new"]
    assert marked(" ".join(first), " ".join(second)) == expected


def test_where_a_word_is_everywhere_more_is_marked_and_that_is_said():
    difference = word_difference("! " * 5000, "? ! " * 2500 + "x")
    assert difference.is_rough


texts = st.text(alphabet="ab c,\n😀", max_size=60)


@given(texts, texts)
def test_what_is_not_marked_is_the_same_in_both(first, second):
    def rest(text, spans):
        for start, end in reversed(spans):
            text = text[:start] + " " + text[end:]
        return re.findall(r"\w+|[^\w\s]", text)

    difference = word_difference(first, second)
    assert rest(first, difference.first) == rest(second, difference.second)
    for text, spans in ((first, difference.first), (second, difference.second)):
        assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)
        assert all(end < start for (_, end), (start, _) in pairwise(spans))


def test_a_long_search_is_given_up_and_says_so():
    chance = random.Random(7)
    first, second = (" ".join(str(chance.randrange(500)) for _ in range(2000)) for _ in range(2))
    first, second = f"begin {first} end", f"begin {second} end"
    assert not word_difference(first, second).is_rough
    rough = word_difference(first, second, most_steps=100)
    assert rough == WordDifference([(6, len(first) - 4)], [(6, len(second) - 4)], is_rough=True)


@pytest.mark.parametrize("words", [1, 2, 150, 5000])
def test_long_texts_of_whatever_words_take_few_steps(words):
    """Far more looks than allowed would be needed for some of these."""
    chance = random.Random(words)
    first, second = (" ".join(f"{chance.randrange(words):04}" for _ in range(8000)) for _ in range(2))
    assert len(first) > 39_000
    in_first, in_second = marked(first, second)
    assert (in_first == in_second == []) == (words == 1)


def test_places_in_utf16():
    text = "😀 a 🎉b"
    assert utf16_spans(text, [(0, 1), (2, 3), (4, 6)]) == [(0, 2), (3, 4), (5, 8)]
    assert utf16_spans("é a", [(2, 3)]) == [(2, 3)]
    assert utf16_spans("", []) == []
