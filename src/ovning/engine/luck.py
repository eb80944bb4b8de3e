"""Luck with a name: every random number is a hash of its name, mixed with seed and replication.

Same name, seed and replication give the same number on every machine, whoever asks and in whatever order.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from typing import Final

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


class Luck:
    """The luck of one play."""

    __slots__ = ("asked", "asked_plain", "drawn", "key", "plain")

    def __init__(self, seed: int, replication: int) -> None:
        self.key: Final = _mix(_mix(seed & _MASK) ^ (replication & _MASK))
        """What every name is mixed with."""
        self.drawn: dict[str, tuple[Distribution, int]] = {}
        """Durations that have been drawn already, by name, and from which distribution."""
        self.plain: dict[str, float] = {}
        """Numbers between 0 and 1 that have been drawn already, by name."""
        self.asked: dict[str, Distribution] = {}
        """Durations that were asked for and had not been drawn."""
        self.asked_plain: list[str] = []
        """Numbers that were asked for and had not been drawn."""

    def uniform(self, name: str) -> float:
        """A number strictly between 0 and 1."""
        drawn = self.plain.get(name)
        if drawn is None:
            self.asked_plain.append(name)
            drawn = self._number(name)
        return drawn

    def draw(self, distribution: Distribution, name: str) -> int:
        """A duration in milliseconds."""
        drawn = self.drawn.get(name)
        if drawn is not None and drawn[0] is distribution:  # who is called as the third may answer as others do
            return drawn[1]
        self.asked[name] = distribution
        return distribution.quantile(self._number(name))

    def _number(self, name: str) -> float:
        return ((_mix(hash_of(name) ^ self.key) >> 12) + 0.5) * 2.0**-52
