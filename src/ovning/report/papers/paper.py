"""A paper: what stands in it, whatever program it is opened with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import TypeAlias

from ovning.report.said import Reference, Said
from ovning.words import phrase

Written: TypeAlias = str | Said
"""What stands in a paper; numbers may know where they come from."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the paper's title."""

    text: Written
    level: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: Written
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """Points one after another."""

    points: tuple[Written, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table."""

    title: str
    """What is in it: its caption, and the name of its sheet."""
    heads: tuple[str, ...]
    rows: tuple[tuple[Written, ...], ...]
    widths: tuple[float, ...]
    """Of the columns, beside each other."""
    choices: tuple[tuple[int, tuple[str, ...]], ...] = ()
    """Columns that are filled in with one of some words, where the program can offer them."""
    size: int = 9
    """Of its letters, points."""
    label: str = ""
    """By which the same paper refers to it."""
    number: int = 0
    """Which of its paper's tables it is, from 1; 0 if they are not numbered."""

    @property
    def caption(self) -> str:
        """What stands above it."""
        return phrase("papers.table", number=str(self.number), title=self.title) if self.number else self.title


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with its title in it."""

    alt: str
    """What it shows, for whoever does not see it."""
    png: bytes


Block: TypeAlias = Heading | Text | Bullets | Grid | Picture


@dataclass(frozen=True, slots=True)
class Paper:
    """One document."""

    name: str
    """Of its file, without what comes after the point."""
    title: str
    under: str
    """Under the title: of what it is, and for whom."""
    reader: str
    """Who may see it, on every page."""
    blocks: tuple[Block, ...]
    wide: bool = False
    """On its side."""
    sheets: tuple[Grid, ...] = ()
    """What is made as a workbook too; none if it is not."""


def with_numbers(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The same with the tables numbered in their order, and every reference to one with its number.

    Raises ``KeyError`` for a reference to a table that is not there.
    """
    tables = [block for block in blocks if isinstance(block, Grid)]
    numbers = {table.label: number for number, table in enumerate(tables, 1) if table.label}
    counted = count(1)
    found: list[Block] = []
    for block in blocks:
        match block:
            case Heading() | Text():
                found.append(replace(block, text=_referred(block.text, numbers)))
            case Bullets():
                found.append(Bullets(tuple(_referred(point, numbers) for point in block.points)))
            case Grid():
                rows = tuple(tuple(_referred(cell, numbers) for cell in row) for row in block.rows)
                found.append(replace(block, rows=rows, number=next(counted)))
            case Picture():
                found.append(block)
    return tuple(found)


def _referred(text: Written, numbers: Mapping[str, int]) -> Written:
    if not isinstance(text, Said):
        return text
    return Said(tuple(Reference(one.to, numbers[one.to]) if isinstance(one, Reference) else one for one in text.pieces))


def leads_in(block: Block, after: Block | None) -> bool:
    """Whether a paragraph is to stand on the same page as what comes after it: a table, a drawing."""
    return isinstance(block, Text) and (block.strong or isinstance(after, Grid | Picture))


def texts(blocks: Sequence[Block]) -> list[str]:
    """All that is written in them, piece by piece."""
    found: list[str] = []
    for block in blocks:
        match block:
            case Heading() | Text():
                found.append(str(block.text))
            case Bullets():
                found += map(str, block.points)
            case Grid():
                found += [block.caption, *block.heads, *(str(cell) for row in block.rows for cell in row)]
            case Picture():
                found.append(block.alt)
    return found
