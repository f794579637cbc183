"""A real Secret Service for a test: gnome-keyring, unlocked, on a D-Bus session of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from guard import GUARD_S

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_TOOLS = ("dbus-run-session", "gnome-keyring-daemon")
_PASSWORD = b"the password of the login keyring"
_IS_REQUIRED = os.environ.get("REQUIRE_SECRET_SERVICE", "") not in ("", "0")
BACKEND = "keyring.backends.SecretService.Keyring"


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


def unlock(variables: Mapping[str, str]) -> None:
    """Start the daemon in the place of one that runs; it is unlocked and ready when this returns."""
    subprocess.run(
        ["gnome-keyring-daemon", "--replace", "--unlock", "--components=secrets"],
        input=_PASSWORD,
        env=os.environ | dict(variables),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=GUARD_S,
        check=True,
    )
