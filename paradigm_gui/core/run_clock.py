"""The times of a run's arms on one clock: seconds since the run started."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from paradigm_gui.core.batch import Arm, Attempt, Request, Run


@dataclass(frozen=True, slots=True)
class TimedArm:
    """An arm and what to add to its readings to get seconds since the run started."""

    arm: Arm
    offset: float


@dataclass(frozen=True, slots=True)
class TimedAttempt:
    """An attempt in seconds since the run started.

    At `begin` it began to wait, for a slot or after a failure. `number` counts from 1. Without a first token,
    `first_token` is the end.
    """

    request: Request
    attempt: Attempt
    number: int
    begin: float
    sent: float
    first_token: float
    end: float

    @property
    def is_last(self) -> bool:
        return self.number == len(self.request.attempts)


def timed_arms(run: Run) -> list[TimedArm]:
    """Lay the arms behind each other, in the order in which they were started.

    Arms of a run that was kept have no common clock any more, and a pause stops an arm's own.
    """
    started = [arm for arm in run.arms.values() if arm.started_at is not None]
    found, reached = [], 0.0
    for arm in sorted(started, key=lambda arm: arm.started_at or 0.0):
        start = arm.started_at or 0.0
        found.append(TimedArm(arm, reached - start))
        reached += (start if arm.ended_at is None else arm.ended_at) - start
    return found


def timed_attempts(timed: TimedArm) -> Iterator[TimedAttempt]:
    """The attempts of an arm, row by row. One without an end ends with its last token, or at once."""
    for request in timed.arm.requests:
        begin = request.enqueued_at
        for number, attempt in enumerate(request.attempts, 1):
            end = attempt.ended_at
            if end is None:
                end = attempt.last_token_at or attempt.first_token_at or attempt.sent_at
            first = end if attempt.first_token_at is None else attempt.first_token_at
            yield TimedAttempt(
                request,
                attempt,
                number,
                begin + timed.offset,
                attempt.sent_at + timed.offset,
                first + timed.offset,
                end + timed.offset,
            )
            begin = end


def moment(run: Run, seconds: float) -> datetime:
    """The date and time so many seconds after the start of the run."""
    return run.started_at + timedelta(seconds=seconds)
