"""Shifts of a staff: the next two are planned in good time, told, rested and handed over to, seat by seat."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import partial
from typing import Final

from ovning.engine.agenda import Turn
from ovning.engine.calendars import FOREVER
from ovning.engine.cases import open_case, request_task
from ovning.engine.channels import call_home, can_be_told, when_channels_change
from ovning.engine.presence import is_awake, on_duty, reach_of
from ovning.engine.reaching import is_reachable
from ovning.engine.relief import come, travel
from ovning.engine.rest import off_from, rest, when_free
from ovning.engine.routing import Asked
from ovning.engine.state import LevelRun, NextShift, Person, Station
from ovning.engine.world import World
from ovning.log.records import (
    ContactAttempted,
    Outcome,
    PersonReached,
    ReliefAgreed,
    ShiftPlanned,
)
from ovning.model.organisation import Shifts
from ovning.units import HOUR, MINUTE

PERSONNEL: Final = "personnel"
"""The capability to plan who relieves whom."""
_FIRST: Final = time(8)


def begin_shifts(world: World, run: LevelRun) -> None:
    """The level has become active: those who are there are shift 1, and the next is to be planned.

    Once shifts have been called off, those that come after are numbered on.
    """
    shifts = run.level.shifts
    if shifts is None:
        return
    planned = [*run.next_shifts, run.shift] if run.shifts_off else []
    run.shift, run.shift_began = max(planned, default=0) + 1, world.now
    run.next_shifts.clear()
    run.being_asked.clear()
    _plan_later(world, run, shifts)


def _plan_later(world: World, run: LevelRun, shifts: Shifts) -> None:
    world.agenda.plan(
        shifts.planned_within, Turn.TIMER, partial(_plan, world, run, (run.round, run.shifts_off), run.shift + 1)
    )


def _plan(world: World, run: LevelRun, series: tuple[int, int], number: int) -> None:
    shifts, round_ = run.level.shifts, series[0]
    if shifts is None or series != (run.round, run.shifts_off) or not run.is_active:
        return
    case = open_case(
        world,
        f"shift:{run.level.id}:{round_}.{number}",
        "shift",
        run.level.id,
        f"level/{run.level.id}/{round_}/shift/{number}",
        priority=2,
    )
    spec = world.compiled.routine("plan", "Planera avlösning", PERSONNEL, "call", world.assumptions.plan_shifts)
    seats = [s for _, s in sorted(run.seats.items()) if PERSONNEL in s.does and s.people]
    plan: list[Asked] = [(s, "first" if i == 0 else "staff") for i, s in enumerate(seats)]

    def planned(outcome: Outcome, _by: Station | None, _who: Person | None) -> None:
        if outcome == "done" and series == (run.round, run.shifts_off) and run.is_active:
            _call_in(world, run, shifts, number, f"{case.id}/plan")

    request_task(world, case, spec, holder=None, person=None, plan=plan or None, then=planned)


def next_change(world: World, shifts: Shifts, began: int) -> int:
    """The first time for a change when at least half a shift has passed since one began; now, if that is over."""
    clock = world.compiled.clock
    earliest = began + shifts.length // 2
    day = clock.local(earliest).date() - timedelta(days=1)
    times = [time.fromisoformat(text) for text in shifts.changes_at]
    found: list[int] = []
    for n in range(4):
        midnight = day + timedelta(days=n)
        if times:
            found += [clock.since(datetime.combine(midnight, t)) for t in times]
        else:
            first = clock.since(datetime.combine(midnight, _FIRST))
            found += list(range(first, first + 24 * HOUR, shifts.length))
    return max(min(t for t in found if t >= earliest), world.now)


def _call_in(world: World, run: LevelRun, shifts: Shifts, number: int, task: str) -> None:
    """Ask people for the next shift, and then for the one after it: the night is told by day."""
    began = run.shift_began
    for n in (number, number + 1):
        known = run.next_shifts.get(n)
        shift = known or NextShift(run, run.round, n, next_change(world, shifts, began), task, planned_at=world.now)
        shift.shifts_off = run.shifts_off
        shift.is_next = n == number
        before = run.next_shifts.get(n - 1)
        first = _ask_all(world, shift) if shift.is_next or (before is not None and before.is_settled) else ()
        if known is None:
            run.next_shifts[n] = shift
            world.agenda.plan(shift.begins - world.now, Turn.TIMER, partial(_turn, world, shift, shifts))
            world.write((ShiftPlanned, world.now, run.level.id, n, shift.begins, task, first))
        began = shift.begins


def _turn(world: World, shift: NextShift, shifts: Shifts) -> None:
    run = shift.run
    if not shift.is_off:
        run.shift, run.shift_began = shift.number, world.now
        _plan_later(world, run, shifts)


def _ask_all(world: World, shift: NextShift) -> tuple[str, ...]:
    """Ask somebody for each place that nobody has agreed to yet; those asked."""
    shift.ask_again = partial(_ask_next, world, shift)
    asked: list[str] = []
    for place in _places(shift.run):
        if place in shift.coming or place in shift.asking:
            continue
        person = _best(world, shift, place[0])
        if person is not None:
            asked.append(person.name)
        _ask(world, shift, *place, person)
    return tuple(asked)


def _ask_more(world: World, shift: NextShift) -> None:
    """Nobody more can be asked for the shift before it now: whoever else can be had is asked for this one."""
    if not shift.is_off and not shift.is_next:
        _ask_all(world, shift)


def _go_on_to_next(world: World, shift: NextShift) -> None:
    """The earlier shift comes first: who can be had, and is not needed for it, is asked for the one after it."""
    after = shift.run.next_shifts.get(shift.number + 1)
    if after is not None and shift.is_settled:
        world.agenda.plan(0, Turn.NEW_WORK, partial(_ask_more, world, after))


def _places(run: LevelRun) -> list[tuple[str, int]]:
    including = run.level.active_when.including
    order = sorted(run.level.staffs, key=lambda s: (s not in including, s))
    return [(seat, place) for seat in order for place in range(run.level.staffs[seat])]


def _candidates(world: World, shift: NextShift, seat: str) -> list[Person]:
    """Those who may sit there, are not in the staff and have not been asked yet."""
    groups = world.compiled.organisation.staff.get(seat, ())
    return [
        p
        for g in groups
        for p in world.people[g]
        if p.name not in shift.asked
        and not _is_being_asked(world, shift.run, p)
        and p.shift is None
        and p.seat is None
        and not p.claimed
        and not p.away
        and not (p.resting and not _knew(world, p, shift))
        and reach_of(world, p, None).arrives is not None
    ]


def _is_being_asked(world: World, run: LevelRun, person: Person) -> bool:
    """Whether somebody is being asked to come to a shift, or did not answer lately and may still be asleep."""
    until = run.being_asked.get(person.name, 0)
    if until <= world.now:
        return False
    return until == FOREVER or not (on_duty(world, person) or is_awake(world, person))


def _may_wake(world: World, shift: NextShift, person: Person) -> bool:
    """Whether somebody may be told now; at night nobody is woken for a shift that is not the next."""
    if shift.is_next or person.resting or on_duty(world, person) or is_awake(world, person):
        return True
    return not world.compiled.calendars.part(world.now)[0]


def _knew(world: World, person: Person, shift: NextShift) -> bool:
    """Whether somebody who rests went off when the shift had been planned, and will have rested when it begins."""
    rested_for_it = person.rests_until + _usual_journey(world, person) <= max(shift.begins, world.now)
    return person.last_on >= shift.planned_at and rested_for_it


def _best(world: World, shift: NextShift, seat: str) -> Person | None:
    """Whoever will have rested best when the shift begins, of those who can be told of it."""
    left = [p for p in _candidates(world, shift, seat) if p.resting or can_be_told(world, p)]
    left = [p for p in left if _may_wake(world, shift, p)]
    if not left:
        return None
    best = max(left, key=lambda p: min(_rest_left(world, p, shift.begins), world.assumptions.daily_rest))
    shift.asked.add(best.name)
    shift.run.being_asked[best.name] = FOREVER
    return best


def _usual_journey(world: World, person: Person) -> int:
    arrives = reach_of(world, person, None).arrives
    return 0 if arrives is None else arrives.middle


def _rest_left(world: World, person: Person, begins: int) -> int:
    """How long somebody could have been off without a break when a shift begins."""
    if on_duty(world, person) or is_awake(world, person):
        return begins - world.now
    return begins - off_from(world, person)


def _ask(world: World, shift: NextShift, seat: str, place: int, person: Person | None) -> None:
    """Tell somebody that they are on the next shift; if they cannot be reached, somebody else."""
    if shift.is_off:
        return
    name = f"level/{shift.run.level.id}/{shift.round}/shift/{shift.number}/{seat}/{place}"
    name = f"{name}/{world.count(name)}"
    again = partial(_ask_next, world, shift, seat, place)
    shift.asking.add((seat, place))
    shift.lacking.discard((seat, place))
    if person is None:
        shift.lacking.add((seat, place))
        _go_on_to_next(world, shift)
        if not shift.is_next:
            shift.asking.discard((seat, place))
            return
        if _candidates(world, shift, seat):
            when_channels_change(world, again, at_latest=_until_better(world))
            return
        shift.asked.clear()
        shift.asked.update(p.name for p in shift.coming.values())
        world.agenda.plan(_until_better(world), Turn.TIMER, again)
        return
    agree = partial(_agree, world, shift, seat, place, person, name)
    if person.resting:  # whoever goes off a shift knows when they are wanted next
        agree()
        return
    if on_duty(world, person) or is_awake(world, person):
        world.agenda.plan(world.draw(world.assumptions.pass_on, f"{name}/told"), Turn.ARRIVAL, agree)
        return
    channel, usual = call_home(world, person)
    if not is_reachable(world, person, None, name):
        shift.run.being_asked[person.name] = world.now + _until_better(world)
        world.write((ContactAttempted, world.now, shift.task, shift.run.seats[seat].id, person.name, None))
        world.agenda.plan(world.assumptions.try_next_after, Turn.TIMER, again)
        return
    delay = world.draw(reach_of(world, person, None).delay, f"{name}/delay")
    if channel is not None and not usual:
        delay += world.draw(channel.delay, f"{name}/{channel.id}")
    called = shift.run.seats[seat].id
    world.write((ContactAttempted, world.now, shift.task, called, person.name, world.now + delay))

    def answered() -> None:
        if not (person.resting or person.away or on_duty(world, person) or is_awake(world, person)):
            world.write((PersonReached, world.now, person.name, called))
        agree()

    world.agenda.plan(delay, Turn.ARRIVAL, answered)


def _until_better(world: World) -> int:
    """When everybody has been tried: until this part of the day is over for most, but no longer than a nap."""
    part_ends = world.compiled.calendars.part(world.now)[2]
    return max(min(part_ends - world.now, world.assumptions.stays_awake), world.assumptions.answer_within, MINUTE)


def _ask_next(world: World, shift: NextShift, seat: str, place: int) -> None:
    if not shift.is_off and shift.run.shift <= shift.number:
        _ask(world, shift, seat, place, _best(world, shift, seat))


def _agree(world: World, shift: NextShift, seat: str, place: int, person: Person, name: str) -> None:
    run = shift.run
    run.being_asked.pop(person.name, None)
    if shift.is_off:
        return
    if person.seat is not None or person.claimed or person.away or person.shift is not None:
        _ask_next(world, shift, seat, place)
        return
    person.shift = (run.level.id, shift.number)
    shift.coming[seat, place] = person
    shift.asking.discard((seat, place))
    _go_on_to_next(world, shift)
    world.write((ReliefAgreed, world.now, run.level.id, shift.number, seat, person.name))
    leaves = shift.begins - _usual_journey(world, person)
    set_out = partial(travel, world, shift, seat, person, name)

    def go_home() -> None:
        here = on_duty(world, person) or person.in_place
        if here and leaves - world.now < world.assumptions.duty_ends_after:
            gather = world.draw(world.assumptions.gather_present, f"{name}/gather")
            world.agenda.plan(
                max(shift.begins - world.now, gather), Turn.ARRIVAL, partial(come, world, shift, seat, person, name)
            )
        elif person.resting:
            world.agenda.plan(max(leaves - world.now, 0), Turn.TIMER, set_out)
        else:
            rest(world, person, leaves, "before_shift", set_out)

    rests_from = leaves - world.assumptions.daily_rest
    if rests_from <= world.now or person.resting:
        when_free(world, person, go_home)
    else:
        world.agenda.plan(rests_from - world.now, Turn.TIMER, partial(when_free, world, person, go_home))


def relief_due(world: World, person: Person) -> int | None:
    """When somebody who is told to come is expected, if it is within a quarter of a shift."""
    seat = person.seat
    if seat is None:
        return None
    run = next(r for r in world.levels if r.level.id == seat.level)
    if run.level.shifts is None:
        return None
    patience = run.level.shifts.length // 4
    for number, shift in sorted(run.next_shifts.items()):
        comes = any(p.shift == (run.level.id, number) for (to, _), p in shift.coming.items() if to == seat.seat)
        if comes and world.now < shift.begins + HOUR and shift.begins - world.now <= patience:
            return shift.begins + HOUR
    return None
