"""Where and how to run: endpoint, model, parameters, and the buttons that start and end a run."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QSpinBox,
    QStyle,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from paradigm_gui import wording
from paradigm_gui.core.batch import DEFAULT_CAP, Limits, Parameters
from paradigm_gui.core.model_list import has_model
from paradigm_gui.resources import icon_path
from paradigm_gui.widgets.labels import caption, plain_tip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from paradigm_gui.core.endpoints import Endpoint

LARGEST_CAP = 1000
MOST_TOKENS = 1_000_000
DEFAULT_TEMPERATURE = 0.4
_SERVER_DECIDES = -0.1


class _ShortNumberBox(QDoubleSpinBox):
    """Shows 0.4 and not 0.40."""

    def textFromValue(self, value: float) -> str:
        return self.locale().toString(value, "g", 3)


class _RunButton(QToolButton):
    """Says what a run is expected to take, which is worked out when it is asked for."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.describe: Callable[[], str] = lambda: ""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            self.setToolTip(plain_tip(self.describe()))
        return super().event(event)


class RunBar(QWidget):
    """The top of the window.

    Signals:
        run_requested(bool): compare with sequential or not.
        trial_requested(): the user wants to run some of the first rows.
        selection_requested(): only the rows that are selected in the input are to be run.
        measure_requested(): the user wants to say what to measure.
        retry_requested(), retry_unanswered_requested(), go_on_requested(): what failed, what failed or was
            cancelled, or what is missing of the run on show is to be sent.
        pause_requested(), stop_requested()
        endpoint_chosen(Endpoint)
        connection_requested(): the user wants to enter a server or a key.
        models_requested(): the user wants the server's list.
        limits_requested(): the user wants to see or change the limits that have no field here.
        changed(): a parameter changed.
    """

    run_requested = Signal(bool)
    trial_requested = Signal()
    selection_requested = Signal()
    measure_requested = Signal()
    retry_requested = Signal()
    retry_unanswered_requested = Signal()
    go_on_requested = Signal()
    pause_requested = Signal()
    stop_requested = Signal()
    endpoint_chosen = Signal(object)
    connection_requested = Signal()
    models_requested = Signal()
    limits_requested = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._endpoints: Sequence[Endpoint] = ()
        self._endpoint: Endpoint | None = None
        self._rows = self._selected = 0
        self._failed = self._cancelled = self._missing = 0
        self._is_running = False
        self._is_paused = False
        self._limits = Limits()
        self._models: Sequence[str] = ()
        self.endpoint_box = QComboBox(self)
        self.endpoint_box.setMinimumContentsLength(9)
        self.endpoint_box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.connection_button = self._tool_button("key")
        self.model_box = QComboBox(self)
        self.model_box.setEditable(True)
        self.model_box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.model_box.setMinimumContentsLength(11)
        self.model_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        warning = self.style().standardIcon(QStyle.StandardPixmap.SP_MessageBoxWarning)
        self.unknown_mark = QAction(warning, "", self)
        self.unknown_mark.setVisible(False)
        if line := self.model_box.lineEdit():
            line.addAction(self.unknown_mark, QLineEdit.ActionPosition.TrailingPosition)
        self.temperature_box = _ShortNumberBox(self)
        self.temperature_box.setRange(_SERVER_DECIDES, 2.0)
        self.temperature_box.setSingleStep(0.1)
        self.temperature_box.setDecimals(2)
        self.temperature_box.setValue(DEFAULT_TEMPERATURE)
        self.max_tokens_box = QSpinBox(self)
        self.max_tokens_box.setRange(0, MOST_TOKENS)
        self.max_tokens_box.setSingleStep(50)
        self.cap_box = QSpinBox(self)
        self.cap_box.setRange(1, LARGEST_CAP)
        self.cap_box.setValue(DEFAULT_CAP)
        self.limits_button = self._tool_button("settings")
        self.limits_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.streaming_box = QCheckBox(self)
        self.streaming_box.setChecked(True)

        self.run_action = QAction(QIcon(str(icon_path("play"))), "", self)
        self.compare_action = QAction(QIcon(str(icon_path("play-compare"))), "", self)
        self.measure_action = QAction(self)
        self.trial_action = QAction(self)
        self.selection_action = QAction(self)
        self.retry_action = QAction(self)
        self.retry_unanswered_action = QAction(self)
        self.go_on_action = QAction(self)
        self.run_menu = QMenu(self)
        self.run_menu.setToolTipsVisible(True)
        self.new_run_actions = [
            self.run_action,
            self.compare_action,
            self.measure_action,
            self.trial_action,
            self.selection_action,
        ]
        self.run_menu.addActions(self.new_run_actions)
        self.run_menu.addSeparator()
        self.run_menu.addActions([self.retry_action, self.retry_unanswered_action, self.go_on_action])
        self.run_button = _RunButton(self)
        self.run_button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.run_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.run_button.setDefaultAction(self.run_action)
        self.run_button.setMenu(self.run_menu)
        self.run_button.setIconSize(QSize(20, 20))
        font = self.run_button.font()
        font.setBold(True)
        self.run_button.setFont(font)
        self.pause_button = self._tool_button("pause")
        self.stop_button = self._tool_button("stop")

        self._captions: list[QLabel] = []
        self._lay_out()
        self.endpoint_box.activated.connect(self._on_endpoint)
        self.connection_button.clicked.connect(self.connection_requested)
        self.limits_button.clicked.connect(self.limits_requested)
        self.run_action.triggered.connect(lambda: self.run_requested.emit(False))
        self.compare_action.triggered.connect(lambda: self.run_requested.emit(True))
        self.measure_action.triggered.connect(self.measure_requested)
        self.trial_action.triggered.connect(self.trial_requested)
        self.selection_action.triggered.connect(lambda: self.selection_requested.emit())
        self.retry_action.triggered.connect(lambda: self.retry_requested.emit())
        self.retry_unanswered_action.triggered.connect(lambda: self.retry_unanswered_requested.emit())
        self.go_on_action.triggered.connect(lambda: self.go_on_requested.emit())
        self.pause_button.clicked.connect(self.pause_requested)
        self.stop_button.clicked.connect(self.stop_requested)
        self.unknown_mark.triggered.connect(self.offer_models)
        self.model_box.editTextChanged.connect(self._mark_model)
        self.model_box.editTextChanged.connect(self.changed)
        for box in (self.temperature_box, self.max_tokens_box, self.cap_box):
            box.valueChanged.connect(self.changed)
        self.streaming_box.toggled.connect(self.changed)
        self._retranslate()
        self.show_state(is_running=False, is_paused=False)

    @property
    def endpoint(self) -> Endpoint | None:
        """The one in use; another one that is chosen in the box is told of by `endpoint_chosen` first."""
        return self._endpoint

    def show_endpoints(self, endpoints: Sequence[Endpoint], current: Endpoint) -> None:
        self._endpoints, self._endpoint = endpoints, current
        self.endpoint_box.clear()
        for index, endpoint in enumerate(endpoints):
            self.endpoint_box.addItem(self.tr("Demo") if endpoint.is_demo else endpoint.name)
            if endpoint.is_unchecked:
                self.endpoint_box.setItemIcon(index, QIcon(str(icon_path("state-failed"))))
            self.endpoint_box.setItemData(index, plain_tip(endpoint.base_url), Qt.ItemDataRole.ToolTipRole)
        self.endpoint_box.setCurrentIndex(endpoints.index(current))
        # long names are cut in the box
        self.endpoint_box.setToolTip(
            plain_tip(f"{self.endpoint_box.currentText()}\n{current.base_url}".strip())
        )
        self.cap_box.setMaximum(current.cap or LARGEST_CAP)

    def show_models(self, models: Sequence[str], current: str, *, chooses: bool = True) -> None:
        """Offer the models of the server, none where they are not known, and choose `current`.

        Without one, the first is chosen, unless that is not wanted. Any name may be typed; one that is not
        on the list is marked.
        """
        line = self.model_box.lineEdit()
        place = line.cursorPosition() if line else 0
        self.model_box.blockSignals(True)
        if list(models) != [self.model_box.itemText(index) for index in range(self.model_box.count())]:
            self.model_box.clear()
            self.model_box.addItems(list(models))
        self.model_box.setEditText(current or (models[0] if models and chooses else ""))
        self.model_box.blockSignals(False)
        if line:
            # somebody may be typing; else a long name is read from its beginning
            line.setCursorPosition(place if line.hasFocus() else 0)
        self._models = models
        self._mark_model()
        self.changed.emit()

    def offer_models(self) -> None:
        """Let the user choose another model."""
        self.model_box.setFocus()
        self.model_box.showPopup()

    def _mark_model(self) -> None:
        """Point out a name that the server does not list; it can be sent nevertheless."""
        name = self.model_box.currentText().strip()
        is_unknown = bool(self._models and name) and not has_model(self._models, name)
        text = ""
        if is_unknown:
            text = self.tr(
                "The server lists no model of this name. It may be gone, or have another name by now."
                " You can send it nevertheless."
            )
        self.unknown_mark.setVisible(is_unknown)
        self.unknown_mark.setToolTip(text)
        self.model_box.setToolTip(text)
        self.model_box.setAccessibleDescription(text)

    def parameters(self, system: str, schema: str = "") -> Parameters:
        temperature = self.temperature_box.value()
        return Parameters(
            model=self.model_box.currentText().strip(),
            temperature=None if temperature < 0 else round(temperature, 2),
            max_tokens=self.max_tokens_box.value() or None,
            system=system,
            streaming=self.streaming_box.isChecked(),
            schema=schema,
        )

    def show_parameters(self, parameters: Parameters) -> None:
        self.model_box.setEditText(parameters.model)
        temperature = parameters.temperature
        self.temperature_box.setValue(_SERVER_DECIDES if temperature is None else temperature)
        self.max_tokens_box.setValue(parameters.max_tokens or 0)
        self.streaming_box.setChecked(parameters.streaming)

    def limits(self) -> Limits:
        return replace(self._limits, cap=self.cap_box.value())

    def show_limits(self, limits: Limits) -> None:
        self._limits = limits
        self.cap_box.setValue(limits.cap)
        self._describe_limits()

    def _describe_limits(self) -> None:
        """Say which limits are set; a dot on the button says that there are some."""
        limits, usual = self._limits, Limits()
        lines = [self.tr("Limits: pace, retries, timeouts, and when to stop…")]
        for value, unset, text in (
            (limits.requests_per_minute, usual.requests_per_minute, self.tr("Requests per minute: {value}")),
            (limits.failures_to_stop, usual.failures_to_stop, self.tr("Stop after failed rows: {value}")),
            (limits.token_budget, usual.token_budget, self.tr("Stop after tokens: {value}")),
            (limits.retries, usual.retries, self.tr("Retries of a row: {value}")),
        ):
            if value is not None and value != unset:
                decimals = 0 if float(value).is_integer() else 1
                lines.append(text.format(value=wording.number(value, decimals)))
        is_set = replace(limits, cap=usual.cap) != usual
        self.limits_button.setToolTip("\n".join(lines))
        self.limits_button.setIcon(QIcon(str(icon_path("settings-set" if is_set else "settings"))))

    def show_rows(self, count: int) -> None:
        """Say on the buttons how many requests a click sends."""
        self._rows = count
        self.run_action.setText(self.tr("Run %n request(s)", "", count))
        self.compare_action.setText(self.tr("Compare with sequential: %n request(s)", "", 2 * count))
        self.measure_action.setText(self.tr("Measure: repeats, sweep over caps…"))
        self.trial_action.setText(self.tr("Try the first rows…"))
        self._fit_buttons()

    def show_costs(self, *, compare: str, selection: str) -> None:
        """Say in the menu what a comparison and a run of the selected rows are expected to take."""
        self.compare_action.setToolTip(plain_tip(compare))
        self.selection_action.setToolTip(plain_tip(selection))

    def show_selected(self, count: int) -> None:
        """Offer to run the rows that are selected, if any are."""
        self._selected = count
        self.selection_action.setText(self.tr("Run the selected rows: %n request(s)", "", count))
        self.selection_action.setVisible(count > 0)

    def show_left(self, *, failed: int, cancelled: int, missing: int) -> None:
        """Say how many requests of the arm on show failed or were cancelled, and how many its run lacks."""
        self._failed, self._cancelled, self._missing = failed, cancelled, missing
        self.retry_action.setText(
            self.tr("Send failed rows again: %n request(s)", "", failed)
            if failed
            else self.tr("Send failed rows again")
        )
        self.go_on_action.setText(
            self.tr("Go on with this run: %n request(s)", "", missing)
            if missing
            else self.tr("Go on with this run")
        )
        self.retry_unanswered_action.setText(
            self.tr("Send failed and cancelled rows again: %n request(s)", "", failed + cancelled)
        )
        self.retry_unanswered_action.setVisible(failed > 0 and cancelled > 0)
        self.retry_unanswered_action.setEnabled(not self._is_running)
        self.retry_action.setEnabled(failed > 0 and not self._is_running)
        self.go_on_action.setEnabled(missing > 0 and not self._is_running)

    def show_state(self, *, is_running: bool, is_paused: bool) -> None:
        self._is_running = is_running
        for action in self.new_run_actions:
            action.setEnabled(not is_running)
        self.run_button.setEnabled(not is_running)
        self.pause_button.setEnabled(is_running)
        self.stop_button.setEnabled(is_running)
        self.endpoint_box.setEnabled(not is_running)
        self.pause_button.setIcon(QIcon(str(icon_path("resume" if is_paused else "pause"))))
        self._is_paused = is_paused
        self._name_buttons()
        self.show_left(failed=self._failed, cancelled=self._cancelled, missing=self._missing)

    def _name_buttons(self) -> None:
        self.pause_button.setText(self.tr("Resume") if self._is_paused else self.tr("Pause"))
        self.stop_button.setText(self.tr("Stop"))
        for button in (self.pause_button, self.stop_button):
            button.setToolTip(button.text())
        self._fit_buttons()

    def _fit_buttons(self) -> None:
        """Show Pause and Stop by icon alone where the run button's words would not fit beside theirs."""
        buttons = (self.pause_button, self.stop_button)
        for button in buttons:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        if self.minimumSizeHint().width() > self.width():
            for button in buttons:
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)

    def _tool_button(self, icon: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(QIcon(str(icon_path(icon))))
        button.setIconSize(QSize(20, 20))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        return button

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.setSpacing(8)
        endpoint = QHBoxLayout()
        endpoint.setSpacing(4)
        endpoint.addWidget(self.endpoint_box)
        self.connection_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        endpoint.addWidget(self.connection_button)
        layout.addLayout(self._field(endpoint))
        for widget in (self.model_box, self.temperature_box, self.max_tokens_box):
            layout.addLayout(self._field(widget))
        cap = QHBoxLayout()
        cap.setSpacing(4)
        cap.addWidget(self.cap_box)
        cap.addWidget(self.limits_button)
        layout.addLayout(self._field(cap))
        layout.addLayout(self._field(self.streaming_box))
        layout.addStretch(1)
        self.model_box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        for button in (self.run_button, self.pause_button, self.stop_button):
            button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
            button.setMinimumHeight(32)
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)

    def _field(self, content: QWidget | QHBoxLayout) -> QVBoxLayout:
        title = caption(self)
        self._captions.append(title)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(title)
        if isinstance(content, QWidget):
            title.setBuddy(content)
            column.addWidget(content)
        else:
            column.addLayout(content)
        return column

    def _on_endpoint(self, index: int) -> None:
        self.endpoint_chosen.emit(self._endpoints[index])

    def _retranslate(self) -> None:
        titles = (
            self.tr("Server"),
            self.tr("Model"),
            self.tr("Temperature"),
            self.tr("Max tokens"),
            self.tr("Cap"),
            self.tr("Answers"),
        )
        for label, title in zip(self._captions, titles, strict=True):
            label.setText(title)
        for widget, title in zip(
            (
                self.endpoint_box,
                self.model_box,
                self.temperature_box,
                self.max_tokens_box,
                self.cap_box,
                self.streaming_box,
            ),
            titles,
            strict=True,
        ):
            widget.setAccessibleName(title)
        self.streaming_box.setAccessibleName(self.tr("Live answers"))
        self.connection_button.setText(self.tr("Server and key…"))
        self.connection_button.setToolTip(self.tr("Server and API key…"))
        self.connection_button.setAccessibleName(self.tr("Server and API key"))
        if line := self.model_box.lineEdit():
            line.setPlaceholderText(self.tr("Type or choose"))
        self.unknown_mark.setText(self.tr("Choose a model that the server lists"))
        self._mark_model()
        self.temperature_box.setSpecialValueText(self.tr("default"))
        self.temperature_box.setToolTip(self.tr("How freely the model writes: 0 is most predictable"))
        self.max_tokens_box.setSpecialValueText(self.tr("default"))
        self.max_tokens_box.setToolTip(self.tr("The longest answer, in tokens"))
        self.cap_box.setToolTip(self.tr("The most requests in flight at once"))
        self.limits_button.setAccessibleName(self.tr("Limits"))
        self._describe_limits()
        self.streaming_box.setText(self.tr("live"))
        self.streaming_box.setToolTip(
            self.tr(
                "Answers come word by word (streaming), and the time to the first word is measured."
                " Otherwise each comes as a whole."
            )
        )
        self._name_buttons()
        if self._endpoints and self.endpoint:
            self.show_endpoints(self._endpoints, self.endpoint)
        self.show_rows(self._rows)
        self.show_selected(self._selected)
        self.show_left(failed=self._failed, cancelled=self._cancelled, missing=self._missing)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_buttons()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
