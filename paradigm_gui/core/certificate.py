"""Who issued a certificate, and until when it holds: read from its bytes.

Python tells that only of certificates it has found to be good, and on some systems of none; the interesting
ones are the others.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_VERSION, _UTC_TIME, _GENERALISED_TIME = 0xA0, 0x17, 0x18
_EXTENSIONS, _DNS_NAME, _ADDRESS = 0xA3, 0x82, 0x87
_OCTETS = 0x04
_ALTERNATIVE_NAMES = b"\x55\x1d\x11"
_COMMON_NAME, _ORGANISATION = b"\x55\x04\x03", b"\x55\x04\x0a"
_UTF16 = 0x1E  # BMPString
LONGEST_NAME = 200
MOST_NAMES = 20


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a person wants to know of a certificate; `names` are those of the servers that it is for.

    All names are foreign text.
    """

    issuer: str
    subject: str
    expires: dt.datetime
    names: tuple[str, ...] = ()


def read_certificate(der: bytes) -> Certificate | None:
    """Read an X.509 certificate; `None` for bytes that are none."""
    try:
        (_, whole), *_ = _elements(der)
        (_, signed), *_ = _elements(whole)
        fields = [element for element in _elements(signed) if element[0] != _VERSION]
        _serial, _algorithm, issuer, validity, subject, _key, *others = fields
        _begin, end = _elements(validity[1])
        return Certificate(_name(issuer[1]), _name(subject[1]), _time(*end), tuple(_server_names(others)))
    except (ValueError, IndexError):
        return None


def _elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The DER elements that stand one after the other: tag and content."""
    position = 0
    while position < len(data):
        tag, length = data[position], data[position + 1]
        position += 2
        if length & 0x80:
            size = length & 0x7F
            length = int.from_bytes(data[position : position + size], "big")
            position += size
        if position + length > len(data):
            raise ValueError("cut off")
        yield tag, data[position : position + length]
        position += length


def _name(data: bytes) -> str:
    """The organisation and the common name of a distinguished name, whichever there is."""
    found: dict[bytes, str] = {}
    for _, relative in _elements(data):
        for _, attribute in _elements(relative):
            (_, kind), (tag, value) = _elements(attribute)
            found.setdefault(kind, value.decode("utf-16-be" if tag == _UTF16 else "utf-8", "replace"))
    parts = [found[kind] for kind in (_COMMON_NAME, _ORGANISATION) if found.get(kind)]
    return ", ".join(dict.fromkeys(parts))[:LONGEST_NAME]


def _server_names(fields: list[tuple[int, bytes]]) -> Iterator[str]:
    """The names and addresses among the extensions."""
    wrapped = next((content for tag, content in fields if tag == _EXTENSIONS), b"")
    for _, extensions in _elements(wrapped):
        for _, extension in _elements(extensions):
            (_, kind), *_, (tag, content) = _elements(extension)
            if kind == _ALTERNATIVE_NAMES and tag == _OCTETS:
                (_, names), *_ = _elements(content)
                yield from islice(filter(None, map(_server_name, _elements(names))), MOST_NAMES)


def _server_name(element: tuple[int, bytes]) -> str:
    tag, value = element
    if tag == _DNS_NAME:
        return value.decode("utf-8", "replace")[:LONGEST_NAME]
    return str(ipaddress.ip_address(value)) if tag == _ADDRESS else ""


def _time(tag: int, value: bytes) -> dt.datetime:
    text = value.decode("ascii").removesuffix("Z")
    if tag == _UTC_TIME:
        text = ("20" if int(text[:2]) < 50 else "19") + text
    elif tag != _GENERALISED_TIME:
        raise ValueError(tag)
    return dt.datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=dt.UTC)
