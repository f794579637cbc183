"""The figures of a run that has ended: taken once, and shown, kept, reported and explained from there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from paradigm_gui.core.batch import ArmKind
from paradigm_gui.core.diagnosis import diagnose
from paradigm_gui.core.timing import ArmFigures, Comparison, arm_figures, compare

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from paradigm_gui.core.batch import Run
    from paradigm_gui.core.diagnosis import Finding


@dataclass(frozen=True, slots=True)
class RunFigures:
    """What a run took and did, arm by arm; how its arms compare; and why.

    While a run is under way it holds the arms that have ended, and neither comparison nor findings.
    """

    arms: Mapping[ArmKind, ArmFigures] = field(default_factory=dict)
    comparison: Comparison | None = None
    findings: Sequence[Finding] = ()

    @classmethod
    def of(
        cls,
        run: Run,
        loop_lag_p99: float | None = None,
        known: Mapping[ArmKind, ArmFigures] | None = None,
    ) -> RunFigures:
        """Measure a run that has ended; it looks at every request, and the run must not change meanwhile.

        `known` are arms that have been measured before.
        """
        known = known or {}
        arms = {
            kind: known.get(kind) or arm_figures(arm, arm.ended_at or 0.0) for kind, arm in run.arms.items()
        }
        sequential = run.arms.get(ArmKind.SEQUENTIAL)
        comparison = compare(run.arms[ArmKind.CONCURRENT], sequential) if sequential else None
        return cls(arms, comparison, diagnose(run, arms[ArmKind.CONCURRENT], comparison, loop_lag_p99))

    @property
    def completion_tokens(self) -> int | None:
        """The tokens of all answers; `None` unless the server counted those of every one."""
        counts = [arm.completion_tokens for arm in self.arms.values() if arm.done]
        known = [count for count in counts if count is not None]
        return sum(known) if len(known) == len(counts) else None

    @property
    def is_all_done(self) -> bool:
        """Whether every request of every arm was answered."""
        return all(arm.done == arm.rows for arm in self.arms.values())
