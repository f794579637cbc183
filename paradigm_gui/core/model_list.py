"""A server's list of models, read without trust in its shape."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from paradigm_gui.core.answers import not_an_api
from paradigm_gui.core.errors import ExchangeError

if TYPE_CHECKING:
    from collections.abc import Collection

# entries may hold templates of many kilobytes each
LARGEST_LIST = 16 * 2**20
MOST_MODELS = 2_000
LONGEST_NAME = 200
# Ollama lists "name:latest", and takes "name" for the same
_USUAL_TAG = ":latest"


def models_in(content: bytes) -> list[str]:
    """The names of the chat models in a list, in order; raises `ExchangeError` when it is none.

    Reads `id` or `name`, since Paradigm's entries have no `id`. Left out are embedding models, those that
    are switched off, and entries that cannot be read.
    """
    try:
        entries = json.loads(content)["data"]
    except (ValueError, RecursionError, KeyError, TypeError) as error:
        raise ExchangeError(not_an_api(content)) from error
    readable = [entry for entry in entries if _name_of(entry)] if isinstance(entries, list) else []
    if not readable and entries != []:
        raise ExchangeError(not_an_api(content))
    return sorted({_name_of(entry) for entry in readable if _chats(entry)})[:MOST_MODELS]


def has_model(models: Collection[str], name: str) -> bool:
    """Whether a server that offers these models takes the name for one of them."""
    return name in models or name + _USUAL_TAG in models


def is_name(value: object) -> bool:
    """Whether something can be shown and sent as the name of a model."""
    return isinstance(value, str) and 0 < len(value) <= LONGEST_NAME and value.isprintable()


def _name_of(entry: Any) -> str:
    """What an entry is called; nothing where it has no name."""
    if not isinstance(entry, dict):
        return ""
    name = entry.get("id") or entry.get("name")
    return str(name) if is_name(name) else ""


def _chats(entry: dict[str, Any]) -> bool:
    """Whether a model is switched on and meant for conversations, as far as its server says so."""
    capabilities = entry.get("capabilities")
    says_no = isinstance(capabilities, dict) and capabilities.get("completion_chat") is False
    kinds = f"{entry.get('model_type', '')} {entry.get('type', '')}".lower()
    return entry.get("enabled", True) is not False and not says_no and "embed" not in kinds
