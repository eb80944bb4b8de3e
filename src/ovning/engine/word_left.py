"""Word that is left for those who are not there: they have it as soon as somebody of them is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ovning.engine.agenda import Turn
from ovning.engine.presence import someone_there, take_word
from ovning.engine.state import Station
from ovning.engine.world import World


def leave_word(world: World, station: Station, tell: Callable[[], None]) -> None:
    """Let a station where nobody is be told as soon as somebody is; nobody is woken for it."""
    left = world.word_left.get(station.id)
    if left is not None:
        left.append(tell)
        return
    world.word_left[station.id] = [tell]
    _wait(world, station)


def _wait(world: World, station: Station) -> None:
    """Look again when a rest is over or a day's work begins; whoever answers before that has it then."""
    now, calendars = world.now, world.compiled.calendars
    moments = [person.rests_until for person in station.people if person.resting]
    begins = [calendars.next_begin(hours.calendar, now) for hours in station.hours]
    later = [at for at in (*moments, *begins) if at is not None and at > now]
    if later:
        world.agenda.plan(min(later) - now, Turn.TIMER, partial(_look, world, station))


def _look(world: World, station: Station) -> None:
    if station.id not in world.word_left:
        return
    if someone_there(world, station, "call"):
        take_word(world, station)
    else:
        _wait(world, station)
