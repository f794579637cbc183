"""Endpoints: the servers that batches are sent to, and the rules for their URLs."""

from __future__ import annotations

import ipaddress
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit, urlunsplit

from paradigm_gui.core.atomic import atomic_write
from paradigm_gui.core.errors import UserFacingError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PARADIGM_BASE_URL = "https://paradigm.lighton.ai/api/v2"
API_PATH = "/api/v2"

# What people paste from a browser or a sample script after the base URL itself.
_KNOWN_TAILS = ("/chat/completions", "/models", "/docs")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A saved server. It never holds a key: keys are found by the base URL (see `keys`)."""

    name: str
    base_url: str
    model: str = ""
    is_demo: bool = False

    @property
    def host(self) -> str:
        return host_of(self.base_url)

    @property
    def is_loopback(self) -> bool:
        return is_loopback(self.base_url)

    @property
    def needs_key(self) -> bool:
        return not self.is_loopback


PARADIGM = Endpoint("Paradigm", PARADIGM_BASE_URL)


def normalise_base_url(text: str, *, is_paradigm: bool = False) -> str:
    """Bring what a person typed into the form that the client needs.

    `is_paradigm` says that a missing path stands for Paradigm's own, `/api/v2`.
    Raises `UserFacingError` `bad_url` with the `value` and a `reason`: `empty`, `scheme`, `host`, `port`,
    `credentials` or `characters`.
    """
    value = text.strip()
    if not value:
        raise UserFacingError("bad_url", value=text, reason="empty")
    if any(character.isspace() or not character.isprintable() for character in value):
        raise UserFacingError("bad_url", value=text, reason="characters")
    if "://" not in value:
        value = ("http://" if is_loopback(f"http://{value}") else "https://") + value
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError as error:
        raise UserFacingError("bad_url", value=text, reason="port") from error
    if parts.scheme.lower() not in ("http", "https"):
        raise UserFacingError("bad_url", value=text, reason="scheme")
    if not parts.hostname or not _can_be_looked_up(parts.hostname):
        raise UserFacingError("bad_url", value=text, reason="host")
    if "@" in parts.netloc:
        raise UserFacingError("bad_url", value=_without_user(parts), reason="credentials")
    path = parts.path.rstrip("/")
    for tail in _KNOWN_TAILS:
        path = path.removesuffix(tail).rstrip("/")
    if not path and (is_paradigm or parts.hostname == host_of(PARADIGM_BASE_URL)):
        path = API_PATH
    return urlunsplit((parts.scheme.lower(), _host_and_port(parts.hostname, port), path, "", ""))


def _can_be_looked_up(host: str) -> bool:
    try:
        host.encode("idna")
    except UnicodeError:
        return False
    return True


def _without_user(parts: SplitResult) -> str:
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _host_and_port(host: str, port: int | None) -> str:
    name = f"[{host}]" if ":" in host else host
    return name if port is None else f"{name}:{port}"


def host_of(base_url: str) -> str:
    """Host and port of a URL, the port left out where it is the scheme's own."""
    parts = urlsplit(base_url)
    standard = {"http": 80, "https": 443}.get(parts.scheme)
    return _host_and_port(parts.hostname or "", None if parts.port == standard else parts.port)


def is_loopback(base_url: str) -> bool:
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


def read_endpoints(path: Path) -> list[Endpoint]:
    """The saved endpoints, Paradigm first. A file that cannot be read raises `UserFacingError`."""
    try:
        saved = json.loads(path.read_text("utf-8"))
        found = [
            Endpoint(str(entry["name"]), normalise_base_url(entry["base_url"]), str(entry.get("model", "")))
            for entry in saved["endpoints"]
        ]
    except FileNotFoundError:
        found = []
    except (OSError, ValueError, KeyError, TypeError, AttributeError, UserFacingError) as error:
        raise UserFacingError("bad_endpoints_file", path=str(path)) from error
    if not any(endpoint.base_url == PARADIGM.base_url for endpoint in found):
        found.insert(0, PARADIGM)
    return found


def write_endpoints(path: Path, endpoints: Sequence[Endpoint]) -> None:
    entries = [
        {key: value for key, value in asdict(endpoint).items() if key != "is_demo"}
        for endpoint in endpoints
        if not endpoint.is_demo
    ]
    with atomic_write(path, is_private=True) as file:
        file.write(json.dumps({"version": 1, "endpoints": entries}, ensure_ascii=False, indent=2).encode())
