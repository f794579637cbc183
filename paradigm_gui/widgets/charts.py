"""Charts of a run: how long answers took, what was under way when, and what a higher cap buys.

Import this module when a chart is first shown: see `plot`. Each chart is handed arms, or the series that
`core.series` makes of them. Making them takes time in proportion to the requests, so that of many thousands
they are better made in a thread and handed over by `show_series`.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from paradigm_gui import wording
from paradigm_gui.core.batch import Arm, ArmKind
from paradigm_gui.core.series import (
    KNEE_SHARE,
    Latency,
    Load,
    Measure,
    Sample,
    SweepPoint,
    bin_edges,
    knee,
    latency,
    load,
    sweep_points,
)
from paradigm_gui.core.timing import TRUSTED_SAMPLE
from paradigm_gui.models.time_scale import nice_end
from paradigm_gui.models.waterfall_model import tip
from paradigm_gui.widgets.figures import Badge, PlainLabel
from paradigm_gui.widgets.labels import plain_label
from paradigm_gui.widgets.plot import Key, KeyLine, Plot, arm_pen, corners, smaller
from paradigm_gui.widgets.waterfall import BarColours
from paradigm_gui.wording import FigureName

if TYPE_CHECKING:
    from collections.abc import Sequence

_GAP = 8
_WIDE = 2
_HEADROOM = 1.06
_LOW = 190
_LEAST_HEIGHT = 120
_FILL_ALPHA = 40
_CAP_MARGIN = 0.35


class Chart(QWidget):
    """One or more plots under a line of controls, and over a line that reads them out.

    A chart without data says instead what to do to get some, or if it `is_waiting`, that they will come.
    Kinds of charts say how they draw.
    """

    def __init__(self, plots: Sequence[Plot], controls: Sequence[QWidget] = ()) -> None:
        super().__init__()
        self._is_built = False
        self._is_simulated = False
        self.is_waiting = False
        self.plots = plots
        self.key = Key()
        self.badge = Badge()
        self.badge.hide()
        self.readout = PlainLabel(is_muted=True)
        self.readout.setFont(smaller(self.readout.font()))
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self._message = plain_label()
        self._message.setWordWrap(True)
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._message.setMargin(3 * _GAP)
        self._message.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._header = QWidget()
        self._controls = QHBoxLayout(self._header)
        self._controls.setSpacing(_GAP)
        self._controls.setContentsMargins(0, 0, 0, 0)
        for control in controls:
            self._controls.addWidget(control, 0, Qt.AlignmentFlag.AlignTop)
        self._controls.addWidget(self.key, 1)
        self._controls.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        drawn = QWidget()
        self._side_by_side = QBoxLayout(QBoxLayout.Direction.LeftToRight, drawn)
        self._side_by_side.setContentsMargins(0, 0, 0, 0)
        self._side_by_side.setSpacing(_GAP // 2)
        for plot in plots:
            headed = QVBoxLayout()
            headed.setSpacing(0)
            headed.addWidget(plot.heading)
            headed.addWidget(plot, 1)
            self._side_by_side.addLayout(headed, 1)
            plot.pointed.connect(self._on_pointed)
            plot.left.connect(self._on_left)
        self._pages = QStackedLayout()
        self._pages.addWidget(self._message)
        self._pages.addWidget(drawn)
        self._footer = QHBoxLayout()
        self._footer.setSpacing(_GAP)
        self._footer.addWidget(self.readout, 1)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._header)
        self._column.addLayout(self._pages, 1)
        self._column.addLayout(self._footer)
        # in low room it does with less than its parts ask for: see `resizeEvent`
        self.setMinimumHeight(_LEAST_HEIGHT)

    def description(self) -> str:
        """What the chart shows, as plain text."""
        lines = [self.badge.text()] if self.badge.isVisibleTo(self) else []
        shown = self._description() if self.is_drawn else self._message.text()
        return "\n".join([*lines, shown])

    @property
    def is_drawn(self) -> bool:
        """Whether there is a picture, and not a sentence in its place."""
        return self._pages.currentIndex() == 1

    def draw(self) -> None:
        """Draw everything anew."""
        for plot in self.plots:
            plot.dress(self.palette(), self.font())
            plot.plotItem.clear()
        message = self._missing()
        if message and self.is_waiting:
            message = self.tr("This is drawn as soon as the run has ended and is measured.")
        self._pages.setCurrentIndex(0 if message else 1)
        self.readout.setVisible(not message)
        if message:
            self._message.setText(message)
        else:
            self._draw()
        self._read_out()
        description = self.description()
        self.setAccessibleDescription(description)
        for plot in self.plots:
            plot.setAccessibleDescription(description)

    def retranslate(self) -> None:
        """Word everything anew. A kind of chart calls it when it is built."""
        self._is_built = True
        self.badge.setText(self.tr("SIMULATED"))
        self.badge.setToolTip(tip(self.tr("These answers and times come from the built-in demo server.")))
        self._retranslate()
        self.draw()

    def _show(self, is_simulated: bool) -> None:
        self._is_simulated = is_simulated
        self.badge.setVisible(is_simulated)
        self.draw()

    def _missing(self) -> str:
        """Say what to do where there is nothing to draw."""
        raise NotImplementedError

    def _draw(self) -> None:
        raise NotImplementedError

    def _description(self) -> str:
        raise NotImplementedError

    def _caption(self) -> str:
        """How to read the picture, for as long as nothing is pointed at."""
        raise NotImplementedError

    def _reading(self, x: float) -> str:
        """The values at a place."""
        raise NotImplementedError

    def _retranslate(self) -> None:
        raise NotImplementedError

    def _source(self) -> str:
        if self._is_simulated:
            return self.tr("Source: the timestamps of this run; the server is simulated")
        return self.tr("Source: the timestamps of this run")

    def _arm_name(self, kind: ArmKind, cap: int) -> str:
        if kind is ArmKind.SEQUENTIAL:
            return self.tr("Sequential")
        return self.tr("Concurrent, {cap} at once").format(cap=wording.number(cap, 0))

    def _seconds(self, value: float) -> str:
        return self.tr("{seconds} s").format(seconds=self._number(value))

    def _percent(self, share: float) -> str:
        # what is not quite all does not become all by rounding
        percent = wording.number(min(max(100 * share, 0.1), 99.9), 1) if 0 < share < 1 else 100 * int(share)
        return self.tr("{percent} %").format(percent=percent)

    def _number(self, value: float) -> str:
        if value >= 99.95:
            return wording.number(value, 0)
        return wording.number(value, 2 if value >= 0.1 or value == 0 else 3)

    def _read_out(self) -> None:
        """Say what is pointed at, or else how to read the picture."""
        place = next((plot.pointer for plot in self.plots if plot.pointer is not None), None)
        if not self.is_drawn:
            self.readout.setText("")
        else:
            self.readout.setText(self._caption() if place is None else self._reading(place))

    def _on_pointed(self, x: float) -> None:
        for plot in self.plots:
            if plot.pointer != x:
                plot.point_at(x)
        self._read_out()

    def _on_left(self) -> None:
        for plot in self.plots:
            if plot.pointer is not None:
                plot.point_at(None)
        self._read_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_low = self.height() < _LOW
        edge = _GAP // 4 if is_low else _GAP
        self._column.setContentsMargins(_GAP, edge, _GAP, edge)
        self._column.setSpacing(edge // 2)
        for plot in self.plots:
            plot.set_low(is_low)
        is_wide = is_low or self.width() > _WIDE * self.height()
        self._side_by_side.setDirection(
            QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if not self._is_built:
            return
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() in (
            QEvent.Type.PaletteChange,
            QEvent.Type.FontChange,
            QEvent.Type.StyleChange,
        ):
            self.draw()


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
                "There is no time to first token: answers did not come as a stream. "
                "Switch streaming on and run the batch again."
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
            Measure.TTFT: self.tr("Time to first token (s)"),
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
            Measure.TTFT: self.tr("Time to first token"),
        }
        for place, measure in enumerate(Measure):
            self.measure_box.setItemText(place, names[measure])
        self.form_box.setItemText(0, self.tr("Cumulative"))
        self.form_box.setItemText(1, self.tr("Histogram"))


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


_SEPARATOR = " · "
_BEAM = 0.06
_FIGURES = {
    Measure.SERVICE: FigureName.SERVICE,
    Measure.RESPONSE: FigureName.RESPONSE,
    Measure.TTFT: FigureName.TTFT,
}
_FEWEST_POINTS = 3


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


def _faint(colour: QColor) -> QColor:
    faint = QColor(colour)
    faint.setAlpha(_FILL_ALPHA)
    return faint
