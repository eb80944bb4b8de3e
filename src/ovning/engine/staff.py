"""A level's staff: calling people in, seats, meetings, follow-up work, and sending people home."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ovning.engine.agenda import Turn
from ovning.engine.cases import place_homeless
from ovning.engine.channels import call_home, can_be_told, when_channels_change
from ovning.engine.claims import claim, is_coming, is_off, let_off, on_the_way
from ovning.engine.knowledge import learn_as
from ovning.engine.life import wait
from ovning.engine.presence import is_awake, mark, mark_person, on_call_people, on_duty, reach_of
from ovning.engine.reaching import is_reachable, rouse
from ovning.engine.rest import begin_duty, call_off_told, look_at_functions, look_at_limit
from ovning.engine.state import LevelRun, Person, Station, TaskRun, WhyLeft
from ovning.engine.world import World
from ovning.log.records import ContactAttempted, MeetingHeld, PersonArrived, SeatFilled, SeatLeft, Worked
from ovning.units import MINUTE


def filled(run: LevelRun) -> int:
    """How many seats are filled."""
    return sum(len(s.people) for s in run.seats.values())


def is_manned(run: LevelRun) -> bool:
    """Whether the stated seats are filled."""
    when = run.level.active_when
    return filled(run) >= when.seats and all(run.seats[s].people for s in when.including)


def gather(world: World, run: LevelRun, task: TaskRun, manned: Callable[[], None]) -> None:
    """Call in people for every seat; ``manned`` is called once when the stated seats are filled."""
    run.manned = manned
    run.put_off.clear()
    including = run.level.active_when.including
    order = sorted(run.level.staffs, key=lambda s: (s not in including, s))
    _say_missing(world, run, task)
    if is_manned(run):
        _tell_manned(run)
    for seat in order:
        tried: set[str] = set()
        for place in range(len(run.seats[seat].people) + on_the_way(world, run, seat), run.level.staffs[seat]):
            _call_next(world, run, task, seat, place, run.round, tried)


def _tell_manned(run: LevelRun) -> None:
    manned, run.manned = run.manned, None
    if manned is not None:
        manned()


def _say_missing(world: World, run: LevelRun, task: TaskRun) -> None:
    including = run.level.active_when.including
    empty = [s for s in including if not run.seats[s].people]
    if not task.finished:
        missing = max(run.level.active_when.seats - filled(run), len(empty))
        wait(world, task, "unavailable", run.level.id, f"seats missing: {missing}")


def _is_here(world: World, person: Person) -> bool:
    return person.seat is not None or on_duty(world, person) or (person.in_place and is_awake(world, person))


def candidates(world: World, run: LevelRun, seat: str, tried: set[str], *, called: bool = True) -> list[Person]:
    """Whoever may sit there: those at work and awake first, then those on call, then the others in the order given.

    The staff of a lower level may go over to a higher one. Who is not ``called`` but fetched may have slept just now.
    """
    groups = world.compiled.organisation.staff.get(seat, ())
    people = [p for g in groups for p in world.people[g]]
    lower = [r.level.id for r in world.levels[: run.index]]
    left = [
        p
        for p in people
        if p.name not in tried
        and (p.seat is None or p.seat.level in lower)
        and not (p.claimed or p.changing or p.resting or p.away or p.bodies)
        and p.shift is None
        and (not called or world.now >= p.called_until or is_awake(world, p) or on_duty(world, p))
        and (_is_here(world, p) or reach_of(world, p, _on_call_for(world, p)).arrives is not None)
    ]

    def order(person: Person) -> tuple[int, bool]:
        new = person.name not in run.sat  # whoever sat there yesterday sits there today
        if _is_here(world, person):
            return 0, new
        if is_awake(world, person):
            return 1, new
        return 2 if _on_call_for(world, person) is not None else 3, new

    return sorted(left, key=order)


def _on_call_for(world: World, person: Person) -> Station | None:
    return next((hat for hat in person.hats if person in on_call_people(world, hat)), None)


def _call_next(world: World, run: LevelRun, task: TaskRun, seat: str, place: int, round_: int, tried: set[str]) -> None:
    if is_off(run, round_) or len(run.seats[seat].people) >= run.level.staffs[seat]:
        return
    left = candidates(world, run, seat, tried)
    if not left:
        again = partial(_call_next, world, run, task, seat, place, round_, set())
        if place >= run.level.staffs[seat]:  # a seat that somebody has left: at night it may be able to wait
            again = partial(_call_for, world, run, seat, place, round_)
        world.agenda.plan(_patience(world), Turn.TIMER, again)
        return
    next_one = partial(_call_next, world, run, task, seat, place, round_, tried)
    person = next((p for p in left if can_be_told(world, p)), None)
    if person is None:
        when_channels_change(world, next_one, at_latest=_patience(world))
        return
    tried.add(person.name)
    station = _on_call_for(world, person)
    reach = reach_of(world, person, station)
    name = f"level/{run.level.id}/{run.round}/{seat}/{place}/{len(tried)}"
    sit = partial(come, world, run, task, seat, person, round_)
    if reach.arrives is None or _is_here(world, person):
        claim(person, run, seat)
        world.agenda.plan(world.draw(world.assumptions.gather_present, f"{name}/gather"), Turn.ARRIVAL, sit)
        return
    travel = world.draw(reach.arrives, f"{name}/arrives")
    awake_for = travel + world.assumptions.stays_awake
    if is_awake(world, person):
        claim(person, run, seat)
        person.awake_until = max(person.awake_until, world.now + awake_for)
        world.agenda.plan(travel, Turn.ARRIVAL, sit)
        return
    patience = world.assumptions.answer_within
    channel, usual = call_home(world, person)
    if not is_reachable(world, person, station, name):
        world.write((ContactAttempted, world.now, task.id, run.seats[seat].id, person.name, None))
        _let_ring(world, person, patience, next_one)
        return
    delay = world.draw(reach.delay, f"{name}/delay")
    if channel is not None and not usual:
        sent = world.draw(channel.delay, f"{name}/{channel.id}")
        delay, patience = delay + sent, patience + sent
    world.write((ContactAttempted, world.now, task.id, run.seats[seat].id, person.name, world.now + delay))
    if delay > patience:
        _let_ring(world, person, patience, next_one)
        return
    claim(person, run, seat)

    def answered() -> None:
        rouse(world, person, run.seats[seat])
        if not is_coming(run, person, seat, round_):
            return
        person.awake_until = max(person.awake_until, world.now + awake_for)
        world.agenda.plan(travel, Turn.ARRIVAL, sit)

    world.agenda.plan(delay, Turn.ARRIVAL, answered)


def _let_ring(world: World, person: Person, patience: int, then: Callable[[], None]) -> None:
    """Somebody does not answer in time: the next is called, and nobody tries them at once for another seat."""
    person.called_until = world.now + max(patience, _patience(world))
    world.agenda.plan(patience, Turn.TIMER, then)


def _patience(world: World) -> int:
    """How long it takes until everybody is tried again: until this part of the day is over, but no longer than this."""
    patience = max(2 * world.assumptions.answer_within, MINUTE)
    return min(world.compiled.calendars.part(world.now)[2] - world.now, patience)


def come(world: World, run: LevelRun, task: TaskRun, seat: str, person: Person, round_: int) -> None:
    """Somebody is there and takes a seat, as soon as the work in hand is done."""
    if not is_coming(run, person, seat, round_):
        return
    if person.resting or person.away:
        let_off(person)
        fill_again(world, run, seat)
        return
    if not on_duty(world, person) and not person.in_place:
        world.write((PersonArrived, world.now, person.name, run.level.id))
        person.in_place = True
    if person.work is not None or person.session or person.changing:
        person.then_sit = partial(_sit, world, run, task, seat, person, round_)
        return
    _sit(world, run, task, seat, person, round_)


def sit_if_due(world: World, person: Person) -> None:
    """Somebody has become free who was on the way to a seat, or to a meeting under way."""
    if person.then_sit is not None:
        sit, person.then_sit = person.then_sit, None
        sit()
    else:
        _join_meeting(world, person)


def _join_meeting(world: World, person: Person) -> None:
    if person.seat is None or person.work is not None or person.session or person.meeting_since is not None:
        return
    if person.changing:
        return
    for run in world.levels:
        if person.seat.level == run.level.id and world.now < run.meeting_until:
            person.meeting_since = world.now


def leave_meeting(world: World, person: Person) -> None:
    """Somebody is called out of a meeting for something that cannot wait; they come back if it still goes on."""
    run = next((r for r in world.levels if person.seat is not None and r.level.id == person.seat.level), None)
    if run is not None and person.seat is not None:
        end_meeting(world, person, person.seat, _meeting_id(run))


def write_meetings(world: World) -> None:
    """At the horizon: write down the time in meetings that are not over."""
    for run in world.levels:
        for _, seat in sorted(run.seats.items()):
            for person in seat.people:
                end_meeting(world, person, seat, _meeting_id(run))


def _meeting_id(run: LevelRun) -> str:
    return f"level:{run.level.id}:{run.round}/meeting:{run.meetings}"


def _sit(world: World, run: LevelRun, task: TaskRun, seat: str, person: Person, round_: int) -> None:
    if not is_coming(run, person, seat, round_):
        return
    let_off(person)
    station = run.seats[seat]
    if person.resting or person.away:
        fill_again(world, run, seat)
        return
    if len(station.people) >= run.level.staffs[seat]:
        return  # somebody else has come meanwhile
    if person.seat is not None:
        leave_seat(world, person, "moved")
    sit_down(world, run, seat, person)
    _say_missing(world, run, task)
    if run.manned is not None and is_manned(run):
        _tell_manned(run)


def sit_down(world: World, run: LevelRun, seat: str, person: Person) -> None:
    """Somebody takes a seat, and brings what their functions know."""
    station = run.seats[seat]
    begin_duty(world, person, in_staff=True)
    person.seat = station
    station.people.append(person)
    world.plans.clear()
    world.write((SeatFilled, world.now, run.level.id, seat, person.name, filled(run)))
    for hat in person.hats:
        hat.seated += 1
        if hat.queue:
            mark(world, hat)
        learn_as(world, run.board, _carried(world, hat, person), "gathered", hat.id, hat.knower)
    look_at_functions(world, person)
    look_at_limit(world, person)
    _join_meeting(world, person)
    mark(world, station)
    go_on_if_active(world, run)


def leave_seat(world: World, person: Person, why: WhyLeft) -> None:
    """Somebody leaves their seat."""
    station = person.seat
    if station is None:
        return
    run = next(r for r in world.levels if r.level.id == station.level)
    if person.meeting_since is not None:
        end_meeting(world, person, station, _meeting_id(run))
    station.people.remove(person)
    world.plans.clear()
    person.seat = None
    for hat in person.hats:
        hat.seated -= 1
    person.last_on = world.now
    person.awake_until = max(person.awake_until, world.now + world.assumptions.stays_awake)
    world.write((SeatLeft, world.now, run.level.id, station.seat or "", person.name, why, filled(run)))
    look_at_functions(world, person)
    mark(world, station)
    mark_person(world, person)


def fill_again(world: World, run: LevelRun, seat: str) -> None:
    """A seat of an active staff stands empty: call somebody for it, and for those that were to wait until morning."""
    if is_off(run, run.round) or len(run.seats[seat].people) >= run.level.staffs[seat]:
        return
    place = run.level.staffs[seat] + world.count(f"again/{run.level.id}/{run.round}/{seat}")
    if not is_manned(run):
        _call_put_off(world, run, run.round)
    _call_for(world, run, seat, place, run.round)


def _call_for(world: World, run: LevelRun, seat: str, place: int, round_: int) -> None:
    """Call somebody for a seat that was left; nobody is woken for one that the staff can do without until morning."""
    gathering = None if run.case is None else run.case.tasks.get("gather")
    if gathering is None or is_off(run, round_):
        return
    night, _, ends = world.compiled.calendars.part(world.now)
    if night and is_manned(run):
        if not run.put_off:
            world.agenda.plan(ends - world.now, Turn.NEW_WORK, partial(_call_put_off, world, run, round_))
        run.put_off.append((seat, place))
        return
    _call_next(world, run, gathering, seat, place, round_, set())


def _call_put_off(world: World, run: LevelRun, round_: int) -> None:
    if run.round == round_:
        put_off, run.put_off = run.put_off, []
        for seat, place in put_off:
            _call_for(world, run, seat, place, round_)


def go_on_if_active(world: World, run: LevelRun) -> None:
    """Somebody more sits in an active staff: what waited for that may go on."""
    if run.state in ("active", "standing_down"):
        go_on(run)
        place_homeless(world)


def _carried(world: World, hat: Station, person: Person) -> list[str]:
    """What a function knows goes with whoever was it tonight: at work, or reached for it; not a sleeping colleague."""
    return list(hat.knower.facts) if on_duty(world, person) or hat.id in person.answering else []


def go_on(run: LevelRun) -> None:
    """Let go on what waited for the level or one of its seats."""
    waiting, run.waiting = run.waiting, []
    for _, action in waiting:
        action()


def hold_meetings(world: World, run: LevelRun, number: int = 1) -> None:
    """Begin the staff's rhythm: a first meeting at once, then at even intervals; ``number``: of the first one."""
    if run.level.rhythm is not None:
        run.meeting_due = number
        _meet(world, run, run.round, number)


def _meet(world: World, run: LevelRun, round_: int, number: int) -> None:
    rhythm = run.level.rhythm
    if rhythm is None or run.round != round_ or not run.is_active or number != run.meeting_due:
        return
    run.meeting_due = number + 1
    name = f"level/{run.level.id}/{round_}/meeting/{number}"
    asked = sum(r.activity != "flow" for s in run.seats.values() for r in s.queue)
    items = len(run.board.facts) - run.known_at_last_meeting + asked
    run.known_at_last_meeting = len(run.board.facts)
    length = world.draw(world.assumptions.meeting_opening, f"{name}/opening")
    length += sum(world.draw(rhythm.item, f"{name}/item/{n}") for n in range(items))
    since = world.now
    run.meeting_until = since + length
    run.meetings = number
    for seat in run.seats.values():
        for person in seat.people:
            _join_meeting(world, person)
            for hat in person.hats:
                if hat.queue:
                    mark(world, hat)
        mark(world, seat)
    world.agenda.plan(length, Turn.FINISH, partial(_close_meeting, world, run, since, items))
    world.agenda.plan(rhythm.meeting_every, Turn.TIMER, partial(_meet, world, run, round_, number + 1))


def _close_meeting(world: World, run: LevelRun, since: int, items: int) -> None:
    if run.meeting_until != world.now:
        return
    present = 0
    for seat in sorted(run.seats.values(), key=lambda s: s.id):
        for person in seat.people:
            if person.meeting_since is None:
                continue
            present += 1
            end_meeting(world, person, seat, _meeting_id(run))
            for hat in person.hats:
                learn_as(world, hat.knower, run.board.facts, "meeting", run.level.id, run.board)
    world.write((MeetingHeld, world.now, since, run.level.id, items, present))


def end_meeting(world: World, person: Person, seat: Station, task: str) -> None:
    """Let somebody leave a meeting; their time in it is written down."""
    if person.meeting_since is not None and person.meeting_since < world.now:
        world.write((Worked, world.now, person.meeting_since, task, person.name, seat.id, "meeting", "meeting"))
    person.meeting_since = None
    person.last_finished = world.now
    mark_person(world, person)
    mark(world, seat)
    world.hooks.left_meeting(world, person)


def dismiss(world: World, run: LevelRun) -> None:
    """Send a staff's people back to the line."""
    run.meeting_until = -1
    call_off_told(world, run)
    for seat in run.seats.values():
        for person in list(seat.people):
            leave_seat(world, person, "ended")
