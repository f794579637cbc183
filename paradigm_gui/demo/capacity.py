"""How fast the demo server works: requests in flight share one processor, which batches imperfectly."""

from __future__ import annotations

import heapq
import itertools
import random
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Iterator

MEAN_WORK_S = 0.97
WORK_SPREAD_S = 0.22
# Each further request in flight stretches all of them by this share of the time of one alone.
CONTENTION = 0.33

# Far below what anybody measures, far above the rounding of the loop's clock.
_TOLERANCE_S = 1e-6


def work_for(prompt: str, seed: int) -> float:
    """Seconds that a request takes alone at speed 1: the same for the same prompt and seed."""
    draws = random.Random(f"{seed} work {prompt}")
    return MEAN_WORK_S + WORK_SPREAD_S * (draws.random() + draws.random() - 1)


class Capacity:
    """Processor sharing: at c in flight each request works at speed / (1 + CONTENTION (c - 1)).

    Work is measured in the seconds that it takes alone at speed 1. All requests in flight progress
    alike, so one running total of work serves them all as a clock: a request waits for the total to
    reach its own start plus its work. Time comes from `loop`, which must be the running one.
    """

    def __init__(self, speed: float, loop: asyncio.AbstractEventLoop) -> None:
        self._speed = speed
        self._loop = loop
        self._in_flight = 0
        self._total = 0.0
        self._totalled_at = loop.time()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._arrivals = itertools.count()
        self._timer: asyncio.TimerHandle | None = None

    @property
    def in_flight(self) -> int:
        return self._in_flight

    @property
    def rate(self) -> float:
        """Work per second that each request in flight receives now; 0 when there is none."""
        if not self._in_flight:
            return 0.0
        return self._speed / (1 + CONTENTION * (self._in_flight - 1))

    @contextmanager
    def admit(self) -> Iterator[Job]:
        """Count a request as in flight for as long as the block runs, however it ends."""
        self._change_in_flight(+1)
        try:
            yield Job(self)
        finally:
            self._change_in_flight(-1)

    def advance(self) -> float:
        """Bring the running total up to now and return it."""
        now = self._loop.time()
        self._total += (now - self._totalled_at) * self.rate
        self._totalled_at = now
        return self._total

    async def reach(self, total: float) -> None:
        """Wait until the running total is at least `total`."""
        if total <= self.advance() + _TOLERANCE_S:
            return
        sleeper = self._loop.create_future()
        heapq.heappush(self._sleepers, (total, next(self._arrivals), sleeper))
        if self._sleepers[0][2] is sleeper:
            self._set_timer()
        await sleeper

    def _change_in_flight(self, change: int) -> None:
        self.advance()
        self._in_flight += change
        self._set_timer()

    def _set_timer(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
        while self._sleepers and self._sleepers[0][2].done():
            heapq.heappop(self._sleepers)
        if self._sleepers:
            remaining = self._sleepers[0][0] - self._total
            self._timer = self._loop.call_at(self._totalled_at + remaining / self.rate, self._wake)

    def _wake(self) -> None:
        reached = self.advance() + _TOLERANCE_S
        while self._sleepers and self._sleepers[0][0] <= reached:
            sleeper = heapq.heappop(self._sleepers)[2]
            if not sleeper.done():
                sleeper.set_result(None)
        self._set_timer()


class Job:
    """The share of one request in flight."""

    def __init__(self, capacity: Capacity) -> None:
        self._capacity = capacity
        self._started_at = capacity.advance()

    async def reach(self, work: float) -> float:
        """Wait until the request has received `work`; return what it has received, at least that."""
        await self._capacity.reach(self._started_at + work)
        return max(work, self._capacity.advance() - self._started_at)
