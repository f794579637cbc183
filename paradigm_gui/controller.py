"""Owns the run that is under way, and hands its changes to the models in coalesced steps."""

from __future__ import annotations

import asyncio
import copy
import gc
import logging
import time
from collections import Counter, defaultdict
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from paradigm_gui.core.batch import Arm, ArmKind, Batch, Limits, Request, RequestState, Run
from paradigm_gui.core.client import ChatClient, preload
from paradigm_gui.core.errors import ExchangeError, UserFacingError
from paradigm_gui.core.run_list import RunKey
from paradigm_gui.core.runner import Keep, Runner
from paradigm_gui.core.timing import compare
from paradigm_gui.tasks import settle

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Iterator, Sequence

    from paradigm_gui.core.batch import Completion
    from paradigm_gui.core.endpoints import Endpoint
    from paradigm_gui.core.keys import Key, KeyStore
    from paradigm_gui.core.store import Store
    from paradigm_gui.demo_process import DemoProcess
    from paradigm_gui.event_loop import LagProbe
    from paradigm_gui.tasks import Tasks

log = logging.getLogger(__name__)

# Changes reach the models at most twenty times a second.
STEP_MS = 50
NAME_LENGTH = 60
# quitting is to take less than two seconds
SETTLE_LIMIT_S = 1.0
KEYRING_NOTICE_S = 1.0


@dataclass(frozen=True, slots=True)
class Job:
    """A batch with where and how to run it."""

    batch: Batch
    limits: Limits
    endpoint: Endpoint
    compare: bool = False
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class _Connection:
    """An endpoint with its real address, its key, and a client for both."""

    endpoint: Endpoint
    key: Key | None
    client: ChatClient


class Controller(QObject):
    """Runs one job at a time.

    `finals` counts the requests of each arm that have come to their end, by state.

    Signals:
        preparing(): a run was asked for; the server's address and key are being found.
        abandoned(): it was stopped, or failed with a bug, before it started.
        keyring_awaited(): the system's keyring takes its time; it may be asking the user.
        run_started(Run): its arms are queued; more arms may join it.
        arm_started(ArmKind): an arm begins to send.
        progressed(dict[ArmKind, set[int]], float): rows that changed, and the clock reading for it.
        run_ended(Run): every request of it is done, failed or cancelled.
        refused(UserFacingError): a job or a question to a server could not be carried out.
        pause_changed(bool)
        trouble(UserFacingError): the run is paused, because answers cannot be kept; or it has ended, and
            that could not be written.
        run_kept(Run): what is on disk of a run that has ended is complete.
    """

    preparing = Signal()
    abandoned = Signal()
    keyring_awaited = Signal()
    run_started = Signal(object)
    arm_started = Signal(object)
    progressed = Signal(object, float)
    run_ended = Signal(object)
    refused = Signal(object)
    pause_changed = Signal(bool)
    trouble = Signal(object)
    run_kept = Signal(object)

    def __init__(self, tasks: Tasks, keys: KeyStore, demo: DemoProcess, lag: LagProbe) -> None:
        super().__init__()
        self.hide_secret: Callable[[str], None] = lambda _secret: None
        self._tasks = tasks
        self._keys = keys
        self._demo = demo
        self._lag = lag
        self._runner: Runner | None = None
        self._task: asyncio.Task[None] | None = None
        self._is_running = False
        self._is_preparing = False
        self._is_paused = False
        self._stopping = False
        self._leaving = False
        self._opening: asyncio.Future[Store | None] | None = None
        self._changed: defaultdict[ArmKind, set[int]] = defaultdict(set)
        self._in_flight: set[Request] = set()
        self.finals: dict[ArmKind, Counter[RequestState]] = {}
        self._preloaded: asyncio.Future[None] | None = None
        self._step = QTimer(self)
        self._step.setInterval(STEP_MS)
        self._step.timeout.connect(self._flush)

    def use_store(self, opening: asyncio.Future[Store | None]) -> None:
        """Keep runs in the store that is being opened."""
        self._opening = opening

    async def _store(self) -> Store | None:
        return await asyncio.shield(self._opening) if self._opening else None

    @property
    def is_running(self) -> bool:
        return self._is_running

    @property
    def held_s(self) -> float:
        """For how many seconds more the server has asked for silence."""
        return self._runner.held_s if self._runner else 0.0

    @property
    def is_paused(self) -> bool:
        return self._is_paused

    def start(self, job: Job) -> None:
        """Run a job; does nothing while another one runs. Answers by `run_started` or `refused`."""
        self._begin(self._run_job(job))

    def start_sequential(self, run: Run) -> None:
        """Add the sequential arm to a run that has ended; answers as `start` does."""
        self._begin(self._run_sequential(run))

    def go_on(self, run: Run) -> None:
        """Send what an unfinished run has not sent or not got answered; answers as `start` does."""
        arms = [arm for arm in run.arms.values() if not arm.is_complete]
        self._begin(self._run_again(run, arms, RequestState.CANCELLED))

    def retry(self, run: Run) -> None:
        """Send the failed rows of the concurrent arm again and no others; answers as `start` does."""
        self._begin(self._run_again(run, [run.arms[ArmKind.CONCURRENT]], RequestState.FAILED))

    def leave(self) -> None:
        """Stop because the program ends: the run stays unfinished, so that it can be gone on with."""
        self._leaving = True
        self.stop()

    async def settled(self) -> None:
        """Wait until the last run has been written to its end, though not for ever."""
        if self._task and not self._task.done():
            await asyncio.wait({self._task}, timeout=SETTLE_LIMIT_S)

    def pause(self) -> None:
        """Send nothing new; what is in flight goes on. Holds for the arms to come as well."""
        if self._is_running:
            self._is_paused = True
            if self._runner:
                self._runner.pause()
            self.pause_changed.emit(True)

    def resume(self) -> None:
        if self._is_running:
            self._is_paused = False
            if self._runner:
                self._runner.resume()
            self.pause_changed.emit(False)

    def stop(self) -> None:
        """Cut the run off: what is in flight is cancelled, what came of it is kept."""
        self._stopping = True
        if self._runner:
            self._runner.stop()
        elif self._is_preparing and self._task:
            # the keyring may wait for its password as long as it likes
            self._task.cancel()

    async def resolve(self, endpoint: Endpoint) -> tuple[Endpoint, Key | None]:
        """The endpoint with its real address, and its key; raises `UserFacingError` when it has none."""
        if endpoint.is_demo:
            return replace(await self._demo.endpoint(), model=endpoint.model), None
        notice = asyncio.get_running_loop().call_later(KEYRING_NOTICE_S, self.keyring_awaited.emit)
        try:
            key = await self._keys.find(endpoint.base_url)
        finally:
            notice.cancel()
        if key is None and endpoint.needs_key:
            raise UserFacingError("no_key", host=endpoint.host)
        if key:
            self.hide_secret(key.value)
        return endpoint, key

    async def preload(self) -> None:
        """Import the SDK in a thread of its own; once."""
        if self._preloaded is None:
            self._preloaded = asyncio.get_running_loop().run_in_executor(None, preload)
        await asyncio.shield(self._preloaded)

    async def models_of(self, endpoint: Endpoint) -> list[str]:
        """The chat models that a server offers; raises `UserFacingError`."""
        async with self._connected(endpoint, Limits()) as connection:
            try:
                with _without(connection.key):
                    return await connection.client.models()
            except ExchangeError as failure:
                host = connection.endpoint.host
                raise UserFacingError("server_refused", host=host, error=failure.error) from failure

    @asynccontextmanager
    async def _connected(self, endpoint: Endpoint, limits: Limits) -> AsyncIterator[_Connection]:
        """A client for an endpoint; raises `UserFacingError` when there can be none."""
        resolved, key = await self.resolve(endpoint)
        await self.preload()
        try:
            client = ChatClient(resolved, key.value if key else None, limits)
        except (OSError, ValueError, ImportError) as error:
            # proxies and certificates come from the environment
            raise UserFacingError("bad_network_settings", reason=str(error)) from error
        try:
            yield _Connection(resolved, key, client)
        finally:
            await client.close()

    async def _run_job(self, job: Job) -> None:
        async with self._connected(job.endpoint, job.limits) as connection:
            concurrent = Arm.of(ArmKind.CONCURRENT, job.batch, job.limits)
            started_at = datetime.now(UTC).astimezone()
            run = Run(job.batch, connection.endpoint, started_at, {ArmKind.CONCURRENT: concurrent})
            if job.compare:
                run.arms[ArmKind.SEQUENTIAL] = _sequential(run)
            if store := None if job.is_private else await self._store():
                run.key = await store.add_run(run, _name_of(job.batch))
            self._lag.reset()
            await self._execute(run, list(run.arms.values()), connection)

    async def _run_sequential(self, run: Run) -> None:
        arm = _sequential(run)
        async with self._connected(run.endpoint, arm.limits) as connection:
            run.endpoint = connection.endpoint
            arms = run.arms | {arm.kind: arm}
            await self._take_up(run, arms.values())
            run.arms = arms
            await self._execute(run, [arm], connection)

    async def _run_again(self, run: Run, arms: Sequence[Arm], ended_as: RequestState) -> None:
        """Send those requests of the arms that ended in a state."""
        limits = run.arms[ArmKind.CONCURRENT].limits
        async with self._connected(run.endpoint, limits) as connection:
            run.endpoint = connection.endpoint
            await self._take_up(run, run.arms.values())
            for arm in arms:
                arm.requeue(ended_as)
                if arm.started_at is not None:
                    # it runs again from now on: nobody may take it for ended
                    arm.start_at(time.perf_counter())
            self._lag.reset()
            await self._execute(run, arms, connection)

    async def _take_up(self, run: Run, arms: Iterable[Arm]) -> None:
        """Let a kept run, with these arms, be unfinished again."""
        if run.key is not None and (store := await self._store()):
            for arm in arms:
                await store.add_arm(RunKey(run.key), arm)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Start a run as a task, unless one is under way."""
        if self._is_running:
            work.close()
            return
        self._is_running = self._is_preparing = True
        self._stopping = self._leaving = self._is_paused = False

        async def run() -> None:
            try:
                await work
            except UserFacingError as error:
                self._is_running = self._is_preparing = False
                self.refused.emit(error)

        def over(task: asyncio.Task[None]) -> None:
            work.close()  # it may never have begun
            if self._task is task and self._is_preparing:
                self._is_running = self._is_preparing = False
                self.abandoned.emit()

        self._task = self._tasks.start(run(), "run")
        self._task.add_done_callback(over)
        self.preparing.emit()

    async def _execute(self, run: Run, arms: Sequence[Arm], connection: _Connection) -> None:
        self._is_preparing = False
        self.finals = {kind: arm.finals() for kind, arm in run.arms.items()}
        self.run_started.emit(run)
        # drawing the new run must not count as waiting time of its requests
        await _drawn()
        self._lag.start()
        self._step.start()
        try:
            for arm in arms:
                if not self._stopping:
                    await self._run_arm(run, arm, connection)
        finally:
            self._step.stop()
            self._account_for(run)
            self._flush()
            self._lag.stop()
            self._runner = None
            self._is_running = False
            is_left = self._leaving
            self.run_ended.emit(run)
            await self._mark_ended(run, is_left=is_left)
            self.run_kept.emit(run)

    async def _run_arm(self, run: Run, arm: Arm, connection: _Connection) -> None:
        async def send(request: Request, on_text: Callable[[str], None]) -> Completion:
            parameters = run.batch.parameters_for(request.row)
            with _without(connection.key):
                return await connection.client.complete(parameters, request.prompt, on_text)

        changed = self._changed[arm.kind]
        finals = self.finals[arm.kind]

        def on_change(request: Request) -> None:
            changed.add(request.index)
            if request.state.is_in_flight or request.state is RequestState.BACKOFF:
                self._in_flight.add(request)
            else:
                self._in_flight.discard(request)
                if request.state.is_final:
                    finals[request.state] += 1

        self._runner = Runner(
            arm, send, on_change, keep=await self._keep_for(run, arm), on_trouble=self._on_trouble
        )
        self.arm_started.emit(arm.kind)
        if self._is_paused:
            self._runner.pause()
        if self._stopping:
            self._runner.stop()
        await self._runner.run()
        # an arm that a wrong key ended would end the next one in the same way
        self._stopping = self._stopping or arm.stopped_by is not None

    async def _keep_for(self, run: Run, arm: Arm) -> Keep | None:
        """How the requests of an arm are put on disk; `None` for a private run."""
        store = await self._store()
        if store is None or run.key is None:
            return None
        run_key = RunKey(run.key)

        async def keep(request: Request, state: RequestState) -> None:
            ended = copy.copy(request)
            ended.state = state
            await store.keep(run_key, arm.kind, ended)

        return keep

    def _on_trouble(self, error: UserFacingError) -> None:
        self._is_paused = True
        self.pause_changed.emit(True)
        self.trouble.emit(error)

    async def _mark_ended(self, run: Run, *, is_left: bool) -> None:
        """Note how the run ended; one that the program leaves behind stays unfinished, to be gone on with."""
        store = await self._store()
        if store is None or run.key is None:
            return
        try:
            for arm in run.arms.values():
                if arm.ended_at is not None:
                    await store.end_arm(RunKey(run.key), arm)
            if not is_left:
                sequential = run.arms.get(ArmKind.SEQUENTIAL)
                comparison = sequential and compare(run.arms[ArmKind.CONCURRENT], sequential)
                outcome = "stopped" if self._stopping else "ended"
                await store.end_run(RunKey(run.key), outcome, comparison.speed_up if comparison else None)
        except UserFacingError as error:
            self.trouble.emit(error)

    def _account_for(self, run: Run) -> None:
        """Cancel what never had its turn because the program is closing."""
        for kind, arm in run.arms.items():
            for request in arm.requests:
                if not request.state.is_final:
                    request.move_to(RequestState.CANCELLED)
                    self.finals[kind][RequestState.CANCELLED] += 1
                    self._changed[kind].add(request.index)

    def _flush(self) -> None:
        """Hand over what changed since the last step; rows under way change with the clock."""
        now = self._runner.now() if self._runner else time.perf_counter()
        if self._runner:
            self._changed[self._runner.arm.kind].update(request.index for request in self._in_flight)
        changes = {kind: set(rows) for kind, rows in self._changed.items() if rows}
        for rows in self._changed.values():
            rows.clear()
        if changes or self._runner:
            self.progressed.emit(changes, now)


def _name_of(batch: Batch) -> str:
    """What a run is called until the user calls it otherwise: the beginning of its prompt."""
    text = " ".join(batch.template.text.split())
    if text == "{prompt}" and batch.rows:
        text = " ".join(batch.prompt(batch.rows[0]).split())
    return text if len(text) <= NAME_LENGTH else text[: NAME_LENGTH - 1] + "…"


def _sequential(run: Run) -> Arm:
    limits = run.arms[ArmKind.CONCURRENT].limits
    return Arm.of(ArmKind.SEQUENTIAL, run.batch, replace(limits, cap=1))


@contextmanager
def _without(key: Key | None) -> Iterator[None]:
    """Take the key out of a server's words: some repeat it in their refusals."""
    try:
        yield
    except ExchangeError as failure:
        if key is None or key.value not in failure.error.message:
            raise
        message = failure.error.message.replace(key.value, "•••")
        raise ExchangeError(replace(failure.error, message=message)) from None


async def _drawn() -> None:
    """Wait until Qt has handled what is posted to it, painting included."""
    drawn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    QTimer.singleShot(0, lambda: settle(drawn, None))
    await drawn


def settle_memory() -> None:
    """Move what start-up made out of the garbage collector's sight, and let it look less often.

    A run makes many short-lived objects and no cycles worth chasing: a quarter of its time otherwise.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def common_failure(arms: Sequence[Arm]) -> Arm | None:
    """The arm that was given up because of key, URL or network, with nothing done; or `None`."""
    return next((arm for arm in arms if arm.stopped_by and not arm.count(RequestState.DONE)), None)
