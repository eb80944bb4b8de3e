"""What a play is made of: moments, cases, tasks, requests in queues, and work."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import simpy

from ovning.model.organisation import Level
from tests.independent.people import Person

EVENTS, ARRIVALS, FINISHES, TIMERS, HANDING_OUT = range(5)
URGENCY = {"life": 0, "high": 1, "normal": 2, "low": 3}


class Moment(simpy.Event):
    """A timeout with its place within the millisecond: kind, urgency, since when it has been owed."""

    def __init__(self, env: simpy.Environment, at: int, kind: int, urgency: int = 2, owed: int | None = None) -> None:
        super().__init__(env)
        self._ok, self._value = True, None
        since = env.now if owed is None else owed
        order = 2 + ((kind * 4 + urgency) << 40) + int(since) + 1
        env.schedule(self, priority=order, delay=at - env.now)  # type: ignore[arg-type]


@dataclass(eq=False)
class Case:
    """An inject or a level, and the tasks it leads to."""

    id: str
    prefix: str
    priority: int
    tasks: dict[str, Task] = field(default_factory=dict)
    carries: list[str] = field(default_factory=list)
    caused_by: str | None = None
    closed: bool = False
    level: Level | None = None
    inject: Any = None
    actor: str | None = None


@dataclass(eq=False)
class Task:
    """One task of a case, from its request to its end."""

    case: Case
    name: str
    title: str
    needs: str
    mode: str
    takes: Any
    persons: int = 1
    after: tuple[str, ...] = ()
    establishes: tuple[str, ...] = ()
    spec: Any = None
    holder: str | None = None
    giver: str | None = None
    requested: int = -1
    order: int = 0
    rounds: int = 0
    state: str = "planned"
    since: int = 0
    why: tuple[str, str, str] | None = None
    first: str | None = None
    asked: list[str] = field(default_factory=list)
    begun: bool = False
    left: int | None = None
    interrupted: bool = False
    station: str | None = None
    message: bool = False
    others: list[str] = field(default_factory=list)
    """Everybody who could take it, as things stood when it was asked for."""
    wanted: str | None = None
    """Who is thought to decide, when the question was put."""
    steps_left: int = 0
    """For a question that climbs: how far from the one who hears it now to the one who decides."""
    passed: list[str] = field(default_factory=list)
    """Who has heard the question and passed it on: they are not asked again."""
    turn: int = 0
    """Counts the times that somebody took it to pass it on."""

    @property
    def id(self) -> str:
        return f"{self.case.id}/{self.name}"

    @property
    def luck(self) -> str:
        return f"{self.case.prefix}/{self.name}"

    @property
    def decision(self) -> str | None:
        return self.needs[7:-1] if self.needs.startswith("decide(") else None


@dataclass(eq=False)
class Entry:
    """A request in a queue: the task itself, or passing it on."""

    task: Task
    station: str
    kind: str
    target: str | None = None
    why: str = "first"
    lasts: int = 0
    since: int = 0
    number: int = 0
    later: bool = False
    """Whether it waits since it was put there, and not since the task was asked for."""

    @property
    def mode(self) -> str:
        return self.task.mode if self.kind == "work" else "call"

    @property
    def key(self) -> tuple[int, int, int, int]:
        since = self.since if self.later else self.task.requested
        return (self.task.case.priority, since, self.kind == "work", self.task.order, self.number)


@dataclass(eq=False)
class Work:
    """What people are busy with."""

    entry: Entry
    people: list[Person]
    station: str
    since: int
    until: int
    activity: str
    mode: str
    on: bool = True
