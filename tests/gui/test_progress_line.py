"""The status bar's account of a run."""

from collections import Counter

import pytest
from PySide6.QtCore import QLocale

from paradigm_gui.core.batch import ArmKind, Limits, RequestState
from paradigm_gui.widgets.progress_line import ProgressLine

DONE, FAILED, CANCELLED = RequestState.DONE, RequestState.FAILED, RequestState.CANCELLED
QUEUED = RequestState.QUEUED
CONCURRENT = ArmKind.CONCURRENT


@pytest.fixture
def line(qtbot):
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    line = ProgressLine()
    qtbot.addWidget(line)
    yield line
    QLocale.setDefault(before)


def test_it_is_hidden_before_the_first_run(line):
    assert line.isHidden()


def test_a_run_under_way(line, make_run):
    run = make_run(*[("x", DONE, "y")] * 2, *[("x", QUEUED, "")] * 6)
    line.show_progress(run, {CONCURRENT: Counter({DONE: 2})}, 54.0)
    assert (line.bar.value(), line.bar.maximum()) == (2, 8)
    parts = line.label.text().split("  ·  ")
    # four seconds for two of eight: twelve for the rest
    assert [part for part in parts if "4.0" in part]
    assert [part for part in parts if "12" in part]
    assert line.bar.accessibleName() == line.label.text()


def test_a_run_that_has_ended(line, make_run):
    run = make_run(("a", DONE, "x"), ("b", FAILED, ""), ("c", DONE, "x"))
    line.show_progress(run, {CONCURRENT: Counter({DONE: 2, FAILED: 1})}, 99.0, tokens=4)
    assert line.bar.value() == line.bar.maximum() == 3
    parts = line.label.text().split("  ·  ")
    assert len(parts) == 4
    # the wall time is the run's own, whatever the clock says
    assert "0.3" in parts[2]
    assert "4" in parts[3]


def test_all_arms_count(line, make_run):
    kinds = (ArmKind.CONCURRENT, ArmKind.SEQUENTIAL)
    run = make_run(("a", CANCELLED, ""), ("b", CANCELLED, ""), kinds=kinds)
    finals = {kind: Counter({CANCELLED: 2}) for kind in kinds}
    line.show_progress(run, finals, 60.0)
    assert (line.bar.value(), line.bar.maximum()) == (0, 4)
    assert "4" in line.label.text()


def test_passes_that_are_not_on_show_count_and_are_named(line, make_run):
    run = make_run(*[("x", DONE, "y")] * 4)
    shown = run.arms[CONCURRENT]
    ended, under_way = (
        shown.again(CONCURRENT, Limits(cap=cap), number) for number, cap in enumerate((8, 4), 1)
    )
    ended.started_at, ended.ended_at, under_way.started_at = 60.0, 65.0, 70.0
    run.further = [ended, under_way]
    line.show_progress(run, {CONCURRENT: Counter({DONE: 4})}, 72.0, further=Counter({DONE: 5}))
    assert (line.bar.value(), line.bar.maximum()) == (9, 12)
    assert "pass 3 of 3 (cap 4)" in line.label.text()
    # two seconds for the first of its four rows
    assert "about 6 s left of this pass" in line.label.text()


def test_a_wait_can_be_skipped_while_there_is_one(qtbot, line, make_run):
    run = make_run(("x", DONE, "y"), ("x", QUEUED, ""))
    finals = {CONCURRENT: Counter({DONE: 1})}
    for waiting, is_shown in (
        ({}, False),
        ({"held_s": 0.4}, False),
        ({"held_s": 7.0}, True),
        ({"is_out": True}, True),
    ):
        line.show_progress(run, finals, 60.0, **waiting)
        assert line.skip_button.isHidden() is not is_shown
    with qtbot.waitSignal(line.skip_requested):
        line.skip_button.click()


@pytest.mark.parametrize("wait", [{"held_s": 28.0}, {"retry_in_s": 28.0}, {"is_out": True}])
def test_a_wait_is_said_and_no_end_foretold(line, make_run, wait):
    run = make_run(*[("x", DONE, "y")] * 2, *[("x", QUEUED, "")] * 6)
    finals = {CONCURRENT: Counter({DONE: 2})}
    line.show_progress(run, finals, 54.0)
    assert line.skip_button.isHidden()
    assert "12" in line.label.text()
    line.show_progress(run, finals, 54.0, **wait)
    assert not line.skip_button.isHidden()
    assert "12" not in line.label.text()
    assert ("28" in line.label.text()) == ("is_out" not in wait)
