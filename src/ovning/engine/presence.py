"""Who is there: at work, on call, awake, seated in a staff, or not to be reached."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from ovning.engine.calendars import FOREVER
from ovning.engine.hours import Hours, Pieces
from ovning.engine.state import Person, Request, Station
from ovning.engine.world import World
from ovning.model.assumptions import Reach
from ovning.model.organisation import OnCall
from ovning.model.scenario import Mode
from ovning.units import DAY, MINUTE

_LONG_AGO: Final = -DAY * 30


def on_duty(world: World, person: Person) -> bool:
    """Whether the calendar has the person at work now, and they are not away or resting."""
    if world.now >= person.hours.until:
        _look_up(world, person.hours)
    return person.hours.at_work and not person.resting and not person.away


def in_hours(world: World, person: Person) -> bool:
    """Whether the calendar has the person at work now."""
    if world.now >= person.hours.until:
        _look_up(world, person.hours)
    return person.hours.at_work


def hours_until(world: World, hours: Hours) -> int:
    """Until when what a calendar says now is so."""
    if world.now >= hours.until:
        _look_up(world, hours)
    return hours.until


def latest_hours(world: World, hours: Hours) -> tuple[int, int] | None:
    """The stretch of work that it is now, or else the last one before."""
    if world.now >= hours.until:
        _look_up(world, hours)
    return hours.latest


def _look_up(world: World, hours: Hours) -> None:
    calendars = world.compiled.calendars
    span = calendars.span(hours.calendar, world.now)
    until = calendars.next_begin(hours.calendar, world.now) if span is None else span[1]
    hours.until = FOREVER if until is None else until
    hours.at_work = span is not None
    hours.latest = calendars.latest(hours.calendar, world.now)


def is_awake(world: World, person: Person) -> bool:
    """Whether somebody who is not at work has been reached, or is busy for us, and so can be spoken to."""
    if person.resting or person.away:
        return False
    return person.work is not None or person.seat is not None or person.session or world.now < person.awake_until


def is_manned_seat(station: Station) -> bool:
    """Whether the station is a function, or a staff seat that somebody sits in."""
    return station.seat is None or bool(station.people)


def at_home(world: World, station: Station, person: Person | None) -> Station:
    """Where something goes on that belongs to a staff seat that is no more: with the person, else with the line."""
    if is_manned_seat(station):
        return station
    if person is not None and person.seat is not None:
        return person.seat
    if person is not None and person.hats:
        return person.hats[0]
    functions = [world.stations[name] for name in station.above if world.stations[name].seat is None]
    return functions[0] if functions else next(s for s in world.stations.values() if s.seat is None)


def on_call_people(world: World, station: Station) -> list[Person]:
    """Those on call for a function now, slot by slot; nobody while everybody at work answers for it."""
    if not station.has_rota or not station.people:
        return []
    if world.now < station.rota_until and station.rota_version == world.presence_version:
        return station.rota
    station.rota = _rota(world, station)
    station.rota_version = world.presence_version
    ends = [hours.until for hours in station.hours]
    station.rota_until = min(world.compiled.calendars.next_week(world.now), *ends)
    return station.rota


def _on_call(station: Station) -> OnCall | None:
    return None if station.function is None else station.function.on_call


def _rota(world: World, station: Station) -> list[Person]:
    on_call = _on_call(station)
    if on_call is None:
        return []
    at_work = [p for p in station.people if on_duty(world, p)]
    if at_work and not on_call.round_the_clock:
        return []
    people = station.people
    first = world.compiled.calendars.week(world.now) * on_call.count
    turns = (people[(first + slot) % len(people)] for slot in range(len(people)))
    return list(islice((p for p in turns if not p.resting and not p.away), on_call.count))


def serving(world: World, station: Station) -> list[Person]:
    """The people who serve a station now.

    While a function has people on call, they are the ones, with those who have answered for it and are still awake. A
    seat in a staff takes its holder out of the ordinary function; only when that empties the function do they go on
    answering for it from their seat.
    """
    if station.seat is not None or not (station.seated or station.has_rota):
        return station.people
    rota = on_call_people(world, station)
    holders = station.people
    if station.has_rota:
        awake = [p for p in station.people if station.id in p.answering and p not in rota and _is_up(world, p)]
        holders = [*rota, *awake] if awake else rota or station.people
    if not station.seated:
        return holders
    in_line = [p for p in holders if p.seat is None]
    if len(in_line) == len(holders) or (rota and in_line):
        return in_line
    if any(on_duty(world, p) or is_awake(world, p) for p in in_line):
        return in_line
    return holders


def reach_of(world: World, person: Person, station: Station | None) -> Reach:
    """How this person is reached for this station when not at work: as the rota says only while they carry it."""
    if station is not None and station.has_rota and stands_by(world, person, station):
        on_call = _on_call(station)
        if on_call is not None:
            return on_call.reached
    return person.group.reached or world.assumptions.off_duty_reached


def stands_by(world: World, person: Person, station: Station) -> bool:
    """Whether somebody is on call for a station, or was when they were reached for it and is still awake."""
    if person in on_call_people(world, station):
        return True
    return station.id in person.stood_by and _is_up(world, person)


def _is_up(world: World, person: Person) -> bool:
    """Whether somebody who is not at work is still awake since they were reached, or busy for us."""
    return is_awake(world, person) and not on_duty(world, person)


def answers_for(world: World, person: Person, station: Station) -> None:
    """Somebody has been reached for a station, or has begun to work for it."""
    person.answering.add(station.id)
    if station.has_rota and person in on_call_people(world, station):
        person.stood_by.add(station.id)
    if world.word_left:
        for hat in person.hats:
            if hat.id in world.word_left and (hat is station or person in serving(world, hat)):
                take_word(world, hat)


def take_word(world: World, station: Station) -> None:
    """Somebody of a station is there: they are told what was left for them."""
    for tell in world.word_left.pop(station.id, ()):
        tell()


def hear_word(world: World, person: Person) -> None:
    """Somebody is there again: what was left for a function of theirs is told, if anybody answers for it now."""
    if world.word_left:
        for hat in person.hats:
            if hat.id in world.word_left and someone_there(world, hat, "call"):
                take_word(world, hat)


def can_serve(world: World, person: Person, station: Station, mode: Mode) -> bool:
    """Whether the person, when free, could do such work for the station now."""
    hours, now = person.hours, world.now
    if now >= hours.until:
        _look_up(world, hours)
    at_work, seated = hours.at_work, person.seat is not None
    if not at_work and not seated and now >= person.awake_until and person.work is None:
        return False
    if person.session or person.changing or person.resting or person.away or person.heads_home:
        return False
    if person.claimed:
        return mode == "call"
    if at_work or seated or mode == "call" or person.in_place:
        return True
    return mode == "desk" and stands_by(world, person, station)


def may_take(world: World, person: Person, station: Station, request: Request) -> bool:
    """Whether the person, when free, could take this request; nobody stands in as deputy for their own question."""
    if not can_serve(world, person, station, request.mode):
        return False
    if request.activity == "flow":
        return takes_flows(world, person, station, request)
    return request.asker is not person or barred_from(request, station) is None


def barred_from(request: Request, station: Station) -> Person | None:
    """Who must not take a request for this station: as deputy, whoever put the question."""
    return request.asker if request.whys.get(station.id) == "deputy" else None


def takes_flows(world: World, person: Person, station: Station, request: Request) -> bool:
    """Whoever is at home and awake for something else does not go on with what comes in flows."""
    if person.claimed:
        return False
    if person.in_place or person.seat is not None or on_duty(world, person):
        return True
    return person.name in request.called.get(station.id, ())


def someone_there(world: World, station: Station, mode: Mode) -> bool:
    """Whether anybody could do such work for the station, now or when they are free."""
    for person in serving(world, station):  # noqa: SIM110 - a generator takes twice the time
        if person.changing or can_serve(world, person, station, mode):
            return True
    return False


def enough_for(world: World, station: Station, request: Request) -> bool:
    """Whether as many are at the station as this request takes, now or when they are free."""
    missing = request.persons
    for person in serving(world, station):
        if may_take(world, person, station, request):
            missing -= 1
            if not missing:
                return True
    return False


def is_emptied(world: World, station: Station) -> bool:
    """Whether a function's people have gone to the staff, so that what is asked of it falls through to the staff."""
    return (
        station.seat is None
        and station.seated > 0
        and any(p.seat is not None for p in station.people)
        and not any(p.seat is None for p in serving(world, station))
    )


def ordinary_until(world: World, person: Person) -> int | None:
    """When the piece of ordinary work that the person is in the middle of ends; ``None`` if they are in none."""
    if person.load <= 0 or person.seat is not None:
        return None
    now, hours = world.now, person.hours
    if now >= hours.until:
        _look_up(world, hours)
    if not hours.at_work or person.last_finished == now:
        return None
    if now >= person.ordinary_known_until:
        person.ordinary_ends, person.ordinary_known_until = _ordinary(world, person)
    return person.ordinary_ends


def _ordinary(world: World, person: Person) -> tuple[int | None, int]:
    """When the piece of ordinary work ends that somebody at work is in, if any, and until when that is so."""
    now, span = world.now, person.hours.latest
    if span is None:
        return None, now
    anchor = span[0] if span[0] > _LONG_AGO else now // DAY * DAY
    pieces = person.pieces
    if pieces is None or pieces.anchor != anchor:
        pieces = person.pieces = _first_pieces(world, person, anchor)
    begin, end = pieces.begin, pieces.end
    if end <= now:
        gaps, lengths, load, number = pieces.gaps, pieces.lengths, person.load, pieces.number
        while end <= now:
            begin = end + round(gaps[number] * (1 - load) / load)
            end = begin + max(lengths[number + 1], MINUTE)
            number += 2
        pieces.begin, pieces.end, pieces.number = begin, end, number
    last = span[1] if anchor == span[0] else anchor + DAY
    return (end, min(end, last)) if begin < now else (None, min(begin + 1, last))


def _first_pieces(world: World, person: Person, anchor: int) -> Pieces:
    """The first piece of a day: who starts busy is in the middle of it."""
    name, piece = f"ordinary/{person.role}/{person.ordinal}/{anchor}/", world.assumptions.ordinary_piece
    lengths = world.luck.durations(piece, name, "/0")
    busy = world.luck.uniform(f"{name}busy") < person.load
    begin = anchor - lengths[0] if busy else anchor
    end = anchor + (lengths[1] if begin < anchor else 0)
    return Pieces(anchor, begin, end, 2, lengths, world.luck.durations(piece, name, "/1"))


def next_part(world: World) -> int:
    """When the next night, stretch of the day or week begins."""
    if world.now >= world.part_ends:
        calendars = world.compiled.calendars
        world.part_ends = min(calendars.part(world.now)[2], calendars.next_week(world.now))
    return world.part_ends


def may_be_called_in(world: World) -> bool:
    """Whether a level has been decided that lets people off duty be called in to work."""
    for run in world.levels:  # noqa: SIM110 - a generator takes twice the time
        if run.state in ("decided", "active", "standing_down") and run.level.calls_in:
            return True
    return False


def callable_people(world: World, station: Station, mode: Mode) -> Iterator[Person]:
    """Those who could be telephoned now, found as they are asked for.

    Whoever is on call if the function has that, else those off duty, for what can be done in a call; once a level that
    calls people in has been decided, first the one and then the others, for everything.
    """
    if station.seat is not None:
        return
    on_call = [p for p in on_call_people(world, station) if p.seat is None]
    yield from on_call
    if (on_call or mode != "call") and not may_be_called_in(world):
        return
    for person in station.people:
        if person.seat is not None or person.claimed or person.resting or person.away or person in on_call:
            continue
        if not on_duty(world, person) and (mode == "call" or _comes(world, person, station)):
            yield person


def _comes(world: World, person: Person, station: Station) -> bool:
    return reach_of(world, person, station).arrives is not None


def is_hopeless(world: World, station: Station, mode: Mode) -> bool:
    """Whether waiting for this station's answer tonight makes no sense."""
    return not someone_there(world, station, mode) and next(callable_people(world, station, mode), None) is None


def mark_person(world: World, person: Person) -> None:
    """The person's stations may have somebody for their queues."""
    for hat in person.hats:
        if hat.queue:
            mark(world, hat)
    if person.seat is not None and person.seat.queue:
        mark(world, person.seat)


def mark(world: World, station: Station) -> None:
    """Look at this station's queue before the instant is over."""
    world.dirty[station.id] = station
