"""A table of texts that is edited like a spreadsheet: in place, by keys, and with copy and paste."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QInputDialog,
    QMenu,
    QPlainTextEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from paradigm_gui.core.delimited import tsv_records, tsv_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from paradigm_gui.models.input_model import InputModel

_Select = QItemSelectionModel.SelectionFlag
Index = QModelIndex | QPersistentModelIndex

_EDITOR_LINES = 6
_COLUMN_CHARACTERS = 18
_ROW_PADDING_PX = 8


class _CellDelegate(QStyledItemDelegate):
    """Edits a cell with all its lines: Return ends, Shift+Return begins another line."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QPlainTextEdit(parent)
        editor.setFrameShape(QPlainTextEdit.Shape.Box)
        editor.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        editor.document().setDocumentMargin(2)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, QPlainTextEdit)
        editor.setPlainText(index.data(Qt.ItemDataRole.EditRole))
        editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, QPlainTextEdit)
        # what was not touched stays exactly as it is: an editor knows fewer kinds of line ends
        if editor.document().isModified():
            model.setData(index, exact_text(editor))

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        text = index.data(Qt.ItemDataRole.EditRole)
        lines = min(_EDITOR_LINES, text.count("\n") + 1 + len(text) // 40)
        room = option.rect.adjusted(0, 0, 0, (lines - 1) * editor.fontMetrics().lineSpacing())
        editor.setGeometry(room.adjusted(-1, -1, 1, 1))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        ):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
            return True
        return super().eventFilter(editor, event)


def exact_text(edit: QPlainTextEdit) -> str:
    """What is in an editor, exactly: `toPlainText` would turn no-break spaces into ordinary ones."""
    return edit.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")


class TableEditor(QTableView):
    """Shows and edits an `InputModel`.

    Signals:
        said(str): what a change came to, for a line beside the table.
    """

    said = Signal(str)

    def __init__(self, model: InputModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setItemDelegate(_CellDelegate(self))
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + _ROW_PADDING_PX)
        self.horizontalHeader().setDefaultSectionSize(
            self.fontMetrics().horizontalAdvance("0") * _COLUMN_CHARACTERS
        )
        self.horizontalHeader().setStretchLastSection(True)
        # With the selection of the table, the header would look at every selected cell to draw a title:
        # seconds, when all are.
        self.horizontalHeader().setSelectionModel(QItemSelectionModel(model, self))
        self.horizontalHeader().sectionDoubleClicked.connect(self._ask_title)
        self.horizontalHeader().setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.horizontalHeader().customContextMenuRequested.connect(self._show_column_menu)
        self.menu = QMenu(self)
        self._make_actions()
        self._retranslate()
        self.selectionModel().selectionChanged.connect(self._enable)
        model.edited.connect(self._enable)
        self._enable()

    def commit(self) -> None:
        """Take over what is being typed into a cell."""
        if editor := self.indexWidget(self.currentIndex()):
            self.commitData(editor)

    def copy(self) -> None:
        """Put the selected cells on the clipboard, as spreadsheets do."""
        parts = self.selectionModel().selection().toList()
        cells = self._model.cells()
        if len(parts) == 1:
            (part,) = parts
            rows = cells[part.top() : part.bottom() + 1]
            records: Iterable[Sequence[str]] = (row[part.left() : part.right() + 1] for row in rows)
        else:
            chosen: dict[int, set[int]] = {}
            for row, column in self._selected_places():
                chosen.setdefault(row, set()).add(column)
            columns = sorted(set().union(*chosen.values()))
            records = (
                [cells[row][column] if column in chosen[row] else "" for column in columns]
                for row in sorted(chosen)
            )
        if parts:
            QGuiApplication.clipboard().setText(tsv_text(records))

    def paste(self) -> None:
        """Put what is on the clipboard into the cells, from the current one on; one cell fills all selected.

        A first record that repeats the names of the columns is left out. Blanks keep their place: they clear
        the cells that they come to lie on, so that nothing slides into another row.
        """
        text = QGuiApplication.clipboard().text()
        if not text:
            return
        block = tsv_records(text)
        if len(block) > 1 and [cell.strip() for cell in block[0]] == list(self._model.columns):
            block = block[1:]
        selected = list(self._selected_places())
        if len(block) == 1 and len(block[0]) == 1 and len(selected) > 1:
            self._model.fill(self.tr("Paste"), selected, block[0][0])
            return
        if not block:
            return
        width = max(map(len, block))
        whole = [[*cells, *[""] * (width - len(cells))] for cells in block]
        top = min((row for row, _ in selected), default=self._model.rowCount())
        left = min((column for _, column in selected), default=0)
        self._model.put(self.tr("Paste"), top, left, whole)

    def _make_actions(self) -> None:
        keys = QKeySequence.StandardKey
        stack = self._model.undo_stack
        self.undo_action = self._action(stack.undo, keys.Undo)
        self.redo_action = self._action(stack.redo, keys.Redo)
        self._separate()
        self.copy_action = self._action(self.copy, keys.Copy)
        self.paste_action = self._action(self.paste, keys.Paste)
        self.clear_action = self._action(self._clear, QKeySequence(Qt.Key.Key_Delete))
        self._separate()
        self.insert_action = self._action(self._insert, QKeySequence("Ctrl++"))
        self.remove_action = self._action(self._remove, QKeySequence("Ctrl+-"))
        self.up_action = self._action(lambda: self._move(-1), QKeySequence("Alt+Up"))
        self.down_action = self._action(lambda: self._move(1), QKeySequence("Alt+Down"))
        self._separate()
        self.duplicates_action = self._action(lambda: self._remove_duplicates(()))
        self.column_duplicates_action = self._action(lambda: self._remove_duplicates(self.selected_columns()))
        self._separate()
        self.add_column_action = self._action(self._ask_new_column)
        self.rename_action = self._action(lambda: self._ask_title(self.currentIndex().column()))
        self.remove_columns_action = self._action(self._remove_columns)
        for action in (self.undo_action, self.redo_action):
            action.setEnabled(False)
        self.header_action = self._action(lambda: self._model.take_header(self.tr("Name the columns")))
        self.no_header_action = self._action(
            lambda: self._model.give_back_header(self.tr("Number the columns"))
        )
        stack.canUndoChanged.connect(self.undo_action.setEnabled)
        stack.canRedoChanged.connect(self.redo_action.setEnabled)

    def _action(
        self, act: Callable[[], object], keys: QKeySequence | QKeySequence.StandardKey | None = None
    ) -> QAction:
        action = QAction(self)
        if keys is not None:
            action.setShortcuts(keys if isinstance(keys, QKeySequence.StandardKey) else [keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda: act())
        self.addAction(action)
        self.menu.addAction(action)
        return action

    def _separate(self) -> None:
        separator = QAction(self)
        separator.setSeparator(True)
        self.addAction(separator)
        self.menu.addAction(separator)

    def _selected_places(self) -> Iterator[tuple[int, int]]:
        """Row and column of each selected cell. Asking for indexes would take seconds for a whole table."""
        for part in self.selectionModel().selection().toList():
            for row in range(part.top(), part.bottom() + 1):
                for column in range(part.left(), part.right() + 1):
                    yield row, column

    def selected_rows(self) -> list[int]:
        """The rows of which any cell is selected, in order."""
        parts = self.selectionModel().selection().toList()
        return sorted({row for part in parts for row in range(part.top(), part.bottom() + 1)})

    def selected_columns(self) -> list[int]:
        """The columns of which any cell is selected, in order."""
        parts = self.selectionModel().selection().toList()
        return sorted({column for part in parts for column in range(part.left(), part.right() + 1)})

    def whole_width(self) -> int:
        """The width at which all columns are seen."""
        bar = self.verticalScrollBar().sizeHint().width()
        # the last column takes what is left, so that the length of the header says nothing
        columns = len(self._model.columns) * self.horizontalHeader().defaultSectionSize()
        return self.verticalHeader().sizeHint().width() + columns + bar + 2 * self.frameWidth()

    def _clear(self) -> None:
        self._model.fill(self.tr("Clear cells"), self._selected_places(), "")

    def _insert(self) -> None:
        """Add a row below the current one, and go there."""
        at = self.currentIndex().row() + 1 or self._model.rowCount()
        self._model.insert_row(self.tr("Add a row"), at)
        self._go_to(at)

    def _remove(self) -> None:
        rows = self.selected_rows()
        self._model.remove_rows(self.tr("Remove rows"), rows)
        if rows and self._model.rowCount():
            self._go_to(min(rows[0], self._model.rowCount() - 1))

    def _move(self, step: int) -> None:
        rows = self.selected_rows()
        if self._model.move_rows(self.tr("Move rows"), rows, step):
            column = self._go_to(rows[0] + step)
            for row in rows[1:]:
                self.selectionModel().select(self._model.index(row + step, column), _Select.Select)

    def _go_to(self, row: int) -> int:
        """Select a cell of the row and nothing else, whatever keys are held; give its column."""
        column = max(0, self.currentIndex().column())
        self.selectionModel().setCurrentIndex(self._model.index(row, column), _Select.ClearAndSelect)
        return column

    def _remove_duplicates(self, columns: Sequence[int]) -> None:
        gone = self._model.remove_duplicates(self.tr("Remove duplicates"), columns)
        self.said.emit(self.tr("%n duplicate row(s) removed.", "", gone))

    def _ask_title(self, column: int) -> None:
        """Ask for another name of a column."""
        self._ask(
            self.tr("Rename the column"),
            self._model.columns[column],
            lambda title: self._model.rename_column(self.tr("Rename the column"), column, title),
        )

    def _ask_new_column(self) -> None:
        """Ask for the name of a column that is added after the current one, or as the last."""
        at = self.currentIndex().column() + 1 or len(self._model.columns)
        self._ask(self.tr("Add a column"), "", lambda title: self._add_column(at, title))

    def _ask(self, title: str, text: str, take: Callable[[str], None]) -> None:
        dialog = QInputDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(title)
        dialog.setLabelText(self.tr("Name of the column"))
        dialog.setTextValue(text)
        dialog.textValueSelected.connect(take)
        dialog.open()

    def _add_column(self, at: int, title: str) -> None:
        row = max(0, self.currentIndex().row())
        self._model.insert_column(self.tr("Add a column"), at, title)
        self.selectionModel().setCurrentIndex(self._model.index(row, at), _Select.ClearAndSelect)

    def _remove_columns(self) -> None:
        row, columns = self.currentIndex().row(), self.selected_columns()
        self._model.remove_columns(self.tr("Remove columns"), columns)
        if columns and self._model.columns:
            place = self._model.index(max(0, row), min(columns[0], len(self._model.columns) - 1))
            self.selectionModel().setCurrentIndex(place, _Select.ClearAndSelect)

    def _show_column_menu(self, place: QPoint) -> None:
        """Offer what can be done with the column whose title is pointed at."""
        header = self.horizontalHeader()
        column = header.logicalIndexAt(place)
        if column >= 0:
            if column not in self.selected_columns():
                self.selectColumn(column)
            self.menu.popup(header.mapToGlobal(place))

    def _enable(self) -> None:
        has_selection = self.selectionModel().hasSelection()
        for action in (
            self.copy_action,
            self.clear_action,
            self.remove_action,
            self.up_action,
            self.down_action,
            self.rename_action,
            self.remove_columns_action,
        ):
            action.setEnabled(has_selection)
        some = 0 < len(self.selected_columns()) < len(self._model.columns)
        self.column_duplicates_action.setEnabled(some and self._model.rowCount() > 1)
        self.duplicates_action.setEnabled(self._model.rowCount() > 1)
        self.header_action.setEnabled(self._model.rowCount() > 0)

    def _retranslate(self) -> None:
        self.undo_action.setText(self.tr("Undo"))
        self.redo_action.setText(self.tr("Redo"))
        self.copy_action.setText(self.tr("Copy"))
        self.paste_action.setText(self.tr("Paste"))
        self.clear_action.setText(self.tr("Clear cells"))
        self.insert_action.setText(self.tr("Add a row"))
        self.remove_action.setText(self.tr("Remove rows"))
        self.up_action.setText(self.tr("Move up"))
        self.down_action.setText(self.tr("Move down"))
        self.duplicates_action.setText(self.tr("Remove duplicates"))
        self.column_duplicates_action.setText(self.tr("Remove rows that repeat in the selected columns"))
        self.add_column_action.setText(self.tr("Add a column…"))
        self.remove_columns_action.setText(self.tr("Remove columns"))
        self.rename_action.setText(self.tr("Rename the column…"))
        self.header_action.setText(self.tr("The first row names the columns"))
        self.no_header_action.setText(self.tr("The names of the columns are a row"))
        self.setAccessibleName(self.tr("Table of the input"))

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
