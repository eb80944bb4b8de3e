"""Stretches of time as pairs of milliseconds, half open: put together, cut and counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from ovning.units import Clock

Span = tuple[int, int]
"""From and to, milliseconds since STARTEX; ``to`` is not part of it."""


def union(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same time in order, without overlaps: stretches that touch become one, empty ones go away."""
    merged: list[Span] = []
    for begins, ends in sorted(span for span in spans if span[1] > span[0]):
        if merged and begins <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], ends))
        else:
            merged.append((begins, ends))
    return tuple(merged)


def bridged(spans: Sequence[Span], gap: int) -> tuple[Span, ...]:
    """Stretches in order, where those less than ``gap`` milliseconds apart are one."""
    found: list[Span] = []
    for begins, ends in spans:
        if found and begins - found[-1][1] < gap:
            found[-1] = (found[-1][0], ends)
        else:
            found.append((begins, ends))
    return tuple(found)


def within(spans: Iterable[Span], begins: int, ends: int) -> Iterator[Span]:
    """The parts of stretches that lie in another."""
    for since, at in spans:
        if since < ends and at > begins:
            yield max(since, begins), min(at, ends)


def without(spans: Iterable[Span], cuts: Iterable[Span]) -> tuple[Span, ...]:
    """The time of some stretches that is not in any of the others."""
    left = list(union(spans))
    for begins, ends in union(cuts):
        kept: list[Span] = []
        for since, at in left:
            kept += (
                [(since, min(at, begins)), (max(since, ends), at)] if since < ends and at > begins else [(since, at)]
            )
        left = [span for span in kept if span[1] > span[0]]
    return tuple(left)


def common(spans: Sequence[Span], others: Sequence[Span]) -> int:
    """Milliseconds that two sets of stretches, each without overlaps, have in common."""
    return sum(total(within(spans, begins, ends)) for begins, ends in others)


def total(spans: Iterable[Span]) -> int:
    """Milliseconds of all stretches together."""
    return sum(ends - begins for begins, ends in spans)


def nights(start: str, ends_at: int, night_begins: str, night_ends: str) -> tuple[Span, ...]:
    """Every night from two days before STARTEX (``start``, ISO 8601) to ``ends_at``, by the Swedish clock."""
    clock = Clock(datetime.fromisoformat(start))
    last = clock.local(ends_at).date()
    day = clock.local(0).date() - timedelta(days=2)
    found: list[Span] = []
    while day <= last:
        next_day = day + timedelta(days=int(night_ends <= night_begins))
        found.append((clock.on(day, night_begins), clock.on(next_day, night_ends)))
        day += timedelta(days=1)
    return tuple(found)
