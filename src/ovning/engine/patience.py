"""How likely somebody who has waited so long is to give up next."""

from __future__ import annotations

from ovning.model.distributions import Distribution


def hazard(patience: Distribution, begin: int, end: int) -> float:
    """Of those whose patience has lasted to ``begin``, the share whose patience ends by ``end``; milliseconds."""
    before = _below(patience, begin)
    return 1.0 if before >= 1 else (_below(patience, end) - before) / (1 - before)


def _below(distribution: Distribution, at: int) -> float:
    """The share of outcomes at or below ``at`` milliseconds; inverts the quantile by halving."""
    low, high = 0.0, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        if distribution.quantile(middle) <= at:
            low = middle
        else:
            high = middle
    return 1.0 if high == 1 else low
