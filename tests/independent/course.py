"""The clock, the log, and what happens from outside: sections 1, 5 and 11 of ``docs/model.md``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import simpy

from ovning.log import records as r
from ovning.model.setup import Setup
from ovning.units import Clock
from tests.independent.luck import Luck
from tests.independent.people import People, Person
from tests.independent.things import ARRIVALS, EVENTS, FINISHES, HANDING_OUT, TIMERS, URGENCY, Case, Entry, Moment, Task


class Course:
    """The course of a play, and its state."""

    def __init__(self, setup: Setup, seed: int, replication: int) -> None:
        self.setup, self.place, self.assumed = setup, setup.organisation, setup.assumptions
        self.scenario = setup.scenario
        self.env = simpy.Environment(initial_time=0)
        self.luck = Luck(seed, replication)
        self.clock = Clock.at(setup.scenario.start)
        self.people = People(setup, self.luck, self.clock)
        self.seed, self.replication = seed, replication
        self.log: list[r.Record] = []
        self.queue: list[Entry] = []
        self.knows: dict[str, list[str]] = {}
        self.severity: dict[str, int] = {}
        self.tasks: list[Task] = []
        self.handing_out = False
        self.levels: dict[str, str] = {}
        self.rounds: dict[str, int] = {}
        self.seats: dict[str, list[Person]] = {}
        self.service = {name: s.level for name, s in self.scenario.services.items()}
        self.waiting_for: dict[str, list[Callable[[], None]]] = {}
        self.calls_in = False
        self.empty: set[str] = set()
        self.entered = 0
        self.changed: dict[str, None] = {}
        """Queues to look at, in the order in which something changed there."""
        self.noticed: set[str] = set()
        self.sought: dict[Person, float] = {}
        """Who is called for a seat, or has not answered for one, and until when nobody calls them for another."""
        self.lacking: dict[str, int] = {}
        self.recoveries: dict[str, int] = {}
        self.called: dict[tuple[Task, str, int, str], set[Person]] = {}

    @property
    def now(self) -> int:
        return int(self.env.now)

    def at(self, when: int, kind: int, do: Callable[[], None], urgency: int = 2, owed: int | None = None) -> None:
        """Do something at a moment."""
        moment = Moment(self.env, when, kind, urgency, owed)
        assert moment.callbacks is not None
        moment.callbacks.append(lambda _: do())

    def write(self, record: r.Record) -> None:
        self.log.append(record)

    def stir(self) -> None:
        """Hand out waiting work last in this millisecond."""
        if not self.handing_out:
            self.handing_out = True
            self.at(self.now, HANDING_OUT, self.hand_out)

    def queues_of(self, person: Person) -> list[str]:
        """The queues that somebody serves: of their functions and their seat."""
        return [*person.functions, *([person.seat] if person.seat else ())]

    def free(self, person: Person) -> None:
        """Somebody has become available, or is not any more: their queues are looked at again."""
        self.changed.update(dict.fromkeys(self.queues_of(person)))
        self.stir()

    def run(self) -> list[r.Record]:
        """The whole play's log."""
        horizon = self.scenario.horizon
        exercise = self.setup.exercise.exercise
        start = self.clock.local(0).isoformat()
        organisation = self.place.organisation
        self.write(r.PlayStarted(0, exercise, organisation, None, self.seed, self.replication, start, horizon))
        for event in self.scenario.events:
            if event.at is not None:
                self.at(self.luck.draw(event.at, f"event/{event.id}/at"), EVENTS, lambda e=event: self.happen(e))  # type: ignore[misc]
        for inject in self.scenario.injects:
            if inject.at is not None:
                self.at(
                    self.luck.draw(inject.at, f"inject/{inject.id}/at"),
                    ARRIVALS,
                    lambda i=inject: self.send(i),
                    URGENCY[inject.priority],
                )  # type: ignore[misc]
            elif inject.after is not None:
                self.waiting_for.setdefault(inject.after, []).append(lambda i=inject: self.follow(i))  # type: ignore[misc]
        for person in self.people.all:
            for day in self.people.days(person):
                for change in day:
                    if 0 <= change < horizon:
                        self.at(change, TIMERS, lambda p=person: self.free(p))  # type: ignore[misc]
                for _, ends in self.people.ordinary(person, day):
                    if 0 <= ends < horizon:
                        self.at(ends, FINISHES, lambda p=person: self.free(p))  # type: ignore[misc]
        self.env.run(until=horizon)
        self.close()
        return self.log

    def close(self) -> None:
        """What is open at the horizon."""
        end = self.scenario.horizon
        busy = [p for p in self.people.all if p.busy is not None]
        for person in sorted(busy, key=lambda p: p.id):
            work = person.busy
            if work.since < end:
                task, activity = work.entry.task.id, work.activity
                self.write(r.Worked(end, work.since, task, person.id, work.station, activity, work.mode))
        for task in self.tasks:
            if task.state == "waiting" or task.why is not None:
                self.stretch(task, end)
                self.write(r.TaskUnfinished(end, task.id, task.case.id, "waiting"))
            elif task.state == "working":
                self.write(r.TaskUnfinished(end, task.id, task.case.id, "working"))
        self.write(r.PlayEnded(end))

    def happen(self, event: Any) -> None:
        self.write(r.EventHappened(self.now, event.id))
        for service, level in event.sets.items():
            self.set_service(service, float(level), event.id)
        self.follows(event.id)

    def set_service(self, service: str, level: float, cause: str) -> None:
        """A new level, and what comes of it for those who need it and for those who wait to see it."""
        if self.service[service] == level:
            return
        self.service[service] = level
        self.write(r.ServiceChanged(self.now, service, level, cause))
        for name, other in self.scenario.services.items():
            if service in other.depends_on:
                self.need_changed(name, service, other.depends_on[service])
        for inject in self.scenario.injects:
            if inject.when is not None and inject.id not in self.noticed and self.so(inject.when):
                self.noticed.add(inject.id)
                self.follow(inject)

    def so(self, condition: Any) -> bool:
        level = self.service[condition.service]
        return bool(level < condition.below) if condition.below is not None else bool(level >= condition.at_least)

    def need_changed(self, service: str, need: str, how: Any) -> None:
        lost = self.service[need] < how.at_least
        if lost and service not in self.lacking:
            lasts = self.luck.draw(how.endurance, f"service/{service}/{need}/endurance")
            self.lacking[service] = self.now
            self.write(r.NeedLost(self.now, service, need, self.now + lasts))
            since = self.now

            def fail() -> None:
                if self.lacking.get(service) == since:
                    self.set_service(service, how.leaves, need)

            self.at(self.now + lasts, EVENTS, fail)
        elif not lost and service in self.lacking:
            del self.lacking[service]
            self.write(r.NeedRestored(self.now, service, need))
            whole = self.scenario.services[service]
            if self.service[service] < whole.level:
                self.recoveries[service] = self.recoveries.get(service, 0) + 1
                after = self.luck.draw(whole.recovers_after, f"service/{service}/recovers/{self.recoveries[service]}")
                self.at(self.now + after, EVENTS, lambda: self.set_service(service, whole.level, need))

    def follows(self, what: str) -> None:
        for do in self.waiting_for.pop(what, []):
            do()

    def follow(self, inject: Any) -> None:
        delay = self.luck.draw(inject.delay, f"inject/{inject.id}/delay") if inject.delay else 0
        self.at(self.now + delay, ARRIVALS, lambda: self.send(inject), URGENCY[inject.priority])

    def send(self, inject: Any) -> None:
        """Somebody outside says something."""
        case = Case(inject.id, f"inject/{inject.id}/1", URGENCY[inject.priority], inject=inject, actor=inject.actor)
        steps = self.scenario.procedures[inject.asks_for]
        for s in steps:
            task = Task(case, s.task, s.title, s.needs, s.mode, s.takes, s.persons, s.after, s.establishes, s)
            case.tasks[s.task] = task
        self.write(r.CaseOpened(self.now, case.id, "inject", inject.id, case.priority, tuple(inject.objectives), None))
        addresses = self.addresses(inject.to)
        able = [a for a in addresses if self.can(a, steps[0].needs)]
        first = able[0] if able else addresses[0]
        self.write(r.InjectSent(self.now, inject.id, case.id, inject.sender, (first,), inject.by, inject.text))
        for task in case.tasks.values():
            if not task.after:
                self.request(task, None)
                self.message(task, first)
        self.follows(inject.id)

    def addresses(self, to: str) -> list[str]:
        calls = self.place.first_call
        if to.startswith("role("):
            found = [f for f, fn in self.place.functions.items() if fn.role == to[5:-1]]
            if any(self.there(f) for f in found):
                return found
            to = "first_call(default)"
        first = calls.get(to[11:-1], calls["default"])
        more = calls.get("else", ())
        return [str(first), *(more if isinstance(more, tuple) else (more,))]

    def message(self, task: Task, to: str) -> None:
        """A message on its way from outside."""
        channel = next(c for c in self.place.channels if c.id == task.case.inject.by)
        delay = self.luck.draw(channel.delay, f"{task.luck}/sent/{channel.id}")
        task.message = True
        self.wait(task, "transmission", to, channel.id)
        self.at(self.now + delay, ARRIVALS, lambda: self.arrive(task, to, "first"), task.case.priority)
