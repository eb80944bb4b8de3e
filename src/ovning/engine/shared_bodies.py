"""A body that several municipalities share: those who are hit by the same put their own questions to it.

They go the way that ours go: to the chair alone where that is enough, else to the body, which is summoned for theirs as
for ours. So ours may have to wait for theirs, and may find the body gathered already.
"""

from __future__ import annotations

import math
from functools import partial

from ovning.engine.agenda import Turn
from ovning.engine.bodies import OTHERS
from ovning.engine.cases import finish_task, open_case, request_task
from ovning.engine.compiled import PRIORITIES, REPORT
from ovning.engine.mandate import ask_body
from ovning.engine.state import BodyRun, How, Person, Request, Station, TaskRun
from ovning.engine.world import World
from ovning.model.organisation import SharedBody
from ovning.units import DAY


def plan_questions_of_others(world: World) -> None:
    """Put the first question of each of the others that are hit on the agenda."""
    chance = world.compiled.setup.scenario.neighbours_hit
    for _, run in sorted(world.bodies.items()):
        shared = run.body.shared
        if shared is None or shared.a_day <= 0:
            continue
        for other in range(1, shared.others + 1):
            if world.luck.uniform(f"neighbour/{other}") < chance:
                _plan_next(world, run, shared, other, 1)


def _plan_next(world: World, run: BodyRun, shared: SharedBody, other: int, number: int) -> None:
    # By who convenes it and what it may decide, which two designs share, and not by its name.
    convener = world.compiled.setup.organisation.functions[run.body.convened_by].role
    name = f"neighbour/{other}/{convener}/{'+'.join(sorted(run.body.decides))}/{number}"
    gap = round(-math.log1p(-world.luck.uniform(f"{name}/gap")) * DAY / shared.a_day)
    world.agenda.plan(gap, Turn.ARRIVAL, partial(_comes, world, run, shared, other, number, name))


def _comes(world: World, run: BodyRun, shared: SharedBody, other: int, number: int, name: str) -> None:
    _plan_next(world, run, shared, other, number + 1)
    priority = PRIORITIES["high" if world.luck.uniform(f"{name}/urgent") < shared.urgent else "normal"]
    case = open_case(world, f"{OTHERS}:{world.count(OTHERS)}", OTHERS, run.id, name, priority=priority)
    # how long it takes is the body's own ``item``, as for ours
    spec = world.compiled.routine("item", shared.title, REPORT, "call", run.body.item)

    def ask(task: TaskRun, _: object) -> None:
        def decided(how: How, who: str, station: Station | None, person: Person | None) -> None:
            task.how = how
            finish_task(world, task, "done", station, person)

        ask_body(world, task, run, partial(_request, task), decided)

    request_task(world, case, spec, holder=None, person=None, before=ask)


def _request(task: TaskRun) -> Request:
    return Request(
        task=task,
        name=task.id,
        activity="work",
        mode=task.spec.mode,
        remaining=task.takes,
        persons=task.spec.persons,
        key=(task.priority, task.requested_at, 1, task.rank),
        done=lambda _p, _s: None,
    )
