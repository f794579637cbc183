"""What is said to be sent, beside what a server receives."""

import asyncio
import json
from dataclasses import replace

import pytest
from recorded_arms import arm_of, recorded, run_of
from stub_api import Reply, StubApi

from paradigm_gui.core.batch import Limits, Parameters, Row
from paradigm_gui.core.client import ChatClient
from paradigm_gui.core.endpoints import Endpoint
from paradigm_gui.core.raw_request import chat_body, raw_request

KEY = "sk-this-is-the-key"
GATEWAY = Endpoint(
    "x",
    "http://x",
    headers={"X-Team": "sales", "User-Agent": "mine"},
    body={"top_k": 3, "guided_choice": ["é"]},
    organisation="org-1",
    project="proj-1",
)
# what every HTTP client adds, and the SDK's words about itself
TECHNICAL = {
    "host",
    "accept",
    "accept-encoding",
    "connection",
    "content-length",
    "user-agent",
    "idempotency-key",
}


def run_to(endpoint, parameters, *, is_keyed=True):
    request = recorded(0, (0.0, 1.0, 2.0), name="Ada")
    run = run_of(arm_of(replace(request, row=Row(0, {"name": "Ada"}), prompt="Greet <b>Ada</b> ☃")))
    run.batch = replace(run.batch, parameters=parameters)
    run.endpoint, run.is_keyed = endpoint, is_keyed
    return run


def received(endpoint, key, parameters):
    """What is said to be sent, and what the server got."""

    async def scenario():
        async with StubApi([Reply.answer()]) as api:
            there = replace(endpoint, base_url=api.base_url)
            run = run_to(there, parameters, is_keyed=key is not None)
            (request,) = run.requests
            client = ChatClient(there, key, Limits())
            try:
                await client.complete(run.batch.parameters_for(request.row), request.prompt, str)
            finally:
                await client.close()
            return raw_request(run, request), api.seen[0]

    return asyncio.run(scenario())


@pytest.mark.parametrize("key", [KEY, None])
@pytest.mark.parametrize(
    "endpoint",
    [
        Endpoint("x", "http://x"),
        GATEWAY,
        Endpoint("x", "http://x", key_header="X-Api-Key"),
    ],
)
@pytest.mark.parametrize(
    "parameters", [Parameters("m", 0.0, 5, "Be kind to {name}."), Parameters("m", streaming=False)]
)
def test_it_is_what_the_server_receives(endpoint, key, parameters):
    raw, seen = received(endpoint, key, parameters)
    assert (raw.method, raw.url.partition("/api")[2]) == (seen.method, seen.path.partition("/api")[2])
    assert raw.body == seen.json
    assert raw.is_whole
    said = {name.lower(): value for name, value in raw.headers.items()}
    sent = {name: value for name, value in seen.headers.items() if not name.startswith("x-stainless-")}
    assert sent.keys() - said.keys() <= TECHNICAL
    assert said == {name: sent[name].replace(KEY, "•••") for name in said}


def test_what_a_gateway_is_told_beside_the_key_is_marked_too():
    gateway = Endpoint("x", "http://x", secret_header="X-Secret")
    headers = raw_request(
        run_to(gateway, Parameters("m")), run_to(gateway, Parameters("m")).requests[0]
    ).headers
    assert (headers["X-Secret"], headers["Authorization"]) == ("•••", "Bearer •••")


def test_its_text_holds_all_of_it_but_the_key():
    raw, _ = received(GATEWAY, KEY, Parameters("m", 0.5, None, "Be kind to {name}."))
    head, _, body = raw.text.partition("\n\n")
    assert head.splitlines()[0] == f"POST {raw.url}"
    assert "Authorization: Bearer •••" in head.splitlines()
    assert json.loads(body) == raw.body
    assert "Be kind to Ada." in body
    assert "☃" in body
    assert KEY not in repr(raw) + raw.text


@pytest.mark.parametrize(("url", "is_keyed"), [("https://x.example", True), ("http://127.0.0.1:1", False)])
def test_a_run_of_another_time_is_known_in_part(url, is_keyed):
    run = run_to(Endpoint("x", url), Parameters("m"), is_keyed=None)
    raw = raw_request(run, run.requests[0])
    assert not raw.is_whole
    assert ("Authorization" in raw.headers) == is_keyed


def test_what_is_left_to_the_server_is_left_out():
    assert chat_body(Parameters("m", streaming=False), "Hi") == {
        "model": "m",
        "messages": [{"role": "user", "content": "Hi"}],
    }
