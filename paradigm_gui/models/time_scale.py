"""The mapping between seconds and pixels that every picture of a run shares. Knows no widget."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

_TICK_STEPS = (1, 2, 5, 10)
_ENDS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)


class Tick(NamedTuple):
    """A mark on the axis: its time in seconds, and the decimals that its label needs."""

    t: float
    decimals: int


@dataclass(frozen=True, slots=True)
class TimeScale:
    """`width_px` pixels show the time from `start_s` to `end_s`. Without extent, all falls on pixel 0."""

    start_s: float = 0.0
    end_s: float = 1.0
    width_px: int = 0

    @property
    def span_s(self) -> float:
        return max(0.0, self.end_s - self.start_s)

    def x_of(self, t: float) -> float:
        """The pixel of a time; outside `[0, width_px]` for a time outside the span."""
        if self.span_s <= 0 or self.width_px <= 0:
            return 0.0
        return (t - self.start_s) / self.span_s * self.width_px

    def t_of(self, x: float) -> float:
        """The time at a pixel, the inverse of `x_of`."""
        if self.span_s <= 0 or self.width_px <= 0:
            return self.start_s
        return self.start_s + x / self.width_px * self.span_s

    def ticks(self, min_label_px: float) -> list[Tick]:
        """Times at the finest step of 1, 2 or 5·10^k that leaves each label `min_label_px` pixels."""
        if self.span_s <= 0 or self.width_px <= 0:
            return []
        finest = self.span_s * max(1.0, min_label_px) / self.width_px
        exponent = math.floor(math.log10(finest))
        digit = next((digit for digit in _TICK_STEPS if _scaled(digit, exponent) >= finest), _TICK_STEPS[-1])
        step = _scaled(digit, exponent)
        decimals = max(0, -exponent - (digit == 10))
        # a mark that lies on an end of the span must not get lost to rounding
        slack = 1e-9
        first = math.ceil(self.start_s / step - slack)
        last = math.floor(self.end_s / step + slack)
        return [Tick(_scaled(number * digit, exponent), decimals) for number in range(first, last + 1)]


def nice_end(seconds: float) -> float:
    """The next round end of an axis that holds `seconds`: it changes seldom while the time grows."""
    if seconds <= 0:
        return _ENDS[0]
    exponent = math.floor(math.log10(seconds))
    ends = (_scaled(end, exponent) for end in _ENDS)
    return next((end for end in ends if end >= seconds), seconds)


def _scaled(number: float, exponent: int) -> float:
    """`number`·10^`exponent`; dividing keeps 3·10^-1 at 0.3, where multiplying would not."""
    return number / 10**-exponent if exponent < 0 else number * float(10**exponent)
