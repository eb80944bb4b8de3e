"""Who may decide what: a row for each decision, by whether it waits for a staff or a body to gather."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from matplotlib.figure import Figure

from ovning.figures import palette
from ovning.figures.sheet import MARGIN, ROOM, TALLEST, Sheet, lead, wrapped
from ovning.words import phrase, word

_COLUMNS: Final = ("decision", "line", "staff", "gathered")
_WIDTHS: Final = tuple(share * ROOM for share in (0.26, 0.31, 0.17, 0.26))
_PAD: Final = 4.0


@dataclass(frozen=True, slots=True)
class Mandate:
    """A decision, and who may take it."""

    title: str
    """In Swedish."""
    line: tuple[str, ...] = ()
    """Functions."""
    staff: tuple[str, ...] = ()
    """Seats, while a level is active."""
    gathered: tuple[str, ...] = ()
    """Bodies, and functions that must agree."""

    @property
    def nobody(self) -> bool:
        """Whether nobody may take it."""
        return not (self.line or self.staff or self.gathered)


def mandates(rows: Sequence[Mandate], title: str, under: str) -> tuple[Figure, ...]:
    """One sheet, or several if there is more than a page holds."""
    headings = [word(f"figure.mandates.{column}") for column in _COLUMNS]
    head = [_cell([text], width, bold=True) for text, width in zip(headings, _WIDTHS, strict=True)]
    made: list[Figure] = []
    left = list(rows)
    while left or not made:
        sheet = Sheet(phrase("figure.continued", title=title) if made else title, under)
        y = begun = _row(sheet, head, 0.0, face=palette.FIELD, bold=True)
        while left:
            cells = _cells(left[0])
            if y > begun and sheet.head + y + _tall(cells) + MARGIN > TALLEST:
                break
            y = _row(sheet, cells, y, face=palette.LACKING if left[0].nobody else "white")
            left.pop(0)
        made.append(sheet.figure(y + 2))
    return tuple(made)


def _cells(row: Mandate) -> list[tuple[str, ...]]:
    title = _cell([row.title], _WIDTHS[0], bold=True)
    if row.nobody:
        return [title, *[(word("figure.mandates.nobody"),)] * 3]
    texts = (row.line, row.staff, row.gathered)
    return [title, *(_cell(items, width) for items, width in zip(texts, _WIDTHS[1:], strict=True))]


def _cell(items: Sequence[str], width: float, *, bold: bool = False) -> tuple[str, ...]:
    """Each of them on lines of its own."""
    return tuple(line for item in items or ("–",) for line in wrapped(item, width - 2 * _PAD, bold=bold))


def _tall(cells: Sequence[Sequence[str]]) -> float:
    return max(map(len, cells)) * lead() + 4


def _row(sheet: Sheet, cells: Sequence[tuple[str, ...]], y: float, *, face: str, bold: bool = False) -> float:
    tall = _tall(cells)
    sheet.box(0, y, ROOM, tall, face=face, edge=palette.FAINT, thick=0.6)
    x, nobody = 0.0, (word("figure.mandates.nobody"),)
    for n, (lines, width) in enumerate(zip(cells, _WIDTHS, strict=True)):
        sheet.words(x + _PAD, y + 1, lines, bold=bold or not n or lines == nobody)
        x += width
    return y + tall
