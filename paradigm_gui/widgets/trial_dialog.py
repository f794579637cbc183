"""Asks how many of the first rows to try, and says what they take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QSpinBox, QVBoxLayout, QWidget

from paradigm_gui import wording
from paradigm_gui.widgets.labels import plain_label

if TYPE_CHECKING:
    from collections.abc import Callable

    from paradigm_gui.core.forecast import Forecast


class TrialDialog(QDialog):
    """Offers `first` of `rows` rows; `forecast` estimates what so many take, before anything is sent."""

    def __init__(
        self, rows: int, first: int, forecast: Callable[[int], Forecast], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._forecast = forecast
        self.setWindowTitle(self.tr("Try the first rows"))
        self.rows_box = QSpinBox(self)
        self.rows_box.setRange(1, rows)
        self.rows_box.setValue(first)
        self.cost_label = plain_label(parent=self)
        self.cost_label.setWordWrap(True)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        self.run_button = buttons.button(QDialogButtonBox.StandardButton.Ok)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        form.addRow(self.tr("First rows"), self.rows_box)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(self.cost_label)
        layout.addWidget(buttons)
        self.rows_box.valueChanged.connect(self._tell_cost)
        self.rows_box.selectAll()
        self._tell_cost()

    @property
    def rows(self) -> int:
        return self.rows_box.value()

    def _tell_cost(self) -> None:
        forecast = self._forecast(self.rows)
        self.run_button.setText(self.tr("Run %n request(s)", "", forecast.requests))
        self.cost_label.setText(wording.forecast(forecast))
