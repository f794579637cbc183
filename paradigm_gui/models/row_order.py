"""Sorts rows, of which some may have nothing to be sorted by, in steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from paradigm_gui.models.row_blocks import RowBlocks

# sorting so many takes some milliseconds; a list whose parts are in order is sorted in a fraction of the time
_PARTS = (2048, 16_384)


def in_order(
    rows: Sequence[int], keys: RowBlocks[Sequence[Any]], *, is_descending: bool
) -> Generator[None, None, list[int]]:
    """Sort rows by their keys, and return them; equal ones keep their order.

    Rows without a key (`None`) come last, in either order.
    """
    key_of: dict[int, Any] = {}
    for block, made in keys.of(rows):
        key_of.update(zip(block, made, strict=True))
        yield
    known = [row for row in rows if key_of[row] is not None]
    unknown = [row for row in rows if key_of[row] is None]
    yield
    for size in _PARTS:
        for first in range(0, len(known), size):
            part = known[first : first + size]
            part.sort(key=key_of.__getitem__, reverse=is_descending)
            known[first : first + size] = part
            yield
    known.sort(key=key_of.__getitem__, reverse=is_descending)
    return known + unknown
