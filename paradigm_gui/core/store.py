"""Runs on disk: what a caller has awaited is committed, and outlives the program however it ends."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.group_commit import GroupCommit
from paradigm_gui.core.run_list import RunKey, RunSummary, make_searchable, summaries
from paradigm_gui.core.store_file import (
    AsideReason,
    OwnerLock,
    connect,
    is_held,
    open_file,
    open_memory,
    suspect,
    transaction,
    user_facing,
)
from paradigm_gui.core.stored_run import (
    KEEP_REQUEST,
    ROWS_IN_CHUNK,
    close_arm,
    complete_run,
    insert_rows,
    insert_run,
    loaded,
    put_arm,
    put_remarks,
    read_run,
    read_settings,
    request_values,
    rows_sha256,
    stored,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from paradigm_gui.core.batch import Arm, ArmKind, Batch, Request, Run
    from paradigm_gui.core.remarks import Remark

log = logging.getLogger(__name__)

DELETED_KEPT_S = 7 * 24 * 3600.0

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class _OpenArm:
    id: int
    arm: Arm


@dataclass(frozen=True, slots=True, eq=False)
class _Kept:
    """A request as it was when it was handed over."""

    arm: _OpenArm
    values: tuple[int, str, str | bytes, str | bytes]


class Store:
    """Keeps runs in one file, which several instances of the program may share.

    What is awaited returns after the commit. When a commit fails (`UserFacingError` `disk_full`,
    `cannot_write` or `store_damaged`), nothing of it is written, and the same call can be made again.
    A key that is not there raises `no_such_run`.

    `set_aside` is where a file went that could not be used, `set_aside_reason` why; a new one was begun.
    """

    def __init__(
        self,
        path: Path | None,
        connection: sqlite3.Connection,
        owner: OwnerLock | None = None,
        set_aside: Path | None = None,
        set_aside_reason: AsideReason | None = None,
    ) -> None:
        self.path = path
        self.set_aside = set_aside
        self.set_aside_reason = set_aside_reason
        self._owner = owner
        self._token = owner.token if owner else None
        self._arms: dict[tuple[RunKey, ArmKind, int], _OpenArm] = {}
        self._reading: sqlite3.Connection | None = None
        self._reader = ThreadPoolExecutor(1, "store-reader")
        self._writer = GroupCommit(connection, _write_kept, self._told)

    @classmethod
    def open(cls, path: Path | None) -> Store:
        """Open the file at `path`, or a private store in memory that leaves nothing on disk.

        Checking a file and erasing what was deleted long ago can take some tenths of a second.
        Raises `UserFacingError`.
        """
        if path is None:
            connection = open_memory()
            make_searchable(connection)
            return cls(None, connection)
        file = open_file(path)
        _erase_old(file.connection, path)
        return cls(path, file.connection, file.owner, file.set_aside, file.set_aside_reason)

    def close(self) -> None:
        """Write what is waiting and end the threads; blocks for as long as that takes."""
        self._writer.close()
        self._reader.shutdown()
        if self._reading:
            self._reading.close()
            self._reading = None
        if self._owner:
            self._owner.release()
            self._owner = None

    async def add_run(self, run: Run, name: str) -> RunKey:
        """Write a run with its rows and arms. It is listed once all of it is there."""
        writer = self._writer
        key = RunKey(await writer.do(lambda connection: insert_run(connection, run, name, self._token)))
        # in pieces: a large run must not hold up the answers of another one
        for first in range(0, len(run.batch.rows), ROWS_IN_CHUNK):
            await writer.do(partial(insert_rows, key=key, first=first, batch=run.batch))
        fingerprint = await asyncio.get_running_loop().run_in_executor(self._reader, rows_sha256, run.batch)
        arms = run.passes

        def complete(connection: sqlite3.Connection) -> list[int]:
            complete_run(connection, key, fingerprint)
            return [put_arm(connection, key, arm) for arm in arms]

        for arm, arm_id in zip(arms, await writer.do(complete), strict=True):
            self._arms[key, arm.kind, arm.number] = _OpenArm(arm_id, arm)
        return key

    async def add_arm(self, key: RunKey, arm: Arm) -> None:
        """Add an arm to a run, or take up again the one of its kind; the run is unfinished from now on.

        Raises `UserFacingError` `run_in_use` when another instance of the program is running it.
        """

        def add(connection: sqlite3.Connection) -> int:
            self._claim(connection, key)
            return put_arm(connection, key, arm)

        self._arms[key, arm.kind, arm.number] = _OpenArm(await self._writer.do(add), arm)

    def keep(self, key: RunKey, kind: ArmKind, request: Request, number: int = 0) -> asyncio.Future[None]:
        """Write a request as it is now; the future is done when that is committed.

        The arm of this kind and number must have been added, and have started.
        """
        arm = self._arms[key, kind, number]
        return self._writer.add(_Kept(arm, request_values(request, arm.arm.started_at or 0.0)))

    def remark(self, key: RunKey, remarks: Mapping[int, Remark]) -> asyncio.Future[None]:
        """Write what is noted on rows of a run now; the future is done when that is committed."""
        return self._writer.do(partial(put_remarks, key=key, remarks=remarks))

    async def end_arm(self, key: RunKey, arm: Arm) -> None:
        """Write how an arm ended, after its requests were kept."""
        open_arm = self._arms[key, arm.kind, arm.number]

        def end(connection: sqlite3.Connection) -> None:
            _mark_start(connection, [open_arm])
            close_arm(connection, open_arm.id, arm)

        await self._writer.do(end)

    async def end_run(self, key: RunKey, outcome: str) -> None:
        """Mark a run as finished; what it was rated before holds no more."""
        await self._update(key, ended_at=time.time(), outcome=outcome, speed_up=None, owner=None)
        self._arms = {name: arm for name, arm in self._arms.items() if name[0] != key}

    async def rate(self, key: RunKey, speed_up: float) -> None:
        """Note what the comparison of a finished run's arms gave."""
        await self._update(key, speed_up=speed_up)

    async def rename(self, key: RunKey, name: str) -> None:
        await self._update(key, name=stored(name))

    async def delete(self, key: RunKey) -> None:
        """Hide a run; it is erased by `purge`, or at the first opening after a week."""
        await self._update(key, deleted_at=time.time())

    async def undelete(self, key: RunKey) -> None:
        await self._update(key, deleted_at=None)

    async def purge(self) -> None:
        """Erase the deleted runs for good."""
        for key in await self._writer.do(lambda connection: _erasable(connection, time.time(), self.path)):
            await self._writer.do(partial(_erase, key=key))

    async def runs(self, search: str = "") -> list[RunSummary]:
        """List the runs, newest first. Each word of `search` is in name, model, endpoint, prompts or
        comments."""
        words = search.casefold().split()
        return await self._read(lambda connection: summaries(connection, words, self._is_elsewhere))

    async def unfinished(self) -> list[RunSummary]:
        """List the runs that were not finished and that no instance of the program is running."""

        def find(connection: sqlite3.Connection) -> list[RunSummary]:
            lost = {
                key
                for key, owner in connection.execute("SELECT id, owner FROM runs WHERE ended_at IS NULL")
                if owner != self._token and not self._is_elsewhere(owner)
            }
            return [summary for summary in summaries(connection) if summary.key in lost]

        return await self._read(find)

    async def load(self, key: RunKey) -> Run:
        """Rebuild a run. A request that had not come to its end is queued again, its attempts kept.

        An arm that was started begins at clock reading 0.
        """
        return await self._read(lambda connection: read_run(connection, key))

    async def check_unchanged(self, key: RunKey, batch: Batch) -> None:
        """Raise `UserFacingError` `input_changed` if a batch is not the one that was run.

        `what` is the first of `rows` (columns included), `template` and `parameters` that differs.
        """

        def find_change(connection: sqlite3.Connection) -> str | None:
            settings = read_settings(connection, key)
            if settings.rows_sha256 != rows_sha256(batch):
                return "rows"
            if settings.template != batch.template:
                return "template"
            return None if settings.parameters == batch.parameters else "parameters"

        if what := await self._read(find_change):
            raise UserFacingError("input_changed", what=what)

    async def _update(self, key: RunKey, **values: object) -> None:
        def update(connection: sqlite3.Connection) -> None:
            columns = ", ".join(f"{column} = ?" for column in values)
            changed = connection.execute(f"UPDATE runs SET {columns} WHERE id = ?", (*values.values(), key))
            if not changed.rowcount:
                raise UserFacingError("no_such_run")

        await self._writer.do(update)

    async def _read(self, do: Callable[[sqlite3.Connection], T]) -> T:
        if self.path is None:
            # a database in memory belongs to its one connection
            return await self._writer.do(do)
        return await asyncio.get_running_loop().run_in_executor(self._reader, self._read_file, self.path, do)

    def _read_file(self, path: Path, do: Callable[[sqlite3.Connection], T]) -> T:
        try:
            if self._reading is None:
                self._reading = connect(path)
                self._reading.execute("PRAGMA query_only = ON")
                make_searchable(self._reading)
            # all statements of one question see the same state of the file
            self._reading.execute("BEGIN")
            try:
                return do(self._reading)
            finally:
                self._reading.execute("ROLLBACK")
        except sqlite3.Error as error:
            raise self._told(error, "cannot_read") from error

    def _claim(self, connection: sqlite3.Connection, key: RunKey) -> None:
        found = connection.execute(
            "SELECT owner, name FROM runs WHERE id = ? AND is_whole", (key,)
        ).fetchone()
        if found is None:
            raise UserFacingError("no_such_run")
        owner, name = found
        if self._is_elsewhere(owner):
            raise UserFacingError("run_in_use", name=loaded(name))
        connection.execute(
            "UPDATE runs SET owner = ?, ended_at = NULL, outcome = NULL WHERE id = ?", (self._token, key)
        )

    def _is_elsewhere(self, owner: str | None) -> bool:
        """Whether an owner is another instance of the program that is at work."""
        return owner != self._token and _is_alive(self.path, owner)

    def _told(self, error: Exception, code: str = "cannot_write") -> Exception:
        told = user_facing(error, str(self.path or ":memory:"), code)
        if told is not error:
            told.__cause__ = error
            if self.path and isinstance(told, UserFacingError) and told.code == "store_damaged":
                suspect(self.path)
        return told


def _is_alive(path: Path | None, owner: str | None) -> bool:
    return path is not None and owner is not None and is_held(path, owner)


def _write_kept(connection: sqlite3.Connection, group: Sequence[_Kept]) -> None:
    connection.executemany(KEEP_REQUEST, [(kept.arm.id, *kept.values) for kept in group])
    _mark_start(connection, {kept.arm for kept in group})


def _mark_start(connection: sqlite3.Connection, arms: Iterable[_OpenArm]) -> None:
    """Write the time of day at which arms were started, once."""
    since_reading = time.time() - time.perf_counter()
    connection.executemany(
        "UPDATE arms SET started_at = ? WHERE id = ? AND started_at IS NULL",
        [
            (since_reading + open_arm.arm.started_at, open_arm.id)
            for open_arm in arms
            if open_arm.arm.started_at is not None
        ],
    )


def _erasable(connection: sqlite3.Connection, deleted_before: float, path: Path | None) -> list[int]:
    """The runs that were deleted, and those whose program ended before they were whole."""
    return [
        key
        for key, owner, is_whole in connection.execute(
            "SELECT id, owner, is_whole FROM runs WHERE deleted_at <= ? OR NOT is_whole", (deleted_before,)
        )
        if is_whole or not _is_alive(path, owner)
    ]


def _erase(connection: sqlite3.Connection, key: int) -> None:
    connection.execute("DELETE FROM runs WHERE id = ?", (key,))


def _erase_old(connection: sqlite3.Connection, path: Path) -> None:
    try:
        with transaction(connection):
            for key in _erasable(connection, time.time() - DELETED_KEPT_S, path):
                _erase(connection, key)
    except sqlite3.Error as error:
        log.warning("deleted runs could not be erased: %s", error)
