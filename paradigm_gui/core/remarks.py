"""What the user notes on the rows of a run: a mark and a comment each, with undo."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

MOST_CHARACTERS = 2000
_MOST_UNDONE = 200


@dataclass(frozen=True, slots=True)
class Remark:
    """What is noted on one row; a comment is one line."""

    is_marked: bool = False
    comment: str = ""


NO_REMARK = Remark()
_MARK = Remark(is_marked=True)


class Remarks:
    """The remarks on the rows of one run, whichever arm or attempt they are read beside.

    Whatever changes them gives the rows that are other than before. True where there is any remark.
    """

    def __init__(self, remarks: Mapping[int, Remark] | None = None) -> None:
        self._of_rows = dict(remarks or {})
        # what the rows had before each change, and before each undo
        self._done: deque[Mapping[int, Remark]] = deque(maxlen=_MOST_UNDONE)
        self._undone: deque[Mapping[int, Remark]] = deque(maxlen=_MOST_UNDONE)

    def __bool__(self) -> bool:
        return bool(self._of_rows)

    def of(self, row: int) -> Remark:
        return self._of_rows.get(row, NO_REMARK)

    @property
    def marked(self) -> frozenset[int]:
        return frozenset(row for row, remark in self._of_rows.items() if remark.is_marked)

    @property
    def commented(self) -> frozenset[int]:
        return frozenset(row for row, remark in self._of_rows.items() if remark.comment)

    def mark(self, rows: Collection[int], *, is_marked: bool) -> frozenset[int]:
        """Mark rows, or take their marks away."""
        remarks: dict[int, Remark] = {}
        for row in rows:
            comment = self.of(row).comment
            # one object for all that are marked and no more
            plain = _MARK if is_marked else NO_REMARK
            remarks[row] = Remark(is_marked, comment) if comment else plain
        return self._change(remarks)

    def comment(self, row: int, text: str) -> frozenset[int]:
        """Replace the comment on a row: made one line, and cut where it is too long to be one."""
        line = " ".join(text.split())[:MOST_CHARACTERS].rstrip()
        return self._change({row: replace(self.of(row), comment=line)})

    @property
    def can_undo(self) -> bool:
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    def undo(self) -> frozenset[int]:
        return self._take_back(self._done, self._undone)

    def redo(self) -> frozenset[int]:
        return self._take_back(self._undone, self._done)

    def _change(self, remarks: Mapping[int, Remark]) -> frozenset[int]:
        changes = {row: remark for row, remark in remarks.items() if remark != self.of(row)}
        if changes:
            self._done.append(self._put(changes))
            self._undone.clear()
        return frozenset(changes)

    def _take_back(
        self, changes: deque[Mapping[int, Remark]], opposite: deque[Mapping[int, Remark]]
    ) -> frozenset[int]:
        if not changes:
            return frozenset()
        before = changes.pop()
        opposite.append(self._put(before))
        return frozenset(before)

    def _put(self, remarks: Mapping[int, Remark]) -> Mapping[int, Remark]:
        """Let rows have these remarks; gives those that they had."""
        before = {row: self.of(row) for row in remarks}
        for row, remark in remarks.items():
            if remark == NO_REMARK:
                self._of_rows.pop(row, None)
            else:
                self._of_rows[row] = remark
        return before
