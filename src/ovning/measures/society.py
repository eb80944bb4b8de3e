"""Strain, services and flows over many plays of one design, each number with its interval."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ovning.measures.intervals import Mean, Share, mean_of, ratio_of, share_of
from ovning.measures.summary import GroupStrain, PlaySummary
from ovning.measures.times import Times, times_of


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


def strain_result(plays: Sequence[PlaySummary]) -> StrainResult:
    """Strain over many plays; whoever did not work in a play worked no time in it. Raises ``ValueError`` for none."""
    strains = [play.strain for play in plays]
    deviations = [strain.deviations for strain in strains]
    firsts = [min((u.first_at for u in strain.unmanned), default=None) for strain in strains]
    levels = dict.fromkeys(empty.level for strain in strains for empty in strain.empty_seats)
    return StrainResult(
        groups=_groups([strain.groups for strain in strains]),
        deviations=_mean(deviations),
        deviating=_any(deviations),
        unmanned=_unmanned(plays),
        unmanned_time=_mean([sum(u.lasted for u in strain.unmanned) for strain in strains]),
        first_unmanned=times_of(firsts),
        empty_seats=tuple(
            (level, _mean([sum(e.lasted for e in s.empty_seats if e.level == level) for s in strains]))
            for level in levels
        ),
        relieved_in_time=_mean([strain.relief.in_time for strain in strains]),
        relieved_late=_mean([strain.relief.late for strain in strains]),
        never_relieved=_mean([strain.relief.never for strain in strains]),
        worn_out=_mean([strain.worn_out for strain in strains]),
        woken=_mean([strain.woken for strain in strains]),
        loads=_loads(plays),
    )


def service_results(plays: Sequence[PlaySummary]) -> tuple[ServiceResult, ...]:
    """Services over many plays, in the scenario's order."""
    found = []
    for name in dict.fromkeys(one.service for play in plays for one in play.services):
        outcomes = [one for play in plays for one in play.services if one.service == name]
        found.append(
            ServiceResult(
                name,
                outcomes[0].affected,
                times_of([one.failed_at for one in outcomes]),
                times_of([one.back_at for one in outcomes if one.failed_at is not None]),
                _mean([one.gone for one in outcomes]),
                _mean([one.longest for one in outcomes]),
                _mean([one.without for one in outcomes]),
                _mean([one.lowest for one in outcomes]),
            )
        )
    return tuple(found)


def flow_results(plays: Sequence[PlaySummary]) -> tuple[FlowResult, ...]:
    """Flows over many plays, in the scenario's order."""
    found = []
    for name in dict.fromkeys(one.flow for play in plays for one in play.flows):
        outcomes = [one for play in plays for one in play.flows if one.flow == name]
        arrived = [one.arrived for one in outcomes]
        hours = max(len(one.backlog) for one in outcomes)
        found.append(
            FlowResult(
                name,
                _mean(arrived),
                _mean([one.done for one in outcomes]),
                _mean([one.gave_up for one in outcomes]),
                _mean([one.no_need for one in outcomes]),
                _mean([one.turned_away for one in outcomes]),
                _mean([one.waiting + one.in_work for one in outcomes]),
                ratio_of([one.waited for one in outcomes], arrived, most=None),
                _mean([one.late for one in outcomes]),
                _mean([one.late_time for one in outcomes]),
                _mean([one.largest for one in outcomes]),
                tuple(_mean([one.backlog[hour] for one in outcomes]) for hour in range(hours)),
            )
        )
    return tuple(found)


def _groups(plays: Sequence[tuple[GroupStrain, ...]]) -> tuple[GroupResult, ...]:
    by_play = [{group.group: group for group in play} for play in plays]
    found = []
    for name in {name for play in by_play for name in play}:
        groups = [play.get(name, GroupStrain(name, 0, 0, 0, 0, 0, 0)) for play in by_play]
        found.append(
            GroupResult(
                name,
                _mean([group.people for group in groups]),
                _mean([group.most_worked for group in groups]),
                _mean([group.longest_duty for group in groups]),
                _mean([group.deviations for group in groups]),
                _any([group.deviations for group in groups]),
                _mean([group.night for group in groups]),
                _mean([group.woken for group in groups]),
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.deviations.mean, -one.longest_duty.mean, one.group)))


def _unmanned(plays: Sequence[PlaySummary]) -> tuple[UnmannedResult, ...]:
    by_play = [{one.function: one for one in play.strain.unmanned} for play in plays]
    found = []
    for name in _names(by_play):
        ones = [play.get(name) for play in by_play]
        lasted = _mean([0 if one is None else one.lasted for one in ones])
        found.append(UnmannedResult(name, lasted, times_of([None if one is None else one.first_at for one in ones])))
    return tuple(sorted(found, key=lambda one: (-one.lasted.mean, one.function)))


def _loads(plays: Sequence[PlaySummary]) -> tuple[LoadResult, ...]:
    by_play = [{load.station: load.permille for load in play.strain.loads} for play in plays]
    found = []
    for name in _names(by_play):
        hours = max(len(play.get(name, ())) for play in by_play)
        series = [play.get(name, (0,) * hours) for play in by_play]
        found.append(
            LoadResult(
                name,
                _mean([sum(one) / hours for one in series]),
                _mean([max(one) for one in series]),
                tuple(_mean([one[hour] for one in series]) for hour in range(hours)),
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.peak.mean, -one.mean.mean, one.station)))


def _names(plays: Iterable[Iterable[str]]) -> list[str]:
    return sorted({name for play in plays for name in play})


def _mean(values: Sequence[float]) -> Mean:
    return mean_of(values, at_least=0)


def _any(values: Sequence[int]) -> Share:
    return share_of(sum(value > 0 for value in values), len(values))
