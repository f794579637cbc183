"""Takes secrets out of foreign words, and out of the program's own, before anybody sees or keeps them."""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MARK = "•••"
_CUT_OFF = "…"
# fewer characters of a key tell nothing, and may well be there by chance
_LEAST = 4


def without_secrets(text: str, *secrets: str | None) -> str:
    """The text with the secrets replaced: also where a cut has left only the beginning of one at the end.

    A secret of less than four characters is no secret.
    """
    for secret in secrets:
        if secret and len(secret) >= _LEAST:
            for form in _forms_of(secret):
                text = text.replace(form, MARK)
            text = _without_beginning(text, secret)
    return text


def redacted(value: Any, *secrets: str | None) -> Any:
    """A value without the secrets in its texts, however deep they lie in lists and mappings."""
    if type(value) is str:  # names of an enum are none of the server's words
        return without_secrets(value, *secrets)
    if isinstance(value, list | tuple):
        return type(value)(redacted(item, *secrets) for item in value)
    if isinstance(value, dict):
        return {name: redacted(item, *secrets) for name, item in value.items()}
    return value


class Sieve:
    """Takes secrets out of answers: of whole ones, and of those that come in pieces."""

    def __init__(self, secrets: Iterable[str]) -> None:
        known = {form for secret in secrets if len(secret) >= _LEAST for form in _forms_of(secret)}
        # the longest first, as one may hold another
        self._forms = sorted(known, key=len, reverse=True)

    def whole(self, text: str) -> str:
        for form in self._forms:
            text = text.replace(form, MARK)
        return text

    def pieces(self, on_text: Callable[[str], None]) -> PieceSieve:
        return PieceSieve(self, self._forms, on_text)


class PieceSieve:
    """Hands on the pieces of one text; what may be the beginning of a secret waits for the next piece.

    `on_text` is called for each piece at once, if with nothing: when pieces come is measured. What still
    waits when a text is cut off goes with what was not sent.
    """

    def __init__(self, sieve: Sieve, forms: Iterable[str], on_text: Callable[[str], None]) -> None:
        self._sieve = sieve
        self._forms = forms
        self._on_text = on_text
        self._held = ""

    def take(self, piece: str) -> None:
        text = self._sieve.whole(self._held + piece)
        held = max((_beginning_at_end(form, text) for form in self._forms), default=0)
        self._held = text[len(text) - held :]
        self._on_text(text[: len(text) - held])


def _beginning_at_end(form: str, text: str) -> int:
    """How many characters at the end of a text are the beginning of a secret."""
    start = text.find(form[0], max(0, len(text) - len(form) + 1))
    while start != -1:
        if form.startswith(text[start:]):
            return len(text) - start
        start = text.find(form[0], start + 1)
    return 0


def _forms_of(secret: str) -> set[str]:
    """The secret, and what it becomes in JSON or a representation, in a page and in a URL."""
    return {secret, json.dumps(secret)[1:-1], repr(secret)[1:-1], html.escape(secret), quote(secret, safe="")}


def _without_beginning(text: str, secret: str) -> str:
    if text.endswith(_CUT_OFF):
        kept = text.removesuffix(_CUT_OFF)
        for length in range(min(len(secret) - 1, len(kept)), _LEAST - 1, -1):
            if kept.endswith(secret[:length]):
                return kept[:-length] + MARK + _CUT_OFF
    return text
