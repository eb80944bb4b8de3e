"""A table as words: printed in the terminal and set in the report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from ovning.report.catalogue import word
from ovning.report.said import Text

Row: TypeAlias = tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Headings with their side, and rows of text."""

    title: Text
    columns: tuple[tuple[Text, str], ...]
    """Heading and ``left`` or ``right``."""
    rows: tuple[Row, ...]
    note: Text = ""
    """What one must know to read it."""

    @property
    def plain_rows(self) -> list[tuple[str, ...]]:
        """The rows without places."""
        return [tuple(map(str, row)) for row in self.rows]

    @property
    def plain_columns(self) -> list[tuple[str, str]]:
        """The headings without places."""
        return [(str(heading), side) for heading, side in self.columns]


def columns(key: str, sides: str, *names: str) -> tuple[tuple[Text, str], ...]:
    """Headings out of the catalogue, each ``l`` or ``r``: ``columns("levels", "lr", "level", "share")``."""
    side = {"l": "left", "r": "right"}
    return tuple((word(f"{key}.{name}"), side[letter]) for letter, name in zip(sides, names, strict=True))
