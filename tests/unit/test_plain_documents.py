from __future__ import annotations

import io

import pytest
from result_samples import INFO, record

from paradigm_gui.core.plain_documents import as_text, readable, readable_rows
from paradigm_gui.core.results_table import ResultsTable, TableForm


@pytest.mark.parametrize(
    ("value", "shown"), [(None, ""), ("1.5", "1.5"), (0.25, "0,25"), (2.0, "2"), (2024, "2024")]
)
def test_values_read_as_people_write_them(value, shown):
    assert readable(value, ",") == shown


def test_the_file_beneath_stays_open_and_takes_half_characters():
    file = io.BytesIO()
    with as_text(file) as text:
        text.write("é\ud83d\r\n")
    assert file.getvalue() == "é?\r\n".encode()


def test_seconds_are_rounded_for_reading():
    records = [record(service_s=1.23456, response_s=2)]
    table = ResultsTable(records, ["name"], INFO, TableForm(is_technical=True), for_reading=True)
    row = dict(zip(table.header, next(readable_rows(table)), strict=True))
    assert (row["service_s"], row["response_s"], row["attempts"]) == ("1.23", "2.00", 1)
