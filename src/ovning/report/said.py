"""Text in which every number knows where it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from markupsafe import Markup, escape

from ovning.report.place import Place

Kind: TypeAlias = Literal["percent", "points", "duration", "minutes", "hours", "number", "whole", "moment", "day"]
"""How a number is written: a share as per cent or points of it, a duration in words, a time in minutes or hours, any
other number, a whole number, a date with its time or without."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number of ``results.json`` as it is written, with its place there."""

    text: str
    at: str
    value: float | str
    kind: Kind

    def __str__(self) -> str:
        return self.text

    def __html__(self) -> str:
        return Markup('<data value="{}" data-at="{}" data-as="{}">{}</data>').format(
            self.value, self.at, self.kind, self.text
        )


@dataclass(frozen=True, slots=True)
class Reference:
    """The number of a table elsewhere in the same paper."""

    to: str
    """The table's label."""
    number: int = 0
    """Which one it is, from 1; 0 until the paper is put together."""

    def __str__(self) -> str:
        return str(self.number)

    def __html__(self) -> str:
        return Markup('<a href="#{}">{}</a>').format(anchor(self.number), self.number)


def anchor(number: int) -> str:
    """What a table is called where it is linked to."""
    return f"t{number}"


@dataclass(frozen=True, slots=True)
class Said:
    """Words and numbers in the order in which they are read."""

    pieces: tuple[Piece, ...] = ()

    def __str__(self) -> str:
        return "".join(map(str, self.pieces))

    def __html__(self) -> str:
        return Markup().join(map(escape, self.pieces))

    def __bool__(self) -> bool:
        return bool(str(self))

    def __add__(self, other: Text) -> Said:
        return Said((*self.pieces, *_pieces(other)))

    def __radd__(self, other: Text) -> Said:
        return Said((*_pieces(other), *self.pieces))

    @property
    def sorts_as(self) -> float | None:
        """The first number, by which a column of such texts is put in order."""
        return next(
            (one.value for one in self.pieces if isinstance(one, Number) and not isinstance(one.value, str)), None
        )


Piece: TypeAlias = str | Number | Reference
Text: TypeAlias = Piece | Said


def said(*texts: Text) -> Said:
    """One text of several."""
    return Said(tuple(piece for text in texts for piece in _pieces(text)))


def listed(texts: Iterable[Text], between: str = ", ") -> Said:
    """Texts one after another."""
    found: list[Text] = []
    for text in texts:
        found += [between, text] if found else [text]
    return said(*found)


def number(place: Place, text: str, kind: Kind) -> Said:
    """What stands in a place, as it is written."""
    return Said((Number(text, place.at, place.value, kind),))


def large(text: Text) -> Said:
    """With the first letter a capital."""
    first, *others = _pieces(text) or ("",)
    return said(first[:1].upper() + first[1:] if isinstance(first, str) else first, *others)


def _pieces(text: Text) -> tuple[Piece, ...]:
    return text.pieces if isinstance(text, Said) else (text,)
