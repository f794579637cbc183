"""What files are suggested to be called."""

import pytest

from paradigm_gui.core.batch import RequestState
from paradigm_gui.suggested_names import SuggestedNames, file_name
from paradigm_gui.widgets.contents import Mode
from paradigm_gui.widgets.input_panel import InputPanel


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Write a greeting for {name}.", "Write-a-greeting-for-name"),
        ("../../etc/passwd", "etc-passwd"),
        ("été 2024 : bilan", "été-2024-bilan"),
        ("x" * 200, "x" * 40),
        ("???", ""),
        ('a\nb\\c"d*e', "a-b-c-d-e"),
    ],
)
def test_any_text_makes_a_name_that_every_system_takes(text, name):
    assert file_name(text) == name


def test_a_run_keeps_its_name(qtbot, make_run, tmp_path):
    panel = InputPanel()
    qtbot.addWidget(panel)
    names = SuggestedNames(panel)
    names.note_file(tmp_path / "people.txt")
    kept, own, other = (make_run(("Ada", RequestState.DONE, "x")) for _ in range(3))
    names.note_run(kept, "My run")
    names.note_start(kept)
    names.note_start(own)
    names.note_file(None)
    names.note_start(other)
    assert [names.of_run(run) for run in (kept, own, other)] == [
        "My-run-2026-01-02-0304",
        "people-2026-01-02-0304",
        "paradigm-2026-01-02-0304",
    ]


def test_another_tab_is_not_the_input_of_the_file(qtbot, tmp_path):
    panel = InputPanel()
    qtbot.addWidget(panel)
    names = SuggestedNames(panel)
    names.note_file(tmp_path / "people.txt")
    assert names.of_input("batch") == "people"
    panel.tabs.setCurrentIndex(list(Mode).index(Mode.TABLE))
    assert names.of_input("batch") == "batch"
