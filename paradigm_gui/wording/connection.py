"""Servers, keys, and the steps of a connection test."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale

from paradigm_gui.core.connection_steps import Step, StepCode, StepState
from paradigm_gui.core.endpoints import PresetCode, ProxyMode
from paradigm_gui.core.errors import TlsFault
from paradigm_gui.core.keys import KeyringTrouble, KeySource, Place
from paradigm_gui.core.route import Bypass
from paradigm_gui.wording.requests import error_remedy, error_title, listing_remedy, listing_title
from paradigm_gui.wording.text import QT_TRANSLATE_NOOP, labelled, number, translate

if TYPE_CHECKING:
    import datetime as dt

    from paradigm_gui.core.endpoints import Endpoint
    from paradigm_gui.core.server_limits import ServerLimits


_KEYRING_TROUBLES = {
    KeyringTrouble.NONE_USABLE: QT_TRANSLATE_NOOP(
        "wording", "This system has no usable keyring, so the key is forgotten when you quit."
    ),
    KeyringTrouble.LOCKED: QT_TRANSLATE_NOOP(
        "wording",
        "The system's keyring stayed locked: nobody unlocked it, or the question was refused. Until it is"
        " unlocked, a key is kept for this session only.",
    ),
    KeyringTrouble.DENIED: QT_TRANSLATE_NOOP(
        "wording",
        "The system's keyring did not let this program in, so the key is forgotten when you quit.",
    ),
    KeyringTrouble.TOO_LONG: QT_TRANSLATE_NOOP(
        "wording", "The key is too long for the system's keyring, so it is forgotten when you quit."
    ),
    KeyringTrouble.FAILED: QT_TRANSLATE_NOOP(
        "wording", "The system's keyring failed, so the key is forgotten when you quit."
    ),
}


_STEPS = {
    StepCode.NAME: QT_TRANSLATE_NOOP("wording", "Name"),
    StepCode.CONNECTION: QT_TRANSLATE_NOOP("wording", "Connection"),
    StepCode.TUNNEL: QT_TRANSLATE_NOOP("wording", "Proxy"),
    StepCode.CERTIFICATE: QT_TRANSLATE_NOOP("wording", "Certificate"),
    StepCode.MODELS: QT_TRANSLATE_NOOP("wording", "Key and models"),
    StepCode.ANSWER: QT_TRANSLATE_NOOP("wording", "Answer"),
}


_BYPASSES = {
    Bypass.LOOPBACK: QT_TRANSLATE_NOOP(
        "wording", "The proxy {proxy} is left aside: servers on this computer are reached directly."
    ),
    Bypass.EXCEPTION: QT_TRANSLATE_NOOP(
        "wording",
        "The proxy {proxy} is left aside: this server is among the exceptions of the system (NO_PROXY).",
    ),
}


_PRESETS = {
    PresetCode.PARADIGM: QT_TRANSLATE_NOOP("wording", "Paradigm"),
    PresetCode.PARADIGM_PRIVATE: QT_TRANSLATE_NOOP("wording", "Paradigm of your organisation"),
    PresetCode.OPENAI: QT_TRANSLATE_NOOP("wording", "OpenAI"),
    PresetCode.MISTRAL: QT_TRANSLATE_NOOP("wording", "Mistral"),
    PresetCode.OLLAMA: QT_TRANSLATE_NOOP("wording", "Ollama, on this computer"),
    PresetCode.LM_STUDIO: QT_TRANSLATE_NOOP("wording", "LM Studio, on this computer"),
    PresetCode.VLLM: QT_TRANSLATE_NOOP("wording", "vLLM, on this computer"),
    PresetCode.LLAMA_CPP: QT_TRANSLATE_NOOP("wording", "llama.cpp, on this computer"),
    PresetCode.OTHER: QT_TRANSLATE_NOOP("wording", "Another server"),
}


_KEY_SOURCES = {
    KeySource.ENVIRONMENT: QT_TRANSLATE_NOOP("wording", "from PARADIGM_API_KEY"),
    KeySource.KEYRING: QT_TRANSLATE_NOOP("wording", "kept in the system's keyring"),
    KeySource.MEMORY: QT_TRANSLATE_NOOP("wording", "kept for this session only"),
}


def key_source(source: KeySource) -> str:
    return translate("wording", _KEY_SOURCES[source])


def keyring_trouble(trouble: KeyringTrouble) -> str:
    """Why a key is not in the system's keyring, and what that means."""
    return translate("wording", _KEYRING_TROUBLES[trouble])


def preset(code: PresetCode) -> str:
    return translate("wording", _PRESETS[code])


def place(value: Place) -> str:
    """Where a key is."""
    if value.source is None:
        return translate("wording", "none yet")
    if value.source is KeySource.KEYRING and value.keyring:
        return translate("wording", "kept in the system's keyring ({name})").format(name=value.keyring)
    return key_source(value.source)


def particulars(endpoint: Endpoint) -> list[str]:
    """What of a server is not as usual, each in a word or two."""
    proxy = endpoint.proxy.mode
    parts = (
        (proxy is ProxyMode.MANUAL, translate("wording", "proxy")),
        (proxy is ProxyMode.NONE, translate("wording", "no proxy")),
        (bool(endpoint.ca_file), translate("wording", "authority file")),
        (not endpoint.verifies, translate("wording", "certificate not checked")),
        (bool(endpoint.headers or endpoint.secret_header), translate("wording", "headers")),
        (bool(endpoint.body), translate("wording", "JSON fields")),
        (bool(endpoint.cap or endpoint.requests_per_minute), translate("wording", "limits")),
    )
    return [words for is_there, words in parts if is_there]


def step_name(code: StepCode) -> str:
    return translate("wording", _STEPS[code])


def step_result(step: Step) -> str:
    """What a step of a connection test came to, in one line."""
    details = step.details
    if step.error:
        return listing_title(step.error) if step.code is StepCode.MODELS else error_title(step.error)
    if step.state is StepState.RUNNING:
        return translate("wording", "under way…")
    if step.code is StepCode.NAME:
        if details["addresses"] == [details["host"]]:
            return translate("wording", "{host} is an address: there is nothing to look up").format_map(
                details
            )
        return translate("wording", "{host} is {addresses}").format(
            host=details["host"], addresses=", ".join(details["addresses"])
        )
    if step.code is StepCode.CONNECTION:
        words = (
            translate("wording", "the proxy {host} answers on port {port}")
            if details["is_proxy"]
            else translate("wording", "{host} answers on port {port}")
        )
        said = words.format(host=details["host"], port=details["port"])
        return " ".join(filter(None, (said, passed_by(details.get("passed_by"), details.get("bypass")))))
    if step.code is StepCode.TUNNEL:
        return translate("wording", "{proxy} opens the way to {host}").format_map(details)
    if step.code is StepCode.CERTIFICATE:
        return _certificate(step)
    if step.code is StepCode.MODELS:
        return translate("wording", "Models: {n}").format(n=number(len(details["models"]), 0))
    return _abilities(step)


def passed_by(proxy: str | None, bypass: Bypass | None) -> str:
    """Why a proxy is left aside; nothing where none is."""
    if not proxy or bypass is None:
        return ""
    return translate("wording", _BYPASSES[bypass]).format(proxy=proxy)


def _certificate(step: Step) -> str:
    if step.state is StepState.SKIPPED:
        return translate("wording", "none: the connection is not encrypted")
    words = (
        translate("wording", "issued by {issuer}, valid until {date}")
        if step.details["is_checked"]
        else translate("wording", "not checked; issued by {issuer}, valid until {date}")
    )
    return words.format(issuer=step.details.get("issuer") or "–", date=_date(step.details.get("expires")))


def _date(moment: dt.datetime | None) -> str:
    if moment is None:
        return "–"
    locale = QLocale()
    # of some languages the usual form leaves out the century
    form = re.sub(r"(?<!y)yy(?!y)", "yyyy", locale.dateFormat(QLocale.FormatType.ShortFormat))
    return locale.toString(QDate(moment.year, moment.month, moment.day), form)


def _abilities(step: Step) -> str:
    streams, counts = step.details["streams"], step.details["counts_tokens"]
    abilities = [
        translate("wording", "it streams") if streams else translate("wording", "it does not stream"),
        translate("wording", "it counts tokens") if counts else translate("wording", "it counts no tokens"),
    ]
    return translate("wording", "{model} answers; {abilities}").format(
        model=step.details["model"], abilities=", ".join(abilities)
    )


def step_help(step: Step) -> str:
    """What to do about a step that failed, with what the certificate and the server say."""
    if step.error is None:
        return ""
    details = step.details
    lines = [listing_remedy(step.error) if step.code is StepCode.MODELS else error_remedy(step.error)]
    if step.code is StepCode.MODELS and details.get("with_key") is False and step.error.http_status == 401:
        lines = [translate("wording", "Enter the API key above.")]
    if details.get("issuer"):
        words = (
            translate("wording", "It is issued by {issuer} for {names}; it was valid until {date}.")
            if step.error.tls_fault is TlsFault.EXPIRED
            else translate("wording", "It is issued by {issuer} for {names}; it is valid until {date}.")
        )
        names = ", ".join(details.get("names") or ()) or details.get("subject") or "–"
        date = _date(details.get("expires"))
        lines.append(words.format(issuer=details["issuer"], names=names, date=date))
    if step.error.message:
        lines.append(step.error.message)
    return "\n".join(lines)


def server_limits(limits: ServerLimits | None) -> str:
    """What the server said that it allows."""
    if limits is None:
        return translate("wording", "The server has not said how much it allows.")
    parts = []
    if limits.requests_left is not None or limits.requests is not None:
        parts.append(
            translate("wording", "{left} of {all} requests").format(
                left=_count_or_dash(limits.requests_left), all=_count_or_dash(limits.requests)
            )
        )
    if limits.tokens_left is not None or limits.tokens is not None:
        parts.append(
            translate("wording", "{left} of {all} tokens").format(
                left=_count_or_dash(limits.tokens_left), all=_count_or_dash(limits.tokens)
            )
        )
    return labelled(translate("wording", "What the server said last is still allowed"), ", ".join(parts))


def _count_or_dash(count: int | None) -> str:
    return "–" if count is None else number(count, 0)
