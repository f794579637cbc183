"""The engine: sends the requests of one arm, at most `cap` at once, and accounts for every one.

A bounded set of workers pulls requests from one queue. A worker holds its slot for one attempt only:
a request that backs off gives the slot back and queues again, ahead of the rows not yet sent.
"""

from __future__ import annotations

import asyncio
import logging
import math
import random
import time
from collections import Counter
from typing import TYPE_CHECKING, Protocol

from paradigm_gui.core.arm_clock import ArmClock
from paradigm_gui.core.batch import Arm, Attempt, Completion, EarlyStop, Request, RequestState, StopCode
from paradigm_gui.core.errors import ErrorKind, ExchangeError, RequestError, UserFacingError
from paradigm_gui.core.gate import Closure, Gate

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Iterator

log = logging.getLogger(__name__)

BACKOFF_BASE_S = 0.5
BACKOFF_MOST_S = 30.0
MISCONFIGURATIONS_TO_STOP = 3
FIRST_PROBE_S = 1.0
PROBE_MOST_S = 30.0
# a connection that outlived the sleep of the machine brings something by then
WAKE_PATIENCE_S = 10.0
CHARACTERS_A_TOKEN = 4
ENDED_AT_ONCE = 500


class Send(Protocol):
    """One exchange with a server: calls `on_text` for each piece of a streamed answer.

    Raises `ExchangeError` when the attempt failed. Cancelling it must close its connection.
    """

    async def __call__(self, request: Request, on_text: Callable[[str], None]) -> Completion: ...


class Keep(Protocol):
    """Puts a request on disk, as being in `state`: one that ended before anybody is shown that it did.

    Raises `UserFacingError` when it could not; it is then called again.
    """

    async def __call__(self, request: Request, state: RequestState) -> None: ...


class Check(Protocol):
    """Says what is wrong with the text of an answer; `None` when it is as it should be."""

    async def __call__(self, text: str) -> RequestError | None: ...


def backoff_s(failures: int, error: RequestError, draw: Callable[[], float]) -> float:
    """Seconds to wait before the next attempt, after `failures` (from 1) failed ones.

    Exponential with full jitter (Brooker, "Exponential Backoff And Jitter", AWS 2015), and never less
    than the server asked for; then the jitter is added, so that rows do not come back all at once.
    """
    jitter = draw() * min(BACKOFF_MOST_S, BACKOFF_BASE_S * 2.0 ** min(failures - 1, 16))
    if error.retry_after_s is None:
        return jitter
    return error.retry_after_s + min(jitter, BACKOFF_BASE_S)


def tokens_used(request: Request, completion: Completion) -> int:
    """Tokens of an answered request: the server's count, else a quarter of the characters."""
    prompt, answer = completion.prompt_tokens, completion.completion_tokens
    return (len(request.prompt) // CHARACTERS_A_TOKEN if prompt is None else prompt) + (
        len(completion.text) // CHARACTERS_A_TOKEN if answer is None else answer
    )


class _LostInSleepError(ExchangeError):
    """A connection that did not outlive the sleep of the machine."""


class Runner:
    """Runs one arm to its end. Everything happens on the loop that awaits `run`.

    `on_change` is called after every change of a request. `clock` reads monotonic seconds. An arm that
    was interrupted goes on: requests that have ended stay as they are. When `keep` fails, the arm pauses
    and `on_trouble` gets the error; `resume` tries again.

    Once the server has answered, an attempt that does not reach it is no failure of its row: the arm asks
    `is_reachable`, and while that is false it sends nothing and calls `on_outage(True)`. After `patience_s`
    of that it gives up.

    With `check`, an answer is held against what was asked for before its row is done; it fails otherwise, and
    its text is kept.

    An arm that comes `after` another one heeds what the server said to that one, and counts its tokens too.
    """

    def __init__(
        self,
        arm: Arm,
        send: Send,
        on_change: Callable[[Request], None],
        *,
        keep: Keep | None = None,
        check: Check | None = None,
        is_reachable: Callable[[], Awaitable[bool]] | None = None,
        on_trouble: Callable[[UserFacingError], None] = lambda _error: None,
        on_outage: Callable[[bool], None] = lambda _is_out: None,
        patience_s: float = math.inf,
        after: Runner | None = None,
        clock: Callable[[], float] = time.perf_counter,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        draw: Callable[[], float] = random.random,
    ) -> None:
        self.arm = arm
        self.tokens_used: int = after.tokens_used if after else 0
        self._send = send
        self._on_change = on_change
        self._keep = keep
        self._check = check
        self._is_reachable = is_reachable
        self._on_trouble = on_trouble
        self._on_outage = on_outage
        self._patience_s = patience_s
        self._clock = clock
        self._draw = draw
        self._arm_clock = ArmClock(clock)
        rate = arm.limits.requests_per_minute
        self._gate: Gate = after._gate if after else Gate(60 / rate if rate else 0.0, clock, sleep)
        # rows that have not had their turn, in order: too many to put into a queue one by one
        self._fresh: Iterator[Request] = iter(())
        # (class, row index, request): retries, which go before fresh rows, and after those the end marks
        self._queue: asyncio.PriorityQueue[tuple[int, int, Request | None]] = asyncio.PriorityQueue()
        self._workers: list[asyncio.Task[None]] = []
        self._exchanges: dict[Request, tuple[asyncio.Task[None], asyncio.Timeout]] = {}
        self._backing_off: set[asyncio.Task[None]] = set()
        self._checking: dict[Request, asyncio.Task[None]] = {}
        self._keeping: dict[Request, asyncio.Task[None]] = {}
        self._noting: set[asyncio.Task[None]] = set()
        self._outage: asyncio.Task[None] | None = None
        self._verdict: asyncio.Future[bool] | None = None
        self._unfinished = 0
        self._failures: Counter[Request] = Counter()  # attempts that count against a request's retries
        self._failed_rows = 0
        self._misconfigurations = 0
        self._was_answered: bool = after is not None and after._was_answered
        self._is_ending = False
        self._is_cut_off = False

    @property
    def is_paused(self) -> bool:
        return self._gate.is_closed_by(Closure.PAUSE)

    @property
    def is_out(self) -> bool:
        """Whether the arm waits because the server cannot be reached."""
        return self._gate.is_closed_by(Closure.OUTAGE)

    @property
    def held_s(self) -> float:
        """For how many seconds more a 429 holds the whole arm."""
        return self._gate.held_s

    @property
    def is_only_backing_off(self) -> bool:
        """Whether every row that is left waits to be tried again."""
        return bool(self._backing_off) and len(self._backing_off) == self._unfinished

    async def run(self) -> None:
        """Send every request of the arm; on return each one is done, failed or cancelled."""
        arm = self.arm
        arm.start_at(self.now())
        fresh = [request for request in arm.requests if not request.state.is_final]
        self._unfinished = len(fresh)
        self._fresh = iter(fresh)
        self._heed_budget()
        try:
            async with asyncio.TaskGroup() as group:
                for number in range(min(arm.limits.cap, self._unfinished)):
                    if self._is_ending:
                        break
                    self._workers.append(group.create_task(self._work(), name=f"{arm.kind}-{number}"))
        finally:
            await self._end()

    def pause(self) -> None:
        """Send nothing new; what is in flight goes on."""
        self._close(Closure.PAUSE)

    def resume(self) -> None:
        self._open(Closure.PAUSE)

    def skip_wait(self) -> None:
        """Try again now, whatever the server asked for and however long a row was to back off."""
        self._gate.skip()

    def woke(self) -> None:
        """Say that the machine slept.

        What was in flight gets a moment to show that its connection still lives, and is sent again if not.
        """
        now = asyncio.get_running_loop().time()
        for _, limit in self._exchanges.values():
            if not limit.expired():
                limit.reschedule(now + WAKE_PATIENCE_S)

    def now(self) -> float:
        """A reading of the arm's clock, which stands still while nothing is sent and nothing in flight."""
        return self._arm_clock.now()

    def stop(self) -> None:
        """End the arm now: what is in flight is cut off, partial answers are kept."""
        self._is_cut_off = True
        self._end_tasks(but=())
        for task in self._checking.values():
            task.cancel()
        # what waits for room on the disk must not wait any longer
        self.resume()

    def _stop_sending(self, stop: EarlyStop) -> None:
        """End the arm, but let what is in flight be answered: it is paid for."""
        self.arm.stopped_by = self.arm.stopped_by or stop
        self._end_tasks(but={task for task, _ in self._exchanges.values()})

    def _end_tasks(self, but: Collection[asyncio.Task[None]]) -> None:
        self._is_ending = True
        for task in (*self._workers, *self._backing_off):
            if task not in but:
                task.cancel()
        if self._outage:
            self._outage.cancel()

    def _close(self, closure: Closure) -> None:
        self._gate.close(closure)
        self._stand_still()

    def _open(self, closure: Closure) -> None:
        self._gate.open(closure)
        if not self._gate.is_closed:
            self._arm_clock.go_on()

    def _stand_still(self) -> None:
        if self._gate.is_closed and not self._exchanges:
            self._arm_clock.stand_still()

    async def _end(self) -> None:
        # new retries cannot appear any more: the workers are gone
        ending = [*self._backing_off, *([self._outage] if self._outage else [])]
        for task in ending:
            task.cancel()
        await asyncio.gather(*ending, *self._checking.values(), return_exceptions=True)
        # a task that was cancelled before it began has not taken itself out
        self._checking.clear()
        ended_at = self.now()
        for number, request in enumerate(self.arm.requests, 1):
            if not request.state.is_final and request not in self._keeping:
                self._finish(request, RequestState.CANCELLED, ended_at)
            if not number % ENDED_AT_ONCE:
                await asyncio.sleep(0)
        await asyncio.gather(*self._keeping.values(), *self._noting)
        last = max((request.ended_at or 0.0 for request in self.arm.requests), default=ended_at)
        self.arm.ended_at = max(last, self.arm.started_at or 0.0)

    async def _work(self) -> None:
        while not self._is_ending:
            request = await self._next()
            if request is None:
                return
            if request.state is RequestState.QUEUED:
                request.move_to(RequestState.WAITING)
                self._on_change(request)
            await self._gate.pass_through()
            await self._attempt(request)

    async def _next(self) -> Request | None:
        """The request to be sent next; `None` when all have ended."""
        if self._queue.empty() and (fresh := next(self._fresh, None)):
            return fresh
        _, _, request = await self._queue.get()
        return request

    async def _attempt(self, request: Request) -> None:
        attempt = Attempt(sent_at=self.now())
        request.attempts.append(attempt)
        request.partial.clear()
        request.move_to(RequestState.SENT)
        self._on_change(request)
        try:
            try:
                completion = await self._exchange(request, attempt)
            except ExchangeError as failure:
                attempt.error = request.error = failure.error
                is_excused = isinstance(failure, _LostInSleepError) or await self._is_excused(failure.error)
                self._fail(request, failure.error, is_excused=is_excused)
            else:
                # the end is the last token, not the closing chunk that follows it
                attempt.ended_at = attempt.last_token_at or attempt.ended_at
                self._succeed(request, completion)
        except asyncio.CancelledError:
            self._finish(request, RequestState.CANCELLED)
            raise

    async def _exchange(self, request: Request, attempt: Attempt) -> Completion:
        """Send once. Raises `ExchangeError`, whatever went wrong."""
        task = asyncio.current_task()
        assert task is not None
        limit = asyncio.timeout(None)

        def on_text(text: str) -> None:
            attempt.last_token_at = self.now()
            if attempt.first_token_at is None:
                attempt.first_token_at = attempt.last_token_at
                request.move_to(RequestState.STREAMING)
            if limit.when() is not None:
                limit.reschedule(None)
            request.partial.append(text)
            self._on_change(request)

        self._exchanges[request] = (task, limit)
        try:
            async with limit:
                return await self._send(request, on_text)
        except ExchangeError:
            raise
        except Exception as bug:
            if limit.expired():
                raise _LostInSleepError(RequestError(ErrorKind.DROPPED)) from bug
            # one row's bug must not take the others along
            log.error("row %d: unexpected %s", request.index, type(bug).__name__, exc_info=bug)
            raise ExchangeError(RequestError(ErrorKind.INTERNAL, type(bug).__name__)) from bug
        finally:
            # in this order: to read the clock may be to notice that the machine slept
            del self._exchanges[request]
            attempt.ended_at = self.now()
            self._stand_still()

    def _succeed(self, request: Request, completion: Completion) -> None:
        self._misconfigurations = 0
        self._was_answered = True
        if self._check is None:
            self._accept(request, completion)
        else:
            request.partial[:] = [completion.text]
            # in a task of its own: the slot must not wait for the check
            self._checking[request] = asyncio.get_running_loop().create_task(
                self._judge(self._check, request, completion), name=f"check-{request.index}"
            )
        self.tokens_used += tokens_used(request, completion)
        self._heed_budget()

    def _accept(self, request: Request, completion: Completion) -> None:
        request.completion = completion
        request.partial.clear()
        self._finish(request, RequestState.DONE)

    async def _judge(self, check: Check, request: Request, completion: Completion) -> None:
        """Let a request be done if its answer is what was asked for."""
        try:
            fault = await check(completion.text)
        except Exception as bug:
            log.error("row %d: not checked: %s", request.index, type(bug).__name__, exc_info=bug)
            fault = RequestError(ErrorKind.INTERNAL, type(bug).__name__)
        finally:
            del self._checking[request]
        if fault is None:
            self._accept(request, completion)
        else:
            request.attempts[-1].error = request.error = fault
            self._fail(request, fault, is_excused=False)

    @property
    def _has_more(self) -> bool:
        """Whether any row is still to come to its end, be it only shown."""
        return self._unfinished > len(self._keeping) + len(self._checking)

    def _heed_budget(self) -> None:
        budget = self.arm.limits.token_budget
        if budget is not None and self.tokens_used >= budget and self._has_more:
            self._stop_sending(EarlyStop(StopCode.TOKENS))

    def _fail(self, request: Request, error: RequestError, *, is_excused: bool) -> None:
        limits = self.arm.limits
        if not is_excused:
            self._failures[request] += 1
        delay = backoff_s(max(1, self._failures[request]), error, self._draw)
        if error.kind is ErrorKind.RATE_LIMITED:
            # the server means every row, also when this one is not tried again
            self._gate.hold(error.retry_after_s or delay)
        if (is_excused or (error.is_retryable and self._failures[request] <= limits.retries)) and (
            not self._is_ending
        ):
            self._back_off(request, delay)
            return
        self._finish(request, RequestState.FAILED)
        self._failed_rows += 1
        self._misconfigurations += error.kind.is_misconfiguration
        most = 1 if error.is_from_doorkeeper else min(MISCONFIGURATIONS_TO_STOP, len(self.arm.requests))
        if self._misconfigurations >= most:
            self.arm.stopped_by = EarlyStop(StopCode.CAUSE, error)
            self.stop()
        elif (
            limits.failures_to_stop is not None
            and self._failed_rows >= limits.failures_to_stop
            and self._has_more
        ):
            self._stop_sending(EarlyStop(StopCode.FAILURES, error))

    async def _is_excused(self, error: RequestError) -> bool:
        """Whether the server cannot be reached any more, which is not the fault of the row that met it."""
        if error.http_status is not None:
            self._was_answered = True
        if self.is_out:
            # connections break or fall silent when the network goes
            return error.http_status is None and error.is_retryable
        if (
            not error.kind.is_network_loss
            or error.is_from_doorkeeper
            or not self._was_answered
            or self._is_reachable is None
            or self._is_ending
        ):
            return False
        if self._outage is None:
            loop = asyncio.get_running_loop()
            self._verdict = loop.create_future()
            self._outage = loop.create_task(
                self._outlast(error, self._is_reachable, self._verdict), name="outage"
            )
        assert self._verdict is not None
        return await asyncio.shield(self._verdict)

    async def _outlast(
        self, error: RequestError, is_reachable: Callable[[], Awaitable[bool]], verdict: asyncio.Future[bool]
    ) -> None:
        """Send nothing until the server can be reached; tell at once whether it can."""
        try:
            if await is_reachable():
                return
            verdict.set_result(True)
            self._close(Closure.OUTAGE)
            self._on_outage(True)
            give_up_at = self._clock() + self._patience_s
            delay = FIRST_PROBE_S
            while True:
                await self._gate.rest(delay)
                if await is_reachable():
                    break
                if self._clock() >= give_up_at:
                    self.arm.stopped_by = EarlyStop(StopCode.CAUSE, error)
                    self.stop()
                    break
                delay = min(PROBE_MOST_S, 2 * delay)
        finally:
            if not verdict.done():
                verdict.set_result(False)
            self._outage = None
            if self.is_out:
                self._open(Closure.OUTAGE)
                self._on_outage(False)

    def _back_off(self, request: Request, delay: float) -> None:
        request.retry_at = self.now() + delay
        request.move_to(RequestState.BACKOFF)
        self._on_change(request)
        loop = asyncio.get_running_loop()
        task = loop.create_task(self._requeue(request, delay), name=f"backoff-{request.index}")
        self._backing_off.add(task)
        task.add_done_callback(self._backing_off.discard)
        if self._keep:
            note = loop.create_task(self._note(self._keep, request), name=f"note-{request.index}")
            self._noting.add(note)
            note.add_done_callback(self._noting.discard)

    async def _note(self, keep: Keep, request: Request) -> None:
        """Put a failed attempt on disk."""
        try:
            await keep(request, RequestState.BACKOFF)
        except UserFacingError as error:
            self._on_trouble(error)
            self.pause()

    async def _requeue(self, request: Request, delay: float) -> None:
        await self._gate.rest(delay)
        request.retry_at = None
        request.move_to(RequestState.WAITING)
        self._on_change(request)
        self._queue.put_nowait((0, request.index, request))

    def _finish(self, request: Request, state: RequestState, ended_at: float | None = None) -> None:
        """Let a request end: with its last attempt, unless `ended_at` says when."""
        request.ended_at = request.attempts[-1].ended_at if ended_at is None else ended_at
        request.retry_at = None
        if state is not RequestState.FAILED:
            # what an earlier attempt met with stays in that attempt
            request.error = None
        if self._keep is None or not request.attempts:
            self._show_end(request, state)
            return
        # in a task of its own: the slot must not wait for the disk
        self._keeping[request] = asyncio.get_running_loop().create_task(
            self._keep_and_show_end(self._keep, request, state), name=f"keep-{request.index}"
        )

    async def _keep_and_show_end(self, keep: Keep, request: Request, state: RequestState) -> None:
        while True:
            try:
                await keep(request, state)
                break
            except UserFacingError as error:
                self._on_trouble(error)
                if self._is_cut_off:
                    state = _without_a_place(request, state, error.code)
                    break
                self.pause()
                await self._gate.wait_open()
            except Exception as bug:
                log.error("row %d: not kept: %s", request.index, type(bug).__name__, exc_info=bug)
                state = _without_a_place(request, state, type(bug).__name__)
                break
        del self._keeping[request]
        self._show_end(request, state)

    def _show_end(self, request: Request, state: RequestState) -> None:
        request.move_to(state)
        self._on_change(request)
        self._unfinished -= 1
        if not self._unfinished:
            for number in range(len(self._workers)):
                self._queue.put_nowait((2, number, None))


def _without_a_place(request: Request, state: RequestState, reason: str) -> RequestState:
    """What a request that could not be kept ends as: whatever reads done is on disk."""
    if request.completion is None:
        return state
    request.partial = [request.completion.text]
    request.completion = None
    request.error = RequestError(ErrorKind.NOT_KEPT, reason)
    return RequestState.FAILED
