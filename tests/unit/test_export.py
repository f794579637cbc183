from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from result_samples import ANY_TEXT, FAILED, INFO, read_sheet, record, write_answers

from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.export import RESULT_SUFFIXES, write_report, write_results

ROOT = Path(__file__).parents[2]


@given(ANY_TEXT)
def test_jsonl_holds_the_records_exactly(tmp_path_factory, texts):
    path = tmp_path_factory.getbasetemp() / "exact.jsonl"
    records = [*(record(index, text, {"name": text}) for index, text in enumerate(texts)), FAILED]
    write_results(path, records, ["name"], INFO)
    lines = path.read_bytes().decode("utf-8").removesuffix("\n").split("\n")
    assert [json.loads(line) for line in lines] == records
    assert list(json.loads(lines[0])) == list(records[0])


def test_jsonl_is_readable_and_survives_half_a_surrogate_pair(tmp_path):
    path = tmp_path / "r.jsonl"
    write_answers(path, ["Zoë 😀", "x\ud83dy"])
    assert path.read_bytes().startswith(b'{"index": 0, "variables": {"name": "Zo\xc3\xab"}')
    assert "Zoë 😀" in path.read_text("utf-8")
    assert [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()] == [
        "Zoë 😀",
        "x\ud83dy",
    ]


@pytest.fixture(params=RESULT_SUFFIXES)
def old(request, tmp_path):
    """A file that is there already, for each kind."""
    path = tmp_path / ("r" + request.param)
    path.write_text("old")
    return path


@pytest.mark.parametrize("rows_before", [0, 1, 100, 199])
def test_what_is_given_up_leaves_the_old_file(old, rows_before):
    heard = []

    def on_rows(rows):
        heard.append(rows)
        if rows >= rows_before:
            raise LookupError("given up")

    with pytest.raises(LookupError, match="given up"):
        write_results(old, [record(i) for i in range(200)], ["name"], INFO, on_rows=on_rows)
    assert heard == sorted(heard)
    assert heard[-1] >= rows_before
    assert_untouched(old)


def test_progress_goes_from_nothing_to_all_rows(old):
    heard = []
    write_results(old, [record(i) for i in range(200)], ["name"], INFO, on_rows=heard.append)
    assert heard == sorted(heard)
    assert (heard[0], heard[-1]) == (0, 200)
    assert len(set(heard)) >= 4


def assert_untouched(path):
    assert path.read_text() == "old"
    assert list(path.parent.iterdir()) == [path]


def test_a_failure_midway_leaves_the_old_file(old):
    def records():
        yield record()
        raise LookupError("midway")

    with pytest.raises(LookupError, match="midway"):
        write_results(old, records(), ["name"], INFO)
    assert_untouched(old)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_leaves_the_old_file(old):
    def records():
        yield record()
        with open("/dev/full", "wb", buffering=0) as full:
            full.write(b"x")

    with pytest.raises(UserFacingError) as caught:
        write_results(old, records(), ["name"], INFO)
    assert (caught.value.code, caught.value.details["path"]) == ("disk_full", str(old))
    assert_untouched(old)


_LIMITED = """
import resource, sys, tempfile
from pathlib import Path
import xlsxwriter
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.export import write_results
from paradigm_gui.core.results_table import ResultsInfo
from result_samples import record

resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
path = Path(sys.argv[1])
tempfile.tempdir = sys.argv[2]
info = ResultsInfo("t", "m", "e", simulated=False)
try:
    write_results(path, [record(i, f"{i} " * 50) for i in range(5000)], ["name"], info)
except UserFacingError as error:
    print(error.code, error.details["path"] == str(path))
"""


@pytest.mark.skipif(os.name != "posix", reason="needs a limit for the size of a file")
def test_a_file_that_cannot_grow_leaves_the_old_file(old, tmp_path_factory):
    temporary = tmp_path_factory.mktemp("temporary")
    ended = subprocess.run(
        [sys.executable, "-c", _LIMITED, str(old), str(temporary)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests")))},
        capture_output=True,
        text=True,
        timeout=40,
        check=False,
    )
    assert (ended.stdout, ended.stderr) == ("cannot_write True\n", "")
    assert_untouched(old)
    assert list(temporary.iterdir()) == []


def test_a_new_file_replaces_the_old_one_and_keeps_its_mode(old):
    old.chmod(0o640)
    write_results(old, [record()], ["name"], INFO)
    assert b"old" not in old.read_bytes()[:4]
    assert list(old.parent.iterdir()) == [old]
    if os.name == "posix":
        assert stat.S_IMODE(old.stat().st_mode) == 0o640


def test_no_results_still_make_a_file(tmp_path):
    for suffix in RESULT_SUFFIXES:
        path = tmp_path / ("r" + suffix)
        assert write_results(path, [], ["name"], INFO) == 0
        assert path.exists()


def failure(path):
    with pytest.raises(UserFacingError) as caught:
        write_results(path, [record()], ["name"], INFO)
    return caught.value


def test_places_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("old")
    (tmp_path / "folder.csv").mkdir()
    assert failure(tmp_path / "none" / "r.csv").code == "folder_missing"
    assert failure(tmp_path / "file" / "r.csv").code == "folder_missing"
    assert failure(tmp_path / "folder.csv").code == "is_a_folder"
    assert failure(tmp_path / ("x" * 300 + ".csv")).code == "cannot_write"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder.csv"]


@pytest.mark.skipif(not Path("/sys/kernel").exists(), reason="needs a folder where not even root may write")
def test_a_folder_without_permission():
    assert failure(Path("/sys/r.csv")).code == "no_permission"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_not_ours(tmp_path):
    tmp_path.chmod(0o500)
    assert failure(tmp_path / "r.csv").code == "no_permission"


@pytest.mark.parametrize("name", ["r.ods", "r", ".csv"])
def test_unknown_suffixes_come_with_the_known_ones(tmp_path, name):
    error = failure(tmp_path / name)
    assert error.code == "unknown_suffix"
    assert error.details["known"] == (".xlsx", ".csv", ".jsonl", ".md", ".html")
    assert list(tmp_path.iterdir()) == []


def test_suffixes_may_be_capitals(tmp_path):
    write_answers(tmp_path / "R.XLSX", ["Hello"])
    assert read_sheet(tmp_path / "R.XLSX")[1][2] == "Hello"


def test_a_report_is_json(tmp_path):
    path = tmp_path / "r.json"
    report = {"version": 1, "speed_up": None, "model": "é", "arms": {"concurrent": {"wall": 7.25}}}
    write_report(path, report)
    assert json.loads(path.read_text("utf-8")) == report
    assert path.read_text("utf-8").startswith('{\n  "version": 1,\n')


def test_a_figure_that_json_cannot_hold_leaves_the_old_report(tmp_path):
    path = tmp_path / "r.json"
    path.write_text("old")
    with pytest.raises(ValueError, match="JSON"):
        write_report(path, {"wall": float("nan")})
    assert_untouched(path)
