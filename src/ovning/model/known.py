"""How much of what is played is known: the one place where sourced values are set against assumed ones."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from ovning.model.assumptions import Assumption, SourcedValue
from ovning.model.setup import Setup

Part: TypeAlias = Literal["play", "organisation"]
"""All that a play rests on, or what is said of the organisation alone, which is what differs between two of them."""


class Known(NamedTuple):
    """So many values have a source, and so many are assumed."""

    known: int
    """Values, and items vouched for as a whole, with a source."""
    own: int
    """Those that are assumed where they stand."""
    shared: int
    """Those that are assumed for every organisation alike; each once, wherever it is used."""

    @property
    def assumed(self) -> int:
        """All that are assumed."""
        return self.own + self.shared

    @property
    def share(self) -> float | None:
        """The share with a source; ``None`` when nothing says where it comes from."""
        whole = self.known + self.assumed
        return self.known / whole if whole else None


def known_share(setup: Setup, of: Part = "play") -> Known:
    """How many values of the play, or of the organisation alone, are known and how many assumed."""
    assumed = assumed_values(setup, of)
    shared = sum(entry.name is not None for entry in assumed)
    return Known(len(known_values(setup, of)), len(assumed) - shared, shared)


def known_values(setup: Setup, of: Part = "play") -> tuple[SourcedValue, ...]:
    """What has a source."""
    return tuple(value for value in setup.known if of == "play" or _belongs(value.path, of))


def assumed_values(setup: Setup, of: Part = "play") -> tuple[Assumption, ...]:
    """What is assumed; a shared assumption belongs to the organisation when something of it uses the assumption."""
    return tuple(
        entry
        for entry in setup.ledger
        if of == "play" or any(_belongs(place, of) for place in (entry.path, *entry.used_at))
    )


def _belongs(path: str, part: str) -> bool:
    return path == part or path.startswith(f"{part}.")
