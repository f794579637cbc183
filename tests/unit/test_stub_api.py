"""The scripted server is itself under test: other tests believe what it records."""

from __future__ import annotations

import asyncio
import json
import urllib.request

import aiohttp
import pytest
from openai import AsyncOpenAI
from stub_api import Act, Reply, StubApi, stub_api_thread

QUESTION = {"model": "stub-large", "messages": [{"role": "user", "content": "Greet Ada"}]}
STREAMED = QUESTION | {"stream": True}


async def post(api, question=QUESTION):
    """Ask once on a connection of its own; return the response and its whole body."""
    url = f"{api.base_url}/chat/completions"
    async with aiohttp.ClientSession() as session, session.post(url, json=question) as response:
        return response, await response.read()


def events(body):
    """The values of a stream of server-sent events, `[DONE]` included."""
    lines = [line.removeprefix("data: ") for line in body.decode().splitlines() if line]
    return [line if line == "[DONE]" else json.loads(line) for line in lines]


def text_of(chunks):
    choices = [chunk["choices"][0] for chunk in chunks if chunk != "[DONE]" and chunk["choices"]]
    return "".join(choice["delta"].get("content") or "" for choice in choices)


def test_plain_answer_and_what_was_seen():
    async def scenario():
        async with StubApi([Reply.answer("Hello Ada")]) as api:
            response, body = await post(api)
            answer = json.loads(body)
            assert response.status == 200
            assert answer["choices"][0]["message"]["content"] == "Hello Ada"
            assert answer["choices"][0]["finish_reason"] == "stop"
            assert answer["usage"] == {"prompt_tokens": 7, "completion_tokens": 2, "total_tokens": 9}
            [seen] = api.seen
            assert (seen.method, seen.path) == ("POST", "/api/v2/chat/completions")
            assert (seen.prompt, seen.json, seen.wants_stream) == ("Greet Ada", QUESTION, False)
            assert seen.headers["content-type"] == "application/json"
            assert (seen.finished, seen.client_left) == (True, False)
            assert seen.received_at <= seen.left_at
            assert (api.in_flight, api.peak_in_flight) == (0, 1)

    asyncio.run(scenario())


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("size", [0, 1, 7])
def test_streamed_answer_in_any_pieces(newline, size):
    async def scenario():
        reply = Reply.answer("Bonjour Zoé, enchanté", newline=newline)
        async with StubApi([reply.split(size, pause_s=0) if size else reply]) as api:
            response, body = await post(api, STREAMED)
            chunks = events(body)
            assert response.headers["Content-Type"].startswith("text/event-stream")
            assert newline.encode() * 2 in body
            assert text_of(chunks) == "Bonjour Zoé, enchanté"
            assert chunks[0]["choices"][0]["delta"] == {"role": "assistant", "content": ""}
            assert chunks[-2]["choices"][0]["finish_reason"] == "stop"
            assert chunks[-1] == "[DONE]"
            assert api.seen[0].body_bytes_sent == len(body)

    asyncio.run(scenario())


@pytest.mark.parametrize(("asked", "offered"), [(True, True), (True, False), (False, True)])
def test_usage_comes_in_a_stream_only_when_asked_and_offered(asked, offered):
    async def scenario():
        async with StubApi([Reply.answer(usage=offered)]) as api:
            _, body = await post(api, STREAMED | {"stream_options": {"include_usage": asked}})
            with_usage = [chunk for chunk in events(body)[:-1] if chunk.get("usage")]
            assert len(with_usage) == (asked and offered)

    asyncio.run(scenario())


def test_the_sdk_understands_it():
    async def scenario():
        async with StubApi([Reply.answer("Hello Ada").with_headers({"x-request-id": "r1"})]) as api:
            async with AsyncOpenAI(base_url=api.base_url, api_key="k-1", max_retries=0) as client:
                whole = await client.chat.completions.create(**QUESTION)
                assert (whole.choices[0].message.content, whole._request_id) == ("Hello Ada", "r1")
                stream = await client.chat.completions.create(**STREAMED)
                words = [chunk.choices[0].delta.content async for chunk in stream]
                assert "".join(word or "" for word in words) == "Hello Ada"
                models = await client.models.list()
                assert [model.name for model in models.data][:2] == ["stub-large", "stub-small"]
            assert {seen.headers["authorization"] for seen in api.seen} == {"Bearer k-1"}
            assert len({seen.connection for seen in api.seen}) == 1
            assert (len(api.seen), len(api.completions)) == (3, 2)

    asyncio.run(scenario())


def test_a_list_is_used_in_turn_and_its_last_reply_repeats():
    async def scenario():
        async with StubApi([Reply.rate_limited("2"), Reply.error(401), Reply.answer()]) as api:
            answers = [await post(api) for _ in range(4)]
            assert [response.status for response, _ in answers] == [429, 401, 200, 200]
            assert answers[0][0].headers["Retry-After"] == "2"
            assert json.loads(answers[1][1]) == {"error": "unauthorized", "code": 401}

    asyncio.run(scenario())


def test_unknown_paths_are_refused_and_not_scripted():
    async def scenario():
        async with StubApi([Reply.error(401), Reply.answer()]) as api, aiohttp.ClientSession() as session:
            async with session.post(api.base_url.removesuffix("/v2") + "/chat/completions") as response:
                assert response.status == 404
                assert (await response.json())["error"] == "not_found"
            assert (await post(api))[0].status == 401
            assert [seen.path for seen in api.completions] == ["/api/v2/chat/completions"]

    asyncio.run(scenario())


def test_bodies_that_are_no_completion():
    async def scenario():
        replies = [Reply.html(), Reply.empty_choices(), Reply.no_content(), Reply.bad_chunk()]
        async with StubApi([*replies, Reply.error_event("overloaded")]) as api:
            response, page = await post(api)
            assert (response.status, response.content_type) == (200, "text/html")
            assert page.startswith(b"<!doctype html>")
            assert json.loads((await post(api))[1])["choices"] == []
            assert json.loads((await post(api))[1])["choices"][0]["message"]["content"] is None
            with pytest.raises(json.JSONDecodeError):
                json.loads((await post(api))[1])
            assert json.loads((await post(api))[1])["error"] == "overloaded"

    asyncio.run(scenario())


def test_streams_that_are_no_completion():
    async def scenario():
        replies = [Reply.empty_choices(), Reply.no_content(), Reply.error_event("overloaded")]
        async with StubApi([*replies, Reply.bad_chunk(), Reply.answer(finish_reason=None)]) as api:
            assert events((await post(api, STREAMED))[1])[0]["choices"] == []
            nothing = events((await post(api, STREAMED))[1])
            assert (nothing[0]["choices"][0]["delta"]["content"], text_of(nothing)) == (None, "")
            failed = events((await post(api, STREAMED))[1])
            assert failed[1]["choices"][0]["delta"]["content"] == "Hello"
            assert failed[2]["error"] == "overloaded"
            with pytest.raises(json.JSONDecodeError):
                events((await post(api, STREAMED))[1])
            cut = events((await post(api, STREAMED))[1])
            assert text_of(cut) == "Hello"
            assert [chunk["choices"][0]["finish_reason"] for chunk in cut] == [None, None]

    asyncio.run(scenario())


@pytest.mark.parametrize("reset", [False, True])
@pytest.mark.parametrize("question", [QUESTION, STREAMED])
def test_dropped_connections(reset, question):
    async def scenario():
        replies = [Reply.drop(reset=reset), Reply.drop_midway("Hello Ada", reset=reset)]
        async with StubApi(replies) as api:
            with pytest.raises(aiohttp.ClientOSError if reset else aiohttp.ServerDisconnectedError):
                await post(api, question)
            # a reset may overtake what was sent before it
            with pytest.raises((aiohttp.ClientPayloadError, *([aiohttp.ClientOSError] if reset else []))):
                await post(api, question)
            assert [(seen.finished, seen.client_left) for seen in api.seen] == [(False, False)] * 2
            assert api.seen[0].body_bytes_sent == 0 < api.seen[1].body_bytes_sent
            assert api.in_flight == 0

    asyncio.run(scenario())


@pytest.mark.parametrize("reply", [Reply.stall(), Reply.stall_midway(), Reply.answer().after(60)])
@pytest.mark.parametrize("question", [QUESTION, STREAMED])
def test_a_client_that_leaves_is_noticed(reply, question):
    async def scenario():
        async with StubApi([reply]) as api, asyncio.TaskGroup() as group:
            asking = group.create_task(post(api, question))
            await api.wait_for(lambda api: api.in_flight == 1)
            asking.cancel()
            await api.wait_for(lambda api: api.in_flight == 0)
            [seen] = api.seen
            assert (seen.finished, seen.client_left, seen.is_held) == (False, True, False)
            assert seen.left_at >= seen.received_at

    asyncio.run(scenario())


def test_a_held_stream_has_sent_its_first_words():
    async def scenario():
        reply = Reply.answer("Hello dear Ada").cut(Act.GATE, words=2)
        async with StubApi([reply]) as api, asyncio.TaskGroup() as group:
            asking = group.create_task(post(api, STREAMED))
            await api.wait_for(lambda api: api.seen and api.seen[0].is_held)
            sent = api.seen[0].body_bytes_sent
            api.release()
            _, body = await asking
            assert text_of(events(body[:sent])) == "Hello dear"
            assert text_of(events(body)) == "Hello dear Ada"

    asyncio.run(scenario())


def test_the_gate_decides_who_is_answered_when():
    async def scenario():
        api = StubApi(lambda request: Reply.answer(request.prompt).gated())
        async with api, asyncio.TaskGroup() as group:
            first, second = (group.create_task(post(api)) for _ in range(2))
            await api.wait_for(lambda api: sum(seen.is_held for seen in api.seen) == 2)
            assert (api.in_flight, api.peak_in_flight) == (2, 2)
            api.release(1)
            await api.wait_for(lambda api: api.seen[0].finished)
            assert not api.seen[1].finished
            with pytest.raises(ValueError, match="2 to release"):
                api.release(2)
            api.release()
            await asyncio.gather(first, second)
            await post(api)
            assert (len(api.seen), api.in_flight, api.peak_in_flight) == (3, 0, 2)

    asyncio.run(scenario())


def test_one_who_leaves_the_gate_is_not_released_in_place_of_another():
    async def scenario():
        async with StubApi([Reply.answer().gated()]) as api, asyncio.TaskGroup() as group:
            first = group.create_task(post(api))
            await api.wait_for(lambda api: len(api.seen) == 1)
            second = group.create_task(post(api))
            await api.wait_for(lambda api: sum(seen.is_held for seen in api.seen) == 2)
            first.cancel()
            await api.wait_for(lambda api: api.seen[0].client_left)
            api.release(1)
            assert (await second)[0].status == 200

    asyncio.run(scenario())


def test_a_huge_answer_arrives_whole():
    async def scenario():
        async with StubApi([Reply.huge(3)]) as api:
            plain = json.loads((await post(api))[1])["choices"][0]["message"]["content"]
            assert len(plain) == 3 * 1024 * 1024
            assert text_of(events((await post(api, STREAMED))[1])) == plain

    asyncio.run(scenario())


def test_many_at_once_are_counted():
    async def scenario():
        async with StubApi([Reply.answer().gated()]) as api, asyncio.TaskGroup() as group:
            async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:

                async def ask():
                    async with session.post(f"{api.base_url}/chat/completions", json=QUESTION) as response:
                        await response.read()

                asking = [group.create_task(ask()) for _ in range(300)]
                await api.wait_for(lambda api: api.in_flight == 300)
                api.release()
                await asyncio.gather(*asking)
            assert api.peak_in_flight == 300
            assert all(seen.finished for seen in api.seen)

    asyncio.run(scenario())


def test_waiting_in_vain_says_what_was_seen():
    async def scenario():
        async with StubApi([Reply.answer()]) as api:
            await post(api)
            with pytest.raises(TimeoutError, match="1 seen, 0 in flight"):
                await api.wait_for(lambda api: len(api.seen) == 2, timeout_s=0.01)

    asyncio.run(scenario())


def test_a_failure_of_the_script_or_of_a_condition_is_raised():
    async def scenario():
        async with StubApi(lambda request: [][0]) as api, asyncio.TaskGroup() as group:
            waiting = group.create_task(api.wait_for(lambda api: api.seen and 1 / 0))
            with pytest.raises(aiohttp.ServerDisconnectedError):
                await post(api)
            with pytest.raises(ZeroDivisionError):
                await waiting

    with pytest.raises(ExceptionGroup, match="the script of the stub server failed") as caught:
        asyncio.run(scenario())
    assert caught.group_contains(IndexError)


def test_it_leaves_no_task_and_no_port_behind():
    async def scenario():
        api = StubApi([Reply.stall()])

        started = asyncio.Event()

        async def serve_until_asked():
            async with api:
                started.set()
                await api.wait_for(lambda api: api.in_flight == 1)

        async def ask():
            await started.wait()
            with pytest.raises(aiohttp.ServerDisconnectedError):
                await post(api)

        await asyncio.gather(serve_until_asked(), ask())
        assert asyncio.all_tasks() == {asyncio.current_task()}
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection("127.0.0.1", api.port)

    asyncio.run(scenario())


def test_in_a_thread_of_its_own():
    def ask(api):
        request = urllib.request.Request(
            f"{api.base_url}/chat/completions",
            json.dumps(QUESTION).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request) as response:
            return json.load(response)["choices"][0]["message"]["content"]

    async def scenario(api):
        async with asyncio.TaskGroup() as group:
            asking = group.create_task(asyncio.to_thread(ask, api))
            await asyncio.to_thread(api.wait_for, lambda api: api.seen and api.seen[0].is_held)
            assert (api.in_flight, api.peak_in_flight, len(api.completions)) == (1, 1, 1)
            api.release()
            assert await asking == "Greet Ada"

    with stub_api_thread(lambda request: Reply.answer(request.prompt).gated()) as api:
        asyncio.run(scenario(api))
        assert [seen.headers.get("connection") for seen in api.seen] == ["close"]


def test_a_failure_of_the_script_reaches_the_test_from_the_thread():
    def scenario():
        with stub_api_thread([]) as api, pytest.raises(aiohttp.ServerDisconnectedError):
            asyncio.run(post(api))

    with pytest.raises(ExceptionGroup) as caught:
        scenario()
    assert caught.group_contains(IndexError)
