"""Which column is about what, whatever it is called: Swedish or English, in any order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, get_args

from ovning.evaluate.note import Column, Lost, Raw
from ovning.evaluate.tables import Table

COLUMNS: Final[tuple[Column, ...]] = get_args(Column)
NAMES: Final[Mapping[Column, tuple[str, ...]]] = {
    "time": ("tid", "tidpunkt", "klockslag", "klockan", "kl", "när", "time", "clock", "when"),
    "offset": ("tid t", "t", "t tid", "tid i övningen"),
    "place": ("plats eller roll", "plats roll", "plats", "roll", "var", "place", "role", "location", "where"),
    "text": (
        *("observation", "observationer", "iakttagelse", "vad hände", "vad", "händelse", "notering", "anteckning"),
        *("text", "beskrivning", "kommentar", "what", "note", "notes", "event", "description"),
    ),
    "criterion": (
        "kriterium",
        "kriterie",
        "kriterier",
        "mål kriterium",
        "mål och kriterium",
        "criterion",
        "mål",
        "objective",
    ),
    "inject": ("inspel", "inspel nr", "inspelsnummer", "inspelsnr", "inject", "inject no", "msel", "nr"),
    "value": ("värde", "utfall", "antal", "andel", "value", "result"),
    "kind": ("styrka brist eller neutral", "styrka brist neutral", "styrka brist", "slag", "typ", "kind"),
    "grade": ("preliminär bedömning", "bedömning", "betyg", "grade", "assessment", "rating"),
    "certainty": ("säker eller osäker", "säkerhet", "säker", "certainty", "confidence"),
    "observer": ("observatör", "utvärderare", "observer", "evaluator", "antecknat av"),
    "artefact": ("övningsartefakt", "artefakt", "artefact", "artifact"),
    "date": ("datum", "dag", "date", "day"),
}
"""What columns are called, without case, signs and doubled spaces; of two alike the one named first here counts."""
_SIGNS: Final = re.compile(r"[^\wåäöéü]+")
_WITHIN: Final = 20
"""Rows from the top among which the heads are looked for."""
_JOINED: Final[frozenset[Column]] = frozenset({"text"})
"""Columns of which there may be several; they are read one after another."""


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
        timed = {"time", "offset"} & set(found.values())
        if timed and len(found) > 1 and (best is None or len(found) > len(best[1])):
            best = number, found
    return best


def columns_of(cells: Sequence[str], given: Mapping[str, Column]) -> dict[int, Column]:
    """Which cells of a row name a column; of two that name the same the better known counts, texts are all kept."""
    told = {plain(name): column for name, column in given.items()}
    ranked: dict[Column, list[tuple[int, int]]] = {}
    for at, cell in enumerate(cells):
        name = plain(cell)
        if not name:
            continue
        for column in COLUMNS:
            if told.get(name) == column:
                ranked.setdefault(column, []).append((-1, at))
            elif name not in told and name in NAMES[column]:
                ranked.setdefault(column, []).append((NAMES[column].index(name), at))
                break
    chosen = {
        at: column
        for column, found in ranked.items()
        for _, at in (sorted(found, key=lambda one: one[1]) if column in _JOINED else [min(found)])
    }
    return dict(sorted(chosen.items()))


def raws(table: Table, heads: tuple[int, Mapping[int, Column]]) -> tuple[list[Raw], list[Lost]]:
    """The rows below the heads, and columns that hold something and are about nothing known.

    Rows that repeat the heads are left out.
    """
    at, columns = heads
    head = table.rows[at][1]
    found: list[Raw] = []
    unused: dict[int, str] = {}
    for where, cells in table.rows[at + 1 :]:
        if cells == head:
            continue
        told: dict[Column, str] = {}
        for n, column in columns.items():
            if n < len(cells) and cells[n]:
                told[column] = f"{told[column]} {cells[n]}" if column in told else cells[n]
        for n, cell in enumerate(cells[: len(head)]):
            if cell and n not in columns:
                unused.setdefault(n, head[n])
        extra = " ".join(filter(None, cells[len(head) :]))
        if told or extra:
            found.append(Raw(where, told, extra))
    return found, [Lost(table.name, "column", name or "?", whole=False) for name in unused.values()]
