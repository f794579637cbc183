"""Measure what the race costs: a repaint and a step of a run, in rows and in lanes, and print a table.

    python tests/benchmarks/waterfall.py [--rows N] [--in-flight N] [--height PX]

A repaint is everything from the request to paint to the finished picture, on Qt's offscreen platform; a
step is what the race does with one hand-over of the controller: half of what is in flight ends, and as much
is sent. Times are CPU time of the one thread that does it all, so that other programs do not count.
"""

import argparse
import os
import statistics
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget

from paradigm_gui.core.batch import Arm, ArmKind, Attempt, Limits, Request, RequestState, Row
from paradigm_gui.models.waterfall_model import WaterfallModel
from paradigm_gui.widgets.race import Race

START = 1000.0
SERVICE_S = 0.5
REPEATS = 40


class Stage:
    """A race in a window, and an arm of it that is played step by step."""

    def __init__(self, rows, in_flight, height):
        self.in_flight = in_flight
        self.models = {kind: WaterfallModel() for kind in ArmKind}
        self.window = QWidget()
        self.window.resize(1000, height)
        self.race = Race(self.models, self.window)
        self.race.resize(self.window.size())
        self.window.show()
        self.arm = Arm(
            ArmKind.CONCURRENT,
            Limits(cap=in_flight),
            [Request(Row(index, {"name": f"name {index}"}), "") for index in range(rows)],
        )
        self.arm.start_at(START)
        self.now = START
        self._sent = 0
        self._open = []
        self.race.renew()

    def show(self):
        self.models[ArmKind.CONCURRENT].set_arm(self.arm)
        self.race.renew()
        self.advance(())

    def play(self):
        """Let half of what is in flight end and send as much; give the rows that changed."""
        self.now += SERVICE_S / 2
        ended, self._open = self._open[: self.in_flight // 2], self._open[self.in_flight // 2 :]
        for request in ended:
            self._end(request)
        fresh = self.arm.requests[self._sent : self._sent + self.in_flight - len(self._open)]
        self._sent += len(fresh)
        for number, request in enumerate(fresh):
            sent = self.now + 1e-6 * number
            request.attempts.append(Attempt(sent, sent + 0.1))
            request.state = RequestState.STREAMING
        self._open += fresh
        return {request.index for request in (*ended, *self._open)}

    def play_until(self, share):
        while self._sent < share * len(self.arm.requests):
            self.play()

    def finish(self):
        self.play_until(1)
        self.now += SERVICE_S
        for request in self._open:
            self._end(request)
        self.arm.ended_at = self.now

    def _end(self, request):
        attempt = request.attempts[-1]
        # every fiftieth takes a little less, so that lanes are no plain grid
        attempt.ended_at = attempt.last_token_at = self.now - 0.001 * (request.index % 50)
        request.ended_at, request.state = attempt.ended_at, RequestState.DONE

    def advance(self, rows):
        self.models[ArmKind.CONCURRENT].refresh(rows, self.now)
        self.race.advance()

    def repaint(self):
        assert self.race.isVisible()
        for view in self.race.shown_views():
            view.viewport().repaint()


def timed(action, repeats=REPEATS):
    """Milliseconds of each call."""
    taken = []
    for _ in range(repeats):
        before = time.thread_time()
        action()
        taken.append((time.thread_time() - before) * 1000)
    return taken


def say(what, taken):
    print(f"{what:<44} {statistics.median(taken):8.2f} {max(taken):8.2f}   ms", flush=True)


def measure(options, in_lanes):
    name = "lanes" if in_lanes else "rows"
    stage = Stage(options.rows, options.in_flight, options.height)
    stage.play_until(0.5)
    stage.show()
    QApplication.processEvents()  # nothing is painted before the window has come up
    say(f"{name}: first show, half of the run behind", timed(lambda: stage.race.show_lanes(in_lanes), 1))
    say(f"{name}: repaint, running", timed(stage.repaint))
    stage.race.zoom(20)
    stage.repaint()
    say(f"{name}: repaint, running, zoomed", timed(stage.repaint))
    stage.race.show_all()
    steps = []
    for _ in range(8):
        rows = stage.play()
        steps += timed(lambda rows=rows: stage.advance(rows), 1)
        stage.repaint()
    say(f"{name}: step, {len(rows)} rows changed", steps)
    stage.window.hide()
    steps = []
    for _ in range(8):
        rows = stage.play()
        steps += timed(lambda rows=rows: stage.advance(rows), 1)
    say(f"{name}: step, {len(rows)} rows changed, hidden", steps)
    stage.finish()
    stage.window.show()
    QApplication.processEvents()
    stage.advance(range(options.rows))
    stage.repaint()
    say(f"{name}: repaint, {options.rows} bars, ended", timed(stage.repaint))
    for factor in (8, 8, 8):
        stage.race.zoom(factor, 400)
        stage.repaint()
        say(f"{name}: repaint, zoomed {1 / _share(stage.race):.0f} times", timed(stage.repaint))
    stage.window.close()


def _share(race):
    return race.axis.scale.span_s / race.axis.limit_s


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--in-flight", type=int, default=1_000)
    parser.add_argument("--height", type=int, default=400)
    options = parser.parse_args()
    app = QApplication([])
    print(f"{options.rows} rows, {options.in_flight} in flight, {options.height} px high")
    print(f"{'':<44} {'median':>8} {'most':>8}")
    for in_lanes in (False, True):
        measure(options, in_lanes)
    del app


if __name__ == "__main__":
    main()
