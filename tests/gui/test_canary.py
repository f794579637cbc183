"""A canary key: entered in the dialog, kept in a real keyring, used through everything, found in no file."""

import asyncio
import base64
import logging
import os
import sqlite3
import subprocess
import sys
import tempfile
import zipfile

import keyring
import pytest
import secret_service
from canary import FAILURES, NAMES, reply_to, where_found, words_of_processes
from canary import KEY as CANARY
from keyring.backends.SecretService import Keyring
from stub_api import Reply, stub_api_thread

from paradigm_gui.core.batch import ArmKind, RequestState
from paradigm_gui.core.batch_file import write_batch_file
from paradigm_gui.core.endpoints import export_endpoints
from paradigm_gui.core.export import RESULT_SUFFIXES, write_report
from paradigm_gui.core.keys import SERVICE
from paradigm_gui.core.report import report
from paradigm_gui.core.script import SCRIPT_SUFFIXES, write_script
from paradigm_gui.core.trace_files import TRACE_SUFFIXES
from paradigm_gui.history import open_store
from paradigm_gui.outcome import SVG_SUFFIX, Choice, client_figures, write_results_of, write_timing
from paradigm_gui.session import DEMO

PROXY_CANARY = "px-canary-77aa01"


@pytest.fixture
def ring(monkeypatch):
    """The real keyring, for this process and those that it starts."""
    with secret_service.secret_service() as variables:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        before = keyring.get_keyring()
        keyring.set_keyring(Keyring())
        yield
        keyring.set_keyring(before)


@pytest.fixture
def temporary(monkeypatch, tmp_path):
    """A temporary folder of the test's own, so that all of it can be searched."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


@pytest.fixture
def debug_log():
    """Let every library write down all that it would."""
    levels = {}

    def turn_on():
        for name in ("", "httpx2", "httpcore2", "openai", "aiohttp", "asyncio", "qasync", "keyring"):
            levels[name] = logging.getLogger(name).level
            logging.getLogger(name).setLevel(logging.DEBUG)

    yield turn_on
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


async def entered(opened, api):
    """Enter the server and the key in the dialog, try them out, and save them."""
    dialog = await opened.dialog(opened.window.demo_banner.button)
    page = dialog.advanced
    dialog.name_edit.setText("Canary")
    dialog.url_edit.setText(api.base_url)
    dialog.key_edit.setText(CANARY)
    # servers on this machine are reached directly; that the proxy wants a password is kept nevertheless
    page.proxy_box.setCurrentIndex(2)
    page.proxy_edit.setText("http://127.0.0.1:9")
    page.user_edit.setText("ada")
    page.password_edit.setText(PROXY_CANARY)
    dialog.answer_box.setChecked(True)
    dialog.test_button.click()
    while dialog.steps.text().count("\n") < 4:
        await asyncio.wait(asyncio.all_tasks() - opened.foreign, return_when=asyncio.FIRST_COMPLETED)
    finished = opened.hear(dialog.finished)
    dialog.accept()
    await finished
    await opened.idle()


def test_the_canary_is_found_nowhere(
    run, program, ring, temporary, debug_log, tmp_path, environment, monkeypatch
):
    exports = tmp_path / "exports"
    exports.mkdir()

    async def main(api):
        async with program() as opened:
            debug_log()
            opening = opened.tasks.start(open_store(tmp_path / "runs.sqlite3", opened.session), "open")
            opened.controller.use_store(opening)
            await opened.idle()
            await entered(opened, api)
            assert keyring.get_password(SERVICE, api.base_url) == CANARY

            opened.enter(*NAMES, template="{name}", retries=0, cap=1)
            opened.window.run_bar.model_box.setEditText("stub-large")
            ended = await opened.run(compare=True)
            await opened.idle()
            sent = ended.arms[ArmKind.CONCURRENT].requests
            finals = {request.row.variables["name"]: request for request in sent}
            assert [name for name in NAMES if finals[name].state is RequestState.FAILED] == FAILURES
            assert finals["unauthorized"].error.message == "not with Bearer •••"

            figures = opened.session.shown.figures
            for suffix in RESULT_SUFFIXES:
                for kind in ended.arms:
                    write_results_of(ended, figures, exports / f"{kind}{suffix}", "en", Choice(kind))
            for suffix in (*TRACE_SUFFIXES, SVG_SUFFIX):
                write_timing(exports / f"timing{suffix}", ended)
            client = client_figures(opened.session._lag, None)
            write_report(exports / "r.json", report(ended, figures, client))
            write_batch_file(exports / "batch.json", opened.session.batch_file())
            job = opened.session.job()
            for suffix in SCRIPT_SUFFIXES:
                write_script(exports / f"s{suffix}", job.batch, job.limits, job.endpoint, compare=True)
            export_endpoints(exports / "servers.json", opened.session.endpoints)
            opened.session.save_picture(exports / "w.png")
            opened.session.save()

            # a bug with the key in its words, and somebody who logs what must not be logged
            try:
                raise RuntimeError(f"headers were {{'Authorization': 'Bearer {CANARY}'}}, {PROXY_CANARY}")
            except RuntimeError as bug:
                opened.reporter.report(bug)
            logging.getLogger("openai").debug("request with %s", CANARY)

            # a process that the program starts
            opened.session.use_endpoint(DEMO)
            await opened.idle()
            assert opened.demo._process is not None
            assert len(words := words_of_processes(os.getpid())) > 1
            assert all(CANARY.encode() not in said for said in words.values())
            store = opening.result()
            await asyncio.to_thread(store.close)
        return ended

    with (
        stub_api_thread([Reply.answer("elsewhere")]) as other,
        stub_api_thread(lambda request: reply_to(request, other.base_url)) as api,
    ):
        run(main(api))
        assert other.seen == []
        assert {seen.headers.get("authorization") for seen in api.seen} == {f"Bearer {CANARY}"}
        assert len(api.completions) >= 2 * len(NAMES)
    assert "bug: RuntimeError" in (tmp_path / "settings" / "log" / "paradigm-gui.log").read_text("utf-8")
    with sqlite3.connect(tmp_path / "runs.sqlite3") as kept:
        assert CANARY not in "\n".join(kept.iterdump())
    kept.close()
    for canary in (CANARY, PROXY_CANARY):
        assert where_found(canary, tmp_path, environment) == []
    assert where_found("Canary", tmp_path / "settings")


def test_the_search_finds_what_is_there(tmp_path):
    (tmp_path / "plain").write_text(f"x{CANARY}y")
    (tmp_path / "wide").write_bytes(f"x{CANARY}y".encode("utf-16-le"))
    with zipfile.ZipFile(tmp_path / "packed", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inside", CANARY * 10)
    (tmp_path / "told").write_bytes(base64.b64encode(CANARY.encode()))
    assert len(where_found(CANARY, tmp_path)) == 4
    program = "import sys; print(flush=True); sys.stdin.read()"
    child = subprocess.Popen(
        [sys.executable, "-c", program, CANARY], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    child.stdout.readline()
    assert CANARY.encode() in words_of_processes(os.getpid())[child.pid]
    child.communicate()
