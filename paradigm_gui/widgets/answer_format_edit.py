"""The editor of the answer format: a JSON schema, with what is wrong with it said as one types."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontDatabase, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from paradigm_gui import wording
from paradigm_gui.core.answer_format import answer_format, schema_text
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.widgets.labels import plain_label
from paradigm_gui.widgets.table_editor import exact_text
from paradigm_gui.widgets.template_edit import PromptEdit

EXAMPLE = {
    "type": "object",
    "properties": {
        "answer": {"type": "string"},
        "language": {"enum": ["en", "fr", "other"]},
        "words": {"type": "integer"},
    },
    "required": ["answer", "language", "words"],
    "additionalProperties": False,
}


class AnswerFormatEdit(QWidget):
    """Edits a JSON schema; nothing in it means that any answer will do. Call `judge` when it has settled.

    Signals:
        edited(): the text changed.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = PromptEdit(self)
        self.edit.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.edit.setLineWrapMode(PromptEdit.LineWrapMode.NoWrap)
        self.verdict = plain_label(parent=self)
        self.verdict.setWordWrap(True)
        self.example_button = QToolButton(self)
        self.example_button.setAutoRaise(True)
        foot = QHBoxLayout()
        foot.addWidget(self.verdict, 1)
        foot.addWidget(self.example_button, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.edit, 1)
        layout.addLayout(foot)
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(self.edited)
        self.example_button.clicked.connect(lambda: self.replace_text(schema_text(EXAMPLE)))
        self._retranslate()

    @property
    def text(self) -> str:
        return exact_text(self.edit).strip()

    def replace_text(self, text: str) -> None:
        """Put another schema in; undo brings the old one back."""
        cursor = self.edit.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self.edit.moveCursor(QTextCursor.MoveOperation.Start)

    def judge(self) -> str:
        """Say beside the text whether it can be used; return the same in short, for a title."""
        try:
            wanted = answer_format(self.text)
        except UserFacingError as error:
            self.verdict.setText("⚠ " + wording.user_error(error))
            return self.tr("not valid")
        if wanted is None:
            self.verdict.setText(self.tr("Optional: a JSON schema that each answer is checked against."))
            return ""
        count = len(wanted.columns)
        self.verdict.setText(
            self.tr("Valid: %n field(s) become columns.", "", count)
            if count
            else self.tr("Valid, but it names no fields to become columns.")
        )
        return self.tr("%n field(s)", "", count)

    def _retranslate(self) -> None:
        self.edit.setAccessibleName(self.tr("Answer format"))
        self.edit.setPlaceholderText('{"type": "object", …}')
        self.example_button.setText(self.tr("Example"))
        self.example_button.setToolTip(self.tr("Put an example in the place of this; undo brings it back"))
        self.judge()

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
