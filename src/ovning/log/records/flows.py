"""Flows: what comes many at a time, waits, is taken care of or goes away."""

from __future__ import annotations

from typing import Literal, NamedTuple


class FlowArrived(NamedTuple):
    """Some came to be taken care of."""

    at: int
    flow: str
    number: int
    items: tuple[int, ...]


class FlowTurnedAway(NamedTuple):
    """There was no room for them."""

    at: int
    flow: str
    stage: str
    number: int
    items: tuple[int, ...]


class FlowBegun(NamedTuple):
    """Somebody began to take care of them."""

    at: int
    flow: str
    stage: str
    number: int
    items: tuple[int, ...]
    waited: int
    """How long they had waited for it, summed over them, in milliseconds."""
    work: str
    """The piece of work, ``flow:<flow>:<stage>:<number>``; empty for a stay that takes nobody's time."""


class FlowDone(NamedTuple):
    """They were taken care of in this stage."""

    at: int
    flow: str
    stage: str
    number: int
    items: tuple[int, ...]
    last: bool
    """Whether they are through."""


class FlowLeft(NamedTuple):
    """They went away without having been taken care of."""

    at: int
    flow: str
    stage: str
    number: int
    items: tuple[int, ...]
    waited: int
    """How long they had waited, summed over them, in milliseconds."""
    why: Literal["gave_up", "no_need"]
    """``no_need``: what they lacked is back."""


class FlowLate(NamedTuple):
    """They have waited longer than they may."""

    at: int
    flow: str
    number: int
    items: tuple[int, ...]
