"""The figures of runs that were worked out by arithmetic, as the panel words them."""

import pytest
from PySide6.QtCore import QLocale
from simulated import run_of_arms, shared, simulated_arm

from paradigm_gui.core.batch import ArmKind
from paradigm_gui.core.run_figures import RunFigures
from paradigm_gui.models.waterfall_model import WaterfallModel
from paradigm_gui.widgets.figures import FiguresBlock

CONCURRENT, SEQUENTIAL = ArmKind.CONCURRENT, ArmKind.SEQUENTIAL
ENGLISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)


@pytest.fixture
def shown(qtbot):
    before = QLocale()
    QLocale.setDefault(ENGLISH)
    models = {kind: WaterfallModel() for kind in ArmKind}
    block = FiguresBlock(models)
    qtbot.addWidget(block)
    block.resize(380, 260)
    block.show()

    def show(run):
        for kind, model in models.items():
            arm = run.arms.get(kind)
            model.set_arm(arm)
            if arm:
                model.refresh(range(len(arm.requests)), arm.ended_at)
        block.show_run(is_simulated=False)
        block.show_figures(RunFigures.of(run))
        return block

    yield show
    block.close()
    QLocale.setDefault(before)


def run_of_rounds(*capacities, tokens=(60, 60)):
    """A round for each capacity, of twelve rows."""
    return run_of_arms(
        *(
            simulated_arm(kind, shared(at_once), [1.0] * 12, cap, tokens=[count] * 12)
            for at_once in capacities
            for kind, cap, count in zip(ArmKind, (12, 1), tokens, strict=True)
        )
    )


def test_the_tokens_of_both_arms_stand_beside_the_factor(shown):
    block = shown(run_of_rounds(3.0, tokens=(103, 100)))
    assert block.tokens.isVisible()
    assert block.tokens.text() == "1,236 / 1,200 tokens"
    assert "1,236 concurrently, 1,200 sequentially" in block._tokens_box.toolTip()
    assert "n = 12" in block._tokens_box.toolTip()
    assert not block.tokens_warning.isVisible()
    assert "1,236 / 1,200 tokens" in block.text().splitlines()


def test_tokens_that_differ_much_are_marked(shown):
    block = shown(run_of_rounds(3.0, tokens=(120, 100)))
    assert block.tokens_warning.isVisible()
    assert not block.tokens_warning.pixmap().isNull()
    assert "10 %" in block._tokens_box.toolTip()
    block = shown(run_of_rounds(3.0))
    assert not block.tokens_warning.isVisible()


def test_tokens_that_were_not_all_counted_are_not_shown(shown):
    block = shown(run_of_rounds(3.0, tokens=(None, 100)))
    assert not block.tokens.isVisible()
    assert "tokens" not in block.text()


def test_without_a_comparison_there_are_no_tokens_to_compare(shown):
    block = shown(run_of_arms(run_of_rounds(3.0).arms[CONCURRENT]))
    assert not block.tokens.isVisible()
    assert "tokens" not in block.text()


@pytest.mark.parametrize(
    ("capacities", "factor", "words"),
    [
        ((3.0,), "× 3.00", "times faster"),
        ((4.0, 3.0), "× 3.00", "lower of 2: 3.00 to 4.00"),
        ((3.0, 2.0, 4.0), "× 3.00", "middle of 3: 2.00 to 4.00"),
        ((3.0, 2.0, 4.0, 3.5), "× 3.00", "middle of 4: 2.00 to 4.00"),
    ],
)
def test_the_factor_of_several_rounds_tells_their_spread(shown, capacities, factor, words):
    block = shown(run_of_rounds(*capacities))
    assert (block.factor.text(), block.factor_words.text()) == (factor, words)
    assert f"{factor} {words}" in block.text()
    assert ("first repeat" in block.factor.toolTip()) is (len(capacities) > 1)


def test_the_spread_is_read_in_full(shown):
    """It takes two lines where the factor is."""
    block = shown(run_of_rounds(13.0, 12.0, 11.0))
    assert "".join(block.factor_words._broken()).replace(" ", "") == block.factor_words.text().replace(
        " ", ""
    )
