"""Who is where, and who can be reached: sections 2, 3 and 10 of ``docs/model.md``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from ovning.model.setup import Setup
from ovning.units import DAY, HOUR, MINUTE, Clock
from tests.independent.luck import Luck

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def minutes(clock: str) -> int:
    """Milliseconds since midnight of a clock time."""
    hours, mins = clock.split(":")
    return int(hours) * HOUR + int(mins) * MINUTE


class Person:
    """A head in a group."""

    def __init__(self, group: str, ordinal: int) -> None:
        self.group = group
        self.ordinal = ordinal
        self.id = f"{group}#{ordinal + 1}"
        self.functions: list[str] = []
        self.word = ""
        self.place = 0
        self.shift = 0
        self.busy: Any = None
        self.woken: int | None = None
        """When they last answered or worked."""
        self.seat: str | None = None
        self.going: str | None = None
        """The seat that they are on their way to."""
        self.at_the_door: Callable[[], None] | None = None
        """What they do when they have finished what they were busy with on the way to a seat: sit down."""
        self.come = False
        """Whether they have been called in and are in place."""
        self.coming = False
        self.answered: set[str] = set()
        self.worked = False
        self.just_done: int = -1
        """When they last finished something for us: whoever just has takes the next before going back."""

    def __repr__(self) -> str:
        return self.id


class People:
    """All people of an organisation, and what the clock says of them."""

    def __init__(self, setup: Setup, luck: Luck, clock: Clock) -> None:
        self.setup = setup
        self.assumed = setup.assumptions
        self.place = setup.organisation
        self.luck = luck
        self.clock = clock
        self.pieces: dict[tuple[str, tuple[int, int]], list[tuple[int, int]]] = {}
        self.calendar: dict[str, list[tuple[int, int]]] = {}
        self.all = [Person(g, n) for g, group in self.place.people.items() for n in range(group.count)]
        self.of: dict[str, list[Person]] = {}
        for name, function in self.place.functions.items():
            self.of[name] = [p for g in function.filled_by for p in self.all if p.group == g]
            for person in self.of[name]:
                person.functions.append(name)
        self.words: dict[str, str] = {}
        counted: dict[str, int] = {}
        for name, function in self.place.functions.items():
            counted[function.role] = counted.get(function.role, 0) + 1
            nth = counted[function.role]
            self.words[name] = function.role if nth == 1 else f"{function.role}+{nth}"
        taken: dict[str, int] = {}
        for person in self.all:
            mine = sorted(person.functions, key=lambda f: self.place.functions[f].on_call is not None)
            person.word = self.words[mine[0]] if mine else "member"
            person.place = taken.get(person.word, 0)
            taken[person.word] = person.place + 1
            u = luck.number(f"morning/{person.word}/{person.place}")
            person.shift = round((2 * u - 1) * self.assumed.mornings_differ)

    def days(self, person: Person) -> list[tuple[int, int]]:
        """Working days from the day before STARTEX to two days after."""
        if person.group not in self.calendar:
            self.calendar[person.group] = self.days_of(person.group)
        return self.calendar[person.group]

    def days_of(self, group: str) -> list[tuple[int, int]]:
        """A group's working days."""
        works = self.place.people[group].works
        if works in ("always", "never"):
            return []
        hours = self.assumed.calendars[works]
        first = self.clock.local(0).date()
        days = [first + timedelta(days=n) for n in (-1, 0, 1, 2)]
        return [(self.since(d, hours.begin), self.since(d, hours.end)) for d in days if DAYS[d.weekday()] in hours.days]

    def since(self, day: date, clock: str) -> int:
        """A clock time of a day, since STARTEX."""
        days, within = divmod(minutes(clock), DAY)
        midnight = datetime.combine(day + timedelta(days=days), time())
        return self.clock.since(midnight + timedelta(milliseconds=within))

    def at_work(self, person: Person, now: int) -> bool:
        """By the calendar."""
        if self.place.people[person.group].works == "always":
            return True
        return any(begins <= now < ends for begins, ends in self.days(person))

    def ordinary(self, person: Person, day: tuple[int, int]) -> list[tuple[int, int]]:
        """The pieces of ordinary work that fill a day: from and to."""
        key = (person.id, day)
        if key not in self.pieces:
            self.pieces[key] = self.ordinary_of(person, day)
        return self.pieces[key]

    def ordinary_of(self, person: Person, day: tuple[int, int]) -> list[tuple[int, int]]:
        """They alternate with gaps, as luck has it."""
        load = max((self.place.functions[f].ordinary_load for f in person.functions), default=0.0)
        if not load:
            return []
        name = f"ordinary/{person.word}/{person.place}/{day[0]}"
        pieces: list[tuple[int, int]] = []
        at, nth = day[0], 1
        if self.luck.number(f"{name}/busy") >= load:
            nth = 2
        while at < day[1]:
            if nth % 2:
                until = at + self.luck.draw(self.assumed.ordinary_piece, f"{name}/{nth}/0")
                pieces.append((at, until))
            else:
                gap = self.luck.draw(self.assumed.ordinary_piece, f"{name}/{nth}/1")
                until = at + round(gap * (1 - load) / load)
            at, nth = until, nth + 1
        return pieces

    def in_ordinary_work(self, person: Person, now: int) -> bool:
        """In the middle of a piece of ordinary work, and not just back from something for us."""
        if person.seat or person.just_done == now:
            return False
        day = next((d for d in self.days(person) if d[0] <= now < d[1]), None)
        if day is None:
            return False
        return any(begins <= now < ends for begins, ends in self.ordinary(person, day))

    def awake(self, person: Person, now: int) -> bool:
        """Somebody who has answered, or has worked, and has not fallen asleep again."""
        if person.busy is not None or person.seat or person.going or person.coming:
            return True
        return person.woken is not None and now < person.woken + self.assumed.stays_awake

    def on_call(self, function: str, now: int) -> list[Person]:
        """Those who carry the telephone now, slot by slot."""
        rota = self.place.functions[function].on_call
        people = self.of[function]
        if rota is None or not people:
            return []
        if not rota.round_the_clock and any(self.at_work(p, now) for p in people):
            return []
        week = (self.clock.local(now).date().toordinal() - 1) // 7
        return [people[(week * rota.count + s) % len(people)] for s in range(rota.count)]

    def part_of_day(self, person: Person, now: int) -> tuple[str, str, int]:
        """``night`` or ``day``, its name in luck, and when it is over for this person."""
        local = self.clock.local(now - person.shift)
        begins, ends = minutes(self.assumed.night_begins), minutes(self.assumed.night_ends)
        clock = ((local.hour * 60 + local.minute) * 60 + local.second) * 1000 + local.microsecond // 1000
        if clock < ends:
            evening = local.date() - timedelta(days=1)
            return "night", f"{evening}/night", now + ends - clock
        if clock >= begins:
            return "night", f"{local.date()}/night", now + DAY - clock + ends
        lasts = self.assumed.luck_of_the_day_lasts
        nth = (clock - ends) // lasts
        over = min(ends + (nth + 1) * lasts, begins)
        return "day", f"{local.date()}/day/{nth}", now + over - clock

    def reach(self, person: Person, function: str | None, now: int) -> tuple[Any, str]:
        """How somebody is reached now, and the beginning of the name of their luck."""
        if function is not None:
            slots = self.on_call(function, now)
            if person in slots:
                rota = self.place.functions[function].on_call
                assert rota is not None
                return rota.reached, f"night/{self.words[function]}/{slots.index(person)}"
        own = self.place.people[person.group].reached
        return own or self.assumed.off_duty_reached, f"night/{person.word}/off/{person.place}"

    def answers(self, person: Person, function: str | None, now: int) -> bool:
        """Whether somebody can be reached in this part of the day."""
        if self.awake(person, now):
            return True
        reached, name = self.reach(person, function, now)
        part, date_name, _ = self.part_of_day(person, now)
        chance = reached.chance if isinstance(reached.chance, float) else getattr(reached.chance, part)
        return self.luck.number(f"{name}/{date_name}") < chance
