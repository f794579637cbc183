"""What became of the header of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paradigm_gui.wording.text import translate

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_NAMED = 3


def renamed_columns(renamed: Sequence[tuple[str, str]]) -> str:
    """Say which columns got other names than their header has; nothing where none did."""
    repeated = [
        translate("wording", "“{old}” became “{new}”").format(old=old, new=new) for old, new in renamed if old
    ]
    nameless = [f"“{new}”" for old, new in renamed if not old]
    texts = []
    if repeated:
        text = translate("wording", "Names that came more than once were numbered: {names}.")
        texts.append(text.format(names=_some(repeated)))
    if nameless:
        text = translate("wording", "Columns without a name got one: {names}.", "", len(nameless))
        texts.append(text.format(names=_some(nameless)))
    return " ".join(texts)


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_MOST_NAMED]) + (", …" if len(names) > _MOST_NAMED else "")
