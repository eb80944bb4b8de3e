"""Luck and durations, written from section 2 of ``docs/model.md`` and from ``docs/files.md`` alone."""

from __future__ import annotations

import hashlib
import math
from statistics import NormalDist
from typing import Any, Final

from scipy.special import betaincinv

_ALL: Final = 2**64 - 1
_NORMAL: Final = NormalDist()


def mix(z: int) -> int:
    """The finaliser of splitmix64, after its golden step."""
    z = (z + 0x9E3779B97F4A7C15) & _ALL
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _ALL
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _ALL
    return z ^ (z >> 31)


def duration(written: Any, u: float) -> int:
    """A duration of one of the five forms, in whole milliseconds, at the number ``u`` between 0 and 1."""
    forms = written.model_dump()
    match forms:
        case {"value": value}:
            return int(value)
        case {"median": median, "p90": p90}:
            return round(median * math.exp(math.log(p90 / median) / _NORMAL.inv_cdf(0.9) * _NORMAL.inv_cdf(u)))
        case {"min": low, "mode": mode, "max": high}:
            weight = 4 / (high - low)
            beta = betaincinv(1 + weight * (mode - low), 1 + weight * (high - mode), u)
            return round(low + (high - low) * float(beta))
        case {"mean": mean}:
            return round(-mean * math.log1p(-u))
        case _:
            raise NotImplementedError(forms)


class Luck:
    """Random numbers by name, for one seed and replication."""

    def __init__(self, seed: int, replication: int) -> None:
        self.key = mix(mix(seed & _ALL) ^ replication)

    def number(self, name: str) -> float:
        """Strictly between 0 and 1."""
        hashed = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big")
        return ((mix(self.key ^ hashed) >> 12) + 0.5) / 2.0**52

    def draw(self, written: Any, name: str) -> int:
        """A duration in milliseconds."""
        return duration(written, self.number(name))
