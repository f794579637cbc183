"""The results table with its filter, and the response pane below it."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QByteArray,
    QDateTime,
    QEvent,
    QItemSelectionModel,
    QLocale,
    QModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
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
from paradigm_gui.models.results_model import Column, ResultsModel, one_line
from paradigm_gui.widgets.banner import Banner, Tone
from paradigm_gui.widgets.causes_panel import CausesPanel
from paradigm_gui.widgets.clipboard import copy_rows
from paradigm_gui.widgets.comment_edit import CommentDelegate
from paradigm_gui.widgets.labels import plain_label, plain_tip
from paradigm_gui.widgets.mark_delegate import ICON_SIZE, MarkDelegate
from paradigm_gui.widgets.remark_actions import RemarkActions
from paradigm_gui.widgets.response_pane import ResponsePane

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from paradigm_gui.core.batch import Request, Run
    from paradigm_gui.core.run_list import RunSummary

FILTER_PAUSE_MS = 120
LEAST_ANSWER_CHARACTERS = 36
FIELD_CHARACTERS = 14
MOST_RUNS_OFFERED = 20
NAME_CHARACTERS = 32
HEIGHT_OF_A_CAUSE = 110  # so many pixels of the panel allow one line for the causes


class RowFilter(StrEnum):
    """Which rows to show."""

    ALL = "all"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNFINISHED = "unfinished"
    MARKED = "marked"
    COMMENTED = "commented"
    ARMS_DIFFER = "arms differ"
    RUNS_DIFFER = "runs differ"


_STATES: Mapping[RowFilter, Collection[RequestState]] = {
    RowFilter.DONE: (RequestState.DONE,),
    RowFilter.FAILED: (RequestState.FAILED,),
    RowFilter.CANCELLED: (RequestState.CANCELLED,),
    RowFilter.UNFINISHED: tuple(state for state in RequestState if not state.is_final),
}


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
        remarked(Run, Collection[int]): the user has noted something else on these rows of a run.
        other_run_wanted(): a run to compare this one with is to be offered, by `offer_runs`.
        difference_requested(RunSummary): only the rows that it answered otherwise are to stay on show.
        side_by_side_requested(RunSummary): a comparison with that run is wanted.
    """

    request_selected = Signal(int)
    arm_shown = Signal()
    retry_requested = Signal(object)
    remarked = Signal(object, object)
    other_run_wanted = Signal()
    difference_requested = Signal(object)
    side_by_side_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: Run | None = None
        self._read_row: int | None = None
        self._only: Collection[int] | None = None
        self._differing: frozenset[int] | None = None
        self._other: RunSummary | None = None
        self._unlike_other: Mapping[ArmKind, frozenset[int]] = {}
        self._chosen_filter = RowFilter.ALL
        self._is_running = False
        self._edited_row: int | None = None
        self._hides_comments = False
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
        self.other_banner = Banner(self)
        self.runs_menu = QMenu(self)
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
        self.remarking = RemarkActions(self, self._chosen_rows)
        self._set_up_table()
        self._lay_out()
        self._filter_pause = QTimer(self, singleShot=True, interval=FILTER_PAUSE_MS)
        self._filter_pause.timeout.connect(self._apply_filter)
        self.search_edit.textChanged.connect(lambda: self._filter_pause.start())
        self.state_box.currentIndexChanged.connect(self._on_filter)
        self.other_banner.acted.connect(lambda: self.side_by_side_requested.emit(self._other))
        self.other_banner.close_button.clicked.connect(self._forget_other)
        self.all_rows_button.clicked.connect(lambda: self._show_only(None))
        self.causes.rows_chosen.connect(self._on_cause)
        self.causes.retry_requested.connect(self.retry_requested)
        self._arm_buttons.idClicked.connect(self._on_arm)
        self.model.modelAboutToBeReset.connect(self._on_arranging)
        self.model.modelReset.connect(self._on_arranged)
        self.copy_action.triggered.connect(self._copy)
        for noting in (self.model, self.response):
            noting.mark_requested.connect(lambda row, is_marked: self.remarking.mark([row], is_marked))
            noting.comment_requested.connect(self.remarking.comment)
        self.remarking.comment_action.triggered.connect(self._edit_comment)
        self.remarking.changed.connect(self._on_remarks)
        self.remarking.taken_back.connect(self._on_taken_back)
        self._retranslate()
        self._show_arms()

    def show_run(self, run: Run) -> None:
        """Show a run; one that is on show already goes on where the reader is."""
        self.commit_comments()
        only = self._only if run is self._run else None
        if run is not self._run:
            self.shown_arm = ArmKind.CONCURRENT
        self._run = run
        self.remarking.use(run.remarks)
        self._read_row = None
        self.table.horizontalHeader().setSortIndicator(Column.NUMBER, Qt.SortOrder.AscendingOrder)
        self.search_edit.clear()
        self._other = None
        self._choose(RowFilter.ALL)
        self._only = only
        self._differing = None
        self._show_arms()
        self._name_states()
        self._announce_other()
        self._show_arm()
        if run.remarks.commented:
            self._reveal_comments()

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
        self._is_running = is_running
        self._name_states()

    def offer_runs(self, runs: Sequence[RunSummary]) -> None:
        """Let the user choose the run that this one is compared with."""
        self.runs_menu.clear()
        for run in runs[:MOST_RUNS_OFFERED]:
            words = one_line(f"{run.name} · {_time_of(run)} · {run.model}")
            action = self.runs_menu.addAction(words.replace("&", "&&"))
            action.triggered.connect(partial(self.difference_requested.emit, run))
        if not runs:
            self.runs_menu.addAction(self.tr("No other kept run has the same rows")).setEnabled(False)
        self.runs_menu.popup(self.state_box.mapToGlobal(self.state_box.rect().bottomLeft()))

    def compare_with(self, other: RunSummary, rows: Mapping[ArmKind, frozenset[int]]) -> None:
        """Show only the rows that another run answered otherwise; `rows` has them for each arm."""
        self._other, self._unlike_other = other, rows
        self._name_states()
        self._announce_other()
        self._choose(RowFilter.RUNS_DIFFER)
        self._show_only(None)

    def rows_shown(self) -> frozenset[int]:
        """The rows that the filter leaves."""
        return self.model.rows_shown

    def rows_selected(self) -> frozenset[int]:
        return frozenset(map(self.model.row_at, self._selected_places()))

    def select_request(self, row: int) -> None:
        place = self.model.place_of(row)
        if place is not None and place != self.table.currentIndex().row():
            # not with what a click would do while Ctrl is held down for a shortcut
            alone = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.table.selectionModel().setCurrentIndex(self.model.index(place, 0), alone)

    def restore_columns(self, state: QByteArray) -> None:
        """Show the columns as they were."""
        self.table.horizontalHeader().restoreState(state)
        self.table.fit_answer()

    def commit_comments(self) -> None:
        """Note what is being typed on the row that it belongs to."""
        self._commit_cell()
        self.response.comment_edit.commit()

    def set_empty_text(self, text: str) -> None:
        self._empty_label.setText(text)

    def _set_up_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        table.setItemDelegateForColumn(Column.MARK, MarkDelegate(table))
        table.setItemDelegateForColumn(Column.COMMENT, CommentDelegate(table))
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.setSortingEnabled(True)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setIconSize(ICON_SIZE)
        table.verticalHeader().hide()
        # fixed heights: measuring each row would ask the model for every cell
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 8)
        table.addActions([self.copy_action, *self.remarking.actions])
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._offer_columns)
        digit = table.fontMetrics().horizontalAdvance("0")
        header.setMinimumSectionSize(ICON_SIZE.width() + 8)
        for column, characters in (
            (Column.NUMBER, 6),
            (Column.INPUT, 14),
            (Column.STATE, 14),
            (Column.ANSWER, 40),
            (Column.TTFT, 7),
            (Column.SERVICE, 8),
            (Column.RESPONSE, 9),
            (Column.TOKENS, 7),
            (Column.ATTEMPTS, 9),
            (Column.COMMENT, 18),
        ):
            table.setColumnWidth(column, characters * digit + 12)
        table.setColumnWidth(Column.MARK, ICON_SIZE.width() + 8)
        header.moveSection(header.visualIndex(Column.MARK), 0)
        header.moveSection(header.visualIndex(Column.COMMENT), header.visualIndex(Column.ANSWER) + 1)
        table.setColumnHidden(Column.COMMENT, True)  # until there are any
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
        layout.addWidget(self.other_banner)
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
        self.model.show_arm(arm, fields or (), self._run.remarks if self._run else None)
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
        self._announce_other()
        self._show_arm()
        if row is not None:
            self.select_request(row)
        self.arm_shown.emit()

    def _on_cause(self, rows: Collection[int] | None) -> None:
        """Show the rows of a cause, whatever was searched for before; `None` for all rows."""
        self.search_edit.blockSignals(True)
        self.search_edit.clear()
        self.search_edit.blockSignals(False)
        self._choose(RowFilter.ALL)
        self._show_only(rows)
        if rows:
            # what the server said about the first of them is read at once
            self.table.setCurrentIndex(self.model.index(0, 0))

    def _show_only(self, rows: Collection[int] | None) -> None:
        self._only = rows
        self._apply_filter()

    def _apply_filter(self) -> None:
        self._filter_pause.stop()
        states = _STATES.get(self._row_filter(), ())
        self.model.show_only(self.search_edit.text(), states, self._rows_allowed())
        self.all_rows_button.setVisible(self._only is not None)
        if self._only is None:
            self.causes.choose(None)

    def _on_filter(self) -> None:
        if self._row_filter() is RowFilter.RUNS_DIFFER and self._other is None:
            # first it is to be known which one
            self._choose(self._chosen_filter)
            self.other_run_wanted.emit()
            return
        self._chosen_filter = self._row_filter()
        self._show_only(None)

    def _choose(self, row_filter: RowFilter) -> None:
        """Let the box show a filter, or else that there is none, without applying it."""
        self.state_box.blockSignals(True)
        self.state_box.setCurrentIndex(max(0, self.state_box.findData(row_filter.value)))
        self.state_box.blockSignals(False)
        self._chosen_filter = self._row_filter()

    def _forget_other(self) -> None:
        """Compare with no other run any more."""
        self._other = None
        self._announce_other()
        if self._row_filter() is RowFilter.RUNS_DIFFER:
            self._choose(RowFilter.ALL)
        self._name_states()
        self._apply_filter()

    def _announce_other(self) -> None:
        """Say which run this one is compared with, as long as it is."""
        if self._other is None:
            self.other_banner.hide()
            return
        other = self._other
        text = self.tr(
            "%n row(s) differ from “{name}” ({model}, {time}).", "", len(self._unlike_other[self.shown_arm])
        ).format(name=_cut(one_line(other.name)), model=_cut(other.model), time=_time_of(other))
        self.other_banner.show_message(text, Tone.NOTE, self.tr("Side by side…"))
        self.other_banner.label.setToolTip(plain_tip(other.name))

    def _row_filter(self) -> RowFilter:
        return RowFilter(self.state_box.currentData() or RowFilter.ALL)

    def _rows_allowed(self) -> Collection[int] | None:
        """The rows of the chosen cause, and of those the ones that are chosen by name; `None` for all."""
        chosen = self._rows_by_name()
        if chosen is None:
            return self._only
        return chosen if self._only is None else chosen.intersection(self._only)

    def _rows_by_name(self) -> frozenset[int] | None:
        """The rows of a choice that is not one of states."""
        if self._run is None:
            return None
        match self._row_filter():
            case RowFilter.MARKED:
                return self._run.remarks.marked
            case RowFilter.COMMENTED:
                return self._run.remarks.commented
            case RowFilter.ARMS_DIFFER:
                if self._differing is None:
                    self._differing = rows_that_differ(*self._run.arms.values())
                return self._differing
            case RowFilter.RUNS_DIFFER:
                return self._unlike_other[self.shown_arm]
            case _:
                return None

    def _on_arranging(self) -> None:
        """Keep what is being typed into a cell: its editor goes when the rows get other places."""
        self._edited_row = self._commit_cell()

    def _on_arranged(self) -> None:
        """Return to the row that was read, if it is still there."""
        if self._read_row is not None:
            self.select_request(self._read_row)
        if self._edited_row is not None and self._edited_row == self._current_row():
            self._edit_comment()
        self._show_count()

    # what the user notes on rows

    def _chosen_rows(self) -> Collection[int]:
        row = self._current_row()
        return self.rows_selected() or (() if row is None else (row,))

    def _on_remarks(self, rows: Collection[int]) -> None:
        assert self._run is not None
        self.model.renew(rows)
        current = self._current_row()
        if current is not None and current in rows:
            self.response.show_request(self._run_request(current), self._run)
        if any(self._run.remarks.of(row).comment for row in rows):
            self._reveal_comments()
        self.remarked.emit(self._run, rows)

    def _on_taken_back(self, rows: Collection[int]) -> None:
        """Show where something has changed, if it is one place."""
        if len(rows) == 1:
            self.select_request(*rows)

    def _edit_comment(self) -> None:
        """Let the comment on the current row be typed into its cell."""
        index = self.table.currentIndex()
        if index.isValid():
            self._show_column(Column.COMMENT, True)
            cell = index.siblingAtColumn(Column.COMMENT)
            self.table.scrollTo(cell)
            self.table.edit(cell)

    def _commit_cell(self) -> int | None:
        """Note what is being typed into a cell, and give its row."""
        index = self.table.currentIndex().siblingAtColumn(Column.COMMENT)
        editor = self.table.indexWidget(index) if index.isValid() else None
        if editor is None:
            return None
        row = self.model.row_at(index.row())
        self.table.commitData(editor)
        self.table.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        return row

    def _reveal_comments(self) -> None:
        """Show the column of comments, unless the user has hidden it."""
        if not self._hides_comments:
            self._show_column(Column.COMMENT, True)

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
        if self._run and not self._run.remarks.marked:
            # else every row would begin with an empty cell
            columns = [column for column in columns if column != Column.MARK]
        columns.sort(key=header.visualIndex)
        copy_rows(
            [self.model.text_of(place, column) for column in columns] for place in self._selected_places()
        )

    def _fill_columns_menu(self) -> None:
        """Offer the columns. The answers stay: they take the room that the others leave."""
        header, menu = self.table.horizontalHeader(), self.columns_menu
        menu.clear()
        for column in range(self.model.columnCount()):
            title = self.model.headerData(
                column, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole
            )
            action = menu.addAction(title.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(not header.isSectionHidden(column))
            action.setEnabled(column != Column.ANSWER)
            action.toggled.connect(partial(self._on_column_chosen, column))
        menu.addSeparator()
        menu.addAction(self.tr("All columns")).triggered.connect(self._show_all_columns)

    def _offer_columns(self, place: QPoint) -> None:
        self.columns_menu.popup(self.table.horizontalHeader().mapToGlobal(place))

    def _on_column_chosen(self, column: int, is_shown: bool) -> None:
        if column == Column.COMMENT:
            self._hides_comments = not is_shown
        self._show_column(column, is_shown)

    def _show_column(self, column: int, is_shown: bool) -> None:
        self.table.setColumnHidden(column, not is_shown)
        self.table.fit_answer()

    def _show_all_columns(self) -> None:
        self._hides_comments = False
        for column in range(self.model.columnCount()):
            self.table.setColumnHidden(column, False)
        self.table.fit_answer()

    def _retranslate(self) -> None:
        self.table.setAccessibleName(self.tr("Results"))
        self.search_edit.setPlaceholderText(self.tr("Search in inputs, answers and comments"))
        self.search_edit.setAccessibleName(self.tr("Search in inputs, answers and comments"))
        self.state_box.setAccessibleName(self.tr("Which rows to show"))
        self.remarking.retranslate()
        self.copy_action.setText(self.tr("Copy rows"))
        self.columns_menu.setTitle(self.tr("&Columns of the results"))
        self.all_rows_button.setToolTip(self.tr("Show all rows again"))
        self.all_rows_button.setAccessibleName(self.tr("Show all rows again"))
        for button in self._arm_buttons.buttons():
            button.setText(wording.arm(ArmKind(button.property("arm"))))
        self._name_states()
        self.model.retranslate()
        self._fill_columns_menu()
        self._announce_other()
        self._show_count()

    def _name_states(self) -> None:
        """Offer the filters that there are for the run, and keep the chosen one if it is among them."""
        names = {
            RowFilter.ALL: self.tr("All states"),
            RowFilter.DONE: self.tr("Done"),
            RowFilter.FAILED: self.tr("Failed"),
            RowFilter.CANCELLED: self.tr("Cancelled"),
            RowFilter.UNFINISHED: self.tr("Unfinished"),
            RowFilter.MARKED: self.tr("Marked"),
            RowFilter.COMMENTED: self.tr("With a comment"),
        }
        if self._run and len(self._run.arms) > 1:
            names[RowFilter.ARMS_DIFFER] = self.tr("Arms differ")
        if self._other:
            names[RowFilter.RUNS_DIFFER] = self.tr("Runs differ")
        elif self._run and not self._is_running:
            names[RowFilter.RUNS_DIFFER] = self.tr("Runs differ…")
        tips = {
            RowFilter.ARMS_DIFFER: self.tr("Only rows whose answers are not the same in both arms"),
            RowFilter.RUNS_DIFFER: self.tr("Only rows whose answers are not the same in another run"),
        }
        chosen, box = self._row_filter(), self.state_box
        box.blockSignals(True)
        box.clear()
        for choice, name in names.items():
            box.addItem(name, choice.value)
            box.setItemData(box.count() - 1, tips.get(choice), Qt.ItemDataRole.ToolTipRole)
        box.blockSignals(False)
        self._choose(chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # the table needs the room more
        self.causes.set_most_lines(max(1, self.height() // HEIGHT_OF_A_CAUSE))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


def _cut(text: str) -> str:
    return text if len(text) <= NAME_CHARACTERS else text[: NAME_CHARACTERS - 1].rstrip() + "…"


def _time_of(run: RunSummary) -> str:
    started = QDateTime.fromSecsSinceEpoch(int(run.started_at.timestamp()))
    return QLocale().toString(started, QLocale.FormatType.ShortFormat)


def _embolden(button: QToolButton, is_checked: bool) -> None:
    """Mark the chosen arm by its weight: dark themes hardly show a pressed button."""
    font = button.font()
    font.setBold(is_checked)
    button.setFont(font)
