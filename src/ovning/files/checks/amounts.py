"""How much a play would have to hold: no people without number, nothing that happens again without end."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple, TypeVar

from pydantic import BaseModel

from ovning.errors import Problem
from ovning.files.checks.flows import ceiling, group_of, usual
from ovning.files.checks.stocks import turns
from ovning.files.parts import Part
from ovning.limits import MOST_CASES, MOST_HAPPENINGS, MOST_PEOPLE
from ovning.model.assumptions import ModelAssumptions
from ovning.model.flows import Flow
from ovning.model.organisation import Organisation
from ovning.model.scenario import Repeat, Scenario
from ovning.units import HOUR, MINUTE

M = TypeVar("M", bound=BaseModel)
_FIX: Final = "låt det komma mer sällan, vara färre eller sluta tidigare"


class _Amount(NamedTuple):
    """How many times something happens in a play, at the most."""

    times: float
    at: tuple[str | int, ...]


def people(organisation: Part[Organisation]) -> Iterator[Problem]:
    """Nobody's organisation is larger than can be followed person by person."""
    groups = organisation.model.people
    total = sum(group.count for group in groups.values())
    if total > MOST_PEOPLE:
        largest = max(groups, key=lambda name: groups[name].count)
        yield organisation.error(
            f"organisationen har {total} personer: fler än {MOST_PEOPLE} kan inte följas en och en",
            "ta bara med dem som har en uppgift i krisen",
            at=("people", largest, "count"),
        )


def cases(scenario: Part[Scenario]) -> Iterator[Problem]:
    """Injects that come again do not make work without end."""
    model = scenario.model
    amounts = [
        _Amount(
            _times(inject.repeat, model.horizon) * (1 + len(model.procedures.get(inject.asks_for or "", ()))),
            ("injects", inject.id),
        )
        for inject in model.injects
    ]
    yield from _too_many(scenario, amounts, MOST_CASES, "inspel och uppgifter")


def happenings(scenario: Part[Scenario]) -> Iterator[Problem]:
    """Events that come again and flows do not fill a play without end."""
    model = scenario.model
    amounts = [_Amount(_times(event.repeat, model.horizon), ("events", event.id)) for event in model.events]
    amounts += [_Amount(_of_flow(model, flow), ("flows", name)) for name, flow in model.flows.items()]
    amounts += [_Amount(turns(model, stock), ("stocks", name)) for name, stock in model.stocks.items()]
    yield from _too_many(scenario, amounts, MOST_HAPPENINGS, "händelser")


def ordinary(
    organisation: Part[Organisation], scenario: Part[Scenario], engine: Part[ModelAssumptions]
) -> Iterator[Problem]:
    """Ordinary work is not cut into pieces without number."""
    groups, horizon = organisation.model.people, scenario.model.horizon
    pieces = horizon / max(usual(engine.model.ordinary_piece), 1)
    amounts = [
        _Amount(
            function.ordinary_load * pieces * sum(groups[g].count for g in function.filled_by if g in groups),
            ("ordinary_piece",),
        )
        for function in organisation.model.functions.values()
    ]
    yield from _too_many(engine, amounts, MOST_HAPPENINGS, "stycken vardagsarbete")


def _too_many(part: Part[M], amounts: Iterable[_Amount], most: int, what: str) -> Iterator[Problem]:
    """One problem, at what is most of it, if it is too much in all."""
    found = list(amounts)
    total = sum(amount.times for amount in found)
    if total > most:
        worst = max(found, key=lambda amount: amount.times)
        yield part.error(
            f"ett spel kan få {total:.0f} {what}, mest härifrån: fler än {most} går inte att spela", _FIX, at=worst.at
        )


def _times(repeat: Repeat | None, horizon: int) -> float:
    """How many times at the most something comes within the horizon."""
    if repeat is None:
        return 1
    every = usual(repeat.every)
    return min(repeat.times, horizon / every + 1) if every else repeat.times


def _of_flow(scenario: Scenario, flow: Flow) -> float:
    if flow.step is not None:
        return scenario.horizon / flow.step
    _, group = group_of(flow)
    if group is None:
        return ceiling(scenario, flow) * scenario.horizon / HOUR * len(flow.stages)
    total = scenario.services[group].affects.total if group in scenario.services else 0
    # Whoever is to be taken care of again waits for that until the last time is over.
    every = math.inf if flow.arrives.every is None else max(usual(flow.arrives.every), MINUTE)
    return total * (1 + scenario.horizon / every) * len(flow.stages)


OF_ORGANISATION: Final = (people,)
"""Checks of an organisation by itself."""
OF_SCENARIO: Final = (cases, happenings)
"""Checks of a scenario by itself."""
