"""What is asked of the model for each row: prompt, system prompt, answer format, and how a row fills them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPlainTextEdit,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from paradigm_gui import wording
from paradigm_gui.core.batch import Template
from paradigm_gui.models.input_model import TableRows
from paradigm_gui.widgets.answer_format_edit import AnswerFormatEdit
from paradigm_gui.widgets.labels import caption, plain_label, plain_tip
from paradigm_gui.widgets.table_editor import exact_text
from paradigm_gui.widgets.template_edit import TemplateEdit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paradigm_gui.core.batch import Row

EXAMPLES = ("greeting", "classification", "translation", "summary", "extraction")
PREVIEW_CHARACTERS = 2_000
_MOST_NAMED = 5
_EDIT_MARGINS_PX = 12
_WHOLE_PROMPT = Template("{prompt}")


class _Discloser(QToolButton):
    """A title with an arrow that shows or hides what is below it."""

    def __init__(self, content: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._content = content
        self.setCheckable(True)
        self.setAutoRaise(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.toggled.connect(self._show)
        self._show(False)

    def _show(self, is_shown: bool) -> None:
        self._content.setVisible(is_shown)
        self.setArrowType(Qt.ArrowType.DownArrow if is_shown else Qt.ArrowType.RightArrow)


class PromptPanel(QWidget):
    """Edits the prompt for rows that are entered elsewhere, and says what does not fit them.

    Signals:
        edited(): the prompt, the system prompt or the answer format changed.
        example_requested(str): the user wants to see an example of ours, one of `EXAMPLES`.
    """

    edited = Signal()
    example_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns: Sequence[str] = ()
        self._rows: Sequence[Row] = ()
        self._has_template = True
        self._tells_unused = False

        self._template_caption = caption(self)
        self.examples_button = QToolButton(self)
        self.examples_button.setAutoRaise(True)
        self.examples_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.examples_button)
        for name in EXAMPLES:
            menu.addAction("").setData(name)
        menu.triggered.connect(lambda action: self.example_requested.emit(action.data()))
        self.examples_button.setMenu(menu)
        self.template_edit = TemplateEdit(self)
        self._warning = plain_label(parent=self)
        self._warning.setWordWrap(True)
        self._warning.hide()
        self.system_edit = TemplateEdit(self)
        self._system_button = _Discloser(self.system_edit, self)
        self.format_edit = AnswerFormatEdit(self)
        self._format_button = _Discloser(self.format_edit, self)
        self._preview_caption = caption(self)
        self._preview_row = QSpinBox(self)
        self._preview_row.setMinimum(1)
        self._unused = caption(self)
        # many names are cut rather than let the panel be as wide as they are
        self._unused.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._preview = QPlainTextEdit(self)
        self._preview.setReadOnly(True)
        self._preview.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self._preview.viewport().setAutoFillBackground(False)

        for edit, lines in ((self.template_edit, 2), (self._preview, 1)):
            # in a low window, the rows need the room more
            edit.setMinimumHeight(lines * edit.fontMetrics().lineSpacing() + _EDIT_MARGINS_PX)
        self._lay_out()
        self.template_edit.textChanged.connect(self.edited)
        self.system_edit.textChanged.connect(self.edited)
        self.format_edit.edited.connect(self.edited)
        self._system_button.toggled.connect(self._on_system_shown)
        self._format_button.toggled.connect(self._make_room)
        self._preview_row.valueChanged.connect(self._show_preview)
        self._retranslate()

    def template(self) -> Template:
        """The prompt to fill; a list of prompts is filled with itself."""
        return Template(exact_text(self.template_edit)) if self._has_template else _WHOLE_PROMPT

    def system(self) -> str:
        return exact_text(self.system_edit).strip()

    def schema(self) -> str:
        """The answer format, which may not be valid."""
        return self.format_edit.text

    def set_prompts_only(self, is_on: bool) -> None:
        """Let the rows be whole prompts, which need no template."""
        self._has_template = not is_on
        for widget in (self._template_caption, self.template_edit):
            widget.setHidden(is_on)

    def show_input(self, columns: Sequence[str], rows: Sequence[Row], *, tells_unused: bool) -> None:
        """Show how the prompt fits the rows; columns that it does not use are told if that is wanted."""
        self._columns, self._rows, self._tells_unused = columns, rows, tells_unused
        for edit in (self.template_edit, self.system_edit):
            edit.set_columns(columns)
        self._preview_row.setMaximum(max(1, len(rows)))
        self._show_warning()
        self._show_unused()
        self._show_format()
        self._show_preview()

    def preview(self, row: int) -> None:
        """Show how a row, counted from 0, fills the prompt."""
        self._preview_row.setValue(row + 1)

    def unfold(self) -> None:
        """Show what there is of system prompt and answer format; the first of them where there are both."""
        self._system_button.setChecked(bool(self.system()))
        self._format_button.setChecked(bool(self.schema()) and not self.system())

    def unknown_placeholders(self, columns: Sequence[str]) -> list[str]:
        """What prompt and system prompt have in braces that names none of the columns."""
        texts = (self.template(), Template(self.system()))
        return list(dict.fromkeys(name for text in texts for name in text.unknown_placeholders(columns)))

    def go_to_placeholder(self, name: str) -> None:
        """Select a placeholder where it stands first, in the prompt or in the system prompt."""
        placeholder = "{" + name + "}"
        is_in_prompt = self._has_template and placeholder in self.template().text
        edit = self.template_edit if is_in_prompt else self.system_edit
        if not is_in_prompt:
            self._system_button.setChecked(True)
        found = edit.document().find(placeholder, 0, QTextDocument.FindFlag.FindCaseSensitively)
        if not found.isNull():
            edit.setTextCursor(found)
        edit.setFocus()

    def _used_columns(self) -> list[str]:
        texts = (self.template(), Template(self.system()))
        return list(dict.fromkeys(name for text in texts for name in text.placeholders(self._columns)))

    def _show_warning(self) -> None:
        warnings = [*self._placeholder_warnings(), *self._missing_warnings()]
        self._warning.setText("\n".join("⚠ " + text for text in warnings))
        self._warning.setVisible(bool(warnings))

    def _show_unused(self) -> None:
        used = self._used_columns()
        unused = [name for name in self._columns if name not in used]
        text = self.tr("Not used: {columns}").format(columns=in_braces(unused))
        self._unused.setText(text if unused and used and self._tells_unused else "")
        self._unused.setToolTip(plain_tip(self._unused.text()))

    def _placeholder_warnings(self) -> list[str]:
        if unknown := self.unknown_placeholders(self._columns):
            text = self.tr("{placeholders} is sent as it is. Columns: {columns}", "", len(unknown))
            return [text.format(placeholders=in_braces(unknown), columns=_some(self._columns) or "–")]
        if self._rows and self.template().text and not self._used_columns():
            return [
                self.tr("Every row gets the same prompt. Columns that it could use: {columns}").format(
                    columns=_some(self._columns)
                )
            ]
        return []

    def _missing_warnings(self) -> list[str]:
        if not isinstance(self._rows, TableRows):
            return []
        warnings = []
        for name in self._used_columns():
            if missing := self._rows.missing(name):
                text = self.tr("{column} is empty in %n row(s), first in row {row}.", "", len(missing))
                warnings.append(text.format(column=in_braces([name]), row=wording.number(missing[0] + 1, 0)))
        return warnings

    def _show_preview(self) -> None:
        rows = self._rows
        text = ""
        if rows:
            row = rows[min(self._preview_row.value(), len(rows)) - 1]
            text = self.template().render(row.variables)
            system = Template(self.system())
            if system.placeholders(self._columns):
                filled = system.render(row.variables)[:PREVIEW_CHARACTERS]
                text = wording.labelled(self.tr("System prompt"), filled) + "\n\n" + text
        self._preview.setPlainText(text[: 2 * PREVIEW_CHARACTERS])

    def _on_system_shown(self, is_shown: bool) -> None:
        """Close the answer format: there is room for one of them."""
        if is_shown:
            self._format_button.setChecked(False)

    def _make_room(self, is_format_shown: bool) -> None:
        """Fold away what would leave a schema too little room to be read."""
        if is_format_shown:
            self._system_button.setChecked(False)
        for widget in (self._preview_caption, self._preview_row, self._unused, self._preview):
            widget.setHidden(is_format_shown)

    def _show_format(self) -> None:
        """Say on the button what the format is, since it counts also while it is folded away."""
        title, verdict = self.tr("Answer format"), self.format_edit.judge()
        self._format_button.setText(wording.labelled(title, verdict) if verdict else title)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(self._template_caption, 1)
        head.addWidget(self.examples_button)
        layout.addLayout(head)
        layout.addWidget(self.template_edit, 3)
        layout.addWidget(self._warning)
        more = QHBoxLayout()
        more.addWidget(self._system_button)
        more.addWidget(self._format_button)
        more.addStretch(1)
        layout.addLayout(more)
        layout.addWidget(self.system_edit, 2)
        layout.addWidget(self.format_edit, 3)
        head = QHBoxLayout()
        head.addWidget(self._preview_caption)
        head.addWidget(self._preview_row)
        head.addWidget(self._unused, 1)
        layout.addLayout(head)
        layout.addWidget(self._preview, 2)

    def _retranslate(self) -> None:
        self._template_caption.setText(self.tr("Prompt for each row"))
        self.examples_button.setText(self.tr("Examples"))
        titles = (
            self.tr("Greeting"),
            self.tr("Classification"),
            self.tr("Translation"),
            self.tr("Summary"),
            self.tr("Extraction"),
        )
        for action, title in zip(self.examples_button.menu().actions(), titles, strict=True):
            action.setText(title)
        self.template_edit.setAccessibleName(self.tr("Prompt for each row"))
        self.template_edit.setPlaceholderText(self.tr("For example: Write a greeting for {name}."))
        self._system_button.setText(self.tr("System prompt"))
        self.system_edit.setAccessibleName(self.tr("System prompt"))
        self.system_edit.setPlaceholderText(
            self.tr("Optional: how the model should behave. May use {placeholders}, too.")
        )
        self._preview_caption.setText(self.tr("Preview of row"))
        self._preview_row.setAccessibleName(self.tr("Row to preview"))
        self._preview.setAccessibleName(self.tr("Preview of the filled prompt"))
        self.show_input(self._columns, self._rows, tells_unused=self._tells_unused)

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


def replace_all(edit: QPlainTextEdit, text: str) -> None:
    """Put another text into an editor; undo brings the old one back."""
    cursor = edit.textCursor()
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.insertText(text)


def in_braces(names: Sequence[str]) -> str:
    return ", ".join("{" + name + "}" for name in names)


def _some(names: Sequence[str]) -> str:
    """The first names, since all of a wide table would fill the panel."""
    return in_braces(names[:_MOST_NAMED]) + (", …" if len(names) > _MOST_NAMED else "")
