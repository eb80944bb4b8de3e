"""Labels side by side: each as near to its place as those beside it leave it, and none over another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

T = TypeVar("T")


def spread(places: Sequence[float], widths: Sequence[float], low: float, high: float) -> list[float]:
    """The middles of labels that are so wide and belong to these places (in order), between two ends.

    They are moved as little as can be, in the sense of least squares (neighbours that would overlap are pooled, as in
    isotonic regression). Where there is no room for them all they stand edge to edge from the left, beyond the right
    end.
    """
    # How far from the first each must be at least.
    apart = [0.0]
    for before, after in pairwise(widths):
        apart.append(apart[-1] + (before + after) / 2)
    blocks: list[tuple[float, int]] = []
    for place, away in zip(places, apart, strict=False):
        blocks.append((place - away, 1))
        while len(blocks) > 1 and blocks[-2][0] >= blocks[-1][0]:
            (one, n), (other, m) = blocks[-2:]
            blocks[-2:] = [((one * n + other * m) / (n + m), n + m)]
    if not places:
        return []
    least = low + widths[0] / 2
    most = max(least, high - widths[-1] / 2 - apart[-1])
    starts = [min(max(start, least), most) for start, n in blocks for _ in range(n)]
    return [start + away for start, away in zip(starts, apart, strict=True)]


def rows_of(things: Sequence[T], widths: Sequence[float], room: float) -> list[list[T]]:
    """The things in as few rows as have room for their labels, taken in turn: neighbours are in different rows."""
    count = max(1, -(-round(1000 * sum(widths)) // max(1, round(900 * room))))
    return [row for first in range(count) if (row := list(things[first::count]))]
