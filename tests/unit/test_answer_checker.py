"""The process that holds answers against their format: its verdicts, its limit, and its end."""

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import paradigm_gui
from paradigm_gui.core import answer_checker
from paradigm_gui.core.answer_checker import MODULE, checks_of
from paradigm_gui.core.errors import ErrorKind

NUMBER = json.dumps({"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]})
BOMB = json.dumps({"pattern": "^(a+)+$"})
ENDLESS = json.dumps("a" * 60 + "!")
MODULE_FOLDER = Path(paradigm_gui.__file__).parents[1]


def test_verdicts_come_in_order():
    async def main():
        async with checks_of(NUMBER) as check:
            texts = [json.dumps({"n": n if n % 3 else str(n)}) for n in range(30)]
            faults = await asyncio.gather(*map(check, texts))
        assert [fault is None for fault in faults] == [bool(n % 3) for n in range(30)]
        assert faults[3].kind is ErrorKind.SCHEMA_MISMATCH
        assert faults[3].message == "$.n: '3' is not of type 'integer'"

    asyncio.run(main())


@pytest.mark.parametrize(
    "text", ['{"n": 1, "x": "\\ud800 \\u2028"}', '{"n": 1}\n\n', '\ufeff{"n": 1}', "\ud800"]
)
def test_any_text_gets_its_own_verdict(text):
    async def main():
        async with checks_of(NUMBER) as check:
            first, second = await check(text), await check('{"n": 2}')
            assert first is None or first.kind is ErrorKind.NOT_JSON
            assert second is None

    asyncio.run(main())


def test_without_a_format_nothing_is_checked():
    async def main():
        async with checks_of(" ") as check:
            assert check is None

    asyncio.run(main())


def test_a_pattern_that_never_ends_costs_its_row_alone(monkeypatch):
    monkeypatch.setattr(answer_checker, "CHECK_LIMIT_S", 0.3)

    async def main():
        async with checks_of(BOMB) as check:
            # in this process, nobody could tell it to stop
            assert (await check(ENDLESS)).kind is ErrorKind.UNCHECKED
            assert await check('"aaa"') is None

    asyncio.run(main())


def test_leaving_does_not_wait_for_a_verdict(monkeypatch):
    monkeypatch.setattr(answer_checker, "CHECK_LIMIT_S", 3600.0)

    async def main():
        async with asyncio.TaskGroup() as group, checks_of(BOMB) as check:
            assert await check('"aaa"') is None
            asked = [group.create_task(check(ENDLESS)) for _ in range(3)]
            await asyncio.wait(asked, timeout=0.1)
            for waiting in asked[1:]:
                waiting.cancel()
        assert asked[0].result().kind is ErrorKind.UNCHECKED

    asyncio.run(main())


def test_a_checker_that_cannot_be_started_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no python"))

    async def main():
        async with checks_of(NUMBER) as check:
            fault = await check('{"n": 1}')
            assert fault.kind is ErrorKind.UNCHECKED
            assert "no python" in fault.message

    asyncio.run(main())


def test_it_ends_with_its_input_and_is_told_no_key(monkeypatch):
    monkeypatch.setenv("PARADIGM_API_KEY", "sk-secret")
    monkeypatch.setenv("HTTPS_PROXY", "http://ada:px-secret@proxy.example")
    monkeypatch.setenv("all_proxy", "http://ada:px-secret@proxy.example")
    seen = {}
    started = subprocess.Popen

    def start(*arguments, **options):
        seen.update(options["env"])
        return started(*arguments, **options)

    monkeypatch.setattr(subprocess, "Popen", start)

    async def main():
        async with checks_of(NUMBER) as check:
            assert await check('{"n": 1}') is None

    asyncio.run(main())
    assert not [name for name, value in seen.items() if "secret" in value]
    assert "PATH" in seen
    monkeypatch.setattr(subprocess, "Popen", started)
    ended = subprocess.run(
        [sys.executable, "-m", MODULE, "9"],
        input=(json.dumps(json.loads(NUMBER)) + '\n"{}"\n').encode(),
        capture_output=True,
        cwd=MODULE_FOLDER,
        env=os.environ,
        timeout=20,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout) == ["schema_mismatch", "$: 'n' is a required property"]


def test_the_frozen_program_is_its_own_checker():
    ended = subprocess.run(
        [sys.executable, "-m", "paradigm_gui", "-m", MODULE, "9"],
        input=(NUMBER + '\n"3"\n').encode(),
        capture_output=True,
        cwd=MODULE_FOLDER,
        timeout=20,
        check=False,
    )
    assert json.loads(ended.stdout)[0] == "schema_mismatch"
