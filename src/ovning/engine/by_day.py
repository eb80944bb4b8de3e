"""A staff that stands for weeks: when it knows of nothing grave it sits by day, and by night its people are at home."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from ovning.engine.agenda import Turn
from ovning.engine.compiled import ASSESS
from ovning.engine.knowledge import gravest_of, learn_as
from ovning.engine.levels import ask_elsewhere
from ovning.engine.presence import on_duty
from ovning.engine.rest import call_off_told, off_from, rest, when_free
from ovning.engine.shifts import begin_shifts
from ovning.engine.staff import fill_again, hold_meetings, is_manned, leave_seat
from ovning.engine.state import Knower, LevelRun, Person
from ovning.engine.taking import URGENT
from ovning.engine.world import World


def begin_hours(world: World, run: LevelRun) -> None:
    """The level has become active: its shifts begin, unless it is to sit by day only."""
    run.active_since = world.now
    rule = run.level.by_day
    if rule is None or _must_sit(world, run):
        begin_shifts(world, run)
    else:
        _call_off_shifts(world, run)
    if rule is not None:
        _look_later(world, run, run.round, rule.after)
        _look_again(world, run, run.round)


def consider_hours(world: World, knower: Knower, new: Sequence[str]) -> None:
    """See whether a staff that knows more now must sit round the clock, or may go home for the night.

    Somebody who may assess, and comes to know of something so grave while the staff is at home, calls it together.
    """
    for run in world.levels:
        if run.board is knower:
            _look(world, run)
        elif run.adjourned and (assessor := next((s for s in knower.stations if ASSESS in s.does), None)) is not None:
            grave = [fact for fact in new if _calls_together(world, run, fact)]
            if grave:
                learn_as(world, run.board, grave, "report", assessor.id, knower)


def _calls_together(world: World, run: LevelRun, fact: str) -> bool:
    rule, known = run.level.by_day, run.board.facts
    return (
        rule is not None
        and world.compiled.setup.scenario.facts[fact].severity >= rule.known_severity_below
        and fact not in known
        and not any(other in known for other in world.compiled.cancelled_by[fact])
    )


def _must_sit(world: World, run: LevelRun) -> bool:
    """Whether it sits round the clock: it has just begun, or knows of something grave."""
    rule = run.level.by_day
    if rule is None or run.active_since is None or world.now < run.active_since + rule.after:
        return True
    return gravest_of(world.compiled, run.board.facts) >= rule.known_severity_below


def _look_again(world: World, run: LevelRun, round_: int) -> None:
    """At the next beginning or end of its hours, and so on."""
    if run.level.by_day is None:
        return
    works = run.level.by_day.works
    span = world.compiled.calendars.span(works, world.now)
    at = world.compiled.calendars.next_begin(works, world.now) if span is None else span[1]

    def look() -> None:
        if run.round == round_ and run.is_active:
            _look(world, run, ends=span is not None)
            _look_again(world, run, round_)

    if at is not None:
        world.agenda.plan(at - world.now, Turn.TIMER, look)


def _look_later(world: World, run: LevelRun, round_: int, after: int) -> None:
    def look() -> None:
        if run.round == round_:
            _look(world, run)

    if after:
        world.agenda.plan(after, Turn.TIMER, look)


def _look(world: World, run: LevelRun, *, ends: bool = False) -> None:
    """``ends``: its hours end now. A staff that was called together at night goes home when they next do."""
    rule = run.level.by_day
    # What is about to end is not put off, and what gathers has not yet begun any hours.
    if rule is None or run.state != "active" or run.quiet is not None or run.active_since is None:
        return
    must, open_ = _must_sit(world, run), world.compiled.calendars.span(rule.works, world.now) is not None
    no_longer = not must and not run.sits_by_day
    if no_longer:
        _call_off_shifts(world, run)
    if run.adjourned and (must or open_):
        _meet_again(world, run)
    if must and run.sits_by_day:
        run.sits_by_day = False
        begin_shifts(world, run)
    if (ends or no_longer) and not (must or open_ or run.adjourned):
        _adjourn(world, run)


def _call_off_shifts(world: World, run: LevelRun) -> None:
    """Whoever has been told to come to the next shifts need not."""
    run.shifts_off += 1
    run.sits_by_day = True
    call_off_told(world, run)


def go_home_if_night(world: World, run: LevelRun, round_: int) -> None:
    """The exercise has let the staff sit: if it is to sit by day only, it goes home when that is over."""
    if run.round == round_ and run.sits_by_day and not run.adjourned:
        _look(world, run, ends=True)


def _adjourn(world: World, run: LevelRun) -> None:
    """Everybody goes home when what they do is done; what cannot wait until the morning is asked for elsewhere."""
    run.adjourned, run.meeting_due, run.manned = True, 0, None
    run.put_off.clear()
    run.sat = frozenset(p.name for seat in run.seats.values() for p in seat.people)
    for _, seat in sorted(run.seats.items()):
        for person in list(seat.people):
            when_free(world, person, partial(_go_home, world, run, run.round, person))
    for _, seat in sorted(run.seats.items()):
        urgent = [r for r in seat.queue if r.activity != "flow" and r.key[0] <= URGENT and r.stations == [seat]]
        for request in urgent:
            seat.queue.remove(request)
            request.stations.remove(seat)
            ask_elsewhere(world, request, seat)
    world.plans.clear()


def _go_home(world: World, run: LevelRun, round_: int, person: Person) -> None:
    if person.seat is None or person.seat.level != run.level.id or run.round != round_ or not run.adjourned:
        return
    leave_seat(world, person, "adjourned")
    if not on_duty(world, person):
        person.in_place = False
    begins = world.compiled.calendars.next_begin(person.calendar, world.now)
    if begins is not None and begins - off_from(world, person) < world.assumptions.daily_rest:
        rest(world, person, world.now + world.assumptions.daily_rest, "shift_over")


def is_together_again(world: World, run: LevelRun) -> None:
    """A staff that had gone home is one again, and meets as soon as its stated seats are filled."""
    if not run.adjourned:
        return
    run.adjourned = False
    world.plans.clear()
    run.manned = partial(hold_meetings, world, run, run.meetings + 1)
    if is_manned(run):  # they had not yet gone
        manned, run.manned = run.manned, None
        manned()


def _meet_again(world: World, run: LevelRun) -> None:
    """The staff is called together again: whoever sat there last comes first, of those who are there."""
    is_together_again(world, run)
    including = run.level.active_when.including
    for seat in sorted(run.level.staffs, key=lambda s: (s not in including, s)):
        for _ in range(run.level.staffs[seat] - len(run.seats[seat].people)):
            fill_again(world, run, seat)
    world.plans.clear()
