"""Tests a connection in steps, so that the first thing that is wrong has a name: from DNS to an answer.

Name, connection, tunnel and certificate are tried by hand, over the same route as requests take; what
follows goes through the client itself.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from paradigm_gui.core.answers import cut
from paradigm_gui.core.base_url import address_of
from paradigm_gui.core.batch import Limits, Parameters
from paradigm_gui.core.certificate import read_certificate
from paradigm_gui.core.client import ChatClient
from paradigm_gui.core.connection_steps import Step, StepCode, StepState
from paradigm_gui.core.errors import ErrorKind, ExchangeError, RequestError, TlsFault
from paradigm_gui.core.likely_base_url import likely_base_url
from paradigm_gui.core.redaction import without_secrets
from paradigm_gui.core.tls_faults import tls_fault_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping

    from paradigm_gui.core.endpoints import Endpoint
    from paradigm_gui.core.route import Route

PATIENCE_S = 20.0
LONGEST_HEAD = 65_536

_TINY_PROMPT = "Reply with the word OK."
_TINY_ANSWER_TOKENS = 16
# of the time that is left to a step
_SEARCH_PART = 0.75
_REFUSED_PARAMETERS = (ErrorKind.BAD_REQUEST, ErrorKind.UNPROCESSABLE)


@dataclass(slots=True)
class _Test:
    """What is known so far."""

    endpoint: Endpoint
    key: str | None
    route: Route
    model: str
    limits: Limits
    stream: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    @property
    def target(self) -> str:
        """Whom to connect to: the proxy, or the server itself."""
        return self.route.proxy.url if self.route.proxy else self.endpoint.base_url

    @property
    def is_encrypted(self) -> bool:
        return self.endpoint.base_url.startswith("https:")


async def try_connection(
    endpoint: Endpoint,
    key: str | None,
    route: Route,
    *,
    model: str = "",
    with_answer: bool = False,
    patience_s: float = PATIENCE_S,
) -> AsyncGenerator[Step, None]:
    """Give each step when it begins and when it ends; the first that fails is the last.

    `with_answer` asks for one short answer: one request, or two when the server refuses the first for its
    parameters. Each step takes at most `patience_s`. Close the iterator to cancel.
    """
    limits = Limits(
        cap=1,
        retries=0,
        connect_timeout_s=patience_s,
        first_token_timeout_s=patience_s,
        between_tokens_timeout_s=patience_s,
        total_timeout_s=patience_s,
    )
    test = _Test(endpoint, key, route, model or endpoint.model, limits)
    steps: list[tuple[StepCode, Callable[[_Test], Awaitable[Mapping[str, Any]]], bool]] = [
        (StepCode.NAME, _look_up, True),
        (StepCode.CONNECTION, _connect, True),
        (StepCode.TUNNEL, _tunnel, test.is_encrypted and route.proxy is not None),
        (StepCode.CERTIFICATE, _shake_hands, test.is_encrypted),
        (StepCode.MODELS, _ask_models, True),
        (StepCode.ANSWER, _ask_answer, with_answer),
    ]
    try:
        for code, act, is_needed in steps:
            if not is_needed:
                if code is StepCode.CERTIFICATE:
                    yield Step(code, StepState.SKIPPED)
                continue
            yield Step(code, StepState.RUNNING)
            ended = await _ended(test, code, act, patience_s)
            yield ended
            if ended.state is StepState.FAILED and not _may_go_on(test, ended):
                return
    finally:
        _hang_up(test)


class _Failure(Exception):  # noqa: N818 - an outcome of a step
    """A step failed; `details` are for its sentence."""

    def __init__(self, error: RequestError, **details: object) -> None:
        super().__init__(error.kind)
        self.error = error
        self.details = details


async def _ended(
    test: _Test, code: StepCode, act: Callable[[_Test], Awaitable[Mapping[str, Any]]], patience_s: float
) -> Step:
    began = time.perf_counter()
    details: Mapping[str, Any] = {}
    error: RequestError | None = None
    try:
        async with asyncio.timeout(patience_s):
            details = await act(test)
    except _Failure as failure:
        details, error = failure.details, failure.error
    except ExchangeError as failure:
        error = failure.error
    except TimeoutError:
        is_early = code in (StepCode.NAME, StepCode.CONNECTION, StepCode.TUNNEL, StepCode.CERTIFICATE)
        error = RequestError(ErrorKind.TIMEOUT_CONNECT if is_early else ErrorKind.TIMEOUT_TOTAL)
    if error:
        # some servers repeat it in their refusals
        error = replace(error, message=without_secrets(error.message, test.key, *test.route.secrets))
    state = StepState.FAILED if error else StepState.PASSED
    return Step(code, state, time.perf_counter() - began, details, error)


def _may_go_on(test: _Test, failed: Step) -> bool:
    """Some servers answer prompts, but do not say which models they have."""
    if failed.code is not StepCode.MODELS or failed.error is None or not test.model:
        return False
    return failed.error.kind is ErrorKind.NOT_FOUND and not failed.details["suggestion"]


def _hang_up(test: _Test) -> None:
    if test.stream:
        test.stream[1].transport.abort()
        test.stream = None


async def _look_up(test: _Test) -> Mapping[str, Any]:
    host, port = address_of(test.target)
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        kind = ErrorKind.PROXY if test.route.proxy else ErrorKind.DNS
        raise _Failure(RequestError(kind, cut(str(error))), host=host) from error
    return {"host": host, "addresses": sorted({str(address[4][0]) for address in found})}


async def _connect(test: _Test) -> Mapping[str, Any]:
    host, port = address_of(test.target)
    # a proxy may want TLS itself, with which the tunnel through it has nothing to do
    tls = test.route.tls if test.route.proxy and test.target.startswith("https:") else None
    try:
        test.stream = await asyncio.open_connection(host, port, ssl=tls, limit=LONGEST_HEAD)
    except ssl.SSLError as error:
        refusal = RequestError(ErrorKind.TLS, cut(str(error)), tls_fault=_fault_of(error, test))
        raise _Failure(refusal, host=host, port=port) from error
    except OSError as error:
        kind = ErrorKind.PROXY if test.route.proxy else ErrorKind.CONNECT
        raise _Failure(RequestError(kind, cut(str(error))), host=host, port=port) from error
    return {"host": host, "port": port, "is_proxy": test.route.proxy is not None} | _passed_by(test.route)


def _passed_by(route: Route) -> dict[str, Any]:
    """Which proxy is left aside, and why."""
    if route.passed_by is None or route.passed_by.bypass is None:
        return {}
    return {"passed_by": route.passed_by.server.host, "bypass": route.passed_by.bypass}


async def _tunnel(test: _Test) -> Mapping[str, Any]:
    assert test.stream is not None
    assert test.route.proxy is not None
    reader, writer = test.stream
    host, port = address_of(test.endpoint.base_url)
    target = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    lines = [f"CONNECT {target} HTTP/1.1", f"Host: {target}"]
    lines += [f"{name}: {value}" for name, value in test.route.proxy.headers.items()]
    try:
        writer.write("\r\n".join([*lines, "", ""]).encode("ascii"))
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
        raise _Failure(RequestError(ErrorKind.PROXY, cut(str(error))), host=host) from error
    _, _, status_line = head.partition("\r\n")[0].partition(" ")
    number, _, words = status_line.partition(" ")
    if not (number.isascii() and number.isdigit()):
        raise _Failure(RequestError(ErrorKind.PROXY, cut(head.partition("\r\n")[0])), host=host)
    if not 200 <= int(number) < 300:
        had_login = test.route.proxy.credentials is not None
        refusal = RequestError(ErrorKind.PROXY, cut(words), int(number), had_login=had_login)
        raise _Failure(refusal, host=host)
    return {"host": host, "proxy": test.route.proxy.host}


async def _shake_hands(test: _Test) -> Mapping[str, Any]:
    assert test.stream is not None
    _, writer = test.stream
    host, _ = address_of(test.endpoint.base_url)
    try:
        await writer.start_tls(test.route.tls, server_hostname=host)
    except ssl.SSLError as error:
        shown = await _presented(test) if isinstance(error, ssl.SSLCertVerificationError) else {}
        refusal = RequestError(ErrorKind.TLS, cut(str(error)), tls_fault=_fault_of(error, test))
        raise _Failure(refusal, **shown, host=host) from error
    except OSError as error:
        raise _Failure(RequestError(ErrorKind.DROPPED, cut(str(error))), host=host) from error
    return {"host": host, "is_checked": test.endpoint.verifies} | _certificate_of(writer)


def _fault_of(error: ssl.SSLError, test: _Test) -> TlsFault | None:
    return tls_fault_of(error, has_authority_file=bool(test.endpoint.ca_file))


async def _presented(test: _Test) -> dict[str, Any]:
    """What a certificate says that was refused; nothing is sent to that server."""
    _hang_up(test)
    unchecked = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    unchecked.check_hostname = False
    unchecked.verify_mode = ssl.CERT_NONE
    with contextlib.suppress(_Failure, OSError):
        await _connect(test)
        if test.route.proxy:
            await _tunnel(test)
        assert test.stream is not None
        # several servers may stand behind one address
        host, _ = address_of(test.endpoint.base_url)
        await test.stream[1].start_tls(unchecked, server_hostname=host)
        return _certificate_of(test.stream[1])
    return {}


def _certificate_of(writer: asyncio.StreamWriter) -> dict[str, Any]:
    der = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
    certificate = read_certificate(der or b"")
    if certificate is None:
        return {}
    return {
        "issuer": certificate.issuer,
        "subject": certificate.subject,
        "expires": certificate.expires,
        "names": list(certificate.names),
    }


async def _ask_models(test: _Test) -> Mapping[str, Any]:
    _hang_up(test)
    client = ChatClient(test.endpoint, test.key, test.limits, test.route)
    began = time.perf_counter()
    try:
        models = await client.models()
    except ExchangeError as failure:
        suggestion = ""
        if failure.error.kind.is_wrong_address:
            left_s = test.limits.total_timeout_s - (time.perf_counter() - began)
            # what was found is to be told, whether or not there is time to find more
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_SEARCH_PART * left_s):
                    suggestion = await likely_base_url(test.endpoint, test.route)
        raise _Failure(failure.error, suggestion=suggestion, with_key=test.key is not None) from failure
    finally:
        await client.close()
    test.model = test.model or next(iter(models), "")
    return {"models": models, "with_key": test.key is not None}


async def _ask_answer(test: _Test) -> Mapping[str, Any]:
    if not test.model:
        raise _Failure(RequestError(ErrorKind.NOT_FOUND))
    client = ChatClient(test.endpoint, test.key, test.limits, test.route)
    parameters = Parameters(test.model, max_tokens=_TINY_ANSWER_TOKENS, streaming=True)
    pieces: list[str] = []
    try:
        try:
            answer = await client.complete(parameters, _TINY_PROMPT, pieces.append)
        except ExchangeError as failure:
            if failure.error.kind not in _REFUSED_PARAMETERS:
                raise
            answer = await client.complete(replace(parameters, streaming=False), _TINY_PROMPT, pieces.append)
    finally:
        await client.close()
    return {
        "model": test.model,
        "text": cut(answer.text),
        "streams": bool(pieces),
        "counts_tokens": answer.completion_tokens is not None,
    }
