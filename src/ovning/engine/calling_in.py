"""Calling in people who are off duty to what waits in a flow, one after the other, no more than there is work for."""

from __future__ import annotations

from functools import partial

from ovning.engine.agenda import Turn
from ovning.engine.channels import call_home
from ovning.engine.flow_state import StageRun
from ovning.engine.presence import (
    callable_people,
    is_awake,
    may_be_called_in,
    may_take,
    reach_of,
    serving,
    stands_by,
)
from ovning.engine.reaching import is_reachable, part_for, rouse, set_out
from ovning.engine.state import Person, Request, Station
from ovning.engine.world import World
from ovning.log.records import ContactAttempted
from ovning.units import MINUTE


def call_in(world: World, stage: StageRun) -> None:
    """Begin to telephone people for what waits at a stage, once a level that calls people in has been decided."""
    if stage.calls_in and stage.calling is None and stage.request is not None and may_be_called_in(world):
        stage.calling = world.agenda.plan(0, Turn.TIMER, partial(_call_next, world, stage), priority=stage.priority)


def _call_next(world: World, stage: StageRun) -> None:
    """Telephone the first who has not been called in this part of the day, and go on ``try_next_after`` later."""
    stage.calling = None
    if stage.request is None or not may_be_called_in(world):
        return
    if _enough_coming(world, stage, stage.request):
        _go_on_after(world, stage, world.assumptions.answer_within)
        return
    for station in stage.stations:
        for person in callable_people(world, station, stage.mode):
            if _is_worth_a_call(world, stage, person):
                stage.rung[person.name] = part_for(world, person)[2]
                _call(world, stage, station, person)
                _go_on_after(world, stage, world.assumptions.try_next_after)
                return
    _go_on_after(world, stage, world.compiled.calendars.part(world.now)[2] - world.now)


def _go_on_after(world: World, stage: StageRun, delay: int) -> None:
    stage.calling = world.agenda.plan(
        max(delay, MINUTE), Turn.TIMER, partial(_call_next, world, stage), priority=stage.priority
    )


def _is_worth_a_call(world: World, stage: StageRun, person: Person) -> bool:
    """Whether the person has not been called in this part of the day, can be called, and is not there or coming."""
    if person.travelling or world.now < stage.rung.get(person.name, 0):
        return False
    if is_awake(world, person):
        return not person.in_place and person.work is None
    return call_home(world, person)[0] is not None


def _places_of_work(stage: StageRun) -> int:
    """How many people could be at what waits, all at the same time."""
    spec, step = stage.spec, stage.flow.step
    together = spec.together if step is None else max(1, step // max(1, spec.takes.middle))
    return -(-stage.waits // together) * stage.persons


def _enough_coming(world: World, stage: StageRun, request: Request) -> bool:
    """Whether as many as there is work for are on their way to it, or free for it now."""
    wanted = _places_of_work(stage)
    coming = set(stage.coming)
    for station in stage.stations:
        for person in station.people:
            if person.travelling:
                coming.add(person.name)
    if len(coming) >= wanted:
        return True
    for station in stage.stations:
        for person in serving(world, station):
            if person.work is None and person.name not in coming and may_take(world, person, station, request):
                coming.add(person.name)
                if len(coming) >= wanted:
                    return True
    return False


def _call(world: World, stage: StageRun, station: Station, person: Person) -> None:
    # each is called at most once in a part of the day: whom else an arm calls shifts nobody's luck
    part = part_for(world, person)[1]
    name = f"flow/{stage.flow.id}/{stage.word}/reach/{person.role}/{person.ordinal}/{part}"
    reach = reach_of(world, person, station)
    needs_place = stage.mode == "field" or (stage.mode == "desk" and not stands_by(world, person, station))
    task = f"{stage.pieces_of}{stage.pieces + 1}"

    def answered() -> None:
        stage.coming.discard(person.name)
        if person.resting or person.away:
            return
        stage.called.setdefault(station.id, set()).add(person.name)
        rouse(world, person, station)
        if needs_place:
            set_out(world, person, station, reach, name)

    if is_awake(world, person):
        answered()
        return
    channel, usual = call_home(world, person)
    if channel is None:
        return
    if not is_reachable(world, person, station, name):
        world.write((ContactAttempted, world.now, task, station.id, person.name, None))
        return
    delay = world.draw(reach.delay, f"{name}/delay")
    if not usual:
        delay += world.draw(channel.delay, f"{name}/{channel.id}")
    world.write((ContactAttempted, world.now, task, station.id, person.name, world.now + delay))
    stage.coming.add(person.name)
    world.agenda.plan(delay, Turn.ARRIVAL, answered)
