"""What can be done with rows of the results: copied, sent again, found in the race, noted on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu

from paradigm_gui.core.batch import RequestState
from paradigm_gui.models.results_model import Column
from paradigm_gui.widgets.clipboard import copy_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paradigm_gui.models.results_model import ResultsModel
    from paradigm_gui.widgets.remark_actions import RemarkActions
    from paradigm_gui.widgets.results_table import ResultsTable

_UNANSWERED = (RequestState.FAILED, RequestState.CANCELLED)


class RowMenu(QMenu):
    """The menu of a table of results, and its shortcuts.

    Signals:
        retry_requested(Collection[int]): these rows, of which none was answered, are to be sent again.
        rerun_requested(Sequence[int]): these rows are to be sent again as a run of their own.
        race_requested(int): this row is to be shown in the race.
    """

    retry_requested = Signal(object)
    rerun_requested = Signal(object)
    race_requested = Signal(int)

    def __init__(self, table: ResultsTable, model: ResultsModel, remarking: RemarkActions) -> None:
        super().__init__(table)
        self._table = table
        self._model = model
        self._is_running = False
        self.copy_action = self._action(QKeySequence(QKeySequence.StandardKey.Copy))
        self.copy_titled_action = self._action(QKeySequence("Ctrl+Shift+C"))
        self.copy_cell_action = self._action()
        self.copy_answer_action = self._action()
        self.copy_prompt_action = self._action()
        self.addSeparator()
        self.send_action = self._action()
        self.race_action = self._action()
        self.addSeparator()
        self.addActions(remarking.actions)
        table.addActions(remarking.actions)
        self.copy_action.triggered.connect(lambda: self._copy_rows(is_titled=False))
        self.copy_titled_action.triggered.connect(lambda: self._copy_rows(is_titled=True))
        self.copy_cell_action.triggered.connect(self._copy_cell)
        self.copy_answer_action.triggered.connect(lambda: self._copy_of_row(Column.ANSWER))
        self.copy_prompt_action.triggered.connect(self._copy_prompt)
        self.send_action.triggered.connect(self._send)
        self.race_action.triggered.connect(self._show_in_race)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._pop_up)
        self.aboutToShow.connect(self.say_what_can_be_done)
        self.retranslate()

    def set_running(self, is_running: bool) -> None:
        """While a run goes on, nothing can be sent again."""
        self._is_running = is_running
        self.say_what_can_be_done()

    def say_what_can_be_done(self) -> None:
        """Name and enable the actions for the rows that are selected now."""
        has_row = self._table.currentIndex().isValid()
        for action in (
            self.copy_cell_action,
            self.copy_answer_action,
            self.copy_prompt_action,
            self.race_action,
        ):
            action.setEnabled(has_row)
        count = len(self._table.selected_places())
        self.copy_action.setText(self.tr("Copy %n row(s)", "", count) if count else self.tr("Copy rows"))
        text = self.tr("Send again")
        if count and self._are_unanswered:
            text = self.tr("Send again: %n request(s)", "", count)
        elif count:
            text = self.tr("Send again, as a new run: %n request(s)", "", count)
        self.send_action.setText(text)
        self.send_action.setEnabled(count > 0 and not self._is_running)

    def retranslate(self) -> None:
        self.copy_titled_action.setText(self.tr("Copy with the titles of the columns"))
        self.copy_cell_action.setText(self.tr("Copy this cell"))
        self.copy_answer_action.setText(self.tr("Copy the answer"))
        self.copy_prompt_action.setText(self.tr("Copy the prompt"))
        self.race_action.setText(self.tr("Show in the race"))
        self.say_what_can_be_done()

    @property
    def _are_unanswered(self) -> bool:
        places = self._table.selected_places()
        return all(self._model.request_at(place).state in _UNANSWERED for place in places)

    def _action(self, shortcut: QKeySequence | None = None) -> QAction:
        action = self.addAction("")
        if shortcut:
            action.setShortcut(shortcut)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self._table.addAction(action)
        return action

    def _pop_up(self, place: QPoint) -> None:
        if self._model.total:
            self.popup(self._table.viewport().mapToGlobal(place))

    def _copy_rows(self, *, is_titled: bool) -> None:
        """Copy the selected rows as they are seen, in the columns that are shown, with the whole texts."""
        columns = self._table.columns_shown()
        if not self._model.has_marks and Column.MARK in columns:
            # else every row would begin with an empty cell
            columns.remove(Column.MARK)
        rows: list[Sequence[str]] = []
        if is_titled:
            rows.append([self._model.title_of(column) for column in columns])
        rows += [
            [self._model.text_of(place, column) for column in columns]
            for place in self._table.selected_places()
        ]
        copy_rows(rows)

    def _copy_cell(self) -> None:
        self._copy_of_row(self._table.currentIndex().column())

    def _copy_of_row(self, column: int) -> None:
        """Copy the exact text of one cell."""
        text = self._model.text_of(self._table.currentIndex().row(), column)
        QGuiApplication.clipboard().setText(text)

    def _copy_prompt(self) -> None:
        request = self._model.request_at(self._table.currentIndex().row())
        QGuiApplication.clipboard().setText(request.prompt)

    def _send(self) -> None:
        rows = [self._model.row_at(place) for place in self._table.selected_places()]
        if self._are_unanswered:
            self.retry_requested.emit(frozenset(rows))
        else:
            self.rerun_requested.emit(rows)

    def _show_in_race(self) -> None:
        self.race_requested.emit(self._model.row_at(self._table.currentIndex().row()))
