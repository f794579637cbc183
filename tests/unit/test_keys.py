from __future__ import annotations

import asyncio
import subprocess
import sys
import threading

import keyring
import keyring.backend
import keyring.errors
import pytest
from keyring.backends import fail, null

from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.keys import LONGEST_KEY, SERVICE, Key, KeySource, KeyStore, clean_key

URL = "https://paradigm.example/api/v2"
OTHER = "https://other.example/v1"


class Backend(keyring.backend.KeyringBackend):
    """A keyring that keeps its passwords for one test; it can be told to wait or to refuse."""

    priority = 5

    def __init__(self):
        super().__init__()
        self.passwords = {}
        self.threads = set()
        self.may_answer = threading.Event()
        self.may_answer.set()
        self.asked = threading.Event()
        self.refusal = None

    def _ask(self):
        self.threads.add(threading.current_thread().name)
        self.asked.set()
        self.may_answer.wait(10)
        if self.refusal:
            raise self.refusal

    def get_password(self, service, username):
        self._ask()
        return self.passwords.get((service, username))

    def set_password(self, service, username, password):
        self._ask()
        self.passwords[service, username] = password

    def delete_password(self, service, username):
        self._ask()
        if (service, username) not in self.passwords:
            raise keyring.errors.PasswordDeleteError("none")
        del self.passwords[service, username]


@pytest.fixture(autouse=True)
def keyring_before():
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


@pytest.fixture
def backend():
    backend = Backend()
    keyring.set_keyring(backend)
    yield backend
    backend.may_answer.set()


def store(key=None, url=URL):
    return KeyStore(key, url)


def find(keys, url=URL):
    return asyncio.run(keys.find(url))


# Where a key comes from


def test_a_key_is_kept_found_and_forgotten(backend):
    async def scenario():
        keys = store()
        assert await keys.find(URL) is None
        assert await keys.save(URL, "k-1") is KeySource.KEYRING
        assert backend.passwords == {(SERVICE, URL): "k-1"}
        assert await keys.find(URL) == Key("k-1", KeySource.KEYRING)
        assert await store().find(URL) == Key("k-1", KeySource.KEYRING)
        assert await keys.find(OTHER) is None
        await keys.forget(URL)
        assert await keys.find(URL) is None
        assert backend.passwords == {}
        await keys.forget(URL)

    asyncio.run(scenario())


def test_what_was_entered_comes_before_the_environment_and_that_before_the_keyring(backend):
    async def scenario():
        keys = store("k-environment")
        backend.refusal = keyring.errors.KeyringLocked()
        assert await keys.save(URL, "k-memory") is KeySource.MEMORY
        assert await keys.save(OTHER, "k-memory") is KeySource.MEMORY
        backend.refusal = None
        backend.passwords = {(SERVICE, URL): "k-keyring", (SERVICE, OTHER): "k-keyring"}
        assert await keys.find(URL) == Key("k-memory", KeySource.MEMORY)
        assert await keys.find(OTHER) == Key("k-memory", KeySource.MEMORY)
        assert await store("k-environment").find(URL) == Key("k-environment", KeySource.ENVIRONMENT)
        assert await store("k-environment").find(OTHER) == Key("k-keyring", KeySource.KEYRING)
        await keys.save(OTHER, "k-new")
        assert await keys.find(OTHER) == Key("k-new", KeySource.KEYRING)

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("url", "is_given"),
    [
        (URL, True),
        ("https://paradigm.example/other/path", True),
        ("https://PARADIGM.example:443/api/v2", True),
        ("https://paradigm.example:8443/api/v2", False),
        ("http://paradigm.example/api/v2", False),
        ("http://paradigm.example:443/api/v2", False),
        ("https://sub.paradigm.example/api/v2", False),
        ("https://paradigm.example.evil.example/api/v2", False),
        ("https://evil.example/paradigm.example", False),
        ("https://paradigm.example@evil.example/", False),
    ],
)
def test_the_environment_s_key_is_for_its_host_alone(backend, url, is_given):
    assert find(store("k-environment"), url) == (
        Key("k-environment", KeySource.ENVIRONMENT) if is_given else None
    )


def test_ports_matter_on_this_machine_too(backend):
    keys = store("k-environment", "http://127.0.0.1:8000/v1")
    assert find(keys, "http://127.0.0.1:8000/v1").source is KeySource.ENVIRONMENT
    assert find(keys, "http://127.0.0.1:8001/v1") is None


@pytest.mark.parametrize("key", [None, ""])
def test_without_an_environment_key_there_is_none(backend, key):
    assert find(store(key)) is None


# Keyrings that are none


@pytest.mark.parametrize("kind", [null.Keyring, fail.Keyring])
def test_without_a_usable_keyring_memory_serves(kind):
    async def scenario():
        keyring.set_keyring(kind())
        keys = store()
        assert not await keys.has_keyring()
        assert await keys.save(URL, "k-1") is KeySource.MEMORY
        assert await keys.find(URL) == Key("k-1", KeySource.MEMORY)
        assert await store().find(URL) is None
        await keys.forget(URL)
        assert await keys.find(URL) is None

    asyncio.run(scenario())


@pytest.mark.parametrize(
    "refusal", [keyring.errors.KeyringLocked("dismissed"), OSError("no bus"), KeyError("x")]
)
def test_a_keyring_that_refuses_is_not_the_user_s_problem(backend, refusal, caplog):
    async def scenario():
        keys = store()
        assert await keys.has_keyring()
        backend.refusal = refusal
        assert await keys.find(URL) is None
        assert await keys.save(URL, "k-secret") is KeySource.MEMORY
        await keys.forget(URL)
        assert await keys.find(URL) is None

    caplog.set_level("DEBUG", "paradigm_gui")
    asyncio.run(scenario())
    assert type(refusal).__name__ in caplog.text
    assert "k-secret" not in caplog.text


def test_a_blocking_keyring_blocks_neither_the_loop_nor_other_keys(backend):
    async def scenario():
        backend.may_answer.clear()
        keys = store("k-environment")
        async with asyncio.TaskGroup() as group:
            asking = group.create_task(keys.find(OTHER))
            await asyncio.to_thread(backend.asked.wait, 10)
            assert not asking.done()
            assert (await keys.find(URL)).source is KeySource.ENVIRONMENT
            backend.passwords[SERVICE, OTHER] = "k-late"
            backend.may_answer.set()
        assert asking.result() == Key("k-late", KeySource.KEYRING)
        assert backend.threads == {"keyring"}

    asyncio.run(scenario())


def test_a_key_serves_while_the_keyring_still_asks(backend):
    async def scenario():
        backend.may_answer.clear()
        keys = store()
        async with asyncio.TaskGroup() as group:
            saving = group.create_task(keys.save(URL, "k-1"))
            await asyncio.to_thread(backend.asked.wait, 10)
            assert await keys.find(URL) == Key("k-1", KeySource.MEMORY)
            forgetting = group.create_task(keys.forget(URL))
            await asyncio.sleep(0)
            backend.may_answer.set()
        assert saving.result() is KeySource.KEYRING
        assert forgetting.done()
        assert await keys.find(URL) is None

    asyncio.run(scenario())


def test_who_no_longer_waits_for_the_keyring_disturbs_nobody(backend):
    async def scenario():
        backend.may_answer.clear()
        keys = store()
        async with asyncio.TaskGroup() as group:
            first, second = (group.create_task(keys.find(URL)) for _ in range(2))
            await asyncio.to_thread(backend.asked.wait, 10)
            first.cancel()
            second.cancel()
        backend.passwords[SERVICE, URL] = "k-1"
        backend.may_answer.set()
        assert await keys.find(URL) == Key("k-1", KeySource.KEYRING)

    asyncio.run(scenario())


def test_a_keyring_that_never_answers_does_not_hold_up_the_end():
    program = """
import asyncio, threading, keyring, keyring.backend
from paradigm_gui.core.keys import KeyStore

asked = threading.Event()

class Stuck(keyring.backend.KeyringBackend):
    priority = 5
    def get_password(self, service, username):
        asked.set()
        threading.Event().wait()
    set_password = get_password

async def main():
    keyring.set_keyring(Stuck())
    asking = asyncio.get_running_loop().create_task(KeyStore(None, "https://a.example").find("https://a.example"))
    await asyncio.to_thread(asked.wait)
    asking.cancel()

asyncio.run(main())
print("ended")
"""
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, timeout=30, check=True
    )
    assert (ended.stdout, ended.stderr) == ("ended\n", "")


# Keys as text


@pytest.mark.parametrize("text", ["k-1", "  k-1\n", '"k-1"', "'k-1'", "\t\u00a0k-1 "])
def test_what_copying_brings_along_is_stripped(text):
    assert clean_key(text) == "k-1"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n", "empty"),
        ('""', "empty"),
        ("k 1", "characters"),
        ("k\n1", "characters"),
        ("k\r\nX-Header: 1", "characters"),
        ("clé", "characters"),
        ("k\x00", "characters"),
        ("k\u200b1", "characters"),
        ("k" * 5_000, "length"),
        ("k" * (LONGEST_KEY + 1), "length"),
    ],
)
def test_bad_keys(text, reason):
    with pytest.raises(UserFacingError) as caught:
        clean_key(text)
    assert (caught.value.code, caught.value.details["reason"]) == ("bad_key", reason)
    assert not text.strip() or text not in str(caught.value)


def test_the_longest_key():
    assert clean_key("k" * LONGEST_KEY) == "k" * LONGEST_KEY


def test_a_key_is_not_shown():
    key = Key("k-secret", KeySource.MEMORY)
    assert "k-secret" not in f"{key} {key!r}"
    keys = store("k-secret")
    assert "k-secret" not in f"{keys} {keys!r}"
