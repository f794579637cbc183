"""Holds answers against their format in a process of its own, which ends itself when that takes too long.

A pattern of a schema can keep a regular expression busy for ever, and it would hold up every thread of the
process that it runs in. What the process is sent is one JSON text a line: the schema, then the answers;
it says `null` or a fault for each of them.
"""

from __future__ import annotations

import asyncio
import faulthandler
import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from paradigm_gui.core.answer_format import AnswerFormat, answer_format
from paradigm_gui.core.errors import ErrorKind, RequestError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from paradigm_gui.core.runner import Check

CHECK_LIMIT_S = 2.0
MODULE = "paradigm_gui.core.answer_checker"


class AnswerChecker:
    """Checks answers one after the other; `close` it when done. It belongs to one event loop."""

    def __init__(self, wanted: AnswerFormat) -> None:
        self._schema = wanted.schema
        self._thread = ThreadPoolExecutor(1, "answer-checker")
        self._process: subprocess.Popen[bytes] | None = None

    async def fault_of(self, text: str) -> RequestError | None:
        """What is wrong with an answer; `None` when it matches.

        One that takes longer than `CHECK_LIMIT_S` is `unchecked`.
        """
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._ask, text)

    async def close(self) -> None:
        # the thread may take it away meanwhile
        if process := self._process:
            process.kill()  # what it is asked just now ends with it
        self._thread.shutdown(wait=False, cancel_futures=True)
        await asyncio.to_thread(self._thread.shutdown)
        await asyncio.to_thread(self._end)

    def _ask(self, text: str) -> RequestError | None:
        try:
            if self._process is None:
                self._process = _started(self._schema)
            verdict = _exchange(self._process, text)
        except OSError as error:
            self._end()
            return RequestError(ErrorKind.UNCHECKED, str(error))
        if not verdict:
            self._end()
            return RequestError(ErrorKind.UNCHECKED)
        fault = json.loads(verdict)
        return fault and RequestError(ErrorKind(fault[0]), fault[1])

    def _end(self) -> None:
        process, self._process = self._process, None
        if process:
            process.kill()
            process.communicate()


def _started(schema: object) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-m", MODULE, str(CHECK_LIMIT_S)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # `-m` looks into the working folder first: it must not be one of the user's
        cwd=Path(__file__).resolve().parents[2],
        env={
            name: value
            for name, value in os.environ.items()
            # a proxy's variable may hold its password
            if not (name.startswith(("PARADIGM_", "OPENAI_")) or name.upper().endswith("_PROXY"))
        },
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    _write(process, schema)
    return process


def _exchange(process: subprocess.Popen[bytes], text: str) -> bytes:
    _write(process, text)
    assert process.stdout
    return process.stdout.readline()


def _write(process: subprocess.Popen[bytes], value: object) -> None:
    assert process.stdin
    process.stdin.write(json.dumps(value).encode() + b"\n")
    process.stdin.flush()


@asynccontextmanager
async def checks_of(schema: str) -> AsyncIterator[Check | None]:
    """Give what checks the answers of a run; `None` where no format is asked for."""
    wanted = answer_format(schema)
    if wanted is None:
        yield None
        return
    checker = AnswerChecker(wanted)
    try:
        yield checker.fault_of
    finally:
        await checker.close()


def main(limit_s: float) -> int:
    """Check what comes on standard input until it closes; end when one answer takes longer than `limit_s`."""
    # the program itself decides what an interrupt from the terminal means
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    lines, verdicts = sys.stdin.buffer, sys.stdout.buffer
    wanted = answer_format(lines.readline().decode())
    assert wanted is not None
    with open(os.devnull, "w") as nowhere:
        for line in lines:
            faulthandler.dump_traceback_later(limit_s, exit=True, file=nowhere)
            fault = wanted.fault_of(json.loads(line))
            faulthandler.cancel_dump_traceback_later()
            verdicts.write(json.dumps(fault and (fault.kind, fault.message)).encode() + b"\n")
            verdicts.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1])))
