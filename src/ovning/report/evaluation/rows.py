"""Rows of the notes as an evaluation names them."""

from __future__ import annotations

from collections.abc import Iterable

from ovning.report.evaluation.outcome import Evaluated
from ovning.words.common import enumerated


def say_rows(found: Evaluated, ids: Iterable[str]) -> str:
    """``protokoll.xlsx, Staben, rad 4 och 7``; of a single table its name is left out."""
    places: dict[str, list[str]] = {}
    for one in ids:
        place, _, number = one.rpartition(" ")
        places.setdefault(place, []).append(number)
    alone = len({note.id.rpartition(" ")[0] for note in found.notes}) == 1
    return "; ".join(
        f"{place.rpartition(', ')[2] if alone else place} {_said(numbers)}" for place, numbers in places.items()
    )


def _said(numbers: list[str]) -> str:
    return enumerated(sorted(numbers, key=lambda number: (len(number), number)))
