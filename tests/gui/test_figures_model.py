"""The table of all figures."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from paradigm_gui.core.batch import ArmKind, Limits, RequestState
from paradigm_gui.core.run_figures import RunFigures
from paradigm_gui.models.figures_model import LINES, FiguresModel
from paradigm_gui.widgets.figures_table import FiguresTable
from paradigm_gui.wording import FigureName

DONE, FAILED = RequestState.DONE, RequestState.FAILED
BOTH = (ArmKind.CONCURRENT, ArmKind.SEQUENTIAL)


def place_of(name, percent=None):
    return next(row for row, line in enumerate(LINES) if (line.name, line.percent) == (name, percent))


@pytest.fixture
def model_of(qapp):
    def made(run, *, is_simulated=False):
        model = FiguresModel()
        model.show_figures(RunFigures.of(run), is_simulated=is_simulated)
        return model

    return made


def cell(model, name, percent=None, column=1, role=Qt.ItemDataRole.DisplayRole):
    return model.index(place_of(name, percent), column).data(role)


def test_every_arm_has_a_column_and_every_figure_a_line(model_of, make_run):
    run = make_run(*[("x", DONE, "y")] * 3, kinds=BOTH)
    further = run.arms[ArmKind.CONCURRENT].again(ArmKind.CONCURRENT, Limits(cap=4), 1)
    run.further = [further]
    model = model_of(run)
    assert (model.rowCount(), model.columnCount()) == (len(LINES), 4)
    heads = [model.headerData(place, Qt.Orientation.Horizontal) for place in range(4)]
    assert [head for head in heads if "4" in head] == [heads[3]]
    names = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert all(names)
    assert len(set(names)) == len(names)
    assert cell(model, FigureName.DONE) == "3"
    # rows are served for 0.1, 0.2 and 0.3 s
    assert cell(model, FigureName.SERVICE, 50).startswith("0.20")
    # the further pass has not run
    assert cell(model, FigureName.WALL, column=3) == cell(model, FigureName.SERVICE, 50, column=3) == "–"


@pytest.mark.parametrize(
    ("rows", "is_shown", "is_grey"), [(9, False, True), (10, True, True), (49, True, True), (50, True, False)]
)
def test_a_percentile_needs_its_sample(model_of, make_run, rows, is_shown, is_grey):
    model = model_of(make_run(*[("x", DONE, "y")] * rows))
    assert (cell(model, FigureName.SERVICE, 90) != "–") is is_shown
    brush = cell(model, FigureName.SERVICE, 90, role=Qt.ItemDataRole.ForegroundRole)
    assert (brush is not None) is is_grey
    tip = cell(model, FigureName.SERVICE, 90, role=Qt.ItemDataRole.ToolTipRole)
    assert f"n = {rows}" in tip
    assert len(tip.split("<br>")) == (4 if is_shown and not is_grey else 5)


def test_a_run_without_success_has_dashes_and_no_nonsense(model_of, make_run):
    model = model_of(make_run(("x", FAILED, "")))
    assert not re.search(r"\bnan\b|\binf\b", model.text())
    assert cell(model, FigureName.THROUGHPUT) == cell(model, FigureName.BOUND) == "–"


def test_what_is_simulated_says_so(model_of, make_run):
    run = make_run(("x", DONE, "y"))
    tips = [
        cell(model_of(run, is_simulated=flag), FigureName.WALL, role=Qt.ItemDataRole.ToolTipRole)
        for flag in (True, False)
    ]
    assert ["simulated" in tip for tip in tips] == [True, False]


def test_the_table_is_copied_whole(qtbot, make_run):
    table = FiguresTable()
    qtbot.addWidget(table)
    table.show_figures(RunFigures.of(make_run(("x", DONE, "y"), kinds=BOTH)), is_simulated=False)
    table.show()
    table.copy_action.trigger()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 1 + len(LINES)
    assert {line.count("\t") for line in lines} == {2}


def test_a_copy_of_what_is_simulated_says_so(qtbot, make_run):
    table = FiguresTable()
    qtbot.addWidget(table)
    table.show_figures(RunFigures.of(make_run(("x", DONE, "y"))), is_simulated=True)
    table.copy()
    assert QGuiApplication.clipboard().text().splitlines()[0] == "Simulated"


def test_medians_are_called_so(model_of, make_run):
    model = model_of(make_run(("x", DONE, "y")))
    assert "median" in cell(model, FigureName.SERVICE, 50, column=0)
    assert "median" not in cell(model, FigureName.SERVICE, 90, column=0)
    assert "median" not in cell(model, FigureName.WALL, column=0)
