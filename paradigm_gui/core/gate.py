"""When an arm may send its next request: not while it is closed, held by the server, or ahead of its pace."""

from __future__ import annotations

import asyncio
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


class Closure(Enum):
    """Why nothing new is sent."""

    PAUSE = auto()
    OUTAGE = auto()


class Gate:
    """Lets one request through at a time, at least `pace_s` seconds after the one before.

    A server's hold and the pace go by `clock`, which does not stand still in a pause.
    """

    def __init__(
        self, pace_s: float, clock: Callable[[], float], sleep: Callable[[float], Awaitable[None]]
    ) -> None:
        self._pace_s = pace_s
        self._clock = clock
        self._sleep = sleep
        self._closures: set[Closure] = set()
        self._open = asyncio.Event()
        self._open.set()
        self._turnstile = asyncio.Lock()
        self._hold_until = 0.0
        self._next_paced_at = 0.0
        self._rests: set[asyncio.Task[None]] = set()

    @property
    def is_closed(self) -> bool:
        return bool(self._closures)

    def is_closed_by(self, closure: Closure) -> bool:
        return closure in self._closures

    @property
    def held_s(self) -> float:
        """For how many seconds more the server has asked for silence."""
        return max(0.0, self._hold_until - self._clock())

    def close(self, closure: Closure) -> None:
        self._closures.add(closure)
        self._open.clear()

    def open(self, closure: Closure) -> None:
        self._closures.discard(closure)
        if not self._closures:
            self._open.set()

    def hold(self, seconds: float) -> None:
        """Let nothing through for so long, or for longer if a hold is on that ends later."""
        self._hold_until = max(self._hold_until, self._clock() + seconds)

    def skip(self) -> None:
        """End the hold and every rest now. The pace stays."""
        self._hold_until = 0.0
        for rest in self._rests:
            rest.cancel()

    async def rest(self, seconds: float) -> None:
        """Wait so long, or until the waiting is skipped."""

        async def sleep() -> None:
            await self._sleep(seconds)

        rest = asyncio.get_running_loop().create_task(sleep(), name="rest")
        self._rests.add(rest)
        try:
            await asyncio.wait({rest})
        finally:
            self._rests.discard(rest)
            rest.cancel()

    async def wait_open(self) -> None:
        await self._open.wait()

    async def pass_through(self) -> None:
        """Wait for the next turn."""
        # one at a time: turns that passed in a pause or a hold must not add up to a burst
        async with self._turnstile:
            # One launch a turn of the loop. Building a request takes milliseconds; a burst of them, when
            # many answers come at once, would freeze the window and stamp the other answers late.
            await asyncio.sleep(0)
            while True:
                await self._open.wait()
                now = self._clock()
                clear_at = max(self._hold_until, self._next_paced_at)
                if now >= clear_at:
                    break
                await self.rest(clear_at - now)
            self._next_paced_at = now + self._pace_s
