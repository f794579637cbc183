"""What is painted for a request or for one of its attempts. Knows no widget and no pixel."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paradigm_gui.core.batch import Request, RequestState
from paradigm_gui.core.timing import Segment, SegmentKind, segments

if TYPE_CHECKING:
    from paradigm_gui.core.batch import Attempt


@dataclass(frozen=True, slots=True)
class Bar:
    """Segments in seconds since the arm's start, the state at their end, and the attempts that failed.

    The last segment of what is unfinished ends at infinity: it grows with the clock on its own.
    `failed_at` holds the ends of failed attempts that were followed by another one.
    """

    segments: tuple[Segment, ...]
    state: RequestState
    failed_at: tuple[float, ...] = ()

    @property
    def span(self) -> tuple[float, float]:
        """From the first exchange, or where there is none from the start, to the end."""
        if not self.segments:
            return 0.0, 0.0
        exchanges = (part.start for part in self.segments if part.kind is SegmentKind.WAIT)
        return next(exchanges, self.segments[0].start), self.segments[-1].end

    @property
    def is_cut_off(self) -> bool:
        """Whether it was cancelled while an exchange was under way."""
        kinds = (SegmentKind.WAIT, SegmentKind.STREAM)
        return (
            self.state is RequestState.CANCELLED and bool(self.segments) and self.segments[-1].kind in kinds
        )


def bar_of_request(request: Request, origin: float) -> Bar:
    """The whole of a request, with its queueing and its pauses."""
    return Bar(
        tuple(
            Segment(part.kind, part.start - origin, part.end - origin) for part in segments(request, math.inf)
        ),
        request.state,
        tuple(
            attempt.ended_at - origin
            for attempt in request.attempts[:-1]
            if attempt.error is not None and attempt.ended_at is not None
        ),
    )


def bar_of_attempt(request: Request, number: int, origin: float) -> Bar:
    """One exchange of a request, as it held its slot."""
    attempt = request.attempts[number]
    start, end = attempt.sent_at - origin, end_of_attempt(request, number) - origin
    first = attempt.first_token_at
    parts = [Segment(SegmentKind.WAIT, start, end if first is None else first - origin)]
    if first is not None:
        parts.append(Segment(SegmentKind.STREAM, first - origin, end))
    return Bar(tuple(parts), _state_of(request, attempt, number))


def end_of_attempt(request: Request, number: int) -> float:
    """When an attempt gave its slot back; infinity while it holds it."""
    attempt = request.attempts[number]
    if attempt.ended_at is not None:
        return attempt.ended_at
    # a crash leaves no end: the next attempt, or else the end of the request, is the latest that it can be
    if number + 1 < len(request.attempts):
        return request.attempts[number + 1].sent_at
    return math.inf if request.ended_at is None else request.ended_at


def _state_of(request: Request, attempt: Attempt, number: int) -> RequestState:
    if attempt.error is not None:
        return RequestState.FAILED
    # what was followed by another attempt without having failed was cut off, by the user or by a crash
    return request.state if number == len(request.attempts) - 1 else RequestState.CANCELLED
