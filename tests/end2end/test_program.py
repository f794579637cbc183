"""The program as a script or a person at a terminal meets it: arguments, streams, files and exit codes."""

import json
import os
import select
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from guard import GUARD_S
from proxy import forward_proxy_thread
from PySide6.QtGui import QImage
from stub_api import ROOT, Act, Reply, stub_api_thread

REPOSITORY = Path(__file__).parents[2]
CANARY = "canary-7f3a9c51d2e84b60"

RESULT_FIELDS = [
    "index",
    "variables",
    "prompt",
    "status",
    "text",
    "finish_reason",
    "error",
    "attempts",
    "queue_s",
    "ttft_s",
    "service_s",
    "response_s",
    "tokens",
    "model",
    "arm",
]
REPORT_FIELDS = [
    "version",
    "simulated",
    "endpoint",
    "model",
    "streaming",
    "started_at",
    "rows",
    "arms",
    "speed_up",
    "efficiency",
    "repeats",
    "further",
    "diagnosis",
    "client",
]
ARM_FIELDS = [
    "cap",
    "wall",
    "throughput_rps",
    "peak_in_flight",
    "mean_in_flight",
    "attempts",
    "retries",
    "bound",
    "service",
    "response",
    "ttft",
    "tokens",
    "errors",
]
STATISTICS = ["n", "min", "p50", "p90", "p95", "p99", "max", "mean"]
CLIENT_FIELDS = ["loop_lag_p50", "loop_lag_p99", "loop_lag_max", "startup_to_window", "peak_rss_mb"]

on_posix = pytest.mark.skipif(sys.platform == "win32", reason="sends POSIX signals")
on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")


@dataclass(frozen=True)
class Ended:
    """A program that has ended."""

    code: int
    out: str
    err: str

    @property
    def messages(self):
        """The lines on stderr that are not progress."""
        return [line for line in self.err.splitlines() if not line.replace("/", "").isdigit()]


@contextmanager
def started(*arguments, env=(), without=()):
    """Start the program; kill it at the end if it still runs."""
    environment = {name: value for name, value in os.environ.items() if name not in without} | dict(env)
    command = [sys.executable, "-m", "paradigm_gui", *map(str, arguments)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "encoding": "utf-8"}
    with subprocess.Popen(command, cwd=REPOSITORY, env=environment, **pipes) as process:
        try:
            yield process
        finally:
            process.kill()


def ended(process):
    out, err = process.communicate(timeout=GUARD_S)
    return Ended(process.returncode, out, err)


def program(*arguments, env=(), without=()):
    with started(*arguments, env=env, without=without) as process:
        return ended(process)


def headless(file, base_url, *arguments, env=()):
    return program(file, "--base-url", base_url, "--headless", *arguments, env=env)


def at_once(run, cases):
    """Give each case with what `run` makes of it; most of a short program's time is its start."""
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return list(zip(cases, pool.map(lambda case: run(*case), cases), strict=True))


def records(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def echo(request):
    return Reply.answer(f"Answer to {request.prompt}")


@pytest.fixture
def names(tmp_path):
    path = tmp_path / "names.txt"
    path.write_text("Ada\nBo\nCy\nDi\nEd\nFay\n")
    return path


@pytest.fixture(scope="module")
def echo_api():
    """A server that answers at once, for tests that look at the program's side alone."""
    with stub_api_thread(echo) as api:
        yield api


def check_statistics(statistics, n):
    assert list(statistics) == STATISTICS
    assert statistics["n"] == n
    known = [statistics[name] for name in ("min", "p50", "p90", "p95", "p99", "max")]
    known = [value for value in known if value is not None]
    assert known == sorted(known)
    if n:
        assert statistics["min"] <= statistics["mean"] <= statistics["max"]


def check_arm(arm, rows, cap):
    """Check that the figures of an arm agree with each other."""
    assert list(arm) == ARM_FIELDS
    assert (arm["cap"], arm["attempts"], arm["retries"], arm["errors"]) == (cap, rows, 0, {})
    assert 1 <= arm["peak_in_flight"] <= cap
    for name in ("service", "response", "ttft"):
        check_statistics(arm[name], rows)
    service = arm["service"]["mean"] * rows
    assert service / arm["wall"] == pytest.approx(arm["mean_in_flight"])
    assert arm["throughput_rps"] == pytest.approx(rows / arm["wall"])
    assert arm["bound"] == pytest.approx(max(arm["service"]["max"], service / cap))
    assert arm["wall"] >= arm["bound"] * 0.999


def check_against_results(arm, results):
    """Check that the figures of an arm are those of its results."""
    for name in ("service", "response", "ttft"):
        times = [record[f"{name}_s"] for record in results]
        assert arm[name]["max"] == max(times)
        assert arm[name]["min"] == min(times)
        assert arm[name]["mean"] == pytest.approx(sum(times) / len(times))
    for record in results:
        assert 0 <= record["ttft_s"] <= record["service_s"]
        # one attempt: queue, wait and stream are all there is
        assert record["queue_s"] + record["service_s"] == pytest.approx(record["response_s"])
    for side in ("prompt", "completion"):
        assert arm["tokens"][side] == sum(record["tokens"][side] for record in results)


def check_comparison(report, results, *, cap=20, rows=20):
    """Check a report of two arms, and the results of the concurrent one."""
    assert list(report) == REPORT_FIELDS
    assert report["version"] == 1
    assert report["rows"] == {"total": rows, "done": rows, "failed": 0, "cancelled": 0}
    assert list(report["arms"]) == ["concurrent", "sequential"]
    assert [list(record) for record in results] == [RESULT_FIELDS] * rows
    assert [record["index"] for record in results] == list(range(rows))
    outcomes = {(record["status"], record["error"], record["attempts"], record["arm"]) for record in results}
    assert outcomes == {("done", None, 1, "concurrent")}
    check_arm(report["arms"]["concurrent"], rows, cap)
    check_arm(report["arms"]["sequential"], rows, 1)
    check_against_results(report["arms"]["concurrent"], results)
    walls = [arm["wall"] for arm in report["arms"].values()]
    assert report["speed_up"] == pytest.approx(walls[1] / walls[0], rel=0.01)
    assert report["efficiency"] == pytest.approx(report["speed_up"] / min(cap, rows))
    assert list(report["client"]) == CLIENT_FIELDS
    lags = [report["client"][name] for name in CLIENT_FIELDS[:3]]
    assert lags == sorted(lags)
    assert lags[0] >= 0
    assert report["client"]["startup_to_window"] > 0


def check_picture(path):
    """A picture of a window: of its size, and not of one colour."""
    assert path.read_bytes().startswith(b"\x89PNG")
    image = QImage(str(path))
    assert image.width() >= 900
    assert image.height() >= 560
    colours = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
    assert len(colours) > 20


# The main job


def test_the_demo_is_compared_reported_and_pictured(tmp_path):
    report, output, picture = (tmp_path / name for name in ("r.json", "r.jsonl", "w.png"))
    outputs = ("--report", report, "--output", output, "--screenshot", picture)
    run = program("--demo", "--run", "--compare", "--headless", *outputs)
    assert (run.code, run.messages) == (0, [])
    results, figures = records(output), json.loads(report.read_text("utf-8"))
    check_comparison(figures, results)
    assert figures["simulated"] is True
    assert 2.3 <= figures["speed_up"] <= 3.2
    assert "server_slows" in figures["diagnosis"]
    assert all(record["text"] and record["finish_reason"] == "stop" for record in results)
    assert {record["model"] for record in results} == {"alfred-demo"}
    check_picture(picture)


def test_the_same_against_any_server(tmp_path):
    report, output, picture = (tmp_path / name for name in ("r.json", "r.jsonl", "w.png"))
    outputs = ("--report", report, "--output", output, "--screenshot", picture)
    with stub_api_thread(lambda request: echo(request).after(0.05)) as api:
        run = program("--base-url", api.base_url, "--run", "--compare", "--headless", *outputs)
        assert (run.code, run.messages) == (0, [])
        results, figures = records(output), json.loads(report.read_text("utf-8"))
        check_comparison(figures, results)
        assert figures["simulated"] is False
        assert figures["endpoint"]["base_url"] == api.base_url
        # nobody named a model, so the server's first one is taken
        assert figures["model"] == "stub-large"
        assert {request.json["model"] for request in api.completions} == {"stub-large"}
        assert [record["text"] for record in results] == [f"Answer to {r['prompt']}" for r in results]
        assert sorted(r.prompt for r in api.completions) == sorted(
            2 * [record["prompt"] for record in results]
        )
        assert len(api.completions) == 40
    check_picture(picture)


def test_two_thousand_rows_with_two_hundred_in_flight(tmp_path):
    file, report, output = (tmp_path / name for name in ("names.txt", "r.json", "r.jsonl"))
    file.write_text("\n".join(f"name {number}" for number in range(2000)))
    arguments = (file, "--headless", "--cap", "200", "--model", "m", "--report", report, "--output", output)
    with stub_api_thread(lambda request: echo(request).gated()) as api:
        with started(*arguments, "--base-url", api.base_url) as process:
            api.wait_for(lambda api: api.in_flight == 200)
            api.release()
            run = ended(process)
        assert (run.code, run.messages) == (0, [])
        assert api.peak_in_flight == 200
        assert len(api.completions) == 2000
    results = records(output)
    assert [(record["index"], record["status"]) for record in results] == [(n, "done") for n in range(2000)]
    assert json.loads(report.read_text())["arms"]["concurrent"]["peak_in_flight"] == 200


# Options


def test_parameters_reach_the_server(tmp_path, names):
    (tmp_path / "system.txt").write_text("Be brief.\nBe kind.\n")
    arguments = (
        *("--model", "big one", "--temperature", "1.3", "--max-tokens", "77", "--no-stream"),
        *("--system", f"@{tmp_path / 'system.txt'}", "--prompt", f"@{tmp_path / 'prompt.txt'}"),
    )
    (tmp_path / "prompt.txt").write_text("Greet {name}, {{name}} ü 😀\n")
    with stub_api_thread(echo) as api:
        run = headless(names, api.base_url, *arguments)
        assert (run.code, run.messages) == (0, [])
        bodies = [request.json for request in api.completions]
    for body in bodies:
        assert body["model"] == "big one"
        assert body["temperature"] == 1.3
        assert body["max_tokens"] == 77
        assert not body.get("stream")
        assert body["messages"][0] == {"role": "system", "content": "Be brief.\nBe kind."}
    prompts = sorted(body["messages"][1]["content"] for body in bodies)
    assert prompts == [f"Greet {name}, {{{name}}} ü 😀" for name in ("Ada", "Bo", "Cy", "Di", "Ed", "Fay")]
    assert "Ada: Answer to Greet Ada" in run.out


def test_texts_are_taken_from_the_command_line_and_streamed_by_default(names):
    with stub_api_thread(echo) as api:
        run = headless(names, api.base_url, "--system", "Be brief.", "--prompt", "Hi {name}", "--model", "m")
        assert run.code == 0
        body = api.completions[0].json
    assert body["stream"] is True
    assert body["messages"][0] == {"role": "system", "content": "Be brief."}
    assert body["messages"][1]["content"].startswith("Hi ")


def test_the_cap_is_the_most_in_flight(names):
    with stub_api_thread(lambda request: echo(request).gated()) as api:
        with started(
            names, "--base-url", api.base_url, "--headless", "--cap", "3", "--model", "m"
        ) as process:
            for answered in range(3):
                api.wait_for(lambda api: api.in_flight == 3)
                assert len(api.completions) == 3 + answered
                api.release(1)
            api.wait_for(lambda api: len(api.completions) == 6)
            api.release()
            assert ended(process).code == 0
        assert api.peak_in_flight == 3


def test_requests_per_minute_space_the_requests(names):
    with stub_api_thread(echo) as api:
        assert headless(names, api.base_url, "--rpm", "300", "--model", "m").code == 0
        received = [request.received_at for request in api.completions]
    # five gaps of 0.2 s; the way there may shorten the sum a little, never by half
    assert received[-1] - received[0] > 0.5


@pytest.mark.parametrize(("retries", "attempts", "code"), [(0, 1, 1), (1, 2, 0)])
def test_retries(tmp_path, retries, attempts, code):
    file, output = tmp_path / "one.txt", tmp_path / "r.jsonl"
    file.write_text("Ada\n")
    script = [Reply.error(500), Reply.answer("at last")]
    with stub_api_thread(script) as api:
        run = headless(file, api.base_url, "--retries", str(retries), "--model", "m", "--output", output)
        assert run.code == code
        assert len(api.completions) == attempts
    (record,) = records(output)
    assert record["attempts"] == attempts
    assert (record["error"] or {}).get("http_status") == (500 if code else None)


def test_the_timeout_ends_an_attempt(tmp_path, names):
    output = tmp_path / "r.jsonl"
    with stub_api_thread(lambda _: Reply.stall()) as api:
        arguments = ("--timeout", "0.3", "--retries", "0", "--model", "m", "--output", output)
        assert headless(names, api.base_url, *arguments).code == 1
    assert {record["error"]["code"] for record in records(output)} == {"timeout_total"}


def test_results_in_every_format(tmp_path, names, echo_api):
    def run(suffix):
        return headless(names, echo_api.base_url, "--model", "m", "--output", tmp_path / f"results{suffix}")

    for (suffix,), ended_run in at_once(run, [(".csv",), (".xlsx",), (".md",), (".html",)]):
        assert (suffix, ended_run.code, ended_run.messages) == (suffix, 0, [])
        assert (tmp_path / f"results{suffix}").stat().st_size > 100
        if suffix != ".xlsx":
            assert "Ada" in (tmp_path / f"results{suffix}").read_text("utf-8-sig")


def test_a_table_and_a_batch_file(tmp_path):
    table, batch = tmp_path / "people.csv", tmp_path / "batch.json"
    table.write_text('name,city\n"Ada, Countess",Paris\nBo,"a ""b"" {name}"\n')
    batch.write_text(
        json.dumps(
            {
                "version": 1,
                "template": "To {who}",
                "columns": ["who"],
                "rows": ["X"],
                "parameters": {"model": "from the file", "temperature": 0.9},
                "limits": {"cap": 2},
            }
        )
    )
    with stub_api_thread(echo) as api:
        run = headless(table, api.base_url, "--prompt", "{name} in {city}", "--model", "m")
        assert run.code == 0
        prompts = sorted(request.prompt for request in api.completions)
        assert prompts == ["Ada, Countess in Paris", 'Bo in a "b" {name}']
        assert headless(batch, api.base_url).code == 0
        last = api.completions[-1]
        assert (last.prompt, last.json["model"], last.json["temperature"]) == ("To X", "from the file", 0.9)


def test_braces_of_a_batch_file_are_told_and_sent_as_they_are(tmp_path):
    batch = tmp_path / "batch.json"
    batch.write_text(
        json.dumps(
            {
                "version": 1,
                "template": "Answer {who} as {json}",
                "columns": ["who"],
                "rows": ["X"],
                "parameters": {"model": "m", "system": "Known: {who}, {other}, {json}"},
            }
        )
    )
    with stub_api_thread(echo) as api:
        run = headless(batch, api.base_url)
        assert (run.code, len(run.messages)) == (0, 1)
        assert run.messages[0].endswith(": {json}, {other}")
        sent = [message["content"] for message in api.completions[0].json["messages"]]
        assert sent == ["Known: X, {other}, {json}", "Answer X as {json}"]
        # what is given beside it is not the file's
        check_refusal(headless(batch, api.base_url, "--prompt", "{nobody}"), "{nobody}")
        check_refusal(headless(batch, api.base_url, "--system", "{nobody}"), "{nobody}")
        assert len(api.completions) == 1


def test_a_batch_file_without_a_prompt_needs_one(tmp_path, echo_api):
    batch = tmp_path / "batch.json"
    batch.write_text('{"version": 1, "columns": ["who"], "rows": ["X"], "parameters": {"model": "m"}}')
    check_refusal(headless(batch, echo_api.base_url), "{name}", "{who}")


def test_french_on_request(names, echo_api):
    def run(language):
        return headless(names, echo_api.base_url, "--model", "m", "--prompt", "{name}", "--lang", language)

    (_, english), (_, french) = at_once(run, [("en",), ("fr",)])
    assert (english.code, french.code) == (0, 0)
    assert english.out.splitlines()[:6] == french.out.splitlines()[:6]
    assert english.out.splitlines()[6:] != french.out.splitlines()[6:]


def test_version_and_help():
    version, usage = program("--version"), program("--help")
    assert (version.code, version.err, len(version.out.splitlines())) == (0, "", 1)
    assert version.out.split()[0] == "paradigm-gui"
    assert usage.code == 0
    # arguments are visible to every user of the machine
    assert not [word for word in usage.out.split() if word.startswith("--") and "key" in word.lower()]


def test_self_test():
    run = program("--self-test")
    assert (run.code, run.messages) == (0, [])


# Exit codes and messages


def test_rows_that_fail_are_told_apart(tmp_path, names):
    output, report = tmp_path / "r.jsonl", tmp_path / "r.json"

    def script(request):
        return Reply.error(400, {"error": "too rude"}) if "Cy" in request.prompt else echo(request)

    with stub_api_thread(script) as api:
        outputs = ("--output", output, "--report", report)
        run = headless(names, api.base_url, "--prompt", "{name}", "--model", "m", *outputs)
    assert run.code == 1
    results = records(output)
    assert [record["status"] for record in results] == ["done", "done", "failed", "done", "done", "done"]
    assert results[2]["error"] == {"code": "bad_request", "message": "too rude", "http_status": 400}
    figures = json.loads(report.read_text())
    assert figures["rows"] == {"total": 6, "done": 5, "failed": 1, "cancelled": 0}
    assert figures["arms"]["concurrent"]["errors"] == {"bad_request": 1}
    assert figures["arms"]["sequential"] is None
    assert figures["speed_up"] is None


def script_that_stalls_at(name):
    return lambda request: Reply.stall() if name in request.prompt else echo(request)


@on_posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_an_interrupted_run_writes_what_is_there(tmp_path, names, number):
    output, report, picture = (tmp_path / name for name in ("r.jsonl", "r.json", "w.png"))
    outputs = ("--output", output, "--report", report, "--screenshot", picture)
    options = ("--headless", "--cap", "1", "--prompt", "{name}", "--model", "m", "--compare")
    with (
        stub_api_thread(script_that_stalls_at("Di")) as api,
        started(names, "--base-url", api.base_url, *options, *outputs) as process,
    ):
        api.wait_for(lambda api: len(api.completions) == 4 and api.completions[-1].is_held)
        process.send_signal(number)
        run = ended(process)
    assert run.code == 130
    assert "Traceback" not in run.err
    states = [record["status"] for record in records(output)]
    assert states == ["done"] * 3 + ["cancelled"] * 3
    figures = json.loads(report.read_text())
    assert figures["rows"] == {"total": 6, "done": 3, "failed": 0, "cancelled": 3}
    assert figures["speed_up"] is None
    check_picture(picture)


@on_posix
def test_an_interruption_keeps_partial_answers(tmp_path, names):
    output = tmp_path / "r.jsonl"
    with (
        stub_api_thread(lambda _: Reply.answer("Half of an answer").cut(Act.STALL, words=2)) as api,
        started(
            *(names, "--base-url", api.base_url, "--headless", "--model", "m", "--output", output)
        ) as process,
    ):
        api.wait_for(lambda api: sum(request.is_held for request in api.completions) == 6)
        # how much of it has been read by now is a matter of luck, but never of the run's outcome
        process.send_signal(signal.SIGINT)
        assert ended(process).code == 130
    texts = {record["text"] for record in records(output)}
    assert texts <= {"", "Half", "Half of"}
    assert {record["status"] for record in records(output)} == {"cancelled"}


@contextmanager
def out_of_reach(names):
    """Give a program without a window that waits for its server, with the port of that."""
    with ExitStack() as leave:
        api = leave.enter_context(stub_api_thread(lambda seen: echo(seen).gated()))
        options = ("--headless", "--model", "m", "--prompt", "{name}", "--cap", "2", "--retries", "0")
        with started(names, "--base-url", api.base_url, *options) as process:
            api.wait_for(lambda api: api.in_flight == 2)
            api.release(1)
            api.wait_for(lambda api: len(api.completions) == 3)
            leave.close()
            # there may be progress before it
            assert any("reached" in line for line in iter(process.stderr.readline, ""))
            yield process, api.port


def test_a_server_that_went_is_waited_for(names):
    with out_of_reach(names) as (process, port), stub_api_thread(echo, port=port) as again:
        run = ended(process)
        assert len(again.completions) == 3
    assert run.code == 1
    assert "paradigm-gui: Going on." in run.messages
    assert run.out.count("Answer to") == 4


@on_posix
def test_an_interruption_while_the_server_is_away(names):
    with out_of_reach(names) as (process, _):
        process.send_signal(signal.SIGINT)
        run = ended(process)
    assert run.code == 130
    assert run.messages == []


@on_posix
def test_an_interruption_before_the_run(names):
    with (
        stub_api_thread(echo, models=Reply.stall()) as api,
        started(names, "--base-url", api.base_url, "--headless") as process,
    ):
        api.wait_for(lambda api: any(request.is_held for request in api.seen))
        process.send_signal(signal.SIGINT)
        run = ended(process)
        assert api.completions == []
    assert run.code == 130
    assert "Traceback" not in run.err


def refused_url():
    """A loopback address where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}/api/v2"


def check_refusal(run, *words):
    """One clear line and exit code 2."""
    assert (run.code, run.out) == (2, "")
    assert len(run.err.splitlines()) == 1, run.err
    assert run.err.startswith("paradigm-gui: ")
    for word in words:
        assert word in run.err


BAD_FILES = [
    ("empty.txt", b""),
    ("blank.txt", b" \n\t\n\n"),
    ("binary.txt", bytes(range(256)) * 40),
    ("line.txt", b"x" * 10_000_000),
    ("missing.txt", None),
    ("table.xlsx", b"no spreadsheet"),
    ("broken.csv", b'a,b\n1,"open\n'),
    ("broken.jsonl", b'{"a": 1}\n{"a":\n'),
    ("key.json", b'{"version": 1, "api_key": "x"}'),
    ("what.pdf", b"text"),
]


def test_files_that_cannot_be_used(tmp_path, echo_api):
    def run(name, content):
        if content is not None:
            (tmp_path / name).write_bytes(content)
        return headless(tmp_path / name, echo_api.base_url, "--model", "m", "--prompt", "{name}")

    before = len(echo_api.completions)
    for (name, _), refusal in at_once(run, BAD_FILES):
        check_refusal(refusal, name)
    assert len(echo_api.completions) == before


def test_a_file_of_ten_megabytes(tmp_path):
    path, output = tmp_path / "long.txt", tmp_path / "r.jsonl"
    line = "0123456789" * 5_000
    path.write_text("\n".join(f"{number} {line}" for number in range(200)))
    with stub_api_thread(lambda _: Reply.answer("ok")) as api:
        run = headless(path, api.base_url, "--model", "m", "--prompt", "{name}", "--output", output)
        assert (run.code, run.messages) == (0, [])
        assert {len(request.prompt) for request in api.completions} == {50_002, 50_003, 50_004}
    assert [record["status"] for record in records(output)] == ["done"] * 200


BAD_OPTIONS = [
    ("{nam}", "--prompt", "Hi {nam}"),
    ("{Cty}", "--system", "You know {Cty}."),
    ("", "--prompt", ""),
    ("missing.txt", "--prompt", "@missing.txt"),
    ("missing.txt", "--system", "@missing.txt"),
    ("--temperature", "--temperature", "hot"),
    ("--temperature", "--temperature", "nan"),
    ("--cap", "--cap", "0"),
    ("--no-such-option", "--no-such-option"),
    ("", "--resume", "last"),
]


def test_options_that_cannot_be_used(names, echo_api):
    def run(_word, *arguments):
        return headless(names, echo_api.base_url, "--model", "m", *arguments)

    before = len(echo_api.completions)
    for (word, *_), refusal in at_once(run, BAD_OPTIONS):
        check_refusal(refusal, word)
    assert len(echo_api.completions) == before


BAD_OUTPUTS = [
    ("--output", "results.docx"),
    ("--output", "results"),
    ("--output", "missing/results.csv"),
    ("--report", "names.txt/report.json"),
    ("--screenshot", ""),
]


def test_an_output_that_cannot_be_written_is_refused_before_anything_is_sent(tmp_path, names, echo_api):
    def run(option, target):
        return headless(names, echo_api.base_url, "--model", "m", option, tmp_path / target)

    before = len(echo_api.completions)
    for (_, target), refusal in at_once(run, BAD_OUTPUTS):
        check_refusal(refusal, target or tmp_path.name)
    assert len(echo_api.completions) == before


def test_servers_that_cannot_be_used(names):
    def run(_word, *arguments):
        return program(names, "--headless", "--model", "m", *arguments)

    cases = [
        ("", "--base-url", ""),
        ("ftp", "--base-url", "ftp://127.0.0.1/api"),
        ("", "--base-url", "http://user:secret@127.0.0.1/api"),
        ("Paradigm", "--endpoint", "Nowhere"),
        ("api.example.com", "--base-url", "https://api.example.com/v1"),
        ("paradigm.lighton.ai",),
    ]
    for (word, *_), refusal in at_once(run, cases):
        check_refusal(refusal, word)
        assert "secret" not in refusal.err


BAD_NETWORKS = [
    ("SSL_CERT_FILE", "/nonexistent"),
    ("SSL_CERT_DIR", "/nonexistent"),
    ("HTTPS_PROXY", "http://ada:secret@p:abc"),
    ("HTTPS_PROXY", "://"),
    ("ALL_PROXY", "http://[::1"),
]


def test_a_network_that_is_set_up_wrongly_is_named_and_holds_up_no_work_on_this_machine(names, echo_api):
    def run(variable, value):
        env = {variable: value, "PARADIGM_API_KEY": CANARY}
        url = "https://api.example.com/v1"
        return (
            program("--demo", "--run", "--headless", env=env),
            headless(names, echo_api.base_url, env=env),
            headless(names, url, "--model", "m", env=env),
        )

    for (variable, _), (demo, loopback, remote) in at_once(run, BAD_NETWORKS):
        assert (demo.code, demo.messages) == (0, [])
        assert (loopback.code, loopback.messages) == (0, [])
        check_refusal(remote, variable)
        assert "secret" not in remote.err


def test_a_variable_that_cannot_be_used_holds_up_only_what_needs_it(names, echo_api):
    key = {"PARADIGM_API_KEY": "two words"}
    url = {"PARADIGM_BASE_URL": "http://ada:secret@corp.example:port", "PARADIGM_API_KEY": CANARY}
    demo = ("--demo", "--run", "--headless")
    away = ("--headless", "--model", "m", "--base-url", "https://api.example.com/v1")
    cases = [
        (0, "", demo, key),
        (0, "", demo, url),
        (0, "", (names, "--headless", "--base-url", echo_api.base_url), key),
        (0, "", (names, "--headless", "--base-url", echo_api.base_url), url),
        (2, "PARADIGM_API_KEY", (names, *away), key),
        (2, "PARADIGM_API_KEY", (names, "--headless", "--model", "m"), key),
        (2, "PARADIGM_BASE_URL", (names, "--headless", "--model", "m"), url),
    ]

    def run(_code, _word, arguments, env):
        return program(*arguments, env=env)

    for (code, word, *_), ended_program in at_once(run, cases):
        if code:
            check_refusal(ended_program, word)
        assert (ended_program.code, len(ended_program.messages)) == (code, bool(code))
        for secret in ("two words", "secret", CANARY):
            assert secret not in ended_program.err


def test_a_key_is_not_sent_in_the_clear_unless_that_was_agreed_to(tmp_path, names):
    url = "http://192.0.2.2:8000/api/v2"
    endpoints = {"version": 2, "endpoints": [{"name": "Plain", "base_url": url, "allows_plain_key": True}]}
    keyless = {"version": 2, "endpoints": [{"name": "Plain", "base_url": url, "needs_no_key": True}]}
    with stub_api_thread(echo) as api, forward_proxy_thread({"192.0.2.2": api.port}) as proxy:
        env = {"PARADIGM_API_KEY": CANARY, "HTTP_PROXY": proxy.url}

        def run(name, document):
            (tmp_path / name).mkdir()
            if document:
                (tmp_path / name / "endpoints.json").write_text(json.dumps(document))
            return headless(names, url, "--model", "m", "--data-dir", tmp_path / name, env=env)

        check_refusal(run("unasked", None), "192.0.2.2:8000")
        assert proxy.seen == []
        assert run("agreed", endpoints).code == 0
        assert {request.headers.get("authorization") for request in api.seen} == {f"Bearer {CANARY}"}
        before = len(api.seen)
        assert run("keyless", keyless).code == 0
        assert {request.headers.get("authorization") for request in api.seen[before:]} == {None}


def test_the_right_address_is_told(names, echo_api):
    root = echo_api.base_url.removesuffix(ROOT)
    for _, refusal in at_once(lambda *model: headless(names, root, *model), [(), ("--model", "m")]):
        check_refusal(refusal, echo_api.base_url)


def test_a_paradigm_server_needs_no_path(names, echo_api):
    root = echo_api.base_url.removesuffix(ROOT)
    env = {"PARADIGM_BASE_URL": root}
    before = len(echo_api.completions)
    assert program(names, "--headless", "--model", "m", env=env).code == 0
    # the option means the same server
    assert headless(names, root, "--model", "m", env=env).code == 0
    assert len(echo_api.completions) == before + 12


@pytest.mark.parametrize(
    "reply", [Reply.error(401), Reply.error(404), Reply.html()], ids=["401", "404", "html"]
)
def test_a_server_that_refuses_everything(names, reply):
    with stub_api_thread(lambda _: reply, models=reply) as api:
        env = {"PARADIGM_API_KEY": CANARY}

        def run(*model):
            return headless(names, api.base_url, "--cap", "1", *model, env=env)

        for _, refusal in at_once(run, [(), ("--model", "m")]):
            check_refusal(refusal, api.base_url.split("/")[2])
        # the rows that follow would have failed too
        assert len(api.completions) == 3


def test_a_port_where_nobody_listens(names):
    url = refused_url()
    for _, refusal in at_once(
        lambda *model: headless(names, url, "--retries", "0", *model), [(), ("--model", "m")]
    ):
        check_refusal(refusal, url.split("/")[2])


def test_a_job_without_a_screen_goes_on_headless(names, echo_api):
    without = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    run = program(names, "--base-url", echo_api.base_url, "--model", "m", without=without)
    assert run.code == 0
    assert len(run.messages) == 1
    assert "Ada: " in run.out


def test_without_screen_and_job_it_says_what_to_do():
    without = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    for _, refusal in at_once(
        lambda display: program(without=without, env={"DISPLAY": display}), [("",), (":97",), ("nowhere",)]
    ):
        check_refusal(refusal, "--demo")


def test_a_reader_that_leaves_early(names, echo_api):
    """As in `paradigm-gui … | head -1`."""
    with started(names, "--base-url", echo_api.base_url, "--headless", "--model", "m") as process:
        process.stdout.close()
        assert process.stderr.read().splitlines()[-1] == "6/6"
        assert process.wait(GUARD_S) == 0


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_answers_that_the_terminal_cannot_show(tmp_path, echo_api, encoding):
    file = tmp_path / "names.txt"
    file.write_text("😀 Łukasz\n", "utf-8")
    env = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    run = headless(file, echo_api.base_url, "--model", "m", env=env)
    assert (run.code, run.messages) == (0, [])
    assert "ukasz" in run.out


# Keys


def bytes_below(folder):
    return b"\n".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_the_key_of_the_environment_goes_to_its_host_alone(tmp_path, names):
    env = {
        "PARADIGM_API_KEY": CANARY,
        "OPENAI_API_KEY": "foreign-key",
        "OPENAI_BASE_URL": "http://127.0.0.1:9",
    }
    with stub_api_thread(echo) as own, stub_api_thread(echo) as other:
        assert headless(names, own.base_url, env=env).code == 0
        env["PARADIGM_BASE_URL"] = own.base_url
        assert program(names, "--headless", env=env).code == 0
        assert {request.headers.get("authorization") for request in own.seen} == {f"Bearer {CANARY}"}
        endpoints = {"version": 1, "endpoints": [{"name": "Other", "base_url": other.base_url}]}
        (tmp_path / "endpoints.json").write_text(json.dumps(endpoints))
        arguments = ("--headless", "--endpoint", "other", "--data-dir", tmp_path)
        assert program(names, *arguments, env=env).code == 0
        assert other.completions
    for request in other.seen:
        assert CANARY not in str(request.headers)
    for request in (*own.seen, *other.seen):
        assert b"foreign-key" not in request.body
        assert "foreign-key" not in str(request.headers)


def test_no_key_of_another_vendor_is_taken(names):
    with stub_api_thread(echo) as api:
        assert headless(names, api.base_url, env={"OPENAI_API_KEY": "foreign-key"}).code == 0
        assert len(api.completions) == 6
        assert not [request for request in api.seen if "foreign-key" in str(request.headers)]
    check_refusal(
        headless(names, "https://api.example.com", "--model", "m", env={"OPENAI_API_KEY": "foreign-key"})
    )


def test_the_key_is_found_in_no_file_and_no_message(environment, names):
    folder = environment / "work"
    folder.mkdir()
    outputs = [folder / name for name in ("r.json", "r.csv", "w.png")]
    arguments = ("--model", "m", "--report", outputs[0], "--output", outputs[1], "--screenshot", outputs[2])
    env = {"PARADIGM_API_KEY": CANARY}
    rude = Reply.error(401, {"error": f"wrong key {CANARY}", "code": 401})
    with (
        stub_api_thread(echo) as api,
        stub_api_thread(lambda _: Reply.error(401)) as closed,
        stub_api_thread(lambda _: rude, models=rude) as talkative,
    ):
        cases = [
            (names, api.base_url, *arguments),
            (names, closed.base_url, *arguments),
            (names, talkative.base_url, *arguments),
            (names, talkative.base_url),
            (names, refused_url(), "--retries", "0", *arguments),
        ]
        runs = [run for _, run in at_once(lambda *case: headless(*case, env=env), cases)]
        assert CANARY in api.completions[0].headers["authorization"]
        assert CANARY in talkative.completions[0].headers["authorization"]
    assert [run.code for run in runs] == [0, 2, 2, 2, 2]
    assert all(output.stat().st_size for output in outputs)
    assert CANARY.encode() not in bytes_below(environment)
    for run in runs:
        assert CANARY not in run.out + run.err


# Ends


def child_of(pid):
    """The process that this one started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    assert len(children) == 1
    return int(children[0])


def port_of(pid):
    """The port where a process listens."""
    inodes = set()
    for link in Path(f"/proc/{pid}/fd").iterdir():
        target = os.readlink(link)
        if target.startswith("socket:["):
            inodes.add(target[8:-1])
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        if fields[3] == "0A" and fields[9] in inodes:
            return int(fields[1].rpartition(":")[2], 16)
    raise AssertionError("it listens nowhere")


@on_linux
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT], ids=["SIGKILL", "SIGINT"])
def test_the_demo_server_ends_with_the_program(tmp_path, number):
    file = tmp_path / "names.txt"
    file.write_text("\n".join(f"name {place}" for place in range(20)))
    with started(file, "--demo", "--headless", "--cap", "1") as process:
        assert process.stderr.readline() == "5/20\n"
        server = child_of(process.pid)
        port = port_of(server)
        socket.create_connection(("127.0.0.1", port)).close()
        watch = os.pidfd_open(server)
        process.send_signal(number)
        process.wait(GUARD_S)
        assert select.select([watch], [], [], GUARD_S)[0]
        os.close(watch)
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port))
        assert "Traceback" not in process.stderr.read()
