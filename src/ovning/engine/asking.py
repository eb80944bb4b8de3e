"""Standing requests: who is asked first, and who next when patience runs out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from ovning.engine.agenda import Turn
from ovning.engine.presence import is_hopeless, is_manned_seat, someone_there
from ovning.engine.state import Request, Station, Why
from ovning.engine.work import post
from ovning.engine.world import World
from ovning.units import MINUTE

Plan = Sequence[tuple[Station, Why]]


Delegate = Callable[[Station, Callable[[], None]], None]
"""Passes a request on to the next station, and then goes on."""


def ask(world: World, request: Request, plan: Plan, delegate: Delegate | None = None) -> None:
    """Put the request to the first station of the plan, and to each next one when the patience with the last is over.

    The request stands in every queue it was put in; the first to become free takes it. A station where nobody can be
    reached at all is not waited for. ``delegate`` is given when it is the holder's own work that goes further: nobody
    but the holder can tell the next one of it.
    """
    _ask_from(world, request, plan, 0, delegate)


def _ask_from(world: World, request: Request, plan: Plan, index: int, delegate: Delegate | None) -> None:
    while index < len(plan):
        station, why = plan[index]
        index += 1
        if is_gone(world, station):
            if index == len(plan) and not request.stations and request.state == "waiting":
                world.hooks.gone(world, request, station)
            continue
        post(world, request, station, why)
        if index == len(plan):
            return
        hopeless = is_hopeless(world, station, request.mode)
        if hopeless and delegate is not None and someone_there(world, plan[0][0], "call"):
            _ask_next(world, request, plan, index, delegate)
            return
        if not hopeless:
            world.agenda.plan(
                station.patience,
                Turn.TIMER,
                partial(_ask_next, world, request, plan, index, delegate),
                priority=request.key[0],
                owed_since=request.key[1],
            )
            return


def is_gone(world: World, station: Station) -> bool:
    """Whether it is a staff seat whose level has ended, perhaps while word was on its way there."""
    return (
        station.seat is not None
        and not is_manned_seat(station)
        and not any(run.level.id == station.level and run.state in ("active", "standing_down") for run in world.levels)
    )


def _ask_next(world: World, request: Request, plan: Plan, index: int, delegate: Delegate | None) -> None:
    if request.state != "waiting" or request.started:
        return
    if request.task.cause == "meeting" or request.task.detail.startswith("meeting"):
        # a meeting is no absence: whoever sits in one is waited for
        last = plan[index - 1][0]
        world.agenda.plan(
            max(last.patience, MINUTE), Turn.TIMER, partial(_ask_next, world, request, plan, index, delegate)
        )
        return
    if delegate is None:
        _ask_from(world, request, plan, index, None)
    else:
        delegate(plan[index][0], partial(_ask_told, world, request, plan, index, delegate))


def _ask_told(world: World, request: Request, plan: Plan, index: int, delegate: Delegate | None) -> None:
    if request.state == "waiting" and not request.started:
        _ask_from(world, request, plan, index, delegate)


def deputies_of(world: World, station: Station, need: str) -> list[tuple[Station, Why]]:
    """The deputies of a function who take over this capability or decision."""
    if station.function is None:
        return []
    return [(world.stations[d.function], "deputy") for d in station.function.deputies if need not in d.without]


def in_order(*parts: Sequence[tuple[Station, Why]], without: Station | None = None) -> list[tuple[Station, Why]]:
    """Parts of a plan one after the other, each station once."""
    plan: list[tuple[Station, Why]] = []
    named: set[str] = set() if without is None else {without.id}
    for part in parts:
        for station, why in part:
            if station.id not in named:
                named.add(station.id)
                plan.append((station, why))
    return plan
