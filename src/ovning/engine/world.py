"""One play under way: everything that changes during it, in one place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ovning.engine.agenda import Agenda
from ovning.engine.compiled import Compiled
from ovning.engine.flow_state import FlowRun
from ovning.engine.luck import Luck
from ovning.engine.service_state import Society
from ovning.engine.state import (
    BodyRun,
    Case,
    Knower,
    LevelRun,
    Person,
    Request,
    Station,
    TaskRun,
    Why,
    WhyLeft,
)
from ovning.engine.stock_state import StockRun
from ovning.model.assumptions import ModelAssumptions
from ovning.model.conditions import Condition
from ovning.model.distributions import Distribution


@dataclass(eq=False, slots=True)
class Watch:
    """A condition that is not true yet, and what begins when it is."""

    rank: int
    condition: Condition
    action: Callable[[], None]
    told: Callable[[], None] | None = None
    """What is called when something that the condition speaks of has changed."""
    done: bool = False


@dataclass(frozen=True, slots=True)
class Hooks:
    """What happens elsewhere when something happens here: the parts that do not know each other are told by name."""

    learned: Callable[[World, Knower, Sequence[str]], None]
    freed: Callable[[World, Person], None]
    leave_meeting: Callable[[World, Person], None]
    left_meeting: Callable[[World, Person], None]
    moot: Callable[[World, TaskRun], None]
    gone: Callable[[World, Request, Station], None]
    acted_without: Callable[[World, TaskRun, Station, Person | None], None]
    inform: Callable[[World, TaskRun, Station, Person | None, str], None]
    activated: Callable[[World, LevelRun], None]
    vacate: Callable[[World, Person, WhyLeft], None]
    relief_due: Callable[[World, Person], int | None]
    """When the relief that somebody waits for in their seat is expected, if it is about to come."""
    request_level: Callable[[World, LevelRun, TaskRun, Callable[[], None]], None]


@dataclass(eq=False, slots=True)
class World:
    """One play under way."""

    compiled: Compiled
    hooks: Hooks
    luck: Luck
    log: list[Any]
    """Each record's type and then its fields."""
    stations: dict[str, Station]
    people: dict[str, list[Person]]
    bodies: dict[str, BodyRun]
    levels: list[LevelRun]
    services: dict[str, float]
    """The level of each now."""
    society: Society | None = None
    stocks: dict[str, StockRun] = field(default_factory=dict)
    """In an order in which those that are filled from others come before them."""
    stocks_stirred: bool = False
    """Whether something has happened in this instant that stocks hang on."""
    flows: dict[str, FlowRun] = field(default_factory=dict)
    flows_to_look_at: dict[str, None] = field(default_factory=dict)
    """Flows to which something has happened in this instant."""
    dutiful: list[Person] = field(default_factory=list)
    """Those who have been on duty."""
    known: dict[str, int] = field(default_factory=dict)
    """Facts that somebody knows → since when."""
    published: dict[str, int] = field(default_factory=dict)
    """Facts that the public has been told → since when."""
    now: int = 0
    """Milliseconds since STARTEX."""
    agenda: Agenda = field(init=False)
    """What is to happen when."""
    functions: list[Station] = field(default_factory=list)
    """All stations but staff seats, once they have been looked up."""
    by_role: dict[str, list[Station]] = field(default_factory=dict)
    """Role → the functions that have it."""
    able: dict[str, list[Station]] = field(default_factory=dict)
    """Capability → the functions that have it, those first whose number everybody knows."""
    plans: dict[tuple[str, str | None, str | None], list[tuple[Station, Why]]] = field(default_factory=dict)
    """Who is asked for a capability, by who has the case and the role wanted; true until somebody changes seats."""
    dirty: dict[str, Station] = field(default_factory=dict)
    counter: int = 0
    cases: dict[str, Case] = field(default_factory=dict)
    open_tasks: dict[str, TaskRun] = field(default_factory=dict)
    watches: list[Watch] = field(default_factory=list)
    """Conditions, and what begins when they are true."""
    stirred: dict[int, Watch] = field(default_factory=dict)
    """Those of them that something has happened to in this instant."""
    listeners: dict[str, list[Callable[[], None]]] = field(default_factory=dict)
    """What can change → those who are told when it has."""
    events: set[str] = field(default_factory=set)
    received: set[str] = field(default_factory=set)
    decisions: set[str] = field(default_factory=set)
    done_tasks: set[str] = field(default_factory=set)
    presence_version: int = 0
    """Counts whenever somebody goes off to rest, comes back, or is away."""
    reports: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    """Reports about to be made in this instant: sender and target → facts."""
    unsent: dict[tuple[str, str], TaskRun] = field(default_factory=dict)
    """The last report from one station to another."""
    word_left: dict[str, list[Callable[[], None]]] = field(default_factory=dict)
    """Stations where nobody was → what they are told when somebody is."""
    counts: dict[str, int] = field(default_factory=dict)
    channel_users: dict[str, int] = field(default_factory=dict)
    channel_waiting: list[Callable[[], bool]] = field(default_factory=list)
    current_task: str | None = None
    """The task whose finish is being worked out: what it leads to was caused by it."""
    after: dict[str, list[Callable[[], None]]] = field(default_factory=dict)
    """Event, inject or ``inject.task`` → what follows it."""
    spent: dict[tuple[str, str], int] = field(default_factory=dict)
    """Function and decision → how much of its budget is bound, in kronor."""
    empty: set[str] = field(default_factory=set)
    """Functions that should be manned now and are not."""
    homeless: list[tuple[TaskRun, Sequence[tuple[Station, Why]] | None]] = field(default_factory=list)
    """Tasks that nobody can do until a staff is active."""
    part_ends: int = -(1 << 50)
    """When the night, the stretch of the day or the week ends, as last looked up."""
    assumptions: ModelAssumptions = field(init=False)
    """The engine's own numbers."""
    shortest_duty: int = field(init=False)
    """Nobody is sent home before they have been on duty for so long, in milliseconds."""

    write: Callable[[tuple[Any, ...]], None] = field(init=False)
    """Puts a record in the log: its type and then its fields."""
    draw: Callable[[Distribution, str], int] = field(init=False)
    """A duration in milliseconds, by name."""

    def __post_init__(self) -> None:
        self.write = self.log.extend
        self.draw = self.luck.draw
        self.agenda = Agenda(self)
        self.assumptions = self.compiled.setup.assumptions
        self.shortest_duty = min(self.assumptions.called_in_at_most, self.assumptions.works_at_most)

    def next_rank(self) -> int:
        """A running number, for order among equals."""
        self.counter += 1
        return self.counter

    def count(self, what: str) -> int:
        """How many times this has been counted, this one included."""
        self.counts[what] = self.counts.get(what, 0) + 1
        return self.counts[what]

    def changed(self, subject: str) -> None:
        """Tell those who listen that this has changed; its name as in ``watching``."""
        for told in self.listeners.get(subject, ()):
            told()

    def forget(self) -> None:
        """Let go of everything but the log."""
        self.society = None
        self.luck.forget()
        for held in (
            self.stations,
            self.people,
            self.bodies,
            self.levels,
            self.flows,
            self.flows_to_look_at,
            self.stocks,
        ):
            held.clear()
        for more in (
            self.functions,
            self.by_role,
            self.able,
            self.plans,
            self.dutiful,
            self.cases,
            self.open_tasks,
            self.watches,
            self.stirred,
            self.listeners,
        ):
            more.clear()
        for last in (self.after, self.homeless, self.unsent, self.dirty, self.channel_waiting, self.word_left):
            last.clear()

    def follow(self, what: str) -> None:
        """Let what was waiting for this event, inject or task begin."""
        for action in self.after.pop(what, []):
            action()
