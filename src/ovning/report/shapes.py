"""The shapes that come back everywhere in ``results.json``: shares, means, quantiles and times. See docs/results.md."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ovning.measures.intervals import Mean, Quantile, Share
from ovning.measures.times import Times


def share(value: Share) -> dict[str, Any]:
    """A share of plays."""
    return {
        "hits": value.hits,
        "of": value.n,
        "share": None if value.share is None else round(value.share, 6),
        "low": round(value.low, 6),
        "high": round(value.high, 6),
    }


def mean(value: Mean, digits: int = 0, *, per: int = 1) -> dict[str, Any]:
    """A mean with so many decimals, divided by ``per`` first; whole numbers without decimals."""
    found = {"mean": value.mean, "low": value.low, "high": value.high}
    return {name: None if number is None else _rounded(number / per, digits) for name, number in found.items()}


def series(values: Sequence[Mean], digits: int, *, per: int = 1) -> dict[str, list[float | None]]:
    """Means one after the other, as three lists."""
    means = [mean(value, digits, per=per) for value in values]
    return {name: [one[name] for one in means] for name in ("mean", "low", "high")}


def ratio(value: Mean | None) -> dict[str, Any] | None:
    """A share of something, over all plays together."""
    if value is None:
        return None
    found = mean(value, 6)
    return {"share": found["mean"], "low": found["low"], "high": found["high"]}


def part(value: float, whole: float) -> float | None:
    """How large a share of the whole; ``None`` of nothing."""
    return round(value / whole, 6) if whole else None


def quantile(value: Quantile | None) -> dict[str, Any] | None:
    """A quantile."""
    return None if value is None else {"value": value.value, "low": value.low, "high": value.high}


def times(value: Times) -> dict[str, Any]:
    """When something happened."""
    return {
        "reached": share(value.reached),
        "p10": quantile(value.p10),
        "median": quantile(value.median),
        "p90": quantile(value.p90),
    }


def _rounded(value: float, digits: int) -> float:
    return round(value, digits) if digits else round(value)
