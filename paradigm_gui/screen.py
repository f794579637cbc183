"""Whether there is a screen to open a window on. Qt itself would abort where there is none."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path


def has_screen() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if platform and platform.partition(":")[0] not in ("xcb", "wayland"):
        return True  # offscreen, vnc and the like need nothing
    return _has_wayland() or _has_x11(os.environ.get("DISPLAY", ""))


def _has_wayland() -> bool:
    display = os.environ.get("WAYLAND_DISPLAY", "")
    if not display:
        return False
    return (Path(os.environ.get("XDG_RUNTIME_DIR", "/")) / display).exists()


def _has_x11(display: str) -> bool:
    """Whether somebody answers at `DISPLAY`; a stale one is common in remote shells."""
    host, colon, number = display.rpartition(":")
    if not colon:
        return False
    number = number.partition(".")[0]
    if not number.isdigit():
        return False
    try:
        if host in ("", "unix"):
            with socket.socket(socket.AF_UNIX) as probe:
                probe.settimeout(2)
                probe.connect(f"/tmp/.X11-unix/X{number}")
        else:
            socket.create_connection((host, 6000 + int(number)), timeout=2).close()
    except OSError:
        # X servers on Linux may listen on the abstract name only
        return host in ("", "unix") and _answers_abstract(number)
    return True


def _answers_abstract(number: str) -> bool:
    try:
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(2)
            probe.connect(f"\0/tmp/.X11-unix/X{number}")
    except OSError:
        return False
    return True
