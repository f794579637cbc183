"""Notices that the machine slept, or that the program was stopped and continued."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

LOOK_EVERY_S = 1.0
# the longest delay of a look that is no sleep
LATE_S = 5.0


def clock_of_sleep() -> Callable[[], float]:
    """A monotonic clock that goes on while the machine sleeps; `perf_counter` does so on Windows only."""
    name = {"linux": "CLOCK_BOOTTIME", "darwin": "CLOCK_MONOTONIC_RAW"}.get(sys.platform, "")
    number = getattr(time, name, None)
    if number is None:
        return time.perf_counter
    return lambda: time.clock_gettime(number)


class SleepWatch(QObject):
    """Looks at the clocks every `every_s` while it is started. A look that is `late_s` late was slept over.

    Signals:
        woke(): the machine slept.
    """

    woke = Signal()

    def __init__(
        self, parent: QObject | None = None, *, every_s: float = LOOK_EVERY_S, late_s: float = LATE_S
    ) -> None:
        super().__init__(parent)
        self._every_s = every_s
        self._late_s = late_s
        self._clock = clock_of_sleep()
        self._looked_at = (0.0, 0.0)
        self._slept_s = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(round(every_s * 1000))
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        self._looked_at = self._readings()
        self._slept_s = 0.0
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def now(self) -> float:
        """Read `perf_counter`, without what it counted of sleeps since the start.

        This is a look too: whatever comes first after a sleep must not be stamped with it.
        """
        self._look()
        return self._looked_at[1] - self._slept_s

    def _readings(self) -> tuple[float, float]:
        return self._clock(), time.perf_counter()

    def _look(self) -> None:
        before, self._looked_at = self._looked_at, self._readings()
        passed, counted = (now - then for now, then in zip(self._looked_at, before, strict=True))
        if passed > self._every_s + self._late_s:
            self._slept_s += max(0.0, counted - self._every_s)
            self.woke.emit()
