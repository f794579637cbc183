"""What is noted on rows, from the click to the file and back into a window that was opened later."""

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from PySide6.QtTest import QTest
from stub_api import Reply, stub_api_thread

from paradigm_gui.core.batch import Arm, ArmKind, Limits, RequestState, Run
from paradigm_gui.core.remarks import NO_REMARK, Remark
from paradigm_gui.core.run_list import RunKey
from paradigm_gui.history import History, open_store
from paradigm_gui.models.results_model import Column
from paradigm_gui.remark_keeper import RemarkKeeper

DONE = RequestState.DONE
MARKED = Remark(is_marked=True)


def echo(request):
    return Reply.answer(f"Answer to {request.prompt}")


class NotingProgram:
    """An open program that keeps runs and remarks."""

    def __init__(self, parts, store):
        self.parts = parts
        self.store = store
        self.window = parts.window
        self.results = parts.window.results
        self.dock = parts.window.history

    @property
    def shown(self):
        return self.parts.session.shown.run

    @property
    def message(self):
        banner = self.window.message_banner
        return "" if banner.isHidden() else banner.label.text()

    def remarks(self):
        remarks = self.shown.remarks
        return [remarks.of(row) for row in range(len(self.shown.batch.rows))]

    async def on_disk(self, key=None):
        kept = await self.store.load(RunKey(key or self.shown.key))
        return [kept.remarks.of(row) for row in range(len(kept.batch.rows))]

    async def press(self, control):
        control.click() if hasattr(control, "click") else control.trigger()
        await self.parts.idle()

    async def run(self, *names, template="Greet {name}"):
        self.parts.enter(*names, template=template)
        await self.parts.run()
        await self.parts.idle()
        return self.shown

    async def open_newest(self):
        self.dock.table.selectRow(0)
        await self.press(self.dock.open_button)


@pytest.fixture
def noting(program, tmp_path):
    """Give `noting(base_url)`: a program as `app.py` puts it together; each use is another start."""

    @asynccontextmanager
    async def opened(base_url=""):
        async with program(base_url) as parts:
            opening = parts.tasks.start(
                open_store(tmp_path / "runs.sqlite3", parts.session), "open the store"
            )
            parts.controller.use_store(opening)
            RemarkKeeper(parts.session, parts.tasks, opening)
            history = History(parts.window.history, parts.session, parts.tasks, opening)
            parts.window.history.toggleViewAction().trigger()
            store = await opening
            await parts.idle()
            try:
                yield NotingProgram(parts, store)
            finally:
                history.close()
                parts.controller.leave()
                await parts.controller.settled()
                parts.window.results.commit_comments()
                await parts.tasks.finish()
                await asyncio.to_thread(store.close)

    return opened


def test_remarks_on_a_run_under_way_are_there_at_the_next_start(run, noting):
    async def main(api):
        async with noting(api.base_url) as first:
            first.parts.enter("Ada", "Bo", "Cy", template="Greet {name}")
            ended = first.parts.hear(first.parts.session.shown.ended)
            first.window.run_bar.run_action.trigger()
            await asyncio.to_thread(api.wait_for, lambda api: api.in_flight == 3)
            first.results.select_request(1)
            first.results.remarking.mark_action.trigger()
            QTest.keyClicks(first.results.response.comment_edit, "slow")
            first.results.select_request(2)
            # the run has still to end: what is noted does not wait for it
            writing = [task for task in asyncio.all_tasks() if task.get_name() == "keep remarks"]
            await asyncio.wait(writing)
            assert await first.on_disk() == [NO_REMARK, Remark(True, "slow"), NO_REMARK]
            api.release()
            await ended
            await first.parts.idle()
            assert first.remarks()[1] == Remark(True, "slow")
            # and what is being typed at the end is noted, too
            QTest.keyClicks(first.results.response.comment_edit, "last words")
        async with noting(api.base_url) as second:
            await second.open_newest()
            kept = [NO_REMARK, Remark(True, "slow"), Remark(comment="last words")]
            assert second.remarks() == kept
            assert second.results.model.index(1, Column.COMMENT).data() == "slow"
            second.dock.search_edit.setText("SLOW")
            second.dock.ask_for_list()
            await second.parts.idle()
            assert second.dock.model.rowCount() == 1
            second.dock.search_edit.setText("quick")
            second.dock.ask_for_list()
            await second.parts.idle()
            assert second.dock.model.rowCount() == 0

    with stub_api_thread(lambda request: echo(request).gated()) as api:
        run(main(api))


def test_remarks_stay_when_a_run_is_gone_on_with(run, noting):
    refused = []

    def reply(request):
        if request.prompt == "Greet Bo" and not refused:
            refused.append(request)
            return Reply.error(400)
        return echo(request)

    async def main(api):
        async with noting(api.base_url) as opened:
            before = await opened.run("Ada", "Bo")
            opened.results.remarking.mark([1], True)
            opened.results.remarking.comment(0, "first")
            opened.dock.table.selectRow(0)
            ended = opened.parts.hear(opened.parts.session.shown.ended)
            # at once, whether it is on disk by now or not
            opened.dock.retry_button.click()
            await ended
            await opened.parts.idle()
            assert opened.shown is not before
            assert opened.shown.arms[ArmKind.CONCURRENT].count(DONE) == 2
            assert opened.remarks() == await opened.on_disk() == [Remark(comment="first"), MARKED]
            for rest in ([NO_REMARK, MARKED], [NO_REMARK, NO_REMARK]):
                await opened.press(opened.results.remarking.undo_action)
                assert opened.remarks() == await opened.on_disk() == rest
        assert len(refused) == 1

    with stub_api_thread(reply) as api:
        run(main(api))


def test_remarks_on_a_private_run_are_in_no_file(run, noting, tmp_path):
    async def main(api):
        async with noting(api.base_url) as opened:
            opened.window.private_action.setChecked(True)
            await opened.run("Ada", "Bo")
            opened.results.remarking.mark([0], True)
            opened.results.remarking.comment(0, "between-us")
            await opened.parts.idle()
            assert opened.remarks() == [Remark(True, "between-us"), NO_REMARK]
            opened.results.remarking.undo_action.trigger()
            assert opened.remarks() == [MARKED, NO_REMARK]
        for path in tmp_path.rglob("*"):
            assert path.is_dir() or b"between-us" not in path.read_bytes()

    with stub_api_thread(echo) as api:
        run(main(api))


def test_a_full_disk_is_told_until_there_is_room(run, noting):
    long = "word " * 380

    async def main(api):
        async with noting(api.base_url) as opened:
            await opened.run(*(str(number) for number in range(12)))

            async def limit(pages):
                await opened.store._writer.do(
                    lambda connection: connection.execute(f"PRAGMA max_page_count = {pages}").fetchone()
                )

            await limit(1)  # as few as there are
            for row in range(6):
                opened.results.remarking.comment(row, f"{row} {long}")
            await opened.parts.idle()
            assert "disk is full" in opened.message
            assert "not kept" in opened.message
            # the window has them nevertheless, and the newest counts
            opened.results.remarking.comment(0, "short")
            await opened.parts.idle()
            assert opened.remarks()[5].comment.startswith("5 word")
            assert await opened.on_disk() != opened.remarks()
            await limit(1_000_000)
            await opened.press(opened.window.message_banner.button)
            assert opened.message == ""
            assert await opened.on_disk() == opened.remarks()
            assert opened.remarks()[0].comment == "short"

    with stub_api_thread(echo) as api:
        run(main(api))


def test_a_run_that_was_erased_keeps_no_remarks(run, noting):
    async def main(api):
        async with noting(api.base_url) as opened:
            shown = await opened.run("Ada")
            # by another window of the program
            await opened.store.delete(RunKey(shown.key))
            await opened.store.purge()
            opened.results.remarking.mark([0], True)
            await opened.parts.idle()
            assert "not kept" in opened.message
            assert "no such run" in opened.message
            assert not opened.window.message_banner.button.isVisible()

    with stub_api_thread(echo) as api:
        run(main(api))


def inputs(results):
    return [results.model.index(place, Column.INPUT).data() for place in range(results.model.rowCount())]


# a menu would have all keys, which a screen that is none does not give
POPUP = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True)


@POPUP
def test_only_the_rows_that_another_run_answered_otherwise(run, noting):
    async def main(api):
        async with noting(api.base_url) as opened:
            results, dock = opened.results, opened.dock
            await opened.run("Ada", "Bo", "Cy")
            await opened.run("Ada", "Bo")
            await opened.run("Ada", "Bo", "Cy", template="Greet {name}")
            changed.extend(["Greet Bo"])
            await opened.run("Ada", "Bo", "Cy")
            # from the history
            dock.table.selectRow(3)
            await opened.press(dock.difference_action)
            assert inputs(results) == ["Bo"]
            assert "“Greet {name}”" in results.other_run.label.text()
            assert "1 row" in results.other_run.label.text()
            assert opened.message == ""
            results.other_run.close_button.click()
            assert inputs(results) == ["Ada", "Bo", "Cy"]
            assert results.other_run.isHidden()
            # one with other rows
            dock.table.selectRow(2)
            await opened.press(dock.difference_action)
            assert "other rows" in opened.message
            assert inputs(results) == ["Ada", "Bo", "Cy"]
            # from the filter: those of the same rows are offered
            results.filter_box.setCurrentIndex(results.filter_box.count() - 1)
            await opened.parts.idle()
            assert results.filter_box.currentIndex() == 0
            assert [action.isEnabled() for action in results.other_run.menu.actions()] == [True, True]
            results.other_run.menu.close()
            await opened.press(results.other_run.menu.actions()[0])
            assert inputs(results) == ["Bo"]
            assert results.rows_shown() == {1}
            results.filter_box.setCurrentIndex(0)
            assert inputs(results) == ["Ada", "Bo", "Cy"]
            assert results.other_run.isVisible()
            results.filter_box.setCurrentIndex(results.filter_box.count() - 1)
            assert inputs(results) == ["Bo"]
            # one that was cut off has answered nothing
            batch, endpoint = opened.shown.batch, opened.shown.endpoint
            arm = Arm.of(ArmKind.CONCURRENT, batch, Limits())
            await opened.store.add_run(Run(batch, endpoint, datetime.now(UTC), {arm.kind: arm}), "Cut off")
            dock.ask_for_list()
            await opened.parts.idle()
            dock.table.selectRow(0)
            await opened.press(dock.difference_action)
            assert "“Cut off”" in results.other_run.label.text()
            assert inputs(results) == ["Ada", "Bo", "Cy"]
            # another run has nothing to do with it
            await opened.open_newest()
            assert inputs(results) == ["Ada", "Bo", "Cy"]
            assert results.other_run.isHidden()

    changed = []

    def reply(request):
        return Reply.answer("other") if request.prompt in changed else echo(request)

    with stub_api_thread(reply) as api:
        run(main(api))


@POPUP
def test_where_there_is_no_other_run_the_filter_says_so(run, noting):
    async def main(api):
        async with noting(api.base_url) as opened:
            opened.window.private_action.setChecked(True)
            await opened.run("Ada")
            results = opened.results
            results.filter_box.setCurrentIndex(results.filter_box.count() - 1)
            await opened.parts.idle()
            (action,) = results.other_run.menu.actions()
            assert not action.isEnabled()
            assert "No other" in action.text()
            results.other_run.menu.close()
            # a private run is compared with a kept one
            opened.window.private_action.setChecked(False)
            await opened.run("Ada")
            opened.window.private_action.setChecked(True)
            changed.append(True)
            await opened.run("Ada")
            results.filter_box.setCurrentIndex(results.filter_box.count() - 1)
            await opened.parts.idle()
            results.other_run.menu.close()
            await opened.press(results.other_run.menu.actions()[0])
            assert inputs(results) == ["Ada"]
            assert results.other_run.isVisible()

    changed = []
    with stub_api_thread(lambda request: Reply.answer("x") if changed else echo(request)) as api:
        run(main(api))
