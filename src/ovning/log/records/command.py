"""Command: levels and their seats, shifts, meetings and bodies."""

from __future__ import annotations

from typing import Literal, NamedTuple


class LevelRecommended(NamedTuple):
    """Somebody who may assess recommends a level."""

    at: int
    level: str
    case: str
    station: str
    severity: int


class LevelDecided(NamedTuple):
    """The level was decided."""

    at: int
    level: str
    case: str
    station: str


class LevelAlerted(NamedTuple):
    """The call to its staff went out."""

    at: int
    level: str
    case: str


class StaffSeated(NamedTuple):
    """Whoever leads the exercise has seated a level's staff: nobody decided on it, and nobody was called."""

    at: int
    level: str


class SeatFilled(NamedTuple):
    """Somebody sat down in a staff seat."""

    at: int
    level: str
    seat: str
    person: str
    filled: int
    """How many seats are filled now."""


class SeatLeft(NamedTuple):
    """Somebody left a staff seat."""

    at: int
    level: str
    seat: str
    person: str
    why: Literal["relieved", "worn_out", "away", "ended", "moved", "adjourned"]
    """``worn_out``: on duty for as long as anybody is, and nobody came; ``away``: out of everybody's reach
    (``WentAway``); ``moved``: to a seat of a higher level; ``adjourned``: the staff sits by day only, and went home."""
    filled: int
    """How many seats are filled now."""


class LevelActivated(NamedTuple):
    """The stated seats are filled: the level is active."""

    at: int
    level: str
    case: str


class LevelStoodDown(NamedTuple):
    """The level ended; its people are back in the line."""

    at: int
    level: str
    case: str


class ShiftPlanned(NamedTuple):
    """The next shift of a staff has been planned: these people have been told, or are being called."""

    at: int
    level: str
    shift: int
    """Its number; the people who gathered first were shift 1."""
    begins: int
    """When it takes over, milliseconds since STARTEX."""
    task: str
    people: tuple[str, ...]
    """Those asked first, seat by seat."""


class ReliefAgreed(NamedTuple):
    """Somebody has been told that they are on the next shift."""

    at: int
    level: str
    shift: int
    seat: str
    person: str


class PersonRelieved(NamedTuple):
    """Somebody handed a seat over to whoever came to relieve them, from ``since`` to ``at``."""

    at: int
    since: int
    level: str
    seat: str
    person: str
    by: str


class MeetingHeld(NamedTuple):
    """A staff meeting."""

    at: int
    since: int
    level: str
    items: int
    """How many questions were taken up."""
    present: int


class BodySummoned(NamedTuple):
    """The summons to a body went out."""

    at: int
    body: str
    task: str
    """The task whose question was put first."""
    by: str
    """The station that sent it out."""


class MemberPresent(NamedTuple):
    """A member is in place, or on the line."""

    at: int
    body: str
    person: str
    present: int


class BodyConvened(NamedTuple):
    """Enough members are there (sammankallad)."""

    at: int
    body: str
    present: int
    chair: str
    vice_chair_presides: bool


class BodyEnteredFunction(NamedTuple):
    """Its chair has decided that it enters its function (träder i funktion)."""

    at: int
    body: str


class BodyAdjourned(NamedTuple):
    """Nothing more on its agenda."""

    at: int
    body: str
