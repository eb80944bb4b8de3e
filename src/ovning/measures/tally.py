"""What many plays add up to, in little room: sums, counts and columns of whole plays, which can be put together.

A play is tallied once and then let go, wherever it was played; tallies of some plays each are put together in the order
of the plays, and give the same as one of them all. Sums are of whole numbers, with their squares, so that means and
their intervals do not depend on how the plays were divided. What the order of plays or a quantile is needed of stands
in columns with a value for each play.

Everything has a key, a tuple of words and numbers that says what it is; ``tallying`` says which there are.
"""

from __future__ import annotations

import json
import zlib
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat
from typing import Final, NamedTuple, TypeAlias

from ovning.measures.intervals import Mean, Share, Sums, mean_from, ratio_from, share_of
from ovning.measures.times import Times, times_of

Key: TypeAlias = tuple[str | int, ...]
Value: TypeAlias = float | None

_NONE: Final = -(2**63)
"""Stands for ``None`` in a column of whole numbers."""


class Design(NamedTuple):
    """What was played."""

    exercise: str
    organisation: str
    variation: str | None
    seed: int


@dataclass(slots=True)
class Total:
    """One thing over the plays in which it occurred; it is 0 in all others."""

    sum: int = 0
    squares: int = 0
    positive: int = 0
    """In how many plays it was more than 0."""
    products: int = 0
    """Sum of products with what it is part of, if it is part of anything."""


@dataclass(slots=True)
class Hours:
    """One thing hour by hour, over the plays in which it occurred."""

    sums: list[int] = field(default_factory=list)
    squares: list[int] = field(default_factory=list)


class Column:
    """A value for each play: whole numbers in eight bytes each, or anything else as it is."""

    def __init__(self) -> None:
        self._values: array[int] | list[Value] = array("q")

    def __len__(self) -> int:
        return len(self._values)

    def append(self, value: Value) -> None:
        """Add the next play's value."""
        if isinstance(self._values, list):
            self._values.append(value)
        elif value is None:
            self._values.append(_NONE)
        elif isinstance(value, int):
            self._values.append(value)
        else:
            self._values = [*self, value]

    def fill(self, size: int) -> None:
        """Nothing in any play up to this number of plays."""
        for _ in range(size - len(self._values)):
            self.append(None)

    def __iter__(self) -> Iterator[Value]:
        if isinstance(self._values, list):
            return iter(self._values)
        return (None if value == _NONE else value for value in self._values)


class Tally:
    """What some plays add up to."""

    def __init__(self) -> None:
        self.plays = 0
        self.design: Design | None = None
        self._totals: dict[Key, Total] = {}
        self._hours: dict[Key, Hours] = {}
        self._counts: dict[Key, int] = {}
        self._columns: dict[Key, Column] = {}

    def begin(self, design: Design) -> None:
        """The next play. Raises ``ValueError`` for plays of different designs."""
        if self.design is not None and design != self.design:
            raise ValueError("plays of different designs cannot be put together")
        self.design = design
        self.plays += 1

    def add(self, key: Key, value: int, whole: int = 0) -> None:
        """How much of it there was in this play, all together; ``whole``: of how much it is a part."""
        total = self._totals.get(key)
        if total is None:
            total = self._totals[key] = Total()
        if value:
            total.sum += value
            total.squares += value * value
            total.positive += value > 0
            total.products += value * whole

    def add_hours(self, key: Key, values: Sequence[int]) -> None:
        """How much of it there was in each hour of this play."""
        hours = self._hours.setdefault(key, Hours())
        missing = len(values) - len(hours.sums)
        if missing > 0:
            hours.sums += [0] * missing
            hours.squares += [0] * missing
        for hour, value in enumerate(values):
            if value:
                hours.sums[hour] += value
                hours.squares[hour] += value * value

    def count(self, key: Key, number: int = 1) -> None:
        """So many more of it."""
        self._counts[key] = self._counts.get(key, 0) + number

    def put(self, key: Key, value: Value) -> None:
        """What it came to in this play."""
        column = self._columns.setdefault(key, Column())
        column.fill(self.plays - 1)
        column.append(value)

    def extend(self, other: Tally) -> None:
        """The plays of another tally come after those of this one. Raises ``ValueError`` for another design."""
        if self.design is not None and other.design not in (None, self.design):
            raise ValueError("plays of different designs cannot be put together")
        self.design = self.design or other.design
        for key, total in other._totals.items():
            mine = self._totals.setdefault(key, Total())
            mine.sum += total.sum
            mine.squares += total.squares
            mine.positive += total.positive
            mine.products += total.products
        for key, hours in other._hours.items():
            both = self._hours.setdefault(key, Hours())
            both.sums = _added(both.sums, hours.sums)
            both.squares = _added(both.squares, hours.squares)
        for key, number in other._counts.items():
            self.count(key, number)
        for key, column in other._columns.items():
            longer = self._columns.setdefault(key, Column())
            longer.fill(self.plays)
            for value in column:
                longer.append(value)
        self.plays += other.plays

    def names(self, *key: str | int) -> tuple[str, ...]:
        """The words that come next after this beginning of a key, each once, in the order in which they came."""
        size = len(key)
        found: dict[str, None] = {}
        for table in (self._totals, self._hours, self._counts, self._columns):
            for known in table:
                if len(known) > size and known[:size] == key:
                    found[str(known[size])] = None
        return tuple(found)

    def keys(self, *key: str | int) -> tuple[Key, ...]:
        """What comes after this beginning in the keys of all sums and counts."""
        size = len(key)
        return tuple(known[size:] for table in (self._totals, self._counts) for known in table if known[:size] == key)

    def column(self, *key: str | int) -> list[Value]:
        """What it came to in each play; ``None`` where it did not occur."""
        column = self._columns.get(key)
        if column is None:
            return [None] * self.plays
        column.fill(self.plays)
        return list(column)

    def each(self, *key: str | int) -> Iterator[Value]:
        """The same one by one, where a list of all would take much room."""
        column = self._columns.get(key, ())
        return chain(column, repeat(None, self.plays - len(column)))

    def points(self, *key: str | int) -> list[int | None]:
        """The same of what is always a whole number."""
        return [None if value is None else int(value) for value in self.column(*key)]

    @property
    def replications(self) -> list[int]:
        """Which plays they were, in order."""
        return [int(value) for value in self.column("replication") if value is not None]

    def times(self, *key: str | int) -> Times:
        """When it happened, over all plays."""
        return times_of(self.column(*key))

    def counted(self, *key: str | int) -> int:
        """How many of it."""
        return self._counts.get(key, 0)

    def share(self, *key: str | int) -> Share:
        """In how large a share of the plays it was counted, where it is counted once a play."""
        return share_of(self.counted(*key), self.plays)

    def total(self, *key: str | int) -> int:
        """All of it."""
        return self._sums(key).sum

    def positive(self, *key: str | int) -> Share:
        """In how large a share of the plays there was any of it."""
        return share_of(self._sums(key).positive, self.plays)

    def mean(self, *key: str | int, of: int | None = None, per: int = 1) -> Mean:
        """How much a play; ``of``: only over so many plays, in the others there can be none; ``per``: divided by it."""
        total = self._sums(key)
        return mean_from(self.plays if of is None else of, total.sum, total.squares, at_least=0, per=per)

    def hours(self, *key: str | int) -> tuple[Mean, ...]:
        """How much in each hour, a play."""
        found = self._hours.get(key, Hours())
        pairs = zip(found.sums, found.squares, strict=True)
        return tuple(mean_from(self.plays, total, squares, at_least=0) for total, squares in pairs)

    def ratio(self, part: Key, whole: Key, *, most: float | None = 1.0) -> Mean | None:
        """The share that a thing is of what it was added as a part of; ``None`` if that is nothing."""
        parts, wholes = self._sums(part), self._sums(whole)
        return ratio_from(
            self.plays,
            Sums(parts.sum, parts.squares),
            Sums(wholes.sum, wholes.squares),
            parts.products,
            most=most,
        )

    def to_bytes(self) -> bytes:
        """Everything, packed."""
        said = {
            "plays": self.plays,
            "design": self.design,
            "totals": [[key, t.sum, t.squares, t.positive, t.products] for key, t in self._totals.items()],
            "hours": [[key, hours.sums, hours.squares] for key, hours in self._hours.items()],
            "counts": list(self._counts.items()),
            "columns": [[key, list(column)] for key, column in self._columns.items()],
        }
        return zlib.compress(json.dumps(said, separators=(",", ":"), allow_nan=False).encode(), level=6)

    @classmethod
    def from_bytes(cls, packed: bytes) -> Tally:
        """What ``to_bytes`` packed. Raises ``ValueError`` for anything else."""
        try:
            said = json.loads(zlib.decompress(packed))
            found = cls()
            found.plays = said["plays"]
            found.design = Design(*said["design"]) if said["design"] is not None else None
            found._totals = {tuple(key): Total(*rest) for key, *rest in said["totals"]}
            found._hours = {tuple(key): Hours(*rest) for key, *rest in said["hours"]}
            found._counts = {tuple(key): number for key, number in said["counts"]}
            for key, values in said["columns"]:
                column = found._columns[tuple(key)] = Column()
                for value in values:
                    column.append(value)
        except (zlib.error, KeyError, TypeError) as problem:
            raise ValueError(f"not a tally: {problem}") from None
        return found

    def _sums(self, key: Key) -> Total:
        return self._totals.get(key, Total())


def _added(one: list[int], other: list[int]) -> list[int]:
    shorter, longer = sorted((one, other), key=len)
    return [a + b for a, b in zip(shorter, longer, strict=False)] + longer[len(shorter) :]
