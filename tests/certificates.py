"""Certificates of an authority that the tests make themselves: good ones, and ones that are wrong."""

from __future__ import annotations

import datetime as dt
import ssl
from functools import lru_cache
from typing import TYPE_CHECKING

import trustme

if TYPE_CHECKING:
    from pathlib import Path

HOST = "private.example"
AUTHORITY_NAME = "Example Corporate Authority"


@lru_cache(maxsize=1)
def authority() -> trustme.CA:
    return trustme.CA(organization_name=AUTHORITY_NAME)


def authority_file(folder: Path) -> Path:
    path = folder / "authority.pem"
    authority().cert_pem.write_to_path(path)
    return path


def server_tls(*names: str, is_expired: bool = False) -> ssl.SSLContext:
    """The TLS context of a server whose certificate the authority has signed."""
    yesterday = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
    certificate = authority().issue_cert(
        *(names or (HOST, "127.0.0.1", "localhost")),
        not_before=yesterday - dt.timedelta(days=30) if is_expired else None,
        not_after=yesterday if is_expired else None,
    )
    return _context_of(certificate)


def self_signed_tls(folder: Path) -> ssl.SSLContext:
    """The TLS context of a server that vouches for itself."""
    itself = trustme.CA(organization_name="Nobody")
    path = folder / "itself.pem"
    path.write_bytes(itself.private_key_pem.bytes() + itself.cert_pem.bytes())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


def stranger_tls() -> ssl.SSLContext:
    """The TLS context of a server for which an unknown authority vouches."""
    return _context_of(trustme.CA(organization_name="Nobody").issue_cert(HOST, "127.0.0.1"))


def _context_of(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context
