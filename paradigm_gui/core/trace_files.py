"""The timing of a run in files that other programs draw: HAR for browsers, traces for Perfetto and Chrome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paradigm_gui.core.atomic import atomic_write
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.har import har
from paradigm_gui.core.perfetto import perfetto

if TYPE_CHECKING:
    from pathlib import Path

    from paradigm_gui.core.batch import Run

_WRITERS = {".har": har, ".trace.json": perfetto}
TRACE_SUFFIXES = tuple(_WRITERS)


def write_trace(path: Path, run: Run, version: str) -> None:
    """Write the timing of all arms as the end of the name says, whole or not at all.

    `version` is the program's own. Prompts and answers are in the file, a key is not. Raises
    `UserFacingError`.
    """
    writer = next((_WRITERS[suffix] for suffix in _WRITERS if path.name.lower().endswith(suffix)), None)
    if writer is None:
        raise UserFacingError(
            "unknown_suffix", path=str(path), suffix="".join(path.suffixes[-2:]), known=TRACE_SUFFIXES
        )
    with atomic_write(path) as file:
        for piece in writer(run, version):
            # escapes stand for what is not ASCII, halves of surrogate pairs included
            file.write(piece.encode("ascii"))
