"""The figures of a whole run."""

import dataclasses

import pytest
from stored_runs import CANCELLED, CONCURRENT, DONE, FAILED, SEQUENTIAL, finish, make_run

from paradigm_gui.core.batch import Completion
from paradigm_gui.core.diagnosis import FindingCode
from paradigm_gui.core.run_figures import RunFigures
from paradigm_gui.core.timing import arm_figures, compare


def ended(*states, kinds=(CONCURRENT,)):
    """A run whose arms ended so, each request after a second."""
    run = make_run(names=[f"n{row}" for row in range(len(states))], kinds=kinds)
    for arm in run.arms.values():
        for request, state in zip(arm.requests, states, strict=True):
            finish(request, state)
        arm.ended_at = 9.0
    return run


def test_they_are_those_of_the_arms_and_of_their_comparison():
    run = ended(DONE, FAILED, DONE, DONE, kinds=(CONCURRENT, SEQUENTIAL))
    figures = RunFigures.of(run)
    assert figures.arms == {kind: arm_figures(arm, 9.0) for kind, arm in run.arms.items()}
    assert figures.comparison == compare(*run.arms.values())
    assert figures.comparison.rows == 3


def test_one_arm_is_not_compared():
    figures = RunFigures.of(ended(DONE, DONE, DONE))
    assert figures.comparison is None
    assert figures.findings[-1].code is FindingCode.NOT_COMPARED


def test_the_lag_of_the_program_is_a_finding():
    run = ended(DONE, DONE, DONE)
    codes = [finding.code for finding in RunFigures.of(run, 0.2).findings]
    assert FindingCode.LOOP_LAG in codes
    assert FindingCode.LOOP_LAG not in [finding.code for finding in RunFigures.of(run, None).findings]


def test_a_known_arm_is_not_measured_again():
    run = ended(DONE, DONE, DONE)
    known = dataclasses.replace(arm_figures(run.arms[CONCURRENT], 9.0), retries=7)
    figures = RunFigures.of(run, known={run.arms[CONCURRENT]: known})
    assert figures.arms[CONCURRENT] is known
    assert {finding.code for finding in figures.findings} >= {FindingCode.RETRIES}


@pytest.mark.parametrize(
    ("states", "is_all_done"), [((DONE, DONE), True), ((DONE, FAILED), False), ((DONE, CANCELLED), False)]
)
def test_whether_all_is_done(states, is_all_done):
    assert RunFigures.of(ended(*states)).is_all_done is is_all_done


def test_the_tokens_of_both_arms_add_up():
    run = ended(DONE, FAILED, kinds=(CONCURRENT, SEQUENTIAL))
    for arm in run.arms.values():
        arm.requests[0].completion = Completion("Hello.", "stop", "m1", 11, 4)
    assert RunFigures.of(run).completion_tokens == 8


def test_a_part_of_the_tokens_is_not_their_total():
    run = ended(DONE, DONE)
    run.requests[0].completion = Completion("Hello.", "stop", "m1", 11, 4)
    assert RunFigures.of(run).completion_tokens is None


def test_before_anything_has_ended_there_are_none():
    assert RunFigures() == RunFigures({}, (), (), ())
    assert RunFigures().completion_tokens == 0
