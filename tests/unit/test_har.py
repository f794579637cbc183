from __future__ import annotations

import asyncio
import datetime as dt
import json
import math
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recorded_arms import CANCELLED, FAILED, arm_of, recorded, run_of
from stub_api import Reply, StubApi

from paradigm_gui.core.batch import Arm, ArmKind, Batch, Limits, Parameters, Row, Run, Template
from paradigm_gui.core.client import ChatClient
from paradigm_gui.core.endpoints import Endpoint
from paradigm_gui.core.har import har
from paradigm_gui.core.runner import Runner
from paradigm_gui.core.timing import request_times

KEY = "sk-this-is-the-key"


def log_of(run):
    return json.loads("".join(har(run, "1.2.3")))["log"]


def response_ms(entries):
    """The time of each request in milliseconds, by arm and row."""
    found = defaultdict(float)
    for entry in entries:
        found[entry["_arm"], entry["_row"]] += entry["time"]
    return found


def assert_is_har(log):
    """What the format demands of a reader's input."""
    assert log["version"] == "1.2"
    assert set(log["creator"]) == {"name", "version"}
    pages = {page["id"] for page in log["pages"]}
    for page in log["pages"]:
        assert {"startedDateTime", "title", "pageTimings"} <= set(page)
    for entry in log["entries"]:
        assert entry["pageref"] in pages
        assert dt.datetime.fromisoformat(entry["startedDateTime"]).tzinfo
        assert {"cookies", "headers", "queryString", "headersSize", "bodySize"} <= set(entry["request"])
        assert {"cookies", "headers", "redirectURL", "headersSize", "bodySize"} <= set(entry["response"])
        assert {"size", "mimeType", "text"} <= set(entry["response"]["content"])
        assert entry["cache"] == {}
        timings = {name: value for name, value in entry["timings"].items() if name != "comment"}
        assert all(timings[name] >= 0 for name in ("blocked", "send", "wait", "receive"))
        assert entry["time"] == pytest.approx(
            sum(value for value in timings.values() if value != -1), abs=0.01
        )


def test_an_entry_is_an_attempt_with_its_real_times():
    request = recorded(0, (10.5, 11.0), (13.0, 14.0, 16.0), errors=["server_error"], start=10.0, name="Ada")
    log = log_of(run_of(arm_of(request, start=10.0)))
    assert_is_har(log)
    first, second = log["entries"]
    assert first["startedDateTime"] == "2030-01-02T12:00:00.000000+01:00"
    assert second["startedDateTime"] == "2030-01-02T12:00:01.000000+01:00"

    def times(entry):
        return [entry["timings"][name] for name in ("blocked", "wait", "receive")]

    assert times(first) == [500.0, 500.0, 0.0]
    assert times(second) == [2000.0, 1000.0, 2000.0]
    assert first["timings"]["comment"] == "blocked: queue"
    assert second["timings"]["comment"] == "blocked: backoff"
    assert (first["_state"], second["_state"]) == ("failed", "done")
    assert first["response"]["status"] == 500
    assert first["response"]["statusText"] == "Internal Server Error"
    assert first["response"]["content"]["text"] == "words"
    assert first["response"]["_error"] == "server_error"
    assert second["response"]["status"] == 200
    assert second["response"]["content"] == {
        "size": 5,
        "mimeType": "text/plain; charset=utf-8",
        "text": "Hello",
    }


def test_what_was_cut_off_says_how_far_it_came():
    streaming = recorded(0, (0.0, 1.0, 2.0), state=CANCELLED)
    streaming.partial = ["He", "l"]
    waiting = recorded(1, (0.0, 2.0), state=CANCELLED)
    timed_out = recorded(2, (0.0, 3.0), errors=["timeout_total"], state=FAILED)
    timed_out.attempts[0].error = timed_out.error.__class__(timed_out.error.kind)
    crashed = recorded(3, (0.0, 1.0), (1.0, 2.0))
    entries = log_of(run_of(arm_of(streaming, waiting, timed_out, crashed, recorded(4, state=CANCELLED))))[
        "entries"
    ]
    found = [
        (entry["_row"], entry["_state"], entry["response"]["status"], entry["response"]["content"]["text"])
        for entry in sorted(entries, key=lambda entry: (entry["_row"], entry["_attempt"]))
    ]
    assert found == [
        (0, "cancelled", 200, "Hel"),
        (1, "cancelled", 0, ""),
        (2, "failed", 0, ""),
        (3, "cancelled", 0, ""),
        (3, "done", 200, "Hello"),
    ]


def test_entries_are_in_the_order_of_their_times_arm_after_arm():
    late = recorded(0, (1.0, 2.0), (5.0, 6.0), errors=["server_error"])
    sequential = arm_of(recorded(0, (90.0, 91.0), start=90.0), start=90.0, kind=ArmKind.SEQUENTIAL)
    entries = log_of(run_of(arm_of(late, recorded(1, (1.0, 4.0))), sequential))["entries"]
    assert [(entry["_arm"], entry["_row"], entry["_attempt"]) for entry in entries] == [
        ("concurrent", 0, 1),
        ("concurrent", 1, 1),
        ("concurrent", 0, 2),
        ("sequential", 0, 1),
    ]
    moments = [entry["startedDateTime"] for entry in entries]
    assert moments == sorted(moments)


def test_the_demo_is_called_simulated():
    assert log_of(run_of(arm_of(), is_demo=True))["_simulated"] is True
    assert "_simulated" not in log_of(run_of(arm_of()))
    assert log_of(run_of(arm_of()))["entries"] == []


@given(
    st.lists(
        st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100), st.floats(0, 100)), min_size=1, max_size=4),
        min_size=1,
        max_size=5,
    )
)
def test_the_times_of_a_request_add_up_to_its_response_time(rows):
    requests = []
    for index, attempts in enumerate(rows):
        now, times = 3.0, []
        for gap, wait, stream in attempts:
            times.append((now + gap, now + gap + wait, now + gap + wait + stream))
            now = times[-1][-1]
        errors = ["server_error"] * (len(times) - 1)
        requests.append(recorded(index, *times, errors=errors, start=3.0))
    log = log_of(run_of(arm_of(*requests, start=3.0)))
    assert_is_har(log)
    found = response_ms(log["entries"])
    for request in requests:
        response = request_times(request).response_s * 1000
        assert math.isclose(found["concurrent", request.index], response, abs_tol=1.0)


HOSTILE = ["</script><b>", "\x00\x1f\x7f", "\ud800 half", "😀\u2028", '"\\']


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_come_back_as_they_are(text):
    request = recorded(0, (0.0, 1.0), name=text)
    request.prompt = text
    request.completion = request.completion.__class__(text, "stop", "m")
    written = "".join(har(run_of(arm_of(request), system=text), "1"))
    assert written.isascii()
    [entry] = json.loads(written)["log"]["entries"]
    messages = json.loads(entry["request"]["postData"]["text"])["messages"]
    assert [message["content"] for message in messages] == [text, text]
    assert entry["response"]["content"]["text"] == text


@pytest.mark.parametrize(
    "parameters",
    [
        Parameters("stub-large"),
        Parameters("stub-large", temperature=0.0, max_tokens=7, system="Be é", streaming=False),
    ],
)
def test_what_really_went_out_is_in_the_file_but_not_the_key(parameters):
    async def really_run():
        replies = [Reply.error(500, {"error": "server_error", "detail": "no"}), Reply.answer("Hello Ada")]
        async with StubApi(replies) as api:
            batch = Batch([Row(0, {"name": "Ada"})], ["name"], Template("Greet {name}"), parameters)
            arm = Arm.of(ArmKind.CONCURRENT, batch, Limits(cap=2))
            client = ChatClient(Endpoint("stub", api.base_url), KEY, arm.limits)

            async def send(request, on_text):
                return await client.complete(parameters, request.prompt, on_text)

            started_at = dt.datetime.now(dt.UTC)
            try:
                await Runner(arm, send, lambda _request: None, draw=lambda: 0.01).run()
            finally:
                await client.close()
            return api, Run(batch, Endpoint("stub", api.base_url), started_at, {arm.kind: arm})

    api, run = asyncio.run(really_run())
    assert KEY in api.completions[0].headers["authorization"]
    written = "".join(har(run, "1"))
    assert KEY not in written
    assert "authorization" not in written.lower()
    log = json.loads(written)["log"]
    assert_is_har(log)
    assert len(log["entries"]) == len(api.completions) == 2
    for entry, seen in zip(log["entries"], api.completions, strict=True):
        assert entry["request"]["method"] == seen.method
        assert entry["request"]["url"].endswith(seen.path)
        assert json.loads(entry["request"]["postData"]["text"]) == seen.json
    assert [entry["response"]["status"] for entry in log["entries"]] == [500, 200]
    assert log["entries"][1]["response"]["content"]["text"] == "Hello Ada"
    response = request_times(run.requests[0]).response_s * 1000
    assert response_ms(log["entries"])["concurrent", 0] == pytest.approx(response, abs=1.0)
