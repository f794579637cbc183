from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from paradigm_gui.core.atomic import atomic_write
from paradigm_gui.core.errors import UserFacingError

POSIX = pytest.mark.skipif(os.name != "posix", reason="modes and links are a POSIX matter")


@pytest.fixture
def old(tmp_path):
    """A file that is there already."""
    path = tmp_path / "file"
    path.write_text("old")
    return path


def write(path, data=b"new", **options):
    with atomic_write(path, **options) as file:
        file.write(data)


def failure(path):
    with pytest.raises(UserFacingError) as caught:
        write(path)
    assert caught.value.details["path"] == str(path)
    return caught.value.code


def mode_of(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_appears_when_the_block_ends(tmp_path):
    path = tmp_path / "file"
    with atomic_write(path) as file:
        file.write(b"a\r\nb\n")
        assert not path.exists()
    assert path.read_bytes() == b"a\r\nb\n"
    assert list(tmp_path.iterdir()) == [path]


def test_what_the_block_raises_passes_through_and_leaves_the_old_file(old):
    def fail(error):
        with atomic_write(old) as file:
            file.write(b"half")
            raise error

    for error in (LookupError("midway"), KeyboardInterrupt(), OSError(5, "a failing source")):
        with pytest.raises(type(error)) as caught:
            fail(error)
        assert caught.value is error
        assert old.read_text() == "old"
        assert list(old.parent.iterdir()) == [old]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told_and_leaves_the_old_file(old):
    def fill():
        with atomic_write(old), open("/dev/full", "wb", 0) as full:
            full.write(b"x")

    with pytest.raises(UserFacingError) as caught:
        fill()
    assert (caught.value.code, caught.value.details) == ("disk_full", {"path": str(old)})
    assert old.read_text() == "old"
    assert list(old.parent.iterdir()) == [old]


def test_places_that_cannot_be_written(old):
    folder = old.parent
    assert failure(folder) == "is_a_folder"
    assert failure(folder / "none" / "file") == "folder_missing"
    assert failure(old / "file") == "folder_missing"
    assert failure(folder / ("x" * 300)) == "cannot_write"
    assert list(folder.iterdir()) == [old]


@pytest.mark.skipif(not Path("/sys/kernel").exists(), reason="needs a folder where not even root may write")
def test_a_folder_without_permission():
    assert failure(Path("/sys/file")) == "no_permission"


@POSIX
def test_a_private_file_is_its_owner_s_only(old):
    old.chmod(0o644)
    with atomic_write(old, is_private=True) as file:
        file.write(b"new")
        (temporary,) = set(old.parent.iterdir()) - {old}
        assert mode_of(temporary) == 0o600
        assert old.read_text() == "old"
    assert old.read_text() == "new"
    assert mode_of(old) == 0o600


@POSIX
def test_any_other_file_keeps_its_mode(old):
    old.chmod(0o640)
    write(old)
    assert mode_of(old) == 0o640


@POSIX
def test_a_new_file_has_the_mode_that_the_user_gives_to_files(tmp_path):
    before = os.umask(0o027)
    try:
        write(tmp_path / "file")
    finally:
        os.umask(before)
    assert mode_of(tmp_path / "file") == 0o640


@POSIX
def test_a_link_is_written_through(tmp_path):
    (tmp_path / "folder").mkdir()
    target, link = tmp_path / "folder" / "target", tmp_path / "link"
    link.symlink_to(target)
    write(link)
    assert link.is_symlink()
    assert target.read_text() == "new"
