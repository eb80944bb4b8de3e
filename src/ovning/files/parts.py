"""A model together with the tree that it was made from, so that a check can say where a thing stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel

from ovning.errors import Problem
from ovning.files.tree import Node, Place, place_of

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Part(Generic[M]):
    """One of the files of a setup, as model and as tree."""

    model: M
    """What it says."""
    tree: Node
    """Where it says it; resolved."""

    def at(self, *path: str | int, key: bool = False) -> Place:
        """Where the value at the path stands, or its key; items of lists by index, id, stage or task."""
        return place_of(self.tree, path, key=key)

    def error(self, message: str, fix: str = "", *, at: tuple[str | int, ...] = (), key: bool = False) -> Problem:
        """An error at the path."""
        return self.at(*at, key=key).problem(message, fix)

    def warning(self, message: str, fix: str = "", *, at: tuple[str | int, ...] = (), key: bool = False) -> Problem:
        """A finding at the path."""
        return self.at(*at, key=key).warning(message, fix)
