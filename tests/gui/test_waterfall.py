"""The waterfall of one arm: its model, and what its view paints where."""

import pytest
from PySide6.QtCore import QLocale, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPalette

from paradigm_gui.core.batch import Arm, ArmKind, Attempt, Limits, Request, RequestState, Row
from paradigm_gui.core.errors import ErrorKind, RequestError
from paradigm_gui.core.timing import SegmentKind
from paradigm_gui.models.time_scale import TimeScale
from paradigm_gui.models.waterfall_model import LABEL_LENGTH, SEGMENTS, Column, WaterfallModel
from paradigm_gui.widgets.time_axis import TimeAxis
from paradigm_gui.widgets.waterfall import LABEL_ROW_HEIGHT, BarColours, Track, WaterfallView

START = 1000.0
INFINITY = float("inf")


def request(index, state=RequestState.QUEUED, attempts=(), ended=None, name="Ada"):
    error = RequestError(ErrorKind.SERVER_ERROR) if state is RequestState.FAILED else None
    return Request(
        Row(index, {"name": name}),
        "",
        state,
        START,
        None if ended is None else START + ended,
        [Attempt(*(None if t is None else START + t for t in times)) for times in attempts],
        error=error,
    )


def arm_of(*requests, ended=None, kind=ArmKind.CONCURRENT):
    return Arm(kind, Limits(cap=4), list(requests), START, None if ended is None else START + ended)


def done(index, queue=0.0, first=1.0, end=2.0, name="Ada"):
    return request(index, RequestState.DONE, [(queue, first, end, end)], end, name)


@pytest.fixture
def model(qapp):
    return WaterfallModel()


def bar(model, row):
    return model.index(row, Column.BARS).data(SEGMENTS)


def parts(model, row):
    return [
        (part.kind, pytest.approx(part.start), pytest.approx(part.end)) for part in bar(model, row).segments
    ]


def test_the_model_keeps_qts_rules(model, qtmodeltester):
    model.set_arm(arm_of(done(0), request(1), ended=2))
    qtmodeltester.check(model)


def test_segments_count_from_the_start_of_the_arm(model):
    model.set_arm(arm_of(done(0, 0.5, 1.0, 2.0), ended=2))
    assert parts(model, 0) == [
        (SegmentKind.QUEUE, 0, 0.5),
        (SegmentKind.WAIT, 0.5, 1.0),
        (SegmentKind.STREAM, 1.0, 2.0),
    ]


def test_what_is_unfinished_grows_without_being_read_again(model):
    model.set_arm(arm_of(request(0, RequestState.SENT, [(0.25, None, None, None)]), request(1)))
    assert parts(model, 0) == [(SegmentKind.QUEUE, 0, 0.25), (SegmentKind.WAIT, 0.25, INFINITY)]
    before = bar(model, 0)
    model.refresh([], START + 1.5)
    assert model.elapsed == 1.5
    assert bar(model, 0) is before
    assert "wait 1.25 s" in model.index(0, Column.BARS).data(Qt.ItemDataRole.AccessibleTextRole)


def test_an_arm_that_has_not_started_has_no_bars(model):
    arm = arm_of(request(0))
    arm.started_at = None
    model.set_arm(arm)
    assert bar(model, 0).segments == ()
    assert model.elapsed == 0
    assert not model.is_running


def test_a_changed_request_is_read_again_and_counted(model):
    arm = arm_of(request(0), request(1))
    model.set_arm(arm)
    assert (model.count(RequestState.QUEUED), bar(model, 1).state) == (2, RequestState.QUEUED)
    arm.requests[1] = done(1)
    model.refresh([1], START + 2)
    assert (model.count(RequestState.QUEUED), model.count(RequestState.DONE)) == (1, 1)
    assert bar(model, 1).state is RequestState.DONE
    assert len(bar(model, 1).segments) == 2


@pytest.mark.parametrize(
    ("rows", "ranges"),
    [
        ([], []),
        ([3], [(3, 3)]),
        ([5, 4, 6, 1, 5], [(1, 1), (4, 6)]),
        (range(20_000), [(0, 19_999)]),
        (range(0, 20_000, 2), [(0, 19_998)]),
        ([-1, 20_000], []),
    ],
)
def test_a_refresh_is_announced_in_few_ranges(model, rows, ranges):
    model.set_arm(arm_of(*(request(index) for index in range(20_000))))
    announced = []
    model.dataChanged.connect(
        lambda first, last, roles: announced.append((first.row(), last.row(), SEGMENTS in roles))
    )
    model.refresh(rows, START + 1)
    assert announced == []
    assert model.announce() == {row for row in rows if 0 <= row < 20_000}
    assert announced == [(first, last, True) for first, last in ranges]


def test_rows_are_found_by_the_index_of_their_request(model):
    model.set_arm(arm_of(done(7), done(3), ended=2))
    assert [model.place_of(index) for index in (7, 3, 0)] == [0, 1, None]
    assert model.index_at(1) == 3


def test_a_label_is_one_short_line(model):
    model.set_arm(arm_of(done(0, name="a\nb\t" + "x" * 100_000), ended=2))
    label = model.index(0, Column.LABEL).data()
    assert label.startswith("a b xx")
    assert len(label) == LABEL_LENGTH


def test_foreign_text_in_a_tip_is_not_markup(model):
    model.set_arm(arm_of(done(0, name="<b>a</b> <img src=x> a < b and c > d"), ended=2))
    tip = model.index(0, Column.BARS).data(Qt.ItemDataRole.ToolTipRole)
    assert tip.startswith("<qt>&lt;b&gt;a&lt;/b&gt; &lt;img src=x&gt; a &lt; b and c &gt; d<br>")


def test_the_words_of_a_row_follow_the_locale(model):
    before = QLocale()
    model.set_arm(arm_of(done(0, 0.5, 1.0, 2.25), ended=2.25))
    try:
        QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
        words = model.index(0, Column.BARS).data(Qt.ItemDataRole.AccessibleTextRole)
    finally:
        QLocale.setDefault(before)
    for figure in ("0,50 s", "1,25 s", "1,75 s", "2,25 s"):
        assert figure in words


WIDTH, ROW = 400, 16
SCALE = TimeScale(0, 4, WIDTH)


def light():
    return QPalette(QColor(240, 240, 240), QColor(240, 240, 240))


def dark():
    palette = QPalette(QColor(45, 45, 45), QColor(45, 45, 45))
    palette.setColor(QPalette.ColorRole.Base, QColor(30, 30, 30))
    return palette


def waterfall(model, kind=ArmKind.CONCURRENT):
    return WaterfallView(Track(kind, model, QPalette()))


def painted(qtbot, model, palette, kind=ArmKind.CONCURRENT):
    """A picture of the bars alone, the first row at the top."""
    view = waterfall(model, kind)
    qtbot.addWidget(view)
    view.setPalette(palette)
    view.set_row_height(ROW)
    view.setColumnHidden(Column.LABEL, True)
    view.resize(WIDTH, ROW * max(1, model.rowCount()) + 4)
    view.track.scale = SCALE
    image = QImage(view.size(), QImage.Format.Format_RGB32)
    view.render(image, QPoint())
    return view, image


def colours_in(image, left, right, row, height=8):
    """The colours of the bar of a row between two pixels."""
    top = row * ROW + (ROW - height) // 2
    box = QRect(left, top, right - left, height)
    return {
        image.pixelColor(x, y).name()
        for x in range(box.left(), box.right() + 1)
        for y in range(box.top(), box.bottom() + 1)
    }


@pytest.mark.parametrize("palette", [light, dark])
@pytest.mark.parametrize("kind", list(ArmKind))
def test_bars_stand_where_the_scale_says(qtbot, model, palette, kind):
    model.set_arm(arm_of(done(0, 0.5, 1.0, 2.0), ended=2.0, kind=kind))
    view, image = painted(qtbot, model, palette(), kind)
    colours = BarColours.of(view.palette(), kind)
    first, end = (round(SCALE.x_of(t)) for t in (1.0, 2.0))
    assert colours_in(image, first, end, 0) == {colours.arm.name()}
    assert colours_in(image, round(SCALE.x_of(0.5)), first, 0) == {colours.wait.name(), colours.hatch.name()}
    queue = colours_in(image, 3, round(SCALE.x_of(0.5)) - 1, 0)
    assert colours.queue.name() in queue
    assert not queue & {colours.arm.name(), colours.wait.name()}
    after = colours_in(image, end + 2, WIDTH - 2, 0)
    assert not after & {colours.arm.name(), colours.wait.name(), colours.queue.name()}


def test_the_arms_differ_in_light_and_dark(qapp):
    for palette in (light(), dark()):
        arms = [BarColours.of(palette, kind).arm for kind in ArmKind]
        assert arms[0] != arms[1]
        for arm in arms:
            assert abs(arm.lightness() - palette.color(QPalette.ColorRole.Base).lightness()) > 60


def test_a_change_of_palette_changes_the_bars(qtbot, model):
    view = waterfall(model)
    qtbot.addWidget(view)
    view.setPalette(light())
    on_light = view.track.colours
    view.setPalette(dark())
    assert view.track.colours != on_light
    assert view.track.colours.arm == BarColours.of(dark(), ArmKind.CONCURRENT).arm


def test_a_growing_bar_reaches_up_to_now(qtbot, model):
    model.set_arm(arm_of(request(0, RequestState.STREAMING, [(0.0, 0.5, None, None)])))
    model.refresh([0], START + 1.5)
    view, image = painted(qtbot, model, light())
    now = round(SCALE.x_of(1.5))
    assert colours_in(image, round(SCALE.x_of(0.5)), now, 0) == {view.track.colours.arm.name()}
    assert colours_in(image, now, now + 1, 0) == {view.track.colours.text.name()}
    assert view.track.colours.arm.name() not in colours_in(image, now + 1, WIDTH, 0)


def test_an_instant_is_still_seen(qtbot, model):
    model.set_arm(arm_of(done(0, 0.0, 2.0, 2.0001), ended=4.0))
    view, image = painted(qtbot, model, light())
    x = round(SCALE.x_of(2.0))
    assert colours_in(image, x, x + 1, 0) == {view.track.colours.arm.name()}


def test_a_failure_and_a_cancelled_request_end_differently(qtbot, model):
    model.set_arm(
        arm_of(
            request(0, RequestState.FAILED, [(0.0, None, None, 2.0)], 2.0),
            request(1, RequestState.CANCELLED, [(0.0, 1.0, None, None)], 2.0),
            request(2, RequestState.FAILED, [(0.0, None, None, 0.5), (1.5, None, None, 2.0)], 2.0),
            ended=3.5,
        )
    )
    view, image = painted(qtbot, model, light())
    end = round(SCALE.x_of(2.0))
    assert view.track.colours.failure.name() in colours_in(image, end, end + 16, 0)
    assert view.track.colours.failure.name() not in colours_in(image, end, end + 16, 1)
    assert view.track.colours.base.name() in colours_in(image, end - 10, end, 1)
    pause = colours_in(image, round(SCALE.x_of(0.5)), round(SCALE.x_of(1.5)), 2)
    assert {view.track.colours.text.name(), view.track.colours.base.name()} <= pause


def test_low_rows_hide_their_labels(qtbot, model):
    view = waterfall(model)
    qtbot.addWidget(view)
    for height in (3, LABEL_ROW_HEIGHT - 1, LABEL_ROW_HEIGHT, 18):
        view.set_row_height(height)
        assert view.rowHeight(0) in (0, height)
        assert view.isColumnHidden(Column.LABEL) == (height < LABEL_ROW_HEIGHT)


def test_the_axis_keeps_its_labels_inside(qtbot):
    axis = TimeAxis()
    qtbot.addWidget(axis)
    axis.set_scale(TimeScale(0, 5, 600), 0, 5)
    assert axis.labels[0] == (0, "0 s")
    assert axis.labels[-1][0] == 600
    assert len(axis.labels) >= 6
    axis.set_scale(TimeScale(0, 5, 0), 0, 5)
    assert axis.labels == []


def test_the_view_follows_the_newest_bars_until_the_user_scrolls(qtbot, model):
    arm = arm_of(*(request(index) for index in range(2000)))
    model.set_arm(arm)
    view = waterfall(model)
    qtbot.addWidget(view)
    view.resize(300, 200)
    view.show()
    scroll = view.verticalScrollBar()

    def send(count):
        for index in range(count):
            arm.requests[index] = done(index)
        model.refresh(range(count), START + 3)
        view.advance()

    send(500)
    followed = scroll.value()
    assert view.rowAt(view.viewport().height() - 2) in range(498, 501)
    scroll.setValue(10)
    send(1000)
    assert followed > 10
    assert scroll.value() == 10
