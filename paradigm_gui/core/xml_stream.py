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

    def refuse_doctype(*_declaration: object) -> None:
        """Entities could make a small file large; no spreadsheet needs them."""
        raise UserFacingError("bad_spreadsheet", path=str(path))

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = elements.start
    parser.EndElementHandler = elements.end
    parser.CharacterDataHandler = elements.text
    parser.StartDoctypeDeclHandler = refuse_doctype
    position = 0
    try:
        for chunk in in_turns(iter(lambda: file.read(_CHUNK_BYTES), b"")):
            parser.Parse(chunk, False)
            position += len(chunk)
            on_position(position)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise UserFacingError("bad_spreadsheet", path=str(path)) from error
