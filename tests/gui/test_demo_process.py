"""The demo server as the program starts and ends it."""

import asyncio
import sys

import aiohttp
import pytest
from PySide6.QtCore import QProcess

from paradigm_gui import demo_process
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.demo_process import DemoProcess
from paradigm_gui.event_loop import EventLoop

NOT_RUNNING = QProcess.ProcessState.NotRunning


async def answers(base_url):
    async with aiohttp.ClientSession() as session, session.get(f"{base_url}/models") as response:
        return response.status


def process_of(demo):
    return demo.findChildren(QProcess)[-1]


def test_it_starts_once_and_ends_when_told(run):
    async def main():
        demo = DemoProcess()
        first, second = await asyncio.gather(demo.endpoint(), demo.endpoint())
        assert first == second
        assert first.is_demo
        assert await answers(first.base_url) == 200
        assert len(demo.findChildren(QProcess)) == 1
        process = process_of(demo)
        await demo.stop()
        assert process.state() is NOT_RUNNING
        with pytest.raises(aiohttp.ClientConnectorError):
            await answers(first.base_url)
        await demo.stop()

    run(main())


def test_it_is_started_again_when_it_died(run):
    async def main():
        demo = DemoProcess()
        await demo.endpoint()
        died = asyncio.get_running_loop().create_future()
        process = process_of(demo)
        process.finished.connect(lambda *_: died.set_result(None))
        process.kill()
        await died
        assert await answers((await demo.endpoint()).base_url) == 200
        await demo.stop()

    run(main())


def test_it_can_be_ended_while_it_starts(run):
    async def main():
        demo = DemoProcess()
        starting = asyncio.get_running_loop().create_task(demo.endpoint())
        await asyncio.sleep(0)
        process = process_of(demo)
        await demo.stop()
        assert process.state() is NOT_RUNNING
        outcome = (await asyncio.gather(starting, return_exceptions=True))[0]
        assert not isinstance(outcome, UserFacingError) or outcome.code == "demo_failed"

    run(main())


def test_one_that_cannot_start_can_be_ended_before_that_is_known(run, monkeypatch):
    async def main():
        demo = DemoProcess()
        failed, _ = await asyncio.gather(demo.endpoint(), demo.stop(), return_exceptions=True)
        assert isinstance(failed, UserFacingError)

    # both in one slice, in which Qt learns nothing
    monkeypatch.setattr(EventLoop, "SLICE_S", 10.0)
    monkeypatch.setattr(sys, "executable", "/no/such/program")
    run(main())


def test_one_that_does_not_end_in_time_is_killed(run, monkeypatch):
    async def main():
        demo = DemoProcess()
        await demo.endpoint()
        process = process_of(demo)
        await demo.stop()
        assert process.state() is NOT_RUNNING
        assert process.exitStatus() == QProcess.ExitStatus.CrashExit

    monkeypatch.setattr(demo_process, "STOP_LIMIT_S", 0.0)
    run(main())


def test_a_server_that_does_not_start_says_why(run, monkeypatch):
    async def main():
        demo = DemoProcess()
        with pytest.raises(UserFacingError) as failed:
            await demo.endpoint()
        assert failed.value.code == "demo_failed"
        await demo.stop()

    monkeypatch.setattr(sys, "executable", "/no/such/program")
    run(main())


def test_it_is_not_given_keys(run, monkeypatch, tmp_path):
    monkeypatch.setenv("PARADIGM_API_KEY", "sk-canary")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-canary")
    monkeypatch.setenv("HTTPS_PROXY", "http://ada:sk-canary@127.0.0.1:9")

    async def main():
        demo = DemoProcess()
        await demo.endpoint()
        environment = process_of(demo).processEnvironment()
        assert environment.contains("PATH")
        assert "sk-canary" not in "".join(environment.toStringList())
        await demo.stop()

    run(main())
