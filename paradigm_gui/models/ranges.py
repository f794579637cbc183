"""Row numbers as contiguous ranges: one signal for a range costs what one for a cell costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def contiguous(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The first and last row of each unbroken run, in ascending order."""
    first = last = None
    for row in sorted(set(rows)):
        if first is None or last is None:
            first = last = row
        elif row == last + 1:
            last = row
        else:
            yield first, last
            first = last = row
    if first is not None and last is not None:
        yield first, last
