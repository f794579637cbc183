"""A run as a trace in Chrome's JSON format ("Trace Event Format"), which Perfetto and chrome://tracing open.

A process is an arm. Its first threads are the slots: each attempt is an event in the lowest slot that was
free, with its wait and its stream inside. What backs off holds no slot, and stands on threads of its own.
"""

from __future__ import annotations

import heapq
import json
from typing import TYPE_CHECKING, Any

from paradigm_gui.core.run_clock import TimedArm, TimedAttempt, timed_arms, timed_attempts
from paradigm_gui.core.timing import SegmentKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from paradigm_gui.core.batch import Run

LABEL_LENGTH = 60
# Threads are shown in the order of their numbers.
_FIRST_BACKOFF_THREAD = 1_000_000
# one for all: `json.dumps` would make one for each call
_encoded = json.JSONEncoder(allow_nan=False).encode


def perfetto(run: Run, version: str) -> Iterator[str]:
    """Write a run piece by piece; `version` is the program's own."""
    about = {
        "creator": f"Paradigm GUI {version}",
        "started_at": run.started_at.isoformat(),
        "endpoint": run.endpoint.base_url,
        "model": run.batch.parameters.model,
        "simulated": run.is_simulated,
    }
    yield '{"displayTimeUnit":"ms","otherData":' + json.dumps(about) + ',"traceEvents":['
    separator = "\n"
    for process, timed in enumerate(timed_arms(run), 1):
        for event in _events(process, timed):
            yield separator + _encoded({"pid": process, **event})
            separator = ",\n"
    yield "\n]}\n"


def _events(process: int, timed: TimedArm) -> Iterator[dict[str, Any]]:
    arm = timed.arm
    attempts = sorted(timed_attempts(timed), key=lambda attempt: attempt.sent)
    yield _named("process_name", 0, f"{arm.kind} (cap {arm.limits.cap})")
    yield {"ph": "M", "name": "process_sort_index", "tid": 0, "args": {"sort_index": process}}

    slots = _lanes((attempt.sent, attempt.end) for attempt in attempts)
    for slot in range(max(slots, default=-1) + 1):
        yield _named("thread_name", slot + 1, f"slot {slot + 1}")
    for slot, attempt in zip(slots, attempts, strict=True):
        yield from _attempt_events(slot + 1, attempt)

    pauses = [attempt for attempt in attempts if attempt.number > 1]
    pauses.sort(key=lambda attempt: attempt.begin)
    lanes = _lanes((attempt.begin, attempt.sent) for attempt in pauses)
    for lane in range(max(lanes, default=-1) + 1):
        yield _named("thread_name", _FIRST_BACKOFF_THREAD + lane, f"backoff {lane + 1}")
    for lane, attempt in zip(lanes, pauses, strict=True):
        about = {"row": attempt.request.index, "attempt": attempt.number}
        yield _complete(_FIRST_BACKOFF_THREAD + lane, SegmentKind.BACKOFF, attempt.begin, attempt.sent, about)
    yield from _counts(attempts)


def _attempt_events(thread: int, attempt: TimedAttempt) -> Iterator[dict[str, Any]]:
    name = _label(attempt)
    yield _complete(thread, name, attempt.sent, attempt.end, _about(attempt))
    about = {"row": attempt.request.index, "attempt": attempt.number}
    yield _complete(thread, SegmentKind.WAIT, attempt.sent, attempt.first_token, about)
    if attempt.attempt.first_token_at is not None:
        yield _complete(thread, SegmentKind.STREAM, attempt.first_token, attempt.end, about)


def _about(attempt: TimedAttempt) -> dict[str, Any]:
    request, error = attempt.request, attempt.attempt.error
    about: dict[str, Any] = {
        "row": request.index,
        "attempt": attempt.number,
        "queue_s" if attempt.number == 1 else "backoff_s": round(attempt.sent - attempt.begin, 6),
        "prompt": request.prompt,
    }
    if error:
        about |= {"error": str(error.kind), "http_status": error.http_status, "message": error.message}
    if attempt.is_last:
        about |= {"state": str(request.state), "text": request.text}
        if request.completion:
            about |= {
                "finish_reason": request.completion.finish_reason,
                "model": request.completion.model,
                "prompt_tokens": request.completion.prompt_tokens,
                "completion_tokens": request.completion.completion_tokens,
            }
    return about


def _label(attempt: TimedAttempt) -> str:
    """The row's number as people count, and the start of its first variable."""
    value = next(iter(attempt.request.row.variables.values()), "")
    start = " ".join(value[: LABEL_LENGTH * 4].split())[:LABEL_LENGTH]
    return f"#{attempt.request.index + 1} {start}".rstrip()


def _complete(thread: int, name: str, start: float, end: float, about: dict[str, Any]) -> dict[str, Any]:
    # whole microseconds, both ends rounded alike: neighbours must meet, and what is inside must not stick out
    first, last = _us(start), _us(end)
    return {
        "ph": "X",
        "tid": thread,
        "name": str(name),
        "ts": first,
        "dur": max(0, last - first),
        "args": about,
    }


def _us(seconds: float) -> int:
    return round(seconds * 1e6)


def _named(kind: str, thread: int, name: str) -> dict[str, Any]:
    return {"ph": "M", "name": kind, "tid": thread, "args": {"name": name}}


def _lanes(intervals: Iterable[tuple[float, float]]) -> list[int]:
    """Give each interval, in order of their starts, the lowest lane that is free by then."""
    free: list[int] = []
    taken: list[tuple[int, int]] = []
    found = []
    count = 0
    for start, end in intervals:
        while taken and taken[0][0] <= _us(start):
            heapq.heappush(free, heapq.heappop(taken)[1])
        if not free:
            heapq.heappush(free, count)
            count += 1
        lane = heapq.heappop(free)
        heapq.heappush(taken, (_us(end), lane))
        found.append(lane)
    return found


def _counts(attempts: Iterable[TimedAttempt]) -> Iterator[dict[str, Any]]:
    """How many are in flight, whenever that changes."""
    changes: dict[int, int] = {}
    for attempt in attempts:
        for at, step in ((attempt.sent, 1), (attempt.end, -1)):
            changes[_us(at)] = changes.get(_us(at), 0) + step
    level = 0
    for at, step in sorted(changes.items()):
        level += step
        yield {"ph": "C", "tid": 0, "name": "in flight", "ts": at, "args": {"requests": level}}
