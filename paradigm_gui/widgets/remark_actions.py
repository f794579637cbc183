"""What the rows of the results are marked and commented with, and how that is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence

from paradigm_gui.core.remarks import Remarks

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from PySide6.QtWidgets import QWidget


class RemarkActions(QObject):
    """Changes the remarks of the run on show. `selected` gives the rows that the user has chosen.

    The shortcuts hold where the widget or one of its children has the focus.

    Signals:
        changed(Collection[int]): there is something else noted on these rows.
        taken_back(Collection[int]): the last change to these rows was undone, or made again.
    """

    changed = Signal(object)
    taken_back = Signal(object)

    def __init__(self, widget: QWidget, selected: Callable[[], Collection[int]]) -> None:
        super().__init__(widget)
        self._selected = selected
        self._remarks = Remarks()
        keys = QKeySequence.StandardKey
        self.mark_action = self._action(widget, QKeySequence("Ctrl+M"))
        self.comment_action = self._action(widget, QKeySequence("F2"))
        self.undo_action = self._action(widget, keys.Undo)
        self.redo_action = self._action(widget, keys.Redo)
        self.mark_action.triggered.connect(self._toggle_marks)
        self.undo_action.triggered.connect(lambda: self._take_back(self._remarks.undo()))
        self.redo_action.triggered.connect(lambda: self._take_back(self._remarks.redo()))
        self.retranslate()
        self.use(self._remarks)

    def use(self, remarks: Remarks) -> None:
        """Change these remarks from now on."""
        self._remarks = remarks
        self._show_what_can_be_done()

    @property
    def actions(self) -> list[QAction]:
        return [self.mark_action, self.comment_action, self.undo_action, self.redo_action]

    def mark(self, rows: Collection[int], is_marked: bool) -> None:
        self._tell(self._remarks.mark(rows, is_marked=is_marked))

    def comment(self, row: int, text: str) -> None:
        self._tell(self._remarks.comment(row, text))

    def retranslate(self) -> None:
        self.mark_action.setText(self.tr("Mark or unmark rows"))
        self.comment_action.setText(self.tr("Comment on the row"))
        self.undo_action.setText(self.tr("Undo the mark or comment"))
        self.redo_action.setText(self.tr("Redo the mark or comment"))

    def _action(self, widget: QWidget, keys: QKeySequence | QKeySequence.StandardKey) -> QAction:
        action = QAction(self)
        action.setShortcuts(keys) if isinstance(keys, QKeySequence.StandardKey) else action.setShortcut(keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        widget.addAction(action)
        return action

    def _toggle_marks(self) -> None:
        """Mark the selected rows; if all of them are marked, take the marks away."""
        rows = self._selected()
        is_marked = all(self._remarks.of(row).is_marked for row in rows)
        self.mark(rows, not is_marked)

    def _take_back(self, rows: Collection[int]) -> None:
        self._tell(rows)
        if rows:
            self.taken_back.emit(rows)

    def _tell(self, rows: Collection[int]) -> None:
        if rows:
            self._show_what_can_be_done()
            self.changed.emit(rows)

    def _show_what_can_be_done(self) -> None:
        self.undo_action.setEnabled(self._remarks.can_undo)
        self.redo_action.setEnabled(self._remarks.can_redo)
