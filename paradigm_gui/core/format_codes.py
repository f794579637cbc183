"""Number formats of XLSX files, such as `#,##0.00;[Red]-0`, taken apart into sections of tokens.

Their notation is the same in every language: a point before the decimals, a comma between thousands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

# Excel itself stops at 255 characters.
MAX_CHARACTERS = 1000


class Kind(Enum):
    """What a token stands for; that of a letter is known once its section is seen to be a date or not."""

    LITERAL = auto()
    BLANK = auto()
    GENERAL = auto()
    TEXT = auto()
    DIGIT = auto()
    POINT = auto()
    COMMA = auto()
    PERCENT = auto()
    EXPONENT = auto()
    SLASH = auto()
    DATE = auto()
    ELAPSED = auto()
    HALF_DAY = auto()
    SUBSECOND = auto()
    ERA = auto()


@dataclass(frozen=True, slots=True)
class Token:
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Condition:
    """For which numbers a section is, as in `[>=100]`."""

    sign: str
    limit: float

    def holds(self, value: float) -> bool:
        match self.sign:
            case "<":
                return value < self.limit
            case "<=":
                return value <= self.limit
            case ">":
                return value > self.limit
            case ">=":
                return value >= self.limit
            case "<>":
                return value != self.limit
            case _:
                return value == self.limit

    @property
    def is_negative_only(self) -> bool:
        return self.sign in ("<", "<=") and self.limit <= 0


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a format. `locale` is what stands in `[$-40C]`, for the names of days and months."""

    tokens: tuple[Token, ...]
    condition: Condition | None = None
    locale: str = ""

    def has(self, *kinds: Kind) -> bool:
        return any(token.kind in kinds for token in self.tokens)

    @property
    def is_date(self) -> bool:
        return self.has(Kind.DATE, Kind.ELAPSED)


_TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)"? | [\\](?P<escaped>.) | _(?P<blank>.) | [*](?P<fill>.)
    | \[(?P<bracket>[^\]]*)\]
    | (?P<GENERAL>General) | (?P<HALF_DAY>AM/PM|A/P) | (?P<EXPONENT>E[+-])
    | (?P<DATE>y+|m+|d+|h+|s+) | (?P<ERA>[geb]+)
    | (?P<DIGIT>[0\#?]) | (?P<POINT>[.]) | (?P<COMMA>,) | (?P<PERCENT>%) | (?P<TEXT>@)
    | /(?P<SLASH>[1-9]\d*|) | (?P<end>;) | (?P<LITERAL>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
# What minutes are called here, since months have the same letter.
MINUTES = "n"

_UNITS = (Kind.DATE, Kind.ELAPSED)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_ELAPSED = re.compile("h+|m+|s+", re.IGNORECASE)


def sections_of(code: str) -> list[Section]:
    """Take a format apart; whatever it does not know in it stands for itself."""
    sections = []
    tokens: list[Token] = []
    condition, locale = None, ""
    for match in _TOKEN.finditer(code):
        kind, text = match.lastgroup, match[match.lastgroup or 0]
        if kind == "end":
            sections.append(_section(tokens, condition, locale))
            tokens, condition, locale = [], None, ""
        elif kind == "bracket":
            if found := _CONDITION.fullmatch(text):
                condition = Condition(found[1], float(found[2]))
            elif text.startswith("$"):
                symbol, _, tag = text[1:].partition("-")
                locale = tag or locale
                if symbol:
                    tokens.append(Token(Kind.LITERAL, symbol))
            elif _ELAPSED.fullmatch(text):
                tokens.append(Token(Kind.ELAPSED, text.lower()))
            # the others are colours
        elif kind in ("quoted", "escaped"):
            tokens.append(Token(Kind.LITERAL, text))
        elif kind == "blank":
            tokens.append(Token(Kind.BLANK, " "))
        elif kind is not None and kind != "fill":
            tokens.append(Token(Kind[kind], text))
    return [*sections, _section(tokens, condition, locale)]


def _section(tokens: list[Token], condition: Condition | None, locale: str) -> Section:
    section = Section(tuple(tokens), condition, locale)
    if section.is_date:
        return Section(_of_date(tokens), condition, locale)
    kinds = (Kind.ERA, Kind.HALF_DAY)
    plain = (Token(Kind.LITERAL, token.text) if token.kind in kinds else token for token in tokens)
    return Section(tuple(plain), condition, locale)


def _of_date(tokens: list[Token]) -> tuple[Token, ...]:
    """Tell minutes from months, and the fractions of a second from other points and zeros."""
    units = [token.text[0].lower() for token in tokens if token.kind in _UNITS]
    neighbours = zip(["", *units], [*units[1:], ""], strict=False)
    found: list[Token] = []
    for token in tokens:
        if token.kind in _UNITS:
            text = token.text.lower()
            before, after = next(neighbours)
            if token.kind is Kind.DATE and text in ("m", "mm") and (before == "h" or after == "s"):
                text = text.replace("m", MINUTES)
            found.append(Token(token.kind, text))
        elif token.kind is Kind.DIGIT and found and found[-1].kind is Kind.SUBSECOND:
            found[-1] = Token(Kind.SUBSECOND, found[-1].text + "0")
        elif token.kind is Kind.POINT and found and found[-1].kind in _UNITS and found[-1].text[0] == "s":
            found.append(Token(Kind.SUBSECOND, ""))
        elif token.kind is Kind.SLASH:
            found.append(Token(Kind.LITERAL, "/" + token.text))
        elif token.kind in (Kind.HALF_DAY, Kind.ERA, Kind.BLANK):
            found.append(token)
        elif token.kind is not Kind.TEXT:
            found.append(Token(Kind.LITERAL, token.text))
    return tuple(found)
