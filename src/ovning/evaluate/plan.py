"""The åtgärdsplan of the exercise before: its points, to be followed up at this one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias, get_args

from ovning.errors import InputError, Problem
from ovning.evaluate.columns import plain
from ovning.evaluate.tables import read_tables
from ovning.model.setup import Setup

Field: TypeAlias = Literal["number", "lack", "action", "responsible", "done", "status"]
FIELDS: Final[tuple[Field, ...]] = get_args(Field)
_NAMES: Final[Mapping[Field, frozenset[str]]] = {
    "number": frozenset({"nr", "nummer", "id", "no"}),
    "lack": frozenset({"brist", "utvecklingsområde", "brist utvecklingsområde", "lack", "area for improvement"}),
    "action": frozenset({"åtgärd", "åtgärder", "action", "corrective action"}),
    "responsible": frozenset({"ansvarig", "ansvarig funktion", "ansvar", "responsible"}),
    "done": frozenset({"klart", "klar", "senast", "start klart", "datum", "done", "completion date"}),
    "status": frozenset({"status", "uppföljning", "uppföljning status", "läge", "follow up"}),
}
_CRITERION: Final = re.compile(r"\b([A-Z]\d+)\.(\d+)\b")


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the plan."""

    id: str
    """Where it stands."""
    cells: Mapping[Field, str]
    criteria: tuple[tuple[str, int], ...]
    """Criteria of this exercise that it names: an objective and which of its criteria, from 0."""


def read_plan(path: Path, setup: Setup) -> tuple[Point, ...]:
    """The points of a plan. Raises ``InputError`` for a file without a row of heads that names lack or action."""
    known = {
        (objective.id, number) for objective in setup.exercise.objectives for number in range(len(objective.criteria))
    }
    for table in read_tables(path):
        for number, (_, cells) in enumerate(table.rows):
            heads = {at: field for at, cell in enumerate(cells) for field in FIELDS if plain(cell) in _NAMES[field]}
            if {"lack", "action"} & set(heads.values()) and len(heads) > 1:
                return tuple(_point(where, row, heads, known) for where, row in table.rows[number + 1 :])
    message = "ingen åtgärdsplan hittades: en rad med rubrikerna brist och åtgärd behövs"
    fix = "rubriker: nr, brist, åtgärd, ansvarig, klart, status"
    raise InputError((Problem("error", str(path), 0, 0, message, fix),))


def _point(where: str, row: tuple[str, ...], heads: Mapping[int, Field], known: set[tuple[str, int]]) -> Point:
    cells = {field: row[at] for at, field in heads.items() if at < len(row) and row[at]}
    # A criterion may be named in any column, also in one of its own.
    named = [(match[1], int(match[2]) - 1) for match in _CRITERION.finditer(" ".join(row))]
    return Point(where, cells, tuple(dict.fromkeys(one for one in named if one in known)))
