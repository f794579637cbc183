"""A batch as a Python script that does the same work with the standard library and the SDK alone.

The script is meant to be read, changed and shown. It never holds a key. All texts of the batch are Python
literals in it, so that none of them can become code.
"""

from __future__ import annotations

import json
from string import Template as Frame
from typing import TYPE_CHECKING, Any

from paradigm_gui.core.answer_format import answer_format
from paradigm_gui.core.atomic import atomic_write
from paradigm_gui.core.base_url import PARADIGM_BASE_URL
from paradigm_gui.core.endpoints import ProxyMode
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.turn_taking import in_turns

if TYPE_CHECKING:
    from pathlib import Path

    from paradigm_gui.core.batch import Batch, Limits
    from paradigm_gui.core.endpoints import Endpoint

SCRIPT_SUFFIX = ".py"
NOTEBOOK_SUFFIX = ".ipynb"
SCRIPT_SUFFIXES = (SCRIPT_SUFFIX, NOTEBOOK_SUFFIX)

_NOTEBOOK_FORMAT = (4, 5)
_LONGEST_LINE = 88
_MOST_BRACKETS = 50

_FRAME = Frame('''\
"""Send one prompt for each row, at most CAP of them at once, and show how long that takes.

Needs Python 3.11 or newer and the SDK: pip install openai
$key_note
Answers are printed in the order of the rows, and kept as they come in a file beside this one.
"""

import asyncio
import json
import os
import random
import re
${more_imports}import sys
import time
from email.utils import parsedate_to_datetime
from pathlib import Path

from openai import $sdk_names

BASE_URL = $base_url$plain_note
CAP = $cap  # the most requests at once
RETRIES = $retries  # of a row
TIMEOUT_S = $timeout
COMPARE = $compare  # whether to send all rows once more, one by one, to see what this buys
$pace_settings$way${model_note}REQUEST = $request
${key_header}SYSTEM = $system
PROMPT = $prompt
ROWS = $rows

LONGEST_FIRST = sorted(ROWS[0], key=len, reverse=True)
PLACEHOLDER = re.compile("|".join(re.escape("{" + name + "}") for name in LONGEST_FIRST))


def filled(text, row):
    """Put the values of a row in the place of {column}; all other braces stay as they are."""
    return PLACEHOLDER.sub(lambda match: row[match[0][1:-1]], text)


def messages_for(row):
    system = [{"role": "system", "content": filled(SYSTEM, row)}] if SYSTEM else []
    return [*system, {"role": "user", "content": filled(PROMPT, row)}]


def asked_pause(error):
    """The seconds that the server asks to wait: a number or a date."""
    headers = error.response.headers if isinstance(error, APIStatusError) else {}
    try:
        if "retry-after-ms" in headers:
            return max(0.0, float(headers["retry-after-ms"]) / 1000)
        return max(0.0, float(headers.get("retry-after", 0)))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(headers["retry-after"]).timestamp() - time.time())
    except (KeyError, ValueError):
        return 0.0


def may_pass(error):
    """Whether the same request may succeed later."""
    if not isinstance(error, APIStatusError):
        return True
    return error.status_code in (408, 409, 429) or error.status_code >= 500


async def answer(client, row):
    """Ask for one row, several times while that may help, and not before the server allows it."""
    for failures in range(RETRIES + 1):
        try:
$pace            response = await client.chat.completions.create(messages=messages_for(row), **REQUEST)
            return response.choices[0].message.content or ""
        except (APIConnectionError, APIStatusError) as error:
            if failures == RETRIES or not may_pass(error):
                raise
            longest = min(30.0, 0.5 * 2**failures)
            await asyncio.sleep(asked_pause(error) + random.uniform(0, longest))


async def work(client, rows, results, file):
    """Take row after row until none are left; one that fails does not stop the others."""
    for index, row in rows:
        started = time.perf_counter()
        text, error = None, None
        try:
            text = await answer(client, row)
$check        except (AuthenticationError, PermissionDeniedError):
            raise  # every other row would be refused too
        except Exception as failure:
            error = f"{type(failure).__name__}: {failure}"
        results[index] = {
            "index": index,
            "variables": row,
            "text": text,
            "error": error,
            "response_s": time.perf_counter() - started,
        }
        if file:
            print(json.dumps(results[index], ensure_ascii=False), file=file, flush=True)


async def send_all(client, cap, file=None):
    """Send every row, at most so many at once; give the results in order, and the seconds."""
    results = [None] * len(ROWS)
    rows = iter(enumerate(ROWS))  # all workers take from this one
    started = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for _ in range(min(cap, len(ROWS))):
            group.create_task(work(client, rows, results, file))
    return results, time.perf_counter() - started


def done(results):
    return sum(result["error"] is None for result in results)


async def main():
    output = Path(__file__).with_suffix(".answers.jsonl")
$tls    async with AsyncOpenAI(
$client    ) as client:
        with open(output, "w", encoding="utf-8", errors="backslashreplace") as file:
            results, seconds = await send_all(client, CAP, file)
        for result in results:
            print(f"{result['index'] + 1}. {result['error'] or result['text']}")
        print(f"The answers are in {output}")
        print(f"At most {CAP} at once: {seconds:.2f} s, {done(results)} of {len(ROWS)} done")
        if COMPARE:
            again, one_by_one = await send_all(client, 1)
            print(f"One by one: {one_by_one:.2f} s, {done(again)} of {len(ROWS)} done")
            if done(results) == done(again) == len(ROWS):
                print(f"{one_by_one / seconds:.2f} times as fast")
    return 0 if done(results) == len(ROWS) else 1


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    for name in [name for name in os.environ if name.startswith("OPENAI_")]:
        del os.environ[name]  # the SDK would send what is meant for another server
$key_check    try:
        status = asyncio.run(main())
    except* (AuthenticationError, PermissionDeniedError) as refusals:
        status = f"The server refuses the key: {refusals.exceptions[0]}"
    sys.exit(status)
''')

_CELL = Frame("""\
# A notebook runs an event loop of its own, so the script runs as a process of its own.
import subprocess
import sys
from pathlib import Path

script = Path($name)
script.write_text($script, encoding="utf-8", newline="\\n")
command = [sys.executable, "-u", str(script)]
with subprocess.Popen(
    command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace"
) as process:
    for line in process.stdout:
        print(line, end="")
""")


def write_script(
    path: Path, batch: Batch, limits: Limits, endpoint: Endpoint, *, compare: bool = False
) -> None:
    """Write a batch as a script, or as a notebook with it, as the suffix of `path` says; whole or not at all.

    Raises `UserFacingError`.
    """
    suffix = path.suffix.lower()
    if suffix not in SCRIPT_SUFFIXES:
        raise UserFacingError("unknown_suffix", path=str(path), suffix=suffix, known=SCRIPT_SUFFIXES)
    text = script_of(batch, limits, endpoint, compare=compare)
    if suffix == NOTEBOOK_SUFFIX:
        text = notebook_of(text, path.stem + SCRIPT_SUFFIX)
    with atomic_write(path) as file:
        file.write(text.encode("utf-8"))


def script_of(batch: Batch, limits: Limits, endpoint: Endpoint, *, compare: bool = False) -> str:
    """A batch as a script, which also sends the rows one by one where `compare` is set.

    Raises `UserFacingError` `no_rows` or `bad_schema`.
    """
    if not batch.rows or not batch.columns:
        raise UserFacingError("no_rows")
    return _FRAME.substitute(
        key_note=_key_note(endpoint),
        more_imports="import ssl\n" if endpoint.ca_file and endpoint.verifies else "",
        sdk_names=_sdk_names(endpoint),
        base_url=_literal(_base_url(endpoint)),
        cap=limits.cap,
        retries=limits.retries,
        timeout=limits.total_timeout_s,
        compare=compare,
        plain_note=_PLAIN_NOTE if _is_plain(endpoint) else "",
        pace_settings=_pace_settings(limits),
        way=_way(endpoint),
        model_note=_DEMO_NOTE if endpoint.is_demo else "",
        request=_block(_request(batch, endpoint)),
        key_header=_key_header(endpoint),
        system=_text(batch.parameters.system),
        prompt=_text(batch.template.text),
        rows=_rows(batch),
        pace=_PACE if limits.requests_per_minute else "",
        check=_CHECK if answer_format(batch.parameters.schema) else "",
        tls=_tls(endpoint),
        client=_client(endpoint),
        key_check="" if _is_keyless(endpoint) else _KEY_CHECK,
    )


def notebook_of(script: str, name: str) -> str:
    """A notebook of one cell, which writes the script to a file called `name` and runs it."""
    escaped = script.replace("\\", "\\\\").replace("'''", r"\'\'\'")
    cell = _CELL.substitute(name=_literal(name), script=f"'''\\\n{escaped}'''")
    major, minor = _NOTEBOOK_FORMAT
    notebook = {
        "cells": [
            {
                "cell_type": "code",
                "execution_count": None,
                "id": "batch",
                "metadata": {},
                "outputs": [],
                "source": cell.splitlines(keepends=True),
            }
        ],
        "metadata": {"language_info": {"name": "python"}},
        "nbformat": major,
        "nbformat_minor": minor,
    }
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


# What only some batches need

SECRET_VARIABLE = "PARADIGM_HEADER_SECRET"
_DEMO_NOTE = "# These were for the demo server: name a model of yours.\n"
_PLAIN_NOTE = "  # not encrypted: anybody on the way can read the key"
_CHECK = """\
            json.loads(text)  # an answer that is no JSON fails its row; the schema itself is not checked
"""
_KEY_CHECK = """\
    if not os.environ.get("PARADIGM_API_KEY"):
        sys.exit("Set PARADIGM_API_KEY to the API key of the server first.")
"""
_PACE = """\
            async with PACE:  # one request after the other, evenly
                await asyncio.sleep(60 / REQUESTS_PER_MINUTE)
"""


def _pace_settings(limits: Limits) -> str:
    if not limits.requests_per_minute:
        return ""
    return f"REQUESTS_PER_MINUTE = {limits.requests_per_minute}\nPACE = asyncio.Lock()\n"


def _way(endpoint: Endpoint) -> str:
    """What is to be known on the way to the server."""
    lines = []
    if endpoint.ca_file and endpoint.verifies:
        lines.append(f"CA_FILE = {_literal(endpoint.ca_file)}  # authorities beside those of the system\n")
    if _has_own_proxy(endpoint):
        url = _literal(endpoint.proxy.url)
        lines.append(
            "# Where the proxy wants a name and a password, set PROXY_URL to its URL with both in it.\n"
        )
        lines.append(f'PROXY = os.environ.get("PROXY_URL", {url})\n')
    return "".join(lines)


def _has_own_proxy(endpoint: Endpoint) -> bool:
    return endpoint.proxy.mode is ProxyMode.MANUAL and not endpoint.is_loopback


def _is_plain(endpoint: Endpoint) -> bool:
    return not (endpoint.is_demo or endpoint.is_loopback or endpoint.base_url.startswith("https:"))


def _base_url(endpoint: Endpoint) -> str:
    return PARADIGM_BASE_URL if endpoint.is_demo else endpoint.base_url


def _is_keyless(endpoint: Endpoint) -> bool:
    return not (endpoint.needs_key or endpoint.is_demo)


def _key_note(endpoint: Endpoint) -> str:
    note = "The API key of the server is read from the environment variable PARADIGM_API_KEY."
    if endpoint.needs_no_key:
        note = "The server needs no API key, so none is sent."
    elif _is_keyless(endpoint):
        note = "If the server wants a key, it is read from the environment variable PARADIGM_API_KEY."
    if endpoint.secret_header:
        note += f"\nWhat the gateway wants beside it is read from {SECRET_VARIABLE}."
    return note


def _request(batch: Batch, endpoint: Endpoint) -> dict[str, Any]:
    """What every request has beside its messages."""
    parameters = batch.parameters
    request: dict[str, Any] = {"model": parameters.model}
    if parameters.temperature is not None:
        request["temperature"] = parameters.temperature
    if parameters.max_tokens is not None:
        request["max_tokens"] = parameters.max_tokens
    if wanted := answer_format(parameters.schema):
        request["response_format"] = wanted.response_format
    if endpoint.body:
        request["extra_body"] = dict(endpoint.body)
    return request


def _key_header(endpoint: Endpoint) -> str:
    """Send the key in another header than the usual one, or none where there is none."""
    without = 'REQUEST["extra_headers"] = {"Authorization": Omit()}\n'
    if endpoint.needs_no_key:
        return without
    if not endpoint.key_header:
        return f'if not os.environ.get("PARADIGM_API_KEY"):\n    {without}' if _is_keyless(endpoint) else ""
    name = _literal(endpoint.key_header)
    return (
        f'KEY_HEADERS = {{{name}: os.environ.get("PARADIGM_API_KEY", ""), "Authorization": Omit()}}\n'
        'REQUEST["extra_headers"] = KEY_HEADERS\n'
    )


def _sdk_names(endpoint: Endpoint) -> str:
    names = {
        "APIConnectionError",
        "APIStatusError",
        "AsyncOpenAI",
        "AuthenticationError",
        "PermissionDeniedError",
    }
    if _http_options(endpoint):
        names.add("DefaultAsyncHttpxClient")
    if _key_header(endpoint):
        names.add("Omit")
    lines = "".join(f"    {name},\n" for name in sorted(names))
    return f"(\n{lines})"


def _tls(endpoint: Endpoint) -> str:
    if not endpoint.ca_file or not endpoint.verifies:
        return ""
    return (
        "    tls = ssl.create_default_context()\n"
        "    authorities = Path(CA_FILE).expanduser().read_bytes()\n"
        '    if b"-----BEGIN" in authorities:\n'
        '        authorities = authorities.decode("ascii", "ignore")\n'
        "    tls.load_verify_locations(cadata=authorities)\n"
        "    # an intermediate certificate is enough, and extensions may be missing\n"
        "    tls.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN\n"
        "    tls.verify_flags &= ~ssl.VERIFY_X509_STRICT\n"
    )


def _http_options(endpoint: Endpoint) -> list[str]:
    """How the server is reached, where that is not the usual way."""
    options = []
    if not endpoint.verifies:
        options.append("verify=False")
    elif endpoint.ca_file:
        options.append("verify=tls")
    if endpoint.is_loopback or endpoint.proxy.mode is ProxyMode.NONE:
        options.append("trust_env=False")
    elif _has_own_proxy(endpoint):
        options.append("proxy=PROXY")
    if endpoint.key_header or endpoint.secret_header:
        # a redirect to another host would take a header along whose meaning nobody else knows
        options.append("follow_redirects=False")
    return options


def _client(endpoint: Endpoint) -> str:
    key = (
        'os.environ.get("PARADIGM_API_KEY") or "none"'
        if _is_keyless(endpoint)
        else 'os.environ["PARADIGM_API_KEY"]'
    )
    if endpoint.needs_no_key:
        key = '"none"'
    lines = [f"api_key={key}", "base_url=BASE_URL", "max_retries=0", "timeout=TIMEOUT_S"]
    if endpoint.organisation:
        lines.append(f"organization={_literal(endpoint.organisation)}")
    if endpoint.project:
        lines.append(f"project={_literal(endpoint.project)}")
    headers = [f"{_literal(name)}: {_literal(value)}" for name, value in endpoint.headers.items()]
    if endpoint.secret_header:
        headers.append(f'{_literal(endpoint.secret_header)}: os.environ["{SECRET_VARIABLE}"]')
    if headers:
        lines.append(f"default_headers={{{', '.join(headers)}}}")
    if options := _http_options(endpoint):
        lines.append(f"http_client=DefaultAsyncHttpxClient({', '.join(options)})")
    return "".join(f"        {line},\n" for line in lines)


# Literals


def _literal(value: Any) -> str:
    """A value of JSON as Python; whatever could not be printed is escaped."""
    if isinstance(value, str):
        literal = repr(value)
        # repr prefers single quotes; where the text has no quotes at all, these are as good
        return f'"{literal[1:-1]}"' if literal[0] == "'" and '"' not in literal else literal
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_literal(key)}: {_literal(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_literal, value)) + "]"
    return repr(value)


def _block(value: Any, indent: str = "") -> str:
    """A value of JSON as Python, over several lines where one would be too long."""
    if _depth_exceeds(value, _MOST_BRACKETS):
        # Python takes fewer brackets within each other than JSON
        return f"json.loads({_literal(json.dumps(value))})"
    literal = _literal(value)
    if len(indent) + len(literal) <= _LONGEST_LINE or not value or not isinstance(value, dict | list | tuple):
        return literal
    inner = indent + "    "
    if isinstance(value, dict):
        items = (f"{_literal(key)}: {_block(item, inner)}" for key, item in value.items())
        start, end = "{}"
    else:
        items = (_block(item, inner) for item in value)
        start, end = "[]"
    return f"{start}\n" + "".join(f"{inner}{item},\n" for item in items) + indent + end


def _depth_exceeds(value: Any, most: int) -> bool:
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return most < 0 or any(_depth_exceeds(item, most - 1) for item in items)


def _text(text: str) -> str:
    """A text as Python, line by line where it has several."""
    lines = text.splitlines(keepends=True)
    if len(lines) < 2:
        return _literal(text)
    return "(\n" + "".join(f"    {_literal(line)}\n" for line in lines) + ")"


def _rows(batch: Batch) -> str:
    lines = (
        f"    {_literal({name: row.variables[name] for name in batch.columns})},\n"
        for row in in_turns(batch.rows)
    )
    return "[\n" + "".join(lines) + "]"
