"""Shows how a table file is read, before its rows replace the input."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from paradigm_gui import wording
from paradigm_gui.core.delimited import DELIMITERS, NO_DELIMITER
from paradigm_gui.core.tables import AUTOMATIC, PREVIEW_ROWS, Reading, Table
from paradigm_gui.core.text_files import ENCODINGS
from paradigm_gui.models.input_model import InputModel
from paradigm_gui.widgets.labels import plain_label

if TYPE_CHECKING:
    from pathlib import Path

    from paradigm_gui.core.errors import UserFacingError

_PATIENCE_MS = 300
_STEPS = 1000
_COLUMN_CHARACTERS = 20


class OpenTableDialog(QDialog):
    """Asks whether the rows of a file are to replace the input. Somebody else reads the file.

    Signals:
        reading_chosen(Reading): the file is to be read anew, in this way.
    """

    reading_chosen = Signal(object)

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table: Table | None = None
        self._chosen = AUTOMATIC
        self._is_accepted_early = False
        self.setWindowTitle(self.tr("Open a table"))
        name = plain_label(path.name, self)
        name.setWordWrap(True)
        font = name.font()
        font.setBold(True)
        name.setFont(font)

        self._pairs: dict[QComboBox, QWidget] = {}
        self.sheet_box = self._choice(self.tr("Sheet"))
        self.delimiter_box = self._choice(self.tr("Cells are separated by"))
        self.encoding_box = self._choice(self.tr("Encoding"))
        self.header_box = QCheckBox(self.tr("The first row names the columns"), self)
        self.header_box.clicked.connect(lambda is_on: self._choose(has_header=is_on))
        self.header_box.hide()
        for delimiter in (*DELIMITERS, NO_DELIMITER):
            self.delimiter_box.addItem(self._delimiter_name(delimiter), delimiter)
        for encoding in ENCODINGS:
            self.encoding_box.addItem(self._encoding_name(encoding), encoding)
        self.sheet_box.activated.connect(lambda: self._choose(sheet=self.sheet_box.currentData()))
        self.delimiter_box.activated.connect(lambda: self._choose(delimiter=self.delimiter_box.currentData()))
        self.encoding_box.activated.connect(lambda: self._choose(encoding=self.encoding_box.currentData()))

        self.model = InputModel()
        self.view = QTableView(self)
        self.view.setModel(self.model)
        self.view.setWordWrap(False)
        self.view.setTabKeyNavigation(False)
        self.view.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.view.setAccessibleName(self.tr("The first rows"))
        self.view.horizontalHeader().setDefaultSectionSize(
            self.fontMetrics().horizontalAdvance("0") * _COLUMN_CHARACTERS
        )
        self.status = plain_label(self.tr("Reading…"), self)
        self.status.setWordWrap(True)
        self.progress = QProgressBar(self)
        self.progress.setRange(0, _STEPS)
        self.progress.setTextVisible(False)
        self.progress.hide()
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self.progress.show)
        self._patience.start()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.accept_button = self.buttons.addButton(
            self.tr("Replace the input"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.accept_button.setDefault(True)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._lay_out(name)
        self.accept_button.setFocus()

    def show_preview(self, table: Table) -> None:
        """Show the first rows, while the rest is being read."""
        self._show_reading(table)
        self._show_rows(table)

    def show_progress(self, share: float) -> None:
        self.progress.setValue(round(share * _STEPS))

    def show_table(self, table: Table) -> None:
        """Show what was read; it is there to be accepted."""
        self.table = table
        self._end_reading()
        self._show_reading(table)
        self._show_rows(table)
        text = self.tr("{rows}, {columns}").format(
            rows=self.tr("%n row(s)", "", len(table.rows)),
            columns=self.tr("%n column(s)", "", len(table.columns)),
        )
        if table.skipped_empty:
            text += " · " + self.tr("%n empty row(s) left out", "", table.skipped_empty)
        if len(table.rows) > PREVIEW_ROWS:
            text += " · " + self.tr("the first %n row(s) are shown", "", PREVIEW_ROWS)
        if table.renamed:
            text += "\n" + wording.renamed_columns(table.renamed)
        self.status.setText(text)
        if self._is_accepted_early:
            self.accept()

    def show_error(self, error: UserFacingError, reading: Reading) -> None:
        """Say why the file cannot be read in this way. Another way may do."""
        self._is_accepted_early = False
        self._end_reading()
        self.model.show_rows((), ())
        self.status.setText("⚠ " + wording.user_error(error))
        self.accept_button.setEnabled(False)
        self._show_reading(Table((), [], 0, reading))

    def _choose(self, **chosen: object) -> None:
        if "sheet" in chosen:
            # another sheet may have a header where this one has none
            chosen["has_header"] = None
        self._chosen = replace(self._chosen, **chosen)  # type: ignore[arg-type]
        self.table = None
        self.accept_button.setEnabled(True)
        self.status.setText(self.tr("Reading…"))
        self.show_progress(0)
        self._patience.start()
        self.reading_chosen.emit(self._chosen)

    def _end_reading(self) -> None:
        self._patience.stop()
        self.progress.hide()

    def _show_reading(self, table: Table) -> None:
        """Show how the table was read; choices that do not apply to the kind of file stay hidden."""
        reading = table.reading
        if table.sheets:
            self.sheet_box.clear()
            for name in table.sheets:
                self.sheet_box.addItem(name, name)
        for box, value in (
            (self.sheet_box, reading.sheet),
            (self.delimiter_box, reading.delimiter),
            (self.encoding_box, reading.encoding),
        ):
            if value is not None:
                box.setCurrentIndex(box.findData(value))
                self._pairs[box].show()
        if reading.has_header is not None:
            self.header_box.setChecked(reading.has_header)
            self.header_box.show()

    def _show_rows(self, table: Table) -> None:
        self.model.show_rows(table.columns, table.rows[:PREVIEW_ROWS])

    def _delimiter_name(self, delimiter: str) -> str:
        return {
            ",": self.tr("Commas"),
            ";": self.tr("Semicolons"),
            "\t": self.tr("Tabs"),
            "|": self.tr("Vertical bars"),
            NO_DELIMITER: self.tr("Nothing: each line is one cell"),
        }[delimiter]

    def _encoding_name(self, encoding: str) -> str:
        return {
            "utf-8": "UTF-8",
            "utf-16": "UTF-16",
            "cp1252": self.tr("Western European (Windows-1252)"),
            "mac-roman": self.tr("Western European (Mac)"),
        }[encoding]

    def _choice(self, name: str) -> QComboBox:
        """A box after its label, both hidden until there is something to choose."""
        pair = QWidget(self)
        box = QComboBox(pair)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        label = plain_label(name, pair)
        label.setBuddy(box)
        box.setAccessibleName(name)
        layout = QHBoxLayout(pair)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label)
        layout.addWidget(box)
        pair.hide()
        self._pairs[box] = pair
        return box

    def _lay_out(self, name: QLabel) -> None:
        choices = QHBoxLayout()
        choices.setSpacing(16)
        for pair in self._pairs.values():
            choices.addWidget(pair)
        choices.addStretch()
        state = QHBoxLayout()
        state.addWidget(self.status, 1)
        state.addWidget(self.progress, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(name)
        layout.addLayout(choices)
        layout.addWidget(self.header_box)
        layout.addWidget(self.view, 1)
        layout.addLayout(state)
        layout.addWidget(self.buttons)
        self.resize(720, 460)

    # Qt

    def accept(self) -> None:
        """Close with the table, as soon as it is read."""
        if self.table is None:
            self._is_accepted_early = True
            self.accept_button.setEnabled(False)
            self.progress.show()
        else:
            super().accept()
