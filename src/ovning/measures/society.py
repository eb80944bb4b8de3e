"""Strain, services and flows over many plays of one design, each number with its interval."""

from __future__ import annotations

from typing import NamedTuple

from ovning.measures.intervals import Mean, Share, mean_of
from ovning.measures.tally import Tally
from ovning.measures.times import Times, times_of
from ovning.units import HOUR


class GroupResult(NamedTuple):
    """The people of one group, a play; milliseconds."""

    group: str
    people: Mean
    """How many of them worked."""
    most_worked: Mean
    """By the one of them who worked most."""
    longest_duty: Mean
    """Of any of them."""
    deviations: Mean
    """From the daily rest, all together."""
    deviating: Share
    """Of the plays, those in which any of them did not have the daily rest."""
    night: Mean
    """Person-milliseconds of work at night."""
    woken: Mean
    """How many times any of them was woken."""


class UnmannedResult(NamedTuple):
    """A function that stood empty in some play."""

    function: str
    lasted: Mean
    """Milliseconds a play."""
    first: Times
    """When it first did, from STARTEX."""


class LoadResult(NamedTuple):
    """The load of a function or seat, in thousandths of its people's time."""

    station: str
    mean: Mean
    """Over the whole play."""
    peak: Mean
    """Of the busiest hour of each play."""
    by_hour: tuple[Mean, ...]
    """Hour by hour from STARTEX."""


class StrainResult(NamedTuple):
    """What the plays asked of people."""

    groups: tuple[GroupResult, ...]
    """Hardest first: by deviations from the daily rest, then by the longest duty."""
    deviations: Mean
    deviating: Share
    """Of the plays, those with any deviation from the daily rest."""
    unmanned: tuple[UnmannedResult, ...]
    """Longest first."""
    unmanned_time: Mean
    """Function-milliseconds a play."""
    first_unmanned: Times
    """When any function first stood empty."""
    empty_seats: tuple[tuple[str, Mean], ...]
    """Seat-milliseconds of active levels a play, by level."""
    relieved_in_time: Mean
    relieved_late: Mean
    never_relieved: Mean
    worn_out: Mean
    """How many went home because they had been on duty for as long as anybody is."""
    woken: Mean
    """How many times somebody who was not present was reached at night."""
    loads: tuple[LoadResult, ...]
    """Busiest first, by the busiest hour."""


class ServiceResult(NamedTuple):
    """A service over all plays; milliseconds."""

    service: str
    affected: int
    failed: Times
    """When somebody was first without it."""
    back: Times
    """When all had it again for good, of the plays in which it was gone."""
    gone: Mean
    """Without it for each of those affected, on average, a play."""
    longest: Mean
    """The longest stretch in which anybody was without it."""
    without: Mean
    """Person- or household-milliseconds a play."""
    lowest: Mean
    """The lowest level."""
    level: tuple[Mean, ...]
    """Hour by hour from STARTEX, the share of those affected who had it, on average over the hour."""
    lacking: tuple[Mean, ...]
    """Hour by hour, how many were without it, on average over the hour."""


class FlowResult(NamedTuple):
    """A flow over all plays; items a play."""

    flow: str
    arrived: Mean
    done: Mean
    gave_up: Mean
    no_need: Mean
    turned_away: Mean
    open: Mean
    """Wait or are being taken care of at the end of the play."""
    wait: Mean | None
    """Milliseconds of waiting for each that came; ``None`` if none did."""
    late: Mean
    """How many were ever late."""
    late_time: Mean
    """Item-milliseconds late."""
    largest: Mean
    """The most that waited at the same time."""
    backlog: tuple[Mean, ...]
    """How many waited at the end of each hour from STARTEX."""
    waiting: tuple[Mean, ...]
    """How many waited in each hour from STARTEX, on average over the hour."""


def strain_result(tally: Tally) -> StrainResult:
    """Strain over many plays; whoever did not work in a play worked no time in it."""
    groups = [_group(tally, group) for group in tally.names("group")]
    unmanned = [
        UnmannedResult(name, tally.mean("unmanned", name), tally.times("unmanned", name, "first"))
        for name in tally.names("unmanned")
    ]
    loads = [_load(tally, station) for station in tally.names("load")]
    return StrainResult(
        groups=tuple(sorted(groups, key=lambda one: (-one.deviations.mean, -one.longest_duty.mean, one.group))),
        deviations=tally.mean("deviations"),
        deviating=tally.positive("deviations"),
        unmanned=tuple(sorted(unmanned, key=lambda one: (-one.lasted.mean, one.function))),
        unmanned_time=tally.mean("unmanned_time"),
        first_unmanned=tally.times("first_unmanned"),
        empty_seats=tuple((level, tally.mean("empty_seats", level)) for level in tally.names("empty_seats")),
        relieved_in_time=tally.mean("relief", "in_time"),
        relieved_late=tally.mean("relief", "late"),
        never_relieved=tally.mean("relief", "never"),
        worn_out=tally.mean("worn_out"),
        woken=tally.mean("woken"),
        loads=tuple(sorted(loads, key=lambda one: (-one.peak.mean, -one.mean.mean, one.station))),
    )


def service_results(tally: Tally) -> tuple[ServiceResult, ...]:
    """Services over many plays, in the scenario's order."""
    found = []
    lasts = _hours_of(tally)
    for name in tally.names("service"):
        key = ("service", name)
        failed = tally.column(*key, "failed")
        back = [at for at, since in zip(tally.column(*key, "back"), failed, strict=True) if since is not None]
        affected = next(value for value in tally.column(*key, "affected") if value is not None)
        gone = tally.hours(*key, "hours")
        found.append(
            ServiceResult(
                name,
                int(affected),
                times_of(failed),
                times_of(back),
                tally.mean(*key, "gone"),
                tally.mean(*key, "longest"),
                tally.mean(*key, "without"),
                mean_of([value for value in tally.column(*key, "lowest") if value is not None], at_least=0),
                tuple(_rest(_scaled(mean, 1, last)) for mean, last in zip(gone, lasts, strict=False)),
                tuple(_scaled(mean, int(affected), last) for mean, last in zip(gone, lasts, strict=False)),
            )
        )
    return tuple(found)


def flow_results(tally: Tally) -> tuple[FlowResult, ...]:
    """Flows over many plays, in the scenario's order."""
    found = []
    lasts = _hours_of(tally)
    for name in tally.names("flow"):
        key = ("flow", name)
        waited = tally.hours(*key, "waited_hours")
        found.append(
            FlowResult(
                name,
                tally.mean(*key, "arrived"),
                tally.mean(*key, "done"),
                tally.mean(*key, "gave_up"),
                tally.mean(*key, "no_need"),
                tally.mean(*key, "turned_away"),
                tally.mean(*key, "open"),
                tally.ratio((*key, "waited"), (*key, "arrived"), most=None),
                tally.mean(*key, "late"),
                tally.mean(*key, "late_time"),
                tally.mean(*key, "largest"),
                tally.hours(*key, "hours"),
                tuple(_scaled(mean, 1, last) for mean, last in zip(waited, lasts, strict=False)),
            )
        )
    return tuple(found)


def _group(tally: Tally, group: str) -> GroupResult:
    key = ("group", group)
    return GroupResult(
        group,
        tally.mean(*key, "people"),
        tally.mean(*key, "most_worked"),
        tally.mean(*key, "longest_duty"),
        tally.mean(*key, "deviations"),
        tally.positive(*key, "deviations"),
        tally.mean(*key, "night"),
        tally.mean(*key, "woken"),
    )


def _load(tally: Tally, station: str) -> LoadResult:
    by_hour = tally.hours("load", station, "hours")
    mean = tally.mean("load", station, per=len(by_hour))
    return LoadResult(station, mean, tally.mean("load", station, "peak"), by_hour)


def _hours_of(tally: Tally) -> list[int]:
    """How long each hour of the longest play is, milliseconds: the last may be cut."""
    horizon = max((int(value) for value in tally.column("horizon") if value is not None), default=0)
    return [min(HOUR, horizon - at) for at in range(0, horizon, HOUR)]


def _scaled(mean: Mean, times: int, per: int) -> Mean:
    low, high = (None if value is None else times * value / per for value in (mean.low, mean.high))
    return Mean(mean.n, times * mean.mean / per, low, high)


def _rest(share: Mean) -> Mean:
    """What is left of the whole; its interval is cut to what a share can be."""
    low = None if share.high is None else max(0.0, 1 - share.high)
    high = None if share.low is None else min(1.0, 1 - share.low)
    return Mean(share.n, max(0.0, 1 - share.mean), low, high)
