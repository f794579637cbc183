"""The figures of a run that has ended: taken once, and shown, kept, reported and explained from there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from paradigm_gui.core.batch import ArmKind
from paradigm_gui.core.diagnosis import diagnose
from paradigm_gui.core.timing import ArmFigures, Comparison, arm_figures, compare

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from paradigm_gui.core.batch import Arm, Run
    from paradigm_gui.core.diagnosis import Finding


@dataclass(frozen=True, slots=True)
class RunFigures:
    """What a run took and did, arm by arm; how its arms compare; and why.

    `arms` are the ones on show, `further` the other passes. `comparisons` has one for each round: of the
    concurrent pass at the cap of the one on show, and the sequential pass. While a run is under way there
    are only the arms that have ended.
    """

    arms: Mapping[ArmKind, ArmFigures] = field(default_factory=dict)
    further: Sequence[ArmFigures] = ()
    comparisons: Sequence[Comparison] = ()
    findings: Sequence[Finding] = ()

    @classmethod
    def of(
        cls,
        run: Run,
        loop_lag_p99: float | None = None,
        known: Mapping[Arm, ArmFigures] | None = None,
    ) -> RunFigures:
        """Measure a run that has ended; it looks at every request, and the run must not change meanwhile.

        `known` are arms that have been measured before.
        """
        known = known or {}
        so_far = cls.so_far(
            {arm: known.get(arm) or arm_figures(arm, arm.ended_at or 0.0) for arm in run.passes}
        )
        comparisons = [found for pair in _rounds(run) if (found := compare(*pair))]
        measured = replace(so_far, comparisons=comparisons)
        return replace(measured, findings=diagnose(run, measured, loop_lag_p99))

    @classmethod
    def so_far(cls, found: Mapping[Arm, ArmFigures]) -> RunFigures:
        """The figures of arms that have ended, while others have not."""
        return cls(
            {arm.kind: figures for arm, figures in found.items() if not arm.number},
            [figures for arm, figures in found.items() if arm.number],
        )

    @property
    def comparison(self) -> Comparison | None:
        """The comparison to show: of several the middle one, the lower of two, by its speed-up."""
        ordered = sorted(self.comparisons, key=lambda comparison: comparison.speed_up)
        return ordered[(len(ordered) - 1) // 2] if ordered else None

    @property
    def completion_tokens(self) -> int | None:
        """The tokens of all answers; `None` unless the server counted those of every one."""
        counts = [arm.completion_tokens for arm in (*self.arms.values(), *self.further) if arm.done]
        known = [count for count in counts if count is not None]
        return sum(known) if len(known) == len(counts) else None

    @property
    def is_all_done(self) -> bool:
        """Whether every request of every arm was answered."""
        return all(arm.done == arm.rows for arm in (*self.arms.values(), *self.further))


def _rounds(run: Run) -> list[tuple[Arm, Arm]]:
    """The concurrent and the sequential pass of each round, in the order of their numbers."""
    cap = run.arms[ArmKind.CONCURRENT].limits.cap
    passes = sorted(run.passes, key=lambda arm: arm.number)
    concurrent = [arm for arm in passes if arm.kind is ArmKind.CONCURRENT and arm.limits.cap == cap]
    sequential = [arm for arm in passes if arm.kind is ArmKind.SEQUENTIAL]
    return list(zip(concurrent, sequential, strict=False))
