"""What can go wrong, as stable codes. Sentences for people are made elsewhere, in their language."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ErrorKind(StrEnum):
    """Why an attempt failed. The value is the code used in files and reports."""

    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    PROXY = "proxy"
    DROPPED = "dropped"
    TIMEOUT_CONNECT = "timeout_connect"
    TIMEOUT_FIRST_TOKEN = "timeout_first_token"
    TIMEOUT_BETWEEN_TOKENS = "timeout_between_tokens"
    TIMEOUT_TOTAL = "timeout_total"
    BAD_REQUEST = "bad_request"
    UNAUTHORIZED = "unauthorized"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    UNPROCESSABLE = "unprocessable"
    RATE_LIMITED = "rate_limited"
    MAINTENANCE = "maintenance"
    SERVER_ERROR = "server_error"
    REDIRECTED = "redirected"
    HTTP_ERROR = "http_error"
    NOT_AN_API = "not_an_api"
    EMPTY_CHOICES = "empty_choices"
    TRUNCATED = "truncated"
    BAD_CHUNK = "bad_chunk"
    STREAM_ERROR = "stream_error"
    OVERSIZED = "oversized"
    NOT_JSON = "not_json"
    SCHEMA_MISMATCH = "schema_mismatch"
    UNCHECKED = "unchecked"
    NOT_KEPT = "not_kept"
    INTERNAL = "internal"

    @property
    def is_about_format(self) -> bool:
        """Whether the answer came whole, but is not what the answer format asks for."""
        return self in _ABOUT_FORMAT

    @property
    def is_retryable(self) -> bool:
        """Whether sending the same request again may succeed."""
        return self in _RETRYABLE

    @property
    def is_misconfiguration(self) -> bool:
        """Whether the cause lies in the key, the URL or the way there, so that other rows would fail too."""
        return self in _MISCONFIGURATION

    @property
    def is_wrong_address(self) -> bool:
        """Whether something else than an API answered, so that the API may be at another path."""
        return self in _WRONG_ADDRESS

    @property
    def is_network_loss(self) -> bool:
        """Whether the server was not even reached."""
        return self in _NETWORK_LOSS


_RETRYABLE = frozenset(
    {
        ErrorKind.DNS,
        ErrorKind.CONNECT,
        ErrorKind.PROXY,
        ErrorKind.DROPPED,
        ErrorKind.TIMEOUT_CONNECT,
        ErrorKind.TIMEOUT_FIRST_TOKEN,
        ErrorKind.TIMEOUT_BETWEEN_TOKENS,
        ErrorKind.TIMEOUT_TOTAL,
        ErrorKind.CONFLICT,
        ErrorKind.RATE_LIMITED,
        ErrorKind.MAINTENANCE,
        ErrorKind.SERVER_ERROR,
    }
)

_MISCONFIGURATION = frozenset(
    {
        ErrorKind.UNAUTHORIZED,
        ErrorKind.FORBIDDEN,
        ErrorKind.NOT_FOUND,
        ErrorKind.NOT_AN_API,
        ErrorKind.REDIRECTED,
        ErrorKind.TLS,
        ErrorKind.DNS,
        ErrorKind.CONNECT,
        ErrorKind.PROXY,
    }
)

_WRONG_ADDRESS = frozenset(
    {ErrorKind.NOT_AN_API, ErrorKind.NOT_FOUND, ErrorKind.REDIRECTED, ErrorKind.HTTP_ERROR}
)

_ABOUT_FORMAT = frozenset({ErrorKind.NOT_JSON, ErrorKind.SCHEMA_MISMATCH, ErrorKind.UNCHECKED})

_NETWORK_LOSS = frozenset({ErrorKind.DNS, ErrorKind.CONNECT, ErrorKind.TIMEOUT_CONNECT, ErrorKind.PROXY})


class TlsFault(StrEnum):
    """What is wrong with a certificate, where that can be told; or that there is none.

    `OTHER_AUTHORITY`: one is chosen for this server, but another one vouches for it.
    """

    NO_TLS = "no_tls"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    WRONG_HOST = "wrong_host"
    SELF_SIGNED = "self_signed"
    UNKNOWN_AUTHORITY = "unknown_authority"
    OTHER_AUTHORITY = "other_authority"


@dataclass(frozen=True, slots=True)
class RequestError:
    """One failed attempt: the kind, the server's own words, and what it said about waiting.

    `message` is foreign text, cut to a readable length; `retry_after_s` is in seconds; `tls_fault` tells
    what a `TLS` error is about; `had_login` says that the proxy was given a user name and a password.
    """

    kind: ErrorKind
    message: str = ""
    http_status: int | None = None
    retry_after_s: float | None = None
    tls_fault: TlsFault | None = None
    had_login: bool = False

    @property
    def is_from_doorkeeper(self) -> bool:
        """Whether a proxy wants another login. To try again may lock an account of the organisation."""
        return self.kind is ErrorKind.PROXY and self.http_status == 407

    @property
    def is_retryable(self) -> bool:
        """Whether sending the same request again may succeed, and does no harm."""
        return self.kind.is_retryable and not self.is_from_doorkeeper


class ExchangeError(Exception):
    """Raised by a client when an attempt failed; carries the `RequestError`."""

    def __init__(self, error: RequestError) -> None:
        super().__init__(f"{error.kind}: {error.message}")
        self.error = error


class UserFacingError(Exception):
    """Bad input or configuration that the user can mend.

    `code` is stable; `details` are the values its sentence needs (`path`, `line`, `value`, ...).
    Anything else that escapes is a bug and goes to the error reporter.
    """

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(f"{code} {details}" if details else code)
        self.code = code
        self.details = details
