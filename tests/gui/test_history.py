"""Kept runs, from the button to the file and back into a window that was opened later."""

import asyncio
import json
import threading
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from conftest import OpenProgram
from guard import GUARD_S
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication
from stub_api import Reply, stub_api_thread

from paradigm_gui.command_line import parse
from paradigm_gui.core.batch import ArmKind, RequestState
from paradigm_gui.core.endpoints import Endpoint
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.plan import Plan
from paradigm_gui.core.store import Store
from paradigm_gui.history import History, open_store
from paradigm_gui.models import difference_model
from paradigm_gui.models.history_model import Column
from paradigm_gui.models.results_model import ResultsModel
from paradigm_gui.timing_pages import TimingPages
from paradigm_gui.widgets.banner import Tone
from paradigm_gui.widgets.charts import Chart
from paradigm_gui.widgets.difference_window import DifferenceWindow
from paradigm_gui.widgets.timing_panel import Page

NAMES = ["Ada", "Bo", "Cy", "Di", "Ed", "Fay"]
CONCURRENT, SEQUENTIAL = ArmKind.CONCURRENT, ArmKind.SEQUENTIAL
ANSWERS = (difference_model.Column.FIRST_ANSWER, difference_model.Column.SECOND_ANSWER)
DONE, FAILED, CANCELLED, QUEUED = (
    RequestState.DONE,
    RequestState.FAILED,
    RequestState.CANCELLED,
    RequestState.QUEUED,
)


def echo(request):
    return Reply.answer(f"Answer to {request.prompt}")


def gated_from(name):
    """Hold the answer for this name, and for all that follow it."""
    held = {f"Greet {late}" for late in NAMES[NAMES.index(name) :]}
    return lambda request: echo(request).gated() if request.prompt in held else echo(request)


async def server(api, condition):
    """Wait for the server without holding up the window."""
    await asyncio.to_thread(api.wait_for, condition)


def prompts(api, first=0):
    return sorted(request.prompt for request in api.completions[first:])


def greetings(*names):
    return [f"Greet {name}" for name in names]


def cells_of(arm):
    model = ResultsModel()
    model.show_arm(arm)
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


@dataclass
class KeepingProgram:
    """An open program whose runs are kept, with the list of them in sight."""

    program: OpenProgram
    history: History
    store: Store | None

    @property
    def window(self):
        return self.program.window

    @property
    def dock(self):
        return self.window.history

    @property
    def message(self):
        banner = self.window.message_banner
        return "" if banner.isHidden() else banner.label.text()

    async def press(self, control):
        """Press a button or trigger an action, and wait until all that comes of it is done."""
        control.click() if hasattr(control, "click") else control.trigger()
        await self.program.idle()

    async def run(self, *, compare=False, **limits):
        self.program.enter(*NAMES, template="Greet {name}", **limits)
        ended = await self.program.run(compare=compare)
        await self.program.idle()
        return ended

    async def begin(self, *, compare=False, **limits):
        """Start a run; give a future of its end."""
        self.program.enter(*NAMES, template="Greet {name}", **limits)
        bar = self.window.run_bar
        ended = self.program.hear(self.program.session.shown.ended)
        (bar.compare_action if compare else bar.run_action).trigger()
        return ended

    def done(self, kind=CONCURRENT):
        return self.program.controller.finals.get(kind, {}).get(DONE, 0)

    def shown(self):
        """All that the window says about a run."""
        run = self.program.session.shown.run
        return {
            "cells": {kind: cells_of(arm) for kind, arm in run.arms.items()},
            "answers": [request.text for request in run.requests],
            "figures": self.window.timing.figures_text(),
            "progress": self.window.progress.label.text(),
        }

    def select(self, *rows):
        table = self.dock.table
        table.clearSelection()
        mode = QItemSelectionModel.SelectionFlag
        for row in rows:
            table.selectionModel().select(self.dock.model.index(row, Column.NAME), mode.Select | mode.Rows)

    @property
    def difference(self):
        """The window with the last comparison, if it is open."""
        windows = [
            widget for widget in QApplication.topLevelWidgets() if isinstance(widget, DifferenceWindow)
        ]
        return next((window for window in windows if window.isVisible()), None)

    def listed(self, column=Column.NAME):
        model = self.dock.model
        return [model.index(row, column).data() for row in range(model.rowCount())]

    async def on_disk(self, kind=CONCURRENT):
        """The answers of the newest run that are in the file, by row."""
        run = await self.store.load((await self.store.runs())[0].key)
        return {request.index: request.text for request in run.arms[kind].requests if request.state is DONE}


@pytest.fixture
def keeping(program, tmp_path):
    """Give `keeping(base_url)`: a program that keeps its runs in `tmp_path`; each use is another start."""

    @asynccontextmanager
    async def opened(base_url="", *, path=tmp_path / "data" / "runs.sqlite3"):
        async with program(base_url) as parts:
            opening = parts.tasks.start(open_store(path, parts.session), "open the store")
            parts.controller.use_store(opening)
            history = History(parts.window.history, parts.session, parts.tasks, opening)
            parts.window.history.toggleViewAction().trigger()
            store = await opening
            await parts.idle()
            try:
                yield KeepingProgram(parts, history, store)
            finally:
                history.close()
                parts.controller.leave()
                await parts.controller.settled()
                await parts.tasks.finish()
                if store:
                    await asyncio.to_thread(store.close)

    return opened


def test_a_run_is_listed_and_opened_as_it_was(run, keeping):
    async def main(api):
        async with keeping(api.base_url) as first:
            assert first.listed() == []
            await first.run(compare=True, retries=0)
            before = first.shown()
            assert first.listed() == ["Greet {name}"]
            assert first.listed(Column.ROWS) == ["5 of 6"]
            assert first.listed(Column.SPEED_UP)[0].startswith("×")
        async with keeping(api.base_url) as second:
            assert second.listed() == ["Greet {name}"]
            await second.press(second.dock.open_button)
            assert second.shown() == before
            assert list(before["cells"]) == [CONCURRENT, SEQUENTIAL]
            results = second.window.results
            results.select_request(3)
            assert results.response.answer_edit.toPlainText() == "Answer to Greet Di"
            assert second.window.export_action.isEnabled()
            assert second.window.run_bar.run_button.isEnabled()

    def script(request):
        return Reply.error(400) if request.prompt == "Greet Bo" else echo(request)

    with stub_api_thread(script) as api:
        run(main(api))
        assert len(api.completions) == 12


@pytest.mark.parametrize("plan", [Plan(), Plan(sweep=True, repeats=2)])
def test_the_timing_of_an_opened_run_is_as_it_was(run, keeping, plan):
    async def timing(opened):
        """Everything on the pages of the timing, each of which is looked at."""
        await opened.program.idle()
        panel = opened.window.timing
        said = {Page.FIGURES: panel.table.figures_model.text()}
        for page in (Page.LATENCY, Page.LOAD, Page.SWEEP):
            panel.tabs.setCurrentIndex(list(Page).index(page))
            await opened.program.idle()
            said[page] = panel._frames[page].findChild(Chart).description()
        what_if = panel.what_if
        said[Page.WHAT_IF] = [
            label.text() for label in (what_if.result, what_if.details, what_if.assumptions)
        ]
        said["estimate"] = (panel.figures.estimate.isHidden(), panel.figures.estimate.text())
        models = [panel.models[kind] for kind in (CONCURRENT, SEQUENTIAL)]
        said[Page.RACE] = [model.bar(place) for model in models for place in range(model.rowCount())]
        return said

    def rounded(bars):
        return [
            (bar.state, [(part.kind, round(part.start, 6), round(part.end, 6)) for part in bar.segments])
            for bar in bars
        ]

    async def main(api):
        async with keeping(api.base_url) as first:
            TimingPages(first.window.timing, first.program.session, first.program.tasks)
            first.program.enter(*NAMES, template="Greet {name}", cap=4)
            ended = first.program.hear(first.program.session.shown.ended)
            first.program.session.start(plan)
            await ended
            before = await timing(first)
        async with keeping(api.base_url) as second:
            TimingPages(second.window.timing, second.program.session, second.program.tasks)
            await second.press(second.dock.open_button)
            after = await timing(second)
        assert rounded(after.pop(Page.RACE)) == rounded(before.pop(Page.RACE))
        assert after == before
        assert "Estimate" in after[Page.WHAT_IF][0]

    with stub_api_thread(echo) as api:
        run(main(api))


def test_no_loop_lag_of_another_run_is_told_of_an_opened_one(run, keeping, tmp_path):
    def told_by(opened):
        opened.program.session.write_outputs(parse(["--report", str(tmp_path / "r.json")]))
        return json.loads((tmp_path / "r.json").read_text("utf-8"))["client"]["loop_lag_max"]

    async def main(api):
        async with keeping(api.base_url) as opened:
            await opened.run()
            assert told_by(opened) is not None
            await opened.press(opened.dock.open_button)
            assert told_by(opened) is None

    with stub_api_thread(lambda request: echo(request).after(0.05)) as api:
        run(main(api))


def test_a_stopped_run_is_opened_as_it_was(run, keeping):
    async def main(api):
        async with keeping(api.base_url) as first:
            ended = await first.begin(cap=2)
            await first.program.until(lambda: first.done() == 3)
            await server(api, lambda api: sum(request.is_held for request in api.completions) == 2)
            first.program.controller.stop()
            await ended
            await first.program.idle()
            before = first.shown()
            states = [request.state for request in first.program.session.shown.run.requests]
            assert states == [DONE] * 3 + [CANCELLED] * 3
        async with keeping(api.base_url) as second:
            await second.history.offer_unfinished()
            # who stops a run has ended it
            assert second.message == ""
            await second.press(second.dock.open_button)
            assert second.shown() == before

    with stub_api_thread(gated_from("Di")) as api:
        run(main(api))


def test_what_was_stopped_is_gone_on_with(run, keeping):
    async def main(api):
        async with keeping(api.base_url) as opened:
            ended = await opened.begin(cap=2)
            await opened.program.until(lambda: opened.done() == 3)
            opened.program.controller.stop()
            await ended
            await opened.program.idle()
            first = len(api.completions)
            api.release()
            assert opened.dock.resume_button.isEnabled()
            assert not opened.dock.retry_button.isEnabled()
            await opened.press(opened.dock.resume_button)
            assert prompts(api, first) == greetings("Di", "Ed", "Fay")
            assert opened.done() == 6
            assert not opened.dock.resume_button.isEnabled()
            assert opened.listed(Column.ROWS) == ["6 of 6"]
            assert await opened.on_disk() == {
                row: f"Answer to Greet {name}" for row, name in enumerate(NAMES)
            }

    with stub_api_thread(gated_from("Di")) as api:
        run(main(api))


@pytest.mark.parametrize("cut_in", [CONCURRENT, SEQUENTIAL])
def test_figures_are_taken_anew_when_a_run_goes_on(run, keeping, cut_in):
    """What the panel says at the end is what it says of the same run when it is opened again."""

    def script(request):
        # the second arm sends the same prompts once more
        seen = [other.prompt for other in api.completions].count(request.prompt)
        is_held = request.prompt == "Greet Di" and seen == (1 if cut_in is CONCURRENT else 2)
        return echo(request).gated() if is_held else echo(request)

    async def main(api):
        async with keeping(api.base_url) as opened:
            ended = await opened.begin(compare=cut_in is SEQUENTIAL, cap=2)
            await server(api, lambda api: any(request.is_held for request in api.completions))
            opened.program.controller.stop()
            await ended
            await opened.program.idle()
            await opened.press(opened.dock.resume_button)
            assert all(request.state is DONE for request in opened.program.session.shown.run.requests)
            shown = opened.window.timing.figures_text()
            await opened.press(opened.dock.open_button)
            assert opened.window.timing.figures_text() == shown
            is_offered = opened.window.timing.figures.compare_button.isVisible()
            assert is_offered == (cut_in is CONCURRENT)

    with stub_api_thread(script) as api:
        run(main(api))


def test_only_the_failed_rows_are_sent_again(run, keeping):
    refused = {"Greet Ada", "Greet Cy"}

    def script(request):
        if request.prompt in refused:
            return Reply.error(400)
        return echo(request).gated() if request.prompt in greetings("Ed", "Fay") else echo(request)

    async def main(api):
        async with keeping(api.base_url) as opened:
            ended = await opened.begin(cap=2, retries=0)
            await server(api, lambda api: sum(request.is_held for request in api.completions) == 2)
            await opened.program.until(lambda: opened.done() == 2)
            opened.program.controller.stop()
            await ended
            await opened.program.idle()
            first = len(api.completions)
            refused.clear()
            await opened.press(opened.dock.retry_button)
            assert prompts(api, first) == greetings("Ada", "Cy")
            states = [request.state for request in opened.program.session.shown.run.requests]
            assert states == [DONE] * 4 + [CANCELLED] * 2
            assert opened.listed(Column.ROWS) == ["4 of 6, stopped"]
            assert not opened.dock.retry_button.isEnabled()
            assert opened.dock.resume_button.isEnabled()

    with stub_api_thread(script) as api:
        run(main(api))


def test_rows_that_are_sent_again_are_no_longer_failed_on_disk(run, keeping):
    replies = {}

    async def main(api):
        async with keeping(api.base_url) as opened:
            await opened.run(retries=0)
            replies.update(dict.fromkeys(greetings("Ada", "Cy"), Reply.answer().gated()))
            ended = opened.program.hear(opened.program.session.shown.ended)
            opened.dock.retry_button.click()
            await server(api, lambda api: sum(request.is_held for request in api.completions) == 2)
            # a kill now would find them wanted
            kept = await opened.store.load((await opened.store.runs())[0].key)
            states = [request.state for request in kept.arms[CONCURRENT].requests]
            assert states == [QUEUED, DONE, QUEUED, DONE, DONE, DONE]
            assert [len(request.attempts) for request in kept.arms[CONCURRENT].requests] == [1] * 6
            api.release()
            await ended

    refused = {prompt: Reply.error(400) for prompt in greetings("Ada", "Cy")}
    with stub_api_thread(lambda seen: (replies or refused).get(seen.prompt) or echo(seen)) as api:
        run(main(api))


@pytest.mark.parametrize("is_stopped", [True, False])
def test_rows_that_cannot_be_marked_as_wanted_stay_failed(run, keeping, is_stopped):
    replies = {}
    asked, may_go_on = threading.Event(), threading.Event()

    def obstacle():
        asked.set()
        may_go_on.wait(GUARD_S)
        if not is_stopped:
            raise OSError("no room")

    def be_in_the_way(connection):
        connection.create_function("obstacle", 0, obstacle)
        connection.execute(
            "CREATE TEMP TRIGGER obstacle BEFORE UPDATE ON requests BEGIN SELECT obstacle(); END"
        )

    async def main(api):
        async with keeping(api.base_url) as opened:
            before = await opened.run(retries=0)
            times = [(arm.started_at, arm.ended_at) for arm in before.passes]
            errors = [request.error for request in before.requests]
            await opened.store._writer.do(be_in_the_way)
            opened.program.controller.retry(before)
            await asyncio.to_thread(asked.wait, GUARD_S)
            if is_stopped:
                opened.program.controller.stop()
            may_go_on.set()
            await opened.program.idle()
            assert not opened.program.controller.is_running
            states = [request.state for request in before.requests]
            assert states == [FAILED, DONE, FAILED, DONE, DONE, DONE]
            assert [request.error for request in before.requests] == errors
            assert [(arm.started_at, arm.ended_at) for arm in before.passes] == times
            assert len(api.completions) == 6
            await opened.store._writer.do(lambda connection: connection.execute("DROP TRIGGER obstacle"))
            replies.update(dict.fromkeys(greetings("Ada", "Cy"), Reply.answer()))
            opened.program.controller.retry(before)
            await opened.program.idle()
            assert opened.done() == len(await opened.on_disk()) == 6

    refused = {prompt: Reply.error(400) for prompt in greetings("Ada", "Cy")}
    with stub_api_thread(lambda seen: (replies or refused).get(seen.prompt) or echo(seen)) as api:
        run(main(api))


def test_a_stopped_run_is_kept_as_such_though_another_starts_at_once(run, keeping):
    async def main(api):
        async with keeping(api.base_url) as opened:
            ended = await opened.begin()
            await server(api, lambda api: api.in_flight == 6)
            opened.program.controller.run_ended.connect(
                lambda _run: opened.window.run_bar.run_action.trigger(),
                Qt.ConnectionType.SingleShotConnection,
            )
            opened.program.controller.stop()
            first = (await ended)[0]
            await server(api, lambda api: len(api.completions) == 12)
            api.release()
            await opened.program.idle()
            outcomes = {summary.key: summary.outcome for summary in await opened.store.runs()}
            assert outcomes.pop(first.key) == "stopped"
            assert list(outcomes.values()) == ["ended"]

    with stub_api_thread(lambda request: echo(request).gated()) as api:
        run(main(api))


def test_a_bug_after_the_end_of_a_run_keeps_nobody_waiting(run, keeping):
    async def main(api):
        async with keeping(api.base_url) as opened:
            opened.program.controller.run_ended.connect(lambda _run: opened.store.close())
            kept = opened.program.hear(opened.program.controller.run_kept)
            ended = await opened.begin()
            assert await kept == await ended
            await opened.program.idle()
            assert "the store is closed" in opened.program.settings.log_path.read_text("utf-8")

    with stub_api_thread(echo) as api:
        run(main(api))


def test_a_run_is_renamed_deleted_and_brought_back(run, keeping):
    async def main(api):
        async with keeping(api.base_url) as first:
            await first.run()
            dock = first.dock
            assert dock.model.setData(dock.model.index(0, Column.NAME), " Greetings  of May ")
            await first.program.idle()
            assert first.listed() == ["Greetings of May"]
            await first.press(dock.delete_action)
            assert first.listed() == []
            assert "Greetings of May" in first.message
            await first.press(first.window.message_banner.button)
            assert first.listed() == ["Greetings of May"]
        async with keeping(api.base_url) as second:
            assert second.listed() == ["Greetings of May"]
            await second.press(second.dock.delete_action)
        async with keeping(api.base_url) as third:
            assert third.listed() == []

    with stub_api_thread(echo) as api:
        run(main(api))


def test_runs_are_found_by_their_prompts(run, keeping):
    async def main(api):
        async with keeping(api.base_url) as opened:
            await opened.run()
            opened.program.enter("Zoe", template="Bid {name} farewell")
            await opened.program.run()
            await opened.program.idle()
            assert opened.listed() == ["Bid {name} farewell", "Greet {name}"]
            heard = opened.program.hear(opened.dock.model.modelReset)
            opened.dock.search_edit.setText("FAREWELL")
            await heard
            assert opened.listed() == ["Bid {name} farewell"]

    with stub_api_thread(echo) as api:
        run(main(api))


def test_the_input_of_a_run_is_used_again(run, keeping):
    async def main(api):
        async with keeping(api.base_url) as first:
            first.window.input.system_edit.setPlainText("Be kind.")
            batch = (await first.run(cap=3)).batch
        async with keeping(api.base_url) as second:
            await second.press(second.dock.input_action)
            job = second.program.session.job()
            assert job.limits.cap == 3
            assert list(job.batch.rows) == list(batch.rows)
            assert (job.batch.template, job.batch.parameters) == (batch.template, batch.parameters)
            await second.store.check_unchanged((await second.store.runs())[0].key, job.batch)
            assert len(api.completions) == 6

    with stub_api_thread(echo) as api:
        run(main(api))


def test_a_private_run_leaves_nothing_in_the_file(run, keeping, tmp_path):
    def is_in_files(text):
        return any(text.encode() in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())

    async def main(api):
        async with keeping(api.base_url) as opened:
            opened.program.enter("kept-canary", template="{name}")
            await opened.program.run()
            opened.window.private_action.setChecked(True)
            opened.program.enter("private-canary", template="{name}")
            private = await opened.program.run()
            await opened.program.idle()
            assert [request.text for request in private.requests] == ["Answer to private-canary"]
            assert opened.listed() == ["{name}"]
            # nor does an arm that joins it
            opened.window.timing.compare_requested.emit()
            await opened.program.idle()
            assert opened.done(SEQUENTIAL) == 1
            assert opened.listed() == ["{name}"]
            assert not is_in_files("private-canary")
        assert is_in_files("kept-canary")
        assert not is_in_files("private-canary")

    with stub_api_thread(echo) as api:
        run(main(api))


@pytest.mark.parametrize("is_reopened", [False, True], ids=["at once", "later"])
def test_a_comparison_joins_a_kept_run(run, keeping, is_reopened):
    async def compare(opened):
        opened.window.timing.compare_requested.emit()
        await opened.program.idle()
        assert opened.message == ""
        assert opened.done(SEQUENTIAL) == 6
        assert opened.listed() == ["Greet {name}"]
        assert opened.listed(Column.SPEED_UP)[0].startswith("×")
        return opened.shown()

    async def main(api):
        async with keeping(api.base_url) as first:
            await first.run()
            assert first.listed(Column.SPEED_UP) == [""]
            before = None if is_reopened else await compare(first)
        async with keeping(api.base_url) as second:
            await second.press(second.dock.open_button)
            before = before or await compare(second)
        async with keeping(api.base_url) as third:
            await third.history.offer_unfinished()
            assert third.message == ""
            await third.press(third.dock.open_button)
            assert third.shown() == before
        assert len(api.completions) == 12

    with stub_api_thread(echo) as api:
        run(main(api))


@pytest.mark.parametrize("compare", [False, True], ids=["concurrent", "sequential"])
def test_a_run_that_was_left_is_offered_and_gone_on_with(run, keeping, compare):
    """The program is closed in the middle of the first arm, or of the second."""
    answered = set()

    def script(request):
        is_second_arm = request.prompt in answered
        answered.add(request.prompt)
        return echo(request) if compare and not is_second_arm else gated_from("Cy")(request)

    async def main(api):
        cut = SEQUENTIAL if compare else CONCURRENT
        async with keeping(api.base_url) as first:
            await first.begin(compare=compare, cap=2)
            await first.program.until(lambda: first.done(cut) == 2)
        before = len(api.completions)
        api.release()
        async with keeping(api.base_url) as second:
            assert second.listed() == ["Greet {name}"]
            assert second.dock.resume_button.isEnabled()
            await second.history.offer_unfinished()
            assert "Greet {name}" in second.message
            assert second.window.message_banner.button.isVisible()
            await second.press(second.window.message_banner.button)
            assert prompts(api, before) == greetings("Cy", "Di", "Ed", "Fay")
            assert second.message == ""
            assert second.done(cut) == 6
            assert not second.dock.resume_button.isEnabled()
            await second.history.offer_unfinished()
            assert second.message == ""

    with stub_api_thread(script) as api:
        run(main(api))


def test_a_run_that_is_being_opened_gives_way_to_one_that_is_started(run, keeping):
    async def main(api):
        async with keeping(api.base_url) as opened:
            api.release(0)
            kept = await opened.begin()
            await server(api, lambda api: api.in_flight == 6)
            api.release(6)
            kept = (await kept)[0]
            await opened.program.idle()
            opened.dock.open_button.click()
            ended = await opened.begin()
            assert opened.program.controller.is_running
            assert not opened.dock.open_button.isEnabled()
            (opening,) = [task for task in asyncio.all_tasks() if task.get_name() == "open run"]
            await opening
            await server(api, lambda api: api.in_flight == 6)
            api.release(6)
            ended = (await ended)[0]
            assert opened.program.session.shown.run is ended is not kept
            assert opened.done() == 6

    with stub_api_thread(lambda request: echo(request).gated()) as api:
        run(main(api))


def test_a_full_disk_pauses_the_run(run, keeping):
    async def main(api):
        async with keeping(api.base_url) as opened:
            ended = await opened.begin()
            await server(api, lambda api: api.in_flight == 6)

            async def limit(pages):
                await opened.store._writer.do(
                    lambda connection: connection.execute(f"PRAGMA max_page_count = {pages}").fetchone()
                )

            await limit(1)  # as few as there are
            in_trouble = opened.program.hear(opened.program.controller.trouble)
            api.release()
            assert (await in_trouble)[0].code == "disk_full"
            assert "full" in opened.message
            assert opened.program.controller.is_paused
            assert opened.program.controller.is_running
            shown = [
                request for request in opened.program.session.shown.run.requests if request.state is DONE
            ]
            assert {request.index for request in shown} <= set(await opened.on_disk())
            assert len(shown) < 6
            await limit(1_000_000)
            opened.window.run_bar.pause_button.click()
            await ended
            await opened.program.idle()
            assert opened.done() == len(await opened.on_disk()) == 6
            assert opened.listed(Column.ROWS) == ["6 of 6"]
        assert len(api.completions) == 6

    long = "word " * 20_000
    with stub_api_thread(lambda _: Reply.answer(long, pieces=[long]).gated()) as api:
        run(main(api))


def test_a_damaged_file_is_set_aside(run, keeping, tmp_path):
    path = tmp_path / "data" / "runs.sqlite3"
    path.parent.mkdir()
    path.write_bytes(b"no database at all " * 1000)

    async def main(api):
        async with keeping(api.base_url) as opened:
            (aside,) = [file for file in path.parent.iterdir() if file.read_bytes().startswith(b"no data")]
            assert aside != path
            assert str(aside) in opened.message
            await opened.run()
            assert opened.listed() == ["Greet {name}"]

    with stub_api_thread(echo) as api:
        run(main(api))


def test_a_folder_that_cannot_be_written(run, keeping, tmp_path):
    (tmp_path / "file").write_text("in the way of a folder")

    async def main(api):
        async with keeping(api.base_url, path=tmp_path / "file" / "runs.sqlite3") as opened:
            assert opened.store is None
            assert "not kept" in opened.message
            await opened.run(compare=True)
            assert (opened.done(), opened.done(SEQUENTIAL)) == (6, 6)
            assert opened.listed() == []
            await opened.history.offer_unfinished()
            assert opened.message == ""

    with stub_api_thread(echo) as api:
        run(main(api))


def answers_of(window):
    """Input and both answers of each row that the comparison shows."""
    columns = (difference_model.Column.INPUT, *ANSWERS)
    return [
        tuple(window.model.index(place, column).data() for column in columns)
        for place in range(window.model.rowCount())
    ]


def names_of(window):
    return [window.facts.item(0, column).text() for column in (1, 2)]


async def run_of(opened, template, *names):
    opened.program.enter(*names, template=template)
    await opened.program.run()
    await opened.program.idle()


def test_two_kept_runs_are_compared(run, keeping):
    async def main(api):
        async with keeping(api.base_url) as opened:
            await run_of(opened, "Greet {name}", "Ada", "Bo")
            await run_of(opened, "Warn {name}", "Bo", "Cy")
            assert opened.listed() == ["Warn {name}", "Greet {name}"]
            opened.select(0, 1)
            await opened.press(opened.dock.compare_button)
            window = opened.difference
            assert names_of(window) == ["Greet {name}", "Warn {name}"]  # the older one first
            assert answers_of(window) == [
                ("Ada", "Answer to Greet Ada", ""),
                ("Bo", "Answer to Greet Bo", "Answer to Warn Bo"),
                ("Cy", "", "Answer to Warn Cy"),
            ]
            window.table.setCurrentIndex(window.model.index(1, 0))
            asked = opened.program.hear(window.words_wanted)
            assert await asked == ("Answer to Greet Bo", "Answer to Warn Bo")
            await opened.program.idle()
            marks = window.answers.second.edit.extraSelections()
            assert [mark.cursor.selectedText() for mark in marks] == ["Warn"]
            # the same window serves for the next comparison
            window.close()
            opened.select(1)
            await opened.press(opened.dock.compare_with_shown_action)
            assert opened.difference is window
            assert names_of(window) == ["Greet {name}", "Warn {name}"]
            assert opened.message == ""
        assert not window.isVisible()

    with stub_api_thread(echo) as api:
        run(main(api))


def test_a_kept_run_is_compared_with_a_private_one(run, keeping):
    async def main(api):
        async with keeping(api.base_url) as opened:
            assert not opened.dock.compare_button.isEnabled()
            await run_of(opened, "Greet {name}", "Ada")
            assert not opened.dock.compare_button.isEnabled()  # it is the one on show
            opened.window.private_action.setChecked(True)
            await run_of(opened, "Warn {name}", "Ada")
            await opened.press(opened.dock.compare_button)
            assert answers_of(opened.difference) == [("Ada", "Answer to Greet Ada", "Answer to Warn Ada")]
            assert names_of(opened.difference) == ["Greet {name}", "The run on show"]

    with stub_api_thread(echo) as api:
        run(main(api))


def test_a_comparison_with_a_run_that_was_erased(run, keeping):
    async def main(api):
        async with keeping(api.base_url) as opened:
            for template in ("Greet {name}", "Warn {name}"):
                await run_of(opened, template, "Ada")
            opened.select(0, 1)
            # by another window of the program
            await opened.store.delete(opened.dock.selected()[0].key)
            await opened.store.purge()
            await opened.press(opened.dock.compare_button)
            assert opened.difference is None
            assert "no such run" in opened.message

    with stub_api_thread(echo) as api:
        run(main(api))


def test_a_comparison_that_nobody_waits_for_is_dropped(run, keeping):
    async def main(api):
        async with keeping(api.base_url) as opened:
            for template in ("Greet {name}", "Warn {name}"):
                await run_of(opened, template, "Ada")
            opened.select(0, 1)
            opened.dock.compare_button.click()
            (comparing,) = [task for task in asyncio.all_tasks() if task.get_name() == "compare"]
            await asyncio.sleep(0)  # its first step, up to the reading
            opened.difference.close()
            await opened.program.idle()
            assert comparing.cancelled()
            assert opened.difference is None
            assert opened.message == ""

    with stub_api_thread(echo) as api:
        run(main(api))


def test_deletions_are_undone_one_after_the_other(run, keeping):
    async def main(api):
        async with keeping(api.base_url) as opened:
            for number in range(4):
                await run_of(opened, f"{number} {{name}}", "Ada")
            dock, banner = opened.dock, opened.window.message_banner
            everything = opened.listed()
            assert not dock.undo_action.isEnabled()
            opened.select(1, 2)
            await opened.press(dock.delete_action)
            assert opened.listed() == ["3 {name}", "0 {name}"]
            assert "2" in opened.message
            opened.select(0)
            await opened.press(dock.delete_action)
            assert opened.listed() == ["0 {name}"]
            assert "3 {name}" in opened.message
            await opened.press(banner.button)
            assert opened.listed() == ["3 {name}", "0 {name}"]
            assert [run.name for run in dock.selected()] == ["3 {name}"]
            assert "2" in opened.message  # what can be undone next
            # closing the message does not take the undo away
            await opened.press(banner.close_button)
            assert opened.message == ""
            await opened.press(dock.undo_action)
            assert opened.listed() == everything
            assert opened.message == ""
            assert not dock.undo_action.isEnabled()

    with stub_api_thread(echo) as api:
        run(main(api))


@pytest.mark.parametrize("how", ["undo", "close", "delete it"])
def test_an_interrupted_run_is_offered_again_after_a_deletion(run, keeping, how):
    async def main(api):
        async with keeping(api.base_url) as first:
            await run_of(first, "First {name}", "Zoe")
            await first.begin(cap=2)
            await first.program.until(lambda: first.done() == 2)
        async with keeping(api.base_url) as second:
            await second.history.offer_unfinished()
            offer = second.message
            assert "interrupted" in offer
            second.select(0 if how == "delete it" else 1)
            await second.press(second.dock.delete_action)
            assert "deleted" in second.message
            banner = second.window.message_banner
            await second.press(banner.button if how == "undo" else banner.close_button)
            if how == "delete it":
                assert second.message == ""
                await second.press(second.dock.undo_action)
            assert second.message == ("" if how == "delete it" else offer)
            # who closes the offer itself has seen it
            await second.press(banner.close_button)
            assert second.message == ""
            second.select(len(second.listed()) - 1)
            await second.press(second.dock.delete_action)
            await second.press(second.dock.undo_action)
            assert "interrupted" not in second.message

    with stub_api_thread(gated_from("Cy")) as api:
        run(main(api))


def test_an_undo_leaves_what_is_said_by_then(run, keeping):
    async def main(api):
        async with keeping(api.base_url) as opened:
            await run_of(opened, "Greet {name}", "Ada")
            await opened.press(opened.dock.delete_action)
            opened.program.session.say("Something else", Tone.ERROR)
            await opened.press(opened.dock.undo_action)
            assert opened.listed() == ["Greet {name}"]
            assert opened.message == "Something else"

    with stub_api_thread(echo) as api:
        run(main(api))


def test_the_run_under_way_is_listed(run, keeping):
    async def main(api):
        async with keeping(api.base_url) as opened:
            await run_of(opened, "Warn {name}", "Ada")
            ended = await opened.begin()
            await server(api, lambda api: api.in_flight == 6)
            while len(opened.listed()) < 2:
                await opened.program.hear(opened.dock.model.modelReset)
            assert opened.listed(Column.ROWS) == ["running, 6 in all", "1 of 1"]
            dock = opened.dock
            assert [run.name for run in dock.selected()] == ["Greet {name}"]
            assert not dock.open_button.isEnabled()
            assert not dock.delete_action.isEnabled()
            # another one can be deleted meanwhile
            opened.select(1)
            dock.delete_action.trigger()
            await opened.program.hear(dock.model.modelReset)
            assert opened.listed() == ["Greet {name}"]
            api.release()
            await ended
            await opened.program.idle()
            assert opened.listed(Column.ROWS) == ["6 of 6"]
            assert dock.open_button.isEnabled()

    with stub_api_thread(gated_from("Ada")) as api:
        run(main(api))


def test_nothing_stays_locked_when_a_run_cannot_begin(run, keeping):
    async def main(api):
        async with keeping(api.base_url) as opened:
            await run_of(opened, "Greet {name}", "Ada")
            opened.program.session.use_endpoint(Endpoint("Elsewhere", "https://example.invalid", model="m"))
            refused = opened.program.hear(opened.program.controller.refused)
            opened.program.enter("Bo")
            opened.window.run_bar.run_action.trigger()
            assert not opened.dock.open_button.isEnabled()
            assert (await refused)[0].code == "no_key"
            assert opened.dock.open_button.isEnabled()
            assert opened.dock.delete_action.isEnabled()

    with stub_api_thread(echo) as api:
        run(main(api))


def test_deleted_runs_are_erased_at_once_when_that_is_wanted(run, keeping):
    async def main(api):
        async with keeping(api.base_url) as opened:
            await run_of(opened, "Greet {name}", "Ada")
            key = (await opened.store.runs())[0].key
            await opened.press(opened.dock.delete_action)
            assert opened.dock.undo_action.isEnabled()
            await opened.press(opened.dock.erase_action)
            assert not opened.dock.undo_action.isEnabled()
            assert "erased" in opened.message
            with pytest.raises(UserFacingError):
                await opened.store.load(key)

    with stub_api_thread(echo) as api:
        run(main(api))
