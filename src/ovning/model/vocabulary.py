"""The words that scenarios and organisations share; neither knows the other, they meet here."""

from __future__ import annotations

from pydantic import Field

from ovning.model.base import Id, Interval, Model
from ovning.model.distributions import Varying


class Word(Model):
    """One word: a Swedish title and one line of meaning."""

    title: str
    """What the reader sees, in Swedish."""
    meaning: str
    """One line on what it stands for."""


class ChannelWord(Word):
    """A way in which one reaches another."""

    written: bool = False
    """What is sent waits with the one it was sent to; only a telephone that nobody answers sends one to the next."""


class SeatWord(Word):
    """A seat in a staff, with what whoever sits there can do."""

    does: tuple[Id, ...]
    """Capabilities of the seat."""


class FollowUpWord(Word):
    """Standing work that an active level makes."""

    needs: Id
    """The capability it takes."""
    every: Interval
    """Time between two pieces of it."""
    takes: Varying
    """How long one piece takes."""


class Degree(Word):
    """A step of the severity scale, defined by what can be observed."""

    severity: int = Field(ge=0, le=9)
    """Its number; 0 is nothing out of the ordinary."""


class Vocabulary(Model):
    """Every word that an organisation, a scenario or an exercise may use."""

    capabilities: dict[Id, Word]
    """What functions and seats can do."""
    decisions: dict[Id, Word]
    """What can be decided."""
    services: dict[Id, Word]
    """What society needs and may lose."""
    levels: dict[Id, Word]
    """Levels of readiness and command."""
    roles: dict[Id, Word]
    """Roles of functions: by these, functions of different organisations are compared and have their luck."""
    seats: dict[Id, SeatWord]
    """Seats in a staff."""
    kinds: dict[Id, Word]
    """Kinds of event, for first calls and for patterns."""
    actors: dict[Id, Word]
    """Actors outside the organisation."""
    channels: dict[Id, ChannelWord]
    """Ways in which one reaches another."""
    follow_up: dict[Id, FollowUpWord]
    """Standing work of an active level."""
    severities: tuple[Degree, ...]
    """The severity scale."""
