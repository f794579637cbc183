import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paradigm_gui.models.time_scale import TimeScale, nice_end

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
