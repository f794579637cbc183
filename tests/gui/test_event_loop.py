"""The event loop keeps asyncio's promises inside Qt's loop, and Qt's inside asyncio's."""

import asyncio
import contextvars
import gc
import os
import signal
import socket
import sys
import threading
import time

import pytest
import qasync
from guard import GUARD_S
from PySide6.QtCore import QAbstractEventDispatcher, QEventLoop, QTimer

from paradigm_gui.event_loop import EventLoop, LagProbe

needs_unix_signals = pytest.mark.skipif(sys.platform == "win32", reason="asyncio has no such signals there")


@pytest.fixture
def loop(qapp):
    loop = EventLoop(qapp)
    yield loop
    loop.close()


def spin(seconds):
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass


# Order and time


def test_callbacks_run_first_in_first_out(loop):
    order = []

    def first():
        order.append("first")
        loop.call_soon(order.append, "from first")

    loop.call_soon(first)
    loop.call_soon(order.append, "second")
    loop.call_soon(order.append, "third")
    loop.run_until_complete(asyncio.sleep(0))
    assert order == ["first", "second", "third", "from first"]


def test_order_holds_across_slices(loop):
    order = []
    for number in range(20):
        loop.call_soon(lambda number=number: (spin(loop.SLICE_S / 4), order.append(number)))
    loop.run_until_complete(asyncio.sleep(0))
    assert order == list(range(20))


def test_a_cancelled_callback_does_not_run(loop):
    ran = []
    loop.call_soon(ran.append, "kept")
    loop.call_soon(ran.append, "dropped").cancel()
    loop.call_later(0, ran.append, "dropped").cancel()
    loop.run_until_complete(asyncio.sleep(0.01))
    assert ran == ["kept"]


def test_timers_run_when_due_in_order_of_time(loop):
    ran = []

    def note(name, when):
        ran.append((name, loop.time() >= when - 0.001))

    async def main():
        now = loop.time()
        for name, delay in (("late", 0.03), ("early", 0.01), ("middle", 0.02)):
            assert loop.call_at(now + delay, note, name, now + delay).when() == now + delay
        await asyncio.sleep(0.04)

    loop.run_until_complete(main())
    assert ran == [("early", True), ("middle", True), ("late", True)]


def test_an_earlier_timer_from_a_qt_handler_replaces_the_armed_one(run):
    async def main():
        loop = asyncio.get_running_loop()
        rung = loop.create_future()
        QTimer.singleShot(0, lambda: loop.call_later(0.001, rung.set_result, True))
        async with asyncio.timeout(GUARD_S):
            return await rung

    assert run(main())


def test_cancelled_timers_are_pruned(loop):
    async def main():
        kept = [loop.call_later(60, print) for _ in range(10)]
        for _ in range(5000):
            loop.call_later(60, print).cancel()
        await asyncio.sleep(0)
        remaining = len(loop._scheduled)
        for timer in kept:
            timer.cancel()
        return remaining

    assert 10 <= loop.run_until_complete(main()) < 100


def test_a_cancelled_timer_that_was_pruned_is_not_counted_again(loop):
    async def main():
        for _ in range(3):
            timers = [loop.call_later(60, print) for _ in range(200)]
            for timer in timers:
                timer.cancel()
            await asyncio.sleep(0)
            for timer in timers:
                timer.cancel()
        return loop._timer_cancelled_count, len(loop._scheduled)

    count, remaining = loop.run_until_complete(main())
    assert count == remaining


# Fairness


def test_qt_is_served_while_callbacks_never_end(run):
    ticks = []

    async def main():
        timer = QTimer(interval=0)
        timer.timeout.connect(lambda: ticks.append(None))
        timer.start()
        while len(ticks) < 5:  # noqa: ASYNC110 # the queue must never be empty
            await asyncio.sleep(0)

    run(main())
    assert len(ticks) >= 5


def test_qt_is_served_in_the_middle_of_a_burst(run):
    seen = []

    async def main():
        loop = asyncio.get_running_loop()
        ticks = []
        timer = QTimer(interval=0)
        timer.timeout.connect(lambda: ticks.append(None))
        timer.start()
        for _ in range(40):
            loop.call_soon(lambda: (spin(loop.SLICE_S / 4), seen.append(len(ticks))))
        await asyncio.sleep(0)

    run(main())
    assert len(seen) == 40
    assert seen[-1] - seen[0] >= 5


def test_sockets_are_served_while_callbacks_never_end(run):
    async def main():
        loop = asyncio.get_running_loop()
        left, right = socket.socketpair()
        with left, right:
            left.setblocking(False)
            received = loop.create_future()
            loop.add_reader(left, lambda: received.done() or received.set_result(left.recv(10)))
            right.send(b"hello")
            while not received.done():  # noqa: ASYNC110 # the queue must never be empty
                await asyncio.sleep(0)
            loop.remove_reader(left)
            return received.result()

    assert run(main()) == b"hello"


# Threads, sockets, signals


def test_call_soon_threadsafe_wakes_an_idle_loop_and_keeps_the_context(run):
    word = contextvars.ContextVar("word", default="none")

    async def main():
        loop = asyncio.get_running_loop()
        heard = loop.create_future()
        context = contextvars.copy_context()
        context.run(word.set, "given")

        def call():
            loop.call_soon_threadsafe(lambda: heard.set_result(word.get()), context=context)

        QTimer.singleShot(0, lambda: threading.Thread(target=call).start())
        return await heard

    assert run(main()) == "given"


def test_calls_from_many_threads_all_arrive(run):
    async def main():
        loop = asyncio.get_running_loop()
        arrived = []
        complete = asyncio.Event()

        def arrive(number):
            arrived.append(number)
            if len(arrived) == 2000:
                complete.set()

        def call(first):
            for number in range(first, first + 500):
                loop.call_soon_threadsafe(arrive, number)

        threads = [threading.Thread(target=call, args=(first,)) for first in range(0, 2000, 500)]
        for thread in threads:
            thread.start()
        await complete.wait()
        for thread in threads:
            thread.join()
        return sorted(arrived)

    assert run(main()) == list(range(2000))


def test_a_closed_loop_refuses_calls(loop):
    loop.close()
    for call in (loop.call_soon, loop.call_soon_threadsafe):
        with pytest.raises(RuntimeError, match="closed"):
            call(print)
    with pytest.raises(RuntimeError, match="closed"):
        loop.run_forever()


def test_blocking_work_and_name_lookup_run_in_threads(run):
    async def main():
        loop = asyncio.get_running_loop()
        name = await asyncio.to_thread(lambda: threading.current_thread().name)
        return name, await loop.getaddrinfo("127.0.0.1", 80)

    name, addresses = run(main())
    assert name != threading.main_thread().name
    assert addresses


def test_no_wake_up_from_a_thread_is_lost(run):
    async def main():
        return [await asyncio.to_thread(lambda number=number: number) for number in range(1000)]

    assert run(main()) == list(range(1000))


def test_no_wake_up_is_lost_when_a_pool_ends(qapp):
    async def main():
        async with asyncio.timeout(GUARD_S):
            await asyncio.to_thread(bool)
            await asyncio.get_running_loop().shutdown_default_executor()

    for _ in range(100):
        loop = EventLoop(qapp)
        loop.run_until_complete(main())
        loop.close()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere qasync watches the sockets")
def test_no_method_that_starts_a_qt_timer_per_callback_is_left():
    inherited = {name for name, value in vars(qasync._QEventLoop).items() if callable(value)}
    ours = {name for name in inherited if name in vars(EventLoop)}
    private = {name for name in inherited if name.startswith("_QEventLoop__")}
    assert inherited - ours - private == {"__enter__", "__exit__"}


def test_many_streams_at_once(run):
    async def echo(reader, writer):
        writer.write(await reader.readexactly(100_000))
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    async def ask(port, byte):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(byte * 100_000)
        await writer.drain()
        answer = await reader.read(-1)
        writer.close()
        await writer.wait_closed()
        return answer

    async def main():
        server = await asyncio.start_server(echo, "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            return await asyncio.gather(*(ask(port, bytes([number])) for number in range(50)))

    assert run(main()) == [bytes([number]) * 100_000 for number in range(50)]


@needs_unix_signals
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signal_handlers_run_while_qt_idles(run, number):
    async def main():
        loop = asyncio.get_running_loop()
        received = asyncio.Event()
        loop.add_signal_handler(number, received.set)
        threading.Timer(0.01, os.kill, (os.getpid(), number)).start()
        await received.wait()
        return loop.remove_signal_handler(number)

    assert run(main())


@needs_unix_signals
def test_ctrl_c_ends_an_idle_runner(qapp):
    cancelled = []

    async def main():
        threading.Timer(0.01, os.kill, (os.getpid(), signal.SIGINT)).start()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.append(True)
            raise

    with pytest.raises(KeyboardInterrupt), asyncio.Runner(loop_factory=lambda: EventLoop(qapp)) as runner:
        runner.run(main())
    assert cancelled == [True]


# Errors and ends


def test_an_error_in_a_callback_reaches_the_exception_handler(loop):
    contexts = []
    loop.set_exception_handler(lambda _loop, context: contexts.append(context))
    loop.call_soon(lambda: 1 / 0)
    loop.run_until_complete(asyncio.sleep(0))
    assert [type(context["exception"]) for context in contexts] == [ZeroDivisionError]


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_an_interruption_leaves_the_loop_and_what_was_queued_survives(loop, error):
    ran = []

    def interrupt():
        raise error

    loop.call_soon(interrupt)
    loop.call_soon(ran.append, "after")
    with pytest.raises(error):
        loop.run_forever()
    assert not loop.is_running()
    loop.run_until_complete(asyncio.sleep(0))
    assert ran == ["after"]


def test_an_interruption_in_a_task_propagates(loop):
    async def main():
        await asyncio.sleep(0)
        raise SystemExit(3)

    with pytest.raises(SystemExit) as caught:
        loop.run_until_complete(main())
    assert caught.value.code == 3


def test_stop_from_a_qt_handler_ends_run_forever(loop):
    QTimer.singleShot(0, loop.stop)
    loop.run_forever()
    assert not loop.is_running()


def test_stop_before_running_lets_one_turn_run(loop):
    ran = []
    loop.call_soon(ran.append, 1)
    loop.stop()
    loop.run_forever()
    assert ran == [1]


def test_a_quitting_qt_stops_the_loop_before_the_future(loop, qapp):
    async def main():
        qapp.quit()
        await asyncio.Event().wait()

    task = loop.create_task(main())
    with pytest.raises(RuntimeError, match="stopped before"):
        loop.run_until_complete(task)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        loop.run_until_complete(task)


def test_a_runner_runs_twice_and_shuts_generators_down(qapp):
    ended = []

    async def numbers():
        try:
            yield 1
            yield 2
        finally:
            ended.append(True)

    generator = numbers()

    async def main():
        return await anext(generator)

    with asyncio.Runner(loop_factory=lambda: EventLoop(qapp)) as runner:
        assert runner.run(main()) == 1
        assert runner.run(asyncio.sleep(0.001, "again")) == "again"
    assert ended == [True]


def test_a_closed_loop_leaves_no_timer_no_notifier_and_no_descriptor(qapp):
    def open_descriptors():
        return set(os.listdir("/proc/self/fd")) if sys.platform == "linux" else set()

    def qt_objects():
        gc.collect()
        return sum(type(each).__name__ in ("QTimer", "QSocketNotifier") for each in gc.get_objects())

    objects, descriptors = qt_objects(), open_descriptors()
    loop = EventLoop(qapp)
    loop.call_later(60, print)
    loop.run_until_complete(asyncio.sleep(0.001))
    loop.close()
    del loop
    assert qt_objects() <= objects
    assert open_descriptors() == descriptors


def test_debug_mode_notices_calls_from_other_threads(loop):
    loop.set_debug(True)
    caught = []

    def call():
        try:
            loop.call_soon(print)
        except RuntimeError as error:
            caught.append(error)

    loop.run_until_complete(asyncio.to_thread(call))
    assert len(caught) == 1


# Nested Qt loops


def test_a_loop_nested_in_a_task_holds_asyncio_up_and_loses_nothing(run):
    during, steps, wakes = [], [], []

    async def count(peer):
        for step in range(20):
            await asyncio.sleep(0.001)
            steps.append(step)
        peer.send(b"done")

    async def main():
        loop = asyncio.get_running_loop()
        left, right = socket.socketpair()
        with left, right:
            left.setblocking(False)
            async with asyncio.TaskGroup() as group:
                group.create_task(count(right))
                await asyncio.sleep(0.005)
                right.send(b"ready while nested")
                loop.add_reader(left, during.append, "never while nested")
                nested = QEventLoop()
                dispatcher = QAbstractEventDispatcher.instance()
                before = len(steps)
                dispatcher.awake.connect(lambda: wakes.append(None))
                QTimer.singleShot(50, nested.quit)
                nested.exec()
                dispatcher.awake.disconnect()
                assert (during, len(steps)) == ([], before)
                loop.remove_reader(left)
            return await loop.sock_recv(left, 100)

    assert run(main()) == b"ready while nesteddone"
    assert steps == list(range(20))
    assert len(wakes) < 50, "the nested loop spins on sockets that nobody reads"


def test_asyncio_goes_on_inside_a_loop_nested_in_a_qt_handler(run):
    async def main():
        loop = asyncio.get_running_loop()
        nested = QEventLoop()
        was_opened, has_returned = asyncio.Event(), asyncio.Event()

        def open_nested():
            was_opened.set()
            nested.exec()
            has_returned.set()

        QTimer.singleShot(0, open_nested)
        await was_opened.wait()
        await asyncio.sleep(0.01)
        assert await loop.run_in_executor(None, lambda: 5) == 5
        assert nested.isRunning()
        assert not has_returned.is_set()
        nested.quit()
        await has_returned.wait()

    run(main())


# The probe


def test_the_probe_counts_a_stall_at_every_point_it_covers(run):
    async def main():
        probe = LagProbe(asyncio.get_running_loop(), interval_s=0.01)
        probe.start()
        await asyncio.sleep(0.03)
        spin(0.1)
        await asyncio.sleep(0.03)
        probe.stop()
        taken = len(probe.samples)
        await asyncio.sleep(0.03)
        assert len(probe.samples) == taken
        return probe

    probe = run(main())
    assert probe.worst_s >= 0.08
    assert sum(sample > 0.02 for sample in probe.samples) >= 6
    assert min(probe.samples) >= 0


def test_the_probe_keeps_its_samples_within_bounds_and_its_worst(run, monkeypatch):
    monkeypatch.setattr(LagProbe, "MAX_SAMPLES", 50)

    async def main():
        probe = LagProbe(asyncio.get_running_loop(), interval_s=0.001)
        probe.start()
        spin(0.04)
        await asyncio.sleep(0.1)
        probe.stop()
        return probe

    probe = run(main())
    assert 0 < len(probe.samples) <= 50
    assert probe.worst_s >= max(probe.samples)
