"""Which services the exercised organisation's own work can lose or bring back: how they fare is a measure of it."""

from __future__ import annotations

from collections.abc import Iterator

from ovning.model.scenario import Event, Inject, Scenario
from ovning.model.services import Service
from ovning.model.stocks import Move


def own_work(scenario: Scenario) -> frozenset[str]:
    """Services that tasks and flows set, prolong, keep up or store for, what follows these sets, and their needers."""
    found = {flow.keeps for flow in scenario.flows.values() if flow.keeps is not None}
    for tasks in scenario.procedures.values():
        for task in tasks:
            if task.then is not None:
                found |= {*task.then.sets, *task.then.extends}
                found |= _stocks(task.then.moves)
    for flow in scenario.flows.values():
        found |= {name for stage in flow.stages for name in _stocks(stage.moves)}
    for happening in _not_of_themselves(scenario):
        found |= set(happening.sets)
        found |= _stocks(happening.moves) if isinstance(happening, Event) else set()
    while more := {name for name, service in scenario.services.items() if name not in found and _needs(service, found)}:
        found |= more
    return frozenset(found & scenario.services.keys())


def there_at_start(scenario: Scenario, name: str) -> bool:
    """Whether a service was there when the exercise began, and not only what it follows is to be arranged later."""
    spec = scenario.services[name]
    followed = (scenario.services.get(need) for need, how in spec.depends_on.items() if how.follows)
    return spec.level > 0 and all(service is None or service.level > 0 for service in followed)


def _stocks(moves: tuple[Move, ...]) -> set[str]:
    return {name for move in moves for name in (move.from_, move.to) if name is not None}


def _needs(service: Service, found: set[str]) -> bool:
    return any(name in found or found.intersection(need.instead) for name, need in service.depends_on.items())


def _not_of_themselves(scenario: Scenario) -> Iterator[Event | Inject]:
    """Events and injects whose time is not the course's own: they wait for something, be it only a state."""
    every: tuple[Event | Inject, ...] = (*scenario.events, *scenario.injects)
    happenings = {one.id: one for one in every}
    alone = {name for name, one in happenings.items() if one.at is not None}
    while more := {name for name, one in happenings.items() if name not in alone and one.after in alone}:
        alone |= more
    return (one for name, one in happenings.items() if name not in alone)
