"""How the window is shared out: before there are results the input needs the room, then they do."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QSplitter

    from paradigm_gui.widgets.input_panel import InputPanel
    from paradigm_gui.widgets.timing_panel import TimingPanel

INPUT_PX = 330
TIMING_PX = 300
# At most so much of the width is the input's while there are no results.
_WIDEST_SHARE = 0.6
_BEFORE = "_before"


class Phase(StrEnum):
    """What the window is used for; the value is the end of the name under which a layout is remembered."""

    BEFORE_RESULTS = _BEFORE
    WITH_RESULTS = ""


class Shares(QObject):
    """Sets the splitters for the phase that the window is in, until the user has set them for that phase."""

    def __init__(self, columns: QSplitter, rows: QSplitter, panel: InputPanel, timing: TimingPanel) -> None:
        super().__init__(columns)
        self._splitters = {"columns": columns, "rows": rows, "input": panel.splitter}
        self._panel = panel
        self._timing = timing
        self._phase = Phase.BEFORE_RESULTS
        self._chosen: dict[str, QByteArray] = {}
        for name, splitter in self._splitters.items():
            splitter.splitterMoved.connect(lambda _place, _handle, name=name: self._on_moved(name))
        panel.changed.connect(self.fit)

    def states(self) -> dict[str, QByteArray]:
        """What the user chose, by names for the settings."""
        return dict(self._chosen)

    def restore(self, states: Mapping[str, QByteArray]) -> None:
        """Take over what the user chose at another time."""
        names = {name + phase.value for name in self._splitters for phase in Phase}
        self._chosen |= {name: state for name, state in states.items() if name in names and state}
        self.apply()

    def enter(self, phase: Phase) -> None:
        if phase is not self._phase:
            self._phase = phase
            self.apply()

    def apply(self) -> None:
        """Share the window out anew, as the user chose it for this phase, or else as usual."""
        for name, splitter in self._splitters.items():
            chosen = self._chosen.get(name + self._phase.value)
            if chosen is None or not splitter.restoreState(chosen):
                self._share_usually(name)

    def _share_usually(self, name: str) -> None:
        splitter = self._splitters[name]
        whole = sum(splitter.sizes())
        is_before = self._phase is Phase.BEFORE_RESULTS
        match name:
            case "columns":
                wanted = min(self._panel.wanted_width(), int(whole * _WIDEST_SHARE)) if is_before else 0
                first = max(INPUT_PX, wanted)
            case "rows":
                first = whole - (
                    self._timing.empty_height(splitter.window().width()) if is_before else TIMING_PX
                )
            case _:
                first = whole // 2
        splitter.setSizes([first, whole - first])

    def fit(self) -> None:
        """Follow the table and the window as long as there are no results, but for what the user chose."""
        if self._phase is Phase.BEFORE_RESULTS:
            for name in self._splitters:
                if name + _BEFORE not in self._chosen:
                    self._share_usually(name)

    def _on_moved(self, name: str) -> None:
        self._chosen[name + self._phase.value] = self._splitters[name].saveState()
