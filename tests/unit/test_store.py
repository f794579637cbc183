from __future__ import annotations

import asyncio
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest
from stored_runs import (
    CONCURRENT,
    DONE,
    SEQUENTIAL,
    facts_of,
    failure,
    finish,
    keep_all,
    keeping,
    make_run,
    opened,
)

from paradigm_gui.core.remarks import NO_REMARK, Remark
from paradigm_gui.core.store import DELETED_KEPT_S

POSIX = pytest.mark.skipif(os.name != "posix", reason="modes and signals are a POSIX matter")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "runs.sqlite3"


@POSIX
@pytest.mark.parametrize("seed", range(20))
def test_a_killed_program_has_stored_every_answer_that_it_was_told_is_stored(path, seed):
    before = random.Random(seed).randrange(400)
    with keeping(path) as process:
        told = [int(process.stdout.readline()) for _ in range(before)]
        process.send_signal(signal.SIGKILL)
        told += [int(line) for line in process.stdout.read().split("\n")[:-1] if line != "all"]
    assert len(told) >= before

    async def check():
        with opened(path) as store:
            assert store.set_aside is None
            (summary,) = await store.unfinished()
            return summary, await store.load(summary.key)

    summary, run = asyncio.run(check())
    done = {request.index: request.text for request in run.requests if request.state is DONE}
    assert set(told) <= set(done)
    assert all(text == f"answer {index}" for index, text in done.items())
    assert summary.done == len(done)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_two_programs_write_at_once_and_know_who_runs_what(path):
    run = make_run([str(number) for number in range(300)])

    async def write(store):
        key = await store.add_run(run, "ours")
        for request in run.requests:
            finish(request)
        for start in range(0, 300, 20):
            await asyncio.gather(
                *[store.keep(key, CONCURRENT, request) for request in run.requests[start : start + 20]]
            )
        return key

    async def look(store, ours, process):
        theirs = next(summary for summary in await store.runs() if summary.key != ours)
        assert await store.unfinished() == []
        refusal = await failure(store.add_arm(theirs.key, run.arms[CONCURRENT]))
        assert refusal == ("run_in_use", {"name": "run"})
        await asyncio.to_thread(process.kill)
        await asyncio.to_thread(process.wait)
        (lost,) = await store.unfinished()
        assert (lost.key, lost.done, lost.is_finished) == (theirs.key, 500, False)
        await store.add_arm(theirs.key, (await store.load(theirs.key)).arms[CONCURRENT])
        assert await store.unfinished() == []

    with keeping(path) as process, opened(path) as store:
        ours = asyncio.run(write(store))
        while process.stdout.readline() != "all\n":
            pass
        counts = {summary.name: summary.done for summary in asyncio.run(store.runs())}
        assert counts == {"ours": 300, "run": 500}
        asyncio.run(look(store, ours, process))


def test_a_run_is_finished_only_when_it_was_ended(path):
    run = make_run(kinds=(CONCURRENT, SEQUENTIAL))

    async def begin():
        with opened(path) as store:
            for name in ("ended", "left"):
                await store.add_run(run, name)
            _, ended = await store.runs()
            await store.end_run(ended.key, "done")
            await store.rate(ended.key, 2.5)

    async def look():
        with opened(path) as store:
            left, ended = await store.runs()
            assert (ended.outcome, ended.speed_up, ended.is_finished) == ("done", 2.5, True)
            assert [arm.kind for arm in ended.arms] == [CONCURRENT, SEQUENTIAL]
            assert (left.outcome, left.speed_up, left.is_finished) == (None, None, False)
            assert await store.unfinished() == [left]
            # an arm that joins makes it unfinished again
            await store.add_arm(ended.key, run.arms[SEQUENTIAL])
            with opened(path) as other:
                assert await other.unfinished() == [left]
        with opened(path) as store:
            assert [summary.name for summary in await store.unfinished()] == ["left", "ended"]

    asyncio.run(begin())
    asyncio.run(look())


def test_a_private_store_leaves_no_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path))

    async def check():
        with opened(None) as store:
            run = make_run([f"Name {number}" for number in range(3000)])
            finish(run.requests[0], text="private " * 100_000)
            key = await keep_all(store, run)
            assert facts_of(await store.load(key)) == facts_of(run)
            assert [summary.key for summary in await store.runs("Name")] == [key]
            assert await store.unfinished() == []
            await store.end_run(key, "done")
            assert list(tmp_path.iterdir()) == []

    asyncio.run(check())
    assert list(tmp_path.iterdir()) == []


def test_a_deleted_run_comes_back_until_it_is_purged(path):
    async def check():
        with opened(path) as store:
            keys = [await keep_all(store, make_run(), name) for name in ("a", "b")]
            await store.delete(keys[0])
            assert [summary.name for summary in await store.runs()] == ["b"]
            assert [summary.name for summary in await store.unfinished()] == []
            await store.undelete(keys[0])
            assert [summary.name for summary in await store.runs()] == ["b", "a"]
            await store.rename(keys[0], "c")
            await store.delete(keys[1])
            await store.purge()
            assert [summary.name for summary in await store.runs()] == ["c"]
            for lost in (
                store.undelete(keys[1]),
                store.rename(keys[1], "x"),
                store.load(keys[1]),
                store.check_unchanged(keys[1], make_run().batch),
                store.add_arm(keys[1], make_run().arms[CONCURRENT]),
            ):
                assert await failure(lost) == ("no_such_run", {})

    asyncio.run(check())


def test_a_week_after_its_deletion_a_run_is_erased(path):
    async def delete(text):
        with opened(path) as store:
            run = make_run()
            for request in run.requests:
                finish(request, text=text)
            await store.delete(await keep_all(store, run))

    async def lose():
        """A run that was being added when the program was lost."""
        with opened(path) as store:
            key = await keep_all(store, make_run())
            await store._update(key, is_whole=0)
            assert await store.runs() == []

    def counts():
        with opened(path), closing(sqlite3.connect(path)) as connection:
            return [
                connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                for table in ("runs", "row_chunks", "arms", "requests")
            ]

    asyncio.run(delete("a"))
    assert counts() == [1, 1, 1, 3]
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE runs SET deleted_at = ?", (time.time() - DELETED_KEPT_S - 1,))
        connection.commit()
    asyncio.run(lose())
    assert counts() == [0, 0, 0, 0]


NOTING = """
import asyncio, sys
from pathlib import Path
from paradigm_gui.core.remarks import Remark
from paradigm_gui.core.store import Store

async def main():
    store = Store.open(Path(sys.argv[1]))
    for row in range(3000):
        await store.remark(int(sys.argv[2]), {row: Remark(row % 2 == 0, f"note {row}")})
        print(row, flush=True)

asyncio.run(main())
"""


@POSIX
def test_a_killed_program_has_stored_every_remark_that_it_was_told_is_stored(path):
    async def begin():
        with opened(path) as store:
            return await store.add_run(make_run([str(number) for number in range(3000)]), "run")

    async def read():
        with opened(path) as store:
            return (await store.load(key)).remarks

    key = asyncio.run(begin())
    command = [sys.executable, "-c", NOTING, str(path), str(key)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        told = [int(process.stdout.readline()) for _ in range(40)]
        process.send_signal(signal.SIGKILL)
        told += [int(line) for line in process.stdout.read().split("\n")[:-1]]
    remarks = asyncio.run(read())
    assert len(told) >= 40
    assert [remarks.of(row) for row in told] == [Remark(row % 2 == 0, f"note {row}") for row in told]


def test_remarks_are_kept_beside_the_answers(path):
    run = make_run(kinds=(CONCURRENT, SEQUENTIAL))

    async def write(store):
        key = await keep_all(store, run)
        writing = [
            store.remark(key, {0: Remark(True), 1: Remark(True, "half \ud800")}),
            store.remark(key, {0: NO_REMARK, 2: Remark(comment="Straße")}),
            store.remark(key, {1: Remark(False, "why?"), 2: Remark(True, "Straße")}),
        ]
        await asyncio.gather(*writing)
        # whatever is sent again, they stay
        await store.add_arm(key, run.arms[CONCURRENT])
        await store.keep(key, CONCURRENT, run.arms[CONCURRENT].requests[1])
        return key

    async def read(key):
        with opened(path) as store:
            remarks = (await store.load(key)).remarks
            assert [remarks.of(row) for row in range(3)] == [
                NO_REMARK,
                Remark(False, "why?"),
                Remark(True, "Straße"),
            ]
            assert not remarks.can_undo
            assert [summary.key for summary in await store.runs("STRASSE")] == [key]
            await store.delete(key)
            await store.purge()
            assert await failure(store.remark(key, {0: Remark(True)})) == ("no_such_run", {})

    with opened(path) as store:
        key = asyncio.run(write(store))
    asyncio.run(read(key))
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM remarks").fetchone() == (0,)
