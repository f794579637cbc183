"""Row numbers as contiguous ranges."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from paradigm_gui.models.ranges import contiguous


def test_examples():
    assert list(contiguous([])) == []
    assert list(contiguous([4])) == [(4, 4)]
    assert list(contiguous([3, 1, 2, 7, 2, 9, 8])) == [(1, 3), (7, 9)]


@given(st.sets(st.integers(0, 200)))
def test_ranges_cover_the_rows_and_nothing_else_without_touching(rows):
    ranges = list(contiguous(rows))
    covered = [row for first, last in ranges for row in range(first, last + 1)]
    assert covered == sorted(rows)
    assert all(last + 1 < first for (_, last), (first, _) in pairwise(ranges))
