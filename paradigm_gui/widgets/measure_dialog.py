"""Chooses what to measure: concurrent against sequential or a sweep over caps, and how often."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from paradigm_gui import wording
from paradigm_gui.core.plan import Order, Plan
from paradigm_gui.widgets.labels import caption, plain_label

if TYPE_CHECKING:
    from collections.abc import Callable

    from paradigm_gui.core.forecast import Forecast

MOST_REPEATS = 20


class MeasureDialog(QDialog):
    """Makes a `Plan` for the first so many of `rows` rows at a `cap`.

    `forecast` estimates what a plan over so many rows takes; the dialog says it before anything is sent.
    """

    def __init__(
        self,
        rows: int,
        cap: int,
        forecast: Callable[[Plan, int], Forecast],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._cap = cap
        self._forecast = forecast
        self.setWindowTitle(self.tr("Measure"))
        self.compare_button = QRadioButton(
            self.tr("Concurrent (cap {cap}) against sequential").format(cap=wording.number(cap, 0)), self
        )
        self.compare_button.setChecked(True)
        caps = ", ".join(wording.number(step, 0) for step in reversed(Plan(sweep=True).caps(cap)))
        self.sweep_button = QRadioButton(self.tr("Sweep over the caps {caps}").format(caps=caps), self)
        self.sweep_button.setEnabled(cap > 1)
        self.sweep_button.setToolTip(self.tr("Shows from which cap on more requests at once buy nothing"))
        self.rows_box = QSpinBox(self)
        self.rows_box.setRange(1, rows)
        self.rows_box.setValue(rows)
        self.repeats_box = QSpinBox(self)
        self.repeats_box.setRange(1, MOST_REPEATS)
        self.repeats_box.setToolTip(self.tr("Repeating shows how much the figures vary by chance"))
        self.order_box = QComboBox(self)
        for order in Order:
            self.order_box.addItem(wording.order(order), order)
        self.warm_up_box = QCheckBox(self.tr("Send one request before, which is not measured"), self)
        self.cost_label = plain_label(parent=self)
        hint = caption(self)
        hint.setText(
            self.tr(
                "Whoever comes second may find a server warmed up, or full caches. Alternating repeats"
                " and a request before even that out."
            )
        )
        for label in (hint, self.cost_label):
            label.setWordWrap(True)
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
        form.addRow(self.tr("Repeats"), self.repeats_box)
        form.addRow(self.tr("Order"), self.order_box)
        form.addRow(self.tr("Warm-up"), self.warm_up_box)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addWidget(self.compare_button)
        layout.addWidget(self.sweep_button)
        layout.addLayout(form)
        layout.addWidget(hint)
        layout.addWidget(self.cost_label)
        layout.addWidget(buttons)
        self.sweep_button.toggled.connect(self._tell_cost)
        self.rows_box.valueChanged.connect(self._tell_cost)
        self.repeats_box.valueChanged.connect(self._tell_cost)
        self.warm_up_box.toggled.connect(self._tell_cost)
        self._tell_cost()

    @property
    def rows(self) -> int:
        return self.rows_box.value()

    def plan(self) -> Plan:
        sweep = self.sweep_button.isChecked()
        return Plan(
            compare=not sweep,
            sweep=sweep,
            repeats=self.repeats_box.value(),
            # Qt gives a plain string back
            order=Order(self.order_box.currentData()),
            warm_up=self.warm_up_box.isChecked(),
        )

    def _tell_cost(self) -> None:
        plan = self.plan()
        forecast = self._forecast(plan, self.rows)
        self.run_button.setText(self.tr("Run %n request(s)", "", plan.requests(self.rows, self._cap)))
        self.cost_label.setText(wording.forecast(forecast))
