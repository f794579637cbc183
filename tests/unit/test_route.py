"""The way to a server: proxies that stand between, and certificates that are believed."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from dataclasses import replace

import certificates
import pytest
import trustme
from certificates import HOST
from proxy import ForwardProxy
from stub_api import Reply, StubApi

from paradigm_gui.core.batch import Completion, Limits, Parameters
from paradigm_gui.core.client import ChatClient, preload
from paradigm_gui.core.endpoints import Endpoint, Proxy, ProxyMode
from paradigm_gui.core.errors import ErrorKind, ExchangeError, TlsFault, UserFacingError
from paradigm_gui.core.route import Bypass, Credentials, ProxyServer, find_route, look_for_proxy

KEY = "k-secret-1"
ANSWER = Reply.answer("Hello Ada")
URL = f"https://{HOST}/api/v2"
CREDENTIALS = Credentials("ada", "p:ss wörd")


def find_proxy(endpoint):
    """The proxy that is used for a server."""
    found = look_for_proxy(endpoint)
    return found.server if found and not found.bypass else None


@pytest.fixture(autouse=True, scope="module")
def sdk():
    """Import the SDK first: no time limit of a test is to pay for it."""
    preload()


def through(url, **changes):
    """An endpoint behind a proxy given by hand."""
    return replace(Endpoint("x", URL, proxy=Proxy(ProxyMode.MANUAL, url)), **changes)


async def ask(endpoint, credentials=None, *, streaming=True):
    """Ask once; return the completion, or the error."""
    client = ChatClient(endpoint, KEY, Limits(cap=2), find_route(endpoint, credentials))
    try:
        return await client.complete(Parameters("m", streaming=streaming), "Hi", lambda _text: None)
    except ExchangeError as failure:
        return failure.error
    finally:
        await client.close()


# Which proxy


@pytest.mark.parametrize(
    ("variables", "url", "expected"),
    [
        ({}, URL, None),
        ({"HTTPS_PROXY": "http://p.example:3128"}, URL, "http://p.example:3128"),
        ({"https_proxy": "p.example:3128"}, URL, "http://p.example:3128"),
        ({"HTTP_PROXY": "http://p.example:3128"}, URL, None),
        ({"HTTP_PROXY": "http://p.example:3128"}, f"http://{HOST}", "http://p.example:3128"),
        ({"ALL_PROXY": "https://p.example"}, URL, "https://p.example"),
        ({"ALL_PROXY": "http://a.example", "HTTPS_PROXY": "http://p.example"}, URL, "http://p.example"),
        ({"HTTPS_PROXY": "http://p.example"}, "https://localhost:8000", None),
        ({"HTTPS_PROXY": "http://p.example"}, "https://127.0.0.1:8000", None),
    ],
)
def test_the_system_s_proxy(monkeypatch, variables, url, expected):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    found = find_proxy(Endpoint("x", url))
    assert (found and found.url) == expected
    assert find_proxy(Endpoint("x", url, proxy=Proxy(ProxyMode.NONE))) is None


@pytest.mark.parametrize(
    ("exceptions", "url", "is_direct"),
    [
        ("*", URL, True),
        ("private.example", URL, True),
        ("example", URL, True),
        (".example", URL, True),
        ("*.example", URL, True),
        ("other.example, PRIVATE.example ", URL, True),
        ("private.example:443", URL, True),
        ("private.example:8443", URL, False),
        ("ivate.example", URL, False),
        ("private.example.org", URL, False),
        ("", URL, False),
        (" , ", URL, False),
        ("10.0.0.0/8", "https://10.1.2.3/v1", True),
        ("10.0.0.0/8", "https://11.1.2.3/v1", False),
        ("10.1.2.3", "https://10.1.2.3:8443/v1", True),
        ("2001:db8::/32", "https://[2001:db8::1]/v1", True),
        ("[2001:db8::1]", "https://[2001:db8::1]/v1", True),
        ("2001:db8::2", "https://[2001:db8::1]/v1", False),
    ],
)
def test_the_exceptions_from_the_proxy(monkeypatch, exceptions, url, is_direct):
    monkeypatch.setenv("HTTPS_PROXY", "http://p.example")
    monkeypatch.setenv("NO_PROXY", exceptions)
    assert (find_proxy(Endpoint("x", url)) is None) is is_direct
    # who gives a proxy by hand means it
    assert find_proxy(through("http://h.example", base_url=url)) == ProxyServer("http://h.example")


@pytest.mark.parametrize(
    ("url", "bypass"), [(URL, Bypass.EXCEPTION), ("https://localhost:9/v1", Bypass.LOOPBACK)]
)
def test_a_proxy_that_is_left_aside_is_told(monkeypatch, url, bypass):
    monkeypatch.setenv("HTTPS_PROXY", "http://ada:pw@p.example")
    monkeypatch.setenv("NO_PROXY", "*")
    route = find_route(Endpoint("x", url))
    assert route.proxy is None
    assert (route.passed_by.server.host, route.passed_by.bypass) == ("p.example", bypass)


def test_a_login_that_was_entered_goes_before_that_of_a_variable(monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://ada:old@p.example")
    entered = Credentials("ada", "new")
    assert find_route(Endpoint("x", URL), entered).proxy == ProxyServer("http://p.example", entered)


def test_credentials_in_a_variable_are_taken_out_of_the_address(monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://ada:p%40ss@p.example:3128")
    found = find_proxy(Endpoint("x", URL))
    assert found == ProxyServer("http://p.example:3128", Credentials("ada", "p@ss"))
    assert found.host == "p.example:3128"
    assert "p@ss" not in repr(found)
    assert "ada" not in repr(found)


@pytest.mark.parametrize(
    "value",
    [
        "socks5://u:secret@p.example:1080",
        "ftp://p.example",
        "http://",
        "http://p:x",
        "://",
        "http://[::1",
        "http://u:sec/ret@p.example:x",
        "u:secret@",
    ],
)
@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
def test_a_system_proxy_that_cannot_be_used(monkeypatch, variable, value):
    monkeypatch.setenv(variable, value)
    with pytest.raises(UserFacingError, match="bad_system_proxy") as caught:
        find_proxy(Endpoint("x", URL))
    # the value may hold a password in any place
    assert caught.value.details == {"reason": "variable", "variable": variable}
    assert find_proxy(Endpoint("x", URL, proxy=Proxy(ProxyMode.NONE))) is None
    assert find_proxy(Endpoint("x", "https://localhost:9/v1")) is None


# Certificates


@pytest.mark.parametrize("form", ["pem", "commented", "der"])
def test_an_authority_of_one_s_own_is_believed(tmp_path, form):
    path = certificates.authority_file(tmp_path)
    if form == "commented":
        path.write_bytes("# Autorité\n".encode("latin-1") + path.read_bytes())
    elif form == "der":
        path.write_bytes(ssl.PEM_cert_to_DER_cert(path.read_text()))

    async def scenario():
        async with StubApi([ANSWER], tls=certificates.server_tls()) as api:
            return await ask(Endpoint("x", api.base_url, ca_file=str(path)))

    assert asyncio.run(scenario()).text == "Hello Ada"


@pytest.mark.parametrize(
    ("server", "words", "fault"),
    [
        (certificates.server_tls(is_expired=True), "expired", TlsFault.EXPIRED),
        (certificates.server_tls("other.example"), "mismatch", TlsFault.WRONG_HOST),
        (certificates.stranger_tls(), "local issuer", TlsFault.OTHER_AUTHORITY),
        (None, "self-signed", TlsFault.SELF_SIGNED),
    ],
    ids=["expired", "wrong host", "stranger", "self-signed"],
)
def test_a_wrong_certificate_is_refused_before_the_key_is_sent(tmp_path, server, words, fault):
    server = server or certificates.self_signed_tls(tmp_path)
    path = str(certificates.authority_file(tmp_path))

    async def scenario():
        async with StubApi([ANSWER], tls=server) as api:
            endpoint = Endpoint("x", api.base_url, ca_file=path)
            error = await ask(endpoint)
            assert api.seen == []
            unchecked = await ask(replace(endpoint, verifies=False))
            # the next endpoint is checked again
            assert (await ask(endpoint)).kind is ErrorKind.TLS
            return error, unchecked

    error, unchecked = asyncio.run(scenario())
    assert (error.kind, error.tls_fault) == (ErrorKind.TLS, fault)
    assert words in error.message.replace("self signed", "self-signed").replace("doesn't match", "mismatch")
    assert unchecked.text == "Hello Ada"


def test_without_its_authority_a_private_server_is_not_believed():
    async def scenario():
        async with StubApi([ANSWER], tls=certificates.server_tls()) as api:
            return await ask(Endpoint("x", api.base_url))

    error = asyncio.run(scenario())
    assert (error.kind, error.tls_fault) == (ErrorKind.TLS, TlsFault.UNKNOWN_AUTHORITY)


def test_an_authority_in_between_is_believed_too(tmp_path):
    root = trustme.CA()
    between = root.create_child_ca()
    path = tmp_path / "between.pem"
    between.cert_pem.write_to_path(path)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    between.issue_cert("127.0.0.1").configure_cert(tls)

    async def scenario():
        async with StubApi([ANSWER], tls=tls) as api:
            return await ask(Endpoint("x", api.base_url, ca_file=str(path)))

    assert asyncio.run(scenario()).text == "Hello Ada"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "missing"),
        (b"", "content"),
        (b"hello", "content"),
        (b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "content"),
    ],
)
def test_a_file_that_holds_no_authority(tmp_path, content, reason):
    path = tmp_path / "authority.pem"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UserFacingError) as caught:
        find_route(Endpoint("x", URL, ca_file=str(path)))
    assert caught.value.code == "bad_ca_file"
    assert caught.value.details == {"path": str(path), "reason": reason}
    # who does not check certificates needs no authority
    assert find_route(Endpoint("x", URL, ca_file=str(path), verifies=False)).tls.verify_mode == 0


@pytest.mark.parametrize("form", ["missing", "garbage", "folder"])
def test_certificates_of_the_environment_that_cannot_be_read(monkeypatch, tmp_path, form):
    variable = "SSL_CERT_DIR" if form == "folder" else "SSL_CERT_FILE"
    path = tmp_path / "bundle.pem"
    if form == "garbage":
        path.write_text("no certificate")
    monkeypatch.setenv(variable, str(path))
    with pytest.raises(UserFacingError) as caught:
        find_route(Endpoint("x", URL))
    assert caught.value.code == "bad_certificates"
    assert caught.value.details == {"reason": "variable", "variable": variable}
    assert find_route(Endpoint("x", URL, verifies=False))
    own = str(certificates.authority_file(tmp_path))

    async def scenario():
        async with StubApi([ANSWER], tls=certificates.server_tls()) as api:
            return await ask(Endpoint("x", api.base_url, ca_file=own))

    # a server on this machine is asked nevertheless
    assert asyncio.run(scenario()).text == "Hello Ada"


# Through a proxy


@contextlib.asynccontextmanager
async def private_deployment(**options):
    """A server with a certificate of the tests' authority, behind a proxy that alone knows its name."""
    async with (
        StubApi([ANSWER], tls=certificates.server_tls()) as api,
        ForwardProxy({HOST: api.port}, **options) as proxy,
    ):
        yield api, proxy


@pytest.mark.parametrize("streaming", [True, False])
def test_a_private_deployment_behind_a_proxy_with_its_own_authority(tmp_path, streaming):
    path = str(certificates.authority_file(tmp_path))

    async def scenario():
        async with private_deployment(credentials=("ada", CREDENTIALS.password)) as (api, proxy):
            endpoint = through(proxy.url, ca_file=path)
            answer = await ask(endpoint, CREDENTIALS, streaming=streaming)
            return answer, api.seen, proxy.seen

    answer, [request], [tunnel] = asyncio.run(scenario())
    assert isinstance(answer, Completion)
    assert (tunnel.method, tunnel.target) == ("CONNECT", f"{HOST}:443")
    assert KEY.encode() not in tunnel.head
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert "proxy-authorization" not in request.headers


def test_a_server_without_encryption_behind_a_proxy():
    async def scenario():
        async with (
            StubApi([ANSWER]) as api,
            ForwardProxy({HOST: api.port}, credentials=("ada", CREDENTIALS.password)) as proxy,
        ):
            endpoint = through(proxy.url, base_url=f"http://{HOST}/api/v2")
            return await ask(endpoint, CREDENTIALS), await ask(endpoint), api.seen, proxy.seen

    answer, error, [request], [forwarded, _] = asyncio.run(scenario())
    assert answer.text == "Hello Ada"
    assert forwarded.target == f"http://{HOST}/api/v2/chat/completions"
    assert "proxy-authorization" not in request.headers
    assert (error.kind, error.http_status) == (ErrorKind.PROXY, 407)


@pytest.mark.parametrize("credentials", [None, Credentials("ada", "wrong")])
def test_a_proxy_that_wants_other_credentials(tmp_path, credentials):
    async def scenario():
        async with private_deployment(credentials=("ada", "right")) as (api, proxy):
            return await ask(through(proxy.url, verifies=False), credentials), api.connections_opened

    error, connections = asyncio.run(scenario())
    assert (error.kind, error.http_status) == (ErrorKind.PROXY, 407)
    assert error.message == "Proxy Authentication Required"
    assert connections == 0


@pytest.mark.parametrize("status", [403, 502])
def test_a_proxy_that_does_not_let_through(status):
    async def scenario():
        refusal = "403 Forbidden" if status == 403 else None
        async with ForwardProxy({}, refusal=refusal) as proxy:
            return await ask(through(proxy.url))

    error = asyncio.run(scenario())
    assert (error.kind, error.http_status) == (ErrorKind.PROXY, status)


def test_the_environment_s_proxy_is_used_with_its_credentials(monkeypatch, tmp_path):
    path = str(certificates.authority_file(tmp_path))

    async def scenario():
        async with private_deployment(credentials=("ada", "p@ss")) as (_, proxy):
            monkeypatch.setenv("HTTPS_PROXY", proxy.url.replace("//", "//ada:p%40ss@"))
            answer = await ask(Endpoint("x", URL, ca_file=path))
            none = await ask(Endpoint("x", URL, ca_file=path, proxy=Proxy(ProxyMode.NONE)))
            assert none.kind is ErrorKind.DNS
            monkeypatch.setenv("NO_PROXY", "example")
            direct = await ask(Endpoint("x", URL, ca_file=path))
            return answer, direct, len(proxy.seen)

    answer, direct, asked = asyncio.run(scenario())
    assert answer.text == "Hello Ada"
    assert direct.kind is ErrorKind.DNS
    assert asked == 1


def test_certificates_are_checked_through_the_tunnel_too():
    async def scenario():
        async with private_deployment() as (api, proxy):
            return await ask(through(proxy.url)), api.seen

    error, seen = asyncio.run(scenario())
    assert error.kind is ErrorKind.TLS
    assert seen == []
