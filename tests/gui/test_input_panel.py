"""The left side of the window: rows, prompt and preview."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QSpinBox

from paradigm_gui.core.batch import Row
from paradigm_gui.core.batch_file import BatchFile
from paradigm_gui.widgets.contents import Mode
from paradigm_gui.widgets.input_panel import InputPanel
from paradigm_gui.widgets.prompt_panel import EXAMPLES

STRANGE = "{x} \"q\" 'p' 😀 שלום =cmd() <b>x</b> a < b and c > d"


@pytest.fixture
def panel(qtbot):
    panel = InputPanel()
    qtbot.addWidget(panel)
    panel.show()
    return panel


def names(panel):
    return [row.variables["name"] for row in panel.rows()]


def settled(qtbot, panel, change):
    with qtbot.waitSignal(panel.changed):
        change()


def preview(panel):
    (edit,) = [edit for edit in panel.findChildren(type(panel.names_edit).__mro__[1]) if edit.isReadOnly()]
    return edit.toPlainText()


def warnings(panel):
    labels = panel.findChildren(QLabel)
    return [label.text() for label in labels if label.isVisible() and label.text().startswith("⚠")]


def mime(text="", *paths):
    data = QMimeData()
    if paths:
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    else:
        data.setText(text)
    return data


def test_one_row_a_line_without_the_empty_ones(panel):
    panel.names_edit.setPlainText("Ada\n\n  \nBo \n")
    assert [row.index for row in panel.rows()] == [0, 1]
    assert names(panel)[0] == "Ada"
    assert panel.columns() == ("name",)


def test_rows_are_current_at_once(panel):
    panel.names_edit.setPlainText("Ada")
    assert names(panel) == ["Ada"]
    panel.names_edit.appendPlainText("Bo")
    assert names(panel) == ["Ada", "Bo"]


def test_pasted_text_is_plain_and_exact(panel):
    data = mime(f"{STRANGE}\r\nAnne\u00a0Marie")
    data.setHtml("<h1>other</h1>")
    panel.names_edit.insertFromMimeData(data)
    assert names(panel) == [STRANGE, "Anne\u00a0Marie"]


def test_the_preview_shows_the_filled_prompt_of_a_row(qtbot, panel):
    panel.names_edit.setPlainText(f"Ada\n{STRANGE}")
    settled(qtbot, panel, lambda: panel.template_edit.setPlainText("Hi {name}!"))
    assert preview(panel) == "Hi Ada!"
    panel.findChild(QSpinBox).setValue(2)
    assert preview(panel) == f"Hi {STRANGE}!"


def test_an_unknown_placeholder_is_named(qtbot, panel):
    panel.names_edit.setPlainText("Ada")
    settled(qtbot, panel, lambda: panel.template_edit.setPlainText("Hi {nam}, {name}"))
    assert len(warnings(panel)) == 1
    assert "{nam}" in warnings(panel)[0]
    settled(qtbot, panel, lambda: panel.template_edit.setPlainText("Hi {name}"))
    assert warnings(panel) == []
    settled(qtbot, panel, lambda: panel.template_edit.setPlainText("Hi"))
    assert len(warnings(panel)) == 1


def test_a_list_of_prompts_needs_no_template(qtbot, panel):
    panel.template_edit.setPlainText("Hi {name}")
    panel.prompts_edit.setPlainText("Say {name}\nSay {nobody}")
    settled(qtbot, panel, lambda: panel.tabs.setCurrentIndex(1))
    assert panel.mode is Mode.PROMPTS
    assert panel.template_edit.isHidden()
    assert warnings(panel) == []
    rows = panel.rows()
    assert [panel.template().render(row.variables) for row in rows] == ["Say {name}", "Say {nobody}"]
    settled(qtbot, panel, lambda: panel.tabs.setCurrentIndex(0))
    assert panel.template_edit.isVisible()
    assert panel.template().text == "Hi {name}"


def test_what_is_unknown_is_known_at_once(panel):
    panel.template_edit.setPlainText("{name} {Code postal}")
    panel.prompts_edit.setPlainText("Say {nobody}")
    assert panel.unknown_placeholders() == ["Code postal"]
    panel.tabs.setCurrentIndex(1)
    assert panel.unknown_placeholders() == []
    panel.system_edit.setPlainText("Be {x} and {prompt}")
    assert panel.unknown_placeholders() == ["x"]


def test_fifty_thousand_pasted_lines_become_a_table(panel):
    panel.names_edit.setPlainText("Ada")
    panel.names_edit.insertFromMimeData(mime("\n".join(f"name {number}" for number in range(50_000))))
    assert panel.mode is Mode.TABLE
    assert len(panel.rows()) == 50_000
    assert panel.rows()[-1].variables == {"name": "name 49999"}
    assert panel.table_view.model().rowCount() == 50_000
    # what was typed before is still there
    assert panel.names_edit.toPlainText() == "Ada"


def test_fifty_thousand_pasted_prompts_are_prompts(panel):
    panel.tabs.setCurrentIndex(1)
    panel.prompts_edit.insertFromMimeData(mime("Say {name}\n" * 50_000))
    assert panel.columns() == ("prompt",)
    row = panel.rows()[0]
    assert row.variables == {"prompt": "Say {name}"}


def test_undo_brings_back_what_a_file_replaced(panel):
    panel.names_edit.setPlainText("typed by hand")
    panel.template_edit.setPlainText("my prompt {name}")
    panel.show_batch(BatchFile(columns=("name",), rows=[Row(0, {"name": "Ada"})], template="other {name}"))
    assert names(panel) == ["Ada"]
    panel.names_edit.undo()
    panel.template_edit.undo()
    assert names(panel) == ["typed by hand"]
    assert panel.template().text == "my prompt {name}"


def test_a_table_keeps_its_columns(qtbot, panel):
    rows = [Row(0, {"name": "Ada", "city": "<b>Paris</b>"})]
    settled(qtbot, panel, lambda: panel.show_table(("name", "city"), rows))
    assert panel.mode is Mode.TABLE
    assert (panel.columns(), list(panel.rows())) == (("name", "city"), rows)
    assert panel.table_view.model().index(0, 1).data() == "<b>Paris</b>"
    settled(qtbot, panel, lambda: panel.template_edit.setPlainText("{city}"))
    assert preview(panel) == "<b>Paris</b>"


def test_a_cell_with_line_breaks_stays_one_row(panel):
    panel.show_table(("name",), [Row(0, {"name": "Ada\nLovelace"}), Row(1, {"name": "Bo"})])
    assert names(panel) == ["Ada\nLovelace", "Bo"]


def drop(widget, data):
    position = QPoint(20, 20)
    copy, left, no_key = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter = QDragEnterEvent(position, copy, data, left, no_key)
    enter.ignore()
    QApplication.sendEvent(widget, enter)
    event = QDropEvent(QPointF(position), copy, data, left, no_key)
    if enter.isAccepted():
        QApplication.sendEvent(widget, event)
    return enter.isAccepted()


def test_a_dropped_file_is_given_on(qtbot, panel, tmp_path):
    with qtbot.waitSignal(panel.file_given) as given:
        assert drop(panel.names_edit.viewport(), mime("", tmp_path / "b.csv"))
    assert given.args == [tmp_path / "b.csv"]


def test_the_system_prompt_is_folded_away_until_it_is_wanted(panel):
    assert panel.system_edit.isHidden()
    panel.show_batch(BatchFile(system="Be brief."))
    assert panel.system_edit.isVisible()
    assert panel.system() == "Be brief."


def test_a_draft_comes_back(panel, qtbot):
    panel.names_edit.setPlainText("Ada\u00a0L")
    panel.prompts_edit.setPlainText("Say")
    panel.template_edit.setPlainText("Hi {name}\u202f!")
    panel.system_edit.setPlainText("S")
    panel.tabs.setCurrentIndex(1)
    other = InputPanel()
    qtbot.addWidget(other)
    other.restore(panel.draft())
    assert other.draft() == panel.draft()
    assert other.mode is Mode.PROMPTS
    other.restore({"names": 3, "mode": "nonsense"})
    assert other.draft() == panel.draft()


def test_the_open_button_asks_for_a_file(qtbot, panel):
    panel.tabs.setCurrentIndex(2)
    with qtbot.waitSignal(panel.open_requested):
        panel.open_button.click()


def test_typing(qtbot, panel):
    panel.names_edit.setFocus()
    with qtbot.waitSignal(panel.changed):
        QTest.keyClicks(panel.names_edit, "Ada")
        QTest.keyClick(panel.names_edit, Qt.Key.Key_Return)
        QTest.keyClicks(panel.names_edit, "Bo")
    assert names(panel) == ["Ada", "Bo"]


def test_cells_of_a_spreadsheet_pasted_as_names_become_a_table(qtbot, panel):
    panel.names_edit.setPlainText("Ada")
    with qtbot.waitSignal(panel.changed):
        panel.names_edit.insertFromMimeData(mime("first\tcity\nAda\tParis\n\t\nBo\tRome\n"))
    assert panel.mode is Mode.TABLE
    assert panel.columns() == ("first", "city")
    assert [row.variables["city"] for row in panel.rows()] == ["Paris", "Rome"]
    assert panel.names_edit.toPlainText() == "Ada"


def test_a_table_is_begun_or_pasted_where_there_is_none(qtbot, panel):
    panel.tabs.setCurrentIndex(2)
    QGuiApplication.clipboard().setText("Ada\tParis\nBo\tRome\n")
    panel.paste_button.click()
    assert (panel.columns(), len(panel.rows())) == (("Ada", "Paris"), 1)
    panel.table_view.undo_action.trigger()
    assert panel.new_button.isVisible()
    panel.new_button.click()
    model = panel.table_view.model()
    assert (model.rowCount(), len(panel.rows())) == (1, 0)
    model.setData(model.index(0, 0), "Ada")
    assert names(panel) == ["Ada"]


def test_undo_brings_back_the_table_that_a_file_replaced(panel):
    panel.show_table(("a", "b"), [Row(0, {"a": "1", "b": "2"})])
    panel.show_table(("c", "d"), [Row(0, {"c": "3", "d": "4"})])
    panel.table_view.undo_action.trigger()
    assert [dict(row.variables) for row in panel.rows()] == [{"a": "1", "b": "2"}]
    assert panel.columns() == ("a", "b")


def test_editing_the_table_changes_what_is_sent(qtbot, panel):
    panel.show_table(("a", "b"), [Row(0, {"a": "1", "b": "2"}), Row(1, {"a": "3", "b": "4"})])
    model = panel.table_view.model()
    given = panel.rows()
    with qtbot.waitSignal(panel.changed):
        model.setData(model.index(1, 1), "x")
    assert [row.variables["b"] for row in panel.rows()] == ["2", "x"]
    assert [row.variables["b"] for row in given] == ["2", "4"]


def test_missing_values_and_unused_columns_are_told(qtbot, panel):
    rows = [Row(0, {"a": "1", "b": "2", "c": "3"}), Row(1, {"a": " ", "b": "", "c": "4"})]
    panel.show_table(("a", "b", "c"), rows)
    settled(qtbot, panel, lambda: panel.template_edit.setPlainText("{c}"))
    assert warnings(panel) == []
    assert [label.text() for label in panel.findChildren(QLabel) if "{b}" in label.text()] != []
    settled(qtbot, panel, lambda: panel.system_edit.setPlainText("{a} {b} {x}"))
    (text,) = warnings(panel)
    assert [line.count("⚠") for line in text.split("\n")] == [1, 1, 1]
    assert "{x}" in text
    assert "{a}" in text
    assert not [
        label
        for label in panel.findChildren(QLabel)
        if label.isVisible() and label.text().startswith("Not used")
    ]


def test_the_system_prompt_is_previewed_when_it_differs_from_row_to_row(qtbot, panel):
    panel.names_edit.setPlainText("Ada\nBo")
    panel.template_edit.setPlainText("Hi")
    settled(qtbot, panel, lambda: panel.system_edit.setPlainText("Be {name}."))
    assert warnings(panel) == []
    panel.findChild(QSpinBox).setValue(2)
    assert "Be Bo." in preview(panel)
    assert preview(panel).endswith("Hi")


def test_the_preview_follows_the_current_row_of_the_table(qtbot, panel):
    rows = [Row(at, {"a": text, "b": text}) for at, text in enumerate(["x", "", "y"])]
    panel.show_table(("a", "b"), rows)
    settled(qtbot, panel, lambda: panel.template_edit.setPlainText("<{a}>"))
    model = panel.table_view.model()
    panel.table_view.setCurrentIndex(model.index(2, 0))
    assert preview(panel) == "<y>"
    panel.table_view.setCurrentIndex(model.index(1, 0))
    assert preview(panel) == "<y>"


def test_an_example_is_asked_for(qtbot, panel):
    actions = panel.examples_button.menu().actions()
    assert [action.data() for action in actions] == list(EXAMPLES)
    assert all(action.text() for action in actions)
    with qtbot.waitSignal(panel.example_requested) as asked:
        actions[2].trigger()
    assert asked.args == ["translation"]
