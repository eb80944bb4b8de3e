"""Places in ``results.json``: a value, and the way that leads to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """A value of a JSON document and its JSON pointer (RFC 6901); what is said of it can name its place."""

    value: Any
    at: str = ""

    def __getitem__(self, name: str | int) -> Place:
        """A field of an object, by name, or an item of a list, by number from 0."""
        return Place(self.value[name], f"{self.at}/{name}")

    def __iter__(self) -> Iterator[Place]:
        """The items of a list."""
        return (self[number] for number in range(len(self.value)))

    def __len__(self) -> int:
        return len(self.value)

    def __bool__(self) -> bool:
        """Whether there is anything: not ``null``, zero or empty."""
        return bool(self.value)

    def find(self, **named: object) -> Place | None:
        """The first item of a list that has these values."""
        return next((one for one in self if all(one.value.get(k) == v for k, v in named.items())), None)
