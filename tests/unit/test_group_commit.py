from __future__ import annotations

import asyncio
import os
import resource

import pytest
from stored_runs import CONCURRENT, facts_of, failure, finish, make_run, opened

from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.store import Store

POSIX = pytest.mark.skipif(os.name != "posix", reason="modes and signals are a POSIX matter")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "runs.sqlite3"


def test_many_answers_share_a_commit(path):
    run = make_run([str(number) for number in range(1200)])
    commits = []

    async def check():
        with opened(path) as store:
            key = await store.add_run(run, "run")
            await store._writer.do(
                lambda connection: connection.set_trace_callback(
                    lambda statement: commits.append(statement) if statement == "COMMIT" else None
                )
            )
            commits.clear()
            for request in run.requests:
                finish(request)
            # all are handed over before the loop runs again
            await asyncio.gather(*[store.keep(key, CONCURRENT, request) for request in run.requests])
            # by number 3, one each for what the writer may have taken at once, and for the rest
            assert 3 <= len(commits) <= 5
            assert (await store.runs())[0].done == 1200

    asyncio.run(check())


def test_a_lone_change_does_not_wait_for_others(path, monkeypatch):
    monkeypatch.setattr("paradigm_gui.core.group_commit.COMMIT_EVERY_S", 3600.0)
    run = make_run()

    async def check():
        with opened(path) as store:
            key = await store.add_run(run, "run")
            finish(run.requests[0])
            kept = store.keep(key, CONCURRENT, run.requests[0])
            # anything but a kept request is written at once, and after what was asked before
            await store.rename(key, "renamed")
            assert kept.done()

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
