"""A batch in a JSON file: rows, template and settings, never a key."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from paradigm_gui.core.atomic import atomic_write
from paradigm_gui.core.batch import Limits, Row
from paradigm_gui.core.delimited import MAX_CELL_CHARACTERS
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.spreadsheets import MAX_CELLS, MAX_ROWS
from paradigm_gui.core.tables import PROMPT_COLUMN, json_text, parse_json, unique_names
from paradigm_gui.core.text_files import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

BATCH_SUFFIX = ".json"
# how those that are saved are called: a desktop can tell them from other JSON
OWN_BATCH_SUFFIX = f".paradigm{BATCH_SUFFIX}"
VERSION = 1


@dataclass(frozen=True, slots=True)
class BatchFile:
    """What a batch file says; `None` is what it leaves to the defaults. Rows come with their columns.

    The fields that `Limits` has, too, are its limits; zero is for none where `Limits` has `None`.
    """

    columns: tuple[str, ...] | None = None
    rows: list[Row] | None = None
    template: str | None = None
    model: str | None = None
    temperature: float | None = None
    max_tokens: int | None = None
    system: str | None = None
    streaming: bool | None = None
    cap: int | None = None
    requests_per_minute: float | None = None
    retries: int | None = None
    failures_to_stop: int | None = None
    token_budget: int | None = None
    connect_timeout_s: float | None = None
    first_token_timeout_s: float | None = None
    between_tokens_timeout_s: float | None = None
    total_timeout_s: float | None = None
    endpoint: str | None = None
    schema: dict[str, Any] | None = None

    def limits(self, before: Limits) -> Limits:
        """The limits of the batch, and what was set before where it leaves them open."""
        given = _given(self, _LIMITS)
        if "total_timeout_s" in given:
            # a total that is named alone is the patience for the first token, too
            given.setdefault("first_token_timeout_s", given["total_timeout_s"])
        for name in _UNLIMITED_BY_ZERO & given.keys():
            given[name] = given[name] or None
        return replace(before, **given)


def limit_fields(limits: Limits) -> dict[str, Any]:
    """The fields of a `BatchFile` that say these limits."""
    return {field.name: getattr(limits, field.name) or 0 for field in fields(limits)}


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of value: the word for it in `bad_field`, and its test."""

    expected: str
    accepts: Callable[[Any], bool]


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


_TEXT = _Kind("text", lambda value: isinstance(value, str))
_FLAG = _Kind("true_or_false", lambda value: isinstance(value, bool))
_COUNT = _Kind("whole_number_from_1", lambda value: _is_whole(value) and value >= 1)
_COUNT_OR_NONE = _Kind("whole_number_from_0", lambda value: _is_whole(value) and value >= 0)
_AMOUNT = _Kind("number_from_0", lambda value: _is_number(value) and value >= 0)
_POSITIVE = _Kind("number_above_0", lambda value: _is_number(value) and value > 0)
_OBJECT = _Kind("object", lambda value: isinstance(value, dict))
_LIST = _Kind("list", lambda value: isinstance(value, list))
_NAMES = _Kind(
    "list_of_distinct_names",
    lambda value: (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(name, str) and name.strip() for name in value)
        and len(set(value)) == len(value)
    ),
)

_TOP = {
    "columns": _NAMES,
    "rows": _LIST,
    "template": _TEXT,
    "parameters": _OBJECT,
    "limits": _OBJECT,
    "endpoint": _TEXT,
}
_PARAMETERS = {
    "model": _TEXT,
    "temperature": _AMOUNT,
    "max_tokens": _COUNT,
    "system": _TEXT,
    "streaming": _FLAG,
    "schema": _OBJECT,
}
_LIMITS = {
    "cap": _COUNT,
    "requests_per_minute": _AMOUNT,
    "retries": _COUNT_OR_NONE,
    "failures_to_stop": _COUNT_OR_NONE,
    "token_budget": _COUNT_OR_NONE,
    "connect_timeout_s": _POSITIVE,
    "first_token_timeout_s": _POSITIVE,
    "between_tokens_timeout_s": _POSITIVE,
    "total_timeout_s": _POSITIVE,
}
_UNLIMITED_BY_ZERO = {"requests_per_minute", "failures_to_stop", "token_budget"}

_KEY_NAMES = frozenset(
    {
        "key",
        "apikey",
        "xapikey",
        "authorization",
        "bearer",
        "token",
        "accesstoken",
        "apitoken",
        "secret",
        "password",
    }
)


def read_batch_file(path: Path) -> BatchFile:
    """Read a batch file; raises `UserFacingError` that names the field when something is wrong with it."""
    document = parse_json(read_text(path), path)
    if not isinstance(document, dict):
        raise _bad_field(path, "", _OBJECT.expected)
    _refuse_keys(path, document)
    version = document.pop("version", None)
    if not _is_whole(version) or version != VERSION:
        raise UserFacingError("unknown_version", path=str(path), version=version, known=VERSION)
    top = _fields(path, document, _TOP, "")
    parameters = _fields(path, top.pop("parameters", {}), _PARAMETERS, "parameters.")
    limits = _fields(path, top.pop("limits", {}), _LIMITS, "limits.")
    columns, rows = _rows(path, top.pop("columns", None), top.pop("rows", None))
    return BatchFile(columns=columns, rows=rows, **top, **parameters, **limits)


def write_batch_file(path: Path, batch: BatchFile) -> None:
    """Write a batch file whole or not at all; what is `None` is left out."""
    document: dict[str, object] = {"version": VERSION}
    if batch.columns is not None:
        document["columns"] = batch.columns
    if batch.columns is not None and batch.rows is not None:
        document["rows"] = [[row.variables[column] for column in batch.columns] for row in batch.rows]
    parameters = _given(batch, _PARAMETERS)
    limits = _given(batch, _LIMITS)
    document |= _given(batch, ("template",))
    document |= {"parameters": parameters} if parameters else {}
    document |= {"limits": limits} if limits else {}
    document |= _given(batch, ("endpoint",))
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
    with atomic_write(path) as file:
        # Only strings can hold half a surrogate pair, and there a backslash escape is JSON.
        file.write(text.encode("utf-8", "backslashreplace"))


def _given(batch: BatchFile, names: Sequence[str] | dict[str, _Kind]) -> dict[str, Any]:
    return {name: value for name in names if (value := getattr(batch, name)) is not None}


def _bad_field(path: Path, field: str, expected: str) -> UserFacingError:
    return UserFacingError("bad_field", path=str(path), field=field, expected=expected)


def _fields(path: Path, found: dict[str, Any], known: dict[str, _Kind], prefix: str) -> dict[str, Any]:
    """Check the fields of one object and drop those that are null."""
    for name, value in found.items():
        if name not in known:
            raise UserFacingError("unknown_field", path=str(path), field=prefix + name)
        if value is not None and not known[name].accepts(value):
            raise _bad_field(path, prefix + name, known[name].expected)
    return {name: value for name, value in found.items() if value is not None}


def _refuse_keys(path: Path, document: dict[str, Any]) -> None:
    """Refuse an entry that is named like a key, wherever it stands.

    Columns of the table and fields of answers may be called so.
    """
    settings = {name: value for name, value in document.items() if name not in ("columns", "rows")}
    if isinstance(parameters := settings.get("parameters"), dict):
        settings["parameters"] = {name: value for name, value in parameters.items() if name != "schema"}
    for field in _field_names(settings):
        if re.sub(r"[\W_]", "", field.rpartition(".")[2]).lower() in _KEY_NAMES:
            raise UserFacingError("key_in_file", path=str(path), field=field)


def _field_names(document: dict[str, Any]) -> Iterator[str]:
    """Give the dotted names of all entries, at any depth."""
    waiting: list[tuple[str, Any]] = [("", document)]
    while waiting:
        prefix, value = waiting.pop()
        if isinstance(value, dict):
            for name, inner in value.items():
                yield prefix + name
                waiting.append((f"{prefix}{name}.", inner))
        elif isinstance(value, list):
            waiting.extend((prefix, inner) for inner in value)


def _rows(
    path: Path, columns: list[str] | None, items: list[Any] | None
) -> tuple[tuple[str, ...] | None, list[Row] | None]:
    if items is None:
        return (tuple(columns) if columns else None), None
    if not items:
        raise UserFacingError("empty_table", path=str(path))
    if len(items) > MAX_ROWS:
        raise UserFacingError("too_many_rows", path=str(path), limit=MAX_ROWS)
    keys = columns or _implied_columns(items)
    if not keys:
        raise _bad_field(path, "columns", _NAMES.expected)
    if len(items) * len(keys) > MAX_CELLS:
        raise UserFacingError("too_many_cells", path=str(path), limit=MAX_CELLS)
    names = tuple(columns) if columns else unique_names(keys)
    rows = []
    for index, item in enumerate(items):
        field = f"rows[{index}]"
        cells = [json_text(cell) for cell in _cells(path, field, keys, item)]
        if any(len(cell) > MAX_CELL_CHARACTERS for cell in cells):
            raise UserFacingError("cell_too_large", path=str(path), field=field, limit=MAX_CELL_CHARACTERS)
        rows.append(Row(index, dict(zip(names, cells, strict=True))))
    return names, rows


def _implied_columns(items: list[Any]) -> list[str]:
    """The columns of rows that are objects or plain texts, in order of first appearance."""
    found: dict[str, None] = {}
    for item in items:
        if isinstance(item, dict):
            found.update(dict.fromkeys(item))
        elif isinstance(item, str):
            found[PROMPT_COLUMN] = None
    return list(found)


def _cells(path: Path, field: str, columns: Sequence[str], item: Any) -> list[Any]:
    """Order one row's values by column; what it leaves out is null."""
    if isinstance(item, str) and len(columns) == 1:
        return [item]
    if isinstance(item, list) and len(item) <= len(columns):
        return [*item, *[None] * (len(columns) - len(item))]
    if isinstance(item, dict):
        for name in item:
            if name not in columns:
                raise UserFacingError("unknown_field", path=str(path), field=f"{field}.{name}")
        return [item.get(name) for name in columns]
    if isinstance(item, str):
        raise _bad_field(path, field, "list_or_object")
    raise _bad_field(path, field, "row_that_fits_the_columns")
