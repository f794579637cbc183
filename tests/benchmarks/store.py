"""Measure how fast runs are stored, listed and loaded. Prints figures only.

The cost of a commit is the disk's: give a folder on the disk that matters, else the system's temporary one
is used.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from paradigm_gui.core.batch import (
    Arm,
    ArmKind,
    Attempt,
    Batch,
    Completion,
    Limits,
    Parameters,
    RequestState,
    Row,
    Run,
    Template,
)
from paradigm_gui.core.endpoints import Endpoint
from paradigm_gui.core.store import Store

KEPT = 20_000
AT_ONCE = 200
ROWS = 100_000
RUNS = 1000
ENDPOINT = Endpoint("Benchmark", "http://127.0.0.1:1/api/v2")


def make_run(rows):
    batch = Batch(
        [Row(index, {"name": f"Name {index}", "city": f"City {index % 100}"}) for index in range(rows)],
        ["name", "city"],
        Template("Greet {name} from {city} in one friendly sentence."),
        Parameters("alfred"),
    )
    arm = Arm.of(ArmKind.CONCURRENT, batch, Limits(cap=AT_ONCE))
    arm.started_at = 100.0
    return Run(batch, ENDPOINT, datetime.now(UTC), {arm.kind: arm})


def finish(request):
    request.enqueued_at = 100.0
    request.attempts = [Attempt(100.25, 100.5, 101.125, 101.125)]
    request.completion = Completion(f"Good morning, number {request.index}! " * 5, "stop", "alfred", 20, 40)
    request.state, request.ended_at = RequestState.DONE, 101.125


def told(what, count, seconds, lag=None):
    lag_words = "" if lag is None else f"   longest pause of the loop {lag * 1000:5.1f} ms"
    print(f"{what:34} {count:7}  {seconds:7.3f} s  {count / seconds:9.0f}/s{lag_words}")


async def longest_pause(awaitable):
    """Await, and measure the longest time that the loop did not come round to an idle task."""
    longest = 0.0

    async def probe():
        nonlocal longest
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.001)
            longest = max(longest, time.perf_counter() - before - 0.001)

    async with asyncio.TaskGroup() as group:
        probing = group.create_task(probe())
        started = time.perf_counter()
        result = await awaitable
        seconds = time.perf_counter() - started
        probing.cancel()
    return result, seconds, longest


async def keep_all(store, key, run, at_once):
    waiting = iter(run.requests)

    async def work():
        for request in waiting:
            finish(request)
            await store.keep(key, ArmKind.CONCURRENT, request)

    async with asyncio.TaskGroup() as group:
        for _ in range(at_once):
            group.create_task(work())


async def measure(folder):
    with closing(Store.open(folder / "small.sqlite3")) as store:
        run = make_run(KEPT)
        key = await store.add_run(run, "kept")
        _, seconds, lag = await longest_pause(keep_all(store, key, run, AT_ONCE))
        told(f"keep, {AT_ONCE} awaited at once", KEPT, seconds, lag)

        run = make_run(20)
        started = time.perf_counter()
        for number in range(RUNS):
            await store.add_run(run, f"run {number}")
        told("add runs of 20 rows", RUNS, time.perf_counter() - started)
        _, seconds, lag = await longest_pause(store.runs())
        told("list runs", RUNS, seconds, lag)
        _, seconds, lag = await longest_pause(store.runs("friendly 999"))
        told("search runs", RUNS, seconds, lag)

    path = folder / "large.sqlite3"
    with closing(Store.open(path)) as store:
        run = make_run(ROWS)
        key, seconds, lag = await longest_pause(store.add_run(run, "large"))
        told("add a run, rows", ROWS, seconds, lag)
        _, seconds, lag = await longest_pause(keep_all(store, key, run, 2000))
        told("keep, 2000 awaited at once", ROWS, seconds, lag)
        del run
        gc.collect()
        _, seconds, lag = await longest_pause(store.load(key))
        told("load a run, rows", ROWS, seconds, lag)
        gc.freeze()
        gc.set_threshold(50_000, 20, 20)
        _, seconds, lag = await longest_pause(store.load(key))
        told("the same, with the window's gc", ROWS, seconds, lag)
        _, seconds, lag = await longest_pause(store.runs("99999"))
        told("search in rows", ROWS, seconds, lag)
    print(f"file of the large run: {path.stat().st_size / 1e6:.0f} MB")
    started = time.perf_counter()
    with closing(Store.open(path)) as store:
        print(f"open it again: {time.perf_counter() - started:.3f} s")
        await store.delete(key)
        _, seconds, lag = await longest_pause(store.purge())
        told("purge a run, rows", ROWS, seconds, lag)


def main():
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if len(sys.argv) > 1 else None) as folder:
        asyncio.run(measure(Path(folder)))


if __name__ == "__main__":
    main()
