"""Which findings stand whatever is put in the place of what was set aside, when the rest of a file was checked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ovning.errors import Problem
from ovning.files.checks import Parts, check_all
from ovning.files.hints import nearest
from ovning.files.parts import Part
from ovning.files.rest import Loss, Rest
from ovning.files.tree import Node, Path_, Place, Scalar

_WORD = re.compile(r"\w+")


def check_sound(parts: Parts, rests: Mapping[str, Rest[Any]]) -> Iterator[Problem]:
    """Everything that can be checked with the whole parts, and the certain errors that the rests of others add.

    ``rests`` goes by the names of fields of ``Parts``. A warning waits until the files that it is about are whole: it
    says that something is lacking, and that may be what was set aside.
    """
    said = list(check_all(parts))
    yield from said
    if not rests:
        return
    sound: dict[str, Any] = {kind: rest.part for kind, rest in rests.items()}
    filled = replace(parts, **sound)
    doubts = _Doubts(filled, rests)
    for problem in check_all(filled):
        if problem.severity == "error" and problem not in said and not doubts.about(problem):
            yield problem


@dataclass(frozen=True, slots=True)
class _Spot:
    """A value or a key that stands at a place."""

    kind: str
    """Of the file."""
    path: Path_
    content: Scalar


class _Doubts:
    """What may come of a loss: by the words that a problem is about, and by where it stands."""

    def __init__(self, parts: Parts, rests: Mapping[str, Rest[Any]]) -> None:
        self.losses: dict[str, Loss] = {kind: rest.loss for kind, rest in rests.items()}
        self.words = {word for loss in self.losses.values() for word in loss.words}
        self.names = {name for loss in self.losses.values() for name in loss.names}
        self.touched = {str(path[-1]) for loss in self.losses.values() for path in loss.touched}
        self.thinned = {path[1] for loss in self.losses.values() for path in loss.thinned if len(path) > 1}
        """Items that lack something: what another asks of them may be just that."""
        self.lists = {_key(place) for loss in self.losses.values() for place in loss.lists}
        self.stand_ins: set[tuple[str, Path_]] = set()
        """By path, which two items of one name share: a problem of the one is then shown at the other."""
        self.spots: defaultdict[tuple[str, int, int], list[_Spot]] = defaultdict(list)
        for kind in ("vocabulary", "organisation", "scenario", "exercise", "engine"):
            part: Part[Any] | None = getattr(parts, kind)
            if part is not None:
                self._note(kind, part.tree)

    def about(self, problem: Problem) -> bool:
        """Whether the problem might go when the first errors are mended."""
        key = problem.file, problem.line, problem.column
        spots = self.spots[key]
        return key in self.lists or not spots or any(self._hangs_on_loss(spot) for spot in spots)

    def _note(self, kind: str, tree: Node) -> None:
        for path, node in tree.walk():
            content = None if isinstance(node.content, (dict, tuple)) else node.content
            self.spots[_key(node.place)].append(_Spot(kind, path, content))
            if node.broken:
                self.stand_ins.add((kind, path))
            for key, place in node.keys.items():
                self.spots[_key(place)].append(_Spot(kind, (*path, key), key))

    def _hangs_on_loss(self, spot: _Spot) -> bool:
        item, loss = spot.path[:2], self.losses.get(spot.kind, Loss())
        if (spot.kind, spot.path) in self.stand_ins or item in loss.emptied:
            return True
        if isinstance(spot.content, (int, float)) and item in loss.thinned:
            return True
        if spot.content in self.thinned and item not in loss.thinned:
            return True
        whole = str(spot.content)
        parts = set(_WORD.findall(whole)) - {whole}
        if (parts | {whole}) & self.words:
            return True
        if parts & self.touched and spot.path[-1] != "text":  # a text names what is there, whatever is in it
            return True
        return any(nearest(word, self.names) is not None for word in parts | {whole})


def _key(place: Place) -> tuple[str, int, int]:
    return (place.source.name, 0, 0) if place.source.typed else (place.source.name, place.line, place.column)
