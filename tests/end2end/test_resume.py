"""Runs that were cut off, and gone on with by a program that was started later."""

import asyncio
import random
import signal
from collections import Counter
from contextlib import contextmanager

import pytest
from stub_api import Reply, stub_api_thread
from test_program import GUARD_S, at_once, ended, headless, on_linux, on_posix, program, records, started

from paradigm_gui.core.batch import ArmKind, RequestState
from paradigm_gui.core.store import Store

SEED = 20_260_102
ROWS = 500
CAP = 10
KILLS = 12
SERVICE_S = 0.05
RUN = ("--model", "m", "--prompt", "Greet {name}", "--cap", CAP)


def write_names(path, count):
    path.write_text("".join(f"name {number}\n" for number in range(count)))
    return path


@contextmanager
def numbering_api(delay_s=SERVICE_S):
    """Serve answers that are all different, so that one which was bought twice can be told."""
    sent = iter(range(1_000_000))
    with stub_api_thread(lambda request: answer(request, next(sent)).after(delay_s)) as api:
        yield api


def answer(request, number):
    return Reply.answer(f"{request.prompt}, answer {number}")


def finished(api):
    return sum(request.finished for request in api.completions)


def kept_answers(folder, kind=ArmKind.CONCURRENT):
    """The answers of the newest run that are on disk, by row."""

    async def read():
        store = await asyncio.to_thread(Store.open, folder / "runs.sqlite3")
        try:
            assert store.set_aside is None
            run = await store.load((await store.runs())[0].key)
        finally:
            await asyncio.to_thread(store.close)
        requests = run.arms[kind].requests
        return {request.index: request.text for request in requests if request.state is RequestState.DONE}

    return asyncio.run(read())


def kill_after(process, api, answers):
    """Kill a program when so many more answers were sent; give the last progress that it showed."""
    goal = finished(api) + answers
    api.wait_for(lambda api: finished(api) >= goal, GUARD_S)
    process.kill()
    shown = process.communicate(timeout=GUARD_S)[1].split()
    api.wait_for(lambda api: not api.in_flight)
    return int(shown[-1].partition("/")[0]) if shown else 0


def check_nothing_was_bought_again(api, first, before):
    """Check that no request since the `first` asked for a row whose answer was on disk `before`."""
    prompts = [request.prompt for request in api.completions[first:]]
    assert not set(prompts) & {f"Greet name {row}" for row in before}
    assert max(Counter(prompts).values()) == 1


@on_posix
def test_a_run_that_is_killed_again_and_again_loses_no_answer(tmp_path):
    draw = random.Random(SEED)
    file, output = write_names(tmp_path / "names.txt", ROWS), tmp_path / "r.jsonl"
    data = ("--headless", "--data-dir", tmp_path / "data")
    kept, lost = {}, 0
    with numbering_api() as api:
        arguments = (file, "--base-url", api.base_url, *RUN)
        for _ in range(KILLS):
            first = len(api.completions)
            with started(*data, *arguments) as process:
                shown = kill_after(process, api, draw.randint(1, 24))
            now = kept_answers(tmp_path / "data")
            assert now.items() >= kept.items()
            assert shown <= len(now)
            check_nothing_was_bought_again(api, first, kept)
            asked_for = api.completions[first:]
            assert sum(not request.finished for request in asked_for) <= CAP
            lost += len(asked_for) - (len(now) - len(kept))
            kept, arguments = now, ("--resume", "last")
        first = len(api.completions)
        assert len(kept) < ROWS
        run = program(*data, *arguments, "--output", output)
        assert (run.code, run.messages) == (0, [])
        check_nothing_was_bought_again(api, first, kept)
        # what was asked for twice is what had not reached the disk when the program was killed
        assert len(api.completions) == ROWS + lost
    results = records(output)
    assert [(record["index"], record["status"]) for record in results] == [
        (row, "done") for row in range(ROWS)
    ]
    texts = {record["index"]: record["text"] for record in results}
    assert texts.items() >= kept.items()
    assert all(text.startswith(f"Greet name {row}, answer ") for row, text in texts.items())
    assert texts == kept_answers(tmp_path / "data")


@on_posix
def test_a_comparison_that_is_killed_in_its_second_arm(tmp_path):
    file, report = write_names(tmp_path / "names.txt", 20), tmp_path / "r.json"
    output = tmp_path / "r.jsonl"
    data = ("--headless", "--data-dir", tmp_path / "data")
    with numbering_api() as api:
        with started(*data, file, "--base-url", api.base_url, *RUN, "--compare") as process:
            kill_after(process, api, 30)
        first = kept_answers(tmp_path / "data")
        second = kept_answers(tmp_path / "data", ArmKind.SEQUENTIAL)
        assert len(first) == 20
        assert 0 < len(second) < 20
        before = len(api.completions)
        run = program(*data, "--resume", "last", "--report", report, "--output", output)
        assert (run.code, run.messages) == (0, [])
        assert len(api.completions) - before == 20 - len(second)
    assert {record["index"]: record["text"] for record in records(output)} == first
    assert kept_answers(tmp_path / "data", ArmKind.SEQUENTIAL).items() > second.items()
    assert report.is_file()


@on_posix
def test_an_interrupted_run_is_gone_on_with(tmp_path):
    file, output = write_names(tmp_path / "names.txt", 60), tmp_path / "r.jsonl"
    data = ("--headless", "--data-dir", tmp_path / "data")
    with numbering_api() as api:
        arguments = (file, "--base-url", api.base_url, *RUN)
        with started(*data, *arguments, "--output", output) as process:
            api.wait_for(lambda api: finished(api) >= 20, GUARD_S)
            process.send_signal(signal.SIGINT)
            assert ended(process).code == 130
        api.wait_for(lambda api: not api.in_flight)
        # an end in order keeps all that came, and says so
        before = {record["index"]: record["text"] for record in records(output) if record["status"] == "done"}
        assert before == kept_answers(tmp_path / "data")
        first = len(api.completions)
        assert 0 < len(before) < 60
        # the same command again, which also says that the input is still the same
        run = program(*data, *arguments, "--resume", "last", "--output", output)
        assert (run.code, run.messages) == (0, [])
        assert len(api.completions) - first == 60 - len(before)
        check_nothing_was_bought_again(api, first, before)
        assert [record["status"] for record in records(output)] == ["done"] * 60
        again = program(*data, "--resume", "last")
        check_one_line(again)
        assert len(api.completions) - first == 60 - len(before)


@on_linux
def test_a_run_whose_answers_cannot_be_kept_is_given_up(tmp_path):
    """Nobody is there to make room: it ends with a message, and can be gone on with when there is room."""
    resource = pytest.importorskip("resource")
    file, output = write_names(tmp_path / "names.txt", 20), tmp_path / "r.jsonl"
    data = ("--headless", "--data-dir", tmp_path / "data")
    long = "word " * 10_000
    with stub_api_thread(lambda _: Reply.answer(long, pieces=[long]).gated()) as api:
        with started(*data, file, "--base-url", api.base_url, *RUN) as process:
            api.wait_for(lambda api: api.in_flight == CAP, GUARD_S)
            # no file may grow any more
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (1, 1))
            api.release()
            run = ended(process)
        assert (run.code, run.out, len(run.messages)) == (2, "", 1)
        assert "runs.sqlite3" in run.messages[0]
        assert kept_answers(tmp_path / "data") == {}
        assert program(*data, "--resume", "last", "--output", output).code == 0
    assert [record["status"] for record in records(output)] == ["done"] * 20
    assert len(kept_answers(tmp_path / "data")) == 20


def check_one_line(run):
    assert (run.code, run.out, len(run.err.splitlines())) == (2, "", 1)
    assert run.err.startswith("paradigm-gui: ")


@on_posix
def test_what_cannot_be_gone_on_with(tmp_path):
    file = write_names(tmp_path / "names.txt", 30)
    data = ("--headless", "--data-dir", tmp_path / "data")
    with numbering_api() as api:
        arguments = ("--base-url", api.base_url, *RUN)
        with started(*data, file, *arguments) as process:
            kill_after(process, api, 5)
        first, kept = len(api.completions), kept_answers(tmp_path / "data")
        other = write_names(tmp_path / "other.txt", 29)
        changed = (*arguments[:-4], "--prompt", "Insult {name}", *arguments[-2:])
        cases = [
            ("--resume", "999"),
            (other, *arguments, "--resume", "last"),
            (file, *changed, "--resume", "last"),
        ]
        for _, refusal in at_once(lambda *case: program(*data, *case), cases):
            check_one_line(refusal)
        assert len(api.completions) == first
        assert kept_answers(tmp_path / "data") == kept
        # what was refused can still be gone on with, by its number too
        assert program(*data, "--resume", "1").code == 0
        assert len(kept_answers(tmp_path / "data")) == 30


def test_a_run_that_has_ended_is_shown_again_without_sending(tmp_path):
    file, output = write_names(tmp_path / "names.txt", 4), tmp_path / "r.jsonl"
    data = ("--data-dir", tmp_path / "data")
    with numbering_api(0.0) as api:
        assert headless(file, api.base_url, *RUN, *data, "--output", output).code == 0
        first = records(output)
        run = program("--headless", *data, "--resume", "1", "--output", output)
        assert run.code == 0
        assert len(api.completions) == 4
    assert records(output) == first
