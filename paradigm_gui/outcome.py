"""What a run leaves behind: results, report and summary, in words where people read them."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from paradigm_gui import __version__, wording
from paradigm_gui.core.atomic import atomic_write
from paradigm_gui.core.batch import ArmKind, RequestState
from paradigm_gui.core.errors import ErrorKind, RequestError, UserFacingError
from paradigm_gui.core.export import check_suffix, write_results
from paradigm_gui.core.report import ResultRecords, answer_fields
from paradigm_gui.core.results_table import USUAL_FORM, ResultsInfo, TableForm
from paradigm_gui.core.timing import SegmentKind, Statistics
from paradigm_gui.core.trace_files import TRACE_SUFFIXES, write_trace
from paradigm_gui.core.waterfall_svg import RaceWords, race_svg
from paradigm_gui.models.figures_model import LINES, Line

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from paradigm_gui.core.batch import Arm, Run
    from paradigm_gui.core.run_figures import RunFigures
    from paradigm_gui.event_loop import LagProbe

translate = QCoreApplication.translate

SVG_SUFFIX = ".svg"
HTML_SUFFIX = ".html"


def figures_in_words(figures: RunFigures) -> list[tuple[str, str]]:
    """The figures that a reader wants first: a name and a value each."""
    words: list[tuple[str, str]] = []
    for kind, measured in figures.arms.items():
        name = wording.arm(kind)
        counts = translate("outcome", "{done} of {total} done").format(
            done=wording.number(measured.done, 0), total=wording.number(measured.rows, 0)
        )
        if measured.wall is not None:
            seconds = translate("outcome", "{seconds} s").format(seconds=wording.number(measured.wall, 2))
            words.append((name, f"{seconds} ({counts})"))
    if comparison := figures.comparison:
        words.append(
            (translate("outcome", "Speed-up"), "× " + wording.number(comparison.speed_up, 2)),
        )
        efficiency = translate("outcome", "{percent} % of the {cap} allowed at once").format(
            percent=wording.number(100 * comparison.efficiency, 1),
            cap=wording.number(min(figures.arms[ArmKind.CONCURRENT].cap, comparison.rows), 0),
        )
        words.append((translate("outcome", "Efficiency"), efficiency))
    return words


@dataclass(frozen=True, slots=True)
class Choice:
    """Which results to write, and how: an arm, and `None` for all of its rows."""

    kind: ArmKind = ArmKind.CONCURRENT
    rows: Collection[int] | None = None
    form: TableForm = USUAL_FORM


ALL_RESULTS = Choice()


def write_results_of(
    run: Run,
    figures: RunFigures,
    path: Path,
    language: str,
    choice: Choice = ALL_RESULTS,
    on_rows: Callable[[int], None] = lambda _rows: None,
) -> int:
    """Write the results of one arm as the suffix of `path` says; returns how many cells had to be cut.

    Raises `UserFacingError`, and what `on_rows` raises.
    """
    is_report = check_suffix(path) == HTML_SUFFIX
    info = ResultsInfo(
        title=_title(run),
        model=run.batch.parameters.model,
        endpoint=f"{run.endpoint.name} ({run.endpoint.base_url})",
        simulated=run.is_simulated,
        settings=_settings(run, choice),
        figures=figures_in_words(figures),
        fields=answer_fields(run) or (),
        has_remarks=bool(run.remarks),
        measures=figures_in_numbers(figures),
        picture=race_picture(run, "results") if is_report else "",
        language=language,
        decimal_mark=QLocale().decimalPoint(),
        labels=_labels(),
        words=_words(),
    )
    records = ResultRecords(run, choice.kind, choice.rows)
    return write_results(path, records, run.batch.columns, info, form=choice.form, on_rows=on_rows)


def _title(run: Run) -> str:
    return translate("outcome", "Results of {time}").format(time=wording.moment(run.started_at))


def _settings(run: Run, choice: Choice) -> list[tuple[str, str | int | float | None]]:
    """What was asked of the server, and how; `None` was left to it."""
    parameters, arm = run.batch.parameters, run.arms[choice.kind]
    limits, total = arm.limits, len(arm.requests)
    settings: list[tuple[str, str | int | float | None]] = [
        (translate("outcome", "Prompt"), run.batch.template.text),
        (translate("outcome", "System prompt"), parameters.system or None),
        (translate("outcome", "Temperature"), parameters.temperature),
        (translate("outcome", "Most tokens of an answer"), parameters.max_tokens),
        (translate("outcome", "Answer format"), parameters.schema.strip() or None),
        (translate("outcome", "Live answers (streaming)"), wording.yes_or_no(parameters.streaming)),
        (translate("outcome", "Arm"), wording.arm(choice.kind)),
        (translate("outcome", "Most requests at once"), limits.cap),
        (translate("outcome", "Requests per minute"), limits.requests_per_minute),
        (translate("outcome", "Retries of a row"), limits.retries),
        (translate("outcome", "Rows of the run"), total),
    ]
    if choice.rows is not None:
        settings.append((translate("outcome", "Rows in this file"), len(choice.rows)))
    return [(name, value) for name, value in settings if value is not None]


def figures_in_numbers(figures: RunFigures) -> list[list[str | float | None]]:
    """All figures as a table of numbers, its head first: one line a figure, one column an arm."""
    table: list[list[str | float | None]] = [["", *map(wording.arm, figures.arms)]]
    for line in LINES:
        values = [line.value(measured) for measured in figures.arms.values()]
        table.append([_line_name(line), *values])
    if comparison := figures.comparison:
        table.append([translate("outcome", "Speed-up"), comparison.speed_up])
        table.append([translate("outcome", "Efficiency"), comparison.efficiency])
    return table


def _line_name(line: Line) -> str:
    name = wording.figure_name(line.name)
    if line.percent is not None:
        name = f"{name} p{line.percent}"
    return name if line.unit in ("", "avg") else f"{name} ({line.unit})"


def write_timing(path: Path, run: Run) -> None:
    """Write the race as a picture, or the timing for other programs, as the end of the name says.

    Raises `UserFacingError`.
    """
    if path.suffix.lower() != SVG_SUFFIX:
        if not path.name.lower().endswith(TRACE_SUFFIXES):
            known = [SVG_SUFFIX, *TRACE_SUFFIXES]
            raise UserFacingError("unknown_suffix", path=str(path), suffix=path.suffix, known=known)
        write_trace(path, run, __version__)
        return
    with atomic_write(path) as file:
        file.write(race_picture(run).encode())


def race_picture(run: Run, prefix: str = "race") -> str:
    """Both arms as waterfalls on one time axis, as SVG; `prefix` begins its ids."""
    arms = list(run.arms.values())
    title = _title(run)
    if run.is_simulated:
        title = f"{title} · {translate('outcome', 'simulated')}"
    words = RaceWords(
        title=title,
        headings=[_heading(arm) for arm in arms],
        legend={
            SegmentKind.QUEUE: translate("outcome", "queued"),
            SegmentKind.WAIT: translate("outcome", "waiting for the first token"),
            SegmentKind.STREAM: translate("outcome", "streaming"),
            SegmentKind.BACKOFF: translate("outcome", "backing off"),
        },
        failed=translate("outcome", "failed"),
        seconds=lambda value, decimals: translate("outcome", "{seconds} s").format(
            seconds=wording.number(value, decimals)
        ),
        merged=lambda rows: translate("outcome", "Each line stands for {n} rows.").format(
            n=wording.number(rows, 0)
        ),
    )
    return race_svg(arms, words, prefix=prefix)


def _heading(arm: Arm) -> str:
    name = translate("outcome", "{arm}, cap {cap}").format(
        arm=wording.arm(arm.kind), cap=wording.number(arm.limits.cap, 0)
    )
    if arm.started_at is None or arm.ended_at is None:
        return name
    seconds = translate("outcome", "{seconds} s").format(
        seconds=wording.number(arm.ended_at - arm.started_at, 2)
    )
    return wording.labelled(name, seconds)


def _labels() -> dict[str, str]:
    return {
        "row": translate("outcome", "row"),
        "prompt": translate("outcome", "prompt"),
        "status": translate("outcome", "state"),
        "answer": translate("outcome", "answer"),
        "mark": translate("outcome", "mark"),
        "comment": translate("outcome", "comment"),
        "finish_reason": translate("outcome", "end"),
        "error": translate("outcome", "error"),
        "error_message": translate("outcome", "server's words"),
        "http_status": translate("outcome", "HTTP status"),
        "attempts": translate("outcome", "attempts"),
        "queue_s": translate("outcome", "queue (s)"),
        "ttft_s": translate("outcome", "first token (s)"),
        "service_s": translate("outcome", "service (s)"),
        "response_s": translate("outcome", "response (s)"),
        "prompt_tokens": translate("outcome", "prompt tokens"),
        "completion_tokens": translate("outcome", "answer tokens"),
        "model": translate("outcome", "model"),
        "arm": translate("outcome", "arm"),
        "simulated": translate("outcome", "Simulated: these answers come from the built-in demo server."),
        "used_model": translate("outcome", "Model"),
        "endpoint": translate("outcome", "Server"),
        "title": translate("outcome", "Title"),
        "cells_cut": translate("outcome", "Cells that were too long and were cut"),
        "settings": translate("outcome", "Settings"),
        "figures": translate("outcome", "Figures"),
        "results": translate("outcome", "Results"),
        "race": translate("outcome", "Race"),
        "run": translate("outcome", "Run"),
        "cut": translate("outcome", "… (cut)"),
    }


def _words() -> dict[str, dict[str, str]]:
    """What stands for the codes in the columns of results."""
    return {
        "status": {value: wording.state(value) for value in RequestState},
        "arm": {value: wording.arm(value) for value in ArmKind},
        "finish_reason": {
            "stop": translate("outcome", "complete"),
            "length": translate("outcome", "cut off at the most tokens"),
            "content_filter": translate("outcome", "cut off by a content filter"),
        },
        "error": {value: wording.error_title(RequestError(value)) for value in ErrorKind},
    }


def client_figures(probe: LagProbe, startup_s: float | None) -> dict[str, float | None]:
    """What the program measured of itself: seconds, and megabytes of memory at its peak."""
    lag = Statistics.of(probe.samples)
    return {
        "loop_lag_p50": lag.p50,
        "loop_lag_p99": lag.p99,
        "loop_lag_max": probe.worst_s if lag.n else None,
        "startup_to_window": startup_s,
        "peak_rss_mb": _peak_rss_mb(),
    }


def _peak_rss_mb() -> float | None:
    if sys.platform == "win32":
        return None
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
