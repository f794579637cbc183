"""What is in the editors of the input at a moment: to be remembered, compared and brought back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from paradigm_gui.models.input_model import Cells


class Mode(StrEnum):
    """How rows are entered; the value names the tab in the remembered draft."""

    NAMES = "names"
    PROMPTS = "prompts"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Contents:
    """The texts of all editors, and the whole table. `mode` is the tab on show, where that is known."""

    mode: Mode | None = None
    names: str = ""
    prompts: str = ""
    template: str = ""
    system: str = ""
    schema: str = ""
    columns: Sequence[str] = ()
    cells: Sequence[Cells] = ()

    def draft(self) -> dict[str, Any]:
        """The contents for a file, as JSON has it."""
        return {
            "mode": self.mode and self.mode.value,
            "names": self.names,
            "prompts": self.prompts,
            "template": self.template,
            "system": self.system,
            "schema": self.schema,
            "columns": list(self.columns),
            "rows": self.cells,
        }


def contents_of(draft: Mapping[str, Any], otherwise: Contents) -> Contents:
    """The contents that a draft holds; what makes no sense in it is taken from elsewhere."""
    texts = {
        name: text if isinstance(text := draft.get(name), str) else getattr(otherwise, name)
        for name in ("names", "prompts", "template", "system", "schema")
    }
    columns, cells = _table_in(draft)
    if not cells:
        columns, cells = otherwise.columns, otherwise.cells
    mode = draft.get("mode")
    return Contents(
        mode=Mode(mode) if mode in list(Mode) else otherwise.mode, columns=columns, cells=cells, **texts
    )


def _table_in(draft: Mapping[str, Any]) -> tuple[Sequence[str], Sequence[Cells]]:
    columns, rows = draft.get("columns"), draft.get("rows")
    if not isinstance(columns, list) or not isinstance(rows, list) or not columns:
        return (), ()
    if any(not isinstance(row, list) or len(row) != len(columns) for row in rows):
        return (), ()
    return tuple(map(str, columns)), [tuple(map(str, row)) for row in rows]
