"""What each figure is called, and how it comes about."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from paradigm_gui.core.plan import Order
from paradigm_gui.wording.text import QT_TRANSLATE_NOOP, translate

if TYPE_CHECKING:
    from collections.abc import Mapping


class FigureName(StrEnum):
    """The figures of an arm that are shown in the table of figures."""

    WALL = "wall"
    BOUND = "bound"
    THROUGHPUT = "throughput"
    MEAN_IN_FLIGHT = "mean_in_flight"
    PEAK_IN_FLIGHT = "peak_in_flight"
    SERVICE = "service"
    FASTEST = "fastest"
    SLOWEST = "slowest"
    RESPONSE = "response"
    TTFT = "ttft"
    TPOT = "tpot"
    TOKENS_PER_SECOND = "tokens_per_second"
    PROMPT_TOKENS = "prompt_tokens"
    COMPLETION_TOKENS = "completion_tokens"
    DONE = "done"
    FAILED = "failed"
    RETRIES = "retries"


# What each is called, and how it comes about.
_FIGURES: Mapping[FigureName, tuple[str, str]] = {
    FigureName.WALL: (
        QT_TRANSLATE_NOOP("wording", "Wall time"),
        QT_TRANSLATE_NOOP("wording", "From the start of the arm to the end of its last request"),
    ),
    FigureName.BOUND: (
        QT_TRANSLATE_NOOP("wording", "Bound"),
        QT_TRANSLATE_NOOP(
            "wording",
            "The least wall time that these answers allow: max(slowest, sum of service times ÷ cap)",
        ),
    ),
    FigureName.THROUGHPUT: (
        QT_TRANSLATE_NOOP("wording", "Throughput"),
        QT_TRANSLATE_NOOP("wording", "Answered requests ÷ wall time"),
    ),
    FigureName.MEAN_IN_FLIGHT: (
        QT_TRANSLATE_NOOP("wording", "In flight, mean"),
        QT_TRANSLATE_NOOP("wording", "Sum of the times of all attempts ÷ wall time"),
    ),
    FigureName.PEAK_IN_FLIGHT: (
        QT_TRANSLATE_NOOP("wording", "In flight, peak"),
        QT_TRANSLATE_NOOP("wording", "The most attempts that were under way at one instant"),
    ),
    FigureName.SERVICE: (
        QT_TRANSLATE_NOOP("wording", "Service time"),
        QT_TRANSLATE_NOOP(
            "wording", "The successful attempt alone, sent to last token; the median, or a percentile"
        ),
    ),
    FigureName.FASTEST: (
        QT_TRANSLATE_NOOP("wording", "Service time, shortest"),
        QT_TRANSLATE_NOOP("wording", "The successful attempt alone, sent to last token"),
    ),
    FigureName.SLOWEST: (
        QT_TRANSLATE_NOOP("wording", "Service time, longest"),
        QT_TRANSLATE_NOOP("wording", "The successful attempt alone, sent to last token"),
    ),
    FigureName.RESPONSE: (
        QT_TRANSLATE_NOOP("wording", "Response time"),
        QT_TRANSLATE_NOOP(
            "wording", "Start of the arm to last token, waiting for a slot and retries included"
        ),
    ),
    FigureName.TTFT: (
        QT_TRANSLATE_NOOP("wording", "First word after"),
        QT_TRANSLATE_NOOP(
            "wording",
            "Sent to first text of the successful attempt: time to first token (TTFT); of live answers only",
        ),
    ),
    FigureName.TPOT: (
        QT_TRANSLATE_NOOP("wording", "Time per output token"),
        QT_TRANSLATE_NOOP(
            "wording", "(Service time − time to first token) ÷ (tokens − 1), one value a request (TPOT)"
        ),
    ),
    FigureName.TOKENS_PER_SECOND: (
        QT_TRANSLATE_NOOP("wording", "Output tokens"),
        QT_TRANSLATE_NOOP("wording", "Tokens of all answers ÷ wall time, as the server counts them"),
    ),
    FigureName.PROMPT_TOKENS: (
        QT_TRANSLATE_NOOP("wording", "Tokens of the prompts"),
        QT_TRANSLATE_NOOP("wording", "As the server counts them; left out unless it counted every answer"),
    ),
    FigureName.COMPLETION_TOKENS: (
        QT_TRANSLATE_NOOP("wording", "Tokens of the answers"),
        QT_TRANSLATE_NOOP("wording", "As the server counts them; left out unless it counted every answer"),
    ),
    FigureName.DONE: (
        QT_TRANSLATE_NOOP("wording", "Done"),
        QT_TRANSLATE_NOOP("wording", "Requests that were answered in full"),
    ),
    FigureName.FAILED: (
        QT_TRANSLATE_NOOP("wording", "Failed"),
        QT_TRANSLATE_NOOP("wording", "Requests whose last attempt failed"),
    ),
    FigureName.RETRIES: (
        QT_TRANSLATE_NOOP("wording", "Retries"),
        QT_TRANSLATE_NOOP("wording", "Attempts that another attempt followed because they failed"),
    ),
}


def figure_name(name: FigureName) -> str:
    return translate("wording", _FIGURES[name][0])


def figure_formula(name: FigureName) -> str:
    return translate("wording", _FIGURES[name][1])


_ORDERS = {
    Order.CONCURRENT_FIRST: QT_TRANSLATE_NOOP("wording", "concurrent first"),
    Order.SEQUENTIAL_FIRST: QT_TRANSLATE_NOOP("wording", "sequential first"),
    Order.ALTERNATING: QT_TRANSLATE_NOOP("wording", "in turns, from repeat to repeat"),
}


def order(value: Order) -> str:
    return translate("wording", _ORDERS[value])
