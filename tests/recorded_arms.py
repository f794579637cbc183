"""Arms as they come back from a run, made without one."""

from __future__ import annotations

import datetime as dt

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
from paradigm_gui.core.endpoints import Endpoint
from paradigm_gui.core.errors import ErrorKind, RequestError

DONE, FAILED, CANCELLED = RequestState.DONE, RequestState.FAILED, RequestState.CANCELLED


def recorded(index, *times, errors=(), state=DONE, start=0.0, **variables):
    """A request with an attempt for each (sent, ended) or (sent, first token, ended); `errors` are kinds.

    Where there are fewer errors than attempts, the last attempts have none.
    """
    attempts = [
        Attempt(
            time[0],
            time[1] if len(time) == 3 else None,
            time[-1] if len(time) == 3 else None,
            time[-1],
            RequestError(ErrorKind(kind), "words", 500) if kind else None,
        )
        for time, kind in zip(times, [*errors, *[None] * len(times)], strict=False)
    ]
    request = Request(Row(index, variables), f"Greet {index}", state, start, None, attempts)
    request.ended_at = attempts[-1].ended_at if attempts else start
    if state is DONE:
        request.completion = Completion("Hello", "stop", "m", 3, 5)
    elif state is FAILED:
        request.error = attempts[-1].error
    return request


def arm_of(*requests, cap=20, rate=None, start=0.0, kind=ArmKind.CONCURRENT):
    end = max((request.ended_at for request in requests), default=start)
    return Arm(kind, Limits(cap=cap, requests_per_minute=rate), list(requests), start, end)


def one_by_one(times):
    """An arm that answered its rows one after the other, in these times."""
    requests, now = [], 0.0
    for index, time in enumerate(times):
        requests.append(recorded(index, (now, now + time)))
        now += time
    return arm_of(*requests, cap=1, kind=ArmKind.SEQUENTIAL)


def all_at_once(times):
    return arm_of(*(recorded(index, (0.0, time)) for index, time in enumerate(times)), cap=len(times))


def arm_of_replay(found, cap=None, rate=None):
    """A replay as if it had been the record."""
    attempts = {span.row: span for span in found.spans}
    requests = [recorded(index, (span.start, span.end)) for index, span in sorted(attempts.items())]
    return arm_of(*requests, cap=cap or found.cap, rate=rate)


def run_of(*arms, is_demo=False, **parameters):
    """A run of arms over the same rows, at noon of a day in 2030."""
    rows = [request.row for request in arms[0].requests]
    return Run(
        Batch(rows, ["name"], Template("Greet {name}"), Parameters("m", **parameters)),
        Endpoint("stub", "https://stub.test/api/v2", is_demo=is_demo),
        dt.datetime(2030, 1, 2, 12, tzinfo=dt.timezone(dt.timedelta(hours=1))),
        {arm.kind: arm for arm in arms},
    )
