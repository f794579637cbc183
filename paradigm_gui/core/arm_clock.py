"""The clock of an arm, which does not count the time in which nothing could happen."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class ArmClock:
    """Reads seconds that never run backwards, and stands still between `stand_still` and `go_on`.

    What passed during a pause or without a network says nothing about the server.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._still_since: float | None = None
        self._left_out_s = 0.0
        self._latest = -math.inf

    def now(self) -> float:
        reading = self._clock() if self._still_since is None else self._still_since
        # subtracting may round below what was read before
        self._latest = max(self._latest, reading - self._left_out_s)
        return self._latest

    def stand_still(self) -> None:
        if self._still_since is None:
            self._still_since = self._clock()

    def go_on(self) -> None:
        if self._still_since is not None:
            self._left_out_s += self._clock() - self._still_since
            self._still_since = None
