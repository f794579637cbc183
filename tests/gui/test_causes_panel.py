"""Why rows failed: grouped, shown, and sent again."""

import asyncio
from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea
from stub_api import Reply, stub_api_thread

from paradigm_gui.core.batch import ArmKind, RequestState
from paradigm_gui.core.causes import causes_of
from paradigm_gui.core.errors import ErrorKind, RequestError
from paradigm_gui.widgets.causes_panel import MOST_LINES, UPDATE_PAUSE_MS
from paradigm_gui.widgets.results_panel import HEIGHT_OF_A_CAUSE, ResultsPanel

DONE, FAILED, STREAMING = RequestState.DONE, RequestState.FAILED, RequestState.STREAMING
CONCURRENT, SEQUENTIAL = ArmKind.CONCURRENT, ArmKind.SEQUENTIAL
NAMES = [f"{kind} {number}" for number in range(4) for kind in ("good", "bad", "broken", "strange")]
STATUSES = {"bad": 400, "broken": 500, "strange": 422}


@pytest.fixture
def panel(qtbot):
    panel = ResultsPanel()
    qtbot.addWidget(panel)
    panel.resize(900, 600)
    panel.show()
    return panel


@pytest.fixture
def failed_run(make_run):
    """Give `failed_run((kind, status, message) or None, ...)`: a run whose rows failed so, or are done."""

    def make(*errors, kinds=(CONCURRENT,)):
        run = make_run(
            *((f"Name {row}", FAILED if error else DONE, "") for row, error in enumerate(errors)), kinds=kinds
        )
        for arm in run.arms.values():
            for request, error in zip(arm.requests, errors, strict=True):
                if error:
                    kind, status, message = error
                    request.error = RequestError(kind, message, status)
        return run

    return make


BUSY = (ErrorKind.SERVER_ERROR, 503, "<b>busy</b>")
RUDE = (ErrorKind.BAD_REQUEST, 400, "too rude")


def lines(panel):
    return [line for line in panel.causes.lines if line.isVisibleTo(panel)]


def rows(panel):
    return [panel.model.row_at(place) for place in range(panel.model.rowCount())]


def test_it_is_there_only_when_something_failed(panel, failed_run):
    assert not panel.causes.isVisible()
    panel.show_run(failed_run(None, BUSY))
    assert panel.causes.isVisible()
    panel.show_run(failed_run(None, None))
    assert not panel.causes.isVisible()


def test_a_line_says_how_many_what_and_what_to_do(panel, failed_run):
    panel.show_run(failed_run(BUSY, RUDE, None, BUSY))
    first, second = lines(panel)
    for line, words in ((first, ("2", "503", "“<b>busy</b>”")), (second, ("1", "400", "“too rude”"))):
        assert all(word in line.text.accessibleName() for word in words)
    assert "&lt;b&gt;busy" in first.text.toolTip()
    assert "<b>" not in first.text.toolTip()
    assert "2" in first.retry_button.text()
    for button in (first.show_button, first.retry_button):
        assert "503" in button.accessibleName()
        assert button.accessibleDescription()
    assert "3" in panel.causes.heading.text()


def test_the_rows_of_a_cause_are_shown_alone(panel, failed_run):
    panel.show_run(failed_run(BUSY, RUDE, None, BUSY))
    panel.filter_box.setCurrentIndex(1)
    panel.search_edit.setText("nothing like it")
    first, second = lines(panel)
    first.show_button.click()
    assert rows(panel) == [0, 3]
    assert panel.all_rows_button.isVisible()
    assert panel.response.prompt_edit.toPlainText() == "Greet Name 0"
    second.show_button.click()
    assert rows(panel) == [1]
    assert (first.show_button.isChecked(), second.show_button.isChecked()) == (False, True)
    second.show_button.click()
    assert rows(panel) == [0, 1, 2, 3]
    assert not second.show_button.isChecked()
    assert not panel.all_rows_button.isVisible()


@pytest.mark.parametrize(
    ("act", "left"),
    [
        (lambda panel: panel.all_rows_button.click(), [0, 1, 2, 3]),
        (lambda panel: panel.filter_box.setCurrentIndex(1), [2]),
    ],
)
def test_all_rows_come_back(panel, failed_run, act, left):
    panel.show_run(failed_run(BUSY, RUDE, None, BUSY))
    line = lines(panel)[0]
    line.show_button.click()
    act(panel)
    assert rows(panel) == left
    assert not line.show_button.isChecked()
    assert not panel.all_rows_button.isVisible()


def test_a_run_that_goes_on_keeps_the_rows_and_another_one_does_not(panel, failed_run):
    run = failed_run(BUSY, RUDE)
    panel.show_run(run)
    lines(panel)[1].show_button.click()
    panel.show_run(run)
    assert rows(panel) == [1]
    panel.show_run(failed_run(BUSY, RUDE))
    assert rows(panel) == [0, 1]
    assert not any(line.show_button.isChecked() for line in lines(panel))


def test_each_arm_has_its_own_causes(panel, failed_run, qtbot):
    run = failed_run(BUSY, RUDE, kinds=(CONCURRENT, SEQUENTIAL))
    run.arms[SEQUENTIAL].requests[1].state = DONE
    panel.show_run(run)
    lines(panel)[1].show_button.click()
    with qtbot.waitSignal(panel.arm_shown):
        panel._arm_buttons.button(1).click()
    assert len(lines(panel)) == 1
    assert rows(panel) == [0, 1]
    panel.show_run(run)
    assert panel.shown_arm is SEQUENTIAL


def test_what_it_asks_for(panel, failed_run, qtbot):
    panel.show_run(failed_run(BUSY, RUDE, None, BUSY))
    with qtbot.waitSignal(panel.retry_requested) as asked:
        lines(panel)[0].retry_button.click()
    assert list(asked.args[0]) == [0, 3]


def test_while_a_run_goes_on_nothing_is_sent_again(panel, failed_run):
    panel.set_running(True)
    panel.show_run(failed_run(BUSY))
    (line,) = lines(panel)
    assert (line.show_button.isEnabled(), line.retry_button.isEnabled()) == (True, False)
    panel.set_running(False)
    assert line.retry_button.isEnabled()


def test_failures_are_added_as_they_come_and_at_most_twice_a_second(panel, failed_run):
    run = failed_run(*[BUSY] * 4)
    requests = run.arms[CONCURRENT].requests
    for request in requests:
        request.state = STREAMING
    panel.show_run(run)
    assert not panel.causes.isVisible()
    shown = []
    for request in requests:
        request.state = FAILED
        panel.refresh({CONCURRENT: {request.index}}, 51.0)
        shown.append(panel.causes.heading.text())
    assert len(set(shown)) == 1
    assert UPDATE_PAUSE_MS >= 500
    panel.settle()
    assert "4" in lines(panel)[0].text.accessibleName()


def test_it_catches_up_by_itself(panel, failed_run, qtbot):
    run = failed_run(BUSY, BUSY)
    requests = run.arms[CONCURRENT].requests
    requests[0].state = requests[1].state = STREAMING
    panel.show_run(run)
    for request in requests:
        request.state = FAILED
        panel.refresh({CONCURRENT: {request.index}}, 51.0)
    qtbot.waitUntil(lambda: "2" in panel.causes.heading.text())


def test_many_causes_take_few_lines(panel, failed_run):
    errors = [(kind, None, "x") for kind in ErrorKind]
    panel.show_run(failed_run(*errors))
    area = panel.causes.findChild(QScrollArea)
    line = lines(panel)[0].sizeHint().height()
    assert len(lines(panel)) == len(errors)
    assert area.height() == MOST_LINES * line
    panel.resize(900, 3 * HEIGHT_OF_A_CAUSE)
    assert area.height() == 3 * line
    panel.causes.heading.click()
    assert not area.isVisible()
    panel.causes.heading.click()
    assert area.isVisible()


def test_it_can_be_used_from_the_keyboard(panel, failed_run, qtbot):
    panel.show_run(failed_run(*[(kind, None, "x") for kind in ErrorKind]))
    panel.causes.heading.setFocus()
    for _ in range(2 * len(ErrorKind)):
        QTest.keyClick(panel.focusWidget(), Qt.Key.Key_Tab)
    last = panel.causes.lines[-1]
    assert panel.focusWidget() is last.retry_button
    # what has the focus is in sight
    assert last.visibleRegion().boundingRect().height() == last.height()
    with qtbot.waitSignal(panel.retry_requested) as asked:
        QTest.keyClick(panel.focusWidget(), Qt.Key.Key_Space)
    assert len(asked.args[0]) == 1


def test_details_give_way_to_what_happened(panel, failed_run):
    panel.show_run(failed_run((ErrorKind.SERVER_ERROR, 503, "word " * 90)))
    text = lines(panel)[0].text
    text.resize(1500, text.height())
    title, remedy, words = text._widths()
    assert min(title, remedy, words) > 100
    assert title + remedy + words <= 1500
    for width in range(title + 400, 0, -7):
        text.resize(width, text.height())
        widths = text._widths()
        assert sum(widths) <= width
        assert widths[0] == min(title, width)


def answer(request, refusing):
    word = request.prompt.split()[0]
    if refusing and word in STATUSES:
        return Reply.error(STATUSES[word], {"error": f"{request.prompt} is refused"})
    return Reply.answer("Fine")


def test_the_rows_of_one_cause_alone_are_sent_again(run, program):
    refusing = [True]

    async def main(api):
        async with program(api.base_url) as opened:
            bar, results = opened.window.run_bar, opened.window.results
            opened.enter(*NAMES, retries=0)
            await opened.run()
            statuses = {cause.http_status: cause for cause in results.causes._causes}
            assert {status: len(cause.rows) for status, cause in statuses.items()} == {400: 4, 422: 4, 500: 4}
            assert "12" in bar.retry_action.text()
            refusing[0] = False
            before = len(api.completions)
            place = results.causes._causes.index(statuses[500])
            results.causes.lines[place].show_button.click()
            ended = opened.hear(opened.session.shown.ended)
            results.causes.lines[place].retry_button.click()
            assert not results.causes.lines[place].retry_button.isEnabled()
            again = (await ended)[0]
            sent = Counter(request.prompt for request in api.completions[before:])
            assert sent == {name: 1 for name in NAMES if name.startswith("broken")}
            assert [cause.http_status for cause in causes_of(again.arms[CONCURRENT])] == [400, 422]
            assert len(lines(results)) == 2
            assert rows(results) == list(statuses[500].rows)
            assert {again.requests[row].state for row in rows(results)} == {DONE}
            assert "8" in bar.retry_action.text()
            assert bar.retry_action.isEnabled()
            assert not bar.go_on_action.isEnabled()
            ended = opened.hear(opened.session.shown.ended)
            bar.retry_action.trigger()
            await ended
            assert len(api.completions) == before + 12
            assert not results.causes.isVisible()
            assert not bar.retry_action.isEnabled()

    with stub_api_thread(lambda request: answer(request, refusing[0])) as api:
        run(main(api))


def test_the_sequential_arm_has_its_failures_sent_again(run, program):
    refusing = [True]

    async def main(api):
        async with program(api.base_url) as opened:
            opened.enter("good 1", "bad 1", retries=0)
            await opened.run(compare=True)
            refusing[0] = False
            before = len(api.completions)
            opened.window.results._arm_buttons.button(1).click()
            ended = opened.hear(opened.session.shown.ended)
            lines(opened.window.results)[0].retry_button.click()
            again = (await ended)[0]
            assert [request.prompt for request in api.completions[before:]] == ["bad 1"]
            assert again.arms[SEQUENTIAL].requests[1].state is DONE
            assert again.arms[CONCURRENT].requests[1].state is FAILED
            assert opened.window.results.shown_arm is SEQUENTIAL
            assert not opened.window.run_bar.retry_action.isEnabled()
            opened.window.results._arm_buttons.button(0).click()
            assert opened.window.run_bar.retry_action.isEnabled()

    with stub_api_thread(lambda request: answer(request, refusing[0])) as api:
        run(main(api))


def test_what_is_missing_is_sent_from_the_menu(run, program):
    async def main(api):
        async with program(api.base_url) as opened:
            bar = opened.window.run_bar
            opened.enter("good 1", "good 2", "good 3", cap=1)
            assert not bar.go_on_action.isEnabled()
            ended = opened.hear(opened.session.shown.ended)
            bar.run_action.trigger()
            await asyncio.to_thread(api.wait_for, lambda api: api.in_flight == 1)
            opened.controller.stop()
            await ended
            before = len(api.completions)
            assert "3" in bar.go_on_action.text()
            assert bar.go_on_action.isEnabled()
            ended = opened.hear(opened.session.shown.ended)
            bar.go_on_action.trigger()
            await asyncio.to_thread(api.wait_for, lambda api: api.in_flight == 1)
            assert not bar.go_on_action.isEnabled()
            api.release()
            again = (await ended)[0]
            assert [request.state for request in again.requests] == [DONE] * 3
            assert len(api.completions) == before + 3
            assert not bar.go_on_action.isEnabled()

    with stub_api_thread(lambda _: Reply.answer("Fine").gated()) as api:
        run(main(api))
