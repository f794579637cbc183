from __future__ import annotations

import asyncio
import os
from contextlib import contextmanager

import pytest
from stored_runs import CONCURRENT, facts_of, failure, finish, make_run, opened

from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.group_commit import MOST_IN_COMMIT, GroupCommit
from paradigm_gui.core.store import Store
from paradigm_gui.core.store_file import connect

POSIX = pytest.mark.skipif(os.name != "posix", reason="modes and signals are a POSIX matter")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "runs.sqlite3"


@contextmanager
def numbers_written(path):
    """A writer of numbers that refuses negative ones, and never commits because of the time."""

    def write(connection, numbers):
        if min(numbers) < 0:
            raise ValueError(min(numbers))
        connection.executemany("INSERT INTO numbers VALUES (?)", [(number,) for number in numbers])

    connection = connect(path)
    connection.execute("CREATE TABLE numbers (number INTEGER)")
    writer = GroupCommit(connection, write, lambda error: error)
    try:
        yield writer
    finally:
        writer.close()


def numbers(connection):
    return [number for (number,) in connection.execute("SELECT number FROM numbers")]


@pytest.fixture
def no_clock(monkeypatch):
    """Groups become due by their size, or by something that cannot wait."""
    monkeypatch.setattr("paradigm_gui.core.group_commit.COMMIT_EVERY_S", 3600.0)


@pytest.mark.usefixtures("no_clock")
def test_a_change_after_a_rest_is_written_at_once_and_the_next_one_waits(tmp_path):
    async def check():
        with numbers_written(tmp_path / "file") as writer:
            await writer.add(1)
            second, third = writer.add(2), writer.add(3)
            # anything but a change is done at once, after what was asked before
            assert await writer.do(numbers) == [1, 2, 3]
            assert second.done()
            assert third.done()

    asyncio.run(check())


@pytest.mark.usefixtures("no_clock")
def test_many_changes_share_a_commit(tmp_path):
    commits = []

    async def check():
        with numbers_written(tmp_path / "file") as writer:
            await writer.do(lambda connection: connection.set_trace_callback(commits.append))
            waiting = [writer.add(number) for number in range(2 * MOST_IN_COMMIT + 7)]
            assert await writer.do(numbers) == list(range(2 * MOST_IN_COMMIT + 7))
            assert all(future.done() for future in waiting)

    asyncio.run(check())
    # of setting the trace, of two full groups, of the rest, and of the question
    assert commits.count("COMMIT") == 1 + 2 + 1 + 1


@pytest.mark.usefixtures("no_clock")
def test_a_group_that_fails_is_not_written_and_the_next_one_is(tmp_path):
    async def check():
        with numbers_written(tmp_path / "file") as writer:
            await writer.add(1)
            waiting = [writer.add(number) for number in (2, -3, 4)]
            assert await writer.do(numbers) == [1]
            assert [str(future.exception()) for future in waiting] == ["-3"] * 3
            with pytest.raises(ZeroDivisionError):
                await writer.do(lambda connection: connection.execute("DELETE FROM numbers") and 1 / 0)
            waiting = writer.add(5)
            assert await writer.do(numbers) == [1, 5]
            await waiting

    asyncio.run(check())


def test_a_full_disk_is_told_and_the_same_answers_can_be_kept_later(path):
    run = make_run([str(number) for number in range(40)])
    for request in run.requests:
        finish(request, text="x" * 5000)

    async def limit(store, pages):
        await store._writer.do(lambda connection: connection.execute(f"PRAGMA max_page_count = {pages}"))

    async def check():
        with opened(path) as store:
            key = await store.add_run(run, "run")
            await limit(store, 30)
            first = store.keep(key, CONCURRENT, run.requests[0])
            await first
            waiting = [store.keep(key, CONCURRENT, request) for request in run.requests]
            told = await asyncio.gather(*waiting, return_exceptions=True)
            assert {type(error) for error in told} == {UserFacingError}
            assert {(error.code, error.details["path"]) for error in told} == {("disk_full", str(path))}
            assert len(set(map(id, told))) == len(told)
            assert (await store.runs())[0].done == 1
            await limit(store, 2**30)
            await asyncio.gather(*[store.keep(key, CONCURRENT, request) for request in run.requests])
            assert facts_of(await store.load(key)) == facts_of(run)

    asyncio.run(check())


@POSIX
def test_a_disk_that_will_not_write_is_told(path):
    resource = pytest.importorskip("resource")
    run = make_run()
    finish(run.requests[0], text="x" * 3_000_000)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)

    async def check():
        with opened(path) as store:
            key = await store.add_run(run, "run")
            resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, limits[1]))
            try:
                code, details = await failure(store.keep(key, CONCURRENT, run.requests[0]))
            finally:
                resource.setrlimit(resource.RLIMIT_FSIZE, limits)
            assert (code, details["path"]) == ("cannot_write", str(path))
            await store.keep(key, CONCURRENT, run.requests[0])
            assert facts_of(await store.load(key)) == facts_of(run)

    asyncio.run(check())


def test_closing_writes_what_is_waiting_and_can_be_repeated(path):
    run = make_run()
    finish(run.requests[0])

    async def leave():
        store = Store.open(path)
        key = await store.add_run(run, "run")
        # nobody awaits it
        kept = store.keep(key, CONCURRENT, run.requests[0])
        store.close()
        store.close()
        with pytest.raises(RuntimeError):
            store.keep(key, CONCURRENT, run.requests[0])
        await kept

    asyncio.run(leave())
    with opened(path) as store:
        assert asyncio.run(store.runs())[0].done == 1


def test_a_change_whose_waiter_has_gone_is_written_all_the_same(path):
    run = make_run()
    for request in run.requests:
        finish(request)

    async def check():
        with opened(path) as store:
            key = await store.add_run(run, "run")
            kept = [store.keep(key, CONCURRENT, request) for request in run.requests]
            kept[1].cancel()
            await kept[2]
            assert kept[0].done()
            assert (await store.runs())[0].done == 3

    asyncio.run(check())
