from __future__ import annotations

import json
from collections import defaultdict
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from recorded_arms import CANCELLED, arm_of, recorded, run_of

from paradigm_gui.core.batch import ArmKind
from paradigm_gui.core.perfetto import perfetto
from paradigm_gui.core.timing import peak_overlap


def trace_of(run):
    return json.loads("".join(perfetto(run, "1.2.3")))


def events_of(*arms):
    return trace_of(run_of(*arms))["traceEvents"]


def of_phase(events, phase):
    return [event for event in events if event["ph"] == phase]


def test_an_attempt_is_an_event_in_its_slot_with_its_segments_inside():
    request = recorded(4, (0.5, 1.0), (3.0, 3.25, 4.0), errors=["server_error"], name="Ada\n Lovelace")
    events = events_of(arm_of(request))
    found = [(event["tid"], event["name"], event["ts"], event["dur"]) for event in of_phase(events, "X")]
    assert found == [
        (1, "#5 Ada Lovelace", 500_000, 500_000),
        (1, "wait", 500_000, 500_000),
        (1, "#5 Ada Lovelace", 3_000_000, 1_000_000),
        (1, "wait", 3_000_000, 250_000),
        (1, "stream", 3_250_000, 750_000),
        (1_000_000, "backoff", 1_000_000, 2_000_000),
    ]
    whole = [event["args"] for event in of_phase(events, "X") if event["name"].startswith("#")]
    assert whole[0] == {
        "row": 4,
        "attempt": 1,
        "queue_s": 0.5,
        "prompt": "Greet 4",
        "error": "server_error",
        "http_status": 500,
        "message": "words",
    }
    assert whole[1]["backoff_s"] == 2.0
    assert (whole[1]["state"], whole[1]["text"], whole[1]["completion_tokens"]) == ("done", "Hello", 5)


def test_arms_are_processes_and_all_threads_have_names():
    concurrent = arm_of(recorded(0, (0.0, 2.0)), recorded(1, (0.0, 1.0)), cap=7)
    sequential = arm_of(recorded(0, (5.0, 6.0), start=5.0), start=5.0, cap=1, kind=ArmKind.SEQUENTIAL)
    events = events_of(concurrent, sequential)
    names = {
        (event["pid"], event["tid"]): event["args"]["name"]
        for event in of_phase(events, "M")
        if "name" in event["args"]
    }
    assert names == {
        (1, 0): "concurrent (cap 7)",
        (1, 1): "slot 1",
        (1, 2): "slot 2",
        (2, 0): "sequential (cap 1)",
        (2, 1): "slot 1",
    }
    assert {(event["pid"], event["tid"]) for event in of_phase(events, "X")} <= set(names)
    # the second arm begins where the first ended
    assert [event["ts"] for event in of_phase(events, "X") if event["pid"] == 2] == [2_000_000, 2_000_000]
    counts = [
        (event["ts"], event["args"]["requests"]) for event in of_phase(events, "C") if event["pid"] == 1
    ]
    assert counts == [(0, 2), (1_000_000, 1), (2_000_000, 0)]


SPANS = st.lists(st.tuples(st.floats(0, 10), st.floats(0, 5), st.floats(0, 5)), max_size=30)


@given(SPANS)
def test_no_two_attempts_share_a_slot_and_no_slot_is_needless(spans):
    requests = [
        recorded(index, (sent, sent + wait, sent + wait + stream))
        for index, (sent, wait, stream) in enumerate(spans)
    ]
    events = events_of(arm_of(*requests))
    slots, inside = defaultdict(list), defaultdict(list)
    for event in of_phase(events, "X"):
        kind = slots if event["name"].startswith("#") else inside
        kind[event["tid"]].append((event["ts"], event["ts"] + event["dur"]))
    for taken in slots.values():
        assert all(one[1] <= other[0] for one, other in pairwise(sorted(taken)))
    for slot, parts in inside.items():
        for start, end in parts:
            assert any(first <= start and end <= last for first, last in slots[slot])
    whole = [
        (event["ts"], event["ts"] + event["dur"])
        for event in of_phase(events, "X")
        if event["name"][0] == "#"
    ]
    if all(start < end for start, end in whole):
        assert len(slots) == peak_overlap(whole)


def test_what_is_written_of_the_run():
    trace = trace_of(run_of(arm_of(recorded(0, state=CANCELLED)), is_demo=True))
    assert trace["otherData"] == {
        "creator": "Paradigm GUI 1.2.3",
        "started_at": "2030-01-02T12:00:00+01:00",
        "endpoint": "https://stub.test/api/v2",
        "model": "m",
        "simulated": True,
    }
    assert of_phase(trace["traceEvents"], "X") == []


def test_texts_come_back_as_they_are():
    text = '</script>\x00"\\ \ud800 😀'
    request = recorded(0, (0.0, 1.0), name=text)
    request.prompt = text
    written = "".join(perfetto(run_of(arm_of(request)), "1"))
    assert written.isascii()
    event = of_phase(json.loads(written)["traceEvents"], "X")[0]
    assert event["args"]["prompt"] == text
