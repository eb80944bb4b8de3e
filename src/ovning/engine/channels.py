"""Channels: which work now, whom they reach, and what waits for one."""

from __future__ import annotations

from collections.abc import Callable

from ovning.engine.agenda import Turn
from ovning.engine.presence import is_awake, on_duty, serving
from ovning.engine.state import Person, Station
from ovning.engine.world import World
from ovning.log.records import Cause
from ovning.model.organisation import Channel


def when_channels_change(world: World, again: Callable[[], None], *, at_latest: int | None = None) -> None:
    """Do something once when a channel may have become alive, or at the latest after so many milliseconds."""
    tried = False

    def once() -> None:
        nonlocal tried
        if not tried:
            tried = True
            again()

    def retry() -> bool:
        once()
        return True

    world.channel_waiting.append(retry)
    if at_latest is not None:
        world.agenda.plan(at_latest, Turn.TIMER, once)


def retry_channels(world: World) -> None:
    """Try again what waits for a channel; called when one may have become free or alive."""
    if not world.channel_waiting:
        return
    waiting, world.channel_waiting = world.channel_waiting, []
    left = [again for again in waiting if not again()]
    world.channel_waiting[:0] = left


def find_channel(
    world: World, sender: Station | None, receiver: Station, by: str | None
) -> tuple[Channel | None, Cause, str]:
    """The first channel that works from one to the other and is free, if any; what one waits for, and its detail.

    ``by`` comes before the others. Whoever uses another than on an ordinary day waits because that one is dead.
    """
    end = receiver.luck if receiver.seat is None else f"staff/{receiver.level}"
    works = usual_is_dead = False
    first = True
    for channel in world.compiled.channels_from(by):
        if not _reaches(world, channel, sender, receiver):
            continue
        alive = not channel.depends_on or is_alive(world, channel, end)
        if first:
            first, usual_is_dead = False, not alive
        if alive:
            works = True
            if channel.capacity is None or not _is_occupied(world, channel, channel.capacity):
                return channel, "channel_down" if usual_is_dead else "transmission", channel.id
    return None, "transmission" if works else "channel_down", "occupied" if works else ""


def is_alive(world: World, channel: Channel, end: str) -> bool:
    """Whether a channel works as far as this end of it: that of a station, or of somebody at home."""
    for service, need in channel.depends_on.items():
        gone = world.services.get(service, 1.0) < need.at_least
        if gone and (need.share >= 1 or world.luck.uniform(f"ends/{channel.id}/{end}") < need.share):
            return False
    return True


def call_home(world: World, person: Person) -> tuple[Channel | None, bool]:
    """How somebody who is not at work is called now, if at all, and whether that is what one does on other days."""
    homes = world.compiled.homes
    end = f"{person.role}/{person.ordinal}"
    channel = next((c for c in homes if is_alive(world, c, end)), None)
    return channel, channel is not None and channel is homes[0]


def can_be_told(world: World, person: Person) -> bool:
    """Whether there is any way to tell somebody something now."""
    return on_duty(world, person) or is_awake(world, person) or call_home(world, person)[0] is not None


def _is_occupied(world: World, channel: Channel, capacity: int) -> bool:
    """Whether as many as it takes use the channel now."""
    return world.channel_users.get(channel.id, 0) >= capacity


def _reaches(world: World, channel: Channel, sender: Station | None, receiver: Station) -> bool:
    if channel.units and not all(_has(channel, s) for s in (receiver, sender) if s is not None):
        return False
    if channel.reach == "all":
        return True
    if channel.reach == "at_work":
        return _on_site(world, receiver) and (sender is None or _on_site(world, sender))
    if sender is None:
        return False
    if _in_one_room(world, sender, receiver):
        return True
    return (
        sender.site is not None
        and sender.site == receiver.site
        and _on_site(world, sender)
        and _on_site(world, receiver)
    )


def _in_one_room(world: World, sender: Station, receiver: Station) -> bool:
    """Whether who would speak and who would listen sit in the same staff, also to answer for a function there."""
    if not (sender.seat or sender.seated) or not (receiver.seat or receiver.seated):
        return False
    room = _room(world, sender)
    return room is not None and room == _room(world, receiver)


def _room(world: World, station: Station) -> str | None:
    if station.seat is not None:
        return station.level if station.people else None
    if not station.seated:
        return None
    # those seated serve their function only while nobody else of it is there
    rooms = {person.seat.level for person in serving(world, station) if person.seat is not None}
    return rooms.pop() if len(rooms) == 1 else None


def _has(channel: Channel, station: Station) -> bool:
    """Whether a channel that only some units have is at a station; people bring it with them to a staff."""
    units = {station.unit} if station.seat is None else {hat.unit for p in station.people for hat in p.hats}
    return any(unit in channel.units for unit in units)


def _on_site(world: World, station: Station) -> bool:
    if station.seat is not None:
        return bool(station.people)
    return any(p.seat is None and ((p.in_place and is_awake(world, p)) or on_duty(world, p)) for p in station.people)
