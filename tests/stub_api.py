"""A scripted OpenAI-compatible server on 127.0.0.1, able to break the protocol on purpose.

In a running loop:

    async with StubApi([Reply.rate_limited("1"), Reply.answer("Hello Ada")]) as api:
        ...
        await api.wait_for(lambda api: api.in_flight == 2)

In a thread of its own, for windows and subprocesses:

    with stub_api_thread(lambda request: Reply.answer(request.prompt).gated()) as api:
        ...
        api.wait_for(lambda api: api.in_flight == 2)
        api.release()
"""

from __future__ import annotations

import asyncio
import json
import socket
import struct
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Self

from guard import GUARD_S

if TYPE_CHECKING:
    import ssl

ROOT = "/api/v2"

MODELS = {
    "object": "list",
    "data": [
        {
            "name": "stub-large",
            "model_type": "Large Language Model",
            "enabled": True,
            "prompt_template": "{}",
        },
        {
            "name": "stub-small",
            "model_type": "Large Language Model",
            "enabled": True,
            "prompt_template": "{}",
        },
        {"name": "stub-embedding", "model_type": "Embedding Model", "enabled": True},
        {"name": "stub-retired", "model_type": "Large Language Model", "enabled": False},
    ],
}


class Act(Enum):
    """What a reply may do instead of sending bytes."""

    GATE = auto()  # hold until the test calls `release`
    STALL = auto()  # hold until the client leaves
    CLOSE = auto()  # end the connection in order (FIN)
    RESET = auto()  # end it rudely (RST)


@dataclass(frozen=True, slots=True)
class UsageEvent:
    """Bytes that are sent only when the request asked for usage in its stream."""

    data: bytes


# Bytes are sent, a float is a pause in seconds; a function says how long a pause is when it begins.
Part = bytes | float | Callable[[], float] | Act | UsageEvent


@dataclass(slots=True, eq=False)
class RequestSeen:
    """What the server received, and how the exchange went. Times are readings of `time.monotonic`.

    `answered_at` is before the first byte of the answer: no client knows of it earlier. `left_at` is
    when the exchange ended: `finished` (answered in full), `client_left`, or, with neither, dropped by
    the reply. `is_held` is true while the reply waits at a gate or stalls.
    """

    connection: int
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    received_at: float
    answered_at: float | None = None
    left_at: float | None = None
    finished: bool = False
    client_left: bool = False
    is_held: bool = False
    body_bytes_sent: int = 0

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def prompt(self) -> str:
        """The text of the last message."""
        return str(self.json["messages"][-1]["content"])

    @property
    def wants_stream(self) -> bool:
        return bool(self.body) and bool(self.json.get("stream"))

    @property
    def wants_usage(self) -> bool:
        return bool((self.json.get("stream_options") or {}).get("include_usage"))


@dataclass(frozen=True, slots=True)
class Body:
    """A response body in parts; `chunked` sends each part as an HTTP chunk, else the length is declared."""

    content_type: str
    parts: tuple[Part, ...]
    chunked: bool = False

    @classmethod
    def of_json(cls, value: Any) -> Self:
        return cls("application/json", (json.dumps(value, ensure_ascii=False).encode(),))

    @classmethod
    def of_events(cls, *parts: Part) -> Self:
        return cls("text/event-stream; charset=utf-8", parts, chunked=True)

    def cut(self, parts_before: int, extra: tuple[Part, ...]) -> Self:
        """Put `extra` after so many parts of bytes, or in the middle of the bytes when they are one part."""
        if len(self.parts) == 1 and isinstance(self.parts[0], bytes):
            middle = len(self.parts[0]) // 2
            return replace(self, parts=(self.parts[0][:middle], *extra, self.parts[0][middle:]))
        places = [place for place, part in enumerate(self.parts, 1) if isinstance(part, bytes)]
        place = places[parts_before - 1]
        return replace(self, parts=(*self.parts[:place], *extra, *self.parts[place:]))

    def split(self, size: int, pause_s: float) -> Self:
        """Cut the bytes into pieces of `size`, with a pause after each."""
        parts: list[Part] = []
        for part in self.parts:
            if isinstance(part, bytes):
                for start in range(0, len(part), size):
                    parts += (part[start : start + size], pause_s)
            else:
                parts.append(part)
        return replace(self, parts=tuple(parts))


@dataclass(frozen=True, slots=True)
class Reply:
    """One response. `streamed` is the body for a request with `stream: true`, where it differs."""

    body: Body = field(default_factory=lambda: Body("text/plain", ()))
    streamed: Body | None = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    before: tuple[Part, ...] = ()

    @classmethod
    def answer(
        cls,
        text: str = "Hello",
        *,
        word_delay_s: float | Callable[[], float] = 0.0,
        usage: bool = True,
        finish_reason: str | None = "stop",
        model: str = "stub-large",
        prompt_tokens: int = 7,
        newline: str = "\n",
        pieces: Sequence[str] | None = None,
    ) -> Self:
        """Make a completion, streamed word by word or as `pieces`.

        Without a finish reason the stream ends as if cut: no last event and no `[DONE]`.
        """
        pieces = _words(text) if pieces is None else pieces
        counts = {"prompt_tokens": prompt_tokens, "completion_tokens": len(pieces)}
        counts["total_tokens"] = sum(counts.values())
        choice = {
            "index": 0,
            "message": {"role": "assistant", "content": text},
            "finish_reason": finish_reason,
        }
        whole = _completion("chat.completion", model, [choice]) | ({"usage": counts} if usage else {})

        def event(delta: Mapping[str, str], reason: str | None = None) -> bytes:
            choice = {"index": 0, "delta": delta, "finish_reason": reason}
            return sse(_completion("chat.completion.chunk", model, [choice]), newline)

        parts: list[Part] = [event({"role": "assistant", "content": ""})]
        for piece in pieces:
            parts += (
                (word_delay_s, event({"content": piece})) if word_delay_s else (event({"content": piece}),)
            )
        if finish_reason is not None:
            parts.append(event({}, finish_reason))
            if usage:
                last = _completion("chat.completion.chunk", model, []) | {"usage": counts}
                parts.append(UsageEvent(sse(last, newline)))
            parts.append(sse("[DONE]", newline))
        return cls(Body.of_json(whole), Body.of_events(*parts))

    @classmethod
    def json(cls, value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Self:
        return cls(Body.of_json(value), status=status, headers=headers or {})

    @classmethod
    def text(cls, text: str | bytes, content_type: str = "text/plain", status: int = 200) -> Self:
        data = text if isinstance(text, bytes) else text.encode()
        return cls(Body(content_type, (data,)), status=status)

    @classmethod
    def error(cls, status: int, body: Any = None, headers: Mapping[str, str] | None = None) -> Self:
        """Refuse with `body` as JSON; without one, in Paradigm's shape."""
        if body is None:
            body = {"error": HTTPStatus(status).phrase.lower().replace(" ", "_"), "code": status}
        return cls.json(body, status, headers)

    @classmethod
    def rate_limited(cls, retry_after: str | None = "1", *, retry_after_ms: str | None = None) -> Self:
        """Answer 429. The values go out as they are, so a test can send a date or nonsense."""
        headers = {"Retry-After": retry_after, "retry-after-ms": retry_after_ms}
        return cls.error(429, headers={name: value for name, value in headers.items() if value is not None})

    @classmethod
    def html(cls, status: int = 200) -> Self:
        """Answer as a login page would."""
        page = "<!doctype html><html><head><title>Sign in</title></head><body><form></form></body></html>"
        return cls.text(page, "text/html; charset=utf-8", status)

    @classmethod
    def empty_choices(cls) -> Self:
        chunk = _completion("chat.completion.chunk", "stub-large", [])
        return cls(
            Body.of_json(_completion("chat.completion", "stub-large", [])),
            Body.of_events(sse(chunk), sse("[DONE]")),
        )

    @classmethod
    def no_content(cls) -> Self:
        """Finish in order with a message whose content is null."""
        choice = {"index": 0, "finish_reason": "stop"}
        message, delta = {"role": "assistant", "content": None}, {"role": "assistant", "content": None}
        return cls(
            Body.of_json(_completion("chat.completion", "stub-large", [choice | {"message": message}])),
            Body.of_events(
                sse(_completion("chat.completion.chunk", "stub-large", [choice | {"delta": delta}])),
                sse("[DONE]"),
            ),
        )

    @classmethod
    def bad_chunk(cls, text: str = "Hello Ada") -> Self:
        """Send something that is not JSON: as the body, or after the first word of the stream."""
        return cls._interrupted(text, b'{"id": "stub", "choi', b'data: {"id": "stub", "choi\n\n')

    @classmethod
    def error_event(cls, error: Any = "backend_overloaded", text: str = "Hello Ada") -> Self:
        """Answer 200 with `{"error": error}` as the body, or after the first word of the stream."""
        value = {"error": error, "code": 500}
        return cls._interrupted(text, json.dumps(value).encode(), sse(value))

    @classmethod
    def drop(cls, *, reset: bool = False) -> Self:
        """End the connection instead of answering."""
        return cls(before=(Act.RESET if reset else Act.CLOSE,))

    @classmethod
    def drop_midway(cls, text: str = "Hello Ada", *, reset: bool = False) -> Self:
        return cls.answer(text).cut(Act.RESET if reset else Act.CLOSE)

    @classmethod
    def stall(cls) -> Self:
        """Say nothing until the client leaves."""
        return cls(before=(Act.STALL,))

    @classmethod
    def stall_midway(cls, text: str = "Hello Ada") -> Self:
        return cls.answer(text).cut(Act.STALL)

    @classmethod
    def huge(cls, megabytes: int) -> Self:
        """Answer with that many megabytes of text, streamed in pieces of 16 kB."""
        piece = "0123456789abcde " * 1024
        pieces = [piece] * (megabytes * 64)
        return cls.answer("".join(pieces), pieces=pieces)

    def after(self, delay_s: float | Callable[[], float]) -> Self:
        """Wait before the head."""
        return replace(self, before=(delay_s, *self.before))

    def gated(self) -> Self:
        """Wait before the head until the test calls `release`."""
        return replace(self, before=(Act.GATE, *self.before))

    def cut(self, *acts: Act, words: int = 1) -> Self:
        """Do `acts` after so many words of the stream; a plain body is cut in its middle."""
        streamed = self.streamed and self.streamed.cut(1 + words, acts)
        return replace(self, body=self.body.cut(1, acts), streamed=streamed)

    def split(self, size: int, pause_s: float = 0.001) -> Self:
        """Send the body in pieces of `size` bytes that respect no border."""
        streamed = self.streamed and self.streamed.split(size, pause_s)
        return replace(self, body=self.body.split(size, pause_s), streamed=streamed)

    def with_headers(self, headers: Mapping[str, str]) -> Self:
        return replace(self, headers={**self.headers, **headers})

    def body_for(self, request: RequestSeen) -> Body:
        """Choose the body that the request asks for."""
        if self.streamed is None or not request.wants_stream:
            return self.body
        parts = [
            part.data if isinstance(part, UsageEvent) else part
            for part in self.streamed.parts
            if request.wants_usage or not isinstance(part, UsageEvent)
        ]
        return replace(self.streamed, parts=tuple(parts))

    @classmethod
    def _interrupted(cls, text: str, whole: bytes, event: bytes) -> Self:
        streamed = cls.answer(text).streamed
        assert streamed is not None
        return cls(Body("application/json", (whole,)), streamed.cut(2, (event,)))


Script = Callable[[RequestSeen], Reply] | Sequence[Reply]


def sse(value: Any, newline: str = "\n") -> bytes:
    """One server-sent event with `value` as JSON, or as it is when it is a string."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"data: {text}{newline}{newline}".encode()


class _Reader(asyncio.StreamReader):
    """A reader that says when the client has left, also while nobody reads."""

    def __init__(self, on_left: Callable[[], None]) -> None:
        super().__init__()
        self._on_left = on_left
        self.has_left = False

    def feed_eof(self) -> None:
        super().feed_eof()
        self._leave()

    def set_exception(self, exc: Exception) -> None:
        super().set_exception(exc)
        self._leave()

    def _leave(self) -> None:
        if not self.has_left:
            self.has_left = True
            self._on_left()


class _Connection:
    """One client connection: its streams, and the one thing that it may be waiting for."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.reader = _Reader(self.wake)
        self._waiting: asyncio.Future[None] | None = None

    async def wait(self, seconds: float | None = None) -> None:
        """Return when `wake` is called, the client has left or `seconds` have passed."""
        if self.reader.has_left:
            return
        loop = asyncio.get_running_loop()
        self._waiting = loop.create_future()
        timer = loop.call_later(seconds, self.wake) if seconds is not None else None
        try:
            await self._waiting
        finally:
            self._waiting = None
            if timer:
                timer.cancel()

    def wake(self) -> None:
        if self._waiting and not self._waiting.done():
            self._waiting.set_result(None)


class _DroppedError(Exception):
    """The reply ended the connection."""


class StubApi:
    """The server, in the running loop. What fails in the script is raised on leaving the `async with`.

    `seen` holds every request, `completions` those to `/chat/completions`, which alone are scripted and
    counted as in flight. `GET /models` answers `models`, any other path 404.
    """

    def __init__(
        self,
        script: Script,
        *,
        models: Reply | None = None,
        port: int = 0,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._script = script
        self._tls = tls
        self._models = models or Reply.json(MODELS)
        self.seen: list[RequestSeen] = []
        self.completions: list[RequestSeen] = []
        self.in_flight = 0
        self.peak_in_flight = 0
        self.connections_opened = 0
        self.port = port
        self._gate_is_open = False
        self._at_gate: deque[_Connection] = deque()
        self._writers: set[asyncio.StreamWriter] = set()
        self._handlers: set[asyncio.Task[None]] = set()
        self._waiters: list[tuple[Callable[[StubApi], object], asyncio.Future[None]]] = []
        self._errors: list[Exception] = []

    @property
    def base_url(self) -> str:
        return f"http{'s' if self._tls else ''}://127.0.0.1:{self.port}{ROOT}"

    async def wait_for(self, condition: Callable[[StubApi], object], timeout_s: float = GUARD_S) -> None:
        """Wait until `condition(self)` is true; it is looked at after each event of the server.

        Raises `TimeoutError` with a summary of what was seen.
        """
        if condition(self):
            return
        waiter = condition, asyncio.get_running_loop().create_future()
        self._waiters.append(waiter)
        try:
            async with asyncio.timeout(timeout_s):
                await waiter[1]
        except TimeoutError:
            raise TimeoutError(f"not within {timeout_s:g} s: {self._summary()}") from None
        finally:
            self._waiters.remove(waiter)

    def release(self, count: int | None = None) -> None:
        """Let the `count` replies that waited longest pass the gate; without a count, open it for good."""
        if count is None:
            self._gate_is_open = True
            count = len(self._at_gate)
        if count > len(self._at_gate):
            raise ValueError(f"{count} to release, but {self._summary()}")
        for _ in range(count):
            self._at_gate.popleft().wake()

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            self._new_protocol, "127.0.0.1", self.port, backlog=4096, ssl=self._tls
        )
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for writer in self._writers:
            writer.transport.abort()
        if self._handlers:
            await asyncio.wait(self._handlers)
        await self._server.wait_closed()
        if self._errors:
            raise ExceptionGroup("the script of the stub server failed", self._errors)

    def _new_protocol(self) -> asyncio.StreamReaderProtocol:
        self.connections_opened += 1
        connection = _Connection(self.connections_opened)

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            self._handlers.add(task)
            self._writers.add(writer)
            self._notify()
            try:
                await self._serve(connection, writer)
            except Exception as error:  # noqa: BLE001 - kept, and raised when the server stops
                self._errors.append(error)
            finally:
                self._writers.discard(writer)
                self._handlers.discard(task)
                writer.close()

        return asyncio.StreamReaderProtocol(connection.reader, serve)

    async def _serve(self, connection: _Connection, writer: asyncio.StreamWriter) -> None:
        with suppress(_DroppedError, ConnectionError, asyncio.IncompleteReadError):
            while self._server.is_serving():
                request = await self._receive(connection)
                await self._exchange(request, connection, writer)
                if request.headers.get("connection", "").lower() == "close":
                    return

    async def _receive(self, connection: _Connection) -> RequestSeen:
        head = (await connection.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.rstrip("\r\n").split("\r\n")
        method, path, _version = first.split(" ")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        body = await connection.reader.readexactly(int(headers.get("content-length", "0")))
        return RequestSeen(connection.number, method, path, headers, body, time.monotonic())

    async def _exchange(
        self, request: RequestSeen, connection: _Connection, writer: asyncio.StreamWriter
    ) -> None:
        is_completion = (request.method, request.path) == ("POST", f"{ROOT}/chat/completions")
        self.seen.append(request)
        if is_completion:
            self.completions.append(request)
            self.in_flight += 1
            self.peak_in_flight = max(self.peak_in_flight, self.in_flight)
        self._notify()
        try:
            await self._send(self._reply_to(request, is_completion), request, connection, writer)
            request.finished = True
        except ConnectionError:
            request.client_left = True
            raise
        finally:
            request.left_at = time.monotonic()
            if is_completion:
                self.in_flight -= 1
            self._notify()

    def _reply_to(self, request: RequestSeen, is_completion: bool) -> Reply:
        if is_completion:
            if callable(self._script):
                return self._script(request)
            return self._script[min(len(self.completions), len(self._script)) - 1]
        if (request.method, request.path) == ("GET", f"{ROOT}/models"):
            return self._models
        return Reply.error(
            404, {"error": "not_found", "code": 404, "detail": f"No API endpoint at {request.path}"}
        )

    async def _send(
        self, reply: Reply, request: RequestSeen, connection: _Connection, writer: asyncio.StreamWriter
    ) -> None:
        for part in reply.before:
            await self._do(part, request, connection, writer)
        body = reply.body_for(request)
        length = sum(len(part) for part in body.parts if isinstance(part, bytes))
        headers = {
            "Content-Type": body.content_type,
            **({"Transfer-Encoding": "chunked"} if body.chunked else {"Content-Length": str(length)}),
            **reply.headers,
        }
        phrase = HTTPStatus(reply.status).phrase
        lines = [
            f"HTTP/1.1 {reply.status} {phrase}",
            *(f"{name}: {value}" for name, value in headers.items()),
        ]
        request.answered_at = time.monotonic()
        writer.write("\r\n".join([*lines, "", ""]).encode("latin-1"))
        for part in body.parts:
            await self._do(part, request, connection, writer, chunked=body.chunked)
        if body.chunked:
            writer.write(b"0\r\n\r\n")
        await writer.drain()

    async def _do(
        self,
        part: Part,
        request: RequestSeen,
        connection: _Connection,
        writer: asyncio.StreamWriter,
        *,
        chunked: bool = False,
    ) -> None:
        if isinstance(part, bytes):
            writer.write(b"%x\r\n%b\r\n" % (len(part), part) if chunked else part)
            await writer.drain()
            request.body_bytes_sent += len(part)
            self._notify()
        elif isinstance(part, float | int):
            await connection.wait(part)
        elif callable(part):
            await connection.wait(part())
        elif part in (Act.GATE, Act.STALL):
            await self._hold(part, request, connection)
        else:
            if part is Act.RESET:
                _reset_on_close(writer)
            raise _DroppedError
        if connection.reader.has_left:
            raise ConnectionAbortedError("the client left")

    async def _hold(self, part: Part, request: RequestSeen, connection: _Connection) -> None:
        if part is Act.GATE:
            if self._gate_is_open:
                return
            self._at_gate.append(connection)
        request.is_held = True
        self._notify()
        await connection.wait()
        request.is_held = False
        with suppress(ValueError):  # released already, or never at the gate
            self._at_gate.remove(connection)

    def _notify(self) -> None:
        for condition, waiter in self._waiters:
            if not waiter.done():
                try:
                    if condition(self):
                        waiter.set_result(None)
                except Exception as error:  # noqa: BLE001 - raised in `wait_for`
                    waiter.set_exception(error)

    def _summary(self) -> str:
        held = sum(request.is_held for request in self.seen)
        left = sum(request.client_left for request in self.seen)
        return f"{len(self.seen)} seen, {self.in_flight} in flight, {held} held, {left} left by the client"


class StubApiThread:
    """A `StubApi` in another thread, seen from a test that blocks."""

    def __init__(self, api: StubApi, loop: asyncio.AbstractEventLoop) -> None:
        self._api = api
        self._loop = loop

    @property
    def base_url(self) -> str:
        return self._api.base_url

    @property
    def port(self) -> int:
        return self._api.port

    @property
    def seen(self) -> list[RequestSeen]:
        return self._api.seen

    @property
    def completions(self) -> list[RequestSeen]:
        return self._api.completions

    @property
    def in_flight(self) -> int:
        return self._api.in_flight

    @property
    def peak_in_flight(self) -> int:
        return self._api.peak_in_flight

    def wait_for(self, condition: Callable[[StubApi], object], timeout_s: float = GUARD_S) -> None:
        """Block until `condition(api)` is true; it is evaluated in the server's thread."""
        asyncio.run_coroutine_threadsafe(self._api.wait_for(condition, timeout_s), self._loop).result()

    def release(self, count: int | None = None) -> None:
        async def release() -> None:
            self._api.release(count)

        asyncio.run_coroutine_threadsafe(release(), self._loop).result()


@contextmanager
def stub_api_thread(
    script: Script, *, models: Reply | None = None, port: int = 0, tls: ssl.SSLContext | None = None
) -> Iterator[StubApiThread]:
    """Run a `StubApi` in a thread with a loop of its own. The script is called in that thread."""
    started: Future[tuple[StubApiThread, asyncio.Event]] = Future()
    ended: Future[None] = Future()

    async def serve() -> None:
        async with StubApi(script, models=models, port=port, tls=tls) as api:
            stop = asyncio.Event()
            started.set_result((StubApiThread(api, asyncio.get_running_loop()), stop))
            await stop.wait()

    def run() -> None:
        try:
            asyncio.run(serve())
        except BaseException as error:  # noqa: BLE001 - raised in the test's thread
            (ended if started.done() else started).set_exception(error)
        else:
            ended.set_result(None)

    thread = threading.Thread(target=run, name="stub api")
    thread.start()
    api, stop = started.result()
    try:
        yield api
    finally:
        api._loop.call_soon_threadsafe(stop.set)
        thread.join()
        ended.result()


def _words(text: str) -> list[str]:
    """Cut a text into words that keep their space, so that they join to the same text."""
    first, *others = text.split(" ")
    return [first, *(f" {word}" for word in others)]


def _completion(kind: str, model: str, choices: list[Any]) -> dict[str, Any]:
    return {"id": "stub", "object": kind, "created": 1_700_000_000, "model": model, "choices": choices}


def _reset_on_close(writer: asyncio.StreamWriter) -> None:
    linger = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
