"""The mapping between seconds and pixels that every picture of a run shares. Knows no widget."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

_TICK_STEPS = (1, 2, 5, 10)
_ENDS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)

LEAST_SPAN_S = 0.001
"""Zooming in ends here: no server answers faster, and clocks tell no more."""


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

    def zoomed(self, factor: float, x: float, limit_s: float) -> TimeScale:
        """Show `factor` times less time within `[0, limit_s]`; what is at pixel `x` stays there if it can."""
        span = min(max(self.span_s / factor, LEAST_SPAN_S), limit_s)
        share = x / self.width_px if self.width_px > 0 else 0.5
        return self._at(self.t_of(x) - share * span, span, limit_s)

    def panned(self, px: float, limit_s: float) -> TimeScale:
        """Show what lies `px` pixels to the right, or to the left if negative, within `[0, limit_s]`."""
        return self._at(self.t_of(px), min(self.span_s, limit_s), limit_s)

    def centred(self, t: float, limit_s: float) -> TimeScale:
        """Show as much time as before, with `t` in the middle if `[0, limit_s]` allows."""
        return self._at(t - self.span_s / 2, min(self.span_s, limit_s), limit_s)

    def _at(self, start_s: float, span_s: float, limit_s: float) -> TimeScale:
        if start_s + span_s >= limit_s:
            return TimeScale(max(0.0, limit_s - span_s), limit_s, self.width_px)
        start = max(0.0, start_s)
        return TimeScale(start, start + span_s, self.width_px)

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
