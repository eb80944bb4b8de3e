"""Whether a condition of the scenario holds in the play as it stands."""

from __future__ import annotations

from ovning.engine.flow_state import count_of
from ovning.engine.rest import on_duty_for
from ovning.engine.routing import by_role
from ovning.engine.state import LevelRun
from ovning.engine.stock_state import mark
from ovning.engine.world import World
from ovning.model.conditions import Condition

_STATES = {
    "recommended": ("recommended", "decided", "active", "standing_down"),
    "decided": ("decided", "active", "standing_down"),
    "active": ("active", "standing_down"),
    "inactive": ("inactive",),
}


def holds(world: World, condition: Condition) -> bool:
    """Whether the condition is true now."""
    if condition.all is not None:
        for part in condition.all:  # noqa: SIM110 - a generator takes twice the time
            if not holds(world, part):
                return False
        return True
    if condition.any is not None:
        for part in condition.any:  # noqa: SIM110 - a generator takes twice the time
            if holds(world, part):
                return True
        return False
    if condition.service is not None:
        level = world.services.get(condition.service, 1.0)
        if condition.below is not None:
            return level < condition.below
        return level >= (condition.at_least or 0.0)
    if condition.stock is not None:
        return _stands(world, condition)
    if condition.published is not None:
        return condition.published in world.published
    if condition.flow is not None:
        flow = world.flows.get(condition.flow)
        asked = {n: getattr(condition, n) for n in ("arrived", "waiting", "late", "done")}
        return flow is not None and all(count_of(flow, n) >= least for n, least in asked.items() if least is not None)
    if condition.on_duty_for is not None:
        return on_duty_for(world, condition.on_duty_for) >= condition.persons
    if condition.between is not None:
        begin, end = condition.between
        now = world.compiled.calendars.clock(world.now)
        return begin <= now < end if begin <= end else now >= begin or now < end
    if condition.level is not None and condition.state is not None:
        run = _level(world, condition.level)
        return run is not None and run.state in _STATES[condition.state] if run else condition.state == "inactive"
    if condition.fact is not None:
        return _known(world, condition.fact, condition.known_by)
    if condition.task is not None:
        inject, _, task = condition.task.partition(".")
        return f"{inject}/{task}" in world.done_tasks
    if condition.decision is not None:
        return condition.decision in world.decisions
    if condition.event is not None:
        return condition.event in world.events
    return condition.inject in world.received


def _stands(world: World, condition: Condition) -> bool:
    stock = world.stocks[condition.stock or ""]
    has = stock.holds if stock.full else stock.now(world.now)
    if condition.below is not None:
        return has < mark(stock.spec, condition.below)
    return has >= mark(stock.spec, condition.at_least or 0.0)


def _level(world: World, level: str) -> LevelRun | None:
    return next((run for run in world.levels if run.level.id == level), None)


def _known(world: World, fact: str, role: str | None) -> bool:
    stations = world.stations.values() if role is None else by_role(world, role)
    return any(fact in s.knower.facts for s in stations)
