"""A thousand rows, a server with every fault at random, and the file that keeps what came of it."""

from __future__ import annotations

import asyncio
import copy
import random
from collections import Counter, defaultdict
from datetime import UTC, datetime

import pytest
from stub_api import Reply, StubApi

from paradigm_gui.core.batch import (
    Arm,
    ArmKind,
    Batch,
    Limits,
    Parameters,
    RequestState,
    Row,
    Run,
    Template,
)
from paradigm_gui.core.client import ChatClient, preload
from paradigm_gui.core.endpoints import Endpoint
from paradigm_gui.core.errors import ErrorKind
from paradigm_gui.core.runner import Runner
from paradigm_gui.core.store import Store

ROWS, CAP, RETRIES = 1000, 60, 2
LIMITS = Limits(
    cap=CAP,
    retries=RETRIES,
    first_token_timeout_s=5.0,
    between_tokens_timeout_s=5.0,
    total_timeout_s=30.0,
)
DONE, FAILED, CANCELLED = RequestState.DONE, RequestState.FAILED, RequestState.CANCELLED

ANSWER = (Reply.answer("Hello there you"), None)
FAULTS = [
    (Reply.error(400), ErrorKind.BAD_REQUEST),
    (Reply.error(422), ErrorKind.UNPROCESSABLE),
    (Reply.error(500), ErrorKind.SERVER_ERROR),
    (Reply.error(503, {"error": "service_maintenance", "reason": "Soon"}), ErrorKind.MAINTENANCE),
    (Reply.rate_limited(None, retry_after_ms="20"), ErrorKind.RATE_LIMITED),
    (Reply.drop(), ErrorKind.DROPPED),
    (Reply.drop(reset=True), ErrorKind.DROPPED),
    (Reply.drop_midway(), ErrorKind.DROPPED),
    (Reply.answer("Hello", finish_reason=None), ErrorKind.TRUNCATED),
    (Reply.bad_chunk(), ErrorKind.BAD_CHUNK),
    (Reply.error_event(), ErrorKind.STREAM_ERROR),
    (Reply.empty_choices(), ErrorKind.EMPTY_CHOICES),
    (Reply.html(), ErrorKind.NOT_AN_API),
]
# a slow one; too many of them would only take time
STALLS = [
    (Reply.stall(), ErrorKind.TIMEOUT_FIRST_TOKEN),
    (Reply.stall_midway(), ErrorKind.TIMEOUT_BETWEEN_TOKENS),
]


def exchanges_of(row: int, seed: int) -> list[tuple[Reply, ErrorKind | None]]:
    """What the server does in each attempt of a row."""
    rng = random.Random(f"{seed} {row}")
    exchanges = [ANSWER if rng.random() < 0.6 else rng.choice(FAULTS) for _ in range(RETRIES + 1)]
    if rng.random() < 0.01:
        exchanges[0] = rng.choice(STALLS)
    return exchanges


def expected(row: int, seed: int) -> list[ErrorKind | None]:
    """How each attempt is to end, up to the last one that is made."""
    kinds = []
    for _, kind in exchanges_of(row, seed):
        kinds.append(kind)
        if kind is None or not kind.is_retryable:
            break
    return kinds


@pytest.mark.parametrize("seed", [1, 2])
def test_a_thousand_rows_with_faults_at_random_are_all_accounted_for(tmp_path, seed):
    arrivals = defaultdict(int)

    def script(seen):
        row = int(seen.prompt)
        reply, _ = exchanges_of(row, seed)[arrivals[row]]
        arrivals[row] += 1
        return reply

    async def scenario():
        preload()
        async with StubApi(script) as api:
            run = make_run(api.base_url)
            arm = run.arms[ArmKind.CONCURRENT]
            client = ChatClient(run.endpoint, None, LIMITS)
            store = Store.open(tmp_path / "runs.sqlite3")
            try:
                key = await store.add_run(run, "faults")

                async def keep(request, state):
                    ended = copy.copy(request)
                    ended.state = state
                    await store.keep(key, arm.kind, ended)

                async def send(request, on_text):
                    return await client.complete(run.batch.parameters, request.prompt, on_text)

                await Runner(
                    arm,
                    send,
                    lambda _request: None,
                    keep=keep,
                    is_reachable=client.is_reachable,
                    draw=lambda: 0.05,
                ).run()
                await store.end_arm(key, arm)
                return arm, (await store.load(key)).arms[ArmKind.CONCURRENT], api
            finally:
                await client.close()
                store.close()

    arm, kept, api = asyncio.run(scenario())
    assert arm.stopped_by is None
    ends = Counter(request.state for request in arm.requests)
    assert ends[DONE] + ends[FAILED] == ROWS
    assert min(ends[DONE], ends[FAILED]) > 100
    for request in arm.requests:
        ends_of_attempts = [attempt.error and attempt.error.kind for attempt in request.attempts]
        assert ends_of_attempts == expected(request.index, seed)
        assert (request.error and request.error.kind) == ends_of_attempts[-1]
        assert request.text == "Hello there you" or request.state is FAILED
    assert sum(arrivals.values()) == len(api.completions)
    assert api.peak_in_flight <= CAP
    # the file tells the same
    assert [(request.state, request.text) for request in kept.requests] == [
        (request.state, request.text) for request in arm.requests
    ]
    assert [len(request.attempts) for request in kept.requests] == [arrivals[row] for row in range(ROWS)]
    assert [request.error for request in kept.requests] == [request.error for request in arm.requests]


def make_run(base_url: str) -> Run:
    rows = [Row(index, {"prompt": str(index)}) for index in range(ROWS)]
    batch = Batch(rows, ("prompt",), Template("{prompt}"), Parameters("m"))
    arm = Arm.of(ArmKind.CONCURRENT, batch, LIMITS)
    return Run(batch, Endpoint("stub", base_url), datetime.now(UTC), {ArmKind.CONCURRENT: arm})
