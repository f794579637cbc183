"""The composition root: builds everything, wires it, runs it, and takes it apart in order."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, QTranslator

from paradigm_gui import __version__, wording
from paradigm_gui.command_line import DEMO_EXAMPLE
from paradigm_gui.controller import Controller
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.plan import Plan
from paradigm_gui.core.turn_taking import shorten_turns
from paradigm_gui.demo_process import DemoProcess
from paradigm_gui.desktop import DesktopApplication
from paradigm_gui.event_loop import EventLoop, LagProbe
from paradigm_gui.headless import HeadlessRun, exit_code_for, say
from paradigm_gui.history import History, open_store
from paradigm_gui.language import language_for, translators
from paradigm_gui.launch import check_outputs, choose_endpoint, load, named_by, restore, resumed_run
from paradigm_gui.memory import settle_memory
from paradigm_gui.remark_keeper import RemarkKeeper
from paradigm_gui.reporter import Reporter
from paradigm_gui.self_test import self_test
from paradigm_gui.session import Session
from paradigm_gui.settings import Settings, default_data_dir
from paradigm_gui.tasks import Tasks
from paradigm_gui.theme import apply_theme
from paradigm_gui.timing_pages import TimingPages
from paradigm_gui.widgets.main_window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable

    from paradigm_gui.command_line import Options

log = logging.getLogger(__name__)

# short enough for a p99 of a run that lasts a second
LAG_INTERVAL_S = 0.01
STORE_NAME = "runs.sqlite3"


class Application:
    """One run of the program. `started_at` is the `perf_counter` reading of its start."""

    def __init__(self, options: Options, *, is_headless: bool, started_at: float) -> None:
        self._options = options
        self._is_headless = is_headless
        self._started_at = started_at
        self._app = DesktopApplication(sys.argv[:1])
        self._app.setApplicationDisplayName("Paradigm GUI")
        self._app.setApplicationVersion(__version__)
        self._app.setDesktopFileName("paradigm-gui")
        # quitting is a path of our own: tasks are awaited first
        self._app.setQuitOnLastWindowClosed(False)
        self._settings = Settings(options.data_dir or default_data_dir())
        self._reporter = Reporter(self._settings.log_path)
        self._translators: list[QTranslator] = []
        self._language = ""
        self._quit = asyncio.Event()
        self._speak(language_for(options.lang, self._settings))

    def can_do_without_screen(self) -> bool:
        """Say that there is no screen, and whether there is a job to do nevertheless."""
        if not self._options.has_job:
            exit_code_for(UserFacingError("no_job", example=DEMO_EXAMPLE))
            return False
        say(wording.no_screen())
        return True

    def run(self) -> int:
        """Run until the user quits or the job is done; return the exit code."""
        self._reporter.install()
        shorten_turns()
        try:
            with asyncio.Runner(loop_factory=lambda: EventLoop(self._app)) as runner:
                return runner.run(self._main())
        finally:
            self._reporter.close()

    async def _main(self) -> int:
        loop = asyncio.get_running_loop()
        self._reporter.watch(loop)
        tasks = Tasks(self._reporter.report)
        try:
            named = named_by(self._options)
        except UserFacingError as error:
            return exit_code_for(error)
        keys = named.keys()
        demo = DemoProcess()
        lag = LagProbe(loop, LAG_INTERVAL_S)
        controller = Controller(tasks, keys, demo, lag)
        controller.hide_secret = self._reporter.hide
        controller.key_fault = named.key_fault_for
        window = MainWindow()
        session = Session(window, controller, keys, self._settings, tasks, self._reporter, lag)
        opening = tasks.start(open_store(self._settings.data_dir / STORE_NAME, session), "open the store")
        controller.use_store(opening)
        TimingPages(window.timing, session, tasks)
        RemarkKeeper(session, tasks, opening)
        history = History(window.history, session, tasks, opening)
        window.close_requested.connect(self._quit.set)
        window.language_chosen.connect(lambda language: self._choose_language(language, session))
        window.theme_chosen.connect(lambda theme: self._choose_theme(theme, window))
        window.shown.connect(lambda: self._on_shown(session))
        self._choose_theme(
            self._settings.get("theme", "system") if not self._is_headless else "light", window
        )
        try:
            session.is_remembered = not self._is_headless
            session.show_example(self._language)
            if not self._is_headless:
                restore(session, self._settings, with_draft=not self._options.is_example)
            choose_endpoint(session, self._options, self._settings, is_headless=self._is_headless)
            if self._is_headless:
                return await self._run_headless(session, history, loop)
            return await self._run_window(session, history, tasks, loop)
        except UserFacingError as error:
            return exit_code_for(error)
        finally:
            history.close()
            controller.leave()
            await controller.settled()
            # what is being typed is noted
            window.results.commit_comments()
            await tasks.finish()
            if not opening.cancelled() and (store := opening.result()):
                await asyncio.to_thread(store.close)
            await demo.stop()
            window.may_close = True
            window.close()

    async def _run_window(
        self, session: Session, history: History, tasks: Tasks, loop: asyncio.AbstractEventLoop
    ) -> int:
        self._on_signals(loop, self._quit.set)
        session.window.show()
        settle_memory()
        tasks.start(self._begin(session, history), "begin")
        await self._quit.wait()
        self._app.hand_files_to(None)
        session.save()
        session.window.hide()
        return 0

    async def _begin(self, session: Session, history: History) -> None:
        """Carry out what the command line asks for, in the open window."""
        try:
            starts_at_once = self._options.run or self._options.resume is not None
            await load(session, self._options, asks=not starts_at_once)
            self._app.hand_files_to(session.open_file)
            check_outputs(self._options)
            if self._options.is_example:
                session.mark_start()
            if self._options.output or self._options.report or self._options.screenshot:
                session.shown.ended.connect(self._write_outputs_once(session))
            if self._options.resume is not None:
                session.controller.go_on(await resumed_run(history, self._options))
                return
            await session.controller.preload()
            if not self._options.run:
                await history.offer_unfinished()
            else:
                await session.choose_model()
                session.start(Plan(compare=self._options.compare))
        except UserFacingError as error:
            session.show_refusal(error)

    def _write_outputs_once(self, session: Session) -> Callable[[object], None]:
        def write(_run: object) -> None:
            session.shown.ended.disconnect(write)
            try:
                session.write_outputs(self._options)
            except UserFacingError as error:
                session.show_refusal(error)

        return write

    async def _run_headless(self, session: Session, history: History, loop: asyncio.AbstractEventLoop) -> int:
        session.window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        session.window.show()
        settle_memory()
        if self._options.self_test:
            return await self_test(session)
        job = HeadlessRun(session, history, self._options)
        self._on_signals(loop, job.interrupt)
        return await job.run()

    def _on_signals(self, loop: asyncio.AbstractEventLoop, act: Callable[[], None]) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            try:
                loop.add_signal_handler(number, act)
            except NotImplementedError:  # Windows
                signal.signal(number, lambda *_: loop.call_soon_threadsafe(act))

    def _on_shown(self, session: Session) -> None:
        session.startup_s = time.perf_counter() - self._started_at

    # looks

    def _choose_language(self, language: str, session: Session) -> None:
        self._settings.set("language", language)
        self._speak(language)
        # fields write numbers in their own locale, which they got when they were made
        session.window.setLocale(QLocale())
        session.window.show_choices(language, self._settings.get("theme", "system"))
        session.follow_language(language)

    def _choose_theme(self, theme: str, window: MainWindow) -> None:
        if not self._is_headless:
            self._settings.set("theme", theme)
        apply_theme(self._app, theme)
        window.show_choices(self._language, theme)

    def _speak(self, language: str) -> None:
        """Switch texts and number formats; everything open follows by `LanguageChange`."""
        self._language = language
        system = QLocale.system()
        same = system.name()[:2] == language
        QLocale.setDefault(system if same else QLocale(language))
        for translator in self._translators:
            self._app.removeTranslator(translator)
        self._translators = list(translators(language))
        for translator in self._translators:
            self._app.installTranslator(translator)
