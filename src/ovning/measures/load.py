"""Load: hour by hour, the share of their time that the people of a function or a seat were at the exercise's work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ovning.log.records import Log, PlayEnded, Worked
from ovning.measures.relief import Stay
from ovning.model.setup import Setup
from ovning.units import HOUR


class Heads(NamedTuple):
    """How many people a function has."""

    people: int
    on_call: int
    """How many of them are on call at a time; 0 for a function without a rota."""


class Load(NamedTuple):
    """One station, hour by hour from STARTEX."""

    station: str
    permille: tuple[int, ...]
    """Of each hour, thousandths of their time. The last hour of a play may be cut."""

    @property
    def peak(self) -> int:
        """The highest of any hour."""
        return max(self.permille)


def heads_of(setup: Setup) -> dict[str, Heads]:
    """Every function's people."""
    organisation = setup.organisation
    return {
        name: Heads(
            sum(organisation.people[group].count for group in function.filled_by),
            function.on_call.count if function.on_call is not None else 0,
        )
        for name, function in organisation.functions.items()
    }


def loads(log: Log, stays: tuple[Stay, ...], heads: Mapping[str, Heads]) -> tuple[Load, ...]:
    """The load of every function and seat that anybody worked in, by id. Ordinary work is not part of it.

    A function's people are all its heads; where it has a rota, those on call, or all who worked for it in that hour if
    they were more. A seat's people are those who sat in it, for as long as they did.
    """
    horizon = log[-1].at
    if not isinstance(log[-1], PlayEnded):
        raise ValueError("the log does not end with PlayEnded")
    hours = -(-horizon // HOUR)
    busy: dict[str, list[int]] = {}
    who: dict[str, dict[int, set[str]]] = {}
    for record in log:
        if isinstance(record, Worked) and record.at > record.since:
            if record.station not in busy:
                busy[record.station] = [0] * hours
                who[record.station] = {}
            times, people = busy[record.station], who[record.station]
            for hour, lasted in _by_hour(record.since, record.at):
                times[hour] += lasted
                people.setdefault(hour, set()).add(record.person)
    seated: dict[str, list[int]] = {}
    for stay in stays:
        times = seated.setdefault(f"{stay.level}.{stay.seat}", [0] * hours)
        for hour, lasted in _by_hour(stay.since, stay.at):
            times[hour] += lasted
    found = []
    for station, times in sorted(busy.items()):
        if station in seated:
            room = seated[station]
        elif station in heads:
            known = heads[station]
            lasts = [min(horizon - hour * HOUR, HOUR) for hour in range(hours)]
            met = [len(who[station].get(hour, ())) for hour in range(hours)]
            count = [max(known.on_call, number) if known.on_call else known.people for number in met]
            room = [n * last for n, last in zip(count, lasts, strict=True)]
        else:
            continue
        shares = (1000 * time // full if full else 0 for time, full in zip(times, room, strict=True))
        found.append(Load(station, tuple(min(share, 1000) for share in shares)))
    return tuple(found)


def _by_hour(since: int, at: int) -> list[tuple[int, int]]:
    """The hours that a stretch lies in, each with how much of it, milliseconds."""
    return [
        (hour, min(at, (hour + 1) * HOUR) - max(since, hour * HOUR)) for hour in range(since // HOUR, -(-at // HOUR))
    ]
