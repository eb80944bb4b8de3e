"""Distributions of durations as the files define them: how they are written, their inverse, and their moments.

The inverses are written from docs/model.md §2 and the forms a file can state, and share no code with the engine. A
duration is a whole number of milliseconds, so the moments are those of the rounded one, from how likely it is to last
longer than each millisecond: E[S] = Σ P(S > k), E[S²] = Σ (2k + 1) P(S > k).
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import special

from tests.analytic.draws import Floats, Times, exponential

SECOND = 1_000
Z90 = float(special.ndtri(0.9))


@dataclass(frozen=True)
class Law:
    """One distribution; durations in milliseconds."""

    written: object
    """As a file says it."""
    inverse: Callable[[Floats], Times]
    """Durations from uniform numbers."""
    longer: Callable[[Floats], Floats]
    """How likely it is to be longer than so much, before rounding."""
    end: int
    """Nothing that matters for the moments is longer than this."""

    def times(self, u: Floats) -> Times:
        """Durations from uniform numbers."""
        return self.inverse(u)

    @cached_property
    def moments(self) -> tuple[float, float]:
        """Mean and mean square of the duration in whole milliseconds."""
        k = np.arange(self.end, dtype=np.float64)
        beyond = self.longer(k + 0.5)
        return float(beyond.sum()), float(((2 * k + 1) * beyond).sum())

    @property
    def mean(self) -> float:
        """In milliseconds."""
        return self.moments[0]

    @property
    def variability(self) -> float:
        """The squared coefficient of variation: 0 for a constant, 1 for an exponential."""
        mean, square = self.moments
        return square / mean**2 - 1


def exponential_law(mean: float) -> Law:
    """So many seconds on the average."""
    return Law(
        {"mean": f"{mean:.3f} s"},
        lambda u: exponential(u, mean * SECOND),
        lambda t: np.exp(-t / (mean * SECOND)),
        int(40 * mean * SECOND),
    )


def constant(seconds: float) -> Law:
    """Always so many seconds."""
    whole = round(seconds * SECOND)
    return Law(
        f"{seconds:.3f} s",
        lambda u: np.full(u.shape, whole, dtype=np.int64),
        lambda t: (t < whole).astype(np.float64),
        whole + 1,
    )


def lognormal(median: float, p90: float) -> Law:
    """Half are shorter than the median, nine of ten than p90, in seconds."""
    middle, sigma = median * SECOND, math.log(p90 / median) / Z90
    return Law(
        {"median": f"{median:.3f} s", "p90": f"{p90:.3f} s"},
        lambda u: np.rint(middle * np.exp(sigma * special.ndtri(u))).astype(np.int64),
        lambda t: special.ndtr(-np.log(t / middle) / sigma),
        int(middle * math.exp(7 * sigma)),
    )


def pert(low: float, mode: float, high: float) -> Law:
    """A beta between low and high with weight four on the mode, in seconds."""
    least, width = low * SECOND, (high - low) * SECOND
    a, b = 1 + 4 * (mode - low) / (high - low), 1 + 4 * (high - mode) / (high - low)
    return Law(
        {"min": f"{low:.3f} s", "mode": f"{mode:.3f} s", "max": f"{high:.3f} s"},
        lambda u: np.rint(least + width * special.betaincinv(a, b, u)).astype(np.int64),
        lambda t: special.betaincc(a, b, np.clip((t - least) / width, 0, 1)),
        int(high * SECOND) + 1,
    )


def samples(seconds: Sequence[float]) -> Law:
    """Each of those listed is as likely."""
    listed = np.sort(np.rint(np.array(seconds) * SECOND).astype(np.int64))
    return Law(
        {"samples": [f"{s:.3f} s" for s in seconds]},
        lambda u: listed[np.floor(u * len(listed)).astype(np.int64)],
        lambda t: 1 - np.searchsorted(listed, t, side="right") / len(listed),
        int(listed[-1]) + 1,
    )


def turned(takes: float | Law, u: Floats) -> Times:
    """Durations by a law, or exponential ones with this mean in milliseconds."""
    return takes.times(u) if isinstance(takes, Law) else exponential(u, takes)
