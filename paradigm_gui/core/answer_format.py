"""What an answer is to look like: a JSON schema that is asked for, and that each answer is held against."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from paradigm_gui.core.answers import cut
from paradigm_gui.core.errors import ErrorKind, RequestError, UserFacingError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Cell = str | int | float | None

# checking a schema of this size takes 0.1 s, which the window can spare while one types
MOST_CHARACTERS = 20_000
# more digits than a float or a spreadsheet can hold
LARGEST_NUMBER = 2**53

_NAME = "answer"
_REFERENCES = ("$ref", "$dynamicRef", "$recursiveRef")
_LITERALS = ("const", "enum", "default", "examples")


@dataclass(frozen=True, slots=True, eq=False)
class AnswerFormat:
    """A JSON schema that can be used; `answer_format` makes it from a text.

    `columns` are its top-level properties, in their order.
    """

    schema: Mapping[str, Any]
    columns: tuple[str, ...]

    @property
    def response_format(self) -> dict[str, Any]:
        """What is sent with a request.

        Paradigm hands requests on to vLLM, which heeds `response_format` and has dropped its older
        `guided_json`: it would ignore that without a word. vLLM takes `strict` and needs it not; servers
        that know it accept it only with schemas whose objects are closed, so it is sent with those alone.
        """
        json_schema: dict[str, Any] = {"name": _NAME, "schema": self.schema}
        if all(map(_is_closed, _subschemas(self.schema))):
            json_schema["strict"] = True
        return {"type": "json_schema", "json_schema": json_schema}

    def fault_of(self, text: str) -> RequestError | None:
        """What is wrong with an answer; `None` when it matches.

        How long that takes is up to the schema: a pattern may take for ever. `format` is a remark and not
        checked, as the JSON Schema specification has it.
        """
        from jsonschema.exceptions import best_match
        from referencing import Registry
        from referencing.exceptions import Unresolvable

        try:
            answer = _parse(text)
        except (ValueError, RecursionError) as error:
            return RequestError(ErrorKind.NOT_JSON, cut(str(error)))
        try:
            # with a registry of its own: the default one would fetch what a reference names
            validator = _dialect_of(self.schema)(self.schema, registry=Registry())
            violation = best_match(validator.iter_errors(answer))
        except (RecursionError, Unresolvable) as error:
            return RequestError(ErrorKind.UNCHECKED, cut(str(error)))
        if violation is None:
            return None
        return RequestError(ErrorKind.SCHEMA_MISMATCH, cut(f"{violation.json_path}: {violation.message}"))


@lru_cache(maxsize=8)
def answer_format(text: str) -> AnswerFormat | None:
    """Read a schema as people write it; nothing, or an empty object, asks for nothing.

    Raises `UserFacingError` `bad_schema` with a `reason`: `json` (and the `line`), `object`, `long`, `deep`,
    `dialect`, `schema` (with `where` and `words`) or `reference` (with the `name`).
    """
    if not text.strip():
        return None
    if len(text) > MOST_CHARACTERS:
        raise _bad_schema("long", most=MOST_CHARACTERS)
    try:
        schema = _parse(text)
    except json.JSONDecodeError as error:
        raise _bad_schema("json", line=error.lineno) from error
    except ValueError as error:
        raise _bad_schema("json", line=1) from error
    except RecursionError as error:
        raise _bad_schema("deep") from error
    if not isinstance(schema, dict):
        raise _bad_schema("object")
    if not schema:
        return None
    _check(schema)
    properties = schema.get("properties")
    return AnswerFormat(schema, tuple(properties) if isinstance(properties, dict) else ())


def schema_of(text: str) -> dict[str, Any]:
    """The schema in a text, empty where nothing is asked for; raises as `answer_format` does."""
    wanted = answer_format(text)
    return dict(wanted.schema) if wanted else {}


def schema_text(schema: Mapping[str, Any] | None) -> str:
    """A schema as it is shown in an editor."""
    return json.dumps(schema, ensure_ascii=False, indent=2) if schema else ""


def fields_of(text: str, columns: Sequence[str]) -> dict[str, Any]:
    """The values of an answer's fields, by name; nothing from an answer that is no JSON object."""
    if not columns:
        return {}
    try:
        answer = _parse(text)
    except (ValueError, RecursionError):
        return {}
    return {name: answer[name] for name in columns if name in answer} if isinstance(answer, dict) else {}


def object_of(text: str) -> dict[str, Any]:
    """The fields of an answer that is a JSON object, also one in a code fence; nothing from any other."""
    text = text.strip()
    if text.startswith("```") and text.endswith("```"):
        text = text.strip("`").removeprefix("json").strip()
    if not text.startswith("{"):
        return {}
    try:
        answer = _parse(text)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def cell_of(value: Any) -> Cell:
    """A field as a cell: texts and numbers as they are, `null` as nothing, all else as JSON."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST_NUMBER:
        return value
    return json.dumps(value, ensure_ascii=False)


def _parse(text: str) -> Any:
    return json.loads(text, parse_constant=_refuse, parse_float=_finite)


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError(f"{digits} is too large")
    return number


def _check(schema: dict[str, Any]) -> None:
    from jsonschema import SchemaError

    try:
        dialect = _dialect_of(schema)
        dialect.check_schema(schema)
        for part in _referred(schema):
            # it may stand where the dialect does not look for schemas
            dialect.check_schema(part)
    except SchemaError as error:
        raise _bad_schema("schema", where=error.json_path, words=cut(error.message)) from error
    except RecursionError as error:
        raise _bad_schema("deep") from error


def _referred(schema: dict[str, Any]) -> list[Any]:
    """What references lead to; raises `UserFacingError` where that is not in the schema itself.

    Nothing is ever fetched for a schema.
    """
    from referencing import Registry
    from referencing.exceptions import Unresolvable
    from referencing.jsonschema import DRAFT202012, specification_with

    draft = specification_with(schema.get("$schema", ""), default=DRAFT202012)
    names = {
        part[keyword]
        for part in _subschemas(schema)
        for keyword in _REFERENCES
        if isinstance(part.get(keyword), str)
    }
    resolver = Registry().resolver_with_root(draft.create_resource(schema))
    found = []
    for name in names - {"#"}:
        try:
            if not name.startswith("#"):
                raise _bad_schema("reference", name=cut(name))
            found.append(resolver.lookup(name).contents)
        except (Unresolvable, ValueError) as error:
            raise _bad_schema("reference", name=cut(name)) from error
    return found


def _dialect_of(schema: Mapping[str, Any]) -> Any:
    """Give the validator for the draft that a schema names; the newest, where it names none."""
    from jsonschema import Draft3Validator, Draft4Validator, Draft202012Validator
    from jsonschema.validators import validator_for

    dialect = schema.get("$schema", "")
    if dialect == "":
        return Draft202012Validator
    try:
        found = validator_for(schema, default=None) if isinstance(dialect, str) else None
    except ValueError:  # it cannot be read as a URL
        found = None
    # the rules of the oldest drafts let schemas pass that cannot be used
    if found in (None, Draft3Validator, Draft4Validator):
        raise _bad_schema("dialect")
    return found


def _subschemas(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every object in a schema that may be one itself, the schema included."""
    waiting: list[Any] = [schema]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            yield part
            waiting += [value for name, value in part.items() if name not in _LITERALS]
        elif isinstance(part, list):
            waiting += part


def _is_closed(part: Mapping[str, Any]) -> bool:
    """Whether an object's schema, if that is what it is, lets nothing be left out or added."""
    properties, required = part.get("properties"), part.get("required")
    if part.get("type") != "object" and not isinstance(properties, dict):
        return True
    return (
        isinstance(properties, dict)
        and isinstance(required, list)
        and set(properties) == set(map(str, required))
        and part.get("additionalProperties") is False
    )


def _bad_schema(reason: str, **details: object) -> UserFacingError:
    return UserFacingError("bad_schema", reason=reason, **details)
