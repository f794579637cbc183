"""The program's one event loop: asyncio's queue and timers, run in short slices of Qt's loop."""

from __future__ import annotations

import asyncio
import heapq
import math
import os
import selectors
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QSocketNotifier, Qt, QTimer

os.environ["QT_API"] = "pyside6"  # or qasync might pick another binding that is installed
import qasync

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextvars import Context

# What qasync overrides and we want back: asyncio's own methods.
_Native: Any
if sys.platform == "win32":
    _Native = asyncio.ProactorEventLoop
else:
    _Native = asyncio.SelectorEventLoop

_NEVER = math.inf
_NOW = 0.0
_LONGEST_WAIT_S = 24 * 3600.0
_MIN_CANCELLED_TO_PRUNE = 50
# When hundreds of answers come at once, a turn that took them all would keep timers waiting for a second.
_MOST_SOCKETS_A_TURN = 16


class EventLoop(qasync.QEventLoop):  # type: ignore[misc] # qasync has no types
    """A qasync loop that keeps asyncio's own queue and needs one Qt timer for all of it.

    qasync starts a Qt timer for every callback. Here callbacks wait in asyncio's queue and heap, in
    asyncio's order, and run in slices of about `SLICE_S`; between slices Qt handles input and paints.
    A Qt loop nested in a callback (a context menu opened by a task) holds asyncio up until it ends,
    because a task cannot be re-entered; one nested in an ordinary Qt handler does not.
    """

    SLICE_S = 0.004

    _add_callback = _Native._add_callback
    call_soon = _Native.call_soon
    call_later = _Native.call_later
    call_soon_threadsafe = _Native.call_soon_threadsafe
    time = _Native.time
    is_running = _Native.is_running
    run_forever = _Native.run_forever
    run_until_complete = _Native.run_until_complete
    run_in_executor = _Native.run_in_executor
    set_default_executor = _Native.set_default_executor
    get_debug = _Native.get_debug
    set_debug = _Native.set_debug
    set_exception_handler = _Native.set_exception_handler
    call_exception_handler = _Native.call_exception_handler
    default_exception_handler = _Native.default_exception_handler
    if sys.platform == "linux":
        _add_reader = _Native._add_reader
        _remove_reader = _Native._remove_reader
        _add_writer = _Native._add_writer
        _remove_writer = _Native._remove_writer

    _selector: Any
    _scheduled: list[Any]

    def __init__(self, app: QCoreApplication) -> None:
        self._app = app
        self._is_in_slice = False
        self._turn_left = 0
        self._interruption: BaseException | None = None
        self._armed_for = _NEVER
        self._timer_of_slices = QTimer(singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer_of_slices.timeout.connect(self._on_timeout)
        self._readiness: QSocketNotifier | None = None
        super().__init__(app)
        if sys.platform == "linux":
            self._watch_selector()

    def call_at(
        self, when: float, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.TimerHandle:
        """Call back when `time` reads `when`."""
        timer: asyncio.TimerHandle = _Native.call_at(self, when, callback, *args, context=context)
        if not self._is_in_slice:
            self._arm()
        return timer

    def stop(self) -> None:
        """Stop once the callbacks that are ready now have run."""
        self._stopping = True
        if self.is_running() and not self._is_in_slice:
            self._start_timer(_NOW)

    def close(self) -> None:
        """Release the queue, the sockets and the Qt timer; the loop cannot run again."""
        if not self.is_running():
            self._timer_of_slices.stop()
            self._readiness = None
        super().close()

    def _call_soon(
        self, callback: Callable[..., object], args: tuple[Any, ...], context: Context | None
    ) -> asyncio.Handle:
        handle = asyncio.Handle(callback, args, self, context)
        self._ready.append(handle)
        # Other threads may not touch the Qt timer: they wake the loop through asyncio's own socket.
        if not self._is_in_slice and threading.get_ident() == self._thread_id:
            self._arm()
        return handle

    def _run_once(self) -> None:
        # asyncio calls this until the loop is stopped; one call is one run of Qt's own loop.
        is_woken_by_signals = (
            sys.platform != "win32" and threading.current_thread() is threading.main_thread()
        )
        if is_woken_by_signals:
            # Python's signal handlers run only when bytecode does, and an idle Qt runs none.
            previous_fd = signal.set_wakeup_fd(self._csock.fileno())
        self._before_run_forever()
        try:
            self._set_watching(True)
            self._start_timer(_NOW)
            self._app.exec()
        finally:
            self._set_watching(False)
            self._after_run_forever()
            if is_woken_by_signals and not self._signal_handlers:
                signal.set_wakeup_fd(previous_fd)
        self._stopping = True  # Qt may have quit without being asked by us
        interruption, self._interruption = self._interruption, None
        if interruption is not None:
            raise interruption

    def _watch_selector(self) -> None:
        """Let Qt watch one epoll descriptor for all sockets: half the cost of a notifier for each."""
        self._remove_reader(self._ssock.fileno())
        self._selector.close()
        self._selector = selectors.EpollSelector()
        self._add_reader(self._ssock.fileno(), self._read_from_self)
        self._readiness = QSocketNotifier(self._selector.fileno(), QSocketNotifier.Type.Read)
        self._readiness.setEnabled(False)
        self._readiness.activated.connect(self._on_sockets_ready)

    def _set_watching(self, is_watching: bool) -> None:
        if self._readiness is not None:
            self._readiness.setEnabled(is_watching)

    def _on_timeout(self) -> None:
        self._armed_for = _NEVER
        self._run_slice()

    def _on_sockets_ready(self) -> None:
        if self._is_in_slice:
            # They stay ready until the slice goes on; a nested Qt loop would spin on them.
            self._set_watching(False)
        else:
            self._run_slice()

    def _run_slice(self) -> None:
        if self._is_in_slice or not self.is_running():
            return
        self._is_in_slice = True
        try:
            if self._run_callbacks():
                self._app.exit()
        except BaseException as error:  # noqa: BLE001 # PySide would print and drop it; `_run_once` raises it
            self._interruption = error
            self._app.exit()
        finally:
            self._is_in_slice = False
        self._set_watching(True)
        self._arm()

    def _run_callbacks(self) -> bool:
        """Run callbacks for `SLICE_S` or until none is ready; return whether the loop is to stop.

        A turn is asyncio's: whatever is ready when it starts, sockets and due timers included. A slice
        may end in the middle of a turn; a stop waits for the end of one.
        """
        ready = self._ready
        end = time.monotonic() + self.SLICE_S
        while True:
            if not self._turn_left:
                self._collect_ready()
                self._turn_left = len(ready)
            if self._turn_left:
                self._turn_left -= 1
                handle = ready.popleft()
                if not handle._cancelled:
                    handle._run()
            if not self._turn_left and self._stopping:
                return True
            if not ready or time.monotonic() >= end:
                return False

    def _collect_ready(self) -> None:
        if self._readiness is not None:
            # the selector tells again of what is left for the next turn
            self._process_events(self._selector.select(0)[:_MOST_SOCKETS_A_TURN])
        cancelled = self._timer_cancelled_count
        if cancelled > _MIN_CANCELLED_TO_PRUNE and cancelled > len(self._scheduled) // 2:
            self._prune_timers()
        scheduled = self._scheduled
        now = time.monotonic() + self._clock_resolution
        while scheduled and (scheduled[0]._cancelled or scheduled[0]._when < now):
            timer = heapq.heappop(scheduled)
            timer._scheduled = False
            if timer._cancelled:
                self._timer_cancelled_count -= 1
            else:
                self._ready.append(timer)

    def _prune_timers(self) -> None:
        for timer in self._scheduled:
            timer._scheduled = not timer._cancelled
        self._scheduled = [timer for timer in self._scheduled if timer._scheduled]
        heapq.heapify(self._scheduled)
        self._timer_cancelled_count = 0

    def _arm(self) -> None:
        """Set the Qt timer for what is due next, unless it is set so already."""
        if self._ready:
            when = _NOW
        elif self._scheduled:
            when = self._scheduled[0]._when
        else:
            when = _NEVER
        if when != self._armed_for:
            self._start_timer(when)

    def _start_timer(self, when: float) -> None:
        self._armed_for = when
        if when == _NEVER:
            self._timer_of_slices.stop()
        else:
            wait_s = min(max(0.0, when - time.monotonic()), _LONGEST_WAIT_S)
            self._timer_of_slices.start(math.ceil(wait_s * 1000))


class LagProbe:
    """Measure how late a loop is: seconds by which it misses points in time, `interval_s` apart.

    A stall counts at every point that it covers, so percentiles of `samples` are shares of time. Beyond
    `MAX_SAMPLES` every second one is dropped and the interval doubled; `worst_s` is never lost.
    """

    MAX_SAMPLES = 100_000

    def __init__(self, loop: asyncio.AbstractEventLoop, interval_s: float = 0.02) -> None:
        self.samples: list[float] = []
        self.worst_s = 0.0
        self._loop = loop
        self._interval_s = interval_s
        self._due = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Begin to measure, or go on after `stop`."""
        if self._timer is None:
            self._due = self._loop.time() + self._interval_s
            self._timer = self._loop.call_at(self._due, self._on_due)

    def reset(self) -> None:
        """Forget what was measured."""
        self.samples.clear()
        self.worst_s = 0.0

    def stop(self) -> None:
        """Stop measuring; the samples stay."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _on_due(self) -> None:
        now = self._loop.time()
        self.worst_s = max(self.worst_s, now - self._due)
        while self._due <= now:
            self.samples.append(now - self._due)
            self._due += self._interval_s
        if len(self.samples) > self.MAX_SAMPLES:
            del self.samples[::2]
            self._interval_s *= 2
        self._timer = self._loop.call_at(self._due, self._on_due)
