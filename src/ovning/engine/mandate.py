"""Who may decide, and the way to them: all between needing a decision and reaching its holder is cause *mandate*."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from ovning.engine.agenda import Turn
from ovning.engine.asking import ask, deputies_of, in_order, is_gone
from ovning.engine.bodies import chairs, item_length, put_to
from ovning.engine.handover import hand_to, pass_on
from ovning.engine.life import wait
from ovning.engine.presence import someone_there
from ovning.engine.routing import Asked, active_seats, functions, line_above
from ovning.engine.state import BodyRun, How, LevelRun, Person, Request, Station, TaskRun
from ovning.engine.work import abandon
from ovning.engine.world import World
from ovning.model.organisation import Joint

Decided = Callable[[How, str, Station | None, Person | None], None]
"""Called when a body or joint holders have decided: how, who, and the station and person if there is one."""


def find_holder(world: World, decision: str, holder: Station | None) -> Station | BodyRun | Joint | LevelRun | None:
    """The nearest holder: who has the case, the line, staff seats, other functions, joint holders, a level, a body.

    A staff does not decide over the head of a line that can be reached; where those up the line are not there, it is
    asked before they are woken.
    """
    line = [] if holder is None else line_above(world, holder)
    # A seat that is no more decides nothing, though the case was left with it.
    ordered: list[Station] = [] if holder is None or is_gone(world, holder) else [holder]
    ordered += [s for s in line if someone_there(world, s, "call")]
    ordered += active_seats(world)
    ordered += line
    ordered += functions(world)
    for station in ordered:
        if decision in station.decides:
            return station
    joint = world.compiled.organisation.joint.get(decision)
    if joint is not None:
        return joint
    for run in world.levels:
        if any(decision in granted for granted in run.level.grants.values()):
            return run
    for _, body in sorted(world.bodies.items()):
        if decision in body.body.decides:
            return body
    return None


def payer(world: World, decision: str, costs: int) -> Station | None:
    """The function, the first by id, with enough left of a budget of its own for this; what it costs is then bound."""
    for station in functions(world):
        budget = 0 if station.function is None else station.function.budget.get(decision, 0)
        spent = world.spent.get((station.id, decision), 0)
        if 0 < costs <= budget - spent:
            world.spent[station.id, decision] = spent + costs
            return station
    return None


def seek(
    world: World,
    task: TaskRun,
    decision: str,
    target: Station | BodyRun | Joint | LevelRun,
    make: Callable[[], Request],
    decided: Decided,
    *,
    beyond: Sequence[Station] = (),
) -> None:
    """Find the way to the holder and let the decision be taken there.

    ``make`` makes the request for the deciding itself; ``decided`` is called by a body or joint holders, who do not
    take requests like others. ``beyond``: those above the holder who may take it when the holder does not answer.
    """
    holder = task.holder
    if isinstance(target, Station):
        if target is holder:
            plan = in_order([(target, "first")], _stand_ins(world, target, decision, beyond))
            hand_to(world, make_with(task, make), plan, target, task.last_person)
            return
        task.under_mandate = holder is not None
        _climb(world, task, decision, target, make, beyond)
    elif isinstance(target, BodyRun):
        ask_body(world, task, target, make, decided)
    elif isinstance(target, Joint):
        task.under_mandate = True
        _ask_jointly(world, task, target, make, decided)
    else:
        task.under_mandate = True
        _await_level(world, task, decision, target, make, decided)


def ask_body(world: World, task: TaskRun, run: BodyRun, make: Callable[[], Request], decided: Decided) -> None:
    """Put a question to a body, or to its chair alone if it may be so; ``decided`` is called with what came of it."""
    task.under_mandate = True
    alone = chairs(world, run, task)
    if alone:
        _ask_chair(world, task, run, alone, make, decided)
    else:
        put_to(world, run, task, task.holder, task.last_person, lambda how, who: decided(how, run.id, None, who))


def _ask_chair(
    world: World, task: TaskRun, run: BodyRun, plan: Sequence[Asked], make: Callable[[], Request], decided: Decided
) -> None:
    """The chair decides alone what cannot wait: nobody is summoned for it."""
    request = make_with(task, make)
    request.remaining = item_length(world, run, task)
    request.done = lambda person, _station: decided("chair", run.id, None, person)
    hand_to(world, request, plan, task.holder, task.last_person)


def make_with(task: TaskRun, make: Callable[[], Request]) -> Request:
    """Make the request and remember it with its task."""
    request = make()
    task.requests.append(request)
    return request


def _stand_ins(world: World, target: Station, decision: str, beyond: Sequence[Station]) -> list[Asked]:
    """Who may decide when the holder does not answer: its deputies, then those above who hold it too, with theirs."""
    others: list[Asked] = [(s, "line") for s in beyond]
    for station in line_above(world, target):
        if decision in station.decides:
            others += [(station, "line"), *deputies_of(world, station, decision)]
    return [*deputies_of(world, target, decision), *others]


def _climb(
    world: World,
    task: TaskRun,
    decision: str,
    target: Station,
    make: Callable[[], Request],
    above: Sequence[Station],
) -> None:
    """Hand the question up the line step by step; to somebody who is not above, hand it over directly."""
    holder = task.holder
    line = [] if holder is None else line_above(world, holder)
    steps = line[: line.index(target)] if target in line else []
    _step(world, task, decision, target, steps, holder, task.last_person, make, above)


def _step(
    world: World,
    task: TaskRun,
    decision: str,
    target: Station,
    steps: list[Station],
    sender: Station | None,
    person: Person | None,
    make: Callable[[], Request],
    above: Sequence[Station],
) -> None:
    if not steps:
        request = make_with(task, make)
        plan: list[Asked] = in_order([(target, "first")], _stand_ins(world, target, decision, above), without=sender)
        hand_to(world, request, plan, sender, person)
        return
    step = steps[0]
    beyond = [*steps[1:], target]
    stand_ins = _stand_ins(world, target, decision, above)

    def taken(who: Person, at: Station) -> None:
        if at is target or decision in at.decides:
            ask(world, make_with(task, make), [(at, "first")])
            return
        if target in relay.stations and at in [s for s, _ in stand_ins]:  # whom the holder was asked before, in vain
            ask(world, make_with(task, make), [next(a for a in stand_ins if a[0] is at)])
            return
        rest = beyond[beyond.index(at) + 1 :] if at in beyond else beyond
        _step(world, task, decision, target, [s for s in rest if s is not target], at, who, make, above)

    relay = Request(
        task=task,
        name=task.id,
        activity="pass_on",
        mode="call",
        remaining=world.draw(world.assumptions.pass_on, f"{task.case.luck}/{task.spec.task}/climb/{len(steps)}"),
        persons=1,
        key=(task.priority, world.now, 0, world.next_rank()),
        done=taken,
        during="mandate",
        toward=target.id,
    )
    task.requests.append(relay)
    plan = in_order(
        [(step, "first")],
        deputies_of(world, step, decision),
        [(s, "line") for s in beyond],
        stand_ins,
        without=sender,
    )
    hand_to(world, relay, plan, sender, person)


def _ask_jointly(world: World, task: TaskRun, joint: Joint, make: Callable[[], Request], decided: Decided) -> None:
    """All holders must agree; if they are not all reached in time, the one named otherwise decides."""
    wait(world, task, "mandate", "+".join(joint.holders), "joint")
    decision = task.spec.decision or ""
    missing = set(joint.holders)
    parts: list[Request] = []
    settled = False

    def agreed(name: str, person: Person, at: Station) -> None:
        nonlocal settled
        missing.discard(name)
        if not missing and not settled:
            settled = True
            decided("joint", "+".join(joint.holders), at, person)

    def elsewhere() -> None:
        nonlocal settled
        if settled or task.finished or joint.otherwise is None:
            return
        settled = True
        for part in parts:
            abandon(world, part)
        other = joint.otherwise
        goal = world.bodies[other] if other in world.bodies else world.stations[other]
        seek(world, task, decision, goal, make, decided)

    def hear(part: Request, plan: list[Asked]) -> None:
        if not settled:
            ask(world, part, plan)

    for name in joint.holders:
        station = world.stations[name]
        part = Request(
            task=task,
            name=task.id,
            activity="agreement",
            mode="call",
            remaining=task.takes,
            persons=1,
            key=(task.priority, world.now, 0, world.next_rank()),
            done=partial(agreed, name),
            own_life=False,
        )
        parts.append(part)
        task.requests.append(part)
        plan = in_order([(station, "first")], deputies_of(world, station, decision))
        told = partial(hear, part, plan)
        if task.holder is None or task.holder is station:
            told()
            continue
        step = pass_on(world, task, task.holder, station, task.last_person, told, part.mode, aside=True)
        if step is not None:
            parts.append(step)
    world.agenda.plan(world.assumptions.joint_patience, Turn.TIMER, elsewhere, priority=task.priority)


def _await_level(
    world: World, task: TaskRun, decision: str, run: LevelRun, make: Callable[[], Request], decided: Decided
) -> None:
    """The decision is held at a level that is not active: ask for the level and wait for it."""
    wait(world, task, "mandate", run.level.id, "level")

    def go_on() -> None:
        if task.finished:
            return
        goal = find_holder(world, decision, task.holder)
        if goal is None or isinstance(goal, LevelRun):
            run.waiting.append((task, go_on))
            return
        seek(world, task, decision, goal, make, decided)

    world.hooks.request_level(world, run, task, go_on)
