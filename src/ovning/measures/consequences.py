"""Consequences: what services were gone, for how long and for how many. Flows have their own module."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from ovning.log.records import Log, PlayEnded, ServiceChanged
from ovning.model.services import Service
from ovning.units import HOUR

_WHOLE = 1 - 1e-9
"""Levels are sums of shares: what differs from 1 by less than this is 1."""

Curve = tuple[tuple[int, float], ...]
"""When a service came to which level: milliseconds since STARTEX, from 0 on, to the end of the play."""


class ServiceOutcome(NamedTuple):
    """One service in one play."""

    service: str
    affected: int
    """How many it concerns."""
    gone: int
    """Milliseconds without it for each of those affected, on average: the integral of 1 - level."""
    longest: int
    """Milliseconds of the longest stretch in which anybody was without it."""
    lowest: float
    """The lowest level."""
    failed_at: int | None
    """When somebody was first without it, milliseconds since STARTEX; ``None``: never."""
    back_at: int | None
    """When all had it again for good; ``None``: not within the horizon, or it was never gone."""
    by_hour: tuple[int, ...] = ()
    """``gone`` hour by hour from STARTEX, to which they sum. The last hour of a play may be cut."""

    @property
    def without(self) -> int:
        """Person-milliseconds (or household-milliseconds) without it."""
        return self.gone * self.affected


def service_outcomes(log: Log, services: Mapping[str, Service]) -> tuple[ServiceOutcome, ...]:
    """Every service of the scenario, in its order."""
    horizon = _horizon(log)
    known = curves(log, services)
    return tuple(outcome_of(name, service.affects.total, known[name], horizon) for name, service in services.items())


def curves(log: Log, services: Mapping[str, Service]) -> dict[str, Curve]:
    """The level of every service over time; what holds before the first change is its level at STARTEX."""
    points: dict[str, list[tuple[int, float]]] = {name: [(0, service.level)] for name, service in services.items()}
    for record in log:
        if isinstance(record, ServiceChanged):
            of_service = points.setdefault(record.service, [(0, 1.0)])
            if of_service[-1][0] == record.at:
                of_service.pop()
            of_service.append((record.at, record.level))
    return {name: tuple(found) for name, found in points.items()}


def outcome_of(service: str, affected: int, curve: Curve, horizon: int) -> ServiceOutcome:
    """What a service's level over time came to."""
    gone = 0.0
    until: list[int] = [0]
    longest = 0
    since: int | None = None
    failed_at: int | None = None
    for at, ends, level in _stretches(curve, horizon):
        while len(until) * HOUR <= ends:
            until.append(round(gone + (1 - level) * (len(until) * HOUR - at)))
        gone += (1 - level) * (ends - at)
        if level >= _WHOLE:
            since = None
            continue
        since = at if since is None else since
        failed_at = at if failed_at is None else failed_at
        longest = max(longest, ends - since)
    back_at = None
    if failed_at is not None and curve[-1][1] >= _WHOLE:
        first = len(curve) - 1
        while curve[first - 1][1] >= _WHOLE:
            first -= 1
        back_at = curve[first][0]
    lowest = min(level for _, level in curve)
    if horizon % HOUR:
        until.append(round(gone))
    by_hour = tuple(after - before for before, after in pairwise(until))
    return ServiceOutcome(service, affected, round(gone), longest, lowest, failed_at, back_at, by_hour)


def time_below(curve: Curve, level: float, horizon: int) -> int:
    """Milliseconds in which a service had less than a level."""
    return sum(ends - at for at, ends, had in _stretches(curve, horizon) if had < level - (1 - _WHOLE))


def _stretches(curve: Curve, horizon: int) -> list[tuple[int, int, float]]:
    ends = [at for at, _ in curve[1:]] + [horizon]
    return [(at, end, level) for (at, level), end in zip(curve, ends, strict=True) if end > at]


def _horizon(log: Log) -> int:
    last = log[-1]
    if not isinstance(last, PlayEnded):
        raise ValueError("the log does not end with PlayEnded")
    return last.at
