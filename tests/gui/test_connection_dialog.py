"""The dialog that takes a server and a key."""

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit

from paradigm_gui.core.endpoints import PARADIGM, Endpoint
from paradigm_gui.core.keys import clean_key
from paradigm_gui.widgets.connection_dialog import ConnectionDialog

PASSWORD, NORMAL = QLineEdit.EchoMode.Password, QLineEdit.EchoMode.Normal


@pytest.fixture
def dialog(qtbot):
    dialog = ConnectionDialog(PARADIGM, "none yet", clean_key, has_keyring=True)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


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
    assert dialog.key_edit.text() == ""
    assert dialog.connection is None


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


def test_it_says_where_the_key_is_kept(qtbot):
    texts = []
    for has_keyring in (True, False):
        dialog = ConnectionDialog(PARADIGM, "", clean_key, has_keyring=has_keyring)
        qtbot.addWidget(dialog)
        dialog.show()
        texts.append(words_of(dialog))
    assert texts[0] != texts[1]
