"""Answers in the form that a request's `response_format` asks for, as far as a demo needs to know schemas."""

from __future__ import annotations

import json
import random
from typing import Any

_DEEPEST = 8
_LONGEST_LIST = 3


def structured(schema: object, text: str, seed: int) -> str:
    """Put an answer into the form of a JSON schema: `text` into its strings, and chance elsewhere.

    Of the keywords, those that choose a value, a type or a field are heeded, and no others.
    """
    value = _Filler(schema, text, random.Random(f"{seed} structured {text}")).value(schema, 0)
    return json.dumps(value, ensure_ascii=False)


class _Filler:
    def __init__(self, root: object, text: str, chance: random.Random) -> None:
        self._root = root
        self._text = text
        self._chance = chance

    def value(self, schema: object, depth: int) -> Any:
        if not isinstance(schema, dict) or depth > _DEEPEST:
            return None
        if "const" in schema:
            return schema["const"]
        if isinstance(choices := schema.get("enum"), list) and choices:
            return self._chance.choice(choices)
        for keyword in ("anyOf", "oneOf", "allOf"):
            if isinstance(parts := schema.get(keyword), list) and parts:
                return self.value(parts[0], depth + 1)
        if isinstance(reference := schema.get("$ref"), str):
            return self.value(self._referred(reference), depth + 1)
        return self._of_type(_type_of(schema), schema, depth)

    def _of_type(self, kind: object, schema: dict[str, Any], depth: int) -> Any:
        match kind:
            case "object":
                properties = schema.get("properties")
                fields = properties if isinstance(properties, dict) else {}
                return {name: self.value(part, depth + 1) for name, part in fields.items()}
            case "array":
                least = schema.get("minItems")
                length = least if isinstance(least, int) and 0 < least <= _LONGEST_LIST else 1
                return [self.value(schema.get("items"), depth + 1) for _ in range(length)]
            case "integer" | "number":
                least = schema.get("minimum")
                return (least if isinstance(least, int) else 0) + self._chance.randint(1, 9)
            case "boolean":
                return self._chance.random() < 0.5
            case "null":
                return None
        most = schema.get("maxLength")
        return self._text[: most if isinstance(most, int) and most >= 0 else None]

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
