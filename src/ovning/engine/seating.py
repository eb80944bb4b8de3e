"""Staffs that whoever leads an exercise has in the room from a certain time, whatever the play had come to."""

from __future__ import annotations

from functools import partial

from ovning.engine.agenda import Turn
from ovning.engine.by_day import go_home_if_night, is_together_again
from ovning.engine.cases import finish_task
from ovning.engine.claims import claim, let_off
from ovning.engine.knowledge import learn_as
from ovning.engine.levels import gather_people, open_round, stay, turn
from ovning.engine.presence import is_awake, on_duty
from ovning.engine.reaching import rouse
from ovning.engine.staff import candidates, come
from ovning.engine.state import Case, LevelRun, TaskRun
from ovning.engine.work import abandon
from ovning.engine.world import World
from ovning.log.records import StaffSeated


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
            is_together_again(world, run)
            gathering = None if run.case is None else run.case.tasks.get("gather")
            if gathering is not None:
                _sit_down(world, run, gathering)
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


def _sit_down(world: World, run: LevelRun, gathering: TaskRun) -> None:
    """Let people take every empty seat; they know what there is to know in their functions."""
    _free_those_called(world, run)
    including = run.level.active_when.including
    for seat in sorted(run.level.staffs, key=lambda s: (s not in including, s)):
        for _ in range(run.level.staffs[seat] - len(run.seats[seat].people)):
            free = candidates(world, run, seat, set())
            person = min(free, key=lambda one: one.work is not None or one.session, default=None)
            if person is None:
                break
            if not on_duty(world, person) and not is_awake(world, person):
                rouse(world, person, run.seats[seat])
            claim(person, run, seat)
            come(world, run, gathering, seat, person, run.round)
            for hat in person.hats:
                learn_as(world, run.board, list(hat.knower.facts), "gathered", hat.id, hat.knower)


def _free_those_called(world: World, run: LevelRun) -> None:
    """Whoever was called to this staff, or to a lower one that this one ends, may be brought anew."""
    ended = {one.level.id for one in world.levels[: run.index + 1]}
    for group in world.people.values():
        for person in group:
            if person.coming_to is not None and person.coming_to[0] in ended:
                let_off(person)
                person.then_sit = None
