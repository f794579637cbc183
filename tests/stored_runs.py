"""Runs to be stored, and what there is to compare about them."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

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
from paradigm_gui.core.errors import ErrorKind, RequestError, UserFacingError
from paradigm_gui.core.store import Store

CONCURRENT, SEQUENTIAL = ArmKind.CONCURRENT, ArmKind.SEQUENTIAL


DONE, FAILED, CANCELLED, BACKOFF, QUEUED = (
    RequestState.DONE,
    RequestState.FAILED,
    RequestState.CANCELLED,
    RequestState.BACKOFF,
    RequestState.QUEUED,
)


@contextmanager
def opened(path):
    store = Store.open(path)
    try:
        yield store
    finally:
        store.close()


def make_run(names=("Ann", "Bo", "Cy"), template="Greet {name}.", model="m1", **arms):
    batch = Batch(
        [Row(index, {"name": name}) for index, name in enumerate(names)],
        ["name"],
        Template(template),
        Parameters(model, system="Be kind."),
    )
    kinds = arms.get("kinds", (CONCURRENT,))
    made = {kind: Arm.of(kind, batch, Limits(cap=2)) for kind in kinds}
    for arm in made.values():
        arm.started_at = 8.0
    endpoint = Endpoint("Local", "http://127.0.0.1:1/api/v2")
    return Run(batch, endpoint, datetime(2026, 3, 1, 9, 30, tzinfo=UTC), made)


def finish(request, state=DONE, text="Hello."):
    """Bring a request to its end, or to a backoff, as the runner would."""
    error = RequestError(ErrorKind.SERVER_ERROR, "Überlast", 503, 2.5)
    request.enqueued_at = 8.0
    request.attempts = [Attempt(8.25, 8.5, 9.0, 9.0)]
    request.state = state
    request.ended_at = 9.0
    request.error = None
    if state is DONE:
        request.completion = Completion(text, "stop", "m1-0301", 11, None)
    else:
        request.partial = [text]
    if state in (FAILED, BACKOFF):
        request.error = request.attempts[-1].error = error
    if state is BACKOFF:
        request.ended_at, request.retry_at = None, 12.0


async def failure(awaitable):
    with pytest.raises(UserFacingError) as caught:
        await awaitable
    return caught.value.code, caught.value.details


def facts_of_request(request, start):
    """Everything about a request, with times since the start of its arm."""

    def since(reading):
        return None if reading is None else reading - start

    attempts = [
        (since(a.sent_at), since(a.first_token_at), since(a.last_token_at), since(a.ended_at), a.error)
        for a in request.attempts
    ]
    if request.state.is_final:
        end = (request.state, since(request.ended_at), request.completion, request.text, request.error)
    else:
        end = (QUEUED, None, None, "", None)
    enqueued = since(request.enqueued_at) if request.attempts or request.state.is_final else 0.0
    return request.row, request.prompt, enqueued, attempts, end


def facts_of_arm(arm):
    start = arm.started_at or 0.0
    requests = [facts_of_request(request, start) for request in arm.requests]
    took = None if arm.ended_at is None else arm.ended_at - start
    return arm.kind, arm.limits, arm.started_at is None, took, arm.stopped_by, requests


def facts_of(run):
    batch = run.batch
    return (
        (list(batch.rows), list(batch.columns), batch.template, batch.parameters),
        (run.endpoint, run.started_at, run.started_at.utcoffset()),
        [facts_of_arm(arm) for arm in run.arms.values()],
    )


async def keep_all(store, run, name="run"):
    key = await store.add_run(run, name)
    touched = [
        store.keep(key, arm.kind, request)
        for arm in run.arms.values()
        for request in arm.requests
        if request.state is not QUEUED
    ]
    if touched:
        await asyncio.wait(touched)
    for future in touched:
        future.result()
    for arm in run.arms.values():
        if arm.ended_at is not None:
            await store.end_arm(key, arm)
    return key


KEEPING = """
import asyncio, sys
from datetime import UTC, datetime
from pathlib import Path
from paradigm_gui.core.batch import *
from paradigm_gui.core.endpoints import Endpoint
from paradigm_gui.core.store import Store

async def main():
    store = Store.open(Path(sys.argv[1]))
    rows = [Row(index, {"name": str(index)}) for index in range(500)]
    batch = Batch(rows, ["name"], Template("{name}"), Parameters("m"))
    arm = Arm.of(ArmKind.CONCURRENT, batch, Limits())
    arm.started_at = 8.0
    run = Run(batch, Endpoint("Local", "http://127.0.0.1:1"), datetime.now(UTC), {arm.kind: arm})
    key = await store.add_run(run, "run")
    slots = asyncio.Semaphore(20)

    async def answer(request):
        async with slots:
            request.state = RequestState.DONE
            request.completion = Completion(f"answer {request.index}", "stop", "m")
            await store.keep(key, arm.kind, request)
            print(request.index, flush=True)

    print("ready", flush=True)
    await asyncio.gather(*map(answer, run.requests))
    print("all", flush=True)
    sys.stdin.read()

asyncio.run(main())
"""


@contextmanager
def keeping(path):
    """Another program that stores answers, and prints the index of each whose storing it has awaited."""
    command = [sys.executable, "-c", KEEPING, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()
