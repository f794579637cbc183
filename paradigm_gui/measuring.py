"""Taking the figures of runs in a thread, each once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

from paradigm_gui.core.run_figures import RunFigures
from paradigm_gui.core.timing import ArmFigures, arm_figures

if TYPE_CHECKING:
    from collections.abc import Callable

    from paradigm_gui.core.batch import Arm, Run

T = TypeVar("T")


class Measuring:
    """Knows the figures of the runs that are about.

    Figures are taken of what does not change any more: whoever is about to change a run that has ended
    awaits `over` first, and then calls `forget`.
    """

    def __init__(self) -> None:
        self._runs: WeakKeyDictionary[Run, asyncio.Future[RunFigures]] = WeakKeyDictionary()
        self._arms: WeakKeyDictionary[Arm, asyncio.Future[ArmFigures]] = WeakKeyDictionary()
        self._under_way: set[asyncio.Future[Any]] = set()

    def figures(self, run: Run, loop_lag_p99: float | None = None) -> asyncio.Future[RunFigures]:
        """The figures of a run that has ended; the first to ask decides on the lag."""
        if run not in self._runs:
            known = {arm: self._arms[arm].result() for arm in run.passes if self._is_known(arm)}
            self._runs[run] = self._in_thread(RunFigures.of, run, loop_lag_p99, known)
        # one who does not wait any longer must not take them from the others
        return asyncio.shield(self._runs[run])

    async def figures_so_far(self, run: Run) -> RunFigures:
        """The figures of those arms of a run that have ended."""
        found: dict[Arm, ArmFigures] = {}
        for arm in run.passes:
            if arm.ended_at is not None:
                if arm not in self._arms:
                    self._arms[arm] = self._in_thread(arm_figures, arm, arm.ended_at)
                found[arm] = await asyncio.shield(self._arms[arm])
        return RunFigures.so_far(found)

    async def over(self) -> None:
        """Wait until no run is looked at."""
        while self._under_way:
            await asyncio.wait(set(self._under_way))

    def forget(self, run: Run) -> None:
        """A run goes on: what was measured of it holds no more, but for the arms that have ended for good."""
        self._runs.pop(run, None)
        for arm in run.passes:
            if arm.ended_at is None:
                self._arms.pop(arm, None)

    def _is_known(self, arm: Arm) -> bool:
        return arm in self._arms and self._arms[arm].done()

    def _in_thread(self, measure: Callable[..., T], *what: Any) -> asyncio.Future[T]:
        future = asyncio.get_running_loop().run_in_executor(None, measure, *what)
        self._under_way.add(future)
        future.add_done_callback(self._under_way.discard)
        return future
