"""The whole of one request, as plain text."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from paradigm_gui.core.batch import RequestState, Row
from paradigm_gui.core.errors import ErrorKind, RequestError
from paradigm_gui.widgets.response_pane import NAME_CHARACTERS, ResponsePane, View

DONE, FAILED, STREAMING = RequestState.DONE, RequestState.FAILED, RequestState.STREAMING
CANCELLED = RequestState.CANCELLED
MARKUP = "<b>bold</b> & <img src='file:///etc/passwd'> a < b and c > d"


@pytest.fixture
def pane(qtbot):
    pane = ResponsePane()
    qtbot.addWidget(pane)
    pane.show()
    return pane


def words_of(pane):
    return "\n".join(label.text() for label in pane.findChildren(QLabel) if label.isVisible())


def request_of(make_run, *row):
    (arm,) = make_run(row).arms.values()
    return arm.requests[0]


def test_foreign_text_is_shown_literally(pane, make_run):
    pane.show_request(request_of(make_run, MARKUP, DONE, MARKUP))
    assert pane.answer_edit.toPlainText() == MARKUP
    assert pane.prompt_edit.toPlainText() == f"Greet {MARKUP}"
    assert MARKUP[:30] in words_of(pane)


def test_an_answer_grows_where_the_reader_left_it(pane, make_run):
    request = request_of(make_run, "Ada", STREAMING, "line\n" * 200)
    pane.show_request(request)
    cursor = pane.answer_edit.textCursor()
    cursor.setPosition(3)
    cursor.setPosition(9, cursor.MoveMode.KeepAnchor)
    pane.answer_edit.setTextCursor(cursor)
    request.partial.append("and more")
    pane.show_request(request)
    assert pane.answer_edit.toPlainText() == "line\n" * 200 + "and more"
    assert pane.answer_edit.textCursor().selectedText() == cursor.selectedText()
    assert pane.answer_edit.verticalScrollBar().value() == 0


def test_an_answer_that_starts_anew_replaces_the_old_one(pane, make_run):
    request = request_of(make_run, "Ada", STREAMING, "first attempt")
    pane.show_request(request)
    request.partial[:] = ["se"]
    pane.show_request(request)
    assert pane.answer_edit.toPlainText() == "se"


@pytest.mark.parametrize(
    ("state", "kind", "is_partial"),
    [
        (CANCELLED, None, True),
        (FAILED, ErrorKind.DROPPED, True),
        (FAILED, ErrorKind.NOT_KEPT, False),
        (STREAMING, None, False),
    ],
)
def test_what_is_not_a_whole_answer_is_called_partial(pane, make_run, state, kind, is_partial):
    request = request_of(make_run, "Ada", state, "")
    request.partial[:] = ["Half of"]
    request.error = RequestError(kind) if kind else None
    pane.show_request(request)
    assert pane.answer_edit.toPlainText() == "Half of"
    assert (pane.tr("partial answer") in words_of(pane)) == is_partial


def test_an_error_comes_with_the_servers_words(pane, make_run):
    pane.show_request(request_of(make_run, "Ada", FAILED, ""))
    assert "HTTP 400" in words_of(pane)
    assert "<b>too rude</b>" in words_of(pane)
    pane.show_request(request_of(make_run, "Bo", DONE, "fine"))
    assert "400" not in words_of(pane)


def test_without_a_request_it_is_empty(pane, make_run):
    pane.show_request(request_of(make_run, "Ada", DONE, "Hello"))
    pane.show_request(None)
    assert (pane.answer_edit.toPlainText(), pane.prompt_edit.toPlainText()) == ("", "")


def run_with(make_run, *row):
    run = make_run(row)
    run.is_keyed = True
    return run, run.requests[0]


def test_the_whole_request_is_shown_and_copied_without_the_key(pane, make_run, qtbot):
    run, request = run_with(make_run, MARKUP, DONE, "fine")
    pane.show_request(request, run)
    assert pane.raw_edit.toPlainText() == ""
    pane.view_buttons[View.REQUEST].click()
    text = pane.raw_edit.toPlainText()
    assert (pane.raw_edit.isVisible(), pane.prompt_edit.isVisible()) == (True, False)
    assert text.splitlines()[0] == "POST http://127.0.0.1:1/api/v2/chat/completions"
    assert "Authorization: Bearer •••" in text
    assert MARKUP in text
    pane.copy_button.click()
    assert QGuiApplication.clipboard().text() == text
    pane.view_buttons[View.PROMPT].click()
    pane.copy_button.click()
    assert QGuiApplication.clipboard().text() == request.prompt


def test_the_request_on_show_follows_the_row(pane, make_run):
    run = make_run(("Ada", DONE, "fine"), ("Bo", DONE, "fine"))
    pane.view_buttons[View.REQUEST].click()
    for request, name in zip(run.requests, ("Ada", "Bo"), strict=True):
        pane.show_request(request, run)
        assert f"Greet {name}" in pane.raw_edit.toPlainText()
        # nothing is known of the settings of a server of another time
        assert pane.tr("Request as it was sent") not in words_of(pane).splitlines()
    pane.show_request(None)
    assert pane.raw_edit.toPlainText() == ""


def table_run(make_run, answer, state=DONE):
    run = make_run(("Ada", state, answer), ("Bo", DONE, "fine"))
    values = {"letter": "Dear Sir,\n" + "x" * 300, "<b>town</b>": "Lille", "name": "Ada"}
    run.batch = replace(run.batch, columns=("name", "<b>town</b>", "letter"))
    run.requests[0].row = Row(0, values)
    run.requests[1].row = Row(1, dict.fromkeys(values, "y"))
    return run


def test_a_row_is_named_in_short_and_its_columns_are_listed(pane, make_run):
    run = table_run(make_run, "fine")
    pane.show_request(run.requests[0], run)
    assert words_of(pane).splitlines()[0] == "Row 1 · Ada"
    assert pane.view is View.INPUT
    lines = pane.input_edit.toPlainText().splitlines()
    assert lines[:3] == ["name: Ada", "<b>town</b>: Lille", "letter: Dear Sir,"]
    assert "x" * 300 in lines[3]
    pane.copy_button.click()
    assert QGuiApplication.clipboard().text() == pane.input_edit.toPlainText()
    run.requests[0].row = Row(0, {"name": "long " * 50, "<b>town</b>": "", "letter": ""})
    pane.show_request(None)
    pane.show_request(run.requests[0], run)
    assert len(words_of(pane).splitlines()[0]) == len("Row 1 · ") + NAME_CHARACTERS


def test_one_column_needs_no_list(pane, make_run):
    pane.show_request(request_of(make_run, "Ada", DONE, "fine"))
    assert pane.view is View.PROMPT
    assert pane.prompt_edit.isVisible()
    assert not pane.view_buttons[View.INPUT].isVisible()
    assert not pane.view_buttons[View.FIELDS].isVisible()


def test_the_fields_of_a_json_answer_are_listed(pane, make_run):
    run = table_run(make_run, '{"mood": "<i>good</i>", "tags": ["a", "é"], "n": 1.50, "none": null}')
    pane.show_request(run.requests[0], run)
    assert pane.view is View.FIELDS
    assert pane.fields_edit.isVisible()
    assert pane.fields_edit.toPlainText().splitlines() == [
        "mood: <i>good</i>",
        "tags: [",
        '  "a",',
        '  "é"',
        "]",
        "n: 1.5",
        "none: null",
    ]
    assert pane.answer_edit.toPlainText().startswith('{"mood"')
    pane.show_request(run.requests[1], run)
    assert (pane.view, pane.fields_edit.toPlainText()) == (View.INPUT, "")


@pytest.mark.parametrize("text", ["{broken", "[1, 2]", "plain", '{"a": "' + "x" * 300_000 + '"}'])
def test_other_answers_have_no_fields(pane, make_run, text):
    pane.show_request(request_of(make_run, "Ada", DONE, text))
    assert pane.view is View.PROMPT


def test_half_an_object_has_no_fields_until_it_is_whole(pane, make_run):
    run = table_run(make_run, '{"a": 1}', STREAMING)
    pane.show_request(run.requests[0], run)
    assert pane.view is View.INPUT
    run.requests[0].completion = replace(run.requests[1].completion, text='{"a": 1}')
    pane.show_request(run.requests[0], run)
    assert pane.fields_edit.toPlainText() == "a: 1"


def test_a_view_that_was_chosen_stays(pane, make_run):
    run = table_run(make_run, '{"a": 1}')
    pane.show_request(run.requests[0], run)
    pane.view_buttons[View.FIELDS].click()
    pane.show_request(run.requests[1], run)
    assert pane.view is View.INPUT
    pane.view_buttons[View.PROMPT].click()
    pane.show_request(run.requests[0], run)
    assert pane.view is View.PROMPT
    assert pane.view_buttons[View.PROMPT].isChecked()
