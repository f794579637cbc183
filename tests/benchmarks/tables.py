"""Measure how long tables of 100,000 rows take to read, and results to write. Prints figures only."""

from __future__ import annotations

import csv
import tempfile
import time
import zipfile
from pathlib import Path

import xlsxwriter

from paradigm_gui.core.export import RESULT_SUFFIXES, write_results
from paradigm_gui.core.results_table import ResultsInfo, TableForm
from paradigm_gui.core.tables import Table, read_table

ROWS = 100_000
WORKBOOK_ROWS = 50_000
COLUMNS = ["name", "city", "note", "number", "letter"]


def cells(index: int) -> list[str]:
    return [f"Name {index}", f"City {index % 100}", f"a note, with a comma {index}", str(index), "x"]


def write_ods(path: Path) -> None:
    def row(texts: list[str]) -> str:
        cells = "".join(
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
            for text in texts
        )
        return f"<table:table-row>{cells}</table:table-row>"

    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    rows = "".join(map(row, [COLUMNS, *map(cells, range(WORKBOOK_ROWS))]))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="S">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )


def timed(path: Path, rows: int) -> Table:
    started = time.perf_counter()
    table = read_table(path)
    print(f"read  {path.suffix:6} {rows} rows  {time.perf_counter() - started:6.2f} s")
    return table


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
            writer.writerow(COLUMNS)
            writer.writerows(map(cells, range(ROWS)))
        table = timed(path, ROWS)
        with xlsxwriter.Workbook(Path(folder, "table.xlsx")) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, COLUMNS)
            for index in range(WORKBOOK_ROWS):
                sheet.write_row(index + 1, 0, cells(index))
        timed(Path(folder, "table.xlsx"), WORKBOOK_ROWS)
        write_ods(Path(folder, "table.ods"))
        timed(Path(folder, "table.ods"), WORKBOOK_ROWS)

        info = ResultsInfo(title="Benchmark", model="demo", endpoint="demo", simulated=True)
        for suffix in RESULT_SUFFIXES:
            output = Path(folder, "results" + suffix)
            records = [record(row.index, dict(row.variables)) for row in table.rows]
            for is_technical in (False, True):
                form = TableForm(is_technical=is_technical)
                started = time.perf_counter()
                write_results(output, records, table.columns, info, form=form)
                seconds, size = time.perf_counter() - started, output.stat().st_size / 1e6
                columns = "all columns" if is_technical else "those to read"
                print(f"write {suffix:6} {ROWS} rows, {columns}  {seconds:6.2f} s  {size:6.1f} MB")

        timed(Path(folder, "results.xlsx"), ROWS)


if __name__ == "__main__":
    main()
