"""Queues: where a request stands, in its turn, until somebody takes it or nobody wants it any more."""

from __future__ import annotations

from bisect import insort
from operator import attrgetter
from typing import Final

from ovning.engine.presence import mark
from ovning.engine.state import Person, Request, Station
from ovning.engine.world import World

_TURN: Final = attrgetter("key")


def enqueue(station: Station, request: Request) -> None:
    """Let a request stand in a queue where its turn is."""
    if station.queue:
        insort(station.queue, request, key=_TURN)
    else:
        station.queue.append(request)


def withdraw(world: World, request: Request) -> None:
    """Take a request that nobody has begun out of every queue."""
    if request.state != "waiting":
        return
    request.state = "cancelled"
    leave_queues(request)
    let_go(request)


def leave_queues(request: Request) -> None:
    """Take a request out of every queue it stands in."""
    for station in request.stations:
        for place, other in enumerate(station.queue):
            if other is request:
                del station.queue[place]
                break


def look_again(world: World) -> None:
    """See to everything that waits: who may be called has changed."""
    for station in world.stations.values():
        if station.queue:
            station.fresh = list(station.queue)
            mark(world, station)


def let_go(request: Request) -> None:
    """Forget what a request that is over was to lead to: what it led to may hold the request itself."""
    request.begun, request.done = None, nothing_more


def nothing_more(_person: Person, _station: Station) -> None:
    """What is over leads to nothing more."""
