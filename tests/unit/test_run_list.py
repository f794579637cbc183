from __future__ import annotations

import asyncio

import pytest
from stored_runs import BACKOFF, CONCURRENT, DONE, FAILED, finish, keeping, make_run, opened

from paradigm_gui.core.run_list import ArmSummary
from paradigm_gui.core.stored_run import rows_sha256


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "runs.sqlite3"


def test_a_later_state_replaces_an_earlier_one_and_is_counted_once(path):
    run = make_run(["Ann"])
    (request,) = run.arms[CONCURRENT].requests

    async def check():
        with opened(path) as store:
            key = await store.add_run(run, "run")
            for state, text in ((BACKOFF, ""), (FAILED, "half"), (FAILED, "half"), (DONE, "whole")):
                finish(request, state, text)
                await store.keep(key, CONCURRENT, request)
                (summary,) = await store.runs()
                counts = (int(state is DONE), int(state is FAILED), 0)
                assert (summary.done, summary.failed, summary.cancelled) == counts
                assert summary.arms == (ArmSummary(CONCURRENT, *counts),)
            assert (await store.load(key)).requests[0].text == "whole"

    asyncio.run(check())


def test_search_finds_every_word_in_whatever_script(path):
    async def check():
        with opened(path) as store:
            await store.add_run(
                make_run(["Élodie", "Straße", 'a "quoted" name'], model="alfred"), "Émile's run"
            )
            await store.add_run(make_run(["Zoë\ud800"], template="Décris {name} & co_100%"), "Second")

            async def found(search):
                return [summary.name for summary in await store.runs(search)]

            assert await found("") == ["Second", "Émile's run"]
            for search in ("ÉMILE", "élodie", "STRASSE", "alfred", '"quoted"', "greet name", "run élodie"):
                assert await found(search) == ["Émile's run"], search
            for search in ("décris", "zoë", "\ud800", "co_100%", "SECOND kind"):
                assert await found(search) == ["Second"], search
            for search in ("127.0.0.1", "local", "kind", "name"):
                assert await found(search) == ["Second", "Émile's run"], search
            for search in ("_", "%%", "greet zoë", "temperature", "first_token"):
                assert await found(search) == (["Second"] if search == "_" else []), search

    asyncio.run(check())


def test_runs_of_the_same_rows_are_known_by_their_fingerprint(path):
    async def check():
        with opened(path) as store:
            for names, template in ((["Ann", "Bo"], "{name}"), (["Ann", "Bo"], "x"), (["Bo", "Ann"], "x")):
                run = make_run(names, template=template)
                await store.add_run(run, "run")
                (newest, *_) = await store.runs()
                assert newest.rows_sha256 == rows_sha256(run.batch)
            assert len({summary.rows_sha256 for summary in await store.runs()}) == 2

    asyncio.run(check())


def test_a_run_of_another_program_is_in_use_until_that_ends(path):
    async def in_use(store):
        return {summary.name: summary.is_in_use for summary in await store.runs()}

    async def check():
        with opened(path) as store:
            await store.add_run(make_run(["Ann"]), "own")
            with keeping(path) as other:
                while "run" not in await in_use(store):
                    await asyncio.to_thread(other.stdout.readline)
                # what this program itself does is not told by the file
                assert await in_use(store) == {"own": False, "run": True}
            assert await in_use(store) == {"own": False, "run": False}
            assert [summary.name for summary in await store.unfinished()] == ["run"]

    asyncio.run(check())
