"""Relief: whoever is told to come sets out, arrives, and takes a seat over from the one who has sat longest."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ovning.engine.agenda import Turn
from ovning.engine.presence import mark, on_duty, reach_of
from ovning.engine.rest import begin_duty, rest, when_free
from ovning.engine.staff import fill_again, leave_seat, sit_down
from ovning.engine.state import NextShift, Person, WhyLeft
from ovning.engine.work import put_down
from ovning.engine.world import World
from ovning.log.records import PersonArrived, PersonRelieved, Worked
from ovning.units import MINUTE


def travel(world: World, shift: NextShift, seat: str, person: Person, name: str) -> None:
    """Somebody who has rested sets out for their shift."""
    if shift.is_off:
        person.shift = None
        return
    arrives = reach_of(world, person, None).arrives
    travel = 0 if arrives is None else world.draw(arrives, f"{name}/arrives")
    person.awake_until = world.now + travel + world.assumptions.stays_awake
    person.claimed = True
    world.agenda.plan(max(travel, 0), Turn.ARRIVAL, partial(come, world, shift, seat, person, name))


def come(world: World, shift: NextShift, seat: str, person: Person, name: str) -> None:
    """Somebody is there for their shift, and waits until it begins."""
    person.claimed = False
    if shift.is_off:
        person.shift = None
        return
    if _is_held_up(shift, seat, person):
        return
    if not on_duty(world, person) and not person.in_place:
        world.write((PersonArrived, world.now, person.name, shift.run.level.id))
        person.in_place = True
    person.claimed = True
    if world.now < shift.begins:
        world.agenda.plan(shift.begins - world.now, Turn.TIMER, partial(_take_over, world, shift, seat, person, name))
    else:
        _take_over(world, shift, seat, person, name)


def _is_held_up(shift: NextShift, seat: str, person: Person) -> bool:
    """Whether somebody who should come rests still, or is away: then somebody else is asked."""
    if not person.resting and not person.away:
        return False
    person.claimed, person.shift = False, None
    place = next(place for (to, place), p in shift.coming.items() if to == seat and p is person)
    del shift.coming[seat, place]
    shift.ask_again(seat, place)
    return True


def _take_over(world: World, shift: NextShift, seat: str, person: Person, name: str) -> None:
    """Whoever comes takes a seat over from the one who has sat longest, or an empty one at once."""
    run = shift.run
    if person.work is not None or person.session:
        when_free(world, person, partial(_take_over, world, shift, seat, person, name))
        return
    if shift.is_off:
        person.claimed, person.shift = False, None
        return
    if _is_held_up(shift, seat, person):
        return
    if run.state == "standing_down" or run.quiet is not None:  # nobody takes over what is about to end
        again = partial(_take_over, world, shift, seat, person, name)
        world.agenda.plan(max(world.assumptions.answer_within, MINUTE), Turn.TIMER, again)
        return
    station = run.seats[seat]
    newly = set(map(id, shift.coming.values()))
    left = [p for p in station.people if id(p) not in newly and not p.changing]
    if not left:
        person.claimed, person.shift = False, None
        if len(station.people) < run.level.staffs[seat]:
            sit_down(world, run, seat, person)
        return
    old = min(left, key=lambda p: world.now if p.duty_since is None else p.duty_since)
    old.changing = True
    begin = partial(_hand_over, world, shift, seat, person, old, name)
    _when_out_of_call(world, old, begin)


def _when_out_of_call(world: World, person: Person, action: Callable[[], None]) -> None:
    """A call is finished first; other work is put down, and a meeting is left."""
    if person.meeting_since is not None:
        world.hooks.leave_meeting(world, person)
    work = person.work
    if work is not None and work.main and work.request.mode != "call":
        put_down(world, work, person)
    if person.work is None and not person.session:
        action()
    else:
        person.heads_home.insert(0, action)


def _hand_over(world: World, shift: NextShift, seat: str, new: Person, old: Person, name: str) -> None:
    run = shift.run
    if new.work is not None or new.session:  # a call has come to the new one while the old one was on another
        when_free(world, new, partial(_hand_over, world, shift, seat, new, old, name))
        return
    if not shift.is_off and _is_held_up(shift, seat, new):
        old.changing = False
        return
    if shift.is_off or old.seat is not run.seats[seat]:
        old.changing = False
        new.claimed, new.shift = False, None
        if not shift.is_off and len(run.seats[seat].people) < run.level.staffs[seat]:
            sit_down(world, run, seat, new)
        return
    since = world.now
    begin_duty(world, new, in_staff=True)
    new.changing = True
    mark(world, run.seats[seat])

    def over() -> None:
        new.changing = old.changing = False
        new.claimed, new.shift = False, None
        station = run.seats[seat]
        work = f"{shift.task.rpartition('/')[0]}/change"
        for person in (old, new):
            if world.now > since:
                world.write((Worked, world.now, since, work, person.name, station.id, "shift_change", "meeting"))
        if not shift.is_off and old.seat is station:
            world.write((PersonRelieved, world.now, since, run.level.id, seat, old.name, new.name))
            leave_seat(world, old, "relieved")
            sit_down(world, run, seat, new)
            rest(world, old, world.now + world.assumptions.daily_rest, "shift_over")
        for person in (old, new):
            world.hooks.freed(world, person)

    world.agenda.plan(world.draw(world.assumptions.shift_change, f"{name}/change"), Turn.FINISH, over)


def vacate(world: World, person: Person, why: WhyLeft) -> None:
    """Somebody leaves their seat and nobody has come: somebody is called for it anew."""
    seat = person.seat
    if seat is None:
        return
    run = next(r for r in world.levels if r.level.id == seat.level)
    leave_seat(world, person, why)
    world.agenda.plan(0, Turn.NEW_WORK, partial(fill_again, world, run, seat.seat or ""))
