from __future__ import annotations

import json
import tracemalloc

import pytest
from recorded_arms import arm_of, recorded, run_of

from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.trace_files import TRACE_SUFFIXES, write_trace

RUN = run_of(arm_of(recorded(0, (0.0, 0.5, 1.0), name="Ada")))


def test_the_end_of_the_name_chooses_the_format(tmp_path):
    for name in ("run.har", "RUN.HAR"):
        write_trace(tmp_path / name, RUN, "1")
        assert json.loads((tmp_path / name).read_text("utf-8"))["log"]["entries"]
    write_trace(tmp_path / "my.run.Trace.json", RUN, "1")
    assert json.loads((tmp_path / "my.run.Trace.json").read_text("utf-8"))["traceEvents"]
    assert TRACE_SUFFIXES == (".har", ".trace.json")


@pytest.mark.parametrize("name", ["run.json", "run", "trace.json", "run.har.txt"])
def test_another_end_of_the_name_is_refused(tmp_path, name):
    with pytest.raises(UserFacingError) as caught:
        write_trace(tmp_path / name, RUN, "1")
    assert caught.value.code == "unknown_suffix"
    assert caught.value.details["known"] == TRACE_SUFFIXES
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_named(tmp_path):
    with pytest.raises(UserFacingError) as caught:
        write_trace(tmp_path / "missing" / "run.har", RUN, "1")
    assert caught.value.code == "folder_missing"


@pytest.mark.parametrize("suffix", TRACE_SUFFIXES)
def test_a_large_run_is_written_piece_by_piece(tmp_path, suffix):
    answer = "x" * 20_000
    requests = [recorded(index, (0.0, 1.0)) for index in range(2000)]
    for request in requests:
        request.prompt = answer
    path = tmp_path / f"run{suffix}"
    tracemalloc.start()
    try:
        write_trace(path, run_of(arm_of(*requests)), "1")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert path.stat().st_size > 40_000_000
    assert peak < 5_000_000
