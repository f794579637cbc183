from __future__ import annotations

import pytest

from paradigm_gui.core import text_files
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.text_files import decode, lines, read_bytes, read_text


@pytest.fixture
def path(tmp_path):
    return tmp_path / "t.txt"


def failure(path, data, encoding=None):
    with pytest.raises(UserFacingError) as caught:
        decode(path, data, encoding)
    assert caught.value.details["path"] == str(path)
    return caught.value


TEXT = "Zoë\nÉric\n"


@pytest.mark.parametrize(
    ("codec", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16"),
        ("cp1252", "cp1252"),
    ],
)
def test_the_encoding_is_found_out(path, codec, found):
    assert decode(path, TEXT.encode(codec)) == (TEXT, found)
    # what is found may as well be said
    assert decode(path, TEXT.encode(codec), found) == (TEXT, found)


def test_a_damaged_place_in_utf_8_is_not_read_as_another_encoding(path):
    error = failure(path, "Zoë\n".encode() + b"\xff\n")
    assert (error.code, error.details["line"], error.details["encoding"]) == ("bad_encoding", 2, "utf-8")


def test_a_stray_control_character_is_named_with_its_line(path):
    for encoding in (None, "utf-8", "cp1252"):
        error = failure(path, b"name\n" * 300 + b"Bo\0b\n", encoding)
        assert (error.code, error.details["line"], error.details["character"]) == (
            "bad_character",
            301,
            "U+0000",
        )
    assert failure(path, b"\0\1\2" * 100).code == "not_text"
    assert failure(path, b"\xd0\xcf\x11\xe0 an old workbook").code == "not_text"


def test_the_wrong_encoding_is_refused_with_its_line(path):
    assert failure(path, "a\nZoë".encode("cp1252"), "utf-8").details["line"] == 2
    assert failure(path, "a\n\ud800".encode("utf-16-le", "surrogatepass"), "utf-16").details["line"] == 2


def test_the_beginning_of_a_file_may_end_within_a_character(path):
    data = "Zoë".encode()
    assert decode(path, data[:3], is_whole=False) == ("Zo", "utf-8")
    assert decode(path, data[:3])[1] == "cp1252"


def test_only_line_feeds_end_a_line():
    assert lines("a\u2028b\x0bc\r\n\nd\n") == ["a\u2028b\x0bc\r", "", "d"]


def test_reading_tells_how_far_it_is(path, monkeypatch):
    monkeypatch.setattr(text_files, "_CHUNK_BYTES", 4)
    path.write_bytes(b"0123456789")
    shares = []
    assert read_bytes(path, 10, shares.append) == b"0123456789"
    assert shares == [0.4, 0.8, 1.0]
    assert read_bytes(path, 10, most=3) == b"012"
    with pytest.raises(UserFacingError) as caught:
        read_bytes(path, 9, most=3)
    assert caught.value.code == "file_too_large"
    assert read_text(path) == "0123456789"
