"""The status bar's account of a run: how far it is, how long it took, how long it may take."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QToolButton, QWidget

from paradigm_gui import wording
from paradigm_gui.core.batch import RequestState
from paradigm_gui.widgets.labels import plain_label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from paradigm_gui.core.batch import ArmKind, Run


LEAST_SKIPPED_S = 1.0
_NOTHING: Counter[RequestState] = Counter()


class ProgressLine(QWidget):
    """Counts final requests over all arms of a run.

    Signals:
        skip_requested(): the user does not want to wait for the server or the network any longer.
    """

    skip_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(160)
        self.bar.setMaximumHeight(12)
        self.label = plain_label(parent=self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 8, 0)
        layout.setSpacing(8)
        layout.addWidget(self.bar)
        layout.addWidget(self.label, 1)
        self.skip_button = QToolButton(self)
        self.skip_button.clicked.connect(self.skip_requested)
        self.skip_button.hide()
        layout.addWidget(self.skip_button)
        self.hide()

    def show_progress(
        self,
        run: Run,
        finals: Mapping[ArmKind, Counter[RequestState]],
        now: float,
        *,
        is_paused: bool = False,
        held_s: float = 0.0,
        retry_in_s: float = 0.0,
        is_out: bool = False,
        tokens: int | None = None,
        further: Counter[RequestState] = _NOTHING,
    ) -> None:
        """Show how many requests of each arm came to their end, by their final state.

        `further` are those of the arms that are not on show.
        `held_s` is for how long the server wants silence, `retry_in_s` how long until the next row is tried
        again while nothing else is left; `is_out` says that the server cannot be reached.
        `tokens` are those of all answers of a run that has ended, if they are known.
        """
        ended = sum(finals.values(), further)
        total = len(run.batch.rows) * len(run.passes)
        left = total - ended.total()
        self.bar.setMaximum(max(1, total))
        self.bar.setValue(ended.total() - ended[RequestState.CANCELLED])
        done = ended[RequestState.DONE]
        parts = [self.tr("{done} of {total} done").format(done=_count(done), total=_count(total))]
        if ended[RequestState.FAILED]:
            parts.append(self.tr("{n} failed").format(n=_count(ended[RequestState.FAILED])))
        if ended[RequestState.CANCELLED]:
            parts.append(self.tr("{n} cancelled").format(n=_count(ended[RequestState.CANCELLED])))
        if is_paused:
            parts.insert(0, self.tr("paused"))
        if held_s:
            seconds = wording.number(held_s, 0)
            parts.insert(0, self.tr("the server asked to wait {seconds} s").format(seconds=seconds))
        elif retry_in_s >= LEAST_SKIPPED_S:
            seconds = wording.number(retry_in_s, 0)
            parts.insert(0, self.tr("next try in {seconds} s").format(seconds=seconds))
        if is_out:
            parts.insert(0, self.tr("waiting until the server can be reached"))
        self.skip_button.setText(self.tr("Try now"))
        self.skip_button.setVisible(bool(left) and (is_out or max(held_s, retry_in_s) >= LEAST_SKIPPED_S))
        # a pace from before says nothing about the end while nothing is sent
        is_still = is_paused or is_out or max(held_s, retry_in_s) >= LEAST_SKIPPED_S
        parts += (
            self._times(run, finals, further, now, is_still=is_still) if left else self._totals(run, tokens)
        )
        self.label.setText("  ·  ".join(parts))
        self.bar.setAccessibleName(self.label.text())
        self.show()

    def _times(
        self,
        run: Run,
        finals: Mapping[ArmKind, Counter[RequestState]],
        further: Counter[RequestState],
        now: float,
        *,
        is_still: bool,
    ) -> list[str]:
        parts = [self._elapsed(_elapsed_s(run, now))]
        passes = run.passes
        started = sum(arm.started_at is not None for arm in passes)
        for arm in passes:
            if arm.started_at is None or arm.ended_at is not None:
                continue
            if run.further:
                text = self.tr("pass {n} of {all} (cap {cap})")
                parts.append(
                    text.format(n=_count(started), all=_count(len(passes)), cap=_count(arm.limits.cap))
                )
            # passes that are not on show run one after the other, each over all rows
            ended = further.total() % len(arm.requests) if arm.number else finals[arm.kind].total()
            if ended and not is_still:
                # at the pace that this arm has had so far
                left = (now - arm.started_at) / ended * (len(arm.requests) - ended)
                text = self.tr("about {seconds} s left")
                if run.further:
                    text = self.tr("about {seconds} s left of this pass")
                parts.append(text.format(seconds=wording.number(left, 0)))
        return parts

    def _totals(self, run: Run, tokens: int | None) -> list[str]:
        parts = [self._elapsed(_elapsed_s(run, 0.0))]
        if tokens:
            parts.append(self.tr("{n} tokens").format(n=_count(tokens)))
        return parts

    def _elapsed(self, seconds: float) -> str:
        return self.tr("{seconds} s elapsed").format(seconds=wording.number(seconds, 1))


def _count(number: int) -> str:
    return wording.number(number, 0)


def _elapsed_s(run: Run, now: float) -> float:
    """The time that the arms took; what passed between them is the user's."""
    return sum(
        (now if arm.ended_at is None else arm.ended_at) - arm.started_at
        for arm in run.passes
        if arm.started_at is not None
    )
