"""An exercise: a scenario, the organisations that play it, and the objectives it is judged by."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from ovning.limits import MOST_ORGANISATIONS, MOST_THINGS
from ovning.model.base import Duration, DurationText, Id, Model, Share, Sourced, Title
from ovning.model.conduct import Conduct
from ovning.model.scale import Scale
from ovning.units import parse_duration


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
    "service_hours_without",
    "flow_in_time",
    "stock_delivered",
    "unmanned_hours",
    "rest_deviations",
]
Unit = Literal["duration", "share", "count"]
"""What a measure and its limits are told in: milliseconds, a share from 0 to 1, or a whole number."""
_OWN: dict[str, tuple[str, ...]] = {
    "time_to_level": ("level",),
    "time_to_received": ("inject",),
    "time_to_task": ("inject", "task"),
    "time_to_decision": ("decision",),
    "time_to_fact": ("fact",),
    "service_hours_without": ("service",),
    "flow_in_time": ("flow", "within"),
    "stock_delivered": ("stock",),
    "unmanned_hours": (),
    "rest_deviations": (),
}
_UNITS: dict[str, Unit] = {"flow_in_time": "share", "stock_delivered": "share", "rest_deviations": "count"}
"""All others are durations."""


def _limit(value: object, info: ValidationInfo) -> object:
    """A limit in the unit of its measure, which stands before it."""
    unit = _UNITS.get(info.data.get("measure", ""), "duration")
    if unit == "share":
        share = _percent(value)
        if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 1:
            raise PydanticCustomError("share_limit", "gränsen för det här måttet är en andel: ”90 %”")
        return float(share)
    if unit == "count":
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise PydanticCustomError("count_limit", "gränsen för det här måttet är ett antal: 0, 3, 10")
        return value
    try:
        return parse_duration(value)
    except ValueError as problem:
        raise PydanticCustomError("duration", "{problem}", {"problem": str(problem)}) from None


_PercentText = Annotated[str, Field(pattern=r"^\s*\d+([.,]\d+)?\s*%\s*$")]
Limit = Annotated[int | float, BeforeValidator(_limit, json_schema_input_type=DurationText | _PercentText | float)]
"""A duration, or a share or a number where that is what is measured. Inside: milliseconds, a share, a number."""


class Criterion(Sourced):
    """An observable standard: a measure of the log with its limits."""

    measure: Measure
    """What is measured. Times to a level, a decision or a fact count from STARTEX, other times from their inject.

    ``service_hours_without``: time without a service for each of those affected, on average, or with ``below`` the time
    for which it had less than that. ``flow_in_time``: the share of what comes that somebody begins to take care of
    ``within`` a time. ``stock_delivered``: the share of what was wanted of a stock that it gave. ``unmanned_hours``:
    hours for which functions that should be manned stood empty, summed over functions. ``rest_deviations``: how many
    times somebody did not have their daily rest.
    """
    title: Title | None = None
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
    service: Id | None = None
    """For ``service_hours_without``."""
    below: Annotated[float, Field(gt=0, le=1, allow_inf_nan=False)] | None = None
    """For ``service_hours_without``: counts the time for which the service had less than this, whomever it concerns."""
    flow: Id | None = None
    """For ``flow_in_time``."""
    stage: Id | None = None
    """For ``flow_in_time``: the stage that somebody must have begun with; the first if left out."""
    stock: Id | None = None
    """For ``stock_delivered``."""
    within: Duration | None = None
    """For ``flow_in_time``: how long after it came."""
    role: Id | None = None
    """For ``unmanned_hours``: only functions with this role; all if left out."""
    met: Limit
    """Met at or below this; a share is met at or above it."""
    partly: Limit | None = None
    """Partly met at or below this; a share at or above it."""
    smallest_difference: Limit | None = None
    """The smallest difference between two organisations that matters, in the same unit. Default: a tenth of ``met``."""
    target_share: Percent = 0.9
    """The share of simulated plays that should meet it."""

    @model_validator(mode="after")
    def _complete(self) -> Criterion:
        for owed in _OWN[self.measure]:
            if getattr(self, owed) is None:
                raise PydanticCustomError(
                    "criterion", "måttet {measure} behöver {owed}", {"measure": self.measure, "owed": owed}
                )
        if self.partly is not None and (self.partly < self.met if self.wants_less else self.partly > self.met):
            raise PydanticCustomError("criterion", "partly är strängare än met")
        if self.smallest_difference is not None and self.smallest_difference <= 0:
            raise PydanticCustomError("criterion", "smallest_difference måste vara mer än noll")
        return self

    @property
    def unit(self) -> Unit:
        """What its measure and its limits are told in."""
        return _UNITS.get(self.measure, "duration")

    @property
    def wants_less(self) -> bool:
        """Whether less is better; of a share more is."""
        return self.unit != "share"

    @property
    def is_time(self) -> bool:
        """Whether it waits for something to happen, and measures when; the others measure the whole play."""
        return self.measure.startswith("time_to_")


class Objective(Model):
    """What the exercise is to show that the organisation can do."""

    id: Annotated[str, Field(pattern=r"^[A-Z][A-Za-z0-9]*$")]
    """M1, M2 …"""
    title: Title
    """[Who] shall be able to [what], in Swedish."""
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1, max_length=MOST_THINGS)]
    """How one sees it."""


class Exercise(Sourced):
    """One exercise."""

    exercise: Id
    """Its id."""
    title: Title
    """In Swedish."""
    purpose: str = ""
    """Why it is held (syfte)."""
    scenario: str
    """The scenario's file, beside this one."""
    organisations: Annotated[tuple[str, ...], Field(max_length=MOST_ORGANISATIONS)]
    """Organisations that it is meant for: ids of shipped ones, or files."""
    objectives: Annotated[tuple[Objective, ...], Field(max_length=10)] = ()
    """Four to six."""
    conduct: Conduct | None = None
    """How the real exercise is held, if it is not held from beginning to end."""
    scale: Scale | None = None
    """What the steps of its judgement are called, if not as the program proposes."""

    def criterion(self, objective: str, number: int) -> Criterion:
        """One of an objective's criteria, from 0."""
        return next(one for one in self.objectives if one.id == objective).criteria[number]
