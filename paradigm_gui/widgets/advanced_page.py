"""What a private deployment may need beside URL and key: certificate, proxy, extras, limits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QTabWidget,
    QWidget,
)

from paradigm_gui import wording
from paradigm_gui.core.endpoints import HIGHEST_RATE, LARGEST_CAP, Endpoint
from paradigm_gui.core.extras import body_in, body_text, header_lines, headers_in
from paradigm_gui.widgets.labels import note_label, plain_label
from paradigm_gui.widgets.proxy_page import ProxyPage

if TYPE_CHECKING:
    from collections.abc import Hashable

    from paradigm_gui.core.errors import UserFacingError

_EXTRA_LINES = 2
# which page holds what an error is about
_CERTIFICATE, _PROXY, _EXTRAS, _LIMITS = range(4)
_PAGES = {"bad_ca_file": _CERTIFICATE, "bad_proxy": _PROXY, "bad_credentials": _PROXY}


class AdvancedPage(QTabWidget):
    """Edits everything of an endpoint that most people never touch.

    Signals:
        check_given_up(): the user no longer wants certificates to be checked.
        changed(): something else is entered that a test of the connection depends on.
    """

    check_given_up = Signal()
    changed = Signal()

    def __init__(self, endpoint: Endpoint, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.verify_box = QCheckBox(self.tr("Check the server's certificate"), self)
        self.verify_box.setChecked(endpoint.verifies)
        self.verify_box.clicked.connect(self._on_verify)
        self.ca_edit = QLineEdit(endpoint.ca_file, self)
        self.ca_edit.setPlaceholderText(self.tr("none: those of the system are enough"))
        self.proxy = ProxyPage(endpoint.proxy, self)
        self.headers_edit = self._text_edit(header_lines(endpoint.headers), "X-Team: sales")
        self.body_edit = self._text_edit(body_text(endpoint.body), '{"top_k": 20}')
        self.key_header_edit = QLineEdit(endpoint.key_header, self)
        self.key_header_edit.setPlaceholderText("Authorization")
        self.secret_header_edit = QLineEdit(endpoint.secret_header, self)
        self.secret_header_edit.setPlaceholderText(self.tr("none"))
        self.secret_header_edit.setCursorPosition(0)
        self.secret_edit = QLineEdit(self)
        self.secret_edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret_edit.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData
        )
        self.organisation_edit = QLineEdit(endpoint.organisation, self)
        self.project_edit = QLineEdit(endpoint.project, self)
        self.cap_box = QSpinBox(self)
        self.cap_box.setRange(0, LARGEST_CAP)
        self.cap_box.setValue(endpoint.cap or 0)
        self.rate_box = QSpinBox(self)
        self.rate_box.setRange(0, int(HIGHEST_RATE))
        self.rate_box.setValue(round(endpoint.requests_per_minute or 0))
        self._rate = endpoint.requests_per_minute
        for box in (self.cap_box, self.rate_box):
            box.setSpecialValueText(self.tr("none"))
        self._add_pages()
        self.verify_box.toggled.connect(self.changed)
        self.proxy.changed.connect(self.changed)
        for edit in (
            self.ca_edit,
            self.key_header_edit,
            self.secret_header_edit,
            self.secret_edit,
            self.organisation_edit,
            self.project_edit,
            self.headers_edit,
            self.body_edit,
        ):
            edit.textChanged.connect(self.changed)

    def applied_to(self, endpoint: Endpoint) -> Endpoint:
        """The endpoint with what is entered here; raises `UserFacingError`."""
        rate = float(self.rate_box.value()) or None
        return replace(
            endpoint,
            verifies=self.verify_box.isChecked(),
            ca_file=self.ca_edit.text().strip(),
            proxy=self.proxy.proxy,
            headers=headers_in(self.headers_edit.toPlainText()),
            body=body_in(self.body_edit.toPlainText()),
            key_header=self.key_header_edit.text(),
            secret_header=self.secret_header_edit.text().strip(),
            organisation=self.organisation_edit.text().strip(),
            project=self.project_edit.text().strip(),
            cap=self.cap_box.value() or None,
            requests_per_minute=self._rate if rate == round(self._rate or 0) else rate,
        )

    def credentials(self) -> tuple[str, str] | None:
        """User name and password for the proxy, where they were entered. Raises `bad_credentials`."""
        return self.proxy.credentials()

    def entered(self) -> Hashable:
        """All that is entered, to be compared."""
        edits = (
            self.ca_edit,
            self.key_header_edit,
            self.secret_header_edit,
            self.secret_edit,
            self.organisation_edit,
            self.project_edit,
        )
        return (
            self.verify_box.isChecked(),
            self.proxy.entered(),
            *(edit.text() for edit in edits),
            self.headers_edit.toPlainText(),
            self.body_edit.toPlainText(),
            self.cap_box.value(),
            self.rate_box.value(),
        )

    def in_short(self) -> list[str]:
        """What of all this is not as usual, for whoever does not see the page."""
        return wording.particulars(
            Endpoint(
                "",
                "",
                verifies=self.verify_box.isChecked(),
                ca_file=self.ca_edit.text().strip(),
                proxy=self.proxy.proxy,
                # as they are typed; whether they can be used is not the question here
                headers=dict.fromkeys(self.headers_edit.toPlainText().split(), ""),
                body=dict.fromkeys(self.body_edit.toPlainText().split()),
                secret_header=self.secret_header_edit.text().strip(),
                cap=self.cap_box.value() or None,
                requests_per_minute=self.rate_box.value() or None,
            )
        )

    def secret(self) -> str:
        """The secret for a header of the gateway, where it was entered."""
        return self.secret_edit.text().strip()

    def show_secret(self, *, is_there: bool) -> None:
        """Say whether the secret of the header is there already."""
        self.secret_edit.setPlaceholderText(self.tr("already there") if is_there else "")

    def show_place_of(self, error: UserFacingError) -> None:
        """Bring the page forward that an error is about."""
        field = error.details.get("field")
        fallback = _LIMITS if field in ("cap", "requests_per_minute") else _EXTRAS
        self.setCurrentIndex(_PAGES.get(error.code, fallback))

    def forget_secrets(self) -> None:
        # unlike `clear`, this empties the undo history too
        self.proxy.forget_secrets()
        self.secret_edit.setText("")

    def _text_edit(self, text: str, example: str) -> QPlainTextEdit:
        edit = QPlainTextEdit(text, self)
        edit.setPlaceholderText(example)
        edit.setTabChangesFocus(True)
        edit.setFixedHeight(edit.fontMetrics().lineSpacing() * _EXTRA_LINES + 16)
        return edit

    def _add_pages(self) -> None:
        browse = QPushButton(self.tr("Choose…"), self)
        browse.clicked.connect(self._browse)
        file = QHBoxLayout()
        file.addWidget(self.ca_edit, 1)
        file.addWidget(browse)
        certificate = self._page(self.tr("Certificate"))
        certificate.addRow(self.verify_box)
        certificate.addRow(self.tr("Authority file"), file)
        certificate.addRow(
            note_label(self.tr("The file of your organisation's certificate authority (PEM), if it has one."))
        )
        self.addTab(self.proxy, self.tr("Proxy"))
        extras = self._page(self.tr("Extras"))
        extras.addRow(self.tr("Headers"), self.headers_edit)
        extras.addRow(self.tr("JSON fields"), self.body_edit)
        extras.addRow(self.tr("Header of the key"), self.key_header_edit)
        secret = QHBoxLayout()
        secret.setSpacing(8)
        secret.addWidget(self.secret_header_edit, 3)
        secret.addWidget(plain_label(self.tr("Value"), self))
        secret.addWidget(self.secret_edit, 2)
        self.secret_edit.setAccessibleName(self.tr("Value of the secret header"))
        extras.addRow(self.tr("Secret header"), secret)
        owners = QHBoxLayout()
        owners.setSpacing(8)
        owners.addWidget(self.organisation_edit)
        owners.addWidget(plain_label(self.tr("Project"), self))
        owners.addWidget(self.project_edit)
        self.project_edit.setAccessibleName(self.tr("Project"))
        extras.addRow(self.tr("Organisation"), owners)
        limits = self._page(self.tr("Limits"))
        limits.addRow(self.tr("Highest cap"), self.cap_box)
        limits.addRow(self.tr("Requests per minute"), self.rate_box)
        limits.addRow(note_label(self.tr("A run never goes beyond these, whatever else is set.")))

    def _page(self, title: str) -> QFormLayout:
        page = QWidget(self)
        form = QFormLayout(page)
        form.setHorizontalSpacing(8)
        form.setVerticalSpacing(8)
        self.addTab(page, title)
        return form

    def _on_verify(self, is_checked: bool) -> None:
        if not is_checked:
            self.check_given_up.emit()

    def _browse(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a certificate authority"), self.ca_edit.text())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Certificates (*.pem *.crt *.cer *.der)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(self.ca_edit.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
