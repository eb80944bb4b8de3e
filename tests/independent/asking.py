"""Who is asked to do something, and who next: sections 4 and 6 of ``docs/model.md``."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from ovning.log import records as r
from tests.independent.course import Course
from tests.independent.people import Person
from tests.independent.things import TIMERS, Entry, Moment, Task


class Asking(Course):
    """Requests on their way from station to station."""

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
        task.wanted = wanted
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
            return needs in self.setup.vocabulary.seats[station.split(".")[1]].does
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
        later = self.deputies(task, task.first)
        if task.case.level is not None and task.decision is not None:
            later += [(s, "line") for s in self.line(task.first)]
        elif task.decision is not None:
            assert task.wanted is not None
            if task.steps_left:
                line = self.line(task.first)
                later += [(s, "line") for s in line[: line.index(task.wanted) + 1]]
            later += self.stand_ins(task, task.wanted)
        else:
            later += [(s, "line") for s in task.others]
        return next(((s, w) for s, w in later if s not in task.asked), None)

    def deputies(self, task: Task, station: str) -> list[tuple[str, str]]:
        """Those who stand in for a function."""
        if station not in self.place.functions:
            return []
        return [
            (d.function, "deputy")
            for d in self.place.functions[station].deputies
            if task.needs not in d.without and d.function not in (task.holder, task.giver)
        ]

    def stand_ins(self, task: Task, wanted: str) -> list[tuple[str, str]]:
        """Deputies of whoever should decide, then those further up who hold the decision too, with theirs."""
        found = self.deputies(task, wanted)
        for station in self.line(wanted):
            if self.can(station, task.needs):
                found += [(station, "line"), *self.deputies(task, station)]
        return found
