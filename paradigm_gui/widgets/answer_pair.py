"""Two answers to the same input in full, with the words marked that differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QSplitter, QTextEdit, QVBoxLayout, QWidget

from paradigm_gui import wording
from paradigm_gui.core.run_difference import Likeness
from paradigm_gui.core.word_difference import utf16_spans
from paradigm_gui.models.difference_model import input_of
from paradigm_gui.widgets.labels import caption, plain_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paradigm_gui.core.run_difference import Outcome, Pair
    from paradigm_gui.core.word_difference import Span, WordDifference

# who runs through the rows is not held up by what is not read
READING_PAUSE_MS = 60
MARK = "#d08a1c"


class _Answer(QWidget):
    """One of the answers, as plain text."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = caption(self)
        self.error = plain_label(parent=self)
        self.error.setWordWrap(True)
        self.error.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.edit = QPlainTextEdit(self)
        self.edit.setReadOnly(True)
        self.edit.setTabChangesFocus(True)
        self.edit.setMinimumHeight(self.edit.fontMetrics().lineSpacing() * 2 + 12)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.title)
        layout.addWidget(self.error)
        layout.addWidget(self.edit, 1)

    def show_text(self, text: str) -> None:
        self.edit.setExtraSelections([])
        self.edit.setPlainText(text)

    def mark(self, text: str, spans: Sequence[Span]) -> None:
        """Mark passages by colour and, for those who do not see it, by underlining."""
        form = QTextCharFormat()
        colour = QColor(MARK)
        form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        form.setUnderlineColor(colour)
        colour.setAlphaF(0.3)
        form.setBackground(colour)
        marks = []
        for start, end in utf16_spans(text, spans):
            mark = QTextEdit.ExtraSelection()
            mark.format = form
            mark.cursor = QTextCursor(self.edit.document())
            mark.cursor.setPosition(start)
            mark.cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            marks.append(mark)
        self.edit.setExtraSelections(marks)


class AnswerPair(QWidget):
    """Shows both answers to one input.

    Signals:
        words_wanted(str, str): the words that differ in two texts are wanted; `show_words` takes them.
    """

    words_wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pair: Pair | None = None
        self._texts = ("", "")
        self._title = plain_label(parent=self)
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self.note = caption(self)
        self.first, self.second = _Answer(self), _Answer(self)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        for answer in (self.first, self.second):
            splitter.addWidget(answer)
        splitter.setChildrenCollapsible(False)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addWidget(self.note)
        head.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(splitter, 1)
        self._pause = QTimer(self, singleShot=True, interval=READING_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.words_wanted.emit(*self._texts))
        self._retranslate()

    def show_pair(self, pair: Pair | None) -> None:
        if pair is self._pair:
            return
        self._pair = pair
        outcomes = (pair.first, pair.second) if pair else (None, None)
        first, second = (_text_of(outcome) for outcome in outcomes)
        self._texts = first, second
        self.first.show_text(first)
        self.second.show_text(second)
        self._pause.stop()
        if pair and pair.likeness is Likeness.DIFFERENT and first and second:
            self._pause.start()
        self._describe()

    def show_words(self, first: str, second: str, difference: WordDifference) -> None:
        """Mark the words that differ, unless other texts are shown by now."""
        if (first, second) != self._texts:
            return
        self.first.mark(first, difference.first)
        self.second.mark(second, difference.second)
        if difference.is_rough:
            self.note.setText(self.tr("Long and very different: more may be marked than differs."))
        elif first != second and not difference.first and not difference.second:
            self.note.setText(self.tr("Only spaces and line breaks differ."))

    def _describe(self) -> None:
        """Say what belongs to the texts."""
        pair = self._pair
        self._title.setText(input_of(pair)[:200] if pair else "")
        self.note.setText("")
        for answer, letter, outcome in (
            (self.first, self.tr("A"), pair.first if pair else None),
            (self.second, self.tr("B"), pair.second if pair else None),
        ):
            state = wording.state(outcome.state) if outcome else ""
            answer.title.setText(" · ".join(filter(None, (letter, state))))
            answer.error.setText(wording.error_in_short(outcome.error) if outcome and outcome.error else "")
            answer.error.setVisible(bool(answer.error.text()))
            answer.edit.setPlaceholderText(
                self.tr("This run does not have this row.") if pair and outcome is None else ""
            )

    def _retranslate(self) -> None:
        self.first.edit.setAccessibleName(self.tr("Whole answer of A"))
        self.second.edit.setAccessibleName(self.tr("Whole answer of B"))
        self._describe()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


def _text_of(outcome: Outcome | None) -> str:
    """A text whose characters are counted as the document counts them: it knows one kind of line break."""
    return outcome.text.replace("\r\n", "\n") if outcome else ""
