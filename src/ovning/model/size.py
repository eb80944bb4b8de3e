"""Numbers that follow how many people live in a municipality, counted for another size than they were written for."""

from __future__ import annotations

from typing import TypeVar

N = TypeVar("N", int, float)


def counted_for(value: N, written_for: int, population: int) -> N:
    """A number of things, or a rate, for so many inhabitants; what there is some of there is at least one of.

    Whole numbers stay whole, rounded to the nearest, halves up. The same size gives the same number.
    """
    if written_for == population:
        return value
    if isinstance(value, int):
        whole = (2 * value * population + written_for) // (2 * written_for)
        return max(whole, 1 if value > 0 else whole)
    return value * population / written_for
