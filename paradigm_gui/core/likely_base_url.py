"""Finds the API of a server whose base URL leads elsewhere, such as to its login page."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from paradigm_gui.core.base_url import normalise_base_url
from paradigm_gui.core.batch import Limits
from paradigm_gui.core.client import ChatClient
from paradigm_gui.core.errors import ErrorKind, ExchangeError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paradigm_gui.core.endpoints import Endpoint
    from paradigm_gui.core.route import Route

PROBE_PATIENCE_S = 5.0
_USUAL_PATHS = ("/api/v2", "/v1", "/api/v1", "/openai/v1")
_WANTS_KEY = (ErrorKind.UNAUTHORIZED, ErrorKind.FORBIDDEN)


async def likely_base_url(endpoint: Endpoint, route: Route) -> str:
    """Where the API of this server is, if not where it is said to be; empty when it is nowhere usual.

    Neither the key nor another secret is sent about for that.
    """
    route = replace(route, secret_headers={})
    for base_url in _candidates(endpoint.base_url):
        right = "" if base_url == endpoint.base_url else base_url
        client = ChatClient(replace(endpoint, base_url=base_url), None, Limits(cap=1), route)
        try:
            async with asyncio.timeout(PROBE_PATIENCE_S):
                await client.models()
        except ExchangeError as failure:
            if failure.error.kind in _WANTS_KEY:
                return right if not right or not await _guards_everything(endpoint, route) else ""
        except TimeoutError:
            return ""
        else:
            return right
        finally:
            await client.close()
    return ""


async def _guards_everything(endpoint: Endpoint, route: Route) -> bool:
    """Whether the server wants a key at any path at all, so that this tells nothing of where the API is."""
    nowhere = urlsplit(endpoint.base_url)._replace(path=f"/{secrets.token_hex(8)}").geturl()
    client = ChatClient(replace(endpoint, base_url=nowhere), None, Limits(cap=1), route)
    try:
        async with asyncio.timeout(PROBE_PATIENCE_S):
            await client.models()
    except ExchangeError as failure:
        return failure.error.kind in _WANTS_KEY
    except TimeoutError:
        return False
    finally:
        await client.close()
    return True


def _candidates(base_url: str) -> Iterator[str]:
    yield base_url
    parts = urlsplit(base_url)
    own = parts.path.rstrip("/")
    # beside a path that ends as that of an API does, not below it
    stem = next((own.removesuffix(path) for path in _USUAL_PATHS if own.endswith(path)), own)
    for prefix in dict.fromkeys((stem, "")):
        for path in _USUAL_PATHS:
            candidate = normalise_base_url(parts._replace(path=prefix + path).geturl())
            if candidate != base_url and not prefix.endswith(path):
                yield candidate
