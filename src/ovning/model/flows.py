"""Flows: things that arrive and must be taken care of, through stages with limited room and people who do the work."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from ovning.model.base import Id, Model, Share, Sourced, Step, Title
from ovning.model.conditions import Condition
from ovning.model.distributions import Varying
from ovning.model.stocks import Move

Rate = Annotated[float, Field(ge=0, le=100_000, allow_inf_nan=False)]
"""How many an hour."""


class Arrivals(Model):
    """What makes them come: a rate, those who lack something, or those who have something."""

    per_hour: Rate | None = None
    """So many an hour, whatever happens."""
    because_of: dict[Id, Rate] = {}
    """Service → so many an hour for each one of those affected who lacks it now."""
    lacking: Id | None = None
    """Each one who lacks this service is one to be taken care of, from when it is lost until it is back."""
    having: Id | None = None
    """Each one who has this service is one to be taken care of, as long as they have it."""
    every: Varying | None = None
    """With ``lacking`` or ``having``: how long after the last time each must be taken care of again."""
    first_after: Varying | None = None
    """With ``lacking`` or ``having``: how long after it was lost (or had) each must be taken care of the first time."""
    only_while: Condition | None = None
    """Nobody comes unless this is so."""
    at_night: Annotated[float, Field(ge=0, le=10)] = 1.0
    """A rate at night is this times the rate by day."""
    asks_about: tuple[Id, ...] = ()
    """Facts that those who come want to know."""
    information_lowers: Share = 0.0
    """The share of the rate that is gone when all that is known of ``asks_about`` has been published."""
    through: Id | None = None
    """A service that both they and the information come through: where it is gone nobody comes and nobody is told."""
    at_most: Rate | None = None
    """A ceiling for the rate, per hour in all."""

    @model_validator(mode="after")
    def _one_kind(self) -> Arrivals:
        kinds = [
            name
            for name, given in (
                ("per_hour", self.per_hour is not None),
                ("because_of", bool(self.because_of)),
                ("lacking", self.lacking is not None),
                ("having", self.having is not None),
            )
            if given
        ]
        if not kinds or (len(kinds) > 1 and kinds != ["per_hour", "because_of"]):
            raise PydanticCustomError(
                "arrivals",
                "det som kommer har antingen en takt (per_hour, because_of) eller en grupp (lacking eller having);"
                " här står {kinds}",
                {"kinds": ", ".join(kinds) or "ingetdera"},
            )
        if self.is_rate and (self.every is not None or self.first_after is not None):
            raise PydanticCustomError("arrivals", "every och first_after hör till lacking eller having")
        if not self.is_rate and (
            self.asks_about or self.information_lowers or self.at_most is not None or self.through or self.at_night != 1
        ):
            raise PydanticCustomError(
                "arrivals", "asks_about, information_lowers, through, at_night och at_most hör till en takt"
            )
        return self

    @property
    def is_rate(self) -> bool:
        """Whether they come at a rate, and not as a group."""
        return self.lacking is None and self.having is None


class Stage(Model):
    """One thing that is done with each, or a place where each stays a while."""

    stage: Id
    """Its name within the flow."""
    title: Title
    """In Swedish, as a verb phrase."""
    needs: Id | None = None
    """The capability it takes; without it nobody's time is taken, each just stays for ``takes``."""
    by: Id | None = None
    """Only functions with this role do it, if the organisation has one."""
    mode: Literal["call", "desk", "field"] = "desk"
    """A call may interrupt desk and field work; a stage in mode call is not interrupted."""
    takes: Varying
    """How long each takes."""
    together: Annotated[int, Field(ge=1, le=1000)] = 1
    """How many are taken at a time, if so many wait (a round of visits); the time is the sum of theirs."""
    persons: Annotated[int, Field(ge=1, le=50)] = 1
    """How many people it takes at a time."""
    places: Annotated[int, Field(ge=1)] | None = None
    """Room for so many, waiting and being taken care of; others are turned away."""
    open_with: Id | None = None
    """The service whose level is the share of the places that is open."""
    patience: Varying | None = None
    """How long each waits before giving up; with ``keeps``, how late it may be before it is too late."""
    share: Share = 1.0
    """The share of those who come this far that need this stage."""
    begins_when: Condition | None = None
    """The work does not begin before this is so; then it goes on."""
    calls_in: bool = False
    """Whether people off duty are called in to it, once a level that calls people in has been decided."""
    moves: Annotated[tuple[Move, ...], Field(max_length=20)] = ()
    """What each moves from and to stocks when the stage is done with it."""
    priority: Literal["life", "high", "normal", "low"] = "low"
    """How urgent the work is beside other work of the same people."""

    @model_validator(mode="after")
    def _whole(self) -> Stage:
        if self.open_with is not None and self.places is None:
            raise PydanticCustomError("stage", "open_with är vilken del av platserna som är öppen; då behövs places")
        if self.needs is None and (
            self.begins_when or self.calls_in or self.by or self.persons != 1 or self.together != 1
        ):
            raise PydanticCustomError(
                "stage",
                "ett steg utan needs tar ingens tid; by, persons, together, begins_when och calls_in hör till needs",
            )
        return self


class Flow(Sourced):
    """Things that arrive and must be taken care of."""

    title: Title
    """In Swedish."""
    one: Title
    """What one of them is called, in Swedish: ”samtal”, ”besök”."""
    step: Step | None = None
    """Counted in steps of this length (calls, households); without it each is followed by itself (visits, tanks)."""
    arrives: Arrivals
    """What makes them come."""
    stages: Annotated[tuple[Stage, ...], Field(min_length=1, max_length=10)]
    """What is done with each, in order."""
    keeps: Id | None = None
    """A service that taking care of each in time keeps up: one that is late takes its share of it until done."""
    objectives: tuple[str, ...] = ()
    """Objectives of the exercise that it tests."""

    @model_validator(mode="after")
    def _countable(self) -> Flow:
        if self.step is not None and not self.arrives.is_rate:
            raise PydanticCustomError(
                "flow", "det som räknas i steg (step) kommer med en takt; en grupp följs en och en"
            )
        if self.step is not None and (len(self.stages) > 1 or self.stages[0].needs is None):
            raise PydanticCustomError("flow", "det som räknas i steg (step) har ett enda steg, med needs")
        if self.keeps is not None and self.step is not None:
            raise PydanticCustomError("flow", "keeps hör till det som följs en och en")
        if self.keeps is not None and self.stages[0].patience is None:
            raise PydanticCustomError("flow", "keeps behöver patience i det första steget: hur sent det får bli")
        return self
