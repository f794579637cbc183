import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paradigm_gui.models.time_scale import LEAST_SPAN_S, TimeScale, nice_end

SECONDS = st.floats(0, 1e6)


@pytest.mark.parametrize(
    ("start", "end", "width", "t", "x"),
    [
        (0, 5, 500, 0, 0),
        (0, 5, 500, 1.8, 180),
        (0, 5, 500, 5, 500),
        (0, 5, 500, 6, 600),
        (2, 4, 100, 3, 50),
        (2, 4, 100, 1, -50),
    ],
)
def test_a_time_has_its_pixel(start, end, width, t, x):
    scale = TimeScale(start, end, width)
    assert scale.x_of(t) == pytest.approx(x)
    assert scale.t_of(x) == pytest.approx(t)


@pytest.mark.parametrize(
    "scale", [TimeScale(0, 5, 0), TimeScale(3, 3, 100), TimeScale(5, 3, 100), TimeScale(0, 5, -4)]
)
def test_a_scale_without_extent_is_harmless(scale):
    assert scale.x_of(4.0) == 0
    assert scale.t_of(17) == scale.start_s
    assert scale.ticks(40) == []
    assert scale.span_s >= 0


@given(SECONDS, st.floats(1e-3, 1e6), st.integers(1, 10_000), st.floats(0, 1))
def test_pixel_and_time_are_inverse(start, span, width, share):
    scale = TimeScale(start, start + span, width)
    t = start + share * span
    assert scale.t_of(scale.x_of(t)) == pytest.approx(t, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize(
    ("start", "end", "width", "label", "times", "decimals"),
    [
        (0, 5, 500, 90, [0, 1, 2, 3, 4, 5], 0),
        (0, 5, 500, 40, [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5], 1),
        (0, 1, 400, 70, [0, 0.2, 0.4, 0.6, 0.8, 1.0], 1),
        (0, 0.3, 300, 90, [0, 0.1, 0.2, 0.3], 1),
        (0, 500, 500, 90, [0, 100, 200, 300, 400, 500], 0),
        (0.15, 0.45, 300, 90, [0.2, 0.3, 0.4], 1),
        (0, 10, 50, 60, [0], 0),
    ],
)
def test_ticks_stand_at_round_times(start, end, width, label, times, decimals):
    ticks = TimeScale(start, end, width).ticks(label)
    assert [tick.t for tick in ticks] == times
    assert {tick.decimals for tick in ticks} == {decimals}


@given(SECONDS, st.floats(1e-3, 1e6), st.integers(1, 5000), st.floats(0, 400))
def test_ticks_leave_room_and_their_labels_are_exact(start, span, width, label):
    scale = TimeScale(start, start + span, width)
    ticks = scale.ticks(label)
    pixels = [scale.x_of(tick.t) for tick in ticks]
    assert all(later - earlier >= label - 1e-3 for earlier, later in pairwise(pixels))
    assert all(-1e-3 <= x <= width + 1e-3 for x in pixels)
    assert all(float(f"{t:.{decimals}f}") == t for t, decimals in ticks)


@pytest.mark.parametrize(
    ("seconds", "end"),
    [
        (0, 1),
        (-3, 1),
        (0.4, 0.4),
        (0.41, 0.5),
        (1, 1),
        (1.01, 1.2),
        (4.9, 5),
        (5.1, 6),
        (9.9, 10),
        (1000, 1000),
    ],
)
def test_the_next_round_end(seconds, end):
    assert nice_end(seconds) == end


@given(st.floats(1e-6, 1e9))
def test_an_end_holds_the_time_without_waste(seconds):
    assert seconds <= nice_end(seconds) <= 1.5 * seconds


def test_a_growing_axis_moves_seldom():
    ends = {nice_end(hundredth / 100) for hundredth in range(100, 1001)}
    assert len(ends) == 11
    assert all(math.isfinite(end) for end in ends)


@st.composite
def parts(draw):
    """A scale that shows a part of `[0, limit]`, and the limit."""
    limit = draw(st.floats(0.01, 1e5))
    start, end = sorted((draw(st.floats(0, limit)), draw(st.floats(0, limit))))
    if end - start < LEAST_SPAN_S:
        start, end = 0.0, limit
    return TimeScale(start, end, draw(st.integers(1, 5000))), limit


def is_within(scale, limit):
    return (
        0 <= scale.start_s <= scale.end_s <= limit
        and scale.span_s >= min(LEAST_SPAN_S, limit) * (1 - 1e-6)
        and scale.span_s <= limit
    )


@given(parts(), st.floats(0.01, 100), st.floats(0, 1))
def test_a_zoom_keeps_what_is_under_the_pointer(part, factor, share):
    scale, limit = part
    x = share * scale.width_px
    zoomed = scale.zoomed(factor, x, limit)
    assert is_within(zoomed, limit)
    assert zoomed.width_px == scale.width_px
    wanted = min(max(scale.span_s / factor, LEAST_SPAN_S), limit)
    assert zoomed.span_s == pytest.approx(wanted, rel=1e-6, abs=1e-9)
    if zoomed.start_s > 0 and zoomed.end_s < limit:
        assert zoomed.t_of(x) == pytest.approx(scale.t_of(x), rel=1e-9, abs=1e-9)


@given(parts(), st.floats(1, 50), st.floats(0, 1))
def test_zooming_in_and_out_again_changes_nothing(part, factor, share):
    scale, limit = part
    if scale.span_s / factor < LEAST_SPAN_S:
        return
    x = share * scale.width_px
    again = scale.zoomed(factor, x, limit).zoomed(1 / factor, x, limit)
    assert (again.start_s, again.end_s) == (
        pytest.approx(scale.start_s, abs=1e-6 * limit),
        pytest.approx(scale.end_s, abs=1e-6 * limit),
    )


@given(parts(), st.floats(-1e4, 1e4))
def test_a_pan_moves_the_picture_and_stops_at_its_ends(part, px):
    scale, limit = part
    panned = scale.panned(px, limit)
    assert is_within(panned, limit)
    assert panned.span_s == pytest.approx(scale.span_s, rel=1e-6, abs=1e-9)
    if panned.start_s > 0 and panned.end_s < limit:
        assert panned.x_of(scale.t_of(px)) == pytest.approx(0, abs=1e-3)


@given(parts(), st.floats(-10, 2e5))
def test_a_centred_time_is_in_the_middle_or_as_near_as_can_be(part, t):
    scale, limit = part
    centred = scale.centred(t, limit)
    assert is_within(centred, limit)
    if centred.start_s > 0 and centred.end_s < limit:
        assert centred.x_of(t) == pytest.approx(scale.width_px / 2, abs=1e-3)


def test_a_zoom_has_its_ends():
    scale = TimeScale(0, 10, 500)
    assert scale.zoomed(1e9, 250, 10).span_s == pytest.approx(LEAST_SPAN_S)
    assert scale.zoomed(0.1, 250, 10) == scale
    assert scale.zoomed(2, 0, 10) == TimeScale(0, 5, 500)
    assert scale.zoomed(2, 500, 10) == TimeScale(5, 10, 500)
    assert TimeScale(0, 0.0001, 500).zoomed(2, 250, 0.0001).span_s == 0.0001


def test_a_scale_without_width_zooms_without_harm():
    assert TimeScale(0, 10, 0).zoomed(2, 30, 10).span_s == 5
    assert TimeScale(0, 10, 0).panned(30, 10).span_s == 10
