"""What goes over the wire for a request: one builder for the client, for exports and for who wants to see it.

The key is no part of it: a mark stands in its place.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from paradigm_gui.core.answer_format import answer_format
from paradigm_gui.core.redaction import MARK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from paradigm_gui.core.batch import Parameters, Request, Run
    from paradigm_gui.core.endpoints import Endpoint

CHAT_PATH = "/chat/completions"


@dataclass(frozen=True, slots=True)
class RawRequest:
    """One HTTP request, but for the headers that every HTTP client adds.

    `is_whole` says whether all of it is known: a kept run does not keep the settings of its server, which
    may have added headers and fields.
    """

    method: str
    url: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]
    is_whole: bool

    @property
    def text(self) -> str:
        """The request as people write it down; only the white space of its body is not as it was sent."""
        head = [f"{self.method} {self.url}", *(f"{name}: {value}" for name, value in self.headers.items())]
        return "\n".join([*head, "", json.dumps(self.body, ensure_ascii=False, indent=2)])


def chat_body(parameters: Parameters, prompt: str) -> dict[str, Any]:
    """The body of a chat completion; what is left to the server is left out."""
    system = [{"role": "system", "content": parameters.system}] if parameters.system else []
    body: dict[str, Any] = {
        "model": parameters.model,
        "messages": [*system, {"role": "user", "content": prompt}],
    }
    if parameters.temperature is not None:
        body["temperature"] = parameters.temperature
    if parameters.max_tokens is not None:
        body["max_tokens"] = parameters.max_tokens
    if wanted := answer_format(parameters.schema):
        body["response_format"] = wanted.response_format
    if parameters.streaming:
        body |= {"stream": True, "stream_options": {"include_usage": True}}
    return body


def raw_request(run: Run, request: Request) -> RawRequest:
    """What is sent for one request of a run, with each of its attempts."""
    endpoint = run.endpoint
    is_keyed = endpoint.needs_key if run.is_keyed is None else run.is_keyed
    return RawRequest(
        "POST",
        endpoint.base_url + CHAT_PATH,
        _headers(endpoint, is_keyed=is_keyed),
        chat_body(run.batch.parameters_for(request.row), request.prompt) | dict(endpoint.body),
        is_whole=run.is_keyed is not None,
    )


def _headers(endpoint: Endpoint, *, is_keyed: bool) -> dict[str, str]:
    headers = {"Content-Type": "application/json"}
    if is_keyed:
        headers |= {endpoint.key_header: MARK} if endpoint.key_header else {"Authorization": f"Bearer {MARK}"}
    if endpoint.organisation:
        headers["OpenAI-Organization"] = endpoint.organisation
    if endpoint.project:
        headers["OpenAI-Project"] = endpoint.project
    if endpoint.secret_header:
        headers[endpoint.secret_header] = MARK
    return headers | dict(endpoint.headers)
