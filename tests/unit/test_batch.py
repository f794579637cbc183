from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paradigm_gui.core.batch import (
    TRANSITIONS,
    Arm,
    ArmKind,
    Attempt,
    Batch,
    Completion,
    Limits,
    Parameters,
    Request,
    RequestState,
    Row,
    Run,
    Template,
    count_states,
)
from paradigm_gui.core.endpoints import Endpoint

S = RequestState
PLAIN = Parameters("m")

# What may follow what, in words
FOLLOWERS = {
    "queued": "waiting cancelled",
    "waiting": "sent cancelled",
    "sent": "streaming done backoff failed cancelled",
    "streaming": "done backoff failed cancelled",
    "backoff": "waiting cancelled",
    "done": "",
    "failed": "",
    "cancelled": "",
}


def request_in(state):
    return Request(Row(3, {}), "Hello", state)


# States


@pytest.mark.parametrize("after", S)
@pytest.mark.parametrize("before", S)
def test_each_pair_of_states(before, after):
    request = request_in(before)
    assert (after in TRANSITIONS[before]) == (after in FOLLOWERS[before].split())
    if after in FOLLOWERS[before].split():
        request.move_to(after)
        assert request.state is after
    else:
        with pytest.raises(ValueError, match=rf"request 3: {before} -> {after}"):
            request.move_to(after)
        assert request.state is before


def test_every_state_is_in_the_table():
    assert set(TRANSITIONS) == set(S) == set(FOLLOWERS)
    assert {state for state in S if state.is_final} == {S.DONE, S.FAILED, S.CANCELLED}
    assert {state for state in S if state.is_in_flight} == {S.SENT, S.STREAMING}


def test_every_state_can_be_reached_and_ended():
    reached, new = set(), {S.QUEUED}
    while new:
        reached |= new
        new = {after for state in new for after in TRANSITIONS[state]} - reached
    assert reached == set(S)
    assert all(S.CANCELLED in TRANSITIONS[state] for state in S if not state.is_final)


# Templates

NASTY_NAMES = [
    "a.b",
    "a|b",
    "(x",
    "x)",
    "[",
    "*",
    "^$",
    "\\d",
    "\\",
    "a b",
    "é",
    "名",
    "a-b",
    "?",
    "A",
    "a",
    "ab",
]
NAMES = st.sampled_from(NASTY_NAMES) | st.text(st.characters(exclude_characters="{}"), min_size=1, max_size=6)
VALUES = st.text() | NAMES.map("{{{}}}".format) | st.sampled_from(["\\1", "\\g<0>", "{", "}", "{{x}}"])
LITERALS = st.text(st.characters(exclude_characters="{}"))


@given(st.dictionaries(NAMES, VALUES, min_size=1, max_size=5), st.data())
def test_a_template_is_filled_in_one_pass(variables, data):
    names = st.lists(st.tuples(LITERALS, st.sampled_from(sorted(variables))))
    parts, end = data.draw(names), data.draw(LITERALS)
    text = "".join(f"{literal}{{{name}}}" for literal, name in parts) + end
    expected = "".join(literal + variables[name] for literal, name in parts) + end
    assert Template(text).render(variables) == expected
    used = {name for _, name in parts}
    assert Template(text).placeholders(list(variables)) == [name for name in variables if name in used]
    assert Template(text).unknown_placeholders(list(variables)) == []


@given(st.text() | st.text("{}abc "), st.dictionaries(NAMES, VALUES))
def test_text_without_known_placeholders_stays(text, variables):
    for name in variables:
        text = text.replace("{" + name + "}", "")
    while any("{" + name + "}" in text for name in variables):
        text = text.replace("{", "")
    assert Template(text).render(variables) == text
    assert Template(text).placeholders(list(variables)) == []


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("{name} of {city}, {name}", "{city} of Brest, {city}"),
        ("{Name} { name } {name.first} {name!r}", "{Name} { name } {name.first} {name!r}"),
        ("{{name}}", "{{city}}"),
        ('{"json": {name}}', '{"json": {city}}'),
        ("", ""),
    ],
)
def test_a_name_matches_exactly(text, filled):
    assert Template(text).render({"name": "{city}", "city": "Brest"}) == filled


def test_without_columns_the_text_is_the_prompt():
    assert Template("{name} {}").render({}) == "{name} {}"


def test_placeholders_come_in_the_order_of_the_columns():
    template = Template("{b} {a} {b} {c d} {nobody}")
    assert template.placeholders(["a", "b", "c d", "unused"]) == ["a", "b", "c d"]


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("{x} {y} {x} {name}", ["x", "y"]),
        ("{prénom} {名前} {_a1}", ["prénom", "名前", "_a1"]),
        ("{{x}} if (1) {return}", ["x", "return"]),
        ("{Name}", ["Name"]),
        ("{Code postal} {Chiffre d'affaires}", ["Code postal", "Chiffre d'affaires"]),
        (
            "{N° client} {L’âge} {e-mail} {a.b} {2e étage}",
            ["N° client", "L’âge", "e-mail", "a.b", "2e étage"],
        ),
        ("{Prix (€)} {Taux %} {2023} {% remise}", ["Prix (€)", "Taux %", "2023", "% remise"]),
        ('{"a": 1} {"a": {"b": [1, 2]}} {} { a } {a: 1} {\n"a"} {\na\n} {\u2028a}', []),
        ("{a\nb} {\t} {  } {'a'} {a;} {yes/no} {yes|no} {a, b} {f(x)=1}", []),
        (r"x{2} \d{1,3} {_} {0} {12345} {-}", []),
    ],
)
def test_what_could_name_a_column_is_an_unknown_placeholder(text, unknown):
    assert Template(text).unknown_placeholders(["name"]) == unknown


# Records


def batch_of(*names):
    rows = [Row(index, {"name": name}) for index, name in enumerate(names)]
    return Batch(rows, ["name"], Template("Greet {name}."), Parameters("m"))


def test_the_system_prompt_is_filled_for_each_row():
    rows = [Row(0, {"name": "Ada {x}"}), Row(1, {"name": "Bo"})]
    batch = Batch(rows, ("name",), Template("Hi"), Parameters("m", system="Be {name}, {other}."))
    assert [batch.parameters_for(row).system for row in rows] == ["Be Ada {x}, {other}.", "Be Bo, {other}."]
    assert batch.parameters_for(rows[0]).model == "m"
    plain = Batch(rows, ("name",), Template("Hi"), Parameters("m", system="Be brief."))
    assert plain.parameters_for(rows[0]) is plain.parameters


def test_an_arm_has_a_request_for_each_row_with_its_prompt():
    arm = Arm.of(ArmKind.SEQUENTIAL, batch_of("Ada", "{name}"), Limits(cap=1))
    assert [(request.index, request.prompt) for request in arm.requests] == [
        (0, "Greet Ada."),
        (1, "Greet {name}."),
    ]
    assert (arm.kind, arm.limits.cap, arm.started_at, arm.ended_at) == (ArmKind.SEQUENTIAL, 1, None, None)
    arm.requests[1].move_to(S.WAITING)
    assert (arm.count(S.QUEUED), arm.count(S.WAITING), arm.count(S.DONE)) == (1, 1, 0)


def test_requests_do_not_share_their_lists():
    one, other = (request_in(S.QUEUED) for _ in range(2))
    one.partial.append("x")
    one.attempts.append(None)
    assert (other.partial, other.attempts) == ([], [])
    assert one != other


def test_the_text_is_the_answer_or_what_has_come_of_it():
    request = request_in(S.STREAMING)
    assert request.text == ""
    request.partial += ["Hel", "lo"]
    assert request.text == "Hello"
    request.completion = Completion("Hello Ada", "stop", "m")
    assert request.text == "Hello Ada"


def test_a_run_lists_its_requests_arm_by_arm_and_says_when_it_is_simulated():
    batch = batch_of("Ada", "Bob")
    arms = {kind: Arm.of(kind, batch, Limits()) for kind in ArmKind}
    started = dt.datetime(2030, 1, 2, tzinfo=dt.UTC)
    run = Run(batch, Endpoint("demo", "http://127.0.0.1:1", is_demo=True), started, arms)
    assert run.requests == [*arms[ArmKind.CONCURRENT].requests, *arms[ArmKind.SEQUENTIAL].requests]
    assert run.is_simulated
    assert not Run(batch, Endpoint("stub", "http://127.0.0.1:1"), started, arms).is_simulated


def test_codes_are_plain_words():
    for code in (*S, *ArmKind):
        assert re.fullmatch("[a-z]+", str(code))


@pytest.mark.parametrize(("rows", "again"), [(None, [0, 1, 3]), ({1, 2, 3}, [1, 3]), ((), [])])
def test_requests_of_some_rows_are_queued_again(rows, again):
    states = [S.FAILED, S.FAILED, S.DONE, S.FAILED, S.CANCELLED]
    requests = [Request(Row(index, {}), "Hello", state) for index, state in enumerate(states)]
    Arm(ArmKind.CONCURRENT, Limits(), requests).requeue({S.FAILED}, rows)
    assert [request.index for request in requests if request.state is S.QUEUED] == again
    assert [r.state for r in requests if r.index not in again] == [
        state for index, state in enumerate(states) if index not in again
    ]


def test_another_arm_has_the_same_rows_and_prompts_and_nothing_else():
    arm = Arm.of(
        ArmKind.CONCURRENT, Batch([Row(0, {"name": "Ada"})], ["name"], Template("Hi {name}"), PLAIN), Limits()
    )
    arm.requests[0].state = S.FAILED
    again = arm.again(ArmKind.SEQUENTIAL, Limits(cap=1))
    assert (again.kind, again.limits.cap, again.started_at) == (ArmKind.SEQUENTIAL, 1, None)
    assert again.requests[0] is not arm.requests[0]
    assert again.requests[0].prompt is arm.requests[0].prompt
    assert again.requests[0].row is arm.requests[0].row
    assert again.requests[0].state is S.QUEUED


def test_requests_are_counted_by_state():
    arm = Arm(
        ArmKind.CONCURRENT, Limits(), [request_in(state) for state in (S.DONE, S.SENT, S.FAILED, S.DONE)]
    )
    counted = count_states(arm.requests)
    assert {state: number for state, number in counted.items() if number} == {
        S.DONE: 2,
        S.SENT: 1,
        S.FAILED: 1,
    }
    assert arm.finals() == {S.DONE: 2, S.FAILED: 1}
    assert (arm.count(S.SENT), arm.count(S.QUEUED)) == (1, 0)


def test_an_arm_that_goes_on_takes_all_its_times_along():
    arm = Arm(ArmKind.CONCURRENT, Limits(), [request_in(S.DONE), request_in(S.QUEUED)], 1.0, 9.0)
    arm.requests[0].attempts = [Attempt(2.0, None, None, 3.0), Attempt(4.0, 5.0, 6.0, 7.0)]
    arm.requests[0].ended_at = 7.0
    arm.start_at(107.0)
    assert (arm.started_at, arm.ended_at) == (101.0, None)
    assert arm.requests[0].attempts == [
        Attempt(102.0, None, None, 103.0),
        Attempt(104.0, 105.0, 106.0, 107.0),
    ]
    assert (arm.requests[0].ended_at, arm.requests[1].enqueued_at) == (107.0, 100.0)
