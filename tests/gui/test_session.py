"""What the window's requests lead to: models, files, keys, exports, and the end."""

import asyncio
import json
import logging
from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QProcess, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from stub_api import Reply, stub_api_thread

from paradigm_gui.core.batch import ArmKind, Limits, RequestState, Row
from paradigm_gui.core.batch_file import BatchFile, read_batch_file
from paradigm_gui.core.endpoints import Endpoint
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.launch import restore
from paradigm_gui.models.results_model import Column
from paradigm_gui.widgets.banner import Tone
from paradigm_gui.widgets.contents import Mode

STRANGE_NAMES = [
    "{name}",
    "{{name}} {0} %s $HOME",
    "\"quotes\" 'and' \\backslashes\\ `ticks`",
    "👩‍👩‍👧 😀 é",
    "مريم שרה",
    "=cmd|' /C calc'!A0",
    "<b>x</b> &amp; <img src=x>",
    "a < b and c > d",
    "Anne\u00a0Marie\u202f!",
    "tab\there",
]


def echo(request):
    return Reply.answer(f"Answer to {request.prompt}")


async def server(api, condition):
    """Wait for the server without holding up the window."""
    await asyncio.to_thread(api.wait_for, condition)


def test_strange_names_reach_the_wire_exactly_as_they_are(run, program):
    async def main(api):
        async with program(api.base_url) as opened:
            opened.enter(template="Greet {name}\u00a0: {not: this}")
            pasted = QMimeData()
            pasted.setText("\r\n".join(STRANGE_NAMES))
            opened.window.input.names_edit.insertFromMimeData(pasted)
            ended = await opened.run()
            assert [row.variables["name"] for row in ended.batch.rows] == STRANGE_NAMES
            pane = opened.window.results.response
            for row, name in enumerate(STRANGE_NAMES):
                opened.window.results.select_request(row)
                assert name in ended.requests[row].text
                assert name.replace("\u00a0", " ") in pane.answer_edit.toPlainText()
                assert name.replace("\u00a0", " ") in pane.prompt_edit.toPlainText()

    with stub_api_thread(echo) as api:
        run(main(api))
        sent = sorted(request.prompt for request in api.completions)
        assert sent == sorted(f"Greet {name}\u00a0: {{not: this}}" for name in STRANGE_NAMES)


def test_whole_prompts_are_sent_as_they_are(run, program):
    async def main(api):
        async with program(api.base_url) as opened:
            opened.window.input.tabs.setCurrentIndex(list(Mode).index(Mode.PROMPTS))
            opened.window.input.prompts_edit.replace_text("Say {name}\n\nSay {prompt}")
            opened.window.input.system_edit.setPlainText(" Be brief.\u00a0\n")
            await opened.run()

    with stub_api_thread(echo) as api:
        run(main(api))
        assert sorted(request.prompt for request in api.completions) == ["Say {name}", "Say {prompt}"]
        assert api.completions[0].json["messages"][0] == {"role": "system", "content": "Be brief."}


def test_the_server_is_asked_for_its_models(run, program):
    async def main(api):
        async with program(api.base_url) as opened:
            box = opened.window.run_bar.model_box
            listed = opened.hear(opened.window.run_bar.changed)
            await listed
            assert [box.itemText(index) for index in range(box.count())] == ["stub-large", "stub-small"]
            assert box.currentText() == "m"

    with stub_api_thread(echo) as api:
        run(main(api))
        assert [request.path for request in api.seen] == ["/api/v2/models"]


def offered(opened):
    box = opened.window.run_bar.model_box
    return [box.itemText(index) for index in range(box.count())]


def test_the_models_are_there_at_the_next_start_and_asked_for_anew(run, program):
    async def first(api):
        async with program(api.base_url) as opened:
            await opened.idle()

    async def second(api):
        async with program(api.base_url) as opened:
            assert offered(opened) == ["stub-large", "stub-small"]
            await opened.idle()
            assert offered(opened) == ["new", "stub-large"]

    with stub_api_thread(echo) as api:
        run(first(api))
        port = api.port
    newer = Reply.json({"data": [{"id": "new"}, {"id": "stub-large"}]})
    with stub_api_thread(echo, models=newer, port=port) as api:
        run(second(api))
        assert [request.path for request in api.seen] == ["/api/v2/models"]
        run(first(api))


def test_no_model_is_chosen_from_an_old_list(run, program):
    async def first(api):
        async with program(api.base_url) as opened:
            await opened.idle()

    async def second(api):
        async with program() as opened:
            opened.session.use_endpoint(Endpoint("Server", api.base_url))
            assert (len(offered(opened)), opened.window.run_bar.parameters("").model) == (2, "")
            await opened.session.choose_model()
            assert opened.window.run_bar.parameters("").model == "newest"

    with stub_api_thread(echo) as api:
        run(first(api))
        port = api.port
    with stub_api_thread(echo, models=Reply.json({"data": [{"id": "newest"}]}), port=port) as api:
        run(second(api))


def test_models_stay_where_the_server_is_away(run, program):
    async def main(url):
        async with program(url) as opened:
            await opened.idle()
            assert offered(opened) == ["stub-large", "stub-small"]

    with stub_api_thread(echo) as api:
        run(main(api.base_url))
        url = api.base_url
    run(main(url))


@pytest.mark.qt_log_ignore("does not support grabbing")
@pytest.mark.parametrize("is_first", [True, False], ids=["before the list", "after the list"])
@pytest.mark.parametrize(
    ("model", "is_pointed_out"), [("retired <b>", True), ("stub-small", False), (None, False)]
)
def test_a_model_of_a_batch_that_the_server_does_not_list(run, program, is_first, model, is_pointed_out):
    async def main(api):
        async with program(api.base_url) as opened:
            banner = opened.window.message_banner
            if not is_first:
                await opened.idle()
            opened.session.show_batch(BatchFile(model=model))
            await opened.idle()
            assert banner.isVisible() == is_pointed_out
            assert opened.window.run_bar.unknown_mark.isVisible() == (model != "stub-small")
            if is_pointed_out:
                assert model in banner.label.text()
                banner.button.click()
                view = opened.window.run_bar.model_box.view()
                assert view.isVisible()
                opened.window.run_bar.model_box.hidePopup()
                # it is said once, and sent all the same
                opened.enter("Ada")
                await opened.run()
                await opened.idle()
                assert not banner.isVisible()

    with stub_api_thread(echo) as api:
        run(main(api))
        if is_pointed_out:
            assert [request.json["model"] for request in api.completions] == [model]


def test_a_model_is_not_pointed_out_on_the_strength_of_an_old_list(run, program):
    async def main(api):
        async with program(api.base_url) as opened:
            opened.session.show_batch(BatchFile(model="brand-new"))
            assert not opened.window.message_banner.isVisible()
            await opened.idle()
            assert not opened.window.message_banner.isVisible()
            assert not opened.window.run_bar.unknown_mark.isVisible()

    async def first(api):
        async with program(api.base_url) as opened:
            await opened.idle()

    with stub_api_thread(echo) as api:
        run(first(api))
        port = api.port
    with stub_api_thread(echo, models=Reply.json({"data": [{"id": "brand-new"}]}), port=port) as api:
        run(main(api))


def test_where_no_model_is_named_the_first_one_is_taken(run, program):
    async def main(api):
        async with program(api.base_url) as opened:
            opened.window.run_bar.show_models([], "")
            await opened.session.choose_model()
            assert opened.window.run_bar.parameters("").model == "stub-large"

    with stub_api_thread(echo) as api:
        run(main(api))


@pytest.mark.parametrize("reply", [Reply.html(), Reply.error(401), Reply.json({"data": [{"id": ["e"]}, 3]})])
def test_models_that_cannot_be_listed_are_no_error_of_the_run(run, program, reply):
    async def main(api):
        async with program(api.base_url) as opened:
            opened.enter("Ada")
            with pytest.raises(UserFacingError):
                await opened.controller.models_of(opened.window.run_bar.endpoint)
            ended = await opened.run()
            assert ended.requests[0].state is RequestState.DONE

    with stub_api_thread(echo, models=reply) as api:
        run(main(api))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda window: window.input.names_edit.setPlainText(" \n\n"), "no_rows"),
        (lambda window: window.input.template_edit.setPlainText("  "), "no_template"),
        (lambda window: window.run_bar.model_box.setEditText(" "), "no_model"),
    ],
)
def test_what_is_missing_is_said_before_anything_is_sent(run, program, change, code):
    async def main(api):
        async with program(api.base_url) as opened:
            opened.enter("Ada")
            change(opened.window)
            refused = opened.hear(opened.session.refused)
            opened.session.start()
            assert (await refused)[0].code == code
            assert opened.window.message_banner.isVisible()
            assert opened.window.run_bar.run_button.isEnabled()

    with stub_api_thread(echo) as api:
        run(main(api))
        assert api.completions == []


def test_the_first_rows_alone_can_be_tried(run, program):
    async def main(api):
        async with program(api.base_url) as opened:
            opened.enter(*"abcdefgh")
            for offered, wanted in ((5, 3), (3, 8)):
                dialog = await opened.dialog(opened.window.run_bar.trial_action)
                assert dialog.rows == offered
                dialog.rows_box.setValue(wanted)
                assert str(wanted) in dialog.run_button.text()
                assert "token" in dialog.cost_label.text()
                ended = opened.hear(opened.session.shown.ended)
                dialog.run_button.click()
                assert len((await ended)[0].requests) == wanted
                await opened.idle()
            opened.enter("a")
            dialog = await opened.dialog(opened.window.run_bar.trial_action)
            assert (dialog.rows, dialog.rows_box.maximum()) == (1, 1)
            dialog.reject()
            await opened.idle()

    with stub_api_thread(echo) as api:
        run(main(api))
        assert sorted(request.prompt for request in api.completions) == sorted("abcabcdefgh")


def test_the_menu_says_what_its_runs_take(run, program):
    async def main():
        async with program("http://127.0.0.1:1") as opened:
            bar = opened.window.run_bar
            opened.enter(*(["12345678"] * 10))
            bar.run_menu.aboutToShow.emit()
            assert "About 40 tokens" in bar.compare_action.toolTip()
            opened.enter(*(["12345678"] * 5))
            bar.run_menu.aboutToShow.emit()
            assert "About 20 tokens" in bar.compare_action.toolTip()
            assert "token" not in bar.selection_action.toolTip()
            await opened.idle()

    run(main())


@pytest.mark.parametrize("place", ["template", "system"])
def test_a_placeholder_that_names_no_column_is_asked_about_once(run, program, place):
    async def main(api):
        async with program(api.base_url) as opened:
            banner, panel = opened.window.message_banner, opened.window.input
            opened.enter("Ada", "Bo", template="{name} {Taux réel}" if place == "template" else "{name}")
            if place == "system":
                panel.system_edit.setPlainText("Rate: {Taux réel}")
            opened.window.run_bar.run_action.trigger()
            await opened.idle()
            assert api.completions == []
            assert "{Taux réel}" in banner.label.text()
            banner.button.click()
            edit = panel.template_edit if place == "template" else panel.system_edit
            assert edit.textCursor().selectedText() == "{Taux réel}"
            assert edit.isVisible()
            ended = opened.hear(opened.session.shown.ended)
            banner.other_button.click()
            await ended
            assert len(api.completions) == 2
            await opened.run()
            assert len(api.completions) == 4
            # another text is another question
            edit.appendPlainText("{nobody}")
            opened.session.start()
            await opened.idle()
            assert "{nobody}" in banner.label.text()
            assert len(api.completions) == 4

    with stub_api_thread(echo) as api:
        run(main(api))


def test_what_was_asked_about_is_sent_whatever_was_edited_meanwhile(run, program):
    async def main(api):
        async with program(api.base_url) as opened:
            panel = opened.window.input
            panel.show_table(("a",), [Row(number, {"a": str(number)}) for number in range(4)])
            panel.template_edit.setPlainText("{a} {zz}")
            panel.table_view.selectRow(2)
            opened.window.run_bar.selection_action.trigger()
            panel.table_view.selectRow(0)
            panel.table_view.remove_action.trigger()
            ended = opened.hear(opened.session.shown.ended)
            opened.window.message_banner.other_button.click()
            await ended
            assert [request.prompt for request in api.completions] == ["2 {zz}"]

    with stub_api_thread(echo) as api:
        run(main(api))


def test_a_cell_that_is_being_typed_is_sent(run, program):
    async def main(api):
        async with program(api.base_url) as opened:
            panel = opened.window.input
            panel.show_table(("a",), [Row(0, {"a": "old"})])
            panel.template_edit.setPlainText("{a}")
            table = panel.table_view
            table.setCurrentIndex(table.model().index(0, 0))
            table.edit(table.currentIndex())
            QTest.keyClicks(table.findChild(QPlainTextEdit), "NEW")
            assert panel.contents().cells == [("NEW",)]
            await opened.run()
            assert [request.prompt for request in api.completions] == ["NEW"]

    with stub_api_thread(echo) as api:
        run(main(api))


def test_what_is_brought_back_leaves_servers_as_they_are_now(run, program):
    async def main(api):
        async with program(api.base_url) as opened:
            session, banner = opened.session, opened.window.message_banner
            before = opened.window.run_bar.endpoint
            opened.enter("Ada", template="Mine {name}")
            session.take_over(BatchFile(template="Theirs {name}"))
            await opened.idle()
            session.use_endpoint(replace(before, cap=2))
            banner.hide()
            opened.window.bring_back_action.trigger()
            assert opened.window.input.template().text == "Mine {name}"
            assert opened.window.run_bar.endpoint.cap == 2
            # a message after the notice has nothing to do with it
            banner.hide()
            session.say("one", Tone.NOTE)
            session.say("two", Tone.NOTE)
            assert banner.other_button.isHidden()

    with stub_api_thread(echo) as api:
        run(main(api))


# Files


@pytest.mark.parametrize(
    ("name", "content"),
    [("blank.pdf", b""), ("binary.txt", bytes(range(256)) * 8), ("missing.csv", None), ("a.pdf", b"x")],
)
def test_a_file_that_cannot_be_read_leaves_what_was_there(run, program, tmp_path, name, content):
    if content is not None:
        (tmp_path / name).write_bytes(content)

    async def main():
        async with program() as opened:
            opened.enter("Ada", "Bo")
            before = opened.window.input.draft()
            refused = opened.hear(opened.session.refused)
            opened.window.input.file_given.emit(tmp_path / name)
            await refused
            assert opened.window.input.draft() == before
            assert [row.variables["name"] for row in opened.window.input.rows()] == ["Ada", "Bo"]
            assert opened.window.message_banner.isVisible()
            assert name in opened.window.message_banner.label.text()

    run(main())


def test_a_dropped_table_is_run(run, program, tmp_path):
    (tmp_path / "people.csv").write_text("name,city\nAda,Paris\n,\nBo,Lyon\n")

    async def main(api):
        async with program(api.base_url) as opened:
            dropped = QMimeData()
            dropped.setUrls([QUrl.fromLocalFile(str(tmp_path / "people.csv"))])
            names = opened.window.input.names_edit
            dialog = await opened.dialog_after(lambda: names.insertFromMimeData(dropped))
            dialog.accept()
            await opened.idle()
            assert opened.window.input.mode is Mode.TABLE
            opened.window.input.template_edit.setPlainText("{name} in {city}")
            assert len((await opened.run()).requests) == 2

    with stub_api_thread(echo) as api:
        run(main(api))
        assert sorted(request.prompt for request in api.completions) == ["Ada in Paris", "Bo in Lyon"]


def test_a_batch_file_brings_its_settings(run, program):
    async def main():
        async with program() as opened:
            opened.session.endpoints.append(Endpoint("Other", "http://127.0.0.1:9/v1"))
            opened.session.show_batch(
                BatchFile(
                    model="big", temperature=1.5, max_tokens=9, streaming=False, cap=3, retries=1, system="S"
                )
            )
            bar = opened.window.run_bar
            parameters, limits = bar.parameters(opened.window.input.system()), bar.limits()
            assert (parameters.model, parameters.temperature, parameters.max_tokens) == ("big", 1.5, 9)
            assert (parameters.streaming, parameters.system) == (False, "S")
            assert (limits.cap, limits.retries) == (3, 1)
            opened.session.show_batch(BatchFile(endpoint="other"))
            assert bar.endpoint.name == "Other"
            with pytest.raises(UserFacingError, match="unknown_endpoint"):
                opened.session.show_batch(BatchFile(endpoint="nowhere"))

    run(main())


def test_the_example_follows_the_language_until_it_is_touched(run, program):
    async def main():
        async with program() as opened:
            opened.session.show_example("en")
            english = opened.window.input.draft()
            assert len(opened.window.input.rows()) == 20
            opened.session.follow_language("fr")
            french = opened.window.input.draft()
            assert french["template"] != english["template"]
            opened.window.input.names_edit.replace_text("Ada")
            opened.session.follow_language("en")
            assert opened.window.input.draft()["template"] == french["template"]
            assert [row.variables["name"] for row in opened.window.input.rows()] == ["Ada"]

    run(main())


def test_the_system_prompt_is_sent_filled(run, program):
    async def main(api):
        async with program(api.base_url) as opened:
            opened.enter("Ada", "Bo", template="Hi {name}")
            opened.window.input.system_edit.setPlainText("You are {name}.")
            await opened.run(compare=True)

    with stub_api_thread(echo) as api:
        run(main(api))
        sent = sorted([message["content"] for message in seen.json["messages"]] for seen in api.completions)
        assert sent == sorted([["You are Ada.", "Hi Ada"], ["You are Bo.", "Hi Bo"]] * 2)


def test_an_example_is_shown_and_is_the_user_s_from_then_on(run, program):
    async def main(api):
        async with program(api.base_url) as opened:
            opened.window.input.system_edit.setPlainText("Be rude.")
            panel = opened.window.input
            panel.examples_button.menu().actions()[2].trigger()
            assert panel.columns() == ("text", "language")
            assert "{language}" in panel.system()
            panel.examples_button.menu().actions()[0].trigger()
            assert panel.system() == ""
            opened.session.follow_language("fr")
            assert "Welcome" in panel.template().text
            opened.session.save()
            assert opened.settings.draft()["template"] == panel.template().text

    with stub_api_thread(echo) as api:
        run(main(api))


def test_a_batch_is_saved_and_opened_again(run, program, tmp_path):
    async def main(api):
        async with program(api.base_url) as opened:
            path = tmp_path / "own.json"
            opened.window.input.show_table(("a", "b"), [Row(0, {"a": "1", "b": "é\n2"})])
            opened.window.input.template_edit.setPlainText("{a} {b}")
            opened.window.input.system_edit.setPlainText("S {a}")
            opened.window.run_bar.show_limits(Limits(cap=7))
            dialog = await opened.dialog(opened.window.save_batch_action)
            dialog.findChild(QLineEdit).setText(str(path))
            dialog.accept()
            await opened.idle()
            assert path.name in opened.window.message_banner.label.text()
            saved = opened.session.batch_file()
            assert read_batch_file(path) == saved
            opened.enter("Ada", cap=3)
            await opened.session.load_file(path)
            assert opened.session.batch_file() == saved
            assert opened.window.run_bar.limits().cap == 7

    with stub_api_thread(echo) as api:
        run(main(api))


async def save_as(dialog, path):
    """Name a file in a dialog for files."""
    dialog.findChild(QLineEdit, "fileNameEdit").setText(str(path))
    dialog.accept()


def test_results_are_exported_and_pictured(run, program, tmp_path):
    async def main(api):
        async with program(api.base_url) as opened:
            opened.enter("Ada", "=1+1")
            await opened.run()
            choice = await opened.dialog(opened.window.export_action)
            choice.suffix_box.setCurrentIndex(choice.suffix_box.findData(".csv"))
            await save_as(await opened.dialog_after(choice.accept), tmp_path / "out.csv")
            await opened.idle()
            assert "out.csv" in opened.window.message_banner.label.text()
            await save_as(await opened.dialog(opened.window.picture_action), tmp_path / "out.png")
            await opened.idle()
            assert "out.png" in opened.window.message_banner.label.text()

    with stub_api_thread(echo) as api:
        run(main(api))
    table = (tmp_path / "out.csv").read_text("utf-8-sig")
    assert "Answer to Ada" in table
    assert "'=1+1" in table
    assert (tmp_path / "out.png").read_bytes().startswith(b"\x89PNG")


def test_an_export_that_cannot_be_written_says_so(run, program, tmp_path):
    async def main(api):
        async with program(api.base_url) as opened:
            opened.enter("Ada")
            await opened.run()
            refused = opened.hear(opened.session.refused)
            choice = await opened.dialog(opened.window.export_action)
            files = await opened.dialog_after(choice.accept)
            files.findChild(QLineEdit, "fileNameEdit").setText(str(tmp_path / "gone" / "out.csv"))
            files.done(1)
            assert (await refused)[0].code == "folder_missing"
            assert opened.window.message_banner.isVisible()

    with stub_api_thread(echo) as api:
        run(main(api))


# Keys


def test_a_key_is_entered_used_and_written_nowhere(run, program, tmp_path, environment):
    async def main(api):
        async with program() as opened:
            opened.enter("Ada")
            dialog = await opened.dialog(opened.window.run_bar.connection_button)
            assert dialog.key_edit.echoMode() is QLineEdit.EchoMode.Password
            dialog.name_edit.setText("Mine")
            dialog.url_edit.setText("no url at all")
            dialog.key_edit.setText(" sk-canary-1 ")
            dialog.accept()
            assert dialog.isVisible()
            dialog.url_edit.setText(api.base_url)
            chosen = opened.hear(dialog.finished)
            dialog.accept()
            await chosen
            assert dialog.key_edit.text() == ""
            await opened.idle()
            # there is no keyring here, and the window says what became of the key
            assert opened.window.message_banner.isVisible()
            assert (await opened.keys.find(api.base_url)).source == "memory"
            opened.window.run_bar.model_box.setEditText("m")
            ended = await opened.run()
            assert ended.endpoint == replace(ended.endpoint, name="Mine", base_url=api.base_url)
            opened.session.save()
            logging.getLogger("paradigm_gui").error("key %s", "sk-canary-1")
            text = opened.settings.endpoints_path.read_text("utf-8")
            assert [entry["name"] for entry in json.loads(text)["endpoints"]][-1] == "Mine"

    with stub_api_thread(echo) as api:
        run(main(api))
        assert api.completions[0].headers["authorization"] == "Bearer sk-canary-1"
    written = b"".join(
        path.read_bytes() for top in (tmp_path, environment) for path in top.rglob("*") if path.is_file()
    )
    assert b"Mine" in written
    assert b"sk-canary-1" not in written


# The end


def test_the_editors_come_back_at_the_next_start(run, program):
    async def main():
        async with program() as opened:
            opened.session.show_example("en")
            opened.enter("Ada", "Bo", template="Hi {name}", cap=7)
            opened.window.run_bar.temperature_box.setValue(1.2)
            opened.session.save()
            before = opened.window.input.draft()
        async with program() as opened:
            opened.session.show_example("en")
            restore(opened.session, opened.settings, with_draft=True)
            assert opened.window.input.draft() == before
            assert opened.window.run_bar.limits().cap == 7
            assert opened.window.run_bar.parameters("").temperature == 1.2

    run(main())


def test_the_columns_come_back_at_the_next_start(run, program):
    def header_of(opened):
        return opened.window.results.table.horizontalHeader()

    async def main():
        async with program() as opened:
            header = header_of(opened)
            assert header.visualIndex(Column.MARK) == 0
            header.setSectionHidden(Column.TTFT, True)
            header.setSectionHidden(Column.COMMENT, False)
            header.moveSection(header.visualIndex(Column.MARK), 3)
            opened.session.save()
        async with program() as opened:
            restore(opened.session, opened.settings, with_draft=True)
            header = header_of(opened)
            assert [column for column in Column if header.isSectionHidden(column)] == [Column.TTFT]
            assert header.visualIndex(Column.MARK) == 3


def test_a_large_table_comes_back_whole(run, program):
    rows = [Row(index, {"a": f"a {index}", "b": "x"}) for index in range(100_001)]

    async def main():
        async with program() as opened:
            opened.window.input.show_table(("a", "b"), rows)
            opened.session.save()
        async with program() as opened:
            restore(opened.session, opened.settings, with_draft=True)
            again = opened.window.input.rows()
            assert (len(again), again[-1]) == (len(rows), rows[-1])

    run(main())


def test_an_untouched_example_is_not_remembered(run, program):
    async def main():
        async with program() as opened:
            opened.session.show_example("en")
            opened.session.save()
            assert opened.settings.draft() == {}

    run(main())


def test_closing_in_the_middle_of_a_run_awaits_every_task(run, program, caplog):
    async def main(api):
        async with program(api.base_url) as opened:
            opened.enter("Ada", "Bo", "Cy", cap=2)
            ended = opened.hear(opened.session.shown.ended)
            closing = opened.hear(opened.window.close_requested)
            opened.window.run_bar.compare_action.trigger()
            await server(api, lambda api: api.in_flight == 2)
            # the window asks to be closed, and stays until the tasks are done
            assert not opened.window.close()
            assert opened.window.isVisible()
            await closing
        (cut,) = await ended
        assert {request.state for request in cut.requests} == {RequestState.CANCELLED}
        assert asyncio.all_tasks() == opened.foreign
        assert not opened.window.isVisible()

    with stub_api_thread(lambda _: Reply.stall()) as api:
        run(main(api))
        api.wait_for(lambda api: all(request.client_left for request in api.completions))
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


def test_the_demo_server_is_gone_after_closing(run, program):
    async def main():
        async with program() as opened:
            opened.enter(*(f"name {number}" for number in range(40)), cap=2)
            opened.session.start()
            await opened.hear(opened.controller.run_started)
            await opened.until(lambda: opened.controller.finals[ArmKind.CONCURRENT].total())
            (process,) = opened.demo.findChildren(QProcess)
            assert process.state() is QProcess.ProcessState.Running
        assert process.state() is QProcess.ProcessState.NotRunning

    run(main())


def test_a_run_that_is_sent_again_names_its_own_server(run, program):
    async def main(first, second):
        async with program(first.base_url) as opened:
            opened.enter("Ada", retries=0)
            await opened.run()
            opened.session.use_endpoint(Endpoint("Other", second.base_url, "m"))
            await opened.idle()
            ended = opened.hear(opened.session.shown.ended)
            opened.window.results.retry_requested.emit((0,))
            await ended
            await opened.idle()
            assert opened.window.run_bar.endpoint.base_url == first.base_url
            assert (len(first.completions), len(second.completions)) == (2, 0)

    with stub_api_thread(lambda _: Reply.error(400)) as first, stub_api_thread(echo) as second:
        run(main(first, second))


def test_after_an_early_stop_all_that_is_not_done_is_sent(run, program):
    is_mended = False

    def answer(request):
        return echo(request) if is_mended else Reply.error(403)

    async def main(api):
        nonlocal is_mended
        async with program(api.base_url) as opened:
            opened.enter(*map(str, range(20)), cap=1)
            stopped = await opened.run()
            await opened.idle()
            causes = opened.window.results.causes
            assert len([1 for request in stopped.requests if request.state is RequestState.CANCELLED]) == 17
            assert "3" in causes.lines[0].retry_button.text()
            assert "20" in causes.all_button.text()
            is_mended = True
            ended = opened.hear(opened.session.shown.ended)
            causes.all_button.click()
            (again,) = await ended
            await opened.idle()
            assert all(request.state is RequestState.DONE for request in again.requests)
            assert not causes.all_button.isVisible()
        assert len(api.completions) == 23

    with stub_api_thread(answer) as api:
        run(main(api))


def test_a_model_that_was_typed_does_not_follow_to_another_server(run, program):
    async def main(first, second):
        async with program(first.base_url) as opened:
            other = Endpoint("Other", second.base_url)
            opened.session.endpoints.append(other)
            opened.session.use_endpoint(opened.window.run_bar.endpoint)
            await opened.idle()
            bar = opened.window.run_bar
            bar.model_box.setEditText("typed for the first")
            place = bar.endpoint_box.findText("Other")
            bar.endpoint_box.setCurrentIndex(place)
            bar.endpoint_box.activated.emit(place)
            await opened.idle()
            assert bar.endpoint == other
            assert bar.parameters("").model == "stub-large"

    with stub_api_thread(echo) as first, stub_api_thread(echo) as second:
        run(main(first, second))


@pytest.mark.parametrize("is_remembered", [True, False])
def test_what_is_set_up_is_on_disk_when_a_run_begins_if_it_is_to_be_remembered(run, program, is_remembered):
    async def main(api):
        async with program(api.base_url) as opened:
            opened.session.is_remembered = is_remembered
            opened.enter("Ada", cap=7)
            await opened.run()
            await opened.idle()
            assert bool(opened.settings.draft()) is is_remembered
            assert (opened.settings.limits().cap == 7) is is_remembered

    with stub_api_thread(echo) as api:
        run(main(api))
