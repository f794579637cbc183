"""Set Paradigm GUI up beside its source and start it, or run its tests.

    python3 packaging/start.py                     the example batch on the built-in demo server
    python3 packaging/start.py ARGUMENTS...        the program with these arguments
    python3 packaging/start.py --tests ARGUMENTS...  the tests; the arguments go to pytest

Only the standard library, and nothing newer than Python 3.8, so that an old Python can say what it needs.
"""

from __future__ import annotations

import hashlib
import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST_PYTHON = (3, 11)
NEWER_PYTHONS = ("3.14", "3.13", "3.12", "3.11")
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "paradigm-gui-set-up.json"
WINDOWS = os.name == "nt"
PROGRAMS = VENV / ("Scripts" if WINDOWS else "bin")
VENV_PYTHON = PROGRAMS / ("python.exe" if WINDOWS else "python")
EXAMPLE = ["--demo", "--run", "--compare"]

# What Qt's libraries and its X11 plugin load from the system, by their Debian names, and one font.
QT_PACKAGES = [
    "libegl1",
    "libgl1",
    "libxkbcommon0",
    "libxkbcommon-x11-0",
    "libdbus-1-3",
    "libfontconfig1",
    "libglib2.0-0",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-xinerama0",
    "libxcb-xkb1",
    "fonts-dejavu-core",
]

# With a screen, the X11 plugin must load too: Qt aborts without a word of help when it does not.
QT_PROBE = """
import ctypes, os, pathlib
import PySide6.QtWidgets as widgets
if os.environ.get("DISPLAY"):
    ctypes.CDLL(str(pathlib.Path(widgets.__file__).parent / "Qt/plugins/platforms/libqxcb.so"))
"""


class SetUpError(Exception):
    """The set-up cannot go on; the message says what to do."""


def main(arguments: list[str]) -> int:
    for_tests = arguments[:1] == ["--tests"]
    try:
        set_up({"test"} if for_tests else set())
        if sys.platform.startswith("linux"):
            provide_qt_libraries()
        if for_tests:
            os.chdir(ROOT)
            os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
            return replace_process([str(VENV_PYTHON), "-m", "pytest", *arguments[1:]])
        return replace_process([str(PROGRAMS / "paradigm-gui"), *(arguments or EXAMPLE)])
    except SetUpError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def set_up(extras: set[str]) -> None:
    """Make the environment and install the program into it, unless both are as they should be."""
    digest = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    is_sound = is_sound_environment()
    stamp = read_stamp() if is_sound else {}
    installed = set(stamp.get("extras", []))
    if (stamp.get("root"), stamp.get("pyproject")) == (str(ROOT), digest) and extras <= installed:
        return
    if is_sound:
        say("Bringing .venv up to date with pyproject.toml: a few seconds, or minutes if a lot is new.")
    else:
        python = find_python()
        say("Setting up in .venv: about 150 MB to download, one to three minutes, only this once.")
        make_environment(python)
    STAMP.unlink(missing_ok=True)
    extras = extras | installed
    target = str(ROOT) + ("[" + ",".join(sorted(extras)) + "]" if extras else "")
    pip = [str(VENV_PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if run([*pip, "--editable", target]).returncode:
        raise SetUpError("The installation failed; pip says why above. Without a network it cannot work.")
    STAMP.write_text(json.dumps({"root": str(ROOT), "pyproject": digest, "extras": sorted(extras)}))


def read_stamp() -> dict:
    try:
        return json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}


def is_sound_environment() -> bool:
    """Whether `.venv` holds a Python that runs, is new enough and has pip: a broken one is made anew."""
    return VENV_PYTHON.exists() and answers(
        [str(VENV_PYTHON)], f"import pip, sys; assert sys.version_info >= {OLDEST_PYTHON}"
    )


def find_python() -> list[str]:
    """Return the command of a Python that is new enough: this one, else one that is installed beside it."""
    if sys.version_info >= OLDEST_PYTHON:
        return [sys.executable]
    candidates = [["py", "-" + version] if WINDOWS else ["python" + version] for version in NEWER_PYTHONS]
    for command in candidates:
        # a command of that name may be a mere signpost to a version that is not there
        if shutil.which(command[0]) and answers(command, "import sys"):
            return command
    raise SetUpError(
        "Paradigm GUI needs Python 3.11 or newer; this is Python {}.{} and no newer one was found."
        " See https://www.python.org/downloads/".format(*sys.version_info)
    )


def make_environment(python: list[str]) -> None:
    # Debian ships venv without ensurepip, and says so only after leaving half an environment behind
    if not answers(python, "import ensurepip, venv"):
        version = subprocess.run(
            [*python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout.strip()
        install_packages([f"python{version}-venv"], "This Python cannot make virtual environments.")
    if run([*python, "-m", "venv", "--clear", str(VENV)]).returncode:
        raise SetUpError(f"Could not make a virtual environment in {VENV}; the reason is above.")


def provide_qt_libraries() -> None:
    """See that Qt can be loaded; when a library of the system is missing, install it or say how."""
    missing = qt_complaint()
    if missing:
        install_packages(QT_PACKAGES, f"Qt cannot be loaded: {missing}.")
        missing = qt_complaint()
        if missing:
            raise SetUpError(f"Qt still cannot be loaded: {missing}.")


def qt_complaint() -> str:
    """Return the last line of what Qt says when it is loaded, nothing when all is well."""
    probe = subprocess.run(
        [str(VENV_PYTHON), "-c", QT_PROBE],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if not probe.returncode:
        return ""
    return (probe.stderr.strip().splitlines() or [f"exit code {probe.returncode}"])[-1]


def install_packages(packages: list[str], reason: str) -> None:
    """Install Debian packages as root; otherwise raise `SetUpError` with the line to type."""
    if not shutil.which("apt-get"):
        raise SetUpError(f"{reason} Install what it needs; on Debian that would be: {' '.join(packages)}")
    install = ["apt-get", "install", "-y", "--no-install-recommends", "--no-upgrade", *packages]
    if os.geteuid():
        raise SetUpError(f"{reason} Please run this, then start again:\n  sudo {shlex.join(install)}")
    say(f"{reason} Installing {' '.join(packages)}")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    for command in (["apt-get", "update"], install):
        result = run(command, quiet=True)
        if result.returncode:
            raise SetUpError(f"{result.stdout}\n{shlex.join(command)} failed; its words are above.")


def answers(python: list[str], code: str) -> bool:
    """Whether a Python runs this code without an error."""
    try:
        return not run([*python, "-c", code], quiet=True).returncode
    except OSError:
        return False


def run(command: list[str], *, quiet: bool = False) -> subprocess.CompletedProcess:
    """Run a command without input; `quiet` keeps its output for the caller."""
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
        text=True,
        check=False,
    )


def replace_process(command: list[str]) -> int:
    """Become the command, so that signals and the exit code are its own; on Windows, wait for it."""
    sys.stdout.flush()
    if not WINDOWS:
        os.execv(command[0], command)
    process = subprocess.Popen(command)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue  # the program has been told as well, and ends in its own way


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
