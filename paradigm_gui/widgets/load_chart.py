"""What was under way when, and how many answers came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor

from paradigm_gui import wording
from paradigm_gui.core.series import (
    Load,
    load,
)
from paradigm_gui.models.time_scale import nice_end
from paradigm_gui.widgets.chart import Chart
from paradigm_gui.widgets.plot import KeyLine, Plot, arm_pen, corners

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paradigm_gui.core.batch import Arm
_GAP = 8
_HEADROOM = 1.06
_FILL_ALPHA = 40
_SEPARATOR = " · "


class LoadChart(Chart):
    """How much each arm had in flight, and how fast answers came, on one time axis."""

    def __init__(self) -> None:
        self._loads: list[Load] = []
        self._has_arms = False
        self.in_flight_plot, self.throughput_plot = Plot(), Plot()
        super().__init__([self.in_flight_plot, self.throughput_plot])
        self.in_flight_plot.side.is_whole = True
        self.retranslate()

    def show_arms(self, arms: Sequence[Arm], now: float, *, is_simulated: bool = False) -> None:
        """Show arms; `now` is a reading of their clock, for what is still running."""
        self.show_series([load(arm, now) for arm in arms], is_simulated=is_simulated)

    def show_series(self, loads: Sequence[Load], *, is_simulated: bool = False) -> None:
        self._has_arms = bool(loads)
        self._loads = [one for one in loads if one.in_flight.peak]
        self._show(is_simulated)

    def _missing(self) -> str:
        self._header.setVisible(bool(self._loads))
        if self._loads:
            return ""
        if self._has_arms:
            return self.tr("Not enough data: nothing was in flight for as long as the clock can tell.")
        return self.tr(
            "Run the batch to see here how many requests were in flight, and how fast answers came."
        )

    def _draw(self) -> None:
        self.key.show_lines(
            [self._key_line(arm) for arm in self._loads],
            self.tr(
                "In flight: attempts that are sent and have not ended; on average their times ÷ wall time"
            ),
            self.tr("Answers per second: requests done in a window ÷ its length"),
            self._source(),
        )
        end = nice_end(max(arm.in_flight.end for arm in self._loads))
        peak = nice_end(max(arm.in_flight.peak for arm in self._loads) * _HEADROOM)
        rates = [rate for arm in self._loads if arm.throughput for rate in arm.throughput.rates]
        fastest = nice_end(max(rates, default=0.0) * _HEADROOM)
        stops: set[float] = set()
        for arm in self._loads:
            pen = arm_pen(self.palette(), arm.kind)
            steps = arm.in_flight.thinned()
            self.in_flight_plot.add_line(
                corners(steps.times, steps.levels, steps.end), pen, fill=_faint(pen.color())
            )
            if arm.throughput:
                starts = [arm.throughput.window_s * place for place in range(len(arm.throughput.rates))]
                finish = starts[-1] + arm.throughput.window_s
                stops.update(start + arm.throughput.window_s / 2 for start in starts)
                self.throughput_plot.add_line(
                    [*corners(starts, arm.throughput.rates, finish), (finish, 0.0)], pen
                )
        self.in_flight_plot.show_titles(self.tr("Requests in flight"), self.tr("Time (s)"))
        self.throughput_plot.show_titles(self.tr("Answers per second"), self.tr("Time (s)"))
        widest = max(self._side_width(peak), self._side_width(fastest))
        for plot, top in ((self.in_flight_plot, peak), (self.throughput_plot, fastest)):
            plot.stops = sorted(stops)
            plot.side.setWidth(widest)
            plot.show_span((0.0, end), (0.0, top))

    def _side_width(self, top: float) -> float:
        """Room for the numbers, so that both time axes stay one above the other."""
        metrics = self.throughput_plot.fontMetrics()
        return float(metrics.horizontalAdvance(wording.number(top, 0 if top >= 5 else 1)) + _GAP)

    def _key_line(self, arm: Load) -> KeyLine:
        parts = [
            self._arm_name(arm.kind, arm.cap),
            self.tr("in flight {mean} on average, {peak} at most").format(
                mean=wording.number(arm.in_flight.area / arm.in_flight.end, 1),
                peak=wording.number(arm.in_flight.peak, 0),
            ),
        ]
        if arm.throughput is None:
            return KeyLine(arm.kind, parts)
        parts.append(self._rate(sum(arm.throughput.rates) / len(arm.throughput.rates)))
        parts.append(self.tr("n = {n}").format(n=wording.number(arm.done, 0)))
        window = self._seconds(arm.throughput.window_s)
        return KeyLine(arm.kind, parts, [self.tr("windows of {window}").format(window=window)])

    def _rate(self, rate: float) -> str:
        return self.tr("{rate} answers/s").format(rate=self._number(rate))

    def _description(self) -> str:
        return "\n".join(line.text for line in self.key.lines)

    def _caption(self) -> str:
        if any(arm.throughput for arm in self._loads):
            return self.tr("Point at a chart to read its values.")
        return self.tr("No request is done, so that there is no throughput to show.")

    def _reading(self, x: float) -> str:
        values = []
        for arm in self._loads:
            if x > arm.in_flight.end:
                values.append(wording.labelled(self._arm_name(arm.kind, arm.cap), self.tr("ended")))
                continue
            parts = [
                self.tr("{count} in flight").format(count=wording.number(arm.in_flight.at(x), 0)),
                *(
                    [self._rate(rate)]
                    if arm.throughput and (rate := arm.throughput.at(x)) is not None
                    else []
                ),
            ]
            values.append(wording.labelled(self._arm_name(arm.kind, arm.cap), ", ".join(parts)))
        return _SEPARATOR.join([self.tr("At {time}").format(time=self._seconds(x)), *values])

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Load"))
        self.in_flight_plot.setAccessibleName(self.tr("Chart of the requests in flight"))
        self.throughput_plot.setAccessibleName(self.tr("Chart of the answers per second"))


def _faint(colour: QColor) -> QColor:
    faint = QColor(colour)
    faint.setAlpha(_FILL_ALPHA)
    return faint
