"""Conditions on the state of a play, for injects that fire when something is so, or unless it is."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from ovning.model.base import Duration, Id, Model, Share

ClockTime = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
"""A clock time, quoted: ``"07:00"``."""

_SUBJECTS = (
    "service",
    "level",
    "fact",
    "task",
    "decision",
    "event",
    "inject",
    "flow",
    "stock",
    "published",
    "on_duty_for",
    "between",
    "all",
    "any",
)


class Condition(Model):
    """One condition; exactly one subject."""

    service: Id | None = None
    """A service, with ``below`` or ``at_least``."""
    stock: Id | None = None
    """A stock, with ``below`` or ``at_least``."""
    below: Share | None = None
    """The service's level, or what the stock has of what it holds, is lower than this share."""
    at_least: Share | None = None
    """The service's level, or what the stock has of what it holds, is this share or more."""
    level: Id | None = None
    """A level of the ladder, with ``is``."""
    state: Literal["recommended", "decided", "active", "inactive"] | None = None
    """What the level is."""
    fact: Id | None = None
    """A fact that ``known_by`` knows."""
    known_by: Id | None = None
    """A role; without it, anybody at all."""
    task: str | None = None
    """``inject.task``, finished."""
    published: Id | None = None
    """A fact that the public has been told."""
    decision: Id | None = None
    """A decision that has been made."""
    event: Id | None = None
    """An event that has happened."""
    inject: Id | None = None
    """An inject that has been received."""
    flow: Id | None = None
    """A flow, with one of ``arrived``, ``waiting``, ``late`` and ``done``."""
    arrived: Annotated[int, Field(ge=1)] | None = None
    """At least so many have come."""
    waiting: Annotated[int, Field(ge=1)] | None = None
    """At least so many wait."""
    late: Annotated[int, Field(ge=1)] | None = None
    """At least so many have waited longer than they may."""
    done: Annotated[int, Field(ge=1)] | None = None
    """At least so many have been taken care of."""
    on_duty_for: Duration | None = None
    """Somebody has been on duty for at least so long, without a daily rest between."""
    persons: Annotated[int, Field(ge=1)] = 1
    """With ``on_duty_for``: at least so many have."""
    between: tuple[ClockTime, ClockTime] | None = None
    """The clock is between these times, the first included: ``["07:00", "16:00"]``."""
    all: tuple[Condition, ...] | None = None
    """Every one of these."""
    any: tuple[Condition, ...] | None = None
    """At least one of these."""

    @model_validator(mode="after")
    def _one_subject(self) -> Condition:
        named = [s for s in _SUBJECTS if getattr(self, s) is not None]
        if len(named) != 1:
            raise PydanticCustomError(
                "condition",
                "ett villkor gäller en enda sak ({subjects}); här står {named}",
                {"subjects": ", ".join(_SUBJECTS), "named": ", ".join(named) or "ingen"},
            )
        if (self.service is not None or self.stock is not None) != ((self.below is None) != (self.at_least is None)):
            what = "ett förråd" if self.stock is not None else "en tjänst"
            raise PydanticCustomError(
                "condition", "ett villkor på {what} har antingen below eller at_least", {"what": what}
            )
        if (self.level is not None) != (self.state is not None):
            raise PydanticCustomError("condition", "ett villkor på ett läge säger vilket tillstånd det gäller: state")
        counted = [n for n in ("arrived", "waiting", "late", "done") if getattr(self, n) is not None]
        if len(counted) != (self.flow is not None):
            raise PydanticCustomError(
                "condition", "ett villkor på ett flöde har exakt ett av arrived, waiting, late och done"
            )
        if self.persons != 1 and self.on_duty_for is None:
            raise PydanticCustomError("condition", "persons hör till ett villkor på on_duty_for")
        if self.known_by is not None and self.fact is None:
            raise PydanticCustomError("condition", "known_by hör till ett villkor på fact")
        return self
