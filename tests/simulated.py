"""Servers as arithmetic: arms with the timestamps that a server of a known kind gives, exactly and at once.

A kind of server is a function of the arrivals and the work of requests (seconds alone, of which a share comes
before the first token), and says when each is answered.
"""

from __future__ import annotations

import datetime as dt
import heapq
from typing import TYPE_CHECKING

from paradigm_gui.core.batch import (
    Arm,
    ArmKind,
    Attempt,
    Batch,
    Completion,
    Limits,
    Parameters,
    Request,
    RequestState,
    Row,
    Run,
    Template,
)
from paradigm_gui.core.endpoints import PARADIGM

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

WAIT_SHARE = 0.4
START = 100.0
# how far apart a client sends what it may send at once
LAUNCH_S = 0.001


def shared(at_once: float) -> Callable[[int], tuple[int, float]]:
    """All in flight are worked on, together at most as fast as `at_once` of them."""
    return lambda in_flight: (in_flight, min(1.0, at_once / in_flight))


def queueing(slots: int) -> Callable[[int], tuple[int, float]]:
    """The first `slots` are worked on at full speed, the others wait."""
    return lambda in_flight: (min(slots, in_flight), 1.0)


def unlimited() -> Callable[[int], tuple[int, float]]:
    return lambda in_flight: (in_flight, 1.0)


def simulated_arm(
    kind: ArmKind,
    server: Callable[[int], tuple[int, float]],
    works: Sequence[float],
    cap: int,
    *,
    is_streamed: bool = True,
    pace_s: float = LAUNCH_S,
    tokens: Sequence[int] | None = None,
) -> Arm:
    """Send requests of such works, `cap` at once; `server` says how many are worked on, and how fast each."""
    unsent = list(range(len(works)))[::-1]
    sent_at: dict[int, float] = {}
    first_at: dict[int, float] = {}
    ended_at: dict[int, float] = {}
    left: dict[int, float] = {}
    now, may_send_at = START, START
    while unsent or left:
        can_send = bool(unsent) and len(left) < cap
        if can_send and may_send_at <= now:
            row = unsent.pop()
            sent_at[row], left[row] = now, works[row]
            may_send_at = now + pace_s
            continue
        steps: list[float] = [may_send_at - now] if can_send else []
        active: list[int] = []
        speed = 1.0
        if left:
            count, speed = server(len(left))
            active = heapq.nsmallest(count, left, key=lambda row: sent_at[row])
            for row in active:
                streaming = works[row] * (1 - WAIT_SHARE)
                steps.append((left[row] - (streaming if row not in first_at else 0.0)) / speed)
        step = max(0.0, min(steps))
        now += step
        for row in active:
            left[row] -= step * speed
            if row not in first_at and left[row] <= works[row] * (1 - WAIT_SHARE) + 1e-9:
                first_at[row] = now
            if left[row] <= 1e-9:
                ended_at[row] = now
                del left[row]
    requests = [
        Request(
            Row(row, {}),
            "",
            RequestState.DONE,
            START,
            ended_at[row],
            [Attempt(sent_at[row], first_at[row] if is_streamed else None, None, ended_at[row])],
            Completion("Hello", "stop", "m", 7, tokens[row] if tokens else 10),
        )
        for row in range(len(works))
    ]
    return Arm(kind, Limits(cap=cap), requests, START, max(ended_at.values()))


def run_of_arms(*arms: Arm) -> Run:
    """A run of arms over the same rows; the first of each kind is the one on show."""
    on_show: dict[ArmKind, Arm] = {}
    further = [arm for arm in arms if on_show.setdefault(arm.kind, arm) is not arm]
    for number, arm in enumerate(further, 1):
        arm.number = number
    batch = Batch([request.row for request in arms[0].requests], [], Template(""), Parameters("m"))
    return Run(batch, PARADIGM, dt.datetime(2030, 1, 1, tzinfo=dt.UTC), on_show, further=further)


def simulated_run(
    server: Callable[[int], tuple[int, float]], works: Sequence[float], cap: int, *, is_streamed: bool = True
) -> Run:
    """A comparison on one server: at once, then one by one."""
    return run_of_arms(
        simulated_arm(ArmKind.CONCURRENT, server, works, cap, is_streamed=is_streamed),
        simulated_arm(ArmKind.SEQUENTIAL, server, works, 1, is_streamed=is_streamed),
    )
