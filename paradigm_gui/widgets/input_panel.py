"""What is sent: the rows, the prompt that is filled for each, and the system prompt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
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
from paradigm_gui.models.input_model import InputModel
from paradigm_gui.widgets.contents import Contents, Mode, contents_of
from paradigm_gui.widgets.fitting_area import FittingArea
from paradigm_gui.widgets.labels import caption, plain_label
from paradigm_gui.widgets.lines_edit import LinesEdit, are_lines
from paradigm_gui.widgets.prompt_panel import PromptPanel, replace_all
from paradigm_gui.widgets.table_editor import TableEditor, exact_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from paradigm_gui.core.batch_file import BatchFile
    from paradigm_gui.core.tables import Table

SETTLE_MS = 150
_WHOLE_PROMPT = "{prompt}"
_LINE_COLUMN = {Mode.NAMES: "name", Mode.PROMPTS: "prompt"}


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
        self._count_label.setWordWrap(True)

        self.prompt = PromptPanel(self)
        self.examples_button = self.prompt.examples_button
        self.template_edit = self.prompt.template_edit
        self.system_edit = self.prompt.system_edit
        self.format_edit = self.prompt.format_edit

        self._lay_out()
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._update)
        for edit in (self.names_edit, self.prompts_edit):
            edit.textChanged.connect(self._on_edited)
            edit.file_given.connect(self.file_given)
            edit.long_text_given.connect(self._show_long_text)
            edit.table_given.connect(self._take_table)
        self.prompt.edited.connect(self._on_edited)
        self.prompt.example_requested.connect(self.example_requested)
        self.tabs.currentChanged.connect(self._on_mode)
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
        self.table_view.commit()
        self._refresh_rows()
        return self._rows

    def template(self) -> Template:
        """The prompt to fill; a list of prompts is filled with itself."""
        return self.prompt.template()

    def system(self) -> str:
        return self.prompt.system()

    def schema(self) -> str:
        """The answer format, which may not be valid."""
        return self.prompt.schema()

    def wanted_width(self) -> int:
        """The width at which all columns of the table are seen; as little as possible without a table."""
        if self.mode is not Mode.TABLE or not self._table_model.columns:
            return self.minimumSizeHint().width()
        return self.table_view.whole_width() + self.width() - self.splitter.width()

    def unknown_placeholders(self) -> list[str]:
        """What prompt and system prompt have in braces that names no column of the input."""
        self._refresh_rows()
        return self.prompt.unknown_placeholders(self._columns)

    def selected_rows(self) -> list[int]:
        """The numbers of the rows to be sent that are selected in the table, if it is the one on show."""
        if self.mode is not Mode.TABLE:
            return []
        return self._table_model.all_sent_as(set(self.table_view.selected_rows()))

    def show_table(self, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Show the rows of a file; few plain lines of one column go into the editor instead."""
        for mode, edit in ((Mode.NAMES, self.names_edit), (Mode.PROMPTS, self.prompts_edit)):
            if tuple(columns) == (_LINE_COLUMN[mode],) and are_lines(rows, _LINE_COLUMN[mode]):
                edit.replace_text("\n".join(row.variables[_LINE_COLUMN[mode]] for row in rows))
                self._choose(mode)
                return
        if tuple(columns) == (_LINE_COLUMN[Mode.PROMPTS],):
            # whole prompts, whatever the template was for
            replace_all(self.template_edit, _WHOLE_PROMPT)
        self._put_in_table(columns, rows)

    def show_batch(self, batch: BatchFile) -> None:
        """Take over what a batch file says and leave the rest."""
        if batch.columns and batch.rows:
            self.show_table(batch.columns, batch.rows)
        if batch.template is not None:
            if self.mode is Mode.PROMPTS and batch.template != _WHOLE_PROMPT:
                # prompts by themselves have no template: with one, they are a column of a table
                self._put_in_table(self.columns(), self.rows())
            replace_all(self.template_edit, batch.template)
        if batch.system is not None:
            replace_all(self.system_edit, batch.system)
        if batch.schema is not None:
            self.format_edit.replace_text(schema_text(batch.schema))
        if batch.system is not None or batch.schema is not None:
            self.prompt.unfold()

    def _put_in_table(self, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Replace the table; undo brings the old one back."""
        self._table_model.replace(self.tr("Replace the table"), columns, rows)
        self._choose(Mode.TABLE)

    def _take_table(self, table: Table) -> None:
        self._put_in_table(table.columns, table.rows)
        texts = [self.tr("%n row(s) pasted as a table.", "", len(table.rows))]
        if table.skipped_empty:
            texts.append(self.tr("%n empty row(s) left out", "", table.skipped_empty))
        if table.renamed:
            texts.append(wording.renamed_columns(table.renamed))
        self._say(" · ".join(texts))

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

    def contents(self) -> Contents:
        """What is in the editors and in the table."""
        self.table_view.commit()
        return Contents(
            mode=self.mode,
            names=exact_text(self.names_edit),
            prompts=exact_text(self.prompts_edit),
            template=exact_text(self.template_edit),
            system=exact_text(self.system_edit),
            schema=exact_text(self.format_edit.edit),
            columns=self._table_model.columns,
            cells=self._table_model.cells(),
        )

    def show_contents(self, contents: Contents) -> None:
        """Put what was there before into the editors; undo in each of them takes it out again."""
        for edit, text in (
            (self.names_edit, contents.names),
            (self.prompts_edit, contents.prompts),
            (self.template_edit, contents.template),
            (self.system_edit, contents.system),
            (self.format_edit.edit, contents.schema),
        ):
            if exact_text(edit) != text:
                replace_all(edit, text)
        self._table_model.replace_cells(self.tr("Replace the table"), contents.columns, contents.cells)
        self._choose(contents.mode or self.mode)
        self.prompt.unfold()
        self._update()

    def draft(self) -> dict[str, Any]:
        """What is in the editors, for the next start."""
        return self.contents().draft()

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Begin with what was in the editors when the program last ended."""
        contents = contents_of(draft, self.contents())
        for edit, text in (
            (self.names_edit, contents.names),
            (self.prompts_edit, contents.prompts),
            (self.template_edit, contents.template),
            (self.system_edit, contents.system),
            (self.format_edit.edit, contents.schema),
        ):
            edit.setPlainText(text)
        self._table_model.show_cells(contents.columns, contents.cells)
        self._choose(contents.mode or self.mode)
        self.prompt.unfold()
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

        splitter = self.splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(rows)
        # in a low window it is scrolled rather than pressed together
        splitter.addWidget(FittingArea(self.prompt, splitter))
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(8, 8, 4, 8)
        outer.addWidget(splitter)

    def _choose(self, mode: Mode) -> None:
        self.tabs.setCurrentIndex(list(Mode).index(mode))

    def _on_mode(self) -> None:
        self.prompt.set_prompts_only(self.mode is Mode.PROMPTS)
        self._on_edited()

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
        self.prompt.show_input(self._columns, rows, tells_unused=self.mode is Mode.TABLE)
        self._edit_button.setVisible(self.mode is Mode.TABLE and bool(self._columns))
        self._count_label.setText(self._count_text(len(rows)))
        self._said = ""
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

    def _preview_current(self, current: QModelIndex) -> None:
        """Let the preview follow the table's current row."""
        if current.isValid() and (row := self._table_model.sent_as(current.row())) is not None:
            self.prompt.preview(row)

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
        self._update()

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
