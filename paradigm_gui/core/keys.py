"""API keys: from the environment, the system's keyring, or this run's memory; bound to one host.

The keyring is asked in a thread of its own. An unlock dialog may stay open as long as the user likes,
and neither the window nor quitting it may wait for that.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
from concurrent.futures import Future
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from paradigm_gui.core.base_url import origin_of
from paradigm_gui.core.errors import UserFacingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from keyring.backend import KeyringBackend

log = logging.getLogger(__name__)

SERVICE = "paradigm-gui"
KEY_VARIABLE = "PARADIGM_API_KEY"
# Windows keeps 2,560 bytes of UTF-16 for a credential
LONGEST_KEY = 1_200

T = TypeVar("T")


class KeySource(StrEnum):
    ENVIRONMENT = "environment"
    KEYRING = "keyring"
    MEMORY = "memory"


@dataclass(frozen=True, slots=True)
class Key:
    """A key and where it came from. The value is left out of the representation."""

    value: str = field(repr=False)
    source: KeySource


def clean_key(text: str) -> str:
    """Strip what copying brings along; raises `UserFacingError` `bad_key` with a `reason`."""
    value = text.strip().strip("\"'").strip()
    if not value:
        raise UserFacingError("bad_key", reason="empty")
    if any(not 33 <= ord(character) <= 126 for character in value):
        raise UserFacingError("bad_key", reason="characters")
    if len(value) > LONGEST_KEY:
        raise UserFacingError("bad_key", reason="length", most=LONGEST_KEY)
    return value


class KeyStore:
    """Finds and keeps keys by base URL.

    The environment's key is for the host of `environment_base_url` alone.
    """

    def __init__(self, environment_key: str | None, environment_base_url: str) -> None:
        self._environment_key = environment_key or None
        self._environment_origin = origin_of(environment_base_url)
        self._entered: dict[str, Key] = {}
        self._jobs: queue.SimpleQueue[tuple[Callable[[], object], Future[object]]] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    async def find(self, base_url: str) -> Key | None:
        """The key for a server: entered in this run, else from the environment, else the keyring.

        Never raises.
        """
        if base_url in self._entered:
            return self._entered[base_url]
        if self._environment_key and origin_of(base_url) == self._environment_origin:
            return Key(self._environment_key.strip(), KeySource.ENVIRONMENT)
        try:
            value = await self._in_keyring_thread(lambda: _keyring().get_password(SERVICE, base_url))
        except _KEYRING_FAILURES as error:
            log.info("the keyring gave no key: %s", type(error).__name__)
            return None
        return Key(value, KeySource.KEYRING) if value else None

    async def save(self, base_url: str, value: str) -> KeySource:
        """Keep a clean key in the keyring, or in memory when there is no usable one; says which it was."""
        source = KeySource.MEMORY
        self._entered[base_url] = Key(value, source)
        try:
            await self._in_keyring_thread(lambda: _keyring().set_password(SERVICE, base_url, value))
        except _KEYRING_FAILURES as error:
            log.info("the keyring took no key: %s", type(error).__name__)
            return source
        if base_url in self._entered:  # it may be forgotten by now
            self._entered[base_url] = Key(value, KeySource.KEYRING)
        return KeySource.KEYRING

    async def forget(self, base_url: str) -> None:
        """Remove the key of a server from memory and keyring."""
        self._entered.pop(base_url, None)
        try:
            await self._in_keyring_thread(lambda: _keyring().delete_password(SERVICE, base_url))
        except _KEYRING_FAILURES as error:
            log.info("the keyring removed no key: %s", type(error).__name__)

    async def has_keyring(self) -> bool:
        """Whether keys outlive this run."""
        try:
            await self._in_keyring_thread(_keyring)
        except _KEYRING_FAILURES:
            return False
        return True

    async def _in_keyring_thread(self, job: Callable[[], T]) -> T:
        if self._thread is None:
            # a daemon, so that an unanswered unlock dialog cannot hold up the end of the program
            self._thread = threading.Thread(target=self._serve, name="keyring", daemon=True)
            self._thread.start()
        future: Future[T] = Future()
        self._jobs.put((job, future))  # type: ignore[arg-type]
        return await asyncio.wrap_future(future)

    def _serve(self) -> None:
        while True:
            job, future = self._jobs.get()
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(job())
            except BaseException as error:  # noqa: BLE001 - it belongs to the one who asked
                future.set_exception(error)


class _NoUsableKeyring(Exception):  # noqa: N818 - a state of the machine, not an error
    pass


# Backends raise what their platforms raise (D-Bus errors, OS errors), not only keyring's own classes.
_KEYRING_FAILURES = (Exception,)


def _keyring() -> KeyringBackend:
    """The system's keyring; raises when there is none that keeps anything, and keeps it safe."""
    import keyring
    from keyring.backends.chainer import ChainerBackend

    backend: KeyringBackend = keyring.get_keyring()
    # a chain claims a priority of its own, whatever it chains: plain files, for example
    candidates: list[KeyringBackend] = (
        list(backend.backends) if isinstance(backend, ChainerBackend) else [backend]
    )
    best = max(candidates, key=lambda candidate: candidate.priority, default=None)
    if best is None or best.priority < 1:
        raise _NoUsableKeyring
    return best
