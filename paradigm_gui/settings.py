"""What the program remembers between two runs. A plain INI file in the data folder; never a key."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from paradigm_gui.core.atomic import atomic_write
from paradigm_gui.core.batch import Limits
from paradigm_gui.core.turn_taking import in_turns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

T = TypeVar("T", str, int, float, bool)

_UNLIMITED = -1
_ROWS_A_PIECE = 500


def default_data_dir() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation))


class Settings:
    """Typed access to the remembered values; a value that cannot be read counts as its default."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self._store = QSettings(str(data_dir / "settings.ini"), QSettings.Format.IniFormat)
        self._draft_path = data_dir / "draft.json"

    @property
    def endpoints_path(self) -> Path:
        return self.data_dir / "endpoints.json"

    @property
    def models_path(self) -> Path:
        return self.data_dir / "models.json"

    @property
    def log_path(self) -> Path:
        return self.data_dir / "log" / "paradigm-gui.log"

    def get(self, name: str, default: T) -> T:
        value = self._store.value(name)
        try:
            if isinstance(default, bool):
                return type(default)(value in (True, "true")) if value is not None else default
            return default if value is None else type(default)(value)
        except (TypeError, ValueError):
            return default

    def set(self, name: str, value: str | float | bool) -> None:
        self._store.setValue(name, value)

    def blob(self, name: str) -> QByteArray:
        value = self._store.value(name)
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_blob(self, name: str, value: QByteArray) -> None:
        self._store.setValue(name, value)

    def limits(self) -> Limits:
        remembered: dict[str, Any] = {}
        for name, usual in asdict(Limits()).items():
            kind = float if name.endswith(("_s", "_per_minute")) else int
            value = self.get(f"limits/{name}", kind(_UNLIMITED if usual is None else usual))
            remembered[name] = None if value == _UNLIMITED else value
        return Limits(**remembered)

    def set_limits(self, limits: Limits) -> None:
        for name, value in asdict(limits).items():
            self.set(f"limits/{name}", _UNLIMITED if value is None else value)

    def draft(self) -> dict[str, Any]:
        """What was in the editors when the program last ended."""
        try:
            draft = json.loads(self._draft_path.read_bytes().decode("utf-8", "surrogatepass"))
        except (OSError, ValueError):
            return {}
        return draft if isinstance(draft, dict) else {}

    def save_draft(self, draft: Mapping[str, Any]) -> None:
        """Keep it for the next start. In a thread, it lets the window go on, however many rows there are."""
        with atomic_write(self._draft_path, is_private=True) as file:
            for piece in in_turns(_pieces(draft)):
                file.write(piece.encode("utf-8", "surrogatepass"))

    def save(self) -> None:
        self._store.sync()


def _pieces(draft: Mapping[str, Any]) -> Iterator[str]:
    """The draft as JSON, some rows of its table at a time."""
    rows = draft.get("rows")
    if not rows:
        yield json.dumps(draft, ensure_ascii=False)
        return
    others = {name: value for name, value in draft.items() if name != "rows"}
    text = json.dumps(others, ensure_ascii=False)
    yield f'{text[:-1]}{", " if others else ""}"rows": '
    for start in range(0, len(rows), _ROWS_A_PIECE):
        some = json.dumps(rows[start : start + _ROWS_A_PIECE], ensure_ascii=False)
        yield f"{',' if start else '['}{some[1:-1]}"
    yield "]}"
