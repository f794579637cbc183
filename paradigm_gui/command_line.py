"""The options of the program. There is none for a key: arguments are visible to every user of a machine."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from paradigm_gui import __version__
from paradigm_gui.core.errors import UserFacingError

if TYPE_CHECKING:
    from collections.abc import Sequence

LANGUAGES = ("en", "fr")
DEMO_EXAMPLE = "paradigm-gui --demo"


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for on the command line; `None` is what was left open."""

    file: Path | None
    demo: bool
    base_url: str | None
    endpoint: str | None
    model: str | None
    temperature: float | None
    max_tokens: int | None
    system: str | None
    prompt: str | None
    cap: int | None
    rpm: float | None
    stream: bool | None
    timeout: float | None
    retries: int | None
    compare: bool
    run: bool
    headless: bool
    output: Path | None
    report: Path | None
    screenshot: Path | None
    resume: str | None
    data_dir: Path | None
    lang: str | None
    self_test: bool

    @property
    def is_example(self) -> bool:
        """Whether the example is to be run as it is, whatever was typed last time."""
        return self.demo and self.run and self.file is None and self.prompt is None

    @property
    def has_job(self) -> bool:
        """Whether there is something to do without a person at a window."""
        return self.file is not None or self.demo or self.resume is not None or self.self_test


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UserFacingError("usage", message=message)


def _number(least: float, most: float, *, whole: bool) -> type:
    def read(text: str) -> float:
        value = int(text) if whole else float(text)
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"{text}: {least} … {most}")
        return value

    read.__name__ = "number"
    return read  # type: ignore[return-value]


def _parser() -> _Parser:
    parser = _Parser(
        prog="paradigm-gui",
        description="Send one prompt to many inputs at once, and see what concurrency bought.",
        epilog="The API key comes from the system's keyring or from PARADIGM_API_KEY. Exit codes: "
        "0 every row done, 1 some rows failed, 2 bad input or configuration, 130 interrupted.",
    )
    add = parser.add_argument
    add(
        "file",
        nargs="?",
        type=Path,
        metavar="FILE",
        help="names (.txt), table (.csv .tsv .xlsx .ods .jsonl) or batch (.json)",
    )
    server = parser.add_mutually_exclusive_group()
    server.add_argument("--demo", action="store_true", help="use the built-in server: no key, no network")
    server.add_argument(
        "--base-url", metavar="URL", help="the server (default: PARADIGM_BASE_URL, else the last one)"
    )
    server.add_argument("--endpoint", metavar="NAME", help="a saved server")
    add("--model", metavar="M")
    add("--temperature", type=_number(0, 2, whole=False), metavar="T")
    add("--max-tokens", type=_number(1, 1_000_000, whole=True), metavar="N")
    add("--system", metavar="TEXT|@FILE", help="the system prompt")
    add("--prompt", metavar="TEXT|@FILE", help="the prompt for each row, with {column} placeholders")
    add("--cap", type=_number(1, 1000, whole=True), metavar="N", help="the most requests in flight at once")
    add(
        "--rpm",
        type=_number(0.1, 1_000_000, whole=False),
        metavar="N",
        help="requests per minute, evenly spaced",
    )
    add("--no-stream", dest="stream", action="store_const", const=False, help="answers in one piece")
    add(
        "--timeout",
        type=_number(0.1, 86_400, whole=False),
        metavar="S",
        help="seconds allowed for one attempt",
    )
    add("--retries", type=_number(0, 100, whole=True), metavar="N")
    add("--compare", action="store_true", help="also run one by one, and show the speed-up")
    add("--run", action="store_true", help="start at once")
    add("--headless", action="store_true", help="no window: run, print the summary, quit")
    add("--output", type=Path, metavar="FILE", help="results as .csv .jsonl .xlsx .md .html")
    add("--report", type=Path, metavar="FILE", help="figures of the run as JSON")
    add(
        "--screenshot", type=Path, metavar="FILE", help="picture of the window when the run has ended, as PNG"
    )
    add("--resume", metavar="RUN|last", help="go on with an unfinished run")
    add("--data-dir", type=Path, metavar="DIR", help="where settings, endpoints and log are kept")
    add("--lang", choices=LANGUAGES)
    add("--self-test", action="store_true", help="try the installed program on the built-in server")
    add("--version", action="version", version=f"%(prog)s {__version__}")
    return parser


def parse(arguments: Sequence[str]) -> Options:
    """Read the command line; raises `UserFacingError` for a mistake, `SystemExit` for help and version."""
    return Options(**vars(_parser().parse_args(arguments)))


def text_or_file(value: str) -> str:
    """A text, or the content of the file that `@` points to; raises `UserFacingError`."""
    if not value.startswith("@"):
        return value
    from paradigm_gui.core.text_files import read_text

    return read_text(Path(value[1:])).strip("\r\n")
