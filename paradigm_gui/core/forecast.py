"""What a job will take, before it is run: a rough estimate from the texts and from what a run took before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from paradigm_gui.core.runner import CHARACTERS_A_TOKEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from paradigm_gui.core.batch import Batch
    from paradigm_gui.core.run_figures import RunFigures
    from paradigm_gui.core.timing import ArmFigures

# looking at every prompt of a large table would hold up the window at each key
MOST_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Forecast:
    """Requests, tokens sent and received, and seconds; `None` where there is nothing to go by.

    `answers` is how many answers of an earlier run it rests on.
    """

    requests: int
    prompt_tokens: int
    completion_tokens: int | None = None
    seconds: float | None = None
    answers: int = 0


def forecast(
    batch: Batch, caps: Sequence[int], past: RunFigures | None, *, warm_up: bool = False
) -> Forecast:
    """Estimate one pass over the rows for each of `caps`; `past` is of the same server and model, if any.

    A warm-up is one request more, before all others.
    Prompts are counted at four characters a token, unless the server counted those of the past.
    """
    requests = len(batch.rows) * len(caps) + (warm_up and bool(batch.rows))
    prompt_tokens = round(_characters_a_prompt(batch) / CHARACTERS_A_TOKEN * requests)
    arms = [arm for arm in past.arms.values() if arm.done and arm.throughput_rps] if past else []
    if not arms:
        return Forecast(requests, prompt_tokens)
    answers = sum(arm.done for arm in arms)
    tokens = [arm.completion_tokens for arm in arms]
    a_answer = None if None in tokens else sum(filter(None, tokens)) / answers
    return Forecast(
        requests,
        prompt_tokens,
        None if a_answer is None else round(a_answer * requests),
        sum(len(batch.rows) / _throughput_rps(cap, arms) for cap in caps)
        + (1 / _throughput_rps(1, arms) if warm_up else 0.0),
        answers,
    )


def _characters_a_prompt(batch: Batch) -> float:
    """The mean over rows that are spread evenly, with the system prompt."""
    step = max(1, len(batch.rows) // MOST_LOOKED_AT)
    rows = batch.rows[::step]
    if not rows:
        return 0.0
    system = len(batch.parameters.system)
    return system + sum(len(batch.prompt(row)) for row in rows) / len(rows)


def _throughput_rps(cap: int, arms: Iterable[ArmFigures]) -> float:
    """What is to be expected at a cap: as measured there, else in proportion to the nearest one.

    A higher cap than any that was tried is not taken to be faster: nobody knows.
    """
    nearest = min(arms, key=lambda arm: abs(arm.cap - cap))
    assert nearest.throughput_rps is not None
    return nearest.throughput_rps * min(1.0, cap / nearest.cap)
