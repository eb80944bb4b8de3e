"""When something happened, over many plays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ovning.measures.intervals import Quantile, Share, quantile_of, share_of


class Times(NamedTuple):
    """When something happened, over plays; quantiles in milliseconds (or in the unit of what else was measured)."""

    reached: Share
    """Of the plays, those in which it happened within the horizon."""
    median: Quantile | None
    """``None`` when there are no plays to tell from."""
    p10: Quantile | None
    p90: Quantile | None


def times_of(times: Sequence[float | None]) -> Times:
    """When something happened, over plays; ``None`` for plays in which it did not within the horizon."""
    reached = share_of(sum(time is not None for time in times), len(times))
    if not times:
        return Times(reached, None, None, None)
    return Times(reached, quantile_of(times, 0.5), quantile_of(times, 0.1), quantile_of(times, 0.9))
