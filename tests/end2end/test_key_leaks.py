"""The program with a key in a real keyring: used in every way, killed, broken; and the key found nowhere."""

import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager

import pytest
import secret_service
from canary import FAILURES, KEY, NAMES, reply_to, where_found, words_of_processes
from stub_api import Act, Reply, stub_api_thread
from test_program import GUARD_S, REPOSITORY, Ended, at_once, ended, on_linux, records

from paradigm_gui.core.keys import SERVICE

pytestmark = [on_linux, pytest.mark.timeout(150)]

KEEP = "import keyring, sys; keyring.set_password(*sys.argv[1:], sys.stdin.read())"
# The program itself, with a thread that turns the debug log on, and that breaks with the key in its words.
BREAKABLE = """
import logging, resource, sys, threading
from paradigm_gui.__main__ import main

def broken():
    import keyring
    sys.stdin.readline()
    for name in ("", "httpx2", "httpcore2", "openai", "aiohttp", "asyncio", "qasync", "keyring"):
        logging.getLogger(name).setLevel(logging.DEBUG)
    print("logging", flush=True)
    sys.stdin.readline()
    key = keyring.get_password(SERVICE, URL)
    logging.getLogger("openai").debug("with %s", {"headers": {"X-Gateway": key}})
    raise RuntimeError(f"headers were {{'Authorization': 'Bearer {key}'}}, {key}")

def breaking():
    worker = threading.Thread(target=broken)
    worker.start()
    worker.join()
    print("broken", flush=True)

# as where a crash leaves an image of the memory
resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)
threading.Thread(target=breaking, daemon=True).start()
sys.exit(main())
"""


@pytest.fixture
def place(environment, monkeypatch):
    """Folders to work in and for temporary files, below the home folder, all of which is searched."""
    temporary = environment / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    (environment / "work").mkdir()
    return environment / "work"


@pytest.fixture
def service(place, monkeypatch):
    with secret_service.secret_service() as variables:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        yield


def keep_key(base_url):
    """Put the key where the dialog puts it."""
    command = [sys.executable, "-c", KEEP, SERVICE, base_url]
    subprocess.run(command, input=KEY.encode(), check=True, timeout=40)


@contextmanager
def started(place, *arguments, program=("-m", "paradigm_gui"), env=()):
    """Start the program with the folder as its own; kill it at the end if it still runs."""
    command = [sys.executable, *program, *map(str, arguments)]
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY)} | dict(env)
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    with subprocess.Popen(command, cwd=place, env=environment, **pipes, encoding="utf-8") as process:
        try:
            yield process
        finally:
            process.kill()


def run(place, *arguments, env=()):
    with started(place, *arguments, env=env) as process:
        return ended(process)


def check_processes(process):
    words = words_of_processes(process.pid)
    assert process.pid in words
    assert not [number for number, said in words.items() if KEY.encode() in said]


def check_server(api):
    """The key came with every request that was sent there."""
    assert {request.headers.get("authorization") for request in api.seen} == {f"Bearer {KEY}"}


def test_answers_failures_and_exports(place, service, environment):
    names = place / "names.txt"
    names.write_text("".join(f"{name}\n" for name in NAMES))
    outputs = ("--output", "r.csv", "--report", "r.json", "--screenshot", "w.png")
    limits = ("--model", "m", "--prompt", "{name}", "--cap", 1, "--retries", 0)
    with (
        stub_api_thread([Reply.answer()]) as other,
        stub_api_thread(lambda request: reply_to(request, other.base_url).gated()) as api,
    ):
        keep_key(api.base_url)
        with started(
            place, names, "--base-url", api.base_url, *limits, "--compare", "--headless", *outputs
        ) as process:
            api.wait_for(lambda api: api.in_flight == 1, GUARD_S)
            check_processes(process)
            api.release()
            first = ended(process)
        assert first.code == 1
        assert len(api.completions) == 2 * len(NAMES)
        # one after the other: a run that is open elsewhere is not gone on with
        others = [
            run(place, "--headless", "--resume", "1", "--output", f"r{suffix}")
            for suffix in (".jsonl", ".xlsx")
        ]
        assert [again.code for again in others] == [1, 1]
        # what is written anew is not sent anew
        assert len(api.completions) == 2 * len(NAMES)
        check_server(api)
        assert other.seen == []
    results = {record["variables"]["name"]: record for record in records(place / "r.jsonl")}
    assert [name for name in NAMES if results[name]["status"] == "failed"] == FAILURES
    assert results["unauthorized"]["error"]["message"] == "not with Bearer •••"
    assert results["fine after page"]["text"] == "Hello fine after page, Bearer •••"
    assert json.loads((place / "r.json").read_text())["rows"]["failed"] == len(FAILURES)
    for told in (first, *others):
        assert KEY not in told.out + told.err
    assert {path.suffix for path in place.glob("r.*")} == {".csv", ".json", ".jsonl", ".xlsx"}
    assert where_found(KEY, environment) == []


def test_a_server_that_refuses_everything_and_one_that_the_key_is_not_for(place, service, environment):
    names = place / "names.txt"
    names.write_text("Ada\nBo\n")
    arguments = (names, "--headless", "--prompt", "{name}")

    def rude(request):
        return Reply.error(401, {"error": f"wrong key {request.headers.get('authorization')}"})

    with (
        stub_api_thread(rude, models=Reply.error(401, {"detail": KEY})) as api,
        stub_api_thread([Reply.answer()]) as other,
    ):
        keep_key(api.base_url)
        cases = [(), ("--model", "m")]
        refused = at_once(lambda *model: run(place, *arguments, "--base-url", api.base_url, *model), cases)
        free = run(place, *arguments, "--base-url", other.base_url)
        check_server(api)
        assert {request.headers.get("authorization") for request in other.seen} == {None}
        assert len(other.completions) == 2
    assert [told.code for _, told in refused] == [2, 2]
    assert free.code == 0
    for told in (free, *(refusal for _, refusal in refused)):
        assert KEY not in told.out + told.err
    assert where_found(KEY, environment) == []


def test_a_bug_a_debug_log_and_a_crash(place, service, environment):
    names = place / "names.txt"
    names.write_text("Ada\nBo\nCy\n")
    replies = {"Ada": Reply.answer("Hi").gated(), "Bo": Reply.error(500, {"error": {"message": KEY}})}
    stalled = Reply.answer("Half of an answer").cut(Act.STALL)
    is_second = threading.Event()

    def script(request):
        return Reply.answer("Hi") if is_second.is_set() else replies.get(request.prompt, stalled)

    with stub_api_thread(script) as api:
        keep_key(api.base_url)
        program = "-c", BREAKABLE.replace("SERVICE", repr(SERVICE)).replace("URL", repr(api.base_url))
        limits = ("--model", "m", "--prompt", "{name}", "--cap", 1, "--retries", 0)
        env = {"OPENAI_LOG": "debug", "PYTHONASYNCIODEBUG": "1"}
        with started(
            place, names, "--base-url", api.base_url, *limits, "--run", program=program, env=env
        ) as process:
            api.wait_for(lambda api: api.in_flight == 1, GUARD_S)
            tell(process, "logging")
            api.release()
            api.wait_for(lambda api: len(api.completions) == 3, GUARD_S)
            tell(process, "broken")
            check_processes(process)
            process.send_signal(signal.SIGSEGV)
            crashed = Ended(process.wait(GUARD_S), process.stdout.read(), process.stderr.read())
        assert crashed.code == -signal.SIGSEGV
        is_second.set()
        again = run(place, "--headless", "--resume", "last")
        assert {"Ada: Hi", "Cy: Hi"} <= set(again.out.splitlines())
        check_server(api)
    log = "".join(path.read_text("utf-8") for path in environment.rglob("*.log*"))
    assert "bug: RuntimeError" in log
    assert "'Authorization': 'Bearer •••" in log
    assert "DEBUG openai" in log
    for told in (crashed, again):
        assert KEY not in told.out + told.err
    assert where_found(KEY, environment) == []


def tell(process, answer):
    """Let the thread in the program go on to its next deed, and wait until that is done."""
    process.stdin.write("\n")
    process.stdin.flush()
    assert process.stdout.readline() == f"{answer}\n"


def test_what_a_window_leaves_behind(place, service, environment):
    names = place / "names.txt"
    names.write_text("Ada\n")
    with stub_api_thread([Reply.answer("Hi")]) as api:
        keep_key(api.base_url)
        with started(place, names, "--base-url", api.base_url, "--model", "m", "--run") as process:
            api.wait_for(lambda api: any(request.finished for request in api.seen), GUARD_S)
            check_processes(process)
            process.send_signal(signal.SIGTERM)
            told = ended(process)
        check_server(api)
    assert (told.code, told.out, told.err) == (0, "", "")
    left = {path.name for path in environment.rglob("*") if path.is_file()}
    assert left >= {"settings.ini", "draft.json", "models.json", "runs.sqlite3"}
    assert where_found(KEY, environment) == []
