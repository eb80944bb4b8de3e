"""Swedish names for what a log calls by id, taken from the files that were played."""

from __future__ import annotations

import re

from ovning.model.exercise import Criterion
from ovning.model.organisation import Level
from ovning.model.setup import Setup
from ovning.report.wording import percent
from ovning.units import say_duration

CAUSES = {
    "transmission": "överföring",
    "unavailable": "ingen på plats",
    "queue": "upptagen",
    "mandate": "mandat",
    "meeting": "möte",
    "information": "saknad uppgift",
    "clarification": "missförstånd att reda ut",
    "shift_change": "avlösning",
    "channel_down": "sambandet nere",
}
"""Causes of waiting, as column headings and labels."""

CAUSE_MEANINGS = {
    "transmission": "ett meddelande är på väg",
    "unavailable": "den som skulle göra det är inte på plats och måste nås",
    "queue": "den som skulle göra det är på plats men upptagen",
    "mandate": "någon behöver ett beslut som den inte själv får fatta",
    "meeting": "saken väntar på ett möte eller på mötets dagordning",
    "information": "en uppgift som behövs är inte känd",
    "clarification": "två enheter utan gemensamt språk måste fråga varandra vad som menas",
    "shift_change": "den som höll i saken går av sitt pass",
    "channel_down": "ingen sambandsväg fungerar",
}
"""One line on each cause."""


_BRACKETS = re.compile(r"(.+?)\s*\(([^()]*)\)")
_ABBREVIATION = re.compile(r"(?=(?:.*[A-ZÅÄÖ]){2})\w{2,6}")


def small(title: str) -> str:
    """A title inside a sentence: its first letter small, unless the word is an abbreviation or has capitals inside."""
    first = title.split(" ", 1)[0]
    return title if any(c.isupper() for c in first[1:]) else title[:1].lower() + title[1:]


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
            return " och ".join((first, *(small(other) for other in others)))
        level, dot, seat = station.partition(".")
        if dot and level in self._levels:
            title = self.seat(seat)
            return title if "stab" in title.lower() else f"{title} i staben"
        if level in self._levels:
            return f"staben i {small(self.short_level(level))}" if len(self._levels) > 1 else "staben"
        return short(self.station(station))

    def ladder(self) -> tuple[Level, ...]:
        """The levels, lowest first."""
        return self._setup.organisation.levels

    def station(self, station: str) -> str:
        """A function's, body's or seat's title, as it stands in the files; ``a+b`` is several, empty is nobody."""
        if not station:
            return f"Ingen som kan: {lacking}" if (lacking := self.lacking()) else "Ingen som kan"
        if "+" in station:
            first, *others = (self.station(part) for part in station.split("+"))
            return " och ".join((first, *(small(other) for other in others)))
        organisation = self._setup.organisation
        if station in organisation.functions:
            return organisation.functions[station].title
        if station in organisation.bodies:
            return organisation.bodies[station].title
        level, dot, seat = station.partition(".")
        if dot and level in self._levels:
            return f"{self.seat(seat)} i {small(self.level(level))}"
        if level in self._levels:
            return f"staben i {small(self.level(level))}"
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

    def seat(self, seat: str) -> str:
        """A staff seat's title."""
        # A seat with several chairs may be numbered in the log.
        name, _, number = seat.partition("#")
        word = self._setup.vocabulary.seats.get(name)
        title = word.title if word else name
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
        return f"{self.group(group)} nr {int(ordinal)}"

    def inject(self, inject: str) -> str:
        """An inject's short name."""
        known = self._injects.get(inject)
        return known.title if known else inject

    def task(self, inject: str, task: str) -> str | None:
        """A task's title, or ``None`` for one that is not of the scenario's."""
        known = self._injects.get(inject)
        return self._tasks.get((known.asks_for, task)) if known and known.asks_for else None

    def need(self, need: str) -> str:
        """A capability or a decision."""
        if need.startswith("decide(") and need.endswith(")"):
            return f"beslut: {small(self.decision(need[7:-1]))}"
        word = self._setup.vocabulary.capabilities.get(need)
        return word.title if word else need

    def decision(self, decision: str) -> str:
        """A decision's title; those that raise or end a level have none of their own."""
        if decision.startswith("activate_") and decision.removeprefix("activate_") in self._levels:
            return f"Aktivera {small(self.level(decision.removeprefix('activate_')))}"
        if decision.startswith("end_") and decision.removeprefix("end_") in self._levels:
            return f"Avsluta {small(self.level(decision.removeprefix('end_')))}"
        word = self._setup.vocabulary.decisions.get(decision)
        return word.title if word else decision

    def fact(self, fact: str) -> str:
        """What can be known."""
        known = self._setup.scenario.facts.get(fact)
        return known.title if known else fact

    def severity_of(self, fact: str) -> int:
        """How grave a fact is; 0 for one that no file knows."""
        known = self._setup.scenario.facts.get(fact)
        return known.severity if known else 0

    def event(self, event: str) -> str:
        """What an event does to the services, or its id if it does nothing to them."""
        known = next((one for one in self._setup.scenario.events if one.id == event), None)
        sets = known.sets.items() if known else ()
        return ", ".join(f"{small(self.service(service))} {percent(level)}" for service, level in sets) or event

    def flow(self, flow: str) -> str:
        """A flow's title."""
        known = self._setup.scenario.flows.get(flow)
        return known.title if known else flow

    def piece(self, work: str) -> str | None:
        """A piece of work that belongs to no case: a stage of a flow, or a change of shifts; ``None`` for any other."""
        kind, _, rest = work.partition(":")
        if kind == "shift" and work.endswith("/change"):
            return "Lämna över passet"
        if kind != "flow":
            return None
        flow, _, stage = rest.rpartition(":")[0].partition(":")
        known = self._setup.scenario.flows.get(flow)
        found = next((s.title for s in known.stages if s.stage == stage), None) if known else None
        return found or self.flow(flow)

    def service(self, service: str) -> str:
        """A service's title."""
        word = self._setup.vocabulary.services.get(service)
        return word.title if word else service

    def channel(self, channel: str) -> str:
        """A channel's title."""
        word = self._setup.vocabulary.channels.get(channel)
        return word.title if word else channel

    def follow_up(self, kind: str) -> str:
        """Standing work of a staff."""
        word = self._setup.vocabulary.follow_up.get(kind)
        return word.title if word else kind

    def severity(self, severity: int) -> str:
        """A step of the severity scale."""
        for degree in self._setup.vocabulary.severities:
            if degree.severity == severity:
                return degree.title
        return f"allvar {severity}"

    def cause(self, cause: str) -> str:
        """A cause of waiting."""
        return CAUSES.get(cause, cause)

    def organisation(self) -> str:
        """The organisation's title."""
        return self._setup.organisation.title

    def criterion(self, criterion: Criterion) -> str:
        """What a criterion asks for; made from its measure if the exercise gives it no title."""
        if criterion.title:
            return criterion.title
        match criterion.measure:
            case "time_to_level":
                return f"{self.level(criterion.level or '')} aktivt"
            case "time_to_received":
                return f"{criterion.inject} mottaget"
            case "time_to_task":
                title = self.task(criterion.inject or "", criterion.task or "") or criterion.task or ""
                return f"{criterion.inject}: {small(title)}"
            case "time_to_decision":
                return f"Beslut: {small(self.decision(criterion.decision or ''))}"
            case "time_to_fact":
                who = "staben" if criterion.known_by == "staff" else self.role(criterion.known_by or "")
                return f"{large(who)} vet: {small(self.fact(criterion.fact or ''))}"
            case "service_hours_without":
                what = small(self.service(criterion.service or ""))
                return f"Tid utan {what}" if criterion.below is None else f"Tid med för lite {what}"
            case "flow_in_time":
                within = say_duration(criterion.within or 0)
                return f"{self.flow(criterion.flow or '')}: någon börjar inom {within}"
            case "unmanned_hours":
                whose = f": {self.role(criterion.role)}" if criterion.role else ", alla funktioner"
                return f"Obemannad tid{whose}"
            case "rest_deviations":
                return "Avsteg från dygnsvilan"

    def role(self, role: str) -> str:
        """A role of the vocabulary; ``någon`` for none."""
        word = self._setup.vocabulary.roles.get(role)
        return small(word.title) if word else role or "någon"
