"""What a run leaves behind."""

import asyncio
import csv
import json
import re
from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale
from python_calamine import CalamineWorkbook

from paradigm_gui.core.batch import ArmKind, RequestState
from paradigm_gui.core.errors import ErrorKind, UserFacingError
from paradigm_gui.core.export import RESULT_SUFFIXES
from paradigm_gui.core.report import report
from paradigm_gui.core.results_table import TableForm
from paradigm_gui.core.run_figures import RunFigures
from paradigm_gui.event_loop import LagProbe
from paradigm_gui.outcome import Choice, client_figures, figures_in_words, write_results_of

DONE, FAILED, CANCELLED = RequestState.DONE, RequestState.FAILED, RequestState.CANCELLED
BOTH = (ArmKind.CONCURRENT, ArmKind.SEQUENTIAL)


@pytest.fixture
def probe():
    loop = asyncio.new_event_loop()
    yield LagProbe(loop)
    loop.close()


@pytest.fixture(autouse=True)
def english():
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    yield
    QLocale.setDefault(before)


def test_the_figures_of_one_arm(make_run):
    ((_, value),) = figures_in_words(RunFigures.of(make_run(("Ada", DONE, "x"), ("Bo", FAILED, ""))))
    assert "0.22" in value
    assert "1" in value
    assert "2" in value


def test_the_figures_of_a_comparison(make_run):
    run = make_run(("Ada", DONE, "x"), ("Bo", DONE, "y"), kinds=BOTH)
    sequential = run.arms[ArmKind.SEQUENTIAL]
    for request in sequential.requests:
        request.ended_at = request.attempts[0].ended_at = 50.02 + 0.33 * (request.index + 1)
    sequential.ended_at = 50.68
    figures = [value for _, value in figures_in_words(RunFigures.of(run))]
    assert len(figures) == 4
    # 0.68 s ÷ 0.22 s, of two rows at once
    assert "3.09" in figures[2]
    assert "154.5" in figures[3]


def test_a_cut_run_claims_no_speed_up(probe, make_run):
    run = make_run(("Ada", DONE, "x"), ("Bo", CANCELLED, ""), kinds=BOTH)
    assert len(figures_in_words(RunFigures.of(run))) == 2
    assert report(run, RunFigures.of(run), client_figures(probe, None))["speed_up"] is None


@pytest.mark.parametrize("suffix", RESULT_SUFFIXES)
def test_every_format_holds_every_row(make_run, tmp_path, suffix):
    path = tmp_path / f"r{suffix}"
    run = make_run(("Ada", DONE, "<b>hello</b>"), ("=1+1", FAILED, ""), is_demo=True)
    assert write_results_of(run, RunFigures.of(run), path, "en") == 0
    data = path.read_bytes()
    if suffix == ".xlsx":
        assert data.startswith(b"PK")
        return
    text = data.decode("utf-8-sig")
    assert "Ada" in text
    if suffix == ".html":
        assert "<b>hello</b>" not in text
    if suffix in (".md", ".html"):
        assert "Server" in text


def test_the_arm_can_be_chosen(make_run, tmp_path):
    run = make_run(("Ada", DONE, "x"), kinds=BOTH)
    for kind in BOTH:
        write_results_of(run, RunFigures.of(run), tmp_path / "r.jsonl", "en", Choice(kind))
        (line,) = (tmp_path / "r.jsonl").read_text().splitlines()
        assert json.loads(line)["arm"] == kind


def test_only_some_rows_are_written_in_their_order(make_run, tmp_path):
    run = make_run(("Ada", DONE, "x"), ("Bo", FAILED, ""), ("Cy", DONE, "y"))
    choice = Choice(rows={2, 0}, form=TableForm(row_numbers=True))
    for suffix in RESULT_SUFFIXES:
        write_results_of(run, RunFigures.of(run), tmp_path / f"r{suffix}", "en", choice)
    lines = (tmp_path / "r.jsonl").read_text().splitlines()
    assert [json.loads(line)["index"] for line in lines] == [0, 2]
    with (tmp_path / "r.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["row"] for row in csv.DictReader(file)] == ["1", "3"]
    settings = dict(line[:2] for line in sheet(tmp_path / "r.xlsx", "Run"))
    assert (settings["Rows of the run"], settings["Rows in this file"]) == (3, 2)


def sheet(path, name):
    return CalamineWorkbook.from_path(path).get_sheet_by_name(name).to_python(skip_empty_area=False)


def test_a_workbook_holds_settings_and_figures_as_values(make_run, tmp_path):
    run = make_run(("Ada", DONE, "x"), ("Bo", DONE, "y"), kinds=BOTH)
    write_results_of(run, RunFigures.of(run), tmp_path / "r.xlsx", "en")
    rows = [row for row in sheet(tmp_path / "r.xlsx", "Run") if row[0] != ""]
    found = {row[0]: row[1:] for row in rows}
    assert found["Prompt"] == ["Greet {name}", ""]
    assert found["Most requests at once"] == [20, ""]
    assert found["Service time p50 (s)"] == pytest.approx([0.1, 0.1])
    assert found["Done"] == [2, 2]
    assert found["Speed-up"] == [1, ""]


def test_a_report_shows_both_arms_and_fetches_nothing(make_run, tmp_path):
    run = make_run(("<b>Ada</b>", DONE, "<img src='http://x/y.png'>"), kinds=BOTH)
    run.endpoint = replace(run.endpoint, base_url="http://127.0.0.1:1/<x>")
    write_results_of(run, RunFigures.of(run), tmp_path / "r.html", "fr")
    page = (tmp_path / "r.html").read_text("utf-8")
    assert '<html lang="fr">' in page
    assert page.count("<svg ") == 1
    assert 'id="results-0"' in page
    assert 'id="results-1"' in page
    assert not re.search(
        r"<(?:img|script|link|b|x|iframe|object|image|use)\b|\s(?:src|href|on\w+)=[\"']", page
    )
    # the drawing fills its bars with patterns of its own
    assert all(target.startswith("#results-") for target in re.findall(r"url\(([^)]*)\)", page))
    assert "default-src 'none'" in page


def test_an_unknown_format_is_refused(make_run, tmp_path):
    run = make_run(("Ada", DONE, "x"))
    with pytest.raises(UserFacingError, match="unknown_suffix"):
        write_results_of(run, RunFigures.of(run), tmp_path / "r.doc", "en")
    assert list(tmp_path.iterdir()) == []


def test_what_the_program_measured_of_itself(probe):
    probe.samples.extend(0.001 * number for number in range(1, 101))
    probe.worst_s = 0.1
    figures = client_figures(probe, 0.5)
    assert figures["loop_lag_p50"] == pytest.approx(0.050)
    assert figures["loop_lag_p99"] == pytest.approx(0.099)
    assert figures["loop_lag_max"] == pytest.approx(0.1)
    assert figures["startup_to_window"] == 0.5
    peak = figures["peak_rss_mb"]
    assert peak is None or 10 < peak < 100_000
    probe.reset()
    assert client_figures(probe, None)["loop_lag_p99"] is None


def test_remarks_are_in_the_files_once_there_are_any(make_run, tmp_path):
    run = make_run(("Ada", DONE, "x"), ("Bo", FAILED, ""), kinds=BOTH)

    def written(kind):
        for suffix in RESULT_SUFFIXES:
            write_results_of(run, RunFigures.of(run), tmp_path / f"r{suffix}", "en", Choice(kind))
        records = [json.loads(line) for line in (tmp_path / "r.jsonl").read_text().splitlines()]
        with (tmp_path / "r.csv").open(encoding="utf-8-sig", newline="") as file:
            header, *rows = csv.reader(file)
        texts = [(tmp_path / name).read_text("utf-8") for name in ("r.md", "r.html")]
        return records, [header, *rows], sheet(tmp_path / "r.xlsx", "Results"), texts

    before = written(BOTH[0])
    run.remarks.mark([1], is_marked=True)
    run.remarks.comment(0, "to check")
    for kind in BOTH:
        records, *tables, texts = written(kind)
        assert [(record["marked"], record["comment"]) for record in records] == [
            (False, "to check"),
            (True, ""),
        ]
        for header, *rows in tables:
            assert [row[header.index("mark")] for row in rows] == ["", "x"]
            assert [row[header.index("comment")] for row in rows] == ["to check", ""]
        assert all("to check" in text for text in texts)
    run.remarks.undo()
    run.remarks.undo()
    records, *tables, _ = written(BOTH[0])
    assert records == before[0]
    assert set(records[0]).isdisjoint({"marked", "comment"})
    assert tables[0] == before[1]
    assert all("comment" not in header for header, *_ in tables)


def test_documents_are_in_the_way_of_the_country(make_run, tmp_path):
    QLocale.setDefault(QLocale("fr_FR"))
    run = make_run(("Ada", DONE, "x"), ("Bo", FAILED, ""))
    schema = '{"type": "object", "properties": {"city": {"type": "string"}}}'
    run.batch = replace(run.batch, parameters=replace(run.batch.parameters, temperature=0.7, schema=schema))
    day = QLocale().toString(run.started_at.astimezone().date(), QLocale.FormatType.ShortFormat)
    for suffix in (".html", ".md"):
        write_results_of(run, RunFigures.of(run), tmp_path / f"r{suffix}", "fr")
        text = (tmp_path / f"r{suffix}").read_text("utf-8")
        assert day in text
        assert "0,7" in text
        assert "Answer format" in text
        assert "0,22" in text
    technical = TableForm(is_technical=True, separator=";")
    write_results_of(run, RunFigures.of(run), tmp_path / "r.csv", "fr", Choice(form=technical))
    header, done, failed = csv.reader((tmp_path / "r.csv").read_text("utf-8-sig").splitlines(), delimiter=";")
    assert done[header.index("service (s)")] == "0,1"
    assert failed[header.index("state")] == "failed"
    assert failed[header.index("error")] not in ("", *ErrorKind)
    # without a window files are for other programs
    write_results_of(run, RunFigures.of(run), tmp_path / "r.csv", "fr")
    header, done, _ = csv.reader((tmp_path / "r.csv").read_text("utf-8-sig").splitlines())
    assert done[header.index("service (s)")] == "0.1"
