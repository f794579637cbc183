"""A run as data: one record a request, and one report of its figures. Numbers are plain, times in seconds."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from paradigm_gui.core.answer_format import answer_format, fields_of
from paradigm_gui.core.batch import ArmKind, RequestState
from paradigm_gui.core.timing import request_times
from paradigm_gui.core.turn_taking import in_turns

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from paradigm_gui.core.batch import Request, Run
    from paradigm_gui.core.remarks import Remark
    from paradigm_gui.core.run_figures import RunFigures
    from paradigm_gui.core.timing import ArmFigures

REPORT_VERSION = 1


def result_record(
    request: Request,
    arm: ArmKind,
    model: str,
    fields: Sequence[str] | None = None,
    remark: Remark | None = None,
) -> dict[str, Any]:
    """One request as it is written to files. `model` is the one asked for, where no answer names its own.

    `fields` are those of the answer format, where there is one: their values are taken out of the answer.
    `remark` is what the user noted on the row, where there are remarks in the run.
    """
    times = request_times(request)
    completion = request.completion
    error = request.error
    record = {
        "index": request.index,
        "variables": dict(request.row.variables),
        "prompt": request.prompt,
        "status": str(request.state),
        "text": request.text,
        "finish_reason": completion.finish_reason if completion else None,
        "error": {"code": str(error.kind), "message": error.message, "http_status": error.http_status}
        if error
        else None,
        "attempts": len(request.attempts),
        "queue_s": times.queue_s,
        "ttft_s": times.ttft_s,
        "service_s": times.service_s,
        "response_s": times.response_s,
        "tokens": {
            "prompt": completion.prompt_tokens if completion else None,
            "completion": completion.completion_tokens if completion else None,
        },
        "model": (completion.model if completion else None) or model,
        "arm": str(arm),
    }
    if fields is not None:
        is_checked = request.state is RequestState.DONE
        record["fields"] = fields_of(request.text, fields) if is_checked else {}
    if remark is not None:
        record["marked"], record["comment"] = remark.is_marked, remark.comment
    return record


def answer_fields(run: Run) -> Sequence[str] | None:
    """The names of the fields of answers; `None` where no format was asked for."""
    wanted = answer_format(run.batch.parameters.schema)
    return wanted.columns if wanted else None


class ResultRecords:
    """The records of one arm, made one by one in input order, as often as one goes through them.

    `rows` leaves out all others.
    """

    def __init__(self, run: Run, kind: ArmKind, rows: Collection[int] | None = None) -> None:
        self._kind = kind
        self._model, self._fields = run.batch.parameters.model, answer_fields(run)
        self._remark_of = run.remarks.of if run.remarks else lambda _row: None
        self._requests = run.arms[kind].requests
        if rows is not None:
            self._requests = [request for request in self._requests if request.index in rows]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for request in in_turns(self._requests):
            remark = self._remark_of(request.index)
            yield result_record(request, self._kind, self._model, self._fields, remark)


def report(run: Run, figures: RunFigures, client: dict[str, float | None]) -> dict[str, Any]:
    """The figures of a run, as data. `client` holds what the program measured of itself."""
    comparison = figures.comparison
    concurrent = figures.arms[ArmKind.CONCURRENT]
    return {
        "version": REPORT_VERSION,
        "simulated": run.is_simulated,
        "endpoint": {"name": run.endpoint.name, "base_url": run.endpoint.base_url},
        "model": run.batch.parameters.model,
        "streaming": run.batch.parameters.streaming,
        "started_at": run.started_at.isoformat(timespec="milliseconds"),
        "rows": {
            "total": len(run.batch.rows),
            "done": concurrent.done,
            "failed": concurrent.failed,
            "cancelled": concurrent.cancelled,
        },
        "arms": {kind.value: _arm(figures.arms[kind]) if kind in figures.arms else None for kind in ArmKind},
        "speed_up": comparison.speed_up if comparison else None,
        "efficiency": comparison.efficiency if comparison else None,
        "repeats": [one.speed_up for one in figures.comparisons],
        "further": [_arm(arm) for arm in figures.further],
        "diagnosis": [str(finding.code) for finding in figures.findings],
        "client": client,
    }


_ARM_KEYS = (
    "cap",
    "wall",
    "throughput_rps",
    "peak_in_flight",
    "mean_in_flight",
    "attempts",
    "retries",
    "bound",
    "service",
    "response",
    "ttft",
    "tokens",
    "errors",
)


def _arm(figures: ArmFigures) -> dict[str, Any]:
    values = asdict(figures)
    values["tokens"] = {"prompt": figures.prompt_tokens, "completion": figures.completion_tokens}
    return {key: values[key] for key in _ARM_KEYS}
