"""Services as levels that events, injects and finished tasks set."""

from __future__ import annotations

from collections.abc import Mapping

from ovning.engine.handover import retry_channels
from ovning.engine.state import World
from ovning.log.records import ServiceChanged


def set_services(world: World, levels: Mapping[str, float], caused_by: str) -> None:
    """Set levels of services; channels that need them die or live with them."""
    for service, level in sorted(levels.items()):
        if world.services.get(service) != level:
            world.services[service] = level
            world.write(ServiceChanged(world.now, service, level, caused_by))
    if levels:
        retry_channels(world)
        world.changed()


def missing(world: World, service: str) -> int:
    """How many of those affected are without a service now, rounded."""
    affects = world.compiled.setup.scenario.services[service].affects
    return round(affects.total * (1 - world.services[service]))
