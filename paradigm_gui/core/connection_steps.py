"""The steps of a connection test, as records."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from paradigm_gui.core.errors import RequestError


class StepCode(StrEnum):
    NAME = "name"
    CONNECTION = "connection"
    TUNNEL = "tunnel"
    CERTIFICATE = "certificate"
    MODELS = "models"
    ANSWER = "answer"


class StepState(StrEnum):
    RUNNING = "running"
    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Step:
    """One step as it stands. `details` are values for its sentence; they and the error hold foreign text."""

    code: StepCode
    state: StepState
    seconds: float = 0.0
    details: Mapping[str, Any] = field(default_factory=dict)
    error: RequestError | None = None
