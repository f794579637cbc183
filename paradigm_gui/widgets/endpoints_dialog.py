"""Lists the saved servers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from paradigm_gui import wording
from paradigm_gui.core.endpoints import PRESETS, Endpoint, PresetCode
from paradigm_gui.resources import icon_path
from paradigm_gui.widgets.labels import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAME, _URL, _KEY, _PARTICULARS = range(4)
_ROW_PX = 28
_WIDTH, _HEIGHT = 820, 360


class EndpointsDialog(QDialog):
    """Shows the servers and asks for whatever is to be done with them; it changes nothing itself.

    Signals:
        add_requested(PresetCode)
        edit_requested(Endpoint), duplicate_requested(Endpoint), removal_requested(Endpoint)
        default_requested(Endpoint): start with this one, or no longer when it is the default already.
        import_requested(), export_requested()
    """

    add_requested = Signal(object)
    edit_requested = Signal(object)
    duplicate_requested = Signal(object)
    removal_requested = Signal(object)
    default_requested = Signal(object)
    import_requested = Signal()
    export_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Servers"))
        self._endpoints: Sequence[Endpoint] = ()
        self.table = QTableWidget(0, 4, self)
        self.table.setHorizontalHeaderLabels(
            [self.tr("Name"), self.tr("Base URL"), self.tr("API key"), self.tr("Particulars")]
        )
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.setAccessibleName(self.tr("Servers"))
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.verticalHeader().setDefaultSectionSize(_ROW_PX)
        self.table.horizontalHeader().setSectionResizeMode(_URL, QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setHighlightSections(False)
        for column, share in ((_NAME, 5), (_KEY, 8), (_PARTICULARS, 4)):
            self.table.setColumnWidth(column, _WIDTH // share)
        self.add_menu = QMenu(self)
        for code in PRESETS:
            action = self.add_menu.addAction(wording.preset(code))
            action.setData(code)
        self.add_menu.triggered.connect(lambda action: self.add_requested.emit(PresetCode(action.data())))
        self.add_button = QPushButton(self.tr("Add"), self)
        self.add_button.setMenu(self.add_menu)
        self.edit_button = QPushButton(self.tr("Edit…"), self)
        self.duplicate_button = QPushButton(self.tr("Duplicate"), self)
        self.remove_button = QPushButton(self.tr("Remove…"), self)
        self.default_button = QPushButton(self.tr("Start with it"), self)
        self.default_button.setCheckable(True)
        self.default_button.setToolTip(
            plain_tip(self.tr("Makes it the default: the server that the program starts with"))
        )
        self.import_button = QPushButton(self.tr("Import…"), self)
        self.export_button = QPushButton(self.tr("Export…"), self)
        self.export_button.setToolTip(plain_tip(self.tr("Writes the servers to a file, without any key")))
        self._lay_out()
        for button, signal in (
            (self.edit_button, self.edit_requested),
            (self.duplicate_button, self.duplicate_requested),
            (self.remove_button, self.removal_requested),
            (self.default_button, self.default_requested),
        ):
            button.clicked.connect(partial(self._ask_for, signal))
        self.import_button.clicked.connect(self.import_requested)
        self.export_button.clicked.connect(self.export_requested)
        self.table.itemSelectionChanged.connect(self._on_selection)
        self.table.itemActivated.connect(partial(self._ask_for, self.edit_requested))
        self._on_selection()

    @property
    def selected(self) -> Endpoint | None:
        row = self.table.currentRow()
        return self._endpoints[row] if 0 <= row < len(self._endpoints) else None

    def show_endpoints(self, endpoints: Sequence[Endpoint], current: Endpoint | None) -> None:
        """Show a list, with one of it selected."""
        self._endpoints = endpoints
        self.table.setRowCount(len(endpoints))
        for row, endpoint in enumerate(endpoints):
            name = QTableWidgetItem(endpoint.name)
            if endpoint.is_default:
                font = name.font()
                font.setBold(True)
                name.setFont(font)
            url = QTableWidgetItem(endpoint.base_url)
            if endpoint.is_unchecked:
                url.setIcon(QIcon(str(icon_path("state-failed"))))
            key = QTableWidgetItem(self.tr("needed") if endpoint.needs_key else self.tr("not needed"))
            words = [self.tr("default")] if endpoint.is_default else []
            particulars = QTableWidgetItem(", ".join([*words, *wording.particulars(endpoint)]))
            for column, item in ((_NAME, name), (_URL, url), (_KEY, key), (_PARTICULARS, particulars)):
                item.setToolTip(plain_tip(item.text()))
                item.setFlags(Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled)
                self.table.setItem(row, column, item)
        if endpoints:
            self.table.selectRow(endpoints.index(current) if current in endpoints else 0)
        self._on_selection()

    def _ask_for(self, signal: SignalInstance, *_: object) -> None:
        if self.selected:
            signal.emit(self.selected)

    def _on_selection(self) -> None:
        selected = self.selected
        for button in (self.edit_button, self.duplicate_button, self.remove_button, self.default_button):
            button.setEnabled(selected is not None)
        self.default_button.setChecked(selected is not None and selected.is_default)
        self.export_button.setEnabled(bool(self._endpoints))

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(8)
        for button in (
            self.add_button,
            self.edit_button,
            self.duplicate_button,
            self.remove_button,
            self.default_button,
        ):
            button.setAutoDefault(False)
            column.addWidget(button)
        column.addStretch(1)
        for button in (self.import_button, self.export_button):
            button.setAutoDefault(False)
            column.addWidget(button)
        body = QHBoxLayout()
        body.setSpacing(8)
        body.addWidget(self.table, 1)
        body.addLayout(column)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addLayout(body)
        layout.addWidget(buttons)
        self.resize(_WIDTH, _HEIGHT)
