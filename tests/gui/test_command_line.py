"""The options of the program."""

from pathlib import Path

import pytest

from paradigm_gui.command_line import Options, parse, text_or_file
from paradigm_gui.core.errors import UserFacingError

EVERYTHING = (
    "names.txt --base-url http://h/v1 --model M --temperature 0.5 --max-tokens 9 --system S --prompt P"
    " --cap 3 --rpm 0.5 --no-stream --timeout 1.5 --retries 0 --compare --run --headless --output o.csv"
    " --report r.json --screenshot w.png --resume last --data-dir d --lang fr --self-test"
)


def test_all_options():
    assert parse(EVERYTHING.split()) == Options(
        file=Path("names.txt"),
        demo=False,
        base_url="http://h/v1",
        endpoint=None,
        model="M",
        temperature=0.5,
        max_tokens=9,
        system="S",
        prompt="P",
        cap=3,
        rpm=0.5,
        stream=False,
        timeout=1.5,
        retries=0,
        compare=True,
        run=True,
        headless=True,
        output=Path("o.csv"),
        report=Path("r.json"),
        screenshot=Path("w.png"),
        resume="last",
        data_dir=Path("d"),
        lang="fr",
        self_test=True,
    )


def test_nothing_is_chosen_by_default():
    options = parse([])
    chosen = {name for name in Options.__slots__ if getattr(options, name) not in (None, False)}
    assert chosen == set()
    assert not options.has_job


@pytest.mark.parametrize("job", ["names.txt", "--demo", "--resume last", "--self-test"])
def test_what_counts_as_a_job(job):
    assert parse(job.split()).has_job


@pytest.mark.parametrize("option", ["--headless", "--run", "--base-url http://h", "--compare"])
def test_what_is_no_job(option):
    assert not parse(option.split()).has_job


@pytest.mark.parametrize(
    "wrong",
    [
        "--temperature hot",
        "--temperature 2.1",
        "--temperature -1",
        "--temperature nan",
        "--max-tokens 0",
        "--max-tokens 1.5",
        "--cap 0",
        "--cap 1001",
        "--rpm 0",
        "--rpm inf",
        "--timeout 0",
        "--timeout inf",
        "--retries -1",
        "--retries 101",
        "--lang de",
        "--key sk-x",
        "--api-key sk-x",
        "a.txt b.txt",
        "--demo --base-url http://h",
        "--demo --endpoint E",
        "--model",
    ],
)
def test_mistakes_are_refused_by_name(wrong):
    with pytest.raises(UserFacingError) as refused:
        parse(wrong.split())
    assert refused.value.code == "usage"
    message = refused.value.details["message"]
    assert "\n" not in message
    assert any(word in message for word in wrong.split())


def test_a_text_or_the_content_of_a_file(tmp_path):
    path = tmp_path / "prompt.txt"
    path.write_bytes("\ufeffGreet {name}\r\nnow ü\r\n\r\n".encode())
    assert text_or_file("Greet @{name}") == "Greet @{name}"
    assert text_or_file(f"@{path}").splitlines() == ["Greet {name}", "now ü"]
    with pytest.raises(UserFacingError):
        text_or_file(f"@{tmp_path}")
