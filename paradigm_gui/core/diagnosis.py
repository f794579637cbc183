"""Why the speed-up is what it is, read off the timestamps. Findings are codes with their figures.

Speed-up = requests in flight on average x (service time alone / service time among others), so each cause
either kept slots empty or stretched the answers. What tells a server that queues from one that shares its
capacity: behind a queue an answer begins later and then comes as fast as alone; shared, all of it is slower.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean, median, stdev
from typing import TYPE_CHECKING, NamedTuple

from paradigm_gui.core.batch import ArmKind, RequestState
from paradigm_gui.core.errors import ErrorKind
from paradigm_gui.core.series import knee, sweep_points
from paradigm_gui.core.timing import peak_overlap, union_length
from paradigm_gui.core.turn_taking import in_turns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from paradigm_gui.core.batch import Arm, Attempt, Request, Run
    from paradigm_gui.core.run_figures import RunFigures
    from paradigm_gui.core.timing import ArmFigures, Comparison

SMALLEST_SAMPLE = 3
MOST_SHOWN = 3
# A server has slowed down if requests took this much longer on average, and that is not chance: the mean
# growth is so many times its standard error. Half as many do if it is clear, and the middle request grew too.
SLOWED_BY = 1.2
CLEARLY_SLOWED_BY = 1.5
STANDARD_ERRORS = 3.0
# As fast as alone: within this, and with at most this share of the growth of the whole.
SAME_WITHIN = 1.4
LITTLE_OF_GROWTH = 0.25
MUCH_OF_GROWTH = 0.5
FULL_SLOTS = 0.8
LAG_LIMIT_S = 0.05
LAG_SHARE = 0.05
# Growth of a service time within so many lags of our own says nothing about the server.
LAGS_IN_DOUBT = 8
# Streaming that takes less than this share of a lone request is too short to compare.
STREAM_SHARE = 0.1
SLOW_SHARE = 0.1
TAIL_SHARE = 0.25
LAST_WAVE_SHARE = 0.4
SENDING_SHARE = 0.5


class FindingCode(StrEnum):
    NOT_ENOUGH_DATA = "not_enough_data"
    NOT_COMPARED = "not_compared"
    TOO_FEW_PAIRS = "too_few_pairs"
    CUT_SHORT = "cut_short"
    TOKENS_DIFFER = "tokens_differ"
    SERVER_QUEUES = "server_queues"
    SERVER_SLOWS = "server_slows"
    SERVER_LIMITED = "server_limited"
    KNEE = "knee"
    OWN_CAP = "own_cap"
    SLOTS_FULL = "slots_full"
    PACED = "paced"
    FEW_ROWS = "few_rows"
    LAST_WAVE = "last_wave"
    SLOW_REQUEST = "slow_request"
    RATE_LIMITED = "rate_limited"
    RETRIES = "retries"
    LOOP_LAG = "loop_lag"
    UNCLEAR = "unclear"
    ROUNDS = "rounds"


@dataclass(frozen=True, slots=True)
class Finding:
    """One cause and the figures it rests on (times in seconds)."""

    code: FindingCode
    figures: Mapping[str, float]


class _Cause(NamedTuple):
    """A finding, with the share of the wall time that it may have cost."""

    share: float
    finding: Finding


class _Exchange(NamedTuple):
    """The attempt of a row that succeeded."""

    sent_at: float
    first_token_at: float | None
    ended_at: float
    tokens: int | None

    @property
    def service_s(self) -> float:
        return self.ended_at - self.sent_at


class _Pair(NamedTuple):
    """One row among others and alone."""

    loaded: _Exchange
    alone: _Exchange


class _Slowed(NamedTuple):
    """Mean service times that grew under load. Expected is what the answers alone would have made of them."""

    alone_s: float
    expected_s: float
    loaded_s: float

    @property
    def growth_s(self) -> float:
        return self.loaded_s - self.expected_s

    @property
    def share(self) -> float:
        return 1 - self.expected_s / self.loaded_s


def diagnose(run: Run, measured: RunFigures, loop_lag_p99: float | None) -> list[Finding]:
    """The causes that the run's own timestamps support, the strongest first, and what limits their worth.

    What stands against the figures themselves comes before all causes, and remarks come after them.
    """
    arm = run.arms[ArmKind.CONCURRENT]
    figures = measured.arms[ArmKind.CONCURRENT]
    if figures.done < SMALLEST_SAMPLE:
        return [Finding(FindingCode.NOT_ENOUGH_DATA, {"n": figures.done, "needed": SMALLEST_SAMPLE})]
    if not figures.wall or not figures.service.max:
        told = {"n": figures.done, "slowest_s": figures.service.max or 0.0}
        return [Finding(FindingCode.NOT_ENOUGH_DATA, told)]
    sequential = run.arms.get(ArmKind.SEQUENTIAL)
    loaded = _exchanges(arm)
    alone = _exchanges(sequential) if sequential else {}
    pairs = [_Pair(loaded[row], alone[row]) for row in sorted(loaded.keys() & alone.keys())]
    slowed = _slowed(pairs)
    lag_s = loop_lag_p99 or 0.0
    is_our_lag = slowed is not None and slowed.growth_s <= LAGS_IN_DOUBT * lag_s
    found = [
        _server(pairs, slowed) if slowed and not is_our_lag else None,
        _loop_lag(figures, lag_s, slowed if is_our_lag else None),
        _knee(run, slowed),
        _rate_limited(arm, figures),
        _retries(arm, figures),
        _paced(arm, figures),
        _slow_requests(loaded, alone, figures),
    ]
    causes = [cause for cause in found if cause]
    if not slowed:
        if rest := _slots(arm, figures, causes, pairs):
            causes.append(rest)
        if not causes and len(pairs) >= SMALLEST_SAMPLE:
            causes.append(_unclear(figures, pairs))
    causes.sort(key=lambda cause: cause.share, reverse=True)
    warnings = [*_cut_short(figures), *_tokens_differ(measured.comparison)]
    shown = [*warnings, *(cause.finding for cause in causes)][:MOST_SHOWN]
    return [*shown, *_remarks(measured, sequential, pairs)]


def _cut_short(figures: ArmFigures) -> Iterator[Finding]:
    if figures.cancelled:
        yield Finding(FindingCode.CUT_SHORT, {"cancelled": figures.cancelled, "rows": figures.rows})


def _tokens_differ(comparison: Comparison | None) -> Iterator[Finding]:
    if comparison and comparison.tokens_differ:
        tokens = {
            "concurrent_tokens": comparison.concurrent_tokens or 0,
            "sequential_tokens": comparison.sequential_tokens or 0,
        }
        yield Finding(FindingCode.TOKENS_DIFFER, tokens)


def _remarks(measured: RunFigures, sequential: Arm | None, pairs: Sequence[_Pair]) -> Iterator[Finding]:
    factors = [comparison.speed_up for comparison in measured.comparisons]
    if len(factors) > 1:
        spread = {"rounds": len(factors), "lowest": min(factors), "highest": max(factors)}
        yield Finding(FindingCode.ROUNDS, spread)
    has_ended = sequential is not None and sequential.ended_at is not None
    if has_ended and len(pairs) < SMALLEST_SAMPLE:
        yield Finding(FindingCode.TOO_FEW_PAIRS, {"n": len(pairs), "needed": SMALLEST_SAMPLE})
    elif not factors:
        yield Finding(FindingCode.NOT_COMPARED, {})


# The server


def _exchanges(arm: Arm) -> dict[int, _Exchange]:
    found = {}
    for request in in_turns(arm.requests):
        if request.state is RequestState.DONE:
            last = request.attempts[-1]
            tokens = request.completion.completion_tokens if request.completion else None
            ended_at = last.sent_at if last.ended_at is None else last.ended_at
            found[request.index] = _Exchange(last.sent_at, last.first_token_at, ended_at, tokens)
    return found


def _slowed(pairs: Sequence[_Pair]) -> _Slowed | None:
    """Compare the service times under load with those of the same rows alone; `None` if they are alike."""
    if len(pairs) < SMALLEST_SAMPLE:
        return None
    alone_s = fmean(pair.alone.service_s for pair in pairs)
    loaded_s = fmean(pair.loaded.service_s for pair in pairs)
    # longer answers take longer anywhere
    expected_s = alone_s * max(1.0, _work(pairs))
    growths = [pair.loaded.service_s - pair.alone.service_s for pair in pairs]
    middle = median(pair.loaded.service_s - SLOWED_BY * pair.alone.service_s for pair in pairs)
    is_clear = middle > 0 and loaded_s >= CLEARLY_SLOWED_BY * expected_s
    needed = STANDARD_ERRORS / 2 if is_clear else STANDARD_ERRORS
    is_chance = fmean(growths) < needed * stdev(growths) / math.sqrt(len(growths))
    if alone_s <= 0 or is_chance or loaded_s < SLOWED_BY * expected_s:
        return None
    return _Slowed(alone_s, expected_s, loaded_s)


def _server(pairs: Sequence[_Pair], slowed: _Slowed) -> _Cause:
    """Name how many requests the server handled at once, and how.

    `at_a_time` is the number of lone requests whose work the server did at once:
    sum of the service times alone / time in which any of the rows was served (Little's law).
    """
    # refused attempts and the waits after them are not the server's work
    busy_s = union_length((pair.loaded.sent_at, pair.loaded.ended_at) for pair in pairs)
    at_a_time = slowed.alone_s * len(pairs) / busy_s
    code, evidence = _manner(pairs, slowed, at_a_time)
    if code is FindingCode.SERVER_QUEUES:
        at_a_time = _taken_at_once(pairs)
    told = {
        "about": max(1, round(at_a_time)),
        "at_a_time": at_a_time,
        "alone_s": slowed.alone_s,
        "loaded_s": slowed.loaded_s,
        "n": len(pairs),
    }
    return _Cause(slowed.share, Finding(code, told | evidence))


def _work(pairs: Sequence[_Pair]) -> float:
    """Tokens among others / tokens alone; 1 if they were not all counted."""
    loaded = [pair.loaded.tokens for pair in pairs]
    alone = [pair.alone.tokens for pair in pairs]
    if None in loaded or None in alone:
        return 1.0
    return sum(count or 0 for count in loaded) / max(1, sum(count or 0 for count in alone))


def _manner(
    pairs: Sequence[_Pair], slowed: _Slowed, at_a_time: float
) -> tuple[FindingCode, dict[str, float]]:
    """Tell whether a server under load lets requests wait or slows them all, and by which figures.

    The stream of answers tells; without it, the first to finish, since behind a queue they did not wait.
    """
    if split := _streams(pairs):
        code = _code(split["stream_s"] / split["stream_alone_s"], slowed)
        return code, ({} if code is FindingCode.SERVER_LIMITED else split)
    ordered = sorted(pairs, key=lambda pair: pair.loaded.ended_at)
    first_end = ordered[0].loaded.ended_at
    beside_first = [pair for pair in ordered if pair.loaded.sent_at < first_end]
    first = beside_first[: max(1, round(at_a_time))]
    if len(beside_first) == len(first) or slowed.loaded_s < CLEARLY_SLOWED_BY * slowed.alone_s:
        return FindingCode.SERVER_LIMITED, {}
    first_s = fmean(pair.loaded.service_s for pair in first)
    first_alone_s = fmean(pair.alone.service_s for pair in first)
    if first_alone_s <= 0:
        return FindingCode.SERVER_LIMITED, {}
    code = _code(first_s / first_alone_s, slowed)
    if code is FindingCode.SERVER_LIMITED:
        return code, {}
    return code, {
        "first": len(first),
        "first_s": first_s,
        "first_alone_s": first_alone_s,
        "last_s": ordered[-1].loaded.service_s,
    }


def _code(stretch: float, slowed: _Slowed) -> FindingCode:
    """What a server does, by the stretch of what a queue would not have stretched."""
    share = (stretch - 1) / (slowed.loaded_s / slowed.alone_s - 1)
    if stretch < SAME_WITHIN and share <= LITTLE_OF_GROWTH:
        return FindingCode.SERVER_QUEUES
    return FindingCode.SERVER_SLOWS if share >= MUCH_OF_GROWTH else FindingCode.SERVER_LIMITED


def _streams(pairs: Sequence[_Pair]) -> dict[str, float] | None:
    """The mean wait and stream of the rows among others and alone; `None` if there is too little stream."""
    split: dict[str, float] = {}
    for suffix, exchanges in (
        ("", [pair.loaded for pair in pairs]),
        ("_alone", [pair.alone for pair in pairs]),
    ):
        firsts = [exchange.first_token_at for exchange in exchanges if exchange.first_token_at is not None]
        if len(firsts) < len(exchanges):
            return None
        split[f"wait{suffix}_s"] = fmean(
            first - exchange.sent_at for first, exchange in zip(firsts, exchanges, strict=True)
        )
        split[f"stream{suffix}_s"] = fmean(
            exchange.ended_at - first for first, exchange in zip(firsts, exchanges, strict=True)
        )
    alone_s = split["wait_alone_s"] + split["stream_alone_s"]
    return split if split["stream_alone_s"] > STREAM_SHARE * alone_s else None


def _taken_at_once(pairs: Sequence[_Pair]) -> float:
    """How many requests a queueing server worked on at once while there was a queue.

    It works on a request for as long as it takes alone, up to its end. Looked at is the time in which at
    least half of the most in flight were left: later its slots may be empty.
    """
    exchanges = sorted((pair.loaded for pair in pairs), key=lambda exchange: exchange.ended_at)
    peak = peak_overlap((exchange.sent_at, exchange.ended_at) for exchange in exchanges)
    until = exchanges[len(exchanges) - math.ceil(peak / 2)].ended_at
    worked_s = math.fsum(
        max(0.0, min(loaded.ended_at, until) - max(loaded.sent_at, loaded.ended_at - alone.service_s))
        for loaded, alone in pairs
    )
    busy_s = union_length(
        (exchange.sent_at, min(exchange.ended_at, until))
        for exchange in exchanges
        if exchange.sent_at < until
    )
    return worked_s / busy_s if busy_s else 1.0


def _knee(run: Run, slowed: _Slowed | None) -> _Cause | None:
    """Where more at once brought nothing more, by a sweep over caps; said after the server that is why."""
    if not run.further:
        return None
    points = sweep_points(run.passes)
    found = knee(points)
    if found is None:
        return None
    best = max(point.throughput_rps for point in points)
    told = {"cap": found.cap, "rate": found.throughput_rps, "best": best}
    share = slowed.share if slowed else 1 - found.cap / run.arms[ArmKind.CONCURRENT].limits.cap
    return _Cause(share, Finding(FindingCode.KNEE, told))


# What was repeated, refused, or slow


def _attempts(arm: Arm) -> Iterator[tuple[Request, Attempt]]:
    for request in in_turns(arm.requests):
        for attempt in request.attempts:
            yield request, attempt


def _is_refused(attempt: Attempt) -> bool:
    return attempt.error is not None and attempt.error.kind is ErrorKind.RATE_LIMITED


def _rate_limited(arm: Arm, figures: ArmFigures) -> _Cause | None:
    refused = sum(_is_refused(attempt) for _, attempt in _attempts(arm))
    if not refused:
        return None
    wall = figures.wall or 0.0
    under_way = union_length(
        (attempt.sent_at, attempt.ended_at or attempt.sent_at)
        for _, attempt in _attempts(arm)
        if not _is_refused(attempt)
    )
    idle_s = max(0.0, wall - under_way)
    told = {"refused": refused, "attempts": figures.attempts, "idle_s": idle_s, "wall_s": wall}
    share = max(idle_s / wall, refused / figures.attempts)
    return _Cause(share, Finding(FindingCode.RATE_LIMITED, told))


def _retries(arm: Arm, figures: ArmFigures) -> _Cause | None:
    """Attempts that were repeated for another reason than the rate."""
    refused = sum(
        _is_refused(attempt) for request in in_turns(arm.requests) for attempt in request.attempts[:-1]
    )
    retries = figures.retries - refused
    if retries <= 0:
        return None
    # from the first attempt of a request to the one that was its last
    lost_s = math.fsum(
        request.attempts[-1].sent_at - request.attempts[0].sent_at
        for request in in_turns(arm.requests)
        if any(attempt.error and not _is_refused(attempt) for attempt in request.attempts[:-1])
    )
    spent_s = math.fsum(
        (attempt.ended_at or attempt.sent_at) - attempt.sent_at for _, attempt in _attempts(arm)
    )
    told = {"retries": retries, "attempts": figures.attempts, "lost_s": lost_s}
    share = lost_s / (lost_s + spent_s) if lost_s + spent_s > 0 else 0.0
    return _Cause(share, Finding(FindingCode.RETRIES, told))


def _slow_requests(
    loaded: Mapping[int, _Exchange], alone: Mapping[int, _Exchange], figures: ArmFigures
) -> _Cause | None:
    """One request, or a few in a hundred, that took much longer than the others and held up the end."""
    wall = figures.wall or 0.0
    slow = _outliers(loaded)
    if not 0 < len(slow) <= max(1, SLOW_SHARE * len(loaded)):
        return None
    last = max(exchange.ended_at for exchange in loaded.values())
    tail_s = last - max(exchange.ended_at for row, exchange in loaded.items() if row not in slow)
    if tail_s < TAIL_SHARE * wall:
        return None
    told = {
        "slowest_s": figures.service.max or 0.0,
        "median_s": figures.service.p50 or 0.0,
        "tail_s": tail_s,
        "slow": len(slow),
        "n": len(loaded),
    }
    slowest = max(slow, key=lambda row: loaded[row].service_s)
    if slowest in alone:
        told["alone_s"] = alone[slowest].service_s
    return _Cause(tail_s / wall, Finding(FindingCode.SLOW_REQUEST, told))


def _outliers(exchanges: Mapping[int, _Exchange]) -> set[int]:
    """The rows that took at least twice as long as the middle one."""
    most_s = 2 * median(exchange.service_s for exchange in exchanges.values()) if exchanges else 0.0
    return {row for row, exchange in exchanges.items() if exchange.service_s >= most_s > 0}


# Our own limits


def _loop_lag(figures: ArmFigures, lag_s: float, slowed: _Slowed | None) -> _Cause | None:
    """Tell of our own delays, where they are long or may explain that requests were `slowed`."""
    service_s = figures.service.p50 or 0.0
    if not slowed and (lag_s <= LAG_LIMIT_S or lag_s < LAG_SHARE * service_s):
        return None
    told = {"lag_p99_s": lag_s, "median_s": service_s}
    share = slowed.share if slowed else lag_s / (lag_s + service_s)
    return _Cause(share, Finding(FindingCode.LOOP_LAG, told))


def _sends(arm: Arm) -> tuple[float, float]:
    """When the first and the last attempt were sent."""
    sent = [attempt.sent_at for _, attempt in _attempts(arm)]
    return min(sent), max(sent)


def _paced(arm: Arm, figures: ArmFigures) -> _Cause | None:
    """Whether our own limit of requests per minute held back the sending."""
    rate = arm.limits.requests_per_minute
    if not rate or figures.attempts < SMALLEST_SAMPLE:
        return None
    first, last = _sends(arm)
    sending_s, wall = last - first, figures.wall or 0.0
    if sending_s < SENDING_SHARE * wall or (figures.attempts - 1) * 60 < FULL_SLOTS * rate * sending_s:
        return None
    told = {"rate": rate, "attempts": figures.attempts, "sending_s": sending_s, "wall_s": wall}
    return _Cause(min(1.0, sending_s / wall), Finding(FindingCode.PACED, told))


def _slots(arm: Arm, figures: ArmFigures, causes: Sequence[_Cause], pairs: Sequence[_Pair]) -> _Cause | None:
    """What the slots say of an arm whose server did not slow down, or which is not judged at all."""
    others = {cause.finding.code for cause in causes}
    if FindingCode.PACED in others:
        return None
    allowed = min(figures.cap, figures.rows)
    filled = (figures.mean_in_flight or 0.0) / allowed
    busy = {"cap": figures.cap, "mean_in_flight": figures.mean_in_flight or 0.0}
    if figures.peak_in_flight >= figures.rows:
        told = {
            "rows": figures.rows,
            "cap": figures.cap,
            "slowest_s": figures.service.max or 0.0,
            "wall_s": figures.wall or 0.0,
        }
        return _Cause(filled, Finding(FindingCode.FEW_ROWS, told))
    if filled >= FULL_SLOTS:
        # full slots are the cap's doing only if the server did not slow down, which a comparison tells
        if len(pairs) < SMALLEST_SAMPLE:
            return _Cause(filled, Finding(FindingCode.SLOTS_FULL, busy))
        if FindingCode.KNEE in others:
            return None
        means = _service_means(pairs)
        if means["loaded_s"] < SLOWED_BY * means["alone_s"]:
            return _Cause(filled, Finding(FindingCode.OWN_CAP, busy | means))
        return None
    _, last = _sends(arm)
    wall = figures.wall or 0.0
    drain_s = (arm.ended_at or last) - last
    if not causes and figures.rows > figures.cap and drain_s >= LAST_WAVE_SHARE * wall:
        told = busy | {"rows": figures.rows, "drain_s": drain_s, "wall_s": wall}
        return _Cause(drain_s / wall, Finding(FindingCode.LAST_WAVE, told))
    return None


def _unclear(figures: ArmFigures, pairs: Sequence[_Pair]) -> _Cause:
    told = {
        "mean_in_flight": figures.mean_in_flight or 0.0,
        "allowed": min(figures.cap, figures.rows),
        **_service_means(pairs),
    }
    return _Cause(0.0, Finding(FindingCode.UNCLEAR, told))


def _service_means(pairs: Sequence[_Pair]) -> dict[str, float]:
    return {
        "alone_s": fmean(pair.alone.service_s for pair in pairs),
        "loaded_s": fmean(pair.loaded.service_s for pair in pairs),
        "n": len(pairs),
    }
