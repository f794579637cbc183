from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from paradigm_gui.core.arm_clock import ArmClock

STEPS = st.lists(
    st.tuples(st.floats(0, 10), st.sampled_from(["stand_still", "go_on", "nothing"])),
    max_size=20,
)


@given(STEPS)
def test_it_never_runs_backwards_and_never_faster_than_the_clock_below(steps):
    reading = 100.0
    clock = ArmClock(lambda: reading)
    before, since = clock.now(), 0.0
    for seconds, act in steps:
        reading += seconds
        since += seconds
        if act != "nothing":
            getattr(clock, act)()
        now = clock.now()
        assert before <= now <= 100.0 + since + 1e-9
        before = now


def test_what_passed_while_it_stood_still_does_not_count():
    reading = 0.0
    clock = ArmClock(lambda: reading)
    reading = 2.0
    clock.stand_still()
    reading = 50.0
    clock.stand_still()  # it stands already
    assert clock.now() == 2.0
    clock.go_on()
    reading = 53.0
    assert clock.now() == 5.0
