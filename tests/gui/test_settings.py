"""What the program remembers between two runs."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from PySide6.QtCore import QByteArray

from paradigm_gui.core import turn_taking
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.settings import Settings


def test_values_come_back_with_their_types(tmp_path):
    settings = Settings(tmp_path)
    values = {"text": "é = ü, 1", "whole": 7, "real": 0.1, "yes": True, "no": False}
    for name, value in values.items():
        settings.set(name, value)
    settings.set_blob("blob", QByteArray(b"\x00\xff"))
    settings.save()
    again = Settings(tmp_path)
    defaults = {"text": "", "whole": 0, "real": 0.0, "yes": False, "no": True}
    found = {name: again.get(name, default) for name, default in defaults.items()}
    assert found == values
    assert [type(value) for value in found.values()] == [str, int, float, bool, bool]
    assert again.blob("blob") == QByteArray(b"\x00\xff")


def test_what_cannot_be_read_counts_as_the_default(tmp_path):
    settings = Settings(tmp_path)
    settings.set("cap", "many")
    assert settings.get("cap", 20) == 20
    assert settings.get("missing", 3.5) == 3.5
    assert settings.blob("cap") == QByteArray()


def test_a_damaged_file_is_no_obstacle(tmp_path):
    (tmp_path / "settings.ini").write_bytes(bytes(range(256)))
    settings = Settings(tmp_path)
    assert settings.get("cap", 20) == 20
    for damaged in (b"{", b"[1]", b"\xff"):
        (tmp_path / "draft.json").write_bytes(damaged)
        assert settings.draft() == {}


def test_a_draft_comes_back_whole_and_private(tmp_path):
    settings = Settings(tmp_path)
    assert settings.draft() == {}
    draft = {"names": "Ada\u00a0\n😀 \u202eשלום", "mode": "names"}
    settings.save_draft(draft)
    assert settings.draft() == draft
    if sys.platform != "win32":
        assert (tmp_path / "draft.json").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("count", [0, 1, 499, 500, 501, 2_000])
def test_all_rows_of_a_draft_come_back(tmp_path, count):
    settings = Settings(tmp_path)
    rows = [(f"é {number}", '"\n') for number in range(count)]
    settings.save_draft({"columns": ["a", "b"], "rows": rows, "template": "{a}"})
    assert settings.draft() == {"columns": ["a", "b"], "rows": list(map(list, rows)), "template": "{a}"}


def test_a_large_draft_is_written_in_turns(tmp_path, monkeypatch):
    """The thread that writes it rests, so that the window's thread gets on."""
    rests = []
    monkeypatch.setattr(turn_taking, "WORK_S", 0.0)
    monkeypatch.setattr(turn_taking.time, "sleep", rests.append)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(Settings(tmp_path).save_draft, {"rows": [("a",)] * 50_000}).result()
    assert len(rests) >= 100


def test_a_draft_with_half_a_character_comes_back(tmp_path):
    settings = Settings(tmp_path)
    settings.save_draft({"names": "a\ud83d"})
    assert settings.draft()["names"].startswith("a")


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UserFacingError) as refused:
        Settings(tmp_path / "file").save_draft({})
    assert "draft.json" in refused.value.details["path"]
