"""Each step of a connection test, over real sockets, TLS and proxies."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import socket
from dataclasses import replace

import certificates
import pytest
from certificates import AUTHORITY_NAME, HOST
from proxy import ForwardProxy
from stub_api import ROOT, Reply, StubApi

from paradigm_gui.core.client import preload
from paradigm_gui.core.connection_steps import StepCode, StepState
from paradigm_gui.core.connection_test import try_connection
from paradigm_gui.core.endpoints import Endpoint, Proxy, ProxyMode
from paradigm_gui.core.errors import ErrorKind, TlsFault
from paradigm_gui.core.route import Credentials, find_route

KEY = "k-secret-1"
OK = Reply.answer("OK")
URL = f"https://{HOST}{ROOT}"
PASSED, FAILED, SKIPPED = StepState.PASSED, StepState.FAILED, StepState.SKIPPED


@pytest.fixture(autouse=True, scope="module")
def sdk():
    """Import the SDK first: no time limit of a test is to pay for it."""
    preload()


async def steps_of(endpoint, key=KEY, credentials=None, **options):
    """Every step that has ended, by its code; each but a skipped one was announced before."""
    ended, announced = {}, []
    async for step in try_connection(endpoint, key, find_route(endpoint, credentials), **options):
        if step.state is StepState.RUNNING:
            announced.append(step.code)
        else:
            ended[step.code] = step
            assert step.seconds >= 0
    assert announced == [code for code, step in ended.items() if step.state is not SKIPPED]
    return ended


@contextlib.asynccontextmanager
async def saying(words):
    """A server that answers whatever comes with the same bytes."""

    async def talk(reader, writer):
        await reader.read(1000)
        writer.write(words)
        writer.close()

    async with await asyncio.start_server(talk, "127.0.0.1", 0) as server:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"


def states(steps):
    return {code.value: step.state.value for code, step in steps.items()}


def test_a_server_on_this_machine():
    async def scenario():
        async with StubApi([OK]) as api:
            steps = await steps_of(Endpoint("x", api.base_url), with_answer=True)
            return steps, [(seen.path, seen.headers.get("authorization")) for seen in api.seen], api.seen

    steps, asked, seen = asyncio.run(scenario())
    assert states(steps) == {
        "name": "passed",
        "connection": "passed",
        "certificate": "skipped",
        "models": "passed",
        "answer": "passed",
    }
    assert steps[StepCode.NAME].details == {"host": "127.0.0.1", "addresses": ["127.0.0.1"]}
    assert steps[StepCode.MODELS].details["models"] == ["stub-large", "stub-small"]
    assert steps[StepCode.ANSWER].details == {
        "model": "stub-large",
        "text": "OK",
        "streams": True,
        "counts_tokens": True,
    }
    assert [path for path, _ in asked] == [f"{ROOT}/models", f"{ROOT}/chat/completions"]
    assert {key for _, key in asked} == {f"Bearer {KEY}"}
    assert seen[1].json["max_tokens"] <= 16


def test_nothing_is_asked_of_a_model_unless_it_is_wanted():
    async def scenario():
        async with StubApi([OK]) as api:
            return states(await steps_of(Endpoint("x", api.base_url))), api.completions

    steps, completions = asyncio.run(scenario())
    assert "answer" not in steps
    assert completions == []


@pytest.mark.parametrize(
    ("reply", "streams", "counts"),
    [
        (Reply.answer("OK", usage=False), True, False),
        (Reply(OK.body), False, True),
        (Reply.error(400, {"detail": "stream_options"}), False, True),
    ],
    ids=["no usage", "in one piece", "refuses streams"],
)
def test_what_the_server_can_do(reply, streams, counts):
    def script(request):
        return reply if request.wants_stream or reply.status == 200 else OK

    async def scenario():
        async with StubApi(script) as api:
            return await steps_of(Endpoint("x", api.base_url), model="m", with_answer=True)

    details = asyncio.run(scenario())[StepCode.ANSWER].details
    assert (details["streams"], details["counts_tokens"]) == (streams, counts)


# What is wrong, step by step


def test_the_name_is_unknown():
    steps = asyncio.run(steps_of(Endpoint("x", "https://nonexistent.invalid/v1")))
    assert states(steps) == {"name": "failed"}
    assert steps[StepCode.NAME].error.kind is ErrorKind.DNS


def test_nobody_listens():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        steps = asyncio.run(steps_of(Endpoint("x", url)))
    assert states(steps) == {"name": "passed", "connection": "failed"}
    assert steps[StepCode.CONNECTION].error.kind is ErrorKind.CONNECT


def test_the_certificate_of_a_private_server(tmp_path):
    path = str(certificates.authority_file(tmp_path))

    async def scenario():
        async with StubApi([OK], tls=certificates.server_tls()) as api:
            return await steps_of(Endpoint("x", api.base_url, ca_file=path))

    steps = asyncio.run(scenario())
    assert states(steps)["models"] == "passed"
    details = steps[StepCode.CERTIFICATE].details
    assert AUTHORITY_NAME in details["issuer"]
    assert details["expires"] > dt.datetime.now(dt.UTC)
    assert details["is_checked"]


@pytest.mark.parametrize(
    ("fault", "has_authority"),
    [
        (TlsFault.EXPIRED, True),
        (TlsFault.WRONG_HOST, True),
        (TlsFault.UNKNOWN_AUTHORITY, False),
        (TlsFault.SELF_SIGNED, True),
    ],
)
@pytest.mark.parametrize("through_proxy", [False, True])
def test_what_is_wrong_with_a_certificate(tmp_path, fault, has_authority, through_proxy):
    tls = {
        TlsFault.EXPIRED: lambda: certificates.server_tls(is_expired=True),
        TlsFault.WRONG_HOST: lambda: certificates.server_tls("other.example"),
        TlsFault.UNKNOWN_AUTHORITY: certificates.server_tls,
        TlsFault.SELF_SIGNED: lambda: certificates.self_signed_tls(tmp_path),
    }[fault]()
    path = str(certificates.authority_file(tmp_path)) if has_authority else ""

    async def scenario():
        async with StubApi([OK], tls=tls) as api, ForwardProxy({HOST: api.port}) as proxy:
            endpoint = Endpoint("x", api.base_url, ca_file=path)
            if through_proxy:
                endpoint = replace(endpoint, base_url=URL, proxy=Proxy(ProxyMode.MANUAL, proxy.url))
            steps = await steps_of(endpoint)
            assert api.seen == []
            unchecked = await steps_of(replace(endpoint, verifies=False))
            return steps, unchecked

    steps, unchecked = asyncio.run(scenario())
    failed = steps[StepCode.CERTIFICATE]
    assert failed.state is FAILED
    assert failed.error.kind is ErrorKind.TLS
    assert failed.error.tls_fault is fault
    expected = "Nobody" if fault is TlsFault.SELF_SIGNED else AUTHORITY_NAME
    assert expected in failed.details["issuer"]
    assert (failed.details["expires"] < dt.datetime.now(dt.UTC)) is (fault is TlsFault.EXPIRED)
    assert StepCode.MODELS not in steps
    assert unchecked[StepCode.MODELS].state is PASSED
    assert not unchecked[StepCode.CERTIFICATE].details["is_checked"]
    assert expected in unchecked[StepCode.CERTIFICATE].details["issuer"]


def test_a_server_without_tls():
    async def scenario():
        async with saying(b"HTTP/1.1 400 Bad Request\r\n\r\n") as address:
            return await steps_of(Endpoint("x", f"https://{address}/v1"))

    steps = asyncio.run(scenario())
    assert steps[StepCode.CERTIFICATE].error.tls_fault is TlsFault.NO_TLS


@pytest.mark.parametrize(
    ("status", "kind"),
    [(401, ErrorKind.UNAUTHORIZED), (403, ErrorKind.FORBIDDEN), (500, ErrorKind.SERVER_ERROR)],
)
def test_the_server_refuses(status, kind):
    async def scenario():
        refusal = Reply.error(status, {"detail": f"not with {KEY}"})
        async with StubApi([OK], models=refusal) as api:
            return await steps_of(Endpoint("x", api.base_url), with_answer=True)

    steps = asyncio.run(scenario())
    failed = steps[StepCode.MODELS]
    assert (failed.state, failed.error.kind, failed.error.http_status) == (FAILED, kind, status)
    assert failed.error.message == "not with •••"
    assert StepCode.ANSWER not in steps


def test_a_server_without_a_list_of_models_is_asked_nevertheless():
    async def scenario():
        async with StubApi([OK], models=Reply.error(404)) as api:
            endpoint = Endpoint("x", api.base_url)
            named = await steps_of(endpoint, model="m", with_answer=True)
            return states(named), states(await steps_of(endpoint, with_answer=True))

    named, unnamed = asyncio.run(scenario())
    assert (named["models"], named["answer"]) == ("failed", "passed")
    assert "answer" not in unnamed


def test_without_any_model_there_is_nothing_to_ask():
    async def scenario():
        async with StubApi([OK], models=Reply.json({"data": []})) as api:
            return await steps_of(Endpoint("x", api.base_url), with_answer=True)

    steps = asyncio.run(scenario())
    assert steps[StepCode.MODELS].details["models"] == []
    assert steps[StepCode.ANSWER].state is FAILED


# The right address


@contextlib.asynccontextmanager
async def website(pages):
    """A server that has its API at some paths and a login page everywhere else."""
    seen = []

    async def talk(reader, writer):
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            path = head.split(" ")[1]
            seen.append((path, KEY in head))
            status, kind, body = pages.get(path, ("200 OK", "text/html", "<title>Sign in</title>"))
            writer.write(
                f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
                f"Connection: close\r\n\r\n{body}".encode()
            )
            await writer.drain()
        writer.close()

    async with await asyncio.start_server(talk, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", seen


def test_looking_for_the_right_address_takes_no_time_from_what_was_found():
    """The server says once that there is nothing here, and then says nothing at all."""

    async def scenario():
        asked, over = [], asyncio.Event()

        async def talk(reader, writer):
            asked.append(await reader.read(1000))
            # the first connection is a step of its own
            if sum(map(bool, asked)) > 1:
                await over.wait()
            writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            writer.close()

        async with await asyncio.start_server(talk, "127.0.0.1", 0) as server:
            url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
            steps = await steps_of(Endpoint("x", url), patience_s=1.0)
            over.set()
            return steps, asked

    steps, asked = asyncio.run(scenario())
    failed = steps[StepCode.MODELS]
    assert failed.error.kind is ErrorKind.NOT_FOUND
    assert failed.details["suggestion"] == ""
    assert sum(map(bool, asked)) > 1


def test_the_certificate_shown_is_that_of_the_name_asked_for():
    """Several servers may stand behind one address."""
    front, right = certificates.server_tls("default.example"), certificates.server_tls("localhost")

    def choose(connection, name, _context):
        if name == "localhost":
            connection.context = right

    front.sni_callback = choose

    async def scenario():
        async with StubApi([OK], tls=front) as api:
            return await steps_of(Endpoint("x", f"https://localhost:{api.port}{ROOT}"))

    failed = asyncio.run(scenario())[StepCode.CERTIFICATE]
    assert failed.error.tls_fault is TlsFault.UNKNOWN_AUTHORITY
    assert failed.details["names"] == ["localhost"]


MODELS = ("200 OK", "application/json", '{"data": [{"name": "m"}]}')
WANTS_KEY = ("401 Unauthorized", "application/json", '{"error": "unauthorized"}')


@pytest.mark.parametrize(
    ("given", "pages", "right"),
    [
        ("", {"/api/v2/models": MODELS}, "/api/v2"),
        ("", {"/api/v2/models": WANTS_KEY}, "/api/v2"),
        ("/chat", {"/v1/models": MODELS}, "/v1"),
        ("/llm", {"/llm/v1/models": WANTS_KEY, "/api/v2/models": MODELS}, "/llm/v1"),
        ("/v1", {"/api/v2/models": MODELS}, "/api/v2"),
        ("/api/v2", {}, None),
    ],
)
def test_a_page_leads_to_the_right_address(given, pages, right):
    async def scenario():
        async with website(pages) as (root, seen):
            return root, seen, await steps_of(Endpoint("x", root + given))

    root, seen, steps = asyncio.run(scenario())
    failed = steps[StepCode.MODELS]
    assert failed.error.kind is ErrorKind.NOT_AN_API
    assert failed.details["suggestion"] == (root + right if right else "")
    # the key is for the address that the user gave
    assert [path for path, has_key in seen if has_key] == [f"{given}/models"]


# Through a proxy


def test_a_private_deployment_behind_a_proxy(tmp_path):
    path = str(certificates.authority_file(tmp_path))

    async def scenario():
        async with (
            StubApi([OK], tls=certificates.server_tls()) as api,
            ForwardProxy({HOST: api.port}, credentials=("ada", "pass")) as proxy,
        ):
            endpoint = Endpoint("x", URL, ca_file=path, proxy=Proxy(ProxyMode.MANUAL, proxy.url))
            good = await steps_of(endpoint, KEY, Credentials("ada", "pass"), with_answer=True)
            refused = await steps_of(endpoint, KEY, Credentials("ada", "wrong"))
            unknown = await steps_of(replace(endpoint, base_url="https://other.example"), KEY, None)
            return proxy, good, refused, unknown

    proxy, good, refused, _ = asyncio.run(scenario())
    assert set(states(good).values()) == {"passed"}
    assert list(good) == list(StepCode)
    assert good[StepCode.CONNECTION].details["is_proxy"]
    assert good[StepCode.TUNNEL].details == {"host": HOST, "proxy": f"127.0.0.1:{proxy.port}"}
    failed = refused[StepCode.TUNNEL]
    assert (failed.error.kind, failed.error.http_status) == (ErrorKind.PROXY, 407)
    assert all(KEY.encode() not in request.head for request in proxy.seen)


def test_a_proxy_that_is_not_there():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        proxy = Proxy(ProxyMode.MANUAL, f"http://127.0.0.1:{taken.getsockname()[1]}")
        steps = asyncio.run(steps_of(Endpoint("x", URL, proxy=proxy)))
    assert steps[StepCode.CONNECTION].error.kind is ErrorKind.PROXY


def test_a_proxy_that_speaks_something_else():
    async def scenario():
        async with saying(b"SSH-2.0-OpenSSH_9.2\r\n\r\n") as address:
            proxy = Proxy(ProxyMode.MANUAL, f"http://{address}")
            return await steps_of(Endpoint("x", URL, proxy=proxy))

    failed = asyncio.run(scenario())[StepCode.TUNNEL]
    assert failed.error.kind is ErrorKind.PROXY
    assert "SSH" in failed.error.message


# Time


def test_a_step_takes_only_so_long():
    async def scenario():
        async with StubApi([OK], models=Reply.stall()) as api:
            return await steps_of(Endpoint("x", api.base_url), patience_s=0.2)

    failed = asyncio.run(scenario())[StepCode.MODELS]
    assert (failed.state, failed.error.kind) == (FAILED, ErrorKind.TIMEOUT_TOTAL)


def test_a_server_that_never_shakes_hands():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        url = f"https://127.0.0.1:{listener.getsockname()[1]}/v1"
        steps = asyncio.run(steps_of(Endpoint("x", url), patience_s=0.2))
    assert steps[StepCode.CERTIFICATE].error.kind is ErrorKind.TIMEOUT_CONNECT


def test_it_can_be_cancelled():
    async def scenario():
        async with StubApi([OK], models=Reply.stall()) as api:
            async with asyncio.TaskGroup() as group:
                testing = group.create_task(steps_of(Endpoint("x", api.base_url)))
                await api.wait_for(lambda api: api.seen and api.seen[0].is_held)
                testing.cancel()
            assert testing.cancelled()
            await api.wait_for(lambda api: api.seen[0].client_left)

    asyncio.run(scenario())
