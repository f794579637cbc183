"""How close the program comes to its bound, how late it reacts, and how long a person waits for it.

    python tests/benchmarks/program.py [ROUNDS]

The program runs as a subprocess against a server on loopback that takes one second for each answer. The
server shares the machine with it, so its work is in the figures too.
"""

from __future__ import annotations

import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from stub_api import Reply, StubApiThread, stub_api_thread

if TYPE_CHECKING:
    from collections.abc import Callable

SERVICE_S = 1.0
PASTED_NAMES = 50_000
FILE_BYTES = 10_000_000


def answer(_request: object) -> Reply:
    return Reply.answer("Hello and welcome").after(SERVICE_S)


def command(folder: Path, api: StubApiThread, rows: int, *arguments: str) -> list[str]:
    names = folder / f"names-{rows}.txt"
    names.write_text("\n".join(f"name {number}" for number in range(rows)))
    options = ["--base-url", api.base_url, "--model", "m", "--data-dir", str(folder / "data")]
    return [sys.executable, "-m", "paradigm_gui", str(names), *options, *arguments]


def measured_run(folder: Path, rows: int, cap: int) -> dict[str, float]:
    """Run a batch without a screen and read its report."""
    report = folder / "report.json"
    with stub_api_thread(answer) as api:
        arguments = ("--headless", "--cap", str(cap), "--report", str(report))
        subprocess.run(command(folder, api, rows, *arguments), check=True, capture_output=True)
    figures = json.loads(report.read_text("utf-8"))
    arm, client = figures["arms"]["concurrent"], figures["client"]
    return {
        "wall ÷ bound": arm["wall"] / arm["bound"],
        "loop lag p50 (ms)": client["loop_lag_p50"] * 1000,
        "loop lag p99 (ms)": client["loop_lag_p99"] * 1000,
        "loop lag max (ms)": client["loop_lag_max"] * 1000,
        "start to window (s)": client["startup_to_window"],
        "peak memory (MB)": client["peak_rss_mb"] or 0.0,
    }


def ended_run(folder: Path, rows: int, cap: int) -> dict[str, float]:
    """Close an open window while all its requests wait, and time it."""
    with (
        stub_api_thread(lambda _: Reply.stall_midway()) as api,
        subprocess.Popen(command(folder, api, rows, "--run", "--cap", str(cap))) as process,
    ):
        api.wait_for(lambda api: sum(seen.is_held for seen in api.completions) == cap, 60)
        asked_at = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait()
        ended_at = time.monotonic()
        api.wait_for(lambda api: not api.in_flight)
        closed_at = max(seen.left_at or 0.0 for seen in api.completions)
    return {
        "SIGTERM to last close (ms)": (closed_at - asked_at) * 1000,
        "SIGTERM to exit (s)": ended_at - asked_at,
    }


def long_inputs(folder: Path) -> dict[str, float]:
    """Paste many names, and open a large file, in a window that is drawn each time."""
    from PySide6.QtCore import QMimeData
    from PySide6.QtWidgets import QApplication

    from paradigm_gui.core.tables import read_table
    from paradigm_gui.widgets.main_window import MainWindow

    app = QApplication.instance() or QApplication([])
    file = folder / "large.csv"
    line = "a name with a street and a town,some more text about the person\n"
    file.write_text("name,text\n" + line * (FILE_BYTES // len(line)))
    pasted = QMimeData()
    pasted.setText("\n".join(f"name {number}" for number in range(PASTED_NAMES)))
    window = MainWindow()
    window.show()
    app.processEvents()

    def timed(act: Callable[[], object]) -> float:
        started_at = time.perf_counter()
        act()
        window.input.rows()
        app.processEvents()
        window.grab()
        return time.perf_counter() - started_at

    def open_file() -> None:
        table = read_table(file)
        window.input.show_table(table.columns, table.rows)

    empty = timed(lambda: None)
    times = {
        f"paste {PASTED_NAMES:,} names (s)": timed(lambda: window.input.names_edit.insertFromMimeData(pasted))
        - empty,
        f"open {FILE_BYTES / 1e6:.0f} MB (s)": timed(open_file) - empty,
    }
    window.may_close = True
    window.close()
    return times


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        parts: list[tuple[str, Callable[[], dict[str, float]]]] = [
            ("20 rows, cap 20", lambda: measured_run(folder, 20, 20)),
            ("2,000 rows, cap 200", lambda: measured_run(folder, 2000, 200)),
            ("200 in flight", lambda: ended_run(folder, 2000, 200)),
            ("long inputs", lambda: long_inputs(folder)),
        ]
        print(f"{'median of ' + str(rounds) + ' (least, most)':48}")
        for title, part in parts:
            results = [part() for _ in range(rounds)]
            for figure in results[0]:
                values = [result[figure] for result in results]
                print(
                    f"{title:22}{figure:26}{statistics.median(values):9.3f}"
                    f"   ({min(values):.3f}, {max(values):.3f})"
                )


if __name__ == "__main__":
    main()
