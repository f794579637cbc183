"""Takes a secret out of foreign words before anybody sees or keeps them."""

from __future__ import annotations

MARK = "•••"
_CUT_OFF = "…"
# fewer characters of a key tell nothing, and may well be there by chance
_LEAST = 4


def without_secret(text: str, secret: str | None) -> str:
    """The text with the secret replaced: also where a cut has left only its beginning at the end."""
    if not secret:
        return text
    text = text.replace(secret, MARK)
    if text.endswith(_CUT_OFF):
        kept = text.removesuffix(_CUT_OFF)
        for length in range(min(len(secret) - 1, len(kept)), _LEAST - 1, -1):
            if kept.endswith(secret[:length]):
                return kept[:-length] + MARK + _CUT_OFF
    return text
