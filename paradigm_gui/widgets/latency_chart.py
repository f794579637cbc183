"""How long answers took: shares within a time, or a histogram."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QComboBox,
)

from paradigm_gui import wording
from paradigm_gui.core.series import (
    Latency,
    Measure,
    Sample,
    bin_edges,
    latency,
)
from paradigm_gui.core.timing import TRUSTED_SAMPLE
from paradigm_gui.models.time_scale import nice_end
from paradigm_gui.widgets.chart import Chart
from paradigm_gui.widgets.plot import KeyLine, Plot, arm_pen, corners
from paradigm_gui.wording import FigureName

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paradigm_gui.core.batch import Arm
_HEADROOM = 1.06
_FILL_ALPHA = 40
_SEPARATOR = " · "
_FIGURES = {
    Measure.SERVICE: FigureName.SERVICE,
    Measure.RESPONSE: FigureName.RESPONSE,
    Measure.TTFT: FigureName.TTFT,
}


class LatencyChart(Chart):
    """How long the answers of each arm took: the share of them within a time, or how many took how long."""

    def __init__(self) -> None:
        self._latencies: list[Latency] = []
        self.plot = Plot()
        self.measure_box, self.form_box = QComboBox(), QComboBox()
        for measure in Measure:
            self.measure_box.addItem("", measure)
        self.form_box.addItems(["", ""])
        super().__init__([self.plot], [self.measure_box, self.form_box])
        for box in (self.measure_box, self.form_box):
            box.currentIndexChanged.connect(self.draw)
        self.retranslate()

    def show_arms(self, arms: Sequence[Arm], *, is_simulated: bool = False) -> None:
        self.show_series([latency(arm) for arm in arms], is_simulated=is_simulated)

    def show_series(self, latencies: Sequence[Latency], *, is_simulated: bool = False) -> None:
        self._latencies = list(latencies)
        self._show(is_simulated)

    @property
    def measure(self) -> Measure:
        return Measure(self.measure_box.currentData())

    @property
    def is_histogram(self) -> bool:
        return self.form_box.currentIndex() == 1

    def _samples(self) -> list[tuple[Latency, Sample]]:
        """What has values, arm by arm."""
        pairs = ((arm, arm.samples[self.measure]) for arm in self._latencies)
        return [(arm, sample) for arm, sample in pairs if sample.n]

    def _missing(self) -> str:
        has_answers = any(arm.samples[Measure.SERVICE].n for arm in self._latencies)
        self._header.setVisible(has_answers)
        if self._samples():
            return ""
        if has_answers:
            return self.tr(
                "There is no time of a first word: each answer came as a whole. "
                "Let the answers come live (streaming), and run the batch again."
            )
        if self._latencies:
            return self.tr("No request is done, so that there are no times to show.")
        return self.tr("Run the batch to see here how long its answers took.")

    def _draw(self) -> None:
        samples = self._samples()
        self.key.show_lines(
            [self._key_line(arm, sample) for arm, sample in samples],
            wording.figure_formula(_FIGURES[self.measure]),
            self.tr("Times of the requests that are done; percentiles are nearest-rank"),
            self.tr("Small samples show each request and the median, without percentiles"),
            self.tr("Greyed: the sample is too small for a stable value ({trusted})").format(
                trusted=", ".join(
                    self.tr("p{percent} from {n}").format(percent=percent, n=wording.number(n, 0))
                    for percent, n in TRUSTED_SAMPLE.items()
                )
            ),
            self._source(),
        )
        bottom = {
            Measure.SERVICE: self.tr("Service time (s)"),
            Measure.RESPONSE: self.tr("Response time (s)"),
            Measure.TTFT: self.tr("First word after (s)"),
        }
        if self.is_histogram:
            self.plot.show_titles(self.tr("Share of the answers (%)"), bottom[self.measure])
            self._draw_histogram(samples)
        else:
            self.plot.show_titles(self.tr("Answered within this time (%)"), bottom[self.measure])
            self._draw_shares_within(samples)

    def _draw_shares_within(self, samples: list[tuple[Latency, Sample]]) -> None:
        stops: set[float] = set()
        for arm, sample in samples:
            curve = [(value, 100 * share) for value, share in sample.ecdf()]
            stops.update(value for value, _ in curve)
            self._mark_median(arm, sample)
            if sample.is_small:
                self.plot.add_dots(curve, arm.kind)
                continue
            values, shares = zip(*curve, strict=True)
            self.plot.add_line(corners(values, shares, values[-1]), arm_pen(self.palette(), arm.kind))
            for is_trusted in (True, False):
                marks = [mark.value for mark in sample.marks() if mark.is_trusted is is_trusted]
                places = [(value, 100 * sample.share_within(value)) for value in marks]
                if places:
                    self.plot.add_dots(places, arm.kind, is_hollow=not is_trusted)
        self.plot.stops = sorted(stops)
        end = nice_end(max(sample.values[-1] for _, sample in samples))
        self.plot.show_span((0.0, end), (0.0, 100.0))

    def _draw_histogram(self, samples: list[tuple[Latency, Sample]]) -> None:
        edges = bin_edges(sample for _, sample in samples)
        highest = 0.0
        for arm, sample in samples:
            shares = [100 * share for share in sample.shares(edges)]
            highest = max(highest, *shares)
            self._mark_median(arm, sample)
            if sample.is_small:
                middles = [(start + stop) / 2 for start, stop in pairwise(edges)]
                dots = [
                    (middle, (place + 0.5) * 100 / sample.n)
                    for middle, share in zip(middles, shares, strict=True)
                    for place in range(round(share * sample.n / 100))
                ]
                self.plot.add_dots(dots, arm.kind)
                continue
            filled = [place for place, share in enumerate(shares) if share]
            first, last = filled[0], filled[-1] + 1
            outline = corners(edges[first:last], shares[first:last], edges[last])
            outline.append((edges[last], 0.0))
            pen = arm_pen(self.palette(), arm.kind)
            self.plot.add_line(outline, pen, fill=_faint(pen.color()))
        self.plot.stops = [(start + stop) / 2 for start, stop in pairwise(edges)]
        self.plot.show_span((0.0, nice_end(edges[-1])), (0.0, nice_end(highest * _HEADROOM)))

    def _mark_median(self, arm: Latency, sample: Sample) -> None:
        pen = arm_pen(self.palette(), arm.kind)
        pen.setWidth(1)
        pen.setStyle(Qt.PenStyle.DotLine)
        median = sample.median or 0.0
        self.plot.add_line([(median, 0.0), (median, 100.0)], pen)

    def _key_line(self, arm: Latency, sample: Sample) -> KeyLine:
        parts = [
            self._arm_name(arm.kind, arm.cap),
            self.tr("n = {n}").format(n=wording.number(sample.n, 0)),
            self.tr("median {time}").format(time=self._seconds(sample.median or 0.0)),
        ]
        muted: list[str] = []
        for mark in sample.marks():
            text = self.tr("p{percent} {time}").format(percent=mark.percent, time=self._seconds(mark.value))
            (parts if mark.is_trusted else muted).append(text)
        return KeyLine(arm.kind, parts, muted, has_dots=sample.is_small)

    def _description(self) -> str:
        return "\n".join([self.measure_box.currentText(), *(line.text for line in self.key.lines)])

    def _caption(self) -> str:
        is_small = [sample.is_small for _, sample in self._samples()]
        if all(is_small):
            return self.tr("Each dot is a request; dotted lines mark the medians.")
        if any(is_small):
            return self.tr("Dots are single requests of a small sample; dotted lines mark the medians.")
        if self.is_histogram:
            return self.tr("Dotted lines mark the medians.")
        return self.tr("Dotted lines mark the medians, points the percentiles above.")

    def _reading(self, x: float) -> str:
        samples = self._samples()
        if self.is_histogram:
            edges = bin_edges(sample for _, sample in samples)
            place = bisect_right(edges, x) - 1
            if not 0 <= place < len(edges) - 1:
                return self._caption()
            where = self.tr("{low} to {high}").format(
                low=self._seconds(edges[place]), high=self._seconds(edges[place + 1])
            )
            shares = [(arm, sample.shares(edges)[place]) for arm, sample in samples]
        else:
            where = self.tr("Within {time}").format(time=self._seconds(x))
            shares = [(arm, sample.share_within(x)) for arm, sample in samples]
        values = [
            wording.labelled(self._arm_name(arm.kind, arm.cap), self._percent(share)) for arm, share in shares
        ]
        return _SEPARATOR.join([where, *values])

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Latency"))
        self.plot.setAccessibleName(self.tr("Chart of the latency"))
        self.measure_box.setAccessibleName(self.tr("Time that is shown"))
        self.form_box.setAccessibleName(self.tr("Form of the chart"))
        names = {
            Measure.SERVICE: self.tr("Service time"),
            Measure.RESPONSE: self.tr("Response time"),
            Measure.TTFT: self.tr("First word after"),
        }
        for place, measure in enumerate(Measure):
            self.measure_box.setItemText(place, names[measure])
        self.form_box.setItemText(0, self.tr("Cumulative"))
        self.form_box.setItemText(1, self.tr("Histogram"))


def _faint(colour: QColor) -> QColor:
    faint = QColor(colour)
    faint.setAlpha(_FILL_ALPHA)
    return faint
