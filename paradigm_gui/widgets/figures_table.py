"""The table of all figures, with its copying."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from paradigm_gui.models.figures_model import FiguresModel

if TYPE_CHECKING:
    from paradigm_gui.core.run_figures import RunFigures


class FiguresTable(QTableView):
    """Shows the figures of the arms that have ended, side by side.

    Ctrl+C copies the whole table, with the word above it if it is simulated.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figures_model = FiguresModel()
        self.setModel(self.figures_model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 4)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultSectionSize(self.fontMetrics().horizontalAdvance("0") * 22)
        self.copy_action = QAction(self)
        self.copy_action.setShortcut(QKeySequence.StandardKey.Copy)
        self.copy_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.copy_action.triggered.connect(self.copy)
        self.addAction(self.copy_action)
        self._placeholder = ""
        self._is_simulated = False
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._retranslate()

    def show_figures(self, figures: RunFigures, *, is_simulated: bool) -> None:
        self._is_simulated = is_simulated
        self.figures_model.show_figures(figures, is_simulated=is_simulated)
        self._describe()

    def copy(self) -> None:
        marked = [self.tr("Simulated")] if self._is_simulated else []
        QGuiApplication.clipboard().setText("\n".join([*marked, self.figures_model.text()]))

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Figures"))
        self.copy_action.setText(self.tr("Copy the figures"))
        self._placeholder = self.tr("The figures of an arm stand here as soon as it has ended.")
        self.figures_model.retranslate()
        self._describe()

    def _describe(self) -> None:
        self.setAccessibleDescription("" if self.figures_model.rowCount() else self._placeholder)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.figures_model.rowCount():
            return
        painter = QPainter(self.viewport())
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(self.viewport().rect().adjusted(24, 0, -24, 0), flags, self._placeholder)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
