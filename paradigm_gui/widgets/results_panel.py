"""The results table with its filter, and the response pane below it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QSplitter,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from paradigm_gui import wording
from paradigm_gui.core.batch import ArmKind
from paradigm_gui.core.report import answer_fields
from paradigm_gui.core.run_difference import rows_that_differ
from paradigm_gui.models.results_model import Column, ResultsModel
from paradigm_gui.widgets.causes_panel import CausesPanel
from paradigm_gui.widgets.labels import plain_label
from paradigm_gui.widgets.nothing_found import NothingFound
from paradigm_gui.widgets.other_run import OtherRun
from paradigm_gui.widgets.remark_actions import RemarkActions
from paradigm_gui.widgets.response_pane import ResponsePane
from paradigm_gui.widgets.results_table import ResultsTable
from paradigm_gui.widgets.row_filter import STATES, RowFilter, RowFilterBox
from paradigm_gui.widgets.row_menu import RowMenu

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from PySide6.QtGui import QFocusEvent, QResizeEvent

    from paradigm_gui.core.batch import Request, Run
    from paradigm_gui.core.run_list import RunSummary

FILTER_PAUSE_MS = 20
HEIGHT_OF_A_CAUSE = 110  # so many pixels of the panel allow one line for the causes


class _SearchEdit(QLineEdit):
    """Tells when somebody is about to search.

    Signals:
        entered(): it has the keyboard.
    """

    entered = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()


class ResultsPanel(QWidget):
    """Shows one arm of a run at a time.

    Signals:
        request_selected(int): the row index of the request that became current.
        arm_shown(): the user chose another arm.
        retry_requested(Collection[int]): these failed or cancelled rows of the arm on show are to be sent
            again.
        rerun_requested(Sequence[int]): these rows are to be sent again as a run of their own.
        completion_requested(): all rows that are not done are to be sent.
        remarked(Run, Collection[int]): the user has noted something else on these rows of a run.
        other_run_wanted(): a run to compare this one with is to be offered, by `offer_runs`.
        difference_requested(RunSummary): only the rows that it answered otherwise are to stay on show.
        side_by_side_requested(RunSummary): a comparison with that run is wanted.
    """

    request_selected = Signal(int)
    arm_shown = Signal()
    retry_requested = Signal(object)
    rerun_requested = Signal(object)
    completion_requested = Signal()
    remarked = Signal(object, object)
    other_run_wanted = Signal()
    difference_requested = Signal(object)
    side_by_side_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: Run | None = None
        self._read_row: int | None = None
        self._is_first_next = False  # where no row is read, the first one is, once they have their places
        self._only: Collection[int] | None = None
        self._differing: frozenset[int] | None = None
        self._is_running = False
        self._edited_row: int | None = None
        self._hides_comments = False
        self.shown_arm = ArmKind.CONCURRENT
        self.model = ResultsModel()
        self.table = ResultsTable(self.model, self)
        self.response = ResponsePane(self)
        self.search_edit = _SearchEdit(self)
        self.search_edit.setClearButtonEnabled(True)
        self.filter_box = RowFilterBox(self)
        self._count_label = plain_label(parent=self)
        self.all_rows_button = QToolButton(self)
        self.all_rows_button.setAutoRaise(True)
        self.all_rows_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.all_rows_button.setText("×")
        self.causes = CausesPanel(self)
        self.other_run = OtherRun(self)
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
        self.remarking = RemarkActions(self, self._chosen_rows)
        self.row_menu = RowMenu(self.table, self.model, self.remarking)
        self.nothing_found = NothingFound(self.table)
        self._set_up_table()
        self._lay_out()
        self._filter_pause = QTimer(self, singleShot=True, interval=FILTER_PAUSE_MS)
        self._filter_pause.timeout.connect(self._apply_filter)
        self.search_edit.entered.connect(self.model.prepare_search)
        self.search_edit.textChanged.connect(lambda: self._filter_pause.start())
        self.filter_box.filter_chosen.connect(lambda: self._show_only(None))
        self.filter_box.other_run_wanted.connect(self.other_run_wanted)
        self.other_run.wanted.connect(self.difference_requested)
        self.other_run.side_by_side_requested.connect(self.side_by_side_requested)
        self.other_run.left.connect(self._on_other_left)
        self.all_rows_button.clicked.connect(lambda: self._show_only(None))
        self.causes.rows_chosen.connect(self._on_cause)
        self.causes.retry_requested.connect(self.retry_requested)
        self.causes.completion_requested.connect(self.completion_requested)
        self._arm_buttons.idClicked.connect(self._on_arm)
        self.model.modelAboutToBeReset.connect(self._on_arranging)
        self.model.modelReset.connect(self._on_arranged)
        self.row_menu.retry_requested.connect(self.retry_requested)
        self.row_menu.rerun_requested.connect(self.rerun_requested)
        self.nothing_found.clear_requested.connect(self._clear_filter)
        for noting in (self.model, self.response):
            noting.mark_requested.connect(lambda row, is_marked: self.remarking.mark([row], is_marked))
            noting.comment_requested.connect(self.remarking.comment)
        self.remarking.comment_action.triggered.connect(self.table.edit_comment)
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
        self.filter_box.choose(RowFilter.ALL)
        self._only = only
        self._differing = None
        self._show_arms()
        self.other_run.forget()
        self.other_run.show_arm(self.shown_arm)
        self._offer_filters()
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
        self.row_menu.set_running(is_running)
        self._is_running = is_running
        self._offer_filters()

    def offer_runs(self, runs: Sequence[RunSummary]) -> None:
        """Let the user choose the run that this one is compared with."""
        self.other_run.offer(runs, self.filter_box.mapToGlobal(self.filter_box.rect().bottomLeft()))

    def compare_with(self, other: RunSummary, rows: Mapping[ArmKind, frozenset[int]]) -> None:
        """Show only the rows that another run answered otherwise; `rows` has them for each arm."""
        self.other_run.compare_with(other, rows)
        self._offer_filters()
        self.filter_box.choose(RowFilter.RUNS_DIFFER)
        self._show_only(None)

    def rows_shown(self) -> frozenset[int]:
        """The rows that the filter leaves."""
        return self.model.rows_shown

    def rows_selected(self) -> frozenset[int]:
        return frozenset(map(self.model.row_at, self.table.selected_places()))

    def select_request(self, row: int) -> None:
        place = self.model.place_of(row)
        if place is not None and place != self.table.currentIndex().row():
            # not with what a click would do while Ctrl is held down for a shortcut
            alone = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.table.selectionModel().setCurrentIndex(self.model.index(place, 0), alone)

    def commit_comments(self) -> None:
        """Note what is being typed on the row that it belongs to."""
        self.table.commit_comment()
        self.response.comment_edit.commit()

    def set_empty_text(self, text: str) -> None:
        self._empty_label.setText(text)

    def _set_up_table(self) -> None:
        table = self.table
        header = table.horizontalHeader()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._offer_columns)
        table.selectionModel().currentRowChanged.connect(self._on_current)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(8)
        for button in self._arm_buttons.buttons():
            bar.addWidget(button)
        bar.addWidget(self.search_edit, 1)
        bar.addWidget(self.filter_box)
        bar.addWidget(self._count_label)
        bar.addWidget(self.all_rows_button)
        bar.addWidget(self.export_button)
        content = QWidget(self)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(bar)
        layout.addWidget(self.causes)
        layout.addWidget(self.other_run)
        self.splitter = QSplitter(Qt.Orientation.Vertical, content)
        self.splitter.addWidget(self.table)
        self.splitter.addWidget(self.response)
        self.splitter.setSizes([200, 160])
        for part in range(2):
            self.splitter.setStretchFactor(part, 1)
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
        columns = self._run.batch.columns if self._run else ()
        self.table.keep_columns()
        self.model.show_arm(
            arm,
            fields or (),
            self._run.remarks if self._run else None,
            columns if len(columns) > 1 else (),
        )
        self.table.place_columns()
        self.causes.show_arm(arm)
        self._is_first_next = True
        self._apply_filter()

    def _on_arm(self, number: int) -> None:
        self.shown_arm = list(ArmKind)[number]
        self._only = None
        self.other_run.show_arm(self.shown_arm)
        self._show_arm()
        self.arm_shown.emit()

    def _on_cause(self, rows: Collection[int] | None) -> None:
        """Show the rows of a cause, whatever was searched for before; `None` for all rows."""
        self._forget_filter()
        if rows:
            # what the server said about the first of them is read at once
            self._read_row = None
            self._is_first_next = True
        self._show_only(rows)

    def _clear_filter(self) -> None:
        self._forget_filter()
        self._show_only(None)
        # the button that had the keyboard is gone
        self.search_edit.setFocus()

    def _forget_filter(self) -> None:
        self.search_edit.blockSignals(True)
        self.search_edit.clear()
        self.search_edit.blockSignals(False)
        self.filter_box.choose(RowFilter.ALL)

    def _show_only(self, rows: Collection[int] | None) -> None:
        self._only = rows
        self._apply_filter()

    def _apply_filter(self) -> None:
        self._filter_pause.stop()
        states = STATES.get(self.filter_box.chosen, ())
        self.model.show_only(self.search_edit.text(), states, self._rows_allowed())
        self.all_rows_button.setVisible(self._only is not None)
        if self._only is None:
            self.causes.choose(None)

    def _on_other_left(self) -> None:
        self._offer_filters()
        if self.filter_box.chosen is RowFilter.RUNS_DIFFER:
            self.filter_box.choose(RowFilter.ALL)
        self._apply_filter()

    def _offer_filters(self) -> None:
        arms = self._run.arms if self._run else {}
        self.filter_box.offer(
            has_arms=len(arms) > 1,
            may_have_other=bool(arms) and not self._is_running,
            has_other=self.other_run.is_known,
        )

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
        match self.filter_box.chosen:
            case RowFilter.MARKED:
                return self._run.remarks.marked
            case RowFilter.COMMENTED:
                return self._run.remarks.commented
            case RowFilter.ARMS_DIFFER:
                if self._differing is None:
                    self._differing = rows_that_differ(*self._run.arms.values())
                return self._differing
            case RowFilter.RUNS_DIFFER:
                return self.other_run.rows
            case _:
                return None

    def _on_arranging(self) -> None:
        """Keep what is being typed into a cell: its editor goes when the rows get other places."""
        self._edited_row = self.table.commit_comment()

    def _on_arranged(self) -> None:
        """Return to the row that was read, if it is still there."""
        row = self._read_row
        if row is not None and self.model.place_of(row) is not None:
            self.select_request(row)
        elif self._is_first_next:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._is_first_next = False
        if self._edited_row is not None and self._edited_row == self._current_row():
            self.table.edit_comment()
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

    def _reveal_comments(self) -> None:
        """Show the column of comments, unless the user has hidden it."""
        if not self._hides_comments:
            self.table.show_column(Column.COMMENT, True)

    def _show_count(self) -> None:
        shown, total = self.model.rowCount(), self.model.total
        text = ""
        if shown != total:
            text = self.tr("{shown} of {total}").format(
                shown=wording.number(shown, 0), total=wording.number(total, 0)
            )
        self._count_label.setText(text)
        self.nothing_found.setVisible(not shown and total > 0)

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

    def _fill_columns_menu(self) -> None:
        """Offer the columns. The answers stay: they take the room that the others leave."""
        header, menu = self.table.horizontalHeader(), self.columns_menu
        menu.clear()
        for column in self.table.columns_in_order():
            action = menu.addAction(self.model.title_of(column).replace("&", "&&"))
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
        self.table.show_column(column, is_shown)

    def _show_all_columns(self) -> None:
        self._hides_comments = False
        for column in range(self.model.columnCount()):
            self.table.setColumnHidden(column, False)
        self.table.fit_answer()

    def _retranslate(self) -> None:
        self.table.setAccessibleName(self.tr("Results"))
        self.search_edit.setPlaceholderText(self.tr("Search in inputs, answers and comments"))
        self.search_edit.setAccessibleName(self.tr("Search in inputs, answers and comments"))
        self.remarking.retranslate()
        self.row_menu.retranslate()
        self.columns_menu.setTitle(self.tr("&Columns of the results"))
        self.all_rows_button.setToolTip(self.tr("Show all rows again"))
        self.all_rows_button.setAccessibleName(self.tr("Show all rows again"))
        for button in self._arm_buttons.buttons():
            button.setText(wording.arm(ArmKind(button.property("arm"))))
        self._offer_filters()
        self.model.retranslate()
        self._fill_columns_menu()
        self._show_count()

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
