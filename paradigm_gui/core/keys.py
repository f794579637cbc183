"""API keys: from the environment, the system's keyring, or this run's memory; bound to one host.

The keyring is asked in a thread of its own. An unlock dialog may stay open as long as the user likes,
and neither the window nor quitting it may wait for that.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import re
import threading
from concurrent.futures import Future
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from paradigm_gui.core.base_url import host_of, origin_of
from paradigm_gui.core.endpoints import SECRET_PREFIX
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.route import Credentials

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from keyring.backend import KeyringBackend

log = logging.getLogger(__name__)

SERVICE = "paradigm-gui"
KEY_VARIABLE = "PARADIGM_API_KEY"
# as much as servers take in a header
LONGEST_KEY = 8_000
# Windows keeps 2,560 bytes of UTF-16 for a credential
LONGEST_ON_WINDOWS = 1_280

_QUOTES = "\"'`\u00ab\u00bb\u2018\u2019\u201a\u201c\u201d\u201e\u2039\u203a"
_WORDS_BEFORE = re.compile(r"^(?:authorization\s*:\s*)?bearer(?:\s+|$)|^authorization\s*:", re.IGNORECASE)
_KEY_FAULTS: Mapping[str, Callable[[str], bool]] = {
    "line_break": lambda character: character in "\r\n",
    "space": lambda character: character.isspace(),
    "characters": lambda character: not "!" <= character <= "~",
}

T = TypeVar("T")


class KeySource(StrEnum):
    ENVIRONMENT = "environment"
    KEYRING = "keyring"
    MEMORY = "memory"


class KeyringTrouble(StrEnum):
    """Why the system's keyring did not do what it was asked."""

    NONE_USABLE = "none_usable"
    # that it stayed locked: some keyrings do not tell whether somebody refused to unlock them
    LOCKED = "locked"
    DENIED = "denied"
    TOO_LONG = "too_long"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Key:
    """A key and where it came from. The value is left out of the representation."""

    value: str = field(repr=False)
    source: KeySource


@dataclass(frozen=True, slots=True)
class Place:
    """Where a key is, `None` for nowhere; which keyring that is; and why it is not in one."""

    source: KeySource | None
    keyring: str = ""
    trouble: KeyringTrouble | None = None


def clean_key(text: str) -> str:
    """Strip what copying brings along; raises `UserFacingError` `bad_key` with a `reason`."""
    value = _bare(text)
    if not value:
        raise UserFacingError("bad_key", reason="empty")
    for reason, is_found in _KEY_FAULTS.items():
        if any(map(is_found, value)):
            raise UserFacingError("bad_key", reason=reason)
    if len(value) > LONGEST_KEY:
        raise UserFacingError("bad_key", reason="length", most=LONGEST_KEY)
    return value


def _bare(text: str) -> str:
    """A key without the words and quotes that it stands among, in a header or in somebody's mail."""
    before = None
    while text != before:
        before = text
        text = _WORDS_BEFORE.sub("", text.strip().strip(_QUOTES).strip())
    return text


def clean_secret(text: str) -> str:
    """Check what a header may carry; raises `UserFacingError` `bad_secret` with a `reason`."""
    value = text.strip()
    if not value:
        raise UserFacingError("bad_secret", reason="empty")
    if not (value.isascii() and value.isprintable()):
        raise UserFacingError("bad_secret", reason="characters")
    if len(value) > LONGEST_KEY:
        raise UserFacingError("bad_secret", reason="length", most=LONGEST_KEY)
    return value


def clean_credentials(user: str, password: str) -> Credentials:
    """Check what a proxy is to be told; raises `UserFacingError` `bad_credentials` with a `reason`."""
    user = user.strip()
    if not user:
        raise UserFacingError("bad_credentials", reason="empty")
    if ":" in user or not user.isprintable() or not password.isprintable():
        raise UserFacingError("bad_credentials", reason="characters")
    if len(user) + len(password) > LONGEST_ON_WINDOWS:
        raise UserFacingError("bad_credentials", reason="length")
    return Credentials(user, password)


class KeyStore:
    """Finds and keeps keys by the `key_name` of an endpoint, which begins with its URL.

    The environment's key is for the host of `environment_base_url` alone. What the keyring has given is
    remembered for this run: on some systems each question to it is one to the user. One that was refused
    is not asked again before `ask_again`.
    """

    def __init__(self, environment_key: str | None, environment_base_url: str) -> None:
        self._environment_key = environment_key or None
        self._environment_origin = origin_of(environment_base_url)
        self._entered: dict[str, Key] = {}
        self._read: dict[str, str] = {}
        self._troubles: dict[str, KeyringTrouble] = {}
        self._former: dict[str, str] = {}
        self._refusal: KeyringTrouble | None = None
        self._jobs: queue.SimpleQueue[tuple[Callable[[], object], Future[object]]] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    async def find(self, key_name: str) -> Key | None:
        """The key for a server: entered in this run, else from the environment, else the keyring.

        Never raises; `trouble_with` says why there is none.
        """
        if key_name in self._entered:
            return self._entered[key_name]
        if self._environment_key and origin_of(key_name) == self._environment_origin:
            return Key(self._environment_key.strip(), KeySource.ENVIRONMENT)
        value = await self._look_up(self.kept_as(key_name))
        # one may have been entered meanwhile
        return self._entered.get(key_name) or (Key(value, KeySource.KEYRING) if value else None)

    @property
    def environment_host(self) -> str:
        """The host that the environment's key is for; empty where there is none."""
        return self._environment_origin[1] if self._environment_key else ""

    async def find_secret(self, name: str) -> str | None:
        """What is kept under a name, never from the environment. Never raises."""
        if entered := self._entered.get(name):
            return entered.value
        value = await self._look_up(self.kept_as(name))
        entered = self._entered.get(name)
        return entered.value if entered else value

    def ask_again(self) -> None:
        """Let the keyring ask the user once more, who does something that needs it."""
        self._refusal = None

    def is_kept(self, name: str) -> bool:
        """Whether the keyring is known to hold this; it is not asked."""
        entered = self._entered.get(name)
        return name in self._read or (entered is not None and entered.source is KeySource.KEYRING)

    def trouble_with(self, key_name: str) -> KeyringTrouble | None:
        """What stood in the way when the keyring was last asked for this."""
        return self._troubles.get(self.kept_as(key_name)) or self._troubles.get(key_name)

    async def place_of(self, key_name: str) -> Place:
        """Where the key of a server is, and where one would be kept. Never raises."""
        key = await self.find(key_name)
        name, trouble = await self._keyring_name()
        return Place(key.source if key else None, name, self.trouble_with(key_name) or trouble)

    def hold(self, key_name: str, value: str) -> None:
        """Have a clean key for this run at once, without the keyring."""
        self._former.pop(key_name, None)
        self._entered[key_name] = Key(value, KeySource.MEMORY)

    async def save(self, key_name: str, value: str) -> Place:
        """Keep a clean key in the keyring, or in memory when there is no usable one; says which it was."""
        self.hold(key_name, value)
        place = await self._keep(key_name, value)
        entered = self._entered.get(key_name)
        if entered and entered.value == value:  # it may be forgotten or replaced by now
            assert place.source is not None
            self._entered[key_name] = Key(value, place.source)
        return place

    async def forget(self, key_name: str) -> KeyringTrouble | None:
        """Remove the key of a server from memory and keyring; says what stood in the way."""
        self._entered.pop(key_name, None)
        self._former.pop(key_name, None)
        return await self._remove(key_name)

    def follow(self, old: str, new: str) -> None:
        """Find a secret that is kept under an old name under a new one as well, until it is carried over.

        At another server it is not found.
        """
        if old != new and new not in self._entered and _is_same_server(old, new):
            # that one may not have been carried over either
            self._former[new] = self.kept_as(old)

    def kept_as(self, name: str) -> str:
        """The name under which the keyring has a secret: a former one until it is carried over."""
        return self._former.get(name, name)

    async def carry_over(self, old: str, new: str) -> Place | None:
        """Keep a secret under a new name, too; says where it is now, `None` when there is none to carry.

        One that the keyring does not give stays where it is, and is followed there.
        """
        if old == new or new in self._entered or not _is_same_server(old, new):
            return None
        value = await self.find_secret(old)
        if value:
            return await self.save(new, value)
        trouble = self.trouble_with(old)
        if trouble:
            return Place(None, "", trouble)
        self._former.pop(new, None)
        return None

    # what proxies want to know

    async def find_credentials(self, proxy_url: str) -> Credentials | None:
        """The credentials for a proxy. Never raises."""
        value = await self.find_secret(proxy_name(proxy_url))
        if not value:
            return None
        user, _, password = value.partition(":")
        return Credentials(user, password)

    async def forget_credentials(self, proxy_url: str) -> KeyringTrouble | None:
        return await self.forget(proxy_name(proxy_url))

    # the keyring

    async def _look_up(self, name: str) -> str | None:
        if name in self._read:
            return self._read[name]

        def ask() -> str | None:
            refusal: Exception | None = None
            for keyring in _keyrings():
                try:
                    if value := keyring.get_password(SERVICE, name):
                        return value
                except _KEYRING_FAILURES as error:
                    if _trouble_of(error) in _REFUSALS:
                        raise  # another backend for the same keyring would only ask once more
                    refusal = refusal or error
            if refusal:
                raise refusal
            return None

        self._troubles.pop(name, None)
        try:
            value = await self._unless_refused(ask)
        except _KEYRING_FAILURES as error:
            self._troubles[name] = _trouble_of(error)
            log.info("the keyring gave no key: %s", type(error).__name__)
            return None
        if value:
            self._read[name] = value
        return value

    async def _keep(self, name: str, value: str) -> Place:
        def keep() -> str:
            keyring = _keyrings()[0]
            keyring.set_password(SERVICE, name, value)
            return _name_of(keyring)

        self._read.pop(name, None)
        self._troubles.pop(name, None)
        try:
            return Place(KeySource.KEYRING, await self._unless_refused(keep))
        except _KEYRING_FAILURES as error:
            trouble = _trouble_of(error)
            if trouble is KeyringTrouble.FAILED and len(value) > LONGEST_ON_WINDOWS:
                trouble = KeyringTrouble.TOO_LONG
            self._troubles[name] = trouble
            log.info("the keyring took no key: %s", type(error).__name__)
            return Place(KeySource.MEMORY, "", trouble)

    async def _remove(self, name: str) -> KeyringTrouble | None:
        def remove() -> None:
            import keyring.errors

            for ring in _keyrings():
                try:
                    ring.delete_password(SERVICE, name)
                except keyring.errors.PasswordDeleteError:
                    # said for one that is not there, too
                    if ring.get_password(SERVICE, name) is not None:
                        raise

        self._read.pop(name, None)
        self._troubles.pop(name, None)
        try:
            await self._unless_refused(remove)
        except _KEYRING_FAILURES as error:
            log.info("the keyring removed no key: %s", type(error).__name__)
            trouble = _trouble_of(error)
            # where none is kept, none is left
            return None if trouble is KeyringTrouble.NONE_USABLE else trouble
        finally:
            # it may have been looked up before it was removed
            self._read.pop(name, None)
        return None

    async def _keyring_name(self) -> tuple[str, KeyringTrouble | None]:
        try:
            return await self._in_keyring_thread(lambda: _name_of(_keyrings()[0])), None
        except _KEYRING_FAILURES as error:
            return "", _trouble_of(error)

    async def _unless_refused(self, job: Callable[[], T]) -> T:
        """Do what the keyring may ask the user about, unless the answer to that was no."""

        def do() -> T:
            if self._refusal:
                raise _RefusedBefore(self._refusal)
            try:
                return job()
            except _KEYRING_FAILURES as error:
                trouble = _trouble_of(error)
                if trouble in _REFUSALS:
                    self._refusal = trouble
                raise

        return await self._in_keyring_thread(do)

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


class _RefusedBefore(Exception):  # noqa: N818 - an answer of the user
    def __init__(self, trouble: KeyringTrouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


# Backends raise what their platforms raise (D-Bus errors, OS errors), not only keyring's own classes.
_KEYRING_FAILURES = (Exception,)
_DENIALS = frozenset({"KeychainDenied", "PromptDismissedException"})
_LOCKS = frozenset({"KeyringLocked", "LockedException"})
_REFUSALS = (KeyringTrouble.LOCKED, KeyringTrouble.DENIED)


def _trouble_of(error: BaseException) -> KeyringTrouble:
    """Name a failure by the classes in its chain of causes, which belong to modules of other platforms."""
    if isinstance(error, _NoUsableKeyring):
        return KeyringTrouble.NONE_USABLE
    if isinstance(error, _RefusedBefore):
        return error.trouble
    names: set[str] = set()
    cause: BaseException | None = error
    while cause is not None:
        names |= {kind.__name__ for kind in type(cause).__mro__}
        if "AccessDenied" in str(getattr(cause, "name", "")):
            return KeyringTrouble.DENIED
        cause = cause.__cause__ or cause.__context__
    if names & _DENIALS:
        return KeyringTrouble.DENIED
    return KeyringTrouble.LOCKED if names & _LOCKS else KeyringTrouble.FAILED


def _keyrings() -> list[KeyringBackend]:
    """The system's keyrings, the best one first; raises when there is none that keeps, and keeps safe."""
    import keyring
    from keyring.backends.chainer import ChainerBackend

    backend: KeyringBackend = keyring.get_keyring()
    # a chain claims a priority of its own, whatever it chains: plain files, for example
    candidates: list[KeyringBackend] = (
        list(backend.backends) if isinstance(backend, ChainerBackend) else [backend]
    )
    usable = sorted(candidates, key=_priority_of, reverse=True)
    if not usable or _priority_of(usable[0]) < 1:
        raise _NoUsableKeyring
    return [candidate for candidate in usable if _priority_of(candidate) >= 1]


def _priority_of(keyring: KeyringBackend) -> float:
    """How good a keyring is; nothing for one that cannot be used any more, which tells by raising."""
    try:
        return float(keyring.priority)
    except (RuntimeError, OSError):
        return 0.0


def _name_of(keyring: KeyringBackend) -> str:
    return str(keyring.name)


def _is_same_server(one: str, other: str) -> bool:
    """Whether two names stand for secrets of one server."""
    servers = {origin_of(name.removeprefix(SECRET_PREFIX)) for name in (one, other)}
    return len(servers) == 1


def proxy_name(proxy_url: str) -> str:
    """What the credentials of a proxy are kept under; no URL of a server looks like that."""
    return f"proxy:{host_of(proxy_url)}"


def packed(credentials: Credentials) -> str:
    """The credentials of a proxy as they are kept."""
    return f"{credentials.user}:{credentials.password}"
