"""Whether there are people enough: for functions, rotas, seats and bodies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ovning.errors import Problem
from ovning.files.parts import Part
from ovning.model.assumptions import ModelAssumptions
from ovning.model.organisation import Level, Organisation


def heads(organisation: Organisation, groups: Iterable[str]) -> int:
    """People in the groups, each group counted once."""
    return sum(organisation.people[g].count for g in set(groups) if g in organisation.people)


def empty_functions(organisation: Part[Organisation]) -> Iterator[Problem]:
    """A function that nobody fills never does anything."""
    for name, function in organisation.model.functions.items():
        if heads(organisation.model, function.filled_by) == 0:
            yield organisation.warning(
                f"ingen fyller funktionen ”{name}”: allt som kommer dit går vidare till ställföreträdare eller linjen",
                "ange en grupp med minst en person",
                at=("functions", name, "filled_by"),
                key=True,
            )


def rotas(organisation: Part[Organisation]) -> Iterator[Problem]:
    """More on call at a time than there are people."""
    for name, function in organisation.model.functions.items():
        people = heads(organisation.model, function.filled_by)
        if function.on_call is not None and people and function.on_call.count > people:
            wanted = function.on_call.count
            yield organisation.warning(
                f"{wanted} ska ha beredskap samtidigt men ”{name}” fylls av {people}: bara så många har det",
                at=("functions", name, "on_call", "count"),
            )


def quorums(organisation: Part[Organisation]) -> Iterator[Problem]:
    """A quorum that the members cannot make, or members that the groups do not hold."""
    for name, body in organisation.model.bodies.items():
        members = sum(m.count for m in body.members)
        if body.quorum > members:
            yield organisation.error(
                f"beslutsförhet kräver {body.quorum} men organet har {members} ledamöter: det kan aldrig besluta",
                f"sätt quorum till högst {members}",
                at=("bodies", name, "quorum"),
            )
        for n, part in enumerate(body.members):
            group = organisation.model.people.get(part.from_group)
            if group is not None and part.count > group.count:
                yield organisation.error(
                    f"{part.count} ledamöter ska komma ur ”{part.from_group}” som har {group.count}",
                    f"höj count för {part.from_group} eller sänk antalet ledamöter",
                    at=("bodies", name, "members", n, "count"),
                )


def absent_members(organisation: Part[Organisation], engine: Part[ModelAssumptions]) -> Iterator[Problem]:
    """A body that meets in person, whose members never come."""
    for name, body in organisation.model.bodies.items():
        if body.attendance != "in_person":
            continue
        for n, part in enumerate(body.members):
            group = organisation.model.people.get(part.from_group)
            reached = (group and group.reached) or engine.model.off_duty_reached
            if group is not None and group.works == "never" and reached.arrives is None:
                yield organisation.warning(
                    f"”{part.from_group}” svarar men kommer aldrig (arrives saknas): organet samlas inte på plats",
                    "ange arrives, eller attendance: remote",
                    at=("bodies", name, "members", n),
                )


def _seats(level: Level) -> int:
    return sum(level.staffs.values())


def activation(organisation: Part[Organisation]) -> Iterator[Problem]:
    """A level that waits for seats it does not have is never active."""
    for level in organisation.model.levels:
        at = ("levels", level.id, "active_when")
        if level.active_when.seats > _seats(level):
            yield organisation.error(
                f"läget blir aktivt när {level.active_when.seats} platser är fyllda men har bara {_seats(level)}",
                "sänk seats eller lägg till platser i staffs",
                at=(*at, "seats"),
            )
        for n, seat in enumerate(level.active_when.including):
            if seat not in level.staffs:
                yield organisation.error(
                    f"läget väntar på platsen ”{seat}”, som inte finns i staffs: det blir aldrig aktivt",
                    f"lägg till {seat} i staffs",
                    at=(*at, "including", n),
                )
        for seat in level.grants:
            if seat not in level.staffs:
                yield organisation.warning(
                    f"platsen ”{seat}” får besluta men finns inte i staffs: rätten används aldrig",
                    f"lägg till {seat} i staffs eller ta bort raden",
                    at=("levels", level.id, "grants", seat),
                    key=True,
                )


def seats(organisation: Part[Organisation]) -> Iterator[Problem]:
    """Seats that nobody may sit in, or that there are not people enough for."""
    model = organisation.model
    for level in model.levels:
        for seat, wanted in level.staffs.items():
            there = heads(model, model.staff.get(seat, ()))
            if there >= wanted:
                continue
            why = f"bara {there} får sitta där" if seat in model.staff else "ingen grupp under staff får sitta där"
            needed = seat in level.active_when.including and there == 0
            so = "läget blir aldrig aktivt" if needed else "den står tom" if there == 0 else "resten står tomma"
            yield organisation.warning(
                f"platsen ”{seat}” ska ha {wanted} men {why}: {so}",
                f"lägg till grupper för {seat} under staff",
                at=("levels", level.id, "staffs", seat),
            )
        everybody = heads(model, {g for seat in level.staffs for g in model.staff.get(seat, ())})
        if level.active_when.seats > everybody:
            yield organisation.warning(
                f"läget behöver {level.active_when.seats} fyllda platser men grupperna har {everybody} personer "
                "tillsammans: det blir aldrig aktivt",
                at=("levels", level.id, "active_when", "seats"),
            )


def order_of_levels(organisation: Part[Organisation]) -> Iterator[Problem]:
    """The ladder goes upwards, and a level does not end by what began it."""
    lower = 0
    for level in organisation.model.levels:
        if level.recommended_when is None:
            continue
        known = level.recommended_when.known_severity
        at = ("levels", level.id)
        if known < lower:
            yield organisation.warning(
                f"läget rekommenderas vid grad {known}, lägre än läget under det ({lower}): stegen går baklänges",
                "skriv det lägsta läget först",
                at=(*at, "recommended_when", "known_severity"),
            )
        lower = max(lower, known)
        if level.stands_down_when and level.stands_down_when.known_severity_below > known:
            yield organisation.warning(
                f"läget avvecklas under grad {level.stands_down_when.known_severity_below} men rekommenderas redan vid "
                f"{known}: det som startar det avslutar det",
                f"sätt known_severity_below till högst {known}",
                at=(*at, "stands_down_when", "known_severity_below"),
            )


CHECKS = (empty_functions, rotas, quorums, activation, seats, order_of_levels)
"""Checks of an organisation by itself."""
