"""Chat completions through `AsyncOpenAI`, with every failure named for what it was.

The SDK's own retries are off: the runner owns them. Importing `openai` costs most of a second, so it
happens when the first client is made (see `preload`).
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import math
import os
import socket
import ssl
import time
from dataclasses import replace
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from paradigm_gui.core.answers import (
    StreamedAnswer,
    completion_of,
    cut,
    media_type_of,
    readable,
    words_of,
)
from paradigm_gui.core.errors import ErrorKind, ExchangeError, RequestError
from paradigm_gui.core.model_list import LARGEST_LIST, models_in
from paradigm_gui.core.raw_request import chat_body
from paradigm_gui.core.route import find_route
from paradigm_gui.core.server_limits import ServerLimits, server_limits
from paradigm_gui.core.sse import event_data
from paradigm_gui.core.tls_faults import tls_fault_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Mapping

    import httpx2

    from paradigm_gui.core.batch import Completion, Limits, Parameters
    from paradigm_gui.core.endpoints import Endpoint
    from paradigm_gui.core.route import Route

# no chat model writes so much: what does must not fill the memory
MOST_BYTES = 64 * 2**20
# of a refusal, only the first words are shown
LARGEST_REFUSAL = 256 * 2**10
# how long the end of a finished stream is waited for
DRAIN_S = 0.1

_KIND_OF_STATUS = {
    400: ErrorKind.BAD_REQUEST,
    401: ErrorKind.UNAUTHORIZED,
    403: ErrorKind.FORBIDDEN,
    404: ErrorKind.NOT_FOUND,
    407: ErrorKind.PROXY,
    408: ErrorKind.TIMEOUT_TOTAL,
    409: ErrorKind.CONFLICT,
    422: ErrorKind.UNPROCESSABLE,
    429: ErrorKind.RATE_LIMITED,
}


def preload() -> None:
    """Import the SDK and what it imports late, so that the first request does not pay for it.

    Takes most of a second; meant for a thread.
    """
    with _without_openai_variables():
        import openai

        # nothing is sent, so what the environment says about proxies and certificates does not matter
        http = openai.DefaultAioHttpClient(trust_env=False, verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
        client = openai.AsyncOpenAI(api_key="none", http_client=http)
    # its modules are imported at first use
    assert client.chat.completions
    assert client.models


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

    def __init__(
        self, endpoint: Endpoint, key: str | None, limits: Limits, route: Route | None = None
    ) -> None:
        """Without a route, it is found here, which reads files."""
        import httpx2
        import openai

        self.server_limits: ServerLimits | None = None
        route = route or find_route(endpoint)
        self._limits = limits
        self._has_authority_file = bool(endpoint.ca_file)
        self._has_login = route.proxy is not None and route.proxy.credentials is not None
        self._body = dict(endpoint.body)
        self._headers: dict[str, Any] = dict(endpoint.headers)
        if key is None or endpoint.key_header:
            # the SDK insists on a key; without one, the header that would carry it is left out
            self._headers["Authorization"] = openai.Omit()
        if key is not None and endpoint.key_header:
            self._headers[endpoint.key_header] = key
        self._headers |= route.secret_headers
        if route.proxy and not endpoint.base_url.startswith("https:"):
            # without a tunnel, the request itself is what the proxy reads
            self._headers |= route.proxy.headers
        pool = httpx2.Limits(max_connections=limits.cap + 8, keepalive_expiry=60.0)
        timeout = httpx2.Timeout(None, connect=limits.connect_timeout_s, pool=limits.connect_timeout_s)
        with _without_openai_variables():
            self._client = openai.AsyncOpenAI(
                api_key=key or "none",
                base_url=endpoint.base_url,
                organization=endpoint.organisation or None,
                project=endpoint.project or None,
                max_retries=0,
                http_client=openai.DefaultAioHttpClient(
                    limits=pool,
                    timeout=timeout,
                    verify=route.tls,
                    proxy=_proxy_of(route),
                    # the route has looked at the environment already
                    trust_env=False,
                    # the key goes to the endpoint's host and to no other
                    follow_redirects=False,
                    event_hooks={"response": [_take_refusal]},
                ),
                timeout=timeout,
            )

    async def close(self) -> None:
        await self._client.close()

    async def complete(
        self, parameters: Parameters, prompt: str, on_text: Callable[[str], None]
    ) -> Completion:
        """Make one chat completion; raises `ExchangeError`."""
        body = chat_body(parameters, prompt)
        limits = self._limits
        first_token_s = limits.first_token_timeout_s if parameters.streaming else limits.total_timeout_s
        # The bytes are read here and not by the SDK: its objects cost more than half of the CPU time of
        # a streamed answer, and it lets neither the media type nor a broken event be told apart.
        send = self._client.chat.completions.with_streaming_response.create
        with self._named_failures(self._read_limits):
            async with (
                _deadline(self._limits.total_timeout_s, ErrorKind.TIMEOUT_TOTAL) as total,
                _deadline(first_token_s, ErrorKind.TIMEOUT_FIRST_TOKEN) as patience,
                send(**body, extra_headers=self._headers, extra_body=self._body) as response,
            ):
                self._read_limits(response.headers)
                if media_type_of(response.headers) != "text/event-stream":
                    # the answer in one piece, asked for or not; or a login page
                    whole = b"".join([piece async for piece in _bounded(response.iter_bytes())])
                    return completion_of(whole, parameters.model)
                answer = StreamedAnswer(parameters.model)
                pieces = _bounded(response.iter_bytes())
                async for data in event_data(pieces):
                    if data == "[DONE]":
                        # nothing that happens from now on may spoil the answer
                        total.lift()
                        patience.lift()
                        await _drain(pieces)
                        break
                    if text := answer.take(data):
                        patience.kind = ErrorKind.TIMEOUT_BETWEEN_TOKENS
                        on_text(text)
                        patience.restart(self._limits.between_tokens_timeout_s)
                    else:
                        # a sign of life, such as the role that comes before the first token
                        patience.extend(self._limits.between_tokens_timeout_s)
        return answer.completion()

    def _read_limits(self, headers: Mapping[str, str]) -> None:
        self.server_limits = server_limits(headers) or self.server_limits

    @contextlib.contextmanager
    def _named_failures(
        self, on_headers: Callable[[Mapping[str, str]], None] = lambda _headers: None
    ) -> Iterator[None]:
        """Turn whatever the SDK and its transport raise into an `ExchangeError` of the right kind.

        `on_headers` gets those of a response with an error status.
        """
        import aiohttp
        import httpx2
        import openai

        try:
            yield
        except _DeadlinePassed as error:
            raise ExchangeError(RequestError(error.kind)) from error
        except _Refusal as answer:
            on_headers(answer.headers)
            raise ExchangeError(replace(_error_of(answer), had_login=self._has_login)) from None
        except (UnicodeDecodeError, httpx2.DecodingError) as error:
            raise ExchangeError(RequestError(ErrorKind.BAD_CHUNK, cut(str(error)))) from error
        except (openai.APIConnectionError, httpx2.TransportError, aiohttp.ClientError) as error:
            raise ExchangeError(self._connection_error(error)) from error

    def _connection_error(self, error: Exception) -> RequestError:
        import aiohttp

        causes = list(_causes(error))
        for cause in causes:
            if isinstance(cause, aiohttp.ClientHttpProxyError):
                return RequestError(
                    ErrorKind.PROXY, cut(cause.message), cause.status, had_login=self._has_login
                )
        faults = (tls_fault_of(cause, has_authority_file=self._has_authority_file) for cause in causes)
        return RequestError(
            _kind_of_connection_error(error),
            _innermost_words(error),
            tls_fault=next(filter(None, faults), None),
        )

    async def is_reachable(self) -> bool:
        """Whether the server answers at all, be it with a refusal."""
        refusal = await self._knock()
        return refusal is None or refusal.http_status is not None

    async def login_refusal(self) -> RequestError | None:
        """What a proxy says against the user name and password that it is given; it is asked once."""
        refusal = await self._knock() if self._has_login else None
        return refusal if refusal and refusal.is_from_doorkeeper else None

    async def _knock(self) -> RequestError | None:
        """Ask for no more than an answer; gives what stood in the way of a good one."""
        ask = self._client.models.with_streaming_response.list
        try:
            with self._named_failures():
                async with (
                    _deadline(self._limits.connect_timeout_s, ErrorKind.TIMEOUT_CONNECT),
                    ask(extra_headers=self._headers),
                ):
                    pass
        except ExchangeError as failure:
            return failure.error
        return None

    async def models(self) -> list[str]:
        """The names of the chat models that the server offers; raises `ExchangeError`."""
        ask = self._client.models.with_streaming_response.list
        with self._named_failures():
            async with (
                _deadline(self._limits.connect_timeout_s * 2, ErrorKind.TIMEOUT_TOTAL),
                ask(extra_headers=self._headers) as response,
            ):
                # no list is as long as that
                pieces = _bounded(response.iter_bytes(), LARGEST_LIST, ErrorKind.NOT_AN_API)
                content = b"".join([piece async for piece in pieces])
        return await asyncio.to_thread(models_in, content)


def _proxy_of(route: Route) -> httpx2.Proxy | None:
    import httpx2

    if route.proxy is None:
        return None
    return httpx2.Proxy(route.proxy.url, headers=route.proxy.headers)


async def _bounded(
    pieces: AsyncIterator[bytes], most: int = MOST_BYTES, kind: ErrorKind = ErrorKind.OVERSIZED
) -> AsyncIterator[bytes]:
    """Pass the bytes of a body on; raises `ExchangeError` of a kind when they are too many."""
    left = most
    async for piece in pieces:
        left -= len(piece)
        if left < 0:
            raise ExchangeError(RequestError(kind, http_status=200))
        yield piece


class _Refusal(Exception):  # noqa: N818 - an answer of the server
    """A response whose status is not a success, with the beginning of its body."""

    def __init__(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        super().__init__(status)
        self.status = status
        self.headers = headers
        self.body = body


async def _take_refusal(response: httpx2.Response) -> None:
    """Raise a refusal before the SDK does, which would read all of it, and keep the request with its key."""
    if response.is_success:
        return
    body = b""
    async for piece in response.aiter_bytes():
        body += piece
        if len(body) >= LARGEST_REFUSAL:
            break
    raise _Refusal(response.status_code, response.headers, body[:LARGEST_REFUSAL])


class _Deadline:
    """A timeout that can be moved, and that knows what it is called when it strikes."""

    def __init__(self, timeout: asyncio.Timeout, kind: ErrorKind) -> None:
        self.kind = kind
        self._timeout = timeout

    def restart(self, seconds: float) -> None:
        self._timeout.reschedule(asyncio.get_running_loop().time() + seconds)

    def extend(self, seconds: float) -> None:
        """Leave at least so many seconds."""
        when = self._timeout.when()
        if when is not None:
            self._timeout.reschedule(max(when, asyncio.get_running_loop().time() + seconds))

    def lift(self) -> None:
        self._timeout.reschedule(None)


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


async def _drain(pieces: AsyncIterator[bytes]) -> None:
    """Read what follows the end mark, so that the connection can be used again; without insisting."""
    import httpx2

    with contextlib.suppress(TimeoutError, httpx2.TransportError):
        async with asyncio.timeout(DRAIN_S):
            async for _ in pieces:
                pass


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__


def _kind_of_connection_error(error: Exception) -> ErrorKind:
    """Name what really happened: the aiohttp transport calls dropped connections and bad certificates
    a timeout, so the answer lies in the chain of causes.
    """
    import aiohttp

    chain = list(_causes(error))

    def has(*types: type[BaseException]) -> bool:
        return any(isinstance(cause, types) for cause in chain)

    if has(ssl.SSLError, ssl.CertificateError, aiohttp.ClientSSLError):
        return ErrorKind.TLS
    if has(aiohttp.ClientProxyConnectionError):
        return ErrorKind.PROXY
    if has(aiohttp.ClientResponseError):
        return ErrorKind.NOT_AN_API  # what answered does not speak HTTP
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
    return cut(next((str(cause) for cause in reversed(list(_causes(error))) if str(cause)), ""))


def _error_of(refusal: _Refusal) -> RequestError:
    status = refusal.status
    kind = _KIND_OF_STATUS.get(status, ErrorKind.HTTP_ERROR)
    if status >= 500:
        kind = ErrorKind.SERVER_ERROR
    elif 300 <= status < 400:
        kind = ErrorKind.REDIRECTED
    try:
        body = json.loads(refusal.body)
    except (ValueError, RecursionError):
        words = readable(refusal.body.decode(errors="replace"))
    else:
        words = words_of(body)
        if status == 503 and isinstance(body, dict) and body.get("error") == "service_maintenance":
            kind = ErrorKind.MAINTENANCE
            words = str(body.get("reason") or words)
    return RequestError(kind, cut(words), status, _retry_after_s(refusal.headers))


def _retry_after_s(headers: Mapping[str, str]) -> float | None:
    """Seconds that the server asks to wait: `retry-after-ms`, or `retry-after` in seconds or as a date."""
    with contextlib.suppress(KeyError, ValueError):
        return _seconds(headers["retry-after-ms"]) / 1000
    value = headers.get("retry-after")
    if value is None:
        return None
    with contextlib.suppress(ValueError):
        return _seconds(value)
    with contextlib.suppress(ValueError, TypeError, OverflowError):
        return max(0.0, parsedate_to_datetime(value).timestamp() - _server_time(headers))
    return None


def _server_time(headers: Mapping[str, str]) -> float:
    """What the server took for the time when it answered; ours, where it does not say."""
    with contextlib.suppress(KeyError, ValueError, TypeError, OverflowError):
        return parsedate_to_datetime(headers["date"]).timestamp()
    return time.time()


def _seconds(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return max(0.0, value)
