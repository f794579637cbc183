"""What a large table asks of the window: to read, to search, to filter, to sort, to export.

    python tests/benchmarks/results.py [ROWS] [ROUNDS]

Medians of the rounds: wall time and CPU time of the process, and the longest stall of the window's thread
meanwhile. A search is timed from the last key, everything else from the click, until the table is painted.
"""

from __future__ import annotations

import asyncio
import csv
import os
import random
import statistics
import subprocess
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parent))
from history import Opened, Watch, program
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView

from paradigm_gui.core.batch import (
    Arm,
    ArmKind,
    Attempt,
    Batch,
    Completion,
    Limits,
    Parameters,
    RequestState,
    Row,
    Run,
    Template,
)
from paradigm_gui.core.endpoints import Endpoint
from paradigm_gui.core.errors import ErrorKind, RequestError
from paradigm_gui.core.turn_taking import shorten_turns
from paradigm_gui.event_loop import EventLoop
from paradigm_gui.models.results_model import Column
from paradigm_gui.outcome import write_results_of
from paradigm_gui.widgets.open_table_dialog import OpenTableDialog
from paradigm_gui.widgets.row_filter import RowFilter

if TYPE_CHECKING:
    from collections.abc import Callable

COLUMNS = ("name", "city", "note", "number", "letter")
WORDS = ("Good", "morning", "dear", "friend", "of", "Paris", "été", "the", "answer", "is", "quite", "simple")
SUFFIXES = (".csv", ".jsonl", ".xlsx", ".html", ".md")
# shares of its rows after which an export is given up
GIVEN_UP_AT = (0.3, 1.0)
GUARD_S = 60.0


# PySide6's hook for `__import__` goes, as at the start of the program
PART = """
import builtins, sys
plain_import = builtins.__import__
sys.path.insert(0, {here!r})
import results
builtins.__import__ = plain_import
results.measure_alone(*sys.argv[1:])
"""


class GivenUp(Exception):  # noqa: N818 - nothing is wrong
    """An export was ended before its time."""


def cells(index: int) -> list[str]:
    return [f"Name {index}", f"City {index % 100}", f"a note, with a comma {index}", str(index), "x"]


def ended_run(rows: int) -> Run:
    """A run with answers of different lengths; every tenth row has failed."""
    chance = random.Random(1)
    batch = Batch(
        [Row(index, dict(zip(COLUMNS, cells(index), strict=True))) for index in range(rows)],
        COLUMNS,
        Template("Greet {name} of {city} in one sentence."),
        Parameters("m"),
    )
    arms = {}
    for kind in ArmKind:
        arm = arms[kind] = Arm.of(kind, batch, Limits(cap=100))
        arm.started_at, arm.ended_at = 0.0, rows * 0.005 + 2
        for request in arm.requests:
            sent = request.index * 0.005
            end = request.ended_at = sent + 0.2 + chance.random()
            if request.index % 10:
                request.attempts = [Attempt(sent, sent + 0.1, end, end)]
                request.state = RequestState.DONE
                text = " ".join(chance.choices(WORDS, k=chance.randrange(5, 50)))
                request.completion = Completion(text, "stop", "m", 9, len(text) // 4)
            else:
                request.state = RequestState.FAILED
                request.error = RequestError(ErrorKind.BAD_REQUEST, "too rude", 400)
                request.attempts = [Attempt(sent, None, None, end, request.error)]
    return Run(batch, Endpoint("Server", "http://127.0.0.1:1/api/v2"), datetime.now(UTC), arms)


class Repaint(QObject):
    """Tells when the table has been painted after the model was arranged anew."""

    def __init__(self, opened: Opened) -> None:
        super().__init__()
        self.done: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._results = opened.session.window.results
        self._is_arranged = False
        self._results.model.modelReset.connect(self._on_reset)
        self._results.table.viewport().installEventFilter(self)

    def _on_reset(self) -> None:
        self._is_arranged = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._is_arranged and not self.done.done():
            # the filter comes before the painting
            self.done.get_loop().call_soon(self._settle)
        return False

    def _settle(self) -> None:
        if not self.done.done():
            self.done.set_result(time.perf_counter())

    def forget(self) -> None:
        self._results.model.modelReset.disconnect(self._on_reset)
        self._results.table.viewport().removeEventFilter(self)


class Meter:
    """Collects rounds of a measurement and prints their medians."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._rounds: dict[str, list[tuple[float, ...]]] = {}

    def note(self, name: str, started: float, ended: float, cpu: float) -> None:
        stall = self._watch.lag(started, time.perf_counter())["lag max (ms)"]
        self._rounds.setdefault(name, []).append(((ended - started) * 1e3, cpu * 1e3, stall))

    def show(self) -> None:
        print(f"{'':44}{'wall ms':>10}{'CPU ms':>10}{'stall ms':>10}")
        for name, rounds in self._rounds.items():
            wall, cpu, stall = (statistics.median(column) for column in zip(*rounds, strict=True))
            print(f"{name:44}{wall:10.0f}{cpu:10.0f}{stall:10.0f}", flush=True)


async def arranged(opened: Opened, meter: Meter, name: str, act: Callable[[], object]) -> None:
    """Do something that arranges the table anew, and note how long it takes to be seen."""
    repaint = Repaint(opened)
    await asyncio.sleep(0.3)
    cpu, started = time.process_time(), time.perf_counter()
    act()
    ended = await asyncio.wait_for(repaint.done, GUARD_S)
    cpu = time.process_time() - cpu
    repaint.forget()
    await asyncio.sleep(0.2)
    meter.note(name, started, ended, cpu)


async def measure_table(opened: Opened, meter: Meter) -> None:
    results = opened.session.window.results
    edit, box, table = results.search_edit, results.filter_box, results.table

    async def search(name: str, before: str, last: str) -> None:
        edit.setFocus()
        await asyncio.sleep(0.5)
        if before:
            typed = Repaint(opened)
            edit.setText(before)
            await asyncio.wait_for(typed.done, GUARD_S)
            typed.forget()
        await arranged(opened, meter, f"search, {name}", lambda: QTest.keyClicks(edit, last))
        await arranged(opened, meter, "search, cleared", edit.clear)

    await search("first key, few rows", "", "7")
    await search("last key, few rows", "name 7777", "7")
    await search("last key, two words", "city 777", "7")
    await search("last key, no row", "nothing like i", "t")
    await search("last key, most rows", "pari", "s")
    await search("last key, all rows", "nam", "e")
    for chosen in (RowFilter.DONE, RowFilter.FAILED, RowFilter.ARMS_DIFFER, RowFilter.ALL):
        index = box.findData(chosen.value)
        await arranged(opened, meter, f"filter, {chosen}", lambda index=index: box.setCurrentIndex(index))
    number = results.model.input_columns[COLUMNS.index("number")]
    for column in (Column.ANSWER, Column.RESPONSE, Column.INPUT, number, Column.STATE, Column.NUMBER):
        for order in (Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder):
            title = f"sort by {results.model.title_of(column)}, {order.name[:-5].lower()}"
            await arranged(
                opened, meter, title, lambda column=column, order=order: table.sortByColumn(column, order)
            )


async def measure_export(opened: Opened, meter: Meter, run: Run, folder: Path) -> None:
    figures = await opened.session.shown.figures_of(run)

    def write(path: Path, most_rows: float) -> None:
        def on_rows(rows: int) -> None:
            if rows >= most_rows:
                given_up_at.append(time.perf_counter())
                raise GivenUp

        write_results_of(run, figures, path, "en", on_rows=on_rows)

    given_up_at: list[float] = []
    rows = len(run.batch.rows)
    for suffix in SUFFIXES:
        path = folder / f"out{suffix}"
        cpu, started = time.process_time(), time.perf_counter()
        await asyncio.to_thread(write, path, float("inf"))
        ended, cpu = time.perf_counter(), time.process_time() - cpu
        meter.note(f"export {suffix}, {path.stat().st_size / 1e6:.0f} MB", started, ended, cpu)
        for share in GIVEN_UP_AT:
            with suppress(GivenUp):
                await asyncio.to_thread(write, path, share * rows)
            meter.note(f"export {suffix}, given up at {share:.0%}", given_up_at[-1], time.perf_counter(), 0.0)


class Opening(QObject):
    """Agrees at once to how a table is read, and tells when the input is painted with all of its rows."""

    def __init__(self, view: QTableView, rows: int) -> None:
        super().__init__()
        self.painted: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._view = view
        self._rows = rows
        QApplication.instance().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, OpenTableDialog):
            asyncio.get_running_loop().call_soon(watched.accept)
        elif event.type() == QEvent.Type.Paint and self._view.model().rowCount() >= self._rows:
            QApplication.instance().removeEventFilter(self)
            loop = asyncio.get_running_loop()
            loop.call_soon(lambda: self.painted.set_result(time.perf_counter()))
        return False


async def measure_reading(opened: Opened, meter: Meter, folder: Path, rows: int) -> None:
    """From the choice of a file to a table that is painted."""
    path = folder / "table.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *map(cells, range(rows))])
    entry = opened.session.window.input
    entry.show_table(["name"], [Row(0, {"name": "Ada"})])
    await asyncio.sleep(0.5)
    opening = Opening(entry.table_view, rows)
    cpu, started = time.process_time(), time.perf_counter()
    opened.session.open_file(path)
    ended = await asyncio.wait_for(opening.painted, GUARD_S)
    cpu = time.process_time() - cpu
    await asyncio.sleep(0.5)
    meter.note("read and show a CSV", started, ended, cpu)


async def measure(rows: int, rounds: int) -> None:
    Watch.INTERVAL_S = 0.002
    with TemporaryDirectory() as name:
        folder = Path(name)
        async with program(folder, "http://127.0.0.1:1/api/v2") as opened:
            opened.session.window.resize(1280, 800)
            meter = Meter(opened.watch)
            run = ended_run(rows)
            figures = opened.hear(opened.session.shown.figures_shown)
            await opened.session.shown.show(run)
            await figures
            await asyncio.sleep(1)
            for _ in range(rounds):
                await measure_table(opened, meter)
            for _ in range(rounds):
                await measure_export(opened, meter, run, folder)
                await measure_reading(opened, meter, folder, rows)
            load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
            print(f"{rows:,} rows, {rounds} rounds, {os.cpu_count()} processors, load at the end {load}")
            meter.show()


def measure_alone(rows: str, rounds: str) -> None:
    """Be the process that is measured."""
    shorten_turns()
    application = QApplication([])
    with asyncio.Runner(loop_factory=lambda: EventLoop(application)) as runner:
        runner.run(measure(int(rows), int(rounds)))


def main() -> None:
    arguments = [*sys.argv[1:], *("100000", "3")[len(sys.argv) - 1 :]]
    code = PART.format(here=str(Path(__file__).parent))
    subprocess.run([sys.executable, "-c", code, *arguments], check=True)


if __name__ == "__main__":
    main()
