"""The timing panel: the race of two arms, and its figures."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt, QTranslator
from PySide6.QtGui import QImage

from paradigm_gui.core.batch import Arm, ArmKind, Attempt, Limits, Request, RequestState, Row
from paradigm_gui.core.errors import ErrorKind, RequestError
from paradigm_gui.core.replay import estimate_sequential, replay
from paradigm_gui.core.run_figures import RunFigures
from paradigm_gui.core.timing import arm_figures, compare
from paradigm_gui.models.waterfall_model import Column
from paradigm_gui.widgets.charts import LatencyChart, LoadChart, SweepChart
from paradigm_gui.widgets.figures import EXPLANATION_LINES
from paradigm_gui.widgets.timing_panel import Page, TimingPanel
from paradigm_gui.widgets.waterfall import ROW_HEIGHT_COMPACT

CONCURRENT, SEQUENTIAL = ArmKind.CONCURRENT, ArmKind.SEQUENTIAL
START = 50.0
ENGLISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)


@pytest.fixture
def panel(qtbot):
    before = QLocale()
    QLocale.setDefault(ENGLISH)
    panel = TimingPanel()
    qtbot.addWidget(panel)
    panel.resize(1000, 230)
    panel.show()
    yield panel
    panel.close()
    QLocale.setDefault(before)


def arm(kind, n=20, cap=20, service=0.25, state=RequestState.DONE):
    """An arm that has ended: each slot takes one request after the other."""
    requests = []
    cap = 1 if kind is SEQUENTIAL else cap
    for index in range(n):
        sent = START + service * (index // cap)
        end = sent + service
        first = sent + service / 2 if state is RequestState.DONE else None
        error = RequestError(ErrorKind.SERVER_ERROR) if state is RequestState.FAILED else None
        attempt = Attempt(sent, first, first and end, end, error)
        row = Row(index, {"name": f"name {index}"})
        requests.append(Request(row, "", state, START, end, [attempt], error=error))
    ends = [request.ended_at for request in requests]
    return Arm(kind, Limits(cap=cap), requests, START, max(ends, default=START + 1.0))


def figures_of(*arms):
    measured = {
        shown.kind: arm_figures(shown, shown.ended_at) for shown in arms if shown.ended_at is not None
    }
    comparison = compare(*arms) if len(arms) == len(ArmKind) else None
    return RunFigures(measured, comparisons=[comparison] if comparison else [])


def show(panel, *arms, simulated=False, now=START + 100):
    panel.show_run(arms, simulated)
    panel.refresh({shown.kind: range(len(shown.requests)) for shown in arms}, now)
    panel.show_figures(figures_of(*arms))


def pending(n=20, cap=20):
    requests = [Request(Row(index, {"name": "x"}), "") for index in range(n)]
    return Arm(CONCURRENT, Limits(cap=cap), requests)


def test_without_a_run_it_says_what_will_be_here(panel):
    assert panel.race.isVisible() is False
    assert panel.figures_text() == ""
    show(panel, arm(CONCURRENT))
    assert panel.race.isVisible()
    panel.clear()
    assert panel.race.isVisible() is False
    assert panel.figures_text() == ""


def test_the_figures_of_a_comparison(panel):
    show(panel, arm(CONCURRENT), arm(SEQUENTIAL))
    panel.set_explanation("Because of this.")
    assert panel.figures_text().splitlines() == [
        "Concurrent, 20 at once: 0.25 s, 20 of 20",
        "Sequential, one by one: 5.00 s, 20 of 20",
        "× 20.00 times faster",
        "100.0 % of the 20 allowed at once",
        "0.25 s at best with these answers",
        "20.0 in flight on average, 20 at most",
        "Because of this.",
    ]
    assert panel.figures.factor.text() == "× 20.00"
    assert "n = 20" in panel.figures.factor.toolTip()
    assert not panel.figures.badge.isVisible()


@pytest.mark.parametrize(("service", "words"), [(0.25, "times faster"), (5.0, "no faster"), (10.0, "slower")])
def test_the_factor_is_worded_as_it_is(panel, service, words):
    show(panel, arm(CONCURRENT, service=service), arm(SEQUENTIAL))
    assert panel.figures.factor_words.text() == words


def test_a_simulated_run_says_so(panel):
    show(panel, arm(CONCURRENT), simulated=True)
    assert panel.figures.badge.isVisible()
    assert panel.figures_text().startswith("Simulated\n")
    show(panel, arm(CONCURRENT), simulated=False)
    assert not panel.figures.badge.isVisible()


def test_it_offers_the_sequential_arm_once_the_concurrent_one_has_ended(panel, qtbot):
    running = arm(CONCURRENT)
    end, running.ended_at = running.ended_at, None
    show(panel, running, now=START + 0.1)
    assert not panel.figures.compare_button.isVisible()
    running.ended_at = end
    panel.refresh({}, end)
    assert panel.figures.compare_button.isVisible()
    assert "20" in panel.figures.hint.text()
    with qtbot.waitSignal(panel.compare_requested):
        qtbot.mouseClick(panel.figures.compare_button, Qt.MouseButton.LeftButton)
    show(panel, running, arm(SEQUENTIAL))
    assert not panel.figures.compare_button.isVisible()


@pytest.mark.parametrize("state", [RequestState.CANCELLED, RequestState.FAILED])
def test_it_offers_no_comparison_that_could_not_be_made(panel, state):
    show(panel, arm(CONCURRENT, state=state))
    assert not panel.figures.compare_button.isVisible()
    assert "Not enough data" in panel.figures.factor.toolTip()


def test_a_missing_figure_says_why(panel):
    show(panel, arm(CONCURRENT, state=RequestState.FAILED), arm(SEQUENTIAL))
    assert panel.figures.factor.text() == "–"
    assert "Not enough data" in panel.figures.factor.toolTip()
    assert "– at best" in panel.figures_text()
    assert "0 of 20, 20 failed" in panel.figures_text()


def test_the_seconds_tick_while_an_arm_runs(panel):
    live = pending()
    panel.show_run([live], simulated=False)
    assert "Concurrent, 20 at once: –" in panel.figures_text()
    live.started_at = START
    for request in live.requests:
        request.enqueued_at = START
    first = live.requests[0]
    first.state = RequestState.SENT
    first.attempts.append(Attempt(START))
    panel.refresh({CONCURRENT: {0}}, START + 0.75)
    assert panel.figures.arm_lines[CONCURRENT].wall.text() == "0.75 s"
    assert "1 in flight now" in panel.figures_text()
    panel.refresh({}, START + 1.31)
    assert panel.figures.arm_lines[CONCURRENT].wall.text() == "1.31 s"


def test_the_factor_so_far_is_not_shown_as_the_factor(panel):
    concurrent, sequential = arm(CONCURRENT), arm(SEQUENTIAL)
    end, sequential.ended_at = sequential.ended_at, None
    show(panel, concurrent, sequential, now=START + 1.0)
    assert "× 4.00 so far" in panel.figures_text()
    assert "20.0 in flight on average" in panel.figures_text()
    sequential.ended_at = end
    panel.refresh({}, end)
    assert "– no factor yet" in panel.figures_text()
    panel.show_figures(figures_of(concurrent, sequential))
    assert "× 20.00 times faster" in panel.figures_text()


def test_a_factor_that_will_not_come_is_not_promised(panel):
    show(panel, arm(CONCURRENT, state=RequestState.FAILED), arm(SEQUENTIAL))
    assert "– no factor" in panel.figures_text().splitlines()


def test_a_factor_of_some_rows_says_of_how_many(panel):
    sequential = arm(SEQUENTIAL)
    failed = sequential.requests[7]
    failed.state, failed.error = RequestState.FAILED, RequestError(ErrorKind.SERVER_ERROR)
    show(panel, arm(CONCURRENT), sequential)
    assert panel.figures.factor_words.text() == "times faster on 19 of 20 rows"


@pytest.mark.parametrize("page", Page)
def test_the_focus_goes_to_what_is_in_sight(panel, page):
    panel.activateWindow()
    show(panel, arm(CONCURRENT))
    panel.tabs.setCurrentIndex(list(Page).index(page))
    panel.setFocus()
    assert panel.focusWidget().isVisible()
    assert panel.isAncestorOf(panel.focusWidget())


def test_no_page_makes_the_panel_higher(panel):
    concurrent, sequential = arm(CONCURRENT), arm(SEQUENTIAL)
    show(panel, concurrent, sequential, simulated=True)
    least = panel.minimumSizeHint().height()
    for page, chart in ((Page.LATENCY, LatencyChart()), (Page.SWEEP, SweepChart())):
        chart.show_arms([concurrent, sequential], is_simulated=True)
        panel.set_chart(page, chart)
    load = LoadChart()
    load.show_arms([concurrent, sequential], START + 5, is_simulated=True)
    panel.set_chart(Page.LOAD, load)
    panel.what_if.show_arm(concurrent)
    panel.what_if.show_estimate(replay(concurrent, 3))
    panel.resize(900, least)
    for place in range(panel.tabs.count()):
        panel.tabs.setCurrentIndex(place)
        QCoreApplication.sendPostedEvents()
        assert panel.minimumSizeHint().height() == least
        assert panel.height() == least


def test_without_a_run_the_panel_needs_no_more_than_its_text(panel):
    empty = panel.minimumSizeHint().height()
    assert empty <= panel.empty_height(1200) < panel.empty_height(300)
    show(panel, arm(CONCURRENT), simulated=True)
    assert empty < panel.minimumSizeHint().height()
    panel.clear()
    assert panel.minimumSizeHint().height() == empty


def test_the_table_of_figures_says_when_they_come(panel):
    panel.tabs.setCurrentIndex(list(Page).index(Page.FIGURES))
    show(panel, pending(), now=START)
    panel.show_figures(RunFigures())
    assert "as soon as it has ended" in panel.table.accessibleDescription()
    empty = panel.table.grab().toImage()
    show(panel, arm(CONCURRENT))
    assert panel.table.accessibleDescription() == ""
    panel.table._placeholder = ""
    show(panel, pending(), now=START)
    panel.show_figures(RunFigures())
    assert panel.table.grab().toImage() != empty


def test_both_arms_share_one_scale_and_stand_exactly_below_each_other(panel):
    show(panel, arm(CONCURRENT), arm(SEQUENTIAL))
    upper, lower = (panel.race.views[kind] for kind in ArmKind)
    assert upper.track.scale is lower.track.scale
    assert upper.track.scale.end_s == 5
    assert (upper.x(), upper.width()) == (lower.x(), lower.width())
    assert upper.columnViewportPosition(Column.BARS) == lower.columnViewportPosition(Column.BARS)
    assert panel.race.axis.isVisible()


def test_a_scroll_bar_in_one_arm_does_not_shift_its_axis(panel):
    show(panel, arm(CONCURRENT, n=400), arm(SEQUENTIAL, n=4))
    upper, lower = (panel.race.views[kind] for kind in ArmKind)
    assert upper.verticalScrollBar().isVisible()
    assert not lower.verticalScrollBar().isVisible()
    assert upper.track.scale is lower.track.scale
    assert upper.track.scale.width_px <= upper.viewport().width()


@pytest.mark.parametrize(("n", "height"), [(20, 215), (20, 230), (20, 320), (3, 230), (1, 200)])
def test_all_rows_are_seen_when_they_can_be(panel, n, height):
    panel.resize(900, height)
    show(panel, arm(CONCURRENT, n=n), arm(SEQUENTIAL, n=n))
    assert panel.height() == height
    for view in panel.race.views.values():
        assert view.verticalScrollBar().maximum() == 0
        assert view.rowViewportPosition(n - 1) + view.row_height <= view.viewport().height()


def test_many_rows_are_low_and_scroll(panel):
    show(panel, arm(CONCURRENT, n=500), arm(SEQUENTIAL, n=500))
    for view in panel.race.views.values():
        assert view.row_height == ROW_HEIGHT_COMPACT
        assert view.verticalScrollBar().maximum() > 0


def test_a_single_arm_takes_all_the_height(panel):
    show(panel, arm(CONCURRENT))
    assert not panel.race.views[SEQUENTIAL].isVisible()
    alone = panel.race.views[CONCURRENT].height()
    show(panel, arm(CONCURRENT), arm(SEQUENTIAL))
    assert panel.race.views[CONCURRENT].height() < alone


def test_the_axis_grows_in_steps(panel):
    live = arm(CONCURRENT)
    live.ended_at = None
    ends = []
    panel.show_run([live], simulated=False)
    for tenth in range(1, 31):
        panel.refresh({}, START + tenth / 10)
        ends.append(panel.race.views[CONCURRENT].track.scale.end_s)
    assert ends == sorted(ends)
    assert set(ends) == {1.0, 1.2, 1.5, 2.0, 2.5, 3.0}


def chosen(panel):
    return [
        [index.row() for index in view.selectionModel().selectedRows(Column.BARS)]
        for view in panel.race.views.values()
    ]


def test_a_row_chosen_in_one_arm_is_chosen_in_the_other(panel, qtbot):
    sequential = arm(SEQUENTIAL)
    sequential.requests.reverse()
    show(panel, arm(CONCURRENT), sequential)
    told = []
    panel.request_selected.connect(told.append)
    panel.race.views[CONCURRENT].selectRow(4)
    assert (told, chosen(panel)) == ([4], [[4], [15]])
    qtbot.keyClick(panel.race.views[SEQUENTIAL], Qt.Key.Key_Down)
    assert (told, chosen(panel)) == ([4, 3], [[3], [16]])


def test_a_request_selected_from_outside_is_not_reported_back(panel):
    show(panel, arm(CONCURRENT, n=5), arm(SEQUENTIAL))
    told = []
    panel.request_selected.connect(told.append)
    panel.select_request(2)
    assert (told, chosen(panel)) == ([], [[2], [2]])
    panel.select_request(12)
    assert (told, chosen(panel)) == ([], [[], [12]])
    panel.race.views[CONCURRENT].selectRow(2)
    assert (told, chosen(panel)) == ([2], [[2], [2]])


@pytest.mark.parametrize(
    "arms",
    [
        [arm(CONCURRENT, n=0)],
        [arm(CONCURRENT, n=0), arm(SEQUENTIAL, n=0)],
        [arm(CONCURRENT, n=1), arm(SEQUENTIAL, n=1)],
        [arm(SEQUENTIAL)],
        [arm(CONCURRENT, state=RequestState.FAILED), arm(SEQUENTIAL, state=RequestState.FAILED)],
        [arm(CONCURRENT, state=RequestState.CANCELLED)],
        [arm(CONCURRENT, service=0.0), arm(SEQUENTIAL, service=0.0)],
        [pending()],
    ],
    ids=[
        "no rows",
        "no rows twice",
        "one row",
        "sequential only",
        "failed",
        "cancelled",
        "instant",
        "pending",
    ],
)
def test_degenerate_arms_are_shown(panel, arms):
    show(panel, *arms)
    for width, height in ((1000, 230), (640, 180), (1, 1)):
        panel.resize(width, height)
        image = QImage(panel.size(), QImage.Format.Format_RGB32)
        panel.render(image)
    assert len(panel.figures_text().splitlines()) >= 1 + len(arms)


def test_twenty_thousand_rows_make_only_the_bars_that_are_seen(panel):
    arms = [arm(kind, n=20_000, cap=200) for kind in ArmKind]
    show(panel, *arms)
    panel.refresh({CONCURRENT: range(20_000), SEQUENTIAL: range(20_000)}, START + 10)
    panel.grab()
    for model in panel.models.values():
        assert 0 < sum(bar is not None for bar in model._bars) < 100
    assert "20,000 of 20,000" in panel.figures_text()


class Shouting(QTranslator):
    """Translates everything into capitals, placeholders left alone."""

    def translate(self, _context, text, _disambiguation=None, _n=-1):
        pieces = text.split("{")
        rest = [piece.partition("}") for piece in pieces[1:]]
        return pieces[0].upper() + "".join("{" + name + brace + tail.upper() for name, brace, tail in rest)

    def isEmpty(self):  # noqa: N802 - Qt's name
        return False


def test_the_language_changes_live(panel):
    show(panel, arm(CONCURRENT), arm(SEQUENTIAL), simulated=True)
    quiet = panel.figures_text()
    translator = Shouting()
    QCoreApplication.installTranslator(translator)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LanguageChange.value)
    try:
        assert "CONCURRENT, 20 AT ONCE: 0.25 S" in panel.figures_text()
        assert panel.figures.arm_lines[SEQUENTIAL].name.text() == "SEQUENTIAL, ONE BY ONE"
        assert panel.figures.factor_words.text() == "TIMES FASTER"
        assert panel.race.views[CONCURRENT].accessibleName() == "WATERFALL OF THE CONCURRENT ARM"
        assert panel.race.axis.labels[0][1] == "0 S"
    finally:
        QCoreApplication.removeTranslator(translator)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LanguageChange.value)
    assert panel.figures_text() == quiet
    assert panel.figures.factor_words.text() == "times faster"


def test_estimates_and_what_is_missing_change_their_language_live(panel):
    concurrent = arm(CONCURRENT)
    show(panel, concurrent)
    panel.show_figures(RunFigures())
    panel.set_estimate(estimate_sequential(concurrent))
    panel.what_if.show_arm(None, is_waiting=True)
    labels = (panel.figures.estimate, panel.what_if.details)
    said = [label.text() for label in labels]
    translator = Shouting()
    QCoreApplication.installTranslator(translator)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LanguageChange.value)
    try:
        assert [label.text() for label in labels] == [text.upper() for text in said]
        assert panel.table.accessibleDescription().isupper()
    finally:
        QCoreApplication.removeTranslator(translator)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LanguageChange.value)
    assert [label.text() for label in labels] == said
    panel.set_estimate(None)
    panel.figures.retranslate()
    assert panel.figures.estimate.isHidden()


def test_foreign_text_in_the_explanation_is_plain(panel):
    show(panel, arm(CONCURRENT))
    panel.set_explanation("<b>a < b and c > d</b> " + "long 🙂 " * 200)
    assert panel.figures.explanation.textFormat() is Qt.TextFormat.PlainText
    assert panel.figures.explanation.toolTip().startswith("<qt>&lt;b&gt;a &lt; b")
    lines = panel.figures.explanation._broken()
    assert 1 <= len(lines) <= EXPLANATION_LINES
    assert lines[0].startswith("<b>a < b")
    assert lines[-1].endswith("…")
