"""What was noted at a real exercise: rows as somebody wrote them, and rows that could not be understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from ovning.model.scale import OwnGrade

Column: TypeAlias = Literal[
    "time",
    "offset",
    "place",
    "text",
    "criterion",
    "inject",
    "value",
    "kind",
    "grade",
    "certainty",
    "observer",
    "artefact",
    "date",
]
"""What a column is about."""
Kind: TypeAlias = Literal["strength", "lack", "neutral"]


@dataclass(frozen=True, slots=True)
class Raw:
    """A row of a table, as text by what its column is about; nothing in it has been judged yet."""

    id: str
    """Where it stands: ``protokoll.xlsx, Blad1, rad 7``."""
    cells: Mapping[Column, str]
    extra: str = ""
    """What stood beyond the last head."""


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that somebody saw or heard."""

    id: str
    at: int | None
    """Milliseconds from STARTEX; ``None`` for what has no time."""
    written: str
    """The time as it was written."""
    place: str = ""
    text: str = ""
    criterion: tuple[str, int] | None = None
    """An objective and which of its criteria, from 0."""
    inject: str | None = None
    value: float | None = None
    """For what is no time: a share or a number."""
    kind: Kind | None = None
    grade: OwnGrade | None = None
    unsure: bool = False
    artefact: bool = False
    """It came of the exercise itself and says nothing of the organisation."""
    observer: str = ""
    names_criterion: bool = False
    """Whether its cell for criteria said anything, understood or not."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A row, or a part of one, that was not understood."""

    id: str
    why: str
    """A word of the catalogue under ``lost``."""
    text: str
    """What stood there."""
    whole: bool = True
    """Whether nothing of the row could be used."""
