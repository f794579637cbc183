"""The waterfall's model, over a run as it happens; its cells are tested with the view."""

from paradigm_gui.core.batch import RequestState
from paradigm_gui.models.waterfall_model import SEGMENTS, Column, WaterfallModel

DONE, QUEUED, STREAMING = RequestState.DONE, RequestState.QUEUED, RequestState.STREAMING


def test_it_follows_an_arm_from_queue_to_end(make_run):
    (arm,) = make_run(("Ada", QUEUED, ""), ("Bo", QUEUED, "")).arms.values()
    model = WaterfallModel()
    model.set_arm(arm)
    assert (model.count(QUEUED), model.frontier, model.is_running) == (2, 0, True)
    (after,) = make_run(("Ada", DONE, "x"), ("Bo", STREAMING, "y")).arms.values()
    arm.requests[:] = after.requests
    model.refresh([0, 1], 51.0)
    assert (model.count(QUEUED), model.count(DONE), model.frontier) == (0, 1, 1)
    assert model.elapsed == 1.0
    bars = [model.index(row, Column.BARS).data(SEGMENTS) for row in range(2)]
    assert [bar.state for bar in bars] == [DONE, STREAMING]
    assert bars[0].segments[-1].end < bars[1].segments[-1].end == float("inf")
    arm.ended_at = 50.5
    assert (model.is_running, model.elapsed) == (False, 0.5)


def test_very_many_changes_are_read_and_told_of_at_once(make_run):
    (arm,) = make_run(*[("x", QUEUED, "")] * 3000).arms.values()
    model = WaterfallModel()
    model.set_arm(arm)
    told = []
    model.dataChanged.connect(lambda first, last, _: told.append((first.row(), last.row())))
    before = model.index(5, Column.BARS).data(SEGMENTS)
    (after,) = make_run(*[("x", DONE, "y")] * 3000).arms.values()
    arm.requests[:] = after.requests
    model.refresh(range(5, 2995), 51.0)
    model.announce()
    assert told == [(5, 2994)]
    assert before.state is QUEUED
    assert model.index(5, Column.BARS).data(SEGMENTS).state is DONE
    assert (model.count(QUEUED), model.count(DONE)) == (0, 3000)
    model.refresh_all(52.0)
    model.announce()
    assert told[1:] == [(0, 2999)]


def test_an_arm_in_another_order_keeps_its_places(make_run):
    (arm,) = make_run(*[("x", QUEUED, "")] * 3000).arms.values()
    arm.requests.reverse()
    model = WaterfallModel()
    model.set_arm(arm)
    assert (model.place_of(0), model.index_at(0)) == (2999, 2999)
    model.refresh(set(range(2500)), 51.0)
    assert (model.place_of(3000), model.count(QUEUED)) == (None, 3000)
