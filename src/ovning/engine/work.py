"""Work: what waits is given to people, begun, broken off and finished."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ovning.engine.agenda import Turn
from ovning.engine.life import close, wait
from ovning.engine.moment import Moment
from ovning.engine.presence import (
    answers_for,
    at_home,
    can_serve,
    enough_for,
    hours_until,
    is_manned_seat,
    mark,
    mark_person,
    next_part,
    on_duty,
    ordinary_until,
    serving,
)
from ovning.engine.queues import enqueue, leave_queues, let_go, withdraw
from ovning.engine.reaching import call_people
from ovning.engine.rest import begin_duty
from ovning.engine.state import Person, Request, Station, Why, Work
from ovning.engine.taking import Crew, first_possible
from ovning.engine.world import World
from ovning.log.records import Activity, Cause, Clarified, StationAsked, TaskInterrupted, TaskStarted, Worked
from ovning.model.scenario import Mode


def post(world: World, request: Request, station: Station, why: Why) -> None:
    """Put a request in a station's queue, where it stands until somebody takes it."""
    if station in request.stations:
        return
    request.stations.append(station)
    request.whys[station.id] = why
    world.write((StationAsked, world.now, request.name, station.id, why))
    if request.state == "waiting":
        enqueue(station, request)
        station.fresh.append(request)
        if request.own_life and request.stations[0] is station:
            task = request.task
            if task.station == station.id and task.cause is not None:
                _, cause, detail = _state(world, station, request.mode)
                wait(world, task, cause, station.id, detail)
            else:  # why it waits, if it does, is told when the instant is over
                close(world, task)
        mark(world, station)


def dispatch(world: World) -> None:
    """Give waiting requests to people, the most urgent first, over all stations where something has changed.

    Then people are telephoned for what must wait, in the same order; for one request as its stations were asked.
    """
    calls: dict[tuple[Request, Station], None] = {}
    dirty = world.dirty
    while dirty:
        best: tuple[Request, Station, Crew] | None = None
        for station in list(dirty.values()):
            if not station.queue:
                station.fresh.clear()
                del dirty[station.id]
                continue
            found = first_possible(world, station)
            if found is None:
                del dirty[station.id]
                for request in _tend(world, station):
                    calls[request, station] = None
            elif best is None or _turn(found[0], station) < _turn(best[0], best[1]):
                best = found[0], station, found[1]
        if best is not None:
            _start(world, *best)
    if calls:
        _call_for(world, [(r, s) for r, s in calls if r.state == "waiting" and s in r.stations])


def _turn(request: Request, station: Station) -> tuple[tuple[int, int, int, int], int]:
    return request.key, request.stations.index(station)


def _call_for(world: World, waiting: list[tuple[Request, Station]]) -> None:
    for request, station in sorted(waiting, key=lambda call: _turn(*call)):
        if not enough_for(world, station, request):
            call_people(world, station, request)


def _tend(world: World, station: Station) -> list[Request]:
    """See to what must go on waiting: say why, and look again when people may be there; what somebody is called for."""
    calls: list[Request] = []
    fresh, station.fresh = station.fresh, []
    tasks = [request for request in station.queue if request.activity != "flow"]
    state: dict[Mode, tuple[int, Cause, str]] = {}
    changed = False
    for mode in {request.mode: None for request in tasks}:
        now = state[mode] = _state(world, station, mode)
        changed = changed or station.state.get(mode, now) != now
        station.state[mode] = now
    for request in tasks if changed else fresh:
        if request.state != "waiting" or request.activity == "flow":
            continue
        there, cause, detail = state[request.mode]
        if there < request.persons:
            cause, detail = "unavailable", ""
        elif request.started and cause == "queue":
            detail = "interrupted"
        if request.own_life and request.stations[0] is station:
            wait(world, request.task, cause, station.id, detail)
        if cause in ("unavailable", "shift_change") or not (
            request.asker is None or enough_for(world, station, request)
        ):
            calls.append(request)
    at = _next_look(world, station)
    if station.wake is None or at < station.wake_at or station.wake_at <= world.now:
        if station.wake is not None:
            station.wake.call_off()
        station.wake_at = at
        station.wake = world.agenda.plan(at - world.now, Turn.TIMER, lambda: mark(world, station))
    return calls


def _state(world: World, station: Station, mode: Mode) -> tuple[int, Cause, str]:
    """How many are there for such work, and why it waits: the cause is the state of the first station asked."""
    there = meeting = 0
    ordinary = False
    for person in serving(world, station):
        if can_serve(world, person, station, mode):
            there += 1
            if person.meeting_since is not None:
                meeting += 1
            elif mode != "call" and not ordinary and person.work is None:
                ordinary = on_duty(world, person)
    if not there:
        changing = sum(p.changing for p in station.people)
        return (changing, "shift_change", "") if changing else (0, "unavailable", "")
    if meeting == there:
        return there, "meeting", ""
    return there, "queue", "ordinary_work" if ordinary else ""


def _next_look(world: World, station: Station) -> int:
    at = next_part(world)
    for hours in station.hours or [person.hours for person in station.people]:
        until = hours_until(world, hours)
        if until < at:
            at = until
    for person in serving(world, station):
        if person.load > 0 and person.work is None and person.meeting_since is None:
            end = ordinary_until(world, person)
            if end is not None and end < at:
                at = end
    return at


def _start(world: World, request: Request, station: Station, crew: Crew) -> None:
    persons, called_away = crew
    for person in called_away:
        if person.work is not None:
            interrupt(world, person.work, request.name)
        else:
            world.hooks.leave_meeting(world, person)
    request.state = "working"
    leave_queues(request)
    for step in request.side_steps:
        withdraw(world, step)
    work = Work(request, station, persons, world.now, main=False)
    request.work = work
    for person in persons:
        person.work = work
    for person in persons:
        answers_for(world, person, station)
        if person.tires:
            begin_duty(world, person)
    if request.work is not work:  # what they were told when they answered has made it needless
        return
    task = request.task
    if request.own_life:
        task.doer, task.done_by = station, persons[0]
    if not request.started:
        request.started = True
        if request.activity == "work":
            if request.own_life:
                close(world, task)
                task.under_mandate = False
            world.write((TaskStarted, world.now, task.id, station.id, persons[0].name))
        if request.begun is not None:
            request.begun(persons[0], station)
    _go_on(world, work)


def _go_on(world: World, work: Work) -> None:
    request = work.request
    work.since = world.now
    if request.preludes:
        (activity, cause, detail, length), *left = request.preludes
        request.preludes = tuple(left)
        work.prelude = activity
        if request.own_life:
            wait(world, request.task, cause, work.station.id, detail)

        def over() -> None:
            _write_worked(world, work, activity, "call")
            if activity == "clarification":
                world.write((Clarified, world.now, work.since, request.name, detail, work.station.id))
            _go_on(world, work)

        work.moment = _plan_end(world, work, length, over)
        return
    work.main = True
    if request.mode != "call":
        for person in work.persons:
            if person.changing:
                put_down(world, work, person)
                world.hooks.freed(world, person)
                return
    if request.own_life:
        if request.during is not None:
            wait(world, request.task, request.during, request.toward or work.station.id)
        else:
            close(world, request.task)
            request.task.working = True
    work.moment = _plan_end(world, work, request.remaining, partial(_finish, world, work))


def _plan_end(world: World, work: Work, length: int, action: Callable[[], None]) -> Moment:
    priority, owed_since, _, _ = work.request.key
    return world.agenda.plan(length, Turn.FINISH, action, priority=priority, owed_since=owed_since)


def _write_worked(world: World, work: Work, activity: Activity, mode: Mode) -> None:
    now = world.now
    if work.since < now:
        for person in work.persons:
            world.write((Worked, now, work.since, work.request.name, person.name, work.station.id, activity, mode))


def interrupt(world: World, work: Work, by: str, cause: Cause = "queue", detail: str = "interrupted") -> None:
    """Break work off for something that comes first; what is left of it goes back to its queues."""
    request, now = work.request, world.now
    if work.moment is not None:
        work.moment.call_off()
    request.remaining -= now - work.since
    _write_worked(world, work, request.activity, request.mode)
    for person in work.persons:
        person.work = None
    request.state, request.work = "waiting", None
    if request.activity != "flow":
        world.write((TaskInterrupted, now, request.name, work.station.id, by))
    if request.own_life:
        if request.task.working:  # else it has waited until now, for answers to the questions before the work
            request.task.since = now
            request.task.working = False
        wait(world, request.task, cause, work.station.id, detail)
    if request.activity == "flow":  # a function of those who sat in a seat that is no more need not be able to
        request.stations = [work.station, *(s for s in request.stations if s is not work.station)]
    else:
        last = at_home(world, work.station, work.persons[0])
        request.stations = [last, *(s for s in request.stations if s not in (last, work.station) and is_manned_seat(s))]
    for station in request.stations:
        enqueue(station, request)
        station.fresh.append(request)
        mark(world, station)


def put_down(world: World, work: Work, person: Person) -> None:
    """Somebody who hands a seat over puts down what they do; those they do it with are free."""
    interrupt(world, work, "shift_change", "shift_change", "")
    for other in work.persons:
        mark_person(world, other)
        if other is not person:
            world.hooks.freed(world, other)


def _finish(world: World, work: Work) -> None:
    request = work.request
    _write_worked(world, work, request.activity, request.mode)
    if request.own_life and request.during is None:
        request.task.since = world.now
        request.task.working = False
    _release(world, work)
    request.state, request.work = "done", None
    done = request.done
    let_go(request)
    done(work.persons[0], work.station)


def _release(world: World, work: Work) -> None:
    """Let people go, within reach for a while longer."""
    now = world.now
    awake_until, tired_since = now + world.assumptions.stays_awake, now - world.shortest_duty
    for person in work.persons:
        person.work = None
        person.last_finished = person.last_on = now
        if person.awake_until < awake_until:
            person.awake_until = awake_until
        mark_person(world, person)
        if person.is_wanted(tired_since):
            world.hooks.freed(world, person)


def abandon(world: World, request: Request) -> None:
    """Break off a request that is no longer wanted, whether it waits or is under way."""
    withdraw(world, request)
    work, request.work = request.work, None
    request.state = "cancelled"
    let_go(request)
    if work is not None:
        if work.moment is not None:
            work.moment.call_off()
        _write_worked(world, work, request.activity if work.main else work.prelude, request.mode)
        if request.own_life and work.main and request.during is None:
            request.task.since = world.now
            request.task.working = False
        _release(world, work)


def write_work_under_way(world: World) -> None:
    """At the horizon: write down the stretches of work that are not finished."""
    seen: set[int] = set()
    for people in world.people.values():
        for person in people:
            work = person.work
            if work is not None and id(work) not in seen:
                seen.add(id(work))
                request = work.request
                activity = request.activity if work.main else work.prelude
                _write_worked(world, work, activity, request.mode if work.main else "call")
                if request.own_life and work.main and request.during is None:
                    request.task.since = world.now
