"""Why rows failed, one line a cause, with what can be done about it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPalette, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from paradigm_gui import wording
from paradigm_gui.core.batch import RequestState
from paradigm_gui.core.causes import Cause, CauseTally
from paradigm_gui.resources import icon_path
from paradigm_gui.widgets.labels import plain_label, plain_tip

if TYPE_CHECKING:
    from collections.abc import Collection

    from paradigm_gui.core.batch import Arm

UPDATE_PAUSE_MS = 500
MOST_LINES = 4
ICON_PX = 16
GAP_PX = 12
LEAST_PART_PX = 48


class _CauseText(QWidget):
    """Paints what happened, what to do and the server's own words on one line, cut where room is short."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parts: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_parts(self, title: str, *details: str) -> None:
        parts = (title, *filter(None, details))
        if parts != self._parts:
            self._parts = parts
            self.setToolTip(plain_tip("\n".join(parts)))
            self.setAccessibleName(" ".join(parts))
            self.update()

    def _widths(self) -> list[int]:
        """The title comes first; what it leaves is shared, and nobody gets more than he needs."""
        wanted = [self.fontMetrics().horizontalAdvance(part) + 1 for part in self._parts]
        title, *details = wanted
        widths = [min(title, self.width())]
        room = self.width() - widths[0]
        for place, detail in enumerate(details):
            others = sum(details[place + 1 :]) + GAP_PX * (len(details) - place - 1)
            share = max(room - others, room // (len(details) - place)) - GAP_PX
            width = min(detail, share)
            # a few letters and an ellipsis tell nothing
            widths.append(width if width == detail or width >= LEAST_PART_PX else 0)
            room -= widths[-1] + GAP_PX if widths[-1] else 0
        return widths

    # Qt

    def sizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        x = 0
        for place, (part, width) in enumerate(zip(self._parts, self._widths(), strict=True)):
            role = QPalette.ColorRole.PlaceholderText if place else QPalette.ColorRole.WindowText
            painter.setPen(self.palette().color(role))
            cut = self.fontMetrics().elidedText(part, Qt.TextElideMode.ElideRight, width)
            painter.drawText(
                QRect(x, 0, width, self.height()),
                Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine,
                cut,
            )
            x += width + GAP_PX if width else 0
        painter.end()


class _CauseLine(QWidget):
    """One cause, with buttons to see its rows and to send them again."""

    def __init__(self, icon: QPixmap, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = plain_label(parent=self)
        self._icon.setPixmap(icon)
        self.text = _CauseText(self)
        self.show_button = QToolButton(self)
        self.show_button.setCheckable(True)
        self.retry_button = QToolButton(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._icon)
        layout.addWidget(self.text, 1)
        for button in (self.show_button, self.retry_button):
            button.setAutoRaise(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            layout.addWidget(button)
        self.show_button.toggled.connect(self._embolden)

    def _embolden(self, is_chosen: bool) -> None:
        """Mark the chosen cause by its weight: dark themes hardly show a pressed button."""
        font = self.show_button.font()
        font.setBold(is_chosen)
        self.show_button.setFont(font)


class CausesPanel(QWidget):
    """Groups the failed rows of an arm; it is not there when nothing failed.

    Signals:
        rows_chosen(tuple[int, ...] | None): only these rows are to be shown; `None` for all again.
        retry_requested(tuple[int, ...]): these rows are to be sent again.
        completion_requested(): all that is not done is to be sent, what was cancelled as well.
    """

    rows_chosen = Signal(object)
    retry_requested = Signal(object)
    completion_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._arm: Arm | None = None
        self._tally = CauseTally()
        self._shown_total = 0
        self._causes: list[Cause] = []
        self._chosen: Cause | None = None
        self._is_running = False
        self._is_open = True
        self._most_lines = MOST_LINES
        self._icon = QIcon(str(icon_path("state-failed"))).pixmap(ICON_PX, ICON_PX)
        self.heading = QToolButton(self)
        self.heading.setAutoRaise(True)
        self.heading.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.heading.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.all_button = QToolButton(self)
        self.all_button.setAutoRaise(True)
        self.all_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.all_button.hide()
        self.all_button.clicked.connect(self.completion_requested)
        self.lines: list[_CauseLine] = []
        self._list = QWidget(self)
        self._lines_layout = QVBoxLayout(self._list)
        self._lines_layout.setContentsMargins(0, 0, 0, 0)
        self._lines_layout.setSpacing(0)
        self._area = QScrollArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._list)
        # the lines are reached themselves, and bring themselves into sight
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.heading)
        top.addStretch(1)
        top.addWidget(self.all_button)
        layout.addLayout(top)
        layout.addWidget(self._area)
        self._pause = QTimer(self, singleShot=True, interval=UPDATE_PAUSE_MS)
        self._pause.timeout.connect(self._update)
        self.heading.clicked.connect(self._fold)
        self._retranslate()
        self.hide()

    def show_arm(self, arm: Arm | None) -> None:
        """Show why requests of an arm failed."""
        self._arm = arm
        requests = arm.requests if arm else ()
        # of a large run that is opened, the failed rows are soon found
        self._tally = CauseTally([request for request in requests if request.state is RequestState.FAILED])
        self._show_causes()

    def refresh(self, rows: Collection[int]) -> None:
        """Count the failures among the rows that changed, and show them soon."""
        if self._arm is None:
            return
        for row in rows:
            self._tally.add(self._arm.requests[row])
        if not self._pause.isActive():
            self._update()

    def settle(self) -> None:
        """Show what was counted, without waiting."""
        self._pause.stop()
        self._update()

    def set_running(self, is_running: bool) -> None:
        """While a run goes on, nothing can be sent again."""
        self._is_running = is_running
        self._offer_all()
        for line in self.lines:
            line.retry_button.setEnabled(not is_running)

    def set_most_lines(self, count: int) -> None:
        """Be at most so many lines high, and never more than a few."""
        self._most_lines = min(count, MOST_LINES)
        self._fit()

    def choose(self, cause: Cause | None) -> None:
        """Mark the cause whose rows alone are shown."""
        self._chosen = cause
        self._mark_chosen()

    def _update(self) -> None:
        if self._tally.total != self._shown_total:
            self._show_causes()
            self._pause.start()

    def _show_causes(self) -> None:
        self._shown_total = self._tally.total
        self._causes = self._tally.causes()
        while len(self.lines) < len(self._causes):
            self._add_line()
        for line in self.lines[len(self._causes) :]:
            line.hide()
        for line, cause in zip(self.lines, self._causes, strict=False):
            self._describe(line, cause)
            line.show()
        self._mark_chosen()
        self._name_heading()
        self._offer_all()
        self._fit()
        self.setVisible(bool(self._causes))

    def _add_line(self) -> None:
        line = _CauseLine(self._icon, self._list)
        number = len(self.lines)
        line.show_button.clicked.connect(partial(self._on_show, number))
        line.retry_button.clicked.connect(partial(self._on_retry, number))
        line.retry_button.setEnabled(not self._is_running)
        self.setTabOrder(self.lines[-1].retry_button if self.lines else self.heading, line.show_button)
        self.setTabOrder(line.show_button, line.retry_button)
        self.lines.append(line)
        self._lines_layout.addWidget(line)

    def _describe(self, line: _CauseLine, cause: Cause) -> None:
        count = len(cause.rows)
        what = wording.error_in_short(cause.error)
        title = wording.labelled(self.tr("%n row(s)", "", count), what)
        words = cause.message
        if cause.pattern is None:
            words = self.tr("The details differ from row to row.")
        elif words:
            words = self.tr("“{words}”").format(words=words)
        line.text.show_parts(title, wording.error_remedy(cause.error), words)
        line.show_button.setText(self.tr("Show"))
        line.show_button.setToolTip(self.tr("Show these rows alone"))
        line.retry_button.setText(self.tr("Retry these %n", "", count))
        line.retry_button.setToolTip(self.tr("Send %n request(s): these rows and no others", "", count))
        for button in (line.show_button, line.retry_button):
            button.setAccessibleName(wording.labelled(button.text(), title))
            button.setAccessibleDescription(button.toolTip())

    def _mark_chosen(self) -> None:
        chosen = self._chosen.identity if self._chosen else None
        for line, cause in zip(self.lines, self._causes, strict=False):
            line.show_button.setChecked(cause.identity == chosen)

    def _on_show(self, number: int) -> None:
        cause = self._causes[number]
        is_chosen = self._chosen is not None and self._chosen.identity == cause.identity
        self.choose(None if is_chosen else cause)
        self.rows_chosen.emit(None if is_chosen else cause.rows)

    def _on_retry(self, number: int) -> None:
        self.retry_requested.emit(self._causes[number].rows)

    def _fold(self) -> None:
        self._is_open = not self._is_open
        self._area.setVisible(self._is_open)
        self._name_heading()

    def _fit(self) -> None:
        """Be as high as the lines, up to a few of them; the others are scrolled to. Buttons form columns."""
        if not self._causes:
            return
        lines = self.lines[: len(self._causes)]
        self._area.setFixedHeight(lines[0].sizeHint().height() * min(self._most_lines, len(lines)))
        for buttons in ([line.show_button for line in lines], [line.retry_button for line in lines]):
            width = max(button.sizeHint().width() for button in buttons)
            for button in buttons:
                button.setMinimumWidth(width)

    def _name_heading(self) -> None:
        text = self.tr("%n row(s) failed", "", self._shown_total)
        if len(self._causes) > 1:
            text = " · ".join((text, self.tr("%n cause(s)", "", len(self._causes))))
        self.heading.setText(text)
        self.heading.setArrowType(Qt.ArrowType.DownArrow if self._is_open else Qt.ArrowType.RightArrow)
        self.heading.setToolTip(self.tr("Hide the causes") if self._is_open else self.tr("Show the causes"))
        self.heading.setAccessibleDescription(self.heading.toolTip())

    def _offer_all(self) -> None:
        """After a run that was stopped, offer what was not sent together with what failed."""
        cancelled = 0 if self._is_running or self._arm is None else self._arm.count(RequestState.CANCELLED)
        self.all_button.setText(self.tr("Send all %n unfinished row(s)", "", cancelled + self._shown_total))
        self.all_button.setToolTip(
            plain_tip(
                self.tr(
                    "%n row(s) were not sent, or cut off, when the run stopped; and those failed.",
                    "",
                    cancelled,
                )
            )
        )
        self.all_button.setVisible(cancelled > 0 and self._shown_total > 0)

    def _retranslate(self) -> None:
        self._offer_all()
        self.setAccessibleName(self.tr("Why rows failed"))
        for line, cause in zip(self.lines, self._causes, strict=False):
            self._describe(line, cause)
        self._name_heading()
        self._fit()

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()
        super().changeEvent(event)
