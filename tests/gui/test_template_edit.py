"""The editor of the prompt."""

from PySide6.QtGui import QColor, QPalette, QTextCharFormat

from paradigm_gui.widgets.template_edit import TemplateEdit


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
