"""Endpoints: the servers that batches are sent to, how each is reached, and the file that keeps them."""

from __future__ import annotations

import json
import math
import re
import secrets
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import PureWindowsPath
from typing import TYPE_CHECKING, Any

from paradigm_gui.core.atomic import atomic_write
from paradigm_gui.core.base_url import (
    PARADIGM_BASE_URL,
    host_of,
    is_loopback,
    is_readable_by_others,
    normalise_base_url,
    normalise_proxy_url,
)
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.extras import (
    checked_body,
    checked_headers,
    checked_key_header,
    checked_secret_header,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

VERSION = 2
LARGEST_CAP = 1000
HIGHEST_RATE = 1_000_000.0
LONGEST_NAME = 200
MOST_ENDPOINTS = 1000
SECRET_PREFIX = "header:"

_ACCOUNT = re.compile(r"[A-Za-z0-9]{0,32}")


class ProxyMode(StrEnum):
    """Which proxy stands between: the one that environment or system name, none, or one given by hand."""

    SYSTEM = "system"
    NONE = "none"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Proxy:
    """How to find the proxy. `url` is that of a manual one, or of the system's for which the user has entered
    a login; it never holds credentials (see `keys`).
    """

    mode: ProxyMode = ProxyMode.SYSTEM
    url: str = ""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A saved server. It never holds a key: keys are found by `key_name` (see `keys`).

    `ca_file` is the path of a certificate authority beside those of the system, `verifies` says whether
    certificates are checked at all. `key_header` is the header that carries the key where it is not
    `Authorization`. `account` tells the keys of several endpoints at one URL apart. `cap` and
    `requests_per_minute` are limits of this server; `is_default` marks the one that the program starts with.
    `allows_plain_key` says that the user agreed to send the key without encryption. `needs_no_key` says that
    the server asks for none: then none is looked for, and none is sent. `secret_header` is a header with a
    secret of its own, which is found by `secret_name`.
    """

    name: str
    base_url: str
    model: str = ""
    is_demo: bool = False
    account: str = ""
    ca_file: str = ""
    verifies: bool = True
    proxy: Proxy = field(default_factory=Proxy)
    headers: Mapping[str, str] = field(default_factory=dict, hash=False)
    body: Mapping[str, Any] = field(default_factory=dict, hash=False)
    key_header: str = ""
    organisation: str = ""
    project: str = ""
    cap: int | None = None
    requests_per_minute: float | None = None
    is_default: bool = False
    allows_plain_key: bool = False
    needs_no_key: bool = False
    secret_header: str = ""

    @property
    def host(self) -> str:
        return host_of(self.base_url)

    @property
    def is_loopback(self) -> bool:
        return is_loopback(self.base_url)

    @property
    def needs_key(self) -> bool:
        return not (self.is_loopback or self.needs_no_key)

    @property
    def is_readable_by_others(self) -> bool:
        """Whether a key would travel a network without encryption."""
        return is_readable_by_others(self.base_url)

    @property
    def is_unchecked(self) -> bool:
        """Whether anybody could pass for the server."""
        return not self.verifies and self.base_url.startswith("https:")

    @property
    def key_name(self) -> str:
        """What its key is kept under. It begins with the URL, so that another host means another key."""
        return f"{self.base_url}#{self.account}" if self.account else self.base_url

    @property
    def secret_name(self) -> str:
        """What the secret of `secret_header` is kept under."""
        return SECRET_PREFIX + self.key_name


PARADIGM = Endpoint("Paradigm", PARADIGM_BASE_URL)


class PresetCode(StrEnum):
    """What a new endpoint may start from."""

    PARADIGM = "paradigm"
    PARADIGM_PRIVATE = "paradigm_private"
    OPENAI = "openai"
    MISTRAL = "mistral"
    OLLAMA = "ollama"
    LM_STUDIO = "lm_studio"
    VLLM = "vllm"
    LLAMA_CPP = "llama_cpp"
    OTHER = "other"


# The demo server needs no preset: it is always there. Without a URL, the user is asked for it.
PRESETS: Mapping[PresetCode, Endpoint] = {
    PresetCode.PARADIGM: PARADIGM,
    PresetCode.PARADIGM_PRIVATE: Endpoint("Paradigm", ""),
    PresetCode.OPENAI: Endpoint("OpenAI", "https://api.openai.com/v1"),
    PresetCode.MISTRAL: Endpoint("Mistral", "https://api.mistral.ai/v1"),
    PresetCode.OLLAMA: Endpoint("Ollama", "http://localhost:11434/v1"),
    PresetCode.LM_STUDIO: Endpoint("LM Studio", "http://localhost:1234/v1"),
    PresetCode.VLLM: Endpoint("vLLM", "http://localhost:8000/v1"),
    PresetCode.LLAMA_CPP: Endpoint("llama.cpp", "http://localhost:8080/v1"),
    PresetCode.OTHER: Endpoint("", ""),
}


def checked(endpoint: Endpoint, *, is_paradigm: bool = False) -> Endpoint:
    """Give an endpoint whose every field can be used, in its normal form.

    Raises `UserFacingError`: `bad_url`, `bad_proxy` (as `bad_url`), `bad_header`, `bad_body` or
    `bad_endpoint` with the `field`.
    """
    base_url = normalise_base_url(endpoint.base_url, is_paradigm=is_paradigm)
    name = " ".join(endpoint.name.split()) or host_of(base_url)
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise UserFacingError("bad_endpoint", field="name")
    if not _ACCOUNT.fullmatch(endpoint.account):
        raise UserFacingError("bad_endpoint", field="account")
    for title in ("organisation", "project"):
        value = getattr(endpoint, title)
        if not (value.isascii() and value.isprintable() and " " not in value and len(value) <= LONGEST_NAME):
            raise UserFacingError("bad_endpoint", field=title)
    cap, rate = endpoint.cap, endpoint.requests_per_minute
    if cap is not None and not 1 <= cap <= LARGEST_CAP:
        raise UserFacingError("bad_endpoint", field="cap")
    if rate is not None and not (math.isfinite(rate) and 0 < rate <= HIGHEST_RATE):
        raise UserFacingError("bad_endpoint", field="requests_per_minute")
    if "\0" in endpoint.ca_file:
        raise UserFacingError("bad_endpoint", field="ca_file")
    key_header = checked_key_header(endpoint.key_header)
    return replace(
        endpoint,
        name=name,
        base_url=base_url,
        proxy=_checked_proxy(endpoint.proxy),
        headers=checked_headers(endpoint.headers),
        body=checked_body(endpoint.body),
        key_header=key_header,
        secret_header=checked_secret_header(endpoint.secret_header, key_header, endpoint.headers),
    )


def _checked_proxy(proxy: Proxy) -> Proxy:
    if proxy.mode is ProxyMode.NONE or (proxy.mode is ProxyMode.SYSTEM and not proxy.url):
        return Proxy(proxy.mode)
    try:
        return Proxy(proxy.mode, normalise_proxy_url(proxy.url))
    except UserFacingError as error:
        raise UserFacingError("bad_proxy", **error.details) from error


def named_apart(name: str, others: Sequence[Endpoint]) -> str:
    """A name that none of the others has: names tell servers apart on the command line."""
    taken = {other.name.casefold() for other in others}
    candidate, count = name, 1
    while candidate.casefold() in taken:
        count += 1
        candidate = f"{name} ({count})"
    return candidate


def duplicate_of(endpoint: Endpoint, others: Sequence[Endpoint]) -> Endpoint:
    """A copy with a name, and in time a key, of its own."""
    name = named_apart(endpoint.name, others)
    return replace(endpoint, name=name, account=secrets.token_hex(4), is_default=False)


# Files


def read_endpoints(path: Path) -> list[Endpoint]:
    """The saved endpoints; Paradigm alone when none were saved yet.

    Raises `UserFacingError` `bad_endpoints_file`, or `unknown_version` for the file of a newer program.
    """
    try:
        document = json.loads(path.read_text("utf-8"))
        version = document.get("version", 1)
        if not isinstance(version, int) or isinstance(version, bool) or not 1 <= version <= VERSION:
            raise UserFacingError("unknown_version", path=str(path), version=version, known=VERSION)
        found = _endpoints_in(document, path)
    except FileNotFoundError:
        return [PARADIGM]
    except UserFacingError as error:
        if error.code == "unknown_version":
            raise
        raise UserFacingError("bad_endpoints_file", path=str(path)) from error
    except (OSError, ValueError, RecursionError, KeyError, TypeError, AttributeError) as error:
        raise UserFacingError("bad_endpoints_file", path=str(path)) from error
    if version == 1 and not any(endpoint.base_url == PARADIGM.base_url for endpoint in found):
        found.insert(0, PARADIGM)
    return found


def write_endpoints(path: Path, endpoints: Sequence[Endpoint]) -> None:
    """Save the endpoints; a file that cannot be read is not replaced.

    Raises `UserFacingError`: `bad_field` for more than can be read again, else as `read_endpoints` and
    `atomic_write` do.
    """
    read_endpoints(path)
    _write(path, [_entry_of(endpoint) for endpoint in endpoints if not endpoint.is_demo], is_private=True)


def export_endpoints(path: Path, endpoints: Sequence[Endpoint]) -> None:
    """Write endpoints for somebody else: no keys, and nothing that holds on this computer only."""
    _write(path, [_entry_of(shared(entry)) for entry in endpoints if not entry.is_demo], is_private=False)


def import_endpoints(path: Path) -> list[Endpoint]:
    """Read endpoints that somebody else has exported; no key is taken from there.

    Raises `UserFacingError`: `file_not_found`, `cannot_read`, `unknown_version`, `unknown_field`,
    `bad_field`, or what `checked` raises.
    """
    try:
        document = json.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError as error:
        raise UserFacingError("file_not_found", path=str(path)) from error
    except OSError as error:
        raise UserFacingError("cannot_read", path=str(path), reason=error.strerror) from error
    except (ValueError, RecursionError) as error:
        raise UserFacingError("bad_json", path=str(path), line=getattr(error, "lineno", 1)) from error
    version = document.get("version") if isinstance(document, dict) else None
    if not isinstance(version, int) or isinstance(version, bool):
        raise UserFacingError("bad_field", path=str(path), field="version", expected=VERSION)
    if not 1 <= version <= VERSION:
        raise UserFacingError("unknown_version", path=str(path), version=version, known=VERSION)
    return [shared(entry) for entry in _endpoints_in(document, path)]


def shared(endpoint: Endpoint) -> Endpoint:
    """An endpoint without what holds for one person: which key it has, and what was agreed to.

    Of the authority file its name stays, which tells others which one to choose; as no file is looked up
    without its folder, none is taken by chance.
    """
    return replace(
        endpoint,
        account="",
        # it knows the separators of every system
        ca_file=PureWindowsPath(endpoint.ca_file).name,
        is_default=False,
        verifies=True,
        proxy=endpoint.proxy if endpoint.proxy.mode is ProxyMode.MANUAL else Proxy(endpoint.proxy.mode),
        allows_plain_key=False,
    )


def _write(path: Path, entries: list[dict[str, Any]], *, is_private: bool) -> None:
    if len(entries) > MOST_ENDPOINTS:
        raise UserFacingError("bad_field", path=str(path), field="endpoints", expected=f"… {MOST_ENDPOINTS}")
    document = {"version": VERSION, "endpoints": entries}
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2) + "\n"
    with atomic_write(path, is_private=is_private) as file:
        file.write(text.encode("utf-8", "backslashreplace"))


@dataclass(frozen=True, slots=True)
class _Field:
    """How one field stands in the file: its name there, what it accepts, and its words for that."""

    name: str
    accepts: Callable[[Any], bool]
    expected: str


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_texts(value: object) -> bool:
    return isinstance(value, dict) and all(map(_is_text, value.values()))


_FIELDS: Mapping[str, _Field] = {
    "name": _Field("name", _is_text, "text"),
    "base_url": _Field("base_url", _is_text, "text"),
    "model": _Field("model", _is_text, "text"),
    "account": _Field("account", _is_text, "text"),
    "ca_file": _Field("ca_file", _is_text, "text"),
    "verifies": _Field("verify", lambda value: isinstance(value, bool), "true, false"),
    "headers": _Field("headers", _is_texts, "{…}"),
    "body": _Field("body", lambda value: isinstance(value, dict), "{…}"),
    "key_header": _Field("key_header", _is_text, "text"),
    "organisation": _Field("organisation", _is_text, "text"),
    "project": _Field("project", _is_text, "text"),
    "cap": _Field("cap", lambda value: isinstance(value, int) and not isinstance(value, bool), "1 …"),
    "requests_per_minute": _Field("requests_per_minute", _is_number, "0 …"),
    "is_default": _Field("is_default", lambda value: isinstance(value, bool), "true, false"),
    "allows_plain_key": _Field("allows_plain_key", lambda value: isinstance(value, bool), "true, false"),
    "needs_no_key": _Field("needs_no_key", lambda value: isinstance(value, bool), "true, false"),
    "secret_header": _Field("secret_header", _is_text, "text"),
}
_ATTRIBUTE_OF = {entry.name: attribute for attribute, entry in _FIELDS.items()}


def _entry_of(endpoint: Endpoint) -> dict[str, Any]:
    """What the file keeps of an endpoint; what is as usual is left out."""
    usual = Endpoint(endpoint.name, endpoint.base_url)
    entry: dict[str, Any] = {"name": endpoint.name, "base_url": endpoint.base_url}
    entry |= {
        field.name: getattr(endpoint, attribute)
        for attribute, field in _FIELDS.items()
        if getattr(endpoint, attribute) != getattr(usual, attribute)
    }
    if endpoint.proxy != usual.proxy:
        entry["proxy"] = {"mode": endpoint.proxy.mode.value, "url": endpoint.proxy.url}
    return entry


def _endpoints_in(document: dict[str, Any], path: Path) -> list[Endpoint]:
    entries = document.get("endpoints")
    if not isinstance(entries, list) or len(entries) > MOST_ENDPOINTS:
        raise UserFacingError("bad_field", path=str(path), field="endpoints", expected="[…]")
    return [_endpoint_in(entry, path) for entry in entries]


def _endpoint_in(entry: Any, path: Path) -> Endpoint:
    def bad(name: str, expected: str) -> UserFacingError:
        return UserFacingError("bad_field", path=str(path), field=name, expected=expected)

    if not isinstance(entry, dict):
        raise bad("endpoints", "{…}")
    values: dict[str, Any] = {}
    for name, value in entry.items():
        if name == "proxy":
            values["proxy"] = _proxy_in(value, bad)
            continue
        if name not in _ATTRIBUTE_OF:
            raise UserFacingError("unknown_field", path=str(path), field=name)
        known = _FIELDS[_ATTRIBUTE_OF[name]]
        if not known.accepts(value):
            raise bad(name, known.expected)
        values[_ATTRIBUTE_OF[name]] = value
    for name in ("name", "base_url"):
        if name not in values:
            raise bad(name, "text")
    return checked(Endpoint(**values))


def _proxy_in(value: Any, bad: Callable[[str, str], UserFacingError]) -> Proxy:
    try:
        return Proxy(ProxyMode(value["mode"]), str(value.get("url", "")))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise bad("proxy", ", ".join(ProxyMode)) from error
