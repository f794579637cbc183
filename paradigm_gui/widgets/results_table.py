"""The table of results: the widths and places of its columns, and comments that are typed into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from paradigm_gui.models.results_model import Column, ResultsModel
from paradigm_gui.widgets.comment_edit import CommentDelegate
from paradigm_gui.widgets.mark_delegate import ICON_SIZE, MarkDelegate

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

LEAST_ANSWER_CHARACTERS = 36
FIELD_CHARACTERS = 14
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
        self._place_columns()

    def fit_answer(self) -> None:
        columns = range(self._model.columnCount())
        others = sum(self.columnWidth(column) for column in columns if column != Column.ANSWER)
        least = LEAST_ANSWER_CHARACTERS * self.fontMetrics().averageCharWidth()
        self.setColumnWidth(Column.ANSWER, max(least, self.viewport().width() - others))

    def place_fields(self) -> None:
        """Let the fields of the answers stand before the answers, which can be read below."""
        header = self.horizontalHeader()
        for column in range(len(Column), self._model.columnCount()):
            header.moveSection(header.visualIndex(column), header.visualIndex(Column.ANSWER))
            self.setColumnWidth(column, self._width_of(FIELD_CHARACTERS))
        self.fit_answer()

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
        header.moveSection(header.visualIndex(Column.COMMENT), header.visualIndex(Column.ANSWER) + 1)
        self.setColumnHidden(Column.COMMENT, True)  # until there are any

    def _width_of(self, characters: int) -> int:
        return characters * self.fontMetrics().horizontalAdvance("0") + 12

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_answer()
