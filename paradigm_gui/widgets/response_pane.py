"""The whole of one request: its answer, prompt, error or all that was sent; and what is noted on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication, QIcon
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from paradigm_gui import wording
from paradigm_gui.core.batch import Request, RequestState
from paradigm_gui.core.errors import ErrorKind
from paradigm_gui.core.raw_request import raw_request
from paradigm_gui.core.remarks import NO_REMARK
from paradigm_gui.core.timing import request_times
from paradigm_gui.resources import icon_path
from paradigm_gui.widgets.comment_edit import CommentEdit
from paradigm_gui.widgets.labels import caption, plain_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paradigm_gui.core.batch import Run
    from paradigm_gui.core.errors import RequestError

_CUT_OFF = (RequestState.CANCELLED, RequestState.FAILED)


class ResponsePane(QWidget):
    """Shows a request as plain text; foreign text is never markup here.

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
        self._sent_caption = caption(self)
        self.prompt_edit = self._text_view()
        self.raw_edit = self._text_view()
        self.raw_edit.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.raw_edit.hide()
        self.raw_button = QToolButton(self)
        self.raw_button.setCheckable(True)
        self.raw_button.setAutoRaise(True)
        self.copy_button = QToolButton(self)
        self.copy_button.setAutoRaise(True)
        self.copy_button.setIcon(QIcon(str(icon_path("copy"))))
        self.copy_button.setIconSize(QSize(14, 14))
        for button in (self.raw_button, self.copy_button):
            button.setFont(self._sent_caption.font())
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._lay_out()
        self.mark_button.clicked.connect(self._on_mark)
        self.comment_edit.committed.connect(self._on_comment)
        self.raw_button.toggled.connect(self._on_raw)
        self.copy_button.clicked.connect(self._copy)
        self._retranslate()

    def show_request(self, request: Request | None, run: Run | None = None) -> None:
        """Show a request of a run, or nothing. Called again, it shows what has changed."""
        if request is not self._request:
            self.comment_edit.commit()
            self._request, self._run = request, run
            self._shown_text = None
            self._show_raw()
        self._show_remark()
        self._title.setText(" · ".join(request.row.variables.values())[:200] if request else "")
        self._facts.setText(self._facts_of(request) if request else "")
        error = request.error if request else None
        self._error.setText(self._error_text(error) if error else "")
        self._error.setVisible(error is not None)
        if self._shown_text is None:
            self.prompt_edit.setPlainText(request.prompt if request else "")
        self._show_answer(request.text if request else "")

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

    def _on_raw(self, is_shown: bool) -> None:
        self.raw_edit.setVisible(is_shown)
        self.prompt_edit.setVisible(not is_shown)
        self._show_raw()

    def _show_raw(self) -> None:
        """Write the request down, if anybody looks: a prompt may be long."""
        text, title = "", self.tr("Prompt as it was sent")
        if self.raw_button.isChecked():
            title = self.tr("Request as it was sent")
            if self._request and self._run:
                raw = raw_request(self._run, self._request)
                text = raw.text
                if not raw.is_whole:
                    title = self.tr("Request as it was sent, but for what its server's settings added")
        self.raw_edit.setPlainText(text)
        self._sent_caption.setText(title)
        self._sent_caption.setToolTip(title)

    def _copy(self) -> None:
        shown = self.raw_edit if self.raw_button.isChecked() else self.prompt_edit
        QGuiApplication.clipboard().setText(shown.toPlainText())

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
        splitter.addWidget(self._side(self._answer_caption, noting, [self.answer_edit]))
        buttons: list[QWidget]
        buttons, views = [self.raw_button, self.copy_button], [self.prompt_edit, self.raw_edit]
        splitter.addWidget(self._side(self._sent_caption, buttons, views))
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addWidget(self._facts)
        head.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self._error)
        layout.addWidget(splitter, 1)

    def _side(self, title: QLabel, beside: Sequence[QWidget], views: Sequence[QPlainTextEdit]) -> QWidget:
        """One half: a caption, with widgets beside it, above its views."""
        side = QWidget(self)
        # a narrow half cuts the caption off, and keeps its buttons; both views begin at one height
        title.setMinimumSize(1, self.raw_button.sizeHint().height())
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(title, 1)
        for widget in beside:
            head.addWidget(widget)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        for view in views:
            column.addWidget(view, 1)
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
        self.raw_button.setText(self.tr("Whole request"))
        self.raw_button.setToolTip(self.tr("URL, headers and body; the key is not shown"))
        self.copy_button.setToolTip(self.tr("Copy"))
        self.copy_button.setAccessibleName(self.tr("Copy what was sent"))
        self._show_raw()
        self.show_request(self._request)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
