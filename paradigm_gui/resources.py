"""Where the program's own files lie. No other module knows."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
# A wheel carries the resources inside the package; a checkout has them beside it.
_ROOT = next(
    (folder for folder in (_PACKAGE / "_resources", _PACKAGE.parent / "resources") if folder.is_dir()),
    _PACKAGE / "_resources",
)


def icon_path(name: str) -> Path:
    return _ROOT / "icons" / f"{name}.svg"


def translation_path(language: str) -> Path:
    return _ROOT / "i18n" / f"paradigm_gui_{language}.qm"


def example_path(name: str, language: str) -> Path:
    """An example batch in one of the program's languages."""
    return _ROOT / "examples" / f"{name}.{language}.json"
