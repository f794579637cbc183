"""A run as HAR 1.2 (Odvarko, "HTTP Archive 1.2 Spec", 2012), which a browser's network panel opens.

One entry is one attempt, from the moment it began to wait: `blocked` is the queue or the back-off before it,
`wait` goes from sending to the first token, `receive` to the last. The times of a request's entries add up
to its response time. No entry holds an API key: the header that carries it is left out.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from paradigm_gui.core.batch import RequestState
from paradigm_gui.core.raw_request import raw_request
from paradigm_gui.core.run_clock import TimedArm, TimedAttempt, moment, timed_arms, timed_attempts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paradigm_gui.core.batch import Request, Run

CREATOR = "Paradigm GUI"
_PHRASES = {int(status): status.phrase for status in HTTPStatus}
# one for all: `json.dumps` would make one for each call
_encoded = json.JSONEncoder(allow_nan=False).encode


def har(run: Run, version: str) -> Iterator[str]:
    """Write a run piece by piece; `version` is the program's own."""
    arms = timed_arms(run)
    head: dict[str, Any] = {
        "version": "1.2",
        "creator": {"name": CREATOR, "version": version},
        "pages": [_page(run, timed) for timed in arms],
    }
    if run.is_simulated:
        head |= {"comment": "simulated", "_simulated": True}
    yield '{"log":' + json.dumps(head)[:-1] + ', "entries":['
    separator = "\n"
    for timed in arms:
        # the format prefers the oldest entry first
        for attempt in sorted(timed_attempts(timed), key=lambda attempt: attempt.begin):
            yield separator + _encoded(_entry(run, timed, attempt))
            separator = ",\n"
    yield "\n]}}\n"


def _page(run: Run, timed: TimedArm) -> dict[str, Any]:
    return {
        "startedDateTime": _time(run, (timed.arm.started_at or 0.0) + timed.offset),
        "id": str(timed.arm.kind),
        "title": f"{timed.arm.kind} (cap {timed.arm.limits.cap})",
        "pageTimings": {},
    }


def _time(run: Run, seconds: float) -> str:
    return moment(run, seconds).isoformat(timespec="microseconds")


def _entry(run: Run, timed: TimedArm, attempt: TimedAttempt) -> dict[str, Any]:
    timings = {
        "blocked": _ms(attempt.sent - attempt.begin),
        "send": 0.0,
        "wait": _ms(attempt.first_token - attempt.sent),
        "receive": _ms(attempt.end - attempt.first_token),
    }
    held = "queue" if attempt.number == 1 else "backoff"
    return {
        "pageref": str(timed.arm.kind),
        "startedDateTime": _time(run, attempt.begin),
        "time": round(sum(timings.values()), 3),
        "request": _request(run, attempt.request),
        "response": _response(attempt),
        "cache": {},
        "timings": {"dns": -1, "connect": -1, "ssl": -1, **timings, "comment": f"blocked: {held}"},
        "comment": f"{timed.arm.kind}, row {attempt.request.index + 1}, attempt {attempt.number}",
        "_resourceType": "fetch",
        "_arm": str(timed.arm.kind),
        "_row": attempt.request.index,
        "_attempt": attempt.number,
        "_state": str(_state(attempt)),
    }


def _ms(seconds: float) -> float:
    return round(max(0.0, seconds) * 1000, 3)


def _state(attempt: TimedAttempt) -> RequestState:
    """How the attempt ended."""
    if attempt.attempt.error is not None:
        return RequestState.FAILED
    return attempt.request.state if attempt.is_last else RequestState.CANCELLED


def _request(run: Run, request: Request) -> dict[str, Any]:
    sent = raw_request(run, request)
    text = json.dumps(sent.body, ensure_ascii=False)
    return {
        "method": sent.method,
        "url": sent.url,
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": [{"name": "Content-Type", "value": "application/json"}],
        "queryString": [],
        "postData": {"mimeType": "application/json", "params": [], "text": text},
        "headersSize": -1,
        "bodySize": -1,
    }


def _response(attempt: TimedAttempt) -> dict[str, Any]:
    """What came: the answer as far as it is kept, or else the server's own words. Status 0: no response."""
    error = attempt.attempt.error
    is_whole = _state(attempt) is RequestState.DONE or (error is not None and error.kind.is_about_format)
    has_begun = attempt.attempt.first_token_at is not None or is_whole
    status = (error and error.http_status) or (200 if has_begun else 0)
    text = attempt.request.text if attempt.is_last else ""
    if error and not text:
        text = error.message
    return {
        "status": status,
        "statusText": _PHRASES.get(status, ""),
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": [],
        "content": {
            "size": len(text.encode("utf-8", "replace")),
            "mimeType": "text/plain; charset=utf-8",
            "text": text,
        },
        "redirectURL": "",
        "headersSize": -1,
        "bodySize": -1,
        **({"_error": str(error.kind), "comment": error.message} if error else {}),
    }
