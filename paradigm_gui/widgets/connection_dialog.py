"""Enters a server and its API key, tries them out, and holds what private deployments need besides."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from paradigm_gui import wording
from paradigm_gui.core.base_url import is_readable_by_others, normalise_base_url
from paradigm_gui.core.connection_steps import Step, StepCode, StepState
from paradigm_gui.core.endpoints import Endpoint, checked
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.extras import refuse_key
from paradigm_gui.resources import icon_path
from paradigm_gui.widgets.advanced_page import AdvancedPage
from paradigm_gui.widgets.labels import plain_label
from paradigm_gui.widgets.step_list import StepList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_URL_CHARACTERS = 46
_MASK_LENGTH = 12
_FRAME_PX = 40  # about what a desktop puts around a dialog


@dataclass(frozen=True, slots=True)
class Connection:
    """What the user entered. An empty key leaves the one that is there, and so do no credentials."""

    endpoint: Endpoint
    key: str = field(repr=False)
    credentials: tuple[str, str] | None = field(default=None, repr=False)


class ConnectionDialog(QDialog):
    """Asks for name, base URL and key. The key is masked, and is never filled in from the store.

    `check_key` cleans a key or raises `UserFacingError`; `check_credentials` does so for a proxy's user name
    and password. `is_paradigm` says that a URL without a path gets Paradigm's own.

    Signals:
        test_requested(Connection, bool): try it out, with one short answer or without.
        test_stopped()
        key_removal_requested(): forget the key that is kept.
        list_requested(): show all servers instead.
    """

    test_requested = Signal(object, bool)
    test_stopped = Signal()
    key_removal_requested = Signal()
    list_requested = Signal()

    def __init__(
        self,
        endpoint: Endpoint,
        check_key: Callable[[str], str],
        check_credentials: Callable[[str, str], object],
        *,
        is_paradigm: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._endpoint = endpoint
        self._check_key = check_key
        self._check_credentials = check_credentials
        self._is_paradigm = is_paradigm
        self._has_key = False
        self._is_testing = False
        self._plain_agreed_for = endpoint.base_url if endpoint.allows_plain_key else ""
        self.connection: Connection | None = None
        self.setWindowTitle(self.tr("Server and API key"))
        self.name_edit = QLineEdit(endpoint.name, self)
        self.url_edit = QLineEdit(endpoint.base_url, self)
        self.url_edit.setPlaceholderText("https://paradigm.example.com")
        self.url_edit.setMinimumWidth(self.fontMetrics().horizontalAdvance("0") * _URL_CHARACTERS)
        self.url_label = plain_label(parent=self)
        self.url_label.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self.key_edit = QLineEdit(self)
        self.key_edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.key_edit.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData
        )
        self._reveal = QAction(QIcon(str(icon_path("reveal"))), self.tr("Show the key"), self)
        self._reveal.setCheckable(True)
        self._reveal.toggled.connect(self._on_reveal)
        self.key_edit.addAction(self._reveal, QLineEdit.ActionPosition.TrailingPosition)
        self.forget_button = QPushButton(self.tr("Forget the key"), self)
        self.model_box = QComboBox(self)
        self.model_box.setEditable(True)
        self.model_box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.model_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.model_box.setEditText(endpoint.model)
        if line := self.model_box.lineEdit():
            line.setPlaceholderText(self.tr("the first that the server offers"))
        self.message_label = plain_label(parent=self)
        self.message_label.setWordWrap(True)
        self.message_label.hide()
        self.where_label = plain_label(parent=self)
        self.where_label.setWordWrap(True)
        self.advanced = AdvancedPage(endpoint, self)
        self.advanced.hide()
        self.advanced_button = QToolButton(self)
        self.advanced_button.setText(self.tr("Advanced"))
        self.advanced_button.setCheckable(True)
        self.advanced_button.setAutoRaise(True)
        self.advanced_button.setArrowType(Qt.ArrowType.RightArrow)
        self.advanced_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.test_button = QPushButton(self)
        self.test_button.setAutoDefault(False)
        self.answer_box = QCheckBox(self.tr("with one short answer (1 or 2 requests)"), self)
        self.steps = StepList(self)
        self.steps.hide()
        self.list_button = QPushButton(self.tr("All servers…"), self)
        for button in (self.list_button, self.forget_button):
            button.setAutoDefault(False)
        self._lay_out()
        self.url_edit.textChanged.connect(self._on_url)
        self.forget_button.clicked.connect(self.key_removal_requested)
        self.advanced_button.toggled.connect(self._on_advanced)
        self.advanced.check_given_up.connect(self._confirm_no_check)
        self.test_button.clicked.connect(self._on_test)
        self.steps.suggestion_taken.connect(self._take_suggestion)
        self.list_button.clicked.connect(self.list_requested)
        self._on_url()
        self.show_testing(is_testing=False)
        # who comes to change that should not have to look for it
        self.advanced_button.setChecked(endpoint.is_unchecked)
        self.show_key(self.tr("asking the system's keyring…"), "", has_key=False)
        (self.key_edit if endpoint.base_url else self.url_edit).setFocus()

    # what the program knows

    def show_key(self, where: str, trouble: str, *, has_key: bool) -> None:
        """Say where the key is, and what stands in the way of keeping one."""
        self._has_key = has_key
        self.key_edit.setPlaceholderText("•" * _MASK_LENGTH if has_key else where)
        self.key_edit.setAccessibleDescription(where)
        self.forget_button.setVisible(has_key)
        place = self.tr("The key is {where}.").format(where=where) if has_key else ""
        keeping = trouble or (not has_key and self.tr("The key is kept in your system's keyring.")) or ""
        only = self.tr("It is sent only to this server.")
        self.where_label.setText(" ".join(filter(None, (place, keeping, only))))

    def show_error(self, text: str) -> None:
        self.message_label.setText("⚠ " + text)
        self.message_label.show()

    def show_testing(self, *, is_testing: bool) -> None:
        self._is_testing = is_testing
        self.test_button.setText(self.tr("Stop the test") if is_testing else self.tr("Test connection"))

    def show_step(self, step: Step) -> None:
        """Show a step of the test; the models that it finds are offered."""
        self.steps.show()
        self.steps.show_step(step)
        if not self._fits_screen():
            self.advanced_button.setChecked(False)
        if step.code is StepCode.MODELS and step.state is StepState.PASSED:
            self.show_models(step.details["models"])

    def show_models(self, models: Sequence[str]) -> None:
        """Offer models; what is typed stays."""
        typed = self.model_box.currentText()
        self.model_box.clear()
        self.model_box.addItems(list(models))
        self.model_box.setEditText(typed)

    # what the user does

    def accept(self) -> None:
        """Check what was entered; the dialog stays open while something is wrong."""
        self._with_entered(self._finish)

    def _finish(self, entered: Connection) -> None:
        self.connection = entered
        super().accept()

    def _on_test(self) -> None:
        if self._is_testing:
            self.test_stopped.emit()
        else:
            self._with_entered(self._begin_test)

    def _begin_test(self, entered: Connection) -> None:
        self.steps.clear()
        self.show_testing(is_testing=True)
        self.test_requested.emit(entered, self.answer_box.isChecked())

    def _with_entered(self, act: Callable[[Connection], None]) -> None:
        """Do something with what was entered, once it is right and the user agrees to its risks."""
        self.message_label.hide()
        entered = self._entered()
        if entered is None:
            return
        url = entered.endpoint.base_url
        is_agreed = entered.endpoint.allows_plain_key
        if is_readable_by_others(url) and (entered.key or self._has_key) and not is_agreed:
            self._confirm_plain_key(entered, act)
        else:
            act(entered)

    def _entered(self) -> Connection | None:
        wrong: QWidget = self.url_edit
        try:
            base_url = normalise_base_url(self.url_edit.text(), is_paradigm=self._is_paradigm)
            wrong = self.key_edit
            key = self._check_key(self.key_edit.text()) if self.key_edit.text().strip() else ""
            wrong = self.advanced
            endpoint = checked(
                self.advanced.applied_to(
                    replace(
                        self._endpoint,
                        name=self.name_edit.text(),
                        base_url=base_url,
                        model=self.model_box.currentText().strip(),
                        allows_plain_key=self._plain_agreed_for == base_url,
                    )
                )
            )
            if key:
                refuse_key(key, endpoint.headers, endpoint.body)
            credentials = self.advanced.credentials()
            if credentials:
                self._check_credentials(*credentials)
        except UserFacingError as error:
            self.show_error(wording.user_error(error))
            if wrong is self.advanced:
                self.advanced_button.setChecked(True)
                self.advanced.show_place_of(error)
            wrong.setFocus()
            return None
        return Connection(endpoint, key, credentials)

    def _confirm_plain_key(self, entered: Connection, act: Callable[[Connection], None]) -> None:
        def agreed() -> None:
            self._plain_agreed_for = entered.endpoint.base_url
            act(replace(entered, endpoint=replace(entered.endpoint, allows_plain_key=True)))

        self._ask(
            self.tr(
                "The connection to {host} is not encrypted. Anybody on the way can read the key, the prompts"
                " and the answers."
            ).format(host=entered.endpoint.host),
            self.tr("Send the key nevertheless"),
            agreed,
            self.url_edit.setFocus,
        )

    def _confirm_no_check(self) -> None:
        self._ask(
            self.tr(
                "Without this check, anybody on the way can pass for the server, and read the key, the"
                " prompts and the answers. A red line in the window will say so. If your organisation has a"
                " certificate authority of its own, choose its file instead."
            ),
            self.tr("Do not check"),
            lambda: None,
            lambda: self.advanced.verify_box.setChecked(True),
        )

    def _ask(self, text: str, yes: str, agreed: Callable[[], None], refused: Callable[[], None]) -> None:
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(text)
        box.setWindowTitle(self.windowTitle())
        agree = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.finished.connect(lambda _: agreed() if box.clickedButton() is agree else refused())
        box.finished.connect(box.deleteLater)
        box.open()

    def _on_reveal(self, is_shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password
        self.key_edit.setEchoMode(mode)

    def _on_advanced(self, is_shown: bool) -> None:
        self.advanced_button.setArrowType(Qt.ArrowType.DownArrow if is_shown else Qt.ArrowType.RightArrow)
        self.advanced.setVisible(is_shown)
        if is_shown and not self._fits_screen():
            self.steps.hide()

    def _fits_screen(self) -> bool:
        layout = self.layout()
        assert layout is not None
        height = layout.totalSizeHint().height() + _FRAME_PX
        return height <= self.screen().availableGeometry().height()

    def _on_url(self) -> None:
        """Show what the URL comes to, where that is not what was typed."""
        typed = self.url_edit.text()
        try:
            url = normalise_base_url(typed, is_paradigm=self._is_paradigm)
        except UserFacingError:
            url = typed
        self.url_label.setText(f"→ {url}")
        self._form.setRowVisible(self.url_label, url != typed)

    def _take_suggestion(self, url: str) -> None:
        self.url_edit.setText(url)
        self._on_test()

    def _lay_out(self) -> None:
        key = QHBoxLayout()
        key.setSpacing(8)
        key.addWidget(self.key_edit, 1)
        key.addWidget(self.forget_button)
        form = self._form = QFormLayout()
        form.setHorizontalSpacing(8)
        form.setVerticalSpacing(8)
        form.addRow(self.tr("Name"), self.name_edit)
        form.addRow(self.tr("Base URL"), self.url_edit)
        form.addRow("", self.url_label)
        form.addRow(self.tr("API key"), key)
        form.addRow(self.tr("Model"), self.model_box)
        test = QHBoxLayout()
        test.setSpacing(8)
        test.addWidget(self.test_button)
        test.addWidget(self.answer_box)
        test.addStretch(1)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel, self
        )
        bottom = QHBoxLayout()
        bottom.setSpacing(8)
        bottom.addWidget(self.list_button)
        bottom.addStretch(1)
        bottom.addWidget(buttons)
        buttons.button(QDialogButtonBox.StandardButton.Save).setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        # grows by itself when something appears
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        layout.addLayout(form)
        layout.addWidget(self.where_label)
        layout.addWidget(self.advanced_button)
        layout.addWidget(self.advanced)
        layout.addLayout(test)
        layout.addWidget(self.steps)
        layout.addWidget(self.message_label)
        layout.addLayout(bottom)

    def done(self, result: int) -> None:
        # unlike `clear`, this empties the undo history too
        self.key_edit.setText("")
        self.advanced.forget_secrets()
        super().done(result)
