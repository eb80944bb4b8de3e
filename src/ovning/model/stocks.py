"""Stocks: reservoirs and stores that fill and empty, at rates that stand still between changes and in lumps."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from ovning.limits import LARGEST_STOCK, MOST_PIPES
from ovning.model.base import Id, Model, Share, Sourced, Title
from ovning.model.conditions import Condition

Amount = Annotated[float, Field(ge=0.001, le=LARGEST_STOCK, allow_inf_nan=False)]
"""How much, in the stock's unit; counted in whole thousandths of it."""
Speed = Annotated[float, Field(ge=0, le=LARGEST_STOCK, allow_inf_nan=False)]
"""How much an hour, or a day, in the stock's unit."""
Factor = Annotated[float, Field(ge=0, le=10, allow_inf_nan=False)]
"""So many times as much."""

THOUSANDTHS = 1000
"""Of a unit: what amounts are counted in."""


class Swing(Model):
    """Something that makes a rate higher or lower while it is so."""

    when: Condition
    """While this is so …"""
    times: Factor
    """… the rate is this many times as high. Several multiply."""


class Pipe(Model):
    """A way in or out: so much an hour, as long as nothing that it hangs on changes."""

    per_hour: Speed | None = None
    """So much an hour."""
    per_day: Speed | None = None
    """Instead of ``per_hour``: so much a day."""
    with_: Id | None = Field(default=None, alias="with")
    """As large a share of it as the level of this service."""
    without: Id | None = None
    """As large a share of it as this service lacks: a leak while a main is broken."""
    only_while: Condition | None = None
    """Nothing runs unless this is so."""
    at_night: Factor = 1.0
    """The rate at night is this times the rate by day."""
    varies: Annotated[tuple[Swing, ...], Field(max_length=20)] = ()
    """What makes the rate higher or lower: hoarding, an appeal to save."""

    @model_validator(mode="after")
    def _one_rate(self) -> Pipe:
        if (self.per_hour is None) == (self.per_day is None):
            raise PydanticCustomError("pipe", "ett flöde in eller ut har antingen per_hour eller per_day")
        return self

    @property
    def rate(self) -> float:
        """So much an hour, before anything changes it."""
        return (self.per_day or 0.0) / 24 if self.per_hour is None else self.per_hour


class Inlet(Pipe):
    """What fills a stock."""

    from_: Id | None = Field(default=None, alias="from")
    """The stock that it comes from; from outside, if left out."""


class Outlet(Pipe):
    """What empties a stock."""

    having: Id | None = None
    """The rate is for each of those whom this service concerns; those get it who have the service."""
    lacking: Id | None = None
    """The rate is for each of those who lack this service now: people who fetch."""
    leak: bool = False
    """It is of no use to anybody: nobody lacks it when the stock is dry, and it goes on as long as anything is left."""

    @model_validator(mode="after")
    def _whose(self) -> Outlet:
        if self.having is not None and self.lacking is not None:
            raise PydanticCustomError(
                "outlet", "det som tas ut är för dem som har eller dem som saknar: having eller lacking"
            )
        if self.leak and (self.having is not None or self.lacking is not None):
            raise PydanticCustomError("outlet", "en läcka (leak) är ingens: ta bort having och lacking")
        return self


class Stock(Sourced):
    """A reservoir or a store: so much of something."""

    title: Title
    """In Swedish."""
    unit: Title = "liter"
    """What it is counted in, in Swedish and in the plural: ”liter”, ”filtar”."""
    holds: Annotated[float, Field(ge=1, le=LARGEST_STOCK, allow_inf_nan=False)]
    """How much there is room for."""
    at_start: Share = 1.0
    """How full it is at STARTEX, as a share of what it holds."""
    back_at: Annotated[float, Field(ge=0.01, le=0.99, allow_inf_nan=False)] = 0.1
    """When it has been empty nothing more is given out before it is as full as this again."""
    filled_by: Annotated[dict[Id, Inlet], Field(max_length=MOST_PIPES)] = {}
    """What fills it, by name."""
    emptied_by: Annotated[dict[Id, Outlet], Field(max_length=MOST_PIPES)] = {}
    """What empties it, by name."""


class Move(Model):
    """So much at once: from a stock, to a stock, or from one to another."""

    from_: Id | None = Field(default=None, alias="from")
    """The stock that it is taken from, as much as is left; from outside, if left out."""
    to: Id | None = None
    """The stock that it is put in, as much as there is room for; used up, if left out."""
    amount: Amount
    """How much, at most."""

    @model_validator(mode="after")
    def _somewhere(self) -> Move:
        if self.from_ is None and self.to is None:
            raise PydanticCustomError("move", "det som flyttas tas från ett förråd (from), läggs i ett (to) eller båda")
        if self.from_ == self.to:
            raise PydanticCustomError("move", "från ett förråd till samma förråd: inget flyttas")
        return self
