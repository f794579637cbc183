"""The one window: input on the left, results in the centre, timing at the bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAction,
    QActionGroup,
    QCloseEvent,
    QIcon,
    QKeySequence,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QFrame, QMainWindow, QMenu, QSplitter, QVBoxLayout, QWidget

from paradigm_gui.language import LANGUAGES
from paradigm_gui.resources import icon_path
from paradigm_gui.widgets.banner import Banner
from paradigm_gui.widgets.file_drop import FileDrop
from paradigm_gui.widgets.history_dock import HistoryDock
from paradigm_gui.widgets.input_panel import InputPanel
from paradigm_gui.widgets.progress_line import ProgressLine
from paradigm_gui.widgets.results_panel import ResultsPanel
from paradigm_gui.widgets.run_bar import RunBar
from paradigm_gui.widgets.shares import Phase, Shares
from paradigm_gui.widgets.timing_panel import TimingPanel

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_SIZE = QSize(1280, 800)
SMALLEST_SIZE = QSize(900, 560)
LEAST_RESULTS_PX = 360
FRAME_SIZE = QSize(16, 40)  # about what a desktop puts around a window
THEMES = ("system", "light", "dark")


class MainWindow(QMainWindow):
    """Holds the panels and the menus. It asks for everything by signal and does nothing itself.

    Signals:
        close_requested(): the user wants to quit; the window stays until it is told to go.
        files_dropped(list[Path]): files were dropped anywhere on the window.
        open_requested(), save_batch_requested(), save_prompt_requested(), export_requested(),
        picture_requested(), timing_export_requested(), script_requested(),
        copy_figures_requested(), log_requested(), about_requested()
        servers_requested(): the user wants the list of servers.
        language_chosen(str), theme_chosen(str)
        shown(): the window came up for the first time.
    """

    close_requested = Signal()
    open_requested = Signal()
    servers_requested = Signal()
    files_dropped = Signal(object)
    save_batch_requested = Signal()
    save_prompt_requested = Signal()
    export_requested = Signal()
    picture_requested = Signal()
    timing_export_requested = Signal()
    script_requested = Signal()
    copy_figures_requested = Signal()
    log_requested = Signal()
    about_requested = Signal()
    language_chosen = Signal(str)
    theme_chosen = Signal(str)
    shown = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.may_close = False
        self._was_shown = False
        self._is_paused = False
        self.setWindowIcon(QIcon(str(icon_path("paradigm-gui"))))
        self.run_bar = RunBar(self)
        self.demo_banner = Banner(self)
        self.safety_banner = Banner(self)
        self.message_banner = Banner(self)
        self.input = InputPanel(self)
        self.results = ResultsPanel(self)
        self.timing = TimingPanel(self)
        self.progress = ProgressLine(self)
        self.history = HistoryDock(self)
        self._file_drop = FileDrop(self)
        self._file_drop.dropped.connect(self.files_dropped)
        self._lay_out()
        self._make_actions()
        self.statusBar().addWidget(self.progress, 1)
        self.setMinimumSize(SMALLEST_SIZE)
        self.resize(DEFAULT_SIZE.boundedTo(self.screen().availableSize() - FRAME_SIZE))
        self.results.request_selected.connect(self.timing.select_request)
        self.timing.request_selected.connect(self.results.select_request)
        self.results.row_menu.race_requested.connect(self._show_in_race)
        self._retranslate()
        self.show_running(is_running=False, is_paused=False)

    def layout_state(self) -> dict[str, QByteArray]:
        """Where window and panels stand, for the next start."""
        return {
            "geometry": self.saveGeometry(),
            **self._shares.states(),
            "response": self.results.splitter.saveState(),
            "docks": self._body.saveState(),
            "table": self.results.table.column_state(),
        }

    def restore_layout(self, state: Mapping[str, QByteArray]) -> None:
        for name, restore in (
            ("geometry", self.restoreGeometry),
            ("response", self.results.splitter.restoreState),
            ("docks", self._body.restoreState),
            ("table", self.results.table.restore_columns),
        ):
            if blob := state.get(name):
                restore(blob)
        self._shares.restore(state)

    def show_choices(self, language: str, theme: str) -> None:
        """Mark the language and theme that are in use."""
        for action in (*self._language_actions.actions(), *self._theme_actions.actions()):
            action.setChecked(action.data() in (language, theme))

    def show_running(self, *, is_running: bool, is_paused: bool) -> None:
        self.run_bar.show_state(is_running=is_running, is_paused=is_paused)
        self.results.set_running(is_running)
        self._shares.enter(Phase.WITH_RESULTS if self.results.model.total else Phase.BEFORE_RESULTS)
        self._stop_action.setEnabled(is_running)
        self._pause_action.setEnabled(is_running)
        self._is_paused = is_paused
        self._name_pause_action()
        for action in (self.export_action, self.timing_action, self.copy_figures_action):
            action.setEnabled(not is_running and self.results.model.total > 0)

    def announce(self, text: str) -> None:
        """Let a screen reader say something that happened out of the focus."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _lay_out(self) -> None:
        self._columns = QSplitter(Qt.Orientation.Horizontal, self)
        self._columns.setChildrenCollapsible(False)
        self.results.setMinimumWidth(LEAST_RESULTS_PX)
        self._columns.addWidget(self.input)
        self._columns.addWidget(self.results)
        self._columns.setStretchFactor(1, 1)
        self._rows = QSplitter(Qt.Orientation.Vertical, self)
        self._rows.addWidget(self._columns)
        self._rows.addWidget(self.timing)
        self._rows.setStretchFactor(0, 1)
        self._rows.setCollapsible(0, False)
        self._shares = Shares(self._columns, self._rows, self.input, self.timing)
        line = QFrame(self)
        line.setFrameShape(QFrame.Shape.HLine)
        line.setForegroundRole(line.palette().ColorRole.Mid)
        central = QWidget(self)
        layout = QVBoxLayout(central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.run_bar, self.demo_banner, self.safety_banner, self.message_banner, line):
            layout.addWidget(widget)
        # a window within the window: the dock takes room from the panels only, not from bar and banners
        self._body = QMainWindow(central)
        self._body.setWindowFlags(Qt.WindowType.Widget)
        self._body.setCentralWidget(self._rows)
        self._body.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.history)
        layout.addWidget(self._body, 1)
        self.setCentralWidget(central)
        self.history.hide()

    def _make_actions(self) -> None:
        bar = self.run_bar
        self._file_menu = self.menuBar().addMenu("")
        self.open_action = self._action(self._file_menu, self.open_requested, QKeySequence.StandardKey.Open)
        self.recent_menu = self._file_menu.addMenu("")
        self.save_batch_action = self._action(self._file_menu, self.save_batch_requested)
        self.save_prompt_action = self._action(self._file_menu, self.save_prompt_requested)
        self.bring_back_action = QAction(self)
        self._file_menu.addAction(self.bring_back_action)
        self._file_menu.addSeparator()
        self.export_action = self._action(
            self._file_menu, self.export_requested, QKeySequence.StandardKey.Save
        )
        self.timing_action = self._action(self._file_menu, self.timing_export_requested)
        self.script_action = self._action(self._file_menu, self.script_requested)
        self.picture_action = self._action(self._file_menu, self.picture_requested)
        self.copy_figures_action = self._action(self._file_menu, self.copy_figures_requested)
        self._file_menu.addSeparator()
        self.export_action.setIcon(QIcon(str(icon_path("save"))))
        self.results.export_button.setDefaultAction(self.export_action)
        self.results.export_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self._quit_action = self._action(self._file_menu, self.close_requested, QKeySequence("Ctrl+Q"))
        self._run_menu = self.menuBar().addMenu("")
        bar.run_action.setShortcuts([QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+Enter")])
        bar.compare_action.setShortcut(QKeySequence("Ctrl+Shift+Return"))
        self._run_menu.addActions(bar.new_run_actions)
        self._run_menu.addSeparator()
        self._run_menu.addActions([bar.retry_action, bar.go_on_action])
        self._run_menu.addSeparator()
        self._pause_action = self._action(self._run_menu, bar.pause_requested, QKeySequence("Ctrl+P"))
        self._stop_action = self._action(self._run_menu, bar.stop_requested, QKeySequence("Esc"))
        self._run_menu.addSeparator()
        self.private_action = QAction(self)
        self.private_action.setCheckable(True)
        self._run_menu.addAction(self.private_action)
        self._run_menu.addSeparator()
        self._connection_action = self._action(self._run_menu, bar.connection_requested)
        self.servers_action = self._action(self._run_menu, self.servers_requested)
        self._models_action = self._action(self._run_menu, bar.models_requested)
        self._view_menu = self.menuBar().addMenu("")
        self._find_action = QAction(self)
        self._find_action.setShortcut(QKeySequence.StandardKey.Find)
        self._find_action.triggered.connect(self.results.search_edit.setFocus)
        self._view_menu.addAction(self._find_action)
        self._next_panel_action = QAction(self)
        self._next_panel_action.setShortcut(QKeySequence("F6"))
        self._next_panel_action.triggered.connect(self._focus_next_panel)
        self._view_menu.addAction(self._next_panel_action)
        # its text is the dock's title
        self.history.toggleViewAction().setShortcut(QKeySequence("Ctrl+H"))
        self._view_menu.addAction(self.history.toggleViewAction())
        self._view_menu.addMenu(self.results.columns_menu)
        self._view_menu.addSeparator()
        self._language_menu = self._view_menu.addMenu("")
        self._language_actions = self._choice(self._language_menu, tuple(LANGUAGES), self.language_chosen)
        self._theme_menu = self._view_menu.addMenu("")
        self._theme_actions = self._choice(self._theme_menu, THEMES, self.theme_chosen)
        self._help_menu = self.menuBar().addMenu("")
        self._log_action = self._action(self._help_menu, self.log_requested)
        self._about_action = self._action(self._help_menu, self.about_requested)

    def _action(
        self,
        menu: QMenu,
        signal: SignalInstance,
        shortcut: QKeySequence | QKeySequence.StandardKey | None = None,
    ) -> QAction:
        action = QAction(self)
        if shortcut is not None:
            action.setShortcut(shortcut)
        action.triggered.connect(lambda: signal.emit())
        menu.addAction(action)
        return action

    def _choice(self, menu: QMenu, values: tuple[str, ...], signal: SignalInstance) -> QActionGroup:
        group = QActionGroup(self)
        for value in values:
            action = group.addAction(QAction(self))
            action.setCheckable(True)
            action.setData(value)
            menu.addAction(action)
        group.triggered.connect(lambda action: signal.emit(action.data()))
        return group

    def _focus_next_panel(self) -> None:
        panels = [self.run_bar.endpoint_box, self.input.tabs.currentWidget(), self.results.table]
        # a splitter does not hide what it has collapsed
        if self._rows.sizes()[1]:
            panels.append(self.timing)
        if self.history.isVisible():
            panels.append(self.history)
        focused = self.focusWidget()
        inside = [panel is focused or (focused and panel.isAncestorOf(focused)) for panel in panels]
        following = (inside.index(True) + 1) % len(panels) if any(inside) else 0
        panels[following].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_in_race(self, row: int) -> None:
        results, timing = self._rows.sizes()
        if not timing:
            # it was collapsed
            self._rows.setSizes([results, self.timing.sizeHint().height()])
        self.timing.show_request(row)

    def _name_pause_action(self) -> None:
        self._pause_action.setText(self.tr("Resume") if self._is_paused else self.tr("Pause"))

    def _retranslate(self) -> None:
        self._file_menu.setTitle(self.tr("&File"))
        self.open_action.setText(self.tr("&Open…"))
        self.recent_menu.setTitle(self.tr("Open &again"))
        self.save_batch_action.setText(self.tr("Save as a &batch file…"))
        self.save_prompt_action.setText(self.tr("Sa&ve the prompt without the rows…"))
        self.bring_back_action.setText(self.tr("Bring bac&k the replaced input"))
        self.export_action.setText(self.tr("&Export results…"))
        self.timing_action.setText(self.tr("Export the &timing…"))
        self.script_action.setText(self.tr("Export as a P&ython script…"))
        self.picture_action.setText(self.tr("Save a &picture of the window…"))
        self.copy_figures_action.setText(self.tr("&Copy the figures"))
        self._quit_action.setText(self.tr("&Quit"))
        self._run_menu.setTitle(self.tr("&Run"))
        self._name_pause_action()
        self._stop_action.setText(self.tr("Stop"))
        self.private_action.setText(self.tr("Pri&vate: keep nothing on disk"))
        self._connection_action.setText(self.tr("Server and API &key…"))
        self.servers_action.setText(self.tr("All &servers…"))
        self._models_action.setText(self.tr("Ask the server for its &models"))
        self._view_menu.setTitle(self.tr("&View"))
        self._find_action.setText(self.tr("&Search the results"))
        self._next_panel_action.setText(self.tr("&Next panel"))
        self._language_menu.setTitle(self.tr("&Language"))
        for action in self._language_actions.actions():
            action.setText(LANGUAGES[action.data()])
        self._theme_menu.setTitle(self.tr("&Theme"))
        for action, title in zip(
            self._theme_actions.actions(),
            (self.tr("Same as the system"), self.tr("Light"), self.tr("Dark")),
            strict=True,
        ):
            action.setText(title)
        self._help_menu.setTitle(self.tr("&Help"))
        self._log_action.setText(self.tr("Where is the &log?"))
        self._about_action.setText(self.tr("&About Paradigm GUI"))

    # Qt

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.may_close:
            event.accept()
        else:
            # tasks must be awaited first; the program closes the window when they are
            event.ignore()
            self.close_requested.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._was_shown:
            self._was_shown = True
            self._file_drop.watch(self.windowHandle())
            self._shares.apply()
            self.shown.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shares.fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
