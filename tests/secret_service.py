"""A real Secret Service for a test: gnome-keyring, unlocked, on a D-Bus session of its own.

Its user, who is asked for the password of a locked keyring, is a thread here (`answering`).
"""

from __future__ import annotations

import base64
import os
import secrets
import shutil
import subprocess
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import pytest
from guard import GUARD_S

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jeepney import Message
    from jeepney.io.blocking import DBusConnection

_TOOLS = ("dbus-run-session", "gnome-keyring-daemon")
PASSWORD = b"the password of the login keyring"
_IS_REQUIRED = os.environ.get("REQUIRE_SECRET_SERVICE", "") not in ("", "0")
BACKEND = "keyring.backends.SecretService.Keyring"
_PROMPTER = "org.gnome.keyring.SystemPrompter"
_CALLBACK = "org.gnome.keyring.internal.Prompter.Callback"


def need_tools() -> None:
    """Skip a test on a machine without the programs; where they are required, fail."""
    missing = [tool for tool in _TOOLS if shutil.which(tool) is None]
    if missing:
        reason = f"not installed: {', '.join(missing)} (packages gnome-keyring, dbus and dbus-x11)"
        pytest.fail(reason) if _IS_REQUIRED else pytest.skip(reason)


@contextmanager
def secret_service() -> Iterator[Mapping[str, str]]:
    """Start the bus and the unlocked keyring; gives the variables by which programs find them.

    The keyring's files lie in the home folder of the test. Everything ends with the bus.
    """
    need_tools()
    session = subprocess.Popen(
        ["dbus-run-session", "--", "sh", "-c", 'echo "$DBUS_SESSION_BUS_ADDRESS"; exec cat'],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert session.stdin is not None
    assert session.stdout is not None
    try:
        address = session.stdout.readline().decode().strip()
        variables = {"DBUS_SESSION_BUS_ADDRESS": address, "PYTHON_KEYRING_BACKEND": BACKEND}
        unlock(variables)
        yield variables
    finally:
        session.stdin.close()
        session.wait(GUARD_S)
        session.stdout.close()


@contextmanager
def keyring_of_this_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mapping[str, str]]:
    """Let this process, and those that it starts, use such a keyring."""
    import keyring
    from keyring.backends.SecretService import Keyring

    with secret_service() as variables:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        before = keyring.get_keyring()
        keyring.set_keyring(Keyring())
        try:
            yield variables
        finally:
            keyring.set_keyring(before)


def unlock(variables: Mapping[str, str]) -> None:
    """Start the daemon in the place of one that runs; it is unlocked and ready when this returns."""
    subprocess.run(
        ["gnome-keyring-daemon", "--replace", "--unlock", "--components=secrets"],
        input=PASSWORD,
        env=os.environ | dict(variables),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=GUARD_S,
        check=True,
    )


@contextmanager
def answering(variables: Mapping[str, str], password: bytes | None = None) -> Iterator[list[str]]:
    """Answer each question of the keyring to its user: refuse, or give the password. Gives the questions.

    This takes the place of the program that would open a window for that.
    """
    from jeepney.bus_messages import message_bus
    from jeepney.io.blocking import open_dbus_connection

    connection = open_dbus_connection(variables["DBUS_SESSION_BUS_ADDRESS"])
    asked: list[str] = []
    is_owner = connection.send_and_get_reply(message_bus.RequestName(_PROMPTER)).body == (1,)
    assert is_owner
    prompter = threading.Thread(target=_answer, args=(connection, password, asked), name="prompter")
    prompter.start()
    try:
        yield asked
    finally:
        # wakes the thread, which then finds nothing to wait for
        connection.sock.shutdown(2)
        prompter.join(GUARD_S)
        connection.close()


def _answer(connection: DBusConnection, password: bytes | None, asked: list[str]) -> None:
    from jeepney import DBusAddress, HeaderFields, MessageType, new_method_call, new_method_return

    def tell(request: Message, member: str, signature: str = "", body: tuple[object, ...] = ()) -> None:
        path, sender = request.body[0], request.header.fields[HeaderFields.sender]
        address = DBusAddress(path, sender, _CALLBACK)
        connection.send(new_method_call(address, member, signature or None, body))

    with suppress(ConnectionError, EOFError, OSError):
        while True:
            request = connection.receive()
            if request.header.message_type is not MessageType.method_call:
                continue
            connection.send(new_method_return(request))
            member = request.header.fields[HeaderFields.member]
            if member == "BeginPrompting":
                tell(request, "PromptReady", "sa{sv}s", ("", {}, ""))
            elif member == "PerformPrompt":
                asked.append(request.body[1])
                answer = (
                    ("no", {}, "") if password is None else ("yes", {}, _sealed(password, request.body[3]))
                )
                tell(request, "PromptReady", "sa{sv}s", answer)
            elif member == "StopPrompting":
                tell(request, "PromptDone")


# How a prompter hands over a password: Diffie-Hellman over a group of RFC 3526, then AES.
_PRIME = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F"
    "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA237327FFFFFFFFFFFFFFFF",
    16,
)
_BLOCK = 16


def _sealed(password: bytes, offer: str) -> str:
    """The password, for whoever made this offer of a key exchange."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    theirs = next(line.partition("=")[2] for line in offer.splitlines() if line.startswith("public="))
    own = secrets.randbelow(_PRIME - 2) + 1
    size = _PRIME.bit_length() // 8
    shared = pow(int.from_bytes(base64.b64decode(theirs)), own, _PRIME).to_bytes(size)
    key = HKDF(hashes.SHA256(), _BLOCK, salt=None, info=b"").derive(shared)
    missing = _BLOCK - len(password) % _BLOCK
    start = secrets.token_bytes(_BLOCK)
    cipher = Cipher(algorithms.AES128(key), modes.CBC(start)).encryptor()
    parts = {
        "public": pow(2, own, _PRIME).to_bytes(size),
        "secret": cipher.update(password + bytes([missing]) * missing) + cipher.finalize(),
        "iv": start,
    }
    lines = [f"{name}={base64.b64encode(value).decode()}" for name, value in parts.items()]
    return "\n".join(["[sx-aes-1]", *lines, ""])
