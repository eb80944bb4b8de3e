"""Criteria on the whole of a play: what was gone, what waited, what stood empty, who did not rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ovning.log.records import Log
from ovning.measures.consequences import curves, outcome_of, time_below
from ovning.measures.flows import in_time
from ovning.measures.stocks import stock_outcomes
from ovning.measures.strain import Strain
from ovning.model.exercise import Criterion
from ovning.model.organisation import Organisation
from ovning.model.services import Service
from ovning.model.stocks import Stock


@dataclass(frozen=True, slots=True)
class Whole:
    """What criteria on the whole of a play are measured from, beside its log."""

    services: Mapping[str, Service]
    """Of the scenario."""
    strain: Strain
    stocks: Mapping[str, Stock] = field(default_factory=dict)
    """Of the scenario."""


def measure_whole(log: Log, criterion: Criterion, organisation: Organisation, whole: Whole) -> float | None:
    """What a criterion on the whole of a play came to, in its unit; ``None`` if the play does not tell.

    Raises ``ValueError`` for a criterion that waits for something to happen.
    """
    horizon = log[-1].at
    match criterion.measure:
        case "service_hours_without":
            name = criterion.service or ""
            if name not in whole.services:
                return None
            curve = curves(log, whole.services)[name]
            if criterion.below is not None:
                return time_below(curve, criterion.below, horizon)
            return outcome_of(name, 0, curve, horizon).gone
        case "flow_in_time":
            return in_time(log, criterion.flow or "", criterion.within or 0, criterion.stage).share
        case "stock_delivered":
            return _delivered(log, criterion.stock or "", whole.stocks)
        case "unmanned_hours":
            return sum(
                stood_empty.lasted
                for stood_empty in whole.strain.unmanned
                if criterion.role is None or _role(organisation, stood_empty.function) == criterion.role
            )
        case "rest_deviations":
            return whole.strain.deviations
        case _:
            raise ValueError(f"{criterion.measure} is no measure of the whole of a play")


def _delivered(log: Log, name: str, stocks: Mapping[str, Stock]) -> float | None:
    """The share of what was wanted of a stock that it gave; ``None`` if nobody wanted anything."""
    found = next((one for one in stock_outcomes(log, stocks) if one.stock == name), None)
    wanted = 0 if found is None else found.delivered + found.unmet
    return found.delivered / wanted if found is not None and wanted else None


def _role(organisation: Organisation, function: str) -> str | None:
    known = organisation.functions.get(function)
    return None if known is None else known.role
