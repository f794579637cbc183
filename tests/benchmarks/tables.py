"""Measure how long a table of 100,000 rows takes to read, and its results to write. Prints figures only."""

from __future__ import annotations

import csv
import tempfile
import time
from pathlib import Path

from paradigm_gui.core.export import RESULT_SUFFIXES, ResultsInfo, write_results
from paradigm_gui.core.tables import read_table

ROWS = 100_000


def record(index: int, variables: dict[str, str]) -> dict[str, object]:
    return {
        "index": index,
        "variables": variables,
        "prompt": f"Greet {variables['name']}.",
        "status": "done",
        "text": f"Good morning, {variables['name']}! " * 5,
        "finish_reason": "stop",
        "error": None,
        "attempts": 1,
        "queue_s": 0.25,
        "ttft_s": 0.5,
        "service_s": 1.25,
        "response_s": 1.5,
        "tokens": {"prompt": 20, "completion": 40},
        "model": "demo",
        "arm": "concurrent",
    }


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "table.csv")
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["name", "city", "note"])
            writer.writerows(
                [f"Name {i}", f"City {i % 100}", f"a note, with a comma {i}"] for i in range(ROWS)
            )
        started = time.perf_counter()
        table = read_table(path)
        print(f"read  .csv   {ROWS} rows  {time.perf_counter() - started:6.2f} s")

        info = ResultsInfo(title="Benchmark", model="demo", endpoint="demo", simulated=True)
        for suffix in RESULT_SUFFIXES:
            output = Path(folder, "results" + suffix)
            records = (record(row.index, dict(row.variables)) for row in table.rows)
            started = time.perf_counter()
            write_results(output, records, table.columns, info)
            seconds, size = time.perf_counter() - started, output.stat().st_size / 1e6
            print(f"write {suffix:6} {ROWS} rows  {seconds:6.2f} s  {size:6.1f} MB")

        started = time.perf_counter()
        read_table(Path(folder, "results.xlsx"))
        print(f"read  .xlsx  {ROWS} rows  {time.perf_counter() - started:6.2f} s")


if __name__ == "__main__":
    main()
