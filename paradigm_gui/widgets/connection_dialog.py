"""Enters a server and its API key, tries them out, and holds what private deployments need besides."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QIcon, QShowEvent
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
from paradigm_gui.core.base_url import (
    host_of,
    is_loopback,
    is_readable_by_others,
    normalise_base_url,
    origin_of,
)
from paradigm_gui.core.connection_steps import Step, StepCode, StepState
from paradigm_gui.core.endpoints import Endpoint, checked
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.extras import refuse_key
from paradigm_gui.resources import icon_path
from paradigm_gui.widgets.advanced_page import AdvancedPage
from paradigm_gui.widgets.fitting_area import FittingArea
from paradigm_gui.widgets.labels import plain_label
from paradigm_gui.widgets.step_list import StepList

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

_URL_CHARACTERS = 46
_MASK_LENGTH = 12
_WIDTH_CHARACTERS = 76
_FRAME_PX = 40  # about what a desktop puts around a dialog


@dataclass(frozen=True, slots=True)
class Connection:
    """What the user entered. An empty key leaves the one that is there; so do no credentials, and no secret
    for a header.
    """

    endpoint: Endpoint
    key: str = field(repr=False)
    credentials: tuple[str, str] | None = field(default=None, repr=False)
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class _KeyPlace:
    """Where the key of one server is, in words, and what stands in the way of keeping one."""

    where: str
    trouble: str
    has_key: bool


class ConnectionDialog(QDialog):
    """Asks for name, base URL and key. The key is masked, and is never filled in from the store.

    `check_key` cleans a key or raises `UserFacingError`; `check_credentials` does so for a proxy's user name
    and password, and `check_secret` for what a header carries. `is_paradigm` says that a URL without a path
    gets Paradigm's own.

    Signals:
        test_requested(Connection, bool): try it out, with one short answer or without.
        test_stopped()
        other_server_entered(str): a base URL at another server, whose key is not known yet (see `show_key`).
        key_removal_requested(str): forget the key that is kept for the server at this base URL.
        login_removal_requested(str): forget the login that is kept for the proxy at this address.
        route_wanted(str): which proxy is before the server at this base URL (see `advanced.proxy`).
        list_requested(): show all servers instead.
    """

    test_requested = Signal(object, bool)
    test_stopped = Signal()
    other_server_entered = Signal(str)
    key_removal_requested = Signal(str)
    login_removal_requested = Signal(str)
    route_wanted = Signal(str)
    list_requested = Signal()

    def __init__(
        self,
        endpoint: Endpoint,
        check_key: Callable[[str], str],
        check_credentials: Callable[[str, str], object],
        check_secret: Callable[[str], str],
        *,
        is_paradigm: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._endpoint = endpoint
        self._check_key = check_key
        self._check_credentials = check_credentials
        self._check_secret = check_secret
        self._is_paradigm = is_paradigm
        self._url = endpoint.base_url
        self._places: dict[str, _KeyPlace] = {}
        self._listed_without_key = False
        self._is_testing = False
        self._plain_agreed_for = endpoint.base_url if endpoint.allows_plain_key else ""
        self.connection: Connection | None = None
        self.setWindowTitle(self.tr("Server and API key"))
        self.name_edit = QLineEdit(endpoint.name, self)
        self.url_edit = QLineEdit(endpoint.base_url, self)
        self.url_edit.setPlaceholderText("https://paradigm.example.com")
        self.url_edit.setMinimumWidth(self.fontMetrics().horizontalAdvance("0") * _URL_CHARACTERS)
        self.url_label = plain_label(" ", self)
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
        self.key_label = plain_label(parent=self)
        self.key_label.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self.keyless_box = QCheckBox(self.tr("This server needs no key"), self)
        self.keyless_box.setChecked(endpoint.needs_no_key)
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
        self._routed = _server_of(endpoint.base_url)
        self._lay_out()
        self.url_edit.textChanged.connect(self._on_url)
        self.url_edit.editingFinished.connect(self._ask_about_key)
        self.key_edit.textChanged.connect(self._on_key)
        self.keyless_box.toggled.connect(self._show_place)
        self.forget_button.clicked.connect(self._confirm_forgetting)
        self.advanced.proxy.login_removal_requested.connect(self._confirm_forgetting_login)
        for changed in (self.url_edit.textChanged, self.key_edit.textChanged, self.keyless_box.toggled):
            changed.connect(self._on_changed)
        self.advanced.changed.connect(self._on_changed)
        self.advanced_button.toggled.connect(self._on_advanced)
        self.advanced.check_given_up.connect(self._confirm_no_check)
        self.test_button.clicked.connect(self._on_test)
        self.steps.suggestion_taken.connect(self._take_suggestion)
        self.list_button.clicked.connect(lambda: self._unless_lost(self.list_requested.emit))
        self.show_testing(is_testing=False)
        # who comes to change that should not have to look for it
        self.advanced_button.setChecked(endpoint.is_unchecked)
        self.show_key(self.tr("asking the system's keyring…"), "", has_key=False)
        self._on_url()
        self._on_key()
        self._on_changed()
        self._before = self._all_entered()
        (self.key_edit if endpoint.base_url else self.url_edit).setFocus()

    # what the program knows

    def fill_in(self, base_url: str) -> None:
        """Begin with another URL than the one that is saved."""
        self.url_edit.setText(base_url)
        self._before = self._all_entered()

    def show_key(self, where: str, trouble: str, *, has_key: bool, base_url: str | None = None) -> None:
        """Say where the key is, and what stands in the way of keeping one.

        That is the key of the server at a base URL, or of the one that the dialog was opened for.
        """
        url = self._endpoint.base_url if base_url is None else base_url
        self._places[_server_of(url)] = _KeyPlace(where, trouble, has_key)
        self._show_place()

    @property
    def _place(self) -> _KeyPlace | None:
        return self._places.get(_server_of(self._url))

    @property
    def _has_key(self) -> bool:
        """Whether a key is kept for the server that is entered."""
        return self._place is not None and self._place.has_key

    def _show_place(self) -> None:
        """Show where the key of the server is that is entered: it is no other's."""
        before = self._places[_server_of(self._endpoint.base_url)]
        place = self._place or _KeyPlace(self.tr("the key for this server"), before.trouble, has_key=False)
        is_other = place is not before
        is_keyless = self.keyless_box.isChecked() and not is_loopback(self._url)
        only = self.tr("It is sent only to this server.")
        if is_keyless:
            lines = [self.tr("No key is looked for, and none is sent.")]
        elif place.has_key:
            lines = [self.tr("The key is {where}.").format(where=place.where), place.trouble, only]
        elif is_other and before.has_key:
            words = self.tr(
                "{host} is another server: enter its own key. The one for {before} is not sent there, and is"
                " kept."
            )
            before_host = host_of(self._endpoint.base_url)
            lines = [words.format(host=host_of(self._url), before=before_host), place.trouble]
        else:
            lines = [place.trouble or self.tr("The key will be kept in your system's keyring."), only]
        where = self.tr("none needed") if is_keyless else place.where
        self.key_edit.setEnabled(not is_keyless)
        self.key_edit.setPlaceholderText("•" * _MASK_LENGTH if place.has_key and not is_keyless else where)
        self.key_edit.setAccessibleDescription(where)
        self.forget_button.setVisible(place.has_key)
        self.where_label.setText(" ".join(filter(None, lines)))
        if is_other:
            self.advanced.show_secret(is_there=False)

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
        self._fit()
        shown = self.steps.help_label if step.error else self.steps
        self._area.ensureWidgetVisible(shown, 0, 8)
        if step.state is StepState.PASSED and step.code is StepCode.MODELS:
            self.show_models(step.details["models"])
            self._on_listed(is_keyless=not step.details["with_key"])
        if step.state is StepState.PASSED and step.code is StepCode.ANSWER and self._listed_without_key:
            self.message_label.hide()
            self.keyless_box.setChecked(True)

    def _on_listed(self, *, is_keyless: bool) -> None:
        """Offer to go without a key where the server lists its models without; some want one for answers."""
        self._listed_without_key = is_keyless and not is_loopback(self._url)
        if self._listed_without_key and not self.keyless_box.isChecked():
            self.message_label.setText(
                self.tr("The server listed its models without a key. If it needs none, tick “{box}”.").format(
                    box=self.keyless_box.text()
                )
            )
            self.message_label.show()

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
        has_secret = bool(entered.key or entered.endpoint.secret_header) or (
            self._has_key and not entered.endpoint.needs_no_key
        )
        if is_readable_by_others(url) and has_secret and not is_agreed:
            self._confirm_plain_key(entered, act)
        else:
            act(entered)

    def _entered(self) -> Connection | None:
        wrong: QWidget = self.url_edit
        try:
            base_url = normalise_base_url(self.url_edit.text(), is_paradigm=self._is_paradigm)
            wrong = self.key_edit
            needs_no_key = self.keyless_box.isChecked() and not is_loopback(base_url)
            typed = "" if needs_no_key else self.key_edit.text().strip()
            key = self._check_key(typed) if typed else ""
            wrong = self.advanced
            endpoint = checked(
                self.advanced.applied_to(
                    replace(
                        self._endpoint,
                        name=self.name_edit.text(),
                        base_url=base_url,
                        model=self.model_box.currentText().strip(),
                        allows_plain_key=self._plain_agreed_for == base_url,
                        needs_no_key=needs_no_key,
                    )
                )
            )
            secret = self._secret_for(endpoint)
            for hidden in filter(None, (key, secret)):
                refuse_key(hidden, endpoint.headers, endpoint.body)
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
        return Connection(endpoint, key, credentials, secret)

    def _secret_for(self, endpoint: Endpoint) -> str:
        typed = self.advanced.secret()
        if typed and not endpoint.secret_header:
            raise UserFacingError("bad_secret", reason="nameless")
        return self._check_secret(typed) if typed else ""

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

    def _ask(
        self,
        text: str,
        yes: str,
        agreed: Callable[[], object],
        refused: Callable[[], object] = lambda: None,
    ) -> None:
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

    def _confirm_forgetting(self) -> None:
        url = self._url
        text = self.tr("Forget the key for {host}? This cannot be undone.").format(host=host_of(url))
        self._ask(text, self.tr("Forget the key"), lambda: self.key_removal_requested.emit(url))

    def _confirm_forgetting_login(self, address: str) -> None:
        text = self.tr("Forget the user name and the password for the proxy {host}? This cannot be undone.")
        self._ask(
            text.format(host=host_of(address)),
            self.tr("Forget the login"),
            lambda: self.login_removal_requested.emit(address),
        )

    def _all_entered(self) -> Hashable:
        """All that is entered, to be compared."""
        return (
            *(edit.text() for edit in (self.name_edit, self.url_edit, self.key_edit)),
            self.keyless_box.isChecked(),
            self.model_box.currentText(),
            self.advanced.entered(),
        )

    def _unless_lost(self, leave: Callable[[], object]) -> None:
        """Leave, but ask first when something was entered that is not saved."""
        if self._all_entered() == self._before:
            leave()
            return
        self._ask(self.tr("What you have entered is not saved."), self.tr("Discard it"), leave)

    def reject(self) -> None:
        self._unless_lost(self.discard)

    def discard(self) -> None:
        """Leave without asking."""
        super().reject()

    def _on_changed(self) -> None:
        self.steps.show_outdated(is_outdated=True)
        self._name_advanced()

    def _name_advanced(self) -> None:
        """Say what is set under Advanced, where that is not on show."""
        title = self.tr("Advanced")
        words = [] if self.advanced_button.isChecked() else self.advanced.in_short()
        self.advanced_button.setText(wording.labelled(title, ", ".join(words)) if words else title)

    def _on_reveal(self, is_shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password
        self.key_edit.setEchoMode(mode)

    def _on_advanced(self, is_shown: bool) -> None:
        self.advanced_button.setArrowType(Qt.ArrowType.DownArrow if is_shown else Qt.ArrowType.RightArrow)
        self.advanced.setVisible(is_shown)
        self._name_advanced()
        self._fit(may_shrink=True)

    def _fit(self, *, may_shrink: bool = False) -> None:
        """Be as high as what is shown, and never higher than the screen; the width stays."""
        layout = self.layout()
        if layout is None:
            return
        layout.activate()
        rest = layout.totalMinimumSize().height() - self._area.minimumSizeHint().height()
        room = self.screen().availableGeometry()
        wanted = min(rest + self._area.wanted_height(), room.height() - _FRAME_PX)
        if wanted > self.height() or may_shrink:
            self.resize(self.width(), wanted)
        if self.isVisible() and self.geometry().bottom() > room.bottom():
            self.move(self.x(), max(room.top(), room.bottom() - wanted - _FRAME_PX))

    def _on_url(self) -> None:
        """Show what the URL comes to, where that is not what was typed."""
        typed = self.url_edit.text()
        # while a URL is none, it is that of no other server
        self._url = self._endpoint.base_url
        try:
            self._url = url = normalise_base_url(typed, is_paradigm=self._is_paradigm)
        except UserFacingError:
            url = typed
        # its line stays, so that nothing below moves
        self.url_label.setText(f"→ {url}" if url != typed else " ")
        self.keyless_box.setVisible(not is_loopback(self._url))
        self._show_place()

    def _ask_about_key(self) -> None:
        """Ask where the key of another server is, once its URL is typed to the end."""
        if self._place is None:
            self.other_server_entered.emit(self._url)
        if self._routed != _server_of(self._url):
            self._routed = _server_of(self._url)
            self.route_wanted.emit(self._url)

    def _on_key(self) -> None:
        """Say what of a pasted key is left out, without showing any of it."""
        typed = self.key_edit.text().strip()
        if not typed:
            self._reveal.setChecked(False)
        self._reveal.setEnabled(bool(typed))
        self._reveal.setToolTip(
            self._reveal.text()
            if typed
            else self.tr("A key that is kept is not shown; enter it anew to see it")
        )
        try:
            is_changed = bool(typed) and self._check_key(typed) != typed
        except UserFacingError:
            is_changed = False
        self.key_label.setText(self.tr("→ without the quotes, or the word Bearer, around it"))
        self._form.setRowVisible(self.key_label, is_changed)

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
        form.addRow("", self.key_label)
        form.addRow("", self.keyless_box)
        policy = self.keyless_box.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.keyless_box.setSizePolicy(policy)
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
        content = QWidget(self)
        lines = QVBoxLayout(content)
        # room for the bar at which it is scrolled
        lines.setContentsMargins(0, 0, 8, 0)
        lines.setSpacing(8)
        lines.addLayout(form)
        lines.addWidget(self.where_label)
        lines.addWidget(self.advanced_button)
        lines.addWidget(self.advanced)
        lines.addLayout(test)
        lines.addWidget(self.steps)
        lines.addStretch(1)
        self._area = FittingArea(content, self)
        self._area.content_changed.connect(self._fit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(self._area, 1)
        layout.addWidget(self.message_label)
        layout.addLayout(bottom)
        room = self.screen().availableGeometry().width() - _FRAME_PX
        wanted = self.fontMetrics().horizontalAdvance("0") * _WIDTH_CHARACTERS
        self.setMinimumWidth(min(room, max(wanted, layout.totalMinimumSize().width())))
        self.resize(self.minimumWidth(), 0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # only now is it known how lines break
        self._fit(may_shrink=True)

    def done(self, result: int) -> None:
        # unlike `clear`, this empties the undo history too
        self.key_edit.setText("")
        self.advanced.forget_secrets()
        super().done(result)


def _server_of(base_url: str) -> str:
    """What tells servers apart, whose keys are never mixed up; empty while no server is entered."""
    return str(origin_of(base_url)) if base_url else ""
