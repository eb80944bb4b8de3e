"""Distributions of durations as the files define them: how they are written, their inverse, and their moments.

The inverses are written from docs/model.md §2 and the forms that a file can state, and share no code with the engine. A
duration is a whole number of milliseconds. The moments are the textbook's; ``summed`` gives those of the rounded
duration, from how likely it is to be longer than each millisecond: E[S] = Σ P(S > k), E[S²] = Σ (2k + 1) P(S > k).
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy import special

from tests.analytic.draws import Floats, Times, exponential

SECOND = 1_000
Z90 = float(special.ndtri(0.9))


class Law(NamedTuple):
    """One distribution; durations in milliseconds."""

    written: object
    """As a file says it."""
    times: Callable[[Floats], Times]
    """Durations from uniform numbers."""
    longer: Callable[[Floats], Floats]
    """How likely it is to be longer than so much, before rounding."""
    mean: float
    square: float
    """Mean of the square."""
    longest: int
    """Nothing that matters for the moments is longer."""

    @property
    def variability(self) -> float:
        """The squared coefficient of variation: 0 for a constant, 1 for an exponential."""
        return self.square / self.mean**2 - 1

    def stretched(self, factor: float) -> tuple[float, float]:
        """Mean and mean square of a duration that is so many times longer."""
        return self.mean * factor, self.square * factor**2


def summed(law: Law) -> tuple[float, float]:
    """Mean and mean square of the duration in whole milliseconds."""
    k = np.arange(law.longest, dtype=np.float64)
    beyond = law.longer(k + 0.5)
    return float(beyond.sum()), float(((2 * k + 1) * beyond).sum())


def exponential_law(seconds: float) -> Law:
    """So long on the average."""
    mean = seconds * SECOND
    return Law(
        {"mean": f"{seconds:.3f} s"},
        lambda u: exponential(u, mean),
        lambda t: np.exp(-t / mean),
        mean,
        2 * mean**2,
        int(40 * mean),
    )


def constant(seconds: float) -> Law:
    """Always as long."""
    whole = round(seconds * SECOND)
    return Law(
        f"{seconds:.3f} s",
        lambda u: np.full(u.shape, whole, dtype=np.int64),
        lambda t: (t < whole).astype(np.float64),
        whole,
        whole**2,
        whole + 1,
    )


def lognormal(median: float, p90: float) -> Law:
    """Half are shorter than the median, nine of ten than p90, in seconds."""
    middle, sigma = median * SECOND, math.log(p90 / median) / Z90
    return Law(
        {"median": f"{median:.3f} s", "p90": f"{p90:.3f} s"},
        lambda u: np.rint(middle * np.exp(sigma * special.ndtri(u))).astype(np.int64),
        lambda t: special.ndtr(-np.log(t / middle) / sigma),
        middle * math.exp(sigma**2 / 2),
        middle**2 * math.exp(2 * sigma**2),
        int(middle * math.exp(7 * sigma)),
    )


def pert(low: float, mode: float, high: float) -> Law:
    """A beta between low and high with weight four on the mode, in seconds."""
    least, width = low * SECOND, (high - low) * SECOND
    a, b = 1 + 4 * (mode - low) / (high - low), 1 + 4 * (high - mode) / (high - low)
    mean = (low + 4 * mode + high) / 6 * SECOND
    return Law(
        {"min": f"{low:.3f} s", "mode": f"{mode:.3f} s", "max": f"{high:.3f} s"},
        lambda u: np.rint(least + width * special.betaincinv(a, b, u)).astype(np.int64),
        lambda t: 1 - special.betainc(a, b, np.clip((t - least) / width, 0, 1)),
        mean,
        mean**2 + width**2 * a * b / (a + b) ** 2 / (a + b + 1),
        int(high * SECOND) + 1,
    )


def samples(*seconds: float) -> Law:
    """Each of those listed is as likely."""
    listed = np.sort(np.rint(np.array(seconds) * SECOND).astype(np.int64))
    return Law(
        {"samples": [f"{s:.3f} s" for s in seconds]},
        lambda u: listed[np.floor(u * len(listed)).astype(np.int64)],
        lambda t: 1 - np.searchsorted(listed, t, side="right") / len(listed),
        float(listed.mean()),
        float((listed.astype(np.float64) ** 2).mean()),
        int(listed[-1]) + 1,
    )


def turned(takes: float | Law, u: Floats) -> Times:
    """Durations by a law, or exponential ones with this mean in milliseconds."""
    return takes.times(u) if isinstance(takes, Law) else exponential(u, takes)
