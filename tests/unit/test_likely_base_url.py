"""Where the API of a server is, when its base URL leads elsewhere."""

from __future__ import annotations

import asyncio

import pytest
from stub_api import ROOT, Reply, StubApi

from paradigm_gui.core import likely_base_url as module
from paradigm_gui.core.client import preload
from paradigm_gui.core.endpoints import Endpoint
from paradigm_gui.core.likely_base_url import likely_base_url
from paradigm_gui.core.route import find_route


@pytest.fixture(autouse=True, scope="module")
def sdk():
    """Import the SDK first: no time limit of a test is to pay for it."""
    preload()


def found(path, models=None):
    """The path where the API of a server is found by who looks at another one, and what the server saw."""

    async def scenario():
        async with StubApi([], models=models) as api:
            root = api.base_url.removesuffix(ROOT)
            endpoint = Endpoint("x", root + path, headers={"X-Team": "a"})
            return (await likely_base_url(endpoint, find_route(endpoint))).removeprefix(root), api.seen

    return asyncio.run(scenario())


@pytest.mark.parametrize("path", ["", "/chat", "/v1"])
@pytest.mark.parametrize("models", [None, Reply.error(401), Reply.error(403)])
def test_it_is_found_and_gets_no_key(path, models):
    right, seen = found(path, models)
    assert right == ROOT
    assert not [request for request in seen if "authorization" in request.headers]


def test_an_api_at_its_place_is_not_looked_for_elsewhere():
    right, seen = found(ROOT)
    assert right == ""
    assert len(seen) == 1


@pytest.mark.parametrize("models", [Reply.html(), Reply.error(404), Reply.error(500)])
def test_where_there_is_none_none_is_found(models):
    assert found("", models)[0] == ""


def test_a_server_that_does_not_answer_is_not_asked_for_ever(monkeypatch):
    monkeypatch.setattr(module, "PROBE_PATIENCE_S", 0.2)
    right, seen = found(ROOT, Reply.stall())
    assert right == ""
    assert len(seen) == 1


@pytest.mark.parametrize("path", ["", "/api/v2"])
def test_where_every_path_wants_a_key_nothing_is_guessed(path):
    async def serve(reader, writer):
        head = await reader.readuntil(b"\r\n\r\n")
        asked.append(head.split()[1].decode())
        is_page = asked[-1] == f"{path}/models"
        status, kind = ("200 OK", "text/html") if is_page else ("401 No", "text/plain")
        lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", "Content-Length: 3", "Connection: close"]
        writer.write("\r\n".join([*lines, "", "<p>"]).encode())
        writer.close()

    async def scenario():
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        async with server:
            endpoint = Endpoint("x", f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}{path}")
            return await likely_base_url(endpoint, find_route(endpoint))

    asked = []
    assert asyncio.run(scenario()) == ""
    assert not any(one.startswith("/api/v2/") and one != "/api/v2/models" for one in asked)
