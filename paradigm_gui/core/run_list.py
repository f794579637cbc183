"""The list of stored runs, and the search in it."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NewType

from paradigm_gui.core.stored_run import loaded, named_pass, stored

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Sequence

    from paradigm_gui.core.batch import ArmKind

RunKey = NewType("RunKey", int)


@dataclass(frozen=True, slots=True)
class ArmSummary:
    kind: ArmKind
    done: int
    failed: int
    cancelled: int
    number: int = 0


@dataclass(frozen=True, slots=True)
class RunSummary:
    """A run as a list shows it. The counts are those of its first arm; `arms` has the others' too.

    `is_in_use` where another instance of the program is running it. `rows_sha256` is the fingerprint of its
    rows.
    """

    key: RunKey
    name: str
    started_at: datetime
    endpoint: str
    base_url: str
    model: str
    rows: int
    arms: tuple[ArmSummary, ...]
    outcome: str | None
    speed_up: float | None
    is_simulated: bool
    is_finished: bool
    is_in_use: bool = False
    rows_sha256: str = ""

    @property
    def done(self) -> int:
        return self.arms[0].done if self.arms else 0

    @property
    def failed(self) -> int:
        return self.arms[0].failed if self.arms else 0

    @property
    def cancelled(self) -> int:
        return self.arms[0].cancelled if self.arms else 0


def make_searchable(connection: sqlite3.Connection) -> None:
    """Give a connection the function `has(text, word)`, which knows the cases of every script."""

    def has(text: str | bytes, word: str | bytes) -> bool:
        return loaded(word) in loaded(text).casefold()

    connection.create_function("has", 2, has, deterministic=True)


_HAS_WORD = """ AND (
    has(name, :{0}) OR has(model, :{0}) OR has(endpoint_name, :{0}) OR has(base_url, :{0})
    OR has(template, :{0}) OR has(system, :{0})
    OR EXISTS (SELECT 1 FROM row_chunks WHERE run_id = runs.id AND has(cells, :{0}_in_json))
    OR EXISTS (SELECT 1 FROM remarks WHERE run_id = runs.id AND has(comment, :{0}))
)"""


def summaries(
    connection: sqlite3.Connection,
    words: Sequence[str] = (),
    is_elsewhere: Callable[[str | None], bool] = lambda _owner: False,
) -> list[RunSummary]:
    """List the runs that are whole and not deleted, newest first, and have every word somewhere.

    Words are casefolded. They are looked for in name, model, endpoint, template, system prompt, rows and
    comments.
    `is_elsewhere` tells whether an owner is another instance of the program that is at work.
    """
    condition = ""
    values: dict[str, str | bytes] = {}
    for number, word in enumerate(words):
        condition += _HAS_WORD.format(f"word{number}")
        values[f"word{number}"] = stored(word)
        values[f"word{number}_in_json"] = stored(json.dumps(word, ensure_ascii=False)[1:-1])
    arms: defaultdict[int, list[ArmSummary]] = defaultdict(list)
    for key, name, done, failed, cancelled in connection.execute(
        "SELECT run_id, kind, done, failed, cancelled FROM arms ORDER BY id"
    ):
        kind, number = named_pass(name)
        arms[key].append(ArmSummary(kind, done, failed, cancelled, number))
    found = connection.execute(
        f"""SELECT id, name, started_at, endpoint_name, base_url, model, row_count, outcome, speed_up,
            is_demo, ended_at IS NOT NULL, owner, rows_sha256
        FROM runs WHERE is_whole AND deleted_at IS NULL {condition} ORDER BY id DESC""",
        values,
    )
    return [
        RunSummary(
            key=RunKey(key),
            name=loaded(name),
            started_at=datetime.fromisoformat(started_at),
            endpoint=loaded(endpoint),
            base_url=loaded(base_url),
            model=loaded(model),
            rows=rows,
            arms=tuple(arms[key]),
            outcome=outcome,
            speed_up=speed_up,
            is_simulated=bool(is_demo),
            is_finished=bool(is_finished),
            is_in_use=not is_finished and is_elsewhere(owner),
            rows_sha256=digest,
        )
        for (
            key,
            name,
            started_at,
            endpoint,
            base_url,
            model,
            rows,
            outcome,
            speed_up,
            is_demo,
            is_finished,
            owner,
            digest,
        ) in found
    ]
