"""Put the program into the applications menu of a Linux desktop, for one user, or take it out again.

    python3 packaging/applications_menu.py           add it; it opens a *.paradigm.json by double click then
    python3 packaging/applications_menu.py --remove  take it out

What is put there lies in the user's data folder alone. It starts the program of this clone's `.venv`.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINUX = ROOT / "packaging" / "linux"
PROGRAM = ROOT / ".venv" / "bin" / "paradigm-gui"
ENTRY = Path("applications", "paradigm-gui.desktop")
TYPE = Path("mime", "packages", "paradigm-gui.xml")
ICON = Path("icons", "hicolor", "scalable", "apps", "paradigm-gui.svg")
# each makes an index anew that desktops read in the place of the files; where it is missing they read those
INDEXERS = (("update-mime-database", "mime"), ("update-desktop-database", "applications"))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Put Paradigm GUI into the applications menu of this user.")
    parser.add_argument("--remove", action="store_true", help="take it out again")
    options = parser.parse_args(arguments)
    data = data_folder()
    if options.remove:
        remove(data)
        print("Paradigm GUI is no longer in the applications menu.")
        return 0
    if not sys.platform.startswith("linux"):
        print("This is for Linux. Elsewhere, start the program itself and open files in it.", file=sys.stderr)
        return 2
    if not PROGRAM.exists():
        print("Set the program up first: python3 packaging/start.py", file=sys.stderr)
        return 2
    add(data, PROGRAM)
    print("Paradigm GUI is in the applications menu. Batch files named *.paradigm.json open in it.")
    return 0


def data_folder() -> Path:
    """Where a user's own additions to the desktop lie, by the XDG base directory specification."""
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


def add(data: Path, program: Path) -> None:
    """Write entry, file type and icon into a data folder; the entry starts `program`."""
    entry = (LINUX / ENTRY.name).read_text("utf-8")
    write(data / ENTRY, entry.replace("Exec=paradigm-gui", f"Exec={quoted(program)}"))
    write(data / TYPE, (LINUX / TYPE.name).read_text("utf-8"))
    write(data / ICON, (ROOT / "resources" / "icons" / ICON.name).read_text("utf-8"))
    index(data)


def remove(data: Path) -> None:
    for path in (ENTRY, TYPE, ICON):
        (data / path).unlink(missing_ok=True)
    index(data)


def quoted(program: Path) -> str:
    """A path as the Exec key of a desktop entry wants it: quoted, then escaped as every string there."""
    text = str(program)
    for character in '\\"`$':
        text = text.replace(character, f"\\{character}")
    return '"{}"'.format(text.replace("%", "%%")).replace("\\", "\\\\")


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def index(data: Path) -> None:
    for tool, folder in INDEXERS:
        if (data / folder).is_dir() and (found := shutil.which(tool)):
            subprocess.run([found, str(data / folder)], check=False)


if __name__ == "__main__":
    sys.exit(main())
