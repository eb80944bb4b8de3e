"""Staffs that whoever leads an exercise has in the room from a certain time, whatever the play had come to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeAlias

from ovning.engine.agenda import Turn
from ovning.engine.by_day import go_home_if_night, is_together_again
from ovning.engine.cases import finish_task
from ovning.engine.claims import claim, let_off, on_the_way
from ovning.engine.knowledge import learn_as
from ovning.engine.levels import gather_people, open_round, stay, turn
from ovning.engine.presence import is_awake, on_duty
from ovning.engine.reaching import rouse
from ovning.engine.staff import candidates, come, fill_again
from ovning.engine.state import Case, LevelRun, Person, TaskRun
from ovning.engine.work import abandon
from ovning.engine.world import World
from ovning.log.records import StaffSeated

_Called: TypeAlias = tuple[Person, tuple[str, int, str], Callable[[], None] | None]
"""Somebody, the seat that they were called for, and how they would take it when they are free."""


def plan_seatings(world: World) -> None:
    """Seat each staff when the exercise says so, before anything else that comes at that moment."""
    seated = world.compiled.setup.seated
    for at in sorted({since for stretches in seated.values() for since, _ in stretches}):
        levels = {level: until for level, stretches in seated.items() for since, until in stretches if since == at}
        world.agenda.plan(at, Turn.ARRIVAL, partial(_seat_highest, world, levels), priority=0)


def _seat_highest(world: World, levels: dict[str, int]) -> None:
    """Of several staffs at one moment the highest sits: the lower ones would end with it."""
    for run in reversed(world.levels):
        if not run.level.staffs:
            continue
        if run.level.id in levels:
            _seat(world, run)
            leaves = levels[run.level.id] - world.now
            world.agenda.plan(max(leaves, 0), Turn.TIMER, partial(go_home_if_night, world, run, run.round))
            return
        if run.is_active:
            return


def _seat(world: World, run: LevelRun) -> None:
    if run.is_active:
        stay(world, run)
        if run.adjourned or any(len(run.seats[s].people) < number for s, number in run.level.staffs.items()):
            world.write((StaffSeated, world.now, run.level.id))
            adjourned = run.adjourned
            is_together_again(world, run)
            gathering = None if run.case is None else run.case.tasks.get("gather")
            if gathering is not None:
                _sit_down(world, run, gathering)
            if adjourned:
                _call_the_rest(world, run)
        return
    world.write((StaffSeated, world.now, run.level.id))
    before, asked = run.case, world.stations.get(run.level.decided_by) or next(iter(run.seats.values()))
    case = open_round(world, run, asked)
    if before is not None:
        _drop(world, before)
    turn(world, run, "decided")
    run.decider = run.manned = None
    gather_people(world, run, case, asked, partial(_sit_down, world, run))


def _drop(world: World, case: Case) -> None:
    """Nobody goes on with what was to gather the staff; a body that has been asked decides all the same, in vain."""
    asked = {id(item.task) for body in world.bodies.values() for item in (*body.agenda, body.current) if item}
    for task in list(case.tasks.values()):
        if task.finished or id(task) in asked:
            continue
        task.then = None
        for request in task.requests:
            if request.state in ("waiting", "working"):
                abandon(world, request)
        finish_task(world, task, "cancelled", None, None)


def _call_the_rest(world: World, run: LevelRun) -> None:
    """Somebody is called for each seat that nobody could be brought for."""
    for seat, number in run.level.staffs.items():
        for _ in range(number - len(run.seats[seat].people) - on_the_way(world, run, seat)):
            fill_again(world, run, seat)


def _sit_down(world: World, run: LevelRun, gathering: TaskRun) -> None:
    """Let people take every empty seat; they know what there is to know in their functions."""
    called = _free_those_called(world, run)
    including = run.level.active_when.including
    for seat in sorted(run.level.staffs, key=lambda s: (s not in including, s)):
        for _ in range(run.level.staffs[seat] - len(run.seats[seat].people)):
            free = candidates(world, run, seat, set(), called=False)
            person = min(free, key=lambda one: one.work is not None or one.session, default=None)
            if person is None:
                break
            if not on_duty(world, person) and not is_awake(world, person):
                rouse(world, person, run.seats[seat])
            claim(person, run, seat)
            come(world, run, gathering, seat, person, run.round)
            for hat in person.hats:
                learn_as(world, run.board, list(hat.knower.facts), "gathered", hat.id, hat.knower)
    _let_go_on(world, run, called)


def _let_go_on(world: World, run: LevelRun, called: Sequence[_Called]) -> None:
    """Whoever was not brought is on the way as before; a lower staff calls others for those that were."""
    for person, to, then in called:
        if person.coming_to is None and person.seat is None:
            person.claimed, person.coming_to, person.then_sit = True, to, then
        elif to[0] != run.level.id:
            fill_again(world, next(one for one in world.levels if one.level.id == to[0]), to[2])


def _free_those_called(world: World, run: LevelRun) -> list[_Called]:
    """Whoever was called to this staff, or to a lower one, may be brought; who they are, and what for."""
    found: list[_Called] = []
    ended = {one.level.id for one in world.levels[: run.index + 1]}
    for group in world.people.values():
        for person in group:
            if person.coming_to is not None and person.coming_to[0] in ended:
                found.append((person, person.coming_to, person.then_sit))
                let_off(person)
                person.then_sit = None
    return found
