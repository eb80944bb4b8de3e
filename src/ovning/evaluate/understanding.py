"""Rows as they were written become notes; what was not understood is told of, row by row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ovning.errors import InputError, Problem
from ovning.evaluate.clocks import Reader, read_time
from ovning.evaluate.columns import columns_of, find_heads, raws
from ovning.evaluate.note import Column, Kind, Lost, Note, OwnGrade, Raw
from ovning.evaluate.tables import Table, read_tables
from ovning.model.exercise import Criterion
from ovning.model.setup import Setup
from ovning.units import Clock

_SAID: Final[Mapping[OwnGrade, tuple[str, ...]]] = {
    "met": ("uppnått", "uppfyllt", "ja", "met", "achieved", "p"),
    "partly": ("delvis", "delvis uppnått", "delvis uppfyllt", "uppnått med brister", "partly", "s", "m"),
    "not_met": ("ej uppnått", "inte uppnått", "ej uppfyllt", "nej", "not met", "u"),
    "not_assessable": ("ej bedömbart", "inte bedömbart", "kan inte bedömas", "ej bedömt", "not assessable"),
}
_GRADES: Final[Mapping[str, OwnGrade]] = {word: grade for grade, words in _SAID.items() for word in words}
_KINDS: Final[Mapping[str, Kind]] = {
    **dict.fromkeys(("styrka", "strength", "+", "bra"), "strength"),
    **dict.fromkeys(("brist", "svaghet", "lack", "weakness", "-", "utvecklingsområde"), "lack"),
    **dict.fromkeys(("neutral", "neutralt", "0"), "neutral"),
}
_YES: Final = frozenset({"ja", "x", "yes", "true", "1", "artefakt", "övningsartefakt"})
_CRITERION: Final = re.compile(r"\s*([A-ZÅÄÖa-zåäö]+\d*)\s*[.:\-–]?\s*(\d+)?\b.*", re.DOTALL)
_NUMBER: Final = re.compile(r"([-+]?\d+(?:[.,]\d+)?)\s*(%)?")


@dataclass(slots=True)
class Understood:
    """All files together."""

    notes: list[Note] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)
    columns: dict[str, Column] = field(default_factory=dict)
    """What columns were called → what they were taken to be about."""


def understand(
    paths: Sequence[Path], setup: Setup, *, by_wall: bool = False, columns: Mapping[str, Column] | None = None
) -> Understood:
    """Everything noted in some files. Raises ``InputError``, with every file, where no table of notes is found."""
    found = Understood()
    problems: list[Problem] = []
    seen: dict[tuple[object, ...], str] = {}
    for path in paths:
        try:
            tables = read_tables(path)
        except InputError as problem:
            problems += problem.problems
            continue
        known = [(table, heads) for table in tables if (heads := find_heads(table, columns or {})) is not None]
        if not known:
            problems.append(_without_heads(path, tables))
        for table, heads in known:
            found.columns |= {table.rows[heads[0]][1][at]: column for at, column in heads[1].items()}
            _notes(raws(table, heads), setup, found, seen, by_wall=by_wall)
    if problems:
        raise InputError(tuple(problems))
    return found


def _without_heads(path: Path, tables: Sequence[Table]) -> Problem:
    """Which heads there are, and what was looked for."""
    rows = [cells for table in tables for _, cells in table.rows[:1]]
    there = ", ".join(f"”{cell}”" for cell in (rows[0] if rows else ()) if cell) or "inga"
    almost = [cell for cells in rows for cell in cells if columns_of([cell], {})]
    message = "ingen rad med rubriker hittades: en kolumn för tid och minst en till behövs"
    fix = f"rubrikerna är {there}; kalla dem tid, observation, kriterium, inspel"
    return Problem("error", str(path), 0, 0, message, fix if not almost else f"{fix} (kolumnen tid saknas)")


def _notes(
    rows: Iterable[Raw], setup: Setup, found: Understood, seen: dict[tuple[object, ...], str], *, by_wall: bool
) -> None:
    clock = Clock.at(setup.scenario.start)
    readers: dict[str, Reader] = {}
    for raw in rows:
        observer = raw.cells.get("observer", "")
        # Each observer's rows are in an order of their own.
        reader = readers.setdefault(
            observer, Reader(clock, setup.scenario.horizon, setup.exercise.conduct, by_wall=by_wall)
        )
        note, lost = _note(raw, reader, setup)
        found.lost += lost
        if note is None:
            continue
        key = (note.at, note.text.casefold(), note.criterion, note.inject, note.value, note.grade)
        if key in seen:
            found.lost.append(Lost(raw.id, "duplicate", seen[key]))
            continue
        seen[key] = raw.id
        found.notes.append(note)


def _note(raw: Raw, reader: Reader, setup: Setup) -> tuple[Note | None, list[Lost]]:
    cells, lost = raw.cells, list[Lost]()
    written = " ".join(filter(None, (cells.get("date"), cells.get("time"))))
    said = read_time(written) or read_time(cells.get("time", ""))
    at = None if said is None else reader.place(said)
    if cells.get("time") and at is None:
        lost.append(Lost(raw.id, "time" if said is None else "outside", written, whole=False))
    criterion = _criterion(cells.get("criterion", ""), setup)
    if cells.get("criterion") and criterion is None:
        lost.append(Lost(raw.id, "criterion", cells["criterion"], whole=False))
    inject = _inject(cells.get("inject", ""), setup)
    if cells.get("inject") and inject is None:
        lost.append(Lost(raw.id, "inject", cells["inject"], whole=False))
    grade = _GRADES.get(cells.get("grade", "").casefold().strip(" ."))
    if cells.get("grade") and grade is None:
        lost.append(Lost(raw.id, "grade", cells["grade"], whole=False))
    value = _value(cells.get("value", ""), _of(criterion, setup))
    if cells.get("value") and value is None:
        lost.append(Lost(raw.id, "value", cells["value"], whole=False))
    if not (cells.get("text") or criterion or inject or grade):
        return None, [Lost(raw.id, "nothing", " ".join(cells.values()))]
    note = Note(
        raw.id,
        at,
        written,
        cells.get("place", ""),
        cells.get("text", ""),
        criterion,
        inject,
        value,
        _KINDS.get(cells.get("kind", "").casefold().strip(" .")),
        grade,
        cells.get("certainty", "").casefold().startswith(("osäker", "unsure", "nej", "låg")),
        cells.get("artefact", "").casefold().strip() in _YES,
        cells.get("observer", ""),
    )
    return note, lost


def _of(criterion: tuple[str, int] | None, setup: Setup) -> Criterion | None:
    if criterion is None:
        return None
    return next(one for one in setup.exercise.objectives if one.id == criterion[0]).criteria[criterion[1]]


def _criterion(text: str, setup: Setup) -> tuple[str, int] | None:
    """``M1.2``, ``m1:2``, ``M 1.2 Central krisledning``; the objective alone if it has one criterion only."""
    match = _CRITERION.fullmatch(text.replace(" ", "", 1) if re.match(r"[A-Za-z] \d", text) else text)
    if match is None:
        return None
    for objective in setup.exercise.objectives:
        if objective.id.casefold() == match[1].casefold():
            if match[2] is None:
                return (objective.id, 0) if len(objective.criteria) == 1 else None
            number = int(match[2]) - 1
            return (objective.id, number) if 0 <= number < len(objective.criteria) else None
    return None


def _inject(text: str, setup: Setup) -> str | None:
    """By its number, with or without what it is called."""
    words = re.split(r"[\s:,;]+", text.strip())
    return next((one.id for one in setup.scenario.injects if words and one.id.casefold() == words[0].casefold()), None)


def _value(text: str, criterion: Criterion | None) -> float | None:
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    number = float(match[1].replace(",", "."))
    is_share = criterion is not None and criterion.unit == "share"
    return number / 100 if match[2] or (is_share and number > 1) else number
