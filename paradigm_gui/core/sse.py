"""Server-sent events as chat completion servers use them (WHATWG HTML, section 9.2)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, AsyncIterator

# Only these end a line. `str.splitlines` would also split at U+2028, which JSON text may hold.
_LINE_END = re.compile(rb"\r\n|\n|\r(?!\Z)")


async def event_data(pieces: AsyncIterable[bytes]) -> AsyncIterator[str]:
    """Give the data of each event, however the bytes were cut on their way.

    An event that the stream ends in the middle of is dropped. Raises `UnicodeDecodeError`.
    """
    pending = b""
    data: list[bytes] = []
    async for piece in pieces:
        searched = max(0, len(pending) - 1)  # its last byte may be the first half of a line end
        pending += piece
        start = 0
        for match in _LINE_END.finditer(pending, searched):
            line = pending[start : match.start()]
            start = match.end()
            if line.startswith(b"data:"):
                data.append(line[5:].removeprefix(b" "))
            elif not line and data:
                yield b"\n".join(data).decode()
                data.clear()
        pending = pending[start:]
    if pending == b"\r" and data:
        yield b"\n".join(data).decode()
