from __future__ import annotations

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
    Template,
)
from paradigm_gui.core.forecast import MOST_LOOKED_AT, Forecast, forecast
from paradigm_gui.core.run_figures import RunFigures
from paradigm_gui.core.timing import arm_figures


def batch_of(*words, system=""):
    rows = [Row(index, {"word": word}) for index, word in enumerate(words)]
    return Batch(rows, ("word",), Template("Say {word}"), Parameters("m", system=system))


def measured(cap, wall_s, rows=10, tokens=30):
    """The figures of an arm whose rows were all answered within a wall time."""
    arm = Arm.of(ArmKind.CONCURRENT, batch_of(*["x"] * rows), Limits(cap=cap))
    arm.started_at, arm.ended_at = 0.0, wall_s
    for request in arm.requests:
        request.state, request.ended_at = RequestState.DONE, wall_s
        request.attempts = [Attempt(0.0, None, wall_s, wall_s)]
        request.completion = Completion("x", "stop", "m", 5, tokens)
    return arm_figures(arm, 0.0)


def test_without_a_past_only_what_is_sent_is_known():
    # "Say " and eight letters are twelve characters, with those of the system prompt twenty
    assert forecast(batch_of(*["abcdefgh"] * 3, system="12345678"), [20, 1], None) == Forecast(6, 30)


def test_nothing_to_send_is_nothing():
    assert forecast(batch_of(), [20], None) == Forecast(0, 0)


def test_a_past_tells_tokens_and_time():
    past = RunFigures({ArmKind.CONCURRENT: measured(20, 2.0), ArmKind.SEQUENTIAL: measured(1, 10.0)})
    told = forecast(batch_of(*["abcdefgh"] * 40), [20, 1], past)
    assert (told.requests, told.completion_tokens, told.answers) == (80, 80 * 30, 20)
    assert told.seconds == pytest.approx(40 / 5 + 40 / 1)


@pytest.mark.parametrize(("cap", "seconds"), [(10, 4.0), (5, 8.0), (40, 4.0)])
def test_a_lower_cap_is_slower_in_proportion_and_a_higher_one_is_not_taken_to_be_faster(cap, seconds):
    past = RunFigures({ArmKind.CONCURRENT: measured(10, 4.0)})
    assert forecast(batch_of(*["x"] * 10), [cap], past).seconds == pytest.approx(seconds)


def test_a_past_without_counted_tokens_or_answers():
    past = RunFigures({ArmKind.CONCURRENT: measured(10, 4.0, tokens=None)})
    told = forecast(batch_of("x"), [10], past)
    assert (told.completion_tokens, told.answers) == (None, 10)
    nothing = RunFigures({ArmKind.CONCURRENT: measured(10, 4.0, rows=0)})
    assert forecast(batch_of("x"), [10], nothing).seconds is None


def test_a_large_table_is_looked_at_in_places():
    words = ["x" * 4] * MOST_LOOKED_AT * 30
    assert forecast(batch_of(*words), [1], None).prompt_tokens == 2 * len(words)


def test_a_warm_up_is_one_request_more():
    told = forecast(batch_of(*["abcdefgh"] * 3), [20, 1], None, warm_up=True)
    assert (told.requests, told.prompt_tokens) == (7, 21)
    assert forecast(batch_of(), [20], None, warm_up=True).requests == 0
    past = RunFigures({ArmKind.CONCURRENT: measured(10, 4.0)})
    times = [
        forecast(batch_of(*["x"] * 10), [10], past, warm_up=warm_up).seconds for warm_up in (False, True)
    ]
    assert times == pytest.approx([4.0, 8.0])
