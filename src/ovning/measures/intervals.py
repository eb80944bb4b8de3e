"""What many plays say, each number with the 95 % interval that it is known within."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from statistics import NormalDist
from typing import Final, NamedTuple

CONFIDENCE: Final = 0.95
"""Of every interval."""


class Share(NamedTuple):
    """A share of plays."""

    hits: int
    """In how many plays it was so."""
    n: int
    """Of how many plays."""
    share: float | None
    """``None`` when there were none."""
    low: float
    high: float


class Mean(NamedTuple):
    """A mean over plays."""

    n: int
    mean: float
    low: float | None
    """``None`` when there are too few plays for an interval."""
    high: float | None


class Quantile(NamedTuple):
    """What a share ``p`` of the plays stayed at or below: a time in milliseconds, or what else was measured."""

    p: float
    n: int
    value: float | None
    """``None``: not within the horizon. A whole number where what was measured is."""
    low: float | None
    """``None``: not within the horizon; 0 when so few plays give no lower limit."""
    high: float | None
    """``None``: not within the horizon, or so few plays give no upper limit."""


def share_of(hits: int, n: int, confidence: float = CONFIDENCE) -> Share:
    """A share with Wilson's score interval (E. B. Wilson, JASA 22, 1927, pp. 209-212).

    Centre ``(p + z²/2n) / (1 + z²/n)``, half-width ``z / (1 + z²/n) · sqrt(p(1 - p)/n + z²/4n²)``. It lies within
    [0, 1], has a width also when all plays agree, and holds its level for small n. Without plays it is [0, 1].
    """
    if not 0 <= hits <= n:
        raise ValueError(f"{hits} of {n} is no share")
    if n == 0:
        return Share(0, 0, None, 0.0, 1.0)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    p = hits / n
    scale = 1 + z * z / n
    centre = (p + z * z / (2 * n)) / scale
    half = z / scale * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    low = 0.0 if hits == 0 else max(0.0, centre - half)
    high = 1.0 if hits == n else min(1.0, centre + half)
    return Share(hits, n, p, low, high)


class Sums(NamedTuple):
    """What whole numbers add up to."""

    sum: int
    squares: int


def mean_of(values: Sequence[float], *, at_least: float = -math.inf, confidence: float = CONFIDENCE) -> Mean:
    """A mean with Student's interval, ``mean ± t(n-1) · s/sqrt(n)``, cut at what it cannot be below.

    Exact for normal values, and by the central limit theorem nearly so for the means of many plays. Raises
    ``ValueError`` for no values.
    """
    n = len(values)
    if all(isinstance(value, int) for value in values):
        whole = [int(value) for value in values]
        squares = sum(value * value for value in whole)
        return mean_from(n, sum(whole), squares, at_least=at_least, confidence=confidence)
    mean = sum(values) / n
    variance = None if n == 1 else sum((value - mean) ** 2 for value in values) / (n - 1)
    return _mean(n, mean, variance, at_least, confidence)


def mean_from(
    n: int,
    total: int,
    squares: int,
    *,
    at_least: float = -math.inf,
    confidence: float = CONFIDENCE,
    per: int = 1,
) -> Mean:
    """The same of ``n`` whole numbers, each divided by ``per``, from their sum and the sum of their squares."""
    if n == 0:
        raise ValueError("no values have no mean")
    # Whole numbers of any size until the last division: nothing is lost between two large sums.
    variance = None if n == 1 else (n * squares - total * total) / (n * (n - 1) * per * per)
    return _mean(n, total / (n * per), variance, at_least, confidence)


def _mean(n: int, mean: float, variance: float | None, at_least: float, confidence: float) -> Mean:
    if variance is None:
        return Mean(1, mean, None, None)
    half = student(n - 1, confidence) * math.sqrt(variance / n)
    return Mean(n, mean, max(at_least, mean - half), mean + half)


def ratio_of(
    parts: Sequence[int], wholes: Sequence[int], confidence: float = CONFIDENCE, *, most: float | None = 1.0
) -> Mean | None:
    """The share that parts are of wholes over all plays together, with the interval of a ratio of means.

    Variance by linearisation, ``sum((y - r·x)²) / (n(n-1) · mean(x)²)`` (W. G. Cochran, Sampling Techniques, 3rd ed.,
    1977, section 2.11), with Student's quantile, cut to [0, ``most``]. ``None`` when the wholes are nothing.
    """
    products = sum(part * whole for part, whole in zip(parts, wholes, strict=True))
    return ratio_from(len(wholes), _sums(parts), _sums(wholes), products, confidence, most=most)


def ratio_from(
    n: int, parts: Sums, wholes: Sums, products: int, confidence: float = CONFIDENCE, *, most: float | None = 1.0
) -> Mean | None:
    """The same from the sums of ``n`` parts, of their wholes, and of the products of each part with its whole."""
    y, x = parts.sum, wholes.sum
    if x == 0:
        return None
    ratio = y / x
    if n == 1:
        return Mean(1, ratio, None, None)
    # x² · sum((y - r·x)²) with r = sum(y)/sum(x), in whole numbers.
    squares = parts.squares * x * x - 2 * y * x * products + y * y * wholes.squares
    half = student(n - 1, confidence) * math.sqrt(squares / (x * x) / (n * (n - 1))) / (x / n)
    high = ratio + half if most is None else min(most, ratio + half)
    return Mean(n, ratio, max(0.0, ratio - half), high)


def _sums(values: Sequence[int]) -> Sums:
    return Sums(sum(values), sum(value * value for value in values))


def quantile_of(times: Sequence[float | None], p: float, confidence: float = CONFIDENCE) -> Quantile:
    """The quantile of times of which some (``None``) were not reached: these count as longer than any other.

    The value is order statistic number ⌈n·p⌉, the inverse of the empirical distribution (definition 1 of Hyndman and
    Fan, The American Statistician 50, 1996, pp. 361-365), so it is always a time that was seen. The interval goes from
    one order statistic to another whatever the distribution is (H. A. David and H. N. Nagaraja, Order Statistics, 3rd
    ed., 2003, section 7.1): the largest number l with P(B < l) at most, and the smallest u with P(B < u) at least, what
    leaves half of the risk on each side, for B binomial (n, p). Raises ``ValueError`` for no times.
    """
    n = len(times)
    if n == 0:
        raise ValueError("no times have no quantile")
    if not 0 < p < 1:
        raise ValueError(f"{p} is no quantile")
    ordered: list[float | None] = [*sorted(time for time in times if time is not None)]
    ordered += [None] * (n - len(ordered))
    lower, upper = _order_numbers(n, p, confidence)
    return Quantile(
        p,
        n,
        ordered[_number(n, p) - 1],
        0 if lower == 0 else ordered[lower - 1],
        None if upper > n else ordered[upper - 1],
    )


def _number(n: int, p: float) -> int:
    # 0.1 · 200 is a hair above 20 in binary, and would be number 21
    return min(max(math.ceil(round(n * p, 9)), 1), n)


@lru_cache(maxsize=256)
def _order_numbers(n: int, p: float, confidence: float) -> tuple[int, int]:
    """The numbers l (0: none) and u (n + 1: none) of the order statistics that bound the quantile."""
    tail = (1 - confidence) / 2
    lower, upper = 0, n + 1
    below = 0.0
    for k in range(n):
        below += _binomial(n, k, p)
        if below <= tail:
            lower = k + 1
        if below >= 1 - tail:
            upper = k + 1
            break
    return lower, upper


def _binomial(n: int, k: int, p: float) -> float:
    ways = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    return math.exp(ways + k * math.log(p) + (n - k) * math.log1p(-p))


@lru_cache(maxsize=64)
def student(freedom: int, confidence: float) -> float:
    """How many standard errors an interval of Student's reaches to each side."""
    from scipy.special import stdtrit

    return float(stdtrit(freedom, (1 + confidence) / 2))
