"""The demo server as its users meet it: a process that speaks HTTP on a loopback port."""

import asyncio
import io
import json
import re
import signal
import socket
import subprocess
import sys
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import aiohttp
import pytest
from guard import GUARD_S

from paradigm_gui.demo import server
from paradigm_gui.demo.capacity import Capacity

REPOSITORY = Path(__file__).parents[2]
PROMPT = "Say hello to: Alice"


@contextmanager
def demo(*arguments, speed=500):
    """Run the server; yield its process and its base URL."""
    command = [sys.executable, "-m", "paradigm_gui.demo", "--speed", str(speed), *arguments]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=REPOSITORY, text=True, **pipes) as process:
        try:
            yield process, process.stdout.readline().rstrip("\n")
        finally:
            process.kill()


@pytest.fixture(scope="module")
def base_url():
    with demo() as (_, url):
        yield url


def body(**fields):
    return {"model": "alfred-demo", "messages": [{"role": "user", "content": PROMPT}], **fields}


def exchange(url, method="GET", *, headers=None, **options):
    """Send one request; return status, headers and text."""

    async def main():
        async with (
            aiohttp.ClientSession() as session,
            session.request(method, url, headers=headers, **options) as response,
        ):
            return response.status, response.headers, await response.text()

    return asyncio.run(asyncio.wait_for(main(), GUARD_S))


def complete(base_url, **fields):
    status, _, text = exchange(base_url + "/chat/completions", "POST", json=body(**fields))
    assert status == 200
    return json.loads(text)


def stream(base_url, **fields):
    """Stream one answer; return its events, without the end mark."""
    status, headers, text = exchange(base_url + "/chat/completions", "POST", json=body(stream=True, **fields))
    assert status == 200
    assert headers["Content-Type"].startswith("text/event-stream")
    events = text.removesuffix("\n\n").split("\n\n")
    assert all(event.startswith("data: ") for event in events)
    assert events[-1] == "data: [DONE]"
    return [json.loads(event.removeprefix("data: ")) for event in events[:-1]]


def streamed_text(events):
    return "".join(event["choices"][0]["delta"].get("content", "") for event in events if event["choices"])


def test_first_line_is_the_base_url(base_url):
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/api/v2", base_url)


def test_models_have_paradigms_shape(base_url):
    status, headers, text = exchange(base_url + "/models")
    listed = json.loads(text)
    assert status == 200
    assert headers["Content-Type"].startswith("application/json")
    assert listed["object"] == "list"
    assert all("id" not in entry and entry["name"] for entry in listed["data"])
    kinds = [(entry["model_type"], entry["enabled"]) for entry in listed["data"]]
    assert kinds.count(("Large Language Model", True)) == 2
    assert ("Embedding Model", True) in kinds
    assert any(not enabled for _, enabled in kinds)
    assert len(listed["data"][0]["prompt_template"]) > 200


def test_json_and_stream_agree(base_url):
    whole = complete(base_url)
    events = stream(base_url, stream_options={"include_usage": True})
    choice = whole["choices"][0]
    assert whole["object"] == "chat.completion"
    assert choice["message"]["role"] == "assistant"
    assert "Alice" in choice["message"]["content"]
    assert choice["finish_reason"] == "stop"
    assert events[0]["object"] == "chat.completion.chunk"
    assert events[0]["choices"][0]["delta"]["role"] == "assistant"
    assert streamed_text(events) == choice["message"]["content"]
    assert events[-2]["choices"][0]["finish_reason"] == "stop"
    assert events[-1]["choices"] == []
    assert events[-1]["usage"] == whole["usage"]
    usage = whole["usage"]
    assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"]
    assert usage["prompt_tokens"] > 0


def test_words_come_bit_by_bit_when_there_is_time():
    with demo(speed=1) as (_, url):
        events = stream(url)
    assert sum(bool(event["choices"][0]["delta"].get("content")) for event in events) >= 3


def test_usage_is_streamed_only_when_asked_for(base_url):
    assert all("usage" not in event and event["choices"] for event in stream(base_url))


@pytest.mark.parametrize("key", ["max_tokens", "max_completion_tokens"])
def test_token_limit_cuts_the_answer(base_url, key):
    whole = complete(base_url)["choices"][0]["message"]["content"]
    cut = complete(base_url, **{key: 3})
    events = stream(base_url, **{key: 3})
    assert cut["choices"][0]["finish_reason"] == "length"
    assert cut["usage"]["completion_tokens"] == 3
    assert whole.startswith(cut["choices"][0]["message"]["content"])
    assert events[-1]["choices"][0]["finish_reason"] == "length"
    assert streamed_text(events) == cut["choices"][0]["message"]["content"]


def test_text_in_parts_is_read_and_foreign_text_comes_back_as_given(base_url):
    parts = [{"type": "text", "text": "Say hello"}, {"type": "text", "text": " to: <b>محمد</b> 🎉 {x}"}]
    text = complete(base_url, messages=[{"role": "user", "content": parts}])["choices"][0]["message"][
        "content"
    ]
    assert "<b>محمد</b> 🎉 {x}" in text


def test_lone_surrogate_is_answered(base_url):
    data = json.dumps(body(messages=[{"role": "user", "content": "Say hello to: \ud83d!"}])).encode()
    status, _, text = exchange(base_url + "/chat/completions", "POST", data=data)
    assert status == 200
    assert json.loads(text)["choices"][0]["finish_reason"] == "stop"


def test_answers_are_the_same_for_a_seed():
    def answers(seed):
        messages = [
            [{"role": "user", "content": f"Say hello to: {name}"}] for name in ("Alice", "Bob", "Zoé")
        ]
        with demo("--seed", str(seed)) as (_, url):
            return [complete(url, messages=each)["choices"][0]["message"]["content"] for each in messages]

    first = answers(1)
    assert first == answers(1)
    assert first != answers(2)


def test_wrong_key_is_refused_and_any_other_accepted(base_url):
    def with_key(key, path, **options):
        return exchange(base_url + path, headers={"Authorization": f"Bearer {key}"}, **options)

    status, _, text = with_key("wrong", "/chat/completions", method="POST", json=body())
    assert (status, json.loads(text)) == (401, {"error": "unauthorized", "code": 401})
    assert with_key("wrong", "/models")[0] == 401
    assert with_key("anything", "/models")[0] == 200


def test_unknown_model_and_unknown_path_are_not_found(base_url):
    status, _, text = exchange(base_url + "/chat/completions", "POST", json=body(model="x"))
    assert status == 404
    assert json.loads(text) == {"error": "not_found", "code": 404, "detail": "Model 'x' does not exist."}
    status, _, text = exchange(base_url + "/nowhere")
    assert status == 404
    assert json.loads(text) == {
        "error": "not_found",
        "code": 404,
        "detail": "No API endpoint at /api/v2/nowhere.",
    }


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not json",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b"[" * 100_000,
        json.dumps(body(messages=[])).encode(),
        json.dumps(body(messages="hello")).encode(),
        json.dumps(body(messages=[{"role": "user"}])).encode(),
        json.dumps(body(messages=[{"role": "user", "content": [{"type": "image_url"}]}])).encode(),
        json.dumps(body(model=None)).encode(),
        json.dumps(body(model="embed-demo")).encode(),
        json.dumps(body(model="alfred-demo-retired")).encode(),
        json.dumps(body(max_tokens=0)).encode(),
        json.dumps(body(max_tokens="9")).encode(),
        json.dumps(body(stream_options=[1])).encode(),
    ],
)
def test_bad_body_is_a_bad_request(base_url, data):
    status, _, text = exchange(base_url + "/chat/completions", "POST", data=data)
    refusal = json.loads(text)
    assert status == 400
    assert (refusal["error"], refusal["code"]) == ("bad_request", 400)
    assert refusal["detail"]


def test_method_that_does_not_exist_has_the_same_shape(base_url):
    status, _, text = exchange(base_url + "/chat/completions")
    assert (status, json.loads(text)["code"]) == (405, 405)


def test_body_of_15_mb_is_read_and_one_of_17_mb_refused(base_url):
    def post(megabytes):
        text = "Say hello to: Alice\n" + "x" * (megabytes * 1024 * 1024)
        data = io.BytesIO(json.dumps(body(messages=[{"role": "user", "content": text}])).encode())
        return exchange(base_url + "/chat/completions", "POST", data=data)

    status, _, text = post(15)
    assert status == 200
    assert "Alice" in json.loads(text)["choices"][0]["message"]["content"]
    status, _, text = post(17)
    assert (status, json.loads(text)["code"]) == (413, 413)


def test_refusals_and_failures_come_at_their_rates_and_the_same_each_time():
    def statuses():
        with demo("--refuse", "0.3", "--fail", "0.3", "--seed", "5") as (_, url):
            return [exchange(url + "/chat/completions", "POST", json=body())[0] for _ in range(30)]

    first = statuses()
    assert first == statuses()
    assert set(first) == {200, 429, 500}


def test_refusal_says_when_to_retry():
    with demo("--refuse", "1") as (_, url):
        status, headers, text = exchange(url + "/chat/completions", "POST", json=body())
    assert status == 429
    assert headers["Retry-After"] == "1"
    assert json.loads(text)["error"] == "rate_limited"


def test_failure_has_the_same_shape():
    with demo("--fail", "1") as (_, url):
        status, _, text = exchange(url + "/chat/completions", "POST", json=body())
    assert (status, json.loads(text)["error"], json.loads(text)["code"]) == (500, "internal_error", 500)


def test_leaving_client_frees_its_share():
    """A stalled answer holds its share until its client goes, and no longer."""

    async def main():
        capacity = Capacity(500, asyncio.get_running_loop())
        demo_server = server.DemoServer(server.Behaviour(stall_rate=1), capacity)
        runner, url = await server.start(demo_server.application(), 0)

        @asynccontextmanager
        async def stalled():
            async with (
                aiohttp.ClientSession() as session,
                session.post(url + "/chat/completions", json=body(stream=True)) as response,
            ):
                line = await response.content.readline()
                assert line.startswith(b"data: ")
                yield

        try:
            async with stalled(), stalled():
                assert capacity.in_flight == 2
            async with stalled():
                assert capacity.in_flight == 1
        finally:
            await runner.cleanup()

    asyncio.run(asyncio.wait_for(main(), GUARD_S))


def test_many_streams_at_high_speed_all_arrive_whole(base_url):
    async def main():
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:

            async def one(number):
                message = {"role": "user", "content": f"Say hello to: N{number}."}
                async with session.post(
                    base_url + "/chat/completions", json=body(messages=[message], stream=True)
                ) as response:
                    return await response.text()

            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(one(number)) for number in range(200)]
            return [task.result() for task in tasks]

    for number, text in enumerate(asyncio.run(asyncio.wait_for(main(), GUARD_S))):
        assert text.endswith("data: [DONE]\n\n")
        events = [json.loads(event[6:]) for event in text.split("\n\n")[:-2]]
        assert f"N{number}" in streamed_text(events)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot send these signals to another process")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signal_ends_it_cleanly_even_with_an_answer_in_flight(number):
    with demo("--stall", "1", "--exit-with-stdin") as (process, url):
        with socket.create_connection(address(url)) as connection:
            payload = json.dumps(body(stream=True)).encode()
            head = (
                f"POST /api/v2/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: {len(payload)}\r\n\r\n"
            )
            connection.sendall(head.encode() + payload)
            assert connection.recv(1).startswith(b"H")
            process.send_signal(number)
            assert process.wait(GUARD_S) == 0
        assert process.stdout.read() == ""
        assert process.stderr.read() == ""


def test_ends_when_stdin_closes():
    with demo("--exit-with-stdin") as (process, _):
        process.stdin.close()
        assert process.wait(GUARD_S) == 0
        assert process.stderr.read() == ""


def test_ends_when_its_parent_is_killed():
    parent_script = (
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-m', 'paradigm_gui.demo', '--exit-with-stdin'],"
        " stdin=subprocess.PIPE)\n"
        "child.wait()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", parent_script], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True
    ) as parent:
        url = parent.stdout.readline().strip()
        assert exchange(url + "/models")[0] == 200
        parent.kill()
        # The server holds the other end of this pipe: it ends when the last process that has it has ended.
        assert parent.stdout.read() == ""
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(address(url))


def test_port_in_use_is_one_clear_line():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with demo("--port", str(port)) as (process, first_line):
            assert process.wait(GUARD_S) == 2
            assert first_line == ""
            assert process.stderr.read() == f"cannot listen on 127.0.0.1:{port}: the port is already in use\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--port", "70000"],
        ["--speed", "0"],
        ["--speed", "nan"],
        ["--fail", "1.5"],
        ["--fail", "0.6", "--stall", "0.6"],
    ],
)
def test_bad_option_is_refused(arguments):
    with demo(*arguments) as (process, first_line):
        assert process.wait(GUARD_S) == 2
        assert first_line == ""
        assert "error:" in process.stderr.read()


def address(url):
    host, port = re.fullmatch(r"http://([\d.]+):(\d+)/api/v2", url).groups()
    return host, int(port)
