"""Long work in a thread, beside another thread that has to stay quick."""

from __future__ import annotations

import sys
import threading
import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WORK_S = 0.004
REST_S = 0.0005
SWITCH_S = 0.001

T = TypeVar("T")


def shorten_turns() -> None:
    """Let a thread that waits have its turn sooner, where another one computes without a rest."""
    sys.setswitchinterval(SWITCH_S)


def in_turns(items: Iterable[T]) -> Iterator[T]:
    """Go through the items and, in any thread but the main one, rest for a moment every now and then.

    A thread that computes without a rest lets another one in only after some milliseconds of waiting, and
    the window's thread has to get in anew for each cell that it paints: a repaint would take seconds.
    """
    if threading.current_thread() is threading.main_thread():
        yield from items
        return
    rest_at = time.perf_counter() + WORK_S
    for item in items:
        yield item
        if time.perf_counter() >= rest_at:
            time.sleep(REST_S)
            rest_at = time.perf_counter() + WORK_S
