"""What calendars say of somebody's day, and what their ordinary work makes of it, as plain data."""

from __future__ import annotations

from dataclasses import dataclass

from ovning.engine.luck import Row


@dataclass(eq=False, slots=True)
class Hours:
    """What a calendar says now, and until when it says so; shared by all who follow it."""

    calendar: str
    at_work: bool = False
    until: int = -(1 << 50)
    latest: tuple[int, int] | None = None
    """The stretch of work that it is, or else the last one before."""


@dataclass(eq=False, slots=True)
class Pieces:
    """Somebody's ordinary work of one day, as far as it has been looked at."""

    anchor: int
    """When that day began."""
    begin: int
    end: int
    """Of the piece that was looked at last."""
    number: int
    """What names the luck of the one after it."""
    lengths: Row[int]
    """How long each piece takes."""
    gaps: Row[int]
    """How long it is to the next one, for somebody who is busy half of the time."""
