"""Chat completions through `AsyncOpenAI`, with every failure named for what it was.

The SDK's own retries are off: the runner owns them. Importing `openai` costs most of a second, so it
happens when the first client is made (see `preload`).
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import socket
import ssl
import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from paradigm_gui.core.batch import Completion
from paradigm_gui.core.errors import ErrorKind, ExchangeError, RequestError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Mapping

    import httpx2
    import openai
    from openai.types.chat import ChatCompletion

    from paradigm_gui.core.batch import Limits, Parameters
    from paradigm_gui.core.endpoints import Endpoint

MESSAGE_LENGTH = 500

_KIND_OF_STATUS = {
    400: ErrorKind.BAD_REQUEST,
    401: ErrorKind.UNAUTHORIZED,
    403: ErrorKind.FORBIDDEN,
    404: ErrorKind.NOT_FOUND,
    408: ErrorKind.TIMEOUT_TOTAL,
    409: ErrorKind.CONFLICT,
    422: ErrorKind.UNPROCESSABLE,
    429: ErrorKind.RATE_LIMITED,
}


def preload() -> None:
    """Import the SDK and let it build its types, so that the first request does not pay for it."""
    import openai.lib.streaming.chat
    import openai.resources.chat.completions  # noqa: F401
    from openai.types.chat import ChatCompletion, ChatCompletionChunk

    choice: Any = {"index": 0, "delta": {"content": ""}}
    ChatCompletionChunk.construct(
        id="", choices=[choice], created=0, model="", object="chat.completion.chunk"
    )
    ChatCompletion.construct(id="", choices=[], created=0, model="", object="chat.completion")


@contextlib.contextmanager
def _without_openai_variables() -> Iterator[None]:
    """Hide `OPENAI_*`: the SDK would send another vendor's key, organisation and headers to this host."""
    hidden = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("OPENAI_")}
    try:
        yield
    finally:
        os.environ.update(hidden)


class ChatClient:
    """Talks to one endpoint with one key. `close` it when done; it belongs to one event loop.

    Nothing may print or dump this object: the SDK's client keeps the key in its attributes.
    """

    def __init__(self, endpoint: Endpoint, key: str | None, limits: Limits) -> None:
        import httpx2
        import openai

        self._limits = limits
        # the SDK insists on a key; without one, the header that would carry it is left out of each request
        self._headers: Any = {} if key else {"Authorization": openai.Omit()}
        pool = httpx2.Limits(max_connections=limits.cap + 8, keepalive_expiry=60.0)
        timeout = httpx2.Timeout(None, connect=limits.connect_timeout_s, pool=limits.connect_timeout_s)
        with _without_openai_variables():
            self._client = openai.AsyncOpenAI(
                api_key=key or "none",
                base_url=endpoint.base_url,
                max_retries=0,
                http_client=openai.DefaultAioHttpClient(
                    limits=pool,
                    timeout=timeout,
                    # the key goes to the endpoint's host and to no other
                    follow_redirects=False,
                ),
                timeout=timeout,
            )

    async def close(self) -> None:
        await self._client.close()

    async def complete(
        self, parameters: Parameters, prompt: str, on_text: Callable[[str], None]
    ) -> Completion:
        """Make one chat completion; raises `ExchangeError`."""
        messages: list[dict[str, str]] = []
        if parameters.system:
            messages.append({"role": "system", "content": parameters.system})
        messages.append({"role": "user", "content": prompt})
        body: dict[str, Any] = {
            "model": parameters.model,
            "messages": messages,
            "extra_headers": self._headers,
        }
        if parameters.temperature is not None:
            body["temperature"] = parameters.temperature
        if parameters.max_tokens is not None:
            body["max_tokens"] = parameters.max_tokens
        with _named_failures():
            if parameters.streaming:
                return await self._stream(body, on_text)
            async with _deadline(self._limits.total_timeout_s, ErrorKind.TIMEOUT_TOTAL):
                return _completion_of(await self._client.chat.completions.create(**body))

    async def _stream(self, body: dict[str, Any], on_text: Callable[[str], None]) -> Completion:
        limits = self._limits
        parts: list[str] = []
        finish_reason: str | None = None
        usage = None
        model = body["model"]
        async with (
            _deadline(limits.total_timeout_s, ErrorKind.TIMEOUT_TOTAL),
            _deadline(limits.first_token_timeout_s, ErrorKind.TIMEOUT_FIRST_TOKEN) as patience,
            await self._client.chat.completions.create(
                **body, stream=True, stream_options={"include_usage": True}
            ) as stream,
        ):
            media_type = stream.response.headers.get("content-type", "").partition(";")[0].strip()
            if media_type != "text/event-stream":
                return await _answered_without_stream(stream.response, media_type)
            async for chunk in stream:
                patience.extend(limits.between_tokens_timeout_s)
                usage = chunk.usage or usage
                model = chunk.model or model
                for choice in chunk.choices or ():
                    if choice.delta and choice.delta.content:
                        patience.kind = ErrorKind.TIMEOUT_BETWEEN_TOKENS
                        parts.append(choice.delta.content)
                        on_text(choice.delta.content)
                    finish_reason = choice.finish_reason or finish_reason
        if finish_reason is None:
            raise ExchangeError(RequestError(ErrorKind.TRUNCATED))
        return Completion(
            "".join(parts),
            finish_reason,
            model,
            usage.prompt_tokens if usage else None,
            usage.completion_tokens if usage else None,
        )

    async def models(self) -> list[str]:
        """The names of the chat models that the server offers; raises `ExchangeError`.

        Reads `id` or `name`, since Paradigm's entries have no `id`. Embedding models and disabled ones
        are left out.
        """
        import httpx2

        with _named_failures():
            async with _deadline(self._limits.connect_timeout_s * 2, ErrorKind.TIMEOUT_TOTAL):
                response = await self._client.get(
                    "/models", cast_to=httpx2.Response, options={"headers": self._headers}
                )
        try:
            entries = response.json()["data"]
            return sorted(
                {
                    str(entry.get("id") or entry["name"])
                    for entry in entries
                    if entry.get("enabled", True) and "embed" not in str(entry.get("model_type", "")).lower()
                }
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ExchangeError(_not_an_api(response)) from error


class _Deadline:
    """A timeout that can be put off, and that knows what it is called when it strikes."""

    def __init__(self, timeout: asyncio.Timeout, kind: ErrorKind) -> None:
        self.kind = kind
        self._timeout = timeout

    def extend(self, seconds: float) -> None:
        self._timeout.reschedule(asyncio.get_running_loop().time() + seconds)


class _DeadlinePassed(Exception):  # noqa: N818 - not an error of the program
    def __init__(self, kind: ErrorKind) -> None:
        super().__init__(kind)
        self.kind = kind


@contextlib.asynccontextmanager
async def _deadline(seconds: float, kind: ErrorKind) -> AsyncIterator[_Deadline]:
    timeout = asyncio.timeout(seconds)
    deadline = _Deadline(timeout, kind)
    try:
        async with timeout:
            yield deadline
    except TimeoutError as error:
        if not timeout.expired():
            raise
        raise _DeadlinePassed(deadline.kind) from error


def _completion_of(answer: ChatCompletion) -> Completion:
    from openai.types.chat import ChatCompletion

    # the SDK hands a body that is not JSON through as a str
    if not isinstance(answer, ChatCompletion):
        raise ExchangeError(RequestError(ErrorKind.NOT_AN_API, _readable(str(answer)), 200))
    if not answer.choices:
        raise ExchangeError(RequestError(ErrorKind.EMPTY_CHOICES, http_status=200))
    choice = answer.choices[0]
    if choice.message is None:
        raise ExchangeError(RequestError(ErrorKind.NOT_AN_API, http_status=200))
    return Completion(
        choice.message.content or "",
        choice.finish_reason or "stop",
        answer.model or "",
        answer.usage.prompt_tokens if answer.usage else None,
        answer.usage.completion_tokens if answer.usage else None,
    )


async def _answered_without_stream(response: httpx2.Response, media_type: str) -> Completion:
    """Some servers ignore `stream` and answer in one piece; others send a login page."""
    from openai.types.chat import ChatCompletion

    await response.aread()
    try:
        data = json.loads(response.text)
    except ValueError as error:
        raise ExchangeError(_not_an_api(response)) from error
    if media_type != "application/json" or not isinstance(data, dict) or "choices" not in data:
        raise ExchangeError(_not_an_api(response))
    return _completion_of(ChatCompletion.construct(**data))


def _not_an_api(response: httpx2.Response) -> RequestError:
    return RequestError(ErrorKind.NOT_AN_API, _readable(response.text), response.status_code)


@contextlib.contextmanager
def _named_failures() -> Iterator[None]:
    """Turn whatever the SDK and its transport raise into an `ExchangeError` of the right kind."""
    import openai

    try:
        yield
    except _DeadlinePassed as error:
        raise ExchangeError(RequestError(error.kind)) from error
    except openai.APIStatusError as error:
        raise ExchangeError(_from_status(error.response)) from error
    except openai.APIConnectionError as error:
        kind = _kind_of_connection_error(error)
        raise ExchangeError(RequestError(kind, _innermost_words(error))) from error
    except openai.APIResponseValidationError as error:
        raise ExchangeError(RequestError(ErrorKind.NOT_AN_API, http_status=error.status_code)) from error
    except openai.APIError as error:  # an error event inside a stream that began with status 200
        raise ExchangeError(RequestError(ErrorKind.STREAM_ERROR, _cut(error.message))) from error
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise ExchangeError(RequestError(ErrorKind.BAD_CHUNK)) from error


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__


def _kind_of_connection_error(error: openai.APIConnectionError) -> ErrorKind:
    """Name what really happened: the aiohttp transport calls dropped connections and bad certificates
    a timeout, so the answer lies in the chain of causes.
    """
    import aiohttp

    chain = list(_causes(error))

    def has(*types: type[BaseException]) -> bool:
        return any(isinstance(cause, types) for cause in chain)

    if has(ssl.SSLError, ssl.CertificateError, aiohttp.ClientSSLError):
        return ErrorKind.TLS
    if has(aiohttp.ClientHttpProxyError, aiohttp.ClientProxyConnectionError):
        return ErrorKind.PROXY
    if has(socket.gaierror, aiohttp.ClientConnectorDNSError):
        return ErrorKind.DNS
    if has(aiohttp.ClientConnectorError, ConnectionRefusedError):
        return ErrorKind.CONNECT
    if has(aiohttp.ServerTimeoutError):
        return ErrorKind.TIMEOUT_CONNECT
    if has(aiohttp.ClientConnectionError, aiohttp.ClientPayloadError, ConnectionError):
        return ErrorKind.DROPPED
    return ErrorKind.CONNECT


def _innermost_words(error: BaseException) -> str:
    """The most telling text of a chain of causes: the deepest one that says anything."""
    return _cut(next((str(cause) for cause in reversed(list(_causes(error))) if str(cause)), ""))


def _from_status(response: httpx2.Response) -> RequestError:
    status = response.status_code
    kind = _KIND_OF_STATUS.get(status, ErrorKind.HTTP_ERROR)
    if status >= 500:
        kind = ErrorKind.SERVER_ERROR
    elif 300 <= status < 400:
        kind = ErrorKind.REDIRECTED
    try:
        body = response.json()
    except ValueError:
        words = _readable(response.text)
    else:
        words = _words_of(body)
        if status == 503 and isinstance(body, dict) and body.get("error") == "service_maintenance":
            kind = ErrorKind.MAINTENANCE
            words = str(body.get("reason") or words)
    return RequestError(kind, _cut(words), status, _retry_after_s(response.headers))


def _words_of(body: object) -> str:
    """The server's own explanation: `detail`, `error.message`, `error` or `message`, in this order."""
    if not isinstance(body, dict):
        return "" if body is None else str(body)
    error = body.get("error")
    nested = error.get("message") if isinstance(error, dict) else None
    for words in (body.get("detail"), nested, error, body.get("message")):
        if words:
            return words if isinstance(words, str) else json.dumps(words, ensure_ascii=False)
    return ""


def _retry_after_s(headers: Mapping[str, str]) -> float | None:
    """Seconds that the server asks to wait: `retry-after-ms`, or `retry-after` in seconds or as a date."""
    with contextlib.suppress(KeyError, ValueError):
        return max(0.0, float(headers["retry-after-ms"]) / 1000)
    value = headers.get("retry-after")
    if value is None:
        return None
    with contextlib.suppress(ValueError):
        return max(0.0, float(value))
    with contextlib.suppress(ValueError, TypeError, OverflowError):
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    return None


def _readable(text: str) -> str:
    """A page's title or first words instead of its markup."""
    title = re.search(r"<title[^>]*>(.*?)</title>", text[:20_000], re.IGNORECASE | re.DOTALL)
    return _cut(title[1] if title else re.sub(r"<[^>]*>", " ", text[:5_000]))


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= MESSAGE_LENGTH else flat[: MESSAGE_LENGTH - 1] + "…"
