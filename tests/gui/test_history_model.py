"""The list of kept runs as an item model."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QDate, QLocale, Qt
from pytestqt.modeltest import ModelTester

from paradigm_gui.core.batch import ArmKind
from paradigm_gui.core.run_list import ArmSummary, RunKey, RunSummary
from paradigm_gui.models.history_model import Column, HistoryModel

RUN = RunSummary(
    key=RunKey(7),
    name="Greet {name}",
    started_at=datetime(2026, 1, 2, 12, 4, tzinfo=UTC),
    endpoint="Server",
    base_url="http://127.0.0.1:1/api/v2",
    model="alfred",
    rows=1200,
    arms=(ArmSummary(ArmKind.CONCURRENT, 1190, 10, 0),),
    outcome="ended",
    speed_up=2.756,
    is_simulated=False,
    is_finished=True,
)


@pytest.fixture
def model(qapp):
    return HistoryModel()


def cells(model, row=0):
    return [model.index(row, column).data() for column in range(model.columnCount())]


def test_the_rules_of_models_are_kept(model, qtmodeltester: ModelTester):
    model.show_runs([RUN, replace(RUN, key=RunKey(8), is_finished=False, outcome=None, speed_up=None)])
    qtmodeltester.check(model)
    model.show_runs([])
    qtmodeltester.check(model)


def test_the_cells_of_a_run(model):
    model.show_runs([RUN])
    shown = cells(model)
    assert shown[Column.NAME] == "Greet {name}"
    assert shown[Column.STARTED] == QLocale().toString(QDate(2026, 1, 2), QLocale.FormatType.ShortFormat)
    assert shown[Column.ROWS] == "1190 of 1200"
    assert shown[Column.SPEED_UP].split() == ["×", "2.76"]


def test_what_was_not_measured_is_left_empty(model):
    model.show_runs([replace(RUN, speed_up=None)])
    assert cells(model)[Column.SPEED_UP] == ""


def test_an_unfinished_run_is_told_by_word_and_not_by_look_alone(model):
    model.show_runs([RUN, replace(RUN, is_finished=False)])
    finished, unfinished = (model.index(row, Column.NAME) for row in range(2))
    assert finished.data(Qt.ItemDataRole.FontRole) is None
    assert unfinished.data(Qt.ItemDataRole.FontRole).bold()
    tips = [index.data(Qt.ItemDataRole.ToolTipRole) for index in (finished, unfinished)]
    assert ["not finished" in tip for tip in tips] == [False, True]


def test_foreign_text_stays_text(model):
    name = "<b>bold</b>\n& <img src=x>" + "x" * 500
    model.show_runs([replace(RUN, name=name, endpoint="<i>", model="<u>")])
    index = model.index(0, Column.NAME)
    assert index.data().startswith("<b>bold</b> & <img")
    assert len(index.data()) <= 200
    assert index.data(Qt.ItemDataRole.EditRole) == name
    tip = index.data(Qt.ItemDataRole.ToolTipRole)
    assert not any(tag in tip for tag in ("<b>", "<img", "<i>", "<u>"))


def test_only_the_name_can_be_edited_and_not_away(model):
    model.show_runs([RUN])
    heard = []
    model.renamed.connect(lambda run, name: heard.append((run, name)))
    editable = [
        bool(model.flags(model.index(0, column)) & Qt.ItemFlag.ItemIsEditable)
        for column in range(len(Column))
    ]
    assert editable == [column == Column.NAME for column in Column]
    assert not model.setData(model.index(0, Column.NAME), "  \n ")
    assert not model.setData(model.index(0, Column.NAME), "x", Qt.ItemDataRole.DisplayRole)
    assert heard == []
    assert model.setData(model.index(0, Column.NAME), " Another\n name ")
    assert heard == [(RUN, "Another name")]


def test_the_run_under_way_is_marked_without_counts_that_grow_old(model):
    model.show_runs([replace(RUN, is_finished=False), replace(RUN, key=RunKey(8))], RUN.key)
    assert [cells(model, row)[Column.ROWS] for row in range(2)] == ["running, 1200 in all", "1190 of 1200"]
    assert [model.is_under_way(model.run_at(row)) for row in range(2)] == [True, False]
    model.retranslate()
    assert cells(model)[Column.ROWS] == "running, 1200 in all"
    # one that another window of the program runs
    model.show_runs([replace(RUN, is_finished=False, is_in_use=True)])
    assert cells(model)[Column.ROWS] == "running, 1200 in all"
    model.show_runs([RUN])
    assert cells(model)[Column.ROWS] == "1190 of 1200"
