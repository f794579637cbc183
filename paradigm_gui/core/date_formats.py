"""Dates and times of XLSX files, which are numbers of days, as their formats show them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from paradigm_gui.core.format_codes import MINUTES, Kind

if TYPE_CHECKING:
    from paradigm_gui.core.format_codes import Section

_DAY_MS = 86_400_000
_UNIT_MS = {"h": 3_600_000, "m": 60_000, "s": 1000}
# Day 0 of the two calendars; the first has a 29 February 1900, which never was.
_EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet has no time zones
_EPOCH_1904 = dt.datetime(1904, 1, 1)  # noqa: DTZ001
_FALSE_LEAP_DAY = 60
_LAST_DAY = 2_958_465

_ENGLISH, _FRENCH = 0x09, 0x0C
_MONTHS = {
    _ENGLISH: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    _FRENCH: [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
}
_SHORT_MONTHS = {
    _ENGLISH: [name[:3] for name in _MONTHS[_ENGLISH]],
    _FRENCH: [
        "janv.",
        "févr.",
        "mars",
        "avr.",
        "mai",
        "juin",
        "juil.",
        "août",
        "sept.",
        "oct.",
        "nov.",
        "déc.",
    ],
}
_DAYS = {
    _ENGLISH: [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ],
    _FRENCH: [
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
    ],
}
_SHORT_DAYS = {
    _ENGLISH: [name[:3] for name in _DAYS[_ENGLISH]],
    _FRENCH: [f"{name[:3]}." for name in _DAYS[_FRENCH]],
}
# "[$-F800]" and "[$-F400]" stand for the long date and the time of the machine that shows the file.
_OF_THE_MACHINE = ("f800", "f400", "x-sysdate", "x-systime")


class DateFormat:
    """Shows numbers of days as the section of a format says.

    What the file leaves to the machine, such as the order of day and month, is shown as ISO 8601 has it,
    and so is what is named in a language other than English and French.
    """

    def __init__(self, section: Section, *, is_1904: bool = False) -> None:
        self._tokens = section.tokens
        self._is_1904 = is_1904
        self._is_elapsed = section.has(Kind.ELAPSED)
        self._has_halves = section.has(Kind.HALF_DAY)
        self._language = None if section.has(Kind.ERA) else _language(section)

    def shown(self, value: float) -> str | None:
        """Show a date or time; `None` for what is none."""
        least = -_LAST_DAY if self._is_elapsed else 0
        if not least <= value < _LAST_DAY + 1:
            return None
        # a second that is a hair's breadth away has been reached
        milliseconds = round(abs(value) * _DAY_MS)
        if self._is_elapsed:
            moment = _EPOCH_1904 + dt.timedelta(milliseconds=milliseconds % _DAY_MS)
            return ("-" if value < 0 and milliseconds else "") + self._filled(moment, milliseconds, _ENGLISH)
        days = 1 if not self._is_1904 and 1 <= value < _FALSE_LEAP_DAY else 0
        try:
            epoch = _EPOCH_1904 if self._is_1904 else _EPOCH
            moment = epoch + dt.timedelta(days, milliseconds=milliseconds)
        except OverflowError:
            return None
        if self._language is None:
            return self._iso(moment)
        return self._filled(moment, milliseconds, self._language)

    def _iso(self, moment: dt.datetime) -> str:
        units = {token.text[0] for token in self._tokens if token.kind is Kind.DATE}
        date = moment.date().isoformat() if units & set("ymd") else ""
        time = moment.strftime("%H:%M:%S" if "s" in units else "%H:%M") if units & set("hs" + MINUTES) else ""
        return " ".join(filter(None, (date, time)))

    def _filled(self, moment: dt.datetime, milliseconds: int, language: int) -> str:
        texts = []
        for token in self._tokens:
            text = token.text
            if token.kind is Kind.DATE:
                text = _unit(text, moment, language, has_halves=self._has_halves)
            elif token.kind is Kind.ELAPSED:
                text = f"{milliseconds // _UNIT_MS[text[0]]:0{len(text)}}"
            elif token.kind is Kind.HALF_DAY:
                text = text.split("/")[moment.hour >= 12]
            elif token.kind is Kind.SUBSECOND:
                text = "." + f"{moment.microsecond:06}"[: len(text)]
            texts.append(text)
        return "".join(texts)


def _language(section: Section) -> int | None:
    """In which language a section names days and months; `None` for one that is not known here."""
    tag = section.locale.lower()
    if tag in _OF_THE_MACHINE:
        return None
    has_names = any(token.kind is Kind.DATE and token.text[:3] in ("mmm", "ddd") for token in section.tokens)
    if not tag or not has_names:
        return _ENGLISH
    if tag[:2] in ("en", "fr"):
        return _ENGLISH if tag[:2] == "en" else _FRENCH
    try:
        language = int(tag.split(",")[0], 16) & 0x3FF
    except ValueError:
        return None
    # 0 is the language of the machine
    return language or _ENGLISH if language in (0, *_MONTHS) else None


def _unit(unit: str, moment: dt.datetime, language: int, *, has_halves: bool) -> str:
    width = len(unit)
    match unit[0], width:
        case "y", _:
            return f"{moment.year:04}" if width > 2 else f"{moment.year % 100:02}"
        case "m", 3:
            return _SHORT_MONTHS[language][moment.month - 1]
        case "m", 5:
            return _MONTHS[language][moment.month - 1][0].upper()
        case (("m" | "d"), (1 | 2)):
            return f"{moment.month if unit[0] == 'm' else moment.day:0{width}}"
        case "m", _:
            return _MONTHS[language][moment.month - 1]
        case "d", 3:
            return _SHORT_DAYS[language][moment.weekday()]
        case "d", _:
            return _DAYS[language][moment.weekday()]
        case "h", _:
            hour = (moment.hour - 1) % 12 + 1 if has_halves else moment.hour
            return f"{hour:0{min(width, 2)}}"
        case _:
            number = moment.minute if unit[0] == MINUTES else moment.second
            return f"{number:0{min(width, 2)}}"
