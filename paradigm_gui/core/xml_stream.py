"""XML from foreign files, read as a stream: nothing is kept but what its reader keeps."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Protocol
from xml.parsers import expat

from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.text_files import unwatched
from paradigm_gui.core.turn_taking import in_turns

if TYPE_CHECKING:
    from pathlib import Path

    from paradigm_gui.core.text_files import OnProgress

# A few milliseconds of work, after which another thread may have its turn.
_CHUNK_BYTES = 32 * 1024
# The parser keeps all open elements, and a tag until it ends: both are short in any spreadsheet.
_MOST_OPEN = 1000
_LONGEST_TAG_BYTES = 4 * 1024 * 1024


class Elements(Protocol):
    """Takes the elements of a document as they come, by the names that stand there, prefixes included."""

    def start(self, name: str, attributes: dict[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...


def read_elements(
    path: Path, file: IO[bytes], elements: Elements, on_position: OnProgress = unwatched
) -> None:
    """Hand all elements of a part of the spreadsheet at `path` over; raises `UserFacingError`.

    `on_position` is told how many bytes have been read.
    """

    is_open = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal is_open
        is_open += 1
        if is_open > _MOST_OPEN:
            refuse()
        elements.start(name, attributes)

    def end(name: str) -> None:
        nonlocal is_open
        is_open -= 1
        elements.end(name)

    def refuse(*_declaration: object) -> None:
        raise UserFacingError("bad_spreadsheet", path=str(path))

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = elements.text
    # entities could make a small file large; no spreadsheet needs them
    parser.StartDoctypeDeclHandler = refuse
    position = 0
    try:
        for chunk in in_turns(iter(lambda: file.read(_CHUNK_BYTES), b"")):
            parser.Parse(chunk, False)
            position += len(chunk)
            if position - parser.CurrentByteIndex > _LONGEST_TAG_BYTES:
                refuse()
            on_position(position)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise UserFacingError("bad_spreadsheet", path=str(path)) from error
