"""Owns the run that is under way, and hands its changes to the models in coalesced steps."""

from __future__ import annotations

import asyncio
import gc
import logging
import time
from collections import Counter, defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from paradigm_gui.core.batch import Arm, ArmKind, Batch, Limits, Request, RequestState, Run
from paradigm_gui.core.client import ChatClient, preload
from paradigm_gui.core.errors import ExchangeError, UserFacingError
from paradigm_gui.core.runner import Runner
from paradigm_gui.tasks import settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from paradigm_gui.core.batch import Completion
    from paradigm_gui.core.endpoints import Endpoint
    from paradigm_gui.core.keys import Key, KeyStore
    from paradigm_gui.demo_process import DemoProcess
    from paradigm_gui.event_loop import LagProbe
    from paradigm_gui.tasks import Tasks

log = logging.getLogger(__name__)

# Changes reach the models at most twenty times a second.
STEP_MS = 50


@dataclass(frozen=True, slots=True)
class Job:
    """A batch with where and how to run it."""

    batch: Batch
    limits: Limits
    endpoint: Endpoint
    compare: bool = False

    @property
    def request_count(self) -> int:
        return len(self.batch.rows) * (2 if self.compare else 1)


class Controller(QObject):
    """Runs one job at a time.

    `finals` counts the requests of each arm that have come to their end, by state.

    Signals:
        run_started(Run): its arms are queued; more arms may join it.
        arm_started(ArmKind): an arm begins to send.
        progressed(dict[ArmKind, set[int]], float): rows that changed, and the clock reading for it.
        run_ended(Run): every request of it is done, failed or cancelled.
        refused(UserFacingError): a job or a question to a server could not be carried out.
        models_listed(str, list[str]): what the server at a base URL offers.
        pause_changed(bool)
    """

    run_started = Signal(object)
    arm_started = Signal(object)
    progressed = Signal(object, float)
    run_ended = Signal(object)
    refused = Signal(object)
    models_listed = Signal(str, list)
    pause_changed = Signal(bool)

    def __init__(self, tasks: Tasks, keys: KeyStore, demo: DemoProcess, lag: LagProbe) -> None:
        super().__init__()
        self.hide_secret: Callable[[str], None] = lambda _secret: None
        self._tasks = tasks
        self._keys = keys
        self._demo = demo
        self._lag = lag
        self._runner: Runner | None = None
        self._running: asyncio.Task[None] | None = None
        self._stopping = False
        self._changed: defaultdict[ArmKind, set[int]] = defaultdict(set)
        self._in_flight: set[Request] = set()
        self.finals: dict[ArmKind, Counter[RequestState]] = {}
        self._preloaded: asyncio.Future[None] | None = None
        self._step = QTimer(self)
        self._step.setInterval(STEP_MS)
        self._step.timeout.connect(self._flush)

    @property
    def is_running(self) -> bool:
        return self._running is not None

    @property
    def is_paused(self) -> bool:
        return self._runner is not None and self._runner.is_paused

    def start(self, job: Job) -> None:
        """Run a job; does nothing while another one runs. Answers by `run_started` or `refused`."""
        if self._running is None:
            self._stopping = False
            self._running = self._tasks.start(self._run_job(job), "run")

    def start_sequential(self, run: Run) -> None:
        """Add the sequential arm to a run that has ended; answers as `start` does."""
        if self._running is None:
            self._stopping = False
            self._running = self._tasks.start(self._run_sequential(run), "run")

    def pause(self) -> None:
        if self._runner:
            self._runner.pause()
            self.pause_changed.emit(True)

    def resume(self) -> None:
        if self._runner:
            self._runner.resume()
            self.pause_changed.emit(False)

    def stop(self) -> None:
        """Cut the run off: what is in flight is cancelled, what came of it is kept."""
        self._stopping = True
        if self._runner:
            self._runner.stop()

    def list_models(self, endpoint: Endpoint) -> None:
        """Ask a server for its models; answers by `models_listed` or `refused`."""
        self._tasks.start(self._list_models(endpoint), "models")

    async def resolve(self, endpoint: Endpoint) -> tuple[Endpoint, Key | None]:
        """The endpoint with its real address, and its key; raises `UserFacingError` when it has none."""
        if endpoint.is_demo:
            return replace(await self._demo.endpoint(), model=endpoint.model), None
        key = await self._keys.find(endpoint.base_url)
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
        resolved, key = await self.resolve(endpoint)
        await self.preload()
        client = ChatClient(resolved, key.value if key else None, Limits())
        try:
            with _without(key):
                return await client.models()
        except ExchangeError as failure:
            raise UserFacingError("server_refused", host=resolved.host, error=failure.error) from failure
        finally:
            await client.close()

    async def _list_models(self, endpoint: Endpoint) -> None:
        try:
            self.models_listed.emit(endpoint.base_url, await self.models_of(endpoint))
        except UserFacingError as error:
            self.refused.emit(error)

    async def _run_job(self, job: Job) -> None:
        try:
            endpoint, key = await self._ready(job.endpoint)
        except UserFacingError as error:
            self._running = None
            self.refused.emit(error)
            return
        concurrent = Arm.of(ArmKind.CONCURRENT, job.batch, job.limits)
        run = Run(job.batch, endpoint, datetime.now(UTC).astimezone(), {ArmKind.CONCURRENT: concurrent})
        if job.compare:
            run.arms[ArmKind.SEQUENTIAL] = _sequential(run)
        self.finals = {kind: Counter() for kind in run.arms}
        await self._execute(run, list(run.arms.values()), key)

    async def _run_sequential(self, run: Run) -> None:
        try:
            _, key = await self._ready(run.endpoint)
        except UserFacingError as error:
            self._running = None
            self.refused.emit(error)
            return
        arm = run.arms[ArmKind.SEQUENTIAL] = _sequential(run)
        self.finals[ArmKind.SEQUENTIAL] = Counter()
        await self._execute(run, [arm], key)

    async def _ready(self, endpoint: Endpoint) -> tuple[Endpoint, Key | None]:
        resolved = await self.resolve(endpoint)
        await self.preload()
        return resolved

    async def _execute(self, run: Run, arms: Sequence[Arm], key: Key | None) -> None:
        limits = run.arms[ArmKind.CONCURRENT].limits
        client = ChatClient(run.endpoint, key.value if key else None, limits)
        self.run_started.emit(run)
        # drawing the new run must not count as waiting time of its requests
        await _drawn()
        self._lag.start()
        self._step.start()
        try:
            for arm in arms:
                await self._run_arm(arm, run.batch, client, key)
        finally:
            self._step.stop()
            self._account_for(run)
            self._flush()
            self._lag.stop()
            self._runner = None
            self._running = None
            self.run_ended.emit(run)
            await client.close()

    async def _run_arm(self, arm: Arm, batch: Batch, client: ChatClient, key: Key | None) -> None:
        async def send(prompt: str, on_text: Callable[[str], None]) -> Completion:
            with _without(key):
                return await client.complete(batch.parameters, prompt, on_text)

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

        self._runner = Runner(arm, send, on_change)
        self.arm_started.emit(arm.kind)
        if self._stopping:
            self._runner.stop()
        await self._runner.run()
        # an arm that a wrong key ended would end the next one in the same way
        self._stopping = self._stopping or arm.stopped_by is not None

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
        now = time.perf_counter()
        if self._runner:
            self._changed[self._runner.arm.kind].update(request.index for request in self._in_flight)
        changes = {kind: set(rows) for kind, rows in self._changed.items() if rows}
        for rows in self._changed.values():
            rows.clear()
        if changes or self._runner:
            self.progressed.emit(changes, now)


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
