"""Queues and work: who is next, who takes it, who interrupts whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ovning.engine.agenda import Moment, Turn
from ovning.engine.life import close, wait
from ovning.engine.presence import (
    answers_for,
    at_home,
    can_serve,
    enough_for,
    hours_until,
    is_manned_seat,
    mark,
    mark_person,
    may_take,
    next_part,
    on_duty,
    ordinary_until,
    serving,
)
from ovning.engine.queues import enqueue, leave_queues, let_go, withdraw
from ovning.engine.reaching import call_people
from ovning.engine.rest import begin_duty
from ovning.engine.state import Mode, Person, Request, Station, Why, Work
from ovning.engine.world import World
from ovning.log.records import Activity, Cause, Clarified, StationAsked, TaskInterrupted, TaskStarted, Worked

Crew = tuple[list[Person], list[Person]]
"""Who takes it, and who of them must leave something else for it."""

URGENT: Final = 1
"""Priority at or above which a call gets somebody out of a meeting, and a chair may decide alone."""
_MEETING: Final = (9, 0, 0, 0)


def post(world: World, request: Request, station: Station, why: Why) -> None:
    """Put a request in a station's queue, where it stands until somebody takes it."""
    if station in request.stations:
        return
    request.stations.append(station)
    request.whys[station.id] = why
    world.write((StationAsked, world.now, request.task.id, station.id, why))
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
    while world.dirty:
        best: tuple[tuple[int, ...], Request, Station, Crew] | None = None
        for station in list(world.dirty.values()):
            if not station.queue:
                station.fresh.clear()
                del world.dirty[station.id]
                continue
            found = _first_possible(world, station)
            if found is None:
                del world.dirty[station.id]
                calls.update(dict.fromkeys((request, station) for request in _tend(world, station)))
                continue
            request, crew = found
            turn = (*request.key, request.stations.index(station))
            if best is None or turn < best[0]:
                best = (turn, request, station, crew)
        if best is not None:
            _start(world, best[1], best[2], best[3])
    waiting = [(r, s) for r, s in calls if r.state == "waiting" and s in r.stations]
    for request, station in sorted(waiting, key=lambda call: (call[0].key, call[0].stations.index(call[1]))):
        if not enough_for(world, station, request):
            call_people(world, station, request)


def _first_possible(world: World, station: Station) -> tuple[Request, Crew] | None:
    if len(station.queue) == 1:
        request = station.queue[0]
        if _is_moot(world, request):
            return None
        crew = _crew(world, station, request)
        return None if crew is None else (request, crew)
    seen: set[tuple[str, int, bool, str]] = set()
    held_for: int | None = None
    for request in list(station.queue):
        if held_for is not None and request.mode != "call" and request.key[0] > held_for:
            continue  # whoever is free waits for the other that the more urgent work takes
        if _is_moot(world, request):
            continue
        barred = request.asker if request.whys.get(station.id) == "deputy" else None
        only = "" if barred is None else barred.name
        if request.activity == "flow":  # who may take it is the same for all that waits at its stage
            only = f"{request.task.case.id}:{request.task.spec.task}"
        kind = (request.mode, request.persons, _may_interrupt(request, station), only)
        if kind in seen:
            continue
        crew = _crew(world, station, request)
        if crew is not None:
            return request, crew
        seen.add(kind)
        if request.persons > 1 and held_for is None and enough_for(world, station, request):
            held_for = request.key[0]
    return None


def _is_moot(world: World, request: Request) -> bool:
    """Whether it is no longer worth passing on; then it is dropped."""
    if request.activity != "pass_on" or request.task.moot is None or not request.task.moot():
        return False
    withdraw(world, request)
    world.hooks.moot(world, request.task)
    return True


def _crew(world: World, station: Station, request: Request) -> Crew | None:
    free: list[tuple[bool, Person]] = []
    taken: list[tuple[tuple[int, int, int, int], Person]] = []
    calling = request.mode == "call"
    breaks_in = calling and _may_interrupt(request, station)
    idle = 0
    for person in serving(world, station):
        if person.work is not None and not (breaks_in and _may_be_interrupted(person.work, request)):
            continue
        if not may_take(world, person, station, request):
            continue
        if person.meeting_since is not None:
            if calling and request.key[0] <= URGENT:
                taken.append((_MEETING, person))
        elif person.work is None:
            ordinary = ordinary_until(world, person) is not None
            if calling or not ordinary:
                free.append((ordinary, person))
                idle += not ordinary
                if idle == request.persons:
                    return [p for busy, p in free if not busy], []
        else:
            taken.append((person.work.request.key, person))
    if len(free) >= request.persons:
        free.sort(key=lambda f: f[0])
        return [p for _, p in free[: request.persons]], []
    missing = request.persons - len(free)
    if len(taken) < missing:
        return None
    taken.sort(key=lambda t: t[0], reverse=True)
    chosen = [p for _, p in taken[:missing]]
    return [*(p for _, p in free), *chosen], chosen


def _may_interrupt(request: Request, station: Station) -> bool:
    return request.interrupts and request.origin is not station


def _may_be_interrupted(work: Work, request: Request) -> bool:
    return (
        work.main and work.request.mode != "call" and len(work.persons) == 1 and work.request.task is not request.task
    )


def _tend(world: World, station: Station) -> list[Request]:
    """See to what must go on waiting: say why, and look again when people may be there; what somebody is called for."""
    calls: list[Request] = []
    fresh, station.fresh = station.fresh, []
    tasks = [request for request in station.queue if request.activity != "flow"]
    state = {mode: _state(world, station, mode) for mode in {request.mode: None for request in tasks}}
    changed = any(station.state.get(mode, now) != now for mode, now in state.items())
    station.state.update(state)
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
        if not enough_for(world, station, request):
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
    there = [p for p in serving(world, station) if can_serve(world, p, station, mode)]
    if not there:
        changing = sum(p.changing for p in station.people)
        return (changing, "shift_change", "") if changing else (0, "unavailable", "")
    if all(p.meeting_since is not None for p in there):
        return len(there), "meeting", ""
    ordinary = mode != "call" and any(p.work is None and p.meeting_since is None and on_duty(world, p) for p in there)
    return len(there), "queue", "ordinary_work" if ordinary else ""


def _next_look(world: World, station: Station) -> int:
    at = next_part(world)
    for hours in station.hours or [person.hours for person in station.people]:
        at = min(at, hours_until(world, hours))
    for person in serving(world, station):
        if person.work is None and person.meeting_since is None:
            end = ordinary_until(world, person)
            if end is not None:
                at = min(at, end)
    return at


def _start(world: World, request: Request, station: Station, crew: Crew) -> None:
    persons, called_away = crew
    for person in called_away:
        if person.work is not None:
            interrupt(world, person.work, request.task.id)
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
        answers_for(world, person, station)
        if person.tires:
            begin_duty(world, person)
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
        activity, cause, detail, length = request.preludes.pop(0)
        work.prelude = activity
        if request.own_life:
            wait(world, request.task, cause, work.station.id, detail)

        def over() -> None:
            _write_worked(world, work, activity, "call")
            if activity == "clarification":
                world.write((Clarified, world.now, work.since, request.task.id, detail, work.station.id))
            _go_on(world, work)

        work.moment = _plan_end(world, work, length, over)
        return
    work.main = True
    changing = next((p for p in work.persons if p.changing), None)
    if changing is not None and request.mode != "call":
        put_down(world, work, changing)
        world.hooks.freed(world, changing)
        return
    if request.own_life:
        if request.during is not None:
            wait(world, request.task, request.during, request.toward or work.station.id)
        else:
            close(world, request.task)
            request.task.working = True
    work.moment = _plan_end(world, work, request.remaining, lambda: _finish(world, work))


def _plan_end(world: World, work: Work, length: int, action: Callable[[], None]) -> Moment:
    priority, owed_since, _, _ = work.request.key
    return world.agenda.plan(length, Turn.FINISH, action, priority=priority, owed_since=owed_since)


def _write_worked(world: World, work: Work, activity: Activity, mode: Mode) -> None:
    now = world.now
    if work.since < now:
        for person in work.persons:
            world.write((Worked, now, work.since, work.request.task.id, person.name, work.station.id, activity, mode))


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
        world.write((TaskInterrupted, now, request.task.id, work.station.id, by))
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
    awake_until = now + world.assumptions.stays_awake
    for person in work.persons:
        person.work = None
        person.last_finished = person.last_on = now
        if person.awake_until < awake_until:
            person.awake_until = awake_until
        mark_person(world, person)
        if person.is_wanted:
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
