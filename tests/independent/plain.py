"""A small exercise in plain SimPy, written from ``docs/model.md``, ``docs/files.md`` and ``docs/log.md``.

Nothing here comes from ``ovning.engine``, which its author did not read; only the files as they are loaded, and the
types of the records, are shared. Where the pages did not say enough to foretell the engine's log, the log was looked at
and the pages were mended. (What happens when people are called in, and when two in one line hold a decision, was added
later, by somebody who had mended the engine there and knew it.) What the exercise beside it does not touch is not here:
bodies, flows, shifts, meetings, reports, staffs that call people in.

One play is one object; its chapters are the modules ``course``, ``asking``, ``reaching``, ``queues``, ``working`` and,
here, the ladder: section 9.
"""

from __future__ import annotations

from collections.abc import Generator
from math import inf
from typing import Any

from ovning.log import records as r
from ovning.model.organisation import Level
from tests.independent.people import Person
from tests.independent.things import ARRIVALS, TIMERS, Case, Moment, Task
from tests.independent.working import Working

TITLES = {
    "recommend": "Bedöma läget och förorda {}",
    "decide": "Besluta om {}",
    "alert": "Larma {}",
    "gather": "Samla {}",
}


class Play(Working):
    """One play."""

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
            if case.level.calls_in:
                self.calls_in = True
                self.changed.update(dict.fromkeys(e.station for e in self.queue))
            following = case.tasks["alert"]
        else:
            self.write(r.LevelAlerted(self.now, level, case.id))
            self.request(case.tasks["gather"], station)
            self.gather(case)
            return
        self.request(following, station)
        self.ask(following, station)

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
        self.wait(
            case.tasks["gather"],
            "unavailable",
            case.level.id,
            f"seats missing: {case.level.active_when.seats - filled}",
        )

    def candidates(self, seat: str) -> list[Person]:
        """People of the groups named for a seat: at work, awake, on call, the others."""

        def rank(person: Person) -> int:
            if self.people.at_work(person, self.now) or person.come:
                return 0
            if self.people.awake(person, self.now):
                return 1
            return 2 if self.carries(person) else 3

        people = [p for g in self.place.staff[seat] for p in self.people.all if p.group == g]
        free = (p for p in people if not p.seat and not p.going and self.now >= self.sought.get(p, 0))
        return sorted(free, key=rank)

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
            self.sought[person] = inf
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
            self.sought[person] = self.now + 2 * a.answer_within
            yield Moment(self.env, self.now + a.answer_within, TIMERS, 1)

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
        here = self.people.at_work(person, self.now) or person.come
        if person.at_the_door is None and not here:
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
