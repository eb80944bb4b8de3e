"""What society needs: services with a level, and what they need in their turn."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from ovning.limits import MOST_AFFECTED
from ovning.model.base import Id, Model, Share, Sourced
from ovning.model.distributions import NO_TIME, Varying


class Affects(Model):
    """How many a service concerns."""

    households: Annotated[int, Field(ge=0, le=MOST_AFFECTED)] | None = None
    """Households."""
    persons: Annotated[int, Field(ge=0, le=MOST_AFFECTED)] | None = None
    """Persons."""
    called: str = Field(default="", max_length=40)
    """What they are, in the plural, when they are neither households nor persons: ``boenden``."""

    @property
    def total(self) -> int:
        """The one that is given, households first; 0 when neither is."""
        return self.households or self.persons or 0


class Dependency(Model):
    """Another service, or a stock, that this one needs, and how long it can do without."""

    at_least: Annotated[float, Field(gt=0, le=1, allow_inf_nan=False)] = 0.5
    """The share of the other that is enough; a stock is enough until it is empty, and again when it is back."""
    endurance: Varying = NO_TIME
    """How long this one goes on without it; drawn once a play. What has been used up comes back as fast as it went."""
    leaves: Share = 0.0
    """The level that remains when the endurance is over (partial function)."""
    follows: bool = False
    """The level that remains is the other's own, where that is higher than ``leaves``."""
    instead: tuple[Id, ...] = ()
    """Services any of which does as well: reserve power, another supply."""


class Service(Sourced):
    """A service in this scenario: a level from 0 to 1, the share of those affected who have it."""

    level: Share = 1.0
    """Its own level at STARTEX; events, injects and tasks set it. It never has more than what it needs allows."""
    as_here: bool = False
    """Whether the organisation that plays may say otherwise of its level at STARTEX (``has``)."""
    affects: Affects = Affects()
    """Whom it concerns."""
    depends_on: dict[Id, Dependency] = {}
    """What it needs, services or stocks, and how long it can do without."""
    recovers_after: Varying = NO_TIME
    """How long it takes to come back when everything it needs is there again."""

    @model_validator(mode="after")
    def _useful(self) -> Service:
        for need in self.depends_on.values():
            if need.leaves == 1:
                raise PydanticCustomError(
                    "service", "leaves: 1 säger att tjänsten inte behöver det alls; ta bort behovet"
                )
        return self
