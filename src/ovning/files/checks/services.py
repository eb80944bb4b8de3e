"""Services that need each other: that those they name exist, and that none of them waits for itself."""

from __future__ import annotations

from collections.abc import Iterator

from ovning.errors import Problem
from ovning.files.checks.rings import ring
from ovning.files.checks.words import Use, listed, unknown
from ovning.files.parts import Part
from ovning.model.scenario import Scenario

NEEDED = "en tjänst under services eller ett förråd under stocks i scenariot"
"""What a service may need is called in messages."""
STOCK = "ett förråd under stocks i scenariot"
"""What a stock of a scenario is called in messages."""
HERE = "en tjänst under services i scenariot"
"""What a service of a scenario is called in messages."""


def needs(scenario: Part[Scenario]) -> Iterator[Problem]:
    """What a service needs, and what does as well, are other services of the scenario, or stocks."""
    model = scenario.model
    there = {*model.services, *model.stocks}
    what_else = NEEDED if model.stocks else HERE
    for name, service in model.services.items():
        at = ("services", name, "depends_on")
        keys: list[Use] = [(need, (*at, need)) for need in service.depends_on]
        yield from unknown(scenario, keys, there, what_else, key=True)
        for need, spec in service.depends_on.items():
            yield from unknown(scenario, listed(spec.instead, *at, need, "instead"), there, what_else)
            if need == name:
                yield scenario.error(f"”{name}” behöver sig själv", "ta bort raden", at=(*at, need), key=True)
            for n, other in enumerate(spec.instead):
                if other in (need, name):
                    what = "just det som saknas" if other == need else "tjänsten själv"
                    yield scenario.error(
                        f"”{other}” kan inte ersätta ”{need}” för ”{name}”: det är {what}",
                        "ta bort det ur instead",
                        at=(*at, need, "instead", n),
                    )


def rings(scenario: Part[Scenario]) -> Iterator[Problem]:
    """Services do not need each other in a ring; what does as well counts as a need."""
    below: dict[str, list[str]] = {}
    for name, service in scenario.model.services.items():
        named = [n for need, spec in service.depends_on.items() for n in (need, *spec.instead)]
        below[name] = [n for n in dict.fromkeys(named) if n != name]
    for round_ in ring(below):
        first, second = round_[0], round_[1]
        direct = second in scenario.model.services[first].depends_on
        yield scenario.error(
            f"tjänsterna behöver varandra i ring: {' → '.join((*round_, first))}",
            "bryt ringen: vad faller först?",
            at=("services", first, "depends_on", second) if direct else ("services", first, "depends_on"),
            key=True,
        )


def extended(scenario: Part[Scenario]) -> Iterator[Problem]:
    """What tasks let services do without exists, and needs something to do without."""
    model = scenario.model
    for name, procedure in model.procedures.items():
        for task in procedure:
            for service in task.then.extends if task.then else ():
                at = ("procedures", name, task.task, "then", "extends", service)
                yield from unknown(scenario, [(service, at)], model.services, HERE, key=True)
                if service in model.services and not model.services[service].depends_on:
                    yield scenario.warning(
                        f"”{service}” behöver inget (depends_on): det finns ingen uthållighet att förlänga",
                        "ändra nivån med sets, eller skriv vad tjänsten behöver",
                        at=at,
                        key=True,
                    )


CHECKS = (needs, rings, extended)
"""Checks of what the services of a scenario need."""
