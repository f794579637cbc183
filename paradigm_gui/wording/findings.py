"""Why a run took as long as it did, and what an estimate rests on."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from paradigm_gui.core.diagnosis import Finding, FindingCode
from paradigm_gui.core.replay import Assumption, AssumptionCode
from paradigm_gui.wording.text import QT_TRANSLATE_NOOP, Dashed, number, translate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from paradigm_gui.core.forecast import Forecast


# Of several sentences that one is said for which all figures are there.
_FINDINGS: Mapping[FindingCode, tuple[str, ...]] = {
    FindingCode.NOT_ENOUGH_DATA: (
        QT_TRANSLATE_NOOP(
            "wording",
            "Not enough data to say why: the slowest of {n} answers took {slowest_s} s by this clock.",
        ),
        QT_TRANSLATE_NOOP(
            "wording", "Not enough data to say why: {n} answers, at least {needed} are needed."
        ),
    ),
    FindingCode.NOT_COMPARED: (),
    FindingCode.TOO_FEW_PAIRS: (
        QT_TRANSLATE_NOOP(
            "wording",
            "Not enough data to judge the server: {n} rows succeeded in both arms, at least {needed} are"
            " needed.",
        ),
    ),
    FindingCode.CUT_SHORT: (
        QT_TRANSLATE_NOOP(
            "wording",
            "The arm was cut short: {cancelled} of {rows} rows were not answered, so it is not compared.",
        ),
    ),
    FindingCode.TOKENS_DIFFER: (
        QT_TRANSLATE_NOOP(
            "wording",
            "The arms did not do the same work: {concurrent_tokens} tokens were answered at once,"
            " {sequential_tokens} one by one.",
        ),
    ),
    FindingCode.SERVER_QUEUES: (
        QT_TRANSLATE_NOOP(
            "wording",
            "The server takes about {about} at a time ({at_a_time}) and lets the others wait: the first token"
            " came after {wait_s} s instead of {wait_alone_s} s, the rest took {stream_s} s, alone"
            " {stream_alone_s} s (means of {n}).",
        ),
        QT_TRANSLATE_NOOP(
            "wording",
            "The server takes about {about} at a time ({at_a_time}) and lets the others wait: the"
            " first {first} answers took {first_s} s, alone {first_alone_s} s, and the last of {n} took"
            " {last_s} s.",
        ),
    ),
    FindingCode.SERVER_SLOWS: (
        QT_TRANSLATE_NOOP(
            "wording",
            "The server does the work of about {about} at a time ({at_a_time}), shared by all in flight: the"
            " first token took {wait_s} s instead of {wait_alone_s} s, the rest {stream_s} s instead of"
            " {stream_alone_s} s (means of {n}).",
        ),
        QT_TRANSLATE_NOOP(
            "wording",
            "The server does the work of about {about} at a time ({at_a_time}), shared by all in flight: even"
            " the first answers took {first_s} s instead of {first_alone_s} s (means of {first}).",
        ),
    ),
    FindingCode.SERVER_LIMITED: (
        QT_TRANSLATE_NOOP(
            "wording",
            "The server handles about {about} requests at a time ({at_a_time}): one took {alone_s} s alone"
            " and {loaded_s} s among the others (means of {n}).",
        ),
    ),
    FindingCode.KNEE: (
        QT_TRANSLATE_NOOP(
            "wording",
            "More than {cap} at once brought little: {rate} answers a second at {cap}, {best} at best.",
        ),
    ),
    FindingCode.OWN_CAP: (
        QT_TRANSLATE_NOOP(
            "wording",
            "Your cap is the limit: on average, {mean_in_flight} of {cap} slots were busy, and the server"
            " did not slow down (one took {alone_s} s alone, {loaded_s} s among the others; means of {n}).",
        ),
    ),
    FindingCode.SLOTS_FULL: (
        QT_TRANSLATE_NOOP(
            "wording",
            "On average, {mean_in_flight} of {cap} slots were busy: the cap or the server is the limit."
            " Only a comparison with sequential can tell which.",
        ),
    ),
    FindingCode.PACED: (
        QT_TRANSLATE_NOOP(
            "wording",
            "Your limit of {rate} requests per minute set the pace: sending took {sending_s} s of"
            " {wall_s} s.",
        ),
    ),
    FindingCode.FEW_ROWS: (
        QT_TRANSLATE_NOOP(
            "wording",
            "All {rows} rows were sent at once, so a higher cap than {cap} would change nothing: the slowest"
            " took {slowest_s} s of {wall_s} s.",
        ),
    ),
    FindingCode.LAST_WAVE: (
        QT_TRANSLATE_NOOP(
            "wording",
            "{rows} rows are few for {cap} slots: for {drain_s} s of {wall_s} s there was none left to send,"
            " and on average {mean_in_flight} slots were busy.",
        ),
    ),
    FindingCode.SLOW_REQUEST: (
        QT_TRANSLATE_NOOP(
            "wording",
            "The slowest request held up the end: {slowest_s} s ({alone_s} s alone), against a median of"
            " {median_s} s. The last {tail_s} s went to {slow} of {n} alone.",
        ),
        QT_TRANSLATE_NOOP(
            "wording",
            "The slowest request held up the end: {slowest_s} s, against a median of {median_s} s."
            " The last {tail_s} s went to {slow} of {n} alone.",
        ),
    ),
    FindingCode.RATE_LIMITED: (
        QT_TRANSLATE_NOOP(
            "wording",
            "The server limited the rate: it refused {refused} of {attempts} attempts, and for {idle_s} s"
            " of {wall_s} s it worked on none.",
        ),
    ),
    FindingCode.RETRIES: (
        QT_TRANSLATE_NOOP(
            "wording",
            "{retries} of {attempts} attempts failed and were repeated, which cost {lost_s} s in all.",
        ),
    ),
    FindingCode.LOOP_LAG: (
        QT_TRANSLATE_NOOP(
            "wording",
            "This computer itself was busy: the program reacted up to {lag_p99_s} s late (p99), against"
            " {median_s} s for a request (median).",
        ),
    ),
    FindingCode.UNCLEAR: (
        QT_TRANSLATE_NOOP(
            "wording",
            "No single cause stands out: on average, {mean_in_flight} of {allowed} were in flight, and one"
            " took {alone_s} s alone, {loaded_s} s among the others (means of {n}).",
        ),
    ),
    FindingCode.ROUNDS: (
        QT_TRANSLATE_NOOP("wording", "In {rounds} rounds the factor was {lowest} to {highest}."),
    ),
}


# What an estimate rests on.
_ASSUMPTIONS: Mapping[AssumptionCode, str] = {
    AssumptionCode.SHARED: QT_TRANSLATE_NOOP(
        "wording",
        "With c requests in flight, the server does c ÷ (1 + a (c − 1)) times the work of one alone, where"
        " a = {contention} (from {low} to {high}). Measured on {n} rows, with up to {seen} in flight.",
    ),
    AssumptionCode.INDEPENDENT: QT_TRANSLATE_NOOP(
        "wording",
        "The server does not slow down under load. Measured on {n} rows, with up to {seen} in flight.",
    ),
    AssumptionCode.LOAD_UNKNOWN: QT_TRANSLATE_NOOP(
        "wording",
        "How load slows the server is not known from one arm alone. One end of the range: not at all."
        " The other: it works on one request at a time.",
    ),
    AssumptionCode.BEYOND_RECORD: QT_TRANSLATE_NOOP(
        "wording",
        "{in_flight} in flight are more than were ever measured ({seen}): the server may behave differently.",
    ),
    AssumptionCode.FAILURES_REPEATED: QT_TRANSLATE_NOOP(
        "wording", "Attempts that failed fail again, with the same pauses after them ({failures} in all)."
    ),
    AssumptionCode.REFUSALS_LEFT_OUT: QT_TRANSLATE_NOOP(
        "wording",
        "The server does not refuse anything for its rate (in the record, it did so {refusals} times).",
    ),
    AssumptionCode.ROWS_LEFT_OUT: QT_TRANSLATE_NOOP(
        "wording", "Rows without an answer or a failure to repeat are left out ({rows} in all)."
    ),
    AssumptionCode.LAUNCH: QT_TRANSLATE_NOOP(
        "wording", "This program takes {launch_s} s to send a request, as it did in the record."
    ),
    AssumptionCode.NO_OVERHEAD: QT_TRANSLATE_NOOP(
        "wording", "This program itself takes no time to send a request."
    ),
}


_ASSUMPTION_DECIMALS = {"contention": 3, "low": 3, "high": 3, "launch_s": 3}


_DECIMALS = {"at_a_time": 1, "mean_in_flight": 1}


def forecast(value: Forecast) -> str:
    """What a job is expected to take, and what that rests on."""
    if value.completion_tokens is None:
        tokens = translate("wording", "About {sent} tokens are sent; how many come back is not known yet.")
    else:
        tokens = translate("wording", "About {sent} tokens are sent and {received} come back.")
    sentences = [
        tokens.format(sent=number(value.prompt_tokens, 0), received=number(value.completion_tokens or 0, 0))
    ]
    if value.seconds is not None:
        text = translate(
            "wording", "It takes about {seconds} s, going by the {n} answers of the run on show."
        )
        seconds = number(value.seconds, 0 if value.seconds >= 10 else 1)
        sentences.append(text.format(seconds=seconds, n=number(value.answers, 0)))
    return " ".join(sentences)


def finding(value: Finding) -> str:
    """The sentence for one cause, with its figures; empty for a code that needs none."""
    figures = {
        name: number(figure, 0 if float(figure).is_integer() else _DECIMALS.get(name, 2))
        for name, figure in value.figures.items()
    }
    texts = _FINDINGS[value.code]
    for text in texts[:-1]:
        with suppress(KeyError):
            return translate("wording", text).format_map(figures)
    return translate("wording", texts[-1]).format_map(Dashed(dict(figures))) if texts else ""


def assumption(value: Assumption) -> str:
    """The sentence for something that an estimate rests on."""
    figures = {
        name: number(figure, _ASSUMPTION_DECIMALS.get(name, 0)) for name, figure in value.figures.items()
    }
    return translate("wording", _ASSUMPTIONS[value.code]).format_map(Dashed(dict(figures)))
