"""Enters a server and its API key."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from paradigm_gui import wording
from paradigm_gui.core.base_url import host_of, normalise_base_url
from paradigm_gui.core.endpoints import Endpoint
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.resources import icon_path
from paradigm_gui.widgets.labels import plain_label

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Connection:
    """What the user entered; an empty key leaves the one that is there."""

    endpoint: Endpoint
    key: str = field(repr=False)


class ConnectionDialog(QDialog):
    """Asks for name, base URL and key. The key is masked, and is never filled in from the store.

    `key_state` says whether there is a key; `check_key` cleans one or raises `UserFacingError`.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        key_state: str,
        check_key: Callable[[str], str],
        *,
        has_keyring: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._endpoint = endpoint
        self._check_key = check_key
        self.connection: Connection | None = None
        self.setWindowTitle(self.tr("Server and API key"))
        self.name_edit = QLineEdit(endpoint.name, self)
        self.url_edit = QLineEdit(endpoint.base_url, self)
        self.url_edit.setMinimumWidth(self.fontMetrics().horizontalAdvance("0") * 46)
        self.key_edit = QLineEdit(self)
        self.key_edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.key_edit.setPlaceholderText(key_state)
        self.key_edit.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData
        )
        self._reveal = QAction(QIcon(str(icon_path("reveal"))), self.tr("Show the key"), self)
        self._reveal.setCheckable(True)
        self._reveal.toggled.connect(self._on_reveal)
        self.key_edit.addAction(self._reveal, QLineEdit.ActionPosition.TrailingPosition)
        self._message = plain_label(parent=self)
        self._message.setWordWrap(True)
        self._message.hide()
        where = plain_label(
            self.tr("The key is kept in your system's keyring and sent only to this server.")
            if has_keyring
            else self.tr(
                "This system has no usable keyring, so the key is forgotten when you quit."
                " It is sent only to this server."
            ),
            self,
        )
        where.setWordWrap(True)

        form = QFormLayout()
        form.addRow(self.tr("Name"), self.name_edit)
        form.addRow(self.tr("Base URL"), self.url_edit)
        form.addRow(self.tr("API key"), self.key_edit)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel, self
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        # grows by itself when a message appears
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        layout.addLayout(form)
        layout.addWidget(where)
        layout.addWidget(self._message)
        layout.addWidget(buttons)
        self.key_edit.setFocus()

    def show_error(self, text: str) -> None:
        self._message.setText("⚠ " + text)
        self._message.show()

    def _on_reveal(self, is_shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password
        self.key_edit.setEchoMode(mode)

    def accept(self) -> None:
        """Check what was entered; the dialog stays open while something is wrong."""
        wrong = self.url_edit
        try:
            base_url = normalise_base_url(self.url_edit.text())
            wrong = self.key_edit
            key = self._check_key(self.key_edit.text()) if self.key_edit.text().strip() else ""
        except UserFacingError as error:
            self.show_error(wording.user_error(error))
            wrong.setFocus()
            return
        name = self.name_edit.text().strip() or host_of(base_url)
        self.connection = Connection(Endpoint(name, base_url, self._endpoint.model), key)
        super().accept()

    def done(self, result: int) -> None:
        # unlike `clear`, this empties the undo history too
        self.key_edit.setText("")
        super().done(result)
