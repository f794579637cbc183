"""Which passes over the rows a job makes, in which order, and how many requests that is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from paradigm_gui.core.batch import Arm, ArmKind

if TYPE_CHECKING:
    from paradigm_gui.core.batch import Batch, Limits


class Order(StrEnum):
    """Which arm of a comparison goes first: a server may be faster, or slower, for whoever comes second."""

    CONCURRENT_FIRST = "concurrent_first"
    SEQUENTIAL_FIRST = "sequential_first"
    ALTERNATING = "alternating"


@dataclass(frozen=True, slots=True)
class Plan:
    """One pass at the cap; with `compare` the sequential one too; with `sweep` every power of two between.

    All of it is done `repeats` times. A warm-up is one request before, which is not measured.
    """

    compare: bool = False
    sweep: bool = False
    repeats: int = 1
    order: Order = Order.CONCURRENT_FIRST
    warm_up: bool = False

    def caps(self, cap: int) -> list[int]:
        """The caps of one round, the highest first."""
        if self.sweep:
            powers = [1 << exponent for exponent in range(cap.bit_length())]
            return [cap, *(power for power in reversed(powers) if power < cap)]
        return [cap, 1] if self.compare else [cap]

    def arms(self, batch: Batch, limits: Limits) -> list[Arm]:
        """The arms in the order in which they are to run.

        The first of its kind has number 0: the concurrent one at the cap, and the sequential one.
        """
        first = Arm.of(ArmKind.CONCURRENT, batch, limits)
        made = Counter[ArmKind]()
        arms: list[Arm] = []
        for turn in range(self.repeats):
            round_ = []
            for place, cap in enumerate(self.caps(limits.cap)):
                # a cap of one is the sequential way, unless it is all that was asked for
                kind = ArmKind.SEQUENTIAL if cap == 1 and place else ArmKind.CONCURRENT
                is_first = not turn and not place
                round_.append(first if is_first else first.again(kind, replace(limits, cap=cap), made[kind]))
                made[kind] += 1
            arms += reversed(round_) if self._goes_upwards(turn) else round_
        return arms

    def requests(self, rows: int, cap: int) -> int:
        """How many requests are sent for so many rows, retries apart."""
        return self.repeats * len(self.caps(cap)) * rows + self.warm_up

    def _goes_upwards(self, turn: int) -> bool:
        if self.order is Order.ALTERNATING:
            return turn % 2 == 1
        return self.order is Order.SEQUENTIAL_FIRST


ONE_PASS = Plan()
