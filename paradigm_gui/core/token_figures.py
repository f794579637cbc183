"""How fast tokens came, by the server's own count of them. Definitions follow vLLM's benchmark.

TPOT = (service time - TTFT) / (completion tokens - 1), one value a request. It needs streaming, and an
answer that came in more than one piece: what a server sends in one has no time between its tokens.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from paradigm_gui.core.batch import RequestState
from paradigm_gui.core.timing import Statistics, request_times

if TYPE_CHECKING:
    from paradigm_gui.core.batch import Arm, Request


@dataclass(frozen=True, slots=True)
class TokenFigures:
    """The token speeds of one arm; `None` where there is not enough to measure.

    `output_tokens_per_s` = completion tokens of all `counted` requests / wall time. It is given only if the
    server counted the tokens of each of the `done` requests: a part is not the total.
    """

    done: int
    counted: int
    output_tokens_per_s: float | None
    tpot: Statistics


def tpot_s(request: Request) -> float | None:
    """Seconds per output token after the first; `None` if the request has no such time."""
    times = request_times(request)
    tokens = _tokens(request)
    if tokens is None or tokens < 2 or times.ttft_s is None or times.service_s is None:
        return None
    attempt = request.attempts[-1]
    if attempt.last_token_at is not None and attempt.last_token_at == attempt.first_token_at:
        return None
    return (times.service_s - times.ttft_s) / (tokens - 1)


def token_figures(arm: Arm, now: float) -> TokenFigures:
    """Measure an arm; one that is still running is measured up to `now`."""
    done = [request for request in arm.requests if request.state is RequestState.DONE]
    counts = [count for request in done if (count := _tokens(request)) is not None]
    end = now if arm.ended_at is None else arm.ended_at
    wall = 0.0 if arm.started_at is None else end - arm.started_at
    is_total = bool(counts) and len(counts) == len(done) and wall > 0
    return TokenFigures(
        done=len(done),
        counted=len(counts),
        output_tokens_per_s=sum(counts) / wall if is_total else None,
        tpot=Statistics.of(tpot_s(request) for request in done),
    )


def _tokens(request: Request) -> int | None:
    return None if request.completion is None else request.completion.completion_tokens
