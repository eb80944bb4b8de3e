"""Staff seats: who sat where and for how long, whether relief came in time, and which seats nobody sat in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ovning.log.records import (
    LevelActivated,
    LevelStoodDown,
    Log,
    PersonRelieved,
    PlayEnded,
    SeatFilled,
    SeatLeft,
    ShiftPlanned,
)


class Stay(NamedTuple):
    """Somebody in a seat, milliseconds since STARTEX."""

    since: int
    at: int
    level: str
    seat: str
    person: str
    why: str | None
    """Why they left it; ``None`` for those who sat there at the horizon."""


class Relief(NamedTuple):
    """How many times somebody who sat in a seat when shifts changed was relieved, or was not."""

    in_time: int
    """The hand-over began when it should."""
    late: int
    """It began later."""
    never: int
    """They stayed on, and nobody came until they went home, the staff ended or the play did."""


class EmptySeats(NamedTuple):
    """Seats of an active level in which nobody sat."""

    level: str
    lasted: int
    """Seat-milliseconds."""
    first_at: int
    """Milliseconds since STARTEX."""


def seat_stays(log: Log) -> tuple[Stay, ...]:
    """Everybody's time in every seat, in the order in which the stays ended."""
    open_: dict[tuple[str, str, str], int] = {}
    found: list[Stay] = []

    def close(key: tuple[str, str, str], at: int, why: str | None) -> None:
        found.append(Stay(open_.pop(key), at, *key, why))

    for record in log:
        match record:
            case SeatFilled():
                open_.setdefault((record.level, record.seat, record.person), record.at)
            case SeatLeft() if (record.level, record.seat, record.person) in open_:
                close((record.level, record.seat, record.person), record.at, record.why)
            case LevelStoodDown():
                for key in [key for key in open_ if key[0] == record.level]:
                    close(key, record.at, "ended")
            case PlayEnded():
                for key in list(open_):
                    close(key, record.at, None)
            case _:
                pass
    return tuple(found)


def relief(log: Log, stays: Sequence[Stay], late_after: int, horizon: int) -> Relief:
    """Relief at each change of shifts that was planned, for everybody who sat in the staff at that moment.

    What ended by itself no later than ``late_after`` milliseconds past the change tells nothing and is not counted.
    """
    handed_over = {
        (record.level, record.seat, record.person, record.at): record.since
        for record in log
        if isinstance(record, PersonRelieved)
    }
    in_time = late = never = 0
    for planned in log:
        if not isinstance(planned, ShiftPlanned):
            continue
        due = max(planned.begins, planned.at)
        for stay in stays:
            if stay.level != planned.level or not stay.since < due <= stay.at:
                continue
            begun = handed_over.get((stay.level, stay.seat, stay.person, stay.at))
            if begun is not None:
                in_time += begun - due <= late_after
                late += begun - due > late_after
            elif stay.why == "worn_out" or stay.at - due > late_after:
                never += 1
    return Relief(in_time, late, never)


def empty_seats(log: Log, seats: Mapping[str, int]) -> tuple[EmptySeats, ...]:
    """Seats that stood empty while their level was active, in the order of ``seats`` (level → how many it has).

    While a staff that sits by day is at home none of its seats is wanted: from the first who goes home to the first who
    sits down again.
    """
    filled: dict[str, int] = {}
    since: dict[str, int] = {}
    lasted: dict[str, int] = {}
    first: dict[str, int] = {}
    at_home: set[str] = set()

    def count(level: str, at: int) -> None:
        empty = seats.get(level, 0) - filled.get(level, 0)
        if empty > 0 and at > since[level] and level not in at_home:
            lasted[level] = lasted.get(level, 0) + empty * (at - since[level])
            first.setdefault(level, since[level])
        since[level] = at

    for record in log:
        match record:
            case SeatFilled() | SeatLeft():
                if record.level in since:
                    count(record.level, record.at)
                filled[record.level] = record.filled
                if isinstance(record, SeatFilled):
                    at_home.discard(record.level)
                elif record.why == "adjourned":
                    at_home.add(record.level)
            case LevelActivated():
                since[record.level] = record.at
            case LevelStoodDown():
                if record.level in since:
                    count(record.level, record.at)
                    del since[record.level]
                filled[record.level] = 0
                at_home.discard(record.level)
            case PlayEnded():
                for level in since:
                    count(level, record.at)
            case _:
                pass
    return tuple(EmptySeats(level, lasted[level], first[level]) for level in seats if level in lasted)
