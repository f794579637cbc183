"""Programs that people open our files with: LibreOffice and Chromium, each with a profile of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import pytest
from guard import GUARD_S

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_IS_REQUIRED = os.environ.get("REQUIRE_OTHER_PROGRAMS", "") not in ("", "0")
_PLAIN_TYPES = 'PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN"'
_LIBRARY = 'xmlns:library="http://openoffice.org/2000/library" library:name="Standard"'
_SCRIPT = 'xmlns:script="http://openoffice.org/2000/script" script:language="StarBasic"'


def program(*names: str) -> str:
    """The first of the programs that is there; without one a test is skipped or, where required, fails."""
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        reason = f"not installed: {names[0]}"
        pytest.fail(reason) if _IS_REQUIRED else pytest.skip(reason)
    return found


def _run(command: Sequence[str]) -> str:
    """Run a program to its end, and take along what it has started."""
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        start_new_session=True,
    ) as process:
        try:
            said, _ = process.communicate(timeout=GUARD_S)
        finally:
            if sys.platform != "win32" and process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
    assert process.returncode == 0
    return said


class Office:
    """LibreOffice without a window. Its settings, and so its language and its macros, are those of a test."""

    def __init__(self, folder: Path) -> None:
        self._profile = folder / "office"
        self._command = [
            program("soffice", "libreoffice"),
            f"-env:UserInstallation={self._profile.as_uri()}",
            "--headless",
            "--norestore",
        ]

    def convert(self, kind: str, folder: Path, *paths: Path, opened_as: str = "") -> list[Path]:
        """Save files in another kind (a suffix, and a filter after a colon) in a folder."""
        options = [f"--infilter={opened_as}"] if opened_as else []
        _run([*self._command, *options, "--convert-to", kind, "--outdir", str(folder), *map(str, paths)])
        made = [folder / f"{path.stem}.{kind.partition(':')[0]}" for path in paths]
        assert all(path.exists() for path in made)
        return made

    def protect(self, path: Path, *targets: Path) -> None:
        """Save a workbook with a password, as XLSX or ODS. The profile must have been used before."""
        steps = []
        for target in targets:
            is_xlsx = target.suffix == ".xlsx"
            kind = "Calc MS Excel 2007 XML" if is_xlsx else "calc8"
            name, value = ("EncryptionData", "secret()") if is_xlsx else ("Password", '"secret"')
            steps.append(
                f'how(0).Value = "{kind}"\nhow(1).Name = "{name}"\nhow(1).Value = {value}\n'
                f'book.storeToURL("{target.as_uri()}", how())\n'
            )
        self._run_macro(
            'Dim how(1) As New com.sun.star.beans.PropertyValue\nhow(0).Name = "FilterName"\n'
            "Dim secret(1) As New com.sun.star.beans.NamedValue\n"
            'secret(0).Name = "CryptoType"\nsecret(0).Value = "Standard"\n'
            'secret(1).Name = "OOXPassword"\nsecret(1).Value = "secret"\n'
            "Dim hidden(0) As New com.sun.star.beans.PropertyValue\n"
            'hidden(0).Name = "Hidden"\nhidden(0).Value = True\n'
            f'book = StarDesktop.loadComponentFromURL("{path.as_uri()}", "_blank", 0, hidden())\n'
            f"{''.join(steps)}book.close(True)\n"
        )
        assert all(target.exists() for target in targets)

    def _run_macro(self, lines: str) -> None:
        library = self._profile / "user/basic/Standard"
        library.mkdir(parents=True, exist_ok=True)
        files = {
            "../script.xlc": f'<!DOCTYPE library:libraries {_PLAIN_TYPES} "libraries.dtd"><library:libraries '
            f'xmlns:library="http://openoffice.org/2000/library"><library:library library:name="Standard" '
            'library:link="false"/></library:libraries>',
            "script.xlb": f'<!DOCTYPE library:library {_PLAIN_TYPES} "library.dtd"><library:library '
            f'{_LIBRARY} library:readonly="false" library:passwordprotected="false"><library:element '
            'library:name="Macro"/></library:library>',
            "Macro.xba": f'<!DOCTYPE script:module {_PLAIN_TYPES} "module.dtd"><script:module {_SCRIPT} '
            f'script:name="Macro">Sub Main\n{escape(lines)}End Sub\n</script:module>',
        }
        for name, content in files.items():
            (library / name).write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n{content}', "utf-8")
        _run([*self._command, "macro:///Standard.Macro.Main"])


class Browser:
    """Chromium without a window, and without names: what it asks of the network by itself fails."""

    def __init__(self, folder: Path) -> None:
        self._log = folder / "network.json"
        self._command = [
            program("chromium", "chromium-browser", "google-chrome"),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-default-apps",
            "--disable-extensions",
            "--disable-sync",
            "--disable-breakpad",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            f"--user-data-dir={folder / 'browser'}",
            f"--log-net-log={self._log}",
        ]

    def open(self, path: Path) -> tuple[str, list[dict[str, Any]]]:
        """Open a local page; give what it came to be, and all that it asked the network for."""
        page = _run([*self._command, "--dump-dom", path.as_uri()])
        log = json.loads(self._log.read_text("utf-8"))
        asked = (event.get("params") or {} for event in log["events"])
        return page, [each for each in asked if "file://" in json.dumps(each)]
