"""Staffs that whoever leads an exercise has in the room from a certain time, whatever the play had come to."""

from __future__ import annotations

from functools import partial

from ovning.engine.agenda import Turn
from ovning.engine.by_day import meet_again
from ovning.engine.cases import finish_task
from ovning.engine.knowledge import learn_as
from ovning.engine.levels import gather_people, open_round, turn
from ovning.engine.presence import is_awake, on_duty
from ovning.engine.reaching import rouse
from ovning.engine.staff import candidates, come
from ovning.engine.state import LevelRun, Person, TaskRun
from ovning.engine.world import World
from ovning.log.records import StaffSeated


def plan_seatings(world: World) -> None:
    """Seat each staff when the exercise says so; of several at one moment the highest."""
    for level, moments in world.compiled.setup.seated.items():
        run = next((one for one in world.levels if one.level.id == level and one.level.staffs), None)
        for at in moments if run is not None else ():
            assert run is not None
            # the highest first: a lower one that ends with it is not seated for nothing
            world.agenda.plan(at, Turn.ARRIVAL, partial(_seat, world, run), priority=max(7 - run.index, 0))


def _seat(world: World, run: LevelRun) -> None:
    if any(higher.is_active and higher.level.staffs for higher in world.levels[run.index + 1 :]):
        return
    if (
        run.is_active
        and not run.adjourned
        and all(len(run.seats[seat].people) >= number for seat, number in run.level.staffs.items())
    ):
        return
    world.write((StaffSeated, world.now, run.level.id))
    if run.is_active:
        if run.adjourned:
            meet_again(world, run)
        gathering = None if run.case is None else run.case.tasks.get("gather")
        if gathering is not None:
            _sit_down(world, run, gathering)
        return
    asked = world.stations.get(run.level.decided_by) or next(s for s in run.seats.values())
    gathering = None if run.case is None else run.case.tasks.get("gather")
    case = open_round(world, run, asked)
    if gathering is not None and not gathering.finished:
        finish_task(world, gathering, "cancelled", None, None)
    turn(world, run, "decided")
    run.decider = run.manned = None
    gather_people(world, run, case, asked, partial(_sit_down, world, run))


def _sit_down(world: World, run: LevelRun, gathering: TaskRun) -> None:
    """Let people take every empty seat; they know what there is to know in their functions."""
    _let_come(world, run)
    including = run.level.active_when.including
    for seat in sorted(run.level.staffs, key=lambda s: (s not in including, s)):
        for _ in range(run.level.staffs[seat] - len(run.seats[seat].people)):
            free = candidates(world, run, seat, set())
            person = min(free, key=lambda one: one.work is not None or one.session, default=None)
            if person is None:
                break
            _bring(world, run, seat, person)
            come(world, run, gathering, seat, person, run.round)
            for hat in person.hats:
                learn_as(world, run.board, list(hat.knower.facts), "gathered", hat.id, hat.knower)


def _let_come(world: World, run: LevelRun) -> None:
    """Whoever is on the way to a staff that was being gathered has no further to go."""
    for seat in run.level.staffs:
        for group in world.compiled.organisation.staff.get(seat, ()):
            for person in world.people[group]:
                person.claimed = False


def _bring(world: World, run: LevelRun, seat: str, person: Person) -> None:
    if not on_duty(world, person) and not is_awake(world, person):
        rouse(world, person, run.seats[seat])
    person.claimed = True
