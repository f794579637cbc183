"""A canary key: entered in the dialog, kept in a real keyring, used through everything, found in no file."""

import asyncio
import base64
import logging
import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from contextlib import ExitStack, contextmanager

import keyring
import pytest
import secret_service
from canary import (
    FAILURES,
    NAMES,
    SECRET_HEADER,
    answer_with,
    reply_to,
    secrets_in,
    where_found,
    words_of_processes,
)
from canary import KEY as CANARY
from certificates import HOST, stranger_tls
from proxy import forward_proxy_thread
from stub_api import Reply, stub_api_thread

from paradigm_gui.core.batch import ArmKind, RequestState
from paradigm_gui.core.batch_file import write_batch_file
from paradigm_gui.core.endpoints import Endpoint, Proxy, ProxyMode, export_endpoints
from paradigm_gui.core.errors import ErrorKind
from paradigm_gui.core.export import RESULT_SUFFIXES, write_report
from paradigm_gui.core.keys import SERVICE, packed, proxy_name
from paradigm_gui.core.report import report
from paradigm_gui.core.route import Credentials
from paradigm_gui.core.script import SCRIPT_SUFFIXES, write_script
from paradigm_gui.core.trace_files import TRACE_SUFFIXES
from paradigm_gui.history import open_store
from paradigm_gui.outcome import SVG_SUFFIX, Choice, client_figures, write_results_of, write_timing
from paradigm_gui.session import DEMO

PROXY_CANARY = "px-canary-77aa01"
GATEWAY_CANARY = "gw-canary-90bb12"
CANARIES = (CANARY, PROXY_CANARY, GATEWAY_CANARY)


@pytest.fixture
def ring(monkeypatch):
    """The real keyring, for this process and those that it starts."""
    with secret_service.keyring_of_this_process(monkeypatch):
        yield


MODELS = Reply.json({"data": [{"id": "stub-large"}, {"id": f"model of {CANARY}"}]})


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
    page.proxy.mode_box.setCurrentIndex(2)
    page.proxy.address_edit.setText("http://127.0.0.1:9")
    page.proxy.user_edit.setText("ada")
    page.proxy.password_edit.setText(PROXY_CANARY)
    page.secret_header_edit.setText(SECRET_HEADER)
    page.secret_edit.setText(GATEWAY_CANARY)
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
            assert keyring.get_password(SERVICE, f"header:{api.base_url}") == GATEWAY_CANARY
            assert opened.window.run_bar.model_box.findText("model of •••") >= 0

            opened.enter(*NAMES, template="{name}", retries=0, cap=1)
            opened.window.run_bar.model_box.setEditText("stub-large")
            ended = await opened.run(compare=True)
            await opened.idle()
            sent = ended.arms[ArmKind.CONCURRENT].requests
            finals = {request.row.variables["name"]: request for request in sent}
            assert [name for name in NAMES if finals[name].state is RequestState.FAILED] == FAILURES
            assert finals["unauthorized"].error.message == "not with Bearer •••, •••"
            for name in NAMES:
                if name not in FAILURES:
                    assert finals[name].text == f"Hello {name}, Bearer •••, •••"
            assert finals["dropped"].text == "•••"

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
                raise RuntimeError(f"headers were {{'Authorization': 'Bearer {CANARY}'}}, {CANARIES}")
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
        stub_api_thread(lambda request: reply_to(request, other.base_url), models=MODELS) as api,
    ):
        run(main(api))
        assert other.seen == []
        assert {seen.headers.get(SECRET_HEADER.lower()) for seen in api.seen} == {GATEWAY_CANARY}
        assert {seen.headers.get("authorization") for seen in api.seen} == {f"Bearer {CANARY}"}
        assert len(api.completions) >= 2 * len(NAMES)
    assert "bug: RuntimeError" in (tmp_path / "settings" / "log" / "paradigm-gui.log").read_text("utf-8")
    with sqlite3.connect(tmp_path / "runs.sqlite3") as kept:
        said = "\n".join(kept.iterdump())
    kept.close()
    for canary in CANARIES:
        assert canary not in said
        assert where_found(canary, tmp_path, environment) == []
    assert where_found("Canary", tmp_path / "settings")


class SlowReplies:
    """The replies of a server that repeats the key, and stops; or that first asks for a moment."""

    def __init__(self):
        self._has_refused = False

    def __call__(self, request):
        said = secrets_in(request)
        if request.prompt == "no answer":
            return Reply.stall()
        if request.prompt == "half an answer":
            return Reply.stall_midway(f"{said} {said} and")
        if not self._has_refused:
            self._has_refused = True
            return Reply.error(429, {"detail": said}, {"retry-after-ms": "10"})
        return answer_with(said)


@contextmanager
def full_port():
    """A port of this machine that takes no more connections, and refuses none."""
    with ExitStack() as sockets:
        listening = sockets.enter_context(socket.socket())
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        for _ in range(3):
            waiting = sockets.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listening.getsockname())
        yield listening.getsockname()[1]


def test_the_canary_is_found_nowhere_when_nothing_is_answered(
    run, program, ring, temporary, debug_log, tmp_path, environment
):
    agreed = {"allows_plain_key": True}

    async def main(api, private, proxy, port):
        manual = Proxy(ProxyMode.MANUAL, proxy.url)
        slow = Endpoint("Slow", api.base_url, "m")
        cases = [
            ("no answer", slow, {"first_token_timeout_s": 0.3}, ErrorKind.TIMEOUT_FIRST_TOKEN),
            ("no answer", slow, {"total_timeout_s": 0.3}, ErrorKind.TIMEOUT_TOTAL),
            ("half an answer", slow, {"between_tokens_timeout_s": 0.3}, ErrorKind.TIMEOUT_BETWEEN_TOKENS),
            (
                "never there",
                Endpoint("Full", f"http://127.0.0.1:{port}/v1", "m"),
                {"connect_timeout_s": 0.3},
                ErrorKind.TIMEOUT_CONNECT,
            ),
            ("not trusted", Endpoint("TLS", private.base_url, "m"), {}, ErrorKind.TLS),
            ("no tunnel", Endpoint("Far", f"https://{HOST}/v1", "m", proxy=manual), {}, ErrorKind.PROXY),
            (
                "no way",
                Endpoint("Plain", f"http://{HOST}/v1", "m", proxy=manual, **agreed),
                {},
                ErrorKind.PROXY,
            ),
        ]
        async with program() as opened:
            debug_log()
            opening = opened.tasks.start(open_store(tmp_path / "runs.sqlite3", opened.session), "open")
            opened.controller.use_store(opening)
            await opening
            await opened.keys.save(proxy_name(proxy.url), packed(Credentials("ada", PROXY_CANARY)))
            usual = opened.window.run_bar.limits()
            for name, endpoint, limits, kind in cases:
                opened.window.run_bar.show_limits(usual)
                await opened.keys.save(endpoint.key_name, CANARY)
                opened.session.use_endpoint(endpoint)
                opened.enter(name, retries=0, **limits)
                if kind is ErrorKind.PROXY:
                    # a login that is refused is told before anything is sent
                    refused = opened.hear(opened.session.refused)
                    opened.window.run_bar.run_action.trigger()
                    assert (await refused)[0].details["error"].kind is kind
                    await opened.idle()
                    assert PROXY_CANARY not in opened.window.message_banner.label.text()
                    continue
                ended = await opened.run()
                await opened.idle()
                assert (name, ended.requests[0].error.kind) == (name, kind)
                assert CANARY not in opened.window.message_banner.label.text()
                write_results_of(
                    ended, opened.session.shown.figures, tmp_path / f"{name}.csv", "en", Choice()
                )
            # and one that backs off first
            opened.session.use_endpoint(slow)
            opened.window.run_bar.show_limits(usual)
            opened.enter("first too many", retries=1)
            ended = await opened.run()
            assert [attempt.error is None for attempt in ended.requests[0].attempts] == [False, True]
            assert ended.requests[0].completion.text == "Bearer •••"
            await opened.idle()
            await asyncio.to_thread(opening.result().close)

    with (
        stub_api_thread(SlowReplies()) as api,
        stub_api_thread([Reply.answer()], tls=stranger_tls()) as private,
        forward_proxy_thread({HOST: api.port}, credentials=("ada", "another password")) as proxy,
        full_port() as port,
    ):
        run(main(api, private, proxy, port))
        assert private.seen == []
        assert {seen.headers.get("authorization") for seen in api.seen} == {f"Bearer {CANARY}"}
    for canary in (CANARY, PROXY_CANARY):
        assert where_found(canary, tmp_path, environment) == []


def test_the_search_finds_what_is_there(tmp_path):
    (tmp_path / "plain").write_text(f"x{CANARY}y")
    (tmp_path / "wide").write_bytes(f"x{CANARY}y".encode("utf-16-le"))
    with zipfile.ZipFile(tmp_path / "packed", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inside", CANARY * 10)
    for before in ("", "a", "ab", "ada:"):
        told = base64.b64encode(f"{before}{CANARY}".encode())
        (tmp_path / f"told {len(before)}").write_bytes(told)
        (tmp_path / f"told {len(before)} and more").write_bytes(
            base64.b64encode(f"{before}{CANARY}.".encode())
        )
    (tmp_path / "other").write_bytes(base64.b64encode(b"nothing of the kind"))
    assert len(where_found(CANARY, tmp_path)) == 11
    program = "import sys; print(flush=True); sys.stdin.read()"
    child = subprocess.Popen(
        [sys.executable, "-c", program, CANARY], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    child.stdout.readline()
    assert CANARY.encode() in words_of_processes(os.getpid())[child.pid]
    child.communicate()
