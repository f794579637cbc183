"""The entry in the applications menu of a Linux desktop."""

from __future__ import annotations

import configparser
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from guard import GUARD_S
from other_programs import program

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "packaging"))
import applications_menu as menu  # noqa: E402 - it lies beside the program

TYPE = "application/x-paradigm-gui-batch+json"
TOOLS = ("gio", "update-mime-database", "update-desktop-database", "desktop-file-validate")
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="for Linux desktops")


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


def entry_in(data):
    parser = configparser.RawConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read(data / menu.ENTRY, "utf-8")
    return parser["Desktop Entry"]


def test_the_entry_starts_the_program_with_a_file(data):
    menu.add(data, Path("/home/a user/.venv/bin/paradigm-gui"))
    entry = entry_in(data)
    assert entry["Exec"] == '"/home/a user/.venv/bin/paradigm-gui" %f'
    assert (data / menu.ICON).read_bytes() == (ROOT / "resources/icons/paradigm-gui.svg").read_bytes()
    assert entry["Icon"] == menu.ICON.stem


def test_characters_that_the_entry_would_take_for_its_own():
    # a path that needs both layers of the format: of quoted arguments, and of strings
    assert menu.quoted(Path('/a"b/50%/$c')) == r'"/a\\"b/50%%/\\$c"'


def test_the_entry_opens_the_type_of_batch_files(data):
    menu.add(data, menu.PROGRAM)
    root = ET.parse(data / menu.TYPE).getroot()
    space = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}
    assert [found.get("type") for found in root.findall("m:mime-type", space)] == [TYPE]
    assert [found.get("pattern") for found in root.iterfind(".//m:glob", space)] == ["*.paradigm.json"]
    assert TYPE in entry_in(data)["MimeType"].split(";")


def test_what_was_added_is_taken_out(data):
    menu.add(data, menu.PROGRAM)
    menu.remove(data)
    menu.remove(data)
    left = {path.name for path in data.rglob("*") if "paradigm" in path.name}
    assert left == set()


@linux
def test_a_desktop_knows_the_type_of_a_batch_file(data, tmp_path, monkeypatch):
    """The tools that desktops themselves use, where they are installed."""
    for tool in TOOLS:
        program(tool)
    monkeypatch.setenv("XDG_DATA_HOME", str(data))
    menu.add(data, Path(sys.executable))
    for name, expected in (("greet.paradigm.json", TYPE), ("other.json", "application/json")):
        path = tmp_path / name
        path.write_text('{"version": 1}', "utf-8")
        told = subprocess.run(
            ["gio", "info", "--attributes=standard::content-type", path],
            capture_output=True,
            text=True,
            timeout=GUARD_S,
            check=True,
        )
        assert told.stdout.split("standard::content-type:")[1].split()[0] == expected
    subprocess.run(["desktop-file-validate", data / menu.ENTRY], timeout=GUARD_S, check=True)
    handlers = subprocess.run(
        ["gio", "mime", TYPE], capture_output=True, text=True, timeout=GUARD_S, check=True
    )
    assert "paradigm-gui.desktop" in handlers.stdout
