"""The program with its window open, ended by a signal or killed in the middle of its work."""

import json
import signal
import sys

import pytest
from stub_api import Act, Reply, stub_api_thread
from test_program import ended, on_posix, records, started

RUN = ("--run", "--model", "m")


@pytest.fixture
def names(tmp_path):
    path = tmp_path / "names.txt"
    path.write_text("Ada\nBo\nCy\nDi\nEd\nFay\n")
    return path


def log_of(environment):
    return "".join(path.read_text("utf-8") for path in environment.rglob("*.log*"))


@on_posix
@pytest.mark.parametrize("stage", ["waiting", "streaming"])
def test_the_window_is_closed_in_the_middle_of_a_run(environment, names, stage):
    reply = Reply.answer("Half of an answer").cut(Act.STALL) if stage == "streaming" else Reply.stall()
    arguments = ("--run", "--compare", "--model", "m")
    with (
        stub_api_thread(lambda _: reply) as api,
        started(names, "--base-url", api.base_url, *arguments) as process,
    ):
        api.wait_for(lambda api: sum(request.is_held for request in api.completions) == 6)
        process.send_signal(signal.SIGTERM)
        run = ended(process)
        api.wait_for(lambda api: all(request.client_left for request in api.completions))
    assert (run.code, run.out, run.err) == (0, "", "")
    assert "Traceback" not in log_of(environment)
    assert " ERROR " not in log_of(environment)


@on_posix
def test_a_window_remembers_and_writes_what_it_was_told_to(tmp_path, names):
    output = tmp_path / "r.jsonl"
    arguments = ("--run", "--model", "m", "--output", output, "--data-dir", tmp_path / "data")
    with (
        stub_api_thread(lambda _: Reply.stall()) as api,
        started(names, "--base-url", api.base_url, *arguments) as process,
    ):
        api.wait_for(lambda api: api.in_flight == 6)
        process.send_signal(signal.SIGTERM)
        assert ended(process).code == 0
    assert [record["status"] for record in records(output)] == ["cancelled"] * 6
    draft = json.loads((tmp_path / "data" / "draft.json").read_text("utf-8"))
    assert draft["names"].split() == ["Ada", "Bo", "Cy", "Di", "Ed", "Fay"]
    if sys.platform != "win32":
        assert (tmp_path / "data" / "draft.json").stat().st_mode & 0o077 == 0


@on_posix
def test_a_window_that_is_closed_while_its_server_is_asked_for_models(environment):
    with (
        stub_api_thread([Reply.answer()], models=Reply.stall()) as api,
        started("--base-url", api.base_url) as process,
    ):
        api.wait_for(lambda api: any(request.is_held for request in api.seen))
        process.send_signal(signal.SIGTERM)
        run = ended(process)
    assert (run.code, run.out, run.err) == (0, "", "")
    assert " ERROR " not in log_of(environment)


@on_posix
def test_a_file_that_cannot_be_read_leaves_the_window_open(environment, tmp_path):
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)))
    with stub_api_thread([Reply.answer()]) as api:
        with started(tmp_path / "binary.txt", "--base-url", api.base_url, *RUN) as process:
            api.wait_for(lambda api: api.seen)
            process.send_signal(signal.SIGTERM)
            run = ended(process)
        assert api.completions == []
    assert (run.code, run.err) == (0, "")
    assert " ERROR " not in log_of(environment)


@on_posix
def test_what_was_typed_is_there_at_the_next_start(environment, names):
    with stub_api_thread(lambda _: Reply.stall()) as api:
        with started(names, "--base-url", api.base_url, *RUN, "--prompt", "Hi {name}") as process:
            api.wait_for(lambda api: api.in_flight == 6)
            process.send_signal(signal.SIGTERM)
            assert ended(process).code == 0
        first = sorted(request.prompt for request in api.completions)
        with started("--base-url", api.base_url, *RUN) as process:
            api.wait_for(lambda api: len(api.completions) == 12)
            process.send_signal(signal.SIGTERM)
            assert ended(process).code == 0
        assert (
            sorted(request.prompt for request in api.completions[6:])
            == first
            == [f"Hi {name}" for name in ("Ada", "Bo", "Cy", "Di", "Ed", "Fay")]
        )
