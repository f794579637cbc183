"""The table of results: the widths and places of its columns, and comments that are typed into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from paradigm_gui.models.results_model import Column, ResultsModel
from paradigm_gui.widgets.column_layouts import ColumnLayouts
from paradigm_gui.widgets.comment_edit import CommentDelegate
from paradigm_gui.widgets.mark_delegate import ICON_SIZE, MarkDelegate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QByteArray
    from PySide6.QtGui import QResizeEvent

LEAST_ROWS = 2
LEAST_ANSWER_CHARACTERS = 36
FIELD_CHARACTERS = 14
SEVERAL_INPUTS_CHARACTERS = 10
# of a table with more than a few columns, the first ones are shown; the others can be chosen
FEW_INPUTS = 4
FIRST_INPUTS = 3
_CHARACTERS = {
    Column.NUMBER: 6,
    Column.INPUT: 14,
    Column.STATE: 14,
    Column.ANSWER: 40,
    Column.TTFT: 10,
    Column.SERVICE: 8,
    Column.RESPONSE: 9,
    Column.TOKENS: 7,
    Column.ATTEMPTS: 9,
    Column.COMMENT: 18,
}


class ResultsTable(QTableView):
    """Gives the answer the room that the other columns leave, and never too little to read."""

    def __init__(self, model: ResultsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._layouts = ColumnLayouts()
        self._columns: tuple[list[str], list[str]] = ([], [])
        self._usual: list[tuple[int, bool, int]] = []
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setItemDelegateForColumn(Column.MARK, MarkDelegate(self))
        self.setItemDelegateForColumn(Column.COMMENT, CommentDelegate(self))
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setSortingEnabled(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setIconSize(ICON_SIZE)
        self.verticalHeader().hide()
        # fixed heights: measuring each row would ask the model for every cell
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        around = self.horizontalHeader().sizeHint().height() + self.horizontalScrollBar().sizeHint().height()
        self.setMinimumHeight(LEAST_ROWS * self.verticalHeader().defaultSectionSize() + around)
        self._place_columns()

    def fit_answer(self) -> None:
        columns = range(self._model.columnCount())
        others = sum(self.columnWidth(column) for column in columns if column != Column.ANSWER)
        least = LEAST_ANSWER_CHARACTERS * self.fontMetrics().averageCharWidth()
        self.setColumnWidth(Column.ANSWER, max(least, self.viewport().width() - others))

    def keep_columns(self) -> None:
        """Remember how the columns are arranged, before the model gets others."""
        self._layouts.keep(self._columns, self.horizontalHeader().saveState())
        # a header that gets fewer columns loses the order of those that stay
        self._usual = [
            (column, self.isColumnHidden(column), self.columnWidth(column))
            for column in self.columns_in_order()
            if column < len(Column)
        ]

    def place_columns(self) -> None:
        """Arrange the columns that the model has now as they were before, or as they usually are."""
        columns = (list(self._model.inputs), list(self._model.fields))
        if columns == self._columns:
            return
        self._columns = columns
        header = self.horizontalHeader()
        if layout := self._layouts.of(columns):
            header.restoreState(layout)
            header.setSortIndicator(Column.NUMBER, Qt.SortOrder.AscendingOrder)
        else:
            for place, (column, is_hidden, width) in enumerate(self._usual):
                header.moveSection(header.visualIndex(column), place)
                self.setColumnHidden(column, is_hidden)
                if not is_hidden:
                    self.setColumnWidth(column, width)
            inputs = self._model.input_columns
            self._place_after(Column.INPUT, inputs[1:], SEVERAL_INPUTS_CHARACTERS)
            # before the answer, which can be read below the table
            self._place_after(Column.STATE, self._model.field_columns, FIELD_CHARACTERS)
            characters = SEVERAL_INPUTS_CHARACTERS if len(inputs) > 1 else _CHARACTERS[Column.INPUT]
            self.setColumnWidth(Column.INPUT, self._width_of(characters))
            if len(inputs) > FEW_INPUTS:
                for column in inputs[FIRST_INPUTS:]:
                    self.setColumnHidden(column, True)
        self.fit_answer()

    def column_state(self) -> QByteArray:
        """How the columns are arranged, for this set of columns and those before."""
        self.keep_columns()
        return self._layouts.state()

    def restore_columns(self, state: QByteArray) -> None:
        """Arrange the columns as they were."""
        self._layouts.restore(state)
        if layout := self._layouts.of(self._columns):
            self.horizontalHeader().restoreState(layout)
        self.fit_answer()

    def columns_shown(self) -> list[int]:
        """The columns that are shown, in their order on the screen."""
        return [column for column in self.columns_in_order() if not self.isColumnHidden(column)]

    def columns_in_order(self) -> list[int]:
        """All columns, in their order on the screen."""
        return sorted(range(self._model.columnCount()), key=self.horizontalHeader().visualIndex)

    def selected_places(self) -> list[int]:
        """Where the selected rows are."""
        parts = self.selectionModel().selection().toList()
        return sorted({place for part in parts for place in range(part.top(), part.bottom() + 1)})

    def _place_after(self, column: int, followers: Sequence[int], characters: int) -> None:
        """Let columns of a width stand in a row behind another one."""
        header = self.horizontalHeader()
        for follower in followers:
            place, wanted = header.visualIndex(follower), header.visualIndex(column) + 1
            header.moveSection(place, wanted if place > wanted else wanted - (place < wanted))
            self.setColumnHidden(follower, False)
            self.setColumnWidth(follower, self._width_of(characters))
            column = follower

    def show_column(self, column: int, is_shown: bool) -> None:
        self.setColumnHidden(column, not is_shown)
        self.fit_answer()

    def edit_comment(self) -> None:
        """Let the comment on the current row be typed into its cell."""
        if self.currentIndex().isValid():
            self.show_column(Column.COMMENT, True)
            cell = self.currentIndex().siblingAtColumn(Column.COMMENT)
            self.scrollTo(cell)
            self.edit(cell)

    def commit_comment(self) -> int | None:
        """Hand over what is being typed into a cell, and give its row."""
        cell = self.currentIndex().siblingAtColumn(Column.COMMENT)
        editor = self.indexWidget(cell) if cell.isValid() else None
        if editor is None:
            return None
        self.commitData(editor)
        self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        return self._model.row_at(cell.row())

    def _place_columns(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setMinimumSectionSize(ICON_SIZE.width() + 8)
        self.setColumnWidth(Column.MARK, header.minimumSectionSize())
        for column, characters in _CHARACTERS.items():
            self.setColumnWidth(column, self._width_of(characters))
        header.moveSection(header.visualIndex(Column.MARK), 0)
        self.setColumnHidden(Column.COMMENT, True)  # until there are any

    def _width_of(self, characters: int) -> int:
        return characters * self.fontMetrics().horizontalAdvance("0") + 12

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_answer()
