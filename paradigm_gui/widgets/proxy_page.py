"""Which proxy stands before a server, and what it is told."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from paradigm_gui.core.base_url import normalise_proxy_url
from paradigm_gui.core.endpoints import Proxy, ProxyMode
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.widgets.labels import note_label

if TYPE_CHECKING:
    from collections.abc import Hashable


class ProxyPage(QWidget):
    """Edits the way to the proxy. One that the system names is shown, and may be told a login as well.

    Signals:
        changed(): something else is entered.
        login_removal_requested(str): forget the login that is kept for the proxy at this address.
    """

    changed = Signal()
    login_removal_requested = Signal(str)

    def __init__(self, proxy: Proxy, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        is_manual = proxy.mode is ProxyMode.MANUAL
        self._typed_address = proxy.url if is_manual else ""
        # of the system's: as it was saved, as it is now, and what is to be said about it
        self._saved_address = "" if is_manual else proxy.url
        self._system_address = self._system_words = ""
        # the users whose logins are kept, by the addresses of their proxies
        self._users: dict[str, str] = {}
        self._shown_user = ""
        self.mode_box = QComboBox(self)
        for mode, title in (
            (ProxyMode.SYSTEM, self.tr("The one of the system, if any")),
            (ProxyMode.NONE, self.tr("None")),
            (ProxyMode.MANUAL, self.tr("This one:")),
        ):
            self.mode_box.addItem(title, mode)
        self.mode_box.setCurrentIndex(list(ProxyMode).index(proxy.mode))
        self.address_edit = QLineEdit(self)
        self.user_edit = QLineEdit(self)
        self.password_edit = QLineEdit(self)
        self.password_edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.forget_button = QPushButton(self.tr("Forget the login"), self)
        self.forget_button.setAutoDefault(False)
        self.note = note_label(parent=self)
        password = QHBoxLayout()
        password.setSpacing(8)
        password.addWidget(self.password_edit, 1)
        password.addWidget(self.forget_button)
        form = QFormLayout(self)
        form.setHorizontalSpacing(8)
        form.setVerticalSpacing(8)
        form.addRow(self.tr("Proxy"), self.mode_box)
        form.addRow(self.tr("Address"), self.address_edit)
        form.addRow(self.tr("User name"), self.user_edit)
        form.addRow(self.tr("Password"), password)
        form.addRow(self.note)
        self._on_mode()
        self.mode_box.currentIndexChanged.connect(self._on_mode)
        self.address_edit.textChanged.connect(self._on_address)
        self.mode_box.currentIndexChanged.connect(self.changed)
        for edit in (self.address_edit, self.user_edit, self.password_edit):
            edit.textChanged.connect(self.changed)
        self.forget_button.clicked.connect(lambda: self.login_removal_requested.emit(self._address))

    @property
    def mode(self) -> ProxyMode:
        # Qt gives back a plain string
        return ProxyMode(self.mode_box.currentData())

    @property
    def proxy(self) -> Proxy:
        """What is entered; its address may be a wrong one."""
        if self.mode is ProxyMode.MANUAL:
            return Proxy(self.mode, self._typed_address)
        if self.mode is ProxyMode.NONE:
            return Proxy(self.mode)
        has_login = self._system_address in self._users or self._has_typed_login
        if self._system_address:
            return Proxy(self.mode, self._system_address if has_login else "")
        return Proxy(self.mode, self._saved_address)

    def credentials(self) -> tuple[str, str] | None:
        """User name and password, where they were entered. Raises `bad_credentials`."""
        if not self.user_edit.isEnabled() or not self._has_typed_login:
            return None
        user, password = self.user_edit.text(), self.password_edit.text()
        if self._shown_user and not password:
            raise UserFacingError("bad_credentials", reason="password")
        return user, password

    def entered(self) -> Hashable:
        """All that is entered, to be compared."""
        login = (self.user_edit.text(), self.password_edit.text()) if self._has_typed_login else None
        return (self.mode, self._typed_address, login)

    def show_system(self, address: str, words: str) -> None:
        """Show the proxy that the system names, empty for none, and what is to be said about it."""
        self._system_address, self._system_words = address, words
        self._on_mode()

    def show_login(self, address: str, user: str) -> None:
        """Show that a login is kept for a proxy; without a user, that none is."""
        if user:
            self._users[address] = user
        else:
            self._users.pop(address, None)
        self._show_login()

    def forget_secrets(self) -> None:
        # unlike `clear`, this empties the undo history too
        self.password_edit.setText("")

    @property
    def _has_typed_login(self) -> bool:
        return self.user_edit.text().strip() != self._shown_user or bool(self.password_edit.text())

    @property
    def _address(self) -> str:
        """The proxy that is meant, as logins are kept for it; empty where there is none."""
        if self.mode is ProxyMode.SYSTEM:
            return self._system_address
        with suppress(UserFacingError):
            return normalise_proxy_url(self._typed_address) if self.mode is ProxyMode.MANUAL else ""
        return ""

    def _on_mode(self) -> None:
        mode = self.mode
        is_manual = mode is ProxyMode.MANUAL
        addresses = {ProxyMode.MANUAL: self._typed_address, ProxyMode.SYSTEM: self._system_address}
        self.address_edit.setText(addresses.get(mode, ""))
        # the system's is there to be read and copied
        self.address_edit.setReadOnly(not is_manual)
        self.address_edit.setEnabled(is_manual or bool(self._address))
        self.address_edit.setPlaceholderText(
            "http://proxy.example.com:3128" if is_manual else self.tr("none")
        )
        for edit in (self.user_edit, self.password_edit):
            edit.setEnabled(is_manual or bool(self._address))
        usual = self.tr("Servers on this computer are always reached directly.")
        self.note.setText(self._system_words if mode is ProxyMode.SYSTEM and self._system_words else usual)
        self._show_login()

    def _on_address(self, text: str) -> None:
        if self.mode is ProxyMode.MANUAL:
            self._typed_address = text
            self._show_login()

    def _show_login(self) -> None:
        """Show who is known to this proxy; what is typed stays."""
        user = self._users.get(self._address, "")
        if self.user_edit.text().strip() == self._shown_user:
            self.user_edit.setText(user)
        self._shown_user = user
        self.password_edit.setPlaceholderText(self.tr("already there") if user else "")
        self.forget_button.setVisible(bool(user))
