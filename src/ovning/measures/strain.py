"""Strain: who worked how long and how late, who was relieved, and what stood empty meanwhile.

Somebody works while a ``Worked`` says so, while they sit in a staff seat, and in the ordinary hours that were counted
for them (until they went off to rest). Everything else is free time. These are counts of hours and no legal judgement:
what the rules on working hours make of them depends on what could be foreseen, on the rest given instead, and on
agreements that the model does not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ovning.log.records import (
    FunctionEmptied,
    FunctionManned,
    Log,
    OrdinaryHoursCounted,
    PersonReached,
    PlayEnded,
    PlayStarted,
    RestBegan,
    RestEnded,
    WentAway,
    Worked,
)
from ovning.measures.relief import EmptySeats, Relief, Stay, empty_seats, relief, seat_stays
from ovning.measures.spans import Span, bridged, common, nights, total, union, within, without
from ovning.model.setup import Setup
from ovning.units import DAY, MINUTE


class Rules(NamedTuple):
    """What hours are held against, and whom they are counted for."""

    night_begins: str
    """Clock time."""
    night_ends: str
    """Clock time."""
    daily_rest: int
    """Milliseconds of rest without a break in each 24 hours."""
    duty_ends_after: int
    """Milliseconds off after which a new duty begins."""
    untiring: frozenset[str] = frozenset()
    """Groups whose hours are not counted: posts that change hands, and elected members."""
    late_after: int = 15 * MINUTE
    """Relief that begins later than this after the change of shifts is late, milliseconds."""


class PersonStrain(NamedTuple):
    """One person who keeps hours; milliseconds."""

    person: str
    worked: int
    """Hours before STARTEX are counted if they belong to a day's work that was."""
    longest_duty: int
    """From the first to the last work without a break of ``duty_ends_after`` between."""
    deviations: int
    """Periods of 24 hours, counted as in ``rest_deviations``, without the daily rest in one stretch. Before the first
    work they are taken to have rested, and after the end of the play to be free."""
    night: int
    """Work at night."""
    woken: int
    """How many times they were not present, were called at night, and answered."""


class Unmanned(NamedTuple):
    """A function that stood empty when it should have been manned."""

    function: str
    lasted: int
    """Milliseconds, all times together."""
    first_at: int
    """Milliseconds since STARTEX."""


class Strain(NamedTuple):
    """What one play asked of people."""

    people: tuple[PersonStrain, ...]
    """Everybody who keeps hours and worked, by name."""
    unmanned: tuple[Unmanned, ...]
    """Functions that stood empty, by id."""
    empty_seats: tuple[EmptySeats, ...]
    """By level."""
    relief: Relief
    worn_out: int
    """How many times somebody went home because they had been on duty for as long as anybody is."""
    woken: int
    """How many times somebody who was not present was reached at night, elected members too."""

    @property
    def deviations(self) -> int:
        """Deviations from the daily rest, all people together."""
        return sum(person.deviations for person in self.people)

    @property
    def unmanned_time(self) -> int:
        """Function-milliseconds that functions stood empty."""
        return sum(function.lasted for function in self.unmanned)

    @property
    def first_unmanned_at(self) -> int | None:
        """When the first function stood empty; ``None`` if none did."""
        return min((function.first_at for function in self.unmanned), default=None)


def rules_of(setup: Setup) -> Rules:
    """What hours are held against in a setup."""
    assumed = setup.assumptions
    return Rules(
        assumed.night_begins,
        assumed.night_ends,
        assumed.daily_rest,
        assumed.duty_ends_after,
        frozenset(
            name
            for name, group in setup.organisation.people.items()
            if group.posts or group.works in ("always", "never")
        ),
    )


def strain(log: Log, rules: Rules, seats: Mapping[str, int]) -> Strain:
    """What a play asked of people; ``seats``: how many each level has. Raises ``ValueError`` for a log that is cut."""
    started, horizon = log[0], _horizon(log)
    if not isinstance(started, PlayStarted):
        raise ValueError("a log begins with PlayStarted")
    dark = nights(started.start, horizon, rules.night_begins, rules.night_ends)
    stays = seat_stays(log)
    woken = _woken(log, dark)
    return Strain(
        people=tuple(
            person_strain(person, spans, horizon, rules, dark, woken.get(person, 0))
            for person, spans in sorted(working_times(log, stays, rules.untiring).items())
        ),
        unmanned=unmanned(log),
        empty_seats=empty_seats(log, seats),
        relief=relief(log, stays, rules.late_after, horizon),
        worn_out=sum(isinstance(record, RestBegan) and record.why == "worn_out" for record in log),
        woken=sum(woken.values()),
    )


def working_times(
    log: Log, stays: Iterable[Stay], untiring: frozenset[str] = frozenset()
) -> dict[str, tuple[Span, ...]]:
    """When each person worked: stretches in order without overlaps, milliseconds since STARTEX."""
    horizon = _horizon(log)
    working: dict[str, list[Span]] = {}
    ordinary: dict[str, list[Span]] = {}
    off: dict[str, list[Span]] = {}
    resting: dict[str, RestBegan] = {}
    for stay in stays:
        working.setdefault(stay.person, []).append((stay.since, stay.at))
    for record in log:
        match record:
            case Worked():
                working.setdefault(record.person, []).append((record.since, record.at))
            case OrdinaryHoursCounted():
                ordinary.setdefault(record.person, []).append((record.begins, min(record.ends, horizon)))
            case RestBegan():
                resting[record.person] = record
            case RestEnded() if record.person in resting:
                off.setdefault(record.person, []).append((resting.pop(record.person).at, record.at))
            case WentAway():
                until = horizon if record.until is None else record.until
                off.setdefault(record.person, []).append((record.at, until))
            case _:
                pass
    for person, rest in resting.items():
        off.setdefault(person, []).append((rest.at, rest.until))
    for person, spans in ordinary.items():
        working.setdefault(person, []).extend(without(spans, off.get(person, ())))
    merged = {person: union(spans) for person, spans in working.items() if person.partition("#")[0] not in untiring}
    return {person: spans for person, spans in merged.items() if spans}


def person_strain(
    person: str, spans: tuple[Span, ...], horizon: int, rules: Rules, dark: tuple[Span, ...], woken: int
) -> PersonStrain:
    """What a play asked of one person who worked in these stretches (in order, without overlaps)."""
    return PersonStrain(
        person,
        total(spans),
        max(ends - begins for begins, ends in bridged(spans, rules.duty_ends_after)),
        rest_deviations(spans, rules.daily_rest, horizon),
        common(spans, dark),
        woken,
    )


def rest_deviations(spans: tuple[Span, ...], daily_rest: int, horizon: int) -> int:
    """Periods of 24 hours in which no free stretch is as long as the daily rest.

    A period begins with the first work of all, and with the first work after a daily rest; after a period without one,
    the next begins when it ends, or with the next work if they are free then. What comes after the horizon is free.
    """
    deviations = 0
    begins: int | None = spans[0][0]
    while begins is not None and begins < horizon:
        ends = begins + DAY
        rested_from: int | None = None
        free_since = begins
        for since, at in (*within(spans, begins, ends), (ends, ends)):
            if since - free_since >= daily_rest:
                rested_from = free_since
                break
            free_since = at
        if rested_from is None:
            deviations += 1
        begins = _next_work(spans, ends if rested_from is None else rested_from)
    return deviations


def _next_work(spans: tuple[Span, ...], after: int) -> int | None:
    """When somebody works at or after a moment; ``None``: never again."""
    return next((max(begins, after) for begins, ends in spans if ends > after), None)


def unmanned(log: Log) -> tuple[Unmanned, ...]:
    """Functions that stood empty when they should have been manned, by id."""
    since: dict[str, int] = {}
    spans: dict[str, list[Span]] = {}
    for record in log:
        match record:
            case FunctionEmptied():
                since[record.function] = record.at
            case FunctionManned() if record.function in since:
                spans.setdefault(record.function, []).append((since.pop(record.function), record.at))
            case PlayEnded():
                for function, at in since.items():
                    spans.setdefault(function, []).append((at, record.at))
            case _:
                pass
    return tuple(Unmanned(function, total(found), found[0][0]) for function, found in sorted(spans.items()))


def _woken(log: Log, dark: tuple[Span, ...]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for record in log:
        if isinstance(record, PersonReached) and any(begins <= record.at < ends for begins, ends in dark):
            counted[record.person] = counted.get(record.person, 0) + 1
    return counted


def _horizon(log: Log) -> int:
    last = log[-1]
    if not isinstance(last, PlayEnded):
        raise ValueError("the log does not end with PlayEnded")
    return last.at
