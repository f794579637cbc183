"""Batches as Python scripts: what they send, what they answer, and that no text of a batch becomes code."""

import ast
import asyncio
import json
import os
import ssl
import subprocess
import sys
import time
from dataclasses import replace
from email.utils import formatdate

import httpx2
import openai
import pytest
from certificates import HOST, authority_file, server_tls
from hypothesis import given, settings
from hypothesis import strategies as st
from proxy import forward_proxy_thread
from stub_api import Reply, stub_api_thread

from paradigm_gui.core.answer_checker import checks_of
from paradigm_gui.core.batch import Arm, ArmKind, Batch, Limits, Parameters, RequestState, Row, Template
from paradigm_gui.core.client import ChatClient
from paradigm_gui.core.endpoints import PARADIGM, Endpoint, Proxy, ProxyMode
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.runner import Runner
from paradigm_gui.core.script import notebook_of, script_of, write_script

JSON = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
)
KEY = "sk-of-a-test"
LIMITS = Limits(cap=3, retries=2, total_timeout_s=20.0)
HOSTILE = [
    "\"quoted\" and 'single'",
    '"""',
    "'''\\",
    "{name} {city} {{name}} {} {0}",
    "line\none\r\nand\ttabs\u2028\x00",
    "=cmd()|' /C calc'!A0",
    "$model ${rows} $$",
    "__import__('os')._exit(7)",
    "\\N{BULLET} \\x41 %s",
    "é😀שלום\u202e",
    "# coding: latin-1",
]


def batch_of(*rows, template="Greet {name} in {city}.", **parameters):
    columns = tuple(rows[0]) if rows else ()
    numbered = [Row(index, row) for index, row in enumerate(rows)]
    return Batch(numbered, columns, Template(template), Parameters("stub-large", **parameters))


def echo(request):
    return Reply.answer(f"<{request.prompt}>")


def run_file(path, folder, **environment):
    """Run a Python file in a process of its own, without a key but that of the test."""
    known = {
        name: value for name, value in os.environ.items() if not name.startswith(("PARADIGM_", "OPENAI_"))
    }
    return subprocess.run(
        [sys.executable, str(path)],
        cwd=folder,
        env=known | {"PARADIGM_API_KEY": KEY} | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=40,
        check=False,
    )


@pytest.fixture
def run_script(tmp_path):
    """Give `run_script(batch, endpoint, ...)`: what the exported script printed, and what it kept."""

    def run(batch, endpoint, limits=LIMITS, *, compare=False, **environment):
        path = tmp_path / "greet.py"
        write_script(path, batch, limits, endpoint, compare=compare)
        ended = run_file(path, tmp_path, **environment)
        answers = tmp_path / "greet.answers.jsonl"
        lines = answers.read_text("utf-8").split("\n")[:-1] if answers.exists() else []
        kept = sorted(map(json.loads, lines), key=lambda line: line["index"])
        return ended, kept

    return run


def our_answers(batch, endpoint):
    """What the engine makes of the same batch."""

    async def main():
        arm = Arm.of(ArmKind.CONCURRENT, batch, LIMITS)
        client = ChatClient(endpoint, KEY, LIMITS)
        try:
            async with checks_of(batch.parameters.schema) as check:
                await Runner(
                    arm,
                    lambda request, on_text: client.complete(
                        batch.parameters_for(request.row), request.prompt, on_text
                    ),
                    lambda _request: None,
                    check=check,
                ).run()
        finally:
            await client.close()
        return [request.text if request.state is RequestState.DONE else None for request in arm.requests]

    return asyncio.run(main())


def messages_of(api):
    return sorted(json.dumps(request.json["messages"]) for request in api.completions)


# What it does


def test_it_answers_as_the_engine_does(run_script):
    rows = [{"name": text, "city": f"City {index}"} for index, text in enumerate(HOSTILE)]
    batch = batch_of(*rows, temperature=0.5, max_tokens=9, system="For {city}, {nobody}")
    with stub_api_thread(echo) as api:
        ended, kept = run_script(batch, Endpoint("Stub", api.base_url))
        sent = messages_of(api)
    with stub_api_thread(echo) as other:
        ours = our_answers(batch, Endpoint("Stub", other.base_url))
        assert sent == messages_of(other)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert [line["text"] for line in kept] == ours
    assert [line["variables"] for line in kept] == rows
    assert {line["error"] for line in kept} == {None}
    body = api.completions[0].json
    assert (body["model"], body["temperature"], body["max_tokens"]) == ("stub-large", 0.5, 9)
    assert api.peak_in_flight <= 3
    assert f"{len(rows)} of {len(rows)} done" in ended.stdout


SCHEMA = {
    "type": "object",
    "properties": {
        "language": {"type": "string", "enum": ["en", "fr"], "description": 'what it\'s "written" in {name}'},
        "score": {"type": ["number", "null"], "minimum": -1.5e-7, "default": None},
        "is_formal": {"type": "boolean", "const": True},
    },
    "required": ["language"],
    "additionalProperties": False,
}


def test_an_answer_format_is_asked_for_as_the_engine_does(run_script):
    answers = ['{"language": "en"}', '{"language": "fr", "score": null}', "Sure! It is English.", "{", ""]
    batch = batch_of(*({"name": answer} for answer in answers), template="{name}", schema=json.dumps(SCHEMA))

    def script(request):
        return Reply.answer(request.prompt)

    with stub_api_thread(script) as api:
        ended, kept = run_script(batch, Endpoint("Stub", api.base_url))
    with stub_api_thread(script) as other:
        ours = our_answers(batch, Endpoint("Stub", other.base_url))
        (wanted,) = {json.dumps(request.json["response_format"]) for request in other.completions}
    assert {json.dumps(request.json["response_format"]) for request in api.completions} == {wanted}
    assert json.loads(wanted)["json_schema"]["schema"] == SCHEMA
    assert (ended.returncode, ended.stderr) == (1, "")
    assert [line["text"] if line["error"] is None else None for line in kept] == ours
    assert [line["text"] for line in kept] == answers
    assert ours == [*answers[:2], None, None, None]
    assert kept[2]["error"].startswith("JSONDecodeError")


def test_a_thousand_rows(run_script):
    rows = [{"name": f"{HOSTILE[index % len(HOSTILE)]} {index}", "city": str(index)} for index in range(1000)]
    batch = batch_of(*rows)
    with stub_api_thread(lambda request: echo(request).after(0.05)) as api:
        ended, kept = run_script(batch, Endpoint("Stub", api.base_url), Limits(cap=50))
        assert len(api.completions) == 1000
        assert 3 < api.peak_in_flight <= 50
    assert (ended.returncode, ended.stderr) == (0, "")
    assert [line["text"] for line in kept] == [f"<{batch.prompt(row)}>" for row in batch.rows]
    assert [line["variables"] for line in kept] == rows


def test_it_goes_the_way_of_the_endpoint(run_script, tmp_path):
    batch = batch_of({"name": "Ada"}, template="{name}")
    authority = str(authority_file(tmp_path))
    with stub_api_thread(echo, tls=server_tls()) as api:
        port = int(api.base_url.split(":")[2].partition("/")[0])
        with forward_proxy_thread({HOST: port}, credentials=("ada", "p:s s")) as proxy:
            url = f"https://{HOST}/api/v2"
            endpoint = Endpoint(
                "Stub",
                url,
                ca_file=authority,
                proxy=Proxy(ProxyMode.MANUAL, proxy.url),
                key_header="X-Key",
            )
            given = proxy.url.replace("//", "//ada:p%3As%20s@")
            ended, kept = run_script(batch, endpoint, PROXY_URL=given)
            assert (ended.returncode, ended.stderr) == (0, "")
            assert [line["text"] for line in kept] == ["<Ada>"]
            assert proxy.seen[-1].target == f"{HOST}:443"
            ended, _ = run_script(batch, replace(endpoint, ca_file=""), Limits(retries=0), PROXY_URL=given)
            assert ended.returncode == 1
            ended, _ = run_script(batch, endpoint, Limits(retries=0))
            assert (ended.returncode, len(api.completions)) == (1, 1)


@pytest.mark.parametrize("is_packed", [False, True])
def test_an_authority_file_is_found_in_the_user_s_folder_and_may_be_packed(run_script, tmp_path, is_packed):
    path = authority_file(tmp_path)
    if is_packed:
        path.write_bytes(ssl.PEM_cert_to_DER_cert(path.read_text("ascii")))
    batch = batch_of({"name": "Ada"}, template="{name}")
    with stub_api_thread(echo, tls=server_tls()) as api:
        endpoint = Endpoint("Stub", api.base_url, ca_file=f"~/{path.name}")
        ended, kept = run_script(batch, endpoint, HOME=str(tmp_path), USERPROFILE=str(tmp_path))
    assert (ended.returncode, ended.stderr) == (0, "")
    assert [line["text"] for line in kept] == ["<Ada>"]


@pytest.mark.parametrize("header", ["key_header", "secret_header"])
def test_a_redirect_does_not_take_the_key_along(run_script, header):
    batch = batch_of({"name": "Ada"}, template="{name}")
    with stub_api_thread(echo) as elsewhere:
        moved = Reply.error(307, headers={"location": elsewhere.base_url + "/chat/completions"})
        with stub_api_thread(lambda _request: moved) as api:
            endpoint = Endpoint("Stub", api.base_url, **{header: "X-Key"})
            ended, _ = run_script(batch, endpoint, PARADIGM_HEADER_SECRET="gw-1")
        assert (ended.returncode, len(api.completions)) == (1, 1)
        assert elsewhere.completions == []


def test_half_a_surrogate_pair_fails_its_row_alone(run_script):
    batch = batch_of({"name": "x\ud83dy", "city": "c"}, {"name": "Ada", "city": "\udc00"}, template="{name}")
    with stub_api_thread(echo) as api:
        ended, kept = run_script(batch, Endpoint("Stub", api.base_url))
    assert (ended.returncode, ended.stderr) == (1, "")
    assert [line["text"] for line in kept] == [None, "<Ada>"]
    assert kept[0]["variables"]["name"] == "x\ud83dy"
    assert "Unicode" in kept[0]["error"]


def test_it_sends_at_most_so_many_at_once_and_then_one_by_one(run_script):
    batch = batch_of(*({"name": str(index)} for index in range(4)), template="{name}")
    peaks = []

    def script(request):
        peaks.append(api.in_flight)
        return Reply.answer("x").after(0.05)

    with stub_api_thread(script) as api:
        ended, kept = run_script(batch, Endpoint("Stub", api.base_url), Limits(cap=2), compare=True)
    assert ended.returncode == 0
    assert len(kept) == 4
    assert len(peaks) == 8
    assert max(peaks[:4]) == 2
    assert max(peaks[4:]) == 1
    assert "At most 2 at once" in ended.stdout
    assert "One by one" in ended.stdout
    assert "times as fast" in ended.stdout


def test_it_waits_as_long_as_the_server_asks(run_script):
    batch = batch_of({"name": "Ada"}, template="{name}")
    # more than what would be waited for by chance
    replies = [Reply.rate_limited("0.6"), Reply.rate_limited(None, retry_after_ms="1100"), Reply.answer("x")]
    with stub_api_thread(replies) as api:
        ended, (kept,) = run_script(batch, Endpoint("Stub", api.base_url))
    assert (ended.returncode, kept["text"]) == (0, "x")
    first, second, third = (request.received_at for request in api.completions)
    assert second - first > 0.59
    assert third - second > 1.09


@pytest.mark.parametrize(
    ("headers", "least", "most"),
    [
        ({"retry-after": "7"}, 7, 7),
        ({"retry-after": "7", "retry-after-ms": "1500"}, 1.5, 1.5),
        ({"retry-after": formatdate(time.time() + 1_000_000, usegmt=True)}, 900_000, 1_000_000),
        ({"retry-after": formatdate(0, usegmt=True)}, 0, 0),
        ({"retry-after": "-3"}, 0, 0),
        ({"retry-after": "nan"}, 0, 0),
        ({"retry-after": "soon"}, 0, 0),
        ({"retry-after-ms": "soon"}, 0, 0),
        ({}, 0, 0),
    ],
)
def test_how_long_the_server_asks_to_wait(headers, least, most):
    request = httpx2.Request("POST", "http://127.0.0.1:1/")
    response = httpx2.Response(429, headers=headers, request=request)
    module = {"__name__": "exported"}
    exec(compile(script_of(batch_of({"name": "x"}), LIMITS, PARADIGM), "exported", "exec"), module)
    assert least <= module["asked_pause"](openai.RateLimitError("", response=response, body=None)) <= most


@pytest.mark.parametrize(
    ("replies", "sent", "status"),
    [
        ([Reply.error(400)], 1, "BadRequestError"),
        ([Reply.error(500)] * 3, 3, "InternalServerError"),
        ([Reply.drop(), Reply.error(503), Reply.answer("x")], 3, None),
        ([Reply.empty_choices()], 1, "IndexError"),
        ([Reply.html()], 1, "Error"),
    ],
)
def test_it_tries_again_what_may_pass(run_script, replies, sent, status):
    batch = batch_of({"name": "Ada"}, template="{name}")
    with stub_api_thread(replies) as api:
        ended, (kept,) = run_script(batch, Endpoint("Stub", api.base_url))
    assert len(api.completions) == sent
    assert ended.returncode == (1 if status else 0)
    assert (status in kept["error"]) if status else kept["text"] == "x"


def test_a_refused_key_ends_it_at_once(run_script):
    batch = batch_of(*({"name": str(index)} for index in range(50)), template="{name}")
    with stub_api_thread(lambda _request: Reply.error(401)) as api:
        ended, _ = run_script(batch, Endpoint("Stub", api.base_url))
    assert ended.returncode == 1
    assert "refuses the key" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert len(api.completions) <= 3


def test_it_sends_evenly(run_script):
    batch = batch_of(*({"name": str(index)} for index in range(4)), template="{name}")
    with stub_api_thread(echo) as api:
        run_script(batch, Endpoint("Stub", api.base_url), Limits(cap=4, requests_per_minute=600))
    times = [request.received_at for request in api.completions]
    assert times[-1] - times[0] > 0.25


def test_the_key_comes_from_the_environment_and_the_rest_from_the_server_s_settings(run_script):
    batch = batch_of({"name": "Ada"}, template="{name}")
    with stub_api_thread(echo) as api:
        plain = Endpoint("Stub", api.base_url)
        run_script(batch, plain, OPENAI_ORG_ID="other", OPENAI_API_KEY="sk-other")
        gateway = Endpoint(
            "Stub",
            api.base_url,
            headers={"X-Team": 'a "b"'},
            body={"seed": 7, "nested": {"on": True, "off": None}},
            key_header="X-Key",
            organisation="org-1",
        )
        run_script(batch, gateway)
    first, second = api.completions
    headers = {name.lower(): value for name, value in first.headers.items()}
    assert headers["authorization"] == f"Bearer {KEY}"
    assert not [value for value in headers.values() if "other" in value]
    headers = {name.lower(): value for name, value in second.headers.items()}
    assert "authorization" not in headers
    assert (headers["x-key"], headers["x-team"], headers["openai-organization"]) == (KEY, 'a "b"', "org-1")
    assert (second.json["seed"], second.json["nested"]) == (7, {"on": True, "off": None})


def test_the_secret_of_a_gateway_comes_from_the_environment_too(run_script, tmp_path):
    with stub_api_thread(echo) as api:
        gateway = Endpoint("Stub", api.base_url, secret_header="X-Secret")
        batch = batch_of({"name": "Ada"}, template="{name}")
        run_script(batch, gateway, PARADIGM_HEADER_SECRET="gw-1")
    (seen,) = api.completions
    assert (seen.headers["x-secret"], seen.headers["authorization"]) == ("gw-1", f"Bearer {KEY}")
    assert "PARADIGM_HEADER_SECRET" in (tmp_path / "greet.py").read_text("utf-8").partition("import")[0]


@pytest.mark.parametrize(
    "settings", [{"needs_no_key": True}, {"needs_no_key": True, "key_header": "X-Key"}, {}]
)
def test_without_a_key_none_is_sent(run_script, settings):
    with stub_api_thread(echo) as api:
        endpoint = Endpoint("Stub", api.base_url, **settings)
        ended, _ = run_script(batch_of({"name": "Ada"}, template="{name}"), endpoint, PARADIGM_API_KEY="")
    assert (ended.returncode, ended.stderr) == (0, "")
    (seen,) = api.completions
    assert {"authorization", "x-key"}.isdisjoint(name.lower() for name in seen.headers)


def test_a_server_that_needs_no_key_is_not_asked_for_one(tmp_path):
    path = tmp_path / "x.py"
    server = Endpoint("LAN", "http://192.0.2.1/v1", needs_no_key=True)
    write_script(path, batch_of({"name": "Ada"}, template="{name}"), LIMITS, server)
    assert "Set PARADIGM_API_KEY" not in path.read_text("utf-8")


def test_without_a_key_it_says_what_to_do(tmp_path):
    path = tmp_path / "x.py"
    write_script(path, batch_of({"name": "Ada"}, template="{name}"), LIMITS, PARADIGM)
    ended = run_file(path, tmp_path, PARADIGM_API_KEY="")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "Set PARADIGM_API_KEY to the API key of the server first.\n"


def test_a_notebook_runs_the_script_as_a_process_of_its_own(tmp_path):
    rows = [{"name": text, "city": "c"} for text in HOSTILE]
    path = tmp_path / "greet.ipynb"
    with stub_api_thread(echo) as api:
        batch = batch_of(*rows, template="{name}\n'''\"\"\"\\")
        endpoint = Endpoint("Stub", api.base_url)
        write_script(path, batch, LIMITS, endpoint)
        (cell,) = json.loads(path.read_text("utf-8"))["cells"]
        # as in a notebook, a loop is running already
        source = "async def cell():\n    exec(compile(SOURCE, 'cell', 'exec'), {})\n"
        around = tmp_path / "around.py"
        text = f"import asyncio\nSOURCE = {''.join(cell['source'])!a}\n{source}\nasyncio.run(cell())\n"
        around.write_text(text, encoding="utf-8")
        ended = run_file(around, tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert f"{len(rows)} of {len(rows)} done" in ended.stdout
    assert (tmp_path / "greet.py").read_text("utf-8") == script_of(batch, LIMITS, endpoint)
    assert cell["cell_type"] == "code"


# What it is made of


def constants_of(script):
    """The values of the constants at the top of a script."""
    found = {}
    for node in ast.parse(script).body:
        if isinstance(node, ast.Assign):
            try:
                found[node.targets[0].id] = ast.literal_eval(node.value)
            except ValueError:
                continue
    return found


@given(st.text(), st.text(min_size=1), st.text(), st.text())
def test_every_text_is_a_literal(value, column, template, system):
    batch = batch_of({column: value}, template=template, system=system)
    script = script_of(batch, LIMITS, PARADIGM)
    found = constants_of(script)
    assert (found["PROMPT"], found["SYSTEM"], found["ROWS"]) == (template, system, [{column: value}])
    assert script.isascii() or script.replace("\n", "").isprintable()
    cell = json.loads(notebook_of(script, "x.py"))["cells"][0]
    call = next(
        node
        for node in ast.walk(ast.parse("".join(cell["source"])))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "write_text"
    )
    assert ast.literal_eval(call.args[0]) == script


@given(st.text(), st.lists(st.text(alphabet="a{}b", min_size=1), min_size=1, max_size=3, unique=True))
def test_placeholders_are_filled_as_the_engine_does(text, columns):
    template = text + "".join("{" + column + "}}{" for column in columns)
    batch = batch_of({column: f"<{column}>" for column in columns}, template=template)
    module = {"__name__": "exported"}
    exec(compile(script_of(batch, LIMITS, PARADIGM), "exported", "exec"), module)
    (row,) = batch.rows
    assert module["filled"](template, row.variables) == batch.prompt(row)


def test_a_script_holds_no_key_and_reads_well():
    text = script_of(batch_of({"name": "Ada", "city": "Paris"}), LIMITS, PARADIGM, compare=True)
    assert max(map(len, text.splitlines())) <= 100
    assert 'BASE_URL = "https://paradigm.lighton.ai/api/v2"\n' in text
    assert '    {"name": "Ada", "city": "Paris"},\n' in text
    assert "COMPARE = True" in text
    assert text.count("PARADIGM_API_KEY") == 4


def test_the_way_to_the_server_is_written_where_it_is_not_the_usual_one():
    def client_of(**settings):
        script = script_of(batch_of({"name": "x"}), LIMITS, Endpoint("S", "https://s.example/v1", **settings))
        ast.parse(script)
        return script

    assert "DefaultAsyncHttpxClient" not in client_of()
    assert "(verify=False)" in client_of(verifies=False)
    assert 'CA_FILE = "/a b.pem"' in client_of(ca_file="/a b.pem")
    assert "CA_FILE" not in client_of(ca_file="/a b.pem", verifies=False)
    assert "import ssl\n" in client_of(ca_file="/a b.pem")
    assert "PARTIAL_CHAIN" in client_of(ca_file="/a b.pem")
    assert "PARADIGM_API_KEY" not in client_of(needs_no_key=True, key_header="X-Key")
    assert "(trust_env=False)" in client_of(proxy=Proxy(ProxyMode.NONE))
    proxy = Proxy(ProxyMode.MANUAL, "http://p:1")
    assert 'os.environ.get("PROXY_URL", "http://p:1")' in client_of(proxy=proxy)
    assert "not encrypted" not in client_of()
    plain = script_of(batch_of({"name": "x"}), LIMITS, Endpoint("S", "http://s.example/v1"))
    assert "# not encrypted" in plain


@settings(max_examples=30)
@given(st.dictionaries(st.text(), st.recursive(JSON, st.lists, max_leaves=8), max_size=4))
def test_fields_of_the_endpoint_are_literals(body):
    endpoint = Endpoint("S", "https://s.example/v1", body=body)
    request = constants_of(script_of(batch_of({"name": "x"}), LIMITS, endpoint))["REQUEST"]
    assert request == {"model": "stub-large"} | ({"extra_body": body} if body else {})


def test_a_deep_schema_is_no_deep_literal():
    default = []
    for _ in range(300):
        default = [default]
    schema = {"type": "object", "default": default}
    batch = batch_of({"name": "x"}, schema=json.dumps(schema))
    module = {"__name__": "exported"}
    exec(compile(script_of(batch, LIMITS, PARADIGM), "exported", "exec"), module)
    assert module["REQUEST"]["response_format"]["json_schema"]["schema"] == schema


def test_a_schema_is_laid_out_to_be_read():
    batch = batch_of({"name": "x"}, schema=json.dumps(SCHEMA))
    lines = script_of(batch, LIMITS, PARADIGM).splitlines()
    assert max(map(len, lines)) <= 110
    assert '                "required": ["language"],' in lines


def test_the_demo_is_replaced_by_a_server_of_the_user_s():
    demo = Endpoint("Demo", "", is_demo=True)
    script = script_of(batch_of({"name": "x"}), LIMITS, demo)
    assert "demo server" in script
    assert constants_of(script)["BASE_URL"] == PARADIGM.base_url


def test_what_cannot_be_written_is_refused(tmp_path):
    batch = batch_of({"name": "x"})
    for path, code in (
        (tmp_path / "x.txt", "unknown_suffix"),
        (tmp_path / "none" / "x.py", "folder_missing"),
    ):
        with pytest.raises(UserFacingError) as caught:
            write_script(path, batch, LIMITS, PARADIGM)
        assert caught.value.code == code
    with pytest.raises(UserFacingError, match="no_rows"):
        script_of(batch_of(), LIMITS, PARADIGM)
    assert list(tmp_path.iterdir()) == []
