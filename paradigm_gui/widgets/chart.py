"""What all charts have in common: plots, a key, a line that reads them out, and a sentence in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from paradigm_gui import wording
from paradigm_gui.core.batch import ArmKind
from paradigm_gui.models.waterfall_model import tip
from paradigm_gui.widgets.figures import Badge, PlainLabel
from paradigm_gui.widgets.labels import plain_label
from paradigm_gui.widgets.plot import Key, Plot, smaller

if TYPE_CHECKING:
    from collections.abc import Sequence
_GAP = 8
_WIDE = 2
_LOW = 190
_LEAST_HEIGHT = 120


class Chart(QWidget):
    """One or more plots under a line of controls, and over a line that reads them out.

    A chart without data says instead what to do to get some, or if it `is_waiting`, that they will come.
    Kinds of charts say how they draw.
    """

    def __init__(self, plots: Sequence[Plot], controls: Sequence[QWidget] = ()) -> None:
        super().__init__()
        self._is_built = False
        self._is_simulated = False
        self.is_waiting = False
        self.plots = plots
        self.key = Key()
        self.badge = Badge()
        self.badge.hide()
        self.readout = PlainLabel(is_muted=True)
        self.readout.setFont(smaller(self.readout.font()))
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self._message = plain_label()
        self._message.setWordWrap(True)
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._message.setMargin(3 * _GAP)
        self._message.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._header = QWidget()
        self._controls = QHBoxLayout(self._header)
        self._controls.setSpacing(_GAP)
        self._controls.setContentsMargins(0, 0, 0, 0)
        for control in controls:
            self._controls.addWidget(control, 0, Qt.AlignmentFlag.AlignTop)
        self._controls.addWidget(self.key, 1)
        self._controls.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        drawn = QWidget()
        self._side_by_side = QBoxLayout(QBoxLayout.Direction.LeftToRight, drawn)
        self._side_by_side.setContentsMargins(0, 0, 0, 0)
        self._side_by_side.setSpacing(_GAP // 2)
        for plot in plots:
            headed = QVBoxLayout()
            headed.setSpacing(0)
            headed.addWidget(plot.heading)
            headed.addWidget(plot, 1)
            self._side_by_side.addLayout(headed, 1)
            plot.pointed.connect(self._on_pointed)
            plot.left.connect(self._on_left)
        self._pages = QStackedLayout()
        self._pages.addWidget(self._message)
        self._pages.addWidget(drawn)
        self._footer = QHBoxLayout()
        self._footer.setSpacing(_GAP)
        self._footer.addWidget(self.readout, 1)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._header)
        self._column.addLayout(self._pages, 1)
        self._column.addLayout(self._footer)
        # in low room it does with less than its parts ask for: see `resizeEvent`
        self.setMinimumHeight(_LEAST_HEIGHT)

    def description(self) -> str:
        """What the chart shows, as plain text."""
        lines = [self.badge.text()] if self.badge.isVisibleTo(self) else []
        shown = self._description() if self.is_drawn else self._message.text()
        return "\n".join([*lines, shown])

    @property
    def is_drawn(self) -> bool:
        """Whether there is a picture, and not a sentence in its place."""
        return self._pages.currentIndex() == 1

    def draw(self) -> None:
        """Draw everything anew."""
        for plot in self.plots:
            plot.dress(self.palette(), self.font())
            plot.plotItem.clear()
        message = self._missing()
        if message and self.is_waiting:
            message = self.tr("This is drawn as soon as the run has ended and is measured.")
        self._pages.setCurrentIndex(0 if message else 1)
        self.readout.setVisible(not message)
        if message:
            self._message.setText(message)
        else:
            self._draw()
        self._read_out()
        description = self.description()
        self.setAccessibleDescription(description)
        for plot in self.plots:
            plot.setAccessibleDescription(description)

    def retranslate(self) -> None:
        """Word everything anew. A kind of chart calls it when it is built."""
        self._is_built = True
        self.badge.setText(self.tr("SIMULATED"))
        self.badge.setToolTip(tip(self.tr("These answers and times come from the built-in demo server.")))
        self._retranslate()
        self.draw()

    def _show(self, is_simulated: bool) -> None:
        self._is_simulated = is_simulated
        self.badge.setVisible(is_simulated)
        self.draw()

    def _missing(self) -> str:
        """Say what to do where there is nothing to draw."""
        raise NotImplementedError

    def _draw(self) -> None:
        raise NotImplementedError

    def _description(self) -> str:
        raise NotImplementedError

    def _caption(self) -> str:
        """How to read the picture, for as long as nothing is pointed at."""
        raise NotImplementedError

    def _reading(self, x: float) -> str:
        """The values at a place."""
        raise NotImplementedError

    def _retranslate(self) -> None:
        raise NotImplementedError

    def _source(self) -> str:
        if self._is_simulated:
            return self.tr("Source: the timestamps of this run; the server is simulated")
        return self.tr("Source: the timestamps of this run")

    def _arm_name(self, kind: ArmKind, cap: int) -> str:
        if kind is ArmKind.SEQUENTIAL:
            return self.tr("Sequential")
        return self.tr("Concurrent, {cap} at once").format(cap=wording.number(cap, 0))

    def _seconds(self, value: float) -> str:
        return self.tr("{seconds} s").format(seconds=self._number(value))

    def _percent(self, share: float) -> str:
        # what is not quite all does not become all by rounding
        percent = wording.number(min(max(100 * share, 0.1), 99.9), 1) if 0 < share < 1 else 100 * int(share)
        return self.tr("{percent} %").format(percent=percent)

    def _number(self, value: float) -> str:
        if value >= 99.95:
            return wording.number(value, 0)
        return wording.number(value, 2 if value >= 0.1 or value == 0 else 3)

    def _read_out(self) -> None:
        """Say what is pointed at, or else how to read the picture."""
        place = next((plot.pointer for plot in self.plots if plot.pointer is not None), None)
        if not self.is_drawn:
            self.readout.setText("")
        else:
            self.readout.setText(self._caption() if place is None else self._reading(place))

    def _on_pointed(self, x: float) -> None:
        for plot in self.plots:
            if plot.pointer != x:
                plot.point_at(x)
        self._read_out()

    def _on_left(self) -> None:
        for plot in self.plots:
            if plot.pointer is not None:
                plot.point_at(None)
        self._read_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_low = self.height() < _LOW
        edge = _GAP // 4 if is_low else _GAP
        self._column.setContentsMargins(_GAP, edge, _GAP, edge)
        self._column.setSpacing(edge // 2)
        for plot in self.plots:
            plot.set_low(is_low)
        is_wide = is_low or self.width() > _WIDE * self.height()
        self._side_by_side.setDirection(
            QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if not self._is_built:
            return
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() in (
            QEvent.Type.PaletteChange,
            QEvent.Type.FontChange,
            QEvent.Type.StyleChange,
        ):
            self.draw()
