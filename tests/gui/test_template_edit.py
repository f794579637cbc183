"""The editor of the prompt."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette, QTextCharFormat
from PySide6.QtTest import QTest

from paradigm_gui.widgets.template_edit import TemplateEdit

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)")


def marks(edit, block=0):
    """What is marked in a line: the text, and whether it is marked as unknown."""
    found = edit.document().findBlockByNumber(block)
    units = found.text().encode("utf-16-le")
    wave = QTextCharFormat.UnderlineStyle.WaveUnderline
    return [
        (
            units[2 * part.start : 2 * (part.start + part.length)].decode("utf-16-le"),
            part.format.underlineStyle() is wave,
        )
        for part in found.layout().formats()
    ]


def test_placeholders_are_marked_and_unknown_ones_differently(qtbot):
    edit = TemplateEdit()
    qtbot.addWidget(edit)
    edit.set_columns(["name", "first name"])
    edit.setPlainText('😀 {name} {nom} {name} {first name} { "a": {} }\n{{name}}')
    assert sorted(marks(edit)) == [
        ("{first name}", False),
        ("{name}", False),
        ("{name}", False),
        ("{nom}", True),
    ]
    assert marks(edit, 1) == [("{name}", False)]
    edit.set_columns(["nom"])
    assert ("{nom}", False) in marks(edit)
    assert ("{name}", True) in marks(edit)


def test_the_marks_follow_the_palette(qtbot):
    edit = TemplateEdit()
    qtbot.addWidget(edit)
    edit.set_columns(["name"])
    edit.setPlainText("{name}")

    def colour(base):
        palette = QPalette(edit.palette())
        palette.setColor(QPalette.ColorRole.Base, QColor(base))
        edit.setPalette(palette)
        (part,) = edit.document().firstBlock().layout().formats()
        return part.format.background().color().alphaF()

    assert colour("#ffffff") < colour("#101010")


def test_tab_leaves_the_editor(qtbot):
    edit = TemplateEdit()
    qtbot.addWidget(edit)
    assert edit.tabChangesFocus()


@pytest.fixture
def edit(qtbot):
    edit = TemplateEdit()
    qtbot.addWidget(edit)
    edit.set_columns(["first name", "city", "Cité 😀", "note"])
    edit.show()
    edit.setFocus()
    return edit


def offered(edit):
    if not edit.popup.isVisible():
        return None
    model = edit.completer.completionModel()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_an_opening_brace_offers_the_columns(edit):
    QTest.keyClicks(edit, "To ")
    assert offered(edit) is None
    QTest.keyClicks(edit, "{")
    assert offered(edit) == ["first name", "city", "Cité 😀", "note"]
    QTest.keyClicks(edit, "ci")
    assert offered(edit) == ["city", "Cité 😀"]
    QTest.keyClick(edit.popup, Qt.Key.Key_Down)
    QTest.keyClick(edit.popup, Qt.Key.Key_Return)
    assert edit.toPlainText() == "To {Cité 😀}"
    assert offered(edit) is None
    QTest.keyClicks(edit, "!")
    assert edit.toPlainText() == "To {Cité 😀}!"


def test_the_list_goes_when_it_is_not_wanted(edit):
    QTest.keyClicks(edit, "{x")
    assert offered(edit) is None
    edit.setPlainText("")
    QTest.keyClicks(edit, "{")
    assert offered(edit) is not None
    QTest.keyClick(edit.popup, Qt.Key.Key_Escape)
    assert offered(edit) is None
    assert edit.toPlainText() == "{"
    QTest.keyClicks(edit, "n")
    assert offered(edit) is None
    edit.setPlainText("")
    QTest.keyClicks(edit, "{city}")
    assert offered(edit) is None
    assert edit.toPlainText() == "{city}"


def test_a_brace_that_is_already_there_is_not_doubled(edit):
    edit.setPlainText("😀 {} and more")
    cursor = edit.textCursor()
    cursor.setPosition(4)
    edit.setTextCursor(cursor)
    QTest.keyClicks(edit, "irs")
    assert offered(edit) == ["first name"]
    QTest.keyClick(edit, Qt.Key.Key_Left)
    QTest.keyClick(edit.popup, Qt.Key.Key_Return)
    assert edit.toPlainText() == "😀 {first name} and more"
    edit.undo()
    assert edit.toPlainText() == "😀 {irs} and more"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_the_first_column_is_chosen_at_once(edit, key):
    QTest.keyClicks(edit, "To {")
    QTest.keyClick(edit.popup, key)
    assert edit.toPlainText() == "To {first name}"
    assert offered(edit) is None
    assert edit.hasFocus()


def test_some_json_is_begun_after_escape(edit):
    QTest.keyClicks(edit, "{")
    QTest.keyClick(edit.popup, Qt.Key.Key_Escape)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert offered(edit) is None
    assert edit.toPlainText() == "{\n"


def put_cursor(edit, position):
    cursor = edit.textCursor()
    cursor.setPosition(position)
    edit.setTextCursor(cursor)


def test_a_placeholder_that_is_only_begun_is_offered_again(edit):
    edit.setPlainText("😀 {n\nand {city}, {zzz {")
    put_cursor(edit, 4)
    QTest.keyClick(edit, Qt.Key.Key_Right)
    assert offered(edit) == ["note", "first name"]
    QTest.keyClick(edit.popup, Qt.Key.Key_Tab)
    assert edit.toPlainText().startswith("😀 {note}\n")


def test_a_click_into_a_placeholder_that_is_only_begun_offers_it(edit):
    edit.setPlainText("{ci")
    put_cursor(edit, 3)
    at = edit.cursorRect().center()
    put_cursor(edit, 0)
    QTest.mouseClick(edit.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert offered(edit) == ["city", "Cité 😀"]


def test_a_whole_placeholder_is_passed_without_a_list(edit):
    edit.setPlainText("a {ci} b {")
    put_cursor(edit, 0)
    for _ in range(10):
        QTest.keyClick(edit, Qt.Key.Key_Right)
        assert offered(edit) is None


def test_what_was_refused_stays_refused_until_one_comes_back(edit):
    QTest.keyClicks(edit, "x {c")
    assert offered(edit)
    QTest.keyClick(edit.popup, Qt.Key.Key_Escape)
    QTest.keyClicks(edit, "i")
    QTest.keyClick(edit, Qt.Key.Key_Left)
    assert offered(edit) is None
    QTest.keyClick(edit, Qt.Key.Key_Home)
    QTest.keyClick(edit, Qt.Key.Key_End)
    assert offered(edit) == ["city", "Cité 😀"]


def test_without_columns_nothing_is_offered(edit):
    edit.set_columns([])
    QTest.keyClicks(edit, "{")
    assert offered(edit) is None


def test_names_that_begin_as_typed_come_first(edit):
    edit.set_columns(["Prénom", "Note", "Nom"])
    QTest.keyClicks(edit, "{no")
    assert offered(edit) == ["Note", "Nom", "Prénom"]
