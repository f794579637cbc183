from __future__ import annotations

import asyncio

from paradigm_gui.core.gate import Closure, Gate


class Clock:
    """A clock that moves when somebody sleeps."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now

    async def sleep(self, seconds):
        self.now += seconds


def passed(act, *, pace_s=0.0):
    """The times at which three callers, who come at once, are let through."""
    clock = Clock()
    gate = Gate(pace_s, clock, clock.sleep)
    times = []

    async def caller():
        await gate.pass_through()
        times.append(clock.now)

    async def scenario():
        act(gate)
        await asyncio.gather(caller(), caller(), caller())

    asyncio.run(scenario())
    return times


def test_the_pace_is_kept_between_any_two():
    assert passed(lambda _gate: None, pace_s=2.0) == [0.0, 2.0, 4.0]


def test_a_hold_is_for_everybody_and_the_longest_counts():
    def act(gate):
        gate.hold(5.0)
        gate.hold(1.0)
        assert gate.held_s == 5.0

    assert passed(act) == [5.0, 5.0, 5.0]


def test_a_skipped_hold_is_over_but_the_pace_stays():
    def act(gate):
        gate.hold(5.0)
        gate.skip()
        assert gate.held_s == 0.0

    assert passed(act, pace_s=2.0) == [0.0, 2.0, 4.0]


def test_it_opens_when_the_last_reason_is_gone():
    async def scenario():
        clock = Clock()
        gate = Gate(0.0, clock, clock.sleep)
        gate.close(Closure.PAUSE)
        gate.close(Closure.OUTAGE)
        waiting = asyncio.get_running_loop().create_task(gate.pass_through())
        gate.open(Closure.PAUSE)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert gate.is_closed
        assert gate.is_closed_by(Closure.OUTAGE)
        assert not gate.is_closed_by(Closure.PAUSE)
        assert not waiting.done()
        gate.open(Closure.OUTAGE)
        await waiting

    asyncio.run(scenario())


def test_a_rest_ends_when_it_is_skipped_or_cancelled():
    async def scenario():
        gate = Gate(0.0, asyncio.get_running_loop().time, asyncio.sleep)
        loop = asyncio.get_running_loop()
        resting = loop.create_task(gate.rest(1e6))
        await asyncio.sleep(0)
        gate.skip()
        await resting
        resting = loop.create_task(gate.rest(1e6))
        await asyncio.sleep(0)
        resting.cancel()
        await asyncio.wait([resting])
        assert resting.cancelled()
        await asyncio.sleep(0)
        assert len(asyncio.all_tasks()) == 1

    asyncio.run(scenario())
