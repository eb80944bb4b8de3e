"""A scenario: what happens, what can be known, what somebody is told, and what answering takes."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from ovning.limits import FIRST_YEAR, LAST_YEAR, MOST_STOCKS, MOST_TASKS, MOST_VARIATIONS
from ovning.model.base import Duration, Id, Model, Several, Share, Sourced, Title
from ovning.model.conditions import Condition
from ovning.model.distributions import Varying
from ovning.model.flows import Flow
from ovning.model.services import Service
from ovning.model.stocks import Move, Stock

Mode = Literal["call", "desk", "field"]
Priority = Literal["life", "high", "normal", "low"]
Recipient = Annotated[str, Field(pattern=r"^(first_call\([a-zA-Z0-9_]+\)|role\([a-zA-Z0-9_]+\)|staff)$")]
"""``first_call(kind)``, ``role(role)`` or ``staff``."""
Need = Annotated[str, Field(pattern=r"^([a-zA-Z0-9_]+|decide\([a-zA-Z0-9_]+\))$")]
"""A capability, or ``decide(decision)``."""


def _start(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d", value):
        try:
            start = datetime.fromisoformat(value)
        except ValueError:
            raise PydanticCustomError("start", "den dagen eller det klockslaget finns inte") from None
        if not FIRST_YEAR <= start.year <= LAST_YEAR:
            raise PydanticCustomError(
                "start",
                "övningen måste börja mellan år {first} och {last}; för andra år finns ingen kalender",
                {"first": FIRST_YEAR, "last": LAST_YEAR},
            )
        return start
    if isinstance(value, datetime):
        return value
    raise PydanticCustomError("start", "starttiden skrivs ”2026-01-22T03:50”, inom citattecken, svensk tid")


Start = Annotated[datetime, BeforeValidator(_start, json_schema_input_type=str)]


class Starts(Model):
    """Between which moments it makes sense to start."""

    earliest: Start
    """Local Swedish time."""
    latest: Start
    """Local Swedish time."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.latest < self.earliest:
            raise PydanticCustomError("starts", "latest ligger före earliest")
        return self


class Repeat(Model):
    """Something that comes again."""

    every: Varying
    """From one to the next; for an event that ``lasts``, from when it is over."""
    times: Annotated[int, Field(ge=1, le=10_000)]
    """How many in all."""


class Event(Model):
    """Something that happens, told to nobody."""

    id: Id
    """Its name."""
    at: Varying | None = None
    """From STARTEX."""
    after: str | None = None
    """An event, inject or ``inject.task`` that it follows; ``delay`` then counts from that."""
    delay: Varying | None = None
    """From what it follows."""
    sets: dict[Id, Share] = {}
    """Levels of services from now on."""
    moves: Annotated[tuple[Move, ...], Field(max_length=20)] = ()
    """What comes to stocks, or goes from them, at once."""
    lasts: Varying | None = None
    """How long; then the services it set have the level they had before. For good, if left out."""
    repeat: Repeat | None = None
    """Happens again."""
    tells: Id | None = None
    """A fact that everybody who is awake and at work can see for themselves."""
    away: tuple[Id, ...] = ()
    """Roles whose people cannot be reached by anybody, for as long as it lasts."""
    variation: Id | None = None
    """Only in this variation."""

    @model_validator(mode="after")
    def _timed(self) -> Event:
        if (self.at is None) == (self.after is None):
            raise PydanticCustomError("event", "en händelse har antingen at eller after")
        if self.lasts is not None and not self.sets and not self.away:
            raise PydanticCustomError("event", "lasts hör till en händelse som ändrar något (sets eller away)")
        return self


class Fact(Model):
    """Something that can be known."""

    title: Title
    """In Swedish."""
    severity: Annotated[int, Field(ge=0, le=9)]
    """How grave it is, on the vocabulary's scale."""
    kind: Id
    """Of what kind."""
    cancels: tuple[Id, ...] = ()
    """Facts that it makes untrue for whoever knows it."""


class Inject(Model):
    """What somebody is told."""

    id: Id
    """Its name in the inject list."""
    title: Title
    """A short Swedish name."""
    at: Varying | None = None
    """From STARTEX."""
    after: str | None = None
    """An event, inject or ``inject.task`` that it follows."""
    when: Condition | None = None
    """Fires when this becomes true."""
    delay: Varying | None = None
    """From what it follows, or from the condition."""
    unless: Condition | None = None
    """Does not fire if this is so at that moment."""
    chance: Share = 1.0
    """How often it comes at all."""
    repeat: Repeat | None = None
    """Comes again."""
    variation: Id | None = None
    """Only in this variation."""
    scripted: bool = False
    """Asserts something that the model does not compute, and sets it with ``sets``."""
    sets: dict[Id, Share] = {}
    """Levels of services that a scripted inject sets."""
    only_if_there: bool = False
    """Does not come to an organisation without the role in ``to``."""
    sender: Title = Field(alias="from")
    """Who says it, in Swedish."""
    actor: Id | None = None
    """The sender as an actor of the vocabulary, for agreements; without it, the public."""
    to: Recipient
    """Who is told."""
    by: Id
    """The channel."""
    text: str
    """The words; ``{clock +4 h}`` and ``{service.out}`` are filled in."""
    facts: tuple[Id, ...] = ()
    """What the message lets its reader know."""
    asks_for: Id | None = None
    """The procedure that answers it."""
    priority: Priority = "normal"
    """How urgent it is."""
    expected: str
    """What a good answer would be, for the exercise leader."""
    objectives: tuple[str, ...] = ()
    """Objectives of the exercise that it tests."""

    @model_validator(mode="after")
    def _timed(self) -> Inject:
        if sum(x is not None for x in (self.at, self.after, self.when)) != 1:
            raise PydanticCustomError("inject", "ett inspel har exakt ett av at, after och when")
        if bool(self.sets) and not self.scripted:
            raise PydanticCustomError("inject", "ett inspel som ändrar läget (sets) måste vara scripted: true")
        return self

    def given(self, at: Varying) -> Inject:
        """The same, given at a time by whoever leads the exercise, whatever it waited for."""
        waits = {"after": None, "when": None, "delay": None, "unless": None, "chance": 1.0}
        return self.model_copy(update={"at": at, **waits})


class Effect(Model):
    """What a finished task does to the world."""

    sets: dict[Id, Share] = {}
    """Levels of services."""
    extends: dict[Id, Duration] = {}
    """Services that can do without what they need so much longer; one that had failed comes back for that long."""
    moves: Annotated[tuple[Move, ...], Field(max_length=20)] = ()
    """What comes to stocks, or goes from them, at once."""


class Finding(Model):
    """What whoever does a task finds in a certain state of the world."""

    when: Condition
    """Looked at when the work begins."""
    establishes: tuple[Id, ...]
    """Facts that the doer then knows when it is finished."""


class Task(Model):
    """A step of a procedure."""

    task: Id
    """Its name within the procedure."""
    title: Title
    """In Swedish, as a verb phrase."""
    needs: Need
    """A capability or a decision."""
    mode: Mode
    """A call may interrupt desk and field work."""
    takes: Varying
    """How long."""
    persons: Annotated[int, Field(ge=1, le=50)] = 1
    """How many at a time."""
    after: tuple[Id, ...] = ()
    """Tasks of the procedure that must be finished first."""
    uses: tuple[Id, ...] = ()
    """Facts that the doer should know when it starts."""
    establishes: tuple[Id, ...] = ()
    """Facts that the doer knows when it is finished."""
    finds: tuple[Finding, ...] = ()
    """What the doer finds instead of ``establishes`` if the world is so when the work begins; the first that is."""
    informs: tuple[Recipient, ...] = ()
    """Who else is told what the doer knows in this case when it is finished."""
    by: Id | None = None
    """A role that does it if the organisation has one, before anybody else who can."""
    within: Duration | None = None
    """The expected limit, from the inject to the end of the task."""
    costs: Annotated[int, Field(ge=0, le=1_000_000_000)] = 0
    """For a decision on money: how many kronor, so that a function's ``budget`` may be enough for it."""
    urgent: Literal["life"] | None = None
    """For life: act first, report afterwards, if the mandate is not at hand."""
    publishes: bool = False
    """The public is told what the doer knows to be so."""
    then: Effect | None = None
    """What it does to the world."""

    @cached_property
    def decision(self) -> str | None:
        """The decision it takes, if it takes one."""
        return self.needs[7:-1] if self.needs.startswith("decide(") else None


Procedure = Annotated[tuple[Task, ...], Field(min_length=1, max_length=MOST_TASKS)]


class Variation(Model):
    """Another course of the same scenario (omfall)."""

    title: Title
    """In Swedish."""
    warrants: tuple[Id, ...] | None = None
    """Levels that this course deserves, if others than the scenario's."""
    without: tuple[Id, ...] = ()
    """Events and injects that do not come."""
    changes: dict[str, Any] = {}
    """Values that differ, by path."""


class Scenario(Sourced):
    """A course of events."""

    scenario: Id
    """Its id."""
    title: Title
    """In Swedish."""
    situation: str = ""
    """The starting situation, in Swedish."""
    start: Start
    """STARTEX, local Swedish time."""
    starts: Starts | None = None
    """When it may start instead, for plays that start at any time; the whole year of ``start`` if it does not say."""
    horizon: Duration
    """How long it is played."""
    services: Annotated[dict[Id, Service], Several] = {}
    """What society needs."""
    stocks: Annotated[dict[Id, Stock], Field(max_length=MOST_STOCKS)] = {}
    """Reservoirs and stores."""
    events: Annotated[tuple[Event, ...], Several] = ()
    """What happens."""
    neighbours_hit: Share = 0.0
    """The chance that another municipality, which shares a body with the one that plays, is hit by the same."""
    warrants: Annotated[tuple[Id, ...], Several] = ()
    """Levels that this course deserves; any other that is activated was unnecessary."""
    facts: Annotated[dict[Id, Fact], Several] = {}
    """What can be known."""
    injects: Annotated[tuple[Inject, ...], Several]
    """What somebody is told."""
    flows: Annotated[dict[Id, Flow], Several] = {}
    """Things that arrive and must be taken care of."""
    procedures: Annotated[
        dict[Id, Annotated[tuple[Task, ...], Field(min_length=1, max_length=MOST_TASKS)]], Several
    ] = {}
    """What answering takes."""
    variations: Annotated[dict[Id, Variation], Field(max_length=MOST_VARIATIONS)] = {}
    """Other courses."""

    @property
    def may_start(self) -> tuple[datetime, datetime]:
        """The first and the last moment at which a play may start, where that is drawn."""
        if self.starts is not None:
            return self.starts.earliest, self.starts.latest
        year = self.start.year
        return datetime(year, 1, 1), datetime(year, 12, 31, 23)

    def warranted(self, variation: str | None) -> tuple[str, ...]:
        """Levels that this variation (or the ordinary course) deserves."""
        own = self.variations[variation].warrants if variation in self.variations else None
        return self.warrants if own is None else own
