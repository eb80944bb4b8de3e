"""Remedies: what might be tried against a bottleneck, as settings that ``--set`` takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ovning.letters import small
from ovning.model.assumptions import Reach
from ovning.model.organisation import Function, Level
from ovning.model.setup import Setup


class Remedy(NamedTuple):
    """Something to try: what it would bring is found by playing again with it, never from how long was waited."""

    title: str
    """What is tried, in Swedish."""
    sets: tuple[str, ...]
    """``PATH=VALUE`` as for ``--set``."""


def one_more(setup: Setup, station: str) -> Remedy | None:
    """One more to do a station's work: on call, in the staff, or at work; ``None`` where there is nobody to add."""
    level, seat = _seat(setup, station)
    if level is not None and seat in level.staffs:
        count = level.staffs[seat] + 1
        title = f"En plats till i staben: {_seat_title(setup, seat)}"
        return Remedy(title, (f"levels.{level.id}.staffs.{seat}={count}",))
    function = setup.organisation.functions.get(station)
    if function is None:
        return None
    if function.on_call is not None and function.on_call.count < _heads(setup, function):
        count = function.on_call.count + 1
        return Remedy(f"En till i beredskap: {function.title}", (f"functions.{station}.on_call.count={count}",))
    people = setup.organisation.people
    group = next((name for name in function.filled_by if people[name].works != "never"), None)
    if group is None:
        return None
    return Remedy(f"En till: {people[group].title or group}", (f"people.{group}.count={people[group].count + 1}",))


def faster_answer(setup: Setup, station: str) -> Remedy | None:
    """Somebody who answers sooner: a rota, a telephone that is always answered, or a staff that needs fewer."""
    organisation = setup.organisation
    level = next((level for level in organisation.levels if level.id == station), None)
    if level is not None:
        return _smaller_staff(level)
    body = organisation.bodies.get(station)
    if body is not None:
        if body.attendance == "remote":
            return None
        return Remedy(f"Mötet hålls på distans: {body.title}", (f"bodies.{station}.attendance=remote",))
    function = organisation.functions.get(station)
    if function is None:
        return one_more(setup, station)
    people = [organisation.people[group] for group in function.filled_by]
    if all(group.works == "always" for group in people):
        return one_more(setup, station)
    if function.on_call is not None:
        if function.on_call.reached.chance == 1:
            return one_more(setup, station)
        return Remedy(f"Svarar alltid: {function.title}", (f"functions.{station}.on_call.reached.chance=1",))
    reached = _usual_reach(setup)
    if reached is None or all(group.works == "never" for group in people):
        return None
    return Remedy(
        f"Beredskap utanför arbetstid: {function.title}",
        (f"functions.{station}.on_call={{count: 1, reached: {reached}}}",),
    )


def mandate(setup: Setup, decision: str, holder: str | None) -> Remedy | None:
    """The right to decide for whoever has the case; ``None`` where that is nobody who can be given it."""
    organisation = setup.organisation
    raised = next((level for level in organisation.levels if decision == f"activate_{level.id}"), None)
    function = organisation.functions.get(holder or "")
    if raised is not None:
        if function is None or raised.decided_by == holder:
            return None
        return Remedy(
            f"{function.title} får besluta om {small(raised.title)}", (f"levels.{raised.id}.decided_by={holder}",)
        )
    word = setup.vocabulary.decisions.get(decision)
    if word is None:
        return None  # that a level ends is decided where it was begun
    what = small(word.title)
    if function is not None:
        if decision in function.decides:
            return None
        decides = _list((*function.decides, decision))
        return Remedy(f"{function.title} får själv besluta: {what}", (f"functions.{holder}.decides={decides}",))
    level, seat = _seat(setup, holder or "")
    if level is None or decision in level.grants.get(seat, ()):
        return None
    grants: Mapping[str, Iterable[str]] = {**level.grants, seat: (*level.grants.get(seat, ()), decision)}
    written = ", ".join(f"{name}: {_list(given)}" for name, given in grants.items())
    return Remedy(
        f"{_seat_title(setup, seat)} i staben får själv besluta: {what}", (f"levels.{level.id}.grants={{{written}}}",)
    )


def able(setup: Setup, capability: str, holder: str | None) -> Remedy | None:
    """The ability for whoever has the case, where nobody who is there has it."""
    function = setup.organisation.functions.get(holder or "")
    if function is None or capability in function.does:
        return None
    word = setup.vocabulary.capabilities.get(capability)
    title = f"{function.title} kan själv: {small(word.title) if word else capability}"
    return Remedy(title, (f"functions.{holder}.does={_list((*function.does, capability))}",))


def _smaller_staff(level: Level) -> Remedy | None:
    when = level.active_when
    if when.seats <= max(1, len(when.including)):
        return None
    title = f"{level.title} räknas som aktivt med {when.seats - 1} platser besatta i stället för {when.seats}"
    return Remedy(title, (f"levels.{level.id}.active_when.seats={when.seats - 1}",))


def _usual_reach(setup: Setup) -> str | None:
    """How the other functions' people on call answer, as it is written in a file; ``None`` if nobody is on call."""
    for entry in setup.ledger:
        if entry.name is not None and any(path.endswith(".on_call.reached") for path in entry.used_at):
            return f"{{assume: {entry.name}}}"
    reaches = [function.on_call.reached for function in setup.organisation.functions.values() if function.on_call]
    return _written(reaches[0]) if reaches else None


def _written(reach: Reach) -> str:
    chance = (
        f"{reach.chance:g}"
        if isinstance(reach.chance, float)
        else f"{{day: {reach.chance.day:g}, night: {reach.chance.night:g}}}"
    )
    parts = [f"chance: {chance}", f"delay: {reach.delay.middle / 1000:.0f} s"]
    if reach.arrives is not None:
        parts.append(f"arrives: {reach.arrives.middle / 1000:.0f} s")
    return f"{{{', '.join(parts)}}}"


def _seat(setup: Setup, station: str) -> tuple[Level | None, str]:
    name, dot, seat = station.partition(".")
    level = next((level for level in setup.organisation.levels if dot and level.id == name), None)
    return level, seat


def _seat_title(setup: Setup, seat: str) -> str:
    word = setup.vocabulary.seats.get(seat)
    return word.title if word else seat


def _heads(setup: Setup, function: Function) -> int:
    return sum(setup.organisation.people[group].count for group in function.filled_by)


def _list(names: Iterable[str]) -> str:
    return f"[{', '.join(names)}]"
