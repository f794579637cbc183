"""What a user can mend: files, settings, kept runs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from paradigm_gui.core.errors import RequestError, UserFacingError
from paradigm_gui.core.store_file import AsideReason
from paradigm_gui.wording.requests import likely_base_url, listing_remedy, listing_title
from paradigm_gui.wording.text import QT_TRANSLATE_NOOP, Dashed, number, translate

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


_MEGABYTE = 1024 * 1024


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
        "The header “{name}” looks like a key. Headers are kept in a plain file: enter it under Secret"
        " header; or, if it carries the API key itself, name it as the header of the key.",
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
        "wording", "{path}: the saved servers cannot be read. Repair or remove the file."
    ),
    "bad_field": QT_TRANSLATE_NOOP(
        "wording", "{path}: the field “{field}” has a wrong value (expected: {expected})."
    ),
    "bad_json": QT_TRANSLATE_NOOP("wording", "{path}: line {line} is not valid JSON."),
    "bad_ca_file.folder": QT_TRANSLATE_NOOP(
        "wording",
        "Where the authority file {path} is on this computer is not known. Choose it under Advanced in the"
        " settings of the server.",
    ),
    "bad_ca_file.missing": QT_TRANSLATE_NOOP("wording", "The certificate file {path} does not exist."),
    "bad_ca_file.unreadable": QT_TRANSLATE_NOOP("wording", "The certificate file {path} cannot be read."),
    "bad_ca_file.content": QT_TRANSLATE_NOOP(
        "wording",
        "{path} holds no certificate that can be read. Ask for the certificate authority as a PEM file.",
    ),
    "bad_system_proxy.variable": QT_TRANSLATE_NOOP(
        "wording",
        "The proxy in {variable} cannot be used: it must be like http://proxy.example:3128; SOCKS is not"
        " supported. Correct it, or choose the proxy under Advanced in the settings of the server.",
    ),
    "bad_system_proxy.system": QT_TRANSLATE_NOOP(
        "wording",
        "The proxy in the network settings of this system cannot be used: it must be like"
        " http://proxy.example:3128; SOCKS is not supported. Correct it, or choose the proxy under Advanced"
        " in the settings of the server.",
    ),
    "bad_variable": QT_TRANSLATE_NOOP("wording", "{variable} in the environment cannot be used. {why}"),
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
    "bad_key.space": QT_TRANSLATE_NOOP(
        "wording", "There is a space in the API key. Copy the key again, and nothing else."
    ),
    "bad_key.line_break": QT_TRANSLATE_NOOP(
        "wording", "There is a line break in the API key. Copy the key again, and nothing else."
    ),
    "bad_key.characters": QT_TRANSLATE_NOOP(
        "wording",
        "The API key contains an accent, or another character that keys do not have; it may be an"
        " invisible one. Copy the key again, and nothing else.",
    ),
    "bad_key.length": QT_TRANSLATE_NOOP(
        "wording",
        "An API key has at most {most} characters, and this is longer. Copy the key again, and nothing else.",
    ),
    "bad_secret": QT_TRANSLATE_NOOP("wording", "The secret of the header cannot be used."),
    "bad_secret.empty": QT_TRANSLATE_NOOP("wording", "Enter the secret that the header carries."),
    "bad_secret.characters": QT_TRANSLATE_NOOP(
        "wording", "The secret of the header contains characters that cannot be sent."
    ),
    "bad_secret.length": QT_TRANSLATE_NOOP(
        "wording", "The secret of the header has at most {most} characters, and this is longer."
    ),
    "bad_secret.nameless": QT_TRANSLATE_NOOP("wording", "Enter the name of the header for this secret, too."),
    "bad_credentials.empty": QT_TRANSLATE_NOOP("wording", "The user name for the proxy is empty."),
    "bad_credentials.password": QT_TRANSLATE_NOOP(
        "wording", "Enter the password of this user for the proxy, too."
    ),
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
    "bad_certificates.variable": QT_TRANSLATE_NOOP(
        "wording",
        "The certificates that {variable} names cannot be read. Correct the variable, or remove it to use"
        " those of the system.",
    ),
    "bad_certificates.system": QT_TRANSLATE_NOOP(
        "wording", "The certificates of this system cannot be read. Ask whoever looks after this computer."
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
    "old_spreadsheet": QT_TRANSLATE_NOOP(
        "wording", "{path} is a workbook of the old binary kind. Save it as .xlsx, then open it again."
    ),
    "encrypted": QT_TRANSLATE_NOOP(
        "wording", "{path} is protected by a password. Save it without one, then open it again."
    ),
    "file_not_found": QT_TRANSLATE_NOOP("wording", "{path} does not exist."),
    "file_too_large": QT_TRANSLATE_NOOP(
        "wording", "{path} is too large: {size} MB, and at most {limit} MB can be read."
    ),
    "file_too_large.unpacked": QT_TRANSLATE_NOOP(
        "wording", "{path} would take {size} MB when it is unpacked, and at most {limit} MB can be read."
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
        "wording",
        "No API key for {host}. Add one in the window, or set PARADIGM_API_KEY. If this server needs none,"
        " say so in its settings in the window.",
    ),
    "no_key.elsewhere": QT_TRANSLATE_NOOP(
        "wording",
        "No API key for {host}. The one in PARADIGM_API_KEY is for {other}, and is not sent here: add one in"
        " the window, or name this server in PARADIGM_BASE_URL. If it needs none, say so in its settings in"
        " the window.",
    ),
    "no_key.locked": QT_TRANSLATE_NOOP(
        "wording",
        "No API key for {host}: the system's keyring stayed locked. Unlock it when it asks, or enter the key"
        " for this session.",
    ),
    "no_key.denied": QT_TRANSLATE_NOOP(
        "wording",
        "No API key for {host}: the system's keyring did not let this program in. Allow it and try again,"
        " or enter the key for this session.",
    ),
    "no_secret": QT_TRANSLATE_NOOP(
        "wording", "The secret of the header {header} is missing for {host}. Enter it under Advanced."
    ),
    "no_secret.locked": QT_TRANSLATE_NOOP(
        "wording",
        "No secret for the header {header} of {host}: the system's keyring stayed locked. Unlock it when it"
        " asks, or enter the secret for this session.",
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
        " agree to it in the window, in the settings of the server.",
    ),
    "no_json_object": QT_TRANSLATE_NOOP(
        "wording", "{path}: line {line} is valid JSON, but neither an object nor a text."
    ),
    "not_a_file": QT_TRANSLATE_NOOP("wording", "{path} is not an ordinary file."),
    "not_text": QT_TRANSLATE_NOOP("wording", "{path} is not a text file."),
    "ragged_row": QT_TRANSLATE_NOOP(
        "wording", "{path}: line {line} has {cells} cells, but there are {columns} columns."
    ),
    "no_such_run": QT_TRANSLATE_NOOP("wording", "There is no such run, or it was deleted."),
    "nothing_to_resume": QT_TRANSLATE_NOOP("wording", "There is no unfinished run to go on with."),
    "other_rows": QT_TRANSLATE_NOOP(
        "wording",
        "“{name}” had other rows than the run on show. “Compare…” in the history shows both side by side.",
    ),
    "run_in_use": QT_TRANSLATE_NOOP("wording", "“{name}” is being run in another window of this program."),
    "store_damaged": QT_TRANSLATE_NOOP(
        "wording", "{path}: the kept runs are damaged. The file is set aside at the next start."
    ),
    "store_in_use": QT_TRANSLATE_NOOP(
        "wording",
        "{path}: the kept runs are damaged and in use. Close the other windows of this program first.",
    ),
    "server_refused": QT_TRANSLATE_NOOP("wording", "{host}: {what}. {remedy} {words}"),
    "too_many_cells": QT_TRANSLATE_NOOP(
        "wording", "{path}: there are more than {limit} cells; split the table."
    ),
    "too_many_columns": QT_TRANSLATE_NOOP("wording", "{path}: there are more than {limit} columns."),
    "too_many_result_columns": QT_TRANSLATE_NOOP("wording", "There are more than {limit} columns."),
    "too_many_results": QT_TRANSLATE_NOOP("wording", "There are more than {limit} rows; split the table."),
    "too_many_rows": QT_TRANSLATE_NOOP(
        "wording", "{path}: there are more than {limit} rows; split the table."
    ),
    "unknown_endpoint": QT_TRANSLATE_NOOP("wording", "There is no server named “{name}”. Known: {known}."),
    "unknown_field": QT_TRANSLATE_NOOP("wording", "{path}: the field “{field}” is not known."),
    "unknown_placeholder": QT_TRANSLATE_NOOP(
        "wording", "The prompt uses {unknown}, but the input has only {known}."
    ),
    "unknown_placeholder.system": QT_TRANSLATE_NOOP(
        "wording", "The system prompt uses {unknown}, but the input has only {known}."
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


def user_error(error: UserFacingError) -> str:
    """The sentence for an error that the user can mend."""
    details = dict(error.details)
    code = error.code
    failure = details.get("error")
    if isinstance(failure, RequestError):
        base_url = str(details.get("base_url") or "")
        details |= {
            "what": listing_title(failure),
            "remedy": likely_base_url(base_url) if base_url else listing_remedy(failure),
            "words": failure.message,
        }
    elif isinstance(failure, UserFacingError):
        details["why"] = user_error(failure)
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
            details[name] = number(
                math.ceil(value / _MEGABYTE) if error.code == "file_too_large" else value, 0
            )
    return translate("wording", _USER_ERRORS[code]).format_map(Dashed(details)).strip()


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
