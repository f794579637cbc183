"""What the command line means for a session: where to send, what, and how."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from paradigm_gui.command_line import text_or_file
from paradigm_gui.core.base_url import PARADIGM_BASE_URL, host_of, normalise_base_url, origin_of
from paradigm_gui.core.batch import Template
from paradigm_gui.core.batch_file import BatchFile
from paradigm_gui.core.endpoints import PARADIGM, Endpoint, read_endpoints
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.export import RESULT_SUFFIXES
from paradigm_gui.core.keys import KEY_VARIABLE, KeyStore, clean_key
from paradigm_gui.session import DEMO

if TYPE_CHECKING:
    from collections.abc import Iterable

    from paradigm_gui.command_line import Options
    from paradigm_gui.core.batch import Run
    from paradigm_gui.history import History
    from paradigm_gui.session import Session
    from paradigm_gui.settings import Settings

URL_VARIABLE = "PARADIGM_BASE_URL"


@dataclass(frozen=True, slots=True)
class Named:
    """The server that command line or environment name, the environment's key for it, and why either of the
    environment's cannot be used.
    """

    base_url: str | None = None
    key: str | None = field(default=None, repr=False)
    url_fault: UserFacingError | None = None
    key_fault: UserFacingError | None = None

    @property
    def faults(self) -> list[UserFacingError]:
        return [fault for fault in (self.url_fault, self.key_fault) if fault]

    def keys(self) -> KeyStore:
        """The keys of this run; the environment's is bound to one host."""
        return KeyStore(self.key, self.base_url or PARADIGM_BASE_URL)

    def key_fault_for(self, endpoint: Endpoint) -> UserFacingError | None:
        """Why the environment's key cannot be used, if it was meant for this server."""
        is_meant = origin_of(endpoint.base_url) == origin_of(self.base_url or PARADIGM_BASE_URL)
        return self.key_fault if is_meant and endpoint.needs_key else None


def named_by(options: Options) -> Named:
    """Read what is named; raises `UserFacingError` `bad_url` for the option."""
    value = os.environ.get(URL_VARIABLE)
    base_url: str | None = None
    url_fault: UserFacingError | None = None
    try:
        base_url = normalise_base_url(value, is_paradigm=True) if value else None
    except UserFacingError as error:
        url_fault = UserFacingError("bad_variable", variable=URL_VARIABLE, error=error)
    if options.base_url is not None:
        base_url, url_fault = _named_by_option(options.base_url, base_url), None
    value = os.environ.get(KEY_VARIABLE)
    if not value or url_fault:
        # whom a key is for is not known without the URL
        return Named(base_url, url_fault=url_fault)
    try:
        return Named(base_url, clean_key(value))
    except UserFacingError as error:
        return Named(base_url, key_fault=UserFacingError("bad_variable", variable=KEY_VARIABLE, error=error))


def _named_by_option(text: str, paradigm: str | None) -> str:
    """The URL of the option, which needs no path where the variable names the same host as Paradigm's."""
    base_url = normalise_base_url(text)
    is_paradigm = paradigm is not None and origin_of(base_url) == origin_of(paradigm)
    return normalise_base_url(text, is_paradigm=is_paradigm)


def choose_endpoint(session: Session, options: Options, settings: Settings, *, is_headless: bool) -> None:
    """Pick where to send: as asked for, else as last time. Raises `UserFacingError`."""
    named = named_by(options)
    faults = named.faults
    try:
        saved = read_endpoints(settings.endpoints_path)
    except UserFacingError as error:
        if is_headless:
            raise
        # the window can say so and go on; the file is left as it is
        faults.insert(0, error)
        saved = [PARADIGM]
    session.endpoints = [DEMO, *saved]
    session.use_endpoint(_endpoint(session, options, named, settings, is_headless=is_headless))
    if faults and not is_headless:
        session.show_start_faults(faults)


def _endpoint(
    session: Session, options: Options, named: Named, settings: Settings, *, is_headless: bool
) -> Endpoint:
    if options.demo:
        return DEMO
    if options.endpoint is not None:
        return session.endpoint_named(options.endpoint)
    if named.base_url is not None:
        known = next((entry for entry in session.endpoints if entry.base_url == named.base_url), None)
        return known or Endpoint(host_of(named.base_url), named.base_url)
    if named.url_fault and is_headless and options.resume is None:
        raise named.url_fault
    last, last_url = settings.get("endpoint", ""), settings.get("base_url", "")
    default = next((entry for entry in session.endpoints if entry.is_default), None)
    if default and (default.name, default.base_url) != (last, last_url):
        return default
    if last:
        endpoint = next(
            (entry for entry in session.endpoints if (entry.name, entry.base_url) == (last, last_url)),
            Endpoint(last, last_url) if last_url else DEMO,
        )
        if not (endpoint.is_demo and is_headless):
            return replace(endpoint, model=settings.get("model", "") or endpoint.model)
    return PARADIGM if is_headless or named.key or named.key_fault else DEMO


async def load(session: Session, options: Options, *, asks: bool = False) -> BatchFile | None:
    """Bring file, prompt and parameters into the window; give the batch, if the file holds one.

    Where somebody can be asked, a table is shown before it replaces anything. Raises `UserFacingError`.
    """
    batch = None
    if options.file is not None:
        is_named = options.demo or options.endpoint is not None or named_by(options).base_url is not None
        if asks:
            await session.ask_file(options.file, keeps_server=is_named)
        else:
            batch = await session.load_file(options.file, keeps_server=is_named)
    given = BatchFile(
        template=None if options.prompt is None else text_or_file(options.prompt),
        system=None if options.system is None else text_or_file(options.system),
        model=options.model,
        temperature=options.temperature,
        max_tokens=options.max_tokens,
        streaming=options.stream,
        cap=options.cap,
        requests_per_minute=options.rpm,
        retries=options.retries,
        total_timeout_s=options.timeout,
    )
    session.show_batch(given)
    return batch


def check_outputs(options: Options) -> None:
    """Refuse a file that could not be written, before anything is sent for it; raises `UserFacingError`."""
    output = options.output
    if output is not None and output.suffix.lower() not in RESULT_SUFFIXES:
        raise UserFacingError("unknown_suffix", path=str(output), suffix=output.suffix, known=RESULT_SUFFIXES)
    for path in (output, options.report, options.screenshot):
        if path is None:
            continue
        if path.is_dir():
            raise UserFacingError("is_a_folder", path=str(path))
        if not path.absolute().parent.is_dir():
            raise UserFacingError("folder_missing", path=str(path))
        if not os.access(path.absolute().parent, os.W_OK):
            raise UserFacingError("no_permission", path=str(path))


def check_placeholders(session: Session, options: Options, batch: BatchFile | None) -> str:
    """Refuse placeholders that the input does not have: nobody is there to see the mark.

    Those in the texts of a batch file are only told, for its author has seen them. Raises `UserFacingError`.
    """
    panel = session.window.input
    columns = panel.columns()
    told: dict[str, None] = {}
    for text, given, of_batch, reason in (
        (panel.template().text, options.prompt, batch and batch.template, "prompt"),
        (panel.system(), options.system, batch and batch.system, "system"),
    ):
        unknown = Template(text).unknown_placeholders(columns)
        if given is None and of_batch is not None:
            told |= dict.fromkeys(unknown)
        elif unknown:
            raise UserFacingError(
                "unknown_placeholder", unknown=_in_braces(unknown), known=_in_braces(columns), reason=reason
            )
    return _in_braces(told)


def _in_braces(names: Iterable[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)


def restore(session: Session, settings: Settings, *, with_draft: bool) -> None:
    """Put the window back as it was left: layout, parameters and what was in the editors."""
    window = session.window
    window.restore_layout(
        {
            name: settings.blob(f"layout/{name}")
            for name in (
                "geometry",
                "columns",
                "columns_before",
                "rows",
                "rows_before",
                "input",
                "input_before",
                "response",
                "docks",
                "table",
            )
        }
    )
    bar = window.run_bar
    before = bar.parameters("")
    temperature = settings.get("temperature", before.temperature or 0.0)
    bar.show_parameters(
        replace(
            before,
            temperature=None if temperature < 0 else temperature,
            max_tokens=settings.get("max_tokens", 0) or None,
            streaming=settings.get("streaming", True),
        )
    )
    bar.show_limits(settings.limits())
    draft = settings.draft() if with_draft else {}
    if draft:
        window.input.restore(draft)


async def resumed_run(history: History, options: Options) -> Run:
    """The run that `--resume` names; a file given with it must hold what was run.

    Raises `UserFacingError`.
    """
    run = await history.load_for_resume(options.resume or "")
    if options.file is not None:
        await history.check_unchanged(run)
    return run
