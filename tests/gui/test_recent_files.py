"""The files that were opened last."""

import pytest
from PySide6.QtWidgets import QMenu

from paradigm_gui.recent_files import MOST_FILES, RecentFiles
from paradigm_gui.settings import Settings


@pytest.fixture
def recent(qtbot, tmp_path):
    menu = QMenu()
    qtbot.addWidget(menu)
    return RecentFiles(menu, Settings(tmp_path / "settings"))


def texts(menu):
    return [action.text() for action in menu.actions() if action.data()]


def test_the_newest_is_first_and_there_are_only_some(recent, tmp_path):
    for number in range(MOST_FILES + 3):
        recent.note(tmp_path / f"{number}.csv")
    recent.note(tmp_path / "5.csv")
    names = [path.name for path in recent.paths()]
    assert names[:2] == ["5.csv", f"{MOST_FILES + 2}.csv"]
    assert len(names) == len(set(names)) == MOST_FILES


def test_they_are_there_at_the_next_start_until_they_are_cleared(recent, tmp_path, qtbot):
    recent.note(tmp_path / "a & b.csv")
    menu = QMenu()
    qtbot.addWidget(menu)
    again = RecentFiles(menu, Settings(tmp_path / "settings"))
    assert again.paths() == [tmp_path / "a & b.csv"]
    assert "a && b.csv" in texts(menu)[0]
    with qtbot.waitSignal(again.chosen) as chosen:
        menu.actions()[0].trigger()
    assert chosen.args == [tmp_path / "a & b.csv"]
    menu.actions()[-1].trigger()
    assert not menu.isEnabled()
    assert RecentFiles(QMenu(menu), Settings(tmp_path / "settings")).paths() == []


@pytest.mark.parametrize("value", ["", "{", "3", '{"a": 1}', '[3, "/x.csv"]'])
def test_what_makes_no_sense_is_left_out(recent, tmp_path, value):
    Settings(tmp_path / "settings").set("recent_files", value)
    assert len(recent.paths()) <= 1


@pytest.mark.parametrize("is_private", [True, False])
def test_a_file_that_is_opened_is_remembered_unless_nothing_is_to_be(run, program, tmp_path, is_private):
    path = tmp_path / "people.txt"
    path.write_text("Ada\nBo\n")

    async def main():
        async with program() as opened:
            opened.window.private_action.setChecked(is_private)
            await opened.session.load_file(path)
            menu = opened.window.recent_menu
            assert bool(texts(menu)) is not is_private
            if not is_private:
                opened.enter("Cy")
                dialog = await opened.dialog(menu.actions()[0])
                dialog.accept()
                await opened.idle()
                assert [row.variables["name"] for row in opened.window.input.rows()] == ["Ada", "Bo"]

    run(main())
