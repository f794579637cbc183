"""Two runs side by side: how their settings, their figures and their answers differ."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from paradigm_gui.core.batch import ArmKind, Request, RequestState
from paradigm_gui.core.timing import ArmFigures, arm_figures
from paradigm_gui.core.turn_taking import in_turns

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from paradigm_gui.core.batch import Arm, Run
    from paradigm_gui.core.endpoints import Endpoint
    from paradigm_gui.core.errors import RequestError


class Likeness(StrEnum):
    """How a row compares in two runs."""

    SAME = "same"
    DIFFERENT = "different"
    ONLY_FIRST = "only_first"
    ONLY_SECOND = "only_second"


class Setting(StrEnum):
    """What a run was told to do."""

    MODEL = "model"
    TEMPERATURE = "temperature"
    MAX_TOKENS = "max_tokens"
    STREAMING = "streaming"
    CAP = "cap"
    REQUESTS_PER_MINUTE = "requests_per_minute"
    TEMPLATE = "template"
    SYSTEM = "system"
    SCHEMA = "schema"


_SETTINGS: Mapping[Setting, Callable[[Run], object]] = {
    Setting.MODEL: lambda run: run.batch.parameters.model,
    Setting.TEMPERATURE: lambda run: run.batch.parameters.temperature,
    Setting.MAX_TOKENS: lambda run: run.batch.parameters.max_tokens,
    Setting.STREAMING: lambda run: run.batch.parameters.streaming,
    Setting.CAP: lambda run: run.arms[ArmKind.CONCURRENT].limits.cap,
    Setting.REQUESTS_PER_MINUTE: lambda run: run.arms[ArmKind.CONCURRENT].limits.requests_per_minute,
    Setting.TEMPLATE: lambda run: run.batch.template.text,
    Setting.SYSTEM: lambda run: run.batch.parameters.system,
    Setting.SCHEMA: lambda run: run.batch.parameters.schema,
}


class Outcome(NamedTuple):
    """What became of a row in one run. `text` is the answer, or what had come of it."""

    row: int
    state: RequestState
    text: str
    error: RequestError | None


@dataclass(frozen=True, slots=True)
class Pair:
    """A row in two runs; an outcome is `None` where the run does not have the row.

    The outcomes are the same when state, answer and kind of error are.
    """

    variables: Mapping[str, str]
    first: Outcome | None
    second: Outcome | None
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Side:
    """One of the runs that are compared, without its rows; the figures are those of its concurrent arm."""

    started_at: datetime
    endpoint: Endpoint
    model: str
    is_simulated: bool
    figures: ArmFigures

    @classmethod
    def of(cls, run: Run) -> Side:
        arm = run.arms[ArmKind.CONCURRENT]
        figures = arm_figures(arm, arm.started_at or 0.0)
        return cls(run.started_at, run.endpoint, run.batch.parameters.model, run.is_simulated, figures)


@dataclass(frozen=True, slots=True)
class RunDifference:
    """How two runs that have ended differ. It shares nothing with them that may change.

    `settings` has those that differ, with both values; `None` is left to the server.
    """

    first: Side
    second: Side
    settings: Mapping[Setting, tuple[object, object]]
    pairs: Sequence[Pair]
    counts: Mapping[Likeness, int]


def run_difference(first: Run, second: Run) -> RunDifference:
    """Compare two runs that have ended; takes a time that grows with the number of rows only."""
    settings = {setting: (value(first), value(second)) for setting, value in _SETTINGS.items()}
    pairs = pair_rows(first, second)
    return RunDifference(
        Side.of(first),
        Side.of(second),
        {setting: values for setting, values in settings.items() if values[0] != values[1]},
        pairs,
        Counter(pair.likeness for pair in pairs),
    )


def pair_rows(first: Run, second: Run) -> list[Pair]:
    """Pair the rows with the same variables, equal ones in their order.

    The rows of `first` come in their order, then those that only `second` has. Runs with other columns
    have no row in common.
    """
    columns = sorted(first.batch.columns)
    requests = first.arms[ArmKind.CONCURRENT].requests
    others = second.arms[ArmKind.CONCURRENT].requests

    def key(request: Request) -> tuple[str, ...]:
        return tuple(map(request.row.variables.__getitem__, columns))

    unpaired: defaultdict[tuple[str, ...], deque[Request]] = defaultdict(deque)
    if columns == sorted(second.batch.columns):
        for request in others:
            unpaired[key(request)].append(request)
    pairs: list[Pair] = []
    paired: set[int] = set()
    for request in requests:
        if same := unpaired.get(key(request)):
            other = same.popleft()
            paired.add(other.index)
            likeness = Likeness.SAME if _essence(request) == _essence(other) else Likeness.DIFFERENT
            pairs.append(Pair(request.row.variables, _outcome(request), _outcome(other), likeness))
        else:
            pairs.append(Pair(request.row.variables, _outcome(request), None, Likeness.ONLY_FIRST))
    pairs += [
        Pair(request.row.variables, None, _outcome(request), Likeness.ONLY_SECOND)
        for request in others
        if request.index not in paired
    ]
    return pairs


def rows_that_differ(first: Arm, second: Arm) -> frozenset[int]:
    """The rows that have ended in both of two arms over the same rows, and not in the same way."""
    pairs = in_turns(zip(first.requests, second.requests, strict=True))
    return frozenset([request.index for request, other in pairs if _differ(request, other)])


def _differ(request: Request, other: Request) -> bool:
    """Whether two requests have ended, with another essence; large runs ask this of every row."""
    if not (request.state.is_final and other.state.is_final):
        return False
    if request.state is not other.state or request.text != other.text:
        return True
    return request.error is not other.error and _essence(request) != _essence(other)


def rows_answered_otherwise(run: Run, other: Run) -> dict[ArmKind, frozenset[int]]:
    """The rows that have not ended as in the concurrent arm of another run of the same rows, by arm."""
    concurrent = other.arms[ArmKind.CONCURRENT]
    return {kind: rows_that_differ(arm, concurrent) for kind, arm in run.arms.items()}


def _outcome(request: Request) -> Outcome:
    return Outcome(request.index, request.state, request.text, request.error)


def _essence(request: Request) -> tuple[RequestState, str, str | None]:
    return request.state, request.text, request.error.kind if request.error else None
