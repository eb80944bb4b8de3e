"""Luck with a name: every random number is a hash of its name, mixed with seed and replication.

Same name, seed and replication give the same number on every machine, whoever asks and in whatever order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from hashlib import blake2b
from typing import Final, TypeVar

from ovning.model.distributions import Distribution

_MASK: Final = (1 << 64) - 1
GOLDEN: Final = 0x9E3779B97F4A7C15
FIRST: Final = 0xBF58476D1CE4E5B9
SECOND: Final = 0x94D049BB133111EB
"""The constants of splitmix64 (Steele, Lea and Flood 2014)."""


def _mix(z: int) -> int:
    """The finaliser of splitmix64."""
    z = (z + GOLDEN) & _MASK
    z = ((z ^ (z >> 30)) * FIRST) & _MASK
    z = ((z ^ (z >> 27)) * SECOND) & _MASK
    return z ^ (z >> 31)


@lru_cache(maxsize=1 << 16)
def hash_of(name: str) -> int:
    """What is left of a name: 64 bits."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big")


Drawn = TypeVar("Drawn", int, float)


@dataclass(frozen=True, slots=True)
class KnownRow:
    """Draws whose names differ by a number only, as they lie among all that are known before a play."""

    distribution: Distribution | None
    """``None`` for numbers between 0 and 1."""
    numbers: tuple[int, ...]
    first: int
    """Where the draw of the first of the numbers lies; the others follow."""


class Row(dict[int, Drawn]):
    """Draws of one play whose names differ by a number only: asked for by that number, a name is seldom spelled out."""

    __slots__ = ("_make", "after", "asked", "before", "distribution")

    def __init__(
        self, before: str, after: str, distribution: Distribution | None, make: Callable[[str], Drawn]
    ) -> None:
        self.before: Final = before
        self.after: Final = after
        self.distribution: Final = distribution
        self.asked: Final[list[int]] = []
        """What was asked for and had not been drawn."""
        self._make: Callable[[str], Drawn] = make

    def __missing__(self, number: int) -> Drawn:
        """What the name with this number in it draws, if it had not been drawn before the play."""
        self.asked.append(number)
        return self._make(f"{self.before}{number}{self.after}")


class Luck:
    """The luck of one play."""

    __slots__ = ("asked", "asked_plain", "chances", "drawn", "key", "known", "lengths", "plain", "rows")

    def __init__(self, seed: int, replication: int) -> None:
        self.key: Final = _mix(_mix(seed & _MASK) ^ (replication & _MASK))
        """What every name is mixed with."""
        self.drawn: Mapping[str, tuple[Distribution, int]] = {}
        """Names of durations that have been drawn already → from which distribution, and which of all it is."""
        self.plain: Mapping[str, int] = {}
        """Names of numbers between 0 and 1 that have been drawn already → which of all it is."""
        self.asked: dict[str, Distribution] = {}
        """Durations that were asked for and had not been drawn."""
        self.asked_plain: list[str] = []
        """Numbers that were asked for and had not been drawn."""
        self.known: Mapping[tuple[str, str], Sequence[KnownRow]] = {}
        """Rows that have been drawn already, by what is before and after the number in their names."""
        self.lengths: list[int] = []
        """All durations that have been drawn already."""
        self.chances: list[float] = []
        """All numbers between 0 and 1 that have been drawn already."""
        self.rows: list[Row[int] | Row[float]] = []
        """Rows that were asked for."""

    def uniform(self, name: str) -> float:
        """A number strictly between 0 and 1."""
        place = self.plain.get(name)
        if place is None:
            self.asked_plain.append(name)
            return self._number(name)
        return self.chances[place]

    def draw(self, distribution: Distribution, name: str) -> int:
        """A duration in milliseconds."""
        drawn = self.drawn.get(name)
        if drawn is not None and drawn[0] is distribution:  # who is called as the third may answer as others do
            return self.lengths[drawn[1]]
        self.asked[name] = distribution
        return self._duration(distribution, name)

    def durations(self, distribution: Distribution, before: str, after: str) -> Row[int]:
        """The durations in milliseconds with these names, a number between ``before`` and ``after``."""
        row = Row(before, after, distribution, partial(self._duration, distribution))
        self._fill(row, self.lengths)
        return row

    def uniforms(self, before: str, after: str) -> Row[float]:
        """The numbers strictly between 0 and 1 with these names, a number between ``before`` and ``after``."""
        row = Row(before, after, None, self._number)
        self._fill(row, self.chances)
        return row

    def _fill(self, row: Row[Drawn], drawn: Sequence[Drawn]) -> None:
        """Put what has been drawn already in a new row."""
        for known in self.known.get((row.before, row.after), ()):
            if known.distribution is row.distribution:
                row.update(zip(known.numbers, drawn[known.first : known.first + len(known.numbers)], strict=True))
                break
        self.rows.append(row)

    def forget(self) -> None:
        """Let go of all that was drawn."""
        self.known, self.drawn, self.plain = {}, {}, {}
        self.rows.clear()
        self.lengths.clear()
        self.chances.clear()

    def _duration(self, distribution: Distribution, name: str) -> int:
        return distribution.quantile(self._number(name))

    def _number(self, name: str) -> float:
        return ((_mix(hash_of(name) ^ self.key) >> 12) + 0.5) * 2.0**-52
