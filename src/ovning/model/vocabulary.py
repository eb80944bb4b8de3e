"""The words that scenarios and organisations share; neither knows the other, they meet here."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ovning.model.base import Id, Interval, Model, Several, Title
from ovning.model.distributions import Varying


class Word(Model):
    """One word: a Swedish title and one line of meaning."""

    title: Title
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

    capabilities: Annotated[dict[Id, Word], Several]
    """What functions and seats can do."""
    decisions: Annotated[dict[Id, Word], Several]
    """What can be decided."""
    services: Annotated[dict[Id, Word], Several]
    """What society needs and may lose."""
    levels: Annotated[dict[Id, Word], Several]
    """Levels of readiness and command."""
    roles: Annotated[dict[Id, Word], Several]
    """Roles of functions: by these, functions of different organisations are compared and have their luck."""
    seats: Annotated[dict[Id, SeatWord], Several]
    """Seats in a staff."""
    kinds: Annotated[dict[Id, Word], Several]
    """Kinds of event, for first calls and for patterns."""
    actors: Annotated[dict[Id, Word], Several]
    """Actors outside the organisation."""
    channels: Annotated[dict[Id, ChannelWord], Several]
    """Ways in which one reaches another."""
    follow_up: Annotated[dict[Id, FollowUpWord], Several]
    """Standing work of an active level."""
    severities: Annotated[tuple[Degree, ...], Several]
    """The severity scale."""
