"""The race as a hand uses it: wheel, drag, keys and buttons; rows and lanes; what it costs out of sight."""

import pytest
from PySide6.QtCore import QLocale, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QIcon, QImage, QPalette, QWheelEvent
from PySide6.QtWidgets import QApplication, QSplitter, QTextEdit, QToolTip

from paradigm_gui.core.batch import Arm, ArmKind, Attempt, Limits, Request, RequestState, Row
from paradigm_gui.core.errors import ErrorKind, RequestError
from paradigm_gui.core.timing import SegmentKind
from paradigm_gui.models.time_scale import LEAST_SPAN_S
from paradigm_gui.models.waterfall_model import WaterfallModel
from paradigm_gui.resources import icon_path
from paradigm_gui.widgets.lanes_view import MOST_BARS
from paradigm_gui.widgets.legend import Legend, Mark
from paradigm_gui.widgets.race import PAN_SHARE, Race
from paradigm_gui.widgets.time_axis import ZOOM_STEP

CONCURRENT, SEQUENTIAL = ArmKind
START = 50.0
NO_MODIFIER, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
LEFT = Qt.MouseButton.LeftButton


def arm(kind=CONCURRENT, n=20, cap=4, service=0.5):
    """An arm that has ended: its slots take requests in turn, each waits and streams half of its time."""
    cap = 1 if kind is SEQUENTIAL else cap
    requests = []
    for index in range(n):
        sent = START + service * (index // cap)
        end = sent + service
        attempt = Attempt(sent, sent + service / 2, end, end)
        requests.append(
            Request(Row(index, {"name": f"name {index}"}), "", RequestState.DONE, START, end, [attempt])
        )
    return Arm(kind, Limits(cap=cap), requests, START, START + service * -(-n // cap))


def live(n=8, cap=4):
    """An arm that has just begun: nothing is sent yet."""
    made = Arm(CONCURRENT, Limits(cap=cap), [Request(Row(index, {"name": "x"}), "") for index in range(n)])
    made.start_at(START)
    return made


@pytest.fixture
def race(qtbot):
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    race = Race({kind: WaterfallModel() for kind in ArmKind})
    qtbot.addWidget(race)
    race.resize(900, 300)
    race.show()
    yield race
    QToolTip.hideText()
    QLocale.setDefault(before)


def show(race, *arms, now=START + 100, in_lanes=False):
    for kind, model in race._models.items():
        model.set_arm(next((one for one in arms if one.kind is kind), None))
    race.renew()
    refresh(race, now)
    race.show_lanes(in_lanes)
    QApplication.processEvents()
    return race.shown_views()


def refresh(race, now, rows=None):
    for model in race._models.values():
        if model.arm is not None:
            model.refresh(range(len(model.arm.requests)) if rows is None else rows, now)
    race.advance()


def span(race):
    return race.axis.scale.start_s, race.axis.scale.end_s


def turn(widget, x, notches, modifiers=NO_MODIFIER, sideways=False):
    """Turn the wheel over a pixel of a widget."""
    turned = QPoint(120 * notches, 0) if sideways else QPoint(0, 120 * notches)
    point = QPointF(x, 20)
    event = QWheelEvent(
        point,
        QPointF(widget.mapToGlobal(point.toPoint())),
        QPoint(),
        turned,
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def drag(qtbot, widget, start, stop):
    qtbot.mousePress(widget, LEFT, pos=start)
    for part in range(1, 5):
        qtbot.mouseMove(widget, start + (stop - start) * part / 4)
    qtbot.mouseRelease(widget, LEFT, pos=stop)


@pytest.mark.parametrize("in_lanes", [False, True])
def test_ctrl_and_the_wheel_zoom_at_the_pointer(race, in_lanes):
    upper, lower = show(race, arm(), arm(SEQUENTIAL), in_lanes=in_lanes)
    scale = race.axis.scale
    assert (span(race), race.is_zoomed) == ((0, 10), False)
    x = race._left + scale.x_of(4.0)
    turn(lower.viewport(), x, 2, CTRL)
    assert race.axis.scale.span_s == pytest.approx(10 / ZOOM_STEP**2)
    assert race.axis.scale.x_of(4.0) + race._left == pytest.approx(x)
    assert upper.track.scale is lower.track.scale is race.axis.scale
    turn(race.axis, x, -1, CTRL)
    assert race.axis.scale.span_s == pytest.approx(10 / ZOOM_STEP)
    turn(upper.viewport(), x, -5, CTRL)
    assert (span(race), race.is_zoomed) == ((0, 10), False)


def test_zooming_in_comes_to_an_end(race):
    (view,) = show(race, arm())
    for _ in range(60):
        turn(view.viewport(), 300, 1, CTRL)
    assert race.axis.scale.span_s == pytest.approx(LEAST_SPAN_S)
    assert not race.zoom_in_button.isEnabled()
    race.grab()


def test_the_plain_wheel_scrolls_the_rows(race):
    (view,) = show(race, arm(n=500))
    before = view.verticalScrollBar().value()
    turn(view.viewport(), 300, -1)
    assert view.verticalScrollBar().value() > before
    assert not race.is_zoomed


@pytest.mark.parametrize(("modifiers", "sideways"), [(SHIFT, False), (SHIFT, True), (NO_MODIFIER, True)])
def test_shift_and_the_wheel_pan(race, modifiers, sideways):
    (view,) = show(race, arm(n=500))
    race.zoom(4, 450)
    start, end = span(race)
    turn(view.viewport(), 300, -1, modifiers, sideways)
    later = span(race)
    assert start < later[0]
    assert later[1] - later[0] == pytest.approx(end - start)
    turn(view.viewport(), 300, 1, modifiers, sideways)
    assert span(race) == pytest.approx((start, end))
    assert view.verticalScrollBar().value() == 0


@pytest.mark.parametrize("in_lanes", [False, True])
def test_a_drag_pans_and_selects_nothing(race, qtbot, in_lanes):
    (view,) = show(race, arm(), in_lanes=in_lanes)
    race.zoom(4, 450)
    held = race.axis.scale.t_of(500)
    drag(qtbot, view.viewport(), QPoint(500, 40), QPoint(350, 60))
    assert race.axis.scale.t_of(350) == pytest.approx(held)
    assert not view.selectionModel().hasSelection()
    assert view.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor
    drag(qtbot, race.axis, QPoint(100, 5), QPoint(899, 5))
    drag(qtbot, race.axis, QPoint(100, 5), QPoint(899, 5))
    assert race.axis.scale.start_s == 0
    assert race.is_zoomed


def test_a_hand_that_trembles_still_clicks(race, qtbot):
    (view,) = show(race, arm())
    race.zoom(4, 450)
    before = span(race)
    y = view.rowViewportPosition(9) + 2
    qtbot.mousePress(view.viewport(), LEFT, pos=QPoint(500, y))
    qtbot.mouseMove(view.viewport(), QPoint(502, y + 1))
    qtbot.mouseRelease(view.viewport(), LEFT, pos=QPoint(502, y + 1))
    assert span(race) == before
    assert view.currentIndex().row() == 9


def test_panning_what_is_seen_whole_changes_nothing(race, qtbot):
    (view,) = show(race, arm())
    turn(view.viewport(), 300, -1, SHIFT)
    drag(qtbot, view.viewport(), QPoint(500, 40), QPoint(350, 60))
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert (span(race), race.is_zoomed) == ((0, 2.5), False)


@pytest.mark.parametrize("in_lanes", [False, True])
def test_a_double_click_shows_all(race, qtbot, in_lanes):
    (view,) = show(race, arm(), in_lanes=in_lanes)
    for surface in (view.viewport(), race.axis):
        race.zoom(4, 450)
        qtbot.mouseDClick(surface, LEFT, pos=QPoint(300, 10))
        assert not race.is_zoomed


@pytest.mark.parametrize("in_lanes", [False, True])
def test_keys_zoom_and_pan(race, qtbot, in_lanes):
    (view,) = show(race, arm(), in_lanes=in_lanes)
    view.setFocus()
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
        before = race.axis.scale.span_s
        qtbot.keyClick(view, key)
        assert race.axis.scale.span_s == pytest.approx(before / ZOOM_STEP**2)
    start, end = span(race)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    moved = race.axis.scale.span_s * PAN_SHARE
    assert span(race) == pytest.approx((start + moved, end + moved))
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert span(race) == pytest.approx((start, end))
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    assert race.axis.scale.span_s == pytest.approx((end - start) * ZOOM_STEP**2)
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert not race.is_zoomed


@pytest.mark.parametrize("in_lanes", [False, True])
def test_keys_go_from_bar_to_bar(race, qtbot, in_lanes):
    (view,) = show(race, arm(n=40), in_lanes=in_lanes)
    view.setFocus()
    race.select_request(4)
    rows = []
    keys = ("Down", "Down", "Up", "PageDown", "PageUp", "Up", "Left")
    for key in keys:
        qtbot.keyClick(view, getattr(Qt.Key, f"Key_{key}"))
        rows.append(view.currentIndex().row())
    assert rows[:3] == [5, 6, 5]
    assert rows[3] > 10
    assert rows[4] < rows[3]
    assert rows[5:] == [max(0, rows[4] - 1)] * 2
    for _ in range(40):
        qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.currentIndex().row() == 0
    for _ in range(50):
        qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.currentIndex().row() == 39


def test_keys_zoom_around_the_current_bar(race, qtbot):
    (view,) = show(race, arm(n=40))
    race.select_request(0)
    for _ in range(4):
        qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert race.axis.scale.start_s <= 0.25 <= race.axis.scale.end_s
    assert race.axis.scale.span_s < 1


def test_buttons_zoom(race, qtbot):
    show(race, arm())
    assert not race.all_button.isEnabled()
    assert not race.zoom_out_button.isEnabled()
    for _ in range(3):
        qtbot.mouseClick(race.zoom_in_button, LEFT)
    near = race.axis.scale.span_s
    qtbot.mouseClick(race.zoom_out_button, LEFT)
    assert near < race.axis.scale.span_s < 2.5
    qtbot.mouseClick(race.all_button, LEFT)
    assert (span(race), race.all_button.isEnabled()) == ((0, 2.5), False)


def test_a_bar_that_is_chosen_comes_into_sight(race, qtbot):
    (view,) = show(race, arm(n=40))
    race.zoom(20, race._left)
    assert race.axis.scale.end_s < 1
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_End)
    view.selectRow(39)
    assert race.axis.scale.start_s <= 4.5 <= race.axis.scale.end_s


def test_a_part_is_shown_as_such(race):
    show(race, arm(n=40))
    assert race.axis.band().isNull()
    race.zoom(4, race._left + race.axis.scale.width_px)
    band = race.axis.band()
    assert band.width() == pytest.approx(race.axis.scale.width_px / 4, abs=2)
    assert band.right() == pytest.approx(race._left + race.axis.scale.width_px, abs=2)
    race.zoom(1e6, race._left + race.axis.scale.width_px)
    assert race.axis.band().width() >= 4
    assert race.axis.band().right() <= race._left + race.axis.scale.width_px


def test_the_axis_follows_a_run_until_it_is_zoomed(race):
    show(race, live(), now=START + 0.5)
    refresh(race, START + 1.9)
    assert span(race) == (0, 2)
    race.zoom(4, 450)
    seen = span(race)
    refresh(race, START + 7)
    assert span(race) == seen
    race.show_all()
    assert span(race) == (0, 8)
    race.zoom(4, 450)
    show(race, arm())
    assert (span(race), race.is_zoomed) == ((0, 2.5), False)


def test_labels_are_made_once_for_a_scale(race):
    show(race, live(), now=START + 2.1)
    labels = race.axis.labels
    for hundredth in range(211, 250):
        refresh(race, START + hundredth / 100)
        assert race.axis.labels is labels
    refresh(race, START + 2.6)
    assert race.axis.labels is not labels


def test_a_click_selects_a_row(race, qtbot):
    upper, lower = show(race, arm(), arm(SEQUENTIAL))
    told = []
    race.request_selected.connect(told.append)
    qtbot.mouseClick(upper.viewport(), LEFT, pos=QPoint(300, upper.rowViewportPosition(7) + 2))
    assert told == [7]
    assert lower.currentIndex().row() == 7
    assert upper.hasFocus()


def middle_of(view, row):
    return view.place_of_row(row).center()


def test_a_click_in_a_lane_picks_the_bar_under_the_pointer(race, qtbot):
    upper, lower = show(race, arm(), arm(SEQUENTIAL), in_lanes=True)
    told = []
    race.request_selected.connect(told.append)
    assert (len(upper.lanes), len(lower.lanes)) == (4, 1)
    assert middle_of(upper, 5).y() == middle_of(upper, 1).y() > middle_of(upper, 0).y()
    qtbot.mouseClick(upper.viewport(), LEFT, pos=middle_of(upper, 5))
    assert told == [5]
    assert [view.currentIndex().row() for view in (upper, lower)] == [5, 5]
    assert [view.currentIndex().row() for view in race.views.values()] == [5, 5]
    qtbot.mouseClick(upper.viewport(), LEFT, pos=QPoint(880, 10))
    qtbot.mouseClick(upper.viewport(), LEFT, pos=QPoint(880, 30))
    qtbot.mouseClick(lower.viewport(), LEFT, pos=QPoint(300, lower.viewport().height() - 1))
    assert told == [5]
    race.show_lanes(False)
    assert race.views[SEQUENTIAL].currentIndex().row() == 5


def test_every_bar_is_found_where_it_is_painted(race):
    (view,) = show(race, arm(n=23, cap=5), in_lanes=True)
    for row in range(23):
        assert view.row_at(middle_of(view, row)) == row
        assert view.indexAt(middle_of(view, row)).row() == row
    image = QImage(view.viewport().size(), QImage.Format.Format_RGB32)
    view.viewport().render(image, QPoint())
    inside = middle_of(view, 7) + QPoint(view.place_of_row(7).width() // 4, 0)
    assert image.pixelColor(inside).name() == view.track.colours.arm.name()


def test_the_buttons_switch_between_rows_and_lanes(race, qtbot):
    (rows,) = show(race, arm())
    rows.setFocus()
    qtbot.mouseClick(race.lanes_button, LEFT)
    (lanes,) = race.shown_views()
    assert lanes.isVisible()
    assert not rows.isVisible()
    assert race._left == 0
    assert race.lanes_button.isChecked()
    assert not race.rows_button.isChecked()
    qtbot.mouseClick(race.rows_button, LEFT)
    assert rows.isVisible()
    assert not lanes.isVisible()


def test_the_focus_goes_along_into_the_lanes(race):
    show(race, arm())[0].setFocus()
    race.show_lanes(True)
    assert race.shown_views()[0].hasFocus()


def send(one, now):
    one.attempts.append(Attempt(now))
    one.state = RequestState.SENT


def end(one, now, error=None):
    one.attempts[-1].ended_at, one.attempts[-1].error = now, error
    if error is None:
        one.ended_at, one.state = now, RequestState.DONE


def test_lanes_follow_a_run(race):
    made = live(n=8, cap=3)
    (view,) = show(race, made, now=START + 0.1, in_lanes=True)
    assert view.line_count == 3
    height = view.row_height
    for number in range(3):
        send(made.requests[number], START + 0.2)
    refresh(race, START + 0.3, {0, 1, 2})
    end(made.requests[1], START + 0.4)
    send(made.requests[3], START + 0.5)
    refresh(race, START + 0.6, {3})
    assert [lane.rows for lane in view.lanes] == [[(0, 0)], [(1, 0), (3, 0)], [(2, 0)]]
    assert (view.line_count, view.row_height) == (3, height)
    left = view.place_of_row(0).right()
    refresh(race, START + 0.9, set())
    assert view.place_of_row(0).right() > left
    assert view.place_of_row(7).isNull()
    for number in (0, 2, 3):
        end(made.requests[number], START + 1)
    made.ended_at = START + 1
    refresh(race, START + 1)
    assert view.lanes[1].ends == pytest.approx([0.4, 1])


def test_what_happened_while_rows_were_shown_is_in_the_lanes(race):
    made = live(n=8, cap=3)
    show(race, made, now=START + 0.1, in_lanes=True)
    race.show_lanes(False)
    send(made.requests[0], START + 0.2)
    refresh(race, START + 0.3, {0})
    race.show_lanes(True)
    assert [lane.rows for lane in race.shown_views()[0].lanes] == [[(0, 0)]]


def test_lanes_are_as_many_as_were_in_flight(race):
    made = arm(n=6, cap=3)
    made.limits = Limits(cap=100)
    (view,) = show(race, made, in_lanes=True)
    assert view.line_count == len(view.lanes) == 3


def test_many_lanes_scroll_to_what_is_selected(race):
    (view,) = show(race, arm(n=600, cap=300), in_lanes=True)
    assert view.verticalScrollBar().maximum() > 0
    race.select_request(299)
    assert view.viewport().rect().contains(middle_of(view, 299))
    assert view.verticalScrollBar().value() > 0
    race.select_request(0)
    assert view.verticalScrollBar().value() == 0


def test_a_picture_of_many_bars_makes_few(race):
    (view,) = show(race, arm(n=20_000, cap=100, service=0.01), in_lanes=True)
    assert race.axis.scale.x_of(0.01) > 4
    race.grab()
    made = sum(bar is not None for lane in view.lanes for bar in lane.bars)
    assert made <= 2 * MOST_BARS
    race.zoom(1000, 400)
    race.grab()
    assert sum(bar is not None for lane in view.lanes for bar in lane.bars) > made


def heard(race):
    changes = []
    for model in race._models.values():
        model.dataChanged.connect(lambda *_: changes.append(1))
    return changes


@pytest.mark.parametrize("in_lanes", [False, True])
def test_out_of_sight_a_change_is_only_marked(race, qtbot, in_lanes):
    made = live()
    (view,) = show(race, made, now=START + 0.1, in_lanes=in_lanes)
    changes = heard(race)
    labels = race.axis.labels
    race.hide()
    send(made.requests[0], START + 0.2)
    refresh(race, START + 30)
    assert (changes, race.axis.labels) == ([], labels)
    race.show()
    qtbot.waitUntil(lambda: bool(changes))
    assert race.axis.scale.end_s == 30
    assert view.place_of_row(0).width() > 100


def test_what_a_splitter_has_collapsed_costs_nothing_and_catches_up(qtbot):
    race = Race({kind: WaterfallModel() for kind in ArmKind})
    splitter = QSplitter(Qt.Orientation.Vertical)
    qtbot.addWidget(splitter)
    splitter.addWidget(QTextEdit())
    splitter.addWidget(race)
    splitter.resize(800, 500)
    splitter.show()
    made = live()
    show(race, made, now=START + 0.1)
    changes = heard(race)
    splitter.setSizes([500, 0])
    QApplication.processEvents()
    refresh(race, START + 30)
    assert changes == []
    splitter.setSizes([250, 250])
    qtbot.waitUntil(lambda: bool(changes))
    assert race.axis.scale.end_s == 30


def test_a_key_tells_the_figures_of_the_bar_that_it_leads_to(race, qtbot):
    (view,) = show(race, arm())
    view.setFocus()
    race.select_request(3)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert QToolTip.isVisible()
    for words in ("name 4", "done", "Queue 0.50 s", "First word after 0.25 s", "service 0.50 s", "1 attempt"):
        assert words in QToolTip.text()


@pytest.mark.parametrize("in_lanes", [False, True])
def test_assistive_technology_reads_the_bars(race, in_lanes):
    made = arm(n=3)
    made.requests[1].attempts.insert(
        0, Attempt(START, None, None, START + 0.1, RequestError(ErrorKind.SERVER_ERROR))
    )
    (view,) = show(race, made, in_lanes=in_lanes)
    assert "Plus and minus zoom" in view.accessibleDescription()
    items = QAccessible.queryAccessibleInterface(view)
    texts = [items.child(number).text(QAccessible.Text.Name) for number in range(items.childCount())]
    (told,) = {text for text in texts if "name 1" in text}
    for words in ("done", "wait 0.35 s", "stream 0.25 s", "First word after 0.25 s", "2 attempt"):
        assert words in told


def strange_arms():
    cancelled = arm(n=9)
    for one in cancelled.requests[4:]:
        one.state, one.attempts[0].ended_at, one.ended_at = RequestState.CANCELLED, None, START + 0.5
    failed = arm(n=9)
    for one in failed.requests:
        one.state, one.error = RequestState.FAILED, RequestError(ErrorKind.SERVER_ERROR)
        one.attempts[0].error = one.error
    ticks = arm(n=40, cap=8, service=0.015)
    for one in ticks.requests[::3]:
        one.attempts[0].ended_at = one.attempts[0].first_token_at = one.attempts[0].sent_at
    unsent = arm(n=5)
    for one in unsent.requests:
        one.state, one.attempts, one.ended_at = RequestState.CANCELLED, [], START
    pending = live()
    pending.started_at = None
    return {
        "cancelled": cancelled,
        "failed": failed,
        "15 ms": ticks,
        "instant": arm(service=0.0),
        "unsent": unsent,
        "pending": pending,
        "one row": arm(n=1),
        "no rows": arm(n=0),
        "live": live(),
    }


@pytest.mark.parametrize("in_lanes", [False, True])
@pytest.mark.parametrize("name", list(strange_arms()))
def test_strange_arms_are_shown(race, qtbot, name, in_lanes):
    views = show(race, strange_arms()[name], arm(SEQUENTIAL), in_lanes=in_lanes)
    for width, height in ((900, 300), (500, 130), (1, 1), (900, 300)):
        race.resize(width, height)
        for factor in (1, 10, 1e9):
            race.zoom(factor, width / 3)
            image = QImage(race.size(), QImage.Format.Format_RGB32)
            race.render(image)
        race.show_all()
    for view in views:
        view.setFocus()
        for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Plus, Qt.Key.Key_Home):
            qtbot.keyClick(view, key)
        for x in range(0, 900, 90):
            view.indexAt(QPoint(x, 5))


def grey(colour):
    return round(0.299 * colour.red() + 0.587 * colour.green() + 0.114 * colour.blue())


def columns(image, left, right, top, height):
    """The columns of a part of a picture, each as its greys from above."""
    return [tuple(grey(image.pixelColor(x, y)) for y in range(top, top + height)) for x in range(left, right)]


@pytest.mark.parametrize("is_dark", [False, True])
def test_segments_differ_in_pattern_without_colour(race, is_dark):
    if is_dark:
        palette = QPalette(QColor(45, 45, 45), QColor(45, 45, 45))
        palette.setColor(QPalette.ColorRole.Base, QColor(30, 30, 30))
        race.setPalette(palette)
    failed = Attempt(START + 1, None, None, START + 2, RequestError(ErrorKind.SERVER_ERROR))
    answered = Attempt(START + 3, START + 4, START + 5, START + 5)
    one = Request(Row(0, {"name": "x"}), "", RequestState.DONE, START, START + 5, [failed, answered])
    (view,) = show(race, Arm(CONCURRENT, Limits(cap=1), [one], START, START + 5))
    image = QImage(view.viewport().size(), QImage.Format.Format_RGB32)
    view.viewport().render(image, QPoint())
    cell = view.visualRect(view.model().index(0, 1))
    x = [race._left + round(race.axis.scale.x_of(second)) for second in range(6)]
    inset = 14  # past the mark of a failure; every half second has a line of the grid
    top, height = cell.top() + 3, cell.height() - 6
    queue, wait, pause, _, stream = (columns(image, a + inset, a + 70, top, height) for a in x[:5])
    assert len(set(stream)) == 1
    assert len(set(stream[0])) == 1
    assert len(set(queue)) == 1
    assert len(set(queue[0])) == 2
    assert 2 < len(set(wait)) <= 8
    assert all(len(set(column)) == 2 for column in wait)
    assert len(set(pause)) == 2
    contrast = abs(stream[0][0] - wait[0][0])
    assert contrast > 40
    cross = {
        colour
        for column in range(x[2], x[2] + inset)
        for colour in [image.pixelColor(column, cell.center().y()).name()]
    }
    assert view.track.colours.failure.name() in cross


def test_the_legend_has_every_shape(qtbot):
    legend = Legend()
    qtbot.addWidget(legend)
    assert {shape for shape, _ in legend.entries()} == {*SegmentKind, *Mark}
    legend.resize(1000, 20)
    assert len(legend.fitting()) == 6
    legend.resize(legend.fitting()[3][0] + 10, 20)
    assert [shape for _, shape, _ in legend.fitting()] == [
        SegmentKind.QUEUE,
        SegmentKind.WAIT,
        SegmentKind.STREAM,
    ]
    legend.grab()
    assert "Frayed end: cancelled" in legend.toolTip()


def test_low_room_keeps_the_buttons(race):
    show(race, arm(), arm(SEQUENTIAL))
    for height in (130, 199, 200, 300):
        race.resize(900, height)
        assert race.zoom_in_button.isVisible()
        assert race.legend.isVisible() == (height >= 200)
        for view in race.shown_views():
            assert view.geometry().bottom() < race.height()
            corner = race.zoom_in_button.mapTo(race, QPoint(0, 0))
            assert not view.geometry().contains(corner)


@pytest.mark.parametrize("name", ["rows", "lanes", "zoom-in", "zoom-out", "zoom-all"])
def test_icons_read_on_light_and_dark(qapp, name):
    picture = QIcon(str(icon_path(name))).pixmap(16).toImage()
    strokes = [
        picture.pixelColor(x, y).lightness()
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).alpha() > 120
    ]
    assert strokes
    assert all(70 < lightness < 190 for lightness in strokes)


def test_lanes_follow_an_arm_that_takes_its_times_along(race):
    interrupted = arm(n=8, cap=4)
    last = interrupted.requests[-1]
    attempt = last.attempts.pop()
    last.state, last.ended_at, interrupted.ended_at = RequestState.QUEUED, None, None
    show(race, interrupted, in_lanes=True)
    interrupted.start_at(START + 1000)
    attempt.shift(interrupted.started_at - START)
    last.attempts.append(attempt)
    refresh(race, START + 1001, rows=[7])
    lanes = race.lanes[CONCURRENT].lanes
    [spot] = lanes.spots(7)
    assert lanes[spot.lane].starts[spot.position] == pytest.approx(attempt.sent_at - interrupted.started_at)
