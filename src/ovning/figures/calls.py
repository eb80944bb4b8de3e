"""Who rings whom: from whoever calls the municipality, over those who tell each other, to those who raise a level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from matplotlib.figure import Figure

from ovning.figures.layers import Box, fitted
from ovning.figures.sheet import ROOM, Dashes, Sheet, lead, width_of, wrapped

_DASHES: Final[tuple[Dashes, ...]] = ("-", (0, (4, 2)), (0, (1, 1.5)), (0, (6, 2, 1, 2)))
_NARROW: Final = 70.0
_BROAD: Final = 96.0
_PAD: Final = 3.0
_OUTSIDE: Final = "#DCDCDC"
_LEVEL: Final = "#C9DDEC"


@dataclass(frozen=True, slots=True)
class Node:
    """Somebody who rings or is rung, or a level."""

    key: str
    """Its id among the nodes."""
    title: str
    """In Swedish."""
    callers: str = ""
    """What those outside ring here about, in Swedish."""
    level: bool = False
    """Whether it is a level of the ladder and nobody who can be rung."""


@dataclass(frozen=True, slots=True)
class Call:
    """An arrow."""

    source: str
    """Who rings."""
    target: str
    """Who is rung."""
    style: int = 0
    """Its place in the legend, from 0."""


@dataclass(frozen=True, slots=True)
class _Words:
    width: float
    callers: tuple[str, ...]
    title: tuple[str, ...]

    @property
    def band(self) -> float:
        return lead() * len(self.callers) + 3 if self.callers else 0.0

    @property
    def height(self) -> float:
        return self.band + lead() * len(self.title) + 2 * _PAD


def calls(
    nodes: Sequence[Node], arrows: Sequence[Call], outside: str, legend: Sequence[str], title: str, under: str
) -> Figure:
    """Layers from the top down; ``outside`` says what the grey field is, ``legend`` what each style of arrow means."""
    sheet = Sheet(title, under)
    words = {node.key: _words(node) for node in nodes}
    boxes = [Box(node.key, words[node.key].width, words[node.key].height) for node in nodes]
    found = fitted(boxes, [(arrow.source, arrow.target) for arrow in arrows], ROOM)
    y = _legend(sheet, outside, legend)
    aside = max(0.0, (ROOM - found.width) / 2)
    for arrow, route in zip(arrows, found.routes, strict=True):
        sheet.arrow([(x + aside, down + y) for x, down in route], dashes=_DASHES[arrow.style % len(_DASHES)])
    for node in nodes:
        left, top = found.corners[node.key]
        _node(sheet, node, words[node.key], left + aside, top + y)
    return sheet.figure(y + found.height + 2, max(ROOM, found.width))


def _words(node: Node) -> _Words:
    """As narrow as its longest word allows, so that many have room beside each other."""
    longest = max((width_of(word, bold=node.level) for word in node.title.split()), default=0.0)
    room = min(_BROAD, max(_NARROW, longest)) + 0.5
    callers = wrapped(node.callers, room) if node.callers else ()
    return _Words(room + 2 * _PAD, callers, wrapped(node.title, room, bold=node.level))


def _node(sheet: Sheet, node: Node, words: _Words, x: float, y: float) -> None:
    thick = 1.8 if node.level else 0.8
    sheet.box(x, y, words.width, words.height, face=_LEVEL if node.level else "white", thick=thick)
    middle = x + words.width / 2
    if words.callers:
        sheet.box(x, y, words.width, words.band, face=_OUTSIDE)
        sheet.words(middle, y + 1, words.callers, align="center")
    sheet.words(middle, y + words.band + _PAD - 0.5, words.title, align="center", bold=node.level)


def _legend(sheet: Sheet, outside: str, legend: Sequence[str]) -> float:
    sheet.box(0, 1, 28, lead() - 2, face=_OUTSIDE)
    y = sheet.words(33, 0, wrapped(outside, ROOM - 33))
    for style, text in enumerate(legend):
        middle = y + 0.55 * lead()
        sheet.arrow([(0, middle), (28, middle)], dashes=_DASHES[style % len(_DASHES)])
        y = sheet.words(33, y, wrapped(text, ROOM - 33))
    return y + 10
