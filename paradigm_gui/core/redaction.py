"""Takes secrets out of foreign words, and out of the program's own, before anybody sees or keeps them."""

from __future__ import annotations

import html
import json
from urllib.parse import quote

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
