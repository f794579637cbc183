"""Answers in a form: edited in the window, asked for, checked, and shown as columns."""

import asyncio
import csv
import json

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QLabel
from stub_api import Reply, stub_api_thread

from paradigm_gui.core.answer_format import answer_format
from paradigm_gui.core.batch import RequestState, Row
from paradigm_gui.core.batch_file import read_batch_file, write_batch_file
from paradigm_gui.core.errors import ErrorKind
from paradigm_gui.core.results_table import FULL_COLUMNS
from paradigm_gui.models.results_model import Column
from paradigm_gui.outcome import write_results_of
from paradigm_gui.widgets.answer_format_edit import AnswerFormatEdit

SCHEMA = {
    "type": "object",
    "properties": {"city": {"type": "string"}, "people": {"type": "integer"}},
    "required": ["city", "people"],
    "additionalProperties": False,
}
ANSWERS = {
    "a": '{"city": "=Paris", "people": 2000000}',
    "b": '{"city": "Lyon", "people": "many"}',
    "c": "Lille has 230000 people.",
    "d": '{"people": 9, "city": "<b>Nice</b>"}',
}


def answers(request):
    return Reply.answer(ANSWERS[request.prompt])


@pytest.fixture
def editor(qtbot):
    editor = AnswerFormatEdit()
    qtbot.addWidget(editor)
    editor.edited.connect(editor.judge)
    return editor


def test_the_editor_says_what_it_makes_of_the_text(editor):
    assert "Optional" in editor.verdict.text()
    editor.replace_text('{"type": "objekt"}')
    assert editor.verdict.text().startswith("⚠")
    assert "$.type" in editor.verdict.text()
    editor.replace_text('{\n"type": }')
    assert "line 2" in editor.verdict.text()
    editor.replace_text(json.dumps(SCHEMA))
    assert "Valid" in editor.verdict.text()
    assert "2" in editor.verdict.text()


def test_foreign_words_in_the_verdict_are_plain_text(editor):
    editor.replace_text('{"type": "<b>x</b>"}')
    assert "<b>x</b>" in editor.verdict.text()
    assert editor.verdict.textFormat() is Qt.TextFormat.PlainText


def test_the_example_can_be_used_and_taken_back(editor):
    editor.replace_text("{mine")
    editor.example_button.click()
    wanted = answer_format(editor.text)
    assert len(wanted.columns) == 3
    assert wanted.response_format["json_schema"]["strict"] is True
    editor.edit.undo()
    assert editor.text == "{mine"


@pytest.mark.parametrize("streaming", [True, False])
def test_answers_are_asked_for_checked_and_shown_in_columns(run, program, tmp_path, streaming):
    async def main(api):
        async with program(api.base_url) as opened:
            opened.enter(*ANSWERS)
            opened.window.run_bar.streaming_box.setChecked(streaming)
            opened.window.input.format_edit.replace_text(json.dumps(SCHEMA))
            ended = await opened.run()
            kinds = [request.error and request.error.kind for request in ended.requests]
            assert kinds == [None, ErrorKind.SCHEMA_MISMATCH, ErrorKind.NOT_JSON, None]
            assert [request.text for request in ended.requests] == list(ANSWERS.values())
            results = opened.window.results
            model, header = results.model, results.table.horizontalHeader()
            columns = range(len(Column), model.columnCount())
            titles = [model.headerData(column, Qt.Orientation.Horizontal) for column in columns]
            assert titles == ["city", "people"]
            shown = [[model.index(row, column).data() for column in columns] for row in range(4)]
            assert shown == [["=Paris", "2000000"], ["", ""], ["", ""], ["<b>Nice</b>", "9"]]
            places = [header.visualIndex(column) for column in (*columns, Column.ANSWER)]
            assert places == sorted(places)
            results.select_request(1)
            words = [label.text() for label in results.response.findChildren(QLabel)]
            assert any("$.people: 'many' is not of type 'integer'" in text for text in words)
            assert results.response.answer_edit.toPlainText() == ANSWERS["b"]
            assert not any("partial" in text for text in words)
            path = tmp_path / "answers.csv"
            figures = await opened.session.shown.figures_of(ended)
            for suffix in ("csv", "jsonl", "xlsx", "html", "md"):
                write_results_of(ended, figures, path.with_suffix("." + suffix), "en")
            head, *rows = csv.reader(path.read_text("utf-8-sig").splitlines())
            assert head[:5] == ["name", "state", "answer", "city", "people"]
            assert len(head) == 3 + len(FULL_COLUMNS)
            assert [[row[0], *row[3:5]] for row in rows] == [
                ["a", "'=Paris", "2000000"],
                ["b", "", ""],
                ["c", "", ""],
                ["d", "<b>Nice</b>", "9"],
            ]
            records = [
                json.loads(line) for line in path.with_suffix(".jsonl").read_text("utf-8").splitlines()
            ]
            assert [record["fields"] for record in records] == [
                {"city": "=Paris", "people": 2000000},
                {},
                {},
                {"city": "<b>Nice</b>", "people": 9},
            ]

    with stub_api_thread(answers) as api:
        run(main(api))
        sent = [request.json["response_format"] for request in api.completions]
        wanted = {"name": "answer", "schema": SCHEMA, "strict": True}
        assert sent == [{"type": "json_schema", "json_schema": wanted}] * 4


def test_the_columns_go_with_the_format(run, program):
    async def main(api):
        async with program(api.base_url) as opened:
            model, header = opened.window.results.model, opened.window.results.table.horizontalHeader()
            places = [header.visualIndex(column) for column in Column]
            opened.enter("a")
            opened.window.input.format_edit.replace_text(json.dumps(SCHEMA))
            await opened.run()
            assert model.columnCount() == len(Column) + 2
            opened.window.input.format_edit.replace_text("")
            ended = await opened.run()
            assert ended.requests[0].state is RequestState.DONE
            assert model.columnCount() == len(Column)
            assert [header.visualIndex(column) for column in Column] == places

    with stub_api_thread(answers) as api:
        run(main(api))
        assert ["response_format" in request.json for request in api.completions] == [True, False]


def test_a_format_that_is_not_valid_is_refused_before_anything_is_sent(run, program):
    async def main(api):
        async with program(api.base_url) as opened:
            opened.enter("a")
            opened.window.input.format_edit.replace_text('{"$ref": "http://127.0.0.1/x"}')
            refused = opened.hear(opened.session.refused)
            opened.window.run_bar.run_action.trigger()
            assert (await refused)[0].code == "bad_schema"
            assert "http://127.0.0.1/x" in opened.window.message_banner.label.text()

    with stub_api_thread(answers) as api:
        run(main(api))
        assert api.completions == []


def test_a_failed_check_is_sent_again_and_may_pass(run, program):
    async def main(api):
        async with program(api.base_url) as opened:
            opened.enter("c")
            opened.window.input.format_edit.replace_text(json.dumps(SCHEMA))
            await opened.run()
            ended = opened.hear(opened.session.shown.ended)
            opened.window.run_bar.retry_action.trigger()
            request = (await ended)[0].requests[0]
            assert request.state is RequestState.DONE
            assert opened.window.results.model.index(0, len(Column)).data() == "=Paris"

    with stub_api_thread([Reply.answer("no JSON"), Reply.answer(ANSWERS["a"])]) as api:
        run(main(api))


def test_a_format_comes_back_from_draft_and_batch_file(run, program, tmp_path):
    async def main():
        async with program() as opened:
            panel = opened.window.input
            opened.enter("a")
            panel.format_edit.replace_text(json.dumps(SCHEMA))
            draft = panel.draft()
            path = tmp_path / "batch.json"
            await asyncio.to_thread(write_batch_file, path, opened.session.batch_file())
            assert read_batch_file(path).schema == SCHEMA
            panel.format_edit.replace_text("")
            panel.restore(draft)
            assert answer_format(panel.schema()).schema == SCHEMA
            panel.format_edit.replace_text("")
            await opened.session.load_file(path)
            assert answer_format(panel.schema()).schema == SCHEMA
            opened.enter()
            # an example of ours has its own, or none
            opened.session.open_example("greeting")
            assert panel.schema() == ""
            opened.session.open_example("extraction")
            assert "quantity" in answer_format(panel.schema()).columns

    run(main())


def test_the_demo_answers_in_the_form_that_is_asked_for(run, program):
    async def main():
        async with program() as opened:
            opened.session.open_example("extraction")
            ended = await opened.run()
            assert {request.state for request in ended.requests} == {RequestState.DONE}
            model = opened.window.results.model
            assert all(model.index(row, len(Column) + 3).data() for row in range(model.rowCount()))

    run(main())


def test_selected_rows_alone_are_run(run, program):
    async def main(api):
        async with program(api.base_url) as opened:
            panel, bar = opened.window.input, opened.window.run_bar
            assert not bar.selection_action.isVisible()
            names = ("a", "", "b", "d")
            panel.show_table(("name", "x"), [Row(n, {"name": name, "x": ""}) for n, name in enumerate(names)])
            panel.template_edit.setPlainText("{name}")
            changed = opened.hear(panel.selection_changed)
            panel.table_view.selectRow(3)
            await changed
            assert bar.selection_action.isVisible()
            assert "1" in bar.selection_action.text()
            ended = opened.hear(opened.session.shown.ended)
            bar.selection_action.trigger()
            (done,) = await ended
            assert [(request.index, request.prompt) for request in done.requests] == [(0, "d")]
            assert opened.window.results.response.prompt_edit.toPlainText() == "d"

    with stub_api_thread(answers) as api:
        run(main(api))
        assert [request.prompt for request in api.completions] == ["d"]


def test_the_run_button_says_what_a_run_takes(run, program):
    async def main(api):
        async with program(api.base_url) as opened:
            opened.enter("a", "d", template="{name}")
            button = opened.window.run_bar.run_button

            def tip():
                place = QPoint(5, 5)
                asked = QHelpEvent(QEvent.Type.ToolTip, place, button.mapToGlobal(place))
                QApplication.sendEvent(button, asked)
                return button.toolTip()

            assert "2" in tip()
            assert "not known yet" in tip()
            await opened.run()
            assert "going by the 2 answers" in tip()
            opened.window.input.names_edit.replace_text("")
            assert "nothing to send" in tip()

    with stub_api_thread(answers) as api:
        run(main(api))


def test_the_empty_results_say_what_a_run_takes(run, program):
    async def main():
        async with program() as opened:
            changed = opened.hear(opened.window.input.changed)
            opened.enter("Ada", template="x" * 400 + "{name}")
            await changed
            assert "About 101 tokens" in opened.window.results._empty_label.text()

    run(main())
