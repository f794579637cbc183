"""Enters how a run may send: its pace, its patience, and when it stops by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from paradigm_gui.core.batch import Limits
from paradigm_gui.widgets.labels import caption, plain_label

MOST_REQUESTS_PER_MINUTE = 1_000_000
MOST_TOKENS_OF_A_RUN = 1_000_000_000
MOST_RETRIES = 100
MOST_ROWS = 1_000_000
LONGEST_TIMEOUT_S = 86_400

Box = TypeVar("Box", QSpinBox, QDoubleSpinBox)


class LimitsDialog(QDialog):
    """Shows limits in fields; the cap is passed through, since it has its field in the window.

    `server_words` is what the server said that it allows.
    """

    def __init__(self, limits: Limits, server_words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._given = limits
        self.setWindowTitle(self.tr("Limits"))
        self.pace_box = _number_box(QDoubleSpinBox(self), MOST_REQUESTS_PER_MINUTE, self.tr("no limit"))
        self.pace_box.setDecimals(1)
        self.failures_box = _number_box(QSpinBox(self), MOST_ROWS, self.tr("never"))
        self.budget_box = _number_box(QSpinBox(self), MOST_TOKENS_OF_A_RUN, self.tr("never"))
        self.budget_box.setSingleStep(1000)
        self.budget_box.setGroupSeparatorShown(True)
        self.retries_box = _number_box(QSpinBox(self), MOST_RETRIES, self.tr("none"))
        self.connect_box = _seconds_box(self)
        self.first_token_box = _seconds_box(self)
        self.between_tokens_box = _seconds_box(self)
        self.total_box = _seconds_box(self)

        hint = caption(self)
        hint.setText(
            self.tr(
                "When a run stops by itself, what is in flight is still answered, so that a few tokens more"
                " may be used. Where the server counts no tokens, four characters are taken for one."
            )
        )
        title = plain_label(self.tr("How long to wait for the server"), self)
        server = plain_label(server_words, self)
        for label in (hint, server):
            label.setWordWrap(True)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        form.addRow(self.tr("Requests per minute"), self.pace_box)
        form.addRow(self.tr("Stop after failed rows"), self.failures_box)
        form.addRow(self.tr("Stop after tokens"), self.budget_box)
        form.addRow(hint)
        form.addRow(self.tr("Retries of a row"), self.retries_box)
        form.addRow(title)
        form.addRow(self.tr("Connection"), self.connect_box)
        form.addRow(self.tr("First token"), self.first_token_box)
        form.addRow(self.tr("Between two tokens"), self.between_tokens_box)
        form.addRow(self.tr("Whole answer"), self.total_box)
        form.addRow(server)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok
            | QDialogButtonBox.StandardButton.Cancel
            | QDialogButtonBox.StandardButton.RestoreDefaults,
            self,
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.defaults_button = buttons.button(QDialogButtonBox.StandardButton.RestoreDefaults)
        self.defaults_button.clicked.connect(lambda: self._show(Limits()))
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        # else a small screen gets a window that cuts the wrapped texts
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        layout.addLayout(form)
        layout.addWidget(buttons)
        self._show(limits)
        self.pace_box.setFocus(Qt.FocusReason.OtherFocusReason)

    def limits(self) -> Limits:
        return replace(
            self._given,
            requests_per_minute=self.pace_box.value() or None,
            failures_to_stop=self.failures_box.value() or None,
            token_budget=self.budget_box.value() or None,
            retries=self.retries_box.value(),
            connect_timeout_s=self.connect_box.value(),
            first_token_timeout_s=self.first_token_box.value(),
            between_tokens_timeout_s=self.between_tokens_box.value(),
            total_timeout_s=self.total_box.value(),
        )

    def _show(self, limits: Limits) -> None:
        self.pace_box.setValue(limits.requests_per_minute or 0)
        self.failures_box.setValue(limits.failures_to_stop or 0)
        self.budget_box.setValue(limits.token_budget or 0)
        self.retries_box.setValue(limits.retries)
        self.connect_box.setValue(limits.connect_timeout_s)
        self.first_token_box.setValue(limits.first_token_timeout_s)
        self.between_tokens_box.setValue(limits.between_tokens_timeout_s)
        self.total_box.setValue(limits.total_timeout_s)


def _number_box(box: Box, most: int, at_zero: str) -> Box:
    box.setRange(0, most)
    box.setSpecialValueText(at_zero)
    _look_like_a_field(box)
    return box


def _seconds_box(parent: QWidget) -> QDoubleSpinBox:
    box = QDoubleSpinBox(parent)
    box.setRange(0.1, LONGEST_TIMEOUT_S)
    box.setDecimals(1)
    box.setSuffix(QCoreApplication.translate("LimitsDialog", " s"))
    _look_like_a_field(box)
    return box


def _look_like_a_field(box: QAbstractSpinBox) -> None:
    box.setMinimumWidth(box.fontMetrics().horizontalAdvance("0") * 18)
    box.setAlignment(Qt.AlignmentFlag.AlignRight)
