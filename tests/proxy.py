"""A forward proxy on 127.0.0.1 that knows a few names, and writes down who asked for what.

    async with ForwardProxy({"private.example": api.port}, credentials=("ada", "p:ss")) as proxy:
        ...
        assert proxy.seen[0].target == "private.example:443"

It tunnels (CONNECT) and forwards (`GET http://…`). Names that it does not know get a 502.
"""

from __future__ import annotations

import asyncio
import base64
import threading
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class ProxyRequest:
    """One request as the proxy saw it; `head` is all that it could read of it."""

    method: str
    target: str
    headers: Mapping[str, str] = field(repr=False)
    head: bytes = field(repr=False)


class ForwardProxy:
    """The proxy, in the running loop. `hosts` maps names to ports of this machine."""

    def __init__(
        self,
        hosts: Mapping[str, int],
        *,
        credentials: tuple[str, str] | None = None,
        refusal: str | None = None,
    ) -> None:
        self._hosts = hosts
        self._expected = credentials and _basic(*credentials)
        self._refusal = refusal
        self.seen: list[ProxyRequest] = []
        self.port = 0
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(set(self._tasks))
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                await self._answer(reader, writer)
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").rstrip("\r\n").split("\r\n")
        method, target, _version = first.split(" ")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        self.seen.append(ProxyRequest(method, target, headers, head))
        if self._expected and headers.get("proxy-authorization") != self._expected:
            await _refuse(writer, '407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="x"')
            return
        is_tunnel = method == "CONNECT"
        host = urlsplit(f"//{target}" if is_tunnel else target).hostname or ""
        if self._refusal or host not in self._hosts:
            await _refuse(writer, self._refusal or "502 Bad Gateway")
            return
        upstream, onward = await asyncio.open_connection("127.0.0.1", self._hosts[host])
        try:
            if is_tunnel:
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
                async with asyncio.TaskGroup() as group:
                    group.create_task(_pipe(reader, onward))
                    group.create_task(_pipe(upstream, writer))
            else:
                parts = urlsplit(target)
                kept = [line for line in lines if not line.lower().startswith(("proxy-", "connection:"))]
                path = parts.path + (f"?{parts.query}" if parts.query else "")
                onward.write(
                    "\r\n".join([f"{method} {path} HTTP/1.1", *kept, "Connection: close", "", ""]).encode(
                        "latin-1"
                    )
                )
                onward.write(await reader.readexactly(int(headers.get("content-length", "0"))))
                answer = await upstream.readuntil(b"\r\n\r\n")
                writer.write(answer.removesuffix(b"\r\n") + b"Connection: close\r\n\r\n")
                await _pipe(upstream, writer)
        finally:
            onward.close()


def _basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


async def _refuse(writer: asyncio.StreamWriter, status: str) -> None:
    writer.write(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode("latin-1"))
    await writer.drain()


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while piece := await reader.read(2**16):
            writer.write(piece)
            await writer.drain()
    writer.close()


@contextmanager
def forward_proxy_thread(
    hosts: Mapping[str, int], *, credentials: tuple[str, str] | None = None
) -> Iterator[ForwardProxy]:
    """Run a `ForwardProxy` in a thread with a loop of its own, for windows and subprocesses."""
    started: Future[tuple[ForwardProxy, asyncio.AbstractEventLoop, asyncio.Event]] = Future()

    async def serve() -> None:
        async with ForwardProxy(hosts, credentials=credentials) as proxy:
            stop = asyncio.Event()
            started.set_result((proxy, asyncio.get_running_loop(), stop))
            await stop.wait()

    thread = threading.Thread(target=asyncio.run, args=(serve(),), name="proxy")
    thread.start()
    proxy, loop, stop = started.result()
    try:
        yield proxy
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
