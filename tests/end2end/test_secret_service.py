"""Keys in the keyring that desktops have: gnome-keyring behind the Secret Service."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
import secret_service
from guard import GUARD_S

URL = "https://paradigm.example/api/v2"
CANARY = "sk-canary-" + "x" * 4_990

PROGRAM = """
import asyncio, json, sys
from dataclasses import asdict
from paradigm_gui.core.keys import *
from paradigm_gui.core.route import Credentials

URL = "https://paradigm.example/api/v2"

def new():
    return KeyStore(None, "https://environment.example")

def lock():
    import secretstorage
    with secretstorage.dbus_init() as bus:
        secretstorage.get_default_collection(bus).lock()

async def value(keys=None, name=URL):
    key = await (keys or new()).find(name)
    return key and [key.value, key.source]

async def main():
    said = []
    {steps}
    print(json.dumps(said))

asyncio.run(main())
"""


REMOVE_KEYRINGS = """
import secretstorage
with secretstorage.dbus_init() as bus:
    for collection in list(secretstorage.get_all_collections(bus)):
        if collection.collection_path.endswith("/login"):
            collection.delete()
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("keyring")


@pytest.fixture
def service(environment):
    with secret_service.secret_service() as variables:
        yield variables


def told(variables, steps, stdin=""):
    """What a program in that session says."""
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM.replace("{steps}", "\n    ".join(steps.strip().splitlines()))],
        env=os.environ | dict(variables),
        input=stdin,
        capture_output=True,
        text=True,
        timeout=GUARD_S,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


def test_a_key_is_stored_read_replaced_and_deleted(service, environment):
    steps = """
canary = sys.stdin.read()
said.append(asdict(await new().place_of(URL)))
said.append(asdict(await new().save(URL, clean_key(canary))))
said.append((await value())[0] == canary)
said.append(asdict(await new().place_of(URL)))
await new().save(URL, "k-2")
await new().save(URL + "#2", "k-3")
said.append([await value(), await value(None, URL + "#2"), await value(None, "https://paradigm.example")])
said.append(await new().forget(URL))
said.append([await value(), await value(None, URL + "#2")])
said.append(await new().forget(URL))
"""
    ring = "SecretService Keyring"
    kept = {"source": "keyring", "keyring": ring, "trouble": None}
    assert told(service, steps, CANARY) == [
        {"source": None, "keyring": ring, "trouble": None},
        kept,
        True,
        kept,
        [["k-2", "keyring"], ["k-3", "keyring"], None],
        None,
        [None, ["k-3", "keyring"]],
        None,
    ]
    files = [path for path in environment.rglob("*") if path.is_file()]
    assert any("keyrings" in path.parts for path in files)
    assert not [path for path in files if b"k-3" in path.read_bytes() or CANARY.encode() in path.read_bytes()]


def test_a_key_outlives_the_session(environment):
    with secret_service.secret_service() as variables:
        told(variables, 'await new().save(URL, "k-1")')
    with secret_service.secret_service() as variables:
        assert told(variables, "said.append(await value())") == [["k-1", "keyring"]]


def test_the_credentials_of_a_proxy(service):
    steps = """
proxy = "http://proxy.example:3128"
await new().save(proxy_name(proxy), packed(clean_credentials("ada", "p:ss wörd")))
found = await new().find_credentials(proxy)
said += [found.user, found.password]
await new().forget_credentials(proxy)
said.append(await new().find_credentials(proxy))
"""
    assert told(service, steps) == ["ada", "p:ss wörd", None]


def test_a_locked_keyring_is_told_and_its_key_is_there_again_later(service):
    """Here nobody answers the prompt, which is what refusing it comes to."""
    before = """
await new().save(URL, "k-1")
lock()
keys = new()
said.append([await value(keys), keys.trouble_with(URL)])
said.append(asdict(await keys.save(URL, "k-2")))
said.append(await value(keys))
said.append(await keys.forget(URL))
"""
    assert told(service, before) == [
        [None, "locked"],
        {"source": "memory", "keyring": "", "trouble": "locked"},
        ["k-2", "memory"],
        "locked",
    ]
    secret_service.unlock(service)
    assert told(service, "said.append(await value())") == [["k-1", "keyring"]]


AFTER_LOCKING = """
await new().save(URL, "k-1")
lock()
keys = new()
"""


@pytest.mark.parametrize(
    ("act", "answer"),
    [
        ("await value(keys)", None),
        ("asdict(await keys.save(URL, 'k-2'))", {"source": "memory", "keyring": "", "trouble": "locked"}),
        ("await keys.forget(URL)", "locked"),
        ("await keys.find_credentials('http://proxy.example')", None),
    ],
)
def test_a_refused_prompt_is_told_and_is_the_last_one(service, act, answer):
    steps = f"""
{AFTER_LOCKING}
said.append({act})
said.append([await value(keys, URL + "#2"), keys.trouble_with(URL + "#2")])
said.append(await keys.forget(URL + "#2"))
said.append((await keys.place_of(URL + "#3")).trouble)
keys.ask_again()
said.append((await keys.save(URL + "#4", "k-4")).source)
"""
    with secret_service.answering(service) as asked:
        assert told(service, steps) == [answer, [None, "locked"], "locked", "locked", "memory"]
        # the second one is what the user asked for
        assert asked == ["password", "password"]
    secret_service.unlock(service)
    assert told(service, "said.append(await value())") == [["k-1", "keyring"]]


@pytest.mark.parametrize(
    ("act", "answer", "after"),
    [
        ("await value(keys)", ["k-1", "keyring"], ["k-1", "keyring"]),
        ("(await keys.save(URL, 'k-2')).source", "keyring", ["k-2", "keyring"]),
        ("await keys.forget(URL)", None, None),
    ],
)
def test_a_prompt_that_is_answered(service, act, answer, after):
    steps = f"{AFTER_LOCKING}\nsaid.append({act})\nsaid.append(await value())"
    with secret_service.answering(service, secret_service.PASSWORD) as asked:
        assert told(service, steps) == [answer, after]
        assert asked == ["password"]


def test_who_refuses_to_make_a_keyring_has_denied_it(environment):
    """Where there is none yet, the first key is a question, too."""
    steps = """
keys = new()
said.append([await value(keys), keys.trouble_with(URL)])
said.append((await keys.save(URL, "k-1")).trouble)
"""
    with secret_service.secret_service() as variables:
        told(variables, REMOVE_KEYRINGS)
        with secret_service.answering(variables) as asked:
            assert told(variables, steps) == [[None, "denied"], "denied"]
            assert asked == ["password"]


def test_a_bus_that_is_gone(service):
    steps = """
keys = new()
said.append(await value(keys))
import os
os.environ["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent/bus"
said.append([await value(keys), keys.trouble_with(URL)])
said.append(asdict(await keys.save(URL, "k-1")))
"""
    nowhere = {"source": "memory", "keyring": "", "trouble": "none_usable"}
    assert told(service, steps) == [None, [None, "none_usable"], nowhere]


def test_the_tests_cannot_be_passed_over_where_the_keyring_is_required(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(secret_service, "_IS_REQUIRED", True)
    with pytest.raises(pytest.fail.Exception, match="gnome-keyring"):
        secret_service.need_tools()
    monkeypatch.setattr(secret_service, "_IS_REQUIRED", False)
    with pytest.raises(pytest.skip.Exception, match="gnome-keyring"):
        secret_service.need_tools()
