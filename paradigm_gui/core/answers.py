"""What a chat completion server sends back, read without trust in its shape."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from paradigm_gui.core.batch import Completion
from paradigm_gui.core.errors import ErrorKind, ExchangeError, RequestError

if TYPE_CHECKING:
    from collections.abc import Mapping

MESSAGE_LENGTH = 500


class StreamedAnswer:
    """Puts an answer together from the events of a stream. `model` is the one asked for."""

    def __init__(self, model: str) -> None:
        self._model = model
        self._parts: list[str] = []
        self._finish_reason: str | None = None
        self._usage: Mapping[str, Any] = {}
        self._had_choices: bool | None = None  # unknown before the first event

    def take(self, data: str) -> str:
        """Take one event and return the text it brings; raises `ExchangeError`."""
        try:
            chunk = json.loads(data)
        except (ValueError, RecursionError) as error:
            raise ExchangeError(RequestError(ErrorKind.BAD_CHUNK, cut(data))) from error
        if not isinstance(chunk, dict):
            raise ExchangeError(RequestError(ErrorKind.BAD_CHUNK, cut(data)))
        if chunk.get("error"):
            raise ExchangeError(RequestError(ErrorKind.STREAM_ERROR, cut(words_of(chunk))))
        self._model = _text(chunk.get("model")) or self._model
        if isinstance(usage := chunk.get("usage"), dict):
            self._usage = usage
        choice = _first(chunk.get("choices"))
        self._had_choices = bool(self._had_choices or choice)
        self._finish_reason = _text(choice.get("finish_reason")) or self._finish_reason
        delta = choice.get("delta")
        text = _text(delta.get("content")) if isinstance(delta, dict) else ""
        if text:
            self._parts.append(text)
        return text

    def completion(self) -> Completion:
        """The whole answer; raises `ExchangeError` `truncated` unless the server said that it ended."""
        if self._had_choices is False:
            raise ExchangeError(RequestError(ErrorKind.EMPTY_CHOICES, http_status=200))
        if self._finish_reason is None:
            raise ExchangeError(RequestError(ErrorKind.TRUNCATED))
        return _completion("".join(self._parts), self._finish_reason, self._model, self._usage)


def completion_of(body: bytes, model: str) -> Completion:
    """Read an answer in one piece; raises `ExchangeError` when it is none."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ExchangeError(not_an_api(body)) from error
    if isinstance(answer, dict) and answer.get("error"):
        raise ExchangeError(RequestError(ErrorKind.STREAM_ERROR, cut(words_of(answer)), 200))
    if not isinstance(answer, dict) or not isinstance(answer.get("choices"), list):
        raise ExchangeError(not_an_api(body))
    choice = _first(answer["choices"])
    if not choice:
        raise ExchangeError(RequestError(ErrorKind.EMPTY_CHOICES, http_status=200))
    message = choice.get("message")
    if not isinstance(message, dict):
        raise ExchangeError(not_an_api(body))
    usage = answer.get("usage")
    return _completion(
        _text(message.get("content")),
        _text(choice.get("finish_reason")) or "stop",
        _text(answer.get("model")) or model,
        usage if isinstance(usage, dict) else {},
    )


def _completion(text: str, finish_reason: str, model: str, usage: Mapping[str, Any]) -> Completion:
    prompt, completion = usage.get("prompt_tokens"), usage.get("completion_tokens")
    return Completion(
        text,
        finish_reason,
        model,
        prompt if isinstance(prompt, int) else None,
        completion if isinstance(completion, int) else None,
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _first(choices: object) -> dict[str, Any]:
    if isinstance(choices, list) and choices and isinstance(choices[0], dict):
        return choices[0]
    return {}


def media_type_of(headers: Mapping[str, str]) -> str:
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def not_an_api(body: bytes) -> RequestError:
    """A success status on something else, such as a login page."""
    return RequestError(ErrorKind.NOT_AN_API, readable(body.decode(errors="replace")), 200)


def words_of(body: object) -> str:
    """The server's own explanation: `detail`, `error.message`, `error` or `message`, in this order."""
    if not isinstance(body, dict):
        return "" if body is None else str(body)
    error = body.get("error")
    nested = error.get("message") if isinstance(error, dict) else None
    for words in (body.get("detail"), nested, error, body.get("message")):
        if words:
            return words if isinstance(words, str) else json.dumps(words, ensure_ascii=False)
    return ""


def readable(text: str) -> str:
    """A page's title or first words instead of its markup."""
    title = re.search(r"<title[^>]*>(.*?)</title>", text[:20_000], re.IGNORECASE | re.DOTALL)
    return cut(title[1] if title else re.sub(r"<[^>]*>", " ", text[:5_000]))


def cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= MESSAGE_LENGTH else flat[: MESSAGE_LENGTH - 1] + "…"
