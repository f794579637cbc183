"""Why requests of an arm failed: as few causes as tell the failures apart."""

from __future__ import annotations

import heapq
import re
import string
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from paradigm_gui.core.batch import RequestState
from paradigm_gui.core.errors import ErrorKind, RequestError, TlsFault

if TYPE_CHECKING:
    from collections.abc import Iterable

    from paradigm_gui.core.batch import Arm, Request

MOST_GROUPS = 20
# So much of a message is read, and so much of its pattern compared. The second is far less than the first,
# so that where a long message is cut, which differs with the length of what stands in it, hardly matters.
READ_LENGTH = 200
COMPARED_LENGTH = 80

# What differs from row to row: something in quotation marks (or up to the cut, when they do not close),
# and whatever has a digit. One class of first characters keeps the scan over the other ones fast.
_VARYING = re.compile(
    r"""["0-9'`“«](?:
        (?<=[0-9])[\w.-]*
      | (?<=")[^"]*(?:"|$)
      | (?<=“)[^”]*(?:”|$)
      | (?<=«)[^»]*(?:»|$)
      | (?<=`)[^`]*(?:`|$)
      | (?:(?<=\W')|(?<=^')).*?(?:'(?!\w)|$)  # an apostrophe within a word quotes nothing
    )""",
    re.VERBOSE | re.DOTALL,
)
# an id may have letters before its first digit
_ID_CHARACTERS = string.ascii_letters + "_-"
_UNEXPLAINED = RequestError(ErrorKind.INTERNAL)


@dataclass(frozen=True, slots=True)
class Cause:
    """Failed requests of one kind and HTTP status whose messages differ in details only.

    `message` is the one of the first of these rows. `pattern` is what the messages have in common; it is
    `None` for a remainder of one kind whose messages have nothing in common. Then `message` is empty.
    """

    kind: ErrorKind
    http_status: int | None
    message: str
    rows: tuple[int, ...]
    pattern: str | None = ""
    tls_fault: TlsFault | None = None

    @property
    def error(self) -> RequestError:
        """What these failures are, without words of the server."""
        return RequestError(self.kind, http_status=self.http_status, tls_fault=self.tls_fault)

    @property
    def identity(self) -> tuple[ErrorKind, int | None, str | None]:
        """What tells a cause from the others, however many rows it gets."""
        return (self.kind, self.http_status, self.pattern)


@dataclass(slots=True, eq=False)
class _Group:
    kind: ErrorKind
    http_status: int | None
    pattern: str
    message: str
    first_row: int
    tls_fault: TlsFault | None = None
    rows: list[int] = field(default_factory=list)

    def cause(self) -> Cause:
        rows = tuple(sorted(self.rows))
        return Cause(self.kind, self.http_status, self.message, rows, self.pattern, self.tls_fault)

    def rank(self) -> tuple[int, int]:
        return (-len(self.rows), self.first_row)


class CauseTally:
    """Groups failures as they come. The causes are the same in whatever order that is."""

    def __init__(self, requests: Iterable[Request] = ()) -> None:
        self._groups: dict[tuple[str, int | None, str], _Group] = {}
        # most failures repeat the words of another one
        self._latest_with: dict[str, _Group] = {}
        self._counted: set[int] = set()
        for request in requests:
            self.add(request)

    @property
    def total(self) -> int:
        """How many failed requests were counted."""
        return len(self._counted)

    def add(self, request: Request) -> None:
        """Count a request if it has failed and was not counted before."""
        row = request.row.index
        if request.state is not RequestState.FAILED or row in self._counted:
            return
        self._counted.add(row)
        error = request.error or _UNEXPLAINED
        group = self._latest_with.get(error.message)
        if group is None or group.kind is not error.kind or group.http_status != error.http_status:
            group = self._latest_with[error.message] = self._group_for(error, row)
        group.rows.append(row)
        if row < group.first_row:
            group.first_row, group.message = row, error.message

    def causes(self) -> list[Cause]:
        """Every counted row in exactly one cause; the most frequent first, then by their first row."""
        groups = self._groups.values()
        kept = heapq.nsmallest(MOST_GROUPS, groups, key=_Group.rank)
        causes = [group.cause() for group in kept]
        if len(groups) > len(kept):
            causes += _remainders(set(groups).difference(kept))
        return sorted(causes, key=lambda cause: (-len(cause.rows), cause.rows[0]))

    def _group_for(self, error: RequestError, row: int) -> _Group:
        key = (error.kind.value, error.http_status, pattern_of(error.message))
        group = self._groups.get(key)
        if group is None:
            group = self._groups[key] = _Group(
                error.kind, error.http_status, key[2], error.message, row, error.tls_fault
            )
        return group


def causes_of(arm: Arm) -> list[Cause]:
    """Why requests of an arm failed, the most frequent cause first."""
    return CauseTally(arm.requests).causes()


def pattern_of(message: str) -> str:
    """The words of a message without what differs from row to row: numbers, ids, what is quoted."""
    *pieces, last = _VARYING.split(message[:READ_LENGTH])
    words = [piece.rstrip(_ID_CHARACTERS) for piece in pieces]
    return "…".join([*words, last])[:COMPARED_LENGTH]


def _remainders(groups: Iterable[_Group]) -> list[Cause]:
    """One cause a kind for what is too rare to be shown by itself."""
    by_kind: defaultdict[str, list[_Group]] = defaultdict(list)
    for group in groups:
        by_kind[group.kind.value].append(group)
    causes = []
    for alike in by_kind.values():
        if len(alike) == 1:
            causes.append(alike[0].cause())
            continue
        statuses = {group.http_status for group in alike}
        rows = sorted(row for group in alike for row in group.rows)
        status = statuses.pop() if len(statuses) == 1 else None
        causes.append(Cause(alike[0].kind, status, "", tuple(rows), None))
    return causes
