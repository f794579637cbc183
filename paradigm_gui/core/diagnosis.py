"""Why the speed-up is what it is, read off the timestamps. Findings are codes with their figures."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from paradigm_gui.core.batch import ArmKind, RequestState
from paradigm_gui.core.errors import ErrorKind
from paradigm_gui.core.timing import request_times, union_length
from paradigm_gui.core.turn_taking import in_turns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from paradigm_gui.core.batch import Arm, Run
    from paradigm_gui.core.timing import ArmFigures, Comparison

SMALLEST_SAMPLE = 3
# Service time under load that is this many times the service time alone is not chance.
SLOWED_BY = 1.5
FULL_SLOTS = 0.8
LAG_LIMIT_S = 0.05


class FindingCode(StrEnum):
    NOT_ENOUGH_DATA = "not_enough_data"
    NOT_COMPARED = "not_compared"
    SERVER_SLOWS = "server_slows"
    OWN_CAP = "own_cap"
    SLOTS_FULL = "slots_full"
    PACED = "paced"
    FEW_ROWS = "few_rows"
    SLOW_REQUEST = "slow_request"
    RATE_LIMITED = "rate_limited"
    RETRIES = "retries"
    LOOP_LAG = "loop_lag"


@dataclass(frozen=True, slots=True)
class Finding:
    """One cause and the figures it rests on (times in seconds)."""

    code: FindingCode
    figures: Mapping[str, float]


def diagnose(
    run: Run, figures: ArmFigures, comparison: Comparison | None, loop_lag_p99: float | None
) -> list[Finding]:
    """The causes that the run's own timestamps support, the strongest first.

    `figures` are those of the concurrent arm.
    """
    concurrent = run.arms[ArmKind.CONCURRENT]
    if figures.done < SMALLEST_SAMPLE or not figures.wall or figures.service.max is None:
        return [Finding(FindingCode.NOT_ENOUGH_DATA, {"n": figures.done, "needed": SMALLEST_SAMPLE})]
    found: list[Finding] = []
    sequential = run.arms.get(ArmKind.SEQUENTIAL)
    slowed = _slowed_server(concurrent, sequential) if sequential and comparison else None
    if slowed:
        found.append(slowed)
    limited = _attempts_refused(concurrent)
    if limited:
        found.append(Finding(FindingCode.RATE_LIMITED, {"refused": limited, "wall_s": figures.wall}))
    elif figures.retries:
        found.append(Finding(FindingCode.RETRIES, {"retries": figures.retries}))
    median = figures.service.p50 or 0.0
    if figures.service.max >= 2 * median and figures.service.max >= 0.6 * figures.wall:
        found.append(
            Finding(FindingCode.SLOW_REQUEST, {"slowest_s": figures.service.max, "median_s": median})
        )
    rate = concurrent.limits.requests_per_minute
    if rate and (figures.attempts / figures.wall) * 60 >= FULL_SLOTS * rate:
        found.append(Finding(FindingCode.PACED, {"rate": rate}))
    elif figures.peak_in_flight >= figures.rows:
        found.append(Finding(FindingCode.FEW_ROWS, {"rows": figures.rows, "cap": figures.cap}))
    elif not slowed and (figures.mean_in_flight or 0.0) >= FULL_SLOTS * figures.cap:
        # full slots are the cap's doing only if the server did not slow down, which a comparison tells
        code = FindingCode.OWN_CAP if comparison else FindingCode.SLOTS_FULL
        slots = {"cap": figures.cap, "mean_in_flight": figures.mean_in_flight or 0.0}
        found.append(Finding(code, slots))
    if loop_lag_p99 is not None and loop_lag_p99 > LAG_LIMIT_S:
        found.append(Finding(FindingCode.LOOP_LAG, {"lag_p99_s": loop_lag_p99}))
    if not comparison:
        found.append(Finding(FindingCode.NOT_COMPARED, {}))
    return found


def _slowed_server(concurrent: Arm, sequential: Arm) -> Finding | None:
    """Compare each row's service time under load with the same row's alone.

    `at_a_time` is the number of lone requests whose work the server did at once:
    sum of the service times alone / time in which any of the rows was served (Little's law).
    """
    alone = _service_times(sequential)
    loaded = _service_times(concurrent)
    common = sorted(alone.keys() & loaded.keys())
    if len(common) < SMALLEST_SAMPLE:
        return None
    mean_alone = math.fsum(alone[row] for row in common) / len(common)
    mean_loaded = math.fsum(loaded[row] for row in common) / len(common)
    # refused attempts and the waits after them are not the server's work
    busy = union_length(
        (request.attempts[-1].sent_at, request.ended_at or 0.0)
        for request in in_turns(concurrent.requests)
        if request.index in alone and request.index in loaded
    )
    if not mean_alone or not busy or mean_loaded < SLOWED_BY * mean_alone:
        return None
    return Finding(
        FindingCode.SERVER_SLOWS,
        {
            "at_a_time": mean_alone * len(common) / busy,
            "alone_s": mean_alone,
            "loaded_s": mean_loaded,
            "n": len(common),
        },
    )


def _service_times(arm: Arm) -> dict[int, float]:
    return {
        request.index: service
        for request in in_turns(arm.requests)
        if request.state is RequestState.DONE and (service := request_times(request).service_s) is not None
    }


def _attempts_refused(arm: Arm) -> int:
    return sum(
        attempt.error is not None and attempt.error.kind is ErrorKind.RATE_LIMITED
        for request in in_turns(arm.requests)
        for attempt in request.attempts
    )
