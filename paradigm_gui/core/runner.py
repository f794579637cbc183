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
from typing import TYPE_CHECKING, Protocol

from paradigm_gui.core.batch import Arm, Attempt, Completion, Request, RequestState
from paradigm_gui.core.errors import ErrorKind, ExchangeError, RequestError, UserFacingError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)

BACKOFF_BASE_S = 0.5
BACKOFF_MOST_S = 30.0
MISCONFIGURATIONS_TO_STOP = 3


class Send(Protocol):
    """One exchange with a server: calls `on_text` for each piece of a streamed answer.

    Raises `ExchangeError` when the attempt failed. Cancelling it must close its connection.
    """

    async def __call__(self, request: Request, on_text: Callable[[str], None]) -> Completion: ...


class Keep(Protocol):
    """Puts an ended request on disk, as being in `state`, before anybody is shown that it ended.

    Raises `UserFacingError` when it could not; it is then called again.
    """

    async def __call__(self, request: Request, state: RequestState) -> None: ...


def backoff_s(failures: int, error: RequestError, draw: Callable[[], float]) -> float:
    """Seconds to wait before the next attempt, after `failures` (from 1) failed ones.

    Exponential with full jitter (Brooker, "Exponential Backoff And Jitter", AWS 2015), and never less
    than the server asked for; then the jitter is added, so that rows do not come back all at once.
    """
    jitter = draw() * min(BACKOFF_MOST_S, BACKOFF_BASE_S * 2.0 ** min(failures - 1, 16))
    if error.retry_after_s is None:
        return jitter
    return error.retry_after_s + min(jitter, BACKOFF_BASE_S)


class Runner:
    """Runs one arm to its end. Everything happens on the loop that awaits `run`.

    `on_change` is called after every change of a request. `clock` reads monotonic seconds. An arm that
    was interrupted goes on: requests that have ended stay as they are. When `keep` fails, the arm pauses
    and `on_trouble` gets the error; `resume` tries again.
    """

    def __init__(
        self,
        arm: Arm,
        send: Send,
        on_change: Callable[[Request], None],
        *,
        keep: Keep | None = None,
        on_trouble: Callable[[UserFacingError], None] = lambda _error: None,
        clock: Callable[[], float] = time.perf_counter,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        draw: Callable[[], float] = random.random,
    ) -> None:
        self.arm = arm
        self._send = send
        self._on_change = on_change
        self._keep = keep
        self._on_trouble = on_trouble
        self._clock = clock
        self._sleep = sleep
        self._draw = draw
        # (class, row index, request): retries before new rows, rows in order, then the end marks
        self._queue: asyncio.PriorityQueue[tuple[int, int, Request | None]] = asyncio.PriorityQueue()
        self._workers: list[asyncio.Task[None]] = []
        self._backing_off: set[asyncio.Task[None]] = set()
        self._keeping: dict[Request, asyncio.Task[None]] = {}
        self._unfinished = 0
        self._may_send = asyncio.Event()
        self._may_send.set()
        self._turnstile = asyncio.Lock()
        self._hold_until = 0.0
        self._next_paced_at = 0.0
        self._misconfigurations = 0
        self._stopping = False
        self._in_flight = 0
        self._idle_since: float | None = None
        self._idle_s = 0.0
        self._latest = -math.inf

    @property
    def is_paused(self) -> bool:
        return not self._may_send.is_set()

    @property
    def held_s(self) -> float:
        """For how many seconds more a 429 holds the whole arm."""
        return max(0.0, self._hold_until - self._clock())

    async def run(self) -> None:
        """Send every request of the arm; on return each one is done, failed or cancelled."""
        arm = self.arm
        arm.start_at(self.now())
        for request in arm.requests:
            if not request.state.is_final:
                self._unfinished += 1
                self._queue.put_nowait((1, request.index, request))
        try:
            async with asyncio.TaskGroup() as group:
                for number in range(min(arm.limits.cap, self._unfinished)):
                    if self._stopping:
                        break
                    self._workers.append(group.create_task(self._work(), name=f"{arm.kind}-{number}"))
        finally:
            await self._end()

    def pause(self) -> None:
        """Send nothing new; what is in flight goes on."""
        self._may_send.clear()
        self._stand_still()

    def resume(self) -> None:
        self._may_send.set()
        if self._idle_since is not None:
            self._idle_s += self._clock() - self._idle_since
            self._idle_since = None

    def now(self) -> float:
        """A reading of the arm's clock, which stands still while the arm is paused and nothing is in flight.

        What the user waited for during a pause says nothing about the server.
        """
        reading = (self._clock() if self._idle_since is None else self._idle_since) - self._idle_s
        # subtracting may round below what was read before
        self._latest = max(self._latest, reading)
        return self._latest

    def _stand_still(self) -> None:
        if self.is_paused and not self._in_flight and self._idle_since is None:
            self._idle_since = self._clock()

    def stop(self) -> None:
        """End the arm now: what is in flight is cut off, partial answers are kept."""
        self._stopping = True
        for task in (*self._workers, *self._backing_off):
            task.cancel()
        # what waits for room on the disk must not wait any longer
        self.resume()

    async def _end(self) -> None:
        # new retries cannot appear any more: the workers are gone
        for task in self._backing_off:
            task.cancel()
        await asyncio.gather(*self._backing_off, return_exceptions=True)
        ended_at = self.now()
        for request in self.arm.requests:
            if not request.state.is_final and request not in self._keeping:
                self._finish(request, RequestState.CANCELLED, ended_at)
        await asyncio.gather(*self._keeping.values())
        last = max((request.ended_at or 0.0 for request in self.arm.requests), default=ended_at)
        self.arm.ended_at = max(last, self.arm.started_at or 0.0)

    async def _work(self) -> None:
        while not self._stopping:
            _, _, request = await self._queue.get()
            if request is None:
                return
            if request.state is RequestState.QUEUED:
                request.move_to(RequestState.WAITING)
                self._on_change(request)
            await self._clearance()
            await self._attempt(request)

    async def _clearance(self) -> None:
        """Wait until the arm may send: not paused, not held by a 429, and at its turn of the pace."""
        # one worker at a time: turns that passed in a pause or a hold must not add up to a burst
        async with self._turnstile:
            # One launch a turn of the loop. Building a request takes milliseconds; a burst of them, when
            # many answers come at once, would freeze the window and stamp the other answers late.
            await asyncio.sleep(0)
            while True:
                await self._may_send.wait()
                # a server's hold and the pace go by the real clock, also in a pause
                now = self._clock()
                clear_at = max(self._hold_until, self._next_paced_at)
                if now >= clear_at:
                    break
                await self._sleep(clear_at - now)
            if rate := self.arm.limits.requests_per_minute:
                self._next_paced_at = now + 60 / rate

    async def _attempt(self, request: Request) -> None:
        attempt = Attempt(sent_at=self.now())
        request.attempts.append(attempt)
        request.partial.clear()
        request.move_to(RequestState.SENT)
        self._on_change(request)

        def on_text(text: str) -> None:
            attempt.last_token_at = self.now()
            if attempt.first_token_at is None:
                attempt.first_token_at = attempt.last_token_at
                request.move_to(RequestState.STREAMING)
            request.partial.append(text)
            self._on_change(request)

        self._in_flight += 1
        try:
            completion = await self._send(request, on_text)
        except ExchangeError as failure:
            self._fail(request, attempt, failure.error)
        except asyncio.CancelledError:
            attempt.ended_at = self.now()
            self._finish(request, RequestState.CANCELLED, attempt.ended_at)
            raise
        except Exception as bug:
            # one row's bug must not take the others along
            log.error("row %d: unexpected %s", request.index, type(bug).__name__, exc_info=bug)
            self._fail(request, attempt, RequestError(ErrorKind.INTERNAL, type(bug).__name__))
        else:
            # the end is the last token, not the closing chunk that follows it
            attempt.ended_at = attempt.last_token_at or self.now()
            request.completion = completion
            request.partial.clear()
            self._misconfigurations = 0
            self._finish(request, RequestState.DONE, attempt.ended_at)
        finally:
            self._in_flight -= 1
            self._stand_still()

    def _fail(self, request: Request, attempt: Attempt, error: RequestError) -> None:
        attempt.ended_at = self.now()
        attempt.error = request.error = error
        delay = backoff_s(len(request.attempts), error, self._draw)
        if error.kind is ErrorKind.RATE_LIMITED:
            # the server means every row, also when this one is not tried again
            self._hold_until = max(self._hold_until, self._clock() + (error.retry_after_s or delay))
        if error.kind.is_retryable and len(request.attempts) <= self.arm.limits.retries:
            self._back_off(request, attempt.ended_at, delay)
            return
        self._finish(request, RequestState.FAILED, attempt.ended_at)
        if error.kind.is_misconfiguration:
            self._misconfigurations += 1
            if self._misconfigurations >= min(MISCONFIGURATIONS_TO_STOP, len(self.arm.requests)):
                self.arm.stopped_by = error
                self.stop()

    def _back_off(self, request: Request, now: float, delay: float) -> None:
        request.retry_at = now + delay
        request.move_to(RequestState.BACKOFF)
        self._on_change(request)
        task = asyncio.get_running_loop().create_task(
            self._requeue(request, delay), name=f"backoff-{request.index}"
        )
        self._backing_off.add(task)
        task.add_done_callback(self._backing_off.discard)

    async def _requeue(self, request: Request, delay: float) -> None:
        await self._sleep(delay)
        request.retry_at = None
        request.move_to(RequestState.WAITING)
        self._on_change(request)
        self._queue.put_nowait((0, request.index, request))

    def _finish(self, request: Request, state: RequestState, ended_at: float) -> None:
        request.ended_at = ended_at
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
                if self._stopping:
                    break
                self.pause()
                await self._may_send.wait()
        del self._keeping[request]
        self._show_end(request, state)

    def _show_end(self, request: Request, state: RequestState) -> None:
        request.move_to(state)
        self._on_change(request)
        self._unfinished -= 1
        if not self._unfinished:
            for number in range(len(self._workers)):
                self._queue.put_nowait((2, number, None))
