"""What a server says in its headers about how much it still lets a client send."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class ServerLimits:
    """Allowances of the current period and what is left of them; `None` where nothing was said.

    How long a period is, the headers do not say; with most servers it is a minute.
    """

    requests: int | None = None
    requests_left: int | None = None
    tokens: int | None = None
    tokens_left: int | None = None


# The names in use: OpenAI's and those who copied it, and the IETF's draft in its older form.
_NAMES = (
    ("x-ratelimit-limit-requests", "x-ratelimit-limit", "ratelimit-limit"),
    ("x-ratelimit-remaining-requests", "x-ratelimit-remaining", "ratelimit-remaining"),
    ("x-ratelimit-limit-tokens",),
    ("x-ratelimit-remaining-tokens",),
)


def server_limits(headers: Mapping[str, str]) -> ServerLimits | None:
    """Read the limits of one response; `None` when it names none. What is not a number is passed over."""
    values = [_first_count(headers, names) for names in _NAMES]
    return None if values == [None] * len(values) else ServerLimits(*values)


def _first_count(headers: Mapping[str, str], names: tuple[str, ...]) -> int | None:
    for name in names:
        # the draft adds the period behind a comma or semicolon
        text = headers.get(name, "").partition(",")[0].partition(";")[0].strip()
        if text.isdecimal() and text.isascii():
            return int(text)
    return None
