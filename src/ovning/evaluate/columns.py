"""Which column is about what, whatever it is called: Swedish or English, in any order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, get_args

from ovning.evaluate.note import Column, Raw
from ovning.evaluate.tables import Table

COLUMNS: Final[tuple[Column, ...]] = get_args(Column)
NAMES: Final[Mapping[Column, frozenset[str]]] = {
    "time": frozenset({"tid", "tidpunkt", "klockslag", "kl", "klockan", "när", "time", "t", "when", "clock", "tid t"}),
    "place": frozenset(
        {"plats", "plats eller roll", "plats roll", "roll", "var", "place", "role", "location", "where"}
    ),
    "text": frozenset(
        {
            *("observation", "observationer", "iakttagelse", "vad", "vad hände", "händelse", "notering", "anteckning"),
            *("text", "beskrivning", "kommentar", "what", "note", "notes", "event", "description"),
        }
    ),
    "criterion": frozenset(
        {"kriterium", "kriterie", "kriterier", "mål kriterium", "mål", "criterion", "objective", "mål och kriterium"}
    ),
    "inject": frozenset({"inspel", "inspel nr", "inspelsnummer", "inspelsnr", "nr", "inject", "msel", "inject no"}),
    "value": frozenset({"värde", "utfall", "antal", "andel", "value", "result"}),
    "kind": frozenset(
        {
            "styrka brist eller neutral",
            "styrka brist neutral",
            "styrka brist",
            "slag",
            "typ",
            "kind",
            "strength weakness",
        }
    ),
    "grade": frozenset({"bedömning", "preliminär bedömning", "betyg", "grade", "assessment", "rating"}),
    "certainty": frozenset({"säker eller osäker", "säkerhet", "säker", "certainty", "confidence"}),
    "observer": frozenset({"observatör", "utvärderare", "observer", "evaluator", "antecknat av"}),
    "artefact": frozenset({"artefakt", "övningsartefakt", "artefact", "artifact"}),
    "date": frozenset({"datum", "dag", "date", "day"}),
}
"""What columns are called, without case, signs and doubled spaces."""
_SIGNS: Final = re.compile(r"[^\wåäöéü]+")
_WITHIN: Final = 20
"""Rows from the top among which the heads are looked for."""


def plain(name: str) -> str:
    """As names of columns are compared."""
    return _SIGNS.sub(" ", name.casefold()).strip()


def find_heads(table: Table, given: Mapping[str, Column]) -> tuple[int, dict[int, Column]] | None:
    """The row of heads and which column is about what; ``None`` if no row among the first names a time and more.

    ``given``: what the user has said before of columns of these names.
    """
    best: tuple[int, dict[int, Column]] | None = None
    for number, (_, cells) in enumerate(table.rows[:_WITHIN]):
        found = columns_of(cells, given)
        if "time" in found.values() and len(found) > 1 and (best is None or len(found) > len(best[1])):
            best = number, found
    return best


def columns_of(cells: Sequence[str], given: Mapping[str, Column]) -> dict[int, Column]:
    """Which cells of a row name a column; the first of two that name the same counts."""
    told = {plain(name): column for name, column in given.items()}
    found: dict[int, Column] = {}
    for at, cell in enumerate(cells):
        name = plain(cell)
        column = told.get(name) or next((one for one in COLUMNS if name in NAMES[one]), None)
        if name and column is not None and column not in found.values():
            found[at] = column
    return found


def raws(table: Table, heads: tuple[int, Mapping[int, Column]]) -> list[Raw]:
    """The rows below the heads; rows that repeat the heads are left out."""
    at, columns = heads
    head = table.rows[at][1]
    found = []
    for where, cells in table.rows[at + 1 :]:
        if cells == head:
            continue
        told = {column: cells[n] for n, column in columns.items() if n < len(cells) and cells[n]}
        if told:
            found.append(Raw(where, told))
    return found
