"""The engine: with the real client on loopback, and in virtual time with scripted exchanges."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections import Counter
from dataclasses import dataclass
from time import monotonic

import pytest
from guard import GUARD_S
from hypothesis import given
from hypothesis import strategies as st
from stub_api import Act, Reply, StubApi
from virtual_time import VirtualLoop

from paradigm_gui.core.batch import (
    TRANSITIONS,
    Arm,
    ArmKind,
    Completion,
    EarlyStop,
    Limits,
    Parameters,
    Request,
    RequestState,
    Row,
    StopCode,
)
from paradigm_gui.core.client import ChatClient, preload
from paradigm_gui.core.endpoints import Endpoint
from paradigm_gui.core.errors import ErrorKind, ExchangeError, RequestError, UserFacingError
from paradigm_gui.core.runner import BACKOFF_BASE_S, BACKOFF_MOST_S, Runner, backoff_s, tokens_used
from paradigm_gui.core.timing import arm_figures

S = RequestState
FIRST_STATES = [S.QUEUED, S.WAITING, S.SENT]


def arm_of(rows, **limits):
    requests = [Request(Row(index, {}), str(index)) for index in range(rows)]
    return Arm(ArmKind.CONCURRENT, Limits(**limits), requests)


def assert_accounted_for(arm):
    """Every row has ended, in order and within the time of its arm."""
    for request in arm.requests:
        assert request.state.is_final
        assert request.retry_at is None
        assert arm.started_at <= request.enqueued_at <= request.ended_at <= arm.ended_at
        times = [request.enqueued_at]
        for attempt in request.attempts:
            times += [attempt.sent_at, attempt.first_token_at, attempt.last_token_at, attempt.ended_at]
        known = [time for time in times if time is not None]
        assert known == sorted(known)
        assert (request.completion is not None) == (request.state is S.DONE)
        assert (request.error is not None) == (request.state is S.FAILED)
    assert sum(arm.count(state) for state in (S.DONE, S.FAILED, S.CANCELLED)) == len(arm.requests)


class Watch:
    """Records the states of each request, and wakes whoever waits for a change."""

    def __init__(self):
        self.states = {}
        self._changed = asyncio.Event()

    def __call__(self, request):
        states = self.states.setdefault(request.index, [S.QUEUED])
        if states[-1] is not request.state:
            assert request.state in TRANSITIONS[states[-1]]
            states.append(request.state)
        self._changed.set()

    async def wait_for(self, condition):
        async with asyncio.timeout(GUARD_S):
            while not condition():
                self._changed.clear()
                await self._changed.wait()


# With the real client


@dataclass
class Bench:
    """One arm on its way, and everything around it."""

    api: StubApi
    arm: Arm
    runner: Runner
    watch: Watch
    running: asyncio.Task

    def states(self):
        return Counter(request.state for request in self.arm.requests)


@pytest.fixture(scope="module")
def sdk():
    preload()


@contextlib.asynccontextmanager
async def bench(script, arm, *, streaming=True):
    """Run the arm against a server; the block ends when the arm has ended."""
    async with StubApi(script) as api:
        client = ChatClient(Endpoint("stub", api.base_url), "k-1", arm.limits)
        try:
            async with asyncio.TaskGroup() as group:
                watch = Watch()
                parameters = Parameters("stub-large", streaming=streaming)

                async def send(request, on_text):
                    return await client.complete(parameters, request.prompt, on_text)

                runner = Runner(arm, send, watch)
                yield Bench(api, arm, runner, watch, group.create_task(runner.run()))
        finally:
            await client.close()
    assert_accounted_for(arm)


def run(script, arm, **options):
    """Run an arm to its end against a server; return what the server saw."""

    async def scenario():
        async with bench(script, arm, **options) as running:
            pass
        return running

    return asyncio.run(scenario())


@pytest.mark.parametrize("streaming", [True, False])
def test_every_row_gets_its_own_answer(sdk, streaming):
    arm = arm_of(30, cap=7)
    running = run(lambda request: Reply.answer(f"Hello {request.prompt}"), arm, streaming=streaming)
    assert [request.text for request in arm.requests] == [f"Hello {index}" for index in range(30)]
    assert {tuple(states) for states in running.watch.states.values()} == {
        (S.QUEUED, S.WAITING, S.SENT, *([S.STREAMING] if streaming else []), S.DONE)
    }
    assert [len(request.attempts) for request in arm.requests] == [1] * 30
    assert [request.partial for request in arm.requests] == [[]] * 30
    assert running.api.connections_opened <= 7
    assert arm.stopped_by is None


@pytest.mark.parametrize(("rows", "cap", "peak"), [(12, 3, 3), (4, 9, 4), (5, 1, 1)])
def test_as_many_as_the_cap_are_in_flight_and_never_more(sdk, rows, cap, peak):
    async def scenario():
        async with bench([Reply.answer().gated()], arm_of(rows, cap=cap)) as b:
            await b.api.wait_for(lambda api: api.in_flight == peak)
            assert b.states()[S.SENT] == peak
            b.api.release()
        assert b.api.peak_in_flight == peak
        assert arm_figures(b.arm, 0.0).peak_in_flight == peak
        assert b.arm.count(S.DONE) == rows

    asyncio.run(scenario())


def test_rows_are_sent_in_order(sdk):
    running = run([Reply.answer()], arm_of(10, cap=1))
    assert [seen.prompt for seen in running.api.completions] == [str(index) for index in range(10)]


def test_a_refusal_holds_every_row_for_as_long_as_the_server_asks(sdk):
    def script(request):
        return Reply.rate_limited(None, retry_after_ms="400").gated() if first(request) else answer

    def first(request):
        return request is api.completions[0]

    answer = Reply.answer().gated()

    async def scenario():
        nonlocal api
        async with bench(script, arm_of(12, cap=4)) as b:
            api = b.api
            await api.wait_for(lambda api: api.in_flight == 4)
            api.release(1)
            await b.watch.wait_for(lambda: b.states()[S.BACKOFF])
            api.release()
        refused, *others = api.completions
        late = [seen for seen in others if seen.received_at > refused.answered_at]
        assert len(late) == 12 - 3
        assert min(seen.received_at for seen in late) >= refused.answered_at + 0.4
        assert b.arm.count(S.DONE) == 12

    api = None
    asyncio.run(scenario())


def test_a_refusal_holds_the_others_though_its_own_row_has_no_attempt_left(sdk):
    replies = [Reply.rate_limited(None, retry_after_ms="300"), Reply.answer()]
    running = run(replies, arm_of(3, cap=1, retries=0))
    refused, second, _ = running.api.completions
    assert second.received_at >= refused.answered_at + 0.3
    assert [request.state for request in running.arm.requests] == [S.FAILED, S.DONE, S.DONE]
    assert running.arm.requests[0].error.kind is ErrorKind.RATE_LIMITED


def test_a_date_and_a_refusal_without_any_are_obeyed_too(sdk):
    replies = [Reply.rate_limited("Wed, 21 Oct 2015 07:28:00 GMT"), Reply.rate_limited(None), Reply.answer()]
    running = run(replies, arm_of(2, cap=1))
    assert running.states() == {S.DONE: 2}
    assert sum(len(request.attempts) for request in running.arm.requests) == 4


def test_pause_sends_nothing_new_and_resume_goes_on(sdk):
    async def scenario():
        async with bench([Reply.answer().gated()], arm_of(6, cap=2)) as b:
            await b.api.wait_for(lambda api: api.in_flight == 2)
            b.runner.pause()
            assert b.runner.is_paused
            b.api.release()
            await b.watch.wait_for(lambda: b.states() == {S.DONE: 2, S.WAITING: 2, S.QUEUED: 2})
            resumed_at = monotonic()
            b.runner.resume()
            assert not b.runner.is_paused
        assert [seen.received_at >= resumed_at for seen in b.api.completions] == [*[False] * 2, *[True] * 4]
        assert b.arm.count(S.DONE) == 6

    asyncio.run(scenario())


def test_stop_closes_the_sockets_and_keeps_what_had_come(sdk):
    def script(request):
        return Reply.stall() if request.prompt == "2" else Reply.answer("Hello Ada").cut(Act.STALL)

    async def scenario():
        async with bench(script, arm_of(8, cap=3)) as b:
            await b.api.wait_for(lambda api: sum(seen.is_held for seen in api.completions) == 3)
            await b.watch.wait_for(lambda: b.states()[S.STREAMING] == 2)
            b.runner.stop()
            await b.api.wait_for(lambda api: all(seen.client_left for seen in api.completions))
            await b.running
        assert b.states() == {S.CANCELLED: 8}
        assert [request.text for request in b.arm.requests] == ["Hello", "Hello", *[""] * 6]
        assert [len(request.attempts) for request in b.arm.requests] == [1, 1, 1, *[0] * 5]
        assert len(b.api.completions) == 3

    asyncio.run(scenario())


def test_stop_closes_hundreds_of_sockets(sdk):
    async def scenario():
        async with bench([Reply.answer("Hello Ada").cut(Act.STALL)], arm_of(300, cap=200)) as b:
            await b.watch.wait_for(lambda: b.states()[S.STREAMING] == 200)
            b.runner.stop()
            await b.api.wait_for(lambda api: not api.in_flight)
            assert all(seen.client_left for seen in b.api.completions)
            await b.running
        assert b.states() == {S.CANCELLED: 300}
        assert [request.text for request in b.arm.requests] == ["Hello"] * 200 + [""] * 100
        assert len(b.api.completions) == 200

    asyncio.run(scenario())


def test_cancelling_the_arm_s_task_accounts_for_every_row_too(sdk):
    async def scenario():
        async with bench([Reply.stall()], arm_of(5, cap=2)) as b:
            await b.api.wait_for(lambda api: api.in_flight == 2)
            b.running.cancel()
        assert b.running.cancelled()
        assert b.states() == {S.CANCELLED: 5}

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (Reply.error(401), ErrorKind.UNAUTHORIZED),
        (Reply.error(403), ErrorKind.FORBIDDEN),
        (Reply.error(404), ErrorKind.NOT_FOUND),
        (Reply.html(), ErrorKind.NOT_AN_API),
        (Reply.error(307), ErrorKind.REDIRECTED),
    ],
)
def test_what_fails_for_every_row_ends_the_arm_early(sdk, reply, kind):
    running = run([reply], arm_of(20, cap=1))
    assert running.states() == {S.FAILED: 3, S.CANCELLED: 17}
    assert len(running.api.completions) == 3
    assert running.arm.stopped_by.error.kind is kind
    assert sum(len(request.attempts) for request in running.arm.requests) == 3


@pytest.mark.parametrize("is_after_an_answer", [False, True])
def test_the_first_refusal_of_a_login_by_a_proxy_ends_the_arm(is_after_an_answer):
    refusal = RequestError(ErrorKind.PROXY, http_status=407)
    first = [Exchange(last_s=1)] if is_after_an_answer else [Exchange(last_s=1, end=refusal)]
    script = Script({0: first}, default=[Exchange(last_s=1, end=refusal)])
    arm = arm_of(30, cap=1)
    run_virtually(script, arm)
    assert len(script.calls) == 1 + is_after_an_answer
    assert arm.stopped_by.error == refusal
    assert sum(len(request.attempts) for request in arm.requests) == len(script.calls)


def test_a_small_arm_is_ended_by_a_wrong_key_too(sdk):
    running = run([Reply.error(401)], arm_of(1, cap=1))
    assert running.arm.stopped_by.error.kind is ErrorKind.UNAUTHORIZED
    assert running.states() == {S.FAILED: 1}


def test_a_row_that_is_done_shows_that_the_way_is_right(sdk):
    def script(request):
        return Reply.answer() if request.prompt in "258" else Reply.error(404)

    running = run(script, arm_of(10, cap=1))
    assert running.states() == {S.DONE: 3, S.FAILED: 7}
    assert running.arm.stopped_by is None


def test_a_failure_is_tried_again_and_then_told(sdk):
    replies = [Reply.error(500, headers={"retry-after-ms": "1"})]
    running = run(replies, arm_of(1, cap=1, retries=2))
    [request] = running.arm.requests
    assert len(running.api.completions) == len(request.attempts) == 3
    assert request.state is S.FAILED
    assert request.error.kind is ErrorKind.SERVER_ERROR
    assert running.watch.states[0] == [*FIRST_STATES, *[S.BACKOFF, S.WAITING, S.SENT] * 2, S.FAILED]


def test_text_of_a_failed_attempt_does_not_mix_with_the_next_one(sdk):
    replies = [Reply.drop_midway("Other words"), Reply.answer("Hello Ada")]
    running = run(replies, arm_of(1, cap=1))
    assert running.arm.requests[0].text == "Hello Ada"
    assert [attempt.error and attempt.error.kind for attempt in running.arm.requests[0].attempts] == [
        ErrorKind.DROPPED,
        None,
    ]


def test_a_truncated_answer_keeps_its_text_and_not_that_of_the_attempt_before(sdk):
    replies = [Reply.drop_midway("Other words"), Reply.answer("Hello Ada", finish_reason=None)]
    running = run(replies, arm_of(1, cap=1))
    [request] = running.arm.requests
    assert (request.state, request.error.kind) == (S.FAILED, ErrorKind.TRUNCATED)
    assert request.text == "Hello Ada"


def test_the_pace_is_even_at_the_server(sdk):
    running = run([Reply.answer()], arm_of(8, cap=8, requests_per_minute=1200))
    sent = sorted(request.attempts[0].sent_at for request in running.arm.requests)
    assert min(later - earlier for earlier, later in itertools.pairwise(sent)) >= 0.045
    arrived = [seen.received_at for seen in running.api.completions]
    assert arrived[-1] - arrived[0] >= 0.2  # of 0.35: the first one may be late on its way


# In virtual time


@dataclass(frozen=True)
class Exchange:
    """What one attempt does: texts after so many seconds each, then an answer, an error or a bug."""

    delays: tuple[float, ...] = ()
    last_s: float = 0.0
    end: RequestError | str = "done"
    tokens: int | None = None


class Script:
    """Scripted exchanges by row and attempt; the last one repeats. It watches what must always hold.

    `outages` are spans of time in which nothing reaches the server.
    """

    def __init__(self, exchanges, default=None, outages=()):
        self._exchanges = exchanges
        self._outages = outages
        self.probes = []  # times
        self._default = default or [Exchange()]
        self.calls = []  # (row, time)
        self.in_flight = self.peak = 0
        self.hold_until = 0.0
        self.retry_from = Counter()
        self.may_be_early = False  # where the user skips what the server asked for
        self.too_early = []  # kept, since the runner takes what is raised here for a bug of the row

    def is_out(self):
        now = asyncio.get_running_loop().time()
        return any(start <= now < end for start, end in self._outages)

    async def is_reachable(self):
        self.probes.append(asyncio.get_running_loop().time())
        await asyncio.sleep(0.01)
        return not self.is_out()

    async def __call__(self, request, on_text):
        loop = asyncio.get_running_loop()
        row = int(request.prompt)
        if self.is_out():
            self.calls.append((row, loop.time()))
            raise ExchangeError(RequestError(ErrorKind.CONNECT))
        known = self._exchanges.get(row, self._default)
        exchange = known[min(sum(row == other for other, _ in self.calls), len(known) - 1)]
        if loop.time() < max(self.hold_until, self.retry_from[row]) - 1e-6:
            self.too_early.append((row, loop.time()))
        self.calls.append((row, loop.time()))
        self.in_flight += 1
        self.peak = max(self.peak, self.in_flight)
        try:
            for number, delay in enumerate(exchange.delays):
                await asyncio.sleep(delay)
                on_text(f"{number} ")
            await asyncio.sleep(exchange.last_s)
        finally:
            self.in_flight -= 1
        if isinstance(exchange.end, RequestError):
            wait = exchange.end.retry_after_s or 0.0
            self.retry_from[row] = loop.time() + wait
            if exchange.end.kind is ErrorKind.RATE_LIMITED:
                self.hold_until = max(self.hold_until, loop.time() + wait)
            raise ExchangeError(exchange.end)
        if exchange.end == "bug":
            raise LookupError("a bug")
        text = "".join(f"{number} " for number in range(len(exchange.delays)))
        return Completion(text, "stop", "m", exchange.tokens, exchange.tokens)


def run_virtually(script, arm, *, acts=(), draw=lambda: 0.5, **options):
    """Run an arm in virtual time, with `acts` as (time, method, arguments); return its watch."""

    async def scenario():
        loop = asyncio.get_running_loop()
        watch = Watch()
        runner = Runner(arm, script, watch, clock=loop.time, sleep=asyncio.sleep, draw=draw, **options)
        timers = [loop.call_at(time, getattr(runner, act), *rest) for time, act, *rest in acts]
        await runner.run()
        for timer in timers:
            timer.cancel()
        assert {task.get_name() for task in asyncio.all_tasks()} == {asyncio.current_task().get_name()}
        return watch

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        watch = runner.run(scenario())
    assert_accounted_for(arm)
    assert script.in_flight == 0
    assert script.too_early == [] or script.may_be_early
    return watch


SECONDS = st.sampled_from([0.0, 0.001, 0.1, 1.0, 7.5])
ERRORS = st.builds(
    RequestError,
    st.sampled_from(ErrorKind),
    retry_after_s=st.none() | st.sampled_from([0.0, 0.5, 40.0]),
)
EXCHANGES = st.builds(
    Exchange,
    st.lists(SECONDS, max_size=3).map(tuple),
    SECONDS,
    st.sampled_from(["done", "done", "bug"]) | ERRORS,
)
ACTS = st.lists(
    st.tuples(SECONDS, st.sampled_from(["pause", "resume", "stop", "woke", "skip_wait"])),
    max_size=4,
)
OUTAGES = st.lists(st.tuples(SECONDS, SECONDS).map(lambda span: (span[0], sum(span))), max_size=2)


@given(
    exchanges=st.lists(st.lists(EXCHANGES, min_size=1, max_size=4), max_size=12),
    cap=st.integers(1, 5),
    retries=st.integers(0, 3),
    rate=st.none() | st.sampled_from([6.0, 600.0]),
    acts=ACTS,
    draw=st.floats(0, 1, exclude_max=True),
    outages=OUTAGES,
    failures_to_stop=st.none() | st.integers(1, 4),
    token_budget=st.none() | st.integers(1, 9),
    disk=st.sampled_from(["none", "slow", "full at first"]),
)
def test_whatever_happens_every_row_is_accounted_for(
    exchanges, cap, retries, rate, acts, draw, outages, failures_to_stop, token_budget, disk
):
    async def keep(_request, _state):
        await asyncio.sleep(0.05)
        if disk == "full at first" and asyncio.get_running_loop().time() < 500.0:
            raise UserFacingError("disk_full", path="runs")

    script = Script(dict(enumerate(exchanges)), outages=outages)
    script.may_be_early = "skip_wait" in [act for _, act in acts]
    limits = {
        "cap": cap,
        "retries": retries,
        "requests_per_minute": rate,
        "failures_to_stop": failures_to_stop,
        "token_budget": token_budget,
    }
    arm = arm_of(len(exchanges), **limits)
    acts = [*acts, (1000.0, "resume")]
    is_out = []
    watch = run_virtually(
        script,
        arm,
        acts=acts,
        draw=lambda: draw,
        is_reachable=script.is_reachable,
        on_outage=is_out.append,
        keep=None if disk == "none" else keep,
    )
    assert is_out == [True, False] * (len(is_out) // 2)
    assert script.peak <= cap
    assert len(script.calls) == sum(len(request.attempts) for request in arm.requests)
    calls = Counter(row for row, _ in script.calls)
    for request in arm.requests:
        assert len(request.attempts) == calls[request.index]
        if not script.probes:
            assert len(request.attempts) <= retries + 1
        states = watch.states.get(request.index, [S.QUEUED])
        assert states[-1] is request.state
        assert states[0] is S.QUEUED
        assert states.count(S.SENT) == len(request.attempts)
        if request.state is S.FAILED:
            is_last_try = len(request.attempts) == retries + 1 or script.probes or arm.stopped_by
            assert not request.error.kind.is_retryable or is_last_try
    if not arm.stopped_by and "stop" not in [act for _, act, *_ in acts]:
        assert arm.count(S.CANCELLED) == 0
    if rate:
        times = [time for _, time in script.calls]
        gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
        assert min(gaps, default=60 / rate) >= 60 / rate - 1e-6


def test_a_bug_in_an_exchange_fails_its_row_alone(caplog):
    arm = arm_of(5, cap=2)
    run_virtually(Script({1: [Exchange(end="bug")]}), arm)
    assert [request.state for request in arm.requests] == [S.DONE, S.FAILED, S.DONE, S.DONE, S.DONE]
    assert arm.requests[1].error == RequestError(ErrorKind.INTERNAL, "LookupError")
    assert len(arm.requests[1].attempts) == 1
    [record] = caplog.records
    assert (record.levelname, record.exc_info[0]) == ("ERROR", LookupError)


def test_a_row_that_backs_off_gives_its_slot_to_others_and_goes_before_new_ones():
    failure = Exchange(last_s=1, end=RequestError(ErrorKind.SERVER_ERROR, retry_after_s=2.5))
    script = Script({0: [failure, Exchange(last_s=1)]}, default=[Exchange(last_s=1)])
    run_virtually(script, arm_of(6, cap=1), draw=lambda: 0.0)
    assert script.calls == [(0, 0.0), (1, 1.0), (2, 2.0), (3, 3.0), (0, 4.0), (4, 5.0), (5, 6.0)]


def test_a_refusal_without_a_time_holds_the_arm_for_the_row_s_own_back_off():
    failure = Exchange(last_s=1, end=RequestError(ErrorKind.RATE_LIMITED))
    script = Script({0: [failure, Exchange()]}, default=[Exchange(last_s=2)])
    run_virtually(script, arm_of(4, cap=2), draw=lambda: 0.5)
    assert script.calls == [(0, 0.0), (1, 0.0), (2, 1.25), (0, 2.0), (3, 2.0)]


def test_a_stop_ends_a_back_off_of_any_length_at_once():
    failure = Exchange(end=RequestError(ErrorKind.SERVER_ERROR, retry_after_s=1e6))
    arm = arm_of(2, cap=2)
    watch = run_virtually(Script({}, default=[failure]), arm, acts=[(3.0, "stop")])
    assert arm.ended_at == pytest.approx(3.0)
    assert watch.states[0] == [*FIRST_STATES, S.BACKOFF, S.CANCELLED]
    assert arm.requests[0].error is None
    assert arm.requests[0].attempts[0].error.kind is ErrorKind.SERVER_ERROR


def test_cancelling_the_arm_s_task_ends_a_back_off_too():
    async def scenario():
        failure = Exchange(end=RequestError(ErrorKind.SERVER_ERROR, retry_after_s=1e6))
        loop = asyncio.get_running_loop()
        arm = arm_of(1, cap=1)
        runner = Runner(arm, Script({}, default=[failure]), Watch(), clock=loop.time)
        running = loop.create_task(runner.run())
        loop.call_at(3.0, running.cancel)
        await asyncio.wait([running])
        return arm

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        arm = runner.run(scenario())
    assert_accounted_for(arm)
    assert arm.ended_at == pytest.approx(3.0)


def test_a_later_refusal_does_not_shorten_a_hold():
    long, short = (
        Exchange(last_s=last_s, end=RequestError(ErrorKind.RATE_LIMITED, retry_after_s=wait))
        for last_s, wait in ((1.0, 40.0), (2.0, 0.5))
    )
    script = Script({0: [long, Exchange()], 1: [short, Exchange()]})
    run_virtually(script, arm_of(2, cap=2), draw=lambda: 0.0)
    assert script.calls[:2] == [(0, 0.0), (1, 0.0)]
    assert min(at for _, at in script.calls[2:]) == pytest.approx(41.0)


def test_nothing_is_sent_after_a_stop_that_a_row_itself_causes():
    refusal = Exchange(last_s=1, end=RequestError(ErrorKind.UNAUTHORIZED))
    for cap in (1, 2, 3, 5):
        script = Script({}, default=[refusal])
        arm = arm_of(30, cap=cap)
        watch = run_virtually(script, arm)
        in_flight_at_the_third = -(-3 // cap) * cap
        assert len(script.calls) == in_flight_at_the_third
        assert arm.count(S.FAILED) + arm.count(S.CANCELLED) == 30
        assert 3 <= arm.count(S.FAILED) <= in_flight_at_the_third
        if cap == 1:
            assert [watch.states[index] for index in range(3, 30)] == [[S.QUEUED, S.CANCELLED]] * 27


def test_unreachable_servers_end_the_arm_after_their_retries():
    down = Exchange(end=RequestError(ErrorKind.CONNECT))
    script = Script({}, default=[down])
    arm = arm_of(30, cap=1, retries=1)
    run_virtually(script, arm)
    assert arm.stopped_by.error.kind is ErrorKind.CONNECT
    assert arm.count(S.FAILED) == 3


def test_an_outage_is_waited_out_and_costs_no_retries():
    script = Script({}, default=[Exchange(last_s=1)], outages=[(2.5, 60.0)])
    arm = arm_of(12, cap=2, retries=0)
    is_out = []
    run_virtually(script, arm, is_reachable=script.is_reachable, on_outage=is_out.append)
    assert arm.count(S.DONE) == 12
    assert is_out == [True, False]
    assert len([at for _, at in script.calls if 2.5 <= at < 60.0]) == 2
    # 1, 2, 4, 8, 16, 30, ... seconds between one look and the next
    assert script.probes == pytest.approx([3.0, 4.01, 6.02, 10.03, 18.04, 34.05, 64.06], abs=0.02)
    # no time passes for an arm that can do nothing
    assert arm.ended_at - arm.started_at == pytest.approx(12 / 2, abs=0.1)


def test_a_server_that_never_answered_is_not_waited_for():
    script = Script({}, outages=[(0.0, 1e6)])
    arm = arm_of(10, cap=2, retries=1)
    run_virtually(script, arm, is_reachable=script.is_reachable)
    assert script.probes == []
    assert arm.stopped_by == EarlyStop(StopCode.CAUSE, RequestError(ErrorKind.CONNECT))


def test_a_connection_that_fails_though_the_server_is_there_counts_against_its_row():
    refused = Exchange(end=RequestError(ErrorKind.CONNECT))
    script = Script({1: [refused]}, default=[Exchange(last_s=1)])
    arm = arm_of(4, cap=1, retries=2)
    run_virtually(script, arm, is_reachable=script.is_reachable)
    assert [request.state for request in arm.requests] == [S.DONE, S.FAILED, S.DONE, S.DONE]
    assert len(arm.requests[1].attempts) == len(script.probes) == 3


def test_a_server_that_stays_away_is_given_up_after_the_patience():
    script = Script({}, default=[Exchange(last_s=1)], outages=[(2.5, 1e6)])
    arm = arm_of(12, cap=2, retries=0)
    run_virtually(script, arm, is_reachable=script.is_reachable, patience_s=20.0)
    assert arm.stopped_by == EarlyStop(StopCode.CAUSE, RequestError(ErrorKind.CONNECT))
    assert Counter(request.state for request in arm.requests) == {S.DONE: 6, S.CANCELLED: 6}
    assert 22 < script.probes[-1] < 60


def test_a_stop_ends_the_waiting_for_the_server():
    script = Script({}, default=[Exchange(last_s=1)], outages=[(2.5, 1e6)])
    arm = arm_of(12, cap=2)
    is_out = []
    run_virtually(
        script, arm, acts=[(50.0, "stop")], is_reachable=script.is_reachable, on_outage=is_out.append
    )
    assert arm.stopped_by is None
    assert is_out == [True, False]
    assert Counter(request.state for request in arm.requests) == {S.DONE: 6, S.CANCELLED: 6}


@pytest.mark.parametrize(
    "end", [ErrorKind.RATE_LIMITED, ErrorKind.SERVER_ERROR], ids=["of a refusal", "of a retry"]
)
def test_a_wait_can_be_skipped(end):
    script = Script({0: [Exchange(end=RequestError(end, retry_after_s=500.0)), Exchange()]})
    script.may_be_early = True
    arm = arm_of(1, cap=1)
    run_virtually(script, arm, acts=[(7.0, "skip_wait")], draw=lambda: 0.0)
    assert script.calls == [(0, 0.0), (0, 7.0)]
    assert arm.count(S.DONE) == 1


def test_the_wait_for_a_server_can_be_skipped():
    script = Script({}, default=[Exchange(last_s=1)], outages=[(2.5, 20.0)])
    arm = arm_of(8, cap=2)
    run_virtually(script, arm, acts=[(20.5, "skip_wait")], is_reachable=script.is_reachable)
    assert script.probes[-1] == pytest.approx(20.5)
    assert arm.count(S.DONE) == 8


def test_the_arm_stops_after_so_many_failed_rows_but_lets_what_is_in_flight_be_answered():
    bad = Exchange(last_s=1, end=RequestError(ErrorKind.BAD_REQUEST))
    script = Script({0: [bad], 1: [bad]}, default=[Exchange(last_s=5)])
    arm = arm_of(20, cap=4, failures_to_stop=2)
    run_virtually(script, arm)
    assert Counter(request.state for request in arm.requests) == {S.FAILED: 2, S.DONE: 2, S.CANCELLED: 16}
    assert arm.stopped_by == EarlyStop(StopCode.FAILURES, RequestError(ErrorKind.BAD_REQUEST))


def test_rows_that_back_off_are_cancelled_when_the_arm_stops_by_itself():
    bad = Exchange(last_s=2, end=RequestError(ErrorKind.BAD_REQUEST))
    failing = Exchange(last_s=1, end=RequestError(ErrorKind.SERVER_ERROR, retry_after_s=100.0))
    arm = arm_of(3, cap=2, failures_to_stop=1)
    watch = run_virtually(Script({0: [failing], 1: [bad]}, default=[Exchange(last_s=9)]), arm)
    assert [request.state for request in arm.requests] == [S.CANCELLED, S.FAILED, S.DONE]
    assert watch.states[0][-2:] == [S.BACKOFF, S.CANCELLED]


def test_the_arm_stops_at_its_token_budget():
    script = Script({}, default=[Exchange(last_s=1, tokens=50)])  # 100 a row
    arm = arm_of(20, cap=2, token_budget=450)
    run_virtually(script, arm)
    # the fifth answer reaches the budget while the sixth is in flight
    assert arm.count(S.DONE) == 6
    assert arm.stopped_by == EarlyStop(StopCode.TOKENS)


def test_a_budget_that_the_last_row_reaches_stops_nothing():
    arm = arm_of(2, cap=1, token_budget=200)
    run_virtually(Script({}, default=[Exchange(tokens=50)]), arm)
    assert (arm.count(S.DONE), arm.stopped_by) == (2, None)


@pytest.mark.parametrize("limits", [{"token_budget": 200}, {"failures_to_stop": 1}])
def test_a_limit_that_the_last_row_reaches_while_it_is_kept_stops_nothing(limits):
    async def keep(_request, _state):
        await asyncio.sleep(0.05)

    last = (
        Exchange(tokens=50) if "token_budget" in limits else Exchange(end=RequestError(ErrorKind.BAD_REQUEST))
    )
    arm = arm_of(2, cap=1, **limits)
    run_virtually(Script({1: [last]}, default=[Exchange(tokens=50)]), arm, keep=keep)
    assert arm.stopped_by is None
    assert arm.count(S.CANCELLED) == 0


def test_tokens_are_estimated_where_the_server_counts_none():
    request = Request(Row(0, {}), "a prompt of 24 letters !")
    assert tokens_used(request, Completion("an answer of 20 ones", "stop", "m")) == 24 // 4 + 20 // 4
    assert tokens_used(request, Completion("an answer of 20 ones", "stop", "m", 7)) == 7 + 20 // 4


def test_a_network_that_goes_while_the_last_answers_come_does_not_hang_the_arm():
    lost = Exchange(end=RequestError(ErrorKind.CONNECT))
    exchanges = {
        1: [Exchange(last_s=2, end=RequestError(ErrorKind.CONNECT))],
        2: [Exchange(last_s=2, tokens=500)],  # reaches the budget in the turn in which the network goes
        3: [Exchange(last_s=3, end=RequestError(ErrorKind.CONNECT))],
    }
    script = Script(exchanges, default=[Exchange()], outages=[(1.5, 50.0)])
    arm = arm_of(9, cap=3, token_budget=900)
    run_virtually(script, arm, is_reachable=script.is_reachable)
    assert arm.stopped_by == EarlyStop(StopCode.TOKENS)
    assert arm.requests[3].error == lost.end


# One arm after another


def run_both(script, first, second, **options):
    """Run two arms in virtual time, the second as a continuation of the first."""

    async def scenario():
        loop = asyncio.get_running_loop()
        before = None
        for arm in (first, second):
            runner = Runner(arm, script, Watch(), clock=loop.time, draw=lambda: 0.0, after=before, **options)
            await runner.run()
            before = runner

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(scenario())
    assert script.too_early == []
    for arm in (first, second):
        assert_accounted_for(arm)


def test_tokens_of_an_earlier_arm_count_too():
    first, second = (arm_of(3, cap=1, token_budget=450) for _ in range(2))
    run_both(Script({}, default=[Exchange(tokens=50)]), first, second)
    assert (first.count(S.DONE), second.count(S.DONE)) == (3, 2)
    assert second.stopped_by == EarlyStop(StopCode.TOKENS)


def test_an_arm_sends_nothing_when_the_budget_is_used_up_before_it():
    first, second = (arm_of(3, cap=1, token_budget=300) for _ in range(2))
    script = Script({}, default=[Exchange(tokens=50)])
    run_both(script, first, second)
    assert first.stopped_by is None
    assert second.stopped_by == EarlyStop(StopCode.TOKENS)
    assert len(script.calls) == 3


def test_a_refusal_and_the_pace_hold_the_next_arm_too():
    refusal = Exchange(end=RequestError(ErrorKind.RATE_LIMITED, retry_after_s=30.0))
    first, second = (arm_of(2, cap=1, retries=0, requests_per_minute=60) for _ in range(2))
    script = Script({1: [refusal, Exchange()]})
    run_both(script, first, second)
    assert script.calls == [(0, 0.0), (1, 1.0), (0, 31.0), (1, 32.0)]


def test_a_network_that_goes_between_two_arms_is_waited_for():
    first, second = (arm_of(4, cap=2, retries=0) for _ in range(2))
    script = Script({}, default=[Exchange(last_s=1)], outages=[(1.9, 60.0)])
    run_both(script, first, second, is_reachable=script.is_reachable)
    assert (first.count(S.DONE), second.count(S.DONE)) == (4, 4)


def test_what_falls_silent_in_an_outage_costs_no_retries():
    silent = Exchange(last_s=9, end=RequestError(ErrorKind.TIMEOUT_BETWEEN_TOKENS))
    script = Script({1: [silent, Exchange()]}, default=[Exchange(last_s=1)], outages=[(2.5, 60.0)])
    arm = arm_of(6, cap=2, retries=0)
    run_virtually(script, arm, is_reachable=script.is_reachable)
    assert arm.count(S.DONE) == 6
    assert len(arm.requests[1].attempts) == 2


def test_a_timeout_that_comes_from_elsewhere_is_a_bug_of_its_row_alone(caplog):
    class Slow(Script):
        async def __call__(self, request, on_text):
            await super().__call__(request, on_text)
            raise TimeoutError

    arm = arm_of(1, cap=1)
    script = Slow({})
    run_virtually(script, arm, acts=[(99.0, "stop")])
    assert arm.requests[0].error == RequestError(ErrorKind.INTERNAL, "TimeoutError")
    assert len(script.calls) == 1


def test_a_bug_where_answers_are_kept_leaves_no_row_behind(caplog):
    async def keep(request, _state):
        if request.index == 1:
            raise LookupError("a bug")

    arm = arm_of(3, cap=1)
    run_virtually(Script({}), arm, keep=keep)
    assert [request.state for request in arm.requests] == [S.DONE, S.FAILED, S.DONE]
    assert arm.requests[1].error == RequestError(ErrorKind.NOT_KEPT, "LookupError")


def test_a_disk_that_fills_while_the_last_answers_come_is_waited_for():
    is_full = True
    troubles = []

    async def keep(_request, _state):
        if is_full:
            raise UserFacingError("disk_full", path="runs")

    def make_room():
        nonlocal is_full
        is_full = False

    class Roomy(Script):
        async def __call__(self, request, on_text):
            asyncio.get_running_loop().call_at(20.0, make_room)
            return await super().__call__(request, on_text)

    arm = arm_of(9, cap=2, token_budget=100)
    script = Roomy({}, default=[Exchange(last_s=1, tokens=50)])
    run_virtually(script, arm, acts=[(30.0, "resume")], keep=keep, on_trouble=troubles.append)
    assert Counter(request.state for request in arm.requests) == {S.DONE: 2, S.CANCELLED: 7}
    assert arm.stopped_by == EarlyStop(StopCode.TOKENS)
    assert len(troubles) == 2


def test_a_second_sleep_in_the_moment_in_which_a_connection_is_given_up(caplog):
    script = Script({0: [Exchange(last_s=1e6), Exchange(last_s=1)]})
    arm = arm_of(1, cap=1)
    # in one turn of the loop with the end of the ten seconds, and after it
    run_virtually(script, arm, acts=[(5.0, "woke"), (15.0 + 1e-10, "woke")])
    assert arm.count(S.DONE) == 1
    assert caplog.records == []


def test_a_stopped_arm_goes_on_and_counts_anew():
    bad = RequestError(ErrorKind.BAD_REQUEST)
    script = Script({row: [Exchange(end=bad)] for row in (1, 2, 5, 6)}, default=[Exchange(tokens=50)])
    arm = arm_of(9, cap=1, failures_to_stop=2, token_budget=500)
    run_virtually(script, arm)
    assert arm.stopped_by == EarlyStop(StopCode.FAILURES, bad)
    assert Counter(request.state for request in arm.requests) == {S.DONE: 1, S.FAILED: 2, S.CANCELLED: 6}
    arm.requeue({S.CANCELLED})
    run_virtually(script, arm)
    assert arm.stopped_by == EarlyStop(StopCode.FAILURES, bad)
    assert Counter(request.state for request in arm.requests) == {S.DONE: 3, S.FAILED: 4, S.CANCELLED: 2}
    arm.requeue({S.CANCELLED})
    run_virtually(script, arm)
    assert arm.stopped_by is None
    assert len(script.calls) == 9


def test_after_a_sleep_a_dead_connection_is_given_up_and_its_row_sent_again():
    dead, alive = Exchange(last_s=1e6), Exchange(delays=(8.0, 30.0), last_s=1)
    script = Script({0: [dead, Exchange(last_s=1)], 1: [alive]})
    arm = arm_of(2, cap=2, retries=0)
    run_virtually(script, arm, acts=[(5.0, "woke")], is_reachable=script.is_reachable, draw=lambda: 0.0)
    assert arm.requests[1].text == "0 1 "
    assert len(arm.requests[1].attempts) == 1
    assert arm.count(S.DONE) == 2
    lost, again = arm.requests[0].attempts
    assert (lost.error.kind, again.error) == (ErrorKind.DROPPED, None)
    assert lost.ended_at == pytest.approx(5.0 + 10.0)
    assert arm.ended_at == pytest.approx(38.0)


def test_what_could_not_be_written_before_the_arm_was_stopped_is_not_done():
    async def keep(_request, _state):
        raise UserFacingError("disk_full", path="runs")

    arm = arm_of(3, cap=1)
    troubles = []
    script = Script({}, default=[Exchange(delays=(1.0,))])
    run_virtually(script, arm, acts=[(9.0, "stop")], keep=keep, on_trouble=troubles.append)
    assert {error.code for error in troubles} == {"disk_full"}
    [first, *others] = arm.requests
    assert (first.state, first.error.kind, first.text) == (S.FAILED, ErrorKind.NOT_KEPT, "0 ")
    assert [request.state for request in others] == [S.CANCELLED] * 2


def test_a_failed_attempt_is_kept_while_its_row_backs_off():
    kept = []

    async def keep(request, state):
        kept.append((request.index, state, len(request.attempts)))

    failure = Exchange(end=RequestError(ErrorKind.SERVER_ERROR, retry_after_s=5.0))
    run_virtually(Script({0: [failure, Exchange()]}), arm_of(1, cap=1), keep=keep)
    assert kept == [(0, S.BACKOFF, 1), (0, S.DONE, 2)]


def test_an_arm_may_be_stopped_before_it_begins():
    async def scenario():
        arm = arm_of(3, cap=2)
        runner = Runner(arm, Script({}), Watch())
        runner.stop()
        await runner.run()
        return arm

    arm = asyncio.run(scenario())
    assert_accounted_for(arm)
    assert arm.count(S.CANCELLED) == 3
    assert [request.attempts for request in arm.requests] == [[], [], []]


def test_an_arm_without_rows_ends():
    arm = arm_of(0, cap=3)
    run_virtually(Script({}), arm)
    assert (arm.started_at, arm.ended_at) == (0.0, 0.0)


def test_the_end_of_a_request_is_its_last_token():
    script = Script({}, default=[Exchange((1.0, 2.0), last_s=5.0)])
    arm = arm_of(1, cap=1)
    run_virtually(script, arm)
    [attempt] = arm.requests[0].attempts
    times = (attempt.sent_at, attempt.first_token_at, attempt.last_token_at, attempt.ended_at)
    assert times == (0.0, 1.0, 3.0, 3.0)
    assert arm.requests[0].ended_at == arm.ended_at == 3.0


def test_the_hold_can_be_read():
    async def scenario():
        refusal = Exchange(end=RequestError(ErrorKind.RATE_LIMITED, retry_after_s=9.0))
        loop = asyncio.get_running_loop()
        watch = Watch()
        arm = arm_of(1, cap=1)
        runner = Runner(arm, Script({0: [refusal, Exchange()]}), watch, clock=loop.time, draw=lambda: 0.5)
        async with asyncio.TaskGroup() as group:
            group.create_task(runner.run())
            await watch.wait_for(lambda: arm.requests[0].state is S.BACKOFF)
            assert runner.held_s == pytest.approx(9.0)
            assert arm.requests[0].retry_at == pytest.approx(9.25)

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(scenario())


def test_nothing_goes_out_in_a_pause():
    script = Script({}, default=[Exchange(last_s=1)])
    run_virtually(script, arm_of(6, cap=2), acts=[(0.5, "pause"), (10.0, "resume")])
    assert [time for _, time in script.calls] == [0.0, 0.0, 10.0, 10.0, 11.0, 11.0]


@pytest.mark.parametrize("cap", [1, 3])
def test_turns_that_pass_in_a_pause_do_not_add_up(cap):
    script = Script({}, default=[Exchange()])
    acts = [(1.5, "pause"), (20.0, "resume")]
    run_virtually(script, arm_of(6, cap=cap, requests_per_minute=60), acts=acts)
    assert [time for _, time in script.calls] == pytest.approx([0.0, 1.0, 20.0, 21.0, 22.0, 23.0])


# How long to wait


def test_a_row_is_tried_again_after_longer_and_longer_waits():
    script = Script({0: [Exchange(end=RequestError(ErrorKind.SERVER_ERROR))]}, default=[Exchange(last_s=99)])
    run_virtually(script, arm_of(2, cap=2, retries=8), draw=lambda: 1.0)
    times = [at for row, at in script.calls if row == 0]
    gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
    assert gaps == pytest.approx([0.5, 1, 2, 4, 8, 16, 30, 30])


def test_an_outage_does_not_lengthen_the_waits_of_a_row():
    failure = Exchange(end=RequestError(ErrorKind.SERVER_ERROR))
    script = Script({1: [Exchange(), failure]}, default=[Exchange(last_s=1)], outages=[(0.5, 2.0)])
    arm = arm_of(2, cap=1, retries=2)
    run_virtually(script, arm, is_reachable=script.is_reachable, draw=lambda: 1.0)
    times = [at for row, at in script.calls if row == 1]
    # met the outage at 1.0, was let go on after a look at 2.01; then the first and the second wait
    assert [later - earlier for earlier, later in itertools.pairwise(times[1:])] == pytest.approx([0.5, 1.0])


@given(
    failures=st.integers(1, 2000),
    retry_after=st.none() | st.floats(0, 1e6),
    draw=st.floats(0, 1, exclude_max=True),
)
def test_a_back_off_is_bounded_and_never_less_than_asked_for(failures, retry_after, draw):
    delay = backoff_s(failures, RequestError(ErrorKind.SERVER_ERROR, retry_after_s=retry_after), lambda: draw)
    if retry_after is None:
        assert 0 <= delay <= min(BACKOFF_MOST_S, BACKOFF_BASE_S * 2 ** (min(failures, 50) - 1))
    else:
        assert retry_after <= delay <= retry_after + BACKOFF_BASE_S


def test_back_offs_grow_and_differ():
    error = RequestError(ErrorKind.SERVER_ERROR)
    assert [backoff_s(n, error, lambda: 1.0) for n in range(1, 9)] == [0.5, 1, 2, 4, 8, 16, 30, 30]
    assert backoff_s(3, error, lambda: 0.25) == 0.5
    asked = RequestError(ErrorKind.RATE_LIMITED, retry_after_s=10.0)
    assert {backoff_s(1, asked, lambda x=x: x) for x in (0.0, 0.5)} == {10.0, 10.25}


# Checked answers


def checked(arm, check, keep=None):
    """Run an arm whose rows answer with their prompts; give the runner."""

    async def send(request, on_text):
        on_text(request.prompt)
        return Completion(request.prompt, "stop", "m", 2, 3)

    async def scenario():
        await runner.run()

    runner = Runner(arm, send, Watch(), check=check, keep=keep)
    asyncio.run(scenario())
    assert_accounted_for(arm)
    return runner


def test_an_answer_that_does_not_match_fails_its_row_and_is_kept():
    async def check(text):
        return RequestError(ErrorKind.SCHEMA_MISMATCH, text) if text == "1" else None

    kept = {}

    async def keep(request, state):
        kept[request.index] = (state, request.text, request.completion, request.error)

    arm = arm_of(3, cap=2)
    runner = checked(arm, check, keep)
    assert [request.state for request in arm.requests] == [S.DONE, S.FAILED, S.DONE]
    assert [request.text for request in arm.requests] == ["0", "1", "2"]
    failed = arm.requests[1]
    assert len(failed.attempts) == 1
    assert failed.attempts[0].error == failed.error == RequestError(ErrorKind.SCHEMA_MISMATCH, "1")
    assert kept[1] == (S.FAILED, "1", None, failed.error)
    assert kept[2][0] is S.DONE
    assert kept[2][2] == arm.requests[2].completion
    # it is paid for
    assert runner.tokens_used == 15


def test_a_check_holds_no_slot():
    asked = asyncio.Event()
    texts = []

    async def check(text):
        texts.append(text)
        if len(texts) == 4:
            asked.set()
        await asked.wait()

    arm = arm_of(4, cap=1)
    checked(arm, check)
    assert arm.count(S.DONE) == 4


def test_a_check_takes_no_time_of_its_request():
    now = [0.0]

    async def check(text):
        now[0] += 100.0

    async def send(request, on_text):
        now[0] += 1.0
        return Completion("x", "stop", "m")

    arm = arm_of(1)
    asyncio.run(Runner(arm, send, Watch(), check=check, clock=lambda: now[0]).run())
    assert arm_figures(arm, 0.0).service.max == 1.0
    assert arm.ended_at - arm.started_at == 1.0


def test_a_bug_in_a_check_fails_its_row_alone(caplog):
    async def check(text):
        if text == "0":
            raise ZeroDivisionError

    arm = arm_of(2)
    checked(arm, check)
    assert [request.state for request in arm.requests] == [S.FAILED, S.DONE]
    assert arm.requests[0].error.kind is ErrorKind.INTERNAL
    assert "ZeroDivisionError" in caplog.text


def test_a_stop_does_not_wait_for_a_check():
    async def scenario():
        begun = asyncio.Event()

        async def check(text):
            begun.set()
            await asyncio.get_running_loop().create_future()

        async def send(request, on_text):
            return Completion(request.prompt, "stop", "m")

        runner = Runner(arm, send, Watch(), check=check)
        async with asyncio.TaskGroup() as group:
            group.create_task(runner.run())
            await begun.wait()
            runner.stop()

    arm = arm_of(5, cap=5)
    asyncio.run(scenario())
    assert_accounted_for(arm)
    assert arm.count(S.CANCELLED) == 5
    assert "0" in [request.text for request in arm.requests]


def test_answers_that_do_not_match_count_as_failed_rows():
    async def check(text):
        return RequestError(ErrorKind.NOT_JSON)

    arm = arm_of(10, cap=1, failures_to_stop=2)
    checked(arm, check)
    assert arm.stopped_by == EarlyStop(StopCode.FAILURES, RequestError(ErrorKind.NOT_JSON))
    assert arm.count(S.FAILED) >= 2
    assert arm.count(S.CANCELLED) > 0
