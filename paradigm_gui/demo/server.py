"""The demo server's HTTP: Paradigm's paths and shapes, simulated answers, the pace of `Capacity`."""

from __future__ import annotations

import asyncio
import bisect
import json
import math
import random
import re
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from aiohttp import web

from paradigm_gui.demo.answers import answer
from paradigm_gui.demo.capacity import Capacity, Job, work_for
from paradigm_gui.demo.structured import structured

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

HOST = "127.0.0.1"
PREFIX = "/api/v2"
LARGEST_BODY = 16 * 1024 * 1024
REFUSED_KEY = "wrong"

_CHARACTERS_PER_TOKEN = 4
_FIRST_TOKEN_SHARE = 0.35
_PIECES_BEFORE_STALL = 3
# Writing costs this process and its client the same for one word as for ten: beyond this many chunks
# a second, over all streams, words go out several at a time.
_CHUNKS_PER_SECOND = 4000
# The most connections waiting to be accepted; a burst beyond it would be retried after a whole second.
_BACKLOG = 2048
# Answers in flight when the server ends are cut off, not waited for.
_SHUTDOWN_TIMEOUT_S = 0.1

_PROMPT_TEMPLATE = (
    "{% if messages[0]['role'] == 'system' %}<|system|>\n{{ messages[0]['content'] }}\n"
    "{% set messages = messages[1:] %}{% endif %}"
    "{% for message in messages %}<|{{ message['role'] }}|>\n{{ message['content'] | trim }}\n<|end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|assistant|>\n{% endif %}"
)
_CHAT_MODEL = "Large Language Model"
MODELS: tuple[dict[str, Any], ...] = (
    {
        "name": "alfred-demo",
        "model_type": _CHAT_MODEL,
        "enabled": True,
        "deployment_type": "demo",
        "prompt_template": _PROMPT_TEMPLATE,
    },
    {
        "name": "alfred-demo-mini",
        "model_type": _CHAT_MODEL,
        "enabled": True,
        "deployment_type": "demo",
        "prompt_template": _PROMPT_TEMPLATE,
    },
    {
        "name": "embed-demo",
        "model_type": "Embedding Model",
        "enabled": True,
        "deployment_type": "demo",
        "prompt_template": None,
    },
    {
        "name": "alfred-demo-retired",
        "model_type": _CHAT_MODEL,
        "enabled": False,
        "deployment_type": "demo",
        "prompt_template": _PROMPT_TEMPLATE,
    },
)

_ERROR_NAMES = {
    HTTPStatus.BAD_REQUEST: "bad_request",
    HTTPStatus.UNAUTHORIZED: "unauthorized",
    HTTPStatus.NOT_FOUND: "not_found",
    HTTPStatus.METHOD_NOT_ALLOWED: "method_not_allowed",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "payload_too_large",
    HTTPStatus.TOO_MANY_REQUESTS: "rate_limited",
    HTTPStatus.INTERNAL_SERVER_ERROR: "internal_error",
}


class ApiError(Exception):
    """Answered as JSON in Paradigm's shape."""

    def __init__(self, status: int, detail: str = "", headers: dict[str, str] | None = None) -> None:
        super().__init__(f"{status} {detail}")
        self.status = status
        self.detail = detail
        self.headers = headers

    def response(self) -> web.Response:
        status = HTTPStatus(self.status)
        body: dict[str, object] = {
            "error": _ERROR_NAMES.get(status, status.name.lower()),
            "code": self.status,
        }
        if self.detail:
            body["detail"] = self.detail
        return _json_response(body, status=self.status, headers=self.headers)


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How the server answers. The rates are shares of all requests, and exclude each other."""

    seed: int = 0
    refuse_rate: float = 0.0
    fail_rate: float = 0.0
    stall_rate: float = 0.0


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """The part of a chat completion's body that the demo heeds."""

    model: str
    prompt: str
    system: str
    prompt_tokens: int
    max_tokens: int | None
    is_streamed: bool
    wants_usage: bool
    schema: object

    @classmethod
    def from_body(cls, body: bytes) -> ChatRequest:
        """Read and check a body; raise `ApiError` for what Paradigm would refuse."""
        try:
            data = json.loads(body)
        except (ValueError, RecursionError):
            raise ApiError(HTTPStatus.BAD_REQUEST, "The body is not valid JSON.") from None
        if not isinstance(data, dict):
            raise ApiError(HTTPStatus.BAD_REQUEST, "The body must be a JSON object.")
        texts = _texts_of(data.get("messages"))
        options = data.get("stream_options") or {}
        if not isinstance(options, dict):
            raise ApiError(HTTPStatus.BAD_REQUEST, "'stream_options' must be an object.")
        return cls(
            model=_checked_model(data.get("model")),
            prompt=next((text for role, text in reversed(texts) if role == "user"), ""),
            system="\n".join(text for role, text in texts if role in ("system", "developer")),
            prompt_tokens=sum(_tokens(text) for _, text in texts),
            max_tokens=_checked_max_tokens(data),
            is_streamed=data.get("stream") is True,
            wants_usage=options.get("include_usage") is True,
            schema=_schema_of(data.get("response_format")),
        )


class DemoServer:
    """Answers chat completions at the pace of `capacity`."""

    def __init__(self, behaviour: Behaviour, capacity: Capacity) -> None:
        self._behaviour = behaviour
        self._capacity = capacity
        self._requests = 0

    def application(self) -> web.Application:
        application = web.Application(middlewares=[_answer_errors_as_json], client_max_size=LARGEST_BODY)
        application.router.add_get(PREFIX + "/models", self._list_models)
        application.router.add_post(PREFIX + "/chat/completions", self._complete)
        return application

    async def _list_models(self, request: web.Request) -> web.StreamResponse:
        return _json_response({"object": "list", "data": MODELS})

    async def _complete(self, request: web.Request) -> web.StreamResponse:
        chat = ChatRequest.from_body(await request.read())
        self._requests += 1
        is_stalled = self._draw_stall_or_raise(self._requests)
        reply = _Reply(chat, self._behaviour.seed, f"chatcmpl-demo-{self._requests}")
        with self._capacity.admit() as job:
            if chat.is_streamed:
                return await self._stream(request, reply, job, is_stalled=is_stalled)
            if is_stalled:
                await _hang()
            await job.reach(reply.due_at[-1])
        return _json_response(reply.completion())

    def _draw_stall_or_raise(self, ordinal: int) -> bool:
        """Decide the fate of a request by its ordinal: refused and failed ones raise."""
        behaviour = self._behaviour
        draw = random.Random(f"{behaviour.seed} fate {ordinal}").random()
        if draw < behaviour.refuse_rate:
            detail = "Too many requests. Try again in 1 second."
            raise ApiError(HTTPStatus.TOO_MANY_REQUESTS, detail, {"Retry-After": "1"})
        draw -= behaviour.refuse_rate
        if draw < behaviour.fail_rate:
            raise ApiError(HTTPStatus.INTERNAL_SERVER_ERROR, "The model failed to answer.")
        return draw - behaviour.fail_rate < behaviour.stall_rate

    async def _stream(
        self, request: web.Request, reply: _Reply, job: Job, *, is_stalled: bool
    ) -> web.StreamResponse:
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-cache"}
        )
        await response.prepare(request)
        pieces, due_at = reply.pieces, reply.due_at
        opening = reply.chunk({"role": "assistant", "content": ""})
        written, received = 0, 0.0
        end = min(_PIECES_BEFORE_STALL, len(pieces)) if is_stalled else len(pieces)
        while written < end:
            least_gap = self._capacity.rate * self._capacity.in_flight / _CHUNKS_PER_SECOND
            received = await job.reach(max(due_at[written], min(received + least_gap, due_at[end - 1])))
            until = bisect.bisect_right(due_at, received, hi=end)
            await response.write(opening + reply.chunk({"content": "".join(pieces[written:until])}))
            written, opening = until, b""
        if is_stalled:
            await _hang()
        await response.write(reply.closing())
        return response


class _Reply:
    """One answer: its words, when each is due, and its wire forms."""

    def __init__(self, chat: ChatRequest, seed: int, identifier: str) -> None:
        if chat.schema is None:
            whole = answer(chat.prompt, chat.system, seed)
        else:
            whole = structured(chat.schema, chat.prompt, seed)
        text = whole if chat.max_tokens is None else whole[: chat.max_tokens * _CHARACTERS_PER_TOKEN]
        self._chat = chat
        self._text = text
        self._finish_reason = "stop" if text == whole else "length"
        self._common = {"id": identifier, "created": int(time.time()), "model": chat.model}
        self.pieces = _pieces(text)
        self.due_at = _due_times(work_for(chat.prompt, seed), len(self.pieces), len(_pieces(whole)))

    def completion(self) -> dict[str, object]:
        message = {"role": "assistant", "content": self._text}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": self._finish_reason}
        return self._common | {
            "object": "chat.completion",
            "choices": [choice],
            "usage": self._usage(),
        }

    def chunk(self, delta: dict[str, str], finish_reason: str | None = None) -> bytes:
        return self._event([{"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}])

    def closing(self) -> bytes:
        """Make what follows the last word: the finish reason, the usage when asked for, the end mark."""
        usage = self._event([], usage=self._usage()) if self._chat.wants_usage else b""
        return self.chunk({}, self._finish_reason) + usage + b"data: [DONE]\n\n"

    def _event(self, choices: list[dict[str, object]], **more: object) -> bytes:
        event = self._common | {"object": "chat.completion.chunk", "choices": choices} | more
        return b"data: " + _json_bytes(event) + b"\n\n"

    def _usage(self) -> dict[str, int]:
        completion_tokens = _tokens(self._text)
        return {
            "prompt_tokens": self._chat.prompt_tokens,
            "completion_tokens": completion_tokens,
            "total_tokens": self._chat.prompt_tokens + completion_tokens,
        }


async def start(application: web.Application, port: int) -> tuple[web.AppRunner, str]:
    """Serve on a loopback port, 0 for a free one; return the runner to clean up and the base URL."""
    runner = web.AppRunner(
        application, access_log=None, handler_cancellation=True, shutdown_timeout=_SHUTDOWN_TIMEOUT_S
    )
    await runner.setup()
    try:
        await web.TCPSite(runner, HOST, port, backlog=_BACKLOG).start()
    except OSError:
        await runner.cleanup()
        raise
    return runner, f"http://{HOST}:{runner.addresses[0][1]}{PREFIX}"


@web.middleware
async def _answer_errors_as_json(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    try:
        if request.headers.get("Authorization") == f"Bearer {REFUSED_KEY}":
            raise ApiError(HTTPStatus.UNAUTHORIZED)
        return await handler(request)
    except ApiError as error:
        return error.response()
    except web.HTTPNotFound:
        return ApiError(HTTPStatus.NOT_FOUND, f"No API endpoint at {request.path}.").response()
    except web.HTTPException as error:
        return ApiError(error.status, error.text or "").response()


async def _hang() -> None:
    """Wait until the client leaves, which cancels the handler."""
    await asyncio.get_running_loop().create_future()


def _texts_of(messages: object) -> list[tuple[str, str]]:
    if not isinstance(messages, list) or not messages:
        raise ApiError(HTTPStatus.BAD_REQUEST, "'messages' must be a list with at least one message.")
    texts = []
    for number, message in enumerate(messages, 1):
        role = message.get("role") if isinstance(message, dict) else None
        content = message.get("content") if isinstance(message, dict) else None
        if isinstance(content, list):
            content = _text_of_parts(content)
        if not isinstance(role, str) or not isinstance(content, str):
            detail = f"Message {number} needs a 'role' and a 'content' of text."
            raise ApiError(HTTPStatus.BAD_REQUEST, detail)
        texts.append((role, _without_lone_surrogates(content)))
    return texts


def _text_of_parts(parts: Sequence[object]) -> str | None:
    texts = [part.get("text") for part in parts if isinstance(part, dict) and part.get("type") == "text"]
    if len(texts) != len(parts) or not all(isinstance(text, str) for text in texts):
        return None
    return "".join(str(text) for text in texts)


def _checked_model(model: object) -> str:
    if not isinstance(model, str) or not model:
        raise ApiError(HTTPStatus.BAD_REQUEST, "'model' must name a model.")
    entry = next((entry for entry in MODELS if entry["name"] == model), None)
    if entry is None:
        raise ApiError(HTTPStatus.NOT_FOUND, f"Model '{model}' does not exist.")
    if entry["model_type"] != _CHAT_MODEL:
        raise ApiError(HTTPStatus.BAD_REQUEST, f"Model '{model}' is not a chat model.")
    if not entry["enabled"]:
        raise ApiError(HTTPStatus.BAD_REQUEST, f"Model '{model}' is disabled.")
    return model


def _checked_max_tokens(data: dict[str, object]) -> int | None:
    for key in ("max_completion_tokens", "max_tokens"):
        value = data.get(key)
        if value is None:
            continue
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise ApiError(HTTPStatus.BAD_REQUEST, f"'{key}' must be a whole number of at least 1.")
        return value
    return None


def _schema_of(response_format: object) -> object:
    """The schema that the answer is to match; `None` where a request names none."""
    if not isinstance(response_format, dict) or response_format.get("type") != "json_schema":
        return None
    asked = response_format.get("json_schema")
    return asked.get("schema") if isinstance(asked, dict) else None


def _due_times(work: float, pieces: int, pieces_of_whole: int) -> list[float]:
    """Spread the pieces over the work: the first after its share, the last of the whole answer at the end."""
    step = work * (1 - _FIRST_TOKEN_SHARE) / max(1, pieces_of_whole - 1)
    return [work * _FIRST_TOKEN_SHARE + step * index for index in range(pieces)]


def _pieces(text: str) -> list[str]:
    """Split a text into words that keep the space before them."""
    return re.findall(r"\s*\S+|\s+", text)


def _tokens(text: str) -> int:
    return math.ceil(len(text) / _CHARACTERS_PER_TOKEN)


def _without_lone_surrogates(text: str) -> str:
    """Replace what JSON's escapes can express and UTF-8 cannot."""
    return text.encode(errors="replace").decode()


def _json_bytes(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")


def _json_response(
    value: object, *, status: int = HTTPStatus.OK, headers: dict[str, str] | None = None
) -> web.Response:
    return web.Response(
        body=_json_bytes(value), status=status, headers=headers, content_type="application/json"
    )
