"""How the columns of a table were arranged, for each set of columns that it has had."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_LAYOUTS = 30


class ColumnLayouts:
    """Remembers the last layouts as a header gives them; without further columns, a set is the plain one."""

    def __init__(self) -> None:
        self._layouts: dict[str, QByteArray] = {}

    def keep(self, columns: Sequence[Sequence[str]], layout: QByteArray) -> None:
        key = _key_of(columns)
        self._layouts.pop(key, None)
        self._layouts[key] = layout
        for oldest in list(self._layouts)[:-MOST_LAYOUTS]:
            del self._layouts[oldest]

    def of(self, columns: Sequence[Sequence[str]]) -> QByteArray | None:
        return self._layouts.get(_key_of(columns))

    def state(self) -> QByteArray:
        """All of it, to be restored at another time."""
        known = {key: layout.toBase64().toStdString() for key, layout in self._layouts.items()}
        return QByteArray(json.dumps(known).encode())

    def restore(self, state: QByteArray) -> None:
        """Take over what was remembered; a layout by itself is that of the plain set."""
        try:
            known = json.loads(bytes(state.data()))
            layouts = {str(key): QByteArray.fromBase64(layout.encode()) for key, layout in known.items()}
        except (ValueError, AttributeError):
            layouts = {_key_of([]): state}
        self._layouts = layouts


def _key_of(columns: Sequence[Sequence[str]]) -> str:
    """A short name for a set of columns, which tells nothing of theirs."""
    if not any(columns):
        return ""
    names = json.dumps([list(group) for group in columns])
    return hashlib.sha256(names.encode("utf-8", "surrogatepass")).hexdigest()[:16]
