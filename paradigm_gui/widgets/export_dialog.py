"""Chooses which results go into a file, and what kind of file that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from paradigm_gui import wording
from paradigm_gui.core.batch import ArmKind
from paradigm_gui.core.export import CSV_SUFFIX, JSONL_SUFFIX, XLSX_SUFFIX
from paradigm_gui.core.results_table import TableForm
from paradigm_gui.widgets.labels import caption, plain_label

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from paradigm_gui.core.batch import Arm


def window_form() -> TableForm:
    """How files are made when nothing was chosen yet: for people, as spreadsheets of their country expect."""
    has_decimal_comma = QLocale().decimalPoint() == ","
    return TableForm(is_technical=False, separator=";" if has_decimal_comma else ",")


class ExportDialog(QDialog):
    """Offers the rows that a filter leaves and those that are selected, besides all of them.

    `shown` and `selected` are indices of rows. It begins with what the user sees: the arm on show, and the
    rows that the filter leaves.
    """

    def __init__(
        self,
        arms: Mapping[ArmKind, Arm],
        shown_arm: ArmKind,
        shown: Collection[int],
        selected: Collection[int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        total = len(arms[shown_arm].requests)
        self._rows: list[Collection[int] | None] = [None, shown, selected]
        self.setWindowTitle(self.tr("Export results"))
        self.all_button = QRadioButton(self.tr("All %n row(s)", "", total), self)
        self.shown_button = QRadioButton(self.tr("The %n row(s) that the filter shows", "", len(shown)), self)
        self.selected_button = QRadioButton(self.tr("The %n selected row(s)", "", len(selected)), self)
        self._rows_group = QButtonGroup(self)
        for number, button in enumerate((self.all_button, self.shown_button, self.selected_button)):
            self._rows_group.addButton(button, number)
        is_filtered = len(shown) < total
        self.shown_button.setEnabled(is_filtered and bool(shown))
        self.selected_button.setEnabled(bool(selected))
        (self.shown_button if self.shown_button.isEnabled() else self.all_button).setChecked(True)
        self.arm_box = QComboBox(self)
        for kind in arms:
            self.arm_box.addItem(wording.arm(kind), kind)
        self.arm_box.setCurrentIndex(list(arms).index(shown_arm))
        self.suffix_box = QComboBox(self)
        for suffix, name in self._kinds().items():
            self.suffix_box.addItem(name, suffix)
        self.numbers_box = QCheckBox(self.tr("Column with the numbers of the rows"), self)
        self.technical_box = QCheckBox(self.tr("Times and technical columns"), self)
        self.technical_box.setToolTip(
            self.tr("Also how each row was answered: times, attempts, tokens, HTTP status, model, arm")
        )
        self.separator_box = QComboBox(self)
        for separator, name in self._separators().items():
            self.separator_box.addItem(name, separator)
        self.prompts_box = QCheckBox(self.tr("Column with the prompts"), self)
        self.exact_box = QCheckBox(self.tr("Exact text"), self)
        self.hint = caption(self)
        self.hint.setWordWrap(True)
        self._form = QFormLayout()
        self._lay_out(has_arms=len(arms) > 1)
        self.suffix_box.currentIndexChanged.connect(self._show_what_applies)
        self.exact_box.toggled.connect(self._show_what_applies)
        self._show_what_applies()

    def show_choice(self, suffix: str, form: TableForm) -> None:
        """Show what was chosen last; a kind of file that is not known leaves the first."""
        self.suffix_box.setCurrentIndex(max(0, self.suffix_box.findData(suffix)))
        self.separator_box.setCurrentIndex(max(0, self.separator_box.findData(form.separator)))
        self.technical_box.setChecked(bool(form.is_technical))
        self.numbers_box.setChecked(form.row_numbers)
        self.prompts_box.setChecked(form.prompts)
        self.exact_box.setChecked(form.exact_text)

    @property
    def suffix(self) -> str:
        return str(self.suffix_box.currentData())

    @property
    def arm(self) -> ArmKind:
        return ArmKind(self.arm_box.currentData())

    def rows(self) -> Collection[int] | None:
        """The rows to write; `None` for all."""
        return self._rows[self._rows_group.checkedId()]

    def form(self) -> TableForm:
        return TableForm(
            exact_text=self.exact_box.isChecked(),
            row_numbers=self.numbers_box.isChecked(),
            prompts=self.prompts_box.isChecked(),
            is_technical=self.technical_box.isChecked(),
            separator=str(self.separator_box.currentData()),
        )

    def _kinds(self) -> dict[str, str]:
        return {
            XLSX_SUFFIX: self.tr("Excel: results, and a sheet of settings and figures"),
            CSV_SUFFIX: self.tr("CSV: for spreadsheets and other programs"),
            JSONL_SUFFIX: self.tr("JSONL: everything, exactly, for programs"),
            ".md": self.tr("Markdown: a table to read"),
            ".html": self.tr("HTML: a report with figures and the race"),
        }

    def _separators(self) -> dict[str, str]:
        return {
            ",": self.tr("Comma"),
            ";": self.tr("Semicolon"),
            "\t": self.tr("Tab"),
        }

    def _lay_out(self, *, has_arms: bool) -> None:
        rows = QVBoxLayout()
        rows.setSpacing(4)
        for button in (self.all_button, self.shown_button, self.selected_button):
            rows.addWidget(button)
        columns = QVBoxLayout()
        columns.setSpacing(4)
        for box in (self.technical_box, self.numbers_box, self.prompts_box, self.exact_box):
            columns.addWidget(box)
        form = self._form
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(12)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(plain_label(self.tr("Rows"), self), rows)
        arm_label = plain_label(self.tr("Answers of"), self)
        form.addRow(arm_label, self.arm_box)
        form.setRowVisible(arm_label, has_arms)
        form.addRow(plain_label(self.tr("File"), self), self.suffix_box)
        form.addRow(plain_label(self.tr("Separated by"), self), self.separator_box)
        form.addRow(QLabel(self), columns)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("Export…"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        # else a small screen gets a window that cuts the wrapped text
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        layout.addLayout(form)
        layout.addWidget(self.hint)
        layout.addWidget(buttons)

    def _show_what_applies(self) -> None:
        has_columns, is_csv = self.suffix != JSONL_SUFFIX, self.suffix == CSV_SUFFIX
        for box in (self.technical_box, self.numbers_box, self.prompts_box):
            box.setEnabled(has_columns)
        self.exact_box.setEnabled(is_csv)
        self._form.setRowVisible(self.separator_box, is_csv)
        self.hint.setText(self._hint())

    def _hint(self) -> str:
        if self.suffix == JSONL_SUFFIX:
            return self.tr("Everything is in the file, its names and codes in English.")
        if self.suffix != CSV_SUFFIX:
            return self.tr("Nothing in this file is run as a formula, a link or a script.")
        if self.exact_box.isChecked():
            return self.tr(
                "Every text stays as it is. A spreadsheet may take answers that begin with =, +, - or @ for"
                " formulas, and run them."
            )
        return self.tr(
            "Texts that a spreadsheet would run as formulas get an apostrophe before them. For other"
            " programs, choose exact text."
        )
