"""Files that the user chooses: what is exported, how long that may take, and how it can fail."""

import asyncio
import csv
import json
import threading

import pytest
from PySide6.QtWidgets import QLineEdit
from stub_api import Reply, stub_api_thread

from paradigm_gui import documents
from paradigm_gui.core import export
from paradigm_gui.widgets.progress_dialog import ProgressDialog


def echo(request):
    return Reply.answer(f"Answer to {request.prompt}")


def save_as(dialog, path):
    """Name a file in a dialog for files, and agree."""
    dialog.findChild(QLineEdit, "fileNameEdit").setText(str(path))
    dialog.accept()


def choose(dialog, suffix):
    """Choose a kind of file in the dialog for exports."""
    dialog.suffix_box.setCurrentIndex(dialog.suffix_box.findData(suffix))


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_what_is_seen_is_what_is_exported(run, program, tmp_path):
    async def main(api):
        async with program(api.base_url) as opened:
            opened.enter("Ada", "Bo", "Cy")
            await opened.run(compare=True)
            results = opened.window.results
            reset = opened.hear(results.model.modelReset)
            results.search_edit.setText("o")
            await reset
            choice = await opened.dialog(opened.window.export_action)
            choice.arm_box.setCurrentIndex(1)
            choose(choice, ".csv")
            choice.numbers_box.setChecked(True)
            choice.technical_box.setChecked(True)
            save_as(await opened.dialog_after(choice.accept), tmp_path / "out.csv")
            await opened.idle()
            again = await opened.dialog(opened.window.export_action)
            assert again.numbers_box.isChecked()
            assert again.suffix == ".csv"
            assert again.arm is results.shown_arm
            again.reject()
            await opened.idle()

    with stub_api_thread(echo) as api:
        run(main(api))
    # each answer holds an o; of the inputs only one does
    assert [(row["name"], row["row"], row["arm"]) for row in rows_of(tmp_path / "out.csv")] == [
        (name, str(number), "Sequential") for number, name in enumerate(("Ada", "Bo", "Cy"), 1)
    ]


@pytest.fixture
def slow_rows(monkeypatch):
    """Let an export stop after its first rows until it is let go on, and show at once that it takes long."""
    monkeypatch.setattr(documents, "_PATIENCE_S", 0.0)
    go_on, reached = threading.Event(), threading.Event()
    monkeypatch.setattr(export, "_ROWS_A_TELL", 1)
    real = documents.Watch.tell

    def tell(self, share):
        if share:
            reached.set()
            assert go_on.wait(20)
        real(self, share)

    monkeypatch.setattr(documents.Watch, "tell", tell)
    yield go_on, reached
    go_on.set()


def folder_without(path):
    return [found.name for found in path.parent.iterdir() if found.name not in ("settings", path.name)]


@pytest.mark.parametrize("wants_it", [True, False])
def test_a_long_export_shows_its_progress_and_can_be_given_up(run, program, tmp_path, slow_rows, wants_it):
    go_on, reached = slow_rows
    path = tmp_path / "out.csv"
    path.write_text("old")

    async def main(api):
        async with program(api.base_url) as opened:
            opened.enter("Ada", "Bo")
            await opened.run()
            choice = await opened.dialog(opened.window.export_action)
            choose(choice, ".csv")
            files = await opened.dialog_after(choice.accept)
            files.findChild(QLineEdit, "fileNameEdit").setText(str(path))
            progress = await opened.dialog_after(lambda: files.done(1))
            assert isinstance(progress, ProgressDialog)
            assert await asyncio.to_thread(reached.wait, 20)
            if not wants_it:
                progress.cancel_button.click()
                # the click is heard before the thread goes on
                await asyncio.sleep(0)
            go_on.set()
            await opened.idle()
            banner = opened.window.message_banner.label.text()
            assert ("cancelled" in banner) is not wants_it
            assert str(path) in banner

    with stub_api_thread(echo) as api:
        run(main(api))
    if wants_it:
        assert len(rows_of(path)) == 2
    else:
        assert path.read_text() == "old"
    assert folder_without(path) == []


def test_the_program_ends_during_an_export(run, program, tmp_path, slow_rows):
    go_on, reached = slow_rows
    path = tmp_path / "out.csv"

    async def main(api):
        async with program(api.base_url) as opened:
            opened.enter("Ada", "Bo")
            await opened.run()
            choice = await opened.dialog(opened.window.export_action)
            choose(choice, ".csv")
            files = await opened.dialog_after(choice.accept)
            files.findChild(QLineEdit, "fileNameEdit").setText(str(path))
            await opened.dialog_after(lambda: files.done(1))
            assert await asyncio.to_thread(reached.wait, 20)
            await opened.tasks.finish()
            go_on.set()

    with stub_api_thread(echo) as api:
        run(main(api))
    assert not path.exists()
    assert folder_without(path) == []


def test_the_batch_becomes_a_script(run, program, tmp_path):
    async def main(api):
        async with program(api.base_url) as opened:
            opened.enter("Ada", '"""', cap=7)
            for name in ("batch.py", "batch.ipynb"):
                save_as(await opened.dialog(opened.window.script_action), tmp_path / name)
                await opened.idle()
                assert name in opened.window.message_banner.label.text()
            await opened.run(compare=True)
            save_as(await opened.dialog(opened.window.script_action), tmp_path / "compare.py")
            await opened.idle()

    with stub_api_thread(echo) as api:
        run(main(api))
        base_url = api.base_url
    script = (tmp_path / "batch.py").read_text("utf-8")
    compile(script, "batch.py", "exec")
    assert f'BASE_URL = "{base_url}"\n' in script
    assert "CAP = 7 " in script
    assert "COMPARE = False" in script
    assert "COMPARE = True" in (tmp_path / "compare.py").read_text("utf-8")
    assert json.loads((tmp_path / "batch.ipynb").read_text("utf-8"))["nbformat"] == 4


def test_a_script_of_nothing_is_refused(run, program):
    async def main():
        async with program() as opened:
            opened.enter()
            refused = opened.hear(opened.session.refused)
            opened.window.script_action.trigger()
            assert (await refused)[0].code == "no_rows"

    run(main())


def suggested(dialog):
    return dialog.findChild(QLineEdit, "fileNameEdit").text()


def test_a_wrong_suffix_is_mended_and_nothing_is_replaced_unasked(run, program, tmp_path):
    mended = tmp_path / "nb.ipynb.png"

    async def main():
        async with program() as opened:
            save_as(await opened.dialog(opened.window.picture_action), tmp_path / "nb.ipynb")
            await opened.idle()
            assert mended.read_bytes().startswith(b"\x89PNG")
            assert mended.name in opened.window.message_banner.label.text()
            mended.write_bytes(b"old")
            dialog = await opened.dialog(opened.window.picture_action)
            question = await opened.dialog_after(lambda: save_as(dialog, tmp_path / "nb.ipynb"))
            assert mended.name in question.text()
            again = await opened.dialog_after(question.reject)
            assert suggested(again) == mended.name
            again.reject()
            await opened.idle()
            assert mended.read_bytes() == b"old"
            # a suffix of another kind that is offered is none to be mended
            opened.enter("Ada")
            save_as(await opened.dialog(opened.window.script_action), tmp_path / "b.ipynb")
            await opened.idle()
            assert json.loads((tmp_path / "b.ipynb").read_text("utf-8"))["nbformat"] == 4
            save_as(await opened.dialog(opened.window.save_batch_action), tmp_path / "lot v1.2")
            await opened.idle()
            assert (tmp_path / "lot v1.2.json").exists()

    run(main())
    assert not (tmp_path / "nb.ipynb").exists()


def test_names_are_suggested_after_the_file_of_the_input(run, program, tmp_path):
    path = tmp_path / "Courriers & avis (mai).csv"
    path.write_text("name,city\nAda,Paris\n")

    async def name_in(opened, action):
        dialog = await opened.dialog(action)
        name = suggested(dialog)
        dialog.reject()
        await opened.idle()
        return name

    async def main(api):
        async with program(api.base_url) as opened:
            window = opened.window
            opened.enter("Ada")
            assert await name_in(opened, window.save_batch_action) == "batch.paradigm.json"
            first = await opened.run()
            assert (
                await name_in(opened, window.timing_action)
                == f"paradigm-{first.started_at:%Y-%m-%d-%H%M}.svg"
            )
            await opened.session.load_file(path)
            assert await name_in(opened, window.save_batch_action) == "Courriers-avis-mai.paradigm.json"
            assert await name_in(opened, window.script_action) == "Courriers-avis-mai.py"
            second = await opened.run()
            expected = f"Courriers-avis-mai-{second.started_at:%Y-%m-%d-%H%M}"
            assert await name_in(opened, window.timing_action) == f"{expected}.svg"
            assert await name_in(opened, window.picture_action) == f"{expected}.png"
            opened.session.open_example("classification")
            assert await name_in(opened, window.save_batch_action) == "batch.paradigm.json"
            # the run on show keeps its name
            assert await name_in(opened, window.timing_action) == f"{expected}.svg"

    with stub_api_thread(echo) as api:
        run(main(api))


def test_a_file_of_results_is_named_after_the_input_and_can_be_opened(run, program, tmp_path, monkeypatch):
    opened_urls = []
    monkeypatch.setattr(documents.QDesktopServices, "openUrl", lambda url: opened_urls.append(url) or True)
    (tmp_path / "clients.jsonl").write_text('{"name": "Ada"}\n{"name": "Bo"}\n')

    async def main(api):
        async with program(api.base_url) as opened:
            opened.enter("Ada")
            await opened.session.load_file(tmp_path / "clients.jsonl")
            await opened.run()
            choice = await opened.dialog(opened.window.export_action)
            assert choice.suffix == ".xlsx"
            files = await opened.dialog_after(choice.accept)
            assert suggested(files).startswith("clients-2")
            save_as(files, tmp_path / "out.xlsx")
            await opened.idle()
            opened.window.message_banner.button.click()

    with stub_api_thread(echo) as api:
        run(main(api))
    assert [url.toLocalFile() for url in opened_urls] == [str(tmp_path / "out.xlsx")]
