"""Who takes what: the first request in a queue that somebody can take, and whom it gets out of something else."""

from __future__ import annotations

from typing import Final

from ovning.engine.presence import barred_from, can_serve, enough_for, ordinary_until, serving, takes_flows
from ovning.engine.queues import withdraw
from ovning.engine.state import Person, Request, Station, Work
from ovning.engine.world import World

Crew = tuple[list[Person], list[Person]]
"""Who takes it, and who of them must leave something else for it."""

URGENT: Final = 1
"""Priority at or above which a call gets somebody out of a meeting, and a chair may decide alone."""
_MEETING: Final = (9, 0, 0, 0)


def first_possible(world: World, station: Station) -> tuple[Request, Crew] | None:
    """The first request of a station's queue that somebody can take now, and who takes it."""
    if len(station.queue) == 1:
        request = station.queue[0]
        if request.activity == "pass_on" and _is_moot(world, request):
            return None
        crew = _crew(world, station, request)
        return None if crew is None else (request, crew)
    seen: set[tuple[str, int, bool, object]] = set()
    held_for: int | None = None
    for request in list(station.queue):
        if held_for is not None and request.mode != "call" and request.key[0] > held_for:
            continue  # whoever is free waits for the other that the more urgent work takes
        if request.activity == "pass_on" and _is_moot(world, request):
            continue
        only: object = barred_from(request, station)
        if request.activity == "flow":  # who may take it is the same for all that waits at its stage
            only = id(request.task)
        elif request.untold:
            only = id(request)
        kind = (request.mode, request.persons, _may_interrupt(request, station), only)
        if kind in seen:
            continue
        crew = _crew(world, station, request)
        if crew is not None:
            return request, crew
        seen.add(kind)
        if request.persons > 1 and held_for is None and enough_for(world, station, request):
            held_for = request.key[0]
    return None


def _is_moot(world: World, request: Request) -> bool:
    """Whether what is to be passed on is no longer worth it; then it is dropped."""
    if request.task.moot is None or not request.task.moot():
        return False
    withdraw(world, request)
    world.hooks.moot(world, request.task)
    return True


def _crew(world: World, station: Station, request: Request) -> Crew | None:
    idle: list[Person] = []
    free: list[Person] = []  # those too who are in the middle of ordinary work that they leave for a call
    taken: list[tuple[tuple[int, int, int, int], Person]] = []
    needed, calling = request.persons, request.mode == "call"
    breaks_in = calling and _may_interrupt(request, station)
    barred = None if request.asker is None else barred_from(request, station)
    in_flow = request.activity == "flow"
    knowing = _knowing(world, station, request) if request.untold else None
    for person in serving(world, station):
        work = person.work
        if work is not None and not (breaks_in and _may_be_interrupted(work, request)):
            continue
        if not can_serve(world, person, station, request.mode) or person is barred:
            continue
        if in_flow and not takes_flows(world, person, station, request):
            continue
        if knowing and person not in knowing:
            continue
        if person.meeting_since is not None:
            if calling and request.key[0] <= URGENT:
                taken.append((_MEETING, person))
        elif work is not None:
            taken.append((work.request.key, person))
        elif ordinary_until(world, person) is None:
            idle.append(person)
            free.append(person)
            if len(idle) == needed:
                return idle, []
        elif calling:
            free.append(person)
    if len(free) >= needed:
        return [*idle, *(p for p in free if p not in idle)][:needed], []
    missing = needed - len(free)
    if len(taken) < missing:
        return None
    taken.sort(key=lambda t: t[0], reverse=True)
    chosen = [p for _, p in taken[:missing]]
    return [*free, *chosen], chosen


def _knowing(world: World, station: Station, request: Request) -> list[Person]:
    """Who of a station needs not be told of what came there without a call: those who wear both hats, as the giver."""
    if request.started or station is not request.stations[0] or request.sender is None:
        return []
    giving = serving(world, request.sender)
    return [
        person
        for person in serving(world, station)
        if (person is request.asker or person in giving) and can_serve(world, person, station, request.mode)
    ]


def _may_interrupt(request: Request, station: Station) -> bool:
    return request.interrupts and request.origin is not station


def _may_be_interrupted(work: Work, request: Request) -> bool:
    return (
        work.main and work.request.mode != "call" and len(work.persons) == 1 and work.request.task is not request.task
    )
