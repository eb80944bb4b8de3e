"""Telling others what one has learnt: reports without being asked, and those that a task names."""

from __future__ import annotations

from collections.abc import Sequence

from ovning.engine.agenda import Turn
from ovning.engine.asking import deputies_of, in_order
from ovning.engine.cases import open_case, request_task
from ovning.engine.compiled import PICTURE, REPORT
from ovning.engine.knowledge import learn, tellable
from ovning.engine.presence import is_emptied
from ovning.engine.routing import Asked, active_seats, addressed
from ovning.engine.state import Knower, Person, Station, TaskRun
from ovning.engine.world import World
from ovning.log.records import Outcome


def inform_others(world: World, knower: Knower, new: Sequence[str]) -> None:
    """Let a function tell those that it informs what it has just learnt, in one report each."""
    cause = world.current_task
    for station in knower.stations:
        if station.function is None:
            continue
        for informs in station.function.informs:
            named = world.stations[informs.function]
            target = _who_hears(world, named)
            them = named.knower.bit | target.knower.bit  # what was told the function before its people sat in the staff
            facts = [f for f in new if _worth_telling(world, knower, f, them, informs.from_severity)]
            if facts and target is not station and not _will_be_asked(world, station, target, facts):
                _tell_now(world, station, target, facts, cause)


def _who_hears(world: World, target: Station) -> Station:
    """A function whose people sit in a staff is told through the seat that keeps the staff's picture."""
    if not is_emptied(world, target):
        return target
    seats = [s for s in active_seats(world) if PICTURE in s.does]
    return seats[0] if seats else target


def _will_be_asked(world: World, station: Station, target: Station, facts: Sequence[str]) -> bool:
    """Whether the other is about to be asked for a decision on a level, and so to hear everything in one call."""
    for run in world.levels:
        case = run.case
        if run.state != "recommended" or case is None or run.level.decided_by != target.id:
            continue
        decide = case.tasks.get("decide")
        begun = decide is not None and any(r.started for r in decide.requests if r.activity == "work")
        if station.id in case.participants and not begun:
            case.facts.update(dict.fromkeys(facts))
            return True
    return False


def _worth_telling(world: World, knower: Knower, fact: str, them: int, severity: int) -> bool:
    """Grave enough, or taking back something that the others are known to know; and not known to be known there."""
    aware = knower.aware
    if aware.get(fact, 0) & them:
        return False
    told = world.compiled.setup.scenario.facts[fact]
    return told.severity >= severity or any(aware.get(c, 0) & them for c in told.cancels)


def _tell_now(world: World, sender: Station, target: Station, facts: Sequence[str], cause: str | None) -> None:
    """Open the report at the end of this instant, when all that was learnt in it is known, but within it."""
    pending = world.reports.setdefault((sender.id, target.id), [])
    first = not pending
    pending.extend(facts)

    def send() -> None:
        pending = world.reports.pop((sender.id, target.id))
        told = [f for f in pending if not sender.knower.is_known_by(target.knower, f)]
        if not told:
            return
        if _add_to_unsent(world, sender, target, told):
            return
        before, world.current_task = world.current_task, cause
        plan: list[Asked] = in_order([(target, "first")], deputies_of(world, target, REPORT), without=sender)
        report(world, sender, None, plan, told, f"inform/{sender.luck}/{target.luck}")
        world.current_task = before

    if first:
        world.agenda.plan(0, Turn.TIMER, send)


def _add_to_unsent(world: World, sender: Station, target: Station, facts: Sequence[str]) -> bool:
    """Say it in the call that one is about to make anyway."""
    unsent = world.unsent.get((sender.id, target.id))
    if unsent is None or unsent.finished:
        return False
    if not any(r.activity == "pass_on" and r.state == "waiting" for r in unsent.requests):
        return False
    unsent.case.facts.update(dict.fromkeys(facts))
    return True


def report(
    world: World,
    sender: Station,
    person: Person | None,
    plan: Sequence[Asked],
    facts: Sequence[str],
    luck: str,
    kind_priority: int = 1,
) -> None:
    """Report facts to whoever of the plan takes it; they know them when they have heard it out."""
    target = plan[0][0]
    number = world.count("report")
    case = open_case(
        world,
        f"report:{number}",
        "report",
        target.id,
        f"{luck}/{world.count(luck)}",
        priority=kind_priority,
        facts=facts,
    )
    spec = world.compiled.routine(REPORT, "Ta emot rapport", REPORT, "call", world.assumptions.report)

    def heard(outcome: Outcome, station: Station | None, _who: Person | None) -> None:
        if outcome == "done" and station is not None:
            learn(world, station, tellable(world, sender.knower, case.facts), "report", sender.id, sender.knower)

    def is_moot() -> bool:
        return all(sender.knower.is_known_by(target.knower, f) for f in case.facts)

    world.unsent[sender.id, target.id] = request_task(
        world, case, spec, holder=sender, person=person, plan=plan, then=heard, moot=is_moot
    )


def inform_named(world: World, task: TaskRun, station: Station, person: Person | None, recipient: str) -> None:
    """Let the doer of a task tell a named role or the staff what the case carries and the doer knows of it."""
    plan = in_order(addressed(world, recipient, from_outside=False), without=station)
    facts = [f for f in task.case.facts if f in station.knower.facts]
    if not plan or not facts:
        return
    report(world, station, person, plan, facts, f"{task.case.luck}/{task.spec.task}/inform/{recipient}")
