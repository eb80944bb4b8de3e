"""Bodies that decide together: summoned, convened at a quorum, in function if the chair so decides, then an agenda."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable
from functools import partial
from typing import Final

from ovning.engine.agenda import Turn
from ovning.engine.asking import deputies_of, in_order
from ovning.engine.channels import call_home, when_channels_change
from ovning.engine.handover import hand_to
from ovning.engine.life import close, wait
from ovning.engine.presence import mark_person, may_take, on_duty, reach_of
from ovning.engine.reaching import is_reachable, part_for
from ovning.engine.routing import Asked, line_above
from ovning.engine.state import AgendaItem, BodyRun, How, Person, Request, Station, TaskRun
from ovning.engine.taking import URGENT
from ovning.engine.world import World
from ovning.log.records import (
    Activity,
    BodyAdjourned,
    BodyConvened,
    BodyEnteredFunction,
    BodySummoned,
    MemberPresent,
    TaskStarted,
    Worked,
)
from ovning.units import MINUTE

Decided = Callable[[How, Person], None]
OTHERS: Final = "others"
"""The kind of case that another municipality's question to a shared body is, and what ours wait for meanwhile."""


def chairs(world: World, run: BodyRun, task: TaskRun) -> list[Asked]:
    """Who may decide alone for a body that is not together: the chair and the vice chair, if this cannot wait."""
    if not run.body.chair_decides_urgent or task.priority > URGENT or run.state != "idle":
        return []
    convener = world.stations[run.body.convened_by]
    asked = in_order([(convener, "first")], deputies_of(world, convener, "convene"))
    return [(s, why) for s, why in asked if any(person in run.members[:2] for person in s.people)]


def item_length(world: World, run: BodyRun, task: TaskRun) -> int:
    """How long the body, or its chair alone, needs for this question, in milliseconds."""
    return world.draw(run.body.item, f"{task.case.luck}/{task.spec.task}/item")


def put_to(
    world: World, run: BodyRun, task: TaskRun, sender: Station | None, person: Person | None, decided: Decided
) -> AgendaItem:
    """Put a question to a body; whoever convenes it is asked first if it does not sit."""
    item = AgendaItem(task, decided, (task.priority, world.now, world.next_rank()))
    insort(run.agenda, item, key=lambda i: i.key)
    if run.state == "idle":
        run.state = "summoning"
        run.round += 1
        task.summons += 1
        run.luck = f"{task.case.luck}/{task.spec.task}/summon/{task.summons}"
        _summon(world, run, task, sender, person)
    else:
        theirs = run.current is not None and run.current.task.case.kind == OTHERS != task.case.kind
        wait(world, task, "mandate", run.id, OTHERS if theirs else "body")
        _consider(world, run)
        for chair in run.members[:2]:
            if chair in run.answered:
                _answer(world, run, run.round, chair)
    return item


def _summon(world: World, run: BodyRun, task: TaskRun, sender: Station | None, person: Person | None) -> None:
    convener = world.stations[run.body.convened_by]
    request = Request(
        task=task,
        name=task.id,
        activity="pass_on",
        mode="call",
        remaining=world.draw(world.assumptions.convene, f"{run.luck}/convene"),
        persons=1,
        key=(task.priority, world.now, 0, world.next_rank()),
        done=lambda p, s: _summoned(world, run, task, s),
        during="mandate",
        toward=run.id,
    )
    task.requests.append(request)
    plan = in_order(
        [(convener, "first")],
        deputies_of(world, convener, "convene"),
        [(s, "line") for s in line_above(world, convener)],
    )
    hand_to(world, request, plan, sender, person)


def _summoned(world: World, run: BodyRun, task: TaskRun, by: Station) -> None:
    world.write((BodySummoned, world.now, run.id, task.id, by.id))
    run.state = "gathering"
    for item in run.agenda:
        wait(world, item.task, "mandate", run.id, "quorum")
    for member in run.members:
        _call(world, run, run.round, member, 0)


def _call(world: World, run: BodyRun, round_: int, member: Person, again: int) -> None:
    """Call a member who is not there; ``again``: how many times they have not answered this summons."""
    if run.round != round_ or run.state == "idle" or member in run.present:
        return
    name = f"{run.luck}/{member.role}/{member.ordinal}"
    if again:
        name += f"/again/{again}"
    reach = reach_of(world, member, None)
    remote = run.body.attendance == "remote"
    if on_duty(world, member):
        world.agenda.plan(
            world.draw(world.assumptions.gather_present, f"{name}/gather"),
            Turn.ARRIVAL,
            partial(_arrive, world, run, round_, member, again),
        )
        return
    if not is_reachable(world, member, None, name):
        later = min(part_for(world, member)[2] - world.now, max(2 * world.assumptions.answer_within, MINUTE))
        world.agenda.plan(later, Turn.TIMER, partial(_call, world, run, round_, member, again + 1))
        return
    channel, usual = call_home(world, member)
    if channel is None:
        when_channels_change(world, partial(_call, world, run, round_, member, again))
        return
    answers = world.draw(reach.delay, f"{name}/delay")
    if not usual:
        answers += world.draw(channel.delay, f"{name}/{channel.id}")
    world.agenda.plan(answers, Turn.ARRIVAL, partial(_answer, world, run, round_, member))
    if remote:
        world.agenda.plan(answers, Turn.ARRIVAL, partial(_arrive, world, run, round_, member, again))
    elif reach.arrives is not None:
        arrives = answers + world.draw(reach.arrives, f"{name}/arrives")
        world.agenda.plan(arrives, Turn.ARRIVAL, partial(_arrive, world, run, round_, member, again))


def _answer(world: World, run: BodyRun, round_: int, member: Person) -> None:
    """Somebody is on the telephone: the chair, or the vice chair, may decide alone what cannot wait."""
    if run.round != round_ or run.state == "idle":
        return
    if member not in run.answered:
        run.answered.append(member)
    if not run.body.chair_decides_urgent:
        return
    if member not in run.members[:2] or not _is_free(member):
        return
    member.awake_until = max(member.awake_until, world.now + world.assumptions.stays_awake)
    if run.state == "gathering" and run.current is None:
        urgent = next((i for i in run.agenda if i.task.priority <= URGENT and i.open), None)
        if urgent is not None:
            _take_up(world, run, urgent, [member], "chair")


def _arrive(world: World, run: BodyRun, round_: int, member: Person, again: int) -> None:
    if run.round != round_ or run.state == "idle" or member in run.present:
        return
    if member.resting or member.away:
        _call(world, run, round_, member, again + 1)
        return
    run.present.append(member)
    _answer(world, run, round_, member)
    member.bodies.append(run)
    member.awake_until = max(member.awake_until, world.now + world.assumptions.stays_awake)
    world.write((MemberPresent, world.now, run.id, member.name, len(run.present)))
    if run.state == "gathering" and len(run.present) >= run.body.quorum:
        _convene(world, run)
    else:
        _consider(world, run)


def _convene(world: World, run: BodyRun) -> None:
    chair = next((m for m in run.members if m in run.present), run.present[0])
    run.presides = chair
    run.state = "entering"
    vice = len(run.members) > 1 and chair is run.members[1]
    world.write((BodyConvened, world.now, run.id, len(run.present), chair.name, vice))
    if not run.body.enters_function:
        _sit(world, run)
        return
    for item in run.agenda:
        wait(world, item.task, "mandate", run.id, "enters_function")
    length = world.draw(world.assumptions.enters_function, f"{run.luck}/enters")
    world.agenda.plan(length, Turn.TIMER, partial(_enter, world, run, run.round))


def _enter(world: World, run: BodyRun, round_: int) -> None:
    if run.round == round_ and run.state == "entering":
        world.write((BodyEnteredFunction, world.now, run.id))
        _sit(world, run)


def _sit(world: World, run: BodyRun) -> None:
    run.state = "sitting"
    _consider(world, run)


def consider_of(world: World, person: Person) -> None:
    """A member has become free: the body may go on."""
    for run in list(person.bodies):
        _consider(world, run)


def _consider(world: World, run: BodyRun) -> None:
    if run.state != "sitting" or run.current is not None:
        return
    run.agenda = [i for i in run.agenda if i.open]
    if not run.agenda:
        if run.adjourn is None:
            run.adjourn = world.agenda.plan(
                world.assumptions.body_adjourns_after, Turn.TIMER, partial(_adjourn, world, run)
            )
        return
    if run.adjourn is not None:
        run.adjourn.call_off()
        run.adjourn = None
    free = [m for m in run.present if _is_free(m)]
    if run.presides not in free or len(free) < min(run.body.quorum, len(run.present)):
        return
    if run.agenda[0].task.case.kind == OTHERS and _is_asked_for(world, run.presides):
        world.agenda.plan(MINUTE, Turn.TIMER, partial(_consider, world, run))
        return
    _take_up(world, run, run.agenda[0], free, "body")


def _is_asked_for(world: World, member: Person) -> bool:
    """Whether a call waits that the member could take now: before another municipality's question they take that."""
    calls = ((hat, request) for hat in member.hats for request in hat.queue if request.mode == "call")
    return any(may_take(world, member, hat, request) for hat, request in calls)


def _is_free(member: Person) -> bool:
    busy = member.work or member.session or member.changing or member.resting or member.away or member.heads_home
    return not busy and member.meeting_since is None


def _take_up(world: World, run: BodyRun, item: AgendaItem, who: list[Person], how: How) -> None:
    task = item.task
    run.current = item
    run.agenda.remove(item)
    item.open = False
    since = world.now
    close(world, task)
    task.working = True
    if task.case.kind == OTHERS:
        for waiting in run.agenda:
            if waiting.open and waiting.task.case.kind != OTHERS:
                wait(world, waiting.task, "mandate", run.id, OTHERS)
    run.in_session, run.session_since = who, since
    for member in who:
        member.session = True
    world.write((TaskStarted, since, task.id, run.id, who[0].name))
    length = item_length(world, run, task)

    def over() -> None:
        write_session(world, run)
        run.in_session = []
        run.current = None
        for member in who:
            member.session = False
            member.last_finished = world.now
            member.awake_until = max(member.awake_until, world.now + world.assumptions.stays_awake)
            mark_person(world, member)
        task.working = False
        item.decided(how, who[0])
        for member in who:
            world.hooks.freed(world, member)
        _consider(world, run)

    world.agenda.plan(length, Turn.FINISH, over, priority=task.priority)


def write_session(world: World, run: BodyRun) -> None:
    """Write down the stretch of an item that is under way; the one who presides does the work."""
    item = run.current
    if item is None:
        return
    for member in run.in_session:
        activity: Activity = "work" if member is run.in_session[0] else "session"
        if world.now > run.session_since:
            world.write((Worked, world.now, run.session_since, item.task.id, member.name, run.id, activity, "meeting"))
    item.task.since = world.now


def _adjourn(world: World, run: BodyRun) -> None:
    world.write((BodyAdjourned, world.now, run.id))
    run.state = "idle"
    run.adjourn = None
    for member in run.present:
        member.bodies.remove(run)
    run.present = []
    run.answered = []
    run.presides = None
