"""Passing on, work, misunderstandings and knowledge: sections 4, 6 and 7 of ``docs/model.md``."""

from __future__ import annotations

from typing import Any

from ovning.log import records as r
from tests.independent.people import Person
from tests.independent.queues import Queues
from tests.independent.things import ARRIVALS, Entry, Task, Work


class Working(Queues):
    """What people do once they have something."""

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
        giver, wanted = task.giver, task.wanted
        assert wanted is not None
        self.stretch(task, self.now)
        self.wait(task, "mandate", wanted, "")
        lasts = self.luck.draw(self.assumed.pass_on, f"{task.luck}/climb/{task.steps_left}")
        in_vain = wanted in task.asked

        def heard(work: Work) -> None:
            if self.can(station, task.needs):
                self.ask(task, station, giver)
            elif in_vain and (station, "deputy") in self.stand_ins(task, wanted):
                task.steps_left = 0
                self.write(r.StationAsked(self.now, task.id, station, "deputy"))
                self.put(task, station)
            else:
                self.ask(task, station)

        self.occupy(entry, [person], station, lasts, "pass_on", "call", heard)

    def unit(self, station: str) -> str:
        if "." in station:
            station = self.seats[station][0].functions[0]
        return self.place.functions[station].unit

    def in_place(self, person: Person) -> bool:
        """At work or called in, and not in a staff."""
        here = self.people.at_work(person, self.now) or person.come or person.at_the_door is not None
        return here and not person.seat

    def room(self, station: str) -> str | None:
        """The staff in whose room somebody answers for a station."""
        return next((p.seat.split(".")[0] for p in self.serving(station) if p.seat), None)

    def channel(self, giver: str, taker: str) -> Any:
        """The first that reaches."""
        together = self.room(giver) is not None and self.room(giver) == self.room(taker)
        for channel in self.place.channels:
            if channel.reach == "all" or (channel.reach == "same_site" and together):
                return channel
            if "." in giver or "." in taker:
                continue
            present = [any(self.in_place(p) for p in self.people.of[s]) for s in (giver, taker)]
            sites = [self.place.units[self.unit(s)].site for s in (giver, taker)]
            if all(present) and (channel.reach == "at_work" or sites[0] == sites[1]):
                return channel
        raise LookupError(f"{giver} reaches {taker} by no channel")

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
            how = (
                "own"
                if self.can(station, task.needs) or (task.case.level and task.case.level.decided_by == station)
                else "deputy"
            )
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
            ready = all(task.case.tasks[a].state == "done" for a in following.after)
            if following.state == "planned" and ready:
                self.request(following, station)
                self.ask(following, station, by=work.people[0])
        self.follows(task.id.replace("/", "."))
        if task.case.level is None and all(t.state == "done" for t in task.case.tasks.values()):
            self.write(r.CaseClosed(self.now, task.case.id, "done"))

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
