"""Numbers of XLSX files as their formats show them: the file keeps 0.5, and a format that shows it as 50%.

Decimals have a point and thousands a comma, as in the format itself: which language they would be shown in
depends on the machine, not on the file. Blanks that only line up columns are left out.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from paradigm_gui.core.date_formats import DateFormat
from paradigm_gui.core.format_codes import MAX_CHARACTERS, Kind, Token, sections_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paradigm_gui.core.format_codes import Section

# Formats that a file names by their number alone. Some show dates and currencies as the machine has it:
# dates are then shown as ISO 8601 has it, and amounts without a currency.
_MACHINE_DATE = "[$-F800]yyyy-mm-dd"
_BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: "#,##0",
    6: "#,##0",
    7: "#,##0.00",
    8: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: _MACHINE_DATE,
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "[$-F800]yyyy-mm-dd hh:mm",
    **dict.fromkeys((*range(27, 32), 36, *range(50, 59)), _MACHINE_DATE),
    **dict.fromkeys((32, 33, 34, 35), "h:mm:ss"),
    37: "#,##0;(#,##0)",
    38: "#,##0;(#,##0)",
    39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;(#,##0.00)",
    41: "#,##0",
    42: "#,##0",
    43: "#,##0.00",
    44: "#,##0.00",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
}
_GENERAL = ("", "general", "@")
# A float has at most 309 digits before the point, and each character of a format adds two of them at most.
_EXACT = Context(prec=310 + 2 * MAX_CHARACTERS, Emax=10_000, Emin=-10_000, rounding=ROUND_HALF_UP)
_EXACT_INTEGER = 2**53


def general(value: float) -> str:
    """Show a number that has no format: fifteen digits, as spreadsheets do."""
    return str(int(value)) if _is_exact(value) else f"{value:.15g}".upper()


def number_format(number: int, code: str | None = None, *, is_1904: bool = False) -> NumberFormat | None:
    """The format of that number or, where the file has one, code; `None` where values show as they are."""
    if code is None:
        code = _BUILT_IN.get(number, "")
    if code.lower() in _GENERAL or len(code) > MAX_CHARACTERS:
        return None
    return NumberFormat(code, is_1904=is_1904)


class NumberFormat:
    """Shows the numbers and texts of cells."""

    def __init__(self, code: str, *, is_1904: bool = False) -> None:
        sections = sections_of(code)
        self._text: Section | None = None
        if len(sections) > 3 or sections[-1].has(Kind.TEXT):
            self._text = sections[-1]
            sections = sections[: min(3, len(sections) - 1)] or sections
        self._sections = sections
        self._plans: list[DateFormat | _Plan] = [
            DateFormat(section, is_1904=is_1904) if section.is_date else _Plan(section)
            for section in sections
        ]
        self.number = lru_cache(maxsize=1024)(self._number)

    def _number(self, value: float) -> str:
        """Show a number, once for all cells of that value."""
        index = self._section_for(value)
        if index is None:
            return general(value)
        plan = self._plans[index]
        if isinstance(plan, DateFormat):
            shown = plan.shown(value)
            return general(value) if shown is None else shown.strip()
        return plan.shown(value, is_unsigned=self._is_unsigned(index)).strip()

    def text(self, text: str) -> str:
        """Show a text, which few formats change."""
        if self._text is None:
            return text
        shown = (
            text if token.kind is Kind.TEXT else token.text
            for token in self._text.tokens
            if token.kind in (Kind.TEXT, Kind.LITERAL)
        )
        return "".join(shown)

    def _section_for(self, value: float) -> int | None:
        last = len(self._sections) - 1
        for index, section in enumerate(self._sections):
            if section.condition is not None:
                holds = section.condition.holds(value)
            elif index == last:
                holds = True
            else:
                holds = value < 0 if index else value > 0 or (last == 1 and value == 0)
            if holds:
                return index
        return None

    def _is_unsigned(self, index: int) -> bool:
        """Whether a section is for negative numbers alone, and says itself how they look."""
        condition = self._sections[index].condition
        if condition is not None:
            return condition.is_negative_only
        return index == 1 and self._sections[0].condition is None


class _Plan:
    """How a section shows numbers that are no dates: where their digits go, found out once."""

    def __init__(self, section: Section) -> None:
        self._has_general = section.has(Kind.GENERAL, Kind.TEXT)
        self._percents = sum(token.kind is Kind.PERCENT for token in section.tokens)
        self._tokens, self._thousands, self._is_grouped = _without_commas(section.tokens)
        kinds = [token.kind for token in self._tokens]
        self._has_digits = Kind.DIGIT in kinds
        self._exponent = kinds.index(Kind.EXPONENT) if self._has_digits and Kind.EXPONENT in kinds else None
        slash = kinds.index(Kind.SLASH) if Kind.SLASH in kinds else 0
        has_parts = slash > 0 and kinds[slash - 1] is Kind.DIGIT
        has_lower_part = slash > 0 and (
            bool(self._tokens[slash].text) or kinds[slash + 1 : slash + 2] == [Kind.DIGIT]
        )
        is_divided = has_parts and has_lower_part
        # such as `0/ 0`, which programs read in ways of their own
        self._has_general |= has_parts and not is_divided
        self._slash = slash if is_divided else None

    def shown(self, value: float, *, is_unsigned: bool) -> str:
        if self._has_general:
            number = general(abs(value) if is_unsigned else value)
            kinds = (Kind.GENERAL, Kind.TEXT)
            if not any(token.kind in kinds for token in self._tokens):
                return number
            return "".join(number if token.kind in kinds else token.text for token in self._tokens)
        if not self._has_digits:
            return "".join(token.text for token in self._tokens)
        magnitude = _scaled(value, 2 * self._percents - 3 * self._thousands)
        if self._slash is not None:
            shown, is_zero = self._as_fraction(magnitude, self._slash)
        elif self._exponent is not None:
            shown, is_zero = self._with_exponent(magnitude, self._exponent)
        else:
            shown, is_zero = _decimal(self._tokens, magnitude, is_grouped=self._is_grouped)
        return shown if is_zero or is_unsigned or value >= 0 else "-" + shown

    def _with_exponent(self, magnitude: Decimal, place: int) -> tuple[str, bool]:
        mantissa = self._tokens[:place]
        point = next((at for at, token in enumerate(mantissa) if token.kind is Kind.POINT), place)
        step = sum(token.kind is Kind.DIGIT for token in mantissa[:point]) or 1
        places = sum(token.kind is Kind.DIGIT for token in mantissa[point:])
        exponent = magnitude.adjusted() // step * step if magnitude else 0
        if _rounded(magnitude.scaleb(-exponent, _EXACT), places) >= 10**step:
            exponent += step
        shown, is_zero = _decimal(mantissa, magnitude.scaleb(-exponent, _EXACT), is_grouped=False)
        has_plus = self._tokens[place].text[1] == "+"
        sign = "-" if exponent < 0 else "+" if has_plus else ""
        digits = "".join(_filled(self._tokens[place + 1 :], str(abs(exponent))))
        return f"{shown}E{sign}{digits}", is_zero

    def _as_fraction(self, magnitude: Decimal, slash: int) -> tuple[str, bool]:
        tokens = self._tokens
        start = slash
        while start and tokens[start - 1].kind is Kind.DIGIT:
            start -= 1
        end = slash + 1
        while end < len(tokens) and tokens[end].kind is Kind.DIGIT:
            end += 1
        has_whole = any(token.kind is Kind.DIGIT for token in tokens[:start])
        exact = Fraction(magnitude)
        if fixed := tokens[slash].text:
            # zeros that follow, as in 100, are digits of it
            denominator = int(fixed + "".join(token.text for token in tokens[slash + 1 : end]))
            numerator = int(exact * denominator + Fraction(1, 2))
        else:
            closest = exact.limit_denominator(10 ** (end - slash - 1) - 1)
            numerator, denominator = closest.numerator, closest.denominator
        whole = 0
        if has_whole:
            whole, numerator = divmod(numerator, denominator)
        texts = _filled(tokens[:start], str(whole) if whole or (has_whole and not numerator) else "")
        if numerator or not has_whole:
            texts += [*_filled(tokens[start:slash], str(numerator)), f"/{denominator}"]
        texts += [token.text for token in tokens[end:]]
        return "".join(texts).strip(), not (whole or numerator)


def _scaled(value: float, power: int) -> Decimal:
    """The magnitude of a number as its fifteen digits have it, times a power of ten."""
    digits = int(abs(value)) if _is_exact(value) else f"{abs(value):.15g}"
    return Decimal(digits).scaleb(power, _EXACT)


def _is_exact(value: float) -> bool:
    """Whether it is a whole number; beyond 2**53 there is no telling which one."""
    return abs(value) < _EXACT_INTEGER and value == int(value)


def _rounded(magnitude: Decimal, places: int) -> Decimal:
    return magnitude.quantize(Decimal(1).scaleb(-places, _EXACT), context=_EXACT)


def _without_commas(tokens: Sequence[Token]) -> tuple[list[Token], int, bool]:
    """Tell how many thousands a number is divided by, and whether its digits are grouped."""
    kept: list[Token] = []
    thousands, is_grouped = 0, False
    digits = [index for index, token in enumerate(tokens) if token.kind is Kind.DIGIT]
    follows_digit = False
    for index, token in enumerate(tokens):
        if token.kind is not Kind.COMMA:
            follows_digit = token.kind is Kind.DIGIT
            kept.append(token)
        elif not follows_digit:
            kept.append(Token(Kind.LITERAL, token.text))
        elif index < digits[-1]:
            is_grouped = True
        else:
            thousands += 1
    return kept, thousands, is_grouped


def _decimal(tokens: Sequence[Token], magnitude: Decimal, *, is_grouped: bool) -> tuple[str, bool]:
    """Put the digits of a number in their places; also say whether none but zeros is left of it."""
    point = next((at for at, token in enumerate(tokens) if token.kind is Kind.POINT), len(tokens))
    places = [at for at in range(point, len(tokens)) if tokens[at].kind is Kind.DIGIT]
    rounded = _rounded(magnitude, len(places))
    whole, _, decimals = f"{rounded:f}".partition(".")
    texts = _filled(tokens[:point], whole.lstrip("0"), is_grouped=is_grouped)
    needed = max(
        (at for at, digit in zip(places, decimals, strict=True) if _stays(tokens[at], digit)), default=0
    )
    behind = iter(decimals)
    for at in range(point, len(tokens)):
        if tokens[at].kind is Kind.DIGIT:
            digit = next(behind)
            texts.append(digit if at <= needed else "")
        elif at == point:
            texts.append("." if needed or not places else "")
        else:
            texts.append(tokens[at].text)
    return "".join(texts), not rounded


def _stays(token: Token, digit: str) -> bool:
    return token.text == "0" or digit != "0"


def _filled(tokens: Sequence[Token], digits: str, *, is_grouped: bool = False) -> list[str]:
    """Put digits into their places from the right; those left over go before the first place."""
    texts = [token.text for token in tokens]
    places = [at for at, token in enumerate(tokens) if token.kind is Kind.DIGIT]
    count = 0
    for at in reversed(places):
        digit = digits[-1:] or ("0" if texts[at] == "0" else "")
        digits = digits[:-1]
        texts[at] = f"{digit}," if is_grouped and digit and count and count % 3 == 0 else digit
        count += 1
    first = places[0] if places else len(texts)
    more = ""
    for digit in reversed(digits):
        more = (f"{digit}," if is_grouped and count % 3 == 0 and count else digit) + more
        count += 1
    texts[first : first + bool(places)] = [more + texts[first] if places else more]
    return texts
