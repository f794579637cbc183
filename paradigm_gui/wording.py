"""Sentences for the codes of core, in the user's language: what happened, and what to do.

Foreign text (file names, a server's words) is put into them as it is; whoever shows them shows plain text.
"""

from __future__ import annotations

import math
from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from paradigm_gui.core.batch import ArmKind, EarlyStop, Limits, RequestState, StopCode
from paradigm_gui.core.connection_steps import Step, StepCode, StepState, TlsFault
from paradigm_gui.core.diagnosis import Finding, FindingCode
from paradigm_gui.core.endpoints import PresetCode
from paradigm_gui.core.errors import ErrorKind, RequestError, UserFacingError
from paradigm_gui.core.keys import KeyringTrouble, KeySource, Place
from paradigm_gui.core.plan import Order
from paradigm_gui.core.replay import Assumption, AssumptionCode
from paradigm_gui.core.store_file import AsideReason

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from paradigm_gui.core.forecast import Forecast
    from paradigm_gui.core.server_limits import ServerLimits

translate = QCoreApplication.translate
_MEGABYTE = 1024 * 1024


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
        QT_TRANSLATE_NOOP("wording", "Enter them in the settings of this server, under Proxy."),
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

_USER_ERRORS: Mapping[str, str] = {
    "bad_body.json": QT_TRANSLATE_NOOP("wording", "The extra fields are not valid JSON (line {line})."),
    "bad_body.object": QT_TRANSLATE_NOOP(
        "wording", 'The extra fields must be a JSON object, for example {{"top_k": 20}}.'
    ),
    "bad_body.reserved": QT_TRANSLATE_NOOP(
        "wording", "The extra field “{name}” is set elsewhere in the window. Leave it out here."
    ),
    "bad_body.secret": QT_TRANSLATE_NOOP(
        "wording",
        "The extra field “{name}” looks like a key. Extra fields are kept in a plain file,"
        " so a key must not stand there.",
    ),
    "bad_body.long": QT_TRANSLATE_NOOP("wording", "The extra fields are longer than {most} characters."),
    "bad_endpoint.name": QT_TRANSLATE_NOOP(
        "wording", "The name is too long, or holds characters that cannot be shown."
    ),
    "bad_endpoint.account": QT_TRANSLATE_NOOP("wording", "The field “account” has a wrong value."),
    "bad_endpoint.ca_file": QT_TRANSLATE_NOOP("wording", "The certificate file has a wrong name."),
    "bad_endpoint.cap": QT_TRANSLATE_NOOP("wording", "The cap is out of range."),
    "bad_endpoint.requests_per_minute": QT_TRANSLATE_NOOP(
        "wording", "The requests per minute are out of range."
    ),
    "bad_endpoint.organisation": QT_TRANSLATE_NOOP(
        "wording", "The organisation must be one word without accents, as the server's console shows it."
    ),
    "bad_endpoint.project": QT_TRANSLATE_NOOP(
        "wording", "The project must be one word without accents, as the server's console shows it."
    ),
    "bad_header.name": QT_TRANSLATE_NOOP(
        "wording", "“{name}” is not the name of a header. Write one header a line, as in “X-Team: sales”."
    ),
    "bad_header.value": QT_TRANSLATE_NOOP(
        "wording", "The header “{name}” has no value, or one with characters that cannot be sent."
    ),
    "bad_header.reserved": QT_TRANSLATE_NOOP(
        "wording", "The header “{name}” is written by the program itself. Leave it out."
    ),
    "bad_header.secret": QT_TRANSLATE_NOOP(
        "wording",
        "The header “{name}” looks like a key. Headers are kept in a plain file: enter the key in its own"
        " field, and name this header as the one that carries it.",
    ),
    "bad_header.repeated": QT_TRANSLATE_NOOP("wording", "The header “{name}” stands there twice."),
    "bad_header.many": QT_TRANSLATE_NOOP("wording", "There are more than {most} headers."),
    "bad_proxy.empty": QT_TRANSLATE_NOOP("wording", "The address of the proxy is empty."),
    "bad_proxy.characters": QT_TRANSLATE_NOOP(
        "wording", "The address of the proxy “{value}” contains spaces or line breaks."
    ),
    "bad_proxy.scheme": QT_TRANSLATE_NOOP(
        "wording", "The proxy “{value}” must begin with http:// or https://; SOCKS is not supported."
    ),
    "bad_proxy.host": QT_TRANSLATE_NOOP("wording", "The proxy “{value}” lacks the name of a server."),
    "bad_proxy.port": QT_TRANSLATE_NOOP("wording", "The proxy “{value}” has a wrong port or address."),
    "bad_proxy.credentials": QT_TRANSLATE_NOOP(
        "wording",
        "The address of the proxy must not contain a user name or a password. They have fields of their own.",
    ),
    "bad_character": QT_TRANSLATE_NOOP(
        "wording", "{path}: line {line} contains a character that no text has ({character})."
    ),
    "bad_encoding": QT_TRANSLATE_NOOP(
        "wording", "{path}: line {line} is not valid {encoding}. Choose another encoding, or mend the line."
    ),
    "bad_endpoints_file": QT_TRANSLATE_NOOP(
        "wording", "{path}: the saved endpoints cannot be read. Repair or remove the file."
    ),
    "bad_field": QT_TRANSLATE_NOOP(
        "wording", "{path}: the field “{field}” has a wrong value (expected: {expected})."
    ),
    "bad_json": QT_TRANSLATE_NOOP("wording", "{path}: line {line} is not valid JSON."),
    "bad_ca_file.missing": QT_TRANSLATE_NOOP("wording", "The certificate file {path} does not exist."),
    "bad_ca_file.unreadable": QT_TRANSLATE_NOOP("wording", "The certificate file {path} cannot be read."),
    "bad_ca_file.content": QT_TRANSLATE_NOOP(
        "wording",
        "{path} holds no certificate that can be read. Ask for the certificate authority as a PEM file.",
    ),
    "bad_system_proxy": QT_TRANSLATE_NOOP(
        "wording",
        "The proxy that this system names, {value}, cannot be used: only http:// and https:// proxies are."
        " Check HTTPS_PROXY and ALL_PROXY, or choose the proxy of this server by hand.",
    ),
    "bad_quotes": QT_TRANSLATE_NOOP(
        "wording", "{path}: a quotation mark opened at line {line} is not closed."
    ),
    "bad_schema.json": QT_TRANSLATE_NOOP("wording", "The answer format is not valid JSON (line {line})."),
    "bad_schema.object": QT_TRANSLATE_NOOP(
        "wording", 'The answer format must be a JSON schema, for example {{"type": "object"}}.'
    ),
    "bad_schema.long": QT_TRANSLATE_NOOP(
        "wording", "The answer format is longer than {most} characters; leave out what it can do without."
    ),
    "bad_schema.deep": QT_TRANSLATE_NOOP("wording", "The answer format is nested too deeply."),
    "bad_schema.dialect": QT_TRANSLATE_NOOP(
        "wording",
        "The answer format names a dialect in “$schema” that is not known. Leave it out, or name draft 6, 7,"
        " 2019-09 or 2020-12.",
    ),
    "bad_schema.schema": QT_TRANSLATE_NOOP(
        "wording", "The answer format is not a valid JSON schema ({where}: {words})."
    ),
    "bad_schema.reference": QT_TRANSLATE_NOOP(
        "wording",
        "The answer format refers to “{name}”, which is not in it. Nothing is fetched: put it under “$defs”.",
    ),
    "bad_spreadsheet": QT_TRANSLATE_NOOP(
        "wording",
        "{path}: not a readable spreadsheet. It may be damaged, or be of another kind than its name says.",
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
    "bad_credentials.empty": QT_TRANSLATE_NOOP("wording", "The user name for the proxy is empty."),
    "bad_credentials.characters": QT_TRANSLATE_NOOP(
        "wording", "The user name or the password for the proxy contains characters that cannot be sent."
    ),
    "bad_credentials.length": QT_TRANSLATE_NOOP(
        "wording", "The user name or the password for the proxy is too long."
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
    "encrypted": QT_TRANSLATE_NOOP(
        "wording", "{path} is protected by a password. Save it without one, then open it again."
    ),
    "file_not_found": QT_TRANSLATE_NOOP("wording", "{path} does not exist."),
    "file_too_large": QT_TRANSLATE_NOOP(
        "wording", "{path} is too large: {size} MB, and at most {limit} MB can be read."
    ),
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
    "no_key.locked": QT_TRANSLATE_NOOP(
        "wording",
        "No API key for {host}: the system's keyring is locked. Unlock it and try again, or enter the key"
        " for this session.",
    ),
    "no_key.denied": QT_TRANSLATE_NOOP(
        "wording",
        "No API key for {host}: the system's keyring did not let this program in. Allow it and try again,"
        " or enter the key for this session.",
    ),
    "no_model": QT_TRANSLATE_NOOP("wording", "No model is chosen. Choose or type one."),
    "no_model_offered": QT_TRANSLATE_NOOP("wording", "{host} offers no chat model. Name one with --model."),
    "no_permission": QT_TRANSLATE_NOOP("wording", "{path}: you do not have permission for that."),
    "no_rows": QT_TRANSLATE_NOOP(
        "wording", "There is nothing to send yet. Enter names or prompts, one per line."
    ),
    "no_template": QT_TRANSLATE_NOOP("wording", "The prompt is empty. Write what to ask for each row."),
    "plain_key": QT_TRANSLATE_NOOP(
        "wording",
        "The key was not sent: {host} is not encrypted, so anybody on the way could read it. Use https://, or"
        " agree to it in the settings of the server.",
    ),
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
    "unknown_sheet": QT_TRANSLATE_NOOP(
        "wording", "{path} has no sheet named “{sheet}”. Its sheets: {known}."
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
        "wording", "the model, its parameters, the system prompt or the answer format are different"
    ),
}

# Of several sentences that one is said for which all figures are there.
_FINDINGS: Mapping[FindingCode, tuple[str, ...]] = {
    FindingCode.NOT_ENOUGH_DATA: (
        QT_TRANSLATE_NOOP(
            "wording",
            "Not enough data to say why: the slowest of {n} answers took {slowest_s} s by this clock.",
        ),
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

# What an estimate rests on.
_ASSUMPTIONS: Mapping[AssumptionCode, str] = {
    AssumptionCode.SHARED: QT_TRANSLATE_NOOP(
        "wording",
        "With c requests in flight, the server does c ÷ (1 + a (c − 1)) times the work of one alone, where"
        " a = {contention} (from {low} to {high}). Measured on {n} rows, with up to {seen} in flight.",
    ),
    AssumptionCode.INDEPENDENT: QT_TRANSLATE_NOOP(
        "wording",
        "The server does not slow down under load. Measured on {n} rows, with up to {seen} in flight.",
    ),
    AssumptionCode.LOAD_UNKNOWN: QT_TRANSLATE_NOOP(
        "wording",
        "How load slows the server is not known from one arm alone. One end of the range: not at all."
        " The other: it works on one request at a time.",
    ),
    AssumptionCode.BEYOND_RECORD: QT_TRANSLATE_NOOP(
        "wording",
        "{in_flight} in flight are more than were ever measured ({seen}): the server may behave differently.",
    ),
    AssumptionCode.FAILURES_REPEATED: QT_TRANSLATE_NOOP(
        "wording", "Attempts that failed fail again, with the same pauses after them ({failures} in all)."
    ),
    AssumptionCode.REFUSALS_LEFT_OUT: QT_TRANSLATE_NOOP(
        "wording",
        "The server does not refuse anything for its rate (in the record, it did so {refusals} times).",
    ),
    AssumptionCode.ROWS_LEFT_OUT: QT_TRANSLATE_NOOP(
        "wording", "Rows without an answer or a failure to repeat are left out ({rows} in all)."
    ),
    AssumptionCode.LAUNCH: QT_TRANSLATE_NOOP(
        "wording", "This program takes {launch_s} s to send a request, as it did in the record."
    ),
    AssumptionCode.NO_OVERHEAD: QT_TRANSLATE_NOOP(
        "wording", "This program itself takes no time to send a request."
    ),
}
_ASSUMPTION_DECIMALS = {"contention": 3, "low": 3, "high": 3, "launch_s": 3}

_KEYRING_TROUBLES = {
    KeyringTrouble.NONE_USABLE: QT_TRANSLATE_NOOP(
        "wording", "This system has no usable keyring, so the key is forgotten when you quit."
    ),
    KeyringTrouble.LOCKED: QT_TRANSLATE_NOOP(
        "wording",
        "The system's keyring is locked. Until it is unlocked, a key is kept for this session only.",
    ),
    KeyringTrouble.DENIED: QT_TRANSLATE_NOOP(
        "wording",
        "The system's keyring did not let this program in, so the key is forgotten when you quit.",
    ),
    KeyringTrouble.TOO_LONG: QT_TRANSLATE_NOOP(
        "wording", "The key is too long for the system's keyring, so it is forgotten when you quit."
    ),
    KeyringTrouble.FAILED: QT_TRANSLATE_NOOP(
        "wording", "The system's keyring failed, so the key is forgotten when you quit."
    ),
}

_STEPS = {
    StepCode.NAME: QT_TRANSLATE_NOOP("wording", "Name"),
    StepCode.CONNECTION: QT_TRANSLATE_NOOP("wording", "Connection"),
    StepCode.TUNNEL: QT_TRANSLATE_NOOP("wording", "Proxy"),
    StepCode.CERTIFICATE: QT_TRANSLATE_NOOP("wording", "Certificate"),
    StepCode.MODELS: QT_TRANSLATE_NOOP("wording", "Key and models"),
    StepCode.ANSWER: QT_TRANSLATE_NOOP("wording", "Answer"),
}

# What is wrong with a certificate, and what to do about it.
_TLS_FAULTS: Mapping[TlsFault, tuple[str, str]] = {
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
        QT_TRANSLATE_NOOP("wording", "Enter the name that the certificate is made for."),
    ),
    TlsFault.SELF_SIGNED: (
        QT_TRANSLATE_NOOP("wording", "The server vouches for itself"),
        QT_TRANSLATE_NOOP(
            "wording", "Ask its administrator for the certificate file, and choose it under Certificate."
        ),
    ),
    TlsFault.UNKNOWN_AUTHORITY: (
        QT_TRANSLATE_NOOP("wording", "The authority behind the certificate is not known here"),
        QT_TRANSLATE_NOOP(
            "wording",
            "Ask your IT department for the file of its certificate authority, and choose it under"
            " Certificate.",
        ),
    ),
}

_PRESETS = {
    PresetCode.PARADIGM: QT_TRANSLATE_NOOP("wording", "Paradigm"),
    PresetCode.PARADIGM_PRIVATE: QT_TRANSLATE_NOOP("wording", "Paradigm of your organisation"),
    PresetCode.OPENAI: QT_TRANSLATE_NOOP("wording", "OpenAI"),
    PresetCode.MISTRAL: QT_TRANSLATE_NOOP("wording", "Mistral"),
    PresetCode.OLLAMA: QT_TRANSLATE_NOOP("wording", "Ollama, on this computer"),
    PresetCode.LM_STUDIO: QT_TRANSLATE_NOOP("wording", "LM Studio, on this computer"),
    PresetCode.VLLM: QT_TRANSLATE_NOOP("wording", "vLLM, on this computer"),
    PresetCode.LLAMA_CPP: QT_TRANSLATE_NOOP("wording", "llama.cpp, on this computer"),
    PresetCode.OTHER: QT_TRANSLATE_NOOP("wording", "Another server"),
}
_DECIMALS = {"at_a_time": 1, "mean_in_flight": 1}

_KEY_SOURCES = {
    KeySource.ENVIRONMENT: QT_TRANSLATE_NOOP("wording", "from PARADIGM_API_KEY"),
    KeySource.KEYRING: QT_TRANSLATE_NOOP("wording", "kept in the system's keyring"),
    KeySource.MEMORY: QT_TRANSLATE_NOOP("wording", "kept for this session only"),
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


def keyring_trouble(trouble: KeyringTrouble) -> str:
    """Why a key is not in the system's keyring, and what that means."""
    return translate("wording", _KEYRING_TROUBLES[trouble])


def preset(code: PresetCode) -> str:
    return translate("wording", _PRESETS[code])


def place(value: Place) -> str:
    """Where a key is."""
    if value.source is None:
        return translate("wording", "none yet")
    if value.source is KeySource.KEYRING and value.keyring:
        return translate("wording", "kept in the system's keyring ({name})").format(name=value.keyring)
    return key_source(value.source)


def step_name(code: StepCode) -> str:
    return translate("wording", _STEPS[code])


def step_result(step: Step) -> str:
    """What a step of a connection test came to, in one line."""
    details = step.details
    if step.error:
        fault = details.get("fault")
        about = step.error.kind, step.error.http_status
        return translate("wording", _TLS_FAULTS[fault][0]) if fault else error_title(*about)
    if step.state is StepState.RUNNING:
        return translate("wording", "under way…")
    if step.code is StepCode.NAME:
        return translate("wording", "{host} is {addresses}").format(
            host=details["host"], addresses=", ".join(details["addresses"])
        )
    if step.code is StepCode.CONNECTION:
        words = (
            translate("wording", "the proxy {host} answers on port {port}")
            if details["is_proxy"]
            else translate("wording", "{host} answers on port {port}")
        )
        return words.format(host=details["host"], port=details["port"])
    if step.code is StepCode.TUNNEL:
        return translate("wording", "{proxy} opens the way to {host}").format_map(details)
    if step.code is StepCode.CERTIFICATE:
        return _certificate(step)
    if step.code is StepCode.MODELS:
        return translate("wording", "Models: {n}").format(n=number(len(details["models"]), 0))
    return _abilities(step)


def _certificate(step: Step) -> str:
    if step.state is StepState.SKIPPED:
        return translate("wording", "none: the connection is not encrypted")
    words = (
        translate("wording", "issued by {issuer}, valid until {date}")
        if step.details["is_checked"]
        else translate("wording", "not checked; issued by {issuer}, valid until {date}")
    )
    return words.format(issuer=step.details.get("issuer") or "–", date=_date(step.details.get("expires")))


def _date(moment: dt.datetime | None) -> str:
    if moment is None:
        return "–"
    return QLocale().toString(QDate(moment.year, moment.month, moment.day), QLocale.FormatType.ShortFormat)


def _abilities(step: Step) -> str:
    streams, counts = step.details["streams"], step.details["counts_tokens"]
    abilities = [
        translate("wording", "it streams") if streams else translate("wording", "it does not stream"),
        translate("wording", "it counts tokens") if counts else translate("wording", "it counts no tokens"),
    ]
    return translate("wording", "{model} answers; {abilities}").format(
        model=step.details["model"], abilities=", ".join(abilities)
    )


def step_help(step: Step) -> str:
    """What to do about a step that failed, with what the certificate and the server say."""
    if step.error is None:
        return ""
    details = step.details
    fault = details.get("fault")
    about = step.error.kind, step.error.http_status
    lines = [translate("wording", _TLS_FAULTS[fault][1]) if fault else error_remedy(*about)]
    if step.code is StepCode.MODELS and details.get("with_key") is False and step.error.http_status == 401:
        lines = [translate("wording", "Enter the API key above.")]
    if details.get("issuer"):
        words = translate("wording", "It is issued by {issuer} for {subject}, valid until {date}.")
        lines.append(
            words.format(
                issuer=details["issuer"],
                subject=details.get("subject") or "–",
                date=_date(details.get("expires")),
            )
        )
    if step.error.message:
        lines.append(step.error.message)
    return "\n".join(lines)


def error_title(kind: ErrorKind, http_status: int | None = None) -> str:
    """What happened."""
    return translate("wording", _words_of(kind, http_status)[0])


def error_remedy(kind: ErrorKind, http_status: int | None = None) -> str:
    """What to do about it."""
    return translate("wording", _words_of(kind, http_status)[1])


def _words_of(kind: ErrorKind, http_status: int | None) -> tuple[str, str]:
    usual = _REQUEST_ERRORS[kind]
    return _PROXY_ERRORS.get(http_status, usual) if kind is ErrorKind.PROXY else usual


def error_in_short(error: RequestError) -> str:
    """One line for a cell: what happened, with the HTTP status and the server's own words."""
    status = f" (HTTP {error.http_status})" if error.http_status else ""
    title = f"{error_title(error.kind, error.http_status)}{status}"
    return labelled(title, error.message) if error.message else title


def early_stop(stop: EarlyStop, limits: Limits) -> str:
    """Why an arm ended early, and what to do about it."""
    if stop.code is StopCode.TOKENS:
        return translate(
            "wording", "The run stopped at its limit of {n} tokens. Raise the limit, then go on with the run."
        ).format(n=number(limits.token_budget or 0, 0))
    cause = ""
    if stop.error:
        cause = f"{error_in_short(stop.error)}. {error_remedy(stop.error.kind, stop.error.http_status)}"
    if stop.code is StopCode.FAILURES:
        return translate(
            "wording", "The run stopped at its limit of {n} failed rows. The last one: {cause}"
        ).format(n=number(limits.failures_to_stop or 0, 0), cause=cause)
    return translate("wording", "The run was stopped early. {cause}").format(cause=cause)


class FigureName(StrEnum):
    """The figures of an arm that are shown in the table of figures."""

    WALL = "wall"
    BOUND = "bound"
    THROUGHPUT = "throughput"
    MEAN_IN_FLIGHT = "mean_in_flight"
    PEAK_IN_FLIGHT = "peak_in_flight"
    SERVICE = "service"
    FASTEST = "fastest"
    SLOWEST = "slowest"
    RESPONSE = "response"
    TTFT = "ttft"
    TPOT = "tpot"
    TOKENS_PER_SECOND = "tokens_per_second"
    PROMPT_TOKENS = "prompt_tokens"
    COMPLETION_TOKENS = "completion_tokens"
    DONE = "done"
    FAILED = "failed"
    RETRIES = "retries"


# What each is called, and how it comes about.
_FIGURES: Mapping[FigureName, tuple[str, str]] = {
    FigureName.WALL: (
        QT_TRANSLATE_NOOP("wording", "Wall time"),
        QT_TRANSLATE_NOOP("wording", "From the start of the arm to the end of its last request"),
    ),
    FigureName.BOUND: (
        QT_TRANSLATE_NOOP("wording", "Bound"),
        QT_TRANSLATE_NOOP(
            "wording",
            "The least wall time that these answers allow: max(slowest, sum of service times ÷ cap)",
        ),
    ),
    FigureName.THROUGHPUT: (
        QT_TRANSLATE_NOOP("wording", "Throughput"),
        QT_TRANSLATE_NOOP("wording", "Answered requests ÷ wall time"),
    ),
    FigureName.MEAN_IN_FLIGHT: (
        QT_TRANSLATE_NOOP("wording", "In flight, mean"),
        QT_TRANSLATE_NOOP("wording", "Sum of the times of all attempts ÷ wall time"),
    ),
    FigureName.PEAK_IN_FLIGHT: (
        QT_TRANSLATE_NOOP("wording", "In flight, peak"),
        QT_TRANSLATE_NOOP("wording", "The most attempts that were under way at one instant"),
    ),
    FigureName.SERVICE: (
        QT_TRANSLATE_NOOP("wording", "Service time"),
        QT_TRANSLATE_NOOP(
            "wording", "The successful attempt alone, sent to last token; the median, or a percentile"
        ),
    ),
    FigureName.FASTEST: (
        QT_TRANSLATE_NOOP("wording", "Service time, shortest"),
        QT_TRANSLATE_NOOP("wording", "The successful attempt alone, sent to last token"),
    ),
    FigureName.SLOWEST: (
        QT_TRANSLATE_NOOP("wording", "Service time, longest"),
        QT_TRANSLATE_NOOP("wording", "The successful attempt alone, sent to last token"),
    ),
    FigureName.RESPONSE: (
        QT_TRANSLATE_NOOP("wording", "Response time"),
        QT_TRANSLATE_NOOP(
            "wording", "Start of the arm to last token, waiting for a slot and retries included"
        ),
    ),
    FigureName.TTFT: (
        QT_TRANSLATE_NOOP("wording", "Time to first token"),
        QT_TRANSLATE_NOOP("wording", "Sent to first text of the successful attempt (TTFT); needs streaming"),
    ),
    FigureName.TPOT: (
        QT_TRANSLATE_NOOP("wording", "Time per output token"),
        QT_TRANSLATE_NOOP(
            "wording", "(Service time − time to first token) ÷ (tokens − 1), one value a request (TPOT)"
        ),
    ),
    FigureName.TOKENS_PER_SECOND: (
        QT_TRANSLATE_NOOP("wording", "Output tokens"),
        QT_TRANSLATE_NOOP("wording", "Tokens of all answers ÷ wall time, as the server counts them"),
    ),
    FigureName.PROMPT_TOKENS: (
        QT_TRANSLATE_NOOP("wording", "Tokens of the prompts"),
        QT_TRANSLATE_NOOP("wording", "As the server counts them; left out unless it counted every answer"),
    ),
    FigureName.COMPLETION_TOKENS: (
        QT_TRANSLATE_NOOP("wording", "Tokens of the answers"),
        QT_TRANSLATE_NOOP("wording", "As the server counts them; left out unless it counted every answer"),
    ),
    FigureName.DONE: (
        QT_TRANSLATE_NOOP("wording", "Done"),
        QT_TRANSLATE_NOOP("wording", "Requests that were answered in full"),
    ),
    FigureName.FAILED: (
        QT_TRANSLATE_NOOP("wording", "Failed"),
        QT_TRANSLATE_NOOP("wording", "Requests whose last attempt failed"),
    ),
    FigureName.RETRIES: (
        QT_TRANSLATE_NOOP("wording", "Retries"),
        QT_TRANSLATE_NOOP("wording", "Attempts that another attempt followed because they failed"),
    ),
}


def figure_name(name: FigureName) -> str:
    return translate("wording", _FIGURES[name][0])


def figure_formula(name: FigureName) -> str:
    return translate("wording", _FIGURES[name][1])


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
            "what": error_title(failure.kind, failure.http_status),
            "remedy": error_remedy(failure.kind, failure.http_status),
            "words": failure.message,
        }
    for subject in ("reason", "field"):
        if (particular := f"{code}.{details.get(subject)}") in _USER_ERRORS:
            code = particular
    if code == "input_changed":
        details["what"] = translate("wording", _CHANGES.get(str(details["what"]), "–"))
    for name, value in details.items():
        if isinstance(value, list | tuple | set | frozenset):
            details[name] = ", ".join(str(item) for item in sorted(value, key=str))
        elif isinstance(value, int) and name != "line":
            # bytes are told in megabytes
            details[name] = number(math.ceil(value / _MEGABYTE) if code == "file_too_large" else value, 0)
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


def assumption(value: Assumption) -> str:
    """The sentence for something that an estimate rests on."""
    figures = {
        name: number(figure, _ASSUMPTION_DECIMALS.get(name, 0)) for name, figure in value.figures.items()
    }
    return translate("wording", _ASSUMPTIONS[value.code]).format_map(_Known(dict(figures)))


def yes_or_no(value: bool) -> str:
    return translate("wording", "yes") if value else translate("wording", "no")


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
