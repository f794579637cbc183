"""The narrow column of marks: a star where a row is marked, its outline where the mouse may set it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QIcon, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from paradigm_gui.models.results_model import row_icon

if TYPE_CHECKING:
    AnyIndex = QModelIndex | QPersistentModelIndex

ICON_SIZE = QSize(16, 16)
_CLICKS = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick)


class MarkDelegate(QStyledItemDelegate):
    """Paints the check state as a star; a click anywhere in the cell changes it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._star = row_icon("mark")
        self._outline = row_icon("mark-none")

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        item = QStyleOptionViewItem(option)
        self.initStyleOption(item, index)
        is_marked = item.checkState == Qt.CheckState.Checked
        item.features &= ~QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator
        item.text = ""
        item.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, item, painter, item.widget)
        if is_marked or item.state & QStyle.StateFlag.State_MouseOver:
            is_selected = bool(item.state & QStyle.StateFlag.State_Selected)
            place = QStyle.alignedRect(item.direction, Qt.AlignmentFlag.AlignCenter, ICON_SIZE, item.rect)
            icon = self._star if is_marked else self._outline
            mode = QIcon.Mode.Selected if is_selected else QIcon.Mode.Normal
            icon.paint(painter, place, Qt.AlignmentFlag.AlignCenter, mode)

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: AnyIndex
    ) -> bool:
        if event.type() not in _CLICKS or not isinstance(event, QMouseEvent):
            return super().editorEvent(event, model, option, index)
        if event.type() == QEvent.Type.MouseButtonRelease and event.button() == Qt.MouseButton.LeftButton:
            is_marked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
            wanted = Qt.CheckState.Unchecked if is_marked else Qt.CheckState.Checked
            return model.setData(index, wanted, Qt.ItemDataRole.CheckStateRole)
        return False
