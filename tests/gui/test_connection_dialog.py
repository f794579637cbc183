"""The dialog that takes a server and a key, and the pages under it."""

from dataclasses import replace
from operator import attrgetter

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QMessageBox

from paradigm_gui.core.connection_steps import Step, StepCode, StepState
from paradigm_gui.core.endpoints import PARADIGM, Endpoint, Proxy, ProxyMode
from paradigm_gui.core.errors import ErrorKind, RequestError, TlsFault
from paradigm_gui.core.keys import clean_credentials, clean_key, clean_secret
from paradigm_gui.widgets.connection_dialog import Connection, ConnectionDialog

PASSWORD, NORMAL = QLineEdit.EchoMode.Password, QLineEdit.EchoMode.Normal
FULL = Endpoint(
    "Corp",
    "https://corp.example/api/v2",
    "small",
    account="0a1b",
    ca_file="/etc/ca.pem",
    verifies=False,
    proxy=Proxy(ProxyMode.MANUAL, "http://proxy.example:3128"),
    headers={"X-Team": "a"},
    body={"top_k": 3},
    key_header="X-Api-Key",
    organisation="org-1",
    project="proj-1",
    cap=5,
    requests_per_minute=30.5,
    is_default=True,
    secret_header="X-Secret",
)


def opened(qtbot, endpoint, **options):
    dialog = ConnectionDialog(endpoint, clean_key, clean_credentials, clean_secret, **options)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


@pytest.fixture
def dialog(qtbot):
    return opened(qtbot, PARADIGM)


def question(dialog):
    """The question that the dialog asks, if it does."""
    return next((box for box in dialog.findChildren(QMessageBox) if box.isVisible()), None)


def answer(box, role):
    next(button for button in box.buttons() if box.buttonRole(button) is role).click()
    QApplication.processEvents()


YES, NO = QMessageBox.ButtonRole.AcceptRole, QMessageBox.ButtonRole.RejectRole


def words_of(dialog):
    return " ".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def test_the_key_is_masked_until_it_is_revealed(dialog):
    dialog.key_edit.setText("sk-canary")
    assert dialog.key_edit.echoMode() is PASSWORD
    assert "sk-canary" not in dialog.key_edit.displayText()
    (reveal,) = [action for action in dialog.key_edit.actions() if action.isCheckable()]
    assert isinstance(reveal, QAction)
    assert reveal.text()
    reveal.trigger()
    assert dialog.key_edit.echoMode() is NORMAL
    reveal.trigger()
    assert dialog.key_edit.echoMode() is PASSWORD


def test_what_was_entered_is_handed_over_clean(dialog):
    dialog.name_edit.setText(" Mine ")
    dialog.url_edit.setText("https://example.com/v1/chat/completions")
    dialog.key_edit.setText(' "sk-canary" ')
    dialog.accept()
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.connection.endpoint == Endpoint("Mine", "https://example.com/v1")
    assert dialog.connection.key == "sk-canary"
    assert "sk-canary" not in repr(dialog.connection)


def test_the_key_does_not_stay_in_the_field(dialog):
    dialog.key_edit.setText("sk-canary")
    dialog.accept()
    assert dialog.key_edit.text() == ""
    dialog.key_edit.setEchoMode(NORMAL)
    dialog.key_edit.undo()
    assert dialog.key_edit.text() == ""


def test_a_key_that_was_typed_and_left_does_not_stay_either(dialog):
    dialog.key_edit.setText("sk-canary")
    dialog.reject()
    answer(question(dialog), YES)
    assert not dialog.isVisible()
    assert dialog.key_edit.text() == ""
    assert dialog.connection is None


def test_what_was_entered_is_not_lost_unasked(dialog):
    lists = []
    dialog.list_requested.connect(lambda: lists.append(1))
    dialog.advanced.proxy.user_edit.setText("")
    dialog.url_edit.setText("https://other.example/v1")
    for leave in (dialog.reject, dialog.close, dialog.list_button.click):
        leave()
        answer(question(dialog), NO)
        assert dialog.isVisible()
        assert dialog.url_edit.text() == "https://other.example/v1"
    assert lists == []
    dialog.list_button.click()
    answer(question(dialog), YES)
    assert lists == [1]


@pytest.mark.parametrize("changes", [lambda d: None, lambda d: d.fill_in("https://other.example/v1")])
def test_where_nothing_was_entered_nothing_is_asked(qtbot, changes):
    dialog = opened(qtbot, FULL)
    changes(dialog)
    dialog.reject()
    assert question(dialog) is None
    assert not dialog.isVisible()


def test_a_test_of_something_else_is_marked(dialog):
    dialog.show_step(Step(StepCode.NAME, StepState.PASSED, 0.1, {"host": "a", "addresses": ["b"]}))
    assert not dialog.steps.outdated_label.isVisible()
    dialog.name_edit.setText("Any name")
    assert not dialog.steps.outdated_label.isVisible()
    dialog.advanced.ca_edit.setText("/etc/ca.pem")
    assert dialog.steps.outdated_label.isVisible()
    dialog.test_button.click()
    assert not dialog.steps.outdated_label.isVisible()


def test_the_system_s_proxy_is_shown_and_may_be_told_a_login(qtbot):
    dialog = opened(qtbot, PARADIGM)
    page = dialog.advanced.proxy
    assert not page.user_edit.isEnabled()
    page.show_system("http://p.example:3128", "Found.")
    assert page.address_edit.text() == "http://p.example:3128"
    assert page.address_edit.isReadOnly()
    assert dialog.advanced.applied_to(PARADIGM) == PARADIGM
    page.user_edit.setText("ada")
    page.password_edit.setText("pw")
    dialog.accept()
    assert dialog.connection.credentials == ("ada", "pw")
    assert dialog.connection.endpoint.proxy == Proxy(ProxyMode.SYSTEM, "http://p.example:3128")


def test_a_new_password_of_a_proxy_needs_no_new_name(qtbot):
    dialog = opened(qtbot, FULL)
    page = dialog.advanced.proxy
    page.show_login(FULL.proxy.url, "ada")
    assert page.user_edit.text() == "ada"
    assert dialog.advanced.credentials() is None
    page.password_edit.setText("new")
    assert dialog.advanced.credentials() == ("ada", "new")
    page.password_edit.setText("")
    page.user_edit.setText("bob")
    dialog.accept()
    assert "password" in dialog.message_label.text()
    # another proxy knows nobody
    page.user_edit.setText("ada")
    page.address_edit.setText("http://other.example:1")
    assert page.user_edit.text() == ""
    assert page.password_edit.placeholderText() == ""


def test_a_login_is_forgotten_after_a_question(qtbot):
    dialog = opened(qtbot, FULL)
    page, removed = dialog.advanced.proxy, []
    dialog.login_removal_requested.connect(removed.append)
    dialog.advanced_button.setChecked(True)
    dialog.advanced.setCurrentWidget(page)
    assert not page.forget_button.isVisible()
    page.show_login(FULL.proxy.url, "ada")
    assert page.forget_button.isVisible()
    page.forget_button.click()
    answer(question(dialog), NO)
    assert removed == []
    page.forget_button.click()
    answer(question(dialog), YES)
    assert removed == [FULL.proxy.url]
    page.show_login(FULL.proxy.url, "")
    assert (page.user_edit.text(), page.forget_button.isVisible()) == ("", False)


def test_it_keeps_its_buttons_on_the_screen(qtbot):
    dialog = opened(qtbot, FULL)
    width = dialog.width()
    dialog.advanced_button.setChecked(True)
    for code in StepCode:
        refusal = RequestError(ErrorKind.TLS, "words " * 200)
        dialog.show_step(Step(code, StepState.FAILED, 0.1, {"suggestion": ""}, refusal))
    QApplication.processEvents()
    assert dialog.width() == width
    assert dialog.height() <= dialog.screen().availableGeometry().height()
    bottom = dialog.list_button.mapTo(dialog, dialog.list_button.rect().bottomLeft()).y()
    assert bottom < dialog.height()


def test_what_is_set_under_advanced_is_told_while_it_is_closed(qtbot):
    dialog = opened(qtbot, FULL)
    dialog.advanced_button.setChecked(False)
    for words in ("proxy", "authority file", "certificate not checked"):
        assert words in dialog.advanced_button.text()
    dialog.advanced_button.setChecked(True)
    assert "proxy" not in dialog.advanced_button.text()


def test_a_kept_key_is_not_there_to_be_revealed(dialog):
    (reveal,) = [action for action in dialog.key_edit.actions() if action.isCheckable()]
    assert not reveal.isEnabled()
    dialog.key_edit.setText("k")
    reveal.trigger()
    dialog.key_edit.setText("")
    assert not reveal.isEnabled()
    assert dialog.key_edit.echoMode() is PASSWORD


@pytest.mark.parametrize(
    ("url", "key"), [("", ""), ("http:// x", "k"), ("ftp://x", ""), ("https://x.org", "two words")]
)
def test_it_stays_open_while_something_is_wrong(dialog, url, key):
    before = words_of(dialog)
    dialog.url_edit.setText(url)
    dialog.key_edit.setText(key)
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.connection is None
    assert words_of(dialog) != before
    assert (dialog.url_edit.text(), dialog.key_edit.text()) == (url, key)


def test_an_empty_key_leaves_the_old_one(dialog):
    dialog.accept()
    assert dialog.connection.key == ""


def test_it_says_where_the_key_is(dialog):
    assert not dialog.forget_button.isVisible()
    dialog.show_key("in the <b>ring</b>", "", has_key=True)
    assert dialog.forget_button.isVisible()
    assert "in the <b>ring</b>" in words_of(dialog)
    assert dialog.key_edit.text() == ""
    dialog.show_key("none yet", "There is no keyring.", has_key=False)
    assert not dialog.forget_button.isVisible()
    assert "There is no keyring." in words_of(dialog)
    assert dialog.key_edit.placeholderText() == "none yet"


def test_another_server_does_not_have_the_key_of_this_one(dialog):
    dialog.show_key("in the ring", "", has_key=True)
    asked, removed = [], []
    dialog.other_server_entered.connect(asked.append)
    dialog.key_removal_requested.connect(removed.append)
    dialog.url_edit.setText("https://paradigm.lighton.ai/other")
    assert "•" in dialog.key_edit.placeholderText()
    dialog.url_edit.setText("https://paradgim.example/api/v2")
    assert "•" not in dialog.key_edit.placeholderText()
    assert not dialog.forget_button.isVisible()
    assert "paradgim.example is another server" in words_of(dialog)
    assert "in the ring" not in words_of(dialog)
    dialog.url_edit.editingFinished.emit()
    assert asked == ["https://paradgim.example/api/v2"]
    # it has one of its own
    dialog.show_key("in the other ring", "", has_key=True, base_url=asked[0])
    assert "in the other ring" in words_of(dialog)
    dialog.forget_button.click()
    answer(question(dialog), YES)
    assert removed == asked
    dialog.url_edit.editingFinished.emit()
    assert len(asked) == 1
    # while it is typed, a URL is that of no server
    dialog.url_edit.setText("https://")
    assert "in the ring" in words_of(dialog)
    dialog.url_edit.setText(PARADIGM.base_url)
    assert "in the ring" in words_of(dialog)
    assert dialog.forget_button.isVisible()


def test_where_there_was_no_key_another_server_is_nothing_to_speak_of(dialog):
    before = words_of(dialog)
    dialog.url_edit.setText("https://other.example/api/v2")
    assert "another server" not in words_of(dialog)
    assert words_of(dialog) == before


@pytest.mark.parametrize(
    ("typed", "key"),
    [("“k-1”", "k-1"), ("Bearer k-1", "k-1"), ("k-1", "k-1"), (" k-1 ", "k-1"), ("", "")],
)
def test_what_is_left_out_of_a_key_is_said(dialog, typed, key):
    dialog.key_edit.setText(typed)
    assert dialog.key_label.isVisible() is (typed.strip() != key)
    assert "k-1" not in words_of(dialog)
    dialog.accept()
    assert dialog.connection.key == key


# Without a key


LAN = Endpoint("LAN", "http://192.0.2.1:8000/v1")
LISTED = Step(StepCode.MODELS, StepState.PASSED, 0.1, {"models": ["a"], "with_key": False})
ANSWERED = Step(
    StepCode.ANSWER, StepState.PASSED, 0.1, {"model": "a", "text": "", "streams": True, "counts_tokens": True}
)


def test_a_server_may_need_no_key(qtbot):
    dialog = opened(qtbot, LAN)
    dialog.show_key("in the ring", "", has_key=True)
    dialog.key_edit.setText("k-1")
    dialog.keyless_box.click()
    assert not dialog.key_edit.isEnabled()
    assert "in the ring" not in words_of(dialog)
    dialog.accept()
    # nothing is sent that others could read
    assert question(dialog) is None
    assert (dialog.connection.endpoint.needs_no_key, dialog.connection.key) == (True, "")
    again = opened(qtbot, dialog.connection.endpoint)
    assert again.keyless_box.isChecked()
    again.keyless_box.click()
    again.accept()
    assert not again.connection.endpoint.needs_no_key


def test_a_server_on_this_machine_never_needs_one(dialog):
    assert dialog.keyless_box.isVisible()
    dialog.keyless_box.click()
    dialog.url_edit.setText("http://localhost:8000/v1")
    assert not dialog.keyless_box.isVisible()
    assert dialog.key_edit.isEnabled()
    dialog.accept()
    assert not dialog.connection.endpoint.needs_no_key


def test_a_test_that_passes_without_a_key_offers_to_go_without(qtbot):
    dialog = opened(qtbot, LAN)
    dialog.show_step(LISTED)
    assert dialog.keyless_box.text() in dialog.message_label.text()
    assert not dialog.keyless_box.isChecked()
    dialog.show_step(ANSWERED)
    assert dialog.keyless_box.isChecked()
    assert not dialog.message_label.isVisible()


@pytest.mark.parametrize(
    ("url", "with_key"),
    [(LAN.base_url, True), ("http://localhost:8000/v1", False), (PARADIGM.base_url, True)],
)
def test_it_offers_that_nowhere_else(qtbot, url, with_key):
    dialog = opened(qtbot, Endpoint("x", url))
    dialog.show_step(replace(LISTED, details={"models": ["a"], "with_key": with_key}))
    dialog.show_step(ANSWERED)
    assert not dialog.message_label.isVisible()
    assert not dialog.keyless_box.isChecked()


# A secret of the gateway


def test_the_secret_of_a_gateway_is_masked_and_does_not_stay(qtbot):
    dialog = opened(qtbot, replace(FULL, secret_header="X-Secret"))
    page = dialog.advanced
    assert page.secret_edit.echoMode() is PASSWORD
    page.show_secret(is_there=True)
    assert page.secret_edit.placeholderText()
    page.secret_edit.setText("gw-canary")
    dialog.accept()
    assert dialog.connection.secret == "gw-canary"
    assert "gw-canary" not in repr(dialog.connection)
    assert page.secret_edit.text() == ""
    dialog.url_edit.setText("https://other.example")
    assert page.secret_edit.placeholderText() == ""


@pytest.mark.parametrize(
    ("name", "secret"), [("", "gw"), ("X-Secret", "é"), ("X-Team", "gw"), ("X-Secret", "prefix-a")]
)
def test_a_secret_that_cannot_be_kept_apart_is_refused(qtbot, name, secret):
    dialog = opened(qtbot, replace(FULL, headers={"X-Team": "my prefix-a"}))
    dialog.advanced.setCurrentIndex(0)
    dialog.advanced.secret_header_edit.setText(name)
    dialog.advanced.secret_edit.setText(secret)
    dialog.accept()
    assert dialog.message_label.isVisible()
    assert dialog.advanced.currentIndex() == 2


def test_what_the_url_comes_to_is_shown_as_it_is_typed(dialog):
    assert not dialog.url_label.text().strip()
    place = dialog.key_edit.y()
    dialog.url_edit.setText("paradigm.lighton.ai/")
    QApplication.processEvents()
    assert dialog.key_edit.y() == place
    assert PARADIGM.base_url in dialog.url_label.text()
    dialog.url_edit.setText("https://bücher.example/<b>")
    assert "xn--bcher-kva" in words_of(dialog)
    dialog.url_edit.setText("ftp://x")
    assert not dialog.url_label.text().strip()


def test_a_paradigm_of_one_s_own_gets_its_path(qtbot):
    dialog = opened(qtbot, Endpoint("", ""), is_paradigm=True)
    assert dialog.focusWidget() is dialog.url_edit
    dialog.url_edit.setText("ai.corp.example:8443")
    dialog.accept()
    expected = Endpoint("ai.corp.example:8443", "https://ai.corp.example:8443/api/v2")
    assert dialog.connection == Connection(expected, "")


def test_everything_comes_back_as_it_was(qtbot):
    dialog = opened(qtbot, FULL)
    dialog.accept()
    assert dialog.connection == Connection(FULL, "")


def test_everything_can_be_entered(qtbot):
    dialog = opened(qtbot, Endpoint("Corp", "https://corp.example/api/v2"))
    page = dialog.advanced
    dialog.model_box.setEditText(" small ")
    page.ca_edit.setText("/etc/ca.pem")
    page.proxy.mode_box.setCurrentIndex(page.proxy.mode_box.findData(ProxyMode.MANUAL))
    page.proxy.address_edit.setText("proxy.example:3128")
    page.proxy.user_edit.setText("ada")
    page.proxy.password_edit.setText("p:ss")
    page.headers_edit.setPlainText("X-Team: a")
    page.body_edit.setPlainText('{"top_k": 3}')
    page.key_header_edit.setText("X-Api-Key")
    page.organisation_edit.setText("org-1")
    page.project_edit.setText("proj-1")
    page.cap_box.setValue(5)
    page.rate_box.setValue(30)
    dialog.accept()
    entered = dialog.connection.endpoint
    assert entered == Endpoint(
        "Corp",
        "https://corp.example/api/v2",
        "small",
        ca_file="/etc/ca.pem",
        proxy=Proxy(ProxyMode.MANUAL, "http://proxy.example:3128"),
        headers={"X-Team": "a"},
        body={"top_k": 3},
        key_header="X-Api-Key",
        organisation="org-1",
        project="proj-1",
        cap=5,
        requests_per_minute=30.0,
    )
    assert dialog.connection.credentials == ("ada", "p:ss")
    assert "p:ss" not in repr(dialog.connection)
    assert page.proxy.password_edit.text() == ""


def test_credentials_are_for_a_proxy_given_by_hand(qtbot):
    dialog = opened(qtbot, FULL)
    page = dialog.advanced
    page.proxy.user_edit.setText("ada")
    assert page.proxy.password_edit.echoMode() is PASSWORD
    page.proxy.mode_box.setCurrentIndex(page.proxy.mode_box.findData(ProxyMode.SYSTEM))
    assert not page.proxy.address_edit.isEnabled()
    dialog.accept()
    assert dialog.connection.credentials is None
    assert dialog.connection.endpoint.proxy == Proxy()


@pytest.mark.parametrize(
    ("field", "text", "page"),
    [
        ("proxy.address_edit", "socks5://x", 1),
        ("proxy.user_edit", "a:b", 1),
        ("headers_edit", "Authorization: Bearer k", 2),
        ("body_edit", "[", 2),
        ("organisation_edit", "two words", 2),
    ],
)
def test_what_is_wrong_under_advanced_is_shown(qtbot, field, text, page):
    dialog = opened(qtbot, FULL)
    dialog.advanced.setCurrentIndex(3)
    edit = attrgetter(field)(dialog.advanced)
    (edit.setText if isinstance(edit, QLineEdit) else edit.setPlainText)(text)
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.message_label.isVisible()
    assert dialog.advanced.isVisible()
    assert dialog.advanced.currentIndex() == page


# Risks


def test_not_checking_the_certificate_is_asked_about(dialog):
    box = dialog.advanced.verify_box
    dialog.advanced_button.click()
    box.click()
    answer(question(dialog), NO)
    assert box.isChecked()
    box.click()
    answer(question(dialog), YES)
    assert not box.isChecked()
    box.click()
    assert question(dialog) is None
    assert box.isChecked()


def test_a_key_is_not_sent_in_the_clear_without_being_asked(dialog):
    dialog.url_edit.setText("http://corp.example/v1")
    dialog.key_edit.setText("sk-canary")
    tests = []
    dialog.test_requested.connect(lambda *entered: tests.append(entered))
    dialog.accept()
    answer(question(dialog), NO)
    assert dialog.connection is None
    assert dialog.key_edit.text() == "sk-canary"
    dialog.test_button.click()
    answer(question(dialog), NO)
    assert tests == []
    dialog.test_button.click()
    answer(question(dialog), YES)
    assert len(tests) == 1
    dialog.accept()  # asked once is enough
    assert question(dialog) is None
    assert dialog.connection.endpoint.allows_plain_key


@pytest.mark.parametrize(
    ("url", "key", "has_key", "asks"),
    [
        ("http://corp.example/v1", "", True, True),
        ("http://corp.example/v1", "", False, False),
        ("http://localhost:8000/v1", "k-1", False, False),
        ("https://corp.example/v1", "k-1", False, False),
    ],
)
def test_it_is_asked_where_a_key_would_be_read(dialog, url, key, has_key, asks):
    dialog.show_key("", "", has_key=has_key, base_url=url)
    dialog.url_edit.setText(url)
    dialog.key_edit.setText(key)
    dialog.accept()
    assert (question(dialog) is not None) is asks
    assert (dialog.connection is None) is asks


def test_what_was_agreed_to_holds_for_that_address_alone(qtbot):
    dialog = opened(qtbot, Endpoint("x", "http://corp.example/v1", allows_plain_key=True))
    dialog.key_edit.setText("k-1")
    dialog.url_edit.setText("http://other.example/v1")
    dialog.accept()
    assert question(dialog) is not None


# Testing


def test_a_test_is_asked_for_with_what_is_entered(dialog):
    asked, stopped = [], []
    dialog.test_requested.connect(lambda *entered: asked.append(entered))
    dialog.test_stopped.connect(lambda: stopped.append(True))
    dialog.key_edit.setText("sk-1")
    dialog.answer_box.setChecked(True)
    dialog.test_button.click()
    assert asked == [(Connection(PARADIGM, "sk-1"), True)]
    assert stopped == []
    dialog.test_button.click()
    assert stopped == [True]
    dialog.show_testing(is_testing=False)
    dialog.url_edit.setText("")
    dialog.test_button.click()
    assert len(asked) == 1


def test_the_steps_are_shown_live_and_in_plain_text(dialog):
    address = {"host": "<b>corp</b>", "addresses": ["10.0.0.1"]}
    dialog.show_step(Step(StepCode.NAME, StepState.RUNNING))
    running = dialog.steps.text()
    dialog.show_step(Step(StepCode.NAME, StepState.PASSED, 0.25, address))
    assert dialog.steps.text() != running
    assert "<b>corp</b>" in words_of(dialog)
    assert "0.25" in words_of(dialog)
    refusal = RequestError(ErrorKind.TLS, "<i>words</i>", tls_fault=TlsFault.SELF_SIGNED)
    fault = {"issuer": "Nobody", "subject": "x", "expires": None}
    dialog.show_step(Step(StepCode.CERTIFICATE, StepState.FAILED, 0.1, fault, refusal))
    assert "<i>words</i>" in dialog.steps.text()
    assert "Nobody" in dialog.steps.text()
    assert not dialog.steps.suggestion_button.isVisible()


def test_the_models_that_are_found_are_offered(dialog):
    dialog.model_box.setEditText("mine")
    found = Step(StepCode.MODELS, StepState.PASSED, 0.1, {"models": ["a", "b"], "with_key": True})
    dialog.show_step(found)
    assert [dialog.model_box.itemText(at) for at in range(dialog.model_box.count())] == ["a", "b"]
    assert dialog.model_box.currentText() == "mine"


def test_the_right_address_is_a_click_away(dialog):
    asked = []
    dialog.test_requested.connect(lambda entered, _: asked.append(entered.endpoint.base_url))
    right = "https://corp.example/v1"
    failure = RequestError(ErrorKind.NOT_AN_API, "Sign in", 200)
    details = {"suggestion": right, "with_key": True}
    dialog.show_step(Step(StepCode.MODELS, StepState.FAILED, 0.1, details, failure))
    assert right in dialog.steps.suggestion_button.text()
    dialog.steps.suggestion_button.click()
    assert dialog.url_edit.text() == right
    assert asked == [right]
    assert not dialog.steps.suggestion_button.isVisible()


@pytest.mark.parametrize(
    ("field", "text"), [("headers_edit", "X-Team: {key}"), ("body_edit", '{{"a": {{"b": "x {key}"}}}}')]
)
def test_the_key_itself_is_kept_in_no_header_and_no_field(dialog, field, text):
    key = "plain-looking-0123"
    dialog.key_edit.setText(key)
    edit = attrgetter(field)(dialog.advanced)
    edit.setPlainText(text.format(key=key))
    dialog.accept()
    assert (dialog.isVisible(), dialog.connection) == (True, None)
    assert dialog.message_label.isVisible()
    assert key not in dialog.message_label.text()
    edit.setPlainText("")
    dialog.accept()
    assert dialog.connection.key == key
