"""What became of a request: its state, what went wrong, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paradigm_gui.core.batch import ArmKind, EarlyStop, Limits, RequestState, StopCode
from paradigm_gui.core.errors import ErrorKind, RequestError, TlsFault
from paradigm_gui.wording.text import QT_TRANSLATE_NOOP, labelled, number, translate

if TYPE_CHECKING:
    from collections.abc import Mapping


_STATES = {
    RequestState.QUEUED: QT_TRANSLATE_NOOP("wording", "queued"),
    RequestState.WAITING: QT_TRANSLATE_NOOP("wording", "waiting"),
    RequestState.SENT: QT_TRANSLATE_NOOP("wording", "sent"),
    RequestState.STREAMING: QT_TRANSLATE_NOOP("wording", "streaming"),
    RequestState.BACKOFF: QT_TRANSLATE_NOOP("wording", "retry"),
    RequestState.DONE: QT_TRANSLATE_NOOP("wording", "done"),
    RequestState.FAILED: QT_TRANSLATE_NOOP("wording", "failed"),
    RequestState.CANCELLED: QT_TRANSLATE_NOOP("wording", "cancelled"),
}


_ARMS = {
    ArmKind.CONCURRENT: QT_TRANSLATE_NOOP("wording", "Concurrent"),
    ArmKind.SEQUENTIAL: QT_TRANSLATE_NOOP("wording", "Sequential"),
}


# What happened, and what to do about it.
_REQUEST_ERRORS: Mapping[ErrorKind, tuple[str, str]] = {
    ErrorKind.DNS: (
        QT_TRANSLATE_NOOP("wording", "The server's name is not known to the network"),
        QT_TRANSLATE_NOOP(
            "wording",
            "Check the base URL for typing errors, and your network or VPN. If your organisation reaches the"
            " internet through a proxy, name it in the settings of this server, under Advanced, Proxy.",
        ),
    ),
    ErrorKind.CONNECT: (
        QT_TRANSLATE_NOOP("wording", "The server could not be reached"),
        QT_TRANSLATE_NOOP("wording", "Check the base URL and its port, and that the server is running."),
    ),
    ErrorKind.TLS: (
        QT_TRANSLATE_NOOP("wording", "No encrypted connection to the server could be made"),
        QT_TRANSLATE_NOOP(
            "wording",
            "Test the connection in the settings of this server: it says more. If your organisation has a"
            " certificate authority of its own, choose its file there, under Advanced, as Authority file.",
        ),
    ),
    ErrorKind.PROXY: (
        QT_TRANSLATE_NOOP("wording", "The proxy did not let the request through"),
        QT_TRANSLATE_NOOP(
            "wording", "Check the proxy in the settings of this server, or of your system (HTTPS_PROXY)."
        ),
    ),
    ErrorKind.DROPPED: (
        QT_TRANSLATE_NOOP("wording", "The connection broke before the answer was complete"),
        QT_TRANSLATE_NOOP("wording", "Run the row again; if it happens often, lower the cap."),
    ),
    ErrorKind.TIMEOUT_CONNECT: (
        QT_TRANSLATE_NOOP("wording", "The server did not accept the connection in time"),
        QT_TRANSLATE_NOOP("wording", "Check the network or VPN; if the server is busy, lower the cap."),
    ),
    ErrorKind.TIMEOUT_FIRST_TOKEN: (
        QT_TRANSLATE_NOOP("wording", "The server did not begin to answer in time"),
        QT_TRANSLATE_NOOP("wording", "The server may be overloaded: lower the cap and run the row again."),
    ),
    ErrorKind.TIMEOUT_BETWEEN_TOKENS: (
        QT_TRANSLATE_NOOP("wording", "The answer stopped arriving"),
        QT_TRANSLATE_NOOP("wording", "Run the row again; if it happens often, lower the cap."),
    ),
    ErrorKind.TIMEOUT_TOTAL: (
        QT_TRANSLATE_NOOP("wording", "The request took longer than allowed"),
        QT_TRANSLATE_NOOP("wording", "Allow more time, ask for fewer tokens, or lower the cap."),
    ),
    ErrorKind.BAD_REQUEST: (
        QT_TRANSLATE_NOOP("wording", "The server did not accept the request"),
        QT_TRANSLATE_NOOP("wording", "Check the model and its parameters; the server says why below."),
    ),
    ErrorKind.UNAUTHORIZED: (
        QT_TRANSLATE_NOOP("wording", "The server does not accept the API key"),
        QT_TRANSLATE_NOOP("wording", "Enter the key again; it may have expired or been revoked."),
    ),
    ErrorKind.FORBIDDEN: (
        QT_TRANSLATE_NOOP("wording", "The API key is not allowed to do this"),
        QT_TRANSLATE_NOOP("wording", "Ask your administrator whether the key may use this model."),
    ),
    ErrorKind.NOT_FOUND: (
        QT_TRANSLATE_NOOP("wording", "The server does not know this model or this address"),
        QT_TRANSLATE_NOOP(
            "wording", "Choose a model from the list, and check the base URL: Paradigm’s ends in /api/v2."
        ),
    ),
    ErrorKind.CONFLICT: (
        QT_TRANSLATE_NOOP("wording", "The server reported a conflict"),
        QT_TRANSLATE_NOOP("wording", "Run the row again."),
    ),
    ErrorKind.UNPROCESSABLE: (
        QT_TRANSLATE_NOOP("wording", "The server could not process the request"),
        QT_TRANSLATE_NOOP("wording", "Check the prompt and the parameters; the server says why below."),
    ),
    ErrorKind.RATE_LIMITED: (
        QT_TRANSLATE_NOOP("wording", "The server asked for fewer requests"),
        QT_TRANSLATE_NOOP("wording", "Lower the cap or the requests per minute, then run the row again."),
    ),
    ErrorKind.MAINTENANCE: (
        QT_TRANSLATE_NOOP("wording", "The server is under maintenance"),
        QT_TRANSLATE_NOOP("wording", "Come back later; nothing on your side is wrong."),
    ),
    ErrorKind.SERVER_ERROR: (
        QT_TRANSLATE_NOOP("wording", "The server failed"),
        QT_TRANSLATE_NOOP(
            "wording", "Run the row again; if it keeps happening, tell the server's administrator."
        ),
    ),
    ErrorKind.REDIRECTED: (
        QT_TRANSLATE_NOOP("wording", "The server points to another address"),
        QT_TRANSLATE_NOOP(
            "wording", "Enter the right base URL; redirects are not followed, to keep the key on one host."
        ),
    ),
    ErrorKind.HTTP_ERROR: (
        QT_TRANSLATE_NOOP("wording", "The server refused the request"),
        QT_TRANSLATE_NOOP("wording", "The server says why below."),
    ),
    ErrorKind.NOT_AN_API: (
        QT_TRANSLATE_NOOP("wording", "What answered is not a chat completion API"),
        QT_TRANSLATE_NOOP(
            "wording", "Check the base URL: it may lack its path (such as /api/v2) or lead to a login page."
        ),
    ),
    ErrorKind.EMPTY_CHOICES: (
        QT_TRANSLATE_NOOP("wording", "The server sent an answer without any choice"),
        QT_TRANSLATE_NOOP("wording", "Run the row again; if it keeps happening, try another model."),
    ),
    ErrorKind.TRUNCATED: (
        QT_TRANSLATE_NOOP("wording", "The answer ended before it was finished"),
        QT_TRANSLATE_NOOP("wording", "Run the row again; what had arrived is kept."),
    ),
    ErrorKind.BAD_CHUNK: (
        QT_TRANSLATE_NOOP("wording", "The server sent something that cannot be read"),
        QT_TRANSLATE_NOOP(
            "wording", "Run the row again; if it keeps happening, tell the server's administrator."
        ),
    ),
    ErrorKind.STREAM_ERROR: (
        QT_TRANSLATE_NOOP("wording", "The server reported an error in the middle of the answer"),
        QT_TRANSLATE_NOOP("wording", "Run the row again; the server says why below."),
    ),
    ErrorKind.OVERSIZED: (
        QT_TRANSLATE_NOOP("wording", "The answer is too large to be taken in"),
        QT_TRANSLATE_NOOP("wording", "Limit the answer with “Max tokens”, then run the row again."),
    ),
    ErrorKind.NOT_JSON: (
        QT_TRANSLATE_NOOP("wording", "The answer is not JSON, which the answer format asks for"),
        QT_TRANSLATE_NOOP(
            "wording",
            "Ask in the prompt for JSON and nothing else, and see that “Max tokens” does not cut it off; not"
            " every model and server heeds an answer format.",
        ),
    ),
    ErrorKind.SCHEMA_MISMATCH: (
        QT_TRANSLATE_NOOP("wording", "The answer does not match the answer format"),
        QT_TRANSLATE_NOOP(
            "wording",
            "Say in the prompt what each field is to hold, or loosen the answer format; not every model and"
            " server heeds one.",
        ),
    ),
    ErrorKind.UNCHECKED: (
        QT_TRANSLATE_NOOP("wording", "The answer could not be held against the answer format in time"),
        QT_TRANSLATE_NOOP(
            "wording", "Simplify the patterns and references of the answer format, then run the row again."
        ),
    ),
    ErrorKind.NOT_KEPT: (
        QT_TRANSLATE_NOOP("wording", "The answer came, but could not be written to the disk"),
        QT_TRANSLATE_NOOP("wording", "Copy or export it now; make room before you run the row again."),
    ),
    ErrorKind.INTERNAL: (
        QT_TRANSLATE_NOOP("wording", "Something went wrong in this program"),
        QT_TRANSLATE_NOOP("wording", "Details are in the log; please report it."),
    ),
}


# What is wrong with a certificate, and what to do about it.
_TLS_FAULTS: Mapping[TlsFault | None, tuple[str, str]] = {
    TlsFault.NO_TLS: (
        QT_TRANSLATE_NOOP("wording", "The server does not encrypt on this port"),
        QT_TRANSLATE_NOOP("wording", "Check the port; or, on a network that you trust, use http://."),
    ),
    TlsFault.EXPIRED: (
        QT_TRANSLATE_NOOP("wording", "The server's certificate has expired"),
        QT_TRANSLATE_NOOP("wording", "Tell the server's administrator, and check this computer's date."),
    ),
    TlsFault.NOT_YET_VALID: (
        QT_TRANSLATE_NOOP("wording", "The server's certificate is not valid yet"),
        QT_TRANSLATE_NOOP("wording", "Check this computer's date."),
    ),
    TlsFault.WRONG_HOST: (
        QT_TRANSLATE_NOOP("wording", "The certificate is for another server"),
        QT_TRANSLATE_NOOP("wording", "Enter the name that the certificate is made for in the base URL."),
    ),
    TlsFault.SELF_SIGNED: (
        QT_TRANSLATE_NOOP("wording", "The server vouches for itself"),
        QT_TRANSLATE_NOOP(
            "wording",
            "Ask its administrator for the certificate file, and choose it in the settings of this server,"
            " under Advanced, as Authority file.",
        ),
    ),
    TlsFault.UNKNOWN_AUTHORITY: (
        QT_TRANSLATE_NOOP("wording", "The authority behind the certificate is not known here"),
        QT_TRANSLATE_NOOP(
            "wording",
            "Ask your IT department for the file of its certificate authority, and choose it in the settings"
            " of this server, under Advanced, as Authority file.",
        ),
    ),
    TlsFault.OTHER_AUTHORITY: (
        QT_TRANSLATE_NOOP("wording", "The authority file is not that of the server's certificate"),
        QT_TRANSLATE_NOOP(
            "wording",
            "Choose the root or the intermediate certificate of the authority that issued it, as Authority"
            " file under Advanced in the settings of this server. A test of the connection names it.",
        ),
    ),
}


# What a proxy means by its status.
_PROXY_ERRORS: Mapping[int | None, tuple[str, str]] = {
    None: (
        QT_TRANSLATE_NOOP("wording", "The proxy cannot be reached"),
        QT_TRANSLATE_NOOP(
            "wording",
            "Check the proxy in the settings of this server, or of your system (HTTPS_PROXY), and your"
            " network or VPN.",
        ),
    ),
    403: (
        QT_TRANSLATE_NOOP("wording", "The proxy forbids this server"),
        QT_TRANSLATE_NOOP("wording", "Ask your IT department to allow the server on its proxy."),
    ),
    407: (
        QT_TRANSLATE_NOOP("wording", "The proxy asks for a user name and a password"),
        QT_TRANSLATE_NOOP("wording", "Enter them in the settings of this server, under Advanced, Proxy."),
    ),
    502: (
        QT_TRANSLATE_NOOP("wording", "The proxy does not find the server"),
        QT_TRANSLATE_NOOP(
            "wording", "Check the base URL; a server of your own network may need no proxy at all."
        ),
    ),
    504: (
        QT_TRANSLATE_NOOP("wording", "The proxy could not reach the server in time"),
        QT_TRANSLATE_NOOP(
            "wording", "Check the base URL; a server of your own network may need no proxy at all."
        ),
    ),
}


_LOGIN_REFUSED = (
    QT_TRANSLATE_NOOP("wording", "The proxy refuses the user name or the password"),
    QT_TRANSLATE_NOOP(
        "wording",
        "It was asked once, and not again: further attempts could lock the account. Correct them in the"
        " settings of this server, under Advanced, Proxy.",
    ),
)


def state(value: RequestState, retry_in_s: float | None = None) -> str:
    """A state in a word; a retry says in how many seconds."""
    word = translate("wording", _STATES[value])
    if value is RequestState.BACKOFF and retry_in_s is not None:
        return translate("wording", "retry in {seconds} s").format(seconds=number(retry_in_s, 0))
    return word


def arm(kind: ArmKind) -> str:
    return translate("wording", _ARMS[kind])


def error_title(error: RequestError) -> str:
    """What happened."""
    return translate("wording", _words_of(error)[0])


def error_remedy(error: RequestError) -> str:
    """What to do about it."""
    return translate("wording", _words_of(error)[1])


def listing_title(error: RequestError) -> str:
    """What happened when the models were to be listed, which names none."""
    if error.kind is ErrorKind.NOT_FOUND:
        return translate("wording", "There is no list of models at this address")
    return error_title(error)


def listing_remedy(error: RequestError) -> str:
    """What to do about that."""
    if error.kind is ErrorKind.NOT_FOUND:
        return translate("wording", "Check the base URL: Paradigm’s ends in /api/v2.")
    return error_remedy(error)


def _words_of(error: RequestError) -> tuple[str, str]:
    usual = _REQUEST_ERRORS[error.kind]
    if error.is_from_doorkeeper and error.had_login:
        return _LOGIN_REFUSED
    if error.kind is ErrorKind.PROXY:
        return _PROXY_ERRORS.get(error.http_status, usual)
    return _TLS_FAULTS.get(error.tls_fault, usual) if error.kind is ErrorKind.TLS else usual


def error_in_short(error: RequestError) -> str:
    """One line for a cell: what happened, with the HTTP status and the server's own words."""
    status = f" (HTTP {error.http_status})" if error.http_status else ""
    title = f"{error_title(error)}{status}"
    return labelled(title, error.message) if error.message else title


def likely_base_url(url: str) -> str:
    """Where the API of a server was found, when its base URL leads elsewhere."""
    return translate("wording", "The API is probably at {url}: enter that as the base URL.").format(url=url)


def early_stop(stop: EarlyStop, limits: Limits, base_url: str = "") -> str:
    """Why an arm ended early, and what to do about it; `base_url` is where the API was found instead."""
    if stop.code is StopCode.TOKENS:
        return translate(
            "wording", "The run stopped at its limit of {n} tokens. Raise the limit, then go on with the run."
        ).format(n=number(limits.token_budget or 0, 0))
    cause = ""
    if stop.error:
        remedy = likely_base_url(base_url) if base_url else error_remedy(stop.error)
        cause = f"{error_in_short(stop.error)}. {remedy}"
    if stop.code is StopCode.FAILURES:
        return translate(
            "wording", "The run stopped at its limit of {n} failed rows. The last one: {cause}"
        ).format(n=number(limits.failures_to_stop or 0, 0), cause=cause)
    return translate("wording", "The run was stopped early. {cause}").format(cause=cause)
