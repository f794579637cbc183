"""What a higher cap buys: throughput over the cap, and its knee."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPen
from PySide6.QtWidgets import (
    QPushButton,
)

from paradigm_gui import wording
from paradigm_gui.core.batch import Arm, ArmKind
from paradigm_gui.core.series import (
    KNEE_SHARE,
    SweepPoint,
    knee,
    sweep_points,
)
from paradigm_gui.models.time_scale import nice_end
from paradigm_gui.models.waterfall_model import tip
from paradigm_gui.widgets.chart import Chart
from paradigm_gui.widgets.figures import PlainLabel
from paradigm_gui.widgets.plot import Plot, arm_pen
from paradigm_gui.widgets.waterfall import BarColours

if TYPE_CHECKING:
    from collections.abc import Sequence
_HEADROOM = 1.06
_CAP_MARGIN = 0.35
_SEPARATOR = " · "
_BEAM = 0.06
_FEWEST_POINTS = 3


class SweepChart(Chart):
    """Throughput over the cap, with the cap from which more buys little.

    Signals:
        cap_chosen: the user wants to work with this cap.
    """

    cap_chosen = Signal(int)

    def __init__(self) -> None:
        self._points: list[SweepPoint] = []
        self._selected: SweepPoint | None = None
        self.plot = Plot()
        super().__init__([self.plot])
        self.plot.is_snapping = True
        self.plot.chosen.connect(self._on_chosen)
        self.key.hide()
        self.verdict = PlainLabel(2)
        self._controls.insertWidget(0, self.verdict, 1)
        self.use_button = QPushButton()
        self.use_button.clicked.connect(self._on_use_clicked)
        self._footer.addWidget(self.use_button)
        self.retranslate()

    def show_arms(self, arms: Sequence[Arm], *, is_simulated: bool = False) -> None:
        """Show arms of several caps; those of one cap are its repeats."""
        self.show_points(sweep_points(arms), is_simulated=is_simulated)

    def show_points(self, points: Sequence[SweepPoint], *, is_simulated: bool = False) -> None:
        self._points = sorted(points, key=lambda point: point.cap)
        self._selected = knee(self._points)
        self._show(is_simulated)

    @property
    def selected_cap(self) -> int | None:
        """The cap that the button would use."""
        return self._selected.cap if self._selected else None

    def _missing(self) -> str:
        self._header.setVisible(bool(self._points))
        self.use_button.setVisible(bool(self._points))
        if self._points:
            return ""
        return self.tr(
            "Run a sweep to see here which cap is worth it: the same rows at caps of 1, 2, 4 and on."
        )

    def _draw(self) -> None:
        plot, points = self.plot, self._points
        colours = BarColours.of(self.palette(), ArmKind.CONCURRENT)
        places = [(_place(point.cap), point.throughput_rps) for point in points]
        found = knee(points)
        if found:
            rule = QPen(colours.muted, 1, Qt.PenStyle.DashLine)
            rule.setCosmetic(True)
            foot = (_place(found.cap), 0.0)
            plot.add_line([foot, (foot[0], found.throughput_rps)], rule)
            plot.add_text(foot, self.tr("knee"))
        plot.add_line(places, arm_pen(self.palette(), ArmKind.CONCURRENT))
        spread = [end for point in points for end in _error_bar(point)]
        if spread:
            plot.add_line(spread, colours.text, is_in_pairs=True)
        plot.add_dots(places, ArmKind.CONCURRENT)
        if self._selected:
            selected = [(_place(self._selected.cap), self._selected.throughput_rps)]
            plot.add_dots(selected, ArmKind.CONCURRENT, size=14, is_hollow=True)
            plot.add_dots(selected, ArmKind.CONCURRENT)
        names = [wording.number(point.cap, 0) for point in points]
        plot.bottom.setTicks([[(x, name) for (x, _), name in zip(places, names, strict=True)]])
        plot.show_titles(self.tr("Answers per second"), self.tr("Cap: requests in flight at most"))
        highest = max(max(point.throughputs) for point in points)
        plot.show_span(
            (places[0][0] - _CAP_MARGIN, places[-1][0] + _CAP_MARGIN), (0.0, nice_end(highest * _HEADROOM))
        )
        plot.stops = [x for x, _ in places]
        self.verdict.setText(self._verdict(found))
        self.verdict.setToolTip(
            tip(
                self.tr(
                    "Throughput = requests done ÷ wall time; bars reach from the least to the most of repeats"
                ),
                self.tr(
                    "Knee: the smallest cap that reaches {share} of the best throughput, "
                    "if the curve bends well before the largest cap"
                ).format(share=self._percent(KNEE_SHARE)),
                *(self._line(point) for point in points),
                self._source(),
            )
        )
        self.use_button.setEnabled(self._selected is not None)

    def _verdict(self, found: SweepPoint | None) -> str:
        if found is None:
            if len(self._points) < _FEWEST_POINTS:
                return self.tr("Too few caps for a curve: Measure… in the Run menu sweeps over several caps.")
            return self.tr(
                "No knee: throughput may still rise beyond these caps. Try larger ones, with more rows."
            )
        best = max(
            (point for point in self._points if point.is_filled), key=lambda point: point.throughput_rps
        )
        if found is best:
            return self.tr(
                "A cap of {cap} brings the best throughput, {rate} answers/s. More at once buys nothing."
            ).format(cap=wording.number(found.cap, 0), rate=self._number(best.throughput_rps))
        return self.tr(
            "A cap of {cap} brings {share} of the best throughput ({rate} answers/s, at {best}). "
            "More at once buys little."
        ).format(
            cap=wording.number(found.cap, 0),
            share=self._percent(found.throughput_rps / best.throughput_rps),
            rate=self._number(best.throughput_rps),
            best=wording.number(best.cap, 0),
        )

    def _line(self, point: SweepPoint) -> str:
        parts = [
            self.tr("{rate} answers/s").format(rate=self._number(point.throughput_rps)),
            self.tr("median service time {time}").format(time=self._seconds(point.median_service_s)),
            self._count(point),
        ]
        if len(point.throughputs) > 1:
            spread = self.tr("{low} to {high} in {repeats} repeats").format(
                low=self._number(min(point.throughputs)),
                high=self._number(max(point.throughputs)),
                repeats=wording.number(len(point.throughputs), 0),
            )
            parts.insert(1, spread)
        cap = self.tr("Cap {cap}").format(cap=wording.number(point.cap, 0))
        return _SEPARATOR.join([cap, *parts])

    def _count(self, point: SweepPoint) -> str:
        sent, done = point.rows * len(point.throughputs), wording.number(point.n, 0)
        if point.n == sent:
            return self.tr("n = {n}").format(n=done)
        return self.tr("n = {n} of {sent}").format(n=done, sent=wording.number(sent, 0))

    def _description(self) -> str:
        return "\n".join([self.verdict.text(), *(self._line(point) for point in self._points)])

    def _caption(self) -> str:
        return self._line(self._selected) if self._selected else self.tr("Click a point to choose its cap.")

    def _nearest(self, x: float) -> SweepPoint:
        return min(self._points, key=lambda point: abs(_place(point.cap) - x))

    def _reading(self, x: float) -> str:
        return self._line(self._nearest(x))

    def _on_chosen(self, x: float) -> None:
        if self._points:
            self._selected = self._nearest(x)
            self.draw()

    def _on_use_clicked(self) -> None:
        if self._selected:
            self.cap_chosen.emit(self._selected.cap)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Sweep"))
        self.plot.setAccessibleName(self.tr("Chart of the throughput over the cap"))
        self.use_button.setText(self.tr("Use this cap"))


def _place(cap: int) -> float:
    """Caps double from mark to mark."""
    return math.log2(cap)


def _error_bar(point: SweepPoint) -> list[tuple[float, float]]:
    """The ends of the lines that show the spread of the repeats, pair by pair."""
    x, low, high = _place(point.cap), min(point.throughputs), max(point.throughputs)
    if low == high:
        return []
    beams = [(x + side * _BEAM, level) for level in (low, high) for side in (-1, 1)]
    return [(x, low), (x, high), *beams]
