"""Each cause is found at a server that has it, over real HTTP in virtual time,
and not at one that has not.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import heapq
from contextlib import asynccontextmanager

import pytest
from stub_api import Reply, StubApi
from virtual_time import VirtualLoopWithSockets

from paradigm_gui.core.batch import Arm, ArmKind, Batch, Limits, Parameters, Row, Run, StopCode, Template
from paradigm_gui.core.client import ChatClient, preload
from paradigm_gui.core.diagnosis import FindingCode
from paradigm_gui.core.endpoints import Endpoint
from paradigm_gui.core.run_figures import RunFigures
from paradigm_gui.core.runner import Runner
from paradigm_gui.demo import server
from paradigm_gui.demo.__main__ import DEFAULT_SPEED
from paradigm_gui.demo.capacity import Capacity

C = FindingCode
SERVER = {C.SERVER_QUEUES, C.SERVER_SLOWS, C.SERVER_LIMITED}

# The demo server knows no other, and the scripted ones take any.
MODEL = "alfred-demo"

# One answer: a wait, then words.
STEP_S = 0.02
WAIT_STEPS = 2
ANSWER = "one two three four"
WORDS = len(ANSWER.split())
ALONE_S = STEP_S * (WAIT_STEPS + WORDS)


@pytest.fixture(scope="module", autouse=True)
def sdk():
    preload()


class Lag:
    """How late the loop is, measured while it runs."""

    def __init__(self):
        self.worst_s = 0.0

    async def measure(self):
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + 0.01
            await asyncio.sleep(0.01)
            self.worst_s = max(self.worst_s, loop.time() - due)


@asynccontextmanager
async def scripted(script):
    """A server that replies `script(request, api)`; gives its base URL."""
    async with StubApi(lambda request: script(request, api)) as api:
        yield api.base_url


@asynccontextmanager
async def demo():
    """The demo server; gives its base URL."""
    capacity = Capacity(DEFAULT_SPEED, asyncio.get_running_loop())
    runner, base_url = await server.start(server.DemoServer(server.Behaviour(), capacity).application(), 0)
    try:
        yield base_url
    finally:
        await runner.cleanup()


async def _run(base_url, rows, arms, is_streamed, on_change, limits):
    batch = Batch([Row(index, {}) for index in range(rows)], [], Template("Hello"), Parameters(MODEL))
    concurrent = Arm.of(ArmKind.CONCURRENT, batch, Limits(**limits))
    planned = {ArmKind.CONCURRENT: concurrent}
    if ArmKind.SEQUENTIAL in arms:
        planned[ArmKind.SEQUENTIAL] = concurrent.again(ArmKind.SEQUENTIAL, Limits(**{**limits, "cap": 1}))
    client = ChatClient(Endpoint("stub", base_url), None, concurrent.limits)
    parameters = Parameters(MODEL, streaming=is_streamed)

    async def send(request, on_text):
        return await client.complete(parameters, request.prompt, on_text)

    lag = Lag()
    async with asyncio.TaskGroup() as group:
        measuring = group.create_task(lag.measure())
        try:
            for arm in planned.values():
                clock = asyncio.get_running_loop().time
                await Runner(arm, send, on_change, clock=clock, draw=lambda: 0.4).run()
        finally:
            measuring.cancel()
            await client.close()
    run = Run(batch, Endpoint("stub", base_url), dt.datetime.now(dt.UTC), planned)
    return run, lag.worst_s


def measured(
    serving, rows, *, arms=tuple(ArmKind), is_streamed=True, on_change=lambda _request: None, **limits
):
    """Run a comparison, in virtual time; return the run and how late our own loop was."""

    async def main():
        async with serving as base_url:
            return await _run(base_url, rows, arms, is_streamed, on_change, limits)

    with asyncio.Runner(loop_factory=VirtualLoopWithSockets) as runner:
        return runner.run(main())


def found(run, lag=None):
    """The figures of each finding, in their order."""
    return {finding.code: finding.figures for finding in RunFigures.of(run, lag).findings}


def findings(script, rows, **options):
    run, _lag = measured(scripted(script), rows, **options)
    return found(run)


def queueing(slots):
    """A server that works on so many at once; the others wait for a slot."""
    free_at = [0.0] * slots

    def reply(_request, _api):
        now = asyncio.get_running_loop().time()
        start = max(now, heapq.heappop(free_at))
        heapq.heappush(free_at, start + ALONE_S)
        return Reply.answer(ANSWER, word_delay_s=STEP_S).after(start - now + WAIT_STEPS * STEP_S)

    return reply


def whole(slots):
    """The same for answers in one piece."""
    server = queueing(slots)

    def reply(request, api):
        return server(request, api).after(WORDS * STEP_S)

    return reply


def sharing(at_once, *, is_streamed=True):
    """A server that works on all at once, together as fast as on `at_once`."""

    def reply(_request, api):
        def step():
            return STEP_S * max(1.0, api.in_flight / at_once)

        answer = Reply.answer(ANSWER, word_delay_s=step if is_streamed else 0.0)
        for _ in range(WAIT_STEPS if is_streamed else WAIT_STEPS + WORDS):
            answer = answer.after(step)
        return answer

    return reply


def steady(seconds):
    """A server that takes so long for a request, however many there are."""
    return lambda _request, _api: Reply.answer(ANSWER).after(seconds)


# The server


@pytest.mark.parametrize("is_streamed", [True, False])
def test_it_queues(is_streamed):
    server = queueing(3) if is_streamed else whole(3)
    told = findings(server, 12, cap=12, is_streamed=is_streamed)
    assert next(iter(told)) is C.SERVER_QUEUES
    assert told[C.SERVER_QUEUES]["at_a_time"] == pytest.approx(3, abs=0.6)
    assert not told.keys() & {C.OWN_CAP, C.SERVER_SLOWS, C.SERVER_LIMITED}


@pytest.mark.parametrize("is_streamed", [True, False])
def test_it_shares_its_capacity(is_streamed):
    told = findings(sharing(3, is_streamed=is_streamed), 12, cap=12, is_streamed=is_streamed)
    assert next(iter(told)) is C.SERVER_SLOWS
    assert told[C.SERVER_SLOWS]["at_a_time"] == pytest.approx(3, abs=0.6)
    assert not told.keys() & {C.OWN_CAP, C.SERVER_QUEUES, C.SERVER_LIMITED}


def test_the_demo_server_does_about_three_at_a_time():
    told = found(*measured(demo(), 20, cap=20))
    assert next(iter(told)) is C.SERVER_SLOWS
    assert told[C.SERVER_SLOWS]["about"] == 3


def test_our_cap_is_the_limit_of_a_server_that_does_not_slow_down():
    told = findings(steady(0.2), 8, cap=4)
    assert next(iter(told)) is C.OWN_CAP
    assert not told.keys() & SERVER


def test_the_number_of_rows_is_the_limit_below_the_cap():
    told = findings(steady(0.3), 4, cap=8)
    assert next(iter(told)) is C.FEW_ROWS
    assert not told.keys() & (SERVER | {C.OWN_CAP})


def test_without_a_comparison_it_is_not_judged():
    told = findings(queueing(1), 12, cap=3, arms=(ArmKind.CONCURRENT,))
    assert list(told) == [C.SLOTS_FULL, C.NOT_COMPARED]


# Single requests


def test_one_slow_request():
    def reply(_request, api):
        return Reply.answer(ANSWER).after(1.0 if len(api.completions) == 3 else 0.05)

    told = findings(reply, 8, cap=4)
    assert C.SLOW_REQUEST in told
    assert told[C.SLOW_REQUEST]["slow"] == 1
    assert told[C.SLOW_REQUEST]["tail_s"] > 0.4
    assert not told.keys() & SERVER


def test_refused_for_the_rate():
    def reply(_request, api):
        if len(api.completions) == 5:
            return Reply.rate_limited(None, retry_after_ms="400")
        return Reply.answer(ANSWER).after(0.05)

    told = findings(reply, 8, cap=2, arms=(ArmKind.CONCURRENT,))
    assert next(iter(told)) is C.RATE_LIMITED
    assert told[C.RATE_LIMITED]["refused"] == 1
    assert told[C.RATE_LIMITED]["idle_s"] > 0.2
    assert C.RETRIES not in told


def test_attempts_that_were_repeated():
    def reply(_request, api):
        return Reply.drop() if len(api.completions) in (3, 4, 5) else Reply.answer(ANSWER).after(0.05)

    told = findings(reply, 8, cap=2, arms=(ArmKind.CONCURRENT,))
    assert told[C.RETRIES]["retries"] == 3
    assert told[C.RETRIES]["lost_s"] > 0.3
    assert C.RATE_LIMITED not in told


def test_neither_is_told_of_a_server_that_answers():
    told = findings(steady(0.05), 6, cap=2)
    assert not told.keys() & {C.RATE_LIMITED, C.RETRIES, C.SLOW_REQUEST, C.CUT_SHORT, C.TOKENS_DIFFER}


# Our own doing


def test_our_own_pace():
    told = findings(steady(0.03), 8, cap=8, requests_per_minute=600.0, arms=(ArmKind.CONCURRENT,))
    assert next(iter(told)) is C.PACED
    assert told[C.PACED]["sending_s"] == pytest.approx(0.7, abs=0.2)
    told = findings(steady(0.03), 8, cap=2, requests_per_minute=60000.0, arms=(ArmKind.CONCURRENT,))
    assert C.PACED not in told


@pytest.mark.parametrize(("work_s", "service_s"), [(0.0, 0.25), (0.02, 0.1)])
def test_our_own_work(work_s, service_s):
    """A program that works on each change stamps answers late; that is not the server's doing."""

    def work(_request):
        asyncio.get_running_loop().work(work_s)

    run, lag = measured(scripted(steady(service_s)), 6, cap=6, on_change=work)
    told = found(run, lag)
    assert not told.keys() & SERVER
    if work_s:
        assert C.LOOP_LAG in told
        assert told[C.LOOP_LAG]["lag_p99_s"] == lag
    else:
        assert C.LOOP_LAG not in told


def test_an_early_stop():
    def reply(_request, api):
        return (Reply.answer(ANSWER) if len(api.completions) <= 4 else Reply.error(500)).after(0.01)

    limits = {"cap": 2, "retries": 0, "failures_to_stop": 2}
    run, _lag = measured(scripted(reply), 12, arms=(ArmKind.CONCURRENT,), **limits)
    assert run.arms[ArmKind.CONCURRENT].stopped_by.code is StopCode.FAILURES
    told = found(run)
    assert next(iter(told)) is C.CUT_SHORT
    assert told[C.CUT_SHORT]["rows"] == 12


# The answers


def test_arms_that_did_not_do_the_same_work():
    def reply(_request, api):
        return Reply.answer("word " * (40 if len(api.completions) <= 6 else 10)).after(0.03)

    told = findings(reply, 6, cap=3)
    assert next(iter(told)) is C.TOKENS_DIFFER
    figures = told[C.TOKENS_DIFFER]
    assert figures["concurrent_tokens"] > 3 * figures["sequential_tokens"]


def test_nothing_can_be_said_without_answers():
    assert list(findings(lambda _request, _api: Reply.error(400), 6, cap=3)) == [C.NOT_ENOUGH_DATA]
    assert list(findings(steady(0.01), 2, cap=2)) == [C.NOT_ENOUGH_DATA]
