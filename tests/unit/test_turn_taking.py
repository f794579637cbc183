"""Work in a thread that lets others in."""

import sys
import threading
import time

import pytest

from paradigm_gui.core.turn_taking import WORK_S, in_turns, shorten_turns


def test_it_gives_every_item_in_order():
    assert list(in_turns(range(1000))) == list(range(1000))


def test_it_is_lazy():
    taken = []
    items = in_turns(taken.append(number) or number for number in range(5))
    assert taken == []
    assert next(items) == 0
    assert taken == [0]


def rests(monkeypatch, work):
    """How often the work rests; it sees a clock that goes on by a tenth of a turn at each look."""
    reading, slept = 0.0, []

    def clock():
        nonlocal reading
        reading += WORK_S / 10
        return reading

    monkeypatch.setattr(time, "perf_counter", clock)
    monkeypatch.setattr(time, "sleep", slept.append)
    work()
    return len(slept)


def test_a_thread_rests_every_now_and_then(monkeypatch):
    found = []

    def work():
        thread = threading.Thread(target=lambda: found.extend(in_turns(range(100))))
        thread.start()
        thread.join()

    assert 5 <= rests(monkeypatch, work) <= 20
    assert found == list(range(100))


def test_the_main_thread_does_not_rest(monkeypatch):
    assert rests(monkeypatch, lambda: list(in_turns(range(100)))) == 0


@pytest.fixture
def switch_interval():
    before = sys.getswitchinterval()
    yield before
    sys.setswitchinterval(before)


def test_threads_that_do_not_rest_are_interrupted_sooner(switch_interval):
    shorten_turns()
    assert 0 < sys.getswitchinterval() < switch_interval
