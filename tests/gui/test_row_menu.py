"""What can be done with the rows of the results."""

import asyncio
import csv

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from stub_api import Reply, stub_api_thread

from paradigm_gui.core.batch import ArmKind, RequestState, Row
from paradigm_gui.models.results_model import Column
from paradigm_gui.widgets.results_panel import ResultsPanel
from paradigm_gui.widgets.timing_panel import Page

DONE, FAILED, CANCELLED = RequestState.DONE, RequestState.FAILED, RequestState.CANCELLED


@pytest.fixture
def panel(qtbot, make_run):
    panel = ResultsPanel()
    qtbot.addWidget(panel)
    panel.resize(900, 500)
    panel.show()
    run = make_run(("Ada", DONE, "a\nb"), ("=Bo", DONE, "c"), ("Cy", FAILED, ""), ("Di", CANCELLED, ""))
    run.batch = type(run.batch)(
        [Row(row.index, {**row.variables, "town": f"Town {row.index}"}) for row in run.batch.rows],
        ("town", "name"),
        run.batch.template,
        run.batch.parameters,
    )
    for request, row in zip(run.arms[ArmKind.CONCURRENT].requests, run.batch.rows, strict=True):
        request.row = row
    panel.show_run(run)
    return panel


def pasted():
    return list(csv.reader(QGuiApplication.clipboard().text().splitlines(True), dialect="excel-tab"))


def hide_all_but(panel, *columns):
    for column in range(panel.model.columnCount()):
        panel.table.show_column(column, column in columns)


def test_rows_are_copied_as_they_are_seen(panel):
    town, name = panel.model.input_columns
    hide_all_but(panel, town, name, Column.ANSWER)
    header = panel.table.horizontalHeader()
    header.moveSection(header.visualIndex(name), header.visualIndex(town))
    panel.table.selectAll()
    panel.row_menu.copy_action.trigger()
    rows = [["Ada", "Town 0", "a\nb"], ["'=Bo", "Town 1", "c"]]
    assert pasted()[:2] == rows
    assert len(pasted()) == 4
    panel.row_menu.copy_titled_action.trigger()
    assert pasted()[:3] == [["name", "town", "Answer"], *rows]


def test_marks_are_copied_where_there_are_any(panel):
    hide_all_but(panel, Column.MARK, Column.ANSWER)
    panel.table.selectRow(1)
    panel.row_menu.copy_titled_action.trigger()
    assert pasted() == [["Answer"], ["c"]]
    panel.remarking.mark([1], True)
    panel.row_menu.copy_titled_action.trigger()
    assert pasted() == [["Mark", "Answer"], ["x", "c"]]


def test_one_cell_is_copied_exactly(panel):
    town, name = panel.model.input_columns
    panel.table.setCurrentIndex(panel.model.index(1, name))
    menu = panel.row_menu
    menu.say_what_can_be_done()
    for action, text in (
        (menu.copy_cell_action, "=Bo"),
        (menu.copy_answer_action, "c"),
        (menu.copy_prompt_action, "Greet =Bo"),
    ):
        action.trigger()
        assert QGuiApplication.clipboard().text() == text
    panel.table.setCurrentIndex(panel.model.index(0, town))
    menu.copy_cell_action.trigger()
    assert QGuiApplication.clipboard().text() == "Town 0"


@pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True)
def test_the_menu_says_what_it_would_send(panel):
    menu, asked = panel.row_menu, []
    menu.retry_requested.connect(lambda rows: asked.append(("retry", rows)))
    menu.rerun_requested.connect(lambda rows: asked.append(("run", rows)))
    panel.table.sortByColumn(Column.NUMBER, Qt.SortOrder.DescendingOrder)
    panel.table.selectRow(0)
    panel.table.customContextMenuRequested.emit(panel.table.rect().center())
    assert menu.isVisible()
    assert "1 request" in menu.send_action.text()
    assert "new run" not in menu.send_action.text()
    menu.close()
    menu.send_action.trigger()
    panel.table.selectAll()
    menu.say_what_can_be_done()
    assert "new run: 4 request" in menu.send_action.text()
    menu.send_action.trigger()
    assert asked == [("retry", {3}), ("run", [3, 2, 1, 0])]
    panel.set_running(True)
    assert not menu.send_action.isEnabled()
    assert menu.copy_answer_action.isEnabled()
    panel.set_running(False)
    panel.table.clearSelection()
    menu.say_what_can_be_done()
    assert not menu.send_action.isEnabled()


def test_rows_are_sent_again_from_the_menu(run, program):
    refused = []

    def respond(request):
        if request.prompt == "b" and not refused:
            refused.append(request)
            return Reply.error(400, {"error": "too rude"})
        return Reply.answer(request.prompt.upper())

    async def main(api):
        async with program(api.base_url) as opened:
            opened.enter("a", "b", "c")
            first = await opened.run()
            results = opened.window.results
            states = [request.state for request in first.requests]
            assert states == [DONE, FAILED, DONE]
            results.select_request(1)
            ended = opened.hear(opened.session.shown.ended)
            results.row_menu.send_action.trigger()
            assert (await ended)[0] is first
            assert [request.text for request in first.requests] == ["A", "B", "C"]
            await opened.idle()
            results.select_request(2)
            ended = opened.hear(opened.session.shown.ended)
            results.row_menu.send_action.trigger()
            (second,) = await ended
            assert second is not first
            assert [(request.index, request.text) for request in second.requests] == [(0, "C")]
            opened.window.timing.tabs.setCurrentIndex(1)
            results.row_menu.race_action.trigger()
            assert opened.window.timing.page is Page.RACE

    with stub_api_thread(respond) as api:
        run(main(api))
        assert sorted(request.prompt for request in api.completions) == ["a", "b", "b", "c", "c"]


def test_what_failed_and_what_was_cancelled_is_sent_in_one_go(run, program):
    is_first = [True]

    def respond(request):
        if is_first[0]:
            return Reply.error(400, {"error": "no"}) if request.prompt == "bad" else Reply.stall()
        return Reply.answer("fine")

    async def main(api):
        async with program(api.base_url) as opened:
            bar = opened.window.run_bar
            opened.enter("bad", "slow", "never", cap=1, retries=0)
            ended = opened.hear(opened.session.shown.ended)
            bar.run_action.trigger()
            await asyncio.to_thread(api.wait_for, lambda api: len(api.completions) == 2)
            opened.controller.stop()
            (first,) = await ended
            assert [request.state for request in first.requests] == [FAILED, CANCELLED, CANCELLED]
            assert bar.retry_unanswered_action.isVisible()
            is_first[0] = False
            ended = opened.hear(opened.session.shown.ended)
            bar.retry_unanswered_action.trigger()
            assert (await ended)[0] is first
            assert {request.text for request in first.requests} == {"fine"}
            assert not bar.retry_unanswered_action.isVisible()
            await opened.idle()

    with stub_api_thread(respond) as api:
        run(main(api))
