"""Who knew what when, and how old the picture was on which decisions were made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ovning.log.records import BodySummoned, DecisionMade, FactLearned, FactMissing, LevelDecided, Record


class Known(NamedTuple):
    """A fact that came to somebody's knowledge."""

    fact: str
    knower: str
    """A station, or for staff seats their level."""
    at: int
    """Milliseconds since STARTEX."""
    how: str
    source: str
    age: int
    """Milliseconds since the first in the organisation knew it."""
    number: int
    """The record that says so."""


class Picture(NamedTuple):
    """What somebody had to decide on."""

    knower: str
    decision: str
    """The decision, or the level decided on."""
    at: int
    """Milliseconds since STARTEX."""
    facts: int
    """How many facts they knew."""
    age: int | None
    """Milliseconds since they last learned anything; ``None`` if they knew nothing at all."""
    number: int
    """The record of the decision."""


def learned(log: Iterable[Record]) -> tuple[Known, ...]:
    """The first time each knower came to know each fact, in the order of the log."""
    found: dict[tuple[str, str], Known] = {}
    first: dict[str, int] = {}
    for number, record in enumerate(log):
        if isinstance(record, FactLearned):
            known_since = first.setdefault(record.fact, record.at)
            found.setdefault(
                (record.fact, record.knower),
                Known(
                    record.fact,
                    record.knower,
                    record.at,
                    record.how,
                    record.source,
                    record.at - known_since,
                    number,
                ),
            )
    return tuple(found.values())


def pictures(log: Iterable[Record]) -> tuple[Picture, ...]:
    """What was known, and how long ago it was last renewed, at each decision and each decision on a level.

    A seat knows what its staff knows. What a body knows is not in the log, so its decisions are left out.
    """
    log = tuple(log)
    bodies = {record.body for record in log if isinstance(record, BodySummoned)}
    known: dict[str, set[str]] = {}
    renewed: dict[str, int] = {}
    found: list[Picture] = []
    for number, record in enumerate(log):
        if isinstance(record, FactLearned):
            known.setdefault(record.knower, set()).add(record.fact)
            renewed[record.knower] = record.at
        elif isinstance(record, DecisionMade | LevelDecided) and record.station not in bodies:
            knower = knower_of(record.station)
            subject = record.decision if isinstance(record, DecisionMade) else record.level
            last = renewed.get(knower)
            age = None if last is None else record.at - last
            found.append(Picture(knower, subject, record.at, len(known.get(knower, ())), age, number))
    return tuple(found)


def missing_facts(log: Iterable[Record]) -> tuple[tuple[FactMissing, int], ...]:
    """Tasks that began without a fact they use, with the numbers of the records that say so."""
    return tuple((record, number) for number, record in enumerate(log) if isinstance(record, FactMissing))


def knower_of(station: str) -> str:
    """Who knows what a station knows: the staff for a seat, otherwise the station itself."""
    return station.partition(".")[0]
