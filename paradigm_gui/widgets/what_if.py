"""Asks what a recorded run would have taken at another cap or pace, and shows the estimate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from paradigm_gui import wording
from paradigm_gui.widgets.labels import caption, plain_label

if TYPE_CHECKING:
    from paradigm_gui.core.batch import Arm
    from paradigm_gui.core.replay import Replay

LARGEST_CAP = 1000
MOST_REQUESTS_PER_MINUTE = 1_000_000


class WhatIf(QWidget):
    """Two fields and the estimate for them, which never looks like a measurement.

    Signals:
        asked(int, float): an estimate is wanted for a cap, and requests per minute or 0 for no limit.
    """

    asked = Signal(int, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recorded: Arm | None = None
        self._is_waiting = False
        self._replay: Replay | None = None
        self.cap_box = QSpinBox(self)
        self.cap_box.setRange(1, LARGEST_CAP)
        self.pace_box = QDoubleSpinBox(self)
        self.pace_box.setRange(0, MOST_REQUESTS_PER_MINUTE)
        self.pace_box.setDecimals(1)
        self._form = QFormLayout()
        self._cap_caption, self._pace_caption = plain_label(parent=self), plain_label(parent=self)
        self._form.addRow(self._cap_caption, self.cap_box)
        self._form.addRow(self._pace_caption, self.pace_box)
        self.result = plain_label(parent=self)
        font = self.result.font()
        font.setPointSizeF(font.pointSizeF() * 1.4)
        # measured figures stand upright
        font.setItalic(True)
        self.result.setFont(font)
        self.details = plain_label(parent=self)
        self.assumptions = caption(self)
        for label in (self.result, self.details, self.assumptions):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        scrolled = QWidget(self)
        told = QVBoxLayout(scrolled)
        told.setContentsMargins(0, 0, 0, 0)
        told.addWidget(self.result)
        told.addWidget(self.details)
        told.addWidget(self.assumptions)
        told.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setSpacing(24)
        asked = QVBoxLayout()
        asked.addLayout(self._form)
        asked.addStretch(1)
        layout.addLayout(asked)
        # so that the assumptions do not push the other panels aside
        self.scroll_area = QScrollArea(self)
        self.scroll_area.setWidgetResizable(True)
        self.scroll_area.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll_area.setWidget(scrolled)
        layout.addWidget(self.scroll_area, 1)
        self.cap_box.valueChanged.connect(self._ask)
        self.pace_box.valueChanged.connect(self._ask)
        self._retranslate()
        self.show_arm(None)

    def show_arm(self, arm: Arm | None, *, is_waiting: bool = False) -> None:
        """Start from a recorded arm that has ended; ask for the estimate of another cap at once.

        Without one, `is_waiting` tells that there is going to be one.
        """
        self._recorded = arm
        self._is_waiting = is_waiting
        for box in (self.cap_box, self.pace_box):
            box.setEnabled(arm is not None)
            box.blockSignals(True)
        if arm is not None:
            self.cap_box.setValue(max(1, arm.limits.cap // 2))
            self.pace_box.setValue(arm.limits.requests_per_minute or 0.0)
        for box in (self.cap_box, self.pace_box):
            box.blockSignals(False)
        self.show_estimate(None)
        self._ask()

    def show_estimate(self, replay: Replay | None) -> None:
        self._replay = replay
        if replay is None:
            self.result.setText("")
            self.assumptions.setText("")
            self.details.setText(self._missing())
            return
        low, high = self._seconds(replay.low_s), self._seconds(replay.high_s)
        between = self.tr("between {low} s and {high} s").format(low=low, high=high)
        if replay.server.is_measured or low == high:
            about = self.tr("about {seconds} s").format(seconds=self._seconds(replay.wall_s))
            self.result.setText(wording.labelled(self.tr("Estimate"), about))
            lines = [between] if low != high else []
            lines.append(
                self.tr("{rate} answers per second, {mean} in flight on average").format(
                    rate=wording.number(replay.throughput_rps, 2),
                    mean=wording.number(replay.mean_in_flight, 1),
                )
            )
        else:
            self.result.setText(wording.labelled(self.tr("Estimate"), between))
            lines = [self.tr("A comparison with sequential would narrow it down.")]
        self.details.setText("\n".join(lines))
        self.assumptions.setText(
            "\n".join(
                [self.tr("This is simulated from the run on show, and assumes:")]
                + ["• " + wording.assumption(one) for one in replay.assumptions]
            )
        )

    def _missing(self) -> str:
        """Why there is no estimate."""
        if self._recorded:
            return self.tr("Not enough data: no answer to go by.")
        if self._is_waiting:
            return self.tr("Estimates can be made as soon as the run has ended and is measured.")
        return self.tr("Run a batch first. Then choose another cap or pace, to see what it would take.")

    def _ask(self) -> None:
        if self._recorded is not None:
            self.asked.emit(self.cap_box.value(), self.pace_box.value())

    def _seconds(self, value: float) -> str:
        return wording.number(value, 2 if value < 100 else 0)

    def _retranslate(self) -> None:
        self._cap_caption.setText(self.tr("Cap"))
        self._pace_caption.setText(self.tr("Requests per minute"))
        self.scroll_area.setAccessibleName(self.tr("Estimate"))
        self.cap_box.setAccessibleName(self._cap_caption.text())
        self.pace_box.setAccessibleName(self._pace_caption.text())
        self.pace_box.setSpecialValueText(self.tr("no limit"))
        self.show_estimate(self._replay)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
