from __future__ import annotations

import asyncio
import json
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stored_runs import (
    BACKOFF,
    CANCELLED,
    CONCURRENT,
    DONE,
    FAILED,
    QUEUED,
    facts_of,
    failure,
    finish,
    keep_all,
    make_run,
    opened,
)

from paradigm_gui.core.batch import (
    Arm,
    ArmKind,
    Attempt,
    Batch,
    Completion,
    EarlyStop,
    Limits,
    Parameters,
    Request,
    RequestState,
    Row,
    Run,
    StopCode,
    Template,
)
from paradigm_gui.core.endpoints import Endpoint
from paradigm_gui.core.errors import ErrorKind, RequestError, TlsFault
from paradigm_gui.core.run_list import ArmSummary
from paradigm_gui.core.stored_run import ROWS_IN_CHUNK


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "runs.sqlite3"


# text as it comes from servers and files, lone surrogates and NUL included
TEXT = st.text(st.characters(exclude_categories=()), max_size=30)


READING = st.floats(0, 1e7)


ERROR = st.builds(
    RequestError,
    st.sampled_from(ErrorKind),
    TEXT,
    st.none() | st.integers(100, 599),
    st.none() | st.floats(0, 1e6),
    st.none() | st.sampled_from(TlsFault),
)

EARLY_STOP = st.builds(EarlyStop, st.sampled_from(StopCode), st.none() | ERROR)


ATTEMPT = st.builds(
    Attempt, READING, st.none() | READING, st.none() | READING, st.none() | READING, st.none() | ERROR
)


COMPLETION = st.builds(
    Completion, TEXT, TEXT, TEXT, st.none() | st.integers(0, 10**30), st.none() | st.integers(0, 9)
)


@st.composite
def requests(draw, row, prompt):
    state = draw(st.sampled_from([QUEUED, BACKOFF, DONE, FAILED, CANCELLED]))
    request = Request(row, prompt, state)
    if state is QUEUED:
        return request
    request.enqueued_at = draw(READING)
    request.attempts = draw(st.lists(ATTEMPT, min_size=state is not CANCELLED, max_size=3))
    if state is DONE:
        request.completion = draw(COMPLETION)
    else:
        request.partial = draw(st.lists(TEXT, max_size=2))
    if state.is_final:
        request.ended_at = draw(READING)
    if state is FAILED:
        request.error = draw(ERROR)
    return request


@st.composite
def stored_runs(draw):
    columns = draw(st.lists(TEXT, min_size=1, max_size=3, unique=True))
    rows = [
        Row(index, dict(zip(columns, cells, strict=True)))
        for index, cells in enumerate(draw(st.lists(st.tuples(*[TEXT] * len(columns)), max_size=4)))
    ]
    used = "".join("{" + column + "}" for column in columns)
    temperature = st.none() | st.floats(0, 2)
    parameters = draw(
        st.builds(Parameters, TEXT, temperature, st.none() | st.integers(), TEXT, st.booleans(), TEXT)
    )
    batch = Batch(rows, columns, Template(draw(TEXT) + used), parameters)
    run = Run(
        batch,
        draw(st.builds(Endpoint, TEXT, TEXT, TEXT, st.booleans())),
        draw(st.datetimes(timezones=st.just(UTC))),
        {},
    )
    for kind in draw(st.lists(st.sampled_from(ArmKind), unique=True, max_size=2)):
        made = [draw(requests(row, batch.prompt(row))) for row in rows]
        is_started = any(request.state is not QUEUED for request in made) or draw(st.booleans())
        started_at = draw(READING) if is_started else None
        ended_at = draw(st.none() | READING) if is_started else None
        stopped_by = draw(st.none() | EARLY_STOP) if ended_at is not None else None
        limits = draw(st.builds(Limits, st.integers(1, 999), st.none() | st.floats(1, 1e4)))
        is_told = ended_at is not None or any(request.state is not QUEUED for request in made)
        run.arms[kind] = Arm(kind, limits, made, started_at if is_told else None, ended_at, stopped_by)
    return run


@settings(max_examples=25)
@given(stored_runs(), TEXT)
def test_a_run_is_loaded_as_it_was_stored(run, name):
    async def check(path):
        with opened(path) as store:
            key = await keep_all(store, run, name)
            (summary,) = await store.runs()
            assert (summary.key, summary.name, summary.rows) == (key, name, len(run.batch.rows))
            assert summary.arms == tuple(
                ArmSummary(arm.kind, arm.count(DONE), arm.count(FAILED), arm.count(CANCELLED))
                for arm in run.arms.values()
            )
            assert facts_of(await store.load(key)) == facts_of(run)

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(check(Path(folder, "runs.sqlite3")))
    asyncio.run(check(None))


def test_a_huge_answer_and_rows_of_several_chunks(path):
    run = make_run([f"Name {number}" for number in range(2 * ROWS_IN_CHUNK + 1)])
    finish(run.arms[CONCURRENT].requests[-1], text="é\x00\ud83d\ude00\n" * 1_000_000)

    async def check():
        with opened(path) as store:
            key = await keep_all(store, run)
            assert facts_of(await store.load(key)) == facts_of(run)

    asyncio.run(check())


def test_a_request_in_flight_comes_back_queued_with_its_attempts(path):
    run = make_run()
    first, second, _ = run.arms[CONCURRENT].requests
    finish(first, BACKOFF)
    finish(second)

    async def check():
        with opened(path) as store:
            key = await keep_all(store, run)
            # it went on, was not kept again, and the program was lost
            first.move_to(RequestState.WAITING)
            first.move_to(RequestState.SENT)
            loaded = await store.load(key)
        arm = loaded.arms[CONCURRENT]
        assert (arm.started_at, arm.ended_at) == (0.0, None)
        again, done, untouched = arm.requests
        assert (again.state, again.partial, again.error, again.retry_at) == (QUEUED, [], None, None)
        assert [(a.sent_at, a.ended_at, a.error) for a in again.attempts] == [
            (0.25, 1.0, first.attempts[0].error)
        ]
        assert (done.state, done.text, done.ended_at) == (DONE, "Hello.", 1.0)
        assert (untouched.state, untouched.attempts) == (QUEUED, [])

    asyncio.run(check())


def test_what_is_kept_is_the_request_at_the_time_of_the_call(path):
    run = make_run(["Ann"])
    (request,) = run.arms[CONCURRENT].requests

    async def check():
        with opened(path) as store:
            key = await store.add_run(run, "run")
            finish(request, FAILED, "as it was")
            kept = store.keep(key, CONCURRENT, request)
            request.partial.append(" and then")
            request.attempts.append(Attempt(99.0))
            await kept
            (loaded,) = (await store.load(key)).requests
            assert (loaded.text, len(loaded.attempts)) == ("as it was", 1)

    asyncio.run(check())


def test_changed_input_is_named(path):
    run = make_run()
    batch = run.batch
    other_rows = [Row(0, {"name": "Ann"}), Row(1, {"name": "Bo"}), Row(2, {"name": "Di"})]
    renamed = [Row(row.index, {"nom": row.variables["name"]}) for row in batch.rows]
    template = Template("Greet {name}!")
    warmer = replace(batch.parameters, temperature=0.5)

    async def check():
        with opened(path) as store:
            key = await store.add_run(run, "run")
            await store.check_unchanged(key, make_run().batch)
            for changed, what in (
                (replace(batch, rows=other_rows), "rows"),
                (replace(batch, rows=batch.rows[:2]), "rows"),
                (replace(batch, rows=renamed, columns=["nom"]), "rows"),
                (replace(batch, template=template), "template"),
                (replace(batch, parameters=warmer), "parameters"),
                (replace(batch, template=template, parameters=warmer), "template"),
            ):
                assert await failure(store.check_unchanged(key, changed)) == ("input_changed", {"what": what})

    asyncio.run(check())


def test_a_run_from_before_answer_formats_is_loaded(tmp_path):
    async def check():
        path = tmp_path / "runs.sqlite"
        with opened(path) as store:
            key = await keep_all(store, make_run(["Ada"]), "old")
            with closing(sqlite3.connect(path)) as connection, connection:
                (text,) = connection.execute("SELECT parameters FROM runs").fetchone()
                known = {name: value for name, value in json.loads(text).items() if name != "schema"}
                connection.execute("UPDATE runs SET parameters = ?", (json.dumps(known),))
            assert (await store.load(key)).batch.parameters.schema == ""

    asyncio.run(check())
