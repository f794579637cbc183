"""What the window's requests mean: the glue between the window, the controller, keys and settings."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from paradigm_gui import __version__, wording
from paradigm_gui.connections import Connections
from paradigm_gui.controller import Controller, Job
from paradigm_gui.core.answer_format import answer_format, schema_of
from paradigm_gui.core.batch import Batch, Row, StopCode
from paradigm_gui.core.batch_file import BATCH_SUFFIX, BatchFile, limit_fields, read_batch_file
from paradigm_gui.core.endpoints import PARADIGM, Endpoint
from paradigm_gui.core.errors import ErrorKind, RequestError, UserFacingError
from paradigm_gui.core.export import write_report
from paradigm_gui.core.forecast import Forecast, forecast
from paradigm_gui.core.keys import KEY_VARIABLE
from paradigm_gui.core.known_models import KnownModels
from paradigm_gui.core.model_list import has_model
from paradigm_gui.core.plan import ONE_PASS, Plan
from paradigm_gui.core.report import report
from paradigm_gui.core.tables import read_table, scripted
from paradigm_gui.documents import Documents
from paradigm_gui.language import LANGUAGES
from paradigm_gui.opening import Opening
from paradigm_gui.outcome import client_figures, write_results_of
from paradigm_gui.replaced import Replaced
from paradigm_gui.resources import example_path
from paradigm_gui.shown_run import ShownRun
from paradigm_gui.suggested_names import SuggestedNames
from paradigm_gui.widgets.banner import Tone
from paradigm_gui.widgets.dialogs import answer_of, tell
from paradigm_gui.widgets.limits_dialog import LimitsDialog
from paradigm_gui.widgets.measure_dialog import MeasureDialog
from paradigm_gui.widgets.prompt_panel import in_braces
from paradigm_gui.widgets.run_bar import LARGEST_CAP, MOST_TOKENS
from paradigm_gui.widgets.trial_dialog import TrialDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from paradigm_gui.command_line import Options
    from paradigm_gui.core.batch import EarlyStop, Limits, Run
    from paradigm_gui.core.keys import KeyStore
    from paradigm_gui.core.tables import Table
    from paradigm_gui.event_loop import LagProbe
    from paradigm_gui.reporter import Reporter
    from paradigm_gui.settings import Settings
    from paradigm_gui.tasks import Tasks
    from paradigm_gui.widgets.main_window import MainWindow

log = logging.getLogger(__name__)
TRIAL_ROWS = 5

KEY_REFUSALS = (ErrorKind.UNAUTHORIZED, ErrorKind.FORBIDDEN)
# what is mended in the settings of the server
SERVER_REFUSALS = ("plain_key", "bad_ca_file", "bad_system_proxy", "bad_certificates", "bad_variable")
DEMO = Endpoint("Demo", "", model="alfred-demo", is_demo=True)


class Session(QObject):
    """One window at work: what is set up in it, and what it says. `shown` is the run on show.

    Signals:
        file_shown(Path): the input comes from this file now.
        refused(UserFacingError): something asked for could not be done; the window has said so.
    """

    file_shown = Signal(object)
    refused = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        controller: Controller,
        keys: KeyStore,
        settings: Settings,
        tasks: Tasks,
        reporter: Reporter,
        lag: LagProbe,
    ) -> None:
        super().__init__()
        self.window = window
        self.controller = controller
        self.shown = ShownRun(window, controller, tasks, lag)
        self.names = SuggestedNames(window.input)
        self.startup_s: float | None = None
        self.is_remembered = True  # whether the next start finds what was set up in this one
        self.endpoints: list[Endpoint] = [DEMO, PARADIGM]
        self._settings = settings
        self._tasks = tasks
        self._reporter = reporter
        self._lag = lag
        self._example_language: str | None = None
        self._act: Callable[[], object] | None = None
        self._says_start_fault = False
        self._act_otherwise: Callable[[], object] | None = None
        self._let_through: set[tuple[str, ...]] = set()
        self._draft_at_start: dict[str, Any] | None = None
        self._known_models = KnownModels(settings.models_path)
        self._listed: dict[str, Sequence[str]] = {}  # by servers that were asked in this run of the program
        self._named_model = ""
        self._opening = Opening(self, tasks)
        self._replaced = Replaced(self)
        self._documents = Documents(self, settings, tasks)
        self._connections = Connections(self, keys, settings, tasks, reporter)
        controller.as_saved = self.as_saved
        self._connect()

    # the window's state

    def show_example(self, language: str) -> None:
        """Put the example batch into the editors."""
        batch = read_batch_file(example_path("greeting", language))
        self.window.input.show_batch(batch)
        self._opening.note_example(batch)
        self._example_language = language
        self._example_draft = self.window.input.draft()
        self._replaced.note_given()

    def open_example(self, name: str) -> None:
        """Show an example that the user asks for; it is theirs from then on."""
        language = wording.language() if wording.language() in LANGUAGES else "en"
        batch = read_batch_file(example_path(name, language))
        # a system prompt or an answer format of before would change what the example does
        self._opening.show_example(replace(batch, system=batch.system or "", schema=batch.schema or {}))
        self._example_language = None

    def follow_language(self, language: str) -> None:
        """Show the example in another language, as long as it is untouched."""
        if self._example_language and self.window.input.draft() == self._example_draft:
            self.show_example(language)
        self._announce_endpoint()
        self.shown.word_anew()

    def use_endpoint(self, endpoint: Endpoint) -> None:
        """Choose where to send, and ask that server for its models."""
        place = next((at for at, entry in enumerate(self.endpoints) if _is_same(entry, endpoint)), None)
        if place is None:
            self.endpoints.append(endpoint)
        else:
            self.endpoints[place] = endpoint
        bar = self.window.run_bar
        before = bar.endpoint
        is_same_server = before is not None and before.base_url == endpoint.base_url
        model = endpoint.model or (bar.parameters("").model if is_same_server else "")
        bar.show_endpoints(self.endpoints, endpoint)
        # what the server listed at another time may be chosen, but not without the user
        bar.show_models(self.models_of(endpoint), model, chooses=endpoint.key_name in self._listed)
        self._announce_endpoint()
        self._tasks.start(self._offer_models(endpoint), "models")

    def models_of(self, endpoint: Endpoint) -> Sequence[str]:
        """The models of a server as it listed them last; none where that is not known."""
        return self._listed.get(endpoint.key_name) or self._known_models.of(endpoint.key_name)

    def note_models(self, endpoint: Endpoint, models: Sequence[str]) -> None:
        """Remember what a server lists, for the next start too; nothing to forget it."""
        self._listed[endpoint.key_name] = models
        # the demo has another address each time, and answers at once
        if not endpoint.is_demo and self._known_models.keep(endpoint.key_name, models):
            self._tasks.start(asyncio.to_thread(self._save_models), "keep the models")

    def _save_models(self) -> None:
        try:
            self._known_models.save()
        except UserFacingError as error:
            log.warning("the models could not be kept: %s", error.code)

    @property
    def log_path(self) -> Path:
        return self._reporter.log_path

    def open_file(self, path: Path) -> None:
        """Show a file, a table only when the user has seen how it is read; else what was there stays."""
        self._opening.start([path])

    async def ask_file(self, path: Path, *, keeps_server: bool = False) -> None:
        """Show a file in that way, and wait for the user."""
        await self._opening.show(path, keeps_server=keeps_server)

    async def load_file(self, path: Path, *, keeps_server: bool = False) -> BatchFile | None:
        """Read a file in a thread and show it; give the batch, if it holds one. Raises `UserFacingError`."""
        if path.suffix.lower() == BATCH_SUFFIX:
            batch = await asyncio.to_thread(read_batch_file, path)
            self.take_over(batch, keeps_server=keeps_server)
            self.note_file(path)
            return batch
        self.show_table(await asyncio.to_thread(read_table, path, scripted(path)), path)
        return None

    async def choose_model(self) -> None:
        """Fill in the server's first model where none is chosen; raises `UserFacingError`."""
        endpoint, bar = self.window.run_bar.endpoint, self.window.run_bar
        if endpoint is None or bar.parameters("").model:
            return
        models = await self.controller.models_of(endpoint)
        self.note_models(endpoint, models)
        if not models:
            raise UserFacingError("no_model_offered", host=endpoint.host)
        bar.show_models(models, models[0])

    def show_refusal(self, error: UserFacingError) -> None:
        self._say_refusal(error, Tone.ERROR)
        self.refused.emit(error)

    def show_start_faults(self, errors: Sequence[UserFacingError]) -> None:
        """Say what is wrong with how the program was started, before that a server does not answer."""
        text = "\n".join(map(wording.user_error, errors))
        self.say(text, Tone.ERROR, self._remedy_for(errors[-1]), self._connections.ask)
        self._says_start_fault = True

    def say(
        self,
        text: str,
        tone: Tone,
        action: str = "",
        act: Callable[[], object] | None = None,
        otherwise: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Show a message above the work, with one thing to do about it, or with another one beside it."""
        other, self._act_otherwise = otherwise or self._replaced.offer() or ("", None)
        self._act = act
        self._says_start_fault = False
        self.window.message_banner.show_message(text, tone, action, other)

    def _say_refusal(self, error: UserFacingError, tone: Tone) -> None:
        base_url = str(error.details.get("base_url") or "")
        self.say(
            wording.user_error(error), tone, self._remedy_for(error), lambda: self._connections.ask(base_url)
        )

    def _remedy_for(self, error: UserFacingError) -> str:
        """What the window offers to do about something that lies with the server; nothing for all else."""
        failure = error.details.get("error")
        if error.code == "no_key" or error.details.get("variable") == KEY_VARIABLE:
            return self.tr("Add your API key…")
        if error.code in SERVER_REFUSALS:
            return self.tr("Change the server…")
        return self._remedy_of(failure) if isinstance(failure, RequestError) else ""

    def _remedy_of(self, failure: RequestError) -> str:
        if failure.kind in KEY_REFUSALS:
            return self.tr("Add your API key…")
        return self.tr("Change the server…") if failure.kind.is_misconfiguration else ""

    # starting

    def start(self, plan: Plan = ONE_PASS, first: int = 0, selected: Sequence[int] = ()) -> None:
        """Run what the window shows, if only its first or some selected rows, or say what is missing."""
        self.window.message_banner.hide()
        try:
            job = self.job(plan, first, selected)
            # the table may be edited meanwhile
            job = replace(job, batch=replace(job.batch, rows=list(job.batch.rows)))
        except UserFacingError as error:
            endpoint = self.window.run_bar.endpoint
            if error.code == "no_model" and endpoint:
                self._tasks.start(self._explain_missing_model(endpoint, error), "explain")
            else:
                self.show_refusal(error)
            return
        if unknown := self._placeholders_to_ask_about():
            self._ask_about(unknown, lambda: self.controller.start(self._as_private_as_now(job)))
        else:
            self.controller.start(job)

    def _as_private_as_now(self, job: Job) -> Job:
        return replace(job, is_private=self.window.private_action.isChecked())

    def _placeholders_to_ask_about(self) -> list[str]:
        """What would be sent with its braces, unless the user has agreed to that for this text."""
        unknown = self.window.input.unknown_placeholders()
        return [] if self._text_with(unknown) in self._let_through else unknown

    def let_through(self, unknown: Sequence[str]) -> None:
        """Send these braces as they stand in the prompt that there is now."""
        self._let_through.add(self._text_with(unknown))

    def _text_with(self, unknown: Sequence[str]) -> tuple[str, ...]:
        panel = self.window.input
        return (panel.template().text, panel.system(), *unknown)

    def _ask_about(self, unknown: Sequence[str], send: Callable[[], None]) -> None:
        """Ask once whether what looks like a placeholder and names no column is meant as it stands."""

        def send_anyway() -> None:
            self.let_through(unknown)
            send()

        text = self.tr(
            "{placeholders} names no column of the input, and would be sent as it is.", "", len(unknown)
        )
        self.say(
            text.format(placeholders=in_braces(unknown)),
            Tone.WARNING,
            self.tr("Go to the prompt"),
            lambda: self.window.input.prompt.go_to_placeholder(unknown[0]),
            (self.tr("Send anyway"), send_anyway),
        )

    async def _explain_missing_model(self, endpoint: Endpoint, missing: UserFacingError) -> None:
        """There may be no model to choose because the server refuses the key: then that is what to say."""
        try:
            await self.controller.models_of(endpoint)
        except UserFacingError as error:
            self.show_refusal(error)
        else:
            self.show_refusal(missing)

    def job(self, plan: Plan = ONE_PASS, first: int = 0, selected: Sequence[int] = ()) -> Job:
        """What the window is set up to run; raises `UserFacingError` when something is missing.

        The rows of a table are made when they are looked at: it is asked for often, and run seldom.
        """
        window = self.window
        rows = window.input.rows()
        if first:
            rows = rows[:first]
        if selected:
            rows = [Row(place, rows[row].variables) for place, row in enumerate(selected)]
        if not rows:
            raise UserFacingError("no_rows")
        template = window.input.template()
        if not template.text.strip():
            raise UserFacingError("no_template")
        endpoint = window.run_bar.endpoint
        parameters = window.run_bar.parameters(window.input.system(), window.input.schema())
        answer_format(parameters.schema)
        if endpoint is None or not parameters.model:
            raise UserFacingError("no_model")
        batch = Batch(rows, tuple(window.input.columns()), template, parameters)
        is_private = window.private_action.isChecked()
        return Job(batch, _within(window.run_bar.limits(), endpoint), endpoint, plan, is_private)

    # wiring

    def _connect(self) -> None:
        window, bar, controller = self.window, self.window.run_bar, self.controller
        bar.run_requested.connect(lambda compare: self.start(Plan(compare=compare)))
        bar.trial_requested.connect(lambda: self._tasks.start(self._try_first_rows(), "trial"))
        bar.run_menu.aboutToShow.connect(self._show_costs)
        bar.selection_requested.connect(lambda: self.start(selected=window.input.selected_rows()))
        bar.run_button.describe = self._describe_run
        bar.changed.connect(self._show_empty_text)
        bar.measure_requested.connect(lambda: self._tasks.start(self._measure(), "measure"))
        bar.pause_requested.connect(self._toggle_pause)
        bar.stop_requested.connect(controller.stop)
        bar.endpoint_chosen.connect(self._on_endpoint_chosen)
        bar.connection_requested.connect(self._connections.ask)
        bar.models_requested.connect(self._ask_models)
        bar.limits_requested.connect(lambda: self._tasks.start(self._edit_limits(), "limits"))
        window.progress.skip_requested.connect(controller.skip_wait)
        window.input.changed.connect(self._on_input)
        window.input.selection_changed.connect(lambda: bar.show_selected(len(window.input.selected_rows())))
        window.input.file_given.connect(self.open_file)
        window.files_dropped.connect(self._opening.start)
        window.input.open_requested.connect(self._documents.ask_file)
        window.input.example_requested.connect(self.open_example)
        window.open_requested.connect(self._documents.ask_file)
        window.save_batch_requested.connect(self._documents.ask_batch_file)
        window.save_prompt_requested.connect(lambda: self._documents.ask_batch_file(with_rows=False))
        window.export_requested.connect(self._documents.ask_export)
        window.picture_requested.connect(self._documents.ask_picture)
        window.timing_export_requested.connect(self._documents.ask_timing)
        window.script_requested.connect(self._documents.ask_script)
        window.copy_figures_requested.connect(self._copy_figures)
        window.log_requested.connect(self._show_log)
        window.about_requested.connect(self._show_about)
        window.demo_banner.acted.connect(self._connections.ask)
        window.safety_banner.acted.connect(self._connections.ask)
        window.servers_requested.connect(self._connections.show_all)
        window.message_banner.acted.connect(lambda: self._act and self._act())
        window.message_banner.acted_otherwise.connect(lambda: self._act_otherwise and self._act_otherwise())
        controller.preparing.connect(lambda: window.show_running(is_running=True, is_paused=False))
        controller.abandoned.connect(lambda: window.show_running(is_running=False, is_paused=False))
        controller.keyring_awaited.connect(
            lambda: self.say(
                self.tr("Waiting for the system's keyring: it may be asking you for a password."), Tone.NOTE
            )
        )
        controller.run_started.connect(self._on_run_started)
        controller.run_ended.connect(self._say_how_it_ended)
        controller.refused.connect(self._on_refused)
        controller.trouble.connect(self._on_trouble)
        controller.outage_changed.connect(self._on_outage)
        controller.pause_changed.connect(
            lambda is_paused: window.show_running(is_running=True, is_paused=is_paused)
        )
        self._reporter.bug_reported.connect(self._on_bug)
        self._on_input()

    def _on_input(self) -> None:
        count = len(self.window.input.rows())
        self.window.run_bar.show_rows(count)
        self._show_empty_text()

    def _show_empty_text(self) -> None:
        count = len(self.window.input.rows())
        self.window.results.set_empty_text(
            self.tr(
                "The answers appear here, one row each, as they come.\nPress Run to send %n request(s).",
                "",
                count,
            )
            + f"\n{self._forecast_in_words()}"
            if count
            else self.tr("Type or paste names on the left, or open a file. Then press Run.")
        )

    def _describe_run(self) -> str:
        """What a click on the button does and is expected to take, or what keeps it from doing so."""
        try:
            job = self.job()
        except UserFacingError as error:
            return wording.user_error(error)
        text = self.tr("Send %n request(s), at most {cap} at once.", "", len(job.batch.rows))
        return f"{text.format(cap=wording.number(job.limits.cap, 0))}\n{self._forecast_in_words()}"

    def _show_costs(self) -> None:
        selected = self.window.input.selected_rows()
        self.window.run_bar.show_costs(
            compare=self._forecast_in_words(Plan(compare=True)),
            selection=self._forecast_in_words(selected=selected) if selected else "",
        )

    def _forecast_in_words(self, plan: Plan = ONE_PASS, selected: Sequence[int] = ()) -> str:
        """What a run of all or of the selected rows is expected to take; nothing while it lacks something."""
        try:
            job = self.job(plan, selected=selected)
        except UserFacingError:
            return ""
        return wording.forecast(self._forecast_of(job, plan, len(job.batch.rows)))

    def _forecast_of(self, job: Job, plan: Plan, rows: int) -> Forecast:
        """What a plan over the first rows of a job is expected to take."""
        past = self.shown.figures_for(job.endpoint, job.batch.parameters.model)
        batch = job.batch
        if rows < len(batch.rows):
            batch = replace(batch, rows=batch.rows[:rows])
        return forecast(batch, plan.caps(job.limits.cap) * plan.repeats, past, warm_up=plan.warm_up)

    def _toggle_pause(self) -> None:
        if self.controller.is_paused:
            self.controller.resume()
        elif self.controller.is_running:
            self.controller.pause()

    def _on_endpoint_chosen(self, endpoint: Endpoint) -> None:
        self.window.message_banner.hide()
        self.use_endpoint(endpoint)

    def _announce_endpoint(self) -> None:
        endpoint = self.window.run_bar.endpoint
        if endpoint and endpoint.is_demo:
            self.window.demo_banner.show_message(
                self.tr("Answers are simulated by the built-in demo server: nothing leaves this computer."),
                Tone.NOTE,
                self.tr("Add your API key…"),
            )
        else:
            self.window.demo_banner.hide()
        self._announce_risk(endpoint)

    def _announce_risk(self, endpoint: Endpoint | None) -> None:
        """As long as a server that others can listen to is chosen, the window says so."""
        banner = self.window.safety_banner
        if endpoint and endpoint.is_unchecked:
            text = self.tr(
                "The certificate of {host} is not checked: somebody on the way could read the key, the"
                " prompts and the answers."
            )
            tone = Tone.ERROR
        elif endpoint and endpoint.is_readable_by_others:
            text = self.tr("The connection to {host} is not encrypted: others on the way can read it.")
            tone = Tone.WARNING
        else:
            banner.hide()
            return
        banner.show_message(text.format(host=endpoint.host), tone, self.tr("Change the server…"), stays=True)

    async def _offer_models(self, endpoint: Endpoint) -> None:
        """Fill the list of models; a server that cannot be asked yet is no error before a run."""
        try:
            models = await self.controller.models_of(endpoint)
        except UserFacingError as error:
            if not (self._says_start_fault and self.window.message_banner.isVisible()):
                self._say_refusal(error, Tone.WARNING)
            return
        self.note_models(endpoint, models)
        if self.window.run_bar.endpoint == endpoint:
            typed = self.window.run_bar.parameters("").model
            self.window.run_bar.show_models(models, typed or endpoint.model)
            self._point_out_model()

    def _point_out_model(self) -> None:
        """Say once when the server does not list the model that a batch asks for; nothing is held up."""
        bar = self.window.run_bar
        endpoint, model = bar.endpoint, self._named_model
        # what it listed at another time may have changed
        listed = self._listed.get(endpoint.key_name) if endpoint else None
        if not (endpoint and model and listed):
            return
        self._named_model = ""
        if bar.parameters("").model != model or has_model(listed, model):
            return
        text = self.tr(
            "The batch asks for the model “{model}”, which {server} does not list. It may be gone, or have"
            " another name by now; you can send it nevertheless."
        )
        name = self.tr("Demo") if endpoint.is_demo else endpoint.name
        text = text.format(model=model, server=name)
        self.say(text, Tone.WARNING, self.tr("Choose a model…"), bar.offer_models)

    def _ask_models(self) -> None:
        if endpoint := self.window.run_bar.endpoint:
            self._tasks.start(self._offer_models(endpoint), "models")

    # a run

    def _on_run_started(self, run: Run) -> None:
        self.window.message_banner.hide()
        self.names.note_start(run)
        self._show_where_it_goes(run)
        if not self.is_remembered:
            return
        # the program may be killed in the middle of the run
        self._save_choices()
        draft = self._draft_to_keep()
        if draft is not None:
            self._tasks.start(asyncio.to_thread(self._keep_draft, draft), "keep the draft")

    def _show_where_it_goes(self, run: Run) -> None:
        """Choose the server of a run that is gone on with: the window must not name another one."""
        chosen = self.window.run_bar.endpoint
        if run.endpoint.is_demo:
            if chosen is None or not chosen.is_demo:
                self.use_endpoint(DEMO)
        elif chosen is None or chosen.base_url != run.endpoint.base_url:
            self.use_endpoint(self.as_saved(run.endpoint))

    def _on_refused(self, error: UserFacingError) -> None:
        self.window.show_running(is_running=False, is_paused=False)
        self.show_refusal(error)

    def _on_trouble(self, error: UserFacingError) -> None:
        if not self.controller.is_running:
            self.say(wording.user_error(error), Tone.ERROR)
            return
        self.say(
            self.tr("{what} The run is paused: make room, then press Resume.").format(
                what=wording.user_error(error)
            ),
            Tone.ERROR,
        )

    def _say_how_it_ended(self, run: Run) -> None:
        for arm in run.arms.values():
            if arm.stopped_by:
                self._say_stop(arm.stopped_by, arm.limits)
                if (error := arm.stopped_by.error) and error.kind.is_wrong_address:
                    self._tasks.start(self._say_right_address(run, arm.stopped_by, arm.limits), "look around")
                return

    def _say_stop(self, stop: EarlyStop, limits: Limits, base_url: str = "") -> None:
        text = wording.early_stop(stop, limits, base_url)
        tone = Tone.WARNING if stop.code is StopCode.TOKENS else Tone.ERROR
        action = self._remedy_of(stop.error) if stop.error else ""
        self.say(text, tone, action, lambda: self._connections.ask(base_url))

    async def _say_right_address(self, run: Run, stop: EarlyStop, limits: Limits) -> None:
        """Say where the API is instead, unless something else is said or chosen by then."""
        assert stop.error is not None
        said = self.window.message_banner.label.text()
        with suppress(UserFacingError):  # the run has met it, and told
            base_url = await self.controller.likely_base_url(run.endpoint, stop.error)
            if base_url and said == self.window.message_banner.label.text():
                self._say_stop(stop, limits, base_url)

    def _on_outage(self, is_out: bool) -> None:
        if is_out:
            self.say(
                self.tr(
                    "The server cannot be reached any more. Nothing is lost: the run waits, and goes on by"
                    " itself when the server answers again."
                ),
                Tone.WARNING,
                self.tr("Try now"),
                self.controller.skip_wait,
            )
        elif self._act == self.controller.skip_wait:
            # what was said since then stays
            self.window.message_banner.hide()

    async def _measure(self) -> None:
        """Ask what to measure, say what it costs, and run it."""
        try:
            job = self.job()
        except UserFacingError as error:
            self.show_refusal(error)
            return
        dialog = MeasureDialog(
            len(job.batch.rows), job.limits.cap, partial(self._forecast_of, job), self.window
        )
        if await answer_of(dialog):
            self.start(dialog.plan(), dialog.rows)

    async def _try_first_rows(self) -> None:
        """Ask how many of the first rows to run, say what they take, and run them."""
        try:
            job = self.job()
        except UserFacingError as error:
            self.show_refusal(error)
            return
        first = self._settings.get("trial_rows", TRIAL_ROWS)
        forecast_of = partial(self._forecast_of, job, ONE_PASS)
        dialog = TrialDialog(len(job.batch.rows), first, forecast_of, self.window)
        if await answer_of(dialog):
            self._settings.set("trial_rows", dialog.rows)
            self.start(first=dialog.rows)

    async def _edit_limits(self) -> None:
        bar = self.window.run_bar
        dialog = LimitsDialog(bar.limits(), wording.server_limits(self.controller.server_limits), self.window)
        if await answer_of(dialog):
            bar.show_limits(replace(dialog.limits(), cap=bar.limits().cap))

    def _on_bug(self, kind: str) -> None:
        self.say(
            self.tr(
                "Something went wrong in this program ({kind}). Your work goes on; details are in {path}."
            ).format(kind=kind, path=self._reporter.log_path),
            Tone.ERROR,
        )

    # files

    def take_over(self, batch: BatchFile, *, keeps_server: bool = False) -> None:
        """Show a batch in the place of what is there, which can be brought back.

        Raises `UserFacingError` before anything changes.
        """
        self._replaced.by(lambda: self._set_up(batch, keeps_server=keeps_server))
        self._point_out_model()

    def show_batch(self, batch: BatchFile) -> None:
        """Show what is given one by one; raises `UserFacingError` before anything changes."""
        self._set_up(batch)
        self._point_out_model()

    def _set_up(self, batch: BatchFile, *, keeps_server: bool = False) -> None:
        """Take over a batch: rows, prompt, and whatever settings it names.

        `keeps_server` is for one that was named elsewhere. Raises `UserFacingError` before anything changes.
        """
        for name, least, most in (
            ("temperature", 0, 2),
            ("max_tokens", 1, MOST_TOKENS),
            ("cap", 1, LARGEST_CAP),
        ):
            value = getattr(batch, name)
            if value is not None and not least <= value <= most:
                raise UserFacingError("bad_option", option=name, value=value, expected=f"{least} … {most}")
        endpoint = self.endpoint_named(batch.endpoint) if batch.endpoint and not keeps_server else None
        if endpoint:
            self.use_endpoint(endpoint)
        self.window.input.show_batch(batch)
        bar = self.window.run_bar
        given = {
            name: value
            for name in ("model", "temperature", "max_tokens", "streaming")
            if (value := getattr(batch, name)) is not None
        }
        bar.show_parameters(replace(bar.parameters(""), **given))
        if batch.model:
            self._named_model = batch.model
        bar.show_limits(batch.limits(bar.limits()))

    def show_table(self, table: Table, path: Path) -> None:
        """Show the rows of a file in the place of what is there, which can be brought back."""
        notes = []
        if table.skipped_empty:
            text = self.tr("{file}: %n empty row(s) were left out.", "", table.skipped_empty)
            notes.append(text.format(file=path.name))
        if table.renamed:
            notes.append(wording.renamed_columns(table.renamed))
        self._replaced.by(lambda: self.window.input.show_table(table.columns, table.rows), notes)
        self.note_file(path)

    def note_file(self, path: Path) -> None:
        self.names.note_file(path)
        self.file_shown.emit(path)

    def as_saved(self, endpoint: Endpoint) -> Endpoint:
        """The endpoint as it is set up now, where only its name and URL are known."""
        at_url = [entry for entry in self.endpoints if entry.base_url == endpoint.base_url]
        named = [entry for entry in at_url if entry.name == endpoint.name]
        return endpoint if endpoint in at_url else next(iter(named or at_url), endpoint)

    def batch_file(self, *, with_rows: bool = True) -> BatchFile:
        """What the window is set up to run, to be opened again elsewhere, maybe for other rows."""
        panel, bar = self.window.input, self.window.run_bar
        parameters, limits = bar.parameters(panel.system(), panel.schema()), bar.limits()
        return BatchFile(
            columns=tuple(panel.columns()) or None if with_rows else None,
            rows=list(panel.rows()) or None if with_rows else None,
            template=panel.template().text,
            model=parameters.model or None,
            temperature=parameters.temperature,
            max_tokens=parameters.max_tokens,
            system=parameters.system,
            streaming=parameters.streaming,
            endpoint=bar.endpoint.name if bar.endpoint else None,
            schema=schema_of(parameters.schema),
            **limit_fields(limits),
        )

    def endpoint_named(self, name: str) -> Endpoint:
        """Find an endpoint; raises `UserFacingError` `unknown_endpoint`."""
        for endpoint in self.endpoints:
            if endpoint.name.casefold() == name.casefold():
                return endpoint
        raise UserFacingError("unknown_endpoint", name=name, known=[entry.name for entry in self.endpoints])

    def save_picture(self, path: Path) -> None:
        """Write the window as it looks now; raises `UserFacingError`."""
        if not self.window.grab().save(str(path), "PNG"):
            raise UserFacingError("unknown_picture", path=str(path))

    def write_outputs(self, options: Options) -> None:
        """Write the files that the command line asks for, once the figures are on show.

        Raises `UserFacingError`.
        """
        run, figures = self.shown.run, self.shown.figures
        assert run is not None
        assert figures is not None
        if options.output:
            write_results_of(run, figures, options.output, wording.language())
        if options.report:
            client = client_figures(self._lag, self.startup_s)
            write_report(options.report, report(run, figures, client))
        if options.screenshot:
            self.save_picture(options.screenshot)

    def _copy_figures(self) -> None:
        timing = self.window.timing
        text = f"{timing.figures_text()}\n\n{timing.table.figures_model.text()}"
        QGuiApplication.clipboard().setText(text)

    # help

    def _show_log(self) -> None:
        text = self.tr("The log is in {path}. It holds no key, no prompt and no answer.").format(
            path=self._reporter.log_path
        )
        self.say(text, Tone.NOTE)

    def _show_about(self) -> None:
        text = self.tr(
            "Paradigm GUI {version}\n\nSends one prompt to many inputs at once, and shows what that bought."
        ).format(version=__version__)
        self._tasks.start(tell(self.window, self.tr("About Paradigm GUI"), text), "about")

    def save(self) -> None:
        """Remember the editors, the choices and the layout for the next start."""
        self._save_choices()
        draft = self._draft_to_keep()
        if draft is not None:
            self._keep_draft(draft)

    def _save_choices(self) -> None:
        bar = self.window.run_bar
        parameters = bar.parameters("")
        if bar.endpoint:
            self._settings.set("endpoint", bar.endpoint.name)
            self._settings.set("base_url", "" if bar.endpoint.is_demo else bar.endpoint.base_url)
        self._settings.set("model", parameters.model)
        self._settings.set("temperature", -1.0 if parameters.temperature is None else parameters.temperature)
        self._settings.set("max_tokens", parameters.max_tokens or 0)
        self._settings.set("streaming", parameters.streaming)
        self._settings.set_limits(bar.limits())
        for name, blob in self.window.layout_state().items():
            self._settings.set_blob(f"layout/{name}", blob)
        self._settings.save()

    def mark_start(self) -> None:
        """What the editors hold now is not to be remembered, unless it is edited."""
        self._draft_at_start = self.window.input.draft()

    def _draft_to_keep(self) -> dict[str, Any] | None:
        """What is in the editors, unless it is not to be remembered."""
        draft = self.window.input.draft()
        if draft == self._draft_at_start or self.window.private_action.isChecked():
            return None
        is_example = self._example_language and draft == self._example_draft
        return {} if is_example else draft

    def _keep_draft(self, draft: dict[str, Any]) -> None:
        try:
            self._settings.save_draft(draft)
        except UserFacingError as error:
            log.warning("the draft could not be kept: %s", error.code)


def _is_same(one: Endpoint, other: Endpoint) -> bool:
    return (one.name, one.key_name) == (other.name, other.key_name)


def _within(limits: Limits, endpoint: Endpoint) -> Limits:
    """The limits of a run, and those of its server."""
    rates = [rate for rate in (limits.requests_per_minute, endpoint.requests_per_minute) if rate is not None]
    cap = min(limits.cap, endpoint.cap or limits.cap)
    return replace(limits, cap=cap, requests_per_minute=min(rates, default=None))
