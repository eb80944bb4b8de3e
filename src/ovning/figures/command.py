"""The line of command: units as cards with their functions, how each is reached, and who is whose chief."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Literal, TypeAlias

from matplotlib.figure import Figure

from ovning.figures.layers import Box, narrowest, placed
from ovning.figures.palette import FIELD, SOFT
from ovning.figures.sheet import MARGIN, ROOM, TALLEST, Sheet, lead, width_of, wrapped
from ovning.words import phrase, word

Reach: TypeAlias = Literal["always", "on_call", "hours", "never"]
MARKS: Final[dict[Reach, str]] = {"always": "full", "on_call": "left", "hours": "none", "never": "-"}
"""How somebody is reached → the mark before their title."""

_ABREAST: Final = 3
_GAP: Final = 18.0
_NARROW: Final = (ROOM - (_ABREAST - 1) * _GAP) / _ABREAST
_BROAD: Final = 0.82 * ROOM
_ROWS_APART: Final = 40.0
_PAD: Final = 4.0
_INDENT: Final = 9.0
_DEEPEST: Final = 5
_HEAD: Final = 9.0
_MOST_ENTRIES: Final = 14


@dataclass(frozen=True, slots=True)
class Post:
    """A function."""

    title: str
    """In Swedish."""
    reach: Reach
    """How it is reached."""
    depth: int = 0
    """How far down the line within its unit, from 0."""
    under: str = ""
    """Its chief in another unit, in Swedish."""
    plain: bool = False
    """Whether that chief is the first of the other unit, so that the line between the cards says it."""
    note: str = ""
    """What else is to be known of it, in Swedish."""


@dataclass(frozen=True, slots=True)
class Organ:
    """A body that those of the unit convene."""

    title: str
    """In Swedish."""
    note: str
    """How many, and who convenes it."""


@dataclass(frozen=True, slots=True)
class Card:
    """A unit with its functions, those below after their chief."""

    key: str
    """Its id among the cards."""
    title: str
    """In Swedish."""
    entries: tuple[Post | Organ, ...] = ()
    """Its functions, then its bodies."""


@dataclass(frozen=True, slots=True)
class _Block:
    entry: Post | Organ
    lines: tuple[str, ...]
    under: tuple[str, ...]

    @property
    def depth(self) -> int:
        return min(self.entry.depth, _DEEPEST) if isinstance(self.entry, Post) else 0

    @property
    def height(self) -> float:
        return lead() * (len(self.lines) + len(self.under)) + (2.5 if isinstance(self.entry, Post) else 8.0)


@dataclass(frozen=True, slots=True)
class _Laid:
    """A card with its size and all its lines."""

    card: Card
    width: float
    head: tuple[str, ...]
    columns: tuple[tuple[_Block, ...], ...]

    @property
    def height(self) -> float:
        inside = max(sum(block.height for block in column) for column in self.columns)
        return lead(_HEAD) * len(self.head) + 3 + max(inside, lead()) + 2 * _PAD


def command(
    cards: Sequence[Card], lines: Sequence[tuple[str, str]], legend: Mapping[Reach, str], title: str, under: str
) -> tuple[Figure, ...]:
    """One sheet, or several if there is more than a page holds; ``lines``: from a chief's card to another."""
    whole = [part for card in cards for part in _parts(card)]
    keys = {card.key for card in whole}
    lines = [line for line in dict.fromkeys(lines) if set(line) <= keys and line[0] != line[1]]
    room = TALLEST - Sheet(title, under).head - _legend(None, legend) - MARGIN
    rows = _rows(whole, lines)
    groups = _grouped(_laid(rows, every=False), room)
    if len(groups) > 1:
        # A line that would lead to another sheet is words instead.
        groups = _grouped(_laid(rows, every=True), room)
    made: list[Figure] = []
    for group in groups:
        sheet = Sheet(phrase("figure.continued", title=title) if made else title, under)
        y = _legend(sheet, legend)
        down, width = _cards(sheet, group, lines, y)
        made.append(sheet.figure(down, width))
    return tuple(made)


def _parts(card: Card) -> list[Card]:
    """A card with more than there is room for becomes several."""
    chunks = [card.entries[at : at + _MOST_ENTRIES] for at in range(0, len(card.entries), _MOST_ENTRIES)] or [()]
    more = [
        Card(f"{card.key}+{n}", phrase("figure.continued", title=card.title), tuple(_said(entry) for entry in chunk))
        for n, chunk in enumerate(chunks[1:], 1)
    ]
    return [replace(card, entries=chunks[0]), *more]


def _said(entry: Post | Organ) -> Post | Organ:
    return replace(entry, plain=False) if isinstance(entry, Post) else entry


def _rows(cards: Sequence[Card], lines: Sequence[tuple[str, str]]) -> list[list[Card]]:
    """The cards by row: chiefs' above, at most three abreast, the tallest of a layer together."""
    layers = placed([Box(card.key, _NARROW, 40.0) for card in cards], lines).layers
    below: dict[int, list[Card]] = defaultdict(list)
    last = max(layers.values(), default=-1) + 1
    for card in cards:
        below[layers.get(card.key, last)].append(card)
    rows: list[list[Card]] = []
    for layer in sorted(below):
        some = sorted(below[layer], key=lambda card: -_lay(card, alone=False, every=True).height)
        rows += [some[at : at + _ABREAST] for at in range(0, len(some), _ABREAST)]
    return rows


def _laid(rows: Sequence[Sequence[Card]], *, every: bool) -> list[list[_Laid]]:
    return [[_lay(card, alone=len(row) == 1, every=every) for card in row] for row in rows]


def _grouped(rows: Sequence[list[_Laid]], room: float) -> list[list[list[_Laid]]]:
    """The rows by sheet."""
    groups: list[list[list[_Laid]]] = []
    left = 0.0
    for row in rows:
        tall = max(laid.height for laid in row)
        if not groups or tall > left:
            groups.append([])
            left = room
        left -= tall + _ROWS_APART - 14
        groups[-1].append(row)
    return groups


def _lay(card: Card, *, alone: bool, every: bool) -> _Laid:
    """``every``: each chief in another unit is named, also where the line would say it."""
    organs = any(isinstance(entry, Organ) for entry in card.entries)
    columns = 2 if alone and len(card.entries) > (2 if organs else 3) else 1
    width = _BROAD if columns == 2 else _NARROW
    room = width / columns - 2 * _PAD
    blocks = [_block(entry, room, every=every) for entry in card.entries]
    head = wrapped(card.title, width - 2 * _PAD, _HEAD, bold=True)
    if columns == 1:
        return _Laid(card, width, head, (tuple(blocks),))
    first, second = _halves(blocks)
    chief = next((block.entry.title for block in reversed(first) if not block.depth), "")
    if second and second[0].depth:
        again = wrapped(phrase("figure.line.continued", chief=chief), room - 10)
        second = [_Block(Post(chief, "never"), (), again), *second]
    return _Laid(card, width, head, (tuple(first), tuple(second)))


def _halves(blocks: Sequence[_Block]) -> tuple[list[_Block], list[_Block]]:
    """Two columns: bodies in the second; else about as high, and nobody parted from a chief who is not the first."""
    organs = [n for n, block in enumerate(blocks) if isinstance(block.entry, Organ)]
    if organs and organs[0]:
        return list(blocks[: organs[0]]), list(blocks[organs[0] :])
    whole = sum(block.height for block in blocks)
    cuts = [n for n, block in enumerate(blocks) if n and block.depth <= 1] or [len(blocks)]
    cut = min(cuts, key=lambda n: abs(sum(block.height for block in blocks[:n]) - whole / 2))
    return list(blocks[:cut]), list(blocks[cut:])


def _block(entry: Post | Organ, room: float, *, every: bool) -> _Block:
    if isinstance(entry, Organ):
        return _Block(entry, wrapped(entry.title, room - 8, bold=True), wrapped(entry.note, room - 8, most=8))
    inside = room - _INDENT * min(entry.depth, _DEEPEST) - 10
    told = entry.under and (every or not entry.plain)
    under = wrapped(phrase("figure.line.under", chief=entry.under), inside, most=8) if told else ()
    note = wrapped(entry.note, inside, most=8) if entry.note else ()
    return _Block(entry, wrapped(entry.title, inside), (*under, *note))


def _cards(
    sheet: Sheet, rows: Sequence[Sequence[_Laid]], lines: Sequence[tuple[str, str]], y: float
) -> tuple[float, float]:
    """Draw them; where what follows may stand, and how wide it became."""
    keys = {laid.card.key for row in rows for laid in row}
    drawn = [line for line in lines if set(line) <= keys]
    boxes = [
        Box(laid.card.key, laid.width, max(other.height for other in row), layer)
        for layer, row in enumerate(rows)
        for laid in row
    ]
    found = narrowest(boxes, drawn, ROOM, fork=True)
    for shift in range(2 * _ABREAST):
        if found.width <= ROOM:
            break
        # Held right under those above them, they may leave the gaps for the lines to pass through.
        again = narrowest(boxes, [*drawn, *_held(rows, drawn, shift)], ROOM, fork=True)
        if again.width < found.width:
            found = replace(again, routes=again.routes[: len(drawn)])
    aside = max(0.0, (ROOM - found.width) / 2)
    for route in found.routes:
        sheet.line([(x + aside, down + y) for x, down in route], thick=1.1)
    # From where a line goes down, the card reaches to it.
    chiefs = {source for source, _ in drawn}
    heights = {box.key: box.height for box in boxes if box.key in chiefs}
    for row in rows:
        for laid in row:
            left, top = found.corners[laid.card.key]
            _card(sheet, laid, left + aside, top + y, heights.get(laid.card.key, laid.height))
    return y + found.height + 2, max(ROOM, found.width)


def _held(rows: Sequence[Sequence[_Laid]], drawn: Sequence[tuple[str, str]], shift: int) -> list[tuple[str, str]]:
    """Pairs of cards in rows after each other, one of several ways to pair them."""
    pairs = []
    for above, row in pairwise(rows):
        if len(above) == 1:
            continue
        turned = [*above[shift % len(above) :], *above[: shift % len(above)]]
        lower = row if shift < _ABREAST else row[::-1]
        pairs += [(one.card.key, other.card.key) for one, other in zip(turned, lower, strict=False)]
    return [pair for pair in pairs if pair not in drawn]


def _card(sheet: Sheet, laid: _Laid, x: float, y: float, height: float) -> None:
    sheet.box(x, y, laid.width, height)
    sheet.box(x, y, laid.width, lead(_HEAD) * len(laid.head) + 3, face=FIELD)
    down = sheet.words(x + _PAD, y + 1.5, laid.head, size=_HEAD, bold=True) + _PAD + 1.5
    if not laid.card.entries:
        sheet.words(x + _PAD, down, [word("figure.line.no_functions")], colour=SOFT)
    across = laid.width / len(laid.columns)
    for n, column in enumerate(laid.columns):
        _column(sheet, column, x + _PAD + n * across, down, across - 2 * _PAD)


def _column(sheet: Sheet, column: Sequence[_Block], x: float, y: float, width: float) -> None:
    above: dict[int, float] = {}
    for block in column:
        if isinstance(block.entry, Organ):
            sheet.box(x, y, width, block.height - 3, dashes="--", thick=0.7)
            down = sheet.words(x + 4, y + 2, block.lines, bold=True)
            sheet.words(x + 4, down, block.under)
        else:
            _post(sheet, block, block.entry, x + _INDENT * block.depth, y, above)
        y += block.height


def _post(sheet: Sheet, block: _Block, post: Post, x: float, y: float, above: dict[int, float]) -> None:
    middle = y + 0.55 * lead()
    if block.lines:
        sheet.dot(x + 3, middle, MARKS[post.reach])
    if block.depth and block.depth - 1 in above:
        stem = x - _INDENT + 3
        sheet.line([(stem, above[block.depth - 1]), (stem, middle), (x - 0.5, middle)], thick=0.7)
    above[block.depth] = middle + 3.5
    sheet.words(x + 10, sheet.words(x + 10, y, block.lines), block.under, colour=SOFT)


def _legend(sheet: Sheet | None, legend: Mapping[Reach, str]) -> float:
    """How high it is; drawn if there is a sheet."""
    x, y = 0.0, 0.0
    for reach, text in legend.items():
        needed = 10 + width_of(text) + 12
        if x and x + needed > ROOM:
            x, y = 0.0, y + lead()
        if sheet is not None:
            sheet.dot(x + 3, y + 0.55 * lead(), MARKS[reach])
            sheet.words(x + 10, y, [text])
        x += needed
    return y + lead() + 8
