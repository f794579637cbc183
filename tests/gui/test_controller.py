"""A run from the button to the wire and back, over a real server."""

import asyncio
import contextlib
import socket
from collections import Counter

import pytest
from stub_api import Act, Reply, stub_api_thread

from paradigm_gui.controller import common_failure
from paradigm_gui.core.batch import ArmKind, RequestState
from paradigm_gui.core.endpoints import Endpoint
from paradigm_gui.core.errors import ErrorKind
from paradigm_gui.core.keys import KeyStore
from paradigm_gui.core.plan import Order, Plan
from paradigm_gui.core.runner import tokens_used
from paradigm_gui.models.results_model import Column
from paradigm_gui.widgets.banner import Tone

NAMES = ["Ada", "Bo", "Cy", "Di", "Ed", "Fay"]
DONE, FAILED, CANCELLED = RequestState.DONE, RequestState.FAILED, RequestState.CANCELLED


def echo(request):
    return Reply.answer(f"Answer to {request.prompt}")


async def server(api, condition):
    """Wait for the server without holding up the window."""
    await asyncio.to_thread(api.wait_for, condition)


def states(run, kind=ArmKind.CONCURRENT):
    return [request.state for request in run.arms[kind].requests]


def shown(program, column):
    model = program.window.results.model
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_a_run_fills_table_and_timing_panel(run, program):
    async def main(api):
        async with program(api.base_url) as opened:
            opened.enter(*NAMES)
            ended = await opened.run(compare=True)
            assert states(ended) == states(ended, ArmKind.SEQUENTIAL) == [DONE] * 6
            assert shown(opened, Column.INPUT) == NAMES
            assert shown(opened, Column.ANSWER) == [f"Answer to {name}" for name in NAMES]
            assert all(shown(opened, Column.SERVICE))
            timing = opened.window.timing
            assert {kind: model.arm for kind, model in timing.models.items()} == ended.arms
            assert timing.figures.factor.text()
            assert not opened.controller.is_running
            assert opened.window.run_bar.run_button.isEnabled()
            assert opened.window.export_action.isEnabled()
            assert opened.window.message_banner.isHidden()
            assert opened.window.progress.bar.value() == opened.window.progress.bar.maximum() == 12

    with stub_api_thread(echo) as api:
        run(main(api))
        assert len(api.completions) == 12


def test_rows_stay_in_order_whatever_finishes_first(run, program):
    async def main(api):
        async with program(api.base_url) as opened:
            opened.enter(*NAMES)
            ended = opened.hear(opened.session.shown.ended)
            opened.window.run_bar.run_action.trigger()
            await server(api, lambda api: sum(request.is_held for request in api.completions) == 1)
            await opened.until(lambda: shown(opened, Column.ANSWER).count("") == 1)
            answers = shown(opened, Column.ANSWER)
            assert answers[0] == ""
            assert answers[1:] == [f"Answer to {name}" for name in NAMES[1:]]
            assert opened.window.results.model.request_at(0).state is RequestState.SENT
            api.release()
            await ended
            assert shown(opened, Column.ANSWER) == [f"Answer to {name}" for name in NAMES]

    with stub_api_thread(lambda seen: echo(seen).gated() if seen.prompt == "Ada" else echo(seen)) as api:
        run(main(api))


def test_changes_reach_the_models_in_steps(run, program):
    words = " ".join(["word"] * 60)

    async def main(api):
        async with program(api.base_url) as opened:
            opened.enter(*(f"name {number}" for number in range(100)))
            rows, times, signals = set(), [], []
            opened.controller.progressed.connect(lambda changes, _: rows.update(*changes.values()))
            opened.controller.progressed.connect(lambda _, now: times.append(now))
            opened.window.results.model.dataChanged.connect(lambda *_: signals.append(1))
            await opened.run()
            assert rows == set(range(100))
            # a timer of 50 ms may be a little early; a slow machine makes fewer steps, never more
            assert len(times) <= (times[-1] - times[0]) / 0.04 + 2
            # six thousand pieces of text came
            assert len(signals) <= 20 * len(times)

    with stub_api_thread(lambda _: Reply.answer(words)) as api:
        run(main(api))


def test_pause_sends_nothing_new_and_resume_goes_on(run, program):
    async def main(api):
        async with program(api.base_url) as opened:
            opened.enter(*NAMES, cap=2)
            ended = opened.hear(opened.session.shown.ended)
            opened.window.run_bar.run_action.trigger()
            await server(api, lambda api: api.in_flight == 2)
            opened.window.run_bar.pause_button.click()
            assert opened.controller.is_paused
            api.release(2)
            await opened.until(lambda: opened.controller.finals[ArmKind.CONCURRENT][DONE] == 2)
            # two more steps: time enough for a worker that does not heed the pause
            await opened.hear(opened.controller.progressed)
            await opened.hear(opened.controller.progressed)
            assert len(api.completions) == 2
            opened.window.run_bar.pause_button.click()
            assert not opened.controller.is_paused
            await server(api, lambda api: len(api.completions) == 4)
            api.release()
            assert states((await ended)[0]) == [DONE] * 6

    with stub_api_thread(lambda request: echo(request).gated()) as api:
        run(main(api))


def test_stop_keeps_partial_answers_and_closes_the_connections(run, program):
    async def main(api):
        async with program(api.base_url) as opened:
            opened.enter(*NAMES, cap=3)
            ended = opened.hear(opened.session.shown.ended)
            opened.window.run_bar.run_action.trigger()
            await server(api, lambda api: sum(request.is_held for request in api.completions) == 3)
            await opened.until(lambda: shown(opened, Column.ANSWER)[:3] == ["Half of"] * 3)
            opened.window.run_bar.stop_button.click()
            (stopped,) = await ended
            assert states(stopped) == [CANCELLED] * 6
            assert [request.text for request in stopped.requests] == ["Half of"] * 3 + [""] * 3
            assert shown(opened, Column.ANSWER) == ["Half of"] * 3 + [""] * 3
            opened.window.results.select_request(0)
            response = opened.window.results.response
            assert response.tr("partial answer") in response._facts.text()
            await server(api, lambda api: all(request.client_left for request in api.completions))
            assert opened.window.run_bar.run_button.isEnabled()

    with stub_api_thread(lambda _: Reply.answer("Half of an answer").cut(Act.STALL, words=2)) as api:
        run(main(api))
        assert len(api.completions) == 3


def test_stop_in_the_middle_of_a_comparison(run, program):
    async def main(api):
        async with program(api.base_url) as opened:
            opened.enter(*NAMES)
            ended = opened.hear(opened.session.shown.ended)
            opened.window.run_bar.compare_action.trigger()
            await server(api, lambda api: len(api.completions) == 8 and api.completions[-1].is_held)
            opened.window.run_bar.stop_button.click()
            (stopped,) = await ended
            assert states(stopped) == [DONE] * 6
            assert states(stopped, ArmKind.SEQUENTIAL) == [DONE] + [CANCELLED] * 5
            assert opened.window.progress.bar.value() == 7

    count = []

    def script(request):
        count.append(request)
        return echo(request) if len(count) < 8 else Reply.stall()

    with stub_api_thread(script) as api:
        run(main(api))
        assert len(api.completions) == 8


def test_stop_in_the_first_arm_does_not_start_the_second(run, program):
    async def main(api):
        async with program(api.base_url) as opened:
            opened.enter(*NAMES)
            ended = opened.hear(opened.session.shown.ended)
            opened.window.run_bar.compare_action.trigger()
            await server(api, lambda api: api.in_flight == 6)
            opened.controller.stop()
            (stopped,) = await ended
            assert states(stopped) + states(stopped, ArmKind.SEQUENTIAL) == [CANCELLED] * 12

    with stub_api_thread(lambda _: Reply.stall()) as api:
        run(main(api))
        assert len(api.completions) == 6


def nobody_listens():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}/api/v2"


@pytest.mark.parametrize(
    ("reply", "kind"),
    [(Reply.error(401), ErrorKind.UNAUTHORIZED), (Reply.html(), ErrorKind.NOT_AN_API)],
    ids=["wrong key", "login page"],
)
def test_a_server_that_refuses_everything_ends_the_run_early(run, program, reply, kind):
    async def main(api):
        async with program(api.base_url) as opened:
            opened.enter(*(f"name {number}" for number in range(40)), cap=2)
            ended = await opened.run(compare=True)
            failure = common_failure(list(ended.arms.values()))
            assert failure.kind is kind
            assert states(ended).count(FAILED) >= 3
            assert set(states(ended)) == {FAILED, CANCELLED}
            assert set(states(ended, ArmKind.SEQUENTIAL)) == {CANCELLED}
            assert opened.window.message_banner.isVisible()
            assert not opened.controller.is_running

    with stub_api_thread(lambda _: reply) as api:
        run(main(api))
        assert len(api.completions) <= 5


def test_a_port_where_nobody_listens(run, program):
    async def main():
        async with program(nobody_listens()) as opened:
            opened.enter(*NAMES, retries=0)
            ended = await opened.run()
            assert ended.arms[ArmKind.CONCURRENT].stopped_by.error.kind is ErrorKind.CONNECT
            assert opened.window.message_banner.isVisible()
            assert opened.window.results.response.isVisible()

    run(main())


def test_one_failed_row_does_not_end_the_others(run, program):
    async def main(api):
        async with program(api.base_url) as opened:
            opened.enter(*NAMES)
            ended = await opened.run()
            assert states(ended) == [DONE, DONE, FAILED, DONE, DONE, DONE]
            assert common_failure(list(ended.arms.values())) is None
            assert "too rude" in shown(opened, Column.ANSWER)[2]

    def script(request):
        return Reply.error(400, {"error": "too rude"}) if request.prompt == "Cy" else echo(request)

    with stub_api_thread(script) as api:
        run(main(api))


def test_a_comparison_joins_the_run_that_has_ended(run, program):
    async def main(api):
        async with program(api.base_url) as opened:
            opened.enter(*NAMES)
            first = await opened.run()
            concurrent = first.arms[ArmKind.CONCURRENT]
            walls = (concurrent.started_at, concurrent.ended_at)
            ended = opened.hear(opened.session.shown.ended)
            opened.window.input.names_edit.replace_text("Somebody else")
            opened.window.timing.compare_requested.emit()
            (second,) = await ended
            assert second is first
            assert first.arms[ArmKind.CONCURRENT] is concurrent
            assert (concurrent.started_at, concurrent.ended_at) == walls
            assert states(first, ArmKind.SEQUENTIAL) == [DONE] * 6
            assert opened.window.timing.models[ArmKind.SEQUENTIAL].arm is first.arms[ArmKind.SEQUENTIAL]
            assert shown(opened, Column.INPUT) == NAMES

    with stub_api_thread(echo) as api:
        run(main(api))
        assert [request.prompt for request in api.completions[6:]] == NAMES
        assert api.peak_in_flight <= 6


def test_one_run_at_a_time(run, program):
    async def main(api):
        async with program(api.base_url) as opened:
            opened.enter(*NAMES)
            ended = opened.hear(opened.session.shown.ended)
            starts = []
            opened.controller.run_started.connect(starts.append)
            opened.session.start()
            opened.session.start()
            await server(api, lambda api: api.in_flight == 6)
            opened.session.start()
            assert not opened.window.run_bar.run_action.isEnabled()
            api.release()
            await ended
            assert len(starts) == 1

    with stub_api_thread(lambda request: echo(request).gated()) as api:
        run(main(api))
        assert len(api.completions) == 6


def test_a_run_can_be_stopped_before_its_server_is_up(run, program):
    async def main():
        async with program() as opened:
            opened.enter(*NAMES)
            abandoned = opened.hear(opened.controller.abandoned)
            opened.session.start()
            assert opened.window.run_bar.stop_button.isEnabled()
            opened.controller.stop()
            await abandoned
            assert opened.window.run_bar.run_button.isEnabled()
            assert opened.session.shown.run is None

    run(main())


def test_the_key_goes_to_its_own_host_alone(run, program):
    async def main(own, other):
        async with program(own.base_url, keys=KeyStore("sk-canary", own.base_url)) as opened:
            opened.enter(*NAMES)
            await opened.run()
            opened.session.use_endpoint(Endpoint("Other", other.base_url, "m"))
            await opened.run()

    with stub_api_thread(echo) as own, stub_api_thread(echo) as other:
        run(main(own, other))
        assert {request.headers.get("authorization") for request in own.completions} == {"Bearer sk-canary"}
        assert len(other.completions) == 6
        assert not [request for request in other.seen if "sk-canary" in str(request.headers)]


def test_a_key_that_the_server_repeats_is_not_shown(run, program):
    async def main(api):
        async with program(api.base_url, keys=KeyStore("sk-canary", api.base_url)) as opened:
            opened.enter(*NAMES)
            ended = await opened.run()
            words = [request.error.message for request in ended.requests if request.error]
            assert words
            assert all("wrong key" in message and "sk-canary" not in message for message in words)

    with stub_api_thread(lambda _: Reply.error(401, {"error": "wrong key sk-canary"})) as api:
        run(main(api))


def test_without_a_key_nothing_is_sent_to_a_public_host(run, program, monkeypatch):
    async def main(proxy):
        async with program("http://api.example.com/v1") as opened:
            opened.enter(*NAMES)
            refused = opened.hear(opened.session.refused)
            opened.window.run_bar.run_action.trigger()
            (error,) = await refused
            assert error.code == "no_key"
            assert opened.window.message_banner.isVisible()
            assert opened.window.message_banner.button.isVisible()
            assert opened.window.run_bar.run_button.isEnabled()

    # whatever the program sent to that host would arrive here
    with stub_api_thread(echo) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.base_url)
        run(main(proxy))
        assert proxy.seen == []


def test_a_server_that_goes_away_is_waited_for(run, program):
    async def main(api):
        async with program(api.base_url) as opened, contextlib.AsyncExitStack() as later:
            opened.enter(*NAMES, cap=1, retries=0)
            ended = opened.hear(opened.session.shown.ended)
            out = opened.hear(opened.controller.outage_changed)
            opened.window.run_bar.run_action.trigger()
            await server(api, lambda api: sum(request.is_held for request in api.completions) == 1)
            # the fourth row is in flight when the server goes
            await asyncio.to_thread(leave.close)
            assert await out == (True,)
            assert opened.window.message_banner.isVisible()
            banner = opened.window.message_banner
            assert banner.button.text()
            again = later.enter_context(stub_api_thread(echo, port=api.port))
            await opened.until(lambda: not opened.window.progress.skip_button.isHidden())
            banner.button.click()
            run = (await ended)[0]
            assert states(run) == [DONE, DONE, DONE, FAILED, DONE, DONE]
            assert run.arms[ArmKind.CONCURRENT].requests[3].error.kind is ErrorKind.DROPPED
            assert len(again.completions) == 2
            assert banner.isHidden()

    leave = contextlib.ExitStack()
    with leave:
        run(
            main(
                leave.enter_context(
                    stub_api_thread(lambda seen: echo(seen).gated() if seen.prompt == "Di" else echo(seen))
                )
            )
        )


def test_a_run_stops_at_its_limits_and_says_so(run, program):
    async def main(api):
        async with program(api.base_url) as opened:
            opened.enter(*NAMES, cap=1, failures_to_stop=2)
            ended = await opened.run(compare=True)
            assert states(ended) == [FAILED, FAILED, CANCELLED, CANCELLED, CANCELLED, CANCELLED]
            assert states(ended, ArmKind.SEQUENTIAL) == [CANCELLED] * 6
            assert "2" in opened.window.message_banner.label.text()

    with stub_api_thread(lambda _: Reply.error(400)) as api:
        run(main(api))


def test_a_run_stops_at_its_token_budget_over_both_arms(run, program):
    async def main(api):
        async with program(api.base_url) as opened:
            opened.enter(*NAMES, cap=1)
            first = await opened.run()
            assert first.arms[ArmKind.CONCURRENT].stopped_by is None
            used = sum(tokens_used(request, request.completion) for request in first.requests)
            opened.enter(*NAMES, cap=1, token_budget=used + 1)
            ended = await opened.run(compare=True)
            assert states(ended) == [DONE] * 6
            assert states(ended, ArmKind.SEQUENTIAL) == [DONE] + [CANCELLED] * 5
            assert opened.window.message_banner.isVisible()

    with stub_api_thread(echo) as api:
        run(main(api))


def test_a_wait_that_the_server_asks_for_can_be_skipped(run, program):
    async def main(api):
        async with program(api.base_url) as opened:
            opened.enter(*NAMES, cap=1)
            ended = opened.hear(opened.session.shown.ended)
            opened.window.run_bar.run_action.trigger()
            skip = opened.window.progress.skip_button
            await opened.until(lambda: not skip.isHidden())
            assert len(api.completions) == 1
            skip.click()
            assert states((await ended)[0]) == [DONE] * 6
            assert skip.isHidden()

    replies = iter([Reply.rate_limited("3600")])
    with stub_api_thread(lambda seen: next(replies, None) or echo(seen)) as api:
        run(main(api))


def test_repeats_and_a_warm_up_are_run_counted_and_compared(run, program):
    async def main(api):
        async with program(api.base_url) as opened:
            opened.enter(*NAMES[:3], cap=3)
            ended = opened.hear(opened.session.shown.ended)
            opened.session.start(Plan(compare=True, repeats=3, order=Order.ALTERNATING, warm_up=True))
            finished = (await ended)[0]
            assert states(finished) == states(finished, ArmKind.SEQUENTIAL) == [DONE] * 3
            assert [(arm.kind, arm.number) for arm in finished.further] == [
                (ArmKind.SEQUENTIAL, 1),
                (ArmKind.CONCURRENT, 1),
                (ArmKind.CONCURRENT, 2),
                (ArmKind.SEQUENTIAL, 2),
            ]
            assert opened.controller.further == {DONE: 12}
            figures = opened.session.shown.figures
            assert len(figures.comparisons) == 3
            speed_ups = sorted(comparison.speed_up for comparison in figures.comparisons)
            assert figures.comparison.speed_up == speed_ups[1]
            assert opened.window.progress.bar.value() == opened.window.progress.bar.maximum() == 18

    with stub_api_thread(echo) as api:
        run(main(api))
        assert len(api.completions) == 19
        assert Counter(request.prompt for request in api.completions) == {"Ada": 7, "Bo": 6, "Cy": 6}


def test_a_sweep_runs_every_cap(run, program):
    async def main(api):
        async with program(api.base_url) as opened:
            opened.enter(*NAMES, cap=5)
            dialog = await opened.dialog(opened.window.run_bar.measure_action)
            dialog.sweep_button.click()
            dialog.rows_box.setValue(5)
            assert "20" in dialog.run_button.text()
            ended = opened.hear(opened.session.shown.ended)
            dialog.run_button.click()
            finished = (await ended)[0]
            assert [arm.limits.cap for arm in finished.passes] == [5, 1, 4, 2]
            assert len(api.completions) == 20
            assert [figures.cap for figures in opened.session.shown.figures.further] == [4, 2]

    with stub_api_thread(echo) as api:
        run(main(api))


def test_a_wait_of_the_last_row_can_be_skipped_too(run, program):
    async def main(api):
        async with program(api.base_url) as opened:
            opened.enter(*NAMES, cap=6)
            ended = opened.hear(opened.session.shown.ended)
            opened.window.run_bar.run_action.trigger()
            skip = opened.window.progress.skip_button
            await opened.until(lambda: not skip.isHidden())
            # while others are under way there is nothing to hurry
            assert opened.controller.finals[ArmKind.CONCURRENT] == {DONE: 5}
            assert opened.controller.held_s == 0.0
            skip.click()
            assert states((await ended)[0]) == [DONE] * 6

    replies = iter([Reply.error(503, headers={"Retry-After": "3600"})])
    with stub_api_thread(lambda seen: next(replies, None) or echo(seen)) as api:
        run(main(api))


def test_the_end_of_an_outage_hides_no_other_message(run, program):
    async def main():
        async with program() as opened:
            banner = opened.window.message_banner
            opened.controller.outage_changed.emit(True)
            assert banner.isVisible()
            opened.controller.outage_changed.emit(False)
            assert banner.isHidden()
            opened.controller.outage_changed.emit(True)
            opened.session.say("the disk is full", Tone.ERROR)
            opened.controller.outage_changed.emit(False)
            assert banner.isVisible()

    run(main())


def test_a_sleep_is_no_lag_of_the_program(run, program):
    async def main(api):
        async with program(api.base_url) as opened:
            opened.enter(*NAMES)
            ended = opened.hear(opened.session.shown.ended)
            opened.window.run_bar.run_action.trigger()
            await server(api, lambda api: api.in_flight == 6)
            opened.controller._lag.samples.append(9999.0)
            opened.controller._sleep_watch.woke.emit()
            api.release()
            assert states((await ended)[0]) == [DONE] * 6
            assert 9999.0 not in opened.controller._lag.samples

    with stub_api_thread(lambda seen: echo(seen).gated()) as api:
        run(main(api))
