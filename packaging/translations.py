"""Bring the translation files up to date with the source, or check that they are.

    python packaging/translations.py            write resources/i18n/*.ts and *.qm
    python packaging/translations.py --check    exit 1 when that would change a file, or a text is missing

French holds every text; English only those with plural forms, since the source texts are English already.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import PySide6

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "i18n"
OPTIONS = {"fr": [], "en": ["-pluralonly"]}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Bring the translation files up to date with the source.")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail when something would change"
    )
    if not parser.parse_args(arguments).check:
        update(FOLDER)
        return 0
    complaints = list(check())
    print("\n".join(complaints) or "The translations are complete and up to date.")
    return 1 if complaints else 0


def update(folder: Path) -> None:
    """Write the .ts and .qm files of every language in `folder`, keeping what is translated."""
    sources = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "paradigm_gui").rglob("*.py"))
    for language, options in OPTIONS.items():
        ts = folder / f"paradigm_gui_{language}.ts"
        target = ["-source-language", "en", "-target-language", language, "-ts", str(ts)]
        run_tool("lupdate", ["-silent", "-no-obsolete", "-locations", "none", *options, *sources, *target])
        run_tool("lrelease", ["-silent", str(ts), "-qm", str(ts.with_suffix(".qm"))])


def check() -> Iterator[str]:
    """Yield what is wrong, one line each."""
    with tempfile.TemporaryDirectory() as temporary:
        fresh = Path(shutil.copytree(FOLDER, Path(temporary) / "i18n"))
        update(fresh)
        for path in sorted(fresh.glob("paradigm_gui_*.*")):
            committed = FOLDER / path.name
            if not committed.exists() or committed.read_bytes() != path.read_bytes():
                yield f"{path.name} is out of date: run packaging/translations.py"
        for path in sorted(fresh.glob("*.ts")):
            yield from faults(path)


def faults(ts: Path) -> Iterator[str]:
    """Yield what is wrong with the messages of one file, one line each."""
    for context in ET.parse(ts).getroot().iter("context"):
        for message in context.iter("message"):
            place = f"{message.findtext('source')!r} in {context.findtext('name')}"
            translation = message.find("translation")
            forms = translation.findall("numerusform") or [translation]
            if translation.get("type") == "unfinished" or not all(
                (form.text or "").strip() for form in forms
            ):
                yield f"{ts.name} has no translation of {place}"
            # lupdate sees a count only in tr(text, comment, count), not in translate() nor as a keyword
            if "%n" in message.findtext("source", "") and message.get("numerus") != "yes":
                yield f"{ts.name} has no plural forms for {place}: make its count the third argument of tr()"


def run_tool(name: str, arguments: Sequence[str]) -> None:
    """Run one of Qt's translation tools as PySide6 ships it, or as a distribution installs it."""
    folder = Path(PySide6.__file__).parent
    tool = shutil.which(name, path=folder) or shutil.which(f"pyside6-{name}")
    if tool is None:
        sys.exit(f"{name} was found neither in {folder} nor, as pyside6-{name}, on the PATH")
    done = subprocess.run(
        [tool, *arguments], cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if done.returncode:
        sys.exit(f"{name} failed with exit code {done.returncode}:\n{done.stdout}")


if __name__ == "__main__":
    sys.exit(main())
