"""The pace of the demo server, in virtual time: exact figures, no waiting."""

import asyncio
import selectors
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paradigm_gui.demo.capacity import CONTENTION, MEAN_WORK_S, WORK_SPREAD_S, Capacity, work_for


class VirtualTimeLoop(asyncio.SelectorEventLoop):
    """An event loop whose time stands still, and jumps to the next timer when nothing is left to do."""

    def __init__(self):
        self.now = 0.0
        super().__init__(JumpingSelector(self))

    def time(self):
        return self.now


class JumpingSelector(selectors.DefaultSelector):
    def __init__(self, clock):
        super().__init__()
        self._clock = clock

    def select(self, timeout=None):
        if timeout is None:
            raise RuntimeError("no timer is set and nothing is ready: the loop would wait for ever")
        self._clock.now += timeout
        return super().select(0)


def run(main):
    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        return runner.run(main)


async def finish_times(works, *, arrivals=None, speed=1.0):
    """Run one request for each of `works`; return when each ended."""
    loop = asyncio.get_running_loop()
    capacity = Capacity(speed, loop)
    ended = [0.0] * len(works)

    async def request(index):
        await asyncio.sleep(arrivals[index] if arrivals else 0)
        with capacity.admit() as job:
            await job.reach(works[index])
        ended[index] = loop.time()

    async with asyncio.TaskGroup() as group:
        for index in range(len(works)):
            group.create_task(request(index))
    assert capacity.in_flight == 0
    return ended


def test_one_alone_takes_its_work():
    assert run(finish_times([0.97])) == pytest.approx([0.97], abs=1e-5)


def test_speed_divides_all_times():
    assert run(finish_times([0.97] * 20, speed=4)) == pytest.approx(
        [0.97 * (1 + 0.33 * 19) / 4] * 20, abs=1e-5
    )


def test_twenty_equal_ones_at_once_take_seven_seconds():
    assert run(finish_times([0.97] * 20)) == pytest.approx([0.97 * (1 + 0.33 * 19)] * 20, abs=1e-5)


def test_second_arrival_slows_the_first():
    # Alone for 0.5 s, then both at 1 / 1.33 until the first has its 1.0, then the second alone.
    first = 0.5 + 0.5 * 1.33
    second = first + 0.5
    assert run(finish_times([1.0, 1.0], arrivals=[0, 0.5])) == pytest.approx([first, second], abs=1e-5)


def test_short_request_overtakes_long_one():
    # Alone for 0.5 s, then both until the short one has its 0.1, then the long one's last 0.4 alone.
    short = 0.5 + 0.1 * 1.33
    long = short + 0.4
    assert run(finish_times([1.0, 0.1], arrivals=[0, 0.5])) == pytest.approx([long, short], abs=1e-5)


def test_cancelled_request_gives_its_share_back():
    async def main():
        loop = asyncio.get_running_loop()
        capacity = Capacity(1.0, loop)

        async def request():
            with capacity.admit() as job:
                await job.reach(1.0)
            return loop.time()

        async with asyncio.TaskGroup() as group:
            leaving = group.create_task(request())
            staying = group.create_task(request())
            await asyncio.sleep(0.5)
            assert capacity.in_flight == 2
            leaving.cancel()
        assert leaving.cancelled()
        return staying.result()

    assert run(main()) == pytest.approx(0.5 + (1 - 0.5 / 1.33), abs=1e-5)


def test_all_cancelled_leaves_nothing_behind():
    async def main():
        loop = asyncio.get_running_loop()
        capacity = Capacity(1.0, loop)

        async def request():
            with capacity.admit() as job:
                await job.reach(1.0)

        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(request()) for _ in range(5)]
            await asyncio.sleep(0.1)
            for task in tasks:
                task.cancel()
        assert capacity.in_flight == 0
        assert capacity.rate == 0
        await request()
        return loop.time()

    assert run(main()) == pytest.approx(1.1, abs=1e-5)


def test_reached_work_returns_at_once():
    async def main():
        loop = asyncio.get_running_loop()
        with Capacity(1.0, loop).admit() as job:
            await job.reach(0.5)
            before = loop.time()
            received = await job.reach(0.2)
            return loop.time() - before, received

    waited, received = run(main())
    assert waited == 0
    assert received == pytest.approx(0.5, abs=1e-5)


plans = st.lists(st.tuples(st.floats(0, 5), st.floats(0.01, 2)), min_size=1, max_size=25)


@settings(max_examples=60)
@given(plans, st.floats(0.5, 50))
def test_every_request_receives_exactly_its_work(plan, speed):
    arrivals, works = [at for at, _ in plan], [work for _, work in plan]
    ended = run(finish_times(works, arrivals=arrivals, speed=speed))
    steps = sorted({*arrivals, *ended})
    for arrival, end, work in zip(arrivals, ended, works, strict=True):
        received = 0.0
        for start, stop in pairwise(steps):
            if arrival <= start and stop <= end:
                in_flight = sum(a <= start and stop <= e for a, e in zip(arrivals, ended, strict=True))
                received += (stop - start) * speed / (1 + CONTENTION * (in_flight - 1))
        assert received == pytest.approx(work, abs=1e-3)


def test_work_is_reproducible_and_varies_around_its_mean():
    works = [work_for(f"prompt {number}", seed=3) for number in range(2000)]
    assert works == [work_for(f"prompt {number}", seed=3) for number in range(2000)]
    assert work_for("prompt 0", seed=4) != works[0]
    assert min(works) >= MEAN_WORK_S - WORK_SPREAD_S
    assert max(works) <= MEAN_WORK_S + WORK_SPREAD_S
    assert sum(works) / len(works) == pytest.approx(0.97, abs=0.01)
    assert max(works) - min(works) > 0.3
