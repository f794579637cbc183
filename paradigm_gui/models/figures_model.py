"""All figures of a run as a table: one line a figure, one column an arm."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QGuiApplication, QPalette

from paradigm_gui import wording
from paradigm_gui.core.run_figures import RunFigures
from paradigm_gui.core.timing import SMALLEST_SAMPLE, TRUSTED_SAMPLE, ArmFigures, Statistics
from paradigm_gui.models.waterfall_model import tip
from paradigm_gui.wording import FigureName

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

AnyIndex = QModelIndex | QPersistentModelIndex
_NOT_MEASURED = "–"
_DECIMALS = {"s": 2, "ms": 1, "/s": 2, "": 0, "avg": 1}


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: its value, how many requests it rests on, and its unit.

    `percent` is set for a percentile, which a small sample does not have.
    """

    name: FigureName
    unit: str
    value: Callable[[ArmFigures], float | None]
    n: Callable[[ArmFigures], int]
    percent: int | None = None


def _rows(figures: ArmFigures) -> int:
    return figures.rows


def _done(figures: ArmFigures) -> int:
    return figures.done


def _attempts(figures: ArmFigures) -> int:
    return figures.attempts


def _percentile(sample: str, percent: int, scale: float, figures: ArmFigures) -> float | None:
    value: float | None = getattr(getattr(figures, sample), f"p{percent}")
    return None if value is None else value * scale


def _extreme(sample: str, end: str, figures: ArmFigures) -> float | None:
    value: float | None = getattr(getattr(figures, sample), end)
    return value


def _size(sample: str, figures: ArmFigures) -> int:
    statistics: Statistics = getattr(figures, sample)
    return statistics.n


def _percentiles(name: FigureName, sample: str, percents: Sequence[int], unit: str = "s") -> list[Line]:
    scale = 1000.0 if unit == "ms" else 1.0
    return [
        Line(name, unit, partial(_percentile, sample, percent, scale), partial(_size, sample), percent)
        for percent in percents
    ]


LINES: Sequence[Line] = (
    Line(FigureName.WALL, "s", lambda figures: figures.wall, _rows),
    Line(FigureName.BOUND, "s", lambda figures: figures.bound, _done),
    Line(FigureName.THROUGHPUT, "/s", lambda figures: figures.throughput_rps, _done),
    Line(FigureName.MEAN_IN_FLIGHT, "avg", lambda figures: figures.mean_in_flight, _attempts),
    Line(FigureName.PEAK_IN_FLIGHT, "", lambda figures: figures.peak_in_flight, _attempts),
    *_percentiles(FigureName.SERVICE, "service", (50, 90, 95, 99)),
    Line(FigureName.FASTEST, "s", partial(_extreme, "service", "min"), partial(_size, "service")),
    Line(FigureName.SLOWEST, "s", partial(_extreme, "service", "max"), partial(_size, "service")),
    *_percentiles(FigureName.RESPONSE, "response", (50, 95)),
    *_percentiles(FigureName.TTFT, "ttft", (50, 95)),
    *_percentiles(FigureName.TPOT, "tpot", (50,), "ms"),
    Line(FigureName.TOKENS_PER_SECOND, "/s", lambda figures: figures.output_tokens_per_s, _done),
    Line(FigureName.PROMPT_TOKENS, "", lambda figures: figures.prompt_tokens, _done),
    Line(FigureName.COMPLETION_TOKENS, "", lambda figures: figures.completion_tokens, _done),
    Line(FigureName.DONE, "", lambda figures: figures.done, _rows),
    Line(FigureName.FAILED, "", lambda figures: figures.failed, _rows),
    Line(FigureName.RETRIES, "", lambda figures: figures.retries, _attempts),
)


class FiguresModel(QAbstractTableModel):
    """Shows `RunFigures`; each value tells its formula, sample size and source in its tip."""

    def __init__(self) -> None:
        super().__init__()
        self._columns: list[tuple[str, ArmFigures]] = []
        self._is_simulated = False
        self._figures = RunFigures()

    def show_figures(self, figures: RunFigures, *, is_simulated: bool) -> None:
        self.beginResetModel()
        self._figures, self._is_simulated = figures, is_simulated
        self._columns = [
            (self._column_name(wording.arm(kind), arm), arm) for kind, arm in figures.arms.items()
        ]
        self._columns += [(self._column_name(self.tr("Further pass"), arm), arm) for arm in figures.further]
        self.endResetModel()

    def retranslate(self) -> None:
        self.show_figures(self._figures, is_simulated=self._is_simulated)

    def text(self) -> str:
        """The table as tab-separated text, its head included."""
        out = io.StringIO()
        writer = csv.writer(out, dialect="excel-tab", lineterminator="\n")
        places = range(self.columnCount())
        writer.writerow([self.headerData(place, Qt.Orientation.Horizontal) for place in places])
        for row in range(self.rowCount()):
            writer.writerow([self.index(row, place).data() for place in places])
        return out.getvalue()

    # Qt

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or not self._columns else len(LINES)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 1 + len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section - 1][0] if section else self.tr("Figure")
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = LINES[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(*self._explanation(line, index.column()))
        if role == Qt.ItemDataRole.DisplayRole:
            return self._value(line, index.column()) if index.column() else self._name(line)
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column():
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if (
            role == Qt.ItemDataRole.ForegroundRole
            and index.column()
            and not self._is_trusted(line, index.column())
        ):
            return QBrush(QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText))
        return None

    def _column_name(self, name: str, figures: ArmFigures) -> str:
        return self.tr("{arm}, cap {cap}").format(arm=name, cap=wording.number(figures.cap, 0))

    def _name(self, line: Line) -> str:
        name = wording.figure_name(line.name)
        if line.percent is None:
            return name
        return (
            self.tr("{figure}, median").format(figure=name)
            if line.percent == 50
            else f"{name} p{line.percent}"
        )

    def _value(self, line: Line, column: int) -> str:
        value = line.value(self._columns[column - 1][1])
        if value is None:
            return _NOT_MEASURED
        text = wording.number(value, _DECIMALS[line.unit])
        return text if line.unit in ("", "avg") else f"{text} {line.unit}"

    def _is_trusted(self, line: Line, column: int) -> bool:
        n = line.n(self._columns[column - 1][1])
        return n >= TRUSTED_SAMPLE.get(line.percent or 0, 0)

    def _explanation(self, line: Line, column: int) -> list[str]:
        """The formula; for a value also its sample size, whether it is to be trusted, and its source."""
        lines = [wording.figure_formula(line.name)]
        if line.percent is not None:
            lines.append(self.tr("Nearest-rank percentile: always one of the measured values"))
        if not column:
            return lines
        n = line.n(self._columns[column - 1][1])
        lines.append(self.tr("n = {n}").format(n=wording.number(n, 0)))
        least = SMALLEST_SAMPLE.get(line.percent or 0, 0)
        if n < least:
            lines.append(self.tr("Not enough data: it needs {n} values").format(n=wording.number(least, 0)))
        elif not self._is_trusted(line, column):
            stable = wording.number(TRUSTED_SAMPLE[line.percent or 0], 0)
            lines.append(self.tr("Greyed: only from {n} values on is it stable").format(n=stable))
        source = self.tr("Source: the timestamps of this run")
        if self._is_simulated:
            source = self.tr("Source: the timestamps of this run; the server is simulated")
        return [*lines, source]
