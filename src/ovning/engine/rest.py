"""Duty and rest: how long somebody has been at it, when they go home, and which functions then stand empty.

Posts (groups that are manned round the clock, or by changing people) are not people, and elected members keep no hours:
neither is ever tired here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Literal

from ovning.engine.agenda import Turn
from ovning.engine.presence import (
    hear_word,
    hours_until,
    in_hours,
    is_awake,
    latest_hours,
    mark_person,
    on_call_people,
    on_duty,
)
from ovning.engine.state import LevelRun, Person, Station
from ovning.engine.world import World
from ovning.log.records import (
    FunctionEmptied,
    FunctionManned,
    OrdinaryHoursCounted,
    RestBegan,
    RestEnded,
    WentAway,
)
from ovning.units import HOUR, MINUTE

RestReason = Literal["shift_over", "before_shift", "worn_out"]


def begin_duty(world: World, person: Person, *, in_staff: bool = False) -> None:
    """Somebody works for us: a new duty, if they have been off for long enough, from the start of an ordinary day."""
    if not person.tires:
        return
    now, ends_after = world.now, world.assumptions.duty_ends_after
    began, called_in = now, not in_staff
    span = latest_hours(world, person.hours)
    if (
        person.duty_since is not None
        and now - person.last_on < ends_after
        and (span is None or person.counted == span[0])
    ):
        person.last_on = now  # they are in the middle of it
        if in_staff:
            person.called_in = False
        return
    if span is not None and now - min(span[1], now) < ends_after and person.rested_at < span[1]:
        began = max(span[0], person.rested_at)
        called_in = False
        if person.counted != span[0]:
            person.counted = span[0]
            world.write((OrdinaryHoursCounted, now, person.name, began, span[1]))
    if person.duty_since is None or (person.seat is None and began - person.last_on >= ends_after):
        person.duty_since = began
        person.called_in = not _is_on_call(world, person)
        if person not in world.dutiful:
            world.dutiful.append(person)
        _watch(world, person)
        _look_next_morning(world, person, began)
    if not called_in:
        person.called_in = False
    person.last_on = now


def _is_on_call(world: World, person: Person) -> bool:
    """Whether somebody is on call, or was when they were reached."""
    if person.stood_by:
        return True
    for hat in person.hats:  # noqa: SIM110 - a generator takes twice the time
        if person in on_call_people(world, hat):
            return True
    return False


def _look_next_morning(world: World, person: Person, since: int) -> None:
    at = world.compiled.calendars.next_begin(person.calendar, world.now)
    if at is not None:
        world.agenda.plan(at - world.now, Turn.TIMER, partial(_count_morning, world, person, since))


def _count_morning(world: World, person: Person, since: int) -> None:
    """An ordinary day begins before somebody has had a daily rest: its hours count, whether we need them or not."""
    if person.duty_since != since or not on_duty(world, person):
        return
    span = world.compiled.calendars.span(person.calendar, world.now)
    if span is not None and (_is_busy(person) or world.now - person.last_on < world.assumptions.daily_rest):
        if person.counted != span[0]:
            person.counted = span[0]
            world.write((OrdinaryHoursCounted, world.now, person.name, *span))
        person.called_in = False
        _look_next_morning(world, person, since)


def _watch(world: World, person: Person) -> None:
    since = person.duty_since or 0
    at = since + world.assumptions.works_at_most
    world.agenda.plan(max(at - world.now, 0), Turn.TIMER, partial(_limit, world, person, since))
    for length in world.compiled.watched_duties:  # a duty may have begun long before the first work for us
        world.agenda.plan(max(since + length - world.now, 0), Turn.TIMER, partial(world.changed, "duty"))


def look_at_limit(world: World, person: Person) -> None:
    """Somebody has sat down who may have come to the end of their duty on the way, where nobody sends them home."""
    since = person.duty_since
    if since is not None and world.now - since >= world.assumptions.works_at_most:
        world.agenda.plan(0, Turn.TIMER, partial(_limit, world, person, since))


def _is_active(world: World, person: Person) -> bool:
    return person.seat is not None or on_duty(world, person) or is_awake(world, person)


def _is_busy(person: Person) -> bool:
    return person.seat is not None or person.work is not None or person.session


def _goes_on(world: World, person: Person) -> bool:
    """Whether the duty that somebody began is not over: they have not been off for long enough."""
    if _is_busy(person):
        return True
    ends_after, last = world.assumptions.duty_ends_after, person.last_on
    span = latest_hours(world, person.hours)
    if span is not None and span[0] - last < ends_after:  # a day that began later than that is no part of it
        last = off_from(world, person)
    return world.now - last < ends_after


def off_from(world: World, person: Person) -> int:
    """When somebody's last work ended, for us or of an ordinary day; if they are at work, when that day will end."""
    span = latest_hours(world, person.hours)
    if span is None or max(person.rests_until, person.rested_at) >= span[1]:
        return person.last_on
    return max(person.last_on, span[1])


def _is_held(world: World, person: Person) -> bool:
    """Whether somebody is at work, called in, in a staff or on call; not who has only answered a call at home."""
    if person.seat is not None or person.in_place or on_duty(world, person):
        return True
    lately = person.work is not None or world.now - person.last_on < HOUR  # else they may sleep by the telephone
    return lately and any(person in on_call_people(world, hat) for hat in person.hats)


def longest_duty(world: World, person: Person) -> int:
    """How long somebody goes on if nobody relieves them, in milliseconds; shorter for who was only called in.

    It goes by how the duty began, not by the clock: nobody's limit falls because their ordinary day has ended.
    """
    assumed = world.assumptions
    only_called_in = person.called_in and person.in_place and person.seat is None
    return min(assumed.called_in_at_most, assumed.works_at_most) if only_called_in else assumed.works_at_most


def on_duty_for(world: World, length: int) -> int:
    """How many are on duty now and have been so for so many milliseconds, or longer."""
    latest = world.now - length
    return sum(
        person.duty_since is not None
        and person.duty_since <= latest
        and _is_active(world, person)
        and _goes_on(world, person)
        for person in world.dutiful
    )


def _limit(world: World, person: Person, since: int) -> None:
    """Somebody has been on duty for as long as anybody is; they go home, unless relief is about to come."""
    if person.duty_since != since or person.claimed or not _is_active(world, person) or not _goes_on(world, person):
        return
    if not _is_held(world, person):
        return
    due = None if person.seat is None else world.hooks.relief_due(world, person)
    if due is not None:
        world.agenda.plan(max(due - world.now, MINUTE), Turn.TIMER, partial(_limit, world, person, since))
        return
    when_free(world, person, partial(_wear_out, world, person))


def wears_out(world: World, person: Person) -> bool:
    """Whether somebody who is not in a staff has been on duty for as long as anybody is."""
    return (
        person.duty_since is not None
        and person.seat is None
        and not person.claimed
        and not person.changing
        and person.tires
        and world.now - person.duty_since >= world.shortest_duty
        and world.now - person.duty_since >= longest_duty(world, person)
        and _is_held(world, person)
    )


def _wear_out(world: World, person: Person) -> None:
    if person.resting or person.away or person.changing:
        return
    if person.seat is not None:
        world.hooks.vacate(world, person, "worn_out")
    rest(world, person, world.now + world.assumptions.daily_rest, "worn_out")


def when_free(world: World, person: Person, action: Callable[[], None]) -> None:
    """Let somebody do this as soon as the work in hand is done; they take on nothing new before it."""
    if person.meeting_since is not None:
        world.hooks.leave_meeting(world, person)
    if person.work is None and not person.session and not person.changing:
        action()
    else:
        person.heads_home.append(action)


def go_home_if_due(world: World, person: Person) -> bool:
    """Somebody has become free: whether they go home instead of taking on more."""
    if person.work is not None or person.session:
        return False
    if person.heads_home:
        while person.heads_home:
            person.heads_home.pop(0)()
            if person.changing:
                break
        return person.resting or person.away > 0
    if wears_out(world, person):
        _wear_out(world, person)
        return True
    return False


def rest(world: World, person: Person, until: int, why: RestReason, then: Callable[[], None] | None = None) -> None:
    """Let somebody go off and rest; ``then`` is what they do when they have."""
    if until <= world.now or person.away:
        if then is not None:
            then()
        return
    if not person.tires:
        if then is not None:
            world.agenda.plan(until - world.now, Turn.TIMER, then)
        return
    person.resting = True
    world.presence_version += 1
    person.rests_until = until
    person.in_place = False
    person.awake_until = world.now
    person.answering.clear()
    person.stood_by.clear()
    person.last_on = world.now
    if why != "before_shift":
        person.duty_since = None
    world.write((RestBegan, world.now, person.name, until, why))
    look_at_functions(world, person)

    def rested() -> None:
        person.before_shift = None
        person.resting = False
        world.presence_version += 1
        person.rested_at = world.now
        if world.now - person.last_on >= world.assumptions.duty_ends_after:
            person.duty_since = None
        world.write((RestEnded, world.now, person.name))
        _call_again(person)
        mark_person(world, person)
        look_at_functions(world, person)
        hear_word(world, person)
        if then is not None:
            then()

    over = world.agenda.plan(until - world.now, Turn.TIMER, rested)

    def called_off() -> None:
        over.call_off()
        rested()

    if why == "before_shift":
        person.before_shift = called_off


def go_away(world: World, roles: Iterable[str], lasts: int | None) -> list[Person]:
    """Let the people of functions with these roles be out of everybody's reach, each when what they do is done.

    Those who are, a list that grows as they go.
    """
    named = set(roles)
    people = dict.fromkeys(p for s in world.stations.values() if s.role in named for p in s.people)
    until = None if lasts is None else world.now + lasts

    gone: list[Person] = []

    def leave(person: Person) -> None:
        if until is not None and world.now >= until:
            return  # it is over already
        gone.append(person)
        if person.seat is not None:
            world.hooks.vacate(world, person, "away")
        person.away += 1
        world.presence_version += 1
        world.write((WentAway, world.now, person.name, until))
        look_at_functions(world, person)

    for person in people:
        when_free(world, person, partial(leave, person))
    return gone


def come_back(world: World, people: Iterable[Person]) -> None:
    """Let people who were away be there again."""
    for person in people:
        person.away = max(0, person.away - 1)
        world.presence_version += 1
        _call_again(person)
        mark_person(world, person)
        look_at_functions(world, person)
        hear_word(world, person)
        if person.bodies:  # which may have waited for them
            world.hooks.freed(world, person)


def _call_again(person: Person) -> None:
    """Whoever has been gone may be telephoned for what they were called for before, if it still waits."""
    for hat in person.hats:
        for request in hat.queue:
            called = request.called.get(hat.id, set())
            if person.name in called and request.activity != "flow":
                called.discard(person.name)
                hat.fresh.append(request)


def look_at_functions(world: World, person: Person) -> None:
    """See whether the person's functions stand empty, or no longer do."""
    for hat in person.hats:
        look_at_function(world, hat)


def look_at_function(world: World, station: Station) -> None:
    """See whether a function that should be manned now is; and look again when its hours begin or end."""
    if station.function is None or not any(p.tires for p in station.people):
        return
    # somebody on call who sits in a staff answers from there
    empty = _is_owed(world, station) and not (_is_anybody_there(world, station) or on_call_people(world, station))
    if empty and station.id not in world.empty:
        world.empty.add(station.id)
        world.write((FunctionEmptied, world.now, station.id))
    elif not empty and station.id in world.empty:
        world.empty.discard(station.id)
        world.write((FunctionManned, world.now, station.id))
    for person in station.people:
        if person.seat is not None or person.resting or person.away:
            _look_then(world, station)
            return


def _is_owed(world: World, station: Station) -> bool:
    """Whether somebody should answer for a function now."""
    if station.has_rota:
        return True
    for person in station.people:  # noqa: SIM110 - a generator takes twice the time
        if in_hours(world, person):
            return True
    return False


def _is_anybody_there(world: World, station: Station) -> bool:
    """Whether somebody of a function is at work, and not in a staff."""
    for person in station.people:  # noqa: SIM110 - a generator takes twice the time
        if person.seat is None and on_duty(world, person):
            return True
    return False


def _look_then(world: World, station: Station) -> None:
    """Look again when the function's hours begin or end."""
    at = _next_hours(world, station)
    if at is not None and at != station.manning_at:
        station.manning_at = at
        world.agenda.plan(at - world.now, Turn.TIMER, partial(look_at_function, world, station))


def _next_hours(world: World, station: Station) -> int | None:
    times = (world.compiled.calendars.next_week(world.now), *(hours_until(world, hours) for hours in station.hours))
    return min((at for at in times if at > world.now), default=None)


def call_off_told(world: World, run: LevelRun) -> None:
    """Whoever has been told to come to the next shifts of a level need not."""
    staff = world.compiled.organisation.staff
    for group in (group for seat in sorted(run.level.staffs) for group in staff.get(seat, ())):
        for person in world.people[group]:
            if person.shift is not None and person.shift[0] == run.level.id:
                person.shift = None
                if person.before_shift is not None:
                    person.before_shift()
