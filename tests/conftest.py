"""Every test runs without a screen and away from the user's files, keys, proxies and language."""

import builtins
import os

import pytest
from hypothesis import HealthCheck, settings

# Read when Qt starts, before any fixture runs.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LC_ALL"] = os.environ["LANG"] = "C.UTF-8"
os.environ.pop("LANGUAGE", None)

_FOREIGN_PREFIXES = ("PARADIGM_", "OPENAI_", "SSL_CERT_")
_FOLDERS = {
    "HOME": ".",
    "USERPROFILE": ".",
    "APPDATA": "roaming",
    "LOCALAPPDATA": "local",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_CACHE_HOME": "cache",
    "XDG_STATE_HOME": "state",
    "XDG_RUNTIME_DIR": "runtime",
}

# The same examples each time, and none judged by a clock; `--hypothesis-profile=explore` looks for new ones.
_STEADY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("steady", _STEADY, derandomize=True)
settings.register_profile("explore", _STEADY, max_examples=1000)
settings.load_profile("steady")

# before a plugin of pytest imports PySide6
PLAIN_IMPORT = builtins.__import__


@pytest.fixture(autouse=True)
def environment(monkeypatch, tmp_path_factory):
    """Isolate the test, and whatever processes it starts, from the machine; return the home folder."""
    for name in list(os.environ):
        if name.upper().startswith(_FOREIGN_PREFIXES) or name.upper().endswith("_PROXY"):
            monkeypatch.delenv(name)
    home = tmp_path_factory.mktemp("home")
    for name, folder in _FOLDERS.items():
        path = home / folder
        path.mkdir(mode=0o700, exist_ok=True)
        monkeypatch.setenv(name, str(path))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    return home


@pytest.fixture(autouse=True, scope="session")
def plain_import():
    """As the program does at its start: PySide6's function for imports is not made for threads."""
    builtins.__import__ = PLAIN_IMPORT
