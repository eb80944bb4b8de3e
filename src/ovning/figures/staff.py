"""The ladder: each level with when it comes, who decides, and the seats of its staff."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from matplotlib.figure import Figure

from ovning.figures import palette
from ovning.figures.sheet import MARGIN, ROOM, TALLEST, Sheet, lead, wrapped
from ovning.words import phrase

_ABREAST: Final = 4
_LEFT: Final = 12.0
_ACROSS: Final = (ROOM - _LEFT - 3) / _ABREAST
_HEAD: Final = 9.0


@dataclass(frozen=True, slots=True)
class Chair:
    """A seat in a staff."""

    title: str
    """In Swedish, with how many."""
    who: str
    """Who may sit there."""


@dataclass(frozen=True, slots=True)
class Step:
    """A level of the ladder."""

    title: str
    """In Swedish."""
    notes: tuple[str, ...]
    """When it is recommended, who decides, when it is active."""
    chairs: tuple[Chair, ...]
    """Its staff."""


@dataclass(frozen=True, slots=True)
class _Laid:
    rank: int
    head: tuple[str, ...]
    notes: tuple[str, ...]
    rows: tuple[tuple[tuple[tuple[str, ...], tuple[str, ...]], ...], ...]

    @property
    def height(self) -> float:
        seats = sum(_tall(row) + 4 for row in self.rows)
        return lead(_HEAD) * len(self.head) + lead() * len(self.notes) + seats + (11 if self.rows else 8)


def staff(steps: Sequence[Step], title: str, under: str) -> tuple[Figure, ...]:
    """One sheet, or several if there is more than a page holds; ``steps`` from the lowest, drawn from the highest."""
    made: list[Figure] = []
    left = [_lay(rank, step) for rank, step in enumerate(steps)]
    while left:
        sheet = Sheet(phrase("figure.continued", title=title) if made else title, under)
        y = 0.0
        while left and (not y or sheet.head + y + left[-1].height + MARGIN <= TALLEST):
            laid = left.pop()
            _step(sheet, laid, y)
            y += laid.height + 6
        made.append(sheet.figure(y))
    return tuple(made)


def _lay(rank: int, step: Step) -> _Laid:
    room = ROOM - _LEFT - 4
    notes = tuple(line for note in step.notes for line in wrapped(note, room))
    seats = [
        (wrapped(chair.title, _ACROSS - 10, bold=True), wrapped(chair.who, _ACROSS - 10, most=8))
        for chair in step.chairs
    ]
    rows = tuple(tuple(seats[at : at + _ABREAST]) for at in range(0, len(seats), _ABREAST))
    return _Laid(rank, wrapped(step.title, room, _HEAD, bold=True), notes, rows)


def _tall(row: Sequence[tuple[tuple[str, ...], tuple[str, ...]]]) -> float:
    return max(len(title) + len(who) for title, who in row) * lead() + 4


def _step(sheet: Sheet, laid: _Laid, y: float) -> None:
    colour, _ = palette.level(laid.rank)
    sheet.box(0, y, ROOM, laid.height)
    sheet.box(0, y, 6, laid.height, face=colour, edge=colour)
    down = sheet.words(_LEFT, y + 2, laid.head, size=_HEAD, bold=True)
    down = sheet.words(_LEFT, down, laid.notes) + 4
    for row in laid.rows:
        tall = _tall(row)
        for n, (title, who) in enumerate(row):
            x = _LEFT + n * _ACROSS
            sheet.box(x, down, _ACROSS - 4, tall, face=palette.FIELD, edge=palette.FAINT, thick=0.6)
            sheet.words(x + 3, sheet.words(x + 3, down + 1, title, bold=True), who)
        down += tall + 4
