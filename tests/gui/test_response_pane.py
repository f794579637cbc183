"""The whole of one request, as plain text."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from paradigm_gui.core.batch import RequestState
from paradigm_gui.core.errors import ErrorKind, RequestError
from paradigm_gui.widgets.response_pane import ResponsePane

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
    assert MARKUP in words_of(pane)


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
    pane.raw_button.click()
    text = pane.raw_edit.toPlainText()
    assert (pane.raw_edit.isVisible(), pane.prompt_edit.isVisible()) == (True, False)
    assert text.splitlines()[0] == "POST http://127.0.0.1:1/api/v2/chat/completions"
    assert "Authorization: Bearer •••" in text
    assert MARKUP in text
    pane.copy_button.click()
    assert QGuiApplication.clipboard().text() == text
    pane.raw_button.click()
    pane.copy_button.click()
    assert QGuiApplication.clipboard().text() == request.prompt


def test_the_request_on_show_follows_the_row(pane, make_run):
    run = make_run(("Ada", DONE, "fine"), ("Bo", DONE, "fine"))
    pane.raw_button.click()
    for request, name in zip(run.requests, ("Ada", "Bo"), strict=True):
        pane.show_request(request, run)
        assert f"Greet {name}" in pane.raw_edit.toPlainText()
        # nothing is known of the settings of a server of another time
        assert pane.tr("Request as it was sent") not in words_of(pane).splitlines()
    pane.show_request(None)
    assert pane.raw_edit.toPlainText() == ""
