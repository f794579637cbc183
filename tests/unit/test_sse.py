from __future__ import annotations

import asyncio
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paradigm_gui.core.sse import event_data


def events(*pieces):
    async def collect():
        async def stream():
            for piece in pieces:
                yield piece

        return [data async for data in event_data(stream())]

    return asyncio.run(collect())


# Neither of the two characters that end a line
LINES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=20)


@given(
    texts=st.lists(st.lists(LINES, min_size=1, max_size=3), max_size=4),
    newline=st.sampled_from(["\n", "\r\n", "\r"]),
    space=st.sampled_from([" ", ""]),
    cuts=st.lists(st.integers(0, 400)),
)
def test_events_come_whole_however_their_bytes_are_cut(texts, newline, space, cuts):
    if not space:
        texts = [[line.lstrip(" ") for line in text] for text in texts]
    wire = "".join(
        "".join(f"data:{space}{line}{newline}" for line in text) + newline for text in texts
    ).encode()
    places = sorted({0, len(wire), *(cut for cut in cuts if cut < len(wire))})
    pieces = [wire[start:end] for start, end in itertools.pairwise(places)]
    expected = ["\n".join(text) for text in texts]
    assert events(*pieces) == expected
    assert events(*(bytes([byte]) for byte in wire)) == expected


@pytest.mark.parametrize(
    ("wire", "expected"),
    [
        (b"", []),
        (b"\n\n\n", []),
        (b": comment\n\n", []),
        (b"event: x\nid: 1\nretry: 2\ndata: a\nother: b\n\n", ["a"]),
        (b"data: a\n\ndata: b\n\n", ["a", "b"]),
        (b"data: a\ndata: b\n\n", ["a\nb"]),
        (b"data:  a\n\n", [" a"]),
        (b"data:\n\n", [""]),
        (b"database: a\n\n", []),
        (b"data: a", []),
        (b"data: a\n", []),
        (b"data: a\r", []),
        (b"data: a\r\n", []),
        (b"data: a\r\r", ["a"]),
        (b"data: a\r\n\r\n", ["a"]),
        (b"data: a\n\r", ["a"]),
        ("data: a\u2028b\u2029c\x85d\x0ce\n\n".encode(), ["a\u2028b\u2029c\x85d\x0ce"]),
    ],
)
def test_lines_and_fields(wire, expected):
    assert events(wire) == expected
    assert events(*(bytes([byte]) for byte in wire)) == expected


def test_a_stream_that_is_not_utf_8():
    with pytest.raises(UnicodeDecodeError):
        events(b"data: \xff\n\n")


def test_a_long_event_in_many_pieces_takes_no_longer_than_its_bytes():
    text = "x" * 1_000_000
    wire = f"data: {text}\n\n".encode()
    pieces = [wire[start : start + 4096] for start in range(0, len(wire), 4096)]
    # reading the bytes again and again would take hours and not fractions of a second
    assert events(*pieces) == [text]
