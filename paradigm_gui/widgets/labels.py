"""Labels and tips that never take foreign text for markup."""

from __future__ import annotations

import html

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


def plain_label(text: str = "", parent: QWidget | None = None) -> QLabel:
    """A label that shows its text as it is: Qt would guess markup from a `<` in it."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    return label


def note_label(text: str = "", parent: QWidget | None = None) -> QLabel:
    """A quiet text of one or more lines below fields."""
    label = plain_label(text, parent)
    label.setWordWrap(True)
    label.setForegroundRole(label.palette().ColorRole.PlaceholderText)
    return label


def caption(parent: QWidget | None = None) -> QLabel:
    """A small, quiet label that stands above a field or a panel."""
    label = plain_label(parent=parent)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * 0.88)
    label.setFont(font)
    label.setForegroundRole(label.palette().ColorRole.PlaceholderText)
    return label


def plain_tip(text: str) -> str:
    """Text for a tool tip, which always guesses its format; its lines stay lines."""
    return f"<qt>{html.escape(text).replace(chr(10), '<br>')}</qt>" if text else ""
