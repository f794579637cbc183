from __future__ import annotations

import datetime as dt
import json

import pytest

from paradigm_gui.core.batch import (
    Arm,
    ArmKind,
    Attempt,
    Batch,
    Completion,
    Limits,
    Parameters,
    RequestState,
    Row,
    Run,
    Template,
)
from paradigm_gui.core.endpoints import Endpoint
from paradigm_gui.core.errors import ErrorKind, RequestError
from paradigm_gui.core.report import ResultRecords, report
from paradigm_gui.core.run_figures import RunFigures

CLIENT = {
    "loop_lag_p50": 0.001,
    "loop_lag_p99": 0.002,
    "loop_lag_max": None,
    "startup_to_window": None,
    "peak_rss_mb": 90.0,
}
STARTED = dt.datetime(2030, 1, 2, 3, 4, 5, 678_900, tzinfo=dt.UTC)


def end(request, sent_at, ended_at, state=RequestState.DONE):
    request.state = state
    request.ended_at = ended_at
    request.attempts = [Attempt(sent_at, None, None, ended_at)]
    if state is RequestState.DONE:
        request.attempts[0].first_token_at = sent_at + 0.25
        request.completion = Completion("Hello", "stop", "given", 7, 2)
    else:
        error = RequestError(ErrorKind.SERVER_ERROR, "oops", 500)
        request.error = request.attempts[0].error = error


@pytest.fixture
def run():
    """Three rows in both arms; in the concurrent one, the last row fails."""
    rows = [Row(index, {"name": name}) for index, name in enumerate(["Ada", "Zoë", "Bob"])]
    batch = Batch(rows, ["name"], Template("Greet {name}."), Parameters("asked", streaming=False))
    arms = {kind: Arm.of(kind, batch, Limits(cap=3)) for kind in ArmKind}
    for index, request in enumerate(arms[ArmKind.CONCURRENT].requests):
        end(request, 0.0, 2.0, RequestState.FAILED if index == 2 else RequestState.DONE)
    for index, request in enumerate(arms[ArmKind.SEQUENTIAL].requests):
        end(request, index * 2.0, index * 2.0 + 2.0)
    for arm, wall in zip(arms.values(), (2.0, 6.0), strict=True):
        arm.started_at, arm.ended_at = 0.0, wall
    return Run(batch, Endpoint("own", "https://llm.example/v1"), STARTED, arms)


STATISTICS = {"n", "min", "p50", "p90", "p95", "p99", "max", "mean"}
ARM = {
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
}


def test_the_report_of_a_run(run):
    found = report(run, RunFigures.of(run), CLIENT)
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    arms = found.pop("arms")
    assert found == {
        "version": 1,
        "simulated": False,
        "endpoint": {"name": "own", "base_url": "https://llm.example/v1"},
        "model": "asked",
        "streaming": False,
        "started_at": "2030-01-02T03:04:05.678+00:00",
        "rows": {"total": 3, "done": 2, "failed": 1, "cancelled": 0},
        "speed_up": 2.0,
        "efficiency": 1.0,
        "repeats": [2.0],
        "further": [],
        "diagnosis": ["not_enough_data"],
        "client": CLIENT,
    }
    assert set(arms) == {"concurrent", "sequential"}
    for arm in arms.values():
        assert set(arm) == ARM
        assert all(set(arm[name]) == STATISTICS for name in ("service", "response", "ttft"))
    concurrent = arms["concurrent"]
    assert (concurrent["cap"], concurrent["wall"], concurrent["attempts"]) == (3, 2.0, 3)
    assert concurrent["tokens"] == {"prompt": 14, "completion": 4}
    assert concurrent["errors"] == {"server_error": 1}
    assert concurrent["ttft"]["p50"] == 0.25
    assert concurrent["ttft"]["p90"] is None


def test_the_report_without_a_second_arm(run):
    del run.arms[ArmKind.SEQUENTIAL]
    found = report(run, RunFigures.of(run), CLIENT)
    assert found["arms"]["sequential"] is None
    assert (found["speed_up"], found["efficiency"]) == (None, None)


def test_the_report_of_a_run_that_never_began(run):
    for arm in run.arms.values():
        fresh = Arm.of(arm.kind, run.batch, arm.limits)
        run.arms[arm.kind] = fresh
    found = report(run, RunFigures.of(run), CLIENT)
    json.dumps(found, allow_nan=False)
    assert found["rows"] == {"total": 3, "done": 0, "failed": 0, "cancelled": 0}
    assert found["arms"]["concurrent"]["wall"] is None


def test_the_demo_is_marked(run):
    demo = Endpoint("demo", "http://127.0.0.1:8000/api/v2", is_demo=True)
    run = Run(run.batch, demo, run.started_at, run.arms)
    assert report(run, RunFigures.of(run), CLIENT)["simulated"] is True


@pytest.mark.parametrize("kind", ArmKind)
def test_records_are_those_of_one_arm_in_input_order(run, kind):
    records = list(ResultRecords(run, kind))
    assert [(record["arm"], record["index"]) for record in records] == [(kind, 0), (kind, 1), (kind, 2)]
    json.dumps(records, allow_nan=False)


def test_the_record_of_an_answer(run):
    assert list(ResultRecords(run, ArmKind.CONCURRENT))[1] == {
        "index": 1,
        "variables": {"name": "Zoë"},
        "prompt": "Greet Zoë.",
        "status": "done",
        "text": "Hello",
        "finish_reason": "stop",
        "error": None,
        "attempts": 1,
        "queue_s": 0.0,
        "ttft_s": 0.25,
        "service_s": 2.0,
        "response_s": 2.0,
        "tokens": {"prompt": 7, "completion": 2},
        "model": "given",
        "arm": "concurrent",
    }


def test_the_record_of_a_failure_keeps_what_had_come(run):
    run.arms[ArmKind.CONCURRENT].requests[2].partial = ["Hel", "lo"]
    record = list(ResultRecords(run, ArmKind.CONCURRENT))[2]
    assert record["error"] == {"code": "server_error", "message": "oops", "http_status": 500}
    assert (record["status"], record["text"], record["model"]) == ("failed", "Hello", "asked")
    assert (record["finish_reason"], record["service_s"], record["response_s"]) == (None, None, 2.0)
    assert record["tokens"] == {"prompt": None, "completion": None}


def test_variables_are_a_copy(run):
    record = next(iter(ResultRecords(run, ArmKind.CONCURRENT)))
    record["variables"]["name"] = "changed"
    assert run.batch.rows[0].variables == {"name": "Ada"}
