"""Which services the exercised organisation's own work can lose or bring back: how they fare is a measure of it."""

from __future__ import annotations

from collections.abc import Iterator

from ovning.model.scenario import Event, Inject, Scenario
from ovning.model.services import Service


def own_work(scenario: Scenario) -> frozenset[str]:
    """Services that tasks set or prolong and flows keep up, what follows from a task sets, and all that need them."""
    found = {flow.keeps for flow in scenario.flows.values() if flow.keeps is not None}
    for tasks in scenario.procedures.values():
        for task in tasks:
            if task.then is not None:
                found |= {*task.then.sets, *task.then.extends}
    for happening in _not_of_themselves(scenario):
        found |= set(happening.sets)
    while more := {name for name, service in scenario.services.items() if name not in found and _needs(service, found)}:
        found |= more
    return frozenset(found)


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
