"""A small exercise in plain SimPy, written from ``docs/model.md``, ``docs/files.md`` and ``docs/log.md`` alone.

Nothing here was taken from ``ovning.engine``, which its author did not read: only the files, as they are loaded, and the
types of the records are shared. What the exercise beside it does not touch is not here: bodies, flows, shifts, meetings.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Any

import simpy

from ovning.log import records as r
from ovning.model.organisation import Level
from ovning.model.setup import Setup
from ovning.units import Clock
from tests.independent.luck import Luck
from tests.independent.people import People, Person

EVENTS, ARRIVALS, FINISHES, TIMERS, HANDING_OUT = range(5)
URGENCY = {"life": 0, "high": 1, "normal": 2, "low": 3}
TITLES = {
    "recommend": "Bedöma läget och förorda {}",
    "decide": "Besluta om {}",
    "alert": "Larma {}",
    "gather": "Samla {}",
}


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


class Play:
    """One play."""

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
        self.sought: set[Person] = set()
        """People who are being called to a seat."""
        self.lacking: dict[str, int] = {}
        self.recoveries: dict[str, int] = {}
        self.called: set[tuple[Task, str, int]] = set()

    # ── the clock ───────────────────────────────────────────────────────────────────────────────

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
                self.at(self.luck.draw(inject.at, f"inject/{inject.id}/at"), ARRIVALS, lambda i=inject: self.send(i), URGENCY[inject.priority])  # type: ignore[misc]
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
        self.env.run(until=simpy.events.Event(self.env) if False else horizon)
        self.close()
        return self.log

    def close(self) -> None:
        """What is open at the horizon."""
        end = self.scenario.horizon
        for task in self.tasks:
            if task.state == "waiting":
                self.stretch(task, end)
                self.write(r.TaskUnfinished(end, task.id, task.case.id, "waiting"))
            elif task.state == "working":
                self.write(r.TaskUnfinished(end, task.id, task.case.id, "working"))
        self.write(r.PlayEnded(end))

    # ── the course ──────────────────────────────────────────────────────────────────────────────

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

    # ── requests ────────────────────────────────────────────────────────────────────────────────

    def request(self, task: Task, holder: str | None) -> None:
        task.holder, task.requested, task.since = holder, self.now, self.now
        task.order = len(self.tasks)
        task.state = "waiting"
        self.tasks.append(task)
        self.write(
            r.TaskRequested(
                self.now,
                task.id,
                task.case.id,
                task.title,
                task.needs,
                tuple(f"{task.case.id}/{a}" for a in task.after),
                task.case.priority,
                holder,
            )
        )

    def ask(self, task: Task, holder: str, giver: str | None = None, by: Person | None = None) -> None:
        """Put a request from inside to the one asked first, or pass it on to them."""
        task.giver = giver or holder
        first = self.next_step(task, holder)
        task.asked, task.first = list(task.passed), None
        if first != holder and by in self.serving(first):
            holder = first  # whoever wears both hats need not tell themselves
        self.write(r.StationAsked(self.now, task.id, holder, "first"))
        if first == holder:
            self.put(task, holder)
        else:
            task.first = first
            self.enter(Entry(task, holder, "pass_on", first))

    def next_step(self, task: Task, holder: str) -> str:
        """Who is asked next; a question climbs the line a step at a time."""
        order = task.others = self.order_for(task, holder)
        if task.decision is None or task.case.level is not None:
            return order[0]
        line = self.line(holder)
        there = [s for s in line if self.serving(s)]
        wanted = next(s for s in (holder, *there, *self.staff_seats(), *line, *order) if self.can(s, task.needs))
        if wanted in line:
            task.steps_left = line.index(wanted)
            return line[0]
        task.steps_left = 0
        return wanted

    def order_for(self, task: Task, holder: str | None) -> list[str]:
        """Everybody who could take a task, the one asked first at the head."""
        functions = self.place.functions
        order: list[str] = []
        if task.case.level is not None and task.name == "decide":
            return [task.case.level.decided_by]
        if task.case.level is not None and task.name == "alert" and task.case.level.via:
            order.append(task.case.level.via)
        if task.spec is not None and task.spec.by:
            order += [f for f, fn in functions.items() if fn.role == task.spec.by]
        if holder is not None:
            order.append(holder)
        order += self.staff_seats()
        order += self.line(holder)
        calls = self.place.first_call
        for kind in ("default", *sorted(k for k in calls if k not in ("default", "else")), "else"):
            if kind in calls:
                value = calls[kind]
                order += value if isinstance(value, tuple) else (value,)
        order += sorted(functions)
        return list(dict.fromkeys(s for s in order if self.can(s, task.needs)))

    def line(self, station: str | None) -> list[str]:
        found: list[str] = []
        while station in self.place.functions and self.place.functions[station].reports_to:
            station = self.place.functions[station].reports_to
            assert station is not None
            found.append(station)
        return found

    def staff_seats(self) -> list[str]:
        return [
            f"{level.id}.{seat}"
            for level in reversed(self.place.levels)
            if self.levels.get(level.id) == "active"
            for seat in level.staffs
        ]

    def can(self, station: str, needs: str) -> bool:
        """Whether a station itself has what a task needs."""
        if "." in station:
            level, seat = station.split(".")
            return needs in self.setup.vocabulary.seats[seat].does
        function = self.place.functions[station]
        if needs.startswith("decide("):
            return needs[7:-1] in function.decides
        return needs in function.does

    def enter(self, entry: Entry) -> None:
        """Into a queue, from now on."""
        self.entered += 1
        entry.since, entry.number = self.now, self.entered
        self.queue.append(entry)
        self.changed[entry.station] = None
        self.stir()

    def put(self, task: Task, station: str, why: str = "first") -> None:
        """Into a station's queue; its people are telephoned if nobody could take it, and patience runs."""
        task.asked.append(station)
        if task.first is None:
            task.first = station
        if task.state == "waiting":
            self.enter(Entry(task, station, "climb" if task.steps_left else "work"))
            self.look(task)
            self.env.process(self.patience(task, station))

    def arrive(self, task: Task, station: str, why: str, sender: str | None = None) -> None:
        """A request has come to a station."""
        self.write(r.StationAsked(self.now, task.id, station, why))  # type: ignore[arg-type]
        if task.message and task.giver is None and not self.can(station, task.needs):
            task.giver = station
            task.first = self.next_step(task, station)
            self.enter(Entry(task, station, "pass_on", task.first))
            self.look(task)
            return
        task.first = station
        self.put(task, station, why)

    def patience(self, task: Task, station: str) -> Generator[Any, Any, None]:
        """Ask the next if it has not begun in time."""
        turn = task.turn
        function = self.place.functions.get(station)
        lasts = function.patience if function and function.patience is not None else self.assumed.patience
        if self.reachable(station, "call" if task.steps_left else task.mode):
            yield Moment(self.env, self.now + lasts, TIMERS, task.case.priority)
        if task.state != "waiting" or task.begun or task.turn != turn:
            return
        following = self.next_after(task)
        if following is None:
            return
        station, why = following
        if task.holder in task.asked and task.holder == task.first:
            self.write(r.StationAsked(self.now, task.id, task.holder, "first"))
            self.enter(Entry(task, task.holder, "pass_on", station, why, later=True))
            return
        self.write(r.StationAsked(self.now, task.id, station, why))  # type: ignore[arg-type]
        self.put(task, station, why)

    def next_after(self, task: Task) -> tuple[str, str] | None:
        """Deputies of the one asked first, then the others with what it needs."""
        if task.message and task.giver is None:
            return None
        assert task.first is not None
        later: list[tuple[str, str]] = []
        if task.first in self.place.functions:
            later += [
                (d.function, "deputy")
                for d in self.place.functions[task.first].deputies
                if task.needs not in d.without and d.function not in (task.holder, task.giver)
            ]
        if task.decision is not None:
            if task.steps_left or task.case.level is not None:
                later += [(s, "line") for s in self.line(task.first)]
        else:
            later += [(s, "line") for s in task.others]
        return next(((s, w) for s, w in later if s not in task.asked), None)

    # ── people ──────────────────────────────────────────────────────────────────────────────────

    def serving(self, station: str) -> list[Person]:
        """Those who serve a station now and are there: at work, awake, or in the seat."""
        if "." in station:
            return list(self.seats.get(station, []))
        people = self.people.of[station]
        free = [p for p in people if not p.seat]
        on_call = self.people.on_call(station, self.now)
        if on_call:
            found = [p for p in free if (p in on_call or station in p.answered) and self.people.awake(p, self.now)]
        else:
            found = [p for p in free if self.people.at_work(p, self.now) or self.people.awake(p, self.now)]
        if not found and not [p for p in on_call if not p.seat]:
            found = [p for p in people if p.seat]
        return found

    def there(self, station: str) -> bool:
        return bool(self.serving(station)) or bool(
            "." not in station and self.people.on_call(station, self.now)
        )

    def able(self, person: Person, station: str, mode: str) -> bool:
        """Whether somebody who is there can do work of this mode from where they are."""
        if person.going:
            return mode == "call"
        if person.seat or person.come or self.people.at_work(person, self.now):
            return True
        if mode == "call":
            return True
        return mode == "desk" and "." not in station and person in self.people.on_call(station, self.now)

    def could(self, station: str, task: Task, mode: str) -> bool:
        """Whether somebody is there who could take it, were they free, or is on the way."""
        return self.somebody(station, mode) or any(p.coming for p in self.people.of.get(station, ()))

    def somebody(self, station: str, mode: str) -> bool:
        """Whether somebody is there who could take it, were they free."""
        return any(self.able(p, station, mode) for p in self.serving(station))

    def callable(self, station: str, mode: str) -> list[Person]:
        """Those who are telephoned for work of this mode, in order."""
        if "." in station:
            return []
        on_call = [p for p in self.people.on_call(station, self.now) if not p.seat]
        if self.place.functions[station].on_call is not None and not self.calls_in:
            return on_call
        others = [p for p in self.people.of[station] if not p.seat and p not in on_call]
        others = [p for p in others if not self.people.at_work(p, self.now)]
        if mode != "call":
            others = [p for p in others if self.calls_in and self.people.reach(p, station, self.now)[0].arrives]
        return on_call + others

    def reachable(self, station: str, mode: str) -> bool:
        return self.somebody(station, mode) or bool(self.callable(station, mode))

    def telephone(self, task: Task, station: str, mode: str) -> None:
        """One after the other, until somebody can take it."""
        task.rounds += 1
        people = iter(list(enumerate(self.callable(station, mode))))
        name = f"{task.luck}/reach/{task.rounds}"
        turn = task.turn


        def next_call() -> None:
            if task.state != "waiting" or task.turn != turn:
                return
            if self.could(station, task, mode):
                return
            following = next(people, None)
            if following is not None:
                place, person = following
                self.call(task, station, mode, person, f"{name}/{place}", 0)
                self.at(self.now + self.assumed.try_next_after, TIMERS, next_call, task.case.priority)

        next_call()

    def call(self, task: Task, station: str, mode: str, person: Person, name: str, again: int) -> None:
        """Somebody is called, and again when that part of the day is over for them."""
        if person.going or person.coming:
            return
        reached, _ = self.people.reach(person, station, self.now)
        which = f"{name}/again/{again}" if again else name
        if self.people.awake(person, self.now):
            self.come_if_needed(person, station, mode, reached, which)
            return
        if self.people.answers(person, station, self.now):
            answers = self.now + self.luck.draw(reached.delay, f"{which}/delay")
            self.write(r.ContactAttempted(self.now, task.id, station, person.id, answers))

            def answer() -> None:
                self.answer(person, station)
                self.come_if_needed(person, station, mode, reached, which)

            self.at(answers, ARRIVALS, answer, task.case.priority)
            return
        self.write(r.ContactAttempted(self.now, task.id, station, person.id, None))
        turn = task.turn

        def once_more() -> None:
            if task.state == "waiting" and task.turn == turn and not self.could(station, task, mode):
                self.call(task, station, mode, person, name, again + 1)

        self.at(self.people.part_of_day(person, self.now)[2], TIMERS, once_more)

    def come_if_needed(self, person: Person, station: str, mode: str, reached: Any, name: str) -> None:
        """Whoever cannot do it from home sets out."""
        if person.going or person.coming or person.seat or self.able(person, station, mode):
            return
        person.coming = True
        journey = self.luck.draw(reached.arrives, f"{name}/arrives")

        def arrive() -> None:
            person.coming, person.come = False, True
            person.woken = self.now
            if not self.people.at_work(person, self.now):
                self.write(r.PersonArrived(self.now, person.id, station))
            self.free(person)

        self.at(self.now + journey, ARRIVALS, arrive)

    def answer(self, person: Person, station: str) -> None:
        if not self.people.awake(person, self.now):
            self.write(r.PersonReached(self.now, person.id, station))
        person.woken = self.now
        person.answered.add(station)
        self.free(person)

    def first_work(self, person: Person) -> None:
        """Duty begins with the first work for us, and with the ordinary day it falls in."""
        if person.worked:
            return
        person.worked = True
        if self.place.people[person.group].works == "always" or self.place.people[person.group].posts:
            return
        for begins, ends in self.people.days(person):

            def count(begins: int = begins, ends: int = ends) -> None:
                self.write(r.OrdinaryHoursCounted(self.now, person.id, begins, ends))

            if begins <= self.now < ends + self.assumed.duty_ends_after:
                count()
            elif self.now < begins < self.now + self.assumed.daily_rest:
                self.at(begins, TIMERS, count)

    def mark_functions(self) -> None:
        """Functions that should be manned and whose people all sit in a staff."""
        for name, function in self.place.functions.items():
            people = self.people.of[name]
            owed = function.on_call is not None or any(self.people.at_work(p, self.now) for p in people)
            empty = owed and self.all_seated(name)
            if empty != (name in self.empty):
                self.write((r.FunctionEmptied if empty else r.FunctionManned)(self.now, name))
                (self.empty.add if empty else self.empty.discard)(name)

    def all_seated(self, function: str) -> bool:
        """Whether a function without a rota has all its people in a staff."""
        return self.place.functions[function].on_call is None and all(p.seat for p in self.people.of[function])

    # ── waiting ─────────────────────────────────────────────────────────────────────────────────

    def wait(self, task: Task, cause: str, station: str, detail: str) -> None:
        """From now on a task waits for this."""
        if task.decision is not None and cause not in ("clarification", "mandate") and not (cause == "transmission" and task.message):
            cause, detail = "mandate", f"{cause}: {detail}" if detail else cause
        if task.why == (cause, station, detail):
            return
        self.stretch(task, self.now)
        task.why = (cause, station, detail)

    def stretch(self, task: Task, until: int) -> None:
        """End a stretch of waiting."""
        if task.why is not None and task.since < until:
            cause, station, detail = task.why
            self.write(r.Waited(until, task.since, task.id, cause, station, detail))  # type: ignore[arg-type]
        task.since = until
        task.why = None

    def look(self, task: Task) -> None:
        """Why a request waits: the state of the first station asked."""
        entry = next((e for e in self.queue if e.task is task and e.kind == "pass_on"), None)
        if entry is not None:
            self.wait(task, "queue" if self.serving(entry.station) else "unavailable", entry.station, "")
            return
        if task.first is None or task.first not in task.asked:
            return
        there = [p for p in self.serving(task.first) if self.able(p, task.first, task.mode)]
        if not there:
            self.wait(task, "unavailable", task.first, "")
        else:
            ordinary = any(p.busy is None and self.people.in_ordinary_work(p, self.now) for p in there)
            detail = "interrupted" if task.interrupted else "ordinary_work" if ordinary else ""
            self.wait(task, "queue", task.first, detail)

    # ── handing out ─────────────────────────────────────────────────────────────────────────────

    def hand_out(self) -> None:
        """Queue by queue, the one with the most urgent request first: what somebody can take, until nobody can."""
        self.handing_out = False
        self.mark_functions()
        best: dict[str, Entry | None] = {}
        touched = set(self.changed)
        while self.changed or any(best.values()):
            for station in self.changed:
                best[station] = self.takable(station)
                if best[station] is None:
                    self.look_at(station)
            self.changed.clear()
            found = [e for e in best.values() if e is not None]
            if not found:
                break
            entry = min(found, key=lambda e: e.key)
            for person in self.take(entry):
                self.changed.update(dict.fromkeys(self.queues_of(person)))
            self.changed[entry.station] = None
            self.changed.update({s: None for s, e in best.items() if e is not None and self.takable(s) is not e})
            touched.update(self.changed)
        for entry in sorted(self.queue, key=lambda e: e.key):
            round_of = (entry.task, entry.station, entry.task.turn)
            if entry.station in touched and entry.kind in ("work", "climb") and round_of not in self.called:
                if not self.somebody(entry.station, entry.mode) and self.callable(entry.station, entry.mode):
                    self.called.add(round_of)
                    self.telephone(entry.task, entry.station, entry.mode)

    def waiting_at(self, station: str) -> list[Entry]:
        """A queue in its order."""
        return sorted((e for e in self.queue if e.station == station), key=lambda e: e.key)

    def takable(self, station: str) -> Entry | None:
        """The first request in a queue that somebody can take."""
        return next((e for e in self.waiting_at(station) if self.takers(e)), None)

    def look_at(self, station: str) -> None:
        """What those wait for that nobody in this queue can take."""
        for entry in self.waiting_at(station):
            if entry.kind == "pass_on" or entry.kind != "clarification" and entry.task.first == station:
                self.look(entry.task)

    def take(self, entry: Entry) -> list[Person]:
        """Those who can take a request do."""
        takers = self.takers(entry)
        if entry.kind == "work":
            self.begin(entry, takers)
        elif entry.kind == "climb":
            self.take_question(entry, takers[0])
        elif entry.kind == "clarification":
            self.explain(entry, takers[0])
        else:
            self.pass_on(entry, takers[0])
        return takers

    def takers(self, entry: Entry) -> list[Person]:
        """Those who would take a request now; none if there are not enough."""
        mode = entry.mode
        wanted = entry.task.persons if entry.kind == "work" else 1
        there = [p for p in self.serving(entry.station) if self.able(p, entry.station, mode)]
        free = [p for p in there if p.busy is None and not self.people.in_ordinary_work(p, self.now)]
        if mode == "call":
            free += [p for p in there if p.busy is None and p not in free]
        if len(free) >= wanted:
            return free[:wanted]
        foreign = entry.kind in ("clarification", "climb") or entry.kind == "work" and entry.task.giver != entry.station
        if mode == "call" and foreign and wanted == 1:
            could = [
                p
                for p in there
                if p.busy is not None
                and p.busy.activity == "work"
                and p.busy.mode in ("desk", "field")
                and len(p.busy.people) == 1
            ]
            if could:
                return [max(could, key=lambda p: p.busy.entry.key)]
        return []

    def interrupt(self, person: Person, by: Task) -> None:
        work = person.busy
        work.on = False
        task = work.entry.task
        if work.since < self.now:
            self.write(r.Worked(self.now, work.since, task.id, person.id, work.station, "work", work.mode))
        self.write(r.TaskInterrupted(self.now, task.id, work.station, by.id))
        task.left, task.first = work.until - self.now, work.station
        task.state, task.since, task.why, task.interrupted = "waiting", self.now, None, True
        person.busy = None
        for station in task.asked:
            self.enter(Entry(task, station, "work"))

    def occupy(
        self,
        entry: Entry,
        people: list[Person],
        station: str,
        lasts: int,
        activity: str,
        mode: str,
        then: Callable[[Work], None],
    ) -> None:
        work = Work(entry, people, station, self.now, self.now + lasts, activity, mode)
        for person in people:
            self.first_work(person)
            person.busy = work

        def over() -> None:
            if not work.on:
                return
            for p in people:
                p.busy = None
                p.woken = p.just_done = self.now
                self.write(r.Worked(self.now, work.since, entry.task.id, p.id, station, activity, mode))  # type: ignore[arg-type]
            for p in people:
                if p.at_the_door is not None:
                    p.at_the_door()
            then(work)
            for p in people:
                self.free(p)

        self.at(work.until, FINISHES, over, entry.task.case.priority)

    # ── passing on ──────────────────────────────────────────────────────────────────────────────

    def pass_on(self, entry: Entry, person: Person) -> None:
        task, target = entry.task, entry.target
        assert target is not None
        self.queue.remove(entry)
        name = f"{task.luck}/pass_on/{task.rounds}"
        self.wait(task, "transmission", target, "")
        lasts = self.luck.draw(self.assumed.pass_on, name)

        def told(work: Work) -> None:
            if task.state != "waiting":
                return
            channel = self.channel(entry.station, target)
            delay = self.luck.draw(channel.delay, f"{name}/{channel.id}")
            self.wait(task, "transmission", target, channel.id)
            since = self.now

            def come() -> None:
                self.write(r.HandedOver(self.now, since, task.id, entry.station, target, channel.id))
                task.giver = entry.station
                self.arrive(task, target, entry.why)

            self.at(self.now + delay, ARRIVALS, come, task.case.priority)

        self.occupy(entry, [person], entry.station, lasts, "pass_on", "call", told)

    def take_question(self, entry: Entry, person: Person) -> None:
        """Somebody on the way hears the question, and then passes it on to the next up the line."""
        task, station = entry.task, entry.station
        if person.busy is not None:
            self.interrupt(person, task)
        self.queue = [e for e in self.queue if e.task is not task]
        task.turn += 1
        task.passed.append(station)
        task.first = None
        line = self.line(station)
        giver = task.giver if self.can(station, task.needs) else None
        self.stretch(task, self.now)
        self.wait(task, "mandate", station if self.can(station, task.needs) else line[0], "")
        lasts = self.luck.draw(self.assumed.pass_on, f"{task.luck}/climb/{task.steps_left}")
        self.occupy(entry, [person], station, lasts, "pass_on", "call", lambda work: self.ask(task, station, giver))

    def unit(self, station: str) -> str:
        if "." in station:
            station = self.seats[station][0].functions[0]
        return self.place.functions[station].unit

    def in_place(self, person: Person) -> bool:
        """At work or called in, and not in a staff."""
        here = self.people.at_work(person, self.now) or person.come or person.at_the_door is not None
        return here and not person.seat

    def channel(self, giver: str, taker: str) -> Any:
        """The first that reaches."""
        for channel in self.place.channels:
            if channel.reach == "all":
                return channel
            if "." in giver or "." in taker:
                continue
            present = [any(self.in_place(p) for p in self.people.of[s]) for s in (giver, taker)]
            sites = [self.place.units[self.unit(s)].site for s in (giver, taker)]
            if all(present) and (channel.reach == "at_work" or sites[0] == sites[1]):
                return channel
        raise LookupError(f"{giver} reaches {taker} by no channel")

    # ── work ────────────────────────────────────────────────────────────────────────────────────

    def begin(self, entry: Entry, takers: list[Person]) -> None:
        task, station = entry.task, entry.station
        for person in takers:
            if person.busy is not None:
                self.interrupt(person, task)
        for person in takers:
            self.first_work(person)
        self.stretch(task, self.now)
        task.state = "working"
        task.station = station
        self.queue = [e for e in self.queue if e.task is not task or e.kind == "clarification"]
        fresh = not task.begun
        if fresh:
            task.begun = True
            self.write(r.TaskStarted(self.now, task.id, station, takers[0].id))
            if task.message:
                self.write(r.InjectReceived(self.now, task.case.inject.id, task.case.id, station, takers[0].id))
        if fresh and task.giver is not None and task.giver != station:
            self.learn(station, task.case.carries, "hand_over", task.giver, task, takers[0])
        if task.left is None and self.misunderstood(task, station):
            self.clarify(entry, takers, station)
        else:
            self.work(entry, takers, station)

    def work(self, entry: Entry, takers: list[Person], station: str) -> None:
        task = entry.task
        lasts = task.left
        if lasts is None:
            lasts = self.luck.draw(task.takes, f"{task.luck}/takes")
        task.since = self.now
        self.occupy(entry, takers, station, lasts, "work", task.mode, lambda work: self.finish(task, work))

    def misunderstood(self, task: Task, station: str) -> bool:
        """One chance, where the two share no agreement."""
        other = task.case.actor if task.message else self.unit(task.giver) if task.giver else None
        mine = self.unit(station)
        if other is None or other == mine or any({other, mine} <= set(a.between) for a in self.place.agreements):
            return False
        return self.luck.number(f"{task.luck}/clarification/{task.rounds}/needed") < self.assumed.clarification.chance

    def clarify(self, entry: Entry, takers: list[Person], station: str) -> None:
        """A round of questions before the work begins; it takes the giver's time too, when they can be had."""
        task = entry.task
        since = self.now
        lasts = self.luck.draw(self.assumed.clarification.takes, f"{task.luck}/clarification/{task.rounds}/takes")
        giver = task.case.actor if task.message else task.giver
        assert giver is not None
        self.wait(task, "clarification", station, giver)

        def clear(work: Work) -> None:
            self.write(r.Clarified(self.now, since, task.id, giver, station))
            self.stretch(task, self.now)
            self.work(entry, takers, station)

        self.occupy(entry, takers, station, lasts, "clarification", "call", clear)
        if not task.message:
            self.write(r.StationAsked(self.now, task.id, giver, "first"))
            self.enter(Entry(task, giver, "clarification", lasts=lasts, later=True))

    def explain(self, entry: Entry, person: Person) -> None:
        """The giver's side of a round of questions."""
        self.queue.remove(entry)
        if person.busy is not None:
            self.interrupt(person, entry.task)
        self.occupy(entry, [person], entry.station, entry.lasts, "clarification", "call", lambda work: None)

    def finish(self, task: Task, work: Work) -> None:
        task.state = "done"
        station = work.station
        if task.decision is not None:
            how = "own" if self.can(station, task.needs) or task.case.level and task.case.level.decided_by == station else "deputy"
            self.write(r.DecisionMade(self.now, task.decision, task.case.id, task.id, station, how))  # type: ignore[arg-type]
        self.write(r.TaskFinished(self.now, task.id, task.case.id, station, "done"))
        if task.message:
            task.case.carries += [f for f in task.case.inject.facts if f not in task.case.carries]
            self.learn(station, list(task.case.inject.facts), "inject", task.case.inject.id, task, work.people[0])
        if task.establishes:
            task.case.carries += [f for f in task.establishes if f not in task.case.carries]
            self.learn(station, list(task.establishes), "established", task.id, task, work.people[0])
        if task.case.level is not None:
            self.climb(task, station)
        for following in task.case.tasks.values():
            if following.state == "planned" and task.name in following.after:
                if all(task.case.tasks[a].state == "done" for a in following.after):
                    self.request(following, station)
                    self.ask(following, station, by=work.people[0])
        self.follows(task.id.replace("/", "."))
        if task.case.level is None and all(t.state == "done" for t in task.case.tasks.values()):
            self.write(r.CaseClosed(self.now, task.case.id, "done"))

    # ── knowing ─────────────────────────────────────────────────────────────────────────────────

    def knower(self, station: str) -> str:
        return station.split(".")[0]

    def learn(
        self, station: str, facts: list[str], how: str, source: str, task: Task | None, by: Person | None = None
    ) -> None:
        """A station comes to know; so does the board, if whoever learns it answers for the station from a seat."""
        knower = self.knower(station)
        known = self.knows.setdefault(knower, [])
        new = [f for f in facts if f not in known]
        for fact in new:
            known.append(fact)
            self.write(r.FactLearned(self.now, fact, knower, how, source))  # type: ignore[arg-type]
        if not new:
            return
        severity, by_pattern = self.judged(known)
        if severity != self.severity.get(knower, 0):
            self.severity[knower] = severity
            self.write(r.SeverityKnown(self.now, knower, severity, by_pattern))
        if by is not None and by.seat and by.seat != station and self.moved(station):
            self.learn(by.seat, new, "gathered", station, task)
        if knower in self.place.functions and "assess_severity" in self.place.functions[knower].does:
            self.assess(knower, task)

    def moved(self, function: str) -> bool:
        """Whether all who serve a function sit in a staff: those on call, or else all its people."""
        return all(p.seat for p in self.people.on_call(function, self.now) or self.people.of[function])

    def judged(self, known: list[str]) -> tuple[int, bool]:
        """The worst that is known, or the pattern that it makes."""
        facts = self.scenario.facts
        gone = {c for f in known for c in facts[f].cancels}
        true = [facts[f] for f in known if f not in gone]
        worst = max((f.severity for f in true), default=0)
        grave = [f for f in true if f.severity >= 1]
        pattern = self.assumed.pattern
        if len(grave) >= pattern.facts and len({f.kind for f in grave}) >= pattern.kinds and pattern.severity > worst:
            return pattern.severity, True
        return worst, False

    # ── the ladder ──────────────────────────────────────────────────────────────────────────────

    def assess(self, station: str, task: Task | None) -> None:
        """Open a level's case if what is known is grave enough."""
        for nth, level in reversed(list(enumerate(self.place.levels))):
            if any(self.levels.get(above.id) for above in self.place.levels[nth:]):
                return
            if level.recommended_when and self.severity[station] >= level.recommended_when.known_severity:
                self.open_level(level, station, task)
                return

    def open_level(self, level: Level, station: str, task: Task | None) -> None:
        self.levels[level.id] = "recommending"
        self.rounds[level.id] = self.rounds.get(level.id, 0) + 1
        nth = self.rounds[level.id]
        case = Case(f"level:{level.id}:{nth}", f"level/{level.id}/{nth}", 1, level=level)
        case.carries = list(self.knows[station])
        a = self.assumed
        for name, needs, takes, after in (
            ("recommend", "assess_severity", a.assess, ()),
            ("decide", f"decide(activate_{level.id})", a.decide_level, ("recommend",)),
            ("alert", "alert", a.alert, ("decide",)),
            ("gather", "gather", None, ("alert",)),
        ):
            title = TITLES[name].format(level.title[0].lower() + level.title[1:])
            case.tasks[name] = Task(case, name, title, needs, "call", takes, after=after)  # type: ignore[arg-type]
        caused = task.id if task else None
        self.write(r.CaseOpened(self.now, case.id, "level", level.id, 1, (), caused))
        self.request(case.tasks["recommend"], station)
        self.ask(case.tasks["recommend"], station)

    def climb(self, task: Task, station: str) -> None:
        """What follows a step of a level's case."""
        case = task.case
        assert case.level is not None
        level = case.level.id
        if task.name == "recommend":
            case.carries = list(self.knows[self.knower(station)])
            self.write(r.LevelRecommended(self.now, level, case.id, station, self.severity[self.knower(station)]))
            following = case.tasks["decide"]
        elif task.name == "decide":
            self.write(r.LevelDecided(self.now, level, case.id, station))
            self.levels[level] = "decided"
            self.calls_in = self.calls_in or case.level.calls_in
            following = case.tasks["alert"]
        else:
            self.write(r.LevelAlerted(self.now, level, case.id))
            self.request(case.tasks["gather"], station)
            self.gather(case)
            return
        self.request(following, station)
        self.ask(following, station)

    # ── the staff ───────────────────────────────────────────────────────────────────────────────

    def gather(self, case: Case) -> None:
        """All places are called at once."""
        assert case.level is not None
        self.missing(case)
        for seat, count in case.level.staffs.items():
            for place in range(count):
                self.env.process(self.fill(case, seat, place))

    def missing(self, case: Case) -> None:
        assert case.level is not None
        filled = sum(len(self.seats.get(f"{case.level.id}.{s}", ())) for s in case.level.staffs)
        self.wait(case.tasks["gather"], "unavailable", case.level.id, f"seats missing: {case.level.active_when.seats - filled}")

    def candidates(self, seat: str) -> list[Person]:
        """People of the groups named for a seat: at work, awake, on call, the others."""

        def rank(person: Person) -> int:
            if self.people.at_work(person, self.now) or person.come:
                return 0
            if self.people.awake(person, self.now):
                return 1
            return 2 if self.carries(person) else 3

        people = [p for g in self.place.staff[seat] for p in self.people.all if p.group == g]
        return sorted((p for p in people if not p.seat and not p.going and p not in self.sought), key=rank)

    def carries(self, person: Person) -> str | None:
        """The function that somebody is on call for now."""
        return next((f for f in person.functions if person in self.people.on_call(f, self.now)), None)

    def fill(self, case: Case, seat: str, place: int) -> Generator[Any, Any, None]:
        """Call one after the other until somebody comes."""
        assert case.level is not None
        level, a = case.level, self.assumed
        tried: set[Person] = set()
        attempt = 0
        while True:
            person = next((p for p in self.candidates(seat) if p not in tried), None)
            if person is None:
                yield Moment(self.env, self.now + 2 * a.answer_within, TIMERS, 1)
                tried.clear()
                continue
            tried.add(person)
            self.sought.add(person)
            attempt += 1
            name = f"{case.prefix}/{seat}/{place}/{attempt}"
            if self.people.at_work(person, self.now) or person.come:
                self.set_out(case, person, seat, self.luck.draw(a.gather_present, f"{name}/gather"))
                return
            reached, _ = self.people.reach(person, self.carries(person), self.now)
            awake = self.people.awake(person, self.now)
            station, task = f"{level.id}.{seat}", case.tasks["gather"].id
            if self.people.answers(person, self.carries(person), self.now):
                delay = 0 if awake else self.luck.draw(reached.delay, f"{name}/delay")
                journey = self.luck.draw(reached.arrives, f"{name}/arrives")
                if not awake:
                    self.write(r.ContactAttempted(self.now, task, station, person.id, self.now + delay))
                self.at(self.now + delay, ARRIVALS, lambda p=person, j=journey: self.says_yes(case, p, seat, j), 1)  # type: ignore[misc]
                if delay <= a.answer_within:
                    return
            else:
                self.write(r.ContactAttempted(self.now, task, station, person.id, None))
            yield Moment(self.env, self.now + a.answer_within, TIMERS, 1)
            if not self.people.answers(person, self.carries(person), self.now):
                self.sought.discard(person)

    def says_yes(self, case: Case, person: Person, seat: str, journey: int) -> None:
        if not self.people.awake(person, self.now):
            self.write(r.PersonReached(self.now, person.id, f"{case.level.id}.{seat}"))  # type: ignore[union-attr]
        person.woken = self.now
        self.set_out(case, person, seat, journey)

    def set_out(self, case: Case, person: Person, seat: str, journey: int) -> None:
        assert case.level is not None
        person.going = f"{case.level.id}.{seat}"
        self.at(self.now + journey, ARRIVALS, lambda: self.sit_down(case, person, seat), 1)

    def sit_down(self, case: Case, person: Person, seat: str) -> None:
        assert case.level is not None
        level = case.level
        station = f"{level.id}.{seat}"
        if person.at_the_door is None and not self.people.at_work(person, self.now):
            self.write(r.PersonArrived(self.now, person.id, level.id))
        if person.busy is not None:
            person.at_the_door = lambda: self.sit_down(case, person, seat)
            return
        person.at_the_door = None
        person.going, person.seat = None, station
        self.seats.setdefault(station, []).append(person)
        self.first_work(person)
        if any(self.all_seated(f) for f in person.functions):
            for begins, _ in self.people.days(person):
                if begins > self.now:
                    self.at(begins, TIMERS, self.mark_functions)
        filled = sum(len(self.seats.get(f"{level.id}.{s}", ())) for s in level.staffs)
        self.write(r.SeatFilled(self.now, level.id, seat, person.id, filled))
        for function in person.functions:
            self.learn(station, list(self.knows.get(function, [])), "gathered", function, None)
        self.mark_functions()
        if self.levels[level.id] == "active":
            return
        enough = filled >= level.active_when.seats
        if enough and all(self.seats.get(f"{level.id}.{s}") for s in level.active_when.including):
            task = case.tasks["gather"]
            self.stretch(task, self.now)
            task.state = "done"
            self.write(r.TaskFinished(self.now, task.id, case.id, None, "done"))
            self.levels[level.id] = "active"
            self.write(r.LevelActivated(self.now, level.id, case.id))
            self.learn(station, case.carries, "gathered", case.id, None)
            self.write(r.CaseClosed(self.now, case.id, "done"))
        else:
            self.missing(case)
        self.free(person)
