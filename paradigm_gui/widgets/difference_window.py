"""Two runs side by side, in a window of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QHideEvent, QIcon, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QSplitter,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from paradigm_gui import wording
from paradigm_gui.core.run_difference import Likeness
from paradigm_gui.models.difference_model import Column, DifferenceModel
from paradigm_gui.resources import icon_path
from paradigm_gui.widgets.answer_pair import AnswerPair
from paradigm_gui.widgets.clipboard import copy_selected
from paradigm_gui.widgets.labels import plain_label
from paradigm_gui.widgets.run_facts import RunFacts

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from paradigm_gui.core.run_difference import Pair, RunDifference
    from paradigm_gui.core.word_difference import WordDifference

DEFAULT_SIZE = QSize(1160, 780)
FRAME_SIZE = QSize(16, 64)
FILTER_PAUSE_MS = 120
LEAST_ANSWER_CHARACTERS = 20


class _PairsTable(QTableView):
    """Gives both answers the room that the other columns leave."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        answers = (Column.FIRST_ANSWER, Column.SECOND_ANSWER)
        others = sum(self.columnWidth(column) for column in Column if column not in answers)
        least = LEAST_ANSWER_CHARACTERS * self.fontMetrics().averageCharWidth()
        for column in answers:
            self.setColumnWidth(column, max(least, (self.viewport().width() - others) // 2))


class DifferenceWindow(QWidget):
    """Shows how two runs differ: settings, figures, and the answers of each row.

    Signals:
        words_wanted(str, str): the words that differ in two texts are wanted; `show_words` takes them.
        closed(): the user has seen enough.
    """

    words_wanted = Signal(str, str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowIcon(QIcon(str(icon_path("paradigm-gui"))))
        self._difference: RunDifference | None = None
        self._read: Pair | None = None
        self.model = DifferenceModel()
        self.table = _PairsTable(self)
        self.facts = RunFacts(self)
        self.search_edit = QLineEdit(self)
        self.search_edit.setClearButtonEnabled(True)
        self.differing_box = QCheckBox(self)
        self._count_label = plain_label(parent=self)
        self._summary_label = plain_label(parent=self)
        self._summary_label.setWordWrap(True)
        self._waiting_label = plain_label(parent=self)
        self._waiting_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.answers = AnswerPair(self)
        self.copy_action = QAction(self)
        self.copy_cell_action = QAction(self)
        self._set_up_pairs()
        self._lay_out()
        self._add_keys()
        self._filter_pause = QTimer(self, singleShot=True, interval=FILTER_PAUSE_MS)
        self._filter_pause.timeout.connect(self._apply_filter)
        self.search_edit.textChanged.connect(lambda: self._filter_pause.start())
        self.differing_box.toggled.connect(self._apply_filter)
        self.model.modelReset.connect(self._on_arranged)
        self.answers.words_wanted.connect(self.words_wanted)
        self.resize(DEFAULT_SIZE.boundedTo(self.screen().availableSize() - FRAME_SIZE))
        self._retranslate()

    def wait(self) -> None:
        """Come up, and say that a comparison is being made."""
        self._show(None, ("", ""))
        self.show()
        self.activateWindow()

    def show_difference(self, difference: RunDifference, names: tuple[str, str]) -> None:
        self._show(difference, names)
        self.table.setFocus()

    def show_words(self, first: str, second: str, difference: WordDifference) -> None:
        """Mark the words that differ in two texts, if they are still shown."""
        self.answers.show_words(first, second, difference)

    def _show(self, difference: RunDifference | None, names: tuple[str, str]) -> None:
        self._difference = difference
        self._read = None
        self._stack.setCurrentIndex(1 if difference else 0)
        self.facts.show_difference(difference, names)
        self.model.show_pairs(difference.pairs if difference else ())
        self.search_edit.clear()
        self.differing_box.setChecked(False)
        self._apply_filter()

    def _set_up_pairs(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setIconSize(QSize(16, 16))
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 8)
        table.horizontalHeader().setHighlightSections(False)
        digit = table.fontMetrics().horizontalAdvance("0")
        for column, characters in (
            (Column.NUMBER, 7),
            (Column.INPUT, 14),
            (Column.LIKENESS, 11),
            (Column.FIRST_STATE, 11),
            (Column.SECOND_STATE, 11),
        ):
            table.setColumnWidth(column, characters * digit + 12)
        table.addActions([self.copy_action, self.copy_cell_action])
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        table.selectionModel().currentRowChanged.connect(lambda *_: self._read_current())

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(self.search_edit, 1)
        bar.addWidget(self.differing_box)
        bar.addWidget(self._count_label)
        rows = QWidget(self)
        column = QVBoxLayout(rows)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(bar)
        column.addWidget(self.table, 1)
        column.addWidget(self._summary_label)
        upper = QSplitter(Qt.Orientation.Horizontal, self)
        upper.addWidget(self.facts)
        upper.addWidget(rows)
        upper.setStretchFactor(1, 1)
        upper.setSizes([370, 790])
        whole = QSplitter(Qt.Orientation.Vertical, self)
        whole.addWidget(upper)
        whole.addWidget(self.answers)
        whole.setStretchFactor(0, 3)
        whole.setStretchFactor(1, 2)
        whole.setSizes([460, 280])
        for splitter in (upper, whole):
            splitter.setChildrenCollapsible(False)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._waiting_label)
        self._stack.addWidget(whole)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(8, 8, 8, 8)
        outer.addLayout(self._stack)

    def _add_keys(self) -> None:
        self.copy_action.setShortcut(QKeySequence.StandardKey.Copy)
        self.copy_cell_action.setShortcut(QKeySequence("Ctrl+Shift+C"))
        for action in (self.copy_action, self.copy_cell_action):
            # the texts below the table have a Ctrl+C of their own
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.copy_action.triggered.connect(lambda: copy_selected(self.table))
        self.copy_cell_action.triggered.connect(self._copy_cell)
        close = QAction(self)
        close.setShortcuts([QKeySequence("Esc"), QKeySequence("Ctrl+W")])
        close.triggered.connect(self.close)
        find = QAction(self)
        find.setShortcut(QKeySequence.StandardKey.Find)
        find.triggered.connect(self.search_edit.setFocus)
        self.addActions([close, find])

    # the rows

    def _apply_filter(self) -> None:
        self._filter_pause.stop()
        self.model.show_only(self.search_edit.text(), is_only_differing=self.differing_box.isChecked())

    def _on_arranged(self) -> None:
        """Return to the row that was read, if it is still there, or else to the first."""
        place = self.model.place_of(self._read) if self._read else None
        self.table.setCurrentIndex(self.model.index(place or 0, 0))
        self._read_current()
        self._show_counts()

    def _read_current(self) -> None:
        index = self.table.currentIndex()
        pair = self.model.pair_at(index.row()) if index.isValid() else None
        self._read = pair or self._read
        self.answers.show_pair(pair)

    def _show_counts(self) -> None:
        shown, total = self.model.rowCount(), self.model.total
        text = ""
        if shown != total:
            text = self.tr("{shown} of {total}").format(
                shown=wording.number(shown, 0), total=wording.number(total, 0)
            )
        self._count_label.setText(text)
        counts = self._difference.counts if self._difference else {}
        self._summary_label.setText(
            " · ".join(
                wording.labelled(title, wording.number(counts[likeness], 0))
                for likeness, title in (
                    (Likeness.SAME, self.tr("Same answer")),
                    (Likeness.DIFFERENT, self.tr("Different")),
                    (Likeness.ONLY_FIRST, self.tr("Only in A")),
                    (Likeness.ONLY_SECOND, self.tr("Only in B")),
                )
                if counts.get(likeness)
            )
        )

    def _copy_cell(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            QGuiApplication.clipboard().setText(index.data(Qt.ItemDataRole.EditRole))

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Two runs compared"))
        self._waiting_label.setText(self.tr("Both runs are being read…"))
        self.table.setAccessibleName(self.tr("Answers of both runs"))
        self.search_edit.setPlaceholderText(self.tr("Search in inputs and answers"))
        self.search_edit.setAccessibleName(self.tr("Search in inputs and answers"))
        self.differing_box.setText(self.tr("Only rows that differ"))
        self.copy_action.setText(self.tr("Copy rows"))
        self.copy_cell_action.setText(self.tr("Copy this cell"))
        self.model.retranslate()
        self._show_counts()

    # Qt

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            # a large comparison is not kept for a window that is not there
            self._show(None, ("", ""))
            self.closed.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
