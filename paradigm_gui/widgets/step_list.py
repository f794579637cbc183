"""Shows the steps of a connection test as they come."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from paradigm_gui import wording
from paradigm_gui.core.connection_steps import Step, StepCode, StepState
from paradigm_gui.resources import icon_path
from paradigm_gui.widgets.labels import plain_label

_ICONS = {
    StepState.RUNNING: "state-sent",
    StepState.PASSED: "state-done",
    StepState.FAILED: "state-failed",
    StepState.SKIPPED: "state-queued",
}
_DOUBTFUL = "warning"
_ICON_PX = 16
# below the steps, whichever they are
_LAST_ROW = 20


class StepList(QWidget):
    """One line a step: icon, name, result and time; below a failed one, what to do about it.

    Signals:
        suggestion_taken(str): the user wants the base URL that the test has found.
    """

    suggestion_taken = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._suggestion = ""
        self._rows: dict[StepCode, tuple[QLabel, QLabel, QLabel, QLabel]] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(2, 1)
        self.help_label = plain_label(parent=self)
        self.help_label.setWordWrap(True)
        self.help_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.suggestion_button = QPushButton(self)
        self.outdated_label = plain_label(self.tr("Something was changed after this test."), self)
        self._grid.addWidget(self.outdated_label, _LAST_ROW, 1, 1, 3)
        self.suggestion_button.clicked.connect(lambda: self.suggestion_taken.emit(self._suggestion))
        self.clear()

    def clear(self) -> None:
        for labels in self._rows.values():
            for label in labels:
                label.hide()
                self._grid.removeWidget(label)
                label.deleteLater()
        self._rows.clear()
        self.help_label.hide()
        self.suggestion_button.hide()
        self.show_outdated(is_outdated=False)

    def show_outdated(self, *, is_outdated: bool) -> None:
        """Say whether what is shown is of another server, key or way than what is entered now."""
        is_outdated = is_outdated and bool(self._rows)
        self.outdated_label.setVisible(is_outdated)
        for widget in (*(label for labels in self._rows.values() for label in labels), self.help_label):
            widget.setEnabled(not is_outdated)
        self.suggestion_button.setEnabled(not is_outdated)

    def show_step(self, step: Step) -> None:
        icon, name, result, duration = self._rows.get(step.code) or self._add_row(step.code)
        # a certificate that nobody checked proves nothing
        is_doubtful = step.state is StepState.PASSED and step.details.get("is_checked") is False
        picture = _DOUBTFUL if is_doubtful else _ICONS[step.state]
        icon.setPixmap(QIcon(str(icon_path(picture))).pixmap(_ICON_PX, _ICON_PX))
        name.setText(wording.step_name(step.code))
        result.setText(wording.step_result(step))
        if step.state in (StepState.PASSED, StepState.FAILED):
            duration.setText(self.tr("{seconds} s").format(seconds=wording.number(step.seconds, 2)))
        if text := wording.step_help(step):
            self._show_help(text, str(step.details.get("suggestion") or ""))

    def text(self) -> str:
        """All lines, for whoever reads them aloud."""
        lines = [f"{name.text()}: {result.text()}" for _, name, result, _ in self._rows.values()]
        return "\n".join(lines if self.help_label.isHidden() else [*lines, self.help_label.text()])

    def _add_row(self, code: StepCode) -> tuple[QLabel, QLabel, QLabel, QLabel]:
        row = len(self._rows)
        labels = (
            plain_label(parent=self),
            plain_label(parent=self),
            plain_label(parent=self),
            plain_label(parent=self),
        )
        labels[2].setWordWrap(True)
        labels[3].setAlignment(Qt.AlignmentFlag.AlignRight)
        for column, label in enumerate(labels):
            self._grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop)
            label.show()
        self._rows[code] = labels
        return labels

    def _show_help(self, text: str, suggestion: str) -> None:
        row = len(self._rows)
        self.help_label.setText(text)
        self._grid.addWidget(self.help_label, row, 1, 1, 3)
        self.help_label.show()
        self._suggestion = suggestion
        if suggestion:
            self.suggestion_button.setText(self.tr("Use {url}").format(url=suggestion.replace("&", "&&")))
            self._grid.addWidget(self.suggestion_button, row + 1, 1, 1, 3, Qt.AlignmentFlag.AlignLeft)
        self.suggestion_button.setVisible(bool(suggestion))
