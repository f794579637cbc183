"""How a run lies in the database: records to columns and back.

Text is stored as text where it is valid Unicode. What a server or a file says may hold lone surrogates;
such a text is stored as bytes. Times are stored in seconds from the start of their arm, and a loaded arm
starts at 0, so that what was stored is what is loaded.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from paradigm_gui.core.batch import (
    Arm,
    ArmKind,
    Attempt,
    Batch,
    Completion,
    EarlyStop,
    Limits,
    Parameters,
    Request,
    RequestState,
    Row,
    Run,
    StopCode,
    Template,
)
from paradigm_gui.core.endpoints import Endpoint
from paradigm_gui.core.errors import ErrorKind, RequestError, TlsFault, UserFacingError
from paradigm_gui.core.remarks import NO_REMARK, Remark, Remarks
from paradigm_gui.core.turn_taking import in_turns

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping, Sequence

ROWS_IN_CHUNK = 2000
# kind, message, status, time to wait
_FIELDS_OF_FIRST_VERSION = 4
RECORDS_AT_ONCE = 100

_encode_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_decode_json = json.JSONDecoder().decode

# looked up by value: hashing a member of an enum is slow, and a run has a hundred thousand requests
_FINAL_STATES = {state.value: state for state in RequestState if state.is_final}

KEEP_REQUEST = """
    INSERT INTO requests (arm_id, row_index, state, record, text) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (arm_id, row_index)
    DO UPDATE SET state = excluded.state, record = excluded.record, text = excluded.text
"""


@dataclass(frozen=True, slots=True)
class Settings:
    """A run without its rows and arms."""

    started_at: datetime
    endpoint: Endpoint
    parameters: Parameters
    columns: list[str]
    template: Template
    rows_sha256: str


def stored(text: str) -> str | bytes:
    """The form in which SQLite takes a text, whatever is in it."""
    if text.isascii():
        return text
    data = text.encode("utf-8", "surrogatepass")
    try:
        data.decode()
    except UnicodeDecodeError:
        return data
    return text


def loaded(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode("utf-8", "surrogatepass")


def insert_run(connection: sqlite3.Connection, run: Run, name: str, owner: str | None) -> int:
    """Write what a run is made of, without its rows and arms: nobody sees it until it is whole."""
    parameters = asdict(run.batch.parameters)
    endpoint = run.endpoint
    values = {
        "name": stored(name),
        "started_at": run.started_at.isoformat(),
        "endpoint_name": stored(endpoint.name),
        "base_url": stored(endpoint.base_url),
        "endpoint_model": stored(endpoint.model),
        "is_demo": endpoint.is_demo,
        "model": stored(parameters.pop("model")),
        "row_count": len(run.batch.rows),
        "owner": owner,
        "system": stored(parameters.pop("system")),
        "parameters": stored(_encode_json(parameters)),
        "columns": stored(_encode_json(list(run.batch.columns))),
        "template": stored(run.batch.template.text),
    }
    key = connection.execute(
        f"INSERT INTO runs ({', '.join(values)}) VALUES ({', '.join(':' + column for column in values)})",
        values,
    ).lastrowid
    assert key is not None
    return key


def insert_rows(connection: sqlite3.Connection, key: int, first: int, batch: Batch) -> None:
    """Write one chunk of the rows, beginning with the `first`."""
    rows = batch.rows[first : first + ROWS_IN_CHUNK]
    connection.execute(
        "INSERT INTO row_chunks (run_id, first_row, cells) VALUES (?, ?, ?)",
        (key, first, stored(_cells(batch.columns, rows))),
    )


def complete_run(connection: sqlite3.Connection, key: int, rows_sha256: str) -> None:
    """Let the run be seen, now that its rows are there."""
    connection.execute("UPDATE runs SET is_whole = 1, rows_sha256 = ? WHERE id = ?", (rows_sha256, key))


def rows_sha256(batch: Batch) -> str:
    """The fingerprint of columns and rows."""
    digest = hashlib.sha256(_bytes(_encode_json(list(batch.columns))))
    for start in in_turns(range(0, len(batch.rows), ROWS_IN_CHUNK)):
        cells = _cells(batch.columns, batch.rows[start : start + ROWS_IN_CHUNK])
        # without the outer brackets it does not depend on how the rows are cut into chunks
        digest.update(_bytes("," + cells[1:-1]))
    return digest.hexdigest()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _cells(columns: Sequence[str], rows: Sequence[Row]) -> str:
    return _encode_json([[row.variables[column] for column in columns] for row in rows])


def pass_name(arm: Arm) -> str:
    """What an arm is called in the file: its kind, and its number unless that is 0."""
    return f"{arm.kind} {arm.number}" if arm.number else arm.kind


def named_pass(name: str) -> tuple[ArmKind, int]:
    kind, _, number = name.partition(" ")
    return ArmKind(kind), int(number or 0)


def put_arm(connection: sqlite3.Connection, key: int, arm: Arm) -> int:
    """Write an arm as about to run, or take up again the one of its name; returns its id."""
    row = connection.execute(
        """INSERT INTO arms (run_id, kind, limits) VALUES (?, ?, ?)
        ON CONFLICT (run_id, kind) DO UPDATE SET limits = excluded.limits, took_s = NULL, stopped_by = NULL
        RETURNING id""",
        (key, pass_name(arm), _encode_json(asdict(arm.limits))),
    ).fetchone()
    return int(row[0])


def close_arm(connection: sqlite3.Connection, arm_id: int, arm: Arm) -> None:
    """Write how an arm ended."""
    took = None if arm.ended_at is None else arm.ended_at - (arm.started_at or 0.0)
    stopped_by = None
    if stop := arm.stopped_by:
        stopped_by = stored(_encode_json((stop.code, _error_fields(stop.error))))
    connection.execute(
        "UPDATE arms SET took_s = ?, stopped_by = ? WHERE id = ?",
        (took, stopped_by, arm_id),
    )


def request_values(request: Request, start: float) -> tuple[int, str, str | bytes, str | bytes]:
    """Row index, state, record and text, as they are now; `start` is the clock reading of the arm's start."""

    def since(reading: float | None) -> float | None:
        return None if reading is None else reading - start

    completion = request.completion
    record = (
        since(request.enqueued_at),
        since(request.ended_at),
        [
            (
                attempt.sent_at - start,
                since(attempt.first_token_at),
                since(attempt.last_token_at),
                since(attempt.ended_at),
                _error_fields(attempt.error),
            )
            for attempt in request.attempts
        ],
        _error_fields(request.error),
        completion
        and (
            completion.finish_reason,
            completion.model,
            completion.prompt_tokens,
            completion.completion_tokens,
        ),
    )
    return request.index, request.state, stored(_encode_json(record)), stored(request.text)


def put_remarks(connection: sqlite3.Connection, key: int, remarks: Mapping[int, Remark]) -> None:
    """Write what is noted on rows now. Raises `UserFacingError` `no_such_run`."""
    if connection.execute("SELECT 1 FROM runs WHERE id = ?", (key,)).fetchone() is None:
        raise UserFacingError("no_such_run")
    connection.executemany(
        "DELETE FROM remarks WHERE run_id = ? AND row_index = ?",
        ((key, row) for row, remark in remarks.items() if remark == NO_REMARK),
    )
    connection.executemany(
        """INSERT INTO remarks (run_id, row_index, is_marked, comment) VALUES (?, ?, ?, ?)
        ON CONFLICT (run_id, row_index)
        DO UPDATE SET is_marked = excluded.is_marked, comment = excluded.comment""",
        (
            (key, row, remark.is_marked, stored(remark.comment))
            for row, remark in remarks.items()
            if remark != NO_REMARK
        ),
    )


def read_run(connection: sqlite3.Connection, key: int) -> Run:
    """Rebuild a run. A request that had not come to its end is queued again, its attempts kept.

    Raises `UserFacingError` `no_such_run`.
    """
    settings = read_settings(connection, key)
    rows = list(_read_rows(connection, key, settings.columns))
    batch = Batch(rows, settings.columns, settings.template, settings.parameters)
    passes = list(_read_arms(connection, key, batch))
    return Run(
        batch,
        settings.endpoint,
        settings.started_at,
        arms={arm.kind: arm for arm in passes if not arm.number},
        further=[arm for arm in passes if arm.number],
        remarks=_read_remarks(connection, key),
    )


def read_settings(connection: sqlite3.Connection, key: int) -> Settings:
    """What was frozen when the run started. Raises `UserFacingError` `no_such_run`."""
    found = connection.execute(
        """SELECT started_at, endpoint_name, base_url, endpoint_model, is_demo, model, rows_sha256,
            parameters, columns, system, template
        FROM runs WHERE id = ? AND is_whole""",
        (key,),
    ).fetchone()
    if found is None:
        raise UserFacingError("no_such_run")
    started_at, name, base_url, endpoint_model, is_demo, model, digest, parameters, *texts = found
    columns, system, template = map(loaded, texts)
    return Settings(
        started_at=datetime.fromisoformat(started_at),
        endpoint=Endpoint(loaded(name), loaded(base_url), loaded(endpoint_model), bool(is_demo)),
        parameters=Parameters(model=loaded(model), system=system, **_decode_json(loaded(parameters))),
        columns=_decode_json(columns),
        template=Template(template),
        rows_sha256=digest,
    )


def _read_remarks(connection: sqlite3.Connection, key: int) -> Remarks:
    found = connection.execute("SELECT row_index, is_marked, comment FROM remarks WHERE run_id = ?", (key,))
    return Remarks(
        {row: Remark(bool(is_marked), loaded(comment)) for row, is_marked, comment in in_turns(found)}
    )


def _read_rows(connection: sqlite3.Connection, key: int, columns: Sequence[str]) -> Iterator[Row]:
    index = 0
    for (cells,) in connection.execute(
        "SELECT cells FROM row_chunks WHERE run_id = ? ORDER BY first_row", (key,)
    ):
        for values in in_turns(_decode_json(loaded(cells))):
            yield Row(index, dict(zip(columns, values, strict=True)))
            index += 1


def _read_arms(connection: sqlite3.Connection, key: int, batch: Batch) -> Iterator[Arm]:
    prompts = [batch.prompt(row) for row in in_turns(batch.rows)]
    for arm_id, name, limits, started_at, took_s, stopped_by in connection.execute(
        "SELECT id, kind, limits, started_at, took_s, stopped_by FROM arms WHERE run_id = ? ORDER BY id",
        (key,),
    ):
        kind, number = named_pass(name)
        yield Arm(
            kind,
            Limits(**_decode_json(limits)),
            _read_requests(connection, arm_id, batch.rows, prompts),
            started_at=None if started_at is None else 0.0,
            ended_at=took_s,
            stopped_by=_early_stop(_decode_json(loaded(stopped_by))) if stopped_by else None,
            number=number,
        )


def _read_requests(
    connection: sqlite3.Connection, arm_id: int, rows: Sequence[Row], prompts: Sequence[str]
) -> list[Request]:
    """One request a row; those that are not stored have not been sent."""
    requests = [Request(row, prompt) for row, prompt in in_turns(zip(rows, prompts, strict=True))]
    cursor = connection.execute(
        "SELECT row_index, state, record, text FROM requests WHERE arm_id = ?", (arm_id,)
    )
    shared: dict[str, str] = {}
    for stored_requests in in_turns(iter(partial(cursor.fetchmany, RECORDS_AT_ONCE), [])):
        # the call costs more than the decoding of a record
        records = _decode_json(f"[{','.join([loaded(record) for _, _, record, _ in stored_requests])}]")
        for (row_index, state, _, text), record in zip(stored_requests, records, strict=True):
            _fill(requests[row_index], state, record, text, shared)
    return requests


def _fill(
    request: Request, state: str, record: list[Any], stored_text: str | bytes, shared: dict[str, str]
) -> None:
    """Bring a request to where it was; one that had not ended is queued.

    `shared` has the texts that many have alike.
    """
    request.enqueued_at, ended_at, attempts, error, completion = record
    request.attempts = [
        Attempt(
            sent_at, first_token_at, last_token_at, attempt_ended_at, attempt_error and _error(attempt_error)
        )
        for sent_at, first_token_at, last_token_at, attempt_ended_at, attempt_error in attempts
    ]
    if state not in _FINAL_STATES:
        return
    request.state = _FINAL_STATES[state]
    request.ended_at = ended_at
    request.error = error and _error(error)
    text = loaded(stored_text)
    if completion:
        finish_reason, model, prompt_tokens, completion_tokens = completion
        request.completion = Completion(
            text,
            shared.setdefault(finish_reason, finish_reason),
            shared.setdefault(model, model),
            prompt_tokens,
            completion_tokens,
        )
    elif text:
        request.partial = [text]


def _error_fields(error: RequestError | None) -> tuple[object, ...] | None:
    if error is None:
        return None
    usual = (error.kind, error.message, error.http_status, error.retry_after_s)
    return (*usual, error.tls_fault) if error.tls_fault else usual


def _error(values: list[Any] | None) -> RequestError | None:
    if not values:
        return None
    kind, message, http_status, retry_after_s, *faults = values
    fault = TlsFault(faults[0]) if faults else None
    return RequestError(ErrorKind(kind), message, http_status, retry_after_s, fault)


def _early_stop(values: list[Any]) -> EarlyStop:
    if len(values) == _FIELDS_OF_FIRST_VERSION:
        # as the first version wrote it, when only a common cause could stop an arm
        return EarlyStop(StopCode.CAUSE, _error(values))
    return EarlyStop(StopCode(values[0]), _error(values[1]))
