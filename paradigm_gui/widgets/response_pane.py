"""The whole of one request: its answer, its error, what was sent for it, and what is noted on it."""

from __future__ import annotations

import json
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QIcon, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from paradigm_gui import wording
from paradigm_gui.core.answer_format import object_of
from paradigm_gui.core.batch import Request, RequestState
from paradigm_gui.core.errors import ErrorKind
from paradigm_gui.core.raw_request import raw_request
from paradigm_gui.core.remarks import NO_REMARK
from paradigm_gui.core.timing import request_times
from paradigm_gui.models.results_model import one_line
from paradigm_gui.resources import icon_path
from paradigm_gui.widgets.comment_edit import CommentEdit
from paradigm_gui.widgets.labels import caption, plain_label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from paradigm_gui.core.batch import Run
    from paradigm_gui.core.errors import RequestError

# a longer one is shown as it came: taking it apart would hold up the window
_LONGEST_WITH_FIELDS = 200_000
NAME_CHARACTERS = 40
_CUT_OFF = (RequestState.CANCELLED, RequestState.FAILED)


class View(StrEnum):
    """What stands beside the answer."""

    FIELDS = "fields"
    INPUT = "input"
    PROMPT = "prompt"
    REQUEST = "request"


class ResponsePane(QWidget):
    """Shows a request as plain text; foreign text is never markup here.

    Beside the answer stand its fields, if it is a JSON object, else the row's columns, if it has several,
    else the prompt; until the user chooses another view.

    Signals:
        mark_requested(int, bool): a row is to be marked, or not any more.
        comment_requested(int, str): a row is to have this comment.
    """

    mark_requested = Signal(int, bool)
    comment_requested = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._request: Request | None = None
        self._run: Run | None = None
        self._shown_text: str | None = None
        self._title = plain_label(parent=self)
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self._facts = caption(self)
        for label in (self._title, self._facts):
            label.setMinimumWidth(1)
        self._chosen: View | None = None
        self._fields: Mapping[str, Any] = {}
        self._is_raw_written = False
        self._error = plain_label(parent=self)
        self._error.setWordWrap(True)
        self._error.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._answer_caption = caption(self)
        self.mark_button = QToolButton(self)
        self.mark_button.setCheckable(True)
        self.mark_button.setAutoRaise(True)
        self.mark_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.mark_button.setIconSize(QSize(14, 14))
        self._mark_icons = [QIcon(str(icon_path(name))) for name in ("mark-none", "mark")]
        self.comment_edit = CommentEdit(self)
        self.comment_edit.setFont(self._answer_caption.font())
        policy = self.comment_edit.sizePolicy()
        policy.setHorizontalStretch(4)
        self.comment_edit.setSizePolicy(policy)
        self.answer_edit = self._text_view()
        self._raw_caption = caption(self)
        self._raw_caption.setMinimumWidth(1)
        self._raw_caption.hide()
        self.fields_edit = self._text_view()
        self.input_edit = self._text_view()
        self.prompt_edit = self._text_view()
        self.raw_edit = self._text_view()
        self.raw_edit.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._views = {
            View.FIELDS: self.fields_edit,
            View.INPUT: self.input_edit,
            View.PROMPT: self.prompt_edit,
            View.REQUEST: self.raw_edit,
        }
        self._view_group = QButtonGroup(self)
        self.view_buttons: dict[View, QToolButton] = {}
        for view in View:
            button = self.view_buttons[view] = QToolButton(self)
            button.setCheckable(True)
            button.setAutoRaise(True)
            button.clicked.connect(partial(self._on_view, view))
            self._view_group.addButton(button)
        self.copy_button = QToolButton(self)
        self.copy_button.setAutoRaise(True)
        self.copy_button.setIcon(QIcon(str(icon_path("copy"))))
        self.copy_button.setIconSize(QSize(14, 14))
        for button in (*self.view_buttons.values(), self.copy_button):
            button.setFont(self._raw_caption.font())
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._lay_out()
        self.mark_button.clicked.connect(self._on_mark)
        self.comment_edit.committed.connect(self._on_comment)
        self.copy_button.clicked.connect(self._copy)
        self._retranslate()

    def show_request(self, request: Request | None, run: Run | None = None) -> None:
        """Show a request of a run, or nothing. Called again, it shows what has changed."""
        if request is not self._request:
            self.comment_edit.commit()
            self._request, self._run = request, run
            self._shown_text = None
            self._fields = {}
            self._is_raw_written = False
            self._show_input()
        self._show_remark()
        self._title.setText(self._title_of(request) if request else "")
        self._facts.setText(self._facts_of(request) if request else "")
        error = request.error if request else None
        self._error.setText(self._error_text(error) if error else "")
        self._error.setVisible(error is not None)
        if self._shown_text is None:
            self.prompt_edit.setPlainText(request.prompt if request else "")
        self._show_answer(request.text if request else "")
        self._show_fields()
        self._show_view()

    def _show_remark(self) -> None:
        remark = self._run.remarks.of(self._request.index) if self._run and self._request else NO_REMARK
        self.mark_button.setChecked(remark.is_marked)
        self.mark_button.setIcon(self._mark_icons[remark.is_marked])
        self.comment_edit.show_comment(remark.comment)
        for widget in (self.mark_button, self.comment_edit):
            widget.setEnabled(self._run is not None)

    def _on_mark(self, is_marked: bool) -> None:
        if self._request:
            self.mark_requested.emit(self._request.index, is_marked)

    def _on_comment(self, comment: str) -> None:
        if self._request:
            self.comment_requested.emit(self._request.index, comment)
        # it may have been taken otherwise than it was typed
        self._show_remark()

    # what stands beside the answer

    @property
    def view(self) -> View:
        """What stands beside the answer now: what the user chose, where there is that."""
        usual = View.FIELDS if self._fields else View.INPUT if len(self._values) > 1 else View.PROMPT
        if self._chosen is View.FIELDS and not self._fields:
            return usual
        if self._chosen is View.INPUT and len(self._values) < 2:
            return usual
        return self._chosen or usual

    @property
    def _values(self) -> Mapping[str, str]:
        """The row's columns, in the order of its table."""
        if self._request is None:
            return {}
        variables = self._request.row.variables
        columns = self._run.batch.columns if self._run else variables
        return {name: variables.get(name, "") for name in columns}

    def _on_view(self, view: View) -> None:
        self._chosen = view
        self._show_view()

    def _show_view(self) -> None:
        shown = self.view
        self.view_buttons[View.FIELDS].setVisible(bool(self._fields))
        self.view_buttons[View.INPUT].setVisible(len(self._values) > 1)
        self.view_buttons[shown].setChecked(True)
        self._show_raw(is_shown=shown is View.REQUEST)
        for view, edit in self._views.items():
            edit.setVisible(view is shown)

    def _show_raw(self, *, is_shown: bool) -> None:
        """Write the request down, if anybody looks: a prompt may be long."""
        if is_shown == self._is_raw_written:
            return
        self._is_raw_written = is_shown
        text = lacks = ""
        if is_shown and self._request and self._run:
            raw = raw_request(self._run, self._request)
            text = raw.text
            if not raw.is_whole:
                lacks = self.tr("As it was sent, but for what its server's settings added")
        self.raw_edit.setPlainText(text)
        self._raw_caption.setText(lacks)
        self._raw_caption.setToolTip(lacks)
        self._raw_caption.setVisible(bool(lacks))

    def _show_input(self) -> None:
        _write_pairs(self.input_edit, self._values if len(self._values) > 1 else {})

    def _show_fields(self) -> None:
        """Take an answer that has come apart, once."""
        request = self._request
        is_whole = request is not None and request.completion is not None
        text = request.text if request and is_whole else ""
        fields = object_of(text) if len(text) <= _LONGEST_WITH_FIELDS else {}
        if fields != self._fields or not fields:
            self._fields = fields
            _write_pairs(self.fields_edit, {name: _in_lines(value) for name, value in fields.items()})

    def _title_of(self, request: Request) -> str:
        """The row's number and the beginning of its first column."""
        number = self.tr("Row {number}").format(number=wording.number(request.index + 1, 0))
        name = one_line(next(iter(self._values.values()), ""))
        if len(name) > NAME_CHARACTERS:
            name = name[: NAME_CHARACTERS - 1] + "…"
        return f"{number} · {name}" if name else number

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._views[self.view].toPlainText())

    def _show_answer(self, text: str) -> None:
        shown = self._shown_text
        if text == shown:
            return
        if shown and text.startswith(shown):
            # appended, so that the reader's place and selection stay
            cursor = self.answer_edit.textCursor()
            cursor.movePosition(cursor.MoveOperation.End)
            cursor.insertText(text[len(shown) :])
        else:
            self.answer_edit.setPlainText(text)
        self._shown_text = text

    def _facts_of(self, request: Request) -> str:
        times = request_times(request)
        facts = [wording.state(request.state)]
        kind = request.error.kind if request.error else None
        is_whole = kind is ErrorKind.NOT_KEPT or (kind is not None and kind.is_about_format)
        if request.state in _CUT_OFF and request.text and not is_whole:
            facts.append(self.tr("partial answer"))
        if request.completion:
            facts.append(request.completion.model)
            if request.completion.finish_reason == "length":
                facts.append(self.tr("cut at the token limit"))
            elif request.completion.finish_reason == "content_filter":
                facts.append(self.tr("cut by the content filter"))
        if times.service_s is not None:
            facts.append(self.tr("{seconds} s service").format(seconds=wording.number(times.service_s, 2)))
        return " · ".join(fact for fact in facts if fact)

    def _error_text(self, error: RequestError) -> str:
        status = f" (HTTP {error.http_status})" if error.http_status else ""
        lines = [f"{wording.error_title(error)}{status}. {wording.error_remedy(error)}"]
        if error.message:
            is_from_server = error.http_status is not None or error.kind is ErrorKind.STREAM_ERROR
            words = self.tr("The server says: {words}") if is_from_server else self.tr("Details: {words}")
            lines.append(words.format(words=error.message))
        return "\n".join(lines)

    def _text_view(self) -> QPlainTextEdit:
        view = QPlainTextEdit(self)
        view.setReadOnly(True)
        view.setTabChangesFocus(True)
        view.setMinimumHeight(view.fontMetrics().lineSpacing() * 2 + 12)
        return view

    def _lay_out(self) -> None:
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        noting: list[QWidget] = [self.mark_button, self.comment_edit]
        # a narrow half cuts the caption off, and keeps its buttons; both views begin at one height
        self._answer_caption.setMinimumSize(1, self.copy_button.sizeHint().height())
        answer = QHBoxLayout()
        answer.addWidget(self._answer_caption, 1)
        for widget in noting:
            answer.addWidget(widget)
        splitter.addWidget(self._side(answer, [self.answer_edit]))
        beside = QHBoxLayout()
        for button in self.view_buttons.values():
            beside.addWidget(button)
        beside.addStretch(1)
        beside.addWidget(self.copy_button)
        splitter.addWidget(self._side(beside, [self._raw_caption, *self._views.values()]))
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addWidget(self._facts, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self._error)
        layout.addWidget(splitter, 1)

    def _side(self, head: QHBoxLayout, views: Sequence[QWidget]) -> QWidget:
        """One half: its head above its views."""
        side = QWidget(self)
        head.setSpacing(4)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        for view in views:
            column.addWidget(view, 0 if isinstance(view, QLabel) else 1)
        return side

    def _retranslate(self) -> None:
        self._answer_caption.setText(self.tr("Answer"))
        self.answer_edit.setAccessibleName(self.tr("Whole answer"))
        self.mark_button.setAccessibleName(self.tr("Mark the row"))
        self.mark_button.setToolTip(self.tr("Mark the row (Ctrl+M)"))
        self.comment_edit.setAccessibleName(self.tr("Comment on the row"))
        self.comment_edit.setPlaceholderText(self.tr("Comment on the row"))
        self.prompt_edit.setAccessibleName(self.tr("Prompt as it was sent"))
        self.raw_edit.setAccessibleName(self.tr("Request as it was sent"))
        self.fields_edit.setAccessibleName(self.tr("Fields of the answer"))
        self.input_edit.setAccessibleName(self.tr("Columns of the row"))
        for view, title, tip in (
            (View.FIELDS, self.tr("Fields"), self.tr("The fields of the answer, one by one")),
            (View.INPUT, self.tr("Input"), self.tr("What the row has in each column")),
            (View.PROMPT, self.tr("Prompt"), self.tr("The prompt as it was sent")),
            (View.REQUEST, self.tr("Request"), self.tr("URL, headers and body; the key is not shown")),
        ):
            self.view_buttons[view].setText(title)
            self.view_buttons[view].setToolTip(tip)
        self.copy_button.setToolTip(self.tr("Copy"))
        self.copy_button.setAccessibleName(self.tr("Copy what stands beside the answer"))
        self._is_raw_written = False
        self.show_request(self._request)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


def _in_lines(value: Any) -> str:
    """A field for people: texts as they are, what has parts in lines."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)


def _write_pairs(edit: QPlainTextEdit, pairs: Mapping[str, str]) -> None:
    """Write names and values down, the names in bold; as plain text, whatever is in them."""
    edit.clear()
    cursor = QTextCursor(edit.document())
    plain, bold = QTextCharFormat(), QTextCharFormat()
    bold.setFontWeight(QFont.Weight.Bold)
    for place, (name, value) in enumerate(pairs.items()):
        if place:
            cursor.insertBlock()
        cursor.insertText(f"{one_line(name)}: ", bold)
        cursor.insertText(value, plain)
