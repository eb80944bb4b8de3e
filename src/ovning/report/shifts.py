"""What a log says of shifts and of who is not there, gathered by what is told together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ovning.log import records as r
from ovning.units import HOUR

_ONE_CHANGE = 2 * HOUR
"""People who are relieved without having been on a planned shift, within so long of each other, are told together."""


@dataclass(slots=True)
class Change:
    """One shift takes over from another."""

    shift: int
    """Its number; 0 when those who came had not been planned for one."""
    relieved: list[tuple[int, r.PersonRelieved]] = field(default_factory=list)
    """Each with the number of its record."""


@dataclass(slots=True)
class Shifts:
    """What a log says of shifts, gathered by what is told together."""

    agreed: dict[int, list[r.ReliefAgreed]] = field(default_factory=dict)
    """Number of the plan of a shift → who has been told."""
    changes: dict[int, Change] = field(default_factory=dict)
    """Number of the first record of a change of shifts → all of it."""
    came: set[tuple[int, str]] = field(default_factory=set)
    """When and who has taken over somebody's seat."""
    left: set[tuple[int, str]] = field(default_factory=set)
    """When and who left a seat worn out, with nobody to take it over."""
    manned: dict[int, int] = field(default_factory=dict)
    """Number of a function's being emptied → when it was manned again."""


def gathered(log: Iterable[r.Record]) -> Shifts:
    """Everything that is told together, from a whole log."""
    found = Shifts()
    plans: dict[tuple[str, int], list[r.ReliefAgreed]] = {}
    comes: dict[tuple[str, str], int] = {}
    changes: dict[tuple[str, int], Change] = {}
    empty: dict[str, int] = {}
    for number, record in enumerate(log):
        match record:
            case r.ShiftPlanned():
                agreed = plans.get((record.level, record.shift), [])
                # Those who are there are told at once, and the log has that just before the plan.
                if not agreed or agreed[0].at < record.at:
                    agreed = plans[record.level, record.shift] = []
                found.agreed[number] = agreed
            case r.ReliefAgreed():
                plans.setdefault((record.level, record.shift), []).append(record)
                comes[record.level, record.person] = record.shift
            case r.PersonRelieved():
                found.came.add((record.at, record.by))
                key = record.level, comes.pop((record.level, record.by), 0)
                change = changes.get(key)
                if change is None or (not change.shift and record.at - change.relieved[-1][1].at > _ONE_CHANGE):
                    change = changes[key] = found.changes[number] = Change(key[1])
                change.relieved.append((number, record))
            case r.LevelStoodDown():  # shifts are numbered anew when it is active again
                plans = {shift: told for shift, told in plans.items() if shift[0] != record.level}
                changes = {shift: change for shift, change in changes.items() if shift[0] != record.level}
                comes = {person: shift for person, shift in comes.items() if person[0] != record.level}
            case r.SeatLeft(why="worn_out"):
                found.left.add((record.at, record.person))
            case r.FunctionEmptied():
                empty[record.function] = number
            case r.FunctionManned():
                if record.function in empty:
                    found.manned[empty.pop(record.function)] = record.at
            case _:
                pass
    return found
