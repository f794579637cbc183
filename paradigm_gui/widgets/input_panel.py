"""What is sent: the rows, the prompt that is filled for each, and the system prompt."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QMimeData, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QTextCursor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QSplitter,
    QStackedLayout,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from paradigm_gui import wording
from paradigm_gui.core.answer_format import schema_text
from paradigm_gui.core.batch import Row, Template
from paradigm_gui.core.tables import pasted_table, rows_from_lines
from paradigm_gui.models.input_model import Cells, InputModel, TableRows
from paradigm_gui.widgets.answer_format_edit import AnswerFormatEdit
from paradigm_gui.widgets.labels import caption, plain_label, plain_tip
from paradigm_gui.widgets.table_editor import TableEditor, exact_text
from paradigm_gui.widgets.template_edit import TemplateEdit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from paradigm_gui.core.batch_file import BatchFile
    from paradigm_gui.core.tables import Table

# An editor lays out every line; beyond this, lines are shown as a table, which draws only what is seen.
MOST_EDITED_LINES = 20_000
MOST_EDITED_CHARACTERS = 2_000_000
PREVIEW_CHARACTERS = 2_000
SETTLE_MS = 150
_WHOLE_PROMPT = "{prompt}"


class Mode(StrEnum):
    """How rows are entered; the value names the tab in the remembered draft."""

    NAMES = "names"
    PROMPTS = "prompts"
    TABLE = "table"


EXAMPLES = ("greeting", "classification", "translation", "summary", "extraction")
_LINE_COLUMN = {Mode.NAMES: "name", Mode.PROMPTS: "prompt"}


class LinesEdit(QPlainTextEdit):
    """One row a line. Files dropped or pasted are opened; very long texts and cells become a table.

    Signals:
        file_given(Path), long_text_given(str), table_given(Table)
    """

    file_given = Signal(object)
    long_text_given = Signal(str)
    table_given = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTabChangesFocus(True)

    def replace_text(self, text: str) -> None:
        """Put another text in; undo brings the old one back."""
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasUrls() or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        path = _file_in(source)
        if path is not None:
            self.file_given.emit(path)
        elif table := pasted_table(source.text()):
            self.table_given.emit(table)
        elif is_long(source.text()):
            self.long_text_given.emit(source.text())
        else:
            self.insertPlainText(source.text())


def is_long(text: str) -> bool:
    return len(text) > MOST_EDITED_CHARACTERS or text.count("\n") > MOST_EDITED_LINES


def _file_in(source: QMimeData) -> Path | None:
    return next((Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()), None)


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


class InputPanel(QWidget):
    """The left side of the window.

    Signals:
        changed(): the rows, the template, the system prompt or the answer format changed, a moment ago.
        selection_changed(): other rows of the table are selected.
        file_given(Path): a file was dropped.
        open_requested(): the user wants to choose a file.
        example_requested(str): the user wants to see an example of ours, one of `EXAMPLES`.
    """

    changed = Signal()
    selection_changed = Signal()
    file_given = Signal(object)
    open_requested = Signal()
    example_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._columns: Sequence[str] = ("name",)
        self._rows: Sequence[Row] = ()
        self._is_stale = True
        self._said = ""

        self.names_edit = LinesEdit(self)
        self.prompts_edit = LinesEdit(self)
        self._table_model = InputModel(is_editable=True)
        self.table_view = TableEditor(self._table_model, self)
        self.open_button = QPushButton(self)
        self.paste_button = QPushButton(self)
        self.new_button = QPushButton(self)
        self._edit_button = QToolButton(self)
        self._edit_button.setAutoRaise(True)
        self._edit_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._edit_button.setMenu(self.table_view.menu)
        self._edit_button.hide()
        self._table_hint = plain_label(parent=self)
        self._table_hint.setWordWrap(True)
        self._table_hint.setAlignment(Qt.AlignmentFlag.AlignCenter)

        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        for mode, page in (
            (Mode.NAMES, self.names_edit),
            (Mode.PROMPTS, self.prompts_edit),
            (Mode.TABLE, self._table_page()),
        ):
            page.setProperty("mode", mode.value)
            self.tabs.addTab(page, "")
        self._count_label = caption(self)

        self._template_caption = caption(self)
        self.examples_button = QToolButton(self)
        self.examples_button.setAutoRaise(True)
        self.examples_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.examples_button.setMenu(QMenu(self.examples_button))
        for name in EXAMPLES:
            action = self.examples_button.menu().addAction("")
            action.setData(name)
        self.examples_button.menu().triggered.connect(
            lambda action: self.example_requested.emit(action.data())
        )
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
        self._preview = QPlainTextEdit(self)
        self._preview.setReadOnly(True)
        self._preview.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self._preview.viewport().setAutoFillBackground(False)

        self._lay_out()
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._update)
        for edit in (self.names_edit, self.prompts_edit):
            edit.textChanged.connect(self._on_edited)
            edit.file_given.connect(self.file_given)
            edit.long_text_given.connect(self._show_long_text)
            edit.table_given.connect(self._take_table)
        self.template_edit.textChanged.connect(self._on_edited)
        self.system_edit.textChanged.connect(self._on_edited)
        self.format_edit.edited.connect(self._on_edited)
        self._system_button.toggled.connect(self._on_system_shown)
        self._format_button.toggled.connect(self._make_room)
        self.tabs.currentChanged.connect(self._on_edited)
        self._preview_row.valueChanged.connect(self._show_preview)
        self.open_button.clicked.connect(self.open_requested)
        self.paste_button.clicked.connect(self._paste_table)
        self.new_button.clicked.connect(self._begin_table)
        self._table_model.edited.connect(self._on_edited)
        self._table_model.edited.connect(self._show_table_or_hint)
        self.table_view.said.connect(self._say)
        self._selection_settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._selection_settle.timeout.connect(self.selection_changed)
        self.table_view.selectionModel().selectionChanged.connect(lambda: self._selection_settle.start())
        self.table_view.selectionModel().currentRowChanged.connect(self._preview_current)
        self._retranslate()

    @property
    def mode(self) -> Mode:
        return Mode(self.tabs.currentWidget().property("mode"))

    def columns(self) -> Sequence[str]:
        self._refresh_rows()
        return self._columns

    def rows(self) -> Sequence[Row]:
        self._refresh_rows()
        return self._rows

    def template(self) -> Template:
        """The prompt to fill; a list of prompts is filled with itself."""
        if self.mode is Mode.PROMPTS:
            return Template(_WHOLE_PROMPT)
        return Template(exact_text(self.template_edit))

    def system(self) -> str:
        return exact_text(self.system_edit).strip()

    def schema(self) -> str:
        """The answer format, which may not be valid."""
        return self.format_edit.text

    def selected_rows(self) -> list[int]:
        """The numbers of the rows to be sent that are selected in the table, if it is the one on show."""
        if self.mode is not Mode.TABLE:
            return []
        return self._table_model.all_sent_as(set(self.table_view.selected_rows()))

    def show_table(self, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Show the rows of a file; few plain lines of one column go into the editor instead."""
        for mode, edit in ((Mode.NAMES, self.names_edit), (Mode.PROMPTS, self.prompts_edit)):
            if tuple(columns) == (_LINE_COLUMN[mode],) and _are_lines(rows, _LINE_COLUMN[mode]):
                edit.replace_text("\n".join(row.variables[_LINE_COLUMN[mode]] for row in rows))
                self._choose(mode)
                return
        if tuple(columns) == (_LINE_COLUMN[Mode.PROMPTS],):
            # whole prompts, whatever the template was for
            self._replace(self.template_edit, _WHOLE_PROMPT)
        self._put_in_table(columns, rows)

    def show_batch(self, batch: BatchFile) -> None:
        """Take over what a batch file says and leave the rest."""
        if batch.columns and batch.rows:
            self.show_table(batch.columns, batch.rows)
        if batch.template is not None:
            if self.mode is Mode.PROMPTS and batch.template != _WHOLE_PROMPT:
                # prompts by themselves have no template: with one, they are a column of a table
                self._put_in_table(self.columns(), self.rows())
            self._replace(self.template_edit, batch.template)
        if batch.system is not None:
            self._replace(self.system_edit, batch.system)
        if batch.schema is not None:
            self.format_edit.replace_text(schema_text(batch.schema))
        if batch.system is not None or batch.schema is not None:
            self._unfold()

    def _put_in_table(self, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Replace the table; undo brings the old one back."""
        self._table_model.replace(self.tr("Replace the table"), columns, rows)
        self._choose(Mode.TABLE)

    def _take_table(self, table: Table) -> None:
        self._put_in_table(table.columns, table.rows)
        self._say(self.tr("%n row(s) pasted as a table.", "", len(table.rows)))

    def _paste_table(self) -> None:
        text = QGuiApplication.clipboard().text()
        if table := pasted_table(text):
            self._take_table(table)
        elif rows := rows_from_lines(text, "name"):
            self._put_in_table(("name",), rows)

    def _begin_table(self) -> None:
        self._put_in_table(("name",), [Row(0, {"name": ""})])
        self.table_view.setCurrentIndex(self._table_model.index(0, 0))
        self.table_view.setFocus()

    def _show_table_or_hint(self) -> None:
        self._table_stack.setCurrentIndex(1 if self._table_model.columns else 0)

    def _say(self, text: str) -> None:
        """Say what a change came to, until the next one."""
        self._said = text
        self._settle.start()

    def draft(self) -> dict[str, Any]:
        """What is in the editors, for the next start."""
        return {
            "mode": self.mode.value,
            "names": exact_text(self.names_edit),
            "prompts": exact_text(self.prompts_edit),
            "template": exact_text(self.template_edit),
            "system": exact_text(self.system_edit),
            "schema": exact_text(self.format_edit.edit),
            "columns": list(self._table_model.columns),
            "rows": self._table_model.cells(),
        }

    def restore(self, draft: Mapping[str, Any]) -> None:
        for name, edit in (
            ("names", self.names_edit),
            ("prompts", self.prompts_edit),
            ("template", self.template_edit),
            ("system", self.system_edit),
            ("schema", self.format_edit.edit),
        ):
            if isinstance(text := draft.get(name), str):
                edit.setPlainText(text)
        self._unfold()
        columns, cells = _table_in(draft)
        if cells:
            self._table_model.show_cells(columns, cells)
            self._choose(Mode.TABLE)
        if draft.get("mode") in (Mode.NAMES, Mode.PROMPTS):
            self._choose(Mode(draft["mode"]))
        self._update()

    def _table_page(self) -> QWidget:
        page = QWidget(self)
        self._table_stack = QStackedLayout(page)
        hint = QWidget(page)
        layout = QVBoxLayout(hint)
        layout.addStretch()
        layout.addWidget(self._table_hint)
        buttons = QHBoxLayout()
        buttons.addStretch()
        for button in (self.open_button, self.paste_button, self.new_button):
            buttons.addWidget(button)
        buttons.addStretch()
        layout.addLayout(buttons)
        layout.addStretch()
        self._table_stack.addWidget(hint)
        self._table_stack.addWidget(self.table_view)
        return page

    def _lay_out(self) -> None:
        rows = QWidget(self)
        layout = QVBoxLayout(rows)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.tabs, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._count_label, 1)
        foot.addWidget(self._edit_button)
        layout.addLayout(foot)

        prompt = QWidget(self)
        layout = QVBoxLayout(prompt)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(self._template_caption, 1)
        head.addWidget(self.examples_button)
        layout.addLayout(head)
        layout.addWidget(self.template_edit, 3)
        layout.addWidget(self._warning)
        layout.addWidget(self._system_button)
        layout.addWidget(self.system_edit, 2)
        layout.addWidget(self._format_button)
        layout.addWidget(self.format_edit, 3)
        head = QHBoxLayout()
        head.addWidget(self._preview_caption)
        head.addWidget(self._preview_row)
        head.addWidget(self._unused, 1)
        layout.addLayout(head)
        layout.addWidget(self._preview, 2)

        splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(rows)
        splitter.addWidget(prompt)
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([220, 260])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(8, 8, 4, 8)
        outer.addWidget(splitter)

    def _choose(self, mode: Mode) -> None:
        self.tabs.setCurrentIndex(list(Mode).index(mode))

    def _replace(self, edit: QPlainTextEdit, text: str) -> None:
        cursor = edit.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)

    def _on_edited(self) -> None:
        self._is_stale = True
        self._settle.start()

    def _refresh_rows(self) -> None:
        if not self._is_stale:
            return
        self._is_stale = False
        mode = self.mode
        if mode is Mode.TABLE:
            self._columns, self._rows = self._table_model.columns, self._table_model.rows()
        else:
            edit = self.names_edit if mode is Mode.NAMES else self.prompts_edit
            self._columns = (_LINE_COLUMN[mode],)
            self._rows = rows_from_lines(exact_text(edit), _LINE_COLUMN[mode])

    def _show_long_text(self, text: str) -> None:
        column = _LINE_COLUMN.get(self.mode, "name")
        self.show_table((column,), rows_from_lines(text, column))

    def _update(self) -> None:
        self._settle.stop()
        rows = self.rows()
        is_prompts = self.mode is Mode.PROMPTS
        for widget in (self._template_caption, self.template_edit):
            widget.setVisible(not is_prompts)
        for edit in (self.template_edit, self.system_edit):
            edit.set_columns(self._columns)
        self._edit_button.setVisible(self.mode is Mode.TABLE and bool(self._columns))
        self._count_label.setText(self._count_text(len(rows)))
        self._said = ""
        self._preview_row.setMaximum(max(1, len(rows)))
        self._show_warning()
        self._show_format()
        self._show_preview()
        self.selection_changed.emit()
        self.changed.emit()

    def _count_text(self, count: int) -> str:
        match self.mode:
            case Mode.NAMES:
                return self.tr("%n name(s), one per line", "", count)
            case Mode.PROMPTS:
                return self.tr("%n prompt(s), one per line", "", count)
            case _:
                texts = [self.tr("%n row(s)", "", count)]
                if empty := self._table_model.empty:
                    texts.append(self.tr("%n empty row(s) left out", "", empty))
                texts += [self._said] if self._said else []
                return " · ".join(texts)

    def _show_warning(self) -> None:
        warnings = [*self._placeholder_warnings(), *self._missing_warnings()]
        self._warning.setText("\n".join("⚠ " + text for text in warnings))
        self._warning.setVisible(bool(warnings))
        unused = [name for name in self._columns if name not in self._used_columns()]
        is_worth_it = self.mode is Mode.TABLE and len(unused) < len(self._columns)
        text = self.tr("Not used: {columns}").format(columns=_in_braces(unused))
        self._unused.setText(text if unused and is_worth_it else "")
        self._unused.setToolTip(plain_tip(self._unused.text()))

    def _used_columns(self) -> list[str]:
        texts = (self.template(), Template(self.system()))
        return list(dict.fromkeys(name for text in texts for name in text.placeholders(self._columns)))

    def _placeholder_warnings(self) -> list[str]:
        template = self.template()
        unknown = template.unknown_placeholders(self._columns) if self.mode is not Mode.PROMPTS else []
        unknown += [
            name
            for name in Template(self.system()).unknown_placeholders(self._columns)
            if name not in unknown
        ]
        if unknown:
            return [
                self.tr("{placeholders} is sent as it is: the input has only {columns}.").format(
                    placeholders=_in_braces(list(unknown)), columns=_in_braces(self._columns) or "–"
                )
            ]
        if self._rows and template.text and not self._used_columns():
            return [
                self.tr("Every row gets the same prompt: it does not use {columns}.").format(
                    columns=_in_braces(self._columns)
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
                warnings.append(text.format(column=_in_braces([name]), row=wording.number(missing[0] + 1, 0)))
        return warnings

    def _preview_current(self, current: QModelIndex) -> None:
        """Let the preview follow the table's current row."""
        if current.isValid() and (row := self._table_model.sent_as(current.row())) is not None:
            self._preview_row.setValue(row + 1)

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

    def _unfold(self) -> None:
        """Show what there is of system prompt and answer format; the first of them where there are both."""
        self._system_button.setChecked(bool(self.system()))
        self._format_button.setChecked(bool(self.schema()) and not self.system())

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

    def _retranslate(self) -> None:
        for index, title in enumerate((self.tr("Names"), self.tr("Prompts"), self.tr("Table"))):
            self.tabs.setTabText(index, title)
        self.tabs.setAccessibleName(self.tr("Input"))
        self.names_edit.setAccessibleName(self.tr("Names, one per line"))
        self.names_edit.setPlaceholderText(self.tr("Type or paste names, one per line"))
        self.prompts_edit.setAccessibleName(self.tr("Prompts, one per line"))
        self.prompts_edit.setPlaceholderText(self.tr("Type or paste whole prompts, one per line"))
        self._table_hint.setText(
            self.tr(
                "Drop a text, CSV, Excel, OpenDocument or JSONL file here, or paste cells of a spreadsheet."
            )
        )
        self.open_button.setText(self.tr("Open a file…"))
        self.paste_button.setText(self.tr("Paste cells"))
        self.new_button.setText(self.tr("Begin a table"))
        self._edit_button.setText(self.tr("Edit"))
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
        self._update()

    # Qt

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _file_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _file_in(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.file_given.emit(path)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


def _in_braces(names: Sequence[str]) -> str:
    return ", ".join("{" + name + "}" for name in names)


def _are_lines(rows: Sequence[Row], column: str) -> bool:
    """Whether an editor of lines would give these rows back as they are."""
    lines = "\n".join(row.variables[column] for row in rows)
    return not is_long(lines) and [row.variables for row in rows_from_lines(lines, column)] == [
        row.variables for row in rows
    ]


def _table_in(draft: Mapping[str, Any]) -> tuple[Cells, list[Cells]]:
    """The table of a remembered draft, as far as it makes sense."""
    columns, rows = draft.get("columns"), draft.get("rows")
    if not isinstance(columns, list) or not isinstance(rows, list) or not columns:
        return (), []
    if any(not isinstance(row, list) or len(row) != len(columns) for row in rows):
        return (), []
    return tuple(map(str, columns)), [tuple(map(str, row)) for row in rows]
