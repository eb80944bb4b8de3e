"""Two designs with the same luck, play by play: the difference between them and the interval it is known within.

The unit is the pair: the same replication played in both designs. What differs between two plays with the same luck
comes from what was changed and not from the luck, so that far fewer plays are needed than if each design had its own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist
from typing import Literal, NamedTuple

from ovning.measures.intervals import CONFIDENCE, mean_of, student

Verdict = Literal["better", "worse", "same", "undecided", "not_tested"]
"""What an interval says: all of it on the better side of nothing, all of it on the worse; ``same``: no pair differs;
``undecided``: it holds nothing and something alike (*går inte att avgöra*); ``not_tested``: there are no pairs."""
Wanted = Literal["less", "more"]
"""Which way is better."""


class Difference(NamedTuple):
    """The mean of *after* minus *before* over pairs of plays; in the unit of what was measured."""

    pairs: int
    differing: int
    """In how many pairs the two differ."""
    mean: float | None
    """``None`` without pairs."""
    low: float | None
    """``None`` with too few pairs for an interval."""
    high: float | None
    before: float | None
    """The mean before, over the same pairs."""
    after: float | None


def adjusted(comparisons: int) -> float:
    """The confidence that each of several comparisons needs for all to hold together (Bonferroni): ``1 - 0.05/k``.

    Raises ``ValueError`` for no comparisons.
    """
    if comparisons < 1:
        raise ValueError("no comparisons have no confidence")
    return 1 - (1 - CONFIDENCE) / comparisons


def differing_values(
    before: Sequence[float], after: Sequence[float], confidence: float = CONFIDENCE, *, unseen: float = 0.0
) -> Difference:
    """The difference between what was measured (none of it missing), with Student's interval of paired differences.

    ``mean ± t(n-1) · s/sqrt(n)`` of the differences; by the central limit theorem it holds nearly for the means of many
    plays also when most pairs are alike. ``unseen``: how much a pair that has not been seen may differ. The interval is
    then as wide as if two more pairs had differed by that, one each way (what half a pair in each cell is to a share,
    see ``differing_shares``), so that it has a width also where few pairs differ or none.
    Raises ``ValueError`` when they are not equally many.
    """
    differences = [late - early for early, late in zip(before, after, strict=True)]
    n = len(differences)
    if n == 0:
        return _NONE
    mean = mean_of(differences, confidence=confidence)
    low, high = mean.low, mean.high
    if unseen and low is not None and high is not None:
        half = math.hypot((high - low) / 2, student(n - 1, confidence) * unseen * math.sqrt(2 / ((n - 1) * n)))
        low, high = mean.mean - half, mean.mean + half
    differing = sum(difference != 0 for difference in differences)
    return Difference(n, differing, mean.mean, low, high, sum(before) / n, sum(after) / n)


def differing_shares(before: Sequence[bool], after: Sequence[bool], confidence: float = CONFIDENCE) -> Difference:
    """The difference between the shares of plays in which something was so, with the interval of Agresti and Min.

    With b pairs that are so only after and c that are so only before, the difference is ``(b - c)/n``. The interval is
    Wald's with half a pair added to each of the four cells, ``(b - c)/N ± z · sqrt((b + c + 1) - (b - c)²/N)/N`` with
    ``N = n + 2`` (A. Agresti and Y. Min, Simple improved confidence intervals for comparing matched proportions,
    Statistics in Medicine 24, 2005, pp. 729-740): it has a width also when no pair differs. Raises ``ValueError`` when
    they are not equally many.
    """
    pairs = list(zip(before, after, strict=True))
    n = len(pairs)
    if n == 0:
        return _NONE
    only_after = sum(late and not early for early, late in pairs)
    only_before = sum(early and not late for early, late in pairs)
    net, whole = only_after - only_before, n + 2
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    half = z * math.sqrt(only_after + only_before + 1 - net * net / whole) / whole
    low, high = max(-1.0, net / whole - half), min(1.0, net / whole + half)
    return Difference(n, only_after + only_before, net / n, low, high, sum(before) / n, sum(after) / n)


def verdict_on(difference: Difference, wanted: Wanted) -> Verdict:
    """What the interval says."""
    if difference.pairs == 0:
        return "not_tested"
    if difference.differing == 0:
        return "same"
    if difference.low is None or difference.high is None or difference.low <= 0 <= difference.high:
        return "undecided"
    return "better" if (difference.high < 0) == (wanted == "less") else "worse"


_NONE = Difference(0, 0, None, None, None, None, None)
