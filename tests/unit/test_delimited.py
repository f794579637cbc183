from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paradigm_gui.core.delimited import (
    csv_records,
    has_header,
    is_tab_separated,
    sniff_delimiter,
    tsv_records,
    tsv_text,
)
from paradigm_gui.core.errors import UserFacingError

PATH = Path("t.csv")


def test_the_delimiter_that_splits_most_rows_alike_is_chosen():
    assert sniff_delimiter("a;b\n1,5;2\n") == ";"
    assert sniff_delimiter("just text\n") == ","
    assert sniff_delimiter("just text\n", "\t,") == "\t"


def test_tabs_in_every_line_make_a_table():
    assert is_tab_separated("a\tb\n\n1\t2\n")
    assert not is_tab_separated("a\tb\n1\n")
    assert not is_tab_separated("a\nb\n")
    assert is_tab_separated("a\tb\n" * 20_000)


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([["name", "age"], ["Ada", "36"]], True),
        ([["Ada", "36"], ["Bo", "41"]], False),
        ([["Ada", "36"], ["Bo", ""]], False),
        ([["1 234,50 €"], ["3,5"]], False),
        ([["2023", "2024"], ["1", "2"]], True),
        ([["https://a.example"], ["https://b.example"]], False),
        ([["name"]], True),
        ([["a", "b"], ["1"]], True),
    ],
)
def test_a_header_does_not_look_like_its_column(records, expected):
    assert has_header(records) is expected


def test_records_come_with_their_lines():
    assert list(csv_records(PATH, 'a,b\n"x\ny",2\n3,4', ",")) == [
        (1, ["a", "b"]),
        (2, ["x\ny", "2"]),
        (4, ["3", "4"]),
    ]


def test_only_the_beginning_of_a_file_may_leave_a_quote_open():
    assert list(csv_records(PATH, 'a\n"b', ",", is_whole=False)) == [(1, ["a"])]
    for is_whole, text in ((True, 'a\n"b'), (False, 'a\n"b"c\nd\n')):
        with pytest.raises(UserFacingError) as caught:
            list(csv_records(PATH, text, ",", is_whole=is_whole))
        assert (caught.value.code, caught.value.details["line"]) == ("bad_quotes", 2)


def test_quotation_marks_that_quote_nothing_are_kept():
    assert tsv_records('"Ada" L.\tx\r\nsay "hi"\ty\r\n') == [['"Ada" L.', "x"], ['say "hi"', "y"]]


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r")), min_size=2),
        min_size=1,
    )
)
def test_what_is_copied_is_pasted_alike(records):
    assert tsv_records(tsv_text(records)) == records
