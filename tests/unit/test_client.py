"""The client over real sockets: every way an exchange can go wrong has a name of its own."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import email.utils
import json
import os
import socket
import ssl
import zlib
from dataclasses import replace

import pytest
from stub_api import MODELS, Act, Body, Reply, StubApi, UsageEvent, sse

from paradigm_gui.core.answers import MESSAGE_LENGTH
from paradigm_gui.core.batch import Completion, Limits, Parameters
from paradigm_gui.core.client import MOST_BYTES, ChatClient, preload
from paradigm_gui.core.endpoints import Endpoint
from paradigm_gui.core.errors import ErrorKind, ExchangeError, RequestError, TlsFault
from paradigm_gui.core.model_list import LARGEST_LIST
from paradigm_gui.core.server_limits import ServerLimits

KEY = "k-secret-1"
BOTH = pytest.mark.parametrize("streaming", [True, False], ids=["streamed", "whole"])
ADA = Reply.answer("Hello Ada")
DONE = Completion("Hello Ada", "stop", "stub-large", 7, 2)


@pytest.fixture(autouse=True, scope="module")
def sdk():
    """Import the SDK first: no time limit of a test is to pay for it."""
    preload()


@contextlib.asynccontextmanager
async def client_of(base_url, key=KEY, **limits):
    client = ChatClient(Endpoint("stub", base_url), key, Limits(**({"cap": 4} | limits)))
    try:
        yield client
    finally:
        await client.close()


async def ask(base_url, *, streaming=True, key=KEY, pieces=None, **limits):
    """Ask once with a client of its own; return the completion, or the error."""
    parameters = Parameters("stub-large", streaming=streaming)
    async with client_of(base_url, key, **limits) as client:
        try:
            return await client.complete(parameters, "Greet Ada", ([] if pieces is None else pieces).append)
        except ExchangeError as failure:
            return failure.error


def outcome_of(reply, **options):
    """What one exchange with a server that gives `reply` comes to."""

    async def scenario():
        async with StubApi([reply]) as api:
            return await ask(api.base_url, **options)

    return asyncio.run(scenario())


@contextlib.asynccontextmanager
async def raw_server(answer, tls=None):
    """Serve bytes: keep the first that come, send `answer`, close."""
    received = []

    async def talk(reader, writer):
        with contextlib.suppress(ConnectionError):
            received.append(await reader.read(2**16))
            writer.write(answer)
            await writer.drain()
        writer.close()

    async with await asyncio.start_server(talk, "127.0.0.1", 0, ssl=tls) as server:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}", received


@pytest.fixture
def closed_port():
    """A loopback port on which nobody listens: bound, so that nobody else can take it."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def events_of(reply):
    """The events of a streamed reply, with usage."""
    return [part.data if isinstance(part, UsageEvent) else part for part in reply.streamed.parts]


# What is sent


@BOTH
def test_an_answer_comes_whole(streaming):
    pieces = []
    assert outcome_of(ADA, streaming=streaming, pieces=pieces) == DONE
    assert pieces == (["Hello", " Ada"] if streaming else [])


def test_only_what_was_chosen_is_sent():
    async def scenario():
        async with StubApi([ADA]) as api, client_of(api.base_url) as client:
            await client.complete(Parameters("m"), "Héllo {x}", str)
            await client.complete(Parameters("m", 0.0, 5, "Be brief.", streaming=False), "Hi", str)
            return [seen.json for seen in api.seen]

    plain, full = asyncio.run(scenario())
    assert plain == {
        "model": "m",
        "messages": [{"role": "user", "content": "Héllo {x}"}],
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    assert full == {
        "model": "m",
        "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi"}],
        "temperature": 0.0,
        "max_tokens": 5,
    }


# Answers, however they are cut


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("size", [1, 7, 1000])
def test_a_stream_may_be_cut_anywhere(newline, size):
    text = "Bonjour Zoé \u2028\u2029\x85 😀, enchanté"
    reply = Reply.answer(text, newline=newline).split(size, pause_s=0.0)
    assert outcome_of(reply) == Completion(text, "stop", "stub-large", 7, len(text.split(" ")))


@BOTH
def test_a_huge_answer_comes_whole(streaming):
    answer = outcome_of(Reply.huge(4), streaming=streaming)
    assert len(answer.text) == 4 * 2**20
    assert set(answer.text.split()) == {"0123456789abcde"}


@pytest.mark.parametrize("streaming", [True, False])
def test_an_answer_that_would_fill_the_memory_is_not_taken(streaming):
    error = outcome_of(Reply.huge(MOST_BYTES // 2**20 + 1), streaming=streaming, total_timeout_s=60.0)
    assert error == RequestError(ErrorKind.OVERSIZED, http_status=200)


def test_a_huge_answer_may_come_in_one_event():
    text = "word " * 200_000
    assert outcome_of(Reply.answer(text, pieces=[text])).text == text


@BOTH
def test_a_message_without_content_is_an_empty_answer(streaming):
    assert outcome_of(Reply.no_content(), streaming=streaming).text == ""


@BOTH
@pytest.mark.parametrize("reason", ["length", "content_filter"])
def test_other_finishes_are_told(streaming, reason):
    answer = outcome_of(Reply.answer("Hello", finish_reason=reason), streaming=streaming)
    assert (answer.text, answer.finish_reason) == ("Hello", reason)


@BOTH
def test_usage_may_be_missing(streaming):
    answer = outcome_of(Reply.answer("Hello", usage=False), streaming=streaming)
    assert (answer.text, answer.prompt_tokens, answer.completion_tokens) == ("Hello", None, None)


def test_an_answer_in_one_piece_is_taken_though_a_stream_was_asked_for():
    whole = Reply(ADA.body)
    pieces = []
    assert outcome_of(whole, pieces=pieces) == DONE
    assert pieces == []


def test_comments_and_other_fields_of_a_stream_are_passed_over():
    noise = [b": keep-alive\n\n", b"event: ping\nid: 3\nretry: 10\n\n", b": data: no\n"]
    assert outcome_of(Reply(Body.of_events(*noise, *events_of(ADA)))) == DONE


# Answers that are none


@BOTH
def test_a_page_with_status_200_is_not_an_api(streaming):
    error = outcome_of(Reply.html(), streaming=streaming)
    assert error == RequestError(ErrorKind.NOT_AN_API, "Sign in", 200)


@BOTH
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[1, 2]", "[1, 2]"),
        ('{"hello": 1}', '{"hello": 1}'),
        ('{"choices": {}}', '{"choices": {}}'),
        ('{"choices": [{"message": "x"}]}', '{"choices": [{"message": "x"}]}'),
        ("", ""),
        ("<p>Just <b>words</b></p>", "Just words"),
        ("\udcff".encode("utf-8", "surrogateescape"), "\ufffd"),
        ("[" * 100_000, "[" * (MESSAGE_LENGTH - 1) + "…"),
    ],
    ids=["array", "object", "choices", "message", "empty", "markup", "bytes", "deep"],
)
def test_anything_else_with_status_200_is_not_an_api(streaming, text, words):
    error = outcome_of(Reply.text(text, "application/json"), streaming=streaming)
    assert error == RequestError(ErrorKind.NOT_AN_API, words, 200)


@pytest.mark.parametrize("streaming", [True, False])
def test_empty_choices(streaming):
    error = outcome_of(Reply.empty_choices(), streaming=streaming)
    assert error == RequestError(ErrorKind.EMPTY_CHOICES, "", 200)


def test_a_stream_without_a_finish_is_truncated():
    pieces = []
    error = outcome_of(Reply.answer("Hello Ada", finish_reason=None), pieces=pieces)
    assert error == RequestError(ErrorKind.TRUNCATED)
    assert pieces == ["Hello", " Ada"]


def test_an_end_mark_is_no_finish():
    events = [*events_of(Reply.answer("Hello", finish_reason=None)), sse("[DONE]")]
    assert outcome_of(Reply(Body.of_events(*events))).kind is ErrorKind.TRUNCATED


@pytest.mark.parametrize(
    "event", [b'data: {"id": "stub", "choi\n\n', b"data: [1]\n\n", b'data: "\xff\xfe"\n\n', b"data: \n\n"]
)
def test_a_chunk_that_cannot_be_read(event):
    pieces = []
    error = outcome_of(Reply(ADA.streamed.cut(2, (event,))), pieces=pieces)
    assert error.kind is ErrorKind.BAD_CHUNK
    assert pieces == ["Hello"]


@BOTH
def test_a_body_that_is_not_compressed_as_declared(streaming):
    error = outcome_of(ADA.with_headers({"Content-Encoding": "gzip"}), streaming=streaming)
    assert error.kind is ErrorKind.BAD_CHUNK


@BOTH
@pytest.mark.parametrize(
    ("told", "words"),
    [("backend_overloaded", "backend_overloaded"), ({"message": "No\n more"}, "No more"), ("x" * 9999, None)],
)
def test_an_error_event_with_status_200(streaming, told, words):
    error = outcome_of(Reply.error_event(told), streaming=streaming)
    assert error.kind is ErrorKind.STREAM_ERROR
    assert error.message == words or (words is None and len(error.message) == MESSAGE_LENGTH)


# Refusals


@BOTH
@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (302, ErrorKind.REDIRECTED),
        (400, ErrorKind.BAD_REQUEST),
        (401, ErrorKind.UNAUTHORIZED),
        (403, ErrorKind.FORBIDDEN),
        (404, ErrorKind.NOT_FOUND),
        (405, ErrorKind.HTTP_ERROR),
        (407, ErrorKind.PROXY),
        (408, ErrorKind.TIMEOUT_TOTAL),
        (409, ErrorKind.CONFLICT),
        (413, ErrorKind.HTTP_ERROR),
        (422, ErrorKind.UNPROCESSABLE),
        (429, ErrorKind.RATE_LIMITED),
        (500, ErrorKind.SERVER_ERROR),
        (502, ErrorKind.SERVER_ERROR),
        (503, ErrorKind.SERVER_ERROR),
    ],
)
def test_each_status_has_its_kind(streaming, status, kind):
    error = outcome_of(Reply.error(status, {"detail": "because"}), streaming=streaming)
    assert error == RequestError(kind, "because", status)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"detail": "D", "error": {"message": "N"}, "message": "M"}, "D"),
        ({"error": {"message": "N", "code": 1}, "message": "M"}, "N"),
        ({"error": "unauthorized", "code": 401, "message": "M"}, "unauthorized"),
        ({"message": "M", "code": 401}, "M"),
        ({"error": {"code": "é1"}}, '{"code": "é1"}'),
        ({"detail": [{"loc": ["body"], "msg": "too long"}]}, '[{"loc": ["body"], "msg": "too long"}]'),
        ({"detail": "", "error": None, "message": "M"}, "M"),
        ({"code": 401}, ""),
        (["no", "dict"], "['no', 'dict']"),
        (None, ""),
        ({"detail": " two\n\n  lines\t"}, "two lines"),
        ({"detail": "x" * 501}, "x" * 499 + "…"),
    ],
)
def test_the_server_s_own_words(body, words):
    reply = Reply.text(json.dumps(body), "application/json", 400)
    assert outcome_of(reply) == RequestError(ErrorKind.BAD_REQUEST, words, 400)


@pytest.mark.parametrize(
    ("text", "content_type", "words"),
    [
        ("<html><TITLE lang=en>502\n Bad Gateway</TITLE><body>nginx</body>", "text/html", "502 Bad Gateway"),
        ("<h1>Sorry</h1><p>down", "text/html", "Sorry down"),
        ("plain words", "text/plain", "plain words"),
        ("", "text/plain", ""),
        ("odd", "text/plain; charset=nonsense", "odd"),
        ("[" * 100_000, "application/json", "[" * 499 + "…"),
    ],
)
def test_the_words_of_what_is_not_json(text, content_type, words):
    assert outcome_of(Reply.text(text, content_type, 502)) == RequestError(ErrorKind.SERVER_ERROR, words, 502)


def test_maintenance_is_not_a_failure_of_the_server():
    body = {"error": "service_maintenance", "reason": "Back at noon", "code": 503}
    assert outcome_of(Reply.error(503, body)) == RequestError(ErrorKind.MAINTENANCE, "Back at noon", 503)
    del body["reason"]
    assert outcome_of(Reply.error(503, body)).message == "service_maintenance"
    assert outcome_of(Reply.error(500, body)).kind is ErrorKind.SERVER_ERROR


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry-After": "7"}, 7.0),
        ({"Retry-After": "0.25"}, 0.25),
        ({"Retry-After": "86400"}, 86400.0),
        ({"Retry-After": "-3"}, 0.0),
        ({"retry-after-ms": "1500"}, 1.5),
        ({"Retry-After": "9", "retry-after-ms": "250"}, 0.25),
        ({"Retry-After": "9", "retry-after-ms": "soon"}, 9.0),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "inf"}, None),
        ({"Retry-After": "nan", "retry-after-ms": "inf"}, None),
        ({"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.0),
        ({"Retry-After": "Wed, 99 Oct 2015 07:28:00 GMT"}, None),
    ],
)
def test_how_long_the_server_asks_to_wait(headers, seconds):
    error = outcome_of(Reply.error(429, headers=headers))
    assert (error.kind, error.retry_after_s) == (ErrorKind.RATE_LIMITED, seconds)


def test_a_date_to_wait_for_is_taken_by_the_clock_of_the_server():
    asked = Reply.rate_limited("Wed, 21 Oct 2015 07:28:30 GMT")
    error = outcome_of(asked.with_headers({"Date": "Wed, 21 Oct 2015 07:28:00 GMT"}))
    assert error.retry_after_s == 30.0


def test_a_date_to_wait_for():
    now = dt.datetime.now(dt.UTC)
    date = email.utils.format_datetime(now + dt.timedelta(hours=1), usegmt=True)
    error = outcome_of(Reply.rate_limited(date))
    assert 3600 - 120 < error.retry_after_s <= 3600


def test_other_refusals_may_ask_to_wait_too():
    assert outcome_of(Reply.error(503, headers={"Retry-After": "4"})).retry_after_s == 4.0


# Broken connections


@BOTH
@pytest.mark.parametrize("reset", [True, False], ids=["RST", "FIN"])
def test_a_connection_dropped_before_or_in_an_answer(streaming, reset):
    pieces = []
    assert outcome_of(Reply.drop(reset=reset), streaming=streaming).kind is ErrorKind.DROPPED
    error = outcome_of(Reply.drop_midway(reset=reset), streaming=streaming, pieces=pieces)
    assert error.kind is ErrorKind.DROPPED
    if not reset:  # a reset may overtake what was sent before it
        assert pieces == (["Hello"] if streaming else [])


@pytest.mark.parametrize("act", [Act.CLOSE, Act.RESET])
def test_a_connection_dropped_after_the_end_mark_costs_nothing(act):
    async def scenario():
        async with StubApi([Reply(Body.of_events(*events_of(ADA), Act.GATE, act))]) as api:
            async with asyncio.TaskGroup() as group:
                pieces = []
                asking = group.create_task(ask(api.base_url, pieces=pieces))
                await api.wait_for(lambda api: api.seen and api.seen[0].is_held)
                api.release()
            return asking.result(), pieces

    assert asyncio.run(scenario()) == (DONE, ["Hello", " Ada"])


def test_nobody_listens(closed_port):
    error = asyncio.run(ask(f"http://127.0.0.1:{closed_port}/v1"))
    assert (error.kind, error.http_status) == (ErrorKind.CONNECT, None)


def test_the_name_is_unknown():
    assert asyncio.run(ask("http://nonexistent.invalid/v1")).kind is ErrorKind.DNS


def test_what_answers_does_not_speak_http():
    async def scenario():
        async with raw_server(b"SSH-2.0-OpenSSH_9.2\r\n") as (address, _):
            return await ask(f"http://{address}/v1")

    error = asyncio.run(scenario())
    assert error.kind is ErrorKind.NOT_AN_API
    assert "SSH-2.0" in error.message


def self_signed(folder):
    """A TLS context of a server whose certificate nobody vouches for."""
    x509 = pytest.importorskip("cryptography.x509")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


def test_a_certificate_that_nobody_vouches_for(tmp_path):
    async def scenario():
        async with raw_server(b"", self_signed(tmp_path)) as (address, received):
            return await ask(f"https://{address}/v1"), received

    error, received = asyncio.run(scenario())
    assert error.kind is ErrorKind.TLS
    assert "self-signed" in error.message or "self signed" in error.message
    assert received == []


def test_a_certificate_that_the_user_vouches_for(tmp_path, monkeypatch):
    tls = self_signed(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "server.pem"))
    body = ADA.body.parts[0]
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)

    async def scenario():
        async with raw_server(head + body, tls) as (address, _):
            return await ask(f"https://localhost:{address.rpartition(':')[2]}/v1")

    assert asyncio.run(scenario()) == DONE


def test_tls_to_a_server_without_it():
    async def scenario():
        async with raw_server(b"HTTP/1.1 400 Bad Request\r\n\r\n") as (address, _):
            return await ask(f"https://{address}/v1")

    error = asyncio.run(scenario())
    assert (error.kind, error.tls_fault) == (ErrorKind.TLS, TlsFault.NO_TLS)


# Timeouts: each limit alone is short


@BOTH
def test_the_total_time_is_limited(streaming):
    assert outcome_of(Reply.stall(), streaming=streaming, total_timeout_s=0.1) == RequestError(
        ErrorKind.TIMEOUT_TOTAL
    )
    error = outcome_of(Reply.stall_midway(), streaming=streaming, total_timeout_s=0.3)
    assert error.kind is ErrorKind.TIMEOUT_TOTAL


@pytest.mark.parametrize("reply", [Reply.stall(), ADA.cut(Act.STALL, words=0)], ids=["silent", "role only"])
def test_the_time_to_the_first_token_is_limited(reply):
    error = outcome_of(reply, first_token_timeout_s=0.1, between_tokens_timeout_s=0.1)
    assert error == RequestError(ErrorKind.TIMEOUT_FIRST_TOKEN)


def test_the_time_between_tokens_is_limited():
    pieces = []
    error = outcome_of(Reply.stall_midway(), between_tokens_timeout_s=0.1, pieces=pieces)
    assert error == RequestError(ErrorKind.TIMEOUT_BETWEEN_TOKENS)
    assert pieces == ["Hello"]


def test_a_whole_answer_has_the_total_time_only():
    reply = ADA.after(0.2)
    limits = {"first_token_timeout_s": 0.05, "between_tokens_timeout_s": 0.05}
    assert outcome_of(reply, streaming=False, **limits) == DONE


def test_a_role_does_not_shorten_the_time_to_the_first_token():
    role, *events = events_of(ADA)
    reply = Reply(Body.of_events(role, 0.9, *events))
    assert outcome_of(reply, between_tokens_timeout_s=0.6) == DONE


def test_events_without_text_are_signs_of_life():
    role, *events = events_of(ADA)
    thoughts = [part for _ in range(6) for part in (role, 0.3)]
    reply = Reply(Body.of_events(*thoughts, *events))
    assert outcome_of(reply, first_token_timeout_s=1.5, between_tokens_timeout_s=1.5) == DONE


def test_a_first_token_that_comes_early_leaves_the_usual_time_to_the_next():
    pieces = []
    error = outcome_of(
        Reply.stall_midway(), first_token_timeout_s=100, between_tokens_timeout_s=0.1, pieces=pieces
    )
    assert (error.kind, pieces) == (ErrorKind.TIMEOUT_BETWEEN_TOKENS, ["Hello"])


def test_a_server_that_goes_on_after_the_end_mark_is_left():
    async def scenario():
        reply = Reply(Body.of_events(*events_of(ADA), Act.STALL))
        async with StubApi([reply]) as api:
            answer = await ask(api.base_url, between_tokens_timeout_s=20)
            await api.wait_for(lambda api: api.seen[0].client_left)
            return answer

    assert asyncio.run(scenario()) == DONE


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="Windows refuses instead of letting wait")
def test_a_server_that_does_not_accept():
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _ in range(4):  # more than the queue holds
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
        assert asyncio.run(ask(url, connect_timeout_s=0.2)).kind is ErrorKind.TIMEOUT_CONNECT


def test_a_server_that_does_not_shake_hands():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        url = f"https://127.0.0.1:{listener.getsockname()[1]}/v1"
        assert asyncio.run(ask(url, connect_timeout_s=0.2)).kind is ErrorKind.TIMEOUT_CONNECT


# Proxies


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_is_not_there(monkeypatch, closed_port, scheme):
    monkeypatch.setenv(f"{scheme}_proxy", f"http://127.0.0.1:{closed_port}")
    assert asyncio.run(ask(f"{scheme}://paradigm.invalid/v1")).kind is ErrorKind.PROXY


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_refuses(monkeypatch, scheme):
    async def scenario():
        refusal = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
        async with raw_server(refusal) as (address, received):
            monkeypatch.setenv(f"{scheme}_proxy", f"http://{address}")
            return await ask(f"{scheme}://paradigm.invalid/v1"), received

    error, [received] = asyncio.run(scenario())
    assert error.kind is ErrorKind.PROXY
    assert b"paradigm.invalid" in received
    if scheme == "https":
        assert KEY.encode() not in received


def test_no_proxy_stands_between_this_machine_and_itself(monkeypatch, closed_port):
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{closed_port}")
    assert outcome_of(ADA) == DONE


# The key, and nobody else's


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(status):
    async def scenario():
        async with StubApi([ADA]) as other:
            there = {"Location": f"{other.base_url}/chat/completions"}
            async with StubApi([Reply.json({}, status, there)]) as api:
                error = await ask(api.base_url)
                async with client_of(api.base_url) as client:
                    assert len(await client.models()) == 2
            return error, other.connections_opened

    error, connections = asyncio.run(scenario())
    assert error == RequestError(ErrorKind.REDIRECTED, "", status)
    assert connections == 0


FOREIGN = {
    "OPENAI_API_KEY": "sk-foreign",
    "OPENAI_ADMIN_KEY": "sk-foreign-admin",
    "OPENAI_ORG_ID": "org-foreign",
    "OPENAI_PROJECT_ID": "proj-foreign",
    "OPENAI_CUSTOM_HEADERS": "X-Foreign: sk-foreign-header",
    "OPENAI_BASE_URL": "http://nonexistent.invalid/foreign",
    "OPENAI_WEBHOOK_SECRET": "foreign-secret",
}


@BOTH
@pytest.mark.parametrize("key", [KEY, None])
def test_no_other_vendor_s_variables_reach_the_server(monkeypatch, tmp_path, streaming, key):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login foreign password foreign\n")
    monkeypatch.setenv("NETRC", str(netrc))
    for name, value in FOREIGN.items():
        monkeypatch.setenv(name, value)

    async def scenario():
        async with StubApi([ADA]) as api, client_of(api.base_url, key) as client:
            await client.complete(Parameters("m", streaming=streaming), "Hi", str)
            await client.models()
            return api.seen

    seen = asyncio.run(scenario())
    assert len(seen) == 2
    for request in seen:
        assert request.headers.get("authorization") == (f"Bearer {key}" if key else None)
        assert "foreign" not in repr((request.path, request.headers, request.body)).lower()
        assert not [name for name in request.headers if name.startswith("openai-")]
    assert {name: os.environ[name] for name in FOREIGN} == FOREIGN


# What an endpoint adds


def sent_by(endpoint, key=KEY):
    """The one request that an endpoint with these settings makes."""

    async def scenario():
        async with StubApi([ADA]) as api:
            client = ChatClient(replace(endpoint, base_url=api.base_url), key, Limits())
            try:
                await client.complete(Parameters("m", 0.5), "Hi", str)
                await client.models()
            finally:
                await client.close()
            return api.seen

    return asyncio.run(scenario())


def test_headers_fields_organisation_and_project_are_sent():
    endpoint = Endpoint(
        "x",
        "http://x",
        headers={"X-Team": "sales", "User-Agent": "mine"},
        body={"top_k": 3, "guided_choice": ["a"]},
        organisation="org-1",
        project="proj-1",
    )
    completion, models = sent_by(endpoint)
    for request in (completion, models):
        assert request.headers["x-team"] == "sales"
        assert request.headers["user-agent"] == "mine"
        assert request.headers["openai-organization"] == "org-1"
        assert request.headers["openai-project"] == "proj-1"
        assert request.headers["authorization"] == f"Bearer {KEY}"
    assert completion.json["top_k"] == 3
    assert completion.json["guided_choice"] == ["a"]
    assert completion.json["temperature"] == 0.5
    assert models.body == b""


def test_the_key_may_go_in_another_header():
    for request in sent_by(Endpoint("x", "http://x", key_header="X-Api-Key")):
        assert request.headers["x-api-key"] == KEY
        assert "authorization" not in request.headers
    for request in sent_by(Endpoint("x", "http://x", key_header="X-Api-Key"), None):
        assert "x-api-key" not in request.headers


def test_preloading_needs_no_key_and_no_network(monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    preload()


# Connections


@BOTH
def test_one_connection_serves_many_requests(streaming):
    async def scenario():
        async with StubApi([ADA]) as api, client_of(api.base_url) as client:
            for _ in range(5):
                await client.complete(Parameters("m", streaming=streaming), "Hi", str)
            await client.models()
            return api.connections_opened

    assert asyncio.run(scenario()) == 1


def test_a_stream_whose_end_comes_late_leaves_its_connection_usable():
    async def scenario():
        late = Reply(Body.of_events(*events_of(ADA), 0.05))
        async with StubApi([late]) as api, client_of(api.base_url) as client:
            for _ in range(3):
                await client.complete(Parameters("m"), "Hi", str)
            return api.connections_opened

    assert asyncio.run(scenario()) == 1


def test_as_many_connections_as_the_cap():
    async def scenario():
        async with (
            StubApi([ADA.gated()]) as api,
            client_of(api.base_url, cap=150) as client,
            asyncio.TaskGroup() as group,
        ):
            for _ in range(150):
                group.create_task(client.complete(Parameters("m"), "Hi", str))
            await api.wait_for(lambda api: api.in_flight == 150)
            api.release()

    asyncio.run(scenario())


@BOTH
@pytest.mark.parametrize("reply", [Reply.stall(), Reply.stall_midway()], ids=["before", "midway"])
def test_cancelling_closes_the_socket(streaming, reply):
    async def scenario():
        async with StubApi([reply]) as api, client_of(api.base_url) as client:
            async with asyncio.TaskGroup() as group:
                parameters = Parameters("m", streaming=streaming)
                asking = group.create_task(client.complete(parameters, "Hi", str))
                await api.wait_for(lambda api: api.seen and api.seen[0].is_held)
                asking.cancel()
            assert asking.cancelled()
            await api.wait_for(lambda api: api.seen[0].client_left)

    asyncio.run(scenario())


# Models


def models(reply, **options):
    async def scenario():
        async with StubApi([ADA], models=reply) as api, client_of(api.base_url, **options) as client:
            try:
                return await client.models()
            except ExchangeError as failure:
                return failure.error

    return asyncio.run(scenario())


def test_chat_models_are_listed():
    assert models(Reply.json(MODELS)) == ["stub-large", "stub-small"]
    assert models(Reply.json({"data": []})) == []


@pytest.mark.parametrize(
    "reply",
    [
        Reply.html(),
        Reply.json({"data": None}),
        Reply.json({"data": "abc"}),
        Reply.json({"data": [{"enabled": True}]}),
        Reply.json({"models": []}),
        Reply.json([]),
        Reply.text("[" * 100_000, "application/json"),
    ],
)
def test_models_of_what_is_no_api(reply):
    error = models(reply)
    assert (error.kind, error.http_status) == (ErrorKind.NOT_AN_API, 200)


def hosing(status, piece, content_type="application/json", headers=()):
    """A server whose body never ends, and how much of it went out."""
    sent = []

    async def serve(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        lines = [f"HTTP/1.1 {status} X", f"Content-Type: {content_type}", *headers, "Connection: close"]
        writer.write("\r\n".join([*lines, "", ""]).encode())
        with contextlib.suppress(ConnectionError):
            while len(sent) * len(piece) < 512 * 2**20:
                sent.append(None)
                writer.write(piece)
                await writer.drain()
        writer.close()

    async def scenario(ask):
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with server, client_of(f"http://127.0.0.1:{port}/v1") as client:
            try:
                await ask(client)
            except ExchangeError as failure:
                return failure.error, len(sent) * len(piece)

    return scenario


PIECE = b'{"data": [' + b" " * 2**20


def test_a_list_of_models_that_never_ends_is_given_up():
    error, sent = asyncio.run(hosing(200, PIECE)(lambda client: client.models()))
    assert (error.kind, error.http_status) == (ErrorKind.NOT_AN_API, 200)
    assert LARGEST_LIST < sent < 3 * LARGEST_LIST


def test_a_list_that_is_packed_small_is_measured_unpacked():
    packer = zlib.compressobj(wbits=31)
    piece = packer.compress(b" " * 64 * 2**20) + packer.flush()
    assert len(piece) < 2**17
    reply = replace(Reply.text(piece, "application/json"), headers={"Content-Encoding": "gzip"})
    assert models(reply).kind is ErrorKind.NOT_AN_API


@pytest.mark.parametrize("status", [401, 500, 302])
def test_of_a_refusal_that_never_ends_the_beginning_is_read(status):
    page = b"<title>Away</title>" + b"x" * 2**16
    ask = [
        lambda client: client.models(),
        lambda client: client.complete(Parameters("m"), "Hi", str),
    ]
    for question in ask:
        error, sent = asyncio.run(hosing(status, page, "text/html")(question))
        assert (error.http_status, error.message) == (status, "Away")
        assert sent < 32 * 2**20


def test_whether_a_server_is_there_needs_no_body():
    async def ask(client):
        assert await client.is_reachable()
        raise ExchangeError(RequestError(ErrorKind.INTERNAL))

    _, sent = asyncio.run(hosing(200, PIECE)(ask))
    assert sent < LARGEST_LIST


def test_a_refusal_keeps_no_request_with_its_key():
    async def scenario():
        async with StubApi([Reply.error(401)]) as api, client_of(api.base_url, KEY) as client:
            with pytest.raises(ExchangeError) as caught:
                await client.complete(Parameters("m"), "Hi", str)
            assert f"Bearer {KEY}" == api.seen[0].headers["authorization"]
        error = caught.value
        while error is not None:
            assert KEY not in repr(vars(error)) + str(error)
            assert not hasattr(error, "request")
            error = error.__cause__
        assert caught.value.__suppress_context__

    asyncio.run(scenario())


def test_models_may_be_refused_or_never_come():
    assert models(Reply.error(401)) == RequestError(ErrorKind.UNAUTHORIZED, "unauthorized", 401)
    assert models(Reply.drop()).kind is ErrorKind.DROPPED
    assert models(Reply.stall(), connect_timeout_s=0.1).kind is ErrorKind.TIMEOUT_TOTAL


LIMIT_HEADERS = {"x-ratelimit-limit-requests": "60", "x-ratelimit-remaining-requests": "12"}


@pytest.mark.parametrize(
    "reply",
    [replace(Reply.answer(), headers=LIMIT_HEADERS), Reply.error(429, headers=LIMIT_HEADERS)],
    ids=["200", "429"],
)
def test_what_the_server_allows_is_read_from_every_response(reply):
    async def scenario():
        async with StubApi([reply, Reply.answer()]) as api, client_of(api.base_url) as client:
            assert client.server_limits is None
            for _ in range(2):
                with contextlib.suppress(ExchangeError):
                    await client.complete(Parameters("stub-large"), "Greet Ada", lambda _text: None)
                # a response that says nothing takes nothing back
                assert client.server_limits == ServerLimits(60, 12)

    asyncio.run(scenario())


@pytest.mark.parametrize("models", [Reply.error(401), Reply.error(503), Reply.html(), Reply.json({})])
def test_a_server_that_says_anything_is_reachable(models):
    async def scenario():
        async with StubApi([Reply.answer()], models=models) as api, client_of(api.base_url) as client:
            assert await client.is_reachable()
            assert api.completions == []

    asyncio.run(scenario())


def test_a_server_that_is_not_there_is_not_reachable(closed_port):
    async def scenario():
        async with client_of(f"http://127.0.0.1:{closed_port}/api/v2") as client:
            assert not await client.is_reachable()

    asyncio.run(scenario())
