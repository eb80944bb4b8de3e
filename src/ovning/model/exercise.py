"""An exercise: a scenario, the organisations that play it, and the objectives it is judged by."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from ovning.model.base import Duration, Id, Model, Share, Sourced


def _percent(value: object) -> object:
    if isinstance(value, str) and (match := re.fullmatch(r"\s*(\d+(?:[.,]\d+)?)\s*%\s*", value)):
        return float(match[1].replace(",", ".")) / 100
    return value


Percent = Annotated[Share, BeforeValidator(_percent, json_schema_input_type=str | float)]

Measure = Literal[
    "time_to_level",
    "time_to_received",
    "time_to_task",
    "time_to_decision",
    "time_to_fact",
]
_OWN: dict[str, tuple[str, ...]] = {
    "time_to_level": ("level",),
    "time_to_received": ("inject",),
    "time_to_task": ("inject", "task"),
    "time_to_decision": ("decision",),
    "time_to_fact": ("fact",),
}


class Criterion(Sourced):
    """An observable standard: a measure of the log with its limits."""

    measure: Measure
    """What is measured. Times to a level, a decision or a fact count from STARTEX, the others from their inject."""
    title: str | None = None
    """In Swedish; made from the measure if left out."""
    level: Id | None = None
    """For ``time_to_level``."""
    inject: Id | None = None
    """For ``time_to_received`` and ``time_to_task``; times to a decision or a fact count from it if given."""
    task: Id | None = None
    """For ``time_to_task``."""
    decision: Id | None = None
    """For ``time_to_decision``."""
    fact: Id | None = None
    """For ``time_to_fact``."""
    known_by: Id | None = None
    """For ``time_to_fact``: a role, or ``staff``; anybody if left out."""
    met: Duration
    """Met at or below this."""
    partly: Duration | None = None
    """Partly met at or below this."""
    target_share: Percent = 0.9
    """The share of simulated plays that should meet it."""

    @model_validator(mode="after")
    def _complete(self) -> Criterion:
        for owed in _OWN[self.measure]:
            if getattr(self, owed) is None:
                raise PydanticCustomError(
                    "criterion", "måttet {measure} behöver {owed}", {"measure": self.measure, "owed": owed}
                )
        if self.partly is not None and self.partly < self.met:
            raise PydanticCustomError("criterion", "partly är strängare än met")
        return self


class Objective(Model):
    """What the exercise is to show that the organisation can do."""

    id: Annotated[str, Field(pattern=r"^[A-Z][A-Za-z0-9]*$")]
    """M1, M2 …"""
    title: str
    """[Who] shall be able to [what], in Swedish."""
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    """How one sees it."""


class Exercise(Sourced):
    """One exercise."""

    exercise: Id
    """Its id."""
    title: str
    """In Swedish."""
    purpose: str = ""
    """Why it is held (syfte)."""
    scenario: str
    """The scenario's file, beside this one."""
    organisations: tuple[str, ...]
    """Organisations that it is meant for: ids of shipped ones, or files."""
    objectives: Annotated[tuple[Objective, ...], Field(max_length=10)] = ()
    """Four to six."""
    conduct: dict[str, Any] = {}
    """How the real exercise is run: what is jumped, paused, prepared (read from evaluation on)."""
