"""Telephoning people who are not there: whether they can be reached tonight, when they answer, when they come."""

from __future__ import annotations

from functools import partial

from ovning.engine.agenda import Turn
from ovning.engine.channels import call_home, when_channels_change
from ovning.engine.life import wait
from ovning.engine.presence import (
    answers_for,
    callable_people,
    is_awake,
    mark_person,
    may_take,
    on_call_people,
    on_duty,
    reach_of,
    serving,
    stands_by,
)
from ovning.engine.state import Person, Request, Station
from ovning.engine.world import World
from ovning.log.records import ContactAttempted, PersonArrived, PersonReached
from ovning.model.assumptions import PartOfDay, Reach


def chance_of(reach: Reach, night: bool) -> float:
    """The chance that somebody can be reached."""
    if isinstance(reach.chance, PartOfDay):
        return reach.chance.night if night else reach.chance.day
    return reach.chance


def part_for(world: World, person: Person) -> tuple[bool, str, int]:
    """Whether it is night for this person, the name of the night or stretch of the day, and when it ends for them."""
    night, part, ends = world.compiled.calendars.part(world.now - person.late_by)
    return night, part, ends + person.late_by


def is_reachable(world: World, person: Person, station: Station | None, call: str) -> bool:
    """Whether the person can be reached this night or day: theirs, unless the luck is assumed to be each call's."""
    if person.resting or person.away:
        return False
    if is_awake(world, person):
        return True
    night, part, _ = part_for(world, person)
    chance = chance_of(reach_of(world, person, station), night)
    if world.assumptions.luck_of_the_night == "call":
        return world.luck.uniform(f"{call}/answers") < chance
    rota = [] if station is None else on_call_people(world, station)
    if station is not None and person in rota:
        return world.luck.uniform(f"night/{station.luck}/{rota.index(person)}/{part}") < chance
    return world.luck.uniform(f"night/{person.role}/off/{person.ordinal}/{part}") < chance


def call_people(world: World, station: Station, request: Request) -> None:
    """Telephone those of a station who have not been called for this yet, one after the other, until somebody can."""
    called = request.called.setdefault(station.id, set())
    people = [p for p in callable_people(world, station, request.mode) if p.name not in called]
    if not people:
        return
    called.update(p.name for p in people)
    request.task.attempts += 1
    attempt = request.task.attempts
    for place, person in enumerate(people):
        name = f"{request.task.case.luck}/{request.task.spec.task}/reach/{attempt}/{place}"
        world.agenda.plan(
            place * world.assumptions.try_next_after,
            Turn.TIMER,
            partial(_attempt, world, station, request, person, name, 0),
            priority=request.key[0],
            owed_since=request.key[1],
        )


def _attempt(world: World, station: Station, request: Request, person: Person, name: str, again: int) -> None:
    if request.state != "waiting" or person.seat is not None or person.claimed or person.away:
        return
    if person is request.asker and request.whys.get(station.id) == "deputy":
        return
    part_ends = part_for(world, person)[2]
    attempt = partial(_attempt, world, station, request, person, name)
    if person.resting or _enough_coming(world, station, request):
        world.agenda.plan(part_ends - world.now, Turn.TIMER, partial(attempt, again))
        return
    call = f"{name}/again/{again}" if again else name
    reach = reach_of(world, person, station)
    needs_place = request.mode == "field" or (request.mode == "desk" and not stands_by(world, person, station))
    if is_awake(world, person):
        set_out(world, person, station, reach, call)
        return
    channel, usual = call_home(world, person)
    if not usual and request.own_life and request.stations[0] is station:
        wait(world, request.task, "channel_down", station.id, "" if channel is None else channel.id)
    if channel is None:
        when_channels_change(world, partial(attempt, again))
        return
    if not is_reachable(world, person, station, call):
        world.write((ContactAttempted, world.now, request.name, station.id, person.name, None))
        world.agenda.plan(part_ends - world.now, Turn.TIMER, partial(attempt, again + 1))
        return
    delay = world.draw(reach.delay, f"{call}/delay")
    if not usual:
        delay += world.draw(channel.delay, f"{call}/{channel.id}")
    world.write((ContactAttempted, world.now, request.name, station.id, person.name, world.now + delay))

    def answered() -> None:
        rouse(world, person, station)
        if needs_place:
            set_out(world, person, station, reach, call)

    world.agenda.plan(delay, Turn.ARRIVAL, answered)


def _enough_coming(world: World, station: Station, request: Request) -> bool:
    """Whether as many as it takes are there, or have answered and are on their way, both together."""
    missing = request.persons
    for person in station.people:
        if person.travelling:
            missing -= 1
    if missing <= 0:
        return True
    for person in serving(world, station):
        if not person.travelling and may_take(world, person, station, request):
            missing -= 1
            if not missing:
                return True
    return False


def rouse(world: World, person: Person, station: Station) -> None:
    """Somebody answers, and stays within reach for a while; not if they have gone off to rest in the meantime."""
    if person.resting or person.away:
        return
    if not is_awake(world, person):
        person.in_place = False
        person.answering.clear()
        person.stood_by.clear()
        world.write((PersonReached, world.now, person.name, station.id))
    person.awake_until = max(person.awake_until, world.now + world.assumptions.stays_awake)
    answers_for(world, person, station)
    mark_person(world, person)


def set_out(world: World, person: Person, station: Station, reach: Reach, call: str) -> None:
    """Somebody who is awake comes, if they ever do and are not there already."""
    if person.travelling or person.in_place or person.resting or person.away or reach.arrives is None:
        return
    person.travelling = True

    def arrived() -> None:
        person.travelling = False
        if person.resting or person.away:
            return
        if not on_duty(world, person):  # else their day has begun meanwhile, and they are at work
            person.in_place = True
            world.write((PersonArrived, world.now, person.name, station.id))
        person.awake_until = max(person.awake_until, world.now + world.assumptions.stays_awake)
        mark_person(world, person)

    travel = world.draw(reach.arrives, f"{call}/arrives")
    person.awake_until = max(person.awake_until, world.now + travel + world.assumptions.stays_awake)
    world.agenda.plan(travel, Turn.ARRIVAL, arrived)
