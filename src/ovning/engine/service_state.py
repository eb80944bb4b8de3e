"""Services and where they stand, as plain data: what has set them, what they lack, what is on its way back."""

from __future__ import annotations

from dataclasses import dataclass, field

from ovning.engine.moment import Moment
from ovning.model.services import Dependency, Service


@dataclass(eq=False, slots=True)
class NeedRun:
    """Something that a service needs, and how far its endurance has been used up."""

    need: str
    spec: Dependency
    endurance: int
    used: int = 0
    """What was used up at ``since``."""
    since: int = 0
    lost: bool = False
    spent: bool = False
    moment: Moment | None = None


@dataclass(eq=False, slots=True)
class Rise:
    """A service on its way back, to the level that its needs allowed when it set out."""

    to: float
    need: str
    """What it had lacked."""
    moment: Moment


@dataclass(eq=False, slots=True)
class ServiceRun:
    """A service and where it stands."""

    id: str
    spec: Service
    words: list[tuple[str, float]]
    """Who has set its own level, the latest last; the one of an event that lasts is taken back when it is over."""
    needs: list[NeedRun] = field(default_factory=list)
    cap: float = 1.0
    """What its needs allow."""
    decides: str = ""
    """The need that decides what it may have, when last looked at."""
    rises: list[Rise] = field(default_factory=list)
    """Under way, each to a higher level than the one before."""
    recoveries: int = 0
    lowered: int = 0
    """How many of those it concerns are without it because a flow is late."""


@dataclass(eq=False, slots=True)
class Society:
    """All services of a play."""

    services: dict[str, ServiceRun]
    """In an order in which whatever is needed comes before what needs it."""
    needed_by: dict[str, list[str]]
