"""The log, and one report for every bug, whichever door it comes through."""

import asyncio
import logging
import sys
import threading

import pytest
from stub_api import Reply, stub_api_thread

from paradigm_gui.core.batch import RequestState
from paradigm_gui.reporter import Reporter
from paradigm_gui.tasks import Tasks


@pytest.fixture(autouse=True)
def doors(monkeypatch):
    """Give the doors back after the test."""
    for place, name in ((sys, "excepthook"), (threading, "excepthook"), (sys, "unraisablehook")):
        monkeypatch.setattr(place, name, getattr(place, name))


@pytest.fixture
def reporter(tmp_path):
    level = logging.getLogger().level
    reporter = Reporter(tmp_path / "log" / "program.log")
    yield reporter
    reporter.close()
    logging.getLogger().setLevel(level)


def bug(text="sk-canary is wrong"):
    raise ValueError(text)


def caught(act):
    try:
        act()
    except ValueError as error:
        return error
    raise AssertionError("no bug")


def test_a_bug_is_told_once_and_logged_each_time(qtbot, reporter):
    told = []
    reporter.bug_reported.connect(told.append)
    for _ in range(3):
        reporter.report(caught(bug))
    reporter.report(caught(lambda: int("another place")))
    assert told == ["ValueError", "ValueError"]
    assert reporter.log_path.read_text().count("Traceback") == 4


@pytest.mark.skipif(sys.platform == "win32", reason="its folders belong to one user anyway")
def test_nobody_else_reads_the_log(reporter):
    reporter.report(caught(bug))
    assert reporter.log_path.stat().st_mode & 0o777 == 0o600
    assert reporter.log_path.parent.stat().st_mode & 0o777 == 0o700


def test_no_secret_reaches_the_log(reporter):
    reporter.hide("sk-canary")
    reporter.hide("ab")
    reporter.report(caught(bug))
    logging.getLogger("anything").warning("sent %s with Authorization: Bearer abc.def-123", "sk-canary")
    logging.getLogger("anything").warning("%s", {"Proxy-Authorization": "Basic dXNlcjpwYXNz"})
    text = reporter.log_path.read_text()
    assert "is wrong" in text
    assert "sk-canary" not in text
    assert "abc.def" not in text
    assert "dXNlcjpwYXNz" not in text
    assert "Traceback" in text


def test_every_door_leads_here(run, reporter):
    told = []
    reporter.bug_reported.connect(told.append)
    reporter.install()

    def at(name):
        kind = type(name, (Exception,), {})

        def fail(*_):
            raise kind

        return fail

    class Unraisable:
        def __del__(self):
            at("Destructor")()

    async def main():
        loop = asyncio.get_running_loop()
        reporter.watch(loop)
        loop.call_soon(at("Callback"))
        thread = threading.Thread(target=at("InThread"))
        thread.start()
        await asyncio.to_thread(thread.join)
        Unraisable()
        try:
            at("Hook")()
        except Exception as error:  # noqa: BLE001 - as the interpreter would hand it over
            sys.excepthook(type(error), error, error.__traceback__)
        tasks = Tasks(reporter.report)

        async def fail():
            at("InTask")()

        await asyncio.wait([tasks.start(fail(), "fails")])
        # the done callbacks of a task run one turn later
        await asyncio.sleep(0)

    run(main())
    assert sorted(told) == ["Callback", "Destructor", "Hook", "InTask", "InThread"]


def test_an_interruption_is_no_bug(reporter):
    told = []
    reporter.bug_reported.connect(told.append)
    reporter.install()
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert told == []


def test_a_bug_in_a_slot_is_told_and_the_run_goes_on(run, program):
    async def main(api):
        async with program(api.base_url) as opened:
            opened.reporter.install()
            told, steps = [], []
            opened.reporter.bug_reported.connect(told.append)

            def broken(*_):
                steps.append(1)
                bug()

            opened.controller.progressed.connect(broken)
            opened.enter(*(f"name {number}" for number in range(20)), cap=2)
            ended = await opened.run()
            assert {request.state for request in ended.requests} == {RequestState.DONE}
            assert len(steps) > 1
            assert told == ["ValueError"]
            assert opened.window.message_banner.isVisible()
            assert "ValueError" in opened.window.message_banner.label.text()

    with stub_api_thread(lambda request: Reply.answer(request.prompt).after(0.02)) as api:
        run(main(api))


def test_a_log_that_cannot_be_written_does_not_stop_the_program(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    reporter = Reporter(tmp_path / "file" / "program.log")
    reporter.report(caught(bug))
    reporter.close()
    assert "program.log" in capsys.readouterr().err
