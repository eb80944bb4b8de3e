"""Telling others what one has learnt: reports without being asked, and those that a task names."""

from __future__ import annotations

from collections.abc import Sequence

from ovning.engine.agenda import Turn
from ovning.engine.asking import deputies_of, in_order
from ovning.engine.cases import open_case, request_task
from ovning.engine.knowledge import learn
from ovning.engine.routing import Asked, addressed
from ovning.engine.state import Knower, Person, Station, TaskRun, World
from ovning.log.records import Outcome
from ovning.model.scenario import Task

REPORT = "report"


def inform_others(world: World, knower: Knower, new: Sequence[str], source: str) -> None:
    """Let a function tell those that it informs what it has just learnt, in one report each."""
    cause = world.current_task
    for station in knower.stations:
        if station.function is None:
            continue
        for informs in station.function.informs:
            target = world.stations[informs.function]
            heard = knower.told.setdefault(target.knower.id, set())
            if source == target.id:
                heard.update(new)
                continue
            facts = [f for f in new if f not in heard and _worth_telling(world, f, informs.from_severity, heard)]
            if facts and target is not station:
                heard.update(facts)
                _tell_now(world, station, target, facts, cause)


def _worth_telling(world: World, fact: str, severity: int, heard: set[str]) -> bool:
    known = world.compiled.setup.scenario.facts[fact]
    return known.severity >= severity or any(c in heard for c in known.cancels)


def _tell_now(world: World, sender: Station, target: Station, facts: Sequence[str], cause: str | None) -> None:
    """Open the report at the end of this instant, when all that was learnt in it is known, but within it."""
    pending = world.reports.setdefault((sender.id, target.id), [])
    first = not pending
    pending.extend(facts)

    def send() -> None:
        told = world.reports.pop((sender.id, target.id))
        before, world.current_task = world.current_task, cause
        plan: list[Asked] = in_order([(target, "first")], deputies_of(world, target, REPORT), without=sender)
        report(world, sender, None, plan, told, f"inform/{sender.role}/{target.role}")
        world.current_task = before

    if first:
        world.agenda.plan(0, Turn.TIMER, send)


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
    spec = Task(
        task=REPORT,
        title="Ta emot rapport",
        needs=REPORT,
        mode="call",
        takes=world.assumptions.report,
    )

    def heard(outcome: Outcome, station: Station | None, _who: Person | None) -> None:
        if outcome == "done" and station is not None:
            station.knower.told.setdefault(sender.knower.id, set()).update(facts)
            learn(world, station, facts, "report", sender.id)

    request_task(world, case, spec, holder=sender, person=person, plan=plan, then=heard)


def inform_named(world: World, task: TaskRun, station: Station, person: Person | None, recipient: str) -> None:
    """Let the doer of a task tell a named role or the staff what the case carries and the doer knows of it."""
    plan = in_order(addressed(world, recipient, from_outside=False), without=station)
    facts = [f for f in task.case.facts if f in station.knower.facts]
    if not plan or not facts:
        return
    heard = station.knower.told.setdefault(plan[0][0].knower.id, set())
    heard.update(facts)
    report(world, station, person, plan, facts, f"{task.case.luck}/{task.spec.task}/inform/{recipient}")
