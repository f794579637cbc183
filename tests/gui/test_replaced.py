"""What an example, a file or an old run replaces can be brought back, all of it at once."""

import json
from dataclasses import replace

import pytest
from stub_api import Reply, stub_api_thread

from paradigm_gui.core.batch import Row
from paradigm_gui.core.batch_file import BatchFile
from paradigm_gui.core.endpoints import Endpoint
from paradigm_gui.widgets.contents import Mode

SCHEMA = {"type": "object", "properties": {"a": {"type": "string"}}}
BATCH = BatchFile(
    columns=("x",),
    rows=[Row(0, {"x": "1"})],
    template="T {x}",
    system="S",
    schema=SCHEMA,
    model="big",
    temperature=1.5,
    max_tokens=9,
    streaming=False,
    cap=3,
    retries=1,
    endpoint="Other",
)


def echo(request):
    return Reply.answer(f"Answer to {request.prompt}")


def setup_of(opened):
    window = opened.window
    return (
        window.input.contents(),
        window.run_bar.parameters(window.input.system(), window.input.schema()),
        window.run_bar.limits(),
        window.run_bar.endpoint,
    )


@pytest.mark.parametrize("mode", list(Mode))
def test_all_that_a_batch_replaced_comes_back_and_goes_again(run, program, mode):
    async def main(api):
        async with program(api.base_url) as opened:
            await opened.idle()
            opened.session.endpoints.append(Endpoint("Other", api.base_url.replace("v2", "v3"), "m"))
            panel, banner = opened.window.input, opened.window.message_banner
            opened.enter("Ada", "Bo", template="Mine {name}", cap=7)
            panel.show_table(("a", "b"), [Row(0, {"a": "1", "b": "2"})])
            panel.prompts_edit.setPlainText("Say")
            panel.system_edit.setPlainText("Be brief.")
            panel.format_edit.edit.setPlainText('{"type": "object"}')
            panel.tabs.setCurrentIndex(list(Mode).index(mode))
            opened.window.run_bar.temperature_box.setValue(1.2)
            mine = setup_of(opened)
            opened.session.take_over(BATCH)
            await opened.idle()
            theirs = setup_of(opened)
            assert all(one != other for one, other in zip(mine, theirs, strict=True))
            # that server has something to say too, and the offer stays beside it
            assert "/api/v3" in banner.label.text()
            banner.other_button.click()
            await opened.idle()
            assert setup_of(opened) == mine
            opened.window.bring_back_action.trigger()
            await opened.idle()
            assert setup_of(opened) == theirs
            banner.other_button.click()
            await opened.idle()
            assert setup_of(opened) == mine

    with stub_api_thread(echo) as api:
        run(main(api))


def test_only_what_is_the_users_own_is_told(run, program):
    async def main():
        async with program() as opened:
            banner, panel = opened.window.message_banner, opened.window.input
            opened.session.show_example("en")
            assert not opened.window.bring_back_action.isEnabled()
            opened.session.open_example("translation")
            opened.session.open_example("extraction")
            assert not banner.isVisible()
            # what is not told can be brought back all the same
            opened.window.bring_back_action.trigger()
            assert "{language}" in panel.template().text
            banner.hide()
            opened.session.open_example("summary")
            assert not banner.isVisible()
            panel.template_edit.appendPlainText("in my own words")
            opened.session.open_example("greeting")
            assert banner.isVisible()
            assert "prompt" in banner.label.text()
            assert "rows" not in banner.label.text()
            banner.button.click()
            assert panel.template().text.endswith("in my own words")
            assert "{note}" in panel.template().text

    run(main())


def test_a_file_that_is_refused_replaces_nothing(run, program, tmp_path):
    path = tmp_path / "own.json"
    path.write_text(json.dumps({"version": 1, "template": "x", "parameters": {"temperature": 7}}))

    async def main():
        async with program() as opened:
            opened.enter("Ada")
            refused = opened.hear(opened.session.refused)
            opened.session.open_file(path)
            await refused
            assert not opened.window.bring_back_action.isEnabled()
            assert [row.variables["name"] for row in opened.window.input.rows()] == ["Ada"]

    run(main())


def test_a_table_that_replaces_an_edited_one_can_be_undone_as_a_whole(run, program, tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("a,b\n1,2\n,\n3,4\n")

    async def main():
        async with program() as opened:
            panel, banner = opened.window.input, opened.window.message_banner
            opened.session.show_example("en")
            panel.show_table(("mine",), [Row(0, {"mine": "x\ny"})])
            await opened.session.load_file(path)
            assert panel.columns() == ("a", "b")
            # both are said: what was left out, and what can be brought back
            assert "people.csv" in banner.label.text()
            assert "rows" in banner.label.text()
            banner.button.click()
            assert panel.columns() == ("mine",)

    run(main())


def test_a_run_that_is_taken_up_again_can_be_undone(run, program):
    async def main():
        async with program() as opened:
            opened.enter("Ada", template="Mine {name}")
            batch = replace(BATCH, endpoint=None, model=None)
            opened.session.take_over(batch)
            assert opened.window.input.template().text == "T {x}"
            opened.window.message_banner.button.click()
            assert opened.window.input.template().text == "Mine {name}"
            assert opened.window.input.system() == ""

    run(main())
