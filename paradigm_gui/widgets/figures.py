"""The figures of a run in words and digits: seconds, factor, efficiency and bound."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette, QTextLayout
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from paradigm_gui import wording
from paradigm_gui.core.batch import Arm, ArmKind, RequestState
from paradigm_gui.core.run_figures import RunFigures
from paradigm_gui.core.timing import TOKENS_ALIKE, ArmFigures, Comparison, SegmentKind
from paradigm_gui.models.waterfall_model import WaterfallModel, tip
from paradigm_gui.widgets.labels import plain_label
from paradigm_gui.widgets.waterfall import BarColours, paint_stretch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from paradigm_gui.core.replay import SequentialEstimate

_GAP = 8
_NOT_MEASURED = "–"
_MUTED = 0.7
EXPLANATION_LINES = 7
LEAST_CHARACTERS, MOST_CHARACTERS = 38, 53


class PlainLabel(QLabel):
    """Plain text in at most `lines` lines, cut with an ellipsis where it does not fit."""

    def __init__(self, lines: int = 1, *, is_muted: bool = False) -> None:
        super().__init__()
        self._lines = lines
        self._is_muted = is_muted
        self.setTextFormat(Qt.TextFormat.PlainText)
        vertical = QSizePolicy.Policy.Fixed if lines == 1 else QSizePolicy.Policy.Preferred
        self.setSizePolicy(QSizePolicy.Policy.Ignored, vertical)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._lines * self.fontMetrics().lineSpacing())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().lineSpacing())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = self.palette().color(self.foregroundRole())
        colour.setAlphaF(_MUTED if self._is_muted else 1.0)
        painter.setPen(colour)
        for number, line in enumerate(self._broken()):
            painter.drawText(
                QRect(0, number * self.fontMetrics().lineSpacing(), self.width(), self.height()),
                self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask,
                line,
            )
        painter.end()

    def _broken(self) -> list[str]:
        """The text as the lines that there is room for."""
        metrics = self.fontMetrics()
        room = max(1, min(self._lines, self.height() // metrics.lineSpacing()))
        # Qt counts UTF-16 units
        units = self.text().encode("utf-16-le", "surrogatepass")
        layout = QTextLayout(self.text(), self.font())
        layout.beginLayout()
        lines: list[str] = []
        while len(lines) < room and (line := layout.createLine()).isValid():
            line.setLineWidth(self.width())
            start, length = line.textStart(), line.textLength()
            is_last = len(lines) == room - 1
            piece = units[2 * start :] if is_last else units[2 * start : 2 * (start + length)]
            text = piece.decode("utf-16-le", "replace").rstrip()
            lines.append(metrics.elidedText(text, Qt.TextElideMode.ElideRight, self.width()))
        layout.endLayout()
        return lines


class Badge(QLabel):
    """A plain word in a rounded outline."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(_scaled(self.font(), 0.85))
        self.setContentsMargins(7, 2, 7, 2)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.end()
        super().paintEvent(event)


class Swatch(QWidget):
    """A sample of an arm's bars."""

    def __init__(self, kind: ArmKind) -> None:
        super().__init__()
        self._kind = kind
        self.setFixedSize(20, 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = BarColours.of(self.palette(), self._kind)
        half = self.width() // 2
        paint_stretch(painter, QRect(0, 0, half, self.height()), SegmentKind.WAIT, colours)
        paint_stretch(painter, QRect(half, 0, half, self.height()), SegmentKind.STREAM, colours)
        painter.end()


class Figure(NamedTuple):
    """A figure as it is shown: the number, the words beside it, and where it comes from."""

    value: str
    words: str
    tooltip: str

    @property
    def line(self) -> str:
        return f"{self.value} {self.words}"


class ArmLine(QWidget):
    """One arm in one line: swatch, name, how far it is, and its seconds in large digits."""

    def __init__(self, kind: ArmKind) -> None:
        super().__init__()
        self.name = PlainLabel()
        self.progress = _number_label(self, 1.0)
        self.wall = _number_label(self, 1.6)
        self.wall.setMinimumWidth(self.wall.fontMetrics().horizontalAdvance("00.00 s"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(_GAP)
        line.addWidget(Swatch(kind))
        line.addWidget(self.name, 1)
        line.addWidget(self.progress)
        line.addWidget(self.wall)

    def show_figure(self, name: str, progress: str, wall: str, tooltip: str) -> None:
        self.name.setText(name)
        self.progress.setText(progress)
        self.wall.setText(wall)
        self.setToolTip(tooltip)


class FiguresBlock(QWidget):
    """The figures of the run in words and digits; it reads the models and never changes them.

    What is counted live comes from the models, what looks at every request from `show_figures`.

    Signals:
        compare_requested: the user wants the sequential arm to be run.
    """

    compare_requested = Signal()

    def __init__(self, models: Mapping[ArmKind, WaterfallModel]) -> None:
        super().__init__()
        self._models = models
        self._figures = RunFigures()
        self._is_simulated = False
        self._estimate: SequentialEstimate | None = None
        self.arm_lines = {kind: ArmLine(kind) for kind in ArmKind}
        self.factor = _number_label(self, 2.6)
        self.factor.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.factor_words = PlainLabel(2, is_muted=True)
        self.hint = PlainLabel(is_muted=True)
        self.estimate = PlainLabel()
        font = self.estimate.font()
        # measured figures stand upright
        font.setItalic(True)
        self.estimate.setFont(font)
        self.estimate.hide()
        self.compare_button = QPushButton()
        self.compare_button.clicked.connect(self.compare_requested)
        self.badge = Badge()
        self.explanation = PlainLabel(EXPLANATION_LINES)
        self._details = [(_number_label(self, 1.0), PlainLabel(is_muted=True)) for _ in range(3)]
        self.tokens = PlainLabel(is_muted=True)
        self.tokens_warning = plain_label()
        self._factor_box, self._offer_box, self._tokens_box = QWidget(), QWidget(), QWidget()
        character = self.fontMetrics().averageCharWidth()
        self.setMinimumWidth(LEAST_CHARACTERS * character)
        self.setMaximumWidth(MOST_CHARACTERS * character)
        self._arrange()

    def sizeHint(self) -> QSize:
        return QSize(self.maximumWidth(), super().sizeHint().height())

    def show_run(self, is_simulated: bool) -> None:
        """Start anew with the arms that the models now hold."""
        self._is_simulated = is_simulated
        self.explanation.setText("")
        self.show_figures(RunFigures())

    def show_figures(self, figures: RunFigures) -> None:
        """Show what was measured of the arms that have ended."""
        self._figures = figures
        self.update_figures()

    def set_estimate(self, estimate: SequentialEstimate | None) -> None:
        """Say beside the offer to measure it what the speed-up probably is."""
        self._estimate = estimate
        self.estimate.setVisible(estimate is not None)
        if estimate is None:
            return
        low, high = self._times(estimate.speed_up_low), self._times(estimate.speed_up_high)
        if estimate.speed_up is not None:
            text = self.tr("Estimate: {factor}").format(factor=self._times(estimate.speed_up))
        elif low == high:
            text = self.tr("Estimate: {factor}").format(factor=low)
        else:
            text = self.tr("Estimate: between {low} and {high}").format(low=low, high=high)
        self.estimate.setText(text)
        self.estimate.setToolTip(
            tip(
                self.tr("Estimated speed-up = estimated sequential wall time ÷ concurrent wall time"),
                *map(wording.assumption, estimate.assumptions),
                self.tr("n = {n}").format(n=wording.number(estimate.n, 0)),
            )
        )

    def set_explanation(self, text: str) -> None:
        self.explanation.setText(text)
        self.explanation.setToolTip(tip(text) if text else "")

    def update_figures(self) -> None:
        """Word all figures anew from the models."""
        for kind, line in self.arm_lines.items():
            model = self._models[kind]
            line.setVisible(model.arm is not None)
            if model.arm is not None:
                line.show_figure(
                    self._arm_name(model.arm),
                    self._progress(model),
                    self._wall(model),
                    self._arm_tooltip(model),
                )
        is_offer = self._is_comparable()
        self._offer_box.setVisible(is_offer)
        self._factor_box.setVisible(not is_offer)
        self.hint.setText(
            self.tr("Sends %n request(s) more, one by one.", "", self._models[ArmKind.CONCURRENT].rowCount())
        )
        self.badge.setVisible(self._is_simulated)
        factor = self._factor()
        self.factor.setText(factor.value)
        self.factor.setForegroundRole(
            QPalette.ColorRole.WindowText if self._figures.comparison else QPalette.ColorRole.PlaceholderText
        )
        self.factor_words.setText(factor.words)
        for label in (self.factor, self.factor_words):
            label.setToolTip(factor.tooltip)
        for (value, words), figure in zip(self._details, self._detail_figures(), strict=True):
            value.setText(figure.value)
            words.setText(figure.words)
            for part in (value, words):
                part.setToolTip(figure.tooltip)
        self._show_tokens()

    def retranslate(self) -> None:
        self.compare_button.setText(self.tr("Compare with sequential"))
        self.badge.setText(self.tr("SIMULATED"))
        self.badge.setToolTip(tip(self.tr("These answers and times come from the built-in demo server.")))
        self.set_estimate(self._estimate)
        self.update_figures()

    def caption(self, kind: ArmKind) -> str:
        """What to write at an arm's finish line."""
        words = {
            ArmKind.CONCURRENT: self.tr("Concurrent {wall}"),
            ArmKind.SEQUENTIAL: self.tr("Sequential {wall}"),
        }
        return words[kind].format(wall=self._wall(self._models[kind]))

    def text(self) -> str:
        """All figures as plain text, one a line."""
        models = [model for model in self._models.values() if model.arm is not None]
        if not models:
            return ""
        lines = [self.tr("Simulated")] if self._is_simulated else []
        for model in models:
            assert model.arm is not None
            measured = f"{self._wall(model)}, {self._progress(model)}"
            lines.append(wording.labelled(self._arm_name(model.arm), measured))
        figures = [self._factor()] if len(models) == len(ArmKind) else []
        tokens = self._tokens()
        figures_below = [*self._detail_figures(), *([tokens] if tokens else [])]
        lines += [figure.line for figure in (*figures, *figures_below)]
        return "\n".join([*lines, self.explanation.text()]).rstrip()

    def _arrange(self) -> None:
        factor = QVBoxLayout(self._factor_box)
        factor.setContentsMargins(0, 0, 0, 0)
        factor.setSpacing(0)
        factor.addWidget(self.factor)
        factor.addWidget(self.factor_words)
        self._factor_box.setFixedWidth(self.factor.fontMetrics().horizontalAdvance("× 00.00"))
        offer = QVBoxLayout(self._offer_box)
        offer.setContentsMargins(0, 0, 0, 0)
        offer.addWidget(self.estimate)
        offer.addWidget(self.hint)
        offer.addWidget(self.compare_button, 0, Qt.AlignmentFlag.AlignLeft)
        details = QGridLayout()
        details.setVerticalSpacing(1)
        details.setHorizontalSpacing(_GAP)
        details.setColumnStretch(1, 1)
        for row, (value, words) in enumerate(self._details):
            details.addWidget(value, row, 0)
            details.addWidget(words, row, 1)
        tokens = QHBoxLayout(self._tokens_box)
        tokens.setContentsMargins(0, 0, 0, 0)
        tokens.setSpacing(_GAP // 2)
        tokens.addWidget(self.tokens_warning)
        tokens.addWidget(self.tokens, 1)
        details.addWidget(self._tokens_box, len(self._details), 0, 1, 2)
        middle = QHBoxLayout()
        middle.setSpacing(2 * _GAP)
        middle.addWidget(self._factor_box)
        middle.addLayout(details, 1)
        block = QVBoxLayout(self)
        block.setContentsMargins(0, 0, 0, 0)
        block.setSpacing(_GAP // 2)
        for line in self.arm_lines.values():
            block.addWidget(line)
        block.addLayout(middle)
        block.addWidget(self._offer_box)
        bottom = QHBoxLayout()
        bottom.setSpacing(_GAP)
        bottom.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        bottom.addWidget(self.explanation, 1)
        block.addLayout(bottom, 1)

    def _is_comparable(self) -> bool:
        """Whether a sequential arm is all that a comparison lacks."""
        concurrent, sequential = (self._models[kind] for kind in ArmKind)
        return sequential.arm is None and _is_whole(concurrent) and concurrent.count(RequestState.DONE) > 0

    def _arm_name(self, arm: Arm) -> str:
        if arm.kind is ArmKind.SEQUENTIAL:
            return self.tr("Sequential, one by one")
        return self.tr("Concurrent, {cap} at once").format(cap=wording.number(arm.limits.cap, 0))

    def _progress(self, model: WaterfallModel) -> str:
        done, total, failed = (
            wording.number(number, 0)
            for number in (
                model.count(RequestState.DONE),
                model.rowCount(),
                model.count(RequestState.FAILED),
            )
        )
        if model.count(RequestState.FAILED):
            return self.tr("{done} of {total}, {failed} failed").format(done=done, total=total, failed=failed)
        return self.tr("{done} of {total}").format(done=done, total=total)

    def _wall(self, model: WaterfallModel) -> str:
        if model.arm is None or model.arm.started_at is None:
            return _NOT_MEASURED
        return self._seconds(model.elapsed)

    def _arm_tooltip(self, model: WaterfallModel) -> str:
        return tip(
            self.tr("Wall time: from the start of the arm to the end of its last request"),
            self.tr("{done} done, {failed} failed, {cancelled} cancelled of n = {total}").format(
                done=wording.number(model.count(RequestState.DONE), 0),
                failed=wording.number(model.count(RequestState.FAILED), 0),
                cancelled=wording.number(model.count(RequestState.CANCELLED), 0),
                total=wording.number(model.rowCount(), 0),
            ),
            self._source(),
        )

    def _factor(self) -> Figure:
        comparison = self._figures.comparison
        if comparison is not None:
            return Figure(
                self._times(comparison.speed_up),
                self._spread_words() or self._factor_words(comparison),
                tip(
                    self.tr("Speed-up = sequential wall time ÷ concurrent wall time"),
                    self.tr(
                        "n = {n}: what succeeded in both arms; time spent on other requests alone is left out"
                    ).format(n=wording.number(comparison.rows, 0)),
                    *self._rounds_words(),
                    self._source(),
                ),
            )
        concurrent, sequential = (self._models[kind] for kind in ArmKind)
        is_ahead = _is_whole(concurrent) and sequential.elapsed > concurrent.elapsed > 0
        if sequential.is_running and is_ahead:
            return Figure(
                self._times(sequential.elapsed / concurrent.elapsed),
                self.tr("so far"),
                tip(
                    self.tr(
                        "Sequential time so far ÷ concurrent wall time; the sequential arm is still running"
                    ),
                    self._source(),
                ),
            )
        # when a run is over, the figures of all of its arms are there
        if any(model.arm and kind not in self._figures.arms for kind, model in self._models.items()):
            reason = self.tr("Not enough data yet: both arms must run to their end")
            return Figure(_NOT_MEASURED, self.tr("no factor yet"), tip(reason))
        reason = self.tr(
            "Not enough data: both arms must run to their end, and a request must succeed in both"
        )
        return Figure(_NOT_MEASURED, self.tr("no factor"), tip(reason))

    def _factor_words(self, comparison: Comparison) -> str:
        """How to read the factor, and if it is not that of all rows, of how many it is."""
        factor = round(comparison.speed_up, 2)
        words = self.tr("times faster") if factor > 1 else self.tr("no faster")
        if factor < 1:
            words = self.tr("slower")
        rows = self._models[ArmKind.CONCURRENT].rowCount()
        if comparison.rows == rows:
            return words
        return self.tr("{faster} on {n} of {rows} rows").format(
            faster=words, n=wording.number(comparison.rows, 0), rows=wording.number(rows, 0)
        )

    def _spread_words(self) -> str:
        """Of several rounds, which one is shown, and from where to where they go."""
        factors = [comparison.speed_up for comparison in self._figures.comparisons]
        if len(factors) < 2:
            return ""
        # of two there is no middle one
        words = (
            self.tr("lower of {n}: {lowest} to {highest}")
            if len(factors) == 2
            else self.tr("middle of {n}: {lowest} to {highest}")
        )
        return words.format(
            n=wording.number(len(factors), 0),
            lowest=self._number(min(factors)),
            highest=self._number(max(factors)),
        )

    def _rounds_words(self) -> list[str]:
        """Why the factor is not that of the two times above it."""
        if len(self._figures.comparisons) < 2:
            return []
        return [self.tr("The times above and the race are those of the first repeat")]

    def _tokens(self) -> Figure | None:
        """The tokens of both arms, if the server counted them."""
        comparison = self._figures.comparison
        if comparison is None or comparison.concurrent_tokens is None or comparison.sequential_tokens is None:
            return None
        counts = [comparison.concurrent_tokens, comparison.sequential_tokens]
        concurrent, sequential = (wording.number(count, 0) for count in counts)
        lines = [
            self.tr("Tokens of the answers: {concurrent} concurrently, {sequential} sequentially").format(
                concurrent=concurrent, sequential=sequential
            ),
            self.tr("n = {n}: what succeeded in both arms, as the server counted").format(
                n=wording.number(comparison.rows, 0)
            ),
        ]
        if comparison.tokens_differ:
            lines.append(
                self.tr("They differ by more than {percent} %: the arms did not do the same work").format(
                    percent=wording.number(100 * TOKENS_ALIKE, 0)
                )
            )
        return Figure(f"{concurrent} / {sequential}", self.tr("tokens"), tip(*lines, self._source()))

    def _show_tokens(self) -> None:
        figure = self._tokens()
        self._tokens_box.setVisible(figure is not None)
        if figure is None:
            return
        comparison = self._figures.comparison
        self.tokens.setText(figure.line)
        self._tokens_box.setToolTip(figure.tooltip)
        self.tokens_warning.setVisible(comparison is not None and comparison.tokens_differ)
        icon = self.style().standardIcon(QStyle.StandardPixmap.SP_MessageBoxWarning)
        self.tokens_warning.setPixmap(icon.pixmap(self.fontMetrics().ascent()))

    def _detail_figures(self) -> list[Figure]:
        kind = ArmKind.CONCURRENT if self._models[ArmKind.CONCURRENT].arm else ArmKind.SEQUENTIAL
        figures = self._figures.arms.get(kind)
        return [self._efficiency(), self._bound(figures), self._in_flight(self._models[kind], figures)]

    def _efficiency(self) -> Figure:
        comparison = self._figures.comparison
        arm = self._models[ArmKind.CONCURRENT].arm
        if comparison is None or arm is None:
            return Figure(
                _NOT_MEASURED,
                self.tr("of what is allowed at once"),
                tip(self.tr("Efficiency: not enough data, it needs both arms")),
            )
        allowed = wording.number(min(arm.limits.cap, comparison.rows), 0)
        return Figure(
            self.tr("{percent} %").format(percent=wording.number(100 * comparison.efficiency, 1)),
            self.tr("of the {allowed} allowed at once").format(allowed=allowed),
            tip(
                self.tr("Efficiency = speed-up ÷ min(cap, requests) = {factor} ÷ {allowed}").format(
                    factor=self._number(comparison.speed_up), allowed=allowed
                ),
                self.tr("n = {n}").format(n=wording.number(comparison.rows, 0)),
                self._source(),
            ),
        )

    def _bound(self, figures: ArmFigures | None) -> Figure:
        words = self.tr("at best with these answers")
        if figures is None or figures.bound is None or figures.service.max is None:
            return Figure(
                _NOT_MEASURED,
                words,
                tip(self.tr("Bound: not enough data, it needs answers and the end of the arm")),
            )
        service = figures.service
        return Figure(
            self._seconds(figures.bound),
            words,
            tip(
                self.tr(
                    "Bound = max(slowest request, sum of service times ÷ cap) = max({slowest}, {shared})"
                ).format(
                    slowest=self._seconds(service.max or 0.0),
                    shared=self._seconds((service.mean or 0.0) * service.n / figures.cap),
                ),
                self.tr("n = {n}").format(n=wording.number(service.n, 0)),
                self._source(),
            ),
        )

    def _in_flight(self, model: WaterfallModel, figures: ArmFigures | None) -> Figure:
        if figures is None or figures.mean_in_flight is None:
            return Figure(
                wording.number(model.count(RequestState.SENT, RequestState.STREAMING), 0),
                self.tr("in flight now"),
                tip(self.tr("Requests that are sent and not yet answered in full")),
            )
        return Figure(
            wording.number(figures.mean_in_flight, 1),
            self.tr("in flight on average, {peak} at most").format(
                peak=wording.number(figures.peak_in_flight, 0)
            ),
            tip(
                self.tr("Average in flight = sum of the times of all attempts ÷ wall time"),
                self.tr("n = {n}").format(n=wording.number(figures.attempts, 0)),
                self._source(),
            ),
        )

    def _source(self) -> str:
        if self._is_simulated:
            return self.tr("Source: the timestamps of this run; the server is simulated")
        return self.tr("Source: the timestamps of this run")

    def _seconds(self, value: float) -> str:
        return self.tr("{seconds} s").format(seconds=self._number(value))

    def _times(self, factor: float) -> str:
        return self.tr("× {factor}").format(factor=self._number(factor))

    def _number(self, value: float) -> str:
        decimals = 2 if value < 99.995 else 1 if value < 999.95 else 0
        return wording.number(value, decimals)


def _is_whole(model: WaterfallModel) -> bool:
    """Whether its arm has run to its end, and not been cut off."""
    has_ended = model.arm is not None and model.arm.ended_at is not None
    return has_ended and not model.count(RequestState.CANCELLED)


def _scaled(font: QFont, factor: float) -> QFont:
    scaled = QFont(font)
    scaled.setPointSizeF(font.pointSizeF() * factor)
    return scaled


def _number_label(parent: QWidget, factor: float) -> QLabel:
    """A label for digits that keep their width while they change."""
    label = QLabel(parent)
    font = _scaled(label.font(), factor)
    font.setFeature(QFont.Tag("tnum"), 1)
    label.setFont(font)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return label
