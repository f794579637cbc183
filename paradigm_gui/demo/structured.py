"""Answers in the form that a request's `response_format` asks for, as far as a demo needs to know schemas."""

from __future__ import annotations

import json
import random
from typing import Any

from paradigm_gui.demo.excerpts import Excerpts

_DEEPEST = 8
_LONGEST_LIST = 3
_LONGEST_TEXT = 200


def structured(schema: object, prompt: str, seed: int) -> str:
    """Fill the form of a JSON schema with words and numbers of the prompt, and by chance where it has none.

    Of the keywords, those that choose a value, a type or a field are heeded, and no others.
    """
    value = _Filler(schema, prompt, random.Random(f"{seed} structured {prompt}")).value(schema, 0)
    return json.dumps(value, ensure_ascii=False)


class _Filler:
    def __init__(self, root: object, prompt: str, chance: random.Random) -> None:
        self._root = root
        self._excerpts = Excerpts(prompt)
        self._prompt = prompt[:_LONGEST_TEXT]
        self._words = prompt.lower()
        self._chance = chance

    def value(self, schema: object, depth: int, field: str = "") -> Any:
        """A value for a field of that name, or for what has none."""
        if not isinstance(schema, dict) or depth > _DEEPEST:
            return None
        if "const" in schema:
            return schema["const"]
        if isinstance(choices := schema.get("enum"), list) and choices:
            return self._choice(choices)
        for keyword in ("anyOf", "oneOf", "allOf"):
            if isinstance(parts := schema.get(keyword), list) and parts:
                return self.value(parts[0], depth + 1, field)
        if isinstance(reference := schema.get("$ref"), str):
            return self.value(self._referred(reference), depth + 1, field)
        return self._of_type(_type_of(schema), schema, depth, field)

    def _of_type(self, kind: object, schema: dict[str, Any], depth: int, field: str) -> Any:
        match kind:
            case "object":
                properties = schema.get("properties")
                fields = properties if isinstance(properties, dict) else {}
                return {name: self.value(part, depth + 1, name) for name, part in fields.items()}
            case "array":
                least = schema.get("minItems")
                length = least if isinstance(least, int) and 0 < least <= _LONGEST_LIST else 1
                return [self.value(schema.get("items"), depth + 1, field) for _ in range(length)]
            case "integer" | "number":
                return self._number(schema, is_whole=kind == "integer")
            case "boolean":
                return self._chance.random() < 0.5
            case "null":
                return None
        return self._string(schema, field)

    def _choice(self, choices: list[Any]) -> Any:
        """One that the prompt names, or any."""
        named = [choice for choice in choices if isinstance(choice, str) and choice.lower() in self._words]
        return (named or [self._chance.choice(choices)])[0]

    def _number(self, schema: dict[str, Any], *, is_whole: bool) -> int | float | None:
        least, most = schema.get("minimum"), schema.get("maximum")
        low = least if isinstance(least, int) else 0
        high = most if isinstance(most, int) else None
        found = self._excerpts.number()
        if found is None and _may_be_null(schema):
            return None
        is_fit = found is not None and (not is_whole or isinstance(found, int)) and found >= low
        if found is not None and is_fit and (high is None or found <= high):
            return found
        return low + self._chance.randint(1, 9) if high is None else self._chance.randint(low, max(low, high))

    def _string(self, schema: dict[str, Any], field: str) -> str | None:
        text = self._excerpts.text(field)
        if text is None and _may_be_null(schema):
            return None
        most = schema.get("maxLength")
        return (text or self._prompt)[: most if isinstance(most, int) and most >= 0 else None]

    def _referred(self, reference: str) -> object:
        """What a reference within the schema leads to; nothing where it leads elsewhere."""
        part = self._root
        for name in reference.split("/")[1:]:
            part = part.get(name.replace("~1", "/").replace("~0", "~")) if isinstance(part, dict) else None
        return part


def _type_of(schema: dict[str, Any]) -> object:
    kind = schema.get("type", "object" if "properties" in schema else "string")
    if isinstance(kind, list):
        return next((one for one in kind if one != "null"), "null")
    return kind


def _may_be_null(schema: dict[str, Any]) -> bool:
    kind = schema.get("type")
    return isinstance(kind, list) and "null" in kind
