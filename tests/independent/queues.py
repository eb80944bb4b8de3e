"""Queues, causes of waiting and interruptions: sections 4 and 14 of ``docs/model.md``."""

from __future__ import annotations

from collections.abc import Callable

from ovning.log import records as r
from tests.independent.people import Person
from tests.independent.reaching import Reaching
from tests.independent.things import FINISHES, Entry, Task, Work


class Queues(Reaching):
    """Waiting requests, and handing them out."""

    def wait(self, task: Task, cause: str, station: str, detail: str) -> None:
        """From now on a task waits for this."""
        if (
            task.decision is not None
            and cause not in ("clarification", "mandate")
            and not (cause == "transmission" and task.message)
        ):
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
            round_of = (entry.task, entry.station, entry.task.turn, entry.kind)
            if entry.station not in touched or entry.kind == "pass_on" or self.somebody(entry.station, entry.mode):
                continue
            called = self.called.setdefault(round_of, set())
            people = [p for p in self.callable(entry.station, entry.mode) if p not in called]
            if people:
                called.update(people)
                self.telephone(entry, people)

    def waiting_at(self, station: str) -> list[Entry]:
        """A queue in its order."""
        return sorted((e for e in self.queue if e.station == station), key=lambda e: e.key)

    def takable(self, station: str) -> Entry | None:
        """The first request in a queue that somebody can take."""
        return next((e for e in self.waiting_at(station) if self.takers(e)), None)

    def look_at(self, station: str) -> None:
        """What those wait for that nobody in this queue can take."""
        for entry in self.waiting_at(station):
            if entry.kind == "pass_on" or (entry.kind != "clarification" and entry.task.first == station):
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
        foreign = entry.kind != "work" or entry.task.giver != entry.station
        if mode == "call" and entry.kind != "pass_on" and foreign and wanted == 1:
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
