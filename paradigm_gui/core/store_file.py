"""The database file that runs are kept in: its schema, its opening, and the locks beside it.

Beside `runs.sqlite3` lie SQLite's own `-wal` and `-shm`, `.lock`, which instances of the program hold
while they open the file, and for each running instance an `.owner` file that it keeps locked: the system
lifts that lock when the process ends, however it ends, which tells a crashed run from a running one.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
import sys
import time
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from paradigm_gui.core.errors import UserFacingError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

APPLICATION_ID = 0x50475552

# Statements that bring a file from version n to n + 1; an empty file has version 0.
# In `runs` the long columns come last: a listing reads a row only as far as it needs to.
MIGRATIONS: Sequence[Sequence[str]] = (
    (  # 1
        """CREATE TABLE runs (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL,
            started_at TEXT NOT NULL,
            ended_at REAL,
            outcome TEXT,
            endpoint_name TEXT NOT NULL,
            base_url TEXT NOT NULL,
            endpoint_model TEXT NOT NULL,
            is_demo INTEGER NOT NULL,
            model TEXT NOT NULL,
            row_count INTEGER NOT NULL,
            speed_up REAL,
            owner TEXT,
            is_whole INTEGER NOT NULL DEFAULT 0,
            deleted_at REAL,
            rows_sha256 TEXT NOT NULL DEFAULT '',
            parameters TEXT NOT NULL,
            columns TEXT NOT NULL,
            system TEXT NOT NULL,
            template TEXT NOT NULL
        )""",
        """CREATE TABLE row_chunks (
            run_id INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
            first_row INTEGER NOT NULL,
            cells TEXT NOT NULL,
            PRIMARY KEY (run_id, first_row)
        )""",
        """CREATE TABLE arms (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            run_id INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
            kind TEXT NOT NULL,
            limits TEXT NOT NULL,
            started_at REAL,
            took_s REAL,
            stopped_by TEXT,
            done INTEGER NOT NULL DEFAULT 0,
            failed INTEGER NOT NULL DEFAULT 0,
            cancelled INTEGER NOT NULL DEFAULT 0,
            UNIQUE (run_id, kind)
        )""",
        """CREATE TABLE requests (
            arm_id INTEGER NOT NULL REFERENCES arms ON DELETE CASCADE,
            row_index INTEGER NOT NULL,
            state TEXT NOT NULL,
            record TEXT NOT NULL,
            text TEXT NOT NULL,
            PRIMARY KEY (arm_id, row_index)
        )""",
        """CREATE TRIGGER count_new_request AFTER INSERT ON requests BEGIN
            UPDATE arms SET done = done + (new.state = 'done'), failed = failed + (new.state = 'failed'),
                cancelled = cancelled + (new.state = 'cancelled')
            WHERE id = new.arm_id;
        END""",
        """CREATE TRIGGER count_changed_request AFTER UPDATE OF state ON requests
            WHEN old.state <> new.state BEGIN
            UPDATE arms SET done = done + (new.state = 'done') - (old.state = 'done'),
                failed = failed + (new.state = 'failed') - (old.state = 'failed'),
                cancelled = cancelled + (new.state = 'cancelled') - (old.state = 'cancelled')
            WHERE id = new.arm_id;
        END""",
    ),
    (),  # 2: an arm's kind may be followed by a number
    (  # 3
        """CREATE TABLE remarks (
            run_id INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
            row_index INTEGER NOT NULL,
            is_marked INTEGER NOT NULL,
            comment TEXT NOT NULL,
            PRIMARY KEY (run_id, row_index)
        )""",
    ),
)

# Checking reads the whole file: about 0.1 s at this size. A larger one is checked when reading or writing
# has met damage.
CHECKED_AT_OPENING = 32 * 2**20
BUSY_TIMEOUT_S = 10.0
_PRIVATE = 0o600
_PRIVATE_FOLDER = 0o700
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_MACHINE = (
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
)

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class AsideReason(StrEnum):
    """Why a file was set aside. The value is part of its new name."""

    DAMAGED = "damaged"
    NEWER = "newer"
    FOREIGN = "foreign"


class OwnerLock:
    """Marks the runs of one instance as being run; other instances ask `is_held` by its token."""

    def __init__(self, database: Path) -> None:
        self.token = secrets.token_hex(8)
        self._path = _owner_path(database, self.token)
        self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL, _PRIVATE)
        _lock(self._descriptor)

    def release(self) -> None:
        os.close(self._descriptor)
        with suppress(OSError):  # another instance has just removed it, or looks at it now
            self._path.unlink()


def is_held(database: Path, token: str) -> bool:
    """Whether the instance with this token is still there."""
    return _is_locked(_owner_path(database, token))


def _owner_path(database: Path, token: str) -> Path:
    return database.with_name(f"{database.name}.{token}.owner")


def _is_locked(path: Path) -> bool:
    try:
        descriptor = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        _lock(descriptor)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False


@dataclass(frozen=True, slots=True)
class StoreFile:
    """An opened file: the connection that writes, the mark of this instance, and what was set aside."""

    connection: sqlite3.Connection
    owner: OwnerLock
    set_aside: Path | None
    set_aside_reason: AsideReason | None


def connect(path: Path | None) -> sqlite3.Connection:
    """Open a connection without implicit transactions, for use by one thread at a time."""
    connection = sqlite3.connect(
        path or ":memory:", timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Commit what the block does, or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def migrate(connection: sqlite3.Connection, migrations: Sequence[Sequence[str]] = MIGRATIONS) -> None:
    """Bring a database to the newest version in one transaction: wholly or not at all."""
    version = _number(connection, "user_version")
    if version == len(migrations):
        return
    with transaction(connection):
        for statements in migrations[version:]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(migrations)}")


def open_memory() -> sqlite3.Connection:
    """A database that leaves nothing on disk, not even temporary files."""
    connection = connect(None)
    connection.execute("PRAGMA temp_store = MEMORY")
    migrate(connection)
    return connection


def open_file(path: Path) -> StoreFile:
    """Open or make the file, after a file that cannot be used was renamed.

    Commits are flushed to the disk itself (`synchronous = FULL`), so that they outlive the loss of power
    and not only the end of the process. Raises `UserFacingError`; `store_in_use` when the file would have to
    be set aside and another instance of the program still uses it.
    """
    try:
        path.parent.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
        with _opening(path):
            reason = _unfitness(path)
            set_aside = _set_aside(path, reason) if reason else None
            # SQLite gives the files beside it the same mode
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, _PRIVATE))
            path.chmod(_PRIVATE)
            with ExitStack() as if_it_fails:
                connection = connect(path)
                if_it_fails.callback(connection.close)
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = FULL")
                migrate(connection)
                _remove_marks_of_the_dead(path)
                owner = OwnerLock(path)
                if_it_fails.pop_all()
            return StoreFile(connection, owner, set_aside, reason)
    except OSError as error:
        raise UserFacingError("cannot_write", path=str(path), reason=error.strerror) from error
    except sqlite3.Error as error:
        raise user_facing(error, str(path)) from error


def user_facing(error: Exception, path: str, machine_code: str = "cannot_write") -> Exception:
    """What a user can mend, said as such; anything else is a bug and stays as it is.

    `machine_code` is the code for what the machine would not do.
    """
    if not isinstance(error, sqlite3.Error):
        return error
    # errors of the module's own making have no code
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_MISUSE) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return UserFacingError("disk_full", path=path)
    if code in _DAMAGE:
        return UserFacingError("store_damaged", path=path)
    if code in _MACHINE:
        return UserFacingError(machine_code, path=path, reason=error.sqlite_errorname)
    return error


def suspect(path: Path) -> None:
    """Have a file in which damage was met checked at its next opening, however large it is."""
    with suppress(OSError):
        _suspicion(path).touch(_PRIVATE)


def _suspicion(path: Path) -> Path:
    return path.with_name(path.name + ".suspect")


@contextmanager
def _opening(path: Path) -> Iterator[None]:
    """Let one instance at a time look at the file, set it aside and migrate it."""
    descriptor = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT, _PRIVATE)
    try:
        deadline = time.monotonic() + BUSY_TIMEOUT_S
        while True:
            try:
                _lock(descriptor)
                break
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.02)
        yield
    finally:
        os.close(descriptor)


def _unfitness(path: Path) -> AsideReason | None:
    """Why the file cannot be used; `None` if it can, or if there is none."""
    if not path.exists():
        return None
    try:
        with closing(connect(path)) as connection:
            has_tables = connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is not None
            if has_tables and _number(connection, "application_id") != APPLICATION_ID:
                return AsideReason.FOREIGN
            if _number(connection, "user_version") > len(MIGRATIONS):
                return AsideReason.NEWER
            is_checked = path.stat().st_size <= CHECKED_AT_OPENING or _suspicion(path).exists()
            if is_checked and connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                return AsideReason.DAMAGED
    except sqlite3.Error as error:
        if error.sqlite_errorcode & 0xFF in _DAMAGE:
            return AsideReason.DAMAGED
        raise
    _suspicion(path).unlink(missing_ok=True)
    return None


def _set_aside(path: Path, reason: AsideReason) -> Path:
    if any(map(_is_locked, _marks(path))):
        # at its end the other instance would remove the new `-wal`, which has the name of its own
        raise UserFacingError("store_in_use", path=str(path))
    stem = f"{path.name}.{reason}-{datetime.now().astimezone():%Y%m%d-%H%M%S}"
    aside = path.with_name(stem)
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{stem}-{number}")
    for suffix in ("-wal", "-shm", ""):
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).rename(aside.with_name(aside.name + suffix))
    _suspicion(path).unlink(missing_ok=True)
    return aside


def _remove_marks_of_the_dead(path: Path) -> None:
    for mark in _marks(path):
        if not _is_locked(mark):
            with suppress(OSError):  # another instance has just removed it, or looks at it now
                mark.unlink()


def _marks(path: Path) -> list[Path]:
    return list(path.parent.glob(f"{path.name}.*.owner"))


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    value: int = connection.execute(f"PRAGMA {pragma}").fetchone()[0]
    return value
