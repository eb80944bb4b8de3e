"""The course of a play: its beginning and end, events and services, what is said from outside and to the public."""

from __future__ import annotations

from typing import Literal, NamedTuple


class PlayStarted(NamedTuple):
    """The first record."""

    at: int
    exercise: str
    organisation: str
    variation: str | None
    seed: int
    replication: int
    start: str
    """Local time of STARTEX, ISO 8601 with offset."""
    horizon: int


class EventHappened(NamedTuple):
    """An event of the scenario."""

    at: int
    event: str


class NeedLost(NamedTuple):
    """A service lost something it needs, and from now on lives on what it has."""

    at: int
    service: str
    need: str
    fails_at: int
    """When it fails unless the need comes back, or its endurance is extended, before."""


class NeedRestored(NamedTuple):
    """A service has again what it needs."""

    at: int
    service: str
    need: str


class ServiceExtended(NamedTuple):
    """A finished task lets a service do without what it needs for longer."""

    at: int
    service: str
    by: int
    """Milliseconds more."""
    task: str


class ServiceChanged(NamedTuple):
    """A service has a new level."""

    at: int
    service: str
    level: float
    """The share of those affected who have it, 0 to 1."""
    caused_by: str
    """An event, inject, task or flow, or the service that it needed."""


class InjectSent(NamedTuple):
    """Somebody outside says something."""

    at: int
    inject: str
    case: str
    sender: str
    """Who says it, in Swedish."""
    to: tuple[str, ...]
    """Stations first asked."""
    by: str
    """The channel."""
    text: str
    """The words, in Swedish, clock times and numbers filled in."""


class InjectWithheld(NamedTuple):
    """An inject did not come."""

    at: int
    inject: str
    reason: Literal["unless", "chance", "nobody"]
    """``nobody``: the organisation has no function with the role that it is for."""


class InjectReceived(NamedTuple):
    """Somebody began to take in what was said."""

    at: int
    inject: str
    case: str
    station: str
    person: str


class FactPublished(NamedTuple):
    """The public was told."""

    at: int
    fact: str
    task: str


class PlayEnded(NamedTuple):
    """The last record."""

    at: int
