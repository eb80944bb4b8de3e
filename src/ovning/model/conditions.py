"""Conditions on the state of a play, for injects that fire when something is so, or unless it is."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from ovning.model.base import Id, Model, Share

_SUBJECTS = ("service", "level", "fact", "task", "decision", "event", "inject", "all", "any")


class Condition(Model):
    """One condition; exactly one subject."""

    service: Id | None = None
    """A service, with ``below`` or ``at_least``."""
    below: Share | None = None
    """The service's level is lower than this share."""
    at_least: Share | None = None
    """The service's level is this share or more."""
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
    decision: Id | None = None
    """A decision that has been made."""
    event: Id | None = None
    """An event that has happened."""
    inject: Id | None = None
    """An inject that has been received."""
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
        if (self.service is not None) != ((self.below is None) != (self.at_least is None)):
            raise PydanticCustomError("condition", "ett villkor på en tjänst har antingen below eller at_least")
        if (self.level is not None) != (self.state is not None):
            raise PydanticCustomError("condition", "ett villkor på ett läge säger vilket tillstånd det gäller: state")
        if self.known_by is not None and self.fact is None:
            raise PydanticCustomError("condition", "known_by hör till ett villkor på fact")
        return self
