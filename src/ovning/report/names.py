"""Swedish names for what a log calls by id, taken from the files that were played."""

from __future__ import annotations

import re
from typing import Final, get_args

from ovning.letters import small as small
from ovning.log.records import Cause
from ovning.model.exercise import Criterion
from ovning.model.organisation import Level
from ovning.model.setup import Setup
from ovning.report.wording import percent
from ovning.units import say_duration
from ovning.words import phrase, word
from ovning.words.common import chained

CAUSES: Final[tuple[str, ...]] = get_args(Cause)
"""Causes of waiting."""

_BRACKETS = re.compile(r"(.+?)\s*\(([^()]*)\)")
_ABBREVIATION = re.compile(r"(?=(?:.*[A-ZÅÄÖ]){2})\w{2,6}")


def short(title: str) -> str:
    """A title without its brackets; a single abbreviation in them stands for the whole: ``TiB``."""
    match = _BRACKETS.fullmatch(title)
    if match is None:
        return title
    before, inside = match.groups()
    return inside if _ABBREVIATION.fullmatch(inside) else before


def large(text: str) -> str:
    """A sentence's first letter capital, the rest untouched."""
    return text[:1].upper() + text[1:]


class Names:
    """Looks up titles; an id that no file knows is returned as it is."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._levels = {level.id: level for level in setup.organisation.levels}
        self._tasks = {(p, t.task): t.title for p, tasks in setup.scenario.procedures.items() for t in tasks}
        self._injects = {i.id: i for i in setup.scenario.injects}

    def level(self, level: str) -> str:
        """A level's title."""
        known = self._levels.get(level)
        return known.title if known else level

    def short_level(self, level: str) -> str:
        """A level's title without its brackets."""
        return short(self.level(level))

    def short_station(self, station: str) -> str:
        """A station's title as it is said in a sentence: an abbreviation, or without brackets."""
        if not station:
            return self.station(station)
        if "+" in station:
            first, *others = (self.short_station(part) for part in station.split("+"))
            return chained((first, *(small(other) for other in others)))
        level, dot, seat = station.partition(".")
        if dot and level in self._levels:
            title = self.seat(seat)
            return title if word("name.staff_stem") in title.lower() else phrase("name.seat_short", seat=title)
        if level in self._levels and len(self._levels) == 1:
            return word("name.staff")
        if level in self._levels:
            return phrase("name.staff_of", level=small(self.short_level(level)))
        return short(self.station(station))

    def ladder(self) -> tuple[Level, ...]:
        """The levels, lowest first."""
        return self._setup.organisation.levels

    def station(self, station: str) -> str:
        """A function's, body's or seat's title, as it stands in the files; ``a+b`` is several, empty is nobody."""
        if not station:
            lacking = self.lacking()
            return phrase("name.nobody_able_to", what=lacking) if lacking else word("name.nobody_able")
        if "+" in station:
            first, *others = (self.station(part) for part in station.split("+"))
            return chained((first, *(small(other) for other in others)))
        organisation = self._setup.organisation
        if station in organisation.functions:
            return organisation.functions[station].title
        if station in organisation.bodies:
            return organisation.bodies[station].title
        level, dot, seat = station.partition(".")
        if dot and level in self._levels:
            return phrase("name.seat", seat=self.seat(seat), level=small(self.level(level)))
        if level in self._levels:
            return phrase("name.staff_of", level=small(self.level(level)))
        if station in self._setup.vocabulary.actors:
            return self._setup.vocabulary.actors[station].title
        if station in organisation.people:
            return self.group(station)
        return station

    def lacking(self) -> str:
        """What the scenario asks for and only a staff can do, so that it waits for one; empty if there is nothing."""
        setup = self._setup
        done = {capability for function in setup.organisation.functions.values() for capability in function.does}
        seats = {seat for level in setup.organisation.levels for seat in level.staffs}
        later = {capability for seat in seats for capability in setup.vocabulary.seats[seat].does}
        needs = {task.needs for tasks in setup.scenario.procedures.values() for task in tasks}
        return ", ".join(sorted(small(self.need(need)) for need in (needs & later) - done))

    def is_body(self, station: str) -> bool:
        """Whether a station is one of the organisation's bodies."""
        return station in self._setup.organisation.bodies

    def filled_by(self, station: str) -> frozenset[str]:
        """The groups whose people serve in a function; of a seat or a body none are told."""
        known = self._setup.organisation.functions.get(station)
        return frozenset(known.filled_by) if known else frozenset()

    def seat(self, seat: str) -> str:
        """A staff seat's title."""
        # A seat with several chairs may be numbered in the log.
        name, _, number = seat.partition("#")
        known = self._setup.vocabulary.seats.get(name)
        title = known.title if known else name
        return f"{title} {int(number) + 1}" if number.isdigit() else title

    def group(self, group: str) -> str:
        """A group of people."""
        known = self._setup.organisation.people.get(group)
        return (known.title if known else None) or group

    def person(self, person: str) -> str:
        """One person: the group's name and a number from 1, where there are several."""
        group, _, ordinal = person.partition("#")
        known = self._setup.organisation.people.get(group)
        if not ordinal.isdigit() or (known is not None and known.count == 1):
            return self.group(group)
        return phrase("name.person", group=self.group(group), number=str(int(ordinal)))

    def inject(self, inject: str) -> str:
        """An inject's short name."""
        known = self._injects.get(inject)
        return known.title if known else inject

    def task(self, inject: str, task: str) -> str | None:
        """A task's title, or ``None`` for one that is not of the scenario's."""
        known = self._injects.get(inject)
        return self._tasks.get((known.asks_for, task)) if known and known.asks_for else None

    def task_of(self, procedure: str, task: str) -> str | None:
        """The same, by the procedure that it is in."""
        return self._tasks.get((procedure, task))

    def need(self, need: str) -> str:
        """A capability or a decision."""
        if need.startswith("decide(") and need.endswith(")"):
            return phrase("name.decision", decision=small(self.decision(need[7:-1])))
        known = self._setup.vocabulary.capabilities.get(need)
        return known.title if known else need

    def decision(self, decision: str) -> str:
        """A decision's title; those that raise or end a level have none of their own."""
        if decision.startswith("activate_") and decision.removeprefix("activate_") in self._levels:
            return phrase("name.activate", level=small(self.level(decision.removeprefix("activate_"))))
        if decision.startswith("end_") and decision.removeprefix("end_") in self._levels:
            return phrase("name.end", level=small(self.level(decision.removeprefix("end_"))))
        known = self._setup.vocabulary.decisions.get(decision)
        return known.title if known else decision

    def fact(self, fact: str) -> str:
        """What can be known."""
        known = self._setup.scenario.facts.get(fact)
        return known.title if known else fact

    def severity_of(self, fact: str) -> int:
        """How grave a fact is; 0 for one that no file knows."""
        known = self._setup.scenario.facts.get(fact)
        return known.severity if known else 0

    def event(self, event: str) -> str:
        """What an event does to the services, or what it follows, tells, or how late it is; else its id."""
        known = next((one for one in self._setup.scenario.events if one.id == event), None)
        if known is None:
            return event
        sets = ", ".join(f"{small(self.service(service))} {percent(level)}" for service, level in known.sets.items())
        inject, dot, task = (known.after or "").partition(".")
        title = self.task(inject, task) if dot else None
        if sets or title:
            return sets or phrase("place.follows", task=title or "")
        if known.tells:
            return self.fact(known.tells)
        return event if known.at is None else phrase("name.time_passed", time=say_duration(known.at.middle))

    def flow(self, flow: str) -> str:
        """A flow's title."""
        known = self._setup.scenario.flows.get(flow)
        return known.title if known else flow

    def piece(self, work: str) -> str | None:
        """A piece of work that belongs to no case: a stage of a flow, or a change of shifts; ``None`` for any other."""
        kind, _, rest = work.partition(":")
        if kind == "shift" and work.endswith("/change"):
            return word("name.shift_change")
        if kind != "flow":
            return None
        flow, _, stage = rest.rpartition(":")[0].partition(":")
        known = self._setup.scenario.flows.get(flow)
        found = next((s.title for s in known.stages if s.stage == stage), None) if known else None
        return found or self.flow(flow)

    def stock(self, stock: str) -> str:
        """A stock's title."""
        known = self._setup.scenario.stocks.get(stock)
        return known.title if known else stock

    def whom(self, service: str) -> str:
        """Whom a service concerns, in the plural: ``hushåll``, or the scenario's own word."""
        affects = self._setup.scenario.services[service].affects
        return affects.called or word(f"whom.{'households' if affects.households else 'persons'}")

    def service(self, service: str) -> str:
        """The title of a service, or of a stock that one needs."""
        if service in self._setup.scenario.stocks:
            return self.stock(service)
        known = self._setup.vocabulary.services.get(service)
        return known.title if known else service

    def channel(self, channel: str) -> str:
        """A channel's title."""
        known = self._setup.vocabulary.channels.get(channel)
        return known.title if known else channel

    def follow_up(self, kind: str) -> str:
        """Standing work of a staff."""
        known = self._setup.vocabulary.follow_up.get(kind)
        return known.title if known else kind

    def severity(self, severity: int) -> str:
        """A step of the severity scale."""
        for degree in self._setup.vocabulary.severities:
            if degree.severity == severity:
                return degree.title
        return phrase("name.severity", severity=str(severity))

    def cause(self, cause: str) -> str:
        """A cause of waiting."""
        return word(f"cause.{cause}") if cause in CAUSES else cause

    def organisation(self) -> str:
        """The organisation's title."""
        return self._setup.organisation.title

    def criterion(self, criterion: Criterion) -> str:
        """What a criterion asks for; made from its measure if the exercise gives it no title."""
        if criterion.title:
            return criterion.title
        inject = criterion.inject or ""
        match criterion.measure:
            case "time_to_level":
                found = phrase("criterion.level", level=self.level(criterion.level or ""))
            case "time_to_received":
                found = phrase("criterion.received", inject=inject)
            case "time_to_task":
                title = self.task(inject, criterion.task or "") or criterion.task or ""
                found = phrase("criterion.task", inject=inject, task=small(title))
            case "time_to_decision":
                found = phrase("criterion.decision", decision=small(self.decision(criterion.decision or "")))
            case "time_to_fact":
                known_by = criterion.known_by or ""
                who = word("criterion.staff") if known_by == "staff" else large(self.role(known_by))
                found = phrase("criterion.fact", who=who, fact=small(self.fact(criterion.fact or "")))
            case "service_hours_without":
                key = "without" if criterion.below is None else "below"
                found = phrase(f"criterion.{key}", service=small(self.service(criterion.service or "")))
            case "flow_in_time":
                within = say_duration(criterion.within or 0)
                found = phrase("criterion.in_time", flow=self.flow(criterion.flow or ""), within=within)
            case "stock_delivered":
                found = phrase("criterion.delivered", stock=small(self.stock(criterion.stock or "")))
            case "unmanned_hours":
                key = "unmanned" if criterion.role else "unmanned_all"
                found = phrase(f"criterion.{key}", role=self.role(criterion.role))
            case "rest_deviations":
                found = phrase("criterion.rest")
        return found

    def role(self, role: str | None) -> str:
        """A role of the vocabulary; ``någon`` for none."""
        known = self._setup.vocabulary.roles.get(role or "")
        return small(known.title) if known else role or word("criterion.anybody")
