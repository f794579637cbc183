"""Settings and figures of two runs, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QEvent, QLocale, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from paradigm_gui import wording
from paradigm_gui.core.run_difference import Setting
from paradigm_gui.models.results_model import one_line
from paradigm_gui.models.waterfall_model import tip
from paradigm_gui.widgets.clipboard import copy_selected

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from paradigm_gui.core.run_difference import RunDifference, Side
    from paradigm_gui.core.timing import ArmFigures, Statistics

NONE = "–"


@dataclass(frozen=True, slots=True)
class _Fact:
    """A line: what it is about, its value for each run, and what it means."""

    title: str
    values: Iterable[str]
    tip: str = ""
    is_strong: bool = False


class RunFacts(QTableWidget):
    """Lists what identifies two runs, the settings in which they differ, and the figures of both."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 3, parent)
        self._difference: RunDifference | None = None
        self._names = ("", "")
        self.copy_action = QAction(self)
        self.copy_action.setShortcut(QKeySequence.StandardKey.Copy)
        self.copy_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.copy_action.triggered.connect(lambda: copy_selected(self))
        self.addAction(self.copy_action)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 6)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._retranslate()

    def show_difference(self, difference: RunDifference | None, names: tuple[str, str]) -> None:
        self._difference = difference
        self._names = names
        self._fill()

    def _fill(self) -> None:
        facts = list(self._facts(self._difference)) if self._difference else []
        self.setRowCount(len(facts))
        for row, fact in enumerate(facts):
            for column, text in enumerate((fact.title, *fact.values)):
                item = QTableWidgetItem(one_line(text))
                font = item.font()
                font.setBold(fact.is_strong and column > 0)
                item.setFont(font)
                item.setToolTip(tip(*filter(None, (text, fact.tip))))
                self.setItem(row, column, item)

    def _facts(self, difference: RunDifference) -> Iterator[_Fact]:
        sides = (difference.first, difference.second)
        yield _Fact(self.tr("Run"), self._names, is_strong=True)
        yield _Fact(self.tr("Started"), map(_started, sides))
        yield _Fact(self.tr("Server"), map(self._server, sides))
        if Setting.MODEL not in difference.settings:
            yield _Fact(self.tr("Model"), [side.model for side in sides])
        for setting, values in difference.settings.items():
            yield _Fact(
                self._setting(setting),
                [self._value(setting, value) for value in values],
                self.tr("Set differently in the two runs"),
                is_strong=True,
            )
        yield from self._figures((difference.first.figures, difference.second.figures))

    def _figures(self, both: tuple[ArmFigures, ArmFigures]) -> Iterator[_Fact]:
        rows = self.tr("Rows that ended so, in the concurrent arm")
        yield _Fact(self.tr("Done"), [_number(arm.done) for arm in both], rows)
        yield _Fact(self.tr("Failed"), [_number(arm.failed) for arm in both], rows)
        yield _Fact(self.tr("Cancelled"), [_number(arm.cancelled) for arm in both], rows)
        yield _Fact(
            self.tr("Wall time"),
            [self._seconds(arm.wall) for arm in both],
            self.tr("From the start of the concurrent arm to the end of its last request"),
        )
        yield _Fact(
            self.tr("Throughput"),
            [self._rate(arm.throughput_rps) for arm in both],
            self.tr("Rows done ÷ wall time"),
        )
        yield _Fact(
            self.tr("In flight, mean"),
            [_number(arm.mean_in_flight, 1) for arm in both],
            self.tr("Sum of the times of all attempts ÷ wall time"),
        )
        yield _Fact(
            self.tr("In flight, peak"),
            [_number(arm.peak_in_flight) for arm in both],
            self.tr("The most attempts that were under way at one instant"),
        )
        service = self.tr("Sent to last token, successful attempts only; nearest rank of n values")
        needed = self.tr("Needs at least 20 values")
        yield _Fact(
            self.tr("Service, median"),
            [self._of_sample(arm.service.p50, arm.service) for arm in both],
            service,
        )
        yield _Fact(
            self.tr("Service, p95"),
            [self._of_sample(arm.service.p95, arm.service) for arm in both],
            f"{service}. {needed}",
        )
        yield _Fact(
            self.tr("First word after, median"),
            [self._of_sample(arm.ttft.p50, arm.ttft) for arm in both],
            self.tr(
                "Time to first token (TTFT): sent to first token, live answers only; nearest rank of n values"
            ),
        )
        tokens = self.tr("Over the rows that are done, as the server counts; left out unless all are known")
        yield _Fact(self.tr("Prompt tokens"), [_number(arm.prompt_tokens) for arm in both], tokens)
        yield _Fact(self.tr("Answer tokens"), [_number(arm.completion_tokens) for arm in both], tokens)
        yield _Fact(
            self.tr("Attempts"),
            [_number(arm.attempts) for arm in both],
            self.tr("How often requests were sent"),
        )
        yield _Fact(
            self.tr("Retries"),
            [_number(arm.retries) for arm in both],
            self.tr("Attempts that failed and were followed by another one"),
        )

    def _server(self, side: Side) -> str:
        if side.is_simulated:
            return self.tr("{server}, simulated").format(server=side.endpoint.name)
        return f"{side.endpoint.name} ({side.endpoint.base_url})"

    def _setting(self, setting: Setting) -> str:
        return {
            Setting.MODEL: self.tr("Model"),
            Setting.TEMPERATURE: self.tr("Temperature"),
            Setting.MAX_TOKENS: self.tr("Max tokens"),
            Setting.STREAMING: self.tr("Live answers"),
            Setting.CAP: self.tr("Cap"),
            Setting.REQUESTS_PER_MINUTE: self.tr("Requests per minute"),
            Setting.TEMPLATE: self.tr("Prompt"),
            Setting.SYSTEM: self.tr("System prompt"),
            Setting.SCHEMA: self.tr("Answer format"),
        }[setting]

    def _value(self, setting: Setting, value: object) -> str:
        if value is None:
            is_limit = setting is Setting.REQUESTS_PER_MINUTE
            return self.tr("no limit") if is_limit else self.tr("default")
        if isinstance(value, bool):
            return self.tr("yes") if value else self.tr("no")
        if isinstance(value, int | float):
            return QLocale().toString(value)
        return str(value) or NONE

    def _seconds(self, seconds: float | None) -> str:
        if seconds is None:
            return NONE
        return self.tr("{seconds} s").format(seconds=_number(seconds, 2))

    def _rate(self, rate: float | None) -> str:
        return NONE if rate is None else self.tr("{rate} rows/s").format(rate=_number(rate, 2))

    def _of_sample(self, seconds: float | None, sample: Statistics) -> str:
        if seconds is None:
            return NONE
        return self.tr("{seconds} s (n = {n})").format(seconds=_number(seconds, 2), n=_number(sample.n))

    def _retranslate(self) -> None:
        self.setHorizontalHeaderLabels(["", self.tr("A"), self.tr("B")])
        self.setAccessibleName(self.tr("Settings and figures of both runs"))
        self.copy_action.setText(self.tr("Copy"))
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


def _started(side: Side) -> str:
    started = QDateTime.fromSecsSinceEpoch(int(side.started_at.timestamp()))
    return QLocale().toString(started, QLocale.FormatType.ShortFormat)


def _number(value: float | None, decimals: int = 0) -> str:
    return NONE if value is None else wording.number(value, decimals)
