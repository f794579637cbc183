"""Measure the event loop beside stock qasync and plain asyncio, and print a table.

    python tests/benchmarks/event_loop.py

Each loop runs in a process of its own against one loopback server in another.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import time

from openai import AsyncOpenAI, DefaultAioHttpClient

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_API"] = "pyside6"

LOOPS = ("asyncio", "qasync", "paradigm")
HOPS = 100_000
TIMERS = 20_000
REQUESTS = 2_000
IN_FLIGHT = 200
ANSWER_S = 0.05
CHUNKS = 10
WATCH_MS = 10


async def serve():
    """Answer chat completions after `ANSWER_S`; print the port."""
    from aiohttp import web

    def chunk(text, finish_reason=None):
        choice = {"index": 0, "delta": {"content": text}, "finish_reason": finish_reason}
        body = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": [choice]}
        return b"data: " + json.dumps(body).encode() + b"\n\n"

    async def complete(request):
        asked = await request.json()
        if not asked.get("stream"):
            await asyncio.sleep(ANSWER_S)
            message = {"role": "assistant", "content": "Hello"}
            choice = {"index": 0, "message": message, "finish_reason": "stop"}
            body = {"id": "x", "object": "chat.completion", "created": 0, "model": "m", "choices": [choice]}
            return web.json_response(body)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        for _ in range(CHUNKS - 1):
            await asyncio.sleep(ANSWER_S / CHUNKS)
            await response.write(chunk("word "))
        await response.write(chunk("end", "stop") + b"data: [DONE]\n\n")
        return response

    app = web.Application()
    app.router.add_post("/v1/chat/completions", complete)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.to_thread(sys.stdin.read)  # until the parent closes the pipe
    await runner.cleanup()


async def hops_per_s():
    loop = asyncio.get_running_loop()
    finished = loop.create_future()

    def hop(left):
        if left:
            loop.call_soon(hop, left - 1)
        else:
            finished.set_result(None)

    start = time.perf_counter()
    hop(HOPS)
    await finished
    return HOPS / (time.perf_counter() - start)


async def timers_per_s():
    loop = asyncio.get_running_loop()
    start = time.perf_counter()
    for i in range(TIMERS):
        loop.call_later(60, print).cancel()
        if i % 100 == 0:
            await asyncio.sleep(0)
    return TIMERS / (time.perf_counter() - start)


async def requests_per_s(base_url, streaming):
    async def ask():
        answer = await client.chat.completions.create(
            model="m", messages=[{"role": "user", "content": "Hi"}], stream=streaming
        )
        if streaming:
            async for _ in answer:
                pass

    async def work(count):
        for _ in range(count):
            await ask()

    async with AsyncOpenAI(
        api_key="none", base_url=base_url, max_retries=0, http_client=DefaultAioHttpClient()
    ) as client:
        await ask()
        start = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for _ in range(IN_FLIGHT):
                group.create_task(work(REQUESTS // IN_FLIGHT))
        return REQUESTS / (time.perf_counter() - start)


class StallWatch:
    """A Qt timer that keeps the longest time by which it was late."""

    def __init__(self):
        from PySide6.QtCore import Qt, QTimer

        self.worst_s = 0.0
        self._seen = time.perf_counter()
        self._timer = QTimer(interval=WATCH_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start()

    def take_worst_ms(self):
        worst, self.worst_s = self.worst_s * 1000, 0.0
        return worst

    def _on_timeout(self):
        now = time.perf_counter()
        self.worst_s = max(self.worst_s, now - self._seen - WATCH_MS / 1000)
        self._seen = now


async def measure(base_url, watch):
    figures = {"hops/s": await hops_per_s(), "timers/s": await timers_per_s()}
    for name, streaming in (("requests/s", False), ("streamed/s", True)):
        if watch:
            watch.take_worst_ms()
        figures[name] = await requests_per_s(base_url, streaming)
        if watch:
            figures[f"{name} worst stall, ms"] = watch.take_worst_ms()
    return figures


def measure_loop(name, base_url):
    if name == "asyncio":
        return asyncio.run(measure(base_url, None))
    from PySide6.QtWidgets import QApplication

    app = QApplication([])
    if name == "qasync":
        import qasync

        loop = qasync.QEventLoop(app)
    else:
        from paradigm_gui.event_loop import EventLoop

        loop = EventLoop(app)
    try:
        return loop.run_until_complete(measure(base_url, StallWatch()))
    finally:
        loop.close()


def print_table(results):
    print(f"{REQUESTS} requests, {IN_FLIGHT} in flight, {ANSWER_S * 1000:.0f} ms answers, {CHUNKS} chunks")
    print(f"{'':28}" + "".join(f"{name:>12}" for name in LOOPS) + f"{'to qasync':>12}{'to asyncio':>12}")
    for figure in results["paradigm"]:
        values = [results[name].get(figure) for name in LOOPS]
        cells = "".join("{:>12}".format("" if value is None else f"{value:,.0f}") for value in values)
        plain, stock, ours = values
        ratios = f"{ours / stock:>12.2f}" + (f"{ours / plain:>12.2f}" if plain else "")
        print(f"{figure:28}{cells}{ratios}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--loop", choices=LOOPS, help=argparse.SUPPRESS)
    parser.add_argument("--base-url", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.serve:
        asyncio.run(serve())
        return
    if arguments.loop:
        print(json.dumps(measure_loop(arguments.loop, arguments.base_url)))
        return
    me = [sys.executable, __file__]
    with subprocess.Popen(
        [*me, "--serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        base_url = f"http://127.0.0.1:{int(server.stdout.readline())}/v1"
        results = {}
        for name in LOOPS:
            child = [*me, "--loop", name, "--base-url", base_url]
            run = subprocess.run(child, stdout=subprocess.PIPE, text=True, check=True)
            results[name] = json.loads(run.stdout)
        server.stdin.close()
    print_table(results)


if __name__ == "__main__":
    main()
