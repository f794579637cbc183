"""Rows, templates and parameters; and the records that a run makes of them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from paradigm_gui.core.remarks import Remarks
from paradigm_gui.core.turn_taking import in_turns

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from paradigm_gui.core.endpoints import Endpoint
    from paradigm_gui.core.errors import RequestError

DEFAULT_CAP = 20


class RequestState(StrEnum):
    """Where a request stands. `TRANSITIONS` says what may follow."""

    QUEUED = "queued"
    WAITING = "waiting"
    SENT = "sent"
    STREAMING = "streaming"
    BACKOFF = "backoff"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        # a look-up in TRANSITIONS is ten times as slow, and large runs ask for every row
        return self in _FINAL_STATES

    @property
    def is_in_flight(self) -> bool:
        return self in (RequestState.SENT, RequestState.STREAMING)


_S = RequestState
_FINAL_STATES = (_S.DONE, _S.FAILED, _S.CANCELLED)
TRANSITIONS: Mapping[RequestState, frozenset[RequestState]] = {
    _S.QUEUED: frozenset({_S.WAITING, _S.CANCELLED}),
    _S.WAITING: frozenset({_S.SENT, _S.CANCELLED}),
    _S.SENT: frozenset({_S.STREAMING, _S.DONE, _S.BACKOFF, _S.FAILED, _S.CANCELLED}),
    _S.STREAMING: frozenset({_S.DONE, _S.BACKOFF, _S.FAILED, _S.CANCELLED}),
    _S.BACKOFF: frozenset({_S.WAITING, _S.CANCELLED}),
    _S.DONE: frozenset(),
    _S.FAILED: frozenset(),
    _S.CANCELLED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One input: its place in the batch (from 0) and its variables."""

    index: int
    variables: Mapping[str, str]


# A brace pair around what could be the name of a column is meant as a placeholder; JSON, code and choices
# like {yes/no} are text. A name has a letter or is a year, and lies on one line without space around it.
_NAME_IN_BRACES = re.compile(
    r"\{(?=[^{}]*[^\W\d_]|(?:19|20)\d\d\})(?![\s'’])"
    r"""([^{}"`:;,=<>\[\]\\|/$*+\t\n\v\f\r\x85\u2028\u2029]+)"""
    r"(?<![\s'’])\}"
)


@lru_cache(maxsize=16)
def _placeholders_of(names: tuple[str, ...]) -> re.Pattern[str]:
    """What stands for one of the names; nothing, where there are none."""
    longest_first = sorted(map(re.escape, names), key=len, reverse=True)
    return re.compile(r"\{(" + "|".join(longest_first) + r")\}" if names else r"(?!)")


@dataclass(frozen=True, slots=True)
class Template:
    """A prompt with `{variable}` placeholders, matched exactly against the names of the columns."""

    text: str

    def render(self, variables: Mapping[str, str]) -> str:
        """Fill the placeholders in one pass: braces inside a value stay as they are."""
        return _placeholders_of(tuple(variables)).sub(lambda match: variables[match[1]], self.text)

    def placeholders(self, columns: Sequence[str]) -> list[str]:
        """The columns that the text uses, in the order of `columns`."""
        return [name for name in columns if "{" + name + "}" in self.text]

    def unknown_placeholders(self, columns: Sequence[str]) -> list[str]:
        """What stands in braces like a name but names no column, in order of appearance, once each."""
        found = dict.fromkeys(match[1] for match in _NAME_IN_BRACES.finditer(self.text))
        return [name for name in found if name not in columns]


@dataclass(frozen=True, slots=True)
class Parameters:
    """What is asked of the model, but for the prompt. `None` leaves it to the server.

    `system` may have placeholders: `Batch.parameters_for` fills them. `schema` is a JSON schema as text,
    which answers are to match; empty for any answer.
    """

    model: str
    temperature: float | None = None
    max_tokens: int | None = None
    system: str = ""
    streaming: bool = True
    schema: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """How an arm sends: at most `cap` in flight, times in seconds, rate per minute.

    After `failures_to_stop` failed rows, or once `token_budget` tokens were used, nothing more is sent.
    """

    cap: int = DEFAULT_CAP
    requests_per_minute: float | None = None
    retries: int = 3
    failures_to_stop: int | None = None
    token_budget: int | None = None
    connect_timeout_s: float = 10.0
    first_token_timeout_s: float = 120.0
    between_tokens_timeout_s: float = 60.0
    total_timeout_s: float = 300.0


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows, a template and parameters, before they are run."""

    rows: Sequence[Row]
    columns: Sequence[str]
    template: Template
    parameters: Parameters

    def prompt(self, row: Row) -> str:
        return self.template.render(row.variables)

    def parameters_for(self, row: Row) -> Parameters:
        """What is asked of the model for a row: the system prompt takes the same placeholders."""
        system = Template(self.parameters.system).render(row.variables)
        return (
            self.parameters if system == self.parameters.system else replace(self.parameters, system=system)
        )


@dataclass(slots=True)
class Attempt:
    """One HTTP exchange. Times are readings of the run's monotonic clock, in seconds."""

    sent_at: float
    first_token_at: float | None = None
    last_token_at: float | None = None
    ended_at: float | None = None
    error: RequestError | None = None

    def shift(self, seconds: float) -> None:
        """Move all times to another clock."""
        self.sent_at += seconds
        if self.first_token_at is not None:
            self.first_token_at += seconds
        if self.last_token_at is not None:
            self.last_token_at += seconds
        if self.ended_at is not None:
            self.ended_at += seconds


@dataclass(frozen=True, slots=True)
class Completion:
    """What a successful attempt brought. Token counts are the server's own, or `None`."""

    text: str
    finish_reason: str
    model: str
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


@dataclass(slots=True, eq=False)
class Request:
    """One row in one arm, from its queueing to its end.

    Only the runner changes it. `partial` holds the text streamed so far; `completion` is set once,
    when the request is done. `retry_at` is a clock reading while the state is backoff.
    """

    row: Row
    prompt: str
    state: RequestState = RequestState.QUEUED
    enqueued_at: float = 0.0
    ended_at: float | None = None
    attempts: list[Attempt] = field(default_factory=list)
    completion: Completion | None = None
    partial: list[str] = field(default_factory=list)
    error: RequestError | None = None
    retry_at: float | None = None

    @property
    def index(self) -> int:
        return self.row.index

    @property
    def text(self) -> str:
        """The answer, or what has come of it so far."""
        return self.completion.text if self.completion else "".join(self.partial)

    def shift(self, seconds: float) -> None:
        """Move all times of the request to another clock."""
        self.enqueued_at += seconds
        if self.ended_at is not None:
            self.ended_at += seconds
        for attempt in self.attempts:
            attempt.shift(seconds)

    def move_to(self, state: RequestState) -> None:
        """Change the state as `TRANSITIONS` allows; anything else is a bug and raises `ValueError`."""
        if state not in TRANSITIONS[self.state]:
            raise ValueError(f"request {self.index}: {self.state} -> {state}")
        self.state = state


def count_states(requests: Iterable[Request]) -> Counter[RequestState]:
    """How many of the requests are in which state."""
    # members of an enum hash slowly, their identities do not
    found = Counter([id(request.state) for request in requests])
    return Counter({state: found[id(state)] for state in RequestState})


class ArmKind(StrEnum):
    CONCURRENT = "concurrent"
    SEQUENTIAL = "sequential"


class StopCode(StrEnum):
    """Why an arm ended before all of its rows were sent, without the user."""

    CAUSE = "cause"  # every other row would have failed for the same reason
    FAILURES = "failures"
    TOKENS = "tokens"


@dataclass(frozen=True, slots=True)
class EarlyStop:
    """What ended an arm early; `error` is the last failure, where failures did."""

    code: StopCode
    error: RequestError | None = None


@dataclass(slots=True, eq=False, weakref_slot=True)
class Arm:
    """One pass over the rows with one cap. Times are readings of the run's monotonic clock.

    `number` tells the passes of a kind apart: 0 is the one on show, others repeat it or are steps of a sweep.
    """

    kind: ArmKind
    limits: Limits
    requests: list[Request]
    started_at: float | None = None
    ended_at: float | None = None
    stopped_by: EarlyStop | None = None
    number: int = 0

    @classmethod
    def of(cls, kind: ArmKind, batch: Batch, limits: Limits) -> Arm:
        """An arm over the rows of a batch; rendering many prompts takes a while."""
        return cls(kind, limits, [Request(row, batch.prompt(row)) for row in in_turns(batch.rows)])

    def again(self, kind: ArmKind, limits: Limits, number: int = 0) -> Arm:
        """Another arm over the same rows and prompts."""
        requests = [Request(request.row, request.prompt) for request in in_turns(self.requests)]
        return Arm(kind, limits, requests, number=number)

    def start_at(self, now: float) -> None:
        """Begin, or go on after an interruption as if no time had passed since the last attempt ended."""
        if self.started_at is None:
            self.started_at = now
            for request in self.requests:
                request.enqueued_at = now
            return
        reached = self._reached(self.started_at)
        self.started_at += now - reached
        self.ended_at = self.stopped_by = None
        for request in self.requests:
            request.shift(now - reached)

    def close(self) -> None:
        """Let an arm that was cut off end with its last attempt; what had no end is cancelled."""
        for request in in_turns(self.requests):
            if not request.state.is_final:
                request.move_to(RequestState.CANCELLED)
        if self.started_at is not None and self.ended_at is None:
            self.ended_at = self._reached(self.started_at)

    def _reached(self, at_least: float) -> float:
        ends = (
            attempt.ended_at or attempt.sent_at
            for request in in_turns(self.requests)
            for attempt in request.attempts
        )
        return max(ends, default=at_least)

    def in_states(
        self, states: Collection[RequestState], rows: Collection[int] | None = None
    ) -> list[Request]:
        """The requests that are in one of some states, if only of some rows."""
        wanted = None if rows is None else frozenset(rows)
        return [
            request
            for request in self.requests
            if request.state in states and (wanted is None or request.index in wanted)
        ]

    def requeue(self, states: Collection[RequestState], rows: Collection[int] | None = None) -> list[Request]:
        """Let requests that ended in such a state be sent again, if only of some rows; attempts stay."""
        requeued = self.in_states(states, rows)
        for request in requeued:
            request.state = RequestState.QUEUED
            request.ended_at = request.error = None
            request.partial.clear()
        return requeued

    @property
    def is_complete(self) -> bool:
        """Whether every request was answered or failed: there is nothing to go on with."""
        return all(request.state in (RequestState.DONE, RequestState.FAILED) for request in self.requests)

    def finals(self) -> Counter[RequestState]:
        """How many requests have come to which end."""
        states = count_states(self.requests)
        return Counter({state: states[state] for state in _FINAL_STATES if states[state]})

    def count(self, state: RequestState) -> int:
        return [request.state for request in self.requests].count(state)


@dataclass(slots=True, eq=False, weakref_slot=True)
class Run:
    """A batch under frozen settings, with the arms that were run or are to be. It never holds an API key.

    `arms` are the ones on show, with number 0; `further` are their repeats and the steps of a sweep.
    `key` is what the store knows the run by; a private run has none. `is_keyed` says whether an API key was
    sent along; `None` for a run that was opened again, of which that is not known. `remarks` are the user's.
    """

    batch: Batch
    endpoint: Endpoint
    started_at: datetime
    arms: dict[ArmKind, Arm]
    key: int | None = None
    further: list[Arm] = field(default_factory=list)
    is_keyed: bool | None = None
    remarks: Remarks = field(default_factory=Remarks)

    @property
    def is_simulated(self) -> bool:
        return self.endpoint.is_demo

    @property
    def passes(self) -> list[Arm]:
        """All arms, those on show first."""
        return [*self.arms.values(), *self.further]

    @property
    def requests(self) -> list[Request]:
        """All requests of the arms on show, arm by arm, in row order."""
        return [request for arm in self.arms.values() for request in arm.requests]
