"""Cases and their tasks, from the request of a task to its finish."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from ovning.engine.asking import deputies_of, in_order
from ovning.engine.compiled import Step
from ovning.engine.conditions import holds
from ovning.engine.courses import Course
from ovning.engine.handover import clarify, hand_to, must_clarify
from ovning.engine.knowledge import learn, publish, tellable
from ovning.engine.life import close, wait
from ovning.engine.mandate import find_holder, make_with, payer, seek
from ovning.engine.presence import at_home, can_serve, on_duty, serving, someone_there
from ovning.engine.routing import Asked, active_seats, could_ever, known_numbers, line_above, plan_for
from ovning.engine.services import extend, set_services
from ovning.engine.state import Case, How, Person, Request, Station, TaskRun
from ovning.engine.stocks import move
from ovning.engine.world import World
from ovning.log.records import (
    ActedWithoutMandate,
    CaseClosed,
    CaseOpened,
    DecisionMade,
    FactMissing,
    MandateMissing,
    Outcome,
    TaskFinished,
    TaskRequested,
)
from ovning.model.scenario import Task

Kind = Literal["inject", "level", "report", "follow_up", "stand_down", "afterwards", "shift", "other_duty", "others"]
Finished = Callable[[Outcome, Station | None, Person | None], None]


def open_case(
    world: World,
    case_id: str,
    kind: Kind,
    subject: str,
    luck: str,
    *,
    priority: int,
    objectives: tuple[str, ...] = (),
    facts: Iterable[str] = (),
) -> Case:
    """Open a case now; what is being finished at this moment is its cause."""
    case = Case(case_id, kind, priority, luck, facts=dict.fromkeys(facts))
    world.cases[case_id] = case
    world.write((CaseOpened, world.now, case_id, kind, subject, priority, objectives, world.current_task))
    return case


def request_task(
    world: World,
    case: Case,
    spec: Task,
    *,
    holder: Station | None,
    person: Person | None,
    plan: Sequence[Asked] | None = None,
    after: tuple[str, ...] = (),
    then: Finished | None = None,
    before: Callable[[TaskRun, Callable[[], None]], None] | None = None,
    goal: str | None = None,
    moot: Callable[[], bool] | None = None,
    course: Course | None = None,
    place: int = 0,
) -> TaskRun:
    """Request a task: find out who takes it, and let it wait until they do.

    ``plan`` says who is asked, for a task that comes with an address; ``before`` delays the asking (a message on its
    way); ``goal`` names the only holder of a decision that the vocabulary does not know (activating a level); ``moot``
    says when it is no longer worth passing on.
    """
    if holder is not None:
        holder = at_home(world, holder, person)
    task_id = f"{case.id}/{spec.task}"
    priority = 0 if spec.urgent else case.priority
    takes = world.draw(spec.takes, f"{case.luck}/{spec.task}/takes")
    task = TaskRun(
        task_id,
        case,
        spec,
        holder,
        person,
        world.now,
        world.next_rank(),
        priority,
        takes,
        course=course,
        place=place,
        since=world.now,
        then=then,
        moot=moot,
    )
    case.tasks[spec.task] = task
    case.open_tasks += 1
    world.open_tasks[task_id] = task
    world.write(
        (
            TaskRequested,
            world.now,
            task_id,
            case.id,
            spec.title,
            spec.needs,
            after,
            priority,
            None if holder is None else holder.id,
        )
    )
    if before is not None:
        before(task, lambda: _place(world, task, plan, goal))
    else:
        _place(world, task, plan, goal)
    return task


def _place(world: World, task: TaskRun, plan: Sequence[Asked] | None, goal: str | None) -> None:
    decision = task.spec.decision
    if goal is not None:
        _decide(world, task, decision or "", goal)
    elif decision is not None:
        if plan is not None and task.holder is None:
            task.holder = plan[0][0]  # whoever is told has the case
        _decide(world, task, decision, None)
    else:
        _perform(world, task, plan)


def _request(world: World, task: TaskRun, decision: str | None) -> Request:
    request = Request(
        task=task,
        name=task.id,
        activity="work",
        mode=task.spec.mode,
        remaining=task.takes,
        persons=task.spec.persons,
        key=(task.priority, task.requested_at, 1, task.rank),
        done=lambda _p, _s: None,
    )
    request.begun = lambda person, station: _begin(world, task, request, person, station)
    request.done = lambda person, station: _work_done(world, task, request, decision, person, station)
    return request


def _perform(world: World, task: TaskRun, plan: Sequence[Asked] | None) -> None:
    need, holder = task.spec.needs, task.holder
    if plan is not None:
        stand_ins = [s for s, _ in deputies_of(world, plan[0][0], need)] if need in plan[0][0].does else []
        able = [(s, why) for s, why in plan if need in s.does or s in stand_ins]
        if not able:
            first = plan[0][0]
            able = [a for a in plan_for(world, need, first, task.spec.by) if a[0] is not first]
            holder = holder or first
        chosen = in_order([(s, "first" if i == 0 else w) for i, (s, w) in enumerate(able)])
    else:
        chosen = plan_for(world, need, task.holder, task.spec.by)
    if not chosen:
        if could_ever(world, need):
            wait(world, task, "unavailable", "", need)
            world.homeless.append((task, plan))
        else:
            finish_task(world, task, "blocked", None, None)
        return
    request = make_with(task, lambda: _request(world, task, None))
    hand_to(world, request, chosen, holder, task.last_person)


def place_homeless(world: World) -> None:
    """A staff has become active: what nobody could do before may find somebody."""
    waiting, world.homeless[:] = list(world.homeless), []
    for task, plan in waiting:
        if not task.finished:
            _perform(world, task, plan)


def perform_again(world: World, task: TaskRun) -> None:
    """Find somebody else for a task whose staff seat is no more."""
    decision = task.spec.decision
    if decision is None:
        _perform(world, task, None)
    else:
        _decide(world, task, decision, None)


def _decide(world: World, task: TaskRun, decision: str, goal: str | None) -> None:
    named = None if goal is None else world.bodies.get(goal) or world.stations[goal]
    if isinstance(named, Station) and task.holder is not None and task.holder.id in named.above:
        named = task.holder  # whoever has delegated a decision may take it themselves
    target = named or task.paid_by or find_holder(world, decision, task.holder)
    if not isinstance(target, Station) and task.spec.costs:
        task.paid_by = payer(world, decision, task.spec.costs)
        target = task.paid_by or target
    if target is None:
        world.write((MandateMissing, world.now, decision, task.case.id, task.id))
        finish_task(world, task, "blocked", None, None)
        return
    holder = task.holder
    if task.spec.urgent is not None and holder is not None and not _is_at_hand(world, target, holder):
        task.how = "without"
        request = make_with(task, lambda: _request(world, task, decision))
        hand_to(world, request, [(holder, "first")], holder, task.last_person)
        return

    def decided(how: How, who: str, station: Station | None, person: Person | None) -> None:
        task.how = how
        close(world, task)
        _made(world, task, decision, how, who)
        finish_task(world, task, "done", station, person)

    beyond = line_above(world, named) if isinstance(named, Station) else []
    seek(world, task, decision, target, lambda: _request(world, task, decision), decided, beyond=beyond)


def _is_at_hand(world: World, target: object, holder: Station) -> bool:
    """Whether the mandate is with the holder of the case, or with somebody who could take the call this minute."""
    if target is holder:
        return True
    return isinstance(target, Station) and any(
        person.work is None and person.meeting_since is None and can_serve(world, person, target, "call")
        for person in serving(world, target)
    )


def _begin(world: World, task: TaskRun, request: Request, person: Person, station: Station) -> None:
    before, world.current_task = world.current_task, task.id
    case = task.case
    sender = request.sender if request.sender is not None else task.holder
    if sender is not None and sender is not station:
        if case.kind != "report":
            learn(world, station, tellable(world, sender.knower, case.facts), "hand_over", sender.id, sender.knower)
        length = must_clarify(world, task, sender.unit, station)
        if length and person not in sender.people:
            clarify(world, request, sender, length)
    if task.greeting is not None:
        task.greeting(request, station, person)
    _gather_facts(world, task, request, station, person)
    case.participants[station.id] = station
    if task.found is None:
        task.found = next((f.establishes for f in task.spec.finds if holds(world, f.when)), task.spec.establishes)
    world.current_task = before


def _gather_facts(world: World, task: TaskRun, request: Request, station: Station, person: Person) -> None:
    """A task uses what its doer knows, under whatever hat; they ask those at hand for the rest, or go on without it."""
    for fact in task.spec.uses:
        if fact in station.knower.facts or fact in task.case.facts:
            continue
        own = _other_hat(world, person, fact)
        if own is not None:
            learn(world, station, [fact], "hand_over", own.id, own.knower)
            continue
        knows = next((s for s in _at_hand(world, task, station) if fact in s.knower.facts), None)
        if knows is None:
            world.write((FactMissing, world.now, task.id, fact, station.id))
            continue
        if knows.knower is not station.knower:
            length = world.draw(world.assumptions.pass_on, f"{task.case.luck}/{task.spec.task}/ask/{fact}")
            request.preludes += (("asking", "information", fact, length),)
        learn(world, station, [fact], "asked", knows.id, knows.knower)


def _other_hat(world: World, person: Person, fact: str) -> Station | None:
    """The first hat under which a fact is known, of those that somebody wears at work or was reached under."""
    for hat in person.hats:
        if fact not in hat.knower.facts:
            continue
        if hat.id in person.answering or (on_duty(world, person) and person in serving(world, hat)):
            return hat
    seat = person.seat
    return seat if seat is not None and fact in seat.knower.facts else None


def _at_hand(world: World, task: TaskRun, station: Station) -> list[Station]:
    """Whom one would ask, if they are there: others in the case, the staff, one's own chief, the number all know."""
    asked = [
        *task.case.participants.values(),
        *([] if task.holder is None else [task.holder]),
        *active_seats(world),
        *line_above(world, station)[:1],
        *known_numbers(world)[:1],
    ]
    return [s for s in asked if s.knower is station.knower or someone_there(world, s, "call")]


def _work_done(
    world: World, task: TaskRun, request: Request, decision: str | None, person: Person, station: Station
) -> None:
    if decision is not None:
        if task.how == "without":
            world.write((ActedWithoutMandate, world.now, decision, task.case.id, task.id, station.id))
        else:
            deputy = request.whys.get(station.id) == "deputy" and decision not in station.decides
            how: How = "seat" if station.seat is not None else "deputy" if deputy else "own"
            if task.paid_by is not None:
                how = "budget"
            _made(world, task, decision, how, station.id)
    finish_task(world, task, "done", station, person)


def _made(world: World, task: TaskRun, decision: str, how: How, station: str) -> None:
    world.decisions.add(decision)
    world.changed(f"decision:{decision}")
    world.write((DecisionMade, world.now, decision, task.case.id, task.id, station, how))


def finish_task(world: World, task: TaskRun, outcome: Outcome, station: Station | None, person: Person | None) -> None:
    """Write down the finish of a task and let everything follow that it leads to."""
    close(world, task)
    task.finished = True
    task.doer, task.done_by = station, person
    case, spec = task.case, task.spec
    del world.open_tasks[task.id]
    world.write((TaskFinished, world.now, task.id, case.id, None if station is None else station.id, outcome))
    before, world.current_task = world.current_task, task.id
    if outcome == "done":
        world.done_tasks.add(task.id)
        if station is not None and task.told is not None:
            learn(world, station, case.facts, "inject", task.told)
        found = spec.establishes if task.found is None else task.found
        if station is not None and found:
            case.facts.update(dict.fromkeys(found))
            learn(world, station, found, "established", task.id)
        if station is not None and spec.publishes:
            publish(world, station.knower, (*case.facts, *spec.uses), task.id)
        if spec.then is not None:
            if spec.then.sets:
                set_services(world, spec.then.sets, task.id)
            for service, longer in sorted(spec.then.extends.items()):
                extend(world, service, longer, task.id)
            move(world, spec.then.moves, 1, task.id)
        if task.how == "without" and station is not None:
            world.hooks.acted_without(world, task, station, person)
        for recipient in spec.informs:
            if station is not None:
                world.hooks.inform(world, task, station, person, recipient)
    case.blocked |= outcome == "blocked"
    case.cancelled |= outcome == "cancelled"
    if task.then is not None:
        task.then(outcome, station, person)
    if task.course is not None and outcome == "done":
        _go_on(world, task, task.course, station, person)
    case.open_tasks -= 1  # only now: one task that follows may have ended at once, and another is still to come
    world.follow(task.id)
    if outcome == "done":
        world.changed(f"task:{task.id}")
    if case.open_tasks == 0 and not case.finished:
        case.finished = True
        ended: Outcome = "cancelled" if case.cancelled else "blocked" if case.blocked else "done"
        world.write((CaseClosed, world.now, case.id, ended))
    world.current_task = before


def _go_on(world: World, task: TaskRun, course: Course, station: Station | None, person: Person | None) -> None:
    """Request the steps that waited for this one alone; whoever finished it holds the case."""
    case, left = task.case, course.left
    for place in course.steps[task.place].followers:
        left[place] -= 1
        if not left[place]:
            spec = course.steps[place].task
            request_task(
                world,
                case,
                spec,
                holder=station or task.holder,
                person=person,
                after=tuple([f"{case.id}/{name}" for name in spec.after]),
                course=course,
                place=place,
            )


def run_procedure(
    world: World, case: Case, steps: tuple[Step, ...], begin: Callable[[Task, Course, int], None]
) -> None:
    """Let a graph of tasks be done: ``begin`` requests each root; the others follow their last predecessor.

    Whoever finished the last predecessor holds the case. A blocked task blocks what comes after it.
    """
    course = Course(steps, [len(set(step.task.after)) for step in steps])
    for place, step in enumerate(steps):
        if not step.task.after:
            begin(step.task, course, place)


def unfinished(world: World) -> list[TaskRun]:
    """Tasks open now, in the order in which they were requested."""
    return sorted(world.open_tasks.values(), key=lambda t: (t.requested_at, t.rank))
