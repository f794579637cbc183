"""What is opened in the window: a file after a look at it, and a prompt that may keep the rows."""

import pytest
from PySide6.QtWidgets import QLineEdit, QMessageBox

from paradigm_gui.command_line import parse
from paradigm_gui.core.batch import Limits, Row
from paradigm_gui.core.batch_file import BatchFile, read_batch_file, write_batch_file
from paradigm_gui.launch import load

GREETING = BatchFile(
    columns=("name",),
    rows=[Row(0, {"name": "Zoë"})],
    template="Greet {name}",
    system="",
    temperature=0.5,
)


def rows(opened):
    return ["|".join(row.variables.values()) for row in opened.window.input.rows()]


def press(box, number):
    """Press one of the offered buttons; they come in the order in which they were added."""
    accepting = [
        button for button in box.buttons() if box.buttonRole(button) is QMessageBox.ButtonRole.AcceptRole
    ]
    accepting[number].click()


def own_table(opened):
    opened.window.input.show_table(
        ("name", "city"), [Row(0, {"name": "Ada", "city": "Paris"}), Row(1, {"name": "Bo", "city": "Rome"})]
    )
    opened.window.input.template_edit.setPlainText("Hello {city}")


@pytest.mark.parametrize(
    ("answer", "expected", "template"),
    [
        (0, ["Ada|Paris", "Bo|Rome"], "Greet {name}"),
        (1, ["Zoë"], "Greet {name}"),
        (None, ["Ada|Paris", "Bo|Rome"], "Hello {city}"),
    ],
)
def test_a_batch_may_bring_its_prompt_alone(run, program, tmp_path, answer, expected, template):
    path = tmp_path / "greeting.json"
    write_batch_file(path, GREETING)

    async def main():
        async with program() as opened:
            own_table(opened)
            box = await opened.dialog_after(lambda: opened.session.open_file(path))
            assert "2" in box.text()
            if answer is None:
                box.reject()
            else:
                press(box, answer)
            await opened.idle()
            assert rows(opened) == expected
            assert opened.window.input.template().text == template

    run(main())


def test_a_prompt_that_needs_other_columns_brings_its_rows(run, program, tmp_path):
    path = tmp_path / "b.json"
    other = BatchFile(
        columns=("who",), rows=[Row(0, {"who": "Zoë"})], template="Hi", system="You greet {who}."
    )
    write_batch_file(path, other)

    async def main():
        async with program() as opened:
            own_table(opened)
            opened.session.open_file(path)
            await opened.idle()
            assert rows(opened) == ["Zoë"]
            # and what is there already is not asked about
            opened.session.open_file(path)
            await opened.idle()
            assert rows(opened) == ["Zoë"]

    run(main())


def test_a_prompt_without_rows_keeps_the_table(run, program, tmp_path):
    path = tmp_path / "prompt.json"

    async def main():
        async with program() as opened:
            own_table(opened)
            opened.window.input.system_edit.setPlainText("Be brief.")
            opened.window.run_bar.show_limits(Limits(cap=7, token_budget=9, connect_timeout_s=3.5))
            dialog = await opened.dialog(opened.window.save_prompt_action)
            dialog.findChild(QLineEdit).setText(str(path))
            dialog.accept()
            await opened.idle()
            assert path.name in opened.window.message_banner.label.text()
            saved = read_batch_file(path)
            assert (saved.rows, saved.columns, saved.template) == (None, None, "Hello {city}")
            opened.window.input.show_table(("city", "no"), [Row(0, {"city": "Lyon", "no": "1"})])
            opened.window.input.template_edit.setPlainText("")
            opened.window.input.system_edit.setPlainText("Be long.")
            opened.window.run_bar.show_limits(Limits(failures_to_stop=3, requests_per_minute=60))
            opened.session.open_file(path)
            await opened.idle()
            assert rows(opened) == ["Lyon|1"]
            assert opened.window.input.template().text == "Hello {city}"
            assert opened.window.input.system() == "Be brief."
            assert opened.window.run_bar.limits() == Limits(cap=7, token_budget=9, connect_timeout_s=3.5)

    run(main())


def test_a_batch_that_is_saved_without_a_system_prompt_has_none_when_it_is_opened(run, program, tmp_path):
    path = tmp_path / "own.json"

    async def main():
        async with program() as opened:
            own_table(opened)
            write_batch_file(path, opened.session.batch_file())
            opened.window.input.system_edit.setPlainText("Be rude.")
            opened.session.open_file(path)
            await opened.idle()
            assert opened.window.input.system() == ""

    run(main())


def test_an_example_may_bring_its_prompt_alone(run, program):
    async def main():
        async with program() as opened:
            own_table(opened)
            greeting, classification = opened.window.input.examples_button.menu().actions()[:2]
            press(await opened.dialog(greeting), 0)
            await opened.idle()
            assert rows(opened) == ["Ada|Paris", "Bo|Rome"]
            assert "{name}" in opened.window.input.template().text
            # rows of another example are nobody's own
            classification.trigger()
            greeting.trigger()
            assert len(rows(opened)) == 20

    run(main())


def test_the_first_example_is_replaced_without_a_question(run, program, tmp_path):
    path = tmp_path / "greeting.json"
    write_batch_file(path, GREETING)

    async def main():
        async with program() as opened:
            opened.session.show_example("en")
            opened.session.open_file(path)
            await opened.idle()
            assert rows(opened) == ["Zoë"]

    run(main())


def test_of_several_files_the_first_is_opened_and_the_others_are_told(run, program, tmp_path):
    paths = [tmp_path / f"{number}.csv" for number in range(3)]
    for path in paths:
        path.write_text(f"a,b\n{path.stem},x\n")

    async def main():
        async with program() as opened:
            dialog = await opened.dialog_after(lambda: opened.window.files_dropped.emit(paths))
            assert dialog.table is not None
            dialog.accept()
            await opened.idle()
            assert rows(opened) == ["0|x"]
            said = opened.window.message_banner.label.text()
            assert "0.csv" in said
            assert "others" in said

    run(main())


def test_a_file_on_the_command_line_is_looked_at_first(run, program, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("Ada,36\nBo,41\n")
    options = parse([str(path), "--prompt", "{column 1}"])

    async def main():
        async with program() as opened:
            own_table(opened)
            loading = []
            dialog = await opened.dialog_after(
                lambda: loading.append(opened.tasks.start(load(opened.session, options, asks=True), "load"))
            )
            dialog.reject()
            await loading[0]
            assert rows(opened) == ["Ada|Paris", "Bo|Rome"]
            assert opened.window.input.template().text == "{column 1}"
            dialog = await opened.dialog_after(
                lambda: loading.append(opened.tasks.start(load(opened.session, options, asks=True), "load"))
            )
            assert not dialog.header_box.isChecked()
            dialog.accept()
            await loading[1]
            assert rows(opened) == ["Ada|36", "Bo|41"]
            # without somebody to ask, nothing is guessed
            await load(opened.session, options)
            assert rows(opened) == ["Bo|41"]

    run(main())
