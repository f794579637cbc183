"""Looks for a secret wherever a program could have left it."""

from __future__ import annotations

import base64
import io
import math
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from stub_api import Body, Reply

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stub_api import RequestSeen

KEY = "sk-canary-4f1d5e0c9a"
SECRET_HEADER = "X-Gateway-Secret"
# what a server may do to a request, with the key in its words wherever there are some
FAILURES = [
    "unauthorized",
    "forbidden",
    "not found",
    "unprocessable",
    "rate limited",
    "server error",
    "page",
    "redirect",
    "dropped",
    "broken",
    "stream error",
]
# of a token
_PIECE = 3
# between answers, so that the run goes on
NAMES = [name for failure in FAILURES for name in (failure, f"fine after {failure}")]


def secrets_in(request: RequestSeen) -> str:
    """What of the request nobody else may see: the key, and what a gateway was told."""
    names = ("authorization", SECRET_HEADER.lower())
    return ", ".join(request.headers[name] for name in names if name in request.headers)


def answer_with(text: str) -> Reply:
    """An answer in tokens of a few characters, none of which is a whole key."""
    pieces = [text[start : start + _PIECE] for start in range(0, len(text), _PIECE)]
    return Reply.answer(text, pieces=pieces, model=f"model of {text}")


def reply_to(request: RequestSeen, elsewhere: str) -> Reply:
    """The reply of a server that repeats the key wherever it can, and redirects `elsewhere`."""
    said = secrets_in(request)
    ok = answer_with(f"Hello {request.prompt}, {said}")
    assert ok.streamed is not None
    return {
        "unauthorized": Reply.error(401, {"detail": f"not with {said}"}),
        "forbidden": Reply.error(403, {"error": f"{said} may not"}),
        "not found": Reply.error(404, {"message": f"nothing for {said}"}),
        "unprocessable": Reply.error(422, {"detail": [{"msg": said, "input": {"headers": said}}]}),
        "rate limited": Reply.error(429, {"error": {"message": f"{said} again"}}, {"retry-after-ms": "10"}),
        "server error": Reply.error(500, {"error": {"message": f"{said} broke it"}}),
        "page": Reply(Body("text/html", (f"<title>{said}</title>".encode(),))),
        "redirect": Reply.json({}, 307, {"Location": f"{elsewhere}/chat/completions"}),
        "dropped": Reply.drop_midway(f"{said.rpartition(' ')[2]} and so on"),
        "broken": Reply(ok.streamed.cut(2, (f"data: {{{said}\n\n".encode(),))),
        "stream error": Reply.error_event({"message": f"{said} again"}),
    }.get(request.prompt, ok)


def where_found(secret: str, *folders: Path) -> list[str]:
    """The files that hold a secret, packed or not, in one of the forms in which bytes are written down."""
    words = secret.encode()
    forms = (words, secret.encode("utf-16-le"), words.hex().encode(), *_packed(words))
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    assert files
    return [str(path) for path in files if any(form in piece for piece in _pieces(path) for form in forms)]


def _packed(words: bytes) -> Iterator[bytes]:
    """What of words in base64 is the same whatever comes after them, for each place where they may begin."""
    for before in range(3):
        first, last = math.ceil(8 * before / 6), 8 * (before + len(words)) // 6
        yield base64.b64encode(bytes(before) + words)[first:last]


def _pieces(path: Path) -> Iterator[bytes]:
    """The bytes of a file, and of what is packed in it."""
    data = path.read_bytes()
    yield data
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield archive.read(name)


def words_of_processes(root: int) -> dict[int, bytes]:
    """Argument list and environment of a process and of all that it has started, by process."""
    parents: dict[int, int] = {}
    words: dict[int, bytes] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text().rpartition(")")[2].split()
            parents[int(folder.name)] = int(stat[1])
            words[int(folder.name)] = (folder / "cmdline").read_bytes() + (folder / "environ").read_bytes()
        except (OSError, ValueError):  # it has ended
            continue
    return {process: said for process, said in words.items() if _descends(process, root, parents)}


def _descends(process: int, root: int, parents: dict[int, int]) -> bool:
    while process != root:
        if process not in parents:
            return False
        process = parents[process]
    return True
