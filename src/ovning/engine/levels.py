"""The ladder: recommend, decide, alert, gather, stand down. Only facts (or a mandate held there) move it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ovning.engine.agenda import Turn
from ovning.engine.asking import deputies_of, in_order
from ovning.engine.cases import finish_task, open_case, perform_again, place_homeless, request_task
from ovning.engine.compiled import ALERT, ASSESS, REPORT
from ovning.engine.knowledge import learn_as, tellable
from ovning.engine.life import close, wait
from ovning.engine.presence import at_home, someone_there
from ovning.engine.queues import look_again, withdraw
from ovning.engine.routing import Asked, plan_for
from ovning.engine.staff import dismiss, gather, go_on, hold_meetings
from ovning.engine.standing import follow_up
from ovning.engine.state import Case, Knower, LevelRun, Person, Request, State, Station, TaskRun
from ovning.engine.word_left import leave_word
from ovning.engine.work import abandon, post
from ovning.engine.world import World
from ovning.letters import small
from ovning.log.records import (
    LevelActivated,
    LevelAlerted,
    LevelDecided,
    LevelRecommended,
    LevelStoodDown,
    Outcome,
)


def consider(world: World, knower: Knower) -> None:
    """See whether a level is called for, or no longer, now that somebody knows more."""
    for run in world.levels:
        if run.state == "decided" and run.decider is knower and knower.severity < (_threshold(run) or 0):
            _call_off(world, run)
    _consider_quiet(world, knower)
    _consider_ladder(world, knower)


def _consider_ladder(world: World, knower: Knower) -> None:
    assessor = next((s for s in knower.stations if ASSESS in s.does and (s.seat is None or s.people)), None)
    if assessor is None:
        return
    called_for = [r for r in world.levels if _threshold(r) is not None and knower.severity >= (_threshold(r) or 0)]
    if called_for and all(r.state == "inactive" for r in world.levels[called_for[-1].index :]):
        _recommend(world, called_for[-1], assessor)


def turn(world: World, run: LevelRun, state: State) -> None:
    """Let a level stand elsewhere, and whatever follows from where it stands be seen to."""
    run.state = state
    if not run.is_active:
        run.active_since, run.adjourned, run.sits_by_day, run.sat, run.shifts_off = None, False, False, frozenset(), 0
    world.plans.clear()
    world.changed(f"level:{run.level.id}")


def _threshold(run: LevelRun) -> int | None:
    when = run.level.recommended_when
    return None if when is None else when.known_severity


def open_round(world: World, run: LevelRun, station: Station) -> Case:
    """Open a case about the level, in which the station has a part."""
    turn(world, run, "recommended")
    run.round += 1
    run.case = open_case(
        world,
        f"level:{run.level.id}:{run.round}",
        "level",
        run.level.id,
        f"level/{run.level.id}/{run.round}",
        priority=1,
        facts=station.knower.facts,
    )
    run.case.participants[station.id] = station
    return run.case


def _recommend(world: World, run: LevelRun, station: Station) -> None:
    case = open_round(world, run, station)
    spec = world.compiled.routine(
        "recommend", f"Bedöma läget och förorda {small(run.level.title)}", ASSESS, "call", world.assumptions.assess
    )

    def then(outcome: Outcome, by: Station | None, person: Person | None) -> None:
        if outcome != "done" or by is None or by.knower.severity < (_threshold(run) or 0):
            _let_be(world, run, case, blocked=outcome == "blocked", teller=by)
            if by is not None:
                world.hooks.learned(world, by.knower, list(by.knower.facts))
            return
        world.write((LevelRecommended, world.now, run.level.id, case.id, by.id, by.knower.severity))
        case.facts.update(dict.fromkeys(by.knower.facts))
        _decide(world, run, case, by, person, needed=False)

    plan = in_order([(station, "first")], deputies_of(world, station, ASSESS))
    request_task(world, case, spec, holder=station, person=None, plan=plan, then=then)


def request_level(world: World, run: LevelRun, task: TaskRun, then: Callable[[], None]) -> None:
    """A decision is held at this level: ask for it, or attach to the case that is already open."""
    run.waiting.append((task, then))
    if run.state != "inactive":
        return
    asker = task.holder or world.stations.get(run.level.decided_by)
    if asker is None:
        return
    before, world.current_task = world.current_task, task.id
    case = open_round(world, run, asker)
    world.write((LevelRecommended, world.now, run.level.id, case.id, asker.id, asker.knower.severity))
    _decide(world, run, case, asker, task.last_person, needed=True)
    world.current_task = before


def _let_be(world: World, run: LevelRun, case: Case, *, blocked: bool = False, teller: Station | None = None) -> None:
    """Drop the case; what waited for the level asks for it anew, or is blocked with it.

    Whoever declines or calls off says why to those who had a part in it.
    """
    case.cancelled = not blocked
    if teller is not None:
        _say_why(world, case, teller.knower)
    turn(world, run, "inactive")
    run.case = None
    dismiss(world, run)  # before anybody looks again: those who had come are a staff no more
    _ask_anew(world, run, blocked=blocked)
    if not blocked:
        _consider_others(world)


def _say_why(world: World, case: Case, teller: Knower) -> None:
    why = tellable(world, teller, case.facts)  # as it is now, whenever they hear it
    for station in list(case.participants.values()):
        if station.knower is not teller:
            if station.seat is not None or someone_there(world, station, "call"):
                learn_as(world, station.knower, why, "hand_over", teller.id, teller)
            else:
                leave_word(world, station, partial(_hear_later, world, station.knower, why, teller))


def _hear_later(world: World, knower: Knower, why: list[str], teller: Knower) -> None:
    learn_as(world, knower, why, "hand_over", teller.id, teller)
    _consider_ladder(world, knower)  # the others looked again at what they know when the level was dropped


def _consider_others(world: World) -> None:
    """Somebody else may know what still calls for a level; they were silent while this one was on its way.

    Whoever has not heard yet why it ended looks when they have.
    """
    knowers = {id(s.knower): s.knower for s in world.stations.values() if s.id not in world.word_left}
    for knower in knowers.values():
        _consider_ladder(world, knower)


def _ask_anew(world: World, run: LevelRun, *, blocked: bool = False) -> None:
    waiting, run.waiting = run.waiting, []
    for task, then in waiting:
        if task.finished:
            continue
        if blocked:
            finish_task(world, task, "blocked", None, None)
        else:
            close(world, task)  # the stretch that ends here is what asks for the level anew
            wait(world, task, "mandate", run.level.id, "level")
            request_level(world, run, task, then)


def _decide(world: World, run: LevelRun, case: Case, by: Station, person: Person | None, *, needed: bool) -> None:
    spec = world.compiled.routine(
        "decide",
        f"Besluta om {small(run.level.title)}",
        f"decide(activate_{run.level.id})",
        "call",
        world.assumptions.decide_level,
    )

    def then(outcome: Outcome, decider: Station | None, who: Person | None) -> None:
        if run.case is not case:
            return  # the staff has been seated meanwhile
        grave = decider is None or decider.knower.severity >= (_threshold(run) or 0)
        if outcome != "done" or not (needed or grave):
            _let_be(world, run, case, blocked=outcome == "blocked", teller=decider)
            return
        turn(world, run, "decided")
        run.decider = None if needed or decider is None else decider.knower
        world.write(
            (LevelDecided, world.now, run.level.id, case.id, run.level.decided_by if decider is None else decider.id)
        )
        look_again(world)
        if run.level.staffs:
            _alert(world, run, case, decider or by, who)
        else:
            _activate(world, run, case)

    request_task(
        world,
        case,
        spec,
        holder=by,
        person=person,
        goal=run.level.decided_by,
        after=_after(case),
        then=then,
    )


def _call_off(world: World, run: LevelRun) -> None:
    """Whoever decided has learnt that there is no need: the staff that is being gathered is told to stay at home."""
    case = run.case
    if case is None or run.waiting:
        return
    world.write((LevelStoodDown, world.now, run.level.id, case.id))
    _let_be(world, run, case, teller=run.decider.stations[0] if run.decider is not None else None)
    for task in list(case.tasks.values()):
        if not task.finished:
            for request in task.requests:
                if request.state in ("waiting", "working"):
                    abandon(world, request)
            finish_task(world, task, "cancelled", None, None)


def _after(case: Case) -> tuple[str, ...]:
    return (list(case.tasks.values())[-1].id,) if case.tasks else ()


def _alert(world: World, run: LevelRun, case: Case, decider: Station, person: Person | None) -> None:
    spec = world.compiled.routine("alert", f"Larma {small(run.level.title)}", ALERT, "call", world.assumptions.alert)
    plan: list[Asked] = []
    if run.level.via is not None:
        via = world.stations[run.level.via]
        if ALERT in via.does:
            plan = in_order([(via, "first")], deputies_of(world, via, ALERT))
    plan = in_order(plan, plan_for(world, ALERT, decider, None))

    def then(outcome: Outcome, by: Station | None, _who: Person | None) -> None:
        if outcome == "blocked":
            _let_be(world, run, case, blocked=True)
        if outcome != "done":
            return
        world.write((LevelAlerted, world.now, run.level.id, case.id))
        gather_people(world, run, case, by)

    request_task(world, case, spec, holder=decider, person=person, plan=plan or None, after=_after(case), then=then)


def gather_people(
    world: World, run: LevelRun, case: Case, by: Station | None, seated: Callable[[TaskRun], None] | None = None
) -> None:
    """Gather a staff; ``seated`` lets those sit down whom nobody calls, before the others are called."""
    spec = world.compiled.routine(
        "gather", f"Samla {small(run.level.title)}", "gather", "desk", world.assumptions.alert
    )

    def gathered(outcome: Outcome, _by: Station | None, _who: Person | None) -> None:
        if outcome == "done":
            _activate(world, run, case)

    def begin(task: TaskRun, _go: Callable[[], None]) -> None:
        if seated is not None:
            seated(task)
        gather(world, run, task, lambda: finish_task(world, task, "done", None, None))

    request_task(
        world,
        case,
        spec,
        holder=by,
        person=None,
        after=_after(case),
        then=gathered,
        before=begin,
    )


def _activate(world: World, run: LevelRun, case: Case) -> None:
    turn(world, run, "active")
    learn_as(world, run.board, case.facts, "gathered", run.level.decided_by)
    world.write((LevelActivated, world.now, run.level.id, case.id))
    for lower in world.levels[: run.index]:
        if not run.level.staffs:
            continue
        if lower.state in ("active", "standing_down"):
            _end(world, lower)
        elif lower.state == "decided":
            _call_off(world, lower)
    go_on(run)
    place_homeless(world)
    hold_meetings(world, run)
    follow_up(world, run)
    world.hooks.activated(world, run)
    _consider_quiet(world, run.board)


def _consider_quiet(world: World, knower: Knower) -> None:
    """A level whose staff knows of nothing grave for long enough is to stand down."""
    for run in world.levels:
        rule = run.level.stands_down_when
        if rule is None or run.board is not knower or run.state != "active":
            continue
        if knower.severity >= rule.known_severity_below:
            if run.quiet is not None:
                run.quiet.call_off()
                run.quiet = None
        elif run.quiet is None:
            run.quiet = world.agenda.plan(rule.lasting, Turn.TIMER, partial(_stand_down, world, run))


def stay(world: World, run: LevelRun) -> None:
    """A staff that was about to end does not, yet."""
    if run.state == "standing_down":
        turn(world, run, "active")
    if run.quiet is not None:
        run.quiet.call_off()
        run.quiet = None
    _consider_quiet(world, run.board)


def _stand_down(world: World, run: LevelRun) -> None:
    run.quiet = None
    rule = run.level.stands_down_when
    if rule is None or run.state != "active":
        return
    turn(world, run, "standing_down")
    again = world.count(f"stand_down/{run.level.id}/{run.round}")
    number = str(run.round) if again == 1 else f"{run.round}.{again}"
    case = open_case(
        world,
        f"stand_down:{run.level.id}:{number}",
        "stand_down",
        run.level.id,
        f"stand_down/{run.level.id}/{number}",
        priority=2,
        facts=run.board.facts,
    )
    spec = world.compiled.routine(
        "decide",
        f"Besluta att avsluta {small(run.level.title)}",
        f"decide(end_{run.level.id})",
        "call",
        world.assumptions.stand_down,
    )
    chief = next((s for _, s in sorted(run.seats.items()) if s.people), None)

    def then(outcome: Outcome, _by: Station | None, _who: Person | None) -> None:
        if run.state != "standing_down":
            return
        if outcome == "done" and run.board.severity < rule.known_severity_below:
            _end(world, run)
        else:  # the staff has learnt in the meantime that it is needed
            turn(world, run, "active")
            _consider_quiet(world, run.board)

    request_task(world, case, spec, holder=chief, person=None, goal=run.level.decided_by, then=then)


def _end(world: World, run: LevelRun) -> None:
    turn(world, run, "inactive")
    if run.quiet is not None:
        run.quiet.call_off()
        run.quiet = None
    case = run.case
    world.write((LevelStoodDown, world.now, run.level.id, "" if case is None else case.id))
    if case is not None:
        _say_why(world, case, run.board)
    were = {seat.id: list(seat.people) for seat in run.seats.values()}
    dismiss(world, run)
    for seat in run.seats.values():
        for request in list(seat.queue):
            if request.activity == "flow":
                continue  # it stands wherever somebody might sit
            seat.queue.remove(request)
            request.stations.remove(seat)
            if not request.stations:
                ask_elsewhere(world, request, seat, next(iter(were[seat.id]), None))
    _ask_anew(world, run)
    _consider_others(world)


def ask_elsewhere(world: World, request: Request, seat: Station, person: Person | None = None) -> None:
    """Find another place for what stood with a staff seat that is no more, or was on its way there.

    The standing work of a staff that is no more is nobody's.
    """
    if request.task.case.kind == "follow_up":
        withdraw(world, request)
        finish_task(world, request.task, "cancelled", None, None)
    elif request.own_life and request.activity == "work" and request.task.spec.needs != REPORT:
        withdraw(world, request)
        request.task.takes = request.remaining  # what is done of it is done
        perform_again(world, request.task)
    else:
        post(world, request, at_home(world, seat, person), "line")
