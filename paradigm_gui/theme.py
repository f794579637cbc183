"""Light and dark. Where the platform cannot switch by itself, Fusion is given a palette of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

_SCHEMES = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}
# window, base, alternate base, button, text, muted text, mid, highlight, highlighted text, link
_COLOURS = {
    Qt.ColorScheme.Light: "#efefef #ffffff #f7f7f7 #f4f4f4 #1c1c1c #767676 #b8b8b8 #308cc6 #ffffff #1f6f8b",
    Qt.ColorScheme.Dark: "#2b2d30 #1e1f22 #25272a #36383c #e4e4e4 #9a9da3 #55585e #2f6f9f #ffffff #7cc4dd",
}


def apply_theme(app: QApplication, name: str) -> None:
    """Switch to `light`, `dark`, or with `system` to what the desktop says."""
    hints = app.styleHints()
    wanted = _SCHEMES.get(name, Qt.ColorScheme.Unknown)
    app.setPalette(QPalette())
    hints.setColorScheme(wanted)
    if wanted == Qt.ColorScheme.Unknown:
        wanted = hints.colorScheme()
    if wanted in _COLOURS and is_dark(app.palette()) != (wanted == Qt.ColorScheme.Dark):
        app.setPalette(_palette(wanted))
    if is_dark(app.palette()):
        # Fusion draws outlines darker than the window: on a dark one, an empty box is not to be seen
        boxes = app.palette()
        boxes.setColor(QPalette.ColorRole.Base, boxes.color(QPalette.ColorRole.Mid))
        for kind in ("QCheckBox", "QRadioButton"):
            app.setPalette(boxes, kind)  # type: ignore[arg-type]  # PySide6 takes a str only


def is_dark(palette: QPalette) -> bool:
    return palette.color(QPalette.ColorRole.Window).lightness() < 128


def _palette(scheme: Qt.ColorScheme) -> QPalette:
    window, base, alternate, button, text, muted, mid, highlight, highlighted, link = map(
        QColor, _COLOURS[scheme].split()
    )
    role = QPalette.ColorRole
    palette = QPalette(button, window)
    for roles, colour in (
        ((role.Base,), base),
        ((role.AlternateBase,), alternate),
        ((role.ToolTipBase,), alternate),
        ((role.WindowText, role.Text, role.ButtonText, role.ToolTipText), text),
        ((role.PlaceholderText,), muted),
        ((role.Mid, role.Dark), mid),
        ((role.Highlight, role.Accent), highlight),
        ((role.HighlightedText,), highlighted),
        ((role.Link, role.LinkVisited), link),
    ):
        for one in roles:
            palette.setColor(one, colour)
    for one in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, muted)
    return palette
