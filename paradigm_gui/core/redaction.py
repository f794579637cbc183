"""Takes secrets out of foreign words, and out of the program's own, before anybody sees or keeps them."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MARK = "•••"
_CUT_OFF = "…"
# fewer characters of a key tell nothing, and may well be there by chance
_LEAST = 4
# in answers and names of models words are meant as they are, and a short key may well be one of them
_LEAST_IN_ANSWERS = 12


def without_secrets(text: str, *secrets: str | None) -> str:
    """The text with the secrets replaced: also where a cut has left only the beginning of one at the end.

    A secret of less than four characters is no secret.
    """
    known = _longest_first(secret for secret in secrets if secret and len(secret) >= _LEAST)
    for form in _longest_first(form for secret in known for form in _forms_of(secret)):
        text = text.replace(form, MARK)
    for secret in known:
        text = _without_beginning(text, secret)
    return text


def redacted(value: Any, *secrets: str | None) -> Any:
    """A value without the secrets in its texts, however deep they lie in lists and mappings.

    The texts are names and answers: a secret of less than twelve characters stays in them.
    """
    secrets = tuple(secret for secret in secrets if secret and len(secret) >= _LEAST_IN_ANSWERS)
    if type(value) is str:  # names of an enum are none of the server's words
        return without_secrets(value, *secrets)
    if isinstance(value, list | tuple):
        return type(value)(redacted(item, *secrets) for item in value)
    if isinstance(value, dict):
        return {name: redacted(item, *secrets) for name, item in value.items()}
    return value


class Sieve:
    """Takes secrets out of answers: of whole ones, and of those that come in pieces.

    A secret of less than twelve characters stays: it may well be a word of the answer.
    """

    def __init__(self, secrets: Iterable[str]) -> None:
        known = [secret for secret in secrets if len(secret) >= _LEAST_IN_ANSWERS]
        self._forms = _longest_first(form for secret in known for form in _forms_of(secret))
        # without any, what is never found
        self._pattern = re.compile("|".join(map(re.escape, self._forms)) or r"(?!)")

    def whole(self, text: str) -> str:
        return self._pattern.sub(MARK, text)

    def pieces(self, on_text: Callable[[str], None]) -> PieceSieve:
        return PieceSieve(self._pattern, self._forms, on_text)


class PieceSieve:
    """Hands on the pieces of one text; what may be the beginning of a secret waits for the next piece.

    `on_text` is called for each piece at once, if with nothing: when pieces come is measured. What still
    waits when a text is cut off goes with what was not sent.
    """

    def __init__(
        self, pattern: re.Pattern[str], forms: Iterable[str], on_text: Callable[[str], None]
    ) -> None:
        self._pattern = pattern
        self._forms = forms
        self._on_text = on_text
        self._held = ""

    def take(self, piece: str) -> None:
        ready, text = "", self._held + piece
        while True:
            certain = len(text) - max((_beginning_at_end(form, text) for form in self._forms), default=0)
            found = self._pattern.search(text)
            # one that is found where a longer one may begin waits with it
            if found is None or found.start() >= certain:
                break
            ready += text[: found.start()] + MARK
            text = text[found.end() :]
        self._held = text[certain:]
        self._on_text(ready + text[:certain])


def _beginning_at_end(form: str, text: str) -> int:
    """How many characters at the end of a text are the beginning of a secret."""
    start = text.find(form[0], max(0, len(text) - len(form) + 1))
    while start != -1:
        if form.startswith(text[start:]):
            return len(text) - start
        start = text.find(form[0], start + 1)
    return 0


def _longest_first(texts: Iterable[str]) -> list[str]:
    """Each text once, and no one before another that holds it."""
    return sorted(set(texts), key=lambda text: (-len(text), text))


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
