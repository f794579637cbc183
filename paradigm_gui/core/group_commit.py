"""One thread that writes to a database for an asyncio loop, and commits many small changes at once."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from paradigm_gui.core.store_file import transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

COMMIT_EVERY_S = 0.05
MOST_IN_COMMIT = 500

T = TypeVar("T")
ChangeT = TypeVar("ChangeT")


@dataclass(frozen=True, slots=True, eq=False)
class _Change(Generic[ChangeT]):
    """Something small that may share a transaction with others."""

    future: asyncio.Future[None]
    value: ChangeT


@dataclass(frozen=True, slots=True, eq=False)
class _Work:
    """Something that is done at once, in a transaction of its own."""

    future: asyncio.Future[Any]
    do: Callable[[sqlite3.Connection], Any]


class GroupCommit(Generic[ChangeT]):
    """Writes in the order of the calls. Futures are done after the commit, on the loop that asked.

    `write_group` writes the changes of one group. When it or the commit fails, nothing of the group is
    written, and each of its futures gets what `told` makes of the exception.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        write_group: Callable[[sqlite3.Connection, Sequence[ChangeT]], None],
        told: Callable[[Exception], Exception],
    ) -> None:
        self._connection = connection
        self._write_group = write_group
        self._told = told
        self._queue: SimpleQueue[_Change[ChangeT] | _Work | None] = SimpleQueue()
        self._is_closed = False
        self._thread = Thread(target=self._serve, name="store", daemon=True)
        self._thread.start()

    def add(self, change: ChangeT) -> asyncio.Future[None]:
        """Write a change with the next group: at once after a rest, else within `COMMIT_EVERY_S`."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._put(_Change(future, change))
        return future

    def do(self, work: Callable[[sqlite3.Connection], T]) -> asyncio.Future[T]:
        """Carry out `work` in the writer's thread, in one transaction."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._put(_Work(future, work))
        return future

    def close(self) -> None:
        """Write what is waiting, end the thread and close the connection; blocks until then."""
        if self._is_closed:
            return
        self._is_closed = True
        self._queue.put(None)
        self._thread.join()
        with suppress(sqlite3.Error):  # what is not moved into the file now is read from beside it next time
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._connection.close()

    def _put(self, entry: _Change[ChangeT] | _Work) -> None:
        if self._is_closed:
            raise RuntimeError("the store is closed")
        self._queue.put(entry)

    def _serve(self) -> None:
        group: list[_Change[ChangeT]] = []
        due = 0.0
        while True:
            try:
                entry = self._queue.get(timeout=max(0.0, due - time.monotonic()) if group else None)
            except Empty:
                self._commit(group)
            else:
                if isinstance(entry, _Change):
                    group.append(entry)
                    if len(group) < MOST_IN_COMMIT:
                        continue
                if group:
                    self._commit(group)
                if isinstance(entry, _Work):
                    self._carry_out(entry)
                elif entry is None:
                    return
            group = []
            due = time.monotonic() + COMMIT_EVERY_S

    def _commit(self, group: Sequence[_Change[ChangeT]]) -> None:
        error: Exception | None = None
        try:
            with transaction(self._connection):
                self._write_group(self._connection, [change.value for change in group])
        except Exception as failure:  # noqa: BLE001 - it belongs to those who wait
            error = failure
        self._answer((change.future for change in group), None, error)

    def _carry_out(self, work: _Work) -> None:
        result: object = None
        error: Exception | None = None
        try:
            with transaction(self._connection):
                result = work.do(self._connection)
        except Exception as failure:  # noqa: BLE001 - it belongs to the one who waits
            error = failure
        self._answer([work.future], result, error)

    def _answer(
        self, futures: Iterable[asyncio.Future[Any]], result: object, error: Exception | None
    ) -> None:
        by_loop: defaultdict[asyncio.AbstractEventLoop, list[asyncio.Future[Any]]] = defaultdict(list)
        for future in futures:
            by_loop[future.get_loop()].append(future)

        def settle(waiting: list[asyncio.Future[Any]]) -> None:
            for future in waiting:
                if future.done():
                    continue
                if error:
                    future.set_exception(self._told(error))
                else:
                    future.set_result(result)

        for loop, waiting in by_loop.items():
            with suppress(RuntimeError):  # the loop is closed: nobody waits any more
                loop.call_soon_threadsafe(settle, waiting)
