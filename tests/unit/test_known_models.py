"""The lists of models that are there at the next start."""

import json
import sys

import pytest

from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.known_models import LARGEST_FILE, MOST_SERVERS, KnownModels

URL = "https://x.example/v1"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "models.json"


def saved(path, *lists):
    known = KnownModels(path)
    for name, models in lists:
        assert known.keep(name, models)
    known.save()
    return KnownModels(path)


def test_a_list_is_there_the_next_time(path):
    assert KnownModels(path).of(URL) == ()
    known = saved(path, (URL, ["b", "a ☃"]), (f"{URL}#2", ["c"]))
    assert (known.of(URL), known.of(f"{URL}#2"), known.of("https://y")) == (("b", "a ☃"), ("c",), ())
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o077 == 0


def test_what_is_known_already_needs_no_saving(path):
    known = saved(path, (URL, ["a"]))
    assert not known.keep(URL, ["a"])
    assert known.keep(URL, ["a", "b"])
    assert not known.keep("https://y", [])


def test_a_list_is_forgotten(path):
    saved(path, (URL, ["a"]), ("https://y", ["b"]))
    known = saved(path, (URL, ()))
    assert (known.of(URL), known.of("https://y")) == ((), ("b",))
    assert URL not in path.read_text("utf-8")


def test_another_window_s_lists_stay(path):
    mine, other = KnownModels(path), KnownModels(path)
    mine.keep(URL, ["a"])
    other.keep("https://y", ["b"])
    mine.save()
    other.save()
    known = KnownModels(path)
    assert (known.of(URL), known.of("https://y")) == (("a",), ("b",))


def test_the_newest_servers_are_kept(path):
    known = saved(path, *((f"http://127.0.0.1:{port}", ["m"]) for port in range(MOST_SERVERS + 3)))
    ports = [port for port in range(MOST_SERVERS + 3) if known.of(f"http://127.0.0.1:{port}")]
    assert ports == list(range(3, MOST_SERVERS + 3))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b'{"version": 2, "servers": {"https://x.example/v1": ["a"]}}',
        b'{"version": 1, "servers": []}',
        b'{"version": 1, "servers": {"https://x.example/v1": 3}}',
        b"\xff",
        b"[" * 100_000,
        b" " * (LARGEST_FILE + 1),
    ],
)
def test_a_file_that_cannot_be_read_counts_as_none_and_is_replaced(path, content):
    path.write_bytes(content)
    assert KnownModels(path).of(URL) == ()
    assert saved(path, (URL, ["a"])).of(URL) == ("a",)


def test_names_that_cannot_be_shown_are_left_out(path):
    path.write_text(json.dumps({"version": 1, "servers": {URL: ["fine", 3, "two\nlines", "", "x" * 500]}}))
    assert KnownModels(path).of(URL) == ("fine",)


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    known = KnownModels(tmp_path / "file" / "models.json")
    known.keep(URL, ["a"])
    with pytest.raises(UserFacingError):
        known.save()
    assert known.of(URL) == ("a",)
