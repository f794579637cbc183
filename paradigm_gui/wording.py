"""Sentences for the codes of core, in the user's language: what happened, and what to do.

Foreign text (file names, a server's words) is put into them as it is; whoever shows them shows plain text.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from paradigm_gui.core.batch import ArmKind, EarlyStop, Limits, RequestState, StopCode
from paradigm_gui.core.diagnosis import Finding, FindingCode
from paradigm_gui.core.errors import ErrorKind, RequestError, UserFacingError
from paradigm_gui.core.keys import KeySource
from paradigm_gui.core.plan import Order
from paradigm_gui.core.store_file import AsideReason

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from paradigm_gui.core.forecast import Forecast
    from paradigm_gui.core.server_limits import ServerLimits

translate = QCoreApplication.translate


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # noqa: N802 - the name that lupdate looks for
    """Mark a text for translation that is looked up later."""
    return text


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
        QT_TRANSLATE_NOOP("wording", "Check the base URL for typing errors, and your network or VPN."),
    ),
    ErrorKind.CONNECT: (
        QT_TRANSLATE_NOOP("wording", "The server could not be reached"),
        QT_TRANSLATE_NOOP("wording", "Check the base URL and its port, and that the server is running."),
    ),
    ErrorKind.TLS: (
        QT_TRANSLATE_NOOP("wording", "The server's certificate is not trusted"),
        QT_TRANSLATE_NOOP(
            "wording", "Ask your IT department to install your organisation's certificate authority."
        ),
    ),
    ErrorKind.PROXY: (
        QT_TRANSLATE_NOOP("wording", "The proxy did not let the request through"),
        QT_TRANSLATE_NOOP("wording", "Check the proxy settings of your system (HTTPS_PROXY, NO_PROXY)."),
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
    ErrorKind.NOT_KEPT: (
        QT_TRANSLATE_NOOP("wording", "The answer came, but could not be written to the disk"),
        QT_TRANSLATE_NOOP("wording", "Copy or export it now; make room before you run the row again."),
    ),
    ErrorKind.INTERNAL: (
        QT_TRANSLATE_NOOP("wording", "Something went wrong in this program"),
        QT_TRANSLATE_NOOP("wording", "Details are in the log; please report it."),
    ),
}

_USER_ERRORS: Mapping[str, str] = {
    "bad_endpoints_file": QT_TRANSLATE_NOOP(
        "wording", "{path}: the saved endpoints cannot be read. Repair or remove the file."
    ),
    "bad_field": QT_TRANSLATE_NOOP(
        "wording", "{path}: the field “{field}” has a wrong value (expected: {expected})."
    ),
    "bad_json": QT_TRANSLATE_NOOP("wording", "{path}: line {line} is not valid JSON."),
    "bad_quotes": QT_TRANSLATE_NOOP(
        "wording", "{path}: a quotation mark opened at line {line} is not closed."
    ),
    "bad_spreadsheet": QT_TRANSLATE_NOOP(
        "wording", "{path}: not a readable spreadsheet. It may be damaged or protected by a password."
    ),
    "bad_key.empty": QT_TRANSLATE_NOOP("wording", "The API key is empty."),
    "bad_key.characters": QT_TRANSLATE_NOOP(
        "wording",
        "The API key contains spaces, line breaks or accents. Copy the key again, and nothing else.",
    ),
    "bad_key.length": QT_TRANSLATE_NOOP(
        "wording",
        "An API key has at most {most} characters, and this is longer. Copy the key again, and nothing else.",
    ),
    "bad_url.empty": QT_TRANSLATE_NOOP("wording", "The base URL is empty."),
    "bad_url.characters": QT_TRANSLATE_NOOP(
        "wording", "The base URL “{value}” contains spaces or line breaks."
    ),
    "bad_url.scheme": QT_TRANSLATE_NOOP(
        "wording", "The base URL “{value}” must begin with https:// or http://."
    ),
    "bad_url.host": QT_TRANSLATE_NOOP("wording", "The base URL “{value}” lacks the name of a server."),
    "bad_url.port": QT_TRANSLATE_NOOP("wording", "The base URL “{value}” has a wrong port or address."),
    "bad_url.credentials": QT_TRANSLATE_NOOP(
        "wording",
        "The base URL must not contain a user name or a password. Enter the API key in its own field.",
    ),
    "bad_network_settings": QT_TRANSLATE_NOOP(
        "wording",
        "The proxy or certificate settings of this system cannot be used: {reason}."
        " Check HTTPS_PROXY, ALL_PROXY, SSL_CERT_FILE and SSL_CERT_DIR.",
    ),
    "bug": QT_TRANSLATE_NOOP("wording", "Something went wrong in this program; details are in {path}."),
    "bad_option": QT_TRANSLATE_NOOP("wording", "{option} cannot be {value} (expected: {expected})."),
    "cannot_read": QT_TRANSLATE_NOOP("wording", "{path} cannot be read: {reason}."),
    "cannot_write": QT_TRANSLATE_NOOP("wording", "{path} cannot be written: {reason}."),
    "cell_too_large": QT_TRANSLATE_NOOP(
        "wording", "{path}: a cell near line {line} is longer than {limit} characters."
    ),
    "demo_failed": QT_TRANSLATE_NOOP("wording", "The demo server did not start. {reason}"),
    "disk_full": QT_TRANSLATE_NOOP("wording", "{path} cannot be written: the disk is full."),
    "empty_table": QT_TRANSLATE_NOOP("wording", "{path} contains nothing to send."),
    "file_not_found": QT_TRANSLATE_NOOP("wording", "{path} does not exist."),
    "file_too_large": QT_TRANSLATE_NOOP("wording", "{path} is too large to be read."),
    "folder_missing": QT_TRANSLATE_NOOP("wording", "{path} cannot be written: its folder does not exist."),
    "input_changed": QT_TRANSLATE_NOOP(
        "wording", "The input is not the one that was run: {what}. Start a new run instead."
    ),
    "is_a_folder": QT_TRANSLATE_NOOP("wording", "{path} is a folder, not a file."),
    "key_in_file": QT_TRANSLATE_NOOP(
        "wording",
        "{path}: the field “{field}” looks like an API key. Remove it: a batch file is passed on to others.",
    ),
    "no_job": QT_TRANSLATE_NOOP(
        "wording", "There is no screen, and nothing to do without one. Name a file, or try: {example}"
    ),
    "no_key": QT_TRANSLATE_NOOP(
        "wording", "No API key for {host}. Add one in the window, or set PARADIGM_API_KEY."
    ),
    "no_model": QT_TRANSLATE_NOOP("wording", "No model is chosen. Choose or type one."),
    "no_model_offered": QT_TRANSLATE_NOOP("wording", "{host} offers no chat model. Name one with --model."),
    "no_permission": QT_TRANSLATE_NOOP("wording", "{path}: you do not have permission for that."),
    "no_rows": QT_TRANSLATE_NOOP(
        "wording", "There is nothing to send yet. Enter names or prompts, one per line."
    ),
    "no_template": QT_TRANSLATE_NOOP("wording", "The prompt is empty. Write what to ask for each row."),
    "not_a_file": QT_TRANSLATE_NOOP("wording", "{path} is not an ordinary file."),
    "not_text": QT_TRANSLATE_NOOP("wording", "{path} is not a text file."),
    "ragged_row": QT_TRANSLATE_NOOP(
        "wording", "{path}: line {line} has {cells} cells, but there are {columns} columns."
    ),
    "no_such_run": QT_TRANSLATE_NOOP("wording", "There is no such run, or it was deleted."),
    "nothing_to_resume": QT_TRANSLATE_NOOP("wording", "There is no unfinished run to go on with."),
    "run_in_use": QT_TRANSLATE_NOOP("wording", "“{name}” is being run in another window of this program."),
    "store_damaged": QT_TRANSLATE_NOOP(
        "wording", "{path}: the kept runs are damaged. The file is set aside at the next start."
    ),
    "store_in_use": QT_TRANSLATE_NOOP(
        "wording",
        "{path}: the kept runs are damaged and in use. Close the other windows of this program first.",
    ),
    "server_refused": QT_TRANSLATE_NOOP("wording", "{host}: {what}. {remedy} {words}"),
    "too_many_cells": QT_TRANSLATE_NOOP("wording", "There are more than {limit} cells; split the table."),
    "too_many_columns": QT_TRANSLATE_NOOP("wording", "There are more than {limit} columns."),
    "too_many_results": QT_TRANSLATE_NOOP("wording", "There are more than {limit} rows; split the table."),
    "too_many_rows": QT_TRANSLATE_NOOP("wording", "There are more than {limit} rows; split the table."),
    "unknown_endpoint": QT_TRANSLATE_NOOP("wording", "There is no endpoint named “{name}”. Known: {known}."),
    "unknown_field": QT_TRANSLATE_NOOP("wording", "{path}: the field “{field}” is not known."),
    "unknown_placeholder": QT_TRANSLATE_NOOP(
        "wording", "The prompt uses {unknown}, but the input has only {known}."
    ),
    "unknown_suffix": QT_TRANSLATE_NOOP(
        "wording", "{path}: files ending in “{suffix}” cannot be used here (known: {known})."
    ),
    "unknown_version": QT_TRANSLATE_NOOP("wording", "{path} was made by a newer version of this program."),
    "unknown_picture": QT_TRANSLATE_NOOP("wording", "{path}: the picture could not be written."),
}

# What is not as it was when the run started.
_CHANGES: Mapping[str, str] = {
    "rows": QT_TRANSLATE_NOOP("wording", "the rows are different"),
    "template": QT_TRANSLATE_NOOP("wording", "the prompt is different"),
    "parameters": QT_TRANSLATE_NOOP(
        "wording", "the model, its parameters or the system prompt are different"
    ),
}

# Of several sentences that one is said for which all figures are there.
_FINDINGS: Mapping[FindingCode, tuple[str, ...]] = {
    FindingCode.NOT_ENOUGH_DATA: (
        QT_TRANSLATE_NOOP(
            "wording", "Not enough data to say why: {n} answers, at least {needed} are needed."
        ),
    ),
    FindingCode.NOT_COMPARED: (),
    FindingCode.TOO_FEW_PAIRS: (
        QT_TRANSLATE_NOOP(
            "wording",
            "Not enough data to judge the server: {n} rows succeeded in both arms, at least {needed} are"
            " needed.",
        ),
    ),
    FindingCode.CUT_SHORT: (
        QT_TRANSLATE_NOOP(
            "wording",
            "The arm was cut short: {cancelled} of {rows} rows were not answered, so it is not compared.",
        ),
    ),
    FindingCode.TOKENS_DIFFER: (
        QT_TRANSLATE_NOOP(
            "wording",
            "The arms did not do the same work: {concurrent_tokens} tokens were answered at once,"
            " {sequential_tokens} one by one.",
        ),
    ),
    FindingCode.SERVER_QUEUES: (
        QT_TRANSLATE_NOOP(
            "wording",
            "The server takes about {about} at a time ({at_a_time}) and lets the others wait: the first token"
            " came after {wait_s} s instead of {wait_alone_s} s, the rest took {stream_s} s, alone"
            " {stream_alone_s} s (means of {n}).",
        ),
        QT_TRANSLATE_NOOP(
            "wording",
            "The server takes about {about} at a time ({at_a_time}) and lets the others wait: the"
            " first {first} answers took {first_s} s, alone {first_alone_s} s, and the last of {n} took"
            " {last_s} s.",
        ),
    ),
    FindingCode.SERVER_SLOWS: (
        QT_TRANSLATE_NOOP(
            "wording",
            "The server does the work of about {about} at a time ({at_a_time}), shared by all in flight: the"
            " first token took {wait_s} s instead of {wait_alone_s} s, the rest {stream_s} s instead of"
            " {stream_alone_s} s (means of {n}).",
        ),
        QT_TRANSLATE_NOOP(
            "wording",
            "The server does the work of about {about} at a time ({at_a_time}), shared by all in flight: even"
            " the first answers took {first_s} s instead of {first_alone_s} s (means of {first}).",
        ),
    ),
    FindingCode.SERVER_LIMITED: (
        QT_TRANSLATE_NOOP(
            "wording",
            "The server handles about {about} requests at a time ({at_a_time}): one took {alone_s} s alone"
            " and {loaded_s} s among the others (means of {n}).",
        ),
    ),
    FindingCode.KNEE: (
        QT_TRANSLATE_NOOP(
            "wording",
            "More than {cap} at once brought little: {rate} answers a second at {cap}, {best} at best.",
        ),
    ),
    FindingCode.OWN_CAP: (
        QT_TRANSLATE_NOOP(
            "wording",
            "Your cap is the limit: on average, {mean_in_flight} of {cap} slots were busy, and the server"
            " did not slow down (one took {alone_s} s alone, {loaded_s} s among the others; means of {n}).",
        ),
    ),
    FindingCode.SLOTS_FULL: (
        QT_TRANSLATE_NOOP(
            "wording",
            "On average, {mean_in_flight} of {cap} slots were busy: the cap or the server is the limit."
            " Only a comparison with sequential can tell which.",
        ),
    ),
    FindingCode.PACED: (
        QT_TRANSLATE_NOOP(
            "wording",
            "Your limit of {rate} requests per minute set the pace: sending took {sending_s} s of"
            " {wall_s} s.",
        ),
    ),
    FindingCode.FEW_ROWS: (
        QT_TRANSLATE_NOOP(
            "wording",
            "All {rows} rows were sent at once, so a higher cap than {cap} would change nothing: the slowest"
            " took {slowest_s} s of {wall_s} s.",
        ),
    ),
    FindingCode.LAST_WAVE: (
        QT_TRANSLATE_NOOP(
            "wording",
            "{rows} rows are few for {cap} slots: for {drain_s} s of {wall_s} s there was none left to send,"
            " and on average {mean_in_flight} slots were busy.",
        ),
    ),
    FindingCode.SLOW_REQUEST: (
        QT_TRANSLATE_NOOP(
            "wording",
            "The slowest request held up the end: {slowest_s} s ({alone_s} s alone), against a median of"
            " {median_s} s. The last {tail_s} s went to {slow} of {n} alone.",
        ),
        QT_TRANSLATE_NOOP(
            "wording",
            "The slowest request held up the end: {slowest_s} s, against a median of {median_s} s."
            " The last {tail_s} s went to {slow} of {n} alone.",
        ),
    ),
    FindingCode.RATE_LIMITED: (
        QT_TRANSLATE_NOOP(
            "wording",
            "The server limited the rate: it refused {refused} of {attempts} attempts, and for {idle_s} s"
            " of {wall_s} s it worked on none.",
        ),
    ),
    FindingCode.RETRIES: (
        QT_TRANSLATE_NOOP(
            "wording",
            "{retries} of {attempts} attempts failed and were repeated, which cost {lost_s} s in all.",
        ),
    ),
    FindingCode.LOOP_LAG: (
        QT_TRANSLATE_NOOP(
            "wording",
            "This computer itself was busy: the program reacted up to {lag_p99_s} s late (p99), against"
            " {median_s} s for a request (median).",
        ),
    ),
    FindingCode.UNCLEAR: (
        QT_TRANSLATE_NOOP(
            "wording",
            "No single cause stands out: on average, {mean_in_flight} of {allowed} were in flight, and one"
            " took {alone_s} s alone, {loaded_s} s among the others (means of {n}).",
        ),
    ),
    FindingCode.ROUNDS: (
        QT_TRANSLATE_NOOP("wording", "In {rounds} rounds the factor was {lowest} to {highest}."),
    ),
}

_DECIMALS = {"at_a_time": 1, "mean_in_flight": 1}

_KEY_SOURCES = {
    KeySource.ENVIRONMENT: QT_TRANSLATE_NOOP("wording", "from PARADIGM_API_KEY"),
    KeySource.KEYRING: QT_TRANSLATE_NOOP("wording", "kept in the system's keyring"),
    KeySource.MEMORY: QT_TRANSLATE_NOOP("wording", "for this session only: no usable keyring"),
}


def state(value: RequestState, retry_in_s: float | None = None) -> str:
    """A state in a word; a retry says in how many seconds."""
    word = translate("wording", _STATES[value])
    if value is RequestState.BACKOFF and retry_in_s is not None:
        return translate("wording", "retry in {seconds} s").format(seconds=number(retry_in_s, 0))
    return word


def arm(kind: ArmKind) -> str:
    return translate("wording", _ARMS[kind])


def key_source(source: KeySource) -> str:
    return translate("wording", _KEY_SOURCES[source])


def error_title(kind: ErrorKind) -> str:
    return translate("wording", _REQUEST_ERRORS[kind][0])


def error_remedy(kind: ErrorKind) -> str:
    return translate("wording", _REQUEST_ERRORS[kind][1])


def error_in_short(error: RequestError) -> str:
    """One line for a cell: what happened, with the HTTP status and the server's own words."""
    status = f" (HTTP {error.http_status})" if error.http_status else ""
    title = f"{error_title(error.kind)}{status}"
    return labelled(title, error.message) if error.message else title


def early_stop(stop: EarlyStop, limits: Limits) -> str:
    """Why an arm ended early, and what to do about it."""
    if stop.code is StopCode.TOKENS:
        return translate(
            "wording", "The run stopped at its limit of {n} tokens. Raise the limit, then go on with the run."
        ).format(n=number(limits.token_budget or 0, 0))
    cause = ""
    if stop.error:
        cause = f"{error_in_short(stop.error)}. {error_remedy(stop.error.kind)}"
    if stop.code is StopCode.FAILURES:
        return translate(
            "wording", "The run stopped at its limit of {n} failed rows. The last one: {cause}"
        ).format(n=number(limits.failures_to_stop or 0, 0), cause=cause)
    return translate("wording", "The run was stopped early. {cause}").format(cause=cause)


_ORDERS = {
    Order.CONCURRENT_FIRST: QT_TRANSLATE_NOOP("wording", "concurrent first"),
    Order.SEQUENTIAL_FIRST: QT_TRANSLATE_NOOP("wording", "sequential first"),
    Order.ALTERNATING: QT_TRANSLATE_NOOP("wording", "in turns, from repeat to repeat"),
}


def order(value: Order) -> str:
    return translate("wording", _ORDERS[value])


def forecast(value: Forecast) -> str:
    """What a job is expected to take, and what that rests on."""
    if value.completion_tokens is None:
        tokens = translate("wording", "About {sent} tokens are sent; how many come back is not known yet.")
    else:
        tokens = translate("wording", "About {sent} tokens are sent and {received} come back.")
    sentences = [
        tokens.format(sent=number(value.prompt_tokens, 0), received=number(value.completion_tokens or 0, 0))
    ]
    if value.seconds is not None:
        text = translate(
            "wording", "It takes about {seconds} s, going by the {n} answers of the run on show."
        )
        seconds = number(value.seconds, 0 if value.seconds >= 10 else 1)
        sentences.append(text.format(seconds=seconds, n=number(value.answers, 0)))
    return " ".join(sentences)


def server_limits(limits: ServerLimits | None) -> str:
    """What the server said that it allows."""
    if limits is None:
        return translate("wording", "The server has not said how much it allows.")
    parts = []
    if limits.requests_left is not None or limits.requests is not None:
        parts.append(
            translate("wording", "{left} of {all} requests").format(
                left=_count_or_dash(limits.requests_left), all=_count_or_dash(limits.requests)
            )
        )
    if limits.tokens_left is not None or limits.tokens is not None:
        parts.append(
            translate("wording", "{left} of {all} tokens").format(
                left=_count_or_dash(limits.tokens_left), all=_count_or_dash(limits.tokens)
            )
        )
    return labelled(translate("wording", "What the server said last is still allowed"), ", ".join(parts))


def _count_or_dash(count: int | None) -> str:
    return "–" if count is None else number(count, 0)


def user_error(error: UserFacingError) -> str:
    """The sentence for an error that the user can mend."""
    details = dict(error.details)
    code = error.code
    failure = details.get("error")
    if isinstance(failure, RequestError):
        details |= {
            "what": error_title(failure.kind),
            "remedy": error_remedy(failure.kind),
            "words": failure.message,
        }
    if code in ("bad_key", "bad_url"):
        code = f"{code}.{details.get('reason')}"
    if code == "input_changed":
        details["what"] = translate("wording", _CHANGES.get(str(details["what"]), "–"))
    for name, value in details.items():
        if isinstance(value, list | tuple | set | frozenset):
            details[name] = ", ".join(str(item) for item in sorted(value, key=str))
        elif isinstance(value, int) and name != "line":
            details[name] = number(value, 0)
    return translate("wording", _USER_ERRORS[code]).format_map(_Known(details)).strip()


class _Known(dict[str, object]):
    """Leaves a dash where a detail is not known."""

    def __missing__(self, key: str) -> str:
        return "–"


def finding(value: Finding) -> str:
    """The sentence for one cause, with its figures; empty for a code that needs none."""
    figures = {
        name: number(figure, 0 if float(figure).is_integer() else _DECIMALS.get(name, 2))
        for name, figure in value.figures.items()
    }
    texts = _FINDINGS[value.code]
    for text in texts[:-1]:
        with suppress(KeyError):
            return translate("wording", text).format_map(figures)
    return translate("wording", texts[-1]).format_map(_Known(dict(figures))) if texts else ""


def labelled(name: str, value: str) -> str:
    """A value after its name; languages differ in how they set the colon."""
    return translate("wording", "{name}: {value}").format(name=name, value=value)


def number(value: float, decimals: int) -> str:
    """A number as the user's locale writes it."""
    return QLocale().toString(float(value), "f", decimals)


def language() -> str:
    """The language that the program speaks now, as a two-letter code."""
    return QLocale().name()[:2]


def no_screen() -> str:
    return translate("wording", "There is no screen: going on without a window.")


_SET_ASIDE = {
    AsideReason.DAMAGED: QT_TRANSLATE_NOOP(
        "wording", "The kept runs could not be read: the file is damaged. It is set aside as {path}."
    ),
    AsideReason.NEWER: QT_TRANSLATE_NOOP(
        "wording", "The kept runs were made by a newer version of this program. They are set aside as {path}."
    ),
    AsideReason.FOREIGN: QT_TRANSLATE_NOOP(
        "wording",
        "There was a file of another program in the place of the kept runs. It is set aside as {path}.",
    ),
}


def set_aside(reason: AsideReason, path: Path) -> str:
    """What became of a file of runs that could not be used."""
    return translate("wording", _SET_ASIDE[reason]).format(path=path)


def not_kept(error: UserFacingError) -> str:
    """Why runs are not kept on disk."""
    return translate("wording", "Runs are not kept: {why}").format(why=user_error(error))
