"""Base URLs: the rules for what a person may type, and what they say about a server."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from paradigm_gui.core.errors import UserFacingError

PARADIGM_BASE_URL = "https://paradigm.lighton.ai/api/v2"
API_PATH = "/api/v2"

# What people paste from a browser or a sample script after the base URL itself.
_KNOWN_TAILS = ("/chat/completions", "/models", "/docs")
# `javascript:` and the like. What follows a host's colon is a port.
_OTHER_SCHEME = re.compile(r"(?!localhost:)[a-z][a-z0-9+-]*:(?!\d|$|/*$)", re.IGNORECASE)
# what is left of a URL that was not typed to its end, or not with both slashes
_BARE_SCHEME = re.compile(r"https?(:.*)?", re.IGNORECASE)
_HOST_NAME = re.compile(r"(?!.*\.\.)[a-z0-9_][a-z0-9._-]*", re.IGNORECASE)
# `%` stays: what is escaped already is not escaped again
_SAFE_IN_PATH = "/%:@!$&'()*+,;=~-._"
_STANDARD_PORTS = {"http": 80, "https": 443}


def normalise_base_url(text: str, *, is_paradigm: bool = False) -> str:
    """Bring what a person typed into the form that the client needs.

    Query and fragment are left out, and international names are written as they are looked up.
    A missing path stands for Paradigm's own, `/api/v2`, at a host that is called so (`paradigm.example.com`,
    `my-paradigm`), and where `is_paradigm` says that it is one.
    Raises `UserFacingError` `bad_url` with the `value` and a `reason`: `empty`, `scheme`, `host`, `port`,
    `credentials` or `characters`.
    """
    parts = _parts_of(text)
    path = re.sub("/{2,}", "/", quote(parts.path, safe=_SAFE_IN_PATH, errors="replace")).rstrip("/")
    for tail in _KNOWN_TAILS:
        path = path.removesuffix(tail).rstrip("/")
    host = _host_name_of(parts, text)
    if not path and (is_paradigm or "paradigm" in re.split("[.-]", host)):
        path = API_PATH
    return urlunsplit((parts.scheme.lower(), _host_and_port(host, parts.port), path, "", ""))


def normalise_proxy_url(text: str) -> str:
    """Bring the address of a proxy into the form `http://host:port`; raises as `normalise_base_url` does."""
    value = text.strip()
    is_whole = "://" in value or not value or _BARE_SCHEME.fullmatch(value)
    parts = _parts_of(value if is_whole else f"http://{value}")
    return urlunsplit(
        (parts.scheme.lower(), _host_and_port(_host_name_of(parts, text), parts.port), "", "", "")
    )


def host_of(base_url: str) -> str:
    """Host and port of a URL, the port left out where it is the scheme's own."""
    parts = urlsplit(base_url)
    standard = _STANDARD_PORTS.get(parts.scheme)
    return _host_and_port(parts.hostname or "", None if parts.port == standard else parts.port)


def address_of(url: str) -> tuple[str, int]:
    """Host and port to connect to."""
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or _STANDARD_PORTS[parts.scheme]


def origin_of(base_url: str) -> tuple[str, str]:
    """Scheme and host: a key meant for `https` is not for the same host without encryption."""
    return urlsplit(base_url).scheme, host_of(base_url)


def is_loopback(base_url: str) -> bool:
    """Whether a URL leads to this machine."""
    try:
        host = urlsplit(base_url).hostname or ""
    except ValueError:
        return False
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_readable_by_others(base_url: str) -> bool:
    """Whether what is sent there, a key included, travels a network without encryption."""
    return urlsplit(base_url).scheme == "http" and not is_loopback(base_url)


def _parts_of(text: str) -> SplitResult:
    value = text.strip()
    if not value:
        raise _bad(text, "empty")
    if any(character.isspace() or not character.isprintable() for character in value):
        raise _bad(text, "characters")
    if "://" not in value:
        if _BARE_SCHEME.fullmatch(value):
            raise _bad(text, "scheme" if value.partition(":")[2].strip("/") else "host")
        if _OTHER_SCHEME.match(value):
            raise _bad(text, "scheme")
        value = ("http://" if is_loopback(f"http://{value}") else "https://") + value
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError as error:
        raise _bad(text, "port") from error
    if parts.scheme.lower() not in _STANDARD_PORTS:
        raise _bad(text, "scheme")
    if "@" in parts.netloc:
        raise _bad(text, "credentials")
    return parts


def _bad(value: str, reason: str) -> UserFacingError:
    scheme, separator, rest = value.partition("://") if "://" in value else ("", "", value)
    # a password may stand before the sign, and hold anything
    return UserFacingError("bad_url", value=scheme + separator + rest.rpartition("@")[2], reason=reason)


def _host_name_of(parts: SplitResult, text: str) -> str:
    """The host as it is looked up, so that a name that only looks like another one is seen for what it is."""
    import idna

    host = parts.hostname or ""
    try:
        if parts.netloc.startswith("["):
            return str(ipaddress.IPv6Address("" if "%" in host else host))
        if not host.isascii():
            host = idna.encode(host, uts46=True).decode("ascii")
        host.encode("idna")  # checks the lengths
    except (UnicodeError, ValueError) as error:
        raise _bad(text, "host") from error
    host = host.removesuffix(".")
    if not _HOST_NAME.fullmatch(host):
        raise _bad(text, "host")
    return host


def _host_and_port(host: str, port: int | None) -> str:
    name = f"[{host}]" if ":" in host else host
    return name if port is None else f"{name}:{port}"
