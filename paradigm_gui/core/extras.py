"""What a gateway may want beside a request: headers and JSON fields of its own, never a secret.

They are kept in a plain file and handed on in exports. So a header or a field that looks like a key is
refused; a gateway that wants the API key under another name gets it from the endpoint's `key_header`, and
one that wants a secret of its own beside it from the `secret_header`, whose value is kept as keys are.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from paradigm_gui.core.errors import UserFacingError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_HEADERS = 30
MOST_CHARACTERS = 20_000

_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
_HEADER_VALUE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e\t]{0,1998}[\x21-\x7e])?")
# What the HTTP stack or the program itself writes.
_RESERVED_HEADERS = frozenset(
    {
        "accept",
        "accept-encoding",
        "connection",
        "content-encoding",
        "content-length",
        "content-type",
        "expect",
        "host",
        "keep-alive",
        "openai-organization",
        "openai-project",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
# What has a field of its own in the window, or would make an answer unreadable.
_RESERVED_FIELDS = frozenset(
    {
        "model",
        "messages",
        "stream",
        "stream_options",
        "temperature",
        "max_tokens",
        "n",
        "response_format",
    }
)
_SECRET_NAME = re.compile(
    r"authorization|cookie|credential|password|passwd|secret|bearer|"
    r"(?:api|access|auth|client|subscription|private)[-_ ]?(?:key|token)|^(?:x-)?(?:key|token)$",
    re.IGNORECASE,
)
_SECRET_HEADER_NAME = re.compile(r"[-_](?:key|token)$", re.IGNORECASE)
# what tells requests apart, and nobody who sends them
_HARMLESS_NAME = re.compile(
    r"(?:^|[-_])(?:cache|correlation|deduplication|group|idempotency|ordering|partition|rout(?:e|ing)|shard|"
    r"sort|tracing|trace)[-_]key$",
    re.IGNORECASE,
)
_SECRET_VALUE = re.compile(
    r"(?:bearer|basic|token)\s+\S|(?:sk|pk|ghp|xox[bp])[-_]\w{8}|eyJ\w{8}", re.IGNORECASE
)


def checked_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Give headers that can be sent and kept.

    Raises `UserFacingError` `bad_header` with the `name` and a `reason`: `name`, `value`, `reserved`,
    `secret`, `repeated` or `many`.
    """
    if len(headers) > MOST_HEADERS:
        raise UserFacingError("bad_header", name="", reason="many", most=MOST_HEADERS)
    seen: set[str] = set()
    for name, value in headers.items():
        reason = _fault_of_header(name, value)
        if name.lower() in seen:
            reason = "repeated"
        if reason:
            raise UserFacingError("bad_header", name=name, reason=reason)
        seen.add(name.lower())
    return dict(headers)


def _fault_of_header(name: str, value: str) -> str:
    if not _HEADER_NAME.fullmatch(name):
        return "name"
    if name.lower() in _RESERVED_HEADERS or name.lower().startswith("proxy-"):
        return "reserved"
    is_secret = _SECRET_HEADER_NAME.search(name) and not _HARMLESS_NAME.search(name)
    if is_secret or _SECRET_NAME.search(name) or _SECRET_VALUE.match(value):
        return "secret"
    return "" if _HEADER_VALUE.fullmatch(value) else "value"


def headers_in(text: str) -> dict[str, str]:
    """Read headers as people write them, `Name: value` a line; raises as `checked_headers` does."""
    found: dict[str, str] = {}
    for line in filter(str.strip, text.splitlines()):
        name, colon, value = (part.strip() for part in line.partition(":"))
        if not colon:
            raise UserFacingError("bad_header", name=name[:100], reason="name")
        if name.lower() in map(str.lower, found):
            raise UserFacingError("bad_header", name=name, reason="repeated")
        found[name] = value
    return checked_headers(found)


def header_lines(headers: Mapping[str, str]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in headers.items())


def checked_key_header(name: str) -> str:
    """Give the name of the header that carries the key; raises `UserFacingError` `bad_header`."""
    name = name.strip()
    if name and not _HEADER_NAME.fullmatch(name):
        raise UserFacingError("bad_header", name=name, reason="name")
    if name.lower() in _RESERVED_HEADERS or name.lower().startswith("proxy-"):
        raise UserFacingError("bad_header", name=name, reason="reserved")
    return "" if name.lower() == "authorization" else name


def checked_secret_header(name: str, key_header: str, headers: Mapping[str, str]) -> str:
    """Give the name of the header that carries a secret beside the key, if there is one.

    Raises `UserFacingError` `bad_header`; none of the others may have its name.
    """
    name = name.strip()
    if name and not _HEADER_NAME.fullmatch(name):
        raise UserFacingError("bad_header", name=name, reason="name")
    if name.lower() in _RESERVED_HEADERS or name.lower().startswith("proxy-"):
        raise UserFacingError("bad_header", name=name, reason="reserved")
    taken = {(key_header or "Authorization").lower(), *map(str.lower, headers)}
    if name.lower() in taken:
        raise UserFacingError("bad_header", name=name, reason="repeated")
    return name


def checked_body(body: Mapping[str, Any]) -> dict[str, Any]:
    """Give JSON fields that can be added to a request and kept.

    Raises `UserFacingError` `bad_body` with a `reason`: `json`, `object`, `reserved`, `secret` or `long`.
    """
    for name in body:
        if name in _RESERVED_FIELDS:
            raise UserFacingError("bad_body", name=name, reason="reserved")
    for name, value in _fields_of(body):
        if _SECRET_NAME.search(name) or (isinstance(value, str) and _SECRET_VALUE.match(value)):
            raise UserFacingError("bad_body", name=name, reason="secret")
    if len(body_text(body)) > MOST_CHARACTERS:
        raise UserFacingError("bad_body", name="", reason="long", most=MOST_CHARACTERS)
    return dict(body)


def body_in(text: str) -> dict[str, Any]:
    """Read a JSON object; nothing is an empty one. Raises as `checked_body` does."""
    if not text.strip():
        return {}
    try:
        found = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise UserFacingError("bad_body", name="", reason="json", line=line) from error
    if not isinstance(found, dict):
        raise UserFacingError("bad_body", name="", reason="object")
    return checked_body(found)


def refuse_key(key: str, headers: Mapping[str, str], body: Mapping[str, Any]) -> None:
    """Refuse what holds the API key itself; raises `UserFacingError` `bad_header` or `bad_body`, `secret`."""
    for name, value in headers.items():
        if key in value:
            raise UserFacingError("bad_header", name=name, reason="secret")
    for name, value in body.items():
        if json.dumps(key)[1:-1] in json.dumps(value):
            raise UserFacingError("bad_body", name=name, reason="secret")


def body_text(body: Mapping[str, Any]) -> str:
    try:
        return json.dumps(body, ensure_ascii=False, indent=2, allow_nan=False) if body else ""
    except (ValueError, TypeError, RecursionError) as error:
        raise UserFacingError("bad_body", name="", reason="json", line=1) from error


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _fields_of(value: Any) -> Iterator[tuple[str, Any]]:
    """Every name with its value, at any depth."""
    waiting = [value]
    while waiting:
        current = waiting.pop()
        if isinstance(current, dict):
            yield from current.items()
            waiting += current.values()
        elif isinstance(current, list):
            waiting += current
