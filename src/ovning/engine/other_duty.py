"""Another duty that takes whoever is on call, now and then, for hours: a TiB who also leads rescue operations.

It comes as work like any other, as a call that nobody breaks in on: what waits meanwhile waits in the queue, and a
trace tells what for. Its times are those of the vocabulary's role and a number, so they are the same in two designs;
a rate that is doubled draws the same times closer together.
"""

from __future__ import annotations

import math
from functools import partial
from typing import Final

from ovning.engine.agenda import Turn
from ovning.engine.cases import open_case, request_task
from ovning.engine.compiled import REPORT
from ovning.engine.presence import on_call_people, on_duty, serving
from ovning.engine.state import Person, Request, Station
from ovning.engine.world import World
from ovning.model.distributions import Constant
from ovning.model.organisation import OtherDuty
from ovning.model.scenario import Task
from ovning.units import DAY

_BEFORE: Final = DAY
"""So long before STARTEX it is begun to be drawn, so that somebody may be at it already."""
_KIND: Final = "other_duty"


def plan_other_duties(world: World) -> None:
    """Put the first time of every function's other duty on the agenda, and what is under way at STARTEX."""
    for _, station in sorted(world.stations.items()):
        on_call = None if station.function is None else station.function.on_call
        duty = None if on_call is None else on_call.other_duty
        if duty is not None and duty.times_a_week > 0:
            _plan_from(world, station, duty, -_BEFORE, 1)


def _plan_from(world: World, station: Station, duty: OtherDuty, at: int, number: int) -> None:
    """Put the next time after ``at`` on the agenda."""
    mean = 7 * DAY / duty.times_a_week
    over = at
    while True:
        name = f"{_KIND}/{station.luck}/{number}"
        at += round(-math.log1p(-world.luck.uniform(f"{name}/gap")) * mean)
        lasts = world.draw(duty.takes, f"{name}/takes")
        number += 1
        if at >= 0:
            break
        if at >= over:  # before the exercise too, the next time while one is at it is somebody else's
            over = at + lasts
            if over > 0:
                break
    begun = min(at, 0)
    turn = partial(_comes, world, station, duty, number, at, lasts + begun, name)
    world.agenda.plan(max(at, 0) - world.now, Turn.ARRIVAL, turn, priority=0)


def _comes(world: World, station: Station, duty: OtherDuty, number: int, at: int, lasts: int, name: str) -> None:
    _plan_from(world, station, duty, at, number)
    person = _whose(world, station)
    if person is None:
        return
    person.awake_until = max(person.awake_until, world.now + lasts)  # their alarm is not the telephone
    task = Task(task=_KIND, title=duty.title, needs=REPORT, mode="call", takes=Constant.model_construct(value=lasts))
    case = open_case(world, f"{_KIND}:{world.count(_KIND)}", _KIND, station.id, name, priority=0)
    request_task(world, case, task, holder=None, person=None, plan=[(station, "first")])


def _whose(world: World, station: Station) -> Person | None:
    """Whom it takes: the first on call, or at work where all answer then; nobody if they are at one already, or sit."""
    turn = on_call_people(world, station) or [p for p in serving(world, station) if on_duty(world, p)]
    if any(_is_it(request) for request in station.queue) or any(p.work and _is_it(p.work.request) for p in turn):
        return None
    return next((p for p in turn if p.seat is None and not p.claimed), None)


def _is_it(request: Request) -> bool:
    return request.task.case.kind == _KIND
