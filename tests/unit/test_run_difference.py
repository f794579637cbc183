"""Two runs compared: rows that belong together, settings and figures."""

from dataclasses import replace

from stored_runs import BACKOFF, CANCELLED, CONCURRENT, DONE, FAILED, SEQUENTIAL, finish, make_run

from paradigm_gui.core.batch import Batch, Limits, Parameters, Row, Template
from paradigm_gui.core.errors import ErrorKind, RequestError
from paradigm_gui.core.run_difference import (
    Likeness,
    Setting,
    pair_rows,
    rows_answered_otherwise,
    rows_that_differ,
    run_difference,
)
from paradigm_gui.core.timing import arm_figures

SAME, DIFFERENT = Likeness.SAME, Likeness.DIFFERENT
ONLY_FIRST, ONLY_SECOND = Likeness.ONLY_FIRST, Likeness.ONLY_SECOND


def ended(names, text="Hello {name}.", **options):
    """A run in which every row is done, with answers that the names are put into."""
    run = make_run(names, **options)
    for arm in run.arms.values():
        arm.ended_at = 9.0
        for request in arm.requests:
            finish(request, DONE, text.format(**request.row.variables))
    return run


def in_short(pairs):
    return [
        (
            "/".join(pair.variables.values()),
            pair.first and pair.first.row,
            pair.second and pair.second.row,
            pair.likeness,
        )
        for pair in pairs
    ]


def test_rows_are_paired_in_whatever_order():
    pairs = pair_rows(ended(["Ann", "Bo", "Cy"]), ended(["Cy", "Ann", "Dee", "Eve"]))
    assert in_short(pairs) == [
        ("Ann", 0, 1, SAME),
        ("Bo", 1, None, ONLY_FIRST),
        ("Cy", 2, 0, SAME),
        ("Dee", None, 2, ONLY_SECOND),
        ("Eve", None, 3, ONLY_SECOND),
    ]


def test_equal_rows_are_paired_in_their_order():
    first, second = ended(["Ann", "Bo", "Ann", "Ann"]), ended(["Ann", "Ann", "Bo", "Bo"])
    finish(second.requests[1], DONE, "Another answer")
    assert in_short(pair_rows(first, second)) == [
        ("Ann", 0, 0, SAME),
        ("Bo", 1, 2, SAME),
        ("Ann", 2, 1, DIFFERENT),
        ("Ann", 3, None, ONLY_FIRST),
        ("Bo", None, 3, ONLY_SECOND),
    ]


def test_columns_in_another_order_are_the_same_row_and_other_columns_are_not():
    def run_of(columns, *rows):
        run = ended(["x"] * len(rows))
        made = [Row(index, dict(zip(columns, row, strict=True))) for index, row in enumerate(rows)]
        run.batch = Batch(made, columns, run.batch.template, run.batch.parameters)
        for request, row in zip(run.requests, made, strict=True):
            request.row = row
        return run

    first = run_of(("name", "city"), ("Ann", "Oslo"), ("Oslo", "Ann"))
    second = run_of(("city", "name"), ("Oslo", "Ann"))
    assert [pair.likeness for pair in pair_rows(first, second)] == [SAME, ONLY_FIRST]
    for other in (run_of(("name", "town"), ("Ann", "Oslo")), run_of(("name",), ("Ann",))):
        likenesses = [pair.likeness for pair in pair_rows(first, other)]
        assert likenesses == [ONLY_FIRST, ONLY_FIRST, ONLY_SECOND]


def test_answers_states_and_errors_tell_whether_rows_differ():
    names = ["same", "other answer", "failed twice", "failed otherwise", "failed once", "cut"]
    first, second = ended(names), ended(names)
    for run in (first, second):
        for index in (2, 3):
            finish(run.requests[index], FAILED, "")
        finish(run.requests[5], CANCELLED, "half")
    finish(second.requests[1], DONE, "Good day.")
    second.requests[2].error = replace(second.requests[2].error, message="in other words")
    second.requests[3].error = RequestError(ErrorKind.DROPPED)
    finish(second.requests[4], FAILED, "Hello failed once.")
    likenesses = [pair.likeness for pair in pair_rows(first, second)]
    assert likenesses == [SAME, DIFFERENT, SAME, DIFFERENT, DIFFERENT, SAME]


def test_rows_of_two_arms_that_differ():
    run = ended(["Ann", "Bo", "Cy", "Dee"], kinds=(CONCURRENT, SEQUENTIAL))
    first, second = run.arms.values()
    assert rows_that_differ(first, second) == set()
    finish(second.requests[1], DONE, "Another answer")
    finish(second.requests[2], FAILED, "")
    finish(second.requests[3], BACKOFF, "")
    assert rows_that_differ(first, second) == {1, 2}
    finish(first.requests[2], FAILED, "")
    assert rows_that_differ(first, second) == {1}


def test_settings_that_differ():
    first = ended(["Ann"])
    second = ended(["Bo"])
    assert run_difference(first, second).settings == {}
    second.batch = Batch(
        second.batch.rows,
        second.batch.columns,
        Template("Other {name}"),
        Parameters("m2", 0.5, 100, "Be brief.", streaming=False),
    )
    second.arms[CONCURRENT].limits = Limits(cap=7, requests_per_minute=60.0)
    assert run_difference(first, second).settings == {
        Setting.MODEL: ("m1", "m2"),
        Setting.TEMPERATURE: (None, 0.5),
        Setting.MAX_TOKENS: (None, 100),
        Setting.STREAMING: (True, False),
        Setting.CAP: (2, 7),
        Setting.REQUESTS_PER_MINUTE: (None, 60.0),
        Setting.TEMPLATE: ("Greet {name}.", "Other {name}"),
        Setting.SYSTEM: ("Be kind.", "Be brief."),
    }


def test_figures_are_those_of_the_concurrent_arms():
    first = ended(["Ann", "Bo"], kinds=(CONCURRENT, SEQUENTIAL))
    second = ended(["Ann"])
    second.arms[CONCURRENT].ended_at = 20.0
    first.endpoint = replace(first.endpoint, is_demo=True)
    difference = run_difference(first, second)
    assert difference.first.figures == arm_figures(first.arms[CONCURRENT], 0.0)
    assert (difference.first.figures.wall, difference.second.figures.wall) == (1.0, 12.0)
    assert (difference.first.is_simulated, difference.second.is_simulated) == (True, False)
    assert difference.counts == {SAME: 1, ONLY_FIRST: 1}


def test_an_arm_that_never_started():
    run = make_run(["Ann"])
    arm = run.arms[CONCURRENT]
    arm.started_at = None
    arm.close()
    figures = run_difference(run, run).first.figures
    assert (figures.wall, figures.done, figures.cancelled) == (None, 0, 1)


def test_what_becomes_of_the_runs_later_changes_nothing():
    first, second = ended(["Ann"]), ended(["Ann"])
    difference = run_difference(first, second)
    finish(first.requests[0], FAILED, "")
    first.arms[CONCURRENT].requeue({FAILED})
    (pair,) = difference.pairs
    assert (pair.first.state, pair.first.text, pair.likeness) == (DONE, "Hello Ann.", SAME)


def test_each_arm_is_held_against_another_run():
    names = ["Ann", "Bo", "Cy", "Dee"]
    run, other = ended(names, kinds=(CONCURRENT, SEQUENTIAL)), ended(names)
    finish(run.arms[CONCURRENT].requests[1], DONE, "Another answer")
    finish(run.arms[SEQUENTIAL].requests[2], FAILED, "")
    finish(other.requests[3], CANCELLED, "Hello")
    run.arms[SEQUENTIAL].requests[0].state = BACKOFF
    assert rows_answered_otherwise(run, other) == {CONCURRENT: {1, 3}, SEQUENTIAL: {2, 3}}


class CountedName(str):
    """A name that counts how often one was compared with another."""

    __slots__ = ()
    comparisons = 0
    __hash__ = str.__hash__

    def __eq__(self, other):
        CountedName.comparisons += 1
        return str.__eq__(self, other)


def test_large_runs_are_compared_row_by_row():
    """No row is looked for among all others."""
    rows = 5_000
    first = ended([CountedName(f"name {index % 4_000}") for index in range(rows)])
    second = ended([CountedName(f"name {index % 4_000}") for index in reversed(range(rows))])
    CountedName.comparisons = 0
    assert run_difference(first, second).counts == {SAME: rows}
    assert 0 < CountedName.comparisons < 10 * rows
