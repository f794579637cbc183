"""What is made of rows, block by block, and made again only where rows have changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

# so many rows take about a millisecond, which is how finely the work can be divided
BLOCK_ROWS = 128

T = TypeVar("T")


class RowBlocks(Generic[T]):
    """Makes a value of each block of rows when it is asked for.

    `make` gets the rows of a block, which follow each other. What `may_keep` refuses is made every time.
    """

    def __init__(
        self, rows: int, make: Callable[[range], T], may_keep: Callable[[T], bool] = lambda _made: True
    ) -> None:
        self._rows = rows
        self._make = make
        self._may_keep = may_keep
        self._kept: list[T | None] = [None] * -(-rows // BLOCK_ROWS)

    def forget(self, rows: Collection[int]) -> None:
        """Make the blocks of these rows anew."""
        for number in {row // BLOCK_ROWS for row in rows}:
            self._kept[number] = None

    def of(self, rows: Sequence[int]) -> Iterator[tuple[range, T]]:
        """Give the blocks that have one of the rows, in order: all their rows, and their value."""
        numbers = range(len(self._kept)) if len(rows) == self._rows else {row // BLOCK_ROWS for row in rows}
        for number in sorted(numbers):
            first = number * BLOCK_ROWS
            block = range(first, min(first + BLOCK_ROWS, self._rows))
            made = self._kept[number]
            if made is None:
                made = self._make(block)
                if self._may_keep(made):
                    self._kept[number] = made
            yield block, made
