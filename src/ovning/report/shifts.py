"""What a log says of shifts and of who is not there, gathered by what is told together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ovning.log import records as r
from ovning.units import HOUR

_ONE_CHANGE = 2 * HOUR
"""People relieved within so long of each other are relieved in the same change of shifts."""


@dataclass(slots=True)
class Shifts:
    """What a log says of shifts, gathered by what is told together."""

    agreed: dict[tuple[str, int], list[r.ReliefAgreed]] = field(default_factory=dict)
    """Level and shift → who has been told."""
    changes: dict[int, list[tuple[int, r.PersonRelieved]]] = field(default_factory=dict)
    """Number of the first record of a change of shifts → all of it."""
    came: set[tuple[int, str]] = field(default_factory=set)
    """When and who has taken over somebody's seat."""
    away: set[tuple[int, str]] = field(default_factory=set)
    """When and who went out of everybody's reach."""
    manned: dict[int, int] = field(default_factory=dict)
    """Number of a function's being emptied → when it was manned again."""


def gathered(log: Iterable[r.Record]) -> Shifts:
    """Everything that is told together, from a whole log."""
    found = Shifts()
    latest: dict[str, list[tuple[int, r.PersonRelieved]]] = {}
    empty: dict[str, int] = {}
    for number, record in enumerate(log):
        match record:
            case r.ReliefAgreed():
                found.agreed.setdefault((record.level, record.shift), []).append(record)
            case r.PersonRelieved():
                found.came.add((record.at, record.by))
                change = latest.get(record.level)
                if change is None or record.at - change[-1][1].at > _ONE_CHANGE:
                    change = latest[record.level] = found.changes[number] = []
                change.append((number, record))
            case r.WentAway():
                found.away.add((record.at, record.person))
            case r.FunctionEmptied():
                empty[record.function] = number
            case r.FunctionManned():
                if record.function in empty:
                    found.manned[empty.pop(record.function)] = record.at
            case _:
                pass
    return found
