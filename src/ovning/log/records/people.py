"""People: reached, in place, at rest, away; and functions that stand without them."""

from __future__ import annotations

from typing import Literal, NamedTuple


class PersonReached(NamedTuple):
    """Somebody who was not present answered and is awake."""

    at: int
    person: str
    station: str


class PersonArrived(NamedTuple):
    """Somebody who was called in is in place."""

    at: int
    person: str
    place: str


class OrdinaryHoursCounted(NamedTuple):
    """Somebody who worked in this exercise was at ordinary work that day, from ``begins`` to ``ends``."""

    at: int
    person: str
    begins: int
    """Milliseconds since STARTEX; may lie before it."""
    ends: int
    """Milliseconds since STARTEX."""


class RestBegan(NamedTuple):
    """Somebody went off to rest and cannot be reached."""

    at: int
    person: str
    until: int
    why: Literal["shift_over", "before_shift", "worn_out"]


class RestEnded(NamedTuple):
    """Somebody has rested."""

    at: int
    person: str


class WentAway(NamedTuple):
    """Somebody cannot be reached by anybody."""

    at: int
    person: str
    until: int | None
    """``None``: to the end."""


class FunctionEmptied(NamedTuple):
    """A function that should be manned now is not: its people rest, sit in a staff or are away."""

    at: int
    function: str


class FunctionManned(NamedTuple):
    """A function that stood empty is manned again, or need not be manned any more."""

    at: int
    function: str
