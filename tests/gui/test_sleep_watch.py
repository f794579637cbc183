"""The watch over the sleep of the machine, here the standstill of the whole program."""

import time

import pytest

from paradigm_gui.sleep_watch import SleepWatch, clock_of_sleep


def test_a_standstill_is_noticed_once(qtbot):
    watch = SleepWatch(every_s=0.02, late_s=0.2)
    heard = []
    watch.woke.connect(lambda: heard.append(1))
    watch.start()
    with qtbot.waitSignal(watch.woke):
        time.sleep(0.5)
    watch.stop()
    assert heard == [1]


def test_whoever_reads_the_clock_first_after_a_standstill_does_not_count_it(qapp):
    watch = SleepWatch(every_s=0.02, late_s=0.2)
    heard = []
    watch.woke.connect(lambda: heard.append(1))
    watch.start()
    before = watch.now()
    time.sleep(0.5)
    after = watch.now()
    watch.stop()
    assert heard == [1]
    assert after - before == pytest.approx(0.02)


def test_what_passed_before_the_start_is_no_sleep(qtbot):
    watch = SleepWatch(every_s=0.01, late_s=30.0)
    heard = []
    watch.woke.connect(lambda: heard.append(1))
    watch.start()
    watch.stop()
    # the machine was on for longer than that before
    watch.start()
    with qtbot.waitSignal(watch._timer.timeout):
        pass
    assert heard == []


def test_its_clock_never_runs_backwards_and_goes_on(qapp):
    clock = clock_of_sleep()
    before, first, after = time.perf_counter(), clock(), time.perf_counter()
    time.sleep(0.05)
    least = time.perf_counter() - after
    passed = clock() - first
    most = time.perf_counter() - before
    # it may tick more coarsely
    assert least - 0.02 <= passed <= most + 0.02
