"""The charts of a run: what they draw, say and answer, and that they are loaded late."""

import os
import subprocess
import sys
from itertools import pairwise

import pyqtgraph
import pytest
from guard import GUARD_S
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QPoint, QPointF, Qt, QTranslator
from PySide6.QtGui import QColor, QPalette, QWheelEvent
from PySide6.QtWidgets import QApplication, QMenu

from paradigm_gui.core.batch import Arm, ArmKind, Attempt, Completion, Limits, Request, RequestState, Row
from paradigm_gui.core.errors import ErrorKind, RequestError
from paradigm_gui.core.series import Load, Steps, SweepPoint, Throughput, in_flight, latency
from paradigm_gui.widgets.charts import LatencyChart, LoadChart, SweepChart
from paradigm_gui.widgets.waterfall import BarColours

CONCURRENT, SEQUENTIAL = ArmKind.CONCURRENT, ArmKind.SEQUENTIAL
START = 50.0
ENGLISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
FRENCH = QLocale(QLocale.Language.French, QLocale.Country.France)


@pytest.fixture
def make(qtbot):
    """Give `make(Chart)`: a chart that is shown."""
    before = QLocale()
    QLocale.setDefault(ENGLISH)
    made = []

    def shown(kind):
        chart = kind()
        qtbot.addWidget(chart)
        chart.resize(900, 260)
        with qtbot.waitExposed(chart):
            chart.show()
        made.append(chart)
        return chart

    yield shown
    for chart in made:
        chart.close()
    QLocale.setDefault(before)


def arm(kind, n=20, cap=20, *, state=RequestState.DONE, streaming=True, gap=0.0):
    """An arm whose slots take one request after the other; request k takes k hundredths and a fifth."""
    cap = 1 if kind is SEQUENTIAL else cap
    free = [START] * cap
    requests = []
    for index in range(n):
        sent = free[index % cap] + gap
        end = free[index % cap] = sent + 0.2 + (index + 1) / 100
        error = RequestError(ErrorKind.SERVER_ERROR) if state is RequestState.FAILED else None
        attempt = Attempt(sent, sent + 0.1 if streaming else None, end, end, error)
        completion = Completion("Hello", "stop", "m") if state is RequestState.DONE else None
        row = Row(index, {"name": f"name {index}"})
        requests.append(Request(row, "", state, START, end, [attempt], completion, error=error))
    return Arm(kind, Limits(cap=cap), requests, START, max(free))


def point(cap, *throughputs, rows=100, n=None):
    walls = tuple(rows / rps for rps in throughputs)
    return SweepPoint(cap, throughputs, walls, 0.5, n or rows * len(throughputs), rows)


SATURATING = [point(1, 1.0), point(2, 2.0), point(4, 3.6, 4.0), point(8, 4.0), point(16, 4.1)]
RISING = [point(1, 1.0), point(2, 2.0), point(4, 4.0)]


def dots_of(plot):
    """The numbers of points of what is drawn as dots."""
    return [len(item.data) for item in plot.plotItem.items if isinstance(item, pyqtgraph.ScatterPlotItem)]


def lines_of(plot):
    """The points of what is drawn as lines."""
    return [
        list(zip(*map(list, item.getData()), strict=True))
        for item in plot.plotItem.items
        if isinstance(item, pyqtgraph.PlotCurveItem)
    ]


def pixel_of(plot, x, y):
    """Where a place of the axes is on the plot."""
    scene = plot.plotItem.vb.mapViewToScene(QPointF(x, y))
    return plot.mapFromScene(scene)


def texts(chart):
    return [line.text for line in chart.key.lines]


def test_load_that_no_clock_could_measure_is_not_taken_for_no_run(make):
    chart = make(LoadChart)
    chart.show_series([Load(CONCURRENT, 3, Steps((), (), 0.0), None, 3)])
    assert not chart.is_drawn
    assert chart.description().startswith("Not enough data")


# Latency


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (LatencyChart, "Run the batch to see here how long"),
        (LoadChart, "Run the batch to see here how many"),
        (SweepChart, "Run a sweep"),
    ],
)
def test_without_a_run_a_chart_says_what_to_do(make, kind, words):
    chart = make(kind)
    assert not chart.is_drawn
    assert chart.description().startswith(words)
    assert chart.accessibleDescription() == chart.description()
    assert chart.accessibleName()
    assert all(plot.accessibleName() and not plot.isVisible() for plot in chart.plots)
    assert not chart.key.isVisible()


def test_a_small_sample_is_shown_as_dots_with_its_median_alone(make):
    chart = make(LatencyChart)
    chart.show_arms([arm(CONCURRENT), arm(SEQUENTIAL, 49)])
    assert chart.is_drawn
    assert dots_of(chart.plot) == [20, 49]
    assert [line[0][0] for line in lines_of(chart.plot)] == pytest.approx([0.3, 0.45])
    assert texts(chart) == [
        "Concurrent, 20 at once · n = 20 · median 0.30 s",
        "Sequential · n = 49 · median 0.45 s",
    ]
    assert all(line.has_dots for line in chart.key.lines)
    assert chart.description().splitlines() == ["Service time", *texts(chart)]
    assert "dot" in chart.readout.text()
    assert all(text in chart.key.toolTip() for text in texts(chart))


def test_percentiles_of_a_larger_sample_are_greyed_until_it_is_large_enough(make):
    chart = make(LatencyChart)
    chart.show_arms([arm(CONCURRENT, 60), arm(SEQUENTIAL, 120)])
    concurrent, sequential = chart.key.lines
    assert concurrent.parts[-1] == "p90 0.74 s"
    assert list(concurrent.muted) == ["p95 0.77 s"]
    assert sequential.parts[-1] == "p95 1.34 s"
    assert list(sequential.muted) == ["p99 1.39 s"]
    assert not any(line.has_dots for line in chart.key.lines)
    assert dots_of(chart.plot) == [1, 1, 2, 1]
    hollow = [
        item.opts["brush"].color() == chart.plot.colours.base
        for item in chart.plot.plotItem.items
        if isinstance(item, pyqtgraph.ScatterPlotItem)
    ]
    assert hollow == [False, True, False, True]


def test_a_measure_is_chosen(make):
    chart = make(LatencyChart)
    chart.show_arms([arm(CONCURRENT, cap=2)])
    chart.measure_box.setCurrentIndex(1)
    assert "median 1.30 s" in texts(chart)[0]
    assert chart.plot.bottom.labelText == "Response time (s)"
    chart.measure_box.setCurrentIndex(2)
    assert "median 0.10 s" in texts(chart)[0]
    assert chart.description().startswith("First word after\n")


def test_without_streaming_there_is_no_time_to_first_token_and_a_way_back(make):
    chart = make(LatencyChart)
    chart.show_arms([arm(CONCURRENT, streaming=False)])
    chart.measure_box.setCurrentIndex(2)
    assert not chart.is_drawn
    assert "streaming" in chart.description()
    assert chart.measure_box.isVisible()
    chart.measure_box.setCurrentIndex(0)
    assert chart.is_drawn


def test_without_a_success_there_are_no_times(make):
    chart = make(LatencyChart)
    chart.show_arms([arm(CONCURRENT, state=RequestState.FAILED)])
    assert not chart.is_drawn
    assert "No request is done" in chart.description()
    assert not chart.measure_box.isVisible()


def test_a_histogram_adds_up(make):
    chart = make(LatencyChart)
    chart.show_arms([arm(CONCURRENT, 200), arm(SEQUENTIAL, 20)])
    chart.form_box.setCurrentIndex(1)
    assert dots_of(chart.plot) == [20]
    _, outline, _ = lines_of(chart.plot)
    assert (outline[0][1], outline[-1][1]) == (0.0, 0.0)
    bins = [(end - start, level) for (start, level), (end, _) in pairwise(outline) if end > start]
    assert sum(level for _, level in bins) == pytest.approx(100.0)
    assert max(width for width, _ in bins) == pytest.approx(min(width for width, _ in bins))


def test_equal_times_are_one_bin(make):
    chart = make(LatencyChart)
    still = arm(CONCURRENT, 60)
    for request in still.requests:
        request.attempts[0].ended_at = request.ended_at = request.attempts[0].sent_at
    chart.show_arms([still])
    chart.form_box.setCurrentIndex(1)
    assert chart.is_drawn
    assert "median 0.00 s" in texts(chart)[0]


def test_a_large_run_is_drawn_with_few_points(make):
    many = arm(CONCURRENT, 20_000, cap=200, gap=0.001)
    latencies, load = make(LatencyChart), make(LoadChart)
    latencies.show_arms([many])
    load.show_arms([many], 0.0)
    drawn = [*lines_of(latencies.plot), *lines_of(load.in_flight_plot), *lines_of(load.throughput_plot)]
    assert max(map(len, drawn)) < 10_000
    in_flight_line = lines_of(load.in_flight_plot)[0]
    assert max(level for _, level in in_flight_line) == in_flight(many, 0.0).peak == 200
    assert lines_of(latencies.plot)[-1][-1] == (latency(many).samples["service"].values[-1], 100.0)


# Pointing


def test_the_mouse_reads_the_chart_out(make, qtbot):
    chart = make(LatencyChart)
    chart.show_arms([arm(CONCURRENT), arm(SEQUENTIAL)])
    caption = chart.readout.text()
    qtbot.mouseMove(chart.plot.viewport(), pixel_of(chart.plot, 0.35, 50.0))
    assert chart.plot.pointer == pytest.approx(0.35, abs=0.01)
    where, concurrent, _ = chart.readout.text().split(" · ")
    assert where.startswith("Within 0.3")
    expected = 100 * latency(arm(CONCURRENT)).samples["service"].share_within(chart.plot.pointer)
    assert concurrent == f"Concurrent, 20 at once: {expected:.1f} %"
    QCoreApplication.sendEvent(chart.plot, QEvent(QEvent.Type.Leave))
    assert chart.plot.pointer is None
    assert chart.readout.text() == caption


def test_what_is_nearly_all_is_not_called_all(make):
    chart = make(LatencyChart)
    chart.show_arms([arm(CONCURRENT, 5000, cap=10)])
    for place, words in ((0, "0.1 %"), (-2, "99.9 %"), (-1, "100 %")):
        chart.plot.point_at(latency(arm(CONCURRENT, 5000, cap=10)).samples["service"].values[place] + 1e-6)
        assert chart.readout.text().endswith(f": {words}")


def test_a_histogram_reads_its_bins_out(make):
    chart = make(LatencyChart)
    chart.show_arms([arm(CONCURRENT, 200)])
    chart.form_box.setCurrentIndex(1)
    chart.plot.point_at(chart.plot.stops[0])
    assert chart.readout.text().startswith("0.21 s to ")
    chart.plot.point_at(0.01)
    assert chart.readout.text() == "Dotted lines mark the medians."


def test_keys_go_from_value_to_value(make, qtbot):
    chart = make(LatencyChart)
    chart.show_arms([arm(CONCURRENT, 3)])
    with qtbot.waitActive(chart):
        chart.activateWindow()
    chart.measure_box.setFocus()
    qtbot.keyClick(chart.measure_box, Qt.Key.Key_Tab)
    assert chart.form_box.hasFocus()
    qtbot.keyClick(chart.form_box, Qt.Key.Key_Tab)
    assert chart.plot.hasFocus()
    seen = [chart.plot.pointer]
    for key in ("Right", "Right", "Right", "Left", "Home", "End"):
        qtbot.keyClick(chart.plot, getattr(Qt.Key, f"Key_{key}"))
        seen.append(chart.plot.pointer)
    assert seen == pytest.approx([0.21, 0.22, 0.23, 0.23, 0.22, 0.21, 0.23])
    assert chart.readout.text() == "Within 0.23 s · Concurrent, 20 at once: 100 %"
    chart.measure_box.setFocus()
    assert chart.plot.pointer is None


def test_both_load_plots_point_at_the_same_time(make):
    chart = make(LoadChart)
    chart.show_arms([arm(CONCURRENT), arm(SEQUENTIAL)], 0.0)
    chart.throughput_plot.point_at(0.355)
    assert chart.in_flight_plot.pointer == 0.355
    assert "Concurrent, 20 at once: 5 in flight, 1" in chart.readout.text()
    chart.in_flight_plot.point_at(1.0)
    assert chart.throughput_plot.pointer == 1.0
    assert "Concurrent, 20 at once: ended · Sequential: 1 in flight" in chart.readout.text()
    chart.throughput_plot.point_at(None)
    assert chart.in_flight_plot.pointer is None


def test_a_live_run_is_read_out_on_while_it_grows(make):
    chart = make(LoadChart)
    running = arm(CONCURRENT)
    running.ended_at = None
    for request in running.requests[5:]:
        request.state, request.ended_at, request.completion = RequestState.STREAMING, None, None
        request.attempts[0].ended_at = None
    chart.show_arms([running], START + 0.3)
    chart.in_flight_plot.point_at(0.28)
    chart.show_arms([running], START + 0.5)
    assert chart.readout.text() == "At 0.28 s · Concurrent, 20 at once: 15 in flight, 10.00 answers/s"
    assert lines_of(chart.in_flight_plot)[0][-1] == pytest.approx((0.5, 0.0))


def test_nothing_can_be_dragged_zoomed_or_clicked_into_a_menu(make, qtbot):
    chart = make(LatencyChart)
    chart.show_arms([arm(CONCURRENT)])
    plot = chart.plot
    before = plot.plotItem.viewRange()
    centre = plot.viewport().rect().center()
    for button in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton):
        qtbot.mousePress(plot.viewport(), button, pos=centre)
        qtbot.mouseMove(plot.viewport(), centre + QPoint(60, 20))
        qtbot.mouseRelease(plot.viewport(), button, pos=centre + QPoint(60, 20))
        qtbot.mouseClick(plot.viewport(), button, pos=centre)
    wheel = QWheelEvent(
        QPointF(centre),
        QPointF(plot.mapToGlobal(centre)),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QCoreApplication.sendEvent(plot.viewport(), wheel)
    assert plot.plotItem.viewRange() == before
    menus = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QMenu)]
    assert not any(menu.isVisible() for menu in menus)


# Load


def test_the_load_of_both_arms_in_words(make):
    chart = make(LoadChart)
    chart.show_arms([arm(CONCURRENT), arm(SEQUENTIAL, 25)], 0.0, is_simulated=True)
    concurrent = "Concurrent, 20 at once · in flight 15.2 on average, 20 at most"
    sequential = "Sequential · in flight 1.0 on average, 1 at most"
    assert chart.description().splitlines() == [
        "SIMULATED",
        f"{concurrent} · 50.00 answers/s · n = 20 · windows of 0.10 s",
        f"{sequential} · 3.03 answers/s · n = 25 · windows of 1.65 s",
    ]
    assert chart.badge.isVisible()
    ranges = {tuple(plot.plotItem.viewRange()[0]) for plot in chart.plots}
    assert ranges == {(0.0, 10.0)}
    chart.show_arms([arm(CONCURRENT)], 0.0)
    assert not chart.badge.isVisible()
    assert "SIMULATED" not in chart.description()


def test_attempts_without_success_are_load_without_throughput(make):
    chart = make(LoadChart)
    chart.show_arms([arm(CONCURRENT, state=RequestState.FAILED)], 0.0)
    assert chart.is_drawn
    assert lines_of(chart.throughput_plot) == []
    assert "no throughput" in chart.readout.text()


def test_before_the_first_request_is_sent_there_is_no_load(make):
    chart = make(LoadChart)
    waiting = Arm(CONCURRENT, Limits(), [Request(Row(0, {}), "")])
    chart.show_arms([waiting], START)
    assert not chart.is_drawn
    waiting.start_at(START)
    chart.show_arms([waiting], START)
    assert not chart.is_drawn
    chart.show_arms([waiting, arm(CONCURRENT)], START)
    assert len(texts(chart)) == 1


def test_load_plots_stand_side_by_side_where_there_is_width(make, qapp):
    chart = make(LoadChart)
    chart.show_series([Load(CONCURRENT, 20_000, Steps((0.0,), (20_000,), 1.0), Throughput(1.0, (1.0,)), 1)])
    chart.resize(900, 240)
    assert chart.in_flight_plot.geometry().top() == chart.throughput_plot.geometry().top()
    chart.resize(500, 600)
    QApplication.sendPostedEvents()
    assert chart.in_flight_plot.geometry().bottom() < chart.throughput_plot.geometry().top()
    chart.grab()  # the axes take their places when they are painted
    qapp.processEvents()
    lefts = [plot.plotItem.vb.sceneBoundingRect().left() for plot in chart.plots]
    assert lefts[0] == lefts[1]


# Sweep


def test_the_knee_is_offered(make, qtbot):
    chart = make(SweepChart)
    chart.show_points(SATURATING)
    assert "A cap of 4 brings 92.7 % of the best throughput (4.10 answers/s, at 16)" in chart.verdict.text()
    assert chart.readout.text() == (
        "Cap 4 · 3.80 answers/s · 3.60 to 4.00 in 2 repeats · median service time 0.50 s · n = 200"
    )
    assert len(chart.description().splitlines()) == 6
    with qtbot.waitSignal(chart.cap_chosen) as chosen:
        qtbot.mouseClick(chart.use_button, Qt.MouseButton.LeftButton)
    assert chosen.args == [4]


def test_another_cap_is_chosen_by_a_click_or_by_keys(make, qtbot):
    chart = make(SweepChart)
    chart.show_points(SATURATING)
    chosen = []
    chart.cap_chosen.connect(chosen.append)
    qtbot.mouseClick(chart.plot.viewport(), Qt.MouseButton.LeftButton, pos=pixel_of(chart.plot, 3.1, 1.0))
    assert chart.selected_cap == 8
    assert chart.plot.pointer is None
    qtbot.mouseMove(chart.plot.viewport(), pixel_of(chart.plot, 3.1, 1.0))
    assert chart.plot.pointer == 3.0
    chart.use_button.click()
    chart.plot.setFocus()
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Return):
        qtbot.keyClick(chart.plot, key)
    assert chart.selected_cap == 2
    chart.use_button.click()
    assert chosen == [8, 2]


def test_the_best_cap_as_the_knee(make):
    chart = make(SweepChart)
    chart.show_points([point(1, 1.0), point(2, 2.0), point(4, 1.5)])
    assert chart.verdict.text() == (
        "A cap of 2 brings the best throughput, 2.00 answers/s. More at once buys nothing."
    )


@pytest.mark.parametrize(
    ("points", "words"), [(RISING, "No knee"), (RISING[:2], "several caps"), (RISING[:1], "several caps")]
)
def test_without_a_knee_no_cap_is_suggested_but_each_can_be_chosen(make, qtbot, points, words):
    chart = make(SweepChart)
    chart.show_points(points)
    assert words in chart.verdict.text()
    assert chart.selected_cap is None
    assert not chart.use_button.isEnabled()
    qtbot.mouseClick(chart.plot.viewport(), Qt.MouseButton.LeftButton, pos=pixel_of(chart.plot, 0.0, 0.5))
    assert chart.selected_cap == 1
    assert chart.use_button.isEnabled()


def test_failures_in_a_sweep_are_told(make):
    chart = make(SweepChart)
    chart.show_points([point(1, 1.0), point(2, 2.0, n=90)])
    assert chart.description().splitlines()[1].endswith("n = 100")
    assert chart.description().splitlines()[2].endswith("n = 90 of 100")


def test_arms_of_several_caps_make_a_sweep(make):
    chart = make(SweepChart)
    chart.show_arms([arm(CONCURRENT, 40, cap=cap) for cap in (8, 2, 2)])
    assert [line.split(" · ")[0] for line in chart.description().splitlines()[1:]] == ["Cap 2", "Cap 8"]


# Looks and language


def dressed(ground, ink):
    palette = QPalette()
    for role in (QPalette.ColorRole.Base, QPalette.ColorRole.Window):
        palette.setColor(role, QColor(ground))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText):
        palette.setColor(role, QColor(ink))
    return palette


def colours_in(widget):
    image = widget.grab().toImage()
    return {QColor(image.pixel(x, y)).name() for x in range(image.width()) for y in range(image.height())}


@pytest.mark.parametrize("colours", [("#ffffff", "#101010"), ("#1e1f22", "#e4e4e4")], ids=["light", "dark"])
def test_a_chart_follows_the_palette(make, colours):
    chart = make(LoadChart)
    chart.show_arms([arm(CONCURRENT)], 0.0)
    chart.setPalette(dressed(*colours))
    bars = BarColours.of(chart.palette(), CONCURRENT)
    found = colours_in(chart.in_flight_plot)
    assert {bars.base.name(), bars.arm.name(), bars.grid.name()} <= found
    other = BarColours.of(dressed(*reversed(colours)), CONCURRENT)
    assert other.arm.name() not in found


class Shouting(QTranslator):
    """A language in which every word is loud."""

    def isEmpty(self):  # noqa: N802 - a Qt virtual
        return False

    def translate(self, _context, source, _disambiguation=None, _n=-1):
        placeholders = source.split("{")
        return placeholders[0].upper() + "".join("{" + part for part in placeholders[1:])


def test_a_chart_follows_the_language(make, qapp):
    charts = [make(kind) for kind in (LatencyChart, LoadChart, SweepChart)]
    charts[0].show_arms([arm(CONCURRENT)])
    charts[1].show_arms([arm(CONCURRENT)], 0.0)
    charts[2].show_points(SATURATING)
    loud = Shouting()
    QLocale.setDefault(FRENCH)
    qapp.installTranslator(loud)
    qapp.processEvents()
    titles = [(plot.heading.text(), plot.bottom.labelText) for chart in charts for plot in chart.plots]
    names = [chart.accessibleName() for chart in charts]
    described = charts[0].description()
    numbers = charts[0].plot.bottom.tickStrings([0.0, 0.5, 1000.0], 1.0, 0.5)
    qapp.removeTranslator(loud)
    qapp.processEvents()
    assert all(text == text.upper() != text.lower() for pair in titles for text in pair)
    assert names == ["LATENCY", "LOAD", "SWEEP"]
    assert "MEDIAN 0,30 s" in described
    assert numbers == ["0,0", "0,5", "1\u202f000,0"]
    assert "median 0,30 s" in charts[0].description()


def test_titles_are_no_markup(make):
    chart = make(LoadChart)
    chart.in_flight_plot.show_titles("<b>side</b>", "<b>bottom</b>")
    assert chart.in_flight_plot.heading.text() == "<b>side</b>"
    assert chart.in_flight_plot.bottom.label.toPlainText().strip() == "<b>bottom</b>"


def test_the_grid_is_behind_what_is_drawn(make):
    plot = make(LatencyChart).plot
    assert max(plot.bottom.zValue(), plot.side.zValue()) < plot.plotItem.vb.zValue()


def test_counts_have_no_marks_between_whole_numbers(make):
    chart = make(LoadChart)
    chart.show_arms([arm(SEQUENTIAL)], 0.0)
    ((spacing, values),) = chart.in_flight_plot.side.tickValues(0.0, 1.2, 400)
    assert (spacing, values) == (1.0, [0.0, 1.0])


# Loading


def python(program, **environment):
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        capture_output=True,
        text=True,
        timeout=GUARD_S,
        check=False,
        env={**os.environ, **environment},
    )


def test_the_program_starts_without_them():
    ended = python("""
import sys
import paradigm_gui.app, paradigm_gui.widgets.main_window
assert not {"numpy", "pyqtgraph", "paradigm_gui.widgets.charts"} & set(sys.modules)
""")
    assert (ended.returncode, ended.stderr) == (0, "")


def test_they_can_be_loaded_in_a_thread_hook_nothing_and_end_with_the_program():
    ended = python(
        """
import faulthandler, sys, threading
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

app = QApplication([])
hooks = lambda: (sys.excepthook, threading.excepthook, sys.unraisablehook, sys.displayhook)
before = hooks()
thread = threading.Thread(target=__import__, args=["paradigm_gui.widgets.charts"])
thread.start()
thread.join()
import pyqtgraph
from paradigm_gui.widgets.charts import LatencyChart, LoadChart, SweepChart
charts = [LatencyChart(), LoadChart(), SweepChart()]
for chart in charts:
    chart.show()
QTimer.singleShot(0, app.quit)
app.exec()
assert pyqtgraph.Qt.QT_LIB == "PySide6"
assert hooks() == before
print("clean")
""",
        PYQTGRAPH_QT_LIB="PyQt5",
    )
    assert (ended.returncode, ended.stdout) == (0, "clean\n"), ended.stderr


def test_in_low_room_the_numbers_do_not_touch_and_the_title_goes(make):
    chart = make(LatencyChart)
    chart.show_arms([arm(CONCURRENT)])
    assert chart.plot.bottom.label.isVisible()
    chart.resize(400, 120)
    side = chart.plot.side
    assert not chart.plot.bottom.label.isVisible()
    assert 0 < side.size().height() < 3 * side.fontMetrics().height()
    step = side.tickSpacing(0.0, 100.0, side.size().height())[0][0]
    assert step * side.size().height() / 100.0 >= side.fontMetrics().height()
    # what is drawn anew stays like that
    chart.draw()
    assert not chart.plot.bottom.label.isVisible()
    chart.resize(900, 260)
    assert chart.plot.bottom.label.isVisible()


def test_in_narrow_room_the_key_gives_its_figures_rather_than_the_name(make):
    chart = make(LatencyChart)
    chart.show_arms([arm(CONCURRENT)])
    line = chart.key.lines[0]
    assert chart.key.words(line, 1000).startswith(line.parts[0])
    assert chart.key.words(line, 100).startswith("n = 20")


@pytest.mark.parametrize("kind", [LatencyChart, LoadChart, SweepChart])
def test_the_tip_of_every_chart_has_sample_size_formula_and_source(make, kind):
    chart = make(kind)
    arms = [arm(CONCURRENT), arm(SEQUENTIAL)]
    for is_simulated in (False, True):
        if kind is LoadChart:
            chart.show_arms(arms, START + 9, is_simulated=is_simulated)
        else:
            chart.show_arms(arms, is_simulated=is_simulated)
        told = (chart.verdict if kind is SweepChart else chart.key).toolTip()
        assert told.count("n = 20") == 2
        assert "Source: " in told
        assert ("simulated" in told) is is_simulated
        assert any(sign in told for sign in ("÷", "sent to last token"))
