"""Owns the run that is under way, and hands its changes to the models in coalesced steps."""

from __future__ import annotations

import asyncio
import copy
import logging
import math
import time
from collections import Counter, defaultdict
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from paradigm_gui.core.answer_checker import checks_of
from paradigm_gui.core.batch import Arm, ArmKind, Batch, Limits, Request, RequestState, Run, StopCode
from paradigm_gui.core.client import ChatClient, preload
from paradigm_gui.core.endpoints import ProxyMode
from paradigm_gui.core.errors import ExchangeError, UserFacingError
from paradigm_gui.core.keys import KeyringTrouble
from paradigm_gui.core.likely_base_url import likely_base_url
from paradigm_gui.core.plan import ONE_PASS, Plan
from paradigm_gui.core.redaction import Sieve, without_secrets
from paradigm_gui.core.route import find_route, look_for_proxy
from paradigm_gui.core.run_list import RunKey
from paradigm_gui.core.runner import Check, Keep, Runner
from paradigm_gui.core.timing import Statistics
from paradigm_gui.measuring import Measuring
from paradigm_gui.sleep_watch import SleepWatch
from paradigm_gui.tasks import settle

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Collection, Coroutine, Iterable, Iterator, Sequence

    from paradigm_gui.core.batch import Completion, Parameters
    from paradigm_gui.core.endpoints import Endpoint
    from paradigm_gui.core.errors import RequestError
    from paradigm_gui.core.keys import Key, KeyStore
    from paradigm_gui.core.route import Credentials, Route
    from paradigm_gui.core.run_figures import RunFigures
    from paradigm_gui.core.server_limits import ServerLimits
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
    plan: Plan = ONE_PASS
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class _Connection:
    """An endpoint with its real address, its key, and a client for both."""

    endpoint: Endpoint
    key: Key | None
    client: ChatClient
    secrets: Sequence[str] = field(repr=False)
    sieve: Sieve = field(repr=False)

    async def complete(
        self, parameters: Parameters, prompt: str, on_text: Callable[[str], None]
    ) -> Completion:
        """Make one chat completion; no secret is in what comes of it, whoever repeats it."""
        with _without(self.secrets):
            answer = await self.client.complete(parameters, prompt, self.sieve.pieces(on_text).take)
        clean = self.sieve.whole
        return replace(
            answer,
            text=clean(answer.text),
            model=clean(answer.model),
            finish_reason=clean(answer.finish_reason),
        )


class Controller(QObject):
    """Runs one job at a time.

    `finals` counts the requests of each arm on show that have come to their end, by state, and `further`
    those of the other arms. `measuring` has the figures of runs that have ended. `key_fault` says why the key
    that the environment has for a server cannot be used.

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
        outage_changed(bool): the server cannot be reached any more, and the run waits; or it can again.
        trouble(UserFacingError): the run is paused, because answers cannot be kept; or it has ended, and
            that could not be written.
        run_kept(Run): what is on disk of a run that has ended is complete, its speed-up included, unless that
            failed, as `trouble` or a report has told.
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
    outage_changed = Signal(bool)
    trouble = Signal(object)
    run_kept = Signal(object)

    def __init__(self, tasks: Tasks, keys: KeyStore, demo: DemoProcess, lag: LagProbe) -> None:
        super().__init__()
        self.hide_secret: Callable[[str], None] = lambda _secret: None
        self.measuring = Measuring()
        self.as_saved: Callable[[Endpoint], Endpoint] = lambda endpoint: endpoint
        self.key_fault: Callable[[Endpoint], UserFacingError | None] = lambda _endpoint: None
        self._tasks = tasks
        self._keys = keys
        self._demo = demo
        self._lag = lag
        self.patience_s = math.inf  # for how long an unreachable server is waited for
        self._runner: Runner | None = None
        self._client: ChatClient | None = None
        self._sleep_watch = SleepWatch(self)
        self._sleep_watch.woke.connect(self._on_woke)
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
        self.further: Counter[RequestState] = Counter()
        self._preloaded: asyncio.Future[None] | None = None
        self._step = QTimer(self)
        self._step.setInterval(STEP_MS)
        self._step.timeout.connect(self._flush)

    def use_store(self, opening: asyncio.Future[Store | None]) -> None:
        """Keep runs in the store that is being opened."""
        self._opening = opening

    async def _store(self) -> Store | None:
        return await asyncio.shield(self._opening) if self._opening else None

    def show(self, run: Run) -> None:
        """Count what has come to its end in a run."""
        self.finals = {kind: arm.finals() for kind, arm in run.arms.items()}
        self.further = sum((arm.finals() for arm in run.further), Counter())

    @property
    def is_running(self) -> bool:
        return self._is_running

    @property
    def held_s(self) -> float:
        """For how many seconds more the server has asked for silence."""
        return self._runner.held_s if self._runner else 0.0

    @property
    def is_stopping(self) -> bool:
        """Whether the run is being cut off, by the user or by its own arm."""
        is_stopped_early = self._runner is not None and self._runner.arm.stopped_by is not None
        return self._stopping or is_stopped_early

    @property
    def retry_in_s(self) -> float:
        """For how many seconds more nothing is sent, because every row that is left backs off."""
        if self._runner is None or not self._runner.is_only_backing_off:
            return 0.0
        tries = [request.retry_at for request in self._in_flight if request.retry_at is not None]
        return max(0.0, min(tries) - self._runner.now()) if tries else 0.0

    @property
    def is_out(self) -> bool:
        """Whether the run waits because the server cannot be reached."""
        return self._runner is not None and self._runner.is_out

    @property
    def server_limits(self) -> ServerLimits | None:
        """What the server of this or the last run said that it allows."""
        return self._client.server_limits if self._client else None

    @property
    def is_paused(self) -> bool:
        return self._is_paused

    def skip_wait(self) -> None:
        """Do not wait any longer for what the server asked for, for a retry or for the network."""
        if self._runner:
            self._runner.skip_wait()

    def start(self, job: Job) -> None:
        """Run a job; does nothing while another one runs. Answers by `run_started` or `refused`."""
        self._begin(self._run_job(job))

    def start_sequential(self, run: Run) -> None:
        """Add the sequential arm to a run that has ended; answers as `start` does."""
        self._begin(self._run_sequential(run))

    def go_on(self, run: Run) -> None:
        """Send what an unfinished run has not sent or not got answered; answers as `start` does."""
        arms = [arm for arm in run.passes if not arm.is_complete]
        self._begin(self._run_again(run, arms, (RequestState.CANCELLED,)))

    def retry(
        self,
        run: Run,
        rows: Collection[int] | None = None,
        kind: ArmKind = ArmKind.CONCURRENT,
        states: Collection[RequestState] = (RequestState.FAILED,),
    ) -> None:
        """Send the rows of an arm again that ended in one of some states, if only some of these rows.

        Answers as `start` does.
        """
        self._begin(self._run_again(run, [run.arms[kind]], states, rows))

    def complete(self, run: Run) -> None:
        """Send whatever is not done yet, failed or never sent; answers as `start` does."""
        arms = [arm for arm in run.passes if arm.count(RequestState.DONE) < len(arm.requests)]
        self._begin(self._run_again(run, arms, (RequestState.FAILED, RequestState.CANCELLED)))

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
        """The endpoint with its real address, and its key.

        Raises `UserFacingError`: without a key, or with one that would travel in the clear unasked.
        """
        if endpoint.is_demo:
            return replace(await self._demo.endpoint(), model=endpoint.model), None
        # a kept run knows its server's name and URL, but not the way there
        endpoint = self.as_saved(endpoint)
        if endpoint.needs_no_key:
            return endpoint, None
        notice = asyncio.get_running_loop().call_later(KEYRING_NOTICE_S, self.keyring_awaited.emit)
        try:
            key = await self._keys.find(endpoint.key_name)
        finally:
            notice.cancel()
        if key is None and endpoint.needs_key:
            if fault := self.key_fault(endpoint):
                raise fault
            reason: str | None = self._keys.trouble_with(endpoint.key_name)
            there = self._keys.environment_host
            if there and reason not in (KeyringTrouble.LOCKED, KeyringTrouble.DENIED):
                reason = "elsewhere"
            raise UserFacingError("no_key", host=endpoint.host, reason=reason, other=there)
        if key:
            self.hide_secret(key.value)
            if endpoint.is_readable_by_others and not endpoint.allows_plain_key:
                raise UserFacingError("plain_key", host=endpoint.host)
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
                with _without(connection.secrets):
                    return [connection.sieve.whole(name) for name in await connection.client.models()]
            except ExchangeError as failure:
                there, error = connection.endpoint, failure.error
                base_url = await self.likely_base_url(there, error)
                raise UserFacingError(
                    "server_refused", host=there.host, error=error, base_url=base_url
                ) from failure

    async def likely_base_url(self, endpoint: Endpoint, error: RequestError) -> str:
        """Where the API of a server is that answered with this error; empty where that is not known."""
        if endpoint.is_demo or not error.kind.is_wrong_address:
            return ""
        endpoint = self.as_saved(endpoint)
        return await likely_base_url(endpoint, await self.route_to(endpoint))

    async def route_to(
        self, endpoint: Endpoint, credentials: Credentials | None = None, secret: str = ""
    ) -> Route:
        """The way to a server; raises `UserFacingError`.

        Credentials for its proxy, and the secret that goes into a header, are looked up where not given.
        """
        if credentials is None:
            credentials = await self._login_of(endpoint)
        route = await asyncio.to_thread(find_route, endpoint, credentials)
        if endpoint.secret_header:
            value = secret or await self._keys.find_secret(endpoint.secret_name)
            if not value:
                raise UserFacingError(
                    "no_secret",
                    host=endpoint.host,
                    header=endpoint.secret_header,
                    reason=self._keys.trouble_with(endpoint.secret_name),
                )
            if endpoint.is_readable_by_others and not endpoint.allows_plain_key:
                raise UserFacingError("plain_key", host=endpoint.host)
            route = replace(route, secret_headers={endpoint.secret_header: value})
        for hidden in route.secrets:
            self.hide_secret(hidden)
        return route

    async def _login_of(self, endpoint: Endpoint) -> Credentials | None:
        """The login that is kept for the proxy of a server; the keyring is asked only if there is one."""
        kept_for = endpoint.proxy.url
        if not kept_for:
            return None
        if endpoint.proxy.mode is ProxyMode.SYSTEM:
            found = await asyncio.to_thread(look_for_proxy, endpoint)
            # the network of another place has another proxy
            if found is None or found.bypass or found.server.url != kept_for:
                return None
        return await self._keys.find_credentials(kept_for)

    @asynccontextmanager
    async def _connected(self, endpoint: Endpoint, limits: Limits) -> AsyncIterator[_Connection]:
        """A client for an endpoint; raises `UserFacingError` when there can be none."""
        resolved, key = await self.resolve(endpoint)
        await self.preload()
        route = await self.route_to(resolved)
        client = ChatClient(resolved, key.value if key else None, limits, route)
        secrets = (*([key.value] if key else []), *route.secrets)
        try:
            yield _Connection(resolved, key, client, secrets, Sieve(secrets))
        finally:
            await client.close()

    @asynccontextmanager
    async def _let_in(self, endpoint: Endpoint, limits: Limits) -> AsyncIterator[_Connection]:
        """A client for a run. A login that its proxy refuses is sent once, and not with every row of it."""
        async with self._connected(endpoint, limits) as connection:
            if refusal := await connection.client.login_refusal():
                words = without_secrets(refusal.message, *connection.secrets)
                error = replace(refusal, message=words)
                raise UserFacingError("server_refused", host=connection.endpoint.host, error=error)
            yield connection

    async def _run_job(self, job: Job) -> None:
        async with self._let_in(job.endpoint, job.limits) as connection:
            passes = await asyncio.to_thread(job.plan.arms, job.batch, job.limits)
            run = Run(
                job.batch,
                connection.endpoint,
                datetime.now(UTC).astimezone(),
                arms={kind: arm for kind in ArmKind for arm in passes if (arm.kind, arm.number) == (kind, 0)},
                further=[arm for arm in passes if arm.number],
                is_keyed=connection.key is not None,
            )
            if job.plan.warm_up:
                first = passes[0].requests[0]
                parameters = job.batch.parameters_for(first.row)
                with suppress(ExchangeError):  # the run will meet it again, and tell
                    await connection.complete(parameters, first.prompt, lambda _text: None)
            if store := None if job.is_private else await self._store():
                run.key = await store.add_run(run, _name_of(job.batch))
            self._lag.reset()
            await self._execute(run, passes, connection)

    async def _run_sequential(self, run: Run) -> None:
        await self.measuring.over()
        arm = await _sequential(run)
        async with self._let_in(run.endpoint, arm.limits) as connection:
            run.endpoint = connection.endpoint
            run.is_keyed = connection.key is not None
            arms = run.arms | {arm.kind: arm}
            await self._take_up(run, arms.values())
            run.arms = arms
            await self._execute(run, [arm], connection)

    async def _run_again(
        self,
        run: Run,
        arms: Sequence[Arm],
        states: Collection[RequestState],
        rows: Collection[int] | None = None,
    ) -> None:
        """Send those requests of the arms that ended in one of some states, if only of some rows."""
        limits = run.arms[ArmKind.CONCURRENT].limits
        async with self._let_in(run.endpoint, limits) as connection:
            run.endpoint = connection.endpoint
            run.is_keyed = connection.key is not None
            await self._take_up(run, run.passes)
            await self.measuring.over()
            for arm in arms:
                if keep := await self._keep_for(run, arm):
                    # should the program be killed from now on, these rows are known to be wanted
                    wanted = [
                        replace(request, ended_at=None, error=None, partial=[])
                        for request in arm.in_states(states, rows)
                    ]
                    await asyncio.gather(*(keep(request, RequestState.QUEUED) for request in wanted))
            # not before: when that fails, or is stopped, the run stays as it was
            for arm in arms:
                arm.requeue(states, rows)
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
        self._keys.ask_again()
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
        self.show(run)
        self.measuring.forget(run)
        self.run_started.emit(run)
        # drawing the new run must not count as waiting time of its requests
        await _drawn()
        self._lag.start()
        self._step.start()
        self._client = connection.client
        self._sleep_watch.start()
        runner: Runner | None = None
        try:
            async with checks_of(run.batch.parameters.schema) as check:
                for arm in arms:
                    if not self._stopping:
                        runner = await self._run_arm(run, arm, connection, runner, check)
        finally:
            self._sleep_watch.stop()
            self._step.stop()
            self._account_for(run)
            self._flush()
            self._lag.stop()
            self._runner = None
            self._is_running = False
            # another run may start as soon as this one has ended
            is_left, is_stopped = self._leaving, self._stopping
            self.measuring.forget(run)
            figures = self.measuring.figures(run, Statistics.of(self._lag.samples).p99)
            self.run_ended.emit(run)
            try:
                await self._mark_ended(run, is_left=is_left, is_stopped=is_stopped)
                await self._rate(run, await figures)
            finally:
                # whoever waits for it must not wait for ever
                self.run_kept.emit(run)

    async def _run_arm(
        self, run: Run, arm: Arm, connection: _Connection, after: Runner | None, check: Check | None
    ) -> Runner:
        """Run one arm, after that of another runner; returns its own."""

        async def send(request: Request, on_text: Callable[[str], None]) -> Completion:
            parameters = run.batch.parameters_for(request.row)
            return await connection.complete(parameters, request.prompt, on_text)

        # what is not on show changes nothing but the counts
        changed = set() if arm.number else self._changed[arm.kind]
        finals = self.further if arm.number else self.finals[arm.kind]

        def on_change(request: Request) -> None:
            changed.add(request.index)
            if request.state.is_in_flight or request.state is RequestState.BACKOFF:
                self._in_flight.add(request)
            else:
                self._in_flight.discard(request)
                if request.state.is_final:
                    finals[request.state] += 1

        self._runner = runner = Runner(
            arm,
            send,
            on_change,
            keep=await self._keep_for(run, arm),
            check=check,
            is_reachable=connection.client.is_reachable,
            on_trouble=self._on_trouble,
            on_outage=self.outage_changed.emit,
            patience_s=self.patience_s,
            after=after,
            clock=self._sleep_watch.now,
        )
        self.arm_started.emit(arm.kind)
        if self._is_paused:
            runner.pause()
        if self._stopping:
            runner.stop()
        await runner.run()
        # an arm that a wrong key ended would end the next one in the same way
        self._stopping = self._stopping or arm.stopped_by is not None
        return runner

    async def _keep_for(self, run: Run, arm: Arm) -> Keep | None:
        """How the requests of an arm are put on disk; `None` for a private run."""
        store = await self._store()
        if store is None or run.key is None:
            return None
        run_key = RunKey(run.key)

        async def keep(request: Request, state: RequestState) -> None:
            ended = copy.copy(request)
            ended.state = state
            await store.keep(run_key, arm.kind, ended, arm.number)

        return keep

    def _on_woke(self) -> None:
        log.info("the machine slept")
        # that is no work of ours which came late
        self._lag.stop()
        self._lag.reset()
        self._lag.start()
        if self._runner:
            self._runner.woke()

    def _on_trouble(self, error: UserFacingError) -> None:
        self._is_paused = True
        self.pause_changed.emit(True)
        self.trouble.emit(error)

    async def _mark_ended(self, run: Run, *, is_left: bool, is_stopped: bool) -> None:
        """Note how the run ended; one that the program leaves behind stays unfinished, to be gone on with."""
        store = await self._store()
        if store is None or run.key is None:
            return
        try:
            for arm in run.passes:
                if arm.ended_at is not None:
                    await store.end_arm(RunKey(run.key), arm)
            if not is_left:
                await store.end_run(RunKey(run.key), "stopped" if is_stopped else "ended")
        except UserFacingError as error:
            self.trouble.emit(error)

    async def _rate(self, run: Run, figures: RunFigures) -> None:
        """Note the speed-up: it takes a while to know, and a run that has ended must not look cut off."""
        store = await self._store()
        if store is None or run.key is None or figures.comparison is None:
            return
        try:
            await store.rate(RunKey(run.key), figures.comparison.speed_up)
        except UserFacingError as error:
            self.trouble.emit(error)

    def _account_for(self, run: Run) -> None:
        """Cancel what never had its turn because the program is closing."""
        for arm in run.passes:
            finals = self.further if arm.number else self.finals[arm.kind]
            for request in arm.requests:
                if not request.state.is_final:
                    request.move_to(RequestState.CANCELLED)
                    finals[RequestState.CANCELLED] += 1
                    if not arm.number:
                        self._changed[arm.kind].add(request.index)

    def _flush(self) -> None:
        """Hand over what changed since the last step; rows under way change with the clock."""
        now = self._runner.now() if self._runner else time.perf_counter()
        if self._runner and not self._runner.arm.number:
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


async def _sequential(run: Run) -> Arm:
    concurrent = run.arms[ArmKind.CONCURRENT]
    return await asyncio.to_thread(concurrent.again, ArmKind.SEQUENTIAL, replace(concurrent.limits, cap=1))


@contextmanager
def _without(secrets: Sequence[str]) -> Iterator[None]:
    """Take secrets out of the words of a server or a proxy: some repeat them in their refusals."""
    try:
        yield
    except ExchangeError as failure:
        message = without_secrets(failure.error.message, *secrets)
        if message == failure.error.message:
            raise
        raise ExchangeError(replace(failure.error, message=message)) from None


async def _drawn() -> None:
    """Wait until Qt has handled what is posted to it, painting included."""
    drawn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    QTimer.singleShot(0, lambda: settle(drawn, None))
    await drawn


def common_failure(arms: Sequence[Arm]) -> RequestError | None:
    """What ended an arm early, because of key, URL or network and with nothing done; or `None`."""
    for arm in arms:
        stop = arm.stopped_by
        if stop and stop.code is StopCode.CAUSE and not arm.count(RequestState.DONE):
            return stop.error
    return None
