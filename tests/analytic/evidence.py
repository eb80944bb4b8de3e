"""How far a sample is from theory, in standard errors, and how large a sample must be to see an error.

Every figure is printed: ``pytest tests/analytic -rP`` shows them under the test that they belong to, the planted ones
(|z| above 4) among them.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

LIMIT = 4.0
"""|z| above this is a disagreement: once in 16 000 honest samples."""
SURE = LIMIT + 3.1
"""An error whose expected z is this large is seen in 999 of 1 000 samples."""


def told(what: str, number: int, expected: float, z: float) -> float:
    """Print one figure."""
    print(f"{what:8} n = {number:>9,}  theory {expected:>14.6g}  z = {z:+.2f}")
    return z


def z_mean(sample: ArrayLike, mean: float, sd: float | None = None) -> float:
    """Standard errors between the mean of independent numbers and theory; the sample's own spread unless given."""
    x = np.asarray(sample, dtype=np.float64)
    spread = float(x.std(ddof=1)) if sd is None else sd
    return told("mean", len(x), mean, (float(x.mean()) - mean) / (spread / math.sqrt(len(x))))


def z_variance(sample: ArrayLike, variance: float, fourth: float) -> float:
    """Standard errors between the variance of independent numbers and theory, with its fourth central moment."""
    x = np.asarray(sample, dtype=np.float64)
    z = (float(x.var(ddof=1)) - variance) / math.sqrt((fourth - variance**2) / len(x))
    return told("variance", len(x), variance, z)


def z_share(hits: int, tries: int, chance: float) -> float:
    """Standard errors between a share and its chance."""
    return told("share", tries, chance, (hits - tries * chance) / math.sqrt(tries * chance * (1 - chance)))


def batch_means(sample: ArrayLike, length: int, skip: int = 0) -> np.ndarray:
    """Means of consecutive stretches of a long run after its beginning; long ones are as good as independent."""
    x = np.asarray(sample, dtype=np.float64)[skip:]
    return x[: len(x) // length * length].reshape(-1, length).mean(axis=1)


def needed(effect: float, sd: float) -> int:
    """How many independent numbers show a shift of the mean at |z| > 4 in 999 of 1 000 samples."""
    return math.ceil((SURE * sd / effect) ** 2)


def spread_of_mm1_wait(rho: float) -> float:
    """Asymptotic standard deviation of the mean wait in M/M/1: n · variance of a mean of n, in units of the service.

    ρ(2 + 5ρ - 4ρ² + ρ³)/(1 - ρ)⁴ (Daley 1968); waits in a row resemble each other, so it is far above one wait's own.
    """
    return math.sqrt(rho * (2 + 5 * rho - 4 * rho**2 + rho**3)) / (1 - rho) ** 2
