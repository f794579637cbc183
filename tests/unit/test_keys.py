from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from dataclasses import replace

import keyring
import keyring.backend
import keyring.errors
import pytest
from guard import GUARD_S
from keyring.backends import fail, null
from keyring.backends.chainer import ChainerBackend

from paradigm_gui.core.endpoints import SECRET_PREFIX
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.keys import (
    LONGEST_KEY,
    LONGEST_ON_WINDOWS,
    SERVICE,
    Key,
    KeyringTrouble,
    KeySource,
    KeyStore,
    Place,
    clean_credentials,
    clean_key,
    clean_secret,
    packed,
    proxy_name,
)
from paradigm_gui.core.route import Credentials

URL = "https://paradigm.example/api/v2"
OTHER = "https://other.example/v1"


class Backend(keyring.backend.KeyringBackend):
    """A keyring that keeps its passwords for one test; it can be told to wait or to refuse."""

    priority = 5
    name = "Test keyring"

    def __init__(self):
        super().__init__()
        self.passwords = {}
        self.questions = 0
        self.threads = set()
        self.may_answer = threading.Event()
        self.may_answer.set()
        self.asked = threading.Event()
        self.refusal = None
        self.longest = 100_000
        self.refuses_to_delete = False

    def _ask(self):
        self.questions += 1
        self.threads.add(threading.current_thread().name)
        self.asked.set()
        self.may_answer.wait(GUARD_S)
        if self.refusal:
            raise self.refusal

    def get_password(self, service, username):
        self._ask()
        return self.passwords.get((service, username))

    def set_password(self, service, username, password):
        self._ask()
        if len(password) > self.longest:
            raise OSError(1783, "The stub received bad data")
        self.passwords[service, username] = password

    def delete_password(self, service, username):
        self._ask()
        if (service, username) not in self.passwords or self.refuses_to_delete:
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
        assert await keys.save(URL, "k-1") == Place(KeySource.KEYRING, "Test keyring")
        assert backend.passwords == {(SERVICE, URL): "k-1"}
        assert await keys.find(URL) == Key("k-1", KeySource.KEYRING)
        assert await store().find(URL) == Key("k-1", KeySource.KEYRING)
        assert await keys.find(OTHER) is None
        await keys.forget(URL)
        assert await keys.find(URL) is None
        assert backend.passwords == {}
        assert await keys.forget(URL) is None

    asyncio.run(scenario())


def test_what_was_entered_comes_before_the_environment_and_that_before_the_keyring(backend):
    async def scenario():
        keys = store("k-environment")
        backend.refusal = keyring.errors.KeyringLocked()
        locked = Place(KeySource.MEMORY, "", KeyringTrouble.LOCKED)
        assert await keys.save(URL, "k-memory") == locked
        assert await keys.save(OTHER, "k-memory") == locked
        backend.refusal = None
        keys.ask_again()
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


class Gone(Backend):
    @property
    def priority(self):
        raise RuntimeError("no service on the bus")


@pytest.mark.parametrize("kind", [null.Keyring, fail.Keyring, Gone])
def test_without_a_usable_keyring_memory_serves(kind):
    async def scenario():
        keyring.set_keyring(kind())
        keys = store()
        nowhere = Place(None, "", KeyringTrouble.NONE_USABLE)
        assert await keys.place_of(URL) == nowhere
        assert await keys.save(URL, "k-1") == replace(nowhere, source=KeySource.MEMORY)
        assert await keys.place_of(URL) == replace(nowhere, source=KeySource.MEMORY)
        assert await keys.find(URL) == Key("k-1", KeySource.MEMORY)
        assert await store().find(URL) is None
        assert await keys.forget(URL) is None
        assert await keys.find(URL) is None

    asyncio.run(scenario())


class KeychainDenied(Exception):  # noqa: N818 - what macOS calls it
    pass


class BusError(Exception):
    name = "org.freedesktop.DBus.Error.AccessDenied"


def caused_by(cause):
    refusal = keyring.errors.KeyringLocked("denied")
    refusal.__cause__ = cause
    return refusal


@pytest.mark.parametrize(
    ("refusal", "trouble"),
    [
        (keyring.errors.KeyringLocked("dismissed"), KeyringTrouble.LOCKED),
        (caused_by(KeychainDenied()), KeyringTrouble.DENIED),
        (BusError(), KeyringTrouble.DENIED),
        (OSError("no bus"), KeyringTrouble.FAILED),
        (KeyError("x"), KeyringTrouble.FAILED),
    ],
)
def test_a_keyring_that_refuses_is_named_and_does_without(backend, refusal, trouble, caplog):
    async def scenario():
        keys = store()
        backend.refusal = refusal
        assert await keys.find(URL) is None
        assert keys.trouble_with(URL) is trouble
        assert await keys.place_of(URL) == Place(None, "Test keyring", trouble)
        assert await keys.save(URL, "k-secret") == Place(KeySource.MEMORY, "", trouble)
        assert await keys.place_of(URL) == Place(KeySource.MEMORY, "Test keyring", trouble)
        assert await keys.forget(URL) is trouble
        assert await keys.find(URL) is None
        backend.refusal = None
        keys.ask_again()
        assert await keys.find(URL) is None
        assert keys.trouble_with(URL) is None

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
        assert saving.result().source is KeySource.KEYRING
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
        [sys.executable, "-W", "error", "-c", program],
        capture_output=True,
        text=True,
        timeout=GUARD_S,
        check=True,
    )
    assert (ended.stdout, ended.stderr) == ("ended\n", "")


def test_a_keyring_is_asked_once_for_a_key_that_it_has(backend):
    async def scenario():
        backend.passwords[SERVICE, URL] = "k-1"
        keys = store()
        for _ in range(3):
            assert await keys.find(URL) == Key("k-1", KeySource.KEYRING)
        assert backend.questions == 1
        await keys.forget(URL)
        assert await keys.find(URL) is None

    asyncio.run(scenario())


def test_a_key_that_cannot_be_removed_is_not_said_to_be(backend):
    async def scenario():
        backend.passwords[SERVICE, URL] = "k-1"
        backend.refuses_to_delete = True
        assert await store().forget(URL) is KeyringTrouble.FAILED

    asyncio.run(scenario())


@pytest.mark.parametrize("length", [LONGEST_ON_WINDOWS, 5_000])
def test_a_key_that_is_too_long_for_the_keyring(backend, length):
    """As on Windows, whose error for that says nothing."""

    async def scenario():
        backend.longest = LONGEST_ON_WINDOWS
        keys = store()
        key = clean_key("k" * length)
        place = await keys.save(URL, key)
        assert await keys.find(URL) == Key(key, place.source)
        return place

    fits = length <= LONGEST_ON_WINDOWS
    assert asyncio.run(scenario()) == (
        Place(KeySource.KEYRING, "Test keyring")
        if fits
        else Place(KeySource.MEMORY, "", KeyringTrouble.TOO_LONG)
    )


def test_of_several_keyrings_the_best_keeps_and_all_are_searched():
    class Second(Backend):
        priority = 2
        name = "Second keyring"

    class Plain(Backend):
        priority = 0.5

    best, second, plain = Backend(), Second(), Plain()

    class Chain(ChainerBackend):
        backends = (plain, second, best)
        priority = 10

    async def scenario():
        keyring.set_keyring(Chain())
        second.passwords[SERVICE, URL] = "k-old"
        plain.passwords[SERVICE, OTHER] = "k-plain"
        assert (await store().find(URL)).value == "k-old"
        assert await store().find(OTHER) is None
        keys = store()
        assert await keys.save(URL, "k-new") == Place(KeySource.KEYRING, "Test keyring")
        assert (await store().find(URL)).value == "k-new"
        assert await keys.forget(URL) is None
        assert best.passwords == second.passwords == {}
        second.passwords[SERVICE, URL] = "k-old"
        best.refusal = OSError("no bus")
        assert (await store().find(URL)).value == "k-old"
        # who has just refused one is not asked by the next
        best.refusal = keyring.errors.KeyringLocked()
        before = second.questions
        assert await store().find(URL) is None
        assert second.questions == before

    asyncio.run(scenario())


def test_one_refusal_is_the_last_question_until_the_user_does_something(backend):
    async def scenario():
        backend.passwords[SERVICE, URL] = "k-1"
        backend.refusal = keyring.errors.KeyringLocked("dismissed")
        keys = store()
        async with asyncio.TaskGroup() as group:
            group.create_task(keys.find(URL))
            group.create_task(keys.find(OTHER))
            group.create_task(
                keys.save(proxy_name("http://proxy.example:3128"), packed(Credentials("a", "b")))
            )
        assert await keys.forget(OTHER) is KeyringTrouble.LOCKED
        assert (await keys.save(OTHER, "k-2")).trouble is KeyringTrouble.LOCKED
        assert keys.trouble_with(URL) is KeyringTrouble.LOCKED
        assert backend.questions == 1
        backend.refusal = None
        assert await keys.find(URL) is None
        keys.ask_again()
        assert await keys.find(URL) == Key("k-1", KeySource.KEYRING)
        assert keys.trouble_with(URL) is None

    asyncio.run(scenario())


def test_a_keyring_that_fails_is_asked_again(backend):
    async def scenario():
        backend.passwords[SERVICE, URL] = "k-1"
        backend.refusal = OSError("no bus")
        keys = store()
        assert await keys.find(URL) is None
        backend.refusal = None
        assert await keys.find(URL) == Key("k-1", KeySource.KEYRING)

    asyncio.run(scenario())


# Keys and their servers


@pytest.mark.parametrize(
    ("new", "is_kept"),
    [
        ("https://paradigm.example/api/v3", True),
        ("https://paradigm.example:443/api/v2#2", True),
        ("https://paradigm.example:8443/api/v2", False),
        ("http://paradigm.example/api/v2", False),
        ("https://paradigm.example.evil.example/api/v2", False),
    ],
)
def test_a_key_follows_its_server_and_no_other(backend, new, is_kept):
    async def scenario():
        keys = store()
        await keys.save(URL, "k-1")
        await keys.carry_over(URL, new)
        await keys.carry_over(URL, URL)
        assert (await keys.find(new) is not None) is is_kept

    asyncio.run(scenario())


@pytest.mark.parametrize("prefix", ["", SECRET_PREFIX])
def test_a_key_that_is_still_to_be_carried_over_is_found_already(backend, prefix):
    async def scenario():
        old, new = prefix + URL, f"{prefix}{URL}#2"
        backend.passwords[SERVICE, old] = "k-1"
        keys = store()
        keys.follow(old, new)
        assert await keys.find_secret(new) == "k-1"
        assert await keys.carry_over(old, new) == Place(KeySource.KEYRING, "Test keyring")
        await keys.forget(old)
        assert backend.passwords == {(SERVICE, new): "k-1"}
        assert await keys.find_secret(new) == "k-1"

    asyncio.run(scenario())


def test_a_key_that_cannot_be_carried_over_stays_where_it_is(backend):
    async def scenario():
        new = f"{URL}#2"
        backend.passwords[SERVICE, URL] = "k-1"
        backend.refusal = keyring.errors.KeyringLocked()
        keys = store()
        keys.follow(URL, new)
        assert await keys.carry_over(URL, new) == Place(None, "", KeyringTrouble.LOCKED)
        backend.refusal = None
        keys.ask_again()
        assert await keys.find(new) == Key("k-1", KeySource.KEYRING)

    asyncio.run(scenario())


def test_a_key_follows_its_server_twice_while_the_keyring_is_locked(backend):
    async def scenario():
        second, third = f"{URL}#2", f"{URL}#3"
        backend.passwords[SERVICE, URL] = "k-1"
        backend.refusal = keyring.errors.KeyringLocked()
        locked = Place(None, "", KeyringTrouble.LOCKED)
        keys = store()
        for old, new in ((URL, second), (second, third)):
            keys.follow(old, new)
            keys.ask_again()
            assert await keys.carry_over(old, new) == locked
            assert await keys.find(new) is None
            assert keys.trouble_with(new) is KeyringTrouble.LOCKED
        backend.refusal = None
        keys.ask_again()
        assert await keys.find(third) == Key("k-1", KeySource.KEYRING)
        assert keys.kept_as(third) == URL
        assert (await keys.carry_over(second, third)).source is KeySource.KEYRING
        assert keys.kept_as(third) == third
        await keys.forget(second)
        await keys.forget(URL)
        assert backend.passwords == {(SERVICE, third): "k-1"}
        assert await keys.find(third) == Key("k-1", KeySource.KEYRING)

    asyncio.run(scenario())


def test_a_key_that_is_removed_while_it_is_looked_up_does_not_come_back(backend):
    async def scenario():
        backend.passwords[SERVICE, URL] = "k-1"
        backend.may_answer.clear()
        keys = store()
        async with asyncio.TaskGroup() as group:
            group.create_task(keys.find(URL))
            await asyncio.to_thread(backend.asked.wait, GUARD_S)
            group.create_task(keys.forget(URL))
            await asyncio.sleep(0)
            backend.may_answer.set()
        assert backend.passwords == {}
        assert await keys.find(URL) is None

    asyncio.run(scenario())


@pytest.mark.parametrize("is_key", [True, False])
def test_a_key_that_is_entered_while_another_is_looked_up_comes_first(backend, is_key):
    async def scenario():
        backend.passwords[SERVICE, URL] = "k-old"
        backend.may_answer.clear()
        keys = store()
        async with asyncio.TaskGroup() as group:
            finding = group.create_task(keys.find(URL) if is_key else keys.find_secret(URL))
            await asyncio.to_thread(backend.asked.wait, GUARD_S)
            keys.hold(URL, "k-new")
            backend.may_answer.set()
        assert finding.result() == (Key("k-new", KeySource.MEMORY) if is_key else "k-new")

    asyncio.run(scenario())


def test_what_was_entered_meanwhile_is_not_replaced(backend):
    async def scenario():
        new = f"{URL}#2"
        backend.passwords[SERVICE, URL] = "k-old"
        keys = store()
        keys.follow(URL, new)
        keys.hold(new, "k-new")
        assert await keys.find(new) == Key("k-new", KeySource.MEMORY)
        assert await keys.carry_over(URL, new) is None
        assert await keys.find_secret(new) == "k-new"

    asyncio.run(scenario())


def test_it_is_known_whether_the_keyring_has_a_key_without_asking_it(backend):
    async def scenario():
        backend.passwords[SERVICE, URL] = "k-1"
        keys = store()
        assert not keys.is_kept(URL)
        assert backend.questions == 0
        await keys.find(URL)
        assert keys.is_kept(URL)
        keys.hold(OTHER, "k-2")
        assert not keys.is_kept(OTHER)
        await keys.save(OTHER, "k-2")
        assert keys.is_kept(OTHER)

    asyncio.run(scenario())


def test_the_secret_of_a_header_is_never_the_environment_s_key(backend):
    assert asyncio.run(store("k-environment").find_secret(SECRET_PREFIX + URL)) is None
    assert asyncio.run(store("k-environment").find_secret(URL)) is None


def test_the_environment_s_key_is_not_copied(backend):
    asyncio.run(store("k-environment").carry_over(URL, f"{URL}#2"))
    assert backend.passwords == {}


def test_two_accounts_at_one_server_have_two_keys(backend):
    async def scenario():
        keys = store()
        await keys.save(URL, "k-1")
        await keys.save(f"{URL}#2", "k-2")
        assert [(await store().find(name)).value for name in (URL, f"{URL}#2")] == ["k-1", "k-2"]
        environment = store("k-environment")
        assert (await environment.find(f"{URL}#2")).source is KeySource.ENVIRONMENT

    asyncio.run(scenario())


# Proxies


def test_the_credentials_of_a_proxy_are_kept_apart_from_keys(backend):
    async def scenario():
        url = "http://proxy.example:3128"
        keys = store()
        assert await keys.find_credentials(url) is None
        credentials = clean_credentials(" ada ", "p:ss wörd")
        assert (await keys.save(proxy_name(url), packed(credentials))).source is KeySource.KEYRING
        assert backend.passwords == {(SERVICE, "proxy:proxy.example:3128"): "ada:p:ss wörd"}
        for found in (keys, store()):
            assert await found.find_credentials(url) == Credentials("ada", "p:ss wörd")
        assert await keys.find(url) is None
        assert await keys.forget_credentials(url) is None
        assert await keys.find_credentials(url) is None
        assert "ss w" not in repr(credentials)

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("user", "password", "reason"),
    [
        (" ", "p", "empty"),
        ("a:b", "p", "characters"),
        ("a\r\nb", "p", "characters"),
        ("a", "p\0", "characters"),
        ("a", "p" * 5_000, "length"),
    ],
)
def test_bad_credentials(user, password, reason):
    with pytest.raises(UserFacingError) as caught:
        clean_credentials(user, password)
    assert (caught.value.code, caught.value.details) == ("bad_credentials", {"reason": reason})


# Keys as text


@pytest.mark.parametrize(
    "text",
    [
        "k-1",
        "  k-1\n",
        '"k-1"',
        "'k-1'",
        "\t\u00a0k-1 ",
        "\u201ck-1\u201d",
        "\u00ab\u00a0k-1\u00a0\u00bb",
        "\u201ek-1\u201c",
        "`k-1`",
        "Bearer k-1",
        "bearer\tk-1",
        '"Bearer k-1"',
        "Authorization: Bearer k-1",
        "authorization:k-1",
        'Bearer "k-1"',
    ],
)
def test_what_copying_brings_along_is_stripped(text):
    assert clean_key(text) == "k-1"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n", "empty"),
        ('""', "empty"),
        ("Bearer", "empty"),
        ("Bearer  ", "empty"),
        ("k 1", "space"),
        ("k\u00a01", "space"),
        ("my key is k-1", "space"),
        ("k\n1", "line_break"),
        ("k\r\nX-Header: 1", "line_break"),
        ("clé", "characters"),
        ("k\x00", "characters"),
        ("k\u200b1", "characters"),
        ("k" * (LONGEST_KEY + 1), "length"),
    ],
)
def test_bad_keys(text, reason):
    with pytest.raises(UserFacingError) as caught:
        clean_key(text)
    assert (caught.value.code, caught.value.details["reason"]) == ("bad_key", reason)
    assert not text.strip() or text not in str(caught.value)


def test_a_key_may_begin_as_the_word_does():
    assert clean_key("bearer-1") == "bearer-1"


def test_what_a_header_carries():
    assert clean_secret("  two words: 1 ") == "two words: 1"


@pytest.mark.parametrize(
    ("text", "reason"),
    [(" ", "empty"), ("a\nb", "characters"), ("é", "characters"), ("k" * (LONGEST_KEY + 1), "length")],
)
def test_bad_secrets(text, reason):
    with pytest.raises(UserFacingError) as caught:
        clean_secret(text)
    assert (caught.value.code, caught.value.details["reason"]) == ("bad_secret", reason)


def test_the_longest_key():
    assert clean_key("k" * LONGEST_KEY) == "k" * LONGEST_KEY


def test_a_key_is_not_shown():
    key = Key("k-secret", KeySource.MEMORY)
    assert "k-secret" not in f"{key} {key!r}"
    keys = store("k-secret")
    assert "k-secret" not in f"{keys} {keys!r}"
