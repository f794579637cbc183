"""The columns and rows of a table of results, for whatever kind of file it is written to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from paradigm_gui.core.answer_format import cell_of
from paradigm_gui.core.batch import RequestState
from paradigm_gui.core.tables import unique_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    Record = Mapping[str, Any]
    Value = str | int | float | None

# What answers the question is for everybody; how it was answered is for those who ask for it.
TECHNICAL_COLUMNS = (
    "http_status",
    "attempts",
    "queue_s",
    "ttft_s",
    "service_s",
    "response_s",
    "prompt_tokens",
    "completion_tokens",
    "model",
    "arm",
)
# in their order, all that a table may have of its own; `fields` stands for those of the answers
RESULT_COLUMNS = (
    "row",
    "prompt",
    "status",
    "answer",
    "fields",
    "mark",
    "comment",
    "finish_reason",
    "error",
    "error_message",
    *TECHNICAL_COLUMNS,
)
FULL_COLUMNS = ("status", "answer", "finish_reason", "error", "error_message", *TECHNICAL_COLUMNS)
# at most about so many characters
_LONGEST_NUMBER = 6
_MARK = "x"
_USUAL_END = "stop"
# of seconds
_DECIMALS, DECIMALS_TO_READ = 3, 2


@dataclass(frozen=True, slots=True)
class ResultsInfo:
    """What stands beside the results, and the words for codes.

    `figures` are already in words; `measures` are the lines of a table of numbers, its head first.
    `picture` is an SVG of ours, put into reports as it is.
    `labels` names columns, headings and sheets by their codes; `words` holds, by the code of a column, the
    words for the codes in it. A code without a word stands for itself. `decimal_mark` is for what people
    read. `fields` are those of the answers. `has_remarks` says whether the records have what the user noted
    on them.
    """

    title: str
    model: str
    endpoint: str
    simulated: bool
    settings: Sequence[tuple[str, Value]] = ()
    figures: Sequence[tuple[str, str]] = ()
    fields: Sequence[str] = ()
    has_remarks: bool = False
    measures: Sequence[Sequence[Value]] = ()
    picture: str = ""
    language: str = "en"
    decimal_mark: str = "."
    labels: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def label(self, code: str) -> str:
        return self.labels.get(code, code)

    def word(self, column: str, code: str | None) -> str | None:
        return code if code is None else self.words.get(column, {}).get(code, code)


@dataclass(frozen=True, slots=True)
class TableForm:
    """What a table of results holds.

    `is_technical` adds times, attempts, tokens and the like; `None` leaves it to the kind of file: those for
    programs have them, those to read do not. `row_numbers`, which begin with 1, and `prompts` are further
    columns. `exact_text` keeps CSV cells as they are that a spreadsheet would take for formulas; `separator`
    is that of CSV.
    """

    exact_text: bool = False
    row_numbers: bool = False
    prompts: bool = False
    is_technical: bool | None = None
    separator: str = ","


USUAL_FORM = TableForm()


class ColumnKind(Enum):
    """How the cells of a column are to be taken."""

    TEXT = auto()
    NUMBER = auto()  # every text is a number that comes back as the same text
    DATE = auto()
    VALUE = auto()
    SECONDS = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file: its title, what kind of cells it has, and how to find them in a record."""

    title: str
    kind: ColumnKind
    cell: Callable[[Record], Value]


_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,14})?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
# spreadsheets hold so many digits, and count days wrongly before that one
_MOST_DIGITS = 15
_FIRST_DATE = date(1900, 3, 1)


def _is_number(text: str) -> bool:
    if not _NUMBER.fullmatch(text):
        return False
    digits = text.lstrip("-").replace(".", "")
    # minus nothing comes back as nothing
    return len(digits) <= _MOST_DIGITS and (not text.startswith("-") or bool(digits.strip("0")))


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        return date.fromisoformat(text) >= _FIRST_DATE
    except ValueError:
        return False


class _InputKind:
    """Learns from the cells of an input column whether all of them are numbers, or dates."""

    def __init__(self) -> None:
        self._kind: ColumnKind | None = None

    def learn(self, text: str) -> None:
        if self._kind is ColumnKind.TEXT or not text:
            return
        found = (
            ColumnKind.NUMBER if _is_number(text) else ColumnKind.DATE if _is_date(text) else ColumnKind.TEXT
        )
        self._kind = found if self._kind in (None, found) else ColumnKind.TEXT

    @property
    def kind(self) -> ColumnKind:
        return self._kind or ColumnKind.TEXT


class ResultsTable:
    """What a writer gets: the records, and the columns that are worth writing.

    All records are looked at before the first is written: they are asked for anew each time, of `surveyed`
    where that is not the same as what is to be written.
    `columns` are the input's. A table `for_reading` has neither empty columns nor the raw text of answers
    whose fields it shows.
    """

    def __init__(
        self,
        records: Iterable[Record],
        columns: Sequence[str],
        info: ResultsInfo,
        form: TableForm,
        *,
        for_reading: bool,
        surveyed: Iterable[Record] | None = None,
    ) -> None:
        self.info = info
        self.form = form
        self.count = 0
        self._records = records
        self._surveyed = records if surveyed is None else surveyed
        self._inputs = columns
        self._for_reading = for_reading
        self._is_technical = not for_reading if form.is_technical is None else form.is_technical
        self._kinds = {column: _InputKind() for column in columns}
        self._filled: set[str] = set()
        self._survey()
        self.columns: Sequence[Column] = self._columns()

    def rows(self) -> Iterator[list[Value]]:
        """Give the rows of the file, in the order of its columns."""
        return self._rows_of(self._records)

    def _rows_of(self, records: Iterable[Record]) -> Iterator[list[Value]]:
        cells = [column.cell for column in self.columns]
        for record in records:
            yield [cell(record) for cell in cells]

    @property
    def header(self) -> list[str]:
        return [column.title for column in self.columns]

    def _survey(self) -> None:
        """Find out what the records hold."""
        learns = [(column, kind.learn) for column, kind in self._kinds.items()]
        getters = {
            code: self._getter(code)
            for code in RESULT_COLUMNS
            if code not in ("row", "prompt", "status", "fields")
        }
        unseen = {code: getter for code, getter in getters.items() if code != "finish_reason"}
        field_names = self.info.fields
        for record in self._surveyed:
            self.count += 1
            variables = record["variables"]
            for column, learn in learns:
                if text := variables.get(column, ""):
                    learn(text)
                    self._filled.add(column)
            if record["status"] != RequestState.DONE:
                self._filled.add("status")
            if record["finish_reason"] not in (None, "", _USUAL_END):
                self._filled.add("finish_reason")
            for code in [code for code, getter in unseen.items() if getter(record) not in (None, "")]:
                self._filled.add(code)
                del unseen[code]
            if field_names and (fields := record.get("fields")):
                self._filled.update(
                    f"fields/{name}" for name in field_names if fields.get(name) not in (None, "")
                )

    def longest_cells(self) -> list[int]:
        """How many characters the longest cell of each column has, its title among them."""
        longest = [len(title) for title in self.header]
        for row in self._rows_of(self._surveyed):
            lengths = [len(cell) if isinstance(cell, str) else _LONGEST_NUMBER for cell in row]
            longest = list(map(max, longest, lengths))
        return longest

    def _columns(self) -> list[Column]:
        """The columns of the file. Those of the input keep their names; ours give way to them."""
        found = [
            Column(name, self._kinds[name].kind, _input_cell(name))
            for name in self._inputs
            if not self._for_reading or name in self._filled
        ]
        for code in RESULT_COLUMNS:
            if code == "fields":
                found += [
                    Column(name, ColumnKind.VALUE, self._field_getter(name))
                    for name in self.info.fields
                    if not self._for_reading or f"fields/{name}" in self._filled
                ]
            elif self._is_wanted(code):
                kind = ColumnKind.SECONDS if code.endswith("_s") else ColumnKind.VALUE
                found.append(Column(self.info.label(code), kind, self._getter(code)))
        titles = unique_names(column.title for column in found)
        return [Column(title, column.kind, column.cell) for title, column in zip(titles, found, strict=True)]

    def _is_wanted(self, code: str) -> bool:
        match code:
            case "row":
                return self.form.row_numbers
            case "prompt":
                return self.form.prompts
            case "model" if self.info.simulated and not self._for_reading:
                return True  # a bare table has no other place to say where its answers come from
            case "mark" | "comment":
                is_always = self._is_technical and not self._for_reading
                return self.info.has_remarks and (is_always or code in self._filled)
            case "answer":
                return not (self._for_reading and self.info.fields) or code in self._filled
        if self._is_technical and code in FULL_COLUMNS:
            return not self._for_reading or code == "status" or code in self._filled
        return code not in TECHNICAL_COLUMNS and code in self._filled

    def _field_getter(self, name: str) -> Callable[[Record], Value]:
        cell = cell_of if self._is_technical else _listed
        return lambda record: cell((record.get("fields") or {}).get(name))

    def _getter(self, code: str) -> Callable[[Record], Value]:
        info = self.info
        match code:
            case "row":
                return lambda record: int(record["index"]) + 1
            case "status" | "arm" | "finish_reason":
                return lambda record: info.word(code, record[code])
            case "error":
                return lambda record: info.word(code, (record["error"] or {}).get("code"))
            case "error_message":
                return lambda record: (record["error"] or {}).get("message")
            case "http_status":
                return lambda record: (record["error"] or {}).get("http_status")
            case "prompt_tokens" | "completion_tokens":
                kind = code.removesuffix("_tokens")
                return lambda record: record["tokens"][kind]
            case "mark":
                return lambda record: _MARK if record.get("marked") else None
            case "comment":
                return lambda record: record.get("comment")
            case "answer" if self._for_reading and info.fields:
                return lambda record: None if record.get("fields") else record["text"]
            case "answer":
                return lambda record: record["text"]
        if code.endswith("_s"):
            decimals = DECIMALS_TO_READ if self._for_reading else _DECIMALS
            return lambda record: None if record[code] is None else round(record[code], decimals)
        return lambda record: record[code]


def _input_cell(name: str) -> Callable[[Record], Value]:
    return lambda record: record["variables"].get(name, "")


def _listed(value: object) -> Value:
    """A list of words as people write it; anything else as it is in a cell."""
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    return cell_of(value)
