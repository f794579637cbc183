"""The results table with its filter, and the response pane below it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QMenu,
    QSplitter,
    QStackedLayout,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from paradigm_gui import wording
from paradigm_gui.core.batch import ArmKind, RequestState
from paradigm_gui.core.report import answer_fields
from paradigm_gui.core.run_difference import rows_that_differ
from paradigm_gui.models.results_model import Column, ResultsModel
from paradigm_gui.widgets.causes_panel import CausesPanel
from paradigm_gui.widgets.clipboard import copy_rows
from paradigm_gui.widgets.labels import plain_label
from paradigm_gui.widgets.response_pane import ResponsePane

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from paradigm_gui.core.batch import Request, Run

FILTER_PAUSE_MS = 120
LEAST_ANSWER_CHARACTERS = 36
FIELD_CHARACTERS = 14
HEIGHT_OF_A_CAUSE = 110  # so many pixels of the panel allow one line for the causes
_UNFINISHED = tuple(state for state in RequestState if not state.is_final)
_FILTERS: tuple[Collection[RequestState], ...] = (
    (),
    (RequestState.DONE,),
    (RequestState.FAILED,),
    (RequestState.CANCELLED,),
    _UNFINISHED,
    (),  # with two arms only: the rows where they differ
)
_DIFFERENT = len(_FILTERS) - 1


class _ResultsTable(QTableView):
    """Gives the answer the room that the other columns leave, and never too little to read."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_answer()

    def fit_answer(self) -> None:
        columns = range(self.model().columnCount())
        others = sum(self.columnWidth(column) for column in columns if column != Column.ANSWER)
        least = LEAST_ANSWER_CHARACTERS * self.fontMetrics().averageCharWidth()
        self.setColumnWidth(Column.ANSWER, max(least, self.viewport().width() - others))


class ResultsPanel(QWidget):
    """Shows one arm of a run at a time.

    Signals:
        request_selected(int): the row index of the request that became current.
        arm_shown(): the user chose another arm.
        retry_requested(Collection[int]): these failed rows of the arm on show are to be sent again.
    """

    request_selected = Signal(int)
    arm_shown = Signal()
    retry_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: Run | None = None
        self._read_row: int | None = None
        self._only: Collection[int] | None = None
        self._differing: frozenset[int] | None = None
        self.shown_arm = ArmKind.CONCURRENT
        self.model = ResultsModel()
        self.table = _ResultsTable(self)
        self.response = ResponsePane(self)
        self.search_edit = QLineEdit(self)
        self.search_edit.setClearButtonEnabled(True)
        self.state_box = QComboBox(self)
        self.state_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._count_label = plain_label(parent=self)
        self.all_rows_button = QToolButton(self)
        self.all_rows_button.setAutoRaise(True)
        self.all_rows_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.all_rows_button.setText("×")
        self.causes = CausesPanel(self)
        self.export_button = QToolButton(self)
        self.columns_menu = QMenu(self)
        self.columns_menu.aboutToShow.connect(self._fill_columns_menu)
        self._arm_buttons = QButtonGroup(self)
        for number, kind in enumerate(ArmKind):
            button = QToolButton(self)
            button.setCheckable(True)
            button.toggled.connect(partial(_embolden, button))
            button.setProperty("arm", kind.value)
            self._arm_buttons.addButton(button, number)
        self._empty_label = plain_label(parent=self)
        self._empty_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty_label.setWordWrap(True)
        self.copy_action = QAction(self)
        self.copy_action.setShortcut(QKeySequence.StandardKey.Copy)
        self.copy_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._set_up_table()
        self._lay_out()
        self._filter_pause = QTimer(self, singleShot=True, interval=FILTER_PAUSE_MS)
        self._filter_pause.timeout.connect(self._apply_filter)
        self.search_edit.textChanged.connect(lambda: self._filter_pause.start())
        self.state_box.currentIndexChanged.connect(lambda: self._show_only(None))
        self.all_rows_button.clicked.connect(lambda: self._show_only(None))
        self.causes.rows_chosen.connect(self._on_cause)
        self.causes.retry_requested.connect(self.retry_requested)
        self._arm_buttons.idClicked.connect(self._on_arm)
        self.model.modelReset.connect(self._on_arranged)
        self.copy_action.triggered.connect(self._copy)
        self._retranslate()
        self._show_arms()

    def show_run(self, run: Run) -> None:
        """Show a run; one that is on show already goes on where the reader is."""
        only = self._only if run is self._run else None
        if run is not self._run:
            self.shown_arm = ArmKind.CONCURRENT
        self._run = run
        self._read_row = None
        self.table.horizontalHeader().setSortIndicator(Column.NUMBER, Qt.SortOrder.AscendingOrder)
        self.search_edit.clear()
        self.state_box.setCurrentIndex(0)
        self._only = only
        self._differing = None
        self._show_arms()
        self._name_states()
        self._show_arm()

    def refresh(self, changes: Mapping[ArmKind, Collection[int]], now: float) -> None:
        self._differing = None
        rows = changes.get(self.shown_arm, ())
        self.model.refresh(rows, now)
        self.causes.refresh(rows)
        current = self._current_row()
        if current is not None and current in rows:
            self.response.show_request(self._run_request(current), self._run)

    def settle(self) -> None:
        """Filter and sort anew, once a run has ended."""
        self._differing = None
        self._apply_filter()
        self.causes.settle()

    def set_running(self, is_running: bool) -> None:
        """While a run goes on, nothing can be sent again."""
        self.causes.set_running(is_running)

    def rows_shown(self) -> frozenset[int]:
        """The rows that the filter leaves."""
        return self.model.rows_shown

    def rows_selected(self) -> frozenset[int]:
        return frozenset(map(self.model.row_at, self._selected_places()))

    def select_request(self, row: int) -> None:
        place = self.model.place_of(row)
        if place is not None and place != self.table.currentIndex().row():
            self.table.setCurrentIndex(self.model.index(place, 0))

    def restore_columns(self, state: QByteArray) -> None:
        """Show the columns as they were."""
        self.table.horizontalHeader().restoreState(state)
        self.table.fit_answer()

    def set_empty_text(self, text: str) -> None:
        self._empty_label.setText(text)

    def _set_up_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.setSortingEnabled(True)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setIconSize(QSize(16, 16))
        table.verticalHeader().hide()
        # fixed heights: measuring each row would ask the model for every cell
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 8)
        table.addAction(self.copy_action)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._offer_columns)
        digit = table.fontMetrics().horizontalAdvance("0")
        for column, characters in (
            (Column.NUMBER, 6),
            (Column.INPUT, 14),
            (Column.STATE, 14),
            (Column.ANSWER, 40),
            (Column.TTFT, 10),
            (Column.SERVICE, 8),
            (Column.RESPONSE, 9),
            (Column.TOKENS, 7),
            (Column.ATTEMPTS, 9),
        ):
            table.setColumnWidth(column, characters * digit + 12)
        header.setMinimumSectionSize(4 * digit)
        table.selectionModel().currentRowChanged.connect(self._on_current)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(8)
        for button in self._arm_buttons.buttons():
            bar.addWidget(button)
        bar.addWidget(self.search_edit, 1)
        bar.addWidget(self.state_box)
        bar.addWidget(self._count_label)
        bar.addWidget(self.all_rows_button)
        bar.addWidget(self.export_button)
        content = QWidget(self)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(bar)
        layout.addWidget(self.causes)
        self.splitter = QSplitter(Qt.Orientation.Vertical, content)
        self.splitter.addWidget(self.table)
        self.splitter.addWidget(self.response)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setCollapsible(0, False)
        layout.addWidget(self.splitter, 1)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty_label)
        self._stack.addWidget(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(4, 8, 8, 4)
        outer.addLayout(self._stack)

    def _show_arms(self) -> None:
        arms = self._run.arms if self._run else {}
        self._stack.setCurrentIndex(1 if self._run else 0)
        for button in self._arm_buttons.buttons():
            kind = ArmKind(button.property("arm"))
            button.setVisible(len(arms) > 1)
            button.setChecked(kind is self.shown_arm)

    def _show_arm(self) -> None:
        arm = self._run.arms[self.shown_arm] if self._run else None
        fields = answer_fields(self._run) if self._run else None
        is_other = list(self.model.fields) != list(fields or ())
        self.model.show_arm(arm, fields or ())
        if is_other:
            self._place_fields()
        self.causes.show_arm(arm)
        self._apply_filter()
        self.table.setCurrentIndex(self.model.index(0, 0))

    def _place_fields(self) -> None:
        """Let the fields of the answers stand before the answers, which can be read below."""
        header = self.table.horizontalHeader()
        width = FIELD_CHARACTERS * self.table.fontMetrics().horizontalAdvance("0") + 12
        for column in range(len(Column), self.model.columnCount()):
            header.moveSection(header.visualIndex(column), header.visualIndex(Column.ANSWER))
            self.table.setColumnWidth(column, width)
        self.table.fit_answer()

    def _on_arm(self, number: int) -> None:
        row = self._current_row()
        self.shown_arm = list(ArmKind)[number]
        self._only = None
        self._show_arm()
        if row is not None:
            self.select_request(row)
        self.arm_shown.emit()

    def _on_cause(self, rows: Collection[int] | None) -> None:
        """Show the rows of a cause, whatever was searched for before; `None` for all rows."""
        for widget in (self.search_edit, self.state_box):
            widget.blockSignals(True)
        self.search_edit.clear()
        self.state_box.setCurrentIndex(0)
        for widget in (self.search_edit, self.state_box):
            widget.blockSignals(False)
        self._show_only(rows)
        if rows:
            # what the server said about the first of them is read at once
            self.table.setCurrentIndex(self.model.index(0, 0))

    def _show_only(self, rows: Collection[int] | None) -> None:
        self._only = rows
        self._apply_filter()

    def _apply_filter(self) -> None:
        self._filter_pause.stop()
        states = _FILTERS[max(0, self.state_box.currentIndex())]
        self.model.show_only(self.search_edit.text(), states, self._rows_allowed())
        self.all_rows_button.setVisible(self._only is not None)
        if self._only is None:
            self.causes.choose(None)

    def _rows_allowed(self) -> Collection[int] | None:
        """The rows of the chosen cause, and of those the ones where the arms differ; `None` for all."""
        if self.state_box.currentIndex() != _DIFFERENT or self._run is None:
            return self._only
        if self._differing is None:
            self._differing = rows_that_differ(*self._run.arms.values())
        return self._differing if self._only is None else self._differing.intersection(self._only)

    def _on_arranged(self) -> None:
        """Return to the row that was read, if it is still there."""
        if self._read_row is not None:
            self.select_request(self._read_row)
        self._show_count()

    def _show_count(self) -> None:
        shown, total = self.model.rowCount(), self.model.total
        text = ""
        if shown != total:
            text = self.tr("{shown} of {total}").format(
                shown=wording.number(shown, 0), total=wording.number(total, 0)
            )
        self._count_label.setText(text)

    def _current_row(self) -> int | None:
        index = self.table.currentIndex()
        return self.model.row_at(index.row()) if index.isValid() else None

    def _run_request(self, row: int) -> Request:
        assert self._run is not None
        return self._run.arms[self.shown_arm].requests[row]

    def _on_current(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        row = self._current_row()
        if row is not None:
            self._read_row = row
            self.response.show_request(self._run_request(row), self._run)
            self.request_selected.emit(row)

    def _selected_places(self) -> list[int]:
        parts = self.table.selectionModel().selection().toList()
        return sorted({place for part in parts for place in range(part.top(), part.bottom() + 1)})

    def _copy(self) -> None:
        """Copy the selected rows as they are seen, in the columns that are shown, with the whole texts."""
        header = self.table.horizontalHeader()
        columns = [c for c in range(self.model.columnCount()) if not header.isSectionHidden(c)]
        columns.sort(key=header.visualIndex)
        copy_rows(
            [self.model.text_of(place, column) for column in columns] for place in self._selected_places()
        )

    def _fill_columns_menu(self) -> None:
        """Offer the columns. The answers stay: they take the room that the others leave."""
        header, menu = self.table.horizontalHeader(), self.columns_menu
        menu.clear()
        for column in range(self.model.columnCount()):
            title = self.model.headerData(column, Qt.Orientation.Horizontal)
            action = menu.addAction(title.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(not header.isSectionHidden(column))
            action.setEnabled(column != Column.ANSWER)
            action.toggled.connect(partial(self._show_column, column))
        menu.addSeparator()
        menu.addAction(self.tr("All columns")).triggered.connect(self._show_all_columns)

    def _offer_columns(self, place: QPoint) -> None:
        self.columns_menu.popup(self.table.horizontalHeader().mapToGlobal(place))

    def _show_column(self, column: int, is_shown: bool) -> None:
        self.table.setColumnHidden(column, not is_shown)
        self.table.fit_answer()

    def _show_all_columns(self) -> None:
        for column in range(self.model.columnCount()):
            self.table.setColumnHidden(column, False)
        self.table.fit_answer()

    def _retranslate(self) -> None:
        self.table.setAccessibleName(self.tr("Results"))
        self.search_edit.setPlaceholderText(self.tr("Search in inputs and answers"))
        self.search_edit.setAccessibleName(self.tr("Search in inputs and answers"))
        self.state_box.setAccessibleName(self.tr("Which states to show"))
        self.copy_action.setText(self.tr("Copy rows"))
        self.columns_menu.setTitle(self.tr("&Columns of the results"))
        self.all_rows_button.setToolTip(self.tr("Show all rows again"))
        self.all_rows_button.setAccessibleName(self.tr("Show all rows again"))
        for button in self._arm_buttons.buttons():
            button.setText(wording.arm(ArmKind(button.property("arm"))))
        self._name_states()
        self.model.retranslate()
        self._fill_columns_menu()
        self._show_count()

    def _name_states(self) -> None:
        """Offer the filters that there are for the run, and keep the chosen one if it is among them."""
        names = [
            self.tr("All states"),
            self.tr("Done"),
            self.tr("Failed"),
            self.tr("Cancelled"),
            self.tr("Unfinished"),
        ]
        if self._run and len(self._run.arms) > 1:
            names.append(self.tr("Arms differ"))
        index = max(0, self.state_box.currentIndex())
        self.state_box.blockSignals(True)
        self.state_box.clear()
        self.state_box.addItems(names)
        self.state_box.setCurrentIndex(index if index < len(names) else 0)
        self.state_box.setItemData(
            _DIFFERENT,
            self.tr("Only rows whose answers are not the same in both arms"),
            Qt.ItemDataRole.ToolTipRole,
        )
        self.state_box.blockSignals(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # the table needs the room more
        self.causes.set_most_lines(max(1, self.height() // HEIGHT_OF_A_CAUSE))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


def _embolden(button: QToolButton, is_checked: bool) -> None:
    """Mark the chosen arm by its weight: dark themes hardly show a pressed button."""
    font = button.font()
    font.setBold(is_checked)
    button.setFont(font)
