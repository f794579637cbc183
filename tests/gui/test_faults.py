"""Each way in which a server or the network can fail, from the wire to the words in the window."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from dataclasses import dataclass

import pytest
from stub_api import Reply, stub_api_thread

from paradigm_gui import wording
from paradigm_gui.core.batch import ArmKind, RequestState
from paradigm_gui.core.errors import ErrorKind, RequestError

RETRIES = 1
# for a stalled answer; those that are fine must come within it on a busy machine too
PATIENCE_S = 1.5
MAINTENANCE = {"error": "service_maintenance", "reason": "Back at nine", "code": 503}


@dataclass(frozen=True)
class Fault:
    """What the server does to a row, what that is called, and what of it is shown.

    `partial` is the text that had come in a stream, `wait_s` is what the server asks to wait, where it does.
    """

    reply: Reply
    kind: ErrorKind
    words: str = ""
    partial: str = ""
    wait_s: float = 0.0


def asking(wait, status=500):
    return Reply.error(status, {"error": "slow down"}, headers=wait)


FAULTS = {
    "400": Fault(Reply.error(400, {"error": "<b>too rude</b>"}), ErrorKind.BAD_REQUEST, "<b>too"),
    "401": Fault(Reply.error(401, {"detail": "no such key"}), ErrorKind.UNAUTHORIZED, "no such key"),
    "403": Fault(Reply.error(403), ErrorKind.FORBIDDEN, "forbidden"),
    "404": Fault(Reply.error(404), ErrorKind.NOT_FOUND),
    "408": Fault(Reply.error(408), ErrorKind.TIMEOUT_TOTAL),
    "409": Fault(Reply.error(409), ErrorKind.CONFLICT),
    "422": Fault(
        Reply.error(422, {"detail": [{"loc": ["body", "model"], "msg": "unknown model"}]}),
        ErrorKind.UNPROCESSABLE,
        "unknown model",
    ),
    "429 in seconds": Fault(Reply.rate_limited("1"), ErrorKind.RATE_LIMITED, wait_s=1.0),
    "429 in milliseconds": Fault(
        Reply.rate_limited("60", retry_after_ms="300"), ErrorKind.RATE_LIMITED, wait_s=0.3
    ),
    "500": Fault(asking({"retry-after-ms": "200"}), ErrorKind.SERVER_ERROR, "slow down", wait_s=0.2),
    "502 as a page": Fault(Reply.html(502), ErrorKind.SERVER_ERROR, "Sign in"),
    "503 maintenance": Fault(Reply.error(503, MAINTENANCE), ErrorKind.MAINTENANCE, "Back at nine"),
    "a redirect": Fault(Reply.error(307), ErrorKind.REDIRECTED),
    "a login page": Fault(Reply.html(), ErrorKind.NOT_AN_API, "Sign in"),
    "no choices": Fault(Reply.empty_choices(), ErrorKind.EMPTY_CHOICES),
    "no finish": Fault(
        Reply.answer("Hello Ada", finish_reason=None), ErrorKind.TRUNCATED, partial="Hello Ada"
    ),
    "a broken chunk": Fault(Reply.bad_chunk(), ErrorKind.BAD_CHUNK, partial="Hello"),
    "an error event": Fault(
        Reply.error_event(), ErrorKind.STREAM_ERROR, "backend_overloaded", partial="Hello"
    ),
    "dropped before": Fault(Reply.drop(), ErrorKind.DROPPED),
    "reset before": Fault(Reply.drop(reset=True), ErrorKind.DROPPED),
    "dropped midway": Fault(Reply.drop_midway(), ErrorKind.DROPPED, partial="Hello"),
    "reset midway": Fault(Reply.drop_midway(reset=True), ErrorKind.DROPPED, partial="Hello"),
    "stalled before": Fault(Reply.stall(), ErrorKind.TIMEOUT_FIRST_TOKEN),
    "stalled midway": Fault(Reply.stall_midway(), ErrorKind.TIMEOUT_BETWEEN_TOKENS, partial="Hello"),
}
# without a stream there is no first token to wait for, and an answer in one piece may lack a finish
WHOLE = {
    "no finish": None,
    "a broken chunk": ErrorKind.NOT_AN_API,
    "stalled before": ErrorKind.TIMEOUT_TOTAL,
    "stalled midway": ErrorKind.TIMEOUT_TOTAL,
}


@pytest.mark.parametrize("streaming", [True, False], ids=["streaming", "whole"])
def test_every_fault_has_its_code_its_attempts_its_waits_and_its_words(run, program, streaming):
    # what works in between shows that the cause is not common to all rows
    rows = [name for fault in FAULTS for name in (f"fine {fault}", fault)]
    seen_of = defaultdict(list)

    def script(seen):
        seen_of[seen.prompt].append(seen)
        fault = FAULTS.get(seen.prompt)
        return fault.reply if fault else Reply.answer(f"Hello {seen.prompt}")

    async def main(api):
        async with program(api.base_url) as opened:
            bar, results = opened.window.run_bar, opened.window.results
            bar.streaming_box.setChecked(streaming)
            patience = dict.fromkeys(("first_token_timeout_s", "between_tokens_timeout_s"), PATIENCE_S)
            # an answer in one piece has the total time alone
            total_s = 3 * PATIENCE_S if streaming else PATIENCE_S
            opened.enter(*rows, cap=3, retries=RETRIES, total_timeout_s=total_s, **patience)
            ended = await opened.run()
            requests = dict(zip(rows, ended.arms[ArmKind.CONCURRENT].requests, strict=True))
            assert ended.arms[ArmKind.CONCURRENT].stopped_by is None
            for name, request in requests.items():
                assert len(request.attempts) == len(seen_of[name]), name
                kind = expected_kind(name, streaming)
                assert (request.error and request.error.kind) == kind, name
                assert request.state is (RequestState.FAILED if kind else RequestState.DONE), name
                if kind is None:
                    continue
                fault = FAULTS[name]
                assert len(request.attempts) == 1 + RETRIES * kind.is_retryable, name
                assert request.text == (fault.partial if streaming else ""), name
                results.select_request(request.index)
                told = results.response._error.text()
                assert wording.error_title(RequestError(kind)) in told, name
                assert wording.error_remedy(RequestError(kind)) in told, name
                assert fault.words in told, name
                for earlier, later in itertools.pairwise(seen_of[name]):
                    told_at = earlier.answered_at or earlier.left_at
                    assert later.received_at >= told_at + fault.wait_s, name
            assert opened.controller.finals[ArmKind.CONCURRENT] == Counter(
                request.state for request in requests.values()
            )

    with stub_api_thread(script) as api:
        run(main(api))


def expected_kind(name, streaming):
    if name not in FAULTS:
        return None
    kind = FAULTS[name].kind
    return kind if streaming else WHOLE.get(name, kind)
