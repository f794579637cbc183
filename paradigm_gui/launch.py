"""What the command line means for a session: where to send, what, and how."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from paradigm_gui.command_line import text_or_file
from paradigm_gui.core.base_url import PARADIGM_BASE_URL, host_of, normalise_base_url
from paradigm_gui.core.batch_file import BatchFile
from paradigm_gui.core.endpoints import PARADIGM, Endpoint, read_endpoints
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.export import RESULT_SUFFIXES
from paradigm_gui.core.keys import KEY_VARIABLE, KeyStore, clean_key
from paradigm_gui.session import DEMO

if TYPE_CHECKING:
    from paradigm_gui.command_line import Options
    from paradigm_gui.core.batch import Run
    from paradigm_gui.history import History
    from paradigm_gui.session import Session
    from paradigm_gui.settings import Settings

URL_VARIABLE = "PARADIGM_BASE_URL"


def given_base_url(options: Options) -> str | None:
    """The server that command line or environment name; raises `UserFacingError` `bad_url`."""
    if options.base_url is not None:
        return normalise_base_url(options.base_url)
    if value := os.environ.get(URL_VARIABLE):
        return normalise_base_url(value, is_paradigm=True)
    return None


def key_store(options: Options) -> KeyStore:
    """The keys of this run; the environment's is bound to one host. Raises `UserFacingError`."""
    value = os.environ.get(KEY_VARIABLE)
    return KeyStore(clean_key(value) if value else None, given_base_url(options) or PARADIGM_BASE_URL)


def choose_endpoint(session: Session, options: Options, settings: Settings, *, is_headless: bool) -> None:
    """Pick where to send: as asked for, else as last time. Raises `UserFacingError`."""
    try:
        saved = read_endpoints(settings.endpoints_path)
    except UserFacingError as error:
        if is_headless:
            raise
        # the window can say so and go on; the file is left as it is
        session.show_refusal(error)
        saved = [PARADIGM]
    session.endpoints = [DEMO, *saved]
    session.use_endpoint(_endpoint(session, options, settings, is_headless=is_headless))


def _endpoint(session: Session, options: Options, settings: Settings, *, is_headless: bool) -> Endpoint:
    if options.demo:
        return DEMO
    if options.endpoint is not None:
        return session.endpoint_named(options.endpoint)
    base_url = given_base_url(options)
    if base_url is not None:
        known = next((entry for entry in session.endpoints if entry.base_url == base_url), None)
        return known or Endpoint(host_of(base_url), base_url)
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
    return PARADIGM if is_headless or os.environ.get(KEY_VARIABLE) else DEMO


async def load(session: Session, options: Options) -> None:
    """Bring file, prompt and parameters into the window; raises `UserFacingError`."""
    if options.file is not None:
        is_named = options.demo or options.endpoint is not None or given_base_url(options) is not None
        await session.load_file(options.file, keeps_server=is_named)
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


def check_placeholders(session: Session) -> None:
    """Refuse a prompt with placeholders that the input does not have: nobody is there to see the mark."""
    columns = session.window.input.columns()
    unknown = session.window.input.unknown_placeholders()
    if unknown:
        raise UserFacingError(
            "unknown_placeholder",
            unknown=", ".join(f"{{{name}}}" for name in unknown),
            known=", ".join(f"{{{name}}}" for name in columns),
        )


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
