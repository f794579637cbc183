"""What the garbage collector looks at, and that a run goes without it."""

import asyncio
import gc
import weakref

import pytest
from stub_api import Reply, stub_api_thread

from paradigm_gui.core.batch import RequestState
from paradigm_gui.memory import settle_memory


@pytest.fixture
def collector():
    """The collector as it was, when the test is over."""
    thresholds, callbacks = gc.get_threshold(), list(gc.callbacks)
    yield
    gc.enable()
    gc.callbacks[:] = callbacks
    gc.set_threshold(*thresholds)
    gc.unfreeze()
    gc.collect()


class Held:
    """Something that a cycle can be made of."""


def test_what_was_spared_is_not_looked_at_again(collector):
    settle_memory()
    settle_memory()
    kept = [Held() for _ in range(1000)]
    before = gc.get_freeze_count()
    gc.collect(0)
    assert gc.get_freeze_count() == before
    gc.collect(1)
    assert gc.get_freeze_count() >= before + len(kept)


def test_young_cycles_are_still_collected(collector):
    settle_memory()
    lost = Held()
    lost.itself = lost
    gone = weakref.ref(lost)
    del lost
    gc.collect(1)
    assert gone() is None


def heard(signal):
    """A future with a weak reference to what the signal tells of next."""
    found = asyncio.get_running_loop().create_future()

    def on_signal(told):
        signal.disconnect(on_signal)
        found.set_result(weakref.ref(told))

    signal.connect(on_signal)
    return found


def test_runs_that_are_not_on_show_go_without_the_collector(run, program, make_run, collector):
    async def main(api):
        async with program(api.base_url) as opened:
            opened.enter("Ada", "Bo")
            session, bar = opened.session, opened.window.run_bar
            gc.disable()
            runs = []
            for action in (bar.run_action, bar.compare_action, bar.run_action):
                ended = heard(session.shown.ended)
                action.trigger()
                runs.append(await ended)
                await opened.idle()
            for _ in range(2):
                shown = heard(session.shown.figures_shown)
                await session.shown.show(make_run(("Cy", RequestState.DONE, "hello")))
                runs.append(await shown)
                await opened.idle()
            assert [reference() is not None for reference in runs] == [False] * 4 + [True]

    with stub_api_thread(lambda _: Reply.answer("hello")) as api:
        run(main(api))
