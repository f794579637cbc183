"""Light and dark."""

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QCheckBox

from paradigm_gui.theme import apply_theme, is_dark

ROLE = QPalette.ColorRole


@pytest.fixture(autouse=True)
def back_to_before(qapp):
    yield
    apply_theme(qapp, "system")


def luminance(colour):
    parts = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.getRgbF()[:3]
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_palette_follows_the_choice(qapp):
    for name, dark in (("dark", True), ("light", False), ("dark", True)):
        apply_theme(qapp, name)
        assert is_dark(qapp.palette()) is dark


def test_an_unknown_choice_is_the_systems(qapp):
    apply_theme(qapp, "system")
    before = is_dark(qapp.palette())
    apply_theme(qapp, "plaid")
    assert is_dark(qapp.palette()) is before


@pytest.mark.parametrize("name", ["light", "dark"])
def test_text_can_be_read(qapp, name):
    apply_theme(qapp, name)
    palette = qapp.palette()
    for text, ground in (
        (ROLE.WindowText, ROLE.Window),
        (ROLE.Text, ROLE.Base),
        (ROLE.Text, ROLE.AlternateBase),
        (ROLE.ButtonText, ROLE.Button),
        (ROLE.ToolTipText, ROLE.ToolTipBase),
        (ROLE.Link, ROLE.Base),
    ):
        assert contrast(palette.color(text), palette.color(ground)) >= 4.5, (text, ground)


def test_an_empty_box_is_seen_in_either_theme(qtbot, qapp):
    box = QCheckBox()
    qtbot.addWidget(box)
    for name in ("dark", "light", "dark"):
        apply_theme(qapp, name)
        palette = qapp.palette(box)
        if name == "dark":
            # there the outline cannot be told from the window
            assert contrast(palette.color(ROLE.Base), palette.color(ROLE.Window)) >= 1.8
        else:
            assert palette.color(ROLE.Base) == qapp.palette().color(ROLE.Base)
