"""How a server is reached: through which proxy, and whose certificates are believed.

A proxy is found here, and not by the HTTP stack, so that the exceptions of the system count everywhere,
and that what is shown is what is used.
"""

from __future__ import annotations

import base64
import contextlib
import ipaddress
import os
import ssl
import urllib.request
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from paradigm_gui.core.base_url import address_of, host_of, normalise_proxy_url
from paradigm_gui.core.endpoints import ProxyMode
from paradigm_gui.core.errors import UserFacingError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from paradigm_gui.core.endpoints import Endpoint

LARGEST_CA_FILE = 20_000_000
# read by the HTTP stack in this order, the second only where the first is not set
CERTIFICATE_VARIABLES = ("SSL_CERT_FILE", "SSL_CERT_DIR")


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a proxy wants to know. Left out of the representation."""

    user: str = field(repr=False)
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ProxyServer:
    """A proxy with its address, `http://host:port`, and the credentials for it."""

    url: str
    credentials: Credentials | None = None

    @property
    def host(self) -> str:
        return host_of(self.url)

    @property
    def headers(self) -> dict[str, str]:
        """What the proxy, and nobody else, is told with each request for a tunnel."""
        return {"Proxy-Authorization": f"Basic {self._token}"} if self.credentials else {}

    @property
    def secrets(self) -> tuple[str, ...]:
        """What nobody may read of it: the password, and what it is packed in."""
        return (self.credentials.password, self._token) if self.credentials else ()

    @property
    def _token(self) -> str:
        assert self.credentials is not None
        words = f"{self.credentials.user}:{self.credentials.password}".encode()
        return base64.b64encode(words).decode()


class Bypass(StrEnum):
    """Why a proxy that is there is left aside."""

    LOOPBACK = "loopback"
    EXCEPTION = "exception"


@dataclass(frozen=True, slots=True)
class FoundProxy:
    """The proxy for a server; with a reason to leave it aside, the way is a direct one."""

    server: ProxyServer
    bypass: Bypass | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """The way to one server. `proxy` is `None` where it is a direct one.

    `passed_by` is the proxy that was found, but is not for this server.
    """

    tls: ssl.SSLContext
    proxy: ProxyServer | None = None
    passed_by: FoundProxy | None = None
    # what a gateway before the server wants to be told beside the key, by name
    secret_headers: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What nobody may read of the way there."""
        return (*(self.proxy.secrets if self.proxy else ()), *self.secret_headers.values())


def find_route(endpoint: Endpoint, credentials: Credentials | None = None) -> Route:
    """Find the way to a server; `credentials` are what its proxy is told. Reads files: for a thread.

    Raises `UserFacingError`: `bad_ca_file`, `bad_system_proxy`, or `bad_certificates` when those that the
    environment names cannot be read.
    """
    found = look_for_proxy(endpoint)
    passed_by = found if found and found.bypass else None
    proxy = found.server if found and not found.bypass else None
    if proxy and credentials:
        proxy = replace(proxy, credentials=credentials)
    return Route(_tls_context(endpoint, proxy), proxy, passed_by)


def look_for_proxy(endpoint: Endpoint) -> FoundProxy | None:
    """The proxy that is set for a server, or that the system names. Raises `bad_system_proxy`."""
    if endpoint.proxy.mode is ProxyMode.NONE:
        return None
    if endpoint.proxy.mode is ProxyMode.MANUAL:
        server = ProxyServer(endpoint.proxy.url)
        return FoundProxy(server, Bypass.LOOPBACK if endpoint.is_loopback else None)
    known = urllib.request.getproxies()
    kind = next((kind for kind in (urlsplit(endpoint.base_url).scheme, "all") if known.get(kind)), None)
    if kind is None:
        return None
    bypass: Bypass | None = None
    if endpoint.is_loopback:
        bypass = Bypass.LOOPBACK
    elif _is_exempt(endpoint.base_url, known):
        bypass = Bypass.EXCEPTION
    try:
        return FoundProxy(_system_proxy(known[kind], kind), bypass)
    except UserFacingError:
        if bypass:
            return None  # nothing depends on it
        raise


def _system_proxy(url: str, kind: str) -> ProxyServer:
    """Take apart what a variable such as HTTPS_PROXY holds, whose password may be in any part of it."""
    scheme, separator, rest = url.partition("://") if "://" in url else ("", "", url)
    given, _, address = rest.rpartition("@")
    user, _, password = given.partition(":")
    try:
        plain = normalise_proxy_url(scheme + separator + address)
    except UserFacingError as error:
        variable = f"{kind.upper()}_PROXY"
        name = next((name for name in (variable.lower(), variable) if os.environ.get(name)), "")
        reason = "variable" if name else "system"
        raise UserFacingError("bad_system_proxy", reason=reason, variable=name) from error
    return ProxyServer(plain, Credentials(unquote(user), unquote(password)) if user else None)


def _is_exempt(base_url: str, known: dict[str, str]) -> bool:
    host, port = address_of(base_url)
    if not urllib.request.getproxies_environment():
        # the exceptions of macOS and Windows
        return bool(urllib.request.proxy_bypass(f"{host}:{port}"))
    return any(_is_meant(entry.strip().lower(), host, port) for entry in known.get("no", "").split(","))


def _is_meant(entry: str, host: str, port: int) -> bool:
    """Whether an entry of NO_PROXY stands for a host: a name with all below it, an address, or a network."""
    if entry == "*":
        return True
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host) in ipaddress.ip_network(entry.strip("[]"), strict=False)
    name, colon, number = entry.rpartition(":")
    if colon and number.isdigit():
        if int(number) != port:
            return False
        entry = name
    entry = entry.strip("[]").removeprefix("*").removeprefix(".")
    return bool(entry) and (host == entry or host.endswith(f".{entry}"))


def _tls_context(endpoint: Endpoint, proxy: ProxyServer | None) -> ssl.SSLContext:
    """The system's trusted authorities, and the endpoint's own beside them."""
    import httpx2

    if not any(url.startswith("https:") for url in (endpoint.base_url, proxy.url if proxy else "")):
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # never used, and quickly made
    if not endpoint.verifies:
        return httpx2.create_ssl_context(verify=False)
    context = _system_context(endpoint)
    if endpoint.ca_file:
        believe(context, Path(endpoint.ca_file).expanduser())
    return context


def _system_context(endpoint: Endpoint) -> ssl.SSLContext:
    """What the environment or else the system believes; macOS and Windows are asked through truststore,
    which the HTTP stack brings along.
    """
    import httpx2

    variable = next((name for name in CERTIFICATE_VARIABLES if os.environ.get(name)), "")
    try:
        if variable == "SSL_CERT_DIR":
            os.listdir(os.environ[variable])  # OpenSSL would say nothing, and believe nobody
        return httpx2.create_ssl_context()
    except OSError as error:
        if endpoint.is_loopback and variable:
            # what is wrong for the network need not hold up this machine
            return httpx2.create_ssl_context(trust_env=False)
        reason = "variable" if variable else "system"
        raise UserFacingError("bad_certificates", reason=reason, variable=variable) from error


def believe(context: ssl.SSLContext, path: Path) -> None:
    """Add the authorities of a file, PEM or DER, an intermediate one as well as a root.

    Raises `UserFacingError` `bad_ca_file`.
    """

    def bad(reason: str) -> UserFacingError:
        return UserFacingError("bad_ca_file", path=str(path), reason=reason)

    if not path.is_absolute():
        raise bad("folder")
    try:
        if not path.is_file():
            raise bad("missing")
        if path.stat().st_size > LARGEST_CA_FILE:
            raise bad("content")
        content = path.read_bytes()
    except OSError as error:
        raise bad("unreadable") from error
    is_text = b"-----BEGIN" in content
    try:
        # comments between the certificates may be in any encoding
        context.load_verify_locations(cadata=content.decode("ascii", "ignore") if is_text else content)
    except (ssl.SSLError, ValueError) as error:
        raise bad("content") from error
    # Who chooses a file believes what is in it. Python 3.13 is strict about extensions that many
    # authorities of organisations lack.
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
