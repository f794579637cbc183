from hypothesis import given
from hypothesis import strategies as st

from paradigm_gui.models import row_order
from paradigm_gui.models.row_blocks import RowBlocks
from paradigm_gui.models.row_order import in_order


def outcome(steps):
    """Go through all steps; give what they return and how many they were."""
    taken = 0
    while True:
        try:
            next(steps)
            taken += 1
        except StopIteration as end:
            return end.value, taken


def sorted_in_steps(rows, keys, *, is_descending):
    blocks = RowBlocks(len(keys), lambda block: [keys[row] for row in block])
    return outcome(in_order(rows, blocks, is_descending=is_descending))


@given(
    st.lists(st.none() | st.integers(0, 9), max_size=400),
    st.booleans(),
    st.booleans(),
)
def test_it_sorts_as_one_would_at_once(keys, is_descending, only_even):
    rows = [row for row in range(len(keys)) if not only_even or row % 2 == 0]
    known = [row for row in rows if keys[row] is not None]
    known.sort(key=keys.__getitem__, reverse=is_descending)
    unknown = [row for row in rows if keys[row] is None]
    before = row_order._PARTS
    row_order._PARTS = (7, 40)
    try:
        assert sorted_in_steps(rows, keys, is_descending=is_descending)[0] == known + unknown
    finally:
        row_order._PARTS = before


def test_it_takes_many_steps():
    keys = [-row % 977 for row in range(50_000)]
    found, steps = sorted_in_steps(range(50_000), keys, is_descending=True)
    assert found == sorted(range(50_000), key=keys.__getitem__, reverse=True)
    assert steps > 50_000 / 128
