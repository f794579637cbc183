"""What a file that is saved is suggested to be called: after the file of the input, or after the run."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from paradigm_gui.core.batch_file import OWN_BATCH_SUFFIX

if TYPE_CHECKING:
    from paradigm_gui.core.batch import Run
    from paradigm_gui.widgets.input_panel import InputPanel

_LONGEST_NAME = 40
# What no file system takes, or takes for something else; braces and spaces are a nuisance to type.
_ODD = re.compile(r"[^\w.,+-]+")


class SuggestedNames:
    """Remembers which file the input came from, and what the runs are called."""

    def __init__(self, panel: InputPanel) -> None:
        self._panel = panel
        self._file = ""
        self._mode = panel.mode
        self._runs: WeakKeyDictionary[Run, str] = WeakKeyDictionary()

    def note_file(self, path: Path | None) -> None:
        """The input comes from this file now, or from none."""
        self._file = Path(path.name.removesuffix(OWN_BATCH_SUFFIX)).stem if path else ""
        self._mode = self._panel.mode

    def note_run(self, run: Run, name: str) -> None:
        """Remember what a kept run is called."""
        self._runs[run] = file_name(name)

    def note_start(self, run: Run) -> None:
        """Name a run after the input, unless it is one that was kept."""
        self._runs.setdefault(run, self.of_input(""))

    def of_input(self, otherwise: str) -> str:
        return (file_name(self._file) if self._panel.mode is self._mode else "") or otherwise

    def of_run(self, run: Run) -> str:
        """A name with the time of the run, without a suffix."""
        return f"{self._runs.get(run) or 'paradigm'}-{run.started_at:%Y-%m-%d-%H%M}"


def file_name(text: str) -> str:
    """Make a short name for a file, without a suffix, of any text."""
    return _ODD.sub("-", text)[:_LONGEST_NAME].strip("-.,")
