"""Who is there, and who is telephoned: sections 3 and 10 of ``docs/model.md``."""

from __future__ import annotations

from typing import Any

from ovning.log import records as r
from tests.independent.asking import Asking
from tests.independent.people import Person
from tests.independent.things import ARRIVALS, TIMERS, Entry


class Reaching(Asking):
    """People at work, awake at home, on their way."""

    def serving(self, station: str) -> list[Person]:
        """Those who serve a station now and are there: at work, awake, or in the seat."""
        if "." in station:
            return list(self.seats.get(station, []))
        people = self.people.of[station]
        free = [p for p in people if not p.seat]
        on_call = self.people.on_call(station, self.now)
        if on_call:
            carriers = [p for p in on_call if not p.seat]
            others = [p for p in free if p not in on_call and station in p.answered]
            found = [p for p in carriers + others if self.people.awake(p, self.now)]
        else:
            found = [p for p in free if self.people.at_work(p, self.now) or self.people.awake(p, self.now)]
        if not found and not [p for p in on_call if not p.seat]:
            found = [p for p in people if p.seat]
        return found

    def there(self, station: str) -> bool:
        return bool(self.serving(station)) or bool("." not in station and self.people.on_call(station, self.now))

    def able(self, person: Person, station: str, mode: str) -> bool:
        """Whether somebody who is there can do work of this mode from where they are."""
        if person.going:
            return mode == "call"
        if person.seat or person.come or self.people.at_work(person, self.now):
            return True
        if mode == "call":
            return True
        return mode == "desk" and "." not in station and person in self.people.on_call(station, self.now)

    def could(self, station: str, mode: str) -> bool:
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
        others = [p for p in self.people.of[station] if not p.seat and not p.going and p not in on_call]
        others = [p for p in others if not self.people.at_work(p, self.now)]
        if mode != "call":
            others = [p for p in others if self.calls_in and self.people.reach(p, station, self.now)[0].arrives]
        return on_call + others

    def reachable(self, station: str, mode: str) -> bool:
        return self.somebody(station, mode) or bool(self.callable(station, mode))

    def waits(self, entry: Entry) -> bool:
        """Whether a request waits still where it was put."""
        return any(e.task is entry.task and (e.station, e.kind) == (entry.station, entry.kind) for e in self.queue)

    def telephone(self, entry: Entry, called: list[Person]) -> None:
        """One after the other, until somebody can take it."""
        task = entry.task
        task.rounds += 1
        people = iter(list(enumerate(called)))
        name = f"{task.luck}/reach/{task.rounds}"
        turn = task.turn

        def next_call() -> None:
            following = next(people, None)
            if task.turn == turn and self.waits(entry) and following is not None:
                place, person = following
                self.call(entry, person, f"{name}/{place}", 0)
                self.at(self.now + self.assumed.try_next_after, TIMERS, next_call, task.case.priority)

        next_call()

    def call(self, entry: Entry, person: Person, name: str, again: int) -> None:
        """Somebody is called, and again when that part of the day is over for them."""
        task, station, mode, turn = entry.task, entry.station, entry.mode, entry.task.turn
        if person.going or person.seat:
            return
        over = self.people.part_of_day(person, self.now)[2]

        def when_it_is_over(again: int) -> None:
            if task.turn == turn and self.waits(entry):
                self.call(entry, person, name, again)

        if self.could(station, mode):  # passed over: somebody is there, or on the way
            self.at(over, TIMERS, lambda: when_it_is_over(again))
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
        self.at(over, TIMERS, lambda: when_it_is_over(again + 1))

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
