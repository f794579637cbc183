"""Figures of runs: taken once, in a thread, and never shown of another run than the one on show."""

import asyncio
import threading

import pytest
from guard import GUARD_S
from PySide6.QtCore import QLocale
from stub_api import Reply, stub_api_thread

from paradigm_gui.core.batch import ArmKind, RequestState
from paradigm_gui.core.run_figures import RunFigures
from paradigm_gui.measuring import Measuring

DONE, FAILED = RequestState.DONE, RequestState.FAILED
CONCURRENT, SEQUENTIAL = ArmKind.CONCURRENT, ArmKind.SEQUENTIAL
NAMES = ["Ada", "Bo", "Cy", "Di"]


@pytest.fixture(autouse=True)
def english():
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    yield
    QLocale.setDefault(before)


class Watched(list):
    """Requests that know which threads have gone through them, and can keep other threads waiting."""

    def __init__(self, requests):
        super().__init__(requests)
        self.readers = []
        self.may_be_read = threading.Event()
        self.may_be_read.set()
        self.is_read = threading.Event()

    def __iter__(self):
        self.readers.append(threading.get_ident())
        if threading.current_thread() is not threading.main_thread():
            self.is_read.set()
            assert self.may_be_read.wait(GUARD_S)
        return super().__iter__()


def watched(run, *, is_open=True):
    requests = run.arms[CONCURRENT].requests = Watched(run.arms[CONCURRENT].requests)
    if not is_open:
        requests.may_be_read.clear()
    return requests


def rows(*states):
    return [(name, state, f"hello {name}") for name, state in zip(NAMES, states, strict=False)]


def test_figures_are_taken_once_and_in_another_thread(run, make_run):
    async def main():
        measuring = Measuring()
        ended = make_run(*rows(DONE, DONE, FAILED))
        requests = watched(ended)
        first, second = await asyncio.gather(measuring.figures(ended), measuring.figures(ended, 9.0))
        assert first is second
        assert threading.get_ident() not in requests.readers
        times = len(requests.readers)
        assert times > 0
        assert await measuring.figures(ended) is first
        assert len(requests.readers) == times
        assert first == RunFigures.of(ended)

    run(main())


def test_an_arm_that_was_measured_at_its_end_is_not_measured_again(run, make_run):
    async def main():
        measuring = Measuring()
        ended = make_run(*rows(DONE, DONE), kinds=tuple(ArmKind))
        ended.arms[SEQUENTIAL].ended_at, end = None, ended.arms[SEQUENTIAL].ended_at
        so_far = await measuring.figures_so_far(ended)
        assert list(so_far.arms) == [CONCURRENT]
        ended.arms[SEQUENTIAL].ended_at = end
        figures = await measuring.figures(ended)
        assert figures.arms[CONCURRENT] is so_far.arms[CONCURRENT]
        assert figures.comparison

    run(main())


def test_what_goes_on_is_measured_anew(run, make_run):
    async def main():
        measuring = Measuring()
        ended = make_run(*rows(DONE, FAILED))
        before = await measuring.figures(ended)
        await measuring.figures_so_far(ended)
        arm = ended.arms[CONCURRENT]
        end, arm.ended_at = arm.ended_at, None
        measuring.forget(ended)
        arm.requests[1].state, arm.ended_at = DONE, end
        after = await measuring.figures(ended)
        assert (before.arms[CONCURRENT].done, after.arms[CONCURRENT].done) == (1, 2)

    run(main())


def test_one_who_waits_no_longer_does_not_take_them_from_the_others(run, make_run):
    async def main():
        measuring = Measuring()
        ended = make_run(*rows(DONE, DONE))
        requests = watched(ended, is_open=False)
        left, stays = measuring.figures(ended), measuring.figures(ended)
        left.cancel()
        requests.may_be_read.set()
        assert (await stays).arms[CONCURRENT].done == 2

    run(main())


def test_a_run_is_not_changed_while_it_is_looked_at(run, program, make_run):
    async def main(api):
        async with program(api.base_url) as opened:
            shown = make_run(*rows(DONE, FAILED))
            shown.endpoint = opened.window.run_bar.endpoint
            requests = watched(shown, is_open=False)
            await opened.session.shown.show(shown)
            await asyncio.to_thread(requests.is_read.wait, 20)
            ended = opened.hear(opened.session.shown.ended)
            started = opened.hear(opened.controller.run_started)
            opened.controller.retry(shown)
            await opened.controller.preload()
            for _ in range(100):  # whatever could have run by now has run
                await asyncio.sleep(0)
            assert not started.done()
            assert requests[1].state is FAILED
            requests.may_be_read.set()
            await ended
            assert opened.session.shown.figures.arms[CONCURRENT].done == 2
            assert "2 of 2" in opened.window.timing.figures_text()

    with stub_api_thread(lambda _: Reply.answer("hello again")) as api:
        run(main(api))


def test_figures_that_come_late_are_not_shown_with_another_run(run, program, make_run):
    async def main():
        async with program("http://127.0.0.1:1") as opened:
            late, other = make_run(*rows(DONE, DONE, DONE)), make_run(*rows(FAILED))
            requests = watched(late, is_open=False)
            shown = []
            opened.session.shown.figures_shown.connect(shown.append)
            await opened.session.shown.show(late)
            # its rows are there, its figures are not
            assert opened.window.results.model.rowCount() == 3
            assert opened.session.shown.figures is None
            assert "– at best" in opened.window.timing.figures_text()
            await opened.session.shown.show(other)
            await opened.hear(opened.session.shown.figures_shown)
            requests.may_be_read.set()
            await opened.controller.measuring.figures(late)
            await opened.idle()
            assert shown == [other]
            assert opened.session.shown.figures.arms[CONCURRENT].rows == 1

    run(main())


def test_a_run_has_ended_for_others_when_its_figures_are_on_show(run, program):
    async def main(api):
        async with program(api.base_url) as opened:
            opened.enter(*NAMES)
            on_show = []
            opened.session.shown.ended.connect(
                lambda ended: on_show.append(
                    (opened.session.shown.figures, opened.window.timing.figures_text())
                )
            )
            ended = await opened.run(compare=True)
            ((figures, text),) = on_show
            assert figures == await opened.session.shown.figures_of(ended)
            assert figures.comparison
            assert f"× {figures.comparison.speed_up:.2f}" in text
            assert opened.session.shown.explanation() in text
            assert opened.window.progress.label.text().endswith("tokens")

    with stub_api_thread(lambda _: Reply.answer("hello")) as api:
        run(main(api))
