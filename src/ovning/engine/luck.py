"""Luck with a name: every random number is a hash of its name, mixed with seed and replication.

Same name, seed and replication give the same number on every machine, whoever asks and in whatever order.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from typing import Final

from ovning.model.distributions import Distribution

_MASK: Final = (1 << 64) - 1
_GOLDEN: Final = 0x9E3779B97F4A7C15


def _mix(z: int) -> int:
    """The finaliser of splitmix64 (Steele, Lea and Flood 2014)."""
    z = (z + _GOLDEN) & _MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
    return z ^ (z >> 31)


@lru_cache(maxsize=1 << 16)
def _hash(name: str) -> int:
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big")


class Luck:
    """The luck of one play."""

    __slots__ = ("_key",)

    def __init__(self, seed: int, replication: int) -> None:
        self._key = _mix(_mix(seed & _MASK) ^ (replication & _MASK))

    def uniform(self, name: str) -> float:
        """A number strictly between 0 and 1."""
        return ((_mix(_hash(name) ^ self._key) >> 12) + 0.5) * 2.0**-52

    def draw(self, distribution: Distribution, name: str) -> int:
        """A duration in milliseconds."""
        return distribution.quantile(self.uniform(name))
