"""A loop whose sleeps take no time, so that what is said about times is exact on a machine of any speed."""

from __future__ import annotations

import asyncio
import selectors

from guard import GUARD_S

# for what is on its way from one socket of this process to another
ON_THE_WAY_S = 0.001


class _JumpingSelector(selectors.DefaultSelector):
    """Waits by moving the clock; when nothing could ever happen again, it says so."""

    def __init__(self, patience_s: float) -> None:
        super().__init__()
        self._patience_s = patience_s
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        events = super().select(0)
        if events or timeout == 0:
            return events
        if self._patience_s:
            # without a timer it is for a thread
            events = super().select(GUARD_S if timeout is None else self._patience_s)
            if events:
                return events
        assert timeout is not None, "everybody waits for ever"
        self.now += max(0.0, timeout)
        return events


class VirtualLoop(asyncio.SelectorEventLoop):
    """A loop in virtual time that starts at 0; what is computed takes none, unless `work` says so."""

    patience_s = 0.0

    def __init__(self) -> None:
        self._jumping = _JumpingSelector(self.patience_s)
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.now

    def work(self, seconds: float) -> None:
        """Be busy for so long."""
        self._jumping.now += seconds


class VirtualLoopWithSockets(VirtualLoop):
    """The same for clients and servers that talk over loopback, all of them in this loop."""

    patience_s = ON_THE_WAY_S
