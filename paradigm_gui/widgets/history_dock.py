"""The dock that lists the kept runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QAction, QFont, QFontMetrics, QKeySequence, QPainter, QPalette, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QDockWidget,
    QGridLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from paradigm_gui.models.history_model import Column, HistoryModel
from paradigm_gui.widgets.labels import plain_label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from paradigm_gui.core.batch import Run
    from paradigm_gui.core.run_list import RunSummary

SEARCH_PAUSE_MS = 200


class RunDelegate(QStyledItemDelegate):
    """Paints a run on two lines, so that the list can be narrow: its name, and below it the other columns."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        item = QStyleOptionViewItem(option)
        self.initStyleOption(item, index)
        name, item.text = item.text, ""
        item.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, item, painter, item.widget)
        others = (index.sibling(index.row(), column).data() for column in Column if column != Column.NAME)
        details = " · ".join(filter(None, others))
        roles = (QPalette.ColorRole.Text, QPalette.ColorRole.PlaceholderText)
        if item.state & QStyle.StateFlag.State_Selected:
            roles = (QPalette.ColorRole.HighlightedText, QPalette.ColorRole.HighlightedText)
        small = QFont(option.font)
        small.setPointSizeF(small.pointSizeF() * 0.88)
        painter.save()
        for text, font, role, line in zip(
            (name, details), (item.font, small), roles, _lines(item.rect), strict=True
        ):
            painter.setFont(font)
            painter.setPen(item.palette.color(role))
            cut = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, cut)
        painter.restore()

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        editor = QLineEdit(parent)
        # the name stays where it was
        editor.setTextMargins(2, 0, 2, 0)
        return editor

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> None:
        editor.setGeometry(option.rect.adjusted(2, 2, -2, -2))


def _lines(cell: QRect) -> tuple[QRect, QRect]:
    inner = cell.adjusted(8, 4, -8, -4)
    half = inner.height() // 2
    return inner.adjusted(0, 0, 0, -half), inner.adjusted(0, half, 0, 0)


class HistoryDock(QDockWidget):
    """Finds, opens, compares, renames and deletes runs, and goes on with unfinished ones.

    Signals:
        list_requested(str): the runs that hold these words are wanted.
        open_requested(RunSummary), resume_requested(RunSummary), retry_requested(RunSummary)
        input_requested(RunSummary): its rows, prompt and settings are wanted in the editors.
        compare_requested(RunSummary, RunSummary)
        compare_with_shown_requested(RunSummary): a comparison with the run on show is wanted.
        difference_requested(RunSummary): only the rows that it answered otherwise are to stay on show.
        delete_requested(list[RunSummary]), rename_requested(RunSummary, str)
        undo_requested(): the last deletion is to be undone.
        erase_requested(): what was deleted is to be gone for good, at once.
    """

    list_requested = Signal(str)
    open_requested = Signal(object)
    resume_requested = Signal(object)
    retry_requested = Signal(object)
    input_requested = Signal(object)
    compare_requested = Signal(object, object)
    compare_with_shown_requested = Signal(object)
    difference_requested = Signal(object)
    delete_requested = Signal(object)
    undo_requested = Signal()
    erase_requested = Signal()
    rename_requested = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("history")
        self.setFeatures(
            QDockWidget.DockWidgetFeature.DockWidgetClosable | QDockWidget.DockWidgetFeature.DockWidgetMovable
        )
        self.model = HistoryModel()
        self.search_edit = QLineEdit(self)
        self.search_edit.setClearButtonEnabled(True)
        self.table = QTableView(self)
        self._empty = plain_label(parent=self)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self.open_button = QPushButton(self)
        self.resume_button = QPushButton(self)
        self.retry_button = QPushButton(self)
        self.compare_button = QPushButton(self)
        self.compare_action = QAction(self)
        self.compare_with_shown_action = QAction(self)
        self.difference_action = QAction(self)
        self.input_action = QAction(self)
        self.delete_action = QAction(self)
        self.delete_action.setShortcut(QKeySequence.StandardKey.Delete)
        self.delete_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.undo_action = QAction(self)
        self.undo_action.setShortcut(QKeySequence.StandardKey.Undo)
        self.undo_action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.undo_action.setEnabled(False)
        self.addAction(self.undo_action)
        self.erase_action = QAction(self)
        self.rename_action = QAction(self)
        self.rename_action.setShortcut(QKeySequence("F2"))
        self.rename_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._is_running = False
        self._key_running: int | None = None
        self._has_shown = False
        self._key_shown: int | None = None
        self._set_up_table()
        self._lay_out()
        self._search_pause = QTimer(self, singleShot=True, interval=SEARCH_PAUSE_MS)
        self._search_pause.timeout.connect(self.ask_for_list)
        self.search_edit.textChanged.connect(lambda: self._search_pause.start())
        self.table.activated.connect(self._open)
        self.open_button.clicked.connect(self._open)
        self.resume_button.clicked.connect(lambda: self._with_chosen(self.resume_requested.emit))
        self.retry_button.clicked.connect(lambda: self._with_chosen(self.retry_requested.emit))
        self.compare_button.clicked.connect(self._compare)
        self.compare_action.triggered.connect(self._compare)
        self.compare_with_shown_action.triggered.connect(self._compare)
        self.difference_action.triggered.connect(lambda: self._with_chosen(self.difference_requested.emit))
        self.delete_action.triggered.connect(self._delete)
        self.undo_action.triggered.connect(self.undo_requested)
        self.erase_action.triggered.connect(self.erase_requested)
        self.input_action.triggered.connect(lambda: self._with_chosen(self.input_requested.emit))
        self.rename_action.triggered.connect(self._rename)
        self.model.renamed.connect(self.rename_requested)
        self._retranslate()
        self.set_running(False)

    def show_runs(
        self, runs: Sequence[RunSummary], wanted: int | None = None, under_way: int | None = None
    ) -> None:
        """Show a list, and stay at the selected runs, at `wanted`, or else at the same place.

        `under_way` is the key of the run that this window is running.
        """
        current, place = self.current(), self.table.currentIndex().row()
        selected: set[int] = {run.key for run in self.selected()} if wanted is None else set()
        self.model.show_runs(runs, under_way)
        keys: list[int] = [run.key for run in runs]
        key = current.key if wanted is None and current else wanted
        row = keys.index(key) if key in keys else max(0, min(place, len(keys) - 1))
        self.table.setCurrentIndex(self.model.index(row, Column.NAME))
        self._select([number for number, key in enumerate(keys) if key in selected])
        self._stack.setCurrentIndex(1 if runs else 0)
        self._explain_empty()
        self._show_buttons()

    def current(self) -> RunSummary | None:
        index = self.table.currentIndex()
        return self.model.run_at(index.row()) if index.isValid() else None

    def selected(self) -> list[RunSummary]:
        """The selected runs, in the order of the list."""
        return [
            self.model.run_at(row) for row in sorted({index.row() for index in self.table.selectedIndexes()})
        ]

    def ask_for_list(self) -> None:
        self._search_pause.stop()
        self.list_requested.emit(self.search_edit.text())

    def set_running(self, is_running: bool, key: int | None = None) -> None:
        """While a run goes on, none can be opened or taken up, nor deleted as long as its key is unknown."""
        self._is_running = is_running
        self._key_running = key
        self._show_buttons()

    def set_shown(self, run: Run) -> None:
        """Tell which run is on show: another one can be compared with it."""
        self._has_shown = True
        self._key_shown = run.key
        self._show_buttons()

    def set_undoable(self, is_undoable: bool) -> None:
        self.undo_action.setEnabled(is_undoable)

    def _set_up_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        table.setTabKeyNavigation(False)
        table.setItemDelegate(RunDelegate(table))
        table.setWordWrap(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(2 * table.fontMetrics().height() + 8)
        for column in Column:
            # the delegate paints the others below the name
            table.setColumnHidden(column, column != Column.NAME)
        table.horizontalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        table.addActions(
            [
                self.compare_action,
                self.compare_with_shown_action,
                self.difference_action,
                self.input_action,
                self.rename_action,
                self.delete_action,
                self.undo_action,
                self.erase_action,
            ]
        )
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        table.selectionModel().selectionChanged.connect(lambda *_: self._show_buttons())

    def _lay_out(self) -> None:
        content = QWidget(self)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self.search_edit)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.table)
        layout.addLayout(self._stack, 1)
        buttons = QGridLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.open_button, 0, 0)
        buttons.addWidget(self.resume_button, 0, 1)
        buttons.addWidget(self.retry_button, 1, 0, 1, 2)
        buttons.addWidget(self.compare_button, 2, 0, 1, 2)
        layout.addLayout(buttons)
        self.setWidget(content)
        self.setFocusProxy(self.search_edit)

    def _select(self, rows: Sequence[int]) -> None:
        """Select these rows instead of the current one alone, if there are any."""
        if not rows:
            return
        flag, model = QItemSelectionModel.SelectionFlag, self.table.selectionModel()
        if self.table.currentIndex().row() not in rows:
            model.setCurrentIndex(self.model.index(rows[0], Column.NAME), flag.NoUpdate)
        selection = QItemSelection()
        for row in rows:
            index = self.model.index(row, Column.NAME)
            selection.select(index, index)
        model.select(selection, flag.ClearAndSelect | flag.Rows)

    def _chosen(self) -> RunSummary | None:
        """The one run that is selected and can be taken up."""
        selected = self.selected()
        if self._is_running or len(selected) != 1 or self.model.is_under_way(selected[0]):
            return None
        return selected[0]

    def _with_chosen(self, act: Callable[[RunSummary], None]) -> None:
        if run := self._chosen():
            act(run)

    def _open(self) -> None:
        self._with_chosen(self.open_requested.emit)

    def _can_compare(self) -> bool:
        selected = self.selected()
        return not self._is_running and len(selected) == 2 and not any(map(self.model.is_under_way, selected))

    def _can_compare_with_shown(self) -> bool:
        run = self._chosen()
        return run is not None and self._has_shown and run.key != self._key_shown

    def _compare(self) -> None:
        if self._can_compare():
            self.compare_requested.emit(*self.selected())
        elif self._can_compare_with_shown():
            self.compare_with_shown_requested.emit(self.selected()[0])

    def _deletable(self) -> list[RunSummary]:
        if self._is_running and self._key_running is None:
            return []
        return [
            run
            for run in self.selected()
            if run.key != self._key_running and not self.model.is_under_way(run)
        ]

    def _delete(self) -> None:
        if runs := self._deletable():
            self.delete_requested.emit(runs)

    def _rename(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            self.table.edit(index.siblingAtColumn(Column.NAME))

    def _show_buttons(self) -> None:
        run = self._chosen()
        self.delete_action.setEnabled(bool(self._deletable()))
        self.rename_action.setEnabled(len(self.selected()) == 1)
        self.input_action.setEnabled(run is not None)
        self.compare_action.setEnabled(self._can_compare())
        for action in (self.compare_with_shown_action, self.difference_action):
            action.setEnabled(self._can_compare_with_shown())
        self.compare_button.setEnabled(self._can_compare() or self._can_compare_with_shown())
        self.open_button.setEnabled(run is not None)
        self.resume_button.setEnabled(
            run is not None and any(arm.done + arm.failed < run.rows for arm in run.arms)
        )
        self.retry_button.setEnabled(run is not None and run.failed > 0)

    def _explain_empty(self) -> None:
        self._empty.setText(
            self.tr("No run has these words.")
            if self.search_edit.text().strip()
            else self.tr("Every run is kept here, with its answers and figures.")
        )

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("History"))
        # Qt does not name its button anew when the language changes
        for button in self.findChildren(QAbstractButton, "qt_dockwidget_closebutton"):
            button.setAccessibleName(self.tr("Close"))
            button.setToolTip(self.tr("Close"))
        self.search_edit.setPlaceholderText(self.tr("Search the runs"))
        self.search_edit.setAccessibleName(self.tr("Search the runs"))
        self.table.setAccessibleName(self.tr("Runs"))
        self._explain_empty()
        self.open_button.setText(self.tr("Open"))
        self.resume_button.setText(self.tr("Go on"))
        self.resume_button.setToolTip(self.tr("Send the rows that have not come to an end"))
        self.retry_button.setText(self.tr("Run failed rows again"))
        self.compare_button.setText(self.tr("Compare…"))
        self.compare_button.setToolTip(
            self.tr("Compare the two selected runs, or the selected run with the one on show")
        )
        self.compare_action.setText(self.tr("Compare the two runs…"))
        self.compare_with_shown_action.setText(self.tr("Compare with the run on show…"))
        self.difference_action.setText(self.tr("Show the rows that it answered otherwise"))
        self.undo_action.setText(self.tr("Undo the last deletion"))
        self.input_action.setText(self.tr("Use its input again"))
        self.delete_action.setText(self.tr("Delete"))
        self.erase_action.setText(self.tr("Erase the deleted runs now"))
        self.erase_action.setToolTip(self.tr("They would be erased after a week"))
        self.rename_action.setText(self.tr("Rename"))
        self.model.retranslate()

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.ask_for_list()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
