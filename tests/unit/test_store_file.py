from __future__ import annotations

import asyncio
import os
import sqlite3
import stat
import threading
from contextlib import closing

import pytest
from stored_runs import (
    CONCURRENT,
    DONE,
    FAILED,
    facts_of,
    failure,
    finish,
    keep_all,
    keeping,
    make_run,
    opened,
)

from paradigm_gui.core import store_file
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.remarks import Remark
from paradigm_gui.core.store import Store
from paradigm_gui.core.store_file import APPLICATION_ID, MIGRATIONS, connect, migrate
from paradigm_gui.core.stored_run import (
    KEEP_REQUEST,
    complete_run,
    insert_rows,
    insert_run,
    put_arm,
    request_values,
    rows_sha256,
)

POSIX = pytest.mark.skipif(os.name != "posix", reason="modes and signals are a POSIX matter")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "runs.sqlite3"


def begin_file(path):
    """A file with one run in it."""

    async def begin():
        with opened(path) as store:
            await keep_all(store, make_run(), "old")

    asyncio.run(begin())


def damage(path):
    begin_file(path)
    data = bytearray(path.read_bytes())
    data[4096 : 4096 + 64] = b"\xff" * 64
    path.write_bytes(data)


def make_newer(path):
    begin_file(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")


def make_foreign(path):
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")


def make_text(path):
    path.parent.mkdir()
    path.write_text("This is a letter, not a database.\n" * 40)


@pytest.mark.parametrize(
    ("make", "reason"),
    [(damage, "damaged"), (make_newer, "newer"), (make_foreign, "foreign"), (make_text, "damaged")],
)
def test_a_file_that_cannot_be_used_is_set_aside_whole(path, make, reason):
    make(path)
    before = path.read_bytes()
    with opened(path) as store:
        assert store.set_aside_reason == reason
        assert store.set_aside.parent == path.parent
        assert store.set_aside.name.startswith(f"runs.sqlite3.{reason}-20")
        assert store.set_aside.read_bytes() == before
        assert asyncio.run(store.runs()) == []
    first = store.set_aside
    path.write_bytes(before)
    with opened(path) as store:
        assert store.set_aside != first
        assert store.set_aside.read_bytes() == first.read_bytes() == before
    with opened(path) as store:
        assert (store.set_aside, store.set_aside_reason) == (None, None)


def test_what_was_not_yet_moved_into_a_file_goes_aside_with_it(path):
    begin_file(path)
    with closing(sqlite3.connect(path)) as other:
        # as long as it is open, what it wrote lies in the `-wal` file only
        other.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
        with opened(path) as store:
            aside = store.set_aside
        assert aside.with_name(aside.name + "-wal").stat().st_size > 0
        with closing(sqlite3.connect(aside)) as connection:
            assert version_of(connection) == len(MIGRATIONS) + 1


def test_a_file_that_another_program_uses_is_not_set_aside(path):
    with opened(path):
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
        with pytest.raises(UserFacingError) as caught:
            Store.open(path)
        assert (caught.value.code, caught.value.details) == ("store_in_use", {"path": str(path)})
    with opened(path) as store:
        assert store.set_aside_reason == "newer"


def test_damage_in_a_large_file_is_noticed_when_it_matters(path, monkeypatch):
    monkeypatch.setattr(store_file, "CHECKED_AT_OPENING", 0)

    async def begin():
        with opened(path) as store:
            return await keep_all(store, make_run([str(number) for number in range(3000)]))

    key = asyncio.run(begin())
    with closing(sqlite3.connect(path)) as connection:
        ((page,),) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'row_chunks'")
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)

    async def read(store):
        return await failure(store.load(key))

    with opened(path) as store:
        assert store.set_aside is None
        assert asyncio.run(read(store)) == ("store_damaged", {"path": str(path)})
    with opened(path) as store:
        assert store.set_aside_reason == "damaged"


def test_places_where_no_file_can_be(tmp_path):
    (tmp_path / "file").write_text("")
    for path in (tmp_path, tmp_path / "file" / "runs.sqlite3"):
        with pytest.raises(UserFacingError) as caught:
            Store.open(path)
        assert (caught.value.code, caught.value.details["path"]) == ("cannot_write", str(path))


def test_programs_that_start_at_once_set_a_file_aside_once(path):
    make_text(path)
    barrier = threading.Barrier(4)
    stores = []

    def start():
        barrier.wait()
        stores.append(Store.open(path))

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(str(store.set_aside_reason) for store in stores) == ["None", "None", "None", "damaged"]
    for store in stores:
        store.close()


@POSIX
def test_only_the_owner_can_read_the_files(path):
    before = os.umask(0)
    try:
        with opened(path) as store:
            asyncio.run(keep_all(store, make_run()))
            assert asyncio.run(store.runs())
            modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
            assert {f"runs.sqlite3{suffix}" for suffix in ("", "-wal", "-shm")} <= set(modes)
            assert set(modes.values()) == {0o600}
            assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    finally:
        os.umask(before)
    path.chmod(0o644)
    with opened(path):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_no_file_remains_beside_it_but_the_lock(path):
    begin_file(path)
    assert {file.name for file in path.parent.iterdir()} == {"runs.sqlite3", "runs.sqlite3.lock"}
    with keeping(path):
        pass
    assert list(path.parent.glob("*.owner"))
    with opened(path):
        pass
    assert {file.name for file in path.parent.iterdir()} == {"runs.sqlite3", "runs.sqlite3.lock"}


STEPS = (
    ("CREATE TABLE notes (id INTEGER PRIMARY KEY, words TEXT)",),
    ("ALTER TABLE notes ADD COLUMN language TEXT", "UPDATE notes SET language = 'en'"),
)


def version_of(connection):
    return connection.execute("PRAGMA user_version").fetchone()[0]


def test_a_migration_takes_each_step_once(tmp_path):
    with closing(connect(tmp_path / "file")) as connection:
        migrate(connection, STEPS[:1])
        connection.execute("INSERT INTO notes (words) VALUES ('a')")
        for _ in range(2):
            migrate(connection, STEPS)
            assert version_of(connection) == 2
            assert connection.execute("SELECT * FROM notes").fetchall() == [(1, "a", "en")]


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path):
    with closing(connect(tmp_path / "file")) as connection:
        migrate(connection, STEPS[:1])
        connection.execute("INSERT INTO notes (words) VALUES ('a')")
        with pytest.raises(sqlite3.OperationalError):
            migrate(connection, (*STEPS, ("DROP TABLE notes", "DROP TABLE none_such")))
        assert version_of(connection) == 1
        assert connection.execute("SELECT * FROM notes").fetchall() == [(1, "a")]


def test_a_file_of_version_0_is_brought_up_to_date(path):
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE early (words TEXT)")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    with opened(path) as store:
        assert store.set_aside is None
        asyncio.run(keep_all(store, make_run()))
    with closing(sqlite3.connect(path)) as connection:
        assert version_of(connection) == len(MIGRATIONS)
        assert connection.execute("SELECT count(*) FROM early").fetchone() == (0,)


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS)))
def test_runs_of_earlier_versions_are_read_and_get_remarks(path, version):
    run = make_run()
    for request, state in zip(run.requests, (DONE, FAILED, DONE), strict=True):
        finish(request, state)
    path.parent.mkdir()
    with closing(connect(path)) as connection:
        migrate(connection, MIGRATIONS[:version])
        key = insert_run(connection, run, "early", None)
        insert_rows(connection, key, 0, run.batch)
        complete_run(connection, key, rows_sha256(run.batch))
        arm_id = put_arm(connection, key, run.arms[CONCURRENT])
        for request in run.requests:
            connection.execute(KEEP_REQUEST, (arm_id, *request_values(request, 8.0)))
        connection.execute("UPDATE arms SET started_at = 1.0")
        assert version_of(connection) == version

    async def check():
        with opened(path) as store:
            assert store.set_aside is None
            early = await store.load(key)
            assert facts_of(early) == facts_of(run)
            assert not early.remarks
            await store.remark(key, {2: Remark(True, "why?")})
            assert (await store.load(key)).remarks.of(2) == Remark(True, "why?")
            assert [(summary.name, summary.done) for summary in await store.runs()] == [("early", 2)]

    asyncio.run(check())
    with closing(sqlite3.connect(path)) as connection:
        assert version_of(connection) == len(MIGRATIONS)
