"""The options of the program."""

from pathlib import Path

import pytest

from paradigm_gui.command_line import Options, parse, text_or_file
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.settings import Settings

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


@pytest.mark.parametrize("wrong", ["a.txt b.txt", "a.txt --demo b.txt", "--demo a.txt b.txt"])
def test_a_second_file_is_named(wrong):
    with pytest.raises(UserFacingError) as refused:
        parse(["--lang", "en", *wrong.split()])
    assert refused.value.details["message"] == "one FILE at a time: b.txt cannot be opened, too"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("--cap x", "valeur non valable"),
        ("--cap 0", "n’est pas compris entre 1 et 1000"),
        ("--cap", "une valeur est attendue"),
        ("--demo --base-url http://h", "incompatible"),
        ("--demo --no-such", "arguments inconnus"),
    ],
)
def test_mistakes_are_told_in_the_language_asked_for(wrong, words):
    with pytest.raises(UserFacingError) as refused:
        parse(["--lang", "fr", *wrong.split()])
    assert words in refused.value.details["message"]


def test_help_is_in_the_language_asked_for(capsys):
    for language, words in (("en", "an unfinished run"), ("fr", "une exécution inachevée")):
        with pytest.raises(SystemExit):
            parse(["--lang", language, "--help"])
        assert words in " ".join(capsys.readouterr().out.split())


def test_help_is_in_the_language_last_chosen_in_the_window(tmp_path, capsys):
    settings = Settings(tmp_path)
    settings.set("language", "fr")
    settings.save()
    with pytest.raises(SystemExit):
        parse(["--data-dir", str(tmp_path), "--help"])
    assert "afficher cette aide" in capsys.readouterr().out


def test_a_text_or_the_content_of_a_file(tmp_path):
    path = tmp_path / "prompt.txt"
    path.write_bytes("\ufeffGreet {name}\r\nnow ü\r\n\r\n".encode())
    assert text_or_file("Greet @{name}") == "Greet @{name}"
    assert text_or_file(f"@{path}").splitlines() == ["Greet {name}", "now ü"]
    with pytest.raises(UserFacingError):
        text_or_file(f"@{tmp_path}")
