"""How texts are looked up, and numbers written, in the user's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

if TYPE_CHECKING:
    from datetime import datetime

translate = QCoreApplication.translate


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # noqa: N802 - the name that lupdate looks for
    """Mark a text for translation that is looked up later."""
    return text


class Dashed(dict[str, object]):
    """Leaves a dash where a detail is not known."""

    def __missing__(self, key: str) -> str:
        return "–"


def yes_or_no(value: bool) -> str:
    return translate("wording", "yes") if value else translate("wording", "no")


def labelled(name: str, value: str) -> str:
    """A value after its name; languages differ in how they set the colon."""
    return translate("wording", "{name}: {value}").format(name=name, value=value)


def number(value: float, decimals: int) -> str:
    """A number as the user's locale writes it."""
    return QLocale().toString(float(value), "f", decimals)


def moment(value: datetime) -> str:
    """A day and a time of day, here, as the user's locale writes it."""
    local = QDateTime.fromSecsSinceEpoch(int(value.timestamp()))
    return QLocale().toString(local, QLocale.FormatType.ShortFormat)


def language() -> str:
    """The language that the program speaks now, as a two-letter code."""
    return QLocale().name()[:2]


def no_screen() -> str:
    return translate("wording", "There is no screen: going on without a window.")
