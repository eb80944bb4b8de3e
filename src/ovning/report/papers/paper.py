"""A paper: what stands in it, whatever program it is opened with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ovning.report.said import Said

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
                found += [block.title, *block.heads, *(str(cell) for row in block.rows for cell in row)]
            case Picture():
                found.append(block.alt)
    return found
