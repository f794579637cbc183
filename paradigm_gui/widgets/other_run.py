"""The other run that the results are compared with: how it is chosen, named and left."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QEvent, QLocale, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from paradigm_gui.core.batch import ArmKind
from paradigm_gui.models.results_model import one_line
from paradigm_gui.widgets.banner import Banner, Tone
from paradigm_gui.widgets.labels import plain_tip

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from paradigm_gui.core.run_list import RunSummary

MOST_OFFERED = 20
NAME_CHARACTERS = 32


class OtherRun(Banner):
    """Says which run is compared with, as long as one is.

    Signals:
        wanted(RunSummary): the user has chosen the run to compare with.
        left(): the user compares with it no more.
        side_by_side_requested(RunSummary)
    """

    wanted = Signal(object)
    left = Signal()
    side_by_side_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.menu = QMenu(self)
        self._run: RunSummary | None = None
        self._unlike: Mapping[ArmKind, frozenset[int]] = {}
        self._arm = ArmKind.CONCURRENT
        self.acted.connect(lambda: self.side_by_side_requested.emit(self._run))
        self.close_button.clicked.connect(self._leave)

    @property
    def is_known(self) -> bool:
        return self._run is not None

    @property
    def rows(self) -> frozenset[int]:
        """The rows that it answered otherwise than the arm on show."""
        return self._unlike.get(self._arm, frozenset())

    def offer(self, runs: Sequence[RunSummary], place: QPoint) -> None:
        """Let the user choose one, from a menu at a place of the screen."""
        self.menu.clear()
        for run in runs[:MOST_OFFERED]:
            words = one_line(f"{run.name} · {_time_of(run)} · {run.model}")
            action = self.menu.addAction(words.replace("&", "&&"))
            action.triggered.connect(partial(self.wanted.emit, run))
        if not runs:
            self.menu.addAction(self.tr("No other kept run has the same rows")).setEnabled(False)
        self.menu.popup(place)

    def compare_with(self, run: RunSummary, unlike: Mapping[ArmKind, frozenset[int]]) -> None:
        """Name a run; `unlike` has the rows that it answered otherwise than each arm."""
        self._run, self._unlike = run, unlike
        self._say()

    def show_arm(self, kind: ArmKind) -> None:
        """Compare with another arm of the run on show."""
        self._arm = kind
        self._say()

    def forget(self) -> None:
        self._run, self._unlike = None, {}
        self.hide()

    def _leave(self) -> None:
        self.forget()
        self.left.emit()

    def _say(self) -> None:
        if self._run is None:
            return
        text = self.tr("%n row(s) differ from “{name}” ({model}, {time}).", "", len(self.rows))
        text = text.format(
            name=_cut(one_line(self._run.name)), model=_cut(self._run.model), time=_time_of(self._run)
        )
        self.show_message(text, Tone.NOTE, self.tr("Side by side…"))
        self.label.setToolTip(plain_tip(self._run.name))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)


def _cut(text: str) -> str:
    return text if len(text) <= NAME_CHARACTERS else text[: NAME_CHARACTERS - 1].rstrip() + "…"


def _time_of(run: RunSummary) -> str:
    started = QDateTime.fromSecsSinceEpoch(int(run.started_at.timestamp()))
    return QLocale().toString(started, QLocale.FormatType.ShortFormat)
