"""The options of the program. There is none for a key: arguments are visible to every user of a machine."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from paradigm_gui import __version__
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.language import LANGUAGES, language_of, translators
from paradigm_gui.wording.text import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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


# What argparse says itself.
_ARGPARSE_TEXTS = (
    QT_TRANSLATE_NOOP("CommandLine", "usage: "),
    QT_TRANSLATE_NOOP("CommandLine", "positional arguments"),
    QT_TRANSLATE_NOOP("CommandLine", "options"),
    QT_TRANSLATE_NOOP("CommandLine", "show this help message and exit"),
    QT_TRANSLATE_NOOP("CommandLine", "argument %(argument_name)s: %(message)s"),
    QT_TRANSLATE_NOOP("CommandLine", "expected one argument"),
    QT_TRANSLATE_NOOP("CommandLine", "ignored explicit argument %r"),
    QT_TRANSLATE_NOOP("CommandLine", "invalid choice: %(value)r (choose from %(choices)s)"),
    QT_TRANSLATE_NOOP("CommandLine", "invalid %(type)s value: %(value)r"),
    QT_TRANSLATE_NOOP("CommandLine", "not allowed with argument %s"),
    QT_TRANSLATE_NOOP("CommandLine", "unrecognized arguments: %s"),
    QT_TRANSLATE_NOOP("CommandLine", "ambiguous option: %(option)s could match %(matches)s"),
)


class CommandLine(argparse.ArgumentParser):
    """The options, explained in one of the program's languages; there is no `QApplication` yet."""

    def __init__(self, language: str) -> None:
        self._translators = list(translators(language))
        # WORKAROUND: argparse looks its own texts up by gettext only, which wants catalogues of its own
        argparse._ = self.tr  # type: ignore[attr-defined]
        super().__init__(
            prog="paradigm-gui",
            description=self.tr("Send one prompt to many inputs at once, and see what concurrency bought."),
            epilog=self.tr(
                "The API key comes from the system's keyring or from PARADIGM_API_KEY. Exit codes: "
                "0 every row done, 1 some rows failed, 2 bad input or configuration, 130 interrupted."
            ),
        )
        self._add_options()

    def tr(self, text: str) -> str:
        """A text in the language; as it is where there is no translation."""
        found = (translator.translate("CommandLine", text) for translator in self._translators)
        return next(filter(None, found), text)

    def error(self, message: str) -> NoReturn:
        raise UserFacingError("usage", message=message)

    def options(self, arguments: Sequence[str]) -> Options:
        """What is asked for; raises `UserFacingError`, or `SystemExit` where it is help or the version."""
        options, others = self.parse_known_args(arguments)
        if any(other.startswith("-") for other in others):
            self.error(self.tr("unrecognized arguments: %s") % " ".join(others))
        if others:
            self.error(
                self.tr("one FILE at a time: {files} cannot be opened, too").format(files=" ".join(others))
            )
        return Options(**vars(options))

    def _add_options(self) -> None:
        add = self.add_argument
        add(
            "file",
            nargs="?",
            type=Path,
            metavar="FILE",
            help=self.tr("names (.txt), table (.csv .tsv .xlsx .ods .jsonl) or batch (.json)"),
        )
        server = self.add_mutually_exclusive_group()
        server.add_argument(
            "--demo", action="store_true", help=self.tr("use the built-in server: no key, no network")
        )
        server.add_argument(
            "--base-url",
            metavar="URL",
            help=self.tr(
                "the server (default: PARADIGM_BASE_URL, else the last one); /api/v2 may be left out for "
                "a host called paradigm, or that of PARADIGM_BASE_URL"
            ),
        )
        server.add_argument("--endpoint", metavar="NAME", help=self.tr("a saved server"))
        add("--model", metavar="M", help=self.tr("the model (default: the server's own)"))
        add(
            "--temperature",
            type=self._number(0, 2, whole=False),
            metavar="T",
            help=self.tr("0 for the likeliest words, up to 2 for surprising ones"),
        )
        add(
            "--max-tokens",
            type=self._number(1, 1_000_000, whole=True),
            metavar="N",
            help=self.tr("the most tokens of an answer"),
        )
        add("--system", metavar="TEXT|@FILE", help=self.tr("the system prompt"))
        add(
            "--prompt",
            metavar="TEXT|@FILE",
            help=self.tr("the prompt for each row, with {column} placeholders"),
        )
        add(
            "--cap",
            type=self._number(1, 1000, whole=True),
            metavar="N",
            help=self.tr("the most requests in flight at once"),
        )
        add(
            "--rpm",
            type=self._number(0.1, 1_000_000, whole=False),
            metavar="N",
            help=self.tr("requests per minute, evenly spaced"),
        )
        add(
            "--no-stream",
            dest="stream",
            action="store_const",
            const=False,
            help=self.tr("answers in one piece"),
        )
        add(
            "--timeout",
            type=self._number(0.1, 86_400, whole=False),
            metavar="S",
            help=self.tr("seconds allowed for one attempt"),
        )
        add(
            "--retries",
            type=self._number(0, 100, whole=True),
            metavar="N",
            help=self.tr("how often a failed request is sent again"),
        )
        add("--compare", action="store_true", help=self.tr("also run one by one, and show the speed-up"))
        add("--run", action="store_true", help=self.tr("start at once"))
        add("--headless", action="store_true", help=self.tr("no window: run, print the summary, quit"))
        add("--output", type=Path, metavar="FILE", help=self.tr("results as .csv .jsonl .xlsx .md .html"))
        add("--report", type=Path, metavar="FILE", help=self.tr("figures of the run as JSON"))
        add(
            "--screenshot",
            type=Path,
            metavar="FILE",
            help=self.tr("picture of the window when the run has ended, as PNG"),
        )
        add("--resume", metavar="RUN|last", help=self.tr("go on with an unfinished run"))
        add(
            "--data-dir",
            type=Path,
            metavar="DIR",
            help=self.tr("where settings, servers and log are kept"),
        )
        add("--lang", choices=LANGUAGES, help=self.tr("the language of the texts"))
        add(
            "--self-test",
            action="store_true",
            help=self.tr("try the installed program on the built-in server"),
        )
        add(
            "--version",
            action="version",
            version=f"%(prog)s {__version__}",
            help=self.tr("show the version and exit"),
        )

    def _number(self, least: float, most: float, *, whole: bool) -> Callable[[str], float]:
        def read(text: str) -> float:
            value = int(text) if whole else float(text)
            if not least <= value <= most:
                words = self.tr("{value} is not between {least} and {most}")
                raise argparse.ArgumentTypeError(words.format(value=text, least=least, most=most))
            return value

        read.__name__ = self.tr("whole number") if whole else self.tr("number")
        return read


def parse(arguments: Sequence[str]) -> Options:
    """Read the command line; raises `UserFacingError` for a mistake, `SystemExit` for help and version."""
    return CommandLine(language_of(arguments)).options(arguments)


def text_or_file(value: str) -> str:
    """A text, or the content of the file that `@` points to; raises `UserFacingError`."""
    if not value.startswith("@"):
        return value
    from paradigm_gui.core.text_files import read_text

    return read_text(Path(value[1:])).strip("\r\n")
