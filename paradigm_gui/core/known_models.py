"""Which models each server offered when it was last asked, kept so that they can be chosen at once."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

from paradigm_gui.core.atomic import atomic_write
from paradigm_gui.core.model_list import MOST_MODELS, is_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

VERSION = 1
MOST_SERVERS = 100
LARGEST_FILE = 4 * 2**20


class KnownModels:
    """The lists by the `key_name` of an endpoint: a key may be allowed some models only.

    A file that cannot be read counts as none: servers can be asked again.
    """

    def __init__(self, path: Path) -> None:
        """Read the file, which is small."""
        self._path = path
        self._lists = _read(path)
        self._changed: dict[str, tuple[str, ...]] = {}
        self._saving = threading.Lock()

    def of(self, key_name: str) -> tuple[str, ...]:
        """The models of a server; none where they are not known."""
        return self._lists.get(key_name, ())

    def keep(self, key_name: str, models: Sequence[str]) -> bool:
        """Note the list of a server, an empty one to forget it; says whether there is something to save."""
        if self.of(key_name) == tuple(models):
            return False
        self._lists[key_name] = self._changed[key_name] = tuple(models)
        return True

    def save(self) -> None:
        """Write what has changed, and leave what other windows wrote. For a thread.

        Raises `UserFacingError` as `atomic_write` does.
        """
        with self._saving:
            changed = dict(self._changed)
            kept = {name: models for name, models in _read(self._path).items() if name not in changed}
            kept |= {name: models for name, models in changed.items() if models}
            # the last ones are the newest
            document = {"version": VERSION, "servers": dict(list(kept.items())[-MOST_SERVERS:])}
            with atomic_write(self._path, is_private=True) as file:
                file.write(json.dumps(document, ensure_ascii=False, indent=1).encode())


def _read(path: Path) -> dict[str, tuple[str, ...]]:
    try:
        if path.stat().st_size > LARGEST_FILE:
            return {}
        document = json.loads(path.read_text("utf-8"))
        if document["version"] != VERSION:
            return {}
        return {
            name: tuple(filter(is_name, models[:MOST_MODELS])) for name, models in document["servers"].items()
        }
    except (OSError, ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return {}
