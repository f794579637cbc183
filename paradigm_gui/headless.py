"""A run without a window on screen: progress on stderr, answers and summary on stdout, an exit code."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import TYPE_CHECKING, TextIO

from PySide6.QtCore import QObject

from paradigm_gui import wording
from paradigm_gui.__main__ import BAD_INPUT, INTERRUPTED, OK, SOME_FAILED
from paradigm_gui.controller import common_failure
from paradigm_gui.core.batch import ArmKind, RequestState
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.plan import Plan
from paradigm_gui.launch import check_outputs, check_placeholders, load, resumed_run
from paradigm_gui.models.results_model import one_line
from paradigm_gui.outcome import figures_in_words
from paradigm_gui.tasks import settle

if TYPE_CHECKING:
    from paradigm_gui.command_line import Options
    from paradigm_gui.core.batch import Run
    from paradigm_gui.core.endpoints import Endpoint
    from paradigm_gui.history import History
    from paradigm_gui.session import Session

BAR_WIDTH = 30
# A log of a run without a terminal gets a line at each of these parts of it.
LOGGED_PARTS = 4
# a scheduled job must not wait for a server for ever
OUTAGE_PATIENCE_S = 600.0


class ProgressBar:
    """Draws on a terminal; writes a few lines to anything else."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._is_terminal = stream.isatty()
        self._last_part = 0
        self._was_shown = False

    def show(self, done: int, total: int) -> None:
        self._was_shown = True
        part = done / total if total else 1.0
        if self._is_terminal:
            filled = round(part * BAR_WIDTH)
            self._stream.write(f"\r[{'#' * filled}{'.' * (BAR_WIDTH - filled)}] {done}/{total}")
            self._stream.flush()
        elif int(part * LOGGED_PARTS) > self._last_part:
            self._last_part = int(part * LOGGED_PARTS)
            print(f"{done}/{total}", file=self._stream)

    def end(self) -> None:
        if self._is_terminal and self._was_shown:
            self._stream.write("\n")


class HeadlessRun(QObject):
    """Loads what the options name, runs it, and says how it went."""

    def __init__(self, session: Session, history: History, options: Options) -> None:
        super().__init__()
        self._session = session
        self._history = history
        self._resumed: Run | None = None
        self._options = options
        self._interrupted = False
        self._trouble: UserFacingError | None = None
        self._preparing: asyncio.Task[int] | None = None
        self._bar = ProgressBar(sys.stderr)

    def interrupt(self) -> None:
        """End the run early; what has been answered is still written."""
        self._interrupted = True
        self._session.controller.leave()
        if self._preparing:
            self._preparing.cancel()

    def _give_up(self, error: UserFacingError) -> None:
        """End a run whose answers cannot be kept: nobody is there to make room and to press Resume."""
        self._trouble = self._trouble or error
        self._session.controller.leave()

    async def run(self) -> int:
        """Run to the end and return the exit code. Raises `UserFacingError` for bad input."""
        self._preparing = asyncio.current_task()
        try:
            await self._prepare()
        except asyncio.CancelledError:
            if self._interrupted and self._preparing:
                self._preparing.uncancel()
                return INTERRUPTED
            raise
        finally:
            self._preparing = None
        try:
            run = await self._finished_run()
        except InterruptedError:
            return INTERRUPTED
        self._session.write_outputs(self._options)
        if self._trouble:
            raise self._trouble
        failure = common_failure(run.passes)
        if failure and not self._interrupted:
            base_url = await self._session.controller.likely_base_url(run.endpoint, failure)
            raise UserFacingError("server_refused", host=run.endpoint.host, error=failure, base_url=base_url)
        self._print_while_read(run)
        for arm in run.arms.values():
            if arm.stopped_by:
                say(wording.early_stop(arm.stopped_by, arm.limits))
        if self._interrupted:
            return INTERRUPTED
        assert self._session.shown.figures is not None
        return OK if self._session.shown.figures.is_all_done else SOME_FAILED

    async def _prepare(self) -> None:
        check_outputs(self._options)
        batch = await load(self._session, self._options)
        if self._options.resume is not None:
            self._resumed = await resumed_run(self._history, self._options)
            self._check_key(self._resumed.endpoint)
            return
        if unknown := check_placeholders(self._session, self._options, batch):
            say(self.tr("Sent as it is written, as no column has that name: {names}").format(names=unknown))
            # nobody is there to be asked
            self._session.let_through(self._session.window.input.unknown_placeholders())
        self._check_key(self._session.window.run_bar.endpoint)
        await self._session.choose_model()

    def _check_key(self, endpoint: Endpoint | None) -> None:
        """Refuse what the environment has in the place of a key: nobody would see that another is taken."""
        controller = self._session.controller
        if endpoint and (fault := controller.key_fault(controller.as_saved(endpoint))):
            raise fault

    async def _finished_run(self) -> Run:
        session = self._session
        loop = asyncio.get_running_loop()
        finished: asyncio.Future[Run] = loop.create_future()
        kept: asyncio.Future[Run] = loop.create_future()
        session.controller.patience_s = OUTAGE_PATIENCE_S
        session.shown.ended.connect(lambda run: settle(finished, run))
        session.controller.run_kept.connect(lambda run: settle(kept, run))
        session.refused.connect(lambda error: settle(finished, error))
        session.controller.abandoned.connect(lambda: settle(finished, self._abandoned()))
        session.controller.trouble.connect(self._give_up)
        session.controller.progressed.connect(self._on_progress)
        session.controller.outage_changed.connect(self._on_outage)
        if self._resumed:
            session.controller.go_on(self._resumed)
        else:
            session.start(Plan(compare=self._options.compare))
        try:
            await finished
            return await kept
        finally:
            self._bar.end()

    def _on_progress(self, _changes: object, _now: float) -> None:
        run = self._session.shown.run
        assert run is not None
        finals = self._session.controller.finals.values()
        # a server that refuses everything is told of in one line, without a bar above it
        if any(counts[RequestState.DONE] for counts in finals):
            ended = sum(counts.total() - counts[RequestState.CANCELLED] for counts in finals)
            self._bar.show(ended, len(run.batch.rows) * len(run.arms))

    def _on_outage(self, is_out: bool) -> None:
        self._bar.end()
        if is_out:
            say(self.tr("The server cannot be reached any more; waiting for it."))
        elif not self._session.controller.is_stopping:
            say(self.tr("Going on."))

    def _abandoned(self) -> BaseException:
        """Why there is no run: the user did not want it any more, or there is a bug."""
        if self._interrupted:
            return InterruptedError()
        return UserFacingError("bug", path=self._session.log_path)

    def _print_while_read(self, run: Run) -> None:
        try:
            self._print(run)
            sys.stdout.flush()
        except BrokenPipeError:
            # whoever read has left, as `head` does; the interpreter must not try again when it ends
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def _print(self, run: Run) -> None:
        if self._options.output is None:
            for request in run.arms[ArmKind.CONCURRENT].requests:
                answer = request.text or "–"
                if request.error:
                    answer = wording.error_in_short(request.error)
                name = one_line(" · ".join(request.row.variables.values()))
                # what is not a whole answer must not look like one
                mark = "" if request.state is RequestState.DONE else f"[{wording.state(request.state)}] "
                print(f"{name}: {mark}{one_line(answer)}")
            print()
        assert self._session.shown.figures is not None
        for name, value in figures_in_words(self._session.shown.figures):
            print(wording.labelled(name, value))
        if explanation := self._session.shown.explanation():
            print(explanation)
        if run.is_simulated:
            print(self.tr("Simulated: these answers come from the built-in demo server."))


def exit_code_for(error: UserFacingError) -> int:
    """Say on stderr, in one line, what the user can mend."""
    say(wording.user_error(error))
    return BAD_INPUT


def say(text: str) -> None:
    """Put a message on stderr, in one line."""
    print("paradigm-gui:", " ".join(text.split()), file=sys.stderr)
